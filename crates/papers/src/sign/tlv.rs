//! Tags, lengths and values (ITU-T X.690): what carries certificates and signatures.
//!
//! In: bytes. Out: [`Tlv`]s that borrow them, so that what was signed is looked at byte by byte as it came. Definite lengths only;
//! [`definite`] turns the indefinite ones some tokens write (BER) into definite ones first.

use crate::limits;
use std::borrow::Cow;

/// `INTEGER`.
pub(super) const INTEGER: u8 = 0x02;
/// `BIT STRING`.
pub(super) const BITS: u8 = 0x03;
/// `OCTET STRING`.
pub(super) const OCTETS: u8 = 0x04;
/// `OBJECT IDENTIFIER`.
pub(super) const OID: u8 = 0x06;
/// `SEQUENCE`.
pub(super) const SEQUENCE: u8 = 0x30;
/// `SET`.
pub(super) const SET: u8 = 0x31;
/// `[0]`, constructed.
pub(super) const CONTEXT_0: u8 = 0xA0;
/// `[1]`, constructed.
pub(super) const CONTEXT_1: u8 = 0xA1;
/// `[0]`, primitive.
pub(super) const PLAIN_0: u8 = 0x80;

/// One value with its tag.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tlv<'b> {
    /// The tag's one byte; longer tags occur nowhere here.
    pub tag: u8,
    /// What is in it.
    pub body: &'b [u8],
    /// With tag and length.
    pub whole: &'b [u8],
}

/// Reads values one after the other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'b>(pub &'b [u8]);

impl<'b> Reader<'b> {
    /// The next value; none at the end or where it is none.
    pub fn any(&mut self) -> Option<Tlv<'b>> {
        let (tag, rest) = self.0.split_first()?;
        if tag & 0x1F == 0x1F {
            return None;
        }
        let (first, rest) = rest.split_first()?;
        let (length, rest) = match first {
            0..=0x7F => (usize::from(*first), rest),
            0x81..=0x84 => {
                let (bytes, rest) = rest.split_at_checked(usize::from(first & 0x7F))?;
                let length = bytes
                    .iter()
                    .fold(0_u32, |sum, byte| (sum << 8) | u32::from(*byte));
                (usize::try_from(length).ok()?, rest)
            }
            _ => return None,
        };
        let (body, after) = rest.split_at_checked(length)?;
        let whole = self.0.get(..self.0.len() - after.len())?;
        self.0 = after;
        Some(Tlv {
            tag: *tag,
            body,
            whole,
        })
    }

    /// The next value, which must have a tag.
    pub fn take(&mut self, tag: u8) -> Option<Tlv<'b>> {
        self.maybe(tag)
    }

    /// The next value, if it has a tag; else nothing is read.
    pub fn maybe(&mut self, tag: u8) -> Option<Tlv<'b>> {
        if self.0.first() == Some(&tag) {
            self.any()
        } else {
            None
        }
    }

    /// True where nothing is left.
    pub fn is_done(&self) -> bool {
        self.0.is_empty()
    }
}

/// What is in a value.
pub(super) fn within(tlv: Tlv<'_>) -> Reader<'_> {
    Reader(tlv.body)
}

/// The values of a set or sequence; none where one of them is none, or there are more than so many.
pub(super) fn each(tlv: Tlv<'_>, most: usize) -> Option<Vec<Tlv<'_>>> {
    let mut reader = within(tlv);
    let mut out = Vec::new();
    while !reader.is_done() {
        if out.len() >= most {
            return None;
        }
        out.push(reader.any()?);
    }
    Some(out)
}

fn put(out: &mut Vec<u8>, tag: u8, body: &[u8]) -> Option<()> {
    out.push(tag);
    let length = u32::try_from(body.len()).ok()?;
    if length < 0x80 {
        out.push(u8::try_from(length).ok()?);
    } else {
        let bytes = length.to_be_bytes();
        let skip = bytes.iter().take_while(|byte| **byte == 0).count();
        let bytes = bytes.get(skip..)?;
        out.push(0x80 | u8::try_from(bytes.len()).ok()?);
        out.extend_from_slice(bytes);
    }
    out.extend_from_slice(body);
    Some(())
}

/// Copies one value; its indefinite lengths become definite, octets in pieces become whole.
fn copy<'b>(input: &'b [u8], out: &mut Vec<u8>, level: usize) -> Option<&'b [u8]> {
    if level > limits::LEVELS {
        return None;
    }
    let (tag, length) = (*input.first()?, *input.get(1)?);
    if length != 0x80 {
        let mut reader = Reader(input);
        let tlv = reader.any()?;
        out.extend_from_slice(tlv.whole);
        return Some(reader.0);
    }
    if tag & 0x20 == 0 {
        return None;
    }
    let (mut rest, mut body) = (input.get(2..)?, Vec::new());
    while !rest.starts_with(&[0, 0]) {
        rest = copy(rest, &mut body, level + 1)?;
    }
    if tag == OCTETS | 0x20 {
        let mut whole = Vec::new();
        let mut pieces = Reader(&body);
        while !pieces.is_done() {
            whole.extend_from_slice(pieces.take(OCTETS)?.body);
        }
        put(out, OCTETS, &whole)?;
    } else {
        put(out, tag, &body)?;
    }
    rest.get(2..)
}

/// The first value of some bytes with definite lengths, and what follows it.
pub(super) fn definite(bytes: &[u8]) -> Option<(Cow<'_, [u8]>, &[u8])> {
    if bytes.get(1) == Some(&0x80) {
        let mut out = Vec::with_capacity(bytes.len());
        let rest = copy(bytes, &mut out, 0)?;
        Some((Cow::Owned(out), rest))
    } else {
        let mut reader = Reader(bytes);
        let tlv = reader.any()?;
        Some((Cow::Borrowed(tlv.whole), reader.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths() {
        for (bytes, expect) in [
            (&[0x04, 0x01, 7][..], Some((&[7][..], 0))),
            (&[0x04, 0x81, 1, 7, 9], Some((&[7], 1))),
            (&[0x04, 0x82, 0, 1, 7], Some((&[7], 0))),
            (&[0x04, 0x00], Some((&[], 0))),
            (&[0x04, 0x02, 7], None),
            (&[0x04, 0x84, 0xFF, 0xFF, 0xFF, 0xFF], None),
            (&[0x04, 0x85, 0, 0, 0, 0, 1, 7], None),
            (&[0x04, 0x80, 0, 0], None),
            (&[0x1F, 0x81, 1, 0], None),
            (&[0x04], None),
            (&[], None),
        ] {
            let mut reader = Reader(bytes);
            let found = reader.any().map(|tlv| (tlv.body, reader.0.len()));
            assert_eq!(found, expect, "{bytes:?}");
        }
    }

    #[test]
    fn indefinite_lengths_become_definite() {
        for (bytes, expect, left) in [
            (
                &[0x30, 0x80, 0x02, 1, 5, 0, 0, 9][..],
                Some(&[0x30, 3, 2, 1, 5][..]),
                1,
            ),
            (
                &[0x30, 0x80, 0x24, 0x80, 4, 1, 1, 4, 2, 2, 3, 0, 0, 0, 0],
                Some(&[0x30, 5, 4, 3, 1, 2, 3]),
                0,
            ),
            (&[0x30, 3, 2, 1, 5, 0, 0], Some(&[0x30, 3, 2, 1, 5]), 2),
            (&[0x30, 0x80, 0x02, 1, 5], None, 0),
            (&[0x04, 0x80, 0, 0], None, 0),
            (&[0x30, 0x80], None, 0),
        ] {
            let found = definite(bytes);
            assert_eq!(
                found.as_ref().map(|(bytes, _)| &**bytes),
                expect,
                "{bytes:?}"
            );
            assert_eq!(found.map_or(0, |(_, rest)| rest.len()), left, "{bytes:?}");
        }
        let deep: Vec<u8> = [0x30, 0x80].repeat(100_000);
        assert!(definite(&deep).is_none());
    }
}
