//! The list that goes out, its answers, and the workbook they are filled into.

use treem_child::field::Field;
use treem_child::handover::answer::{Answer, Difference, Kind};
use treem_child::handover::code;
use treem_child::handover::columns::{ALL, Column};
use treem_child::handover::frozen::{Carer, Frozen, Home};
use treem_child::handover::seal::{self, Digest, Heading};
use treem_files::read::Book;
use treem_files::write::book::{Cell, Sheet, Workbook};
use treem_files::write::lists::ListHead;
use treem_files::write::lists::police::{PoliceList, police_bytes};

/// Name, birth date, sex, number, answer (none: not answered), number given, value.
pub type Case = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    Option<Kind>,
    &'static str,
    &'static str,
);

pub const TRUTH: [Case; 14] = [
    (
        "Hồ Thị Mơ",
        "2015-03-12",
        "Nữ",
        "045315000001",
        Some(Kind::Agrees),
        "",
        "",
    ),
    (
        "Hồ Văn Khăm",
        "2015-04-02",
        "Nam",
        "",
        Some(Kind::NumberGiven),
        "045215000002",
        "",
    ),
    (
        "Hồ Thị Nga",
        "2016-11-25",
        "Nữ",
        "45316000003",
        Some(Kind::NumberGiven),
        "045316000003",
        "",
    ),
    (
        "Hồ Văn Bường",
        "2014-03-12",
        "Nam",
        "045214000004",
        Some(Kind::Differs),
        "",
        "ngày sinh: 21/03/2014",
    ),
    (
        "Hồ Thị Lan",
        "2013-07-05",
        "Nữ",
        "",
        Some(Kind::NotFound),
        "",
        "",
    ),
    (
        "Hồ Văn Đức",
        "2012-09-30",
        "Nam",
        "045212000006",
        Some(Kind::NumberOnAnother),
        "",
        "",
    ),
    (
        "Hồ Thị Hoa",
        "2011-01-17",
        "Nữ",
        "",
        Some(Kind::MovedAway),
        "",
        "Gio Linh",
    ),
    (
        "Hồ Văn Lợi",
        "2018-02-08",
        "Nam",
        "",
        Some(Kind::Died),
        "",
        "12/03/2024",
    ),
    (
        "Hồ Thị Nhung",
        "2019-12-19",
        "Nữ",
        "",
        Some(Kind::NotResident),
        "",
        "",
    ),
    (
        "Hồ Văn Thắng",
        "2024-05-01",
        "Nam",
        "",
        Some(Kind::BirthNotRegistered),
        "",
        "",
    ),
    (
        "Hồ Thị Phượng",
        "2017-06-14",
        "Nữ",
        "045317000011",
        Some(Kind::NumberChanged),
        "045317000099",
        "",
    ),
    (
        "Xồng Y Dênh",
        "2016-08-21",
        "Nữ",
        "",
        Some(Kind::NotCitizen),
        "",
        "",
    ),
    ("Hồ Văn Tùng", "2015-10-10", "Nam", "", None, "", ""),
    (
        "Hồ Thị Yến",
        "2014-12-01",
        "Nữ",
        "045314000014",
        Some(Kind::Agrees),
        "",
        "",
    ),
];

pub fn list() -> code::List {
    code::List::new(10_007).unwrap()
}

pub fn code(at: usize) -> code::Row {
    code::Row::new(list(), u32::try_from(at).unwrap() + 1).unwrap()
}

pub fn sent_rows() -> Vec<Frozen> {
    let parent = |name: &str| Carer {
        name: name.to_owned(),
        nationality: String::new(),
    };
    TRUTH
        .iter()
        .enumerate()
        .map(|(at, (name, birth, sex, number, ..))| Frozen {
            name: (*name).to_owned(),
            birth: (*birth).to_owned(),
            sex: (*sex).to_owned(),
            ethnicity: "Tà Ôi".to_owned(),
            ethnicity_own: "Pa Cô".to_owned(),
            number: (*number).to_owned(),
            nationality: "Việt Nam".to_owned(),
            birth_registration: "UBND xã Tà Rụt, Đakrông, Quảng Trị".to_owned(),
            home_place: "Tà Rụt, Đakrông".to_owned(),
            home: Home {
                hamlet: "Thôn A Đăng".to_owned(),
                commune: "Xã Tà Rụt".to_owned(),
                unit: "19588".to_owned(),
                edition: "2024-06-13".to_owned(),
                ..Home::default()
            },
            father: parent(&format!("Hồ Văn Cha {at}")),
            mother: parent(&format!("Hồ Thị Mẹ {at}")),
            guardian: parent("Hồ Thị Bà"),
            phone: "0905000123".to_owned(),
            why: vec!["id.missing".to_owned()],
            ..Frozen::empty(code(at))
        })
        .collect()
}

pub fn digest() -> Digest {
    let heading = Heading {
        register: "45".to_owned(),
        list: list(),
        title: "Tà Rụt".to_owned(),
        unit: "19588".to_owned(),
        edition: "2024-06-13".to_owned(),
        unit_name: "Xã Tà Rụt".to_owned(),
        closed_on: "2024-06-20".to_owned(),
    };
    seal::digest(&heading, &sent_rows())
}

/// What was meant of each row.
pub fn meant() -> Vec<Option<Answer>> {
    let answer = |case: &Case| {
        let (_, _, _, sent, kind, number, _) = *case;
        Some(match kind? {
            Kind::Agrees => Answer::Agrees,
            Kind::NumberGiven => Answer::NumberGiven {
                number: number.to_owned(),
            },
            Kind::Differs => Answer::Differs {
                fields: vec![Difference {
                    field: Field::Birth,
                    value: "21/03/2014".to_owned(),
                }],
            },
            Kind::NotFound => Answer::NotFound,
            Kind::NumberOnAnother => Answer::NumberOnAnother { number: None },
            Kind::MovedAway => Answer::MovedAway {
                to: "Gio Linh".to_owned(),
            },
            Kind::Died => Answer::Died {
                day: "2024-03-12".to_owned(),
            },
            Kind::NotResident => Answer::NotResident,
            Kind::BirthNotRegistered => Answer::BirthNotRegistered,
            Kind::NumberChanged => Answer::NumberChanged {
                old: sent.to_owned(),
                new: Some(number.to_owned()),
            },
            Kind::NotCitizen => Answer::NotCitizen,
        })
    };
    TRUTH.iter().map(answer).collect()
}

pub fn written() -> Vec<u8> {
    let head = ListHead {
        commune: "xã Tà Rụt".into(),
        district: "huyện Đakrông".into(),
        province: "tỉnh Quảng Trị".into(),
        as_of: "20/6/2024".into(),
        ..ListHead::default()
    };
    let (rows, code) = (sent_rows(), list().to_string());
    police_bytes(&PoliceList {
        head: &head,
        code: &code,
        digest: digest(),
        rows: &rows,
    })
    .unwrap()
}

/// A workbook on its way back.
pub struct Model {
    pub book: Workbook,
}

/// The row of the headings.
pub const HEAD: usize = 8;
/// The first row of a child.
pub const FIRST: usize = 10;

/// The place of a column as it went out.
pub fn at(column: Column) -> usize {
    ALL.iter().position(|known| *known == column).unwrap()
}

impl Model {
    /// As it was written, every answer filled in.
    pub fn answered() -> Self {
        let read = Book::from_bytes(written()).unwrap();
        let (sheets, _) = read.whole(10_000).unwrap();
        let sheets = sheets
            .iter()
            .map(|sheet| {
                let mut rows: Vec<Vec<Cell>> = Vec::new();
                for row in sheet.rows.iter() {
                    let number = usize::try_from(row.number).unwrap();
                    while rows.len() + 1 < number {
                        rows.push(Vec::new());
                    }
                    let own = |cell: &treem_child::cell::Cell<'_>| {
                        if cell.spread == treem_child::cell::Spread::Own {
                            Cell::text(cell.text.clone())
                        } else {
                            Cell::default()
                        }
                    };
                    rows.push(row.cells.iter().map(own).collect());
                }
                Sheet {
                    name: sheet.meta.name.clone(),
                    hidden: sheet.meta.hidden,
                    rows,
                    ..Sheet::default()
                }
            })
            .collect();
        let mut model = Self {
            book: Workbook {
                sheets,
                date1904: false,
            },
        };
        for (row, (.., kind, number, value)) in TRUTH.iter().enumerate() {
            model.set(row, Column::Answer, kind.map_or("", Kind::label));
            model.set(row, Column::Number, number);
            model.set(row, Column::Value, value);
        }
        model
    }

    pub fn rows(&mut self) -> &mut Vec<Vec<Cell>> {
        &mut self.book.sheets[0].rows
    }

    /// The children's rows, without what stands above and below.
    pub fn children(&mut self) -> &mut [Vec<Cell>] {
        let last = (FIRST + TRUTH.len()).min(self.book.sheets[0].rows.len());
        let first = FIRST.min(last);
        &mut self.book.sheets[0].rows[first..last]
    }

    /// The cell of a child, made where the row is shorter; children are counted from 0 in the order they went out.
    pub fn cell(&mut self, child: usize, column: Column) -> &mut Cell {
        self.place(FIRST + child, at(column))
    }

    pub fn place(&mut self, row: usize, column: usize) -> &mut Cell {
        let rows = self.rows();
        while rows.len() <= row {
            rows.push(Vec::new());
        }
        let cells = &mut rows[row];
        while cells.len() <= column {
            cells.push(Cell::default());
        }
        &mut cells[column]
    }

    pub fn set(&mut self, child: usize, column: Column, text: &str) {
        *self.cell(child, column) = Cell::text(text);
    }

    pub fn head(&mut self, column: Column, text: &str) {
        *self.place(HEAD, at(column)) = Cell::text(text);
    }

    /// Takes a column out.
    pub fn drop_column(&mut self, column: usize) {
        for row in self.rows() {
            if column < row.len() {
                row.remove(column);
            }
        }
    }
}
