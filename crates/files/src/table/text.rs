//! Text made comparable: Vietnamese in any case, with or without diacritics, composed or decomposed, becomes plain words.
//!
//! In: decoded text. Out: [`Folded`] (lower-case ASCII words and, for each, the marks that were taken off).

use std::sync::LazyLock;

/// Marks that change a letter: `ă` 1, `â ê ô` 2, `ơ ư` 3.
const LETTERS: [(&str, u8, u8); 12] = [
    ("aàảãáạ", b'a', 0),
    ("ăằẳẵắặ", b'a', 1),
    ("âầẩẫấậ", b'a', 2),
    ("eèẻẽéẹ", b'e', 0),
    ("êềểễếệ", b'e', 2),
    ("iìỉĩíị", b'i', 0),
    ("oòỏõóọ", b'o', 0),
    ("ôồổỗốộ", b'o', 2),
    ("ơờởỡớợ", b'o', 3),
    ("uùủũúụ", b'u', 0),
    ("ưừửữứự", b'u', 3),
    ("yỳỷỹýỵ", b'y', 0),
];

/// Tones in the order of [`LETTERS`]: none, grave, hook, tilde, acute, dot.
pub(super) const HOOK: u8 = 2;
pub(super) const TILDE: u8 = 3;
pub(super) const ACUTE: u8 = 4;
pub(super) const DOT: u8 = 5;
/// The mark of `ă`.
pub(super) const BREVE: u8 = 1;
/// The mark of `â ê ô`.
pub(super) const CIRCUMFLEX: u8 = 2;

/// One letter without its marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Letter {
    base: u8,
    quality: u8,
    tone: u8,
    stroke: bool,
}

static LATIN: LazyLock<Vec<Letter>> = LazyLock::new(|| {
    let mut table = vec![Letter::default(); 0x1F00];
    for (row, base, quality) in LETTERS {
        for (tone, lower) in (0u8..).zip(row.chars()) {
            for c in std::iter::once(lower).chain(lower.to_uppercase()) {
                if let Some(slot) = table.get_mut(c as usize) {
                    *slot = Letter {
                        base,
                        quality,
                        tone,
                        stroke: false,
                    };
                }
            }
        }
    }
    // The eth and the African d stand for đ in old files; the carons stand for breves.
    for (c, base, quality, stroke) in [
        ('đ', b'd', 0, true),
        ('Đ', b'd', 0, true),
        ('ð', b'd', 0, true),
        ('Ð', b'd', 0, true),
        ('Ɖ', b'd', 0, true),
        ('ɖ', b'd', 0, true),
        ('ǎ', b'a', 1, false),
        ('Ǎ', b'a', 1, false),
    ] {
        if let Some(slot) = table.get_mut(c as usize) {
            *slot = Letter {
                base,
                quality,
                tone: 0,
                stroke,
            };
        }
    }
    table
});

fn letter(c: char) -> Option<Letter> {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric().then(|| Letter {
            base: (c as u8).to_ascii_lowercase(),
            ..Letter::default()
        });
    }
    let code = u32::from(c);
    if (0xFF10..=0xFF5A).contains(&code) {
        return char::from_u32(code - 0xFEE0).and_then(letter);
    }
    LATIN
        .get(c as usize)
        .copied()
        .filter(|letter| letter.base != 0)
}

/// The base letter of a character, lower case: `Ễ` → `e`; other characters give `None`.
#[inline]
pub(super) fn base(c: char) -> Option<u8> {
    letter(c).map(|letter| letter.base)
}

/// One word of a [`Folded`] text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Token {
    start: usize,
    end: usize,
    /// The mark of the first marked vowel ([`BREVE`], [`CIRCUMFLEX`], 3 horn), 0 without.
    pub(super) quality: u8,
    /// The tone ([`HOOK`] …), 0 without.
    pub(super) tone: u8,
    /// Has a `đ`.
    pub(super) stroke: bool,
    /// Stood in brackets.
    pub(super) bracketed: bool,
}

/// A text as plain words.
#[derive(Clone, Debug, Default)]
pub(super) struct Folded {
    /// The words, lower-case ASCII letters and digits, one space between.
    pub(super) key: String,
    /// Where each word stands in `key`, and its marks.
    pub(super) tokens: Vec<Token>,
    /// Some letter of the text carried a mark: so a word without one means what it says.
    pub(super) marked: bool,
}

impl Folded {
    /// Folds a text. Letters outside Vietnamese and all signs separate words; `fullName` is two words.
    pub(super) fn of(text: &str) -> Self {
        let mut folded = Self {
            key: String::with_capacity(text.len()),
            ..Self::default()
        };
        let mut open: Option<Token> = None;
        let mut depth = 0usize;
        let mut previous = ' ';
        for c in text.chars() {
            if let Some(letter) = letter(c) {
                if previous.is_ascii_lowercase() && c.is_ascii_uppercase() {
                    folded.close(&mut open);
                }
                let token = open.get_or_insert_with(|| {
                    if !folded.key.is_empty() {
                        folded.key.push(' ');
                    }
                    Token {
                        start: folded.key.len(),
                        bracketed: depth > 0,
                        ..Token::default()
                    }
                });
                folded.key.push(char::from(letter.base));
                token.quality = if token.quality == 0 {
                    letter.quality
                } else {
                    token.quality
                };
                token.tone = if token.tone == 0 {
                    letter.tone
                } else {
                    token.tone
                };
                token.stroke |= letter.stroke;
            } else if ('\u{300}'..='\u{36f}').contains(&c) {
                if let Some(token) = open.as_mut() {
                    match c {
                        '\u{300}' | '\u{340}' => token.tone = 1,
                        '\u{309}' => token.tone = HOOK,
                        '\u{303}' => token.tone = TILDE,
                        '\u{301}' | '\u{341}' => token.tone = ACUTE,
                        '\u{323}' => token.tone = DOT,
                        '\u{306}' => token.quality = BREVE,
                        '\u{302}' => token.quality = CIRCUMFLEX,
                        '\u{31b}' => token.quality = 3,
                        _ => {}
                    }
                }
            } else if !matches!(
                c,
                '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}'
            ) {
                folded.close(&mut open);
                match c {
                    '(' | '[' | '{' => depth += 1,
                    ')' | ']' | '}' => depth = depth.saturating_sub(1),
                    _ => {}
                }
            }
            previous = c;
        }
        folded.close(&mut open);
        folded
    }

    fn close(&mut self, open: &mut Option<Token>) {
        if let Some(mut token) = open.take() {
            token.end = self.key.len();
            self.marked |= token.quality > 0 || token.tone > 0 || token.stroke;
            self.tokens.push(token);
        }
    }

    /// How many words.
    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }
    /// The word at an index; empty past the end.
    pub(super) fn word(&self, index: usize) -> &str {
        self.tokens
            .get(index)
            .and_then(|token| self.key.get(token.start..token.end))
            .unwrap_or_default()
    }
    /// The words `from..to` with the spaces between.
    pub(super) fn phrase(&self, from: usize, to: usize) -> &str {
        match (
            self.tokens.get(from),
            to.checked_sub(1).and_then(|last| self.tokens.get(last)),
        ) {
            (Some(first), Some(last)) if from < to => {
                self.key.get(first.start..last.end).unwrap_or_default()
            }
            _ => "",
        }
    }
    /// The words in order.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|index| self.word(index))
    }
    /// The same without its first words.
    pub(super) fn without_first(&self, words: usize) -> Self {
        let skipped = self
            .tokens
            .get(words)
            .map_or(self.key.len(), |token| token.start);
        let tokens = self
            .tokens
            .iter()
            .skip(words)
            .map(|token| Token {
                start: token.start.saturating_sub(skipped),
                end: token.end.saturating_sub(skipped),
                ..*token
            })
            .collect();
        Self {
            key: self.key.get(skipped..).unwrap_or_default().to_owned(),
            tokens,
            marked: self.marked,
        }
    }
    /// True where the words begin with this phrase (whole words).
    pub(super) fn starts_with(&self, phrase: &str) -> bool {
        self.key
            .strip_prefix(phrase)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    }
    /// True where this phrase stands among the words (whole words).
    pub(super) fn contains(&self, phrase: &str) -> bool {
        let mut from = 0;
        while let Some(at) = self.key.get(from..).and_then(|rest| rest.find(phrase)) {
            let (start, end) = (from + at, from + at + phrase.len());
            let bytes = self.key.as_bytes();
            let free = |byte: Option<&u8>| byte.is_none_or(|&byte| byte == b' ');
            if (start == 0 || free(bytes.get(start - 1))) && free(bytes.get(end)) {
                return true;
            }
            from = start + 1;
        }
        false
    }
}

/// FNV-1a over bytes: stable between versions, unlike the hashers of maps.
pub(super) fn hash(state: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(state, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
/// Where [`hash`] begins.
pub(super) const HASH_START: u64 = 0xcbf2_9ce4_8422_2325;

/// Edit distance with transpositions of neighbours, cut off above `limit`.
pub(super) fn distance(left: &str, right: &str, limit: usize) -> Option<usize> {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len().abs_diff(right.len()) > limit {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for (i, &a) in left.iter().enumerate() {
        let mut line = vec![i + 1];
        for (j, &b) in right.iter().enumerate() {
            let get = |line: &[usize], at: usize| line.get(at).copied().unwrap_or(usize::MAX / 2);
            let mut best = (get(&last, j) + usize::from(a != b))
                .min(get(&last, j + 1) + 1)
                .min(get(&line, j) + 1);
            if i > 0 && j > 0 && left.get(i - 1) == Some(&b) && right.get(j - 1) == Some(&a) {
                best = best.min(get(&before, j - 1) + 1);
            }
            line.push(best);
        }
        before = std::mem::replace(&mut last, line);
    }
    last.last().copied().filter(|&found| found <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, key: &str) {
        assert_eq!(Folded::of(text).key, key, "{text}");
    }

    #[test]
    fn folds() {
        check("Họ và tên", "ho va ten");
        check("HỌ VÀ\nTÊN TRẺ EM (1)", "ho va ten tre em 1");
        check("Ngày/tháng/năm sinh", "ngay thang nam sinh");
        check("Ho\u{323} va\u{300} te\u{302}n", "ho va ten");
        check("Ðiện thoại", "dien thoai");
        check("full_name", "full name");
        check("fullName", "full name");
        check("HoVaTen", "ho va ten");
        check("NGàY SINH", "ngay sinh");
        check("ＣＣＣＤ", "cccd");
        check("  ", "");
    }

    #[test]
    fn marks() {
        let year = Folded::of("Năm");
        assert_eq!((year.tokens[0].quality, year.marked), (BREVE, true));
        assert_eq!(Folded::of("na\u{306}m").tokens[0].quality, BREVE);
        assert_eq!(Folded::of("Bố").tokens[0].tone, ACUTE);
        assert!(Folded::of("SĐT").tokens[0].stroke);
        assert!(!Folded::of("Nam").marked);
        assert!(Folded::of("Cha (mẹ)").tokens[1].bracketed);
    }

    #[test]
    fn distances() {
        assert_eq!(distance("hovaten", "hovatne", 2), Some(1));
        assert_eq!(distance("ngaysinh", "ngaysih", 1), Some(1));
        assert_eq!(distance("ngaysinh", "noisinh", 1), None);
        assert!(Folded::of("xa ta rut").contains("ta rut"));
        assert!(!Folded::of("xa ta rut").contains("a ta"));
    }
}
