//! Ids of our own: UUIDv7 as text (RFC 9562), made by the program, the same on all engines.
//!
//! In: the time and chance, as parameters. Out: ids that grow.

use std::fmt::Write as _;

/// Makes ids.
#[derive(Clone, Debug)]
pub struct Ids {
    millis: u64,
    /// 74 bits that count on from a start by chance (RFC 9562 §6.2, method 2).
    count: u128,
}

const COUNT_BITS: u32 = 74;

impl Ids {
    /// Ids of this moment: milliseconds since 1970, and 128 bits of chance.
    pub fn new(millis: u64, chance: u128) -> Self {
        // The highest bit stays free, so that a run may count on.
        Self {
            millis: millis & ((1 << 48) - 1),
            count: chance & ((1 << (COUNT_BITS - 1)) - 1),
        }
    }

    /// The next id, greater than all before it.
    pub fn next_id(&mut self) -> String {
        self.count = self.count.wrapping_add(1) & ((1 << COUNT_BITS) - 1);
        let (high, low) = (self.count >> 62, self.count & ((1 << 62) - 1));
        let value = u128::from(self.millis) << 80 | 7 << 76 | high << 64 | 2 << 62 | low;
        let hex = format!("{value:032x}");
        let mut out = String::with_capacity(36);
        for (at, digit) in hex.chars().enumerate() {
            if matches!(at, 8 | 12 | 16 | 20) {
                out.push('-');
            }
            let _ = out.write_char(digit);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_grow_and_say_what_they_are() {
        let mut ids = Ids::new(1_717_171_717_171, u128::MAX);
        let made: Vec<String> = (0..1000).map(|_| ids.next_id()).collect();
        assert!(made.is_sorted() && made.windows(2).all(|pair| pair[0] != pair[1]));
        for id in &made {
            let parts: Vec<usize> = id.split('-').map(str::len).collect();
            assert_eq!(parts, [8, 4, 4, 4, 12], "{id}");
            assert_eq!(&id[14..15], "7", "{id}");
            assert!(matches!(&id[19..20], "8" | "9" | "a" | "b"), "{id}");
            assert_eq!(
                u64::from_str_radix(&id.replace('-', "")[..12], 16),
                Ok(1_717_171_717_171)
            );
        }
        let other = Ids::new(1_717_171_717_171, 5).next_id();
        assert!(!made.contains(&other));
    }
}
