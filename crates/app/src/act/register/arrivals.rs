//! Moves that wait for an answer, with who moves: whoever is one of the two sides has to know whom it is about, though the record is still
//! in the other's area.
//!
//! In: the desk. Out: [`Arrival`]s, the oldest first.

use super::mass::plan::name;
use super::moves::{self, Moved};
use super::{Desk, Done, wait};
use crate::access::Deed;
use crate::act::access::look::Seen;
use treem_store::moves::PROPOSED;

/// A move with who moves.
pub struct Arrival {
    /// Id of the move.
    pub id: String,
    /// The move.
    pub moved: Moved,
    /// The child's name.
    pub name: String,
    /// Birth date as far as it is known.
    pub birth: String,
    /// This side answers: the child would come here.
    pub comes: bool,
    /// The record is in this person's area.
    pub is_here: bool,
}

/// All that wait to or from the units of a person.
///
/// # Errors
/// The register cannot be used.
pub fn run(desk: &mut Desk) -> Done<Vec<Arrival>> {
    let moves = moves::list(desk, None, Some(PROPOSED))?.moves;
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.clone();
        let mut out = Vec::with_capacity(moves.len());
        for moved in moves {
            let child = tx.child(&book, &moved.child).await?;
            let cut = desk.area(Deed::Move);
            out.push(Arrival {
                name: name(&child.now.record),
                birth: child.now.birth.clone(),
                comes: cut.holds(&moved.to_edition, Some(&moved.to)),
                is_here: desk.may(Deed::See, &child.now.edition, child.now.unit.as_deref()),
                id: moved.r#move.clone(),
                moved,
            });
        }
        drop(tx);
        desk.looks(
            &open,
            (Deed::See, "moves"),
            Seen::Children(out.len() as u64),
        )
        .await?;
        Ok(out)
    })
}
