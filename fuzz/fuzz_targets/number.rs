//! Identity numbers.
#![no_main]
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    use treem_child::normalise::number::{Number, number, restore_zeros, without_letters};
    if let Number::Twelve(digits, parts) = number(text) {
        assert_eq!(digits.len(), 12);
        let _ = (parts.place(), parts.birth_year(), parts.province());
    }
    let _ = (restore_zeros(text), without_letters(text));
});
