//! Numbers that look random and are the same in every run.
//!
//! In: a seed. Out: [`Random`] (SplitMix64), and a hash of a pair.

/// A source of numbers.
#[derive(Clone, Debug)]
pub struct Random(u64);

fn finish(mut value: u64) -> u64 {
    value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

impl Random {
    /// From a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }
    /// The next number.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        finish(self.0)
    }
    /// A number below `top` (0 for 0).
    pub fn below(&mut self, top: u64) -> u64 {
        let wide = u128::from(self.draw()) * u128::from(top);
        u64::try_from(wide >> 64).unwrap_or(0)
    }
}

/// A hash of a pair of records.
pub fn of_pair(left: u32, right: u32) -> u64 {
    finish((u64::from(left) << 32 | u64::from(right)).wrapping_add(0x9E37_79B9_7F4A_7C15))
}
