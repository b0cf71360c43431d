//! Children who are known to be different, on both engines.

use crate::story::{BOOK, begin, doing, ids};
use treem_store::Store;

pub async fn tell(store: &Store) -> Vec<String> {
    let ids = ids(1);
    let pair = |one: usize, other: usize| (ids[one].clone(), ids[other].clone());
    let mut act = begin(store, doing("apart", 100)).await;
    // In either order, twice, and a child and itself: two pairs.
    act.add_apart(&[pair(1, 0), pair(0, 1), pair(2, 0), pair(2, 2)])
        .await
        .unwrap();
    act.finish(&ids[0], "{}").await.unwrap();
    let holds = async || {
        let mut read = store.read().await.unwrap();
        let all = read.all_apart(BOOK).await.unwrap();
        let of = read.apart_of(BOOK, &ids[0]).await.unwrap();
        let back = read.apart_of(BOOK, &ids[1]).await.unwrap();
        let is = read.is_apart(BOOK, &ids[1], &ids[0]).await.unwrap();
        (all, of, back, is)
    };
    let both = vec![pair(0, 1), pair(0, 2)];
    assert_eq!(
        holds().await,
        (both.clone(), ids[1..3].to_vec(), vec![ids[0].clone()], true)
    );
    let mut act = begin(store, doing("apart", 101)).await;
    assert!(act.end_apart(&ids[1], &ids[0]).await.unwrap());
    assert!(!act.end_apart(&ids[1], &ids[0]).await.unwrap());
    act.finish(&ids[0], "{}").await.unwrap();
    assert_eq!(
        holds().await,
        (vec![pair(0, 2)], vec![ids[2].clone()], vec![], false)
    );
    let mut act = begin(store, doing("apart", 102)).await;
    act.add_apart(&[pair(0, 1)]).await.unwrap();
    act.finish(&ids[0], "{}").await.unwrap();
    let (all, ..) = holds().await;
    assert_eq!(all, both);
    vec![format!("{all:?}")]
}
