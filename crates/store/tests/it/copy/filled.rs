//! A register with something in every table.

use super::super::story::{BOOK, at, begin, book, child, doing, ids};
use treem_store::headcount::{Headcount, Population};
use treem_store::import::{APPLIED, Import, Row};
use treem_store::merges::Merge;
use treem_store::moves::Move;
use treem_store::queue::{Candidate, Decided, OPEN, PERHAPS, Waiting};
use treem_store::{Act, Store};

const EDITION: &str = "2020-01-01";

/// A row in each table of reforms and mirrors.
async fn fill_more(act: &mut treem_store::Act, ids: &[String]) {
    use treem_store::mirror::{Link, Mirror, Row};
    use treem_store::reform::Became;
    super::super::both::handover::fill(act, ids).await;
    super::super::both::handover_answers::fill(act, ids).await;
    super::super::both::evidence::fill(act).await;
    super::super::both::letter::fill(act, ids).await;
    super::super::both::sector::fill(act, &ids[0]).await;
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

/// Two books with some of everything, and with what is hard to carry: marks, quotes, line ends, backslashes, no unit, no number.
pub async fn fill(store: &Store) {
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
    // And says that it lives elsewhere.
    let mut moved = children[2].clone();
    moved.state.unit = Some("469".to_owned());
    act.change_children("changed", &[(1, moved)], Some("nhap-2"))
        .await
        .unwrap();
    // What was to be done of it is done.
    act.set_findings(&ids[2], &[]).await.unwrap();
    act.finish("nhap-2", "{}").await.unwrap();
    let mut other = doing("add", 2);
    "44".clone_into(&mut other.register);
    let mut act = begin(store, other).await;
    let many: Vec<_> = (20..30).flat_map(super::super::story::ids).collect();
    let mut many: Vec<_> = many
        .iter()
        .map(|id| child(id, "Hồ Thị Mơ", "2019", None))
        .collect();
    "{\"hamlet\":\"A Đăng\",\"name\":\"Hồ Thị Mơ\"}".clone_into(&mut many[0].state.record);
    act.add_children(&many).await.unwrap();
    act.add_moved(
        &child(&super::super::story::ids(40)[0], "Hồ Thị Lá", "2019", None),
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
