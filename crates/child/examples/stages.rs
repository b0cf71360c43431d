//! The linkage without reading, stage by stage: how long each takes, what each key brings up, and how right the outcome is.
//!
//! `cargo run --release -p treem-child --example stages -- THREADS FOLDER…` over folders that `bench/link/worlds.py` made. In: their lists and
//! truth. Out: on stderr milliseconds and keys; on stdout F1 at p ≥ 0.9 and the best F1, precision and share of *same*, and by tenth of p
//! its mean and the share that is true.

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
use treem_link::run::{Around, Linked, link};

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
                )) || truth.contains(&(
                    ids[pair.right as usize].clone(),
                    ids[pair.left as usize].clone(),
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

struct Timed(std::time::Instant, std::sync::Mutex<String>);
impl treem_link::run::Progress for Timed {
    fn step(&self, stage: treem_link::run::Stage, _: u64, _: u64) {
        let Ok(mut last) = self.1.lock() else {
            return;
        };
        let now = format!("{stage:?}");
        if *last != now {
            eprintln!("   {:8.1} ms {now}", self.0.elapsed().as_secs_f64() * 1e3);
            *last = now;
        }
    }
}
fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1).peekable();
    let threads: usize = args
        .next()
        .ok_or("usage: stages THREADS FOLDER…")?
        .parse()?;
    for folder in args {
        let folder = Path::new(&folder);
        let start = std::time::Instant::now();
        let (mut children, mut ids) = (Children::default(), Vec::new());
        read(&folder.join("a.csv"), &mut children, &mut ids)?;
        if std::fs::metadata(folder.join("b.csv"))
            .map(|m| m.len() > 200)
            .unwrap_or(false)
        {
            children.end_first_list();
            read(&folder.join("b.csv"), &mut children, &mut ids)?;
        }
        eprintln!("read {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
        let start = std::time::Instant::now();
        children.count(threads);
        eprintln!("count {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
        let truth: HashSet<(String, String)> = std::fs::read_to_string(folder.join("truth.csv"))?
            .lines()
            .skip(1)
            .filter_map(|line| {
                line.split_once(',')
                    .map(|(left, right)| (left.to_owned(), right.to_owned()))
            })
            .collect();
        let timed = Timed(
            std::time::Instant::now(),
            std::sync::Mutex::new(String::new()),
        );
        let m = model(&children);
        let linked = link(
            &m,
            children.len(),
            children.first_list(),
            &Around {
                threads,
                progress: &timed,
                stop: None,
            },
        )?;
        eprintln!(
            "   {:8.1} ms end; compared {} patterns {} rounds {} pairs {}",
            timed.0.elapsed().as_secs_f64() * 1e3,
            linked.compared,
            linked.patterns,
            linked.tables.rounds,
            linked.pairs.len()
        );
        for key in &linked.keys {
            eprintln!(
                "      {:44} {} split {} out {}",
                key.key, key.pairs, key.blocks_split, key.blocks_left_out
            );
        }
        let mut tenths = [(0_u32, 0.0_f64, 0_u32); 10];
        let (mut same, mut right) = (0_u32, 0_u32);
        for pair in &linked.pairs {
            let (l, r) = (
                ids[pair.left as usize].clone(),
                ids[pair.right as usize].clone(),
            );
            let hit = truth.contains(&(l.clone(), r.clone())) || truth.contains(&(r, l));
            if pair.probability >= 0.01 {
                let t = &mut tenths[((pair.probability * 10.0) as usize).min(9)];
                t.0 += 1;
                t.1 += pair.probability;
                t.2 += u32::from(hit);
            }
            if children
                .band(pair.left, pair.right, pair.probability)
                .code()
                == "same"
            {
                same += 1;
                right += u32::from(hit);
            }
        }
        print!(
            "{} {:?} same {:.5} {:.4} ",
            folder.display(),
            f1(&linked, &ids, &truth),
            f64::from(right) / f64::from(same.max(1)),
            f64::from(right) / truth.len() as f64
        );
        for (n, sum, hits) in tenths {
            print!(
                " {n}:{:.2}→{:.2}",
                sum / f64::from(n.max(1)),
                f64::from(hits) / f64::from(n.max(1))
            );
        }
        println!();
    }
    Ok(())
}
