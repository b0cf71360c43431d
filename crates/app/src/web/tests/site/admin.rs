//! `/admin`: accounts, audit, headcounts, backup, units, rules; and who is let in.

use super::{EDITION, commune, value};
use crate::access::{Area, Deed, Role};
use crate::web::routes::{Door, routes};
use crate::web::tests::{Pages, Who};
use std::sync::Arc;

#[test]
fn every_door_lets_in_whom_it_says_and_nobody_else() {
    let site = Pages::still();
    let mut cookies = Vec::new();
    for role in Role::ALL {
        let cookie = site.signed_in(role.code(), *role, &Area::Whole);
        cookies.push((*role, cookie));
    }
    let declared = routes(Arc::clone(&site.state)).declared;
    let mut refused = 0;
    for (path, door) in declared
        .iter()
        .filter(|(path, _)| path.starts_with("/admin"))
    {
        let address = path.replace("{id}", "x").replace("{number}", "0");
        let nobody = site.get(None, &address);
        let posted = site.post(&Who::cookie("treem=00"), &address, &[]);
        for got in [nobody, posted] {
            assert!(
                got.status.as_u16() == 405 || got.to() == "/sign-in",
                "{path} {}",
                got.status
            );
        }
        let Door::May(deed) = door else { continue };
        for (role, cookie) in cookies.iter().filter(|(role, _)| !role.may(*deed)) {
            let got = site.get(cookie, &address);
            let posted = site.post(cookie, &address, &[]);
            let (seen, sent) = (got.status.as_u16(), posted.status.as_u16());
            assert!(
                matches!((seen, sent), (403, 405 | 403) | (405, 403)),
                "{path} {role:?} {seen} {sent}"
            );
            refused += 1;
        }
    }
    assert!(refused > 100, "{refused}");
    // Each refusal is in the log, with whom.
    let auditor = &cookies
        .iter()
        .find(|(role, _)| *role == Role::Auditor)
        .unwrap()
        .1;
    let log = site.get(auditor, "/admin/audit?deed=backup&who=police");
    log.says(200, "bị từ chối").says(200, "sao lưu, khôi phục");
    let (_, officer) = &cookies[0];
    site.get(officer, "/admin")
        .says(403, "không được giao việc quản trị nào");
    assert!(
        Role::Officer
            .deeds()
            .iter()
            .all(|deed| *deed != Deed::Audit)
    );
}

#[test]
fn a_form_from_elsewhere_is_not_taken() {
    use axum::body::Body;
    use axum::http::{Request, header};
    let site = Pages::still();
    let cookie = site.signed_in("admin", Role::Administrator, &Area::Whole);
    for (name, from) in [
        ("sec-fetch-site", "cross-site"),
        ("origin", "https://ke-xau.example"),
    ] {
        let request = Request::post("/admin/backup/take")
            .header(cookie.name, &cookie.value)
            .header(header::HOST, "so.example")
            .header(name, from)
            .body(Body::empty());
        site.ask(request.unwrap()).says(403, "trang khác");
    }
}

#[test]
fn the_log_is_read_page_by_page_and_found_whole() {
    let site = Pages::still();
    let auditor = site.signed_in("kiemtra", Role::Auditor, &Area::Whole);
    for _ in 0..120 {
        let officer = site.get(&auditor, "/admin/backup");
        officer.says(403, "sao lưu");
    }
    let first = site.get(&auditor, "/admin/audit?deed=backup");
    assert_eq!(first.text.matches("bị từ chối</strong>").count(), 100);
    let next = first
        .between("govuk-pagination__link\" href=\"", "\"")
        .replace("&#38;", "&");
    assert!(
        next.starts_with("/admin/audit?deed=backup&before="),
        "{next}"
    );
    let second = site.get(&auditor, &next);
    assert_eq!(second.text.matches("bị từ chối</strong>").count(), 20);
    assert!(!second.text.contains("cũ hơn"));
    site.get(&auditor, "/admin/audit?log=chain")
        .says(200, "lập sổ")
        .says(200, "lập tài khoản");
    site.get(
        &auditor,
        "/admin/audit?log=chain&deed=init&from=2024-06-13&to=2024-06-13",
    )
    .says(200, "lập sổ");
    site.get(&auditor, "/admin/audit?log=chain&from=2024-06-14")
        .says(200, "Không có dòng nào");
    site.get(&auditor, "/admin/audit?from=h%C3%B4m")
        .says(200, "Ngày không dùng được");
    site.post(&auditor, "/admin/audit/check", &[])
        .says(200, "còn nguyên vẹn");
}

#[test]
fn headcounts_are_added_loaded_and_doubted() {
    let site = Pages::still();
    let lead = site.signed_in("dakrong", Role::District, &commune("Đa Krông"));
    site.get(&lead, "/admin/headcounts")
        .says(200, "Chưa có số báo cáo nào");
    let unit = value(&commune("Tà Rụt"));
    let add = |unit: &str, count: &str, day: &str, source: &str| {
        let form = [
            ("unit", unit),
            ("count", count),
            ("day", day),
            ("source", source),
            ("signed_by", "Hồ Văn Lâm"),
        ];
        site.post(&lead, "/admin/headcounts/add", &form)
    };
    add("", "5", "", "báo cáo").says(422, "chọn đơn vị");
    add(&unit, "nhiều", "", "báo cáo")
        .says(422, "phải là một số")
        .says(422, "value=\"nhiều\"");
    add(&unit, "-5", "", "báo cáo").says(422, "phải là một số");
    add(&unit, "5", "", "").says(422, "ghi nguồn");
    add(&unit, "5", "31/2/2024", "báo cáo").says(422, "không dùng được");
    add(&unit, "1.250", "3/6/2024", "báo cáo").leads("/admin/headcounts?units=1&doubts=0");
    site.get(&lead, "/admin/headcounts?units=1&doubts=0")
        .says(200, "Đã ghi 1 số")
        .says(200, "1.250");
    // Another district's figure is refused, whoever sends it.
    let far = value(&commune("Vĩnh Linh"));
    add(&far, "5", "", "báo cáo").says(403, "ghi số trẻ em báo cáo");
    let code = commune("A Ngo").unit().unwrap().1;
    let load = |name: &str, text: &str| {
        let fields = [
            ("edition", EDITION),
            ("day", "3/6/2024"),
            ("source", "báo cáo"),
            ("signed_by", ""),
        ];
        site.upload_text(&lead, "/admin/headcounts/load", &fields, Some((name, text)))
    };
    load("bao-cao.csv", &format!("unit,headcount\n{code},900\n"))
        .leads("/admin/headcounts?units=1&doubts=0");
    // A path in the name of a file names no file of ours, and what is wrong is said with its own name.
    load("../../so.csv", "unit,headcount\n99999,9\n").says(422, "so.csv");
    load("a.csv", "").says(422, "ãy chọn một tệp");
    load("bom.xlsx", "PK\u{3}\u{4} không phải xlsx").says(422, "bom.xlsx");
    assert!(!site.folder.path().join("so.csv").exists());
}

#[test]
fn a_backup_is_taken_tried_and_never_a_path() {
    let site = Pages::still();
    let admin = site.signed_in("admin", Role::Administrator, &Area::Whole);
    site.get(&admin, "/admin/backup")
        .says(200, "chưa sao lưu lần nào")
        .says(200, "chưa thử lần nào");
    let begun = site.post(&admin, "/admin/backup/take", &[]);
    begun.leads("/admin/backup/run");
    let taken = site.over(&admin, "/admin/backup/run");
    taken
        .says(200, "Đã sao lưu")
        .says(200, "08:05 ngày 13/6/2024");
    let name = taken.between("name=\"name\" value=\"", "\"");
    assert_eq!(name, "treem-20240613-010509.db");
    let begun = site.post(&admin, "/admin/backup/drill", &[("name", &name)]);
    begun.leads("/admin/backup/run");
    let tried = site.over(&admin, "/admin/backup/run");
    tried
        .says(200, "bản sao lưu dùng được")
        .says(200, "khớp với SHA-256");
    assert!(!tried.text.contains("chưa thử lần nào"));
    for forged in ["../so.db", "so.db", "/etc/passwd", "treem-1.db", ""] {
        site.post(&admin, "/admin/backup/drill", &[("name", forged)])
            .says(422, "Không có bản sao lưu này");
    }
    // Spoilt: said, and nothing else happens.
    let file = site.folder.path().join("backup").join(&name);
    std::fs::write(&file, b"hong").unwrap();
    site.post(&admin, "/admin/backup/drill", &[("name", &name)])
        .leads("/admin/backup/run");
    site.over(&admin, "/admin/backup/run")
        .says(422, "đã hỏng hoặc bị sửa");
    site.get(None, "/alive").says(200, "ok");
}

#[test]
fn a_reform_is_looked_at_done_and_taken_back() {
    let site = Pages::still();
    site.children(&["Tà Rụt", "A Ngo", ""]);
    let lead = site.signed_in("tinh", Role::Province, &Area::Whole);
    site.get(
        &lead,
        "/admin/units?what=T%C3%A0+R%E1%BB%A5t&day=2020-01-01",
    )
    .says(200, "Xã Tà Rụt, huyện Đa Krông, tỉnh Quảng Trị");
    site.get(&lead, "/admin/units?what=xyz")
        .says(200, "Không có đơn vị nào như vậy");
    let seen = site.upload_text(
        &lead,
        "/admin/units/preview",
        &[("day", "2025-07-01")],
        None,
    );
    seen.says(200, "Chưa có gì được ghi")
        .says(200, "Xã Tà Rụt")
        .says(200, "Chuyển 2 trẻ");
    let done = site.post(
        &lead,
        "/admin/units/reform",
        &[("day", "2025-07-01"), ("name", ""), ("file", "")],
    );
    done.leads("/admin/units?done=reform&children=2");
    // The same form sent again finds nobody left to move.
    let again = site.post(&lead, "/admin/units/reform", &[("day", "2025-07-01")]);
    again.leads("/admin/units?done=reform&children=0");
    let home = site.get(&lead, "/admin/units?done=reform&children=2");
    home.says(200, "Đã chuyển 2 trẻ");
    let id = home.between("name=\"reform\" value=\"", "\"");
    site.post(&lead, "/admin/units/undo", &[("reform", &id)])
        .says(200, "2 trẻ sẽ trở về");
    site.post(&lead, "/admin/units/undo", &[("reform", &id), ("yes", "1")])
        .leads("/admin/units?done=undo&children=2");
    site.get(&lead, "/admin/units").says(200, "đã hoàn tác");
    for (file, words) in [("a,b\n1,2\n", "from_edition"), ("", "ãy chọn")] {
        let day = [("day", "")];
        site.upload_text(&lead, "/admin/units/preview", &day, Some(("xa.csv", file)))
            .says(422, words);
    }
    site.post(&lead, "/admin/units/reform", &[("day", ""), ("file", "zz")])
        .says(422, "không trọn vẹn");
}

#[test]
fn a_rule_file_is_tried_published_and_left_again() {
    let site = Pages::still();
    site.children(&["Tà Rụt"]);
    let lead = site.signed_in("tinh", Role::Province, &Area::Whole);
    site.get(&lead, "/admin/rules")
        .says(200, "bộ quy tắc có sẵn")
        .says(200, "id.missing");
    let preview = |text: &str, file: Option<(&str, &str)>| {
        site.upload_text(&lead, "/admin/rules/preview", &[("text", text)], file)
    };
    preview("", None).says(422, "chọn một tệp quy tắc");
    preview("[rules.\"khong.co\"]\nenabled = false\n", None).says(422, "khong.co");
    let text = "required = [\"phone\"]\n";
    preview(text, None)
        .says(200, "phone.missing")
        .says(200, "Chưa có gì được ghi");
    preview("", Some(("quy-tac.toml", text))).says(200, "phone.missing");
    site.post(&lead, "/admin/rules/publish", &[("text", text)])
        .leads("/admin/rules?published=1");
    site.get(&lead, "/admin/rules?published=1")
        .says(200, "Đã ban hành tệp quy tắc số 1")
        .says(200, "Đang dùng");
    site.get(&lead, "/admin/rules/1").says(200, "required = [");
    site.get(&lead, "/admin/rules/9").says(422, "số 9");
    // Sent again: it is in force already.
    site.post(&lead, "/admin/rules/publish", &[("text", text)])
        .says(422, "");
    site.upload_text(&lead, "/admin/rules/preview", &[("former", "0")], None)
        .says(200, "name=\"former\" value=\"0\"");
    site.post(&lead, "/admin/rules/publish", &[("former", "0")])
        .leads("/admin/rules?published=2");
}
