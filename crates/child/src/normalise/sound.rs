//! The sound key of a syllable: spellings that some region of Vietnam pronounces alike meet under one key.
//!
//! In: a syllable folded by [`super::syllable::fold_syllable`]. Out: its key. Tones are dropped, initials and finals that merge in the
//! Centre or the South fall together (names-and-text: hỏi = ngã, n = ng, t = c, d = gi, s = x, ch = tr; c = k = q, i = y). The vowel
//! keeps its quality: lan and lân stay apart.

/// The key of a folded syllable.
///
/// ```
/// use treem_child::normalise::{sound::sound, syllable::fold_syllable};
/// let key = |word| sound(&fold_syllable(word));
/// assert_eq!(key("Hải"), key("Hãi"));
/// assert_eq!(key("Lan"), key("Lang"));
/// assert_eq!(key("Dương"), key("Giương"));
/// assert_ne!(key("Lan"), key("Lân"));
/// ```
pub fn sound(folded: &str) -> String {
    let bare = folded.trim_end_matches(|c: char| c.is_ascii_digit());
    let starts: [(&str, &str); 11] = [
        ("ngh", "ŋ"),
        ("ng", "ŋ"),
        ("gh", "g"),
        ("gi", "d"),
        ("ch", "c̣"),
        ("tr", "c̣"),
        ("qu", "kw"),
        ("d", "d"),
        ("x", "s"),
        ("c", "k"),
        ("q", "k"),
    ];
    let mut key = String::with_capacity(bare.len() + 2);
    let mut rest = bare;
    for (written, spoken) in starts {
        if let Some(after) = bare.strip_prefix(written) {
            key.push_str(spoken);
            rest = after;
            // gì, gìn: the i is the vowel.
            if written == "gi" && !after.starts_with(is_vowel) {
                rest = bare.get(1..).unwrap_or("");
            }
            break;
        }
    }
    let ends: [(&str, &str); 5] = [
        ("nh", "n"),
        ("ng", "n"),
        ("ch", "t"),
        ("n", "n"),
        ("c", "t"),
    ];
    for (written, spoken) in ends {
        if let Some(before) = rest.strip_suffix(written)
            && !before.is_empty()
        {
            push(&mut key, before);
            key.push_str(spoken);
            return key;
        }
    }
    push(&mut key, rest);
    key
}

fn push(key: &mut String, vowels: &str) {
    key.extend(vowels.chars().map(|c| if c == 'y' { 'i' } else { c }));
}

fn is_vowel(c: char) -> bool {
    matches!(
        c,
        'a' | 'ă' | 'â' | 'e' | 'ê' | 'i' | 'o' | 'ô' | 'ơ' | 'u' | 'ư' | 'y'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalise::syllable::fold_syllable;

    #[test]
    fn what_sounds_alike_meets() {
        let key = |word: &str| sound(&fold_syllable(word));
        for (one, other) in [
            ("Hải", "Hãi"),
            ("Vũ", "Vủ"),
            ("Lan", "Lang"),
            ("Tiến", "Tiếng"),
            ("Việt", "Việc"),
            ("Đạt", "Đạc"),
            ("Xuân", "Suân"),
            ("Dương", "Giương"),
            ("Trâm", "Châm"),
            ("Mỹ", "Mĩ"),
            ("Kỳ", "Cì"),
            ("Giang", "Dan"),
        ] {
            assert_eq!(key(one), key(other), "{one} {other}");
        }
    }

    #[test]
    fn what_does_not_stays_apart() {
        let key = |word: &str| sound(&fold_syllable(word));
        for (one, other) in [
            ("Lan", "Lân"),
            ("Hùng", "Hưng"),
            ("Long", "Lông"),
            ("Đan", "Dan"),
            ("Nam", "Năm"),
            ("Gì", "Gia"),
        ] {
            assert_ne!(key(one), key(other), "{one} {other}");
        }
    }
}
