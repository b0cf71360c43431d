//! Why a unit lags: what stands out beside its neighbours, with the evidence; ages entered beside those expected; which faults are where.
//!
//! In: a day, an area. Out: [`Why`]. Units are held against those of the whole book, and told of where the person may see figures.

use super::portrait::{Place, Portrait, Portraits};
use crate::access::{Cut, Deed};
use crate::act::register::facets::scope::Scope;
use crate::act::register::geography::carry;
use crate::act::register::proposal::title;
use crate::act::register::{Desk, Done, rules, wait};
use crate::act::units as act_units;
use crate::limits;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::sync::Arc;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit::{Edition, Level, Share, Unit, predecessors, successors};
use treem_child::report::cohort::{self, Births, Counted, Shape};
use treem_child::report::insight::{self, Insight, Kind};
use treem_store::Tx;
use treem_store::register::Mark;

/// What stands out.
#[derive(Debug, serde::Serialize)]
pub struct Why {
    /// The day on which children are children.
    pub as_of: String,
    /// First day of the edition of the units.
    pub edition: &'static str,
    /// The area; empty: all the person may see.
    pub unit: String,
    /// Communes of the book that were held against each other.
    pub communes: usize,
    /// Children whose commune is not known in this edition: they are in no figure.
    pub unplaced: u64,
    /// What stands out, the surest first.
    pub insights: Vec<Told>,
    /// What it was held against.
    pub tests: Vec<Test>,
    /// Ages of the area, the eldest first.
    pub ages: Vec<Age>,
    /// On what the expected ages rest; empty: nothing is expected.
    pub ground: String,
    /// The commonest faults: code and title.
    pub rules: Vec<(String, String)>,
    /// How many children of each commune have them.
    pub faults: Vec<Faults>,
}

/// Something that stands out.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Told {
    /// Edition and code with a stroke between; empty: all units together.
    pub unit: String,
    /// Name of the unit.
    pub name: String,
    /// Its district; empty where there is none.
    pub district: String,
    /// The machine's name of what it is.
    pub kind: &'static str,
    /// What it is.
    pub title: &'static str,
    /// The evidence.
    pub sentence: String,
    /// How surely.
    pub surely: &'static str,
    /// How likely chance gives as much, after all units were looked at; empty of all units together, which is no test.
    pub chance: String,
    /// What is to be done.
    pub advice: &'static str,
    /// Counted.
    pub found: u64,
    /// Of so many.
    pub of: u64,
    /// So many would be usual.
    pub expected: f64,
    /// Years of birth, from and to.
    pub years: Option<(i16, i16)>,
}

/// What a kind was held against.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Test {
    /// The machine's name.
    pub kind: &'static str,
    /// What it is.
    pub title: &'static str,
    /// Units, or units and years.
    pub cells: usize,
    /// The middle of what is usual.
    pub usual: f64,
    /// How unlike units are beyond chance.
    pub spread: f64,
    /// What a share must be to be told.
    pub least: &'static str,
}

/// A year of birth.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Age {
    /// The year.
    pub year: i16,
    /// Boys, girls, of unknown sex, in the register.
    pub entered: [u64; 3],
    /// Boys and girls there should be.
    pub expected: Option<[f64; 2]>,
}

/// Faults of a commune.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Faults {
    /// Edition and code with a stroke between.
    pub unit: String,
    /// Name.
    pub name: String,
    /// Children in the register.
    pub entered: u64,
    /// Children with each of the faults.
    pub children: Vec<i64>,
}

/// A commune of the edition with all that was counted of it.
struct Commune {
    unit: &'static Unit,
    portrait: Portrait,
    headcount: Option<u64>,
    beyond: u64,
    fixed: u64,
    back: u64,
}

/// What decides what is found: where the book is, the day on which children are children, the day it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) mark: Mark,
    pub(super) day: String,
    pub(super) today: String,
}

/// What was found in the whole book at a moment, before it is cut to anybody's area.
pub(super) struct Looked {
    pub(super) of: Moment,
    communes: BTreeMap<&'static str, Commune>,
    unplaced: u64,
    report: insight::Report,
    shape: Option<Shape>,
}

impl Looked {
    /// Looks through the whole book.
    async fn at(
        tx: &mut Tx,
        book: &str,
        (of, edition, now): (Moment, &'static Edition, &str),
        kept: &Portraits,
    ) -> Done<Self> {
        let portraits = kept.of(tx, book, &of.day).await?;
        let (mut communes, unplaced) = placed(edition, &portraits);
        headcounts(tx, book, (edition, &of.day), &mut communes).await?;
        beyond(tx, book, edition, &mut communes).await?;
        back(tx, book, (edition, now), &mut communes).await?;
        let units: Vec<insight::Unit> = communes
            .values()
            .map(|commune| as_unit(edition, commune))
            .collect();
        Ok(Self {
            of,
            report: insight::run(&units),
            shape: cohort::shape(&communes.values().map(counted).collect::<Vec<_>>()),
            communes,
            unplaced,
        })
    }
}

/// Looks for what stands out; `kept`: counts of an earlier question.
///
/// # Errors
/// The register cannot be used; the person may see no figures.
pub fn run(
    desk: &Desk,
    area: Option<(&'static Edition, &'static Unit)>,
    as_of: PartialDate,
    kept: &Portraits,
) -> Done<Why> {
    wait(async {
        desk.must_somewhere(Deed::Report)?;
        let open = desk.open().await?;
        let book = open.book.register.as_str();
        kept.settled().await;
        let mut tx = open.store.read().await?;
        let day = as_of.to_string();
        let edition = act_units::on(as_of);
        // The mark is read before the book is: what is found is never older than it says.
        let of = Moment {
            mark: open.book.mark(),
            day: day.clone(),
            today: desk.now.get(..10).unwrap_or_default().to_owned(),
        };
        let looked = if let Some(looked) = kept.looked(book, &of) {
            looked
        } else {
            let of = (of, edition, desk.now.as_str());
            let looked = Arc::new(Looked::at(&mut tx, book, of, kept).await?);
            kept.keep_looked(book, &looked);
            looked
        };
        let Looked {
            communes,
            unplaced,
            report,
            shape,
            ..
        } = &*looked;
        let cut = desk.area(Deed::Report);
        let scope = Scope::of(&open.book, area, &cut);
        let sees = |unit: &Unit| scope.holds(edition.from, unit.code);
        let insights = report.insights.iter().filter(|one| {
            let unit = edition.by_code(&one.unit);
            unit.map_or(area.is_none() && cut.is_whole(), sees)
        });
        let mine: Vec<&Commune> = communes
            .values()
            .filter(|commune| sees(commune.unit))
            .collect();
        let (rules, faults) = faults(&mut tx, book, (&scope, &cut), edition, &mine, &day).await?;
        Ok(Why {
            as_of: day,
            edition: edition.from,
            unit: area.map_or_else(String::new, |(_, unit)| unit.name.to_owned()),
            communes: communes.len(),
            unplaced: if cut.is_whole() { *unplaced } else { 0 },
            insights: insights.map(|one| told(edition, one)).collect(),
            tests: report.tested.iter().map(test).collect(),
            ages: ages(&mine, shape.as_ref()),
            ground: shape.as_ref().map_or_else(String::new, Shape::ground),
            rules,
            faults,
        })
    })
}

/// The commune of an edition in which a unit of any edition lies whole.
pub fn home_of(edition: &'static Edition, (of, code): (&str, &str)) -> Option<&'static Unit> {
    let commune = |unit: &&Unit| unit.level() == Level::Commune;
    if of == edition.from {
        return edition.by_code(code).filter(commune);
    }
    let kin = if of < edition.from {
        successors(code, of, edition.from)
    } else {
        predecessors(code, of, edition.from)
    };
    match kin.as_slice() {
        [one] if one.share == Share::Whole || of < edition.from => {
            edition.by_code(one.unit.code).filter(commune)
        }
        _ => None,
    }
}

/// Puts counts of units into the communes of an edition; and how many children are in none.
fn placed(
    edition: &'static Edition,
    portraits: &BTreeMap<Place, Arc<Portrait>>,
) -> (BTreeMap<&'static str, Commune>, u64) {
    let mut out: BTreeMap<&'static str, Commune> = BTreeMap::new();
    let mut unplaced = 0;
    for ((of, code), portrait) in portraits {
        let Some(unit) = home_of(edition, (of, code)) else {
            unplaced += portrait.entered;
            continue;
        };
        let commune = out.entry(unit.code).or_insert_with(|| Commune {
            unit,
            portrait: Portrait::default(),
            headcount: None,
            beyond: 0,
            fixed: 0,
            back: 0,
        });
        commune.portrait.add(portrait);
    }
    (out, unplaced)
}

async fn headcounts(
    tx: &mut Tx,
    book: &str,
    (edition, day): (&'static Edition, &str),
    communes: &mut BTreeMap<&'static str, Commune>,
) -> Done<()> {
    let (known, _) = carry(edition, &tx.headcounts(book, day).await?.iter());
    for (code, children) in known {
        if let Some(commune) = communes.get_mut(code) {
            commune.headcount = u64::try_from(children).ok();
        }
    }
    Ok(())
}

/// Children who may stand in another commune too.
async fn beyond(
    tx: &mut Tx,
    book: &str,
    edition: &'static Edition,
    communes: &mut BTreeMap<&'static str, Commune>,
) -> Done<()> {
    for (_, one_edition, one, other_edition, other, pairs) in tx.pairs_tally(book).await? {
        let sides = [(one_edition, one), (other_edition, other)]
            .map(|(of, code)| home_of(edition, (&of, &code)).map(|unit| unit.code));
        if sides[0] == sides[1] {
            continue;
        }
        for code in sides.into_iter().flatten() {
            if let Some(commune) = communes.get_mut(code) {
                commune.beyond += pairs.unsigned_abs();
            }
        }
    }
    Ok(())
}

/// A moment so many days before another, as the store writes it.
pub fn since(now: &str, days: i64) -> String {
    let now: Option<Timestamp> = now.parse().ok();
    let before = now.and_then(|now| now.checked_sub(SignedDuration::from_hours(24 * days)).ok());
    before.map_or_else(String::new, crate::act::register::stamp)
}

/// Findings that were put right and stand again.
async fn back(
    tx: &mut Tx,
    book: &str,
    (edition, now): (&'static Edition, &str),
    communes: &mut BTreeMap<&'static str, Commune>,
) -> Done<()> {
    let after = since(now, limits::BACK_DAYS);
    for (of, code, _, fixed, back) in tx.findings_back(book, &after).await? {
        let unit = home_of(edition, (&of, &code));
        if let Some(commune) = unit.and_then(|unit| communes.get_mut(unit.code)) {
            commune.fixed += fixed.unsigned_abs();
            commune.back += back.unsigned_abs();
        }
    }
    Ok(())
}

/// The district of a commune; where there are none any more, that of the first unit it was made of.
fn district(edition: &'static Edition, unit: &'static Unit) -> Option<&'static Unit> {
    if let Some(district) = edition.district_of(unit) {
        return Some(district);
    }
    let mut earlier = treem_child::normalise::unit::editions().rev();
    let before = earlier.find(|other| other.from < edition.from)?;
    let kin = predecessors(unit.code, edition.from, before.from);
    before.district_of(kin.first()?.unit)
}

fn as_unit(edition: &'static Edition, commune: &Commune) -> insight::Unit {
    let portrait = &commune.portrait;
    insight::Unit {
        code: commune.unit.code.to_owned(),
        name: commune.unit.name.to_owned(),
        among: district(edition, commune.unit)
            .map_or_else(String::new, |district| district.code.to_owned()),
        headcount: commune.headcount,
        beyond: commune.beyond.min(portrait.entered),
        fixed: commune.fixed,
        back: commune.back,
        ..portrait.counts()
    }
}

fn counted(commune: &Commune) -> Counted<'_> {
    Counted {
        headcount: commune.headcount,
        births: &commune.portrait.births,
    }
}

fn told(edition: &'static Edition, one: &Insight) -> Told {
    let unit = edition.by_code(&one.unit);
    Told {
        unit: unit.map_or_else(String::new, |unit| {
            format!("{}/{}", edition.from, unit.code)
        }),
        name: unit.map_or_else(|| "Toàn sổ".to_owned(), |unit| unit.name.to_owned()),
        district: unit
            .and_then(|unit| edition.district_of(unit))
            .map_or_else(String::new, |district| district.name.to_owned()),
        kind: one.kind.code(),
        title: one.kind.title(),
        surely: one.surely(),
        chance: if one.unit.is_empty() {
            String::new()
        } else {
            one.chance_shown()
        },
        advice: one.kind.advice(),
        found: one.found,
        of: one.of,
        expected: one.expected,
        years: one.years,
        sentence: one.sentence.clone(),
    }
}

fn test(tested: &insight::Tested) -> Test {
    Test {
        kind: tested.kind.code(),
        title: tested.kind.title(),
        cells: tested.cells,
        usual: tested.usual,
        spread: tested.spread,
        least: Kind::least(tested.kind),
    }
}

/// Ages of communes together, beside what their headcounts let expect: only where every one of them has one.
fn ages(mine: &[&Commune], shape: Option<&Shape>) -> Vec<Age> {
    let mut births: Births = Births::new();
    for commune in mine {
        for (year, of) in &commune.portrait.births {
            let sum = births.entry(*year).or_default();
            for (sum, of) in sum.iter_mut().zip(of) {
                *sum += of;
            }
        }
    }
    let headcount: Option<u64> = mine.iter().map(|commune| commune.headcount).sum();
    let expected = shape.zip(headcount).map(|(shape, all)| shape.of(all));
    births
        .into_iter()
        .map(|(year, entered)| Age {
            year,
            entered,
            expected: expected.as_ref().and_then(|all| all.get(&year).copied()),
        })
        .collect()
}

/// The commonest faults of an area, and how many children of each commune have them.
async fn faults(
    tx: &mut Tx,
    book: &str,
    (scope, cut): (&Scope, &Cut),
    edition: &'static Edition,
    mine: &[&Commune],
    day: &str,
) -> Done<(Vec<(String, String)>, Vec<Faults>)> {
    if cut.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    let mut by: BTreeMap<String, BTreeMap<&'static str, i64>> = BTreeMap::new();
    for unit in scope.questions() {
        for one in tx.work_counts(book, day, unit).await?.rules {
            let home = home_of(edition, (&one.edition, &one.unit));
            let home = home.filter(|_| scope.holds(&one.edition, &one.unit));
            if let Some(home) = home.filter(|_| one.severity == "error") {
                *by.entry(one.rule)
                    .or_default()
                    .entry(home.code)
                    .or_default() += one.children;
            }
        }
    }
    let mut most: Vec<(String, BTreeMap<&'static str, i64>)> = by.into_iter().collect();
    most.sort_by_key(|(_, units)| std::cmp::Reverse(units.values().sum::<i64>()));
    most.truncate(limits::FAULTS_SHOWN);
    let set = rules::in_force(tx, book).await?;
    let faults = mine
        .iter()
        .map(|commune| Faults {
            unit: format!("{}/{}", edition.from, commune.unit.code),
            name: commune.unit.name.to_owned(),
            entered: commune.portrait.entered,
            children: most
                .iter()
                .map(|(_, units)| units.get(commune.unit.code).copied().unwrap_or(0))
                .collect(),
        })
        .collect();
    let rules = most
        .into_iter()
        .map(|(rule, _)| (title(&set, &rule), rule))
        .map(|(title, rule)| (rule, title))
        .collect();
    Ok((rules, faults))
}
