//! Two texts side by side: which letters both have, and which only one.
//!
//! In: two texts. Out: [`Span`]s of each, by letter with its marks, so that ơ and ở differ as a whole. Texts that have little in common are
//! marked as a whole: scattered letters that happen to agree help nobody. Limits: [`limits::DIFFER_LETTERS`].

use crate::limits;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Span {
    /// The letters.
    pub text: String,
    /// The other text does not have them here.
    pub differs: bool,
}

/// Letters, each with the marks that stand on it.
fn letters(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for c in text.nfc() {
        match out.last_mut() {
            Some(last) if is_combining_mark(c) => last.push(c),
            _ => out.push(c.to_string()),
        }
    }
    out
}

/// Which letters of each stand in both, in one order: the longest such row of letters.
fn common(one: &[String], other: &[String]) -> (Vec<bool>, Vec<bool>) {
    let width = other.len().saturating_add(1);
    // How long the row is from each place on.
    let mut long = vec![0_u16; width.saturating_mul(one.len().saturating_add(1))];
    let at = |row: usize, column: usize| row.saturating_mul(width).saturating_add(column);
    let get =
        |long: &[u16], row: usize, column: usize| long.get(at(row, column)).copied().unwrap_or(0);
    for row in (0..one.len()).rev() {
        for column in (0..other.len()).rev() {
            let best = if one.get(row) == other.get(column) {
                get(&long, row + 1, column + 1).saturating_add(1)
            } else {
                get(&long, row + 1, column).max(get(&long, row, column + 1))
            };
            if let Some(slot) = long.get_mut(at(row, column)) {
                *slot = best;
            }
        }
    }
    let mut runs: Vec<(usize, usize, usize)> = Vec::new();
    let (mut row, mut column) = (0, 0);
    while row < one.len() && column < other.len() {
        if one.get(row) == other.get(column) {
            match runs.last_mut() {
                Some((from, to, length)) if *from + *length == row && *to + *length == column => {
                    *length += 1;
                }
                _ => runs.push((row, column, 1)),
            }
            (row, column) = (row + 1, column + 1);
        } else if get(&long, row + 1, column) >= get(&long, row, column + 1) {
            row += 1;
        } else {
            column += 1;
        }
    }
    // A letter that agrees by itself amid others that do not tells nothing.
    let (mut ours, mut theirs) = (vec![false; one.len()], vec![false; other.len()]);
    for (from, to, length) in runs {
        let begins = from == 0 && to == 0;
        let ends = from + length == one.len() && to + length == other.len();
        if length > 1 || begins || ends {
            let mine = ours.iter_mut().skip(from).take(length);
            for common in mine.chain(theirs.iter_mut().skip(to).take(length)) {
                *common = true;
            }
        }
    }
    (ours, theirs)
}

fn spans(letters: &[String], common: &[bool]) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for (letter, common) in letters.iter().zip(common) {
        match out.last_mut() {
            Some(last) if last.differs != *common => last.text.push_str(letter),
            _ => out.push(Span {
                text: letter.clone(),
                differs: !common,
            }),
        }
    }
    out
}

fn whole(text: &str, differs: bool) -> Vec<Span> {
    if text.is_empty() {
        return Vec::new();
    }
    vec![Span {
        text: text.to_owned(),
        differs,
    }]
}

/// The two texts in pieces: those they share, and those that differ. Where one is empty, nothing is marked: missing is not wrong.
pub fn differ(one: &str, other: &str) -> [Vec<Span>; 2] {
    let (ours, theirs) = (letters(one), letters(other));
    if ours == theirs || ours.is_empty() || theirs.is_empty() {
        return [whole(one, false), whole(other, false)];
    }
    if ours.len().max(theirs.len()) > limits::DIFFER_LETTERS {
        return [whole(one, true), whole(other, true)];
    }
    let (mine, its) = common(&ours, &theirs);
    let shared = mine.iter().filter(|common| **common).count();
    if shared.saturating_mul(5) < ours.len().max(theirs.len()).saturating_mul(2) {
        return [whole(one, true), whole(other, true)];
    }
    [spans(&ours, &mine), spans(&theirs, &its)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What differs in brackets.
    fn shown(spans: &[Span]) -> String {
        spans
            .iter()
            .map(|span| {
                if span.differs {
                    format!("[{}]", span.text)
                } else {
                    span.text.clone()
                }
            })
            .collect()
    }

    fn check(one: &str, other: &str, expected: [&str; 2]) {
        let both = differ(one, other);
        assert_eq!(both.each_ref().map(|spans| shown(spans)), expected);
        let back = differ(other, one);
        let turned: Vec<String> = back.iter().rev().map(|spans| shown(spans)).collect();
        assert_eq!(
            turned
                .iter()
                .map(|text| text.replace(['[', ']'], ""))
                .collect::<Vec<_>>(),
            [one, other]
        );
    }

    #[test]
    fn letters_that_differ_are_marked() {
        check("Hồ Thị Mơ", "Hồ Thị Mở", ["Hồ Thị M[ơ]", "Hồ Thị M[ở]"]);
        check("Hồ Thị Mơ", "Hồ Thị Mơ", ["Hồ Thị Mơ", "Hồ Thị Mơ"]);
        check("12/03/2015", "12/03/2016", ["12/03/201[5]", "12/03/201[6]"]);
        check(
            "Nguyễn Thảo",
            "Nguyễn Thị Thảo",
            ["Nguyễn Thảo", "Nguyễn Th[ị Th]ảo"],
        );
        check(
            "Hồ Văn An",
            "Trần Quốc Bảo",
            ["[Hồ Văn An]", "[Trần Quốc Bảo]"],
        );
        check("A Đăng", "A Pun", ["[A Đăng]", "[A Pun]"]);
        check(
            "Thôn A Đăng",
            "Thôn A Pun",
            ["Thôn A [Đăng]", "Thôn A [Pun]"],
        );
        check("Hồ Thị Sen", "Hồ Thị Sơn", ["Hồ Thị S[e]n", "Hồ Thị S[ơ]n"]);
        check("", "0912345678", ["", "0912345678"]);
        check("", "", ["", ""]);
    }

    #[test]
    fn a_letter_and_its_marks_are_one() {
        let both = differ("Mo\u{31b}\u{309}", "Mơ");
        assert_eq!(shown(&both[0]), "M[ở]");
        let long = "a".repeat(limits::DIFFER_LETTERS + 1);
        assert!(differ(&long, "a")[0][0].differs);
    }

    proptest! {
        #[test]
        fn nothing_is_lost(one in "[a-dơởồ /]{0,30}", other in "[a-dơởồ /]{0,30}") {
            for (spans, text) in differ(&one, &other).iter().zip([&one, &other]) {
                let back: String = spans.iter().map(|span| span.text.as_str()).collect();
                prop_assert_eq!(&back, text);
            }
            let [ours, theirs] = differ(&one, &other);
            let same = |spans: &[Span]| spans.iter().filter(|span| !span.differs).map(|span| span.text.clone()).collect::<String>();
            if !one.is_empty() && !other.is_empty() {
                prop_assert_eq!(same(&ours), same(&theirs));
            }
        }
    }
}
