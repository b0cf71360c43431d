//! What a heading means: whose (the child's, the father's …) and what (name, birth, number …).
//!
//! In: a heading's decoded text, or the path of headings above a column. Out: [`Meaning`]. Tiers: the whole phrase stands in
//! the dictionary; some of its words do; it is one slip of the keyboard away.

mod phrases;

use super::text::{ACUTE, BREVE, CIRCUMFLEX, DOT, Folded, TILDE, distance};
use super::{Field, Tier};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Whose column it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Person {
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
    pub(super) fn label(self) -> &'static str {
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
    let mut dictionary = Dictionary { phrases: FxHashMap::default(), squeezed: FxHashMap::default(), longest: 0 };
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

/// The person a word (or two) at `at` names, and how many words that takes.
fn person_at(folded: &Folded, at: usize) -> Option<(Person, usize)> {
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
    if let Some(&(_, _, person)) = TWO.iter().find(|(first, second, _)| *first == word && *second == next) {
        let spouse = person == Person::Guardian && next == "ho" && folded.tokens.get(at + 1).is_some_and(|next| next.tone == 1);
        return (!spouse).then_some((person, 2));
    }
    let previous = at.checked_sub(1).map_or("", |before| folded.word(before));
    let beside_parent = |word: &str| matches!(word, "me" | "ma" | "cha" | "ba" | "bo" | "hoac");
    let after_name = matches!(previous, "ten" | "cua" | "sinh" | "cccd" | "cmnd" | "sdt" | "dt");
    let person = match word {
        "cha" | "father" | "dad" if token.tone != 1 => Person::Father,
        "bo" if token.tone != DOT && !matches!(next, "gd" | "gddt" | "giao" | "y" | "phan" | "roi" | "sung") => Person::Father,
        "ba" if token.tone == 0 && (folded.len() == 1 || beside_parent(next) || beside_parent(previous) || after_name) => Person::Father,
        "me" if token.quality == 0 && (token.tone == DOT || !folded.marked || token.tone == 0) => Person::Mother,
        "mother" | "mom" | "mum" => Person::Mother,
        "ma" if matches!(token.tone, ACUTE | DOT) && (folded.len() == 1 || beside_parent(previous) || after_name) => Person::Mother,
        "parent" | "parents" => Person::Parents,
        "guardian" | "caregiver" | "carer" | "caretaker" | "ngh" | "nnd" | "ncs" => Person::Guardian,
        "tre" | "con" | "chau" | "child" | "student" | "hs" | "be" | "kid" | "em" | "te" => Person::Child,
        "vo" | "chong" | "spouse" | "ctv" => Person::Other,
        _ => return None,
    };
    Some((person, 1))
}

fn join(known: Option<Person>, found: Person) -> Person {
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
    let roman = |word: &str| word.len() <= 4 && !word.is_empty() && word.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'));
    while folded.len() > 1 && (folded.word(0).bytes().all(|byte| byte.is_ascii_digit()) || roman(folded.word(0))) {
        folded.tokens.remove(0);
    }
    while folded.len() > 1 && folded.word(folded.len() - 1).bytes().all(|byte| byte.is_ascii_digit()) {
        folded.tokens.pop();
    }
    if folded.len() == 0 || folded.len() > 40 || text.len() > 400 {
        return None;
    }
    let bracketed: Vec<usize> = (0..folded.len()).filter(|&at| folded.tokens.get(at).is_some_and(|token| token.bracketed)).collect();
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
            (Some(found), Some(hint)) if found.person.is_none() => {
                found.person = hint.person.filter(|person| *person != Person::Other);
            }
            (Some(found), Some(hint)) if found.person == Some(Person::Father) && hint.person == Some(Person::Mother) => found.person = Some(Person::Parents),
            (None, hint) => found = hint,
            _ => {}
        }
    }
    let found = found.as_mut()?;
    found.weak |= phrases::VALUE_LIKE.contains(&outside.phrase(0, outside.len())) || text.contains(':');
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
    let exact = |sense| Meaning { sense: Some(sense), person: None, tier: Tier::Exact, certainty: 1.0, weak: false };
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
                .flat_map(|long| (at.saturating_sub(long - 1)..=at).map(move |from| (from, from + long)))
                .find(|&(from, to)| to <= folded.len() && dictionary.phrases.contains_key(folded.phrase(from, to)));
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
    let free = |from: usize, to: usize| taken.get(from..to).is_some_and(|range| range.iter().all(|taken| !taken));
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
        let left_over = (0..folded.len()).filter(|&at| !(from..to).contains(&at) && !taken.get(at).copied().unwrap_or(true) && !phrases::FILLER.contains(&folded.word(at))).count();
        if sense == Sense::Is(Field::Hamlet) && ["xa", "phuong"].iter().any(|word| folded.contains(word)) {
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
        let tier = if left_over == 0 { Tier::Exact } else { Tier::Words };
        return Some(Meaning { sense: Some(sense), person, tier, certainty, weak: false });
    }
    if let Some(person) = person {
        let left_over = (0..folded.len()).filter(|&at| !taken.get(at).copied().unwrap_or(true) && !phrases::FILLER.contains(&folded.word(at))).count();
        let certainty = if left_over == 0 { 0.9 } else { 0.35 };
        let fuzzy = (slips && left_over > 0).then(|| slip(folded, &taken)).flatten();
        return Some(Meaning {
            sense: fuzzy,
            person: Some(person),
            tier: if fuzzy.is_some() { Tier::Fuzzy } else { Tier::Words },
            certainty: if fuzzy.is_some() { 0.6 } else { certainty },
            weak: left_over > 0 && fuzzy.is_none(),
        });
    }
    // A person's word glued to the phrase: "hotencha", "cccdme".
    const GLUED: &[(&str, Person)] = &[("cha", Person::Father), ("bo", Person::Father), ("me", Person::Mother), ("tre", Person::Child), ("ngh", Person::Guardian), ("father", Person::Father), ("mother", Person::Mother), ("child", Person::Child), ("nks", Person::Child)];
    for &(word, person) in GLUED {
        let rest = squeezed.strip_suffix(word).or_else(|| squeezed.strip_prefix(word));
        if let Some(&sense) = rest.and_then(|rest| dictionary.squeezed.get(rest)) {
            return Some(Meaning { sense: Some(sense), person: Some(person), tier: Tier::Words, certainty: 0.8, weak: false });
        }
    }
    slips.then(|| slip(folded, &taken)).flatten().map(|sense| Meaning { sense: Some(sense), person: None, tier: Tier::Fuzzy, certainty: 0.6, weak: false })
}

/// Words that mean something alone but nothing inside a longer heading.
fn unsure_alone(word: &str) -> bool {
    matches!(
        word,
        "no" | "ten" | "id" | "ma" | "key" | "ho" | "dem" | "dt" | "gt" | "qt" | "cc" | "to" | "khu" | "ban" | "ky" | "tien" | "tong" | "cong" | "diem" | "anh" | "dien" | "nghe" | "ns" | "gc" | "born" | "index" | "contact" | "file" | "sheet" | "nin" | "pid" | "diem so" | "gioi" | "tinh" | "lang" | "doi" | "tt" | "tp" | "que" | "xa" | "dc" | "day" | "thang" | "ngay" | "year" | "month"
    )
}

/// The phrase that is a slip of the keyboard away from the words that are left.
fn slip(folded: &Folded, taken: &[bool]) -> Option<Sense> {
    let rest: String = (0..folded.len()).filter(|&at| !taken.get(at).copied().unwrap_or(true)).map(|at| folded.word(at)).collect();
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

/// The field of a person's attribute; `Ignored` where the record has no place for it.
pub(super) fn combine(person: Option<Person>, field: Field) -> Field {
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
        Some(Person::Guardian) => pick(F::Guardian, F::GuardianBirth, F::GuardianNumber, F::GuardianPhone),
        Some(Person::Parents | Person::Head) if matches!(field, F::Address | F::AddressCurrent | F::Phone | F::Household | F::Hamlet | F::Commune | F::District | F::Province | F::HouseholdPoor | F::Note) => field,
        Some(Person::Parents) if whole => F::Parents,
        Some(Person::Parents) if field == F::Number => F::GuardianNumber,
        Some(Person::Head) if whole => F::HouseholdHead,
        Some(Person::Parents | Person::Head | Person::Other) => F::Ignored,
    }
}

/// What the headings above a column mean together, top first: the lower line says what, an upper one whose.
pub(super) fn path(levels: &[String]) -> Option<Meaning> {
    let mut together: Option<Meaning> = None;
    for level in levels {
        let Some(lower) = meaning(level) else { continue };
        together = Some(match together {
            None => lower,
            Some(upper) => under(upper, lower),
        });
    }
    // "Nam" beside words with marks is no "Năm".
    if let Some(meaning) = together.as_mut().filter(|meaning| meaning.sense == Some(Sense::MaleOrYear))
        && levels.iter().any(|level| Folded::of(level).marked)
    {
        meaning.sense = Some(Sense::Is(Field::SexMale));
    }
    together
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
        (Some(Sense::Is(F::BirthCertificate | F::BirthRegistration)), Some(Sense::Count)) => Some(Sense::Is(F::BirthCertificate)),
        (Some(Sense::Is(F::BirthCertificate | F::BirthRegistration)), Some(Sense::Place | Sense::Is(F::Commune))) => Some(Sense::Is(F::BirthRegistration)),
        (Some(Sense::Is(above @ (F::BirthPlace | F::HomePlace | F::BirthRegistration))), Some(Sense::Is(F::Commune | F::District | F::Province | F::Hamlet | F::Address))) => Some(Sense::Is(above)),
        (Some(Sense::Is(F::BirthCertificate | F::BirthRegistration)), Some(Sense::Day | Sense::Month | Sense::Year)) => Some(Sense::Is(F::Ignored)),
        (Some(Sense::Is(F::Number | F::Phone | F::Insurance)), Some(Sense::Count)) => upper.sense,
        (Some(Sense::Is(F::Address)), Some(Sense::Is(F::Number))) => Some(Sense::Is(F::Address)),
        (_, below) => below,
    };
    // The place columns of the current residence give way to those of the permanent one.
    let second = upper.sense == Some(Sense::Is(F::AddressCurrent)) && matches!(lower.sense, Some(Sense::Is(F::Hamlet | F::Commune | F::District | F::Province)));
    let tier = if lower.sense.is_some() { lower.tier } else { upper.tier };
    let certainty = if second { 0.6 } else { upper.certainty.max(0.85).min(lower.certainty) };
    Meaning { sense, person, tier, certainty, weak: false }
}

/// The words of a heading as they are compared with a saved one.
pub(super) fn comparable(text: &str) -> String {
    Folded::of(text).key
}

#[cfg(test)]
mod tests;
