//! `treem handover show|list`: where a list is, who holds it, since when, whether it is late, what happened to it, and its rows.
//!
//! In: a list; or an area, a place. Out: [`Shown`], [`Overview`]. No child's name: that is on the paper ([`super::frozen::paper`]).

use super::super::{Desk, Done, unit_name, wait};
use super::held::{Held, code_of, counted, row_code, tally};
use super::late::{Due, Settings};
use super::waiting::{self, Waits};
use super::{frozen, list_of};
use crate::access::Deed;
use treem_child::handover::code;
use treem_child::handover::state::{Holder, Place, State};
use treem_child::handover::step::{Basis, Event, Step, Tally};
use treem_child::normalise::unit::{Edition, Unit};
use treem_store::Tx;
use treem_store::handover::List;

/// A list in one line.
#[derive(Clone, serde::Serialize)]
pub struct Line {
    /// Its code.
    pub list: code::List,
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub place: &'static str,
    /// In words.
    pub place_label: &'static str,
    /// Who holds it.
    pub holder: &'static str,
    /// In words.
    pub holder_label: &'static str,
    /// Since when.
    pub since: String,
    /// How it stands to its time.
    #[serde(flatten)]
    pub due: Due,
    /// Edition of the unit.
    pub edition: String,
    /// Whose list it is.
    pub unit: String,
    /// Its name.
    pub unit_name: String,
    /// The hamlet, where it is of one.
    pub hamlet: String,
    /// Rows ever drawn.
    pub rows: u32,
    /// Rows in effect.
    pub open: u32,
    /// Rows that wait for a person's word.
    pub waits: Waits,
}

/// A step that was taken.
#[derive(Clone, serde::Serialize)]
pub struct Taken {
    /// When.
    pub at: String,
    /// Who.
    pub who: String,
    /// In which role.
    pub role: String,
    /// Of which office.
    pub office: String,
    /// Its word.
    pub step: &'static str,
    /// In words.
    pub label: &'static str,
    /// Why, where it says so.
    pub why: String,
    /// The paper it was written down from; empty where it was done by account.
    pub paper: String,
    /// The rows after it.
    pub tally: Tally,
}

/// A row.
#[derive(Clone, serde::Serialize)]
pub struct ShownRow {
    /// Its code.
    pub row: code::Row,
    /// The child.
    pub child: String,
    /// `open`, `struck`, `done`, `left`, `moved`.
    pub state: String,
    /// It has an answer.
    pub answered: bool,
    /// Codes of rules: why the child is on the list.
    pub why: Vec<String>,
    /// Why it was struck.
    pub note: String,
    /// The row of an earlier list that was left without an answer.
    pub earlier: String,
    /// What came of the review: `same`, `changed`, or empty.
    pub review: String,
}

/// A list with everything about it.
#[derive(Clone, serde::Serialize)]
pub struct Shown {
    /// The list.
    #[serde(flatten)]
    pub line: Line,
    /// How the rows stand.
    pub tally: Tally,
    /// The seal, while one stands over it.
    pub seal: Option<String>,
    /// The same in groups of four.
    pub seal_grouped: Option<String>,
    /// The day it was closed.
    pub closed_on: Option<String>,
    /// The list it is a part of.
    pub part_of: Option<code::List>,
    /// Its parts, where it was split.
    pub parts: Vec<code::List>,
    /// Steps that can be taken now: word and words.
    pub next: Vec<(&'static str, &'static str)>,
    /// What happened to it, the first first.
    pub steps: Vec<Taken>,
    /// Its rows.
    pub lines: Vec<ShownRow>,
}

/// Many lists.
#[derive(serde::Serialize)]
pub struct Overview {
    /// Those that have stood longest first.
    pub lists: Vec<Line>,
    /// How many are late.
    pub late: usize,
    /// Rows in effect, together.
    pub open: u64,
}

/// Which lists.
#[derive(Default)]
pub struct Asked {
    /// Of a unit and all below it.
    pub unit: Option<(&'static Edition, &'static Unit)>,
    /// In this place.
    pub place: Option<Place>,
    /// Held by these.
    pub holder: Option<Holder>,
    /// Only those that are late.
    pub late: bool,
    /// Only those with rows that wait for a person's word, also where the list has ended.
    pub waits: bool,
    /// Those that have ended, too.
    pub ended: bool,
}

fn line(list: &List, settings: &Settings, (now, waits): (&str, Waits)) -> Option<Line> {
    let place = Place::from_word(&list.place)?;
    Some(Line {
        list: code_of(list.number)?,
        title: list.title.clone(),
        place: place.word(),
        place_label: place.label(),
        holder: place.holder().word(),
        holder_label: place.holder().label(),
        since: list.since.clone(),
        due: settings.due(place, (&list.edition, &list.unit), &list.since, now),
        edition: list.edition.clone(),
        unit: list.unit.clone(),
        unit_name: unit_name(&list.edition, &list.unit),
        hamlet: list.hamlet.clone(),
        rows: counted(list.rows),
        open: counted(list.open_rows),
        waits,
    })
}

fn taken(event: &Event) -> Taken {
    let why = match &event.step {
        Step::Rows { why, .. }
        | Step::SendBack { why }
        | Step::TakeBack { why }
        | Step::Withdraw { why }
        | Step::Split { why, .. }
        | Step::Reopen { why } => why.clone(),
        _ => String::new(),
    };
    let paper = match &event.step {
        Step::Close { basis, .. }
        | Step::Receive { basis }
        | Step::Sign { basis, .. }
        | Step::Return { basis } => match basis {
            Basis::Paper(text) => text.clone(),
            Basis::Account => String::new(),
        },
        _ => String::new(),
    };
    let kind = event.step.kind();
    Taken {
        at: event.by.at.clone(),
        who: event.by.who.clone(),
        role: event.by.role.clone(),
        office: event.by.office.clone(),
        step: kind.word(),
        label: kind.label(),
        why,
        paper,
        tally: event.tally,
    }
}

/// A list as a person sees it.
pub(in crate::act) async fn shown_of(
    desk: &Desk,
    tx: &mut Tx,
    book: &str,
    held: &Held,
) -> Done<Shown> {
    let settings = Settings::of(tx, book).await?;
    let waits = waiting::rows(tx, book).await?;
    let waits = waits.get(&held.list.number).copied().unwrap_or_default();
    let rows = tx.handover_rows(book, held.list.number).await?;
    let closed = held.course.state.closed();
    let mut next: Vec<(&'static str, &'static str)> = Vec::new();
    for (step, _) in held.place().steps() {
        if !next.contains(&(step.word(), step.label())) {
            next.push((step.word(), step.label()));
        }
    }
    Ok(Shown {
        line: line(&held.list, &settings, (&desk.now, waits))
            .ok_or_else(|| super::no_list(held.code))?,
        tally: tally(tx, book, held.list.number).await?,
        seal: closed.map(|closed| closed.seal.hex()),
        seal_grouped: closed.map(|closed| closed.seal.grouped()),
        closed_on: closed.map(|closed| closed.closed_on.clone()),
        part_of: held.course.head.part_of,
        parts: match &held.course.state {
            State::Divided(split) => split.into.iter().map(|part| part.list).collect(),
            _ => Vec::new(),
        },
        next,
        steps: held.events.iter().map(taken).collect(),
        lines: rows
            .iter()
            .filter_map(|row| {
                Some(ShownRow {
                    row: row_code(row)?,
                    child: row.child.clone(),
                    state: row.state.clone(),
                    answered: row.answered,
                    why: frozen::reasons(row),
                    note: row.note.clone(),
                    earlier: row.earlier.clone(),
                    review: row.review.clone(),
                })
            })
            .collect(),
    })
}

/// Whether this person may see a list of a unit: who hands over, who answers, who approves.
pub(in crate::act) fn must_see(desk: &Desk, (edition, unit): (&str, &str)) -> Done<()> {
    let may = |deed| desk.may(deed, edition, Some(unit));
    if may(Deed::HandOver) || may(Deed::Answer) || may(Deed::CloseList) {
        return Ok(());
    }
    desk.must(Deed::See, edition, Some(unit))
}

/// A list.
///
/// # Errors
/// [`super::Failed::Refused`]: no such list, or its events do not explain it.
pub fn show(desk: &Desk, list: &str) -> Done<Shown> {
    let code = list_of(list)?;
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let held = Held::of(&mut tx, book, code).await?;
        must_see(desk, held.unit())?;
        shown_of(desk, &mut tx, book, &held).await
    })
}

/// Lists of the person's area, those that have stood longest first.
///
/// # Errors
/// The register cannot be used.
pub fn list(desk: &Desk, asked: &Asked) -> Done<Overview> {
    wait(async {
        let open = desk.open().await?;
        desk.must_somewhere(Deed::See)?;
        let book = open.book.register.as_str();
        let mut tx = open.store.read().await?;
        let settings = Settings::of(&mut tx, book).await?;
        let waiting = waiting::rows(&mut tx, book).await?;
        let (mut lists, mut last) = (Vec::new(), 0_i64);
        loop {
            let page = tx.handovers_after(book, last).await?;
            let Some(end) = page.last() else { break };
            last = end.number;
            for one in page {
                let waits = waiting.get(&one.number).copied().unwrap_or_default();
                let Some(line) = line(&one, &settings, (&desk.now, waits)) else {
                    continue;
                };
                let place = Place::from_word(line.place);
                let is_in = asked.unit.is_none_or(|(edition, area)| {
                    edition.from == one.edition
                        && edition.by_code(&one.unit).is_some_and(|own| {
                            own.code == area.code && own.level() == area.level()
                                || edition.is_in(own, area)
                        })
                });
                let wanted = is_in
                    && asked.place.is_none_or(|wanted| place == Some(wanted))
                    && asked
                        .holder
                        .is_none_or(|wanted| place.map(Place::holder) == Some(wanted))
                    && (!asked.late || line.due.late.is_some())
                    && (!asked.waits || !waits.is_none())
                    && (asked.ended
                        || asked.waits
                        || asked.place.is_some()
                        || place.is_some_and(Place::is_open));
                if wanted && must_see_quietly(desk, &one) {
                    lists.push(line);
                }
            }
        }
        lists.sort_by(|left, right| (&left.since, left.list).cmp(&(&right.since, right.list)));
        Ok(Overview {
            late: lists.iter().filter(|line| line.due.late.is_some()).count(),
            open: lists.iter().map(|line| u64::from(line.open)).sum(),
            lists,
        })
    })
}

/// The same without a refusal that would be written down: lists of others are simply not shown.
pub(super) fn must_see_quietly(desk: &Desk, list: &List) -> bool {
    [Deed::HandOver, Deed::Answer, Deed::CloseList, Deed::See]
        .into_iter()
        .any(|deed| desk.may(deed, &list.edition, Some(&list.unit)))
}
