//! Certificates of people and authorities (X.509, RFC 5280), and lists of revoked ones.
//!
//! In: bytes of one certificate or list. Out: [`Certificate`], [`List`]: what is asked of them. The bytes that were signed are kept as they
//! came, so that a signature is verified over these and not over what a reader would write.

use super::cms::{self, Algorithm};
use super::key::{self, Bad, Scheme};
use super::tlv::{self, BITS, CONTEXT_0, INTEGER, Reader, SEQUENCE, Tlv};
use crate::limits;
use jiff::Timestamp;
use x509_cert::certificate::{CertificateInner, Raw};
use x509_cert::der::oid::ObjectIdentifier as Oid;
use x509_cert::der::{Decode as _, Tag, Tagged as _};
use x509_cert::ext::Extensions;
use x509_cert::ext::pkix::crl::IssuingDistributionPoint;
use x509_cert::ext::pkix::{BasicConstraints, ExtendedKeyUsage, KeyUsage, SubjectKeyIdentifier};
use x509_cert::name::Name;
use x509_cert::time::Time;

const COMMON_NAME: Oid = Oid::new_unwrap("2.5.4.3");
const OFFICE: Oid = Oid::new_unwrap("2.5.4.10");
const OFFICE_PART: Oid = Oid::new_unwrap("2.5.4.11");
/// Extensions whose meaning is looked at here, or is no matter for a signature on paper: key usage, basic constraints, extended key
/// usage, subject and issuer alternative names, policies, policy mappings and constraints, inhibit any-policy (no policy is asked for).
const KNOWN: &[&str] = &[
    "2.5.29.15",
    "2.5.29.19",
    "2.5.29.37",
    "2.5.29.17",
    "2.5.29.18",
    "2.5.29.32",
    "2.5.29.33",
    "2.5.29.36",
    "2.5.29.54",
    "2.5.29.14",
    "2.5.29.35",
    "2.5.29.31",
];
/// Uses of a key that have nothing to do with signing a paper: TLS server, code, time stamps, OCSP.
const OTHER_USES: &[&str] = &[
    "1.3.6.1.5.5.7.3.1",
    "1.3.6.1.5.5.7.3.3",
    "1.3.6.1.5.5.7.3.8",
    "1.3.6.1.5.5.7.3.9",
];
const DISTRIBUTION: Oid = Oid::new_unwrap("2.5.29.28");
const LIST_NUMBER: Oid = Oid::new_unwrap("2.5.29.20");
const AUTHORITY_KEY: Oid = Oid::new_unwrap("2.5.29.35");

/// A certificate.
#[derive(Clone)]
pub(super) struct Certificate {
    /// As it came.
    pub bytes: Vec<u8>,
    read: CertificateInner<Raw>,
    until: Timestamp,
    from: Timestamp,
}

/// Parts of a certificate or list as they came: what is signed, by what, the signature.
struct Parts<'b> {
    signed: &'b [u8],
    scheme: Algorithm<'b>,
    signature: &'b [u8],
}

fn parts(bytes: &[u8]) -> Option<Parts<'_>> {
    let mut reader = tlv::within(Reader(bytes).take(SEQUENCE)?);
    Some(Parts {
        signed: reader.take(SEQUENCE)?.whole,
        scheme: cms::algorithm(reader.take(SEQUENCE)?)?,
        signature: cms::bits(reader.take(BITS)?)?,
    })
}

/// A moment of a certificate.
fn moment(time: Time) -> Option<Timestamp> {
    let seconds = i64::try_from(time.to_unix_duration().as_secs()).ok()?;
    Timestamp::from_second(seconds).ok()
}

impl Certificate {
    /// Reads one; none where the bytes are no certificate, or more than one.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let read = CertificateInner::<Raw>::from_der(bytes).ok()?;
        parts(bytes)?;
        let validity = *read.tbs_certificate().validity();
        let out = Self {
            bytes: bytes.to_vec(),
            until: moment(validity.not_after)?,
            from: moment(validity.not_before)?,
            read,
        };
        out.name_bytes(true)?;
        Some(out)
    }

    /// The part that was signed, after version, number and algorithm.
    fn inner(&self) -> Option<(Reader<'_>, &[u8])> {
        let mut inner = tlv::within(Reader(parts(&self.bytes)?.signed).take(SEQUENCE)?);
        inner.maybe(CONTEXT_0);
        let number = inner.take(INTEGER)?.body;
        inner.take(SEQUENCE)?;
        Some((inner, number))
    }

    fn name_bytes(&self, subject: bool) -> Option<&[u8]> {
        let (mut inner, _) = self.inner()?;
        let issuer = inner.take(SEQUENCE)?;
        inner.take(SEQUENCE)?;
        let own = inner.take(SEQUENCE)?;
        Some(if subject { own.whole } else { issuer.whole })
    }

    /// The name of whom it is of, as it came.
    pub fn subject(&self) -> &[u8] {
        self.name_bytes(true).unwrap_or_default()
    }

    /// The name of who gave it, as it came.
    pub fn issuer(&self) -> &[u8] {
        self.name_bytes(false).unwrap_or_default()
    }

    /// Its number, as it came.
    pub fn number(&self) -> &[u8] {
        self.inner().map(|(_, number)| number).unwrap_or_default()
    }

    /// The key, a `SubjectPublicKeyInfo`.
    pub fn key(&self) -> &[u8] {
        let key = || {
            let (mut inner, _) = self.inner()?;
            for _ in 0..3 {
                inner.take(SEQUENCE)?;
            }
            Some(inner.take(SEQUENCE)?.whole)
        };
        key().unwrap_or_default()
    }

    /// The identifier of its key, where it says one.
    pub fn key_identifier(&self) -> Option<Vec<u8>> {
        let found = self
            .read
            .tbs_certificate()
            .get_extension::<SubjectKeyIdentifier>();
        Some(found.ok()??.1.0.as_bytes().to_vec())
    }

    /// From when it is good.
    pub fn from(&self) -> Timestamp {
        self.from
    }

    /// Until when it is good.
    pub fn until(&self) -> Timestamp {
        self.until
    }

    /// True where it is good at a moment.
    pub fn is_good_at(&self, at: Timestamp) -> bool {
        self.from <= at && at <= self.until
    }

    /// Whose it is: common name, or office where it has none.
    pub fn name(&self) -> String {
        named(self.read.tbs_certificate().subject())
    }

    /// Of which office: organisation, or its part where there is none.
    pub fn office(&self) -> String {
        let name = self.read.tbs_certificate().subject();
        shown(name, OFFICE)
            .or_else(|| shown(name, OFFICE_PART))
            .unwrap_or_default()
    }

    /// Who gave it.
    pub fn authority(&self) -> String {
        named(self.read.tbs_certificate().issuer())
    }

    /// Its number in hexadecimal digits.
    pub fn serial(&self) -> String {
        use std::fmt::Write as _;
        let mut out = String::new();
        for byte in self.number().iter().take(limits::NAME_LETTERS) {
            let _ = write!(out, "{byte:02x}");
        }
        out
    }

    fn key_usage(&self) -> Result<Option<KeyUsage>, ()> {
        let found = self.read.tbs_certificate().get_extension::<KeyUsage>();
        Ok(found.map_err(drop)?.map(|(_, usage)| usage))
    }

    fn constraints(&self) -> Result<Option<BasicConstraints>, ()> {
        let found = self
            .read
            .tbs_certificate()
            .get_extension::<BasicConstraints>();
        Ok(found.map_err(drop)?.map(|(_, constraints)| constraints))
    }

    /// True where it is an authority's.
    pub fn is_authority(&self) -> bool {
        matches!(self.constraints(), Ok(Some(constraints)) if constraints.ca)
    }

    /// True where an extension must be understood and is not.
    pub fn is_strange(&self) -> bool {
        let extensions = self.read.tbs_certificate().extensions();
        let mut critical = extensions.into_iter().flatten().filter(|one| one.critical);
        critical.any(|one| !KNOWN.contains(&one.extn_id.to_string().as_str()))
    }

    /// Why it may not give certificates; none where it may. `below`: how many authorities stand between it and the signer.
    pub fn cannot_certify(&self, below: usize) -> Option<&'static str> {
        let Ok(Some(constraints)) = self.constraints() else {
            return Some("chứng thư cấp trên không phải của tổ chức chứng thực");
        };
        if !constraints.ca {
            return Some("chứng thư cấp trên không phải của tổ chức chứng thực");
        }
        if constraints
            .path_len_constraint
            .is_some_and(|most| below > usize::from(most))
        {
            return Some("chuỗi chứng thư dài hơn tổ chức chứng thực cho phép");
        }
        match self.key_usage() {
            Ok(Some(usage)) if !usage.key_cert_sign() => {
                Some("chứng thư cấp trên không được dùng để cấp chứng thư")
            }
            Err(()) => Some("chứng thư cấp trên ghi sai công dụng của khóa"),
            Ok(_) if self.is_strange() => {
                Some("chứng thư cấp trên có điều kiện bắt buộc mà chương trình không hiểu")
            }
            Ok(_) => None,
        }
    }

    /// True where it may sign lists of revoked certificates.
    pub fn may_sign_lists(&self) -> bool {
        match self.key_usage() {
            Ok(Some(usage)) => usage.crl_sign(),
            Ok(None) => true,
            Err(()) => false,
        }
    }

    /// Why it is not for signing papers; none where it is.
    pub fn cannot_sign(&self) -> Option<&'static str> {
        if self.is_authority() || self.constraints().is_err() {
            return Some("là chứng thư của tổ chức chứng thực, không phải của người ký");
        }
        match self.key_usage() {
            Ok(Some(usage)) if !usage.digital_signature() && !usage.non_repudiation() => {
                return Some("khóa không được cấp để ký");
            }
            Err(()) => return Some("chứng thư ghi sai công dụng của khóa"),
            Ok(_) => {}
        }
        let uses = self
            .read
            .tbs_certificate()
            .get_extension::<ExtendedKeyUsage>();
        match uses {
            Ok(Some((_, uses)))
                if uses
                    .0
                    .iter()
                    .all(|one| OTHER_USES.contains(&one.to_string().as_str())) =>
            {
                Some("chứng thư chỉ dùng cho máy chủ, phần mềm hoặc dấu thời gian")
            }
            Err(_) => Some("chứng thư ghi sai công dụng"),
            Ok(_) if self.is_strange() => {
                Some("chứng thư có điều kiện bắt buộc mà chương trình không hiểu")
            }
            Ok(_) => None,
        }
    }

    /// Whether it was given with the key of another.
    pub fn is_given_by(&self, other: &Self) -> Result<bool, Bad> {
        given(&self.bytes, other)
    }
}

fn given(bytes: &[u8], by: &Certificate) -> Result<bool, Bad> {
    let parts = parts(bytes).ok_or(Bad::NoKey)?;
    let scheme = Scheme::named(parts.scheme, None)?;
    key::verify(by.key(), scheme, &[parts.signed], parts.signature)
}

/// Common name, or office where there is none.
fn named(name: &Name) -> String {
    shown(name, COMMON_NAME)
        .or_else(|| shown(name, OFFICE))
        .unwrap_or_default()
}

/// A part of a name as text: without what no name needs, cut to [`limits::NAME_LETTERS`].
fn shown(name: &Name, part: Oid) -> Option<String> {
    let found = name.iter().find(|one| one.oid == part)?;
    let bytes = found.value.value();
    let text = match found.value.tag() {
        Tag::BmpString => {
            let units = bytes
                .as_chunks::<2>()
                .0
                .iter()
                .map(|pair| u16::from_be_bytes(*pair));
            char::decode_utf16(units)
                .map(|letter| letter.unwrap_or('\u{FFFD}'))
                .collect()
        }
        Tag::TeletexString => bytes.iter().copied().map(char::from).collect(),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    };
    // Marks of direction and joiners could make one name look like another.
    let plain = |letter: &char| {
        !letter.is_control()
            && !matches!(letter, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
    };
    let text: String = text
        .chars()
        .filter(plain)
        .take(limits::NAME_LETTERS)
        .collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// A list of revoked certificates.
#[derive(Clone)]
pub(super) struct List {
    bytes: Vec<u8>,
    revoked: Vec<(Box<[u8]>, Timestamp)>,
    /// Who made it.
    pub authority: String,
    /// When it was made.
    pub made: Timestamp,
    /// When the next one is due.
    pub next: Option<Timestamp>,
    /// It speaks of some of its authority's certificates only.
    pub is_part: bool,
}

fn time(tlv: Tlv<'_>) -> Option<Timestamp> {
    moment(Time::from_der(tlv.whole).ok()?)
}

fn is_time(reader: &Reader<'_>) -> bool {
    matches!(reader.0.first(), Some(0x17 | 0x18))
}

impl List {
    /// Reads one; none where the bytes are no list, or one that only makes sense beside another (a delta, a list of other authorities).
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut whole = Reader(bytes);
        whole.take(SEQUENCE)?;
        let mut inner = tlv::within(Reader(parts(bytes)?.signed).take(SEQUENCE)?);
        inner.maybe(INTEGER);
        inner.take(SEQUENCE)?;
        let issuer = Name::from_der(inner.take(SEQUENCE)?.whole).ok()?;
        let mut out = Self {
            bytes: bytes.to_vec(),
            revoked: Vec::new(),
            authority: named(&issuer),
            made: time(inner.any()?)?,
            next: None,
            is_part: false,
        };
        if is_time(&inner) {
            out.next = Some(time(inner.any()?)?);
        }
        if let Some(all) = inner.maybe(SEQUENCE) {
            let mut all = tlv::within(all);
            while !all.is_done() {
                let mut one = tlv::within(all.take(SEQUENCE)?);
                let number = one.take(INTEGER)?.body;
                out.revoked.push((number.into(), time(one.any()?)?));
            }
        }
        if let Some(explicit) = inner.maybe(CONTEXT_0) {
            let extensions = Extensions::from_der(explicit.body).ok()?;
            for one in &extensions {
                if one.extn_id == DISTRIBUTION {
                    let point = IssuingDistributionPoint::from_der(one.extn_value.as_bytes());
                    if point.ok()?.indirect_crl {
                        return None;
                    }
                    out.is_part = true;
                } else if one.critical && one.extn_id != LIST_NUMBER && one.extn_id != AUTHORITY_KEY
                {
                    return None;
                }
            }
        }
        (whole.is_done() && inner.is_done()).then_some(out)
    }

    /// The name of who made it, as it came.
    pub fn issuer(&self) -> &[u8] {
        let issuer = || {
            let mut inner = tlv::within(Reader(parts(&self.bytes)?.signed).take(SEQUENCE)?);
            inner.maybe(INTEGER);
            inner.take(SEQUENCE)?;
            Some(inner.take(SEQUENCE)?.whole)
        };
        issuer().unwrap_or_default()
    }

    /// How many certificates it names.
    pub fn count(&self) -> usize {
        self.revoked.len()
    }

    /// Whether it was made with the key of an authority that may.
    pub fn is_made_by(&self, authority: &Certificate) -> bool {
        authority.may_sign_lists() && given(&self.bytes, authority) == Ok(true)
    }

    /// When it says a certificate of its authority was revoked.
    pub fn names(&self, certificate: &Certificate) -> Option<Timestamp> {
        let number = certificate.number();
        let found = self.revoked.iter().find(|(one, _)| **one == *number);
        found.map(|(_, at)| *at)
    }
}
