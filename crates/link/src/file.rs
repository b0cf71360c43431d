//! Models as TOML.
//!
//! In: the text of a model file and the [`Table`] it is to run over. Out: [`Model`]. What the file may hold:
//!
//! ```toml
//! grouping = "one-to-one"              # none, one-to-one, one-to-many, clusters
//! calibration = [[-4, -4], [8, 6]]     # corners of a line from bits to bits, if the model is known to be too sure
//! apart = "number"                     # pairs this comparison says nothing of are counted apart: how many are the same thing
//!
//! [[comparison]]
//! name = "name"
//! missing = ["surname"]                # says nothing where one of these is empty; without it: where all columns used are
//! beside = "sex"                       # looked at together with an earlier comparison
//! levels = [                           # the first that holds; what is left is the level "else"
//!   { when = "exact(surname) and exact(given)", rarity = ["surname", "given"] },
//!   { when = "jaro_winkler(surname) >= 0.9", same = 0.1, other = 0.001 },   # starting values, if wanted
//! ]
//!
//! [[block]]
//! on = ["surname", "first(given, 1)"]  # column, first(column, n), soundex(column), sorted(column), digits(column)
//!
//! [[kind]]                             # kinds of pairs that are not the same thing, and yet agree on much
//! name = "household"
//! shares = ["address"]                 # comparisons where they agree because they share the thing
//! pairs_a_record = 0.1
//! ```

mod conditions;
mod key;

use crate::comparison::Comparison;
use crate::condition::Functions;
use crate::error::Error;
use crate::model::{Grouping, Kind, Model, falling};
use crate::table::Table;
use conditions::Conditions;
use key::ColumnsKey;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    grouping: Grouping,
    #[serde(default)]
    calibration: Vec<(f64, f64)>,
    #[serde(default)]
    same_share: Option<f64>,
    #[serde(default)]
    apart: Option<String>,
    comparison: Vec<ComparisonFile>,
    block: Vec<BlockFile>,
    #[serde(default)]
    kind: Vec<KindFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ComparisonFile {
    name: String,
    levels: Vec<LevelFile>,
    #[serde(default)]
    missing: Vec<String>,
    #[serde(default)]
    beside: Option<String>,
    #[serde(default, rename = "else")]
    rest: Option<RestFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LevelFile {
    when: String,
    #[serde(default)]
    label: Option<String>,
    #[serde(default)]
    rarity: Vec<String>,
    #[serde(default)]
    same: Option<f64>,
    #[serde(default)]
    other: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RestFile {
    #[serde(default)]
    same: Option<f64>,
    #[serde(default)]
    other: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BlockFile {
    on: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KindFile {
    name: String,
    #[serde(default)]
    shares: Vec<String>,
    #[serde(default = "one_in_ten")]
    pairs_a_record: f64,
}

fn one_in_ten() -> f64 {
    0.1
}

/// Reads a model for a table.
///
/// ```
/// use treem_link::{condition::Functions, file, run, table::Table};
/// let mut table = Table::new(["name", "born", "town"]);
/// for at in 0..200 {
///     let (name, born) = (format!("name {at}"), format!("19{:02}", at % 90));
///     table.push([name.as_str(), born.as_str(), "here"]);
/// }
/// table.push(["name 7", "1907", "there"]);
/// let model = r#"
///     grouping = "clusters"
///     [[comparison]]
///     name = "name"
///     levels = [{ when = "exact(name)", rarity = ["name"] }]
///     [[comparison]]
///     name = "born"
///     levels = [{ when = "exact(born)" }]
///     [[block]]
///     on = ["name"]
/// "#;
/// let model = file::read(model, &table, &Functions::default())?;
/// let linked = run::link(&model, table.len(), table.first_list(), &run::Around::quiet())?;
/// assert_eq!((linked.pairs[0].left, linked.pairs[0].right), (7, 200));
/// # Ok::<(), treem_link::error::Error>(())
/// ```
///
/// # Errors
/// [`Error::Toml`], [`Error::Model`] or [`Error::Condition`], each saying what and where.
pub fn read<'t>(text: &str, table: &'t Table, functions: &Functions) -> Result<Model<'t>, Error> {
    let file: File = toml::from_str(text).map_err(|error| Error::Toml {
        line: text
            .bytes()
            .take(error.span().map_or(0, |span| span.start))
            .filter(|byte| *byte == b'\n')
            .count()
            + 1,
        why: error.message().to_owned(),
    })?;
    let mut number = 0;
    let mut model = Model {
        comparisons: Vec::new(),
        beside: Vec::new(),
        kinds: Vec::new(),
        keys: Vec::new(),
        grouping: file.grouping,
        apart: None,
        corrections: Vec::new(),
        calibration: [file.calibration.clone(), file.calibration.clone()],
    };
    let (mut same, mut other) = (Vec::new(), Vec::new());
    let mut names: Vec<String> = Vec::new();
    for comparison in &file.comparison {
        let beside = comparison.beside.as_ref().map(|beside| {
            names.iter().position(|name| name == beside).ok_or_else(|| {
                Error::Model(format!(
                    "\"{}\" looks at \"{beside}\", which is no comparison before it",
                    comparison.name
                ))
            })
        });
        model.beside.push(beside.transpose()?);
        names.push(comparison.name.clone());
        let read = Conditions::read(comparison, table, functions, &mut number)?;
        let levels = read.levels().len();
        let given = |pick: fn(&LevelFile) -> Option<f64>, rest: Option<f64>| -> Vec<f64> {
            let values: Vec<f64> = comparison.levels.iter().filter_map(pick).collect();
            let mut values = if values.len() == comparison.levels.len() {
                values
            } else {
                return Vec::new();
            };
            values.push(rest.unwrap_or_else(|| (1.0 - values.iter().sum::<f64>()).max(1e-6)));
            values
        };
        let given_same = given(
            |level| level.same,
            comparison.rest.as_ref().and_then(|rest| rest.same),
        );
        same.push(if given_same.is_empty() {
            falling(levels, 0.85, 0.6)
        } else {
            given_same
        });
        other.push(given(
            |level| level.other,
            comparison.rest.as_ref().and_then(|rest| rest.other),
        ));
        model.comparisons.push(Box::new(read));
    }
    let records = table.len().max(2) as f64;
    let all = table
        .first_list()
        .map_or(records * (records - 1.0) / 2.0, |first| {
            (first as f64 * (records - first as f64)).max(1.0)
        });
    let place = |name: &String| {
        names
            .iter()
            .position(|known| known == name)
            .ok_or_else(|| Error::Model(format!("\"{name}\" is no comparison")))
    };
    model.apart = file.apart.as_ref().map(place).transpose()?;
    model.kinds.push(Kind {
        name: "same".to_owned(),
        same: true,
        share: file.same_share.unwrap_or(0.3 * records / all).min(0.5),
        shares: vec![true; names.len()],
        starts: same,
        strength: 10.0,
        fixed: Vec::new(),
        least: Vec::new(),
        outside: false,
    });
    for kind in &file.kind {
        let mut shares = vec![false; names.len()];
        let mut starts = vec![Vec::new(); names.len()];
        for name in &kind.shares {
            let at = place(name)?;
            shares[at] = true;
            starts[at] = falling(model.comparisons[at].levels().len(), 0.85, 0.6);
        }
        model.kinds.push(Kind {
            name: kind.name.clone(),
            same: false,
            share: (kind.pairs_a_record * records / all).min(0.3),
            shares,
            starts,
            strength: 10.0,
            fixed: Vec::new(),
            least: Vec::new(),
            outside: false,
        });
    }
    model.kinds.push(Kind {
        name: "chance".to_owned(),
        same: false,
        share: 1.0,
        shares: vec![false; names.len()],
        starts: other,
        strength: 1.0,
        fixed: Vec::new(),
        least: Vec::new(),
        outside: true,
    });
    for block in &file.block {
        model.keys.push(Box::new(ColumnsKey::read(block, table)?));
    }
    model.check()?;
    Ok(model)
}
