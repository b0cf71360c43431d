//! The part of the story that asks whether everything agrees; nothing does not.

use super::super::story::BOOK;
use treem_store::store::Engine;
use treem_store::{Error, Store};

pub async fn tell(store: &Store, out: &mut Vec<String>) {
    let mut read = store.read().await.unwrap();
    assert_eq!(read.astray(BOOK).await.unwrap(), []);
    let tables = read.tables().await.unwrap();
    out.push(format!(
        "{:?}",
        tables.iter().map(|table| &table.name).collect::<Vec<_>>()
    ));
    out.push(format!("{:?}", read.last_of(BOOK, "undo").await.unwrap()));
    assert!(read.last_of(BOOK, "chưa từng").await.unwrap().is_none());
    drop(read);
    // The same rows, the same hash, on both engines.
    out.push(format!("{:?}", store.digests().await.unwrap()));
    store.engineering().await.unwrap();
    // The owner of a server could rewrite what happened; a file has no roles.
    let owner = store.engine() == Engine::Postgres;
    assert_eq!(store.may_rewrite().await.unwrap(), owner);
    assert!(matches!(
        (owner, store.grant("không có").await),
        (true, Err(Error::NoRole(_))) | (false, Err(Error::NoRoles))
    ));
    assert_eq!(store.unreferred().await.unwrap(), []);
}
