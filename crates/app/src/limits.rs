//! Every limit of this crate in one place.

/// Keys of one kind held in memory while a list is checked (about 40 MB); beyond that they go to disk.
pub const KEYS_IN_MEMORY: usize = 1_250_000;
/// Rows of one group of equal keys that are compared with each other.
pub const GROUP_ROWS: usize = 100_000;
/// Findings over many rows that are held in memory before they are merged in.
pub const ACROSS_FINDINGS: usize = 1_000_000;
/// Files of one run.
pub const FILES: usize = 100_000;
/// Folders below a given one that are gone down into.
pub const FOLDER_DEPTH: usize = 16;
/// Chunks on their way between reader and workers.
pub const CHUNKS_AHEAD: usize = 4;
/// Tables of one sheet.
pub const TABLES: usize = 2_000;
/// Rows of one workbook of `lists/`; a longer list goes on in a second file.
pub const LIST_ROWS: usize = 50_000;
/// Bytes of children waiting to be written into the temporary files of their communes.
pub const LIST_BYTES_WAITING: usize = 32 << 20;
/// Lines of input of `treem normalise` that are looked at together for the column's vote.
pub const NORMALISE_LINES: usize = 200_000;
/// Communes of a sample on their way between workers and writer, for each worker.
pub const COMMUNES_AHEAD: usize = 4;
/// Rows of a register that is written as a spreadsheet.
pub const XLSX_REGISTER_ROWS: u64 = 1_000_000;
/// Texts of a sheet that are no commune, kept to find the province that has them.
pub const UNKNOWN_PLACES: usize = 200;
/// Children of an import written at a time.
pub const IMPORT_ROWS: usize = 2_000;
/// Children a search by name shows.
pub const FOUND: u32 = 50;
/// Children a search looks at where only those of some units are shown.
pub const FOUND_AROUND: u32 = 5_000;
/// Children of a household that are typed at once.
pub const HOUSEHOLD: usize = 30;
/// Bytes of a field that is typed.
pub const TYPED_BYTES: usize = 2_000;
/// Children of the book that a typed child may be, and that a person is asked about.
pub const MAY_BE: usize = 5;
/// Hamlets of a commune that are offered while typing.
pub const HAMLETS: i64 = 200;
/// Letters of the name of a photo or scan.
pub const PAPER_NAME: usize = 120;
/// Bytes of a file with a household.
pub const HOUSEHOLD_BYTES: u64 = 1 << 20;
/// Changed children of an import written at a time.
pub const IMPORT_CHANGES: usize = 10_000;
/// Later edits that are listed before an import is undone.
pub const LATER_EDITS: usize = 200;

/// Pages of a book that are read ahead of those who look at them.
pub const PAGES_AHEAD: usize = 3;
/// Threads that look at the children of a book.
pub const CENSUS_THREADS: usize = 16;
/// Days of a book of which the counts of all its units are kept in memory.
pub const PORTRAIT_DAYS: usize = 4;
/// How long two questions about these counts may be under way beside each other.
pub const PORTRAIT_TIME: std::time::Duration = std::time::Duration::from_mins(1);
/// Children of a list that are asked for one by one; beyond, the whole book is read.
pub const LISTED_ONE_BY_ONE: usize = 1_000;
/// Lines of a file that says what became of units.
pub const REFORM_LINES: usize = 100_000;
/// Children that are named where a reform is taken back, or for a hamlet that is not decided.
pub const REFORM_NAMED: usize = 200;
/// Rows of a sheet in which the headings of an export are looked for.
pub const MIRROR_HEAD_ROWS: usize = 50;
/// Rows of a mirror, and children of the book, that are held against each other.
pub const MIRROR_ROWS: usize = 3_000_000;
/// Rows of a list of another sector.
pub const SECTOR_ROWS: usize = 3_000_000;
/// Found children that are read at a time.
pub const FOUND_READ: i64 = 500;
/// Found children of one page of who is missing.
pub const FOUND_PAGE: i64 = 50;
/// Found children of one file: what a sheet holds.
pub const FOUND_FILE: usize = 1_000_000;
/// Letters of a cell that is shown beside the heading of its column.
pub const SAMPLE_LETTERS: usize = 60;
/// Letters of a cell that is written: what Excel takes.
pub const WRITTEN_CELL: usize = 32_000;
/// Children of a comparison of two days that are named.
pub const LIST_NAMED: usize = 500;
/// Numbers in dispute on one page.
pub const DISPUTES_PAGE: usize = 25;
/// Children of one page of a list on the screen.
pub const LIST_PAGE: usize = 50;
/// Units whose children are listed by a statement for each; of more the whole book is walked through.
pub const UNITS_ONE_BY_ONE: usize = 60;
/// Children of one step of that walk.
pub const SCAN_PAGE: i64 = 5_000;
/// Weeks of work that are looked at on the page of progress.
pub const PACE_WEEKS: usize = 8;
/// Records of one fix of many.
pub const FIX_ROWS: usize = 5_000;
/// Days by which the pace of the work is judged.
pub const PACE_DAYS: i64 = 28;
/// Bytes of the files one person sends at once.
pub const INTAKE_BYTES: u64 = 100 << 20;
/// Files sent at once.
pub const INTAKE_FILES: usize = 200;
/// Bytes of all files that wait to be imported.
pub const INTAKE_ALL_BYTES: u64 = 4 << 30;
/// Intakes one person may have under way.
pub const INTAKES_OF_ONE: usize = 20;
/// Hours after which what was sent is thrown away.
pub const INTAKE_HOURS: i64 = 24;
/// Letters of a file's name that are shown.
pub const INTAKE_NAME_LETTERS: usize = 200;
/// Letters of a file's name in the folder, without its ending: a letter may take four bytes, a name 255.
pub const INTAKE_STEM_LETTERS: usize = 60;
/// Communes a person may choose from in one list; who has more says it in the files.
pub const COMMUNES_CHOSEN: usize = 200;
/// Children of a list that are shown as they were read.
pub const READ_SHOWN: usize = 5;
/// Repaired cells on one page.
pub const REPAIRS_PAGE: u64 = 50;
/// Rows or pairs that wait which one look at the queue reads at a time.
pub const QUEUE_PAGE: i64 = 200;
/// Pairs within a book that are kept for the queue.
pub const PAIRS: usize = 50_000;
/// Children of a unit among whom a pair is weighed again.
pub const WEIGHED_AMONG: usize = 3_000;
/// Brothers and sisters that are shown.
pub const SIBLINGS: usize = 6;
/// Things done lately that are shown.
pub const LATELY: u32 = 100;
/// Long works of the pages that run at once.
pub const JOBS: usize = 2;
/// Items at the head of the queue that are tried before it is said that nothing waits.
pub const QUEUE_TRIED: usize = 30;
/// How long it is remembered how a long work of the pages ended.
pub const JOB_KEPT: std::time::Duration = std::time::Duration::from_hours(24);
/// Requests an address gains each second where nobody says otherwise: an office behind one address is many people.
pub const REQUESTS_A_SECOND: u32 = 40;
/// Addresses whose requests are counted.
pub const ADDRESSES_WATCHED: usize = 20_000;
/// Bytes of a form.
pub const FORM_BYTES: usize = 1 << 20;
/// Bytes of all files that are sent at once.
pub const UPLOAD_BYTES: usize = 128 << 20;
/// Wrong passwords of one name before it has to wait.
pub const SIGN_IN_NAME: i64 = 5;
/// Wrong passwords from one address before it has to wait: an office behind one address is many people.
pub const SIGN_IN_ADDRESS: i64 = 30;
/// Seconds of the first wait; each further failure doubles it.
pub const SIGN_IN_WAIT: i64 = 30;
/// Seconds of the longest wait.
pub const SIGN_IN_LONGEST: i64 = 3_600;
/// Days after which failures are forgotten.
pub const ATTEMPT_DAYS: i64 = 30;
/// Hours a session lasts at most: a working day.
pub const SESSION_HOURS: i64 = 12;
/// Minutes after which a session that nobody uses ends.
pub const SESSION_IDLE_MINUTES: i64 = 60;
/// Seconds between two notes that a session was seen.
pub const SESSION_SEEN_SECONDS: i64 = 60;
/// Minutes in which the code of the second factor has to follow the password.
pub const CODE_MINUTES: i64 = 5;
/// Hours in which a one-time link can be used.
pub const LINK_HOURS: i64 = 72;
/// Days a token of an application lasts at most.
pub const TOKEN_DAYS: i64 = 366;
/// Letters of a password at least.
pub const PASSWORD_LETTERS: usize = 12;
/// Bytes of a password at most.
pub const PASSWORD_BYTES: usize = 1_024;
/// Letters of a name, an office, a browser's name.
pub const ACCOUNT_LETTERS: usize = 100;
/// Passwords that are hashed at once: each takes 19 MiB.
pub const HASHES_AT_ONCE: usize = 4;
/// Lines of a page of the log.
pub const LOG_PAGE: i64 = 100;
/// Bytes of a file that says what became of units, on the pages: it stands in the form between looking and doing.
pub const REFORM_FILE_BYTES: usize = 400 << 10;
/// Files of authorities that are read.
pub const AUTHORITY_FILES: usize = 200;
/// Rows of a returned workbook, all sheets together.
pub const RETURNED_ROWS: usize = 100_000;
/// Lines of answers typed at once.
pub const KEYED_LINES: usize = 20_000;
/// Days that are looked back on for findings that came back after they were put right: half a year.
pub const BACK_DAYS: i64 = 182;
/// Faults beside each other in the table of units by faults.
pub const FAULTS_SHOWN: usize = 8;
/// Children shown behind one evidence of the report.
pub const EVIDENCE_ROWS: usize = 500;
/// Weeks that are looked back on for a pace.
pub const WEEKS_BACK: i64 = 53;
