//! The history of a record as a timeline: who, when, why, from which file and row, and what was before and after.
//!
//! In: a record. Out: [`Happened`], the newest first. What is guarded is told as changed, not shown.

use super::super::Done;
use super::super::again::said::{Columns, Said};
use super::super::edit::{Change, differences};
use super::super::kin;
use super::super::unit_name;
use super::{Eyes, guarded};
use crate::act::check::written::SENSITIVE;
use treem_child::field::Field;
use treem_store::Tx;
use treem_store::child::State;

/// Something that happened.
pub struct Happened {
    /// When, as the store writes it.
    pub at: String,
    /// What, in words.
    pub what: &'static str,
    /// Who.
    pub who: String,
    /// Of which office.
    pub office: String,
    /// Why.
    pub why: String,
    /// The version after it.
    pub version: i64,
    /// The record it happened to, where that is another one.
    pub other: Option<String>,
    /// From which file and row: as the import names it.
    pub source: String,
    /// The import.
    pub import: Option<String>,
    /// Fields before and after.
    pub changes: Vec<Change>,
    /// Units before and after, where they differ.
    pub units: Option<(String, String)>,
    /// States before and after, where they differ.
    pub states: Option<(String, String)>,
    /// Đã chuẩn hóa before and after, where they differ.
    pub identified: Option<(bool, bool)>,
}

/// What an event is called.
fn called(kind: &str, source: &str) -> &'static str {
    match (kind, source) {
        ("added", _) => "Thêm vào sổ",
        ("changed", "across") => "Phát hiện đổi theo hồ sơ khác",
        ("changed", "rules") => "Quy tắc kiểm tra đổi",
        ("changed", "fix") => "Sửa hàng loạt",
        ("changed", _) => "Sửa",
        ("reverted", _) => "Trở lại như trước",
        ("withdrawn", _) => "Rút khỏi sổ: lần nhập bị hủy",
        ("restored", _) => "Mở lại",
        ("closed", _) => "Đóng hồ sơ",
        ("moved", _) => "Chuyển nơi ở",
        ("merged", _) => "Gộp hồ sơ",
        ("unmerged", _) => "Tách hồ sơ đã gộp",
        ("reassigned", _) => "Gán lại đơn vị khi sắp xếp đơn vị hành chính",
        _ => "Ghi vào hồ sơ",
    }
}

/// Sources that are ways of working, not files.
const WAYS: [&str; 9] = [
    "edit", "fix", "unfix", "across", "rules", "close", "reopen", "move", "merge",
];

/// Everything that happened, the newest first.
pub(super) async fn of(tx: &mut Tx, book: &str, id: &str, eyes: Eyes) -> Done<Vec<Happened>> {
    let events = kin::history(tx, book, id).await?;
    let columns = Columns::new();
    let nothing = State::default();
    let mut out = Vec::with_capacity(events.len());
    for (nth, (_, event)) in events.iter().enumerate() {
        let before = events
            .iter()
            .take(nth)
            .rev()
            .find(|(_, other)| other.child == event.child)
            .map_or(&nothing, |(_, other)| &other.then);
        let mut changes = {
            let was = Said::of(&columns, before, &[]);
            let is = Said::of(&columns, &event.then, &[]);
            differences(&columns, &was, &is)
        };
        for change in &mut changes {
            veil(change, eyes);
        }
        if before == &nothing {
            // What a record said first is the record itself, where nothing has happened since.
            changes.clear();
        }
        let unit = |state: &State| unit_name(&state.edition, state.unit.as_deref().unwrap_or(""));
        let units = (unit(before), unit(&event.then));
        let states = (before.state.clone(), event.then.state.clone());
        let marks = (before.identified, event.then.identified);
        let is_first = before == &nothing;
        out.push(Happened {
            at: event.at.clone(),
            what: called(&event.kind, &event.source),
            who: event.who.clone(),
            office: event.office.clone(),
            why: event.why.clone(),
            version: event.seq,
            other: Some(event.child.clone()).filter(|other| other != id),
            source: Some(event.source.clone())
                .filter(|source| !WAYS.contains(&source.as_str()))
                .unwrap_or_default(),
            import: event.import.clone(),
            changes,
            units: Some(units).filter(|(one, other)| !is_first && one != other),
            states: Some(states).filter(|(one, other)| !is_first && one != other),
            identified: Some(marks).filter(|(one, other)| !is_first && one != other),
        });
    }
    out.reverse();
    Ok(out)
}

/// Hides what these eyes may not see of a change.
fn veil(change: &mut Change, eyes: Eyes) {
    let Some(field) = Field::from_code(change.field) else {
        return;
    };
    if SENSITIVE.contains(&field) {
        change.before = None;
        if !eyes.sensitive {
            change.after.clear();
        }
        return;
    }
    change.before = change
        .before
        .take()
        .map(|before| guarded(field, before, eyes).0);
    change.after = guarded(field, std::mem::take(&mut change.after), eyes).0;
}
