//! The children behind a figure of the table, page by page.
//!
//! In: a unit or hamlet, which figure, the last child of the page before. Out: [`Page`]. Who looks is written down.

use super::figures;
use crate::access::{Cut, Deed};
use crate::act::access::look::Seen;
use crate::act::register::facets::rows::{self, Row};
use crate::act::register::geography::{Meant, units_meant};
use crate::act::register::{Desk, Done, Failed, rules, wait};
use crate::limits;
use treem_child::normalise::unit::{Edition, Unit};
use treem_store::Tx;
use treem_store::tally::{COMPLETE, ERRORS, IDENTIFIED, Paged, VERIFIED, Which};

/// Figures with children behind them.
pub const FIGURES: [(&str, &str, i64, i64); 9] = [
    ("registered", "Đã có trên phần mềm", 0, 0),
    ("identified", "Đã chuẩn hóa", IDENTIFIED, IDENTIFIED),
    ("unidentified", "Chưa chuẩn hóa", IDENTIFIED, 0),
    ("complete", "Đủ thông tin cơ bản", COMPLETE, COMPLETE),
    ("incomplete", "Chưa đủ thông tin cơ bản", COMPLETE, 0),
    ("verified", "Công an đã xác thực", VERIFIED, VERIFIED),
    ("unverified", "Công an chưa xác thực", VERIFIED, 0),
    ("to_clean", "Còn phải làm sạch", ERRORS, ERRORS),
    ("clean", "Không còn lỗi", ERRORS, 0),
];

/// What is asked for.
pub struct Asked {
    /// The day on which they are children, `YYYY-MM-DD`.
    pub as_of: String,
    /// The edition of the unit.
    pub edition: &'static Edition,
    /// The unit; `None`: the whole book.
    pub unit: Option<&'static Unit>,
    /// A hamlet of the unit; empty: those without one.
    pub hamlet: Option<String>,
    /// Which figure ([`FIGURES`]).
    pub figure: String,
}

/// A page.
#[derive(serde::Serialize)]
pub struct Page {
    /// What the figure says.
    pub title: &'static str,
    /// The children, in the order of their entry.
    pub rows: Vec<Row>,
    /// Where the next page begins; none on the last.
    pub next: Option<String>,
}

/// A page of the children behind a figure.
///
/// # Errors
/// [`Failed::Denied`]; [`Failed::Refused`]: no such figure, or children of it stand in units that are not seen whole.
pub fn page(desk: &mut Desk, asked: &Asked, after: &str) -> Done<Page> {
    wait(async {
        match asked.unit {
            Some(unit) => desk.must(Deed::See, asked.edition.from, Some(unit.code))?,
            None => desk.must_whole(Deed::See)?,
        }
        let known = FIGURES.iter().find(|(code, ..)| *code == asked.figure);
        let Some((_, title, mask, bits)) = known else {
            return Err(Failed::Refused(
                "không có con số này trong bảng tiến độ.".to_owned(),
            ));
        };
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let which = Which {
            day: &asked.as_of,
            mask: *mask,
            bits: *bits,
            unit: None,
            hamlet: asked.hamlet.as_deref().filter(|_| asked.unit.is_some()),
        };
        let most = limits::LIST_PAGE;
        let see = desk.area(Deed::See);
        let mut ids = ids(&mut tx, book, (asked, &see), which, (after, most + 1)).await?;
        let more = ids.len() > most;
        ids.truncate(most);
        let set = rules::in_force(&mut tx, book).await?;
        let cut = desk.area(Deed::SeeSensitive);
        let rows = rows::rows(&mut tx, book, &set, &ids, (false, &cut)).await?;
        drop(tx);
        desk.looks(
            &open,
            (Deed::See, "report"),
            Seen::Children(rows.len() as u64),
        )
        .await?;
        Ok(Page {
            title,
            next: ids.last().cloned().filter(|_| more),
            rows,
        })
    })
}

/// Ids of the children behind a figure after one, at most so many.
async fn ids(
    tx: &mut Tx,
    book: &str,
    (asked, see): (&Asked, &Cut),
    which: Which<'_>,
    (after, most): (&str, usize),
) -> Done<Vec<String>> {
    let limit = i64::try_from(most).unwrap_or(i64::MAX);
    let Some(unit) = asked.unit else {
        let page = tx.tally_page(book, which, after, limit).await?;
        return Ok(page.into_iter().map(|one| one.child).collect());
    };
    let figures = figures::of(tx, book, (asked.edition, &asked.as_of)).await?;
    // Who they are is for those who see the units they stand in now; after a reform areas are given anew.
    if !figures.is_listed(Some(unit), see) {
        return Err(Failed::Refused(
            "một số trẻ của con số này nay ở đơn vị không nằm trọn trong địa bàn được giao nên con số không mở thành danh sách được; hãy nhờ người quản trị giao lại địa bàn theo danh mục đơn vị mới.".to_owned(),
        ));
    }
    let units = units_meant(figures.groups(unit));
    let is_of = |one: &Paged| {
        let meant = units.get(&(one.edition.clone(), one.unit.clone()));
        meant.is_some_and(|meant| meant.holds(&one.way, &one.hamlet))
    };
    let one_by_one = units.len() <= limits::UNITS_ONE_BY_ONE || which.hamlet.is_some();
    // Of units that are meant with all their ways no child of a page is in vain.
    let places: Vec<(Option<(&str, &str)>, i64)> = if one_by_one {
        let of = units.iter().map(|((edition, unit), meant)| {
            let step = if *meant == Meant::All {
                limit
            } else {
                limits::SCAN_PAGE
            };
            (Some((edition.as_str(), unit.as_str())), step)
        });
        of.collect()
    } else {
        vec![(None, limits::SCAN_PAGE)]
    };
    let mut out = Vec::new();
    for (unit, step) in places {
        let which = Which { unit, ..which };
        let (mut found, mut last) = (0, after.to_owned());
        while found < most {
            let page = tx.tally_page(book, which, &last, step).await?;
            let Some(end) = page.last() else { break };
            last.clone_from(&end.child);
            let before = out.len();
            out.extend(page.into_iter().filter(is_of).map(|one| one.child));
            found += out.len() - before;
        }
    }
    // Each gives its first ones; the first of all are among them.
    out.sort();
    out.truncate(most);
    Ok(out)
}
