//! Why a unit lags: what stands out beside its neighbours, with the evidence.
//!
//! In: a day, an area. Out: [`Why`].

use crate::access::Deed;
use crate::act::register::{Desk, Done, wait};

/// What stands out.
#[derive(Debug, serde::Serialize)]
pub struct Why {
    /// The day on which children are children.
    pub as_of: String,
}

/// Looks for what stands out.
///
/// # Errors
/// The register cannot be used.
pub fn run(desk: &Desk, as_of: &str) -> Done<Why> {
    wait(async {
        desk.must_somewhere(Deed::Report)?;
        Ok(Why {
            as_of: as_of.to_owned(),
        })
    })
}
