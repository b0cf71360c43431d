//! A mapping of columns that a person can keep, edit and give back.
//!
//! In: a [`Table`]. Out: [`Mapping`], plain data for TOML.

use super::{Field, Table, headings};
use serde::{Deserialize, Serialize};

/// One column of a [`Mapping`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappingColumn {
    /// The column's letters as Excel shows them (`C`).
    pub column: String,
    /// Its heading; columns are found again by it, and by their letters where it is empty or gone.
    #[serde(default)]
    pub heading: String,
    /// The code of a [`Field`] (`birth`, `father.number`); empty or unknown: not used.
    #[serde(default)]
    pub field: String,
}

/// What the columns of tables of one shape hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// The hash of the headings, in hexadecimal; may be left out by hand.
    #[serde(default)]
    pub shape: String,
    /// The columns.
    #[serde(default, rename = "column")]
    pub columns: Vec<MappingColumn>,
}

/// Several mappings, as in one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mappings {
    /// One for each shape of table.
    #[serde(default, rename = "table")]
    pub tables: Vec<Mapping>,
}

/// The letters of a column: 0 → `A`, 26 → `AA`.
pub(super) fn letters(column: usize) -> String {
    let mut rest = column + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.push(b'A' + u8::try_from(rest % 26).unwrap_or(0));
        rest /= 26;
    }
    letters.iter().rev().map(|&byte| char::from(byte)).collect()
}

/// The column of letters, or of a number from 1.
fn column_of(letters: &str) -> Option<usize> {
    let letters = letters.trim();
    if let Ok(number) = letters.parse::<usize>() {
        return number.checked_sub(1);
    }
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    letters
        .bytes()
        .try_fold(0usize, |sum, byte| {
            byte.is_ascii_alphabetic()
                .then(|| sum * 26 + usize::from(byte.to_ascii_uppercase() - b'A') + 1)
        })
        .and_then(|number| number.checked_sub(1))
}

impl Mapping {
    pub(super) fn of(table: &Table) -> Self {
        let columns = table
            .columns
            .iter()
            .map(|column| MappingColumn {
                column: letters(column.column),
                heading: column.heading.clone(),
                field: column
                    .field
                    .map(|field| field.code().to_owned())
                    .unwrap_or_default(),
            })
            .collect();
        Self {
            shape: format!("{:016x}", table.shape),
            columns,
        }
    }

    /// Field codes that no field has: said to the person who edited the file.
    pub fn unknown_fields(&self) -> impl Iterator<Item = &str> {
        self.columns
            .iter()
            .map(|column| column.field.trim())
            .filter(|code| !code.is_empty() && *code != "-" && Field::from_code(code).is_none())
    }

    /// True for a heading this mapping knows.
    pub(super) fn knows(&self, heading: &str) -> bool {
        let wanted = headings::comparable(heading);
        !wanted.is_empty()
            && self
                .columns
                .iter()
                .any(|column| headings::comparable(&column.heading) == wanted)
    }

    /// How many of these headings the mapping knows.
    pub(super) fn overlap(&self, found: &[(usize, String)]) -> usize {
        found
            .iter()
            .filter(|(_, heading)| self.knows(heading))
            .count()
    }

    /// What the mapping says of each column: `None` where it is silent, `Some(None)` where it says "not used". By heading
    /// (the same heading twice: in order), else by letters.
    pub fn apply(&self, found: &[(usize, String)]) -> Vec<Option<Option<Field>>> {
        let mut said = vec![None; found.len()];
        let mut used = vec![false; self.columns.len()];
        let field = |entry: &MappingColumn| Some(Field::from_code(entry.field.trim()));
        for (slot, (_, heading)) in said.iter_mut().zip(found) {
            let wanted = headings::comparable(heading);
            if wanted.is_empty() {
                continue;
            }
            let same = |(at, entry): &(usize, &MappingColumn)| {
                !used.get(*at).copied().unwrap_or(true)
                    && headings::comparable(&entry.heading) == wanted
            };
            if let Some((at, entry)) = self.columns.iter().enumerate().find(same) {
                *slot = field(entry);
                if let Some(used) = used.get_mut(at) {
                    *used = true;
                }
            }
        }
        for (entry, _) in self.columns.iter().zip(&used).filter(|(_, used)| !**used) {
            let Some(column) = column_of(&entry.column) else {
                continue;
            };
            for (slot, _) in said
                .iter_mut()
                .zip(found)
                .filter(|(slot, (at, _))| *at == column && slot.is_none())
            {
                *slot = field(entry);
            }
        }
        said
    }
}

impl Mappings {
    /// The mapping of a shape.
    pub fn of_shape(&self, shape: u64) -> Option<&Mapping> {
        let wanted = format!("{shape:016x}");
        self.tables
            .iter()
            .find(|mapping| mapping.shape.eq_ignore_ascii_case(&wanted))
    }

    /// The mapping that fits headings best: the same shape, else one that knows at least half of its headings here; a list
    /// without headings takes one without headings.
    pub(super) fn best(&self, shape: u64, found: &[(usize, String)]) -> Option<&Mapping> {
        self.of_shape(shape).or_else(|| {
            self.tables
                .iter()
                .map(|mapping| {
                    (
                        mapping,
                        mapping.overlap(found),
                        mapping
                            .columns
                            .iter()
                            .filter(|column| !column.heading.trim().is_empty())
                            .count(),
                    )
                })
                .filter(|(_, overlap, own)| *own == 0 || overlap * 2 >= *own)
                .max_by_key(|(_, overlap, _)| *overlap)
                .map(|(mapping, _, _)| mapping)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_by_letters() {
        for (column, name) in [(0, "A"), (2, "C"), (25, "Z"), (26, "AA"), (701, "ZZ")] {
            assert_eq!(letters(column), name);
            assert_eq!(column_of(name), Some(column));
        }
        assert_eq!(column_of("3"), Some(2));
        assert_eq!(column_of("?"), None);
    }
}
