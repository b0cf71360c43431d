//! An import done again beside others: who of its children is in the book by now, or may be, waits for a person instead of being
//! written down twice.
//!
//! In: the import whose children are withdrawn. Out: how many of them were put into the queue.

use super::super::Done;
use super::super::import::columns::{Places, Seen};
use super::super::import::known::{Book, Remembered, Rows};
use super::super::import::linked::{Whom, millionths, tell};
use crate::act::check::{Progress, Stop};
use treem_child::normalise::unit;
use treem_store::Act;
use treem_store::change::Linkable;
use treem_store::import::Import;
use treem_store::queue::{AGAIN, Candidate, OPEN, Waiting};

/// Puts them into the queue; `None` where it was stopped.
pub async fn ask(
    act: &mut Act,
    book: &str,
    import: &Import,
    around: (&dyn Progress, &Stop),
) -> Done<Option<u64>> {
    let mut places = Places::new(unit::edition(&import.edition));
    let mut rows = Rows::each_asked();
    let mut ids = Vec::new();
    let mut last = String::new();
    loop {
        let page = act.reading().withdrawn_of(book, &import.id, &last).await?;
        let Some(end) = page.last() else { break };
        last.clone_from(&end.id);
        for child in &page {
            let seen = Seen::record(child, None, &mut places);
            rows.push(&seen, child.number.as_deref().unwrap_or(""));
        }
        ids.extend(page.into_iter().map(|child| child.id));
    }
    let mut there = Book::read(act.reading(), book, &mut places, around).await?;
    let remembered = Remembered::read(act.reading(), book).await?;
    let Some(told) = tell(&rows, &mut there, &remembered, around)? else {
        return Ok(None);
    };
    let mut waiting: Vec<(u32, Vec<Candidate>)> = told
        .waiting
        .iter()
        .map(|(row, (candidates, _))| {
            let of = candidates
                .iter()
                .zip(1_i64..)
                .map(|(one, place)| Candidate {
                    nth: 0,
                    place,
                    child: match one.whom {
                        Whom::Child(place) => there.ids.get(place as usize).cloned(),
                        Whom::Row(_) => None,
                    },
                    other: None,
                    millionths: millionths(one.probability),
                    why: one.why.clone(),
                });
            (*row, of.collect())
        })
        .collect();
    waiting.sort_unstable_by_key(|(row, _)| *row);
    let mut asked = 0;
    for (row, mut candidates) in waiting {
        let Some(id) = ids.get(row as usize) else {
            continue;
        };
        let reading = act.reading();
        let nth = match reading.row_of_child(book, &import.id, id).await? {
            Some(nth) => Some(nth),
            None => reading.waiting_of_child(book, &import.id, id).await?,
        };
        let Some(nth) = nth else { continue };
        let print = rows.prints.get(row as usize).cloned().unwrap_or_default();
        if !act.ask_again(&import.id, nth, Some(id)).await? {
            let child = act.reading().child(book, id).await?;
            let kept = Linkable {
                id: child.id,
                state: child.now.state,
                edition: child.now.edition,
                unit: child.now.unit,
                number: child.now.number,
                record: child.now.record,
                sensitive: child.now.sensitive,
            };
            act.add_waiting(&[again(kept, (&import.id, nth), print)])
                .await?;
        }
        for candidate in &mut candidates {
            candidate.nth = nth;
        }
        act.add_candidates(&import.id, &candidates).await?;
        asked += 1;
    }
    Ok(Some(asked))
}

fn again(child: Linkable, (import, nth): (&str, i64), print: String) -> Waiting {
    Waiting {
        import: import.to_owned(),
        nth,
        version: 1,
        kind: AGAIN.to_owned(),
        state: OPEN.to_owned(),
        print,
        child: Some(child.id),
        edition: child.edition,
        unit: child.unit,
        number: child.number,
        record: child.record,
        findings: "[]".to_owned(),
        sensitive: child.sensitive,
        ..Waiting::default()
    }
}
