//! Capitals that TCVN3 loses: the code has no capitals with a tone, so `NGUYỄN` comes out as `NGUYễN`.
//!
//! In: a decoded text. Out: the same, with the capitals its other letters ask for.

use std::borrow::Cow;

use crate::normalise::syllable::toneless_char;

/// Puts back the capitals TCVN3 cannot hold: where all other letters of a word (or of the whole text) are capitals, the
/// small letters above ASCII in it become capitals (`NGUYễN` → `NGUYỄN`, `Đỗ HữU` → `ĐỖ HỮU`); and a capital vowel written
/// as its plain capital and the small toned letter (`Aánh` → `Ánh`) becomes one, at the start of a word or among capitals.
/// Does not make title case of a name. Borrows where there is nothing to do.
pub fn repair_case(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let text = fold_double_vowels(text);
    let whole = case_of(&text);
    if !whole.shouted || !whole.small_other {
        return text;
    }
    if !whole.small_ascii {
        return Cow::Owned(upper(&text));
    }
    if !text.split(is_break).map(case_of).any(Case::to_be_raised) {
        return text;
    }
    let mut repaired = String::with_capacity(text.len());
    let mut rest: &str = &text;
    while !rest.is_empty() {
        let end = rest.find(is_break).unwrap_or(rest.len());
        let (word, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        if case_of(word).to_be_raised() {
            repaired.push_str(&upper(word));
        } else {
            repaired.push_str(word);
        }
        let mut breaks = after.chars();
        if let Some(c) = breaks.next() {
            repaired.push(c);
        }
        rest = breaks.as_str();
    }
    Cow::Owned(repaired)
}

fn is_break(c: char) -> bool {
    !c.is_alphabetic()
}

fn upper(text: &str) -> String {
    text.chars().flat_map(char::to_uppercase).collect()
}

#[derive(Clone, Copy, Default)]
struct Case {
    /// A capital stands after the first letter of a word.
    shouted: bool,
    /// A small ASCII letter: its case was never lost.
    small_ascii: bool,
    /// A small letter above ASCII: TCVN3 may have lost its capital.
    small_other: bool,
}

impl Case {
    fn to_be_raised(self) -> bool {
        self.shouted && !self.small_ascii && self.small_other
    }
}

fn case_of(text: &str) -> Case {
    let mut case = Case::default();
    let mut inside = false;
    for c in text.chars() {
        if c.is_uppercase() {
            case.shouted |= inside;
        } else if c.is_ascii_lowercase() {
            case.small_ascii = true;
        } else if c.is_lowercase() {
            case.small_other = true;
        }
        inside = c.is_alphabetic();
    }
    case
}

/// `Aá` → `Á`: the way some converters write a capital with a tone.
fn fold_double_vowels(text: &str) -> Cow<'_, str> {
    let (mut before, mut capital) = ('A', ' ');
    let any = text.chars().any(|c| {
        let found = is_doubled(before, capital, c);
        (before, capital) = (capital, c);
        found
    });
    if !any {
        return Cow::Borrowed(text);
    }
    let mut folded = String::with_capacity(text.len());
    let (mut before, mut capital) = ('A', ' ');
    for c in text.chars() {
        if is_doubled(before, capital, c) {
            folded.pop();
            folded.extend(c.to_uppercase());
        } else {
            folded.push(c);
        }
        (before, capital) = (capital, c);
    }
    Cow::Owned(folded)
}

/// A capital vowel and the same small vowel with a tone, at the start of a word or among capitals.
fn is_doubled(before: char, capital: char, toned: char) -> bool {
    if toned.is_ascii() || !capital.is_uppercase() || !toned.is_lowercase() {
        return false;
    }
    let plain = toneless_char(toned);
    plain != toned
        && capital.to_lowercase().eq([plain])
        && (is_break(before) || before.is_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, repaired: &str) {
        assert_eq!(repair_case(text), repaired, "{text}");
    }

    #[test]
    fn capitals_come_back() {
        check("NGUYễN VĂN ĐứC", "NGUYỄN VĂN ĐỨC");
        check("Đỗ HữU VIệT QUốC", "ĐỖ HỮU VIỆT QUỐC");
        check("VĩNH BửU", "VĨNH BỬU");
        check("NGUYễN Văn Đức", "NGUYỄN Văn Đức");
        check("HồNG áNH", "HỒNG ÁNH");
        check("Mẹ: TRầN THị ấM", "MẸ: TRẦN THỊ ẤM");
        check("Bà TRầN THị ấM, ở Huế", "Bà TRẦN THỊ ẤM, ở Huế");
    }

    #[test]
    fn names_in_title_case_stay() {
        for text in [
            "Vũ Bá Ý",
            "Tú",
            "Võ Tú",
            "Nguyễn Đức",
            "Đỗ Lê",
            "Phạm Thị ánh",
            "H' Hoa",
            "à",
            "ễ",
            "Nguyen",
            "NGUYEN",
            "Hồ Pả",
            "Y Blốc",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn doubled_vowels_are_one() {
        check("Aánh", "Ánh");
        check("Phạm Thị Aánh", "Phạm Thị Ánh");
        check("HOAàNG", "HOÀNG");
        check("Âấm", "Ấm");
        check("Êế", "Ế");
        check("Hoàng", "Hoàng");
    }
}
