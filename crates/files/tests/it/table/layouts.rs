//! What each row of a sheet is.

use super::check;
use treem_files::table::RowKind;

#[test]
fn a_plain_list() {
    check(
        &[
            &[
                "STT",
                "Họ và tên",
                "Ngày sinh",
                "Giới tính",
                "Dân tộc",
                "Số định danh",
            ],
            &[
                "1",
                "Nguyễn Văn An",
                "12/03/2015",
                "Nam",
                "Kinh",
                "045215001234",
            ],
            &[
                "2",
                "Trần Thị Bình",
                "15/08/2016",
                "Nữ",
                "Kinh",
                "045316001235",
            ],
        ],
        &["hdd | ordinal name birth sex ethnicity number"],
    );
}

#[test]
fn an_official_list_with_everything() {
    let walked = check(
        &[
            &[
                "UBND XÃ TÀ RỤT",
                "",
                "",
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                "",
                "",
            ],
            &["HỘI LHPN", "", "", "Độc lập - Tự do - Hạnh phúc", "", ""],
            &["", "", "", "", "", ""],
            &[
                "DANH SÁCH TRẺ EM CHƯA CÓ MÃ ĐỊNH DANH NĂM 2024",
                "<",
                "<",
                "<",
                "<",
                "<",
            ],
            &["(Tính đến ngày 13/6/2024)", "<", "<", "<", "<", "<"],
            &["", "", "", "", "", ""],
            &[
                "STT",
                "Họ và tên",
                "Ngày tháng năm sinh",
                "Giới tính",
                "Dân tộc",
                "Họ tên cha, mẹ",
            ],
            &["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
            &["I", "Thôn A Đăng", "", "", "", ""],
            &[
                "1",
                "Hồ Văn Ăng",
                "12/03/2015",
                "Nam",
                "Bru-Vân Kiều",
                "Hồ Văn Pả - Hồ Thị Kăn",
            ],
            &["2", "Hồ Thị Bình", "15/08/2016", "Nữ", "Bru-Vân Kiều", ""],
            &["", "Cộng: 2 trẻ", "", "", "", ""],
            &["II", "Thôn Vực Leng", "", "", "", ""],
            &["3", "Hồ Văn Cường", "2017", "Nam", "Pa Cô", ""],
            &["Tổng cộng: 3 trẻ", "<", "<", "", "", ""],
            &["", "", "", "", "", ""],
            &["Danh sách này có 03 trẻ em.", "<", "<", "<", "", ""],
            &["", "", "", "", "Tà Rụt, ngày 13 tháng 6 năm 2024", "<"],
            &["", "Người lập biểu", "", "", "TM. UBND XÃ", ""],
            &["", "(Ký, ghi rõ họ tên)", "", "", "CHỦ TỊCH", ""],
            &["", "", "", "", "", ""],
            &["", "Nguyễn Thị Lan", "", "", "Trần Văn Hùng", ""],
        ],
        &["tt.tt.hnvdd+vd+.ffff.f | ordinal name birth sex ethnicity parents"],
    );
    let table = walked[0].table.as_ref().unwrap();
    assert_eq!(
        table
            .titles
            .iter()
            .filter(|title| title.contains("TÀ RỤT"))
            .count(),
        1
    );
    assert_eq!(
        (table.head_rows.as_slice(), table.first_data_row),
        (&[7, 8][..], 9)
    );
    let hamlets: Vec<Option<&str>> = walked[0]
        .rows
        .iter()
        .filter(|(_, kind, _)| *kind == RowKind::Data)
        .map(|(_, _, hamlet)| hamlet.as_deref())
        .collect();
    assert_eq!(
        hamlets,
        [
            Some("Thôn A Đăng"),
            Some("Thôn A Đăng"),
            Some("Thôn Vực Leng")
        ]
    );
}

#[test]
fn two_row_heading_merged() {
    check(
        &[
            &[
                "STT",
                "Họ và tên",
                "Ngày sinh",
                "Giới tính",
                "<",
                "Cha",
                "<",
                "<",
                "Mẹ",
                "<",
                "<",
                "Ghi chú",
            ],
            &[
                "^",
                "^",
                "^",
                "Nam",
                "Nữ",
                "Họ tên",
                "Năm sinh",
                "CCCD",
                "Họ tên",
                "Năm sinh",
                "CCCD",
                "^",
            ],
            &[
                "1",
                "Nguyễn Văn An",
                "12/03/2015",
                "x",
                "",
                "Nguyễn Văn Ba",
                "1985",
                "045085001111",
                "Trần Thị Cúc",
                "1987",
                "045187001112",
                "",
            ],
            &[
                "2",
                "Lê Thị Bình",
                "15/08/2016",
                "",
                "x",
                "Lê Văn Danh",
                "1984",
                "045084001113",
                "Võ Thị Em",
                "1986",
                "045186001114",
                "",
            ],
        ],
        &[
            "hhdd | ordinal name birth sex.male sex.female father father.birth father.number mother mother.birth mother.number note",
        ],
    );
}

#[test]
fn two_row_heading_with_blanks_instead_of_merges() {
    check(
        &[
            &[
                "STT",
                "Họ và tên trẻ",
                "Ngày tháng năm sinh",
                "",
                "Dân tộc",
                "Thông tin cha",
                "",
                "Thông tin mẹ",
                "",
            ],
            &[
                "",
                "",
                "Nam",
                "Nữ",
                "",
                "Họ và tên",
                "Năm sinh",
                "Họ và tên",
                "Năm sinh",
            ],
            &[
                "1",
                "Nguyễn Văn An",
                "12/03/2015",
                "",
                "Kinh",
                "Nguyễn Văn Ba",
                "1985",
                "Trần Thị Cúc",
                "1987",
            ],
            &[
                "2",
                "Lê Thị Bình",
                "",
                "15/08/2016",
                "Kinh",
                "Lê Văn Danh",
                "1984",
                "Võ Thị Em",
                "1986",
            ],
        ],
        &[
            "hhdd | ordinal name sex.male sex.female ethnicity father father.birth mother mother.birth",
        ],
    );
}

#[test]
fn three_row_heading() {
    check(
        &[
            &[
                "STT",
                "Thông tin trẻ em",
                "<",
                "<",
                "<",
                "Thông tin cha mẹ",
                "<",
                "<",
                "<",
            ],
            &[
                "^",
                "Họ và tên",
                "Ngày sinh",
                "<",
                "<",
                "Cha",
                "<",
                "Mẹ",
                "<",
            ],
            &[
                "^",
                "^",
                "Ngày",
                "Tháng",
                "Năm",
                "Họ tên",
                "Số CCCD",
                "Họ tên",
                "Số CCCD",
            ],
            &["A", "B", "1", "2", "3", "4", "5", "6", "7"],
            &[
                "1",
                "Nguyễn Văn An",
                "12",
                "3",
                "2015",
                "Nguyễn Văn Ba",
                "045085001111",
                "Trần Thị Cúc",
                "045187001112",
            ],
            &[
                "2",
                "Lê Thị Bình",
                "15",
                "8",
                "2016",
                "Lê Văn Danh",
                "045084001113",
                "Võ Thị Em",
                "045186001114",
            ],
        ],
        &[
            "hhhndd | ordinal name birth.day birth.month birth.year father father.number mother mother.number",
        ],
    );
}

#[test]
fn group_row_above_without_merges() {
    check(
        &[
            &[
                "",
                "Thông tin trẻ em",
                "",
                "",
                "Thông tin cha",
                "",
                "Thông tin mẹ",
                "",
            ],
            &[
                "STT",
                "Họ và tên",
                "Ngày sinh",
                "Giới tính",
                "Họ và tên",
                "Năm sinh",
                "Họ và tên",
                "Năm sinh",
            ],
            &[
                "1",
                "Nguyễn Văn An",
                "12/03/2015",
                "Nam",
                "Nguyễn Văn Ba",
                "1985",
                "Trần Thị Cúc",
                "1987",
            ],
        ],
        &["hhd | ordinal name birth sex father father.birth mother mother.birth"],
    );
}

#[test]
fn hamlet_headings_of_every_kind() {
    let walked = check(
        &[
            &["STT", "Họ và tên", "Ngày sinh", "Giới tính"],
            &["THÔN A ĐĂNG", "<", "<", "<"],
            &["1", "Hồ Văn Ăng", "12/03/2015", "Nam"],
            &["Bản Cu Pua:", "", "", ""],
            &["2", "Hồ Văn Bình", "12/03/2015", "Nam"],
            &["", "KP 3", "", ""],
            &["3", "Hồ Văn Ca", "12/03/2015", "Nam"],
            &["", "Tổ dân phố số 5", "", "12 trẻ"],
            &["4", "Hồ Văn Dung", "12/03/2015", "Nam"],
            &["3. Xóm Đình (3 trẻ)", "", "", ""],
            &["5", "Hồ Văn Em", "12/03/2015", "Nam"],
            &["Xã Húc Nghì", "", "", ""],
            &["6", "Hồ Văn Phong", "12/03/2015", "Nam"],
        ],
        &["hvdvdvdvdvdud | ordinal name birth sex"],
    );
    let hamlets: Vec<&str> = walked[0]
        .rows
        .iter()
        .filter(|(_, kind, _)| *kind == RowKind::Data)
        .map(|(_, _, hamlet)| hamlet.as_deref().unwrap_or(""))
        .collect();
    assert_eq!(
        hamlets,
        [
            "THÔN A ĐĂNG",
            "Bản Cu Pua",
            "KP 3",
            "Tổ dân phố số 5",
            "Xóm Đình",
            ""
        ]
    );
    assert!(
        walked[0]
            .rows
            .iter()
            .any(|(_, kind, _)| *kind == RowKind::UnitHeading("Xã Húc Nghì".into()))
    );
}

#[test]
fn a_child_is_never_dropped() {
    // Without a name, without anything but a name, called like a sum, a hamlet, a footer; in capitals without marks.
    check(
        &[
            &["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc"],
            &["1", "", "12/03/2015", "", ""],
            &["2", "Hồ Văn Ăng", "", "", ""],
            &["", "Hồ Thị Lan", "", "", ""],
            &["3", "Tống Văn Cộng", "", "Nam", "Kinh"],
            &["", "TONG THI HOA", "2015", "", ""],
            &["4", "Lưu Văn Ngày", "", "", "Kinh"],
            &["5", "Y Thôn", "", "Nam", ""],
            &["", "Bé gái con bà Lan", "", "Nữ", ""],
            &["6", "?", "", "", "Kinh"],
            &["", "", "", "Nam", "Kinh"],
        ],
        &["hdddddddddd | ordinal name birth sex ethnicity"],
    );
}

#[test]
fn rows_that_hold_no_child() {
    check(
        &[
            &["STT", "Họ và tên", "Ngày sinh", "Thôn", "Xã"],
            &["1", "Hồ Văn Ăng", "12/03/2015", "Thôn 1", "Tà Rụt"],
            &["2", "", "", "", ""],
            &["3", "", "", "Thôn 1", "Tà Rụt"],
            &["", "", "", "", ""],
            &["", " ", "\u{a0}", "", ""],
            &["4", "Hồ Văn Bình", "12/03/2015", "Thôn 1", "Tà Rụt"],
        ],
        &["hdpp..d | ordinal name birth hamlet commune"],
    );
}

#[test]
fn heading_again_on_each_page() {
    check(
        &[
            &["DANH SÁCH TRẺ EM XÃ TÀ RỤT", "", ""],
            &["STT", "Họ và tên", "Ngày sinh"],
            &["(1)", "(2)", "(3)"],
            &["1", "Hồ Văn Ăng", "12/03/2015"],
            &["STT", "Họ và tên", "Ngày sinh"],
            &["(1)", "(2)", "(3)"],
            &["2", "Hồ Văn Bình", "12/03/2015"],
        ],
        &["thndhnd | ordinal name birth"],
    );
}
