//! What the police wrote as an answer, in whatever words: those of the list, free ones, telegraph abbreviations.
//!
//! In: the text of a cell. Out: [`Words`]. A phrase is taken where it begins the text and what follows does not take it back; part of a phrase
//! never is (“không khớp” is no “khớp”). What may mean two things is a question.

use super::super::answer::Kind;
use crate::normalise::number::says_unregistered;
use crate::normalise::syllable::ascii_fold;

/// What a cell says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Words<'t> {
    /// Nothing.
    Blank,
    /// An answer, and what follows it as written: a place, a day, a field.
    Said(Kind, &'t str),
    /// It may mean this, or nothing that is known; a person decides.
    Unsure(Option<Kind>),
}

/// A word of a text: without marks in lower case, and where it stands.
pub(super) struct Token {
    pub(super) folded: String,
    start: usize,
    pub(super) end: usize,
}

/// How much may follow a phrase.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tail {
    /// Nothing but what says the same: where the answer stands ("trong CSDLQG").
    None,
    /// A place, a day, a number, a field.
    Detail,
}

use Kind::{
    Agrees, BirthNotRegistered, Died, Differs, MovedAway, NotCitizen, NotFound, NotResident,
    NumberChanged, NumberGiven, NumberOnAnother,
};
use Tail::{Detail, None as Alone};

/// Phrases without marks, and what they mean.
const PHRASES: &[(&str, Kind, Tail)] = &[
    ("khop", Agrees, Alone),
    ("da khop", Agrees, Alone),
    ("khop dung", Agrees, Alone),
    ("trung khop", Agrees, Alone),
    ("dung", Agrees, Alone),
    ("dung roi", Agrees, Alone),
    ("thong tin dung", Agrees, Alone),
    ("dung thong tin", Agrees, Alone),
    ("dung nhu danh sach", Agrees, Alone),
    ("ok", Agrees, Alone),
    ("da cung cap", NumberGiven, Detail),
    ("da cung cap so", NumberGiven, Detail),
    ("da cung cap ma", NumberGiven, Detail),
    ("da cung cap ma dinh danh", NumberGiven, Detail),
    ("da cung cap so dinh danh", NumberGiven, Detail),
    ("cung cap so", NumberGiven, Detail),
    ("cung cap ma", NumberGiven, Detail),
    ("cung cap ma dinh danh", NumberGiven, Detail),
    ("da cap", NumberGiven, Detail),
    ("da cap so", NumberGiven, Detail),
    ("da cap ma", NumberGiven, Detail),
    ("da cap ma dinh danh", NumberGiven, Detail),
    ("da cap so dinh danh", NumberGiven, Detail),
    ("da co", NumberGiven, Detail),
    ("da co so", NumberGiven, Detail),
    ("da co ma", NumberGiven, Detail),
    ("da co so dinh danh", NumberGiven, Detail),
    ("da co ma dinh danh", NumberGiven, Detail),
    ("da co sdd", NumberGiven, Detail),
    ("da co mdd", NumberGiven, Detail),
    ("co so", NumberGiven, Detail),
    ("co so dinh danh", NumberGiven, Detail),
    ("co ma dinh danh", NumberGiven, Detail),
    ("co sdd", NumberGiven, Detail),
    ("da bo sung so", NumberGiven, Detail),
    ("sai lech", Differs, Detail),
    ("sai lech ghi ro truong", Differs, Detail),
    ("lech", Differs, Detail),
    ("sai", Differs, Detail),
    ("sai thong tin", Differs, Detail),
    ("khac", Differs, Detail),
    ("khong khop", Differs, Detail),
    ("ko khop", Differs, Detail),
    ("k khop", Differs, Detail),
    ("chua khop", Differs, Detail),
    ("khong dung", Differs, Detail),
    ("ko dung", Differs, Detail),
    ("khong tim thay", NotFound, Alone),
    ("ko tim thay", NotFound, Alone),
    ("k tim thay", NotFound, Alone),
    ("kg tim thay", NotFound, Alone),
    ("chua tim thay", NotFound, Alone),
    ("khong thay", NotFound, Alone),
    ("ko thay", NotFound, Alone),
    ("k thay", NotFound, Alone),
    ("ktt", NotFound, Alone),
    ("khong co du lieu", NotFound, Alone),
    ("ko co du lieu", NotFound, Alone),
    ("k co du lieu", NotFound, Alone),
    ("khong co thong tin", NotFound, Alone),
    ("khong co trong csdl", NotFound, Alone),
    ("khong co tren csdl", NotFound, Alone),
    ("ko co trong csdl", NotFound, Alone),
    ("k co trong csdl", NotFound, Alone),
    ("k co tren csdl", NotFound, Alone),
    ("khong co trong csdlqg", NotFound, Alone),
    ("khong co tren csdlqg", NotFound, Alone),
    ("chua co trong csdl", NotFound, Alone),
    ("chua co tren csdl", NotFound, Alone),
    ("chua co trong csdlqg", NotFound, Alone),
    ("chua co tren csdlqg", NotFound, Alone),
    ("trung so", NumberOnAnother, Detail),
    ("trung ma", NumberOnAnother, Detail),
    ("trung so dinh danh", NumberOnAnother, Detail),
    ("trung ma dinh danh", NumberOnAnother, Detail),
    ("so cua tre khac", NumberOnAnother, Detail),
    ("so cua nguoi khac", NumberOnAnother, Detail),
    ("so da cap cho tre khac", NumberOnAnother, Detail),
    ("so da cap cho nguoi khac", NumberOnAnother, Detail),
    ("da chuyen di", MovedAway, Detail),
    ("chuyen di", MovedAway, Detail),
    ("da chuyen", MovedAway, Detail),
    ("da chuyen khau", MovedAway, Detail),
    ("chuyen khau", MovedAway, Detail),
    ("da chuyen ho khau", MovedAway, Detail),
    ("da chuyen ve", MovedAway, Detail),
    ("chuyen ve", MovedAway, Detail),
    ("da chuyen vao", MovedAway, Detail),
    ("chuyen vao", MovedAway, Detail),
    ("da chuyen den", MovedAway, Detail),
    ("chuyen di noi khac", MovedAway, Alone),
    ("da chuyen di noi khac", MovedAway, Alone),
    ("da chet", Died, Detail),
    ("chet", Died, Detail),
    ("da mat", Died, Detail),
    ("tu vong", Died, Detail),
    ("da tu vong", Died, Detail),
    ("qua doi", Died, Detail),
    ("da qua doi", Died, Detail),
    ("da khai tu", Died, Detail),
    ("khong cu tru", NotResident, Alone),
    ("ko cu tru", NotResident, Alone),
    ("k cu tru", NotResident, Alone),
    ("khong cu tru tai dia ban", NotResident, Alone),
    ("ko cu tru tai dia ban", NotResident, Alone),
    ("khong cu tru tai dia phuong", NotResident, Alone),
    ("khong o dia phuong", NotResident, Alone),
    ("khong o tai dia phuong", NotResident, Alone),
    ("ko o dia phuong", NotResident, Alone),
    ("k o dia phuong", NotResident, Alone),
    ("khong sinh song tai dia ban", NotResident, Alone),
    ("chua dang ky khai sinh", BirthNotRegistered, Alone),
    ("chua khai sinh", BirthNotRegistered, Alone),
    ("chua dkks", BirthNotRegistered, Alone),
    ("so da huy xac lap lai", NumberChanged, Detail),
    ("so da huy", NumberChanged, Detail),
    ("da huy so", NumberChanged, Detail),
    ("da huy", NumberChanged, Detail),
    ("huy so", NumberChanged, Detail),
    ("xac lap lai", NumberChanged, Detail),
    ("da xac lap lai", NumberChanged, Detail),
    ("xac lap lai so", NumberChanged, Detail),
    ("da xac lap lai so", NumberChanged, Detail),
    ("da doi so", NumberChanged, Detail),
    ("da cap lai so", NumberChanged, Detail),
    ("khong thuoc dien quoc tich", NotCitizen, Alone),
    ("khong thuoc dien", NotCitizen, Alone),
    ("quoc tich nuoc ngoai", NotCitizen, Alone),
    ("nguoi nuoc ngoai", NotCitizen, Alone),
    ("khong co quoc tich viet nam", NotCitizen, Alone),
    ("khong phai cong dan viet nam", NotCitizen, Alone),
];

/// What may be meant by words that may also mean something else.
const MAYBE: &[(&str, Option<Kind>)] = &[
    ("khong co", Some(NotFound)),
    ("ko co", Some(NotFound)),
    ("k co", Some(NotFound)),
    ("kg co", Some(NotFound)),
    ("chua co", Some(NotFound)),
    ("chua co so", Some(NotFound)),
    ("chua co ma", Some(NotFound)),
    ("mat", Some(Died)),
    ("chuyen", Some(MovedAway)),
    ("chuyen den", Some(MovedAway)),
    ("di", Some(MovedAway)),
    ("da di", Some(MovedAway)),
    ("trung", Some(NumberOnAnother)),
    ("vang mat", Some(NotResident)),
    ("huy", Some(NumberChanged)),
    ("cap", Some(NumberGiven)),
];

/// Words after an answer that only say where it was looked up, or that it is about this list.
const SAME: &[&str] = &[
    "trong", "tren", "tai", "theo", "voi", "csdl", "csdlqg", "cdsqg", "qg", "quoc", "gia", "ve",
    "dan", "cu", "co", "so", "du", "lieu", "thong", "tin", "dia", "ban", "phuong", "a", "nhe",
    "he",
];

/// Words that take back, doubt or put off what was said before them.
const TAKEN_BACK: &[&str] = &[
    "khong", "chua", "ko", "k", "kg", "hoac", "hay", "nhung", "cho", "xem", "hoi", "kiem", "nghi",
    "chac",
];

/// The words of a text, without marks, and where they stand.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}');
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let word = text.get(from..at).unwrap_or("");
                out.push(Token {
                    folded: ascii_fold(word),
                    start: from,
                    end: at,
                });
                start = None;
            }
            _ => {}
        }
    }
    out
}

/// The longest phrase the words begin with: what it means, how many words it has.
fn longest(words: &[Token]) -> Option<(Kind, Tail, usize)> {
    let begins = |phrase: &str| {
        let mut count = 0;
        for part in phrase.split(' ') {
            if words.get(count).is_none_or(|word| word.folded != part) {
                return None;
            }
            count += 1;
        }
        Some(count)
    };
    PHRASES
        .iter()
        .filter_map(|(phrase, kind, tail)| Some((*kind, *tail, begins(phrase)?)))
        .max_by_key(|(_, _, count)| *count)
}

/// Reads an answer.
pub fn words(text: &str) -> Words<'_> {
    if crate::normalise::text::is_missing(text) {
        return Words::Blank;
    }
    let all = tokens(text);
    // "3. Sai lệch": the number must be that of the answer.
    let (numbered, words) = match all.split_first() {
        Some((first, rest)) if !rest.is_empty() && first.folded.len() == 1 => {
            let key = first.folded.chars().next().filter(char::is_ascii_digit);
            (key, if key.is_some() { rest } else { &all })
        }
        _ => (None, all.as_slice()),
    };
    let read = read(text, words);
    match (numbered, &read) {
        (Some(key), Words::Said(kind, _)) if kind.key() != key => Words::Unsure(Some(*kind)),
        _ => read,
    }
}

fn read<'t>(text: &'t str, words: &[Token]) -> Words<'t> {
    let joined: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
    let joined = joined.join(" ");
    let asks = text.contains('?');
    if let Some((_, kind)) = MAYBE.iter().find(|(phrase, _)| *phrase == joined) {
        return Words::Unsure(*kind);
    }
    let Some((kind, tail, count)) = longest(words) else {
        if text.contains(['?', '\u{fffd}']) {
            // Letters that an old encoding lost.
            let lost = Kind::ALL
                .iter()
                .find(|kind| super::alike::same_words(kind.label(), text));
            return Words::Unsure(lost.copied());
        }
        let denied = joined.starts_with("chua ") || joined.starts_with("khong ");
        return match says_unregistered(&joined) {
            true if denied && !asks => Words::Said(BirthNotRegistered, ""),
            true => Words::Unsure(Some(BirthNotRegistered)),
            false => Words::Unsure(None),
        };
    };
    let after = words.get(count..).unwrap_or(&[]);
    let rest = after
        .first()
        .and_then(|first| text.get(first.start..))
        .unwrap_or("")
        .trim();
    let back = after
        .iter()
        .any(|word| TAKEN_BACK.contains(&word.folded.as_str()));
    let other = longest(after).is_some_and(|(other, ..)| other != kind);
    let same = after
        .iter()
        .all(|word| SAME.contains(&word.folded.as_str()));
    if asks || back || other && kind != Differs || tail == Alone && !same {
        return Words::Unsure(Some(kind));
    }
    if same {
        return Words::Said(kind, "");
    }
    // A bracket that was opened before the rest is not closed in it.
    let last = after.last().map_or(text.len(), |last| last.end);
    let first = after.first().map_or(last, |first| first.start);
    let rest = if rest.contains('(') {
        rest
    } else {
        text.get(first..last).unwrap_or(rest)
    };
    Words::Said(kind, rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &Words<'_>) {
        assert_eq!(words(text), *expect, "{text}");
    }

    #[test]
    fn answers_in_words() {
        for kind in Kind::ALL {
            check(kind.label(), &Words::Said(*kind, ""));
            check(&kind.label().to_uppercase(), &Words::Said(*kind, ""));
            let numbered = format!("{}. {}", kind.key(), kind.label());
            if *kind != NotCitizen {
                check(&numbered, &Words::Said(*kind, ""));
            }
        }
        for (text, kind, rest) in [
            ("khop", Agrees, ""),
            ("  Khớp với CSDLQG về dân cư ", Agrees, ""),
            ("đã có số", NumberGiven, ""),
            ("Đã cấp: 045215001234", NumberGiven, "045215001234"),
            ("ĐÃ CHẾT", Died, ""),
            ("đã chết ngày 12/3/2024", Died, "ngày 12/3/2024"),
            ("Đã chuyển đi (Gio Linh)", MovedAway, "Gio Linh"),
            ("chuyển về Đà Nẵng", MovedAway, "Đà Nẵng"),
            ("k tìm thấy", NotFound, ""),
            ("KTT", NotFound, ""),
            ("không khớp", Differs, ""),
            ("sai ngày sinh", Differs, "ngày sinh"),
            ("Sai lệch: giới tính", Differs, "giới tính"),
            ("chưa có giấy khai sinh", BirthNotRegistered, ""),
            ("chưa ĐKKS", BirthNotRegistered, ""),
        ] {
            check(text, &Words::Said(kind, rest));
        }
        for (text, kind) in [
            ("k có", Some(NotFound)),
            ("mất", Some(Died)),
            ("khớp?", Some(Agrees)),
            ("Khớp, nhưng sai ngày sinh", Some(Agrees)),
            ("Khớp / Đã chết", Some(Agrees)),
            ("3. Khớp", Some(Agrees)),
            ("đã chết, chưa khai tử", Some(Died)),
            ("đã đăng ký khai sinh", None),
            ("x", None),
            ("K", None),
            ("ĐC", None),
            ("1", None),
        ] {
            check(text, &Words::Unsure(kind));
        }
        for text in ["", "  ", "-", "…"] {
            check(text, &Words::Blank);
        }
    }
}
