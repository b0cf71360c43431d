//! Whole documents: their parts, their pages, and that both outputs say the same.

#[path = "../../examples/show/invented.rs"]
mod invented;

mod cut;
mod docx;
mod hostile;
#[cfg(feature = "pdf")]
mod pdf;
mod refused;
mod run;
mod sign;
