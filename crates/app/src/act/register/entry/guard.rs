//! The duplicate guard: children of the book that a typed child may be, by the linkage engine over those near it.
//!
//! In: an entry that is not in the book. Out: [`MayBe`]s, the likeliest first, each with why in words. The book is not read whole: only who has its
//! name, its day or its number, and who was born about then in its commune; these stand for the rest when names are weighed by how
//! usual they are. A pair the rules call one child, that
//! shares a sound number, or name and day, is asked about whatever its probability.

use super::super::across::are_one;
use super::super::again::Again;
use super::super::duplicates::said;
use super::super::import::columns::{Places, Seen};
use super::super::{Done, Failed, unit_name};
use super::Answer;
use crate::act::check::{Silent, Stop};
use crate::act::link::engine;
use crate::limits;
use crate::shown::birth;
use treem_child::link::band::Band;
use treem_child::link::model::model;
use treem_child::link::{Batch, Children};
use treem_child::normalise::syllable::ascii_fold;
use treem_child::rule::RuleId;
use treem_link::explain::explain;
use treem_store::Tx;
use treem_store::change::Linkable;
use treem_store::child::{ACTIVE, Entry, State};
use treem_store::entry::Like;

/// A child of the book that a typed one may be.
#[derive(Clone, Default, serde::Serialize)]
pub struct MayBe {
    /// Its id.
    pub child: String,
    /// `same` or `perhaps`.
    pub band: &'static str,
    /// How probable that is.
    pub probability: f64,
    /// Name.
    pub name: String,
    /// Birth date as people write it.
    pub birth: String,
    /// Sex.
    pub sex: String,
    /// Code of its unit.
    pub unit: String,
    /// Its edition.
    pub edition: String,
    /// Name of its unit.
    pub unit_name: String,
    /// Hamlet.
    pub hamlet: String,
    /// Father's name.
    pub father: String,
    /// Mother's name.
    pub mother: String,
    /// The record counts; else the child moved away or died.
    pub active: bool,
    /// The person at the desk may change the record.
    pub mine: bool,
    /// What speaks for it.
    #[serde(rename = "for")]
    pub speaks_for: Vec<String>,
    /// What speaks against it.
    pub against: Vec<String>,
    /// What the person said of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
}

/// Children's data never reaches a log.
impl std::fmt::Debug for MayBe {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "MayBe({} {})", self.band, self.probability)
    }
}

/// Of a record, what is looked at before the engine, and shown after it.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct Light {
    name: String,
    birth: String,
    sex: String,
    hamlet: String,
    father: String,
    mother: String,
}

impl Light {
    fn of(record: &str) -> Self {
        serde_json::from_str(record).unwrap_or_default()
    }

    fn given(&self) -> &str {
        self.name.rsplit(' ').next().unwrap_or("")
    }

    /// A child of another commune is worth a look where the name and about the age agree, or the day and a part of the name, or a parent.
    fn is_near(&self, typed: &Self) -> bool {
        let year = |birth: &str| birth.get(..4).and_then(|year| year.parse::<i32>().ok());
        let about = match (year(&self.birth), year(&typed.birth)) {
            (Some(one), Some(other)) => {
                one.abs_diff(other) <= 1 || self.birth.get(4..) == typed.birth.get(4..)
            }
            _ => true,
        };
        let equal = |one: &str, other: &str| !one.is_empty() && one == other;
        let parent = equal(&self.father, &typed.father) || equal(&self.mother, &typed.mother);
        let named = self.name.to_lowercase() == typed.name.to_lowercase();
        parent
            || about && named
            || about && equal(self.given(), typed.given())
            || about && !typed.name.is_ascii() && self.name.is_ascii()
    }
}

/// Days between which children of a commune are looked at: born the year before to the year after.
fn beside(birth: &str) -> (String, String) {
    let year: Option<i32> = birth.get(..4).and_then(|year| year.parse().ok());
    year.map_or((String::new(), "9".to_owned()), |year| {
        (
            format!("{:04}", year.saturating_sub(1)),
            format!("{:04}", year.saturating_add(2)),
        )
    })
}

/// Whom of the book a typed child may be, the likeliest first; at most [`limits::MAY_BE`].
///
/// # Errors
/// The database's, the engine's.
pub async fn may_be(
    tx: &mut Tx,
    again: &mut Again,
    (book, places): (&str, &mut Places),
    entry: &Entry,
) -> Done<Vec<MayBe>> {
    let state = &entry.state;
    if state.name_key.is_empty() && state.number.is_none() {
        return Ok(Vec::new());
    }
    let (from, to) = beside(&state.birth);
    let like = Like {
        name_key: &state.name_key,
        birth: if state.birth.len() == 10 {
            &state.birth
        } else {
            ""
        },
        number: state.number.as_deref().unwrap_or(""),
        unit: (&state.edition, state.unit.as_deref().unwrap_or("")),
        beside: (&from, &to),
    };
    let typed = Light::of(&state.record);
    let mut found: Vec<(Linkable, Light)> = Vec::new();
    for child in tx.linkable_like(book, &like).await? {
        let light = Light::of(&child.record);
        let here = child.unit.is_some() && child.unit == state.unit;
        let number = child.number.is_some() && child.number == state.number;
        if here || number || light.is_near(&typed) {
            found.push((child, light));
        }
    }
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let own = Linkable {
        id: String::new(),
        state: state.state.clone(),
        edition: state.edition.clone(),
        unit: state.unit.clone(),
        number: state.number.clone(),
        record: state.record.clone(),
        sensitive: state.sensitive.clone(),
    };
    let mut out = weigh(&own, entry, (&found, places))?;
    let key = again.key(state);
    for (child, light) in &found {
        if out.iter().any(|one| one.child == child.id) {
            continue;
        }
        let holds = child.number.is_some() && child.number == state.number;
        let day = state.birth.len() == 10 && light.birth == state.birth;
        // One name and one day are asked about whatever else is written.
        let named = day && ascii_fold(&light.name) == state.name_key;
        let one = light.birth == state.birth && are_one(key, again.key(&state_of(child)));
        if holds || named || one {
            out.push(shown(child, light, (0.5, Band::Perhaps)));
        }
    }
    out.sort_by(|one, other| other.probability.total_cmp(&one.probability));
    out.truncate(limits::MAY_BE);
    Ok(out)
}

/// A record as the check reads it.
fn state_of(child: &Linkable) -> State {
    State {
        state: child.state.clone(),
        edition: child.edition.clone(),
        unit: child.unit.clone(),
        number: child.number.clone(),
        record: child.record.clone(),
        sensitive: child.sensitive.clone(),
        ..State::default()
    }
}

/// The engine over the typed child and those near it.
fn weigh(
    own: &Linkable,
    entry: &Entry,
    (found, places): (&[(Linkable, Light)], &mut Places),
) -> Done<Vec<MayBe>> {
    let restored = entry
        .findings
        .iter()
        .find(|finding| finding.rule == RuleId::ID_ZERO_LOST.code())
        .map(|finding| finding.suggestion.as_str());
    let mut batch = Batch::default();
    Seen::record(own, restored, places).push(&mut batch);
    for (child, _) in found {
        Seen::record(child, None, places).push(&mut batch);
    }
    let mut children = Children::default();
    children.extend_one(&batch, 0);
    children.end_first_list();
    for at in 1..batch.len() {
        children.extend_one(&batch, at);
    }
    children.count(1);
    let model = model(&children);
    let stop = Stop::default();
    let linked = engine(
        &model,
        children.len(),
        children.first_list(),
        &Silent,
        &stop,
    )
    .map_err(|error| Failed::Broken(anyhow::anyhow!("không đối chiếu được: {error}")))?;
    let Some(linked) = linked else {
        return Ok(Vec::new());
    };
    let mut out = Vec::new();
    for pair in linked.pairs.iter().filter(|pair| pair.left == 0) {
        let band = children.band(pair.left, pair.right, pair.probability);
        let place = (pair.right as usize).checked_sub(1);
        let child = place.and_then(|at| found.get(at));
        if let (Some((child, light)), true) = (child, band != Band::New) {
            let mut one = shown(child, light, (pair.probability, band));
            (one.speaks_for, one.against) =
                said(&explain(&model, &linked, pair.left, pair.right), false);
            out.push(one);
        }
    }
    Ok(out)
}

fn shown(child: &Linkable, light: &Light, (probability, band): (f64, Band)) -> MayBe {
    let unit = child.unit.clone().unwrap_or_default();
    MayBe {
        child: child.id.clone(),
        band: band.code(),
        probability,
        name: light.name.clone(),
        birth: birth(&light.birth),
        sex: light.sex.clone(),
        unit_name: unit_name(&child.edition, &unit),
        unit,
        edition: child.edition.clone(),
        hamlet: light.hamlet.clone(),
        father: light.father.clone(),
        mother: light.mother.clone(),
        active: child.state == ACTIVE,
        ..MayBe::default()
    }
}
