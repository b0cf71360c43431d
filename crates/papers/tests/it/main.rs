//! Whole documents: their parts, their pages, and that both outputs say the same. Signatures: authorities and signatures are made by other
//! programs (openssl, pyHanko) while the tests run, and what is found is held against what those programs (openssl, pdfsig) find.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::format_push_string,
    reason = "tests"
)]

#[path = "../../examples/show/invented.rs"]
mod invented;

mod cut;
mod damage;
mod detached;
mod docx;
mod hostile;
mod office;
#[cfg(feature = "pdf")]
mod pdf;
mod refused;
mod run;
mod signed_pdf;
mod trusted;
