//! Person × act × area, all of them: whoever has no role with the deed over the place is denied, whatever the act; whoever has one is not.
//! And a list of everything that writes into the chain, held against the sources, so that no act is forgotten here.

use super::*;
use crate::access::{Deed, Grant, Grants};
use crate::act::access::look;
use crate::act::register::decide::{self, By, Choice, Many};
use crate::act::register::dossier::{self, Eyes};
use crate::act::register::entry::{self, Household};
use crate::act::register::facets::Filter;
use crate::act::register::mass::{self, What};
use crate::act::register::moves::{self, Answer as Moving};
use crate::act::register::pairs::answer::{self, Answer};
use crate::act::register::pairs::{Key, look as looking};
use crate::act::register::publish::{self, Text};
use crate::act::register::{
    Failed, apart, backup, disputes, edit, export, find, headcount, letter, life, merge, mirror,
    missing, reform, restore, rules, second, undo,
};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use treem_child::field::Field;
use treem_store::child::{ACTIVE, MISTAKE};
use treem_store::fixes::{ABOVE, KEYED, NONE};

pub mod asked;
mod handover;
mod tries;

use asked::*;
use tries::*;

/// What the acts are tried on.
struct World {
    folder: PathBuf,
    /// Two children of Tà Rụt, one who is asked to move to Húc Nghì, one of Húc Nghì.
    children: [String; 4],
    import: String,
    row: (String, i64),
    pair: [String; 2],
    merge: String,
    moving: String,
    done: String,
    above: String,
    keyed: String,
    person: String,
    grant: String,
    token: String,
    backup: PathBuf,
    lists: handover::Lists,
    /// Somebody of Tà Rụt whom a school knows and the book does not; the source.
    found: ((i64, i64), i64),
}

/// An act, the deeds of which any one allows it, where it is about, and how it is tried.
type Tried = (&'static str, &'static [Deed], Where, Try);

/// All acts, in the order in which they can all be done: a list is handed over before the units it is of are reformed.
fn all() -> impl Iterator<Item = Tried> {
    let others = TRIES
        .iter()
        .map(|(name, deed, about, does)| (*name, std::slice::from_ref(deed), *about, *does));
    handover::TRIES.iter().copied().chain(others)
}

/// Every file of acts that begins acts of the chain: how many, and which tries go through it, or why none has to.
const WRITES: &[(&str, usize, &[&str])] = &[
    (
        "access/account.rs",
        4,
        &["of oneself: password, link, second factor"],
    ),
    (
        "access/people.rs",
        6,
        &[
            "account",
            "link",
            "give",
            "take",
            "second factor off",
            "lock",
        ],
    ),
    ("access/tokens.rs", 2, &["token", "token ended"]),
    ("register/apart.rs", 1, &["apart"]),
    ("register/backup.rs", 1, &["backup", "drill"]),
    ("register/beyond.rs", 2, &["edit", "settle disputes"]),
    ("register/decide.rs", 2, &["decide", "decide many"]),
    ("register/dossier.rs", 1, &["see number", "see sensitive"]),
    ("register/edit.rs", 1, &["edit"]),
    ("register/entry/papers.rs", 1, &["see sensitive"]),
    ("register/entry/save.rs", 1, &["entry"]),
    ("register/export.rs", 1, &["export"]),
    ("register/facets/rows.rs", 1, &["list sensitive"]),
    ("register/handover/apply.rs", 1, &["hand over: apply"]),
    ("register/handover/back.rs", 1, &["hand over: take back"]),
    ("register/handover/draw.rs", 1, &["hand over: draw"]),
    (
        "register/handover/evidence.rs",
        3,
        &[
            "hand over: evidence of the commune",
            "hand over: evidence of the police",
            "hand over: look at evidence",
        ],
    ),
    ("register/handover/found.rs", 3, &["hand over: found"]),
    (
        "register/handover/held.rs",
        3,
        &["hand over: submit", "hand over: split"],
    ),
    (
        "register/handover/keying.rs",
        1,
        &["hand over: key", "hand over: settle"],
    ),
    ("register/handover/late.rs", 1, &["hand over: days"]),
    (
        "register/handover/review.rs",
        5,
        &["hand over: rows", "hand over: review a row"],
    ),
    ("register/handover/seen.rs", 1, &["hand over: seen"]),
    ("register/handover/sheets.rs", 1, &["hand over: sheets"]),
    ("register/handover/split.rs", 1, &["hand over: split"]),
    (
        "register/handover/steps.rs",
        2,
        &["hand over: submit", "hand over: approve"],
    ),
    (
        "register/handover/tasks.rs",
        2,
        &["hand over: task", "hand over: days of civil status"],
    ),
    ("register/headcount.rs", 1, &["headcount"]),
    ("register/import.rs", 1, &["import"]),
    ("register/init.rs", 1, &["command line alone"]),
    ("register/letter/annex.rs", 1, &["annex"]),
    ("register/letter/cohort.rs", 1, &["cohort"]),
    ("register/letter/target.rs", 1, &["target"]),
    ("register/letter/template.rs", 1, &["template"]),
    ("register/life.rs", 1, &["close", "reopen"]),
    ("register/mass.rs", 1, &["fix these", "fix a list"]),
    ("register/mass/undo.rs", 1, &["unfix"]),
    ("register/merge.rs", 1, &["merge"]),
    ("register/merge/undo.rs", 1, &["unmerge"]),
    ("register/mirror.rs", 1, &["mirror"]),
    (
        "register/missing/decide.rs",
        2,
        &["missing refuse", "entry"],
    ),
    ("register/missing/found.rs", 1, &["missing export"]),
    ("register/missing/link.rs", 1, &["missing link"]),
    ("register/missing/load.rs", 1, &["missing load"]),
    ("register/missing/sources.rs", 1, &["missing drop"]),
    (
        "register/moves.rs",
        6,
        &["propose a move", "answer a move", "withdraw a move"],
    ),
    ("register/pairs/answer.rs", 1, &["pair later"]),
    ("register/pairs/look.rs", 1, &["look for pairs"]),
    ("register/publish.rs", 1, &["rules"]),
    ("register/reform.rs", 1, &["reform"]),
    ("register/reform/back.rs", 1, &["reform undone"]),
    ("register/report/evidence.rs", 1, &["evidence sensitive"]),
    ("register/report/recount.rs", 1, &["recount"]),
    ("register/restore.rs", 1, &["drill"]),
    (
        "register/second.rs",
        4,
        &["refuse keyed", "approve", "refuse", "edit"],
    ),
    ("register/second/settings.rs", 1, &["second check"]),
    ("register/show.rs", 1, &["see sensitive"]),
    ("register/undo.rs", 1, &["undo"]),
];

/// What is not the program's own test.
const EXCUSED: [&str; 2] = [
    "of oneself: password, link, second factor",
    "command line alone",
];

#[test]
fn no_act_and_no_deed_is_missing() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/act");
    let (mut found, mut folders) = (BTreeMap::new(), vec![root.clone()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            // A test within the acts.
            if path.to_str().unwrap().contains("chaos") {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let calls = text.matches(".doing(").count();
            if calls > 0 {
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap();
                found.insert(name.replace('\\', "/"), calls);
            }
        }
    }
    let known: BTreeMap<String, usize> = WRITES
        .iter()
        .map(|(file, calls, _)| ((*file).to_owned(), *calls))
        .collect();
    assert_eq!(
        found, known,
        "an act that is not tried here, or is there no more"
    );
    let names: BTreeSet<&str> = all().map(|(name, ..)| name).collect();
    assert_eq!(names.len(), all().count(), "a name stands twice");
    for (file, _, tries) in WRITES {
        for one in *tries {
            assert!(
                names.contains(one) || EXCUSED.contains(one),
                "{file}: {one}"
            );
        }
    }
    let tried: BTreeSet<Deed> = all()
        .flat_map(|(_, deeds, ..)| deeds.iter().copied())
        .collect();
    assert_eq!(tried, Deed::ALL.iter().copied().collect());
}

/// Two records of one child in Tà Rụt, and another two that were merged.
const TWINS: &str = "Họ và tên,Ngày sinh,Giới tính,Dân tộc,Số định danh,Họ tên cha,Họ tên mẹ,Xã,Thôn\n\
Hồ Thị Sen,05/05/2016,Nữ,Pa Cô,045316000088,Hồ Văn Núi,Hồ Thị Suối,Xã Tà Rụt,A Đăng\n\
Hồ Thị Xen,05/05/2016,Nữ,Pa Cô,,Hồ Văn Núi,Hồ Thị Suối,Xã Tà Rụt,A Đăng\n\
Hồ Văn Lim,06/06/2017,Nam,Pa Cô,,Hồ Văn Gụ,Hồ Thị Trắc,Xã Tà Rụt,A Pun\n\
Hồ Văn Nim,06/06/2017,Nam,Pa Cô,,Hồ Văn Gụ,Hồ Thị Trắc,Xã Tà Rụt,A Pun\n";

fn world(pages: &Pages) -> World {
    let folder = pages.folder.path().to_owned();
    let first = pages.act(|desk| undo::list(desk))[0].import.clone();
    let list = |name: &str, text: &str, link: bool| {
        let path = folder.join(name);
        fs::write(&path, text).unwrap();
        let how = import::How { link, dry: false };
        let (silent, stop) = quiet();
        pages.act(|desk| import::run(desk, options(&path, EDITION), how, (silent, &stop)))
    };
    for line in TWINS.lines().skip(1) {
        // One by one by hand would ask; the two are made apart on purpose and found again below.
        let fields: Vec<&str> = line.split(',').collect();
        let household: Household = serde_json::from_value(serde_json::json!({
            "household": {"commune": fields[7], "hamlet": fields[8], "father": fields[5], "mother": fields[6]},
            "children": [{"name": fields[0], "birth": fields[1], "sex": fields[2], "ethnicity": fields[3], "number": fields[4],
                "answers": pages.act(|desk| Ok(find::run(desk, "ho")?.children)).iter()
                    .map(|one| (one.child.clone(), "different")).collect::<BTreeMap<_, _>>()}]
        }))
        .unwrap();
        let asked = entry::Asked {
            household,
            request: None,
            draft: None,
            as_of: day(),
            edition: edition(EDITION),
            yes: true,
        };
        let told = pages.act(|desk| entry::run(desk, &asked));
        assert!(told.done, "{:?}", told.asks);
    }
    let mut pair = [pages.child("ho thi sen"), pages.child("ho thi xen")];
    pair.sort();
    let lift = |of: &[String; 2]| pages.act(|desk| apart::run(desk, [&of[0], &of[1]], "", true));
    lift(&pair);
    let merged = [pages.child("ho van lim"), pages.child("ho van nim")];
    lift(&merged);
    let (silent, stop) = quiet();
    pages.act(|desk| looking::save(desk, (silent, &stop)));
    let merge = pages
        .act(|desk| merge::merge(desk, &merging(&merged, true)))
        .merge;
    let row = list(
        "cho.csv",
        "Họ và tên,Ngày sinh,Giới tính,Dân tộc,Số định danh,Họ tên cha,Họ tên mẹ,Xã,Thôn\nHồ Thị Nhung,01/02/2018,Nữ,Pa Cô,,Hồ Văn Bốn,Hồ Thị Xa,Xã Tà Rụt,A Pun\n",
        true,
    );
    assert_eq!(row.perhaps, 1, "{row:?}");
    fs::write(
        folder.join("them.csv"),
        "Họ và tên,Ngày sinh,Giới tính,Dân tộc,Số định danh,Họ tên cha,Họ tên mẹ,Xã,Thôn\nHồ Thị Gấm,08/09/2019,Nữ,Pa Cô,,Hồ Văn Vóc,Hồ Thị Nhiễu,Xã Tà Rụt,A Vương\n",
    )
    .unwrap();
    let children = [
        "ho thi mo",
        "kan thi hoa",
        "ho van duc",
        "nguyen van gia bao",
    ];
    let children = children.map(|name| pages.child(name));
    let moving = pages.act(|desk| moves::propose(desk, &going(&children[2])));
    let done = pages.act(|desk| mass::run(desk, &fixing(Some(vec![children[0].clone()]))));
    let day_of = edition(EDITION);
    let here = Pages::area("Xã Tà Rụt");
    let code = here.unit().map(|(_, code)| code.to_owned()).unwrap();
    let unit = day_of.by_code(&code).unwrap();
    let waits = |kind: &str, child: &str, field, value: &str| {
        pages.act(|desk| second::set(desk, (day_of, unit), kind));
        let told = pages.act(|desk| edit::run(desk, &typed(child, field, value)));
        told.waits.unwrap()
    };
    let keyed = waits(KEYED, &children[0], Field::Name, "Hồ Thị Mới");
    let above = waits(ABOVE, &children[1], Field::Birth, "21/10/2014");
    pages.act(|desk| second::set(desk, (day_of, unit), NONE));
    let new = people::New {
        name: "nguoi.thu",
        shown: "thử",
        office: "",
        role: Role::Officer,
        area: Pages::area("Xã Tà Rụt"),
    };
    pages.act(|desk| people::add(desk, &new, chance()));
    let listed = pages.act(|desk| people::list(desk)).people;
    let person = listed.iter().find(|one| one.name == "nguoi.thu").unwrap();
    let token =
        pages.act(|desk| tokens::make(desk, "thử", (Role::Police, &Area::Whole), 1, chance()));
    fs::write(
        folder.join("truong.csv"),
        "Họ và tên,Ngày sinh,Giới tính,Dân tộc,Số định danh,Họ tên cha,Họ tên mẹ,Xã,Thôn\nHồ Thị Lạ,11/12/2015,Nữ,Pa Cô,,Hồ Văn Xa,Hồ Thị Vời,Xã Tà Rụt,A Vương\n",
    )
    .unwrap();
    let (silent, stop) = quiet();
    let school = school(folder.join("truong.csv"));
    let loaded = pages.act(|desk| missing::load::run(desk, &school, (silent, &stop)));
    pages.act(|desk| missing::link::run(desk, day(), (silent, &stop)));
    let backup = folder.join("sao-luu.db");
    let (silent, stop) = quiet();
    pages.act(|desk| backup::run(desk, Some(&backup), silent, &stop));
    World {
        import: first,
        row: (row.import, 1),
        pair,
        merge,
        moving: moving.r#move,
        done: done.fix.unwrap(),
        above,
        keyed,
        person: person.person.clone(),
        grant: person.grants[0].grant.clone(),
        token: token.id,
        backup,
        found: ((loaded.source, 1), loaded.source),
        children,
        folder,
        lists: handover::lists(pages),
    }
}

#[test]
fn who_may_and_who_may_not() {
    let pages = Pages::new();
    let world = world(&pages);
    let places = [
        (
            "Tà Rụt",
            Pages::area("Xã Tà Rụt"),
            [true, false, false, false],
        ),
        (
            "Húc Nghì",
            Pages::area("Xã Húc Nghì"),
            [false, true, false, false],
        ),
        (
            "Đakrông",
            Pages::area("Huyện Đakrông"),
            [true, true, true, false],
        ),
        ("sổ", Area::Whole, [true, true, true, true]),
    ];
    let within = |about: Where, holds: [bool; 4]| match about {
        Where::Here => holds[0],
        Where::There => holds[1],
        Where::Both => holds[2],
        Where::Book => holds[3],
        Where::Own => true,
    };
    let as_person = |role: Role, area: &Area, does: Try| {
        let _lent = pages.runtime.enter();
        let mut desk = pages.state.desk(None);
        "người thử".clone_into(&mut desk.who);
        let grant = Grant {
            role,
            area: area.clone(),
        };
        desk.grants = Some(Grants::new("người-thử", vec![grant]));
        does(&mut desk, &world)
    };
    let (mut wrong, mut came_about) = (Vec::new(), BTreeSet::new());
    // First all who may not, so that everything is still as it was; then all who may.
    for allowed in [false, true] {
        for (act, deeds, about, does) in all() {
            for role in Role::ALL {
                for (place, area, holds) in &places {
                    let may = deeds.iter().any(|deed| role.may(*deed));
                    if (may && within(about, *holds)) != allowed {
                        continue;
                    }
                    let done = as_person(*role, area, does);
                    if done.is_ok() {
                        came_about.insert(act);
                    }
                    let denied = matches!(done, Err(Failed::Denied(_)));
                    let said = done.err().map(|failed| crate::web::Answer::said(&failed));
                    if denied == allowed {
                        wrong.push(format!("{act}: {role:?} of {place}: {said:?}"));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "may: {allowed}\n{}", wrong.join("\n"));
    }
    // Each act of the hand-over was not only allowed but done by somebody.
    for (act, ..) in handover::TRIES {
        assert!(
            came_about.contains(act) != (*act == handover::NEVER_SEEN),
            "{act}"
        );
    }
}

#[test]
fn who_types_again_sees_nowhere_what_was_typed_first() {
    let pages = Pages::new();
    let world = world(&pages);
    let second = pages.person("nguoi.hai", Role::Officer, Pages::area("Xã Tà Rụt"));
    let (child, fix) = (&world.children[0], &world.keyed);
    for path in [
        format!("/child/{child}"),
        format!("/child/{child}/edit"),
        format!("/list/fixes/{fix}"),
        "/list/fixes?state=waits".to_owned(),
        "/list/fixes".to_owned(),
        "/list".to_owned(),
        "/today".to_owned(),
        format!("/list/cell/{child}/name"),
    ] {
        let text = pages.get(&second, &path).text;
        assert!(!text.contains("Hồ Thị Mới"), "{path}");
    }
    for (path, form) in [
        (format!("/child/{child}/see"), vec![("what", "sensitive")]),
        (format!("/child/{child}/see"), vec![("what", "number")]),
        (
            format!("/list/fixes/{fix}/key"),
            vec![("child", child.as_str()), ("name", "Hồ Thị Sai")],
        ),
        ("/find".to_owned(), vec![("what", "ho thi moi")]),
    ] {
        let text = pages.post(&second, &path, &form).text;
        assert!(!text.contains("Hồ Thị Mới"), "{path}");
    }
    let program = pages.program(Role::Officer, &Pages::area("Xã Tà Rụt"));
    for path in [
        format!("/api/v1/children/{child}"),
        format!("/api/v1/children/{child}/history"),
        "/api/v1/lists".to_owned(),
    ] {
        assert!(
            !pages.get(&program, &path).text.contains("Hồ Thị Mới"),
            "{path}"
        );
    }
}
