//! The byte tables of the one-byte codes TCVN3, VPS and VISCII, and of Windows-1252 and -1258 above ASCII.
//!
//! In: a byte, or a character as Windows-1252 shows a byte. Out: the letter the byte stands for.
//!
//! Sources: TCVN 5712:1993 (VN3, as in the ABC fonts), the Vietnamese Professionals Society's table, RFC 1456 (VISCII),
//! Microsoft's Windows-1252 and -1258. VPS and VISCII keep a few capitals below 0x20.

/// The 67 lower-case letters in the order of all tables here.
pub(super) const LOWER: [char; 67] = [
    'à', 'á', 'ả', 'ã', 'ạ', 'ă', 'ằ', 'ắ', 'ẳ', 'ẵ', 'ặ', 'â', 'ầ', 'ấ', 'ẩ', 'ẫ', 'ậ', 'è', 'é',
    'ẻ', 'ẽ', 'ẹ', 'ê', 'ề', 'ế', 'ể', 'ễ', 'ệ', 'ì', 'í', 'ỉ', 'ĩ', 'ị', 'ò', 'ó', 'ỏ', 'õ', 'ọ',
    'ô', 'ồ', 'ố', 'ổ', 'ỗ', 'ộ', 'ơ', 'ờ', 'ớ', 'ở', 'ỡ', 'ợ', 'ù', 'ú', 'ủ', 'ũ', 'ụ', 'ư', 'ừ',
    'ứ', 'ử', 'ữ', 'ự', 'ỳ', 'ý', 'ỷ', 'ỹ', 'ỵ', 'đ',
];

/// The 67 capitals in the same order.
pub(super) const UPPER: [char; 67] = [
    'À', 'Á', 'Ả', 'Ã', 'Ạ', 'Ă', 'Ằ', 'Ắ', 'Ẳ', 'Ẵ', 'Ặ', 'Â', 'Ầ', 'Ấ', 'Ẩ', 'Ẫ', 'Ậ', 'È', 'É',
    'Ẻ', 'Ẽ', 'Ẹ', 'Ê', 'Ề', 'Ế', 'Ể', 'Ễ', 'Ệ', 'Ì', 'Í', 'Ỉ', 'Ĩ', 'Ị', 'Ò', 'Ó', 'Ỏ', 'Õ', 'Ọ',
    'Ô', 'Ồ', 'Ố', 'Ổ', 'Ỗ', 'Ộ', 'Ơ', 'Ờ', 'Ớ', 'Ở', 'Ỡ', 'Ợ', 'Ù', 'Ú', 'Ủ', 'Ũ', 'Ụ', 'Ư', 'Ừ',
    'Ứ', 'Ử', 'Ữ', 'Ự', 'Ỳ', 'Ý', 'Ỷ', 'Ỹ', 'Ỵ', 'Đ',
];

const TCVN3_LOWER: [u8; 67] = [
    0xB5, 0xB8, 0xB6, 0xB7, 0xB9, 0xA8, 0xBB, 0xBE, 0xBC, 0xBD, 0xC6, 0xA9, 0xC7, 0xCA, 0xC8, 0xC9,
    0xCB, 0xCC, 0xD0, 0xCE, 0xCF, 0xD1, 0xAA, 0xD2, 0xD5, 0xD3, 0xD4, 0xD6, 0xD7, 0xDD, 0xD8, 0xDC,
    0xDE, 0xDF, 0xE3, 0xE1, 0xE2, 0xE4, 0xAB, 0xE5, 0xE8, 0xE6, 0xE7, 0xE9, 0xAC, 0xEA, 0xED, 0xEB,
    0xEC, 0xEE, 0xEF, 0xF3, 0xF1, 0xF2, 0xF4, 0xAD, 0xF5, 0xF8, 0xF6, 0xF7, 0xF9, 0xFA, 0xFD, 0xFB,
    0xFC, 0xFE, 0xAE,
];
/// TCVN3 has only these seven capitals; a capital with a tone has no code (0 here).
const TCVN3_UPPER: [u8; 67] = {
    let mut upper = [0; 67];
    upper[5] = 0xA1;
    upper[11] = 0xA2;
    upper[22] = 0xA3;
    upper[38] = 0xA4;
    upper[44] = 0xA5;
    upper[55] = 0xA6;
    upper[66] = 0xA7;
    upper
};
const VPS_LOWER: [u8; 67] = [
    0xE0, 0xE1, 0xE4, 0xE3, 0xE5, 0xE6, 0xA2, 0xA1, 0xA3, 0xA4, 0xA5, 0xE2, 0xC0, 0xC3, 0xC4, 0xC5,
    0xC6, 0xE8, 0xE9, 0xC8, 0xEB, 0xCB, 0xEA, 0x8A, 0x89, 0x8B, 0xCD, 0x8C, 0xEC, 0xED, 0xCC, 0xEF,
    0xCE, 0xF2, 0xF3, 0xD5, 0xF5, 0x86, 0xF4, 0xD2, 0xD3, 0xB0, 0x87, 0xB6, 0xD6, 0xA9, 0xA7, 0xAA,
    0xAB, 0xAE, 0xF9, 0xFA, 0xFB, 0xDB, 0xF8, 0xDC, 0xD8, 0xD9, 0xBA, 0xBB, 0xBF, 0xFF, 0x9A, 0x9B,
    0xCF, 0x9C, 0xC7,
];
const VPS_UPPER: [u8; 67] = [
    0x80, 0xC1, 0x81, 0x82, 0x02, 0x88, 0x8E, 0x8D, 0x8F, 0xF0, 0x03, 0xC2, 0x84, 0x83, 0x85, 0x1C,
    0x04, 0xD7, 0xC9, 0xDE, 0xFE, 0x05, 0xCA, 0x93, 0x90, 0x94, 0x95, 0x06, 0xB5, 0xB4, 0xB7, 0xB8,
    0x10, 0xBC, 0xB9, 0xBD, 0xBE, 0x11, 0xD4, 0x97, 0x96, 0x98, 0x99, 0x12, 0xF7, 0x9E, 0x9D, 0x9F,
    0xA6, 0x13, 0xA8, 0xDA, 0xD1, 0xAC, 0x14, 0xD0, 0xAF, 0xAD, 0xB1, 0x1D, 0x15, 0xB2, 0xDD, 0xFD,
    0xB3, 0x19, 0xF1,
];
const VISCII_LOWER: [u8; 67] = [
    0xE0, 0xE1, 0xE4, 0xE3, 0xD5, 0xE5, 0xA2, 0xA1, 0xC6, 0xC7, 0xA3, 0xE2, 0xA5, 0xA4, 0xA6, 0xE7,
    0xA7, 0xE8, 0xE9, 0xEB, 0xA8, 0xA9, 0xEA, 0xAB, 0xAA, 0xAC, 0xAD, 0xAE, 0xEC, 0xED, 0xEF, 0xEE,
    0xB8, 0xF2, 0xF3, 0xF6, 0xF5, 0xF7, 0xF4, 0xB0, 0xAF, 0xB1, 0xB2, 0xB5, 0xBD, 0xB6, 0xBE, 0xB7,
    0xDE, 0xFE, 0xF9, 0xFA, 0xFC, 0xFB, 0xF8, 0xDF, 0xD7, 0xD1, 0xD8, 0xE6, 0xF1, 0xCF, 0xFD, 0xD6,
    0xDB, 0xDC, 0xF0,
];
const VISCII_UPPER: [u8; 67] = [
    0xC0, 0xC1, 0xC4, 0xC3, 0x80, 0xC5, 0x82, 0x81, 0x02, 0x05, 0x83, 0xC2, 0x85, 0x84, 0x86, 0x06,
    0x87, 0xC8, 0xC9, 0xCB, 0x88, 0x89, 0xCA, 0x8B, 0x8A, 0x8C, 0x8D, 0x8E, 0xCC, 0xCD, 0x9B, 0xCE,
    0x98, 0xD2, 0xD3, 0x99, 0xA0, 0x9A, 0xD4, 0x90, 0x8F, 0x91, 0x92, 0x93, 0xB4, 0x96, 0x95, 0x97,
    0xB3, 0x94, 0xD9, 0xDA, 0x9C, 0x9D, 0x9E, 0xBF, 0xBB, 0xBA, 0xBC, 0xFF, 0xB9, 0x9F, 0xDD, 0x14,
    0x19, 0x1E, 0xD0,
];

/// Byte → letter; `'\0'` where the byte is no letter of the code.
pub(super) type Table = [char; 256];

const fn table(lower: &[u8; 67], upper: &[u8; 67]) -> Table {
    let mut table = ['\0'; 256];
    let mut index = 0;
    while index < 67 {
        if upper[index] != 0 {
            table[upper[index] as usize] = UPPER[index];
        }
        table[lower[index] as usize] = LOWER[index];
        index += 1;
    }
    table
}

pub(super) static TCVN3: Table = table(&TCVN3_LOWER, &TCVN3_UPPER);
pub(super) static VPS: Table = table(&VPS_LOWER, &VPS_UPPER);
pub(super) static VISCII: Table = table(&VISCII_LOWER, &VISCII_UPPER);

/// The TCVN3 byte of a letter, and whether its capital was lost (TCVN3 has no capitals with a tone).
pub(super) fn tcvn3_byte(letter: char) -> Option<(u8, bool)> {
    if let Some(index) = LOWER.iter().position(|&lower| lower == letter) {
        return TCVN3_LOWER.get(index).map(|&byte| (byte, false));
    }
    let index = UPPER.iter().position(|&upper| upper == letter)?;
    match TCVN3_UPPER.get(index) {
        Some(&byte) if byte != 0 => Some((byte, false)),
        _ => TCVN3_LOWER.get(index).map(|&byte| (byte, true)),
    }
}

/// Windows-1252 from 0x80 to 0x9F; the five undefined bytes stay C1 controls.
const CP1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The byte that Windows-1252 shows as this character. A C1 control is taken for the byte itself: readers that see
/// bytes as Latin-1 give those.
#[inline]
pub(super) fn byte_of(c: char) -> Option<u8> {
    let code = u32::from(c);
    if code < 0x100 {
        return u8::try_from(code).ok();
    }
    // All sixteen-bit characters of Windows-1252 lie in these ranges; Vietnamese letters mostly do not.
    if !matches!(code, 0x152..=0x192 | 0x2C6 | 0x2DC | 0x2013..=0x2122) {
        return None;
    }
    CP1252
        .iter()
        .position(|&shown| shown == c)
        .and_then(|index| u8::try_from(index + 0x80).ok())
}

/// A C1 control as Windows-1252 shows its byte; any other character as it stands.
#[inline]
pub(super) fn shown(c: char) -> char {
    let index = u32::from(c)
        .checked_sub(0x80)
        .and_then(|index| usize::try_from(index).ok());
    index
        .and_then(|index| CP1252.get(index))
        .copied()
        .unwrap_or(c)
}

/// The byte that Windows-1258 shows as this character, where Windows-1252 shows another.
pub(super) fn byte_of_cp1258(c: char) -> Option<u8> {
    CP1258.iter().find(|pair| pair.1 == c).map(|pair| pair.0)
}

/// Where Windows-1258 differs from Windows-1252 above 0x9F: bytes and characters.
const CP1258: [(u8, char); 14] = [
    (0xC3, 'Ă'),
    (0xCC, '\u{300}'),
    (0xD0, 'Đ'),
    (0xD2, '\u{309}'),
    (0xD5, 'Ơ'),
    (0xDD, 'Ư'),
    (0xDE, '\u{303}'),
    (0xE3, 'ă'),
    (0xEC, '\u{301}'),
    (0xF0, 'đ'),
    (0xF2, '\u{323}'),
    (0xF5, 'ơ'),
    (0xFD, 'ư'),
    (0xFE, '₫'),
];

/// What Windows-1258 means by the byte that Windows-1252 shows as this character.
#[inline]
pub(super) fn cp1258_of(c: char) -> char {
    let Some(byte) = byte_of(c) else { return c };
    CP1258
        .iter()
        .find(|pair| pair.0 == byte)
        .map_or(c, |pair| pair.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each code holds each of its letters once: 134, in TCVN3 74.
    #[test]
    fn tables_are_one_to_one() {
        for (table, letters) in [(&TCVN3, 74), (&VPS, 134), (&VISCII, 134)] {
            let mut seen: Vec<char> = table
                .iter()
                .copied()
                .filter(|&letter| letter != '\0')
                .collect();
            seen.sort_unstable();
            seen.dedup();
            assert_eq!(seen.len(), letters);
        }
    }

    #[test]
    fn capitals_answer_small_letters() {
        for (lower, upper) in LOWER.iter().zip(UPPER) {
            assert_eq!(lower.to_uppercase().collect::<String>(), upper.to_string());
        }
    }

    #[test]
    fn bytes_of_characters() {
        for (c, byte) in [
            ('A', 0x41),
            ('\u{ad}', 0xAD),
            ('€', 0x80),
            ('Ÿ', 0x9F),
            ('\u{9f}', 0x9F),
            ('ƒ', 0x83),
            ('ˆ', 0x88),
        ] {
            assert_eq!(byte_of(c), Some(byte), "{c}");
        }
        assert_eq!(
            (byte_of('ă'), byte_of('ễ'), byte_of_cp1258('ă')),
            (None, None, Some(0xE3))
        );
    }
}
