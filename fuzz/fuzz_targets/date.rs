//! Dates: no panic, and what is read is in the calendar.
#![no_main]
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    use treem_child::normalise::date::{DateValue, PartialDate, date, from_number};
    if let DateValue::Known(found) = date(text, 2026)
        && found.is_full()
    {
        assert!(PartialDate::new(found.year, found.month, found.day).is_some());
    }
    if let Ok(number) = text.parse::<f64>() {
        let _ = from_number(number, false, 2026);
        let _ = treem_child::normalise::date::from_serial(number, true);
    }
});
