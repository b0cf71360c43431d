//! Outside files. [`read`] turns any office file into rows of raw cells; [`table`] finds the tables in them and what their
//! columns hold; [`write`] makes the files people work with.
//!
//! The only crate that knows file formats. It knows nothing of SQL, papers or pages.

pub mod limits;
pub mod read;
pub mod table;
pub mod write;
