//! What a model is made of: comparisons with their levels, blocking keys, kinds of pairs.
//!
//! In: numbers of two records. Out: the level they reach ([`Outcome`]), or the key they meet under. A model file makes these
//! from conditions ([`crate::file`]); code may implement [`Comparison`] and [`Key`] on data of its own.

use crate::limits::RARITY_STEPS;
use rustc_hash::FxHashMap;

/// What comparing two records gave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// 0: one of the two says nothing, which weighs nothing. Otherwise the level's place in [`Comparison::levels`], from 1.
    pub level: u8,
    /// How rare the value is that they agree on (see [`rarity`]); 0 where that does not matter.
    pub rarity: u8,
}

impl Outcome {
    /// One of the two says nothing.
    pub const MISSING: Self = Self {
        level: 0,
        rarity: 0,
    };
    /// A level without regard to the value.
    pub fn level(level: u8) -> Self {
        Self { level, rarity: 0 }
    }
}

/// The fraction of √2 as a number of 64 bits holds it.
const ROOT_OF_TWO: u64 = std::f64::consts::SQRT_2.to_bits() & ((1 << 52) - 1);

/// The step of rarity of a value that this share of records has: 1 for all of them, one more each time it halves.
///
/// ```
/// use treem_link::comparison::rarity;
/// assert_eq!((rarity(1.0), rarity(0.25), rarity(1e-30)), (1, 3, 31));
/// ```
pub fn rarity(share: f64) -> u8 {
    // 1 − log₂ to the nearest whole number, from the bits of the share: its exponent, one less from √2 on.
    let bits = share.clamp(1e-12, 1.0).to_bits();
    let halved = 1023_u64.saturating_sub(bits >> 52);
    let over = u64::from(bits & ((1 << 52) - 1) > ROOT_OF_TWO);
    let step = (1 + halved).saturating_sub(over);
    u8::try_from(step.clamp(1, RARITY_STEPS as u64 - 1)).unwrap_or(u8::MAX)
}

/// The share of records a step of rarity stands for.
pub fn share(rarity: usize) -> f64 {
    if rarity == 0 {
        1.0
    } else {
        2_f64.powi(1 - i32::try_from(rarity).unwrap_or(31))
    }
}

/// A level of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    /// What it is called.
    pub label: String,
    /// Agreement on a rare value tells more than on a frequent one: the outcome carries a rarity.
    pub rarity: bool,
}

impl Level {
    /// A level.
    pub fn new(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            rarity: false,
        }
    }
    /// A level whose outcome carries the rarity of the value.
    pub fn rare(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            rarity: true,
        }
    }
}

/// A thread's own memory: what costly comparators gave for a pair of values.
#[derive(Debug, Default)]
pub struct Scratch {
    known: FxHashMap<(u32, u32, u32), f64>,
}

impl Scratch {
    /// What was found before for two values under this number of a function, or what `compute` finds now.
    pub fn remember(
        &mut self,
        what: u32,
        left: u32,
        right: u32,
        compute: impl FnOnce() -> f64,
    ) -> f64 {
        if let Some(found) = self.known.get(&(what, left, right)) {
            return *found;
        }
        let found = compute();
        if self.known.len() >= crate::limits::REMEMBERED {
            self.known.clear();
        }
        self.known.insert((what, left, right), found);
        found
    }
}

/// Compares one thing that two records say.
pub trait Comparison: Sync {
    /// Its name.
    fn name(&self) -> &str;
    /// Its levels. The missing one is not among them.
    fn levels(&self) -> &[Level];
    /// Compares two records by their numbers. The outcome must not depend on which is left.
    fn compare(&self, left: u32, right: u32, scratch: &mut Scratch) -> Outcome;
    /// Reads what comparing a record will need, so that memory is not waited for pair by pair; the sum of what was read, which
    /// means nothing. `None` where that is no use.
    fn look_ahead(&self, record: u32) -> Option<u64> {
        let _ = record;
        None
    }
}

/// A blocking key: records that meet under one are compared.
pub trait Key: Sync {
    /// Its name.
    fn name(&self) -> &str;
    /// A hash of what the record says; 0 where it says nothing.
    fn key(&self, record: u32) -> u64;
    /// Names of finer ways: where blocks of this key are too large, their records meet only if they agree in one of these as well.
    fn finer(&self) -> &[&'static str] {
        &[]
    }
    /// A hash of what the record says by a finer way, by its place in [`Key::finer`]; 0 where it says nothing.
    fn finer_key(&self, way: usize, record: u32) -> u64 {
        let _ = (way, record);
        0
    }
}

/// Joins hashes of the parts of a key.
pub fn mix(hash: u64, next: u64) -> u64 {
    let mixed = (hash.rotate_left(26) ^ next).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed ^ (mixed >> 32)
}

/// Hash of a text, never 0.
pub fn hash_text(text: &str) -> u64 {
    hash_bytes(text.as_bytes())
}

/// Hash of a text by its bytes, never 0.
pub fn hash_bytes(text: &[u8]) -> u64 {
    let mut hash = 0x51_7C_C1_B7_27_22_0A_95_u64;
    let (words, rest) = text.as_chunks::<8>();
    for word in words {
        hash = mix(hash, u64::from_be_bytes(*word));
    }
    if !rest.is_empty() {
        let word = rest
            .iter()
            .fold(0_u64, |word, byte| word << 8 | u64::from(*byte));
        hash = mix(hash, word);
    }
    mix(hash, text.len() as u64) | 1
}
