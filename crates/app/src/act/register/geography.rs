//! Children and headcounts of the register in the units of any edition: by each child's own history where it has stood in both, by the
//! tables of successions (or what a reform's file said) else.
//!
//! In: a book, a day, an edition, perhaps a moment, how many stand where. Out: [`Placed`]: counts by unit, with notes on those whose unit of that edition is not
//! known. From old to new a unit leads where all of it went. From new to old a child leads back by its own former unit, a new unit by
//! being one old unit whole, a hamlet by the file of a reform; where only the old district is beyond doubt, the child counts there.

mod headcounts;

use super::reform::{Hamlet, by_hamlet, hamlet_in};
use crate::act::units::shown;
pub use headcounts::{Headcounts, carry};
use std::collections::{BTreeMap, BTreeSet};
use treem_child::normalise::unit::{
    self, Edition, Kin, Level, Share, Unit, predecessors, successors,
};
use treem_child::texts::grouped;
use treem_store::Tx;
use treem_store::reform::{Grouped, Said};
use treem_store::tally::{ERRORS, Tallied, VERIFIED};

/// Children, of whom *identified*, *complete*, verified, with an error. Where the book of an earlier moment is asked, the last two are not
/// known of children who were placed one by one.
pub type Counts = [i64; 5];

/// Children by unit of an edition.
#[derive(Default)]
pub struct Placed {
    /// By code, empty where unknown.
    pub children: BTreeMap<String, Counts>,
    /// Of which groups (edition and unit) each is all; of a unit that is not here, each child was placed by its own history.
    pub whole: BTreeMap<String, Vec<(String, String)>>,
    /// Units into which children were placed by their own history.
    pub single: BTreeSet<String>,
    /// What a person should know.
    pub notes: Vec<String>,
}

/// Children who stand in one unit.
pub struct Group {
    /// Edition of the unit.
    pub edition: String,
    /// Its code; empty where unknown.
    pub unit: String,
    /// How many.
    pub counts: Counts,
}

impl From<Tallied> for Group {
    fn from(one: Tallied) -> Self {
        let sums = one.sums;
        Self {
            edition: one.edition,
            unit: one.unit,
            counts: [
                sums.children,
                sums.identified,
                sums.complete,
                sums.verified,
                sums.errors,
            ],
        }
    }
}

/// When and in which edition is asked.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The edition.
    pub edition: &'static Edition,
    /// The day on which age is judged.
    pub day: &'a str,
    /// The moment of the book.
    pub moment: Option<&'a str>,
}

/// What becomes of a group of children.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Goes {
    /// Into a unit of the edition.
    Unit(&'static str),
    /// Only the district is beyond doubt.
    District(&'static str),
    /// Nothing is.
    Unknown,
}

/// What the reforms that hold said, for looking up.
struct Reforms {
    /// Old edition and unit, new edition: the one new unit.
    whole: BTreeMap<(String, String, String), String>,
    /// Old edition and unit, new edition and unit: some of it went there.
    some: BTreeSet<(String, String, String, String)>,
    /// New edition and unit, old edition: hamlets with the old unit they lay in.
    hamlets: BTreeMap<(String, String, String), Vec<Hamlet>>,
}

impl Reforms {
    fn of(said: Vec<Said>) -> Self {
        let mut out = Self {
            whole: BTreeMap::new(),
            some: BTreeSet::new(),
            hamlets: BTreeMap::new(),
        };
        for one in said {
            let Some(to) = one.to_unit else { continue };
            let (from, code, new) = (one.edition, one.from_unit, one.to_edition);
            out.some
                .insert((from.clone(), code.clone(), new.clone(), to.clone()));
            if one.hamlet.is_empty() {
                out.whole.insert((from, code, new), to);
            } else if one.hamlet != "*"
                && let Some(old) = unit::edition(&from).by_code(&code)
                && let Some(hamlet) = Hamlet::of(&one.hamlet, old.code)
            {
                let lines = out.hamlets.entry((new, to, from)).or_default();
                lines.push(hamlet);
            }
        }
        out
    }

    /// Whether a unit of an earlier edition lies, at least in part, in one of a later.
    fn leads(&self, (old, from): (&str, &str), (new, to): (&str, &str)) -> bool {
        let key = (
            from.to_owned(),
            old.to_owned(),
            to.to_owned(),
            new.to_owned(),
        );
        (from == to && old == new)
            || self.some.contains(&key)
            || successors(old, from, to)
                .iter()
                .any(|kin| kin.unit.code == new)
    }
}

/// The unit a child counts in where several may be meant: their one district, where they have one.
fn common(edition: &Edition, kin: &[Kin]) -> Goes {
    let mut districts: Vec<Option<&Unit>> = kin
        .iter()
        .map(|kin| {
            edition
                .district_of(kin.unit)
                .filter(|_| edition.has_districts())
        })
        .collect();
    districts.dedup();
    match districts.as_slice() {
        [Some(district)] => edition
            .by_code(district.code)
            .map_or(Goes::Unknown, |district| Goes::District(district.code)),
        _ => Goes::Unknown,
    }
}

/// From a unit to that of a later edition.
fn forth(asked: &'static Edition, reforms: &Reforms, (code, from): (&str, &str)) -> Goes {
    if from == asked.from {
        return asked
            .by_code(code)
            .map_or(Goes::Unknown, |unit| Goes::Unit(unit.code));
    }
    let key = (from.to_owned(), code.to_owned(), asked.from.to_owned());
    if let Some(unit) = reforms.whole.get(&key).and_then(|code| asked.by_code(code)) {
        return Goes::Unit(unit.code);
    }
    let kin = successors(code, from, asked.from);
    match kin.as_slice() {
        [one] if one.share == Share::Whole => Goes::Unit(one.unit.code),
        several => common(asked, several),
    }
}

/// From a unit to that of an earlier edition.
fn back(asked: &'static Edition, (code, from): (&str, &str)) -> Goes {
    let kin = predecessors(code, from, asked.from);
    match kin.as_slice() {
        // One old unit, which went nowhere else.
        [one] if one.share == Share::Whole && one.unit.level() != Level::Province => {
            Goes::Unit(one.unit.code)
        }
        several => common(asked, several),
    }
}

/// Children who stand in a later edition than the one asked.
fn goes_back(asked: &'static Edition, reforms: &Reforms, group: &Grouped) -> Goes {
    let stands = (group.stands.0.as_str(), group.stands.1.as_str());
    let own = (group.own.0.as_str(), group.own.1.as_str());
    // Who moved since has a former unit that says nothing of where it lives.
    if !own.0.is_empty() && reforms.leads(own, stands) {
        let to = forth(asked, reforms, own);
        if to != Goes::Unknown {
            return to;
        }
    }
    let near = (group.near.0.as_str(), group.near.1.as_str());
    if !near.0.is_empty() && near.1 < stands.1 && reforms.leads(near, stands) {
        let to = back(asked, near);
        if to != Goes::Unknown {
            return to;
        }
    }
    back(asked, stands)
}

/// How many were placed how.
#[derive(Default)]
struct Doubt {
    by_district: i64,
    without_old: i64,
    without_new: i64,
}

impl Placed {
    /// A group that goes into a unit whole.
    fn add_whole(&mut self, code: &str, one: &Group) {
        self.add(code, one.counts);
        let of = self.whole.entry(code.to_owned()).or_default();
        of.push((one.edition.clone(), one.unit.clone()));
    }

    fn add(&mut self, code: &str, counts: Counts) {
        let sum = self.children.entry(code.to_owned()).or_default();
        for (sum, count) in sum.iter_mut().zip(counts) {
            *sum += count;
        }
    }

    fn put(&mut self, goes: Goes, counts: Counts, lost: &mut i64, by_district: &mut i64) {
        let [all, ..] = counts;
        let code = match goes {
            Goes::Unit(code) | Goes::District(code) => code,
            Goes::Unknown => "",
        };
        self.single.insert(code.to_owned());
        match goes {
            Goes::Unit(code) => self.add(code, counts),
            Goes::District(code) => {
                *by_district += all;
                self.add(code, counts);
            }
            Goes::Unknown => {
                *lost += all;
                self.add("", counts);
            }
        }
    }
}

/// How many children stand where on a day: from the sums the acts keep, or, as of a moment, from what happened to the children.
///
/// # Errors
/// The database's.
pub async fn groups(
    tx: &mut Tx,
    book: &str,
    (day, moment): (&str, Option<&str>),
) -> treem_store::Result<Vec<Group>> {
    let tallied = match moment {
        Some(moment) => tx.tally_at(book, day, moment, None).await?,
        None => tx.tally(book, day, &[None]).await?,
    };
    Ok(tallied.into_iter().map(Group::from).collect())
}

/// Places the children of a book in the units of an edition.
///
/// # Errors
/// The database's.
pub async fn place(
    tx: &mut Tx,
    book: &str,
    asked: Asked<'_>,
    counted: &[Group],
) -> treem_store::Result<Placed> {
    let (mut out, mut doubt) = (Placed::default(), Doubt::default());
    let edition = asked.edition;
    let reforms = Reforms::of(tx.reform_units(book).await?);
    let (mut later, mut open) = (false, false);
    for one in counted {
        let of = one.edition.as_str();
        if one.unit.is_empty() || of == edition.from {
            out.add_whole(&one.unit, one);
        } else if of > edition.from {
            later = true;
        } else {
            match forth(edition, &reforms, (&one.unit, of)) {
                Goes::Unit(code) => out.add_whole(code, one),
                _ => open = true,
            }
        }
    }
    if open {
        let groups = forth_of(tx, book, asked, counted).await?;
        place_open(asked.edition, &reforms, &groups, (&mut out, &mut doubt));
    }
    if later {
        place_later(tx, book, asked, &reforms, (&mut out, &mut doubt)).await?;
    }
    for (children, words) in [
        (
            doubt.by_district,
            "chỉ xác định được huyện theo danh mục này (xã mới gồm nhiều xã cũ của một huyện), được tính vào huyện",
        ),
        (
            doubt.without_old,
            "không xác định được đơn vị cũ: hồ sơ vào sổ hoặc chuyển đến sau khi sắp xếp, xã mới gồm nhiều đơn vị cũ; không nằm trong bảng",
        ),
        (
            doubt.without_new,
            "chưa xác định được đơn vị mới: đơn vị cũ bị chia (xem treem units reform --left); không nằm trong bảng",
        ),
    ] {
        if children > 0 {
            out.notes.push(format!(
                "{} trẻ {words} (danh mục có hiệu lực từ {}).",
                grouped(children.unsigned_abs()),
                shown(edition.from)
            ));
        }
    }
    Ok(out)
}

/// Children who stand in an earlier edition, with where a later reform placed each. Only of an earlier moment is there a later reform: who stands there now was
/// placed by none, and the sums say how many they are.
async fn forth_of(
    tx: &mut Tx,
    book: &str,
    asked: Asked<'_>,
    counted: &[Group],
) -> treem_store::Result<Vec<Grouped>> {
    let edition = asked.edition.from;
    // Also one that was taken back: some of the children it placed were kept where they are.
    if asked.moment.is_some()
        && tx
            .reforms(book)
            .await?
            .iter()
            .any(|one| one.edition == edition)
    {
        return tx
            .counted_forth(book, asked.day, edition, asked.moment)
            .await;
    }
    let earlier = counted.iter().filter(|one| one.edition.as_str() < edition);
    Ok(earlier
        .map(|one| Grouped {
            stands: (one.unit.clone(), one.edition.clone()),
            own: (String::new(), String::new()),
            near: (String::new(), String::new()),
            counts: one.counts,
        })
        .collect())
}

/// Children of divided units of an earlier edition: a reform that came later may have placed each.
fn place_open(
    edition: &'static Edition,
    reforms: &Reforms,
    groups: &[Grouped],
    (out, doubt): (&mut Placed, &mut Doubt),
) {
    for group in groups.iter().filter(|group| !group.stands.0.is_empty()) {
        let stands = (group.stands.0.as_str(), group.stands.1.as_str());
        let mut goes = forth(edition, reforms, stands);
        if matches!(goes, Goes::Unit(_)) {
            continue;
        }
        if let Some(unit) = edition.by_code(&group.own.0) {
            goes = Goes::Unit(unit.code);
        }
        out.put(
            goes,
            group.counts,
            &mut doubt.without_new,
            &mut doubt.by_district,
        );
    }
}

/// Children who stand in a later edition.
async fn place_later(
    tx: &mut Tx,
    book: &str,
    asked: Asked<'_>,
    reforms: &Reforms,
    (out, doubt): (&mut Placed, &mut Doubt),
) -> treem_store::Result<()> {
    let edition = asked.edition;
    let groups = tx
        .counted_back(book, asked.day, edition.from, asked.moment)
        .await?;
    let mut by_name = BTreeSet::new();
    for group in groups.iter().filter(|group| !group.stands.0.is_empty()) {
        let (unit, of) = &group.stands;
        let key = (of.clone(), unit.clone(), edition.from.to_owned());
        if group.own.0.is_empty() && reforms.hamlets.contains_key(&key) {
            by_name.insert(key);
            continue;
        }
        let goes = goes_back(edition, reforms, group);
        out.put(
            goes,
            group.counts,
            &mut doubt.without_old,
            &mut doubt.by_district,
        );
    }
    for key in by_name {
        let hamlets = reforms.hamlets.get(&key).map_or(&[][..], Vec::as_slice);
        let (of, unit, _) = &key;
        let children = tx
            .without_past(book, asked.day, (unit, of), edition.from, asked.moment)
            .await?;
        for (identified, complete, bits, record) in children {
            let goes = by_hamlet(hamlets, None, &hamlet_in(&record))
                .map_or_else(|| back(edition, (unit, of)), Goes::Unit);
            let marked = |bit: i64| i64::from(bits & bit != 0);
            let counts = [
                1,
                i64::from(identified),
                i64::from(complete),
                marked(VERIFIED),
                marked(ERRORS),
            ];
            out.put(goes, counts, &mut doubt.without_old, &mut doubt.by_district);
        }
    }
    Ok(())
}
