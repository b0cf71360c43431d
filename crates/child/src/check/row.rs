//! The rules that one row decides by itself.
//!
//! In: the record, the raw cells, the [`Context`]. Out: findings pushed in any order, and the two [`Measures`]. What happens
//! where two rules could fire is the contract's («Meaning of the rules where two could fire»): over two fields nothing is said
//! when either is missing or invalid.

mod number;

use super::rules::{Carer, RuleSet};
use crate::field::Field;
use crate::finding::Finding;
use crate::limits;
use crate::normalise::date::{DateValue, PartialDate};
use crate::normalise::keys;
use crate::normalise::name::NameState;
use crate::normalise::row::Context;
use crate::normalise::sex::{Sex, SexValue};
use crate::record::{Child, Ethnic, Person};
use crate::rule::RuleId;
use number::{check_number, sound_parts};

/// The two measures that are never one (design §4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measures {
    /// Đã chuẩn hóa: a number that is well formed and contradicts nothing in the row. Whether it stands on another child too is
    /// known once all rows are read.
    pub identified: bool,
    /// Đủ thông tin cơ bản: name, full birth date, sex, ethnic group, a carer, address.
    pub complete: bool,
}

/// Checks a row. `raw` gives the cell of a field as it stands in the file; it is asked only where something is found. `out` holds
/// what the reader noted of this row, and nothing of other rows.
pub fn check(
    child: &Child<'_>,
    raw: &dyn Fn(Field) -> String,
    context: Context,
    rules: &RuleSet,
    out: &mut Vec<Finding>,
) -> Measures {
    let named = check_name(child, raw, out);
    let born = check_birth(child, raw, context, out);
    let sexed = check_sex(child, raw, out);
    let ethnic = check_ethnicity(child, raw, out);
    let cared = has_carer(child, rules.carer);
    if !cared {
        out.push(Finding::new(
            RuleId::CARER_MISSING,
            Field::Mother,
            raw(Field::Mother),
        ));
    }
    let placed = check_place(child, raw, out);
    let identified = check_number(child, raw, out);
    check_name_sex(child, raw, out);
    if rules.changes_any() {
        // The notes of repairs that the reader has left there obey the rule file too.
        rules.apply(out, 0);
    }
    if rules.has_locals() {
        rules.check_locals(child, raw, context, out);
    }
    Measures {
        identified,
        complete: named && born && sexed && ethnic && cared && placed,
    }
}

/// Keys that no typing tool turned into letters. What was meant is proposed, never taken by itself.
fn check_keys(child: &Child<'_>, raw: &dyn Fn(Field) -> String, out: &mut Vec<Finding>) {
    if let Some(meant) = keys::composed(&child.name) {
        let finding = Finding::new(RuleId::NAME_KEYS, Field::Name, raw(Field::Name));
        out.push(finding.suggest(meant));
    }
}

fn check_name(child: &Child<'_>, raw: &dyn Fn(Field) -> String, out: &mut Vec<Finding>) -> bool {
    match child.name_state {
        NameState::Good => {
            check_keys(child, raw, out);
            true
        }
        NameState::Short => {
            out.push(Finding::new(
                RuleId::NAME_SHORT,
                Field::Name,
                raw(Field::Name),
            ));
            true
        }
        NameState::Missing => {
            out.push(Finding::new(
                RuleId::NAME_MISSING,
                Field::Name,
                raw(Field::Name),
            ));
            false
        }
        NameState::Unknown | NameState::Placeholder => {
            out.push(
                Finding::new(RuleId::NAME_INVALID, Field::Name, raw(Field::Name))
                    .detail("chỉ là tên gọi tạm"),
            );
            false
        }
        NameState::Invalid => {
            let why = if child.name.chars().any(|c| c.is_ascii_digit()) {
                "có chữ số"
            } else {
                "có ký hiệu không phải chữ"
            };
            let mut finding =
                Finding::new(RuleId::NAME_INVALID, Field::Name, raw(Field::Name)).detail(why);
            if let Some(bare) = keys::composed(&child.name).or_else(|| bare_name(&child.name)) {
                finding = finding.suggest(bare);
            }
            out.push(finding);
            false
        }
    }
}

/// "Hồ Thị Mơ (Tý)", "Hồ Thị Mơ 2": what is left without the brackets, digits and signs at the end, if that is a name.
fn bare_name(name: &str) -> Option<String> {
    let cut = name.find(|c: char| !(c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’')))?;
    let bare = name.get(..cut)?.trim_end_matches([' ', '-']);
    (bare.split(' ').count() >= 2 && !name.get(cut..)?.contains('@')).then(|| bare.to_owned())
}

fn check_birth(
    child: &Child<'_>,
    raw: &dyn Fn(Field) -> String,
    context: Context,
    out: &mut Vec<Finding>,
) -> bool {
    let (date, swapped) = match child.birth {
        DateValue::Missing => {
            out.push(Finding::new(
                RuleId::BIRTH_MISSING,
                Field::Birth,
                raw(Field::Birth),
            ));
            return false;
        }
        DateValue::Invalid => {
            out.push(Finding::new(
                RuleId::BIRTH_INVALID,
                Field::Birth,
                raw(Field::Birth),
            ));
            return false;
        }
        DateValue::Known(date) => (date, false),
        DateValue::Swapped(date) => (date, true),
    };
    if swapped {
        out.push(
            Finding::new(RuleId::BIRTH_SWAPPED, Field::Birth, raw(Field::Birth))
                .suggest(date.display()),
        );
    }
    if !date.is_full() {
        let known = if date.month == 0 {
            "năm"
        } else {
            "tháng và năm"
        };
        out.push(
            Finding::new(RuleId::BIRTH_PARTIAL, Field::Birth, raw(Field::Birth)).detail(known),
        );
    }
    let as_of = (context.as_of.year, context.as_of.month, context.as_of.day);
    if date.earliest() > as_of {
        out.push(
            Finding::new(RuleId::BIRTH_FUTURE, Field::Birth, raw(Field::Birth))
                .detail(date.display())
                .detail(context.as_of.display()),
        );
        return false;
    }
    if is_over_age(date, context.as_of) {
        out.push(
            Finding::new(RuleId::BIRTH_OVER_AGE, Field::Birth, raw(Field::Birth))
                .detail(date.display())
                .detail(context.as_of.display()),
        );
        return false;
    }
    date.is_full()
}

/// Certain from what is known: even if born on the last possible day, sixteen on the as-of date.
pub fn is_over_age(date: PartialDate, as_of: PartialDate) -> bool {
    let as_of = (as_of.year, as_of.month, as_of.day);
    if date.is_full() {
        return date.anniversary(limits::AGE_LIMIT_YEARS) <= as_of;
    }
    let (year, month, day) = date.latest();
    // The last day of the month stands for "31": a month that is over by the as-of date decides.
    (
        year.saturating_add(limits::AGE_LIMIT_YEARS),
        month,
        day.min(last_day(date, as_of)),
    ) <= as_of
}

fn last_day(date: PartialDate, as_of: (i16, u8, u8)) -> u8 {
    let month = if date.month == 0 { 12 } else { date.month };
    let year = as_of.0;
    (28..=31)
        .rev()
        .find(|day| PartialDate::new(year, month, *day).is_some())
        .unwrap_or(31)
}

fn check_sex(child: &Child<'_>, raw: &dyn Fn(Field) -> String, out: &mut Vec<Finding>) -> bool {
    let rule = match child.sex {
        SexValue::Known(_) => return true,
        SexValue::Missing => RuleId::SEX_MISSING,
        SexValue::Invalid => RuleId::SEX_INVALID,
    };
    let mut finding = Finding::new(rule, Field::Sex, raw(Field::Sex));
    if let Some(parts) = sound_parts(child) {
        finding = finding.suggest(Sex::of_digit(parts.century_digit()).label());
    }
    out.push(finding);
    false
}

fn check_ethnicity(
    child: &Child<'_>,
    raw: &dyn Fn(Field) -> String,
    out: &mut Vec<Finding>,
) -> bool {
    match &child.ethnic {
        Ethnic::Known {
            group, doubtful, ..
        } => {
            if *doubtful {
                out.push(
                    Finding::new(
                        RuleId::ETHNICITY_AMBIGUOUS,
                        Field::Ethnicity,
                        raw(Field::Ethnicity),
                    )
                    .detail(format!(
                        "{} hoặc dân tộc khác có cùng tên gọi cũ",
                        group.name
                    )),
                );
            }
            true
        }
        Ethnic::Foreign => true,
        Ethnic::Missing => {
            out.push(Finding::new(
                RuleId::ETHNICITY_MISSING,
                Field::Ethnicity,
                raw(Field::Ethnicity),
            ));
            false
        }
        Ethnic::Unknown => {
            out.push(Finding::new(
                RuleId::ETHNICITY_UNKNOWN,
                Field::Ethnicity,
                raw(Field::Ethnicity),
            ));
            false
        }
        Ethnic::Ambiguous(candidates) => {
            let names: Vec<&str> = candidates.iter().map(|group| group.name).collect();
            out.push(
                Finding::new(
                    RuleId::ETHNICITY_AMBIGUOUS,
                    Field::Ethnicity,
                    raw(Field::Ethnicity),
                )
                .detail(names.join(", ")),
            );
            false
        }
    }
}

fn has_carer(child: &Child<'_>, carer: Carer) -> bool {
    let named = |person: &Person<'_>| person.state.is_named();
    (carer.father && named(&child.father))
        || (carer.mother && named(&child.mother))
        || (carer.guardian && named(&child.guardian))
}

fn check_place(child: &Child<'_>, raw: &dyn Fn(Field) -> String, out: &mut Vec<Finding>) -> bool {
    let residence = &child.residence;
    if let Some(why) = residence.unknown {
        let mut finding = Finding::new(RuleId::PLACE_UNKNOWN, Field::Commune, raw(Field::Commune))
            .detail(why.words());
        finding.suggestion = why.suggestion().map(|unit| unit.name.to_owned());
        out.push(finding);
    } else if residence.unit.is_none() {
        out.push(Finding::new(
            RuleId::PLACE_MISSING,
            Field::Commune,
            raw(Field::Commune),
        ));
    }
    if residence.hamlet.is_empty() {
        out.push(Finding::new(
            RuleId::PLACE_HAMLET,
            Field::Hamlet,
            raw(Field::Hamlet),
        ));
    }
    residence.unit.is_some() || !residence.address.is_empty()
}

/// "Thị" as a middle name says a girl, "Văn" a boy; nothing else is taken for evidence.
fn name_says(name: &str) -> Option<Sex> {
    let mut words = name.split(' ').skip(1).peekable();
    while let Some(word) = words.next() {
        if words.peek().is_none() {
            break;
        }
        match word {
            "Thị" => return Some(Sex::Female),
            "Văn" => return Some(Sex::Male),
            _ => {}
        }
    }
    None
}

/// Silent where a sound number agrees with the sex written, and where `id.sex` has already asked the question.
fn check_name_sex(child: &Child<'_>, raw: &dyn Fn(Field) -> String, out: &mut Vec<Finding>) {
    if child.name_state != NameState::Good || sound_parts(child).is_some() {
        return;
    }
    let (Some(says), SexValue::Known(sex)) = (name_says(&child.name), child.sex) else {
        return;
    };
    if says != sex && !out.iter().any(|finding| finding.rule == RuleId::ID_SEX) {
        let middle = if says == Sex::Female { "Thị" } else { "Văn" };
        out.push(
            Finding::new(RuleId::NAME_SEX, Field::Sex, raw(Field::Sex))
                .detail(middle)
                .detail(sex.label())
                .suggest(says.label()),
        );
    }
}
