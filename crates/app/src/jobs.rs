//! Long work of the pages: each on a thread of its own, watched and stopped from the page, and going on when the page is closed.
//!
//! In: a key that says what the work is about, whose it is, and the work. Out: how far it is ([`View`]) and how it ended. At most so many run
//! at once; the others wait in line. What is over is remembered for [`limits::JOB_KEPT`], then forgotten. What the work has made is kept
//! by the work itself: nothing of it is here.

use crate::act::check::{Progress, SHARES, Stop};
use crate::act::register::{Done, Failed};
use crate::limits;
use std::collections::{BTreeMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How a work ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// It is done.
    Done,
    /// It was stopped as somebody asked.
    Stopped,
    /// The person can do something about it: one sentence.
    Refused(String),
    /// Something broke; what, for the log.
    Broken(String),
}

/// What is to be done: `true` where it came to its end, `false` where it was stopped.
pub type Work = Box<dyn FnOnce(&dyn Progress, &Stop) -> Done<bool> + Send>;

/// How far a work is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// What it is, in words.
    pub what: String,
    /// What is being done now.
    pub step: String,
    /// So much of it ...
    pub done: u64,
    /// ... of so much; 0 where that is not known.
    pub of: u64,
    /// Children read so far.
    pub rows: u64,
    /// Counters of the work.
    pub counters: Vec<(&'static str, u64)>,
    /// Works before it in the line; nothing where it runs or is over.
    pub before: Option<usize>,
    /// Seconds since it was asked for, or that it took.
    pub seconds: u64,
    /// Seconds this step may still take, where that can be told.
    pub left: Option<u64>,
    /// Somebody asked to stop it.
    pub is_stopping: bool,
    /// What it told at its end, for the page that shows it: never of a child.
    pub told: String,
    /// How it ended; nothing while it goes on.
    pub end: Option<End>,
}

impl View {
    /// Percent of this step; nothing where that is not known.
    pub fn percent(&self) -> Option<u64> {
        let done = self.done.min(self.of);
        (self.of > 0)
            .then(|| u64::try_from(u128::from(done) * 100 / u128::from(self.of)).unwrap_or(100))
    }
}

/// What has been told of a work.
struct Told {
    view: View,
    asked: Instant,
    step: Instant,
    over: Option<Instant>,
    files: u64,
    file: u64,
}

struct Job {
    owner: String,
    stop: Stop,
    told: Mutex<Told>,
}

/// A lock that a thread left behind in panic still holds what it held.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Job {
    fn step(&self, what: &str) {
        let mut told = lock(&self.told);
        if told.view.step != what {
            what.clone_into(&mut told.view.step);
            (told.view.done, told.view.of) = (0, 0);
            told.step = Instant::now();
        }
    }
}

impl Progress for Job {
    fn begin(&self, files: usize, _: u64) {
        self.step("đọc tệp");
        let mut told = lock(&self.told);
        (told.files, told.file, told.view.rows) = (files as u64, 0, 0);
    }
    fn file(&self, _: u64) {
        let mut told = lock(&self.told);
        told.file = told.file.saturating_add(1);
    }
    fn within(&self, share: u64, rows: u64) {
        let mut told = lock(&self.told);
        let before = told.file.saturating_sub(1).saturating_mul(SHARES);
        told.view.done = before.saturating_add(share.min(SHARES));
        told.view.of = told.files.saturating_mul(SHARES);
        told.view.rows = told.view.rows.saturating_add(rows);
    }
    fn step(&self, what: &str, done: u64, of: u64) {
        Self::step(self, what);
        let mut told = lock(&self.told);
        (told.view.done, told.view.of) = (done, of);
    }
    fn counted(&self, counters: &[(&'static str, u64)]) {
        lock(&self.told).view.counters = counters.to_vec();
    }
}

#[derive(Default)]
struct Table {
    jobs: BTreeMap<String, Arc<Job>>,
    line: VecDeque<(String, Work)>,
    running: usize,
}

/// All works.
#[derive(Clone)]
pub struct Jobs {
    table: Arc<Mutex<Table>>,
    /// Told whenever one ends.
    ended: Arc<Condvar>,
    most: usize,
    /// The threads of the pages, on which the works wait for the database.
    pages: Option<tokio::runtime::Handle>,
}

impl Jobs {
    /// At most so many at once. Works wait for the database on the runtime this is called from, where there is one.
    pub fn new(most: usize) -> Self {
        Self {
            table: Arc::default(),
            ended: Arc::default(),
            most: most.max(1),
            pages: tokio::runtime::Handle::try_current().ok(),
        }
    }

    /// Begins a work, or puts it in the line. `key`: what it is about; while a work of this key goes on, no other one is begun: gives
    /// whether this one was.
    pub fn start(&self, key: &str, owner: &str, what: &str, work: Work) -> bool {
        let mut table = lock(&self.table);
        table.jobs.retain(|_, job| {
            lock(&job.told)
                .over
                .is_none_or(|over| over.elapsed() < limits::JOB_KEPT)
        });
        if table
            .jobs
            .get(key)
            .is_some_and(|job| lock(&job.told).over.is_none())
        {
            return false;
        }
        let now = Instant::now();
        let job = Job {
            owner: owner.to_owned(),
            stop: Stop::default(),
            told: Mutex::new(Told {
                view: View {
                    what: what.to_owned(),
                    ..View::default()
                },
                asked: now,
                step: now,
                over: None,
                files: 0,
                file: 0,
            }),
        };
        table.jobs.insert(key.to_owned(), Arc::new(job));
        table.line.push_back((key.to_owned(), work));
        self.go_on(&mut table);
        true
    }

    /// Lets those run who may.
    fn go_on(&self, table: &mut Table) {
        while table.running < self.most {
            let Some((key, work)) = table.line.pop_front() else {
                return;
            };
            let Some(job) = table.jobs.get(&key).cloned() else {
                continue;
            };
            table.running += 1;
            let jobs = self.clone();
            std::thread::spawn(move || jobs.run(&job, work));
        }
    }

    fn run(&self, job: &Arc<Job>, work: Work) {
        let _pages = self.pages.as_ref().map(tokio::runtime::Handle::enter);
        let end = if job.stop.is_asked() {
            End::Stopped
        } else {
            match catch_unwind(AssertUnwindSafe(|| work(job.as_ref(), &job.stop))) {
                Ok(Ok(true)) => End::Done,
                Ok(Ok(false)) => End::Stopped,
                Ok(Err(Failed::Refused(sentence) | Failed::Denied(sentence))) => {
                    End::Refused(sentence)
                }
                Ok(Err(Failed::Broken(error))) => End::Broken(format!("{error:#}")),
                Err(_) => End::Broken("một luồng xử lý bị dừng bất thường".to_owned()),
            }
        };
        {
            let mut told = lock(&job.told);
            told.over = Some(Instant::now());
            told.view.end = Some(end);
        }
        let mut table = lock(&self.table);
        table.running = table.running.saturating_sub(1);
        self.go_on(&mut table);
        self.ended.notify_all();
    }

    /// How far a work is, for the person whose it is; nothing for others, or where it is forgotten.
    pub fn view(&self, key: &str, owner: &str) -> Option<View> {
        let table = lock(&self.table);
        let job = table.jobs.get(key).filter(|job| job.owner == owner)?;
        let told = lock(&job.told);
        let mut view = told.view.clone();
        view.before = table.line.iter().position(|(waiting, _)| waiting == key);
        let until = told.over.unwrap_or_else(Instant::now);
        view.seconds = until.duration_since(told.asked).as_secs();
        view.is_stopping = job.stop.is_asked();
        view.left = left(told.step.elapsed(), view.done, view.of);
        Some(view)
    }

    /// What a work tells at its end.
    pub fn tell(&self, key: &str, what: String) {
        let table = lock(&self.table);
        if let Some(job) = table.jobs.get(key) {
            lock(&job.told).view.told = what;
        }
    }

    /// Whether a work of this key goes on, whosever it is.
    pub fn is_on(&self, key: &str) -> bool {
        let table = lock(&self.table);
        table
            .jobs
            .get(key)
            .is_some_and(|job| lock(&job.told).over.is_none())
    }

    /// Asks a work to stop, for the person whose it is; gives whether there was one.
    pub fn stop(&self, key: &str, owner: &str) -> bool {
        let table = lock(&self.table);
        let job = table.jobs.get(key).filter(|job| job.owner == owner);
        if let Some(job) = job {
            job.stop.ask();
        }
        job.is_some()
    }

    /// Asks all to stop: the program ends.
    pub fn stop_all(&self) {
        for job in lock(&self.table).jobs.values() {
            job.stop.ask();
        }
    }

    /// Waits until none runs and none is in the line, at most so long; gives whether that is so.
    pub fn wait(&self, most: Duration) -> bool {
        let table = lock(&self.table);
        let busy = |table: &mut Table| table.running > 0 || !table.line.is_empty();
        let waited = self.ended.wait_timeout_while(table, most, busy);
        let (table, _) = waited.unwrap_or_else(PoisonError::into_inner);
        table.running == 0 && table.line.is_empty()
    }
}

/// How long the rest of a step will take if it goes on as it went; said once a few seconds have shown how fast it is.
fn left(took: Duration, done: u64, of: u64) -> Option<u64> {
    if done == 0 || of <= done || took < Duration::from_secs(2) {
        return None;
    }
    let rest = u128::from(of.saturating_sub(done));
    u64::try_from(took.as_millis().saturating_mul(rest) / u128::from(done) / 1_000).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    fn wait_for(jobs: &Jobs, key: &str, what: impl Fn(&View) -> bool) -> View {
        loop {
            let view = jobs.view(key, "An").unwrap();
            if what(&view) {
                return view;
            }
            std::thread::yield_now();
        }
    }

    /// A work that tells something, then waits until it is let go.
    fn held(go: mpsc::Receiver<()>) -> Work {
        Box::new(move |progress, stop| {
            progress.step("ghi vào sổ", 1, 4);
            progress.counted(&[("new", 7)]);
            let _ = go.recv();
            Ok(!stop.is_asked())
        })
    }

    #[test]
    fn a_work_is_watched_stopped_and_not_begun_twice() {
        let jobs = Jobs::new(1);
        let (let_go, go) = mpsc::channel();
        assert!(jobs.start("a", "An", "nhập tệp", held(go)));
        let view = wait_for(&jobs, "a", |view| view.of > 0 && !view.counters.is_empty());
        assert_eq!(
            (
                view.what.as_str(),
                view.step.as_str(),
                view.percent(),
                view.counters.as_slice()
            ),
            ("nhập tệp", "ghi vào sổ", Some(25), &[("new", 7)][..])
        );
        assert!(
            !jobs.start("a", "An", "nhập tệp", Box::new(|_, _| Ok(true))),
            "it goes on"
        );
        // Another person sees nothing of it and stops nothing.
        assert_eq!(jobs.view("a", "Bình"), None);
        assert!(!jobs.stop("a", "Bình") && !wait_for(&jobs, "a", |_| true).is_stopping);
        // The next one waits in line.
        assert!(jobs.start("b", "An", "đọc tệp", Box::new(|_, _| Ok(true))));
        assert_eq!(jobs.view("b", "An").unwrap().before, Some(0));
        assert!(jobs.stop("a", "An"));
        let_go.send(()).unwrap();
        let over = wait_for(&jobs, "a", |view| view.end.is_some());
        assert_eq!(over.end, Some(End::Stopped));
        let next = wait_for(&jobs, "b", |view| view.end.is_some());
        assert_eq!((next.end, next.before), (Some(End::Done), None));
        assert!(
            jobs.start("a", "An", "nhập tệp", Box::new(|_, _| Ok(true))),
            "over, it may be begun anew"
        );
        assert!(jobs.wait(Duration::from_mins(1)), "all have ended");
        let (let_go, go) = mpsc::channel();
        assert!(jobs.start("c", "An", "nhập tệp", held(go)));
        assert!(!jobs.wait(Duration::ZERO), "one goes on");
        let_go.send(()).unwrap();
        assert!(jobs.wait(Duration::from_mins(1)));
    }

    #[test]
    fn how_it_ended_is_said() {
        let jobs = Jobs::new(2);
        let check = |key: &str, work: Work, expected: &End| {
            assert!(jobs.start(key, "An", "thử", work));
            let over = wait_for(&jobs, key, |view| view.end.is_some());
            assert_eq!(over.end.as_ref(), Some(expected), "{key}");
        };
        check(
            "refused",
            Box::new(|_, _| Err(Failed::Refused("không được.".to_owned()))),
            &End::Refused("không được.".to_owned()),
        );
        check(
            "broken",
            Box::new(|_, _| Err(anyhow::anyhow!("đĩa đầy").into())),
            &End::Broken("đĩa đầy".to_owned()),
        );
        check(
            "panic",
            Box::new(|_, _| panic!("thử")),
            &End::Broken("một luồng xử lý bị dừng bất thường".to_owned()),
        );
        check("after", Box::new(|_, _| Ok(true)), &End::Done);
    }

    #[test]
    fn what_is_left_is_told_from_how_fast_it_went() {
        let seconds = Duration::from_secs;
        for (took, done, of, expected) in [
            (10, 25, 100, Some(30)),
            (10, 0, 100, None),
            (1, 25, 100, None),
            (10, 100, 100, None),
            (10, 5, 0, None),
        ] {
            assert_eq!(
                left(seconds(took), done, of),
                expected,
                "{took} {done} {of}"
            );
        }
    }
}
