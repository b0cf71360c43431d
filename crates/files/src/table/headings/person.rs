//! Whose column it is, by the words of its heading.
//!
//! In: a folded heading. Out: [`Person`].

use crate::table::text::{ACUTE, DOT, Folded};

/// Whose column it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::table) enum Person {
    Child,
    Father,
    Mother,
    /// Father and mother, or one of them.
    Parents,
    Guardian,
    /// Head of the household.
    Head,
    /// Somebody else (husband, wife, collaborator).
    Other,
}

impl Person {
    /// In the words of a reason.
    pub(in crate::table) fn label(self) -> &'static str {
        match self {
            Self::Child => "trẻ",
            Self::Father => "cha",
            Self::Mother => "mẹ",
            Self::Parents => "cha, mẹ",
            Self::Guardian => "người giám hộ",
            Self::Head => "chủ hộ",
            Self::Other => "người khác",
        }
    }
}

/// The person a word (or two) at `at` names, and how many words that takes.
pub(super) fn person_at(folded: &Folded, at: usize) -> Option<(Person, usize)> {
    const TWO: &[(&str, &str, Person)] = &[
        ("giam", "ho", Person::Guardian),
        ("nuoi", "duong", Person::Guardian),
        ("cham", "soc", Person::Guardian),
        ("do", "dau", Person::Guardian),
        ("bao", "ho", Person::Guardian),
        ("nguoi", "than", Person::Guardian),
        ("dai", "dien", Person::Guardian),
        ("phu", "huynh", Person::Guardian),
        ("nhan", "nuoi", Person::Guardian),
        ("nguoi", "nuoi", Person::Guardian),
        ("chu", "ho", Person::Head),
        ("phu", "mau", Person::Parents),
        ("than", "phu", Person::Father),
        ("than", "mau", Person::Mother),
        ("tre", "em", Person::Child),
        ("hoc", "sinh", Person::Child),
        ("doi", "tuong", Person::Child),
        ("cong", "dan", Person::Child),
        ("thanh", "vien", Person::Child),
        ("cong", "tac", Person::Other),
        ("can", "bo", Person::Other),
        ("giao", "vien", Person::Other),
        ("nguoi", "khai", Person::Other),
        ("nguoi", "yeu", Person::Other),
    ];
    let (word, next) = (folded.word(at), folded.word(at + 1));
    let token = *folded.tokens.get(at)?;
    if (word, next, folded.word(at + 2)) == ("nguoi", "nuoi", "duong") {
        return Some((Person::Guardian, 3));
    }
    if let Some(&(_, _, person)) = TWO
        .iter()
        .find(|(first, second, _)| *first == word && *second == next)
    {
        let spouse = person == Person::Guardian
            && next == "ho"
            && folded.tokens.get(at + 1).is_some_and(|next| next.tone == 1);
        return (!spouse).then_some((person, 2));
    }
    let previous = at.checked_sub(1).map_or("", |before| folded.word(before));
    let beside_parent = |word: &str| matches!(word, "me" | "ma" | "cha" | "ba" | "bo" | "hoac");
    let after_name = matches!(
        previous,
        "ten" | "cua" | "sinh" | "cccd" | "cmnd" | "sdt" | "dt"
    );
    let person = match word {
        "cha" | "father" | "dad" if token.tone != 1 => Person::Father,
        "bo" if token.tone != DOT
            && !matches!(next, "gd" | "gddt" | "giao" | "y" | "phan" | "roi" | "sung") =>
        {
            Person::Father
        }
        "ba" if token.tone == 0
            && (folded.len() == 1
                || beside_parent(next)
                || beside_parent(previous)
                || after_name) =>
        {
            Person::Father
        }
        "me" if token.quality == 0 && (token.tone == DOT || !folded.marked || token.tone == 0) => {
            Person::Mother
        }
        "mother" | "mom" | "mum" => Person::Mother,
        "ma" if matches!(token.tone, ACUTE | DOT)
            && (folded.len() == 1 || beside_parent(previous) || after_name) =>
        {
            Person::Mother
        }
        "parent" | "parents" => Person::Parents,
        "guardian" | "caregiver" | "carer" | "caretaker" | "ngh" | "nnd" | "ncs" => {
            Person::Guardian
        }
        // "Bè" is "Bố" in TCVN3.
        "be" if folded.marked && token.tone != ACUTE => return None,
        "tre" | "con" | "chau" | "child" | "student" | "hs" | "be" | "kid" | "em" | "te" => {
            Person::Child
        }
        "vo" | "chong" | "spouse" | "ctv" => Person::Other,
        _ => return None,
    };
    Some((person, 1))
}

pub(super) fn join(known: Option<Person>, found: Person) -> Person {
    use Person::{Child, Father, Guardian, Head, Mother, Parents};
    match (known, found) {
        (None | Some(Child), found) => found,
        (Some(known), Child) => known,
        (Some(Father | Parents), Mother | Parents) | (Some(Mother | Parents), Father) => Parents,
        // "Cha, mẹ hoặc người giám hộ": what stands there first decides.
        (Some(known @ (Father | Mother | Parents | Head)), Guardian) => known,
        (Some(Guardian), Father | Mother | Parents) => Parents,
        (Some(known), _) => known,
    }
}
