//! The parts of a DOCX, and what LibreOffice makes of it.

use super::run;
use std::{collections::BTreeMap, io::Read as _};
use treem_papers::{docx, pages};
use zip::ZipArchive;

/// The parts of a package by name; pictures are left out.
pub fn parts(bytes: Vec<u8>) -> BTreeMap<String, String> {
    let mut package = ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for at in 0..package.len() {
        let mut file = package.by_index(at).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut text = String::new();
        if !name.starts_with("word/media/") {
            file.read_to_string(&mut text).unwrap();
        }
        parts.insert(name, text);
    }
    parts
}

/// Every element that is opened is closed, in order.
pub fn balanced(name: &str, xml: &str) {
    let mut open = Vec::new();
    for tag in xml.split('<').skip(1) {
        let (tag, behind) = tag
            .split_once('>')
            .unwrap_or_else(|| panic!("{name}: {tag}"));
        assert!(!behind.contains('>'), "{name}: {tag}");
        let word = tag
            .split([' ', '/'])
            .find(|part| !part.is_empty())
            .unwrap_or_default();
        match tag {
            _ if tag.starts_with('?') || tag.ends_with('/') => {}
            _ if tag.starts_with('/') => assert_eq!(open.pop().as_deref(), Some(word), "{name}"),
            _ => open.push(word.to_owned()),
        }
    }
    assert_eq!(open, Vec::<String>::new(), "{name}");
}

#[test]
fn every_document_is_a_whole_package() {
    for (name, document) in run::documents() {
        let bytes = docx::write(&document).unwrap();
        assert_eq!(
            bytes,
            docx::write(&document).unwrap(),
            "{name}: the same document, the same bytes"
        );
        let parts = parts(bytes);
        for (part, xml) in &parts {
            balanced(&format!("{name} {part}"), xml);
        }
        let relations = &parts["word/_rels/document.xml.rels"];
        for target in relations
            .split("Target=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
        {
            assert!(
                parts.contains_key(&format!("word/{target}")),
                "{name}: {target}"
            );
        }
        let text = &parts["word/document.xml"];
        for word in ["r:id=\"", "r:embed=\""] {
            for id in text
                .split(word)
                .skip(1)
                .filter_map(|rest| rest.split('"').next())
            {
                assert!(relations.contains(&format!("Id=\"{id}\"")), "{name}: {id}");
            }
        }
        assert!(parts["word/styles.xml"].contains("w:ascii=\"Times New Roman\""));
        // Left 30, right 15 millimetres.
        assert!(
            text.contains("w:left=\"1701\"") && text.contains("w:right=\"850\""),
            "{name}"
        );
    }
}

#[test]
fn lists_repeat_their_heading_and_do_not_cut_rows() {
    let count = |text: &str, what: &str| text.matches(what).count();
    for (name, document) in run::documents() {
        let text = &parts(docx::write(&document).unwrap())["word/document.xml"];
        let pages = pages::cut(&document).unwrap();
        let tables = pages.sections.iter().flat_map(|section| &section.blocks);
        let headings: usize = tables
            .map(|block| {
                if let treem_papers::document::Block::Table(table) = block {
                    table.heading.len()
                } else {
                    0
                }
            })
            .sum();
        assert_eq!(count(text, "<w:tblHeader/>"), headings, "{name}");
        assert_eq!(
            count(text, "<w:tr>"),
            count(text, "<w:cantSplit/>"),
            "{name}"
        );
    }
    let police = parts(docx::write(&run::documents()[1].1).unwrap());
    let foot = &police["word/footer0.xml"];
    assert!(
        foot.contains(" PAGE ")
            && foot.contains(" NUMPAGES ")
            && foot.contains(super::invented::SEAL)
    );
    assert!(police["word/document.xml"].contains("w:orient=\"landscape\""));
}

#[test]
fn libreoffice_shows_what_was_meant() {
    let folder = tempfile::tempdir().unwrap();
    let mut arguments = vec![
        format!(
            "-env:UserInstallation=file://{}",
            folder.path().join("profile").display()
        ),
        "--headless".to_owned(),
        "--norestore".to_owned(),
        "--convert-to".to_owned(),
        "pdf".to_owned(),
        "--outdir".to_owned(),
        folder.path().display().to_string(),
    ];
    for (name, document) in run::documents() {
        let file = folder.path().join(format!("{name}.docx"));
        std::fs::write(&file, docx::write(&document).unwrap()).unwrap();
        arguments.push(file.display().to_string());
    }
    run::said(
        "soffice",
        &arguments.iter().map(String::as_str).collect::<Vec<_>>(),
    );
    let police = run::pages(&folder.path().join("police.pdf"));
    let cut = pages::cut(&run::documents()[1].1).unwrap();
    let meant = 1 + cut.sections[0]
        .blocks
        .iter()
        .filter(|block| matches!(block, treem_papers::document::Block::Break))
        .count();
    assert_eq!(police.len(), meant);
    for (at, page) in police.iter().enumerate() {
        for words in [
            "Kết quả: 1 Khớp",
            "(1) (2) (3) (4) (5) (6) (7) (8) (9) (10)",
            "Cộng trang:",
            &format!("Trang {}/{meant}", at + 1),
            super::invented::SEAL,
        ] {
            assert!(page.contains(words), "page {}: {words} in {page}", at + 1);
        }
    }
    let all = police.join(" ");
    for row in super::invented::police(42).rows {
        assert_eq!(all.matches(&row.code).count(), 1, "{}", row.code);
    }
    let letter = run::pages(&folder.path().join("letter.pdf")).join(" ");
    for words in [
        "Kính gửi:",
        "Nơi nhận:",
        "PHÓ GIÁM ĐỐC",
        "Tổng cộng 86.885 47.022 54,12 39.863",
        "1.751/16.650",
        "./.",
    ] {
        assert!(letter.contains(words), "{words} in {letter}");
    }
}
