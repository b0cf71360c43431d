//! Workbooks are written, read back, and their parts looked at.

use super::*;
use calamine::{Data, Reader, open_workbook_auto};
use std::io::Read as _;

fn head() -> ListHead {
    ListHead {
        commune: "xã A Dơi".into(),
        district: "huyện Hướng Hóa".into(),
        province: "tỉnh Quảng Trị".into(),
        as_of: "13/6/2024".into(),
        edition: "1/1/2020".into(),
        agency: vec![],
    }
}

fn row(ordinal: u64, name: &str) -> ListRow {
    ListRow {
        ordinal,
        name: name.into(),
        birth: "05/02/2015".into(),
        sex: "Nữ".into(),
        ethnicity: "Pa Cô (Tà Ôi)".into(),
        number: "045315000123".into(),
        address: "thôn Prin Thành, xã A Dơi".into(),
        mother: "Hồ Thị Mơ".into(),
        phone: "0905000123".into(),
        reasons: vec!["Chưa có họ tên cha.".into(), "Số ngắn.".into()],
        source: "A Dơi.xlsx, Thôn 1, 12".into(),
        ..ListRow::default()
    }
}

fn sheet<'a>(group: Group, rows: Vec<ListRow>) -> ListSheet<'a> {
    ListSheet {
        group,
        rows: Box::new(rows.into_iter()),
    }
}

/// Writes into a folder of its own; gives the folder (kept while it is held) and the path.
fn write(sheets: Vec<ListSheet<'_>>, most: u32) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("danh sách.xlsx");
    write_split(&path, &head(), sheets, most).unwrap();
    (folder, path)
}

fn texts(path: &Path, sheet: usize) -> Vec<Vec<Data>> {
    let mut book = open_workbook_auto(path).unwrap();
    book.worksheet_range_at(sheet)
        .unwrap()
        .unwrap()
        .rows()
        .map(<[Data]>::to_vec)
        .collect()
}

fn part(path: &Path, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut text = String::new();
    archive
        .by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

#[test]
fn what_is_written_is_read_back() {
    let (_folder, path) = write(
        vec![
            sheet(
                Group::NoNumber,
                vec![row(1, "Hồ Thị Đá"), row(2, "Hồ Văn Kơ")],
            ),
            sheet(Group::Duplicate, vec![]),
        ],
        1000,
    );
    let rows = texts(&path, 0);
    let at = rows
        .iter()
        .position(|r| r[0] == Data::String("STT".into()))
        .unwrap();
    let headings: Vec<String> = rows[at].iter().map(ToString::to_string).collect();
    assert_eq!(headings, COLUMNS.map(|column| column.heading));
    assert_eq!(rows[at + 1][18].to_string(), "(19)");
    let child: Vec<String> = rows[at + 2].iter().map(ToString::to_string).collect();
    assert_eq!(
        child,
        [
            "1",
            "Hồ Thị Đá",
            "05/02/2015",
            "Nữ",
            "Pa Cô (Tà Ôi)",
            "045315000123",
            "",
            "thôn Prin Thành, xã A Dơi",
            "",
            "Hồ Thị Mơ",
            "",
            "0905000123",
            "Chưa có họ tên cha.\nSố ngắn.",
            "",
            "",
            "",
            "",
            "",
            "A Dơi.xlsx, Thôn 1, 12"
        ]
    );
    assert!(
        matches!(rows[at + 2][5], Data::String(_)),
        "numbers stay text"
    );
    let all = format!("{rows:?}");
    for words in [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "UBND HUYỆN HƯỚNG HÓA",
        "ỦY BAN NHÂN DÂN XÃ A DƠI",
        "DANH SÁCH TRẺ EM CHƯA CÓ MÃ ĐỊNH DANH",
        "Số liệu tính đến ngày 13/6/2024",
        "Tổng cộng: 2 trẻ em",
        "NGƯỜI LẬP",
        "CÔNG AN XÃ A DƠI",
    ] {
        assert!(all.contains(words), "{words}");
    }
    assert!(format!("{:?}", texts(&path, 1)).contains("Không có trẻ em nào thuộc nhóm này."));
}

#[test]
fn it_prints() {
    let (_folder, path) = write(
        vec![sheet(Group::NoNumber, vec![row(1, "Hồ Thị Đá")])],
        1000,
    );
    let xml = part(&path, "xl/worksheets/sheet1.xml");
    for words in [
        "paperSize=\"9\"",
        "orientation=\"landscape\"",
        "fitToHeight=\"0\"",
        "fitToPage=\"1\"",
        "Trang &amp;P/&amp;N",
        "state=\"frozen\"",
        "topLeftCell=\"C10\"",
        "numberStoredAsText=\"1\"",
        "'Danh mục trả lời'!$A$2:$A$9",
        "'Danh mục trả lời'!$B$2:$B$12",
        "sqref=\"Q10\"",
        "type=\"textLength\"",
    ] {
        assert!(xml.contains(words), "{words}");
    }
    let book = part(&path, "xl/workbook.xml");
    assert!(
        book.contains("_xlnm.Print_Titles") && book.contains("$8:$9"),
        "{book}"
    );
    assert!(book.contains("state=\"hidden\""), "{book}");
    assert!(part(&path, "xl/styles.xml").contains("Times New Roman"));
}

#[test]
fn no_text_becomes_a_formula() {
    for name in [
        "=HYPERLINK(\"http://x\")",
        "+1+1",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "{=1}",
        "=1\u{0}\u{ffff}",
    ] {
        let mut child = row(1, name);
        child.source = name.into();
        child.reasons = vec![name.into()];
        let (_folder, path) = write(vec![sheet(Group::BadNumber, vec![child])], 1000);
        let xml = part(&path, "xl/worksheets/sheet1.xml");
        let data = xml.split("<dataValidations").next().unwrap();
        assert!(!data.contains("<f>") && !data.contains("<f "), "{name:?}");
        let rows = texts(&path, 0);
        assert!(
            matches!(&rows[9][1], Data::String(text) if text.trim_matches([' ', '\r', '\t']).chars().next() == name.trim().chars().next()),
            "{name:?} {:?}",
            rows[9][1]
        );
        assert!(
            ["=", "+", "-", "@", " "]
                .iter()
                .all(|sign| !name.starts_with(sign))
                || part(&path, "xl/styles.xml").contains("quotePrefix=\"1\"")
        );
    }
}

#[test]
fn long_lists_go_on_in_a_further_sheet() {
    let rows = (1..=25)
        .map(|n| row(n, &format!("Hồ Thị Số {n}")))
        .collect();
    let (_folder, path) = write(vec![sheet(Group::Contradiction, rows)], 10);
    let book = open_workbook_auto(&path).unwrap();
    assert_eq!(
        book.sheet_names(),
        [
            "4. Số mâu thuẫn",
            "4. Số mâu thuẫn (2)",
            "4. Số mâu thuẫn (3)",
            "Danh mục trả lời"
        ]
    );
    assert_eq!(texts(&path, 2)[9][1].to_string(), "Hồ Thị Số 21");
}

#[test]
fn sheet_names_are_valid() {
    for group in Group::ALL {
        for part in [1, 2, 99] {
            let name = layout::sheet_name(group, part);
            assert!(
                name.chars().count() <= 31
                    && !name.contains(['[', ']', ':', '*', '?', '/', '\\', '\'']),
                "{name}"
            );
        }
    }
}

#[test]
fn texts_are_fit_for_a_cell() {
    #[track_caller]
    fn check(text: &str, expect: &str) {
        assert_eq!(plain(text), expect);
    }
    check("Hồ Thị Đá", "Hồ Thị Đá");
    check("a\u{1}b\nc\u{ffff}", "a b\nc ");
    check(&"ơ".repeat(40_000), &"ơ".repeat(32_000));
    check(&"😀".repeat(20_000), &"😀".repeat(16_000));
}

#[test]
fn nothing_is_left_behind_where_it_cannot_be_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("không có").join("x.xlsx");
    let error = write_list(
        &path,
        &head(),
        vec![sheet(Group::NoNumber, vec![row(1, "Hồ Thị Đá")])],
    )
    .unwrap_err();
    assert!(error.message().ends_with('.'));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}
