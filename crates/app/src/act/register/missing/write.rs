//! Who is missing, as a file: a workbook to print and walk with, or csv.
//!
//! In: a [`List`], a path. Out: the file, whole or not at all. The surely missing on a sheet of their own, those who perhaps are in the book
//! apart. Nothing sensitive is in it.

use super::found::{List, Listed};
use crate::act::csv_line::Line;
use anyhow::Context as _;
use std::io::Write as _;
use std::path::Path;
use treem_files::write::book::{Cell, Format, Sheet, Value, Workbook, write};

/// The head of the csv.
pub const HEAD: &str = "row,unit,unit_name,hamlet,name,birth,sex,number,father,mother,found_in,sure,probability,may_be,may_be_name,may_be_birth\n";

/// Headings of the workbook with the width of each column.
const COLUMNS: [(&str, f64); 11] = [
    ("STT", 5.0),
    ("Mã dòng", 9.0),
    ("Xã, phường", 20.0),
    ("Thôn", 18.0),
    ("Họ và tên", 26.0),
    ("Ngày sinh", 12.0),
    ("Giới tính", 8.0),
    ("Số định danh", 15.0),
    ("Cha", 24.0),
    ("Mẹ", 24.0),
    ("Tìm thấy ở", 34.0),
];

/// Writes it: a workbook, or csv where the name ends so.
///
/// # Errors
/// The file cannot be written.
pub fn file(list: &List, path: &Path) -> anyhow::Result<()> {
    let failed = || format!("không ghi được {}", path.display());
    let is_csv = path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    let bytes = if is_csv { csv(list) } else { workbook(list)? };
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).with_context(failed)?;
    file.write_all(&bytes).with_context(failed)?;
    file.persist(path).with_context(failed)?;
    Ok(())
}

/// As csv.
pub fn csv(list: &List) -> Vec<u8> {
    let mut buffer = HEAD.as_bytes().to_vec();
    for one in &list.children {
        let mut line = Line::after(&mut buffer, b"");
        for text in [
            &one.row,
            &one.unit,
            &one.unit_name,
            &one.hamlet,
            &one.name,
            &one.birth,
            &one.sex,
            &one.number,
            &one.father,
            &one.mother,
            &one.lists.join(" "),
        ] {
            line.guarded(text);
        }
        line.text(if one.sure { "yes" } else { "no" });
        line.text(&format!("{:.3}", one.probability));
        let may_be = one.may_be.as_ref();
        line.text(may_be.map_or("", |of| &of.child));
        line.guarded(may_be.map_or("", |of| &of.name));
        line.guarded(may_be.map_or("", |of| &of.birth));
        line.end();
    }
    buffer
}

/// As a workbook.
///
/// # Errors
/// More rows than a sheet holds.
pub fn workbook(list: &List) -> anyhow::Result<Vec<u8>> {
    let sheet = |name: &str, title: &str, sure: bool| {
        let mut rows = vec![
            vec![Cell::text(title).in_bold()],
            vec![Cell::text(format!(
                "Số liệu đối chiếu đến ngày {}. Chỉ dùng để rà soát, nhập trẻ vào sổ; hủy khi xong việc.",
                crate::shown::day(&list.day)
            ))],
            Vec::new(),
        ];
        let mut headings: Vec<Cell> = COLUMNS
            .iter()
            .map(|(heading, _)| Cell::text(*heading).in_bold())
            .collect();
        let mut widths: Vec<f64> = COLUMNS.iter().map(|(_, width)| *width).collect();
        if !sure {
            headings.push(Cell::text("Có thể là trẻ trong sổ").in_bold());
            widths.push(40.0);
        }
        rows.push(headings);
        let children = list.children.iter().filter(|one| one.sure == sure);
        rows.extend((1..).zip(children).map(|(nth, one)| row(nth, one)));
        Sheet {
            name: name.to_owned(),
            rows,
            widths,
            ..Sheet::default()
        }
    };
    let mut sheets = vec![sheet(
        "Chưa có trong sổ",
        "TRẺ EM TÌM THẤY Ở DANH SÁCH KHÁC, CHƯA CÓ TRONG SỔ",
        true,
    )];
    if list.children.iter().any(|one| !one.sure) {
        sheets.push(sheet(
            "Cần xem lại",
            "TRẺ EM CÓ THỂ ĐÃ CÓ TRONG SỔ, CẦN XEM LẠI",
            false,
        ));
    }
    let book = Workbook {
        sheets,
        date1904: false,
    };
    let mut out = Vec::new();
    write(&book, Format::Xlsx, &mut out).map_err(|error| anyhow::anyhow!("{}", error.message()))?;
    Ok(out)
}

fn row(nth: u32, one: &Listed) -> Vec<Cell> {
    let mut out = vec![Cell::new(Value::Number(f64::from(nth)))];
    out.extend(
        [
            &one.row,
            &one.unit_name,
            &one.hamlet,
            &one.name,
            &crate::shown::birth(&one.birth),
            &one.sex,
            &one.number,
            &one.father,
            &one.mother,
            &one.found_in,
        ]
        .map(|text| Cell::text(text.as_str())),
    );
    if let Some(of) = &one.may_be {
        out.push(Cell::text(format!(
            "{}, sinh {}, {} ({:.0} %)",
            of.name,
            crate::shown::birth(&of.birth),
            of.unit_name,
            of.probability * 100.0
        )));
    }
    out
}
