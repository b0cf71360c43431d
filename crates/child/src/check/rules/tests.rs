//! Rule files: what is taken, what is refused and in what words; local rules on made rows.

mod refused;

use super::*;
use crate::check::local::example;

fn context() -> Context {
    example::context_of(&RuleSet::default())
}

fn rules(text: &str) -> RuleSet {
    RuleSet::from_toml(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn local(when: &str) -> String {
    format!(
        "[[local]]\ncode = \"local.x\"\nfield = \"note\"\nmessage = \"Câu.\"\nwhen = '''{when}'''\n"
    )
}

/// The codes of the findings of a row under a rule file.
fn codes(text: &str, changes: &[(Field, &str)]) -> Vec<String> {
    let rules = rules(text);
    example::with_row(changes, context(), &rules, |_, findings| {
        findings
            .iter()
            .map(|finding| rules.code(finding.rule).to_owned())
            .collect()
    })
}

#[test]
fn long_but_flat_expressions_are_taken() {
    for (one, between) in [
        ("child.age > 5", " && "),
        ("child.school == 'Trường A'", " || "),
        ("!!!!!!!!!!!!!!!!!!!!!!!!!true", " && "),
    ] {
        let times = 1_900 / (one.chars().count() + between.len());
        let set = rules(&local(&vec![one; times].join(between)));
        example::with_row(&[], context(), &set, |_, _| ());
        assert_eq!(set.complaints(), [""; 0], "{one}");
    }
}

#[test]
fn expressions_on_a_row() {
    let check = |when: &str, expected: bool| {
        let rules = rules(&local(when));
        let fired = example::with_row(
            &[
                (Field::Note, "Bố đi làm xa"),
                (Field::MotherPhone, "0912 345 678"),
            ],
            context(),
            &rules,
            |_, findings| findings.len(),
        );
        assert_eq!(rules.complaints(), [""; 0], "{when}");
        assert_eq!(fired == 1, expected, "{when}");
    };
    check("child.name == 'Hồ Thị Mơ'", true);
    check(
        "child.birth == '2015-03-12' && child.birth_year == 2015 && child.birth_month == 3 && child.birth_day == 12",
        true,
    );
    check("child.age == 9 && as_of == '2024-06-13'", true);
    check(
        "child.sex == 'Nữ' && child.ethnicity == 'Tà Ôi' && child.ethnicity_own == 'Pa Cô'",
        true,
    );
    check(
        "child.number.startsWith('045') && size(child.number) == 12",
        true,
    );
    check(
        "child.unit_name != '' && child.unit != '' && child.hamlet.contains('A Đăng')",
        true,
    );
    check(
        "child.mother.state == 'named' && child.father.state == 'missing' && child.father.name == ''",
        true,
    );
    check(
        "child.mother.phone == '0912345678' && raw['mother.phone'] == '0912 345 678' && raw.mother.phone.endsWith('678')",
        true,
    );
    check(
        "raw.birth == '12/03/2015' && child['name'] == child.name",
        true,
    );
    check("fold(child.note).contains('bo di lam xa')", true);
    check("findings.size() == 0", true);
    check(
        "['hoc', 'lam'].exists(word, fold(child.note).contains(word))",
        true,
    );
    check(
        "['hoc', 'choi'].all(word, !fold(child.note).contains(word))",
        true,
    );
    check(
        "['hoc', 'choi'].map(word, size(word)) == [3, 4] && [1, 2].filter(n, n > 1).size() == 1",
        true,
    );
    check(
        "child.age < 6 ? child.school == '' : child.school != ''",
        false,
    );
    check(
        "(child.age - 1) * 2 / 4 % 3 > 1 || double(child.age) > 9.5",
        false,
    );
    check(
        "int(raw.number) > 45000000000 && string(child.age) == '9'",
        true,
    );
    check("child.birth_place in ['', '-']", true);
}

#[test]
fn what_fires_and_what_it_says() {
    let text = "[[local]]\ncode = \"local.late\"\nfield = \"birth.registration\"\nseverity = \"error\"\ngroup = 3\nwhen = '\"id.missing\" in findings && child.age > 5'\n\
                fix = '\"Xã \" + child.unit_name'\nmessage = \"Ghi “{raw}”; có lẽ {fix}.\"\n";
    assert_eq!(codes(text, &[]), [""; 0]);
    assert_eq!(
        codes(text, &[(Field::Number, "")]),
        ["id.missing", "local.late"]
    );
    assert_eq!(
        codes(&format!("{text}enabled = false\n"), &[(Field::Number, "")]),
        ["id.missing"]
    );
    assert_eq!(
        codes(
            &format!("{text}[rules.\"local.late\"]\nenabled = false\n"),
            &[(Field::Number, "")]
        ),
        ["id.missing"]
    );
    // A rule that is off has not fired.
    assert_eq!(
        codes(
            &format!("{text}[rules.\"id.missing\"]\nenabled = false\n"),
            &[(Field::Number, "")]
        ),
        [""; 0]
    );
    let rules = rules(text);
    let id = rules.rule_of_local("local.late").unwrap();
    assert_eq!(
        (rules.severity(id), rules.group(id), rules.local_code(0)),
        (Severity::Error, Some(Group::BasicInformation), "local.late")
    );
    let said = example::with_row(
        &[(Field::Number, ""), (Field::BirthRegistration, "chưa rõ")],
        context(),
        &rules,
        |_, findings| {
            findings
                .iter()
                .find(|finding| finding.rule == id)
                .map(|finding| {
                    (
                        crate::texts::fill(rules.local_message(0), finding),
                        finding.safe,
                    )
                })
        },
    );
    let (said, safe) = said.unwrap();
    assert!(
        said.starts_with("Ghi “chưa rõ”; có lẽ Xã") && !safe,
        "{said}"
    );
}

#[test]
fn required_fields() {
    let text = "required = [\"phone\", \"father\", \"hamlet\", \"name\"]";
    let set = rules(text);
    assert_eq!(codes(text, &[]), ["phone.missing", "father.missing"]);
    assert_eq!(
        codes(
            text,
            &[
                (Field::Phone, "-"),
                (Field::Father, "Không rõ"),
                (Field::Hamlet, "")
            ]
        ),
        ["place.hamlet", "phone.missing"]
    );
    assert_eq!(
        codes(
            text,
            &[(Field::Phone, "0912345678"), (Field::Father, "Hồ Văn Khăm")]
        ),
        [""; 0]
    );
    let group = |code: &str| {
        set.rule_of_local(code)
            .map(|rule| (set.severity(rule), set.group(rule)))
    };
    assert_eq!(group("phone.missing"), Some((Severity::Error, None)));
    assert_eq!(
        group("father.missing"),
        Some((Severity::Error, Some(Group::BasicInformation)))
    );
    assert_eq!(
        (set.severity(RuleId::PLACE_HAMLET), set.changes_any()),
        (Severity::Error, true)
    );
}

#[test]
fn switches() {
    let text = "carer = [\"mother\"]\n[rules.\"place.hamlet\"]\nenabled = false\n[rules.\"name.short\"]\nseverity = \"error\"\n[rules.\"text.case\"]\nenabled = false\n";
    let set = rules(text);
    assert_eq!(
        set.carer,
        Carer {
            father: false,
            mother: true,
            guardian: false
        }
    );
    assert!(!set.is_on(RuleId::PLACE_HAMLET) && set.is_on(RuleId::NAME_SHORT));
    assert_eq!(
        (
            set.severity(RuleId::NAME_SHORT),
            set.severity(RuleId::PLACE_HAMLET)
        ),
        (Severity::Error, Severity::Warning)
    );
    assert!(
        set.is_changed(RuleId::PLACE_HAMLET)
            && set.is_changed(RuleId::NAME_SHORT)
            && !set.is_changed(RuleId::ID_LENGTH)
    );
    assert_eq!(
        codes(text, &[(Field::Hamlet, ""), (Field::Name, "HỒ THỊ MƠ")]),
        [""; 0]
    );
    assert_eq!(
        codes(text, &[(Field::Mother, ""), (Field::Father, "Hồ Văn Khăm")]),
        ["carer.missing"]
    );
    assert!(
        !RuleSet::from_toml("").unwrap().changes_any()
            && !RuleSet::from_toml("\u{feff}# trống\n")
                .unwrap()
                .has_locals()
    );
}

#[test]
fn what_cannot_be_evaluated_is_said_once() {
    let set = rules(&local("int(child.note) > 5"));
    for note in ["12", "nhiều", "ít"] {
        example::with_row(&[(Field::Note, note)], context(), &set, |_, _| ());
    }
    assert_eq!(
        set.complaints(),
        [
            "Quy tắc “local.x” không tính được ở 2 dòng (chữ không đổi được thành số); các dòng đó coi như không vi phạm."
        ]
    );
    for (when, why) in [
        ("10 / child.father.birth.size() > 1", "chia cho 0"),
        ("findings[3] == 'a'", "danh sách không có phần tử thứ đó"),
        ("9223372036854775807 + child.age > 0", "số quá lớn"),
        ("[1, 'a'].exists(x, x > 2)", "giá trị không đúng kiểu"),
    ] {
        let set = rules(&local(when));
        example::with_row(&[], context(), &set, |_, findings| {
            assert!(findings.is_empty());
        });
        assert!(
            set.complaints()
                .first()
                .is_some_and(|said| said.contains(why)),
            "{when}: {:?}",
            set.complaints()
        );
    }
}

#[test]
fn examples_run() {
    let text = format!(
        "{}good = {{ note = \"b\" }}\nbad = [{{ note = \"a\" }}, {{ note = \"b\" }}]\nenabled = false\n",
        local("child.note == \"a\"")
    );
    let outcomes = example::run(&rules(&text));
    assert_eq!(
        outcomes
            .iter()
            .map(|outcome| (outcome.is_bad, outcome.number, outcome.passed))
            .collect::<Vec<_>>(),
        [(false, 1, true), (true, 1, true), (true, 2, false)]
    );
    let later = format!(
        "examples_as_of = \"2030-01-01\"\n{}good = {{ note = \"\" }}",
        local("child.age < 14")
    );
    assert!(
        example::run(&rules(&later))
            .iter()
            .all(|outcome| outcome.passed)
    );
    let shared: fn(&RuleSet) = |rules| {
        fn is_shared<T: Send + Sync>(_: &T) {}
        is_shared(rules);
    };
    shared(&RuleSet::default());
}
