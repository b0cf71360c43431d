//! `treem coverage` without a file: the table of progress from the register, on a day, as the book is or was, in the units of any edition.
//!
//! In: the day, perhaps a moment, perhaps a printed table. Out: the same [`Coverage`] as from a checked folder.

use super::geography::{Asked, Group, carry, place};
use super::missing::report::headcount_notes;
use super::{Desk, Done, Failed, wait};
use crate::access::Deed;
use crate::act::coverage::{Figures, of_figures};
use std::path::Path;
use treem_child::normalise::unit::{Edition, Level};
use treem_child::report::coverage::Coverage;

/// Computes the table.
///
/// # Errors
/// [`Failed::Refused`]: no headcounts, or the printed table cannot be used.
pub fn run(
    desk: &Desk,
    edition: &'static Edition,
    (day, moment): (&str, Option<&str>),
    printed: Option<&Path>,
) -> Done<Coverage> {
    wait(async {
        desk.must_somewhere(Deed::Report)?;
        let open = desk.open().await?;
        let book = &open.book.register;
        let mut tx = open.store.read().await?;
        let counted = tx.counted(book, day, moment).await?;
        let counted: Vec<Group> = counted.into_iter().map(Group::from).collect();
        let asked = Asked {
            edition,
            day,
            moment,
        };
        let placed = place(&mut tx, book, asked, &counted).await?;
        let (headcounts, carried) = carry(edition, &tx.headcounts(book, day).await?);
        if headcounts.is_empty() {
            return Err(Failed::Refused(format!(
                "trong sổ chưa có số trẻ em báo cáo nào đến ngày {day} theo danh mục đơn vị có hiệu lực từ {}, cũng không có số nào cộng được từ danh mục khác; hãy nạp bằng treem headcount load.",
                edition.from
            )));
        }
        let figures = Figures {
            children: placed
                .children
                .iter()
                .map(|(code, [all, identified, complete, ..])| {
                    (code.as_str(), [*all, *identified, *complete])
                })
                .collect(),
            headcounts: headcounts
                .iter()
                .map(|(code, children)| (*code, *children))
                .collect(),
        };
        let mut report = of_figures(edition, &figures, printed).map_err(Failed::Refused)?;
        report.notes.extend(placed.notes);
        if carried > 0 {
            report.notes.push(format!(
                "Số trẻ em hiện có của {carried} đơn vị được cộng từ số báo cáo theo danh mục của ngày khác."
            ));
        }
        // No unit is called late by a headcount that cannot be, without that being said.
        if moment.is_none() && tx.compared(book).await?.is_some() {
            let level = if edition.has_districts() {
                Level::District
            } else {
                Level::Commune
            };
            let doubted = headcount_notes(&mut tx, &open.book, edition, day).await?;
            let of_level = |code: &str| {
                let unit = edition.by_code(code);
                unit.is_some_and(|unit| unit.level() == level)
            };
            let notes = doubted.into_iter().filter(|(code, _)| of_level(code));
            report.notes.extend(notes.map(|(_, sentence)| sentence));
        }
        if moment.is_none() {
            let verified = tx.verified(book, day).await?;
            let children: i64 = verified.iter().map(|(_, _, count)| *count).sum();
            if children > 0 {
                report.notes.push(format!(
                    "Trong đó {} trẻ có số định danh được Công an cung cấp hoặc xác thực (đã xác thực).",
                    treem_child::texts::grouped(children)
                ));
            }
        }
        Ok(report)
    })
}
