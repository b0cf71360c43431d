//! Signatures: authorities and signatures are made by other programs (openssl, pyHanko) while the tests run, and what is found is held
//! against what those programs (openssl, pdfsig) find.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests may stop")]

mod damage;
mod detached;
mod office;
mod signed_pdf;
mod trusted;
