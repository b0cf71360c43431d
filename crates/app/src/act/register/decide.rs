//! `treem decide`: what became of the rows an import left to a person, and what a person decides of them.
//!
//! In: a row, or rows of an import by their probability, and a [`Choice`]. Out: [`Outcome`]; the queue ([`list`]). Every decision is an act
//! with its events; it can be taken back, and is remembered: the same row of a later list is not asked again.

mod apply;
pub mod list;

use super::import::same;
use super::{Desk, Done, Failed, begin, wait};
use crate::access::Deed;
use apply::Applier;
use treem_child::check::rules::RuleSet;
use treem_child::normalise::date::PartialDate;
use treem_store::Tx;
use treem_store::import::{APPLIED, Import};
use treem_store::queue::{AGAIN, CHANGES, OPEN, PERHAPS, Waiting};

/// What a person decides of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// It is this child (id or number); these differing fields are taken from the row.
    Same(String, Vec<String>),
    /// It is a child of its own.
    New,
    /// Somebody else shall decide, another day.
    Later,
    /// Of a row of a known child: these differing fields are taken.
    Take(Vec<String>),
    /// None is taken.
    Keep,
    /// What was decided is taken back.
    Undo,
}

/// Rows of an import that are decided at once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Many {
    /// All whose likeliest candidate is below this probability become children of their own.
    NewBelow(f64),
    /// All whose likeliest candidate is a child of the book with at least this probability are that child.
    SameFrom(f64),
}

/// What deciding came to, or would come to.
#[derive(Default, serde::Serialize)]
pub struct Outcome {
    /// The import.
    pub import: String,
    /// It was done; else this is only what would be.
    pub done: bool,
    /// Rows decided.
    pub rows: u64,
    /// Children added, or in the book again.
    pub new: u64,
    /// Rows that are children of the book.
    pub same: u64,
    /// Records changed.
    pub changed: u64,
    /// Rows put off.
    pub later: u64,
    /// Rows that wait again.
    pub back: u64,
    /// Rows of the import that still wait.
    pub left: u64,
    /// The child the row is, where one row was decided.
    pub child: Option<String>,
}

/// By which rules records are checked again, and on which day.
pub struct By {
    /// The rules.
    pub rules: RuleSet,
    /// The day on which age is judged; without one, that of the import.
    pub as_of: Option<PartialDate>,
}

/// A row as a person names it: the import, or the beginning or the end of its id if no other has it, and the row's number.
///
/// # Errors
/// A sentence: no such import, or several.
pub(super) async fn import_of(tx: &mut Tx, book: &str, name: &str) -> Done<Import> {
    let all = tx.imports(book).await?;
    if let Some(import) = all.iter().find(|import| import.id == name) {
        return Ok(import.clone());
    }
    let long = name.len() >= 4;
    let mut found = all
        .into_iter()
        .filter(|import| long && (import.id.starts_with(name) || import.id.ends_with(name)));
    match (found.next(), found.next()) {
        (Some(import), None) => Ok(import),
        (Some(_), Some(_)) => Err(Failed::Refused(format!(
            "có nhiều lần nhập mang “{name}”; hãy ghi trọn mã (xem treem imports)."
        ))),
        _ => Err(Failed::Refused(format!(
            "không có lần nhập “{name}”; xem các lần nhập bằng treem imports."
        ))),
    }
}

/// Splits `IMPORT:ROW`.
pub fn row_of(name: &str) -> Option<(&str, i64)> {
    let (import, nth) = name.rsplit_once(':')?;
    nth.parse()
        .ok()
        .filter(|nth| *nth > 0)
        .map(|nth| (import, nth))
}

/// Decides one row.
///
/// # Errors
/// [`Failed::Refused`]: no such row, it does not wait, or the choice does not fit it.
pub fn one(desk: &mut Desk, (import, nth): (&str, i64), choice: &Choice, by: &By) -> Done<Outcome> {
    wait(async {
        let open = desk.open().await?;
        let book = open.book.register.clone();
        let word = if *choice == Choice::Undo {
            "decide-undo"
        } else {
            "decide"
        };
        let mut act = begin(&open.store, desk.doing(&book, word, "")).await?;
        let import = import_of(act.reading(), &book, import).await?;
        let row = act.reading().waiting_row(&book, &import.id, nth).await?;
        let Some(row) = row else {
            let there = act.reading().import_row(&book, &import.id, nth).await?;
            return Err(Failed::Refused(if there.is_some() {
                format!("dòng {nth} của lần nhập này đã rõ, không có gì phải quyết định.")
            } else {
                format!("lần nhập này không có dòng {nth}.")
            }));
        };
        holds(&import)?;
        let mut applier = Applier::new((&mut act, &mut *desk, &book), &import, by);
        if *choice == Choice::Undo {
            applier.take_back(row).await?;
        } else {
            fits(&row, choice)?;
            applier.decide(row, choice).await?;
        }
        let mut out = applier.write().await?;
        out.left = left(act.reading(), &book, &import.id).await?;
        let detail = serde_json::json!({"row": nth, "new": out.new, "same": out.same, "changed": out.changed, "back": out.back});
        act.finish(&import.id, &detail.to_string()).await?;
        open.leave().await;
        out.done = true;
        Ok(out)
    })
}

/// Decides many rows of an import, or says how many it would be (`only_show`).
///
/// # Errors
/// [`Failed::Refused`]: no such import, or it is undone.
pub fn many(desk: &mut Desk, import: &str, which: Many, only_show: bool, by: &By) -> Done<Outcome> {
    wait(async {
        desk.must_somewhere(Deed::Decide)?;
        let open = desk.open().await?;
        let book = open.book.register.clone();
        let mut act = begin(&open.store, desk.doing(&book, "decide", "")).await?;
        let import = import_of(act.reading(), &book, import).await?;
        holds(&import)?;
        let cut = desk.area(Deed::Decide);
        let mut chosen = Vec::new();
        let mut last = 0;
        loop {
            let page = act.reading().waiting(&book, &import.id, OPEN, last).await?;
            let (Some(first), Some(end)) = (page.first().map(|row| row.nth), page.last()) else {
                break;
            };
            last = end.nth;
            let candidates = act
                .reading()
                .candidates(&book, &import.id, (first, last))
                .await?;
            for row in page {
                if row.kind == CHANGES
                    || row.note == "follows"
                    || !cut.holds(&row.edition, row.unit.as_deref())
                {
                    continue;
                }
                let at = candidates.partition_point(|one| one.nth < row.nth);
                let best = candidates.get(at).filter(|one| one.nth == row.nth);
                let probability = best.map_or(0.0, |one| list::probability(one.millionths));
                match which {
                    Many::NewBelow(below) if probability < below => {
                        chosen.push((row, Choice::New));
                    }
                    Many::SameFrom(from) if probability >= from && row.note.is_empty() => {
                        if let Some(child) = best.and_then(|one| one.child.clone()) {
                            chosen.push((row, Choice::Same(child, Vec::new())));
                        }
                    }
                    _ => {}
                }
            }
        }
        if only_show {
            let count = chosen.len() as u64;
            let new = matches!(which, Many::NewBelow(_));
            return Ok(Outcome {
                import: import.id.clone(),
                rows: count,
                new: if new { count } else { 0 },
                same: if new { 0 } else { count },
                left: left(act.reading(), &book, &import.id)
                    .await?
                    .saturating_sub(count),
                ..Outcome::default()
            });
        }
        let mut applier = Applier::new((&mut act, &mut *desk, &book), &import, by);
        for (row, choice) in chosen {
            applier.decide(row, &choice).await?;
        }
        let mut out = applier.write().await?;
        out.left = left(act.reading(), &book, &import.id).await?;
        let detail = serde_json::json!({"rows": out.rows, "new": out.new, "same": out.same, "changed": out.changed});
        act.finish(&import.id, &detail.to_string()).await?;
        open.leave().await;
        out.done = true;
        Ok(out)
    })
}

/// Rows of an import that wait.
async fn left(tx: &mut Tx, book: &str, import: &str) -> Done<u64> {
    let counts = tx.waiting_counts(book).await?;
    let open = counts
        .iter()
        .filter(|(of, _, state, _)| of == import && state == OPEN)
        .map(|(_, _, _, count)| count.unsigned_abs())
        .sum();
    Ok(open)
}

fn holds(import: &Import) -> Done<()> {
    if import.state == APPLIED {
        return Ok(());
    }
    Err(Failed::Refused(
        "lần nhập này đã bị hủy, các dòng chờ của nó không còn.".to_owned(),
    ))
}

/// Whether a choice is one for this row.
fn fits(row: &Waiting, choice: &Choice) -> Done<()> {
    let refuse = |sentence: &str| Err(Failed::Refused(sentence.to_owned()));
    if row.state != OPEN {
        return refuse("dòng này đã được quyết định; muốn làm lại thì treem decide --undo trước.");
    }
    let fields = match choice {
        Choice::Same(_, fields) | Choice::Take(fields) => fields.as_slice(),
        _ => &[],
    };
    if let Some(unknown) = fields.iter().find(|field| !same::is_field(field)) {
        return refuse(&format!("không có trường “{unknown}” để lấy."));
    }
    match (row.kind.as_str(), choice) {
        (PERHAPS | AGAIN, Choice::Take(_) | Choice::Keep) => {
            refuse("dòng này chưa rõ là trẻ nào: hãy chọn --same hoặc --new trước.")
        }
        (CHANGES, Choice::Same(..) | Choice::New) => refuse(
            "dòng này đã rõ là trẻ nào, chỉ có trường khác nhau: hãy chọn --take hoặc --keep.",
        ),
        (CHANGES, Choice::Take(fields)) => {
            let known: Vec<&str> = row.fields.split(',').collect();
            match fields.iter().find(|field| !known.contains(&field.as_str())) {
                Some(field) => refuse(&format!(
                    "trường “{field}” không khác; các trường khác: {}.",
                    row.fields
                )),
                None => Ok(()),
            }
        }
        _ => Ok(()),
    }
}
