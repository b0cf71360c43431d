//! `treem missing link`: every list against the book and against each other; who is in which, who is missing, how many there are in all.
//!
//! In: a day. Out: [`Linked`]. One act (`missing-link`) that writes down what was found in the place of what the last one found. What persons
//! have said of rows is kept to: who was entered is that child, who was refused stays refused. The same lists and the same book give the same
//! result.

use super::super::import::columns::Places;
use super::super::import::linked::millionths;
use super::super::{Desk, Done, Failed, begin, wait};
use super::figures::{Person, band, figures};
use super::gather::{self, Here};
use super::who::{SURE, Whom, tell};
use super::{BOOK, Kind};
use crate::access::Deed;
use crate::act::check::{Progress, Stop};
use crate::limits;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit;
use treem_store::Tx;
use treem_store::sector::{FETCHED, FoundChild, Match, OPEN, REFUSED, Said};

/// What a comparison came to.
#[derive(Debug, Default, serde::Serialize)]
pub struct Linked {
    /// The day on which children are children.
    pub day: String,
    /// Lists that were compared.
    pub sources: usize,
    /// Their rows.
    pub rows: usize,
    /// Rows of children of the book.
    pub in_book: u64,
    /// Rows of who is not a child on that day, or whose birth date is not known.
    pub not_children: u64,
    /// Children found elsewhere and surely not in the book, whom nobody has looked at yet.
    pub found: u64,
    /// Children found elsewhere who perhaps are in the book.
    pub perhaps: u64,
    /// Found children who have been entered since.
    pub fetched: u64,
    /// Found children of whom a person has said that they are not missing.
    pub refused: u64,
    /// Found children by the kinds of lists that name them.
    pub by_kind: BTreeMap<&'static str, u64>,
    /// It was stopped.
    #[serde(skip)]
    pub stopped: bool,
}

fn stopped() -> Linked {
    Linked {
        stopped: true,
        ..Linked::default()
    }
}

/// What persons said of the rows of a found child: what was said last holds.
fn said_of<'s>(rows: impl Iterator<Item = &'s Said>) -> Option<&'s Said> {
    rows.max_by(|one, other| one.at.cmp(&other.at))
}

/// What persons said, by row.
async fn said_by_row(tx: &mut Tx, book: &str) -> Done<FxHashMap<(i64, i64), Said>> {
    let said = tx.said_of_rows(book).await?;
    let by_row = said.into_iter().map(|one| ((one.source, one.nth), one));
    Ok(by_row.collect())
}

/// Compares.
///
/// # Errors
/// [`Failed::Refused`]: there is no list.
pub fn run(
    desk: &mut Desk,
    day: PartialDate,
    (progress, stop): (&dyn Progress, &Stop),
) -> Done<Linked> {
    wait(async {
        desk.must_somewhere(Deed::Import)?;
        let open = desk.open().await?;
        let register = open.book.register.clone();
        let day = day.to_string();
        let edition = unit::edition(&day);
        let mut tx = open.store.read().await?;
        let (mut places, mut here) = (Places::new(edition), Here::new(edition));
        let Some(rows) = gather::rows(&mut tx, &register, &mut here, (progress, stop)).await?
        else {
            return Ok(stopped());
        };
        let sources: Vec<i64> = tx
            .sources(&register)
            .await?
            .iter()
            .filter(|one| one.dropped_at.is_none())
            .map(|one| one.source)
            .collect();
        if sources.is_empty() {
            return Err(Failed::Refused(
                "chưa nạp danh sách nào của ngành khác; hãy nạp bằng treem missing load TỆP --kind a0 --purpose … --basis ….".to_owned(),
            ));
        }
        let among = (&mut places, &mut here);
        let Some(book) = gather::book(&mut tx, &register, among, (progress, stop)).await? else {
            return Ok(stopped());
        };
        let said = said_by_row(&mut tx, &register).await?;
        drop(tx);
        let children: Vec<usize> = (0..rows.len())
            .filter(|at| {
                rows.get(*at)
                    .is_some_and(|row| band(&row.birth, &day).is_some())
            })
            .collect();
        let kept: Vec<&gather::Row> = children.iter().filter_map(|at| rows.get(*at)).collect();
        let known: FxHashMap<usize, usize> = kept
            .iter()
            .enumerate()
            .filter_map(|(at, row)| {
                let child = said.get(&row.key)?.child.as_deref()?;
                Some((at, book.place(child)?))
            })
            .collect();
        let Some(told) = tell((&kept, &book), &known, &mut places, (progress, stop))? else {
            return Ok(stopped());
        };
        // Others may have entered or refused children while this was computed; from here on nobody else writes.
        let mut act = begin(&open.store, desk.doing(&register, "missing-link", "")).await?;
        let said = said_by_row(act.reading(), &register).await?;
        let mut out = Linked {
            day: day.clone(),
            sources: sources.len(),
            rows: rows.len(),
            not_children: (rows.len() - kept.len()) as u64,
            ..Linked::default()
        };
        let mut lists_of_book: Vec<i64> = vec![0; book.ids.len()];
        let mut matches: Vec<Match> = Vec::with_capacity(kept.len());
        let first = |at: usize| {
            let row = told.found.get(at)?.rows.first()?;
            kept.get(*row).copied()
        };
        for (row, (whom, probability)) in kept.iter().zip(&told.rows) {
            let mut one = Match {
                row: row.key,
                millionths: millionths(*probability),
                ..Match::default()
            };
            match whom {
                Some(Whom::Book(at)) => {
                    out.in_book += 1;
                    one.child = book.ids.get(*at).cloned();
                    if let Some(lists) = lists_of_book.get_mut(*at) {
                        *lists |= row.kind.bit();
                    }
                }
                Some(Whom::Found(at)) => one.found = first(*at).map(|row| row.key),
                None => continue,
            }
            matches.push(one);
        }
        let mut found: Vec<FoundChild> = Vec::with_capacity(told.found.len());
        let mut persons: Vec<Person<'_>> = Vec::with_capacity(book.ids.len() + told.found.len());
        for one in &told.found {
            let of: Vec<&gather::Row> = one
                .rows
                .iter()
                .filter_map(|at| kept.get(*at).copied())
                .collect();
            let Some(row) = of.first() else { continue };
            let lists = of.iter().fold(0, |bits, row| bits | row.kind.bit());
            let said = said_of(of.iter().filter_map(|row| said.get(&row.key)));
            let state = said.map_or(OPEN, |said| match said.state.as_str() {
                REFUSED => REFUSED,
                FETCHED => FETCHED,
                _ => OPEN,
            });
            let sure = one.doubt < SURE;
            match (state, sure) {
                (REFUSED, _) => out.refused += 1,
                (FETCHED, _) => out.fetched += 1,
                (_, true) => out.found += 1,
                (_, false) => out.perhaps += 1,
            }
            if state == OPEN && sure {
                for kind in Kind::of_bits(lists) {
                    *out.by_kind.entry(kind.code()).or_default() += 1;
                }
            }
            // Who is known not to be here is no child of the unit. Who perhaps is in the book is taken for whom it may be: else each would be
            // one child more.
            if state == OPEN
                && !sure
                && let Some((at, _)) = one.may_be
            {
                if let Some(of_book) = lists_of_book.get_mut(at) {
                    *of_book |= lists;
                }
            } else if state != REFUSED {
                persons.push(Person {
                    unit: row.here,
                    birth: &row.birth,
                    lists,
                });
            }
            found.push(FoundChild {
                source: row.key.0,
                nth: row.key.1,
                edition: row.edition.clone(),
                unit: row.unit.clone(),
                name_key: row.name_key.clone(),
                birth: row.birth.clone(),
                lists,
                child: one.may_be.and_then(|(at, _)| book.ids.get(at).cloned()),
                millionths: millionths(one.doubt),
                sure,
                state: state.to_owned(),
            });
        }
        for (at, lists) in lists_of_book.iter().enumerate() {
            if book.active.get(at) == Some(&true)
                && let (Some(unit), Some(birth)) = (book.here.get(at), book.births.get(at))
            {
                persons.push(Person {
                    unit,
                    birth,
                    lists: lists | BOOK,
                });
            }
        }
        progress.step("ước tính", 0, 0);
        let figures = figures(edition, &day, persons.into_iter());
        if stop.is_asked() {
            return Ok(stopped());
        }
        let numbers = serde_json::to_string(&sources).map_err(anyhow::Error::from)?;
        act.begin_compared(&day, &numbers).await?;
        let mut done = 0;
        for some in matches.chunks(limits::IMPORT_ROWS) {
            act.add_matches(some).await?;
            done += some.len() as u64;
            progress.step("ghi kết quả", done, matches.len() as u64);
            if stop.is_asked() {
                return Ok(stopped());
            }
        }
        for some in found.chunks(limits::IMPORT_ROWS) {
            act.add_found(some).await?;
        }
        act.add_figures(&figures).await?;
        let detail = serde_json::json!({"day": day, "sources": sources, "rows": out.rows, "in_book": out.in_book, "found": out.found, "perhaps": out.perhaps});
        act.finish("", &detail.to_string()).await?;
        open.leave().await;
        Ok(out)
    })
}
