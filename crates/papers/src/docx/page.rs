//! What pages are like: size, margins, heads and feet.
//!
//! In: a [`Section`]. Out: its properties (`w:sectPr`), with the heads and feet they refer to.

use super::{
    NAMESPACES,
    body::{Body, Part},
    xml::{self, twips},
};
use crate::{
    document::{Running, Section, Span},
    error::Refusal,
    pages::SMALL_PT,
};

/// Side of the QR code at the foot, millimetres.
const CODE_MM: f32 = 20.0;

impl Body {
    /// Properties of `section`; pages are counted within it where there are `several`.
    pub fn pages(&mut self, section: &Section, several: bool) -> Result<String, Refusal> {
        let mut references = String::new();
        if section.running.number_above {
            let head = format!(
                "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>{}</w:p>",
                xml::field("PAGE", 13.0)
            );
            references.push_str(&self.refer(true, "default", &head, false));
            references.push_str(&self.refer(true, "first", "<w:p/>", false));
        }
        let foot = self.foot(&section.running, section.room_mm().0, several)?;
        if let Some((xml, pictures)) = foot {
            references.push_str(&self.refer(false, "default", &xml, pictures));
            if section.running.number_above {
                references.push_str(&self.refer(false, "first", &xml, pictures));
            }
        }
        let (width, height) = section.size_mm();
        let [above, right, below, left] = section.margins_mm().map(twips);
        Ok(format!(
            "<w:sectPr>{references}<w:type w:val=\"nextPage\"/><w:pgSz w:w=\"{}\" w:h=\"{}\"{}/>\
             <w:pgMar w:top=\"{above}\" w:right=\"{right}\" w:bottom=\"{below}\" w:left=\"{left}\" w:header=\"{}\" w:footer=\"{}\" w:gutter=\"0\"/>{}{}</w:sectPr>",
            twips(width),
            twips(height),
            if section.across {
                " w:orient=\"landscape\""
            } else {
                ""
            },
            twips(8.0),
            twips(if section.running.code.is_some() {
                2.0
            } else {
                8.0
            }),
            if several {
                "<w:pgNumType w:start=\"1\"/>"
            } else {
                ""
            },
            if section.running.number_above {
                "<w:titlePg/>"
            } else {
                ""
            },
        ))
    }

    /// Keeps a head or foot, the same only once, and gives what refers to it.
    fn refer(&mut self, head: bool, pages: &str, content: &str, pictures: bool) -> String {
        let name = if head { "hdr" } else { "ftr" };
        let xml = format!("<w:{name} {NAMESPACES}>{content}</w:{name}>");
        let at = self
            .parts
            .iter()
            .position(|part| part.xml == xml)
            .unwrap_or_else(|| {
                self.parts.push(Part {
                    head,
                    xml,
                    pictures,
                });
                self.parts.len() - 1
            });
        format!(
            "<w:{}Reference w:type=\"{pages}\" r:id=\"rId-part{at}\"/>",
            if head { "header" } else { "footer" }
        )
    }

    /// The foot, if anything stands there, and whether it has a picture.
    fn foot(
        &mut self,
        running: &Running,
        room: f32,
        several: bool,
    ) -> Result<Option<(String, bool)>, Refusal> {
        if running.foot.is_empty() && !running.pages && running.code.is_none() {
            return Ok(None);
        }
        let mut lines = running
            .foot
            .iter()
            .map(|line| {
                format!(
                    "<w:p>{}</w:p>",
                    xml::run(line.as_str(), &Span::default(), SMALL_PT)
                )
            })
            .collect::<Vec<_>>()
            .concat();
        if lines.is_empty() {
            lines.push_str("<w:p/>");
        }
        let number = if running.pages {
            let all = if several { "SECTIONPAGES" } else { "NUMPAGES" };
            let plain = Span::default();
            format!(
                "{}{}{}{}",
                xml::run("Trang ", &plain, 10.0),
                xml::field("PAGE", 10.0),
                xml::run("/", &plain, 10.0),
                xml::field(all, 10.0)
            )
        } else {
            String::new()
        };
        let code = running
            .code
            .as_deref()
            .map(|text| self.picture(text))
            .transpose()?;
        let picture = if code.is_some() { CODE_MM } else { 0.0 };
        let widths = [room - 28.0 - picture, 28.0, picture];
        let cell = |width: f32, content: &str| {
            format!(
                "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/></w:tcPr>{content}</w:tc>",
                twips(width)
            )
        };
        let mut cells = cell(widths[0], &lines)
            + &cell(
                widths[1],
                &format!("<w:p><w:pPr><w:jc w:val=\"right\"/></w:pPr>{number}</w:p>"),
            );
        if let Some(at) = code {
            cells.push_str(&cell(
                widths[2],
                &format!(
                    "<w:p><w:pPr><w:jc w:val=\"right\"/></w:pPr>{}</w:p>",
                    xml::picture(at, CODE_MM)
                ),
            ));
        }
        let columns = widths
            .iter()
            .filter(|width| **width > 0.0)
            .map(|width| format!("<w:gridCol w:w=\"{}\"/>", twips(*width)))
            .collect::<Vec<_>>()
            .concat();
        let table = format!(
            "<w:tbl><w:tblPr><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr>\
             <w:tblGrid>{columns}</w:tblGrid><w:tr>{cells}</w:tr></w:tbl>{}",
            twips(room),
            xml::empty(0.3, "")
        );
        Ok(Some((table, code.is_some())))
    }
}
