//! Rows on sheets: letterhead, title, heading, hamlet rows, sums, signatures.
//!
//! In: a layout, a commune, its rows. Out: [`Drawn`]: a workbook in the layout's letters, and where each row stands.

mod script;

use super::super::plan::Commune;
use super::super::written::Written;
use super::cells::cell;
use super::columns::{Column, Holds, columns};
use super::{Container, Hamlets, Head, Layout, Quirk, Script};
use treem_files::write::book::{
    Cell, Format, Merge, Sheet, TextEncoding, TextStyle, Value, Workbook,
};

/// A list as it will be written.
pub struct Drawn {
    /// The workbook.
    pub book: Workbook,
    /// The format to write it in.
    pub format: Format,
    /// Sheet (as `check` names it) and row of each of the rows, in the order they were given.
    pub places: Vec<(String, u64)>,
}

/// Rows between two headings of a list that repeats it.
const HEAD_AGAIN_EVERY: usize = 40;

struct Page<'l> {
    layout: &'l Layout,
    sheet: Sheet,
    columns: Vec<Column>,
}

/// Puts rows on sheets. `hamlets`: the commune's hamlets; rows stand in their order where the layout groups by hamlet.
pub fn render(
    layout: &Layout,
    commune: &Commune,
    hamlets: &[String],
    rows: &[&Written<'_>],
) -> Drawn {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    if matches!(layout.hamlets, Hamlets::Rows | Hamlets::Sheets) {
        order.sort_by_key(|at| rows.get(*at).map_or(0, |row| row.hamlet_place));
    }
    let mut places = vec![(String::new(), 0); rows.len()];
    let mut sheets = Vec::new();
    let groups: Vec<Vec<usize>> = if layout.hamlets == Hamlets::Sheets {
        order
            .chunk_by(|left, right| hamlet_of(rows, *left) == hamlet_of(rows, *right))
            .map(<[usize]>::to_vec)
            .collect()
    } else {
        vec![order]
    };
    for (number, group) in groups.iter().enumerate() {
        let hamlet = group
            .first()
            .and_then(|at| hamlets.get(hamlet_of(rows, *at)))
            .map_or("", String::as_str);
        let name = match layout.container {
            Container::Text(..) => String::new(),
            Container::Docx | Container::WebPage => format!("table {}", number + 1),
            _ if layout.hamlets == Hamlets::Sheets => hamlet.to_owned(),
            _ => "Sheet1".to_owned(),
        };
        let mut page = Page {
            layout,
            sheet: Sheet {
                name: if matches!(
                    layout.container,
                    Container::Docx | Container::Text(..) | Container::WebPage
                ) {
                    "Sheet1".to_owned()
                } else {
                    name.clone()
                },
                ..Sheet::default()
            },
            columns: columns(layout, false),
        };
        page.sheet.widths = page
            .columns
            .iter()
            .map(|(_, _, holds)| holds.width())
            .collect();
        let title_hamlet = (layout.hamlets == Hamlets::Sheets).then_some(hamlet);
        for (at, row) in page.fill(commune, hamlets, rows, group, title_hamlet) {
            if let Some(place) = places.get_mut(at) {
                // The line `sep=;` is a record too.
                *place = (name.clone(), row + u64::from(layout.does(Quirk::SepLine)));
            }
        }
        sheets.push(page.sheet);
    }
    if layout.does(Quirk::CodeSheet) {
        let column = |text: &str| vec![Cell::text(text)];
        sheets.push(Sheet {
            name: "DAN_TOC".to_owned(),
            rows: ["Tên dân tộc", "Kinh", "Bru - Vân Kiều", "Tà Ôi", "Khác"]
                .map(column)
                .to_vec(),
            ..Sheet::default()
        });
    }
    if layout.does(Quirk::HiddenSheet)
        && let [_, .., last] = sheets.as_mut_slice()
    {
        last.hidden = true;
    }
    let mut book = Workbook {
        sheets,
        date1904: layout.does(Quirk::Epoch1904),
    };
    script::put_in_script(layout, &mut book);
    Drawn {
        book,
        format: format(layout),
        places,
    }
}

fn hamlet_of(rows: &[&Written<'_>], at: usize) -> usize {
    rows.get(at).map_or(0, |row| row.hamlet_place)
}

fn format(layout: &Layout) -> Format {
    match layout.container {
        Container::Xlsx | Container::Xltx => Format::Xlsx,
        Container::Xlsm => Format::Xlsm,
        Container::Xlsb => Format::Xlsb,
        Container::Xls => Format::Xls,
        Container::XlsOld => Format::XlsOld,
        Container::Ods => Format::Ods,
        Container::Docx => Format::Docx,
        Container::WebPage => Format::WebPage,
        Container::XmlTable => Format::XmlTable,
        Container::Text(delimiter, _) => Format::Text(TextStyle {
            delimiter,
            encoding: match layout.script {
                Script::Utf8Bom => TextEncoding::Utf8Bom,
                Script::Utf16 => TextEncoding::Utf16Le,
                Script::Utf16Be => TextEncoding::Utf16Be,
                Script::Windows1258 => TextEncoding::Windows1258,
                Script::Tcvn3Bytes | Script::VniBytes => TextEncoding::Latin,
                Script::Utf8Twice => TextEncoding::Utf8Twice,
                _ => TextEncoding::Utf8,
            },
            crlf: true,
            quote_all: layout.does(Quirk::Quoted),
            sep_line: layout.does(Quirk::SepLine),
        }),
    }
}

impl Page<'_> {
    fn width(&self) -> usize {
        self.columns.len()
    }

    fn line(&mut self, cells: Vec<Cell>) -> usize {
        self.sheet.rows.push(cells);
        self.sheet.rows.len() - 1
    }

    fn merge(&mut self, row: usize, first: usize, last_row: usize, last: usize) {
        if (row, first) != (last_row, last) {
            let short = |column: usize| u16::try_from(column).unwrap_or(u16::MAX);
            let long = |row: usize| u32::try_from(row).unwrap_or(u32::MAX);
            self.sheet.merges.push(Merge {
                first_row: long(row),
                first_column: short(first),
                last_row: long(last_row),
                last_column: short(last),
            });
        }
    }

    /// A line over the whole width.
    fn over(&mut self, text: &str) -> usize {
        let row = self.line(vec![Cell::text(text)]);
        let last = self.width() - 1;
        self.merge(row, 0, row, last);
        row
    }

    /// A title line: a paragraph of a document, a merged row of a sheet.
    fn title(&mut self, text: String) {
        if self.layout.container.has_paragraphs() {
            self.sheet.paragraphs.push(text);
        } else {
            self.over(&text);
        }
    }

    fn letterhead(&mut self, commune: &Commune) {
        let name = commune.unit.name.to_uppercase();
        if self.layout.container.has_paragraphs() {
            self.sheet.paragraphs.push("ỦY BAN NHÂN DÂN".to_owned());
            self.sheet.paragraphs.push(name);
            return;
        }
        let half = self.width() / 2;
        let last = self.width() - 1;
        for (left, right) in [
            ("ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            (name.as_str(), "Độc lập - Tự do - Hạnh phúc"),
        ] {
            let mut cells = vec![Cell::default(); half + 1];
            if let [first, .., middle] = cells.as_mut_slice() {
                *first = Cell::text(left).in_bold();
                *middle = Cell::text(right).in_bold();
            }
            let row = self.line(cells);
            self.merge(row, 0, row, half - 1);
            self.merge(row, half, row, last);
        }
        self.line(Vec::new());
    }

    /// The heading rows.
    fn heading(&mut self) {
        let two = self.columns.iter().any(|(group, _, _)| group.is_some());
        let columns = self.columns.clone();
        let top = self.sheet.rows.len();
        let bold = |text: &str| Cell::text(text).in_bold();
        if !two {
            self.line(
                columns
                    .iter()
                    .map(|(_, heading, _)| bold(heading))
                    .collect(),
            );
            return;
        }
        let mut upper = Vec::new();
        let mut lower = Vec::new();
        let mut start = 0;
        for (at, (group, heading, _)) in columns.iter().enumerate() {
            let first_of_group =
                at == 0 || columns.get(at - 1).is_none_or(|before| before.0 != *group);
            if let Some(group) = group {
                if first_of_group {
                    start = at;
                }
                upper.push(if first_of_group {
                    bold(group)
                } else {
                    Cell::default()
                });
                lower.push(bold(heading));
                if columns
                    .get(at + 1)
                    .is_none_or(|after| after.0 != Some(group))
                {
                    self.merge(top, start, top, at);
                }
            } else {
                upper.push(bold(heading));
                lower.push(Cell::default());
                self.merge(top, at, top + 1, at);
            }
        }
        self.line(upper);
        self.line(lower);
    }

    fn numbering(&mut self) {
        let numbers = (1..=self.width())
            .map(|number| Cell::text(format!("({number})")))
            .collect();
        self.line(numbers);
    }

    /// Everything on the sheet. Gives the place of each row: its place among those given, its row number.
    fn fill(
        &mut self,
        commune: &Commune,
        hamlets: &[String],
        rows: &[&Written<'_>],
        group: &[usize],
        hamlet: Option<&str>,
    ) -> Vec<(usize, u64)> {
        let layout = self.layout;
        let place = commune.full_name();
        match layout.head {
            Head::Official => {
                self.letterhead(commune);
                self.title("DANH SÁCH TRẺ EM CHƯA CÓ TRÊN PHẦN MỀM".to_owned());
                self.title(format!("(Kèm theo báo cáo của UBND {place})"));
            }
            Head::Title => {
                self.title("DANH SÁCH TRẺ EM DƯỚI 16 TUỔI".to_owned());
                self.title(
                    hamlet.map_or_else(|| place.clone(), |hamlet| format!("{hamlet}, {place}")),
                );
            }
            Head::Bare | Head::None => {}
        }
        if layout.head != Head::None {
            self.heading();
        }
        if layout.does(Quirk::UnitRow) {
            self.over(commune.unit.name);
        }
        if layout.does(Quirk::Numbering) {
            self.numbering();
        }
        let half = if layout.does(Quirk::TwoTables) && group.len() >= 12 {
            group.len() / 2
        } else {
            group.len()
        };
        let mut placed = self.body(
            commune,
            hamlets,
            rows,
            group.get(..half).unwrap_or(group),
            0,
        );
        if half < group.len() {
            self.line(Vec::new());
            self.over("II. Trẻ em mới phát sinh");
            self.columns = columns(layout, true);
            self.heading();
            placed.extend(self.body(commune, hamlets, rows, group.get(half..).unwrap_or(&[]), 0));
        }
        if layout.does(Quirk::Prepared) {
            for more in 1..=6 {
                let number = u32::try_from(group.len() + more).unwrap_or(0);
                self.line(vec![Cell::new(Value::Number(f64::from(number)))]);
            }
        }
        if layout.does(Quirk::Footer) {
            self.footer(commune, group.len());
        }
        self.hide(&placed);
        placed
    }

    fn body(
        &mut self,
        commune: &Commune,
        hamlets: &[String],
        rows: &[&Written<'_>],
        group: &[usize],
        from: usize,
    ) -> Vec<(usize, u64)> {
        let layout = self.layout;
        let mut placed = Vec::with_capacity(group.len());
        let mut present: Option<usize> = None;
        let mut count = 0;
        for (ordinal, at) in group.iter().enumerate() {
            let Some(row) = rows.get(*at) else { continue };
            if layout.hamlets == Hamlets::Rows && present != Some(row.hamlet_place) {
                self.total(hamlets, present, count);
                (present, count) = (Some(row.hamlet_place), 0);
                let name = hamlets
                    .get(row.hamlet_place)
                    .map_or("", String::as_str)
                    .to_owned();
                self.over(&name);
            }
            if layout.does(Quirk::HeadAgain) && ordinal > 0 && ordinal % HEAD_AGAIN_EVERY == 0 {
                self.heading();
            }
            if layout.does(Quirk::Blanks) && ordinal % 25 == 24 {
                self.line(Vec::new());
            }
            let cells = self
                .columns
                .iter()
                .map(|(_, _, holds)| cell(layout, commune, row, *holds, from + ordinal + 1))
                .collect();
            let number = self.line(cells) + 1;
            placed.push((*at, number as u64));
            count += 1;
        }
        self.total(hamlets, present, count);
        placed
    }

    /// The sum under a hamlet.
    fn total(&mut self, hamlets: &[String], hamlet: Option<usize>, count: usize) {
        let Some(name) = hamlet.and_then(|hamlet| hamlets.get(hamlet)) else {
            return;
        };
        if self.layout.does(Quirk::Totals) {
            let row = self.line(vec![
                Cell::text(format!("Cộng {name}")),
                Cell::default(),
                Cell::text(format!("{count} trẻ")),
            ]);
            self.merge(row, 0, row, 1);
        }
    }

    fn footer(&mut self, commune: &Commune, count: usize) {
        if self.layout.container.has_paragraphs() {
            return;
        }
        let right = self.width().saturating_sub(3).max(2);
        let pair = |left: &str, other: &str| {
            let mut cells = vec![Cell::default(); right + 1];
            if let [_, second, ..] = cells.as_mut_slice() {
                *second = Cell::text(left);
            }
            if let Some(last) = cells.last_mut() {
                *last = Cell::text(other);
            }
            cells
        };
        self.line(vec![Cell::text(format!(
            "Tổng cộng danh sách có {count} trẻ em./."
        ))]);
        self.line(pair(
            "",
            &format!("{}, ngày 10 tháng 6 năm 2024", commune.unit.short),
        ));
        self.line(pair("NGƯỜI LẬP BIỂU", "TM. ỦY BAN NHÂN DÂN"));
        self.line(pair("(Ký, ghi rõ họ tên)", "KT. CHỦ TỊCH"));
        self.line(pair("", "PHÓ CHỦ TỊCH"));
    }

    fn hide(&mut self, placed: &[(usize, u64)]) {
        if !self.layout.does(Quirk::Hidden) {
            return;
        }
        self.sheet.hidden_rows = placed
            .iter()
            .skip(3)
            .step_by(29)
            .map(|(_, row)| u32::try_from(row - 1).unwrap_or(0))
            .collect();
        if let Some(at) = self
            .columns
            .iter()
            .position(|(_, _, holds)| *holds == Holds::Phone)
        {
            self.sheet
                .hidden_columns
                .push(u16::try_from(at).unwrap_or(0));
        }
    }
}
