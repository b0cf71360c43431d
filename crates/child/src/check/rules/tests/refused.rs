//! What is refused in a rule file, in what words; anything at all is refused or taken, never a panic.

use super::*;
use crate::limits;
use proptest::prelude::*;

#[test]
fn refused_in_clear_words() {
    let check = |text: &str, expected: &str| match RuleSet::from_toml(text) {
        Ok(_) => panic!("taken: {text}"),
        Err(error) => assert!(
            error.to_string().starts_with(expected),
            "{text}\n  says     {error}\n  expected {expected}"
        ),
    };
    check(
        "carer = [\"uncle\"]",
        "dòng 1: người chăm sóc “uncle” không có; dùng father, mother, guardian.",
    );
    check("carer = []", "dòng 1: carer để trống");
    check(
        "\ncarers = [\"father\"]",
        "dòng 2: không có mục “carers” ở đây; chỉ có examples_as_of, carer, required, rules, local.",
    );
    check(
        "examples_as_of = \"13/6/2024\"",
        "dòng 1: ngày “13/6/2024” không đúng dạng YYYY-MM-DD.",
    );
    check(
        "[rules.\"id.lenght\"]\nenabled = false",
        "dòng 1: không có quy tắc “id.lenght”; có lẽ là id.abroad,",
    );
    check(
        "[rules.\"nothing\"]\nenabled = false",
        "dòng 1: không có quy tắc “nothing”; xem `treem rules list`.",
    );
    check(
        "[rules.place.hamlet]\nenabled = false",
        "dòng 1: không có mục “hamlet” ở đây; chỉ có enabled, severity; mã quy tắc phải để trong ngoặc kép",
    );
    check(
        "[rules.\"place.hamlet\"]\n\nseverity = \"fatal\"",
        "dòng 3: mức “fatal” không có; dùng \"error\", \"warning\" hoặc \"note\".",
    );
    check(
        "required = [\"phone\",\n\"phonee\"]",
        "dòng 2: không có trường “phonee”",
    );
    check(
        "required = [\"birth.day\"]",
        "dòng 1: trường “birth.day” không đòi riêng được",
    );
    check(
        "required = [\"phone\", \"phone\"]",
        "dòng 1: mã “phone.missing” đã dùng ở trên",
    );
    check("required = \"phone\"", "dòng 1: giá trị sai kiểu");
    check("carer = [", "dòng 1: không đúng cú pháp TOML.");
    check(
        "[[local]]\ncode = \"local.x\"",
        "dòng 1: thiếu mục “field”.",
    );
    check(
        &local("true").replace("local.x", "x"),
        "dòng 2: mã “x” không dùng được",
    );
    check(
        &local("true").replace("local.x", "local.X y"),
        "dòng 2: mã “local.X y” không dùng được",
    );
    check(
        &local("true").replace("\"note\"", "\"nota\""),
        "dòng 3: không có trường “nota”",
    );
    check(
        &local("true").replace("Câu.", "Câu {fix}."),
        "dòng 4: câu của “local.x” có chỗ trống {fix} không điền được",
    );
    check(
        &local("true").replace("Câu.", "Câu {0}."),
        "dòng 4: câu của “local.x” có chỗ trống {0} không điền được",
    );
    check(
        &local("true").replace("Câu.", " "),
        "dòng 4: câu của “local.x” để trống.",
    );
    check(
        &format!("{}group = 9\n", local("true")),
        "dòng 6: không có nhóm 9",
    );
    check(
        &format!("{}bad = {{ birth = 2015-01-01 }}\n", local("true")),
        "dòng 6: ví dụ (good, bad) phải là một bảng",
    );
    check(
        &format!("{}bad = {{ born = \"2015\" }}\n", local("true")),
        "dòng 6: không có trường “born”",
    );
    check(
        &format!("{0}{0}", local("true")),
        "dòng 7: mã “local.x” đã dùng ở trên",
    );
    check(
        &(0..=limits::LOCAL_RULES)
            .map(|n| local("true").replace("local.x", &format!("local.x{n}")))
            .collect::<String>(),
        "dòng 1002: có 201 quy tắc địa phương, tối đa 200.",
    );
    check(&"#".repeat(2 << 20), "tệp quy tắc lớn quá 1024 KB");
}

#[test]
fn refused_expressions() {
    let check = |when: &str, expected: &str| match RuleSet::from_toml(&local(when)) {
        Ok(_) => panic!("taken: {when}"),
        Err(error) => assert_eq!(
            error.to_string(),
            format!("dòng 5: biểu thức của “local.x” {expected}."),
            "{when}"
        ),
    };
    check("", "để trống");
    check("child.name", "cho kết quả là chữ, cần đúng/sai");
    check("child.name == ", "sai cú pháp CEL ở gần “child.name ==”");
    check(
        "child.nome == ''",
        "hỏi “child.nome”, không có biến hay mục nào tên như vậy",
    );
    check(
        "mother.phone == ''",
        "lấy mục con “.” của thứ không phải child hay raw",
    );
    check(
        "child.father.age == ''",
        "hỏi “child.father.age”, không có mục nào tên như vậy; có lẽ là child.age",
    );
    check(
        "raw['mother.fon'] == ''",
        "hỏi “raw.mother.fon”, không có biến hay mục nào tên như vậy",
    );
    check(
        "child == child",
        "dùng “child” một mình; hãy ghi mục cần xem, ví dụ child.name",
    );
    check(
        "raw.size() > 1",
        "dùng “raw” một mình; hãy ghi mã trường, ví dụ raw[\"mother.phone\"]",
    );
    check("x > 1", "hỏi “x”, không có biến hay mục nào tên như vậy");
    check(
        "child.birth_year == '2015'",
        "dùng “==” với số nguyên và chữ",
    );
    check(
        "child.age + 1.5 > 2.0",
        "dùng “+” với số nguyên và số thập phân",
    );
    check("child.name && true", "dùng “&&” với chữ và đúng/sai");
    check("!child.age", "dùng “!” với số nguyên");
    check("'a' in child.name", "dùng “in” với chữ và chữ");
    check(
        "child.name.matches('a')",
        "gọi hàm “matches”; chỉ có size, contains, startsWith, endsWith, string, int, double, fold, all, exists, exists_one, map, filter",
    );
    check("size(child.age) > 1", "gọi size() với số nguyên");
    check(
        "has(child.name)",
        "dùng has(), ở đây không cần: mục trống cho chuỗi rỗng \"\"",
    );
    check(
        "{'a': 1}.size() == 1",
        "có bảng { … }, không dùng được ở đây",
    );
    check(
        "[1].exists(a, [1].exists(b, a == b))",
        "có vòng lặp (all, exists, exists_one, map, filter) lồng trong vòng lặp",
    );
    check(
        "['a'].exists(child, child == 'a')",
        "dùng “child” làm biến của vòng lặp; hãy chọn tên khác",
    );
    check(
        &format!("1 in [{}]", vec!["1"; 201].join(",")),
        "có danh sách dài 201 phần tử, tối đa 200",
    );
    check(
        &format!("'{}' == ''", "a".repeat(2_000)),
        "dài 2008 ký tự, tối đa 2000",
    );
    for deep in [
        "(",
        "[",
        "!",
        "-",
        "{",
        "size(",
        "true ? ",
        "1 + (",
        "[1].map(a, ",
    ] {
        assert!(
            RuleSet::from_toml(&local(&deep.repeat(1_990 / deep.len()))).is_err(),
            "{deep}"
        );
    }
    for (open, inner, close) in [
        ("(", "true", ")"),
        ("[", "1", "]"),
        ("1 + ", "1", ""),
        ("child.", "name", ""),
        ("fold(", "''", ")"),
        ("true ? true : ", "true", ""),
        ("1 > ", "1", ""),
    ] {
        let times = 1_990 / (open.len() + close.len());
        assert!(
            RuleSet::from_toml(&local(&format!(
                "{}{inner}{}",
                open.repeat(times),
                close.repeat(times)
            )))
            .is_err(),
            "{open}"
        );
    }
}

const TOKENS: &[&str] = &[
    "child",
    ".",
    "name",
    "age",
    "mother",
    "raw",
    "[",
    "]",
    "\"phone\"",
    "(",
    ")",
    "findings",
    "exists",
    "map",
    "x",
    ",",
    "&&",
    "||",
    "!",
    "-",
    "+",
    "==",
    "<",
    "in",
    "?",
    ":",
    "1",
    "1.5",
    "'a'",
    "true",
    "size",
    "fold",
    "{",
    "}",
    "has",
    "\\",
    "'",
    "as_of",
    "int",
    "%",
    "/",
    "9223372036854775807",
    " ",
    "\n",
    "null",
    "b'a'",
    "1u",
    "é",
    "🙂",
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
