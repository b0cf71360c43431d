//! Keys and algorithms: what counts as strong enough, and whether a signature was made with a key.
//!
//! In: algorithms as named in certificates and signatures, a public key, bytes. Out: whether they fit; [`Bad`] where the algorithm is too
//! weak or not known here. RSA (PKCS #1 v1.5 and PSS, RFC 8017) from 2048 bits on, ECDSA on P-256 and P-384 (FIPS 186-5), SHA-256, SHA-384,
//! SHA-512 (FIPS 180-4). Public keys only: nothing secret is computed with.

use super::cms::{self, Algorithm};
use super::tlv::{self, CONTEXT_0, CONTEXT_1, INTEGER, Reader, SEQUENCE};
use crate::limits;
use p256::ecdsa::signature::hazmat::PrehashVerifier as _;
use rsa::pkcs1::DecodeRsaPublicKey as _;
use sha2::{Sha256, Sha384, Sha512};
use x509_cert::der::oid::ObjectIdentifier as Oid;

const fn of(text: &str) -> Oid {
    Oid::new_unwrap(text)
}

const RSA: Oid = of("1.2.840.113549.1.1.1");
const RSA_PSS: Oid = of("1.2.840.113549.1.1.10");
const MASK: Oid = of("1.2.840.113549.1.1.8");
const RSA_SHA256: Oid = of("1.2.840.113549.1.1.11");
const RSA_SHA384: Oid = of("1.2.840.113549.1.1.12");
const RSA_SHA512: Oid = of("1.2.840.113549.1.1.13");
const EC: Oid = of("1.2.840.10045.2.1");
const P256: Oid = of("1.2.840.10045.3.1.7");
const P384: Oid = of("1.3.132.0.34");
const ECDSA_SHA256: Oid = of("1.2.840.10045.4.3.2");
const ECDSA_SHA384: Oid = of("1.2.840.10045.4.3.3");
const ECDSA_SHA512: Oid = of("1.2.840.10045.4.3.4");
const SHA256: Oid = of("2.16.840.1.101.3.4.2.1");
const SHA384: Oid = of("2.16.840.1.101.3.4.2.2");
const SHA512: Oid = of("2.16.840.1.101.3.4.2.3");
/// Too weak to be believed, by name.
const WEAK: &[(Oid, &str)] = &[
    (of("1.3.14.3.2.26"), "SHA-1"),
    (of("1.2.840.113549.2.5"), "MD5"),
    (of("1.2.840.113549.2.2"), "MD2"),
    (of("2.16.840.1.101.3.4.2.4"), "SHA-224"),
    (of("1.2.840.113549.1.1.2"), "RSA với MD2"),
    (of("1.2.840.113549.1.1.4"), "RSA với MD5"),
    (of("1.2.840.113549.1.1.5"), "RSA với SHA-1"),
    (of("1.3.14.3.2.29"), "RSA với SHA-1"),
    (of("1.2.840.113549.1.1.14"), "RSA với SHA-224"),
    (of("1.2.840.10045.4.1"), "ECDSA với SHA-1"),
    (of("1.2.840.10045.4.3.1"), "ECDSA với SHA-224"),
    (of("1.2.840.10040.4.1"), "DSA"),
    (of("1.2.840.10040.4.3"), "DSA với SHA-1"),
];

/// Why an algorithm is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Bad {
    /// Too weak.
    Weak(String),
    /// Not known here.
    Unknown(String),
    /// A key that is none.
    NoKey,
}

/// A hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hash {
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl Hash {
    /// By its name.
    pub fn named(oid: Oid) -> Result<Self, Bad> {
        match oid {
            SHA256 => Ok(Self::Sha256),
            SHA384 => Ok(Self::Sha384),
            SHA512 => Ok(Self::Sha512),
            _ => Err(bad(oid)),
        }
    }

    /// Of bytes in parts.
    pub fn digest(self, parts: &[&[u8]]) -> Vec<u8> {
        fn run<D: sha2::Digest>(parts: &[&[u8]]) -> Vec<u8> {
            let mut hash = D::new();
            for part in parts {
                hash.update(part);
            }
            hash.finalize().to_vec()
        }
        match self {
            Self::Sha256 => run::<Sha256>(parts),
            Self::Sha384 => run::<Sha384>(parts),
            Self::Sha512 => run::<Sha512>(parts),
        }
    }
}

/// How something is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scheme {
    /// RSA, PKCS #1 v1.5.
    Pkcs1(Hash),
    /// RSA, PSS.
    Pss(Hash),
    /// ECDSA.
    Ecdsa(Hash),
}

fn bad(oid: Oid) -> Bad {
    match WEAK.iter().find(|(weak, _)| *weak == oid) {
        Some((_, name)) => Bad::Weak((*name).to_owned()),
        None => Bad::Unknown(oid.to_string()),
    }
}

impl Scheme {
    /// As a signature names it. `hash`: where only the key's kind is named (RFC 5754 §3.2).
    pub fn named(algorithm: Algorithm<'_>, hash: Option<Hash>) -> Result<Self, Bad> {
        match (algorithm.oid, hash) {
            (RSA, Some(hash)) => Ok(Self::Pkcs1(hash)),
            (RSA_SHA256, _) => Ok(Self::Pkcs1(Hash::Sha256)),
            (RSA_SHA384, _) => Ok(Self::Pkcs1(Hash::Sha384)),
            (RSA_SHA512, _) => Ok(Self::Pkcs1(Hash::Sha512)),
            (RSA_PSS, _) => pss(algorithm),
            (EC, Some(hash)) => Ok(Self::Ecdsa(hash)),
            (ECDSA_SHA256, _) => Ok(Self::Ecdsa(Hash::Sha256)),
            (ECDSA_SHA384, _) => Ok(Self::Ecdsa(Hash::Sha384)),
            (ECDSA_SHA512, _) => Ok(Self::Ecdsa(Hash::Sha512)),
            (oid, _) => Err(bad(oid)),
        }
    }

    /// The hash it stands on.
    pub fn hash(self) -> Hash {
        match self {
            Self::Pkcs1(hash) | Self::Pss(hash) | Self::Ecdsa(hash) => hash,
        }
    }
}

/// Parameters of PSS (RFC 8017 A.2.3): without any they mean SHA-1. The length of the salt is found in the signature itself.
fn pss(algorithm: Algorithm<'_>) -> Result<Scheme, Bad> {
    let sha1 = || Bad::Weak("RSA-PSS với SHA-1".to_owned());
    let unknown = || Bad::Unknown("RSA-PSS".to_owned());
    let parameters = algorithm.parameters.ok_or_else(sha1)?;
    let mut reader = tlv::within(parameters);
    fn named(tlv: tlv::Tlv<'_>) -> Option<Algorithm<'_>> {
        tlv::within(tlv).take(SEQUENCE).and_then(cms::algorithm)
    }
    let hash = reader.maybe(CONTEXT_0).ok_or_else(sha1)?;
    let hash = Hash::named(named(hash).ok_or_else(unknown)?.oid)?;
    let mask = reader.maybe(CONTEXT_1).ok_or_else(sha1)?;
    let mask = named(mask)
        .filter(|mask| mask.oid == MASK)
        .ok_or_else(unknown)?;
    let inner = mask
        .parameters
        .and_then(cms::algorithm)
        .ok_or_else(unknown)?;
    if Hash::named(inner.oid)? != hash {
        return Err(unknown());
    }
    Ok(Scheme::Pss(hash))
}

/// Whether a signature over bytes in parts was made with the key of a `SubjectPublicKeyInfo`.
pub(super) fn verify(
    key: &[u8],
    scheme: Scheme,
    parts: &[&[u8]],
    signature: &[u8],
) -> Result<bool, Bad> {
    let mut info = Reader(key)
        .take(SEQUENCE)
        .map(tlv::within)
        .ok_or(Bad::NoKey)?;
    let algorithm = info
        .take(SEQUENCE)
        .and_then(cms::algorithm)
        .ok_or(Bad::NoKey)?;
    let key = info.any().and_then(cms::bits).ok_or(Bad::NoKey)?;
    let digest = scheme.hash().digest(parts);
    match (algorithm.oid, scheme) {
        (RSA, Scheme::Pkcs1(_)) | (RSA | RSA_PSS, Scheme::Pss(_)) => {
            rsa(key, scheme, &digest, signature)
        }
        (EC, Scheme::Ecdsa(_)) => {
            let curve = algorithm.parameters.ok_or(Bad::NoKey)?;
            let curve = Oid::from_bytes(curve.body).map_err(|_| Bad::NoKey)?;
            match curve {
                P256 => {
                    let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(key);
                    let key = key.map_err(|_| Bad::NoKey)?;
                    let signature = p256::ecdsa::Signature::from_der(signature);
                    Ok(signature.is_ok_and(|one| key.verify_prehash(&digest, &one).is_ok()))
                }
                P384 => {
                    let key = p384::ecdsa::VerifyingKey::from_sec1_bytes(key);
                    let key = key.map_err(|_| Bad::NoKey)?;
                    let signature = p384::ecdsa::Signature::from_der(signature);
                    Ok(signature.is_ok_and(|one| key.verify_prehash(&digest, &one).is_ok()))
                }
                other => Err(Bad::Unknown(format!("đường cong {other}"))),
            }
        }
        // A signature of another kind than the key's.
        (RSA | RSA_PSS | EC, _) => Ok(false),
        (other, _) => Err(bad(other)),
    }
}

/// Bits of the modulus of an RSA key.
fn bits(key: &[u8]) -> Option<usize> {
    let modulus = tlv::within(Reader(key).take(SEQUENCE)?).take(INTEGER)?.body;
    let skip = modulus.iter().take_while(|byte| **byte == 0).count();
    let modulus = modulus.get(skip..)?;
    let top = usize::try_from(modulus.first()?.leading_zeros()).ok()?;
    Some((modulus.len() * 8).saturating_sub(top))
}

fn rsa(key: &[u8], scheme: Scheme, digest: &[u8], signature: &[u8]) -> Result<bool, Bad> {
    let bits = bits(key).ok_or(Bad::NoKey)?;
    if bits < limits::RSA_BITS {
        return Err(Bad::Weak(format!("khóa RSA {bits} bit")));
    }
    // Refuses keys of more than 8,192 bits and exponents of more than 33.
    let key = rsa::PublicKey::from_pkcs1_der(key).map_err(|_| Bad::NoKey)?;
    fn salted<D: sha2::Digest>() -> rsa::Pss<D> {
        rsa::Pss {
            blinded: false,
            digest: D::new(),
            salt_len: None,
        }
    }
    let verified = match scheme {
        Scheme::Pkcs1(Hash::Sha256) => {
            key.verify(rsa::Pkcs1v15Sign::new::<Sha256>(), digest, signature)
        }
        Scheme::Pkcs1(Hash::Sha384) => {
            key.verify(rsa::Pkcs1v15Sign::new::<Sha384>(), digest, signature)
        }
        Scheme::Pkcs1(Hash::Sha512) => {
            key.verify(rsa::Pkcs1v15Sign::new::<Sha512>(), digest, signature)
        }
        Scheme::Pss(Hash::Sha256) => key.verify(salted::<Sha256>(), digest, signature),
        Scheme::Pss(Hash::Sha384) => key.verify(salted::<Sha384>(), digest, signature),
        Scheme::Pss(Hash::Sha512) => key.verify(salted::<Sha512>(), digest, signature),
        Scheme::Ecdsa(_) => return Ok(false),
    };
    Ok(verified.is_ok())
}
