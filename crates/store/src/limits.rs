//! Every limit of this crate in one place.

use std::time::Duration;

/// Parameters of one statement that writes many rows. Both engines take far more (32,766 and 65,535); longer statements are no faster.
pub const PARAMETERS: usize = 1_000;
/// How long a writer waits for another one on SQLite before it says that the register is busy.
pub const BUSY: Duration = Duration::from_secs(20);
/// Connections that read beside the one that writes on SQLite, and all connections to PostgreSQL.
pub const CONNECTIONS: u32 = 4;
/// How long a second connection for reading may take; without it one reads alone.
pub const SECOND: Duration = Duration::from_secs(1);
/// How often PostgreSQL looks, within a statement, whether who asked is still there (documentation, `client_connection_check_interval`).
pub const CLIENT_CHECK: &str = "set client_connection_check_interval = '5s'";
/// How long a connection may take.
pub const CONNECT: Duration = Duration::from_secs(20);
/// Rows of one page of a long read.
pub const PAGE: i64 = 5_000;
/// The sums of a moment are put together from the events after it (or before it) where these are no more than the children by so many: an event looked
/// up costs what thirty read in a row do.
pub const MOMENT_SHARE: i64 = 32;
/// Bytes of one record as text.
pub const RECORD_BYTES: usize = 256 << 10;
/// Parameters of one statement that copies rows into SQLite; they have no names, so none is looked up.
pub const COPY_PARAMETERS: usize = 2_000;
/// Bytes sent to PostgreSQL at a time while rows are copied.
pub const COPY_BYTES: usize = 256 << 10;
/// Rows after which a copy tells how far it is, and may be stopped.
pub const COPY_STEP: u64 = 2_000;
/// Bytes of a page of a new SQLite file: records are long, and pages of 4,096 bytes are written twice as often.
pub const PAGE_BYTES: u32 = 8_192;
/// What a connection to SQLite keeps of the file in memory, in KiB with a minus as SQLite wants it. An act that outgrows it writes its
/// pages out early and again: the import of a province took a third longer with SQLite's own 2,000.
pub const CACHE_KIB: &str = "-65536";
/// Rows SQLite's thread reads ahead of who takes them: each time it waits costs two switches of threads, and most of a large page was those with the
/// library's 50. Not of whole tables, whose rows may be papers ([`crate::store::Store::Lite`]).
pub const ROWS_AHEAD: usize = 1_000;
/// Bytes of a draft as text.
pub const DRAFT_BYTES: usize = 256 << 10;
/// Open drafts of a person.
pub const DRAFTS: i64 = 200;
/// Bytes of a photo or scan.
pub const ATTACHMENT_BYTES: usize = 10 << 20;
/// Photos and scans of a draft.
pub const ATTACHMENTS: usize = 10;
/// Children of one name, one day or one number that a typed child is held against.
pub const LIKE: i64 = 300;
/// Children of the commune about its age that a typed child is held against.
pub const BESIDE: i64 = 1_500;
/// Bytes of a scan, a signature or a signed PDF that is kept as evidence.
pub const EVIDENCE_BYTES: usize = 32 << 20;
/// Pieces of evidence of a list.
pub const EVIDENCE: usize = 50;
/// Rows of a table that an act writes before PostgreSQL's planner looks at it.
pub const STATISTICS_ROWS: u64 = 5_000;
/// How many times as many it writes before the planner looks again.
pub const STATISTICS_GROWTH: u64 = 8;
/// How long a look waits for the server's own visit of the table, in milliseconds: the visit is called off for who waits longer than
/// `deadlock_timeout` (a second).
pub const STATISTICS_WAIT_MS: u32 = 3_000;
/// How closely it looks: so many times 300 rows are read (PostgreSQL documentation, `default_statistics_target`; its own is 100).
pub const STATISTICS_TARGET: u32 = 30;
