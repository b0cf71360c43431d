//! The encoding of a text file.
//!
//! In: bytes. Out: [`Encoding`], and UTF-8. Single-byte files are handed out as their Windows-1252 characters, as Excel
//! would show them: TCVN3, VNI and the like are recognised later, column by column.

use crate::read::ReadError;
use std::borrow::Cow;

/// How the characters of a text file are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    Cp1258,
    Byte,
}

/// Bytes of Windows-1258 that are marks on the letter before them: grave, hook, tilde, acute, dot.
const MARKS: [u8; 5] = [0xcc, 0xd2, 0xde, 0xec, 0xf2];
/// Bytes of Windows-1258 that are Vietnamese letters (the marks apart).
const LETTERS: &[u8] =
    b"\xc0\xc1\xc2\xc3\xc8\xc9\xca\xcd\xd0\xd3\xd4\xd5\xd9\xda\xdd\xe0\xe1\xe2\xe3\xe8\xe9\xea\xed\xf0\xf3\xf4\xf5\xf9\xfa\xfd";
/// Bytes of Windows-1258 that are vowels without a tone.
const VOWELS: &[u8] = b"aeiouyAEIOUY\xc2\xc3\xca\xd4\xd5\xdd\xe2\xe3\xea\xf4\xf5\xfd";

impl Encoding {
    /// Decides by the head of a file; `whole`: the head is the whole file. `None`: these bytes are no text.
    ///
    /// Errors: `Empty` where there is nothing but blanks.
    pub(crate) fn of(head: &[u8], whole: bool) -> Result<Option<Self>, ReadError> {
        let encoding = Self::guess(head, whole);
        if let Some(encoding) = encoding
            && whole
            && encoding.text(head).chars().all(|letter| {
                letter.is_whitespace() || matches!(letter, '\0' | '\u{feff}' | '\u{1a}')
            })
        {
            return Err(ReadError::Empty);
        }
        Ok(encoding)
    }

    fn guess(head: &[u8], whole: bool) -> Option<Self> {
        if head.starts_with(&[0xff, 0xfe]) {
            return Some(Self::Utf16Le);
        }
        if head.starts_with(&[0xfe, 0xff]) {
            return Some(Self::Utf16Be);
        }
        let sample = head.get(..head.len().min(1 << 14)).unwrap_or(head);
        let zeros = |odd: usize| {
            sample
                .iter()
                .skip(odd)
                .step_by(2)
                .filter(|&&byte| byte == 0)
                .count()
        };
        let (even, odd, pairs) = (zeros(0), zeros(1), sample.len() / 2);
        if pairs > 0 && odd * 4 > pairs && even * 50 < pairs {
            return Some(Self::Utf16Le);
        }
        if pairs > 0 && even * 4 > pairs && odd * 50 < pairs {
            return Some(Self::Utf16Be);
        }
        if head
            .iter()
            .all(|byte| byte.is_ascii_whitespace() || *byte == 0)
        {
            return Some(Self::Utf8);
        }
        // VPS and VISCII use a few control codes as letters, so some are borne.
        let nothing = memchr::memchr_iter(0, sample).count();
        let control = sample
            .iter()
            .filter(|&&byte| byte < 32 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1a))
            .count();
        if nothing * 1_000 > sample.len() || control * 20 > sample.len() {
            return None;
        }
        let (mut sound, mut broken) = (0_usize, 0_usize);
        for piece in head.utf8_chunks() {
            sound += piece
                .valid()
                .chars()
                .filter(|letter| !letter.is_ascii())
                .count();
            broken += piece.invalid().len();
        }
        if !whole && std::str::from_utf8(head).is_err_and(|error| error.error_len().is_none()) {
            broken = 0;
        }
        if broken == 0 || sound >= broken.saturating_mul(4) {
            return Some(Self::Utf8);
        }
        Some(if is_cp1258(head) {
            Self::Cp1258
        } else {
            Self::Byte
        })
    }

    /// As it is shown to people.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
            Self::Cp1258 => "Windows-1258",
            Self::Byte => "1 byte (TCVN3, VNI, …)",
        }
    }

    /// A fresh decoder; `None` where there is nothing to decode.
    pub(crate) fn decoder(self) -> Option<Decoder> {
        let inner = match self {
            Self::Utf8 => return None,
            Self::Utf16Le => encoding_rs::UTF_16LE,
            Self::Utf16Be => encoding_rs::UTF_16BE,
            Self::Cp1258 => encoding_rs::WINDOWS_1258,
            Self::Byte => encoding_rs::WINDOWS_1252,
        };
        Some(Decoder {
            inner: inner.new_decoder_without_bom_handling(),
            compose: self == Self::Cp1258,
            base: None,
            text: String::new(),
        })
    }

    /// The text of the head of a file, without its byte order mark.
    pub(crate) fn text(self, head: &[u8]) -> String {
        let text = match self.decoder() {
            None => String::from_utf8_lossy(head).into_owned(),
            Some(mut decoder) => {
                let mut bytes = Vec::new();
                decoder.decode(head, &mut bytes, true);
                String::from_utf8_lossy(&bytes).into_owned()
            }
        };
        text.strip_prefix('\u{feff}')
            .map(str::to_owned)
            .unwrap_or(text)
    }
}

/// True where the bytes above ASCII make sense as Vietnamese in Windows-1258: marks stand behind vowels, and there is nothing
/// else. TCVN3 and VNI use dozens of bytes that are no Vietnamese letter here.
fn is_cp1258(bytes: &[u8]) -> bool {
    let (mut marks, mut loose, mut letters, mut others) = (0_usize, 0_usize, 0_usize, 0_usize);
    let mut before = 0_u8;
    for &byte in bytes {
        if MARKS.contains(&byte) {
            if VOWELS.contains(&before) {
                marks += 1;
            } else {
                loose += 1;
            }
        } else if byte >= 0x80 {
            if LETTERS.contains(&byte) {
                letters += 1;
            } else {
                others += 1;
            }
        }
        before = byte;
    }
    // Typographic quotes and dashes are borne among many letters.
    marks >= 2 && loose * 20 <= marks && others * 20 <= marks + letters
}

/// Turns blocks of bytes into UTF-8.
pub(crate) struct Decoder {
    inner: encoding_rs::Decoder,
    compose: bool,
    base: Option<char>,
    text: String,
}

impl Decoder {
    /// Appends the text of a block; `last`: there is no more.
    pub(crate) fn decode(&mut self, block: &[u8], to: &mut Vec<u8>, last: bool) {
        self.text.clear();
        let room = self
            .inner
            .max_utf8_buffer_length(block.len())
            .unwrap_or(block.len().saturating_mul(3).saturating_add(16));
        self.text.reserve(room);
        let _ = self.inner.decode_to_string(block, &mut self.text, last);
        if !self.compose {
            to.extend_from_slice(self.text.as_bytes());
            return;
        }
        let mut put =
            |letter: char| to.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
        for letter in self.text.chars() {
            match self.base.take() {
                None => self.base = Some(letter),
                Some(base) => {
                    if let Some(composed) = compose(base, letter) {
                        self.base = Some(composed);
                    } else {
                        put(base);
                        self.base = Some(letter);
                    }
                }
            }
        }
        if last && let Some(base) = self.base.take() {
            put(base);
        }
    }
}

/// A vowel and a tone mark in one character (the canonical composition of Unicode, for the Vietnamese vowels).
fn compose(base: char, mark: char) -> Option<char> {
    const TABLE: [(char, &str); 24] = [
        ('a', "àảãáạ"),
        ('ă', "ằẳẵắặ"),
        ('â', "ầẩẫấậ"),
        ('e', "èẻẽéẹ"),
        ('ê', "ềểễếệ"),
        ('i', "ìỉĩíị"),
        ('o', "òỏõóọ"),
        ('ô', "ồổỗốộ"),
        ('ơ', "ờởỡớợ"),
        ('u', "ùủũúụ"),
        ('ư', "ừửữứự"),
        ('y', "ỳỷỹýỵ"),
        ('A', "ÀẢÃÁẠ"),
        ('Ă', "ẰẲẴẮẶ"),
        ('Â', "ẦẨẪẤẬ"),
        ('E', "ÈẺẼÉẸ"),
        ('Ê', "ỀỂỄẾỆ"),
        ('I', "ÌỈĨÍỊ"),
        ('O', "ÒỎÕÓỌ"),
        ('Ô', "ỒỔỖỐỘ"),
        ('Ơ', "ỜỞỠỚỢ"),
        ('U', "ÙỦŨÚỤ"),
        ('Ư', "ỪỬỮỨỰ"),
        ('Y', "ỲỶỸÝỴ"),
    ];
    let mark = match mark {
        '\u{300}' => 0,
        '\u{309}' => 1,
        '\u{303}' => 2,
        '\u{301}' => 3,
        '\u{323}' => 4,
        _ => return None,
    };
    TABLE
        .iter()
        .find(|(vowel, _)| *vowel == base)?
        .1
        .chars()
        .nth(mark)
}

/// Text that is UTF-8 but for some bytes: those are taken as Windows-1252. `line` is told the line (from 0) of each such place.
pub(crate) fn repair(bytes: &[u8], mut line: impl FnMut(u64)) -> String {
    let mut text = String::with_capacity(bytes.len() + 64);
    let (mut lines, mut last) = (0_u64, u64::MAX);
    for piece in bytes.utf8_chunks() {
        text.push_str(piece.valid());
        lines += memchr::memchr_iter(b'\n', piece.valid().as_bytes()).count() as u64;
        if !piece.invalid().is_empty() {
            let shown: Cow<'_, str> = encoding_rs::WINDOWS_1252
                .decode_without_bom_handling(piece.invalid())
                .0;
            text.push_str(&shown);
            if last != lines {
                line(lines);
                last = lines;
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], name: &str, text: &str) {
        let encoding = Encoding::of(bytes, true).unwrap();
        assert_eq!(encoding.map_or("", Encoding::name), name);
        if let Some(encoding) = encoding {
            assert_eq!(encoding.text(bytes), text);
        }
    }

    fn wide(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn recognised() {
        check("Họ và tên".as_bytes(), "UTF-8", "Họ và tên");
        check("\u{feff}Họ".as_bytes(), "UTF-8", "Họ");
        check(&wide("\u{feff}Hồ Văn"), "UTF-16LE", "Hồ Văn");
        check(
            &wide("Hồ Văn An,Nam,Vĩnh Linh"),
            "UTF-16LE",
            "Hồ Văn An,Nam,Vĩnh Linh",
        );
        let big: Vec<u8> = "Hồ Văn An,Nam"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        check(&big, "UTF-16BE", "Hồ Văn An,Nam");
        // TCVN3: "Nguyễn Thị Hồng"; VNI: "Nguyễn Thị Hồng"; Windows-1258: "Nguyễn Thị Hồng, Lê Thị Ngọc".
        check(
            b"Nguy\xd4n Th\xde H\xe5ng\n",
            "1 byte (TCVN3, VNI, …)",
            "NguyÔn ThÞ Hång\n",
        );
        check(
            b"Nguye\xe3n Th\xf2 Ho\xe0ng\n",
            "1 byte (TCVN3, VNI, …)",
            "Nguyeãn Thò Hoàng\n",
        );
        check(
            b"Nguy\xea\xden Thi\xf2 H\xf4\xccng, L\xea Thi\xf2 Ngo\xf2c\n",
            "Windows-1258",
            "Nguyễn Thị Hồng, Lê Thị Ngọc\n",
        );
        check(&[1, 2, 3, 0, 0xff, 7, 0, 1, 2, 3, 4, 5, 6, 0x80], "", "");
        let mostly = ["Nguyễn Thị Hồng Vân\n".as_bytes(), b"caf\xe9\n"].concat();
        check(&mostly, "UTF-8", "Nguyễn Thị Hồng Vân\ncaf\u{fffd}\n");
    }

    #[test]
    fn nothing_is_empty() {
        for bytes in [
            b" \r\n\t ".as_slice(),
            b"\xef\xbb\xbf",
            b"\xff\xfe \0",
            b"\0\0\0\0",
        ] {
            assert!(
                matches!(Encoding::of(bytes, true), Err(ReadError::Empty)),
                "{bytes:?}"
            );
        }
    }

    #[test]
    fn repairs_bytes() {
        let mut lines = Vec::new();
        assert_eq!(
            repair(b"H\xe1\xbb\x93\ncaf\xe9 \x81\n", |line| lines.push(line)),
            "Hồ\ncafé \u{81}\n"
        );
        assert_eq!(lines, [1]);
    }

    #[test]
    fn blocks_join() {
        let mut decoder = Encoding::Cp1258.decoder().unwrap();
        let mut bytes = Vec::new();
        for block in [b"Thi".as_slice(), b"\xf2", b" Ng", b"o\xf2c"] {
            decoder.decode(block, &mut bytes, false);
        }
        decoder.decode(b"", &mut bytes, true);
        assert_eq!(String::from_utf8(bytes).unwrap(), "Thị Ngọc");
    }
}
