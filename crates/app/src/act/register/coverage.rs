//! `treem coverage` without a file: the table of progress from the register, on a day, as the book is or was, in the units of any edition.
//!
//! In: the day, perhaps a moment, perhaps a printed table. Out: the same [`Coverage`] as from a checked folder.

use super::geography::{Asked, Group, Headcounts, Placed, groups, place};
use super::missing::report::headcount_notes;
use super::{Desk, Done, Failed, wait};
use crate::access::Deed;
use crate::act::coverage::{Figures, of_figures, read_printed};
use std::path::Path;
use treem_child::normalise::unit::{Edition, Level};
use treem_child::report::coverage::Coverage;
use treem_store::Tx;

/// What the register has for a table of progress.
pub(super) struct Gathered {
    /// Children where they stand.
    pub(super) groups: Vec<Group>,
    /// Children by unit of the edition.
    pub(super) placed: Placed,
    /// Headcounts of the units of the edition.
    pub(super) headcounts: Headcounts,
}

impl Gathered {
    /// Children whom the police verified, wherever they stand; not known as of a moment.
    fn verified(&self) -> i64 {
        let all = self.placed.children.values();
        all.map(|[.., verified, _]| *verified).sum()
    }

    /// As the table takes it.
    pub(super) fn figures(&self) -> Figures<'_> {
        Figures {
            children: self
                .placed
                .children
                .iter()
                .map(|(code, [all, identified, complete, ..])| {
                    (code.as_str(), [*all, *identified, *complete])
                })
                .collect(),
            headcounts: self
                .headcounts
                .by_unit
                .iter()
                .map(|(code, children)| (*code, *children))
                .collect(),
        }
    }
}

/// Reads children and headcounts in the units of an edition.
pub(super) async fn gather(tx: &mut Tx, book: &str, asked: Asked<'_>) -> Done<Gathered> {
    let groups = groups(tx, book, (asked.day, asked.moment)).await?;
    let placed = place(tx, book, asked, &groups).await?;
    let headcounts = Headcounts::read(tx, book, (asked.edition, asked.day)).await?;
    Ok(Gathered {
        groups,
        placed,
        headcounts,
    })
}

/// Computes the table.
///
/// # Errors
/// [`Failed::Refused`]: no headcounts, or the printed table cannot be used.
pub fn run(
    desk: &Desk,
    edition: &'static Edition,
    at: (&str, Option<&str>),
    printed: Option<&Path>,
) -> Done<Coverage> {
    desk.must_somewhere(Deed::Report)?;
    let printed = read_printed(printed).map_err(Failed::Refused)?;
    against(desk, edition, at, printed.as_ref())
}

/// Computes the table beside a printed one that was read already.
///
/// # Errors
/// [`Failed::Refused`]: no headcounts.
pub fn against(
    desk: &Desk,
    edition: &'static Edition,
    (day, moment): (&str, Option<&str>),
    printed: Option<&Coverage>,
) -> Done<Coverage> {
    wait(async {
        desk.must_somewhere(Deed::Report)?;
        let (open, mut tx) = desk.read().await?;
        let book = &open.book.register;
        let asked = Asked {
            edition,
            day,
            moment,
        };
        let gathered = gather(&mut tx, book, asked).await?;
        let verified = gathered.verified();
        if gathered.headcounts.by_unit.is_empty() {
            return Err(Failed::Refused(format!(
                "trong sổ chưa có số trẻ em báo cáo nào đến ngày {day} theo danh mục đơn vị có hiệu lực từ {}, cũng không có số nào cộng được từ danh mục khác; hãy nạp bằng treem headcount load.",
                edition.from
            )));
        }
        let mut report =
            of_figures(edition, &gathered.figures(), printed).map_err(Failed::Refused)?;
        report.notes.extend(gathered.placed.notes);
        if gathered.headcounts.carried > 0 {
            report.notes.push(format!(
                "Số trẻ em hiện có của {} đơn vị được cộng từ số báo cáo theo danh mục của ngày khác.",
                gathered.headcounts.carried
            ));
        }
        // No unit is called late by a headcount that cannot be, without that being said.
        if moment.is_none() && tx.compared(book).await?.is_some() {
            let level = if edition.has_districts() {
                Level::District
            } else {
                Level::Commune
            };
            let doubted = headcount_notes(
                &mut tx,
                &open.book,
                (edition, day),
                (&gathered.placed.children, &gathered.headcounts),
            )
            .await?;
            let of_level = |code: &str| {
                let unit = edition.by_code(code);
                unit.is_some_and(|unit| unit.level() == level)
            };
            let notes = doubted.into_iter().filter(|(code, _)| of_level(code));
            report.notes.extend(notes.map(|(_, sentence)| sentence));
        }
        if moment.is_none() && verified > 0 {
            report.notes.push(format!(
                "Trong đó {} trẻ có số định danh được Công an cung cấp hoặc xác thực (đã xác thực).",
                treem_child::texts::grouped(verified)
            ));
        }
        Ok(report)
    })
}
