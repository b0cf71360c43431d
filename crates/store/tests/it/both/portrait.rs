//! What children of a unit are like, which units were touched, findings that came back, on both engines.

use crate::story::{BOOK, EDITION, at, begin, child, doing, ids};
use treem_store::Store;
use treem_store::child::{Entry, Finding};
use treem_store::register::Mark;

const DAY: &str = "2024-06-13";

fn entry(id: &str, birth: &str, missing: bool) -> Entry {
    let mut entry = child(id, "Hồ Thị Lan", birth, None);
    entry.state.unit = Some("469".to_owned());
    "{\"name\":\"Hồ Thị Lan\"}".clone_into(&mut entry.state.record);
    "{\"circumstance\":\"Mồ côi\"}".clone_into(&mut entry.state.sensitive);
    if missing {
        entry.findings = vec![Finding {
            rule: "sex.missing".to_owned(),
            field: "sex".to_owned(),
            list: Some(3),
            severity: "error".to_owned(),
            ..Finding::default()
        }];
    }
    entry
}

pub async fn tell(store: &Store) -> Vec<String> {
    let ids = ids(90);
    let head = async || {
        let books = store.read().await.unwrap().registers().await.unwrap();
        books
            .iter()
            .find(|book| book.register == BOOK)
            .unwrap()
            .mark()
    };
    let then = head().await;
    let seq = then.seq;
    let mut lost = entry(&ids[3], "2018-02-02", false);
    lost.state.unit = None;
    let mut act = begin(store, doing("import", 1_400)).await;
    act.add_children(&[
        entry(&ids[0], "2016-01-01", true),
        entry(&ids[1], "2017-02-02", true),
        entry(&ids[2], "2008-06-13", false),
        lost,
    ])
    .await
    .unwrap();
    act.finish("", "{}").await.unwrap();
    // Both are put right; of one it is wrong again.
    for (minute, which, missing) in [(1_401, 0, false), (1_402, 1, false), (1_403, 0, true)] {
        let mut act = begin(store, doing("edit", minute)).await;
        let birth = ["2016-01-01", "2017-02-02"][which];
        let seen = if minute == 1_403 { 2 } else { 1 };
        act.change_child("changed", seen, &entry(&ids[which], birth, missing))
            .await
            .unwrap();
        act.finish(&ids[which], "{}").await.unwrap();
    }
    let mut out = Vec::new();
    let mut read = store.read().await.unwrap();
    let now = read.registers().await.unwrap();
    let now = now
        .iter()
        .find(|book| book.register == BOOK)
        .unwrap()
        .mark();
    let other = Mark {
        hash: "0".repeat(64),
        ..then.clone()
    };
    let ahead = Mark {
        seq: now.seq + 1,
        ..now.clone()
    };
    for (mark, came_by) in [
        (&then, true),
        (&now, true),
        (&other, false),
        (&ahead, false),
    ] {
        assert_eq!(read.came_by(BOOK, &now, mark).await.unwrap(), came_by);
    }
    let unit = (EDITION, "469");
    let all = read.traits_of_unit(BOOK, unit, DAY, "").await.unwrap();
    let mine: Vec<&str> = all
        .iter()
        .filter(|one| ids.contains(&one.id))
        .map(|one| one.birth.as_str())
        .collect();
    // Who is 16 that day counts no more.
    assert_eq!(mine, ["2016-01-01", "2017-02-02"]);
    assert!(all.iter().any(|one| one.sensitive.contains("Mồ côi")));
    let none = read.traits_of_unit(BOOK, unit, DAY, "z").await.unwrap();
    assert!(none.is_empty());
    // Whose unit nobody knows is found too.
    let nowhere = (EDITION, "");
    let nowhere = read.traits_of_unit(BOOK, nowhere, DAY, "").await.unwrap();
    assert!(nowhere.iter().any(|one| one.id == ids[3]));
    assert!(!nowhere.iter().any(|one| one.id == ids[0]));
    let units = read.units_of_children(BOOK).await.unwrap();
    assert!(units.contains(&(EDITION.to_owned(), "469".to_owned())));
    let touched = read.units_touched(BOOK, seq).await.unwrap();
    let place = |unit: &str| (EDITION.to_owned(), unit.to_owned());
    assert_eq!(touched, [place(""), place("469")]);
    assert!(read.units_touched(BOOK, seq + 4).await.unwrap().is_empty());
    let mut back = read.findings_back(BOOK, &at(1_400)).await.unwrap();
    back.retain(|one| one.2 == "sex.missing");
    assert_eq!(
        back,
        [(
            EDITION.to_owned(),
            "469".to_owned(),
            "sex.missing".to_owned(),
            2,
            1
        )]
    );
    let who = read
        .children_back(BOOK, &at(1_400), unit, 10)
        .await
        .unwrap();
    assert_eq!(who, [ids[0].clone()]);
    out.push(format!("{units:?} {back:?} {}", all.len()));
    out
}
