//! An import into a book that has children: it adds, changes, leaves rows to a person; all of it is turned back and forth.

use super::super::story::{BOOK, EDITION, at, begin, child, doing, ids};
use treem_store::Store;
use treem_store::child::{ACTIVE, Entry, Finding, WITHDRAWN};
use treem_store::import::{APPLIED, Import, Row, Turned, UNDONE};
use treem_store::queue::{
    AGAIN, CHANGES, Candidate, Decided, GONE, NEW, OPEN, PERHAPS, SAME, Waiting,
};

const IMPORT: &str = "nhap-2";

fn row(nth: i64, decision: &str, child: Option<&str>) -> Row {
    Row {
        nth,
        file: "ds2.csv".to_owned(),
        sheet: "Thôn 1".to_owned(),
        row: nth + 10,
        decision: decision.to_owned(),
        child: child.map(str::to_owned),
    }
}

fn waiting(nth: i64, kind: &str, child: Option<&str>) -> Waiting {
    Waiting {
        import: IMPORT.to_owned(),
        nth,
        version: 1,
        kind: kind.to_owned(),
        state: OPEN.to_owned(),
        print: format!("in-{nth}"),
        child: child.map(str::to_owned),
        fields: "phone".to_owned(),
        edition: EDITION.to_owned(),
        unit: Some("19588".to_owned()),
        record: "{\"name\":\"Hồ Thị Mở\"}".to_owned(),
        findings: "[]".to_owned(),
        sensitive: "{\"note\":\"riêng\"}".to_owned(),
        ..Waiting::default()
    }
}

fn decided(decision: &str, child: Option<&str>) -> Decided {
    Decided {
        decision: decision.to_owned(),
        child: child.map(str::to_owned),
        child_version: child.map(|_| 1),
        fields: "phone".to_owned(),
        before: "[]".to_owned(),
        ..Decided::default()
    }
}

async fn findings(store: &Store, id: &str) -> Vec<Finding> {
    let mut read = store.read().await.unwrap();
    read.findings(BOOK, id).await.unwrap()
}

/// With An and Mơ in the book, active; gives what was seen.
pub async fn tell(store: &Store, known: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let new = &ids(7)[0];
    let mo = known[2].as_str();
    let mut read = store.read().await.unwrap();
    let before = read.child(BOOK, mo).await.unwrap();
    let old = read.findings(BOOK, mo).await.unwrap();
    drop(read);
    assert_eq!((before.now.number.as_ref(), old.len()), (None, 1));

    // One is new, one is known and gets a number, two wait.
    let mut act = begin(store, doing("import", 30)).await;
    act.add_import(&Import {
        id: IMPORT.to_owned(),
        audit_seq: act.number(),
        at: at(30),
        who: "Hồ Thị Bích".to_owned(),
        as_of: "2024-06-13".to_owned(),
        edition: EDITION.to_owned(),
        files: "[]".to_owned(),
        rows: 4,
        state: APPLIED.to_owned(),
    })
    .await
    .unwrap();
    let mut added = child(new, "Hồ Văn Cường", "2016-01-02", Some("045216000077"));
    added.import = Some(IMPORT.to_owned());
    act.add_children(&[added]).await.unwrap();
    let mut changed = child(mo, "Hồ Thị Mơ", "2019", Some("045319000033"));
    changed.import = Some(IMPORT.to_owned());
    changed.findings = vec![Finding {
        rule: "birth.partial".to_owned(),
        suggestion: "2019-01-01".to_owned(),
        ..old[0].clone()
    }];
    "{\"ethnicity\":\"Tà Ôi\"}".clone_into(&mut changed.state.sensitive);
    let then = changed.clone();
    act.change_children("changed", &[(before.version, changed)], Some(IMPORT))
        .await
        .unwrap();
    let rows = [
        row(1, "new", Some(new)),
        row(2, "same", Some(mo)),
        row(3, "perhaps", None),
        row(4, "perhaps", None),
    ];
    act.add_import_rows(IMPORT, &rows).await.unwrap();
    act.add_waiting(&[
        waiting(2, CHANGES, Some(mo)),
        waiting(3, PERHAPS, None),
        waiting(4, PERHAPS, None),
    ])
    .await
    .unwrap();
    let candidates: Vec<Candidate> = [(3, Some(known[0].clone()), None), (4, None, Some(3))]
        .into_iter()
        .map(|(nth, child, other)| Candidate {
            nth,
            place: 1,
            child,
            other,
            millionths: 400_000,
            why: "[]".to_owned(),
        })
        .collect();
    act.add_candidates(IMPORT, &candidates).await.unwrap();
    act.finish(IMPORT, "{}").await.unwrap();
    let mut read = store.read().await.unwrap();
    let now = read.child(BOOK, mo).await.unwrap();
    assert_eq!((now.version, &now.now), (before.version + 1, &then.state));
    assert_eq!(read.findings(BOOK, mo).await.unwrap(), then.findings);
    let numbers = read.numbers(BOOK, mo).await.unwrap();
    assert_eq!(numbers.len(), 1);
    assert_eq!(
        read.children_of_number(BOOK, "045319000033").await.unwrap(),
        [mo]
    );

    // What the linkage reads, and what is read of many at once.
    let linkable = read.linkable(BOOK, "").await.unwrap();
    let of = linkable.iter().find(|one| one.id == mo).unwrap();
    assert_eq!(of.sensitive, then.state.sensitive);
    assert!(
        read.linkable(BOOK, &linkable.last().unwrap().id)
            .await
            .unwrap()
            .is_empty()
    );
    for one in &linkable {
        let whole = read.child(BOOK, &one.id).await.unwrap();
        assert_eq!(one.sensitive, whole.now.sensitive);
    }
    let asked: Vec<&str> = linkable.iter().map(|one| one.id.as_str()).collect();
    let several = read.children_of(BOOK, &asked).await.unwrap();
    assert_eq!(several.len(), asked.len());
    let of_all = read.findings_of(BOOK, &asked).await.unwrap();
    assert_eq!(of_all[mo], then.findings);
    let between = read.findings_between(BOOK, ("", "~")).await.unwrap();
    assert!(
        between
            .iter()
            .any(|(id, one)| id == mo && *one == then.findings[0])
    );
    assert_eq!(
        read.suggestions(BOOK, "birth.partial").await.unwrap(),
        [(mo.to_owned(), "2019-01-01".to_owned())]
    );
    for (moment, number) in [(at(29), None), (at(30), then.state.number.clone())] {
        let past = read.children_at_after(BOOK, &moment, "").await.unwrap();
        let was = past.iter().find(|child| child.id == mo).unwrap();
        assert_eq!(was.now.number, number, "{moment}");
    }

    // The queue.
    let open = read.waiting(BOOK, IMPORT, OPEN, 0).await.unwrap();
    assert_eq!(
        open.iter().map(|one| one.nth).collect::<Vec<_>>(),
        [2, 3, 4]
    );
    assert_eq!(
        (open[0].row_number, open[0].sensitive.as_str()),
        (12, "{\"note\":\"riêng\"}")
    );
    out.push(format!("{:?}", read.waiting_counts(BOOK).await.unwrap()));
    assert_eq!(
        read.candidates(BOOK, IMPORT, (3, 4)).await.unwrap(),
        candidates
    );
    assert_eq!(read.row_of_child(BOOK, IMPORT, new).await.unwrap(), Some(1));
    assert_eq!(
        read.row_of_child(BOOK, IMPORT, "nobody").await.unwrap(),
        None
    );
    let origin = read.import_row(BOOK, IMPORT, 4).await.unwrap().unwrap();
    assert_eq!(
        (origin.row_number, origin.decision.as_str()),
        (14, "perhaps")
    );
    drop(read);

    // A row is somebody new, is taken back, is An; each from the version before.
    for (minute, word, who) in [
        (31, NEW, Some(new)),
        (32, OPEN, None),
        (33, SAME, Some(&known[0])),
    ] {
        let mut act = begin(store, doing("decide", minute)).await;
        let row = act
            .reading()
            .waiting_row(BOOK, IMPORT, 3)
            .await
            .unwrap()
            .unwrap();
        let stale = Waiting {
            version: 0,
            ..row.clone()
        };
        let who = who.map(String::as_str);
        act.decide(&[(row, decided(word, who))]).await.unwrap();
        assert!(act.decide(&[(stale, decided(word, who))]).await.is_err());
        act.finish(IMPORT, "{}").await.unwrap();
        let mut read = store.read().await.unwrap();
        let (same, other) = (
            read.decided_same(BOOK).await.unwrap(),
            read.decided_new(BOOK).await.unwrap(),
        );
        match word {
            NEW => assert_eq!(
                (same, other),
                (
                    vec![],
                    vec![("in-3".to_owned(), Some(new.clone()), Some(known[0].clone()))]
                )
            ),
            SAME => assert_eq!(
                (same, other),
                (vec![("in-3".to_owned(), known[0].clone())], vec![])
            ),
            _ => assert!(same.is_empty() && other.is_empty()),
        }
        let last = read.last_decision(BOOK, IMPORT, 3).await.unwrap().unwrap();
        assert_eq!(
            (last.decision.as_str(), last.version),
            (word, i64::from(minute) - 29)
        );
    }
    let mut read = store.read().await.unwrap();
    out.push(format!(
        "{:?}",
        read.decisions(BOOK, IMPORT, 3).await.unwrap()
    ));
    assert_eq!(
        read.waiting_of_child(BOOK, IMPORT, &known[0])
            .await
            .unwrap(),
        Some(3)
    );
    assert!(
        read.origins(BOOK, &known[0])
            .await
            .unwrap()
            .iter()
            .any(|one| one.import == IMPORT)
    );
    drop(read);

    // Turned back: the new one is withdrawn, the changed one is as before, with its finding; what waits is gone.
    let mut act = begin(store, doing("undo", 40)).await;
    assert!(act.set_import_state(IMPORT, UNDONE).await.unwrap());
    let turned = act.turn_back(IMPORT).await.unwrap();
    assert_eq!(
        turned,
        Turned {
            added: 1,
            changed: 1,
            waiting: 2
        }
    );
    act.finish(IMPORT, "{}").await.unwrap();
    let mut read = store.read().await.unwrap();
    let back = read.child(BOOK, mo).await.unwrap();
    assert_eq!((back.version, &back.now), (before.version + 2, &before.now));
    assert_eq!(read.child(BOOK, new).await.unwrap().now.state, WITHDRAWN);
    assert!(
        read.numbers(BOOK, mo)
            .await
            .unwrap()
            .iter()
            .all(|one| one.ended_at.is_some())
    );
    assert!(read.decided_same(BOOK).await.unwrap().is_empty());
    let touched = read.import_children(BOOK, IMPORT, "").await.unwrap();
    let seen: Vec<(&str, bool)> = touched
        .iter()
        .map(|one| (one.kind.as_str(), one.others))
        .collect();
    assert!(seen.contains(&("reverted", true)) && seen.contains(&("withdrawn", false)));
    assert_eq!(read.waiting(BOOK, IMPORT, GONE, 0).await.unwrap().len(), 2);
    assert_eq!(read.came_after_undo(BOOK, IMPORT).await.unwrap(), 0);
    assert_eq!(
        read.withdrawn_of(BOOK, IMPORT, "").await.unwrap()[0].id,
        *new
    );
    drop(read);
    assert_eq!(findings(store, mo).await, old);
    let mut act = begin(store, doing("undo", 41)).await;
    assert_eq!(act.turn_back(IMPORT).await.unwrap(), Turned::default());
    drop(act);

    // Somebody else came; done again, one child is asked about and stays withdrawn, the other is changed again.
    let mut act = begin(store, doing("import", 42)).await;
    act.add_children(&[child(&ids(8)[0], "Hồ Văn Cường", "2016-01-02", None)])
        .await
        .unwrap();
    act.finish("", "{}").await.unwrap();
    assert_eq!(
        store
            .read()
            .await
            .unwrap()
            .came_after_undo(BOOK, IMPORT)
            .await
            .unwrap(),
        1
    );
    let mut act = begin(store, doing("redo", 43)).await;
    assert!(act.set_import_state(IMPORT, APPLIED).await.unwrap());
    assert!(!act.ask_again(IMPORT, 1, Some(new)).await.unwrap());
    assert!(act.ask_again(IMPORT, 3, None).await.unwrap());
    act.add_waiting(&[waiting(1, AGAIN, Some(new))])
        .await
        .unwrap();
    assert_eq!(
        act.turn_again(IMPORT).await.unwrap(),
        Turned {
            added: 0,
            changed: 1,
            waiting: 2
        }
    );
    act.finish(IMPORT, "{}").await.unwrap();
    let mut read = store.read().await.unwrap();
    assert_eq!(read.child(BOOK, new).await.unwrap().now.state, WITHDRAWN);
    let again = read.child(BOOK, mo).await.unwrap();
    assert_eq!(
        (again.version, &again.now),
        (before.version + 3, &then.state)
    );
    assert!(
        read.candidates(BOOK, IMPORT, (3, 3))
            .await
            .unwrap()
            .is_empty()
    );
    drop(read);
    assert_eq!(findings(store, mo).await, then.findings);
    // Once that is decided, it comes back too.
    let mut act = begin(store, doing("decide", 44)).await;
    let row = act
        .reading()
        .waiting_row(BOOK, IMPORT, 1)
        .await
        .unwrap()
        .unwrap();
    let mut entry = Entry {
        id: new.clone(),
        import: Some(IMPORT.to_owned()),
        ..Entry::default()
    };
    entry.state = act.reading().child(BOOK, new).await.unwrap().now;
    ACTIVE.clone_into(&mut entry.state.state);
    act.change_children("restored", &[(2, entry)], Some(IMPORT))
        .await
        .unwrap();
    act.decide(&[(row, decided(NEW, Some(new)))]).await.unwrap();
    act.finish(IMPORT, "{}").await.unwrap();
    let mut read = store.read().await.unwrap();
    assert_eq!(read.child(BOOK, new).await.unwrap().now.state, ACTIVE);
    assert!(
        read.numbers(BOOK, new)
            .await
            .unwrap()
            .iter()
            .any(|one| one.ended_at.is_none())
    );
    let verified = read.verify(BOOK).await.unwrap();
    assert!(verified.broken.is_empty(), "{:?}", verified.broken);
    assert_eq!(read.children_astray(BOOK).await.unwrap(), 0);
    out.push(format!("{:?}", read.waiting_counts(BOOK).await.unwrap()));
    let rows = read.import_rows(BOOK, IMPORT, 0).await.unwrap();
    let became: Vec<(&str, bool)> = rows
        .iter()
        .map(|row| (row.decision.as_str(), row.child.is_some()))
        .collect();
    assert_eq!(
        became,
        [
            ("new", true),
            ("same", true),
            ("perhaps", false),
            ("perhaps", false)
        ]
    );
    out.push(format!("{:?}", read.links(BOOK, 8).await.unwrap()));
    out
}
