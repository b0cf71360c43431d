//! The fonts that a document's styles give.
//!
//! In: the text of `styles.xml`. Out: [`Styles`]: the font of a style, its ancestors and the defaults included.

use crate::read::markup::{Markup, Tag, Token};
use rustc_hash::FxHashMap;
use treem_child::cell::Font;

/// The fonts of styles.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    /// The font of a paragraph without a style.
    pub(crate) default: Font,
    own: FxHashMap<String, (Font, Option<String>)>,
}

/// The font that `<w:rFonts>` names; `None` where it names none. Where the letters of the two Latin ranges differ, the legacy
/// one decides: legacy letters lie in both.
pub(crate) fn font_of(tag: &Tag<'_>) -> Option<Font> {
    let named = |name: &str| {
        tag.attribute(name)
            .map(|font| Font::from_name(&font))
            .filter(|font| *font != Font::Unknown)
    };
    let (ascii, high) = (named("ascii"), named("hAnsi"));
    match (ascii, high) {
        (Some(Font::Unicode) | None, Some(high)) => Some(high),
        (Some(ascii), _) => Some(ascii),
        (None, None) => (tag.attribute("asciiTheme").is_some()
            || tag.attribute("hAnsiTheme").is_some())
        .then_some(Font::Unicode),
    }
}

impl Styles {
    /// Reads `styles.xml`.
    pub(crate) fn read(text: &str) -> Self {
        let mut styles = Self::default();
        let mut current: Option<String> = None;
        let mut default_paragraph = None;
        let mut in_defaults = false;
        for token in Markup::new(text) {
            match token {
                Token::Open(tag) => match tag.name {
                    "docDefaults" => in_defaults = true,
                    "style" => {
                        let id = tag.attribute("styleId").unwrap_or_default().into_owned();
                        if tag.flag("default")
                            && tag.attribute("type").is_none_or(|kind| kind == "paragraph")
                        {
                            default_paragraph = Some(id.clone());
                        }
                        styles.own.insert(id.clone(), (Font::Unknown, None));
                        current = Some(id);
                    }
                    "basedOn" => {
                        if let Some(style) = current.as_ref().and_then(|id| styles.own.get_mut(id))
                        {
                            style.1 = tag.attribute("val").map(std::borrow::Cow::into_owned);
                        }
                    }
                    "rFonts" => {
                        if let Some(font) = font_of(&tag) {
                            if in_defaults {
                                styles.default = font;
                            } else if let Some(style) =
                                current.as_ref().and_then(|id| styles.own.get_mut(id))
                            {
                                style.0 = font;
                            }
                        }
                    }
                    _ => {}
                },
                Token::Close("docDefaults") => in_defaults = false,
                Token::Close("style") => current = None,
                _ => {}
            }
        }
        if let Some(font) = default_paragraph
            .map(|id| styles.own(&id))
            .filter(|font| *font != Font::Unknown)
        {
            styles.default = font;
        }
        styles
    }

    /// The font a style or its ancestors name.
    pub(crate) fn own(&self, id: &str) -> Font {
        let mut id = id;
        // A chain of styles is short; a circle must end.
        for _ in 0..20 {
            match self.own.get(id) {
                Some((Font::Unknown, Some(parent))) => id = parent,
                Some((font, _)) => return *font,
                None => return Font::Unknown,
            }
        }
        Font::Unknown
    }

    /// The font of a paragraph with a style.
    pub(crate) fn get(&self, id: &str) -> Font {
        match self.own(id) {
            Font::Unknown => self.default,
            font => font,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inherited() {
        let styles = Styles::read(
            "<w:styles><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme='minorHAnsi'/></w:rPr></w:rPrDefault></w:docDefaults>\
            <w:style w:type='paragraph' w:default='1' w:styleId='Normal'><w:rPr><w:rFonts w:ascii='.VnTime' w:hAnsi='.VnTime'/></w:rPr></w:style>\
            <w:style w:styleId='A'><w:basedOn w:val='Normal'/></w:style>\
            <w:style w:styleId='B'><w:basedOn w:val='A'/><w:rPr><w:rFonts w:ascii='Arial'/></w:rPr></w:style>\
            <w:style w:styleId='C'><w:basedOn w:val='C'/></w:style></w:styles>",
        );
        let check = |id: &str, font: Font| assert_eq!(styles.get(id), font, "{id}");
        check("Normal", Font::Tcvn3);
        check("A", Font::Tcvn3);
        check("B", Font::Unicode);
        check("C", Font::Tcvn3);
        check("none", Font::Tcvn3);
    }
}
