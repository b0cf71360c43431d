//! Identity numbers that no two people share, given commune by commune without asking the others.
//!
//! In: place of registration, sex, birth year. Out: twelve digits (TT 07/2016/TT-BCA Đ.7). The last six digits count people of
//! one place, sex and year; each commune owns a stretch of that count, and a step that meets all of 0..999,999 makes them
//! look as mixed as real ones.

use super::super::dice::Dice;
use super::super::names::Sex;
use super::super::plan::Commune;
use rustc_hash::FxHashMap;

/// The count of one place, sex and year.
const COUNTS: u32 = 1_000_000;
/// From here on: people registered in another province than they live in.
const ELSEWHERE: u32 = 900_000;
/// Such people of one commune in one place, sex and year.
const ELSEWHERE_EACH: u32 = 9;
/// Coprime to a million.
const STEP: u64 = 618_033;

/// The numbers of a commune.
pub(super) struct Numbers {
    seed: u64,
    /// Its stretch of the count, for children and for grown-ups.
    children: (u32, u32),
    adults: (u32, u32),
    elsewhere: u32,
    used: FxHashMap<(u16, u8, u8), u32>,
}

impl Numbers {
    pub(super) fn new(seed: u64, commune: &Commune) -> Self {
        // Twice what an even spread over 2 sexes and 17 years asks for, and 40 more; grown-ups spread over more years.
        let child = |children: u32, communes: u32| children / 15 + 40 * communes;
        let adult = |children: u32, communes: u32| children / 11 + 60 * communes;
        let stretch = |size: fn(u32, u32) -> u32, at: (u32, u32)| {
            (size(at.0, at.1), size(at.0 + commune.children, at.1 + 1))
        };
        let at = (commune.before, commune.communes_before);
        Self {
            seed,
            children: stretch(child, at),
            adults: stretch(adult, at),
            elsewhere: ELSEWHERE + commune.index * ELSEWHERE_EACH,
            used: FxHashMap::default(),
        }
    }

    /// A number for somebody registered at `place` (three digits as a number). `None` where the commune's stretch is used up:
    /// the caller takes another year or sex.
    pub(super) fn give(&mut self, place: u16, home: u16, sex: Sex, year: i16) -> Option<u64> {
        let century =
            u8::try_from((year.div_euclid(100) - 19) * 2).ok()? + u8::from(sex == Sex::Female);
        let short = u8::try_from(year.rem_euclid(100)).ok()?;
        let used = self.used.entry((place, century, short)).or_default();
        let (from, to) = if place == home {
            if century >= 2 && short >= 7 {
                self.children
            } else {
                self.adults
            }
        } else {
            (self.elsewhere, self.elsewhere + ELSEWHERE_EACH)
        };
        let count = from + *used;
        if count >= to || count >= COUNTS || (place == home && count >= ELSEWHERE) {
            return None;
        }
        *used += 1;
        let start = Dice::new(
            self.seed,
            &[50, u64::from(place), u64::from(century), u64::from(short)],
        )
        .below(COUNTS);
        let last = (u64::from(count) * STEP + u64::from(start)) % u64::from(COUNTS);
        Some(
            ((u64::from(place) * 10 + u64::from(century)) * 100 + u64::from(short))
                * u64::from(COUNTS)
                + last,
        )
    }
}
