//! `treem generate`: writes the made-up province down: register, headcounts, lists, truth.
//!
//! In: [`Options`]. Out: a folder as the contract says, the same bytes for the same options. Communes are made on all cores and
//! written in their order; at most [`limits::COMMUNES_AHEAD`] times the cores wait, so memory does not grow with the country.

mod commune;
mod folder;
mod register;

use crate::limits;
use crate::world::ill::Illness;
use crate::world::list;
use crate::world::plan::{Plan, Refused};
use anyhow::Context as _;
use commune::{Made, make};
use folder::Folder;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;

use super::check::Stop;

/// The format of the register and, with csv, of the lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// An Excel register, lists in every format.
    Xlsx,
    /// Everything as text.
    Csv,
}

/// What kind of province.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scenario {
    /// The letter's figures.
    Letter,
    /// A register in use: records too many, a headcount too high, lists of other sectors.
    Real,
}

/// What the person asked for.
pub struct Options {
    /// The folder.
    pub out: PathBuf,
    /// The day of the letter.
    pub as_of: jiff::civil::Date,
    /// The seed.
    pub seed: u64,
    /// Children.
    pub people: u32,
    /// The format.
    pub format: Format,
    /// The scenario.
    pub scenario: Scenario,
    /// Scenario `real`: communes that lag for a reason.
    pub ill: Option<Illness>,
}

/// What was written.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Summary {
    /// The folder; not part of the manifest, so that one seed gives one sample wherever it lies.
    #[serde(skip)]
    pub out: String,
    /// The day of the letter.
    pub as_of: String,
    /// The seed.
    pub seed: u64,
    /// The area units: first day of the edition.
    pub edition: &'static str,
    /// Children in all.
    pub children: u64,
    /// Rows of the register.
    pub register: u64,
    /// Of them without a sound number.
    pub unsound: u64,
    /// Of them with a sound number, without parents or address.
    pub incomplete: u64,
    /// Lists.
    pub lists: u64,
    /// Rows of the lists.
    pub list_rows: u64,
    /// Of them rows that repeat a child.
    pub repeats: u64,
    /// Communes.
    pub communes: u64,
    /// Scenario `real`: records of the register that are too many.
    #[serde(skip_serializing_if = "is_none")]
    pub extra: u64,
    /// Scenario `real`: lists of other sectors.
    #[serde(skip_serializing_if = "is_none")]
    pub sector_lists: u64,
    /// Their rows.
    #[serde(skip_serializing_if = "is_none")]
    pub sector_rows: u64,
    /// Scenario `real`: the district whose headcount is too high.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub inflated: &'static str,
    /// Scenario `real`: communes that lag for a reason: code of the unit, and the reason.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub ill: BTreeMap<&'static str, &'static str>,
    /// Whether the figures are the letter's.
    pub is_letter: bool,
    /// True where the run was stopped: nothing is left.
    pub stopped: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
fn is_none(count: &u64) -> bool {
    *count == 0
}

/// Hears how far the work is: children so far, of so many.
pub trait Progress {
    /// So many of so many.
    fn children(&self, done: u64, of: u64);
}

/// Why nothing was written.
pub enum Failed {
    /// Something asked for cannot be had; one Vietnamese sentence.
    Refused(String),
    /// The folder cannot be written.
    Broken(anyhow::Error),
}

impl From<anyhow::Error> for Failed {
    fn from(error: anyhow::Error) -> Self {
        Self::Broken(error)
    }
}

/// Generates. An earlier sample in the folder is replaced; any other folder that is not empty is left alone.
///
/// # Errors
/// [`Failed::Refused`] before anything is written; [`Failed::Broken`] where the disk says no: what was begun is taken away.
pub fn run(options: &Options, progress: &dyn Progress, stop: &Stop) -> Result<Summary, Failed> {
    if options.ill.is_some() && options.scenario != Scenario::Real {
        return Err(Failed::Refused(
            "--ill: chỉ dùng với --scenario real; kịch bản letter giữ đúng số liệu của công văn."
                .to_owned(),
        ));
    }
    let illness = options.ill.as_ref();
    let plan =
        Plan::with(options.people, options.as_of, options.seed, illness).map_err(|refused| {
            Failed::Refused(match refused {
                Refused::TooFew(fewest) => format!(
                    "--people {}: cần ít nhất {fewest} trẻ để chia cho các xã của Quảng Trị.",
                    options.people
                ),
                Refused::TooMany(most) => format!(
                    "--people {}: nhiều nhất là {most} trẻ; cả nước có khoảng 25 triệu.",
                    options.people
                ),
            })
        })?;
    let plan = match options.scenario {
        Scenario::Letter => plan,
        Scenario::Real => plan.real().ok_or_else(|| {
            Failed::Refused(format!(
                "--scenario real: chỉ làm được cho một tỉnh; --people nhiều nhất là {}.",
                crate::world::plan::LETTER_CHILDREN
            ))
        })?,
    };
    let real = options.scenario == Scenario::Real;
    if options.format == Format::Xlsx && plan.register_rows() > limits::XLSX_REGISTER_ROWS {
        return Err(Failed::Refused(format!(
            "Sổ có {} dòng: trên 1000000 dòng chỉ ghi được dạng csv; hãy dùng --format csv.",
            plan.register_rows()
        )));
    }
    let mut folder = Folder::begin(&options.out, options.format, real)?;
    let mut summary = Summary {
        out: options.out.display().to_string(),
        as_of: options.as_of.to_string(),
        seed: options.seed,
        edition: plan.edition.from,
        communes: plan.communes.len() as u64,
        is_letter: plan.is_letter,
        ill: plan
            .communes
            .iter()
            .filter_map(|commune| Some((commune.unit.code, commune.ill?.word())))
            .collect(),
        inflated: if real {
            crate::world::real::inflated(plan.seed)
        } else {
            ""
        },
        ..Summary::default()
    };
    match communes(&plan, options, &mut folder, &mut summary, progress, stop) {
        Ok(()) if stop.is_asked() => {
            folder.abandon();
            summary.stopped = true;
            Ok(summary)
        }
        Ok(()) => {
            folder.headcounts(&plan)?;
            let manifest = serde_json::to_string_pretty(&summary).context("generate.json")?;
            folder.finish(&manifest)?;
            Ok(summary)
        }
        Err(error) => {
            folder.abandon();
            Err(error.into())
        }
    }
}

fn communes(
    plan: &Plan,
    options: &Options,
    folder: &mut Folder,
    summary: &mut Summary,
    progress: &dyn Progress,
    stop: &Stop,
) -> anyhow::Result<()> {
    let workers = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
    let ahead = workers * limits::COMMUNES_AHEAD;
    let total = plan.communes.len();
    let (tasks, taken) = mpsc::channel::<usize>();
    let taken = Mutex::new(taken);
    let (done, results) = mpsc::channel::<(usize, anyhow::Result<Made>)>();
    let given_up = AtomicBool::new(false);
    let begun = folder.begun();
    let settings = list::Options {
        text: options.format == Format::Csv,
    };
    std::thread::scope(|scope| {
        for _ in 0..workers {
            let (done, taken, given_up, begun) = (done.clone(), &taken, &given_up, begun.as_path());
            scope.spawn(move || {
                loop {
                    let Ok(Ok(at)) = taken.lock().map(|taken| taken.recv()) else {
                        break;
                    };
                    if given_up.load(Ordering::Relaxed) {
                        break;
                    }
                    let Some(commune) = plan.communes.get(at) else {
                        break;
                    };
                    if done
                        .send((at, make(plan, commune, settings, options.format, begun)))
                        .is_err()
                    {
                        break;
                    }
                }
            });
        }
        drop(done);
        let outcome = in_order(total, ahead, &tasks, &results, |made| {
            summary.add(&made);
            progress.children(summary.children, plan.children());
            folder.append(&made)?;
            Ok(!stop.is_asked())
        });
        given_up.store(true, Ordering::Relaxed);
        drop(tasks);
        outcome
    })
}

/// Hands out the places `0..total` and takes the results in that order, never more than `ahead` on their way. `take` says
/// whether to go on.
fn in_order(
    total: usize,
    ahead: usize,
    tasks: &mpsc::Sender<usize>,
    results: &mpsc::Receiver<(usize, anyhow::Result<Made>)>,
    mut take: impl FnMut(Made) -> anyhow::Result<bool>,
) -> anyhow::Result<()> {
    let mut waiting: BTreeMap<usize, Made> = BTreeMap::new();
    let (mut sent, mut written) = (0, 0);
    while written < total {
        while sent < total && sent < written + ahead {
            let _ = tasks.send(sent);
            sent += 1;
        }
        let (at, made) = results
            .recv()
            .context("một luồng xử lý đã dừng giữa chừng")?;
        waiting.insert(at, made?);
        while let Some(made) = waiting.remove(&written) {
            written += 1;
            if !take(made)? {
                return Ok(());
            }
        }
    }
    Ok(())
}

impl Summary {
    fn add(&mut self, made: &Made) {
        self.children += made.children;
        self.register += made.register_rows;
        self.unsound += made.unsound;
        self.incomplete += made.incomplete;
        self.list_rows += made.list_rows;
        self.repeats += made.repeats;
        self.lists += u64::from(made.list_rows > 0);
        self.extra += made.extra;
        self.sector_lists += made.sector_lists;
        self.sector_rows += made.sector_rows;
    }
}
