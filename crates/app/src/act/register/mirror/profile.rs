//! How an export of another system is laid out: its headings, which field of ours each column holds, code tables, formats. A person edits
//! it as TOML.
//!
//! In: TOML. Out: [`Profile`], or one Vietnamese sentence.

use crate::act::units::quoted;
use serde::Deserialize;
use std::collections::BTreeMap;
use treem_child::field::Field;
use treem_child::normalise::date::PartialDate;

/// The profile that holds without one: the usual words of lists, every column assumed, because no layout of the export is published.
pub const DEFAULT: &str = include_str!("default.toml");

/// How a birth date is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dates {
    /// `dd/mm/yyyy`.
    #[default]
    DayFirst,
    /// `dd-mm-yyyy`.
    DayFirstDashes,
    /// `mm/dd/yyyy`.
    MonthFirst,
    /// `yyyy-mm-dd`.
    Iso,
    /// `yyyymmdd`.
    Digits,
}

impl Dates {
    fn of(text: &str) -> Option<Self> {
        Some(match text.to_lowercase().as_str() {
            "" | "dd/mm/yyyy" => Self::DayFirst,
            "dd-mm-yyyy" => Self::DayFirstDashes,
            "mm/dd/yyyy" => Self::MonthFirst,
            "yyyy-mm-dd" => Self::Iso,
            "yyyymmdd" => Self::Digits,
            _ => return None,
        })
    }

    /// A date of ours (`YYYY-MM-DD`, `YYYY-MM`, `YYYY`, empty) as they write it; what is not known in full stays as little as it is.
    pub fn write(self, iso: &str) -> String {
        let parts: Vec<&str> = iso.split('-').collect();
        match (self, parts.as_slice()) {
            (Self::Iso, _) => iso.to_owned(),
            (Self::DayFirst, [year, month, day]) => format!("{day}/{month}/{year}"),
            (Self::DayFirstDashes, [year, month, day]) => format!("{day}-{month}-{year}"),
            (Self::MonthFirst, [year, month, day]) => format!("{month}/{day}/{year}"),
            (Self::Digits, [year, month, day]) => format!("{year}{month}{day}"),
            (Self::DayFirstDashes, [year, month]) => format!("{month}-{year}"),
            (Self::DayFirst | Self::MonthFirst, [year, month]) => format!("{month}/{year}"),
            (Self::Digits, [year, month]) => format!("{year}{month}"),
            _ => iso.to_owned(),
        }
    }

    /// A date as they write it in the form every list is read in; a text of another form stays as it is.
    pub fn read(self, text: &str) -> String {
        let text = text.trim();
        let turned = match self {
            Self::MonthFirst => {
                let parts: Vec<&str> = text.split('/').collect();
                match parts.as_slice() {
                    [month, day, year] => Some(format!("{day}/{month}/{year}")),
                    _ => None,
                }
            }
            Self::Digits if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) => {
                match (text.get(..4), text.get(4..6), text.get(6..)) {
                    (Some(year), Some(month), Some(day)) => Some(format!("{day}/{month}/{year}")),
                    _ => None,
                }
            }
            _ => None,
        };
        turned.unwrap_or_else(|| text.to_owned())
    }
}

/// One column of theirs.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its heading.
    pub heading: String,
    /// Other headings it may have.
    pub also: Vec<String>,
    /// What it holds; nothing: written empty, passed over when read.
    pub field: Option<Field>,
    /// How its birth dates are written.
    pub dates: Dates,
    /// Units are written by code, not by name.
    pub by_code: bool,
    /// Nobody has held it against the real export.
    pub assumed: bool,
}

/// A layout.
#[derive(Clone, Debug)]
pub struct Profile {
    /// Its name, for people.
    pub name: String,
    /// Name of the sheet that is written.
    pub sheet: String,
    /// Edition of the units; nothing: that of the day of the export.
    pub edition: Option<PartialDate>,
    /// The columns, in their order.
    pub columns: Vec<Column>,
    /// By field: our value and theirs, the first of which is written.
    codes: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// The TOML itself.
    pub text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    #[serde(default)]
    sheet: String,
    #[serde(default)]
    edition: String,
    #[serde(rename = "column")]
    columns: Vec<WrittenColumn>,
    #[serde(default)]
    codes: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenColumn {
    heading: String,
    #[serde(default)]
    also: Vec<String>,
    #[serde(default)]
    field: String,
    #[serde(default)]
    format: String,
    #[serde(default)]
    assumed: bool,
}

/// A heading as it is compared: lower case, single spaces.
pub fn comparable(heading: &str) -> String {
    let words: Vec<&str> = heading.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

impl Profile {
    /// Reads a profile. The error is the end of a sentence that names the file.
    pub fn read(text: &str) -> Result<Self, String> {
        let text = text.trim_start_matches('\u{feff}');
        let written: Written = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            let line = text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
            format!("không đúng dạng ở dòng {line}: kiểm tra dấu ngoặc kép, dấu = và tên mục; xem mẫu bằng treem mirror profile.")
        })?;
        let edition = match written.edition.as_str() {
            "" => None,
            day => Some(
                PartialDate::from_iso(day)
                    .filter(|day| day.is_full())
                    .ok_or_else(|| {
                        format!(
                            "edition “{}” không phải một ngày năm-tháng-ngày.",
                            quoted(day)
                        )
                    })?,
            ),
        };
        let mut columns = Vec::new();
        let mut headings = std::collections::BTreeSet::new();
        for column in written.columns {
            for heading in std::iter::once(&column.heading).chain(&column.also) {
                if comparable(heading).is_empty() || !headings.insert(comparable(heading)) {
                    return Err(format!(
                        "tên cột “{}” để trống hoặc ghi hai lần.",
                        quoted(heading)
                    ));
                }
            }
            columns.push(column_of(column)?);
        }
        if !columns.iter().any(|column| {
            matches!(
                column.field,
                Some(Field::Name | Field::NameGiven | Field::NameFamily)
            )
        }) {
            return Err("chưa có cột nào mang trường name (họ và tên).".to_owned());
        }
        for field in written.codes.keys() {
            if Field::from_code(field).is_none() {
                return Err(format!("bảng mã “{}”: không có trường này.", quoted(field)));
            }
        }
        Ok(Self {
            name: written.name,
            sheet: if written.sheet.trim().is_empty() {
                "Trẻ em".to_owned()
            } else {
                written.sheet
            },
            edition,
            columns,
            codes: written.codes,
            text: text.to_owned(),
        })
    }

    /// The column that a heading names.
    pub fn column(&self, heading: &str) -> Option<usize> {
        let wanted = comparable(heading);
        self.columns.iter().position(|column| {
            comparable(&column.heading) == wanted
                || column.also.iter().any(|other| comparable(other) == wanted)
        })
    }

    /// A value of theirs as every list writes it.
    pub fn ours(&self, column: &Column, text: &str) -> String {
        let Some(field) = column.field else {
            return String::new();
        };
        if field == Field::Birth {
            return column.dates.read(text);
        }
        let known = self.codes.get(field.code()).and_then(|codes| {
            codes
                .iter()
                .find(|(_, theirs)| theirs.iter().any(|one| one.trim() == text.trim()))
        });
        known.map_or_else(|| text.to_owned(), |(ours, _)| ours.clone())
    }

    /// A value of ours as they write it.
    pub fn theirs(&self, field: Field, text: &str) -> String {
        self.codes
            .get(field.code())
            .and_then(|codes| codes.get(text))
            .and_then(|theirs| theirs.first())
            .map_or_else(|| text.to_owned(), Clone::clone)
    }

    /// The column a field stands in.
    pub fn of_field(&self, field: Field) -> Option<&Column> {
        self.columns
            .iter()
            .find(|column| column.field == Some(field))
    }
}

fn column_of(column: WrittenColumn) -> Result<Column, String> {
    let code = column.field.trim();
    let field = match code {
        "" | "-" => None,
        code => Some(Field::from_code(code).ok_or_else(|| {
            format!(
                "cột “{}”: không có trường “{}”; xem mã trường trong docs/check.md.",
                quoted(&column.heading),
                quoted(code)
            )
        })?),
    };
    let format = column.format.trim();
    let wrong = || {
        format!(
            "cột “{}”: không hiểu format “{}”.",
            quoted(&column.heading),
            quoted(format)
        )
    };
    let is_place = matches!(
        field,
        Some(Field::Province | Field::District | Field::Commune)
    );
    let (mut dates, mut by_code) = (Dates::default(), false);
    match format {
        "" => {}
        "name" if is_place => {}
        "code" if is_place => by_code = true,
        other if field == Some(Field::Birth) => dates = Dates::of(other).ok_or_else(wrong)?,
        _ => return Err(wrong()),
    }
    Ok(Column {
        heading: column.heading,
        also: column.also,
        field,
        dates,
        by_code,
        assumed: column.assumed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_holds_the_columns_of_the_sample() {
        let profile = Profile::read(DEFAULT).unwrap();
        let headings: Vec<&str> = profile
            .columns
            .iter()
            .map(|column| column.heading.as_str())
            .collect();
        assert_eq!(headings, crate::world::register::HEADINGS);
        assert!(
            profile
                .columns
                .iter()
                .all(|column| column.assumed && column.field.is_some())
        );
    }

    #[test]
    fn dates_go_there_and_back() {
        let check = |format: &str, iso: &str, theirs: &str, read: &str| {
            let dates = Dates::of(format).unwrap();
            assert_eq!(
                (dates.write(iso).as_str(), dates.read(theirs).as_str()),
                (theirs, read),
                "{format}"
            );
        };
        check("dd/mm/yyyy", "2015-03-12", "12/03/2015", "12/03/2015");
        check("mm/dd/yyyy", "2015-03-12", "03/12/2015", "12/03/2015");
        check("yyyy-mm-dd", "2015-03-12", "2015-03-12", "2015-03-12");
        check("yyyymmdd", "2015-03-12", "20150312", "12/03/2015");
        check("dd/mm/yyyy", "2015-03", "03/2015", "03/2015");
        check("yyyymmdd", "2015", "2015", "2015");
    }

    #[test]
    fn what_cannot_be_used_is_said() {
        let check = |text: &str, words: &str| {
            let sentence = Profile::read(text).unwrap_err();
            assert!(
                sentence.contains(words) && sentence.ends_with('.'),
                "{text}: {sentence}"
            );
        };
        check("name = 1", "dòng 1");
        check(
            "name = \"\"\n[[column]]\nheading = \"A\"\nfield = \"tên\"",
            "không có trường “tên”",
        );
        check(
            "name = \"\"\n[[column]]\nheading = \"A\"\nfield = \"sex\"",
            "chưa có cột nào mang trường name",
        );
        check(
            "name = \"\"\n[[column]]\nheading = \"A\"\nfield = \"name\"\n[[column]]\nheading = \"a \"",
            "hai lần",
        );
        check(
            "name = \"\"\n[[column]]\nheading = \"A\"\nfield = \"name\"\nformat = \"x\"",
            "không hiểu format “x”",
        );
        check(
            "name = \"\"\nedition = \"hôm nay\"\n[[column]]\nheading = \"A\"\nfield = \"name\"",
            "không phải một ngày",
        );
        check(
            "name = \"\"\n[[column]]\nheading = \"A\"\nfield = \"name\"\n[codes.gioi]\n\"Nam\" = [\"1\"]",
            "bảng mã “gioi”",
        );
    }
}
