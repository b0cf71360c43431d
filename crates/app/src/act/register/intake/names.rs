//! Names of files that come from outside, and ids that come back from there.
//!
//! In: whatever a browser, or who pretends to be one, sends. Out: a name that stays in its folder on every system ([`safe`]).

use crate::limits;
use std::fmt::Write as _;

/// Names Windows keeps for itself.
const RESERVED: [&str; 4] = ["con", "prn", "aux", "nul"];

/// True for an id this program makes: 36 characters, hexadecimal digits and hyphens.
pub fn is_id(text: &str) -> bool {
    text.len() == 36
        && text
            .bytes()
            .all(|byte| byte == b'-' || byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// The last part of a name that may be a path, of either kind, without what no file name may hold: as a person may be shown it.
pub fn shown(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or("");
    let kept: String = last
        .chars()
        .filter(|c| !c.is_control() && !is_turning(*c))
        .take(limits::INTAKE_NAME_LETTERS)
        .collect();
    match kept.trim() {
        "" => "tệp không tên".to_owned(),
        name => name.to_owned(),
    }
}

/// Marks that turn the direction of writing: `xslx.exe` can be made to look like something else.
fn is_turning(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A name for the folder: no path, no leading dot, nothing a system forbids; short, its ending kept; unlike `taken`.
pub fn safe(sent: &str, taken: &[String]) -> String {
    let clean: String = shown(sent)
        .chars()
        .map(|c| match c {
            '<' | '>' | ':' | '"' | '|' | '?' | '*' | '~' | '$' => '_',
            c => c,
        })
        .collect();
    let clean = clean.trim_matches([' ', '.']);
    let (stem, ending) = match clean.rsplit_once('.') {
        Some((stem, ending)) if !stem.trim().is_empty() && ending.chars().count() <= 5 => {
            (stem.trim(), ending)
        }
        _ => (clean, ""),
    };
    let mut stem: String = stem.chars().take(limits::INTAKE_STEM_LETTERS).collect();
    if stem.is_empty() || RESERVED.contains(&stem.to_lowercase().as_str()) {
        stem.push_str("_tep");
    }
    let name = |number: usize| {
        let mut out = stem.clone();
        if number > 1 {
            let _ = write!(out, " ({number})");
        }
        if !ending.is_empty() {
            let _ = write!(out, ".{ending}");
        }
        out
    };
    let is_free = |name: &String| {
        let folded = name.to_lowercase();
        taken.iter().all(|other| other.to_lowercase() != folded)
    };
    // Of one more name than are taken one is free.
    (1..=taken.len().saturating_add(1))
        .map(name)
        .find(is_free)
        .unwrap_or_else(|| stem.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_in_its_folder() {
        let check = |sent: &str, expected: &str| assert_eq!(safe(sent, &[]), expected, "{sent}");
        check("Tà Rụt.xlsx", "Tà Rụt.xlsx");
        check("../../etc/passwd.csv", "passwd.csv");
        check("C:\\Users\\An\\ds.xls", "ds.xls");
        check("..", "_tep");
        check("/", "tệp không tên");
        check("", "tệp không tên");
        check(".htaccess", "htaccess");
        check("~$khóa.xlsx", "__khóa.xlsx");
        check("<b>An</b>.csv", "b_.csv");
        check("a\u{0}b\n.csv", "ab.csv");
        check("CON.csv", "CON_tep.csv");
        check("ảnh\u{202e}fdp.xlsx", "ảnhfdp.xlsx");
        check("ds.xlsx. ", "ds.xlsx");
        let long = format!("{}.xlsx", "ạ".repeat(500));
        let kept = safe(&long, &[]);
        assert!(kept.len() <= 255, "{}", kept.len());
        assert!(
            kept.ends_with("ạ"),
            "an ending beyond the limit goes with the rest"
        );
    }

    #[test]
    fn two_of_one_name_stay_apart() {
        let mut taken = Vec::new();
        for expected in ["ds.csv", "ds (2).csv", "DS (3).csv"] {
            let sent = if expected.starts_with('D') {
                "x/DS.csv"
            } else {
                "ds.csv"
            };
            let name = safe(sent, &taken);
            assert_eq!(name, expected);
            taken.push(name);
        }
    }

    #[test]
    fn an_id_is_no_path() {
        for (text, expected) in [
            ("0190b2c1-7f3a-7000-8000-00000000000a", true),
            ("0190B2C1-7f3a-7000-8000-00000000000a", false),
            ("../../../../../../../../../../etc/pwd", false),
            ("", false),
        ] {
            assert_eq!(is_id(text), expected, "{text}");
        }
    }
}
