//! Official documents: one model of a document, written as PDF and as DOCX; whether what came back signed is what went out ([`sign`]).
//!
//! In: plain structs with what stands on the paper ([`household::Sheet`], [`police::List`], [`minutes::Minutes`], [`letter::Letter`],
//! [`annex::Annex`]). Out: a [`document::Document`], and from it the bytes of a file: [`docx::write`], and with the feature `pdf`
//! `pdf::write`.
//!
//! The layout is that of Nghị định 30/2020/NĐ-CP, Phụ lục I. Nothing here opens a file, asks a clock or knows the register. What comes
//! in from lists is text and stays text: [`text::Words`] makes it printable, and nothing is ever read as markup.
//!
//! ```
//! use treem_papers::{annex::Annex, docx};
//!
//! let annex = Annex {
//!     title: "Danh sách thôn".into(),
//!     columns: vec![("TT".into(), 1.0), ("Thôn".into(), 5.0)],
//!     rows: vec![vec!["1".into(), "A Đăng".into()]],
//!     ..Annex::default()
//! };
//! let bytes = docx::write(&annex.document()?)?;
//! assert_eq!(bytes[..2], *b"PK");
//! # Ok::<(), treem_papers::error::Refusal>(())
//! ```

pub mod annex;
pub mod document;
pub mod docx;
pub mod error;
pub mod household;
pub mod letter;
pub mod limits;
pub mod measure;
pub mod minutes;
pub mod pages;
pub mod parts;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod police;
pub mod qr;
pub mod sign;
pub mod text;
