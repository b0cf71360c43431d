//! The shared strings of a workbook, and rich text.
//!
//! In: the inflating `sharedStrings.xml`. Out: [`Strings`] by index, all in one piece of memory.

use super::sheet::Pieces;
use crate::limits;
use crate::read::ReadError;
use crate::read::markup::{Markup, Token, unescape};
use crate::read::package::Inflate;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use treem_child::cell::Font;

/// A text with its runs, if it has several.
pub(crate) struct Rich<'a> {
    /// The text.
    pub(crate) text: Cow<'a, str>,
    /// Length and font of each run; [`Font::Unknown`] where a run is shown in the font of its cell. Empty for plain text.
    pub(crate) runs: Vec<(u32, Font)>,
}

/// Reads what stands inside `<si>` or `<is>`: plain text or runs; phonetic readings are skipped.
pub(crate) fn rich(inner: &str) -> Rich<'_> {
    let mut markup = Markup::new(inner);
    let mut text: Cow<'_, str> = Cow::Borrowed("");
    let mut runs = Vec::new();
    let (mut in_text, mut run_start, mut font) = (false, 0_usize, Font::Unknown);
    while let Some(token) = markup.next() {
        match token {
            Token::Open(tag) if tag.empty => {
                if tag.name == "rFont" {
                    font = tag
                        .attribute("val")
                        .map_or(Font::Unknown, |name| Font::from_name(&name));
                }
            }
            Token::Open(tag) => match tag.name {
                "t" => in_text = true,
                "r" => {
                    // Text before the first run has a run of its own (Excel never writes so, others do).
                    if text.len() > run_start {
                        runs.push((
                            u32::try_from(text.len() - run_start).unwrap_or(u32::MAX),
                            Font::Unknown,
                        ));
                    }
                    run_start = text.len();
                    font = Font::Unknown;
                }
                "rFont" => {
                    font = tag
                        .attribute("val")
                        .map_or(Font::Unknown, |name| Font::from_name(&name));
                }
                "rPh" => markup.skip_element("rPh"),
                _ => {}
            },
            Token::Close("t") => in_text = false,
            Token::Close("r") => {
                if text.len() > run_start {
                    runs.push((
                        u32::try_from(text.len() - run_start).unwrap_or(u32::MAX),
                        font,
                    ));
                }
                run_start = text.len();
            }
            Token::Close(_) => {}
            Token::Text(piece) => {
                if in_text {
                    let piece = unescape(piece);
                    if text.is_empty() {
                        text = piece;
                    } else {
                        text.to_mut().push_str(&piece);
                    }
                }
            }
            Token::Data(piece) => {
                if in_text {
                    text.to_mut().push_str(piece);
                }
            }
        }
    }
    Rich { text, runs }
}

/// Lengths and fonts of the runs of a text.
pub(crate) type Runs = Box<[(u32, Font)]>;

/// The runs of a cell: `None` where one font holds for all, given first. `own` is the font of the cell.
pub(crate) fn fonts(runs: &[(u32, Font)], own: Font) -> (Font, Option<Runs>) {
    let of = |font: Font| if font == Font::Unknown { own } else { font };
    let Some(&(_, first)) = runs.first() else {
        return (own, None);
    };
    let first = of(first);
    if runs.iter().all(|&(_, font)| of(font) == first) {
        return (first, None);
    }
    (
        first,
        Some(
            runs.iter()
                .map(|&(length, font)| (length, of(font)))
                .collect(),
        ),
    )
}

/// The strings of a workbook.
#[derive(Debug, Default)]
pub(crate) struct Strings {
    text: String,
    ends: Vec<u32>,
    runs: FxHashMap<u32, Runs>,
}

impl Strings {
    /// Reads the part.
    ///
    /// Errors: those of inflating; `TooLarge` past [`limits::ZIP_HELD_BYTES`].
    pub(crate) fn read(inflate: Inflate) -> Result<Self, ReadError> {
        let mut strings = Self::default();
        let mut pieces = Pieces::new(super::sheet::Feed::Streamed(Box::new(inflate)), "si", "sst");
        while let Some(piece) = pieces.next_piece()? {
            strings.add(&piece);
            if strings.text.len() as u64 > limits::ZIP_HELD_BYTES {
                return Err(ReadError::TooLarge(
                    "tệp Excel có quá nhiều chữ (trên 600 MB); hãy tách thành nhiều tệp",
                ));
            }
        }
        strings.text.shrink_to_fit();
        Ok(strings)
    }

    /// Adds the `<si>` elements of a piece.
    fn add(&mut self, piece: &str) {
        let bytes = piece.as_bytes();
        let mut at = 0;
        while let Some(found) = memchr::memchr(b'<', bytes.get(at..).unwrap_or_default()) {
            let tag = super::tag::tag(bytes, at + found, |_, _| {});
            at = tag.end;
            if tag.name != b"si" || tag.closing {
                continue;
            }
            let start = at;
            let mut end = at;
            if !tag.empty {
                end = bytes.len();
                let mut next = at;
                while let Some(found) = memchr::memchr(b'<', bytes.get(next..).unwrap_or_default())
                {
                    let inner = super::tag::tag(bytes, next + found, |_, _| {});
                    if inner.name == b"si" {
                        end = next + found;
                        at = if inner.closing { inner.end } else { end };
                        break;
                    }
                    next = inner.end;
                    at = next;
                }
            }
            let rich = rich(piece.get(start..end).unwrap_or(""));
            let cut = rich.text.floor_char_boundary(limits::CELL_BYTES + 1);
            self.text.push_str(rich.text.get(..cut).unwrap_or(""));
            if !rich.runs.is_empty() {
                self.runs.insert(
                    u32::try_from(self.ends.len()).unwrap_or(u32::MAX),
                    rich.runs.into_boxed_slice(),
                );
            }
            self.ends
                .push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        }
    }

    /// A string and its runs.
    #[inline]
    pub(crate) fn get(&self, index: usize) -> Option<(&str, &[(u32, Font)])> {
        let end = *self.ends.get(index)? as usize;
        let start = if index == 0 {
            0
        } else {
            *self.ends.get(index - 1)? as usize
        };
        let runs: &[(u32, Font)] = if self.runs.is_empty() {
            &[]
        } else {
            u32::try_from(index)
                .ok()
                .and_then(|index| self.runs.get(&index))
                .map_or(&[], |runs| runs)
        };
        Some((self.text.get(start..end)?, runs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rich_text() {
        let check = |inner: &str, text: &str, runs: &[(u32, Font)]| {
            let rich = rich(inner);
            assert_eq!(
                (rich.text.as_ref(), rich.runs.as_slice()),
                (text, runs),
                "{inner}"
            );
        };
        check("<t>Hồ Văn An</t>", "Hồ Văn An", &[]);
        check("<t xml:space=\"preserve\"> a &amp; b</t>", " a & b", &[]);
        check("<t/>", "", &[]);
        check(
            "<t>a</t><rPh sb=\"0\" eb=\"1\"><t>x</t></rPh><phoneticPr/>",
            "a",
            &[],
        );
        check(
            "<r><t>a</t></r><r><rPr><rFont val=\".VnTime\"/></rPr><t>b&#233;</t></r>",
            "abé",
            &[(1, Font::Unknown), (3, Font::Tcvn3)],
        );
        check(
            "<x:r><x:t>a_x000D_</x:t></x:r>",
            "a_x000D_",
            &[(8, Font::Unknown)],
        );
    }

    #[test]
    fn elements() {
        let mut strings = Strings::default();
        strings.add("<si><t>a</t></si><si/><si><r><t>b</t></r></si>\n<si><t></t></si><si><t>cut");
        let found: Vec<&str> = (0..6)
            .filter_map(|index| strings.get(index).map(|(text, _)| text))
            .collect();
        assert_eq!(found, ["a", "", "b", "", "cut"]);
        assert!(strings.get(5).is_none());
    }
}
