//! When a unit will be done: pace, forecast, what is needed per week.
//!
//! In: a day, an area, perhaps a deadline. Out: [`When`].

use crate::access::Deed;
use crate::act::register::{Desk, Done, wait};

/// Pace and forecast.
#[derive(Debug, serde::Serialize)]
pub struct When {
    /// The day on which children are children.
    pub as_of: String,
}

/// Computes pace and forecast.
///
/// # Errors
/// The register cannot be used.
pub fn run(desk: &Desk, as_of: &str) -> Done<When> {
    wait(async {
        desk.must_somewhere(Deed::Report)?;
        Ok(When {
            as_of: as_of.to_owned(),
        })
    })
}
