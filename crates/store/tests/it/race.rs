//! Many writers: nobody's change is lost, and who comes late is told.

use super::story::{BOOK, at, begin, child, doing, ids, on_both, place};
use std::process::{Command, Stdio};
use treem_store::store::Engine;
use treem_store::{Begun, Error, Store};

/// Changes a child once, from whatever version it has; gives how often somebody else was faster.
async fn change(store: &Store, id: &str, writer: u32) -> u32 {
    let mut late = 0;
    loop {
        let seen = store.read().await.unwrap().child(BOOK, id).await.unwrap();
        tokio::task::yield_now().await;
        let mut act = begin(store, doing("change", writer)).await;
        let mut entry = child(id, "Hồ Văn An", "2015-03-12", None);
        entry.state.record = format!("{{\"writer\":{writer}}}");
        match act.change_child("changed", seen.version, &entry).await {
            Ok(version) => {
                assert_eq!(version, seen.version + 1);
                act.finish(id, "{}").await.unwrap();
                return late;
            }
            Err(Error::Conflict { seen: from, now }) => {
                assert!(from == seen.version && now > from);
                late += 1;
            }
            Err(error) => panic!("{error}"),
        }
    }
}

async fn one_child(store: &Store) -> String {
    let id = ids(9)[0].clone();
    let mut act = begin(store, doing("add", 0)).await;
    act.add_children(&[child(&id, "Hồ Văn An", "2015-03-12", None)])
        .await
        .unwrap();
    act.finish(&id, "{}").await.unwrap();
    id
}

/// All changes are there, each once, and the chain holds.
async fn whole(store: &Store, id: &str, writers: i64) {
    let mut read = store.read().await.unwrap();
    let events = read.events(BOOK, id).await.unwrap();
    let mut records: Vec<&str> = events
        .iter()
        .skip(1)
        .map(|event| event.then.record.as_str())
        .collect();
    let last = records.last().copied().unwrap().to_owned();
    records.sort_unstable();
    records.dedup();
    assert_eq!(i64::try_from(records.len()).unwrap(), writers);
    let now = read.child(BOOK, id).await.unwrap();
    assert_eq!((now.version, &now.now.record), (writers + 1, &last));
    let verified = read.verify(BOOK).await.unwrap();
    assert_eq!((verified.links, verified.broken.len()), (writers + 1, 0));
    assert_eq!(read.children_astray(BOOK).await.unwrap(), 0);
}

#[tokio::test]
async fn a_lost_race_is_said() {
    on_both(async |place| {
        let id = one_child(&place.store).await;
        let entry = child(&id, "Hồ Văn Anh", "2015-03-12", None);
        let mut act = begin(&place.store, doing("change", 1)).await;
        act.change_child("changed", 1, &entry).await.unwrap();
        act.finish(&id, "{}").await.unwrap();
        let mut act = begin(&place.store, doing("change", 2)).await;
        let error = act.change_child("changed", 1, &entry).await.unwrap_err();
        assert!(
            matches!(error, Error::Conflict { seen: 1, now: 2 }),
            "{error}"
        );
        assert!(error.to_string().contains("bản 2"));
        let mut nobody = entry.clone();
        nobody.id = "nobody".to_owned();
        assert!(matches!(
            act.change_child("changed", 1, &nobody).await,
            Err(Error::NoChild)
        ));
        nobody.state.record = "x".repeat(300_000);
        assert!(matches!(
            act.change_child("changed", 1, &nobody).await,
            Err(Error::TooLong(_))
        ));
        drop(act);
        // The same request, sent again after a lost answer.
        assert!(matches!(
            place.store.begin(doing("change", 1)).await.unwrap(),
            Begun::Done(link) if link.seq == 2 && link.at == at(1)
        ));
    })
    .await;
}

#[tokio::test]
async fn twenty_writers_on_one_child() {
    on_both(async |place| {
        let id = one_child(&place.store).await;
        let writers: Vec<_> = (1..=20)
            .map(|writer| {
                let (store, id) = (place.store.clone(), id.clone());
                tokio::spawn(async move { change(&store, &id, writer).await })
            })
            .collect();
        let mut late = 0;
        for writer in writers {
            late += writer.await.unwrap();
        }
        assert!(late > 0, "nobody raced");
        whole(&place.store, &id, 20).await;
    })
    .await;
}

/// The other process of the test below; alone it has nothing to do.
#[tokio::test]
#[ignore = "the second process of two_processes_on_one_file"]
async fn the_other_process() {
    let Some(address) = std::env::var_os("TREEM_TEST_REGISTER") else {
        return;
    };
    let store = Store::open(address.to_str().unwrap()).await.unwrap();
    for writer in 100..130 {
        change(&store, &ids(9)[0], writer).await;
    }
}

#[tokio::test]
async fn two_processes_on_one_file() {
    let place = place(Engine::Sqlite).await;
    let id = one_child(&place.store).await;
    let mut other = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "race::the_other_process", "--ignored"])
        .env("TREEM_TEST_REGISTER", &place.address)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    for writer in 200..230 {
        change(&place.store, &id, writer).await;
    }
    assert!(other.wait().unwrap().success());
    whole(&place.store, &id, 60).await;
}

#[tokio::test]
async fn the_server_falls_in_mid_act() {
    let mut place = place(Engine::Postgres).await;
    let id = one_child(&place.store).await;
    let entry = child(&id, "Hồ Văn Anh", "2015-03-12", None);
    let mut act = begin(&place.store, doing("change", 1)).await;
    act.change_child("changed", 1, &entry).await.unwrap();
    place.server.as_mut().unwrap().fall().await;
    // Nobody can say yet whether it was kept: the same request may be sent again.
    let lost = act.finish(&id, "{}").await.unwrap_err();
    assert!(matches!(lost, Error::Lost), "{lost}");
    let mut act = begin(&place.store, doing("change", 1)).await;
    act.change_child("changed", 1, &entry).await.unwrap();
    act.finish(&id, "{}").await.unwrap();
    // What was committed before it falls is there.
    place.server.as_mut().unwrap().fall().await;
    whole(&place.store, &id, 1).await;
}

#[tokio::test]
async fn two_who_read_see_the_same() {
    on_both(async |place| {
        let id = one_child(&place.store).await;
        let (mut one, two) = place.store.read_by_two().await.unwrap();
        assert_eq!(two.is_some(), place.store.engine() == Engine::Postgres);
        if let Some(mut two) = two {
            // After the first began, and before the second reads anything.
            change(&place.store, &id, 1).await;
            assert_eq!(one.child(BOOK, &id).await.unwrap().version, 1);
            assert_eq!(two.child(BOOK, &id).await.unwrap().version, 1);
            let mut later = place.store.read().await.unwrap();
            assert_eq!(later.child(BOOK, &id).await.unwrap().version, 2);
            // Three of four connections are held: there is one for the first, and nobody waits for another.
            let (mut first, second) = place.store.read_by_two().await.unwrap();
            assert!(second.is_none());
            assert_eq!(first.child(BOOK, &id).await.unwrap().version, 2);
        }
    })
    .await;
}
