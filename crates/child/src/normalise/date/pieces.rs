//! A text of a date in pieces: numbers, words, signs.
//!
//! In: a text in lower case. Out: [`Piece`]s in order.

/// A piece of a date: a run of digits, or a word.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    Number {
        value: u32,
        digits: u8,
    },
    Month(u8),
    DayWord,
    MonthWord,
    YearWord,
    /// A month in words ("ba", "mười hai"): one only behind "tháng".
    Counted(u8),
    Separator,
    Junk,
}

/// Day or month that nobody knows: `?/5/2012`, `xx/xx/2012`.
const UNKNOWN: Piece = Piece::Number {
    value: 0,
    digits: 1,
};

/// The pieces of a text.
pub(super) fn scan(text: &str) -> impl Iterator<Item = Piece> + '_ {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let class = class_of(first);
        let mut end = rest
            .find(|c: char| class_of(c) != class)
            .unwrap_or(rest.len());
        if class == Class::Digit {
            // O for 0, l and I for 1 inside a run that has a digit: 15/03/2O12, l5/03/2012
            end = rest
                .find(|c: char| !matches!(class_of(c), Class::Digit | Class::Almost))
                .unwrap_or(rest.len());
        } else if class == Class::Almost {
            let run = rest
                .find(|c: char| !matches!(class_of(c), Class::Digit | Class::Almost))
                .unwrap_or(rest.len());
            if rest
                .get(..run)
                .is_some_and(|run| run.bytes().any(|byte| byte.is_ascii_digit()))
            {
                end = run;
            } else {
                end = rest
                    .find(|c: char| !matches!(class_of(c), Class::Letter | Class::Almost))
                    .unwrap_or(rest.len());
            }
        } else if class == Class::Letter {
            end = rest
                .find(|c: char| !matches!(class_of(c), Class::Letter | Class::Almost))
                .unwrap_or(rest.len());
        }
        let (token, tail) = rest.split_at(end.max(first.len_utf8()));
        rest = tail;
        Some(piece_of(token, class))
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Digit,
    Almost,
    Letter,
    Separator,
    /// A sign for what nobody knows.
    Unknown,
    Other,
}

fn class_of(c: char) -> Class {
    match c {
        '0'..='9' => Class::Digit,
        'o' | 'l' | 'i' => Class::Almost,
        c if c.is_alphabetic() => Class::Letter,
        '?' | '…' => Class::Unknown,
        // Whatever sign people put between day, month and year; not what brackets a remark or begins a formula.
        c if c.is_numeric() || matches!(c, '(' | ')' | '#' | '=' | '~' | '<' | '>' | '%') => {
            Class::Other
        }
        _ => Class::Separator,
    }
}

fn piece_of(token: &str, class: Class) -> Piece {
    match class {
        Class::Separator => Piece::Separator,
        Class::Other => Piece::Junk,
        Class::Unknown => UNKNOWN,
        // Also "ll" and "lO" between other numbers: 2O/ll/2009.
        _ if token.bytes().any(|byte| byte.is_ascii_digit())
            || (token.len() <= 2 && token.bytes().all(|byte| matches!(byte, b'o' | b'l'))) =>
        {
            let digits = token.chars().map(|c| {
                if c == 'o' {
                    '0'
                } else if c == 'l' || c == 'i' {
                    '1'
                } else {
                    c
                }
            });
            let mut value = 0_u32;
            let mut count = 0_u8;
            for c in digits {
                let Some(digit) = c.to_digit(10) else {
                    return Piece::Junk;
                };
                value = value.saturating_mul(10).saturating_add(digit);
                count = count.saturating_add(1);
            }
            if count > 8 {
                Piece::Junk
            } else {
                Piece::Number {
                    value,
                    digits: count,
                }
            }
        }
        _ => word(token),
    }
}

fn word(token: &str) -> Piece {
    match token {
        "ngày" | "ngay" | "ng" => Piece::DayWord,
        // "dương lịch": of the calendar in use.
        "sinh" | "sn" | "ns" | "dl" | "dương" | "lịch" => Piece::Separator,
        "tháng" | "thang" | "thg" | "th" | "t" => Piece::MonthWord,
        "x" | "xx" => UNKNOWN,
        "một" | "mot" => Piece::Counted(1),
        "hai" => Piece::Counted(2),
        "ba" => Piece::Counted(3),
        "tư" | "bốn" | "tu" | "bon" => Piece::Counted(4),
        "sáu" | "sau" => Piece::Counted(6),
        "bảy" | "bẩy" | "bay" => Piece::Counted(7),
        "tám" | "tam" => Piece::Counted(8),
        "chín" | "chin" => Piece::Counted(9),
        "mười" | "muoi" => Piece::Counted(10),
        "i" => Piece::Month(1),
        "ii" => Piece::Month(2),
        "iii" => Piece::Month(3),
        "iv" => Piece::Month(4),
        "v" => Piece::Month(5),
        "vi" => Piece::Month(6),
        "vii" => Piece::Month(7),
        "viii" => Piece::Month(8),
        "ix" => Piece::Month(9),
        "xi" => Piece::Month(11),
        "xii" => Piece::Month(12),
        "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun" => Piece::Separator,
        "năm" | "nam" => Piece::YearWord,
        "jan" | "january" => Piece::Month(1),
        "feb" | "february" => Piece::Month(2),
        "mar" | "march" => Piece::Month(3),
        "apr" | "april" => Piece::Month(4),
        "may" => Piece::Month(5),
        "jun" | "june" => Piece::Month(6),
        "jul" | "july" => Piece::Month(7),
        "aug" | "august" => Piece::Month(8),
        "sep" | "sept" | "september" => Piece::Month(9),
        "oct" | "october" => Piece::Month(10),
        "nov" | "november" => Piece::Month(11),
        "dec" | "december" => Piece::Month(12),
        _ => Piece::Junk,
    }
}
