//! The fields of two sides beside each other: what each says, how they stand, the letters that differ.
//!
//! In: a row and a record, or two records ([`Sides`]). Out: [`Line`]s in the order of a record. Sensitive fields are named where they differ,
//! and not shown; numbers are masked where both sides agree, or only one has one.

use super::super::import::columns::Places;
use super::super::import::same::{Said, compare};
use super::super::texts::{KNOWN, UNIT, is_sensitive, masked, texts};
use super::super::unit_name;
use super::words::label;
use crate::shown;
use std::collections::BTreeMap;
use treem_child::differ::{Span, differ};
use treem_child::merging::{Side, choose};
use treem_child::normalise::unit;
use treem_store::child::Child;
use treem_store::queue::{CHANGES, Waiting};

/// How two sides of a field stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum How {
    /// They say the same, perhaps in other letters.
    Same,
    /// Only the first says something: it stays.
    First,
    /// Only the second says something: it is filled in where the two are one child.
    Second,
    /// They say different things: a person chooses.
    Differs,
    /// They say different things of which the leading field speaks, or that are not chosen.
    Follows,
}

/// A field on both sides.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Line {
    /// Its name.
    pub field: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// What each side says, in pieces.
    pub sides: [Vec<Span>; 2],
    /// How they stand.
    pub how: How,
    /// It is sensitive: that it differs is said, and nothing else.
    pub hidden: bool,
}

/// Both sides as the linkage and the acts see them.
pub(super) struct Sides {
    /// What each says.
    pub said: [Said; 2],
    /// Fields of which a person chooses.
    pub differs: Vec<String>,
    /// Fields the second side fills in.
    pub fills: Vec<String>,
}

/// What a row and a record say, and how it goes together.
pub(super) fn row_sides(row: &Waiting, have: Said) -> Sides {
    let says = Said::new(
        &row.record,
        &row.sensitive,
        row.unit.as_deref(),
        &row.edition,
    );
    let mut places = Places::new(unit::edition(&row.edition));
    let compared = compare(&have, &says, &mut |one, other| places.are_one(one, other));
    let own = |fields: Vec<&str>| fields.into_iter().map(str::to_owned).collect();
    let (differs, fills) = if row.kind == CHANGES {
        let left = row.fields.split(',').filter(|field| !field.is_empty());
        (left.map(str::to_owned).collect(), Vec::new())
    } else {
        (own(compared.differs), own(compared.fills))
    };
    Sides {
        said: [have, says],
        differs,
        fills,
    }
}

/// What two records say, and how it goes together where the first stays.
pub(super) fn pair_sides(both: &[Child; 2]) -> Sides {
    let [one, other] = both.each_ref().map(|child| texts(&child.now));
    let chosen = choose(&one, &other, &BTreeMap::new(), &KNOWN).unwrap_or_default();
    let (mut differs, mut fills) = (Vec::new(), Vec::new());
    for field in chosen {
        if field.from == Side::Loser {
            fills.push(field.field);
        } else if !field.survivor.is_empty() && !field.loser.is_empty() {
            differs.push(field.field);
        }
    }
    // Where the leading field of a person differs, it speaks for the rest.
    let led = differs.clone();
    differs.retain(|field| {
        field
            .split_once('_')
            .is_none_or(|(lead, _)| !led.iter().any(|other| other == lead))
    });
    Sides {
        said: both.each_ref().map(|child| Said::of(&child.now)),
        differs,
        fills,
    }
}

/// What a side says of a field, as a person reads it.
fn shown(said: &Said, field: &str) -> String {
    match field {
        UNIT => {
            let names = [said.get("unit_name"), said.get("district_name")];
            let known: Vec<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
            if known.is_empty() {
                unit_name(said.get("edition"), said.get("unit"))
            } else {
                known.join(", ")
            }
        }
        "birth" => shown::birth(said.get("birth")),
        field if field.ends_with("_birth") => shown::birth(said.get(field)),
        field => said.words(field).to_owned(),
    }
}

/// The fields either side says, in the order of a record.
pub(super) fn lines(sides: &Sides) -> Vec<Line> {
    let [one, other] = &sides.said;
    let mut out = Vec::new();
    for field in KNOWN {
        let (mut ours, mut theirs) = (shown(one, field), shown(other, field));
        if ours.is_empty() && theirs.is_empty() {
            continue;
        }
        let has = |fields: &[String]| fields.iter().any(|known| known == field);
        let how = if has(&sides.differs) {
            How::Differs
        } else if theirs.is_empty() {
            How::First
        } else if ours.is_empty() {
            if has(&sides.fills) {
                How::Second
            } else {
                How::Follows
            }
        } else if has(&sides.fills) {
            How::Second
        } else if led(field, &sides.differs) && ours != theirs {
            How::Follows
        } else {
            How::Same
        };
        let hidden = is_sensitive(field);
        if hidden && how == How::Same {
            continue;
        }
        if hidden {
            (ours, theirs) = (String::new(), String::new());
        } else if field.ends_with("number") && how != How::Differs {
            (ours, theirs) = (masked(&ours), masked(&theirs));
        }
        out.push(Line {
            field,
            label: label(field),
            sides: differ(&ours, &theirs),
            how,
            hidden,
        });
    }
    out
}

/// True where a leading field that differs speaks for this one.
fn led(field: &str, differs: &[String]) -> bool {
    let place = ["hamlet", "address", "address_current"].contains(&field);
    let lead = if place {
        UNIT
    } else {
        field.split_once('_').map_or("", |(lead, _)| lead)
    };
    !lead.is_empty() && differs.iter().any(|known| known == lead)
}
