//! What each column holds, and why.

use super::{check, sheet, shown};
use treem_child::cell::{Cell, CellKind, Rows};
use treem_files::table::{Field, Hints, Mappings, Reason, walk_all};

#[test]
fn a_name_in_two_columns() {
    check(
        &[
            &["TT", "Họ và chữ đệm", "Tên", "Ngày sinh"],
            &["1", "Nguyễn Văn", "An", "12/03/2015"],
        ],
        &["hd | ordinal name.family name.given birth"],
    );
    // One heading merged over both, or written over the first only.
    for second in ["<", ""] {
        check(
            &[
                &["TT", "Họ và tên", second, "Ngày sinh"],
                &["1", "Nguyễn Văn", "An", "12/03/2015"],
                &["2", "Trần Thị", "Bình", "12/04/2015"],
                &["3", "Lê Văn", "Ca", "12/05/2015"],
            ],
            &["hddd | ordinal name.family name.given birth"],
        );
    }
}

#[test]
fn a_birth_date_in_three_columns() {
    check(
        &[
            &["TT", "Họ tên", "Ngày", "Tháng", "Năm", "GT"],
            &["1", "Nguyễn Văn An", "12", "3", "2015", "Nam"],
        ],
        &["hd | ordinal name birth.day birth.month birth.year sex"],
    );
    check(
        &[
            &["TT", "Họ tên", "Ngày sinh", "Tháng sinh", "Năm sinh"],
            &["1", "Nguyễn Văn An", "12", "3", "2015"],
        ],
        &["hd | ordinal name birth.day birth.month birth.year"],
    );
    // The heading over the first of the three columns only.
    check(
        &[
            &["TT", "Họ tên", "Ngày sinh", "", ""],
            &["1", "Nguyễn Văn An", "12", "3", "2015"],
            &["2", "Lê Văn Ba", "22", "5", "2016"],
            &["3", "Võ Thị Ca", "30", "11", "2014"],
        ],
        &["hddd | ordinal name birth.day birth.month birth.year"],
    );
}

#[test]
fn what_follows_a_parent_is_the_parents() {
    check(
        &[
            &[
                "STT",
                "Họ và tên",
                "Năm sinh",
                "Số CCCD",
                "Họ tên cha",
                "Năm sinh",
                "CCCD",
                "Họ tên mẹ",
                "Năm sinh",
                "CCCD",
                "SĐT",
            ],
            &[
                "1",
                "Nguyễn Văn An",
                "2015",
                "045215001234",
                "Nguyễn Văn Ba",
                "1985",
                "045085001111",
                "Trần Thị Cúc",
                "1987",
                "045187001112",
                "0905123456",
            ],
            &[
                "2",
                "Lê Thị Bình",
                "2016",
                "045316001235",
                "Lê Văn Danh",
                "1984",
                "045084001113",
                "Võ Thị Em",
                "1986",
                "045186001114",
                "0905123457",
            ],
        ],
        &[
            "hdd | ordinal name birth number father father.birth father.number mother mother.birth mother.number phone",
        ],
    );
}

#[test]
fn a_number_after_the_parents_is_the_childs_when_the_cells_say_so() {
    let child: &[&[&str]] = &[
        &[
            "STT",
            "Họ và tên",
            "Ngày sinh",
            "Họ tên cha",
            "Họ tên mẹ",
            "Số CCCD",
        ],
        &[
            "1",
            "Nguyễn Văn An",
            "12/03/2015",
            "Nguyễn Văn Ba",
            "Trần Thị Cúc",
            "045215001234",
        ],
        &[
            "2",
            "Lê Thị Bình",
            "12/03/2016",
            "Lê Văn Danh",
            "Võ Thị Em",
            "045316001235",
        ],
        &[
            "3",
            "Lê Thị Ca",
            "12/03/2016",
            "Lê Văn Danh",
            "Võ Thị Em",
            "045316001236",
        ],
    ];
    check(child, &["hddd | ordinal name birth father mother number"]);
    let mothers: &[&[&str]] = &[
        &[
            "STT",
            "Họ và tên",
            "Ngày sinh",
            "Họ tên cha",
            "Họ tên mẹ",
            "Số CCCD",
        ],
        &[
            "1",
            "Nguyễn Văn An",
            "12/03/2015",
            "Nguyễn Văn Ba",
            "Trần Thị Cúc",
            "045187001234",
        ],
        &[
            "2",
            "Lê Thị Bình",
            "12/03/2016",
            "Lê Văn Danh",
            "Võ Thị Em",
            "045185001235",
        ],
        &[
            "3",
            "Lê Thị Ca",
            "12/03/2016",
            "Lê Văn Danh",
            "Võ Thị Em",
            "045190001236",
        ],
    ];
    check(
        mothers,
        &["hddd | ordinal name birth father mother mother.number"],
    );
}

#[test]
fn headings_without_marks_in_capitals_with_line_breaks() {
    check(
        &[
            &[
                "STT",
                "HO VA\nTEN TRE",
                "NGAY THANG\nNAM SINH",
                "GIOI TINH",
                "DAN TOC",
                "HO TEN CHA",
                "HO TEN ME",
                "THON",
                "GHI CHU",
            ],
            &[
                "1",
                "NGUYEN VAN AN",
                "12/03/2015",
                "NAM",
                "KINH",
                "NGUYEN VAN BA",
                "TRAN THI CUC",
                "A DANG",
                "",
            ],
        ],
        &["hd | ordinal name birth sex ethnicity father mother hamlet note"],
    );
}

#[test]
fn unknown_headings_by_content() {
    let walked = check(
        &[
            &["STT", "Họ và tên", "Cột 1", "Cột 2", "Cột 3", "Ghi chú"],
            &[
                "1",
                "Nguyễn Văn An",
                "12/03/2015",
                "Nam",
                "045215001234",
                "",
            ],
            &["2", "Lê Thị Bình", "13/03/2016", "Nữ", "045316001235", ""],
            &["3", "Lê Thị Ca", "14/03/2016", "Nữ", "045316001236", ""],
        ],
        &["hddd | ordinal name birth sex number note"],
    );
    let table = walked[0].table.as_ref().unwrap();
    let birth = table.column_of(Field::Birth).unwrap();
    assert_eq!((birth.reason, birth.samples.len()), (Reason::Content, 3));
    assert!(
        birth.sentence.contains("theo nội dung"),
        "{}",
        birth.sentence
    );
}

#[test]
fn content_against_the_heading_lowers_the_certainty() {
    let walked = walk_all(
        &sheet(&[
            &["STT", "Họ và tên", "CMND", "Giới tính"],
            &["1", "Nguyễn Văn An", "12/03/2015", "Nam"],
            &["2", "Lê Thị Bình", "13/03/2016", "Nữ"],
            &["3", "Lê Thị Ca", "14/03/2016", "Nữ"],
        ]),
        &Hints::default(),
    );
    let column = &walked[0].table.as_ref().unwrap().columns[2];
    assert!(
        column.certainty < 0.5 && column.sentence.contains("ngày tháng"),
        "{column:?}"
    );
}

#[test]
fn the_identity_number_is_not_the_ministrys_code() {
    check(
        &[
            &[
                "STT",
                "Mã lớp",
                "Mã định danh Bộ GD&ĐT",
                "Họ và tên",
                "Ngày sinh",
                "Số ĐDCN",
                "Họ tên cha",
                "Năm sinh cha",
                "Họ tên mẹ",
                "Năm sinh mẹ",
            ],
            &[
                "1",
                "3A",
                "4512345678",
                "Nguyễn Văn An",
                "12/03/2015",
                "045215001234",
                "Nguyễn Văn Ba",
                "1985",
                "Trần Thị Cúc",
                "1987",
            ],
        ],
        &["hd | ordinal school id name birth number father father.birth mother mother.birth"],
    );
}

#[test]
fn places_under_a_group() {
    check(
        &[
            &[
                "STT",
                "Họ và tên",
                "Ngày sinh",
                "Nơi thường trú",
                "<",
                "<",
                "Nơi ở hiện nay",
                "Quê quán",
            ],
            &["^", "^", "^", "Thôn", "Xã", "Huyện", "^", "^"],
            &[
                "1",
                "Nguyễn Văn An",
                "12/03/2015",
                "A Đăng",
                "Tà Rụt",
                "Đakrông",
                "",
                "Hải Lăng",
            ],
        ],
        &["hhd | ordinal name birth hamlet commune district address.current home.place"],
    );
}

#[test]
fn legacy_headings() {
    // TCVN3 and VNI as they come out of csv: no font to tell.
    check(
        &[
            &["STT", "Hä vµ tªn", "Ngµy sinh", "Giíi tÝnh", "D©n téc"],
            &["1", "NguyÔn V¨n An", "12/03/2015", "Nam", "Kinh"],
            &["2", "TrÇn ThÞ Hång", "13/03/2015", "N÷", "Kinh"],
        ],
        &["hdd | ordinal name birth sex ethnicity"],
    );
    check(
        &[
            &[
                "STT",
                "Hoï vaø teân",
                "Ngaøy sinh",
                "Giôùi tính",
                "Daân toäc",
            ],
            &["1", "Nguyeãn Vaên An", "12/03/2015", "Nam", "Kinh"],
            &["2", "Traàn Thò Hoàng", "13/03/2015", "Nöõ", "Kinh"],
        ],
        &["hdd | ordinal name birth sex ethnicity"],
    );
}

#[test]
fn swapped_days_and_months_are_seen() {
    let mut rows = Rows::default();
    let lines = |rows: &mut Rows<'static>, number: u64, name: &str, birth: Cell<'static>| {
        rows.push(Cell::text(name.to_owned()));
        rows.push(birth);
        rows.end_row(number, false);
    };
    lines(&mut rows, 1, "Họ và tên", Cell::text("Ngày sinh"));
    for n in 0..6u32 {
        // 1/4/2012 and the following days.
        lines(
            &mut rows,
            u64::from(n) * 2 + 2,
            "Nguyễn Văn An",
            Cell {
                kind: CellKind::Date(41_000.0 + f64::from(n)),
                ..Cell::text("x")
            },
        );
        lines(
            &mut rows,
            u64::from(n) * 2 + 3,
            "Nguyễn Văn Ba",
            Cell::text(format!("{}/4/2012", 15 + n)),
        );
    }
    let walked = walk_all(&rows, &Hints::default());
    let table = walked[0].table.as_ref().unwrap();
    assert!(table.plan.columns[1].dates_swapped, "{:?}", shown(&walked));
}

#[test]
fn a_saved_mapping_wins() {
    let lines: &[&[&str]] = &[
        &["Mục A", "Mục B", "Họ và tên"],
        &["Nguyễn Văn An", "12/03/2015", "Lê Thị Ca"],
        &["Nguyễn Văn Ba", "13/03/2015", "Lê Thị Dung"],
    ];
    let first = walk_all(&sheet(lines), &Hints::default());
    let mut mapping = first[0].table.as_ref().unwrap().to_mapping();
    for (column, field) in mapping.columns.iter_mut().zip(["name", "birth", "mother"]) {
        column.field = field.to_owned();
    }
    let given = Hints {
        given: Mappings {
            tables: vec![mapping.clone()],
        },
        ..Hints::default()
    };
    assert_eq!(
        shown(&walk_all(&sheet(lines), &given)),
        ["hdd | name birth mother"]
    );
    // The same shape again, columns moved: found by headings; without the hash too.
    let moved: &[&[&str]] = &[
        &["Họ và tên", "Mục B", "Mục A"],
        &["Lê Thị Ca", "12/03/2015", "Nguyễn Văn An"],
    ];
    mapping.shape.clear();
    let given = Hints {
        given: Mappings {
            tables: vec![mapping.clone()],
        },
        ..Hints::default()
    };
    assert_eq!(
        shown(&walk_all(&sheet(moved), &given)),
        ["hd | mother birth name"]
    );
    // A typing error in it can be told.
    mapping.columns[0].field = "nmae".into();
    assert_eq!(mapping.unknown_fields().collect::<Vec<_>>(), ["nmae"]);
}
