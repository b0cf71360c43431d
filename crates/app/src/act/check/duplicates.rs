//! Group 5 by the linkage engine (`--duplicates`): rows that are most probably one child, also where they are written differently.
//!
//! In: all children of the run with their places. Out: [`Shared`] rows, and [`Clusters`] for the rules that ask what is one child.
//! Memory: `treem_child::link` states it (about 200 bytes a child); without the option nothing of this is held.

use super::keys::RowFlags;
use super::worker::Output;
use super::{Progress, Stop};
use crate::act::link::engine;
use treem_child::check::across::{Clusters, Location, Shared};
use treem_child::link::Children;
use treem_child::link::model::model;
use treem_link::group;

/// From this probability on two rows are suspected to be one child.
const SUSPECTED: f64 = 0.5;
/// Rows that a finding names.
const LISTED: usize = 3;

/// The children of a run.
#[derive(Default)]
pub struct Duplicates {
    children: Children,
    rows: Vec<(Location, RowFlags)>,
}

impl Duplicates {
    /// Takes the children of a chunk.
    pub fn take(&mut self, output: &Output) {
        self.children.extend(&output.batch);
        self.rows.extend_from_slice(&output.linked_rows);
    }

    /// Finds the doubles; `None` where it was stopped.
    ///
    /// # Errors
    /// The engine's, in words.
    pub fn find(
        mut self,
        clusters: &mut Clusters,
        progress: &dyn Progress,
        stop: &Stop,
    ) -> anyhow::Result<Option<Vec<(Shared, RowFlags)>>> {
        self.children.count(treem_link::run::cores());
        let model = model(&self.children);
        let linked = engine(&model, self.children.len(), None, progress, stop)
            .map_err(|error| anyhow::anyhow!("không đối chiếu được: {error}"))?;
        let Some(linked) = linked else {
            return Ok(None);
        };
        let mut found = Vec::new();
        for set in group::clusters(&linked.pairs, SUSPECTED) {
            let rows: Vec<(Location, RowFlags)> = set
                .iter()
                .filter_map(|record| self.rows.get(*record as usize).copied())
                .collect();
            clusters.join(rows.iter().map(|row| row.0));
            for (record, row) in set.iter().zip(&rows) {
                let best = linked
                    .pairs
                    .iter()
                    .skip(linked.pairs.partition_point(|pair| pair.left < set[0]))
                    .take_while(|pair| Some(&pair.left) <= set.last());
                let best = best
                    .filter(|pair| pair.left == *record || pair.right == *record)
                    .map(|pair| pair.probability)
                    .fold(SUSPECTED, f64::max);
                let with = rows
                    .iter()
                    .map(|other| other.0)
                    .filter(|other| *other != row.0)
                    .take(LISTED);
                let shared = Shared {
                    at: row.0,
                    with: with.collect(),
                    others: rows.len() - 1,
                    parent: None,
                    percent: Some(percent(best)),
                };
                found.push((shared, row.1));
            }
        }
        found.sort_unstable_by_key(|(shared, _)| shared.at);
        Ok(Some(found))
    }
}

/// Whole percent, never a hundred: nothing is certain.
fn percent(probability: f64) -> u8 {
    (1..=99_u8)
        .rev()
        .find(|percent| f64::from(*percent) <= probability * 100.0)
        .unwrap_or(1)
}
