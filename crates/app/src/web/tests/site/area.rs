//! Another commune's child, by id, in every act that shows or changes one; and what lists are cut to.

use super::{EDITION, commune, grants, is_denied};
use crate::access::{Area, Role};
use crate::act::access::look;
use crate::act::check::{Silent, Stop};
use crate::act::register::{Desk, apart, edit, export, find, life, list, merge, moves, show};
use crate::web::tests::Pages;
use treem_child::field::Field;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit::edition;
use treem_store::child::DIED;

fn day() -> PartialDate {
    PartialDate::from_iso("2024-06-13").unwrap()
}

/// Every act that shows or changes one child, by name, and whether it was denied.
fn tries(desk: &mut Desk, id: &str, other: &str) -> Vec<(&'static str, bool)> {
    let edit = edit::Asked {
        child: id.to_owned(),
        typed: vec![(Field::Address, "Thôn A Đăng".to_owned())],
        why: String::new(),
        version: None,
        as_of: day(),
        yes: true,
    };
    let close = life::Asked {
        child: id.to_owned(),
        state: DIED,
        day: Some("2024-06-01".to_owned()),
        why: String::new(),
        version: None,
        as_of: day(),
    };
    let both = merge::Asked {
        children: [id.to_owned(), other.to_owned()],
        keep: None,
        take: Vec::new(),
        why: String::new(),
        seen: Vec::new(),
        yes: false,
        as_of: day(),
    };
    let to = edition(EDITION);
    let go = moves::Asked {
        child: id.to_owned(),
        to: (to, to.by_code(commune("Tà Rụt").unit().unwrap().1).unwrap()),
        to_register: None,
        hamlet: String::new(),
        address: String::new(),
        day: "2024-06-01".to_owned(),
        why: String::new(),
    };
    vec![
        ("show", is_denied(show::show(desk, id, None, false))),
        (
            "show then",
            is_denied(show::show(
                desk,
                id,
                Some("2024-06-13T02:00:00.000000Z"),
                false,
            )),
        ),
        ("history", is_denied(show::history(desk, id))),
        ("edit", is_denied(edit::run(desk, &edit))),
        ("move", is_denied(moves::propose(desk, &go))),
        ("merge", is_denied(merge::merge(desk, &both))),
        ("apart", is_denied(apart::run(desk, [id, other], "", false))),
        ("close", is_denied(life::run(desk, &close))),
    ]
}

#[test]
fn another_communes_child_by_id() {
    let site = Pages::still();
    let ids = site.children(&["Tà Rụt", "A Ngo", "Tà Rụt", ""]);
    let officer = grants(Role::Officer, commune("Tà Rụt"));
    let mut desk = site.desk(Some(officer.clone()));
    let mut whole = site.desk(Some(grants(Role::Auditor, Area::Whole)));
    let (mine, far, own, nowhere) = (
        ids[0].clone(),
        ids[1].clone(),
        ids[2].clone(),
        ids[3].clone(),
    );
    let logged = site.lent(|| {
        for id in [&far, &nowhere] {
            for (act, denied) in tries(&mut desk, id, &mine) {
                assert!(denied, "{act}");
            }
        }
        // The auditor reads logs, not children; the administrator neither.
        for (act, denied) in tries(&mut whole, &mine, &own) {
            assert!(denied, "{act}");
        }
        look::refusals(&mut desk).ok().unwrap();
        for (act, denied) in tries(&mut desk, &mine, &own) {
            assert!(!denied, "{act}");
        }
        desk.grants = None;
        look::looks(&desk, &look::Asked::default(), "")
            .ok()
            .unwrap()
            .looks
    });
    // Refused twice eight times; of the own child two looks and its history.
    let count = |allowed: bool| logged.iter().filter(|one| one.allowed == allowed).count();
    assert_eq!((count(false), count(true)), (16, 3));
    assert!(
        logged
            .iter()
            .filter(|one| one.allowed)
            .all(|one| one.child.as_deref() == Some(ids[0].as_str()))
    );
}

#[test]
fn lists_searches_and_exports_are_cut() {
    let site = Pages::still();
    let ids = site.children(&["Tà Rụt", "A Ngo", "A Ngo", "Hướng Phùng", ""]);
    let folder = site.folder.path().to_owned();
    let mut desks: Vec<(Desk, usize)> = [
        (Some(grants(Role::Officer, commune("Tà Rụt"))), 1),
        (Some(grants(Role::District, commune("Đa Krông"))), 3),
        (Some(grants(Role::Province, Area::Whole)), 5),
        (None, 5),
    ]
    .into_iter()
    .map(|(of, count)| (site.desk(of), count))
    .collect();
    let police = site.desk(Some(grants(Role::Police, commune("Tà Rụt"))));
    let auditor = site.desk(Some(grants(Role::Auditor, Area::Whole)));
    site.lent(|| {
        let asked = |what| list::Asked {
            what,
            unit: None,
            as_of: day(),
            moment: None,
            compare: None,
        };
        let stop = Stop::default();
        for (nth, (desk, count)) in desks.iter_mut().enumerate() {
            let listed = list::run(desk, &asked(list::What::Incomplete), (&Silent, &stop));
            assert_eq!(listed.ok().unwrap().ids.len(), *count);
            let found = find::run(desk, "ho thi mo").ok().unwrap();
            assert_eq!(found.children.len(), *count);
            let out = folder.join(format!("xuat-{nth}"));
            let exported = export::run(desk, &out, None, false).ok().unwrap();
            assert_eq!(exported.children, *count as u64);
            let text = std::fs::read_to_string(out.join("children.csv")).unwrap();
            assert_eq!(text.lines().count(), *count + 1);
            assert_eq!(text.contains(&ids[3]), *count == 5);
        }
        assert!(is_denied(export::run(
            &mut { police },
            &folder.join("ca"),
            None,
            false
        )));
        assert!(is_denied(list::run(
            &auditor,
            &asked(list::What::Incomplete),
            (&Silent, &stop)
        )));
        assert!(is_denied(find::run(&auditor, "ho")));
        // Exports are logged with how many children they took away.
        let logged = look::looks(
            &desks[3].0,
            &look::Asked {
                deed: "export".to_owned(),
                ..look::Asked::default()
            },
            "",
        );
        let counts: Vec<i64> = logged
            .ok()
            .unwrap()
            .looks
            .iter()
            .map(|one| one.children)
            .collect();
        assert_eq!(
            std::collections::BTreeSet::from_iter(counts),
            [1, 3, 5].into()
        );
    });
}

#[test]
fn numbers_are_masked_for_those_who_do_not_need_them() {
    let site = Pages::still();
    let ids = site.children(&["Tà Rụt"]);
    let mut collaborator = site.desk(Some(grants(Role::Collaborator, commune("Tà Rụt"))));
    let mut officer = site.desk(Some(grants(Role::Officer, commune("Tà Rụt"))));
    site.lent(|| {
        let told = |desk: &mut Desk| {
            let shown = show::show(desk, &ids[0], None, false).ok().unwrap();
            let history = show::history(desk, &ids[0]).ok().unwrap();
            serde_json::to_string(&(shown, history)).unwrap()
        };
        let (masked, whole) = (told(&mut collaborator), told(&mut officer));
        for number in ["045315000010", "045185000123"] {
            assert!(
                whole.contains(number) && !masked.contains(number),
                "{number}"
            );
        }
        assert!(masked.contains("045…010"));
        // And what the law calls sensitive.
        assert!(is_denied(show::show(
            &mut collaborator,
            &ids[0],
            None,
            true
        )));
    });
}
