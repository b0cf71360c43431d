//! *Tiến độ*: figures of people whose areas are no unit together.

use super::*;
use crate::access::{Grant, Grants};
use crate::act::register::report::evenings::Evenings;
use crate::act::register::report::portrait::Portraits;
use crate::act::register::report::show::{self, Lines};
use crate::act::register::report::{children, evidence, why};
use crate::act::register::{backup, life, reform, restore};
use std::path::PathBuf;
use treem_child::report::insight::Kind;

/// Three children in a commune of Đakrông, two in one of Hướng Hóa, one in another, one of no known commune.
const CHILDREN: &str = "Họ và tên,Ngày sinh,Giới tính,Dân tộc,Số định danh,Họ tên cha,Họ tên mẹ,Huyện,Xã,Thôn\n\
Hồ Thị Mơ,01/01/2015,Nữ,Pa Cô,,Hồ Văn Khăm,Hồ Thị Lia,Huyện Đakrông,Xã Tà Rụt,A Đăng\n\
Hồ Văn Đức,05/07/2016,Nam,Pa Cô,,Hồ Văn Sáu,Hồ Thị Xa,Huyện Đakrông,Xã Tà Rụt,A Pun\n\
Hồ Văn Lực,06/07/2017,Nam,Pa Cô,,Hồ Văn Bảy,Hồ Thị Xoan,Huyện Đakrông,Xã Húc Nghì,Cựp\n\
Hồ Thị Hương,20/10/2014,Nữ,Vân Kiều,,Hồ Văn Bốn,Hồ Thị Lý,Huyện Hướng Hóa,Xã Húc,Tà Rùng\n\
Hồ Văn Hào,21/10/2013,Nam,Vân Kiều,,Hồ Văn Tám,Hồ Thị Liên,Huyện Hướng Hóa,Xã Húc,Tà Rùng\n\
Hồ Văn Thanh,15/08/2019,Nam,Vân Kiều,,Hồ Văn Chín,Hồ Thị Thu,Huyện Hướng Hóa,Xã Thanh,Xung\n\
Hồ Văn Xa,15/08/2012,Nam,Vân Kiều,,Hồ Văn Mười,Hồ Thị Thu,,,\n";

/// A desk with these areas.
fn desk(pages: &Pages, areas: Vec<Area>) -> Desk {
    let all = areas.into_iter().map(|area| Grant {
        role: Role::Leader,
        area,
    });
    pages.desk(Some(Grants::new("p-thu", all.collect())))
}

fn asked(level: Option<Lines>) -> show::Asked {
    show::Asked {
        as_of: EDITION.to_owned(),
        edition: edition(EDITION),
        unit: None,
        level,
        compare: None,
    }
}

#[test]
fn a_district_and_a_commune_elsewhere_are_lines_beside_each_other() {
    let pages = Pages::with(CHILDREN);
    let areas = || vec![Pages::area("Huyện Đakrông"), Pages::area("Xã Húc")];
    let desk = desk(&pages, areas());
    let _lent = pages.runtime.enter();
    for (level, lines) in [
        (None, vec![("Huyện Đa Krông", 3), ("Xã Húc", 2)]),
        (
            Some(Lines::Commune),
            vec![("Xã Tà Rụt", 2), ("Xã Húc Nghì", 1), ("Xã Húc", 2)],
        ),
    ] {
        let told = show::run(&desk, &asked(level), &Evenings::default())
            .ok()
            .unwrap();
        let got: Vec<(&str, i64)> = told
            .lines
            .iter()
            .filter(|line| line.registered > 0)
            .map(|line| (line.name.as_str(), line.registered))
            .collect();
        let mut want = lines;
        let mut have = got.clone();
        want.sort_unstable();
        have.sort_unstable();
        assert_eq!(have, want);
        assert_eq!(told.total.registered, 5);
    }
}

#[test]
fn what_concerns_the_whole_book_is_told_to_who_sees_it() {
    let pages = Pages::with(CHILDREN);
    let day = PartialDate::from_iso(EDITION).unwrap();
    for (areas, unplaced) in [(vec![Area::Whole], 1), (vec![Pages::area("Xã Húc")], 0)] {
        let desk = desk(&pages, areas);
        let _lent = pages.runtime.enter();
        let told = why::run(&desk, None, day, &Portraits::default());
        assert_eq!(told.ok().unwrap().unplaced, unplaced);
    }
}

#[test]
fn the_figures_of_the_units_of_before_a_reform_open_as_lists() {
    let pages = Pages::with(CHILDREN);
    let source = reform::Source::Day(edition("2025-07-01"));
    let stop = Stop::default();
    let told = pages.act(|desk| reform::run(desk, &source, "", false, (&Silent, &stop)));
    assert_eq!(told.moved, 6);
    // Tà Rụt of today is Tà Rụt, Húc Nghì and A Vao of before; each child is in the list of its own.
    for (name, names) in [
        ("Xã Tà Rụt", vec!["Hồ Thị Mơ", "Hồ Văn Đức"]),
        ("Xã Húc Nghì", vec!["Hồ Văn Lực"]),
        ("Xã A Vao", vec![]),
        (
            "Huyện Đa Krông",
            vec!["Hồ Thị Mơ", "Hồ Văn Đức", "Hồ Văn Lực"],
        ),
    ] {
        let before = edition(EDITION);
        let unit = crate::act::units::area(before, name).unwrap();
        let line = pages.act(|desk| {
            let asked = show::Asked {
                unit: Some(unit),
                ..asked(None)
            };
            show::run(desk, &asked, &Evenings::default())
        });
        assert!(line.total.listed, "{name}");
        let page = pages.act(|desk| {
            let asked = children::Asked {
                as_of: EDITION.to_owned(),
                edition: before,
                unit: Some(unit),
                hamlet: None,
                figure: "registered".to_owned(),
            };
            children::page(desk, &asked, "")
        });
        let listed: Vec<&str> = page.rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(listed, names, "{name}");
        assert_eq!(line.total.registered, i64::try_from(names.len()).unwrap());
    }
    // Who has an old commune sees its figure; who its children are, only who sees all of the commune they stand in now.
    for (area, opens) in [("Xã Húc Nghì", false), ("Huyện Đakrông", true)] {
        let mut desk = desk(&pages, vec![Pages::area(area)]);
        let unit = Some(crate::act::units::area(edition(EDITION), "Xã Húc Nghì").unwrap());
        let _lent = pages.runtime.enter();
        let told = show::run(
            &desk,
            &show::Asked {
                unit,
                ..asked(None)
            },
            &Evenings::default(),
        );
        let told = told.ok().unwrap();
        assert_eq!((told.total.registered, told.total.listed), (1, opens));
        let asked = children::Asked {
            as_of: EDITION.to_owned(),
            edition: edition(EDITION),
            unit,
            hamlet: Some("Cựp".to_owned()),
            figure: "registered".to_owned(),
        };
        match children::page(&mut desk, &asked, "") {
            Ok(page) => assert_eq!((page.rows.len(), opens), (1, true)),
            Err(failed) => {
                let said = crate::web::Answer::said(&failed);
                assert!(!opens && said.contains("giao lại địa bàn"), "{said}");
            }
        }
    }
}

/// Who came into Tà Rụt of today after the reform: two of a hamlet of old Húc Nghì, one of a hamlet nobody told of.
const NEWCOMERS: &str = "Họ và tên,Ngày sinh,Giới tính,Dân tộc,Số định danh,Họ tên cha,Họ tên mẹ,Xã,Thôn\n\
Hồ Thị Nhi,02/03/2018,Nữ,Pa Cô,,Hồ Văn Lai,Hồ Thị Lê,Xã Tà Rụt,Cựp\n\
Hồ Văn Pả,09/04/2019,Nam,Pa Cô,,Hồ Văn Tư,Hồ Thị Dung,Xã Tà Rụt,Thôn Cựp\n\
Hồ Văn Rin,12/11/2020,Nam,Pa Cô,,Hồ Văn Ngọc,Hồ Thị Năm,Xã Tà Rụt,A Liêng\n";

#[test]
fn children_whose_hamlet_tells_their_old_commune_open_as_lists_too() {
    let pages = Pages::with(CHILDREN);
    let file = pages.folder.path().join("chia.csv");
    let lines = "from_edition,from_unit,hamlet,to_edition,to_unit\n\
        2020-01-01,19582,Cựp,2025-07-01,19588\n2020-01-01,19582,,2025-07-01,19594\n";
    std::fs::write(&file, lines).unwrap();
    for source in [
        reform::Source::File(file),
        reform::Source::Day(edition("2025-07-01")),
    ] {
        let stop = Stop::default();
        pages.act(|desk| reform::run(desk, &source, "", false, (&Silent, &stop)));
    }
    pages.import("2025-07-02", NEWCOMERS);
    let before = edition(EDITION);
    let cup = ["Hồ Văn Lực", "Hồ Thị Nhi", "Hồ Văn Pả"];
    let all = [
        "Hồ Thị Mơ",
        "Hồ Văn Đức",
        cup[0],
        cup[1],
        cup[2],
        "Hồ Văn Rin",
    ];
    for (name, hamlet, names) in [
        ("Xã Húc Nghì", None, &cup[..]),
        ("Xã Húc Nghì", Some("Thôn Cựp"), &cup[2..]),
        ("Xã Húc Nghì", Some("A Liêng"), &[]),
        ("Xã Tà Rụt", None, &all[..2]),
        ("Huyện Đa Krông", None, &all),
    ] {
        let unit = Some(crate::act::units::area(before, name).unwrap());
        let level = hamlet.map(|_| Lines::Hamlet);
        let told = pages.act(|desk| {
            let asked = show::Asked {
                unit,
                ..asked(level)
            };
            show::run(desk, &asked, &Evenings::default())
        });
        let of = hamlet.map_or(Some(&told.total), |hamlet| {
            let is_it = |line: &&show::Line| line.hamlet.as_deref() == Some(hamlet);
            told.lines.iter().find(is_it)
        });
        let figure = of.map_or(0, |line| line.registered);
        assert_eq!(
            usize::try_from(figure).unwrap(),
            names.len(),
            "{name} {hamlet:?}"
        );
        assert!(of.is_none_or(|line| line.listed));
        let page = pages.act(|desk| {
            let asked = children::Asked {
                as_of: EDITION.to_owned(),
                edition: before,
                unit,
                hamlet: hamlet.map(str::to_owned),
                figure: "registered".to_owned(),
            };
            children::page(desk, &asked, "")
        });
        let listed: Vec<&str> = page.rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(listed, names, "{name} {hamlet:?}");
    }
}

#[test]
fn the_children_behind_a_commune_are_also_those_who_stand_in_what_it_was_made_of() {
    let pages = Pages::with(CHILDREN);
    // Since 1/7/2025 Tà Rụt is Tà Rụt, Húc Nghì and A Vao of before.
    let now = edition("2025-07-01");
    let mut desk = desk(&pages, vec![Area::Whole]);
    let _lent = pages.runtime.enter();
    let told = evidence::run(
        &mut desk,
        &evidence::Asked {
            kind: Kind::Families,
            unit: (now.from.to_owned(), "19588".to_owned()),
            years: None,
            as_of: PartialDate::from_iso("2025-07-02").unwrap(),
        },
    )
    .ok()
    .unwrap();
    assert_eq!((told.name.as_str(), told.children), ("Xã Tà Rụt", 3));
}

/// Children of all ages that *why* counts, by what is kept between questions.
fn entered(pages: &Pages, kept: &Portraits) -> u64 {
    let day = PartialDate::from_iso(EDITION).unwrap();
    pages.act(|desk| {
        let told = why::run(desk, None, day, kept)?;
        Ok(told.ages.iter().flat_map(|age| age.entered).sum())
    })
}

/// One child of seven turns out to be none.
fn one_goes(pages: &Pages) {
    let hao = pages.child("hồ văn hào");
    pages.act(|desk| {
        life::run(
            desk,
            &life::Asked {
                child: hao.clone(),
                state: treem_store::child::MISTAKE,
                day: Some(EDITION.to_owned()),
                why: String::new(),
                version: None,
                as_of: PartialDate::from_iso(EDITION).unwrap(),
            },
        )
    });
}

#[test]
fn what_is_kept_between_questions_is_looked_at_again_after_an_act() {
    let (pages, kept) = (Pages::with(CHILDREN), Portraits::default());
    assert_eq!((entered(&pages, &kept), entered(&pages, &kept)), (6, 6));
    one_goes(&pages);
    assert_eq!((entered(&pages, &kept), entered(&pages, &kept)), (5, 5));
}

/// The book has as many acts as before, or more, but is not what was counted.
#[test]
fn what_is_kept_is_not_of_a_book_that_was_put_back() {
    let (pages, kept) = (Pages::with(CHILDREN), Portraits::default());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("so.db");
    let file = pages.act(|desk| {
        let made = backup::run(desk, Some(&file), &Silent, &Stop::default())?;
        Ok(PathBuf::from(made.file))
    });
    one_goes(&pages);
    assert_eq!(entered(&pages, &kept), 5);
    let put_back = restore::Options {
        file,
        to: None,
        replace: true,
        drill: false,
        yes: true,
    };
    for hour in ["06", "07"] {
        pages.act(|desk| {
            // What was there is backed up under the name of its moment.
            desk.now.replace_range(11..13, hour);
            restore::run(desk, &put_back, &Silent, &Stop::default())
        });
        // More acts than there were when it was counted, of which none changes a child.
        for minute in ["11", "12", "13"] {
            pages.act(|desk| {
                desk.now.replace_range(11..16, &format!("{hour}:{minute}"));
                backup::run(desk, None, &Silent, &Stop::default())
            });
        }
        assert_eq!((entered(&pages, &kept), entered(&pages, &kept)), (6, 6));
        one_goes(&pages);
        assert_eq!((entered(&pages, &kept), entered(&pages, &kept)), (5, 5));
    }
}
