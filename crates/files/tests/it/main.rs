//! Integration tests of this crate, in one binary.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::format_push_string,
    clippy::format_collect,
    reason = "tests"
)]

mod oracle_fixtures;
mod read;
mod read_bad;
mod read_xlsx;
mod returned;
mod table;
mod write_book;
