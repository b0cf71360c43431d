//! What the terminal shows: sentences on standard error, tables on standard output.

use std::io::{IsTerminal, Write};

/// A sentence on standard error.
pub fn complain(sentence: &str) {
    let mut error = std::io::stderr().lock();
    let _ = writeln!(error, "treem: {sentence}");
}

/// Text on standard output; a closed pipe is not an error.
pub fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes());
    let _ = out.flush();
}

/// True where somebody watches standard error: a progress bar makes sense.
pub fn is_watched() -> bool {
    std::io::stderr().is_terminal()
}

/// A whole number as Vietnamese writes it: 187.288.
pub fn grouped(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

/// Width on the screen: combining marks take none.
pub fn width(text: &str) -> usize {
    text.chars()
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
        .count()
}

/// Pads on the right to a width; longer text is cut with an ellipsis.
pub fn left(text: &str, columns: usize) -> String {
    let wide = width(text);
    if wide > columns {
        let mut out: String = text.chars().take(columns.saturating_sub(1)).collect();
        out.push('…');
        return out;
    }
    format!("{text}{}", " ".repeat(columns - wide))
}

/// Pads on the left.
pub fn right(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_widths() {
        assert_eq!(
            [
                grouped(0),
                grouped(999),
                grouped(1_000),
                grouped(187_288),
                grouped(25_000_000)
            ],
            ["0", "999", "1.000", "187.288", "25.000.000"]
        );
        assert_eq!(left("Tà Rụt", 8), "Tà Rụt  ");
        assert_eq!(left("Krông Klang", 6), "Krông…");
        assert_eq!(right("12", 5), "   12");
    }
}
