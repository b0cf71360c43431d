//! The acts of the hand-over, each with the deeds of which any one allows it, and the lists on which they are tried: one for every place in which
//! a list can be, so that each act finds what it needs.

mod lists;

pub(super) use lists::lists;

use super::*;
use crate::act::register::handover::{
    apply, back, draw, evidence, found, frozen, keying, late, papers, review, seen, sheets, show,
    split, steps, tasks, visit, workbook,
};
use treem_child::handover::code;
use treem_child::handover::step::{Basis, Way};

/// Either side may: the police their own, the officer what came on paper.
const BOTH: &[Deed] = &[Deed::Answer, Deed::HandOver];
const HANDS: &[Deed] = &[Deed::HandOver];
const POLICE: &[Deed] = &[Deed::Answer];
const LEADER: &[Deed] = &[Deed::CloseList];
const SEES: &[Deed] = &[Deed::See];

/// Lists of Tà Rụt by what is done with them, and what lies beside them.
pub(super) struct Lists {
    loose: String,
    collecting: String,
    parts: String,
    ends: String,
    refused: String,
    approved: String,
    on_paper: String,
    closed: String,
    reopened: String,
    sent: String,
    sent_on_paper: String,
    received: String,
    answered: String,
    signed_on_paper: String,
    signed: String,
    back_on_paper: String,
    returned: String,
    taken_back: String,
    sheet: code::Sheet,
    task: String,
    evidence: String,
    free: String,
    fresh: String,
}

fn paper(text: &str) -> Basis {
    Basis::Paper(text.to_owned())
}

fn takes(desk: &mut Desk, list: &str, asked: &steps::Asked) -> Done<()> {
    steps::run(desk, list, asked).map(drop)
}

fn approve(basis: Basis) -> steps::Asked {
    steps::Asked::Approve {
        basis,
        day: EDITION.to_owned(),
    }
}

fn drawing(children: Vec<String>) -> draw::Asked {
    draw::Asked {
        from: draw::From::Children(children),
        unit: None,
        hamlet: String::new(),
        as_of: day(),
        title: String::new(),
        earlier: false,
        yes: true,
    }
}

fn answers(row: &str, answer: &str) -> [keying::Line; 1] {
    [keying::Line {
        row: row.to_owned(),
        answer: answer.to_owned(),
        ..keying::Line::default()
    }]
}

fn applying(list: &str, yes: bool) -> apply::Asked {
    apply::Asked {
        list: list.to_owned(),
        confirmed: Vec::new(),
        as_of: day(),
        why: String::new(),
        yes,
    }
}

fn scan(list: &str, side: evidence::Side, last: u8) -> evidence::Asked {
    let mut content = b"\x89PNG\r\n\x1a\n0000".to_vec();
    content.push(last);
    evidence::Asked {
        list: list.to_owned(),
        side,
        name: "quet.png".to_owned(),
        content,
        over: None,
        authorities: PathBuf::new(),
        keep: false,
    }
}

fn today(desk: &Desk) -> jiff::civil::Date {
    desk.now.get(..10).unwrap().parse().unwrap()
}

/// The acts, in the order in which they can all be done.
pub(super) const TRIES: &[(&str, &[Deed], Where, Try)] = &[
    ("hand over: draw", HANDS, Where::Here, |desk, world| {
        let (silent, stop) = quiet();
        let asked = drawing(vec![world.lists.free.clone()]);
        draw::run(desk, &asked, (silent, &stop)).map(drop)
    }),
    ("hand over: lists", SEES, Where::Own, |desk, _| {
        show::list(desk, &show::Asked::default()).map(drop)
    }),
    ("hand over: list", SEES, Where::Here, |desk, world| {
        show::show(desk, &world.lists.loose).map(drop)
    }),
    ("hand over: sheets", SEES, Where::Here, |desk, world| {
        let of = sheets::Of::List(world.lists.collecting.clone());
        sheets::sheets(desk, &of).map(drop)
    }),
    (
        "hand over: sheets of a hamlet",
        SEES,
        Where::Here,
        |desk, _| {
            let day_of = edition(EDITION);
            let unit = crate::act::units::area(day_of, "Xã Tà Rụt").map_err(Failed::Refused)?;
            let of = sheets::Of::Hamlet {
                unit: (day_of, unit),
                hamlet: "A Đăng".to_owned(),
                as_of: day(),
            };
            sheets::sheets(desk, &of).map(drop)
        },
    ),
    ("hand over: sheet", SEES, Where::Here, |desk, world| {
        visit::open(desk, &world.lists.sheet.to_string()).map(drop)
    }),
    (
        "hand over: review a row",
        &[Deed::Edit],
        Where::Here,
        |desk, world| review::row(desk, &world.lists.loose, "1", &review::Asked::Same).map(drop),
    ),
    ("hand over: rows", HANDS, Where::Here, |desk, world| {
        let add = [world.lists.fresh.clone()];
        review::rows(desk, &world.lists.loose, (&add, &[]), "tìm thấy").map(drop)
    }),
    (
        "hand over: found",
        &[Deed::Add],
        Where::Here,
        |desk, world| {
            let list = code::List::read(&world.lists.collecting)
                .map_err(|_| Failed::Refused(String::new()))?;
            found::run(desk, (list, world.lists.sheet), &[]).map(drop)
        },
    ),
    (
        "hand over: to the households",
        HANDS,
        Where::Here,
        |desk, world| takes(desk, &world.lists.loose, &steps::Asked::Review),
    ),
    ("hand over: submit", HANDS, Where::Here, |desk, world| {
        takes(desk, &world.lists.loose, &steps::Asked::Submit)
    }),
    ("hand over: split", HANDS, Where::Here, |desk, world| {
        let by = split::By::Rows(vec!["1".to_owned()]);
        split::run(desk, &world.lists.parts, &by, "hai nơi").map(drop)
    }),
    ("hand over: withdraw", HANDS, Where::Here, |desk, world| {
        let why = "lập nhầm".to_owned();
        takes(desk, &world.lists.ends, &steps::Asked::Withdraw { why })
    }),
    (
        "hand over: send back",
        LEADER,
        Where::Here,
        |desk, world| {
            let why = "thiếu".to_owned();
            takes(desk, &world.lists.refused, &steps::Asked::SendBack { why })
        },
    ),
    ("hand over: approve", LEADER, Where::Here, |desk, world| {
        takes(desk, &world.lists.approved, &approve(Basis::Account))
    }),
    (
        "hand over: approve on paper",
        HANDS,
        Where::Here,
        |desk, world| {
            takes(
                desk,
                &world.lists.on_paper,
                &approve(paper("ký ngày 13/6/2024")),
            )
        },
    ),
    ("hand over: paper", BOTH, Where::Here, |desk, world| {
        frozen::canonical(desk, &world.lists.closed).map(drop)
    }),
    ("hand over: print", BOTH, Where::Here, |desk, world| {
        let folder = world.folder.join(desk.ids.next_id());
        let asked = papers::Asked {
            list: world.lists.closed.clone(),
            what: vec![papers::What::List],
            folder,
            pdf: false,
            docx: true,
            address: String::new(),
            drawn_by: String::new(),
        };
        papers::run(desk, &asked).map(drop)
    }),
    ("hand over: reopen", HANDS, Where::Here, |desk, world| {
        let why = "sót trẻ".to_owned();
        takes(desk, &world.lists.reopened, &steps::Asked::Reopen { why })
    }),
    ("hand over: evidence", BOTH, Where::Here, |desk, world| {
        evidence::of(desk, &world.lists.closed).map(drop)
    }),
    (
        "hand over: look at evidence",
        BOTH,
        Where::Here,
        |desk, world| evidence::look(desk, &world.lists.evidence).map(drop),
    ),
    (
        "hand over: evidence of the commune",
        HANDS,
        Where::Here,
        |desk, world| {
            evidence::add(desk, &scan(&world.lists.closed, evidence::Side::Commune, 1)).map(drop)
        },
    ),
    (
        "hand over: evidence of the police",
        BOTH,
        Where::Here,
        |desk, world| {
            evidence::add(desk, &scan(&world.lists.closed, evidence::Side::Police, 2)).map(drop)
        },
    ),
    ("hand over: send", HANDS, Where::Here, |desk, world| {
        takes(
            desk,
            &world.lists.closed,
            &steps::Asked::Send { way: Way::Portal },
        )
    }),
    ("hand over: receive", POLICE, Where::Here, |desk, world| {
        let basis = Basis::Account;
        takes(desk, &world.lists.sent, &steps::Asked::Receive { basis })
    }),
    (
        "hand over: receive on paper",
        HANDS,
        Where::Here,
        |desk, world| {
            let basis = paper("biên nhận ngày 14/6/2024");
            takes(
                desk,
                &world.lists.sent_on_paper,
                &steps::Asked::Receive { basis },
            )
        },
    ),
    ("hand over: workbook", BOTH, Where::Here, |desk, world| {
        let file = world.folder.join(format!("{}.xlsx", desk.ids.next_id()));
        workbook::write(desk, &world.lists.received, &file).map(drop)
    }),
    (
        "hand over: page of the police",
        POLICE,
        Where::Here,
        |desk, world| {
            let which = keying::page::Which::These(vec![1]);
            keying::page::page(desk, &world.lists.received, (&which, 50)).map(drop)
        },
    ),
    ("hand over: key", BOTH, Where::Here, |desk, world| {
        let lines = answers("1", "4");
        keying::key(desk, &world.lists.received, Way::Paper, &lines).map(drop)
    }),
    ("hand over: settle", BOTH, Where::Here, |desk, world| {
        let [line] = answers("1", "8");
        keying::settle(desk, &world.lists.received, &line, "xem lại giấy").map(drop)
    }),
    ("hand over: answers", BOTH, Where::Here, |desk, world| {
        keying::answers(desk, &world.lists.received).map(drop)
    }),
    (
        "hand over: returned workbook",
        BOTH,
        Where::Here,
        |desk, world| {
            let file = world.folder.join("tra-ve.csv");
            let list = code::List::read(&world.lists.received)
                .map_err(|_| Failed::Refused(String::new()))?;
            let row = code::Row::new(list, 1)
                .map(|row| row.to_string())
                .unwrap_or_default();
            fs::write(&file, format!("Mã dòng,Kết quả\n{row},không tìm thấy\n"))
                .map_err(anyhow::Error::from)?;
            workbook::read(desk, &world.lists.received, &file, (&[], true)).map(drop)
        },
    ),
    (
        "hand over: all answered",
        BOTH,
        Where::Here,
        |desk, world| takes(desk, &world.lists.received, &steps::Asked::Answered),
    ),
    ("hand over: sign", POLICE, Where::Here, |desk, world| {
        let basis = Basis::Account;
        takes(
            desk,
            &world.lists.answered,
            &steps::Asked::Sign {
                basis,
                evidence: None,
            },
        )
    }),
    (
        "hand over: sign on paper",
        HANDS,
        Where::Here,
        |desk, world| {
            let basis = paper("ký tươi ngày 20/6/2024");
            takes(
                desk,
                &world.lists.signed_on_paper,
                &steps::Asked::Sign {
                    basis,
                    evidence: None,
                },
            )
        },
    ),
    ("hand over: return", POLICE, Where::Here, |desk, world| {
        let basis = Basis::Account;
        takes(desk, &world.lists.signed, &steps::Asked::Return { basis })
    }),
    (
        "hand over: return on paper",
        HANDS,
        Where::Here,
        |desk, world| {
            let basis = paper("biên bản ngày 21/6/2024");
            takes(
                desk,
                &world.lists.back_on_paper,
                &steps::Asked::Return { basis },
            )
        },
    ),
    (
        "hand over: what applying would be",
        HANDS,
        Where::Here,
        |desk, world| apply::run(desk, &applying(&world.lists.returned, false)).map(drop),
    ),
    ("hand over: apply", HANDS, Where::Here, |desk, world| {
        apply::run(desk, &applying(&world.lists.returned, true)).map(drop)
    }),
    (NEVER_SEEN, HANDS, Where::Here, |desk, world| {
        let (silent, stop) = quiet();
        seen::run(
            desk,
            (&world.lists.taken_back, EDITION, true),
            (silent, &stop),
        )
        .map(drop)
    }),
    ("hand over: tasks", SEES, Where::Own, |desk, _| {
        tasks::list(desk, (None, None), today(desk)).map(drop)
    }),
    ("hand over: task", HANDS, Where::Here, |desk, world| {
        tasks::finish(desk, (&world.lists.task, "đã đăng ký", false), today(desk)).map(drop)
    }),
    ("hand over: take back", HANDS, Where::Here, |desk, world| {
        back::undo(desk, &world.lists.taken_back, ("nhầm", day(), true)).map(drop)
    }),
    ("hand over: days", LEADER, Where::Here, |desk, _| {
        let day_of = edition(EDITION);
        let unit = crate::act::units::area(day_of, "Xã Tà Rụt").map_err(Failed::Refused)?;
        late::set(desk, (day_of, unit), "drawn", 30).map(drop)
    }),
    (
        "hand over: days of civil status",
        HANDS,
        Where::Book,
        |desk, _| tasks::days(desk, Some(30)).map(drop),
    ),
];

/// Without an export of the national software nobody gets further than being refused.
pub(super) const NEVER_SEEN: &str = "hand over: seen";
