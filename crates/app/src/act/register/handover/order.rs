//! The order in which one walks: hamlet, then address, then name, with numbers as numbers (Thôn 2 before Thôn 10).
//!
//! In: texts as people write them. Out: a key that sorts.

use treem_child::normalise::syllable::ascii_fold;

/// A piece of a text: what is no digit, or a number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Piece {
    /// A number, with its digits for those that are too long.
    Number(u64, String),
    /// The rest, folded.
    Text(String),
}

/// A text in pieces that sort as people count.
pub fn natural(text: &str) -> Vec<Piece> {
    let folded = ascii_fold(text.trim());
    let mut out: Vec<Piece> = Vec::new();
    let mut held = String::new();
    let mut digits = false;
    let mut put = |held: &mut String, digits: bool| {
        let text = std::mem::take(held);
        if !text.is_empty() {
            out.push(if digits {
                Piece::Number(text.parse().unwrap_or(u64::MAX), text)
            } else {
                Piece::Text(text)
            });
        }
    };
    for c in folded.chars() {
        if c.is_ascii_digit() != digits {
            put(&mut held, digits);
            digits = c.is_ascii_digit();
        }
        held.push(c);
    }
    put(&mut held, digits);
    out
}

#[cfg(test)]
mod tests {
    use super::natural;

    #[test]
    fn numbers_count() {
        let mut walked = ["Thôn 10", "thôn 2", "A Đăng", "Thôn 2b", "Thôn 02", ""];
        walked.sort_by_key(|text| natural(text));
        assert_eq!(
            walked,
            ["", "A Đăng", "Thôn 02", "thôn 2", "Thôn 2b", "Thôn 10"]
        );
    }
}
