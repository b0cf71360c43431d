//! A table somebody printed, cell by cell: what disagrees with the table itself, and what with the register on a day.
//!
//! In: the bytes of a file, or a pasted table (cells by tabs, commas or as Markdown). Out: [`Compared`]. The arithmetic is that of
//! `treem coverage`; the figures of the register those of `treem coverage` without a file.

use super::super::coverage::gather;
use super::super::geography::Asked as Geography;
use super::super::{Desk, Done, Failed, wait};
use crate::access::Deed;
use crate::act::coverage::{Line, lines, of_bytes};
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit::{Edition, Level};
use treem_child::report::coverage::{CellName, Coverage, Number, Row};
use treem_child::report::letter::figures::{percent, shown_count, shown_percent};

/// Bytes of a pasted table.
const PASTED: usize = 1 << 20;

/// A cell of a printed table.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Cell {
    /// As printed; empty where nothing readable stands.
    pub printed: String,
    /// What the table's other cells say, where they say otherwise.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub own: String,
    /// What the register says, where it says otherwise.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub register: String,
}

impl Cell {
    /// True where something says otherwise.
    pub fn is_off(&self) -> bool {
        !self.own.is_empty() || !self.register.is_empty()
    }
}

/// A line of a printed table.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Told {
    /// Its unit as printed.
    pub unit: String,
    /// The register knows the unit.
    pub known: bool,
    /// Headcount.
    pub headcount: Cell,
    /// Children entered. The letter's column means those identified; all of them are taken as well.
    pub entered: Cell,
    /// Rate.
    pub rate: Cell,
    /// Still to enter.
    pub missing: Cell,
}

/// What the comparison came to.
#[derive(serde::Serialize)]
pub struct Compared {
    /// The lines, totals last.
    pub rows: Vec<Told>,
    /// Cells that disagree with the table itself.
    pub own: usize,
    /// Cells that disagree with the register.
    pub register: usize,
    /// Units of the register that the table does not have.
    pub left_out: Vec<String>,
    /// The table recomputed, as `treem coverage` prints it.
    pub coverage: Coverage,
    /// What else should be known.
    pub notes: Vec<String>,
}

/// Compares a table with itself and with the register.
///
/// # Errors
/// [`Failed::Refused`]: no table of this kind; [`Failed::Denied`].
pub fn run(
    desk: &Desk,
    bytes: &[u8],
    (day, edition): (PartialDate, &'static Edition),
) -> Done<Compared> {
    wait(async {
        desk.must_somewhere(Deed::Report)?;
        let own = of_bytes(bytes).map_err(Failed::Refused)?;
        let cut = desk.area(Deed::Report);
        let (open, mut tx) = desk.read().await?;
        let day = day.to_string();
        let geography = Geography {
            edition,
            day: &day,
            moment: None,
        };
        let gathered = gather(&mut tx, &open.book.register, geography).await?;
        let mut held = lines(edition, &gathered.figures(), false)
            .map_err(Failed::Refused)?
            .0;
        if edition.has_districts() {
            // A table of a district is by commune.
            let communes = lines(edition, &gathered.figures(), true)
                .map_err(Failed::Refused)?
                .0;
            held.extend(
                communes
                    .into_iter()
                    .filter(|line| line.unit.level() == Level::Commune),
            );
        }
        held.retain(|line| cut.holds(edition.from, Some(line.unit.code)));
        Ok(told(own, &held, edition))
    })
}

/// The line of the register that a printed unit means.
fn line_of<'l>(held: &'l [Line], edition: &'static Edition, name: &str) -> Option<&'l Line> {
    [Level::District, Level::Commune]
        .into_iter()
        .find_map(|level| {
            let unit = edition.find(name, level, None).unit()?;
            held.iter().find(|line| line.unit.code == unit.code)
        })
}

fn told(own: Coverage, held: &[Line], edition: &'static Edition) -> Compared {
    let mut rows = Vec::new();
    let mut found: Vec<&Line> = Vec::new();
    for row in &own.rows {
        let line = line_of(held, edition, &row.unit);
        found.extend(line);
        rows.push(one(&own, row, line.copied().as_ref()));
    }
    if let Some(total) = &own.total {
        // The sum of the same units, where the register knows all of them.
        let whole = found.len() == own.rows.len() && !found.is_empty();
        let sum = whole.then(|| sum(&found));
        rows.push(one(&own, total, sum.flatten().as_ref()));
    }
    let levels: Vec<Level> = found.iter().map(|line| line.unit.level()).collect();
    let left_out = held
        .iter()
        .filter(|line| levels.contains(&line.unit.level()))
        .filter(|line| !found.iter().any(|known| known.unit.code == line.unit.code))
        .filter(|line| {
            // Of a table by commune: the communes of its district alone.
            line.unit.level() != Level::Commune
                || found
                    .iter()
                    .any(|known| known.unit.parent == line.unit.parent)
        })
        .map(|line| line.unit.name.to_owned())
        .collect();
    let cells = |off: fn(&Cell) -> bool| {
        rows.iter()
            .flat_map(|row: &Told| [&row.headcount, &row.entered, &row.rate, &row.missing])
            .filter(|cell| off(cell))
            .count()
    };
    let mut notes = own.notes.clone();
    let unknown: Vec<&str> = rows
        .iter()
        .take(own.rows.len())
        .filter(|row| !row.known)
        .map(|row| row.unit.as_str())
        .collect();
    if !unknown.is_empty() {
        notes.push(format!(
            "Sổ không có số liệu của: {} (hoặc ngoài địa bàn của bạn); các dòng ấy chỉ so với chính bảng.",
            unknown.join(", ")
        ));
    }
    Compared {
        own: cells(|cell| !cell.own.is_empty()),
        register: cells(|cell| !cell.register.is_empty()),
        rows,
        left_out,
        coverage: own,
        notes,
    }
}

/// The sum of lines; the headcount where that of each is known.
fn sum(lines: &[&Line]) -> Option<Line> {
    let mut out = **lines.first()?;
    for line in lines.iter().skip(1) {
        out.headcount = out
            .headcount
            .zip(line.headcount)
            .map(|(a, b)| a.saturating_add(b));
        out.children = out.children.saturating_add(line.children);
        out.identified = out.identified.saturating_add(line.identified);
        out.complete = out.complete.saturating_add(line.complete);
    }
    Some(out)
}

fn number(number: Option<Number>) -> String {
    match number {
        Some(Number::Count(count)) => shown_count(count),
        Some(Number::Rate(rate)) => shown_percent(rate.0),
        None => String::new(),
    }
}

/// One line, cell by cell.
fn one(own: &Coverage, row: &Row, line: Option<&Line>) -> Told {
    // A slip of a sum names the column it sums.
    let slip = |cell: CellName| {
        own.slips
            .iter()
            .find(|slip| {
                slip.unit == row.unit
                    && (slip.cell == cell
                        || slip.cell == CellName::Total && slip.column == Some(cell))
            })
            .map_or_else(String::new, |slip| number(slip.computed))
    };
    let count = |printed: Option<i64>, cell: CellName, register: Option<i64>| {
        let differs = printed.zip(register).filter(|(one, other)| one != other);
        Cell {
            printed: printed.map_or_else(String::new, shown_count),
            own: slip(cell),
            register: differs.map_or_else(String::new, |(_, register)| shown_count(register)),
        }
    };
    // The column may mean all children of the register, or those identified.
    let all = line.is_some_and(|line| row.entered == Some(line.children));
    let meant = line.map(|line| if all { line.children } else { line.identified });
    let mut entered = count(row.entered, CellName::Entered, meant);
    if let (false, Some(line)) = (entered.register.is_empty(), line) {
        entered.register = format!(
            "{} đã chuẩn hóa, {} đã nhập",
            shown_count(line.identified),
            shown_count(line.children)
        );
    }
    let headcount = line.and_then(|line| line.headcount);
    let rate = meant
        .zip(headcount)
        .and_then(|(part, whole)| percent(part, whole));
    let missing = meant
        .zip(headcount)
        .map(|(part, whole)| whole.saturating_sub(part));
    let printed_rate = row.printed.rate.map(|rate| rate.0);
    let differs = printed_rate.zip(rate).filter(|(one, other)| one != other);
    Told {
        unit: row.unit.clone(),
        known: line.is_some(),
        headcount: count(row.headcount, CellName::Headcount, headcount),
        entered,
        rate: Cell {
            printed: printed_rate.map_or_else(String::new, shown_percent),
            own: slip(CellName::Rate),
            register: differs.map_or_else(String::new, |(_, register)| shown_percent(register)),
        },
        missing: count(row.printed.missing, CellName::Missing, missing),
    }
}

/// A pasted table as the bytes of a file. Markdown tables lose their strokes, signs of emphasis and marks of footnotes.
///
/// # Errors
/// [`Failed::Refused`]: nothing was pasted, or too much.
pub fn pasted(text: &str) -> Done<Vec<u8>> {
    if text.trim().is_empty() {
        return Err(Failed::Refused(
            "hãy dán bảng vào ô, hoặc chọn một tệp.".to_owned(),
        ));
    }
    if text.len() > PASTED {
        return Err(Failed::Refused(
            "bảng dán vào quá dài; hãy gửi bằng tệp.".to_owned(),
        ));
    }
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let line = bare(line);
        let trimmed = line.trim();
        if let Some(inner) = trimmed.strip_prefix('|') {
            let inner = inner.strip_suffix('|').unwrap_or(inner);
            let is_rule = inner.chars().all(|sign| "|-: ".contains(sign));
            if is_rule {
                continue;
            }
            let cells: Vec<&str> = inner.split('|').map(str::trim).collect();
            out.push_str(&cells.join("\t"));
        } else {
            out.push_str(line.trim_end());
        }
        out.push('\n');
    }
    Ok(out.into_bytes())
}

/// A line without tags, emphasis, and what stands raised.
fn bare(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find('<') {
        out.push_str(rest.get(..at).unwrap_or_default());
        let tag = rest.get(at..).unwrap_or_default();
        let Some(end) = tag.find('>') else {
            out.push_str(tag);
            return out.replace("**", "");
        };
        let name = tag.get(1..end).unwrap_or_default();
        let mut after = end + 1;
        if name.eq_ignore_ascii_case("sup") {
            after = tag.find("</sup>").map_or(after, |at| at + "</sup>".len());
        }
        rest = tag.get(after..).unwrap_or_default();
    }
    out.push_str(rest);
    out.replace("**", "")
}

#[cfg(test)]
mod tests {
    use super::pasted;

    #[test]
    fn a_pasted_table_becomes_cells() {
        let check = |text: &str, want: &str| {
            let bytes = pasted(text).ok().unwrap();
            assert_eq!(String::from_utf8(bytes).unwrap(), want, "{text}");
        };
        check(
            "| a | **b** |\n|---|:-:|\n| Vĩnh Linh | 16.650 <sup>2</sup> |",
            "a\tb\nVĩnh Linh\t16.650\n",
        );
        check("a\tb\n<b>Tổng</b>\t1", "a\tb\nTổng\t1\n");
        check("a,b\n1<2,3", "a,b\n1<2,3\n");
        assert!(pasted("  ").is_err() && pasted(&"a".repeat(2 << 20)).is_err());
    }
}
