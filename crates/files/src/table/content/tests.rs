//! Values and columns, recognised and not.

use super::*;

#[test]
fn serials() {
    assert_eq!(of_serial(41_000.0, false), Some((2012, 4, 1)));
    assert_eq!(of_serial(60_000.0, false).map(|date| date.0), Some(2064));
    assert_eq!(of_serial(41_000.0 - 1_462.0, true), Some((2012, 4, 1)));
    assert_eq!(of_serial(-5.0, false), None);
}

#[test]
fn dates() {
    let check = |text: &str, expect: Option<(Option<u8>, Option<u8>, u16)>| {
        assert_eq!(written_date(text), expect, "{text}");
    };
    check("15/03/2012", Some((Some(15), Some(3), 2012)));
    check("15-3-12", Some((Some(15), Some(3), 2012)));
    check("2012-03-15", Some((Some(15), Some(3), 2012)));
    check("2012-03-15T00:00:00", Some((Some(15), Some(3), 2012)));
    check("ngày 15 tháng 3 năm 2012", Some((Some(15), Some(3), 2012)));
    check("tháng 5/2012", Some((None, Some(5), 2012)));
    check("5/2012", Some((None, Some(5), 2012)));
    check("31/02/2015", Some((Some(31), Some(2), 2015)));
    check("045215001234", None);
    check("Nguyễn Văn A", None);
    check("Quyển số 12/2015", None);
}

#[test]
fn looks() {
    let mut profile = Profile::default();
    for text in [
        "045215001234",
        "45215001234",
        "0905123456",
        "Nguyễn Văn An",
        "Hồ Thị Ăng",
        "x",
        "Nữ",
        "Bru-Vân Kiều",
        "2015",
        "Thôn A Đăng",
        "5",
    ] {
        profile.add(&Cell::text(text), text, false);
    }
    assert_eq!(
        (profile.number, profile.number_young, profile.phone),
        (2, 2, 1)
    );
    assert_eq!((profile.person, profile.surname, profile.thi), (2, 2, 1));
    assert_eq!(
        (
            profile.tick,
            profile.sex,
            profile.ethnicity,
            profile.year,
            profile.hamlet
        ),
        (1, 1, 1, 1, 1)
    );
    assert!(!is_phone("045215001234"));
}
