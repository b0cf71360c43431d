//! What others have to do before a row is settled: births that civil status is to register, with a deadline; numbers the police are to cancel or to
//! establish anew. And the setting that says how many days the first has.
//!
//! In: a task and what came of it. Out: [`Shown`].

use super::super::mass::plan::name;
use super::super::{Desk, Done, Failed, begin, unit_name, wait};
use super::held::code_of;
use crate::access::Deed;
use treem_child::handover::code;
use treem_child::handover::effect::CIVIL_DAYS;
use treem_child::normalise::date::PartialDate;
use treem_store::Tx;
use treem_store::answers::{CIVIL, Task};

/// The name of the setting.
const SETTING: &str = "civil-days";
/// Longest time that is taken for one.
const MOST_DAYS: i64 = 730;

/// A task as a person sees it.
#[derive(serde::Serialize)]
pub struct Shown {
    /// Its id.
    pub task: String,
    /// `civil` or `request`.
    pub kind: String,
    /// `open`, `done`, `withdrawn`.
    pub state: String,
    /// The child.
    pub child: String,
    /// Its name.
    pub name: String,
    /// Name of the unit.
    pub unit_name: String,
    /// The row it came of.
    pub row: Option<code::Row>,
    /// When it was opened.
    pub at: String,
    /// The day it should be done by.
    pub due: Option<String>,
    /// It should have been done by now.
    pub late: bool,
    /// What is asked, in Vietnamese.
    pub sentence: String,
    /// What came of it.
    pub result: String,
}

/// Days civil status has: the setting, else [`CIVIL_DAYS`].
pub(super) async fn civil_days(tx: &mut Tx, book: &str) -> Done<i64> {
    let said = tx.setting(book, SETTING).await?;
    Ok(said
        .and_then(|days| days.parse().ok())
        .unwrap_or(CIVIL_DAYS))
}

/// So many days after a day.
pub(super) fn due(from: PartialDate, days: i64) -> Option<String> {
    let (year, month, day) = from.latest();
    let from =
        jiff::civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    let due = from
        .checked_add(jiff::Span::new().try_days(days).ok()?)
        .ok()?;
    Some(due.to_string())
}

/// Tasks of a kind in a state, or all, in the person's area.
///
/// # Errors
/// The register cannot be used; [`Failed::Denied`].
pub fn list(
    desk: &Desk,
    (kind, state): (Option<&str>, Option<&str>),
    today: jiff::civil::Date,
) -> Done<Vec<Shown>> {
    wait(async {
        let open = desk.open().await?;
        let book = open.book.register.as_str();
        desk.must_somewhere(Deed::See)?;
        let cut = desk.area(Deed::See);
        let mut tx = open.store.read().await?;
        let mut out = Vec::new();
        for task in tx.tasks(book, kind, state).await? {
            let unit = Some(task.unit.as_str()).filter(|unit| !unit.is_empty());
            if cut.holds(&task.edition, unit) {
                out.push(shown(&mut tx, book, task, today).await?);
            }
        }
        Ok(out)
    })
}

async fn shown(tx: &mut Tx, book: &str, task: Task, today: jiff::civil::Date) -> Done<Shown> {
    let child = tx.child(book, &task.child).await?;
    let detail: serde_json::Value = serde_json::from_str(&task.detail).unwrap_or_default();
    let said = detail.get("sentence").and_then(serde_json::Value::as_str);
    let sentence = match (task.kind.as_str(), said) {
        (CIVIL, _) => {
            "Công an báo chưa đăng ký khai sinh: công chức tư pháp – hộ tịch làm việc với gia đình (Luật Hộ tịch 2014, Điều 15)."
        }
        (_, Some(said)) => said,
        _ => "",
    };
    let row = u32::try_from(task.row_number).ok();
    let row = code_of(task.list)
        .zip(row)
        .and_then(|(list, row)| code::Row::new(list, row));
    let late = task.state == "open"
        && task
            .due
            .as_ref()
            .is_some_and(|due| *due < today.to_string());
    Ok(Shown {
        name: name(&child.now.record),
        unit_name: unit_name(&task.edition, &task.unit),
        row,
        late,
        sentence: sentence.to_owned(),
        task: task.id,
        kind: task.kind,
        state: task.state,
        child: task.child,
        at: task.at,
        due: task.due,
        result: task.result,
    })
}

/// A task is done, with what came of it; or withdrawn.
///
/// # Errors
/// [`Failed::Refused`]: no such task, it is not open, nothing is said of what came of it; [`Failed::Denied`].
pub fn finish(
    desk: &mut Desk,
    (task, result, withdrawn): (&str, &str, bool),
    today: jiff::civil::Date,
) -> Done<Shown> {
    wait(async {
        let open = desk.open().await?;
        let book = open.book.register.clone();
        if result.trim().is_empty() {
            return Err(Failed::Refused(
                "Hãy ghi kết quả của việc này (--result).".to_owned(),
            ));
        }
        let mut act = begin(&open.store, desk.doing(&book, "handover-task", "")).await?;
        let known = act.reading().task(&book, task).await?;
        let known = known.ok_or_else(|| {
            Failed::Refused(format!("Không có việc “{task}”; xem treem handover tasks."))
        })?;
        let unit = Some(known.unit.as_str()).filter(|unit| !unit.is_empty());
        desk.must(Deed::HandOver, &known.edition, unit)?;
        let state = if withdrawn { "withdrawn" } else { "done" };
        if !act.set_task(task, state, result).await? {
            return Err(Failed::Refused("Việc này không còn chờ.".to_owned()));
        }
        let detail = serde_json::json!({"kind": known.kind, "state": state});
        act.finish(task, &detail.to_string()).await?;
        let mut tx = open.store.read().await?;
        let known = tx.task(&book, task).await?.unwrap_or(known);
        let told = shown(&mut tx, &book, known, today).await?;
        drop(tx);
        open.leave().await;
        Ok(told)
    })
}

/// Says how many days civil status has from now on, or what holds.
///
/// # Errors
/// [`Failed::Refused`]: no number of days; [`Failed::Denied`].
pub fn days(desk: &mut Desk, days: Option<i64>) -> Done<i64> {
    wait(async {
        let open = desk.open().await?;
        let book = open.book.register.clone();
        let Some(days) = days else {
            let mut tx = open.store.read().await?;
            return civil_days(&mut tx, &book).await;
        };
        desk.must_whole(Deed::HandOver)?;
        if !(1..=MOST_DAYS).contains(&days) {
            return Err(Failed::Refused(format!(
                "Thời hạn phải từ 1 đến {MOST_DAYS} ngày."
            )));
        }
        let mut act = begin(&open.store, desk.doing(&book, "handover-setting", "")).await?;
        act.add_setting(SETTING, &days.to_string()).await?;
        let detail = serde_json::json!({"name": SETTING, "days": days});
        act.finish("", &detail.to_string()).await?;
        open.leave().await;
        Ok(days)
    })
}
