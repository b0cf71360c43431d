//! `treem units reform`: every child assigned from the unit it stands in to that of another edition, as one act, and back.
//!
//! In: a day (the tables of successions answer) or a file. Out: [`Reformed`], [`Undone`], [`Left`]. Nothing is guessed: a child of a
//! divided unit goes where the file sends its hamlet, or stays and is told. Headcounts are not rewritten: reports carry them.

mod answers;
mod back;

use super::init::kept;
use super::{Desk, Done, Failed, begin, wait};
use crate::access::Deed;
use crate::act::check::{Progress, Stop};
use crate::limits;
pub use answers::{Answer, Answers, Hamlet, by_hamlet, read};
pub use back::{Named, Undone, undo};
use std::collections::BTreeMap;
use std::path::PathBuf;
use treem_child::normalise::unit::{self, Edition, successors};
use treem_store::Tx;
use treem_store::reform::Became;

/// What says what became of units.
pub enum Source {
    /// The tables of successions, into the edition of a day.
    Day(&'static Edition),
    /// A file.
    File(PathBuf),
}

/// Children who go from one unit to another, or stay.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Line {
    /// Edition of the old unit.
    pub from_edition: String,
    /// Its code.
    pub from_unit: String,
    /// Its name.
    pub from_name: &'static str,
    /// Code of the new unit; nothing where the children stay.
    pub to_unit: Option<&'static str>,
    /// Its name.
    pub to_name: Option<&'static str>,
    /// Units they may have gone into, where they stay.
    pub may_be: Vec<&'static str>,
    /// Children.
    pub children: i64,
    /// The headcount of the old unit that holds today.
    pub headcount: Option<i64>,
}

/// What a reform came to, or would come to.
#[derive(Debug, serde::Serialize)]
pub struct Reformed {
    /// Its id; empty where nothing was written.
    pub reform: String,
    /// The edition children go into.
    pub edition: &'static str,
    /// It was done; else this is only what would be.
    pub done: bool,
    /// Children who go into a unit of the edition.
    pub moved: i64,
    /// Children who stay because it is not known where they belong.
    pub undecided: i64,
    /// Children of units that the file does not name.
    pub unnamed: i64,
    /// Children of whom no unit is known.
    pub without_unit: i64,
    /// Children who stand in a unit of the edition, or of a later one, already.
    pub there: i64,
    /// By old and new unit.
    pub lines: Vec<Line>,
    /// The run was stopped.
    #[serde(skip)]
    pub stopped: bool,
}

/// A reform in the list.
#[derive(Debug, serde::Serialize)]
pub struct Listed {
    /// Its id.
    pub reform: String,
    /// When.
    pub at: String,
    /// Who.
    pub who: String,
    /// The edition.
    pub edition: String,
    /// `applied` or `undone`.
    pub state: String,
    /// What said so.
    pub source: serde_json::Value,
}

/// Children of one hamlet of a unit who wait for a decision.
#[derive(Debug, serde::Serialize)]
pub struct Left {
    /// Edition of the unit.
    pub edition: String,
    /// Its code.
    pub unit: String,
    /// Its name.
    pub name: &'static str,
    /// The hamlet as the record has it; empty where none is known.
    pub hamlet: String,
    /// Units they may belong to.
    pub may_be: Vec<&'static str>,
    /// Children.
    pub children: i64,
    /// Their ids, some of them where there are many.
    pub ids: Vec<String>,
}

/// What is to be written.
struct Plan {
    told: Reformed,
    became: Vec<Became>,
    by_hamlet: Vec<(String, String)>,
}

fn name_of(edition: &str, code: &str) -> &'static str {
    unit::edition(edition)
        .by_code(code)
        .map_or("", |unit| unit.name)
}

/// Assigns the children, or says what would be (`only_show`).
///
/// # Errors
/// [`Failed::Refused`]: the file cannot be used.
pub fn run(
    desk: &mut Desk,
    source: &Source,
    why: &str,
    only_show: bool,
    (progress, stop): (&dyn Progress, &Stop),
) -> Done<Reformed> {
    desk.must_whole(Deed::Units)?;
    let (answers, said) = match source {
        Source::Day(edition) => (
            Answers {
                edition,
                written: None,
            },
            serde_json::json!({"day": edition.from}),
        ),
        Source::File(path) => {
            let named =
                |sentence: String| Failed::Refused(format!("{}: {sentence}", path.display()));
            let sum = super::import::sums(std::slice::from_ref(path), std::path::Path::new(""))?;
            let answers = read(path).map_err(named)?;
            let files = serde_json::from_str(&sum).unwrap_or(serde_json::Value::Null);
            (answers, serde_json::json!({"files": files}))
        }
    };
    wait(async {
        let open = desk.open().await?;
        let book = open.book.register.clone();
        let today = desk.now.get(..10).unwrap_or("").to_owned();
        if only_show {
            let mut tx = open.store.read().await?;
            return Ok(plan(&mut tx, &book, &today, &answers, (progress, stop))
                .await?
                .told);
        }
        let id = desk.ids.next_id();
        let mut act = begin(&open.store, desk.doing(&book, "reform", why)).await?;
        act.add_units(answers.edition.from, &kept(answers.edition))
            .await?;
        for old in unit::editions().filter(|old| old.from < answers.edition.from) {
            if answers.written.is_some() {
                act.add_units(old.from, &kept(old)).await?;
            }
        }
        let planned = plan(act.reading(), &book, &today, &answers, (progress, stop)).await?;
        let mut told = planned.told;
        if told.moved == 0 || told.stopped {
            return Ok(told);
        }
        progress.step("gán lại đơn vị", 0, 0);
        act.add_reform(&id, answers.edition.from, &said.to_string())
            .await?;
        act.add_reform_units(&id, &planned.became).await?;
        act.add_reform_children(&id, &planned.by_hamlet).await?;
        let moved = act.reassign(&id, answers.edition.from).await?;
        told.moved = i64::try_from(moved).unwrap_or(i64::MAX);
        if stop.is_asked() {
            told.stopped = true;
            return Ok(told);
        }
        let detail = serde_json::json!({"edition": answers.edition.from, "moved": moved, "undecided": told.undecided});
        act.finish(&id, &detail.to_string()).await?;
        open.leave().await;
        (told.reform, told.done) = (id, true);
        Ok(told)
    })
}

/// Where every child would go.
async fn plan(
    tx: &mut Tx,
    book: &str,
    today: &str,
    answers: &Answers,
    (progress, stop): (&dyn Progress, &Stop),
) -> Done<Plan> {
    let mut out = Plan {
        told: Reformed {
            reform: String::new(),
            edition: answers.edition.from,
            done: false,
            moved: 0,
            undecided: 0,
            unnamed: 0,
            without_unit: 0,
            there: 0,
            lines: Vec::new(),
            stopped: false,
        },
        became: written(answers),
        by_hamlet: Vec::new(),
    };
    let held: BTreeMap<(String, String), i64> = tx
        .headcounts(book, today)
        .await?
        .into_iter()
        .map(|one| ((one.edition, one.unit), one.children))
        .collect();
    for (from, code, children) in tx.standing(book).await? {
        if stop.is_asked() {
            out.told.stopped = true;
            return Ok(out);
        }
        if code.is_empty() {
            out.told.without_unit += children;
            continue;
        }
        let mut goes: BTreeMap<Option<&'static str>, i64> = BTreeMap::new();
        let mut may_be = Vec::new();
        match answers.of(&from, &code) {
            None if from.as_str() >= answers.edition.from => {
                out.told.there += children;
                continue;
            }
            None => {
                out.told.unnamed += children;
                continue;
            }
            Some(Answer::Whole(to)) => {
                goes.insert(Some(to), children);
                if answers.written.is_none() {
                    out.became.push(became(&from, &code, "", Some(to)));
                }
            }
            Some(Answer::Open(several)) => {
                goes.insert(None, children);
                may_be = several;
                if answers.written.is_none() {
                    out.became.push(became(&from, &code, "", None));
                }
            }
            Some(Answer::Divided(hamlets, rest)) => {
                may_be = hamlets.iter().map(|one| one.to).chain(rest).collect();
                may_be.sort_unstable();
                may_be.dedup();
                progress.step("xem tên thôn", 0, 0);
                for (child, hamlet) in hamlets_of(tx, book, (&from, &code)).await? {
                    let to = by_hamlet(&hamlets, rest, &hamlet);
                    *goes.entry(to).or_default() += 1;
                    if let Some(to) = to {
                        out.by_hamlet.push((child, to.to_owned()));
                    }
                }
            }
        }
        for (to, children) in goes {
            let stays = to.is_none();
            *(if stays {
                &mut out.told.undecided
            } else {
                &mut out.told.moved
            }) += children;
            out.told.lines.push(Line {
                from_name: name_of(&from, &code),
                from_edition: from.clone(),
                from_unit: code.clone(),
                to_unit: to,
                to_name: to.map(|to| name_of(answers.edition.from, to)),
                may_be: if stays { may_be.clone() } else { Vec::new() },
                children,
                headcount: held.get(&(from.clone(), code.clone())).copied(),
            });
        }
    }
    Ok(out)
}

fn became(edition: &str, from: &str, hamlet: &str, to: Option<&str>) -> Became {
    Became {
        edition: edition.to_owned(),
        from_unit: from.to_owned(),
        hamlet: hamlet.to_owned(),
        to_unit: to.map(str::to_owned),
    }
}

/// What a file says, as it is kept: what no line names of a divided unit stands under `*`.
fn written(answers: &Answers) -> Vec<Became> {
    let mut out = Vec::new();
    for ((edition, code), answer) in answers.written.iter().flatten() {
        match answer {
            Answer::Whole(to) => out.push(became(edition, code, "", Some(to))),
            Answer::Open(_) => out.push(became(edition, code, "", None)),
            Answer::Divided(hamlets, rest) => {
                out.push(became(edition, code, "", None));
                for hamlet in hamlets {
                    out.push(became(edition, code, &hamlet.written, Some(hamlet.to)));
                }
                if let Some(rest) = rest {
                    out.push(became(edition, code, "*", Some(rest)));
                }
            }
        }
    }
    out
}

/// The children of a unit with their hamlets as the records have them.
async fn hamlets_of(tx: &mut Tx, book: &str, of: (&str, &str)) -> Done<Vec<(String, String)>> {
    let (mut out, mut last) = (Vec::new(), String::new());
    loop {
        let page = tx.records_of_unit(book, of, &last).await?;
        let Some((end, _)) = page.last() else {
            return Ok(out);
        };
        last.clone_from(end);
        out.extend(
            page.into_iter()
                .map(|(child, record)| (child, hamlet_in(&record))),
        );
    }
}

/// The hamlet of a record; empty without one.
pub fn hamlet_in(record: &str) -> String {
    #[derive(serde::Deserialize)]
    struct OfRecord {
        #[serde(default)]
        hamlet: String,
    }
    serde_json::from_str::<OfRecord>(record).map_or_else(|_| String::new(), |read| read.hamlet)
}

/// All reforms, the oldest first.
///
/// # Errors
/// The register cannot be used.
pub fn list(desk: &Desk) -> Done<Vec<Listed>> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let reforms = tx.reforms(&open.book.register).await?;
        Ok(reforms
            .into_iter()
            .map(|one| Listed {
                reform: one.id,
                at: one.at,
                who: one.who,
                edition: one.edition,
                state: one.state,
                source: serde_json::from_str(&one.source).unwrap_or_default(),
            })
            .collect())
    })
}

/// The queue “chưa xác định đơn vị mới”: children who stayed in a unit that a reform had no answer for, by unit and hamlet.
///
/// # Errors
/// The register cannot be used.
pub fn left(desk: &Desk) -> Done<Vec<Left>> {
    wait(async {
        desk.must_whole(Deed::Units)?;
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let mut units: BTreeMap<(String, String), String> = BTreeMap::new();
        for said in tx.reform_units(book).await? {
            let key = (said.edition, said.from_unit);
            if said.hamlet.is_empty() && said.to_unit.is_none() {
                units.insert(key, said.to_edition);
            }
        }
        let mut out = Vec::new();
        for ((edition, code), to) in units {
            let may_be: Vec<&'static str> = successors(&code, &edition, &to)
                .iter()
                .map(|kin| kin.unit.code)
                .collect();
            let mut hamlets: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for (child, hamlet) in hamlets_of(&mut tx, book, (&edition, &code)).await? {
                hamlets.entry(hamlet).or_default().push(child);
            }
            for (hamlet, mut ids) in hamlets {
                let children = i64::try_from(ids.len()).unwrap_or(i64::MAX);
                ids.truncate(limits::REFORM_NAMED);
                out.push(Left {
                    name: name_of(&edition, &code),
                    edition: edition.clone(),
                    unit: code.clone(),
                    hamlet,
                    may_be: may_be.clone(),
                    children,
                    ids,
                });
            }
        }
        Ok(out)
    })
}
