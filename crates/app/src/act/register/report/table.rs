//! The table of progress as a file: csv for machines, a workbook for people.
//!
//! In: [`Shown`]. Out: bytes.

use super::show::{Line, Shown};
use crate::act::csv_line::Line as CsvLine;
use crate::act::unit_book::unit_book;
use crate::act::units::shown as day;
use treem_files::write::book::{Cell, Value};

/// The figures of a line in their order: code, what people read.
const COLUMNS: [(&str, &str); 7] = [
    ("headcount", "Số trẻ em hiện có"),
    ("registered", "Đã có trên phần mềm"),
    ("identified", "Đã chuẩn hóa"),
    ("complete", "Đủ thông tin cơ bản"),
    ("verified", "Công an đã xác thực"),
    ("to_enter", "Còn phải nhập"),
    ("to_clean", "Còn phải làm sạch"),
];
/// The same of what changed.
const CHANGES: [(&str, &str); 6] = [
    ("change_headcount", "+/− số hiện có"),
    ("change_registered", "+/− trên phần mềm"),
    ("change_identified", "+/− đã chuẩn hóa"),
    ("change_complete", "+/− đủ thông tin"),
    ("change_verified", "+/− đã xác thực"),
    ("change_to_enter", "+/− còn phải nhập"),
];

fn figures(line: &Line, compared: bool) -> Vec<Option<i64>> {
    let mut out = line.figures().to_vec();
    if compared {
        let change = line.change;
        out.extend([
            change.and_then(|one| one.headcount),
            change.map(|one| one.registered),
            change.map(|one| one.identified),
            change.map(|one| one.complete),
            change.and_then(|one| one.verified),
            change.and_then(|one| one.to_enter),
        ]);
    }
    out
}

fn columns(shown: &Shown) -> Vec<(&'static str, &'static str)> {
    let compared = shown.compare.is_some();
    let changes = CHANGES.iter().filter(|_| compared);
    COLUMNS.iter().chain(changes).copied().collect()
}

/// The days a line's headcount speaks of, from which sources, signed by whom.
fn told(line: &Line) -> [String; 3] {
    let of = |get: fn(&super::show::Record) -> String| {
        let mut out: Vec<String> = line.records.iter().map(get).collect();
        out.sort();
        out.dedup();
        out.retain(|text| !text.is_empty());
        out.join("; ")
    };
    [
        of(|one| one.day.clone()),
        of(|one| one.source.clone()),
        of(|one| one.signed_by.clone()),
    ]
}

/// The table as a csv file with the machine's heads.
pub fn csv(shown: &Shown) -> Vec<u8> {
    let mut out = Vec::new();
    let mut head = CsvLine::after(&mut out, b"");
    head.bare("unit").bare("name").bare("edition").bare("as_of");
    for (code, _) in columns(shown) {
        head.bare(code);
    }
    head.bare("headcount_day")
        .bare("headcount_source")
        .bare("headcount_signed_by");
    out.push(b'\n');
    let lines = shown.lines.iter().map(|one| (one, one.unit.as_str()));
    for (one, unit) in lines.chain([(&shown.total, "*")]) {
        let mut line = CsvLine::after(&mut out, b"");
        line.bare(unit)
            .guarded(&one.name)
            .bare(&shown.edition)
            .bare(&shown.as_of);
        for figure in figures(one, shown.compare.is_some()) {
            line.bare(&figure.map_or_else(String::new, |figure| figure.to_string()));
        }
        for text in told(one) {
            line.guarded(&text);
        }
        out.push(b'\n');
    }
    out
}

/// The table as a workbook.
///
/// # Errors
/// What the writer cannot hold.
pub fn xlsx(shown: &Shown) -> anyhow::Result<Vec<u8>> {
    let columns = columns(shown);
    let compared = shown.compare.as_deref();
    let against = compared.map_or_else(String::new, |other| {
        format!("; so với cuối ngày {}", day(other))
    });
    let mut rows = vec![
        vec![Cell::text("TIẾN ĐỘ NHẬP, CHUẨN HÓA, XÁC THỰC DỮ LIỆU TRẺ EM").in_bold()],
        vec![Cell::text(format!(
            "{}, số liệu ngày {}{against}",
            shown.name,
            day(&shown.as_of)
        ))],
        Vec::new(),
    ];
    let heads = ["Mã", "Đơn vị"]
        .into_iter()
        .chain(columns.iter().map(|(_, label)| *label));
    let heads = heads.chain(["Ngày của số hiện có", "Nguồn", "Người ký"]);
    rows.push(heads.map(|text| Cell::text(text).in_bold()).collect());
    let row = |one: &Line, name: &str| -> Vec<Cell> {
        let mut row = vec![Cell::text(&one.unit), Cell::text(name)];
        row.extend(figures(one, compared.is_some()).into_iter().map(|figure| {
            figure.map_or_else(Cell::default, |figure| {
                let figure = i32::try_from(figure).unwrap_or(i32::MAX);
                Cell::new(Value::Number(f64::from(figure)))
            })
        }));
        let [days, sources, signers] = told(one);
        let days: Vec<String> = days.split("; ").map(day).collect();
        row.extend([days.join("; "), sources, signers].map(Cell::text));
        row
    };
    rows.extend(shown.lines.iter().map(|one| row(one, &one.name)));
    rows.push(
        row(&shown.total, "Tổng cộng")
            .into_iter()
            .map(Cell::in_bold)
            .collect(),
    );
    rows.push(Vec::new());
    rows.extend(shown.notes.iter().map(|note| vec![Cell::text(note)]));
    unit_book("Tiến độ", rows, columns.len() + 5)
}
