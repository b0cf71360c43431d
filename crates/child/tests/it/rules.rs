//! The rules: every rule's own examples, the cases where two could fire, the generated page, the sample rule file.

#![allow(clippy::panic, reason = "tests say what went wrong")]

use std::path::{Path, PathBuf};
use treem_child::check::across::{self, Clusters, Location, RowKey};
use treem_child::check::local::{example, values};
use treem_child::check::rules::RuleSet;
use treem_child::check::rules::page::{is_over_rows, rules_markdown};
use treem_child::field::Field::{
    self, Address, Birth, BirthRegistration, Commune, District, Ethnicity, Father, Guardian,
    GuardianNumber, Hamlet, Mother, MotherNumber, Name, Nationality, Number, Sex, SexFemale,
    SexMale,
};
use treem_child::normalise::row::Context;
use treem_child::rule::{Example, RULES, RuleInfo};

fn context() -> Context {
    example::context_of(&RuleSet::default())
}

/// The codes a row shows by itself, sorted.
fn codes(changes: &[(Field, &str)]) -> Vec<&'static str> {
    let mut codes = example::with_row(changes, context(), &RuleSet::default(), |_, findings| {
        findings
            .iter()
            .map(|finding| finding.rule.code())
            .collect::<Vec<_>>()
    });
    codes.sort_unstable();
    codes
}

#[test]
fn examples_of_every_rule() {
    let mut wrong = Vec::new();
    for rule in RULES {
        if is_over_rows(rule.code) {
            for (rows, expected) in [(rule.good, false), (rule.bad, true)] {
                if over_rows(rule, rows) != expected {
                    wrong.push(format!("{} over {rows:?}", rule.code));
                }
            }
            continue;
        }
        for (rows, expected) in [(rule.good, false), (rule.bad, true)] {
            for row in rows {
                let shown = codes(row);
                if shown.contains(&rule.code) != expected {
                    wrong.push(format!("{} on {row:?}: {shown:?}", rule.code));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether a rule over many rows fires on rows of one list.
fn over_rows(rule: &RuleInfo, rows: &[Example]) -> bool {
    let mut keys = Vec::new();
    let (mut dates, mut first_of_january) = (0, 0);
    for (row, at) in rows.iter().zip(2_u64..) {
        example::with_row(row, context(), &RuleSet::default(), |child, _| {
            keys.push((RowKey::of(child), Location::new(1, at)));
            if let Some(date) = child.birth_date().filter(|date| date.is_full()) {
                dates += 1;
                first_of_january += u64::from((date.month, date.day) == (1, 1));
            }
        });
    }
    let mut clusters = Clusters::default();
    let (mut duplicates, mut shared) = (Vec::new(), Vec::new());
    for first in 0..keys.len() {
        let group = |same: &dyn Fn(&RowKey) -> u64| {
            let key = same(&keys[first].0);
            let rows: Vec<_> = keys
                .iter()
                .filter(|row| key != 0 && same(&row.0) == key)
                .collect();
            if rows.first().is_some_and(|row| row.1 == keys[first].1) {
                rows
            } else {
                Vec::new()
            }
        };
        let people: Vec<_> = group(&|key| key.person)
            .iter()
            .map(|row| (row.1, row.0.father, row.0.mother))
            .collect();
        across::duplicates(&people, &mut clusters, &mut duplicates);
        let numbers: Vec<_> = group(&|key| key.number).iter().map(|row| row.1).collect();
        across::shared_numbers(&numbers, &clusters, &mut shared);
    }
    match rule.code {
        "child.duplicate" => !duplicates.is_empty(),
        "id.shared" => !shared.is_empty(),
        _ => across::is_heaped(first_of_january, dates),
    }
}

/// Contract, «Meaning of the rules where two could fire»: the exact set of codes, but for `text.*`.
#[test]
fn where_two_could_fire() {
    let mut wrong = Vec::new();
    let mut check = |changes: &[(Field, &str)], expected: &[&str]| {
        let shown: Vec<_> = codes(changes)
            .into_iter()
            .filter(|code| !code.starts_with("text."))
            .collect();
        if shown != expected {
            wrong.push(format!(
                "{changes:?}\n  shows    {shown:?}\n  expected {expected:?}"
            ));
        }
    };
    check(&[], &[]);
    // Missing.
    for nothing in [
        "",
        " ",
        "-",
        "…",
        "...",
        "0",
        "chưa có",
        "Chưa có",
        "CHUA CO",
        "không có",
        "chưa được cấp",
    ] {
        check(&[(Number, nothing)], &["id.missing"]);
    }
    for nothing in ["", "-", "…"] {
        check(&[(Name, nothing)], &["name.missing"]);
        check(&[(Birth, nothing)], &["birth.missing"]);
        check(&[(Sex, nothing)], &["sex.missing"]);
        check(&[(Ethnicity, nothing)], &["ethnicity.missing"]);
        check(&[(Mother, nothing)], &["carer.missing"]);
        check(&[(Hamlet, nothing)], &["place.hamlet"]);
        check(
            &[(Commune, nothing), (District, nothing)],
            &["place.missing"],
        );
    }
    // No number can exist.
    check(&[(Number, "chưa khai sinh")], &["id.not-yet"]);
    check(&[(Number, ""), (Nationality, "Lào")], &["id.not-yet"]);
    check(
        &[(Number, ""), (Nationality, "Không xác định")],
        &["id.not-yet"],
    );
    check(
        &[(Number, ""), (BirthRegistration, "Chưa đăng ký khai sinh")],
        &["id.not-yet"],
    );
    check(&[(Number, ""), (Nationality, "Việt Nam")], &["id.missing"]);
    check(&[(Nationality, "Lào")], &[]);
    // Sex.
    for what in ["?", "Không rõ", "3", "Nam/Nữ"] {
        check(&[(Sex, what)], &["sex.invalid"]);
    }
    for what in ["nữ", "NU", "gái", "Gai", "F"] {
        check(&[(Sex, what)], &[]);
    }
    check(
        &[(Sex, "M"), (Number, "045215118217"), (Name, "Hồ Văn Khăm")],
        &[],
    );
    check(
        &[
            (Sex, "TRAI"),
            (Number, "045215118217"),
            (Name, "Hồ Văn Khăm"),
        ],
        &[],
    );
    check(&[(Sex, ""), (SexMale, ""), (SexFemale, "x")], &[]);
    check(
        &[(Sex, ""), (SexMale, "x"), (SexFemale, "x")],
        &["sex.invalid"],
    );
    check(
        &[(Sex, ""), (SexMale, ""), (SexFemale, "")],
        &["sex.missing"],
    );
    check(
        &[
            (Sex, ""),
            (SexMale, "x"),
            (SexFemale, ""),
            (Name, "Hồ Khăm"),
        ],
        &["id.sex"],
    );
    // Number against sex and year.
    check(&[(Number, "045215118217")], &["id.sex"]);
    check(&[(Number, "045316118217")], &["id.year"]);
    check(&[(Number, "045216118217")], &["id.sex", "id.year"]);
    check(&[(Number, "045215118217"), (Sex, "")], &["sex.missing"]);
    check(&[(Number, "045215118217"), (Sex, "?")], &["sex.invalid"]);
    check(&[(Number, "045316118217"), (Birth, "")], &["birth.missing"]);
    check(
        &[(Number, "045316118217"), (Birth, "31/02/2015")],
        &["birth.invalid"],
    );
    check(
        &[(Number, "045316118217"), (Birth, "2015")],
        &["birth.partial", "id.year"],
    );
    check(
        &[(Number, "045316118217"), (Birth, "03/2015")],
        &["birth.partial", "id.year"],
    );
    check(
        &[(Number, "045316118217"), (Birth, "3/15/2015")],
        &["birth.swapped", "id.year"],
    );
    check(&[(Birth, "2015")], &["birth.partial"]);
    // Lost zeros.
    check(&[(Number, "45315118217")], &["id.zero-lost"]);
    check(&[(Number, "1315118217")], &["id.zero-lost"]);
    check(
        &[(Number, "45315118217"), (Birth, "")],
        &["birth.missing", "id.zero-lost"],
    );
    check(
        &[(Number, "45315118217"), (Birth, "2015")],
        &["birth.partial", "id.zero-lost"],
    );
    check(
        &[(Number, "45315118217"), (Birth, "31/02/2015")],
        &["birth.invalid", "id.zero-lost"],
    );
    check(
        &[(Number, "45315118217"), (Sex, "?")],
        &["id.zero-lost", "sex.invalid"],
    );
    check(
        &[(Number, "45315118217"), (Sex, "")],
        &["id.zero-lost", "sex.missing"],
    );
    check(
        &[(Number, "45315118217"), (Sex, ""), (Birth, "")],
        &["birth.missing", "id.length", "sex.missing"],
    );
    check(
        &[(Number, "45315118217"), (Sex, "Nam"), (Name, "Hồ Khăm")],
        &["id.length"],
    );
    check(
        &[(Number, "45315118217"), (Birth, "12/03/2016")],
        &["id.length"],
    );
    check(&[(Number, "97315118217")], &["id.length"]);
    check(&[(Number, "45185001234")], &["id.length"]);
    // Length.
    for number in [
        "194123456",
        "4,52E+10",
        "0453151182178",
        "04531511821O",
        "mất giấy",
    ] {
        check(&[(Number, number)], &["id.length"]);
    }
    check(&[(Number, "045.315.118.217")], &[]);
    check(&[(Number, "'045315118217")], &[]);
    // Place.
    check(&[(Number, "000315118217")], &["id.place"]);
    check(&[(Number, "097315118217")], &["id.place"]);
    check(&[(Number, "193315118217")], &["id.abroad"]);
    check(&[(Number, "193215118217")], &["id.abroad", "id.sex"]);
    // Century silences sex and year; a parent beside it.
    check(&[(Number, "045185001234")], &["id.century"]);
    check(&[(Number, "045085001234")], &["id.century"]);
    check(&[(Number, "045415118217")], &["id.century"]);
    check(&[(Number, "097185001234")], &["id.century", "id.place"]);
    check(
        &[(Number, "045185001234"), (MotherNumber, "045185001234")],
        &["id.century", "id.parent"],
    );
    check(
        &[(Number, "045185001234"), (MotherNumber, "45185001234")],
        &["id.century", "id.parent"],
    );
    check(
        &[(Number, "045315118217"), (MotherNumber, "045315118217")],
        &["id.parent"],
    );
    check(
        &[(Number, "045216118217"), (GuardianNumber, "045216118217")],
        &["id.parent"],
    );
    check(
        &[(Number, "45315118217"), (MotherNumber, "045315118217")],
        &["id.parent", "id.zero-lost"],
    );
    check(&[(MotherNumber, "045185001234")], &[]);
    check(&[(Number, ""), (MotherNumber, "")], &["id.missing"]);
    // Birth: only what is certain.
    check(
        &[(Birth, "13/06/2008"), (Number, "045308118217")],
        &["birth.over-age"],
    );
    check(&[(Birth, "14/06/2008"), (Number, "045308118217")], &[]);
    check(
        &[(Birth, "29/02/2008"), (Number, "045308118217")],
        &["birth.over-age"],
    );
    check(
        &[(Birth, "2008"), (Number, "045308118217")],
        &["birth.partial"],
    );
    check(
        &[(Birth, "2007"), (Number, "045307118217")],
        &["birth.over-age", "birth.partial"],
    );
    check(
        &[(Birth, "06/2008"), (Number, "045308118217")],
        &["birth.partial"],
    );
    check(
        &[(Birth, "05/2008"), (Number, "045308118217")],
        &["birth.over-age", "birth.partial"],
    );
    check(&[(Birth, "13/06/2024"), (Number, "045324118217")], &[]);
    check(
        &[(Birth, "14/06/2024"), (Number, "045324118217")],
        &["birth.future"],
    );
    check(
        &[(Birth, "2024"), (Number, "045324118217")],
        &["birth.partial"],
    );
    check(
        &[(Birth, "06/2024"), (Number, "045324118217")],
        &["birth.partial"],
    );
    check(
        &[(Birth, "07/2024"), (Number, "045324118217")],
        &["birth.future", "birth.partial"],
    );
    check(
        &[(Birth, "2025"), (Number, "045325118217")],
        &["birth.future", "birth.partial"],
    );
    check(&[(Birth, "29/02/2015")], &["birth.invalid"]);
    check(&[(Birth, "không nhớ")], &["birth.invalid"]);
    check(&[(Birth, "3/15/2015")], &["birth.swapped"]);
    check(&[(Birth, "00/03/2015")], &["birth.partial"]);
    // Names.
    for name in [
        "Bé",
        "Trai",
        "Gái",
        "Chưa đặt tên",
        "Con bà Thoan",
        "Hồ Thị Mơ 2",
        "Hồ Thị @",
    ] {
        check(&[(Name, name)], &["name.invalid"]);
    }
    for name in ["H'Hen Niê", "Lê-Nguyễn Thị Mỹ", "Y Blốc", "Hồ Bé"] {
        check(&[(Name, name)], &[]);
    }
    check(&[(Name, "Mơ")], &["name.short"]);
    check(&[(Name, "Hồ Thị Mơ"), (Sex, "Nam")], &["id.sex"]);
    check(
        &[(Name, "Hồ Thị Mơ"), (Sex, "Nam"), (Number, "")],
        &["id.missing", "name.sex"],
    );
    check(&[(Name, "Hồ Văn Khăm"), (Sex, "Nữ")], &[]);
    check(
        &[(Name, "Hồ Thị Mơ"), (Sex, "?"), (Number, "")],
        &["id.missing", "sex.invalid"],
    );
    // Ethnic groups.
    for group in ["Thiểu số", "DTTS", "Khác"] {
        check(&[(Ethnicity, group)], &["ethnicity.unknown"]);
    }
    for group in ["Kinh", "Vân Kiều", "Bru - Vân Kiều", "Tà Ôi"] {
        check(&[(Ethnicity, group)], &[]);
    }
    check(&[(Ethnicity, "Xá Lá Vàng")], &["ethnicity.ambiguous"]);
    // Carers.
    check(&[(Mother, "Không rõ")], &["carer.missing"]);
    check(
        &[(Mother, "Không rõ"), (Father, "Không xác định")],
        &["carer.missing"],
    );
    check(&[(Mother, "Không rõ"), (Father, "Hồ Văn Khăm")], &[]);
    check(&[(Mother, ""), (Guardian, "Hồ Thị Lứt")], &[]);
    check(&[(Mother, ""), (Father, "Hồ Văn Khăm (chết)")], &[]);
    // Place of residence.
    check(&[(Commune, ""), (District, "")], &["place.missing"]);
    check(&[(Commune, "")], &["place.missing"]);
    check(&[(Commune, "Xã Không Có Thật")], &["place.unknown"]);
    check(
        &[
            (Commune, ""),
            (District, ""),
            (Hamlet, ""),
            (
                Address,
                "Thôn A Đăng, xã Tà Rụt, huyện Đakrông, tỉnh Quảng Trị",
            ),
        ],
        &[],
    );
    check(&[(Commune, "TARUT"), (Hamlet, "")], &["place.hamlet"]);
    assert!(
        wrong.is_empty(),
        "{} cases:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path)
}

#[test]
fn the_page_of_rules_is_fresh() {
    let (path, page) = (root("docs/rules.md"), rules_markdown());
    if std::env::var_os("TREEM_WRITE_DOCS").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    assert!(
        std::fs::read_to_string(&path).unwrap_or_default() == page,
        "docs/rules.md is stale: TREEM_WRITE_DOCS=1 cargo test -p treem-child --test it rules"
    );
}

fn examples_pass(text: &str, where_from: &str) {
    let rules = RuleSet::from_toml(text).unwrap_or_else(|error| panic!("{where_from}: {error}"));
    for outcome in example::run(&rules) {
        assert!(
            outcome.passed,
            "{where_from}: {} {outcome:?}",
            rules.local_code(outcome.rule)
        );
    }
    assert_eq!(rules.complaints(), [""; 0], "{where_from}");
    for local in rules.locals().iter().filter(|local| !local.when.is_empty()) {
        assert!(
            !local.good.is_empty() && !local.bad.is_empty(),
            "{where_from}: {} has no good and bad example",
            local.code
        );
    }
}

#[test]
fn the_sample_and_the_documented_rule_files_work() {
    examples_pass(
        &std::fs::read_to_string(root("samples/rules.toml")).unwrap(),
        "samples/rules.toml",
    );
    let page = std::fs::read_to_string(root("docs/rules-file.md")).unwrap();
    let mut blocks = 0;
    for block in page.split("```toml\n").skip(1) {
        examples_pass(block.split("```").next().unwrap(), "docs/rules-file.md");
        blocks += 1;
    }
    assert!(blocks > 0);
    for (name, _) in values::VARIABLES {
        let name = name
            .strip_prefix("child.father.")
            .or(name.strip_prefix("child.mother."))
            .or(name.strip_prefix("child.guardian."))
            .unwrap_or(name);
        assert!(
            page.contains(&format!("`{name}`")),
            "docs/rules-file.md does not name `{name}`"
        );
    }
    for field in Field::ALL
        .iter()
        .filter(|field| !matches!(field, Field::Ordinal | Field::Ignored))
    {
        assert!(
            page.contains(&format!("`{}`", field.code())),
            "docs/rules-file.md does not name the field `{}`",
            field.code()
        );
    }
}
