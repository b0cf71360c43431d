//! Signed PDFs made by pyHanko: what each signature covers, what was added, and pdfsig agrees.

use super::office::{Office, soon};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use treem_papers::sign::{Covers, SignatureInPdf, Trust, seals_in, verify_pdf};

/// A PDF of one page, with a seal's mark and a file within it that looks like a signature.
pub fn page() -> Vec<u8> {
    let inner = "9 0 obj << /Type /Sig /ByteRange [0 1 2 3] /Contents <00> >> endobj";
    let text = "BT /F 12 Tf 72 720 Td (Danh sach) Tj ET";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{inner}\nendstream", inner.len()),
        format!("<< /Keywords (treem-seal-{}) >>", "ab".repeat(32)),
    ];
    let mut out = "%PDF-1.7\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(out.len());
        let _ = write!(out, "{number} 0 obj\n{object}\nendobj\n");
    }
    let start = out.len();
    let _ = write!(out, "xref\n0 {}\n0000000000 65535 f \n", places.len() + 1);
    for place in &places {
        let _ = writeln!(out, "{place:010} 00000 n ");
    }
    let _ = write!(
        out,
        "trailer\n<< /Size {} /Root 1 0 R /Info 7 0 R >>\nstartxref\n{start}\n%%EOF\n",
        places.len() + 1
    );
    out.into_bytes()
}

/// pyHanko, as `scripts/tools.sh test` puts it.
fn python() -> PathBuf {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/.venv/bin/python");
    assert!(place.is_file(), "pyHanko is not here: run scripts/hanko.sh");
    place
}

fn signed(from: &str, to: &str, who: &str, more: &str) -> String {
    format!(
        "{{\"do\":\"sign\",\"from\":\"{from}\",\"to\":\"{to}\",\"key\":\"{who}.key\",\"certificate\":\"{who}.pem\",\"chain\":[\"below.pem\"],\"field\":\"{to}\"{more}}}"
    )
}

fn added(from: &str, to: &str) -> String {
    format!("{{\"do\":\"add\",\"from\":\"{from}\",\"to\":\"{to}\"}}")
}

pub fn hanko(office: &Office, jobs: &[String]) {
    office.write("page.pdf", &page());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sign_pdf.py");
    let mut child = Command::new(python())
        .arg(script)
        .current_dir(office.path("."))
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let jobs = format!("[{}]", jobs.join(","));
    child
        .stdin
        .take()
        .unwrap()
        .write_all(jobs.as_bytes())
        .unwrap();
    let ran = child.wait_with_output().unwrap();
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&ran.stderr)
    );
}

/// One signed PDF, for the tests that spoil it.
pub fn one(office: &Office) -> Vec<u8> {
    hanko(office, &[signed("page.pdf", "one.pdf", "officer", "")]);
    office.read("one.pdf")
}

fn words(found: &[SignatureInPdf]) -> Vec<(&'static str, bool)> {
    found
        .iter()
        .map(|one| (one.verdict.word(), one.covers == Covers::Whole))
        .collect()
}

/// What pdfsig says of each signature: whether it is valid, and whether all of the document is signed.
fn pdfsig(office: &Office, file: &str) -> (String, Vec<(bool, bool)>) {
    let _ = std::fs::create_dir_all(office.path("nss"));
    let said = match office.run(Path::new("pdfsig"), &["-nocert", file]) {
        Ok(said) | Err(said) => said,
    };
    let mut out: Vec<(bool, bool)> = Vec::new();
    for part in said.split("Signature #").skip(1) {
        out.push((
            part.contains("Signature is Valid"),
            part.contains("Total document signed"),
        ));
    }
    (said, out)
}

#[test]
fn what_each_signature_covers() {
    let office = Office::new();
    let trust = office.trust();
    hanko(
        &office,
        &[
            signed("page.pdf", "rsa.pdf", "officer", ""),
            signed(
                "page.pdf",
                "pss.pdf",
                "officer",
                ",\"pss\":true,\"hash\":\"sha512\"",
            ),
            signed("page.pdf", "pades.pdf", "officer", ",\"pades\":true"),
            signed("page.pdf", "ec.pdf", "police", ",\"pades\":true"),
            signed("page.pdf", "ec384.pdf", "leader", ",\"hash\":\"sha384\""),
            signed("rsa.pdf", "both.pdf", "police", ""),
            added("rsa.pdf", "more.pdf"),
            added("both.pdf", "both-more.pdf"),
            signed("more.pdf", "more-both.pdf", "police", ""),
            signed("page.pdf", "expired.pdf", "expired", ""),
            signed("page.pdf", "revoked.pdf", "revoked", ""),
            signed("page.pdf", "unknown.pdf", "unknown", ""),
            signed("rsa.pdf", "both-unknown.pdf", "unknown", ""),
        ],
    );
    let check = |file: &str, expect: &[(&str, bool)], trust: &Trust| {
        let pdf = office.read(file);
        let found = verify_pdf(&pdf, trust, soon(5));
        assert_eq!(
            words(&found),
            expect,
            "{file}: {:?}",
            found
                .iter()
                .map(|one| one.verdict.sentence())
                .collect::<Vec<_>>()
        );
        let last: Vec<bool> = found.iter().map(|one| one.is_last).collect();
        assert_eq!(last.iter().filter(|last| **last).count(), 1);
        assert_eq!(last.last(), Some(&true));
        // pdfsig knows no authority here; it says whether the bytes are the signed ones.
        let said = pdfsig(&office, file);
        let whole = |word: &str| word != "tampered" && word != "not-a-signature";
        let ours: Vec<(bool, bool)> = expect
            .iter()
            .map(|(word, covers)| (whole(word), *covers))
            .collect();
        assert_eq!(said.1, ours, "pdfsig of {file}: {}", said.0);
    };
    check("rsa.pdf", &[("valid", true)], &trust);
    check("pss.pdf", &[("valid", true)], &trust);
    check("pades.pdf", &[("valid", true)], &trust);
    check("ec.pdf", &[("valid", true)], &trust);
    check("ec384.pdf", &[("valid", true)], &trust);
    check("both.pdf", &[("valid", false), ("valid", true)], &trust);
    check("more.pdf", &[("added-after", false)], &trust);
    check(
        "both-more.pdf",
        &[("added-after", false), ("added-after", false)],
        &trust,
    );
    check(
        "more-both.pdf",
        &[("valid", false), ("valid", true)],
        &trust,
    );
    check("expired.pdf", &[("expired", true)], &trust);
    check("revoked.pdf", &[("revoked", true)], &trust);
    check("unknown.pdf", &[("unknown-authority", true)], &trust);
    check(
        "both-unknown.pdf",
        &[("added-after", false), ("unknown-authority", true)],
        &trust,
    );
    check("rsa.pdf", &[("unknown-authority", true)], &Trust::default());
    // PAdES says when in the dictionary, not in the signature.
    let pades = verify_pdf(&office.read("pades.pdf"), &trust, soon(5));
    assert!(
        pades[0]
            .verdict
            .signed
            .is_some_and(|at| at < soon(5) && at > soon(-600)),
        "{pades:?}"
    );
    // Before the signature stand the bytes that were printed, and the mark of the list.
    let pdf = office.read("rsa.pdf");
    assert!(pdf.starts_with(&page()) && pades[0].before > page().len());
    assert_eq!(seals_in(&pdf, pades[0].before), ["ab".repeat(32)]);
    spoilt(&office, &trust);
}

/// Known ways to make a signed PDF show something else.
fn spoilt(office: &Office, trust: &Trust) {
    let pdf = office.read("rsa.pdf");
    let find = |part: &[u8]| {
        pdf.windows(part.len())
            .position(|window| window == part)
            .unwrap()
    };
    let check = |what: &str, bytes: &[u8], word: &str| {
        let found = verify_pdf(bytes, trust, soon(5));
        assert!(found.iter().all(|one| !one.verdict.is_valid()), "{what}");
        assert_eq!(
            found[0].verdict.word(),
            word,
            "{what}: {}",
            found[0].verdict.sentence()
        );
    };
    let mut changed = pdf.clone();
    changed[find(b"Danh sach")] = b'X';
    check("a letter of the page", &changed, "tampered");
    check(
        "a line behind the end",
        &[&pdf[..], b"\n"].concat(),
        "added-after",
    );
    check("the end cut off", &pdf[..pdf.len() - 1], "not-a-signature");
    check("not signed at all", &page(), "not-a-signature");
    check(
        "only a signature's file",
        &office.read("officer.pem"),
        "not-a-signature",
    );
    // The range is moved so that it leaves out more than the signature.
    // The last one: an earlier one lies in a stream.
    let from = pdf
        .windows(10)
        .rposition(|window| window == b"/ByteRange")
        .unwrap();
    let close = from + pdf[from..].iter().position(|byte| *byte == b']').unwrap();
    let text = String::from_utf8(pdf[from..close].to_vec()).unwrap();
    let numbers: Vec<usize> = text
        .split('[')
        .nth(1)
        .unwrap()
        .split_whitespace()
        .map(|word| word.parse().unwrap())
        .collect();
    for (moved, words) in [
        (
            [0, numbers[1] - 2, numbers[2], numbers[3]],
            "not-a-signature",
        ),
        (
            [0, numbers[1], numbers[2] + 2, numbers[3] - 2],
            "not-a-signature",
        ),
        (
            [1, numbers[1] - 1, numbers[2], numbers[3]],
            "not-a-signature",
        ),
        ([0, numbers[1], numbers[2], numbers[3] - 1], "tampered"),
        (
            [0, numbers[1], numbers[2], numbers[3] * 10],
            "not-a-signature",
        ),
        ([0, 0, 0, 0], "not-a-signature"),
    ] {
        let range = format!(
            "/ByteRange [{} {} {} {}",
            moved[0], moved[1], moved[2], moved[3]
        );
        let mut bytes = pdf.clone();
        let padded = format!("{range:<width$}", width = close - from);
        bytes.splice(from..close, padded.into_bytes());
        check(&range, &bytes, words);
    }
    // A second text in the gap, behind the signature: zeros only may stand there.
    let gap = numbers[1]..numbers[2];
    let mut bytes = pdf.clone();
    bytes[gap.end - 3..gap.end - 1].copy_from_slice(b"41");
    check("something in the gap", &bytes, "not-a-signature");
    bytes[gap.end - 3..gap.end - 1].copy_from_slice(b"(x");
    check("something else in the gap", &bytes, "not-a-signature");
    // The signature of one file laid into another of the same length.
    let mut other = page();
    let place = other
        .windows(9)
        .position(|window| window == b"Danh sach")
        .unwrap();
    other[place..place + 9].copy_from_slice(b"Bien ban ");
    let moved = [&other[..], &pdf[other.len()..]].concat();
    check("another page before the signature", &moved, "tampered");
}
