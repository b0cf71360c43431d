//! What one row of a returned file says of its child.
//!
//! In: the row as it was sent, its cells by what the columns hold. Out: [`Judged`]. Understood is only what can be meant in one way: an answer, what
//! belongs to it, and nothing that speaks against it.

mod case;
mod decide;

use super::super::answer::Kind;
use super::super::columns::Column;
use super::super::frozen::Frozen;
use super::alike;
use super::grid::{Line, Text};
use super::head::{Role, Table};
use super::values::{Given, given};
use super::words::{Words, words};
use super::{Altered, Sent, Taken};
use crate::cell::Spread;
use crate::field::Field;
use crate::normalise::sex::is_tick;
use case::Case;
use decide::decide;

/// A row of the file.
#[derive(Clone, Copy)]
pub(super) struct Cells<'c> {
    pub(super) line: &'c Line,
    pub(super) table: &'c Table,
}

impl Cells<'_> {
    fn first(&self, role: Role) -> Text {
        self.table
            .all(role)
            .filter_map(|column| self.line.own(column))
            .find(|cell| !cell.is_blank())
            .cloned()
            .unwrap_or_default()
    }
}

/// What a row says.
pub(super) struct Judged {
    pub(super) taken: Taken,
    pub(super) altered: Vec<Altered>,
    pub(super) note: String,
}

/// What stands in the columns of the police.
struct Said {
    kinds: Vec<Kind>,
    /// Answers that are not understood, or not for certain.
    unsure: Option<(String, Option<Kind>)>,
    /// What follows the answer in its cell.
    rest: String,
    /// The answer was copied from above by a merge.
    merged: bool,
    number: Given,
    /// The number stands in the column of the number that was sent.
    in_ours: bool,
    value: Text,
    note: String,
    /// The file has no column for the number, none for the value.
    no_number: bool,
    no_value: bool,
}

fn shown(text: &str) -> String {
    text.chars().take(60).collect()
}

fn said(cells: &Cells<'_>) -> Said {
    let mut out = Said {
        kinds: Vec::new(),
        unsure: None,
        rest: String::new(),
        merged: false,
        number: given(&cells.first(Role::Number)),
        in_ours: false,
        value: cells.first(Role::Value),
        note: cells.first(Role::Note).text,
        no_number: cells.table.one(Role::Number).is_none(),
        no_value: cells.table.one(Role::Value).is_none(),
    };
    let push = |out: &mut Said, kind: Kind| {
        if !out.kinds.contains(&kind) {
            out.kinds.push(kind);
        }
    };
    for (column, role) in &cells.table.columns {
        let Some(cell) = cells.line.own(*column).filter(|cell| !cell.text.is_empty()) else {
            continue;
        };
        match role {
            Role::Answer => {
                match words(&cell.text) {
                    Words::Blank => continue,
                    Words::Said(kind, rest) => {
                        push(&mut out, kind);
                        if out.rest.is_empty() {
                            rest.clone_into(&mut out.rest);
                        }
                    }
                    Words::Unsure(maybe) => out.unsure = Some((shown(&cell.text), maybe)),
                }
                out.merged |= cell.spread == Spread::FromAbove;
            }
            Role::Tick(kind) => {
                let no = cell.is_blank() && !cell.text.contains('*')
                    || matches!(cell.text.as_str(), "0" | "FALSE" | "False" | "false");
                if no {
                    continue;
                }
                let same = matches!(words(&cell.text), Words::Said(said, _) if said == *kind);
                if is_tick(&cell.text) || same {
                    push(&mut out, *kind);
                } else {
                    out.unsure = Some((shown(&cell.text), Some(*kind)));
                }
                out.merged |= cell.spread == Spread::FromAbove;
            }
            _ => {}
        }
    }
    let number = cells.first(Role::Number);
    out.merged |= number.spread == Spread::FromAbove;
    out
}

/// True where a row says anything for the police.
pub(super) fn says_anything(cells: &Cells<'_>) -> bool {
    let said = said(cells);
    !said.kinds.is_empty() || said.unsure.is_some() || said.number != Given::Blank
}

/// True where a row has something of a child: no total, no signature.
pub(super) fn has_fields(cells: &Cells<'_>) -> bool {
    let known = cells
        .table
        .columns
        .iter()
        .filter(|(_, role)| !matches!(role, Role::Ordinal));
    known
        .filter(|(column, _)| cells.line.own(*column).is_some_and(|cell| !cell.is_blank()))
        .count()
        > 1
}

/// The fields that came back other than they were sent; cells that were emptied are among them.
fn altered(row: &Frozen, sent: &Sent<'_>, cells: &Cells<'_>) -> Vec<Altered> {
    let mut out: Vec<Altered> = Vec::new();
    for (column, role) in &cells.table.columns {
        let Role::Sent(field) = role else { continue };
        let Some(came) = cells.line.own(*column) else {
            continue;
        };
        let ours = Column::Sent(*field).cell(row);
        let both_blank = came.is_blank() && crate::normalise::text::is_missing(&ours);
        if both_blank || alike::same(*field, &ours, came, sent.year) {
            continue;
        }
        out.push(Altered {
            field: *field,
            sent: ours,
            came: came.text.clone(),
        });
    }
    out
}

/// Judges a row.
pub(super) fn judge(row: &Frozen, sent: &Sent<'_>, cells: &Cells<'_>) -> Judged {
    let altered = altered(row, sent, cells);
    let mut said = said(cells);
    // The number typed where ours stands.
    let ours = altered
        .iter()
        .find(|one| one.field == Field::Number && !one.came.is_empty());
    if let (Given::Blank, Some(ours)) = (&said.number, ours) {
        said.number = given(&Text {
            text: ours.came.clone(),
            ..Text::default()
        });
        said.in_ours = said.number != Given::Blank;
    }
    let note = said.note.clone();
    let taken = decide(&Case {
        row,
        year: sent.year,
        said: &said,
        altered: &altered,
    });
    Judged {
        taken,
        altered,
        note,
    }
}
