//! Answers of the police on both engines: typed, applied, taken back; how numbers stand; tasks; settings.

use crate::story::{BOOK, EDITION, at, begin, child, doing, ids};
use treem_store::answers::{
    AnswerRow, CIVIL, CLEARED, EffectRow, FIRST, REQUEST, SECOND, SINGLE, Standing, Task,
};
use treem_store::handover::{List, OPEN, Row};
use treem_store::{Act, Store};

const UNIT: &str = "19588";
const LIST: i64 = 10_011;
const NUMBER: &str = "045216000771";

fn answer(row: i64, seq: i64, keying: &str, holds: bool) -> AnswerRow {
    AnswerRow {
        row_number: row,
        seq,
        way: "paper".to_owned(),
        keying: keying.to_owned(),
        kind: "number-given".to_owned(),
        answer: format!("{{\"answer\":\"number-given\",\"number\":\"{NUMBER}\"}}"),
        holds,
        ..AnswerRow::default()
    }
}

fn task(id: &str, kind: &str, child: &str) -> Task {
    Task {
        id: id.to_owned(),
        kind: kind.to_owned(),
        child: child.to_owned(),
        list: LIST,
        row_number: 1,
        edition: EDITION.to_owned(),
        unit: UNIT.to_owned(),
        due: Some("2024-08-12".to_owned()),
        detail: "{}".to_owned(),
        ..Task::default()
    }
}

fn standing(number: &str, word: &str) -> Standing {
    Standing {
        number: number.to_owned(),
        standing: word.to_owned(),
        list: LIST,
        row_number: 1,
        ..Standing::default()
    }
}

/// A row in each table, for a book that is copied: of a list that is there.
pub async fn fill(act: &mut Act, ids: &[String]) {
    act.add_answers(10_001, &[answer(1, 1, SINGLE, true)])
        .await
        .unwrap();
    let effect = EffectRow {
        row_number: 1,
        child: ids[0].clone(),
        effect: "{\"\\t\":1}".to_owned(),
        ..EffectRow::default()
    };
    act.add_effects(10_001, &[effect]).await.unwrap();
    act.add_standings(&[(ids[0].clone(), standing(NUMBER, "given"))])
        .await
        .unwrap();
    act.add_task(&task(&ids[1], CIVIL, &ids[0])).await.unwrap();
    act.add_setting("civil-days", "60").await.unwrap();
}

pub async fn tell(store: &Store) -> Vec<String> {
    let mut out = Vec::new();
    let ids = ids(29);
    let mut act = begin(store, doing("import", 520)).await;
    let one = child(&ids[0], "Hồ Văn Núi", "2016-05-05", Some(NUMBER));
    act.add_children(&[one]).await.unwrap();
    let list = List {
        number: LIST,
        place: "received".to_owned(),
        title: "Trẻ em chưa có mã định danh".to_owned(),
        source: "{}".to_owned(),
        edition: EDITION.to_owned(),
        unit: UNIT.to_owned(),
        rows: 1,
        ..List::default()
    };
    act.add_handover(&list).await.unwrap();
    let row = Row {
        list: LIST,
        row_number: 1,
        child: ids[0].clone(),
        version: 1,
        state: OPEN.to_owned(),
        ..Row::default()
    };
    act.add_handover_rows(&[row]).await.unwrap();
    act.finish("10011", "{}").await.unwrap();

    // Typed twice, then cleared: one holds at most.
    for (nth, rows, waits) in [
        (521, vec![answer(1, 1, FIRST, false)], &[FIRST][..]),
        (522, vec![answer(1, 2, SECOND, true)], &[SECOND]),
        (523, vec![answer(1, 3, SINGLE, true)], &[]),
    ] {
        let mut act = begin(store, doing("handover-answer", nth)).await;
        act.add_answers(LIST, &rows).await.unwrap();
        act.finish("10011", "{}").await.unwrap();
        let mut read = store.read().await.unwrap();
        let waiting = read.answers_waiting(BOOK).await.unwrap();
        let waiting = waiting.iter().filter(|one| one.0 == LIST);
        let kinds: Vec<&str> = waiting
            .inspect(|one| assert_eq!(one.4, 1))
            .map(|one| one.3.as_str())
            .collect();
        assert_eq!(kinds, waits);
    }
    let mut read = store.read().await.unwrap();
    let known = read.answers(BOOK, LIST).await.unwrap();
    let held: Vec<(i64, bool)> = known.iter().map(|one| (one.seq, one.holds)).collect();
    assert_eq!(held, [(1, false), (2, false), (3, true)]);
    assert_eq!(known[1].at, at(522));
    let of_row = read.answers_of(BOOK, LIST, 1).await.unwrap();
    assert_eq!(format!("{of_row:?}"), format!("{known:?}"));
    assert!(read.answers_of(BOOK, LIST, 2).await.unwrap().is_empty());
    out.push(format!("{known:?}"));
    drop(read);
    let mut act = begin(store, doing("handover-answer", 524)).await;
    act.add_answers(LIST, &[answer(1, 4, CLEARED, false)])
        .await
        .unwrap();
    act.finish("10011", "{}").await.unwrap();
    let mut read = store.read().await.unwrap();
    let known = read.answers(BOOK, LIST).await.unwrap();
    assert!(known.iter().all(|one| !one.holds));
    drop(read);

    // Applied.
    let status = async || {
        let mut read = store.read().await.unwrap();
        let numbers = read.numbers(BOOK, &ids[0]).await.unwrap();
        numbers.last().unwrap().status.clone()
    };
    assert_eq!(status().await, "written");
    let mut act = begin(store, doing("handover-apply", 525)).await;
    act.add_standings(&[(ids[0].clone(), standing(NUMBER, "given"))])
        .await
        .unwrap();
    act.finish("10011", "{}").await.unwrap();
    assert_eq!(status().await, "given");
    let mut act = begin(store, doing("handover-apply", 526)).await;
    let applied = act.number();
    act.add_standings(&[(ids[0].clone(), standing(NUMBER, "verified"))])
        .await
        .unwrap();
    let effect = EffectRow {
        row_number: 1,
        child: ids[0].clone(),
        version: 0,
        effect: "{}".to_owned(),
        why: "đã hỏi".to_owned(),
        ..EffectRow::default()
    };
    act.add_effects(LIST, &[effect]).await.unwrap();
    act.add_task(&task(&ids[1], CIVIL, &ids[0])).await.unwrap();
    act.add_task(&task(&ids[2], REQUEST, &ids[0]))
        .await
        .unwrap();
    act.add_setting("civil-days", "30").await.unwrap();
    act.finish("10011", "{}").await.unwrap();
    assert_eq!(status().await, "verified");
    let mut read = store.read().await.unwrap();
    for (day, count) in [("2024-06-13", 1), ("2010-06-13", 0)] {
        let sums = read.tally(BOOK, day).await.unwrap();
        let verified: i64 = sums.iter().map(|one| one.sums.verified).sum();
        assert_eq!(verified, count, "{day}");
    }
    assert_eq!(read.standings_of(BOOK, &ids[0]).await.unwrap().len(), 2);
    out.push(format!("{:?}", read.effects(BOOK, LIST).await.unwrap()));
    assert_eq!(read.tasks(BOOK, None, None).await.unwrap().len(), 2);
    let civil = read.tasks(BOOK, Some(CIVIL), Some("open")).await.unwrap();
    assert_eq!((civil.len(), civil[0].at.clone()), (1, at(526)));
    let setting = read.setting(BOOK, "civil-days").await.unwrap();
    assert_eq!(setting.as_deref(), Some("30"));
    assert_eq!(read.setting(BOOK, "other").await.unwrap(), None);
    drop(read);

    // One task is done; then all is taken back: what is done stays done.
    let mut act = begin(store, doing("handover-task", 527)).await;
    assert!(act.set_task(&ids[1], "done", "đã đăng ký").await.unwrap());
    assert!(!act.set_task(&ids[1], "done", "lần nữa").await.unwrap());
    act.finish(&ids[1], "{}").await.unwrap();
    let mut act = begin(store, doing("handover-unapply", 528)).await;
    act.undo_effects(LIST).await.unwrap();
    act.undo_standings(applied, &ids[..1]).await.unwrap();
    assert_eq!(act.withdraw_tasks(applied).await.unwrap(), 1);
    act.finish("10011", "{}").await.unwrap();
    assert_eq!(status().await, "given");
    let mut read = store.read().await.unwrap();
    let effects = read.effects(BOOK, LIST).await.unwrap();
    assert!(effects.iter().all(|one| one.undone_seq.is_some()));
    let done = read.task(BOOK, &ids[1]).await.unwrap().unwrap();
    assert_eq!(
        (done.state.as_str(), done.result.as_str()),
        ("done", "đã đăng ký")
    );
    let withdrawn = read.task(BOOK, &ids[2]).await.unwrap().unwrap();
    assert_eq!(withdrawn.state, "withdrawn");
    assert_eq!(read.task(BOOK, "no").await.unwrap(), None);
    out.push(format!("{done:?}"));
    out
}
