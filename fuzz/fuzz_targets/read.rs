//! Every reader: whatever the bytes are, an error or rows.
#![no_main]
use libfuzzer_sys::fuzz_target;
use treem_child::cell::Rows;
use treem_files::read::Book;
use treem_files::table::{Hints, walk_all};

fuzz_target!(|data: &[u8]| {
    let Ok(book) = Book::from_bytes(data.to_vec()) else { return };
    for sheet in 0..book.sheets.len().min(8) {
        let Ok(mut source) = book.source(sheet) else { continue };
        let parser = source.parser();
        for _ in 0..64 {
            let Ok(Some(chunk)) = source.next_chunk() else { break };
            let mut rows = Rows::default();
            parser.parse(&chunk, &mut rows);
            let _ = walk_all(&rows, &Hints::default());
        }
    }
});
