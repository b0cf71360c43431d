//! One-line cases: what people write for an ethnic group, and the group it means.

use super::*;

/// `name`, `name|own`, `name?` (ambiguous), `a/b` (several), `foreign`, `unknown`, `missing`.
fn show(found: &Ethnicity) -> String {
    match found {
        Ethnicity::Known {
            group,
            own,
            ambiguous,
        } => {
            let own = own.as_ref().map_or(String::new(), |own| format!("|{own}"));
            format!("{}{own}{}", group.name, if *ambiguous { "?" } else { "" })
        }
        Ethnicity::Ambiguous { candidates } => candidates
            .iter()
            .map(|group| group.name)
            .collect::<Vec<_>>()
            .join("/"),
        Ethnicity::Foreign => "foreign".into(),
        Ethnicity::Unknown => "unknown".into(),
        Ethnicity::Missing => "missing".into(),
    }
}

fn check(text: &str, expect: &str) {
    assert_eq!(show(&ethnicity(text, None)), expect, "{text}");
}

#[test]
fn the_table_is_whole() {
    assert_eq!(groups().len(), 54);
    let distinct = |of: fn(&Group) -> &str| {
        groups()
            .iter()
            .map(of)
            .collect::<std::collections::BTreeSet<_>>()
            .len()
    };
    assert_eq!(
        (
            distinct(|g| g.code_1979),
            distinct(|g| g.code_2008),
            distinct(|g| g.order_cema),
            distinct(|g| g.name)
        ),
        (54, 54, 54, 54)
    );
    assert_eq!(
        groups()
            .iter()
            .filter(|group| group.code_1979 != group.code_2008)
            .count(),
        37,
        "domain: 37 of 54 codes differ"
    );
    let bru = groups()
        .iter()
        .find(|group| group.name == "Bru - Vân Kiều")
        .unwrap();
    assert_eq!(
        (bru.code_1979, bru.code_2008, bru.order_cema),
        ("23", "24", "24")
    );
}

#[test]
fn every_official_name_in_every_spelling() {
    for group in groups() {
        let doubtful = if group.name == "Thổ" { "?" } else { "" };
        let plain = crate::normalise::syllable::strip_diacritics(group.name).into_owned();
        for text in [
            group.name,
            group.official,
            &group.name.to_uppercase(),
            &group.name.to_lowercase(),
            &group.name.replace('-', " "),
            &group.name.replace(' ', "-"),
            &format!("Dân tộc {}", group.name),
        ] {
            check(text, &format!("{}{doubtful}", group.name));
        }
        let found = ethnicity(&plain, None);
        assert!(
            matches!(&found, Ethnicity::Known { group: known, .. } if known.name == group.name),
            "{plain}: {}",
            show(&found)
        );
    }
}

#[test]
fn names_of_other_lists() {
    for text in "Kinh|Tày|Thái|Mường|Khmer|Nùng|Hmông|Dao|Gia Rai|Hoa|Ê Đê|Ba Na|Sán Chay|Chăm|Cơ Ho|Sán Dìu|Hrê|Raglay|Xơ Đăng|Stiêng|Mnông|Thổ|Khơ Mú|Bru - Vân Kiều|Bru-Vân Kiều|Cơ Tu|Giáy|Tà Ôi|Mạ|Giẻ Triêng|Co|Chơ Ro|Xinh Mun|Hà Nhì|Chu Ru|Lào|La Chí|La Ha|Phù Lá|La Hủ|Lự|Lô Lô|Chứt|Mảng|Pà Thẻn|Cơ Lao|Cống|Bố Y|Si La|Pu Péo|Brâu|Ơ Đu|Rơ Măm|Kháng|Ngái".split('|') {
        let found = ethnicity(text, None);
        assert!(matches!(found, Ethnicity::Known { own: None, .. }), "{text}: {}", show(&found));
    }
}

#[test]
fn bru_van_kieu() {
    for text in [
        "Bru - Vân Kiều",
        "BRU-VÂN KIỀU",
        "Bru Vân Kiều",
        "bru van kieu",
        "Bru-VK",
        "Bru–Vân Kiều",
        "dân tộc Bru - Vân Kiều",
        "Dân tộc: Bru-Vân Kiều",
        "24 - Bru - Vân Kiều",
    ] {
        check(text, "Bru - Vân Kiều");
    }
    check("Vân Kiều", "Bru - Vân Kiều|Vân Kiều");
    check("VÂN KIỀU", "Bru - Vân Kiều|Vân Kiều");
    check("van kieu", "Bru - Vân Kiều|Van Kieu");
    check("Bru", "Bru - Vân Kiều|Bru");
    check("Bru Vân Kiều (Vân Kiều)", "Bru - Vân Kiều|Vân Kiều");
    check("Bru - Vân Kiều (Măng Coong)", "Bru - Vân Kiều|Măng Coong");
    check("Bru Vân Kiều (Tri Khùa)", "Bru - Vân Kiều|Tri Khùa");
}

#[test]
fn ta_oi_keeps_the_own_name() {
    for (text, own) in [
        ("Pa Cô", "Pa Cô"),
        ("Pacô", "Pacô"),
        ("Pa Kô", "Pa Kô"),
        ("Pa Kôh", "Pa Kôh"),
        ("Pacoh", "Pacoh"),
        ("PA CÔ", "Pa Cô"),
        ("pa cô", "Pa Cô"),
        ("Pa-cô", "Pa-cô"),
        ("Pa Co", "Pa Co"),
        ("Pa ko", "Pa ko"),
        ("Tà Ôi (Pa-co)", "Pa-co"),
        ("Pa Hi", "Pa Hi"),
        ("Pa Hy", "Pa Hy"),
        ("Tà Ôi - Pa Cô", "Pa Cô"),
        ("Pa Cô (Tà Ôi)", "Pa Cô"),
    ] {
        check(text, &format!("Tà Ôi|{own}"));
    }
    for text in [
        "Tà Ôi",
        "Tà Ôi (Ta-ôi)",
        "Ta Ôi",
        "Tà-ôi",
        "TÀ ÔI",
        "ta oi",
        "Tà Oi",
        "TaÔi",
    ] {
        check(text, "Tà Ôi");
    }
}

#[test]
fn kinh_and_others() {
    for text in [
        "Kinh",
        "KINH",
        "kinh",
        "Kinh (Việt)",
        "dân tộc Kinh",
        "DT Kinh",
        "người Kinh",
        "Kinh.",
        "01 - Kinh",
        "Kinh (01)",
    ] {
        check(text, "Kinh");
    }
    check("Việt", "Kinh|Việt");
    for text in [
        "Hmông",
        "H'Mông",
        "H’mông",
        "HMông",
        "Mông",
        "Hmông (Mèo)",
        "hmong",
        "Mong",
        "H Mông",
    ] {
        check(text, "Hmông");
    }
    check("Mèo", "Hmông|Mèo");
    check("Cao Lan", "Sán Chay|Cao Lan");
    check("Sán Chay (Cao Lan - Sán Chỉ)", "Sán Chay");
    check("Khơ Me", "Khơ-me");
    check("Ra Glai", "Ra-glai");
    check("M'Nông", "Mnông");
    check("K'Ho", "Cơ-ho");
    check("Ty\u{300}", "unknown");
    check("Ta\u{300}y", "Tày");
    check("Ê Ðê", "Ê-đê");
    check("Lao", "Lào?");
    check("Lào", "Lào");
}

#[test]
fn ambiguous_names() {
    check("Thổ", "Thổ?");
    check("Tho", "Thổ?");
    check("Tày (Thổ)", "Tày|Thổ");
    check("Xá Lá Vàng", "Thổ/Chứt/Mảng");
    check("Hạ", "Hoa/Cơ-tu");
    check("Mọi", "Mường");
    assert!(matches!(
        ethnicity("Mọi", None),
        Ethnicity::Ambiguous { .. }
    ));
    assert!(matches!(
        ethnicity("Khùa", None),
        Ethnicity::Ambiguous { .. }
    ));
    assert!(
        matches!(ethnicity("Xá", None), Ethnicity::Ambiguous { candidates } if candidates.len() > 4)
    );
    check("Vân Kiều/Pa Cô", "Bru - Vân Kiều/Tà Ôi");
    check("Kinh, Bru", "Kinh/Bru - Vân Kiều");
}

#[test]
fn no_name() {
    for text in [
        "DTTS",
        "Thiểu số",
        "Dân tộc thiểu số",
        "khác",
        "Khác",
        "1",
        "01",
        "24",
        "Nguyễn",
        "Nam",
        "Tây",
        "Giấy",
        "?",
        "Kinh tế",
        "x",
        "dân tộc",
        "Kinh Tày abc",
    ] {
        check(text, "unknown");
    }
    for text in ["", "-", "…", "chưa có", "  ", "Null"] {
        check(text, "missing");
    }
    for text in ["Người nước ngoài", "nước ngoài", "NƯỚC NGOÀI"] {
        check(text, "foreign");
    }
}

#[test]
fn codes_of_a_declared_list() {
    let code = |text: &str, list: u16| show(&ethnicity(text, Some(list)));
    assert_eq!(
        (code("23", 1979), code("24", 2008)),
        ("Bru - Vân Kiều".into(), "Bru - Vân Kiều".into())
    );
    assert_eq!(
        (code("24", 1979), code("31", 1979), code("27", 2008)),
        ("Thổ".into(), "Tà Ôi".into(), "Tà Ôi".into())
    );
    assert_eq!(
        (code("1", 1979), code("01", 2008), code("1.0", 2008)),
        ("Kinh".into(), "Kinh".into(), "Kinh".into())
    );
    assert_eq!(
        (
            code("55", 2008),
            code("99", 2008),
            code("55", 1979),
            code("60", 1979)
        ),
        (
            "foreign".into(),
            "unknown".into(),
            "foreign".into(),
            "unknown".into()
        )
    );
}

proptest::proptest! {
    #[test]
    fn any_text(text in "\\PC{0,40}|[A-Za-zĐđôơÔƠ()/, -]{0,30}") {
        for list in [None, Some(1979), Some(2008), Some(7)] {
            let _ = ethnicity(&text, list);
        }
    }
}
