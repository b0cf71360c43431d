//! Reads the tables of Word documents: many communes keep their lists in Word.
//!
//! In: a [`Package`]. Out: every table in the order in which it begins, nested ones too, as `table N`, with the paragraphs
//! before it. Deleted text of tracked changes is left out. Reference: ECMA-376 part 1, WordprocessingML.

mod styles;

use super::held::{Grid, Table, Tables};
use super::markup::{Markup, Tag, Token, unescape};
use super::package::Package;
use super::{ReadError, SheetMeta};
use crate::limits;
use std::collections::VecDeque;
use styles::{Styles, font_of};
use treem_child::cell::{Cell, CellKind, Font, Spread};

/// Text as it is collected, with the fonts of its runs.
#[derive(Debug, Default)]
struct Words {
    text: String,
    runs: Vec<(u32, Font)>,
}

impl Words {
    fn push(&mut self, piece: &str, font: Font) {
        // A little more than a cell may keep: the rest would be cut anyway, and that it was is told by the length.
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

    /// Begins a new line, if anything stands before it.
    fn line(&mut self) {
        if !self.text.is_empty() {
            let font = self.runs.last().map_or(Font::Unknown, |run| run.1);
            self.push("\n", font);
        }
    }

    fn cell(mut self) -> Cell<'static> {
        while self.text.ends_with('\n') {
            self.text.pop();
            if let Some(last) = self.runs.last_mut() {
                last.0 = last.0.saturating_sub(1);
                if last.0 == 0 {
                    self.runs.pop();
                }
            }
        }
        let mut cell = Cell::text(self.text);
        cell.font = self.runs.first().map_or(Font::Unknown, |run| run.1);
        if self.runs.len() > 1 && cell.kind != CellKind::Empty {
            cell.runs = Some(self.runs.into_boxed_slice());
        }
        cell
    }
}

/// A table as it is collected.
#[derive(Debug, Default)]
struct Building {
    order: usize,
    before: Vec<Cell<'static>>,
    grid: Grid,
    row: u64,
    column: usize,
    span: usize,
    merge: Option<bool>,
    words: Words,
    /// By column: the cell at the top of a vertical merge.
    above: Vec<Option<Cell<'static>>>,
}

impl Building {
    /// The open cell is complete.
    fn end_cell(&mut self) {
        let words = std::mem::take(&mut self.words);
        let (span, column) = (self.span.max(1), self.column);
        let mut cell = words.cell();
        let end = column.saturating_add(span).min(limits::COLUMNS + 1);
        if self.above.len() < end {
            self.above.resize_with(end, || None);
        }
        match self.merge {
            Some(true) => {
                if let Some(above) = self.above.get_mut(column) {
                    *above = Some(cell.clone());
                }
            }
            Some(false) => {
                if let Some(Some(above)) = self.above.get(column)
                    && cell.kind == CellKind::Empty
                {
                    cell = Cell {
                        spread: Spread::FromAbove,
                        ..above.clone()
                    };
                }
            }
            None => {
                if let Some(above) = self.above.get_mut(column) {
                    *above = None;
                }
            }
        }
        let copied = if cell.spread == Spread::Own {
            Spread::FromLeft
        } else {
            cell.spread
        };
        for place in column + 1..end {
            self.grid.put(
                self.row,
                place,
                Cell {
                    spread: copied,
                    ..cell.clone()
                },
            );
        }
        self.grid.put(self.row, column, cell);
        self.column = self.column.saturating_add(span);
        self.span = 1;
        self.merge = None;
    }
}

/// Reads all tables of a document.
///
/// Errors: `NoTable`, `Damaged`, those of inflating.
pub(crate) fn tables(package: &Package) -> Result<Tables, ReadError> {
    let part = ["word/document.xml", "word/document2.xml"]
        .into_iter()
        .find(|part| package.has(part))
        .map(str::to_owned);
    let part = part
        .or_else(|| {
            package
                .names
                .iter()
                .find(|name| name.to_ascii_lowercase().ends_with("/document.xml"))
                .cloned()
        })
        .ok_or_else(|| ReadError::Damaged("no document part".to_owned()))?;
    let text = package
        .text(&part, limits::ZIP_HELD_BYTES)?
        .ok_or_else(|| ReadError::Damaged("no document part".to_owned()))?;
    let styles = package
        .text("word/styles.xml", limits::ZIP_HELD_BYTES)?
        .map(|text| Styles::read(&text))
        .unwrap_or_default();
    let (mut done, cut) = walk(&text, &styles);
    if done.is_empty() {
        return Err(ReadError::NoTable);
    }
    done.sort_by_key(|(order, _)| *order);
    let mut tables = Tables {
        list: done.into_iter().map(|(_, table)| table).collect(),
        ..Tables::default()
    };
    if cut {
        tables.remarks.push(format!(
            "Tệp Word có quá nhiều bảng, chỉ đọc {} bảng đầu.",
            limits::DOCX_TABLES
        ));
    }
    Ok(tables)
}

/// Where the walk stands in a paragraph.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    in_run: bool,
    in_text: bool,
    paragraph: Font,
    run: Font,
}

fn walk(text: &str, styles: &Styles) -> (Vec<(usize, Table)>, bool) {
    let mut done: Vec<(usize, Table)> = Vec::new();
    let mut open: Vec<Building> = Vec::new();
    let mut before: VecDeque<Cell<'static>> = VecDeque::new();
    let mut body = Words::default();
    let mut place = Place {
        paragraph: styles.default,
        ..Place::default()
    };
    let (mut count, mut cut) = (0, false);
    let mut markup = Markup::new(text);
    while let Some(token) = markup.next() {
        match token {
            Token::Open(tag) => match tag.name {
                "del" | "moveFrom" | "Fallback" | "rPrChange" | "pPrChange" | "tcPrChange"
                | "trPrChange" | "tblPrChange"
                    if !tag.empty =>
                {
                    markup.skip_element(tag.name);
                }
                "tbl" if !tag.empty => {
                    if count >= limits::DOCX_TABLES || open.len() >= limits::NESTED_TABLES {
                        cut |= count >= limits::DOCX_TABLES;
                        markup.skip_element("tbl");
                        continue;
                    }
                    count += 1;
                    let before = before.iter().cloned().collect();
                    open.push(Building {
                        order: count,
                        before,
                        span: 1,
                        ..Building::default()
                    });
                }
                "tr" => {
                    if let Some(table) = open.last_mut() {
                        table.row += 1;
                        table.column = 0;
                    }
                }
                "gridBefore" => {
                    if let Some(table) = open.last_mut() {
                        table.column = value(&tag)
                            .and_then(|number| number.parse().ok())
                            .unwrap_or(0_usize)
                            .min(limits::COLUMNS);
                    }
                }
                "tc" => {
                    if let Some(table) = open.last_mut() {
                        table.words = Words::default();
                        table.span = 1;
                        table.merge = None;
                        if tag.empty {
                            table.end_cell();
                        }
                    }
                }
                "gridSpan" => {
                    if let Some(table) = open.last_mut() {
                        table.span = value(&tag)
                            .and_then(|number| number.parse().ok())
                            .unwrap_or(1_usize)
                            .clamp(1, limits::COLUMNS);
                    }
                }
                "vMerge" => {
                    if let Some(table) = open.last_mut() {
                        table.merge = Some(value(&tag).is_some_and(|kind| kind == "restart"));
                    }
                }
                "p" => {
                    words(&mut open, &mut body).line();
                    place = Place {
                        paragraph: styles.default,
                        ..Place::default()
                    };
                    if tag.empty && open.is_empty() {
                        body = Words::default();
                    }
                }
                "pStyle" => {
                    place.paragraph = value(&tag).map_or(styles.default, |id| styles.get(&id));
                }
                "r" => {
                    place.in_run = !tag.empty;
                    place.run = place.paragraph;
                }
                "rStyle" if place.in_run => {
                    if let Some(font) = value(&tag)
                        .map(|id| styles.own(&id))
                        .filter(|font| *font != Font::Unknown)
                    {
                        place.run = font;
                    }
                }
                "rFonts" if place.in_run => {
                    if let Some(font) = font_of(&tag) {
                        place.run = font;
                    }
                }
                "t" => place.in_text = !tag.empty,
                "br" | "cr" => words(&mut open, &mut body).push("\n", place.run),
                "tab" if place.in_run => words(&mut open, &mut body).push("\t", place.run),
                "noBreakHyphen" => words(&mut open, &mut body).push("-", place.run),
                // In TCVN3 the soft hyphen is the letter ư.
                "softHyphen" => words(&mut open, &mut body).push("\u{ad}", place.run),
                _ => {}
            },
            Token::Text(piece) => {
                if place.in_text {
                    words(&mut open, &mut body).push(&unescape(piece), place.run);
                }
            }
            Token::Data(piece) => {
                if place.in_text {
                    words(&mut open, &mut body).push(piece, place.run);
                }
            }
            Token::Close(name) => match name {
                "t" => place.in_text = false,
                "r" => place.in_run = false,
                "p" if open.is_empty() => {
                    let cell = std::mem::take(&mut body).cell();
                    if !cell.is_blank() {
                        before.push_back(cell);
                        if before.len() > limits::PARAGRAPHS_BEFORE {
                            before.pop_front();
                        }
                    }
                }
                "tc" => {
                    if let Some(table) = open.last_mut() {
                        table.end_cell();
                    }
                }
                "tbl" => {
                    if let Some(table) = open.pop() {
                        done.push(finish(table));
                        if open.is_empty() {
                            before.clear();
                        }
                    }
                }
                _ => {}
            },
        }
    }
    // A document that is cut off: what was read of its tables stands.
    while let Some(table) = open.pop() {
        done.push(finish(table));
    }
    (done, cut)
}

/// Where text goes at this place: the innermost open cell, or the body.
fn words<'w>(open: &'w mut [Building], body: &'w mut Words) -> &'w mut Words {
    open.last_mut().map_or(body, |table| &mut table.words)
}

fn value<'a>(tag: &Tag<'a>) -> Option<std::borrow::Cow<'a, str>> {
    tag.attribute("val")
}

fn finish(table: Building) -> (usize, Table) {
    let meta = SheetMeta {
        name: format!("table {}", table.order),
        hidden: false,
        before: table.before,
    };
    (table.order, table.grid.finish(meta))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tables are shown as `name: a|b / c|d`; `^` marks a copy from above, `<` one from the left.
    fn check(document: &str, expected: &str) {
        let (mut done, _) = walk(document, &Styles::default());
        done.sort_by_key(|(order, _)| *order);
        let mut shown = Vec::new();
        for (_, table) in done {
            let rows: Vec<String> = table
                .rows
                .iter()
                .map(|row| {
                    let cells: Vec<String> = row
                        .cells
                        .iter()
                        .map(|cell| {
                            let mark = match cell.spread {
                                Spread::Own => "",
                                Spread::FromAbove => "^",
                                Spread::FromLeft => "<",
                            };
                            format!("{mark}{}", cell.text)
                        })
                        .collect();
                    cells.join("|")
                })
                .collect();
            let before: Vec<&str> = table
                .meta
                .before
                .iter()
                .map(|cell| cell.text.as_ref())
                .collect();
            shown.push(format!(
                "{}[{}]: {}",
                table.meta.name,
                before.join(";"),
                rows.join(" / ")
            ));
        }
        assert_eq!(shown.join(" // "), expected, "{document}");
    }

    fn tc(inner: &str) -> String {
        format!("<w:tc>{inner}</w:tc>")
    }
    fn p(text: &str) -> String {
        format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
    }

    #[test]
    fn tables_of_a_document() {
        let plain = format!(
            "{}<w:tbl><w:tr>{}{}</w:tr></w:tbl>",
            p("Danh sách"),
            tc(&p("a")),
            tc(&(p("b") + &p("c")))
        );
        check(&plain, "table 1[Danh sách]: a|b\nc");
        let span = format!(
            "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}{}</w:tr></w:tbl>",
            tc(&format!(
                "<w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr>{}",
                p("a")
            )),
            tc(&format!(
                "<w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr>{}",
                p("v")
            )),
            tc(&p("1")),
            tc(&p("2")),
            tc("<w:tcPr><w:vMerge/></w:tcPr><w:p/>"),
        );
        check(&span, "table 1[]: a|<a|v / 1|2|^v");
        let nested = format!(
            "<w:tbl><w:tr>{}{}</w:tr></w:tbl>",
            tc(&format!(
                "{}<w:tbl><w:tr>{}</w:tr></w:tbl><w:p/>",
                p("x"),
                tc(&p("in"))
            )),
            tc(&p("y"))
        );
        check(&nested, "table 1[]: x|y // table 2[]: in");
        check(&format!("<w:tbl><w:tr>{}", tc(&p("cut"))), "table 1[]: cut");
        let changed = "<w:p><w:del><w:r><w:delText>x</w:delText><w:t>y</w:t></w:r></w:del><w:ins><w:r><w:t>mới</w:t></w:r></w:ins></w:p>";
        check(
            &format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", tc(changed)),
            "table 1[]: mới",
        );
        check("<w:p/>", "");
    }

    #[test]
    fn fonts_of_runs() {
        let run = |font: &str, text: &str| {
            format!(
                "<w:r><w:rPr><w:rFonts w:ascii=\"{font}\" w:hAnsi=\"{font}\"/></w:rPr><w:t>{text}</w:t></w:r>"
            )
        };
        let document = format!(
            "<w:tbl><w:tr>{}</w:tr></w:tbl>",
            tc(&format!(
                "<w:p>{}{}</w:p>",
                run(".VnTime", "Hå"),
                run("Times New Roman", " An")
            ))
        );
        let (done, _) = walk(&document, &Styles::default());
        let cell = done[0].1.rows.get(0).unwrap().cells[0].clone();
        assert_eq!(cell.font, Font::Tcvn3);
        assert_eq!(
            cell.runs.as_deref(),
            Some([(3, Font::Tcvn3), (3, Font::Unicode)].as_slice())
        );
    }
}
