//! DOCX: the same document for the office's own word processor, to be completed there.
//!
//! In: a [`Document`]. Out: the bytes of a package of Office Open XML (ECMA-376, transitional). Times New Roman is named, not embedded.
//! Headings of tables are repeated (`w:tblHeader`), rows not cut (`w:cantSplit`), pages counted by fields. The same document gives the
//! same bytes.

mod body;
mod page;
mod table;
mod xml;

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use crate::{document::Document, error::Refusal, pages, text::Words};
use body::{Body, Part};

/// Namespaces of every part with words.
const NAMESPACES: &str = concat!(
    r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" "#,
    r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" "#,
    r#"xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" "#,
    r#"xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" "#,
    r#"xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture""#
);
/// First line of every part.
const PROLOGUE: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
/// Beginning of every type of relationship and of content.
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const CONTENT: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// The bytes of `document`.
pub fn write(document: &Document) -> Result<Vec<u8>, Refusal> {
    let document = pages::cut(document)?;
    let mut body = Body::default();
    body.document(&document)?;
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, bytes: &[u8]| -> Result<(), Refusal> {
        let method = if name.to_ascii_lowercase().ends_with(".png") {
            CompressionMethod::Stored
        } else {
            CompressionMethod::Deflated
        };
        package.start_file(
            name,
            SimpleFileOptions::default()
                .compression_method(method)
                .last_modified_time(DateTime::default()),
        )?;
        Ok(package.write_all(bytes)?)
    };
    put("[Content_Types].xml", types(&body).as_bytes())?;
    put("_rels/.rels", package_relations().as_bytes())?;
    put("docProps/core.xml", properties(&document).as_bytes())?;
    put(
        "word/document.xml",
        format!(
            "{PROLOGUE}<w:document {NAMESPACES}><w:body>{}</w:body></w:document>",
            body.xml
        )
        .as_bytes(),
    )?;
    put("word/_rels/document.xml.rels", relations(&body).as_bytes())?;
    put("word/styles.xml", styles().as_bytes())?;
    put("word/settings.xml", settings().as_bytes())?;
    put("word/footnotes.xml", footnotes(&body.notes).as_bytes())?;
    for (at, part) in body.parts.iter().enumerate() {
        put(
            &format!("word/{}", part.file(at)),
            format!("{PROLOGUE}{}", part.xml).as_bytes(),
        )?;
        if part.pictures {
            put(
                &format!("word/_rels/{}.rels", part.file(at)),
                relations_of_pictures(&body).as_bytes(),
            )?;
        }
    }
    for (at, picture) in body.pictures.iter().enumerate() {
        put(&format!("word/media/qr{at}.png"), &picture.png)?;
    }
    Ok(package.finish()?.into_inner())
}

/// What each part of the package is.
fn types(body: &Body) -> String {
    let mut out = format!(
        "{PROLOGUE}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/>\
         <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
         <Override PartName=\"/word/document.xml\" ContentType=\"{CONTENT}.document.main+xml\"/>\
         <Override PartName=\"/word/styles.xml\" ContentType=\"{CONTENT}.styles+xml\"/>\
         <Override PartName=\"/word/settings.xml\" ContentType=\"{CONTENT}.settings+xml\"/>\
         <Override PartName=\"/word/footnotes.xml\" ContentType=\"{CONTENT}.footnotes+xml\"/>"
    );
    for (at, part) in body.parts.iter().enumerate() {
        let _ = write!(
            out,
            "<Override PartName=\"/word/{}\" ContentType=\"{CONTENT}.{}+xml\"/>",
            part.file(at),
            part.kind()
        );
    }
    out + "</Types>"
}

/// Where the package begins.
fn package_relations() -> String {
    let core =
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    xml::relations(&[
        (
            "rId1".to_owned(),
            format!("{RELATION}/officeDocument"),
            "word/document.xml".to_owned(),
        ),
        (
            "rId2".to_owned(),
            core.to_owned(),
            "docProps/core.xml".to_owned(),
        ),
    ])
}

/// What the text refers to.
fn relations(body: &Body) -> String {
    let mut all: Vec<(String, String, String)> = ["styles", "settings", "footnotes"]
        .iter()
        .map(|name| {
            (
                format!("rId-{name}"),
                format!("{RELATION}/{name}"),
                format!("{name}.xml"),
            )
        })
        .collect();
    all.extend(body.parts.iter().enumerate().map(|(at, part)| {
        (
            Part::id(at),
            format!("{RELATION}/{}", part.kind()),
            part.file(at),
        )
    }));
    all.extend(pictures(body));
    xml::relations(&all)
}

/// What a foot refers to.
fn relations_of_pictures(body: &Body) -> String {
    xml::relations(&pictures(body).collect::<Vec<_>>())
}

/// The pictures as relationships.
fn pictures(body: &Body) -> impl Iterator<Item = (String, String, String)> + '_ {
    (0..body.pictures.len()).map(|at| {
        (
            format!("rId-qr{at}"),
            format!("{RELATION}/image"),
            format!("media/qr{at}.png"),
        )
    })
}

/// Title of the file; no day and no person.
fn properties(document: &Document) -> String {
    format!(
        "{PROLOGUE}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:creator>treem</dc:creator><cp:keywords>{}</cp:keywords>\
         <dc:language>vi-VN</dc:language></cp:coreProperties>",
        xml::escaped(document.title.as_str()),
        xml::escaped(
            &document
                .keywords
                .iter()
                .map(Words::as_str)
                .collect::<Vec<_>>()
                .join(" ")
        ),
    )
}

/// Letters and lines where nothing else is said.
fn styles() -> String {
    format!(
        "{PROLOGUE}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>\
         <w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"Times New Roman\" w:cs=\"Times New Roman\"/>\
         <w:sz w:val=\"26\"/><w:szCs w:val=\"26\"/><w:lang w:val=\"vi-VN\" w:eastAsia=\"vi-VN\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>\
         <w:pPrDefault><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style></w:styles>"
    )
}

/// How the word processor is to lay out: as it does itself today, not as an old one did.
fn settings() -> String {
    format!(
        "{PROLOGUE}<w:settings {NAMESPACES}><w:footnotePr><w:footnote w:id=\"-1\"/><w:footnote w:id=\"0\"/></w:footnotePr><w:compat>\
         <w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>"
    )
}

/// The footnotes, after the two lines that part them from the text.
fn footnotes(notes: &[String]) -> String {
    let mut out = format!(
        "{PROLOGUE}<w:footnotes {NAMESPACES}><w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>\
         <w:footnote w:type=\"continuationSeparator\" w:id=\"0\"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>"
    );
    for (at, note) in notes.iter().enumerate() {
        let _ = write!(
            out,
            "<w:footnote w:id=\"{}\"><w:p><w:r><w:rPr><w:sz w:val=\"20\"/><w:vertAlign w:val=\"superscript\"/></w:rPr><w:footnoteRef/></w:r>{note}</w:p></w:footnote>",
            at + 1
        );
    }
    out + "</w:footnotes>"
}
