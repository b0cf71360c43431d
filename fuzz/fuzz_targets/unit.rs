//! Area units, addresses, titles.
#![no_main]
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    use treem_child::normalise::unit::{Level, edition, hamlet};
    let units = edition("2024-06-13");
    let _ = units.find(text, Level::Commune, None);
    let _ = units.place(text, None);
    let _ = units.in_title(text);
    let _ = hamlet(text);
});
