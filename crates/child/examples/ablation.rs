//! What each part of the child model is worth: the model is run whole, then with one part taken away.
//!
//! `cargo run --release -p treem-child --example ablation -- FOLDER…` over folders that `bench/link/worlds.py` made (a, b, d).
//! Out: for each part F1 at p ≥ 0.9 and the best F1, each folder in turn.

#![allow(
    clippy::all,
    clippy::pedantic,
    reason = "a measurement that is run by hand, no part of the program"
)]

#[path = "world/reader.rs"]
mod reader;

use reader::read;
use std::collections::HashSet;
use std::error::Error;
use std::path::Path;
use treem_child::link::Children;
use treem_child::link::model::model;
use treem_link::comparison::{Comparison, Level, Outcome, Scratch};
use treem_link::model::{Grouping, Model};
use treem_link::run::{Around, Linked, cores, link};

/// A comparison that says nothing, forgets rarity, or takes one level for another.
struct Less<'m> {
    whole: Box<dyn Comparison + 'm>,
    silent: bool,
    merge: Option<(u8, u8)>,
}

impl Comparison for Less<'_> {
    fn name(&self) -> &str {
        self.whole.name()
    }
    fn levels(&self) -> &[Level] {
        self.whole.levels()
    }
    fn compare(&self, left: u32, right: u32, scratch: &mut Scratch) -> Outcome {
        let found = self.whole.compare(left, right, scratch);
        match self.merge {
            _ if self.silent => Outcome::MISSING,
            Some((from, to)) if found.level == from => Outcome {
                level: to,
                rarity: 0,
            },
            Some(_) => found,
            None => Outcome::level(found.level),
        }
    }
}

fn less(model: &mut Model<'_>, name: &str, silent: bool, merge: Option<(u8, u8)>) {
    let comparisons = std::mem::take(&mut model.comparisons);
    model.comparisons = comparisons
        .into_iter()
        .map(|whole| -> Box<dyn Comparison> {
            if whole.name() == name {
                Box::new(Less {
                    whole,
                    silent,
                    merge,
                })
            } else {
                whole
            }
        })
        .collect();
}

fn f1(linked: &Linked, ids: &[String], truth: &HashSet<(String, String)>) -> (f64, f64) {
    let mut pairs: Vec<(f64, bool)> = linked
        .pairs
        .iter()
        .map(|pair| {
            (
                pair.probability,
                truth.contains(&(
                    ids[pair.left as usize].clone(),
                    ids[pair.right as usize].clone(),
                )),
            )
        })
        .collect();
    pairs.sort_by(|one, other| other.0.total_cmp(&one.0));
    let (mut right, mut at_nine, mut best) = (0_u32, 0.0, 0.0_f64);
    for (count, (probability, hit)) in pairs.iter().enumerate() {
        right += u32::from(*hit);
        let found = u32::try_from(count + 1 + truth.len()).unwrap_or(u32::MAX);
        let value = 2.0 * f64::from(right) / f64::from(found);
        best = best.max(value);
        if *probability >= 0.9 {
            at_nine = value;
        }
    }
    (at_nine, best)
}

type Change = (&'static str, fn(&mut Model<'_>));

fn changes() -> Vec<Change> {
    fn kind(model: &mut Model<'_>, name: &str) {
        model.kinds.retain(|kind| kind.name != name);
    }
    fn key(model: &mut Model<'_>, name: &str) {
        model.keys.retain(|key| key.name() != name);
    }
    vec![
        ("whole", |_| {}),
        ("without the kind siblings", |model| kind(model, "siblings")),
        ("without the kind one people", |model| {
            kind(model, "one people")
        }),
        ("candidates not weighed against each other", |model| {
            model.grouping = Grouping::None
        }),
        ("without calibration", |model| {
            model.calibration = Default::default()
        }),
        ("pairs without a number not apart", |model| {
            model.apart = None
        }),
        ("sex, father, ethnicity each for itself", |model| {
            model.beside = vec![None; model.beside.len()]
        }),
        ("no floor for rare levels", |model| {
            model.kinds.iter_mut().for_each(|kind| kind.least.clear())
        }),
        ("names without rarity", |model| {
            ["name", "mother", "father"]
                .iter()
                .for_each(|name| less(model, name, false, None))
        }),
        ("birth without rarity", |model| {
            less(model, "birth", false, None)
        }),
        ("commune without rarity", |model| {
            less(model, "commune", false, None)
        }),
        ("without mother", |model| less(model, "mother", true, None)),
        ("without father", |model| less(model, "father", true, None)),
        ("without sex", |model| less(model, "sex", true, None)),
        ("without ethnicity", |model| {
            less(model, "ethnicity", true, None)
        }),
        ("without commune", |model| {
            less(model, "commune", true, None)
        }),
        ("without number", |model| less(model, "number", true, None)),
        ("name: style = the same", |model| {
            less(model, "name", false, Some((2, 1)))
        }),
        ("name: part = near", |model| {
            less(model, "name", false, Some((4, 5)))
        }),
        ("name: near = different", |model| {
            less(model, "name", false, Some((5, 9)))
        }),
        ("name: given near = near", |model| {
            less(model, "name", false, Some((6, 5)))
        }),
        ("name: only given = different", |model| {
            less(model, "name", false, Some((7, 9)))
        }),
        ("name: all but given = different", |model| {
            less(model, "name", false, Some((8, 9)))
        }),
        ("birth: swapped = further apart", |model| {
            less(model, "birth", false, Some((2, 8)))
        }),
        ("birth: slip = near", |model| {
            less(model, "birth", false, Some((3, 7)))
        }),
        ("birth: partly = partly apart", |model| {
            less(model, "birth", false, Some((5, 9)))
        }),
        ("birth: 1 January = near", |model| {
            less(model, "birth", false, Some((6, 7)))
        }),
        ("birth: nine months = further apart", |model| {
            less(model, "birth", false, Some((7, 8)))
        }),
        ("parents: swapped = different", |model| {
            less(model, "mother", false, Some((10, 9)))
        }),
        ("number: contradicted = the same", |model| {
            less(model, "number", false, Some((2, 1)))
        }),
        ("number: slip = different", |model| {
            less(model, "number", false, Some((3, 4)))
        }),
        ("key number away", |model| key(model, "number")),
        ("key birth + given away", |model| {
            key(model, "birth + given")
        }),
        ("key father + mother away", |model| {
            key(model, "father + mother")
        }),
        ("key birth + mother away", |model| {
            key(model, "birth + mother")
        }),
        ("key birth + father away", |model| {
            key(model, "birth + father")
        }),
        ("key birth + commune away", |model| {
            key(model, "birth + commune")
        }),
        ("key mother + commune away", |model| {
            key(model, "mother + commune")
        }),
        ("key father + commune away", |model| {
            key(model, "father + commune")
        }),
        ("key name + commune away", |model| {
            key(model, "name + commune")
        }),
        ("key year + mother + given away", |model| {
            key(model, "year + mother + given")
        }),
        ("key year + father + given away", |model| {
            key(model, "year + father + given")
        }),
        ("key year + commune + sound away", |model| {
            key(model, "year + commune + sound of given")
        }),
        ("keys with year and given away", |model| {
            key(model, "year + mother + given");
            key(model, "year + father + given");
        }),
        ("these and birth + father away", |model| {
            key(model, "year + mother + given");
            key(model, "year + father + given");
            key(model, "birth + father");
        }),
    ]
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut worlds = Vec::new();
    for folder in std::env::args().skip(1) {
        let folder = Path::new(&folder);
        let (mut children, mut ids) = (Children::default(), Vec::new());
        read(&folder.join("a.csv"), &mut children, &mut ids)?;
        children.end_first_list();
        read(&folder.join("b.csv"), &mut children, &mut ids)?;
        children.count(cores());
        let truth: HashSet<(String, String)> = std::fs::read_to_string(folder.join("truth.csv"))?
            .lines()
            .skip(1)
            .filter_map(|line| {
                line.split_once(',')
                    .map(|(left, right)| (left.to_owned(), right.to_owned()))
            })
            .collect();
        worlds.push((children, ids, truth));
    }
    for (name, change) in changes() {
        print!("{name:44}");
        for (children, ids, truth) in &worlds {
            let mut model = model(children);
            change(&mut model);
            let linked = link(
                &model,
                children.len(),
                children.first_list(),
                &Around::quiet(),
            )?;
            let (at_nine, best) = f1(&linked, ids, truth);
            print!("  {at_nine:.4} {best:.4}");
        }
        println!();
    }
    Ok(())
}
