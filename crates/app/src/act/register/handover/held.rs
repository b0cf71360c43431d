//! A list as an act holds it: what the register says of it, everything that happened to it, and the state these events give.
//!
//! In: a list's code; a step. Out: [`Held`]. A step is taken only where the events explain the list and the rows counted are those the state
//! expects, before it and after it.

use super::super::{Done, Failed};
use super::no_list;
use treem_child::handover::code;
use treem_child::handover::state::{Course, Place};
use treem_child::handover::step::{Event, Kind, Stamp, Step, Tally};
use treem_store::handover::{DONE, LEFT, List, MOVED, OPEN, Row, STRUCK, Stand, StepRow};
use treem_store::{Act, Tx};

/// A list with its state.
#[derive(Clone)]
pub struct Held {
    /// As the register keeps it.
    pub list: List,
    /// Its code.
    pub code: code::List,
    /// Everything that happened to it.
    pub events: Vec<Event>,
    /// Where it is.
    pub course: Course,
}

/// A count of the program as the store keeps it.
pub fn stored(count: u32) -> i64 {
    i64::from(count)
}

/// A count of the store.
pub fn counted(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(0)
}

/// The code of a list's number in the register.
pub fn code_of(number: i64) -> Option<code::List> {
    u32::try_from(number).ok().and_then(code::List::new)
}

/// The code of a row.
pub fn row_code(row: &Row) -> Option<code::Row> {
    code::Row::new(code_of(row.list)?, u32::try_from(row.row_number).ok()?)
}

/// An event as it was written down; `None` where it cannot be read.
pub fn event_of(row: &StepRow) -> Option<Event> {
    Some(Event {
        by: Stamp {
            at: row.at.clone(),
            who: row.who.clone(),
            role: row.role.clone(),
            office: row.office.clone(),
        },
        step: serde_json::from_str(&row.detail).ok()?,
        tally: serde_json::from_str(&row.tally).ok()?,
    })
}

/// How the rows of a list stand.
pub async fn tally(tx: &mut Tx, book: &str, list: i64) -> Done<Tally> {
    let mut out = Tally::default();
    for (state, answered, count) in tx.handover_tally(book, list).await? {
        let count = counted(count);
        out.rows = out.rows.saturating_add(count);
        let slot = match state.as_str() {
            OPEN => &mut out.open,
            STRUCK => &mut out.struck,
            DONE => &mut out.done,
            LEFT => &mut out.left,
            MOVED => &mut out.moved,
            _ => continue,
        };
        *slot = slot.saturating_add(count);
        if answered && matches!(state.as_str(), OPEN | DONE) {
            out.answered = out.answered.saturating_add(count);
        }
    }
    Ok(out)
}

/// Reads everything that happened to a list.
pub async fn events(tx: &mut Tx, book: &str, list: code::List) -> Done<Vec<Event>> {
    let steps = tx.handover_steps(book, stored(list.number())).await?;
    steps
        .iter()
        .map(|step| {
            event_of(step).ok_or_else(|| {
                Failed::Refused(format!(
                    "Không đọc được bước {} của danh sách {list} trong nhật ký. Chạy treem doctor để kiểm tra sổ.",
                    step.seq
                ))
            })
        })
        .collect()
}

impl Held {
    /// A list of a book, and where its events have brought it.
    ///
    /// # Errors
    /// [`Failed::Refused`]: no such list, or its events do not explain it.
    pub async fn of(tx: &mut Tx, book: &str, code: code::List) -> Done<Self> {
        let list = tx.handover(book, stored(code.number())).await?;
        let list = list.ok_or_else(|| no_list(code))?;
        let events = events(tx, book, code).await?;
        let course = Course::replay(code, &events)?;
        Ok(Self {
            list,
            code,
            events,
            course,
        })
    }

    /// Where it is.
    pub fn place(&self) -> Place {
        self.course.place()
    }

    /// Edition and code of its unit.
    pub fn unit(&self) -> (&str, &str) {
        (&self.list.edition, &self.list.unit)
    }

    /// Draws a list up within an act.
    ///
    /// # Errors
    /// [`Failed::Refused`]: no rows, too many, or no number is left.
    pub async fn draw(act: &mut Act, mut list: List, mut rows: Vec<Row>) -> Done<Self> {
        let book = act.doing().register.clone();
        let last = act.reading().last_handover(&book).await?;
        let next = last.map_or(stored(code::FIRST_LIST), |last| last.saturating_add(1));
        let Some(code) = code_of(next) else {
            return Err(Failed::Refused(
                "Sổ này đã dùng hết số danh sách. Báo người bảo trì phần mềm.".to_owned(),
            ));
        };
        let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        let mut event = Event {
            by: stamp(act),
            step: Step::Draw {
                rows: count,
                part_of: list.part_of.and_then(code_of),
            },
            tally: Tally::default(),
        };
        let course = Course::begin(code, &event)?;
        list.number = next;
        course.place().word().clone_into(&mut list.place);
        list.rows = stored(count);
        for (nth, row) in (1_i64..).zip(&mut rows) {
            row.list = next;
            row.row_number = nth;
            OPEN.clone_into(&mut row.state);
        }
        act.add_handover(&list).await?;
        act.add_handover_rows(&rows).await?;
        event.tally = tally(act.reading(), &book, next).await?;
        course.agrees(&event.tally)?;
        let mut held = Self {
            list,
            code,
            events: Vec::new(),
            course,
        };
        held.write(act, event).await?;
        Ok(held)
    }

    /// Takes a step within an act: the rows go with it, and are counted before and after. Rows that are added, struck out, answered, or frozen
    /// are written by the caller before.
    ///
    /// # Errors
    /// [`Failed::Refused`]: the step cannot be taken, or the rows are not those they have to be.
    pub async fn take(&mut self, act: &mut Act, step: Step) -> Done<()> {
        let book = act.doing().register.clone();
        let number = self.list.number;
        let before = tally(act.reading(), &book, number).await?;
        if step.kind() != Kind::Rows {
            self.course.agrees(&before)?;
        }
        let mut event = Event {
            by: stamp(act),
            step,
            tally: before,
        };
        let next = self.course.clone().take(&event)?;
        match &event.step {
            Step::Apply => {
                act.handover_rows_to(number, (OPEN, DONE), Some(true))
                    .await?;
                act.handover_rows_to(number, (OPEN, LEFT), Some(false))
                    .await?;
            }
            Step::TakeBack { .. } => {
                let elsewhere = act.reading().handover_done_elsewhere(&book, number).await?;
                if elsewhere > 0 {
                    return Err(Failed::Refused(format!(
                        "{elsewhere} trẻ của danh sách này nay đang ở danh sách khác chưa xong, nên không hủy cập nhật được. Hãy làm xong hoặc thu hồi danh sách ấy trước."
                    )));
                }
                act.handover_rows_to(number, (DONE, OPEN), None).await?;
            }
            Step::Withdraw { .. } => {
                act.handover_rows_to(number, (OPEN, LEFT), None).await?;
            }
            Step::Split { .. } => {
                act.handover_rows_to(number, (OPEN, MOVED), None).await?;
            }
            _ => {}
        }
        event.tally = tally(act.reading(), &book, number).await?;
        next.agrees(&event.tally)?;
        self.course = next;
        if event.step.kind() == Kind::Close {
            self.list.closing = self.list.closing.saturating_add(1);
        }
        self.write(act, event).await
    }

    async fn write(&mut self, act: &mut Act, event: Event) -> Done<()> {
        let detail = serde_json::to_string(&event.step).map_err(anyhow::Error::from)?;
        let tally = serde_json::to_string(&event.tally).map_err(anyhow::Error::from)?;
        let closed = self.course.state.closed();
        let seal = closed.map(|closed| closed.seal.hex());
        let since = self.course.head.since.at.clone();
        let stand = Stand {
            place: self.place().word(),
            since: &since,
            rows: stored(event.tally.rows),
            open_rows: stored(event.tally.open),
            closing: self.list.closing,
            seal: seal.as_deref(),
            closed_on: closed.map(|closed| closed.closed_on.as_str()),
        };
        let seq = i64::try_from(self.events.len())
            .unwrap_or(i64::MAX)
            .saturating_add(1);
        let word = event.step.kind().word();
        act.add_handover_step(self.list.number, &stand, (seq, word, &detail, &tally))
            .await?;
        stand.place.clone_into(&mut self.list.place);
        self.list.since.clone_from(&since);
        self.list.rows = stand.rows;
        self.list.open_rows = stand.open_rows;
        self.list.closed_on = stand.closed_on.map(str::to_owned);
        self.list.seal = seal;
        self.list.steps = seq;
        self.events.push(event);
        Ok(())
    }

    /// What the audit chain says of the last step: words and counts alone.
    pub fn detail(&self) -> String {
        let last = self.events.last();
        let tally = last.map(|event| event.tally).unwrap_or_default();
        serde_json::json!({
            "list": self.code,
            "step": last.map(|event| event.step.kind().word()),
            "place": self.place().word(),
            "rows": tally.rows,
            "open": tally.open,
        })
        .to_string()
    }
}

/// Who does an act, as a step remembers it.
pub fn stamp(act: &Act) -> Stamp {
    let doing = act.doing();
    Stamp {
        at: doing.at.clone(),
        who: doing.who.clone(),
        role: doing.role.clone(),
        office: doing.office.clone(),
    }
}

/// Whether a step could be taken, by the machine alone.
///
/// # Errors
/// Why not.
pub fn try_step(course: Course, act: &Act, step: &Step) -> Done<()> {
    let event = Event {
        by: stamp(act),
        step: step.clone(),
        tally: Tally::default(),
    };
    course.take(&event)?;
    Ok(())
}
