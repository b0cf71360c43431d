//! `treem list`: the children with an error of a group, or a finding of a rule, by commune; now, or as the book was at a moment; and what
//! became of those who were on the list then.
//!
//! In: [`Asked`]. Out: [`List`]. Now: the findings of the book. Then: the records of that moment, checked again by the rules that were in
//! force, so that nothing of the past has to be kept twice.

mod became;
pub mod write;

use super::across::finding;
use super::again::Again;
use super::again::said::is_across;
use super::census::{Census, Look};
use super::crowd::Crowd;
use super::heaped::heaped;
use super::{Book, Desk, Done, Failed, rules, wait};
use crate::access::Deed;
use crate::act::access::look::Seen;
use crate::act::check::{Progress, Stop};
use crate::limits;
use became::compare;
pub use became::{Became, Since};
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;
use std::sync::Arc;
use treem_child::check::Measures;
use treem_child::check::across::RowKey;
use treem_child::check::rules::RuleSet;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit::{self, Unit};
use treem_child::rule::RuleId;
use treem_store::Tx;
use treem_store::child::{ACTIVE, Child, Finding};

/// What a list is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Errors of a group, 1 to 5.
    Group(i64),
    /// Findings of a rule, by its code.
    Rule(String),
    /// Not *identified*: what is wrong with their numbers.
    Unidentified,
    /// Not *complete*: the basic information that is missing.
    Incomplete,
}

impl What {
    /// Its word.
    pub fn code(&self) -> String {
        match self {
            Self::Group(group) => group.to_string(),
            Self::Rule(rule) => rule.clone(),
            Self::Unidentified => "unidentified".to_owned(),
            Self::Incomplete => "incomplete".to_owned(),
        }
    }

    fn is(&self, finding: &Finding) -> bool {
        match self {
            Self::Group(group) => finding.list == Some(*group) && finding.severity == "error",
            Self::Rule(rule) => finding.rule == *rule,
            Self::Unidentified => finding.field == "number",
            Self::Incomplete => finding.list == Some(3),
        }
    }

    /// True where a child is on the list; `found`: it has findings of it.
    fn holds(&self, measures: Measures, found: bool) -> bool {
        match self {
            Self::Group(_) | Self::Rule(_) => found,
            Self::Unidentified => !measures.identified,
            Self::Incomplete => !measures.complete,
        }
    }

    fn is_rule(&self, rule: RuleId) -> bool {
        matches!(self, Self::Rule(code) if code == rule.code())
    }

    /// True where rows beside the child's own can bring it onto the list.
    fn is_across(&self) -> bool {
        match self {
            Self::Group(group) => *group > 3,
            Self::Rule(rule) => is_across(rule),
            Self::Unidentified => true,
            Self::Incomplete => false,
        }
    }
}

/// What is asked for.
pub struct Asked {
    /// A group or a rule.
    pub what: What,
    /// A commune, a district, a province.
    pub unit: Option<&'static Unit>,
    /// Children count from birth to the day before the 16th birthday.
    pub as_of: PartialDate,
    /// The book as it was then.
    pub moment: Option<String>,
    /// Compared with the list of this moment, and of this day.
    pub compare: Option<(String, PartialDate)>,
}

/// A child of a list.
pub struct Listed {
    /// The record.
    pub child: Child,
    /// The findings for which it is on the list.
    pub findings: Vec<Finding>,
}

/// Children of a commune.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct UnitCount {
    /// Code; empty where no unit is known.
    pub unit: String,
    /// Name.
    pub name: String,
    /// Children on the list.
    pub children: u64,
    /// What became of the list of the earlier moment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Since>,
}

/// A list.
#[derive(serde::Serialize)]
pub struct List {
    /// The group or rule.
    pub what: String,
    /// The day.
    pub as_of: String,
    /// Children on it.
    pub children: u64,
    /// What became of the earlier one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Since>,
    /// By commune.
    pub units: Vec<UnitCount>,
    /// Ids of the children, in order.
    pub ids: Vec<String>,
    /// The children.
    #[serde(skip)]
    pub listed: Vec<Listed>,
    /// What became of each child who was on the earlier list, and who is new, at most [`limits::LIST_NAMED`].
    #[serde(skip)]
    pub became: Vec<Became>,
    /// The province of the book, with its kind.
    #[serde(skip)]
    pub province: String,
    /// The rules it was made by.
    #[serde(skip)]
    pub rules: RuleSet,
}

/// Makes a list.
///
/// # Errors
/// [`Failed::Refused`]: no such rule, stopped.
pub fn run(desk: &Desk, asked: &Asked, watch: (&dyn Progress, &Stop)) -> Done<List> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let set = rules::at(&mut tx, book, asked.moment.as_deref()).await?;
        if let What::Rule(rule) = &asked.what
            && RuleId::from_code(rule)
                .or_else(|| set.rule_of_local(rule))
                .is_none()
        {
            return Err(Failed::Refused(format!(
                "không có quy tắc “{rule}”; xem các quy tắc bằng treem rules list, hoặc ghi số nhóm 1–5."
            )));
        }
        let cut = desk.area(Deed::See);
        desk.must_somewhere(Deed::See)?;
        let inside =
            |one: &Listed| cut.holds(&one.child.now.edition, one.child.now.unit.as_deref());
        let mut listed = match &asked.moment {
            None => now(&mut tx, book, (asked, set.clone()), watch).await?,
            Some(moment) => then(&mut tx, book, asked, (moment, asked.as_of), watch).await?,
        };
        listed.retain(inside);
        let mut units: BTreeMap<String, UnitCount> = BTreeMap::new();
        for one in &listed {
            place(&mut units, &one.child, asked.compare.is_some()).children += 1;
        }
        let (mut since, mut became) = (None, Vec::new());
        if let Some((moment, day)) = &asked.compare {
            let mut before = then(&mut tx, book, asked, (moment, *day), watch).await?;
            before.retain(inside);
            let both = (before.as_slice(), listed.as_slice());
            let all = compare(&mut tx, book, asked, both, (&mut units, &mut became)).await?;
            since = Some(all);
        }
        Ok(List {
            what: asked.what.code(),
            as_of: asked.as_of.to_string(),
            children: listed.len() as u64,
            since,
            units: units.into_values().collect(),
            ids: listed.iter().map(|one| one.child.id.clone()).collect(),
            listed,
            became,
            province: unit::edition(&open.book.edition)
                .by_code(&open.book.province)
                .map_or_else(String::new, |unit| unit::in_running_text(unit.name)),
            rules: set,
        })
    })
}

/// What became of children who were saved as a list, by its id and its moment. Nobody who came onto the list since is in it.
///
/// # Errors
/// Stopped; the register's.
pub(super) async fn followed(
    desk: &Desk,
    open: &Book,
    tx: &mut Tx,
    (asked, (cohort, moment)): (&Asked, (&str, &str)),
    watch: (&dyn Progress, &Stop),
) -> Done<List> {
    let book = open.book.register.as_str();
    let set = rules::at(tx, book, None).await?;
    let cut = desk.area(Deed::See);
    let inside = |child: &Child| cut.holds(&child.now.edition, child.now.unit.as_deref());
    let (mut before, mut after) = (Vec::new(), String::new());
    loop {
        let page = tx.cohort_at(book, cohort, moment, &after).await?;
        let Some(end) = page.last() else { break };
        after.clone_from(&end.child);
        let children = page.into_iter().map(|event| Child {
            id: event.child,
            version: event.seq,
            now: event.then,
        });
        before.extend(children.filter(inside).map(|child| Listed {
            child,
            findings: Vec::new(),
        }));
        if watch.1.is_asked() {
            return Err(Failed::Refused("đã dừng theo yêu cầu.".to_owned()));
        }
    }
    let mut listed = now(tx, book, (asked, set.clone()), watch).await?;
    let ids: FxHashSet<&str> = before.iter().map(|one| one.child.id.as_str()).collect();
    listed.retain(|one| ids.contains(one.child.id.as_str()) && inside(&one.child));
    let (mut units, mut became) = (BTreeMap::new(), Vec::new());
    let both = (before.as_slice(), listed.as_slice());
    let mut since = compare(tx, book, asked, both, (&mut units, &mut became)).await?;
    since.new = 0;
    for unit in units.values_mut() {
        unit.children = unit.since.map_or(0, |since| since.open);
    }
    Ok(List {
        what: asked.what.code(),
        as_of: asked.as_of.to_string(),
        children: since.open,
        since: Some(since),
        units: units.into_values().collect(),
        ids: listed.iter().map(|one| one.child.id.clone()).collect(),
        listed,
        became,
        province: String::new(),
        rules: set,
    })
}

/// Writes down that the names of a comparison are shown, before they are.
///
/// # Errors
/// The register's: who cannot be written down does not see.
pub fn names_shown(desk: &mut Desk, list: &List) -> Done<()> {
    if list.became.is_empty() {
        return Ok(());
    }
    wait(async {
        let open = desk.open().await?;
        let seen = Seen::Children(list.became.len() as u64);
        desk.looks(&open, (Deed::See, "list"), seen).await
    })
}

/// The count of a child's commune.
fn place<'u>(
    units: &'u mut BTreeMap<String, UnitCount>,
    child: &Child,
    compared: bool,
) -> &'u mut UnitCount {
    let code = child.now.unit.clone().unwrap_or_default();
    units.entry(code.clone()).or_insert_with(|| UnitCount {
        name: unit::edition(&child.now.edition)
            .by_code(&code)
            .map_or_else(String::new, |unit| unit.name.to_owned()),
        unit: code,
        children: 0,
        since: compared.then(Since::default),
    })
}

/// True where a child counts on a day and lives in the unit asked for.
fn counts(child: &Child, day: &str, area: Option<&'static Unit>) -> bool {
    let now = &child.now;
    now.state == ACTIVE
        && now.birth.as_str() <= day
        && now.leaves_on.as_str() > day
        && area.is_none_or(|area| {
            let edition = unit::edition(&now.edition);
            let own = now.unit.as_deref().and_then(|code| edition.by_code(code));
            own.is_some_and(|own| {
                own.code == area.code && own.level() == area.level() || edition.is_in(own, area)
            })
        })
}

/// The list as the findings of the book have it.
async fn now(
    tx: &mut Tx,
    book: &str,
    (asked, set): (&Asked, RuleSet),
    watch: (&dyn Progress, &Stop),
) -> Done<Vec<Listed>> {
    let ids = match &asked.what {
        What::Group(group) => tx.with_group(book, *group).await?,
        What::Rule(rule) => tx.with_rule(book, rule).await?,
        What::Unidentified => tx.without_measure(book, true).await?,
        What::Incomplete => tx.without_measure(book, false).await?,
    };
    let (day, area, what) = (asked.as_of.to_string(), asked.unit, asked.what.clone());
    if ids.len() <= limits::LISTED_ONE_BY_ONE {
        let mut out = Vec::with_capacity(ids.len());
        for id in &ids {
            let child = tx.child(book, id).await?;
            if counts(&child, &day, area) {
                let mut findings = tx.findings(book, id).await?;
                findings.retain(|finding| what.is(finding));
                out.push(Listed { child, findings });
            }
        }
        return Ok(out);
    }
    let census = Census {
        book,
        moment: None,
        rules: set,
        as_of: asked.as_of,
        watch,
    };
    let look: Arc<Look<Listed>> = Arc::new(move |_, child, mut findings| {
        findings.retain(|finding| what.is(finding));
        let measures = Measures {
            identified: child.now.identified,
            complete: child.now.complete,
        };
        let holds = what.holds(measures, !findings.is_empty());
        (holds && counts(&child, &day, area)).then_some(Listed { child, findings })
    });
    census.take(tx, None, look).await
}

/// What is kept of a child of the past.
struct Past {
    key: RowKey,
    measures: Measures,
    /// It is on the list by its own row, or may be by others.
    listed: Option<Listed>,
}

/// The list as it was at a moment: every record of then, checked again.
async fn then(
    tx: &mut Tx,
    book: &str,
    asked: &Asked,
    (moment, day): (&str, PartialDate),
    watch: (&dyn Progress, &Stop),
) -> Done<Vec<Listed>> {
    let set = rules::at(tx, book, Some(moment)).await?;
    let census = Census {
        book,
        moment: Some(moment),
        rules: set.clone(),
        as_of: day,
        watch,
    };
    let (iso, what, across) = (day.to_string(), asked.what.clone(), asked.what.is_across());
    let heaps = asked.what.is_rule(RuleId::BIRTH_HEAPED);
    let look: Arc<Look<Past>> = Arc::new(move |again: &mut Again, child, _| {
        if child.now.state != ACTIVE {
            return None;
        }
        let (judged, key) = again.judge_with_key(&child.now, &[]);
        let mut findings = judged.findings;
        findings.retain(|finding| what.is(finding));
        let shares = across && (heaps || key.number != 0 || key.person != 0);
        let holds = what.holds(judged.measures, !findings.is_empty());
        let here = counts(&child, &iso, None) && (holds || shares);
        Some(Past {
            key,
            measures: judged.measures,
            listed: here.then_some(Listed { child, findings }),
        })
    });
    let mut past = census.take(tx, None, look).await?;
    if set.is_on(RuleId::BIRTH_HEAPED) && asked.what.is_rule(RuleId::BIRTH_HEAPED) {
        let births = (0..).zip(&past).filter_map(|(nth, one)| {
            let child = &one.listed.as_ref()?.child;
            Some((nth, child.id.as_str(), child.now.birth.as_str()))
        });
        for nth in heaped(tx, book, births).await? {
            if let Some(listed) = past.get_mut(nth).and_then(|one| one.listed.as_mut()) {
                let found = finding(&set, RuleId::BIRTH_HEAPED, "01/01");
                listed.findings.extend(found);
            }
        }
    }
    let crowd = if across_is_on(&set, asked) {
        Crowd::of((1..).zip(past.iter().map(|one| one.key)))
    } else {
        Crowd::default()
    };
    let iso = day.to_string();
    let mut out = Vec::new();
    for (nth, one) in (1_u64..).zip(past) {
        let (Some(mut listed), mut measures) = (one.listed, one.measures) else {
            continue;
        };
        for (who, rule) in [
            (&crowd.shared, RuleId::ID_SHARED),
            (&crowd.twice, RuleId::CHILD_DUPLICATE),
        ] {
            if who.contains(&nth) {
                measures.identified &= rule != RuleId::ID_SHARED || !set.is_on(rule);
                let raw = listed.child.now.number.clone().unwrap_or_default();
                let raw = if rule == RuleId::ID_SHARED {
                    raw
                } else {
                    String::new()
                };
                let found = finding(&set, rule, &raw).filter(|found| asked.what.is(found));
                listed.findings.extend(found);
            }
        }
        let holds = asked.what.holds(measures, !listed.findings.is_empty());
        if holds && counts(&listed.child, &iso, asked.unit) {
            out.push(listed);
        }
    }
    Ok(out)
}

fn across_is_on(set: &RuleSet, asked: &Asked) -> bool {
    asked.what.is_across()
        && [RuleId::ID_SHARED, RuleId::CHILD_DUPLICATE]
            .iter()
            .any(|rule| set.is_on(*rule))
}
