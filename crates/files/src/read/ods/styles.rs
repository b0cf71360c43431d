//! The styles of a LibreOffice document.
//!
//! In: the text of `styles.xml`, and the head of `content.xml`. Out: [`Styles`]: the font of a cell or span.

use crate::read::markup::{Markup, Token};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use treem_child::cell::Font;

/// A style: the font it names, the style it comes from, whether it hides a table.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    font: Font,
    parent: Option<String>,
    /// It hides its table.
    pub(super) hides: bool,
}

/// The styles of a document, by name, and the font names that its faces stand for.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// By name.
    pub(super) list: FxHashMap<String, Style>,
    faces: FxHashMap<String, String>,
}

impl Styles {
    /// Adds the styles of a part.
    pub(super) fn read(&mut self, text: &str) {
        let mut current: Option<String> = None;
        for token in Markup::new(text) {
            match token {
                Token::Open(tag) => match tag.name {
                    "font-face" => {
                        if let (Some(name), Some(family)) =
                            (tag.attribute("name"), tag.attribute("font-family"))
                        {
                            self.faces.insert(
                                name.into_owned(),
                                family.trim_matches(['\'', '"']).to_owned(),
                            );
                        }
                    }
                    "style" => {
                        let name = tag.attribute("name").unwrap_or_default().into_owned();
                        let parent = tag.attribute("parent-style-name").map(Cow::into_owned);
                        self.list.insert(
                            name.clone(),
                            Style {
                                parent,
                                ..Style::default()
                            },
                        );
                        current = (!tag.empty).then_some(name);
                    }
                    "text-properties" => {
                        let named = tag.attribute("font-name").map(|face| {
                            self.faces.get(face.as_ref()).map_or_else(
                                || Font::from_name(&face),
                                |family| Font::from_name(family),
                            )
                        });
                        let font = named.or_else(|| {
                            tag.attribute("font-family")
                                .map(|family| Font::from_name(family.trim_matches(['\'', '"'])))
                        });
                        if let (Some(font), Some(style)) = (
                            font,
                            current.as_ref().and_then(|name| self.list.get_mut(name)),
                        ) {
                            style.font = font;
                        }
                    }
                    "table-properties" => {
                        if let Some(style) =
                            current.as_ref().and_then(|name| self.list.get_mut(name))
                        {
                            style.hides = tag
                                .attribute("display")
                                .is_some_and(|display| display == "false");
                        }
                    }
                    _ => {}
                },
                Token::Close("style") => current = None,
                _ => {}
            }
        }
    }

    /// The font a style or its ancestors name.
    pub(super) fn font(&self, name: Option<&str>) -> Font {
        let mut name = name;
        // A chain of styles is short; a circle must end.
        for _ in 0..20 {
            match name.and_then(|name| self.list.get(name)) {
                Some(Style {
                    font: Font::Unknown,
                    parent,
                    ..
                }) => name = parent.as_deref(),
                Some(style) => return style.font,
                None => return Font::Unknown,
            }
        }
        Font::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fonts() {
        let mut styles = Styles::default();
        styles.read("<style:font-face style:name=\"F\" svg:font-family=\"'.VnTime'\"/><style:style style:name=\"a\"><style:text-properties style:font-name=\"F\"/></style:style><style:style style:name=\"b\" style:parent-style-name=\"a\"/>");
        assert_eq!(
            (styles.font(Some("b")), styles.font(Some("x"))),
            (Font::Tcvn3, Font::Unknown)
        );
    }
}
