//! Signed data as tokens write it: CMS (RFC 5652), by itself (`.p7s`) or within a PDF.
//!
//! In: bytes, DER or BER. Out: [`Signed`], which borrows them; none where they are no such thing. Nothing is verified here.

use super::tlv::{
    self, BITS, CONTEXT_0, CONTEXT_1, INTEGER, OCTETS, OID, PLAIN_0, Reader, SEQUENCE, SET, Tlv,
};
use crate::limits;
use x509_cert::der::Decode as _;
use x509_cert::der::oid::ObjectIdentifier as Oid;
use x509_cert::time::Time;

const SIGNED_DATA: Oid = Oid::new_unwrap("1.2.840.113549.1.7.2");
/// `id-data`.
pub(super) const DATA: Oid = Oid::new_unwrap("1.2.840.113549.1.7.1");
const CONTENT_TYPE: Oid = Oid::new_unwrap("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: Oid = Oid::new_unwrap("1.2.840.113549.1.9.4");
const SIGNING_TIME: Oid = Oid::new_unwrap("1.2.840.113549.1.9.5");
/// RFC 5035 §3.
const SIGNING_CERTIFICATE: Oid = Oid::new_unwrap("1.2.840.113549.1.9.16.2.47");
const SHA256: Oid = Oid::new_unwrap("2.16.840.1.101.3.4.2.1");

/// Signed data.
pub(super) struct Signed<'b> {
    /// What kind of content is signed.
    pub kind: Oid,
    /// The content, where it is carried.
    pub content: Option<&'b [u8]>,
    /// Certificates it carries, each as it came.
    pub certificates: Vec<&'b [u8]>,
    /// Lists of revoked certificates it carries.
    pub lists: Vec<&'b [u8]>,
    /// Who signed.
    pub signers: Vec<Signer<'b>>,
}

/// An algorithm with its parameters.
#[derive(Clone, Copy)]
pub(super) struct Algorithm<'b> {
    /// Which.
    pub oid: Oid,
    /// What it is told.
    pub parameters: Option<Tlv<'b>>,
}

/// Which certificate is the signer's.
pub(super) enum Which<'b> {
    /// By the name of its issuer and its number, as they came.
    Number(&'b [u8], &'b [u8]),
    /// By the identifier of its key.
    Key(&'b [u8]),
}

/// One who signed.
pub(super) struct Signer<'b> {
    /// Whose certificate.
    pub which: Which<'b>,
    /// By what the content was hashed.
    pub hash: Algorithm<'b>,
    /// By what it was signed.
    pub scheme: Algorithm<'b>,
    /// The signature.
    pub signature: &'b [u8],
    /// What was signed beside the content.
    pub attributes: Option<Attributes<'b>>,
}

/// What was signed beside the content; the signature is over these, and over the content through its hash.
pub(super) struct Attributes<'b> {
    /// As signed.
    pub bytes: Vec<u8>,
    /// The kind of content they speak of.
    pub kind: Oid,
    /// Hash of the content.
    pub digest: &'b [u8],
    /// When, by the clock of the signer's machine: seconds since 1970.
    pub signed: Option<i64>,
    /// Hash of the signer's certificate, and by what.
    pub certificate: Option<(Oid, &'b [u8])>,
}

fn oid(reader: &mut Reader<'_>) -> Option<Oid> {
    Oid::from_bytes(reader.take(OID)?.body).ok()
}

/// Reads an algorithm.
pub(super) fn algorithm(tlv: Tlv<'_>) -> Option<Algorithm<'_>> {
    let mut reader = tlv::within(tlv);
    let oid = oid(&mut reader)?;
    let parameters = if reader.is_done() {
        None
    } else {
        Some(reader.any()?)
    };
    Some(Algorithm { oid, parameters })
}

/// Bits that are whole bytes.
pub(super) fn bits(tlv: Tlv<'_>) -> Option<&[u8]> {
    if tlv.tag != BITS {
        return None;
    }
    let (unused, bytes) = tlv.body.split_first()?;
    (*unused == 0).then_some(bytes)
}

/// Reads signed data: the first value of some bytes with definite lengths.
pub(super) fn read(bytes: &[u8]) -> Option<Signed<'_>> {
    let mut outer = tlv::within(Reader(bytes).take(SEQUENCE)?);
    if oid(&mut outer)? != SIGNED_DATA {
        return None;
    }
    let data = tlv::within(outer.take(CONTEXT_0)?).take(SEQUENCE)?;
    let mut data = tlv::within(data);
    data.take(INTEGER)?;
    data.take(SET)?;
    let mut inner = tlv::within(data.take(SEQUENCE)?);
    let kind = oid(&mut inner)?;
    let content = match inner.maybe(CONTEXT_0) {
        Some(explicit) => Some(octets(tlv::within(explicit).any()?)?),
        None => None,
    };
    let mut certificates = Vec::new();
    if let Some(set) = data.maybe(CONTEXT_0) {
        // Other kinds than X.509 certificates have other tags.
        let all = tlv::each(set, limits::CERTIFICATES)?;
        certificates.extend(
            all.iter()
                .filter(|one| one.tag == SEQUENCE)
                .map(|one| one.whole),
        );
    }
    let mut lists = Vec::new();
    if let Some(set) = data.maybe(CONTEXT_1) {
        let all = tlv::each(set, limits::CARRIED_LISTS)?;
        lists.extend(
            all.iter()
                .filter(|one| one.tag == SEQUENCE)
                .map(|one| one.whole),
        );
    }
    let signers = tlv::each(data.take(SET)?, limits::SIGNERS)?;
    let signers: Option<Vec<Signer<'_>>> = signers.into_iter().map(signer).collect();
    Some(Signed {
        kind,
        content,
        certificates,
        lists,
        signers: signers?,
    })
}

/// Octets in one piece. In pieces under a definite length they are refused: no program is known that writes them so.
fn octets(tlv: Tlv<'_>) -> Option<&[u8]> {
    (tlv.tag == OCTETS).then_some(tlv.body)
}

fn signer(tlv: Tlv<'_>) -> Option<Signer<'_>> {
    if tlv.tag != SEQUENCE {
        return None;
    }
    let mut reader = tlv::within(tlv);
    reader.take(INTEGER)?;
    let which = if let Some(key) = reader.maybe(PLAIN_0) {
        Which::Key(key.body)
    } else {
        let mut pair = tlv::within(reader.take(SEQUENCE)?);
        Which::Number(pair.take(SEQUENCE)?.whole, pair.take(INTEGER)?.body)
    };
    let hash = algorithm(reader.take(SEQUENCE)?)?;
    let attributes = match reader.maybe(CONTEXT_0) {
        Some(set) => Some(attributes(set)?),
        None => None,
    };
    Some(Signer {
        which,
        hash,
        attributes,
        scheme: algorithm(reader.take(SEQUENCE)?)?,
        signature: reader.take(OCTETS)?.body,
    })
}

fn attributes(set: Tlv<'_>) -> Option<Attributes<'_>> {
    // Signed as a set, carried as [0] (RFC 5652 §5.4).
    let mut bytes = set.whole.to_vec();
    *bytes.first_mut()? = SET;
    let (mut kind, mut digest, mut signed, mut certificate) = (None, None, None, None);
    let mut known: Vec<Oid> = Vec::new();
    for attribute in tlv::each(set, limits::ATTRIBUTES)? {
        let mut reader = tlv::within(attribute);
        let name = oid(&mut reader)?;
        let mut values = tlv::within(reader.take(SET)?);
        if known.contains(&name) {
            return None;
        }
        known.push(name);
        let Some(value) = values.any() else { continue };
        // None of these may have two values.
        let one = values.is_done();
        if name == CONTENT_TYPE {
            kind = Some(
                Oid::from_bytes(value.body)
                    .ok()
                    .filter(|_| one && value.tag == OID)?,
            );
        } else if name == MESSAGE_DIGEST {
            digest = Some(octets(value).filter(|_| one)?);
        } else if name == SIGNING_TIME {
            let time = Time::from_der(value.whole).ok().filter(|_| one)?;
            signed = Some(i64::try_from(time.to_unix_duration().as_secs()).ok()?);
        } else if name == SIGNING_CERTIFICATE {
            let all = tlv::within(value).take(SEQUENCE)?;
            let mut first = tlv::within(tlv::within(all).take(SEQUENCE)?);
            let hash = match first.maybe(SEQUENCE) {
                Some(named) => algorithm(named)?.oid,
                None => SHA256,
            };
            certificate = Some((hash, first.take(OCTETS)?.body));
        }
    }
    Some(Attributes {
        bytes,
        kind: kind?,
        digest: digest?,
        signed,
        certificate,
    })
}
