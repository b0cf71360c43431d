//! Reads the figures of a column, deciding from the whole column what its dots and commas mean.
//!
//! In: the cells of one column as text. Out: whole numbers, or percentages in hundredths, and what had to be assumed.

use super::words::whole;
use std::cmp::Ordering;

/// Longest run of digits taken for a figure: far beyond any count of people, far within `i64`.
const DIGITS: usize = 12;

/// A cell of a column of figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Figure {
    /// Nothing stands there.
    #[default]
    Blank,
    /// A dash: nothing to count (0 in a column of counts, undefined in a column of rates).
    Dash,
    /// A number: units in a column of counts, hundredths of a percent in a column of rates.
    Value(i64),
    /// Something that is no number of this kind.
    Unreadable(String),
}

impl Figure {
    /// The number; a dash is none.
    pub(super) fn value(&self) -> Option<i64> {
        if let Self::Value(value) = self {
            Some(*value)
        } else {
            None
        }
    }
}

/// What is left of a cell once signs, marks and units are off: digit groups and the separators between them.
struct Shape {
    negative: bool,
    percent: bool,
    groups: Vec<String>,
    separators: Vec<char>,
}

enum Read {
    Blank,
    Dash,
    Shape(Shape),
    Other,
}

/// White space of any kind, and what is not seen.
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{2060}')
}

/// Takes one cell apart. Footnote marks after the number are left off: `²`, `*`, `(2)`, `[2]`, `<sup>2</sup>`, and ` 2` where it
/// cannot be a group of thousands.
fn read(text: &str) -> Read {
    let trimmed = text
        .trim_matches(is_space)
        .trim_matches(['\'', '’', '"'])
        .trim_matches(is_space);
    if trimmed.is_empty() {
        return Read::Blank;
    }
    if trimmed
        .chars()
        .all(|c| matches!(c, '-' | '–' | '—' | '−' | '…' | '.' | '/' | 'x' | 'X' | '_'))
    {
        return Read::Dash;
    }
    let mut text: String = trimmed
        .chars()
        .map(|c| match c {
            '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10).unwrap_or(c),
            '．' => '.',
            '，' => ',',
            '％' => '%',
            '−' | '–' | '—' => '-',
            c if is_space(c) => ' ',
            c => c,
        })
        .collect();
    // Accounting writes a negative number in brackets.
    let mut negative = false;
    if text.len() > 2 && text.starts_with('(') && text.ends_with(')') {
        negative = true;
        text = text.trim_matches(['(', ')', ' ']).to_owned();
    }
    if let Some(at) = text.find("<sup>") {
        text.truncate(at);
    }
    let mut rest = text.as_str();
    let mut percent = false;
    loop {
        let before = rest;
        rest = rest.trim_end_matches([
            ' ', '*', '†', '⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹',
        ]);
        if let Some(short) = rest.strip_suffix('%') {
            percent = true;
            rest = short;
        }
        for (open, close) in [('(', ')'), ('[', ']')] {
            if let Some((number, mark)) = rest.strip_suffix(close).and_then(|r| r.rsplit_once(open))
                && (1..=2).contains(&mark.len())
                && mark.bytes().all(|b| b.is_ascii_digit())
            {
                rest = number;
            }
        }
        // "26.847 trẻ", "100 em"
        if let Some((number, word)) = rest.rsplit_once(' ')
            && matches!(
                word.to_lowercase().as_str(),
                "trẻ" | "em" | "cháu" | "người"
            )
        {
            rest = number;
        }
        if rest == before {
            break;
        }
    }
    if let Some(short) = rest.strip_prefix('-') {
        negative = true;
        rest = short.trim_start();
    } else if let Some(short) = rest.strip_prefix('+') {
        rest = short.trim_start();
    }
    let mut groups = vec![String::new()];
    let mut separators = Vec::new();
    for c in rest.chars() {
        match c {
            '0'..='9' => {
                if let Some(group) = groups.last_mut() {
                    group.push(c);
                }
            }
            '.' | ',' | ' ' | '\'' | '’' => {
                separators.push(if c == '’' { '\'' } else { c });
                groups.push(String::new());
            }
            _ => return Read::Other,
        }
    }
    // "16.650 2": a group after a space that is no group of three is a mark.
    if groups.len() > 1
        && separators.last() == Some(&' ')
        && groups.last().is_some_and(|g| (1..=2).contains(&g.len()))
    {
        groups.pop();
        separators.pop();
    }
    if groups.iter().any(String::is_empty)
        || groups.iter().map(String::len).sum::<usize>() > DIGITS + 20
    {
        return Read::Other;
    }
    Read::Shape(Shape {
        negative,
        percent,
        groups,
        separators,
    })
}

impl Shape {
    /// `1.234.567`: one separator throughout, first group of one to three, the others of three.
    fn is_grouped(&self) -> bool {
        let Some((first, rest)) = self.groups.split_first() else {
            return false;
        };
        (1..=3).contains(&first.len())
            && !first.starts_with('0')
            && rest.iter().all(|g| g.len() == 3)
            && self
                .separators
                .windows(2)
                .all(|pair| pair.first() == pair.last())
    }

    fn signed(&self, digits: &str) -> Option<i64> {
        if digits.len() > DIGITS {
            return None;
        }
        digits
            .parse::<i64>()
            .ok()
            .map(|value| if self.negative { -value } else { value })
    }
}

/// True where a cell could be a figure at all.
pub(super) fn looks_numeric(text: &str) -> bool {
    matches!(read(text), Read::Shape(_))
}

/// The whole numbers of a column.
///
/// Takes its cells in order. Gives one [`Figure`] a cell and, in Vietnamese, what was assumed. A separator before exactly three
/// digits groups thousands, whatever it is; `10.19` in a column of `26.847` is 10.190 whose last zero Excel dropped;
/// `16.6502` there is 16.650 with a footnote mark.
pub(super) fn whole_numbers(cells: &[&str]) -> (Vec<Figure>, Vec<String>) {
    let shapes: Vec<Read> = cells.iter().map(|text| read(text)).collect();
    let votes = |separator: char| {
        shapes
            .iter()
            .filter(|read| matches!(read, Read::Shape(s) if s.separators.first() == Some(&separator) && s.is_grouped()))
            .count()
    };
    let (dots, commas) = (votes('.'), votes(','));
    let thousands = match dots.cmp(&commas) {
        Ordering::Greater => Some('.'),
        Ordering::Less => Some(','),
        Ordering::Equal => None,
    };
    let mut notes = Vec::new();
    let figures = shapes
        .iter()
        .zip(cells)
        .map(|(read, text)| {
            let shape = match read {
                Read::Blank => return Figure::Blank,
                Read::Dash => return Figure::Dash,
                Read::Other => return Figure::Unreadable((*text).trim().to_owned()),
                Read::Shape(shape) => shape,
            };
            whole_number(shape, thousands, text.trim(), &mut notes).map_or_else(
                || Figure::Unreadable((*text).trim().to_owned()),
                Figure::Value,
            )
        })
        .collect();
    (figures, notes)
}

fn whole_number(
    shape: &Shape,
    thousands: Option<char>,
    text: &str,
    notes: &mut Vec<String>,
) -> Option<i64> {
    if shape.percent {
        return None;
    }
    if shape.is_grouped() || shape.separators.is_empty() {
        return shape.signed(&shape.groups.concat());
    }
    let (last, before) = shape.groups.split_last()?;
    let (mark, inner) = shape.separators.split_last()?;
    // The part before the last separator, itself plain or grouped by one other separator.
    let head_is_sound = match before {
        [_] => true,
        [first, rest @ ..] => {
            (1..=3).contains(&first.len())
                && rest.iter().all(|g| g.len() == 3)
                && inner.iter().all(|s| Some(s) == inner.first())
        }
        [] => false,
    };
    if !head_is_sound || !matches!(mark, '.' | ',') {
        return None;
    }
    // "26847.0", "1.234,00"
    if last.bytes().all(|b| b == b'0')
        && (inner.is_empty() || inner.first() != Some(mark))
        && last.len() != 3
    {
        return shape.signed(&before.concat());
    }
    if thousands != Some(*mark)
        || inner.iter().any(|s| s != mark)
        || before.first().is_none_or(|g| g.len() > 3)
    {
        return None;
    }
    let kept: String = match last.len() {
        1 | 2 => format!("{last:0<3}"),
        4 | 5 => last.get(..3)?.to_owned(),
        _ => return None,
    };
    let value = shape.signed(&(before.concat() + &kept))?;
    let reason = if last.len() < 3 {
        "số 0 ở cuối đã bị bỏ"
    } else {
        "chữ số thừa ở cuối là dấu chú thích"
    };
    notes.push(format!(
        "Ô ghi “{text}” được đọc là {} ({reason}).",
        whole(value)
    ));
    Some(value)
}

/// A column of rates.
#[derive(Clone, Debug, Default)]
pub(super) struct Rates {
    /// In hundredths of a percent, rounded half up from what is printed.
    pub(super) figures: Vec<Figure>,
    /// Places after the comma, in percent, that the column is printed with: 0, 1 or 2.
    pub(super) places: u32,
}

/// The percentages of a column.
///
/// Takes its cells and, cell by cell, the share expected in hundredths of a percent where it is known: a column without a percent
/// sign whose figures lie nearer to shares of one (`0.6202`) is read so. A single dot or comma is the decimal mark.
pub(super) fn rates(cells: &[&str], expected: &[Option<i64>]) -> Rates {
    let reads: Vec<Read> = cells.iter().map(|text| read(text)).collect();
    let decimals: Vec<Option<(i64, u32)>> = reads
        .iter()
        .map(|r| {
            if let Read::Shape(s) = r {
                decimal(s)
            } else {
                None
            }
        })
        .collect();
    let signed = reads
        .iter()
        .any(|r| matches!(r, Read::Shape(s) if s.percent));
    let (mut as_percent, mut as_share) = (0_i64, 0_i64);
    for (value, want) in decimals.iter().zip(expected) {
        if let (Some((mantissa, scale)), Some(want)) = (value, want) {
            let hundredths = to_hundredths(*mantissa, *scale);
            as_percent =
                as_percent.saturating_add(hundredths.saturating_sub(*want).saturating_abs());
            let share = to_hundredths(mantissa.saturating_mul(100), *scale);
            as_share = as_share.saturating_add(share.saturating_sub(*want).saturating_abs());
        }
    }
    let shift = if !signed && as_share < as_percent {
        2
    } else {
        0
    };
    let places = decimals
        .iter()
        .flatten()
        .map(|(_, scale)| scale.saturating_sub(shift))
        .max()
        .unwrap_or(2)
        .min(2);
    let figures = reads
        .iter()
        .zip(&decimals)
        .zip(cells)
        .map(|((read, value), text)| match (read, value) {
            (Read::Blank, _) => Figure::Blank,
            (Read::Dash, _) => Figure::Dash,
            (_, Some((mantissa, scale))) => {
                let mantissa = if shift == 2 {
                    mantissa.saturating_mul(100)
                } else {
                    *mantissa
                };
                Figure::Value(to_hundredths(mantissa, *scale))
            }
            _ => Figure::Unreadable((*text).trim().to_owned()),
        })
        .collect();
    Rates { figures, places }
}

/// Mantissa and places of a number whose last separator is the decimal mark.
fn decimal(shape: &Shape) -> Option<(i64, u32)> {
    const PLACES: usize = 9;
    let (last, before) = shape.groups.split_last()?;
    let (integer, fraction) = match (before, shape.separators.last()) {
        ([], _) => (last.clone(), ""),
        ([_], Some('.' | ',')) => (before.concat(), last.as_str()),
        _ => return None,
    };
    // A binary share writes 0.6205000000000001: nine places say all there is to say.
    let mut scale = fraction.len().min(PLACES);
    let mut mantissa = shape.signed(&(integer + fraction.get(..scale)?))?;
    if fraction
        .as_bytes()
        .get(scale)
        .is_some_and(|digit| *digit >= b'5')
    {
        mantissa = mantissa.saturating_add(if shape.negative { -1 } else { 1 });
    }
    while scale > 0 && fraction.len() > PLACES && mantissa % 10 == 0 {
        mantissa /= 10;
        scale -= 1;
    }
    Some((mantissa, u32::try_from(scale).ok()?))
}

/// Mantissa × 10^−scale in hundredths, rounded half up.
fn to_hundredths(mantissa: i64, scale: u32) -> i64 {
    if scale <= 2 {
        return mantissa.saturating_mul(10_i64.saturating_pow(2 - scale));
    }
    let divisor = 10_i64.saturating_pow(scale - 2);
    mantissa.saturating_add(divisor / 2).div_euclid(divisor)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cells: &[&str], expect: &[Option<i64>]) {
        let values: Vec<_> = whole_numbers(cells).0.iter().map(Figure::value).collect();
        assert_eq!(values, expect, "{cells:?}");
    }

    #[test]
    fn whole_numbers_are_read() {
        check(
            &["26.847", "100", "187.288"],
            &[Some(26847), Some(100), Some(187_288)],
        );
        check(
            &["26,847", "100", "1,187,288"],
            &[Some(26847), Some(100), Some(1_187_288)],
        );
        check(
            &["1 234", "1\u{a0}234", "1\u{202f}234"],
            &[Some(1234), Some(1234), Some(1234)],
        );
        check(
            &["16.650 2", "16.650²", "16.650 (2)", "16.650*"],
            &[Some(16650); 4],
        );
        check(
            &["12.453 ²", "16.650<sup>2</sup>", "16650 2"],
            &[Some(12453), Some(16650), Some(16650)],
        );
        check(
            &["26.847", "10.19", "16.6502"],
            &[Some(26847), Some(10190), Some(16650)],
        );
        check(
            &["26847.0", "1.234,00", "1,234.00"],
            &[Some(26847), Some(1234), Some(1234)],
        );
        check(
            &["-5", "−5", "(5)", "'045"],
            &[Some(-5), Some(-5), Some(-5), Some(45)],
        );
        check(&["10.19", "abc", "1.23.4", "62,05%"], &[None; 4]);
        check(
            &["２６８４７", "26.847 trẻ", "", "-"],
            &[Some(26847), Some(26847), None, None],
        );
        check(&["99999999999999999999", "1..2", ".", ",5"], &[None; 4]);
    }

    #[test]
    fn rates_are_read() {
        #[track_caller]
        fn check(cells: &[&str], expected: i64, expect: &[Option<i64>], places: u32) {
            let rates = rates(cells, &vec![Some(expected); cells.len()]);
            assert_eq!(
                (
                    rates.figures.iter().map(Figure::value).collect::<Vec<_>>(),
                    rates.places
                ),
                (expect.to_vec(), places)
            );
        }
        check(&["62,05", "62.05%", "62,05 %"], 6202, &[Some(6205); 3], 2);
        check(&["0.6202", "0,62"], 6202, &[Some(6202), Some(6200)], 2);
        check(&["0.620181025812940"], 6202, &[Some(6202)], 2);
        check(&["62", "58.8"], 6202, &[Some(6200), Some(5880)], 1);
        check(&["–", "", "1.234.5"], 6202, &[None; 3], 2);
        check(
            &["62.018102581294", "100"],
            6202,
            &[Some(6202), Some(10000)],
            2,
        );
    }
}
