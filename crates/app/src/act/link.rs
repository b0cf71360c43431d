//! `treem link`: who in a list is already in another, who is new, who is written down twice; writes what the contract says.
//!
//! In: [`Options`]. Out: files in the output folder and a [`Summary`]. A stopped run leaves no half-written file.

mod children;
mod columns;
mod write;
mod wrong;

use crate::act::check::{Progress, Stop};
use anyhow::Context as _;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use treem_child::link::band::{Band, NEW};
use treem_child::link::model::model;
use treem_child::normalise::date::PartialDate;
use treem_files::table::Mappings;
use treem_link::explain::{Waterfall, explain};
use treem_link::report::{Report, report};
use treem_link::run::{self, Around, Linked, Stage};

/// What the person asked for.
pub struct Options {
    /// The list.
    pub left: PathBuf,
    /// The list it is held against; without one, doubles are searched for in the first.
    pub right: Option<PathBuf>,
    /// A model file; without one, the child model.
    pub model: Option<PathBuf>,
    /// The column with the list's own key.
    pub id: Option<String>,
    /// Pairs below this probability are not written.
    pub threshold: f64,
    /// Column mappings given by the person.
    pub mappings: Mappings,
    /// Where the results go.
    pub out: PathBuf,
    /// Two keys whose pair is to be explained.
    pub explain: Option<(String, String)>,
    /// The pivot of years of two digits, and the day children are looked at on.
    pub as_of: PartialDate,
    /// A day of the edition whose communes and districts are compared.
    pub edition: PartialDate,
}

/// What a run came to.
#[derive(Default, serde::Serialize)]
pub struct Summary {
    /// Records of the first list.
    pub left: u64,
    /// Records of the second list.
    pub right: Option<u64>,
    /// Pairs written.
    pub pairs: u64,
    /// Pairs of the band *same*.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub same: Option<u64>,
    /// Pairs of the band *perhaps*.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub perhaps: Option<u64>,
    /// Decisions by word, for two lists under the child model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decisions: Option<Decisions>,
    /// Clusters, for one list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clusters: Option<u64>,
    /// Records in them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clustered: Option<u64>,
    /// Where the results are.
    pub out: String,
    /// What a person should know.
    pub remarks: Vec<String>,
    /// The waterfall that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explained: Option<Explained>,
    /// The run was stopped.
    #[serde(skip)]
    pub stopped: bool,
    /// What could not be used, in one sentence; nothing was written then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
}

/// How many records of the first list are what.
#[derive(Clone, Copy, Default, serde::Serialize)]
pub struct Decisions {
    /// Already in the second list.
    pub same: u64,
    /// A person decides.
    pub perhaps: u64,
    /// Not in the second list.
    pub new: u64,
}

/// A pair explained.
#[derive(serde::Serialize)]
pub struct Explained {
    /// Key of the left record.
    pub left: String,
    /// Key of the right record.
    pub right: String,
    /// Band, under the child model.
    pub band: Option<&'static str>,
    /// What both records say, by comparison; empty for models without.
    pub values: Vec<(String, String)>,
    /// The steps.
    pub waterfall: Waterfall,
}

/// The keys of all records, in one piece of text.
#[derive(Default)]
pub struct Ids {
    text: String,
    ends: Vec<usize>,
}

impl Ids {
    fn push(&mut self, id: &str) {
        self.text.push_str(id);
        self.ends.push(self.text.len());
    }
    fn get(&self, record: u32) -> &str {
        let at = record as usize;
        let from = at
            .checked_sub(1)
            .and_then(|before| self.ends.get(before))
            .copied()
            .unwrap_or(0);
        self.ends
            .get(at)
            .and_then(|to| self.text.get(from..*to))
            .unwrap_or("")
    }
    fn find(&self, id: &str, records: std::ops::Range<usize>) -> Option<u32> {
        records
            .filter_map(|record| u32::try_from(record).ok())
            .find(|record| self.get(*record) == id)
    }
}

/// Hands the engine's progress on.
struct Heard<'p> {
    progress: &'p dyn Progress,
    stop: &'p Stop,
    stopped: AtomicBool,
    shown: AtomicU64,
}

impl treem_link::run::Progress for Heard<'_> {
    fn step(&self, stage: Stage, done: u64, of: u64) {
        if self.stop.is_asked() {
            self.stopped.store(true, Ordering::Relaxed);
        }
        // Threads overtake each other: the bar only goes forward within a stage.
        let key = (stage as u64) << 40 | done;
        if self.shown.fetch_max(key, Ordering::Relaxed) >= key {
            return;
        }
        let what = match stage {
            Stage::Blocks => "xếp nhóm",
            Stage::Comparing => "so sánh",
            Stage::Learning => "học mức trùng khớp",
            Stage::Scoring => "tính điểm",
            Stage::Grouping => "cân nhắc giữa các ứng viên",
        };
        self.progress.step(what, done, of);
    }
}

/// Links.
///
/// # Errors
/// What stops the run as a whole: the output cannot be written.
pub fn run(options: &Options, progress: &dyn Progress, stop: &Stop) -> anyhow::Result<Summary> {
    if let Some(path) = &options.model {
        columns::run(options, path, progress, stop)
    } else {
        of_children(options, progress, stop)
    }
}

/// The engine under this progress and stop; `None` where it was stopped.
pub(super) fn engine(
    model: &run_model::Model<'_>,
    records: usize,
    first_list: Option<usize>,
    progress: &dyn Progress,
    stop: &Stop,
) -> Result<Option<Linked>, treem_link::error::Error> {
    let heard = Heard {
        progress,
        stop,
        stopped: AtomicBool::new(stop.is_asked()),
        shown: AtomicU64::new(0),
    };
    let around = Around {
        threads: run::cores(),
        progress: &heard,
        stop: Some(&heard.stopped),
    };
    match run::link(model, records, first_list, &around) {
        Ok(linked) => Ok(Some(linked)),
        Err(treem_link::error::Error::Stopped) => Ok(None),
        Err(error) => Err(error),
    }
}

use treem_link::model as run_model;

fn stopped() -> Summary {
    Summary {
        stopped: true,
        ..Summary::default()
    }
}

fn refused(sentence: String) -> Summary {
    Summary {
        refused: Some(sentence),
        ..Summary::default()
    }
}

fn of_children(options: &Options, progress: &dyn Progress, stop: &Stop) -> anyhow::Result<Summary> {
    let mut read = match children::read(options, progress, stop)? {
        children::Read::All(read) => read,
        children::Read::Stopped => return Ok(stopped()),
        children::Read::Refused(sentence) => return Ok(refused(sentence)),
    };
    progress.step("đếm họ tên", 0, 0);
    read.children.count(run::cores());
    let children = &read.children;
    let model = model(children);
    let Some(linked) = engine(
        &model,
        children.len(),
        children.first_list(),
        progress,
        stop,
    )?
    else {
        return Ok(stopped());
    };
    let band =
        |left: u32, right: u32, probability: f64| Some(children.band(left, right, probability));
    let mut summary = finish(
        options,
        &read.ids,
        (children.first_list(), children.len()),
        &linked,
        &report(&model, &linked),
        &band,
    )?;
    summary.remarks.append(&mut read.remarks);
    if let Some((left, right)) = found(
        options,
        &read.ids,
        (children.first_list(), children.len()),
        &mut summary,
    ) {
        let waterfall = explain(&model, &linked, left, right);
        summary.explained = Some(Explained {
            left: read.ids.get(left).to_owned(),
            right: read.ids.get(right).to_owned(),
            band: Some(children.band(left, right, waterfall.probability).code()),
            values: waterfall
                .steps
                .iter()
                .map(|step| {
                    (
                        children.said(&step.comparison, left),
                        children.said(&step.comparison, right),
                    )
                })
                .collect(),
            waterfall,
        });
    }
    Ok(summary)
}

/// The pairs of two lists of children, by their keys, with the band of each; `None` where it was stopped. Nothing is written. A list
/// without a child has no pairs.
///
/// # Errors
/// Only what stops the program.
pub fn pairs(
    options: &Options,
    progress: &dyn Progress,
    stop: &Stop,
) -> anyhow::Result<Option<Vec<(String, String, Band)>>> {
    let mut read = match children::read(options, progress, stop)? {
        children::Read::All(read) => read,
        children::Read::Stopped => return Ok(None),
        children::Read::Refused(_) => return Ok(Some(Vec::new())),
    };
    read.children.count(run::cores());
    let children = &read.children;
    let first = children.first_list();
    let Some(linked) = engine(&model(children), children.len(), first, progress, stop)? else {
        return Ok(None);
    };
    let named = linked.pairs.iter().map(|pair| {
        let band = children.band(pair.left, pair.right, pair.probability);
        let of = |record: u32| read.ids.get(record).to_owned();
        (of(pair.left), of(pair.right), band)
    });
    Ok(Some(named.collect()))
}

/// The records of the two keys that are to be explained; where one is not there, a remark says so.
fn found(
    options: &Options,
    ids: &Ids,
    (first_list, all): (Option<usize>, usize),
    summary: &mut Summary,
) -> Option<(u32, u32)> {
    let (left, right) = options.explain.as_ref()?;
    let one = ids.find(left, 0..first_list.unwrap_or(all));
    let other = ids.find(right, first_list.unwrap_or(0)..all);
    for (id, found) in [(left, one), (right, other)] {
        if found.is_none() {
            summary
                .remarks
                .push(format!("Không có dòng nào mang mã “{id}” để giải thích."));
        }
    }
    let (one, other) = (one?, other?);
    Some(if first_list.is_none() {
        (one.min(other), one.max(other))
    } else {
        (one, other)
    })
}

/// Writes all files and counts.
fn finish(
    options: &Options,
    ids: &Ids,
    (first_list, all): (Option<usize>, usize),
    linked: &Linked,
    report: &Report,
    band: &dyn Fn(u32, u32, f64) -> Option<Band>,
) -> anyhow::Result<Summary> {
    std::fs::create_dir_all(&options.out)
        .with_context(|| format!("không tạo được thư mục {}", options.out.display()))?;
    let mut summary = Summary {
        left: first_list.unwrap_or(all) as u64,
        right: first_list.map(|first| (all - first) as u64),
        out: options.out.display().to_string(),
        ..Summary::default()
    };
    let mut files = write::Files::new(&options.out);
    let written = write::pairs(&mut files, ids, linked, options.threshold, band)?;
    summary.pairs = written.pairs;
    let of_children = options.model.is_none();
    summary.same = of_children.then_some(written.same);
    summary.perhaps = of_children.then_some(written.perhaps);
    if let Some(first) = first_list {
        summary.decisions = Some(write::decisions(&mut files, ids, first, linked, band)?);
    } else {
        let (clusters, clustered) = write::clusters(&mut files, ids, linked)?;
        (summary.clusters, summary.clustered) = (Some(clusters), Some(clustered));
    }
    if linked.left_out > 0 {
        summary.remarks.push(format!(
            "Có quá nhiều cặp giống nhau: {} cặp không được xét tiếp.",
            linked.left_out
        ));
    }
    for key in report.keys.iter().filter(|key| key.blocks_left_out > 0) {
        summary.remarks.push(format!(
            "Nhóm “{}”: {} nhóm quá lớn không được so sánh trong nhóm.",
            key.key, key.blocks_left_out
        ));
    }
    write::model(&mut files, report, NEW)?;
    files.keep()?;
    Ok(summary)
}
