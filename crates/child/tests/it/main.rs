//! Integration tests of the crate, one binary.

mod oracles_text;
mod rules;
mod oracles_phone;
