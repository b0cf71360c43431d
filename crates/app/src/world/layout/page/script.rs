//! A drawn page in the letters its layout was typed in: another code, another form of Unicode, a font that says so, or what fingers leave.
//!
//! In: a workbook in plain Unicode. Out: the same, its texts spelled anew.

use super::super::columns::columns;
use super::super::{Layout, Script};
use treem_child::normalise::encoding::{Encoding, encode};
use treem_files::write::book::{Value, Workbook};
use unicode_normalization::UnicodeNormalization;

/// Puts every text of a workbook into the layout's letters.
pub(super) fn put_in_script(layout: &Layout, book: &mut Workbook) {
    let names_only = matches!(
        layout.script,
        Script::Tcvn3Names | Script::Tcvn3Capitals | Script::Untidy
    );
    let is_name: Vec<bool> = columns(layout, false)
        .iter()
        .map(|(_, _, holds)| holds.is_name())
        .collect();
    for sheet in &mut book.sheets {
        if matches!(layout.script, Script::Tcvn3) {
            for paragraph in &mut sheet.paragraphs {
                // A document's paragraphs are left in Unicode: their fonts are not ours to say.
                *paragraph = paragraph.trim().to_owned();
            }
        }
        for row in &mut sheet.rows {
            for (at, cell) in row.iter_mut().enumerate() {
                let name = is_name.get(at).copied().unwrap_or(false);
                if let Value::Text(text) = &cell.value
                    && (!cell.bold || !names_only)
                    && let Some((text, font)) = spelled(layout.script, text, name)
                {
                    cell.value = Value::Text(text);
                    cell.font = font.or(cell.font);
                }
            }
        }
    }
}

/// A text in a script, and its font where it has one. `None`: as it is.
fn spelled(script: Script, text: &str, name: bool) -> Option<(String, Option<&'static str>)> {
    let legacy =
        |code: Encoding, font: Option<&'static str>| encode(text, code).map(|text| (text, font));
    match script {
        Script::Unicode
        | Script::Utf8Bom
        | Script::Utf16
        | Script::Utf16Be
        | Script::Windows1258
        | Script::Utf8Twice => None,
        Script::Decomposed => Some((text.nfd().collect(), None)),
        Script::Eth => Some((text.replace('Đ', "Ð"), None)),
        Script::Untidy if name => Some((untidy(text), None)),
        Script::Untidy => None,
        Script::Tcvn3 => legacy(Encoding::Tcvn3, Some(".VnTime")),
        Script::Tcvn3Names if name => legacy(Encoding::Tcvn3, Some(".VnTime")),
        Script::Tcvn3Capitals if name => {
            encode(&text.to_lowercase(), Encoding::Tcvn3).map(|text| (text, Some(".VnTimeH")))
        }
        Script::Tcvn3Names | Script::Tcvn3Capitals => None,
        Script::Vni => legacy(Encoding::Vni, Some("VNI-Times")),
        Script::Vps => legacy(Encoding::Vps, Some("VPS Times")),
        Script::Viscii => legacy(Encoding::Viscii, Some("VI Times")),
        Script::Tcvn3Bytes => legacy(Encoding::Tcvn3, None),
        Script::VniBytes => legacy(Encoding::Vni, None),
    }
}

/// A name with what fingers and copying leave in it: spaces too many, a space that does not break, a character of no width.
fn untidy(text: &str) -> String {
    match text.chars().count() % 5 {
        0 => format!(" {text} "),
        1 => text.replacen(' ', "  ", 1),
        2 => text.replacen(' ', "\u{a0}", 1),
        3 => text.replacen(' ', " \u{200b}", 1),
        _ => format!("{text}  "),
    }
}
