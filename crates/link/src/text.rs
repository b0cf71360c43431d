//! Likeness of two texts: Jaro–Winkler, Damerau–Levenshtein, shared words, Soundex.
//!
//! In: two texts. Out: a likeness or a distance. Characters are Unicode scalar values; at most
//! [`crate::limits::COMPARED_CHARS`] of each text are looked at.

use crate::limits::COMPARED_CHARS;

fn chars(text: &str) -> Vec<char> {
    text.chars().take(COMPARED_CHARS).collect()
}

/// Jaro's likeness with Winkler's bonus for a common beginning (0.1 a character, four at most): 0 to 1.
///
/// ```
/// assert!((treem_link::text::jaro_winkler("martha", "marhta") - 0.9611).abs() < 1e-4);
/// assert_eq!(treem_link::text::jaro_winkler("", ""), 1.0);
/// ```
pub fn jaro_winkler(left: &str, right: &str) -> f64 {
    let (left, right) = (chars(left), chars(right));
    let jaro = jaro(&left, &right);
    let common = left
        .iter()
        .zip(&right)
        .take(4)
        .take_while(|(one, other)| one == other)
        .count();
    jaro + common as f64 * 0.1 * (1.0 - jaro)
}

fn jaro(left: &[char], right: &[char]) -> f64 {
    if left.is_empty() && right.is_empty() {
        return 1.0;
    }
    let reach = (left.len().max(right.len()) / 2).saturating_sub(1);
    let mut taken = vec![false; right.len()];
    let mut matched = Vec::with_capacity(left.len());
    for (at, one) in left.iter().enumerate() {
        let from = at.saturating_sub(reach);
        let to = (at + reach + 1).min(right.len());
        for other in from..to {
            if !taken[other] && right[other] == *one {
                taken[other] = true;
                matched.push(*one);
                break;
            }
        }
    }
    if matched.is_empty() {
        return 0.0;
    }
    let others = right
        .iter()
        .zip(&taken)
        .filter_map(|(c, taken)| taken.then_some(c));
    let turned = matched
        .iter()
        .zip(others)
        .filter(|(one, other)| one != other)
        .count()
        / 2;
    let count = matched.len() as f64;
    (count / left.len() as f64 + count / right.len() as f64 + (count - turned as f64) / count) / 3.0
}

/// Damerau–Levenshtein distance (optimal string alignment): characters added, left out, changed, or two neighbours swapped.
///
/// ```
/// assert_eq!(treem_link::text::damerau_levenshtein("Hùng", "Hưng"), 1);
/// assert_eq!(treem_link::text::damerau_levenshtein("abcd", "acbd"), 1);
/// assert_eq!(treem_link::text::damerau_levenshtein("", "ab"), 2);
/// ```
pub fn damerau_levenshtein(left: &str, right: &str) -> usize {
    let (left, right) = (chars(left), chars(right));
    let width = right.len() + 1;
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..width).collect();
    for (row, one) in left.iter().enumerate() {
        let mut next = Vec::with_capacity(width);
        next.push(row + 1);
        for (column, other) in right.iter().enumerate() {
            let change = last[column] + usize::from(one != other);
            let mut best = change.min(last[column + 1] + 1).min(next[column] + 1);
            if row > 0
                && column > 0
                && *one == right[column - 1]
                && left[row - 1] == *other
                && let Some(back) = before.get(column - 1)
            {
                best = best.min(back + 1);
            }
            next.push(best);
        }
        before = std::mem::replace(&mut last, next);
    }
    last.last().copied().unwrap_or(0)
}

/// Share of the words of both texts that stand in both (Jaccard): 0 to 1; words end at anything that is no letter or digit.
///
/// ```
/// assert_eq!(treem_link::text::shared_words("red green", "green, blue"), 1.0 / 3.0);
/// ```
pub fn shared_words(left: &str, right: &str) -> f64 {
    let words = |text| -> Vec<String> {
        let text: &str = text;
        let mut words: Vec<String> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        words.sort_unstable();
        words.dedup();
        words
    };
    let (left, right) = (words(left), words(right));
    let both = left
        .iter()
        .filter(|word| right.binary_search(word).is_ok())
        .count();
    let all = left.len() + right.len() - both;
    if all == 0 {
        0.0
    } else {
        both as f64 / all as f64
    }
}

/// Soundex of an English word: a letter and three digits; empty for a text without ASCII letters.
///
/// ```
/// assert_eq!(treem_link::text::soundex("Robert"), "R163");
/// assert_eq!(treem_link::text::soundex("Ashcraft"), "A261");
/// ```
pub fn soundex(text: &str) -> String {
    let code = |c: char| match c {
        'B' | 'F' | 'P' | 'V' => '1',
        'C' | 'G' | 'J' | 'K' | 'Q' | 'S' | 'X' | 'Z' => '2',
        'D' | 'T' => '3',
        'L' => '4',
        'M' | 'N' => '5',
        'R' => '6',
        'H' | 'W' => '-',
        _ => '0',
    };
    let mut letters = text
        .chars()
        .filter(char::is_ascii_alphabetic)
        .map(|c| c.to_ascii_uppercase());
    let Some(first) = letters.next() else {
        return String::new();
    };
    let mut out = String::from(first);
    let mut last = code(first);
    for c in letters {
        let next = code(c);
        if next != '-' {
            if next != '0' && next != last {
                out.push(next);
            }
            last = next;
        }
        if out.len() == 4 {
            break;
        }
    }
    while out.len() < 4 {
        out.push('0');
    }
    out
}
