//! Children and headcounts of the register in the units of any edition: by each child's own history where it has stood in both, by the
//! tables of successions (or what a reform's file said) else.
//!
//! In: a book, a day, an edition, perhaps a moment, how many stand where. Out: [`Placed`]: counts by unit, with notes on those whose unit of that edition is not
//! known. From old to new a unit leads where all of it went. From new to old a child leads back by its own former unit, a new unit by
//! being one old unit whole, a hamlet by the file of a reform; where only the old district is beyond doubt, the child counts there.

mod headcounts;
mod meant;

use super::reform::{Hamlet, by_hamlet, hamlet_in};
use crate::act::units::shown;
pub use headcounts::{Headcounts, WithFormer, carry};
use meant::Way;
pub use meant::{Meant, Of, units as units_meant};
use std::collections::{BTreeMap, BTreeSet};
use treem_child::normalise::unit::{
    self, Edition, Kin, Level, Share, Unit, predecessors, successors,
};
use treem_child::texts::grouped;
use treem_store::Tx;
use treem_store::reform::{Led, Said};
use treem_store::tally::{Sums, stood};

/// Children, of whom *identified*, *complete*, verified, with an error. Where the book of an earlier moment is asked, the last two are not
/// known of children who were placed one by one.
pub type Counts = [i64; 5];

/// Adds counts to others.
pub fn add(sum: &mut Counts, counts: Counts) {
    for (sum, count) in sum.iter_mut().zip(counts) {
        *sum += count;
    }
}

/// Children by unit of an edition.
#[derive(Default)]
pub struct Placed {
    /// By code, empty where unknown.
    pub children: BTreeMap<String, Counts>,
    /// Of which groups each is all, but, as of a moment, for the children who were placed one by one.
    pub whole: BTreeMap<String, Vec<Of>>,
    /// Whether children were placed one by one: whether they were verified then is not known. Only as of a moment.
    pub single: bool,
    /// What a person should know.
    pub notes: Vec<String>,
}

/// Children who stand in one unit and came to it by one way.
pub struct Group {
    /// Edition of the unit.
    pub edition: String,
    /// Its code; empty where unknown.
    pub unit: String,
    /// The way: [`treem_store::tally::stood`].
    pub way: String,
    /// How many.
    pub counts: Counts,
}

impl Group {
    /// Of these sums; edition, unit, way.
    fn of((edition, unit, way): (&str, &str, &str), sums: Sums) -> Self {
        Self {
            edition: edition.to_owned(),
            unit: unit.to_owned(),
            way: way.to_owned(),
            counts: sums.each(),
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

impl Goes {
    /// The unit's code; empty where nothing is known.
    const fn code(self) -> &'static str {
        match self {
            Self::Unit(code) | Self::District(code) => code,
            Self::Unknown => "",
        }
    }
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

/// Children who stand in a later edition than the one asked; `own`, `near`: see [`past`].
fn goes_back(
    asked: &'static Edition,
    reforms: &Reforms,
    stands: (&str, &str),
    (own, near): Past<'_>,
) -> Goes {
    // Who moved since has a former unit that says nothing of where it lives.
    if let Some(own) = own.filter(|own| reforms.leads(*own, stands)) {
        let to = forth(asked, reforms, own);
        if to != Goes::Unknown {
            return to;
        }
    }
    if let Some(near) = near.filter(|near| near.1 < stands.1 && reforms.leads(*near, stands)) {
        let to = back(asked, near);
        if to != Goes::Unknown {
            return to;
        }
    }
    back(asked, stands)
}

/// Two units with their editions, as [`past`] finds them.
type Past<'a> = (Option<(&'a str, &'a str)>, Option<(&'a str, &'a str)>);

/// Of a way, with their editions: the unit that was left last of those of an edition or of earlier ones, and that of the nearest later edition.
fn past<'a>(way: &'a str, edition: &str) -> Past<'a> {
    let units = || stood(way).map(|(of, unit)| (unit, of));
    (
        units().filter(|(_, of)| *of <= edition).last(),
        units()
            .filter(|(_, of)| *of > edition)
            .min_by_key(|(_, of)| *of),
    )
}

/// How many were placed how.
#[derive(Default)]
struct Doubt {
    by_district: i64,
    without_old: i64,
    without_new: i64,
}

impl Doubt {
    /// Counts those whose unit is not known, or of whom only the district is; `later`: they stand in a later edition.
    const fn add(&mut self, goes: Goes, [all, ..]: Counts, later: bool) {
        match goes {
            Goes::Unit(_) => {}
            Goes::District(_) => self.by_district += all,
            Goes::Unknown if later => self.without_old += all,
            Goes::Unknown => self.without_new += all,
        }
    }
}

impl Placed {
    /// A group, with all of its unit or as its own way, and perhaps a hamlet, says.
    fn add_group(&mut self, code: &str, one: &Group, way: Option<Way>) {
        self.add(code, one.counts);
        let of = self.whole.entry(code.to_owned()).or_default();
        let one = Of {
            edition: one.edition.clone(),
            unit: one.unit.clone(),
            way,
        };
        // The ways of a unit stand beside each other.
        if of.last() != Some(&one) {
            of.push(one);
        }
    }

    fn add(&mut self, code: &str, counts: Counts) {
        add(self.children.entry(code.to_owned()).or_default(), counts);
    }

    /// Children who are placed one by one.
    fn put(&mut self, code: &str, counts: Counts) {
        self.single = true;
        self.add(code, counts);
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
        None => tx.tally(book, day).await?,
    };
    Ok(tallied
        .into_iter()
        .map(|one| Group::of((&one.edition, &one.unit, &one.way), one.sums))
        .collect())
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
    let (mut by_name, mut open) = (ByName::new(), Vec::new());
    for one in counted {
        let of = one.edition.as_str();
        if one.unit.is_empty() || of == edition.from {
            out.add_group(&one.unit, one, None);
        } else if of > edition.from {
            let past = past(&one.way, edition.from);
            let key = (
                one.edition.clone(),
                one.unit.clone(),
                edition.from.to_owned(),
            );
            if past.0.is_none() && reforms.hamlets.contains_key(&key) {
                by_name.entry(key).or_default().insert(one.way.clone());
                continue;
            }
            let goes = goes_back(edition, &reforms, (&one.unit, of), past);
            doubt.add(goes, one.counts, true);
            out.add_group(goes.code(), one, Some((one.way.clone(), None)));
        } else {
            match forth(edition, &reforms, (&one.unit, of)) {
                Goes::Unit(code) => out.add_group(code, one, None),
                goes => open.push((goes, one)),
            }
        }
    }
    place_open(tx, book, asked, open, (&mut out, &mut doubt)).await?;
    place_by_name(tx, book, asked, (&reforms, by_name), (&mut out, &mut doubt)).await?;
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

/// Children of divided units of an earlier edition. As of a moment, a reform that came after it may have placed each; who stands there now was placed by none.
async fn place_open(
    tx: &mut Tx,
    book: &str,
    asked: Asked<'_>,
    open: Vec<(Goes, &Group)>,
    (out, doubt): (&mut Placed, &mut Doubt),
) -> treem_store::Result<()> {
    let mut led: BTreeMap<(String, String), Vec<Led>> = BTreeMap::new();
    if let Some(moment) = asked.moment.filter(|_| !open.is_empty()) {
        for one in tx.led(book, asked.day, asked.edition.from, moment).await? {
            let (edition, unit) = one.stood();
            let of = (edition.to_owned(), unit.to_owned());
            led.entry(of).or_default().push(one);
        }
    }
    // Of a unit some of whose children were placed alone: what is left of it.
    let mut left: BTreeMap<(String, String), (Goes, Counts)> = BTreeMap::new();
    for (goes, one) in open {
        let of = (one.edition.clone(), one.unit.clone());
        if led.contains_key(&of) {
            let (_, counts) = left.entry(of).or_insert((goes, Counts::default()));
            add(counts, one.counts);
        } else {
            doubt.add(goes, one.counts, false);
            out.add_group(goes.code(), one, None);
        }
    }
    for (of, (goes, mut counts)) in left {
        for one in led.remove(&of).unwrap_or_default() {
            let Some(unit) = asked.edition.by_code(&one.led) else {
                continue;
            };
            let placed = [one.children, one.identified, one.complete, 0, 0];
            out.put(unit.code, placed);
            add(&mut counts, placed.map(|count| -count));
        }
        if counts[0] != 0 {
            // Which of them are the verified ones is not known.
            (counts[3], counts[4]) = (0, 0);
            doubt.add(goes, counts, false);
            out.put(goes.code(), counts);
        }
    }
    Ok(())
}

/// Edition and unit, edition asked for: the ways of those who stood in no unit of that or an older one.
type ByName = BTreeMap<(String, String, String), BTreeSet<String>>;

/// Children of units of a later edition who stood in no earlier one: their hamlet may tell.
async fn place_by_name(
    tx: &mut Tx,
    book: &str,
    asked: Asked<'_>,
    (reforms, units): (&Reforms, ByName),
    (out, doubt): (&mut Placed, &mut Doubt),
) -> treem_store::Result<()> {
    for (key, ways) in units {
        let hamlets = reforms.hamlets.get(&key).map_or(&[][..], Vec::as_slice);
        let (of, unit, _) = &key;
        let goes = |hamlet: &str| {
            by_hamlet(hamlets, None, hamlet)
                .map_or_else(|| back(asked.edition, (unit, of)), Goes::Unit)
        };
        let Some(moment) = asked.moment else {
            for (hamlet, way, sums) in tx.tally_hamlets(book, asked.day, (of, unit)).await? {
                if ways.contains(&way) {
                    let (goes, one) = (goes(&hamlet), Group::of((of, unit, &way), sums));
                    doubt.add(goes, one.counts, true);
                    out.add_group(goes.code(), &one, Some((way, Some(hamlet))));
                }
            }
            continue;
        };
        let of_unit = (unit.as_str(), of.as_str());
        let children = tx
            .without_past(book, asked.day, of_unit, asked.edition.from, moment)
            .await?;
        for (identified, complete, bits, record) in children {
            let goes = goes(&hamlet_in(&record));
            let counts = Sums::of_bits(bits, 1);
            let counts = [
                1,
                i64::from(identified),
                i64::from(complete),
                counts.verified,
                counts.errors,
            ];
            doubt.add(goes, counts, true);
            out.put(goes.code(), counts);
        }
    }
    Ok(())
}
