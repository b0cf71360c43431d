//! The ways to spoil a returned workbook, one line each where one line does: first where things stand, in [`said`] what rows say.

mod file;
mod said;

use super::model::{FIRST, HEAD, Model, TRUTH, at, code};
use treem_child::field::Field;
use treem_child::handover::code::{List, Row};
use treem_child::handover::columns::{ALL, Column};
use treem_files::write::book::{Cell, Format, Value};

/// One way, and what must come of it.
pub struct Spoiling {
    pub name: String,
    pub how: Box<dyn Fn(&mut Model)>,
    pub format: Format,
    /// A letter a row.
    pub expect: String,
    /// Words of a note or of a question.
    pub note: &'static str,
    /// Words of the refusal of the file.
    pub refused: Option<&'static str>,
    /// It is about where things stand, not about what one row says.
    pub is_shape: bool,
}

/// Everything is understood.
const ALL_WELL: &str = "uuuuuuuuuuuu.u";
/// Everything that has an answer is asked about.
const ALL_ASKED: &str = "qqqqqqqqqqqq.q";

fn one(name: impl Into<String>, expect: &str, how: impl Fn(&mut Model) + 'static) -> Spoiling {
    Spoiling {
        name: name.into(),
        how: Box::new(how),
        format: Format::Xlsx,
        expect: expect.to_owned(),
        note: "",
        refused: None,
        is_shape: false,
    }
}

impl Spoiling {
    fn says(mut self, note: &'static str) -> Self {
        self.note = note;
        self
    }
    fn refused(mut self, words: &'static str) -> Self {
        self.refused = Some(words);
        self
    }
    fn format(mut self, format: Format) -> Self {
        self.format = format;
        self
    }
}

/// The pattern where everything is well but one row.
fn but(child: usize, letter: char) -> String {
    let mut letters: Vec<char> = ALL_WELL.chars().collect();
    letters[child] = letter;
    letters.into_iter().collect()
}

pub fn all() -> Vec<Spoiling> {
    let mut out = vec![one("as it went out, filled in", ALL_WELL, |_| {})];
    for family in [
        order,
        columns,
        codes,
        rows,
        file::ticks,
        file::formats,
        file::merges,
        file::sheets,
    ] {
        family(&mut out);
    }
    for one in &mut out {
        one.is_shape = true;
    }
    for family in [said::free_words, said::numbers, said::values, said::frozen] {
        family(&mut out);
    }
    out
}

fn order(out: &mut Vec<Spoiling>) {
    out.push(one("rows upside down", ALL_WELL, |model| {
        model.children().reverse();
    }));
    for column in [
        Column::Sent(Field::Name),
        Column::Sent(Field::Birth),
        Column::Answer,
        Column::Number,
        Column::Code,
    ] {
        let name = format!("sorted by {}", column.heading());
        out.push(one(name, ALL_WELL, move |model| {
            let place = at(column);
            let text = |row: &Vec<Cell>| {
                row.get(place)
                    .map_or_else(String::new, |cell| match &cell.value {
                        Value::Text(text) => text.clone(),
                        _ => String::new(),
                    })
            };
            model.children().sort_by_key(text);
        }));
    }
    out.push(one("filtered: rows hidden", ALL_WELL, |model| {
        let first = u32::try_from(FIRST).unwrap();
        model.book.sheets[0].hidden_rows = vec![first, first + 3];
    }));
    out.push(one("the title block taken away", ALL_WELL, |model| {
        model.rows().drain(0..HEAD);
    }));
    out.push(one("empty rows between", ALL_WELL, |model| {
        for nth in (0..TRUTH.len()).rev() {
            model.rows().insert(FIRST + nth, Vec::new());
        }
    }));
    out.push(one("the heading again in the middle", ALL_WELL, |model| {
        let head = model.rows()[HEAD].clone();
        model.rows().insert(FIRST + 5, head);
    }));
    // Only some columns sorted: names stand beside codes of others.
    out.push(
        one("names sorted alone", "qqqqqqqqqqqqqq", |model| {
            let place = at(Column::Sent(Field::Name));
            let first = model.children()[0][place].clone();
            let children = model.children();
            for nth in 0..children.len() - 1 {
                children[nth][place] = children[nth + 1][place].clone();
            }
            let last = children.len() - 1;
            children[last][place] = first;
        })
        .says("không còn như khi gửi"),
    );
    out.push(one("codes shifted by a row", "qqqqqqqqqqqqqq", |model| {
        let children = model.children();
        let place = at(Column::Code);
        let codes: Vec<Cell> = children.iter().map(|row| row[place].clone()).collect();
        let last = codes.len() - 1;
        for (nth, row) in children.iter_mut().enumerate() {
            row[place] = codes[if nth == 0 { last } else { nth - 1 }].clone();
        }
    }));
}

fn columns(out: &mut Vec<Spoiling>) {
    for column in ALL {
        let name = format!("without the column {}", column.heading());
        let expect = match column {
            Column::Code => ALL_ASKED,
            // What the police fill in is gone: what is left is too little or asked about.
            Column::Answer => ".uuq..qq..q...",
            Column::Number => "uqquuquuuuqu.u",
            Column::Value => "uuuquuqquuuu.u",
            _ => ALL_WELL,
        };
        out.push(one(name, expect, move |model| {
            model.drop_column(at(column));
        }));
    }
    out.push(one("columns from right to left", ALL_WELL, |model| {
        for row in model.rows() {
            while row.len() < ALL.len() {
                row.push(Cell::default());
            }
            row.reverse();
        }
    }));
    out.push(one(
        "what the police fill in moved to the front",
        ALL_WELL,
        |model| {
            for row in model.rows() {
                while row.len() < ALL.len() {
                    row.push(Cell::default());
                }
                row.rotate_right(4);
            }
        },
    ));
    out.push(one("a column put in before all", ALL_WELL, |model| {
        for (nth, row) in model.rows().iter_mut().enumerate() {
            row.insert(0, Cell::text(if nth == HEAD { "Thôn" } else { "" }));
        }
    }));
    out.push(one("a column of the police's own", ALL_WELL, |model| {
        model.place(HEAD, 20).value = Value::text("Cán bộ tra cứu");
        for nth in 0..TRUTH.len() {
            *model.place(FIRST + nth, 20) = Cell::text("Trung úy Lê Văn Sơn");
        }
    }));
    for (column, heading) in [
        (Column::Code, "Mã"),
        (Column::Code, "Ký hiệu riêng"),
        (Column::Code, ""),
        (Column::Answer, "KẾT QUẢ"),
        (Column::Answer, "ket qua doi chieu"),
        (Column::Answer, "Công an xã ghi"),
        (Column::Answer, ""),
        (Column::Number, "Mã định danh"),
        (Column::Number, "Số mới"),
        (Column::Number, "CA ghi số vào đây"),
        (Column::Value, "Thông tin đúng"),
        (Column::Note, "Ý kiến"),
        (Column::Sent(Field::Name), "Họ tên trẻ"),
        (Column::Ordinal, "TT"),
    ] {
        let name = format!("{} headed “{heading}”", column.heading());
        out.push(one(name, ALL_WELL, move |model| {
            model.head(column, heading);
        }));
    }
    out.push(one("no headings at all", "uuuquuqquuuu.u", |model| {
        model.rows().drain(0..FIRST);
    }));
    out.push(
        one("no code and no name", ALL_ASKED, |model| {
            model.drop_column(at(Column::Sent(Field::Name)));
            model.drop_column(at(Column::Code));
        })
        .refused("Không thấy bảng kết quả"),
    );
}

fn codes(out: &mut Vec<Spoiling>) {
    type Retype = fn(&str) -> String;
    let ways: [(&str, Retype); 8] = [
        ("with spaces", |text| text.replace('-', " ")),
        ("without signs", |text| text.replace('-', "")),
        ("with dots", |text| text.replace('-', ".")),
        ("with long dashes", |text| text.replace('-', " – ")),
        ("with O for 0", |text| text.replace('0', "O")),
        ("with l for 1", |text| text.replacen('1', "l", 1)),
        ("with words before", |text| format!("Mã: {text}")),
        ("with an apostrophe", |text| format!("'{text}")),
    ];
    for (name, way) in ways {
        out.push(one(format!("codes {name}"), ALL_WELL, move |model| {
            for nth in 0..TRUTH.len() {
                model.set(nth, Column::Code, &way(&code(nth).to_string()));
            }
        }));
    }
    out.push(one("codes as numbers", ALL_WELL, |model| {
        for nth in 0..TRUTH.len() {
            let digits = code(nth).to_string().replace('-', "");
            model.cell(nth, Column::Code).value = Value::Number(digits.parse().unwrap());
        }
    }));
    out.push(
        one("a digit of a code wrong", &but(4, 'q'), |model| {
            let text = code(4).to_string();
            model.set(4, Column::Code, &text.replacen("0005", "0006", 1));
        })
        .says("không khớp chữ số kiểm tra"),
    );
    out.push(
        one("two digits of a code swapped", &but(0, 'q'), |model| {
            let text = code(0).to_string();
            model.set(0, Column::Code, &text.replacen("0001", "0010", 1));
        })
        .says("không khớp chữ số kiểm tra"),
    );
    out.push(
        one("a code emptied", &but(1, 'q'), |model| {
            model.set(1, Column::Code, "");
        })
        .says("không có mã dòng đọc được"),
    );
    out.push(
        one("a code and its name emptied", &but(1, '.'), |model| {
            model.set(1, Column::Code, "");
            model.set(1, Column::Sent(Field::Name), "");
        })
        .says("không nhận ra được"),
    );
    out.push(
        one("a code that the list has no row of", ALL_WELL, |model| {
            let mut row = model.rows()[FIRST].clone();
            row[at(Column::Code)] = Cell::text(code(500).to_string());
            model.rows().insert(FIRST + 3, row);
        })
        .says("không có dòng ấy"),
    );
    out.push(
        one("rows of another list mixed in", ALL_WELL, |model| {
            let other = List::new(20_002).unwrap();
            for nth in [9_usize, 4, 0] {
                let mut row = model.rows()[FIRST + nth].clone();
                let code = Row::new(other, u32::try_from(nth).unwrap() + 1).unwrap();
                row[at(Column::Code)] = Cell::text(code.to_string());
                row[at(Column::Answer)] = Cell::text("Đã chết");
                model.rows().insert(FIRST + nth, row);
            }
        })
        .says("3 dòng thuộc danh sách 20002-"),
    );
    out.push(
        one("another list altogether", "", |model| {
            let other = List::new(20_002).unwrap();
            for nth in 0..TRUTH.len() {
                let code = Row::new(other, u32::try_from(nth).unwrap() + 1).unwrap();
                model.set(nth, Column::Code, &code.to_string());
            }
        })
        .refused("là của danh sách 20002-"),
    );
}

fn rows(out: &mut Vec<Spoiling>) {
    for (name, which) in [
        ("the first row", 0..1),
        ("the last row", 13..14),
        ("half of the rows", 0..7),
        ("all rows without an answer", 12..13),
    ] {
        let expect: String = ALL_WELL
            .chars()
            .enumerate()
            .map(|(nth, letter)| if which.contains(&nth) { '.' } else { letter })
            .collect();
        out.push(one(format!("{name} taken out"), &expect, move |model| {
            let rows = FIRST + which.start..FIRST + which.end;
            model.rows().drain(rows);
        }));
    }
    out.push(one("a row twice, alike", ALL_WELL, |model| {
        let row = model.rows()[FIRST + 1].clone();
        model.rows().push(row);
    }));
    out.push(one(
        "a row twice, the second without an answer",
        ALL_WELL,
        |model| {
            let mut row = model.rows()[FIRST + 1].clone();
            row[at(Column::Answer)] = Cell::default();
            row[at(Column::Number)] = Cell::default();
            model.rows().push(row);
        },
    ));
    out.push(
        one("a row twice, otherwise", &but(4, 'q'), |model| {
            let mut row = model.rows()[FIRST + 4].clone();
            row[at(Column::Answer)] = Cell::text("Đã chết");
            model.rows().push(row);
        })
        .says("kết quả khác nhau"),
    );
    out.push(one("a total and a signature below", ALL_WELL, |model| {
        model
            .rows()
            .push(vec![Cell::text("Tổng cộng: 14 trẻ em, đã đối chiếu 13")]);
        model
            .rows()
            .push(vec![Cell::default(), Cell::text("CÔNG AN XÃ TÀ RỤT")]);
    }));
    out.push(
        one("everything taken out", "", |model| {
            model.book.sheets.truncate(1);
            model.rows().clear();
            model.rows().push(vec![Cell::text("")]);
        })
        .refused("không có dòng nào"),
    );
    out.push(
        one("another paper", "", |model| {
            model.book.sheets.truncate(1);
            model.rows().clear();
            model.rows().push(vec![Cell::text(
                "Kính gửi UBND xã, chúng tôi sẽ trả lời sau.",
            )]);
        })
        .refused("Không thấy bảng kết quả"),
    );
}
