//! What is to be done, fixes, second checks, on both engines.

use crate::story::{BOOK, EDITION, at, begin, child, doing, ids};
use treem_store::Store;
use treem_store::child::{Entry, Finding, MISTAKE};
use treem_store::fixes::{ABOVE, DONE, Fix, FixRow, KEYED, REFUSED, UNDONE, WAITS};
use treem_store::work::{Counted, Filter, Whole};

const DAY: &str = "2024-06-13";

fn finding(rule: &str, list: i64, severity: &str) -> Finding {
    Finding {
        rule: rule.to_owned(),
        field: "number".to_owned(),
        list: Some(list).filter(|list| *list > 0),
        severity: severity.to_owned(),
        ..Finding::default()
    }
}

/// A child of the district with findings; its hamlet is in the record.
fn entry(id: &str, name: &str, hamlet: &str, findings: Vec<Finding>) -> Entry {
    let mut entry = child(id, name, "2016-05-05", None);
    entry.state.unit = Some("469".to_owned());
    entry.state.record = format!("{{\"hamlet\":\"{hamlet}\",\"name\":\"{name}\"}}");
    entry.findings = findings;
    entry
}

async fn page(store: &Store, filter: Filter<'_>, after: (&str, &str), most: i64) -> Vec<String> {
    let mut read = store.read().await.unwrap();
    let day = Filter { day: DAY, ..filter };
    let found = read.work_page(BOOK, day, after, most).await.unwrap();
    found.into_iter().map(|(_, id)| id).collect()
}

pub async fn tell(store: &Store) -> Vec<String> {
    let mut out = Vec::new();
    let ids = ids(40);
    let unit = Some((EDITION, "469"));
    let before = store.read().await.unwrap();
    drop(before);
    let missing = || finding("id.missing", 1, "error");
    let hamlet = || finding("place.hamlet", 0, "warning");
    let mut act = begin(store, doing("import", 400)).await;
    let children = [
        entry(&ids[0], "Hồ Văn An", "A Đăng", vec![missing(), hamlet()]),
        entry(&ids[1], "Hồ Thị Mơ", "A Đăng", vec![missing(), missing()]),
        entry(
            &ids[2],
            "Hồ Văn Bình",
            "A Pun",
            vec![finding("text.case", 0, "note")],
        ),
        entry(
            &ids[3],
            "Hồ Văn Đông",
            "A Pun",
            vec![finding("sex.missing", 3, "error")],
        ),
    ];
    act.add_children(&children).await.unwrap();
    act.finish("", "{}").await.unwrap();
    let counted = async || {
        let mut read = store.read().await.unwrap();
        let counts = read.work_counts(BOOK, DAY, unit).await.unwrap();
        let mut told: Vec<String> = counts
            .rules
            .iter()
            .map(|one| {
                format!(
                    "{} {} {} {}",
                    one.rule, one.hamlet, one.children, one.oldest
                )
            })
            .collect();
        told.sort();
        told
    };
    let first = at(400);
    assert_eq!(
        counted().await,
        [
            format!("id.missing A Đăng 2 {first}"),
            format!("place.hamlet A Đăng 1 {first}"),
            format!("sex.missing A Pun 1 {first}")
        ]
    );
    let mut read = store.read().await.unwrap();
    // Hamlets are those of the children who count, with or without something to do.
    for (unit, most, want) in [("469", 9, 2), ("469", 1, 1), ("19588", 9, 0)] {
        let mut found = read.hamlets(BOOK, (EDITION, unit), most).await.unwrap();
        found.sort();
        assert_eq!(found.len(), want, "{unit} {most}");
        assert!(
            found
                .iter()
                .all(|one| ["A Pun", "A Đăng"].contains(&one.as_str()))
        );
    }
    let whole = read.work_counts(BOOK, DAY, unit).await.unwrap().whole;
    let sum = |hamlet: &str, of: &dyn Fn(&Whole) -> i64| -> i64 {
        let here = whole.iter().filter(|one| one.hamlet == hamlet);
        here.map(of).sum()
    };
    for (hamlet, want) in [("A Pun", [1, 0, 1, 1, 0]), ("A Đăng", [2, 2, 0, 2, 1])] {
        let told = [
            sum(hamlet, &|one| one.children),
            sum(hamlet, &|one| one.of_group(1)),
            sum(hamlet, &|one| one.of_group(3)),
            sum(hamlet, &Whole::errors),
            sum(hamlet, &Whole::warnings),
        ];
        assert_eq!(told, want, "{hamlet}");
    }
    out.push(format!(
        "{:?}",
        read.work_counts(BOOK, DAY, None).await.unwrap()
    ));
    // Nobody is a child before birth or from the 16th birthday on.
    for day in ["2016-05-04", "2032-05-05"] {
        let counted = read.work_counts(BOOK, day, unit).await.unwrap();
        assert_eq!(counted, Counted::default(), "{day}");
    }
    assert_eq!(read.astray(BOOK).await.unwrap(), []);
    drop(read);
    let in_unit = Filter {
        unit,
        ..Filter::default()
    };
    for (filter, want) in [
        (in_unit, vec![1, 0, 3]),
        (
            Filter {
                rule: Some("id.missing"),
                ..in_unit
            },
            vec![1, 0],
        ),
        (
            Filter {
                hamlet: Some("A Pun"),
                ..in_unit
            },
            vec![3],
        ),
        (
            Filter {
                list: Some(3),
                ..in_unit
            },
            vec![3],
        ),
        (
            Filter {
                severity: Some("warning"),
                ..in_unit
            },
            vec![0],
        ),
        (
            Filter {
                who: Some("ai đó"),
                ..in_unit
            },
            vec![],
        ),
        (
            Filter {
                rule: Some("sex.missing"),
                ..Filter::default()
            },
            vec![3],
        ),
        (
            Filter {
                list: Some(3),
                ..Filter::default()
            },
            vec![3],
        ),
    ] {
        let want: Vec<&String> = want.iter().map(|at: &usize| &ids[*at]).collect();
        let told = page(store, filter, ("", ""), 9).await;
        assert_eq!(told.iter().collect::<Vec<_>>(), want);
    }
    let mut read = store.read().await.unwrap();
    let name = read.sort_key_of(BOOK, &ids[1]).await.unwrap().unwrap();
    assert_eq!(read.sort_key_of(BOOK, "không ai").await.unwrap(), None);
    drop(read);
    let next = page(store, in_unit, (name.as_str(), ids[1].as_str()), 1).await;
    assert_eq!(next, [ids[0].clone()]);

    // One is put right, one leaves: what stays stands since it came.
    let mut act = begin(store, doing("edit", 401)).await;
    let number = act.number();
    let mut right = children[0].clone();
    right.findings.remove(0);
    act.change_child("changed", 1, &right).await.unwrap();
    let mut left = children[3].clone();
    MISTAKE.clone_into(&mut left.state.state);
    act.change_child("closed", 1, &left).await.unwrap();
    act.finish("", "{}").await.unwrap();
    assert_eq!(
        counted().await,
        [
            format!("id.missing A Đăng 1 {first}"),
            format!("place.hamlet A Đăng 1 {first}")
        ]
    );
    let mut read = store.read().await.unwrap();
    // Those of most children come first; who left lives nowhere.
    let hamlets = read.hamlets(BOOK, (EDITION, "469"), 9).await.unwrap();
    assert_eq!(hamlets, ["A Đăng", "A Pun"]);
    let done = read.work_done(BOOK, &at(400)).await.unwrap();
    out.push(format!("{done:?}"));
    assert!(
        done.iter()
            .any(|one| one.unit == "469" && one.children == 1)
    );
    assert_eq!(read.work_done(BOOK, &at(401)).await.unwrap(), []);
    out.push(format!("{:?}", read.moves_waiting(BOOK).await.unwrap()));
    out.push(format!("{:?}", read.rows_waiting(BOOK).await.unwrap()));
    let mut changed = read.changed_after(BOOK, number - 1).await.unwrap();
    changed.sort();
    assert_eq!(changed, [ids[0].clone(), ids[3].clone()]);
    let made = read.made_by(BOOK, number).await.unwrap();
    assert_eq!(made[0], (ids[0].clone(), 2, "ds.csv:2".to_owned(), 2));
    drop(read);
    fixes(store, &ids, &mut out).await;
    family(store).await;
    out
}

async fn family(store: &Store) {
    let ids = ids(50);
    let mut act = begin(store, doing("import", 420)).await;
    let named = |at: usize, mother: &str, father: &str| {
        let mut entry = entry(&ids[at], "Hồ Văn An", "A Pun", Vec::new());
        entry.state.record = serde_json::json!({"father": father, "mother": mother}).to_string();
        entry
    };
    let children = [
        named(0, "Hồ Thị 100%", "Hồ Văn \"Cả\""),
        named(1, "Hồ Thị 100%", "Hồ Văn Hai"),
        named(2, "Hồ Thị 1000", "Hồ Văn \"Cả\""),
        named(3, "Hồ Thị 1000", ""),
    ];
    act.add_children(&children).await.unwrap();
    act.finish("", "{}").await.unwrap();
    let mut read = store.read().await.unwrap();
    for (digits, count) in [("100", 4), ("1000", 2), ("%", 0), ("", 0)] {
        let found = read.children_saying(BOOK, digits, 9).await.unwrap();
        assert_eq!(found.len(), count, "{digits}");
    }
    let child = read.child(BOOK, &ids[0]).await.unwrap();
    for (mother, father, want) in [
        ("Hồ Thị 100%", "", vec![1]),
        ("", "Hồ Văn \"Cả\"", vec![2]),
        ("Hồ Thị 100%", "Hồ Văn \"Cả\"", vec![1, 2]),
        ("Hồ Thị", "", vec![]),
        ("", "", vec![]),
    ] {
        let found = read
            .siblings(BOOK, &child, (mother, father), 9)
            .await
            .unwrap();
        let found: Vec<&String> = found.iter().map(|one| &one.id).collect();
        let want: Vec<&String> = want.iter().map(|at: &usize| &ids[*at]).collect();
        assert_eq!(found, want, "{mother} {father}");
    }
}

async fn fixes(store: &Store, ids: &[String], out: &mut Vec<String>) {
    let row = |child: &str, value: &str| FixRow {
        child: child.to_owned(),
        field: "sex".to_owned(),
        seen: 1,
        keyed: false,
        value: value.to_owned(),
    };
    let fix = |id: &str, state: &str, done_seq| Fix {
        id: id.to_owned(),
        kind: "fix".to_owned(),
        what: "sex.missing".to_owned(),
        second: KEYED.to_owned(),
        state: state.to_owned(),
        edition: EDITION.to_owned(),
        unit: "469".to_owned(),
        rows: 2,
        as_of: DAY.to_owned(),
        done_seq,
        ..Fix::default()
    };
    let mut act = begin(store, doing("fix-proposed", 410)).await;
    let rows = [row(&ids[1], "Nữ"), row(&ids[2], "Nam")];
    act.add_fix(&fix("sua-1", WAITS, None), &rows)
        .await
        .unwrap();
    act.add_second_check((EDITION, "45"), ABOVE).await.unwrap();
    act.finish("sua-1", "{}").await.unwrap();
    let mut read = store.read().await.unwrap();
    assert_eq!(read.fix_rows(BOOK, "sua-1").await.unwrap(), rows);
    assert_eq!(read.fixes_of(BOOK, &ids[1]).await.unwrap(), ["sua-1"]);
    assert!(read.fixes_of(BOOK, &ids[0]).await.unwrap().is_empty());
    out.push(format!("{:?}", read.fixes_waiting(BOOK).await.unwrap()));
    out.push(format!("{:?}", read.second_checks(BOOK).await.unwrap()));
    drop(read);
    let mut act = begin(store, doing("fix-keyed", 411)).await;
    act.set_keyed("sua-1", &ids[1]).await.unwrap();
    act.finish("sua-1", "{}").await.unwrap();
    let mut act = begin(store, doing("fix", 412)).await;
    let number = act.number();
    assert!(act.set_fix("sua-1", (WAITS, DONE), 2, "").await.unwrap());
    assert!(!act.set_fix("sua-1", (WAITS, REFUSED), 2, "").await.unwrap());
    act.finish("sua-1", "{}").await.unwrap();
    let mut act = begin(store, doing("unfix", 413)).await;
    assert!(
        act.set_fix("sua-1", (DONE, UNDONE), 2, "nhầm")
            .await
            .unwrap()
    );
    act.finish("sua-1", "{}").await.unwrap();
    let mut read = store.read().await.unwrap();
    let rows = read.fix_rows(BOOK, "sua-1").await.unwrap();
    assert_eq!((rows[0].keyed, rows[1].keyed), (true, false));
    let done = read.fix_of_act(BOOK, number).await.unwrap().unwrap();
    assert_eq!(
        (done.state.as_str(), done.undone_seq),
        (UNDONE, Some(number + 1))
    );
    assert_eq!(read.fix(BOOK, "sua-1").await.unwrap(), Some(done));
    assert_eq!(read.fix(BOOK, "không có").await.unwrap(), None);
    for (before, state, count) in [("~", None, 1), ("~", Some(WAITS), 0), ("sua-1", None, 0)] {
        let found = read.fixes(BOOK, before, state).await.unwrap();
        assert_eq!(found.len(), count, "{before} {state:?}");
    }
    assert!(read.fixes_of(BOOK, &ids[1]).await.unwrap().is_empty());
}
