//! What the tests share: every document, programs that are not ours.

use super::invented;
use std::{path::Path, process::Command};
use treem_papers::{document::Document, household};

/// Every kind of document.
pub fn documents() -> Vec<(&'static str, Document)> {
    vec![
        (
            "household",
            household::document(&invented::sheets(4)).unwrap(),
        ),
        ("police", invented::police(42).document().unwrap()),
        ("minutes-out", invented::minutes(false).document()),
        ("minutes-back", invented::minutes(true).document()),
        ("letter", invented::letter().document().unwrap()),
        ("annex", invented::annex(90).document().unwrap()),
    ]
}

/// What a program prints; it must be there and succeed.
pub fn said(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .output()
        .unwrap_or_else(|_| panic!("{program} is not here: scripts/tools.sh test installs it"));
    assert!(
        output.status.success(),
        "{program}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The text of each page of a PDF, blanks and line ends as one blank.
pub fn pages(pdf: &Path) -> Vec<String> {
    let text = said("pdftotext", &["-layout", &pdf.display().to_string(), "-"]);
    let mut pages: Vec<String> = text
        .split('\u{c}')
        .map(|page| page.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    pages.pop();
    pages
}
