//! What a heading means: whose (the child's, the father's …) and what (name, birth, number …).
//!
//! In: a heading's decoded text, or the path of headings above a column. Out: [`Meaning`]. Tiers: the whole phrase stands in
//! the dictionary; some of its words do; it is one slip of the keyboard away.

mod paths;
mod person;
mod phrases;

pub(super) use paths::{combine, comparable, leaves_group, path};
pub(super) use person::Person;
use person::{join, person_at};

use super::text::{BREVE, CIRCUMFLEX, Folded, TILDE, distance};
use super::{Field, Tier};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// What a heading names, before the person is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// A field of the child.
    Is(Field),
    /// "Ngày" alone.
    Day,
    /// "Tháng" alone.
    Month,
    /// "Năm" alone.
    Year,
    /// "Nam" alone where the text has no diacritics at all: male, or year.
    MaleOrYear,
    /// "Số" alone.
    Count,
    /// "Nơi" alone.
    Place,
}

/// What a heading means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Meaning {
    pub(super) sense: Option<Sense>,
    pub(super) person: Option<Person>,
    pub(super) tier: Tier,
    pub(super) certainty: f32,
    /// Stands among the values of lists too: no proof of a heading row.
    pub(super) weak: bool,
}

struct Dictionary {
    phrases: FxHashMap<String, Sense>,
    squeezed: FxHashMap<String, Sense>,
    longest: usize,
}

static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(|| {
    let mut dictionary = Dictionary {
        phrases: FxHashMap::default(),
        squeezed: FxHashMap::default(),
        longest: 0,
    };
    for (sense, list) in phrases::PHRASES {
        for phrase in list.split('|') {
            let folded = Folded::of(phrase);
            dictionary.longest = dictionary.longest.max(folded.len());
            let squeezed = folded.key.replace(' ', "");
            if squeezed.len() >= 4 {
                dictionary.squeezed.entry(squeezed).or_insert(*sense);
            }
            dictionary.phrases.entry(folded.key).or_insert(*sense);
        }
    }
    dictionary
});

/// What a decoded heading means; `None` where no word of it is known.
pub(super) fn meaning(text: &str) -> Option<Meaning> {
    read(text, true)
}

/// The same without looking for slips of the keyboard: for the many rows that are probably no heading.
pub(super) fn known(text: &str) -> Option<Meaning> {
    read(text, false)
}

fn read(text: &str, slips: bool) -> Option<Meaning> {
    let mut folded = Folded::of(text);
    // "1. Họ và tên", "(2) Ngày sinh": the numbering says nothing.
    let roman = |word: &str| {
        word.len() <= 4
            && !word.is_empty()
            && word.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'))
    };
    while folded.len() > 1
        && (folded.word(0).bytes().all(|byte| byte.is_ascii_digit()) || roman(folded.word(0)))
    {
        folded.tokens.remove(0);
    }
    while folded.len() > 1
        && folded
            .word(folded.len() - 1)
            .bytes()
            .all(|byte| byte.is_ascii_digit())
    {
        folded.tokens.pop();
    }
    if folded.len() == 0 || folded.len() > 40 || text.len() > 400 {
        return None;
    }
    let bracketed: Vec<usize> = (0..folded.len())
        .filter(|&at| folded.tokens.get(at).is_some_and(|token| token.bracketed))
        .collect();
    let mut outside = folded.clone();
    if bracketed.len() < folded.len() {
        outside.tokens.retain(|token| !token.bracketed);
    }
    let mut found = parse(&outside, slips);
    // Words in brackets explain: they name the person where the heading itself does not, or the whole where it says nothing.
    if outside.len() < folded.len() {
        let mut inside = folded.clone();
        inside.tokens.retain(|token| token.bracketed);
        let hint = parse(&inside, false);
        match (&mut found, hint) {
            (Some(found), Some(hint)) if found.person.is_none() && hint.person.is_some() => {
                found.person = hint.person.filter(|person| *person != Person::Other);
            }
            (Some(found), Some(hint))
                if found.person == Some(Person::Father) && hint.person == Some(Person::Mother) =>
            {
                found.person = Some(Person::Parents);
            }
            // "Nam (Nữ)": one column of words.
            (Some(found), Some(hint))
                if found.sense == Some(Sense::Is(Field::SexMale))
                    && hint.sense == Some(Sense::Is(Field::SexFemale)) =>
            {
                found.sense = Some(Sense::Is(Field::Sex));
            }
            // "Con ông (bà)".
            (Some(found), _)
                if found.sense == Some(Sense::Is(Field::Father))
                    && found.person.is_none()
                    && inside.phrase(0, inside.len()) == "ba" =>
            {
                found.sense = Some(Sense::Is(Field::Parents));
            }
            (None, hint) => found = hint,
            _ => {}
        }
    }
    let found = found.as_mut()?;
    found.weak |=
        phrases::VALUE_LIKE.contains(&outside.phrase(0, outside.len())) || text.contains(':');
    Some(*found)
}

/// Single words that mean two things: the marks decide, where there are any.
fn lone_word(folded: &Folded) -> Option<Sense> {
    let token = folded.tokens.first()?;
    Some(match folded.phrase(0, folded.len()) {
        "nam" if token.quality == BREVE => Sense::Year,
        "nam" if folded.marked || folded.key.len() > 3 => Sense::Is(Field::SexMale),
        "nam" => Sense::MaleOrYear,
        "ho" if token.quality == CIRCUMFLEX => Sense::Is(Field::Household),
        "so" if token.tone != TILDE => Sense::Count,
        "noi" => Sense::Place,
        "dt" | "so dt" if folded.tokens.iter().any(|token| token.stroke) => Sense::Is(Field::Phone),
        _ => return None,
    })
}

fn parse(folded: &Folded, slips: bool) -> Option<Meaning> {
    let dictionary = &*DICTIONARY;
    let whole = folded.phrase(0, folded.len());
    let exact = |sense| Meaning {
        sense: Some(sense),
        person: None,
        tier: Tier::Exact,
        certainty: 1.0,
        weak: false,
    };
    if let Some(sense) = lone_word(folded) {
        return Some(exact(sense));
    }
    if let Some(&sense) = dictionary.phrases.get(whole) {
        return Some(exact(sense));
    }
    let squeezed = whole.replace(' ', "");
    if let Some(&sense) = dictionary.squeezed.get(&squeezed) {
        return Some(exact(sense));
    }
    // Who: every word that names a person is taken out.
    let mut person = None;
    let mut taken = vec![false; folded.len()];
    let mut at = 0;
    while at < folded.len() {
        // "Quan hệ với trẻ", "mã trẻ": a phrase of the dictionary that holds a person's word goes before it.
        if let Some((found, words)) = person_at(folded, at) {
            let phrase = (2..=dictionary.longest)
                .rev()
                .flat_map(|long| {
                    (at.saturating_sub(long - 1)..=at).map(move |from| (from, from + long))
                })
                .find(|&(from, to)| {
                    to <= folded.len() && dictionary.phrases.contains_key(folded.phrase(from, to))
                });
            if phrase.is_some() && found == Person::Child {
                at += 1;
                continue;
            }
            person = Some(join(person, found));
            for slot in taken.iter_mut().skip(at).take(words) {
                *slot = true;
            }
            at += words;
        } else {
            at += 1;
        }
    }
    // What: the leftmost phrase of the dictionary among the other words, the longest that begins there.
    let free = |from: usize, to: usize| {
        taken
            .get(from..to)
            .is_some_and(|range| range.iter().all(|taken| !taken))
    };
    let mut hit = None;
    'search: for from in 0..folded.len() {
        for to in (from + 1..=folded.len().min(from + dictionary.longest)).rev() {
            if free(from, to)
                && let Some(&sense) = dictionary.phrases.get(folded.phrase(from, to))
                && !(to - from == 1 && folded.len() > 1 && unsure_alone(folded.word(from)))
            {
                hit = Some((from, to, sense));
                break 'search;
            }
        }
    }
    if let Some((from, to, mut sense)) = hit {
        let left_over = (0..folded.len())
            .filter(|&at| {
                !(from..to).contains(&at)
                    && !taken.get(at).copied().unwrap_or(true)
                    && !phrases::FILLER.contains(&folded.word(at))
            })
            .count();
        if sense == Sense::Is(Field::Hamlet)
            && ["xa", "phuong"].iter().any(|word| folded.contains(word))
        {
            sense = Sense::Is(Field::Address);
        }
        if sense == Sense::Is(Field::NameGiven) && person.is_some() {
            sense = Sense::Is(Field::Name);
        }
        let certainty = match (left_over, to - from) {
            (0, _) => 0.95,
            (_, 1) => 0.4,
            (1, _) => 0.8,
            (2, _) => 0.7,
            (3, _) => 0.55,
            _ => 0.4,
        };
        let tier = if left_over == 0 {
            Tier::Exact
        } else {
            Tier::Words
        };
        return Some(Meaning {
            sense: Some(sense),
            person,
            tier,
            certainty,
            weak: false,
        });
    }
    if let Some(person) = person {
        let left_over = (0..folded.len())
            .filter(|&at| {
                !taken.get(at).copied().unwrap_or(true)
                    && !phrases::FILLER.contains(&folded.word(at))
            })
            .count();
        // "Tên mẹ": the one word left says that names are meant.
        if left_over == 1
            && folded.word(0) == "ten"
            && !matches!(person, Person::Child | Person::Other)
        {
            return Some(Meaning {
                sense: Some(Sense::Is(Field::Name)),
                person: Some(person),
                tier: Tier::Exact,
                certainty: 0.9,
                weak: false,
            });
        }
        let certainty = if left_over == 0 { 0.9 } else { 0.35 };
        let fuzzy = (slips && left_over > 0)
            .then(|| slip(folded, &taken))
            .flatten();
        return Some(Meaning {
            sense: fuzzy,
            person: Some(person),
            tier: if fuzzy.is_some() {
                Tier::Fuzzy
            } else if left_over == 0 {
                Tier::Exact
            } else {
                Tier::Words
            },
            certainty: if fuzzy.is_some() { 0.6 } else { certainty },
            weak: left_over > 0 && fuzzy.is_none(),
        });
    }
    // A person's word glued to the phrase: "hotencha", "cccdme".
    const GLUED: &[(&str, Person)] = &[
        ("cha", Person::Father),
        ("bo", Person::Father),
        ("me", Person::Mother),
        ("tre", Person::Child),
        ("ngh", Person::Guardian),
        ("father", Person::Father),
        ("mother", Person::Mother),
        ("child", Person::Child),
        ("nks", Person::Child),
    ];
    for &(word, person) in GLUED {
        let rest = squeezed
            .strip_suffix(word)
            .or_else(|| squeezed.strip_prefix(word));
        if let Some(&sense) = rest.and_then(|rest| dictionary.squeezed.get(rest)) {
            return Some(Meaning {
                sense: Some(sense),
                person: Some(person),
                tier: Tier::Words,
                certainty: 0.8,
                weak: false,
            });
        }
    }
    slips
        .then(|| slip(folded, &taken))
        .flatten()
        .map(|sense| Meaning {
            sense: Some(sense),
            person: None,
            tier: Tier::Fuzzy,
            certainty: 0.6,
            weak: false,
        })
}

/// Words that mean something alone but nothing inside a longer heading.
fn unsure_alone(word: &str) -> bool {
    matches!(
        word,
        "no" | "ten"
            | "id"
            | "ma"
            | "key"
            | "ho"
            | "dem"
            | "dt"
            | "gt"
            | "qt"
            | "cc"
            | "to"
            | "khu"
            | "ban"
            | "ky"
            | "tien"
            | "tong"
            | "cong"
            | "diem"
            | "anh"
            | "dien"
            | "nghe"
            | "ns"
            | "gc"
            | "born"
            | "index"
            | "contact"
            | "file"
            | "sheet"
            | "nin"
            | "pid"
            | "diem so"
            | "gioi"
            | "tinh"
            | "lang"
            | "doi"
            | "tt"
            | "tp"
            | "que"
            | "xa"
            | "dc"
            | "day"
            | "thang"
            | "ngay"
            | "year"
            | "month"
    )
}

/// The phrase that is a slip of the keyboard away from the words that are left.
fn slip(folded: &Folded, taken: &[bool]) -> Option<Sense> {
    let rest: String = (0..folded.len())
        .filter(|&at| !taken.get(at).copied().unwrap_or(true))
        .map(|at| folded.word(at))
        .collect();
    if rest.len() < 6 || rest.len() > 40 {
        return None;
    }
    let limit = if rest.len() < 10 { 1 } else { 2 };
    let mut best: Option<(usize, &str, Sense)> = None;
    for (phrase, &sense) in &DICTIONARY.squeezed {
        if phrase.len() < 6 {
            continue;
        }
        if let Some(far) = distance(&rest, phrase, limit)
            && best.is_none_or(|(least, other, _)| (far, phrase.as_str()) < (least, other))
        {
            best = Some((far, phrase, sense));
        }
    }
    best.map(|(_, _, sense)| sense)
}

#[cfg(test)]
mod tests;
