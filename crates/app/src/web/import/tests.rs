//! The pages of lists asked as a browser, or an attacker, would ask.

#[path = "../../../tests/it/package.rs"]
#[expect(
    dead_code,
    clippy::format_push_string,
    reason = "the tests of the program use the rest of it"
)]
mod package;

use crate::access::Role;
use crate::web::tests::{Pages, Who};
use axum::http::{Method, StatusCode};
use package::{Part, workbook};
use std::time::Duration;

const HEADS: &str =
    "Họ và tên,Ngày sinh,Giới tính,Dân tộc,Số định danh cá nhân,Họ tên cha,Họ tên mẹ,Thôn,Xã,Huyện";
const ROW: &str =
    "Hồ Thị <b>Lá</b>,01/02/2016,Nữ,Kinh,,Hồ Văn Núi,Hồ Thị Suối,Thôn 1,Xã Tà Rụt,Huyện Đakrông";

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

/// Sends files and waits until they are read; gives where that leads, or what was said.
fn send(pages: &Pages, who: &Who, files: &[(&str, &[u8])]) -> Result<String, String> {
    let (kind, body) = parts(files);
    let got = pages.ask(Pages::request(
        Some(who),
        Method::POST,
        "/import",
        &kind,
        body,
    ));
    if got.status != StatusCode::SEE_OTHER {
        return Err(got.text);
    }
    Ok(over(pages, who, got.to()))
}

/// Where a work leads once it is over; the page itself where it ended badly.
fn over(pages: &Pages, who: &Who, run: &str) -> String {
    loop {
        let got = pages.get(who, run);
        if got.status == StatusCode::SEE_OTHER {
            return got.to().to_owned();
        }
        if !got.text.contains("hx-trigger") {
            return got.text;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_list_goes_in_and_html_in_a_name_stays_text() {
    let pages = Pages::with("");
    let who = pages.officer();
    let list = format!("{HEADS}\n{ROW}\n");
    let columns = send(
        &pages,
        &who,
        &[("<script>alert(1)</script>.csv", list.as_bytes())],
    )
    .unwrap();
    assert!(columns.ends_with("/columns"), "{columns}");
    let page = pages.get(&who, &columns).text;
    assert!(
        page.contains("&lt;b&gt;Lá&lt;") || page.contains("&#60;b&#62;Lá"),
        "{page}"
    );
    assert!(
        !page.contains("<b>Lá") && !page.contains("<script>alert"),
        "{page}"
    );
    let answer = pages.post(&who, &columns, &[("go", "1")]);
    let run = answer.to().to_owned();
    let preview = over(&pages, &who, &run);
    assert!(preview.ends_with("/preview"), "{preview}");
    let page = pages.get(&who, &preview).text;
    assert!(page.contains("Nhập 1 dòng vào sổ"), "{page}");
    // Nothing is in the book before it is asked for; then once, however often the form is sent.
    assert!(
        pages
            .get(&who, "/imports")
            .text
            .contains("Chưa nhập danh sách nào")
    );
    pages.post(&who, &run, &[]);
    let done = over(&pages, &who, &run);
    pages.post(&who, &run, &[]);
    assert_eq!(over(&pages, &who, &run), done);
    let page = pages.get(&who, "/imports").text;
    assert_eq!(page.matches("Hủy…").count(), 1, "{page}");
}

#[test]
fn an_xlsx_bomb_is_refused_in_a_sentence() {
    let pages = Pages::with("");
    let who = pages.officer();
    // Less than a megabyte that unfolds to hundreds, whatever the package says of itself.
    let bomb = workbook(Part::bomb("xl/worksheets/sheet1.xml", 600, 1_000));
    assert!(bomb.len() < 1 << 20, "{}", bomb.len());
    let columns = send(&pages, &who, &[("bom.xlsx", &bomb)]).unwrap();
    let page = pages.get(&who, &columns).text;
    assert!(
        page.contains("bom.xlsx") && page.contains("Chưa đọc được trẻ nào"),
        "{page}"
    );
}

#[test]
fn a_path_in_a_file_name_leads_nowhere() {
    let pages = Pages::with("");
    let who = pages.officer();
    let list = format!("{HEADS}\n{ROW}\n");
    for name in [
        "../../../so.db",
        "..\\\\..\\\\so.db",
        "/etc/cron.d/x.csv",
        "..",
    ] {
        let _ = send(&pages, &who, &[(name, list.as_bytes())]);
    }
    let (mut files, mut folders) = (0, vec![pages.folder.path().join("intake")]);
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
    let beside: Vec<String> = std::fs::read_dir(pages.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with("so.db") && name != "intake")
        .collect();
    assert!(beside.is_empty(), "{beside:?}");
    assert_eq!(
        pages.get(&who, "/imports").status,
        StatusCode::OK,
        "the register is as it was"
    );
}

#[test]
fn too_many_files_and_none_are_refused() {
    let pages = Pages::with("");
    let who = pages.officer();
    let names: Vec<String> = (0..=crate::limits::INTAKE_FILES)
        .map(|n| format!("{n}.csv"))
        .collect();
    let files: Vec<(&str, &[u8])> = names
        .iter()
        .map(|name| (name.as_str(), &b"x"[..]))
        .collect();
    let said = send(&pages, &who, &files).unwrap_err();
    assert!(said.contains("Quá nhiều tệp"), "{said}");
    for none in [&[][..], &[("", &b""[..])]] {
        let said = send(&pages, &who, none).unwrap_err();
        assert!(said.contains("Chưa chọn tệp nào"), "{said}");
    }
    let kind = "multipart/form-data; boundary=x";
    let rubbish = Pages::request(Some(&who), Method::POST, "/import", kind, "rubbish");
    let said = pages.ask(rubbish).must(422).text;
    assert!(said.contains("chưa tải lên trọn vẹn"), "{said}");
}

#[test]
fn another_persons_intake_is_not_there() {
    let pages = Pages::with("");
    let area = || Pages::area("Xã Tà Rụt");
    let hoa = pages.person("hoa", Role::Officer, area());
    let lan = pages.person("lan", Role::Officer, area());
    let list = format!("{HEADS}\n{ROW}\n");
    let columns = send(&pages, &hoa, &[("ds.csv", list.as_bytes())]).unwrap();
    let id = columns.split('/').nth(2).unwrap().to_owned();
    for path in ["", "/columns", "/preview", "/run"] {
        let path = format!("/import/{id}{path}");
        let (own, other) = (pages.get(&hoa, &path).status, pages.get(&lan, &path).status);
        assert!(
            own == StatusCode::OK || own == StatusCode::SEE_OTHER,
            "{path}: {own}"
        );
        assert_eq!(other, StatusCode::NOT_FOUND, "{path}");
    }
    for path in ["/run", "/stop", "/discard", "/columns"] {
        let answer = pages.post(&lan, &format!("/import/{id}{path}"), &[]);
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(
        pages.get(&hoa, &columns).status,
        StatusCode::OK,
        "nothing was thrown away"
    );
    for odd in ["../so.db", "..%2F..%2Fso.db", "0190b2c1"] {
        let status = pages.get(&hoa, &format!("/import/{odd}/columns")).status;
        assert_eq!(status, StatusCode::NOT_FOUND, "{odd}");
    }
    // Who may not import does not come in.
    let police = pages.person("congan", Role::Police, area());
    assert_eq!(pages.get(&police, "/import").status, StatusCode::FORBIDDEN);
}

#[test]
fn what_is_no_list_is_said_without_where_it_lies() {
    let pages = Pages::with("");
    let who = pages.officer();
    for (name, words) in [
        ("ghi-chu.json", "không có danh sách nào"),
        ("anh.jpg", "Ảnh chụp không đọc được thành bảng"),
        ("rong.csv", "rong.csv"),
    ] {
        let columns = send(&pages, &who, &[(name, b"{}")]).unwrap();
        let page = pages.get(&who, &columns).must(200).text;
        assert!(
            page.contains(name) && page.contains(words),
            "{name}: {page}"
        );
        assert!(!page.contains("intake/"), "{name}: {page}");
        assert!(!page.contains("Nhập 0"), "{name}");
    }
}
