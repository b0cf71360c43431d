//! How an item of the queue is named: by ids of ours alone, so that it may stand in an address.
//!
//! In: text. Out: [`Key`].

use super::super::intake::names::is_id;
use std::fmt;

/// A row of an import, or two records.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// The import and the row's number.
    Row(String, i64),
    /// The record that was there first, and the other.
    Pair(String, String),
}

impl Key {
    /// Reads it; two records in either order.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some((one, other)) = text.split_once('~') {
            if !is_id(one) || !is_id(other) || one == other {
                return None;
            }
            let (first, second) = if one < other {
                (one, other)
            } else {
                (other, one)
            };
            return Some(Self::Pair(first.to_owned(), second.to_owned()));
        }
        let (import, nth) = super::super::decide::row_of(text)?;
        is_id(import).then(|| Self::Row(import.to_owned(), nth))
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Row(import, nth) => write!(f, "{import}:{nth}"),
            Self::Pair(child, other) => write!(f, "{child}~{other}"),
        }
    }
}

impl serde::Serialize for Key {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_back() {
        let (a, b) = (
            "0190b2c1-7f3a-7000-8000-00000000000a",
            "0190b2c1-7f3a-7000-8000-00000000000b",
        );
        let pair = Key::Pair(a.to_owned(), b.to_owned());
        for (text, expected) in [
            (format!("{a}:41"), Some(Key::Row(a.to_owned(), 41))),
            (format!("{a}~{b}"), Some(pair.clone())),
            (format!("{b}~{a}"), Some(pair)),
            (format!("{a}~{a}"), None),
            (format!("{a}:0"), None),
            (format!("{a}:x"), None),
            ("../x:1".to_owned(), None),
            (String::new(), None),
        ] {
            let key = Key::parse(&text);
            assert_eq!(key, expected, "{text}");
            if let Some(key) = key {
                assert_eq!(Key::parse(&key.to_string()), Some(key));
            }
        }
    }
}
