//! Puts the findings over many rows into `findings.csv` where they belong: in order of file, sheet, row, rule.
//!
//! In: the findings of single rows, written in order; the later ones, sorted. Out: one file in order. Memory: one record.

use super::Stop;
use anyhow::Context as _;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;
use treem_child::check::across::Location;

/// Where a sheet's lines begin in the written findings, and how each of them starts.
pub struct Segment {
    /// Number of the sheet in the run.
    pub sheet: u32,
    /// Offset of its first line.
    pub start: u64,
    /// `file,sheet`, escaped.
    pub prefix: Vec<u8>,
}

/// A line to be put in.
pub struct Late {
    /// Where.
    pub at: Location,
    /// Its rule, for the order within the row.
    pub code: &'static str,
    /// The whole line, line break included.
    pub line: Vec<u8>,
}

/// Reads one record (line breaks inside quotes belong to it); false at the end.
pub fn read_record(reader: &mut impl BufRead, record: &mut Vec<u8>) -> std::io::Result<bool> {
    record.clear();
    let mut quotes = 0_usize;
    loop {
        let from = record.len();
        if reader.read_until(b'\n', record)? == 0 {
            return Ok(!record.is_empty());
        }
        quotes += memchr::memchr_iter(b'"', record.get(from..).unwrap_or(&[])).count();
        if quotes.is_multiple_of(2) {
            return Ok(true);
        }
    }
}

/// Copies `from` to `to` with the late lines (sorted by place and code) in their places. False where it was stopped on its way.
pub fn merge(
    from: &Path,
    to: &Path,
    head: &[u8],
    segments: &[Segment],
    late: &[Late],
    stop: &Stop,
) -> anyhow::Result<bool> {
    let mut reader = BufReader::with_capacity(
        1 << 20,
        File::open(from).context("không mở lại được tệp tạm")?,
    );
    let mut out = BufWriter::with_capacity(
        1 << 20,
        File::create(to).context("không ghi được findings.csv")?,
    );
    let full = "không ghi được findings.csv";
    let mut record = Vec::new();
    let mut offset = 0_u64;
    let mut segment = 0;
    let mut waiting = late.iter().peekable();
    let mut is_head = true;
    while read_record(&mut reader, &mut record).context("không đọc lại được tệp tạm")?
    {
        if stop.is_asked() {
            return Ok(false);
        }
        if is_head {
            is_head = false;
            offset += record.len() as u64;
            out.write_all(head).context(full)?;
            continue;
        }
        while segments
            .get(segment + 1)
            .is_some_and(|next| next.start <= offset)
        {
            segment += 1;
        }
        if let Some(place) = segments.get(segment) {
            let (row, code) = row_and_code(record.get(place.prefix.len()..).unwrap_or(&[]));
            let at = Location::new(place.sheet, row);
            while let Some(next) =
                waiting.next_if(|next| (next.at, next.code.as_bytes()) < (at, code))
            {
                out.write_all(&next.line).context(full)?;
            }
        }
        out.write_all(&record).context(full)?;
        offset += record.len() as u64;
    }
    for next in waiting {
        out.write_all(&next.line).context(full)?;
    }
    out.flush().context(full)?;
    Ok(true)
}

/// Row number and rule code of what follows the prefix: `,12,name,name.short,…` (none of the three is ever quoted).
fn row_and_code(rest: &[u8]) -> (u64, &[u8]) {
    let mut fields = rest.split(|byte| *byte == b',').skip(1);
    let row = fields
        .next()
        .unwrap_or(&[])
        .iter()
        .fold(0_u64, |sum, byte| {
            sum.wrapping_mul(10)
                .wrapping_add(u64::from(byte.wrapping_sub(b'0')))
        });
    let code = fields.nth(1).unwrap_or(&[]);
    (row, code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn late_lines_find_their_places() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("a"), folder.path().join("b"));
        let body = "head\nf,s,2,name,name.short,3,warning,\"a\nb\",,,m\nf,s,2,sex,sex.missing,3,error,,,,m\nf,s,9,name,name.short,3,warning,x,,,m\ng,,2,name,name.short,3,warning,x,,,m\n";
        std::fs::write(&from, body).unwrap();
        let second = body.find("g,,2").unwrap() as u64;
        let segments = [
            Segment {
                sheet: 0,
                start: 5,
                prefix: b"f,s".to_vec(),
            },
            Segment {
                sheet: 1,
                start: second,
                prefix: b"g,".to_vec(),
            },
        ];
        let late = |sheet, row, text: &str| Late {
            at: Location::new(sheet, row),
            code: "id.shared",
            line: format!("{text}\n").into_bytes(),
        };
        merge(
            &from,
            &to,
            b"head\n",
            &segments,
            &[
                late(0, 2, "A"),
                late(0, 5, "B"),
                late(1, 1, "C"),
                late(1, 7, "D"),
            ],
            &Stop::default(),
        )
        .unwrap();
        let merged = std::fs::read_to_string(&to).unwrap();
        let order: Vec<&str> = merged
            .lines()
            .filter(|line| {
                line.len() == 1 || line.contains("name.short") || line.contains("sex.missing")
            })
            .map(|line| line.get(..1).unwrap())
            .collect();
        assert_eq!(order, ["A", "f", "f", "B", "f", "C", "g", "D"], "{merged}");
    }
}
