//! One household's sheet on a screen: what we have, what is missing; and names of children on a list.
//!
//! In: the sheet's code, or children's ids. Out: [`Visit`], [`Named`]. What a person may not see is masked or left out here.

use super::super::again::said::Columns;
use super::super::mass::plan::name;
use super::super::texts::masked;
use super::super::{Desk, Done, unit_name, wait};
use super::frozen::freeze;
use super::{sheets, show};
use crate::access::Deed;
use crate::act::access::look::Seen;
use std::collections::BTreeMap;
use treem_child::field::Field;
use treem_child::handover::code;
use treem_child::handover::frozen::Frozen;
use treem_child::handover::state::Place;
use treem_child::handover::texts::missing_of;
use treem_child::normalise::unit;
use treem_store::child::ACTIVE;

/// A child of a household.
pub struct At {
    /// Its row on a list that is open.
    pub row: Option<code::Row>,
    /// What came of the review: `same`, `changed`, or empty.
    pub review: String,
    /// The child.
    pub child: String,
    /// The record is open; else nothing is asked.
    pub active: bool,
    /// What we have; the number is masked where the person may not see it, the ethnic group is left out where it is only said to be there.
    pub known: Frozen,
    /// There is an ethnic group that this person may not see.
    pub sealed: bool,
    /// What is missing or wrong.
    pub missing: Vec<Field>,
}

/// A household.
pub struct Visit {
    /// The sheet.
    pub sheet: code::Sheet,
    /// Edition of the unit.
    pub edition: &'static str,
    /// The commune.
    pub unit: String,
    /// Its name.
    pub unit_name: String,
    /// Hamlet.
    pub hamlet: String,
    /// The children, the oldest first.
    pub children: Vec<At>,
    /// The list on which rows may still be added and struck out, where there is one.
    pub list: Option<code::List>,
    /// This person may add rows to it and strike them out.
    pub may_rows: bool,
}

/// A child on a list, as a page names it.
#[derive(Clone, Default)]
pub struct Named {
    /// Name.
    pub name: String,
    /// Birth date as far as it is known.
    pub birth: String,
    /// Hamlet.
    pub hamlet: String,
}

/// Opens a sheet. It is written down that its children were seen.
///
/// # Errors
/// [`super::Failed::Refused`]: no such code or sheet; [`super::Failed::Denied`].
pub fn open(desk: &mut Desk, sheet: &str) -> Done<Visit> {
    let sheet = sheets::sheet(desk, sheet)?;
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let columns = Columns::new();
        let none = code::List::new(code::FIRST_LIST).and_then(|list| code::Row::new(list, 1));
        let (edition, unit) = (sheet.edition.as_str(), sheet.unit.as_str());
        let may = |deed| desk.may(deed, edition, Some(unit));
        let (numbers, sensitive) = (may(Deed::SeeNumber), may(Deed::SeeSensitive));
        let mut out = Visit {
            sheet: sheet.sheet,
            edition: unit::edition(edition).from,
            unit: unit.to_owned(),
            unit_name: unit_name(edition, unit),
            hamlet: sheet.hamlet.clone(),
            children: Vec::with_capacity(sheet.children.len()),
            list: None,
            may_rows: may(Deed::HandOver),
        };
        for (id, row) in &sheet.children {
            let child = tx.child(book, id).await?;
            // Who has moved to another commune since is not shown here.
            if !desk.may(Deed::See, &child.now.edition, child.now.unit.as_deref()) {
                continue;
            }
            let findings = tx.findings(book, id).await?;
            let Some(code) = row.or(none) else { continue };
            let mut known = freeze(&columns, code, (&child, &findings), &[]);
            let fields = findings
                .iter()
                .filter(|finding| finding.severity != "note")
                .filter_map(|finding| Field::from_code(&finding.field));
            let missing = missing_of(&known, fields);
            if !numbers {
                known.number = masked(&known.number);
            }
            let sealed = !sensitive && !known.ethnicity_shown().is_empty();
            if sealed {
                known.ethnicity.clear();
                known.ethnicity_own.clear();
            }
            let mut review = String::new();
            if let Some(row) = row {
                let number = i64::from(row.list().number());
                let rows = tx.handover_rows_of(book, id).await?;
                let own = rows
                    .into_iter()
                    .find(|one| one.list == number && one.row_number == i64::from(row.number()));
                review = own.map(|own| own.review).unwrap_or_default();
                if out.list.is_none()
                    && let Some(list) = tx.handover(book, number).await?
                    && Place::from_word(&list.place).is_some_and(Place::is_loose)
                {
                    out.list = Some(row.list());
                }
            }
            out.children.push(At {
                row: *row,
                review,
                child: id.clone(),
                active: child.now.state == ACTIVE,
                known,
                sealed,
                missing,
            });
        }
        drop(tx);
        let seen = Seen::Children(out.children.len() as u64);
        desk.looks(&open, (Deed::See, "sheet"), seen).await?;
        open.leave().await;
        Ok(out)
    })
}

/// Names of children of a list's unit, as far as this person may see them. It is written down that they were seen.
///
/// # Errors
/// The register cannot be used; [`super::Failed::Denied`].
pub fn names(
    desk: &mut Desk,
    (edition, unit): (&str, &str),
    children: &[String],
) -> Done<BTreeMap<String, Named>> {
    wait(async {
        let open = desk.open().await?;
        let book = open.book.register.as_str();
        show::must_see(desk, (edition, unit))?;
        let mut tx = open.store.read().await?;
        let mut out = BTreeMap::new();
        for id in children {
            let now = tx.child(book, id).await?.now;
            if !desk.may(Deed::See, &now.edition, now.unit.as_deref()) {
                continue;
            }
            let record: serde_json::Value = serde_json::from_str(&now.record).unwrap_or_default();
            let hamlet = record.get("hamlet").and_then(serde_json::Value::as_str);
            out.insert(
                id.clone(),
                Named {
                    name: name(&now.record),
                    birth: now.birth.clone(),
                    hamlet: hamlet.unwrap_or_default().to_owned(),
                },
            );
        }
        drop(tx);
        let seen = Seen::Children(out.len() as u64);
        desk.looks(&open, (Deed::See, "handover"), seen).await?;
        open.leave().await;
        Ok(out)
    })
}
