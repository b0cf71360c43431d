//! The delimiter of a text file.
//!
//! In: the head of the file as text. Out: [`Shape`]. The delimiter is the sign that cuts most lines into the same number of
//! cells; Excel's own word (`sep=;` in the first line) is taken before any count.

use super::parse::{Shape, TextParser};
use crate::read::{Chunk, Parser};
use std::sync::Arc;
use treem_child::cell::Rows;

/// Signs that are tried, the likelier first.
const CANDIDATES: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Records looked at.
const RECORDS: usize = 200;

/// Decides by the head of a file; `whole`: it is the whole file.
pub(crate) fn shape(head: &str, whole: bool) -> Shape {
    let bytes = head.as_bytes();
    let end = if !bytes.contains(&b'\n') && bytes.contains(&b'\r') {
        b'\r'
    } else {
        b'\n'
    };
    let first = head.lines().next().unwrap_or("").trim_matches('"');
    if let Some(sign) = first
        .strip_prefix("sep=")
        .or_else(|| first.strip_prefix("SEP="))
    {
        let delimiter = sign.bytes().next().filter(u8::is_ascii).unwrap_or(b'\t');
        return Shape {
            delimiter: Some(delimiter),
            end,
            sep_line: true,
        };
    }
    let mut best = (0.0, None);
    for delimiter in CANDIDATES {
        let shape = Shape {
            delimiter: Some(delimiter),
            end,
            sep_line: false,
        };
        let score = score(head, whole, shape);
        if score > best.0 {
            best = (score, Some(delimiter));
        }
    }
    Shape {
        delimiter: best.1,
        end,
        sep_line: false,
    }
}

/// How well a sign cuts: the share of lines with the commonest number of cells, squared, times the logarithm of that number.
#[allow(
    clippy::cast_precision_loss,
    reason = "at most 200 records of some columns"
)]
fn score(head: &str, whole: bool, shape: Shape) -> f64 {
    let (mut end, _) = super::parse::records(head.as_bytes(), shape, whole);
    if end == 0 {
        end = head.len();
    }
    // A part of the head suffices; it is cut where a line ends.
    let part = head
        .get(..head.floor_char_boundary(end.min(1 << 17)))
        .unwrap_or(head);
    let part = part
        .rfind(char::from(shape.end))
        .and_then(|at| part.get(..=at))
        .unwrap_or(part);
    let counts: Vec<usize> = counts(part, shape);
    let mut best = 0.0_f64;
    for &cells in &counts {
        if cells < 2 {
            continue;
        }
        let share =
            counts.iter().filter(|&&other| other == cells).count() as f64 / counts.len() as f64;
        best = best.max(share * share * (cells as f64).ln());
    }
    best
}

/// The number of cells of each record that holds something, empty ones at its end included.
fn counts(text: &str, shape: Shape) -> Vec<usize> {
    let Some(delimiter) = shape.delimiter else {
        return Vec::new();
    };
    let parser = TextParser {
        shape,
        remarks: Arc::default(),
    };
    let chunk = Chunk {
        first_row: 1,
        text: text.to_owned(),
        ..Chunk::default()
    };
    let mut rows = Rows::default();
    parser.parse(&chunk, &mut rows);
    let mut counts: Vec<usize> = rows
        .iter()
        .take(RECORDS)
        .filter(|row| !row.is_blank())
        .map(|row| row.cells.len())
        .collect();
    // Cells at the end of a row are often empty: the parser does not keep them, so rows that end in delimiters are made up to
    // the widest where the sign itself says so.
    let widest = counts.iter().copied().max().unwrap_or(0);
    for (count, line) in counts.iter_mut().zip(
        text.split(char::from(shape.end))
            .filter(|line| !line.trim().is_empty()),
    ) {
        let line = line.trim_end_matches('\r');
        if line.as_bytes().last() == Some(&delimiter) {
            *count = widest.max(*count + 1);
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(head: &str, expected: Option<u8>) {
        assert_eq!(shape(head, true).delimiter, expected, "{head}");
    }

    #[test]
    fn found() {
        check(
            "stt,họ tên,ngày sinh\n1,Hồ A,1/2/2015\n2,Hồ B,3/4/2016\n",
            Some(b','),
        );
        check(
            "stt;họ tên;địa chỉ\n1;Hồ A;Thôn 1, xã A\n2;Hồ B;Thôn 2, xã A, huyện B\n",
            Some(b';'),
        );
        check(
            "stt\thọ tên\tđịa chỉ\n1\tHồ A\tThôn 1, xã A\n2\tHồ B\tThôn 2, xã A\n",
            Some(b'\t'),
        );
        check("a|b|c\n1|2|3\n", Some(b'|'));
        check("sep=;\na,b;c\n", Some(b';'));
        check(
            "DANH SÁCH TRẺ EM,,,\nXã A,,,\nstt,tên,sinh,\n1,A,2015,\n2,B,2016,x\n",
            Some(b','),
        );
        check("Hồ Văn A\nHồ Văn B\n", None);
        check("\"a;b\",\"c;d\"\n\"e;f\",\"g\"\n", Some(b','));
        check("a,b\rc,d\r", Some(b','));
        check("", None);
    }

    #[test]
    fn line_ends() {
        assert_eq!(shape("a,b\rc,d", true).end, b'\r');
        assert_eq!(shape("a,b\r\nc,d", true).end, b'\n');
        assert!(shape("sep=;\r\na;b", true).sep_line);
    }
}
