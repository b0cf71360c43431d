//! Every limit of this crate in one place.

use std::time::Duration;

/// Parameters of one statement that writes many rows. Both engines take far more (32,766 and 65,535), but SQLite looks a parameter up by
/// walking through all of them.
pub const PARAMETERS: usize = 1_000;
/// How long a writer waits for another one on SQLite before it says that the register is busy.
pub const BUSY: Duration = Duration::from_secs(20);
/// Connections that read beside the one that writes on SQLite, and all connections to PostgreSQL.
pub const CONNECTIONS: u32 = 4;
/// How long a connection may take.
pub const CONNECT: Duration = Duration::from_secs(20);
/// Rows of one page of a long read.
pub const PAGE: i64 = 5_000;
/// Bytes of one record as text.
pub const RECORD_BYTES: usize = 256 << 10;
