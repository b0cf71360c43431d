//! Reads LibreOffice spreadsheets (.ods): our own, because merges, hidden rows and fonts matter.
//!
//! In: a [`Package`]. Out: [`Tables`]. Reference: OASIS OpenDocument 1.3 part 3, chapter 9. Dates come as ISO text of their
//! value, not as they are shown.

mod styles;

use super::held::{Grid, Tables};
use super::markup::{Markup, Tag, Token, unescape};
use super::package::Package;
use super::xlsx::number;
use super::{Merge, ReadError, SheetMeta};
use crate::limits;
use std::borrow::Cow;
use styles::Styles;
use treem_child::cell::{Cell, CellKind, Font};

/// The open cell.
#[derive(Debug, Default)]
struct Open {
    kind: String,
    value: Option<String>,
    style: Option<String>,
    text: String,
    runs: Vec<(u32, Font)>,
    repeated: usize,
    across: u32,
    down: u32,
    paragraphs: usize,
}

impl Open {
    fn push(&mut self, piece: &str, font: Font) {
        let room = (limits::CELL_BYTES + 1).saturating_sub(self.text.len());
        let piece = piece.get(..piece.floor_char_boundary(room)).unwrap_or("");
        if piece.is_empty() {
            return;
        }
        self.text.push_str(piece);
        let length = u32::try_from(piece.len()).unwrap_or(u32::MAX);
        match self.runs.last_mut() {
            Some(last) if last.1 == font => last.0 = last.0.saturating_add(length),
            _ => self.runs.push((length, font)),
        }
    }

    fn cell(&mut self, own: Font) -> Cell<'static> {
        let shown = std::mem::take(&mut self.text);
        let value = self.value.take();
        let mut cell = match (self.kind.as_str(), value) {
            _ if shown.starts_with('#')
                && shown.ends_with(['!', '?', 'A'])
                && self.kind != "string" =>
            {
                Cell {
                    text: Cow::Owned(shown),
                    kind: CellKind::Error,
                    ..Cell::default()
                }
            }
            ("float" | "percentage" | "currency", Some(value)) => {
                padded(number(&value).unwrap_or_else(|| Cell::text(value)), &shown)
            }
            ("date" | "time", Some(value)) => Cell::text(
                value
                    .strip_suffix("T00:00:00")
                    .map(str::to_owned)
                    .unwrap_or(value),
            ),
            ("boolean", Some(value)) => Cell {
                text: Cow::Borrowed(if value == "true" { "TRUE" } else { "FALSE" }),
                kind: CellKind::Bool,
                ..Cell::default()
            },
            ("string", Some(value)) if shown.is_empty() => Cell::text(value),
            _ => {
                let mut cell = Cell::text(shown);
                if self.runs.len() > 1 {
                    cell.runs = Some(std::mem::take(&mut self.runs).into_boxed_slice());
                }
                cell
            }
        };
        cell.font = self
            .runs
            .first()
            .or(cell.runs.as_ref().and_then(|runs| runs.first()))
            .map_or(own, |run| run.1);
        cell
    }
}

/// A number that is shown with leading zeros keeps them: it is what the person sees.
fn padded(cell: Cell<'static>, shown: &str) -> Cell<'static> {
    let all_digits =
        shown.len() > cell.text.len() && shown.bytes().all(|byte| byte.is_ascii_digit());
    if all_digits && shown.trim_start_matches('0') == cell.text {
        Cell {
            text: Cow::Owned(shown.to_owned()),
            ..cell
        }
    } else {
        cell
    }
}

/// Reads all sheets.
///
/// Errors: `Damaged`, those of inflating.
pub(crate) fn tables(package: &Package) -> Result<Tables, ReadError> {
    let text = package
        .text("content.xml", limits::ZIP_HELD_BYTES)?
        .ok_or_else(|| ReadError::Damaged("no content part".to_owned()))?;
    let mut styles = Styles::default();
    if let Some(text) = package.text("styles.xml", limits::ZIP_HELD_BYTES)? {
        styles.read(&text);
    }
    styles.read(
        text.get(..text.find("<office:body").unwrap_or(text.len()))
            .unwrap_or(""),
    );
    let tables = walk(&text, &styles)?;
    if tables.list.is_empty() {
        Err(ReadError::Damaged("no sheet".to_owned()))
    } else {
        Ok(tables)
    }
}

/// How often a cell or row stands there.
fn repeated(tag: &Tag<'_>, name: &str) -> u64 {
    tag.number::<u64>(name).unwrap_or(1).max(1)
}

fn walk(text: &str, styles: &Styles) -> Result<Tables, ReadError> {
    let mut tables = Tables::default();
    let mut table: Option<(SheetMeta, Grid, Vec<Merge>)> = None;
    let (mut row, mut repeat, mut column) = (0_u64, 1_u64, 0_usize);
    let mut row_hidden = false;
    // Cells of the open row, so that a repeated row can be put as often as it stands there.
    let mut line: Vec<(usize, Cell<'static>)> = Vec::new();
    let mut open: Option<Open> = None;
    let mut spans: Vec<Font> = Vec::new();
    let (mut in_paragraph, mut cells) = (false, 0_usize);
    let mut markup = Markup::new(text);
    while let Some(token) = markup.next() {
        match token {
            Token::Open(tag) => match tag.name {
                "tracked-changes" | "annotation" | "shapes" | "dde-link" | "forms"
                    if !tag.empty =>
                {
                    markup.skip_element(tag.name);
                }
                "table" if table.is_none() && !tag.empty => {
                    if tables.list.len() >= limits::SHEETS {
                        tables.remarks.push(format!(
                            "Tệp có quá nhiều trang tính, chỉ đọc {} trang đầu.",
                            limits::SHEETS
                        ));
                        break;
                    }
                    let hidden = tag
                        .attribute("style-name")
                        .and_then(|name| styles.list.get(name.as_ref()))
                        .is_some_and(|style| style.hides);
                    let name = tag.attribute("name").unwrap_or_default().into_owned();
                    table = Some((
                        SheetMeta {
                            name,
                            hidden,
                            before: Vec::new(),
                        },
                        Grid::default(),
                        Vec::new(),
                    ));
                    (row, repeat) = (0, 1);
                }
                "table-row" => {
                    row = row.saturating_add(if row == 0 { 1 } else { repeat });
                    repeat = repeated(&tag, "number-rows-repeated").min(limits::SHEET_ROWS);
                    row_hidden = tag
                        .attribute("visibility")
                        .is_some_and(|state| state != "visible");
                    column = 0;
                    line.clear();
                }
                "table-cell" | "covered-table-cell" => {
                    let count = usize::try_from(repeated(&tag, "number-columns-repeated"))
                        .unwrap_or(usize::MAX);
                    let span = |name: &str| {
                        u32::try_from(repeated(&tag, name).min(limits::SHEET_ROWS)).unwrap_or(1) - 1
                    };
                    let cell = Open {
                        kind: tag.attribute("value-type").unwrap_or_default().into_owned(),
                        value: [
                            "value",
                            "date-value",
                            "time-value",
                            "boolean-value",
                            "string-value",
                        ]
                        .iter()
                        .find_map(|name| tag.attribute(name))
                        .map(Cow::into_owned),
                        style: tag.attribute("style-name").map(Cow::into_owned),
                        repeated: count,
                        across: span("number-columns-spanned"),
                        down: span("number-rows-spanned"),
                        ..Open::default()
                    };
                    if tag.empty && cell.value.is_none() {
                        column = column.saturating_add(count);
                    } else {
                        open = Some(cell);
                        spans.clear();
                        if tag.empty {
                            end_cell(
                                &mut open,
                                styles,
                                row,
                                &mut column,
                                &mut line,
                                table.as_mut().map(|table| &mut table.2),
                            );
                        }
                    }
                }
                "p" | "h" => {
                    if let Some(cell) = open.as_mut() {
                        if cell.paragraphs > 0 {
                            let font = cell.runs.last().map_or(Font::Unknown, |run| run.1);
                            cell.push("\n", font);
                        }
                        cell.paragraphs += 1;
                        in_paragraph = !tag.empty;
                    }
                }
                "span" if !tag.empty => {
                    let outer = spans.last().copied();
                    let font = tag
                        .attribute("style-name")
                        .map_or(Font::Unknown, |name| styles.font(Some(&name)));
                    spans.push(if font == Font::Unknown {
                        outer.unwrap_or_else(|| own(open.as_ref(), styles))
                    } else {
                        font
                    });
                }
                "s" | "tab" | "line-break" => {
                    let blank = if tag.name == "s" {
                        ' '
                    } else if tag.name == "tab" {
                        '\t'
                    } else {
                        '\n'
                    };
                    let count = tag
                        .number::<usize>("c")
                        .unwrap_or(1)
                        .min(limits::CELL_BYTES);
                    let font = spans
                        .last()
                        .copied()
                        .unwrap_or_else(|| own(open.as_ref(), styles));
                    if let Some(cell) = open.as_mut() {
                        cell.push(&blank.to_string().repeat(count), font);
                    }
                }
                _ => {}
            },
            Token::Text(piece) | Token::Data(piece) => {
                if in_paragraph {
                    let font = spans
                        .last()
                        .copied()
                        .unwrap_or_else(|| own(open.as_ref(), styles));
                    if let Some(cell) = open.as_mut() {
                        cell.push(&unescape(piece), font);
                    }
                }
            }
            Token::Close(name) => match name {
                "p" | "h" => in_paragraph = false,
                "span" => {
                    spans.pop();
                }
                "table-cell" | "covered-table-cell" => {
                    in_paragraph = false;
                    end_cell(
                        &mut open,
                        styles,
                        row,
                        &mut column,
                        &mut line,
                        table.as_mut().map(|table| &mut table.2),
                    );
                }
                "table-row" => {
                    let Some((_, grid, _)) = table.as_mut() else {
                        continue;
                    };
                    if line.is_empty() {
                        continue;
                    }
                    cells = cells.saturating_add(
                        line.len()
                            .saturating_mul(usize::try_from(repeat).unwrap_or(usize::MAX)),
                    );
                    if cells > limits::HELD_CELLS {
                        return Err(ReadError::TooLarge(
                            "trang tính có quá nhiều ô; hãy lưu lại dạng .xlsx",
                        ));
                    }
                    for number in row..row.saturating_add(repeat) {
                        for (column, cell) in &line {
                            grid.put(number, *column, cell.clone());
                        }
                        if row_hidden {
                            grid.hide(number);
                        }
                    }
                    line.clear();
                }
                "table" => finish(&mut table, &mut tables),
                _ => {}
            },
        }
    }
    finish(&mut table, &mut tables);
    Ok(tables)
}

/// The font of the open cell.
fn own(open: Option<&Open>, styles: &Styles) -> Font {
    open.map_or(Font::Unknown, |cell| styles.font(cell.style.as_deref()))
}

fn finish(table: &mut Option<(SheetMeta, Grid, Vec<Merge>)>, tables: &mut Tables) {
    if let Some((meta, mut grid, merges)) = table.take() {
        grid.spread(&merges);
        tables.list.push(grid.finish(meta));
    }
}

fn end_cell(
    open: &mut Option<Open>,
    styles: &Styles,
    row: u64,
    column: &mut usize,
    line: &mut Vec<(usize, Cell<'static>)>,
    merges: Option<&mut Vec<Merge>>,
) {
    let Some(mut cell) = open.take() else { return };
    let font = styles.font(cell.style.as_deref());
    let (repeated, across, down) = (cell.repeated, cell.across, cell.down);
    let cell = cell.cell(font);
    if cell.kind != CellKind::Empty {
        // One column past the last that is read is enough to know that something stands there.
        for place in *column..column.saturating_add(repeated).min(limits::COLUMNS + 1) {
            line.push((place, cell.clone()));
        }
        if let Some(merges) = merges
            && (across > 0 || down > 0)
            && merges.len() < limits::MERGES
        {
            let (top, left) = (
                u32::try_from(row.saturating_sub(1)).unwrap_or(u32::MAX),
                u32::try_from(*column).unwrap_or(u32::MAX),
            );
            merges.push(Merge {
                top,
                bottom: top.saturating_add(down),
                left,
                right: left.saturating_add(across),
            });
        }
    }
    *column = column.saturating_add(repeated);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rows: &str, expected: &str) {
        let text = format!(
            "<office:body><table:table table:name=\"a\">{rows}</table:table></office:body>"
        );
        let tables = walk(&text, &Styles::default()).unwrap();
        let shown: Vec<String> = tables.list[0]
            .rows
            .iter()
            .map(|row| {
                let cells: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_ref()).collect();
                format!(
                    "{}{}:{}",
                    row.number,
                    if row.hidden { "h" } else { "" },
                    cells.join("|")
                )
            })
            .collect();
        assert_eq!(shown.join(" / "), expected, "{rows}");
    }

    #[test]
    fn rows_and_cells() {
        let c = |text: &str| {
            format!(
                "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
            )
        };
        check(
            &format!(
                "<table:table-row>{}{}</table:table-row>",
                c("a"),
                c("b<text:s text:c=\"2\"/>c")
            ),
            "1:a|b  c",
        );
        check(
            &format!(
                "<table:table-row table:number-rows-repeated=\"3\"/><table:table-row>{}</table:table-row>",
                c("x")
            ),
            "4:x",
        );
        check(
            &format!(
                "<table:table-row table:number-rows-repeated=\"2\" table:visibility=\"collapse\">{}</table:table-row>",
                c("x")
            ),
            "1h:x / 2h:x",
        );
        check(
            "<table:table-row><table:table-cell table:number-columns-repeated=\"2\"/><table:table-cell office:value-type=\"float\" office:value=\"45215001234\"><text:p>4,52E+10</text:p></table:table-cell></table:table-row>",
            "1:||45215001234",
        );
        check(
            "<table:table-row><table:table-cell office:value-type=\"float\" office:value=\"45215001234\"><text:p>045215001234</text:p></table:table-cell></table:table-row>",
            "1:045215001234",
        );
        check(
            "<table:table-row><table:table-cell office:value-type=\"date\" office:date-value=\"2015-03-15\"><text:p>15/03/15</text:p></table:table-cell></table:table-row>",
            "1:2015-03-15",
        );
        check(
            "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>a</text:p><text:p>b</text:p><office:annotation><text:p>n</text:p></office:annotation></table:table-cell></table:table-row>",
            "1:a\nb",
        );
        check(
            &format!(
                "<table:table-row><table:table-cell table:number-rows-spanned=\"2\" office:value-type=\"string\"><text:p>v</text:p></table:table-cell>{}</table:table-row><table:table-row><table:covered-table-cell/>{}</table:table-row>",
                c("1"),
                c("2")
            ),
            "1:v|1 / 2:v|2",
        );
    }
}
