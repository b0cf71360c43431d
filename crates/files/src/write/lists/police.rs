//! The workbook the police fill in and give back: one line a child in the order they look up, a closed list of answers, and a hidden sheet
//! that says which list it is and under which seal.
//!
//! In: the head, the sealed rows. Out: an xlsx on A4 landscape, headings repeated, pages numbered. What comes back is read by
//! [`treem_child::handover::returned`].

use super::layout::{self, Styles, grouped};
use super::{ListHead, POLICE_ANSWERS, WriteError, plain, shared_file};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, Format, Formula,
    IgnoreError, Workbook, Worksheet, XlsxError,
};
use std::path::Path;
use treem_child::field::Field;
use treem_child::handover::columns::{ALL, Column};
use treem_child::handover::frozen::Frozen;
use treem_child::handover::returned::{SEAL_COUNT, SEAL_DIGEST, SEAL_LIST, SEAL_SHEET};
use treem_child::handover::seal::Digest;

/// A list for the police.
#[derive(Clone, Copy, Debug)]
pub struct PoliceList<'a> {
    /// The office and the place.
    pub head: &'a ListHead,
    /// Code of the list as printed.
    pub code: &'a str,
    /// Its seal.
    pub digest: Digest,
    /// Its rows in the order of their codes.
    pub rows: &'a [Frozen],
}

/// The sheet of the children.
const SHEET: &str = "Danh sách đối chiếu";
/// Where the answers stand on the hidden sheet: under the seal.
const ANSWERS_FROM: u32 = 5;
/// The row of the headings, from 0.
const HEADING: u32 = 8;
/// The last column.
const LAST: u16 = 19;

/// Width in letters, and whether the text stands in the middle.
fn look(column: Column) -> (f64, bool) {
    match column {
        Column::Ordinal => (4.5, true),
        Column::Code => (13.5, true),
        Column::Sent(Field::Number) | Column::Number => (14.0, true),
        Column::Sent(Field::Name) => (17.0, false),
        Column::Sent(Field::Birth | Field::Phone) => (11.0, true),
        Column::Sent(Field::Sex) => (5.5, true),
        Column::Sent(Field::Ethnicity) => (9.5, false),
        Column::Sent(Field::Nationality) => (8.0, false),
        Column::Sent(Field::Address) => (16.0, false),
        Column::Sent(_) => (12.5, false),
        Column::Why => (15.0, false),
        Column::Answer => (17.0, false),
        Column::Value => (17.0, false),
        Column::Note => (12.0, false),
    }
}

/// Writes the workbook; the file appears whole or not at all.
///
/// # Errors
/// [`WriteError`].
pub fn write_police(path: &Path, list: &PoliceList<'_>) -> Result<(), WriteError> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let mut file = shared_file(folder)?;
    let bytes = police_bytes(list)?;
    std::io::Write::write_all(file.as_file_mut(), &bytes)?;
    file.as_file().sync_data()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// The same as bytes, for a page that sends it.
///
/// # Errors
/// [`WriteError`].
pub fn police_bytes(list: &PoliceList<'_>) -> Result<Vec<u8>, WriteError> {
    let mut workbook = Workbook::new();
    let properties = DocProperties::new()
        .set_title("Danh sách đề nghị xác thực")
        .set_author(plain(&list.head.commune));
    let properties = match super::excel_day(&list.head.as_of) {
        Some(day) => properties.set_creation_datetime(&day),
        None => properties,
    };
    workbook.set_properties(&properties);
    let styles = Styles::new();
    let worksheet = workbook.add_worksheet();
    worksheet.set_name(SHEET)?;
    page(worksheet)?;
    heading(worksheet, list, &styles)?;
    rows(worksheet, list, &styles)?;
    seal(&mut workbook, list, &styles)?;
    Ok(workbook.save_to_buffer()?)
}

fn page(worksheet: &mut Worksheet) -> Result<(), XlsxError> {
    layout::paper(worksheet, ALL.iter().map(|column| look(*column).0))?;
    worksheet.set_repeat_rows(HEADING, HEADING + 1)?;
    worksheet.set_freeze_panes(HEADING + 2, 4)?;
    Ok(())
}

/// All above the children, as NĐ 30/2020 lays a list out; number and date are left blank.
fn heading(
    worksheet: &mut Worksheet,
    list: &PoliceList<'_>,
    styles: &Styles,
) -> Result<(), XlsxError> {
    layout::crown(worksheet, list.head, (7, 11, LAST), styles)?;
    let blank = "Số: ……/DS-UBND";
    layout::span(worksheet, 2, 0, 7, blank, styles.plain())?;
    let place = format!("…………, ngày …… tháng …… năm {}", "………");
    layout::span(worksheet, 2, 11, LAST, &place, styles.italic())?;
    let title = "DANH SÁCH TRẺ EM ĐỀ NGHỊ XÁC THỰC, CUNG CẤP SỐ ĐỊNH DANH CÁ NHÂN";
    layout::span(worksheet, 4, 0, LAST, title, styles.title())?;
    worksheet.set_row_height(4, 26)?;
    let count = format!(
        "Danh sách số {}, {} trẻ em; chốt ngày {}",
        list.code,
        grouped(list.rows.len()),
        list.head.as_of
    );
    layout::span(worksheet, 5, 0, LAST, &count, styles.plain())?;
    let how = "Chọn một kết quả cho mỗi dòng; có số thì ghi đủ 12 chữ số; sai lệch thì ghi trường và giá trị theo CSDLQG (ngày sinh: 12/03/2015). Xin giữ nguyên cột “Mã dòng”.";
    layout::span(worksheet, 6, 0, LAST, how, styles.italic())?;
    worksheet.set_row_height(HEADING, 50)?;
    for (index, column) in (0_u16..).zip(ALL) {
        worksheet.write_string_with_format(HEADING, index, column.heading(), &styles.head)?;
        let number = format!("({})", index + 1);
        worksheet.write_string_with_format(HEADING + 1, index, number, styles.numbering())?;
    }
    // The seal on every page: sixteen groups of four.
    let footer = format!(
        "&L&\"Times New Roman,Regular\"&8Danh sách {}, {} dòng. SHA-256: {}&R&\"Times New Roman,Regular\"&10Trang &P/&N",
        list.code,
        list.rows.len(),
        list.digest.grouped()
    );
    worksheet.set_footer(footer);
    Ok(())
}

fn rows(
    worksheet: &mut Worksheet,
    list: &PoliceList<'_>,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let first = HEADING + 2;
    let mut line = first;
    for (nth, row) in (1_u32..).zip(list.rows) {
        let mut most = 1_usize;
        for (index, column) in (0_u16..).zip(ALL) {
            let (width, centred) = look(column);
            if column == Column::Ordinal {
                worksheet.write_number_with_format(line, index, nth, &styles.ordinal)?;
                continue;
            }
            let text = column.cell(row);
            let text = plain(&text);
            most = most.max(layout::lines(&text, width));
            let format: &Format = match column {
                _ if text.starts_with(['=', '+', '-', '@', '\t']) => &styles.quoted,
                _ if centred => &styles.digits,
                _ => &styles.cell,
            };
            if text.is_empty() {
                worksheet.write_blank(line, index, format)?;
            } else {
                worksheet.write_string_with_format(line, index, text, format)?;
            }
        }
        worksheet.set_row_height(line, layout::height(most))?;
        line += 1;
    }
    if line > first {
        validations(worksheet, first, line - 1)?;
        worksheet.ignore_error_range(first, 0, line - 1, LAST, IgnoreError::NumberStoredAsText)?;
    }
    let total = format!("Tổng cộng: {} trẻ em./.", grouped(list.rows.len()));
    layout::span(worksheet, line, 0, LAST, &total, &styles.total)?;
    layout::signatures_at(worksheet, line + 2, list.head, (7, 13, LAST), styles)?;
    Ok(())
}

/// The answers as a closed list, the shape of a number.
fn validations(worksheet: &mut Worksheet, first: u32, last: u32) -> Result<(), XlsxError> {
    let at = |column: Column| {
        (0_u16..)
            .zip(ALL)
            .find(|(_, known)| *known == column)
            .map_or(0, |(index, _)| index)
    };
    let count = u32::try_from(POLICE_ANSWERS.len()).unwrap_or(0);
    let answers = DataValidation::new()
        .allow_list_formula(Formula::new(format!(
            "='{SEAL_SHEET}'!$A${}:$A${}",
            ANSWERS_FROM + 1,
            ANSWERS_FROM + count
        )))
        .set_error_title("Kết quả đối chiếu")?
        .set_error_message(
            "Chọn một kết quả trong danh sách; điều cần nói thêm ghi ở cột Ghi chú.",
        )?;
    let number = DataValidation::new()
        .allow_text_length(DataValidationRule::EqualTo(12))
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title("Số định danh cá nhân")?
        .set_error_message("Số định danh cá nhân có đúng 12 chữ số, kể cả các số 0 ở đầu.")?;
    for (column, validation) in [(at(Column::Answer), answers), (at(Column::Number), number)] {
        worksheet.add_data_validation(first, column, last, column, &validation)?;
    }
    Ok(())
}

/// The hidden sheet: which list, how many rows, under which seal; then the answers of the drop-down.
fn seal(workbook: &mut Workbook, list: &PoliceList<'_>, styles: &Styles) -> Result<(), XlsxError> {
    let worksheet = workbook.add_worksheet();
    worksheet.set_name(SEAL_SHEET)?.set_hidden(true);
    worksheet.set_column_width(0, 40)?.set_column_width(1, 70)?;
    let count = list.rows.len().to_string();
    let hex = list.digest.hex();
    let lines = [
        (SEAL_LIST, list.code),
        (SEAL_COUNT, count.as_str()),
        (SEAL_DIGEST, hex.as_str()),
    ];
    for (line, (label, value)) in (0_u32..).zip(lines) {
        worksheet.write_string_with_format(line, 0, label, &styles.head)?;
        worksheet.write_string_with_format(line, 1, value, &styles.cell)?;
    }
    for (line, answer) in (ANSWERS_FROM..).zip(POLICE_ANSWERS) {
        worksheet.write_string_with_format(line, 0, answer, &styles.cell)?;
    }
    Ok(())
}
