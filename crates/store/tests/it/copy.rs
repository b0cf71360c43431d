//! Copies from either engine to either: the same rows, the same chain, or nothing.

use super::server::Server;
use super::story::{BOOK, at, begin, book, child, doing, ids, on_both};
use treem_store::copy::How;
use treem_store::headcount::{Headcount, Population};
use treem_store::import::{APPLIED, Import, Row};
use treem_store::merges::Merge;
use treem_store::migrate::STEPS;
use treem_store::moves::Move;
use treem_store::queue::{Candidate, Decided, OPEN, PERHAPS, Waiting};
use treem_store::store::Engine;
use treem_store::{Act, Error, Store, health};

const EDITION: &str = "2020-01-01";

/// Two books with some of everything, and with what is hard to carry: marks, quotes, line ends, backslashes, no unit, no number.
/// A row in each table of reforms and mirrors.
async fn fill_more(act: &mut treem_store::Act, ids: &[String]) {
    use treem_store::mirror::{Link, Mirror, Row};
    use treem_store::reform::Became;
    super::both::handover::fill(act, ids).await;
    super::both::handover_answers::fill(act, ids).await;
    super::both::evidence::fill(act).await;
    act.add_reform("sap-xep", EDITION, "{}").await.unwrap();
    let became = Became {
        edition: EDITION.to_owned(),
        from_unit: "19588".to_owned(),
        hamlet: "Thôn \t'A".to_owned(),
        to_unit: None,
    };
    act.add_reform_units("sap-xep", &[became]).await.unwrap();
    act.add_reform_children("sap-xep", &[(ids[0].clone(), "19588".to_owned())])
        .await
        .unwrap();
    act.add_mirror(&Mirror {
        id: "guong-1".to_owned(),
        audit_seq: act.number(),
        at: at(1),
        who: "Hồ Thị Bích".to_owned(),
        day: "2024-06-13".to_owned(),
        edition: EDITION.to_owned(),
        profile: "[[column]]\n".to_owned(),
        files: "[]".to_owned(),
        rows: 1,
    })
    .await
    .unwrap();
    let row = Row {
        nth: 1,
        sheet: "Trẻ em".to_owned(),
        row_number: 2,
        key: "TE01".to_owned(),
        edition: EDITION.to_owned(),
        record: "{}".to_owned(),
        sensitive: "{}".to_owned(),
        ..Row::default()
    };
    act.add_mirror_rows("guong-1", &[row]).await.unwrap();
    let link = Link {
        key: "TE01".to_owned(),
        child: ids[0].clone(),
        how: "name",
    };
    act.add_mirror_links("guong-1", &[link]).await.unwrap();
    act.add_pairs(&[treem_store::pairs::Pair {
        child: ids[0].clone(),
        other: ids[1].clone(),
        millionths: 700_000,
        why: "[[\"name\",\"giống hệt\",9.1]]".to_owned(),
        ..treem_store::pairs::Pair::default()
    }])
    .await
    .unwrap();
    fixes(act, ids).await;
}

/// A fix that waits, and a unit that asks for a second check.
async fn fixes(act: &mut treem_store::Act, ids: &[String]) {
    use treem_store::fixes::{ABOVE, Fix, FixRow, WAITS};
    let fix = Fix {
        id: "sua-1".to_owned(),
        kind: "fix".to_owned(),
        state: WAITS.to_owned(),
        as_of: "2024-06-13".to_owned(),
        why: "\\N\t'".to_owned(),
        ..Fix::default()
    };
    let row = FixRow {
        child: ids[0].clone(),
        field: "sex".to_owned(),
        seen: 1,
        keyed: true,
        value: "Nữ\n".to_owned(),
    };
    act.add_fix(&fix, &[row]).await.unwrap();
    act.add_second_check((EDITION, "19588"), ABOVE)
        .await
        .unwrap();
}

async fn fill(store: &Store) {
    store.add_register(&book("44")).await.unwrap();
    let ids = ids(7);
    let mut act = begin(store, doing("import", 1)).await;
    let mut children = vec![
        child(
            &ids[0],
            "Hồ Văn \\N An\t\"'\\.",
            "2015-03-12",
            Some("045215000012"),
        ),
        child(
            &ids[1],
            "Hồ Văn Bình\r\n\\x41",
            "2015-03-12",
            Some("045215000012"),
        ),
        child(&ids[2], "", "", None),
    ];
    children[2].state.unit = None;
    for entry in &mut children {
        entry.import = Some("nhap-1".to_owned());
    }
    act.add_import(&Import {
        id: "nhap-1".to_owned(),
        audit_seq: act.number(),
        at: at(1),
        who: "Hồ Thị Bích".to_owned(),
        as_of: "2024-06-13".to_owned(),
        edition: EDITION.to_owned(),
        files: "[]".to_owned(),
        rows: 3,
        state: APPLIED.to_owned(),
    })
    .await
    .unwrap();
    act.add_children(&children).await.unwrap();
    let rows: Vec<Row> = (1..)
        .zip(&children)
        .map(|(nth, entry)| Row {
            nth,
            file: "ds.csv".to_owned(),
            sheet: "Trang 1".to_owned(),
            row: nth + 1,
            decision: "new".to_owned(),
            child: Some(entry.id.clone()),
        })
        .collect();
    act.add_import_rows("nhap-1", &rows).await.unwrap();
    assert_eq!(act.lost_claims().await.unwrap().len(), 1);
    let waits = Waiting {
        import: "nhap-1".to_owned(),
        nth: 3,
        version: 1,
        kind: PERHAPS.to_owned(),
        state: OPEN.to_owned(),
        edition: EDITION.to_owned(),
        record: "{\"name\":\"Hồ\\n\"}".to_owned(),
        findings: "[]".to_owned(),
        sensitive: "{}".to_owned(),
        ..Waiting::default()
    };
    act.add_waiting(std::slice::from_ref(&waits)).await.unwrap();
    act.add_candidates(
        "nhap-1",
        &[Candidate {
            nth: 3,
            place: 1,
            child: Some(ids[0].clone()),
            other: None,
            millionths: 500_000,
            why: "[]".to_owned(),
        }],
    )
    .await
    .unwrap();
    act.decide(&[(waits, Decided::default())]).await.unwrap();
    fill_more(&mut act, &ids).await;
    act.add_headcounts(&[Headcount {
        edition: EDITION.to_owned(),
        unit: "19588".to_owned(),
        day: "2024-01-01".to_owned(),
        source: String::new(),
        signed_by: String::new(),
        children: -5,
        loaded_at: String::new(),
    }])
    .await
    .unwrap();
    tied(&mut act, &ids).await;
    act.finish("nhap-1", "{}").await.unwrap();
    store
        .keep_columns(BOOK, "xã", ("1f", "[]"), (&at(1), "Hồ Thị Bích"))
        .await
        .unwrap();
    typed(store).await;
    // A later import changes a child: its finding is kept.
    let mut act = begin(store, doing("import", 3)).await;
    act.draft_saved("ho-1", "p1", &ids[..1]).await.unwrap();
    act.change_children("changed", &[(1, children[2].clone())], Some("nhap-2"))
        .await
        .unwrap();
    // What was to be done of it is done.
    act.set_findings(&ids[2], &[]).await.unwrap();
    act.finish("nhap-2", "{}").await.unwrap();
    let mut other = doing("add", 2);
    "44".clone_into(&mut other.register);
    let mut act = begin(store, other).await;
    let many: Vec<_> = (20..30).flat_map(super::story::ids).collect();
    let many: Vec<_> = many
        .iter()
        .map(|id| child(id, "Hồ Thị Mơ", "2019", None))
        .collect();
    act.add_children(&many).await.unwrap();
    act.add_moved(
        &child(&super::story::ids(40)[0], "Hồ Thị Lá", "2019", None),
        (BOOK, &ids[0]),
    )
    .await
    .unwrap();
    act.finish("", "{}").await.unwrap();
    people(store).await;
}

/// A household that is being typed, and one with a photo beside it.
async fn typed(store: &Store) {
    for id in ["ho-1", "ho-2"] {
        let draft = treem_store::entry::Draft {
            id: id.to_owned(),
            person: "p1".to_owned(),
            edition: EDITION.to_owned(),
            updated_at: at(2),
            content: "{\"\\N\t\"}".to_owned(),
            ..treem_store::entry::Draft::default()
        };
        store.save_draft(BOOK, 0, &draft).await.unwrap();
    }
    let content = [0xFF, 0xD8, 0xFF, 0x00, 0x0A, 0x5C];
    let paper = treem_store::entry::Attachment {
        id: "giay-1".to_owned(),
        draft: "ho-1".to_owned(),
        name: "giấy\t1.jpg".to_owned(),
        kind: "image/jpeg".to_owned(),
        sha256: "00".to_owned(),
        bytes: 6,
        at: at(2),
        who: "p1".to_owned(),
    };
    store.add_attachment(BOOK, &paper, &content).await.unwrap();
}

/// A person with a role, a link, a session, failures; a token; a look.
async fn people(store: &Store) {
    use treem_store::look::Look;
    use treem_store::session::{Counted, Session, WHOLE};
    let mut act = begin(store, doing("person-added", 4)).await;
    act.add_person("p1", "bich", ("Hồ Thị Bích", ""))
        .await
        .unwrap();
    act.add_grant("g1", "p1", "officer", Some((EDITION, "19588")))
        .await
        .unwrap();
    act.add_link("aa", "p1", &at(9)).await.unwrap();
    act.add_token("t1", "bb", "Trường học", &at(9))
        .await
        .unwrap();
    act.finish("p1", "{}").await.unwrap();
    let session = Session {
        id: "s1".to_owned(),
        person: "p1".to_owned(),
        step: WHOLE.to_owned(),
        created_at: at(4),
        seen_at: at(4),
        ends_at: at(9),
        agent: String::new(),
    };
    store.add_session(BOOK, "cc", &session).await.unwrap();
    let counted = Counted {
        kind: "name",
        what: "dd",
    };
    let next = |_: &str, _: i64| at(5);
    store.charge(BOOK, &[counted], &at(4), &next).await.unwrap();
    let look = Look {
        id: "l1".to_owned(),
        at: at(4),
        ..Look::default()
    };
    store.add_looks(BOOK, &[look]).await.unwrap();
}

/// What ties children together: a pair apart, a move, a merge; people of a unit, a rule file.
async fn tied(act: &mut Act, ids: &[String]) {
    act.add_apart(&[(ids[0].clone(), ids[1].clone())])
        .await
        .unwrap();
    act.add_move(&Move {
        id: "m-1".to_owned(),
        child: ids[0].clone(),
        from_edition: EDITION.to_owned(),
        to_edition: EDITION.to_owned(),
        to_unit: "19588".to_owned(),
        day: "2024-06-10".to_owned(),
        ..Move::default()
    })
    .await
    .unwrap();
    act.add_merge(&Merge {
        id: "g-1".to_owned(),
        survivor: ids[0].clone(),
        loser: ids[2].clone(),
        ..Merge::default()
    })
    .await
    .unwrap();
    act.add_populations(&[Population {
        edition: EDITION.to_owned(),
        unit: "19588".to_owned(),
        day: "2019-04-01".to_owned(),
        source: String::new(),
        people: 3_000,
    }])
    .await
    .unwrap();
    act.add_rule_file("2024-06-13", "", "").await.unwrap();
}

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
        let made = STEPS
            .iter()
            .map(|(_, text)| text.matches("create table ").count())
            .sum::<usize>();
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
