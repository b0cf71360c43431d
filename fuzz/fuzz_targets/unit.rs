//! Area units, addresses, titles.
#![no_main]
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    use treem_child::normalise::unit::{Level, editions, hamlet};
    for units in editions() {
        let _ = units.find(text, Level::Commune, None);
        let _ = units.place(text, None);
        let _ = units.in_title(text);
        let _ = units.former(text, text);
        let _ = units.province_named(text);
    }
    let _ = hamlet(text);
});
