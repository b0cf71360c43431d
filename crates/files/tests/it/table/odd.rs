//! Lists that do not keep to any form.

use super::{check, letter, sheet};
use treem_child::cell::{Cell, CellKind, Font, Rows};
use treem_files::table::{Hints, RowKind, walk_all};

#[test]
fn legacy_hamlets_sums_and_footers() {
    check(
        &[
            &["UBND x· Tµ Rôt", "", "", ""],
            &["STT", "Hä vµ tªn", "Ngµy sinh", "Giíi tÝnh"],
            &["", "Th«n A §¨ng", "", ""],
            &["1", "NguyÔn V¨n An", "12/03/2015", "Nam"],
            &["2", "TrÇn ThÞ Hång", "13/03/2015", "N÷"],
            &["3", "Lª ThÞ H\u{ad}¬ng", "13/03/2015", "N÷"],
            &["", "Tæng céng: 3 trÎ", "", ""],
            &["", "Ng\u{ad}êi lËp biÓu", "", ""],
        ],
        &["thvddd+f | ordinal name birth sex"],
    );
}

#[test]
fn nam_and_nu_with_years_and_no_group() {
    check(
        &[
            &["STT", "HỌ VÀ TÊN", "NAM", "NỮ", "DÂN TỘC", "HỌ TÊN CHỦ HỘ"],
            &["1", "Nguyễn Văn An", "2015", "", "Kinh", "Nguyễn Văn Ba"],
            &["2", "Lê Thị Bình", "", "2016", "Kinh", "Lê Văn Danh"],
        ],
        &["hdd | ordinal name sex.male sex.female ethnicity household.head"],
    );
}

#[test]
fn sums_with_counts_under_every_column() {
    check(
        &[
            &["STT", "Họ và tên", "Ngày sinh", "Nam", "Nữ", "Hộ nghèo"],
            &["1", "Nguyễn Văn An", "12/03/2015", "x", "", ""],
            &["2", "Lê Thị Bình", "13/03/2015", "", "x", "x"],
            &["", "Cộng thôn 1", "2", "1", "1", "1"],
            &[
                "Tổng số: 25 trẻ; trong đó nam: 12, nữ: 13",
                "<",
                "<",
                "<",
                "<",
                "<",
            ],
            &["TỔNG", "", "", "1", "1", "1"],
        ],
        &["hdd+++ | ordinal name birth sex.male sex.female household.poor"],
    );
}

#[test]
fn head_of_household_before_the_child() {
    check(
        &[
            &[
                "TT",
                "Họ và tên chủ hộ",
                "Mã hộ",
                "Họ và tên trẻ em",
                "Ngày sinh",
                "Quan hệ với chủ hộ",
                "Số điện thoại",
            ],
            &[
                "1",
                "Nguyễn Văn Ba",
                "H01",
                "Nguyễn Văn An",
                "12/03/2015",
                "Con",
                "0905123456",
            ],
            &["", "", "", "Nguyễn Thị Bé", "12/03/2018", "Con", ""],
            &[
                "2",
                "Lê Văn Danh",
                "H02",
                "Lê Thị Bình",
                "13/03/2015",
                "Cháu",
                "",
            ],
        ],
        &["hddd | ordinal household.head household name birth - phone"
            .replace('-', "ignored")
            .as_str()],
    );
}

#[test]
fn numbers_and_dates_as_excel_has_them() {
    let mut rows = Rows::default();
    let number = |value: f64, text: &str| Cell {
        kind: CellKind::Number(value),
        ..Cell::text(text.to_owned())
    };
    for text in ["STT", "Họ và tên", "Ngày sinh", "Số định danh"] {
        rows.push(Cell::text(text));
    }
    rows.end_row(1, false);
    for n in 1..6u32 {
        rows.push(number(f64::from(n), &n.to_string()));
        rows.push(Cell::text("Nguyễn Văn An"));
        rows.push(Cell {
            kind: CellKind::Date(42_000.0),
            ..Cell::text("42000")
        });
        rows.push(number(45_215_001_234.0, "45215001234"));
        rows.end_row(u64::from(n) + 1, n == 3);
    }
    // Made ready, not filled in.
    rows.push(number(6.0, "6"));
    rows.end_row(7, false);
    let walked = walk_all(&rows, &Hints::default());
    assert_eq!(
        walked[0]
            .rows
            .iter()
            .map(|(_, kind, _)| letter(kind))
            .collect::<String>(),
        "hdddddp"
    );
}

#[test]
fn capital_font_headings() {
    let mut rows = Rows::default();
    for text in ["STT", "hä vµ tªn", "ngµy sinh"] {
        rows.push(Cell {
            font: Font::Tcvn3Caps,
            ..Cell::text(text)
        });
    }
    rows.end_row(1, false);
    for text in ["1", "NguyÔn V¨n An", "12/03/2015"] {
        rows.push(Cell {
            font: Font::Tcvn3,
            ..Cell::text(text)
        });
    }
    rows.end_row(2, false);
    let walked = walk_all(&rows, &Hints::default());
    let table = walked[0].table.as_ref().unwrap();
    assert!(table.has_name());
    assert_eq!(table.columns[1].heading.to_lowercase(), "họ và tên");
}

#[test]
fn hamlet_column_and_hamlet_headings_together() {
    check(
        &[
            &["STT", "Thôn", "Họ và tên", "Ngày sinh"],
            &["", "Thôn 1", "", ""],
            &["1", "Thôn 1", "Hồ Văn Ăng", "12/03/2015"],
            &["Thôn 2", "", "", ""],
            &["2", "", "Hồ Văn Bình", "12/03/2015"],
        ],
        &["hpdvd | ordinal hamlet name birth"],
    );
}

#[test]
fn blank_rows_and_a_title_between_heading_and_data() {
    check(
        &[
            &["STT", "Họ và tên", "Ngày sinh"],
            &["", "", ""],
            &["A", "HỘ NGHÈO", ""],
            &["", "", ""],
            &["1", "Hồ Văn Ăng", "12/03/2015"],
            &["", "", ""],
            &["B", "HỘ CẬN NGHÈO", ""],
            &["2", "Hồ Văn Bình", "12/03/2015"],
        ],
        &["h.s.d.sd | ordinal name birth"],
    );
}

#[test]
fn answers_and_signatures_columns_are_passed_over() {
    check(
        &[
            &[
                "STT",
                "Họ và tên",
                "Ngày sinh",
                "Lý do",
                "Kết quả đối chiếu của CA",
                "Ký nhận",
            ],
            &[
                "1",
                "Hồ Văn Ăng",
                "12/03/2015",
                "Chưa có mã định danh",
                "",
                "",
            ],
        ],
        &["hd | ordinal name birth ignored ignored ignored"],
    );
}

#[test]
fn guardians_and_relations() {
    check(
        &[
            &[
                "STT",
                "Họ và tên trẻ",
                "Ngày sinh",
                "Người giám hộ",
                "<",
                "<",
                "<",
            ],
            &["^", "^", "^", "Họ và tên", "Quan hệ", "Số CCCD", "SĐT"],
            &[
                "1",
                "Hồ Văn Ăng",
                "12/03/2015",
                "Hồ Thị Kăn",
                "Bà nội",
                "045160001111",
                "0905123456",
            ],
        ],
        &["hhd | ordinal name birth guardian guardian.relation guardian.number guardian.phone"],
    );
}

#[test]
fn first_page_without_a_heading() {
    check(
        &[
            &["1", "Hồ Văn Ăng", "12/03/2015", "Nam"],
            &["2", "Hồ Văn Bình", "12/03/2015", "Nam"],
            &["STT", "Họ và tên", "Ngày sinh", "Giới tính"],
            &["3", "Hồ Văn Ca", "12/03/2015", "Nam"],
        ],
        &["dd | ordinal name birth sex", "hd | ordinal name birth sex"],
    );
}

#[test]
fn names_that_are_words_of_headings() {
    check(
        &[
            &["STT", "Họ và tên", "Năm sinh", "Giới tính"],
            &["1", "Lê Thị Thôn", "2015", "Nữ"],
            &["2", "Tô Văn Bản", "2015", "Nam"],
            &["3", "Phương Thị Xã", "2015", "Nữ"],
            &["4", "Tổng Thị Cộng", "2015", "Nữ"],
            &["5", "Ban Văn Khu", "2015", "Nam"],
            &["6", "Thi Văn Ngày", "2015", "Nam"],
            &["7", "Lăng Văn Đội", "2015", "Nam"],
            &["8", "Ho Van To", "2015", "Nam"],
            &["9", "Hà", "2015", "Nam"],
        ],
        &["hddddddddd | ordinal name birth sex"],
    );
}

#[test]
fn a_list_of_another_thing_below_the_children() {
    // A second, unknown table: its rows are not children, but they are not lost either.
    let walked = check(
        &[
            &["STT", "Họ và tên", "Ngày sinh"],
            &["1", "Hồ Văn Ăng", "12/03/2015"],
            &["", "Người lập biểu", ""],
            &["", "", ""],
            &["Bảng tổng hợp", "", ""],
            &["Thôn", "Nam", "Nữ"],
            &["Thôn 1", "3", "4"],
        ],
        &["hdf.tfv | ordinal name birth"],
    );
    assert!(
        walked[0]
            .rows
            .iter()
            .all(|(_, kind, _)| *kind == RowKind::Data || !kind.reason().is_empty())
    );
}

#[test]
fn page_numbers_start_no_new_table() {
    let walked = check(
        &[
            &["STT", "Họ và tên", "Ngày sinh"],
            &["", "Thôn 1", ""],
            &["1", "Hồ Văn Ăng", "12/03/2015"],
            &["", "", "Trang 2/5"],
            &["STT", "Họ và tên", "Ngày sinh"],
            &["2", "Hồ Văn Bình", "13/03/2015"],
        ],
        &["hvdthd | ordinal name birth"],
    );
    assert_eq!(walked[0].rows[5].2.as_deref(), Some("Thôn 1"));
}

#[test]
fn signatures_are_no_heading() {
    check(
        &[
            &["STT", "Họ và tên", "Ngày sinh", "Giới tính"],
            &["1", "Hồ Văn Ăng", "12/03/2015", "Nam"],
            &["Người lập biểu", "", "Cộng tác viên", "Cán bộ"],
            &["Hồ Thị Lan", "", "Lê Văn Ba", "Võ Thị Tư"],
        ],
        &["hdff | ordinal name birth sex"],
    );
}

mod any_rows {
    use super::{Hints, RowKind, sheet, walk_all};
    use proptest::prelude::*;

    fn word() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec![
            "",
            "",
            "<",
            "^",
            "STT",
            "Họ và tên",
            "Ngày sinh",
            "Cha",
            "Mẹ",
            "Năm sinh",
            "Nam",
            "Nữ",
            "(1)",
            "(2)",
            "1",
            "2",
            "Hồ Văn Ăng",
            "12/03/2015",
            "045215001234",
            "Thôn 1",
            "Xã Tà Rụt",
            "Cộng",
            "Người lập biểu",
            "DANH SÁCH TRẺ EM",
            "x",
            "Hä vµ tªn",
            "I",
            "Kinh",
            "CCCD",
            "?",
            "Ghi chú",
            "\u{301}",
            "ngày 3 tháng 4 năm 2015",
        ])
    }

    /// Words that begin no heading.
    fn plain_word() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec![
            "",
            "",
            "<",
            "1",
            "2",
            "Hồ Văn Ăng",
            "12/03/2015",
            "Thôn 1",
            "Xã Tà Rụt",
            "Cộng",
            "Người lập biểu",
            "DANH SÁCH TRẺ EM",
            "x",
            "I",
            "Kinh",
            "?",
            "TM. UBND XÃ",
            "Ghi chú:",
            "II. Nhóm khác",
        ])
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]
        /// Every row is told once (once for each table beside), and a row with a name and a birth date under known headings
        /// is a child whatever stands around it.
        #[test]
        fn every_row_is_told(lines in prop::collection::vec(prop::collection::vec(word(), 0..8), 0..25)) {
            let lines: Vec<&[&str]> = lines.iter().map(Vec::as_slice).collect();
            let walked = walk_all(&sheet(&lines), &Hints::default());
            let mut told: Vec<usize> = walked.iter().flat_map(|walked| walked.rows.iter().map(|(index, _, _)| *index)).collect();
            told.dedup();
            told.sort_unstable();
            told.dedup();
            prop_assert_eq!(told, (0..lines.len()).collect::<Vec<_>>());
            let new_heads = walked.iter().flat_map(|walked| &walked.rows).filter(|(_, kind, _)| *kind == RowKind::NewHead).count();
            prop_assert_eq!(new_heads, 0);
        }

        #[test]
        fn a_whole_child_is_always_data(before in prop::collection::vec(prop::collection::vec(plain_word(), 3..4), 0..10)) {
            let mut lines: Vec<&[&str]> = vec![&["STT", "Họ và tên", "Ngày sinh"]];
            lines.extend(before.iter().map(Vec::as_slice));
            lines.push(&["7", "Trần Thị Bình", "13/04/2016"]);
            let walked = walk_all(&sheet(&lines), &Hints::default());
            let last = walked.iter().flat_map(|walked| &walked.rows).find(|(index, _, _)| *index + 1 == lines.len());
            prop_assert!(last.is_some_and(|(_, kind, _)| *kind == RowKind::Data), "{:?}", last);
        }
    }
}
