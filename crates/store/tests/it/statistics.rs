//! PostgreSQL's planner hears of the rows of an act while it runs: not by the server's own visits, which are switched off here.

use super::server::Server;
use super::story::{BOOK, begin, child, doing, register};
use sqlx::{Connection as _, PgConnection};
use treem_store::Store;

/// More than the planner is left in the dark about.
const CHILDREN: usize = 6_000;

/// A server that never looks at its tables by itself, with a register whose tables it was told are empty.
async fn server() -> (Server, Store) {
    let server = Server::start_with(&[], &["autovacuum=off"], 5432).await;
    let store = register(&server.address()).await;
    server.ask("analyze");
    (server, store)
}

async fn fill(store: &Store, minute: u32) {
    let children: Vec<_> = (0..CHILDREN)
        .map(|nth| {
            let id = format!("0190{minute:04}-0000-7000-8000-{nth:012}");
            child(&id, "Hồ Văn An", "2015-03-12", None)
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
    let (server, store) = server().await;
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
    let (server, owner) = server().await;
    server.ask("create role lam_viec login");
    owner.grant("lam_viec").await.unwrap();
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
    let (server, store) = server().await;
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

#[tokio::test]
async fn the_server_gives_way_to_an_act() {
    // A visit of one table that rests after every page it reads, so that it is still there when the act comes.
    let server = Server::start_with(
        &[],
        &[
            "autovacuum_naptime=1s",
            "autovacuum_vacuum_threshold=1000000",
            "autovacuum_vacuum_insert_threshold=1000000",
            "autovacuum_analyze_threshold=1000000",
        ],
        5432,
    )
    .await;
    let store = register(&server.address()).await;
    server.ask(
        "alter table child_event set (autovacuum_vacuum_insert_threshold = 100, autovacuum_vacuum_insert_scale_factor = 0,
         autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1)",
    );
    fill(&store, 1).await;
    let visit =
        "select count(*) from pg_stat_progress_vacuum where relid = 'child_event'::regclass";
    let mut waited = 0;
    while server.ask(visit) == "0" {
        waited += 1;
        assert!(waited < 600, "the server never came");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    fill(&store, 2).await;
    // Seen within the act, not by a visit: of a visit that has ended nothing is left to give way.
    let looked = "select last_analyze is not null and n_live_tup > 10000 from pg_stat_user_tables where relname = 'child_event'";
    assert_eq!(server.ask(looked), "t");
    assert!(believed(&server, "child_event") > 10_000);
}
