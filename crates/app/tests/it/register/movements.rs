//! Movements: a random story of a year on both engines; every unit adds up, and every evening is what coverage counts at that moment.

use super::{Desk, wait};
use serde_json::Value;
use std::collections::BTreeMap;
use treem_store::child::{Entry, State};
use treem_store::id::Ids;
use treem_store::{Begun, Doing, Store};

/// Chance from a seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.roll(of.len())]
    }
}

const EDITION: &str = "2020-01-01";
/// Two communes of Đa Krông, one of Vĩnh Linh, a district, and none.
const UNITS: [&str; 5] = ["19588", "19591", "19363", "467", ""];
const BIRTHS: [&str; 12] = [
    "2015-03-12",
    "2008-02-29",
    "2008-03-15",
    "2008-05-31",
    "2008-06-30",
    "2024-02-10",
    "2024-03-31",
    "2024-04-01",
    "2024-07-20",
    "2024",
    "2024-05",
    "",
];
const MONTHS: [(&str, &str, &str); 7] = [
    ("2024-02", "2024-01-31", "2024-02-29"),
    ("2024-03", "2024-02-29", "2024-03-31"),
    ("2024-04", "2024-03-31", "2024-04-30"),
    ("2024-05", "2024-04-30", "2024-05-31"),
    ("2024-06", "2024-05-31", "2024-06-30"),
    ("2024-07", "2024-06-30", "2024-07-31"),
    ("2024-08", "2024-07-31", "2024-08-31"),
];

fn leaves_on(birth: &str) -> String {
    match birth.get(..4) {
        Some(year) => {
            let year = year.parse::<u32>().unwrap() + 16;
            match birth.get(4..) {
                Some(rest) if rest.len() == 6 => format!("{year}{rest}"),
                _ => format!("{}-01-01", year + 1),
            }
        }
        None => "9999-12-31".to_owned(),
    }
}

/// What may happen to a record: the kind of event, and the state after it.
const HAPPENS: [(&str, &str); 11] = [
    ("changed", "active"),
    ("moved", "active"),
    ("reassigned", "active"),
    ("changed", ""),
    ("closed", "died"),
    ("closed", "mistake"),
    ("merged", "merged"),
    ("unmerged", "active"),
    ("withdrawn", "withdrawn"),
    ("restored", "active"),
    ("moved", "moved"),
];

/// Lets a story happen; gives how many events it had.
async fn happen(data: &str, seed: u64) -> usize {
    let store = Store::open(data).await.unwrap();
    let mut dice = Dice(seed);
    let mut ids = Ids::new(1_704_067_200_000, u128::from(seed));
    let mut known: Vec<(String, i64, State)> = Vec::new();
    let mut count = 0;
    for day in 0..230_usize {
        let (month, day_of) = (1 + day / 29, 1 + day % 29);
        for _ in 0..dice.roll(4) {
            // Sometimes the clock of a machine is behind, sometimes it is the last second of a day in Việt Nam.
            let hour = if dice.roll(9) == 0 { 0 } else { 3 + day % 14 };
            let at = if dice.roll(12) == 0 {
                format!("2024-{month:02}-{day_of:02}T16:59:59.999999Z")
            } else {
                format!("2024-{month:02}-{day_of:02}T{hour:02}:00:00.{count:06}Z")
            };
            let doing = Doing {
                register: "45".to_owned(),
                act: "story".to_owned(),
                who: "Hồ Thị Bích".to_owned(),
                role: String::new(),
                office: String::new(),
                why: String::new(),
                request: format!("r-{count}"),
                at,
            };
            count += 1;
            let Begun::Act(mut act) = store.begin(doing).await.unwrap() else {
                panic!("done before");
            };
            if known.len() < 20 || dice.roll(3) == 0 {
                let birth = dice.one(&BIRTHS);
                let unit = dice.one(&UNITS);
                let entry = Entry {
                    id: ids.next_id(),
                    state: State {
                        state: "active".to_owned(),
                        birth: birth.to_owned(),
                        leaves_on: leaves_on(birth),
                        edition: EDITION.to_owned(),
                        unit: Some(unit.to_owned()).filter(|unit| !unit.is_empty()),
                        record: "{}".to_owned(),
                        sensitive: "{}".to_owned(),
                        ..State::default()
                    },
                    ..Entry::default()
                };
                act.add_children(std::slice::from_ref(&entry))
                    .await
                    .unwrap();
                known.push((entry.id, 1, entry.state));
            } else {
                let at = dice.roll(known.len());
                let (id, version, state) = &mut known[at];
                let (kind, then) = HAPPENS[dice.roll(HAPPENS.len())];
                if then.is_empty() {
                    // A birth date is corrected, whatever the state.
                    let birth = dice.one(&BIRTHS);
                    birth.clone_into(&mut state.birth);
                    state.leaves_on = leaves_on(birth);
                } else {
                    then.clone_into(&mut state.state);
                    if dice.roll(2) == 0 {
                        let unit = dice.one(&UNITS);
                        state.unit = Some(unit.to_owned()).filter(|unit| !unit.is_empty());
                    }
                }
                let entry = Entry {
                    id: id.clone(),
                    state: state.clone(),
                    ..Entry::default()
                };
                *version = act.change_child(kind, *version, &entry).await.unwrap();
            }
            act.finish("", "{}").await.unwrap();
        }
    }
    store.close().await;
    count
}

/// By unit: how many count on a day, as the book was on its evening.
async fn coverage(data: &str, day: &str) -> BTreeMap<String, i64> {
    let store = Store::open(data).await.unwrap();
    let moment = format!("{day}T16:59:59.999999Z");
    let mut read = store.read().await.unwrap();
    let mut out = BTreeMap::new();
    for one in read.tally_at("45", day, &moment, None).await.unwrap() {
        *out.entry(one.unit).or_default() += one.sums.children;
    }
    out
}

const CAME: [&str; 6] = [
    "born",
    "entered_late",
    "moved_in",
    "restored",
    "corrected_in",
    "reassigned_in",
];
const WENT: [&str; 8] = [
    "moved_out",
    "died",
    "turned_16",
    "merged",
    "mistake",
    "withdrawn",
    "corrected_out",
    "reassigned_out",
];

fn figure(line: &Value, column: &str) -> i64 {
    line[column].as_i64().unwrap()
}

/// Opening + came − went = closing.
fn assert_adds_up(line: &Value) {
    let came: i64 = CAME.iter().map(|column| figure(line, column)).sum();
    let went: i64 = WENT.iter().map(|column| figure(line, column)).sum();
    assert_eq!(
        figure(line, "opening") + came - went,
        figure(line, "closing"),
        "{line}"
    );
}

/// The figures of a column that are not zero, by unit.
fn column(table: &Value, name: &str) -> BTreeMap<String, i64> {
    let lines = table["lines"].as_array().unwrap();
    let all = lines.iter().map(|line| {
        (
            line["unit"].as_str().unwrap().to_owned(),
            figure(line, name),
        )
    });
    all.filter(|(_, count)| *count != 0).collect()
}

fn a_story(postgres: bool, seed: u64) {
    let desk = Desk::new(postgres);
    desk.json(&["init", "--edition", "2024-06-13"]);
    let count = wait(happen(&desk.data, seed));
    assert!(count > 200, "{count}");
    let mut sums: BTreeMap<&str, i64> = BTreeMap::new();
    let mut last: Option<BTreeMap<String, i64>> = None;
    for (month, before, end) in MONTHS {
        let table = desk.json(&["movements", "--month", month]);
        assert_eq!(table["to"], end);
        for line in table["lines"].as_array().unwrap() {
            assert_adds_up(line);
        }
        assert_adds_up(&table["total"]);
        let (opening, closing) = (column(&table, "opening"), column(&table, "closing"));
        assert_eq!(opening, wait(coverage(&desk.data, before)), "{month}");
        assert_eq!(closing, wait(coverage(&desk.data, end)), "{month}");
        if let Some(last) = &last {
            assert_eq!(*last, opening, "{month}");
        }
        last = Some(closing);
        for name in CAME.iter().chain(&WENT) {
            *sums.entry(name).or_default() += figure(&table["total"], name);
        }
        // One level up the same children, and no move within a unit.
        for level in ["district", "province"] {
            let above = desk.json(&["movements", "--month", month, "--level", level]);
            for line in above["lines"].as_array().unwrap() {
                assert_adds_up(line);
            }
            for name in ["opening", "closing", "born", "died"] {
                assert_eq!(
                    figure(&above["total"], name),
                    figure(&table["total"], name),
                    "{month} {level} {name}"
                );
            }
            assert!(figure(&above["total"], "moved_in") <= figure(&table["total"], "moved_in"));
        }
        // One district alone.
        let part = desk.json(&[
            "movements",
            "--month",
            month,
            "--unit",
            "467",
            "--edition",
            "2024-06-13",
        ]);
        let ours = |table: &Value| -> Vec<Value> {
            let lines = table["lines"].as_array().unwrap();
            let is_ours =
                |line: &&Value| ["19588", "19591", "467"].contains(&line["unit"].as_str().unwrap());
            lines.iter().filter(is_ours).cloned().collect()
        };
        assert_eq!(part["lines"].as_array().unwrap(), &ours(&table), "{month}");
    }
    // Half a year at once comes to the same end.
    let year = desk.json(&["movements", "--from", "2024-02-01", "--to", "2024-08-31"]);
    assert_adds_up(&year["total"]);
    assert_eq!(column(&year, "closing"), last.unwrap());
    // The story has shown every column.
    for (name, sum) in sums {
        assert!(sum > 0, "nothing was {name}");
    }
}

#[test]
fn a_year_adds_up_in_a_file() {
    for seed in [1, 7, 23] {
        a_story(false, seed);
    }
}

#[test]
fn a_year_adds_up_on_a_server() {
    a_story(true, 7);
}

#[test]
fn the_table_goes_out() {
    let desk = Desk::new(false);
    desk.json(&["init", "--edition", "2024-06-13"]);
    wait(happen(&desk.data, 3));
    let table = desk.json(&["movements", "--month", "2024-03"]);
    let lines = table["lines"].as_array().unwrap().len();
    let path = |name: &str| desk.path(name).to_str().unwrap().to_owned();
    let ran = desk.treem(&["movements", "--month", "2024-03", "--out", &path("b.csv")]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(
        ran.out.contains("Tổng cộng") && ran.out.contains("Khác gồm:"),
        "{}",
        ran.out
    );
    assert!(
        ran.out.lines().all(|line| line.chars().count() <= 100),
        "{}",
        ran.out
    );
    let written = crate::run::table(&desk.path("b.csv"));
    assert_eq!(written.len(), lines);
    let sum: i64 = written
        .iter()
        .map(|record| record["closing"].parse::<i64>().unwrap())
        .sum();
    assert_eq!(sum, figure(&table["total"], "closing"));
    desk.json(&["movements", "--month", "2024-03", "--out", &path("b.xlsx")]);
    let book = treem_files::read::Book::open(&desk.path("b.xlsx")).unwrap();
    assert_eq!(book.sheets[0].name, "Biến động");
    for (arguments, words) in [
        (&["--month", "2024-13"][..], "tháng “2024-13”"),
        (&["--from", "2024-03-01", "--to", "2024-02-01"], "sau ngày"),
        (&["--month", "2999-01"], "chưa tới"),
        (&["--month", "2024-03", "--unit", "Nơi nào"], "Nơi nào"),
        (&["--month", "2024-03", "--out", "b.txt"], ".xlsx hoặc .csv"),
        (&["--month", "2024-03", "--edition", "nay"], "ngày “nay”"),
    ] {
        desk.refused(&[&["movements"], arguments].concat(), words);
    }
}
