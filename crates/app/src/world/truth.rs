//! Which rules a row must show, said from what was done to it.
//!
//! In: the states of a row's cells, and which columns its list has. Out: [`Rules`]. Written from the contract («Meaning of the
//! rules where two could fire»), and apart from the checker's own code: where the two disagree, one of them is wrong. Notes on
//! repaired text (`text.*`) are left out; `id.not-yet` is in.

use super::names::Sex;
use super::written::{Birth, Is, NameIs, Written};
use jiff::ToSpan;
use jiff::civil::Date;
use treem_child::rule::{RULES, RuleId};

/// A set of rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rules(u64);

impl Rules {
    /// Adds one.
    pub fn add(&mut self, rule: RuleId) {
        self.0 |= 1 << rule.0;
    }
    /// Adds one where something holds.
    pub fn add_if(&mut self, holds: bool, rule: RuleId) {
        if holds {
            self.add(rule);
        }
    }
    /// True where it is in.
    pub fn has(self, rule: RuleId) -> bool {
        self.0 >> rule.0 & 1 == 1
    }
    /// Codes in order.
    pub fn codes(self) -> impl Iterator<Item = &'static str> {
        RULES
            .iter()
            .enumerate()
            .filter(move |(at, _)| self.0 >> at & 1 == 1)
            .map(|(_, info)| info.code)
    }
}

/// Which columns a list has, as far as rules ask.
#[derive(Clone, Copy, Debug)]
pub struct Columns {
    /// Father and mother.
    pub parents: bool,
    /// Of the parents only the mother.
    pub mother_only: bool,
    /// Guardian or carer.
    pub guardian: bool,
    /// The parents' numbers.
    pub parents_numbers: bool,
    /// Nationality.
    pub nationality: bool,
}

impl Columns {
    /// What two lists have both, as far as it makes two rows one child.
    pub fn and(self, other: Self) -> Self {
        Self {
            mother_only: self.mother_only || other.mother_only,
            ..self
        }
    }
}

/// The rules of a row by itself; what many rows show together is added later.
pub fn of_row(row: &Written<'_>, columns: Columns, as_of: Date) -> Rules {
    let mut rules = Rules::default();
    match row.name_is {
        NameIs::Good => {}
        NameIs::Missing => rules.add(RuleId::NAME_MISSING),
        NameIs::Invalid => rules.add(RuleId::NAME_INVALID),
        NameIs::Short => rules.add(RuleId::NAME_SHORT),
    }
    birth(row, as_of, &mut rules);
    match row.sex.is {
        Is::Known => {}
        Is::Missing => rules.add(RuleId::SEX_MISSING),
        Is::Unknown | Is::Ambiguous => rules.add(RuleId::SEX_INVALID),
    }
    match row.ethnicity.is {
        Is::Known => {}
        Is::Missing => rules.add(RuleId::ETHNICITY_MISSING),
        Is::Unknown => rules.add(RuleId::ETHNICITY_UNKNOWN),
        Is::Ambiguous => rules.add(RuleId::ETHNICITY_AMBIGUOUS),
    }
    let cared = (columns.parents && row.father.named && !columns.mother_only)
        || (columns.parents && row.mother.named)
        || (columns.guardian && row.guardian.named);
    rules.add_if(!cared, RuleId::CARER_MISSING);
    match row.commune.is {
        Is::Known => {}
        Is::Missing => rules.add(RuleId::PLACE_MISSING),
        Is::Unknown | Is::Ambiguous => rules.add(RuleId::PLACE_UNKNOWN),
    }
    rules.add_if(row.hamlet.is != Is::Known, RuleId::PLACE_HAMLET);
    number(row, columns, &mut rules);
    rules.add_if(name_contradicts(row, rules), RuleId::NAME_SEX);
    rules
}

/// "Thị" as a middle name says a girl, "Văn" a boy: said where no sound number takes the side of the sex written, and `id.sex`
/// has not asked already.
fn name_contradicts(row: &Written<'_>, rules: Rules) -> bool {
    let words: Vec<&str> = row.name.split(' ').collect();
    let [_, middle @ .., _] = words.as_slice() else {
        return false;
    };
    let says = middle.iter().find_map(|word| match *word {
        "Thị" => Some(Sex::Female),
        "Văn" => Some(Sex::Male),
        _ => None,
    });
    row.name_is == NameIs::Good
        && row.sex.is == Is::Known
        && says.is_some_and(|says| says != row.sex_meant)
        && (sound(&row.number).is_none() || rules.has(RuleId::ID_PARENT))
        && !rules.has(RuleId::ID_SEX)
}

fn birth(row: &Written<'_>, as_of: Date, rules: &mut Rules) {
    match &row.birth {
        Birth::Day(day) | Birth::Swapped(day) | Birth::Turned(_, day) => {
            rules.add_if(!matches!(row.birth, Birth::Day(_)), RuleId::BIRTH_SWAPPED);
            rules.add_if(*day > as_of, RuleId::BIRTH_FUTURE);
            rules.add_if(
                day.saturating_add(16.years()) <= as_of,
                RuleId::BIRTH_OVER_AGE,
            );
        }
        Birth::Partial(..) => rules.add(RuleId::BIRTH_PARTIAL),
        Birth::Invalid(_) => rules.add(RuleId::BIRTH_INVALID),
        Birth::Missing(_) => rules.add(RuleId::BIRTH_MISSING),
    }
}

/// The 63 place codes of TT 07/2016/TT-BCA Phụ lục 1.
const PLACES: [u16; 63] = [
    1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37,
    38, 40, 42, 44, 45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77,
    79, 80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96,
];

/// The digits of a cell that holds a number and nothing but signs between its digits.
pub fn bare(number: &str) -> Option<String> {
    let mut out = String::new();
    for letter in number.chars() {
        match letter {
            '0'..='9' => out.push(letter),
            // Full width.
            '\u{ff10}'..='\u{ff19}' => out.push(char::from(
                b'0' + u8::try_from(u32::from(letter) - 0xff10).unwrap_or(0),
            )),
            ' ' | '.' | '-' | '\'' | '\u{a0}' => {}
            _ => return None,
        }
    }
    (!out.is_empty()).then_some(out)
}

/// A sound child's number, as a number: twelve digits, known place or abroad, 2 or 3 in the fourth place.
pub fn sound(number: &str) -> Option<u64> {
    let digits = bare(number).filter(|digits| digits.len() == 12)?;
    let value: u64 = digits.parse().ok()?;
    let place = u16::try_from(value / 1_000_000_000).ok()?;
    let century = value / 100_000_000 % 10;
    ((place >= 100 || PLACES.contains(&place)) && matches!(century, 2 | 3)).then_some(value)
}

fn number(row: &Written<'_>, columns: Columns, rules: &mut Rules) {
    let text = row.number.trim();
    if matches!(
        text,
        "" | "-" | "…" | "0" | "chưa có" | "Chưa có" | "không có" | "Không có"
    ) {
        let not_yet = columns.nationality && row.foreign;
        rules.add(if not_yet {
            RuleId::ID_NOT_YET
        } else {
            RuleId::ID_MISSING
        });
        return;
    }
    if text.contains("khai sinh") {
        rules.add(RuleId::ID_NOT_YET);
        return;
    }
    let Some(digits) = bare(text) else {
        rules.add(RuleId::ID_LENGTH);
        return;
    };
    let value: u64 = digits.parse().unwrap_or(0);
    let of_parent = |number: &str| {
        bare(number).is_some_and(|other| {
            (9..=12).contains(&other.len()) && other.parse() == Ok(value) && digits.len() >= 10
        })
    };
    let parents = columns.parents
        && columns.parents_numbers
        && ((!columns.mother_only && of_parent(&row.father.number))
            || of_parent(&row.mother.number));
    rules.add_if(parents, RuleId::ID_PARENT);
    if digits.len() != 12 {
        let restored = (10..=11).contains(&digits.len())
            && sound(&format!("{value:012}")).is_some_and(|value| value < 100_000_000_000);
        let agrees = agreement(row, value);
        rules.add(if !parents && restored && agrees == Some(true) {
            RuleId::ID_ZERO_LOST
        } else {
            RuleId::ID_LENGTH
        });
        return;
    }
    let place = u16::try_from(value / 1_000_000_000).unwrap_or(0);
    let century = value / 100_000_000 % 10;
    if place >= 100 {
        rules.add(RuleId::ID_ABROAD);
    } else {
        rules.add_if(!PLACES.contains(&place), RuleId::ID_PLACE);
    }
    if !matches!(century, 2 | 3) {
        rules.add(RuleId::ID_CENTURY);
        return;
    }
    if parents {
        return;
    }
    rules.add_if(sex_agrees(row, value) == Some(false), RuleId::ID_SEX);
    rules.add_if(year_agrees(row, value) == Some(false), RuleId::ID_YEAR);
}

fn sex_agrees(row: &Written<'_>, value: u64) -> Option<bool> {
    (row.sex.is == Is::Known)
        .then(|| (value / 100_000_000 % 10 % 2 == 1) == (row.sex_meant == Sex::Female))
}

fn year_agrees(row: &Written<'_>, value: u64) -> Option<bool> {
    let digits = i16::try_from(value / 1_000_000 % 100).unwrap_or(0);
    row.birth.year().map(|year| year.rem_euclid(100) == digits)
}

/// Whether the number agrees with what is known of sex and year: `None` where neither is.
fn agreement(row: &Written<'_>, value: u64) -> Option<bool> {
    match (sex_agrees(row, value), year_agrees(row, value)) {
        (None, None) => None,
        (sex, year) => Some(sex != Some(false) && year != Some(false)),
    }
}
