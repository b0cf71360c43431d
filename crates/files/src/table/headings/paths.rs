//! Headings in several lines: the lower line says what, an upper one whose.
//!
//! In: the headings above a column, top first. Out: one [`Meaning`], and the field of a person's attribute.

use super::{Meaning, Person, Sense, known, meaning};
use crate::table::text::Folded;
use crate::table::{Field, Tier};

/// The field of a person's attribute; `Ignored` where the record has no place for it.
pub(in crate::table) fn combine(person: Option<Person>, field: Field) -> Field {
    use Field as F;
    let whole = matches!(field, F::Name | F::NameGiven | F::NameFamily);
    let birth = matches!(field, F::Birth | F::BirthYear | F::BirthDay);
    let pick = |name, born, number, phone| {
        if whole {
            name
        } else if birth {
            born
        } else {
            match field {
                F::Number => number,
                F::Phone => phone,
                _ => F::Ignored,
            }
        }
    };
    match person {
        None | Some(Person::Child) => field,
        Some(Person::Father) => pick(F::Father, F::FatherBirth, F::FatherNumber, F::FatherPhone),
        Some(Person::Mother) => pick(F::Mother, F::MotherBirth, F::MotherNumber, F::MotherPhone),
        Some(Person::Guardian) if field == F::GuardianRelation => field,
        Some(Person::Guardian) => pick(
            F::Guardian,
            F::GuardianBirth,
            F::GuardianNumber,
            F::GuardianPhone,
        ),
        Some(Person::Parents | Person::Head)
            if matches!(
                field,
                F::Address
                    | F::AddressCurrent
                    | F::Phone
                    | F::Household
                    | F::Hamlet
                    | F::Commune
                    | F::District
                    | F::Province
                    | F::HouseholdPoor
                    | F::Note
            ) =>
        {
            field
        }
        Some(Person::Parents) if whole => F::Parents,
        Some(Person::Parents) if field == F::Number => F::GuardianNumber,
        Some(Person::Head) if whole => F::HouseholdHead,
        Some(Person::Parents | Person::Head | Person::Other) => F::Ignored,
    }
}

/// What the headings above a column mean together, top first: the lower line says what, an upper one whose.
pub(in crate::table) fn path(levels: &[String]) -> Option<Meaning> {
    let mut together: Option<Meaning> = None;
    for level in levels {
        let Some(lower) = meaning(level) else {
            // What stands below "Mẹ" and is not understood need not be her name.
            if let Some(upper) = together
                .as_mut()
                .filter(|upper| upper.sense.is_none() && !level.is_empty())
            {
                upper.certainty = upper.certainty.min(0.45);
            }
            continue;
        };
        together = Some(match together {
            None => lower,
            Some(upper) => under(upper, lower),
        });
    }
    // "Nam" beside words with marks is no "Năm".
    if let Some(meaning) = together
        .as_mut()
        .filter(|meaning| meaning.sense == Some(Sense::MaleOrYear))
        && levels.iter().any(|level| Folded::of(level).marked)
    {
        meaning.sense = Some(Sense::Is(Field::SexMale));
    }
    together
}

/// True where a lower heading says nothing of what the upper one names, but something of the child: "Thôn" is not under
/// "Mẹ", "Cha" is not under "Giới tính".
pub(in crate::table) fn leaves_group(upper: &str, lower: &str) -> bool {
    let (upper, lower) = (known(upper), known(lower));
    // A birth date has days, months, years, or boys and girls below it, and nothing else.
    if let Some(Sense::Is(Field::Birth | Field::BirthYear | Field::Sex)) =
        upper.and_then(|upper| upper.sense)
    {
        return !lower.is_some_and(|lower| {
            lower.person.is_none()
                && matches!(
                    lower.sense,
                    Some(
                        Sense::Day
                            | Sense::Month
                            | Sense::Year
                            | Sense::MaleOrYear
                            | Sense::Is(
                                Field::SexMale
                                    | Field::SexFemale
                                    | Field::Birth
                                    | Field::BirthDay
                                    | Field::BirthMonth
                                    | Field::BirthYear
                            )
                    )
                )
        });
    }
    let (Some(upper), Some(lower)) = (upper, lower) else {
        return false;
    };
    let field = |meaning: Meaning| match (meaning.sense, meaning.person) {
        (Some(Sense::Is(field)), person) => Some(combine(person, field)),
        (None, Some(person)) => Some(combine(Some(person), Field::Name)),
        _ => None,
    };
    let other = |person: Person| !matches!(person, Person::Child | Person::Other);
    if let (Some(whose), Some(others)) = (upper.person, lower.person)
        && lower.tier == Tier::Exact
        && whose != others
        && whose != Person::Parents
        && other(whose)
        && other(others)
    {
        return true;
    }
    lower.tier == Tier::Exact
        && field(lower).is_some_and(|field| field != Field::Ignored)
        && field(under(upper, lower)) == Some(Field::Ignored)
}

fn under(upper: Meaning, lower: Meaning) -> Meaning {
    use Field as F;
    let person = match (upper.person, lower.person) {
        (above, None | Some(Person::Child)) if above.is_some() => above,
        (_, below) => below,
    };
    let is_birth = |sense| matches!(sense, Some(Sense::Is(F::Birth | F::BirthYear) | Sense::Day));
    let sense = match (upper.sense, lower.sense) {
        (above, None) => above,
        (above, Some(Sense::Day)) if is_birth(above) => Some(Sense::Is(F::BirthDay)),
        (above, Some(Sense::Month)) if is_birth(above) => Some(Sense::Is(F::BirthMonth)),
        (above, Some(Sense::Year)) if is_birth(above) => Some(Sense::Is(F::BirthYear)),
        (Some(Sense::Is(F::Sex)), Some(Sense::MaleOrYear)) => Some(Sense::Is(F::SexMale)),
        (Some(Sense::Is(F::BirthCertificate | F::BirthRegistration)), Some(Sense::Count)) => {
            Some(Sense::Is(F::BirthCertificate))
        }
        (
            Some(Sense::Is(F::BirthCertificate | F::BirthRegistration)),
            Some(Sense::Place | Sense::Is(F::Commune)),
        ) => Some(Sense::Is(F::BirthRegistration)),
        (
            Some(Sense::Is(above @ (F::BirthPlace | F::HomePlace | F::BirthRegistration))),
            Some(Sense::Is(F::Commune | F::District | F::Province | F::Hamlet | F::Address)),
        ) => Some(Sense::Is(above)),
        (
            Some(Sense::Is(F::BirthCertificate | F::BirthRegistration)),
            Some(Sense::Day | Sense::Month | Sense::Year),
        ) => Some(Sense::Is(F::Ignored)),
        (Some(Sense::Is(F::Number | F::Phone | F::Insurance)), Some(Sense::Count)) => upper.sense,
        (Some(Sense::Is(F::Address)), Some(Sense::Is(F::Number))) => Some(Sense::Is(F::Address)),
        (_, below) => below,
    };
    // The place columns of the current residence give way to those of the permanent one.
    let second = upper.sense == Some(Sense::Is(F::AddressCurrent))
        && matches!(
            lower.sense,
            Some(Sense::Is(
                F::Hamlet | F::Commune | F::District | F::Province
            ))
        );
    let tier = if lower.sense.is_some() {
        lower.tier
    } else {
        upper.tier
    };
    let certainty = if second {
        0.6
    } else {
        upper.certainty.max(0.85).min(lower.certainty)
    };
    Meaning {
        sense,
        person,
        tier,
        certainty,
        weak: false,
    }
}

/// The words of a heading as they are compared with a saved one.
pub(in crate::table) fn comparable(text: &str) -> String {
    Folded::of(text).key
}
