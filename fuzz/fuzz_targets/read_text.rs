//! The reader of csv, tsv and txt, with the finder of tables behind it.
#![no_main]
use libfuzzer_sys::fuzz_target;
use treem_child::cell::Rows;
use treem_files::read::Book;
use treem_files::table::{Hints, walk_all};

fuzz_target!(|data: &[u8]| {
    // A plain line in front keeps the sniffer on text.
    let mut bytes = b"STT,H\xe1\xbb\x8d v\xc3\xa0 t\xc3\xaan,Ng\xc3\xa0y sinh\n".to_vec();
    bytes.extend_from_slice(data);
    let Ok(book) = Book::from_bytes(bytes) else { return };
    let Ok(mut source) = book.source(0) else { return };
    let parser = source.parser();
    while let Ok(Some(chunk)) = source.next_chunk() {
        let mut rows = Rows::default();
        parser.parse(&chunk, &mut rows);
        let _ = walk_all(&rows, &Hints::default());
    }
});
