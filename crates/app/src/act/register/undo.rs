//! `treem imports`, `treem undo`: imports, and turning one back or forth again. Nothing is deleted: its children are withdrawn, with an
//! event each; what was edited later is kept and told.
//!
//! In: an import. Out: [`Listed`], [`Undone`].

use super::{Book, Desk, Done, Failed, begin, wait};
use crate::limits;
use treem_store::child::{ACTIVE, WITHDRAWN};
use treem_store::import::{APPLIED, Import, UNDONE};

/// An import in the list.
#[derive(serde::Serialize)]
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
    /// Decisions and how many rows each has.
    pub decisions: std::collections::BTreeMap<String, i64>,
    /// Its files.
    pub files: serde_json::Value,
}

/// What undoing, or doing again, came to or would come to.
#[derive(serde::Serialize)]
pub struct Undone {
    /// The import.
    pub import: String,
    /// `undone` or `applied`: the state it has, or would have.
    pub state: String,
    /// It was done; else this is only what would be.
    pub done: bool,
    /// Children turned.
    pub turned: u64,
    /// Children edited later, who stay as they are.
    pub kept: u64,
    /// Their ids, some of them where there are many.
    pub kept_ids: Vec<String>,
}

/// All imports, the oldest first.
///
/// # Errors
/// The register cannot be used.
pub fn list(desk: &Desk) -> Done<Vec<Listed>> {
    wait(async {
        let open = desk.open().await?;
        let book = &open.book.register;
        let mut tx = open.store.read().await?;
        let mut out = Vec::new();
        for import in tx.imports(book).await? {
            let decisions = tx.import_decisions(book, &import.id).await?;
            out.push(Listed {
                import: import.id,
                at: import.at,
                who: import.who,
                as_of: import.as_of,
                state: import.state,
                rows: import.rows,
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
pub fn run(desk: &mut Desk, import: &str, again: bool, only_show: bool) -> Done<Undone> {
    wait(async {
        let open = desk.open().await?;
        let import = find(&open, import).await?;
        let (state, child_state, act) = if again {
            (APPLIED, ACTIVE, "redo")
        } else {
            (UNDONE, WITHDRAWN, "undo")
        };
        if import.state == state {
            return Err(Failed::Refused(if again {
                "lần nhập này đang có hiệu lực, chưa bị hủy.".to_owned()
            } else {
                "lần nhập này đã được hủy; muốn nhập lại thì thêm --redo.".to_owned()
            }));
        }
        let mut out = look(&open, &import.id, state, child_state).await?;
        if only_show {
            return Ok(out);
        }
        let book = open.book.register.clone();
        let mut act = begin(&open.store, desk.doing(&book, act, "")).await?;
        if again
            && act.reading().children_in_state(&book, ACTIVE).await?
                > i64::try_from(out.kept).unwrap_or(0)
        {
            return Err(Failed::Refused("trong sổ đã có trẻ của lần nhập khác; nhập lại lần này thì có trẻ bị ghi hai lần. Hãy hủy lần nhập kia trước.".to_owned()));
        }
        if !act.set_import_state(&import.id, state).await? {
            return Err(Failed::Refused(
                "lần nhập này vừa được người khác hủy hoặc nhập lại.".to_owned(),
            ));
        }
        out.turned = act.turn_import(&import.id, child_state).await?;
        out.done = true;
        let detail = serde_json::json!({"turned": out.turned, "kept": out.kept});
        act.finish(&import.id, &detail.to_string()).await?;
        open.store.close().await;
        Ok(out)
    })
}

async fn find(open: &Book, import: &str) -> Done<Import> {
    let mut tx = open.store.read().await?;
    tx.import(&open.book.register, import)
        .await?
        .ok_or_else(|| {
            Failed::Refused(format!(
                "không có lần nhập “{import}”; xem các lần nhập bằng treem imports."
            ))
        })
}

/// What would be turned, and what was edited later.
async fn look(open: &Book, import: &str, state: &str, child_state: &str) -> Done<Undone> {
    let mut out = Undone {
        import: import.to_owned(),
        state: state.to_owned(),
        done: false,
        turned: 0,
        kept: 0,
        kept_ids: Vec::new(),
    };
    let mut tx = open.store.read().await?;
    let mut last = String::new();
    loop {
        let page = tx
            .import_children(&open.book.register, import, &last)
            .await?;
        let Some(end) = page.last() else { break };
        last.clone_from(&end.child);
        for touched in &page {
            if touched.version == touched.seq && touched.state != child_state {
                out.turned += 1;
            } else if touched.version > touched.seq {
                out.kept += 1;
                if out.kept_ids.len() < limits::LATER_EDITS {
                    out.kept_ids.push(touched.child.clone());
                }
            }
        }
    }
    Ok(out)
}
