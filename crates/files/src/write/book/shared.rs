//! Texts that stand in a workbook once and are named by their number.
//!
//! In: texts and rich texts. Out: their numbers, and the list.

use super::Run;
use rustc_hash::FxHashMap;

/// The shared strings in the order of their first use.
#[derive(Default)]
pub(super) struct Strings<'b> {
    plain: FxHashMap<&'b str, usize>,
    rich: FxHashMap<&'b [Run], usize>,
    /// In order.
    pub(super) items: Vec<Shared<'b>>,
    /// How often they were asked for.
    pub(super) uses: u64,
}

/// A shared string.
#[derive(Clone, Copy)]
pub(super) enum Shared<'b> {
    Plain(&'b str),
    Rich(&'b [Run]),
}

impl<'b> Strings<'b> {
    /// The place of a text.
    pub(super) fn plain(&mut self, text: &'b str) -> usize {
        self.uses += 1;
        let next = self.items.len();
        let place = *self.plain.entry(text).or_insert(next);
        if place == next {
            self.items.push(Shared::Plain(text));
        }
        place
    }

    /// The place of a rich text.
    pub(super) fn rich(&mut self, runs: &'b [Run]) -> usize {
        self.uses += 1;
        let next = self.items.len();
        let place = *self.rich.entry(runs).or_insert(next);
        if place == next {
            self.items.push(Shared::Rich(runs));
        }
        place
    }
}
