//! Tables with one cell changed: what is said, and what would mend it.

use super::*;

/// Tables with a known slip, in every dress: the slips and the repairs, exactly.
#[test]
fn slips_and_repairs() {
    #[track_caller]
    fn check(text: &str, expect_slips: &[&str], expect_repairs: &[&str]) {
        let report = read(text);
        assert_eq!(slips(&report), expect_slips, "{}", report.text());
        assert_eq!(repairs(&report), expect_repairs, "{}", report.text());
    }
    let head = "Đơn vị;Hiện có;Đã nhập;Tỷ lệ;Còn thiếu\n";
    let (a, b, t) = (
        "A;2.000;1.500;75,00;500\n",
        "B;1.000;900;90,00;100\n",
        "Tổng cộng;3.000;2.400;80,00;600\n",
    );
    check(
        &format!("{head}A;2.000;1.500;75,00;50\n{b}{t}"),
        &["A Missing 50 500 -450"],
        &["A Missing 50→500"],
    );
    check(
        &format!("{head}A;2.000;1.050;75,00;500\n{b}{t}"),
        &[
            "A Missing 500 950 -450",
            "A Rate 75,00 52,50 22,50",
            "Tổng cộng Total.số đã nhập 2400 1950 450",
        ],
        &["A Entered 1050→1500"],
    );
    check(
        &format!("{head}A;200;1.500;75,00;500\n{b}{t}"),
        &[
            "A Missing 500 -1300 1800",
            "A Rate 75,00 750,00 -675,00",
            "Tổng cộng Total.số hiện có 3000 1200 1800",
        ],
        &["A Headcount 200→2000"],
    );
    check(
        &format!("{head}{a}{b}Tổng cộng;3.001;2.400;80,00;600\n"),
        &["Tổng cộng Total.số hiện có 3001 3000 1"],
        &["Tổng cộng Headcount 3001→3000"],
    );
    check(
        &format!("{head}{a}{b}Tổng cộng;3.000;2.400;80,00;606\n"),
        &["Tổng cộng Missing 606 600 6"],
        &["Tổng cộng Missing 606→600"],
    );
    check(
        &format!("{head}{a}{b}Tổng cộng;3.000;2.400;79,00;600\n"),
        &["Tổng cộng Rate 79,00 80,00 -1,00"],
        &["Tổng cộng Rate 79,00→80,00"],
    );
    // Two slips in one column at once.
    check(
        &format!("{head}A;2.000;1.500;75,00;501\nB;1.000;900;90,00;110\n{t}"),
        &["A Missing 501 500 1", "B Missing 110 100 10"],
        &["A Missing 501→500 + B Missing 110→100"],
    );
    // A slip carried into sub-total and total.
    check(
        "Đơn vị;Hiện có;Đã nhập;Còn thiếu\nA;20;10;11\nB;30;15;15\nCộng;50;25;26\nC;40;10;30\nD;10;5;5\nCộng;50;15;35\nTổng cộng;100;40;61\n",
        &[
            "A Missing 11 10 1",
            "Cộng Missing 26 25 1",
            "Tổng cộng Missing 61 60 1",
        ],
        &[
            "A Missing 11→10 + Cộng Missing 26→25 + Tổng cộng Missing 61→60",
            "A Headcount 20→21 + Cộng Headcount 50→51 + Tổng cộng Headcount 100→101",
            "A Entered 10→9 + Cộng Entered 25→24 + Tổng cộng Entered 40→39",
        ],
    );
    // Without a total the rate is the witness.
    check(
        &format!("{head}A;2.000;1.050;75,00;500\n{b}"),
        &["A Missing 500 950 -450", "A Rate 75,00 52,50 22,50"],
        &["A Entered 1050→1500"],
    );
    // Without total and missing only the rate judges: digits exchanged are offered.
    check(
        "Xã;Hiện có;Đã nhập;Tỷ lệ\nA;2000;1050;75,00\nB;1000;900;90,00\nC;1000;500;50,00\n",
        &["A Rate 75,00 52,50 22,50"],
        &["A Rate 75,00→52,50", "A Entered 1050→1500"],
    );
    // Cells that cannot be read, or are empty.
    check(
        &format!("{head}A;2.000;1.5oo;75,00;500\n{b}{t}"),
        &["A Entered – 1500 –"],
        &["A Entered –→1500"],
    );
    check(
        &format!("{head}A;;1.500;75,00;500\n{b}{t}"),
        &["A Headcount – 2000 –"],
        &["A Headcount –→2000"],
    );
    check(
        &format!("{head}A;2.000;1.500;75,00;#REF!\n{b}{t}"),
        &["A Missing – 500 –"],
        &["A Missing –→500"],
    );
}
