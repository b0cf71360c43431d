//! Leaves out of a checked list what is not of a person's area: the rows of other communes, and those of which nobody can say where they
//! belong.
//!
//! In: the folder of a check, and whether a unit is of the area. Out: the two files without those rows, and how many they were ([`Cut`]).

use super::super::record::Heads;
use super::super::record::child_field;
use crate::act::check::lists::{fields, place_of};
use crate::act::check::merge::read_record;
use anyhow::Context as _;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write as _};
use std::path::Path;
use treem_child::check::Measures;

/// Whether a unit of an edition is of the area: edition, code.
pub type Within<'a> = &'a (dyn Fn(&str, &str) -> bool + Sync);

/// What was left out, and what is left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cut {
    /// Rows of other units.
    pub elsewhere: u64,
    /// Rows of which no unit is known.
    pub nowhere: u64,
    /// Rows that are left.
    pub left: u64,
}

impl Cut {
    /// What was left out, as sentences.
    pub fn sentences(&self) -> Vec<String> {
        let mut out = Vec::new();
        if self.elsewhere > 0 {
            out.push(format!(
                "{} dòng thuộc xã, phường khác, ngoài địa bàn được giao: không nhập. Chuyển tệp này cho người phụ trách nơi ấy.",
                self.elsewhere
            ));
        }
        if self.nowhere > 0 {
            out.push(format!(
                "{} dòng không ghi rõ xã, phường nên không biết có thuộc địa bàn được giao không: không nhập. Điền cột xã, phường rồi nhập lại.",
                self.nowhere
            ));
        }
        out
    }
}

/// Rewrites `children.csv` and `findings.csv` of a folder; `measures` go along with the rows.
pub fn cut(
    folder: &Path,
    edition: &str,
    within: Within<'_>,
    measures: &mut Vec<Measures>,
) -> anyhow::Result<Cut> {
    let heads = Heads::new();
    let mut out = Cut::default();
    let (mut children, mut kept_children) = pair(folder, "children.csv")?;
    let (mut findings, mut kept_findings) = pair(folder, "findings.csv")?;
    let (mut child, mut finding) = (Vec::new(), Vec::new());
    read_record(&mut children, &mut child)?;
    kept_children.write_all(&child).context(FULL)?;
    read_record(&mut findings, &mut finding)?;
    kept_findings.write_all(&finding).context(FULL)?;
    let mut more = read_record(&mut findings, &mut finding)?;
    let mut kept_measures = Vec::with_capacity(measures.len());
    let mut of = measures.iter().copied();
    while read_record(&mut children, &mut child)? {
        let own = of.next().unwrap_or_default();
        let line = fields(&child);
        let unit = match child_field(&heads, &line, "unit") {
            "" => child_field(&heads, &line, "district"),
            unit => unit,
        };
        let keeps = !unit.is_empty() && within(edition, unit);
        if keeps {
            out.left += 1;
            kept_measures.push(own);
            kept_children.write_all(&child).context(FULL)?;
        } else if unit.is_empty() {
            out.nowhere += 1;
        } else {
            out.elsewhere += 1;
        }
        while more && place_of(&finding) == place_of(&child) {
            if keeps {
                kept_findings.write_all(&finding).context(FULL)?;
            }
            more = read_record(&mut findings, &mut finding)?;
        }
    }
    *measures = kept_measures;
    for (name, file) in [
        ("children.csv", kept_children),
        ("findings.csv", kept_findings),
    ] {
        file.into_inner()
            .map_err(std::io::IntoInnerError::into_error)
            .context(FULL)?;
        std::fs::rename(folder.join(format!("{name}.kept")), folder.join(name)).context(FULL)?;
    }
    Ok(out)
}

const FULL: &str = "không ghi được tệp tạm";

/// A file to be read and the one that takes its place.
fn pair(folder: &Path, name: &str) -> anyhow::Result<(impl BufRead + use<>, BufWriter<File>)> {
    let from =
        File::open(folder.join(name)).with_context(|| format!("không mở lại được {name}"))?;
    let to = File::create(folder.join(format!("{name}.kept"))).context(FULL)?;
    Ok((
        BufReader::with_capacity(1 << 20, from),
        BufWriter::with_capacity(1 << 20, to),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::act::check::records::{CHILDREN_HEAD, FINDINGS_HEAD};

    /// A line with its unit at the place of the column.
    fn child(row: u32, unit: &str, district: &str) -> String {
        let heads = Heads::new();
        let mut line = vec![String::new(); heads.children.len()];
        line[0] = "ds.csv".to_owned();
        line[2] = row.to_string();
        line[heads.at("unit")] = unit.to_owned();
        line[heads.at("district")] = district.to_owned();
        format!("{}\n", line.join(","))
    }

    #[test]
    fn rows_of_others_are_left_out_with_their_findings() {
        let folder = tempfile::tempdir().unwrap();
        let rows = [
            child(2, "19588", "469"),
            child(3, "19591", "469"),
            child(4, "", ""),
            child(5, "", "469"),
        ];
        std::fs::write(
            folder.path().join("children.csv"),
            format!("{CHILDREN_HEAD}{}", rows.concat()),
        )
        .unwrap();
        let finding = |row: u32| format!("ds.csv,,{row},number,id.missing,1,error,,,,\n");
        let found: String = [2, 3, 3, 4, 5].map(finding).concat();
        std::fs::write(
            folder.path().join("findings.csv"),
            format!("{FINDINGS_HEAD}{found}"),
        )
        .unwrap();
        let mut measures = vec![Measures::default(); 4];
        let cut = cut(
            folder.path(),
            "2020-01-01",
            &|edition, unit| edition == "2020-01-01" && unit == "19588",
            &mut measures,
        )
        .unwrap();
        assert_eq!(
            cut,
            Cut {
                elsewhere: 2,
                nowhere: 1,
                left: 1
            }
        );
        assert_eq!(measures.len(), 1);
        let text = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!(text("children.csv"), format!("{CHILDREN_HEAD}{}", rows[0]));
        assert_eq!(
            text("findings.csv"),
            format!("{FINDINGS_HEAD}{}", finding(2))
        );
        assert!(cut.sentences()[0].starts_with("2 dòng") && cut.sentences().len() == 2);
    }
}
