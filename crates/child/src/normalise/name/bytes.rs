//! Words of a name as bytes, eight at once: most syllables have fewer.
//!
//! In: a text's bytes and a place. Out: the word there as two integers, little end first, and its length.

/// Eight bytes from a place on, little end first; past the end of the text stand spaces.
fn eight(bytes: &[u8], from: usize) -> u64 {
    const SPACES: u64 = 0x2020_2020_2020_2020;
    let rest = bytes.get(from..).unwrap_or(&[]);
    match rest.first_chunk::<8>() {
        Some(eight) => u64::from_le_bytes(*eight),
        None => rest
            .iter()
            .rev()
            .fold(SPACES, |all, byte| all << 8 | u64::from(*byte)),
    }
}

/// The bytes before the first space of eight, and how many they are.
fn before_space(eight: u64) -> (u64, usize) {
    const ONES: u64 = 0x0101_0101_0101_0101;
    // A byte that is a space becomes 0, and the lowest such byte is the lowest whose high bit is set here.
    let others = eight ^ (ONES * 0x20);
    let spaces = others.wrapping_sub(ONES) & !others & (ONES * 0x80);
    let length = spaces.trailing_zeros() / 8;
    let kept = 1_u64.checked_shl(8 * length).unwrap_or(0).wrapping_sub(1);
    (eight & kept, length as usize)
}

/// The word that begins at a place: its first eight bytes, the next eight, and its length. `None` for one of more than sixteen.
pub(super) fn word_at(bytes: &[u8], from: usize) -> Option<(u64, u64, usize)> {
    let (low, length) = before_space(eight(bytes, from));
    if length < 8 {
        return Some((low, 0, length));
    }
    let (high, more) = before_space(eight(bytes, from + 8));
    let ends = more < 8 || bytes.get(from + 16).is_none_or(|byte| *byte == b' ');
    ends.then_some((low, high, 8 + more))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_by_their_bytes() {
        for length in 0..=18_usize {
            let word: Vec<u8> = (b'a'..).take(length).collect();
            for (before, after) in [
                ("", ""),
                ("", " An"),
                ("Hồ ", ""),
                ("Hồ ", " Thị Mơ"),
                ("", " "),
            ] {
                let text = [before.as_bytes(), &word, after.as_bytes()].concat();
                let byte =
                    |at: usize| u64::from(word.get(at).copied().unwrap_or(0)) << (8 * (at % 8));
                let (low, high) = ((0..8).map(byte).sum(), (8..16).map(byte).sum());
                let expected = (length <= 16).then_some((low, high, length));
                assert_eq!(word_at(&text, before.len()), expected, "{length} {after:?}");
            }
        }
        assert_eq!(word_at(b"An", 3), Some((0, 0, 0)));
        // Bytes that differ from a space by little.
        assert_eq!(word_at(b"!a", 0), Some((0x6121, 0, 2)));
        assert_eq!(word_at(b"\xA0! x", 0), Some((0x21A0, 0, 2)));
    }
}
