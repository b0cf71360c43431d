//! Pairs compared in batches, so that memory is waited for once for many.
//!
//! In: pairs of records. Out: their patterns, in order.

use crate::comparison::{Comparison, Scratch};
use crate::model::Model;
use crate::pattern::Layout;

/// Pairs that are compared one after the other. What a comparison will read is looked at for all of them first: waiting for
/// memory once for many is most of the speed of comparing records that lie anywhere.
pub struct Batch<'m> {
    model: &'m Model<'m>,
    layout: &'m Layout,
    ahead: Vec<&'m (dyn Comparison + 'm)>,
    pairs: Vec<(u32, u32)>,
}

/// Pairs of a batch.
const BATCH: usize = 64;

impl<'m> Batch<'m> {
    /// An empty one.
    pub fn of(model: &'m Model<'m>, layout: &'m Layout) -> Self {
        let comparisons = model.comparisons.iter().map(AsRef::as_ref);
        Self {
            model,
            layout,
            ahead: comparisons
                .filter(|comparison| comparison.look_ahead(0).is_some())
                .collect(),
            pairs: Vec::with_capacity(BATCH),
        }
    }
    /// Adds a pair; a full batch is compared, and `each` told the pattern of every pair.
    pub fn push(
        &mut self,
        left: u32,
        right: u32,
        scratch: &mut Scratch,
        each: &mut dyn FnMut(u32, u32, u64),
    ) {
        self.pairs.push((left, right));
        if self.pairs.len() == BATCH {
            self.end(scratch, each);
        }
    }
    /// Compares what is there.
    pub fn end(&mut self, scratch: &mut Scratch, each: &mut dyn FnMut(u32, u32, u64)) {
        let mut read = 0_u64;
        for comparison in &self.ahead {
            for (left, right) in &self.pairs {
                read ^= comparison.look_ahead(*left).unwrap_or(0);
                read ^= comparison.look_ahead(*right).unwrap_or(0);
            }
        }
        std::hint::black_box(read);
        for (left, right) in self.pairs.drain(..) {
            let pattern = self.layout.pattern(self.model, left, right, scratch);
            each(left, right, pattern);
        }
    }
}
