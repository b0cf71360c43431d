//! Area units by edition: the unit a code, a name, an address or a title means.
//!
//! In: text as people write it. Out: [`Found`], [`Place`], [`Named`]. A unit belongs to an edition, and an edition is the day
//! it came into force: codes are used again with another meaning, so a bare code means nothing without one.
//!
//! Loaded: the whole country in the editions of 6/10/2019, 1/1/2020, 1/1/2025 and 1/7/2025 (docs/units.md: sources, and what
//! is exact). Many communes of the country bear one name, so an [`Edition`] has a home province, and texts are looked up there.

mod edition;
mod elsewhere;
mod find;
mod former;
mod kind;
mod list;
mod place;
mod succession;
mod title;
mod word;

use super::fold::Words;
use super::text;
use word::Kind;

pub use edition::{Edition, edition, editions, in_running_text};
pub use former::{Former, Unknown};
pub use kind::{Level, UnitKind};
pub use place::Place;
pub use succession::{Kin, Share, meanings, predecessors, successors};
pub use title::Named;

/// One unit of one edition.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Unit {
    /// Code of the General Statistics Office: 2, 3 or 5 digits.
    pub code: &'static str,
    /// Whole name (`Xã Tà Rụt`).
    pub name: &'static str,
    /// Name without the kind (`Tà Rụt`, `1`).
    pub short: &'static str,
    /// Kind.
    pub kind: UnitKind,
    /// Code of the unit it lies in, in the same edition; empty for a province.
    pub parent: &'static str,
}

impl Unit {
    /// The level of the unit.
    pub fn level(&self) -> Level {
        self.kind.level()
    }
}

/// How a text led to its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// By its code.
    Code,
    /// By its name; case, spaces, tone placement and i / y do not matter.
    Exact,
    /// By another spelling of the list, or under another kind (`xã Khe Sanh`).
    Alias,
    /// By its name with marks left out.
    WithoutDiacritics,
}

/// What a text means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// One unit.
    One(&'static Unit, How),
    /// A name of several units: the district has to be known.
    Several(Vec<&'static Unit>),
    /// No unit of the edition.
    None,
    /// Nothing is written.
    Missing,
}

impl Found {
    /// The unit, where there is exactly one.
    pub fn unit(&self) -> Option<&'static Unit> {
        if let Self::One(unit, _) = self {
            Some(unit)
        } else {
            None
        }
    }
}

/// Words that say that nothing is known.
fn says_nothing(plain: &str) -> bool {
    matches!(
        plain,
        "chuaco"
            | "khongco"
            | "chuaro"
            | "khongro"
            | "khongxacdinh"
            | "chuacapnhat"
            | "null"
            | "na"
    )
}

/// A hamlet's name as written, with proper spacing and without signs around it; `None` where nothing is said (blank, `-`,
/// `chưa có`, `0`).
pub fn hamlet(text: &str) -> Option<String> {
    if text::is_missing(text) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    for part in text.split_whitespace() {
        if !out.is_empty() && !part.starts_with([',', ';', ')']) {
            out.push(' ');
        }
        out.push_str(part);
    }
    let trimmed = out.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                ',' | ';' | ':' | '-' | '–' | '—' | '/' | '\\' | '.' | '…' | '*' | '•' | '_' | '|'
            )
    });
    let words = Words::new(trimmed);
    let plain = words.plain(0, words.len());
    let empty_kind = Kind::hamlet(&words, 0).is_some_and(|length| length == words.len());
    (!says_nothing(plain) && !matches!(plain, "" | "0") && !empty_kind).then(|| trimmed.to_owned())
}

/// The keys under which hamlets meet: the whole name, and the name without the word for its kind (`Thôn Vực Leng` → `Vực Leng`). Case,
/// spaces, the place of a tone mark and i / y do not matter, marks do. `None` where nothing is said.
pub fn hamlet_keys(text: &str) -> Option<(String, String)> {
    let name = hamlet(text)?;
    let words = Words::new(&name);
    let kind = Kind::hamlet(&words, 0).unwrap_or(0);
    Some((
        words.toned(0, words.len()).to_owned(),
        words.toned(kind, words.len()).to_owned(),
    ))
}

#[cfg(test)]
mod tests;
