//! People, roles, links, sessions, attempts, tokens, looks, on both engines.

use crate::story::{BOOK, EDITION, at, begin, doing};
use treem_store::Store;
use treem_store::look::{Look, Which};
use treem_store::person::{ACTIVE, LOCKED};
use treem_store::session::{CODE, Counted, Now, Session, WHOLE};

/// An act's request and minute, beyond those of the other stories.
const FROM: u32 = 900;

fn session(id: &str, person: &str, step: &str) -> Session {
    Session {
        id: id.to_owned(),
        person: person.to_owned(),
        step: step.to_owned(),
        created_at: at(1),
        seen_at: at(1),
        ends_at: at(20),
        agent: "Chromium".to_owned(),
    }
}

pub async fn tell(store: &Store) -> Vec<String> {
    let mut out = people(store).await;
    out.extend(sessions(store).await);
    out.extend(attempts(store).await);
    out.extend(tokens_and_looks(store).await);
    out
}

async fn people(store: &Store) -> Vec<String> {
    let mut out = Vec::new();
    let mut act = begin(store, doing("person-added", FROM)).await;
    assert!(
        act.add_person("p1", "bich", ("Hồ Thị Bích", "UBND xã"))
            .await
            .unwrap()
    );
    assert!(!act.add_person("p2", "bich", ("Ai Khác", "")).await.unwrap());
    assert!(
        act.add_person("p2", "lam", ("Hồ Văn Lâm", ""))
            .await
            .unwrap()
    );
    act.add_grant("g1", "p1", "officer", Some((EDITION, "19588")))
        .await
        .unwrap();
    act.add_grant("g2", "p2", "auditor", None).await.unwrap();
    act.add_link("aa", "p1", &at(30)).await.unwrap();
    act.add_link("bb", "p1", &at(30)).await.unwrap();
    act.finish("p1", "{}").await.unwrap();
    let mut tx = store.read().await.unwrap();
    assert_eq!(tx.person_count(BOOK).await.unwrap(), 2);
    assert_eq!(tx.persons("44").await.unwrap(), []);
    // The first link was spent by the second; the second ends.
    assert_eq!(tx.link_of(BOOK, "aa", &at(1)).await.unwrap(), None);
    assert_eq!(
        tx.link_of(BOOK, "bb", &at(1)).await.unwrap().as_deref(),
        Some("p1")
    );
    assert_eq!(tx.link_of(BOOK, "bb", &at(30)).await.unwrap(), None);
    let grants = tx.grants(BOOK).await.unwrap();
    assert_eq!(
        grants.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(),
        ["g1", "g2"]
    );
    assert_eq!(grants[0].unit.as_deref(), Some("19588"));
    drop(tx);
    let mut act = begin(store, doing("link-used", FROM + 1)).await;
    assert!(act.use_link("bb").await.is_ok());
    assert!(!act.use_link("bb").await.unwrap());
    act.set_password("p1", "$argon2id$…", false).await.unwrap();
    act.set_person_shown("p1", "Hồ Thị Bích Ngọc", "UBND xã Tà Rụt")
        .await
        .unwrap();
    act.set_totp("p1", Some("ABC"), 7).await.unwrap();
    assert!(act.set_person_state("p2", LOCKED).await.unwrap());
    assert!(!act.set_person_state("p2", LOCKED).await.unwrap());
    assert!(act.end_grant("g2").await.unwrap());
    assert!(!act.end_grant("g2").await.unwrap());
    act.finish("p1", "{}").await.unwrap();
    assert!(store.take_step(BOOK, "p1", 8).await.unwrap());
    assert!(!store.take_step(BOOK, "p1", 8).await.unwrap());
    let mut tx = store.read().await.unwrap();
    let person = tx.person_named(BOOK, "bich").await.unwrap().unwrap();
    assert_eq!(tx.person(BOOK, "p1").await.unwrap().as_ref(), Some(&person));
    assert_eq!(
        (person.state.as_str(), person.totp_step, person.must_change),
        (ACTIVE, 8, false)
    );
    // Nothing secret reaches a log.
    assert!(!format!("{person:?}").contains("argon2"));
    assert!(tx.grants_of(BOOK, "p2").await.unwrap().is_empty());
    out.push(format!("{:?}", tx.grants_of(BOOK, "p1").await.unwrap()));
    out.push(format!("{:?}", tx.persons(BOOK).await.unwrap()));
    out
}

async fn sessions(store: &Store) -> Vec<String> {
    store
        .add_session(BOOK, "11", &session("s1", "p1", CODE))
        .await
        .unwrap();
    store
        .add_session(BOOK, "22", &session("s2", "p1", WHOLE))
        .await
        .unwrap();
    store
        .add_session(BOOK, "33", &session("s3", "p1", WHOLE))
        .await
        .unwrap();
    let (one, ten, twenty) = (at(0), at(10), at(20));
    let now = |at, idle| Now { at, idle };
    let mut tx = store.read().await.unwrap();
    assert_eq!(
        tx.session_of(BOOK, "11", now(&ten, &one))
            .await
            .unwrap()
            .unwrap()
            .step,
        CODE
    );
    assert_eq!(
        tx.session_of(BOOK, "44", now(&ten, &one)).await.unwrap(),
        None
    );
    assert_eq!(
        tx.session_of("44", "11", now(&ten, &one)).await.unwrap(),
        None
    );
    // Too long, unused too long.
    assert_eq!(
        tx.session_of(BOOK, "11", now(&twenty, &one)).await.unwrap(),
        None
    );
    assert_eq!(
        tx.session_of(BOOK, "11", now(&ten, &ten)).await.unwrap(),
        None
    );
    drop(tx);
    let seen = [("s2", at(9))];
    let seen: Vec<(&str, &str)> = seen.iter().map(|(id, at)| (*id, at.as_str())).collect();
    store.write_down(BOOK, &[], &seen).await.unwrap();
    assert!(!store.end_session(BOOK, ("s1", "p2"), &ten).await.unwrap());
    assert!(store.end_session(BOOK, ("s1", "p1"), &ten).await.unwrap());
    assert!(!store.end_session(BOOK, ("s1", "p1"), &ten).await.unwrap());
    assert_eq!(store.end_sessions(BOOK, "p1", "s2", &ten).await.unwrap(), 1);
    let mut tx = store.read().await.unwrap();
    let left = tx.sessions_of(BOOK, "p1", now(&ten, &one)).await.unwrap();
    assert_eq!(
        left.iter()
            .map(|one| (one.id.as_str(), one.seen_at.clone()))
            .collect::<Vec<_>>(),
        [("s2", at(9))]
    );
    vec![format!("{left:?}")]
}

async fn attempts(store: &Store) -> Vec<String> {
    let name = Counted {
        kind: "name",
        what: "ff",
    };
    let address = Counted {
        kind: "address",
        what: "ee",
    };
    let next = |kind: &str, failures: i64| {
        if kind == "name" && failures >= 2 {
            at(5)
        } else {
            at(0)
        }
    };
    let mut out = Vec::new();
    for minute in [1, 2, 3, 5] {
        let until = store
            .charge(BOOK, &[name, address], &at(minute), &next)
            .await
            .unwrap();
        out.push(format!("{minute}: {until:?}"));
    }
    // Twice, then locked until the fifth minute.
    assert!(
        out[2].contains(&at(5)) && out[3].ends_with("None"),
        "{out:?}"
    );
    store.forgive(BOOK, &[name]).await.unwrap();
    assert_eq!(
        store.charge(BOOK, &[name], &at(5), &next).await.unwrap(),
        None
    );
    store.forget(BOOK, &at(40)).await.unwrap();
    out
}

async fn tokens_and_looks(store: &Store) -> Vec<String> {
    let mut act = begin(store, doing("token-made", FROM + 2)).await;
    act.add_token("t1", "77", "Trường học", &at(30))
        .await
        .unwrap();
    act.finish("t1", "{}").await.unwrap();
    let mut tx = store.read().await.unwrap();
    assert_eq!(
        tx.token_of(BOOK, "77", &at(1)).await.unwrap().unwrap().id,
        "t1"
    );
    assert_eq!(tx.token_of(BOOK, "77", &at(30)).await.unwrap(), None);
    drop(tx);
    let mut act = begin(store, doing("token-ended", FROM + 3)).await;
    assert!(act.end_token("t1").await.unwrap());
    assert!(!act.end_token("t1").await.unwrap());
    act.finish("t1", "{}").await.unwrap();
    let look = |nth: u32, child: Option<&str>, allowed| Look {
        id: format!("0{nth}"),
        at: at(nth),
        holder: "p1".to_owned(),
        who: "bich".to_owned(),
        deed: if child.is_some() { "see" } else { "export" }.to_owned(),
        allowed,
        child: child.map(str::to_owned),
        children: 1,
        ..Look::default()
    };
    let looks = [
        look(1, Some("c1"), true),
        look(2, None, true),
        look(3, Some("c1"), false),
    ];
    store.add_looks(BOOK, &looks).await.unwrap();
    let all = Which {
        who: "",
        child: "",
        deed: "",
        from: "",
        to: "z",
    };
    let mut tx = store.read().await.unwrap();
    assert_eq!(tx.token_of(BOOK, "77", &at(1)).await.unwrap(), None);
    let mut seen = async |before: &str, which: Which<'static>| -> Vec<String> {
        let page = tx.looks(BOOK, before, which, 2).await.unwrap();
        page.into_iter().map(|one| one.id).collect()
    };
    assert_eq!(seen("z", all).await, ["03", "02"]);
    assert_eq!(seen("02", all).await, ["01"]);
    assert_eq!(seen("z", Which { child: "c1", ..all }).await, ["03", "01"]);
    assert_eq!(
        seen(
            "z",
            Which {
                deed: "export",
                ..all
            }
        )
        .await,
        ["02"]
    );
    assert_eq!(
        seen("z", Which { who: "p2", ..all }).await,
        Vec::<String>::new()
    );
    let back = tx
        .links_back(
            BOOK,
            i64::MAX,
            Which {
                deed: "token-ended",
                ..all
            },
            9,
        )
        .await
        .unwrap();
    assert_eq!(back.len(), 1);
    assert!(
        tx.links_back(
            BOOK,
            back[0].seq,
            Which {
                deed: "token-ended",
                ..all
            },
            9
        )
        .await
        .unwrap()
        .is_empty()
    );
    let tokens = tx.tokens(BOOK).await.unwrap();
    vec![format!("{tokens:?}")]
}
