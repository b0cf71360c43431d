//! Where things happen: load → call a pure function → write. Command line (and later the pages) call these; neither decides
//! anything.

pub mod access;
pub mod check;
pub mod coverage;
mod csv_line;
pub mod generate;
pub mod link;
pub mod normalise;
pub mod register;
pub mod rules;
pub mod unit_book;
pub mod units;
