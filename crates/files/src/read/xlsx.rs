//! Reads Excel workbooks (.xlsx, .xlsm): the format most lists come in, so the reader is our own — it must give the fonts of
//! cells and runs, the exact digits of numbers, merges and hidden rows, and be fast.
//!
//! In: a [`Package`]. Out: the sheets of a [`Workbook`], each a [`Source`]. Reference: ECMA-376 part 1, SpreadsheetML; the
//! strict variant differs in namespaces only, which are not looked at.

mod cells;
mod merges;
mod sheet;
mod strings;
mod styles;
mod tag;

use super::markup::{Markup, Token};
use super::package::Package;
use super::remarks::Remarks;
use super::{ReadError, SheetMeta, Source};
use crate::limits;
use rustc_hash::FxHashMap;
use std::sync::{Arc, Mutex, OnceLock};
use strings::Strings;
pub(crate) use strings::fonts as runs_of;
use styles::Styles;
pub(crate) use styles::{Style, digits, is_built_in_date, is_date};
use treem_child::cell::Cell;

/// An opened workbook.
pub(crate) struct Workbook {
    package: Package,
    /// What a person sees of its sheets.
    pub(crate) metas: Vec<SheetMeta>,
    /// Days count from 1904.
    pub(crate) date1904: bool,
    /// What there is to say of the file.
    pub(crate) remarks: Vec<String>,
    parts: Vec<String>,
    strings_part: Option<String>,
    styles_part: Option<String>,
    shared: OnceLock<(Arc<Strings>, Arc<Styles>)>,
    /// The last sheet that was held whole: it is usually asked for twice (looked at, then read).
    held: Mutex<Option<(usize, Arc<Vec<u8>>)>>,
}

/// A number without a format, as a cell of its own.
pub(crate) fn number(raw: &str) -> Option<Cell<'static>> {
    cells::number_cell(raw, styles::Style::default()).map(Cell::into_owned)
}

/// A number with a format, as a cell of its own; `None` where it is not finite.
pub(crate) fn number_styled(value: f64, style: Style) -> Option<Cell<'static>> {
    cells::number_cell(&format!("{value}"), style).map(Cell::into_owned)
}

/// A part's relations: id → (type, part).
fn relations(package: &Package, part: &str) -> Result<Vec<(String, String, String)>, ReadError> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let rels = if folder.is_empty() {
        format!("_rels/{name}.rels")
    } else {
        format!("{folder}/_rels/{name}.rels")
    };
    let text = package
        .text(&rels, limits::ZIP_HELD_BYTES)?
        .unwrap_or_default();
    let mut found = Vec::new();
    for token in Markup::new(&text) {
        if let Token::Open(tag) = token
            && tag.name == "Relationship"
        {
            let target = tag.attribute("Target").unwrap_or_default();
            found.push((
                tag.attribute("Id").unwrap_or_default().into_owned(),
                tag.attribute("Type").unwrap_or_default().into_owned(),
                resolve(folder, &target),
            ));
        }
    }
    Ok(found)
}

/// A relation's target as a part name.
fn resolve(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "." | "" => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.join("/")
}

impl Workbook {
    /// Reads the list of sheets; strings and styles are read when the first sheet is asked for.
    pub(crate) fn open(package: Package) -> Result<Self, ReadError> {
        let part = relations(&package, "")?
            .into_iter()
            .find(|(_, kind, target)| kind.ends_with("/officeDocument") && package.has(target))
            .map_or_else(|| "xl/workbook.xml".to_owned(), |(.., target)| target);
        let text = package
            .text(&part, limits::ZIP_HELD_BYTES)?
            .ok_or_else(|| ReadError::Damaged("no workbook part".to_owned()))?;
        let mut workbook = Self {
            metas: Vec::new(),
            date1904: false,
            remarks: Vec::new(),
            parts: Vec::new(),
            strings_part: None,
            styles_part: None,
            shared: OnceLock::new(),
            held: Mutex::new(None),
            package,
        };
        let mut sheets = FxHashMap::default();
        for (id, kind, target) in relations(&workbook.package, &part)? {
            if kind.ends_with("/sharedStrings") {
                workbook.strings_part = Some(target);
            } else if kind.ends_with("/styles") {
                workbook.styles_part = Some(target);
            } else if kind.ends_with("/worksheet") {
                sheets.insert(id, target);
            }
        }
        for token in Markup::new(&text) {
            let Token::Open(tag) = token else { continue };
            match tag.name {
                "workbookPr" => workbook.date1904 = tag.flag("date1904"),
                "sheet" => {
                    let name = tag.attribute("name").unwrap_or_default().into_owned();
                    let Some(part) = tag
                        .attribute("id")
                        .and_then(|id| sheets.get(id.as_ref()).cloned())
                    else {
                        continue;
                    };
                    if !workbook.package.has(&part) {
                        workbook.remarks.push(format!("Trang tính “{name}” bị thiếu trong tệp (tệp có thể đã hỏng), không đọc được."));
                        continue;
                    }
                    if workbook.metas.len() >= limits::SHEETS {
                        workbook.remarks.push(format!(
                            "Tệp có quá nhiều trang tính, chỉ đọc {} trang đầu.",
                            limits::SHEETS
                        ));
                        break;
                    }
                    let hidden = tag
                        .attribute("state")
                        .is_some_and(|state| state.to_ascii_lowercase().contains("hidden"));
                    workbook.metas.push(SheetMeta {
                        name,
                        hidden,
                        before: Vec::new(),
                    });
                    workbook.parts.push(part);
                }
                _ => {}
            }
        }
        if workbook.metas.is_empty() {
            return Err(ReadError::Damaged("no sheet".to_owned()));
        }
        Ok(workbook)
    }

    fn shared(&self) -> Result<(Arc<Strings>, Arc<Styles>), ReadError> {
        if let Some((strings, styles)) = self.shared.get() {
            return Ok((Arc::clone(strings), Arc::clone(styles)));
        }
        let styles = match &self.styles_part {
            Some(part) => self
                .package
                .text(part, limits::ZIP_HELD_BYTES)?
                .map(|text| Styles::read(&text))
                .unwrap_or_default(),
            None => Styles::default(),
        };
        let strings = match &self.strings_part {
            Some(part) => self
                .package
                .inflate(part)?
                .map(Strings::read)
                .transpose()?
                .unwrap_or_default(),
            None => Strings::default(),
        };
        let (strings, styles) = self
            .shared
            .get_or_init(|| (Arc::new(strings), Arc::new(styles)));
        Ok((Arc::clone(strings), Arc::clone(styles)))
    }

    /// A fresh reader of a sheet.
    pub(crate) fn source(&self, sheet: usize) -> Result<Box<dyn Source>, ReadError> {
        let missing = || ReadError::Damaged("no such sheet".to_owned());
        let part = self.parts.get(sheet).ok_or_else(missing)?;
        let (strings, styles) = self.shared()?;
        let held = self.held.lock().ok().and_then(|held| {
            held.as_ref()
                .filter(|(index, _)| *index == sheet)
                .map(|(_, bytes)| Arc::clone(bytes))
        });
        let feed = if let Some(bytes) = held {
            sheet::Feed::Held { bytes, at: 0 }
        } else if self.package.size(part).unwrap_or(0) <= limits::SHEET_HELD_BYTES {
            let bytes = self
                .package
                .bytes(part, limits::SHEET_HELD_BYTES)?
                .ok_or_else(missing)?;
            let bytes = if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
                super::package::text_of(bytes).into_bytes()
            } else {
                bytes
            };
            let bytes = Arc::new(bytes);
            if let Ok(mut held) = self.held.lock() {
                *held = Some((sheet, Arc::clone(&bytes)));
            }
            sheet::Feed::Held { bytes, at: 0 }
        } else {
            sheet::Feed::Streamed(Box::new(self.package.inflate(part)?.ok_or_else(missing)?))
        };
        let remarks = Arc::new(Remarks::default());
        let merges = match &feed {
            sheet::Feed::Held { bytes, .. } => merges::of_sheet(bytes, &remarks),
            sheet::Feed::Streamed(_) => {
                merges::of_stream(self.package.inflate(part)?.ok_or_else(missing)?, &remarks)?
            }
        };
        let parser = sheet::SheetParser {
            strings,
            styles,
            merges: Arc::new(merges),
            remarks,
        };
        Ok(Box::new(sheet::SheetSource::new(feed, Arc::new(parser))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets() {
        let check = |folder: &str, target: &str, expected: &str| {
            assert_eq!(resolve(folder, target), expected);
        };
        check("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml");
        check(
            "xl",
            "/xl/worksheets/sheet1.xml",
            "xl/worksheets/sheet1.xml",
        );
        check("xl", "../sheets/./a.xml", "sheets/a.xml");
        check("", "xl/workbook.xml", "xl/workbook.xml");
        check("", "../../a", "a");
    }
}
