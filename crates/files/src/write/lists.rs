//! The commune officer's workbook: one sheet a group, official heading, room for the household's and the police's answer.
//!
//! In: [`ListHead`] and for each group an iterator of [`ListRow`]s. Out: an xlsx that prints on A4 landscape, headings repeated, pages
//! numbered. Columns: domain.md §5.2 of the reference, answers: the words of the police. Rows are written as they come and forgotten.

mod layout;
pub mod police;

use super::WriteError;
use crate::limits;
use layout::{COLUMNS, Kind, Styles};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, ExcelDateTime,
    Format, Formula, IgnoreError, Workbook, Worksheet, XlsxError,
};
use std::borrow::Cow;
use std::path::Path;
use treem_child::finding::Group;

/// What stands above and below every list of a workbook.
#[derive(Clone, Debug, Default)]
pub struct ListHead {
    /// The commune with its kind ("xã A Dơi"); empty where it is not known.
    pub commune: String,
    /// The district with its kind ("huyện Hướng Hóa"); empty where there is none (from 1/7/2025) or it is not known.
    pub district: String,
    /// The province with its kind ("tỉnh Quảng Trị"); may be empty.
    pub province: String,
    /// The day the figures stand for, as shown ("13/6/2024").
    pub as_of: String,
    /// The day from which the units are in force, as shown ("1/1/2020"); may be empty.
    pub edition: String,
    /// Lines of the issuing office in place of those made from the units (upper office first); empty: made.
    pub agency: Vec<String>,
}

/// One child of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListRow {
    /// Running number within its group.
    pub ordinal: u64,
    /// Name.
    pub name: String,
    /// Birth date as shown: `dd/mm/yyyy`, `mm/yyyy` or `yyyy`.
    pub birth: String,
    /// `Nam`, `Nữ` or empty.
    pub sex: String,
    /// Own name first: "Pa Cô (Tà Ôi)".
    pub ethnicity: String,
    /// Identity number as it stands.
    pub number: String,
    /// Where the birth was registered.
    pub birth_registration: String,
    /// Hamlet and commune.
    pub address: String,
    /// Father's name.
    pub father: String,
    /// Mother's name.
    pub mother: String,
    /// Guardian's name.
    pub guardian: String,
    /// Telephone.
    pub phone: String,
    /// Why the child is on the list, one sentence each.
    pub reasons: Vec<String>,
    /// What is proposed, one each.
    pub fixes: Vec<String>,
    /// Where the row stands: file, sheet, row.
    pub source: String,
}

/// A list of one group.
pub struct ListSheet<'a> {
    /// Which group.
    pub group: Group,
    /// Its children in order; may be none.
    pub rows: Box<dyn Iterator<Item = ListRow> + 'a>,
}

impl std::fmt::Debug for ListSheet<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ListSheet({:?})", self.group)
    }
}

/// What a household visit may find: the drop-down of the household's column.
pub const HOUSEHOLD_ANSWERS: [&str; 8] = [
    "Đúng như danh sách",
    "Đã bổ sung, sửa (ghi ở cột Ghi chú)",
    "Đã chuyển đi",
    "Đã chết",
    "Đã đủ 16 tuổi",
    "Trùng với trẻ khác",
    "Không có trẻ này tại địa chỉ",
    "Chưa gặp được gia đình",
];

/// What the police may answer: the drop-down of their column.
pub const POLICE_ANSWERS: [&str; 11] = [
    "Khớp",
    "Đã cung cấp mã định danh",
    "Sai lệch (ghi rõ trường)",
    "Không tìm thấy trong CSDLQG về dân cư",
    "Trùng số",
    "Đã chuyển đi",
    "Đã chết",
    "Không cư trú tại địa bàn",
    "Chưa đăng ký khai sinh",
    "Số đã hủy / xác lập lại",
    "Không thuộc diện (quốc tịch)",
];

/// The sheet that holds the answers of the drop-downs: together they are longer than the 255 letters Excel takes in place.
const ANSWERS: &str = "Danh mục trả lời";

/// Writes the workbook.
///
/// Takes the path of the file, its head, and the groups in order. Gives the rows written. A group of more rows than
/// [`limits::LIST_SHEET_ROWS`] goes on in a further sheet; an empty one says so. The file appears whole or not at all.
/// Errors: [`WriteError`].
pub fn write_list(
    path: &Path,
    head: &ListHead,
    sheets: Vec<ListSheet<'_>>,
) -> Result<u64, WriteError> {
    write_split(path, head, sheets, limits::LIST_SHEET_ROWS)
}

fn write_split(
    path: &Path,
    head: &ListHead,
    sheets: Vec<ListSheet<'_>>,
    most: u32,
) -> Result<u64, WriteError> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let mut workbook = Workbook::new();
    // Beside the file: the system's own temporary folder may be small.
    workbook.set_tempdir(folder)?;
    let mut properties = DocProperties::new()
        .set_title("Danh sách trẻ em cần rà soát")
        .set_author(plain(&head.commune));
    if let Some(day) = excel_day(&head.as_of) {
        properties = properties.set_creation_datetime(&day);
    }
    workbook.set_properties(&properties);
    let styles = Styles::new();
    let mut written = 0;
    for sheet in sheets {
        let mut rows = sheet.rows.peekable();
        let mut part = 1;
        loop {
            let worksheet = workbook.add_worksheet_with_constant_memory()?;
            worksheet.set_name(layout::sheet_name(sheet.group, part))?;
            written += write_sheet(worksheet, head, sheet.group, &mut rows, most, &styles)?;
            if rows.peek().is_none() {
                break;
            }
            part += 1;
        }
    }
    answers(&mut workbook, &styles)?;
    let mut file = shared_file(folder)?;
    workbook.save_to_writer(std::io::BufWriter::new(file.as_file_mut()))?;
    file.as_file().sync_data()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(written)
}

/// A temporary file that others in the office may read once it has its name, as any file made by hand.
fn shared_file(folder: &Path) -> std::io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
    builder.tempfile_in(folder)
}

/// `13/6/2024` as a day of Excel's.
fn excel_day(text: &str) -> Option<ExcelDateTime> {
    let mut parts = text.split('/').map(str::trim);
    let (day, month, year) = (
        parts.next()?.parse().ok()?,
        parts.next()?.parse().ok()?,
        parts.next()?.parse().ok()?,
    );
    ExcelDateTime::from_ymd(year, month, day).ok()
}

/// The closed lists, on a hidden sheet.
fn answers(workbook: &mut Workbook, styles: &Styles) -> Result<(), XlsxError> {
    let worksheet = workbook.add_worksheet_with_constant_memory()?;
    worksheet.set_name(ANSWERS)?.set_hidden(true);
    worksheet.set_column_width(0, 40)?.set_column_width(1, 40)?;
    worksheet.write_string_with_format(0, 0, "Kết quả rà soát tại hộ", &styles.head)?;
    worksheet.write_string_with_format(0, 1, "Kết quả đối chiếu của Công an", &styles.head)?;
    for row in 0..HOUSEHOLD_ANSWERS.len().max(POLICE_ANSWERS.len()) {
        let line = u32::try_from(row).unwrap_or(u32::MAX).saturating_add(1);
        for (column, list) in [
            (0, HOUSEHOLD_ANSWERS.as_slice()),
            (1, POLICE_ANSWERS.as_slice()),
        ] {
            if let Some(answer) = list.get(row) {
                worksheet.write_string_with_format(line, column, *answer, &styles.cell)?;
            }
        }
    }
    Ok(())
}

/// Writes one sheet with at most so many rows; gives how many.
fn write_sheet(
    worksheet: &mut Worksheet,
    head: &ListHead,
    group: Group,
    rows: &mut dyn Iterator<Item = ListRow>,
    most: u32,
    styles: &Styles,
) -> Result<u64, XlsxError> {
    layout::page(worksheet)?;
    let first = layout::heading(worksheet, head, group, styles)?;
    let mut line = first;
    let mut count = 0_u64;
    while line - first < most {
        let Some(row) = rows.next() else { break };
        write_row(worksheet, line, &row, styles)?;
        line += 1;
        count += 1;
    }
    if count == 0 {
        layout::span(
            worksheet,
            line,
            0,
            layout::LAST,
            "Không có trẻ em nào thuộc nhóm này.",
            &styles.empty,
        )?;
        line += 1;
    } else {
        drop_downs(worksheet, first, line - 1)?;
        worksheet.ignore_error_range(
            first,
            0,
            line - 1,
            layout::LAST,
            IgnoreError::NumberStoredAsText,
        )?;
        layout::span(
            worksheet,
            line,
            0,
            layout::LAST,
            &format!("Tổng cộng: {} trẻ em./.", layout::grouped(count)),
            &styles.total,
        )?;
        line += 1;
    }
    layout::signatures(worksheet, line + 1, head, styles)?;
    // On paper the last column, where the row was read, would only make the letters smaller.
    worksheet.set_print_area(0, 0, line + 8, layout::LAST - 1)?;
    Ok(count)
}

fn write_row(
    worksheet: &mut Worksheet,
    line: u32,
    row: &ListRow,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let lines = |texts: &[String]| texts.join("\n");
    let texts: [Cow<'_, str>; 18] = [
        Cow::Borrowed(&row.name),
        Cow::Borrowed(&row.birth),
        Cow::Borrowed(&row.sex),
        Cow::Borrowed(&row.ethnicity),
        Cow::Borrowed(&row.number),
        Cow::Borrowed(&row.birth_registration),
        Cow::Borrowed(&row.address),
        Cow::Borrowed(&row.father),
        Cow::Borrowed(&row.mother),
        Cow::Borrowed(&row.guardian),
        Cow::Borrowed(&row.phone),
        Cow::Owned(lines(&row.reasons)),
        Cow::Owned(lines(&row.fixes)),
        Cow::Borrowed(""),
        Cow::Borrowed(""),
        Cow::Borrowed(""),
        Cow::Borrowed(""),
        Cow::Borrowed(&row.source),
    ];
    let height = layout::row_height(texts.iter().map(AsRef::as_ref).zip(COLUMNS.iter().skip(1)));
    worksheet.set_row_height(line, height)?;
    // Ordinals are far below 2^53.
    #[expect(clippy::cast_precision_loss, reason = "a row of a sheet")]
    worksheet.write_number_with_format(line, 0, row.ordinal as f64, &styles.ordinal)?;
    for ((column, text), spec) in (1_u16..).zip(&texts).zip(COLUMNS.iter().skip(1)) {
        let text = plain(text);
        let format: &Format = match spec.kind {
            _ if text.starts_with(['=', '+', '-', '@', '\t']) => &styles.quoted,
            Kind::Text => &styles.cell,
            Kind::Centred => &styles.centred,
            Kind::Digits => &styles.digits,
        };
        if text.is_empty() {
            worksheet.write_blank(line, column, format)?;
        } else {
            worksheet.write_string_with_format(line, column, text, format)?;
        }
    }
    Ok(())
}

/// A text that a cell may hold: no characters that XML or Excel refuse, no more than Excel takes.
fn plain(text: &str) -> Cow<'_, str> {
    const MOST: usize = 32_000;
    let refused = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{fffe}' | '\u{ffff}');
    if text.len() <= MOST && !text.contains(refused) {
        return Cow::Borrowed(text);
    }
    // Excel counts UTF-16 units.
    let mut units = 0;
    Cow::Owned(
        text.chars()
            .map(|c| if refused(c) { ' ' } else { c })
            .take_while(|c| {
                units += c.len_utf16();
                units <= MOST
            })
            .collect(),
    )
}

/// Closed lists and the shape of a number, over the rows of children.
fn drop_downs(worksheet: &mut Worksheet, first: u32, last: u32) -> Result<(), XlsxError> {
    let list = |letter: char, count: usize, title: &str| -> Result<DataValidation, XlsxError> {
        DataValidation::new()
            .allow_list_formula(Formula::new(format!(
                "='{ANSWERS}'!${letter}$2:${letter}${}",
                count + 1
            )))
            .set_error_title(title)?
            .set_error_message(
                "Chọn một câu trả lời trong danh sách; điều cần nói thêm ghi ở cột Ghi chú.",
            )
    };
    let household = list('A', HOUSEHOLD_ANSWERS.len(), "Kết quả rà soát tại hộ")?;
    let police = list('B', POLICE_ANSWERS.len(), "Kết quả đối chiếu")?;
    let number = DataValidation::new()
        .allow_text_length(DataValidationRule::EqualTo(12))
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title("Số định danh cá nhân")?
        .set_error_message("Số định danh cá nhân có đúng 12 chữ số, kể cả các số 0 ở đầu.")?;
    for (column, validation) in [
        (layout::HOUSEHOLD, household),
        (layout::POLICE, police),
        (layout::POLICE_NUMBER, number),
    ] {
        worksheet.add_data_validation(first, column, last, column, &validation)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
