//! `treem rules publish|show`: another rule file for a book. Everything is checked again by it, and what changes is said before it is
//! published; publishing the former file brings back what was.
//!
//! In: the file's text, or the number of a former one. Out: [`Published`]. Findings are a projection: they are written anew without an event; where
//! a child's *identified* or *complete* changes with the rules, that is an event of the child.

use super::across::finding;
use super::again::Again;
use super::census::{Census, Look};
use super::crowd::Crowd;
use super::heaped::heaped;
use super::{Desk, Done, Failed, begin, rules, wait};
use crate::access::Deed;
use crate::act::access::secret::hex;
use crate::act::check::{Progress, Stop};
use anyhow::anyhow;
use rustc_hash::FxHashMap;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use treem_child::check::Measures;
use treem_child::check::across::RowKey;
use treem_child::check::rules::RuleSet;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit;
use treem_child::rule::RuleId;
use treem_store::child::{ACTIVE, Child, Finding};
use treem_store::rules::{Remeasured, RuleFile};
use treem_store::{Act, Tx};

/// What is to be published.
pub enum Text {
    /// A file's text.
    New(String),
    /// A former file, by its number; 0: the built-in rules.
    Former(i64),
}

/// What is asked for.
pub struct Asked {
    /// The rules.
    pub text: Text,
    /// The day on which age is judged.
    pub as_of: PartialDate,
    /// Why.
    pub why: String,
    /// Do it; else only say what would change.
    pub yes: bool,
}

/// A rule before and after.
#[derive(Default, serde::Serialize)]
pub struct RuleChange {
    /// Its code.
    pub rule: String,
    /// Children with it before.
    pub before: u64,
    /// Children with it after.
    pub after: u64,
    /// By unit, where it changes: code, name, before, after.
    pub units: Vec<(String, String, u64, u64)>,
}

/// What publishing came to, or would come to. Figures are of the children who count.
#[derive(Default, serde::Serialize)]
pub struct Published {
    /// The number of the file in the book; 0 before it is published.
    pub number: i64,
    /// It was done; else this is only what would be.
    pub done: bool,
    /// Children who were checked.
    pub children: u64,
    /// Đã chuẩn hóa, before and after.
    pub identified: (u64, u64),
    /// Đủ thông tin cơ bản, before and after.
    pub complete: (u64, u64),
    /// Records of which one of the two changes: each has an event.
    pub remeasured: u64,
    /// Rules whose count changes.
    pub rules: Vec<RuleChange>,
}

/// The rule file in force.
#[derive(serde::Serialize)]
pub struct InForce {
    /// Its number; 0: the built-in rules, no file was ever published.
    pub number: i64,
    /// When.
    pub at: String,
    /// Who.
    pub who: String,
    /// Its text.
    pub content: String,
    /// All files: number, when, who.
    pub former: Vec<(i64, String, String)>,
}

/// What came of a child that was checked again.
struct Seen {
    id: String,
    counts: bool,
    unit: Option<String>,
    birth: String,
    /// Only where records are compared.
    key: Option<RowKey>,
    before: Vec<String>,
    after: Vec<Finding>,
    was: Measures,
    is: Measures,
    /// Only where a measure changes, or may change by a shared number.
    whole: Option<Box<Child>>,
}

/// The rule file in force and those before it.
///
/// # Errors
/// [`Failed::Refused`]: no such number.
pub fn show(desk: &Desk, number: Option<i64>) -> Done<InForce> {
    wait(async {
        let open = desk.open().await?;
        let files = open
            .store
            .read()
            .await?
            .rule_files(&open.book.register)
            .await?;
        let wanted = number.or(files.last().map(|file| file.nth)).unwrap_or(0);
        let file = files.iter().find(|file| file.nth == wanted);
        if file.is_none() && wanted != 0 {
            return Err(no_such(wanted));
        }
        Ok(InForce {
            number: wanted,
            at: file.map_or_else(String::new, |file| file.at.clone()),
            who: file.map_or_else(String::new, |file| file.who.clone()),
            content: file.map_or_else(String::new, |file| file.content.clone()),
            former: files
                .into_iter()
                .map(|file| (file.nth, file.at, file.who))
                .collect(),
        })
    })
}

fn no_such(number: i64) -> Failed {
    Failed::Refused(format!(
        "sổ không có tệp quy tắc số {number}; xem các số bằng treem rules show."
    ))
}

/// Publishes a rule file, or says what would change.
///
/// # Errors
/// [`Failed::Refused`]: the text is no rule file, it is in force already, stopped.
pub fn run(desk: &mut Desk, asked: &Asked, watch: (&dyn Progress, &Stop)) -> Done<Published> {
    wait(async {
        desk.must_whole(Deed::Rules)?;
        let open = desk.open().await?;
        let book = open.book.register.clone();
        if !asked.yes {
            let (mut tx, mut twin) = open.store.read_by_two().await?;
            let (_, set) = text_of(asked, &tx.rule_files(&book).await?)?;
            let two = (&mut tx, twin.as_mut());
            return Ok(look(two, &book, (asked, set), watch).await?.0);
        }
        let mut act = begin(&open.store, desk.doing(&book, "rules", &asked.why)).await?;
        let (text, set) = text_of(asked, &act.reading().rule_files(&book).await?)?;
        let (mut told, seen) = look((act.reading(), None), &book, (asked, set), watch).await?;
        told.number = write(&mut act, asked, &text, seen).await?;
        told.done = true;
        let detail = serde_json::json!({"number": told.number, "children": told.children, "remeasured": told.remeasured, "identified": told.identified, "complete": told.complete});
        act.finish(&told.number.to_string(), &detail.to_string())
            .await?;
        open.leave().await;
        Ok(told)
    })
}

/// The text and its rules.
fn text_of(asked: &Asked, files: &[RuleFile]) -> Done<(String, RuleSet)> {
    let text = match &asked.text {
        Text::New(text) => text.clone(),
        Text::Former(0) => String::new(),
        Text::Former(number) => files
            .iter()
            .find(|file| file.nth == *number)
            .map(|file| file.content.clone())
            .ok_or_else(|| no_such(*number))?,
    };
    if files.last().map_or("", |file| file.content.as_str()) == text {
        return Err(Failed::Refused(
            "tệp quy tắc này đang có hiệu lực trong sổ.".to_owned(),
        ));
    }
    let set = RuleSet::from_toml(&text)
        .map_err(|error| Failed::Refused(format!("tệp quy tắc không dùng được: {error}")))?;
    Ok((text, set))
}

/// Checks every record again; says what changes. The records come back only where something is to be done with them: where they are written, else
/// each is counted and let go of.
async fn look(
    (tx, twin): (&mut Tx, Option<&mut Tx>),
    book: &str,
    (asked, set): (&Asked, RuleSet),
    watch: (&dyn Progress, &Stop),
) -> Done<(Published, Vec<Seen>)> {
    let old = rules::in_force(tx, book).await?;
    let fresh = |rule: RuleId| set.is_on(rule) && !old.is_on(rule);
    let census = Census {
        book,
        moment: None,
        rules: set.clone(),
        as_of: asked.as_of,
        watch,
    };
    let crowd = fresh(RuleId::ID_SHARED) || fresh(RuleId::CHILD_DUPLICATE);
    let ask = Ask {
        compares: crowd,
        may_share: fresh(RuleId::ID_SHARED),
    };
    let keeps = asked.yes || crowd || fresh(RuleId::BIRTH_HEAPED);
    let tally = Arc::new(Mutex::new(Tally::default()));
    let counted = Arc::clone(&tally);
    let look: Arc<Look<Seen>> = Arc::new(move |again: &mut Again, child, findings| {
        let seen = seen(again, child, findings, ask);
        if keeps {
            return Some(seen);
        }
        // A thread that fell here is missed by the census, which says so.
        if let Ok(mut counted) = counted.lock() {
            counted.add(&seen);
        }
        None
    });
    let mut all = census.take(tx, twin, look).await?;
    if crowd {
        let counting = (0..).zip(&all).filter(|(_, one)| one.counts);
        let crowd = Crowd::of(counting.filter_map(|(nth, one)| Some((nth, one.key?))));
        for (nth, one) in (0..).zip(&mut all) {
            if crowd.shared.contains(&nth) && fresh(RuleId::ID_SHARED) {
                let number = one
                    .whole
                    .as_ref()
                    .and_then(|child| child.now.number.clone());
                one.after.extend(finding(
                    &set,
                    RuleId::ID_SHARED,
                    &number.unwrap_or_default(),
                ));
                one.is.identified = false;
            }
            if crowd.twice.contains(&nth) && fresh(RuleId::CHILD_DUPLICATE) {
                one.after.extend(finding(&set, RuleId::CHILD_DUPLICATE, ""));
            }
            one.after.sort_by(|left, right| left.rule.cmp(&right.rule));
        }
    }
    if fresh(RuleId::BIRTH_HEAPED) {
        let births = (0..).zip(&all);
        let births = births.map(|(nth, one)| (nth, one.id.as_str(), one.birth.as_str()));
        for nth in heaped(tx, book, births).await? {
            if let Some(one) = all.get_mut(nth) {
                one.after
                    .extend(finding(&set, RuleId::BIRTH_HEAPED, "01/01"));
                one.after.sort_by(|left, right| left.rule.cmp(&right.rule));
            }
        }
    }
    let mut tally = tally
        .lock()
        .map_err(|_| anyhow!("một luồng xử lý bị dừng bất thường"))?;
    for one in &all {
        tally.add(one);
    }
    Ok((tally.told(), all))
}

/// What is asked of a child beside what the rules say.
#[derive(Clone, Copy)]
struct Ask {
    /// By what it is compared with others.
    compares: bool,
    /// Others may have its number, which is not known yet.
    may_share: bool,
}

fn seen(again: &mut Again, child: Child, findings: Vec<Finding>, ask: Ask) -> Seen {
    let (judged, key) = if ask.compares {
        let (judged, key) = again.judge_with_key(&child.now, &findings);
        (judged, Some(key))
    } else {
        (again.judge(&child.now, &findings), None)
    };
    let was = Measures {
        identified: child.now.identified,
        complete: child.now.complete,
    };
    let shares = ask.may_share && key.is_some_and(|key| key.number != 0);
    let whole = (was != judged.measures || shares).then(|| Box::new(child.clone()));
    Seen {
        counts: child.now.state == ACTIVE,
        unit: child.now.unit,
        birth: child.now.birth,
        key,
        before: findings.into_iter().map(|finding| finding.rule).collect(),
        after: judged.findings,
        was,
        is: judged.measures,
        id: child.id,
        whole,
    }
}

/// How many children have what, before and after.
#[derive(Default)]
struct Tally {
    out: Published,
    /// By rule and unit.
    rules: FxHashMap<String, FxHashMap<String, (u64, u64)>>,
}

impl Tally {
    fn add(&mut self, one: &Seen) {
        self.out.remeasured += u64::from(one.was != one.is);
        if !one.counts {
            return;
        }
        let out = &mut self.out;
        out.children += 1;
        out.identified.0 += u64::from(one.was.identified);
        out.identified.1 += u64::from(one.is.identified);
        out.complete.0 += u64::from(one.was.complete);
        out.complete.1 += u64::from(one.is.complete);
        let unit = one.unit.as_deref().unwrap_or("");
        // A rule may fire at several fields of one child: the child counts once.
        for (nth, rule) in one.before.iter().enumerate() {
            if !one.before.iter().take(nth).any(|earlier| earlier == rule) {
                self.count((rule, unit), (1, 0));
            }
        }
        for (nth, finding) in one.after.iter().enumerate() {
            let rule = finding.rule.as_str();
            if !one
                .after
                .iter()
                .take(nth)
                .any(|earlier| earlier.rule == rule)
            {
                self.count((rule, unit), (0, 1));
            }
        }
    }

    /// Adds to the two counts of a rule in a unit. What is known already is found without a copy of its name.
    fn count(&mut self, (rule, unit): (&str, &str), add: (u64, u64)) {
        let known = self
            .rules
            .get_mut(rule)
            .and_then(|units| units.get_mut(unit));
        if let Some(of) = known {
            of.0 += add.0;
            of.1 += add.1;
        } else {
            let units = self.rules.entry(rule.to_owned()).or_default();
            units.insert(unit.to_owned(), add);
        }
    }

    /// What is said of it; nothing is left.
    fn told(&mut self) -> Published {
        let name = |code: &str| {
            let mut editions = unit::editions().rev();
            editions
                .find_map(|edition| edition.by_code(code))
                .map_or_else(String::new, |unit| unit.name.to_owned())
        };
        let mut out = std::mem::take(&mut self.out);
        let rules: BTreeMap<_, _> = std::mem::take(&mut self.rules).into_iter().collect();
        out.rules = rules
            .into_iter()
            .map(|(rule, units)| {
                let units: BTreeMap<String, (u64, u64)> = units.into_iter().collect();
                RuleChange {
                    rule,
                    before: units.values().map(|(before, _)| before).sum(),
                    after: units.values().map(|(_, after)| after).sum(),
                    units: units
                        .into_iter()
                        .filter(|(_, (before, after))| before != after)
                        .map(|(unit, (before, after))| {
                            let name = name(&unit);
                            (unit, name, before, after)
                        })
                        .collect(),
                }
            })
            .filter(|change| !change.units.is_empty())
            .collect();
        out
    }
}

/// Writes the file, the findings and the measures; gives the file's number.
async fn write(act: &mut Act, asked: &Asked, text: &str, all: Vec<Seen>) -> Done<i64> {
    let sha256 = hex(&Sha256::digest(text.as_bytes()));
    let number = act
        .add_rule_file(&asked.as_of.to_string(), &sha256, text)
        .await?;
    let findings: Vec<(&str, i64, &Finding)> = all
        .iter()
        .flat_map(|one| {
            let own = (1_i64..).zip(&one.after);
            own.map(|(nth, finding)| (one.id.as_str(), nth, finding))
        })
        .collect();
    act.replace_findings(&findings).await?;
    let changed: Vec<Remeasured> = all
        .into_iter()
        .filter(|one| one.was != one.is)
        .filter_map(|one| {
            Some(Remeasured {
                before: *one.whole?,
                identified: one.is.identified,
                complete: one.is.complete,
            })
        })
        .collect();
    act.remeasure(&changed, "rules").await?;
    Ok(number)
}
