//! `treem handover`: a list goes from the register to the households, to the commune's leader, to the police, and back with answers. No row
//! is ever lost.
//!
//! In: which children, which list, which step. Out: [`show::Shown`] and what each act came to. What may be done when is decided by
//! [`treem_child::handover::state`]; here it is asked who may do it, and written down with its link of the audit chain.

pub mod apply;
pub mod asked;
pub mod authorities;
pub mod back;
pub mod came;
#[cfg(test)]
mod chaos;
pub mod draw;
pub mod evidence;
pub mod found;
pub mod frozen;
pub mod held;
pub mod keying;
pub mod late;
mod order;
pub mod papers;
pub mod review;
pub mod seen;
pub mod sheets;
pub mod show;
pub mod sound;
pub mod split;
pub mod steps;
pub mod tasks;
pub mod visit;
pub mod waiting;
pub mod workbook;

use super::{Desk, Done, Failed};
use crate::access::Deed;
use treem_child::handover::code;
use treem_child::handover::state::Refusal;
use treem_child::handover::step::{Basis, Kind, Side, Step};

impl From<Refusal> for Failed {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal.sentence())
    }
}

/// The list a person means: its code as printed, with or without signs.
///
/// # Errors
/// [`Failed::Refused`] with what is wrong with the code.
pub fn list_of(text: &str) -> Done<code::List> {
    code::List::read(text).map_err(|misread| Failed::Refused(misread.sentence()))
}

/// The row a person means: its whole code, or its number within the list.
///
/// # Errors
/// [`Failed::Refused`]: no such code, or that of another list.
pub fn row_of(list: code::List, text: &str) -> Done<code::Row> {
    let text = text.trim();
    if let Some(row) = text
        .parse::<u32>()
        .ok()
        .filter(|_| text.len() <= 4)
        .and_then(|number| code::Row::new(list, number))
    {
        return Ok(row);
    }
    let row = code::Row::read(text).map_err(|misread| Failed::Refused(misread.sentence()))?;
    if row.list() == list {
        return Ok(row);
    }
    Err(Failed::Refused(format!(
        "Mã dòng {row} thuộc danh sách {}, không thuộc danh sách {list}. Xem lại tờ giấy đang cầm.",
        row.list()
    )))
}

/// Which deed a step is. Who writes down what others did on paper hands over; who does it with an account of their own does that.
pub fn deed(step: &Step) -> Deed {
    let basis = match step {
        Step::Close { basis, .. }
        | Step::Receive { basis }
        | Step::Sign { basis, .. }
        | Step::Return { basis } => Some(basis),
        _ => None,
    };
    match (step.kind().side(), basis) {
        (_, Some(Basis::Paper(_))) | (Side::Commune, _) => Deed::HandOver,
        (Side::Leader, _) => Deed::CloseList,
        (Side::Police, _) => Deed::Answer,
    }
}

/// Whether this person may take a step with a list of a unit.
///
/// # Errors
/// [`Failed::Denied`].
pub(in crate::act) fn must(desk: &Desk, step: &Step, (edition, unit): (&str, &str)) -> Done<()> {
    // Who keyed the answers from paper may say that they are all there.
    if step.kind() == Kind::Answer && desk.may(Deed::HandOver, edition, Some(unit)) {
        return Ok(());
    }
    desk.must(deed(step), edition, Some(unit))
}

/// Why nothing is written where another act has changed the list meanwhile.
fn no_list(list: code::List) -> Failed {
    Failed::Refused(format!(
        "Trong sổ không có danh sách {list}. Xem các danh sách bằng treem handover list."
    ))
}
