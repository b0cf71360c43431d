//! Text and numbers as XML and HTML want them.
//!
//! In: values. Out: characters at the end of a buffer.

/// Letters that no XML file can hold.
pub(super) fn is_forbidden(letter: char) -> bool {
    matches!(letter, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// Text between tags or in an attribute. A carriage return, tab or line break goes as its number: bare ones are changed on the
/// way (XML 1.0, 2.11 and 3.3.3).
pub(super) fn escape(text: &str, out: &mut String) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let name = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\r' => "&#13;",
            b'\n' => "&#10;",
            b'\t' => "&#9;",
            _ => continue,
        };
        out.push_str(text.get(from..at).unwrap_or_default());
        out.push_str(name);
        from = at + 1;
    }
    out.push_str(text.get(from..).unwrap_or_default());
}

/// The same as a text of its own.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(text, &mut out);
    out
}

/// A whole number.
pub(super) fn whole(number: u64, out: &mut String) {
    let mut digits = [0_u8; 20];
    let mut at = digits.len();
    let mut left = number;
    loop {
        at -= 1;
        // A remainder of ten is one digit.
        let digit = (left % 10) as u8;
        if let Some(place) = digits.get_mut(at) {
            *place = b'0' + digit;
        }
        left /= 10;
        if left == 0 {
            break;
        }
    }
    out.push_str(std::str::from_utf8(digits.get(at..).unwrap_or_default()).unwrap_or_default());
}

/// A number: its shortest exact form, without an exponent where it is of a usual size.
pub(super) fn number(value: f64, out: &mut String) {
    let size = value.abs();
    if value >= 0.0 && value.fract() == 0.0 && size < 9e15 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "whole and below 2^53"
        )]
        let exact = value as u64;
        whole(exact, out);
    } else if size != 0.0 && !(1e-7..1e21).contains(&size) {
        append!(out, "{value:E}");
    } else {
        append!(out, "{value}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        let check = |value: f64, expected: &str| {
            let mut out = String::new();
            number(value, &mut out);
            assert_eq!(out, expected);
        };
        check(0.0, "0");
        check(45_215_001_234.0, "45215001234");
        check(-0.0, "0");
        check(-5.0, "-5");
        check(0.1, "0.1");
        check(9_007_199_254_740_992.0, "9007199254740992");
        check(1e300, "1E300");
        check(2.5e-9, "2.5E-9");
    }

    #[test]
    fn texts() {
        let check = |text: &str, expected: &str| assert_eq!(escaped(text), expected);
        check("Hồ Văn An", "Hồ Văn An");
        check(
            "a<b> & \"c\"\r\n",
            "a&lt;b&gt; &amp; &quot;c&quot;&#13;&#10;",
        );
    }
}
