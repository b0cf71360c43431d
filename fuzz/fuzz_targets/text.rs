//! Unicode repair: no panic, and twice is once.
#![no_main]
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let once = treem_child::normalise::text::clean(text).0;
    assert_eq!(treem_child::normalise::text::clean(&once).0, once);
});
