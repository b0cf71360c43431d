//! The rules over many rows: `child.duplicate` (group 5: equal name, birth date and a parent), `id.shared`, `birth.heaped`.
//!
//! In: a small [`RowKey`] of every row. Out: which rows share what. Pure: the caller keeps the keys (in memory, or on disk
//! when a list is long), sorts them and hands over groups of equal keys.

use crate::normalise::name::NameState;
use crate::normalise::number::Number;
use crate::record::Child;
use rustc_hash::FxHashMap;

/// Where a row stands: the number of its sheet in the run (upper 24 bits) and its row number (lower 40). Orders as the output does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location(pub u64);

impl Location {
    /// Of the n-th sheet of the run and a row number.
    pub fn new(sheet: u32, row: u64) -> Self {
        Self(u64::from(sheet & 0xFF_FFFF) << 40 | (row & 0xFF_FFFF_FFFF))
    }
    /// The sheet.
    pub fn sheet(self) -> u32 {
        u32::try_from(self.0 >> 40).unwrap_or(0)
    }
    /// The row number.
    pub fn row(self) -> u64 {
        self.0 & 0xFF_FFFF_FFFF
    }
}

/// What has to be remembered of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowKey {
    /// The sound number, 0 without one.
    pub number: u64,
    /// Hash of name and full birth date; 0 where either is missing or no parent is known.
    pub person: u64,
    /// Hash of the father's name, 0 without.
    pub father: u32,
    /// Hash of the mother's name, 0 without.
    pub mother: u32,
}

impl RowKey {
    /// The keys of a record.
    pub fn of(child: &Child<'_>) -> Self {
        let number = match child.number {
            Number::Twelve(_, parts) if parts.is_sound_child() => parts.value(),
            _ => 0,
        };
        let half = |key: u64| {
            if key == 0 {
                0
            } else {
                ((key >> 32) as u32) | 1
            }
        };
        let (father, mother) = (half(child.father.key), half(child.mother.key));
        let person = match child.birth_date() {
            Some(date)
                if date.is_full()
                    && child.name_key != 0
                    && child.name_state == NameState::Good
                    && (father | mother) != 0 =>
            {
                let day = (u64::from(date.year.unsigned_abs()) << 16)
                    | (u64::from(date.month) << 8)
                    | u64::from(date.day);
                (child.name_key ^ day.wrapping_mul(0x9E37_79B9_7F4A_7C15)) | 1
            }
            _ => 0,
        };
        Self {
            number,
            person,
            father,
            mother,
        }
    }
}

/// Which parent two rows agree on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SharedParent {
    /// Father and mother.
    Both,
    /// The father.
    Father,
    /// The mother.
    Mother,
}

impl SharedParent {
    /// As the wording names it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Both => "cha, mẹ",
            Self::Father => "cha",
            Self::Mother => "mẹ",
        }
    }
}

/// A row with the rows it shares something with (the first few).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// The row.
    pub at: Location,
    /// Others, at most three.
    pub with: Vec<Location>,
    /// How many others there are in all.
    pub others: usize,
    /// For duplicates: the parent they agree on.
    pub parent: Option<SharedParent>,
    /// For duplicates the linkage found: how probable it is, in whole percent.
    pub percent: Option<u8>,
}

/// Rows that are one child by group 5: each row's cluster. Only rows that have a twin in the lists are held.
#[derive(Clone, Debug, Default)]
pub struct Clusters {
    of: FxHashMap<Location, u64>,
    next: u64,
}

impl Clusters {
    /// Says that these rows are one child.
    pub fn join(&mut self, rows: impl IntoIterator<Item = Location>) {
        self.next += 1;
        for row in rows {
            self.of.insert(row, self.next);
        }
    }

    /// True where two rows are the same child by group 5.
    pub fn same(&self, left: Location, right: Location) -> bool {
        match (self.of.get(&left), self.of.get(&right)) {
            (Some(left), Some(right)) => left == right,
            _ => false,
        }
    }
}

const LISTED: usize = 3;

/// One group of rows with equal `person` key: finds those that agree on a parent, adds them to the clusters.
pub fn duplicates(group: &[(Location, u32, u32)], clusters: &mut Clusters, out: &mut Vec<Shared>) {
    let mut root: Vec<usize> = (0..group.len()).collect();
    fn find(root: &mut [usize], mut at: usize) -> usize {
        while let Some(&up) = root.get(at) {
            if up == at {
                break;
            }
            let above = root.get(up).copied().unwrap_or(up);
            if let Some(slot) = root.get_mut(at) {
                *slot = above;
            }
            at = above;
        }
        at
    }
    let mut join = |pick: fn(&(Location, u32, u32)) -> u32| {
        let mut first: FxHashMap<u32, usize> = FxHashMap::default();
        for (index, row) in group.iter().enumerate() {
            let key = pick(row);
            if key != 0 {
                let one = *first.entry(key).or_insert(index);
                let (left, right) = (find(&mut root, one), find(&mut root, index));
                if let Some(slot) = root.get_mut(right) {
                    *slot = left;
                }
            }
        }
    };
    join(|row| row.1);
    join(|row| row.2);
    let mut members: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for index in 0..group.len() {
        members
            .entry(find(&mut root, index))
            .or_default()
            .push(index);
    }
    let mut sets: Vec<Vec<usize>> = members.into_values().filter(|set| set.len() > 1).collect();
    sets.sort_unstable();
    for set in sets {
        clusters.next += 1;
        let rows: Vec<&(Location, u32, u32)> =
            set.iter().filter_map(|index| group.get(*index)).collect();
        for row in &rows {
            clusters.of.insert(row.0, clusters.next);
            let others = rows.iter().filter(|other| other.0 != row.0);
            let agrees = |pick: fn(&(Location, u32, u32)) -> u32| {
                pick(row) != 0
                    && rows
                        .iter()
                        .any(|other| other.0 != row.0 && pick(other) == pick(row))
            };
            let parent = match (agrees(|row| row.1), agrees(|row| row.2)) {
                (true, true) => SharedParent::Both,
                (true, false) => SharedParent::Father,
                _ => SharedParent::Mother,
            };
            out.push(Shared {
                at: row.0,
                with: others.map(|other| other.0).take(LISTED).collect(),
                others: rows.len() - 1,
                parent: Some(parent),
                percent: None,
            });
        }
    }
}

/// One group of rows with the same sound number: all of them, unless they are one child by group 5.
pub fn shared_numbers(group: &[Location], clusters: &Clusters, out: &mut Vec<Shared>) {
    let Some(&first) = group.first() else { return };
    if group.len() < 2 || group.iter().skip(1).all(|row| clusters.same(first, *row)) {
        return;
    }
    for row in group {
        let others = group
            .iter()
            .filter(|other| *other != row && !clusters.same(*row, **other));
        let with: Vec<Location> = others.clone().copied().take(LISTED).collect();
        out.push(Shared {
            at: *row,
            others: others.take(100).count(),
            with,
            parent: None,
            percent: None,
        });
    }
}

/// True where so many birthdays on 1 January cannot be chance: at least three, and 3 % or more of all full dates (chance: 0.3 %).
pub fn is_heaped(first_of_january: u64, full_dates: u64) -> bool {
    first_of_january >= 3 && first_of_january.saturating_mul(100) >= full_dates.saturating_mul(3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(row: u64) -> Location {
        Location::new(1, row)
    }

    #[test]
    fn one_child_on_two_rows() {
        let mut clusters = Clusters::default();
        let mut out = Vec::new();
        duplicates(
            &[(at(2), 7, 0), (at(5), 7, 9), (at(6), 0, 9), (at(8), 3, 4)],
            &mut clusters,
            &mut out,
        );
        assert_eq!(
            out.iter()
                .map(|shared| (shared.at.row(), shared.others))
                .collect::<Vec<_>>(),
            [(2, 2), (5, 2), (6, 2)]
        );
        assert!(clusters.same(at(2), at(6)) && !clusters.same(at(2), at(8)));
        let mut shared = Vec::new();
        shared_numbers(&[at(2), at(5)], &clusters, &mut shared);
        assert!(shared.is_empty(), "one child, one number");
        shared_numbers(&[at(2), at(8)], &clusters, &mut shared);
        assert_eq!(shared.len(), 2);
    }

    #[test]
    fn heaps() {
        assert!(
            is_heaped(3, 20)
                && !is_heaped(2, 4)
                && !is_heaped(3, 1000)
                && !is_heaped(2_740, 1_000_000)
        );
    }

    #[test]
    fn locations_order_as_output() {
        assert!(Location::new(0, 1_048_576) < Location::new(1, 1));
        assert_eq!(
            (Location::new(7, 9).sheet(), Location::new(7, 9).row()),
            (7, 9)
        );
    }
}
