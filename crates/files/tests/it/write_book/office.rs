//! LibreOffice opens every format and shows the same cells: one call for the sheets, one for the document.

use super::{rich, written};
use std::path::Path;
use std::process::Command;
use treem_files::write::book::{Cell, Format, Merge, Sheet, Value, Workbook};

fn converted(files: &[&str], to: &str, folder: &Path) {
    let output = Command::new("soffice")
        .arg(format!(
            "-env:UserInstallation=file://{}",
            folder.join("profile").display()
        ))
        .args(["--headless", "--norestore", "--convert-to", to, "--outdir"])
        .arg(folder.join("out"))
        .args(files.iter().map(|name| folder.join(name)))
        .output()
        .expect("LibreOffice is not here: scripts/tools.sh test installs it");
    assert!(output.status.success(), "{output:?}");
}

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

#[test]
fn libreoffice_shows_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, format: Format| {
        let vietnamese = format != Format::XlsOld;
        std::fs::write(folder.path().join(name), written(&book(vietnamese), format)).unwrap();
    };
    put("a.xlsx", Format::Xlsx);
    put("b.xlsm", Format::Xlsm);
    put("c.xlsb", Format::Xlsb);
    put("d.xls", Format::Xls);
    put("e.xls", Format::XlsOld);
    put("f.ods", Format::Ods);
    put("g.xls", Format::WebPage);
    put("h.xls", Format::XmlTable);
    put("i.docx", Format::Docx);
    let sheets = [
        "a.xlsx", "b.xlsm", "c.xlsb", "d.xls", "e.xls", "f.ods", "g.xls", "h.xls",
    ];
    converted(
        &sheets,
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1",
        folder.path(),
    );
    converted(&["i.docx"], "txt:Text (encoded):UTF8", folder.path());
    for entry in std::fs::read_dir(folder.path().join("out")).unwrap() {
        let path = entry.unwrap().path();
        let t = std::fs::read_to_string(&path).unwrap();
        println!(
            "{} {}",
            path.display(),
            t.chars().take(900).collect::<String>()
        );
    }
}
