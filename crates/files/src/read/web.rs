//! Web pages and XML tables that carry the name of an Excel file: what many web systems call "export to Excel".
//!
//! In: an [`Input`] of markup. Out: the tables of an HTML page, or the sheets of an XML Spreadsheet 2003.

use super::held::{Grid, Table, Tables};
use super::input::Input;
use super::markup::{Markup, Tag, Token, unescape};
use super::text::Encoding;
use super::xlsx::number;
use super::{Merge, ReadError, SheetMeta};
use crate::limits;
use treem_child::cell::Cell;

/// True where a text is a web page or an XML table.
pub(crate) fn is_markup(head: &str) -> bool {
    let head = head.trim_start();
    if !head.starts_with('<') {
        return false;
    }
    let head: String = head
        .chars()
        .take(1 << 16)
        .collect::<String>()
        .to_ascii_lowercase();
    [
        "<html",
        "<table",
        "<!doctype html",
        "<?mso-application",
        "urn:schemas-microsoft-com:office:spreadsheet",
    ]
    .iter()
    .any(|sign| head.contains(sign))
}

/// A table as it is collected.
#[derive(Default)]
struct Building {
    name: String,
    order: usize,
    grid: Grid,
    merges: Vec<Merge>,
    row: u64,
    column: usize,
    /// By column: the last row a cell above reaches down to.
    reach: Vec<u64>,
    cell: Option<Open>,
}

/// The open cell.
#[derive(Default)]
struct Open {
    text: String,
    across: usize,
    down: u64,
    number: bool,
}

impl Building {
    fn start_row(&mut self, index: Option<u64>) {
        self.end_cell();
        self.row = index
            .unwrap_or(self.row.saturating_add(1))
            .clamp(1, limits::SHEET_ROWS + 1);
        self.column = 0;
    }

    fn start_cell(&mut self, index: Option<usize>, across: usize, down: u64) {
        self.end_cell();
        if let Some(index) = index {
            self.column = index.saturating_sub(1).min(limits::COLUMNS);
        } else {
            while self
                .reach
                .get(self.column)
                .is_some_and(|&row| row >= self.row)
            {
                self.column += 1;
            }
        }
        self.cell = Some(Open {
            across: across.min(limits::COLUMNS),
            down: down.min(limits::SHEET_ROWS),
            ..Open::default()
        });
    }

    fn end_cell(&mut self) {
        let Some(open) = self.cell.take() else { return };
        let row = self.row.max(1);
        let text = open.text.trim_matches(['\n', '\r', ' ', '\t']);
        let last = self.column.saturating_add(open.across);
        let cell = if open.number { number(text) } else { None };
        self.grid.put(
            row,
            self.column,
            cell.unwrap_or_else(|| Cell::text(text.to_owned())),
        );
        if (open.across > 0 || open.down > 0) && self.merges.len() < limits::MERGES {
            let short = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
            self.merges.push(Merge {
                top: short(row - 1),
                bottom: short(row - 1 + open.down),
                left: short(self.column as u64),
                right: short(last as u64),
            });
        }
        if open.down > 0 && last <= limits::COLUMNS {
            if self.reach.len() <= last {
                self.reach.resize(last + 1, 0);
            }
            for reach in self.reach.iter_mut().take(last + 1).skip(self.column) {
                *reach = row.saturating_add(open.down);
            }
        }
        self.column = last + 1;
    }

    fn finish(mut self) -> (usize, Table) {
        self.end_cell();
        self.grid.spread(&self.merges);
        (
            self.order,
            self.grid.finish(SheetMeta {
                name: self.name,
                ..SheetMeta::default()
            }),
        )
    }
}

/// Reads all tables.
///
/// Errors: `TooLarge`, `NotAList` where there is no table, `Io`.
pub(crate) fn tables(input: &Input) -> Result<Tables, ReadError> {
    if input.len()? > limits::HELD_FILE_BYTES {
        return Err(ReadError::TooLarge(
            "tệp loại này chỉ đọc được đến 512 MB; hãy lưu lại dạng .xlsx hoặc csv",
        ));
    }
    let bytes = input.head(usize::try_from(limits::HELD_FILE_BYTES).unwrap_or(usize::MAX))?;
    let text = Encoding::of(&bytes, true)?
        .unwrap_or(Encoding::Utf8)
        .text(&bytes);
    let mut done = walk(&text);
    done.retain(|(_, table)| !table.rows.is_empty());
    if done.is_empty() {
        return Err(ReadError::NotAList(
            "trang web không có bảng nào; hãy xuất danh sách ra Excel hoặc csv rồi thử lại",
        ));
    }
    done.sort_by_key(|(order, _)| *order);
    Ok(Tables {
        list: done.into_iter().map(|(_, table)| table).collect(),
        ..Tables::default()
    })
}

fn walk(text: &str) -> Vec<(usize, Table)> {
    let mut done = Vec::new();
    let mut open: Vec<Building> = Vec::new();
    let mut count = 0;
    let (mut sheet, mut xml) = (String::new(), false);
    let mut markup = Markup::new(text);
    while let Some(token) = markup.next() {
        match token {
            Token::Open(tag) => {
                let span = |tag: &Tag<'_>, name: &str| {
                    tag.number::<usize>(name).unwrap_or(1).saturating_sub(1)
                };
                match tag.name.to_ascii_lowercase().as_str() {
                    "script" | "style" | "head" if !tag.empty && !xml => {
                        markup.skip_element(tag.name);
                    }
                    "worksheet" => {
                        xml = true;
                        sheet = tag.attribute("Name").unwrap_or_default().into_owned();
                    }
                    "table"
                        if !tag.empty
                            && open.len() < limits::NESTED_TABLES
                            && count < limits::DOCX_TABLES =>
                    {
                        count += 1;
                        let name = if xml {
                            std::mem::take(&mut sheet)
                        } else {
                            format!("table {count}")
                        };
                        open.push(Building {
                            order: count,
                            name,
                            ..Building::default()
                        });
                    }
                    "tr" | "row" => {
                        if let Some(table) = open.last_mut() {
                            table.start_row(tag.number("Index"));
                        }
                    }
                    "td" | "th" => {
                        if let Some(table) = open.last_mut() {
                            table.start_cell(
                                None,
                                span(&tag, "colspan"),
                                span(&tag, "rowspan") as u64,
                            );
                        }
                    }
                    "cell" if xml => {
                        if let Some(table) = open.last_mut() {
                            let across = tag.number("MergeAcross").unwrap_or(0);
                            table.start_cell(
                                tag.number("Index"),
                                across,
                                tag.number("MergeDown").unwrap_or(0),
                            );
                            if tag.empty {
                                table.end_cell();
                            }
                        }
                    }
                    "data" if xml => {
                        if let Some(cell) = open.last_mut().and_then(|table| table.cell.as_mut()) {
                            cell.number =
                                tag.attribute("Type").is_some_and(|kind| kind == "Number");
                        }
                    }
                    "comment" if xml && !tag.empty => markup.skip_element(tag.name),
                    "br" | "p" | "div" => {
                        if let Some(cell) = open.last_mut().and_then(|table| table.cell.as_mut())
                            && !cell.text.is_empty()
                        {
                            cell.text.push('\n');
                        }
                    }
                    _ => {}
                }
            }
            Token::Close(name) => match name.to_ascii_lowercase().as_str() {
                "td" | "th" | "cell" => {
                    if let Some(table) = open.last_mut() {
                        table.end_cell();
                    }
                }
                "table" => {
                    if let Some(table) = open.pop() {
                        done.push(table.finish());
                    }
                }
                _ => {}
            },
            Token::Text(piece) | Token::Data(piece) => {
                if let Some(cell) = open.last_mut().and_then(|table| table.cell.as_mut())
                    && cell.text.len() <= limits::CELL_BYTES
                {
                    let text = unescape(piece);
                    if xml {
                        cell.text.push_str(&text);
                    } else {
                        // In a web page line breaks and runs of blanks are one blank.
                        for word in text.split_inclusive([' ', '\n', '\r', '\t']) {
                            let bare = word.trim_end_matches([' ', '\n', '\r', '\t']);
                            cell.text.push_str(bare);
                            if bare.len() < word.len()
                                && !cell.text.ends_with([' ', '\n'])
                                && !cell.text.is_empty()
                            {
                                cell.text.push(' ');
                            }
                        }
                    }
                }
            }
        }
    }
    while let Some(table) = open.pop() {
        done.push(table.finish());
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;
    use treem_child::cell::CellKind;

    fn check(text: &str, expected: &str) {
        assert!(is_markup(text), "{text}");
        let mut done = walk(text);
        done.sort_by_key(|(order, _)| *order);
        let shown: Vec<String> = done
            .iter()
            .map(|(_, table)| {
                let rows: Vec<String> = table
                    .rows
                    .iter()
                    .map(|row| {
                        let cells: Vec<&str> =
                            row.cells.iter().map(|cell| cell.text.as_ref()).collect();
                        format!("{}:{}", row.number, cells.join("|"))
                    })
                    .collect();
                format!("{}[{}]", table.meta.name, rows.join(" / "))
            })
            .collect();
        assert_eq!(shown.join(" "), expected, "{text}");
    }

    #[test]
    fn pages() {
        check(
            "<html><table><tr><td>a<td>b &amp; c<tr><td colspan=2>d</table>",
            "table 1[1:a|b & c / 2:d|d]",
        );
        check(
            "<TABLE><TR><TD rowspan='2'>v</TD><TD>1</TD></TR><TR><TD>2</TD></TR></TABLE>",
            "table 1[1:v|1 / 2:v|2]",
        );
        check(
            "<html><style>td{}</style><table><tr><td> H&ecirc;n \n <b>Thị</b><br>An </td></tr></table>",
            "table 1[1:Hên Thị\nAn]",
        );
        check(
            "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook xmlns:ss=\"urn:x\"><Worksheet ss:Name=\"Xã A\"><Table>\
            <Row ss:Index=\"3\"><Cell ss:Index=\"2\"><Data ss:Type=\"Number\">45215001234</Data></Cell><Cell><Data ss:Type=\"String\">x</Data></Cell></Row>\
            </Table></Worksheet></Workbook>",
            "Xã A[3:|45215001234|x]",
        );
    }

    #[test]
    fn kinds() {
        let (_, table) = walk("<Workbook><Worksheet ss:Name='a'><Table><Row><Cell><Data ss:Type='Number'>5</Data></Cell></Row></Table></Worksheet>").remove(0);
        assert_eq!(
            table.rows.get(0).unwrap().cells[0].kind,
            CellKind::Number(5.0)
        );
    }
}
