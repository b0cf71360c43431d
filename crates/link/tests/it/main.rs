//! Integration tests of the crate, one binary.

mod models;
mod runs;
