//! Templates and offices a province keeps in its register; what was loaded last under a name holds, the built-in ones where there is none.
//!
//! In: texts. Out: [`Listed`], texts, mistakes with their lines. A text with mistakes is never kept.

use super::super::{Desk, Done, Failed, begin, wait};
use super::From;
use crate::access::Deed;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use treem_child::report::letter::offices::{self, Offices};
use treem_child::report::letter::template::{Template, Wrong, read};
use treem_child::report::letter::{COMMUNE, Field, Kind, LETTER, OFFICES};
use treem_store::letter::Template as Kept;

/// Kinds of texts, in the order in which they are shown: word, what it is, the built-in text.
pub const KINDS: [(&str, &str, &str); 3] = [
    ("letter", "Công văn đôn đốc", LETTER),
    ("commune", "Bảng việc của từng xã", COMMUNE),
    ("offices", "Cơ quan, nơi nhận, căn cứ theo ngày", OFFICES),
];

/// A text there is.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Listed {
    /// Its name.
    pub name: String,
    /// `letter`, `commune`, `offices`.
    pub kind: String,
    /// How often it was loaded; 0: built in.
    pub nth: i64,
    /// When it was loaded.
    pub at: String,
    /// Who loaded it.
    pub who: String,
}

/// Everything there is, and the fields a template may name.
#[derive(serde::Serialize)]
pub struct Lists {
    /// The texts.
    pub templates: Vec<Listed>,
    /// Fields: name, what it becomes (`text`, `lines`, `table`), meaning.
    pub fields: Vec<[&'static str; 3]>,
}

/// What a check found.
#[derive(serde::Serialize)]
pub struct Checked {
    /// Mistakes; none: it can be used.
    pub wrong: Vec<Wrong>,
    /// Fields it names.
    pub fields: Vec<&'static str>,
}

/// What loading came to.
#[derive(serde::Serialize)]
pub struct Loaded {
    /// Under which name.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// The how manieth of its name.
    pub nth: i64,
    /// It was taken back: the built-in one, or none, holds.
    pub withdrawn: bool,
}

/// The mistakes of a text as one refusal.
fn refused(wrong: &[Wrong]) -> Failed {
    let first = wrong.first().map_or_else(String::new, |one| {
        format!("dòng {}: {}", one.line, one.sentence)
    });
    let more = match wrong.len() {
        0 | 1 => String::new(),
        several => format!(
            " Còn {} chỗ nữa; xem bằng treem letter template check.",
            several - 1
        ),
    };
    Failed::Refused(format!("mẫu chưa dùng được, {first}{more}"))
}

/// Reads a text of a kind. The offices' one mistake has its line in its sentence.
pub fn check(kind: &str, text: &str) -> Checked {
    if kind == "offices" {
        let wrong = match offices::read(text) {
            Ok(_) => Vec::new(),
            Err(sentence) => vec![split(&sentence)],
        };
        return Checked {
            wrong,
            fields: Vec::new(),
        };
    }
    match read(text) {
        Ok(template) => Checked {
            wrong: Vec::new(),
            fields: template.fields().into_iter().map(Field::name).collect(),
        },
        Err(wrong) => Checked {
            wrong,
            fields: Vec::new(),
        },
    }
}

/// `dòng 3: …` as a mistake with its line.
fn split(sentence: &str) -> Wrong {
    let parted = sentence
        .strip_prefix("dòng ")
        .and_then(|rest| rest.split_once(": "))
        .and_then(|(line, rest)| Some((line.parse().ok()?, rest.to_owned())));
    let (line, sentence) = parted.unwrap_or_else(|| (1, sentence.to_owned()));
    Wrong { line, sentence }
}

/// The last version of a name that was not taken back.
fn last<'k>(held: &'k [Kept], name: &str) -> Option<&'k Kept> {
    held.iter()
        .filter(|one| one.name == name)
        .max_by_key(|one| one.nth)
        .filter(|one| !one.content.is_empty())
}

/// The template that is to be used, with what it is called.
pub(super) fn chosen(held: &[Kept], kind: &str, from: &From) -> Done<(Template, String)> {
    let (text, name) = match from {
        From::Text(text) => (text.as_str(), String::new()),
        From::Usual => match last(held, kind) {
            Some(own) => (own.content.as_str(), own.name.clone()),
            None => (built_in(kind), "có sẵn".to_owned()),
        },
        From::Named(name) => match last(held, name) {
            Some(own) if own.kind == kind => (own.content.as_str(), own.name.clone()),
            Some(_) => {
                return Err(Failed::Refused(format!(
                    "mẫu “{name}” không phải loại văn bản này; xem treem letter template list."
                )));
            }
            None => {
                return Err(Failed::Refused(format!(
                    "không có mẫu “{name}”; xem treem letter template list."
                )));
            }
        },
    };
    Ok((read(text).map_err(|wrong| refused(&wrong))?, name))
}

fn built_in(kind: &str) -> &'static str {
    KINDS
        .iter()
        .find(|(word, ..)| *word == kind)
        .map_or("", |(.., text)| text)
}

/// The province's offices; none where it has none of its own.
pub(super) fn offices(held: &[Kept]) -> Done<Vec<Offices>> {
    match last(held, "offices") {
        Some(own) => offices::read(&own.content).map_err(Failed::Refused),
        None => Ok(Vec::new()),
    }
}

/// The texts the book holds, for who may see figures.
async fn held(desk: &Desk) -> Done<Vec<Kept>> {
    desk.must_somewhere(Deed::Report)?;
    let (open, mut tx) = desk.read().await?;
    Ok(tx.templates(&open.book.register).await?)
}

/// Everything there is.
///
/// # Errors
/// [`Failed::Denied`]; the register's.
pub fn list(desk: &Desk) -> Done<Lists> {
    wait(async {
        let held = held(desk).await?;
        let mut templates: Vec<Listed> = Vec::new();
        for (word, ..) in KINDS {
            if last(&held, word).is_none() {
                templates.push(Listed {
                    name: word.to_owned(),
                    kind: word.to_owned(),
                    nth: 0,
                    at: String::new(),
                    who: String::new(),
                });
            }
        }
        let mut names: Vec<&str> = held.iter().map(|one| one.name.as_str()).collect();
        names.dedup();
        templates.extend(names.into_iter().filter_map(|name| {
            last(&held, name).map(|one| Listed {
                name: one.name.clone(),
                kind: one.kind.clone(),
                nth: one.nth,
                at: one.at.clone(),
                who: one.who.clone(),
            })
        }));
        let fields = Field::ALL.iter().map(|field| {
            let kind = match field.kind() {
                Kind::Text => "text",
                Kind::Lines => "lines",
                Kind::Table => "table",
            };
            [field.name(), kind, field.meaning()]
        });
        Ok(Lists {
            templates,
            fields: fields.collect(),
        })
    })
}

/// The text of a name: its own, or the built-in one of that word. With its kind.
///
/// # Errors
/// [`Failed::Refused`]: no such text.
pub fn text(desk: &Desk, name: &str) -> Done<(String, String)> {
    wait(async {
        let held = held(desk).await?;
        if let Some(own) = last(&held, name) {
            return Ok((own.kind.clone(), own.content.clone()));
        }
        match built_in(name) {
            "" => Err(Failed::Refused(format!(
                "không có mẫu “{name}”; xem treem letter template list."
            ))),
            text => Ok((name.to_owned(), text.to_owned())),
        }
    })
}

/// Keeps a text; an empty one takes the name back.
///
/// # Errors
/// [`Failed::Refused`]: mistakes, a name that cannot be one, a kind there is not.
pub fn load(desk: &mut Desk, (name, kind): (&str, &str), text: &str) -> Done<Loaded> {
    wait(async {
        desk.must_whole(Deed::Letters)?;
        let name = name.trim();
        if !KINDS.iter().any(|(word, ..)| *word == kind) {
            return Err(Failed::Refused(format!(
                "loại mẫu “{}” phải là letter, commune hoặc offices.",
                crate::act::units::quoted(kind)
            )));
        }
        let usual = KINDS.iter().find(|(word, ..)| *word == name);
        if usual.is_some_and(|(word, ..)| *word != kind) || kind == "offices" && name != "offices" {
            return Err(Failed::Refused(format!(
                "tên “{name}” dành cho loại mẫu khác; mẫu cơ quan luôn tên là offices."
            )));
        }
        let plain = |letter: char| letter.is_alphanumeric() || " -_.".contains(letter);
        if name.is_empty() || name.chars().count() > 60 || !name.chars().all(plain) {
            return Err(Failed::Refused(
                "tên mẫu gồm chữ, số, dấu cách, gạch nối, từ 1 đến 60 chữ.".to_owned(),
            ));
        }
        let withdrawn = text.trim().is_empty();
        if !withdrawn {
            let wrong = check(kind, text).wrong;
            if !wrong.is_empty() {
                return Err(refused(&wrong));
            }
        }
        let content = if withdrawn { "" } else { text };
        let open = desk.open().await?;
        let book = open.book.register.clone();
        let mut act = begin(&open.store, desk.doing(&book, "template", "")).await?;
        let mut sha256 = String::with_capacity(64);
        for byte in Sha256::digest(content.as_bytes()) {
            let _ = write!(sha256, "{byte:02x}");
        }
        let nth = act.add_template((name, kind), &sha256, content).await?;
        let detail = serde_json::json!({"name": name, "kind": kind, "nth": nth, "sha256": sha256});
        act.finish(name, &detail.to_string()).await?;
        open.leave().await;
        Ok(Loaded {
            name: name.to_owned(),
            kind: kind.to_owned(),
            nth,
            withdrawn,
        })
    })
}
