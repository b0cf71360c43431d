//! Telephone numbers: the numbers of today out of what people write.
//!
//! In: a cell as it stands. Out: [`Phones`]. Mobile numbers of eleven digits became ten on 15/9/2018, the landline code 053 of
//! Quảng Trị became 0233 and 052 of Quảng Bình 0232 in 2017 (Bộ TT&TT, kế hoạch chuyển đổi mã mạng, mã vùng).

use std::fmt;

/// What kind of line it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A mobile number of ten digits.
    Mobile,
    /// A landline with its area code.
    Landline,
    /// Could be an old landline or a new mobile number (052, 056, 058, 059 and seven digits), or is of no known shape.
    Unknown,
}

/// One number.
#[derive(Clone, PartialEq, Eq)]
pub struct Phone {
    /// Digits of today, with the leading zero.
    pub digits: String,
    /// What kind of line it is.
    pub kind: Kind,
}

/// The numbers of a cell.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Phones {
    /// In order of writing.
    pub numbers: Vec<Phone>,
    /// Something stands there that is no number.
    pub rubbish: bool,
}

/// Joined by " / ".
impl fmt::Display for Phones {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, number) in self.numbers.iter().enumerate() {
            if index > 0 {
                f.write_str(" / ")?;
            }
            f.write_str(&number.digits)?;
        }
        Ok(())
    }
}

/// Old prefix of eleven-digit mobile numbers (after the 0) and the new one of ten.
const CHANGED: [(&str, &str); 21] = [
    ("162", "32"), ("163", "33"), ("164", "34"), ("165", "35"), ("166", "36"), ("167", "37"), ("168", "38"), ("169", "39"), // Viettel
    ("120", "70"), ("121", "79"), ("122", "77"), ("126", "76"), ("128", "78"), // MobiFone
    ("123", "83"), ("124", "84"), ("125", "85"), ("127", "81"), ("129", "82"), // VinaPhone
    ("186", "56"), ("188", "58"), // Vietnamobile
    ("199", "59"), // Gmobile
];

/// True for ten ASCII digits with a live mobile prefix: nothing to do.
pub fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 10 && bytes.first() == Some(&b'0') && bytes.iter().all(u8::is_ascii_digit) && is_mobile(text) && !is_doubtful(text)
}

fn is_mobile(digits: &str) -> bool {
    digits.len() == 10 && matches!(digits.get(..2), Some("03" | "05" | "07" | "08" | "09"))
}

/// 052, 056, 058, 059 and seven digits: an area code until 2017, a mobile prefix since.
fn is_doubtful(digits: &str) -> bool {
    digits.len() == 10 && matches!(digits.get(..3), Some("052" | "056" | "058" | "059"))
}

/// Reads a cell.
pub fn phones(text: &str) -> Phones {
    let mut out = Phones::default();
    if text.len() > 400 {
        out.rubbish = true;
        return out;
    }
    let ascii: String = text.chars().map(|c| if ('０'..='９').contains(&c) { char::from_u32(u32::from(c) - 0xFF10 + 0x30).unwrap_or('0') } else { c }).collect();
    let whole = digits_of(&ascii);
    if !ascii.contains(['/', ',', ';', '\n', '|', '&']) && !has_letters(&ascii) && (9..=13).contains(&whole.len()) {
        push(&mut out, &whole);
        return out;
    }
    for piece in ascii.split(['/', ',', ';', '\n', '|', '&']).flat_map(|piece| piece.split(" hoặc ")).flat_map(|piece| piece.split(" và ")) {
        if piece.trim().is_empty() {
            continue;
        }
        if looks_like_power(piece) {
            out.rubbish = true;
            continue;
        }
        let digits = digits_of(piece);
        if digits.len() > 13 {
            // Two numbers with only a dash or spaces between them.
            for run in piece.split(['-', '–']).flat_map(split_long) {
                push(&mut out, &run);
            }
        } else if digits.len() >= 9 {
            push(&mut out, &digits);
        } else {
            out.rubbish |= piece.chars().any(char::is_alphanumeric);
        }
    }
    out
}

fn has_letters(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

/// `9.12E+08`: the number is lost.
fn looks_like_power(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    lower.contains("e+") || (lower.contains('e') && lower.chars().all(|c| c.is_ascii_digit() || matches!(c, 'e' | '.' | ',' | ' ')))
}

fn digits_of(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Digits in one piece: cut where a new number begins ("0912345678 0987654321").
fn split_long(piece: &str) -> Vec<String> {
    let digits = digits_of(piece);
    if digits.len() <= 13 {
        return if digits.is_empty() { Vec::new() } else { vec![digits] };
    }
    let mut out: Vec<String> = Vec::new();
    for run in piece.split_whitespace() {
        let run = digits_of(run);
        match out.last_mut() {
            Some(last) if last.len() < 9 => last.push_str(&run),
            _ if !run.is_empty() => out.push(run),
            _ => {}
        }
    }
    out
}

fn push(out: &mut Phones, digits: &str) {
    match one(digits) {
        Some(phone) => out.numbers.push(phone),
        None => out.rubbish = true,
    }
}

/// One run of digits → the number of today.
fn one(digits: &str) -> Option<Phone> {
    let mut national = digits.to_owned();
    if let Some(rest) = digits.strip_prefix("0084") {
        national = rest.to_owned();
    } else if digits.len() >= 11
        && let Some(rest) = digits.strip_prefix("84")
    {
        national = rest.to_owned();
    }
    let national = national.trim_start_matches('0').to_owned();
    let phone = |digits: String, kind: Kind| Some(Phone { digits, kind });
    match national.len() {
        9 if matches!(national.as_bytes().first(), Some(b'3' | b'5' | b'7' | b'8' | b'9')) => {
            let full = format!("0{national}");
            if full.starts_with("053") {
                return phone(format!("0233{}", full.get(3..).unwrap_or("")), Kind::Landline);
            }
            let kind = if is_doubtful(&full) { Kind::Unknown } else { Kind::Mobile };
            phone(full, kind)
        }
        9 if matches!(national.as_bytes().first(), Some(b'2' | b'4' | b'6')) => phone(format!("0{national}"), Kind::Landline),
        10 if national.starts_with('1') => {
            let (old, rest) = national.split_at(3);
            let new = CHANGED.iter().find(|(from, _)| *from == old).map(|(_, to)| *to)?;
            phone(format!("0{new}{rest}"), Kind::Mobile)
        }
        10 if national.starts_with('2') => phone(format!("0{national}"), Kind::Landline),
        10 if national.starts_with("53") => phone(format!("0233{}", national.get(2..).unwrap_or("")), Kind::Landline),
        9..=10 => phone(format!("0{national}"), Kind::Unknown),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, expect: &str) {
        assert_eq!(phones(input).to_string(), expect, "{input:?}");
    }

    #[test]
    fn numbers() {
        for (input, expect) in [
            ("0912345678", "0912345678"), ("0912.345.678", "0912345678"), ("+84912345678", "0912345678"), ("0084912345678", "0912345678"), ("+84 0912345678", "0912345678"),
            ("01693234345", "0393234345"), ("1693234345", "0393234345"), ("+841693234345", "0393234345"), ("'0912345678", "0912345678"), ("9.12E+08", ""), ("912345678", "0912345678"),
            ("0233 3852 345", "02333852345"), ("053.3852345", "02333852345"), ("0912345678 - 0987654321", "0912345678 / 0987654321"), ("0912345678/0987654321", "0912345678 / 0987654321"),
            ("", ""), ("113", ""), ("0912 345 678", "0912345678"), ("01249123456", "0849123456"), ("01991234567", "0591234567"), ("01201234567", "0701234567"), ("01881234567", "0581234567"),
            ("0912345678\n0987654321", "0912345678 / 0987654321"), ("０９１２３４５６７８", "0912345678"), ("ĐT: 0912345678", "0912345678"), ("0551234567", "0551234567"), ("0871234567", "0871234567"),
            ("0912345678 0987654321", "0912345678 / 0987654321"),
        ] {
            check(input, expect);
        }
        assert_eq!(phones("0521234567").numbers[0].kind, Kind::Unknown);
        assert!(is_plain("0912345678") && !is_plain("0521234567") && !is_plain("912345678"));
    }
}
