//! Every child of the sample lists: what an import gives, the re-check gives again, byte by byte.

use super::super::import::Lines;
use super::super::record::entry;
use super::*;
use crate::act::check::{self, Options, Silent, Stop};
use std::path::{Path, PathBuf};

const DAY: PartialDate = PartialDate {
    year: 2024,
    month: 6,
    day: 13,
};

fn options(input: PathBuf, out: &Path, rules: RuleSet) -> Options {
    Options {
        inputs: vec![input],
        out: out.to_owned(),
        duplicates: false,
        as_of: DAY,
        edition: DAY,
        unit: None,
        home: None,
        mappings: treem_files::table::Mappings::default(),
        edited: treem_files::table::Mappings::default(),
        rules,
        lists: false,
        keep_measures: true,
    }
}

/// The entries an import of a file or folder would write.
fn imported(input: PathBuf, rules: &RuleSet) -> Vec<Entry> {
    let folder = tempfile::tempdir().unwrap();
    let checked = check::run(
        options(input, folder.path(), rules.clone()),
        &Silent,
        &Stop::default(),
    )
    .unwrap();
    let mut lines = Lines::open(folder.path()).unwrap();
    let mut measures = checked.measures.iter().copied();
    let mut out = Vec::new();
    while let Some((line, findings)) = lines.next().unwrap() {
        let measures = measures.next().unwrap();
        out.push(entry(
            &lines.heads,
            &line,
            &findings,
            measures,
            checked.edition,
        ));
    }
    assert_eq!(out.len() as u64, checked.counts.children);
    out
}

fn samples(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../samples")
        .join(name)
}

/// What differs between what was and what is, for a person who looks at a failure.
fn differs(was: &Entry, is: &Entry) -> Option<String> {
    let (a, b) = (&was.state, &is.state);
    if a == b && was.findings == is.findings {
        return None;
    }
    let list = |entry: &Entry| -> Vec<String> {
        entry
            .findings
            .iter()
            .map(|f| {
                format!(
                    "{} {} {:?} {:?} {:?} {}",
                    f.rule, f.field, f.list, f.raw, f.suggestion, f.safe
                )
            })
            .collect()
    };
    Some(format!(
        "\n{} {} {:?} {:?} {}{}\n{} {} {:?} {:?} {}{}\n{:#?}\n{:#?}",
        a.record,
        a.sensitive,
        a.unit,
        a.number,
        a.identified,
        a.complete,
        b.record,
        b.sensitive,
        b.unit,
        b.number,
        b.identified,
        b.complete,
        list(was),
        list(is)
    ))
}

/// Every record gives itself; gives how many were seen.
fn check_again(name: &str, rules: &RuleSet) -> usize {
    let was = imported(samples(name), rules);
    let mut again = Again::new(rules.clone(), DAY);
    let mut wrong = Vec::new();
    for entry in &was {
        let is = again.entry(&entry.state, &entry.findings, &[]);
        wrong.extend(differs(entry, &is));
        let judged = again.judge(&entry.state, &entry.findings);
        assert_eq!(
            (
                judged.measures.identified,
                judged.measures.complete,
                &judged.findings
            ),
            (entry.state.identified, entry.state.complete, &is.findings)
        );
    }
    assert!(
        wrong.is_empty(),
        "{name}: {} of {}:{}",
        wrong.len(),
        was.len(),
        wrong.iter().take(8).map(String::as_str).collect::<String>()
    );
    was.len()
}

/// No rule at all.
fn silent() -> RuleSet {
    let mut rules = RuleSet::default();
    for rule in rules.ids().collect::<Vec<_>>() {
        rules.set(rule, None);
    }
    rules
}

#[test]
fn a_record_checked_again_says_the_same() {
    assert!(check_again("lists", &RuleSet::default()) > 800);
    assert!(check_again("lists", &silent()) > 800);
}

/// The rule file of the samples: a rule off, others heavier, fields required, local rules.
fn local() -> RuleSet {
    RuleSet::from_toml(&std::fs::read_to_string(samples("rules.toml")).unwrap()).unwrap()
}

#[test]
fn other_rules_say_what_an_import_by_them_says() {
    let seen = |findings: &[Kept]| -> Vec<[String; 4]> {
        findings
            .iter()
            .filter(|finding| !is_across(&finding.rule))
            .map(|one| [&one.rule, &one.field, &one.severity, &one.suggestion].map(Clone::clone))
            .collect()
    };
    let sets = [silent(), RuleSet::default(), local()];
    let all: Vec<Vec<Entry>> = sets
        .iter()
        .map(|rules| imported(samples("lists"), rules))
        .collect();
    for was in &all {
        for (rules, want) in sets.iter().zip(&all) {
            let mut again = Again::new(rules.clone(), DAY);
            for (was, want) in was.iter().zip(want) {
                let is = again.judge(&was.state, &was.findings);
                assert_eq!(
                    (seen(&is.findings), is.measures.complete),
                    (seen(&want.findings), want.state.complete),
                    "{}",
                    was.state.record
                );
            }
        }
    }
}

const HEAD: &str = "Họ và tên,Ngày sinh,Giới tính,Dân tộc,Số định danh,Họ tên cha,Họ tên mẹ,Thôn,Xã,Huyện,Nơi thường trú,Ghi chú\n";
const SOUND: [(Field, &str); 12] = [
    (Field::Name, "Hồ Thị Mơ"),
    (Field::Birth, "12/03/2015"),
    (Field::Sex, "Nữ"),
    (Field::Ethnicity, "Pa Cô"),
    (Field::Number, "045315118217"),
    (Field::Father, ""),
    (Field::Mother, "Hồ Thị Thoan"),
    (Field::Hamlet, "Thôn A Đăng"),
    (Field::Commune, "Xã Tà Rụt"),
    (Field::District, "Huyện Đakrông"),
    (Field::Address, ""),
    (Field::Note, ""),
];

/// One row as an import gives it: the sound one with other cells.
fn row(other: &[(Field, &str)]) -> Entry {
    let cells: Vec<&str> = SOUND
        .iter()
        .map(|(field, sound)| {
            other
                .iter()
                .find(|one| one.0 == *field)
                .map_or(*sound, |one| one.1)
        })
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ds.csv");
    std::fs::write(&file, format!("{HEAD}\"{}\"\n", cells.join("\",\""))).unwrap();
    imported(file, &RuleSet::default()).remove(0)
}

/// A record of a row, edited, is the record of the edited row.
#[test]
fn an_edit_is_the_import_of_the_edited_row() {
    use Field::{
        Address, Birth, Commune, District, Ethnicity, Father, Hamlet, Mother, Name, Note, Number,
        Sex,
    };
    type Cells = &'static [(Field, &'static str)];
    let cases: &[(Cells, Cells)] = &[
        (&[], &[]),
        (&[(Name, "Bé")], &[(Name, "HỒ THỊ MAI")]),
        (&[(Name, "HỒ THỊ MAI")], &[(Name, "Hồ Thị Mơ")]),
        (&[], &[(Name, "Hồ Thị Mơ 2")]),
        (&[(Birth, "31/02/2015")], &[(Birth, "01/02/2015")]),
        (&[], &[(Birth, "3/15/2015")]),
        (&[(Birth, "3/15/2015")], &[(Name, "Hồ Thị Mai")]),
        (&[], &[(Birth, "2015")]),
        (&[], &[(Birth, "01/01/2001")]),
        (&[(Number, "45315118217")], &[(Number, "045315118217")]),
        (&[], &[(Number, "")]),
        (&[(Number, "chưa khai sinh")], &[(Sex, "Nam")]),
        (&[], &[(Sex, "x")]),
        (&[(Sex, "không rõ")], &[(Hamlet, "")]),
        (&[], &[(Ethnicity, "Thiểu số")]),
        (&[(Ethnicity, "Xá Lá Vàng")], &[(Mother, "")]),
        (&[(Ethnicity, "Hoa Kỳ")], &[(Father, "Hồ Văn Khăm (chết)")]),
        (&[(Father, "Hồ Văn Khăm - bỏ đi")], &[(Mother, "Không rõ")]),
        (&[], &[(Commune, "Xã A Ngo")]),
        (&[], &[(Commune, "Xã Không Có")]),
        (&[(Commune, "Xã Không Có")], &[(Name, "Hồ Thị Mai")]),
        (&[(Commune, "Xã Không Có")], &[(Commune, "A Bung")]),
        (
            &[],
            &[(Commune, "Xã Vĩnh Thủy"), (District, "Huyện Vĩnh Linh")],
        ),
        (&[], &[(Address, "Tổ 3, đường 9")]),
        (&[], &[(Note, "gia đình khó khăn")]),
        (&[(Note, "DTTS")], &[(Note, "")]),
    ];
    let mut again = Again::new(RuleSet::default(), DAY);
    for (before, typed) in cases {
        let was = row(before);
        let both: Vec<(Field, &str)> = typed.iter().chain(*before).copied().collect();
        let want = row(&both);
        let typed: Vec<Typed> = typed
            .iter()
            .map(|(field, text)| (*field, (*text).to_owned()))
            .collect();
        let is = again.entry(&was.state, &was.findings, &typed);
        if let Some(differs) = differs(&want, &is) {
            panic!(
                "{:?}: {differs}",
                typed.iter().map(|one| one.0).collect::<Vec<_>>()
            );
        }
    }
}

/// One name typed for children of several districts is each time that of the child's own.
#[test]
fn namesakes_are_of_the_district_of_the_child() {
    let mut again = Again::new(RuleSet::default(), DAY);
    let mut units = Vec::new();
    for district in ["Thành phố Đông Hà", "Thị xã Quảng Trị", "Thành phố Đông Hà"]
    {
        let was = row(&[(Field::Commune, "Phường 2"), (Field::District, district)]);
        let typed = [(Field::Commune, "Phường 1".to_owned())];
        let is = again.entry(&was.state, &was.findings, &typed);
        let want = row(&[(Field::Commune, "Phường 1"), (Field::District, district)]);
        assert!(want.state.unit.is_some());
        assert_eq!(is.state.unit, want.state.unit, "{district}");
        units.push(is.state.unit);
    }
    assert_ne!(units[0], units[1]);
}

/// A record of the first form, which kept its raw cells in its findings only, says the same; and what other parts add to it stays.
#[test]
fn the_first_form_and_what_others_add() {
    let was = row(&[(Field::Birth, "31/02/2015"), (Field::Ethnicity, "Thiểu số")]);
    let mut first = was.clone();
    let strip = |text: &str, more: &str| {
        let mut value: serde_json::Value = serde_json::from_str(text).unwrap();
        value.as_object_mut().unwrap().remove("written");
        let mut text = value.to_string();
        text.pop();
        format!("{text}{}{more}}}", if text.len() > 1 { "," } else { "" })
    };
    first.state.record = strip(&was.state.record, "\"zebra\":{\"a\":1}");
    first.state.sensitive = strip(&was.state.sensitive, "\"raw\":{\"ethnicity\":\"Thiểu số\"}");
    let is = Again::new(RuleSet::default(), DAY).entry(&first.state, &first.findings, &[]);
    assert_eq!(is.findings, was.findings);
    assert_eq!(is.state.sensitive, was.state.sensitive);
    assert_eq!(
        is.state.record,
        format!(
            "{},\"zebra\":{{\"a\":1}}}}",
            was.state.record.strip_suffix('}').unwrap()
        )
    );
}
