//! `treem child close|reopen`: a child died, left, or was entered by mistake; and back. The record stays with its history.
//!
//! In: the record, how it ends and on which day. Out: [`Turned`]. The day stands in the record as `closed_on`.

use super::across::{Others, settle};
use super::again::Again;
use super::show::find;
use super::{Desk, Done, Failed, begin, rules, wait};
use crate::access::Deed;
use treem_child::normalise::date::PartialDate;
use treem_store::child::{ACTIVE, DIED, Entry, MISTAKE, MOVED, State};

/// The member of the record that says on which day the child died or left.
pub const CLOSED_ON: &str = "closed_on";

/// What is asked for.
pub struct Asked {
    /// An id or a number.
    pub child: String,
    /// [`DIED`], [`MOVED`], [`MISTAKE`], or [`ACTIVE`] again.
    pub state: &'static str,
    /// The day; none for a mistake.
    pub day: Option<String>,
    /// Why.
    pub why: String,
    /// The version this begins from.
    pub version: Option<i64>,
    /// The day on which age is judged.
    pub as_of: PartialDate,
}

/// What it came to.
#[derive(serde::Serialize)]
pub struct Turned {
    /// The child's id.
    pub child: String,
    /// Its version now.
    pub version: i64,
    /// The state it had.
    pub before: String,
    /// The state it has.
    pub state: String,
    /// The day.
    pub day: Option<String>,
    /// Other children whose findings changed with it.
    pub others: Vec<String>,
}

/// Closes a record, or opens it again.
///
/// # Errors
/// [`Failed::Refused`]: no such child, somebody was faster, it is in that state, or in one that is none of these.
pub fn run(desk: &mut Desk, asked: &Asked) -> Done<Turned> {
    wait(async {
        let open = desk.open().await?;
        let book = open.book.register.clone();
        let id = find(&mut open.store.read().await?, &book, &asked.child).await?;
        let opens = asked.state == ACTIVE;
        let doing = desk.doing(&book, if opens { "reopen" } else { "close" }, &asked.why);
        let mut act = begin(&open.store, doing).await?;
        let before = act.reading().child(&book, &id).await?;
        desk.must(Deed::Edit, &before.now.edition, before.now.unit.as_deref())?;
        may(&before.now.state, asked)?;
        let seen = asked.version.unwrap_or(before.version);
        let rules = rules::in_force(act.reading(), &book).await?;
        let mut again = Again::new(rules, asked.as_of);
        let mut state = State {
            state: asked.state.to_owned(),
            record: closed_on(&before.now.record, asked.day.as_deref()),
            ..before.now.clone()
        };
        let had = act.reading().findings(&book, &id).await?;
        let old = Others::of(act.reading(), &mut again, &book, (&id, &before.now)).await?;
        let new = Others::of(act.reading(), &mut again, &book, (&id, &state)).await?;
        let mut findings = had.clone();
        if opens {
            let judged = again.judge(&state, &new.findings(again.rules(), &state, &had));
            state.identified = judged.measures.identified;
            state.complete = judged.measures.complete;
            findings = judged.findings;
        }
        let entry = Entry {
            id: id.clone(),
            source: if opens { "reopen" } else { "close" }.to_owned(),
            import: None,
            state,
            findings,
        };
        let kind = if opens { "restored" } else { "closed" };
        let version = act.change_child(kind, seen, &entry).await?;
        let others = settle(&mut act, &mut again, &book, (&id, vec![old, new])).await?;
        act.lost_claims().await?;
        let detail =
            serde_json::json!({"version": version, "state": asked.state, "others": others.len()});
        act.finish(&id, &detail.to_string()).await?;
        open.leave().await;
        Ok(Turned {
            child: id,
            version,
            before: before.now.state,
            state: asked.state.to_owned(),
            day: asked.day.clone(),
            others,
        })
    })
}

/// Which way is open from a state.
fn may(state: &str, asked: &Asked) -> Done<()> {
    let closed = [DIED, MOVED, MISTAKE];
    let sentence = match (state, asked.state) {
        (ACTIVE, ACTIVE) => "hồ sơ này đang được theo dõi, không cần mở lại.",
        (_, ACTIVE) if closed.contains(&state) => return Ok(()),
        (ACTIVE, _) => return Ok(()),
        (_, ACTIVE) => {
            "hồ sơ này không bị đóng bằng treem child close; xem treem child history để biết vì sao."
        }
        _ => {
            "hồ sơ này không còn được theo dõi; muốn đóng cách khác thì mở lại trước bằng treem child reopen."
        }
    };
    Err(Failed::Refused(sentence.to_owned()))
}

/// The record with the day of its end, or without one.
pub(super) fn closed_on(record: &str, day: Option<&str>) -> String {
    let Ok(serde_json::Value::Object(mut members)) = serde_json::from_str(record) else {
        return record.to_owned();
    };
    members.remove(CLOSED_ON);
    if let Some(day) = day {
        members.insert(CLOSED_ON.to_owned(), day.into());
    }
    serde_json::Value::Object(members).to_string()
}
