//! The sums by unit, on both engines: after everything the other stories did, after acts at random, undone and done again, recounted.

use crate::story::{BOOK, EDITION, Place, at, begin, child, doing};
use std::collections::BTreeMap;
use treem_store::answers::Standing;
use treem_store::child::{ACTIVE, Entry, MISTAKE};
use treem_store::health::Astray;
use treem_store::id::Ids;
use treem_store::import::{APPLIED, Import};
use treem_store::tally::{COMPLETE, ERRORS, IDENTIFIED, Sums, VERIFIED, Which};
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
    for day in DAYS {
        let mut want: BTreeMap<(String, String), Sums> = BTreeMap::new();
        for one in read.counted(BOOK, day, None).await.unwrap() {
            let sums = want.entry((one.edition, one.unit)).or_default();
            (sums.children, sums.identified, sums.complete) =
                (one.children, one.identified, one.complete);
        }
        for (unit, edition, count) in read.verified(BOOK, day).await.unwrap() {
            want.entry((edition, unit)).or_default().verified = count;
        }
        for one in read.work_counts(BOOK, day, None).await.unwrap().whole {
            let errors = Whole::errors(&one);
            want.entry((one.edition, one.unit)).or_default().errors += errors;
        }
        want.retain(|_, sums| *sums != Sums::default());
        let got = read.tally(BOOK, day, &[None]).await.unwrap();
        for one in &got {
            let unit = Some((one.edition.as_str(), one.unit.as_str()));
            let alone = read.tally(BOOK, day, &[unit]).await.unwrap();
            assert_eq!(alone, std::slice::from_ref(one), "{day}");
            // The hamlets are the unit, and the pages are the figures.
            if one.unit.is_empty() {
                continue;
            }
            let mut sum = Sums::default();
            let of = (one.edition.as_str(), one.unit.as_str());
            for (_, sums) in read.tally_hamlets(BOOK, day, of).await.unwrap() {
                sum.add(sums);
            }
            assert_eq!(sum, one.sums, "{day} {}", one.unit);
            // One day stands for all where the days are asked alike.
            if day != "2024-06-13" {
                continue;
            }
            for (mask, bits, count) in [
                (0, 0, one.sums.children),
                (IDENTIFIED, IDENTIFIED, one.sums.identified),
                (COMPLETE, 0, one.sums.children - one.sums.complete),
                (ERRORS, ERRORS, one.sums.errors),
                (VERIFIED, 0, one.sums.children - one.sums.verified),
            ] {
                let which = Which {
                    day,
                    mask,
                    bits,
                    unit,
                    hamlet: None,
                };
                let page = read.tally_page(BOOK, which, "", 5_000).await.unwrap();
                let count = usize::try_from(count).unwrap();
                assert_eq!(page.len(), count, "{day} {mask}");
                // Page by page they are the same.
                let mut walked = Vec::new();
                while mask == ERRORS && walked.len() < page.len() {
                    let last = walked
                        .last()
                        .map_or("", |(child, ..): &(String, String, String)| child.as_str());
                    let next = read.tally_page(BOOK, which, last, 40).await.unwrap();
                    assert!(!next.is_empty());
                    walked.extend(next);
                }
                assert!(walked.is_empty() || walked == page, "{day} {mask}");
            }
        }
        let got: BTreeMap<(String, String), Sums> = got
            .into_iter()
            .map(|one| ((one.edition, one.unit), one.sums))
            .collect();
        assert_eq!(got, want, "{day}");
        out.push(format!("{day} {got:?}"));
        for moment in MOMENTS.map(at) {
            out.push(then(&mut read, day, &moment).await);
        }
    }
    out
}

/// Moments before, among and after the acts.
const MOMENTS: [u32; 7] = [0, 1, 300, 901, 915, 931, 1_200];

/// The figures of a moment are those that reading every child gives, whichever way they come about.
async fn then(read: &mut Tx, day: &str, moment: &str) -> String {
    let mut want: BTreeMap<(String, String), Sums> = BTreeMap::new();
    for one in read.counted(BOOK, day, Some(moment)).await.unwrap() {
        let sums = want.entry((one.edition, one.unit)).or_default();
        (sums.children, sums.identified, sums.complete) =
            (one.children, one.identified, one.complete);
    }
    for (unit, edition, count) in read.verified_at(BOOK, day, moment).await.unwrap() {
        want.entry((edition, unit)).or_default().verified = count;
    }
    for most in [Some(i64::MAX), Some(0), Some(25), None] {
        let got = read.tally_at(BOOK, day, moment, most).await.unwrap();
        let got: BTreeMap<(String, String), Sums> = got
            .into_iter()
            .map(|one| ((one.edition, one.unit), one.sums))
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
    entry.state.unit = [Some("19588"), Some("469"), None][usize::try_from(die.throw(3)).unwrap()]
        .map(str::to_owned);
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
    for moment in [at(0), at(915), at(930)] {
        let verified = read.verified_at(BOOK, "2024-06-13", &moment).await.unwrap();
        out.push(format!("{verified:?}"));
    }
    let now = read
        .verified_at(BOOK, "2024-06-13", &at(1_200))
        .await
        .unwrap();
    assert_eq!(now, read.verified(BOOK, "2024-06-13").await.unwrap());
    assert!(!now.is_empty());
    let which = Which {
        day: "2024-06-13",
        mask: VERIFIED,
        bits: VERIFIED,
        unit: None,
        hamlet: None,
    };
    let page = read.tally_page(BOOK, which, "", 5_000).await.unwrap();
    assert_eq!(
        i64::try_from(page.len()).unwrap(),
        now.iter().map(|(_, _, count)| count).sum::<i64>()
    );
    let second = read.tally_page(BOOK, which, &page[0].0, 1).await.unwrap();
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

/// The step before moves stood apart, as it was.
const BEFORE_MOVES: &str = "insert into tally_day (register, day, edition, unit, who, came, went, cleaned, identified, complete, verified, errors)
    select register, day, edition, unit, who, moved_in, moved_out, 0, 0, 0, 0, 0 from tally_move where true
    on conflict (register, day, edition, unit, who) do update set came = tally_day.came + excluded.came, went = tally_day.went + excluded.went;
    drop table tally_move; drop table tally_unit; drop index tally_by_birth; delete from migration where number = 20";

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
