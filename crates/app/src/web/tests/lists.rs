//! Lists and records: what each page shows to whom, and what somebody would try.

use super::*;
use crate::act::access::look;

/// The child of Húc Nghì without a number.
const BAO: &str = "Gia Bảo";

#[test]
fn a_list_is_of_ones_own_area() {
    let pages = Pages::new();
    let officer = pages.officer();
    let list = pages.get(&officer, "/list").must(200).text;
    assert!(
        list.contains("5 trẻ") && list.contains("Hồ Thị Mơ"),
        "{list}"
    );
    assert!(!list.contains(BAO), "somebody of another commune");
    // A forged area shows nobody.
    let edition = edition(EDITION).from;
    let Some((_, huc_nghi)) = Pages::area("Xã Húc Nghì").unit() else {
        panic!("a commune is a unit");
    };
    let forged = format!("/list?unit={edition}%2F{huc_nghi}");
    let forged = pages.get(&officer, &forged).must(200).text;
    assert!(!forged.contains(BAO) && forged.contains("Không có hồ sơ nào"));
    let lead = pages.person("huyen", Role::District, Pages::area("Huyện Đakrông"));
    let all = pages.get(&lead, "/list").must(200).text;
    assert!(all.contains("6 trẻ") && all.contains(BAO), "{all}");
    let province = pages.person("tinh", Role::Province, Pages::area("Tỉnh Quảng Trị"));
    let all = pages.get(&province, "/list").must(200).text;
    assert!(all.contains("6 trẻ") && all.contains(BAO), "{all}");
    let one = format!("/list?unit={edition}%2F{huc_nghi}");
    let one = pages.get(&province, &one).must(200).text;
    assert!(one.contains("1 trẻ") && one.contains("Cựp"), "{one}");
    // Whoever keeps accounts sees no children.
    let keeper = pages.person("quantri", Role::Administrator, Area::Whole);
    pages.get(&keeper, "/list").must(403);
    // The queues count the same.
    let today = pages.get(&officer, "/today").must(200).text;
    assert!(today.contains("Chưa có mã định danh: 1 trẻ"), "{today}");
}

#[test]
fn what_people_typed_is_text() {
    let child = "Họ và tên,Ngày sinh,Giới tính,Dân tộc,Số định danh,Họ tên mẹ,Xã,Thôn\n\
        Hồ Thị Mơ,12/03/2015,Nữ,Pa Cô,45315000217,<script>alert(1)</script>,Xã Tà Rụt,\"<b>A</b> =1+1\"\n";
    let pages = Pages::with(child);
    let officer = pages.officer();
    let record = format!("/child/{}", pages.child("ho thi mo"));
    for path in ["/list", record.as_str()] {
        let text = pages.get(&officer, path).must(200).text;
        assert!(
            !text.contains("<script>") && !text.contains("<b>A"),
            "{path}"
        );
        assert!(text.contains("&#60;b&#62;A"), "{path}: {text}");
    }
}

#[test]
fn another_communes_child_by_id() {
    let pages = Pages::new();
    let officer = pages.officer();
    let bao = pages.child("nguyen van gia bao");
    for path in [
        format!("/child/{bao}"),
        format!("/child/{bao}/edit"),
        "/child/045319000520".to_owned(),
    ] {
        let got = pages.get(&officer, &path).must(404);
        assert!(!got.text.contains(BAO), "{path}");
    }
    let form = [
        ("version", "1"),
        ("name", "Nguyễn Văn Khác"),
        ("how", "mistake"),
        ("what", "number"),
    ];
    for (path, status) in [
        ("edit", 404),
        ("save", 404),
        ("see", 403),
        ("close", 403),
        ("reopen", 403),
    ] {
        let path = format!("/child/{bao}/{path}");
        let got = pages.post(&officer, &path, &form).must(status);
        assert!(!got.text.contains(BAO), "{path}");
    }
    let one = format!("{bao} id.missing");
    for (path, form) in [
        ("/list/fix", vec![("one", one.as_str())]),
        (
            "/list/fix/do",
            vec![("fix", "id.missing"), ("child", bao.as_str())],
        ),
    ] {
        let got = pages.post(&officer, path, &form).must(403);
        assert!(!got.text.contains(BAO), "{path}");
    }
    let shown = pages.act(|desk| crate::act::register::show::show(desk, &bao, None, false));
    assert_eq!(shown.version, 1);
}

#[test]
fn a_fix_a_replay_and_back() {
    let pages = Pages::new();
    let officer = pages.officer();
    let asked = [("rule", "id.zero-lost"), ("do", "all")];
    let seen = pages.post(&officer, "/list/fix", &asked).must(200).text;
    assert!(seen.contains("1 hồ sơ sẽ đổi") && seen.contains("045216118220"));
    let form = [("rule", "id.zero-lost"), ("fix", "id.zero-lost")];
    let done = pages.post(&officer, "/list/fix/do", &form).must(303);
    let fix = done.to().split('?').next().unwrap().to_owned();
    // The same form again finds nothing to do.
    let again = pages.post(&officer, "/list/fix/do", &form).must(422);
    assert!(
        again.text.contains("Không có hồ sơ nào sửa được"),
        "{}",
        again.text
    );
    let page = pages.get(&officer, &fix).must(200).text;
    assert!(page.contains("Hoàn tác lượt này"));
    // Somebody of the other commune has no part in it.
    let other = pages.person("canbo.hucnghi", Role::Officer, Pages::area("Xã Húc Nghì"));
    pages.get(&other, &fix).must(403);
    let undo = format!("{fix}/undo");
    pages.post(&other, &undo, &[]).must(403);
    pages.post(&officer, &undo, &[]).must(303);
    pages.post(&officer, &undo, &[]).must(422);
    // An edit that is sent twice is a conflict, not a second edit.
    let save = format!("/child/{}/save", pages.child("ho thi nhung"));
    let form = [
        ("version", "1"),
        ("was.name", "Hồ Thị Nhung"),
        ("name", "Hồ Thị Nga"),
    ];
    pages.post(&officer, &save, &form).must(303);
    let again = pages.post(&officer, &save, &form).must(409);
    assert!(
        again.text.contains("Hồ Thị Nhung → Hồ Thị Nga"),
        "{}",
        again.text
    );
}

#[test]
fn what_is_guarded_is_shown_when_asked_and_written_down() {
    let pages = Pages::new();
    let officer = pages.officer();
    let child = format!("/child/{}", pages.child("ho van duc"));
    let text = pages.get(&officer, &child).must(200).text;
    assert!(text.contains("045…318"), "{text}");
    assert!(!text.contains("045217000318") && !text.contains("Pa Cô"));
    let see = format!("{child}/see");
    let number = pages
        .post(&officer, &see, &[("what", "number")])
        .must(200)
        .text;
    assert!(number.contains("045217000318") && !number.contains("Pa Cô"));
    let sensitive = pages
        .post(&officer, &see, &[("what", "sensitive")])
        .must(200)
        .text;
    assert!(sensitive.contains("Pa Cô") && !sensitive.contains("045217000318"));
    // A collaborator may see neither.
    let collaborator = pages.person("ctv", Role::Collaborator, Pages::area("Xã Tà Rụt"));
    for what in ["number", "sensitive"] {
        let got = pages.post(&collaborator, &see, &[("what", what)]).must(403);
        assert!(!got.text.contains("045217000318") && !got.text.contains("Pa Cô"));
    }
    pages.post(&collaborator, "/list/ethnicity", &[]).must(403);
    let found = pages
        .post(&officer, "/find", &[("what", "045217000318")])
        .must(200);
    assert!(found.text.contains("Hồ Văn Đức"));
    let log = pages.act(|desk| look::looks(desk, &look::Asked::default(), ""));
    for (deed, allowed) in [
        ("see-number", true),
        ("see-sensitive", true),
        ("see-number", false),
        ("see-sensitive", false),
    ] {
        let is = |one: &treem_store::look::Look| one.deed == deed && one.allowed == allowed;
        assert!(log.looks.iter().any(is), "{deed} {allowed}");
    }
}
