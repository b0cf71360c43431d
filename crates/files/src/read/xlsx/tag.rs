//! One tag of XML, read in place: the smallest step of the fast path.
//!
//! In: bytes and the place of a `<`. Out: [`RawTag`].

/// A tag, found at a `<`.
pub(crate) struct RawTag<'a> {
    /// Its local name.
    pub(crate) name: &'a [u8],
    /// Where what follows it begins.
    pub(crate) end: usize,
    /// `</name>`.
    pub(crate) closing: bool,
    /// `<name/>`.
    pub(crate) empty: bool,
}

/// Reads the tag at a `<`, handing its attributes (names as written) to `attribute`.
#[inline]
pub(crate) fn tag<'a>(
    bytes: &'a [u8],
    at: usize,
    mut attribute: impl FnMut(&'a [u8], &'a [u8]),
) -> RawTag<'a> {
    let mut i = at + 1;
    let closing = bytes.get(i) == Some(&b'/');
    if closing {
        i += 1;
    }
    let mut start = i;
    while let Some(&byte) = bytes.get(i) {
        match byte {
            b'>' | b' ' | b'/' | b'\t' | b'\n' | b'\r' => break,
            b':' => start = i + 1,
            _ => {}
        }
        i += 1;
    }
    let name = bytes.get(start..i).unwrap_or_default();
    loop {
        match bytes.get(i) {
            None => {
                return RawTag {
                    name,
                    end: bytes.len(),
                    closing,
                    empty: false,
                };
            }
            Some(b'>') => {
                return RawTag {
                    name,
                    end: i + 1,
                    closing,
                    empty: false,
                };
            }
            Some(b'/') if bytes.get(i + 1) == Some(&b'>') => {
                return RawTag {
                    name,
                    end: i + 2,
                    closing,
                    empty: true,
                };
            }
            Some(b' ' | b'/' | b'\t' | b'\n' | b'\r') => i += 1,
            Some(_) => {
                let key = i;
                while bytes.get(i).is_some_and(|byte| {
                    !matches!(byte, b'=' | b'>' | b' ' | b'/' | b'\t' | b'\n' | b'\r')
                }) {
                    i += 1;
                }
                let key = bytes.get(key..i).unwrap_or_default();
                while bytes.get(i).is_some_and(u8::is_ascii_whitespace) {
                    i += 1;
                }
                if bytes.get(i) != Some(&b'=') {
                    continue;
                }
                i += 1;
                while bytes.get(i).is_some_and(u8::is_ascii_whitespace) {
                    i += 1;
                }
                let Some(&quote @ (b'"' | b'\'')) = bytes.get(i) else {
                    continue;
                };
                i += 1;
                let value = i;
                while bytes.get(i).is_some_and(|&byte| byte != quote) {
                    i += 1;
                }
                attribute(key, bytes.get(value..i).unwrap_or_default());
                i += 1;
            }
        }
    }
}
