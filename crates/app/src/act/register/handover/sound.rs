//! Whether the lists of a book are what their events say: for `treem doctor`.
//!
//! In: a book. Out: one Vietnamese sentence for each list that is not. Looked at: the events lead to the place that is written down; the rows are
//! those the state expects; the seal stands over the frozen rows; nobody stands open on two lists.

use super::super::Done;
use super::frozen::{heading, sealed};
use super::held::{Held, code_of, counted, tally};
use treem_child::handover::seal;
use treem_child::handover::state::Course;
use treem_child::handover::step::Kind;
use treem_store::Tx;
use treem_store::handover::List;

/// What is wrong with the lists of a book.
pub(in crate::act) async fn troubles(tx: &mut Tx, book: &str) -> Done<Vec<String>> {
    let (mut out, mut last) = (Vec::new(), 0_i64);
    loop {
        let page = tx.handovers_after(book, last).await?;
        let Some(end) = page.last() else { break };
        last = end.number;
        for list in page {
            if let Some(why) = trouble(tx, book, list).await? {
                out.push(why);
            }
        }
    }
    Ok(out)
}

async fn trouble(tx: &mut Tx, book: &str, list: List) -> Done<Option<String>> {
    let Some(code) = code_of(list.number) else {
        return Ok(Some(format!(
            "Danh sách số {} không phải do treem lập.",
            list.number
        )));
    };
    let steps = tx.handover_steps(book, list.number).await?;
    let events: Option<Vec<_>> = steps.iter().map(super::held::event_of).collect();
    let Some(events) = events else {
        return Ok(Some(format!(
            "Danh sách {code}: không đọc được các bước trong nhật ký."
        )));
    };
    let course = match Course::replay(code, &events) {
        Ok(course) => course,
        Err(refusal) => {
            return Ok(Some(format!("Danh sách {code}: {}", refusal.sentence())));
        }
    };
    let rows = tally(tx, book, list.number).await?;
    if let Err(refusal) = course.agrees(&rows) {
        return Ok(Some(format!("Danh sách {code}: {}", refusal.sentence())));
    }
    let closed = course.state.closed().map(|closed| closed.seal.hex());
    let says = (
        course.place().word(),
        course.head.since.at.as_str(),
        i64::try_from(events.len()).unwrap_or(i64::MAX),
        closed.as_deref(),
    );
    let written = (
        list.place.as_str(),
        list.since.as_str(),
        list.steps,
        list.seal.as_deref(),
    );
    let counts = (counted(list.rows), counted(list.open_rows));
    if says != written || counts != (rows.rows, rows.open) {
        return Ok(Some(format!(
            "Danh sách {code}: trạng thái ghi trong sổ không khớp với các bước đã làm."
        )));
    }
    let Some(closing) = course.state.closed().cloned() else {
        return Ok(None);
    };
    let closed_with = events
        .iter()
        .rev()
        .find(|event| event.step.kind() == Kind::Close)
        .map_or(0, |event| event.tally.open);
    let held = Held {
        list,
        code,
        events,
        course,
    };
    let same = match sealed(tx, book, &held).await {
        Ok(frozen) => {
            seal::digest(&heading(book, &held, &closing.closed_on), &frozen) == closing.seal
                && u32::try_from(frozen.len()).is_ok_and(|count| count == closed_with)
        }
        Err(_) => false,
    };
    Ok((!same)
        .then(|| format!("Danh sách {code}: nội dung đã chốt không khớp với mã SHA-256 khi chốt.")))
}
