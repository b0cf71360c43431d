//! LibreOffice opens every format of sheets and shows the same cells; one call for all. (Only its spreadsheet is installed for tests:
//! documents are not tried.)

use super::{rich, written};
use std::process::Command;
use treem_files::write::book::{Cell, Format, Item, LongSheet, Merge, Sheet, Value, Workbook};

/// The rich list, and a sheet of Vietnamese, which Excel 5 holds apart.
fn book(vietnamese: bool) -> Workbook {
    let mut book = rich();
    if vietnamese {
        let long = "ế".repeat(9_000);
        book.sheets.push(Sheet {
            name: "Trang hai".to_owned(),
            rows: vec![
                vec![
                    Cell::text("Hồ Thị Đường"),
                    Cell::default(),
                    Cell::text("Số"),
                ],
                vec![Cell::new(Value::PaddedNumber(7.0, 3)), Cell::text(long)],
            ],
            merges: vec![Merge {
                first_row: 0,
                first_column: 0,
                last_row: 0,
                last_column: 1,
            }],
            ..Sheet::default()
        });
    }
    book
}

/// What a spreadsheet program shows of the rich list.
const RICH: &str = "Danh sách,,,,,\n,,,,,\nTT,Cha mê,,Ngày sinh,,\n,cha,\"b<&>\"\"c\"\"\",,,\n\
    1,Hå V¨n An,HOÀ VAÊN,07/03/2015,045215001234,045215001234\n2.5,Hå Thi,#REF!,31/12/2000,-45215001234,2\n\
    3,\"hai\ndòng\",,,,\n";

#[test]
fn libreoffice_shows_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let formats = [
        ("a.xlsx", Format::Xlsx),
        ("b.xlsm", Format::Xlsm),
        ("c.xlsb", Format::Xlsb),
        ("d.xls", Format::Xls),
        ("e.xls", Format::XlsOld),
        ("f.ods", Format::Ods),
        ("g.xls", Format::WebPage),
        ("h.xls", Format::XmlTable),
    ];
    for (name, format) in formats {
        let book = book(format != Format::XlsOld);
        std::fs::write(folder.path().join(name), written(&book, format)).unwrap();
    }
    let heading = [vec!["Họ tên".to_owned(), "Ngày sinh".to_owned()]];
    let mut long = LongSheet::begin(Vec::new(), "Sổ", &[20.0], &heading).unwrap();
    long.push(&[
        Item::Text("Hồ <Văn> An"),
        Item::Date(42_070),
        Item::Number(0.5),
    ])
    .unwrap();
    std::fs::write(folder.path().join("j.xlsx"), long.finish().unwrap()).unwrap();
    let output = Command::new("soffice")
        .arg(format!(
            "-env:UserInstallation=file://{}",
            folder.path().join("profile").display()
        ))
        .args(["--headless", "--norestore", "--convert-to"])
        .arg("csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1")
        .arg("--outdir")
        .arg(folder.path())
        .args(formats.map(|(name, _)| folder.path().join(name)))
        .arg(folder.path().join("j.xlsx"))
        .output()
        .expect("LibreOffice is not here: scripts/tools.sh test installs it");
    assert!(output.status.success(), "{output:?}");
    let check = |name: &str, expected: &str| {
        let text = std::fs::read_to_string(folder.path().join(name));
        assert_eq!(text.unwrap_or_default(), expected, "{name}");
    };
    let second = format!("Hồ Thị Đường,,Số\n007,{},\n", "ế".repeat(9_000));
    for stem in ["a", "b", "c", "d", "f", "h"] {
        check(&format!("{stem}-Xã A & B.csv"), RICH);
        check(&format!("{stem}-Trang hai.csv"), &second);
    }
    check(
        "j-Sổ.csv",
        "Họ tên,Ngày sinh,\nHồ <Văn> An,07/03/2015,0.5\n",
    );
    // The system's short date, here that of the United States.
    let old = RICH
        .replace("07/03/2015", "3/7/2015")
        .replace("31/12/2000", "12/31/2000");
    check("e-Xã A & B.csv", &old);
    // A page is one sheet, paragraphs above; LibreOffice gives each line of a cell a row.
    let page = std::fs::read_to_string(folder.path().join("g-Sheet1.csv")).unwrap();
    let body = RICH.replace("3,\"hai\ndòng\",,,,\n", "3,hai,,,,\n,dòng,,,,\n");
    assert!(page.contains(&body), "{page}");
    assert!(page.starts_with("Uÿ ban <xã>,"), "{page}");
    assert!(page.contains("Hồ Thị Đường,,Số,"), "{page}");
}
