//! The program killed with `kill -9`, the server fallen, the disk full, nothing to be written: at moments chosen by a seed, on both
//! engines. Afterwards each act is whole or absent, the audit chain holds, and nothing is lost.
//!
//! `TREEM_SOAK=100` asks for so many rounds of each act instead of ten (`make soak`); backups and restores get half of them.

mod killed;
mod unable;

use super::register::{Desk, wait};
use super::run::{TREEM, child, list};
use serde_json::Value;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use treem_store::Store;
use treem_store::rows::Digest;

/// Children of the book that is hurt.
const CHILDREN: u32 = 2_000;

fn rounds() -> u32 {
    std::env::var_os("TREEM_SOAK")
        .and_then(|text| text.to_str()?.parse().ok())
        .unwrap_or(10)
}

/// Chance from a seed (SplitMix64).
struct Dice(u64);

impl Dice {
    /// A part of one.
    fn share(&mut self) -> f64 {
        self.up_to(Duration::from_secs(1)).as_secs_f64()
    }

    fn up_to(&mut self, most: Duration) -> Duration {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        let micros = u64::try_from(most.as_micros()).unwrap();
        Duration::from_micros(mixed % micros.max(1))
    }
}

fn digests(data: &str) -> Vec<Digest> {
    wait(async {
        let store = Store::open(data).await.unwrap();
        let digests = store.digests().await.unwrap();
        store.close().await;
        digests
    })
}

fn start(desk: &Desk, arguments: &[&str]) -> std::process::Child {
    Command::new(TREEM)
        .args(arguments)
        .env("TREEM_DATA", &desk.data)
        .current_dir(desk.path(""))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// What an act came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Came {
    Whole,
    Absent,
}

/// What an act comes to undisturbed.
struct Done {
    /// Children who count.
    active: u64,
    digests: Vec<Digest>,
}

/// What two runs of one act have in common: the rows of each table; and where it adds no children (whose ids are new each time), what is said
/// of them.
fn said<'a>(now: &'a [Digest], before: &[Digest]) -> Vec<(&'a str, u64, &'a str)> {
    let children = |all: &[Digest]| {
        let of = all.iter().find(|one| one.table == "child");
        of.map(|one| one.rows)
    };
    let known = children(now) == children(before);
    now.iter()
        .map(|one| {
            let of = matches!(one.table.as_str(), "child" | "child_sensitive" | "finding");
            let hash = if known && of { one.sha256.as_str() } else { "" };
            (one.table.as_str(), one.rows, hash)
        })
        .collect()
}

/// Where a book is that is hurt, and how long acts take there.
struct Hurt {
    desk: Desk,
    dice: Dice,
    list: PathBuf,
}

impl Hurt {
    fn new(postgres: bool, seed: u64) -> Self {
        let mut desk = Desk::new(postgres);
        if postgres {
            desk.ask("create database book");
            desk.data = desk.data.replace("/postgres?", "/book?");
        }
        desk.json(&["init", "--edition", "2024-06-13"]);
        let path = desk.path("ds.csv");
        let lines: Vec<String> = (1..=CHILDREN).map(child).collect();
        list(&path, &lines);
        Self {
            desk,
            dice: Dice(seed),
            list: path,
        }
    }

    /// Remembers the whole register as it is, by the engine's own means.
    fn save(&self) {
        if self.desk.data.contains("://") {
            self.alone();
            self.desk.ask("drop database if exists saved");
            self.desk.ask("create database saved template book");
        } else {
            std::fs::copy(&self.desk.data, self.desk.path("saved.db")).unwrap();
        }
    }

    /// The register as it was remembered.
    fn back(&self) {
        if self.desk.data.contains("://") {
            self.alone();
            self.desk.ask("drop database book");
            self.desk.ask("create database book template saved");
        } else {
            for ending in ["-wal", "-shm"] {
                let _ = std::fs::remove_file(format!("{}{ending}", self.desk.data));
            }
            std::fs::copy(self.desk.path("saved.db"), &self.desk.data).unwrap();
        }
    }

    /// No session of the program is left on the server.
    fn alone(&self) {
        let started = Instant::now();
        while self.desk.sessions() > 0 {
            assert!(
                started.elapsed() < Duration::from_secs(30),
                "the session of a killed program stays"
            );
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// The book is sound; how many children count.
    fn sound(&self) -> u64 {
        let report = self.desk.json(&["doctor"]);
        assert_eq!(report["troubles"], Value::Array(vec![]));
        report["active"].as_u64().unwrap()
    }

    /// Does an act undisturbed: how long it takes, and what it comes to. The register is as before.
    fn measured(&self, arguments: &[&str]) -> (Duration, Done) {
        self.save();
        let started = Instant::now();
        self.desk.json(arguments);
        let time = started.elapsed();
        let done = Done {
            active: self.sound(),
            digests: digests(&self.desk.data),
        };
        self.back();
        (time, done)
    }

    /// Kills an act at some moment of its time, again and again: everything is as before, or the act is whole.
    fn kill(&mut self, act: &str, arguments: &[&str]) {
        let (time, done) = self.measured(arguments);
        let before = digests(&self.desk.data);
        assert_ne!(before, done.digests, "{act} does nothing");
        self.again(rounds(), act, arguments, time, &|hurt| {
            let active = hurt.sound();
            let now = digests(&hurt.desk.data);
            if now == before {
                return Came::Absent;
            }
            assert_eq!(active, done.active, "{act}");
            assert_eq!(said(&now, &before), said(&done.digests, &before), "{act}");
            hurt.back();
            Came::Whole
        });
    }

    /// When an act is killed: half of the times somewhere in it, each in a part of its own, else about its end and after it.
    fn moment(&mut self, (round, rounds): (u32, u32), time: Duration) -> Duration {
        let share = self.dice.share();
        time.mul_f64(if round % 2 == 0 {
            (f64::from(round) + 2.0 * share) / f64::from(rounds + 1)
        } else {
            0.8 + share * 0.5
        })
    }

    /// The same, with another look at what it came to.
    fn again(
        &mut self,
        rounds: u32,
        act: &str,
        arguments: &[&str],
        undisturbed: Duration,
        came: &dyn Fn(&Self) -> Came,
    ) {
        let (mut whole, mut done, mut absent) = (0, 0, 0);
        // What the act takes by now: it is measured again with every kill about its end.
        let mut time = undisturbed;
        let mut round = 0;
        // Where the machine was busier than when the act was measured, or less, some more rounds come late, or early.
        while round < rounds || (round < rounds + 20 && (whole == 0 || absent == 0)) {
            let moment = match round.checked_sub(rounds) {
                None => self.moment((round, rounds), time),
                Some(more) if whole == 0 => time * (more + 4) / 3,
                Some(more) => time / (more + 2),
            };
            let mut running = start(&self.desk, arguments);
            std::thread::sleep(moment);
            running.kill().unwrap();
            let ran = running.wait_with_output().unwrap();
            self.alone();
            let came = came(self);
            // It was killed, or it was done: an act that fails by itself would hide here.
            match ran.status.code() {
                None => {}
                Some(0) => {
                    assert_eq!(came, Came::Whole, "{act} {round}: it said that it was done");
                    done += 1;
                }
                Some(code) => panic!("{act} {round}: {code}: {ran:?}"),
            }
            match came {
                Came::Whole => whole += 1,
                Came::Absent => absent += 1,
            }
            if round % 2 == 1 {
                time = time.mul_f64(if ran.status.code().is_some() {
                    0.93
                } else if came == Came::Absent {
                    1.12
                } else {
                    1.0
                });
            }
            round += 1;
        }
        println!(
            "{act}: {whole} whole ({done} of them ended by themselves), {absent} absent; undisturbed {undisturbed:?}"
        );
        assert!(
            whole > 0 && absent > 0,
            "{act}: always too early, or too late"
        );
    }

    fn last_import(&self) -> String {
        let imports = self.desk.json(&["imports"]);
        let last = imports["imports"].as_array().unwrap().last().unwrap();
        last["import"].as_str().unwrap().to_owned()
    }
}
