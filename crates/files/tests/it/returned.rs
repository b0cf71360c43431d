//! A hundred ways to spoil a returned workbook: each is understood or refused in words, and nothing is ever understood that was not meant.
//!
//! The list is written as it goes out, read, answered, spoiled, written in some format, read and understood. `u`: understood as what was meant;
//! `q`: asked; `r`: refused; `.`: without an answer.

mod model;
mod spoilings;

use model::{Model, TRUTH, meant, sent_rows};
use spoilings::{Spoiling, all};
use std::collections::BTreeSet;
use treem_child::handover::returned::{Page, Returned, Sent, Taken, understand};
use treem_files::read::Book;
use treem_files::write::book::{Format, write};

/// The file as it comes back.
fn bytes(model: &Model, format: Format) -> Vec<u8> {
    let mut out = Vec::new();
    write(&model.book, format, &mut out).unwrap();
    out
}

/// The file read and understood.
fn taken(bytes: Vec<u8>) -> Returned {
    let book = Book::from_bytes(bytes).unwrap();
    let (sheets, whole) = book.whole(10_000).unwrap();
    assert!(whole);
    let pages: Vec<Page<'_>> = sheets
        .iter()
        .map(|sheet| Page {
            name: &sheet.meta.name,
            hidden: sheet.meta.hidden,
            date1904: book.date1904,
            rows: &sheet.rows,
        })
        .collect();
    let rows = sent_rows();
    let sent = Sent {
        list: model::list(),
        digest: Some(model::digest()),
        rows: &rows,
        year: 2026,
    };
    understand(&sent, &pages)
}

/// The states of the rows as letters; `!` where something is understood that was not meant.
fn pattern(told: &Returned) -> String {
    let truth = meant();
    let letters = told.lines.iter().enumerate().map(|(at, line)| {
        assert_eq!(line.code, model::code(at));
        match &line.taken {
            Taken::Unanswered => '.',
            Taken::Question { sentence, .. } => {
                assert!(sentence.ends_with(['.', '?']), "{sentence}");
                'q'
            }
            Taken::Refused { sentence } => {
                assert!(sentence.ends_with('.'), "{sentence}");
                'r'
            }
            Taken::Understood { answer, .. } => {
                let meant = truth.get(at).and_then(Option::as_ref);
                if meant == Some(answer) { 'u' } else { '!' }
            }
        }
    });
    letters.collect()
}

/// What is wrong with how a spoiling was taken; empty: nothing.
fn check(spoiling: &Spoiling) -> String {
    let mut model = Model::answered();
    (spoiling.how)(&mut model);
    let told = taken(bytes(&model, spoiling.format));
    let name = &spoiling.name;
    let refused = told.refused.clone().unwrap_or_default();
    if let Some(words) = spoiling.refused {
        let right = refused.contains(words) && told.lines.is_empty();
        return if right {
            String::new()
        } else {
            format!("{name}: {refused}\n")
        };
    }
    if !refused.is_empty() {
        return format!("{name}: {refused}\n");
    }
    let found = pattern(&told);
    let asked = |at: usize| match told.lines.get(at).map(|line| &line.taken) {
        Some(Taken::Question { sentence, .. } | Taken::Refused { sentence }) => sentence.clone(),
        _ => String::new(),
    };
    if found != spoiling.expect {
        let mut pairs = found.chars().zip(spoiling.expect.chars());
        let differs = pairs.position(|(found, expect)| found != expect);
        let why = differs.map(asked).unwrap_or_default();
        return format!("{name}: {found} for {}: {why}\n", spoiling.expect);
    }
    let said = told.notes.join(" ") + &(0..told.lines.len()).map(asked).collect::<String>();
    if said.contains(spoiling.note) {
        String::new()
    } else {
        format!("{name}: {said}\n")
    }
}

#[test]
fn a_hundred_ways_to_spoil_it() {
    let all = all();
    let names: BTreeSet<&str> = all.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names.len(), all.len());
    assert!(all.len() >= 100, "{}", all.len());
    let wrong: String = all.iter().map(check).collect();
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Several at once, by chance: whatever is understood is what was meant, and no row is without a state.
#[test]
fn nothing_is_taken_for_what_was_not_meant() {
    let (shapes, words): (Vec<Spoiling>, Vec<Spoiling>) = all()
        .into_iter()
        .filter(|one| one.refused.is_none())
        .partition(|one| one.is_shape);
    let mut chance = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |most: usize| {
        chance ^= chance << 13;
        chance ^= chance >> 7;
        chance ^= chance << 17;
        usize::try_from(chance % most as u64).unwrap()
    };
    let (mut understood, mut asked) = (0, 0);
    for round in 0..150 {
        let mut model = Model::answered();
        // What is said first, while rows and columns stand where they were; then the shape of it all.
        let some: Vec<&Spoiling> = (0..=next(3)).map(|_| &words[next(words.len())]).collect();
        let shape = &shapes[next(shapes.len())];
        let mut name = format!("round {round}:");
        for one in some.into_iter().chain([shape]) {
            (one.how)(&mut model);
            name = format!("{name} {};", one.name);
        }
        let told = taken(bytes(&model, shape.format));
        let found = pattern(&told);
        assert_eq!(told.refused, None, "{name}");
        assert_eq!(found.len(), TRUTH.len(), "{name}");
        assert!(!found.contains('!'), "{name} {found}");
        understood += found.matches('u').count();
        asked += found.matches('q').count();
    }
    assert!(understood > 800 && asked > 150, "{understood} {asked}");
}

/// What goes out: a list of answers, digits as text, the seal on every page.
#[test]
fn the_workbook_that_goes_out() {
    let bytes = model::written();
    let book = Book::from_bytes(bytes.clone()).unwrap();
    assert_eq!(book.sheets.len(), 2);
    assert!(book.sheets[1].hidden);
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        std::io::Read::read_to_string(&mut archive.by_name(name).unwrap(), &mut text).unwrap();
        text
    };
    let sheet = part("xl/worksheets/sheet1.xml");
    for words in [
        "orientation=\"landscape\"",
        "paperSize=\"9\"",
        "<dataValidation type=\"list\"",
        "Trang &amp;P/&amp;N",
        "numberStoredAsText=\"1\"",
        &model::digest().grouped(),
    ] {
        assert!(sheet.contains(words), "{words}");
    }
    let names = part("xl/workbook.xml");
    assert!(names.contains("_xlnm.Print_Titles"), "{names}");
    // Untouched, it says nothing.
    let told = taken(model::written());
    assert_eq!(pattern(&told), ".".repeat(TRUTH.len()));
    assert_eq!(told.notes, Vec::<String>::new());
}
