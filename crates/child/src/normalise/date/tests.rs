//! Every form of a date, one line a case.

use super::*;

fn check(input: &str, expect: &str) {
    let (cleaned, _) = text::clean(input);
    let found = match date(&cleaned, 2026) {
        DateValue::Missing => "missing".to_owned(),
        DateValue::Invalid => "invalid".to_owned(),
        DateValue::Known(date) => date.to_string(),
        DateValue::Swapped(date) => format!("swapped {date}"),
    };
    assert_eq!(found, expect, "{input:?}");
}

#[test]
fn every_form() {
    for (input, expect) in [
        ("15/03/2012", "2012-03-15"),
        ("3/15/2012", "swapped 2012-03-15"),
        ("15-03-2012", "2012-03-15"),
        ("15.03.2012", "2012-03-15"),
        ("15-03-12", "2012-03-15"),
        ("15/3/12", "2012-03-15"),
        ("5/3/2012", "2012-03-05"),
        ("05/03/12", "2012-03-05"),
        ("2012-03-15", "2012-03-15"),
        ("2012", "2012"),
        ("tháng 5/2012", "2012-05"),
        ("Tháng 5 năm 2012", "2012-05"),
        ("5/2012", "2012-05"),
        ("05-2012", "2012-05"),
        ("ngày 15 tháng 3 năm 2012", "2012-03-15"),
        ("15 tháng 3 2012", "2012-03-15"),
        ("00/00/2012", "2012"),
        ("0/5/2012", "2012-05"),
        ("00/05/2012", "2012-05"),
        ("31/02/2012", "invalid"),
        ("29/02/2011", "invalid"),
        ("29/02/2012", "2012-02-29"),
        ("31/04/2015", "invalid"),
        ("15/03/2O12", "2012-03-15"),
        ("2O/ll/2009", "2009-11-20"),
        ("l5/03/2012", "2012-03-15"),
        ("15 / 03 / 2012", "2012-03-15"),
        ("15/03/2012 00:00:00", "2012-03-15"),
        ("2012-03-15T00:00:00", "2012-03-15"),
        ("2012-03-15 00:00:00", "2012-03-15"),
        ("15032012", "2012-03-15"),
        ("150312", "2012-03-15"),
        ("20120315", "2012-03-15"),
        ("41000", "2012-04-01"),
        ("41000.5", "2012-04-01"),
        ("15\\03\\2012", "2012-03-15"),
        ("15,03,2012", "2012-03-15"),
        ("'15/03/2012", "2012-03-15"),
        (" 15/03/2012 ", "2012-03-15"),
        ("15/03/0212", "invalid"),
        ("15/03/20012", "invalid"),
        ("sinh 2012", "2012"),
        ("khoảng 2012", "2012"),
        ("15/tháng 3/2012", "2012-03-15"),
        ("15-Mar-12", "2012-03-15"),
        ("Mar-12", "2012-03"),
        ("12-thg3", "invalid"),
        ("15 thg 3 2012", "2012-03-15"),
        ("20/3", "invalid"),
        ("?", "invalid"),
        ("chưa rõ", "invalid"),
        ("Mùng 1 Tết 2012", "2012"),
        ("１５/０３/２０１２", "2012-03-15"),
        ("", "missing"),
        ("-", "missing"),
        ("…", "missing"),
        ("15/13/2012", "invalid"),
        ("13/13/2012", "invalid"),
        ("32/01/2012", "invalid"),
        ("1/1/2008", "2008-01-01"),
        ("12/2011/", "2011-12"),
        ("2012/3/5", "2012-03-05"),
        ("15-thg3-2012", "2012-03-15"),
        ("Sinh ngày 02/09/2015", "2015-09-02"),
        ("12", "invalid"),
        ("5 tuổi", "invalid"),
        ("2030", "2030"),
        ("15/3/27", "1927-03-15"),
        ("02 / 2015", "2015-02"),
        ("10/12/2013.", "2013-12-10"),
        ("Năm 2014", "2014"),
        ("15/03/2012 12:00 SA", "2012-03-15"),
        ("00:00", "invalid"),
        ("3152012", "invalid"),
    ] {
        check(input, expect);
    }
}

#[test]
fn numbers_of_a_spreadsheet() {
    assert_eq!(
        from_number(41_000.0, false, 2026),
        DateValue::Known(PartialDate {
            year: 2012,
            month: 4,
            day: 1
        })
    );
    assert_eq!(
        from_number(2012.0, false, 2026),
        DateValue::Known(PartialDate::of_year(2012))
    );
    assert_eq!(
        from_number(5_032_012.0, false, 2026),
        DateValue::Known(PartialDate {
            year: 2012,
            month: 3,
            day: 5
        })
    );
    assert_eq!(from_number(12.0, false, 2026), DateValue::Invalid);
    assert_eq!(from_number(f64::NAN, false, 2026), DateValue::Invalid);
    assert_eq!(
        from_serial(60.0, false)
            .map(|date| date.to_string())
            .as_deref(),
        Some("1900-02-28")
    );
    assert_eq!(
        from_serial(60.0, true)
            .map(|date| date.to_string())
            .as_deref(),
        Some("1904-03-01")
    );
    assert_eq!(from_serial(1e300, false), None);
}

#[test]
fn sixteenth_birthday() {
    let born = |y, m, d| PartialDate::new(y, m, d).unwrap().anniversary(16);
    assert_eq!(born(2008, 2, 29), (2024, 2, 29));
    assert_eq!(born(2008, 6, 13), (2024, 6, 13));
}
