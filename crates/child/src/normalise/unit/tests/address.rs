//! Addresses and titles taken apart.

use super::*;

#[test]
fn addresses() {
    place(
        "Thôn A Đăng, xã Tà Rụt, huyện Đakrông",
        "",
        "Thôn A Đăng; 19588; 467",
    );
    place(
        "A Đăng - Tà Rụt - Đakrông - Quảng Trị",
        "",
        "A Đăng; 19588; 467",
    );
    place("A Đăng-Tà Rụt-Đakrông-Quảng Trị", "", "A Đăng; 19588; 467");
    place("thôn Phú Hậu", "", "thôn Phú Hậu; missing; ");
    place("KP3, P.1, TP Đông Hà", "", "KP3; 19333; 461");
    place("Khu phố 3 Phường 1 Đông Hà", "", "Khu phố 3; 19333; 461");
    place("TDP 4, TT. Khe Sanh", "", "TDP 4; 19429; 465");
    place("A Đăng, Tà Rụt", "", "A Đăng; 19588; 467");
    place("A Đăng Tà Rụt Đakrông", "", "A Đăng; 19588; 467");
    place(
        "thon A Dang xa Ta Rut huyen Dakrong tinh Quang Tri",
        "",
        "thon A Dang; 19588; 467",
    );
    place(
        "THÔN A ĐĂNG, XÃ TÀ RỤT, H. ĐAKRÔNG, T. QUẢNG TRỊ, VIỆT NAM",
        "",
        "THÔN A ĐĂNG; 19588; 467",
    );
    place("xã Tà Rụt", "", "; 19588; 467");
    place("Hồ Xá, Vĩnh Linh, QTrị", "", "; 19363; 464");
    place("xã Triệu An huyện Triệu Phong - QT", "", "; 19627; 469");
    place("KP 2, P1, TPĐH", "", "KP 2; 19333; 461");
    place("KP 2, P.1, TX QT", "", "KP 2; 19357; 462");
    place("Phường 3, TXQT, QT", "", "; 19361; 462");
    place("Tà Rụt", "", "; 19588; 467");
    place("Tà Rụt, Đakrông", "", "; 19588; 467");
    place(
        "Thôn Klu, xã Đakrông, huyện Đakrông",
        "",
        "Thôn Klu; 19564; 467",
    );
    place("Thôn Klu, Đakrông, Đakrông", "", "Thôn Klu; 19564; 467");
    place("Klu - Đakrông - Đakrông - Quảng Trị", "", "Klu; 19564; 467");
    place("Khu phố 2, Gio Linh", "", "Khu phố 2; 19495; 466");
    place(
        "Khu phố 2, TT Gio Linh, Gio Linh",
        "",
        "Khu phố 2; 19495; 466",
    );
    place("Thôn Klu, huyện Đakrông", "", "Thôn Klu; missing; 467");
    place("Đakrông", "", "; missing; 467");
    place("Huyện Hướng Hóa, tỉnh Quảng Trị", "", "; missing; 465");
    place("Quảng Trị", "", "; missing; ");
    place("", "", "; missing; ");
    place("T. A Đăng, X. Tà Rụt", "", "T. A Đăng; 19588; 467");
    place("Bản 5, Thuận, Hướng Hóa", "", "Bản 5; 19471; 465");
    place(
        "Thôn Thuận 2, xã Thuận, huyện Hướng Hóa",
        "",
        "Thôn Thuận 2; 19471; 465",
    );
    place("Thanh 1, Thanh, Hướng Hóa", "", "Thanh 1; 19480; 465");
    place(
        "Ta Núc, Húc, Hướng Hóa, Quảng Trị",
        "",
        "Ta Núc; 19468; 465",
    );
    place("Thôn Xa Ry, xã Hướng Phùng", "", "Thôn Xa Ry; 19441; 465");
    place(
        "Xa Rường, Hướng Phùng, Hướng Hoá",
        "",
        "Xa Rường; 19441; 465",
    );
    place("Phường 1, Quảng Trị", "", "; 19333|19357; ");
    place("Phường 1, Quảng Trị, Quảng Trị", "", "; 19357; 462");
    place(
        "KP 3, Phường 1, TX Quảng Trị, tỉnh Quảng Trị",
        "",
        "KP 3; 19357; 462",
    );
    place("Phường An Đôn, Quảng Trị", "", "; 19358; 462");
    place("KP3, Phường 2", "462", "KP3; 19360; 462");
    place("Tổ 3, KP 2, Phường 5, Đông Hà", "", "KP 2; 19348; 461");
    place("12 Lê Duẩn, phường 1, Đông Hà", "", "; 19333; 461");
    place(
        "Số 5 Hùng Vương, KP 4, Phường 1, TP. Đông Hà",
        "",
        "KP 4; 19333; 461",
    );
}

#[test]
fn hamlets_that_bear_the_name_of_a_commune() {
    place(
        "Thôn Tân Hợp, xã Tân Liên, huyện Hướng Hóa",
        "",
        "Thôn Tân Hợp; 19465; 465",
    );
    place("Tân Hợp, Tân Liên, Hướng Hóa", "", "Tân Hợp; 19465; 465");
    place("thôn Tân Hợp", "", "thôn Tân Hợp; missing; ");
    place("thôn Tân Hợp, Hướng Hóa", "", "thôn Tân Hợp; missing; 465");
    place("Thôn Hải Sơn, Hải An", "", "Thôn Hải Sơn; 19684; 470");
    place("Thôn Trung Sơn", "466", "Thôn Trung Sơn; missing; ");
    place(
        "Thôn Đại An Khê, xã Hải Thượng",
        "",
        "Thôn Đại An Khê; 19708; 470",
    );
}

#[test]
fn other_orders_and_places() {
    place("Xã Tà Rụt, thôn A Đăng", "", "thôn A Đăng; 19588; 467");
    place(
        "Quảng Trị, Đakrông, Tà Rụt, A Đăng",
        "",
        "A Đăng; 19588; 467",
    );
    place(
        "Huyện Đakrông - Xã Tà Rụt - Thôn A Đăng",
        "",
        "Thôn A Đăng; 19588; 467",
    );
    place(
        "Thôn A, xã Không Có, huyện Đakrông",
        "",
        "Thôn A; none; 467",
    );
    place("xã Tà Rụt, huyện Hướng Hóa", "", "; none; 465");
    place("Xã Tân Lập, huyện Lộc Bình, tỉnh Lạng Sơn", "", "; none; ");
    place("Hải Châu, Đà Nẵng", "", "; none; ");
    place("Thôn 2, xã Tân Thành, huyện Minh Hóa", "", "Thôn 2; none; ");
    place(
        "Thôn Đông, Hải Dương, Hải Lăng",
        "",
        "Thôn Đông; 19711; 470",
    );
    place("Thôn Đông, Hải Dương", "", "Thôn Đông; 19711; 470");
    place(
        "Thôn Xuân Lâm, xã Triệu Nguyên, H. Đakrông (tạm trú)",
        "",
        "Thôn Xuân Lâm; 19567; 467",
    );
}

#[test]
fn titles() {
    title(
        "DANH SÁCH TRẺ EM XÃ TÀ RỤT, HUYỆN ĐAKRÔNG NĂM 2024",
        "; 19588; 467",
    );
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
    title(
        "DANH SÁCH TRẺ EM THÔN A ĐĂNG, XÃ TÀ RỤT",
        "THÔN A ĐĂNG; 19588; 467",
    );
    title(
        "DANH SÁCH TRẺ EM THÔN A ĐĂNG XÃ TÀ RỤT NĂM 2024",
        "THÔN A ĐĂNG; 19588; 467",
    );
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
    title(
        "Danh sách trẻ em dưới 16 tuổi trên địa bàn xã Vĩnh Hoà chưa có mã định danh",
        "; 19396; 464",
    );
}

#[test]
fn titles_that_name_nothing() {
    for text in [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI",
        "DANH SÁCH TRẺ EM",
        "Sheet1",
        "Trang tính 1",
        "Người lập: Trần Hải Sơn",
        "Nguyễn Thanh An",
        "Danh sách học sinh lớp 1A",
        "Đoàn Thanh niên",
        "Đông Hà, ngày 13 tháng 6 năm 2024",
        "Kèm theo Công văn số 12",
        "Tổ chức Đoàn",
        "Biên bản bàn giao",
        "Thanh niên xã hội",
        "DS tre em 2024",
        "Hà Nội",
        "",
        "Xã Thuận Đức",
        "Danh sách theo thôn, bản",
        "Thi đua khen thưởng",
        "DANH SÁCH TRẺ EM XÃ TÀ RỤT CHUYỂN ĐẾN XÃ HÚC NGHÌ",
    ] {
        let named = units().in_title(text);
        assert_eq!(
            (
                named.hamlet.as_deref(),
                named.commune.map(|unit| unit.name),
                named.district.map(|unit| unit.name)
            ),
            (None, None, None),
            "{text}"
        );
    }
}

#[test]
fn hamlet_names() {
    for (text, expect) in [
        ("Thôn A Đăng", "Thôn A Đăng"),
        ("  Khu phố   3 ", "Khu phố 3"),
        ("KP3", "KP3"),
        ("thôn\u{a0}Phú Hậu,", "thôn Phú Hậu"),
        ("A Đăng.", "A Đăng"),
        ("3", "3"),
    ] {
        assert_eq!(hamlet(text).as_deref(), Some(expect), "{text}");
    }
    for text in [
        "",
        " ",
        "-",
        "…",
        "chưa có",
        "không rõ",
        "0",
        "thôn",
        "Thôn …",
        "?",
        "x - ",
    ] {
        assert_eq!(hamlet(text).filter(|found| found != "x"), None, "{text}");
    }
}

#[test]
fn anything_may_be_asked() {
    for text in [
        "xã",
        "xã xã xã",
        "thị",
        "thị trấn",
        "p",
        "P.",
        ",,,",
        "- - -",
        "Quảng Trị, Quảng Trị, Quảng Trị",
        "\u{301}\u{301}",
        "Việt Nam",
        "🙂 xã 🙂",
        "thôn thôn thôn",
        "t. t. t.",
    ] {
        for within in ["", "467"] {
            let _ = (
                units().place(text, units().by_code(within)),
                units().in_title(text),
                hamlet(text),
                units().find(text, Level::Commune, units().by_code(within)),
            );
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
