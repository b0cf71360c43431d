//! Two records of one child become one: which field is taken from which.
//!
//! In: what both say, field by field, and what a person has chosen. Out: [`Chosen`] fields. What the survivor says stays; what it does
//! not say comes from the other. Fields of one person go together: the father's birth year is not taken from another father.

use crate::normalise::syllable::ascii_fold;
use std::collections::BTreeMap;

/// Fields that go together; the first leads. The names are those of `children.csv`.
const GROUPS: [&[&str]; 3] = [
    &["father", "father_birth", "father_number", "father_phone"],
    &["mother", "mother_birth", "mother_number", "mother_phone"],
    &[
        "guardian",
        "guardian_birth",
        "guardian_number",
        "guardian_phone",
        "guardian_relation",
    ],
];

/// Which record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The one that stays.
    Survivor,
    /// The one that goes.
    Loser,
}

/// A field in which the two differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// Its name.
    pub field: String,
    /// What the survivor says; empty where nothing.
    pub survivor: String,
    /// What the loser says.
    pub loser: String,
    /// Whose value holds.
    pub from: Side,
}

/// Texts of fields by their names.
pub type Texts = BTreeMap<String, String>;

/// Chooses. `takes`: what a person has said, by field; the leading field of a group speaks for the others. Gives the fields that
/// differ, in order; or the name of a field that was named and is none.
///
/// # Errors
/// The name in `takes` that no record can have.
pub fn choose(
    survivor: &Texts,
    loser: &Texts,
    takes: &BTreeMap<String, Side>,
    known: &[&str],
) -> Result<Vec<Chosen>, String> {
    if let Some(wrong) = takes.keys().find(|field| !known.contains(&field.as_str())) {
        return Err(wrong.clone());
    }
    let text = |of: &'_ Texts, field: &str| of.get(field).cloned().unwrap_or_default();
    Ok(known
        .iter()
        .filter_map(|field| {
            let (ours, theirs) = (text(survivor, field), text(loser, field));
            if ours == theirs {
                return None;
            }
            let leader = GROUPS
                .iter()
                .find(|group| group.contains(field))
                .and_then(|group| group.first())
                .copied();
            let said = takes.get(*field).or_else(|| takes.get(leader?)).copied();
            let from = said.unwrap_or_else(|| {
                let same_person = leader.is_none_or(|leader| {
                    let (ours, theirs) = (text(survivor, leader), text(loser, leader));
                    ours.is_empty() || ascii_fold(&ours) == ascii_fold(&theirs)
                });
                if ours.is_empty() && same_person {
                    Side::Loser
                } else {
                    Side::Survivor
                }
            });
            Some(Chosen {
                field: (*field).to_owned(),
                survivor: ours,
                loser: theirs,
                from,
            })
        })
        .collect())
}

/// Fields that were edited between a merge and now, where it is undone: they are kept.
pub fn edited_later(merged: &Texts, now: &Texts, known: &[&str]) -> Vec<String> {
    known
        .iter()
        .filter(|field| merged.get(**field) != now.get(**field))
        .map(|field| (*field).to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 5] = ["name", "phone", "father", "father_birth", "mother"];

    fn texts(of: &[(&str, &str)]) -> Texts {
        of.iter()
            .map(|(field, text)| ((*field).to_owned(), (*text).to_owned()))
            .collect()
    }

    fn check(
        survivor: &[(&str, &str)],
        loser: &[(&str, &str)],
        takes: &[(&str, Side)],
        want: &[(&str, Side)],
    ) {
        let takes = takes
            .iter()
            .map(|(field, side)| ((*field).to_owned(), *side))
            .collect();
        let chosen = choose(&texts(survivor), &texts(loser), &takes, &KNOWN).unwrap();
        let found: Vec<(&str, Side)> = chosen
            .iter()
            .map(|one| (one.field.as_str(), one.from))
            .collect();
        assert_eq!(found, want, "{survivor:?} {loser:?}");
    }

    #[test]
    fn what_is_taken_from_whom() {
        use Side::{Loser, Survivor};
        let an = ("name", "Hồ Văn An");
        check(&[an], &[an], &[], &[]);
        check(&[an], &[("name", "Hồ An")], &[], &[("name", Survivor)]);
        check(&[an], &[an, ("phone", "1")], &[], &[("phone", Loser)]);
        check(&[an, ("phone", "2")], &[an], &[], &[("phone", Survivor)]);
        check(
            &[("phone", "2")],
            &[("phone", "1")],
            &[("phone", Loser)],
            &[("phone", Loser)],
        );
        // The birth year of the same father, written otherwise; not that of another.
        let father = |name: &'static str| ("father", name);
        check(
            &[father("Hồ Văn Núi")],
            &[father("Ho Van Nui"), ("father_birth", "1980")],
            &[],
            &[("father", Survivor), ("father_birth", Loser)],
        );
        check(
            &[father("Hồ Văn Núi")],
            &[father("Hồ Văn Lâm"), ("father_birth", "1980")],
            &[],
            &[("father", Survivor), ("father_birth", Survivor)],
        );
        check(
            &[father("Hồ Văn Núi"), ("father_birth", "1970")],
            &[father("Hồ Văn Lâm")],
            &[("father", Loser)],
            &[("father", Loser), ("father_birth", Loser)],
        );
        let takes = [("họ tên".to_owned(), Loser)].into_iter().collect();
        assert_eq!(
            choose(&Texts::new(), &Texts::new(), &takes, &KNOWN),
            Err("họ tên".to_owned())
        );
        assert_eq!(
            edited_later(
                &texts(&[an, ("phone", "1")]),
                &texts(&[an, ("mother", "Lê Thị Na")]),
                &KNOWN
            ),
            ["phone", "mother"]
        );
    }
}
