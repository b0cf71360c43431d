//! `treem imports`, `treem undo`: imports, and turning one back or forth again. Nothing is deleted: children it added are withdrawn,
//! children it changed say what they said before, with an event each; its rows that wait are gone. What was edited later is kept and told.
//!
//! In: an import. Out: [`Listed`], [`Undone`].

mod beside;

use super::decide::import_of;
use super::{Desk, Done, Failed, begin, wait};
use crate::access::Deed;
use crate::act::check::{Progress, Stop};
use crate::limits;
use treem_store::Tx;
use treem_store::import::{APPLIED, UNDONE};
use treem_store::queue::{GONE, OPEN};

/// An import in the list.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct Listed {
    /// Its id.
    pub import: String,
    /// When.
    pub at: String,
    /// Who.
    pub who: String,
    /// The day on which age was judged.
    pub as_of: String,
    /// `applied` or `undone`.
    pub state: String,
    /// Rows.
    pub rows: i64,
    /// Rows that wait for a person.
    pub waits: i64,
    /// What the rows were taken for, and how many each has.
    pub decisions: std::collections::BTreeMap<String, i64>,
    /// Its files.
    pub files: serde_json::Value,
}

/// What undoing, or doing again, came to or would come to.
#[derive(Default, serde::Serialize, utoipa::ToSchema)]
pub struct Undone {
    /// The import.
    pub import: String,
    /// `undone` or `applied`: the state it has, or would have.
    pub state: String,
    /// It was done; else this is only what would be.
    pub done: bool,
    /// Children turned: [`Undone::added`] and [`Undone::changed`].
    pub turned: u64,
    /// Children it added: withdrawn, or in the book again.
    pub added: u64,
    /// Children it changed: as before, or as it left them.
    pub changed: u64,
    /// Rows that wait: gone from the queue, or back in it.
    pub waiting: u64,
    /// Done again: children like whom somebody is in the book by now; they wait for a person.
    pub asked: u64,
    /// Children edited later, who stay as they are.
    pub kept: u64,
    /// Their ids, some of them where there are many.
    pub kept_ids: Vec<String>,
    /// The run was stopped.
    #[serde(skip)]
    pub stopped: bool,
}

/// All imports, the oldest first.
///
/// # Errors
/// The register cannot be used.
pub fn list(desk: &Desk) -> Done<Vec<Listed>> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = &open.book.register;
        let mut out = Vec::new();
        let waiting = tx.waiting_counts(book).await?;
        let cut = desk.area(Deed::Import);
        for import in tx.imports(book).await? {
            if !cut.is_whole() && import.who != desk.who {
                continue;
            }
            let decisions = tx.import_decisions(book, &import.id).await?;
            let waits = waiting
                .iter()
                .filter(|(of, _, state, _)| *of == import.id && state == OPEN)
                .map(|(_, _, _, count)| *count)
                .sum();
            out.push(Listed {
                import: import.id,
                at: import.at,
                who: import.who,
                as_of: import.as_of,
                state: import.state,
                rows: import.rows,
                waits,
                decisions: decisions.into_iter().collect(),
                files: serde_json::from_str(&import.files).unwrap_or_default(),
            });
        }
        Ok(out)
    })
}

/// Undoes an import (`again`: does it again), or says what would be (`only_show`).
///
/// # Errors
/// [`Failed::Refused`]: no such import, or it has that state already.
pub fn run(
    desk: &mut Desk,
    import: &str,
    (again, only_show): (bool, bool),
    around: (&dyn Progress, &Stop),
) -> Done<Undone> {
    wait(async {
        let (open, mut read) = desk.read().await?;
        let book = open.book.register.clone();
        let import = import_of(&mut read, &book, import).await?;
        let (state, word) = if again {
            (APPLIED, "redo")
        } else {
            (UNDONE, "undo")
        };
        if import.state == state {
            return Err(Failed::Refused(if again {
                "lần nhập này đang có hiệu lực, chưa bị hủy.".to_owned()
            } else {
                "lần nhập này đã được hủy; muốn nhập lại thì thêm --redo.".to_owned()
            }));
        }
        let mut out = look(&mut read, &book, &import.id, again).await?;
        state.clone_into(&mut out.state);
        may(desk, &mut read, (&book, &import.id)).await?;
        let others = again && read.came_after_undo(&book, &import.id).await? > 0;
        drop(read);
        if only_show && !others {
            return Ok(out);
        }
        let mut act = begin(&open.store, desk.doing(&book, word, "")).await?;
        if !act.set_import_state(&import.id, state).await? {
            return Err(Failed::Refused(
                "lần nhập này vừa được người khác hủy hoặc nhập lại.".to_owned(),
            ));
        }
        around.0.step(
            if again {
                "nhập lại"
            } else {
                "hủy lần nhập"
            },
            0,
            0,
        );
        let turned = if again {
            if others {
                let Some(asked) = beside::ask(&mut act, &book, &import, around).await? else {
                    out.stopped = true;
                    return Ok(out);
                };
                out.asked = asked;
            }
            act.turn_again(&import.id).await?
        } else {
            act.turn_back(&import.id).await?
        };
        (out.added, out.changed, out.waiting) = (turned.added, turned.changed, turned.waiting);
        out.turned = out.added.saturating_add(out.changed);
        if only_show {
            // What was tried leaves nothing: the act is dropped.
            return Ok(out);
        }
        out.done = true;
        let detail = serde_json::json!({
            "turned": out.turned, "added": out.added, "changed": out.changed, "waiting": out.waiting, "asked": out.asked, "kept": out.kept,
        });
        act.finish(&import.id, &detail.to_string()).await?;
        open.leave().await;
        Ok(out)
    })
}

/// Every child the import touched, and every row of it that waits, lies in the area.
async fn may(desk: &Desk, tx: &mut Tx, (book, import): (&str, &str)) -> Done<()> {
    let cut = desk.area(Deed::Undo);
    if cut.is_whole() {
        return Ok(());
    }
    let (mut any, mut last) = (false, String::new());
    loop {
        let page = tx.import_children(book, import, &last).await?;
        let Some(end) = page.last() else { break };
        last.clone_from(&end.child);
        for touched in &page {
            any = true;
            desk.must_child(Deed::Undo, tx, (book, &touched.child))
                .await?;
        }
    }
    for state in [OPEN, GONE] {
        let mut last = 0;
        loop {
            let page = tx.waiting(book, import, state, last).await?;
            let Some(end) = page.last() else { break };
            last = end.nth;
            for row in &page {
                any = true;
                desk.must(Deed::Undo, &row.edition, row.unit.as_deref())?;
            }
        }
    }
    if any {
        return Ok(());
    }
    desk.must_whole(Deed::Undo)
}

/// What would be turned, and what was edited later.
async fn look(tx: &mut Tx, book: &str, import: &str, again: bool) -> Done<Undone> {
    let mut out = Undone {
        import: import.to_owned(),
        ..Undone::default()
    };
    let undone = tx.last_undone(book, import).await?;
    let mut last = String::new();
    loop {
        let page = tx.import_children(book, import, &last).await?;
        let Some(end) = page.last() else { break };
        last.clone_from(&end.child);
        for touched in &page {
            let is_back = matches!(touched.kind.as_str(), "withdrawn" | "reverted");
            if is_back && !(again && touched.act == undone) {
                // Taken back already, by itself.
                continue;
            }
            // A reform is no edit of a child: who was put elsewhere by one, or back, goes with the import all the same.
            if touched.version.saturating_sub(touched.reassigned) > touched.seq {
                out.kept += 1;
                if out.kept_ids.len() < limits::LATER_EDITS {
                    out.kept_ids.push(touched.child.clone());
                }
            } else if is_back == again {
                if touched.others {
                    out.changed += 1;
                } else {
                    out.added += 1;
                }
            }
        }
    }
    let from = if again { GONE } else { OPEN };
    out.waiting = tx
        .waiting_counts(book)
        .await?
        .iter()
        .filter(|(of, _, state, _)| of == import && state == from)
        .map(|(_, _, _, count)| count.unsigned_abs())
        .sum();
    out.turned = out.added.saturating_add(out.changed);
    Ok(out)
}
