//! Drafts, papers beside them, and whom a typed child may be, on both engines.

use crate::story::{BOOK, EDITION, at, begin, doing, ids};
use treem_store::entry::{Attachment, Draft, Like, OPEN, SAVED, THROWN};
use treem_store::{Error, Store, limits};

fn draft(id: &str, minute: u32, content: &str) -> Draft {
    Draft {
        id: id.to_owned(),
        person: "p1".to_owned(),
        edition: EDITION.to_owned(),
        unit: Some("19588".to_owned()),
        updated_at: at(minute),
        content: content.to_owned(),
        ..Draft::default()
    }
}

fn paper(id: &str, draft: &str, bytes: &[u8]) -> Attachment {
    Attachment {
        id: id.to_owned(),
        draft: draft.to_owned(),
        name: "giấy khai sinh.jpg".to_owned(),
        kind: "image/jpeg".to_owned(),
        sha256: "00".to_owned(),
        bytes: i64::try_from(bytes.len()).unwrap(),
        at: at(201),
        who: "p1".to_owned(),
    }
}

/// With An, Bình and Mơ in the book, in this order.
pub async fn tell(store: &Store) -> Vec<String> {
    drafts(store).await;
    papers(store).await;
    like(store).await
}

async fn drafts(store: &Store) {
    let save = async |seen: i64, draft: &Draft| store.save_draft(BOOK, seen, draft).await;
    assert_eq!(save(0, &draft("d1", 200, "{1}")).await.unwrap(), 1);
    assert_eq!(save(1, &draft("d1", 201, "{2}")).await.unwrap(), 2);
    // Sent again, because the answer was lost: nothing happens twice.
    assert_eq!(save(1, &draft("d1", 201, "{2}")).await.unwrap(), 2);
    // Another machine is behind; a second machine begins the same draft.
    for seen in [0, 1, 7] {
        let refused = save(seen, &draft("d1", 202, "{other}")).await;
        assert!(matches!(refused, Err(Error::DraftElsewhere(2))), "{seen}");
    }
    // Somebody else's, and one that is not there.
    let mut other = draft("d1", 202, "{2}");
    "p2".clone_into(&mut other.person);
    assert!(matches!(save(2, &other).await, Err(Error::DraftGone)));
    assert!(matches!(
        save(3, &draft("nowhere", 202, "")).await,
        Err(Error::DraftGone)
    ));
    let long = "x".repeat(limits::DRAFT_BYTES + 1);
    assert!(matches!(
        save(0, &draft("d9", 202, &long)).await,
        Err(Error::TooLong(_))
    ));
    save(0, &draft("d2", 203, "{}")).await.unwrap();
    let mut read = store.read().await.unwrap();
    let open = read.drafts_of(BOOK, "p1").await.unwrap();
    let open: Vec<(&str, i64, &str)> = open
        .iter()
        .map(|one| (one.id.as_str(), one.version, one.content.as_str()))
        .collect();
    assert_eq!(open, [("d2", 1, "{}"), ("d1", 2, "{2}")]);
    assert!(read.drafts_of(BOOK, "p2").await.unwrap().is_empty());
    drop(read);
    // Thrown away: nothing of it stays, and a late message does not bring it back.
    let gone = store.throw_draft(BOOK, "d2", "p2", &at(204)).await;
    assert!(matches!(gone, Err(Error::DraftGone)));
    store.throw_draft(BOOK, "d2", "p1", &at(204)).await.unwrap();
    let late = save(1, &draft("d2", 205, "{late}")).await;
    assert!(matches!(late, Err(Error::DraftGone)));
    let mut read = store.read().await.unwrap();
    let thrown = read.draft(BOOK, "d2").await.unwrap().unwrap();
    assert_eq!(
        (thrown.state.as_str(), thrown.content.as_str()),
        (THROWN, "")
    );
    assert_eq!(read.draft(BOOK, "d1").await.unwrap().unwrap().state, OPEN);
}

async fn papers(store: &Store) {
    let ids = ids(1);
    let content = [0xFF, 0xD8, 0xFF, 0x00, 0x27];
    for id in ["a1", "a2"] {
        store
            .add_attachment(BOOK, &paper(id, "d1", &content), &content)
            .await
            .unwrap();
    }
    let refused = store
        .add_attachment(BOOK, &paper("a3", "d2", &content), &content)
        .await;
    assert!(matches!(refused, Err(Error::DraftGone)));
    let large = vec![0; limits::ATTACHMENT_BYTES + 1];
    let refused = store
        .add_attachment(BOOK, &paper("a3", "d1", &large), &large)
        .await;
    assert!(matches!(refused, Err(Error::TooLong(_))));
    for (draft, person, paper) in [("d1", "p2", "a2"), ("d2", "p1", "a2"), ("d1", "p1", "")] {
        let refused = store.drop_attachment(BOOK, draft, (person, paper)).await;
        assert!(matches!(refused, Err(Error::DraftGone)));
    }
    store
        .drop_attachment(BOOK, "d1", ("p1", "a2"))
        .await
        .unwrap();
    let mut act = begin(store, doing("entry", 210)).await;
    let refused = act.draft_saved("d2", "p1", &ids[..1]).await;
    assert!(matches!(refused, Err(Error::DraftGone)));
    act.draft_saved("d1", "p1", &ids[..2]).await.unwrap();
    act.finish("d1", "{}").await.unwrap();
    let mut read = store.read().await.unwrap();
    assert_eq!(read.draft(BOOK, "d1").await.unwrap().unwrap().state, SAVED);
    let of = read.attachments_of_draft(BOOK, "d1").await.unwrap();
    assert_eq!(of, [paper("a1", "d1", &content)]);
    assert_eq!(read.attachments_of_child(BOOK, &ids[1]).await.unwrap(), of);
    assert!(
        read.attachments_of_child(BOOK, &ids[2])
            .await
            .unwrap()
            .is_empty()
    );
    let children = read.children_of_attachment(BOOK, "a1").await.unwrap();
    assert_eq!(children, ids[..2]);
    assert_eq!(
        read.attachment(BOOK, "a1").await.unwrap().as_ref(),
        of.first()
    );
    let bytes = read.attachment_content(BOOK, "a1").await.unwrap();
    assert_eq!(bytes.as_deref(), Some(content.as_slice()));
    assert_eq!(read.attachment_content(BOOK, "a2").await.unwrap(), None);
    assert_eq!(read.attachment(BOOK, "a2").await.unwrap(), None);
}

async fn like(store: &Store) -> Vec<String> {
    let ids = ids(1);
    let mut read = store.read().await.unwrap();
    let mut out = Vec::new();
    let beside = Like {
        unit: (EDITION, "19588"),
        ..Like::default()
    };
    for like in [
        Like {
            name_key: "ho van binh",
            ..Like::default()
        },
        Like {
            birth: "2015-03-12",
            ..Like::default()
        },
        Like {
            number: "045215000012",
            ..Like::default()
        },
        Like {
            beside: ("2014", "2017"),
            ..beside
        },
        Like {
            beside: ("2018", "2021"),
            ..beside
        },
        Like {
            name_key: "ho thi mo",
            beside: ("2014", "2017"),
            ..beside
        },
        Like::default(),
    ] {
        let found = read.linkable_like(BOOK, &like).await.unwrap();
        let place = |id: &str| ids.iter().position(|known| known == id);
        let found: Vec<Option<usize>> = found.iter().map(|child| place(&child.id)).collect();
        out.push(format!("{found:?}"));
    }
    out
}
