//! Who the rows of an import are: rows of one child among them, and each held against the book.
//!
//! In: the rows and the book as the linkage sees them, what persons decided before. Out: [`Told`]: for each row what it is ([`Fate`]),
//! whom it may be, and which numbers come to stand on two children. Two runs of the engine: the list by itself, then one row of each
//! child against the book, one to one. Memory: about 200 bytes a child of the book and of the list (`treem_child::link`).

use crate::act::check::{Progress, Stop};
use crate::act::link::engine;
use rustc_hash::{FxHashMap, FxHashSet};
use treem_child::link::Children;
use treem_child::link::band::{Band, NEW};
use treem_child::link::model::model;
use treem_link::explain::explain;
use treem_link::model::Model;
use treem_link::run::{Linked, cores};

use super::known::{Book, Remembered, Rows};
use super::{Done, Failed};

/// Candidates of a row that are kept.
const CANDIDATES: usize = 5;

/// A probability in millionths.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a probability: at most a million"
)]
pub fn millionths(probability: f64) -> i64 {
    (probability.clamp(0.0, 1.0) * 1_000_000.0).round() as i64
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// A child of its own.
    New,
    /// The child at this place of the book.
    Same(u32),
    /// A person decides.
    Perhaps,
}

/// Whom a row may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Whom {
    /// The child at this place of the book.
    Child(u32),
    /// Another row, by its place.
    Row(u32),
}

/// A candidate.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Who.
    pub whom: Whom,
    /// The probability.
    pub probability: f64,
    /// What each comparison adds, as JSON.
    pub why: String,
}

/// What became of the rows.
#[derive(Default)]
pub struct Told {
    /// By row.
    pub fates: Vec<Fate>,
    /// By row: the first row of the same child.
    pub leaders: Vec<u32>,
    /// Of rows that wait: whom they may be, the likeliest first, and why a person has to decide.
    pub waiting: FxHashMap<u32, (Vec<Candidate>, &'static str)>,
    /// Numbers that stand on two children once the rows are in the book, the book's own disputes left out.
    pub shared: FxHashSet<u64>,
}

/// What a waterfall says, without values: comparison, level, bits.
pub(in crate::act::register) fn why(
    model: &Model<'_>,
    linked: &Linked,
    left: u32,
    right: u32,
) -> String {
    let waterfall = explain(model, linked, left, right);
    let mut steps: Vec<(&str, &str, f64)> = waterfall
        .steps
        .iter()
        .filter(|step| step.level > 0)
        .map(|step| {
            (
                step.comparison.as_str(),
                step.label.as_str(),
                (step.bits * 100.0).round() / 100.0,
            )
        })
        .collect();
    let others = (waterfall.others * 100.0).round() / 100.0;
    if others != 0.0 {
        steps.push(("others", "", others));
    }
    serde_json::to_string(&steps).unwrap_or_default()
}

/// Rows of one child among the rows: each row's first one, and whom it may be beside.
struct Within {
    leaders: Vec<u32>,
    perhaps: Vec<(u32, u32, f64, String)>,
}

fn leader(leaders: &[u32], row: u32) -> u32 {
    let mut at = row;
    while let Some(up) = leaders.get(at as usize)
        && *up != at
    {
        at = *up;
    }
    at
}

fn within(rows: &Rows, around: (&dyn Progress, &Stop)) -> Done<Option<Within>> {
    let mut children = Children::default();
    rows.all(&mut children);
    let mut leaders: Vec<u32> = (0..u32::try_from(children.len()).unwrap_or(u32::MAX)).collect();
    if children.len() < 2 || rows.each_asked {
        return Ok(Some(Within {
            leaders,
            perhaps: Vec::new(),
        }));
    }
    children.count(cores());
    let model = model(&children);
    let Some(linked) = run(&model, children.len(), None, around)? else {
        return Ok(None);
    };
    let mut perhaps = Vec::new();
    for pair in &linked.pairs {
        match children.band(pair.left, pair.right, pair.probability) {
            Band::New => {}
            Band::Perhaps => {
                let (first, later) = (pair.left.min(pair.right), pair.left.max(pair.right));
                perhaps.push((
                    later,
                    first,
                    pair.probability,
                    why(&model, &linked, pair.left, pair.right),
                ));
            }
            Band::Same => {
                let (one, other) = (leader(&leaders, pair.left), leader(&leaders, pair.right));
                if let Some(slot) = leaders.get_mut(one.max(other) as usize) {
                    *slot = one.min(other);
                }
            }
        }
    }
    for row in 0..leaders.len() {
        let first = leader(&leaders, u32::try_from(row).unwrap_or(0));
        if let Some(slot) = leaders.get_mut(row) {
            *slot = first;
        }
    }
    perhaps.sort_by_key(|pair| (pair.0, pair.1));
    Ok(Some(Within { leaders, perhaps }))
}

fn run(
    model: &Model<'_>,
    records: usize,
    first_list: Option<usize>,
    (progress, stop): (&dyn Progress, &Stop),
) -> Done<Option<Linked>> {
    engine(model, records, first_list, progress, stop)
        .map_err(|error| Failed::Broken(anyhow::anyhow!("không đối chiếu được: {error}")))
}

/// Tells who the rows are; `None` where it was stopped.
///
/// # Errors
/// The engine's.
pub fn tell(
    rows: &Rows,
    book: &mut Book,
    remembered: &Remembered,
    around: (&dyn Progress, &Stop),
) -> Done<Option<Told>> {
    let Some(Within { leaders, perhaps }) = within(rows, around)? else {
        return Ok(None);
    };
    // Of each child the fullest row is held against the book.
    let mut fullest: FxHashMap<u32, u32> = FxHashMap::default();
    let fullness = |row: u32| rows.fullness.get(row as usize).copied().unwrap_or(0);
    for (row, first) in (0_u32..).zip(&leaders) {
        let best = fullest.entry(*first).or_insert(row);
        if fullness(row) > fullness(*best) {
            *best = row;
        }
    }
    let mut firsts: Vec<u32> = fullest.keys().copied().collect();
    firsts.sort_unstable();
    let spoken: Vec<u32> = firsts
        .iter()
        .filter_map(|first| fullest.get(first))
        .copied()
        .collect();
    let mut children = Children::default();
    rows.pick(&spoken, &mut children);
    children.end_first_list();
    for batch in std::mem::take(&mut book.batches) {
        children.extend(&batch);
    }
    let book = &*book;
    let offset = u32::try_from(firsts.len()).unwrap_or(u32::MAX);
    let mut told = Told {
        fates: vec![Fate::New; leaders.len()],
        leaders,
        ..Told::default()
    };
    let mut fates: FxHashMap<u32, Fate> = FxHashMap::default();
    if !book.ids.is_empty() && !firsts.is_empty() {
        children.count(cores());
        let model = model(&children);
        let Some(linked) = run(&model, children.len(), children.first_list(), around)? else {
            return Ok(None);
        };
        let mut taken: FxHashSet<u32> = FxHashSet::default();
        let mut pairs = linked.pairs.as_slice();
        for (left, first) in (0_u32..).zip(&firsts) {
            let own = pairs.iter().take_while(|pair| pair.left == left).count();
            let (mine, rest) = pairs.split_at(own);
            pairs = rest;
            let print = spoken
                .get(left as usize)
                .and_then(|row| rows.prints.get(*row as usize));
            let known = print.and_then(|print| remembered.same.get(print));
            if let Some(place) = known
                .and_then(|id| book.place(id))
                .filter(|_| !rows.each_asked)
            {
                fates.insert(*first, Fate::Same(place));
                continue;
            }
            let apart = |place: u32| {
                print
                    .zip(book.ids.get(place as usize))
                    .is_some_and(|(print, id)| {
                        !remembered.apart.is_empty()
                            && remembered.apart.contains(&(print.clone(), id.clone()))
                    })
            };
            let mut found: Vec<(u32, f64, Band)> = mine
                .iter()
                .map(|pair| {
                    (
                        pair.right,
                        pair.probability,
                        children.band(pair.left, pair.right, pair.probability),
                    )
                })
                .filter(|(right, ..)| !apart(right - offset))
                .collect();
            // Who stands in the book many times over is one of these, though none of them has more than a share of what speaks for it.
            let shared = found.iter().all(|(.., band)| *band == Band::New)
                && linked.together(mine.iter().filter(|pair| !apart(pair.right - offset))) >= NEW;
            found.retain(|(.., band)| shared || *band != Band::New);
            found.sort_by(|one, other| other.1.total_cmp(&one.1));
            let Some((right, _, band)) = found.first().copied() else {
                continue;
            };
            let place = right - offset;
            let active = book.active.get(place as usize) == Some(&true);
            if band == Band::Same && active && !rows.each_asked && taken.insert(place) {
                fates.insert(*first, Fate::Same(place));
                continue;
            }
            let note = match (band, active) {
                (_, false) => "left",
                (Band::Same, true) if !rows.each_asked => "taken",
                _ => "",
            };
            let candidates = found
                .iter()
                .take(CANDIDATES)
                .map(|(right, probability, _)| Candidate {
                    whom: Whom::Child(right - offset),
                    probability: *probability,
                    why: why(&model, &linked, left, *right),
                })
                .collect();
            told.waiting.insert(*first, (candidates, note));
            fates.insert(*first, Fate::Perhaps);
        }
    }
    beside(&mut told, &fates, perhaps);
    settle(&mut told, &fates);
    share(&mut told, rows, book);
    Ok(Some(told))
}

/// Rows that may be one child with an earlier row wait, unless it is clear who they are.
fn beside(told: &mut Told, fates: &FxHashMap<u32, Fate>, perhaps: Vec<(u32, u32, f64, String)>) {
    for (later, first, probability, why) in perhaps {
        let of = |row: u32| told.leaders.get(row as usize).copied().unwrap_or(row);
        let (one, other) = (of(first), of(later));
        let (one, other) = (one.min(other), one.max(other));
        if one == other || matches!(fates.get(&other), Some(Fate::Same(_))) {
            continue;
        }
        let whom = match fates.get(&one) {
            Some(Fate::Same(place)) => Whom::Child(*place),
            _ => Whom::Row(one),
        };
        let (candidates, _) = told.waiting.entry(other).or_default();
        if !candidates.iter().any(|known| known.whom == whom) && candidates.len() < CANDIDATES {
            candidates.push(Candidate {
                whom,
                probability,
                why,
            });
        }
    }
}

/// Each row shares the fate of the first row of its child; a later row of one who waits waits with it.
fn settle(told: &mut Told, fates: &FxHashMap<u32, Fate>) {
    for (candidates, _) in told.waiting.values_mut() {
        candidates.sort_by(|one, other| other.probability.total_cmp(&one.probability));
    }
    for row in 0..told.leaders.len() {
        let Some(first) = told.leaders.get(row).copied() else {
            continue;
        };
        let fate = if told.waiting.contains_key(&first) {
            Fate::Perhaps
        } else {
            fates.get(&first).copied().unwrap_or(Fate::New)
        };
        if let Some(slot) = told.fates.get_mut(row) {
            *slot = fate;
        }
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        if fate == Fate::Perhaps && row != first {
            let with = Candidate {
                whom: Whom::Row(first),
                probability: 1.0,
                why: "[]".to_owned(),
            };
            told.waiting.insert(row, (vec![with], "follows"));
        }
    }
}

/// Numbers that come to stand on two children: of new rows with the book, of new rows among each other, of numbers filled in.
fn share(told: &mut Told, rows: &Rows, book: &Book) {
    let mut own: FxHashMap<u64, Whom> = FxHashMap::default();
    for (place, number) in (0_u32..).zip(&book.numbers) {
        if *number != 0 {
            own.entry(*number).or_insert(Whom::Child(place));
        }
    }
    let mut given: FxHashSet<Whom> = FxHashSet::default();
    for (row, number) in rows.numbers.iter().enumerate() {
        let whom = match told.fates.get(row) {
            Some(Fate::New) => Whom::Row(told.leaders.get(row).copied().unwrap_or(0)),
            Some(Fate::Same(place)) => {
                if book.numbers.get(*place as usize) != Some(&0) {
                    continue;
                }
                Whom::Child(*place)
            }
            _ => continue,
        };
        // The first row of a child that has a number gives it.
        if *number == 0 || !given.insert(whom) {
            continue;
        }
        if *own.entry(*number).or_insert(whom) != whom {
            told.shared.insert(*number);
        }
    }
}
