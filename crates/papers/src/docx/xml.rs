//! Small pieces of Office Open XML.
//!
//! In: words, sizes, lengths. Out: markup. Every word goes through [`escaped`].

use std::fmt::Write as _;

use crate::document::{Align, Span};

/// `text` with what XML would read as markup written out.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            letter => out.push(letter),
        }
    }
    out
}

/// Millimetres as twentieths of a point.
pub fn twips(mm: f32) -> i32 {
    whole(mm * 1440.0 / 25.4)
}

/// A length as a whole number.
pub fn whole(length: f32) -> i32 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "lengths of a page: far from the ends, and what is too long is held at them"
    )]
    let whole = length.round() as i32;
    whole
}

/// A run of one look.
pub fn run(words: &str, span: &Span, size_pt: f32) -> String {
    format!(
        "<w:r>{}<w:t xml:space=\"preserve\">{}</w:t></w:r>",
        look(span, size_pt),
        escaped(words)
    )
}

/// How a run looks.
pub fn look(span: &Span, size_pt: f32) -> String {
    let half = whole(size_pt * 2.0);
    format!(
        "<w:rPr>{}{}<w:sz w:val=\"{half}\"/><w:szCs w:val=\"{half}\"/>{}</w:rPr>",
        if span.bold { "<w:b/>" } else { "" },
        if span.italic { "<w:i/>" } else { "" },
        if span.raised {
            "<w:vertAlign w:val=\"superscript\"/>"
        } else {
            ""
        },
    )
}

/// A number kept by the word processor: `PAGE`, `NUMPAGES`, `SECTIONPAGES`.
pub fn field(name: &str, size_pt: f32) -> String {
    let look = look(&Span::default(), size_pt);
    format!(
        "<w:r>{look}<w:fldChar w:fldCharType=\"begin\"/></w:r><w:r>{look}<w:instrText xml:space=\"preserve\"> {name} </w:instrText></w:r>\
         <w:r>{look}<w:fldChar w:fldCharType=\"separate\"/></w:r><w:r>{look}<w:t>1</w:t></w:r><w:r>{look}<w:fldChar w:fldCharType=\"end\"/></w:r>"
    )
}

/// Where a paragraph stands between its margins.
pub fn aligned(align: Align) -> &'static str {
    match align {
        Align::Left => "<w:jc w:val=\"left\"/>",
        Align::Centre => "<w:jc w:val=\"center\"/>",
        Align::Right => "<w:jc w:val=\"right\"/>",
        Align::Both => "<w:jc w:val=\"both\"/>",
    }
}

/// An empty paragraph of exactly this height, with more properties before its height.
pub fn empty(height_mm: f32, more: &str) -> String {
    let height = twips(height_mm).max(20);
    format!(
        "<w:p><w:pPr>{more}<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"{height}\" w:lineRule=\"exact\"/><w:rPr><w:sz w:val=\"2\"/></w:rPr></w:pPr></w:p>"
    )
}

/// A picture in a line, `side_mm` wide and high.
pub fn picture(at: usize, side_mm: f32) -> String {
    let side = i64::from(whole(side_mm * 100.0)) * 360; // English metric units: 36,000 a millimetre
    let number = at + 1;
    format!(
        "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{side}\" cy=\"{side}\"/><wp:docPr id=\"{number}\" name=\"QR {number}\" descr=\"QR\"/>\
         <a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr><pic:cNvPr id=\"{number}\" name=\"qr{at}.png\"/><pic:cNvPicPr/></pic:nvPicPr>\
         <pic:blipFill><a:blip r:embed=\"rId-qr{at}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
         <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{side}\" cy=\"{side}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
}

/// A part of relationships: id, type, target.
pub fn relations(all: &[(String, String, String)]) -> String {
    let mut out = format!(
        "{}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
        super::PROLOGUE
    );
    for (id, kind, target) in all {
        let _ = write!(
            out,
            "<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"/>"
        );
    }
    out + "</Relationships>"
}
