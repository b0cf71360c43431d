//! The letters of Vietnamese taken apart: vowel, tone, case.
//!
//! In: one character. Out: its letter code, tone and case; the letter without marks or with another tone.

/// The six tones, in the order of the dictionaries; the number is what match keys carry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Tone {
    /// No mark.
    #[default]
    Ngang = 0,
    /// Grave.
    Huyen = 1,
    /// Acute.
    Sac = 2,
    /// Hook above.
    Hoi = 3,
    /// Tilde.
    Nga = 4,
    /// Dot below.
    Nang = 5,
}

impl Tone {
    pub(super) const ALL: [Self; 6] = [
        Self::Ngang,
        Self::Huyen,
        Self::Sac,
        Self::Hoi,
        Self::Nga,
        Self::Nang,
    ];
}

/// Letters inside this module: lower-case ASCII for itself, and capitals for the seven of its own.
pub(super) const A_BREVE: u8 = b'A';
pub(super) const A_CIRCUMFLEX: u8 = b'B';
pub(super) const E_CIRCUMFLEX: u8 = b'E';
pub(super) const O_CIRCUMFLEX: u8 = b'O';
pub(super) const O_HORN: u8 = b'P';
pub(super) const U_HORN: u8 = b'U';
pub(super) const D_STROKE: u8 = b'D';

/// Each vowel letter with its six tones, lower case, then upper case.
const VOWELS: [(u8, [char; 6], [char; 6]); 12] = [
    (
        b'a',
        ['a', 'à', 'á', 'ả', 'ã', 'ạ'],
        ['A', 'À', 'Á', 'Ả', 'Ã', 'Ạ'],
    ),
    (
        A_BREVE,
        ['ă', 'ằ', 'ắ', 'ẳ', 'ẵ', 'ặ'],
        ['Ă', 'Ằ', 'Ắ', 'Ẳ', 'Ẵ', 'Ặ'],
    ),
    (
        A_CIRCUMFLEX,
        ['â', 'ầ', 'ấ', 'ẩ', 'ẫ', 'ậ'],
        ['Â', 'Ầ', 'Ấ', 'Ẩ', 'Ẫ', 'Ậ'],
    ),
    (
        b'e',
        ['e', 'è', 'é', 'ẻ', 'ẽ', 'ẹ'],
        ['E', 'È', 'É', 'Ẻ', 'Ẽ', 'Ẹ'],
    ),
    (
        E_CIRCUMFLEX,
        ['ê', 'ề', 'ế', 'ể', 'ễ', 'ệ'],
        ['Ê', 'Ề', 'Ế', 'Ể', 'Ễ', 'Ệ'],
    ),
    (
        b'i',
        ['i', 'ì', 'í', 'ỉ', 'ĩ', 'ị'],
        ['I', 'Ì', 'Í', 'Ỉ', 'Ĩ', 'Ị'],
    ),
    (
        b'o',
        ['o', 'ò', 'ó', 'ỏ', 'õ', 'ọ'],
        ['O', 'Ò', 'Ó', 'Ỏ', 'Õ', 'Ọ'],
    ),
    (
        O_CIRCUMFLEX,
        ['ô', 'ồ', 'ố', 'ổ', 'ỗ', 'ộ'],
        ['Ô', 'Ồ', 'Ố', 'Ổ', 'Ỗ', 'Ộ'],
    ),
    (
        O_HORN,
        ['ơ', 'ờ', 'ớ', 'ở', 'ỡ', 'ợ'],
        ['Ơ', 'Ờ', 'Ớ', 'Ở', 'Ỡ', 'Ợ'],
    ),
    (
        b'u',
        ['u', 'ù', 'ú', 'ủ', 'ũ', 'ụ'],
        ['U', 'Ù', 'Ú', 'Ủ', 'Ũ', 'Ụ'],
    ),
    (
        U_HORN,
        ['ư', 'ừ', 'ứ', 'ử', 'ữ', 'ự'],
        ['Ư', 'Ừ', 'Ứ', 'Ử', 'Ữ', 'Ự'],
    ),
    (
        b'y',
        ['y', 'ỳ', 'ý', 'ỷ', 'ỹ', 'ỵ'],
        ['Y', 'Ỳ', 'Ý', 'Ỷ', 'Ỹ', 'Ỵ'],
    ),
];

/// One Vietnamese letter taken apart: its code (0: no Vietnamese letter), its tone, capital or not.
#[derive(Clone, Copy)]
pub(super) struct Letter {
    pub(super) code: u8,
    pub(super) tone: u8,
    pub(super) upper: bool,
}

const NONE: Letter = Letter {
    code: 0,
    tone: 0,
    upper: false,
};

/// Letters below U+01B1: ASCII, Latin-1, Ă Đ Ĩ Ũ Ơ Ư.
const LOW: [Letter; 0x1B1] = low_letters();
/// Letters U+1EA0 to U+1EFF.
const HIGH: [Letter; 0x60] = high_letters();

const fn low_letters() -> [Letter; 0x1B1] {
    let mut table = [NONE; 0x1B1];
    let mut ascii = b'a';
    while ascii <= b'z' {
        table[ascii as usize] = Letter {
            code: ascii,
            tone: 0,
            upper: false,
        };
        table[ascii as usize - 32] = Letter {
            code: ascii,
            tone: 0,
            upper: true,
        };
        ascii += 1;
    }
    // Eth stands for đ in old files: it looks the same in capitals.
    table[0x110] = Letter {
        code: D_STROKE,
        tone: 0,
        upper: true,
    };
    table[0x111] = Letter {
        code: D_STROKE,
        tone: 0,
        upper: false,
    };
    table[0xD0] = Letter {
        code: D_STROKE,
        tone: 0,
        upper: true,
    };
    table[0xF0] = Letter {
        code: D_STROKE,
        tone: 0,
        upper: false,
    };
    let mut vowel = 0;
    while vowel < 12 {
        let (code, lower, upper) = VOWELS[vowel];
        let mut tone = 0_u8;
        while tone < 6 {
            if (lower[tone as usize] as usize) < 0x1B1 {
                table[lower[tone as usize] as usize] = Letter {
                    code,
                    tone,
                    upper: false,
                };
            }
            if (upper[tone as usize] as usize) < 0x1B1 {
                table[upper[tone as usize] as usize] = Letter {
                    code,
                    tone,
                    upper: true,
                };
            }
            tone += 1;
        }
        vowel += 1;
    }
    table
}

const fn high_letters() -> [Letter; 0x60] {
    let mut table = [NONE; 0x60];
    let mut vowel = 0;
    while vowel < 12 {
        let (code, lower, upper) = VOWELS[vowel];
        let mut tone = 0_u8;
        while tone < 6 {
            if (lower[tone as usize] as usize) >= 0x1EA0 {
                table[lower[tone as usize] as usize - 0x1EA0] = Letter {
                    code,
                    tone,
                    upper: false,
                };
            }
            if (upper[tone as usize] as usize) >= 0x1EA0 {
                table[upper[tone as usize] as usize - 0x1EA0] = Letter {
                    code,
                    tone,
                    upper: true,
                };
            }
            tone += 1;
        }
        vowel += 1;
    }
    table
}

#[inline]
pub(super) fn letter(c: char) -> Letter {
    let code = c as usize;
    if code < LOW.len() {
        LOW.get(code).copied().unwrap_or(NONE)
    } else {
        code.checked_sub(0x1EA0)
            .and_then(|index| HIGH.get(index))
            .copied()
            .unwrap_or(NONE)
    }
}

pub(super) fn tone_mark(c: char) -> Option<u8> {
    match c {
        '\u{300}' | '\u{340}' => Some(1),
        '\u{301}' | '\u{341}' => Some(2),
        '\u{309}' => Some(3),
        '\u{303}' => Some(4),
        '\u{323}' => Some(5),
        _ => None,
    }
}

/// A letter code with a circumflex, breve or horn added as a combining mark.
pub(super) fn with_mark(code: u8, mark: char) -> Option<u8> {
    match (code, mark) {
        (b'a', '\u{306}') => Some(A_BREVE),
        (b'a', '\u{302}') => Some(A_CIRCUMFLEX),
        (b'e', '\u{302}') => Some(E_CIRCUMFLEX),
        (b'o', '\u{302}') => Some(O_CIRCUMFLEX),
        (b'o', '\u{31b}') => Some(O_HORN),
        (b'u', '\u{31b}') => Some(U_HORN),
        _ => None,
    }
}

pub(super) fn shown(code: u8) -> char {
    match code {
        A_BREVE => 'ă',
        A_CIRCUMFLEX => 'â',
        E_CIRCUMFLEX => 'ê',
        O_CIRCUMFLEX => 'ô',
        O_HORN => 'ơ',
        U_HORN => 'ư',
        D_STROKE => 'đ',
        other => char::from(other),
    }
}

pub(super) fn plain(code: u8) -> u8 {
    match code {
        A_BREVE | A_CIRCUMFLEX => b'a',
        E_CIRCUMFLEX => b'e',
        O_CIRCUMFLEX | O_HORN => b'o',
        U_HORN => b'u',
        D_STROKE => b'd',
        other => other,
    }
}

pub(super) fn is_vowel(code: u8) -> bool {
    matches!(
        code,
        b'a' | b'e'
            | b'i'
            | b'o'
            | b'u'
            | b'y'
            | A_BREVE
            | A_CIRCUMFLEX
            | E_CIRCUMFLEX
            | O_CIRCUMFLEX
            | O_HORN
            | U_HORN
    )
}

/// The letter without its marks, same case: `ễ` → `e`, `Đ` → `D`; any other Latin letter by its Unicode decomposition
/// (`ŏ` → `o`); another character as it stands.
pub fn base_char(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    let found = letter(c);
    if found.code != 0 {
        let base = plain(found.code);
        return char::from(if found.upper {
            base.to_ascii_uppercase()
        } else {
            base
        });
    }
    let mut first = None;
    unicode_normalization::char::decompose_canonical(c, |part| {
        first.get_or_insert(part);
    });
    first.filter(char::is_ascii_alphabetic).unwrap_or(c)
}

/// True for one of the 134 letters of Vietnamese outside ASCII, composed.
pub fn is_vietnamese_letter(c: char) -> bool {
    !c.is_ascii() && !matches!(c, '\u{D0}' | '\u{F0}') && letter(c).code != 0
}

/// The same letter without its tone mark, same case: `ễ` → `ê`; another character as it stands.
pub fn toneless_char(c: char) -> char {
    with_tone(c, Tone::Ngang)
}

/// The tone of one letter; none for a character that carries none.
pub fn tone_of_char(c: char) -> Tone {
    Tone::ALL
        .get(usize::from(letter(c).tone))
        .copied()
        .unwrap_or_default()
}

/// The same vowel with another tone, same case; a character that takes none as it stands.
pub fn with_tone(c: char, tone: Tone) -> char {
    let found = letter(c);
    if !is_vowel(found.code) {
        return c;
    }
    let vowel = VOWELS.iter().find(|vowel| vowel.0 == found.code);
    vowel
        .and_then(|(_, lower, upper)| {
            if found.upper { upper } else { lower }
                .get(tone as usize)
                .copied()
        })
        .unwrap_or(c)
}
