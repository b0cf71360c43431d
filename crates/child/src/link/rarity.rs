//! How common names, birthdays and communes are: agreement on what is common tells little.
//!
//! In: all children. Out: a step of rarity for each name of each child within its commune, for each distinct name overall, and for
//! dates, communes, ethnic groups. A name's share is that of its parts (surname, middle, given), so that a name seen once is not
//! thought rarer than it is; shares in a commune lean on those of all where the commune is small.

use super::Children;
use rustc_hash::FxHashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use treem_link::comparison::rarity;

/// A commune's own shares count as much as those of all from so many children on.
const LEAN: f64 = 20.0;

/// Steps of rarity.
#[derive(Default)]
pub(super) struct Rarity {
    /// By whose name and distinct name: over all.
    pub(super) far: [Vec<u8>; 3],
    /// By whose name and distinct name: of the given name alone.
    pub(super) given: [Vec<u8>; 3],
    pub(super) dates: FxHashMap<u32, u8>,
    pub(super) communes: Vec<u8>,
    pub(super) ethnicities: Vec<u8>,
}

/// The parts of a name as numbers.
#[derive(Clone, Copy, Default)]
struct Parts {
    surname: u32,
    middle: u32,
    given: u32,
}

/// Shares of the parts over all records.
struct Shares {
    /// By syllable.
    surname: Vec<f64>,
    /// By number of the middle words.
    middle: Vec<f64>,
    /// By syllable.
    given: Vec<f64>,
    /// By distinct name: how many bear it.
    bearers: Vec<u32>,
    all: f64,
}

fn of(shares: &[f64], number: u32) -> f64 {
    shares
        .get(number as usize)
        .copied()
        .filter(|share| *share > 0.0)
        .unwrap_or(1e-9)
}

impl Shares {
    fn of(names: &[u32], parts: &[Parts]) -> Self {
        let mut bearers = vec![0_u32; parts.len()];
        for name in names.iter().filter(|name| **name != 0) {
            bearers[*name as usize] += 1;
        }
        let all = f64::from(bearers.iter().sum::<u32>()).max(1.0);
        let share = |pick: fn(&Parts) -> u32| {
            let top = parts.iter().map(pick).max().unwrap_or(0) as usize;
            let mut sums = vec![0.0; top + 1];
            for (parts, count) in parts.iter().zip(&bearers).filter(|(_, count)| **count > 0) {
                sums[pick(parts) as usize] += f64::from(*count) / all;
            }
            sums
        };
        Self {
            surname: share(|parts| parts.surname),
            middle: share(|parts| parts.middle),
            given: share(|parts| parts.given),
            bearers,
            all,
        }
    }

    /// The share of a name over all: of its parts, or as it is seen, whichever is more.
    fn name(&self, name: usize, parts: &Parts) -> f64 {
        let made = of(&self.surname, parts.surname)
            * of(&self.middle, parts.middle)
            * of(&self.given, parts.given);
        let seen = f64::from(self.bearers[name].saturating_sub(2)) / self.all;
        made.max(seen)
    }
}

impl Rarity {
    /// Counts; gives beside it, by whose name and record, how rare the name is within the record's commune. Communes are shared out
    /// among threads.
    pub(super) fn of(children: &Children, threads: usize) -> (Self, [Vec<u8>; 3]) {
        let people = &children.people;
        let mut middles: FxHashMap<u32, u32> = FxHashMap::default();
        let parts: Vec<Parts> = (0..people.distinct())
            .map(|name| {
                let name = u32::try_from(name).unwrap_or(0);
                let next = u32::try_from(middles.len()).unwrap_or(0);
                Parts {
                    surname: people.surname(name).unwrap_or(0),
                    middle: *middles.entry(people.middle(name)).or_insert(next),
                    given: people.given(name).unwrap_or(0),
                }
            })
            .collect();
        let by_commune = by_commune(children);
        let (mut out, mut all_near) = (Self::default(), [const { Vec::new() }; 3]);
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..3)
                .map(|whose| {
                    let (parts, by_commune) = (&parts, &by_commune);
                    scope.spawn(move || {
                        names(children, whose, parts, by_commune, threads.div_ceil(3))
                    })
                })
                .collect();
            for (whose, worker) in workers.into_iter().enumerate() {
                if let Ok((near, far, given)) = worker.join() {
                    all_near[whose] = near;
                    out.far[whose] = far;
                    out.given[whose] = given;
                }
            }
        });
        let all = children.len().max(1) as f64;
        let mut dates: FxHashMap<u32, u32> = FxHashMap::default();
        for record in &children.records {
            *dates.entry(record.birth.value()).or_default() += 1;
        }
        out.dates = dates
            .into_iter()
            .map(|(day, count)| (day, rarity(f64::from(count) / all)))
            .collect();
        let counted = |numbers: &mut dyn Iterator<Item = usize>, top: usize| -> Vec<u8> {
            let mut counts = vec![0_u32; top];
            for number in numbers {
                counts[number] += 1;
            }
            counts
                .iter()
                .map(|count| rarity(f64::from(*count) / all))
                .collect()
        };
        out.communes = counted(
            &mut children
                .records
                .iter()
                .map(|record| record.commune as usize),
            children.districts.len().max(1),
        );
        out.ethnicities = counted(
            &mut children
                .records
                .iter()
                .map(|record| usize::from(record.ethnicity)),
            usize::from(u16::MAX) + 1,
        );
        (out, all_near)
    }
}

/// The records of each commune.
fn by_commune(children: &Children) -> Vec<Vec<u32>> {
    let mut records = vec![Vec::new(); children.districts.len().max(1)];
    for (record, child) in children.records.iter().enumerate() {
        records[child.commune as usize].push(u32::try_from(record).unwrap_or(0));
    }
    records
}

type Steps = (Vec<u8>, Vec<u8>, Vec<u8>);

fn names(
    children: &Children,
    whose: usize,
    parts: &[Parts],
    by_commune: &[Vec<u32>],
    threads: usize,
) -> Steps {
    let names: Vec<u32> = children
        .records
        .iter()
        .map(|record| record.names[whose])
        .collect();
    let names = names.as_slice();
    let shares = Shares::of(names, parts);
    let far: Vec<u8> = parts
        .iter()
        .enumerate()
        .map(|(name, parts)| rarity(shares.name(name, parts)))
        .collect();
    let given: Vec<u8> = parts
        .iter()
        .map(|parts| rarity(of(&shares.given, parts.given)))
        .collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut mine: Vec<(u32, u8)> = Vec::new();
        let mut counts = Counts::of(&shares);
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(records) = by_commune.get(at) else {
                break mine;
            };
            commune(names, parts, &shares, records, (&mut counts, &mut mine));
        }
    };
    let mut near = vec![0_u8; names.len()];
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads.max(1)).map(|_| scope.spawn(work)).collect();
        for (record, step) in workers
            .into_iter()
            .filter_map(|worker| worker.join().ok())
            .flatten()
        {
            near[record as usize] = step;
        }
    });
    (near, far, given)
}

/// How often each part stands in one commune: by part, as [`Shares`] are.
struct Counts([Vec<u32>; 3]);

impl Counts {
    fn of(shares: &Shares) -> Self {
        Self([&shares.surname, &shares.middle, &shares.given].map(|shares| vec![0; shares.len()]))
    }
    fn places(&mut self, parts: Parts) -> [&mut u32; 3] {
        let [surname, middle, given] = &mut self.0;
        [
            &mut surname[parts.surname as usize],
            &mut middle[parts.middle as usize],
            &mut given[parts.given as usize],
        ]
    }
}

/// The names of one commune.
fn commune(
    names: &[u32],
    parts: &[Parts],
    shares: &Shares,
    records: &[u32],
    (counts, out): (&mut Counts, &mut Vec<(u32, u8)>),
) {
    let named = || {
        let names = records
            .iter()
            .map(|record| (*record, names[*record as usize]));
        names
            .filter(|(_, name)| *name != 0)
            .map(|(record, name)| (record, parts[name as usize]))
    };
    let mut all = 0_u32;
    for (_, parts) in named() {
        all += 1;
        for count in counts.places(parts) {
            *count += 1;
        }
    }
    let here = f64::from(all);
    for (record, parts) in named() {
        // The record itself does not make its name common.
        let share = |count: u32, over_all: f64| {
            (f64::from(count - 1) + LEAN * over_all) / (here - 1.0 + LEAN)
        };
        let [surname, middle, given] = counts.places(parts);
        let made = share(*surname, of(&shares.surname, parts.surname))
            * share(*middle, of(&shares.middle, parts.middle))
            * share(*given, of(&shares.given, parts.given));
        out.push((record, rarity(made)));
    }
    for (_, parts) in named() {
        for count in counts.places(parts) {
            *count = 0;
        }
    }
}
