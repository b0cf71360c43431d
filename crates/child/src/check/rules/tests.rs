//! Rule files: what is taken, what is refused and in what words; local rules on made rows.

use super::*;
use crate::check::local::example;
use crate::limits;
use proptest::prelude::*;

fn context() -> Context {
    example::context_of(&RuleSet::default())
}

fn rules(text: &str) -> RuleSet {
    RuleSet::from_toml(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn local(when: &str) -> String {
    format!("[[local]]\ncode = \"local.x\"\nfield = \"note\"\nmessage = \"Câu.\"\nwhen = '''{when}'''\n")
}

/// The codes of the findings of a row under a rule file.
fn codes(text: &str, changes: &[(Field, &str)]) -> Vec<String> {
    let rules = rules(text);
    example::with_row(changes, context(), &rules, |_, findings| findings.iter().map(|finding| rules.code(finding.rule).to_owned()).collect())
}

#[test]
fn refused_in_clear_words() {
    let check = |text: &str, expected: &str| match RuleSet::from_toml(text) {
        Ok(_) => panic!("taken: {text}"),
        Err(error) => assert!(error.to_string().starts_with(expected), "{text}\n  says     {error}\n  expected {expected}"),
    };
    check("carer = [\"uncle\"]", "dòng 1: người chăm sóc “uncle” không có; dùng father, mother, guardian.");
    check("carer = []", "dòng 1: carer để trống");
    check("\ncarers = [\"father\"]", "dòng 2: không có mục “carers” ở đây; chỉ có examples_as_of, carer, required, rules, local.");
    check("examples_as_of = \"13/6/2024\"", "dòng 1: ngày “13/6/2024” không đúng dạng YYYY-MM-DD.");
    check("[rules.\"id.lenght\"]\nenabled = false", "dòng 1: không có quy tắc “id.lenght”; có lẽ là id.abroad,");
    check("[rules.\"nothing\"]\nenabled = false", "dòng 1: không có quy tắc “nothing”; xem `treem rules list`.");
    check("[rules.place.hamlet]\nenabled = false", "dòng 1: không có mục “hamlet” ở đây; chỉ có enabled, severity; mã quy tắc phải để trong ngoặc kép");
    check("[rules.\"place.hamlet\"]\n\nseverity = \"fatal\"", "dòng 3: mức “fatal” không có; dùng \"error\", \"warning\" hoặc \"note\".");
    check("required = [\"phone\",\n\"phonee\"]", "dòng 2: không có trường “phonee”");
    check("required = [\"birth.day\"]", "dòng 1: trường “birth.day” không đòi riêng được");
    check("required = [\"phone\", \"phone\"]", "dòng 1: mã “phone.missing” đã dùng ở trên");
    check("required = \"phone\"", "dòng 1: giá trị sai kiểu");
    check("carer = [", "dòng 1: không đúng cú pháp TOML.");
    check("[[local]]\ncode = \"local.x\"", "dòng 1: thiếu mục “field”.");
    check(&local("true").replace("local.x", "x"), "dòng 2: mã “x” không dùng được");
    check(&local("true").replace("local.x", "local.X y"), "dòng 2: mã “local.X y” không dùng được");
    check(&local("true").replace("\"note\"", "\"nota\""), "dòng 3: không có trường “nota”");
    check(&local("true").replace("Câu.", "Câu {fix}."), "dòng 4: câu của “local.x” có chỗ trống {fix} không điền được");
    check(&local("true").replace("Câu.", "Câu {0}."), "dòng 4: câu của “local.x” có chỗ trống {0} không điền được");
    check(&local("true").replace("Câu.", " "), "dòng 4: câu của “local.x” để trống.");
    check(&format!("{}group = 9\n", local("true")), "dòng 6: không có nhóm 9");
    check(&format!("{}bad = {{ birth = 2015-01-01 }}\n", local("true")), "dòng 6: ví dụ (good, bad) phải là một bảng");
    check(&format!("{}bad = {{ born = \"2015\" }}\n", local("true")), "dòng 6: không có trường “born”");
    check(&format!("{0}{0}", local("true")), "dòng 7: mã “local.x” đã dùng ở trên");
    check(&(0..=limits::LOCAL_RULES).map(|n| local("true").replace("local.x", &format!("local.x{n}"))).collect::<String>(), "dòng 1002: có 201 quy tắc địa phương, tối đa 200.");
    check(&"#".repeat(2 << 20), "tệp quy tắc lớn quá 1024 KB");
}

#[test]
fn refused_expressions() {
    let check = |when: &str, expected: &str| match RuleSet::from_toml(&local(when)) {
        Ok(_) => panic!("taken: {when}"),
        Err(error) => assert_eq!(error.to_string(), format!("dòng 5: biểu thức của “local.x” {expected}."), "{when}"),
    };
    check("", "để trống");
    check("child.name", "cho kết quả là chữ, cần đúng/sai");
    check("child.name == ", "sai cú pháp CEL ở gần “child.name ==”");
    check("child.nome == ''", "hỏi “child.nome”, không có biến hay mục nào tên như vậy");
    check("mother.phone == ''", "lấy mục con “.” của thứ không phải child hay raw");
    check("child.father.age == ''", "hỏi “child.father.age”, không có mục nào tên như vậy; có lẽ là child.age");
    check("raw['mother.fon'] == ''", "hỏi “raw.mother.fon”, không có biến hay mục nào tên như vậy");
    check("child == child", "dùng “child” một mình; hãy ghi mục cần xem, ví dụ child.name");
    check("raw.size() > 1", "dùng “raw” một mình; hãy ghi mã trường, ví dụ raw[\"mother.phone\"]");
    check("x > 1", "hỏi “x”, không có biến hay mục nào tên như vậy");
    check("child.birth_year == '2015'", "dùng “==” với số nguyên và chữ");
    check("child.age + 1.5 > 2.0", "dùng “+” với số nguyên và số thập phân");
    check("child.name && true", "dùng “&&” với chữ và đúng/sai");
    check("!child.age", "dùng “!” với số nguyên");
    check("'a' in child.name", "dùng “in” với chữ và chữ");
    check("child.name.matches('a')", "gọi hàm “matches”; chỉ có size, contains, startsWith, endsWith, string, int, double, fold, all, exists, exists_one, map, filter");
    check("size(child.age) > 1", "gọi size() với số nguyên");
    check("has(child.name)", "dùng has(), ở đây không cần: mục trống cho chuỗi rỗng \"\"");
    check("{'a': 1}.size() == 1", "có bảng { … }, không dùng được ở đây");
    check("[1].exists(a, [1].exists(b, a == b))", "có vòng lặp (all, exists, exists_one, map, filter) lồng trong vòng lặp");
    check("['a'].exists(child, child == 'a')", "dùng “child” làm biến của vòng lặp; hãy chọn tên khác");
    check(&format!("1 in [{}]", vec!["1"; 201].join(",")), "có danh sách dài 201 phần tử, tối đa 200");
    check(&format!("'{}' == ''", "a".repeat(2_000)), "dài 2008 ký tự, tối đa 2000");
    for deep in ["(", "[", "!", "-", "{", "size(", "true ? ", "1 + (", "[1].map(a, "] {
        assert!(RuleSet::from_toml(&local(&deep.repeat(1_990 / deep.len()))).is_err(), "{deep}");
    }
    for (open, inner, close) in [("(", "true", ")"), ("[", "1", "]"), ("1 + ", "1", ""), ("child.", "name", ""), ("fold(", "''", ")"), ("true ? true : ", "true", ""), ("1 > ", "1", "")] {
        let times = 1_990 / (open.len() + close.len());
        assert!(RuleSet::from_toml(&local(&format!("{}{inner}{}", open.repeat(times), close.repeat(times)))).is_err(), "{open}");
    }
}

#[test]
fn long_but_flat_expressions_are_taken() {
    for (one, between) in [("child.age > 5", " && "), ("child.school == 'Trường A'", " || "), ("!!!!!!!!!!!!!!!!!!!!!!!!!true", " && ")] {
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
        let fired = example::with_row(&[(Field::Note, "Bố đi làm xa"), (Field::MotherPhone, "0912 345 678")], context(), &rules, |_, findings| findings.len());
        assert_eq!(rules.complaints(), [""; 0], "{when}");
        assert_eq!(fired == 1, expected, "{when}");
    };
    check("child.name == 'Hồ Thị Mơ'", true);
    check("child.birth == '2015-03-12' && child.birth_year == 2015 && child.birth_month == 3 && child.birth_day == 12", true);
    check("child.age == 9 && as_of == '2024-06-13'", true);
    check("child.sex == 'Nữ' && child.ethnicity == 'Tà Ôi' && child.ethnicity_own == 'Pa Cô'", true);
    check("child.number.startsWith('045') && size(child.number) == 12", true);
    check("child.unit_name != '' && child.unit != '' && child.hamlet.contains('A Đăng')", true);
    check("child.mother.state == 'named' && child.father.state == 'missing' && child.father.name == ''", true);
    check("child.mother.phone == '0912345678' && raw['mother.phone'] == '0912 345 678' && raw.mother.phone.endsWith('678')", true);
    check("raw.birth == '12/03/2015' && child['name'] == child.name", true);
    check("fold(child.note).contains('bo di lam xa')", true);
    check("findings.size() == 0", true);
    check("['hoc', 'lam'].exists(word, fold(child.note).contains(word))", true);
    check("['hoc', 'choi'].all(word, !fold(child.note).contains(word))", true);
    check("['hoc', 'choi'].map(word, size(word)) == [3, 4] && [1, 2].filter(n, n > 1).size() == 1", true);
    check("child.age < 6 ? child.school == '' : child.school != ''", false);
    check("(child.age - 1) * 2 / 4 % 3 > 1 || double(child.age) > 9.5", false);
    check("int(raw.number) > 45000000000 && string(child.age) == '9'", true);
    check("child.birth_place in ['', '-']", true);
}

#[test]
fn what_fires_and_what_it_says() {
    let text = "[[local]]\ncode = \"local.late\"\nfield = \"birth.registration\"\nseverity = \"error\"\ngroup = 3\nwhen = '\"id.missing\" in findings && child.age > 5'\n\
                fix = '\"Xã \" + child.unit_name'\nmessage = \"Ghi “{raw}”; có lẽ {fix}.\"\n";
    assert_eq!(codes(text, &[]), [""; 0]);
    assert_eq!(codes(text, &[(Field::Number, "")]), ["id.missing", "local.late"]);
    assert_eq!(codes(&format!("{text}enabled = false\n"), &[(Field::Number, "")]), ["id.missing"]);
    assert_eq!(codes(&format!("{text}[rules.\"local.late\"]\nenabled = false\n"), &[(Field::Number, "")]), ["id.missing"]);
    // A rule that is off has not fired.
    assert_eq!(codes(&format!("{text}[rules.\"id.missing\"]\nenabled = false\n"), &[(Field::Number, "")]), [""; 0]);
    let rules = rules(text);
    let id = rules.rule_of_local("local.late").unwrap();
    assert_eq!((rules.severity(id), rules.group(id), rules.local_code(0)), (Severity::Error, Some(Group::BasicInformation), "local.late"));
    let said = example::with_row(&[(Field::Number, ""), (Field::BirthRegistration, "chưa rõ")], context(), &rules, |_, findings| {
        findings.iter().find(|finding| finding.rule == id).map(|finding| (crate::texts::fill(rules.local_message(0), finding), finding.safe))
    });
    let (said, safe) = said.unwrap();
    assert!(said.starts_with("Ghi “chưa rõ”; có lẽ Xã") && !safe, "{said}");
}

#[test]
fn required_fields() {
    let text = "required = [\"phone\", \"father\", \"hamlet\", \"name\"]";
    let set = rules(text);
    assert_eq!(codes(text, &[]), ["phone.missing", "father.missing"]);
    assert_eq!(codes(text, &[(Field::Phone, "-"), (Field::Father, "Không rõ"), (Field::Hamlet, "")]), ["place.hamlet", "phone.missing"]);
    assert_eq!(codes(text, &[(Field::Phone, "0912345678"), (Field::Father, "Hồ Văn Khăm")]), [""; 0]);
    let group = |code: &str| set.rule_of_local(code).map(|rule| (set.severity(rule), set.group(rule)));
    assert_eq!(group("phone.missing"), Some((Severity::Error, None)));
    assert_eq!(group("father.missing"), Some((Severity::Error, Some(Group::BasicInformation))));
    assert_eq!((set.severity(RuleId::PLACE_HAMLET), set.changes_any()), (Severity::Error, true));
}

#[test]
fn switches() {
    let text = "carer = [\"mother\"]\n[rules.\"place.hamlet\"]\nenabled = false\n[rules.\"name.short\"]\nseverity = \"error\"\n[rules.\"text.case\"]\nenabled = false\n";
    let set = rules(text);
    assert_eq!(set.carer, Carer { father: false, mother: true, guardian: false });
    assert!(!set.is_on(RuleId::PLACE_HAMLET) && set.is_on(RuleId::NAME_SHORT));
    assert_eq!((set.severity(RuleId::NAME_SHORT), set.severity(RuleId::PLACE_HAMLET)), (Severity::Error, Severity::Warning));
    assert!(set.is_changed(RuleId::PLACE_HAMLET) && set.is_changed(RuleId::NAME_SHORT) && !set.is_changed(RuleId::ID_LENGTH));
    assert_eq!(codes(text, &[(Field::Hamlet, ""), (Field::Name, "HỒ THỊ MƠ")]), [""; 0]);
    assert_eq!(codes(text, &[(Field::Mother, ""), (Field::Father, "Hồ Văn Khăm")]), ["carer.missing"]);
    assert!(!RuleSet::from_toml("").unwrap().changes_any() && !RuleSet::from_toml("\u{feff}# trống\n").unwrap().has_locals());
}

#[test]
fn what_cannot_be_evaluated_is_said_once() {
    let set = rules(&local("int(child.note) > 5"));
    for note in ["12", "nhiều", "ít"] {
        example::with_row(&[(Field::Note, note)], context(), &set, |_, _| ());
    }
    assert_eq!(set.complaints(), ["Quy tắc “local.x” không tính được ở 2 dòng (chữ không đổi được thành số); các dòng đó coi như không vi phạm."]);
    for (when, why) in [("10 / child.father.birth.size() > 1", "chia cho 0"), ("findings[3] == 'a'", "danh sách không có phần tử thứ đó"), ("9223372036854775807 + child.age > 0", "số quá lớn"), ("[1, 'a'].exists(x, x > 2)", "giá trị không đúng kiểu")] {
        let set = rules(&local(when));
        example::with_row(&[], context(), &set, |_, findings| assert!(findings.is_empty()));
        assert!(set.complaints().first().is_some_and(|said| said.contains(why)), "{when}: {:?}", set.complaints());
    }
}

#[test]
fn examples_run() {
    let text = format!("{}good = {{ note = \"b\" }}\nbad = [{{ note = \"a\" }}, {{ note = \"b\" }}]\nenabled = false\n", local("child.note == \"a\""));
    let outcomes = example::run(&rules(&text));
    assert_eq!(outcomes.iter().map(|outcome| (outcome.is_bad, outcome.number, outcome.passed)).collect::<Vec<_>>(), [(false, 1, true), (true, 1, true), (true, 2, false)]);
    let later = format!("examples_as_of = \"2030-01-01\"\n{}good = {{ note = \"\" }}", local("child.age < 14"));
    assert!(example::run(&rules(&later)).iter().all(|outcome| outcome.passed));
    let shared: fn(&RuleSet) = |rules| {
        fn is_shared<T: Send + Sync>(_: &T) {}
        is_shared(rules);
    };
    shared(&RuleSet::default());
}

const TOKENS: &[&str] = &[
    "child", ".", "name", "age", "mother", "raw", "[", "]", "\"phone\"", "(", ")", "findings", "exists", "map", "x", ",", "&&", "||", "!", "-", "+", "==", "<", "in", "?", ":", "1", "1.5", "'a'", "true", "size", "fold", "{", "}",
    "has", "\\", "'", "as_of", "int", "%", "/", "9223372036854775807", " ", "\n", "null", "b'a'", "1u", "é", "🙂",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]
    /// Whatever is written for an expression is refused with a sentence or runs on a row; it never panics.
    #[test]
    fn any_expression(tokens in proptest::collection::vec(0..TOKENS.len(), 0..24)) {
        let when: String = tokens.iter().filter_map(|index| TOKENS.get(*index)).copied().collect::<String>().replace("'''", "");
        if let Ok(set) = RuleSet::from_toml(&local(&when)) {
            example::with_row(&[], context(), &set, |_, findings| assert!(findings.len() <= 1));
        }
    }

    /// Any text is a rule file or is refused.
    #[test]
    fn any_file(text in ".{0,200}", cut in 0..400_usize) {
        let _ = RuleSet::from_toml(&text);
        let whole = format!("required = [\"phone\"]\n[rules.\"id.sex\"]\nenabled = false\n{}good = {{ note = \"a\" }}\n", local("child.age > 5"));
        let cut = whole.floor_char_boundary(cut);
        let _ = RuleSet::from_toml(&format!("{}{text}{}", &whole[..cut], &whole[cut..]));
    }
}
