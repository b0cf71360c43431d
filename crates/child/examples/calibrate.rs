//! What bits come to before calibration, and what was true: the ground that the lines of calibration are drawn on.
//!
//! `cargo run --release -p treem-child --example calibrate -- FOLDER… > pairs.csv` over folders that `bench/link/worlds.py` made; then
//! `bench/link/calibrate.py pairs.csv`. Out: for each pair of at least -12 bits a line `world,situation,weighed,alone,levels,hit`, the
//! levels as one digit a comparison (a for ten).

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
use std::io::Write;
use std::path::Path;
use treem_child::link::Children;
use treem_child::link::model::model;
use treem_link::run::{Around, cores, link};

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    writeln!(out, "world,situation,weighed,alone,levels,hit,true")?;
    for folder in std::env::args().skip(1) {
        let folder = Path::new(&folder);
        let (mut children, mut ids) = (Children::default(), Vec::new());
        read(&folder.join("a.csv"), &mut children, &mut ids)?;
        if std::fs::metadata(folder.join("b.csv")).is_ok_and(|b| b.len() > 200) {
            children.end_first_list();
            read(&folder.join("b.csv"), &mut children, &mut ids)?;
        }
        children.count(cores());
        let text = std::fs::read_to_string(folder.join("truth.csv"))?;
        let truth: HashSet<(&str, &str)> = text
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(','))
            .collect();
        let mut model = model(&children);
        // Tries other corrections: a file with a line a comparison, two lists first, then one list.
        if let Ok(file) = std::env::var("CORRECTIONS") {
            let text = std::fs::read_to_string(file)?;
            let rows: Vec<Vec<f64>> = text
                .lines()
                .map(|line| {
                    line.split_whitespace()
                        .filter_map(|word| word.parse().ok())
                        .collect()
                })
                .collect();
            let half = rows.len() / 2;
            model.corrections = if children.first_list().is_some() {
                rows[..half].to_vec()
            } else {
                rows[half..].to_vec()
            };
        }
        let linked = link(
            &model,
            children.len(),
            children.first_list(),
            &Around::quiet(),
        )?;
        let world = folder
            .file_name()
            .map_or("", |name| name.to_str().unwrap_or(""));
        for pair in linked.pairs.iter().filter(|pair| pair.weighed >= -12.0) {
            let (left, right) = (
                ids[pair.left as usize].as_str(),
                ids[pair.right as usize].as_str(),
            );
            let hit = truth.contains(&(left, right)) || truth.contains(&(right, left));
            let levels: String = (0..model.comparisons.len())
                .filter_map(|at| char::from_digit(linked.layout.level(pair.pattern, at) as u32, 16))
                .collect();
            writeln!(
                out,
                "{world},{},{:.3},{:.3},{levels},{},{}",
                linked.layout.situation(pair.pattern),
                pair.weighed,
                pair.alone,
                u8::from(hit),
                truth.len()
            )?;
        }
        eprintln!("{world}: {:?}", linked.tables.situations());
    }
    Ok(())
}
