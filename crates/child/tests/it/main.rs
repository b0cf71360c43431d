//! Integration tests of the crate, one binary.

mod link;
mod oracles_date;
mod oracles_number;
mod oracles_phone;
mod oracles_text;
mod rules;
