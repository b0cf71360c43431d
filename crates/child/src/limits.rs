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
/// Entries of one worker's cache of closed-list values (ethnic group, unit), and of the communes that all workers of a run share.
pub const VALUE_CACHE: usize = 1 << 15;
/// Local rules in one rule file.
pub const LOCAL_RULES: usize = 200;
/// Rows of a table of coverage.
pub const COVERAGE_ROWS: usize = 5_000;
/// Columns of a sheet in which a table of coverage is looked for.
pub const COVERAGE_COLUMNS: usize = 64;
/// Columns of figures that are weighed against each other.
pub const COVERAGE_FIGURE_COLUMNS: usize = 12;
/// Rows above the first figures that may be headings.
pub const COVERAGE_HEADING_ROWS: usize = 8;
/// Rows of a sheet that are tried as the first of a table of coverage.
pub const COVERAGE_STARTS: usize = 12;
/// Longest name of a unit that is kept, in characters.
pub const COVERAGE_NAME_CHARS: usize = 120;
/// Broken equations up to which repairs of two cells are searched.
pub const COVERAGE_BROKEN: usize = 24;
/// Repairs shown for one contradiction.
pub const COVERAGE_REPAIRS: usize = 12;
/// Cells under suspicion up to which pairs of them are tried.
pub const COVERAGE_SUSPECTS: usize = 600;
/// Rows of a table of coverage by which its columns are told apart.
pub const COVERAGE_SAMPLE_ROWS: usize = 150;
/// Words of a name, address or title that are looked up in closed lists.
pub const LOOKUP_WORDS: usize = 48;
/// Spellings of syllables that the linkage remembers.
pub const LINK_SYLLABLES: usize = 1 << 20;
/// Letters of two texts that are held against each other one by one.
pub const DIFFER_LETTERS: usize = 400;
/// Bytes of a template of a letter.
pub const TEMPLATE_BYTES: usize = 64 << 10;
/// Lines of a template.
pub const TEMPLATE_LINES: usize = 1_000;
/// Fields that a template names.
pub const TEMPLATE_FIELDS: usize = 500;
/// Mistakes of a template that are said.
pub const TEMPLATE_WRONG: usize = 30;
/// Entries of a file of offices.
pub const OFFICES: usize = 200;
