//! What a format can hold.
//!
//! In: a workbook and a format. Out: nothing where it fits, else a sentence that says what does not and where.

use super::grid::{EPOCH_1904, error_number, is_day, place, text_of, units, width};
use super::{Format, Merge, Sheet, Value, Workbook, markup};
use crate::limits;
use crate::write::WriteError;
use rustc_hash::FxHashSet;

/// Rows, columns and letters of a cell that a format holds; letters 0: any number.
fn room(format: Format) -> (usize, usize, usize) {
    let rows = usize::try_from(limits::SHEET_ROWS).unwrap_or(usize::MAX);
    match format {
        Format::Xlsx | Format::Xlsm | Format::Xlsb => (rows, 16_384, limits::WRITTEN_CELL_LETTERS),
        Format::Xls => (65_536, 256, limits::WRITTEN_CELL_LETTERS),
        Format::XlsOld => (16_384, 256, 255),
        Format::Ods => (rows, 16_384, 0),
        Format::XmlTable => (rows, 16_384, limits::WRITTEN_CELL_LETTERS),
        // Word's own limit.
        Format::Docx => (32_767, 63, 0),
        Format::WebPage | Format::Text(_) => (rows, 16_384, 0),
    }
}

fn refused<T>(what: String) -> Result<T, WriteError> {
    Err(WriteError::Refused(what))
}

/// Says whether a format can hold a workbook.
///
/// Errors: `Refused` with what does not fit and where. Letters that an encoding does not have are found while writing.
pub(super) fn check(book: &Workbook, format: Format) -> Result<(), WriteError> {
    let named = !matches!(format, Format::Docx | Format::WebPage | Format::Text(_));
    if book.sheets.is_empty() || book.sheets.len() > limits::SHEETS {
        return refused(format!(
            "Sổ phải có từ 1 đến {} trang, không phải {}.",
            limits::SHEETS,
            book.sheets.len()
        ));
    }
    if matches!(format, Format::Text(_)) && book.sheets.len() > 1 {
        return refused(format!(
            "Tệp văn bản chỉ giữ được một trang, sổ này có {} trang; hãy ghi từng trang một.",
            book.sheets.len()
        ));
    }
    if named && book.sheets.iter().all(|sheet| sheet.hidden) {
        return refused("Sổ phải có ít nhất một trang không bị ẩn.".to_owned());
    }
    let mut names = FxHashSet::default();
    for sheet in &book.sheets {
        if named {
            check_name(&sheet.name)?;
            if !names.insert(sheet.name.to_lowercase()) {
                return refused(format!("Hai trang cùng mang tên “{}”.", sheet.name));
            }
        }
        check_sheet(book, sheet, format)?;
    }
    Ok(())
}

fn check_name(name: &str) -> Result<(), WriteError> {
    let bad = |letter: char| {
        matches!(letter, ':' | '\\' | '/' | '?' | '*' | '[' | ']') || letter.is_control()
    };
    if !(1..=31).contains(&units(name))
        || name.contains(bad)
        || name.contains(markup::is_forbidden)
        || name.starts_with('\'')
        || name.ends_with('\'')
    {
        return refused(format!(
            "Tên trang “{name}” không dùng được: phải có từ 1 đến 31 ký tự, không chứa : \\ / ? * [ ], không bắt đầu hay kết thúc bằng dấu '."
        ));
    }
    Ok(())
}

fn check_sheet(book: &Workbook, sheet: &Sheet, format: Format) -> Result<(), WriteError> {
    let (most_rows, most_columns, most_letters) = room(format);
    let (rows, columns) = (sheet.rows.len(), width(sheet));
    if rows > most_rows {
        return refused(format!(
            "Trang “{}” có {rows} dòng, dạng tệp này chỉ giữ được {most_rows} dòng; hãy chia trang hoặc chọn dạng khác.",
            sheet.name
        ));
    }
    if columns > most_columns {
        return refused(format!(
            "Trang “{}” có {columns} cột, dạng tệp này chỉ giữ được {most_columns} cột; hãy bớt cột hoặc chọn dạng khác.",
            sheet.name
        ));
    }
    let beyond = sheet
        .hidden_columns
        .iter()
        .any(|&column| usize::from(column) >= most_columns)
        || sheet.widths.len() > most_columns
        || sheet
            .widths
            .iter()
            .any(|width| !(0.0..=255.0).contains(width));
    if beyond {
        return refused(format!(
            "Trang “{}” ẩn hoặc đặt độ rộng cho cột không có trong dạng tệp này (độ rộng từ 0 đến 255).",
            sheet.name
        ));
    }
    check_merges(sheet, most_rows, most_columns)?;
    let forbidden =
        |text: &str| !matches!(format, Format::Text(_)) && text.contains(markup::is_forbidden);
    if sheet.paragraphs.iter().any(|text| forbidden(text)) {
        return refused(format!(
            "Đoạn văn trước bảng của trang “{}” có ký tự điều khiển không ghi được; hãy bỏ ký tự đó.",
            sheet.name
        ));
    }
    for (row, line) in sheet.rows.iter().enumerate() {
        for (column, cell) in line.iter().enumerate() {
            let say = |what: &str| {
                refused(format!(
                    "Không ghi được {}: {what}.",
                    place(sheet, row, column)
                ))
            };
            if let Some(what) = value_fault(book, &cell.value) {
                return say(what);
            }
            let mut fonts = cell.runs.iter().filter_map(|run| run.font).chain(cell.font);
            if fonts.any(is_no_font) {
                return say("tên phông chữ phải có từ 1 đến 31 ký tự");
            }
            let Some(text) = text_of(cell) else { continue };
            if most_letters > 0 && text.len() > most_letters && units(&text) > most_letters {
                return say(&format!(
                    "chữ dài hơn {most_letters} ký tự mà dạng tệp này giữ được; hãy rút gọn hoặc chọn dạng khác"
                ));
            }
            if forbidden(&text) {
                return say("có ký tự điều khiển không ghi được; hãy bỏ ký tự đó");
            }
            if cell.runs.iter().any(|run| run.text.is_empty()) {
                return say("có đoạn chữ trống giữa các phông chữ");
            }
        }
    }
    Ok(())
}

/// Excel's names of fonts have 1 to 31 letters.
fn is_no_font(name: &str) -> bool {
    !(1..=31).contains(&units(name)) || name.contains(char::is_control)
}

/// What is wrong with a value in every format.
fn value_fault(book: &Workbook, value: &Value) -> Option<&'static str> {
    match value {
        Value::Number(number) if !number.is_finite() => Some("không phải là số hữu hạn"),
        Value::PaddedNumber(number, digits)
            if !((0.0..1e15).contains(number)
                && number.fract() == 0.0
                && (1..=30).contains(digits)) =>
        {
            Some(
                "số có số 0 đứng trước phải là số nguyên không âm dưới 16 chữ số, hiện tối đa 30 chữ số",
            )
        }
        Value::Date(serial) if !is_day(*serial) || book.date1904 && *serial < EPOCH_1904 => Some(
            "ngày nằm ngoài khoảng mà bảng tính giữ được (từ 01/03/1900, với hệ 1904 từ 01/01/1904, đến 31/12/9999)",
        ),
        Value::Error(name) if error_number(name).is_none() => {
            Some("không có lỗi công thức nào tên như vậy")
        }
        Value::Formula { formula, value } => match **value {
            Value::Formula { .. } => Some("giá trị của công thức không được là công thức"),
            _ if formula.is_empty()
                || formula.len() > 8_192
                || formula.contains(markup::is_forbidden) =>
            {
                Some("công thức phải có từ 1 đến 8192 ký tự")
            }
            ref value => value_fault(book, value),
        },
        _ => None,
    }
}

/// Merges lie within the sheet, the right way round, and apart from each other.
fn check_merges(sheet: &Sheet, rows: usize, columns: usize) -> Result<(), WriteError> {
    let mut open: Vec<Merge> = Vec::new();
    let mut merges: Vec<Merge> = sheet.merges.clone();
    merges.sort_by_key(|merge| (merge.first_row, merge.first_column));
    for merge in merges {
        let inside = merge.first_row <= merge.last_row
            && merge.first_column <= merge.last_column
            && usize::try_from(merge.last_row).is_ok_and(|last| last < rows)
            && usize::from(merge.last_column) < columns;
        open.retain(|other| other.last_row >= merge.first_row);
        let apart = open.iter().all(|other| {
            other.last_column < merge.first_column || merge.last_column < other.first_column
        });
        if !inside || !apart {
            let row = usize::try_from(merge.first_row).unwrap_or(usize::MAX - 1);
            return refused(format!(
                "Ô gộp bắt đầu ở {} nằm ngoài trang hoặc chồng lên ô gộp khác.",
                place(sheet, row, usize::from(merge.first_column))
            ));
        }
        open.push(merge);
    }
    Ok(())
}
