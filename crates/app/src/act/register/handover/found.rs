//! A child nobody knew of, found with a household's sheet, goes onto the list of that sheet by itself: by whoever wrote the sheet down, as long as
//! the list is still being collected.
//!
//! In: a sheet, the list its children stand on, the children just entered. Out: the list holds them; or a sentence, why not. Who does not hand
//! over adds nobody but children they entered themselves, and only beside children of the sheet.

use super::super::{Desk, Done, Failed, begin, wait};
use super::held::{Held, stored};
use super::review::add_rows;
use crate::access::Deed;
use treem_child::handover::code;
use treem_child::handover::step::Step;
use treem_store::Act;
use treem_store::handover::OPEN;

/// The source of a child that was entered by hand.
const ENTRY: &str = "entry";

/// Adds children to the list of a sheet. Who stands on it already stays: the same sheet sent again changes nothing.
///
/// # Errors
/// [`Failed::Refused`]: the list has gone on, no child of the sheet stands on it, a child was not entered by this person;
/// [`Failed::Denied`].
pub fn run(
    desk: &mut Desk,
    (list, sheet): (code::List, code::Sheet),
    children: &[String],
) -> Done<()> {
    let why = format!("Trẻ chưa có trong danh sách, phiếu {sheet}");
    wait(async {
        let open = desk.open().await?;
        let book = open.book.register.clone();
        let mut act = begin(&open.store, desk.doing(&book, "handover", &why)).await?;
        let mut held = Held::of(act.reading(), &book, list).await?;
        let (edition, unit) = held.unit();
        desk.must(Deed::Add, edition, Some(unit))?;
        let hands = desk.may(Deed::HandOver, edition, Some(unit));
        let place = held.place();
        if !place.is_loose() {
            return Err(Failed::Refused(format!(
                "Trẻ mới đã ghi vào sổ, nhưng không vào danh sách {list} được nữa: danh sách đang ở bước “{}”. Trẻ vào danh sách lập lần sau.",
                place.label()
            )));
        }
        of_sheet(&mut act, &held, sheet).await?;
        let mut add = Vec::with_capacity(children.len());
        for child in children {
            let rows = act.reading().handover_rows_of(&book, child).await?;
            if rows
                .iter()
                .any(|row| row.list == held.list.number && row.state == OPEN)
            {
                continue;
            }
            if !hands && !entered(&mut act, child, &desk.who).await? {
                return Err(Failed::Refused(format!(
                    "Trẻ này đã có hồ sơ trong sổ từ trước; cán bộ xã xem rồi bổ sung vào danh sách {list}."
                )));
            }
            add.push(child.clone());
        }
        if add.is_empty() {
            return Ok(());
        }
        let added = add_rows(desk, &mut act, &held, (&add, Deed::Add)).await?;
        let step = Step::Rows {
            added,
            struck: 0,
            why: why.clone(),
        };
        held.take(&mut act, step).await?;
        act.finish(&list.to_string(), &held.detail()).await?;
        open.leave().await;
        Ok(())
    })
}

/// A child of the sheet stands on the list.
async fn of_sheet(act: &mut Act, held: &Held, sheet: code::Sheet) -> Done<()> {
    let book = act.doing().register.clone();
    let found = act.reading().sheet(&book, stored(sheet.number())).await?;
    for child in found.map(|(_, children)| children).unwrap_or_default() {
        let rows = act.reading().handover_rows_of(&book, &child).await?;
        if rows
            .iter()
            .any(|row| row.list == held.list.number && row.state == OPEN)
        {
            return Ok(());
        }
    }
    Err(Failed::Refused(format!(
        "Phiếu {sheet} không có trẻ nào trong danh sách {}.",
        held.code
    )))
}

/// This person has entered the child by hand.
async fn entered(act: &mut Act, child: &str, who: &str) -> Done<bool> {
    let book = act.doing().register.clone();
    let events = act.reading().events(&book, child).await?;
    Ok(events
        .first()
        .is_some_and(|first| first.kind == "added" && first.source == ENTRY && first.who == who))
}
