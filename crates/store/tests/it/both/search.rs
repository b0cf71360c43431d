//! Children of a unit, and by the beginning of a name.

use super::super::story::{BOOK, EDITION};
use treem_store::Store;

/// With An, Bình and Mơ in the book, in this order.
pub async fn tell(store: &Store, ids: &[String]) {
    let mut read = store.read().await.unwrap();
    for (begins, most, want) in [
        ("ho van", 9, vec![0, 1]),
        ("ho van ", 9, vec![0, 1]),
        ("ho van b", 9, vec![1]),
        ("ho van an", 9, vec![0]),
        ("ho", 9, vec![2, 0, 1]),
        ("ho", 2, vec![2, 0]),
        ("o van", 9, vec![]),
        ("ho_van", 9, vec![]),
        ("%", 9, vec![]),
        ("", 9, vec![]),
        ("zzzzzzzzz", 9, vec![]),
    ] {
        let want: Vec<&String> = want.iter().map(|at: &usize| &ids[*at]).collect();
        // All three are of one unit.
        for unit in [None, Some((EDITION, "19588"))] {
            let found = read.children_named(BOOK, unit, begins, most).await;
            let found = found.unwrap();
            let found: Vec<&String> = found.iter().map(|child| &child.id).collect();
            assert_eq!(found, want, "{begins:?} {unit:?}");
        }
        for unit in [(EDITION, "469"), ("2025-07-01", "19588")] {
            let found = read.children_named(BOOK, Some(unit), begins, most).await;
            assert!(found.unwrap().is_empty(), "{begins:?} {unit:?}");
        }
    }
    for (book, want) in [(BOOK, 0), ("44", 1)] {
        let numbers = ["045215000012", "045215000013"];
        let found = read.numbers_elsewhere(book, &numbers).await.unwrap();
        assert_eq!(found, numbers[..want], "{book}");
        let holders = read.holders_elsewhere(book, &numbers).await.unwrap();
        // An and Bình have the first one.
        let has = |id: &String| (numbers[0].to_owned(), BOOK.to_owned(), id.clone());
        let want: Vec<_> = ids[..2 * want].iter().map(has).collect();
        assert_eq!(holders, want, "{book}");
    }
    let turned = read.numbers_turned(BOOK, 0, "").await.unwrap();
    assert!(turned.contains(&"045215000012".to_owned()), "{turned:?}");
    let last = turned.last().unwrap();
    assert!(read.numbers_turned(BOOK, 0, last).await.unwrap().is_empty());
    assert!(read.numbers_untold(BOOK, "").await.unwrap().is_empty());
    for (of, most, want) in [
        (("ho van an", "2015-03-12"), 9, vec![0]),
        (("ho van", "2015-03-12"), 9, vec![]),
        (("ho van binh", "2015-03-13"), 9, vec![]),
        (("ho thi mo", "2019"), 9, vec![2]),
        (("ho thi mo", "2019"), 0, vec![]),
    ] {
        let found = read.children_called(BOOK, of, most).await.unwrap();
        let found: Vec<&String> = found.iter().map(|child| &child.id).collect();
        let want: Vec<&String> = want.iter().map(|at: &usize| &ids[*at]).collect();
        assert_eq!(found, want, "{of:?}");
    }
    for (edition, unit, after, want) in [
        (EDITION, "19588", "", 3),
        (EDITION, "19588", ids[0].as_str(), 2),
        (EDITION, "469", "", 0),
        ("2025-07-01", "19588", "", 0),
    ] {
        let found = read.children_of_unit(BOOK, (edition, unit), after).await;
        assert_eq!(found.unwrap().len(), want, "{edition} {unit} {after}");
    }
}
