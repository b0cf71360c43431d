//! The rules over many rows for a whole book at once: who shares a number, who is one child twice.
//!
//! In: each child's id, place in order, and [`RowKey`]. Out: which children have `id.shared`, which `child.duplicate`.

use rustc_hash::{FxHashMap, FxHashSet};
use treem_child::check::across::{self, Clusters, Location, RowKey, Shared};

/// Who has what, by the place in order.
#[derive(Default)]
pub struct Crowd {
    /// A number that stands on another child.
    pub shared: FxHashSet<u64>,
    /// The same child as another record.
    pub twice: FxHashSet<u64>,
}

impl Crowd {
    /// Of the children who count.
    pub fn of(keys: impl Iterator<Item = (u64, RowKey)>) -> Self {
        let (mut persons, mut numbers): (FxHashMap<u64, Vec<_>>, FxHashMap<u64, Vec<_>>) =
            Default::default();
        for (nth, key) in keys {
            let at = Location::new(0, nth);
            if key.person != 0 {
                persons
                    .entry(key.person)
                    .or_default()
                    .push((at, key.father, key.mother));
            }
            if key.number != 0 {
                numbers.entry(key.number).or_default().push(at);
            }
        }
        let (mut clusters, mut twice, mut shared) = (Clusters::default(), Vec::new(), Vec::new());
        for group in persons.values().filter(|group| group.len() > 1) {
            across::duplicates(group, &mut clusters, &mut twice);
        }
        for group in numbers.values().filter(|group| group.len() > 1) {
            across::shared_numbers(group, &clusters, &mut shared);
        }
        let places = |all: Vec<Shared>| all.into_iter().map(|one| one.at.row()).collect();
        Self {
            shared: places(shared),
            twice: places(twice),
        }
    }
}
