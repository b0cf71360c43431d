//! Signatures within a PDF (ISO 32000-2 §12.8): which bytes each covers, and what was added behind it.
//!
//! In: bytes of a PDF. Out: [`SignatureInPdf`]s, in the order in which they were made. The bytes are walked through from the front, streams
//! left out; a dictionary with a `ByteRange` is a signature. What is verified is the hexadecimal text that lies exactly in the gap of the
//! range, over all bytes before and behind it: nothing else of the file is believed, so moved, doubled or hidden objects change nothing.

mod walk;

use super::{Finding, Trust, Verdict, texts, verify_cms};
use crate::limits;
use jiff::Timestamp;
use walk::{Dictionary, dictionaries, find, is_white};

/// What of the file a signature covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Covers {
    /// All but itself.
    Whole,
    /// The file as it was before so many bytes were added.
    Earlier(usize),
}

/// A signature of a PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureInPdf {
    /// What is found of it.
    pub verdict: Verdict,
    /// What it covers.
    pub covers: Covers,
    /// Bytes of the file from the front that it stands behind: the first part of its range.
    pub before: usize,
    /// True for the last one.
    pub is_last: bool,
}

/// Whether a PDF has a signature in it; none where it is too large, too broken, or no PDF.
pub fn is_signed_pdf(pdf: &[u8]) -> Option<bool> {
    if pdf.len() > limits::PDF_BYTES || !pdf.starts_with(b"%PDF-") {
        return None;
    }
    Some(!dictionaries(pdf)?.is_empty())
}

/// Verifies all signatures of a PDF, the earliest first. Never empty: a file without one gives a verdict that says so.
///
/// A good signature behind which more was added stays good only where a later good one covers the whole file; else it is
/// [`Finding::AddedAfter`]. `at`: when it was received.
pub fn verify_pdf(pdf: &[u8], trust: &Trust, at: Timestamp) -> Vec<SignatureInPdf> {
    let not = |why| {
        vec![SignatureInPdf {
            verdict: Verdict::of(Finding::NotASignature(why)),
            covers: Covers::Whole,
            before: 0,
            is_last: true,
        }]
    };
    if pdf.len() > limits::PDF_BYTES {
        return not(texts::TOO_LARGE);
    }
    if !pdf.starts_with(b"%PDF-") {
        return not(texts::PDF_NO);
    }
    let Some(mut found) = dictionaries(pdf) else {
        return not(texts::PDF_LIMIT);
    };
    if found.is_empty() {
        return not(texts::PDF_NONE);
    }
    found.sort_by_key(|one| one.range.map_or(0, |[_, _, c, d]| c.saturating_add(d)));
    let mut out: Vec<SignatureInPdf> = found.iter().map(|one| judge(pdf, one, trust, at)).collect();
    if let Some(last) = out.last_mut() {
        last.is_last = true;
    }
    let whole = out
        .iter()
        .any(|one| one.covers == Covers::Whole && one.verdict.is_valid());
    for one in &mut out {
        if let Covers::Earlier(added) = one.covers
            && one.verdict.is_valid()
            && !whole
        {
            one.verdict.finding = Finding::AddedAfter(added);
        }
    }
    out
}

fn judge(pdf: &[u8], found: &Dictionary, trust: &Trust, at: Timestamp) -> SignatureInPdf {
    let of = |finding| SignatureInPdf {
        verdict: Verdict::of(finding),
        covers: Covers::Whole,
        before: 0,
        is_last: false,
    };
    let Some([first, before, behind, rest]) = found.range else {
        return of(Finding::NotASignature(texts::PDF_RANGE));
    };
    let end = behind.saturating_add(rest);
    let gap = found
        .contents
        .is_some_and(|contents| contents == (before, behind));
    if first != 0 || !gap || end > pdf.len() {
        return of(Finding::NotASignature(texts::PDF_RANGE));
    }
    let (Some(head), Some(text), Some(tail)) = (
        pdf.get(..before),
        pdf.get(before..behind),
        pdf.get(behind..end),
    ) else {
        return of(Finding::NotASignature(texts::PDF_RANGE));
    };
    let covers = if end == pdf.len() {
        Covers::Whole
    } else {
        Covers::Earlier(pdf.len() - end)
    };
    let mut out = match found.kind.as_slice() {
        b"ETSI.RFC3161" => of(Finding::NotASignature(texts::PDF_STAMP)),
        b"adbe.pkcs7.sha1" | b"adbe.x509.rsa_sha1" => {
            of(Finding::WeakAlgorithm("SHA-1".to_owned()))
        }
        _ => match hexadecimal(text) {
            None => of(Finding::NotASignature(texts::PDF_RANGE)),
            Some(cms) => {
                let all = verify_cms(&cms, &[head, tail], &[], found.said, trust, at);
                let bad = all.iter().position(|verdict| !verdict.is_valid());
                let one = all.into_iter().nth(bad.unwrap_or(0));
                let mut out = of(Finding::NotASignature(texts::NOBODY));
                if let Some(verdict) = one {
                    out.verdict = verdict;
                }
                out
            }
        },
    };
    out.covers = covers;
    out.before = before;
    out
}

/// Bytes of `<…>`; none where anything else stands in it.
fn hexadecimal(text: &[u8]) -> Option<Vec<u8>> {
    let inner = text.strip_prefix(b"<")?.strip_suffix(b">")?;
    let mut out = Vec::with_capacity(inner.len() / 2);
    let mut half: Option<u8> = None;
    for &letter in inner {
        if is_white(letter) {
            continue;
        }
        let digit = u8::try_from(char::from(letter).to_digit(16)?).ok()?;
        match half.take() {
            None => half = Some(digit << 4),
            Some(high) => out.push(high | digit),
        }
    }
    half.is_none().then_some(out)
}

/// Marks of seals (`treem-seal-` and 64 hexadecimal digits) that stand as they are in the first so many bytes of a PDF.
pub fn seals_in(pdf: &[u8], before: usize) -> Vec<String> {
    const MARK: &[u8] = b"treem-seal-";
    let head = pdf.get(..before).unwrap_or(pdf);
    let mut out: Vec<String> = Vec::new();
    let mut from = 0;
    while let Some(place) = find(head, from, MARK) {
        from = place + MARK.len();
        let digits = head.get(from..from.saturating_add(64)).unwrap_or_default();
        if digits.len() == 64
            && digits.iter().all(u8::is_ascii_hexdigit)
            && let Ok(text) = std::str::from_utf8(digits)
        {
            let text = text.to_ascii_lowercase();
            if !out.contains(&text) && out.len() < limits::PDF_SIGNATURES {
                out.push(text);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seals() {
        let digits = "0123456789abcdef".repeat(4);
        let pdf = format!(
            "x treem-seal-{digits} treem-seal-{} treem-seal-12",
            digits.to_uppercase()
        );
        assert_eq!(seals_in(pdf.as_bytes(), pdf.len()), [digits]);
        assert!(seals_in(pdf.as_bytes(), 40).is_empty());
    }
}
