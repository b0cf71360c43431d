//! Telephone numbers of households: cleaned, in the form in force since 2018.
//!
//! In: a cell as it stands. Out: [`Phones`]. A number is a key of a household, never of a person.
//!
//! Eleven digits became ten on 15/9/2018 (Ministry of Information and Communications); area codes changed in 2017 (Quảng Trị 053 →
//! 0233, Quảng Bình 052 → 0232). 052, 056, 058 and 059 with seven digits may be an old area code or a new mobile number: kept,
//! kind unknown.

use std::fmt;

/// What kind of number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneKind {
    /// A mobile number.
    Mobile,
    /// A line in a house or office, with its area code.
    Landline,
    /// Mobile today and an area code before 2017, or ten digits of no prefix in use: kept as written.
    Unknown,
}

/// One number.
#[derive(Clone, PartialEq, Eq)]
pub struct Phone {
    /// Digits with the leading zero: ten of a mobile number, eleven of a landline.
    pub digits: String,
    /// Its kind.
    pub kind: PhoneKind,
    /// An old prefix was turned into the one in force.
    pub converted: bool,
    /// The leading zero was lost and is put back.
    pub zero_restored: bool,
}

/// A household's number never reaches a log.
impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Phone({:?}, converted: {}, zero restored: {})",
            self.kind, self.converted, self.zero_restored
        )
    }
}

/// The numbers of a cell, in their order. [`fmt::Display`] joins them by ` / `.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phones {
    /// Each number once.
    pub numbers: Vec<Phone>,
    /// Something stands there that is no number: digits left over, or text without any number.
    pub rubbish: bool,
}

impl fmt::Display for Phones {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, phone) in self.numbers.iter().enumerate() {
            f.write_str(if index == 0 { "" } else { " / " })?;
            f.write_str(&phone.digits)?;
        }
        Ok(())
    }
}

/// Prefixes of three digits in use for ten-digit numbers, after the zero: 32–39 Viettel, 52 56 58 Vietnamobile, 55 Wintel, 59 Gmobile,
/// 70 76–79 MobiFone, 81–86 88 VinaPhone and Viettel, 87 iTel, 89 MobiFone, 90–99.
const MOBILE: u128 = prefixes(&[
    32, 33, 34, 35, 36, 37, 38, 39, 52, 55, 56, 58, 59, 70, 76, 77, 78, 79, 81, 82, 83, 84, 85, 86,
    87, 88, 89, 90, 91, 92, 93, 94, 95, 96, 97, 98, 99,
]);
/// Those of them that were area codes before 2017.
const AREA_BEFORE: u128 = prefixes(&[52, 56, 58, 59]);
/// Area codes since 2017, without their zero, less 200; 24x and 28x carry eight digits after 24 and 28.
const AREAS: u128 = prefixes(&[
    3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 19, 20, 21, 22, 25, 26, 27, 28, 29, 32,
    33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 51, 52, 54, 55, 56, 57, 58,
    59, 60, 61, 62, 63, 69, 70, 71, 72, 73, 74, 75, 76, 77, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89,
    90, 91, 92, 93, 94, 96, 97, 99,
]);

const fn prefixes(list: &[u8]) -> u128 {
    let mut set = 0_u128;
    let mut index = 0;
    while index < list.len() {
        set |= 1 << list[index];
        index += 1;
    }
    set
}

fn holds(set: u128, prefix: &str) -> bool {
    prefix
        .parse::<u32>()
        .is_ok_and(|prefix| prefix < 128 && set >> prefix & 1 == 1)
}

/// The eleven-digit prefixes of before 15/9/2018, and what they became.
const CONVERTED: [(&str, &str); 21] = [
    ("0162", "032"),
    ("0163", "033"),
    ("0164", "034"),
    ("0165", "035"),
    ("0166", "036"),
    ("0167", "037"),
    ("0168", "038"),
    ("0169", "039"),
    ("0120", "070"),
    ("0121", "079"),
    ("0122", "077"),
    ("0126", "076"),
    ("0128", "078"),
    ("0123", "083"),
    ("0124", "084"),
    ("0125", "085"),
    ("0127", "081"),
    ("0129", "082"),
    ("0186", "056"),
    ("0188", "058"),
    ("0199", "059"),
];

/// True for a text that is one mobile number in the form in force: it needs no reading.
pub fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 10
        && bytes.iter().all(u8::is_ascii_digit)
        && text.starts_with('0')
        && text.get(1..3).is_some_and(|prefix| holds(MOBILE, prefix))
}

/// Groups of digits looked at in one cell.
const GROUPS: usize = 40;

/// Digits between separators.
struct Group {
    digits: String,
    /// A sign before it that no number goes across (`/`, `;`, a line break, a letter, `+`).
    fence: bool,
    /// A full stop or comma stands before it.
    decimal: bool,
    /// `+` stands before it.
    plus: bool,
}

/// Reads a cell. Spaces, full stops, commas, hyphens, brackets, apostrophes inside a number are passed over; full-width digits and
/// the letter O among digits are read as meant; `+84`, `0084`, `84` become 0; a lost zero is put back. Several numbers are told
/// apart by separators and by their lengths. `9.12E+08` has lost its digits: no number.
pub fn phones(text: &str) -> Phones {
    let mut phones = Phones::default();
    if is_plain(text) {
        phones.numbers.extend(interpret(text, false));
        return phones;
    }
    let groups = match groups(text) {
        Some(groups) if !groups.is_empty() => groups,
        _ => {
            phones.rubbish = !super::text::is_missing(text);
            return phones;
        }
    };
    let mut covered = 0;
    for (from, to) in divide(&groups) {
        let Some(part) = groups.get(from..to) else {
            continue;
        };
        let joined: String = part.iter().map(|group| group.digits.as_str()).collect();
        if let Some(phone) = interpret(&joined, part.first().is_some_and(|group| group.plus)) {
            covered += to - from;
            if !phones
                .numbers
                .iter()
                .any(|known| known.digits == phone.digits)
            {
                phones.numbers.push(phone);
            }
        }
    }
    // `912345678.0`: what a spreadsheet adds.
    let tail = groups
        .last()
        .is_some_and(|group| group.decimal && group.digits.bytes().all(|byte| byte == b'0'))
        && !phones.numbers.is_empty();
    phones.rubbish = covered + usize::from(tail) < groups.len();
    phones
}

/// The groups of digits; `None` for a number in scientific notation.
fn groups(text: &str) -> Option<Vec<Group>> {
    let mut groups: Vec<Group> = Vec::new();
    let mut open = false;
    let (mut fence, mut decimal, mut plus) = (true, false, false);
    let mut chars = text.chars().map(half_width).peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        if matches!(c, 'e' | 'E')
            && before.is_ascii_digit()
            && (matches!(next, '+' | '-') || next.is_ascii_digit())
        {
            return None;
        }
        let zero = matches!(c, 'o' | 'O')
            && ((before.is_ascii_digit() && !next.is_alphabetic())
                || (next.is_ascii_digit() && !before.is_alphabetic()));
        if c.is_ascii_digit() || zero {
            let digit = if zero { '0' } else { c };
            match groups.last_mut() {
                Some(group) if open => group.digits.push(digit),
                _ => {
                    if groups.len() >= GROUPS {
                        return Some(groups);
                    }
                    groups.push(Group {
                        digits: digit.to_string(),
                        fence,
                        decimal,
                        plus,
                    });
                }
            }
            open = true;
            (fence, decimal, plus) = (false, false, false);
        } else {
            open = false;
            match c {
                '/' | '\\' | ';' | '|' | '&' | '\n' | '\r' => fence = true,
                '+' => (fence, plus) = (true, true),
                '.' | ',' => decimal = true,
                c if c.is_alphabetic() => fence = true,
                _ => {}
            }
        }
        before = if zero { '0' } else { c };
    }
    Some(groups)
}

fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => u32::from(c)
            .checked_sub(0xFEE0)
            .and_then(char::from_u32)
            .unwrap_or(c),
        c => c,
    }
}

/// Divides the groups into numbers so that as many groups as possible belong to one, in as few numbers as possible.
fn divide(groups: &[Group]) -> Vec<(usize, usize)> {
    const DIGITS: usize = 16;
    // best[i]: groups covered from i on, fewest numbers (negative), and where the first part ends.
    let mut best: Vec<(usize, usize, usize)> = vec![(0, 0, groups.len()); groups.len() + 1];
    for from in (0..groups.len()).rev() {
        let skip = best.get(from + 1).copied().unwrap_or((0, 0, 0));
        let mut here = (skip.0, skip.1, from);
        let mut joined = String::with_capacity(DIGITS + 4);
        for (to, group) in groups.iter().enumerate().skip(from) {
            if to > from && group.fence {
                break;
            }
            joined.push_str(&group.digits);
            if joined.len() > DIGITS {
                break;
            }
            if interpret(&joined, groups.get(from).is_some_and(|group| group.plus)).is_some() {
                let rest = best.get(to + 1).copied().unwrap_or((0, 0, 0));
                let candidate = (rest.0 + (to + 1 - from), rest.1 + 1, to + 1);
                if candidate.0 > here.0 || (candidate.0 == here.0 && candidate.1 < here.1) {
                    here = candidate;
                }
            }
        }
        if let Some(slot) = best.get_mut(from) {
            *slot = here;
        }
    }
    let mut parts = Vec::new();
    let mut at = 0;
    while at < groups.len() {
        let end = best.get(at).map_or(groups.len(), |best| best.2);
        if end > at {
            parts.push((at, end));
            at = end;
        } else {
            at += 1;
        }
    }
    parts
}

/// The number that digits are, `None` where they are none.
fn interpret(digits: &str, plus: bool) -> Option<Phone> {
    if let Some(national) = digits
        .strip_prefix("0084")
        .or_else(|| plus.then(|| digits.strip_prefix("84")).flatten())
    {
        return abroad(national);
    }
    if (11..=13).contains(&digits.len())
        && let Some(national) = digits.strip_prefix("84")
        && let Some(phone) = abroad(national)
    {
        return Some(phone);
    }
    let lost = match digits.len() {
        9 => digits.starts_with(['3', '5', '7', '8', '9']),
        10 => {
            digits.starts_with('2')
                || ["12", "16", "18", "19"]
                    .iter()
                    .any(|prefix| digits.starts_with(prefix))
        }
        _ => false,
    };
    if lost {
        return national(&format!("0{digits}")).map(|phone| Phone {
            zero_restored: true,
            ..phone
        });
    }
    // Ten digits with a prefix nobody has: a slip or an old area code. Kept, for a person to see.
    let odd = || {
        digits.len() == 10
            && digits.starts_with('0')
            && !matches!(digits.get(1..2), Some("0" | "1" | "2"))
    };
    national(digits).or_else(|| {
        odd().then(|| Phone {
            digits: digits.to_owned(),
            kind: PhoneKind::Unknown,
            converted: false,
            zero_restored: false,
        })
    })
}

/// After the country code: with or without a zero.
fn abroad(rest: &str) -> Option<Phone> {
    let bare = rest.strip_prefix('0').unwrap_or(rest);
    national(&format!("0{bare}"))
}

/// A number with its zero.
fn national(digits: &str) -> Option<Phone> {
    let phone = |digits: String, kind, converted| {
        Some(Phone {
            digits,
            kind,
            converted,
            zero_restored: false,
        })
    };
    let after_zero = digits.strip_prefix('0')?;
    let prefix = after_zero.get(..2)?;
    match digits.len() {
        10 if holds(AREA_BEFORE, prefix) => phone(digits.to_owned(), PhoneKind::Unknown, false),
        10 if holds(MOBILE, prefix) => phone(digits.to_owned(), PhoneKind::Mobile, false),
        10 if prefix == "53" => phone(
            format!("0233{}", after_zero.get(2..)?),
            PhoneKind::Landline,
            true,
        ),
        11 if prefix.starts_with('1') => {
            let (_, new) = CONVERTED.iter().find(|(old, _)| digits.starts_with(old))?;
            phone(
                format!("{new}{}", digits.get(4..)?),
                PhoneKind::Mobile,
                true,
            )
        }
        11 if prefix.starts_with('2') && holds(AREAS, after_zero.get(1..3)?) => {
            phone(digits.to_owned(), PhoneKind::Landline, false)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
