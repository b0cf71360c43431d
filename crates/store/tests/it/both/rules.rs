//! Rule files, checking all of a book again, children as they were, children with one number.

use super::super::story::{BOOK, at, begin, doing};
use treem_store::Store;
use treem_store::child::Finding;
use treem_store::rules::Remeasured;

/// With An, Bình and Mơ (without a number) in the book since minute 1, in this order; nothing has happened since minute 9.
pub async fn tell(store: &Store, ids: &[String]) -> Vec<String> {
    let mut out = Vec::new();
    let mut read = store.read().await.unwrap();
    assert!(read.rule_files(BOOK).await.unwrap().is_empty());
    let holders = read.holders(BOOK, "045215000012").await.unwrap();
    assert_eq!(
        holders.iter().map(|one| &one.id).collect::<Vec<_>>(),
        [&ids[1]]
    );
    let sheets = read.sheets_after(BOOK, &ids[0]).await.unwrap();
    out.push(format!("{sheets:?}"));
    for (rule, want) in [("id.missing", vec![&ids[2]]), ("id.shared", vec![])] {
        let found = read.with_rule(BOOK, rule).await.unwrap();
        assert_eq!(found.iter().collect::<Vec<_>>(), want, "{rule}");
    }
    for (identified, want) in [(true, vec![&ids[2]]), (false, vec![])] {
        let found = read.without_measure(BOOK, identified).await.unwrap();
        assert_eq!(found.iter().collect::<Vec<_>>(), want, "{identified}");
    }
    assert_eq!(read.with_group(BOOK, 1).await.unwrap(), [ids[2].clone()]);
    for (moment, after, want) in [
        (0, "", 0),
        (1, "", 3),
        (1, ids[0].as_str(), 2),
        (14, ids[2].as_str(), 0),
    ] {
        let found = read
            .children_at_after(BOOK, &at(moment), after)
            .await
            .unwrap();
        assert_eq!(found.len(), want, "{moment} {after}");
    }
    let before = read.child(BOOK, &ids[2]).await.unwrap();
    drop(read);

    // A rule file: other findings for all, other measures for one.
    let mut act = begin(store, doing("rules", 15)).await;
    assert_eq!(
        act.add_rule_file("2024-06-13", "ab", "x = 1")
            .await
            .unwrap(),
        1
    );
    let finding = Finding {
        rule: "phone.missing".to_owned(),
        field: "phone".to_owned(),
        severity: "error".to_owned(),
        ..Finding::default()
    };
    act.replace_findings(&[(&ids[0], 1, &finding), (&ids[2], 1, &finding)])
        .await
        .unwrap();
    let turned = Remeasured {
        before: before.clone(),
        identified: false,
        complete: false,
    };
    act.remeasure(&[turned], "rules").await.unwrap();
    act.finish("rules", "{}").await.unwrap();
    let mut act = begin(store, doing("rules", 16)).await;
    let late = Remeasured {
        before: before.clone(),
        identified: false,
        complete: false,
    };
    assert!(act.remeasure(&[late], "rules").await.is_err());
    drop(act);
    let mut read = store.read().await.unwrap();
    let files = read.rule_files(BOOK).await.unwrap();
    out.push(format!("{files:?}"));
    let now = read.child(BOOK, &ids[2]).await.unwrap();
    assert_eq!(
        (now.version, now.now.identified, now.now.complete),
        (before.version + 1, false, false)
    );
    let found = read.findings_between(BOOK, ("", &ids[1])).await.unwrap();
    assert_eq!(found, [(ids[0].clone(), finding.clone())]);
    assert_eq!(read.children_astray(BOOK).await.unwrap(), 0);
    // As it was before.
    let then = read
        .children_at_after(BOOK, &at(10), &ids[1])
        .await
        .unwrap();
    assert_eq!((then.len(), then.first()), (1, Some(&before)));
    drop(read);

    // And back, so that the story goes on as it was: the first two without a finding, the last with its own.
    let own = Finding {
        rule: "id.missing".to_owned(),
        field: "number".to_owned(),
        list: Some(1),
        severity: "error".to_owned(),
        ..Finding::default()
    };
    let mut act = begin(store, doing("rules", 17)).await;
    act.set_findings(&ids[0], &[]).await.unwrap();
    act.set_findings(&ids[2], &[own]).await.unwrap();
    act.finish("rules", "{}").await.unwrap();
    out
}
