//! One-line cases: what people write for telephone numbers, and the numbers meant.

use super::*;

fn check(text: &str, expect: &str) {
    assert_eq!(phones(text).to_string(), expect, "{text:?}");
}

fn check_kind(text: &str, kind: PhoneKind, converted: bool, zero_restored: bool) {
    let phones = phones(text);
    let phone = phones.numbers.first().unwrap();
    assert_eq!(
        (
            phones.numbers.len(),
            phone.kind,
            phone.converted,
            phone.zero_restored
        ),
        (1, kind, converted, zero_restored),
        "{text:?}"
    );
}

#[test]
fn one_number() {
    check("0912345678", "0912345678");
    check("0912 345 678", "0912345678");
    check("091 234 56 78", "0912345678");
    check("0912.345.678", "0912345678");
    check("0912-345-678", "0912345678");
    check("0912,345,678", "0912345678");
    check("0912\u{a0}345\u{a0}678", "0912345678");
    check("(0912) 345678", "0912345678");
    check("'0912345678", "0912345678");
    check("’0912345678", "0912345678");
    check("０９１２３４５６７８", "0912345678");
    check("O912345678", "0912345678");
    check("09123456O8", "0912345608");
    check("+84912345678", "0912345678");
    check("+84 912 345 678", "0912345678");
    check("+84 0912345678", "0912345678");
    check("+84(0)912345678", "0912345678");
    check("0084912345678", "0912345678");
    check("84912345678", "0912345678");
    check("84 9123456 78", "0912345678");
    check("840912345678", "0912345678");
    check("912345678", "0912345678");
    check("912345678.0", "0912345678");
    check("0912345678.0", "0912345678");
    check("ĐT: 0912345678", "0912345678");
    check("0912345678 (mẹ)", "0912345678");
    check("SĐT bố 0912 345 678", "0912345678");
}

#[test]
fn eleven_digits_became_ten() {
    for (old, new) in [
        ("0120", "070"),
        ("0121", "079"),
        ("0122", "077"),
        ("0126", "076"),
        ("0128", "078"),
        ("0123", "083"),
        ("0124", "084"),
        ("0125", "085"),
        ("0127", "081"),
        ("0129", "082"),
        ("0162", "032"),
        ("0163", "033"),
        ("0164", "034"),
        ("0165", "035"),
        ("0166", "036"),
        ("0167", "037"),
        ("0168", "038"),
        ("0169", "039"),
        ("0186", "056"),
        ("0188", "058"),
        ("0199", "059"),
    ] {
        let new = format!("{new}5433012");
        check(&format!("{old}5433012"), &new);
        check(&format!("{}5433012", &old[1..]), &new);
        check(&format!("+84{}5433012", &old[1..]), &new);
        check(&format!("84{}5433012", &old[1..]), &new);
        check(&format!("{old} 543 3012"), &new);
    }
    check("+841693234345", "0393234345");
    check("1693234345", "0393234345");
    check("01301234567", "");
    check("01601234567", "");
}

#[test]
fn prefixes_in_force() {
    for prefix in [
        "032", "033", "034", "035", "036", "037", "038", "039", "052", "055", "056", "058", "059",
        "070", "076", "077", "078", "079", "081", "082", "083", "084", "085", "086", "087", "088",
        "089", "090", "091", "092", "093", "094", "095", "096", "097", "098", "099",
    ] {
        let number = format!("{prefix}1234567");
        assert!(is_plain(&number), "{number}");
        check(&number, &number);
        check(&number[1..], &number);
        check(&format!("+84{}", &number[1..]), &number);
    }
    for prefix in [
        "030", "031", "050", "051", "054", "057", "065", "071", "075", "080", "040", "066",
    ] {
        let number = format!("{prefix}9696328");
        assert!(!is_plain(&number), "{number}");
        check_kind(&number, PhoneKind::Unknown, false, false);
        check(&number, &number);
        check(&number[1..], "");
    }
    for prefix in ["000", "011", "023"] {
        check(&format!("{prefix}9696328"), "");
    }
}

#[test]
fn landlines() {
    check("0233 3852 345", "02333852345");
    check("(0233) 3.852.345", "02333852345");
    check("2333852345", "02333852345");
    check("053.3852345", "02333852345");
    check("(053) 3852345", "02333852345");
    check("+84 233 3852345", "02333852345");
    check("024 3825 6789", "02438256789");
    check("02303852345", "");
    check_kind("0533852345", PhoneKind::Landline, true, false);
    check_kind("2323852345", PhoneKind::Landline, false, true);
    check_kind("0523852345", PhoneKind::Unknown, false, false);
    check_kind("0912345678", PhoneKind::Mobile, false, false);
    check_kind("912345678", PhoneKind::Mobile, false, true);
    check_kind("1693234345", PhoneKind::Mobile, true, true);
}

#[test]
fn several_numbers() {
    check("0912345678 - 0987654321", "0912345678 / 0987654321");
    check("0912345678-0987654321", "0912345678 / 0987654321");
    check("0912345678/0987654321", "0912345678 / 0987654321");
    check("0912345678, 0987654321", "0912345678 / 0987654321");
    check("0912345678;0987654321", "0912345678 / 0987654321");
    check("0912345678\n0987654321", "0912345678 / 0987654321");
    check("0912345678 0987654321", "0912345678 / 0987654321");
    check("0912 345 678 - 0987 654 321", "0912345678 / 0987654321");
    check("0912.345.678/ 01689.123.456", "0912345678 / 0389123456");
    check("Bố: 0912345678, mẹ: 0987654321", "0912345678 / 0987654321");
    check("912345678/987654321", "0912345678 / 0987654321");
    check("0912345678 / 0912 345 678", "0912345678");
    check("0912345678 hoặc 0233 3852 345", "0912345678 / 02333852345");
    check("+84912345678 +84987654321", "0912345678 / 0987654321");
}

#[test]
fn rubbish() {
    for text in [
        "113",
        "4.52E+09",
        "9.12E+08",
        "9,12E+08",
        "9.12345678E+08",
        "không có",
        "x",
        "0912",
        "091234567",
        "09123456789",
        "045215001234",
        "000000000000",
    ] {
        check(text, "");
        assert!(phones(text).rubbish, "{text}");
    }
    for text in ["", "  ", "-", "…"] {
        check(text, "");
        assert!(!phones(text).rubbish, "{text}");
    }
    assert!(phones("0912345678 / 113").rubbish);
    assert!(!phones("0912345678 (bố)").rubbish);
    assert!(!phones("912345678.0").rubbish);
}

#[test]
fn long_text_is_bounded() {
    let text = "0912345678 1 ".repeat(2_000);
    assert_eq!(phones(&text).to_string(), "0912345678");
    assert_eq!(phones(&"1".repeat(10_000)).numbers.len(), 0);
}

#[test]
fn debug_hides_the_digits() {
    assert!(!format!("{:?}", phones("0912345678")).contains("912"));
}

proptest::proptest! {
    /// Never fails; what it gives is read again as the same.
    #[test]
    fn any_text(text in "[0-9oO+./,;eE \\-]{0,40}|\\PC{0,40}") {
        let found = phones(&text);
        let shown = found.to_string();
        proptest::prop_assert_eq!(phones(&shown).to_string(), shown);
        proptest::prop_assert!(found.numbers.iter().all(|phone| phone.digits.bytes().all(|byte| byte.is_ascii_digit()) && matches!(phone.digits.len(), 10 | 11)));
    }
}
