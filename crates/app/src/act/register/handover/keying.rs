//! Answers of the police as they come: typed from paper, given in the portal, read from the workbook. What disagrees with the record or with
//! other children is asked about and not written down until a person says why.
//!
//! In: a list, answers by row. Out: [`Kept`]. Where the unit asks for it ([`super::super::second::settings`]: `keyed`), answers from paper are typed twice by
//! who does not see the first; two that differ wait until one of them is chosen. Else the check of the number is the second look.

mod against;
pub mod page;
mod shown;

use super::super::second::settings::Settings;
use super::super::{Book, Desk, Done, Failed, begin, wait};
use super::held::{Held, counted, stored, tally};
use super::{list_of, row_of};
use crate::access::Deed;
use std::collections::{BTreeMap, BTreeSet};
use treem_child::handover::answer::{Answer, Kind};
use treem_child::handover::code;
use treem_child::handover::doubts::{Record, doubts, sentences};
use treem_child::handover::returned::{Taken, Typed, typed};
use treem_child::handover::state::Place;
use treem_child::handover::step::Way;
use treem_store::answers::{AnswerRow, CLEARED, FIRST, SECOND, SETTLED, SINGLE};
use treem_store::child::Child;
use treem_store::fixes::KEYED;
use treem_store::handover::OPEN;
use treem_store::{Act, Tx};

pub(super) use against::Against;
use against::ONE_BY_ONE;
pub use shown::{Shown, answers};

/// An answer of a row, understood.
#[derive(Clone)]
pub struct Given {
    /// The row.
    pub row: code::Row,
    /// The answer; none: the row has none after all.
    pub answer: Option<Answer>,
    /// What was written beside it.
    pub note: String,
    /// Why it is right although something speaks against it; empty: nobody says so.
    pub why: String,
}

/// A line as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// Code of the row, or its number within the list.
    pub row: String,
    /// Key, word or words of the answer; `-` takes the answer of the row away.
    pub answer: String,
    /// The number, or what the population database says.
    pub value: String,
    /// A note.
    pub note: String,
    /// Why it is right although something speaks against it.
    pub why: String,
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Written {
    /// The row.
    pub row: code::Row,
    /// Its word.
    pub kind: &'static str,
    /// `holds`; `first`: to be typed again; `differs`: typed twice, not alike; `cleared`.
    pub state: &'static str,
}

/// A row that was not written down.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Asked {
    /// The row, or what was typed for it.
    pub row: String,
    /// What is asked, in Vietnamese.
    pub sentence: String,
    /// It may be confirmed with a reason; else it has to be typed otherwise.
    pub can_confirm: bool,
}

/// What came of answers.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Kept {
    /// The list.
    pub list: String,
    /// Rows that were written down.
    pub written: Vec<Written>,
    /// Rows that were not.
    pub asked: Vec<Asked>,
    /// Rows with an answer that holds.
    pub answered: u32,
    /// Rows without.
    pub open: u32,
}

/// The numbers of a record's adults, and the other children of the book who have a number: their names.
pub(super) async fn beside(
    tx: &mut Tx,
    book: &str,
    (child, number): (&Child, &str),
) -> Done<(Vec<(&'static str, String)>, Vec<String>)> {
    let record: serde_json::Value = serde_json::from_str(&child.now.record).unwrap_or_default();
    let member = |name: &str| {
        let text = record.get(name).and_then(serde_json::Value::as_str);
        text.unwrap_or("").to_owned()
    };
    let adults = [
        ("cha", "father_number"),
        ("mẹ", "mother_number"),
        ("người giám hộ", "guardian_number"),
    ]
    .map(|(who, column)| (who, member(column)))
    .into_iter()
    .filter(|(_, number)| !number.is_empty())
    .collect();
    let mut holders = Vec::new();
    if !number.is_empty() {
        let held = tx.holders(book, number).await?;
        holders.extend(
            held.into_iter()
                .filter(|other| other.id != child.id)
                .map(|other| super::super::mass::plan::name(&other.now.record)),
        );
        if !tx.numbers_elsewhere(book, &[number]).await?.is_empty() {
            holders.push("(trẻ của sổ khác)".to_owned());
        }
    }
    Ok((adults, holders))
}

/// Whether this person may write answers of a list down: the police their own, the officer those from paper.
pub(super) fn must_answer(desk: &Desk, held: &Held) -> Done<()> {
    let (edition, unit) = held.unit();
    if desk.may(Deed::Answer, edition, Some(unit)) {
        return Ok(());
    }
    desk.must(Deed::HandOver, edition, Some(unit))
}

/// Writes down answers that were typed, row by row; each line stands for itself.
///
/// # Errors
/// [`Failed::Refused`]: no such list, or it is not with the police; [`Failed::Denied`].
pub fn key(desk: &mut Desk, list: &str, way: Way, lines: &[Line]) -> Done<Kept> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let code = list_of(list)?;
        let rows = lines.iter().map(|line| row_of(code, &line.row));
        let of = (open.book.register.as_str(), list);
        let against = Against::for_rows(desk, &mut tx, of, rows).await?;
        drop(tx);
        let (mut given, mut asked) = (Vec::new(), Vec::new());
        for line in lines {
            match understood(&against, line) {
                Ok(one) => given.push(one),
                Err(one) => asked.push(one),
            }
        }
        let mut kept = write(desk, &open, (list, way, ""), &given).await?;
        kept.asked.splice(0..0, asked);
        open.leave().await;
        Ok(kept)
    })
}

/// What a line says; or what is asked.
fn understood(against: &Against, line: &Line) -> Result<Given, Asked> {
    let ask = |sentence: String, can_confirm: bool| Asked {
        row: line.row.trim().to_owned(),
        sentence,
        can_confirm,
    };
    let row = row_of(against.held.code, &line.row).map_err(|failed| match failed {
        Failed::Refused(sentence) | Failed::Denied(sentence) => ask(sentence, false),
        Failed::Broken(_) => ask("Không đọc được mã dòng.".to_owned(), false),
    })?;
    let Some(frozen) = against.frozen.get(&row) else {
        return Err(ask(
            format!("Danh sách {} không có dòng {row}.", against.held.code),
            false,
        ));
    };
    let mut out = Given {
        row,
        answer: None,
        note: line.note.clone(),
        why: line.why.clone(),
    };
    if line.answer.trim() == "-" {
        return Ok(out);
    }
    let text = Typed {
        answer: &line.answer,
        value: &line.value,
        note: &line.note,
    };
    match typed(frozen, &against.sent(), &text) {
        Taken::Understood { answer, .. } => out.answer = Some(answer),
        Taken::Question {
            proposed: Some(answer),
            ..
        } if !line.why.trim().is_empty() => out.answer = Some(answer),
        Taken::Question { sentence, proposed } => return Err(ask(sentence, proposed.is_some())),
        Taken::Refused { sentence } => return Err(ask(sentence, false)),
        Taken::Unanswered => {
            return Err(ask("Chưa gõ kết quả của dòng này.".to_owned(), false));
        }
    }
    Ok(out)
}

/// Writes answers down as one act. `settles`: why one of two that differ is chosen; empty where nobody chooses.
pub(super) async fn write(
    desk: &mut Desk,
    open: &Book,
    (list, way, settles): (&str, Way, &str),
    given: &[Given],
) -> Done<Kept> {
    let book = open.book.register.clone();
    let mut act = begin(&open.store, desk.doing(&book, "handover-answer", settles)).await?;
    let rows = given.iter().map(|one| Ok(one.row));
    let against = Against::for_rows(desk, act.reading(), (&book, list), rows).await?;
    let place = against.held.place();
    if !place.is_with_police() {
        if place == Place::Sent {
            return Err(Failed::Refused(format!(
                "Danh sách {} đã chuyển nhưng chưa ghi là Công an đã tiếp nhận. Ghi tiếp nhận trước (treem handover receive), rồi ghi kết quả.",
                against.held.code
            )));
        }
        return Err(Failed::Refused(format!(
            "Danh sách {} đang ở bước “{}”, không ghi kết quả được. Cần sửa kết quả thì mở lại danh sách trước (treem handover reopen).",
            against.held.code,
            place.label()
        )));
    }
    let settings = Settings::of(act.reading(), &book).await?;
    let (edition, unit) = against.held.unit();
    let blind = way == Way::Paper && settings.kind(edition, unit) == Some(KEYED);
    let number = against.held.list.number;
    let known = known(act.reading(), &book, (number, given)).await?;
    let mut kept = Kept {
        list: against.held.code.to_string(),
        ..Kept::default()
    };
    let mut rows: Vec<AnswerRow> = Vec::new();
    let mut seen = BTreeSet::new();
    for one in given {
        if !seen.insert(one.row) {
            kept.asked.push(Asked {
                row: one.row.to_string(),
                sentence: "Dòng này được gõ hai lần trong cùng một lượt; chỉ lần đầu được ghi."
                    .to_owned(),
                can_confirm: false,
            });
            continue;
        }
        if let Some(asked) = doubted(&mut act, &book, &against, one).await? {
            kept.asked.push(asked);
            continue;
        }
        let before: Vec<&AnswerRow> = known
            .iter()
            .filter(|row| row.row_number == stored(one.row.number()))
            .collect();
        let row = answer_row(one, &before, (way, blind, !settles.is_empty()))?;
        kept.written.push(Written {
            row: one.row,
            kind: one
                .answer
                .as_ref()
                .map_or("", |answer| answer.kind().word()),
            state: match row.keying.as_str() {
                _ if row.holds => "holds",
                CLEARED => "cleared",
                FIRST => "first",
                _ => "differs",
            },
        });
        rows.push(row);
    }
    for row in &rows {
        let answered = row.holds
            || row.keying != CLEARED
                && known
                    .iter()
                    .any(|one| one.row_number == row.row_number && one.holds);
        act.set_handover_answered(number, row.row_number, answered)
            .await?;
    }
    if rows.is_empty() {
        let now = tally(act.reading(), &book, number).await?;
        (kept.answered, kept.open) = (now.answered, now.open.saturating_sub(now.answered));
        return Ok(kept);
    }
    act.add_answers(number, &rows).await?;
    let now = tally(act.reading(), &book, number).await?;
    (kept.answered, kept.open) = (now.answered, now.open.saturating_sub(now.answered));
    let detail = serde_json::json!({
        "list": against.held.code, "way": way.word(), "rows": rows.len(), "holds": rows.iter().filter(|row| row.holds).count(),
        "asked": kept.asked.len(), "answered": now.answered,
    });
    act.finish(&against.held.code.to_string(), &detail.to_string())
        .await?;
    Ok(kept)
}

/// The answers that these rows have already.
async fn known(tx: &mut Tx, book: &str, (list, given): (i64, &[Given])) -> Done<Vec<AnswerRow>> {
    if given.len() > ONE_BY_ONE {
        return Ok(tx.answers(book, list).await?);
    }
    let rows: BTreeSet<code::Row> = given.iter().map(|one| one.row).collect();
    let mut out = Vec::new();
    for row in rows {
        out.extend(tx.answers_of(book, list, stored(row.number())).await?);
    }
    Ok(out)
}

/// What speaks against an answer where nobody has said why it is right.
async fn doubted(act: &mut Act, book: &str, against: &Against, one: &Given) -> Done<Option<Asked>> {
    let ask = |sentence: String, can_confirm: bool| Asked {
        row: one.row.to_string(),
        sentence,
        can_confirm,
    };
    let Some((row, frozen)) = against.rows.get(&one.row).zip(against.frozen.get(&one.row)) else {
        let sentence = format!("Danh sách {} không có dòng này.", against.held.code);
        return Ok(Some(ask(sentence, false)));
    };
    if row.state != OPEN {
        let sentence =
            "Dòng này không còn hiệu lực trên danh sách (đã loại, đã tách hoặc đã cập nhật).";
        return Ok(Some(ask(sentence.to_owned(), false)));
    }
    let Some(number) = one.answer.as_ref().and_then(Answer::number) else {
        return Ok(None);
    };
    let child = act.reading().child(book, &row.child).await?;
    let (adults, holders) = beside(act.reading(), book, (&child, number)).await?;
    let record = Record {
        adults: &adults,
        holders: &holders,
        ..Record::of(frozen)
    };
    // What a *differs* says of sex and birth date was held against its number when it was understood.
    let found: Vec<_> = doubts(number, &record)
        .into_iter()
        .filter(|doubt| {
            one.answer.as_ref().map(Answer::kind) != Some(Kind::Differs)
                || matches!(doubt.code(), "form" | "adult" | "holder")
        })
        .collect();
    let is_final = found
        .iter()
        .any(treem_child::handover::doubts::Doubt::is_final);
    if found.is_empty() || !is_final && !one.why.trim().is_empty() {
        return Ok(None);
    }
    let tail = if is_final {
        ""
    } else {
        " Nếu vẫn đúng thì ghi lý do."
    };
    Ok(Some(ask(format!("{}{tail}", sentences(&found)), !is_final)))
}

/// How an answer is kept beside those the row has.
fn answer_row(
    one: &Given,
    before: &[&AnswerRow],
    (way, blind, settles): (Way, bool, bool),
) -> Done<AnswerRow> {
    let text = match &one.answer {
        Some(answer) => serde_json::to_string(answer).map_err(anyhow::Error::from)?,
        None => String::new(),
    };
    // Who took an answer away begins anew.
    let last = before.last().filter(|row| row.keying != CLEARED);
    let waiting = last.filter(|row| row.keying == FIRST || row.keying == SECOND && !row.holds);
    let (keying, holds) = match (&one.answer, waiting) {
        (None, _) => (CLEARED, false),
        (Some(_), Some(_)) if settles => (SETTLED, true),
        (Some(_), Some(first)) if blind => (SECOND, first.answer == text),
        (Some(_), _) if blind && !settles => (FIRST, false),
        (Some(_), _) => (SINGLE, true),
    };
    let seq = before.iter().map(|row| row.seq).max().unwrap_or(0);
    let note = match (one.note.is_empty(), one.why.is_empty()) {
        (_, true) => one.note.clone(),
        (true, false) => one.why.clone(),
        (false, false) => format!("{}; {}", one.note, one.why),
    };
    Ok(AnswerRow {
        row_number: stored(one.row.number()),
        seq: seq.saturating_add(1),
        way: way.word().to_owned(),
        keying: keying.to_owned(),
        kind: one
            .answer
            .as_ref()
            .map_or("", |answer| answer.kind().word())
            .to_owned(),
        answer: text,
        note,
        holds,
        ..AnswerRow::default()
    })
}

/// One of two answers that differ is chosen, with why; the row as it is typed now holds.
///
/// # Errors
/// [`Failed::Refused`]: no reason, or as [`key`].
pub fn settle(desk: &mut Desk, list: &str, line: &Line, why: &str) -> Done<Kept> {
    if why.trim().is_empty() {
        return Err(Failed::Refused(
            "Hãy ghi lý do chọn kết quả này (--why).".to_owned(),
        ));
    }
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let row = std::iter::once(row_of(list_of(list)?, &line.row));
        let of = (open.book.register.as_str(), list);
        let against = Against::for_rows(desk, &mut tx, of, row).await?;
        drop(tx);
        let line = Line {
            why: why.to_owned(),
            ..line.clone()
        };
        let kept = match understood(&against, &line) {
            Ok(one) => write(desk, &open, (list, Way::Paper, why), &[one]).await?,
            Err(asked) => Kept {
                list: against.held.code.to_string(),
                asked: vec![asked],
                ..Kept::default()
            },
        };
        open.leave().await;
        Ok(kept)
    })
}

/// The answers that hold, by row.
pub(super) async fn holding(
    tx: &mut Tx,
    book: &str,
    held: &Held,
) -> Done<BTreeMap<i64, (Answer, String)>> {
    let mut out = BTreeMap::new();
    for row in tx.answers(book, held.list.number).await? {
        if !row.holds {
            continue;
        }
        let answer: Answer = serde_json::from_str(&row.answer).map_err(|_| {
            Failed::Refused(format!(
                "Không đọc được kết quả của dòng {} danh sách {}. Chạy treem doctor để kiểm tra sổ.",
                counted(row.row_number),
                held.code
            ))
        })?;
        out.insert(row.row_number, (answer, row.note));
    }
    Ok(out)
}
