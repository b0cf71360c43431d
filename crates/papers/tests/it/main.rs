//! Whole documents: their parts, their pages, and that both outputs say the same.
//! Signatures: authorities and signatures are made by other programs while the tests run, and held against what those programs find.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::format_push_string,
    reason = "tests"
)]

#[path = "../../examples/show/invented.rs"]
mod invented;

mod cut;
mod docx;
mod hostile;
#[cfg(feature = "pdf")]
mod pdf;
mod refused;
mod run;
mod sign;
