//! Templates, targets, lists that are followed.

use super::super::story::{BOOK, EDITION, begin, doing, ids};
use treem_store::letter::{Cohort, Target, WITHDRAWN};
use treem_store::{Act, Store, Tx};

/// Something in every table.
pub async fn fill(act: &mut Act, ids: &[String]) {
    act.add_template(("thư \t'riêng", "letter"), &"0".repeat(64), "---\nA\n")
        .await
        .unwrap();
    act.add_targets(&[target("percent", 9_500)]).await.unwrap();
    let cohort = Cohort {
        id: "theo-1".to_owned(),
        name: "227 trẻ".to_owned(),
        what: "unidentified".to_owned(),
        day: "2024-06-13".to_owned(),
        moment: act.doing().at.clone(),
        edition: EDITION.to_owned(),
        children: 2,
        ..Cohort::default()
    };
    act.add_cohort(&cohort, &ids[..2]).await.unwrap();
}

fn target(kind: &str, amount: i64) -> Target {
    Target {
        edition: EDITION.to_owned(),
        unit: "464".to_owned(),
        measure: "entered".to_owned(),
        day: "2024-06-30".to_owned(),
        kind: kind.to_owned(),
        amount,
        decided_by: "Kế hoạch 24/KH-UBND".to_owned(),
        ..Target::default()
    }
}

/// Tells it; days far behind all others.
pub async fn tell(store: &Store) -> Vec<String> {
    let ids = ids(1);
    let mut act = begin(store, doing("letter", 501)).await;
    fill(&mut act, &ids).await;
    act.finish("", "{}").await.unwrap();
    let mut act = begin(store, doing("letter", 502)).await;
    let nth = act
        .add_template(("thư \t'riêng", "letter"), &"1".repeat(64), "")
        .await
        .unwrap();
    assert_eq!(nth, 2);
    let other = Target {
        unit: "465".to_owned(),
        ..target("number", 20)
    };
    assert_eq!(
        act.add_targets(&[target("percent", 9_900), other])
            .await
            .unwrap(),
        2
    );
    act.finish("", "{}").await.unwrap();
    let mut read = store.read().await.unwrap();
    let templates = read.templates(BOOK).await.unwrap();
    assert_eq!(
        templates
            .iter()
            .map(|one| (one.nth, one.content.as_str()))
            .collect::<Vec<_>>(),
        [(1, "---\nA\n"), (2, "")]
    );
    let amounts = |targets: &[Target]| -> Vec<(String, i64)> {
        targets
            .iter()
            .map(|one| (one.unit.clone(), one.amount))
            .collect()
    };
    let targets = read.targets(BOOK).await.unwrap();
    assert_eq!(
        amounts(&targets),
        [("464".to_owned(), 9_900), ("465".to_owned(), 20)]
    );
    let cohorts = read.cohorts(BOOK).await.unwrap();
    assert_eq!((cohorts.len(), cohorts[0].children), (1, 2));
    let of = async |read: &mut Tx, moment: &str, after: &str| -> Vec<String> {
        let events = read.cohort_at(BOOK, "theo-1", moment, after).await.unwrap();
        events.into_iter().map(|one| one.child).collect()
    };
    assert_eq!(of(&mut read, &cohorts[0].moment, "").await, ids[..2]);
    assert_eq!(of(&mut read, &cohorts[0].moment, &ids[0]).await, ids[1..2]);
    // Before they were in the book.
    assert!(
        of(&mut read, "2000-01-01T00:00:00.000000Z", "")
            .await
            .is_empty()
    );
    drop(read);
    let mut act = begin(store, doing("letter", 503)).await;
    act.add_targets(&[target(WITHDRAWN, 0)]).await.unwrap();
    // One name, one list.
    let twice = Cohort {
        id: "theo-2".to_owned(),
        ..cohorts[0].clone()
    };
    act.finish("", "{}").await.unwrap();
    let mut act = begin(store, doing("letter", 504)).await;
    assert!(act.add_cohort(&twice, &[]).await.is_err());
    drop(act);
    let mut read = store.read().await.unwrap();
    assert_eq!(
        amounts(&read.targets(BOOK).await.unwrap()),
        [("465".to_owned(), 20)]
    );
    vec![format!("{templates:?}{targets:?}{cohorts:?}")]
}
