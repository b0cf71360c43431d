//! Writes what a linkage found: `pairs.csv`, `decisions.csv`, `clusters.csv`, `model.json`.
//!
//! In: pairs and keys. Out: the files, each whole or not at all: they get their names when all are written.

use super::{Decisions, Ids};
use crate::act::csv_line::Line;
use anyhow::Context as _;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use treem_child::link::band::Band;
use treem_link::report::Report;
use treem_link::run::{Linked, Pair};

const FULL: &str = "không ghi được kết quả";

/// Files on their way.
pub struct Files {
    folder: PathBuf,
    written: Vec<&'static str>,
    kept: bool,
}

impl Files {
    /// For a folder that exists.
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            written: Vec::new(),
            kept: false,
        }
    }
    fn begin(&mut self, name: &'static str) -> anyhow::Result<BufWriter<File>> {
        let file = File::create(self.part(name))
            .with_context(|| format!("không ghi được vào thư mục {}", self.folder.display()))?;
        self.written.push(name);
        Ok(BufWriter::with_capacity(1 << 18, file))
    }
    fn part(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.part"))
    }
    /// Gives all files their names; files of an earlier run that this one does not write go away.
    pub fn keep(mut self) -> anyhow::Result<()> {
        for name in &self.written {
            std::fs::rename(self.part(name), self.folder.join(name)).context(FULL)?;
        }
        for name in ["decisions.csv", "clusters.csv"] {
            if !self.written.contains(&name) {
                let _ = std::fs::remove_file(self.folder.join(name));
            }
        }
        self.kept = true;
        Ok(())
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        if !self.kept {
            for name in &self.written {
                let _ = std::fs::remove_file(self.part(name));
            }
        }
    }
}

/// What was written.
#[derive(Default)]
pub struct Written {
    /// Pairs.
    pub pairs: u64,
    /// Pairs of the band *same*.
    pub same: u64,
    /// Pairs of the band *perhaps*.
    pub perhaps: u64,
}

fn probability(pair: &Pair) -> String {
    format!("{:.6}", pair.probability)
}

/// Writes `pairs.csv`.
pub fn pairs(
    files: &mut Files,
    ids: &Ids,
    linked: &Linked,
    threshold: f64,
    band: &dyn Fn(u32, u32, f64) -> Option<Band>,
) -> anyhow::Result<Written> {
    let mut out = files.begin("pairs.csv")?;
    out.write_all(b"left,right,probability,bits,band\n")
        .context(FULL)?;
    let mut written = Written::default();
    let mut buffer = Vec::new();
    for pair in linked
        .pairs
        .iter()
        .filter(|pair| pair.probability >= threshold)
    {
        let band = band(pair.left, pair.right, pair.probability);
        written.pairs += 1;
        written.same += u64::from(band == Some(Band::Same));
        written.perhaps += u64::from(band == Some(Band::Perhaps));
        buffer.clear();
        let mut line = Line::after(&mut buffer, b"");
        line.text(ids.get(pair.left))
            .text(ids.get(pair.right))
            .bare(&probability(pair))
            .bare(&format!("{:.3}", pair.bits))
            .bare(band.map_or("", Band::code));
        line.end();
        out.write_all(&buffer).context(FULL)?;
    }
    out.flush().context(FULL)?;
    Ok(written)
}

/// Writes `decisions.csv`: what each record of the first list is.
pub fn decisions(
    files: &mut Files,
    ids: &Ids,
    first: usize,
    linked: &Linked,
    band: &dyn Fn(u32, u32, f64) -> Option<Band>,
) -> anyhow::Result<Decisions> {
    let mut out = files.begin("decisions.csv")?;
    out.write_all(b"id,decision,best,probability\n")
        .context(FULL)?;
    let mut counts = Decisions::default();
    let mut pairs = linked.pairs.as_slice();
    let mut buffer = Vec::new();
    for record in 0..u32::try_from(first).unwrap_or(u32::MAX) {
        let own = pairs.iter().take_while(|pair| pair.left == record).count();
        let (mine, rest) = pairs.split_at(own);
        pairs = rest;
        let best = mine
            .iter()
            .max_by(|one, other| one.probability.total_cmp(&other.probability));
        let decision = best.map_or(Band::New, |pair| {
            // Without bands of its own a model decides by the probability.
            band(pair.left, pair.right, pair.probability).unwrap_or(match pair.probability {
                p if p >= 0.9 => Band::Same,
                p if p >= 0.1 => Band::Perhaps,
                _ => Band::New,
            })
        });
        match decision {
            Band::Same => counts.same += 1,
            Band::Perhaps => counts.perhaps += 1,
            Band::New => counts.new += 1,
        }
        buffer.clear();
        let mut line = Line::after(&mut buffer, b"");
        line.text(ids.get(record)).bare(decision.code());
        match best {
            Some(pair) => line.text(ids.get(pair.right)).bare(&probability(pair)),
            None => line.bare("").bare("0.000000"),
        };
        line.end();
        out.write_all(&buffer).context(FULL)?;
    }
    out.flush().context(FULL)?;
    Ok(counts)
}

/// Writes `clusters.csv`; gives how many clusters there are, and records in them.
pub fn clusters(files: &mut Files, ids: &Ids, linked: &Linked) -> anyhow::Result<(u64, u64)> {
    let mut out = files.begin("clusters.csv")?;
    out.write_all(b"cluster,id\n").context(FULL)?;
    let clusters = treem_link::group::clusters(&linked.pairs, 0.5);
    let mut records = 0;
    let mut buffer = Vec::new();
    for (number, cluster) in clusters.iter().enumerate() {
        for record in cluster {
            records += 1;
            buffer.clear();
            let mut line = Line::after(&mut buffer, b"");
            line.number(number as u64 + 1).text(ids.get(*record));
            line.end();
            out.write_all(&buffer).context(FULL)?;
        }
    }
    out.flush().context(FULL)?;
    Ok((clusters.len() as u64, records))
}

/// Writes `model.json`.
pub fn model(files: &mut Files, report: &Report, _: f64) -> anyhow::Result<()> {
    let mut out = files.begin("model.json")?;
    serde_json::to_writer_pretty(&mut out, report).context(FULL)?;
    out.write_all(b"\n").context(FULL)?;
    out.flush().context(FULL)
}
