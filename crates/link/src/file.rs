//! Models as TOML.
//!
//! In: the text of a model file and the [`Table`] it is to run over. Out: [`Model`]. What the file may hold:
//!
//! ```toml
//! grouping = "one-to-one"              # none, one-to-one, one-to-many, clusters
//! calibration = [[-4, -4], [8, 6]]     # corners of a line from bits to bits, if the model is known to be too sure
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

use crate::comparison::{Comparison, Key, Level, Outcome, Scratch, hash_text, mix, rarity};
use crate::condition::{Condition, Functions};
use crate::error::Error;
use crate::model::{Grouping, Kind, Model, falling};
use crate::table::Table;
use crate::text::soundex;
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
        calibration: file.calibration.clone(),
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
        let levels = read.levels.len();
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

/// A comparison made of conditions.
struct Conditions<'t> {
    table: &'t Table,
    name: String,
    levels: Vec<Level>,
    tests: Vec<Condition>,
    /// By condition: the columns whose values' rarity counts, each with the rarity of its values as logarithm of the share.
    rarities: Vec<Vec<usize>>,
    shares: Vec<(usize, Vec<f32>)>,
    missing: Vec<usize>,
    used: Vec<usize>,
}

impl<'t> Conditions<'t> {
    fn read(
        file: &ComparisonFile,
        table: &'t Table,
        functions: &Functions,
        number: &mut u32,
    ) -> Result<Self, Error> {
        let column = |name: &String| {
            table.column(name).ok_or_else(|| {
                Error::Model(format!("\"{}\": there is no column \"{name}\"", file.name))
            })
        };
        let mut read = Self {
            table,
            name: file.name.clone(),
            levels: Vec::new(),
            tests: Vec::new(),
            rarities: Vec::new(),
            shares: Vec::new(),
            missing: file.missing.iter().map(column).collect::<Result<_, _>>()?,
            used: Vec::new(),
        };
        for level in &file.levels {
            let condition =
                Condition::read(&level.when, table, functions, number).map_err(|why| {
                    Error::Condition {
                        comparison: file.name.clone(),
                        condition: level.when.clone(),
                        why,
                    }
                })?;
            condition.columns(&mut read.used);
            let columns = level
                .rarity
                .iter()
                .map(column)
                .collect::<Result<Vec<_>, _>>()?;
            for column in &columns {
                if !read.shares.iter().any(|(known, _)| known == column) {
                    let all = table.len().max(1) as f64;
                    #[expect(
                        clippy::cast_possible_truncation,
                        reason = "a logarithm needs no more than 32 bits"
                    )]
                    let shares = table
                        .counts(*column)
                        .iter()
                        .map(|count| (f64::from((*count).max(1)) / all).log2() as f32)
                        .collect();
                    read.shares.push((*column, shares));
                }
            }
            let label = level.label.clone().unwrap_or_else(|| level.when.clone());
            read.levels.push(Level {
                label,
                rarity: !columns.is_empty(),
            });
            read.rarities.push(columns);
            read.tests.push(condition);
        }
        read.levels.push(Level::new("else"));
        read.used.sort_unstable();
        read.used.dedup();
        Ok(read)
    }

    fn is_missing(&self, left: u32, right: u32) -> bool {
        let empty = |column: &usize| {
            self.table.number(*column, left) == 0 || self.table.number(*column, right) == 0
        };
        if self.missing.is_empty() {
            self.used.iter().all(empty)
        } else {
            self.missing.iter().any(empty)
        }
    }

    fn rarity(&self, columns: &[usize], left: u32, right: u32) -> u8 {
        let mut sum = 0.0;
        for column in columns {
            let shares = self
                .shares
                .iter()
                .find(|(known, _)| known == column)
                .map_or(&[][..], |(_, shares)| shares);
            let of = |record| {
                shares
                    .get(self.table.number(*column, record) as usize)
                    .copied()
                    .unwrap_or(0.0)
            };
            // The more frequent of the two is the careful choice.
            sum += f64::from(of(left).max(of(right)));
        }
        rarity(sum.exp2())
    }
}

impl Comparison for Conditions<'_> {
    fn name(&self) -> &str {
        &self.name
    }
    fn levels(&self) -> &[Level] {
        &self.levels
    }
    fn compare(&self, left: u32, right: u32, scratch: &mut Scratch) -> Outcome {
        if self.is_missing(left, right) {
            return Outcome::MISSING;
        }
        let found = self
            .tests
            .iter()
            .position(|condition| condition.holds(self.table, left, right, scratch));
        let level = u8::try_from(found.unwrap_or(self.tests.len()) + 1).unwrap_or(u8::MAX);
        let columns = found
            .and_then(|found| self.rarities.get(found))
            .map_or(&[][..], Vec::as_slice);
        let rarity = if columns.is_empty() {
            0
        } else {
            self.rarity(columns, left, right)
        };
        Outcome { level, rarity }
    }
}

/// A part of a key.
enum Part {
    Whole,
    First(usize),
    Soundex,
    Sorted,
    Digits,
}

/// A key made of columns.
struct ColumnsKey {
    name: String,
    /// By part: its column's hashes by value.
    parts: Vec<(usize, Vec<u64>)>,
    columns: Vec<Vec<u32>>,
}

impl ColumnsKey {
    fn read(file: &BlockFile, table: &Table) -> Result<Self, Error> {
        let mut key = Self {
            name: file.on.join(" + "),
            parts: Vec::new(),
            columns: Vec::new(),
        };
        for text in &file.on {
            let (column, part) = Self::part(text, table)?;
            let hashes = (0..table.distinct(column)).map(|number| {
                let value = table.value(column, u32::try_from(number).unwrap_or(0));
                if value.is_empty() {
                    0
                } else {
                    Self::hash(value, &part)
                }
            });
            key.parts.push((column, hashes.collect()));
            key.columns.push(
                (0..table.len())
                    .map(|record| table.number(column, u32::try_from(record).unwrap_or(0)))
                    .collect(),
            );
        }
        Ok(key)
    }

    fn part(text: &str, table: &Table) -> Result<(usize, Part), Error> {
        let wrong = |why: &str| Error::Model(format!("blocking key \"{text}\": {why}"));
        let column = |name: &str| {
            table
                .column(name.trim().trim_matches('"'))
                .ok_or_else(|| wrong("there is no such column"))
        };
        let Some((function, inner)) = text.split_once('(') else {
            return Ok((column(text)?, Part::Whole));
        };
        let inner = inner
            .strip_suffix(')')
            .ok_or_else(|| wrong("the bracket is not closed"))?;
        let (name, count) = inner.split_once(',').unwrap_or((inner, ""));
        let part = match function.trim() {
            "first" => Part::First(
                count
                    .trim()
                    .parse()
                    .map_err(|_| wrong("first(column, n) needs a number"))?,
            ),
            "soundex" => Part::Soundex,
            "sorted" => Part::Sorted,
            "digits" => Part::Digits,
            _ => return Err(wrong("there is no such function")),
        };
        Ok((column(name)?, part))
    }

    fn hash(value: &str, part: &Part) -> u64 {
        let made: String = match part {
            Part::Whole => value.to_owned(),
            Part::First(count) => value.chars().take(*count).collect(),
            Part::Soundex => soundex(value),
            Part::Sorted => {
                let mut words: Vec<&str> = value.split_whitespace().collect();
                words.sort_unstable();
                words.join(" ")
            }
            Part::Digits => value.chars().filter(char::is_ascii_digit).collect(),
        };
        if made.is_empty() { 0 } else { hash_text(&made) }
    }
}

impl Key for ColumnsKey {
    fn name(&self) -> &str {
        &self.name
    }
    fn key(&self, record: u32) -> u64 {
        let mut hash = 1;
        for ((_, hashes), column) in self.parts.iter().zip(&self.columns) {
            let value = column
                .get(record as usize)
                .and_then(|number| hashes.get(*number as usize))
                .copied()
                .unwrap_or(0);
            if value == 0 {
                return 0;
            }
            hash = mix(hash, value);
        }
        hash | 1
    }
}
