//! Every limit of this crate in one place.

/// Comparisons of one model.
pub const COMPARISONS: usize = 16;
/// Bits that a level may be corrected by.
pub const CORRECTION: f64 = 16.0;
/// Levels of one comparison, missing not counted.
pub const LEVELS: usize = 31;
/// Kinds of pairs of one model.
pub const KINDS: usize = 6;
/// Blocking keys of one model.
pub const KEYS: usize = 32;
/// Records of one run (their numbers are 32 bits wide, one is kept free).
pub const RECORDS: usize = 4_000_000_000;
/// Pairs of one block. A larger block is left out and counted in the report: it says that the key is too coarse.
pub const BLOCK_PAIRS: u64 = 20_000_000;
/// Pairs a record that the blocks of one key may make, where the key has finer ways; larger blocks are split by those, and what
/// one way still makes beyond this is left out and counted. All pairs together: this, times the records, times keys and ways.
pub const PAIRS_A_RECORD: u64 = 6;
/// A block with no more pairs than this is never split.
pub const SMALL_BLOCK_PAIRS: u64 = 63;
/// Pairs that are held between learning and scoring, 16 bytes each; where the blocks bring up more, they are compared again.
pub const PAIRS_HELD: u64 = 12_000_000;
/// Pairs that are compared for learning where not all are held.
pub const PAIRS_LEARNT: u64 = 4_000_000;
/// Random pairs that tell how often values agree by chance.
pub const RANDOM_PAIRS: u64 = 400_000;
/// Random records of each side that are compared each with each.
pub const RANDOM_TOGETHER: u64 = 16;
/// Pairs of one piece of work.
pub const TASK_PAIRS: u64 = 40_000;
/// Pairs whose odds are at least this are kept for grouping.
pub const KEPT_ODDS: f64 = 1e-4;
/// Pairs kept for grouping; where there are more, the rest is counted and left out.
pub const PAIRS_KEPT: usize = 50_000_000;
/// Rounds of learning at most.
pub const ROUNDS: usize = 60;
/// Rounds of weighing candidates against each other at most.
pub const MATCHING_ROUNDS: usize = 60;
/// Records of a group of doubles that is weighed exactly (877 ways to part seven records).
pub const PARTITION_RECORDS: usize = 7;
/// Other records that are asked about a pair of a larger group, for each of its two: the most probable.
pub const THIRDS: usize = 256;
/// Pairs that are weighed against each other in one piece of work, or one group of doubles more.
pub const PAIRS_TOGETHER: usize = 4096;
/// Threads at most.
pub const THREADS: usize = 64;
/// Steps of rarity: a value as rare as 1 in 2^30 or rarer is step 31.
pub const RARITY_STEPS: usize = 32;
/// Bytes of one value that are compared.
pub const VALUE_BYTES: usize = 4096;
/// Characters of one value that the costly comparators look at.
pub const COMPARED_CHARS: usize = 256;
/// Remembered outcomes of costly comparators, a thread.
pub const REMEMBERED: usize = 1 << 20;
/// Characters of one condition of a model file, and brackets inside brackets.
pub const CONDITION_CHARS: usize = 4000;
/// Depth of a condition.
pub const CONDITION_DEPTH: usize = 32;
