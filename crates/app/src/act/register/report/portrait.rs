//! What the children of each unit are like, counted once and then only where an act has touched a unit or somebody turned 16.
//!
//! In: the book, a day. Out: a [`Portrait`] for each unit. Where pages ask again and again the counts stay in memory ([`Portraits`]), with the
//! last act they know of; the next one who asks reads the children of the units that acts have touched since, and no others.

use super::why::{Looked, Moment};
use crate::act::register::Done;
use crate::limits;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Instant;
use treem_child::normalise::syllable::ascii_fold;
use treem_child::report::cohort::Births;
use treem_child::report::insight;
use treem_store::portrait::Trait;
use treem_store::register::{Mark, Register};
use treem_store::{Store, Tx};

/// What was counted of the children of a unit who count on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Portrait {
    /// Children.
    pub entered: u64,
    /// In special circumstances or at risk of them.
    pub special: u64,
    /// By year of birth and sex.
    pub births: Births,
    /// With a full birth date.
    pub dated: u64,
    /// Of these born on 1 January.
    pub new_year: u64,
    /// Families that are known: by the code of the household, else by the names of both parents.
    pub families: u64,
    /// Of them with one child.
    pub alone: u64,
    /// The first day on which it is another without an act: somebody turns 16, or is born.
    turns: Option<String>,
}

impl Portrait {
    /// As what is held against its neighbours; who it is and what is counted elsewhere is left open.
    pub fn counts(&self) -> insight::Unit {
        insight::Unit {
            entered: self.entered,
            special: self.special,
            births: self
                .births
                .iter()
                .map(|(year, of)| (*year, of.iter().sum()))
                .collect(),
            dated: self.dated,
            new_year: self.new_year,
            families: self.families,
            alone: self.alone,
            ..insight::Unit::default()
        }
    }

    /// Adds the counts of another unit.
    pub fn add(&mut self, other: &Self) {
        self.entered += other.entered;
        self.special += other.special;
        self.dated += other.dated;
        self.new_year += other.new_year;
        self.families += other.families;
        self.alone += other.alone;
        for (year, of) in &other.births {
            let sum = self.births.entry(*year).or_default();
            for (sum, of) in sum.iter_mut().zip(of) {
                *sum += of;
            }
        }
    }
}

/// A unit: edition and code.
pub type Place = (String, String);

/// Counts that are kept between questions, by book.
#[derive(Default)]
pub struct Portraits {
    /// Of each book some days, the one asked for last at the end.
    held: Mutex<FxHashMap<String, Vec<Held>>>,
    /// What was found in them, which holds as long as no act is done.
    looked: Mutex<FxHashMap<String, Arc<Looked>>>,
    /// Who reads a whole book; the next one waits for what the first brings.
    whole: tokio::sync::Mutex<()>,
}

#[derive(Clone)]
struct Held {
    /// The last act it knows of.
    mark: Mark,
    day: String,
    /// When it was counted.
    since: Instant,
    units: Arc<BTreeMap<Place, Arc<Portrait>>>,
}

/// The members of a record that are looked at.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Open<'r> {
    #[serde(borrow)]
    sex: Cow<'r, str>,
    #[serde(borrow)]
    household: Cow<'r, str>,
    #[serde(borrow)]
    hamlet: Cow<'r, str>,
    #[serde(borrow)]
    father: Cow<'r, str>,
    #[serde(borrow)]
    mother: Cow<'r, str>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Apart<'r> {
    #[serde(borrow)]
    circumstance: Cow<'r, str>,
}

/// Words that say that nothing is special.
const NOTHING: [&str; 7] = [
    "",
    "0",
    "-",
    "khong",
    "khong co",
    "binh thuong",
    "tre em binh thuong",
];

/// Whether the sensitive part of a record names special circumstances.
pub fn is_special(sensitive: &str) -> bool {
    let apart: Apart<'_> = serde_json::from_str(sensitive).unwrap_or_default();
    if apart.circumstance.is_empty() {
        return false;
    }
    let words = ascii_fold(apart.circumstance.trim());
    !NOTHING.contains(&words.as_str())
}

/// Whether a birth date is a whole one, and whether it is 1 January.
pub fn new_year(birth: &str) -> (bool, bool) {
    let whole = birth.len() == 10;
    (whole, whole && birth.ends_with("-01-01"))
}

/// The family of a child, as far as its record tells: the household's code, else both parents in their hamlet.
pub fn family(record: &str) -> Option<String> {
    let open: Open<'_> = serde_json::from_str(record).unwrap_or_default();
    family_of(&open)
}

fn family_of(open: &Open<'_>) -> Option<String> {
    if !open.household.is_empty() {
        return Some(open.household.to_lowercase());
    }
    if open.mother.is_empty() || open.father.is_empty() {
        return None;
    }
    let fold = |text: &str| ascii_fold(text.trim());
    Some(format!(
        "{}\n{}\n{}",
        fold(&open.mother),
        fold(&open.father),
        fold(&open.hamlet)
    ))
}

/// Families while they are counted.
#[derive(Default)]
pub(super) struct Counting {
    portrait: Portrait,
    families: FxHashMap<String, u32>,
}

impl Counting {
    fn turns(&mut self, day: &str) {
        let turns = &mut self.portrait.turns;
        if turns.as_deref().is_none_or(|known| day < known) {
            *turns = Some(day.to_owned());
        }
    }

    pub(super) fn add(&mut self, child: &Trait, day: &str) {
        if child.birth.as_str() > day {
            self.turns(&child.birth);
            return;
        }
        self.turns(&child.leaves_on);
        let open: Open<'_> = serde_json::from_str(&child.record).unwrap_or_default();
        let (whole, first) = new_year(&child.birth);
        let portrait = &mut self.portrait;
        portrait.entered += 1;
        portrait.special += u64::from(is_special(&child.sensitive));
        portrait.dated += u64::from(whole);
        portrait.new_year += u64::from(first);
        if let Some(year) = child.birth.get(..4).and_then(|year| year.parse().ok()) {
            let of = portrait.births.entry(year).or_default();
            match open.sex.as_ref() {
                "Nam" => of[0] += 1,
                "Nữ" => of[1] += 1,
                _ => of[2] += 1,
            }
        }
        if let Some(family) = family_of(&open) {
            *self.families.entry(family).or_default() += 1;
        }
    }

    pub(super) fn done(mut self) -> Portrait {
        self.portrait.families = self.families.len() as u64;
        self.portrait.alone = self.families.values().filter(|many| **many == 1).count() as u64;
        self.portrait
    }
}

/// Goes through the children of a unit, page by page.
pub async fn children(
    tx: &mut Tx,
    book: &str,
    (edition, unit): (&str, &str),
    day: &str,
    mut look: impl FnMut(Trait),
) -> Done<()> {
    let mut after = String::new();
    loop {
        let page = tx
            .traits_of_unit(book, (edition, unit), day, &after)
            .await?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after.clone_from(&last.id);
        page.into_iter().for_each(&mut look);
    }
}

async fn read(tx: &mut Tx, book: &str, place: &Place, day: &str) -> Done<Portrait> {
    let mut counting = Counting::default();
    let unit = (place.0.as_str(), place.1.as_str());
    children(tx, book, unit, day, |child| counting.add(&child, day)).await?;
    Ok(counting.done())
}

impl Portraits {
    /// Counts all books of a store before somebody asks: the first look at a book reads all its children. What fails is left to who asks.
    pub async fn prepare(&self, store: &Store, day: &str) {
        let Ok(mut tx) = store.read().await else {
            return;
        };
        for book in tx.registers().await.unwrap_or_default() {
            let _ = self.of(&mut tx, &book.register, day).await;
        }
    }

    /// Waits until nobody reads a whole book: to be asked before a transaction is begun, so that who waits holds no connection.
    pub async fn settled(&self) {
        drop(self.whole.lock().await);
    }

    /// All units of a book on a day, in the order of their codes; those without children are left out.
    ///
    /// # Errors
    /// The database's.
    pub async fn of(
        &self,
        tx: &mut Tx,
        book: &str,
        day: &str,
    ) -> Done<BTreeMap<Place, Arc<Portrait>>> {
        let books = tx.registers().await?;
        let mark = books
            .iter()
            .find(|one| one.register == book)
            .map_or_else(Mark::default, Register::mark);
        let mut held = self.usable(tx, book, &mark, day).await?;
        let mut alone = None;
        if held.is_none() {
            alone = Some(self.whole.lock().await);
            held = self.usable(tx, book, &mark, day).await?;
        }
        let mut units = held
            .as_ref()
            .map_or_else(BTreeMap::new, |held| BTreeMap::clone(&held.units));
        let stale = match &held {
            None => tx.units_of_children(book).await?,
            Some(held) => {
                let mut stale = if held.mark.seq < mark.seq {
                    tx.units_touched(book, held.mark.seq).await?
                } else {
                    Vec::new()
                };
                let turned = units.iter().filter(|(_, portrait)| {
                    let turns = portrait.turns.as_deref();
                    turns.is_some_and(|turns| turns <= day)
                });
                stale.extend(turned.map(|(place, _)| place.clone()));
                stale.sort();
                stale.dedup();
                stale
            }
        };
        for place in stale {
            let portrait = read(tx, book, &place, day).await?;
            if portrait.turns.is_none() {
                units.remove(&place);
            } else {
                units.insert(place, Arc::new(portrait));
            }
        }
        self.keep(book, &mark, day, &units);
        drop(alone);
        Ok(units)
    }

    /// What is held that leaves least to be read; neither of a later day, nor of a book that another was put in the place of since.
    async fn usable(&self, tx: &mut Tx, book: &str, now: &Mark, day: &str) -> Done<Option<Held>> {
        for held in self.held(book, day) {
            if tx.came_by(book, now, &held.mark).await? {
                return Ok(Some(held));
            }
        }
        Ok(None)
    }

    /// What is held of a book, of no later day, the latest first.
    fn held(&self, book: &str, day: &str) -> Vec<Held> {
        let Ok(all) = self.held.lock() else {
            return Vec::new();
        };
        let of = all.get(book).into_iter().flatten();
        let mut out: Vec<Held> = of
            .filter(|held| held.day.as_str() <= day)
            .cloned()
            .collect();
        out.sort_by(|one, other| other.day.cmp(&one.day));
        out
    }

    /// What was found last in a book, where it is of this moment.
    pub(super) fn looked(&self, book: &str, of: &Moment) -> Option<Arc<Looked>> {
        let looked = self.looked.lock().ok()?.get(book).cloned();
        looked.filter(|looked| looked.of == *of)
    }

    /// Keeps what was found.
    pub(super) fn keep_looked(&self, book: &str, looked: &Arc<Looked>) {
        if let Ok(mut all) = self.looked.lock() {
            all.insert(book.to_owned(), Arc::clone(looked));
        }
    }

    /// Keeps what was counted on a day, unless something later is kept of it that was counted while this was; the day that was not asked for longest goes.
    fn keep(&self, book: &str, mark: &Mark, day: &str, units: &BTreeMap<Place, Arc<Portrait>>) {
        let Ok(mut all) = self.held.lock() else {
            return;
        };
        let days = all.entry(book.to_owned()).or_default();
        let known = days.iter().position(|held| held.day == day);
        let mut latest = Held {
            mark: mark.clone(),
            day: day.to_owned(),
            since: Instant::now(),
            units: Arc::new(units.clone()),
        };
        if let Some(known) = known {
            let kept = days.remove(known);
            // A later one is of an act that was done while this was counted; if it is older than that may take, more likely of a book that another was put
            // in the place of. Which of them it is decides no figure, only what is counted again.
            if kept.mark.seq > mark.seq && kept.since.elapsed() < limits::PORTRAIT_TIME {
                latest = kept;
            }
        } else if days.len() >= limits::PORTRAIT_DAYS {
            days.remove(0);
        }
        days.push(latest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn child(birth: &str, record: &str, sensitive: &str) -> Trait {
        Trait {
            id: String::new(),
            birth: birth.to_owned(),
            leaves_on: "2030-01-01".to_owned(),
            record: record.to_owned(),
            sensitive: sensitive.to_owned(),
        }
    }

    #[test]
    fn some_days_are_kept_and_the_nearest_earlier_one_is_begun_from() {
        let kept = Portraits::default();
        let units = BTreeMap::new();
        let mark = |seq| Mark {
            seq,
            hash: String::new(),
        };
        let days = |day: &str| -> Vec<String> {
            let held = kept.held("45", day);
            held.into_iter().map(|held| held.day).collect()
        };
        for nth in 1..=limits::PORTRAIT_DAYS {
            kept.keep("45", &mark(5), &format!("2024-06-0{nth}"), &units);
        }
        assert_eq!(days("2024-06-03")[0], "2024-06-03");
        assert_eq!(days("2025-01-01")[0], "2024-06-04");
        assert!(days("2024-05-31").is_empty());
        assert!(kept.held("44", "2024-06-03").is_empty());
        // Asked for again, a day is the last to go.
        kept.keep("45", &mark(6), "2024-06-01", &units);
        kept.keep("45", &mark(6), "2024-07-01", &units);
        assert_eq!(days("2024-06-02"), ["2024-06-01"]);
        // What an earlier act knows does not take the place of what a later one does.
        kept.keep("45", &mark(5), "2024-07-01", &units);
        assert_eq!(kept.held("45", "2024-07-01")[0].mark, mark(6));
    }

    #[test]
    fn what_is_counted() {
        let mut counting = Counting::default();
        for (birth, record, sensitive) in [
            (
                "2015-01-01",
                r#"{"sex":"Nam","household":"H1"}"#,
                r#"{"circumstance":"Mồ côi"}"#,
            ),
            (
                "2016-05-02",
                r#"{"sex":"Nữ","household":"h1"}"#,
                r#"{"circumstance":"Không"}"#,
            ),
            (
                "2016",
                r#"{"mother":"Hồ Thị Mơ","father":"Hồ Văn An"}"#,
                "{}",
            ),
            ("2017-01", r#"{"mother":"Hồ Thị Mơ"}"#, "not a record"),
            ("", "{}", "{}"),
            // Born the day after.
            ("2024-06-14", r#"{"household":"H2"}"#, "{}"),
        ] {
            counting.add(&child(birth, record, sensitive), "2024-06-13");
        }
        let portrait = counting.done();
        assert_eq!((portrait.entered, portrait.special), (5, 1));
        assert_eq!((portrait.dated, portrait.new_year), (2, 1));
        assert_eq!((portrait.families, portrait.alone), (2, 1));
        assert_eq!(portrait.births[&2016], [0, 1, 1]);
        assert_eq!(portrait.turns.as_deref(), Some("2024-06-14"));
    }
}
