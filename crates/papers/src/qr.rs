//! A QR code as a picture, the same for both outputs.
//!
//! In: a text of at most [`limits::QR_BYTES`] bytes. Out: a PNG in black and white, four pixels a module, with the quiet zone of four
//! modules.

use flate2::{Compression, Crc, write::ZlibEncoder};
use qrcodegen::{QrCode, QrCodeEcc};
use std::io::Write as _;

use crate::{error::Refusal, limits};

/// Pixels of a module, on a side.
const PIXELS: i32 = 4;
/// Modules of the quiet zone: what the standard asks for.
const QUIET: i32 = 4;

/// The PNG of `text`. Refused when it is too long to be read from paper.
pub fn png(text: &str) -> Result<Vec<u8>, Refusal> {
    if text.len() > limits::QR_BYTES {
        return Err(Refusal::Link(text.len()));
    }
    // A quarter may be soiled or creased when little stands in it, less when the modules would become too small.
    let level = if text.len() <= 90 {
        QrCodeEcc::Quartile
    } else {
        QrCodeEcc::Medium
    };
    let code = QrCode::encode_text(text, level).map_err(|_| Refusal::Link(text.len()))?;
    let modules = code.size() + 2 * QUIET;
    let side = modules * PIXELS;
    let mut raw = Vec::new();
    for y in 0..side {
        raw.push(0); // no filter
        let mut byte = 0_u8;
        for x in 0..side {
            let white = !code.get_module(x / PIXELS - QUIET, y / PIXELS - QUIET);
            byte = (byte << 1) | u8::from(white);
            if x % 8 == 7 {
                raw.push(byte);
                byte = 0;
            }
        }
        if side % 8 != 0 {
            raw.push(byte << (8 - side % 8));
        }
    }
    let side = side.unsigned_abs().to_be_bytes();
    let head = [&side[..], &side[..], &[1, 0, 0, 0, 0]].concat(); // one bit a pixel, grey
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
    packed.write_all(&raw)?;
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut png, *b"IHDR", &head);
    chunk(&mut png, *b"IDAT", &packed.finish()?);
    chunk(&mut png, *b"IEND", &[]);
    Ok(png)
}

/// Appends one chunk of a PNG: length, kind, data, checksum.
fn chunk(png: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    png.extend(u32::try_from(data.len()).unwrap_or(u32::MAX).to_be_bytes());
    png.extend(kind);
    png.extend(data);
    let mut crc = Crc::new();
    crc.update(&kind);
    crc.update(data);
    png.extend(crc.sum().to_be_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_or_a_sentence() {
        let png = png("https://treem.example/h/9123456").unwrap();
        assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
        assert_eq!(png[16..20], png[20..24]); // as wide as high
        assert_eq!(
            super::png(&"x".repeat(181)).unwrap_err().to_string(),
            "Mã QR chứa được 180 byte, địa chỉ dài 181 byte. Hãy đặt địa chỉ máy chủ ngắn hơn."
        );
        super::png(&"x".repeat(180)).unwrap();
    }
}
