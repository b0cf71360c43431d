//! What is changed behind the program's back is found.

use super::story::{BOOK, begin, child, doing, ids, on_both};
use treem_store::Store;
use treem_store::audit::Broken;

/// Runs a statement behind the program's back, on an engine of either kind, and lets the test see it undone again.
async fn behind(store: &Store, statement: &str) {
    let text = sqlx::AssertSqlSafe(statement.to_owned());
    match store {
        Store::Lite { write, .. } => {
            sqlx::raw_sql(text).execute(write).await.unwrap();
        }
        Store::Pg(pool) => {
            sqlx::raw_sql(text).execute(pool).await.unwrap();
        }
    }
}

#[tokio::test]
async fn every_tampering_is_found() {
    on_both(async |place| {
        let store = &place.store;
        let ids = ids(3);
        for (minute, id) in (1..).zip(&ids[..3]) {
            let mut act = begin(store, doing("add", minute)).await;
            act.add_children(&[child(id, "Hồ Văn An", "2015-03-12", None)]).await.unwrap();
            act.finish(id, "{}").await.unwrap();
        }
        let check = async |change: &str, back: &str, want: &[Broken]| {
            behind(store, change).await;
            let found = store.read().await.unwrap().verify(BOOK).await.unwrap();
            assert_eq!(found.broken, want, "{change}");
            assert!(found.broken.iter().all(|broken| broken.sentence().ends_with('.')));
            behind(store, back).await;
            let mended = store.read().await.unwrap().verify(BOOK).await.unwrap();
            assert_eq!((mended.broken, mended.links, mended.events), (vec![], 3, 3), "{back}");
        };
        check(
            "update audit set why = 'khác' where seq = 2",
            "update audit set why = 'thử' where seq = 2",
            &[Broken::Changed(2)],
        )
        .await;
        check(
            "update audit set previous = 'x' where seq = 3",
            "update audit set previous = (select a.hash from audit a where a.seq = 2) where seq = 3",
            &[Broken::Unhooked(3), Broken::Changed(3)],
        )
        .await;
        let sensitive = "update child_event_sensitive set record = ";
        check(
            &format!("{sensitive}'{{}}' where child = '{}'", ids[1]),
            &format!("{sensitive}'{{\"ethnicity\":\"Bru - Vân Kiều\"}}' where child = '{}'", ids[1]),
            &[Broken::Events(2)],
        )
        .await;
        check(
            &format!("update child_event set identified = true where child = '{}'", ids[0]),
            &format!("update child_event set identified = false where child = '{}'", ids[0]),
            &[Broken::Events(1)],
        )
        .await;
        check(
            &format!("update child_event set audit_seq = 7 where child = '{}'", ids[2]),
            &format!("update child_event set audit_seq = 3 where child = '{}'", ids[2]),
            &[Broken::Events(3), Broken::Beyond(1)],
        )
        .await;
        check(
            "update register set audit_seq = 4",
            "update register set audit_seq = 3",
            &[Broken::Head { last: 3, head: 4 }],
        )
        .await;
        // A link cut out, or the last one cut off.
        check(
            "update audit set seq = 20 where seq = 2",
            "update audit set seq = 2 where seq = 20",
            &[
                Broken::Gap(3),
                Broken::Unhooked(3),
                Broken::Gap(20),
                Broken::Unhooked(20),
                Broken::Changed(20),
                Broken::Events(20),
                Broken::Head { last: 20, head: 3 },
            ],
        )
        .await;
        behind(store, "delete from audit where seq = 3").await;
        let found = store.read().await.unwrap().verify(BOOK).await.unwrap();
        assert_eq!(found.broken, [Broken::Head { last: 2, head: 3 }, Broken::Beyond(1)]);
    })
    .await;
}
