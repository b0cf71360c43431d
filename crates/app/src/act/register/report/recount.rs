//! Counts the sums by unit anew, where `treem doctor` says that they do not agree.
//!
//! In: the register. Out: how many children count. It is an act of the chain.

use crate::access::Deed;
use crate::act::register::{Desk, Done, begin, wait};
use treem_store::child::ACTIVE;

/// What was counted.
#[derive(Debug, serde::Serialize)]
pub struct Recounted {
    /// Children who count.
    pub children: i64,
}

/// Counts anew.
///
/// # Errors
/// The register cannot be used.
pub fn run(desk: &mut Desk) -> Done<Recounted> {
    wait(async {
        desk.must_whole(Deed::Backup)?;
        let open = desk.open().await?;
        let book = open.book.register.clone();
        let mut act = begin(&open.store, desk.doing(&book, "recount", "")).await?;
        act.recount().await?;
        let children = act.reading().children_in_state(&book, ACTIVE).await?;
        let detail = serde_json::json!({"children": children});
        act.finish(&book, &detail.to_string()).await?;
        open.leave().await;
        Ok(Recounted { children })
    })
}
