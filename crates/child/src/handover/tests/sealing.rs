//! The seal over rows, and how rows are read by people.

use super::list;
use crate::handover::code::Row;
use crate::handover::frozen::{Carer, Frozen, Home, birth_shown};
use crate::handover::seal::{self, Digest, Heading};
use proptest::prelude::*;

fn heading() -> Heading {
    Heading {
        register: "45".to_owned(),
        list: list(0),
        title: "Trẻ em chưa có mã định danh".to_owned(),
        unit: "19594".to_owned(),
        edition: "2020-01-01".to_owned(),
        unit_name: "Xã Tà Rụt".to_owned(),
        closed_on: "2026-11-27".to_owned(),
    }
}

fn child(row: u32, name: &str) -> Frozen {
    Frozen {
        name: name.to_owned(),
        birth: "2015-03-12".to_owned(),
        sex: "Nữ".to_owned(),
        ethnicity: "Tà Ôi".to_owned(),
        ethnicity_own: "Pa Cô".to_owned(),
        number: "45315118217".to_owned(),
        home: Home {
            hamlet: "Thôn A Đăng".to_owned(),
            commune: "Xã Tà Rụt".to_owned(),
            unit: "19594".to_owned(),
            edition: "2020-01-01".to_owned(),
            ..Home::default()
        },
        mother: Carer {
            name: "Hồ Thị Thoan".to_owned(),
            ..Carer::default()
        },
        why: vec!["id.zero-lost".to_owned(), "carer.missing".to_owned()],
        ..Frozen::empty(Row::new(list(0), row).unwrap())
    }
}

#[test]
fn the_bytes_of_a_seal_are_these() {
    let rows = [child(2, "Hồ Văn\tKhăm"), child(1, "Hồ Thị Mơ")];
    let text = String::from_utf8(seal::bytes(&heading(), &rows)).unwrap();
    let (first, second) = (rows[1].code, rows[0].code);
    let expected = format!(
        "treem-handover 1\nregister\t45\nlist\t{}\ntitle\tTrẻ em chưa có mã định danh\nunit\t19594\nedition\t2020-01-01\n\
unit_name\tXã Tà Rụt\nclosed_on\t2026-11-27\nrows\t2\n\
code\tnumber\tname\tbirth\tsex\tethnicity\tethnicity_own\tnationality\tbirth_registration\thome_place\thamlet\taddress\tunit_name\tunit\tedition\
\tfather\tfather_nationality\tmother\tmother_nationality\tguardian\tguardian_nationality\tphone\twhy\n\
{first}\t45315118217\tHồ Thị Mơ\t2015-03-12\tNữ\tTà Ôi\tPa Cô\t\t\t\tThôn A Đăng\t\tXã Tà Rụt\t19594\t2020-01-01\t\t\tHồ Thị Thoan\t\t\t\t\tid.zero-lost,carer.missing\n\
{second}\t45315118217\tHồ Văn\\tKhăm\t2015-03-12\tNữ\tTà Ôi\tPa Cô\t\t\t\tThôn A Đăng\t\tXã Tà Rụt\t19594\t2020-01-01\t\t\tHồ Thị Thoan\t\t\t\t\tid.zero-lost,carer.missing\n",
        heading().list
    );
    assert_eq!(text, expected);
    let digest = seal::digest(&heading(), &rows);
    assert_eq!(digest, seal::of_bytes(expected.as_bytes()));
    assert_eq!(digest.grouped().split(' ').count(), 16);
    assert_eq!(Digest::read(&digest.grouped().to_uppercase()), Ok(digest));
    for wrong in [
        "",
        "12",
        &digest.hex()[1..],
        &format!("{digest}0"),
        &"g".repeat(64),
    ] {
        assert!(Digest::read(wrong).is_err(), "{wrong}");
    }
    // What only looks the same to a machine is the same.
    let decomposed: String =
        unicode_normalization::UnicodeNormalization::nfd("Hồ Thị Mơ").collect();
    assert_ne!(decomposed, "Hồ Thị Mơ");
    let decomposed = [rows[0].clone(), child(1, &decomposed)];
    assert_eq!(seal::digest(&heading(), &decomposed), digest);
}

/// A row whose texts are these, in order.
fn row_of(texts: &[String], why: Vec<String>) -> Frozen {
    let text = |nth: usize| texts[nth].clone();
    Frozen {
        name: text(0),
        birth: text(1),
        number: text(2),
        home: Home {
            hamlet: text(3),
            address: text(4),
            ..Home::default()
        },
        father: Carer {
            name: text(5),
            nationality: text(6),
        },
        phone: text(7),
        why,
        ..Frozen::empty(Row::new(list(0), 1).unwrap())
    }
}

fn odd_text() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop::sample::select(vec![
            "a", "\t", "\n", "\r", "\\", "t", "n", ",", "é", "e\u{301}", " ",
        ]),
        0..4,
    )
    .prop_map(|parts| parts.concat())
}

proptest! {
    /// The seal changes if and only if a field does.
    #[test]
    fn a_seal_stands_for_its_fields_alone(
        one in prop::collection::vec(odd_text(), 8),
        two in prop::collection::vec(odd_text(), 8),
        which in 0_usize..8,
        mine in prop::collection::vec(odd_text().prop_filter("a code is not empty", |text| !text.is_empty()), 0..3),
        theirs in prop::collection::vec(odd_text().prop_filter("a code is not empty", |text| !text.is_empty()), 0..3),
    ) {
        use unicode_normalization::UnicodeNormalization as _;
        let nfc = |texts: &[String]| texts.iter().map(|text| text.nfc().collect::<String>()).collect::<Vec<_>>();
        let digest = |texts: &[String], why: &[String]| seal::digest(&heading(), &[row_of(texts, why.to_vec())]);
        prop_assert_eq!(digest(&one, &mine) == digest(&two, &theirs), nfc(&one) == nfc(&two) && nfc(&mine) == nfc(&theirs));
        let mut other = one.clone();
        other[which] = two[which].clone();
        prop_assert_eq!(digest(&one, &mine) == digest(&other, &mine), nfc(&one) == nfc(&other));
    }
}

#[test]
fn what_people_read() {
    for (iso, shown) in [
        ("2015-03-12", "12/03/2015"),
        ("2015-03", "03/2015"),
        ("2015", "2015"),
        ("", ""),
        ("không rõ", "không rõ"),
    ] {
        assert_eq!(birth_shown(iso), shown);
    }
    let mut row = child(1, "Hồ Thị Mơ");
    assert_eq!(row.ethnicity_shown(), "Pa Cô (Tà Ôi)");
    assert_eq!(row.home_shown(), "Thôn A Đăng, Xã Tà Rụt");
    assert_eq!(
        row.why_shown(),
        [
            "Số bị mất chữ số 0 ở đầu",
            "Thiếu cha, mẹ hoặc người giám hộ"
        ]
    );
    row.home.address = "Nhà 3, Thôn A Đăng, Xã Tà Rụt".to_owned();
    assert_eq!(row.home_shown(), "Nhà 3, Thôn A Đăng, Xã Tà Rụt");
    row.home.address = "Số 3".to_owned();
    assert_eq!(row.home_shown(), "Số 3, Thôn A Đăng, Xã Tà Rụt");
    row.ethnicity_own = "Tà Ôi".to_owned();
    assert_eq!(row.ethnicity_shown(), "Tà Ôi");
    assert_eq!(format!("{row:?}"), format!("Frozen({})", row.code));
}
