//! Pairs that may be one child, what waits, how columns are read, on both engines.

use crate::story::{BOOK, EDITION, at, begin, child, doing, ids};
use std::collections::BTreeSet;
use treem_store::child::{ACTIVE, MERGED};
use treem_store::merges::Merge;
use treem_store::pairs::{GONE, LATER, OPEN, Order, Pair, Rows};
use treem_store::{Error, Store};

fn pair(child: &str, other: &str, millionths: i64) -> Pair {
    Pair {
        child: child.to_owned(),
        other: other.to_owned(),
        millionths,
        why: "[]".to_owned(),
        child_version: 1,
        other_version: 1,
        ..Pair::default()
    }
}

/// Pairs that wait among ours: how likely each is, its state, and whether it was weighed as it is.
async fn open(store: &Store, ids: &[String]) -> Vec<(i64, String, bool)> {
    let mut read = store.read().await.unwrap();
    let mut pairs = Vec::new();
    for state in [OPEN, LATER] {
        // One by one, so that every page begins after another.
        let mut after: Option<Pair> = None;
        loop {
            let order = Order::Likeliest;
            let page = read
                .pairs_page(BOOK, (state, order), after.as_ref(), 1)
                .await;
            let Some(pair) = page.unwrap().pop() else {
                break;
            };
            after = Some(pair.clone());
            pairs.push(pair);
        }
        let oldest = read
            .pairs_page(BOOK, (state, Order::Oldest), None, 100)
            .await;
        let mut oldest = oldest.unwrap();
        assert!(oldest.is_sorted_by(|one, other| one.found_at <= other.found_at));
        oldest.retain(|pair| pairs.contains(pair));
        let of_state = pairs.iter().filter(|pair| pair.state == state).count();
        assert_eq!(oldest.len(), of_state);
    }
    // Unit by unit they are the same.
    let key = |pair: &Pair| (pair.child.clone(), pair.other.clone());
    pairs.sort_by_key(key);
    let units: BTreeSet<(String, String)> = pairs
        .iter()
        .filter_map(|pair| Some((pair.child_edition.clone(), pair.child_unit.clone()?)))
        .collect();
    let mut by_unit = Vec::new();
    for (edition, unit) in &units {
        let page = read.pairs_of_unit(BOOK, (edition, unit), 100).await;
        by_unit.extend(page.unwrap());
    }
    by_unit.sort_by_key(key);
    assert!(!pairs.iter().any(|pair| pair.child_unit.is_none()));
    assert_eq!(by_unit, pairs);
    pairs.sort_by_key(|pair| std::cmp::Reverse(pair.millionths));
    let tally = read.pairs_tally(BOOK).await.unwrap();
    let counted: i64 = tally.iter().map(|(.., count)| count).sum();
    assert_eq!(counted, i64::try_from(pairs.len()).unwrap());
    pairs
        .into_iter()
        .filter(|pair| ids.contains(&pair.child))
        .map(|pair| (pair.millionths, pair.state.clone(), pair.is_fresh()))
        .collect()
}

fn told(of: &[(i64, &str, bool)]) -> Vec<(i64, String, bool)> {
    of.iter()
        .map(|(millionths, state, fresh)| (*millionths, (*state).to_owned(), *fresh))
        .collect()
}

pub async fn tell(store: &Store) -> Vec<String> {
    let ids = ids(37);
    let (a, b, c) = (ids[0].as_str(), ids[1].as_str(), ids[2].as_str());
    let mut act = begin(store, doing("add", 700)).await;
    let all: Vec<_> = ids[..3]
        .iter()
        .map(|id| child(id, "Hồ Thị Sen", "2017-07-07", None))
        .collect();
    act.add_children(&all).await.unwrap();
    act.finish("", "{}").await.unwrap();
    let mut act = begin(store, doing("pairs", 701)).await;
    act.add_pairs(&[
        pair(a, b, 900_000),
        pair(a, c, 950_000),
        pair(b, c, 600_000),
    ])
    .await
    .unwrap();
    assert_eq!(act.end_pairs().await.unwrap(), 0);
    act.finish("", "{}").await.unwrap();
    let first = [
        (950_000, "open", true),
        (900_000, "open", true),
        (600_000, "open", true),
    ];
    assert_eq!(open(store, &ids).await, told(&first));

    // One is put off, from the version it was seen at; found again, it is still put off, and as old as it was.
    let mut read = store.read().await.unwrap();
    let seen = read.pair(BOOK, a, c).await.unwrap().unwrap();
    assert_eq!(
        (
            seen.version,
            seen.found_at.as_str(),
            seen.child_unit.as_deref()
        ),
        (1, at(701).as_str(), Some("19588"))
    );
    assert_eq!(read.pair(BOOK, c, a).await.unwrap(), None);
    drop(read);
    let mut act = begin(store, doing("later", 702)).await;
    act.set_pair(&seen, LATER).await.unwrap();
    let again = act.set_pair(&seen, LATER).await;
    assert!(matches!(again, Err(Error::Conflict { seen: 1, now: 2 })));
    act.finish("", "{}").await.unwrap();
    // Looked at again: b and c are not alike any more.
    let mut act = begin(store, doing("pairs", 703)).await;
    act.add_pairs(&[pair(a, b, 910_000), pair(a, c, 940_000)])
        .await
        .unwrap();
    assert_eq!(act.end_pairs().await.unwrap(), 1);
    act.finish("", "{}").await.unwrap();
    assert_eq!(
        open(store, &ids).await,
        told(&[(940_000, "later", true), (910_000, "open", true)])
    );
    let mut read = store.read().await.unwrap();
    let aged = read.pair(BOOK, a, c).await.unwrap().unwrap();
    assert_eq!((aged.version, aged.found_at), (2, at(701)));
    let like = read.pairs_of(BOOK, a).await.unwrap();
    assert_eq!(like, [(b.to_owned(), at(701)), (c.to_owned(), at(701))]);
    drop(read);

    // A record changes: the pair is not fresh until it is weighed again.
    let mut act = begin(store, doing("correct", 704)).await;
    act.change_child("changed", 1, &all[1]).await.unwrap();
    act.finish(b, "{}").await.unwrap();
    assert_eq!(
        open(store, &ids).await,
        told(&[(940_000, "later", true), (910_000, "open", false)])
    );
    let mut stale = store
        .read()
        .await
        .unwrap()
        .pair(BOOK, a, b)
        .await
        .unwrap()
        .unwrap();
    stale.millionths = 700_000;
    store.weigh_pair(BOOK, &stale, &at(705)).await.unwrap();
    assert_eq!(
        open(store, &ids).await,
        told(&[(940_000, "later", true), (700_000, "open", true)])
    );
    GONE.clone_into(&mut stale.state);
    store.weigh_pair(BOOK, &stale, &at(706)).await.unwrap();
    assert_eq!(open(store, &ids).await.len(), 1);

    // Set apart, merged: it does not wait; taken back, it waits again.
    let mut act = begin(store, doing("apart", 707)).await;
    act.add_apart(&[(c.to_owned(), a.to_owned())])
        .await
        .unwrap();
    act.finish(a, "{}").await.unwrap();
    assert_eq!(open(store, &ids).await, []);
    let mut act = begin(store, doing("apart", 708)).await;
    act.end_apart(a, c).await.unwrap();
    act.finish(a, "{}").await.unwrap();
    assert_eq!(open(store, &ids).await.len(), 1);
    let mut merged = all[2].clone();
    MERGED.clone_into(&mut merged.state.state);
    let mut act = begin(store, doing("merge", 709)).await;
    act.change_child("merged", 1, &merged).await.unwrap();
    act.add_merge(&Merge {
        id: "zz-late".to_owned(),
        survivor: a.to_owned(),
        loser: c.to_owned(),
        ..Merge::default()
    })
    .await
    .unwrap();
    act.finish(a, "{}").await.unwrap();
    assert_eq!(open(store, &ids).await, []);
    ACTIVE.clone_into(&mut merged.state.state);
    let mut act = begin(store, doing("unmerge", 710)).await;
    act.change_child("unmerged", 2, &merged).await.unwrap();
    act.end_merge("zz-late").await.unwrap();
    act.finish(a, "{}").await.unwrap();
    assert_eq!(
        open(store, &ids).await,
        told(&[(940_000, "later", false)]),
        "it is the record of before, but nobody has looked"
    );

    let mut read = store.read().await.unwrap();
    let late = read.last_merges(BOOK, 1).await.unwrap();
    assert_eq!(
        (
            late.len(),
            late[0].id.as_str(),
            late[0].undone_at.as_deref()
        ),
        (1, "zz-late", Some(at(710).as_str()))
    );
    let mut waiting = Vec::new();
    for (order, changes, later) in [
        (Order::Likeliest, false, false),
        (Order::Likeliest, false, true),
        (Order::Likeliest, true, false),
        (Order::Likeliest, true, true),
        (Order::Oldest, false, false),
        (Order::Oldest, true, false),
    ] {
        let mut after: Option<(i64, String, i64)> = None;
        let first = waiting.len();
        loop {
            let rows = Rows {
                changes,
                later,
                order,
                after: after
                    .as_ref()
                    .map(|(weight, import, nth)| (*weight, import.as_str(), *nth)),
                ..Rows::default()
            };
            let Some(row) = read.waits_page(BOOK, rows, 1).await.unwrap().pop() else {
                break;
            };
            after = Some((row.millionths, row.import.clone(), row.nth));
            waiting.push(row);
        }
        let all = Rows {
            changes,
            later,
            order,
            ..Rows::default()
        };
        let page = read.waits_page(BOOK, all, 100).await.unwrap();
        assert_eq!(page, waiting[first..]);
        let of_unit = Rows {
            unit: Some((EDITION, "19588")),
            ..all
        };
        let here = read.waits_page(BOOK, of_unit, 100).await.unwrap();
        let want: Vec<_> = page
            .into_iter()
            .filter(|row| row.edition == EDITION && row.unit.as_deref() == Some("19588"))
            .collect();
        assert_eq!(here, want);
    }
    let tally = read.waits_tally(BOOK).await.unwrap();
    let decided = read.last_decisions(BOOK, 10).await.unwrap();
    let apart = read.last_apart(BOOK, 10).await.unwrap();
    drop(read);

    // What an office says of columns replaces what it said before.
    for (minute, office, columns) in [
        (711, "Tà Rụt", "a"),
        (712, "A Ngo", "b"),
        (713, "Tà Rụt", "c"),
    ] {
        store
            .keep_columns(BOOK, office, ("1f", columns), (&at(minute), "Hồ Thị Bích"))
            .await
            .unwrap();
    }
    let columns = store
        .read()
        .await
        .unwrap()
        .columns_of(BOOK, "Tà Rụt")
        .await
        .unwrap();
    assert_eq!(columns, [("1f".to_owned(), "c".to_owned())]);
    vec![format!(
        "{waiting:?} {tally:?} {late:?} {decided:?} {apart:?}"
    )]
}
