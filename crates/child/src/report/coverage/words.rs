//! The words of the coverage report: figures as the administration writes them, headings without diacritics, remarks on digits.
//!
//! In: figures and texts. Out: Vietnamese.

use crate::texts::grouped;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case without diacritics, words apart by one space: what headings are compared by.
pub(super) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfd() {
        if is_combining_mark(c) {
            continue;
        }
        for c in c.to_lowercase() {
            match c {
                'đ' | 'ð' => out.push('d'),
                c if c.is_alphanumeric() || matches!(c, '%' | '#') => out.push(c),
                _ => {
                    if !out.ends_with(' ') {
                        out.push(' ');
                    }
                }
            }
        }
    }
    out.trim().to_owned()
}

/// `26847` → `26.847`.
pub(super) fn whole(value: i64) -> String {
    let sign = if value < 0 { "-" } else { "" };
    format!("{sign}{}", grouped(value.unsigned_abs()))
}

/// Hundredths → `62,05`.
pub(super) fn percent(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let value = hundredths.unsigned_abs();
    format!(
        "{sign}{},{:02}",
        whole(i64::try_from(value / 100).unwrap_or(i64::MAX)),
        value % 100
    )
}

/// How a hand or an eye turns one number into the other, where one slip of it suffices; and whether that is so.
pub(super) fn digits_remark(printed: i64, other: i64) -> Option<&'static str> {
    if printed == other {
        return None;
    }
    if printed.checked_neg() == Some(other) {
        return Some("khác dấu");
    }
    let (a, b) = (
        printed.unsigned_abs().to_string().into_bytes(),
        other.unsigned_abs().to_string().into_bytes(),
    );
    if a.len() == b.len() {
        let differing: Vec<usize> = a
            .iter()
            .zip(&b)
            .enumerate()
            .filter(|(_, (x, y))| x != y)
            .map(|(index, _)| index)
            .collect();
        return match *differing.as_slice() {
            [_] => Some("chỉ khác một chữ số"),
            [first, second] if a.get(first) == b.get(second) && a.get(second) == b.get(first) => {
                Some("đảo chữ số")
            }
            _ => None,
        };
    }
    let (long, short, remark) = if a.len() > b.len() {
        (&a, &b, "thừa một chữ số")
    } else {
        (&b, &a, "thiếu một chữ số")
    };
    if long.len() != short.len() + 1 {
        return None;
    }
    let same = long.iter().zip(short).take_while(|(x, y)| x == y).count();
    (long.get(same + 1..) == short.get(same..)).then_some(remark)
}

/// Names in a sentence: "A", "A và B", "A, B và 3 đơn vị khác".
pub(super) fn listed(names: &[&str]) -> String {
    const SHOWN: usize = 5;
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [head @ .., last] if names.len() <= SHOWN => format!("{} và {last}", head.join(", ")),
        _ => format!(
            "{} và {} đơn vị khác",
            names
                .iter()
                .take(SHOWN - 1)
                .copied()
                .collect::<Vec<_>>()
                .join(", "),
            names.len() + 1 - SHOWN
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_as_offices_do() {
        assert_eq!(
            [whole(0), whole(100), whole(26_847), whole(-1_187_288)],
            ["0", "100", "26.847", "-1.187.288"]
        );
        assert_eq!(
            [percent(6205), percent(10_000), percent(-7), percent(0)],
            ["62,05", "100,00", "-0,07", "0,00"]
        );
    }

    #[test]
    fn headings_are_folded() {
        assert_eq!(
            fold("  Tỷ lệ\nTRẺ EM – Đã nhập (%) "),
            "ty le tre em da nhap %"
        );
        assert_eq!(fold("Ty\u{0309} lê\u{0323}"), "ty le");
    }

    #[test]
    fn slips_of_the_hand_are_named() {
        #[track_caller]
        fn check(printed: i64, other: i64, expect: Option<&str>) {
            assert_eq!(digits_remark(printed, other), expect, "{printed} {other}");
        }
        check(10_190, 10_197, Some("chỉ khác một chữ số"));
        check(10_190, 10_910, Some("đảo chữ số"));
        check(1_019, 10_190, Some("thiếu một chữ số"));
        check(100, 10, Some("thừa một chữ số"));
        check(50_006, 50_013, None);
        check(5, -5, Some("khác dấu"));
        check(7, 7, None);
    }
}
