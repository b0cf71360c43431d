//! The lists on which the acts of the hand-over are tried, each with a child of its own.

use super::*;

const NAMES: [&str; 21] = [
    "Dăm", "Lăng", "Mai", "Thể", "Xuân", "Thơ", "Rô", "Vui", "Quê", "Sa", "Út", "Bưởi", "Cam",
    "Dừa", "Ổi", "Mít", "Đào", "Khế", "Sim", "Trám", "Vải",
];

/// The lists, each as far as its name says.
pub(in super::super) fn lists(pages: &Pages) -> Lists {
    let rows: Vec<String> = NAMES
        .iter()
        .zip(1..)
        .map(|(name, nth)| {
            format!("Ploong Văn {name},{nth:02}/03/2015,Nam,Pa Cô,,Ploong Văn Cha {name},Hồ Thị Mẹ {name},Xã Tà Rụt,A Đăng\n")
        })
        .collect();
    let path = pages.folder.path().join("ban-giao.csv");
    let head = CHILDREN.lines().next().unwrap();
    fs::write(&path, format!("{head}\n{}", rows.concat())).unwrap();
    let (silent, stop) = quiet();
    let how = import::How {
        link: false,
        dry: false,
    };
    pages.act(|desk| import::run(desk, options(&path, EDITION), how, (silent, &stop)));
    let ids: Vec<String> = NAMES
        .iter()
        .map(|name| pages.child(&format!("ploong van {name}")))
        .collect();
    let mut ids = ids.into_iter();
    let mut list = |children: usize, upto: &[steps::Asked]| -> String {
        let some: Vec<String> = ids.by_ref().take(children).collect();
        let (silent, stop) = quiet();
        let drawn = pages.act(|desk| draw::run(desk, &drawing(some), (silent, &stop)));
        let list = drawn.lists[0].list.unwrap().to_string();
        for asked in upto {
            if *asked == steps::Asked::Answered {
                let lines = answers("1", "9");
                let kept = pages.act(|desk| keying::key(desk, &list, Way::Paper, &lines));
                assert_eq!(kept.answered, 1);
            }
            pages.act(|desk| takes(desk, &list, asked));
        }
        list
    };
    let way = [
        steps::Asked::Submit,
        approve(Basis::Account),
        steps::Asked::Send { way: Way::Paper },
        steps::Asked::Receive {
            basis: Basis::Account,
        },
        steps::Asked::Answered,
        steps::Asked::Sign {
            basis: Basis::Account,
            evidence: None,
        },
        steps::Asked::Return {
            basis: Basis::Account,
        },
    ];
    let collecting = list(1, &[]);
    let of = sheets::Of::List(collecting.clone());
    let sheet = pages.act(|desk| sheets::sheets(desk, &of)).households[0].sheet;
    let mut out = Lists {
        loose: list(1, &[]),
        collecting,
        sheet,
        parts: list(2, &[]),
        ends: list(1, &[]),
        refused: list(1, &way[..1]),
        approved: list(1, &way[..1]),
        on_paper: list(1, &way[..1]),
        closed: list(1, &way[..2]),
        reopened: list(1, &way[..2]),
        sent: list(1, &way[..3]),
        sent_on_paper: list(1, &way[..3]),
        received: list(1, &way[..4]),
        answered: list(1, &way[..5]),
        signed_on_paper: list(1, &way[..5]),
        signed: list(1, &way[..6]),
        back_on_paper: list(1, &way[..6]),
        returned: list(1, &way),
        taken_back: list(1, &way),
        task: String::new(),
        evidence: String::new(),
        free: ids.next().unwrap(),
        fresh: ids.next().unwrap(),
    };
    pages.act(|desk| apply::run(desk, &applying(&out.taken_back, true)));
    let tasks = pages.act(|desk| tasks::list(desk, (None, Some("open")), today(desk)));
    out.task.clone_from(&tasks[0].task);
    let told =
        pages.act(|desk| evidence::add(desk, &scan(&out.closed, evidence::Side::Commune, 0)));
    out.evidence = told.evidence.unwrap();
    out
}
