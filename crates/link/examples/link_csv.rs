//! Links one or two csv files by a model file: `cargo run --release -p treem-link --example link_csv -- MODEL.toml ID A.csv [B.csv]`.
//!
//! In: csv with a heading line and no line breaks inside cells. Out: `left,right,probability,bits` on standard output.

use std::error::Error;
use treem_link::{condition::Functions, file, report, run, table::Table};

fn cells(line: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => out.push(String::new()),
            c => {
                if let Some(cell) = out.last_mut() {
                    cell.push(c);
                }
            }
        }
    }
    out
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [model, id, files @ ..] = arguments.as_slice() else {
        return Err("link_csv MODEL.toml ID A.csv [B.csv]".into());
    };
    let (mut table, mut ids) = (Table::default(), Vec::new());
    for (at, path) in files.iter().enumerate() {
        let text = std::fs::read_to_string(path)?;
        let mut lines = text.lines().map(cells);
        let head: Vec<String> = lines
            .next()
            .unwrap_or_default()
            .iter()
            .map(|cell| cell.trim().to_owned())
            .collect();
        if at == 0 {
            table = Table::new(head.iter().filter(|name| *name != id).cloned());
        } else {
            table.end_first_list();
        }
        let own = head.iter().position(|name| name == id);
        for line in lines {
            table.push(
                line.iter()
                    .enumerate()
                    .filter(|(column, _)| Some(*column) != own)
                    .map(|(_, cell)| cell.as_str()),
            );
            ids.push(
                own.and_then(|own| line.get(own))
                    .map_or(String::new(), |cell| cell.trim().to_owned()),
            );
        }
    }
    let model = file::read(
        &std::fs::read_to_string(model)?,
        &table,
        &Functions::default(),
    )?;
    let linked = run::link(
        &model,
        table.len(),
        table.first_list(),
        &run::Around::quiet(),
    )?;
    println!("left,right,probability,bits");
    for pair in linked.pairs.iter().filter(|pair| pair.probability >= 0.01) {
        println!(
            "{},{},{:.6},{:.3}",
            ids[pair.left as usize], ids[pair.right as usize], pair.probability, pair.bits
        );
    }
    for comparison in report::report(&model, &linked).comparisons {
        for level in comparison.levels {
            eprintln!(
                "{:20} {:60} m {:.5} u {:.2e} {:6.2}",
                comparison.comparison, level.label, level.m, level.u, level.bits
            );
        }
    }
    Ok(())
}
