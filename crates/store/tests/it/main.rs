//! Tests of the register on both engines.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests may stop"
)]

mod audit;
mod both;
mod copy;
mod forward;
mod race;
mod schema;
mod server;
mod statistics;
mod story;
