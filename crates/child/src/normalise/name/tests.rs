//! Names, one line a case.

use super::*;

fn check(input: &str, expect: &str, state: NameState) {
    let mut reader = NameReader::default();
    let named = reader.name(input);
    assert_eq!(
        (named.text.as_ref(), named.state),
        (expect, state),
        "{input:?}"
    );
}

#[test]
fn names() {
    use NameState::{Good, Invalid, Missing, Placeholder, Short, Unknown};
    for (input, expect, state) in [
        ("Nguyễn Văn Đức", "Nguyễn Văn Đức", Good),
        ("NGUYỄN VĂN ĐỨC", "Nguyễn Văn Đức", Good),
        ("nguyễn văn đức", "Nguyễn Văn Đức", Good),
        ("Nguyễn văn Đức", "Nguyễn Văn Đức", Good),
        ("NGUYễN VăN ĐứC", "Nguyễn Văn Đức", Good),
        ("NGuyễn Văn An", "Nguyễn Văn An", Good),
        ("H'Hen Niê", "H'Hen Niê", Good),
        ("H'HEN NIÊ", "H'Hen Niê", Good),
        ("h'hen niê", "H'Hen Niê", Good),
        ("H’ Hoa Niê Kdăm", "H’ Hoa Niê Kdăm", Good),
        ("Y Blốc", "Y Blốc", Good),
        ("Y BLỐC", "Y Blốc", Good),
        ("Ksor H'Nhàn", "Ksor H'Nhàn", Good),
        ("Y Wăn Ayŭn", "Y Wăn Ayŭn", Good),
        ("LÊ-NGUYỄN THỊ MỸ-DUYÊN", "Lê-Nguyễn Thị Mỹ-Duyên", Good),
        ("Lê-Nguyễn Thị Mỹ", "Lê-Nguyễn Thị Mỹ", Good),
        ("Vla-đi-mia I-lích Lê-nin", "Vla-đi-mia I-lích Lê-nin", Good),
        ("Hồ Văn Khăm", "Hồ Văn Khăm", Good),
        ("  Hồ  Thị Mơ ", "Hồ Thị Mơ", Good),
        ("Hồ Thị Mơ 2", "Hồ Thị Mơ 2", Invalid),
        ("Hồ Thị Mơ (Tý)", "Hồ Thị Mơ (Tý)", Invalid),
        ("Bé", "Bé", Placeholder),
        ("Bé trai", "Bé Trai", Placeholder),
        ("Trai", "Trai", Placeholder),
        ("Gái", "Gái", Placeholder),
        ("Chưa đặt tên", "Chưa Đặt Tên", Placeholder),
        ("Con bà Thoan", "Con Bà Thoan", Placeholder),
        ("Con bà Hồ Thị Thoan", "Con Bà Hồ Thị Thoan", Placeholder),
        ("CON BÀ LAN", "Con Bà Lan", Placeholder),
        ("Mơ", "Mơ", Short),
        ("", "", Missing),
        ("-", "", Missing),
        ("…", "", Missing),
        ("?", "?", Invalid),
        ("123", "123", Invalid),
        ("Không rõ", "Không rõ", Unknown),
        ("Nguyễn Thị Bé", "Nguyễn Thị Bé", Good),
        ("Hồ Cu Tế", "Hồ Cu Tế", Good),
        ("Võ Văn Nam", "Võ Văn Nam", Good),
        ("Chu Thị Gái", "Chu Thị Gái", Good),
        ("Khăm Phone", "Khăm Phone", Good),
        ("Trần Thị@Lan", "Trần Thị@Lan", Invalid),
        ("Vỗ Thoan", "Vỗ Thoan", Good),
        ("Công Tằng Tôn Nữ Thị Hà", "Công Tằng Tôn Nữ Thị Hà", Good),
        ("Võ Danh", "Võ Danh", Good),
        ("VÕ DANH", "Võ Danh", Good),
        ("BẾ VĂN ĐÀN", "Bế Văn Đàn", Good),
        ("bế văn đàn", "Bế Văn Đàn", Good),
        ("CHÂU BÁ LỘC", "Châu Bá Lộc", Good),
        ("HỒ TÊN", "Hồ Tên", Good),
        ("KHỔNG TÚ QUỲNH", "Khổng Tú Quỳnh", Good),
        ("ĐẶNG CẬP NHẬT", "Đặng Cập Nhật", Good),
        ("HẢI NHI", "Hải Nhi", Good),
        ("Na", "Na", Short),
        ("NỤ", "Nụ", Short),
        ("'Hồ Thị Mơ", "Hồ Thị Mơ", Good),
        ("eMLY HỒ", "Emly Hồ", Good),
        ("Hồ KPhone", "Hồ Kphone", Good),
        ("Mai McDonald", "Mai McDonald", Good),
        ("Hồ Văn Pả - đã chết", "Hồ Văn Pả - Đã Chết", Invalid),
        ("Lê - Nguyễn Thị Mỹ", "Lê - Nguyễn Thị Mỹ", Good),
        ("Con Hồ Thị Mơ", "Con Hồ Thị Mơ", Placeholder),
        ("Con Cuông", "Con Cuông", Good),
        ("BT con bà Mơ", "Bt Con Bà Mơ", Placeholder),
        ("Cháu An", "Cháu An", Placeholder),
        ("Không Có Cha", "Không Có Cha", Placeholder),
        ("chưa đk", "Chưa Đk", Placeholder),
        ("Bỏ trống", "Bỏ Trống", Placeholder),
        ("vô danh", "Vô Danh", Placeholder),
        ("hài nhi", "Hài Nhi", Placeholder),
        ("N/A", "N/A", Placeholder),
        ("x", "X", Placeholder),
    ] {
        check(input, expect, state);
    }
}

#[test]
fn keys_forget_style_only() {
    let mut reader = NameReader::default();
    let mut key = |name: &str| reader.name(name).key;
    assert_eq!(key("Lê Thị Hòa"), key("LÊ THỊ HOÀ"));
    assert_eq!(key("Lý Thị Thủy"), key("Lí thị Thuỷ"));
    assert_ne!(key("Lê Thị Hòa"), key("Lê Thị Hoa"));
    assert_ne!(key("Lê Thị Hòa"), key("Thị Lê Hòa"));
    assert_eq!(key("123"), 0);
}

#[test]
fn twice_is_once() {
    let mut reader = NameReader::default();
    for name in [
        "NGUYỄN VĂN ĐỨC",
        "h'hen niê",
        "lê-nguyễn thị mỹ",
        "Vla-đi-mia",
        "և",
        "ßa",
    ] {
        let once = reader.name(name).text.into_owned();
        assert_eq!(reader.name(&once).text, once);
    }
}

/// What the look-ups say of a name in capitals is what the slow way says.
#[test]
fn capitals_as_slowly() {
    for text in [
        "NGUYỄN VĂN AN",
        "NGUYỄN Văn An",
        "Nguyễn VĂN AN",
        "HỒ THỊ Ê",
        "Ê THỊ HỒ",
        "KHÔNG RÕ",
        "KHỐNG RÕ",
        "BT CON BÀ MƠ",
        "TRẦN CON BÀ MƠ",
        "CON HỒ THỊ MƠ",
        "NAM AN",
        "HÀ NAM",
        "ĐẶNG ĐỨC ĐẠT",
        "NGUYỄN  AN",
        "NGUYỄN",
        "H'HEN NIÊ",
        "DUONG THUY",
        "A B C D E F G H I J K L M N O",
    ] {
        let mut reader = NameReader::default();
        // Twice: the second time every word is known.
        let (first, again) = (reader.name(text), reader.name(text));
        let slowly = match reader.proper(text) {
            Some(named) => named,
            None => NameReader::default().slowly(text),
        };
        for named in [first, again] {
            let told = (named.text.as_ref(), named.state, named.repairs, named.key);
            let expect = (
                slowly.text.as_ref(),
                slowly.state,
                slowly.repairs,
                slowly.key,
            );
            assert_eq!(told, expect, "{text}");
        }
    }
}
