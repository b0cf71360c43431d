//! Legacy codes: every code decodes anything.
#![no_main]
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    use treem_child::cell::{Cell, Font};
    use treem_child::normalise::encoding::{Encoding, Verdict, Vote, decode, decode_cell};
    for code in [Encoding::Tcvn3, Encoding::Tcvn3Caps, Encoding::Vni, Encoding::Vps, Encoding::Viscii, Encoding::Viqr, Encoding::Cp1258, Encoding::Utf8Twice] {
        let _ = decode(text, code);
        let cell = Cell::text(text);
        let _ = decode_cell(&cell, Verdict::Legacy(code));
        let _ = decode_cell(&cell, Verdict::Mixed(code));
    }
    let mut vote = Vote::default();
    for line in text.lines().take(100) {
        vote.add(line, Font::Unknown);
    }
    let _ = vote.verdict();
});
