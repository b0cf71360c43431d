//! Integration tests of the crate, one binary.

mod oracles_text;
