//! The styles of a workbook: the font a cell is shown in, whether its number is a date, how many digits are shown.
//!
//! In: the text of `styles.xml`. Out: [`Styles`], by the index of a cell.

use crate::read::markup::{Markup, Token};
use rustc_hash::FxHashMap;
use treem_child::cell::Font;

/// What matters of a cell's format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Style {
    /// The family of its font.
    pub(crate) font: Font,
    /// Its number is a date or a time.
    pub(crate) date: bool,
    /// Its number is shown with at least so many digits (`000000000000`); 0: as it is.
    pub(crate) digits: u8,
}

/// The formats cells refer to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Styles {
    list: Vec<Style>,
}

impl Styles {
    /// Reads `styles.xml`.
    pub(crate) fn read(text: &str) -> Self {
        let mut fonts: Vec<Font> = Vec::new();
        let mut formats: FxHashMap<u32, (bool, u8)> = FxHashMap::default();
        let mut list = Vec::new();
        let (mut in_fonts, mut in_cells) = (false, false);
        for token in Markup::new(text) {
            match token {
                Token::Open(tag) => match tag.name {
                    "fonts" => in_fonts = !tag.empty,
                    "font" if in_fonts => fonts.push(Font::Unknown),
                    "name" if in_fonts => {
                        if let (Some(font), Some(name)) = (fonts.last_mut(), tag.attribute("val")) {
                            *font = Font::from_name(&name);
                        }
                    }
                    "numFmt" => {
                        if let (Some(id), Some(code)) =
                            (tag.number::<u32>("numFmtId"), tag.attribute("formatCode"))
                        {
                            formats
                                .entry(id)
                                .or_insert_with(|| (is_date(&code), digits(&code)));
                        }
                    }
                    "cellXfs" => in_cells = !tag.empty,
                    "xf" if in_cells => {
                        let font = tag
                            .number::<usize>("fontId")
                            .and_then(|id| fonts.get(id))
                            .copied()
                            .unwrap_or_default();
                        let format: u32 = tag.number("numFmtId").unwrap_or(0);
                        let (date, digits) = formats
                            .get(&format)
                            .copied()
                            .unwrap_or((is_built_in_date(format), 0));
                        list.push(Style { font, date, digits });
                    }
                    _ => {}
                },
                Token::Close("fonts") => in_fonts = false,
                Token::Close("cellXfs") => in_cells = false,
                _ => {}
            }
        }
        Self { list }
    }

    /// The format of a cell.
    #[inline]
    pub(crate) fn get(&self, index: usize) -> Style {
        self.list.get(index).copied().unwrap_or_default()
    }
}

/// The built-in formats that are dates or times (ECMA-376 part 1, 18.8.30, East Asian ones included).
pub(crate) fn is_built_in_date(id: u32) -> bool {
    matches!(id, 14..=22 | 27..=36 | 45..=47 | 50..=58)
}

/// What decides in a format code: its first section without literals, colours and conditions. Elapsed time (`[h]`) stays.
fn bare(code: &str) -> String {
    let mut bare = String::with_capacity(code.len());
    let mut letters = code.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => {
                letters.by_ref().find(|&letter| letter == '"');
            }
            '\\' | '_' | '*' => {
                letters.next();
            }
            '[' => {
                let inner: String = letters
                    .by_ref()
                    .take_while(|&letter| letter != ']')
                    .collect();
                if !inner.is_empty()
                    && inner
                        .chars()
                        .all(|letter| matches!(letter.to_ascii_lowercase(), 'h' | 'm' | 's'))
                {
                    bare.push_str(&inner);
                }
            }
            ';' => break,
            letter => bare.push(letter.to_ascii_lowercase()),
        }
    }
    bare
}

/// True where a format code shows a date or a time.
pub(crate) fn is_date(code: &str) -> bool {
    let bare = bare(code);
    !bare.contains("general")
        && bare
            .chars()
            .any(|letter| matches!(letter, 'y' | 'd' | 'm' | 'h' | 's'))
}

/// How many digits a code of zeros shows at least; 0 where it is no such code.
pub(crate) fn digits(code: &str) -> u8 {
    let bare = bare(code);
    let zeros = bare.chars().filter(|&letter| letter == '0').count();
    let plain = bare
        .chars()
        .all(|letter| matches!(letter, '0' | '#' | ' ' | '-' | '/' | '(' | ')'));
    if plain && (2..=30).contains(&zeros) {
        u8::try_from(zeros).unwrap_or(0)
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn format_codes() {
        let check = |code: &str, date: bool, zeros: u8| {
            assert_eq!((is_date(code), digits(code)), (date, zeros), "{code}");
        };
        check("General", false, 0);
        check("0", false, 0);
        check("0.00", false, 0);
        check("000000000000", false, 12);
        check("0000 0000 0000", false, 12);
        check("[$-42A]000000000000;@", false, 12);
        check("#,##0", false, 0);
        check("dd/mm/yyyy", true, 0);
        check("[$-1010000]d/m/yyyy;@", true, 0);
        check("\"ngày \"dd\" tháng \"mm", true, 0);
        check("[Red]0.0", false, 0);
        check("[h]:mm", true, 0);
        check("0\" đồng\"", false, 0);
        check("\\d0", false, 0);
        check("@", false, 0);
        check("0.00E+00", false, 0);
        check("yyyy", true, 0);
    }
}
