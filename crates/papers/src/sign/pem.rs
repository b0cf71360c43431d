//! Bytes written as letters (PEM, RFC 7468).
//!
//! In: bytes of a file. Out: what stands in it: each part between its lines, or the bytes as they are.

const BEGIN: &[u8] = b"-----BEGIN ";
const END: &[u8] = b"-----END ";

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}

fn value(letter: u8) -> Option<u32> {
    Some(u32::from(match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
}

/// Base64 with any white space between; none where other letters stand in it.
fn base64(text: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut held, mut letters, mut over) = (0_u32, 0_u32, false);
    for &letter in text {
        if letter.is_ascii_whitespace() {
            continue;
        }
        if letter == b'=' {
            over = true;
            continue;
        }
        if over {
            return None;
        }
        held = (held << 6) | value(letter)?;
        letters += 1;
        if letters == 4 {
            out.extend_from_slice(held.to_be_bytes().get(1..)?);
            (held, letters) = (0, 0);
        }
    }
    match letters {
        0 => {}
        2 => out.extend_from_slice((held << 12).to_be_bytes().get(1..2)?),
        3 => out.extend_from_slice((held << 6).to_be_bytes().get(1..3)?),
        _ => return None,
    }
    Some(out)
}

/// The parts of a file: DER as it is, or what stands between lines of PEM. A part that is not base64 comes out empty, so that it is noticed.
pub(super) fn parts(bytes: &[u8]) -> Vec<Vec<u8>> {
    if find(bytes, BEGIN).is_none() {
        // DER begins with a sequence; anything else may be bare base64.
        if bytes.first() == Some(&0x30) {
            return vec![bytes.to_vec()];
        }
        return vec![base64(bytes).unwrap_or_default()];
    }
    let mut out = Vec::new();
    let mut rest = bytes;
    while let Some(begin) = find(rest, BEGIN) {
        let after = rest.get(begin + BEGIN.len()..).unwrap_or_default();
        let Some(line) = find(after, b"-----") else {
            break;
        };
        let text = after.get(line + 5..).unwrap_or_default();
        let end = find(text, END).unwrap_or(text.len());
        out.push(base64(text.get(..end).unwrap_or_default()).unwrap_or_default());
        rest = text.get(end..).unwrap_or_default();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters() {
        for (text, expect) in [
            ("", Some(&b""[..])),
            ("TQ==", Some(b"M")),
            ("TWE=", Some(b"Ma")),
            ("TWFu", Some(b"Man")),
            (" TW\r\nFu ", Some(b"Man")),
            ("TWFuT", None),
            ("TQ==TQ==", None),
            ("TW-u", None),
        ] {
            assert_eq!(base64(text.as_bytes()).as_deref(), expect, "{text}");
        }
    }

    #[test]
    fn parts_of_a_file() {
        let two = "lời nói đầu\n-----BEGIN CERTIFICATE-----\nTWFu\n-----END CERTIFICATE-----\n-----BEGIN X509 CRL-----\nTWE=\n-----END X509 CRL-----\n";
        for (bytes, expect) in [
            (two.as_bytes(), vec![b"Man".to_vec(), b"Ma".to_vec()]),
            (b"TWFu\n", vec![b"Man".to_vec()]),
            (&[0x30, 1, 0xFF], vec![vec![0x30, 1, 0xFF]]),
            (b"-----BEGIN X-----\nTWFu", vec![b"Man".to_vec()]),
            (b"-----BEGIN X-----\n!!\n-----END X-----", vec![vec![]]),
            (b"-----BEGIN X", vec![]),
            (b"", vec![vec![]]),
        ] {
            assert_eq!(parts(bytes), expect);
        }
    }
}
