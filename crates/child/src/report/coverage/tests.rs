//! The letter's table, sound tables in every dress, and tables with one cell changed.

mod property;
mod slips;

use super::*;

/// A small csv reader for tests: quotes, no line breaks inside them.
fn csv(text: &str) -> Vec<Vec<String>> {
    let delimiter = if text.contains(';') { ';' } else { ',' };
    text.lines()
        .map(|line| {
            let (mut cells, mut quoted) = (vec![String::new()], false);
            for c in line.chars() {
                match c {
                    '"' => quoted = !quoted,
                    c if c == delimiter && !quoted => cells.push(String::new()),
                    c => cells.last_mut().unwrap().push(c),
                }
            }
            cells
        })
        .collect()
}

fn read(text: &str) -> Coverage {
    coverage(&csv(text)).unwrap()
}

fn letter() -> Coverage {
    read(include_str!("../../../../../samples/letter-table.csv"))
}

fn number(value: Option<Number>) -> String {
    match value {
        None => "–".to_owned(),
        Some(Number::Count(count)) => count.to_string(),
        Some(Number::Rate(rate)) => words::percent(rate.0),
    }
}

/// `unit cell printed computed difference`, one slip a line.
fn slips(report: &Coverage) -> Vec<String> {
    report
        .slips
        .iter()
        .map(|s| {
            let column = s
                .column
                .map(|c| format!(".{}", c.label()))
                .unwrap_or_default();
            format!(
                "{} {:?}{column} {} {} {}",
                s.unit,
                s.cell,
                number(s.printed),
                number(s.computed),
                number(s.difference)
            )
        })
        .collect()
}

/// `unit cell printed→repaired + …`, one repair a line.
fn repairs(report: &Coverage) -> Vec<String> {
    report
        .repairs
        .iter()
        .map(|r| {
            let cells: Vec<_> = r
                .cells
                .iter()
                .map(|c| {
                    format!(
                        "{} {:?} {}→{}",
                        c.unit,
                        c.cell,
                        number(c.printed),
                        number(Some(c.repaired))
                    )
                })
                .collect();
            cells.join(" + ")
        })
        .collect()
}

#[test]
fn the_slips_of_the_letter() {
    let report = letter();
    assert_eq!(report.rows.len(), 9);
    assert_eq!(
        slips(&report),
        [
            "Vĩnh Linh Missing 10190 10197 -7",
            "Vĩnh Linh Rate 62,05 62,02 0,03",
            "Triệu Phong Rate 99,54 99,55 -0,01",
            "Gio Linh Rate 58,80 58,79 0,01",
            "Hướng Hóa Rate 46,11 46,12 -0,01",
            "Tổng cộng Missing 50006 50013 -7",
        ]
    );
    assert_eq!(
        repairs(&report),
        [
            "Vĩnh Linh Missing 10190→10197 + Tổng cộng Missing 50006→50013",
            "Vĩnh Linh Headcount 26847→26840 + Tổng cộng Headcount 187288→187281",
            "Vĩnh Linh Entered 16650→16657 + Tổng cộng Entered 137275→137282",
            "Vĩnh Linh Rate 62,05→62,02",
            "Triệu Phong Rate 99,54→99,55",
            "Gio Linh Rate 58,80→58,79",
            "Hướng Hóa Rate 46,11→46,12",
        ]
    );
    let conflicts: Vec<_> = report
        .conflicts
        .iter()
        .map(|c| c.explanation.as_str())
        .collect();
    assert_eq!(
        conflicts,
        [
            "Vĩnh Linh: 26.847 − 16.650 = 10.197, không phải 10.190: ba ô này không thể cùng đúng.",
            "Tổng cộng: 187.288 − 137.275 = 50.013, không phải 50.006: ba ô này không thể cùng đúng.",
        ]
    );
    let total = report.total.unwrap();
    assert_eq!(
        (total.headcount, total.entered),
        (Some(187_288), Some(137_275))
    );
    assert_eq!(
        total.computed,
        Derived {
            rate: Some(Rate(7330)),
            missing: Some(50_013)
        }
    );
    assert!(
        report
            .notes
            .iter()
            .any(|n| n.contains("đã chuẩn hóa, không phải tỷ lệ có trên phần mềm")),
        "{:?}",
        report.notes
    );
    assert!(
        report
            .notes
            .iter()
            .any(|n| n.contains("3/6/2024") && n.contains("13/6/2024")),
        "{:?}",
        report.notes
    );
    assert_eq!(report.notes.len(), 2);
}

#[test]
fn the_letters_footnote_gives_the_share_in_the_software() {
    let text = include_str!("../../../../../samples/letter-table.csv").to_owned()
        + "¹ Đến thời điểm hiện tại có 137.275/137.502 trẻ em đã được chuẩn hoá\n";
    let report = read(&text);
    assert_eq!(report.rows.len(), 9);
    assert!(
        report
            .notes
            .iter()
            .any(|n| n.contains("137.502 trẻ, đạt 73,42%")),
        "{:?}",
        report.notes
    );
}

#[test]
fn the_letters_remarks() {
    let text = letter().text();
    for words in [
        "khớp nếu chỉ làm tròn đến một chữ số",
        "khớp nếu cắt bỏ phần lẻ",
        "từ 22.285 đến 22.287",
        "Sửa một ô thì chưa đủ",
    ] {
        assert!(
            text.split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
                .contains(words),
            "{words}\n{text}"
        );
    }
}

/// Sound tables: as many units as said, not a word of slips, conflicts, repairs; notes only where a part of one is given.
#[test]
fn sound_tables_are_silent() {
    #[track_caller]
    fn check(name: &str, text: &str, units: usize, note: &str) {
        let report = coverage(&csv(text)).unwrap_or_else(|_| panic!("{name}: no table"));
        assert_eq!(report.rows.len(), units, "{name}\n{}", report.text());
        assert_eq!(
            (slips(&report), repairs(&report), report.conflicts.len()),
            (vec![], vec![], 0),
            "{name}\n{}",
            report.text()
        );
        assert_eq!(
            report.notes.is_empty(),
            note.is_empty(),
            "{name}: {:?}",
            report.notes
        );
        assert!(
            note.is_empty() || report.notes.iter().any(|n| n.contains(note)),
            "{name}: {:?}",
            report.notes
        );
        assert!(
            report
                .rows
                .iter()
                .all(|row| row.headcount.is_some() && row.entered.is_some()),
            "{name}"
        );
    }
    let letter = "Đơn vị,Số trẻ em hiện có,Đã nhập,Tỷ lệ (%),Còn thiếu\n";
    check(
        "plain",
        &format!(
            "{letter}A Dơi,2.000,1.500,\"75,00\",500\nXy,1.000,900,\"90,00\",100\nTổng cộng,3.000,2.400,\"80,00\",600\n"
        ),
        2,
        "",
    );
    check(
        "no total",
        &format!("{letter}A Dơi,2.000,1.500,\"75,00\",500\nXy,1.000,900,\"90,00\",100\n"),
        2,
        "",
    );
    check(
        "one unit",
        &format!("{letter}A Dơi,2.000,1.500,\"75,00\",500\n"),
        1,
        "",
    );
    check(
        "no rate",
        "Xã;Hiện có;Đã nhập;Còn lại\nA Dơi;2,000;1,500;500\nXy;1,000;900;100\nCộng;3,000;2,400;600\n",
        2,
        "",
    );
    check(
        "no missing",
        "Xã;Tổng số trẻ;Đã cập nhật;Đạt tỷ lệ\nA Dơi;2000;1500;75%\nXy;1000;900;90%\nCộng;3000;2400;80%\n",
        2,
        "",
    );
    check(
        "neither",
        "Xã;Tổng số trẻ;Đã cập nhật\nA Dơi;2000;1500\nXy;1000;900\nTổng;3000;2400\n",
        2,
        "",
    );
    check(
        "english",
        "District,Children,Entered,Rate,Missing\nA,\"26,847\",\"16,650\",62.02,\"10,197\"\nB,\"22,389\",\"22,289\",99.55,100\nTotal,\"49,236\",\"38,939\",79.09,\"10,297\"\n",
        2,
        "",
    );
    check(
        "real numbers",
        "Đơn vị;Hiện có;Đã nhập;Tỷ lệ;Còn thiếu\nA Dơi;26847;16650;0.62018102581294;10197\nXy;22389;22289;0.9955335209254544;100\nTổng cộng;49236;38939;0.7908644081566333;10297\n",
        2,
        "",
    );
    check(
        "shares of one",
        "Đơn vị;Hiện có;Đã nhập;Tỷ lệ\nA Dơi;2000;1500;0,75\nXy;1000;900;0,9\nTổng cộng;3000;2400;0,8\n",
        2,
        "",
    );
    check(
        "one place",
        "Đơn vị;Hiện có;Đã nhập;Tỷ lệ\nA Dơi;26847;16650;62,0\nXy;22389;22289;99,6\n",
        2,
        "",
    );
    check(
        "whole percent",
        "Đơn vị;Hiện có;Đã nhập;Tỷ lệ\nA Dơi;26847;16650;62%\nXy;22389;22289;100%\n",
        2,
        "",
    );
    check(
        "order of columns",
        "Còn thiếu;Tỷ lệ;Đã nhập;Hiện có;Tên xã;STT\n500;75,00;1500;2000;A Dơi;1\n100;90,00;900;1000;Xy;2\n600;80,00;2400;3000;Tổng cộng;\n",
        2,
        "",
    );
    check(
        "no headings",
        "A Dơi;2000;1500;75,00;500\nXy;1000;900;90,00;100\nHúc;1200;300;25,00;900\nTổng cộng;4200;2700;64,29;1500\n",
        3,
        "",
    );
    check(
        "strange headings",
        "Nơi;Cột một;Cột hai;Cột ba\nA Dơi;2000;1500;500\nXy;1000;900;100\nHúc;1200;300;900\n",
        3,
        "",
    );
    check(
        "title, numbering, STT, signature",
        ";ỦY BAN NHÂN DÂN TỈNH;;;;\n;BÁO CÁO TỶ LỆ NHẬP DỮ LIỆU TRẺ EM;;;;\n\n;;;;;\nSTT;Đơn vị;Số hiện có;Số đã nhập;Tỷ lệ (%);Còn thiếu\nA;B;(1);(2);(3)=(2)/(1);(4)=(1)-(2)\n1;A Dơi;2.000;1.500;75,00;500\n2;Xy;1.000;900;90,00;100\n;Tổng cộng;3.000;2.400;80,00;600\n\n;Người lập biểu;;Chủ tịch;;\n;Ngày 3 tháng 6 năm 2024;;;;\n",
        2,
        "",
    );
    check(
        "two heading rows",
        "TT;Đơn vị;Số trẻ em;;Kết quả;\n;;Hiện có;Đã nhập;Tỷ lệ;Còn thiếu\n1;A Dơi;2.000;1.500;75,00;500\n2;Xy;1.000;900;90,00;100\n",
        2,
        "",
    );
    check(
        "total in the ordinal column",
        "STT;Đơn vị;Hiện có;Đã nhập;Còn thiếu\n1;A Dơi;2000;1500;500\n2;Xy;1000;900;100\nTổng cộng;;3000;2400;600\n",
        2,
        "",
    );
    check(
        "total on top",
        &format!(
            "{letter}Toàn tỉnh,3.000,2.400,\"80,00\",600\nA Dơi,2.000,1.500,\"75,00\",500\nXy,1.000,900,\"90,00\",100\n"
        ),
        2,
        "",
    );
    check(
        "sub-totals after",
        &format!(
            "{letter}A Dơi,20,10,\"50,00\",10\nXy,30,15,\"50,00\",15\nCộng,50,25,\"50,00\",25\nTà Rụt,40,10,\"25,00\",30\nHúc Nghì,10,5,\"50,00\",5\nCộng,50,15,\"30,00\",35\nTổng cộng,100,40,\"40,00\",60\n"
        ),
        4,
        "",
    );
    check(
        "groups before",
        "TT;Đơn vị;Hiện có;Đã nhập;Còn thiếu\nI;Huyện Hướng Hóa;50;25;25\n1;A Dơi;20;10;10\n2;Xy;30;15;15\nII;Huyện Đakrông;50;15;35\n1;Tà Rụt;40;10;30\n2;Húc Nghì;10;5;5\n;Tổng cộng;100;40;60\n",
        4,
        "",
    );
    check(
        "groups by name",
        "Đơn vị;Hiện có;Đã nhập;Còn thiếu\nHuyện Hướng Hóa;50;25;25\nXã A Dơi;20;10;10\nXã Xy;30;15;15\nHuyện Đakrông;50;15;35\nXã Tà Rụt;40;10;30\nThị trấn Krông Klang;10;5;5\nTổng cộng;100;40;60\n",
        4,
        "",
    );
    check(
        "group headings without figures",
        "TT;Đơn vị;Hiện có;Đã nhập;Còn thiếu\nI;Huyện Hướng Hóa;;;\n1;A Dơi;20;10;10\n2;Xy;30;15;15\nII;Huyện Đakrông;;;\n1;Tà Rụt;40;10;30\n;Tổng cộng;90;35;55\n",
        3,
        "",
    );
    check(
        "communes that sound like totals",
        "Xã;Hiện có;Đã nhập;Còn thiếu\nCộng Hòa;20;10;10\nTổng Cọt;30;15;15\nTống Trân;40;10;30\nTổng cộng;90;35;55\n",
        3,
        "",
    );
    check(
        "footnote marks",
        &format!(
            "{letter}A Dơi,2.000,1.500 ²,\"75,00\",500\nXy,1.000 1,900*,\"90,00\",100\nTổng cộng,3.000,2.400 (3),\"80,00\",600\n"
        ),
        2,
        "",
    );
    check(
        "a zero Excel dropped",
        "Xã;Hiện có;Đã nhập;Còn thiếu\nA Dơi;26.847;16.650;10.197\nXy;20.100;9.91;10.19\n",
        2,
        "10.190",
    );
    check(
        "more entered than there are",
        &format!(
            "{letter}A Dơi,1.000,1.010,\"101,00\",-10\nXy,1.000,900,\"90,00\",100\nTổng cộng,2.000,1.910,\"95,50\",90\n"
        ),
        2,
        "lớn hơn số trẻ em hiện có",
    );
    check(
        "nobody there",
        &format!(
            "{letter}Cồn Cỏ,0,0,–,-\nXy,1.000,900,\"90,00\",100\nTổng cộng,1.000,900,\"90,00\",100\n"
        ),
        2,
        "là 0 nên không tính",
    );
    check(
        "further columns",
        "TT;Đơn vị;Dân số;Số trẻ em hiện có;Trong đó nữ;Đã nhập;Trong đó nữ;Tỷ lệ;Còn thiếu;Ghi chú\n1;A Dơi;9000;2000;990;1500;700;75,00;500;\n2;Xy;5000;1000;480;900;430;90,00;100;tốt\n3;Húc;7000;1200;600;300;150;25,00;900;\n;Tổng cộng;21000;4200;2070;2700;1280;64,29;1500;\n",
        3,
        "",
    );
    check(
        "half up",
        "Xã;Hiện có;Đã nhập;Tỷ lệ\nA;16;1;6,25\nB;20000;1;0,01\nC;800;1;0,13\n",
        3,
        "",
    );
    check(
        "decomposed letters",
        "Đơn vị;Hiê\u{323}n có;Đa\u{303} nhâ\u{323}p;Co\u{300}n thiê\u{301}u\nA Dơi;20;10;10\nXy;30;15;15\n",
        2,
        "",
    );
}

#[test]
fn remarks_of_rates() {
    #[track_caller]
    fn check(line: &str, remark: &str) {
        let report = read(&format!(
            "Đơn vị;Hiện có;Đã nhập;Tỷ lệ;Còn thiếu\n{line}\nXy;1.000;900;90,00;100\nHúc;1.000;800;80,00;200\n"
        ));
        assert!(
            report.sentences.iter().any(|s| s.contains(remark)),
            "{line}: {:?}",
            report.sentences
        );
    }
    check(
        "A;21.181;12.453;58,80;8.728",
        "làm tròn đến một chữ số thập phân",
    );
    check("A;38.857;17.919;46,11;20.938", "cắt bỏ phần lẻ");
    check("A;38.857;17.919;46,21;20.938", "đảo chữ số");
    check("A;2.000;1.500;90,00;500", "đó là tỷ lệ của Xy");
    check("A;2.000;1.500;25,00;500", "đó là tỷ lệ còn thiếu");
    check("A;2.000;1.500;70,00;600", "khớp nếu số đã nhập là 1.400");
    check(
        "A;2.000;1.500;76,00;500",
        "chỉ đúng khi số đã nhập là 1.520",
    );
}

#[test]
fn no_table_is_said() {
    for text in [
        "",
        "\n\n",
        "Họ tên,Ngày sinh\nHồ Văn Đá,1/2/2015\nHồ Thị Mơ,3/4/2016\n",
        "a;b;c\n1;2;3\n",
        "Xã;Năm 2023;Năm 2024\nA;15;20\nB;17;23\n",
    ] {
        assert_eq!(coverage(&csv(text)), Err(NoTable), "{text:?}");
    }
}

#[test]
fn the_text_fits_a_terminal() {
    let text = letter().text();
    assert!(
        text.lines().all(|line| line.chars().count() <= 100),
        "{text}"
    );
    let long = "Xã có tên rất dài không vừa một cột của màn hình ".repeat(4);
    let text = read(&format!(
        "Xã;Hiện có;Đã nhập;Còn thiếu\n{long};200000000;100000000;100000001\nXy;1;1;0\n"
    ))
    .text();
    assert!(
        text.lines().all(|line| line.chars().count() <= 100),
        "{text}"
    );
}
