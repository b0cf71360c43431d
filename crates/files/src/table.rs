//! Finds the tables of a sheet.
