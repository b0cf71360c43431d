//! Signatures made on an officer's own token: whether one is good, whose it is, and what is wrong where it is not.
//!
//! In: bytes of a detached signature (CMS, `.p7s`) or a signed PDF, whom the office trusts ([`Trust`]), the moment of receiving. Out:
//! [`Verdict`]s, each with a word for machines and a Vietnamese sentence. Pure: no file, no clock, no network. Nothing is signed here.
//!
//! What is asked, in this order; the first that fails is the verdict: is it signed data; does it carry the signer's certificate; is every
//! algorithm strong enough; was it made with this key over these attributes; is the content the signed one; may the certificate sign
//! papers; does its chain reach a root that is trusted; was one of the chain revoked; is each good when signed and now. The moment of signing
//! is what the signer's machine says: a certificate that is out of date or revoked now does not become good by it.

mod certificate;
mod chain;
mod cms;
mod key;
mod pdf;
mod pem;
mod texts;
mod tlv;
mod trust;

pub use pdf::{Covers, SignatureInPdf, is_signed_pdf, seals_in, verify_pdf};
pub use trust::{Held, Trust, Useless, What};

use crate::limits;
use certificate::{Certificate, List};
use chain::Broken;
use cms::{Signed, Signer as CmsSigner, Which};
use jiff::Timestamp;
use key::{Bad, Hash, Scheme};

/// What is found of a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Good, or why not.
    pub finding: Finding,
    /// Whose certificate it names; certain only where the finding says so ([`Verdict::is_by_signer`]).
    pub signer: Option<Signer>,
    /// When, by the clock of the signer's machine.
    pub signed: Option<Timestamp>,
    /// The newest list of revoked certificates that speaks of the signer's: when it was made, and whether a newer one is due.
    pub list: Option<(Timestamp, bool)>,
}

/// Whose certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer {
    /// Common name.
    pub name: String,
    /// Office; may be empty.
    pub office: String,
    /// Number of the certificate, hexadecimal.
    pub serial: String,
    /// Who gave the certificate.
    pub authority: String,
}

/// Good, or why not.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Finding {
    /// Good.
    Valid,
    /// Good for the first part of a PDF; more was added afterwards, and no good signature covers that: so many bytes.
    AddedAfter(usize),
    /// The content is not the signed one, or the signature was not made with the certificate's key.
    Tampered,
    /// The content signed is another list's.
    WrongList(String),
    /// The certificate, or one above it, is out of date.
    Expired {
        /// The name in the certificate that is.
        whose: String,
        /// Since when.
        on: Timestamp,
        /// The signature says it was made before.
        later: bool,
    },
    /// The certificate, or one above it, was not yet good when it was used, or the signature says it was made in the future.
    NotYetValid {
        /// The name in the certificate.
        whose: String,
        /// From when on it is good.
        from: Timestamp,
    },
    /// The certificate, or one above it, was revoked.
    Revoked {
        /// The name in the certificate.
        whose: String,
        /// When.
        on: Timestamp,
        /// The signature says it was made before.
        later: bool,
    },
    /// Given by somebody whom the office does not trust.
    UnknownAuthority(String),
    /// An algorithm or key that can be forged.
    WeakAlgorithm(String),
    /// An algorithm the program does not know.
    UnknownAlgorithm(String),
    /// Not a signature the program can read.
    NotASignature(&'static str),
    /// A certificate of the chain was not given as it says.
    BrokenChain(&'static str),
    /// The certificate is for something else than signing papers.
    NotForSigning(&'static str),
}

impl Finding {
    /// The word for machines.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::AddedAfter(_) => "added-after",
            Self::Tampered => "tampered",
            Self::WrongList(_) => "wrong-list",
            Self::Expired { .. } => "expired",
            Self::NotYetValid { .. } => "not-yet-valid",
            Self::Revoked { .. } => "revoked",
            Self::UnknownAuthority(_) => "unknown-authority",
            Self::WeakAlgorithm(_) => "weak-algorithm",
            Self::UnknownAlgorithm(_) => "unknown-algorithm",
            Self::NotASignature(_) => "not-a-signature",
            Self::BrokenChain(_) => "broken-chain",
            Self::NotForSigning(_) => "not-for-signing",
        }
    }
}

impl Verdict {
    /// True where the signature is good.
    pub fn is_valid(&self) -> bool {
        self.finding == Finding::Valid
    }

    /// True where it is certain that [`Verdict::signer`] signed something, though it may be the wrong thing or out of date.
    pub fn is_by_signer(&self) -> bool {
        matches!(
            self.finding,
            Finding::Valid
                | Finding::AddedAfter(_)
                | Finding::Expired { .. }
                | Finding::Revoked { later: true, .. }
        )
    }

    /// The word for machines.
    pub fn word(&self) -> &'static str {
        self.finding.word()
    }

    /// One Vietnamese sentence: by whom, when, given by whom, or what is wrong and what to do.
    pub fn sentence(&self) -> String {
        texts::sentence(self)
    }

    fn of(finding: Finding) -> Self {
        Self {
            finding,
            signer: None,
            signed: None,
            list: None,
        }
    }
}

/// Another list that may have been signed instead: its name and the hashes of its content.
#[derive(Clone, Debug)]
pub struct Other {
    name: String,
    digests: Vec<Vec<u8>>,
}

impl Other {
    /// Of its content.
    pub fn of(name: &str, content: &[u8]) -> Self {
        let digests = [Hash::Sha256, Hash::Sha384, Hash::Sha512];
        Self {
            name: name.to_owned(),
            digests: digests.iter().map(|hash| hash.digest(&[content])).collect(),
        }
    }

    /// Of its seal: SHA-256 of its content. A signature made with a longer hash is then only known as tampered.
    pub fn sealed(name: &str, sha256: [u8; 32]) -> Self {
        Self {
            name: name.to_owned(),
            digests: vec![sha256.to_vec()],
        }
    }
}

/// Verifies a detached signature over some content: the first verdict that is not good, or the only signer's.
///
/// `at`: when it was received. See [`verify_detached_all`] where several have signed one file.
pub fn verify_detached(p7s: &[u8], content: &[u8], trust: &Trust, at: Timestamp) -> Verdict {
    let all = verify_detached_all(p7s, content, &[], trust, at);
    let bad = all.iter().position(|verdict| !verdict.is_valid());
    all.into_iter()
        .nth(bad.unwrap_or(0))
        .unwrap_or_else(|| Verdict::of(Finding::NotASignature(texts::NOBODY)))
}

/// Verifies a detached signature (DER, BER or PEM) over some content: a verdict for each signer, at least one.
///
/// `others`: lists that may have been signed by mistake; `at`: when it was received.
pub fn verify_detached_all(
    p7s: &[u8],
    content: &[u8],
    others: &[Other],
    trust: &Trust,
    at: Timestamp,
) -> Vec<Verdict> {
    let not = |why| vec![Verdict::of(Finding::NotASignature(why))];
    if p7s.len() > limits::SIGNATURE_BYTES {
        return not(texts::TOO_LARGE);
    }
    let mut parts = pem::parts(p7s);
    let (Some(bytes), true) = (parts.pop(), parts.is_empty()) else {
        return not(texts::NO_CMS);
    };
    verify_cms(&bytes, &[content], others, None, trust, at)
}

/// Verifies signed data over content in parts. `said`: when it was signed, as said beside it.
fn verify_cms(
    bytes: &[u8],
    content: &[&[u8]],
    others: &[Other],
    said: Option<Timestamp>,
    trust: &Trust,
    at: Timestamp,
) -> Vec<Verdict> {
    let not = |why| vec![Verdict::of(Finding::NotASignature(why))];
    let Some((bytes, rest)) = tlv::definite(bytes) else {
        return not(texts::NO_CMS);
    };
    // A PDF keeps room with zeros.
    if rest.iter().any(|byte| *byte != 0) {
        return not(texts::MORE_BEHIND);
    }
    let Some(signed) = cms::read(&bytes) else {
        return not(texts::NO_CMS);
    };
    if signed.signers.is_empty() {
        return not(texts::NOBODY);
    }
    let certificates: Vec<Certificate> = signed
        .certificates
        .iter()
        .filter_map(|one| Certificate::read(one))
        .collect();
    let lists: Vec<List> = signed
        .lists
        .iter()
        .filter_map(|one| List::read(one))
        .collect();
    let case = Case {
        signed: &signed,
        certificates: &certificates,
        lists: &lists,
        content,
        others,
        said,
        trust,
        at,
    };
    signed
        .signers
        .iter()
        .map(|signer| case.judge(signer))
        .collect()
}

/// What one signer is judged by.
struct Case<'c> {
    signed: &'c Signed<'c>,
    certificates: &'c [Certificate],
    lists: &'c [List],
    content: &'c [&'c [u8]],
    others: &'c [Other],
    said: Option<Timestamp>,
    trust: &'c Trust,
    at: Timestamp,
}

impl From<Bad> for Finding {
    fn from(bad: Bad) -> Self {
        match bad {
            Bad::Weak(name) => Self::WeakAlgorithm(name),
            Bad::Unknown(name) => Self::UnknownAlgorithm(name),
            Bad::NoKey => Self::NotASignature(texts::NO_KEY),
        }
    }
}

impl Case<'_> {
    fn certificate(&self, signer: &CmsSigner<'_>) -> Option<&Certificate> {
        let is = |one: &&Certificate| match &signer.which {
            Which::Number(issuer, number) => one.issuer() == *issuer && one.number() == *number,
            Which::Key(key) => one.key_identifier().is_some_and(|own| own == *key),
        };
        self.certificates.iter().find(is)
    }

    fn judge(&self, signer: &CmsSigner<'_>) -> Verdict {
        let Some(certificate) = self.certificate(signer) else {
            return Verdict::of(Finding::NotASignature(texts::NO_CERTIFICATE));
        };
        let attributes = signer.attributes.as_ref();
        let signed = attributes
            .and_then(|attributes| attributes.signed)
            .and_then(|seconds| Timestamp::from_second(seconds).ok())
            .or(self.said);
        let mut out = Verdict {
            finding: Finding::Valid,
            signer: Some(Signer {
                name: certificate.name(),
                office: certificate.office(),
                serial: certificate.serial(),
                authority: certificate.authority(),
            }),
            signed,
            list: None,
        };
        let made = self.made(signer, certificate);
        let found = made.and_then(|()| match certificate.cannot_sign() {
            Some(why) => Err(Finding::NotForSigning(why)),
            None => self.trusted(certificate, &mut out),
        });
        if let Err(finding) = found {
            out.finding = finding;
        }
        out
    }

    /// Whether the signature was made with the certificate's key over this content.
    fn made(&self, signer: &CmsSigner<'_>, certificate: &Certificate) -> Result<(), Finding> {
        let hash = Hash::named(signer.hash.oid)?;
        let scheme = Scheme::named(signer.scheme, Some(hash))?;
        if scheme.hash() != hash {
            return Err(Finding::NotASignature(texts::TWO_HASHES));
        }
        if self
            .signed
            .content
            .is_some_and(|carried| carried != self.content.concat().as_slice())
        {
            // What is signed is what it carries; which list that is, may be known.
            let digest = hash.digest(&[self.signed.content.unwrap_or_default()]);
            return Err(self.not_this(&digest));
        }
        let Some(attributes) = &signer.attributes else {
            if self.signed.kind != cms::DATA {
                return Err(Finding::NotASignature(texts::NO_CMS));
            }
            return if key::verify(certificate.key(), scheme, self.content, signer.signature)? {
                Ok(())
            } else {
                Err(Finding::Tampered)
            };
        };
        if attributes.kind != self.signed.kind {
            return Err(Finding::NotASignature(texts::NO_CMS));
        }
        if !key::verify(
            certificate.key(),
            scheme,
            &[&attributes.bytes],
            signer.signature,
        )? {
            return Err(Finding::Tampered);
        }
        if let Some((hash, digest)) = attributes.certificate
            && Hash::named(hash)?.digest(&[&certificate.bytes]) != digest
        {
            return Err(Finding::BrokenChain(texts::OTHER_CERTIFICATE));
        }
        if hash.digest(self.content) == attributes.digest {
            Ok(())
        } else {
            Err(self.not_this(attributes.digest))
        }
    }

    /// What was signed instead.
    fn not_this(&self, digest: &[u8]) -> Finding {
        let other = self
            .others
            .iter()
            .find(|other| other.digests.iter().any(|one| one == digest));
        other.map_or(Finding::Tampered, |other| {
            Finding::WrongList(other.name.clone())
        })
    }

    /// Whether the chain is trusted, not revoked and good at both moments.
    fn trusted(&self, certificate: &Certificate, out: &mut Verdict) -> Result<(), Finding> {
        let chain = chain::build(certificate, self.certificates, self.trust, self.at).map_err(
            |broken| match broken {
                Broken::Unknown(name) => Finding::UnknownAuthority(name),
                Broken::Why(why) => Finding::BrokenChain(why),
                Broken::Bad(Bad::NoKey) => Finding::BrokenChain(texts::NO_KEY),
                Broken::Bad(bad) => bad.into(),
            },
        )?;
        let standing = chain::standing(&chain, self.trust, self.lists, self.at);
        out.list = standing.list;
        // Without a moment of its own it counts as signed now.
        let signed = out.signed.unwrap_or(self.at);
        let named = |place: usize| chain.get(place).map(|one| one.name()).unwrap_or_default();
        if let Some((place, on)) = standing.revoked {
            return Err(Finding::Revoked {
                whose: named(place),
                on,
                later: out.signed.is_some() && signed < on,
            });
        }
        for (place, one) in chain.iter().enumerate() {
            if signed < one.from() || self.at < one.from() {
                return Err(Finding::NotYetValid {
                    whose: named(place),
                    from: one.from(),
                });
            }
            if signed > one.until() || self.at > one.until() {
                return Err(Finding::Expired {
                    whose: named(place),
                    on: one.until(),
                    later: signed <= one.until(),
                });
            }
        }
        if signed.as_second().saturating_sub(self.at.as_second()) > limits::CLOCK_AHEAD_SECONDS {
            return Err(Finding::NotYetValid {
                whose: named(0),
                from: signed,
            });
        }
        Ok(())
    }
}
