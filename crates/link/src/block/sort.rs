//! Records of one key sorted into blocks.
//!
//! In: records in order with their hashes. Out: [`Sorted`]: blocks of two records or more that make pairs, and the records of blocks
//! that are too large. Hashes that stand alone are sifted out by a table of bits before anything is sorted.

use super::{pairs_of, split};
use crate::limits;

/// The blocks of one key.
#[derive(Default)]
pub struct Sorted {
    /// Records block by block.
    members: Vec<u32>,
    /// Where blocks begin in `members`; one more at the end.
    starts: Vec<u32>,
    /// Records of blocks that were too large, in their order.
    pub large: Vec<u32>,
    /// Blocks that were too large, and their pairs.
    pub too_large: (u64, u64),
}

impl Sorted {
    /// How many blocks there are.
    pub fn blocks(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }
    /// The records of a block, in order.
    pub fn block(&self, block: usize) -> &[u32] {
        match (self.starts.get(block), self.starts.get(block + 1)) {
            (Some(from), Some(to)) => self
                .members
                .get(*from as usize..*to as usize)
                .unwrap_or(&[]),
            _ => &[],
        }
    }
}

/// Sorts. `budget`: pairs that the blocks may make together; the largest blocks are set apart until the others keep to it. Without
/// one only blocks of more than [`limits::BLOCK_PAIRS`] are.
pub fn sort(
    column: &(impl Iterator<Item = (u32, u32)> + Clone),
    first_list: Option<u32>,
    budget: Option<u64>,
) -> Sorted {
    let packed = by_hash(sift(column, first_list));
    let hash = |entry: &u64| entry >> 32;
    let record = |entry: &u64| u32::try_from(entry & 0xFFFF_FFFF).unwrap_or(0);
    let mut sorted = Sorted {
        starts: vec![0],
        ..Sorted::default()
    };
    let mut block: Vec<u32> = Vec::new();
    let mut sums = [0_u64; 64];
    for run in packed.chunk_by(|left, right| hash(left) == hash(right)) {
        block.clear();
        block.extend(run.iter().map(record));
        let pairs = pairs_of(block.len(), split(&block, first_list));
        if pairs > 0 {
            sorted.members.extend(&block);
            sorted
                .starts
                .push(u32::try_from(sorted.members.len()).unwrap_or(0));
            if let Some(sum) = sums.get_mut(size(pairs)) {
                *sum = sum.saturating_add(pairs);
            }
        }
    }
    drop(packed);
    let most = budget.map_or(limits::BLOCK_PAIRS, |budget| largest(&sums, budget));
    sorted.set_apart(first_list, most);
    sorted.members.shrink_to_fit();
    sorted.starts.shrink_to_fit();
    sorted
}

/// The power of two that a number of pairs lies under.
fn size(pairs: u64) -> usize {
    (u64::BITS - pairs.leading_zeros()).min(63) as usize
}

/// The most pairs a block may have, so that all together keep to a budget. By powers of two; small blocks are always kept.
fn largest(sums: &[u64; 64], budget: u64) -> u64 {
    let mut all = 0_u64;
    for (size, sum) in sums.iter().enumerate() {
        all = all.saturating_add(*sum);
        if all > budget && size > 0 {
            return ((1_u64 << (size - 1)) - 1).max(limits::SMALL_BLOCK_PAIRS);
        }
    }
    limits::BLOCK_PAIRS
}

impl Sorted {
    /// Sets blocks with more pairs apart.
    fn set_apart(&mut self, first_list: Option<u32>, most: u64) {
        let pairs_in = |block: &[u32]| pairs_of(block.len(), split(block, first_list));
        if (0..self.blocks()).all(|block| pairs_in(self.block(block)) <= most) {
            return;
        }
        let mut kept = Self {
            starts: vec![0],
            ..Self::default()
        };
        for block in 0..self.blocks() {
            let members = self.block(block);
            let pairs = pairs_in(members);
            if pairs > most {
                kept.too_large.0 += 1;
                kept.too_large.1 += pairs;
                kept.large.extend(members);
            } else {
                kept.members.extend(members);
                kept.starts
                    .push(u32::try_from(kept.members.len()).unwrap_or(0));
            }
        }
        kept.large.sort_unstable();
        *self = kept;
    }
}

/// A table of bits that hashes are noted in.
struct Noted {
    bits: Vec<u64>,
    shift: u32,
}

impl Noted {
    /// With room for so many hashes, one in eight bits used at most.
    fn new(hashes: usize) -> Self {
        let power = (hashes.max(64) * 8)
            .next_power_of_two()
            .trailing_zeros()
            .min(31);
        Self {
            bits: vec![0; 1 << (power - 6)],
            shift: 32 - power,
        }
    }
    fn place(&self, hash: u32) -> (usize, u64) {
        let bit = hash.wrapping_mul(0x9E37_79B1) >> self.shift;
        ((bit >> 6) as usize, 1 << (bit & 63))
    }
    fn has(&self, hash: u32) -> bool {
        let (at, bit) = self.place(hash);
        self.bits.get(at).is_some_and(|word| word & bit != 0)
    }
    /// Notes a hash; true where it was noted before.
    fn note(&mut self, hash: u32) -> bool {
        let (at, bit) = self.place(hash);
        self.bits.get_mut(at).is_some_and(|word| {
            let before = *word & bit != 0;
            *word |= bit;
            before
        })
    }
}

/// Hash and record of all whose hash may stand a second time (of two lists: in the other list).
fn sift(column: &(impl Iterator<Item = (u32, u32)> + Clone), first_list: Option<u32>) -> Vec<u64> {
    let said = || column.clone().filter(|(_, hash)| *hash != 0);
    let all = said().count();
    let pack = |(record, hash): (u32, u32)| u64::from(hash) << 32 | u64::from(record);
    let Some(first) = first_list else {
        let (mut once, mut again) = (Noted::new(all), Noted::new(all));
        for (_, hash) in said() {
            if once.note(hash) {
                again.note(hash);
            }
        }
        return said()
            .filter(|(_, hash)| again.has(*hash))
            .map(pack)
            .collect();
    };
    let lefts = || said().take_while(|(record, _)| *record < first);
    let (mut left, mut right) = (Noted::new(lefts().count()), Noted::new(all));
    for (_, hash) in lefts() {
        left.note(hash);
    }
    let rights: Vec<u64> = said()
        .skip_while(|(record, _)| *record < first)
        .filter(|(_, hash)| left.has(*hash))
        .map(|(record, hash)| {
            right.note(hash);
            pack((record, hash))
        })
        .collect();
    let mut packed: Vec<u64> = lefts()
        .filter(|(_, hash)| right.has(*hash))
        .map(pack)
        .collect();
    packed.extend(rights);
    packed
}

/// Entries below which sorting by comparison is quicker.
const FEW: usize = 4096;
const DIGIT_BITS: u32 = 11;

/// Sorts by the upper half; what is equal there stays in its order.
fn by_hash(mut packed: Vec<u64>) -> Vec<u64> {
    if packed.len() < FEW {
        packed.sort_unstable();
        return packed;
    }
    let digit = |entry: u64, pass: u32| {
        usize::try_from(entry >> (32 + pass * DIGIT_BITS) & ((1 << DIGIT_BITS) - 1)).unwrap_or(0)
    };
    let mut other = vec![0_u64; packed.len()];
    for pass in 0..3 {
        let mut places = vec![0_usize; 1 << DIGIT_BITS];
        for entry in &packed {
            places[digit(*entry, pass)] += 1;
        }
        let mut next = 0;
        for place in &mut places {
            (*place, next) = (next, next + *place);
        }
        for entry in &packed {
            let place = &mut places[digit(*entry, pass)];
            other[*place] = *entry;
            *place += 1;
        }
        std::mem::swap(&mut packed, &mut other);
    }
    packed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(hashes: &[u32]) -> Vec<(u32, u32)> {
        (0_u32..).zip(hashes.iter().copied()).collect()
    }

    fn blocks(
        hashes: &[u32],
        first_list: Option<u32>,
        budget: Option<u64>,
    ) -> (Vec<Vec<u32>>, Vec<u32>) {
        let column = column(hashes);
        let sorted = sort(&column.iter().copied(), first_list, budget);
        let blocks = (0..sorted.blocks()).map(|block| sorted.block(block).to_vec());
        (blocks.collect(), sorted.large.clone())
    }

    #[test]
    fn records_that_say_the_same_meet() {
        for (hashes, first_list, budget, expect, large) in [
            (
                &[4, 0, 2, 4, 6, 2, 4][..],
                None,
                None,
                vec![vec![2, 5], vec![0, 3, 6]],
                vec![],
            ),
            (&[4, 2, 2, 4, 6], Some(3), None, vec![vec![0, 3]], vec![]),
            (&[0, 0, 8], None, None, vec![], vec![]),
        ] {
            assert_eq!(
                blocks(hashes, first_list, budget),
                (expect, large),
                "{hashes:?}"
            );
        }
    }

    #[test]
    fn the_largest_blocks_are_set_apart() {
        // 40 records say 2 (780 pairs), three say 4.
        let mut hashes = vec![2_u32; 40];
        hashes.extend([4, 4, 4]);
        assert_eq!(blocks(&hashes, None, Some(5000)).1, Vec::<u32>::new());
        let (kept, large) = blocks(&hashes, None, Some(100));
        assert_eq!((kept, large.len()), (vec![vec![40, 41, 42]], 40));
    }

    #[test]
    fn many_are_sorted_as_few() {
        let mut random = crate::random::Random::new(1);
        let entries: Vec<u64> = (0..20_000_u64)
            .map(|record| (random.below(1 << 32) & 0xFFFF_FF00) << 32 | record)
            .collect();
        let mut expect = entries.clone();
        expect.sort_unstable();
        assert_eq!(by_hash(entries), expect);
    }
}
