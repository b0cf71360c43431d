//! Damage: nothing that is cut, changed or made up is ever found good, and nothing stops the program.

use super::office::{CONTENT, Office, soon};
use super::signed_pdf;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use treem_papers::sign::{Trust, verify_detached, verify_pdf};

fn runner(cases: u32) -> TestRunner {
    TestRunner::new(Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    })
}

#[test]
fn damage_is_never_good() {
    let office = Office::new();
    let (trust, at) = (office.trust(), soon(5));
    let p7s = office.read(&office.sign("police", "content", &["-certfile", "below.pem"]));
    let whole = verify_detached(&p7s, CONTENT, &trust, at);
    assert!(whole.is_valid());
    let pdf = signed_pdf::one(&office);
    let gap = verify_pdf(&pdf, &trust, at)[0].before;
    assert!(verify_pdf(&pdf, &trust, at)[0].verdict.is_valid());
    // Every bit of the content.
    for place in 0..CONTENT.len() * 8 {
        let mut content = CONTENT.to_vec();
        content[place / 8] ^= 1 << (place % 8);
        assert_eq!(
            verify_detached(&p7s, &content, &trust, at).word(),
            "tampered",
            "bit {place}"
        );
    }
    // Cut anywhere.
    for end in (0..p7s.len()).step_by(3) {
        assert!(
            !verify_detached(&p7s[..end], CONTENT, &trust, at).is_valid(),
            "{end}"
        );
    }
    for end in (0..pdf.len()).step_by(29) {
        assert!(
            verify_pdf(&pdf[..end], &trust, at)
                .iter()
                .all(|one| !one.verdict.is_valid()),
            "{end}"
        );
    }
    // A changed bit of the signature may lie where nothing is signed (a version, a certificate that is known anyway): then what is said must be
    // the same as before.
    runner(800)
        .run(&(0..p7s.len(), 0_u8..8), |(place, bit)| {
            let mut bytes = p7s.clone();
            bytes[place] ^= 1 << bit;
            let verdict = verify_detached(&bytes, CONTENT, &trust, at);
            prop_assert!(!verdict.is_valid() || verdict == whole, "{place} {bit}");
            Ok(())
        })
        .unwrap();
    // Of a PDF all is signed but the gap; in the gap a letter may change its case.
    runner(300)
        .run(&(0..pdf.len(), 0_u8..8), |(place, bit)| {
            let mut bytes = pdf.clone();
            bytes[place] ^= 1 << bit;
            let case = place > gap && bytes[place].eq_ignore_ascii_case(&pdf[place]);
            let good = verify_pdf(&bytes, &trust, at)
                .iter()
                .any(|one| one.verdict.is_valid());
            prop_assert!(!good || case || unsigned(&pdf, gap, place), "{place} {bit}");
            Ok(())
        })
        .unwrap();
    made_up(&p7s, &pdf, &trust);
}

/// True in the gap, where bits of the signature that are not signed lie.
fn unsigned(pdf: &[u8], gap: usize, place: usize) -> bool {
    let end = gap + pdf[gap..].iter().position(|byte| *byte == b'>').unwrap();
    (gap..=end).contains(&place)
}

fn made_up(p7s: &[u8], pdf: &[u8], trust: &Trust) {
    let at = soon(5);
    let good = |bytes: &[u8]| {
        verify_detached(bytes, CONTENT, trust, at).is_valid()
            || verify_pdf(bytes, trust, at)
                .iter()
                .any(|one| one.verdict.is_valid())
    };
    let bytes = proptest::collection::vec(any::<u8>(), 0..2000);
    runner(300)
        .run(&bytes, |bytes| {
            prop_assert!(!good(&bytes));
            let as_pdf = [b"%PDF-1.7\n1 0 obj <<", &bytes[..]].concat();
            prop_assert!(!good(&as_pdf));
            let mut trust = Trust::default();
            prop_assert!(trust.add("x", &bytes).is_err());
            Ok(())
        })
        .unwrap();
    // Pieces of real ones put together anew.
    let pieces = proptest::collection::vec(
        (any::<bool>(), any::<prop::sample::Index>(), 0_usize..400),
        1..8,
    );
    runner(300)
        .run(&pieces, |pieces| {
            let mut bytes = Vec::new();
            for (which, from, length) in pieces {
                let source = if which { p7s } else { pdf };
                let from = from.index(source.len());
                bytes.extend_from_slice(&source[from..(from + length).min(source.len())]);
            }
            prop_assert!(!good(&bytes));
            Ok(())
        })
        .unwrap();
}
