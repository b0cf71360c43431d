//! A comparison of a model file: conditions over columns, the first that holds is the level.
//!
//! In: a comparison as the file has it, and the table. Out: [`Conditions`].

use super::ComparisonFile;
use crate::comparison::{Comparison, Level, Outcome, Scratch, rarity};
use crate::condition::{Condition, Functions};
use crate::error::Error;
use crate::table::Table;

/// A comparison made of conditions.
pub struct Conditions<'t> {
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
    /// Reads it for a table. `number` counts functions up.
    pub fn read(
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
