//! When a unit will be done: pace per week, forecast of the day, what is needed per week, the ladder of deadlines.
//!
//! In: a day, an area, perhaps a deadline. Out: [`When`]: two measures, never one: children still to be entered, and records still to be put
//! right. Weeks run from Monday in the country; the week that is going on is not counted.

mod people;
mod series;

pub use people::Pace;
pub use series::{Series, after};

use super::portrait::Portraits;
use super::why::home_of;
use crate::access::Deed;
use crate::act::register::facets::scope::Scope;
use crate::act::register::geography::carry;
use crate::act::register::{Desk, Done, Failed, wait};
use crate::act::units as act_units;
use crate::limits;
use crate::shown;
use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};
use series::{Weeks, added};
use std::collections::BTreeMap;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit::{Edition, Level, Unit};
use treem_child::report::forecast::{Steps, ladder};
use treem_store::Tx;

/// Pace and forecast.
#[derive(Debug, serde::Serialize)]
pub struct When {
    /// The day on which children are children.
    pub as_of: String,
    /// The area; empty: all the person may see.
    pub unit: String,
    /// Children of the area in the register.
    pub entered: i64,
    /// The day on which the area has to be done; empty: none was given.
    pub deadline: String,
    /// By when each level has to be done.
    pub ladder: Vec<Step>,
    /// Entering, of the area together.
    pub entering: Series,
    /// Putting right, of the area together.
    pub cleaning: Series,
    /// Entering, commune by commune: first those who will not be done, then those who will be late.
    pub communes: Vec<Commune>,
    /// Children entered and put right, by person.
    pub people: Vec<Pace>,
    /// What has to be known of the figures.
    pub notes: Vec<String>,
}

/// A level of the ladder.
#[derive(Debug, serde::Serialize)]
pub struct Step {
    /// `province`, `district`, `commune`.
    pub level: &'static str,
    /// What a person reads.
    pub name: &'static str,
    /// By when.
    pub day: String,
    /// The day has passed.
    pub is_past: bool,
}

/// A commune on its way.
#[derive(Debug, serde::Serialize)]
pub struct Commune {
    /// Edition and code with a stroke between.
    pub unit: String,
    /// Name.
    pub name: String,
    /// Its district; empty where there is none.
    pub district: String,
    /// Entering.
    pub entering: Series,
}

/// What was counted of a commune.
#[derive(Default)]
struct Counted {
    entered: i64,
    errors: i64,
    headcount: Option<i64>,
    came: Weeks,
    cleaned: Weeks,
}

/// The area, the day, and by when it has to be done.
#[derive(Clone, Copy)]
pub struct Asked {
    /// The unit with all below it; none: all the person may see.
    pub area: Option<(&'static Edition, &'static Unit)>,
    /// The day on which children are children; weeks are looked at up to it.
    pub as_of: PartialDate,
    /// The day on which the area has to be done.
    pub deadline: Option<Date>,
}

/// Computes pace and forecast.
///
/// # Errors
/// The register cannot be used; the person may see no figures.
pub fn run(desk: &Desk, asked: Asked, kept: &Portraits) -> Done<When> {
    wait(async {
        desk.must_somewhere(Deed::Report)?;
        let open = desk.open().await?;
        let book = open.book.register.as_str();
        kept.settled().await;
        let mut tx = open.store.read().await?;
        let day = asked.as_of.to_string();
        let today: Date = day
            .parse()
            .map_err(|_| Failed::Refused(format!("ngày {day} không phải là một ngày đủ.")))?;
        let edition = act_units::on(asked.as_of);
        let scope = Scope::of(&open.book, asked.area, &desk.area(Deed::Report));
        let mut communes: BTreeMap<&'static str, Counted> = BTreeMap::new();
        for ((of, code), portrait) in kept.of(&mut tx, book, &day).await? {
            if let Some(unit) = home_of(edition, (&of, &code)) {
                let counted = communes.entry(unit.code).or_default();
                counted.entered += i64::try_from(portrait.entered).unwrap_or(0);
            }
        }
        let (known, _) = carry(edition, &tx.headcounts(book, &day).await?.iter());
        for (code, children) in known {
            let is_commune = |unit: &&Unit| unit.level() == Level::Commune;
            if let Some(unit) = edition.by_code(code).filter(is_commune) {
                communes.entry(unit.code).or_default().headcount = Some(children);
            }
        }
        errors(&mut tx, book, (edition, &day), &mut communes).await?;
        let people = worked(&mut tx, book, (edition, today), &scope, &mut communes).await?;
        communes.retain(|code, _| scope.holds(edition.from, code));
        Ok(told(edition, asked, today, &communes, people))
    })
}

async fn errors(
    tx: &mut Tx,
    book: &str,
    (edition, day): (&'static Edition, &str),
    communes: &mut BTreeMap<&'static str, Counted>,
) -> Done<()> {
    for one in tx.work_counts(book, day, None).await?.whole {
        let unit = home_of(edition, (&one.edition, &one.unit));
        if let Some(counted) = unit.and_then(|unit| communes.get_mut(unit.code)) {
            counted.errors += one.errors();
        }
    }
    Ok(())
}

/// The Monday of a week.
fn monday(day: Date) -> Date {
    let back = i64::from(day.weekday().since(Weekday::Monday));
    day.saturating_sub(back.days())
}

/// What was done in the weeks before the one of a day, by commune and by person.
async fn worked(
    tx: &mut Tx,
    book: &str,
    (edition, today): (&'static Edition, Date),
    scope: &Scope,
    communes: &mut BTreeMap<&'static str, Counted>,
) -> Done<Vec<Pace>> {
    let end = monday(today);
    let first = end.saturating_sub(limits::WEEKS_BACK.weeks());
    let last = end.saturating_sub(1.day());
    let (from, to) = (first.to_string(), last.to_string());
    let mut people = people::People::default();
    for one in tx.tally_days(book, &from, &to).await? {
        let Some(unit) = home_of(edition, (&one.edition, &one.unit)) else {
            continue;
        };
        let week: Option<Date> = one.day.parse().ok().map(monday);
        let Some(week) = week else { continue };
        if scope.holds(edition.from, unit.code) {
            people.entered(&one.who, week, one.came);
        }
        if let Some(counted) = communes.get_mut(unit.code) {
            *counted.came.entry(week).or_default() += one.came;
            *counted.cleaned.entry(week).or_default() += one.cleaned;
        }
    }
    Ok(people.told(end))
}

fn told(
    edition: &'static Edition,
    asked: Asked,
    today: Date,
    communes: &BTreeMap<&'static str, Counted>,
    people: Vec<Pace>,
) -> When {
    let level = asked.area.map_or(Level::Province, |(_, unit)| unit.level());
    let rungs = asked.deadline.map_or_else(Vec::new, |deadline| {
        ladder(
            deadline,
            today,
            Steps::default(),
            has_districts(edition, communes),
        )
    });
    // Who asks about a commune or district gives its own day; a province's day leaves those below it less time.
    let own = |of: Level| match level {
        Level::Province => rungs
            .iter()
            .find(|rung| rung.level == of)
            .map(|rung| rung.day),
        _ => asked.deadline,
    };
    let mut notes = Vec::new();
    let (mut entered, mut headcount, mut errors) = (0, Some(0), 0);
    let (mut came, mut cleaned) = (Weeks::new(), Weeks::new());
    for counted in communes.values() {
        entered += counted.entered;
        errors += counted.errors;
        headcount = headcount.zip(counted.headcount).map(|(sum, one)| sum + one);
        series::sum(&mut came, &counted.came);
        series::sum(&mut cleaned, &counted.cleaned);
    }
    let loads = series::loads(&came, entered);
    if let Some(last) = loads {
        notes.push(format!(
            "Tuần từ {} nạp một lần hơn một phần ba số trẻ trong sổ: đó là nạp sổ ban đầu, không phải nhịp làm, nên nhịp được tính từ tuần sau.",
            shown::day(&last.to_string())
        ));
    }
    let left = headcount
        .filter(|_| !communes.is_empty())
        .map(|all| all.saturating_sub(entered).max(0));
    if left.is_none() {
        notes.push("Có xã chưa có số trẻ em báo cáo, nên không biết cả địa bàn còn bao nhiêu trẻ phải nhập.".to_owned());
    } else {
        notes.push("Còn phải nhập là số báo cáo trừ số trong sổ: một số thuần. Nếu trong sổ có trẻ thừa, hoặc số báo cáo sai, số trẻ thật sự thiếu là số khác.".to_owned());
    }
    let end = monday(today);
    let entering = Series::of(&added(&came, end, loads), left, today, own(level));
    let cleaning = Series::of(&added(&cleaned, end, None), Some(errors), today, own(level));
    let mut lines: Vec<Commune> = communes
        .iter()
        .filter_map(|(code, counted)| {
            let unit = edition.by_code(code)?;
            let left = counted
                .headcount
                .map(|all| all.saturating_sub(counted.entered).max(0));
            let weeks = added(&counted.came, end, loads);
            Some(Commune {
                unit: format!("{}/{code}", edition.from),
                name: unit.name.to_owned(),
                district: edition
                    .district_of(unit)
                    .map_or_else(String::new, |district| district.name.to_owned()),
                entering: Series::of(&weeks, left, today, own(Level::Commune)),
            })
        })
        .collect();
    lines.sort_by(|one, other| one.entering.order().total_cmp(&other.entering.order()));
    When {
        as_of: today.to_string(),
        unit: asked
            .area
            .map_or_else(String::new, |(_, unit)| unit.name.to_owned()),
        entered,
        deadline: asked
            .deadline
            .map_or_else(String::new, |day| day.to_string()),
        ladder: if level == Level::Province {
            rungs.iter().copied().map(step).collect()
        } else {
            Vec::new()
        },
        entering,
        cleaning,
        communes: lines,
        people,
        notes,
    }
}

fn has_districts(edition: &'static Edition, communes: &BTreeMap<&'static str, Counted>) -> bool {
    let mut units = communes.keys().filter_map(|code| edition.by_code(code));
    units.any(|unit| edition.district_of(unit).is_some())
}

fn step(rung: treem_child::report::forecast::Rung) -> Step {
    let (level, name) = match rung.level {
        Level::Province => ("province", "Tỉnh"),
        Level::District => ("district", "Huyện"),
        Level::Commune => ("commune", "Xã"),
    };
    Step {
        level,
        name,
        day: rung.day.to_string(),
        is_past: rung.is_past,
    }
}
