//! The pages of lists asked as a browser, or an attacker, would ask.

use crate::web::tests::{Place, form, text};
use axum::http::{StatusCode, header};

const HEADS: &str = "Họ và tên,Ngày sinh,Giới tính,Dân tộc,Số định danh cá nhân,Họ tên cha,Họ tên mẹ,Thôn,Xã,Huyện";
const ROW: &str = "Hồ Thị <b>Lá</b>,01/02/2016,Nữ,Kinh,,Hồ Văn Núi,Hồ Thị Suối,Thôn 1,Xã Tà Rụt,Huyện Đakrông";

/// A form with files, as a browser sends it.
fn parts(files: &[(&str, &[u8])]) -> (String, Vec<u8>) {
    let edge = "----treem";
    let mut body = Vec::new();
    body.extend_from_slice(
        format!("--{edge}\r\nContent-Disposition: form-data; name=\"as_of\"\r\n\r\n13/6/2024\r\n")
            .as_bytes(),
    );
    for (name, bytes) in files {
        let head = format!(
            "--{edge}\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{edge}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={edge}"), body)
}

impl Place {
    /// Sends files and waits until they are read; gives where the answer leads, or what was said.
    fn send(&self, who: &str, files: &[(&str, &[u8])]) -> Result<String, String> {
        let (kind, body) = parts(files);
        let answer = self.post(who, "/import", &kind, body);
        if answer.status() != StatusCode::SEE_OTHER {
            return Err(text(self, answer));
        }
        let run = answer.headers()[header::LOCATION].to_str().unwrap().to_owned();
        Ok(self.over(who, &run))
    }

    /// Where a work leads once it is over; the page itself where it ended badly.
    fn over(&self, who: &str, run: &str) -> String {
        loop {
            let answer = self.get(who, run);
            if answer.status() == StatusCode::SEE_OTHER {
                return answer.headers()[header::LOCATION].to_str().unwrap().to_owned();
            }
            let page = text(self, answer);
            if !page.contains("hx-trigger") {
                return page;
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    }
}

/// A workbook of a few kilobytes whose sheet unfolds to very much.
fn bomb() -> Vec<u8> {
    use std::io::Write as _;
    let mut out = std::io::Cursor::new(Vec::new());
    {
        let mut zip = crate::web::tests::zip(&mut out);
        for (name, content) in [
            ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>"),
            ("xl/workbook.xml", "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"),
            ("xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"),
        ] {
            zip.file(name, content.as_bytes());
        }
        let mut sheet = zip.begin("xl/worksheets/sheet1.xml");
        sheet.write_all(b"<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>").unwrap();
        let spaces = vec![b' '; 1 << 20];
        for _ in 0..300 {
            sheet.write_all(&spaces).unwrap();
        }
        sheet.write_all(b"</sheetData></worksheet>").unwrap();
    }
    out.into_inner()
}

#[test]
fn a_list_goes_in_and_html_in_a_name_stays_text() {
    let place = Place::new();
    let cookie = place.officer("hoa", "19588");
    let list = format!("{HEADS}\n{ROW}\n");
    let columns = place.send(&cookie, &[("<script>alert(1)</script>.csv", list.as_bytes())]).unwrap();
    assert!(columns.ends_with("/columns"), "{columns}");
    let page = text(&place, place.get(&cookie, &columns));
    assert!(page.contains("&lt;b&gt;Lá&lt;") || page.contains("&#60;b&#62;Lá"), "{page}");
    assert!(!page.contains("<b>Lá") && !page.contains("<script>alert"), "{page}");
    let answer = place.post_form(&cookie, &columns, &[("go", "1")]);
    let run = answer.headers()[header::LOCATION].to_str().unwrap().to_owned();
    let preview = place.over(&cookie, &run);
    assert!(preview.ends_with("/preview"), "{preview}");
    let page = text(&place, place.get(&cookie, &preview));
    assert!(page.contains("Nhập 1 dòng vào sổ"), "{page}");
    // Nothing is in the book before it is asked for; then once, however often the form is sent.
    assert!(text(&place, place.get(&cookie, "/imports")).contains("Chưa nhập danh sách nào"));
    place.post_form(&cookie, &run, &[]);
    let done = place.over(&cookie, &run);
    place.post_form(&cookie, &run, &[]);
    assert_eq!(place.over(&cookie, &run), done);
    let page = text(&place, place.get(&cookie, "/imports"));
    assert_eq!(page.matches("Hủy…").count(), 1, "{page}");
}

#[test]
fn an_xlsx_bomb_is_refused_in_a_sentence() {
    let place = Place::new();
    let cookie = place.officer("hoa", "19588");
    let bomb = bomb();
    assert!(bomb.len() < 1 << 20, "{}", bomb.len());
    let columns = place.send(&cookie, &[("bom.xlsx", &bomb)]).unwrap();
    let page = text(&place, place.get(&cookie, &columns));
    assert!(page.contains("bom.xlsx") && page.contains("Chưa đọc được trẻ nào"), "{page}");
}

#[test]
fn a_path_in_a_file_name_leads_nowhere() {
    let place = Place::new();
    let cookie = place.officer("hoa", "19588");
    let list = format!("{HEADS}\n{ROW}\n");
    for name in ["../../../so.db", "..\\\\..\\\\so.db", "/etc/cron.d/x.csv", ".."] {
        let _ = place.send(&cookie, &[(name, list.as_bytes())]);
    }
    let (mut files, mut folders) = (0, vec![place.folder().join("intake")]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files += 1;
            }
        }
    }
    assert!(files >= 4);
    let beside: Vec<String> = std::fs::read_dir(place.folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with("so.db") && name != "intake")
        .collect();
    assert!(beside.is_empty(), "{beside:?}");
    assert_eq!(place.get(&cookie, "/imports").status(), StatusCode::OK, "the register is as it was");
}

#[test]
fn too_many_files_and_none_are_refused() {
    let place = Place::new();
    let cookie = place.officer("hoa", "19588");
    let names: Vec<String> = (0..=crate::limits::INTAKE_FILES).map(|n| format!("{n}.csv")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
    let said = place.send(&cookie, &files).unwrap_err();
    assert!(said.contains("Quá nhiều tệp"), "{said}");
    for none in [&[][..], &[("", &b""[..])]] {
        let said = place.send(&cookie, none).unwrap_err();
        assert!(said.contains("Chưa chọn tệp nào"), "{said}");
    }
    let answer = place.post(&cookie, "/import", "multipart/form-data; boundary=x", b"rubbish".to_vec());
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(&place, answer).contains("chưa tải lên trọn vẹn"));
}

#[test]
fn another_persons_intake_is_not_there() {
    let place = Place::new();
    let (hoa, lan) = (place.officer("hoa", "19588"), place.officer("lan", "19588"));
    let list = format!("{HEADS}\n{ROW}\n");
    let columns = place.send(&hoa, &[("ds.csv", list.as_bytes())]).unwrap();
    let id = columns.split('/').nth(2).unwrap().to_owned();
    for path in ["", "/columns", "/preview", "/run"] {
        let path = format!("/import/{id}{path}");
        let (own, other) = (place.get(&hoa, &path).status(), place.get(&lan, &path).status());
        assert!(own == StatusCode::OK || own == StatusCode::SEE_OTHER, "{path}: {own}");
        assert_eq!(other, StatusCode::NOT_FOUND, "{path}");
    }
    for path in ["/run", "/stop", "/discard", "/columns"] {
        let answer = place.post_form(&lan, &format!("/import/{id}{path}"), &[]);
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(place.get(&hoa, &columns).status(), StatusCode::OK, "nothing was thrown away");
    for odd in ["../so.db", "..%2F..%2Fso.db", "0190b2c1"] {
        let status = place.get(&hoa, &format!("/import/{odd}/columns")).status();
        assert_eq!(status, StatusCode::NOT_FOUND, "{odd}");
    }
    // Who may not import does not come in.
    let police = place.person("cong-an", crate::access::Role::Police, "19588");
    assert_eq!(place.get(&police, "/import").status(), StatusCode::FORBIDDEN);
    assert_eq!(form(&[("a", "b&c")]), "a=b%26c");
}
