//! The letter's kind of table.
#![no_main]
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let grid: Vec<Vec<String>> = text.lines().take(200).map(|line| line.split(',').take(40).map(str::to_owned).collect()).collect();
    let _ = treem_child::report::coverage::coverage(&grid);
});
