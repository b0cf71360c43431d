//! The reform: children go into the units of another edition and back; who changed since stays, who came since is named.

use super::super::story::{BOOK, EDITION, at, begin, child, doing, ids};
use treem_store::reform::{APPLIED, Became, Reform, UNDONE};
use treem_store::register::Unit;
use treem_store::{Store, Tx};

const LATER: &str = "2025-07-01";
const DAY: &str = "2024-06-13";

fn unit(code: &'static str, name: &'static str, parent: &'static str) -> Unit<'static> {
    Unit {
        code,
        name,
        level: "commune",
        parent: Some(parent),
    }
}

fn became(from: &str, hamlet: &str, to: Option<&str>) -> Became {
    Became {
        edition: EDITION.to_owned(),
        from_unit: from.to_owned(),
        hamlet: hamlet.to_owned(),
        to_unit: to.map(str::to_owned),
    }
}

/// Whom a reform after a moment led where: the unit, the new one, how many.
async fn led(read: &mut Tx, moment: &str) -> Vec<String> {
    let all = read.led(BOOK, DAY, LATER, moment).await.unwrap();
    let told = all.into_iter().map(|one| {
        let (edition, unit) = one.stood();
        assert_eq!(edition, EDITION);
        format!("{unit} {} {}", one.led, one.children)
    });
    told.collect()
}

/// Tells it; minutes from 30 on.
pub async fn tell(store: &Store) -> Vec<String> {
    let mut out = Vec::new();
    let ids = ids(27);
    let old = [
        unit("19582", "Xã Húc Nghì", "469"),
        unit("19585", "Xã A Vao", "469"),
    ];
    let new = [
        unit("19588", "Xã Tà Rụt", "44"),
        unit("19594", "Xã La Lay", "44"),
    ];
    store.add_units(EDITION, &old).await.unwrap();
    store.add_units(LATER, &new).await.unwrap();
    // One child of a unit that goes whole, two of one that is divided: of one the hamlet is known.
    let stands = [(0, "19582"), (1, "19585"), (2, "19585")];
    let children: Vec<_> = stands
        .iter()
        .map(|(nth, unit)| {
            let number = format!("04521500010{nth}");
            let mut entry = child(&ids[*nth], "Hồ Văn Kăn", "2015-03-12", Some(&number));
            entry.state.unit = Some((*unit).to_owned());
            entry
        })
        .collect();
    let mut act = begin(store, doing("import", 230)).await;
    act.add_children(&children).await.unwrap();
    act.finish("", "{}").await.unwrap();
    let mut read = store.read().await.unwrap();
    out.push(format!("{:?}", read.standing(BOOK).await.unwrap()));
    let of_unit = read
        .records_of_unit(BOOK, (EDITION, "19585"), "")
        .await
        .unwrap();
    let found: Vec<&str> = of_unit.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(found, [&ids[1], &ids[2]]);
    drop(read);

    let mut act = begin(store, doing("reform", 231)).await;
    let audit_seq = act.number();
    act.add_reform("sap-xep", LATER, "{}").await.unwrap();
    let units = [
        became("19582", "", Some("19588")),
        became("19585", "", None),
        became("19585", "Thôn Pa Ling", Some("19594")),
    ];
    act.add_reform_units("sap-xep", &units).await.unwrap();
    act.add_reform_children("sap-xep", &[(ids[1].clone(), "19594".to_owned())])
        .await
        .unwrap();
    assert_eq!(act.reassign("sap-xep", LATER).await.unwrap(), 2);
    act.finish("sap-xep", "{}").await.unwrap();
    let place = async |id: &String| {
        let mut read = store.read().await.unwrap();
        let child = read.child(BOOK, id).await.unwrap();
        (child.version, child.now.edition, child.now.unit.unwrap())
    };
    let is =
        |version: i64, edition: &str, unit: &str| (version, edition.to_owned(), unit.to_owned());
    assert_eq!(place(&ids[0]).await, is(2, LATER, "19588"));
    assert_eq!(place(&ids[1]).await, is(2, LATER, "19594"));
    assert_eq!(place(&ids[2]).await, is(1, EDITION, "19585"));
    let mut read = store.read().await.unwrap();
    let event = &read.events(BOOK, &ids[0]).await.unwrap()[1];
    let mut then = children[0].state.clone();
    (then.edition, then.unit) = (LATER.to_owned(), Some("19588".to_owned()));
    assert_eq!((event.kind.as_str(), &event.then), ("reassigned", &then));
    assert_eq!(read.numbers(BOOK, &ids[0]).await.unwrap()[0].ended_at, None);
    let reforms = read.reforms(BOOK).await.unwrap();
    assert_eq!(
        reforms,
        [Reform {
            id: "sap-xep".to_owned(),
            audit_seq,
            at: at(231),
            who: "Hồ Thị Bích".to_owned(),
            edition: LATER.to_owned(),
            source: "{}".to_owned(),
            state: APPLIED.to_owned(),
            undone_seq: None,
        }]
    );
    out.push(format!("{:?}", read.reform_units(BOOK).await.unwrap()));
    drop(read);

    // One is corrected in its new unit, one comes into it.
    let mut act = begin(store, doing("correct", 232)).await;
    let mut corrected = children[0].clone();
    corrected.state = then;
    "Hồ Văn Căn"
        .to_lowercase()
        .clone_into(&mut corrected.state.name_key);
    act.change_child("changed", 2, &corrected).await.unwrap();
    act.finish("", "{}").await.unwrap();
    let mut act = begin(store, doing("import", 233)).await;
    let mut late = child(&ids[3], "Hồ Thị Nhi", "2016-03-12", None);
    (late.state.edition, late.state.unit) = (LATER.to_owned(), Some("19594".to_owned()));
    act.add_children(&[late]).await.unwrap();
    act.finish("", "{}").await.unwrap();

    let mut read = store.read().await.unwrap();
    // What the old units are told by: their own past, but for who has none.
    let back = read.tally(BOOK, DAY).await.unwrap();
    let past: Vec<(&str, &str, i64)> = back
        .iter()
        .filter(|one| one.edition == LATER)
        .map(|one| (one.unit.as_str(), one.way.as_str(), one.sums.children))
        .collect();
    assert_eq!(
        past,
        [
            ("19588", "2020-01-01 19582", 1),
            ("19594", "", 1),
            ("19594", "2020-01-01 19585", 1)
        ]
    );
    out.push(format!("{back:?}"));
    // As of a moment those are told by their records.
    for (unit, moment, count) in [
        ("19594", at(233), 1),
        ("19594", at(232), 0),
        ("19588", at(233), 0),
    ] {
        let of = (unit, LATER);
        let none = read.without_past(BOOK, DAY, of, EDITION, &moment).await;
        assert_eq!(none.unwrap().len(), count, "{unit} {moment}");
    }
    // In the new units, as the book was before: who was placed alone, by where the reform put it.
    let forth = led(&mut read, &at(230)).await;
    assert_eq!(forth, ["19585 19594 1"]);
    // After the reform nobody is led any more, nor before the child came.
    for moment in [at(231), at(229)] {
        assert!(led(&mut read, &moment).await.is_empty(), "{moment}");
    }
    out.push(format!("{forth:?}"));
    assert_eq!(read.untouched(BOOK, audit_seq).await.unwrap(), 1);
    let named = |list: Vec<treem_store::reform::Standing>| -> Vec<String> {
        list.into_iter().map(|one| one.id).collect()
    };
    let touched = read.touched(BOOK, audit_seq, "").await.unwrap();
    assert_eq!(named(touched), [ids[0].clone()]);
    let came = read.newcomers(BOOK, &reforms[0], "").await.unwrap();
    assert_eq!(named(came), [ids[3].clone()]);
    drop(read);

    let mut act = begin(store, doing("reform-undo", 34)).await;
    assert!(act.set_reform_undone("sap-xep").await.unwrap());
    assert!(!act.set_reform_undone("sap-xep").await.unwrap());
    assert_eq!(act.unassign(audit_seq).await.unwrap(), 1);
    act.finish("sap-xep", "{}").await.unwrap();
    assert_eq!(place(&ids[0]).await, is(3, LATER, "19588"));
    assert_eq!(place(&ids[1]).await, is(3, EDITION, "19585"));
    let mut read = store.read().await.unwrap();
    let now = read.child(BOOK, &ids[1]).await.unwrap().now;
    assert_eq!(now, children[1].state);
    assert_eq!(read.reforms(BOOK).await.unwrap()[0].state, UNDONE);
    assert!(read.reform_units(BOOK).await.unwrap().is_empty());
    // Taken back, it has led only whom it did not take back.
    assert_eq!(led(&mut read, &at(230)).await, ["19582 19588 1"]);
    drop(read);

    // A second one puts the other child of the divided unit elsewhere, and now that holds.
    let mut act = begin(store, doing("reform", 235)).await;
    act.add_reform("sap-xep-2", LATER, "{}").await.unwrap();
    act.add_reform_units("sap-xep-2", &[became("19585", "", None)])
        .await
        .unwrap();
    let placed = [
        (ids[1].clone(), "19588".to_owned()),
        (ids[2].clone(), "19594".to_owned()),
    ];
    act.add_reform_children("sap-xep-2", &placed).await.unwrap();
    assert_eq!(act.reassign("sap-xep-2", LATER).await.unwrap(), 2);
    act.finish("sap-xep-2", "{}").await.unwrap();
    let mut read = store.read().await.unwrap();
    let both = led(&mut read, &at(230)).await;
    assert_eq!(both, ["19582 19588 1", "19585 19588 1", "19585 19594 1"]);
    out.push(format!("{both:?}"));
    assert!(read.verify(BOOK).await.unwrap().broken.is_empty());
    assert_eq!(read.children_astray(BOOK).await.unwrap(), 0);
    out
}
