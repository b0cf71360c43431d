//! The PDF: its pages, its letters, what programs that are not ours say of it.

use super::{hostile, invented, run};
use treem_papers::{document::Block, household, measure, pages, pdf};
use typst::layout::Abs;
use typst::text::{Font, FontInstance, FontVariant, FontVariations};

/// Every letter of Vietnamese, upper and lower.
const VIETNAMESE: &str =
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ";

/// A font whose letters can be looked at.
fn opened(font: &Font) -> FontInstance {
    font.clone().instantiate(
        FontVariant::default(),
        Abs::pt(10.0),
        &FontVariations::default(),
    )
}

#[test]
fn the_fonts_have_every_vietnamese_letter() {
    let fonts = pdf::fonts();
    assert_eq!(fonts.len(), 4);
    let signs = "₫□–—…·“”‘’\u{300}\u{301}\u{302}\u{303}\u{306}\u{309}\u{31b}\u{323}";
    for font in fonts.iter().map(opened) {
        for letter in VIETNAMESE
            .chars()
            .chain(VIETNAMESE.to_uppercase().chars())
            .chain(signs.chars())
        {
            assert!(
                font.ttf().glyph_index(letter).is_some(),
                "{:04X}",
                u32::from(letter)
            );
        }
    }
}

#[test]
fn widths_are_those_of_the_fonts() {
    let fonts: Vec<FontInstance> = pdf::fonts().iter().map(opened).collect();
    let [upright, bold, italic, both] = fonts.as_slice() else {
        panic!("four fonts")
    };
    let mut letters = 0;
    for (letter, [plain_units, bold_units]) in measure::letters() {
        let width = |font: &FontInstance| {
            font.ttf()
                .glyph_index(letter)
                .and_then(|glyph| font.ttf().glyph_hor_advance(glyph))
                .unwrap()
        };
        assert_eq!(plain_units, width(upright).max(width(italic)), "{letter}");
        assert_eq!(bold_units, width(bold).max(width(both)), "{letter}");
        letters += 1;
    }
    assert!(letters > 1_500, "{letters}");
}

#[test]
fn pages_are_cut_where_they_were_meant() {
    for rows in [0, 1, 5, 11, 42, 200] {
        let document = invented::police(rows).document().unwrap();
        let cut = pages::cut(&document).unwrap();
        let meant = 1 + cut.sections[0]
            .blocks
            .iter()
            .filter(|block| matches!(block, Block::Break))
            .count();
        assert_eq!(
            pdf::lay_out(&document, invented::MADE).unwrap().pages(),
            meant,
            "{rows} rows"
        );
    }
}

#[test]
fn poppler_reads_what_was_meant() {
    let folder = tempfile::tempdir().unwrap();
    for (name, document) in run::documents() {
        let bytes = pdf::write(&document, invented::MADE).unwrap();
        assert!(
            bytes == pdf::write(&document, invented::MADE).unwrap(),
            "{name}: the same document, the same bytes"
        );
        let file = folder.path().join(format!("{name}.pdf"));
        std::fs::write(&file, bytes).unwrap();
        let about = run::said("pdfinfo", &["-meta", &file.display().to_string()]);
        for words in ["<pdfaid:part>2<", "<pdfaid:conformance>B<"] {
            assert!(about.contains(words), "{name}: {about}");
        }
        if name == "police" {
            assert!(about.contains(&format!("treem-seal-{}", invented::SEAL.replace(' ', ""))));
        }
        let fonts = run::said("pdffonts", &[&file.display().to_string()]);
        for line in fonts.lines().skip(2) {
            assert!(
                line.contains("LiberationSerif") && line.contains(" yes yes yes "),
                "{name}: {line}"
            );
        }
    }
    let police = run::pages(&folder.path().join("police.pdf"));
    for (at, page) in police.iter().enumerate() {
        for words in [
            "Kết quả: 1 Khớp",
            "(1) (2) (3) (4) (5) (6) (7) (8) (9) (10)",
            "Cộng trang:",
            &format!("Trang {}/{}", at + 1, police.len()),
            invented::SEAL,
        ] {
            assert!(page.contains(words), "page {}: {words} in {page}", at + 1);
        }
    }
    let all = police.join(" ");
    for row in invented::police(42).rows {
        assert_eq!(all.matches(&row.code).count(), 1, "{}", row.code);
    }
    let sheets = run::pages(&folder.path().join("household.pdf"));
    assert!(
        sheets[0].contains("PHIẾU RÀ SOÁT HỘ GIA ĐÌNH")
            && sheets[0].contains("Trang 1/1")
            && sheets[0].contains("CÒN THIẾU"),
        "{}",
        sheets[0]
    );
}

#[test]
fn a_household_of_two_children_is_one_page() {
    let sheets = invented::sheets(1);
    assert_eq!(sheets[0].children.len(), 2);
    assert_eq!(
        pdf::lay_out(&household::document(&sheets).unwrap(), invented::MADE)
            .unwrap()
            .pages(),
        1
    );
}

#[test]
fn hostile_texts_stay_texts() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.pdf");
    for text in hostile::HOSTILE
        .iter()
        .map(|text| (*text).to_owned())
        .chain(["ệ".repeat(10_000), "a b ".repeat(2_500)])
    {
        for document in hostile::spoiled(&text) {
            std::fs::write(&file, pdf::write(&document, invented::MADE).unwrap()).unwrap();
        }
    }
    for (text, shown) in [
        ("#panic(1) *a* $x$", "#panic(1) *a* $x$"),
        ("A\u{202e}B\u{0}", "A[U+202E]B[U+0000]"),
        ("#read(\"/etc/passwd\")", "#read(\"/etc/passwd\")"),
    ] {
        std::fs::write(
            &file,
            pdf::write(&hostile::spoiled(text)[3], invented::MADE).unwrap(),
        )
        .unwrap();
        let page = run::pages(&file).join(" ");
        assert!(page.contains(shown), "{shown} in {page}");
    }
}
