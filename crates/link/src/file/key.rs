//! A blocking key of a model file: columns, whole or in part.
//!
//! In: a block as the file has it, and the table. Out: [`ColumnsKey`].

use super::BlockFile;
use crate::comparison::{Key, hash_text, mix};
use crate::error::Error;
use crate::table::Table;
use crate::text::soundex;

/// A part of a key.
enum Part {
    Whole,
    First(usize),
    Soundex,
    Sorted,
    Digits,
}

/// A key made of columns.
pub struct ColumnsKey {
    name: String,
    /// By part: its column's hashes by value.
    parts: Vec<(usize, Vec<u64>)>,
    columns: Vec<Vec<u32>>,
}

impl ColumnsKey {
    /// Reads it for a table.
    pub fn read(file: &BlockFile, table: &Table) -> Result<Self, Error> {
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
