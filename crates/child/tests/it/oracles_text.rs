//! Text against the oracle tables: legacy codes, detection, syllables and match keys.
//!
//! In: `tests/oracles/*.tsv` (made by independent converters, see its README). Out: agreement, row by row.

use treem_child::cell::{Cell, Font};
use treem_child::normalise::encoding::{
    Encoding, Verdict, Vote, decode, decode_cell, decode_text, encode, repair_case,
};
use treem_child::normalise::syllable::{fold_syllable, is_syllable_loosely};

/// The rows of a table, without its heading, as columns.
fn rows(table: &str) -> Vec<Vec<&str>> {
    let rows: Vec<Vec<&str>> = table
        .split('\n')
        .skip(1)
        .filter(|row| !row.is_empty())
        .map(|row| row.split('\t').collect())
        .collect();
    assert!(rows.len() > 20, "the table is there");
    rows
}

const TCVN3: &str = include_str!("../oracles/tcvn3.tsv");
const VNI: &str = include_str!("../oracles/vni.tsv");
const UTF8_TWICE: &str = include_str!("../oracles/utf8x2.tsv");

/// Decoding agrees with the table on every row.
fn agrees(table: &str, legacy: usize, unicode: usize, code: impl Fn(&[&str]) -> Encoding) {
    let mut wrong = Vec::new();
    for row in rows(table) {
        let decoded = decode(row[legacy], code(&row));
        if decoded != row[unicode] {
            wrong.push(format!("{} → {decoded}, not {}", row[legacy], row[unicode]));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn decodes_tcvn3() {
    agrees(TCVN3, 0, 1, |row| {
        if row[4] == ".VnTimeH" {
            Encoding::Tcvn3Caps
        } else {
            Encoding::Tcvn3
        }
    });
}

#[test]
fn repairs_the_case_of_tcvn3() {
    for row in rows(TCVN3).iter().filter(|row| row[3] == "ALLCAPS") {
        assert_eq!(repair_case(row[1]), row[2], "{}", row[0]);
    }
}

#[test]
fn decodes_vni() {
    agrees(VNI, 0, 1, |_| Encoding::Vni);
}

#[test]
fn decodes_the_rare_codes() {
    agrees(include_str!("../oracles/vps.tsv"), 1, 2, |_| Encoding::Vps);
    agrees(include_str!("../oracles/viscii.tsv"), 1, 2, |_| {
        Encoding::Viscii
    });
    agrees(include_str!("../oracles/viqr.tsv"), 1, 2, |_| {
        Encoding::Viqr
    });
    agrees(include_str!("../oracles/cp1258.tsv"), 1, 2, |_| {
        Encoding::Cp1258
    });
}

/// The bytes seen as Latin-1 (C1 controls instead of Windows-1252 punctuation) decode to the same.
#[test]
fn decodes_bytes_as_latin1() {
    for (table, code) in [
        (include_str!("../oracles/vps.tsv"), Encoding::Vps),
        (include_str!("../oracles/viscii.tsv"), Encoding::Viscii),
        (include_str!("../oracles/cp1258.tsv"), Encoding::Cp1258),
    ] {
        for row in rows(table) {
            let text: String = row[0]
                .split(' ')
                .map(|hex| char::from(u8::from_str_radix(hex, 16).unwrap()))
                .collect();
            assert_eq!(decode(&text, code), row[2], "{}", row[1]);
        }
    }
}

#[test]
fn decodes_utf8_twice() {
    agrees(UTF8_TWICE, 0, 1, |_| Encoding::Utf8Twice);
}

/// Legacy and Unicode forms of the names of a table (single letters are left out).
fn names(table: &str, keep: impl Fn(&[&str]) -> bool) -> Vec<(String, String)> {
    let rows = rows(table);
    rows.iter()
        .filter(|row| !row.contains(&"letter") && keep(row))
        .map(|row| (row[0].to_owned(), row[1].to_owned()))
        .collect()
}

fn verdict_of<'a>(texts: impl Iterator<Item = &'a str>) -> Verdict {
    let mut vote = Vote::default();
    texts.for_each(|text| vote.add(text, Font::Unknown));
    vote.verdict()
}

/// The case that TCVN3 lost is not compared.
fn same(decoded: &str, unicode: &str) -> bool {
    decoded == unicode || decoded == repair_case(unicode)
}

fn columns_decode(names: &[(String, String)], code: Encoding) {
    assert_eq!(
        verdict_of(names.iter().map(|name| name.0.as_str())),
        Verdict::Legacy(code)
    );
    let wrong: Vec<_> = names
        .iter()
        .filter(|(legacy, unicode)| {
            !same(
                &decode_text(legacy, Font::Unknown, Verdict::Legacy(code)).text,
                unicode,
            )
        })
        .map(|(legacy, unicode)| {
            format!(
                "{legacy} → {}, not {unicode}",
                decode_text(legacy, Font::Unknown, Verdict::Legacy(code)).text
            )
        })
        .collect();
    assert!(
        wrong.len() * 1000 <= names.len(),
        "{} of {}:\n{}",
        wrong.len(),
        names.len(),
        wrong.join("\n")
    );
    // Short columns: the share that is read right.
    for length in [3, 5] {
        let mut right = 0;
        for column in names.chunks(length) {
            let verdict = verdict_of(column.iter().map(|name| name.0.as_str()));
            right += column
                .iter()
                .filter(|(legacy, unicode)| {
                    same(&decode_text(legacy, Font::Unknown, verdict).text, unicode)
                })
                .count();
        }
        println!(
            "{code:?}: columns of {length}: {right} of {} cells right",
            names.len()
        );
        assert!(
            right * 1000 >= names.len() * 990,
            "columns of {length}: {right} of {}",
            names.len()
        );
    }
}

#[test]
fn a_column_of_tcvn3_is_found_and_decoded() {
    columns_decode(&names(TCVN3, |row| row[4] == ".VnTime"), Encoding::Tcvn3);
}

#[test]
fn a_column_of_vni_is_found_and_decoded() {
    columns_decode(&names(VNI, |_| true), Encoding::Vni);
}

#[test]
fn a_column_of_doubled_utf8_is_found_and_decoded() {
    columns_decode(&names(UTF8_TWICE, |_| true), Encoding::Utf8Twice);
}

#[test]
fn a_column_of_a_rare_code_is_found() {
    for (table, code) in [
        (include_str!("../oracles/vps.tsv"), Encoding::Vps),
        (include_str!("../oracles/viscii.tsv"), Encoding::Viscii),
        (include_str!("../oracles/cp1258.tsv"), Encoding::Cp1258),
    ] {
        let rows = rows(table);
        let names: Vec<_> = rows.iter().filter(|row| row[3] != "letter").collect();
        for length in [names.len(), 20] {
            for column in names.chunks_exact(length) {
                assert_eq!(
                    verdict_of(column.iter().map(|row| row[1])),
                    Verdict::Legacy(code),
                    "{}",
                    column[0][2]
                );
            }
        }
        let wrong = names
            .iter()
            .filter(|row| decode_text(row[1], Font::Unknown, Verdict::Legacy(code)).text != row[2]);
        let wrong: Vec<_> = wrong.map(|row| (row[1], row[2])).collect();
        assert!(wrong.is_empty(), "{code:?} {wrong:?}");
    }
}

/// The true names of all tables.
fn true_names() -> Vec<String> {
    let mut all: Vec<String> = names(TCVN3, |row| row[5].is_empty() && row[4] == ".VnTime")
        .into_iter()
        .map(|name| name.1)
        .collect();
    all.extend(names(VNI, |_| true).into_iter().map(|name| name.1));
    all
}

#[test]
fn unicode_is_left_alone() {
    let all = true_names();
    assert_eq!(verdict_of(all.iter().map(String::as_str)), Verdict::Unicode);
    for name in &all {
        let decoded = decode_text(name, Font::Unknown, Verdict::Unicode);
        assert_eq!(
            (&*decoded.text, decoded.from, decoded.ambiguous),
            (name.as_str(), Encoding::Unicode, false)
        );
        // Alone: the vote of one cell.
        assert_eq!(
            verdict_of(std::iter::once(name.as_str())),
            Verdict::Unicode,
            "{name}"
        );
    }
    for column in all.chunks(4) {
        assert_eq!(
            verdict_of(column.iter().map(String::as_str)),
            Verdict::Unicode,
            "{column:?}"
        );
    }
}

#[test]
fn most_legacy_cells_are_known_alone() {
    for (names, least) in [
        (names(TCVN3, |row| row[4] == ".VnTime"), 96),
        (names(VNI, |_| true), 93),
        (names(UTF8_TWICE, |_| true), 100),
    ] {
        let legacy: Vec<_> = names
            .iter()
            .filter(|(legacy, unicode)| legacy != unicode)
            .collect();
        let (mut right, mut wrong) = (0, Vec::new());
        for (legacy, unicode) in &legacy {
            let decoded = decode_text(legacy, Font::Unknown, Verdict::Unicode);
            if same(&decoded.text, unicode) {
                right += 1;
            } else if decoded.from != Encoding::Unicode {
                wrong.push(legacy);
            } else {
                println!("not known alone: {legacy} ({unicode})");
            }
        }
        println!("{right} of {} known alone", legacy.len());
        assert!(wrong.is_empty(), "read wrongly: {wrong:?}");
        assert!(
            right * 100 >= legacy.len() * least,
            "{right} of {}",
            legacy.len()
        );
    }
}

#[test]
fn encoding_is_undone_by_decoding() {
    for (names, code) in [
        (names(TCVN3, |row| row[4] == ".VnTime"), Encoding::Tcvn3),
        (names(VNI, |_| true), Encoding::Vni),
    ] {
        for (legacy, unicode) in names {
            assert_eq!(
                encode(&unicode, code).as_deref(),
                Some(legacy.as_str()),
                "{unicode}"
            );
        }
    }
}

#[test]
fn syllables_of_the_phonetic_table_are_syllables() {
    // Words of other languages, and homophones spelled as no Vietnamese word is.
    let none = [
        "ayŭn", "blốc", "kdăm", "klơng", "kpă", "ksor", "kôn", "kăn", "niê", "wăn", "ýt", "giuyên",
        "nguyêng",
    ];
    let rows = rows(include_str!("../oracles/phonetic.tsv"));
    let unknown: Vec<_> = rows
        .iter()
        .map(|row| row[0])
        .filter(|word| !is_syllable_loosely(word))
        .collect();
    assert_eq!(unknown, none);
}

#[test]
fn tone_styles_meet_in_one_key() {
    let mut wrong = Vec::new();
    for row in rows(include_str!("../oracles/tone.tsv"))
        .iter()
        .filter(|row| row[3] == "yes")
    {
        let keys = [row[0], row[1], row[2]].map(fold_syllable);
        if keys[0] != keys[1] || keys[0] != keys[2] {
            wrong.push(keys);
        }
        assert!(is_syllable_loosely(row[1]), "{}", row[1]);
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn i_and_y_meet_in_one_key() {
    for row in rows(include_str!("../oracles/iy.tsv")) {
        assert_eq!(fold_syllable(row[0]), fold_syllable(row[1]));
        assert_eq!(fold_syllable(row[0]), fold_syllable(row[2]));
    }
}

/// A real sheet's column: four kinds of fonts, three codes, rich text.
#[test]
fn a_column_of_many_fonts_is_read_by_font() {
    let table = include_str!("../oracles/fixtures/legacy_fonts_expected.tsv");
    let rows = rows(table);
    let cells: Vec<(Cell<'_>, &str)> = rows
        .iter()
        .map(|row| {
            let Some(fonts) = row[1].strip_prefix("rich:") else {
                return (
                    Cell {
                        font: Font::from_name(row[1]),
                        ..Cell::text(row[2])
                    },
                    row[3],
                );
            };
            let (first, second) = fonts.split_once('+').unwrap();
            let split = row[2].find(" / ").or(row[2].find(" (")).unwrap();
            let length = |part: &str| u32::try_from(part.len()).unwrap();
            let second = if second == "TNR" {
                Font::Unicode
            } else {
                Font::from_name(second)
            };
            let runs = [
                (length(&row[2][..split]), Font::from_name(first)),
                (length(&row[2][split..]), second),
            ];
            (
                Cell {
                    runs: Some(runs.into()),
                    ..Cell::text(row[2])
                },
                row[3],
            )
        })
        .collect();
    let mut vote = Vote::default();
    for (cell, _) in &cells {
        vote.add_cell(cell);
    }
    assert_eq!(vote.verdict(), Verdict::ByFont);
    for (cell, unicode) in &cells {
        assert_eq!(decode_cell(cell, Verdict::ByFont).text, *unicode);
    }
    // The same without fonts: what cannot be decided stays and is said.
    let mut vote = Vote::default();
    for (cell, _) in &cells {
        vote.add(&cell.text, Font::Unknown);
    }
    assert_eq!(vote.verdict(), Verdict::Mixed(Encoding::Tcvn3));
}
