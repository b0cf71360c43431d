//! Lists of other sectors, apart from the book, and what a comparison finds.

use super::super::story::{BOOK, EDITION, begin, doing, ids};
use treem_store::sector::{FETCHED, Figure, FoundChild, Match, OPEN, REFUSED, Row, Said, Source};
use treem_store::{Act, Store};

fn source(number: i64, kind: &str) -> Source {
    Source {
        source: number,
        kind: kind.to_owned(),
        purpose: "tìm trẻ chưa có trong sổ\t\\N".to_owned(),
        basis: "Quyết định 12/QĐ-UBND".to_owned(),
        day: "2024-06-01".to_owned(),
        edition: EDITION.to_owned(),
        unit: (number == 1).then(|| "19588".to_owned()),
        files: "[]".to_owned(),
        rows: 3,
        ..Source::default()
    }
}

fn rows(source: i64) -> Vec<Row> {
    (1..=3)
        .map(|nth| Row {
            source,
            nth,
            file: "a0.xlsx".to_owned(),
            sheet: "Danh sách".to_owned(),
            row_number: nth + 4,
            name_key: "ho van an".to_owned(),
            birth: "2016-03-12".to_owned(),
            edition: EDITION.to_owned(),
            unit: (nth < 3).then(|| "19588".to_owned()),
            number: None,
            record: "{\"name\":\"Hồ Văn An\"}".to_owned(),
            sensitive: "{\"ethnicity\":\"Bru Vân Kiều\"}".to_owned(),
        })
        .collect()
}

fn found(source: i64, nth: i64, sure: bool) -> FoundChild {
    FoundChild {
        source,
        nth,
        edition: EDITION.to_owned(),
        unit: (nth < 3).then(|| "19588".to_owned()),
        name_key: "ho van an".to_owned(),
        birth: "2016-03-12".to_owned(),
        lists: 3,
        child: None,
        millionths: 0,
        sure,
        state: OPEN.to_owned(),
    }
}

fn figure(unit: &str, total: Option<i64>) -> Figure {
    Figure {
        edition: EDITION.to_owned(),
        unit: unit.to_owned(),
        lists: 6,
        seen: 90,
        found: 20,
        entered: 75,
        low: total.map(|total| total - 5),
        total,
        high: total.map(|total| total + 9),
        ground: "{}".to_owned(),
        ..Figure::default()
    }
}

/// Something in every table, of a register that is copied.
pub async fn fill(act: &mut Act, child: &str) {
    act.add_source(&source(1, "a0")).await.unwrap();
    act.add_source_rows(&rows(1)).await.unwrap();
    act.begin_compared("2024-06-13", "[1]").await.unwrap();
    let of = |nth, found| Match {
        row: (1, nth),
        child: (nth == 2).then(|| child.to_owned()),
        found,
        millionths: 990_000,
    };
    act.add_matches(&[of(1, Some((1, 1))), of(2, None)])
        .await
        .unwrap();
    act.add_found(&[found(1, 1, true)]).await.unwrap();
    act.add_figures(&[figure("19588", None)]).await.unwrap();
    let said = Said {
        state: REFUSED.to_owned(),
        why: "moved".to_owned(),
        note: "\\N\t'".to_owned(),
        ..Said::default()
    };
    assert!(
        act.say_found((1, 1), &[(1, 1)], (&said, OPEN))
            .await
            .unwrap()
    );
}

/// Tells it; minutes from 950 on.
pub async fn tell(store: &Store) -> Vec<String> {
    let ids = ids(1);
    let mut act = begin(store, doing("missing", 950)).await;
    for number in [1, 2] {
        let kind = if number == 1 { "a0" } else { "school" };
        act.add_source(&source(number, kind)).await.unwrap();
        act.add_source_rows(&rows(number)).await.unwrap();
    }
    act.finish("1", "{}").await.unwrap();
    let mut act = begin(store, doing("missing", 951)).await;
    act.begin_compared("2024-06-13", "[1,2]").await.unwrap();
    let of = |row, child: Option<usize>, found| Match {
        row,
        child: child.map(|at| ids[at].clone()),
        found,
        millionths: 987_654,
    };
    act.add_matches(&[
        of((1, 1), Some(0), None),
        of((1, 2), None, Some((1, 2))),
        of((1, 3), None, Some((1, 3))),
        of((2, 1), None, Some((2, 1))),
        of((2, 2), None, Some((1, 2))),
    ])
    .await
    .unwrap();
    let mut perhaps = found(2, 1, false);
    (perhaps.child, perhaps.millionths) = (Some(ids[1].clone()), 300_000);
    act.add_found(&[found(1, 2, true), found(1, 3, true), perhaps.clone()])
        .await
        .unwrap();
    act.add_figures(&[figure("19588", Some(100)), figure("464", None)])
        .await
        .unwrap();
    act.finish("", "{}").await.unwrap();

    let mut read = store.read().await.unwrap();
    let sources = read.sources(BOOK).await.unwrap();
    assert_eq!(sources.len(), 2);
    assert_eq!(sources[0].who, "Hồ Thị Bích");
    assert_eq!(
        read.source_rows(BOOK, 1, 1).await.unwrap(),
        rows(1)[1..].to_vec()
    );
    let unit = (EDITION, "19588");
    let page = read
        .found_of_unit(BOOK, unit, (OPEN, true), ("", 0, 0), 10)
        .await
        .unwrap();
    assert_eq!(page, [found(1, 2, true)]);
    let after = read
        .found_of_unit(BOOK, unit, (OPEN, true), ("ho van an", 1, 2), 10)
        .await
        .unwrap();
    assert_eq!(after, []);
    let doubtful = read
        .found_of_unit(BOOK, unit, (OPEN, false), ("", 0, 0), 10)
        .await
        .unwrap();
    assert_eq!(doubtful, [perhaps]);
    for (sure, after, expect) in [
        (true, (0, 0), vec![found(1, 3, true)]),
        (true, (1, 3), Vec::new()),
        (false, (0, 0), Vec::new()),
    ] {
        let nowhere = read.found_nowhere(BOOK, (OPEN, sure), after, 10).await;
        assert_eq!(nowhere.unwrap(), expect, "{sure} {after:?}");
    }
    let of_found = read.rows_of_found(BOOK, (1, 2)).await.unwrap();
    let places: Vec<(i64, i64)> = of_found.iter().map(|row| (row.source, row.nth)).collect();
    assert_eq!(places, [(1, 2), (2, 2)]);
    assert_eq!(of_found[0].sensitive, "{\"ethnicity\":\"Bru Vân Kiều\"}");
    let (some, none) = (figure("19588", Some(100)), figure("464", None));
    let (edition, band) = (some.edition.as_str(), some.band.as_str());
    for (edition, band, expect) in [
        (edition, None, vec![some.clone(), none.clone()]),
        (edition, Some(band), vec![some.clone(), none]),
        (edition, Some("?"), vec![]),
        ("1999-01-01", None, vec![]),
    ] {
        let figures = read.figures(BOOK, edition, band).await.unwrap();
        assert_eq!(figures, expect, "{edition} {band:?}");
    }
    drop(read);

    // One is entered, one is refused; both once.
    let mut act = begin(store, doing("missing", 952)).await;
    let fetched = Said {
        state: FETCHED.to_owned(),
        child: Some(ids[1].clone()),
        ..Said::default()
    };
    let both = [(1, 2), (2, 2)];
    assert!(
        act.say_found((1, 2), &both, (&fetched, OPEN))
            .await
            .unwrap()
    );
    assert!(
        !act.say_found((1, 2), &both, (&fetched, OPEN))
            .await
            .unwrap()
    );
    let refused = Said {
        state: REFUSED.to_owned(),
        why: "moved".to_owned(),
        ..Said::default()
    };
    assert!(
        act.say_found((2, 1), &[(2, 1)], (&refused, OPEN))
            .await
            .unwrap()
    );
    act.finish("1-2", "{}").await.unwrap();
    let mut read = store.read().await.unwrap();
    let counts = read.found_counts(BOOK).await.unwrap();
    let said = read.said_of_rows(BOOK).await.unwrap();
    assert_eq!(said.len(), 3);
    assert_eq!(
        read.found(BOOK, (1, 2)).await.unwrap().unwrap().state,
        FETCHED
    );
    let of_second = read.said_of_source(BOOK, 2).await.unwrap();
    let (fetched, refused) = (FETCHED.to_owned(), REFUSED.to_owned());
    assert_eq!(
        of_second,
        [
            (fetched, String::new(), 1),
            (refused, "moved".to_owned(), 1)
        ]
    );
    drop(read);

    // The purpose is over: nobody of that list is left.
    let mut act = begin(store, doing("missing", 953)).await;
    assert!(act.drop_source(1, "{\"rows\":3}").await.unwrap());
    assert!(!act.drop_source(1, "{}").await.unwrap());
    act.finish("1", "{}").await.unwrap();
    let mut read = store.read().await.unwrap();
    assert_eq!(read.source_rows(BOOK, 1, 0).await.unwrap(), []);
    assert_eq!(read.source_rows(BOOK, 2, 0).await.unwrap(), rows(2));
    assert_eq!(read.rows_of_found(BOOK, (1, 2)).await.unwrap(), []);
    assert_eq!(read.found_counts(BOOK).await.unwrap(), []);
    assert_eq!(read.said_of_rows(BOOK).await.unwrap().len(), 2);
    let figures = read.figures(BOOK, EDITION, None).await.unwrap();
    assert_eq!(figures, []);
    let kept = read.sources(BOOK).await.unwrap();
    assert_eq!(kept[0].counts, "{\"rows\":3}");
    assert_eq!(
        kept[0].dropped_by.as_deref(),
        Some(kept[0].who.as_str()).filter(|who| !who.is_empty())
    );
    let compared = read.compared(BOOK).await.unwrap().unwrap();
    assert_eq!(compared.sources, "[1,2]");
    vec![
        format!("{counts:?}"),
        format!("{:?}", kept),
        compared.day.clone(),
    ]
}
