//! What a mirror and the book say differently: only there, only here, different by field.
//!
//! In: rows, children, who is who. Out: [`Compared`]. Only fields that the profile has a column for are compared, each in the form every list
//! is brought into; units by what became of them, so that an old commune and the new one it went into are no difference.

use super::link::{Linked, fields_of, unit_in};
use super::profile::Profile;
use std::collections::{BTreeMap, BTreeSet};
use treem_child::field::Field;
use treem_child::normalise::unit::{self, Edition, successors};
use treem_store::child::Child;
use treem_store::mirror::Row;

/// Which side says more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Here it is known, there nothing stands.
    MissingThere,
    /// There it is known, here nothing stands.
    MissingHere,
    /// Both say something else.
    Other,
}

/// One difference.
#[derive(Clone, Debug)]
pub struct Difference {
    /// The field.
    pub field: Field,
    /// What the book says.
    pub ours: String,
    /// What stands there: as written where it could not be understood.
    pub theirs: String,
    /// Which side says more.
    pub kind: Kind,
}

/// A row and a child who are one, with what differs.
pub struct Pair {
    /// The row.
    pub row: usize,
    /// The child.
    pub child: usize,
    /// Differences; none: they agree.
    pub differences: Vec<Difference>,
}

/// How often a field differs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct ByField {
    /// Known here, nothing there.
    pub missing_there: u64,
    /// Known there, nothing here.
    pub missing_here: u64,
    /// Something else.
    pub other: u64,
}

/// What was found of a unit, or of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// Rows and children who are one and agree in everything.
    pub same: u64,
    /// Who are one and differ.
    pub different: u64,
    /// Rows that are no child of the book.
    pub only_there: u64,
    /// Children who count and are in no row.
    pub only_here: u64,
    /// Rows of which a person has to decide.
    pub perhaps: u64,
}

/// Everything.
#[derive(Default)]
pub struct Compared {
    /// Of all.
    pub all: Counts,
    /// By unit of the mirror's edition; empty where unknown.
    pub units: BTreeMap<String, Counts>,
    /// By field.
    pub fields: BTreeMap<Field, ByField>,
    /// Who are one.
    pub pairs: Vec<Pair>,
    /// Rows that are no child of the book.
    pub only_there: Vec<usize>,
    /// Children who are in no row.
    pub only_here: Vec<usize>,
    /// Row and child who may be one.
    pub perhaps: Vec<(usize, usize)>,
}

/// What is asked.
pub struct Question<'q> {
    /// The layout.
    pub profile: &'q Profile,
    /// Edition of the mirror's units.
    pub edition: &'static Edition,
    /// Only units in this one.
    pub within: Option<&'static unit::Unit>,
    /// The day on which children count.
    pub day: &'q str,
}

/// The fields that can be compared: each once.
pub fn compared_fields(profile: &Profile) -> BTreeSet<Field> {
    let mut out = BTreeSet::new();
    for field in profile.columns.iter().filter_map(|column| column.field) {
        match field {
            Field::Ordinal | Field::Id | Field::Province | Field::District => {}
            Field::NameFamily | Field::NameMiddle | Field::NameGiven => {
                out.insert(Field::Name);
            }
            Field::BirthDay | Field::BirthMonth | Field::BirthYear => {
                out.insert(Field::Birth);
            }
            Field::SexMale | Field::SexFemale => {
                out.insert(Field::Sex);
            }
            Field::Parents => {
                out.extend([Field::Father, Field::Mother]);
            }
            field => {
                out.insert(field);
            }
        }
    }
    out
}

/// The name of a field in a record.
pub fn key_of(field: Field) -> String {
    field.code().replace('.', "_")
}

impl Question<'_> {
    /// The unit of a child or a row in the mirror's edition; nothing where it is not known.
    fn place(&self, edition: &str, code: Option<&str>) -> Option<&'static str> {
        unit_in(self.edition, edition, code?)
    }

    fn is_asked(&self, place: Option<&str>) -> bool {
        self.within.is_none_or(|area| {
            place
                .and_then(|code| self.edition.by_code(code))
                .is_some_and(|unit| self.edition.is_in(unit, area))
        })
    }
}

/// Compares.
pub fn compare(
    question: &Question<'_>,
    rows: &[Row],
    children: &[Child],
    linked: &Linked,
) -> Compared {
    let mut out = Compared::default();
    let fields = compared_fields(question.profile);
    let (mut row_of, mut child_of) = (vec![false; rows.len()], vec![false; children.len()]);
    let mut mark = |row: usize, child: usize| {
        for (taken, at) in [(&mut row_of, row), (&mut child_of, child)] {
            if let Some(taken) = taken.get_mut(at) {
                *taken = true;
            }
        }
    };
    for &(at, place, _) in &linked.same {
        mark(at, place);
        let (Some(row), Some(child)) = (rows.get(at), children.get(place)) else {
            continue;
        };
        let unit = question
            .place(&child.now.edition, child.now.unit.as_deref())
            .or_else(|| question.place(&row.edition, row.unit.as_deref()));
        if !question.is_asked(unit) {
            continue;
        }
        let differences = differences(&fields, row, child);
        let differs = u64::from(!differences.is_empty());
        out.count(unit, |counts| {
            counts.different += differs;
            counts.same += 1 - differs;
        });
        for one in &differences {
            let by = out.fields.entry(one.field).or_default();
            match one.kind {
                Kind::MissingThere => by.missing_there += 1,
                Kind::MissingHere => by.missing_here += 1,
                Kind::Other => by.other += 1,
            }
        }
        out.pairs.push(Pair {
            row: at,
            child: place,
            differences,
        });
    }
    for &(at, place) in &linked.perhaps {
        mark(at, place);
        let unit = rows
            .get(at)
            .and_then(|row| question.place(&row.edition, row.unit.as_deref()));
        if question.is_asked(unit) {
            out.count(unit, |counts| counts.perhaps += 1);
            out.perhaps.push((at, place));
        }
    }
    for (at, row) in rows.iter().enumerate() {
        let unit = question.place(&row.edition, row.unit.as_deref());
        if !row_of.get(at).copied().unwrap_or(true) && question.is_asked(unit) {
            out.count(unit, |counts| counts.only_there += 1);
            out.only_there.push(at);
        }
    }
    for (at, child) in children.iter().enumerate() {
        let now = &child.now;
        let counts = now.birth.as_str() <= question.day && now.leaves_on.as_str() > question.day;
        let unit = question.place(&now.edition, now.unit.as_deref());
        if counts && !child_of.get(at).copied().unwrap_or(true) && question.is_asked(unit) {
            out.count(unit, |counts| counts.only_here += 1);
            out.only_here.push(at);
        }
    }
    out
}

impl Compared {
    fn count(&mut self, unit: Option<&str>, add: impl Fn(&mut Counts)) {
        add(&mut self.all);
        add(self.units.entry(unit.unwrap_or("").to_owned()).or_default());
    }
}

/// What a row and a child say differently.
fn differences(fields: &BTreeSet<Field>, row: &Row, child: &Child) -> Vec<Difference> {
    let now = &child.now;
    let ours = fields_of(&now.record, &now.sensitive);
    let theirs = fields_of(&row.record, &row.sensitive);
    let raws = raws_of(&row.sensitive);
    let mut out = Vec::new();
    for &field in fields {
        if field == Field::Commune {
            out.extend(other_unit(row, child, &raws));
            continue;
        }
        let key = key_of(field);
        let text =
            |fields: &BTreeMap<String, String>| fields.get(&key).cloned().unwrap_or_default();
        let (mine, mut yours) = (text(&ours), text(&theirs));
        // A number that is in doubt here corrects nothing there.
        let doubtful = field == Field::Number && !now.identified;
        // What nobody can understand there tells the book nothing, but where the book knows better it is wrong there.
        if yours.is_empty()
            && !mine.is_empty()
            && let Some(raw) = raws.get(field.code())
        {
            yours.clone_from(raw);
        }
        if mine == yours || (doubtful && mine.is_empty() == yours.is_empty()) {
            continue;
        }
        let kind = match (mine.is_empty(), yours.is_empty()) {
            (false, true) if doubtful => continue,
            (false, true) => Kind::MissingThere,
            (true, false) => Kind::MissingHere,
            _ => Kind::Other,
        };
        out.push(Difference {
            field,
            ours: mine,
            theirs: yours,
            kind,
        });
    }
    out
}

/// Cells of a row that could not be understood, by code of the field.
pub fn raws_of(sensitive: &str) -> BTreeMap<String, String> {
    #[derive(serde::Deserialize)]
    struct Raws {
        #[serde(default)]
        raw: BTreeMap<String, String>,
    }
    serde_json::from_str::<Raws>(sensitive).map_or_else(|_| BTreeMap::new(), |read| read.raw)
}

/// The unit, where one is not what became of the other.
fn other_unit(row: &Row, child: &Child, raws: &BTreeMap<String, String>) -> Option<Difference> {
    let named = |edition: &str, code: &str| {
        unit::edition(edition)
            .by_code(code)
            .map_or_else(|| code.to_owned(), |unit| unit.name.to_owned())
    };
    let now = &child.now;
    let ours = now.unit.as_deref().unwrap_or("");
    let theirs = row.unit.as_deref().unwrap_or("");
    let (here, there) = (now.edition.as_str(), row.edition.as_str());
    let leads = |old: &str, from: &str, new: &str, to: &str| {
        successors(old, from, to)
            .iter()
            .any(|kin| kin.unit.code == new)
    };
    let same = if here <= there {
        leads(ours, here, theirs, there)
    } else {
        leads(theirs, there, ours, here)
    };
    if same || (ours.is_empty() && theirs.is_empty()) {
        // A text that is no unit tells the book nothing.
        return None;
    }
    let shown = if theirs.is_empty() {
        raws.get(Field::Commune.code()).cloned().unwrap_or_default()
    } else {
        named(there, theirs)
    };
    let kind = match (ours.is_empty(), shown.is_empty()) {
        (false, true) => Kind::MissingThere,
        (true, _) => Kind::MissingHere,
        _ => Kind::Other,
    };
    Some(Difference {
        field: Field::Commune,
        ours: if ours.is_empty() {
            String::new()
        } else {
            named(here, ours)
        },
        theirs: shown,
        kind,
    })
}
