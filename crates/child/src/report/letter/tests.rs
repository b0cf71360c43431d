//! Templates read, mistakes said, letters filled in.

use super::figures::{Amount, Figures, Measure, Target, Unit};
use super::offices::{self, Names};
use super::{COMMUNE, Facts, Field, Kind, LETTER, OFFICES, Part, Written, fill, template};
use crate::normalise::unit::Level;

fn unit(code: &str, name: &str, headcount: i64, children: i64, identified: i64) -> Unit {
    Unit {
        code: code.to_owned(),
        name: name.to_owned(),
        headcount: Some(headcount),
        children,
        identified,
        complete: children,
        verified: Some(0),
        ..Unit::default()
    }
}

fn figures() -> Figures {
    let mut first = unit("464", "Vĩnh Linh", 26_847, 16_700, 16_650);
    first.complete = 14_949;
    let mut second = unit("465", "Hướng Hóa", 38_857, 17_950, 17_919);
    second.doubts = vec!["Hướng Hóa: 38.857 trẻ là 43% dân số.".to_owned()];
    Figures {
        day: "2024-06-13".to_owned(),
        units: vec![first, second],
        headcount_days: Some(("2024-06-03".to_owned(), "2024-06-03".to_owned())),
        targets: vec![Target {
            unit: "465".to_owned(),
            day: "2024-06-01".to_owned(),
            measure: Measure::Entered,
            amount: Amount::Percent(9_500),
            decided_by: "Kế hoạch 24/KH-UBND".to_owned(),
        }],
        area: ("45".to_owned(), "Tỉnh Quảng Trị".to_owned()),
        ..Figures::default()
    }
}

fn names() -> Names {
    Names {
        province: "tỉnh Quảng Trị".to_owned(),
        province_short: "Quảng Trị".to_owned(),
        unit: "tỉnh Quảng Trị".to_owned(),
        unit_short: "Quảng Trị".to_owned(),
    }
}

fn written(text: &str, day: &str, figures: &Figures) -> Written {
    let mut facts = Facts::default();
    let offices = offices::choose(&offices::read(OFFICES).unwrap(), day, Level::Province).unwrap();
    offices.tell(&names(), &mut facts);
    figures.tell((&offices.officer, &offices.police), &mut facts);
    fill(&template::read(text).unwrap(), &facts)
}

fn text_of(written: &Written) -> String {
    let mut out = String::new();
    let mut add = |spans: &[super::Span]| {
        for span in spans {
            out.push_str(&span.text);
            for note in &span.note {
                out.push('[');
                out.push_str(&note.text);
                out.push(']');
            }
        }
        out.push('\n');
    };
    for part in &written.parts {
        match part {
            Part::Heading(spans) | Part::Paragraph(spans) | Part::Dash(spans) => add(spans),
            Part::Table(grid) => {
                for row in &grid.rows {
                    for cell in row {
                        add(std::slice::from_ref(&cell.span));
                    }
                }
            }
        }
    }
    out
}

#[test]
fn the_built_in_letter_is_filled() {
    let told = written(LETTER, "2024-06-13", &figures());
    assert_eq!(told.open, Vec::<String>::new());
    assert_eq!(told.office, "Sở Lao động - Thương binh và Xã hội");
    assert_eq!(told.to, ["UBND các huyện, thị xã, thành phố"]);
    assert_eq!(told.signer, ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]);
    assert_eq!((told.name.as_str(), told.copies.len()), ("", 4));
    assert!(told.about.starts_with("khẩn trương"), "{}", told.about);
    let text = text_of(&told);
    for words in [
        "Kế hoạch số 24/KH-UBND ngày 15/2/2022",
        "chỉ đạo UBND các xã, phường, thị trấn thực hiện các nội dung sau:",
        "(13/6/2024) có 34.569/34.650 trẻ em đã được chuẩn hóa",
        "Hiện còn 81 dữ liệu",
        "hiện có 65.704 trẻ em dưới 16 tuổi (số liệu ngày 3/6/2024)",
        "nhập mới 31.054 trẻ em",
        "10.147\n",
        "20.907\n",
        "Có 1.751/16.700 trường hợp",
        "Hướng Hóa: đã nhập 46,20%, chỉ tiêu 95% đến ngày 1/6/2024 theo Kế hoạch 24/KH-UBND; còn thiếu 18.965 trẻ. Lưu ý trước khi kết luận là chậm: Hướng Hóa: 38.857 trẻ là 43% dân số.",
        "Công an xã/phường/thị trấn tiếp nhận danh sách",
        "Giao cán bộ chuyên trách về Lao động - Thương binh và Xã hội thực hiện cập nhật",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    assert!(text.trim_end().ends_with("./."), "{text}");
    let grid = told.tables().next().unwrap();
    assert_eq!((grid.rows.len(), grid.sum), (3, true));
    // After the reform: another office, other addressees, no district.
    let told = written(LETTER, "2026-11-27", &figures());
    assert_eq!(told.office, "Sở Y tế");
    assert_eq!(told.to, ["UBND các xã, phường, đặc khu"]);
    let text = text_of(&told);
    assert!(
        !text.contains("huyện") && text.contains("3978/QĐ-BYT"),
        "{text}"
    );
    // Nothing known of headcounts: the sentence is left out, nothing is made up.
    let mut bare = figures();
    for unit in &mut bare.units {
        unit.headcount = None;
    }
    let text = text_of(&written(LETTER, "2024-06-13", &bare));
    assert!(
        !text.contains("Theo báo cáo mới nhất")
            && text.contains("Chưa có số trẻ em hiện có của Vĩnh Linh")
    );
    let sheet = written(COMMUNE, "2024-06-13", &figures());
    assert_eq!((sheet.open.len(), sheet.tables().count()), (0, 2));
}

#[test]
fn every_mistake_is_said_with_its_line() {
    let check = |text: &str, want: &[(usize, &str)]| {
        let wrong = template::read(text).unwrap_err();
        let lines: Vec<usize> = wrong.iter().map(|one| one.line).collect();
        assert_eq!(
            lines,
            want.iter().map(|(line, _)| *line).collect::<Vec<_>>(),
            "{text}: {wrong:?}"
        );
        for (one, (_, words)) in wrong.iter().zip(want) {
            assert!(one.sentence.contains(words), "{words}: {}", one.sentence);
            assert!(one.sentence.ends_with(['.', '?']), "{}", one.sentence);
        }
    };
    check("", &[(1, "thiếu dòng ---")]);
    check("---\n", &[(1, "chưa có nội dung")]);
    check(
        "---\nCòn {số trẻ chưa nhâp} trẻ",
        &[(2, "có phải {số trẻ chưa nhập} không?")],
    );
    check("---\nCòn {qqq} trẻ", &[(2, "xem các ô bằng")]);
    check(
        "---\nCòn {số trong sổ trẻ\n\nabc }",
        &[(2, "mở bằng { mà không đóng"), (4, "không có {")],
    );
    check("---\nSố liệu {bảng tiến độ}", &[(2, "đứng một mình")]);
    check("---\n## {bảng tiến độ}", &[(2, "đứng một mình")]);
    check("---\nA[^1]\n\nB", &[(2, "[^1] chưa có nội dung")]);
    check("---\nA\n\n[^1]: b", &[(4, "không được nhắc đến")]);
    check(
        "---\nA[^1] B[^\n\n[^1]: b\n\n[^1]: c",
        &[(2, "không đóng bằng ]"), (6, "viết hai lần")],
    );
    check("---\n**đậm", &[(2, "mở bằng **")]);
    check("---\nA {nếu có số trong sổ} B", &[(2, "đầu đoạn")]);
    check("---\n{nếu có số trong sổ}", &[(2, "nội dung của đoạn")]);
    check("abc\n---\nA", &[(1, "“tên: nội dung”")]);
    check("kinh gui: A\n---\nA", &[(1, "không có dòng “kinh gui”")]);
    check("ký hiệu: A\nký hiệu: B\n---\nA", &[(2, "hai lần")]);
    check("ký hiệu: {kính gửi}\n---\nA", &[(1, "gồm nhiều dòng")]);
    check("kính gửi: {bảng tiến độ}\n---\nA", &[(1, "là bảng")]);
    check(&"a\n".repeat(2_000), &[(1_000, "1000 dòng")]);
    check(&"a".repeat(70_000), &[(1, "64 KB")]);
    check(
        &format!("---\n{}", "{tỉnh}".repeat(501)),
        &[(2, "quá 500 ô")],
    );
    check(
        &format!("---\n{}", "{x} ".repeat(99)),
        &[(2, "không có ô"); 30],
    );
}

#[test]
fn signs_are_meant_as_themselves_where_one_says_so() {
    let read = template::read("%% ghi chú {x\nkính gửi: A\nkính gửi: B\n---\nMột \\{hai\\} **ba *bốn* năm** {TỈNH}\ntiếp dòng\n- gạch").unwrap();
    let mut facts = Facts::default();
    facts.text(Field::Province, "tỉnh {địa bàn} **X**");
    let told = fill(&read, &facts);
    assert_eq!(told.to, ["A", "B"]);
    // What is filled in is never read again.
    assert_eq!(
        text_of(&told),
        "Một {hai} ba bốn năm tỉnh {địa bàn} **X** tiếp dòng\nGạch\n"
    );
    let Part::Paragraph(spans) = &told.parts[0] else {
        panic!()
    };
    let look: Vec<(bool, bool)> = spans.iter().map(|span| (span.bold, span.italic)).collect();
    assert_eq!(
        look,
        [
            (false, false),
            (true, false),
            (true, true),
            (true, false),
            (false, false)
        ]
    );
    assert_eq!(
        fill(&template::read("---\n{địa bàn}: x").unwrap(), &facts).open,
        ["địa bàn"]
    );
}

#[test]
fn offices_of_a_province_stand_before_the_built_in_ones() {
    let own = OFFICES
        .split("\n[[offices]]")
        .nth(1)
        .map(|one| {
            format!(
                "[[offices]]{}",
                one.replace("Sở Lao động - Thương binh và Xã hội", "Sở Thử")
            )
        })
        .unwrap();
    let own = offices::read(&own).unwrap();
    assert_eq!(
        offices::choose(&own, "2024-06-13", Level::Province)
            .unwrap()
            .name,
        "Sở Thử"
    );
    assert_eq!(
        offices::choose(&own, "2024-06-13", Level::Commune)
            .unwrap()
            .level,
        "commune"
    );
    assert_eq!(offices::choose(&own, "2019-01-01", Level::Province), None);
    for (text, words) in [
        ("", "thiếu “offices”"),
        ("[[offices]]\nfrom = 3", "dòng 2"),
        ("[[offices]]\nnam = \"x\"", "“nam”"),
        ("x = [", "TOML"),
    ] {
        let sentence = offices::read(text).unwrap_err();
        assert!(sentence.contains(words), "{text}: {sentence}");
    }
    let bad = OFFICES.replacen("2020-01-01", "hôm qua", 1);
    assert!(offices::read(&bad).unwrap_err().contains("“hôm qua”"));
    let bad = OFFICES.replacen("level = \"province\"", "level = \"tỉnh\"", 1);
    assert!(offices::read(&bad).unwrap_err().contains("“tỉnh”"));
}

#[test]
fn targets_are_whole_children() {
    let day = "2024-06-13";
    let of = |amount, measure, until: &str| {
        let target = Target {
            unit: "1".to_owned(),
            day: until.to_owned(),
            measure,
            amount,
            decided_by: String::new(),
        };
        let standing = unit("1", "A", 3, 2, 1).standing(&target, day);
        (standing.now, standing.needs, standing.behind())
    };
    use Amount::{Number, Percent};
    for (amount, measure, until, want) in [
        (
            Percent(10_000),
            Measure::Entered,
            day,
            (Some(Percent(6_667)), Some(1), true),
        ),
        (
            Percent(6_667),
            Measure::Entered,
            day,
            (Some(Percent(6_667)), Some(1), true),
        ),
        (
            Percent(6_666),
            Measure::Entered,
            day,
            (Some(Percent(6_667)), Some(0), false),
        ),
        (
            Percent(10_000),
            Measure::Identified,
            "2024-06-14",
            (Some(Percent(5_000)), Some(1), false),
        ),
        (
            Number(5),
            Measure::Entered,
            "2024-01-01",
            (Some(Number(2)), Some(3), true),
        ),
        (
            Number(1),
            Measure::Complete,
            day,
            (Some(Number(2)), Some(0), false),
        ),
    ] {
        assert_eq!(of(amount, measure, until), want, "{amount:?} {measure:?}");
    }
    let mut bare = unit("1", "A", 0, 2, 1);
    (bare.headcount, bare.verified) = (None, None);
    for measure in [Measure::Entered, Measure::Verified] {
        let target = Target {
            unit: "1".to_owned(),
            day: day.to_owned(),
            measure,
            amount: Percent(100),
            decided_by: String::new(),
        };
        let standing = bare.standing(&target, day);
        assert!(standing.now.is_none() && !standing.behind() && !standing.reached());
    }
}

#[test]
fn a_field_is_found_by_its_name_alone() {
    for field in Field::ALL {
        assert_eq!(Field::named(field.name()), Some(*field));
        assert!(!field.meaning().is_empty());
    }
    assert_eq!(Field::named("  Số   TRONG sổ "), Some(Field::Children));
    let names: std::collections::BTreeSet<_> =
        Field::ALL.iter().map(|field| field.name()).collect();
    assert_eq!(names.len(), Field::ALL.len());
    assert_eq!(Field::Progress.kind(), Kind::Table);
}
