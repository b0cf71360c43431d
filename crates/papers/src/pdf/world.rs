//! All that typst may see: one program, one document as data, four fonts.
//!
//! In: the data of a document. Out: the `World` that typst asks.

use std::sync::LazyLock;

use typst::{
    Library, LibraryExt as _,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Dict, Duration},
    syntax::{FileId, Source},
    text::{Font, FontBook},
    utils::LazyHash,
};

/// The program.
static PROGRAM: LazyLock<Source> = LazyLock::new(|| Source::detached(include_str!("paper.typ")));

/// Liberation Serif, upright, bold, italic, both.
static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let files: [&'static [u8]; 4] = [
        include_bytes!("../../fonts/LiberationSerif-Regular.ttf"),
        include_bytes!("../../fonts/LiberationSerif-Bold.ttf"),
        include_bytes!("../../fonts/LiberationSerif-Italic.ttf"),
        include_bytes!("../../fonts/LiberationSerif-BoldItalic.ttf"),
    ];
    files
        .into_iter()
        .filter_map(|file| Font::new(Bytes::new(file), 0))
        .collect()
});

/// What is in the fonts.
static BOOK: LazyLock<LazyHash<FontBook>> =
    LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));

/// The fonts.
pub fn fonts() -> &'static [Font] {
    &FONTS
}

/// What typst sees while it works on one document.
pub struct World {
    library: LazyHash<Library>,
}

impl World {
    /// With a document in `sys.inputs.document`.
    pub fn new(document: Dict) -> Self {
        let mut inputs = Dict::new();
        inputs.insert("document".into(), typst::foundations::Value::Dict(document));
        Self {
            library: LazyHash::new(Library::builder().with_inputs(inputs).build()),
        }
    }
}

impl typst::World for World {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        PROGRAM.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == PROGRAM.id() {
            Ok(PROGRAM.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
