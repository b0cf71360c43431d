//! Moves within a book and into another, merges, disputed numbers, populations, on both engines.

use crate::story::{BOOK, EDITION, at, begin, book, child, doing, ids};
use treem_store::headcount::Population;
use treem_store::merges::Merge;
use treem_store::moves::{CONFIRMED, Move, PROPOSED, REFUSED};
use treem_store::{Begun, Error, Store};

const NUMBER: &str = "045216077077";

fn proposed(id: &str, child: &str, to_register: Option<&str>) -> Move {
    Move {
        id: id.to_owned(),
        child: child.to_owned(),
        version: 1,
        from_edition: EDITION.to_owned(),
        from_unit: Some("19588".to_owned()),
        to_register: to_register.map(str::to_owned),
        to_edition: EDITION.to_owned(),
        to_unit: "469".to_owned(),
        hamlet: "Thôn A Đăng".to_owned(),
        day: "2024-06-10".to_owned(),
        ..Move::default()
    }
}

pub async fn tell(store: &Store) -> Vec<String> {
    let mut out = Vec::new();
    let ids = ids(17);
    store.add_register(&book("44")).await.unwrap();
    let mut act = begin(store, doing("import", 200)).await;
    let numbered = |id: &String| child(id, "Hồ Văn Chín", "2016-05-05", Some(NUMBER));
    let children = [numbered(&ids[0]), numbered(&ids[1])];
    act.add_children(&children).await.unwrap();
    assert_eq!(act.lost_claims().await.unwrap().len(), 1);
    act.add_move(&proposed("m-1", &ids[0], None)).await.unwrap();
    act.add_move(&proposed("m-2", &ids[0], Some("44")))
        .await
        .unwrap();
    act.finish(&ids[0], "{}").await.unwrap();
    let mut read = store.read().await.unwrap();
    let disputes = read.disputes(BOOK).await.unwrap();
    let who: Vec<(&str, &str, &str)> = disputes
        .iter()
        .map(|one| {
            (
                one.child.as_str(),
                one.claimed_by.as_str(),
                one.since.as_str(),
            )
        })
        .collect();
    let first = ids[0].as_str();
    let since = at(200);
    assert_eq!(
        who,
        [(first, first, since.as_str()), (&ids[1], first, &since)]
    );
    assert!(!format!("{disputes:?}").contains(NUMBER));
    let waiting = read.child_move(BOOK, "m-1").await.unwrap().unwrap();
    assert_eq!(
        (waiting.state.as_str(), waiting.proposed_at.as_str()),
        (PROPOSED, since.as_str())
    );
    drop(read);
    // An answer is given once.
    let mut act = begin(store, doing("move", 201)).await;
    assert!(act.answer_move("m-1", REFUSED, None).await.unwrap());
    assert!(!act.answer_move("m-1", CONFIRMED, None).await.unwrap());
    act.finish(&ids[0], "{}").await.unwrap();

    let links = async |key: &str| {
        let mut read = store.read().await.unwrap();
        let verified = read.verify(key).await.unwrap();
        assert!(verified.broken.is_empty(), "{key}");
        verified.links
    };
    let before = (links(BOOK).await, links("44").await);
    // Into the other book, in one transaction: dropped halfway, nothing of it is there.
    for keep in [false, true] {
        let Begun::Act(mut act) = store.begin_over(doing("move", 202), "44").await.unwrap() else {
            panic!("done before");
        };
        let mut gone = children[0].clone();
        "moved".clone_into(&mut gone.state.state);
        act.change_child("moved", 1, &gone).await.unwrap();
        act.give_up_claim(&ids[0]).await.unwrap();
        assert!(
            act.answer_move("m-2", CONFIRMED, Some(&ids[2]))
                .await
                .unwrap()
        );
        let mut there = doing("move", 202);
        "44".clone_into(&mut there.register);
        let Begun::Act(mut act) = act.go_on(&ids[0], "{}", there).await.unwrap() else {
            panic!("done before");
        };
        act.add_moved(&numbered(&ids[2]), (BOOK, &ids[0]))
            .await
            .unwrap();
        if keep {
            act.finish(&ids[2], "{}").await.unwrap();
        }
        let there = store.read().await.unwrap().child("44", &ids[2]).await;
        assert_eq!(there.is_ok(), keep);
        let more = i64::from(keep);
        let after = (links(BOOK).await, links("44").await);
        assert_eq!(after, (before.0 + more, before.1 + more));
    }
    let mut other = doing("move", 203);
    "44".clone_into(&mut other.register);
    assert!(matches!(
        store.begin_over(other, "99").await,
        Err(Error::NoRegister(key)) if key == "99"
    ));
    let mut read = store.read().await.unwrap();
    assert_eq!(
        read.origin_of("44", &ids[2]).await.unwrap(),
        Some((BOOK.to_owned(), ids[0].clone()))
    );
    assert_eq!(read.origin_of(BOOK, &ids[0]).await.unwrap(), None);
    assert_eq!(read.events("44", &ids[2]).await.unwrap()[0].kind, "moved");
    // The claim went with the child; who stayed behind with the number still disputes it.
    let left = read.disputes(BOOK).await.unwrap();
    let names: Vec<&str> = left.iter().map(|one| one.child.as_str()).collect();
    assert_eq!(names, [ids[1].as_str()]);
    assert_eq!(
        (left[0].claimed_in.as_str(), left[0].claimed_by.as_str()),
        ("44", ids[2].as_str())
    );
    assert_eq!(read.disputes("44").await.unwrap().len(), 1);
    let moves = read.moves_of(BOOK, &ids[0]).await.unwrap();
    let states: Vec<(&str, Option<&str>)> = moves
        .iter()
        .map(|one| (one.state.as_str(), one.to_child.as_deref()))
        .collect();
    assert_eq!(
        states,
        [(REFUSED, None), (CONFIRMED, Some(ids[2].as_str()))]
    );
    assert_eq!(read.moves_after(BOOK, "m-1").await.unwrap().len(), 1);
    let traces = read
        .traces(BOOK, (&at(200), &at(300)), (&ids[0], 0))
        .await
        .unwrap();
    let told: Vec<(&str, i64, &str)> = traces
        .iter()
        .map(|one| (one.child.as_str(), one.seq, one.kind.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (first, 1, "added"),
            (first, 2, "moved"),
            (&ids[1], 1, "added")
        ]
    );
    out.push(format!("{traces:?} {moves:?}"));
    drop(read);
    out.extend(merged(store, &ids).await);
    out
}

async fn merged(store: &Store, ids: &[String]) -> Vec<String> {
    let mut act = begin(store, doing("merge", 210)).await;
    let merge = Merge {
        id: "g-1".to_owned(),
        survivor: ids[1].clone(),
        loser: ids[0].clone(),
        survivor_version: 1,
        loser_version: 2,
        merged_version: 2,
        taken: "[]".to_owned(),
        findings: "[]".to_owned(),
        ..Merge::default()
    };
    act.add_merge(&merge).await.unwrap();
    act.add_populations(
        &[(45_000, "2019-04-01"), (47_000, "2024-01-01")].map(|(people, day)| Population {
            edition: EDITION.to_owned(),
            unit: "469".to_owned(),
            day: day.to_owned(),
            source: "Tổng điều tra".to_owned(),
            people,
        }),
    )
    .await
    .unwrap();
    act.finish("g-1", "{}").await.unwrap();
    let mut read = store.read().await.unwrap();
    let of: Vec<String> = read
        .merges_of(BOOK, &ids[0])
        .await
        .unwrap()
        .into_iter()
        .map(|one| one.survivor)
        .collect();
    assert_eq!(of, [ids[1].clone()]);
    for (day, people) in [
        ("2019-03-31", None),
        ("2023-12-31", Some(45_000)),
        ("2024-06-13", Some(47_000)),
    ] {
        let known = read.populations(BOOK, day).await.unwrap();
        assert_eq!(known.first().map(|one| one.people), people, "{day}");
    }
    for (day, count) in [
        ("2024-05-31", None),
        ("2024-06-02", Some(5)),
        ("2025-01-01", Some(8)),
    ] {
        let held = read.headcounts_with_former(BOOK, day).await.unwrap();
        let former = held[0].1.as_ref().map(|one| one.children);
        assert_eq!(former, count, "{day}");
    }
    drop(read);
    let mut act = begin(store, doing("unmerge", 211)).await;
    assert!(act.end_merge("g-1").await.unwrap());
    assert!(!act.end_merge("g-1").await.unwrap());
    act.finish("g-1", "{}").await.unwrap();
    let mut read = store.read().await.unwrap();
    let merge = read.merge(BOOK, "g-1").await.unwrap().unwrap();
    assert_eq!(merge.undone_at, Some(at(211)));
    vec![format!("{merge:?}")]
}
