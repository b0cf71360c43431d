//! Words of a short text under two keys, for looking names up in closed lists.
//!
//! In: a name, an address, a title line. Out: [`Words`]: each word with its place in the text, what stands before it, and two
//! keys that run on from word to word, so that `Đakrông` and `Đa Krông` meet.

use super::syllable::{base_char, fold_syllable};
use crate::limits;

/// What stands between a word and the one before it, from the least to the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    /// Nothing: letters change to digits (`KP3`).
    Glued,
    /// Spaces.
    Space,
    /// A full stop (`P.1`, `TT. Khe Sanh`).
    Dot,
    /// A hyphen or underscore without spaces, a slash between digits.
    Hyphen,
    /// A comma, semicolon, bracket, line break, dash between spaces; the start of the text.
    Cut,
}

/// One word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// Where it stands in the text, in bytes.
    pub(crate) start: usize,
    /// Where it ends.
    pub(crate) end: usize,
    /// What stands before it.
    pub(crate) gap: Gap,
    /// Digits only.
    pub(crate) number: bool,
    toned: (usize, usize),
    plain: (usize, usize),
}

/// A text in words.
#[derive(Clone)]
pub(crate) struct Words<'t> {
    text: &'t str,
    list: Vec<Word>,
    toned: String,
    plain: String,
    marked: bool,
}

impl<'t> Words<'t> {
    /// Takes a text apart; what comes after [`limits::LOOKUP_WORDS`] words is not looked at.
    pub(crate) fn new(text: &'t str) -> Self {
        let mut all = Self {
            text,
            list: Vec::with_capacity(12),
            toned: String::with_capacity(text.len() + 8),
            plain: String::with_capacity(text.len()),
            marked: false,
        };
        let mut gap = Gap::Cut;
        let mut start: Option<usize> = None;
        let mut digits = false;
        let mut chars = text.char_indices().peekable();
        let mut before = ' ';
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map_or(' ', |(_, next)| *next);
            let inside = c.is_alphanumeric()
                || is_mark(c)
                || (is_apostrophe(c) && start.is_some() && !digits && next.is_alphabetic());
            if inside {
                let digit = c.is_ascii_digit();
                match start {
                    Some(from) if digit != digits && !is_mark(c) => {
                        all.push(from, at, gap, digits);
                        gap = Gap::Glued;
                        start = Some(at);
                        digits = digit;
                    }
                    Some(_) => {}
                    None => {
                        start = Some(at);
                        digits = digit;
                    }
                }
            } else {
                if let Some(from) = start.take() {
                    all.push(from, at, gap, digits);
                    gap = Gap::Glued;
                }
                gap = gap.max(gap_of(c, before, next));
            }
            before = c;
            if all.list.len() >= limits::LOOKUP_WORDS {
                return all;
            }
        }
        if let Some(from) = start {
            all.push(from, text.len(), gap, digits);
        }
        all
    }

    fn push(&mut self, start: usize, end: usize, gap: Gap, number: bool) {
        let Some(word) = self.text.get(start..end) else {
            return;
        };
        let (toned, plain) = (self.toned.len(), self.plain.len());
        if number {
            let bare = word.trim_start_matches('0');
            let bare = if bare.is_empty() { "0" } else { bare };
            self.toned.push_str(bare);
            self.plain.push_str(bare);
        } else {
            let folded = fold_syllable(word);
            self.plain.extend(
                folded
                    .chars()
                    .filter(|c| !c.is_ascii_digit())
                    .map(base_char),
            );
            self.marked |= !folded.is_ascii() || folded.bytes().any(|byte| byte.is_ascii_digit());
            self.toned.push_str(&folded);
        }
        if self.plain.len() > plain {
            self.list.push(Word {
                start,
                end,
                gap,
                number,
                toned: (toned, self.toned.len()),
                plain: (plain, self.plain.len()),
            });
        }
    }

    /// How many words.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// True where the text has a letter with a mark, so that a letter without one means what it says.
    pub(crate) fn is_marked(&self) -> bool {
        self.marked
    }

    /// What stands before a word; a cut outside the text.
    pub(crate) fn gap(&self, index: usize) -> Gap {
        self.list.get(index).map_or(Gap::Cut, |word| word.gap)
    }

    /// True for a word of digits only.
    pub(crate) fn is_number(&self, index: usize) -> bool {
        self.list.get(index).is_some_and(|word| word.number)
    }

    /// The key of words `from..to` run together, with quality and tone: `Tà Rụt` → `ta1rut5`. Tone placement and i / y do
    /// not matter.
    pub(crate) fn toned(&self, from: usize, to: usize) -> &str {
        self.span(from, to, |word| word.toned)
            .and_then(|(start, end)| self.toned.get(start..end))
            .unwrap_or("")
    }

    /// The key of words `from..to` run together, without any mark: `Tà Rụt` → `tarut`.
    pub(crate) fn plain(&self, from: usize, to: usize) -> &str {
        self.span(from, to, |word| word.plain)
            .and_then(|(start, end)| self.plain.get(start..end))
            .unwrap_or("")
    }

    /// The text of words `from..to` as written.
    pub(crate) fn written(&self, from: usize, to: usize) -> &'t str {
        self.span(from, to, |word| (word.start, word.end))
            .and_then(|(start, end)| self.text.get(start..end))
            .unwrap_or("")
    }

    /// True where no cut lies inside words `from..to`.
    pub(crate) fn is_whole(&self, from: usize, to: usize) -> bool {
        from < to
            && to <= self.len()
            && self
                .list
                .get(from + 1..to)
                .is_some_and(|words| words.iter().all(|word| word.gap < Gap::Cut))
    }

    fn span(
        &self,
        from: usize,
        to: usize,
        part: impl Fn(&Word) -> (usize, usize),
    ) -> Option<(usize, usize)> {
        let (first, last) = (self.list.get(from)?, self.list.get(to.checked_sub(1)?)?);
        Some((part(first).0, part(last).1))
    }
}

/// The two keys of a name run together: with marks, and without.
pub(crate) fn keys(name: &str) -> (String, String) {
    let words = Words::new(name);
    (
        words.toned(0, words.len()).to_owned(),
        words.plain(0, words.len()).to_owned(),
    )
}

/// True where a written name only lacks marks of the true one, or swaps hỏi and ngã (which many speakers do not tell apart):
/// `Triêu Đại`, `Trieu Dai` for `Triệu Đại`, not `Triệu Đái`. Takes keys of [`Words::toned`] whose plain keys are equal.
pub(crate) fn lacks_marks_only(written: &str, known: &str) -> bool {
    let mut tones = known.chars().filter(char::is_ascii_digit);
    let letters = |key: &'_ str| {
        key.chars()
            .filter(|c| !c.is_ascii_digit())
            .collect::<Vec<_>>()
    };
    let (left, right) = (letters(written), letters(known));
    left.len() == right.len()
        && left
            .iter()
            .zip(&right)
            .all(|(left, right)| left == right || *left == base_char(*right))
        && written.chars().filter(char::is_ascii_digit).all(|tone| {
            tones.any(|known| known == tone || matches!((known, tone), ('3', '4') | ('4', '3')))
        })
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '′')
}

fn gap_of(c: char, before: char, next: char) -> Gap {
    match c {
        '.' => Gap::Dot,
        '\n' | '\r' => Gap::Cut,
        c if c.is_whitespace() => Gap::Space,
        '-' | '‐' | '‑' | '–' | '—' if before.is_whitespace() || next.is_whitespace() => {
            Gap::Cut
        }
        '-' | '‐' | '‑' | '–' | '—' | '_' => Gap::Hyphen,
        '/' | '\\' if before.is_ascii_digit() && next.is_ascii_digit() => Gap::Hyphen,
        ',' | ';' | ':' | '|' | '(' | ')' | '[' | ']' | '/' | '\\' | '+' | '&' | '"' | '“'
        | '”' | '…' | '•' | '→' | '>' | '<' => Gap::Cut,
        _ => Gap::Glued,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, toned: &str, plain: &str) {
        assert_eq!(keys(text), (toned.to_owned(), plain.to_owned()), "{text}");
    }

    #[test]
    fn keys_of_names() {
        check("Tà Rụt", "ta1rut5", "tarut");
        check("Đakrông", "đakrông", "dakrong");
        check("ĐA  KRÔNG", "đakrông", "dakrong");
        check("Ða Krông", "đakrông", "dakrong");
        check("Vĩnh Hoà", "vinh4hoa1", "vinhhoa");
        check("Vi\u{303}nh Ho\u{300}a", "vinh4hoa1", "vinhhoa");
        check("Cam Thuỷ", "camthuy3", "camthuy");
        check("Hải Quí", "hai3qui2", "haiqui");
        check("Gio Mĩ", "giomi4", "giomi");
        check("Gio Mỹ", "giomi4", "giomi");
        check("H'Mông", "hmông", "hmong");
        check("P.01", "p1", "p1");
        check("…", "", "");
    }

    #[test]
    fn gaps() {
        let gaps = |text: &str| {
            let words = Words::new(text);
            (0..words.len()).map(|at| words.gap(at)).collect::<Vec<_>>()
        };
        assert_eq!(gaps("KP3, P.1"), [Gap::Cut, Gap::Glued, Gap::Cut, Gap::Dot]);
        assert_eq!(
            gaps("A Đăng - Tà_Rụt"),
            [Gap::Cut, Gap::Space, Gap::Cut, Gap::Hyphen]
        );
    }

    #[test]
    fn missing_marks() {
        let lacks = |written: &str, known: &str| lacks_marks_only(&keys(written).0, &keys(known).0);
        for (written, known) in [
            ("Trieu Dai", "Triệu Đại"),
            ("Triêu Đại", "Triệu Đại"),
            ("Lao Bão", "Lao Bảo"),
            ("ADoi", "A Dơi"),
        ] {
            assert!(lacks(written, known), "{written}");
        }
        for (written, known) in [
            ("Triệu Đái", "Triệu Đại"),
            ("Thành", "Thanh"),
            ("A Đơi", "A Dơi"),
        ] {
            assert!(!lacks(written, known), "{written}");
        }
    }
}
