//! *Ai còn thiếu*: what of a found child is shown to whom, how it comes into the book, and what goes out as a file.

use super::acts::asked::school;
use super::entry::value;
use super::*;
use crate::act::access::look;
use crate::act::register::missing::{link, load, shown};
use crate::act::register::{find, show};

/// The number of the found child, of its mother, and what it is.
const NUMBER: &str = "045315000731";
const MOTHERS: &str = "045190000732";

/// Two children of Tà Rụt whom a school knows and the book does not.
fn with_school() -> Pages {
    let pages = Pages::new();
    let path = pages.folder.path().join("truong.csv");
    let rows = format!(
        "Họ và tên,Ngày sinh,Giới tính,Dân tộc,Số định danh,Họ tên cha,Họ tên mẹ,Số định danh của mẹ,Xã,Thôn\n\
         Hồ Thị Lạ,11/12/2015,Nữ,Pa Cô,{NUMBER},Hồ Văn Xa,Hồ Thị Vời,{MOTHERS},Xã Tà Rụt,A Vương\n\
         Hồ Văn Xuôi,10/02/2017,Nam,Pa Cô,,Hồ Văn Ngược,Hồ Thị Dọc,,Xã Tà Rụt,=A Vương\n"
    );
    fs::write(&path, rows).unwrap();
    pages.act(|desk| load::run(desk, &school(path), (&Silent, &Stop::default())));
    let day = PartialDate::from_iso(EDITION).unwrap();
    pages.act(|desk| link::run(desk, day, (&Silent, &Stop::default())));
    pages
}

/// The form as it stands, with a step.
fn sent<'t>(page: &'t str, step: &'t str) -> Vec<(&'t str, &'t str)> {
    let mut out: Vec<(&str, &str)> = [
        "draft", "version", "missing", "h.hamlet", "h.father", "h.mother", "c1.name", "c1.birth",
    ]
    .into_iter()
    .map(|name| (name, value(page, name)))
    .collect();
    out.extend([("h.commune", "19588"), ("c1.sex", "Nữ"), ("do", step)]);
    out
}

#[test]
fn what_a_collaborator_may_not_read_is_not_shown_and_not_lost() {
    let pages = with_school();
    let row = shown((1, 1));
    let helper = pages.person("ctv", Role::Collaborator, Pages::area("Xã Tà Rụt"));
    let form = pages
        .get(&helper, &format!("/entry/found/{row}"))
        .must(200)
        .text;
    assert_eq!(value(&form, "c1.name"), "Hồ Thị Lạ");
    for hidden in [NUMBER, MOTHERS, "Pa Cô"] {
        assert!(!form.contains(hidden), "{hidden}");
    }
    // Who may read numbers has them before them.
    let officer = pages.officer();
    let whole = pages
        .get(&officer, &format!("/entry/found/{row}"))
        .must(200)
        .text;
    assert_eq!(value(&whole, "c1.number"), NUMBER);
    let check = pages
        .post(&helper, "/entry", &sent(&form, "check"))
        .must(200);
    assert!(!check.text.contains(NUMBER), "{}", check.text);
    pages
        .post(&helper, "/entry", &sent(&form, "save"))
        .leads("/missing/2020-01-01/19588?said=entered");
    let id = pages.child("hồ thị lạ");
    let told = pages.act(|desk| show::show(desk, &id, None, true));
    let (record, sensitive) = (told.record.to_string(), told.sensitive.unwrap().to_string());
    assert!(
        record.contains(NUMBER) && record.contains(MOTHERS),
        "{record}"
    );
    // The Pa Cô are Tà Ôi in the list of the peoples.
    assert!(sensitive.contains("Tà Ôi"), "{sensitive}");
    // Entered once.
    pages
        .get(&helper, &format!("/entry/found/{row}"))
        .must(422)
        .says(422, "đã được nhập vào sổ");
}

#[test]
fn what_is_hidden_and_speaks_against_it_is_left_to_the_officer() {
    let pages = with_school();
    // Somebody else of the book has the number by now.
    let mo = pages.child("hồ thị nhung");
    pages.act(|desk| {
        crate::act::register::edit::run(
            desk,
            &crate::act::register::edit::Asked {
                child: mo.clone(),
                typed: vec![(treem_child::field::Field::Number, NUMBER.to_owned())],
                why: String::new(),
                version: None,
                as_of: PartialDate::from_iso(EDITION).unwrap(),
                yes: true,
            },
        )
    });
    let helper = pages.person("ctv", Role::Collaborator, Pages::area("Xã Tà Rụt"));
    let path = format!("/entry/found/{}", shown((1, 1)));
    let form = pages.get(&helper, &path).must(200).text;
    let refused = pages
        .post(&helper, "/entry", &sent(&form, "save"))
        .must(422);
    assert!(
        refused.text.contains("báo cán bộ xã") && !refused.text.contains(NUMBER),
        "{}",
        refused.text
    );
    assert!(
        pages
            .act(|desk| find::run(desk, "hồ thị lạ"))
            .children
            .is_empty()
    );
}

#[test]
fn another_child_is_not_the_found_one() {
    let pages = with_school();
    let officer = pages.officer();
    let path = format!("/entry/found/{}", shown((1, 1)));
    let form = pages.get(&officer, &path).must(200).text;
    let mut more = sent(&form, "row");
    let two = pages.post(&officer, "/entry", &more).must(200).text;
    assert_eq!(value(&two, "missing"), shown((1, 1)));
    // The row of the found child is taken out: what is saved then is somebody else.
    more = sent(&two, "drop 1");
    more.extend([
        ("c2.name", "Hồ Thị Khác"),
        ("c2.birth", "1/2/2016"),
        ("c2.sex", "Nữ"),
    ]);
    let left = pages.post(&officer, "/entry", &more).must(200).text;
    assert!(!left.contains("name=\"missing\""), "{left}");
    assert_eq!(value(&left, "c1.name"), "Hồ Thị Khác");
    // Also where the form is sent by hand.
    let forged = [
        ("draft", value(&left, "draft")),
        ("missing", "1-1"),
        ("h.commune", "19588"),
        ("c2.name", "Hồ Thị Khác"),
        ("c2.birth", "1/2/2016"),
        ("c2.sex", "Nữ"),
        ("do", "save"),
    ];
    pages.post(&officer, "/entry", &forged);
    let id = pages.child("hồ thị khác");
    let told = pages.act(|desk| show::show(desk, &id, None, false));
    assert!(!told.record.to_string().contains(NUMBER));
    pages.get(&officer, &path).must(200);
}

#[test]
fn a_file_with_names_is_written_down() {
    let pages = with_school();
    let officer = pages.officer();
    let day = edition(EDITION).from;
    let got = pages
        .get(&officer, &format!("/missing/file/{day}/19588"))
        .must(200);
    assert!(got.text.starts_with("PK"));
    let looks = pages.act(|desk| look::looks(desk, &look::Asked::default(), ""));
    let of: Vec<_> = looks
        .looks
        .iter()
        .filter(|one| (one.deed.as_str(), one.subject.as_str()) == ("export", "missing"))
        .collect();
    assert_eq!(of.len(), 1);
    assert_eq!(of[0].children, 2);
    // By commune, and within one's own area.
    for (who, code, status) in [
        (&officer, "19582", 403),
        (&officer, "467", 404),
        (
            &pages.person("tinh", Role::Province, Area::Whole),
            "45",
            404,
        ),
        (
            &pages.person("ctv", Role::Collaborator, Pages::area("Xã Tà Rụt")),
            "19588",
            403,
        ),
    ] {
        pages
            .get(who, &format!("/missing/file/{day}/{code}"))
            .must(status);
    }
    // As csv nothing is taken for a formula.
    let out = pages.folder.path().join("thieu.csv");
    pages.act(|desk| {
        let asked = crate::act::register::missing::found::Asked {
            area: None,
            state: "open",
            most: 10,
        };
        let list = crate::act::register::missing::found::export(desk, &asked)?;
        crate::act::register::missing::write::file(&list, &out).map_err(Into::into)
    });
    let text = fs::read_to_string(&out).unwrap();
    assert!(!text.contains(",=") && text.lines().count() == 3, "{text}");
}
