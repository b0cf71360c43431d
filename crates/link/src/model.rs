//! The model of a run: what is compared, under which keys records meet, which kinds of pairs there are, how pairs are grouped.
//!
//! In: comparisons and keys. Out: [`Model`]. A pair of records is of one [`Kind`]. Some kinds are the same thing written twice;
//! others are not, and still agree on much, because siblings share a family. Within a kind each comparison goes its own way,
//! apart from those that are told to look at another ([`Model::beside`]).

use crate::comparison::{Comparison, Key};
use crate::error::Error;
use crate::limits;
use crate::pattern::SITUATIONS;

/// How pairs are weighed against each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grouping {
    /// Not at all.
    #[default]
    None,
    /// A record of one list is at most one of the other list, and the other way round.
    OneToOne,
    /// A record of the first list is at most one of the second; one of the second may be several of the first.
    OneToMany,
    /// Records fall into groups, each one thing.
    Clusters,
}

/// A kind of pairs.
#[derive(Clone, Debug)]
pub struct Kind {
    /// What it is called.
    pub name: String,
    /// Pairs of this kind are the same thing.
    pub same: bool,
    /// Expected share of all pairs to begin with.
    pub share: f64,
    /// By comparison: pairs of this kind agree there because they share the thing itself, not by chance; so the value's rarity
    /// tells nothing against it.
    pub shares: Vec<bool>,
    /// By comparison and level: how often pairs of this kind reach it, to begin with. Where a row is empty, random pairs tell.
    pub starts: Vec<Vec<f64>>,
    /// Pairs of evidence that the starting values are worth.
    pub strength: f64,
    /// By comparison: the starting values are the truth and are not learned.
    pub fixed: Vec<bool>,
    /// By comparison and level: no level is thought rarer than this share of the first level. Random pairs are too few to show
    /// how rare a rare level is.
    pub least: Vec<Vec<f64>>,
    /// Pairs that no block brings up may be of this kind. Never so for a kind that is the same thing.
    pub outside: bool,
}

/// A model.
pub struct Model<'m> {
    /// What is compared, in the order of the explanation.
    pub comparisons: Vec<Box<dyn Comparison + 'm>>,
    /// By comparison: the one it has to be looked at together with (an earlier one).
    pub beside: Vec<Option<usize>>,
    /// The comparison whose silence sets pairs apart: how many pairs there are of each kind is learned by itself for those it says
    /// nothing of. Silence weighs nothing; but it is another search: among records without a number, say, more may be the same thing.
    pub apart: Option<usize>,
    /// The kinds of pairs; at least one is the same thing and one is not. Random pairs are of the last one to begin with.
    pub kinds: Vec<Kind>,
    /// Blocking keys, the most telling first.
    pub keys: Vec<Box<dyn Key + 'm>>,
    /// How pairs are grouped.
    pub grouping: Grouping,
    /// By comparison and level: bits that are added to what was learned of pairs that are the same thing. Learning lets some of those that
    /// are not in among the same, where both agree on the rest, and so thinks what divides them more usual than it is; what it thinks too
    /// much, in every list alike, is taken back here. Left out: nothing is.
    pub corrections: Vec<Vec<f64>>,
    /// From the bits a pair has to the bits it deserves, one line for each situation ([`Layout::situation`]): corners of a rising line,
    /// in order. Evidence that hangs together counts twice; this takes back what it counts too much. Empty: bits stay as they are.
    ///
    /// [`Layout::situation`]: crate::pattern::Layout::situation
    pub calibration: [Vec<(f64, f64)>; SITUATIONS],
}

impl Model<'_> {
    /// Looks whether the model holds together.
    ///
    /// # Errors
    /// [`Error::Model`] with what is wrong.
    pub fn check(&self) -> Result<(), Error> {
        let wrong = |why: String| Err(Error::Model(why));
        if self.comparisons.is_empty() || self.comparisons.len() > limits::COMPARISONS {
            return wrong(format!("1 to {} comparisons", limits::COMPARISONS));
        }
        if self.keys.is_empty() || self.keys.len() > limits::KEYS {
            return wrong(format!("1 to {} blocking keys", limits::KEYS));
        }
        if self.kinds.len() > limits::KINDS
            || !self.kinds.iter().any(|kind| kind.same)
            || self.kinds.last().is_none_or(|kind| kind.same)
        {
            return wrong(
                "the kinds of pairs need one that is the same thing, and end with one that is not"
                    .to_owned(),
            );
        }
        let falls = |line: &Vec<(f64, f64)>| {
            let mut pieces = line.windows(2);
            line.len() == 1
                || pieces.any(|piece| piece[0].0 >= piece[1].0 || piece[0].1 >= piece[1].1)
        };
        if self.calibration.iter().any(falls) {
            return wrong("calibration: a line of two or more corners that rises".to_owned());
        }
        if self
            .apart
            .is_some_and(|apart| apart >= self.comparisons.len())
        {
            return wrong("apart: one of the comparisons".to_owned());
        }
        for (index, comparison) in self.comparisons.iter().enumerate() {
            if comparison.levels().is_empty() || comparison.levels().len() > limits::LEVELS {
                return wrong(format!(
                    "\"{}\" needs 1 to {} levels",
                    comparison.name(),
                    limits::LEVELS
                ));
            }
            if self
                .beside
                .get(index)
                .copied()
                .flatten()
                .is_some_and(|beside| beside >= index)
            {
                return wrong(format!(
                    "\"{}\" can only look at a comparison before it",
                    comparison.name()
                ));
            }
            for kind in &self.kinds {
                let row = kind.starts.get(index).map_or(0, Vec::len);
                if row != 0 && row != comparison.levels().len() {
                    return wrong(format!(
                        "kind \"{}\": \"{}\" has {} levels",
                        kind.name,
                        comparison.name(),
                        comparison.levels().len()
                    ));
                }
            }
        }
        Ok(())
    }
}

/// Moves bits along the corners of a line; beyond its ends the line goes on as steep as its last piece.
///
/// ```
/// use treem_link::model::calibrated;
/// let line = [(-4.0, -4.0), (0.0, -1.0), (8.0, 5.0)];
/// assert_eq!((calibrated(&line, 0.0), calibrated(&line, 4.0), calibrated(&line, 12.0)), (-1.0, 2.0, 8.0));
/// assert_eq!(calibrated(&[], 3.0), 3.0);
/// ```
pub fn calibrated(line: &[(f64, f64)], bits: f64) -> f64 {
    let piece = line
        .windows(2)
        .find(|piece| bits <= piece[1].0)
        .or_else(|| line.windows(2).last());
    match piece {
        Some([(from, low), (to, high)]) => low + (bits - from) * (high - low) / (to - from),
        _ => bits,
    }
}

/// Starting values for a kind that mostly agrees: the best level has the share `best`, the others fall off by the factor
/// `fall`, the last one gets what the first left over as well.
///
/// ```
/// let starts = treem_link::model::falling(4, 0.9, 0.5);
/// assert!((starts.iter().sum::<f64>() - 1.0).abs() < 1e-9 && starts[0] > 0.89);
/// ```
pub fn falling(levels: usize, best: f64, fall: f64) -> Vec<f64> {
    if levels <= 1 {
        return vec![1.0; levels];
    }
    let mut rest: Vec<f64> = (1..levels)
        .map(|level| fall.powi(i32::try_from(level).unwrap_or(0)))
        .collect();
    let all: f64 = rest.iter().sum();
    for value in &mut rest {
        *value *= (1.0 - best) / all;
    }
    let mut starts = vec![best];
    starts.append(&mut rest);
    starts
}
