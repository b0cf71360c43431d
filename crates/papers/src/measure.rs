//! How wide letters are, and so how many lines a text takes: known without typesetting, and the same for both outputs.
//!
//! In: words, their size, the room. Out: millimetres and lines. The widths are those of Liberation Serif, which are those of Times New
//! Roman (`data/widths.tsv`, made by `scripts/papers/widths.py`; a test compares them with the fonts).

use std::{collections::HashMap, sync::LazyLock};

use crate::document::Span;

/// Millimetres of one point.
pub const MM_PER_PT: f32 = 25.4 / 72.0;

/// From line to line, as a part of the size of the letters: what Times New Roman asks for itself.
pub const LINE: f32 = 1.15;

/// Unit of `widths.tsv`.
const UNITS_PER_EM: f32 = 2048.0;

/// What a line is made longer by before it is compared with its room: rounding here and there must not make one line of two.
const CARE: f32 = 1.01;

/// Widths of every printable letter, upright and bold.
static WIDTHS: LazyLock<HashMap<char, [u16; 2]>> = LazyLock::new(|| {
    include_str!("../data/widths.tsv")
        .lines()
        .filter_map(|line| {
            let mut parts = line.split('\t');
            let letter = char::from_u32(u32::from_str_radix(parts.next()?, 16).ok()?)?;
            Some((
                letter,
                [parts.next()?.parse().ok()?, parts.next()?.parse().ok()?],
            ))
        })
        .collect()
});

/// Whether the fonts have `letter` and it may be printed.
pub fn has(letter: char) -> bool {
    WIDTHS.contains_key(&letter)
}

/// Letters that can be printed, with their widths upright and bold in 1/2048 of the size. In no order.
pub fn letters() -> impl Iterator<Item = (char, [u16; 2])> {
    WIDTHS.iter().map(|(letter, widths)| (*letter, *widths))
}

/// Width of `text` in millimetres at `size_pt`.
pub fn width_mm(text: &str, size_pt: f32, bold: bool) -> f32 {
    let units: f32 = text
        .chars()
        .map(|letter| {
            f32::from(
                WIDTHS
                    .get(&letter)
                    .map_or(2048, |widths| widths[usize::from(bold)]),
            )
        })
        .sum();
    units / UNITS_PER_EM * size_pt * MM_PER_PT
}

/// Millimetres from line to line at `size_pt`.
pub fn line_mm(size_pt: f32) -> f32 {
    size_pt * LINE * MM_PER_PT
}

/// Lines that `spans` take in `room_mm`, the first of them shorter by `indent_mm`; at least one. A word wider than the room is broken
/// where it must be.
pub fn lines(spans: &[Span], size_pt: f32, room_mm: f32, indent_mm: f32) -> usize {
    let room = room_mm.max(1.0) / CARE;
    let mut lines = 1_usize;
    let mut filled = indent_mm.max(0.0);
    let mut word = 0.0_f32;
    let mut gap = 0.0_f32;
    let mut put = |word: &mut f32, gap: &mut f32| {
        if *word <= 0.0 {
            return;
        }
        if filled > 0.0 && filled + *gap + *word > room {
            lines += 1;
            filled = 0.0;
            *gap = 0.0;
        }
        filled += *gap + *word;
        while filled > room {
            lines += 1;
            // A letter that does not fit whole leaves a rest: no more than a wide letter.
            filled -= (room - size_pt * MM_PER_PT).max(room * 0.5);
        }
        *word = 0.0;
        *gap = 0.0;
    };
    for span in spans {
        let size = if span.raised { size_pt * 0.65 } else { size_pt };
        for letter in span.words.as_str().chars() {
            let width = f32::from(
                WIDTHS
                    .get(&letter)
                    .map_or(2048, |widths| widths[usize::from(span.bold)]),
            ) / UNITS_PER_EM
                * size
                * MM_PER_PT;
            if letter == ' ' {
                put(&mut word, &mut gap);
                gap += width;
            } else {
                word += width;
            }
        }
    }
    put(&mut word, &mut gap);
    lines
}

/// `text` with a place to break (U+200B) in every word wider than `room_mm`, so that it cannot run out of its cell.
pub fn breakable(text: &str, size_pt: f32, bold: bool, room_mm: f32) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, word) in text.split(' ').enumerate() {
        if at > 0 {
            out.push(' ');
        }
        if width_mm(word, size_pt, bold) * CARE <= room_mm {
            out.push_str(word);
            continue;
        }
        for (at, letter) in word.chars().enumerate() {
            // A mark that sits on a letter stays with it.
            if at > 0 && WIDTHS.get(&letter).is_none_or(|widths| widths[0] > 0) {
                out.push('\u{200b}');
            }
            out.push(letter);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Span;

    /// All letters of Vietnamese, in both cases.
    pub const VIETNAMESE: &str =
        "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ";

    #[test]
    fn every_vietnamese_letter_has_a_width() {
        for letter in VIETNAMESE.chars().chain(VIETNAMESE.to_uppercase().chars()) {
            assert!(width_mm(&letter.to_string(), 10.0, false) > 0.5, "{letter}");
        }
        for sign in
            "₫□–—…·“”‘’₁²³½№§°\u{300}\u{301}\u{302}\u{303}\u{306}\u{309}\u{31b}\u{323}".chars()
        {
            assert!(has(sign), "{:04X}", u32::from(sign));
        }
    }

    #[test]
    fn lines_are_counted() {
        let line = |text: &str, room: f32| lines(&[Span::plain(text)], 10.0, room, 0.0);
        assert_eq!(line("", 20.0), 1);
        assert_eq!(line("Hồ Thị Mơ", 40.0), 1);
        assert_eq!(line("Hồ Thị Mơ", 12.0), 2);
        assert_eq!(line("Hồ Thị Mơ", 7.0), 3);
        assert!(
            (20..=34).contains(&line(&"m".repeat(200), 24.0)),
            "{}",
            line(&"m".repeat(200), 24.0)
        );
        assert_eq!(lines(&[Span::plain("Hồ Thị Mơ")], 10.0, 20.0, 12.0), 2);
    }

    #[test]
    fn only_what_is_too_wide_is_broken() {
        assert_eq!(breakable("Hồ Thị Mơ", 10.0, false, 8.0), "Hồ Thị Mơ");
        assert_eq!(
            breakable("mmmm a", 10.0, false, 8.0),
            "m\u{200b}m\u{200b}m\u{200b}m a"
        );
    }
}
