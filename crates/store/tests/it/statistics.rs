//! PostgreSQL's planner hears of the rows of an act while it runs: not by the server's own visits, which are switched off here.

use super::server::Server;
use super::story::{BOOK, EDITION, begin, book, child, doing};
use sqlx::{Connection as _, PgConnection};
use treem_store::Store;
use treem_store::register::Unit;

/// More than the planner is left in the dark about.
const CHILDREN: usize = 6_000;

async fn register(server: &Server) -> Store {
    let store = Store::create(&server.address()).await.unwrap();
    let unit = Unit {
        code: "45",
        name: "Tỉnh Quảng Trị",
        level: "province",
        parent: None,
    };
    store.add_units(EDITION, &[unit]).await.unwrap();
    store.add_register(&book(BOOK)).await.unwrap();
    store
}

async fn fill(store: &Store, minute: u32) {
    let children: Vec<_> = (0..CHILDREN)
        .map(|nth| {
            let id = format!("0190{minute:04}-0000-7000-8000-{nth:012}");
            let mut entry = child(&id, "Hồ Văn An", "2015-03-12", None);
            entry.state.unit = None;
            entry
        })
        .collect();
    let mut act = begin(store, doing("add", minute)).await;
    act.add_children(&children).await.unwrap();
    act.finish("", "{}").await.unwrap();
}

/// Rows the planner believes a table to have; −1: it was never told.
fn believed(server: &Server, table: &str) -> i64 {
    let asked = format!("select reltuples::bigint from pg_class where relname = '{table}'");
    server.ask(&asked).parse().unwrap()
}

#[tokio::test]
async fn a_planner_that_believes_a_table_empty_is_told() {
    let server = Server::start_with(&[], &["autovacuum=off"], 5432).await;
    let store = register(&server).await;
    server.ask("analyze");
    assert_eq!(
        (believed(&server, "child"), believed(&server, "child_event")),
        (0, 0)
    );
    fill(&store, 1).await;
    let many = i64::try_from(CHILDREN).unwrap();
    for table in ["child", "child_event", "child_sensitive"] {
        let rows = believed(&server, table);
        assert!((many - 1_000..=many).contains(&rows), "{table}: {rows}");
    }
}

#[tokio::test]
async fn a_role_that_owns_nothing_tells_it_too() {
    let server = Server::start_with(&[], &["autovacuum=off"], 5432).await;
    let owner = register(&server).await;
    server.ask("create role lam_viec login");
    owner.grant("lam_viec").await.unwrap();
    server.ask("analyze");
    let address = server.address().replace("treem@", "lam_viec@");
    let store = Store::open(&address).await.unwrap();
    fill(&store, 1).await;
    assert!(
        believed(&server, "child") > 4_000,
        "{}",
        believed(&server, "child")
    );
    // Given anew, as after every step of the structure.
    owner.grant("lam_viec").await.unwrap();
}

#[tokio::test]
async fn an_act_does_not_wait_for_another_that_looks() {
    let server = Server::start_with(&[], &["autovacuum=off"], 5432).await;
    let store = register(&server).await;
    server.ask("analyze");
    let mut other = PgConnection::connect(&server.address()).await.unwrap();
    let mut looking = other.begin().await.unwrap();
    sqlx::raw_sql("analyze child_event")
        .execute(&mut *looking)
        .await
        .unwrap();
    fill(&store, 1).await;
    assert_eq!(believed(&server, "child_event"), 0);
    looking.rollback().await.unwrap();
    fill(&store, 2).await;
    assert!(believed(&server, "child_event") > 10_000);
    let verified = store.read().await.unwrap().verify(BOOK).await.unwrap();
    assert_eq!((verified.links, verified.broken.len()), (2, 0));
}
