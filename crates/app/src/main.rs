//! `treem`: from the lists that really exist to clean findings.
//!
//! Entry point: reads the clock and the command line once, calls an act, turns what it says into an exit code
//! (contract: 0 done, 1 findings where `--deny` asked, 2 some input could not be used, 3 failed).

mod act;
mod cli;
mod limits;
mod world;

use std::process::ExitCode;

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the clock"
)]
fn today() -> jiff::civil::Date {
    jiff::ZonedDateTime::now().date()
}

fn main() -> ExitCode {
    ExitCode::from(cli::run(std::env::args_os().collect(), today()))
}
