//! Runs over made-up people: what is found, what does not change it, how it stops.

use proptest::prelude::*;
use std::sync::atomic::{AtomicBool, Ordering};
use treem_link::condition::Functions;
use treem_link::error::Error;
use treem_link::random::Random;
use treem_link::run::{Around, Linked, Progress, Stage, link};
use treem_link::table::Table;
use treem_link::{explain, file, group, report};

const MODEL: &str = r#"
    grouping = "GROUPING"
    [[comparison]]
    name = "name"
    levels = [{ when = "exact(name)", rarity = ["name"] }, { when = "damerau_levenshtein(name) <= 1" }]
    [[comparison]]
    name = "born"
    levels = [{ when = "exact(born)" }, { when = "digits_apart(born) <= 1" }]
    [[comparison]]
    name = "town"
    levels = [{ when = "exact(town)", rarity = ["town"] }]
    [[block]]
    on = ["name"]
    [[block]]
    on = ["born"]
"#;

fn person(random: &mut Random) -> [String; 3] {
    let syllables = ["ba", "do", "ka", "li", "mo", "nu", "pe", "ra", "si", "tu"];
    let name: String = (0..4)
        .map(|_| syllables[random.below(10) as usize])
        .collect();
    let born = format!(
        "{}-{:02}-{:02}",
        1950 + random.below(60),
        1 + random.below(12),
        1 + random.below(28)
    );
    [name, born, format!("town {}", random.below(30))]
}

/// Two lists of 400 of whom 200 are the same people, every tenth of those with a slip in the name.
fn two_lists() -> Table {
    let mut random = Random::new(5);
    let both: Vec<[String; 3]> = (0..200).map(|_| person(&mut random)).collect();
    let mut table = Table::new(["name", "born", "town"]);
    for one in &both {
        table.push(one);
    }
    for _ in 0..200 {
        table.push(person(&mut random));
    }
    table.end_first_list();
    for (at, one) in both.iter().enumerate() {
        let mut one = one.clone();
        if at % 10 == 0 {
            one[0] = one[0].replacen('a', "o", 1);
        }
        table.push(&one);
    }
    for _ in 0..200 {
        table.push(person(&mut random));
    }
    table
}

fn run(table: &Table, grouping: &str, threads: usize) -> Linked {
    let model = file::read(
        &MODEL.replace("GROUPING", grouping),
        table,
        &Functions::default(),
    )
    .unwrap();
    link(
        &model,
        table.len(),
        table.first_list(),
        &Around {
            threads,
            ..Around::quiet()
        },
    )
    .unwrap()
}

fn sure(linked: &Linked) -> Vec<(u32, u32)> {
    linked
        .pairs
        .iter()
        .filter(|pair| pair.probability >= 0.9)
        .map(|pair| (pair.left, pair.right))
        .collect()
}

#[test]
fn the_same_people_are_found() {
    let linked = run(&two_lists(), "one-to-one", 2);
    let found = sure(&linked);
    let right = found
        .iter()
        .filter(|(left, right)| *left < 200 && right - 400 == *left)
        .count();
    assert!(
        right >= 198 && found.len() <= right + 1,
        "{right} of {}",
        found.len()
    );
}

#[test]
fn threads_change_nothing() {
    let table = two_lists();
    let one = run(&table, "one-to-one", 1);
    for threads in [2, 5] {
        assert_eq!(one.pairs, run(&table, "one-to-one", threads).pairs);
    }
}

#[test]
fn doubles_fall_into_clusters() {
    let mut random = Random::new(9);
    let mut table = Table::new(["name", "born", "town"]);
    let thrice = person(&mut random);
    for _ in 0..3 {
        table.push(&thrice);
    }
    (0..300).for_each(|_| table.push(person(&mut random)));
    let twice: Vec<[String; 3]> = (0..60).map(|_| person(&mut random)).collect();
    twice.iter().chain(&twice).for_each(|one| table.push(one));
    let clusters = group::clusters(&run(&table, "clusters", 2).pairs, 0.5);
    assert_eq!(clusters[0], [0, 1, 2]);
    assert_eq!(clusters.len(), 61);
}

#[test]
fn one_to_one_takes_one() {
    let mut table = two_lists();
    // A second record of the first person in the second list.
    table.push([
        table.text(0, 1).to_owned(),
        table.text(1, 1).to_owned(),
        table.text(2, 1).to_owned(),
    ]);
    let both = |grouping: &str| {
        let linked = run(&table, grouping, 2);
        linked
            .pairs
            .iter()
            .filter(|pair| pair.left == 1)
            .map(|pair| pair.probability)
            .sum::<f64>()
    };
    assert!(both("one-to-one") <= 1.0 + 1e-6);
    assert!(both("one-to-many") <= 1.0 + 1e-6);
    assert!(both("none") > 1.9);
}

#[test]
fn who_is_there_twice_is_there() {
    let mut table = two_lists();
    let again = [0, 1, 2].map(|column| table.text(column, 1).to_owned());
    table.push(&again);
    // Half of what speaks for a pair is far less than even, by this line.
    let model = format!(
        "calibration = [[-10, -14], [0, -3], [10, 10]]\n{}",
        MODEL.replace("GROUPING", "one-to-one")
    );
    let model = file::read(&model, &table, &Functions::default()).unwrap();
    let linked = link(&model, table.len(), table.first_list(), &Around::quiet()).unwrap();
    let of = |left: u32| linked.pairs.iter().filter(move |pair| pair.left == left);
    let shares: Vec<f64> = of(1).map(|pair| pair.probability).collect();
    assert!(shares.iter().sum::<f64>() < 0.5, "{shares:?}");
    assert!(linked.together(of(1)) > 0.9, "{}", linked.together(of(1)));
    // One candidate is as likely as it is by itself, nobody is none.
    for pair in of(2).take(1) {
        let alone = linked.together(of(2).take(1));
        assert!((alone - pair.probability).abs() < 1e-12, "{alone}");
    }
    assert!(linked.together(of(2).take(0)) < 1e-12);
    // Many who would not be the same alone are not the same for being many.
    for left in 200..400 {
        let sum: f64 = of(left).map(|pair| pair.probability).sum();
        assert!(linked.together(of(left)) <= sum + 1e-12, "{left}");
    }
}

#[test]
fn a_waterfall_adds_up() {
    let table = two_lists();
    let model = file::read(
        &MODEL.replace("GROUPING", "one-to-one"),
        &table,
        &Functions::default(),
    )
    .unwrap();
    let linked = link(&model, table.len(), table.first_list(), &Around::quiet()).unwrap();
    for (left, right) in [(3, 403), (10, 410), (3, 404)] {
        let waterfall = explain::explain(&model, &linked, left, right);
        let sum = waterfall.start
            + waterfall.steps.iter().map(|step| step.bits).sum::<f64>()
            + waterfall.others
            + waterfall.calibration;
        assert!((sum - waterfall.bits).abs() < 1e-6, "{waterfall:?}");
    }
    let report = report::report(&model, &linked);
    let name = &report.comparisons[0].levels[0];
    assert!(name.m > 0.7 && name.u < 0.01 && name.bits > 5.0, "{name:?}");
    assert_eq!(
        report.tenths.iter().map(|tenth| tenth.pairs).sum::<u64>(),
        linked.pairs.len() as u64
    );
}

#[test]
fn missing_weighs_nothing() {
    let mut table = two_lists();
    table.push(["badokali", "", ""]);
    let model = file::read(
        &MODEL.replace("GROUPING", "none"),
        &table,
        &Functions::default(),
    )
    .unwrap();
    let linked = link(&model, table.len(), table.first_list(), &Around::quiet()).unwrap();
    let waterfall = explain::explain(&model, &linked, 0, 800);
    for step in &waterfall.steps[1..] {
        assert_eq!((step.level, step.bits.abs() < 1e-9), (0, true), "{step:?}");
    }
}

#[test]
fn nothing_in_nothing_out() {
    let mut table = Table::new(["name", "born", "town"]);
    assert!(run(&table, "clusters", 2).pairs.is_empty());
    table.end_first_list();
    table.push(["a", "b", "c"]);
    assert!(run(&table, "one-to-one", 2).pairs.is_empty());
}

#[test]
fn it_stops_when_asked() {
    struct StopAt(AtomicBool);
    impl Progress for StopAt {
        fn step(&self, stage: Stage, _: u64, _: u64) {
            if stage == Stage::Comparing {
                self.0.store(true, Ordering::Relaxed);
            }
        }
    }
    let table = two_lists();
    let model = file::read(
        &MODEL.replace("GROUPING", "none"),
        &table,
        &Functions::default(),
    )
    .unwrap();
    let stop = StopAt(AtomicBool::new(false));
    let around = Around {
        threads: 2,
        progress: &stop,
        stop: Some(&stop.0),
    };
    assert!(matches!(
        link(&model, table.len(), table.first_list(), &around),
        Err(Error::Stopped)
    ));
}

proptest! {
    #[test]
    fn a_comparison_does_not_mind_the_order(one in "[a-c]{0,6}", other in "[a-c]{0,6}", born in "[0-9]{4}-[0-1][0-9]-[0-3][0-9]", bore in "[0-9]{4}") {
        let mut table = Table::new(["name", "born", "town"]);
        table.push([one.as_str(), born.as_str(), "here"]);
        table.push([other.as_str(), bore.as_str(), "there"]);
        let model = file::read(&MODEL.replace("GROUPING", "none"), &table, &Functions::default()).unwrap();
        let mut scratch = treem_link::comparison::Scratch::default();
        for comparison in &model.comparisons {
            prop_assert_eq!(comparison.compare(0, 1, &mut scratch), comparison.compare(1, 0, &mut scratch));
        }
    }

    #[test]
    fn distances_are_distances(one in "\\PC{0,12}", other in "\\PC{0,12}") {
        let apart = treem_link::text::damerau_levenshtein(&one, &other);
        prop_assert_eq!(apart, treem_link::text::damerau_levenshtein(&other, &one));
        prop_assert_eq!(apart == 0, one == other);
        let like = treem_link::text::jaro_winkler(&one, &other);
        prop_assert!((0.0..=1.0 + 1e-9).contains(&like));
    }
}

/// Bits that two records begin with where no number can be compared, less those where one can. Every fifth of 400 people stands there
/// twice; a record has lost its number as `loses` says of its place and of whether it is a second one.
fn worth_of_silence(loses: fn(usize, bool) -> bool) -> f64 {
    let mut random = Random::new(3);
    let mut table = Table::new(["name", "born", "town", "number"]);
    for at in 0..400 {
        let [name, born, town] = person(&mut random);
        for second in [false, true] {
            if !second || at % 5 == 0 {
                let number = if loses(at, second) {
                    String::new()
                } else {
                    format!("n{at}")
                };
                table.push([&name, &born, &town, &number]);
            }
        }
    }
    let number = "apart = \"number\"\n[[comparison]]\nname = \"number\"\nlevels = [{ when = \"exact(number)\" }]\n[[comparison]]";
    let text = MODEL
        .replace("GROUPING", "none")
        .replacen("[[comparison]]", number, 1);
    let model = file::read(&text, &table, &Functions::default()).unwrap();
    let linked = link(&model, table.len(), None, &Around::quiet()).unwrap();
    let [known, silent] = linked.tables.situations();
    let find = |level: usize| {
        let pairs = (0..5).flat_map(|left| (5..480).map(move |right| (left, right)));
        let mut pairs = pairs.map(|(left, right)| explain::explain(&model, &linked, left, right));
        let found = pairs.find(|waterfall| (waterfall.steps[0].level == 0) == (level == 0));
        found.unwrap()
    };
    let (one, other) = (find(0), find(1));
    assert!(
        one.steps[0].bits.abs() < 1e-9,
        "silence itself weighs nothing: {one:?}"
    );
    assert!(
        (one.start - other.start - (silent / known).log2()).abs() < 0.7,
        "{one:?} {other:?}"
    );
    one.start - other.start
}

#[test]
fn pairs_without_a_number_are_counted_apart() {
    let only_doubles = worth_of_silence(|at, second| second && at % 10 == 0);
    // Half of 80 true pairs are silent and 17 in 100 of all: log₂ (0.50 × 0.83 / 0.17 / 0.50) = 2.3, less what leans on all pairs.
    assert!(only_doubles > 1.5, "{only_doubles}");
    let by_chance = worth_of_silence(|at, second| (at * 7 + usize::from(second) * 3) % 10 < 3);
    assert!(by_chance.abs() < 1.0, "{by_chance}");
}
