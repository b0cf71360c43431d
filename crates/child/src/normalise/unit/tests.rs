//! One-line cases: what people write, and the unit it means.

use super::*;

fn units() -> &'static Edition {
    edition("2024-06-13")
}

fn show(found: &Found) -> String {
    match found {
        Found::One(unit, _) => unit.code.to_owned(),
        Found::Several(units) => units.iter().map(|unit| unit.code).collect::<Vec<_>>().join("|"),
        Found::None => "none".to_owned(),
        Found::Missing => "missing".to_owned(),
    }
}

fn find(text: &str, level: Level, within: &str, expect: &str) {
    assert_eq!(show(&units().find(text, level, units().by_code(within))), expect, "{text} in {within}");
}

fn commune(text: &str, expect: &str) {
    find(text, Level::Commune, "", expect);
}

fn district(text: &str, expect: &str) {
    find(text, Level::District, "", expect);
}

/// `hamlet; commune; district`.
fn place(text: &str, within: &str, expect: &str) {
    let place = units().place(text, units().by_code(within));
    let found = format!("{}; {}; {}", place.hamlet.as_deref().unwrap_or(""), show(&place.commune), place.district.map_or("", |unit| unit.code));
    assert_eq!(found, expect, "{text} in {within}");
}

fn title(text: &str, expect: &str) {
    let named = units().in_title(text);
    let found = format!("{}; {}; {}", named.hamlet.as_deref().unwrap_or(""), named.commune.map_or("", |unit| unit.code), named.district.map_or("", |unit| unit.code));
    assert_eq!(found, expect, "{text}");
}

#[test]
fn the_list_is_whole() {
    let count = |level: Level| units().units().iter().filter(|unit| unit.level() == level).count();
    assert_eq!((count(Level::Province), count(Level::District), count(Level::Commune)), (1, 10, 125));
    let of = |code: &str| units().communes_of(units().by_code(code).unwrap()).count();
    assert_eq!(["461", "462", "464", "465", "466", "467", "468", "469", "470", "471", "45"].map(of), [9, 5, 18, 21, 17, 13, 8, 18, 16, 0, 125]);
    for unit in units().units() {
        assert!(unit.name.to_lowercase() == format!("{} {}", unit.kind.label(), unit.short).to_lowercase(), "{}", unit.name);
        assert!(unit.level() == Level::Province || units().parent_of(unit).is_some(), "{}", unit.name);
    }
    assert_eq!(units().by_code("19624").map(|unit| (unit.name, unit.kind, unit.short)), Some(("Thị Trấn Ái Tử", UnitKind::Township, "Ái Tử")));
    assert_eq!(units().by_code("467").map(|unit| unit.name), Some("Huyện Đa Krông"));
    assert_eq!(edition("1999-01-01").from, "2020-01-01");
}

/// Every commune by every ordinary writing.
#[test]
fn every_commune() {
    for unit in units().units().iter().filter(|unit| unit.level() == Level::Commune) {
        let plain = crate::normalise::syllable::strip_diacritics(unit.name).into_owned();
        let bare = crate::normalise::syllable::strip_diacritics(unit.short).into_owned();
        let twice = unit.kind == UnitKind::Ward && matches!(unit.short, "1" | "2" | "3");
        let abbreviated = match unit.kind {
            UnitKind::Ward => ["P. ", "P.", "phuong "],
            UnitKind::Township => ["TT. ", "TT ", "thi tran "],
            _ => ["X. ", "x.", "xa "],
        };
        let decomposed: String = unicode_normalization::UnicodeNormalization::nfd(unit.name).collect();
        let mut texts = vec![unit.code.to_owned(), format!("{}.0", unit.code), format!("{} - {}", unit.code, unit.name), format!("{} ({})", unit.name, unit.code)];
        if !twice {
            texts.extend([unit.name.to_owned(), unit.name.to_uppercase(), unit.name.to_lowercase(), plain.clone(), plain.to_uppercase(), decomposed, unit.name.replace(' ', "  "), unit.name.replace('Đ', "Ð")]);
            texts.extend([format!("{}{}", abbreviated[0], unit.short), format!("{}{}", abbreviated[1], unit.short), format!("{}{bare}", abbreviated[2])]);
            if unit.kind != UnitKind::Ward || !unit.short.starts_with(|c: char| c.is_ascii_digit()) {
                texts.extend([unit.short.to_owned(), unit.short.to_uppercase(), unit.short.to_lowercase(), bare.clone(), bare.replace(' ', "")]);
            }
        }
        for text in texts {
            commune(&text, unit.code);
        }
        let parent = units().parent_of(unit).unwrap();
        let within = [unit.name.to_owned(), plain.clone(), unit.name.to_uppercase()];
        for text in within {
            find(&text, Level::Commune, parent.code, unit.code);
        }
        for text in [
            format!("Thôn Đông Phú, {}, {}, tỉnh Quảng Trị", unit.name, parent.name),
            format!("Thôn Đông Phú - {} - {} - Quảng Trị", unit.name, parent.short),
            format!("thôn Đông Phú, {}, {}", unit.name.to_lowercase(), parent.short.to_lowercase()),
            format!("Thôn Đông Phú {} {}", unit.name, parent.name),
        ] {
            if twice && parent.code == "462" && text.ends_with("quảng trị") {
                continue; // the town, or the province: not certain
            }
            let hamlet = if text.starts_with('T') { "Thôn Đông Phú" } else { "thôn Đông Phú" };
            place(&text, "", &format!("{hamlet}; {}; {}", unit.code, parent.code));
        }
        place(&format!("Dong Phu, {plain}, {}", crate::normalise::syllable::strip_diacritics(parent.name)), "", &format!("Dong Phu; {}; {}", unit.code, parent.code));
        title(&format!("DANH SÁCH TRẺ EM {}, {} NĂM 2024", unit.name.to_uppercase(), parent.name.to_uppercase()), &format!("; {}; {}", unit.code, parent.code));
        title(&format!("DS tre em {plain} - {}", crate::normalise::syllable::strip_diacritics(parent.name)), &format!("; {}; {}", unit.code, parent.code));
        if !twice {
            title(&format!("UBND {}", unit.name.to_uppercase()), &format!("; {}; {}", unit.code, parent.code));
        }
    }
}

#[test]
fn spellings() {
    for text in ["Đakrông", "Đa Krông", "Đăkrông", "Dakrong", "ĐaKrông", "ÐAKRÔNG", "Đa-krông", "xã Đakrông", "X. Đăk Rông", "Đắk Rông"] {
        commune(text, "19564");
    }
    for text in ["Đakrông", "huyện Đakrông", "H. Đa Krông", "H.Đakrông", "Huyen Dakrong", "ĐĂKRÔNG"] {
        district(text, "467");
    }
    for (text, code) in [
        ("ADơi", "19483"), ("A Dơi", "19483"), ("A-Dơi", "19483"), ("A Đơi", "19483"), ("Pa Nang", "19576"), ("Mò ó", "19558"), ("Mò Ó", "19558"), ("Mo O", "19558"), ("Krôngklang", "19555"),
        ("Krông-Klang", "19555"), ("TT Khe Sanh", "19429"), ("TT.Khe Sanh", "19429"), ("Thị trấn Khe Sanh", "19429"), ("xã Khe Sanh", "19429"), ("Lìa", "19489"), ("xa Lia", "19489"),
        ("Xã Vĩnh Hoà", "19396"), ("Vĩnh Thuỷ", "19402"), ("Cam Thuỷ", "19606"), ("Triệu Hoà", "19648"), ("Xã Xi", "19492"), ("Gio Mĩ", "19510"), ("Hải Qui", "19693"), ("Triêu Đại", "19645"),
        ("Phường 4", "19345"), ("P4", "19345"), ("P.4", "19345"), ("P. 04", "19345"), ("phường IV", "19345"), ("Phường Bốn", "19345"), ("F5", "19348"), ("Tà Rụt (mới)", "19588"),
        ("Xã Tà Rụt, huyện Đakrông", "19588"), ("xã Tà Rụt - Đakrông", "19588"), ("UBND xã Tà Rụt", "19588"), ("Cam Thanh", "19612"), ("Cam Thành", "19612"),
    ] {
        commune(text, code);
    }
    for (text, code) in [
        ("Đông Hà", "461"), ("TP Đông Hà", "461"), ("TP. Đông Hà", "461"), ("Thành phố Đông Hà", "461"), ("tp.dong ha", "461"), ("Quảng Trị", "462"), ("TX. Quảng Trị", "462"), ("thị xã Quảng Trị", "462"),
        ("Hướng Hoá", "465"), ("huong hoa", "465"), ("H.Hướng Hóa", "465"), ("Gio Linh", "466"), ("Cam Lộ", "468"), ("Vĩnh Linh", "464"), ("Hải Lăng", "470"), ("467", "467"), ("467.0", "467"), ("Cồn Cỏ", "471"),
    ] {
        district(text, code);
    }
    find("Quảng Trị", Level::Province, "", "45");
    find("tỉnh Quảng Trị", Level::Province, "", "45");
    find("T. Quảng Trị", Level::Province, "", "45");
    find("45", Level::Province, "", "45");
}

#[test]
fn not_a_commune() {
    for text in ["", "-", "chưa có", "…"] {
        commune(text, "missing");
    }
    for text in [
        "Hải Lăng", "Vĩnh Linh", "Quảng Trị", "xã Hải Lăng", "huyện Gio Linh", "Hải Thọ", "xã Vĩnh Kim", "A Xing", "Tân Thành Công", "Thành", "Xã Không Có", "Hội", "12", "1", "99999", "?", "xã Cam Thanh", "Xã Triệu Đái",
        "thôn Tân Hợp", "Nguyễn Văn Thanh", "Thanh niên", "467",
    ] {
        commune(text, "none");
    }
    district("Tà Rụt", "none");
    district("huyện Lệ Thủy", "none");
}

#[test]
fn wards_of_two_towns() {
    commune("Phường 1", "19333|19357");
    commune("P3", "19354|19361");
    find("Phường 1", Level::Commune, "461", "19333");
    find("P.1", Level::Commune, "462", "19357");
    find("1", Level::Commune, "462", "19357");
    find("phường I", Level::Commune, "462", "19357");
    find("Phường 4", Level::Commune, "462", "none");
    find("Tà Rụt", Level::Commune, "465", "none");
    find("Tà Rụt", Level::Commune, "19588", "19588");
    commune("Phường 1 - TP Đông Hà", "19333");
    commune("Phường 1, TX Quảng Trị", "19357");
    commune("Phường 1 (Đông Hà)", "19333");
}

#[test]
fn the_kind_decides_between_levels() {
    commune("Gio Linh", "19495");
    commune("TT Gio Linh", "19495");
    commune("Cam Lộ", "19597");
    assert!(matches!(units().find("xã Khe Sanh", Level::Commune, None), Found::One(_, How::Alias)));
    assert!(matches!(units().find("Khe Sanh", Level::Commune, None), Found::One(_, How::Exact)));
    assert!(matches!(units().find("Ta Rut", Level::Commune, None), Found::One(_, How::WithoutDiacritics)));
    assert!(matches!(units().find("19588", Level::Commune, None), Found::One(_, How::Code)));
}

#[test]
fn addresses() {
    place("Thôn A Đăng, xã Tà Rụt, huyện Đakrông", "", "Thôn A Đăng; 19588; 467");
    place("A Đăng - Tà Rụt - Đakrông - Quảng Trị", "", "A Đăng; 19588; 467");
    place("A Đăng-Tà Rụt-Đakrông-Quảng Trị", "", "A Đăng; 19588; 467");
    place("thôn Phú Hậu", "", "thôn Phú Hậu; missing; ");
    place("KP3, P.1, TP Đông Hà", "", "KP3; 19333; 461");
    place("Khu phố 3 Phường 1 Đông Hà", "", "Khu phố 3; 19333; 461");
    place("TDP 4, TT. Khe Sanh", "", "TDP 4; 19429; 465");
    place("A Đăng, Tà Rụt", "", "A Đăng; 19588; 467");
    place("A Đăng Tà Rụt Đakrông", "", "A Đăng; 19588; 467");
    place("thon A Dang xa Ta Rut huyen Dakrong tinh Quang Tri", "", "thon A Dang; 19588; 467");
    place("THÔN A ĐĂNG, XÃ TÀ RỤT, H. ĐAKRÔNG, T. QUẢNG TRỊ, VIỆT NAM", "", "THÔN A ĐĂNG; 19588; 467");
    place("xã Tà Rụt", "", "; 19588; 467");
    place("Tà Rụt", "", "; 19588; 467");
    place("Tà Rụt, Đakrông", "", "; 19588; 467");
    place("Thôn Klu, xã Đakrông, huyện Đakrông", "", "Thôn Klu; 19564; 467");
    place("Thôn Klu, Đakrông, Đakrông", "", "Thôn Klu; 19564; 467");
    place("Klu - Đakrông - Đakrông - Quảng Trị", "", "Klu; 19564; 467");
    place("Khu phố 2, Gio Linh", "", "Khu phố 2; 19495; 466");
    place("Khu phố 2, TT Gio Linh, Gio Linh", "", "Khu phố 2; 19495; 466");
    place("Thôn Klu, huyện Đakrông", "", "Thôn Klu; missing; 467");
    place("Đakrông", "", "; missing; 467");
    place("Huyện Hướng Hóa, tỉnh Quảng Trị", "", "; missing; 465");
    place("Quảng Trị", "", "; missing; ");
    place("", "", "; missing; ");
    place("T. A Đăng, X. Tà Rụt", "", "T. A Đăng; 19588; 467");
    place("Bản 5, Thuận, Hướng Hóa", "", "Bản 5; 19471; 465");
    place("Thôn Thuận 2, xã Thuận, huyện Hướng Hóa", "", "Thôn Thuận 2; 19471; 465");
    place("Thanh 1, Thanh, Hướng Hóa", "", "Thanh 1; 19480; 465");
    place("Ta Núc, Húc, Hướng Hóa, Quảng Trị", "", "Ta Núc; 19468; 465");
    place("Thôn Xa Ry, xã Hướng Phùng", "", "Thôn Xa Ry; 19441; 465");
    place("Xa Rường, Hướng Phùng, Hướng Hoá", "", "Xa Rường; 19441; 465");
    place("Phường 1, Quảng Trị", "", "; 19333|19357; ");
    place("Phường 1, Quảng Trị, Quảng Trị", "", "; 19357; 462");
    place("KP 3, Phường 1, TX Quảng Trị, tỉnh Quảng Trị", "", "KP 3; 19357; 462");
    place("Phường An Đôn, Quảng Trị", "", "; 19358; 462");
    place("KP3, Phường 2", "462", "KP3; 19360; 462");
    place("Tổ 3, KP 2, Phường 5, Đông Hà", "", "KP 2; 19348; 461");
    place("12 Lê Duẩn, phường 1, Đông Hà", "", "; 19333; 461");
    place("Số 5 Hùng Vương, KP 4, Phường 1, TP. Đông Hà", "", "KP 4; 19333; 461");
}

#[test]
fn hamlets_that_bear_the_name_of_a_commune() {
    place("Thôn Tân Hợp, xã Tân Liên, huyện Hướng Hóa", "", "Thôn Tân Hợp; 19465; 465");
    place("Tân Hợp, Tân Liên, Hướng Hóa", "", "Tân Hợp; 19465; 465");
    place("thôn Tân Hợp", "", "thôn Tân Hợp; missing; ");
    place("thôn Tân Hợp, Hướng Hóa", "", "thôn Tân Hợp; missing; 465");
    place("Thôn Hải Sơn, Hải An", "", "Thôn Hải Sơn; 19684; 470");
    place("Thôn Trung Sơn", "466", "Thôn Trung Sơn; missing; ");
    place("Thôn Đại An Khê, xã Hải Thượng", "", "Thôn Đại An Khê; 19708; 470");
}

#[test]
fn other_orders_and_places() {
    place("Xã Tà Rụt, thôn A Đăng", "", "thôn A Đăng; 19588; 467");
    place("Quảng Trị, Đakrông, Tà Rụt, A Đăng", "", "A Đăng; 19588; 467");
    place("Huyện Đakrông - Xã Tà Rụt - Thôn A Đăng", "", "Thôn A Đăng; 19588; 467");
    place("Thôn A, xã Không Có, huyện Đakrông", "", "Thôn A; none; 467");
    place("xã Tà Rụt, huyện Hướng Hóa", "", "; none; 465");
    place("Xã Tân Lập, huyện Lộc Bình, tỉnh Lạng Sơn", "", "; none; ");
    place("Hải Châu, Đà Nẵng", "", "; none; ");
    place("Thôn 2, xã Tân Thành, huyện Minh Hóa", "", "Thôn 2; none; ");
    place("Thôn Đông, Hải Dương, Hải Lăng", "", "Thôn Đông; 19711; 470");
    place("Thôn Đông, Hải Dương", "", "Thôn Đông; 19711; 470");
    place("Thôn Xuân Lâm, xã Triệu Nguyên, H. Đakrông (tạm trú)", "", "Thôn Xuân Lâm; 19567; 467");
}

#[test]
fn titles() {
    title("DANH SÁCH TRẺ EM XÃ TÀ RỤT, HUYỆN ĐAKRÔNG NĂM 2024", "; 19588; 467");
    title("UBND XÃ TÀ RỤT", "; 19588; 467");
    title("ỦY BAN NHÂN DÂN XÃ TÀ RỤT", "; 19588; 467");
    title("ta_rut", "; 19588; 467");
    title("TaRut", "; 19588; 467");
    title("DS tre em xa Hai Le (moi)", "; 19705; 462");
    title("Phuong 1 - Dong Ha", "; 19333; 461");
    title("P1 - Dong Ha", "; 19333; 461");
    title("Dong Ha - Phuong 1", "; 19333; 461");
    title("Phường 1", "; ; ");
    title("HuongHiep2024", "; 19561; 467");
    title("Huong Hiep 2024", "; 19561; 467");
    title("19-tre-em-xa-trieu-van", "; 19630; 469");
    title("39-khong-tieu-de-xa-gio-mai", "; 19543; 466");
    title("Thôn Vĩnh Quang Hạ", "Thôn Vĩnh Quang Hạ; ; ");
    title("thon vinh quang ha", "thon vinh quang ha; ; ");
    title("DANH SÁCH TRẺ EM THÔN A ĐĂNG, XÃ TÀ RỤT", "THÔN A ĐĂNG; 19588; 467");
    title("DANH SÁCH TRẺ EM THÔN A ĐĂNG XÃ TÀ RỤT NĂM 2024", "THÔN A ĐĂNG; 19588; 467");
    title("KP3", "KP3; ; ");
    title("Khu phố 3 - Phường 4", "Khu phố 3; 19345; 461");
    title("Xã Thanh", "; 19480; 465");
    title("DS tre em xa Thanh 2024", "; 19480; 465");
    title("Thuận", "; 19471; 465");
    title("TT Khe Sanh", "; 19429; 465");
    title("DS_TT_Lao_Bao", "; 19432; 465");
    title("Danh sách trẻ em Gio Linh", "; ; 466");
    title("HUYỆN ĐAKRÔNG", "; ; 467");
    title("Dakrong", "; ; 467");
    title("19588", "; 19588; 467");
    title("19588_ta_rut", "; 19588; 467");
    title("Tà Rụt, ngày 5 tháng 6 năm 2024", "; 19588; 467");
    title("Danh sách trẻ em dưới 16 tuổi trên địa bàn xã Vĩnh Hoà chưa có mã định danh", "; 19396; 464");
}

#[test]
fn titles_that_name_nothing() {
    for text in [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", "DANH SÁCH TRẺ EM", "Sheet1", "Trang tính 1", "Người lập: Trần Hải Sơn", "Nguyễn Thanh An", "Danh sách học sinh lớp 1A", "Đoàn Thanh niên",
        "Đông Hà, ngày 13 tháng 6 năm 2024", "Kèm theo Công văn số 12", "Tổ chức Đoàn", "Biên bản bàn giao", "Thanh niên xã hội", "DS tre em 2024", "Hà Nội", "", "Xã Thuận Đức", "Danh sách theo thôn, bản", "Thi đua khen thưởng",
        "DANH SÁCH TRẺ EM XÃ TÀ RỤT CHUYỂN ĐẾN XÃ HÚC NGHÌ",
    ] {
        let named = units().in_title(text);
        assert_eq!((named.hamlet.as_deref(), named.commune.map(|unit| unit.name), named.district.map(|unit| unit.name)), (None, None, None), "{text}");
    }
}

#[test]
fn hamlet_names() {
    for (text, expect) in [("Thôn A Đăng", "Thôn A Đăng"), ("  Khu phố   3 ", "Khu phố 3"), ("KP3", "KP3"), ("thôn\u{a0}Phú Hậu,", "thôn Phú Hậu"), ("A Đăng.", "A Đăng"), ("3", "3")] {
        assert_eq!(hamlet(text).as_deref(), Some(expect), "{text}");
    }
    for text in ["", " ", "-", "…", "chưa có", "không rõ", "0", "thôn", "Thôn …", "?", "x - "] {
        assert_eq!(hamlet(text).filter(|found| found != "x"), None, "{text}");
    }
}

#[test]
fn anything_may_be_asked() {
    for text in ["xã", "xã xã xã", "thị", "thị trấn", "p", "P.", ",,,", "- - -", "Quảng Trị, Quảng Trị, Quảng Trị", "\u{301}\u{301}", "Việt Nam", "🙂 xã 🙂", "thôn thôn thôn", "t. t. t."] {
        for within in ["", "467"] {
            let _ = (units().place(text, units().by_code(within)), units().in_title(text), hamlet(text), units().find(text, Level::Commune, units().by_code(within)));
        }
    }
    let long = "xã Tà Rụt - ".repeat(3_000);
    assert!(matches!(units().place(&long, None).commune, Found::One(..)));
}

proptest::proptest! {
    /// Any string of the words that addresses are made of is read without a panic, and one unit is one of the edition.
    #[test]
    fn any_mixture(parts in proptest::collection::vec(proptest::sample::select(vec![
        "xã", "x.", "P.", "phường", "thị", "trấn", "TX", "huyện", "tỉnh", "t", "thôn", "KP", "3", "1", "0", "19588", "Tà", "Rụt", "Đa", "Krông", "Đakrông", "Quảng", "Trị", "Đông Hà", "Gio Linh", "Thanh",
        "An", "cũ", "(", ")", ",", " - ", "-", "/", ".", "\n", " ", "\u{300}", "'", "Việt Nam", "Lạng Sơn", "😀", "ngày", "năm 2024",
    ]), 0..14)) {
        for text in [parts.concat(), parts.join(" ")] {
            for within in [None, units().by_code("461"), units().by_code("19588")] {
                let place = units().place(&text, within);
                if let (Some(commune), Some(district)) = (place.commune.unit(), place.district) {
                    proptest::prop_assert!(units().is_in(commune, district), "{text}");
                }
                for level in [Level::Commune, Level::District, Level::Province] {
                    let found = units().find(&text, level, within);
                    proptest::prop_assert!(found.unit().is_none_or(|unit| unit.level() == level), "{text}");
                }
            }
            let _ = (units().in_title(&text), hamlet(&text));
        }
    }

    #[test]
    fn any_text(text in "\\PC{0,60}") {
        let _ = (units().place(&text, None), units().find(&text, Level::Commune, None), units().in_title(&text), hamlet(&text));
    }
}
