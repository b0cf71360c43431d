//! Sheets with several tables, with none, and lists without a heading.

use super::{check, sheet, shown};
use treem_files::table::{Absence, Hints, RowKind, walk_all};

#[test]
fn several_tables_one_below_the_other() {
    let walked = check(
        &[
            &["DANH SÁCH TRẺ EM THÔN 1", "", "", ""],
            &["STT", "Họ và tên", "Ngày sinh", "Giới tính"],
            &["1", "Hồ Văn Ăng", "12/03/2015", "Nam"],
            &["", "Người lập", "", ""],
            &["", "Hồ Văn Tài", "", ""],
            &["", "", "", ""],
            &["DANH SÁCH TRẺ EM THÔN 2", "", "", ""],
            &["TT", "Họ tên trẻ", "Giới tính", "Năm sinh"],
            &["1", "Hồ Văn Bình", "Nam", "2016"],
            &["2", "Hồ Thị Ca", "Nữ", "2017"],
        ],
        &[
            "thdff.t | ordinal name birth sex",
            "hdd | ordinal name sex birth",
        ],
    );
    assert_eq!(
        walked[1].table.as_ref().unwrap().titles,
        ["DANH SÁCH TRẺ EM THÔN 2"]
    );
}

#[test]
fn the_same_heading_under_a_new_title_is_a_new_table() {
    check(
        &[
            &["DANH SÁCH TRẺ EM THÔN 1", "", ""],
            &["STT", "Họ và tên", "Ngày sinh"],
            &["1", "Hồ Văn Ăng", "12/03/2015"],
            &["DANH SÁCH TRẺ EM THÔN 2", "", ""],
            &["STT", "Họ và tên", "Ngày sinh"],
            &["1", "Hồ Văn Bình", "12/03/2015"],
        ],
        &["thdt | ordinal name birth", "hd | ordinal name birth"],
    );
}

#[test]
fn tables_side_by_side() {
    check(
        &[
            &[
                "STT",
                "Họ và tên",
                "Ngày sinh",
                "",
                "STT",
                "Họ và tên",
                "Ngày sinh",
            ],
            &[
                "1",
                "Hồ Văn Ăng",
                "12/03/2015",
                "",
                "3",
                "Hồ Văn Ca",
                "14/03/2015",
            ],
            &["2", "Hồ Văn Bình", "13/03/2015", "", "", "", ""],
        ],
        &["hdd | ordinal name birth", "hd. | ordinal name birth"],
    );
}

#[test]
fn a_list_without_a_heading() {
    check(
        &[
            &[
                "1",
                "Hồ Văn Ăng",
                "12/03/2015",
                "Nam",
                "Bru-Vân Kiều",
                "045215001234",
                "Hồ Văn Pả",
                "Hồ Thị Kăn",
            ],
            &[
                "2",
                "Hồ Thị Bình",
                "13/04/2016",
                "Nữ",
                "Bru-Vân Kiều",
                "045316001235",
                "Hồ Văn Tư",
                "Lê Thị Năm",
            ],
            &[
                "3",
                "Nguyễn Văn Ca",
                "14/05/2017",
                "Nam",
                "Kinh",
                "",
                "Nguyễn Văn Sáu",
                "Trần Thị Bảy",
            ],
            &[
                "4",
                "Lê Văn Dũng",
                "15/06/2018",
                "Nam",
                "Kinh",
                "045218001237",
                "Lê Văn Tám",
                "Võ Thị Chín",
            ],
        ],
        &["dddd | ordinal name birth sex ethnicity number father mother"],
    );
}

#[test]
fn heading_not_in_the_first_column_and_ghost_columns() {
    let walked = check(
        &[
            &["", "", "", "", "", "", ""],
            &["", "", "Họ và tên", "Ngày sinh", "Giới tính", "", ""],
            &["", "", "Hồ Văn Ăng", "12/03/2015", "Nam", "", " "],
            &["", "", "Hồ Thị Bình", "13/03/2015", "Nữ", "", ""],
        ],
        &[".hdd | name birth sex"],
    );
    assert_eq!(walked[0].table.as_ref().unwrap().columns[0].column, 2);
}

#[test]
fn sheets_without_a_list() {
    let absence = |lines: &[&[&str]]| {
        let walked = walk_all(&sheet(lines), &Hints::default());
        assert!(walked[0].table.is_none(), "{:?}", shown(&walked));
        walked[0].absence
    };
    assert_eq!(absence(&[]), Some(Absence::Blank));
    assert_eq!(absence(&[&["", " "]]), Some(Absence::Blank));
    assert_eq!(
        absence(&[&["Hướng dẫn nhập liệu"], &["Mở tệp và điền vào các cột."]]),
        Some(Absence::NoHeading)
    );
    let counts: &[&[&str]] = &[
        &["STT", "Xã", "Tổng số trẻ", "Nam", "Nữ", "Ghi chú"],
        &["1", "Tà Rụt", "812", "410", "402", ""],
        &["2", "Húc Nghì", "412", "210", "202", ""],
        &["", "Tổng cộng", "1224", "620", "604", ""],
    ];
    assert_eq!(absence(counts), Some(Absence::NotPeople));
    let rows = sheet(counts);
    let mut walker = treem_files::table::Walker::new(Hints::default());
    assert!(walker.begin(&rows.iter().collect::<Vec<_>>()).is_none());
    assert!(walker.headings_seen().contains("Tổng số trẻ"));
    assert_eq!(
        absence(&[
            &["Mã", "Tên dân tộc"],
            &["01", "Kinh"],
            &["02", "Tày"],
            &["03", "Thái"]
        ]),
        Some(Absence::NoHeading)
    );
}

#[test]
fn a_table_without_a_name_column_keeps_its_rows() {
    let walked = check(
        &[
            &["STT", "Ngày sinh", "Giới tính", "Số định danh"],
            &["1", "12/03/2015", "Nam", "045215001234"],
            &["2", "13/03/2015", "Nữ", "045315001235"],
        ],
        &["hdd | ordinal birth sex number"],
    );
    let table = walked[0].table.as_ref().unwrap();
    assert!(!table.has_name());
    assert!(
        table
            .remarks
            .iter()
            .any(|remark| remark.contains("Số định danh"))
    );
}

#[test]
fn a_form_above_the_list_is_no_heading() {
    check(
        &[
            &["Xã:", "Tà Rụt", "Huyện:", "Đakrông"],
            &["Thôn: A Đăng", "", "Số điện thoại: 0905123456", ""],
            &["STT", "Họ và tên", "Ngày sinh", "Giới tính"],
            &["1", "Hồ Văn Ăng", "12/03/2015", "Nam"],
        ],
        &["tthd | ordinal name birth sex"],
    );
}

#[test]
fn sections_are_no_children() {
    check(
        &[
            &["STT", "Họ và tên", "Ngày sinh", "Giới tính"],
            &["I", "Trẻ em mồ côi", "", ""],
            &["1", "Hồ Văn Ăng", "12/03/2015", "Nam"],
            &["II. Trẻ em khuyết tật", "<", "<", "<"],
            &["2", "Hồ Văn Bình", "12/03/2015", "Nam"],
            &["LỚP 3A", "", "", ""],
            &["3", "Hồ Văn Ca", "12/03/2015", "Nam"],
        ],
        &["hsdsdsd | ordinal name birth sex"],
    );
}

#[test]
fn a_child_on_two_lines() {
    check(
        &[
            &["STT", "Họ và tên", "Ngày sinh", "Họ tên cha, mẹ"],
            &["1", "Hồ Văn Ăng", "12/03/2015", "Hồ Văn Pả"],
            &["^", "^", "^", "Hồ Thị Kăn"],
            &["2", "Hồ Văn Bình", "12/03/2015", "Hồ Văn Tư"],
            &["", "", "", "Hồ Thị Năm"],
        ],
        &["hdcdc | ordinal name birth parents"],
    );
}

#[test]
fn a_csv_with_english_heads() {
    check(
        &[
            &[
                "rec_id",
                "full_name",
                "dob",
                "gender",
                "ethnicity",
                "father",
                "mother",
                "guardian",
                "commune",
                "village",
                "phone",
                "personal_id",
                "note",
            ],
            &[
                "7",
                "Nguyễn Văn An",
                "2015-03-12",
                "Nam",
                "Kinh",
                "Nguyễn Văn Ba",
                "Trần Thị Cúc",
                "",
                "Tà Rụt",
                "A Đăng",
                "0905123456",
                "045215001234",
                "",
            ],
        ],
        &[
            "hd | id name birth sex ethnicity father mother guardian commune hamlet phone number note",
        ],
    );
}

#[test]
fn footers_in_the_middle_do_not_end_the_list() {
    check(
        &[
            &["STT", "Họ và tên", "Ngày sinh", "Giới tính"],
            &["1", "Hồ Văn Ăng", "12/03/2015", "Nam"],
            &["", "Người lập biểu", "", ""],
            &["", "Hồ Thị Lan", "", ""],
            &["2", "Hồ Văn Bình", "13/03/2015", "Nam"],
            &["3", "Hồ Văn Ca", "", ""],
            &["", "Hồ Văn Dung", "", ""],
        ],
        &["hdffddd | ordinal name birth sex"],
    );
}

#[test]
fn vertical_merges_of_places_and_parents_are_values() {
    check(
        &[
            &["STT", "Họ và tên", "Ngày sinh", "Họ tên cha", "Thôn"],
            &["1", "Hồ Văn Ăng", "12/03/2015", "Hồ Văn Pả", "Thôn 1"],
            &["2", "Hồ Văn Bình", "12/03/2016", "^", "^"],
            &["3", "", "12/03/2017", "^", "^"],
        ],
        &["hddd | ordinal name birth father hamlet"],
    );
}

#[test]
fn a_lone_column_of_names() {
    check(
        &[&["Họ và tên"], &["Hồ Văn Ăng"], &["Hồ Thị Bình"]],
        &["hdd | name"],
    );
}

#[test]
fn walking_with_a_clone_comes_to_the_same() {
    let mut rows = treem_child::cell::Rows::default();
    for (number, line) in (1u64..).zip(
        ["STT|Họ và tên|Ngày sinh", "Thôn 1||"]
            .map(str::to_owned)
            .into_iter()
            .chain((1..400).map(|n| format!("{n}|Hồ Văn An|12/03/2015"))),
    ) {
        line.split('|')
            .for_each(|text| rows.push(treem_child::cell::Cell::text(text.to_owned())));
        rows.end_row(number, false);
    }
    let all: Vec<_> = rows.iter().collect();
    let mut walker = treem_files::table::Walker::new(Hints::default());
    walker.begin(&all[..100]).unwrap();
    for row in &all[..100] {
        walker.row(row);
    }
    let ahead = walker.clone();
    for row in &all[100..300] {
        assert_eq!(walker.row(row), RowKind::Data);
    }
    assert!(ahead == walker);
    assert_eq!(walker.hamlet(), Some("Thôn 1"));
}
