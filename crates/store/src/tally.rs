//! How far every unit is, without reading its children.
//!
//! In: an [`Act`](crate::Act) that ends. Out: the tables `tally_child`, `tally` and `tally_day`.
