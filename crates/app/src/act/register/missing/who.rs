//! Who the rows of all lists are: children of the book, or children found elsewhere, each once however many lists name it.
//!
//! In: the book, rows in the order of kinds, what persons said of rows. Out: [`Told`]. List after list goes through the linkage of two lists,
//! against the book and whom earlier lists have added: a list that names no parents meets what the others say of the child. Then the found
//! children are held against each other and once more against the book, with all that is known of each. The same rows give the same answer.

use super::super::import::columns::{Places, Seen};
use super::super::{Done, Failed};
use super::Kind;
use super::gather::{Book, Row};
use crate::act::check::{Progress, Stop};
use crate::act::link::engine;
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Map, Value};
use treem_child::link::Children;
use treem_child::link::model::model;
use treem_link::run::{Linked, Pair, cores};

/// From this probability on a row is one whom it looks like; what speaks for several is taken together.
const IS: f64 = 0.5;
/// Rows of whom it is known who they are that a run learns from, about.
const KNOWN: usize = 20_000;
/// Up to this probability of being in the book a found child is surely not in it. One in a thousand, because the probability of who looks a little alike is too
/// low: the engine learns from rows that were easily told (docs/missing.md, *How well it does*).
pub const SURE: f64 = 0.001;

/// Who somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
    /// A child of the book, by place.
    Book(usize),
    /// A found child, by place.
    Found(usize),
}

/// A child found elsewhere.
#[derive(Default)]
pub struct Found {
    /// Its rows, by place; the first one names it.
    pub rows: Vec<usize>,
    /// Whom of the book it may be all the same, by place, and how likely that is.
    pub may_be: Option<(usize, f64)>,
    /// How likely it is in the book at all.
    pub doubt: f64,
    /// All that its rows say, the first one first.
    record: Map<String, Value>,
    sensitive: Map<String, Value>,
}

/// What was found.
#[derive(Default)]
pub struct Told {
    /// By row: who it is, and how likely.
    pub rows: Vec<(Option<Whom>, f64)>,
    /// The found children.
    pub found: Vec<Found>,
}

/// Lists that are held against the rest together: of one kind, and no two of one place.
fn rounds(rows: &[&Row]) -> Vec<Vec<usize>> {
    let mut out: Vec<(Kind, FxHashSet<&str>, Vec<usize>)> = Vec::new();
    let mut from = 0;
    while let Some(first) = rows.get(from) {
        let source = first.key.0;
        let to = rows
            .get(from..)
            .unwrap_or_default()
            .iter()
            .position(|row| row.key.0 != source)
            .map_or(rows.len(), |more| from + more);
        let units: FxHashSet<&str> = rows
            .get(from..to)
            .unwrap_or_default()
            .iter()
            .map(|row| row.here)
            .collect();
        let fits = out
            .iter_mut()
            .find(|(kind, taken, _)| *kind == first.kind && taken.is_disjoint(&units));
        match fits {
            Some((_, taken, places)) => {
                taken.extend(units);
                places.extend(from..to);
            }
            None => out.push((first.kind, units, (from..to).collect())),
        }
        from = to;
    }
    out.sort_by_key(|(kind, _, places)| (*kind, places.first().copied()));
    out.into_iter().map(|(_, _, places)| places).collect()
}

struct Telling<'a> {
    rows: &'a [&'a Row],
    book: &'a Book,
    places: &'a mut Places,
    around: (&'a dyn Progress, &'a Stop),
    told: Told,
}

/// Tells who the rows are; `None` where it was stopped. `known`: rows of which a person has said which child of the book they are.
///
/// # Errors
/// The engine's.
pub fn tell(
    (rows, book): (&[&Row], &Book),
    known: &FxHashMap<usize, usize>,
    places: &mut Places,
    around: (&dyn Progress, &Stop),
) -> Done<Option<Told>> {
    let mut telling = Telling {
        rows,
        book,
        places,
        around,
        told: Told {
            rows: vec![(None, 0.0); rows.len()],
            found: Vec::new(),
        },
    };
    for (row, child) in known {
        if let Some(slot) = telling.told.rows.get_mut(*row) {
            *slot = (Some(Whom::Book(*child)), 1.0);
        }
    }
    for round in rounds(rows) {
        let open: Vec<usize> = round
            .into_iter()
            .filter(|row| !known.contains_key(row))
            .collect();
        if !telling.list(&open)? {
            return Ok(None);
        }
    }
    if !telling.each_other()? || !telling.once_more()? {
        return Ok(None);
    }
    Ok(Some(telling.told))
}

/// Adds what a record says and another does not.
fn fill(into: &mut Map<String, Value>, text: &str) {
    let more: Map<String, Value> = serde_json::from_str(text).unwrap_or_default();
    for (name, value) in more {
        into.entry(name).or_insert(value);
    }
}

impl Telling<'_> {
    /// Adds the found children to the columns.
    fn push_found(&mut self, children: &mut Children) {
        for found in &self.told.found {
            let of = found
                .rows
                .first()
                .and_then(|row| self.rows.get(*row).copied());
            let (edition, unit) = of.map_or(("", ""), |row| {
                (row.edition.as_str(), row.unit.as_deref().unwrap_or(""))
            });
            let (record, sensitive) = (
                Value::Object(found.record.clone()).to_string(),
                Value::Object(found.sensitive.clone()).to_string(),
            );
            let seen = Seen::stored((&record, &sensitive), (edition, unit), self.places);
            children.push(&seen.entry());
        }
    }

    fn push_book(&self, children: &mut Children) {
        for batch in &self.book.batches {
            children.extend(batch);
        }
    }

    /// Runs the engine; `None` where it was stopped.
    fn run(&self, children: &mut Children) -> Done<Option<Paired>> {
        let (progress, stop) = self.around;
        if children.is_empty() || children.first_list() == Some(children.len()) {
            return Ok(Some(Paired(None)));
        }
        progress.step("đếm họ tên", 0, 0);
        children.count(cores());
        let linked = engine(
            &model(children),
            children.len(),
            children.first_list(),
            progress,
            stop,
        )
        .map_err(|error| Failed::Broken(anyhow::anyhow!("không đối chiếu được: {error}")))?;
        Ok(linked.map(|linked| Paired(Some(linked))))
    }

    /// One list against the book and whom earlier lists have added. `false`: it was stopped.
    fn list(&mut self, open: &[usize]) -> Done<bool> {
        if open.is_empty() {
            return Ok(true);
        }
        let mut children = Children::default();
        self.push_rows(&mut children, open.iter());
        children.end_first_list();
        self.push_book(&mut children);
        self.push_found(&mut children);
        let Some(paired) = self.run(&mut children)? else {
            return Ok(false);
        };
        let by_left = by_left(paired.pairs(), open.len());
        let known = self.told.found.len();
        for (left, row) in open.iter().enumerate() {
            let mine = by_left.get(left).map_or(&[][..], |mine| *mine);
            let best = best(mine);
            let probability = paired.together(mine.iter());
            let whom = best
                .filter(|_| probability >= IS)
                .and_then(|pair| self.whom(pair.right as usize - open.len(), known));
            if let Some(whom) = whom {
                if let Whom::Found(at) = whom {
                    self.join(at, *row);
                }
                self.set(*row, whom, probability);
            } else {
                let at = self.told.found.len();
                self.told.found.push(Found::default());
                self.join(at, *row);
                self.set(*row, Whom::Found(at), 1.0);
            }
        }
        Ok(!self.around.1.is_asked())
    }

    /// Who stands at a place of the second list.
    fn whom(&self, place: usize, known: usize) -> Option<Whom> {
        let of_book = self.book.ids.len();
        if place < of_book {
            return Some(Whom::Book(place));
        }
        let at = place - of_book;
        (at < known).then_some(Whom::Found(at))
    }

    fn set(&mut self, row: usize, whom: Whom, probability: f64) {
        if let Some(slot) = self.told.rows.get_mut(row) {
            *slot = (Some(whom), probability);
        }
    }

    /// A row joins a found child.
    fn join(&mut self, at: usize, row: usize) {
        let (Some(found), Some(of)) = (self.told.found.get_mut(at), self.rows.get(row).copied())
        else {
            return;
        };
        found.rows.push(row);
        fill(&mut found.record, &of.record);
        fill(&mut found.sensitive, &of.sensitive);
    }

    /// Adds rows of whom it is known who they are: the engine learns what the same child looks like from pairs that are one, and among those
    /// who were all found to be different there are none. What it says of them is not looked at.
    fn push_known(&mut self, children: &mut Children, known: &[usize]) {
        let step = known.len().div_ceil(KNOWN).max(1);
        self.push_rows(children, known.iter().step_by(step));
    }

    /// Adds rows to the columns.
    fn push_rows<'r>(&mut self, children: &mut Children, rows: impl Iterator<Item = &'r usize>) {
        for row in rows.filter_map(|row| self.rows.get(*row).copied()) {
            let unit = (row.edition.as_str(), row.unit.as_deref().unwrap_or(""));
            let seen = Seen::stored((&row.record, &row.sensitive), unit, self.places);
            children.push(&seen.entry());
        }
    }

    /// The found children against each other: one whom two lists name so differently that the second added it again.
    fn each_other(&mut self) -> Done<bool> {
        let mut children = Children::default();
        self.push_found(&mut children);
        let all = children.len();
        if all < 2 {
            return Ok(true);
        }
        let second = |found: &Found| found.rows.get(1).copied();
        let known: Vec<usize> = self.told.found.iter().filter_map(second).collect();
        self.push_known(&mut children, &known);
        let Some(paired) = self.run(&mut children)? else {
            return Ok(false);
        };
        let mut pairs = paired.pairs().to_vec();
        pairs.retain(|pair| pair.probability >= IS && (pair.right as usize) < all);
        pairs.sort_by(|one, other| {
            other
                .probability
                .total_cmp(&one.probability)
                .then((one.left, one.right).cmp(&(other.left, other.right)))
        });
        let mut went: Vec<usize> = (0..self.told.found.len()).collect();
        let lead = |went: &[usize], at: u32| {
            let mut at = at as usize;
            while let Some(to) = went.get(at).copied().filter(|to| *to != at) {
                at = to;
            }
            at
        };
        for pair in pairs {
            let (one, other) = (lead(&went, pair.left), lead(&went, pair.right));
            if one == other || self.share_a_kind(one, other) {
                continue;
            }
            let (one, other) = (one.min(other), one.max(other));
            let Some(slot) = self.told.found.get_mut(other) else {
                continue;
            };
            let rows = std::mem::take(&mut slot.rows);
            if let Some(to) = went.get_mut(other) {
                *to = one;
            }
            for row in rows {
                self.join(one, row);
                self.set(row, Whom::Found(one), pair.probability);
            }
        }
        self.close_up();
        Ok(true)
    }

    /// Takes the places away that have no rows any more.
    fn close_up(&mut self) {
        let all = std::mem::take(&mut self.told.found);
        self.told.found = all
            .into_iter()
            .filter(|found| !found.rows.is_empty())
            .collect();
        for (at, found) in self.told.found.iter().enumerate() {
            for row in &found.rows {
                if let Some(slot) = self.told.rows.get_mut(*row) {
                    slot.0 = Some(Whom::Found(at));
                }
            }
        }
    }

    /// Two found children whom one kind of list both names are two: a list names a child once.
    fn share_a_kind(&self, one: usize, other: usize) -> bool {
        let kinds = |at: usize| -> i64 {
            let rows = self.told.found.get(at).map_or(&[][..], |found| &found.rows);
            rows.iter()
                .filter_map(|row| self.rows.get(*row))
                .fold(0, |bits, row| bits | row.kind.bit())
        };
        let (one, other) = (kinds(one), kinds(other));
        one & other != 0
    }

    /// The found children against the book, with all that is known of each by now.
    fn once_more(&mut self) -> Done<bool> {
        let mut children = Children::default();
        self.push_found(&mut children);
        let all = self.told.found.len();
        if all == 0 {
            return Ok(true);
        }
        let in_book = |(row, (whom, _)): (usize, &(Option<Whom>, f64))| {
            matches!(whom, Some(Whom::Book(_))).then_some(row)
        };
        let known: Vec<usize> = self
            .told
            .rows
            .iter()
            .enumerate()
            .filter_map(in_book)
            .collect();
        self.push_known(&mut children, &known);
        children.end_first_list();
        let lefts = children.len();
        self.push_book(&mut children);
        let Some(paired) = self.run(&mut children)? else {
            return Ok(false);
        };
        let by_left = by_left(paired.pairs(), all);
        for at in 0..all {
            let mine = by_left.get(at).map_or(&[][..], |mine| *mine);
            let Some(found) = self.told.found.get_mut(at) else {
                continue;
            };
            let together = paired.together(mine.iter());
            let likeliest = best(mine);
            found.doubt = together;
            found.may_be = likeliest.map(|pair| (pair.right as usize - lefts, pair.probability));
            if together >= IS
                && let Some(pair) = likeliest
            {
                let rows = std::mem::take(&mut found.rows);
                for row in rows {
                    self.set(row, Whom::Book(pair.right as usize - lefts), together);
                }
            }
        }
        self.close_up();
        Ok(true)
    }
}

/// What a run of the engine gave; nothing where there was nobody to hold against another.
struct Paired(Option<Linked>);

impl Paired {
    fn pairs(&self) -> &[Pair] {
        self.0.as_ref().map_or(&[], |linked| &linked.pairs)
    }

    /// How likely somebody is one of these at all.
    fn together<'p>(&self, pairs: impl Iterator<Item = &'p Pair>) -> f64 {
        let linked = self.0.as_ref();
        linked.map_or(0.0, |linked| linked.together(pairs))
    }
}

/// The pairs of each left record; pairs stand in order of left.
fn by_left(pairs: &[Pair], lefts: usize) -> Vec<&[Pair]> {
    let mut out = Vec::with_capacity(lefts);
    let mut rest = pairs;
    for left in 0..lefts {
        let own = rest
            .iter()
            .take_while(|pair| pair.left as usize == left)
            .count();
        let (mine, more) = rest.split_at(own);
        out.push(mine);
        rest = more;
    }
    out
}

/// The likeliest; of equals the first.
fn best(pairs: &[Pair]) -> Option<Pair> {
    pairs
        .iter()
        .fold(None, |best: Option<Pair>, pair| match best {
            Some(known) if known.probability >= pair.probability => Some(known),
            _ => Some(*pair),
        })
}
