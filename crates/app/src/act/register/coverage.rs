//! `treem coverage` without a file: the table of progress from the register, on a day, as the book is or was.
//!
//! In: the day, perhaps a moment, perhaps a printed table. Out: the same [`Coverage`] as from a checked folder.

use super::{Desk, Done, Failed, wait};
use crate::act::coverage::{Figures, of_figures};
use std::path::Path;
use treem_child::normalise::unit::Edition;
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
        let open = desk.open().await?;
        let book = &open.book.register;
        let mut tx = open.store.read().await?;
        let counted = tx.counted(book, day, moment).await?;
        let headcounts = tx.headcounts(book, day).await?;
        let ours = |of: &str| of == edition.from;
        let figures = Figures {
            children: counted
                .iter()
                .map(|one| {
                    let unit = if ours(&one.edition) {
                        one.unit.as_str()
                    } else {
                        ""
                    };
                    (unit, [one.children, one.identified, one.complete])
                })
                .collect(),
            headcounts: headcounts
                .iter()
                .filter(|one| ours(&one.edition))
                .map(|one| (one.unit.as_str(), one.children))
                .collect(),
        };
        if figures.headcounts.is_empty() {
            return Err(Failed::Refused(format!(
                "trong sổ chưa có số trẻ em báo cáo nào đến ngày {day} theo danh mục đơn vị có hiệu lực từ {}; hãy nạp bằng treem headcount load.",
                edition.from
            )));
        }
        let mut report = of_figures(edition, &figures, printed).map_err(Failed::Refused)?;
        let theirs: i64 = counted
            .iter()
            .filter(|one| !ours(&one.edition))
            .map(|one| one.children)
            .sum();
        if theirs > 0 {
            report.notes.push(format!(
                "Trong đó {} trẻ được ghi theo danh mục đơn vị hành chính của ngày khác; chọn danh mục ấy bằng --edition.",
                treem_child::texts::grouped(theirs.unsigned_abs())
            ));
        }
        Ok(report)
    })
}
