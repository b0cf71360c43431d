//! Looks through the whole book for pairs that may be one child, and keeps them for the queue: after a list went into an empty book, and
//! whenever somebody asks for it (`treem duplicates --save`).
//!
//! In: a desk. Out: [`Saved`]. What was found before and is not found again waits no more. Who does not see the whole book looks through
//! their area, and nothing is ended by that.

use super::super::duplicates::{self, Asked};
use super::super::import::linked::millionths;
use super::super::{Desk, Done, begin, wait};
use crate::access::Deed;
use crate::act::check::{Progress, Stop};
use crate::limits;
use treem_store::pairs::Pair;

/// What looking came to.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Saved {
    /// Records looked at.
    pub children: usize,
    /// Pairs that are suspected.
    pub found: usize,
    /// Pairs that are not suspected any more.
    pub gone: u64,
    /// It was stopped: nothing was kept.
    #[serde(skip)]
    pub stopped: bool,
}

/// Looks, and keeps what was found.
///
/// # Errors
/// As [`duplicates::run`].
pub fn save(desk: &mut Desk, (progress, stop): (&dyn Progress, &Stop)) -> Done<Saved> {
    desk.must_somewhere(Deed::Merge)?;
    let asked = Asked {
        area: None,
        most: limits::PAIRS,
    };
    let queue = duplicates::run(desk, &asked, progress, stop)?;
    let mut out = Saved {
        children: queue.children,
        found: queue.found,
        gone: 0,
        stopped: queue.stopped,
    };
    if queue.stopped {
        return Ok(out);
    }
    let pairs: Vec<Pair> = queue
        .pairs
        .iter()
        .map(|pair| Pair {
            child: pair.left.child.clone(),
            other: pair.right.child.clone(),
            millionths: millionths(pair.probability),
            why: pair.why.clone(),
            child_version: pair.versions.0,
            other_version: pair.versions.1,
            ..Pair::default()
        })
        .collect();
    wait(async {
        let open = desk.open().await?;
        let book = open.book.register.clone();
        let mut act = begin(&open.store, desk.doing(&book, "pairs", "")).await?;
        act.add_pairs(&pairs).await?;
        // Where not all that was found is kept, nobody can say what is not there any more.
        if pairs.len() == queue.found && desk.area(Deed::See).is_whole() {
            out.gone = act.end_pairs().await?;
        }
        let detail =
            serde_json::json!({"children": out.children, "found": out.found, "gone": out.gone});
        act.finish("", &detail.to_string()).await?;
        open.leave().await;
        Ok(out)
    })
}
