//! How a list looks: columns, page, heading, signatures (NĐ 30/2020: Times New Roman, A4, quốc hiệu, tiêu ngữ).
//!
//! In: a worksheet and the head of the list. Out: everything on the sheet but the children.

use super::ListHead;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, FormatUnderline, Worksheet, XlsxError};
use std::fmt::Write as _;
use treem_child::finding::Group;
pub(super) use treem_child::texts::grouped;

/// How the cells of a column are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text, left.
    Text,
    /// Short text, in the middle.
    Centred,
    /// Digits that must stay text, also those typed later.
    Digits,
}

/// A column of the list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub(super) heading: &'static str,
    pub(super) width: f64,
    pub(super) kind: Kind,
}

const fn column(heading: &'static str, width: f64, kind: Kind) -> Column {
    Column {
        heading,
        width,
        kind,
    }
}

/// The columns in order.
pub(super) const COLUMNS: [Column; 19] = [
    column("STT", 4.5, Kind::Centred),
    column("Họ và tên", 16.0, Kind::Text),
    column("Ngày sinh", 10.5, Kind::Centred),
    column("Giới tính", 5.5, Kind::Centred),
    column("Dân tộc", 9.0, Kind::Text),
    column("Số ĐDCN", 13.5, Kind::Digits),
    column("Nơi đăng ký khai sinh", 11.0, Kind::Text),
    column("Thường trú (thôn, xã)", 14.0, Kind::Text),
    column("Họ tên cha", 12.5, Kind::Text),
    column("Họ tên mẹ", 12.5, Kind::Text),
    column("Người giám hộ", 11.5, Kind::Text),
    column("SĐT", 11.0, Kind::Digits),
    column("Lý do", 28.0, Kind::Text),
    column("Đề nghị sửa", 14.0, Kind::Text),
    column("Kết quả rà soát tại hộ", 11.0, Kind::Text),
    column("Kết quả đối chiếu của Công an", 12.0, Kind::Text),
    column("Số do Công an cung cấp", 13.5, Kind::Digits),
    column("Ghi chú", 9.0, Kind::Text),
    column("Nguồn (tệp, trang, dòng)", 16.0, Kind::Text),
];

/// The last column.
pub(super) const LAST: u16 = 18;
/// The household's answer.
pub(super) const HOUSEHOLD: u16 = 14;
/// The police's answer.
pub(super) const POLICE: u16 = 15;
/// The number the police give.
pub(super) const POLICE_NUMBER: u16 = 16;

/// The looks of cells.
pub(super) struct Styles {
    pub(super) head: Format,
    numbering: Format,
    pub(super) ordinal: Format,
    pub(super) cell: Format,
    pub(super) centred: Format,
    pub(super) digits: Format,
    /// Text that a spreadsheet would take for a formula if it were typed again.
    pub(super) quoted: Format,
    pub(super) empty: Format,
    pub(super) total: Format,
    plain: Format,
    bold: Format,
    underlined: Format,
    title: Format,
    italic: Format,
}

impl Styles {
    /// The small numbers under the headings.
    pub(super) fn numbering(&self) -> &Format {
        &self.numbering
    }
    /// A line of the head.
    pub(super) fn plain(&self) -> &Format {
        &self.plain
    }
    /// A line of the head, slanted.
    pub(super) fn italic(&self) -> &Format {
        &self.italic
    }
    /// The title.
    pub(super) fn title(&self) -> &Format {
        &self.title
    }

    pub(super) fn new() -> Self {
        let base = Format::new()
            .set_font_name("Times New Roman")
            .set_font_size(12);
        let middle = base
            .clone()
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter);
        let boxed = base
            .clone()
            .set_border(FormatBorder::Thin)
            .set_text_wrap()
            .set_align(FormatAlign::VerticalCenter);
        let boxed_middle = boxed.clone().set_align(FormatAlign::Center);
        Self {
            head: boxed_middle.clone().set_bold(),
            numbering: boxed_middle.clone().set_italic().set_font_size(10),
            ordinal: boxed_middle.clone(),
            centred: boxed_middle.clone().set_num_format("@"),
            digits: boxed_middle.clone().set_num_format("@"),
            quoted: boxed.clone().set_num_format("@").set_quote_prefix(),
            cell: boxed.clone().set_num_format("@"),
            empty: boxed_middle.set_italic(),
            total: boxed.set_bold(),
            bold: middle.clone().set_bold().set_font_size(14),
            underlined: middle
                .clone()
                .set_bold()
                .set_font_size(14)
                .set_underline(FormatUnderline::Single),
            title: middle.clone().set_bold().set_font_size(18),
            italic: middle.clone().set_italic().set_font_size(14),
            plain: middle.set_font_size(14),
        }
    }
}

/// A group as it is named in the title.
fn title(group: Group) -> &'static str {
    match group {
        Group::NoNumber => "DANH SÁCH TRẺ EM CHƯA CÓ MÃ ĐỊNH DANH",
        Group::BadNumber => "DANH SÁCH TRẺ EM CÓ SỐ ĐỊNH DANH SAI ĐỊNH DẠNG",
        Group::BasicInformation => "DANH SÁCH TRẺ EM THIẾU HOẶC SAI THÔNG TIN CÁ NHÂN CƠ BẢN",
        Group::Contradiction => "DANH SÁCH TRẺ EM CÓ SỐ ĐỊNH DANH MÂU THUẪN VỚI THÔNG TIN",
        Group::Duplicate => "DANH SÁCH TRẺ EM NGHI TRÙNG",
    }
}

/// The name of a sheet: at most 31 letters, none of `[]:*?/\`.
pub(super) fn sheet_name(group: Group, part: u32) -> String {
    let name = match group {
        Group::NoNumber => "1. Chưa có mã định danh",
        Group::BadNumber => "2. Sai định dạng số",
        Group::BasicInformation => "3. Thiếu, sai thông tin",
        Group::Contradiction => "4. Số mâu thuẫn",
        Group::Duplicate => "5. Nghi trùng",
    };
    if part < 2 {
        name.to_owned()
    } else {
        format!("{name} ({part})")
    }
}

/// Page set-up: A4 landscape, one page wide, columns of these widths.
pub(super) fn paper(
    worksheet: &mut Worksheet,
    widths: impl Iterator<Item = f64>,
) -> Result<(), XlsxError> {
    const A4: u8 = 9;
    worksheet
        .set_paper_size(A4)
        .set_landscape()
        .set_print_fit_to_pages(1, 0)
        .set_print_center_horizontally(true);
    // Inches; NĐ 30/2020 asks 20 to 25 mm above and below, a table in landscape may use the width.
    worksheet.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
    for (index, width) in (0_u16..).zip(widths) {
        worksheet.set_column_width(index, width)?;
    }
    Ok(())
}

/// The paper of the lists, pages numbered.
pub(super) fn page(worksheet: &mut Worksheet) -> Result<(), XlsxError> {
    paper(worksheet, COLUMNS.iter().map(|column| column.width))?;
    worksheet.set_footer("&C&\"Times New Roman,Regular\"&10Trang &P/&N");
    Ok(())
}

/// The height of a row in points, so that every wrapped text of it shows: not every program that opens the file fits rows by
/// itself. Lines are counted by letters, a little short of the column's width, because words do not break.
pub(super) fn row_height<'t>(texts: impl Iterator<Item = (&'t str, &'static Column)>) -> f64 {
    let most = texts.map(|(text, column)| lines(text, column.width)).max();
    height(most.unwrap_or(1))
}

/// How many lines a text takes in a column of a width.
pub(super) fn lines(text: &str, width: f64) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "widths are small and positive"
    )]
    let letters = ((width * 0.95) as usize).max(1);
    text.split('\n').map(|line| wrapped(line, letters)).sum()
}

/// The height of a row of so many lines.
pub(super) fn height(lines: usize) -> f64 {
    const LINE: f64 = 16.0;
    // Excel's highest row has 409 points.
    (LINE * f64::from(u16::try_from(lines.max(1)).unwrap_or(25)) + 3.0).min(409.0)
}

/// How many lines a text takes in a column of so many letters.
fn wrapped(text: &str, letters: usize) -> usize {
    let mut lines = 1;
    let mut used = 0;
    for word in text.split(' ') {
        let long = word.chars().count();
        if used > 0 && used + 1 + long > letters {
            lines += 1;
            used = 0;
        }
        lines += long / (letters + 1);
        used = if used == 0 {
            long % (letters + 1)
        } else {
            used + 1 + long
        };
    }
    lines
}

/// One text over several cells of a row.
pub(super) fn span(
    worksheet: &mut Worksheet,
    row: u32,
    first: u16,
    last: u16,
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    worksheet.merge_range(row, first, row, last, &super::plain(text), format)?;
    Ok(())
}

/// The kind of a commune in capitals, for the office and the signature.
fn commune(head: &ListHead) -> String {
    if head.commune.trim().is_empty() {
        "XÃ …………".to_owned()
    } else {
        head.commune.trim().to_uppercase()
    }
}

/// The lines of the issuing office, upper office first.
fn agency(head: &ListHead) -> Vec<String> {
    if !head.agency.is_empty() {
        return head.agency.clone();
    }
    let upper = [&head.district, &head.province]
        .into_iter()
        .find(|name| !name.trim().is_empty());
    let mut lines: Vec<String> = upper
        .map(|name| format!("UBND {}", name.trim().to_uppercase()))
        .into_iter()
        .collect();
    lines.push(format!("ỦY BAN NHÂN DÂN {}", commune(head)));
    lines
}

/// The office on the left, the state's name on the right. `columns`: the last of the left, the first and the last of the right.
pub(super) fn crown(
    worksheet: &mut Worksheet,
    head: &ListHead,
    (left, right, last): (u16, u16, u16),
    styles: &Styles,
) -> Result<(), XlsxError> {
    let lines = agency(head);
    let (upper, own) = match lines.as_slice() {
        [only] => ("", only.as_str()),
        [upper, own, ..] => (upper.as_str(), own.as_str()),
        [] => ("", ""),
    };
    span(worksheet, 0, 0, left, upper, &styles.plain)?;
    span(
        worksheet,
        0,
        right,
        last,
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        &styles.bold,
    )?;
    span(worksheet, 1, 0, left, own, &styles.bold)?;
    span(
        worksheet,
        1,
        right,
        last,
        "Độc lập - Tự do - Hạnh phúc",
        &styles.underlined,
    )?;
    Ok(())
}

/// Writes all above the children, sets what repeats and what stays; gives the first row for a child.
pub(super) fn heading(
    worksheet: &mut Worksheet,
    head: &ListHead,
    group: Group,
    styles: &Styles,
) -> Result<u32, XlsxError> {
    crown(worksheet, head, (6, 11, LAST), styles)?;
    span(worksheet, 3, 0, LAST, title(group), &styles.title)?;
    let place: Vec<&str> = [&head.commune, &head.district, &head.province]
        .into_iter()
        .map(|n| n.trim())
        .filter(|n| !n.is_empty())
        .collect();
    let place = if place.is_empty() {
        "Chưa xác định được xã, phường, thị trấn".to_owned()
    } else {
        capitalised(&place.join(", "))
    };
    span(worksheet, 4, 0, LAST, &place, &styles.plain)?;
    let mut day = format!("Số liệu tính đến ngày {}", head.as_of);
    if !head.edition.is_empty() {
        let _ = write!(
            day,
            "; tên đơn vị hành chính theo danh mục có hiệu lực từ ngày {}",
            head.edition
        );
    }
    span(worksheet, 5, 0, LAST, &day, &styles.italic)?;
    const HEADING: u32 = 7;
    worksheet.set_row_height(3, 26)?;
    worksheet.set_row_height(HEADING, 66)?;
    for (index, column) in (0_u16..).zip(&COLUMNS) {
        worksheet.write_string_with_format(HEADING, index, column.heading, &styles.head)?;
    }
    for index in 0..=LAST {
        worksheet.write_string_with_format(
            HEADING + 1,
            index,
            format!("({})", index + 1),
            &styles.numbering,
        )?;
    }
    worksheet.set_repeat_rows(HEADING, HEADING + 1)?;
    worksheet.set_freeze_panes(HEADING + 2, 2)?;
    Ok(HEADING + 2)
}

/// First letter in capital.
fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// Three places to sign.
pub(super) fn signatures(
    worksheet: &mut Worksheet,
    row: u32,
    head: &ListHead,
    styles: &Styles,
) -> Result<(), XlsxError> {
    signatures_at(worksheet, row, head, (5, 11, LAST), styles)
}

/// The same over columns: the last of each block.
pub(super) fn signatures_at(
    worksheet: &mut Worksheet,
    row: u32,
    head: &ListHead,
    (one, two, three): (u16, u16, u16),
    styles: &Styles,
) -> Result<(), XlsxError> {
    let blocks = [
        (0, one, "NGƯỜI LẬP".to_owned(), "(Ký, ghi rõ họ tên)"),
        (
            one + 1,
            two,
            format!("TM. ỦY BAN NHÂN DÂN {}", commune(head)),
            "(Ký, đóng dấu)",
        ),
        (
            two + 1,
            three,
            format!("CÔNG AN {}", commune(head)),
            "(Ký, đóng dấu)",
        ),
    ];
    for (first, last, _, _) in &blocks {
        span(
            worksheet,
            row,
            *first,
            *last,
            "………, ngày …… tháng …… năm ………",
            &styles.italic,
        )?;
    }
    for (first, last, who, _) in &blocks {
        span(worksheet, row + 1, *first, *last, who, &styles.bold)?;
    }
    for (first, last, _, how) in &blocks {
        span(worksheet, row + 2, *first, *last, how, &styles.italic)?;
    }
    Ok(())
}
