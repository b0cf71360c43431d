//! Signatures: detached ones, signed PDFs, files of authorities. Nothing made up is ever good: nobody is trusted but what the bytes bring along.
#![no_main]
use libfuzzer_sys::fuzz_target;
use treem_papers::sign::{Trust, verify_detached_all, verify_pdf};

fuzz_target!(|data: &[u8]| {
    let at = jiff::Timestamp::UNIX_EPOCH;
    let nobody = Trust::default();
    let content = b"x";
    for verdict in verify_detached_all(data, content, &[], &nobody, at) {
        assert!(!verdict.is_valid());
        assert!(!verdict.sentence().is_empty());
    }
    for one in verify_pdf(data, &nobody, at) {
        assert!(!one.verdict.is_valid());
        assert!(one.before <= data.len());
    }
    let mut trust = Trust::default();
    let _ = trust.add("x", data);
    let _ = verify_detached_all(data, content, &[], &trust, at);
});
