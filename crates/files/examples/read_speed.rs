//! How fast a file is read and parsed on one core: `cargo run --release --example read_speed -- FILE [cut]`.
//!
//! In: a file; `cut` leaves the parsing out. Out: rows, seconds, megabytes a second and peak memory, on standard output.

#![allow(clippy::cast_precision_loss, reason = "figures for people")]

use std::time::Instant;
use treem_child::cell::Rows;
use treem_files::read::Book;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("a file is needed")?;
    let parse = arguments.next().is_none();
    let size = std::fs::metadata(&path)?.len();
    let start = Instant::now();
    let book = Book::open(path.as_ref())?;
    let (mut rows_count, mut cells, mut bytes, mut unpacked) = (0_usize, 0_usize, 0_usize, 0_usize);
    let opened = start.elapsed();
    for sheet in 0..book.sheets.len() {
        let mut source = book.source(sheet)?;
        let parser = source.parser();
        while let Some(chunk) = source.next_chunk()? {
            unpacked += chunk.text.len();
            if parse {
                let mut rows = Rows::default();
                parser.parse(&chunk, &mut rows);
                rows_count += rows.len();
                for row in rows.iter() {
                    cells += row.cells.len();
                    bytes += row.cells.iter().map(|cell| cell.text.len()).sum::<usize>();
                }
            }
        }
        for remark in source.remarks() {
            println!("{remark}");
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    let megabytes = |bytes: usize| bytes as f64 / 1e6;
    let peak = std::fs::read_to_string("/proc/self/status")
        .ok()
        .and_then(|status| {
            status
                .lines()
                .find(|line| line.starts_with("VmHWM"))
                .map(|line| {
                    line.split_whitespace()
                        .skip(1)
                        .collect::<Vec<_>>()
                        .join(" ")
                })
        });
    println!(
        "{book:?} {} {rows_count} rows, {cells} cells, {:.1} MB of text",
        book.encoding,
        megabytes(bytes)
    );
    println!(
        "opened after {opened:?}; {seconds:.3} s; file {:.1} MB, {:.0} MB/s; unpacked {:.1} MB, {:.0} MB/s; peak {}",
        size as f64 / 1e6,
        size as f64 / 1e6 / seconds,
        megabytes(unpacked),
        megabytes(unpacked) / seconds,
        peak.unwrap_or_default()
    );
    Ok(())
}
