//! Zip files that are the same on every day.
//!
//! In: parts by name. Out: a zip file whose members have one fixed time and origin.

use super::super::WriteError;
use std::io::Write;
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, ZipWriter};

/// A zip file that is being written.
pub(super) struct Package<W: Write> {
    zip: ZipWriter<StreamWriter<W>>,
    level: i64,
}

/// Ours wherever the system's word is inside.
fn failed(error: zip::result::ZipError) -> WriteError {
    match error {
        zip::result::ZipError::Io(error) => WriteError::Io(error),
        other => WriteError::Io(std::io::Error::other(other)),
    }
}

impl<W: Write> Package<W> {
    /// `level`: of deflate, 1 to 9.
    pub(super) fn new(out: W, level: i64) -> Self {
        Self {
            zip: ZipWriter::new_stream(out),
            level,
        }
    }

    /// Begins a part; what is written after it is its content.
    pub(super) fn begin(&mut self, name: &str) -> Result<(), WriteError> {
        let options = options().compression_level(Some(self.level));
        self.zip.start_file(name, options).map_err(failed)
    }

    /// A whole part.
    pub(super) fn part(&mut self, name: &str, content: &[u8]) -> Result<(), WriteError> {
        self.begin(name)?;
        Ok(self.zip.write_all(content)?)
    }

    /// A whole part that is not packed (the first of an OpenDocument file).
    pub(super) fn stored(&mut self, name: &str, content: &[u8]) -> Result<(), WriteError> {
        let options = options().compression_method(CompressionMethod::Stored);
        self.zip.start_file(name, options).map_err(failed)?;
        Ok(self.zip.write_all(content)?)
    }

    /// A piece of the part that was begun.
    pub(super) fn push(&mut self, content: &[u8]) -> Result<(), WriteError> {
        Ok(self.zip.write_all(content)?)
    }

    /// Writes the directory.
    pub(super) fn finish(self) -> Result<W, WriteError> {
        Ok(self.zip.finish().map_err(failed)?.into_inner())
    }
}

/// The same for every member: the earliest time a zip file can hold, made on a unix system, whatever the machine.
fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644)
        .system(zip::System::Unix)
}

/// The first line of an XML part.
pub(super) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// A `.rels` part of (id, last word of the type, target).
pub(super) fn relations<'a>(
    targets: impl IntoIterator<Item = (String, &'a str, String)>,
) -> String {
    let mut xml = format!("{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">");
    for (id, kind, target) in targets {
        append!(
            xml,
            "<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>"
        );
    }
    xml + "</Relationships>"
}

/// The `.rels` part of the package: the main part and the fixed properties.
pub(super) fn root_relations(main: &str) -> String {
    format!(
        "{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" \
         Target=\"{main}\"/><Relationship Id=\"rId2\" Type=\"{PACKAGE}/relationships/metadata/core-properties\" \
         Target=\"docProps/core.xml\"/></Relationships>"
    )
}

/// `[Content_Types].xml` of (part, type), the fixed properties among them.
pub(super) fn content_types(parts: &[(String, &str)], binary: bool) -> String {
    let mut xml = format!(
        "{HEAD}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" \
         ContentType=\"application/xml\"/>"
    );
    if binary {
        xml.push_str(
            "<Default Extension=\"bin\" ContentType=\"application/vnd.ms-excel.sheet.binary.macroEnabled.main\"/>",
        );
    }
    let core = (
        "/docProps/core.xml".to_owned(),
        "application/vnd.openxmlformats-package.core-properties+xml",
    );
    for (part, kind) in parts.iter().chain([&core]) {
        append!(
            xml,
            "<Override PartName=\"{part}\" ContentType=\"{kind}\"/>"
        );
    }
    xml + "</Types>"
}

/// `docProps/core.xml`: a time that says nothing.
pub(super) fn properties() -> String {
    format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dcterms:created \
         xsi:type=\"dcterms:W3CDTF\">2000-01-01T00:00:00Z</dcterms:created></cp:coreProperties>"
    )
}
