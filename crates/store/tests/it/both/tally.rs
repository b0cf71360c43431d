//! The sums by unit, on both engines: after everything the other stories did, after acts at random, undone and done again, recounted.

use super::stood::{Happened, Place as Stood};
use crate::story::{BOOK, EDITION, Place, at, begin, child, doing};
use std::collections::BTreeMap;
use treem_store::answers::Standing;
use treem_store::child::{ACTIVE, Entry, MISTAKE};
use treem_store::health::Astray;
use treem_store::id::Ids;
use treem_store::import::{APPLIED, Import};
use treem_store::register::Unit;
use treem_store::tally::{
    COMPLETE, ERRORS, IDENTIFIED, Paged, Sums, Tallied, VERIFIED, Which, stood as stood_in,
};
use treem_store::work::Whole;
use treem_store::{Store, Tx};

/// Days at the edges: of the births below, of their months, and of their 16th birthdays.
const DAYS: [&str; 9] = [
    "2015-03-11",
    "2015-03-12",
    "2016-01-01",
    "2016-12-31",
    "2024-06-13",
    "2031-03-11",
    "2031-03-12",
    "2032-05-31",
    "2034-02-07",
];

/// Every figure is the one that counting gives.
async fn check(store: &Store) -> Vec<String> {
    let mut out = Vec::new();
    let mut read = store.read().await.unwrap();
    assert_eq!(read.astray(BOOK).await.unwrap(), []);
    let happened = Happened::read(store).await;
    for day in DAYS {
        let mut want = happened.stood(day, None);
        let mut errors: BTreeMap<(String, String), i64> = BTreeMap::new();
        for one in read.work_counts(BOOK, day, None).await.unwrap().whole {
            let found = Whole::errors(&one);
            *errors.entry((one.edition, one.unit)).or_default() += found;
        }
        errors.retain(|_, found| *found != 0);
        let got = read.tally(BOOK, day).await.unwrap();
        let mut units: BTreeMap<(&str, &str), Vec<Tallied>> = BTreeMap::new();
        for one in &got {
            let of = units.entry((&one.edition, &one.unit)).or_default();
            of.push(one.clone());
        }
        for (of, ways) in units {
            let unit = Some(of);
            // The hamlets are the unit, and the pages are the figures.
            if of.1.is_empty() {
                continue;
            }
            let mut all = Sums::default();
            let hamlets = read.tally_hamlets(BOOK, day, of).await.unwrap();
            for one in &ways {
                all.add(one.sums);
                let by_way = total(&hamlets, |way| way == one.way);
                assert_eq!(by_way, one.sums, "{day} {}", one.unit);
            }
            assert_eq!(total(&hamlets, |_| true), all, "{day} {of:?}");
            let which = Which {
                unit,
                ..of_day(day)
            };
            pages(&mut read, which, all).await;
            if day == "2024-06-13" {
                let mut by_way: BTreeMap<String, i64> = BTreeMap::new();
                for one in read.tally_page(BOOK, which, "", 5_000).await.unwrap() {
                    *by_way.entry(one.way).or_default() += 1;
                }
                let of = ways.iter().filter(|one| one.sums.children > 0);
                let of: BTreeMap<String, i64> =
                    of.map(|one| (one.way.clone(), one.sums.children)).collect();
                assert_eq!(by_way, of);
            }
        }
        let mut wrong: BTreeMap<(String, String), i64> = BTreeMap::new();
        let mut sums: BTreeMap<Stood, Sums> = BTreeMap::new();
        for one in got {
            *wrong
                .entry((one.edition.clone(), one.unit.clone()))
                .or_default() += one.sums.errors;
            let without = Sums {
                errors: 0,
                ..one.sums
            };
            sums.insert((one.edition, one.unit, one.way), without);
        }
        wrong.retain(|_, found| *found != 0);
        assert_eq!(wrong, errors, "{day}");
        sums.retain(|_, sums| *sums != Sums::default());
        want.retain(|_, sums| *sums != Sums::default());
        assert_eq!(sums, want, "{day}");
        out.push(format!("{day} {sums:?} {wrong:?}"));
        for moment in MOMENTS.map(at) {
            out.push(then(&mut read, &happened, (day, &moment)).await);
        }
    }
    out
}

const fn of_day(day: &str) -> Which<'_> {
    Which {
        day,
        mask: 0,
        bits: 0,
        unit: None,
        hamlet: None,
    }
}

fn total(hamlets: &[(String, String, Sums)], passes: impl Fn(&str) -> bool) -> Sums {
    let mut out = Sums::default();
    for (_, _, sums) in hamlets.iter().filter(|(_, way, _)| passes(way)) {
        out.add(*sums);
    }
    out
}

/// The pages behind the figures have as many children as these say. One day stands for all where the days are asked alike.
async fn pages(read: &mut Tx, which: Which<'_>, sums: Sums) {
    if which.day != "2024-06-13" {
        return;
    }
    for (mask, bits, count) in [
        (0, 0, sums.children),
        (IDENTIFIED, IDENTIFIED, sums.identified),
        (COMPLETE, 0, sums.children - sums.complete),
        (ERRORS, ERRORS, sums.errors),
        (VERIFIED, 0, sums.children - sums.verified),
    ] {
        let which = Which {
            mask,
            bits,
            ..which
        };
        let page = read.tally_page(BOOK, which, "", 5_000).await.unwrap();
        assert_eq!(page.len(), usize::try_from(count).unwrap(), "{which:?}");
        // Page by page they are the same.
        let mut walked: Vec<Paged> = Vec::new();
        while mask == ERRORS && walked.len() < page.len() {
            let last = walked.last().map_or("", |one| one.child.as_str());
            let next = read.tally_page(BOOK, which, last, 40).await.unwrap();
            assert!(!next.is_empty());
            walked.extend(next);
        }
        assert!(walked.is_empty() || walked == page, "{which:?}");
    }
}

/// Moments before, among and after the acts.
const MOMENTS: [u32; 7] = [0, 1, 300, 901, 915, 931, 1_200];

/// The figures of a moment are those that reading every child gives, whichever way they come about.
async fn then(read: &mut Tx, happened: &Happened, (day, moment): (&str, &str)) -> String {
    let want = happened.stood(day, Some(moment));
    for most in [Some(i64::MAX), Some(0), Some(25), None] {
        let got = read.tally_at(BOOK, day, moment, most).await.unwrap();
        let got: BTreeMap<Stood, Sums> = got
            .into_iter()
            .map(|one| ((one.edition, one.unit, one.way), one.sums))
            .collect();
        assert_eq!(got, want, "{day} {moment} {most:?}");
    }
    format!("{day} {moment} {want:?}")
}

/// A throw of a die that falls alike on every run.
struct Die(u64);

impl Die {
    fn throw(&mut self, faces: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % faces
    }
}

/// An edition between those of the reform.
const BETWEEN: &str = "2025-01-01";

fn random(id: &str, nth: usize, die: &mut Die) -> Entry {
    let births = [
        "2015-03-12",
        "2016-01-31",
        "2016-12-01",
        "2018-02-07",
        "2016",
        "2016-12",
        "",
    ];
    let birth = births[usize::try_from(die.throw(7)).unwrap()];
    let number = format!("0452990{nth:05}");
    let number = (die.throw(3) > 0).then_some(number.as_str());
    let mut entry = child(id, "Hồ Văn Đông", birth, number);
    let units = [
        (EDITION, Some("19588")),
        (EDITION, Some("469")),
        (EDITION, None),
        (BETWEEN, Some("19588")),
        (BETWEEN, None),
        ("2025-07-01", Some("19588")),
        ("2025-07-01", Some("19594")),
    ];
    let (edition, unit) = units[usize::try_from(die.throw(7)).unwrap()];
    edition.clone_into(&mut entry.state.edition);
    entry.state.unit = unit.map(str::to_owned);
    entry.state.complete = die.throw(2) > 0;
    if die.throw(6) == 0 {
        MISTAKE.clone_into(&mut entry.state.state);
    }
    if die.throw(3) == 0 {
        entry.findings.clear();
    }
    entry
}

pub async fn tell(store: &Store) -> Vec<String> {
    let unit = Unit {
        code: "19588",
        name: "Xã Tà Rụt",
        level: "commune",
        parent: None,
    };
    store.add_units(BETWEEN, &[unit]).await.unwrap();
    let mut out = check(store).await;
    let mut die = Die(7);
    let mut made = Ids::new(1_718_236_900_000, 77 << 20);
    let ids: Vec<String> = (0..1_010).map(|_| made.next_id()).collect();
    let mut act = begin(store, doing("import", 900)).await;
    act.add_import(&Import {
        id: "nhap-9".to_owned(),
        audit_seq: act.number(),
        at: at(900),
        who: "Hồ Thị Bích".to_owned(),
        as_of: "2024-06-13".to_owned(),
        edition: EDITION.to_owned(),
        files: "[]".to_owned(),
        rows: 0,
        state: APPLIED.to_owned(),
    })
    .await
    .unwrap();
    let mut entries: Vec<Entry> = Vec::new();
    for (nth, id) in ids.iter().enumerate() {
        let mut entry = random(id, nth, &mut die);
        ACTIVE.clone_into(&mut entry.state.state);
        entry.import = Some("nhap-9".to_owned());
        entries.push(entry);
    }
    act.add_children(&entries).await.unwrap();
    act.finish("nhap-9", "{}").await.unwrap();
    out.extend(check(store).await);
    // All of them go, and come back.
    for (minute, again) in [(901, false), (902, true)] {
        let mut act = begin(store, doing("undo", minute)).await;
        if again {
            act.turn_again("nhap-9").await.unwrap();
        } else {
            act.turn_back("nhap-9").await.unwrap();
        }
        act.finish("nhap-9", "{}").await.unwrap();
        out.extend(check(store).await);
    }
    // The police answer, records change, move, are closed and opened, at random.
    for round in 0..12_u32 {
        let minute = 910 + round;
        let mut act = begin(store, doing("correct", minute)).await;
        let mut done = std::collections::BTreeSet::new();
        for _ in 0..9 {
            let nth = usize::try_from(die.throw(40)).unwrap();
            if !done.insert(nth) {
                continue;
            }
            let id = &ids[nth];
            let seen = store.read().await.unwrap().child(BOOK, id).await.unwrap();
            if die.throw(3) == 0
                && let Some(number) = seen.now.number
            {
                let standing =
                    ["given", "verified", "cancelled"][usize::try_from(die.throw(3)).unwrap()];
                let row = Standing {
                    audit_seq: 0,
                    number,
                    standing: standing.to_owned(),
                    since: String::new(),
                    list: 1,
                    row_number: 1,
                    ended_at: None,
                };
                act.add_standings(&[(id.clone(), row)]).await.unwrap();
            } else {
                let entry = random(id, nth, &mut die);
                act.change_child("changed", seen.version, &entry)
                    .await
                    .unwrap();
            }
        }
        let number = act.number();
        act.finish("", "{}").await.unwrap();
        if round % 4 == 3 {
            let mut act = begin(store, doing("undo", 930 + round)).await;
            act.undo_standings(number, &ids[..40]).await.unwrap();
            act.finish("", "{}").await.unwrap();
        }
        out.extend(check(store).await);
    }
    // What the days added is what there is: at fifteen hours they are the same day, at seventeen the next.
    let mut read = store.read().await.unwrap();
    let days = read
        .tally_days(BOOK, "2024-06-13", "2024-06-14")
        .await
        .unwrap();
    assert!(days.iter().all(|one| one.who == "Hồ Thị Bích"));
    let came: i64 = days.iter().map(|one| one.came).sum();
    assert!(came >= 2_020, "{came}");
    out.push(format!("{days:?}"));
    let now = Happened::read(store).await.stood("2024-06-13", None);
    let now: i64 = now.values().map(|sums| sums.verified).sum();
    assert!(now > 0);
    // Some of them came from units of other editions.
    let ways = read.tally(BOOK, "2024-06-13").await.unwrap();
    let longest = ways.iter().map(|one| stood_in(&one.way).count()).max();
    assert_eq!(longest, Some(2));
    let which = Which {
        mask: VERIFIED,
        bits: VERIFIED,
        ..of_day("2024-06-13")
    };
    let page = read.tally_page(BOOK, which, "", 5_000).await.unwrap();
    assert_eq!(i64::try_from(page.len()).unwrap(), now);
    let second = read
        .tally_page(BOOK, which, &page[0].child, 1)
        .await
        .unwrap();
    assert_eq!(second[0], page[1]);
    drop(read);
    // Counted anew it is the same, and the days stay.
    let mut act = begin(store, doing("recount", 990)).await;
    act.recount().await.unwrap();
    act.finish("", "{}").await.unwrap();
    out.extend(check(store).await);
    let mut read = store.read().await.unwrap();
    let after = read
        .tally_days(BOOK, "2024-06-13", "2024-06-14")
        .await
        .unwrap();
    assert_eq!(after, days);
    out
}

/// Asks without the program.
async fn ask(place: &Place, statements: &str) {
    let text = sqlx::AssertSqlSafe(statements.to_owned());
    if place.server.is_some() {
        let raw = sqlx::PgPool::connect(&place.address).await.unwrap();
        sqlx::raw_sql(text).execute(&raw).await.unwrap();
        raw.close().await;
    } else {
        let raw = sqlx::SqlitePool::connect(&place.address).await.unwrap();
        sqlx::raw_sql(text).execute(&raw).await.unwrap();
        raw.close().await;
    }
}

/// The step before moves stood apart, and before the ways, as it was.
const BEFORE_MOVES: &str = "insert into tally_day (register, day, edition, unit, who, came, went, cleaned, identified, complete, verified, errors)
    select register, day, edition, unit, who, moved_in, moved_out, 0, 0, 0, 0, 0 from tally_move where true
    on conflict (register, day, edition, unit, who) do update set came = tally_day.came + excluded.came, went = tally_day.went + excluded.went;
    drop table tally_move; drop table tally_unit; drop index tally_by_birth; delete from migration where number in (20, 22)";

/// Moves are taken out of the days of a book that was kept before they stood apart.
pub async fn part_moves(place: &Place) {
    let days = async |store: &Store| {
        let mut read = store.read().await.unwrap();
        read.tally_days(BOOK, "2024-06-13", "2024-06-14")
            .await
            .unwrap()
    };
    let kept = days(&place.store).await;
    let moved: i64 = kept.iter().map(|one| one.moved_in).sum();
    let away: i64 = kept.iter().map(|one| one.moved_out).sum();
    assert!(moved > 10 && moved == away, "{moved} {away}");
    ask(place, BEFORE_MOVES).await;
    let again = Store::open(&place.address).await.unwrap();
    assert_eq!(days(&again).await, kept);
    check(&again).await;
    again.close().await;
}

/// Days that were lost are made again from the events, as an update of the program makes them.
pub async fn lose_days(place: &Place) {
    ask(place, "delete from tally_day; delete from tally_move").await;
    let store = &place.store;
    let days = async || {
        let mut read = store.read().await.unwrap();
        read.tally_days(BOOK, "2024-06-13", "2024-06-14")
            .await
            .unwrap()
    };
    assert!(days().await.is_empty());
    let astray = store.read().await.unwrap().astray(BOOK).await.unwrap();
    assert!(matches!(astray.as_slice(), [(Astray::Days, _)]));
    let mut act = begin(store, doing("recount", 991)).await;
    act.recount().await.unwrap();
    act.finish("", "{}").await.unwrap();
    check(store).await;
    assert!(!days().await.is_empty());
}
