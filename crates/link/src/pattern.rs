//! Patterns: what all comparisons of a pair gave, packed into one number.
//!
//! In: the model's comparisons. Out: [`Layout`], which packs and unpacks, and gives each comparison's cell in a table.

use crate::comparison::{Outcome, Scratch};
use crate::error::Error;
use crate::limits::RARITY_STEPS;
use crate::model::Model;

/// One comparison's place in a pattern, and in the tables of what was learned.
#[derive(Clone, Debug)]
pub struct Place {
    shift: u32,
    level_bits: u32,
    rarity_bits: u32,
    /// Levels, the missing one included.
    pub levels: usize,
    /// Levels of the comparison beside, the missing one included; 1 without.
    pub rows: usize,
    /// The comparison beside.
    pub beside: Option<usize>,
    /// Steps of rarity that are told apart: 1 or [`RARITY_STEPS`].
    pub steps: usize,
    /// Where its cells begin.
    pub first_cell: usize,
}

/// Situations that pairs are counted apart in: what [`Model::apart`] compares is known of both, or is not.
pub const SITUATIONS: usize = 2;

/// How patterns are laid out.
#[derive(Clone, Debug)]
pub struct Layout {
    /// By comparison.
    pub places: Vec<Place>,
    /// Cells of all tables.
    pub cells: usize,
    /// The comparison whose silence sets pairs apart.
    apart: Option<usize>,
}

fn bits_for(count: usize) -> u32 {
    usize::BITS - count.saturating_sub(1).leading_zeros()
}

impl Layout {
    /// Lays out the patterns of a model.
    ///
    /// # Errors
    /// [`Error::Model`] where all levels together need more than 64 bits.
    pub fn of(model: &Model<'_>) -> Result<Self, Error> {
        let mut places: Vec<Place> = Vec::new();
        let (mut shift, mut cells) = (0, 0);
        for (index, comparison) in model.comparisons.iter().enumerate() {
            let levels = comparison.levels().len() + 1;
            let rare = comparison.levels().iter().any(|level| level.rarity);
            let steps = if rare { RARITY_STEPS } else { 1 };
            let beside = model.beside.get(index).copied().flatten();
            let rows = beside
                .and_then(|beside| places.get(beside))
                .map_or(1, |place| place.levels);
            let place = Place {
                shift,
                level_bits: bits_for(levels),
                rarity_bits: bits_for(steps),
                levels,
                rows,
                beside,
                steps,
                first_cell: cells,
            };
            shift += place.level_bits + place.rarity_bits;
            cells += levels * rows * steps;
            places.push(place);
        }
        if shift > 64 {
            return Err(Error::Model(format!(
                "the levels of all comparisons need {shift} bits; there are 64: fewer comparisons, levels or rarities"
            )));
        }
        Ok(Self {
            places,
            cells,
            apart: model.apart,
        })
    }

    /// Compares two records.
    pub fn pattern(&self, model: &Model<'_>, left: u32, right: u32, scratch: &mut Scratch) -> u64 {
        let mut pattern = 0;
        for (place, comparison) in self.places.iter().zip(&model.comparisons) {
            let Outcome { level, rarity } = comparison.compare(left, right, scratch);
            let level = u64::from(level).min(place.levels as u64 - 1);
            let rarity = u64::from(rarity).min(place.steps as u64 - 1);
            pattern |= (level | rarity << place.level_bits) << place.shift;
        }
        pattern
    }

    /// The level a comparison reached in a pattern.
    pub fn level(&self, pattern: u64, comparison: usize) -> usize {
        self.places.get(comparison).map_or(0, |place| {
            usize::try_from(pattern >> place.shift & ((1 << place.level_bits) - 1)).unwrap_or(0)
        })
    }

    /// The situation of a pattern: 1 where the comparison that sets pairs apart says nothing, 0 otherwise.
    pub fn situation(&self, pattern: u64) -> usize {
        let silent = |apart| self.level(pattern, apart) == 0;
        usize::from(self.apart.is_some_and(silent))
    }

    /// The rarity a comparison gave in a pattern.
    pub fn rarity(&self, pattern: u64, comparison: usize) -> usize {
        self.places.get(comparison).map_or(0, |place| {
            if place.rarity_bits == 0 {
                return 0;
            }
            let mask = (1_u64 << place.rarity_bits) - 1;
            usize::try_from(pattern >> place.shift >> place.level_bits & mask).unwrap_or(0)
        })
    }

    /// The cell of a comparison's table that a pattern falls into.
    pub fn cell(&self, pattern: u64, comparison: usize) -> usize {
        let Some(place) = self.places.get(comparison) else {
            return 0;
        };
        let row = place.beside.map_or(0, |beside| self.level(pattern, beside));
        self.cell_of(
            comparison,
            row,
            self.level(pattern, comparison),
            self.rarity(pattern, comparison),
        )
    }

    /// The cell of a row, level and rarity.
    pub fn cell_of(&self, comparison: usize, row: usize, level: usize, rarity: usize) -> usize {
        self.places.get(comparison).map_or(0, |place| {
            place.first_cell
                + (row * place.levels + level) * place.steps
                + rarity.min(place.steps - 1)
        })
    }
}
