//! Model files: what is taken, and what is refused in clear words.

use treem_link::condition::Functions;
use treem_link::file;
use treem_link::table::Table;

fn table() -> Table {
    let mut table = Table::new(["name", "born", "town"]);
    table.push(["Ann", "1990-01-02", "here"]);
    table.push(["Anna", "1990-02-01", "here"]);
    table
}

fn refused(model: &str, why: &str) {
    let table = table();
    let Err(error) = file::read(model, &table, &Functions::default()) else {
        panic!("taken: {model}");
    };
    let error = error.to_string();
    assert!(error.contains(why), "{error}");
}

const BLOCK: &str = "[[block]]\non = [\"name\"]\n";

fn comparison(level: &str) -> String {
    format!("[[comparison]]\nname = \"x\"\nlevels = [{{ when = \"{level}\" }}]\n{BLOCK}")
}

#[test]
fn what_cannot_be_used_is_said() {
    refused("comparison = 7", "cannot be read");
    refused(
        &format!("colour = 1\n{}", comparison("exact(name)")),
        "colour",
    );
    for (level, why) in [
        ("exact(nam)", "no column \\\"nam\\\""),
        ("exakt(name)", "no function"),
        ("exact(name", "not closed"),
        ("(exact(name)", "not closed"),
        ("exact name", "column in brackets"),
        ("jaro_winkler(name) >= x", "number"),
        ("exact(name) exact(name)", "too late"),
        ("exact(name) §", "means nothing"),
        ("", "function is wanted"),
    ] {
        refused(&comparison(level), &why.replace("\\\"", "\""));
    }
    let deep = format!("{}exact(name){}", "(".repeat(60), ")".repeat(60));
    refused(&comparison(&deep), "brackets");
    refused("comparison = []\n[[block]]\non = [\"name\"]", "comparisons");
    refused(
        &format!("{}[[block]]\non = [\"nam\"]\n", comparison("exact(name)")),
        "no such column",
    );
    refused(
        &format!(
            "{}[[block]]\non = [\"first(name)\"]\n",
            comparison("exact(name)")
        ),
        "needs a number",
    );
    refused(
        &format!(
            "{}[[kind]]\nname = \"k\"\nshares = [\"y\"]\n",
            comparison("exact(name)")
        ),
        "no comparison",
    );
    refused(
        &format!("calibration = [[1, 2]]\n{}", comparison("exact(name)")),
        "calibration",
    );
}

/// Whether a level holds for the two records of the table.
fn holds(level: &str) -> bool {
    let table = table();
    let model = file::read(
        &comparison(level),
        &table,
        &Functions::default().with("longer", |one, other| {
            Some(f64::from(u8::from(one.len() != other.len())))
        }),
    )
    .unwrap();
    model.comparisons[0]
        .compare(0, 1, &mut treem_link::comparison::Scratch::default())
        .level
        == 1
}

#[test]
fn conditions_say_what_they_say() {
    for (level, expect) in [
        ("exact(name)", false),
        ("exact(town)", true),
        ("exact(town) and exact(name)", false),
        ("exact(town) or exact(name)", true),
        ("not exact(name)", true),
        ("not (exact(name) or exact(town))", false),
        ("jaro_winkler(name) >= 0.9", true),
        ("jaro_winkler(name) >= 0.99", false),
        ("damerau_levenshtein(name) <= 1", true),
        ("damerau_levenshtein(name) = 1", true),
        ("damerau_levenshtein(name) < 1", false),
        ("day_month_swapped(born)", true),
        ("days(born) <= 30", true),
        ("days(born) <= 29", false),
        ("same_year(born)", true),
        ("same_month(born)", false),
        ("digits_apart(born) <= 2", true),
        ("begins(name)", true),
        ("initial(name)", true),
        ("soundex(name)", true),
        ("shared_words(name) >= 0.5", false),
        ("difference(name) <= 1", false),
        ("exact(name, town)", false),
        ("longer(name)", true),
    ] {
        assert_eq!(holds(level), expect, "{level}");
    }
}
