//! Households' sheets (Phiếu rà soát hộ gia đình): the children of a list or of a hamlet, household by household in the order in which one
//! walks, each household with the code of its sheet.
//!
//! In: a list, or a commune with a hamlet. Out: [`Sheets`]. Who lives together is not written down anywhere for sure: children of one hamlet are
//! taken for one household where they have the same household code, the same mother and father as far as both are known, or the same
//! house number. A household keeps its sheet's code as long as its children are the same.

mod houses;

use super::super::again::said::Columns;
use super::super::{Book, Desk, Done, Failed, begin, wait};
use super::draw::counts;
use super::frozen::{freeze, reasons};
use super::held::{Held, row_code};
use super::{list_of, show};
use crate::access::Deed;
use crate::act::access::look::Seen;
use houses::{Member, digest, households, member};
use treem_child::field::Field;
use treem_child::handover::code;
use treem_child::handover::frozen::Frozen;
use treem_child::handover::texts::missing_of;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::syllable::ascii_fold;
use treem_child::normalise::unit::{Edition, Unit};
use treem_store::Tx;
use treem_store::child::ACTIVE;
use treem_store::handover::OPEN;

/// Whose sheets.
pub enum Of {
    /// Of the children of a list.
    List(String),
    /// Of all children of a commune on a day, or of a hamlet of it.
    Hamlet {
        /// The commune.
        unit: (&'static Edition, &'static Unit),
        /// The hamlet; empty: all.
        hamlet: String,
        /// The day.
        as_of: PartialDate,
    },
}

/// A child on a sheet.
#[derive(Clone, serde::Serialize)]
pub struct SheetChild {
    /// Its row, where the sheet is of a list.
    pub row: Option<code::Row>,
    /// The child.
    pub child: String,
    /// What we have, in the fields of a list. The code inside is the row's, or means nothing.
    pub known: Frozen,
    /// What is missing or wrong, field by field: what to ask for.
    pub missing: Vec<Field>,
}

/// A household with its sheet.
#[derive(Clone, serde::Serialize)]
pub struct Household {
    /// The code of the sheet.
    pub sheet: code::Sheet,
    /// Hamlet.
    pub hamlet: String,
    /// Address.
    pub address: String,
    /// Head of the household, where it is written.
    pub head: String,
    /// Telephone, where one is written.
    pub phone: String,
    /// The children, the oldest first.
    pub children: Vec<SheetChild>,
}

/// Households in the order in which one walks.
#[derive(serde::Serialize)]
pub struct Sheets {
    /// The list, where they are of one.
    pub list: Option<code::List>,
    /// Edition of the unit.
    pub edition: String,
    /// The commune.
    pub unit: String,
    /// The households.
    pub households: Vec<Household>,
}

async fn members(
    tx: &mut Tx,
    book: &str,
    desk: &Desk,
    of: &Of,
) -> Done<(Option<code::List>, (String, String), Vec<Member>)> {
    let columns = Columns::new();
    let mut out = Vec::new();
    match of {
        Of::List(text) => {
            let held = Held::of(tx, book, list_of(text)?).await?;
            let (edition, unit) = held.unit();
            let place = (edition.to_owned(), unit.to_owned());
            show::must_see(desk, held.unit())?;
            for row in tx.handover_rows(book, held.list.number).await? {
                if row.state == OPEN {
                    let child = tx.child(book, &row.child).await?;
                    let findings = tx.findings(book, &row.child).await?;
                    let why = reasons(&row);
                    out.push(member(&columns, row_code(&row), (child, findings), why));
                }
            }
            Ok((Some(held.code), place, out))
        }
        Of::Hamlet {
            unit: (edition, unit),
            hamlet,
            as_of,
        } => {
            desk.must(Deed::See, edition.from, Some(unit.code))?;
            let (day, wanted) = (as_of.to_string(), ascii_fold(hamlet.trim()));
            let mut last = String::new();
            loop {
                let place = (edition.from, unit.code);
                let page = tx.children_of_unit(book, place, &last).await?;
                let Some(end) = page.last() else { break };
                last.clone_from(&end.id);
                for child in page {
                    if child.now.state != ACTIVE || !counts(&child.now, &day) {
                        continue;
                    }
                    let findings = tx.findings(book, &child.id).await?;
                    let one = member(&columns, None, (child, findings), Vec::new());
                    if wanted.is_empty() || ascii_fold(&one.hamlet) == wanted {
                        out.push(one);
                    }
                }
            }
            Ok((None, (edition.from.to_owned(), unit.code.to_owned()), out))
        }
    }
}

/// The sheets of a list or a hamlet. Sheets that are new are given their codes as one act; else nothing is written.
///
/// # Errors
/// [`Failed::Refused`]: no such list, no children there.
pub fn sheets(desk: &mut Desk, of: &Of) -> Done<Sheets> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.clone();
        let (list, (edition, unit), found) = members(&mut tx, &book, desk, of).await?;
        drop(tx);
        if found.is_empty() {
            return Err(Failed::Refused(
                "Ở đây không có trẻ nào để in phiếu rà soát.".to_owned(),
            ));
        }
        let count = found.len();
        let houses = households(found);
        let numbers = codes(desk, &open, (&edition, &unit), &houses).await?;
        let seen = Seen::Children(count as u64);
        desk.looks(&open, (Deed::HandOver, "sheets"), seen).await?;
        open.leave().await;
        let columns = Columns::new();
        let households = numbers
            .into_iter()
            .zip(houses)
            .filter_map(|(number, house)| household(&columns, number, house))
            .collect();
        Ok(Sheets {
            list,
            edition,
            unit,
            households,
        })
    })
}

async fn codes(
    desk: &mut Desk,
    open: &Book,
    (edition, unit): (&str, &str),
    houses: &[Vec<Member>],
) -> Done<Vec<i64>> {
    let book = open.book.register.clone();
    let mut act = begin(&open.store, desk.doing(&book, "handover-sheets", "")).await?;
    let mut out = Vec::with_capacity(houses.len());
    for house in houses {
        let hamlet = house.first().map_or("", |one| one.hamlet.as_str());
        let children: Vec<String> = house.iter().map(|one| one.child.id.clone()).collect();
        let number = act
            .sheet_of(&digest(house), (edition, unit, hamlet), &children)
            .await?;
        if number > i64::from(code::LAST_SHEET) {
            return Err(Failed::Refused(
                "Sổ này đã dùng hết số phiếu rà soát. Báo người bảo trì phần mềm.".to_owned(),
            ));
        }
        out.push(number);
    }
    let detail = serde_json::json!({"unit": unit, "sheets": out.len()});
    act.finish(unit, &detail.to_string()).await?;
    Ok(out)
}

fn household(columns: &Columns, number: i64, house: Vec<Member>) -> Option<Household> {
    let sheet = code::Sheet::new(u32::try_from(number).ok()?)?;
    let none = code::List::new(code::FIRST_LIST).and_then(|list| code::Row::new(list, 1))?;
    let first = house.first()?;
    let (hamlet, address) = (first.hamlet.clone(), first.address.clone());
    let head = house
        .iter()
        .map(|one| one.head.clone())
        .find(|head| !head.is_empty())
        .unwrap_or_default();
    let children: Vec<SheetChild> = house
        .into_iter()
        .map(|one| {
            let both = (&one.child, one.findings.as_slice());
            let known = freeze(columns, one.row.unwrap_or(none), both, &one.why);
            let fields = one
                .findings
                .iter()
                .filter(|finding| finding.severity != "note")
                .filter_map(|finding| Field::from_code(&finding.field));
            SheetChild {
                row: one.row,
                missing: missing_of(&known, fields),
                child: one.child.id,
                known,
            }
        })
        .collect();
    let phone = children
        .iter()
        .map(|one| one.known.phone.clone())
        .find(|phone| !phone.is_empty())
        .unwrap_or_default();
    Some(Household {
        sheet,
        hamlet,
        address,
        head,
        phone,
        children,
    })
}

/// The children of a sheet, by its code as printed, typed or scanned.
#[derive(serde::Serialize)]
pub struct Opened {
    /// The code.
    pub sheet: code::Sheet,
    /// Edition of the unit.
    pub edition: String,
    /// The commune.
    pub unit: String,
    /// Hamlet.
    pub hamlet: String,
    /// When it was made.
    pub at: String,
    /// Each child, and its row on an open list where it stands on one.
    pub children: Vec<(String, Option<code::Row>)>,
}

/// Opens a sheet.
///
/// # Errors
/// [`Failed::Refused`]: no such code or sheet; [`Failed::Denied`].
pub fn sheet(desk: &Desk, text: &str) -> Done<Opened> {
    let code = code::Sheet::read(text).map_err(|misread| Failed::Refused(misread.sentence()))?;
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let found = tx.sheet(book, i64::from(code.number())).await?;
        let Some((sheet, ids)) = found else {
            return Err(Failed::Refused(format!(
                "Trong sổ không có phiếu {code}. Xem lại mã in trên phiếu."
            )));
        };
        desk.must(Deed::See, &sheet.edition, Some(&sheet.unit))?;
        let mut children = Vec::with_capacity(ids.len());
        for id in ids {
            let rows = tx.handover_rows_of(book, &id).await?;
            let row = rows.iter().find(|row| row.state == OPEN);
            children.push((id, row.and_then(row_code)));
        }
        Ok(Opened {
            sheet: code,
            edition: sheet.edition,
            unit: sheet.unit,
            hamlet: sheet.hamlet,
            at: sheet.at,
            children,
        })
    })
}
