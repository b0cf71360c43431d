//! Slips of the pen between two syllables.
//!
//! In: folded syllables. Out: whether one slip makes one of the other.

/// One bit for each letter.
pub(super) fn letters(folded: &str) -> u64 {
    folded.chars().fold(0, |bits, c| {
        bits | 1 << (u32::from(c).wrapping_mul(0x9E37_79B1) >> 26)
    })
}

/// One letter (or tone) added, left out, changed, or two neighbours in each other's place.
pub(super) fn one_slip(left: &str, right: &str) -> bool {
    let mut left = left.chars();
    let mut right = right.chars();
    // What both begin with and end with falls away; at most one letter a side may be left.
    loop {
        let (one, other) = (left.clone().next(), right.clone().next());
        if one.is_none() || one != other {
            break;
        }
        left.next();
        right.next();
    }
    loop {
        let (one, other) = (left.clone().next_back(), right.clone().next_back());
        if one.is_none() || one != other {
            break;
        }
        left.next_back();
        right.next_back();
    }
    let (rest, other) = (left.as_str(), right.as_str());
    match (rest.chars().count(), other.chars().count()) {
        (0 | 1, 0 | 1) => true,
        (2, 2) => rest.chars().eq(other.chars().rev()),
        _ => false,
    }
}
