//! A register of the first structure is carried forward to today's, and everything in it is read.
//!
//! What is in it was written by the program of that time, and is kept as data: `tests/data/first.sql`.

use super::server::Server;
use super::story::{begin, doing};
use treem_store::child::{ACTIVE, WITHDRAWN};
use treem_store::dialect::statements;
use treem_store::migrate::STEPS;
use treem_store::store::Engine;
use treem_store::{Error, Store};

/// SHA-256 of the first step as it was released: it is never changed.
const FIRST: &str = "c06eb4f72fcc26ce293ce0d9e5c76dde0bf2513567679f7501aaca1234ffa3dd";
const BOOK: &str = "45";
const STORY: &str = include_str!("../data/first.sql");

/// The first structure alone, with its story, made without the program.
fn first(engine: Engine) -> String {
    let mut out: Vec<String> = vec![
        "create table migration (\n  number bigint not null,\n  sha256 text not null,\n  primary key (number)\n)".to_owned(),
        format!("insert into migration (number, sha256) values (1, '{FIRST}')"),
    ];
    if engine == Engine::Sqlite {
        out[0] = out[0].replace("bigint", "integer") + " strict";
    }
    let (_, text) = STEPS[0];
    out.extend(statements(text, engine));
    out.push(STORY.to_owned());
    out.join(";\n")
}

async fn carried(engine: Engine, test: impl AsyncFn(&str, &Store)) {
    let folder = tempfile::tempdir().unwrap();
    let text = sqlx::AssertSqlSafe(first(engine));
    match engine {
        Engine::Sqlite => {
            let path = folder.path().join("first.db");
            let options = sqlx::sqlite::SqliteConnectOptions::new()
                .filename(&path)
                .create_if_missing(true);
            let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
            sqlx::raw_sql(text).execute(&pool).await.unwrap();
            pool.close().await;
            let address = path.to_str().unwrap();
            let store = Store::open(address).await.unwrap();
            test(address, &store).await;
        }
        Engine::Postgres => {
            let server = Server::start().await;
            server.ask("drop schema public cascade; create schema public");
            let pool = sqlx::PgPool::connect(&server.address()).await.unwrap();
            sqlx::raw_sql(text).execute(&pool).await.unwrap();
            pool.close().await;
            let store = Store::open(&server.address()).await.unwrap();
            test(&server.address(), &store).await;
        }
    }
}

#[tokio::test]
async fn the_first_structure_is_carried_forward() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        carried(engine, async |address, store| {
            let mut read = store.read().await.unwrap();
            // Every step has run, once.
            let steps: Vec<i64> = STEPS.iter().map(|(number, _)| *number).collect();
            assert_eq!(read.steps().await.unwrap(), steps);
            let verified = read.verify(BOOK).await.unwrap();
            assert_eq!(
                (verified.links, verified.events, verified.broken),
                (5, 18, vec![])
            );
            assert_eq!(read.astray(BOOK).await.unwrap(), []);
            assert_eq!(read.children_in_state(BOOK, ACTIVE).await.unwrap(), 6);
            assert_eq!(read.disputed(BOOK).await.unwrap().len(), 1);
            assert_eq!(
                read.headcounts(BOOK, "2024-06-13").await.unwrap()[0].children,
                9
            );
            let import = read.imports(BOOK).await.unwrap().remove(0);
            assert_eq!((import.rows, import.as_of.as_str()), (6, "2024-06-13"));
            // One child with everything it has.
            let id = read
                .children_of_number(BOOK, "045215000012")
                .await
                .unwrap()
                .remove(0);
            let child = read.child(BOOK, &id).await.unwrap();
            assert_eq!((child.version, child.now.birth.as_str()), (3, "2015-03-12"));
            assert!(
                child.now.record.contains("Hồ Văn An") && child.now.sensitive.contains("Vân Kiều")
            );
            let events = read.events(BOOK, &id).await.unwrap();
            let kinds: Vec<&str> = events.iter().map(|event| event.kind.as_str()).collect();
            assert_eq!(kinds, ["added", "withdrawn", "restored"]);
            let then = read
                .child_at(BOOK, &id, &events[1].at)
                .await
                .unwrap()
                .unwrap();
            assert_eq!(then.then.state, WITHDRAWN);
            assert_eq!(read.numbers(BOOK, &id).await.unwrap().len(), 2);
            assert_eq!(read.origins(BOOK, &id).await.unwrap()[0].row_number, 2);
            let counted = read.findings_count(BOOK).await.unwrap();
            assert!(
                counted.iter().any(|(rule, _)| rule == "id.shared"),
                "{counted:?}"
            );
            drop(read);
            // Today's acts go on from there.
            let mut act = begin(store, doing("undo", 1)).await;
            assert_eq!(act.turn_back(&import.id).await.unwrap().added, 6);
            act.finish(&import.id, "{}").await.unwrap();
            let mut read = store.read().await.unwrap();
            let verified = read.verify(BOOK).await.unwrap();
            assert_eq!(
                (verified.links, verified.events, verified.broken),
                (6, 24, vec![])
            );
            drop(read);
            // Opened again, nothing is left to be done.
            let before = store.digests().await.unwrap();
            let again = Store::open(address).await.unwrap();
            assert_eq!(again.digests().await.unwrap(), before);
        })
        .await;
    }
}

#[tokio::test]
async fn what_is_not_ours_is_left_alone() {
    let check = async |change: &str, words: &str| {
        for engine in [Engine::Sqlite, Engine::Postgres] {
            carried(engine, async |address, store| {
                let text = sqlx::AssertSqlSafe(change.to_owned());
                match store {
                    Store::Lite { write, .. } => {
                        sqlx::raw_sql(text).execute(write).await.unwrap();
                    }
                    Store::Pg(pool) => {
                        sqlx::raw_sql(text).execute(pool).await.unwrap();
                    }
                }
                let before = store.digests().await;
                let error = Store::open(address).await.unwrap_err();
                assert!(
                    matches!(error, Error::Newer(_) | Error::Foreign(_)),
                    "{error}"
                );
                assert!(error.to_string().contains(words), "{error}");
                assert_eq!(store.digests().await.ok(), before.ok());
            })
            .await;
        }
    };
    check(
        "insert into migration (number, sha256) values (99, '')",
        "bản treem mới hơn",
    )
    .await;
    check(
        "update migration set sha256 = 'x' where number = 1",
        "không phải do treem tạo",
    )
    .await;
}
