//! Every act that shows or changes something, with its deed, where it is about, and how it is tried.

use super::*;
use crate::act::register::report::evenings::Evenings;
use crate::act::register::report::portrait::Portraits;
use crate::act::register::report::{children, evidence, pace, recount, show, when, why};
use treem_child::report::insight::Kind;

/// Where an act is about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Where {
    /// Children of Tà Rụt.
    Here,
    /// Somebody who is to come to Húc Nghì.
    There,
    /// Children of both.
    Both,
    /// The whole book.
    Book,
    /// What lies in the person's area, wherever that is.
    Own,
}

pub(super) type Try = fn(&mut Desk, &World) -> Done<()>;

/// Every act that shows or changes something, with its deed and where it is about. In the order in which they can all be done.
pub(super) const TRIES: &[(&str, Deed, Where, Try)] = &[
    ("see", Deed::See, Where::Here, |desk, world| {
        dossier::run(desk, &world.children[0], Eyes::default()).map(drop)
    }),
    ("see number", Deed::SeeNumber, Where::Here, |desk, world| {
        let eyes = Eyes {
            number: true,
            sensitive: false,
        };
        dossier::run(desk, &world.children[0], eyes).map(drop)
    }),
    (
        "see sensitive",
        Deed::SeeSensitive,
        Where::Here,
        |desk, world| {
            let eyes = Eyes {
                number: false,
                sensitive: true,
            };
            dossier::run(desk, &world.children[0], eyes).map(drop)
        },
    ),
    ("show", Deed::See, Where::Here, |desk, world| {
        crate::act::register::show::show(desk, &world.children[0], None, false).map(drop)
    }),
    ("list", Deed::See, Where::Own, |desk, _| {
        crate::act::register::facets::rows::page(desk, &Filter::all(None, day()), None, false)
            .map(drop)
    }),
    (
        "list sensitive",
        Deed::SeeSensitive,
        Where::Own,
        |desk, _| {
            crate::act::register::facets::rows::page(desk, &Filter::all(None, day()), None, true)
                .map(drop)
        },
    ),
    ("report show", Deed::Report, Where::Own, |desk, _| {
        show::run(desk, &table(false), &Evenings::default()).map(drop)
    }),
    ("report of a unit", Deed::Report, Where::Here, |desk, _| {
        show::run(desk, &table(true), &Evenings::default()).map(drop)
    }),
    ("pace", Deed::Report, Where::Own, |desk, _| {
        pace::run(desk, None, 2).map(drop)
    }),
    ("behind a figure", Deed::See, Where::Here, |desk, _| {
        let table = table(true);
        let asked = children::Asked {
            as_of: table.as_of,
            edition: table.edition,
            unit: table.unit,
            hamlet: None,
            figure: "registered".to_owned(),
        };
        children::page(desk, &asked, "").map(drop)
    }),
    ("recount", Deed::Backup, Where::Book, |desk, _| {
        recount::run(desk).map(drop)
    }),
    ("report why", Deed::Report, Where::Own, |desk, _| {
        why::run(desk, None, day(), &Portraits::default()).map(drop)
    }),
    ("report when", Deed::Report, Where::Own, |desk, _| {
        let asked = when::Asked {
            area: None,
            as_of: day(),
            deadline: None,
        };
        when::run(desk, asked, &Portraits::default()).map(drop)
    }),
    ("evidence", Deed::See, Where::Here, |desk, _| {
        evidence::run(desk, &behind(Kind::NewYear)).map(drop)
    }),
    (
        "evidence sensitive",
        Deed::SeeSensitive,
        Where::Here,
        |desk, _| evidence::run(desk, &behind(Kind::Special)).map(drop),
    ),
    ("disputes", Deed::See, Where::Own, |desk, _| {
        disputes::page(desk, None).map(drop)
    }),
    ("settle disputes", Deed::Edit, Where::Book, |desk, _| {
        disputes::run(desk, Some(day())).map(drop)
    }),
    ("search", Deed::Search, Where::Own, |desk, _| {
        find::run(desk, "ho thi").map(drop)
    }),
    ("figures", Deed::Report, Where::Own, |desk, _| {
        headcount::show(desk, EDITION).map(drop)
    }),
    ("log", Deed::Audit, Where::Book, |desk, _| {
        look::looks(desk, &look::Asked::default(), "").map(drop)
    }),
    ("export", Deed::Export, Where::Own, |desk, world| {
        let out = world.folder.join(format!("xuat-{}", desk.ids.next_id()));
        export::run(desk, &out, None, false).map(drop)
    }),
    ("entry", Deed::Add, Where::Here, |desk, _| {
        let household: Household = serde_json::from_value(serde_json::json!({
            "household": {"commune": "Xã Tà Rụt"}, "children": [{"name": "Hồ Thị Mây", "birth": "05052016", "sex": "2"}]
        }))
        .map_err(anyhow::Error::from)?;
        let asked = entry::Asked {
            household,
            request: None,
            draft: None,
            as_of: day(),
            edition: edition(EDITION),
            yes: true,
        };
        entry::run(desk, &asked).map(drop)
    }),
    ("edit", Deed::Edit, Where::Here, |desk, world| {
        let text = desk.ids.next_id();
        edit::run(desk, &typed(&world.children[0], Field::Address, &text)).map(drop)
    }),
    ("close", Deed::Edit, Where::Here, |desk, world| {
        life::run(desk, &closing(&world.children[1], MISTAKE)).map(drop)
    }),
    ("reopen", Deed::Edit, Where::Here, |desk, world| {
        life::run(desk, &closing(&world.children[1], ACTIVE)).map(drop)
    }),
    ("fix these", Deed::MassFix, Where::Here, |desk, world| {
        mass::run(desk, &fixing(Some(vec![world.children[0].clone()]))).map(drop)
    }),
    ("fix a list", Deed::MassFix, Where::Own, |desk, _| {
        mass::run(desk, &fixing(None)).map(drop)
    }),
    ("unfix", Deed::MassFix, Where::Here, |desk, world| {
        mass::undo::undo(desk, &world.done, "", true).map(drop)
    }),
    ("refuse keyed", Deed::Edit, Where::Here, |desk, world| {
        second::key(
            desk,
            &world.keyed,
            None,
            &[(Field::Name, "khác".to_owned())],
        )
        .map(drop)
    }),
    ("approve", Deed::Approve, Where::Here, |desk, world| {
        second::answer(desk, &world.above, true, "").map(drop)
    }),
    ("refuse", Deed::Edit, Where::Here, |desk, world| {
        second::answer(desk, &world.keyed, false, "").map(drop)
    }),
    ("second check", Deed::Approve, Where::Here, |desk, _| {
        let area = Pages::area("Xã Tà Rụt");
        let unit = area
            .unit()
            .map(|(_, code)| code.to_owned())
            .unwrap_or_default();
        let day = edition(EDITION);
        second::set(desk, (day, day.by_code(&unit).unwrap()), NONE).map(drop)
    }),
    ("decide later", Deed::Decide, Where::Here, |desk, world| {
        let (import, nth) = &world.row;
        let key = Key::Row(import.clone(), *nth);
        answer::answer(desk, &key, ("", 0), &Answer::Later).map(drop)
    }),
    ("decide", Deed::Decide, Where::Here, |desk, world| {
        let by = by(desk)?;
        decide::one(desk, (&world.row.0, world.row.1), &Choice::New, &by).map(drop)
    }),
    ("decide many", Deed::Decide, Where::Own, |desk, world| {
        let by = by(desk)?;
        decide::many(desk, &world.row.0, Many::NewBelow(1.1), false, &by).map(drop)
    }),
    ("pair later", Deed::Merge, Where::Here, |desk, world| {
        let [one, other] = world.pair.clone();
        answer::answer(desk, &Key::Pair(one, other), ("", 0), &Answer::Later).map(drop)
    }),
    ("merge", Deed::Merge, Where::Here, |desk, world| {
        merge::merge(desk, &merging(&world.pair, false)).map(drop)
    }),
    ("apart", Deed::Merge, Where::Here, |desk, world| {
        apart::run(desk, [&world.pair[0], &world.pair[1]], "", false).map(drop)
    }),
    ("unmerge", Deed::Merge, Where::Here, |desk, world| {
        merge::undo::unmerge(desk, &world.merge, "", true, day()).map(drop)
    }),
    ("look for pairs", Deed::Merge, Where::Own, |desk, _| {
        let (silent, stop) = quiet();
        looking::save(desk, (silent, &stop)).map(drop)
    }),
    ("propose a move", Deed::Move, Where::Here, |desk, world| {
        moves::propose(desk, &going(&world.children[1])).map(drop)
    }),
    ("answer a move", Deed::Move, Where::There, |desk, world| {
        moves::answer(desk, &world.moving, Moving::Refuse, "", day()).map(drop)
    }),
    ("withdraw a move", Deed::Move, Where::Here, |desk, world| {
        moves::answer(desk, &world.moving, Moving::Withdraw, "", day()).map(drop)
    }),
    ("import", Deed::Import, Where::Own, |desk, world| {
        let list = world.folder.join("them.csv");
        let (silent, stop) = quiet();
        import::run(
            desk,
            options(&list, EDITION),
            import::How::default(),
            (silent, &stop),
        )
        .map(drop)
    }),
    ("mirror", Deed::Import, Where::Book, |desk, world| {
        let profile =
            mirror::profile::Profile::read(mirror::profile::DEFAULT).map_err(Failed::Refused)?;
        let list = world.folder.join("them.csv");
        let (silent, stop) = quiet();
        mirror::load(desk, &list, &profile, (day(), None), (silent, &stop)).map(drop)
    }),
    ("missing load", Deed::Import, Where::Own, |desk, world| {
        let (silent, stop) = quiet();
        let asked = school(world.folder.join("them.csv"));
        missing::load::run(desk, &asked, (silent, &stop)).map(drop)
    }),
    ("missing link", Deed::Import, Where::Own, |desk, _| {
        let (silent, stop) = quiet();
        missing::link::run(desk, day(), (silent, &stop)).map(drop)
    }),
    (
        "missing refuse",
        Deed::Decide,
        Where::Here,
        |desk, world| missing::decide::refuse(desk, world.found.0, "moved", "").map(drop),
    ),
    ("missing drop", Deed::Import, Where::Here, |desk, world| {
        let (silent, stop) = quiet();
        missing::sources::drop_one(desk, world.found.1, false, (silent, &stop)).map(drop)
    }),
    ("missing export", Deed::Export, Where::Own, |desk, _| {
        let asked = missing::found::Asked {
            area: None,
            state: "open",
            most: 10,
        };
        missing::found::export(desk, &asked).map(drop)
    }),
    ("missing names", Deed::See, Where::Here, |desk, _| {
        let area = Pages::area("Xã Tà Rụt");
        let unit = area.unit().unwrap();
        missing::found::page(desk, unit, true, None).map(drop)
    }),
    ("missing figures", Deed::Report, Where::Own, |desk, _| {
        let asked = missing::report::Asked {
            area: None,
            level: None,
            day: EDITION.to_owned(),
            edition: edition(EDITION),
        };
        missing::report::run(desk, &asked).map(drop)
    }),
    ("undo", Deed::Undo, Where::Both, |desk, world| {
        let (silent, stop) = quiet();
        undo::run(desk, &world.import, (false, true), (silent, &stop)).map(drop)
    }),
    ("headcount", Deed::Headcounts, Where::Here, |desk, _| {
        let area = Pages::area("Xã Tà Rụt");
        let unit = area
            .unit()
            .map(|(_, code)| code.to_owned())
            .unwrap_or_default();
        let day = edition(EDITION);
        let line = crate::act::coverage::headcounts::Line {
            unit: day.by_code(&unit).unwrap(),
            headcount: 9,
            day: EDITION.to_owned(),
            source: desk.ids.next_id(),
            signed_by: String::new(),
        };
        headcount::one(desk, day, line).map(drop)
    }),
    ("letter", Deed::Report, Where::Here, |desk, _| {
        letter::make(desk, &writing(letter::Kind::Letter)).map(drop)
    }),
    ("sheet", Deed::Report, Where::Here, |desk, _| {
        letter::make(desk, &writing(letter::Kind::Commune)).map(drop)
    }),
    ("templates", Deed::Report, Where::Own, |desk, _| {
        letter::template::list(desk).map(drop)
    }),
    ("template text", Deed::Report, Where::Own, |desk, _| {
        letter::template::text(desk, "letter").map(drop)
    }),
    ("template", Deed::Letters, Where::Book, |desk, _| {
        letter::template::load(desk, ("thử", "letter"), "---\nA").map(drop)
    }),
    ("target", Deed::Letters, Where::Here, |desk, world| {
        let path = world.folder.join("chi-tieu.csv");
        std::fs::write(
            &path,
            "unit,measure,amount,day,decided_by\nXã Tà Rụt,entered,95%,30/6/2024,KH 1\n",
        )
        .map_err(anyhow::Error::from)?;
        letter::target::load(desk, &path, edition(EDITION)).map(drop)
    }),
    ("targets", Deed::Report, Where::Own, |desk, _| {
        letter::target::show(desk, day(), edition(EDITION)).map(drop)
    }),
    ("printed table", Deed::Report, Where::Own, |desk, _| {
        let table =
            "Đơn vị,Số trẻ em hiện có,Số đã nhập,Còn thiếu\nĐakrông,10,7,3\nHướng Hóa,10,7,3\n";
        letter::compare::run(desk, table.as_bytes(), (day(), edition(EDITION))).map(drop)
    }),
    ("cohort", Deed::Report, Where::Own, |desk, _| {
        // A list is of children: who sees none has none to follow ("list" tries that).
        if desk.must_somewhere(Deed::Report).is_ok() && desk.area(Deed::See).is_empty() {
            return Ok(());
        }
        let name = format!(
            "theo dõi {}",
            desk.ids
                .next_id()
                .replace(|sign: char| sign.is_ascii_digit(), "x")
        );
        let asked = unnumbered();
        match letter::cohort::save(
            desk,
            &name,
            (&asked, edition(EDITION)),
            (&Silent, &Stop::default()),
        ) {
            // Of an area without such children.
            Err(Failed::Refused(_)) | Ok(_) => Ok(()),
            Err(other) => Err(other),
        }
    }),
    ("cohorts", Deed::Report, Where::Own, |desk, _| {
        letter::cohort::all(desk).map(drop)
    }),
    (
        "annex",
        Deed::Export,
        Where::Own,
        |desk, _| match letter::annex::run(
            desk,
            &unnumbered(),
            "Danh sách",
            (&Silent, &Stop::default()),
        ) {
            Err(Failed::Refused(_)) | Ok(_) => Ok(()),
            Err(other) => Err(other),
        },
    ),
    ("rules", Deed::Rules, Where::Book, |desk, _| {
        let (silent, stop) = quiet();
        let asked = publish::Asked {
            text: Text::Former(0),
            as_of: day(),
            why: String::new(),
            yes: false,
        };
        publish::run(desk, &asked, (silent, &stop)).map(drop)
    }),
    ("reform", Deed::Units, Where::Book, |desk, _| {
        let (silent, stop) = quiet();
        let source = reform::Source::Day(edition("2025-07-01"));
        reform::run(desk, &source, "", true, (silent, &stop)).map(drop)
    }),
    ("reform undone", Deed::Units, Where::Book, |desk, _| {
        reform::undo(desk, "không có", "", true).map(drop)
    }),
    ("account", Deed::Accounts, Where::Here, |desk, _| {
        let name = format!("thu.{}", &desk.ids.next_id()[24..]);
        let new = people::New {
            name: &name,
            shown: "thử",
            office: "",
            role: Role::Collaborator,
            area: Pages::area("Xã Tà Rụt"),
        };
        people::add(desk, &new, chance()).map(drop)
    }),
    ("link", Deed::Accounts, Where::Here, |desk, world| {
        people::link(desk, &world.person, chance()).map(drop)
    }),
    ("give", Deed::Accounts, Where::Here, |desk, world| {
        people::give(desk, &world.person, Role::Police, &Pages::area("Xã Tà Rụt")).map(drop)
    }),
    (
        "second factor off",
        Deed::Accounts,
        Where::Here,
        |desk, world| people::second_off(desk, &world.person),
    ),
    ("lock", Deed::Accounts, Where::Here, |desk, world| {
        people::lock(desk, &world.person, true)
    }),
    ("take", Deed::Accounts, Where::Here, |desk, world| {
        people::take(desk, &world.grant)
    }),
    ("token", Deed::Accounts, Where::Book, |desk, _| {
        tokens::make(desk, "thử", (Role::Police, &Area::Whole), 1, chance()).map(drop)
    }),
    ("token ended", Deed::Accounts, Where::Book, |desk, world| {
        tokens::end(desk, &world.token)
    }),
    ("backup", Deed::Backup, Where::Book, |desk, world| {
        let to = world.folder.join(format!("{}.db", desk.ids.next_id()));
        let (silent, stop) = quiet();
        backup::run(desk, Some(&to), silent, &stop).map(drop)
    }),
    ("drill", Deed::Backup, Where::Book, |desk, world| {
        let options = restore::Options {
            file: world.backup.clone(),
            to: None,
            replace: false,
            drill: true,
            yes: false,
        };
        let (silent, stop) = quiet();
        restore::run(desk, &options, silent, &stop).map(drop)
    }),
];
