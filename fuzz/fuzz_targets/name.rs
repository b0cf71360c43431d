//! Names: no panic, and a name in proper case stays.
#![no_main]
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut reader = treem_child::normalise::name::NameReader::default();
    let once = reader.name(text).text.into_owned();
    assert_eq!(reader.name(&once).text, once);
});
