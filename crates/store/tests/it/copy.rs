//! Copies from either engine to either: the same rows, the same chain, or nothing.

mod filled;

use super::server::Server;
use super::story::{BOOK, at, begin, child, doing, ids, on_both};
use filled::fill;
use treem_store::copy::How;
use treem_store::migrate::STEPS;
use treem_store::store::Engine;
use treem_store::{Error, Store, health};

fn how(told: &dyn Fn(u64, u64) -> bool) -> How<'_> {
    How {
        replace: false,
        compare: true,
        act: None,
        told,
    }
}

async fn nothing() -> treem_store::Result<()> {
    Ok(())
}

/// A database of its own on a server, sorted as `locale` says.
fn database(server: &Server, name: &str, locale: &str) -> String {
    server.ask(&format!(
        "create database {name} template template0 locale_provider icu icu_locale '{locale}'"
    ));
    server.address().replace("/postgres?", &format!("/{name}?"))
}

#[tokio::test]
async fn no_table_is_forgotten_and_each_comes_after_those_it_refers_to() {
    on_both(async |place| {
        let tables = place.store.read().await.unwrap().tables().await.unwrap();
        // Every table of the catalogue but the program's own, counted by the steps.
        let made = super::schema::tables_made();
        let known: Vec<String> = match &place.store {
            Store::Lite { read, .. } => sqlx::query_scalar(
                "select name from sqlite_master where type = 'table' and name <> 'migration' order by name",
            )
            .fetch_all(read)
            .await
            .unwrap(),
            Store::Pg(pool) => sqlx::query_scalar(
                "select table_name::text from information_schema.tables where table_schema = 'public' and table_name <> 'migration' order by 1",
            )
            .fetch_all(pool)
            .await
            .unwrap(),
        };
        let mut names: Vec<String> = tables.iter().map(|table| table.name.clone()).collect();
        for (at, table) in tables.iter().enumerate() {
            assert!(!table.key.is_empty() && !table.columns.is_empty(), "{table:?}");
            for to in &table.refers {
                assert!(names[..at].contains(to), "{} before {to}", table.name);
            }
        }
        names.sort();
        assert_eq!(names, known);
        assert_eq!(names.len(), made);
    })
    .await;
}

#[tokio::test]
async fn a_copy_is_the_same_in_every_direction() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start().await;
    // A server that sorts like a Vietnamese dictionary orders texts otherwise than SQLite.
    let vietnamese = database(&server, "viet", "vi-VN");
    let plain = database(&server, "khac", "en-US");
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let first = super::story::place(Engine::Sqlite).await;
    fill(&first.store).await;
    let want = first.store.digests().await.unwrap();
    assert!(want.iter().all(|table| table.rows > 0), "{want:?}");
    let mut from = first.store.clone();
    for address in [path("a.db"), vietnamese, plain, path("b.db"), path("c.db")] {
        let to = Store::create(&address).await.unwrap();
        let told = std::cell::Cell::new((0, 0));
        let copied = to
            .copy_from(
                &from,
                how(&|done, of| {
                    told.set((done, of));
                    true
                }),
                nothing,
            )
            .await
            .unwrap();
        assert_eq!(copied.tables, want, "{address}");
        assert_eq!((copied.books.len(), copied.broken.len()), (2, 0));
        assert_eq!(told.get(), (copied.rows() * 2, copied.rows() * 2));
        assert_eq!(to.digests().await.unwrap(), want, "{address}");
        let mut read = to.read().await.unwrap();
        for book in [BOOK, "44"] {
            assert_eq!(read.verify(book).await.unwrap().broken, []);
            assert_eq!(read.astray(book).await.unwrap(), []);
        }
        drop(read);
        // It is full now.
        let again = to.copy_from(&from, how(&|_, _| true), nothing).await;
        assert!(matches!(again, Err(Error::NotEmpty)));
        from = to;
    }
    // What is copied can be worked with.
    let mut act = begin(&from, doing("change", 3)).await;
    let entry = child(&ids(7)[0], "Hồ Văn An", "2015-03-12", None);
    act.change_child("changed", 1, &entry).await.unwrap();
    act.finish("", "{}").await.unwrap();
    assert_ne!(from.digests().await.unwrap(), want);
}

#[tokio::test]
async fn a_copy_that_does_not_come_to_its_end_leaves_nothing() {
    on_both(async |place| {
        fill(&place.store).await;
        let full = place.store.digests().await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("to.db");
        let to = Store::create(file.to_str().unwrap()).await.unwrap();
        let empty = to.digests().await.unwrap();
        for at in 0..6 {
            let calls = std::cell::Cell::new(0);
            let told = |_, _| {
                calls.set(calls.get() + 1);
                calls.get() <= at * 5
            };
            let stopped = to.copy_from(&place.store, how(&told), nothing).await;
            assert!(matches!(stopped, Err(Error::Stopped)), "{at}");
            assert_eq!(to.digests().await.unwrap(), empty);
        }
        // And the source is as it was.
        assert_eq!(place.store.digests().await.unwrap(), full);
    })
    .await;
}

/// The foreign keys of a server, each with what it says; those of a file stand in its tables.
async fn foreign_keys(store: &Store) -> Vec<(String, String)> {
    let Store::Pg(pool) = store else {
        return Vec::new();
    };
    let keys: Vec<(String, String)> = sqlx::query_as(
        "select conname::text, pg_get_constraintdef(oid) from pg_constraint where contype = 'f' order by 1, 2",
    )
    .fetch_all(pool)
    .await
    .unwrap();
    assert!(keys.len() > 10, "{keys:?}");
    keys
}

#[tokio::test]
async fn replacing_is_one_act() {
    let source = super::story::place(Engine::Sqlite).await;
    fill(&source.store).await;
    let full = source.store.digests().await.unwrap();
    on_both(async |place| {
        let to = &place.store;
        let mut act = begin(to, doing("add", 1)).await;
        act.add_children(&[child(
            &ids(1)[0],
            "Hồ Văn Ba",
            "2020-01-02",
            Some("045215000013"),
        )])
        .await
        .unwrap();
        act.finish("", "{}").await.unwrap();
        let before = to.digests().await.unwrap();
        let keys = foreign_keys(to).await;
        let replace = |told| How {
            replace: true,
            act: Some((doing("restore", 9), "{}".to_owned())),
            ..how(told)
        };
        let failed = to
            .copy_from(&source.store, replace(&|_, _| true), async || {
                Err(Error::Full)
            })
            .await;
        assert!(matches!(failed, Err(Error::Full)));
        let stopped = to
            .copy_from(&source.store, replace(&|done, _| done < 150), nothing)
            .await;
        assert!(matches!(stopped, Err(Error::Stopped)));
        assert_eq!(to.digests().await.unwrap(), before);
        let seen = std::cell::RefCell::new(Vec::new());
        let copied = to
            .copy_from(&source.store, replace(&|_, _| true), async || {
                *seen.borrow_mut() = to.digests().await?;
                Ok(())
            })
            .await
            .unwrap();
        assert_eq!((copied.tables, seen.into_inner()), (full.clone(), before));
        assert_eq!(foreign_keys(to).await, keys);
        let mut read = to.read().await.unwrap();
        for (book, links) in [(BOOK, 4), ("44", 2)] {
            let verified = read.verify(book).await.unwrap();
            assert_eq!((verified.links, verified.broken.len()), (links, 0));
            let last = read.last_of(book, "restore").await.unwrap();
            assert_eq!(last, Some((at(9), "{}".to_owned())));
            assert_eq!(read.last_of(book, "backup").await.unwrap(), None);
        }
    })
    .await;
}

#[tokio::test]
async fn a_broken_chain_is_copied_and_told() {
    on_both(async |place| {
        fill(&place.store).await;
        let text = "update audit set why = 'khác' where register = '45' and seq = 1";
        match &place.store {
            Store::Lite { write, .. } => {
                sqlx::query(text).execute(write).await.unwrap();
            }
            Store::Pg(pool) => {
                sqlx::query(text).execute(pool).await.unwrap();
            }
        }
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("to.db");
        let to = Store::create(file.to_str().unwrap()).await.unwrap();
        let copied = to
            .copy_from(&place.store, how(&|_, _| true), nothing)
            .await
            .unwrap();
        assert_eq!(
            copied.broken,
            [(BOOK.to_owned(), treem_store::audit::Broken::Changed(1))]
        );
    })
    .await;
}

#[tokio::test]
async fn what_an_engine_says_of_itself() {
    on_both(async |place| {
        let steps = place.store.read().await.unwrap().steps().await.unwrap();
        assert_eq!(steps.len(), STEPS.len());
        assert_eq!(place.store.unreferred().await.unwrap(), []);
        match place.store.engineering().await.unwrap() {
            health::Engineering::Sqlite {
                journal,
                synchronous,
            } => {
                assert_eq!((journal.as_str(), synchronous), ("wal", 2));
            }
            health::Engineering::Postgres { version, settings } => {
                assert!(version >= health::POSTGRES_AT_LEAST);
                // The server of the tests keeps nothing for long.
                assert_eq!(settings, ["off", "off", "on"]);
            }
        }
    })
    .await;
}
