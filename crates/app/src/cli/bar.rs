//! The progress bar: how much is done and left over all files, children so far, time gone and to come.
//!
//! In: what a run tells ([`Progress`]). Out: one line on standard error, where somebody watches it.

use super::screen::{self, grouped};
use crate::act::check::{Progress, SHARES, Stop};
use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// What opening a file costs beside its bytes: so that many small files move the bar, too.
const FILE_WEIGHT: u64 = 32 << 10;

/// What the line shows while its length is known.
const WHOLE: &str = "{bar:20} {percent:>3}%  {msg}  đã {gone}, còn khoảng {left}";

/// The progress bar of a run over files.
pub struct Bar {
    shown: ProgressBar,
    files: AtomicU64,
    file: AtomicU64,
    rows: AtomicU64,
    before: AtomicU64,
    present: AtomicU64,
    counters: Mutex<String>,
}

impl Bar {
    /// A bar; a silent one unless `shown`.
    pub fn new(shown: bool) -> Self {
        let bar = if shown {
            ProgressBar::new(0)
        } else {
            ProgressBar::hidden()
        };
        if shown {
            bar.set_style(style(WHOLE));
            bar.enable_steady_tick(Duration::from_millis(200));
        }
        Self {
            shown: bar,
            files: AtomicU64::new(0),
            file: AtomicU64::new(0),
            rows: AtomicU64::new(0),
            before: AtomicU64::new(0),
            present: AtomicU64::new(0),
            counters: Mutex::default(),
        }
    }

    /// Takes the bar away.
    pub fn clear(&self) {
        self.shown.finish_and_clear();
    }

    /// Lets Ctrl-C ask the run to stop, and says that it was heard.
    pub fn stopped_by_ctrl_c(&self, stop: &Arc<Stop>) {
        let (asked, bar) = (Arc::clone(stop), self.shown.clone());
        // A second handler cannot be set (tests run several commands in one process): the first one serves.
        let _ = ctrlc::set_handler(move || {
            asked.ask();
            bar.println("treem: đang dừng, chờ một chút…");
        });
    }

    fn tell(&self) {
        let (file, files) = (
            self.file.load(Ordering::Relaxed),
            self.files.load(Ordering::Relaxed),
        );
        let rows = grouped(self.rows.load(Ordering::Relaxed));
        self.shown.set_message(if files > 1 {
            format!("tệp {}/{}, {rows} trẻ", grouped(file), grouped(files))
        } else {
            format!("{rows} trẻ")
        });
    }
}

impl crate::act::generate::Progress for Bar {
    fn children(&self, done: u64, of: u64) {
        self.shown.set_style(style(WHOLE));
        self.shown.set_length(of);
        self.shown.set_position(done);
        self.shown
            .set_message(format!("{}/{} trẻ", grouped(done), grouped(of)));
    }
}

impl Progress for Bar {
    fn begin(&self, files: usize, bytes: u64) {
        self.files.store(files as u64, Ordering::Relaxed);
        for count in [&self.file, &self.rows, &self.before, &self.present] {
            count.store(0, Ordering::Relaxed);
        }
        self.shown.set_style(style(WHOLE));
        self.shown.set_position(0);
        self.shown
            .set_length(bytes.saturating_add(files as u64 * FILE_WEIGHT));
    }

    fn file(&self, bytes: u64) {
        self.file.fetch_add(1, Ordering::Relaxed);
        let weight = bytes.saturating_add(FILE_WEIGHT);
        let before =
            self.before.load(Ordering::Relaxed) + self.present.swap(weight, Ordering::Relaxed);
        self.before.store(before, Ordering::Relaxed);
        self.shown.set_position(before);
        self.tell();
    }

    fn within(&self, share: u64, rows: u64) {
        self.rows.fetch_add(rows, Ordering::Relaxed);
        let done = u128::from(self.present.load(Ordering::Relaxed)) * u128::from(share.min(SHARES))
            / u128::from(SHARES);
        self.shown
            .set_position(self.before.load(Ordering::Relaxed) + u64::try_from(done).unwrap_or(0));
        self.tell();
    }

    fn step(&self, what: &str, done: u64, of: u64) {
        if of > 0 {
            self.shown.set_style(style(WHOLE));
            self.shown.set_length(of);
            self.shown.set_position(done);
            let counters = self
                .counters
                .lock()
                .map_or_else(|_| String::new(), |told| told.clone());
            self.shown.set_message(format!(
                "{what} {}/{}{counters}",
                grouped(done),
                grouped(of)
            ));
        } else {
            // Nobody can say how long: what is done, and how long it has taken.
            self.shown.set_style(style("{msg}…  đã {gone}"));
            self.shown.set_message(if done > 0 {
                format!("{what}: {}", grouped(done))
            } else {
                what.to_owned()
            });
        }
    }

    fn counted(&self, counters: &[(&'static str, u64)]) {
        let mut text = String::new();
        for (name, count) in counters {
            let _ = write!(text, ", {} {}", grouped(*count), counter(name));
        }
        if let Ok(mut told) = self.counters.lock() {
            *told = text;
        }
    }
}

/// What a counter of an import is called.
fn counter(name: &str) -> &str {
    match name {
        "new" => "mới",
        "same" => "đã có",
        "changes" => "có thông tin khác",
        "perhaps" => "chưa rõ",
        other => other,
    }
}

/// Progress as lines of JSON on standard error, at most some a second, for programs that watch.
pub struct JsonLines {
    last: Mutex<(Instant, String)>,
    counters: Mutex<serde_json::Map<String, serde_json::Value>>,
}

impl JsonLines {
    /// From now on.
    pub fn new() -> Self {
        Self {
            last: Mutex::new((Instant::now(), String::new())),
            counters: Mutex::default(),
        }
    }

    fn tell(&self, what: &str, done: u64, of: u64) {
        let Ok(mut last) = self.last.lock() else {
            return;
        };
        let now = Instant::now();
        if last.1 == what && now.duration_since(last.0) < Duration::from_millis(500) && done < of {
            return;
        }
        *last = (now, what.to_owned());
        let mut line = self
            .counters
            .lock()
            .map_or_else(|_| serde_json::Map::new(), |told| told.clone());
        line.insert("step".to_owned(), what.into());
        line.insert("done".to_owned(), done.into());
        line.insert("of".to_owned(), of.into());
        screen::tell(&serde_json::Value::Object(line).to_string());
    }
}

impl Progress for JsonLines {
    fn begin(&self, files: usize, _: u64) {
        self.tell("đọc tệp", 0, files as u64);
    }
    fn file(&self, _: u64) {}
    fn within(&self, _: u64, _: u64) {}
    fn step(&self, what: &str, done: u64, of: u64) {
        self.tell(what, done, of);
    }
    fn counted(&self, counters: &[(&'static str, u64)]) {
        if let Ok(mut told) = self.counters.lock() {
            for (name, count) in counters {
                told.insert((*name).to_owned(), (*count).into());
            }
        }
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template)
        .unwrap_or_else(|_| ProgressStyle::default_bar())
        .progress_chars("█▌ ")
        .with_key("gone", |state: &ProgressState, out: &mut dyn Write| {
            let _ = out.write_str(&screen::clock(state.elapsed()));
        })
        .with_key("left", |state: &ProgressState, out: &mut dyn Write| {
            let _ = if state.pos() == 0 {
                out.write_char('…')
            } else {
                out.write_str(&screen::clock(state.eta()))
            };
        })
}
