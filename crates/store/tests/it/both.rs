//! One story on both engines: the same answers, and every statement has run on each.

mod access;
mod apart;
mod entry;
pub mod evidence;
pub mod handover;
pub mod handover_answers;
mod health;
pub mod letter;
mod mirror;
mod moves;
mod pairs;
mod portrait;
mod queue;
mod reform;
mod rules;
mod search;
pub mod sector;
pub mod stood;
mod tally;
mod work;

use super::story::{BOOK, EDITION, at, begin, book, child, doing, ids, on_both};
use std::cell::RefCell;
use std::collections::BTreeMap;
use treem_store::child::{ACTIVE, WITHDRAWN};
use treem_store::headcount::Headcount;
use treem_store::import::{APPLIED, Import, Row, Turned, UNDONE};
use treem_store::store::Engine;
use treem_store::{Begun, Error, Store, sql, watch};

/// Answers of the story by engine.
type Answers = RefCell<BTreeMap<Engine, Vec<String>>>;

#[tokio::test]
async fn the_story_is_the_same_and_every_statement_ran_on_both() {
    let answers = Answers::default();
    on_both(async |place| {
        let told = Box::pin(tell(&place.store)).await;
        tally::part_moves(&place).await;
        tally::lose_days(&place).await;
        // Opened again, it is all there.
        let again = Store::open(&place.address).await.unwrap();
        assert_eq!(
            again
                .read()
                .await
                .unwrap()
                .imports(BOOK)
                .await
                .unwrap()
                .len(),
            3
        );
        answers.borrow_mut().insert(place.store.engine(), told);
        again.close().await;
    })
    .await;
    let answers = answers.into_inner();
    assert_eq!(answers[&Engine::Sqlite], answers[&Engine::Postgres]);
    let ran = watch::ran();
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let own = |name: &str| match name {
            _ if name.ends_with("_SQLITE") => engine == Engine::Sqlite,
            _ if name.ends_with("_POSTGRES") => engine == Engine::Postgres,
            _ => true,
        };
        for (name, text) in sql::all().filter(|(name, _)| own(name)) {
            assert!(
                ran.contains(&(engine, *text)),
                "{name} did not run on {engine:?}"
            );
        }
        for (name, many) in sql::all_many() {
            assert!(
                ran.contains(&(engine, many.into)),
                "{name} did not run on {engine:?}"
            );
        }
    }
}

async fn tell(store: &Store) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let ids = ids(1);
    // An import of three, two with one number.
    let mut act = begin(store, doing("import", 1)).await;
    let mut children = vec![
        child(&ids[0], "Hồ Văn An", "2015-03-12", Some("045215000012")),
        child(&ids[1], "Hồ Văn Bình", "2015-03-12", Some("045215000012")),
        child(&ids[2], "Hồ Thị Mơ", "2019", None),
    ];
    for entry in &mut children {
        entry.import = Some("nhap-1".to_owned());
    }
    act.add_import(&Import {
        id: "nhap-1".to_owned(),
        audit_seq: act.number(),
        at: at(1),
        who: "Hồ Thị Bích".to_owned(),
        as_of: "2024-06-13".to_owned(),
        edition: EDITION.to_owned(),
        files: "[]".to_owned(),
        rows: 3,
        state: APPLIED.to_owned(),
    })
    .await
    .unwrap();
    act.add_children(&children).await.unwrap();
    let rows: Vec<Row> = (1..)
        .zip(&children)
        .map(|(nth, entry)| Row {
            nth,
            file: "ds.csv".to_owned(),
            sheet: String::new(),
            row: nth + 1,
            decision: "new".to_owned(),
            child: Some(entry.id.clone()),
        })
        .collect();
    act.add_import_rows("nhap-1", &rows).await.unwrap();
    let lost = act.lost_claims().await.unwrap();
    assert_eq!(lost, [(ids[1].clone(), "045215000012".to_owned())]);
    act.finish("nhap-1", "{}").await.unwrap();
    let mut read = store.read().await.unwrap();
    out.push(format!("{:?}", read.disputed(BOOK).await.unwrap()));
    search::tell(store, &ids).await;
    assert_eq!(
        read.children_of_number(BOOK, "045215000012").await.unwrap(),
        ids[..2]
    );
    drop(read);

    // The first gives the number up: the second has it, undisputed.
    let mut act = begin(store, doing("correct", 2)).await;
    let mut changed = child(&ids[0], "Hồ Văn An", "2015-03-12", Some("045215000099"));
    "{\"ethnicity\":\"Tà Ôi\"}".clone_into(&mut changed.state.sensitive);
    assert_eq!(act.change_child("changed", 1, &changed).await.unwrap(), 2);
    act.finish(&ids[0], "{}").await.unwrap();
    let mut act = begin(store, doing("correct", 20)).await;
    let late = act.change_child("changed", 1, &changed).await;
    assert!(matches!(late, Err(Error::Conflict { seen: 1, now: 2 })));
    drop(act);
    let mut read = store.read().await.unwrap();
    assert!(read.disputed(BOOK).await.unwrap().is_empty());
    out.push(format!(
        "{:?}",
        read.numbers(BOOK, &ids[0]).await.unwrap().len()
    ));
    let numbers = read.numbers(BOOK, &ids[0]).await.unwrap();
    assert_eq!(
        numbers
            .iter()
            .map(|one| (one.number.as_str(), one.ended_at.clone()))
            .collect::<Vec<_>>(),
        [("045215000012", Some(at(2))), ("045215000099", None)]
    );
    let now = read.child(BOOK, &ids[0]).await.unwrap();
    assert_eq!((now.version, &now.now), (2, &changed.state));
    // As it was at any moment.
    assert_eq!(read.child_at(BOOK, &ids[0], &at(0)).await.unwrap(), None);
    let then = read.child_at(BOOK, &ids[0], &at(1)).await.unwrap().unwrap();
    assert_eq!((then.seq, &then.then), (1, &children[0].state));
    let events = read.events(BOOK, &ids[0]).await.unwrap();
    assert_eq!(
        events
            .iter()
            .map(|event| event.kind.as_str())
            .collect::<Vec<_>>(),
        ["added", "changed"]
    );
    out.push(format!("{:?}", read.findings(BOOK, &ids[2]).await.unwrap()));
    out.push(format!("{:?}", read.findings_count(BOOK).await.unwrap()));
    out.push(format!("{:?}", read.origins(BOOK, &ids[1]).await.unwrap()));
    out.push(format!(
        "{:?}",
        read.import_decisions(BOOK, "nhap-1").await.unwrap()
    ));
    // Coverage: of today, after a 16th birthday, before a birth, and as the book was before anything.
    for (day, moment) in [
        ("2024-06-13", None),
        ("2031-03-12", None),
        ("2018-01-01", None),
        ("2024-06-13", Some(at(1))),
        ("2024-06-13", Some(at(0))),
    ] {
        let happened = stood::Happened::read(store).await;
        let counted = happened.stood(day, moment.as_deref());
        out.push(format!("{day} {moment:?}: {counted:?}"));
    }
    for (day, count) in [("2031-03-11", 3), ("2031-03-12", 1)] {
        let counted = read.tally(BOOK, day).await.unwrap();
        assert_eq!(counted[0].sums.children, count, "{day}");
    }
    let page = read.children_after(BOOK, "").await.unwrap();
    assert_eq!(
        page.iter()
            .map(|child| child.id.clone())
            .collect::<Vec<_>>(),
        ids[..3]
    );
    assert!(read.children_after(BOOK, &ids[2]).await.unwrap().is_empty());
    let middle = read.middle_child(BOOK).await.unwrap();
    assert_eq!(middle.as_deref(), Some(ids[1].as_str()));
    assert_eq!(read.middle_child("99").await.unwrap(), None);
    assert_eq!(read.children_in_state(BOOK, ACTIVE).await.unwrap(), 3);
    assert_eq!(read.children_in_state(BOOK, WITHDRAWN).await.unwrap(), 0);
    drop(read);

    // Headcounts: the latest day, and of that day the last that was loaded.
    for (minute, day, count) in [
        (3, "2024-01-01", 5),
        (4, "2024-06-01", 7),
        (5, "2024-06-01", 8),
        (6, "2025-01-01", 9),
    ] {
        let mut act = begin(store, doing("headcount", minute)).await;
        let one = Headcount {
            edition: EDITION.to_owned(),
            unit: "19588".to_owned(),
            day: day.to_owned(),
            source: "báo cáo".to_owned(),
            signed_by: "Hồ Văn Lâm".to_owned(),
            children: count,
            loaded_at: String::new(),
        };
        assert_eq!(act.add_headcounts(&[one]).await.unwrap(), 1);
        act.finish("", "{}").await.unwrap();
    }
    let mut read = store.read().await.unwrap();
    for (day, count, former) in [
        ("2023-12-31", None, None),
        ("2024-05-31", Some(5), None),
        ("2024-06-13", Some(8), Some(5)),
        ("2025-01-01", Some(9), Some(8)),
    ] {
        let held = read.headcounts_with_former(BOOK, day).await.unwrap();
        let children = |one: &Headcount| one.children;
        let got = held.first().map(|(one, _)| children(one));
        let before = held.first().and_then(|(_, one)| one.as_ref());
        assert_eq!((got, before.map(children)), (count, former), "{day}");
    }
    // The import is known, and what it touched: one child changed later.
    let import = read.import(BOOK, "nhap-1").await.unwrap().unwrap();
    assert_eq!(
        (import.rows, import.state.as_str(), import.audit_seq),
        (3, APPLIED, 1)
    );
    let touched = read.import_children(BOOK, "nhap-1", "").await.unwrap();
    let later: Vec<bool> = touched.iter().map(|one| one.version > one.seq).collect();
    assert_eq!(later, [true, false, false]);
    drop(read);
    let mut act = begin(store, doing("undo", 7)).await;
    assert!(act.set_import_state("nhap-1", UNDONE).await.unwrap());
    assert!(!act.set_import_state("nhap-1", UNDONE).await.unwrap());
    // The child that was changed later stays; the others are withdrawn, their numbers given up.
    assert_eq!(act.turn_back("nhap-1").await.unwrap().added, 2);
    act.finish("nhap-1", "{}").await.unwrap();
    let state = async |id: &String| {
        let mut read = store.read().await.unwrap();
        let child = read.child(BOOK, id).await.unwrap();
        let open = read
            .numbers(BOOK, id)
            .await
            .unwrap()
            .iter()
            .filter(|one| one.ended_at.is_none())
            .count();
        (child.version, child.now.state, open)
    };
    assert_eq!(state(&ids[0]).await, (2, ACTIVE.to_owned(), 1));
    assert_eq!(state(&ids[1]).await, (2, WITHDRAWN.to_owned(), 0));
    let mut act = begin(store, doing("undo", 9)).await;
    assert_eq!(act.turn_back("nhap-1").await.unwrap(), Turned::default());
    assert_eq!(act.turn_again("nhap-1").await.unwrap().added, 2);
    act.finish("nhap-1", "{}").await.unwrap();
    assert_eq!(state(&ids[0]).await, (2, ACTIVE.to_owned(), 1));
    assert_eq!(state(&ids[1]).await, (3, ACTIVE.to_owned(), 1));
    let mut read = store.read().await.unwrap();
    let back = read.child(BOOK, &ids[1]).await.unwrap();
    assert_eq!(back.now, children[1].state);
    drop(read);

    health::tell(store, &mut out).await;
    out.extend(rules::tell(store, &ids).await);

    // A request that was done is not done again; a book that is not there, or is there already, is said to be.
    assert!(
        matches!(store.begin(doing("undo", 7)).await.unwrap(), Begun::Done(link) if link.subject == "nhap-1")
    );
    let mut other = doing("undo", 8);
    "99".clone_into(&mut other.register);
    assert!(matches!(store.begin(other).await, Err(Error::NoRegister(key)) if key == "99"));
    assert!(matches!(
        store.add_register(&book(BOOK)).await,
        Err(Error::RegisterExists(_))
    ));
    let mut read = store.read().await.unwrap();
    assert!(matches!(
        read.child(BOOK, "nobody").await,
        Err(Error::NoChild)
    ));
    out.push(format!("{:?}", read.registers().await.unwrap()));
    let verified = read.verify(BOOK).await.unwrap();
    assert_eq!(
        (verified.links, verified.events, verified.broken.len()),
        (10, 9, 0)
    );
    assert_eq!(read.children_astray(BOOK).await.unwrap(), 0);
    assert!(store.damage().await.unwrap().is_empty());
    out.push(format!("{:?}", read.links(BOOK, 0).await.unwrap()));
    drop(read);
    out.extend(queue::tell(store, &ids).await);
    out.extend(apart::tell(store).await);
    out.extend(access::tell(store).await);
    out.extend(moves::tell(store).await);
    out.extend(pairs::tell(store).await);
    out.extend(reform::tell(store).await);
    out.extend(mirror::tell(store).await);
    out.extend(letter::tell(store).await);
    out.extend(sector::tell(store).await);
    out.extend(work::tell(store).await);
    out.extend(entry::tell(store).await);
    out.extend(handover::tell(store).await);
    out.extend(handover_answers::tell(store).await);
    out.extend(evidence::tell(store).await);
    out.extend(tally::tell(store).await);
    out.extend(portrait::tell(store).await);
    out
}

#[tokio::test]
async fn many_children_at_once() {
    on_both(async |place| {
        let mut ids = treem_store::id::Ids::new(1, 1);
        let children: Vec<_> = (0..1234)
            .map(|n| {
                child(
                    &ids.next_id(),
                    "Hồ Văn Đông",
                    "2015-03-12",
                    Some(&format!("0452150{n:05}")),
                )
            })
            .collect();
        let mut act = begin(&place.store, doing("import", 1)).await;
        act.add_children(&children).await.unwrap();
        act.finish("", "{}").await.unwrap();
        let mut read = place.store.read().await.unwrap();
        assert_eq!(read.children_in_state(BOOK, ACTIVE).await.unwrap(), 1234);
        let verified = read.verify(BOOK).await.unwrap();
        assert_eq!((verified.events, verified.broken.len()), (1234, 0));
        // What is not finished leaves nothing.
        drop(read);
        let mut act = begin(&place.store, doing("import", 2)).await;
        act.add_children(&[child(&ids.next_id(), "Hồ Thị Lan", "2015", None)])
            .await
            .unwrap();
        drop(act);
        let mut read = place.store.read().await.unwrap();
        assert_eq!(read.children_in_state(BOOK, ACTIVE).await.unwrap(), 1234);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_opened_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    std::fs::write(path("text.db"), "không phải cơ sở dữ liệu, chỉ là một tệp văn bản dài hơn một trăm byte để thử xem có mở được hay không").unwrap();
    std::fs::write(path("empty.db"), "").unwrap();
    let check = async |address: String, words: &str| {
        let error = Store::open(&address).await.unwrap_err().to_string();
        assert!(error.contains(words), "{address}: {error}");
        assert!(!error.contains("mat-khau"), "{error}");
    };
    check(path("none.db"), "treem init").await;
    check(path("empty.db"), "treem init").await;
    check(path("text.db"), "không mở được").await;
    check("mysql://a/b".to_owned(), "không dùng được").await;
    check(String::new(), "không dùng được").await;
    check(
        "postgres://an:mat-khau@localhost/treem?host=%2Fnowhere".to_owned(),
        "không mở được",
    )
    .await;
    // A structure of a newer program.
    let store = Store::create(&path("new.db")).await.unwrap();
    store.close().await;
    let raw = sqlx::SqlitePool::connect(&path("new.db")).await.unwrap();
    sqlx::query("insert into migration (number, sha256) values (99, '')")
        .execute(&raw)
        .await
        .unwrap();
    check(path("new.db"), "bản treem mới hơn").await;
    sqlx::query("delete from migration where number = 99")
        .execute(&raw)
        .await
        .unwrap();
    sqlx::query("update migration set sha256 = 'x'")
        .execute(&raw)
        .await
        .unwrap();
    check(path("new.db"), "không phải do treem tạo").await;
}
