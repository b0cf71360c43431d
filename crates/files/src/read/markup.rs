//! A forgiving tokenizer for XML and HTML.
//!
//! In: text. Out: tags, closing tags, text, in order, by local name (a prefix such as `x:` is dropped). It never fails: what is
//! no markup is text, what is cut off ends. The parts of an office file are small grammars; speed and tolerance count more
//! than well-formedness.

use memchr::{memchr, memchr3, memmem};
use std::borrow::Cow;

/// A piece of markup.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Token<'a> {
    /// `<name …>` or `<name …/>`.
    Open(Tag<'a>),
    /// `</name>`, by local name.
    Close(&'a str),
    /// Text with its entities as written.
    Text(&'a str),
    /// The content of a CDATA section.
    Data(&'a str),
}

/// An opening tag.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tag<'a> {
    /// Its local name.
    pub(crate) name: &'a str,
    /// What stands between the name and the end.
    pub(crate) attributes: &'a str,
    /// `<name/>`.
    pub(crate) empty: bool,
}

/// The tokens of a text.
pub(crate) struct Markup<'a> {
    text: &'a str,
    position: usize,
}

/// What follows the last colon.
pub(crate) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

impl<'a> Markup<'a> {
    /// From the start of a text.
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, position: 0 }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.position..).unwrap_or("")
    }

    /// Jumps behind a piece of text; to the end where it does not stand.
    fn skip_past(&mut self, needle: &str) -> &'a str {
        let rest = self.rest();
        let at = memmem::find(rest.as_bytes(), needle.as_bytes());
        self.position += at.map_or(rest.len(), |at| at + needle.len());
        rest.get(..at.unwrap_or(rest.len())).unwrap_or("")
    }

    /// Jumps behind the closing tag that ends the element just opened (its own kind may be nested in it).
    pub(crate) fn skip_element(&mut self, name: &str) {
        let mut depth = 1_usize;
        for token in self.by_ref() {
            match token {
                Token::Open(tag) if !tag.empty && tag.name == name => depth += 1,
                Token::Close(closed) if closed == name => {
                    depth -= 1;
                    if depth == 0 {
                        return;
                    }
                }
                _ => {}
            }
        }
    }
}

/// The end of the tag (its `>`), which may not stand inside quotes.
fn tag_end(tag: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        let found = at + memchr3(b'>', b'"', b'\'', tag.get(at..)?)?;
        let quote = *tag.get(found)?;
        if quote == b'>' {
            return Some(found);
        }
        at = found + 1;
        at += memchr(quote, tag.get(at..)?)? + 1;
    }
}

impl<'a> Iterator for Markup<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let rest = self.rest();
            let bytes = rest.as_bytes();
            let &[first, ..] = bytes else { return None };
            if first != b'<' {
                let end = memchr(b'<', bytes).unwrap_or(bytes.len());
                self.position += end;
                return rest.get(..end).map(Token::Text);
            }
            match bytes.get(1).copied() {
                Some(b'!') => {
                    if rest.starts_with("<![CDATA[") {
                        self.position += 9;
                        return Some(Token::Data(self.skip_past("]]>")));
                    }
                    self.skip_past(if rest.starts_with("<!--") { "-->" } else { ">" });
                }
                Some(b'?') => {
                    self.skip_past(">");
                }
                Some(b'/') => {
                    let end = memchr(b'>', bytes).unwrap_or(bytes.len());
                    self.position += (end + 1).min(bytes.len());
                    return rest
                        .get(2..end)
                        .map(|name| Token::Close(local(name.trim_ascii())));
                }
                Some(letter) if letter.is_ascii_alphabetic() || letter == b'_' => {
                    let Some(end) = tag_end(bytes).or_else(|| memchr(b'>', bytes)) else {
                        self.position = self.text.len();
                        return None;
                    };
                    self.position += end + 1;
                    let inner = rest.get(1..end).unwrap_or("");
                    let (inner, empty) = inner
                        .strip_suffix('/')
                        .map_or((inner, false), |inner| (inner, true));
                    let (name, attributes) = inner.split_at(
                        inner
                            .find(|c: char| c.is_ascii_whitespace() || c == '/')
                            .unwrap_or(inner.len()),
                    );
                    return Some(Token::Open(Tag {
                        name: local(name),
                        attributes,
                        empty,
                    }));
                }
                _ => {
                    self.position += 1;
                    return Some(Token::Text("<"));
                }
            }
        }
    }
}

impl<'a> Tag<'a> {
    /// An attribute by local name, any letter case, entities resolved.
    pub(crate) fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        let mut rest = self.attributes;
        while let Some(equals) = rest.find('=') {
            let key = rest.get(..equals)?.trim_ascii();
            let key = key
                .rsplit(|c: char| c.is_ascii_whitespace())
                .next()
                .unwrap_or(key);
            let value = rest.get(equals + 1..)?.trim_ascii_start();
            let (value, after) = match value.chars().next() {
                Some(quote @ ('"' | '\'')) => value
                    .get(1..)?
                    .split_once(quote)
                    .unwrap_or((value.get(1..)?, "")),
                _ => value.split_at(
                    value
                        .find(|c: char| c.is_ascii_whitespace())
                        .unwrap_or(value.len()),
                ),
            };
            if local(key).eq_ignore_ascii_case(name) {
                return Some(unescape(value));
            }
            rest = after;
        }
        None
    }

    /// An attribute as a number.
    pub(crate) fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.attribute(name)?.trim().parse().ok()
    }

    /// True for `="1"`, `="true"`, `="on"`.
    pub(crate) fn flag(&self, name: &str) -> bool {
        self.attribute(name)
            .is_some_and(|value| matches!(value.as_ref(), "1" | "true" | "on"))
    }
}

/// Resolves entities; borrows where there is none.
pub(crate) fn unescape(raw: &str) -> Cow<'_, str> {
    if memchr(b'&', raw.as_bytes()).is_none() {
        return Cow::Borrowed(raw);
    }
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        let (before, after) = rest.split_at(at);
        text.push_str(before);
        let found = after
            .bytes()
            .take(12)
            .position(|byte| byte == b';')
            .and_then(|end| Some((entity(after.get(1..end)?)?, end + 1)));
        if let Some((letter, length)) = found {
            text.push(letter);
            rest = after.get(length..).unwrap_or("");
        } else {
            text.push('&');
            rest = after.get(1..).unwrap_or("");
        }
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// The letter an entity stands for: the five of XML, numbers, and the Latin ones of HTML that Vietnamese text needs.
fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return char::from_u32(code.ok()?);
    }
    let basic = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "ETH" => 'Đ',
        "eth" => 'đ',
        "ndash" => '–',
        "mdash" => '—',
        "shy" => '\u{ad}',
        _ => '\0',
    };
    if basic != '\0' {
        return Some(basic);
    }
    let letter = name.chars().next()?;
    const ACCENTS: [(&str, &str, &str); 6] = [
        ("grave", "aeiouAEIOU", "àèìòùÀÈÌÒÙ"),
        ("acute", "aeiouyAEIOUY", "áéíóúýÁÉÍÓÚÝ"),
        ("circ", "aeiouAEIOU", "âêîôûÂÊÎÔÛ"),
        ("tilde", "anoANO", "ãñõÃÑÕ"),
        ("uml", "aeiouAEIOU", "äëïöüÄËÏÖÜ"),
        ("cedil", "cC", "çÇ"),
    ];
    let accent = name.get(letter.len_utf8()..)?;
    let &(_, plain, marked) = ACCENTS.iter().find(|(known, ..)| *known == accent)?;
    marked
        .chars()
        .nth(plain.chars().position(|known| known == letter)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let shown: Vec<String> = Markup::new(text)
            .map(|token| match token {
                Token::Open(tag) => format!("<{}{}", tag.name, if tag.empty { "/" } else { "" }),
                Token::Close(name) => format!(">{name}"),
                Token::Text(text) => unescape(text).into_owned(),
                Token::Data(text) => format!("[{text}]"),
            })
            .collect();
        assert_eq!(shown.join("|"), expected, "{text}");
    }

    #[test]
    fn tokens() {
        check("<a>x</a>", "<a|x|>a");
        check("<x:row r='1'/>", "<row/");
        check("<a b=\"1>2\" c='/'>t</a >", "<a|t|>a");
        check("<?xml version='1.0'?><!-- <b> --><a/>", "<a/");
        check("<t><![CDATA[<&>]]></t>", "<t|[<&>]|>t");
        check(
            "1 < 2 &amp; &#233;&#x1EC5; &ecirc; &unknown; &",
            "1 |<| 2 & éễ ê &unknown; &",
        );
        check("<a b", "");
        check("", "");
    }

    #[test]
    fn attributes() {
        let Some(Token::Open(tag)) =
            Markup::new("<sheet name=\"A &amp; B\" r:id='rId1' n=3 hidden=\"1\">").next()
        else {
            panic!()
        };
        assert_eq!(tag.attribute("name").as_deref(), Some("A & B"));
        assert_eq!(tag.attribute("id").as_deref(), Some("rId1"));
        assert_eq!(tag.number::<u32>("n"), Some(3));
        assert!(tag.flag("hidden"));
        assert_eq!(tag.attribute("none"), None);
    }
}
