//! A mirror: an export of the national software, kept apart from the book.

use super::super::story::{BOOK, EDITION, begin, doing, ids};
use treem_store::Store;
use treem_store::mirror::{Link, Mirror, Row};

/// Tells it; minutes from 40 on.
pub async fn tell(store: &Store) -> Vec<String> {
    let ids = ids(1);
    let rows: Vec<Row> = (1..=3)
        .map(|nth| Row {
            nth,
            sheet: "Trẻ em".to_owned(),
            row_number: nth + 1,
            key: format!("TE0{nth}"),
            name_key: "ho van an".to_owned(),
            birth: "2015-03-12".to_owned(),
            edition: EDITION.to_owned(),
            unit: (nth < 3).then(|| "19588".to_owned()),
            number: (nth == 1).then(|| "045215000012".to_owned()),
            record: "{\"name\":\"Hồ Văn An\"}".to_owned(),
            sensitive: "{}".to_owned(),
        })
        .collect();
    let before = store
        .read()
        .await
        .unwrap()
        .children_in_state(BOOK, "active")
        .await
        .unwrap();
    for (minute, id, child) in [(40, "guong-1", 0), (41, "guong-2", 1)] {
        let mut act = begin(store, doing("mirror", minute)).await;
        let mirror = Mirror {
            id: id.to_owned(),
            audit_seq: 0,
            at: String::new(),
            who: String::new(),
            day: "2024-06-13".to_owned(),
            edition: EDITION.to_owned(),
            profile: "[[column]]".to_owned(),
            files: "[]".to_owned(),
            rows: 3,
        };
        act.add_mirror(&mirror).await.unwrap();
        act.add_mirror_rows(id, &rows).await.unwrap();
        let link = Link {
            key: "TE01".to_owned(),
            child: ids[child].clone(),
            how: "number",
        };
        act.add_mirror_links(id, &[link]).await.unwrap();
        act.finish(id, "{}").await.unwrap();
    }
    let mut read = store.read().await.unwrap();
    let mirrors = read.mirrors(BOOK).await.unwrap();
    let days: Vec<(&str, i64)> = mirrors
        .iter()
        .map(|one| (one.id.as_str(), one.rows))
        .collect();
    assert_eq!(days, [("guong-1", 3), ("guong-2", 3)]);
    assert_eq!(mirrors[0].who, "Hồ Thị Bích");
    assert_eq!(read.mirror_rows(BOOK, "guong-1", 0).await.unwrap(), rows);
    assert_eq!(
        read.mirror_rows(BOOK, "guong-1", 2).await.unwrap(),
        rows[2..]
    );
    // The later finding stands later.
    assert_eq!(
        read.mirror_links(BOOK).await.unwrap(),
        [
            ("TE01".to_owned(), ids[0].clone()),
            ("TE01".to_owned(), ids[1].clone())
        ]
    );
    // The book is as before.
    assert_eq!(
        read.children_in_state(BOOK, "active").await.unwrap(),
        before
    );
    vec![format!("{:?}", read.mirror_rows(BOOK, "guong-2", 0).await)]
}
