//! The order of the queue.

use super::*;

fn row(nth: i64, kind: &str, millionths: i64, version: i64, known: i64) -> Waits {
    Waits {
        import: "0190b2c1-7f3a-7000-8000-00000000000a".to_owned(),
        nth,
        version,
        kind: kind.to_owned(),
        note: String::new(),
        edition: "2020-01-01".to_owned(),
        unit: Some("19588".to_owned()),
        at: "2024-06-13T00:00:00.000000Z".to_owned(),
        millionths,
        known,
    }
}

#[test]
fn a_row_of_the_queue_says_what_it_is() {
    let check = |row: Waits, expected: (f64, bool, bool)| {
        let one = of_row(row);
        assert_eq!(
            (one.probability, one.later, one.blocked),
            expected,
            "{one:?}"
        );
        assert_eq!(one.unit_name, "Xã Tà Rụt");
    };
    check(row(1, "perhaps", 900_000, 1, 1), (0.9, false, false));
    check(row(2, "perhaps", 900_000, 2, 1), (0.9, true, false));
    check(row(3, "perhaps", 900_000, 1, 0), (0.9, false, true));
    check(row(4, CHANGES, 0, 1, 0), (1.0, false, false));
}
