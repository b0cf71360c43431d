//! Groups 1, 2 and 4: the identity number, and what it says against the record.
//!
//! In: the record. Out: findings, and whether the number is sound and contradicts nothing in the row.

use super::name_says;
use crate::field::Field;
use crate::finding::Finding;
use crate::normalise::number::{self, Number, Parts, Place};
use crate::normalise::sex::{Sex, SexValue};
use crate::record::Child;
use crate::rule::RuleId;

pub(super) fn sound_parts(child: &Child<'_>) -> Option<Parts> {
    match child.number {
        Number::Twelve(_, parts)
            if parts.is_sound_child() && parents_with(child, parts.value()).is_empty() =>
        {
            Some(parts)
        }
        _ => None,
    }
}

/// Who of the row's adults has this number.
fn parents_with(child: &Child<'_>, number: u64) -> Vec<&'static str> {
    [
        (&child.father, "cha"),
        (&child.mother, "mẹ"),
        (&child.guardian, "người giám hộ"),
    ]
    .iter()
    .filter(|(person, _)| person.number_padded == Some(number))
    .map(|(_, role)| *role)
    .collect()
}

/// Groups 1, 2 and 4. True where the number is sound and contradicts nothing in the row.
pub(super) fn check_number(
    child: &Child<'_>,
    raw: &dyn Fn(Field) -> String,
    out: &mut Vec<Finding>,
) -> bool {
    if let Some(padded) = child.number.padded() {
        let roles = parents_with(child, padded);
        if !roles.is_empty() {
            out.push(
                Finding::new(RuleId::ID_PARENT, Field::Number, raw(Field::Number))
                    .detail(roles.join(" và ")),
            );
            if let Number::Twelve(_, parts) = child.number {
                check_place_digits(parts, raw, out);
                check_century(parts, raw, out);
                return false;
            }
        }
    }
    match &child.number {
        Number::Missing | Number::NotRegistered => {
            let finding = match child.not_yet {
                Some(why) => {
                    Finding::new(RuleId::ID_NOT_YET, Field::Number, raw(Field::Number)).detail(why)
                }
                None => Finding::new(RuleId::ID_MISSING, Field::Number, raw(Field::Number)),
            };
            out.push(finding);
            false
        }
        Number::Other(text) => {
            out.push(wrong_length(child, text, raw));
            false
        }
        Number::Twelve(_, parts) => check_twelve(child, *parts, raw, out),
    }
}

fn check_twelve(
    child: &Child<'_>,
    parts: Parts,
    raw: &dyn Fn(Field) -> String,
    out: &mut Vec<Finding>,
) -> bool {
    let mut sound = check_place_digits(parts, raw, out);
    if check_century(parts, raw, out) {
        return false;
    }
    let says = Sex::of_digit(parts.century_digit());
    if let SexValue::Known(sex) = child.sex
        && sex != says
    {
        let meaning = match says {
            Sex::Male => "nam, sinh từ năm 2000",
            Sex::Female => "nữ, sinh từ năm 2000",
        };
        let mut finding = Finding::new(RuleId::ID_SEX, Field::Number, raw(Field::Number))
            .detail(parts.century_digit().to_string())
            .detail(meaning)
            .detail(sex.label());
        if name_says(&child.name) == Some(says) {
            // Name and number agree against the column: the fix is in the sex, for a person to confirm.
            finding = finding.suggest(format!("Giới tính: {}", says.label()));
        }
        out.push(finding);
        sound = false;
    }
    if let Some(birth) = child.birth_date()
        && birth.year.rem_euclid(100) != i16::from(parts.year_digits())
    {
        out.push(
            Finding::new(RuleId::ID_YEAR, Field::Number, raw(Field::Number))
                .detail(format!("{:02}", parts.year_digits()))
                .detail(parts.birth_year().to_string())
                .detail(birth.year.to_string()),
        );
        sound = false;
    }
    sound
}

/// True where the first three digits are those of a province, or of abroad (a warning).
fn check_place_digits(parts: Parts, raw: &dyn Fn(Field) -> String, out: &mut Vec<Finding>) -> bool {
    let code = format!("{:03}", parts.place_code());
    match parts.place() {
        Place::Province => true,
        Place::Abroad => {
            out.push(
                Finding::new(RuleId::ID_ABROAD, Field::Number, raw(Field::Number)).detail(code),
            );
            true
        }
        Place::Unknown => {
            out.push(
                Finding::new(RuleId::ID_PLACE, Field::Number, raw(Field::Number)).detail(code),
            );
            false
        }
    }
}

/// True where the fourth digit is not a child's.
fn check_century(parts: Parts, raw: &dyn Fn(Field) -> String, out: &mut Vec<Finding>) -> bool {
    let digit = parts.century_digit();
    if matches!(digit, 2 | 3) {
        return false;
    }
    let when = match digit {
        0 | 1 => format!("trong thế kỷ 20 (năm {})", parts.birth_year()),
        _ => format!(
            "trong thế kỷ {} (năm {})",
            20 + digit / 2,
            parts.birth_year()
        ),
    };
    out.push(
        Finding::new(RuleId::ID_CENTURY, Field::Number, raw(Field::Number))
            .detail(digit.to_string())
            .detail(when),
    );
    true
}

/// `id.zero-lost` where putting zeros back gives a number that contradicts nothing that is known (and something is known);
/// else `id.length`.
fn wrong_length(child: &Child<'_>, text: &str, raw: &dyn Fn(Field) -> String) -> Finding {
    if let Some((padded, parts)) = number::restore_zeros(text)
        && parts.place() == Place::Province
        && matches!(parts.century_digit(), 2 | 3)
    {
        let sex = if let SexValue::Known(sex) = child.sex {
            Some(sex == Sex::of_digit(parts.century_digit()))
        } else {
            None
        };
        let year = child
            .birth_date()
            .map(|birth| birth.year.rem_euclid(100) == i16::from(parts.year_digits()));
        if sex != Some(false) && year != Some(false) && (sex.is_some() || year.is_some()) {
            let why = match (sex, year) {
                (Some(_), Some(_)) => "khớp giới tính và năm sinh",
                (Some(_), None) => "khớp giới tính",
                _ => "khớp năm sinh",
            };
            return Finding::new(RuleId::ID_ZERO_LOST, Field::Number, raw(Field::Number))
                .detail(why)
                .suggest_safe(padded);
        }
    }
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().count() - digits;
    let what = match (digits, letters) {
        (0, _) => "chữ, không có chữ số".to_owned(),
        (_, 0) => format!("{digits} chữ số"),
        _ => format!("{digits} chữ số và {letters} ký tự khác"),
    };
    let mut finding =
        Finding::new(RuleId::ID_LENGTH, Field::Number, raw(Field::Number)).detail(what);
    if let Some(better) = number::without_letters(text) {
        finding = finding.suggest(better);
    }
    finding
}
