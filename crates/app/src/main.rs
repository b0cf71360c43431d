//! `treem`: from the lists that really exist to clean findings.
//!
//! Entry point: reads the clock, the environment and the command line once, calls an act, turns what it says into an exit code
//! (contract: 0 done, 1 findings where `--deny` asked, 2 some input could not be used, 3 failed).

mod access;
mod act;
mod cli;
mod jobs;
mod limits;
mod shown;
mod web;
mod world;

use std::process::ExitCode;

/// Rows are read by one thread and let go of by another, millions of small texts: the system's own allocator takes a quarter more time for an
/// import or a re-check (docs/performance.md).
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the clock, the environment and chance"
)]
fn around() -> cli::Around {
    use std::hash::{BuildHasher as _, RandomState};
    let chance = || u128::from(RandomState::new().hash_one(0));
    cli::Around {
        today: jiff::ZonedDateTime::now().date(),
        now: jiff::Timestamp::now(),
        chance: chance() << 64 | chance(),
        clock: jiff::Timestamp::now,
        secrets: || {
            let mut bytes = [0; 32];
            // Without chance there are no secrets: better to stop than to hand out one that can be guessed.
            assert!(
                getrandom::fill(&mut bytes).is_ok(),
                "the system gives no random bytes"
            );
            bytes
        },
        data: std::env::var("TREEM_DATA")
            .ok()
            .filter(|data| !data.is_empty()),
    }
}

fn main() -> ExitCode {
    ExitCode::from(cli::run(std::env::args_os().collect(), &around()))
}
