//! Chance that can be repeated: the same seed and the same words give the same throws on every machine and in every version.
//!
//! In: a seed and a path of numbers. Out: [`Dice`]. SplitMix64 (Steele, Lea, Flood 2014) written here and not taken from a
//! crate, because the bytes of the sample province must not change with a library's idea of a range.

/// A source of throws.
#[derive(Clone, Debug)]
pub struct Dice {
    state: u64,
}

const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

impl Dice {
    /// Dice for one purpose: the seed, and the path that names it (kind of thing, unit, household …). Two paths that differ in
    /// any number give throws that have nothing to do with one another.
    pub fn new(seed: u64, path: &[u64]) -> Self {
        let mut state = mix(seed.wrapping_add(STEP));
        for word in path {
            state = mix(state ^ word.wrapping_mul(STEP).wrapping_add(STEP));
        }
        Self { state }
    }

    /// 64 even bits.
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(STEP);
        mix(self.state)
    }

    /// A whole number from 0 to `below` − 1; 0 where `below` is 0.
    pub fn below(&mut self, below: u32) -> u32 {
        u32::try_from(((self.bits() & 0xFFFF_FFFF) * u64::from(below)) >> 32).unwrap_or(0)
    }

    /// A whole number from `from` to `to`, both included.
    pub fn between(&mut self, from: i32, to: i32) -> i32 {
        let width = to.saturating_sub(from).saturating_add(1).max(1);
        from.saturating_add(i32::try_from(self.below(width.unsigned_abs())).unwrap_or(0))
    }

    /// True `per_mille` times in a thousand.
    pub fn chance(&mut self, per_mille: u32) -> bool {
        self.below(1000) < per_mille
    }

    /// One of a list, each as likely.
    pub fn one_of<'l, T>(&mut self, list: &'l [T]) -> Option<&'l T> {
        list.get(self.below(u32::try_from(list.len()).unwrap_or(u32::MAX)) as usize)
    }

    /// A word of a list, each as likely; empty where the list is.
    pub fn word(&mut self, list: &[&'static str]) -> &'static str {
        self.one_of(list).copied().unwrap_or("")
    }

    /// The place of one of a list of weights, as likely as its weight; 0 where all weigh nothing.
    pub fn weighted(&mut self, weights: &[u32]) -> usize {
        let total = weights
            .iter()
            .fold(0_u32, |sum, weight| sum.saturating_add(*weight));
        let mut throw = self.below(total);
        for (place, weight) in weights.iter().enumerate() {
            match throw.checked_sub(*weight) {
                Some(rest) => throw = rest,
                None => return place,
            }
        }
        0
    }

    /// A word of a list with weights.
    pub fn pick(&mut self, list: &[(&'static str, u32)]) -> &'static str {
        let total = list
            .iter()
            .fold(0_u32, |sum, (_, weight)| sum.saturating_add(*weight));
        let mut throw = self.below(total);
        for (word, weight) in list {
            match throw.checked_sub(*weight) {
                Some(rest) => throw = rest,
                None => return word,
            }
        }
        ""
    }

    /// Puts a list into chance order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for end in (1..list.len()).rev() {
            let other = self.below(u32::try_from(end + 1).unwrap_or(u32::MAX)) as usize;
            list.swap(end, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_throws_of_a_seed_never_change() {
        let mut dice = Dice::new(1, &[2, 3]);
        let throws: Vec<u32> = (0..6).map(|_| dice.below(1000)).collect();
        assert_eq!(throws, FIRST_THROWS);
        assert_ne!(
            Dice::new(1, &[2, 3]).bits(),
            Dice::new(1, &[3, 2]).bits(),
            "the path is ordered"
        );
    }

    const FIRST_THROWS: [u32; 6] = [380, 702, 437, 973, 194, 334];

    #[test]
    fn shares_come_out() {
        let mut dice = Dice::new(7, &[]);
        let mut counts = [0_u32; 3];
        for _ in 0..30_000 {
            counts[dice.weighted(&[1, 2, 3])] += 1;
        }
        for (count, expected) in counts.iter().zip([5_000, 10_000, 15_000]) {
            assert!(count.abs_diff(expected) < 400, "{counts:?}");
        }
        assert!((0..1000).all(|_| (3..=5).contains(&dice.between(3, 5))));
    }
}
