//! What came of the review at home: a child is right as it stands, was put right, does not belong on the list, or was found and is added.
//!
//! In: a row and its result. Out: the list as it is then. A correction goes the way of `treem child edit`, with its own act, second check and
//! findings; a new child is entered as any other and then added. A struck row stays, with the reason.

use super::super::again::Typed;
use super::super::edit::{self, Edited};
use super::super::show::find;
use super::super::{Desk, Done, Failed, begin, wait};
use super::draw::{counts, wrong};
use super::held::{Held, row_code, stored};
use super::show::{Shown, shown_of};
use super::{list_of, must, row_of};
use crate::access::Deed;
use std::collections::BTreeMap;
use treem_child::handover::code;
use treem_child::handover::state::Refusal;
use treem_child::handover::step::{Kind, Step};
use treem_child::normalise::date::PartialDate;
use treem_store::Act;
use treem_store::child::{ACTIVE, DIED, MERGED, MISTAKE, MOVED};
use treem_store::handover::{OPEN, Row};

/// The review found the record right.
pub const SAME: &str = "same";
/// The review changed the record.
pub const CHANGED: &str = "changed";

/// The result of one row.
pub enum Asked {
    /// It is right as it stands.
    Same,
    /// Fields are otherwise: what was written on the sheet.
    Changed {
        /// Fields as typed.
        typed: Vec<Typed>,
        /// The day on which age is judged.
        as_of: PartialDate,
        /// Do it; else only say what would change.
        yes: bool,
    },
}

/// What came of it.
#[derive(serde::Serialize)]
pub struct Reviewed {
    /// The row.
    pub row: code::Row,
    /// `same` or `changed`; empty where nothing was written.
    pub review: &'static str,
    /// What the edit came to, or would.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edited: Option<Edited>,
}

fn loose(held: &Held, kind: Kind) -> Done<()> {
    if held.place().is_loose() {
        return Ok(());
    }
    Err(Refusal::NotFrom(kind, held.place()).into())
}

async fn open_row(act: &mut Act, held: &Held, row: code::Row) -> Done<Row> {
    let book = act.doing().register.clone();
    let rows = act.reading().handover_rows(&book, held.list.number).await?;
    rows.into_iter()
        .find(|one| one.row_number == stored(row.number()) && one.state == OPEN)
        .ok_or_else(|| no_row(row))
}

fn no_row(row: code::Row) -> Failed {
    Failed::Refused(format!(
        "Danh sách {} không có dòng {row}, hoặc dòng ấy đã bị loại. Xem bằng treem handover show {}.",
        row.list(),
        row.list()
    ))
}

/// Writes the result of a row down; a correction is an edit of its own before.
///
/// # Errors
/// [`Failed::Refused`]: no such list or row, it is not in review, the edit is refused.
pub fn row(desk: &mut Desk, list: &str, row: &str, asked: &Asked) -> Done<Reviewed> {
    let list = list_of(list)?;
    let code = row_of(list, row)?;
    let child = wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.clone();
        let held = Held::of(&mut tx, &book, list).await?;
        loose(&held, Kind::Rows)?;
        let (edition, unit) = held.unit();
        desk.must(Deed::Edit, edition, Some(unit))?;
        let rows = tx.handover_rows(&book, held.list.number).await?;
        let row = rows
            .into_iter()
            .find(|one| one.row_number == stored(code.number()) && one.state == OPEN);
        drop(tx);
        open.leave().await;
        Ok(row.ok_or_else(|| no_row(code))?.child)
    })?;
    let (mut edited, mut review) = (None, SAME);
    // The request of the caller is that of the review; the edit has one of its own.
    let request = desk.request.take();
    if let Asked::Changed { typed, as_of, yes } = asked {
        let told = edit::run(
            desk,
            &edit::Asked {
                child,
                typed: typed.clone(),
                why: format!("Rà soát tại hộ, dòng {code}"),
                version: None,
                as_of: *as_of,
                yes: *yes,
            },
        )?;
        if !yes {
            return Ok(Reviewed {
                row: code,
                review: "",
                edited: Some(told),
            });
        }
        edited = Some(told);
        review = CHANGED;
    }
    desk.request = request;
    wait(async {
        let open = desk.open().await?;
        let book = open.book.register.clone();
        let mut act = begin(&open.store, desk.doing(&book, "handover-review", "")).await?;
        let held = Held::of(act.reading(), &book, list).await?;
        loose(&held, Kind::Rows)?;
        open_row(&mut act, &held, code).await?;
        act.set_handover_review(held.list.number, stored(code.number()), review)
            .await?;
        let detail = serde_json::json!({"list": list, "row": code.number(), "review": review});
        act.finish(&list.to_string(), &detail.to_string()).await?;
        open.leave().await;
        Ok(Reviewed {
            row: code,
            review,
            edited,
        })
    })
}

/// Adds children to a list, and strikes rows out, as one act.
///
/// # Errors
/// [`Failed::Refused`]: no such list, child or row, a child stands on an open list, no row would be left.
pub fn rows(
    desk: &mut Desk,
    list: &str,
    (add, strike): (&[String], &[String]),
    why: &str,
) -> Done<Shown> {
    let code = list_of(list)?;
    let strike: Vec<code::Row> = strike
        .iter()
        .map(|row| row_of(code, row))
        .collect::<Done<_>>()?;
    wait(async {
        let open = desk.open().await?;
        let book = open.book.register.clone();
        let mut act = begin(&open.store, desk.doing(&book, "handover", why)).await?;
        let mut held = Held::of(act.reading(), &book, code).await?;
        let step = Step::Rows {
            added: 0,
            struck: 0,
            why: why.to_owned(),
        };
        must(desk, &step, held.unit())?;
        super::held::try_step(held.course.clone(), &act, &step)?;
        let added = add_rows(desk, &mut act, &held, (add, Deed::HandOver)).await?;
        let mut struck = 0_u32;
        for row in strike {
            let number = stored(row.number());
            if !act
                .strike_handover_row(held.list.number, number, why.trim())
                .await?
            {
                return Err(no_row(row));
            }
            struck = struck.saturating_add(1);
        }
        held.take(
            &mut act,
            Step::Rows {
                added,
                struck,
                why: why.to_owned(),
            },
        )
        .await?;
        act.finish(&code.to_string(), &held.detail()).await?;
        let shown = shown_of(desk, &mut open.store.read().await?, &book, &held).await?;
        open.leave().await;
        Ok(shown)
    })
}

/// Adds children to a list, each after `deed` was asked for it; gives how many.
pub(super) async fn add_rows(
    desk: &Desk,
    act: &mut Act,
    held: &Held,
    (add, deed): (&[String], Deed),
) -> Done<u32> {
    let book = act.doing().register.clone();
    let day: String = desk.now.chars().take(10).collect();
    let mut next = held.list.rows;
    let mut rows: Vec<Row> = Vec::with_capacity(add.len());
    for name in add {
        let id = find(act.reading(), &book, name).await?;
        desk.must_child(deed, act.reading(), (&book, &id)).await?;
        let child = act.reading().child(&book, &id).await?;
        if !counts(&child.now, &day) {
            return Err(Failed::Refused(format!(
                "Hồ sơ {id} không còn được theo dõi trong sổ, hoặc đã đủ 16 tuổi: không đưa vào danh sách."
            )));
        }
        let now = (child.now.edition.as_str(), child.now.unit.as_deref());
        if now != (held.list.edition.as_str(), Some(held.list.unit.as_str())) {
            return Err(Failed::Refused(format!(
                "Hồ sơ {id} không thuộc xã của danh sách {}. Sửa nơi ở của trẻ trước, hoặc lập danh sách khác.",
                held.code
            )));
        }
        let of_child = act.reading().handover_rows_of(&book, &id).await?;
        let twice = rows.iter().any(|row| row.child == id);
        if let Some(other) = of_child.iter().find(|row| row.state == OPEN) {
            let place = row_code(other).map_or_else(String::new, |code| code.to_string());
            return Err(Failed::Refused(format!(
                "Hồ sơ {id} đang ở dòng {place} của một danh sách chưa xong: mỗi trẻ chỉ ở một danh sách."
            )));
        }
        if twice {
            return Err(Failed::Refused(format!("Hồ sơ {id} được ghi hai lần.")));
        }
        next = next.saturating_add(1);
        let earlier = of_child
            .first()
            .filter(|row| row.state == treem_store::handover::LEFT)
            .and_then(row_code)
            .map_or_else(String::new, |code| code.to_string());
        rows.push(Row {
            list: held.list.number,
            row_number: next,
            why: wrong(act.reading(), &book, &id).await?.join("|"),
            child: id,
            version: child.version,
            state: OPEN.to_owned(),
            earlier,
            ..Row::default()
        });
    }
    let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let all = super::held::counted(held.list.rows).saturating_add(count);
    if all > code::LAST_ROW {
        return Err(Refusal::TooMany(all).into());
    }
    act.add_handover_rows(&rows).await?;
    Ok(count)
}

/// Strikes out the rows whose child does not count any more, each with the reason.
pub(super) async fn strike_gone(act: &mut Act, held: &mut Held) -> Done<()> {
    let book = act.doing().register.clone();
    let mut gone: BTreeMap<&'static str, Vec<i64>> = BTreeMap::new();
    for row in act.reading().handover_rows(&book, held.list.number).await? {
        if row.state != OPEN {
            continue;
        }
        let why = match act
            .reading()
            .child(&book, &row.child)
            .await?
            .now
            .state
            .as_str()
        {
            ACTIVE => continue,
            DIED => "trẻ đã chết",
            MOVED => "trẻ đã chuyển đi",
            MERGED => "hồ sơ đã gộp vào hồ sơ khác",
            MISTAKE => "hồ sơ nhập nhầm",
            _ => "hồ sơ đã rút khỏi sổ",
        };
        gone.entry(why).or_default().push(row.row_number);
    }
    for (why, rows) in gone {
        let mut struck = 0_u32;
        for row in rows {
            act.strike_handover_row(held.list.number, row, why).await?;
            struck = struck.saturating_add(1);
        }
        held.take(
            act,
            Step::Rows {
                added: 0,
                struck,
                why: why.to_owned(),
            },
        )
        .await?;
    }
    Ok(())
}
