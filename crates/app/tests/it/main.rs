//! Integration tests of the program, in one binary: each runs the real `treem` on real files.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::format_push_string,
    clippy::format_collect,
    reason = "tests"
)]

mod across;
mod bad;
mod contract;
mod faults;
mod generate;
mod headcounts;
mod huge;
mod keep;
mod link;
mod lists;
mod package;
mod privacy;
mod provinces;
mod register;
mod run;
mod samples;
mod served;
mod stopped;
mod stories;
mod units;
mod words;
