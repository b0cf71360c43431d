//! `treem movements`: how each unit came from its children of one evening to those of another, from the events of the register.
//!
//! In: the first and the last day, a level, perhaps an area. Out: [`Table`]. An evening is the end of a day in Việt Nam (UTC+7): the
//! closing of one month is the opening of the next, and both are what *coverage* counts at that moment.

use super::{Desk, Done, evening, unit_name, wait};
use crate::access::Deed;
use crate::act::csv_line::Line as CsvLine;
use crate::act::unit_book::unit_book;
use rustc_hash::FxHashMap;
use serde_json::{Map, Value};
use treem_child::normalise::unit::{self, Level, Unit};
use treem_child::report::movements::{Between, COLUMNS, Column, Life, Line, Lines, Seen};
use treem_files::write::book::{Cell, Value as CellValue};
use treem_store::Tx;
use treem_store::moves::Trace;

/// What is asked for.
pub struct Asked {
    /// First day, `YYYY-MM-DD`.
    pub from: String,
    /// The evening before it.
    pub before: String,
    /// Last day.
    pub to: String,
    /// The level of the lines.
    pub level: Level,
    /// Only units of this area, seen in its own edition.
    pub area: Option<(&'static unit::Edition, &'static Unit)>,
}

/// A line of the table.
pub struct Of {
    /// Code of the unit; empty where unknown.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// Its edition.
    pub edition: String,
    /// The figures.
    pub line: Line,
}

/// The table.
pub struct Table {
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// By unit.
    pub lines: Vec<Of>,
    /// All of them together.
    pub total: Line,
}

impl serde::Serialize for Table {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let figures = |line: &Line| -> Map<String, Value> {
            COLUMNS
                .iter()
                .map(|column| (column.code().to_owned(), line.of(*column).into()))
                .collect()
        };
        let lines: Vec<Value> = self
            .lines
            .iter()
            .map(|one| {
                let mut object = Map::new();
                object.insert("unit".to_owned(), one.unit.clone().into());
                object.insert("name".to_owned(), one.name.clone().into());
                object.insert("edition".to_owned(), one.edition.clone().into());
                object.extend(figures(&one.line));
                Value::Object(object)
            })
            .collect();
        serde_json::json!({"from": self.from, "to": self.to, "lines": lines, "total": figures(&self.total)})
            .serialize(serializer)
    }
}

/// Edition and code of the unit a child is counted in; `None` outside the area.
type Place = Option<(String, String)>;

/// Computes the table.
///
/// # Errors
/// The register cannot be used.
pub fn run(desk: &Desk, asked: &Asked) -> Done<Table> {
    wait(async {
        desk.must_somewhere(Deed::Report)?;
        let (open, mut tx) = desk.read().await?;
        let lines = count(&mut tx, &open.book.register, asked).await?;
        let mut table = Table {
            from: asked.from.clone(),
            to: asked.to.clone(),
            lines: Vec::new(),
            total: Line::default(),
        };
        for (place, line) in lines.lines() {
            if let Some((edition, unit)) = place {
                table.total.take(line);
                table.lines.push(Of {
                    name: unit_name(edition, unit),
                    unit: unit.clone(),
                    edition: edition.clone(),
                    line: *line,
                });
            }
        }
        // Nothing is told that does not add up.
        if table.lines.iter().any(|one| !one.line.adds_up()) {
            return Err(anyhow::anyhow!("bảng biến động không khớp").into());
        }
        Ok(table)
    })
}

async fn count(tx: &mut Tx, book: &str, asked: &Asked) -> Done<Lines<Place>> {
    let mut lines = Lines::new(&asked.before, &asked.to);
    let (first, last) = (evening(&asked.before), evening(&asked.to));
    let mut places: FxHashMap<(String, String), Place> = FxHashMap::default();
    let mut place = |one: &Trace| -> Place {
        places
            .entry((one.edition.clone(), one.unit.clone()))
            .or_insert_with_key(|(edition, unit)| at_level(edition, unit, asked))
            .clone()
    };
    let mut child: Vec<Trace> = Vec::new();
    let mut after = (String::new(), 0);
    loop {
        let page = tx
            .traces(book, (&first, &last), (&after.0, after.1))
            .await?;
        let Some(end) = page.last() else { break };
        after = (end.child.clone(), end.seq);
        for trace in page {
            if child.last().is_some_and(|last| last.child != trace.child) {
                take(&mut lines, &child, &first, &mut place);
                child.clear();
            }
            child.push(trace);
        }
    }
    take(&mut lines, &child, &first, &mut place);
    Ok(lines)
}

/// Takes a child: its events in order, the first of them perhaps from before the first evening.
fn take(
    lines: &mut Lines<Place>,
    child: &[Trace],
    first: &str,
    place: &mut dyn FnMut(&Trace) -> Place,
) {
    let mut seen = |one: &Trace| Seen {
        life: Life::of(&one.state),
        birth: one.birth.clone(),
        leaves_on: one.leaves_on.clone(),
        unit: place(one),
    };
    // The clock of a machine may have been behind: what holds is the last version, not the last time.
    let held = child.iter().rposition(|one| one.at.as_str() <= first);
    let since = child.get(held.map_or(0, |at| at + 1)..).unwrap_or(&[]);
    let (before, after) = (held.and_then(|at| child.get(at)), child.last());
    if let Some(after) = after {
        let between = Between {
            moved: since.iter().any(|one| one.kind == "moved"),
            reassigned: since.iter().any(|one| one.kind == "reassigned"),
        };
        let before = before.map(&mut seen);
        lines.take(before.as_ref(), &seen(after), between);
    }
}

/// The unit of the table a unit belongs to.
fn at_level(edition_of: &str, code: &str, asked: &Asked) -> Place {
    let edition = unit::edition(edition_of);
    let found = edition.by_code(code);
    if let Some((theirs, area)) = asked.area
        && (theirs.from != edition.from || !found.is_some_and(|unit| edition.is_in(unit, area)))
    {
        return None;
    }
    let unit = found.and_then(|unit| match asked.level {
        Level::Province => edition.province_of(unit),
        Level::District => edition.district_of(unit).or(Some(unit)),
        Level::Commune => Some(unit),
    });
    Some((
        edition_of.to_owned(),
        unit.map_or(code, |unit| unit.code).to_owned(),
    ))
}

/// The table as a csv file with the machine's heads.
pub fn csv(table: &Table) -> Vec<u8> {
    let mut out = Vec::new();
    let mut head = CsvLine::after(&mut out, b"");
    head.bare("unit").bare("name").bare("edition");
    for column in COLUMNS {
        head.bare(column.code());
    }
    out.push(b'\n');
    for one in &table.lines {
        let mut line = CsvLine::after(&mut out, b"");
        line.bare(&one.unit).text(&one.name).bare(&one.edition);
        for column in COLUMNS {
            line.number(one.line.of(column).unsigned_abs());
        }
        out.push(b'\n');
    }
    out
}

/// The table as a workbook for people: columns without a figure are left out.
///
/// # Errors
/// What the writer cannot hold.
pub fn xlsx(table: &Table) -> anyhow::Result<Vec<u8>> {
    let columns: Vec<Column> = COLUMNS
        .into_iter()
        .filter(|column| !column.is_rare() || table.total.of(*column) != 0)
        .collect();
    let day = crate::act::units::shown;
    let mut rows = vec![
        vec![Cell::text("BIẾN ĐỘNG SỐ TRẺ EM").in_bold()],
        vec![Cell::text(format!(
            "Từ ngày {} đến ngày {}",
            day(&table.from),
            day(&table.to)
        ))],
        Vec::new(),
        ["Mã", "Đơn vị"]
            .into_iter()
            .chain(columns.iter().map(|column| column.label()))
            .map(|text| Cell::text(text).in_bold())
            .collect(),
    ];
    let figures = |line: &Line| -> Vec<Cell> {
        let figure = |column: &Column| {
            let count = i32::try_from(line.of(*column)).unwrap_or(i32::MAX);
            Cell::new(CellValue::Number(f64::from(count)))
        };
        columns.iter().map(figure).collect()
    };
    for one in &table.lines {
        let mut row = vec![Cell::text(&one.unit), Cell::text(&one.name)];
        row.extend(figures(&one.line));
        rows.push(row);
    }
    let mut sum = vec![Cell::default(), Cell::text("Tổng cộng").in_bold()];
    sum.extend(figures(&table.total).into_iter().map(Cell::in_bold));
    rows.push(sum);
    unit_book("Biến động", rows, columns.len() + 2)
}
