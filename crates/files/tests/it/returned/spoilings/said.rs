//! What one row says, spoiled.

use super::super::model::TRUTH;
use super::{ALL_WELL, Spoiling, but, one};
use treem_child::field::Field;
use treem_child::handover::columns::{ALL, Column};
use treem_files::write::book::Value;

pub fn free_words(out: &mut Vec<Spoiling>) {
    for (child, text, letter) in [
        (0, "khop", 'u'),
        (0, "KHỚP", 'u'),
        (0, "đúng", 'u'),
        (0, "Khớp với CSDLQG", 'u'),
        (0, "1. Khớp", 'u'),
        (0, "2. Khớp", 'q'),
        (0, "khớp?", 'q'),
        (0, "Khớp, chưa chắc", 'q'),
        (0, "K", 'q'),
        (0, "x", 'q'),
        (1, "đã có số", 'u'),
        (1, "đã cấp mã", 'u'),
        (3, "sai ngày sinh", 'u'),
        (3, "không khớp", 'u'),
        (4, "k tìm thấy", 'u'),
        (4, "KTT", 'u'),
        (4, "k có", 'q'),
        (4, "#N/A", 'q'),
        (5, "trùng mã định danh", 'u'),
        (6, "chuyển đi", 'u'),
        (6, "chuyển", 'q'),
        (7, "ĐÃ CHẾT", 'u'),
        (7, "tử vong", 'u'),
        (7, "mất", 'q'),
        (8, "ko cư trú", 'u'),
        (9, "chưa làm giấy khai sinh", 'u'),
        (9, "đã đăng ký khai sinh", 'q'),
        (10, "đã hủy số", 'u'),
        (11, "người nước ngoài", 'u'),
        (11, "Khớp / Không thuộc diện", 'q'),
    ] {
        let name = format!("row {} says “{text}”", child + 1);
        out.push(one(name, &but(child, letter), move |model| {
            model.set(child, Column::Answer, text);
        }));
    }
    out.push(
        one("an answer in the note alone", &but(8, 'q'), |model| {
            model.set(8, Column::Answer, "");
            model.set(8, Column::Note, "không cư trú tại địa bàn");
        })
        .says("ghi chú là"),
    );
    out.push(one("the day of death in the answer", ALL_WELL, |model| {
        model.set(7, Column::Answer, "Đã chết ngày 12/3/2024");
        model.set(7, Column::Value, "");
    }));
    out.push(one("where to in the answer", ALL_WELL, |model| {
        model.set(6, Column::Answer, "Đã chuyển đi Gio Linh");
        model.set(6, Column::Value, "");
    }));
    out.push(one("where to in the note", ALL_WELL, |model| {
        model.set(6, Column::Value, "");
        model.set(6, Column::Note, "Gio Linh");
    }));
}

pub fn numbers(out: &mut Vec<Spoiling>) {
    for (name, text, letter) in [
        ("with spaces", "045 215 000 002", 'u'),
        ("with dots", "045.215.000.002", 'u'),
        ("without its zero", "45215000002", 'u'),
        ("shortened by the spreadsheet", "4.5215E+10", 'r'),
        ("shortened with a comma", "4,5215E+10", 'r'),
        ("a digit short", "0452150002", 'q'),
        ("two digits short", "045215000", 'r'),
        ("a digit too many", "0452150000022", 'r'),
        ("with a letter O", "O45215000002", 'r'),
        ("of a girl", "045315000002", 'q'),
        ("of another year", "045216000002", 'q'),
        ("of a grown-up", "045092000002", 'q'),
        ("of no province", "003215000002", 'q'),
        ("of another province", "048215000002", 'q'),
        ("two in one cell", "045215000002 045215000003", 'r'),
        ("missing", "", 'q'),
        ("a word", "có", 'r'),
        ("the one of another row", "045315000001", 'q'),
    ] {
        out.push(one(
            format!("number {name}"),
            &but(1, letter),
            move |model| {
                model.set(1, Column::Number, text);
            },
        ));
    }
    out.push(one("numbers as numbers", ALL_WELL, |model| {
        for (child, (.., number, _)) in TRUTH.iter().enumerate() {
            if !number.is_empty() && child != 10 {
                let number: f64 = number.parse().unwrap();
                model.cell(child, Column::Number).value = Value::Number(number);
            }
        }
    }));
    out.push(one(
        "a re-established number that lost its zero",
        &but(10, 'q'),
        |model| {
            model.cell(10, Column::Number).value = Value::Number(45_317_000_099.0);
        },
    ));
    out.push(one("the number in the answer", ALL_WELL, |model| {
        model.set(1, Column::Answer, "Đã cấp: 045215000002");
        model.set(1, Column::Number, "");
    }));
    out.push(one("a number and no answer", ALL_WELL, |model| {
        model.set(1, Column::Answer, "");
    }));
    out.push(one("another number and no answer", &but(0, 'q'), |model| {
        model.set(0, Column::Answer, "");
        model.set(0, Column::Number, "045315000077");
    }));
    out.push(one("one number for two", "uqquuuuuuuuu.u", |model| {
        model.set(2, Column::Number, "045216000002");
        model.set(1, Column::Number, "045216000002");
    }));
    out.push(one("agrees, and another number", &but(0, 'q'), |model| {
        model.set(0, Column::Number, "045315000077");
    }));
    out.push(one("agrees, and the same number", ALL_WELL, |model| {
        model.set(0, Column::Number, "045315000001");
    }));
    out.push(one("not found, and a number", &but(4, 'q'), |model| {
        model.set(4, Column::Number, "045313000005");
    }));
    out.push(one(
        "agrees where there is no number",
        &but(12, 'q'),
        |model| {
            model.set(12, Column::Answer, "Khớp");
        },
    ));
    out.push(one("the number typed over ours", ALL_WELL, |model| {
        model.set(1, Column::Number, "");
        model.set(1, Column::Sent(Field::Number), "045215000002");
    }));
}

pub fn values(out: &mut Vec<Spoiling>) {
    for (name, answer, value, letter) in [
        (
            "the field in the answer",
            "Sai lệch: ngày sinh",
            "21/3/2014",
            'u',
        ),
        (
            "value and field in the answer",
            "sai ngày sinh 21/03/2014",
            "",
            'u',
        ),
        ("a bare date", "Sai lệch", "21.03.2014", 'u'),
        ("nothing", "Sai lệch", "", 'q'),
        ("a bare name", "Sai lệch", "Hồ Văn Bưởng", 'q'),
        ("no such day", "Sai lệch", "ngày sinh: 31/02/2014", 'q'),
        ("a year alone", "Sai lệch", "năm sinh: 2013", 'q'),
        ("what we sent", "Sai lệch", "ngày sinh: 12/03/2014", 'q'),
        (
            "with a question mark",
            "Sai lệch",
            "ngày sinh: 21/03/2014?",
            'q',
        ),
        (
            "another date in the answer",
            "sai ngày sinh 22/03/2014",
            "ngày sinh: 21/03/2014",
            'q',
        ),
    ] {
        out.push(one(
            format!("differs: {name}"),
            &but(3, letter),
            move |model| {
                model.set(3, Column::Answer, answer);
                model.set(3, Column::Value, value);
            },
        ));
    }
    out.push(one("a date the spreadsheet made", &but(3, 'u'), |model| {
        model.cell(3, Column::Value).value = Value::day(2014, 3, 21).unwrap();
        model.set(3, Column::Answer, "Sai ngày sinh");
    }));
    out.push(
        one("a date that may be swapped", &but(7, 'q'), |model| {
            model.cell(7, Column::Value).value = Value::day(2024, 12, 3).unwrap();
        })
        .says("đảo ngày"),
    );
    out.push(one("dead before the birth", &but(7, 'q'), |model| {
        model.set(7, Column::Value, "12/03/2014");
    }));
    out.push(one(
        "dead, and no day that can be read",
        &but(7, 'q'),
        |model| {
            model.set(7, Column::Value, "tại bệnh viện");
        },
    ));
    out.push(one("agrees, and a value", &but(0, 'q'), |model| {
        model.set(0, Column::Value, "ngày sinh: 13/03/2015");
    }));
    out.push(one("a value and no answer", &but(3, 'q'), |model| {
        model.set(3, Column::Answer, "");
    }));
}

pub fn frozen(out: &mut Vec<Spoiling>) {
    for column in ALL {
        let Column::Sent(field) = column else {
            continue;
        };
        let came = match field {
            Field::Birth => "13/03/2015",
            Field::Sex => "Nam",
            Field::Number => "045315000009",
            Field::Phone => "0905000999",
            _ => "Tên khác",
        };
        let name = format!("agrees, {} edited", column.heading());
        out.push(one(name, &but(0, 'q'), move |model| {
            model.set(0, column, came);
        }));
        let who = [
            Field::Name,
            Field::Birth,
            Field::Sex,
            Field::Father,
            Field::Mother,
        ];
        // On a row that was not found, what says who it is matters.
        let letter = if who.contains(&field) || field == Field::Number {
            'q'
        } else {
            'u'
        };
        let came = match field {
            Field::Sex => "Nam",
            Field::Birth => "06/07/2013",
            Field::Number => "045313000005",
            Field::Phone => "0905000999",
            _ => "Tên khác",
        };
        let name = format!("not found, {} edited", column.heading());
        out.push(one(name, &but(4, letter), move |model| {
            model.set(4, column, came);
        }));
    }
    out.push(one(
        "differs, the birth date edited in place",
        ALL_WELL,
        |model| {
            model.set(3, Column::Answer, "Sai lệch");
            model.set(3, Column::Value, "");
            model.set(3, Column::Sent(Field::Birth), "21/03/2014");
        },
    ));
    out.push(
        one("edited, and no answer", &but(3, 'q'), |model| {
            model.set(3, Column::Answer, "");
            model.set(3, Column::Value, "");
            model.set(3, Column::Sent(Field::Birth), "21/03/2014");
        })
        .says("bị sửa"),
    );
    out.push(one(
        "differs, name and date edited",
        &but(3, 'q'),
        |model| {
            model.set(3, Column::Sent(Field::Birth), "21/03/2014");
            model.set(3, Column::Sent(Field::Name), "Hồ Văn Khác");
        },
    ));
    out.push(one("names in capitals without marks", ALL_WELL, |model| {
        for (child, (name, ..)) in TRUTH.iter().enumerate() {
            let bare = treem_child::normalise::syllable::ascii_fold(name);
            model.set(child, Column::Sent(Field::Name), &bare.to_uppercase());
        }
    }));
    out.push(one("dates in another form", ALL_WELL, |model| {
        for (child, (_, birth, ..)) in TRUTH.iter().enumerate() {
            model.set(child, Column::Sent(Field::Birth), birth);
        }
    }));
    out.push(one(
        "phones and numbers that lost their zero",
        ALL_WELL,
        |model| {
            for (child, (_, _, _, number, ..)) in TRUTH.iter().enumerate() {
                model.cell(child, Column::Sent(Field::Phone)).value = Value::Number(905_000_123.0);
                if let Ok(number) = number.parse::<f64>() {
                    model.cell(child, Column::Sent(Field::Number)).value = Value::Number(number);
                }
            }
        },
    ));
    out.push(one("everything that was sent emptied", ALL_WELL, |model| {
        for child in 0..TRUTH.len() {
            for column in ALL {
                if matches!(column, Column::Sent(_)) {
                    model.set(child, column, "");
                }
            }
        }
    }));
}
