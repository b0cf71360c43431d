//! Every limit of this crate in one place.

/// Longest text of one cell that is looked at as a value; a longer one is kept raw and said to be no value.
pub const CELL_CHARS: usize = 2_000;
/// Longest name that is taken for one, in syllables.
pub const NAME_SYLLABLES: usize = 12;
/// Children are born in this century: the first year a birth date may carry.
pub const FIRST_YEAR: i16 = 1900;
/// The age at which a child leaves the register: under 16 (Luật Trẻ em 2016, Điều 1).
pub const AGE_LIMIT_YEARS: i16 = 16;
/// Size of the cache of known syllables of one worker, in entries.
pub const SYLLABLE_CACHE: usize = 1 << 14;
/// Entries of one worker's cache of closed-list values (ethnic group, unit).
pub const VALUE_CACHE: usize = 1 << 12;
/// Local rules in one rule file.
pub const LOCAL_RULES: usize = 200;
