//! The hand-over on both engines: lists, rows, steps, frozen rows, households' sheets.

use crate::story::{BOOK, EDITION, at, begin, child, doing, ids};
use treem_store::handover::{DONE, LEFT, List, MOVED, OPEN, Row, Stand};
use treem_store::{Error, Store};

const UNIT: &str = "19588";
const SEAL: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

fn list(number: i64, rows: i64) -> List {
    List {
        number,
        place: "drawn".to_owned(),
        title: "Trẻ em chưa có mã định danh".to_owned(),
        source: "{\"group\":1}".to_owned(),
        edition: EDITION.to_owned(),
        unit: UNIT.to_owned(),
        rows,
        ..List::default()
    }
}

fn row(list: i64, nth: i64, child: &str) -> Row {
    Row {
        list,
        row_number: nth,
        child: child.to_owned(),
        version: 1,
        state: OPEN.to_owned(),
        why: "id.missing|carer.missing".to_owned(),
        ..Row::default()
    }
}

/// A row in each table of the hand-over, for a book that is copied.
pub async fn fill(act: &mut treem_store::Act, ids: &[String]) {
    let mut first = list(10_001, 1);
    "Trẻ em\t\\N 'chưa có'".clone_into(&mut first.title);
    act.add_handover(&first).await.unwrap();
    act.add_handover_rows(&[row(10_001, 1, &ids[0])])
        .await
        .unwrap();
    act.freeze_handover(10_001, 1, &[(1, "{\"\\t\":1}".to_owned())])
        .await
        .unwrap();
    let since = act.doing().at.clone();
    let stand = Stand {
        place: "drawn",
        since: &since,
        rows: 1,
        open_rows: 1,
        ..Stand::default()
    };
    act.add_handover_step(10_001, &stand, (1, "draw", "{}", "{}"))
        .await
        .unwrap();
    act.add_handover_days((EDITION, UNIT), "sent", 7)
        .await
        .unwrap();
    act.sheet_of("aa", (EDITION, UNIT, ""), &ids[..1])
        .await
        .unwrap();
}

/// The first list is closed with two rows, the first of them answered.
async fn pages_of_frozen_rows(store: &Store) {
    let mut read = store.read().await.unwrap();
    let page = async |read: &mut treem_store::Tx, open, from, rows| {
        let asked = (10_001, 1, open);
        let page = read.handover_frozen_page(BOOK, asked, (from, rows)).await;
        page.unwrap()
    };
    assert_eq!(page(&mut read, false, 0, 5).await, ["{\"một\":1}", "{}"]);
    assert_eq!(page(&mut read, false, 1, 5).await, ["{}"]);
    assert_eq!(page(&mut read, false, 0, 1).await, ["{\"một\":1}"]);
    assert_eq!(page(&mut read, true, 0, 5).await, ["{}"]);
    let counts = read.handover_frozen_count(BOOK, (10_001, 1)).await;
    assert_eq!(counts.unwrap(), (1, 1));
    let frozen = async |read: &mut treem_store::Tx, row| {
        let found = read.handover_frozen_row(BOOK, (10_001, 1, row)).await;
        found.unwrap()
    };
    assert_eq!(frozen(&mut read, 2).await.as_deref(), Some("{}"));
    assert_eq!(frozen(&mut read, 3).await, None);
    let row = read.handover_row(BOOK, 10_001, 1).await.unwrap().unwrap();
    assert!(row.answered);
    assert!(read.handover_row(BOOK, 10_001, 9).await.unwrap().is_none());
}

pub async fn tell(store: &Store) -> Vec<String> {
    let mut out = Vec::new();
    let ids = ids(23);
    let mut act = begin(store, doing("import", 500)).await;
    let children = [
        child(&ids[0], "Hồ Thị Mưa", "2016-05-05", None),
        child(&ids[1], "Hồ Thị Nắng", "2017-05-05", None),
        child(&ids[2], "Hồ Văn Gió", "2018-05-05", None),
    ];
    act.add_children(&children).await.unwrap();
    act.finish(&ids[0], "{}").await.unwrap();
    assert_eq!(
        store
            .read()
            .await
            .unwrap()
            .last_handover(BOOK)
            .await
            .unwrap(),
        None
    );

    // Drawn up, reviewed, one struck, closed.
    let mut act = begin(store, doing("handover", 501)).await;
    act.add_handover(&list(10_001, 3)).await.unwrap();
    let rows = [
        row(10_001, 1, &ids[0]),
        row(10_001, 2, &ids[1]),
        row(10_001, 3, &ids[2]),
    ];
    act.add_handover_rows(&rows).await.unwrap();
    assert!(act.set_handover_review(10_001, 1, "same").await.unwrap());
    assert!(act.strike_handover_row(10_001, 3, "đã chết").await.unwrap());
    assert!(!act.strike_handover_row(10_001, 3, "đã chết").await.unwrap());
    assert!(!act.set_handover_review(10_001, 3, "same").await.unwrap());
    let frozen = [(1, "{\"một\":1}".to_owned()), (2, "{}".to_owned())];
    act.freeze_handover(10_001, 1, &frozen).await.unwrap();
    let since = at(501);
    let stand = Stand {
        place: "closed",
        since: &since,
        rows: 3,
        open_rows: 2,
        closing: 1,
        seal: Some(SEAL),
        closed_on: Some("2024-06-13"),
    };
    let detail = format!("{{\"step\":\"approve\",\"seal\":\"{SEAL}\"}}");
    act.add_handover_step(10_001, &stand, (1, "approve", &detail, "{}"))
        .await
        .unwrap();
    act.add_handover_days((EDITION, UNIT), "sent", 7)
        .await
        .unwrap();
    let sheet = |members: &'static str| (members, (EDITION, UNIT, "Thôn A Đăng"));
    let (members, place) = sheet("aa");
    assert_eq!(act.sheet_of(members, place, &ids[..2]).await.unwrap(), 1);
    assert_eq!(act.sheet_of(members, place, &ids[..2]).await.unwrap(), 1);
    let (members, place) = sheet("bb");
    assert_eq!(act.sheet_of(members, place, &ids[2..3]).await.unwrap(), 2);
    assert!(act.set_handover_answered(10_001, 1, true).await.unwrap());
    assert!(!act.set_handover_answered(10_001, 3, true).await.unwrap());
    act.finish("10001", "{}").await.unwrap();
    pages_of_frozen_rows(store).await;

    // A child stands open on one list at most.
    let mut act = begin(store, doing("handover", 502)).await;
    act.add_handover(&list(10_002, 1)).await.unwrap();
    let twice = act.add_handover_rows(&[row(10_002, 1, &ids[0])]).await;
    assert!(matches!(twice, Err(Error::Database(_))));
    drop(act);

    let mut read = store.read().await.unwrap();
    assert_eq!(read.last_handover(BOOK).await.unwrap(), Some(10_001));
    let held = read.handover(BOOK, 10_001).await.unwrap().unwrap();
    assert_eq!(
        (
            held.place.as_str(),
            held.open_rows,
            held.seal.as_deref(),
            held.steps
        ),
        ("closed", 2, Some(SEAL), 1)
    );
    assert_eq!(read.handover(BOOK, 10_002).await.unwrap(), None);
    for (places, is_in) in [
        (&["closed"][..], true),
        (&["drawn", "closed"], true),
        (&["drawn"], false),
        (&[], false),
    ] {
        let found = read.handovers_in(BOOK, places).await.unwrap();
        assert_eq!(found.contains(&held), is_in, "{places:?}");
    }
    assert_eq!(read.handovers_after(BOOK, 0).await.unwrap(), [held]);
    assert_eq!(read.handovers_sealed(BOOK, SEAL).await.unwrap(), [10_001]);
    assert!(read.handovers_sealed(BOOK, "%").await.unwrap().is_empty());
    out.push(format!(
        "{:?}",
        read.handover_rows(BOOK, 10_001).await.unwrap()
    ));
    out.push(format!(
        "{:?}",
        read.handover_steps(BOOK, 10_001).await.unwrap()
    ));
    let mut tally = read.handover_tally(BOOK, 10_001).await.unwrap();
    tally.sort();
    let stands = |state: &str, answered, count| (state.to_owned(), answered, count);
    assert_eq!(
        tally,
        [
            stands("open", false, 1),
            stands("open", true, 1),
            stands("struck", false, 1)
        ]
    );
    assert_eq!(read.handover_rows_open(BOOK).await.unwrap().len(), 2);
    assert_eq!(
        read.handover_frozen(BOOK, 10_001, 1).await.unwrap(),
        ["{\"một\":1}", "{}"]
    );
    assert!(
        read.handover_frozen(BOOK, 10_001, 2)
            .await
            .unwrap()
            .is_empty()
    );
    let (sheet, members) = read.sheet(BOOK, 1).await.unwrap().unwrap();
    assert_eq!(
        (sheet.hamlet.as_str(), members),
        ("Thôn A Đăng", ids[..2].to_vec())
    );
    assert_eq!(read.sheet(BOOK, 3).await.unwrap(), None);
    out.push(format!("{:?}", read.handover_days(BOOK).await.unwrap()));
    assert!(read.handover_rows_left(BOOK).await.unwrap().is_empty());
    drop(read);

    // Applied: with an answer done, without one left; the one that was left is drawn again, in parts.
    let mut act = begin(store, doing("handover", 503)).await;
    let to = async |act: &mut treem_store::Act, to: &str, answered| {
        act.handover_rows_to(10_001, (OPEN, to), Some(answered))
            .await
            .unwrap()
    };
    assert_eq!(
        (
            to(&mut act, DONE, true).await,
            to(&mut act, LEFT, false).await
        ),
        (1, 1)
    );
    act.finish("10001", "{}").await.unwrap();
    let mut read = store.read().await.unwrap();
    let left = read.handover_rows_left(BOOK).await.unwrap();
    assert_eq!(
        left.iter().map(|row| row.row_number).collect::<Vec<_>>(),
        [2]
    );
    drop(read);
    let mut act = begin(store, doing("handover", 504)).await;
    act.add_handover(&list(10_002, 1)).await.unwrap();
    let again = Row {
        earlier: "10001-0002".to_owned(),
        ..row(10_002, 1, &ids[1])
    };
    act.add_handover_rows(&[again]).await.unwrap();
    let moved = act
        .handover_rows_to(10_002, (OPEN, MOVED), None)
        .await
        .unwrap();
    assert_eq!(moved, 1);
    let part = List {
        part_of: Some(10_002),
        ..list(10_003, 2)
    };
    act.add_handover(&part).await.unwrap();
    act.add_handover_rows(&[row(10_003, 1, &ids[1]), row(10_003, 2, &ids[0])])
        .await
        .unwrap();
    act.finish("10002", "{}").await.unwrap();
    let mut read = store.read().await.unwrap();
    assert!(read.handover_rows_left(BOOK).await.unwrap().is_empty());
    let of_child = read.handover_rows_of(BOOK, &ids[1]).await.unwrap();
    assert_eq!(
        of_child
            .iter()
            .map(|row| (row.list, row.state.as_str()))
            .collect::<Vec<_>>(),
        [(10_003, OPEN), (10_002, MOVED), (10_001, LEFT)]
    );
    assert_eq!(read.handover_done_elsewhere(BOOK, 10_001).await.unwrap(), 1);
    assert_eq!(read.handover_done_elsewhere(BOOK, 10_003).await.unwrap(), 0);
    out
}
