//! Takes a reform back: who goes back to the old unit, who stays in the new one and why.
//!
//! In: a reform. Out: [`Undone`].

use super::super::{Book, Desk, Done, Failed, begin, wait};
use super::name_of;
use crate::access::Deed;
use crate::act::units::shown;
use crate::limits;
use treem_store::Tx;
use treem_store::reform::{APPLIED, Reform};

/// A child who is named.
#[derive(Debug, serde::Serialize)]
pub struct Named {
    /// Its id.
    pub child: String,
    /// Its unit.
    pub unit: Option<String>,
    /// The name of its unit.
    pub name: &'static str,
}

/// What taking a reform back came to, or would come to.
#[derive(Debug, serde::Serialize)]
pub struct Undone {
    /// The reform.
    pub reform: String,
    /// It was done.
    pub done: bool,
    /// Children who go back.
    pub turned: i64,
    /// Children to whom something happened later, who stay in their new unit.
    pub kept: u64,
    /// Some of them.
    pub kept_children: Vec<Named>,
    /// Children who came into the new units later, and stay there.
    pub newcomers: u64,
    /// Some of them.
    pub newcomer_children: Vec<Named>,
}

/// Takes a reform back, or says what would be (`only_show`).
///
/// # Errors
/// [`Failed::Refused`]: no such reform, it was taken back, or a later one has to be taken back first.
pub fn undo(desk: &mut Desk, reform: &str, why: &str, only_show: bool) -> Done<Undone> {
    wait(async {
        desk.must_whole(Deed::Units)?;
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.clone();
        let reform = find(&mut tx, &open, reform).await?;
        let mut out = look(&mut tx, &book, &reform).await?;
        drop(tx);
        if only_show {
            return Ok(out);
        }
        let mut act = begin(&open.store, desk.doing(&book, "reform-undo", why)).await?;
        if !act.set_reform_undone(&reform.id).await? {
            return Err(Failed::Refused(
                "lần sắp xếp này vừa được người khác hủy.".to_owned(),
            ));
        }
        let turned = act.unassign(reform.audit_seq).await?;
        out.turned = i64::try_from(turned).unwrap_or(i64::MAX);
        let detail = serde_json::json!({"turned": turned, "kept": out.kept});
        act.finish(&reform.id, &detail.to_string()).await?;
        open.leave().await;
        out.done = true;
        Ok(out)
    })
}

async fn find(tx: &mut Tx, open: &Book, reform: &str) -> Done<Reform> {
    let all = tx.reforms(&open.book.register).await?;
    let Some(found) = all.iter().find(|one| one.id == reform) else {
        return Err(Failed::Refused(format!(
            "không có lần sắp xếp “{}”; xem các lần sắp xếp bằng treem units reform --list.",
            crate::act::units::quoted(reform)
        )));
    };
    if found.state != APPLIED {
        return Err(Failed::Refused(
            "lần sắp xếp này đã được hủy; muốn làm lại thì chạy lại treem units reform.".to_owned(),
        ));
    }
    let later = all
        .iter()
        .rfind(|one| one.state == APPLIED && one.audit_seq > found.audit_seq);
    if let Some(later) = later {
        return Err(Failed::Refused(format!(
            "sau lần này còn lần sắp xếp {} (danh mục {}) đang có hiệu lực; hãy hủy lần ấy trước.",
            later.id,
            shown(&later.edition)
        )));
    }
    Ok(found.clone())
}

/// Who would go back, who would stay.
async fn look(tx: &mut Tx, book: &str, reform: &Reform) -> Done<Undone> {
    let mut out = Undone {
        reform: reform.id.clone(),
        done: false,
        turned: tx.untouched(book, reform.audit_seq).await?,
        kept: 0,
        kept_children: Vec::new(),
        newcomers: 0,
        newcomer_children: Vec::new(),
    };
    for touched in [true, false] {
        let mut last = String::new();
        loop {
            let page = if touched {
                tx.touched(book, reform.audit_seq, &last).await?
            } else {
                tx.newcomers(book, reform, &last).await?
            };
            let Some(end) = page.last() else { break };
            last.clone_from(&end.id);
            let (count, named) = if touched {
                (&mut out.kept, &mut out.kept_children)
            } else {
                (&mut out.newcomers, &mut out.newcomer_children)
            };
            for one in page {
                *count += 1;
                if named.len() < limits::REFORM_NAMED {
                    named.push(Named {
                        name: name_of(&one.edition, one.unit.as_deref().unwrap_or("")),
                        child: one.id,
                        unit: one.unit,
                    });
                }
            }
        }
    }
    Ok(out)
}
