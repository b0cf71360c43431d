//! The program killed with `kill -9`, the server fallen, the disk full, nothing to be written: at moments chosen by a seed, on both
//! engines. Afterwards each act is whole or absent, the audit chain holds, and nothing is lost.
//!
//! `TREEM_SOAK=100` asks for so many rounds of each act instead of ten (`make soak`); backups and restores get half of them.

use super::register::{Desk, wait};
use super::run::{Ran, TREEM, child, list};
use serde_json::Value;
use std::path::{Path, PathBuf};
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

/// The children and everything about them, without the chain that says who did what.
fn without_chain(all: &[Digest]) -> Vec<&Digest> {
    all.iter()
        .filter(|one| !matches!(one.table.as_str(), "audit" | "register"))
        .collect()
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

    /// Does an act undisturbed; how long it took. The register is as before.
    fn measured(&self, arguments: &[&str]) -> Duration {
        self.save();
        let started = Instant::now();
        self.desk.json(arguments);
        let time = started.elapsed();
        self.back();
        time
    }

    /// Kills an act at some moment of its time, again and again, and says what it came to each time. `whole`: how many children count when
    /// the act is whole; everything else is as before, or the act would have to be.
    fn kill(&mut self, act: &str, arguments: &[&str], whole: u64) {
        let time = self.measured(arguments);
        let before = digests(&self.desk.data);
        self.again(rounds(), act, arguments, time, &|hurt| {
            let active = hurt.sound();
            if digests(&hurt.desk.data) == before {
                return Came::Absent;
            }
            assert_eq!(active, whole, "{act}");
            hurt.back();
            Came::Whole
        });
    }

    /// The same, with another look at what it came to.
    fn again(
        &mut self,
        rounds: u32,
        act: &str,
        arguments: &[&str],
        time: Duration,
        came: &dyn Fn(&Self) -> Came,
    ) {
        let (mut whole, mut absent) = (0, 0);
        for round in 0..rounds {
            let mut running = start(&self.desk, arguments);
            std::thread::sleep(self.dice.up_to(time));
            running.kill().unwrap();
            let ran = running.wait_with_output().unwrap();
            self.alone();
            let came = came(self);
            if ran.status.success() {
                assert_eq!(came, Came::Whole, "{act} {round}: it said that it was done");
            }
            match came {
                Came::Whole => whole += 1,
                Came::Absent => absent += 1,
            }
        }
        assert!(absent > 0, "{act}: never killed in time");
        println!("{act}: {whole} whole, {absent} absent, killed within {time:?}");
    }

    fn last_import(&self) -> String {
        let imports = self.desk.json(&["imports"]);
        let last = imports["imports"].as_array().unwrap().last().unwrap();
        last["import"].as_str().unwrap().to_owned()
    }
}

/// Every act of a book, killed.
fn killed(postgres: bool) {
    let mut hurt = Hurt::new(postgres, 0x7ee7 + u64::from(postgres));
    let list = hurt.list.to_str().unwrap().to_owned();
    let import = ["import", &list, "--as-of", "2024-06-13"];
    let children = u64::from(CHILDREN);
    hurt.kill("import", &import, children);
    hurt.desk.json(&import);
    let id = hurt.last_import();
    copied(&mut hurt, postgres);
    let (undo, redo) = (["undo", &id, "--yes"], ["undo", &id, "--redo", "--yes"]);
    hurt.kill("undo", &undo, 0);
    hurt.desk.json(&undo);
    hurt.kill("redo", &redo, children);
    restored(&mut hurt, &redo);
}

/// Copies to the other engine, killed: the target holds nothing, or everything.
fn copied(hurt: &mut Hurt, postgres: bool) {
    let full = digests(&hurt.desk.data);
    let mut other = Desk::new(!postgres);
    if !postgres {
        other.data = other.data.replace("/postgres?", "/book?");
    }
    let empty = || {
        if postgres {
            let _ = std::fs::remove_file(&other.data);
        } else {
            other.ask("drop database if exists book");
            other.ask("create database book");
        }
    };
    empty();
    let copy = ["copy", "--to", &other.data, "--yes"];
    let time = hurt.measured(&copy);
    assert_eq!(digests(&other.data), full);
    empty();
    let came = |hurt: &Hurt| {
        assert_eq!(digests(&hurt.desk.data), full, "the source");
        while !postgres && other.sessions() > 0 {
            std::thread::sleep(Duration::from_millis(5));
        }
        let held = wait(async {
            let store = Store::open(&other.data).await.ok()?;
            let books = store.read().await.unwrap().registers().await.unwrap();
            store.close().await;
            Some(books.len())
        });
        if held.unwrap_or(0) == 0 {
            return Came::Absent;
        }
        assert_eq!(digests(&other.data), full);
        empty();
        Came::Whole
    };
    hurt.again(rounds(), "copy", &copy, time, &came);
    // What killed copies left is in nobody's way, and goes with the next.
    hurt.desk.json(&copy);
    assert_eq!(digests(&other.data), full);
    if postgres {
        let folder = Path::new(&other.data).parent().unwrap();
        assert_eq!(std::fs::read_dir(folder).unwrap().count(), 1);
    }
}

/// Backups, and restores over a register that has moved on, killed.
fn restored(hurt: &mut Hurt, redo: &[&str]) {
    let file = hurt.desk.path("ban.db").to_str().unwrap().to_owned();
    let backup = ["backup", "--to", &file];
    let time = hurt.measured(&backup);
    let before = digests(&hurt.desk.data);
    std::fs::remove_file(&file).unwrap();
    hurt.again(rounds().div_ceil(2), "backup", &backup, time, &|hurt| {
        hurt.sound();
        if !Path::new(&file).exists() {
            assert_eq!(digests(&hurt.desk.data), before);
            return Came::Absent;
        }
        // The file is whole; whether the chain knows of it, the last moment decided.
        let (now, held) = (digests(&hurt.desk.data), digests(&file));
        assert_eq!(held, before);
        assert_eq!(without_chain(&now), without_chain(&held));
        std::fs::remove_file(&file).unwrap();
        hurt.back();
        Came::Whole
    });
    hurt.desk.json(&backup);
    let held = digests(&file);
    hurt.desk.json(redo);
    let later = digests(&hurt.desk.data);
    let restore = ["restore", &file, "--replace", "--yes"];
    let time = hurt.measured(&restore);
    hurt.again(rounds().div_ceil(2), "restore", &restore, time, &|hurt| {
        hurt.sound();
        let now = digests(&hurt.desk.data);
        if now == later {
            return Came::Absent;
        }
        assert_eq!(without_chain(&now), without_chain(&held));
        hurt.back();
        Came::Whole
    });
}

#[test]
fn killed_on_a_file() {
    killed(false);
}

#[test]
fn killed_on_a_server() {
    killed(true);
}

/// One sentence that a person understands, and no panic.
fn one_sentence(ran: &Ran, what: &str) {
    assert!(
        ran.sentences().len() == 1
            && ran.err.starts_with("treem: ")
            && ran.err.trim_end().ends_with('.'),
        "{what}: {}",
        ran.err
    );
    for word in ["panick", "os error", "Error", "sqlx", "thread"] {
        assert!(!ran.err.contains(word), "{what}: {}", ran.err);
    }
}

#[test]
fn the_server_falls() {
    let mut hurt = Hurt::new(true, 3);
    let list = hurt.list.to_str().unwrap().to_owned();
    let import = ["import", &list, "--as-of", "2024-06-13"];
    let time = hurt.measured(&import);
    let before = digests(&hurt.desk.data);
    let mut said = 0;
    for round in 0..rounds().div_ceil(2) {
        let running = start(&hurt.desk, &import);
        std::thread::sleep(hurt.dice.up_to(time));
        hurt.desk.fall();
        let ran = Ran::of(running.wait_with_output().unwrap());
        let active = hurt.sound();
        if ran.code == 0 {
            assert_eq!(active, u64::from(CHILDREN), "{round}");
        } else {
            assert!(matches!(ran.code, 2 | 3), "{round}: {ran:?}");
            one_sentence(&ran, "fallen");
            said += 1;
        }
        if active == 0 {
            assert_eq!(digests(&hurt.desk.data), before, "{round}");
        } else {
            assert_eq!(active, u64::from(CHILDREN), "{round}");
            hurt.back();
        }
    }
    assert!(said > 0, "it never fell in mid-act");
}

/// `treem` under a shell's limit of so many KiB a file, with the signal for that ignored or not.
fn limited(data: &str, most: u32, ignored: bool, arguments: &[&str]) -> (Option<i32>, Ran) {
    let trap = if ignored { "trap '' XFSZ; " } else { "" };
    let output = Command::new("bash")
        .args([
            "-c",
            &format!("{trap}ulimit -f {most}; exec \"$@\""),
            "bash",
            TREEM,
        ])
        .args(arguments)
        .env("TREEM_DATA", data)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    (output.status.code(), Ran::of(output))
}

#[test]
fn no_room_for_the_register() {
    let hurt = Hurt::new(false, 4);
    let list = hurt.list.to_str().unwrap().to_owned();
    let before = digests(&hurt.desk.data);
    let import = ["import", &list, "--as-of", "2024-06-13"];
    let check = |arguments: &[&str], most: u32, ignored: bool, whole: u64| {
        let (code, ran) = limited(&hurt.desk.data, most, ignored, arguments);
        let active = hurt.sound();
        match code {
            Some(0) => assert_eq!(active, whole, "{most}"),
            // The system ends a program that does not ignore the signal; that is a kill like another.
            None => assert!(!ignored, "{most}: {ran:?}"),
            Some(code) => {
                assert!(code == 3 || code == 2, "{most}: {ran:?}");
                one_sentence(&ran, &format!("{arguments:?} {most}"));
                assert!(
                    ran.err.contains("ổ đĩa") || ran.err.contains("quyền"),
                    "{most}: {}",
                    ran.err
                );
            }
        }
        code == Some(0)
    };
    for ignored in [true, false] {
        for most in [40, 300, 800, 1_500, 3_000] {
            assert!(
                !check(&import, most, ignored, 0),
                "{most} KiB are too many for this test"
            );
            assert_eq!(digests(&hurt.desk.data), before, "{most}");
        }
    }
    hurt.desk.json(&import);
    let imports = hurt.desk.json(&["imports"]);
    let undo = [
        "undo",
        imports["imports"][0]["import"].as_str().unwrap(),
        "--yes",
    ];
    let before = digests(&hurt.desk.data);
    for most in [100, 1_000] {
        assert!(!check(&undo, most, true, 0));
        assert_eq!(digests(&hurt.desk.data), before, "{most}");
    }
    // A backup and a copy leave no file with their name.
    let target = hurt.desk.path("dich.db");
    let to = target.to_str().unwrap();
    for arguments in [&["backup", "--to", to][..], &["copy", "--to", to, "--yes"]] {
        for most in [100, 2_000] {
            assert!(!check(arguments, most, true, u64::from(CHILDREN)));
            assert!(!target.exists() && !target.with_extension("db.part").exists());
        }
    }
    // When there is room again, everything goes.
    hurt.desk.json(&undo);
    hurt.desk.json(&["backup", "--to", to]);
}

/// As somebody who may only read; the super-user may do anything, so it becomes nobody.
#[test]
fn what_may_only_be_read() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;
    let hurt = Hurt::new(false, 5);
    let allow = |path: &Path, mode: u32| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    let data = Path::new(&hurt.desk.data);
    let folder = data.parent().unwrap();
    let program = hurt.desk.path("treem");
    std::fs::copy(TREEM, &program).unwrap();
    allow(&hurt.desk.path(""), 0o755);
    allow(&program, 0o755);
    let before = digests(&hurt.desk.data);
    let is_root = Command::new("id").arg("-u").output().unwrap().stdout == b"0\n";
    // `words`: none where it does.
    let check = |file: u32, at: u32, arguments: &[&str], words: Option<&str>| {
        allow(data, file);
        allow(folder, at);
        let mut command = Command::new(&program);
        command.args(arguments).env("TREEM_DATA", data);
        if is_root {
            command.uid(65_534).gid(65_534);
        }
        let ran = Ran::of(command.output().unwrap());
        allow(folder, 0o755);
        allow(data, 0o600);
        let what = format!("{file:o} {at:o} {arguments:?}");
        match words {
            None => assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{what}: {}", ran.out),
            Some(words) => {
                assert!(matches!(ran.code, 2 | 3), "{what}: {ran:?}");
                assert!(
                    (ran.out.clone() + &ran.err).contains(words),
                    "{what}: {ran:?}"
                );
                if ran.out.is_empty() {
                    one_sentence(&ran, &what);
                }
            }
        }
        assert_eq!(digests(&hurt.desk.data), before);
    };
    let list = hurt.list.to_str().unwrap();
    for arguments in [
        &["import", list, "--as-of", "2024-06-13"][..],
        &["doctor"],
        &["backup"],
        &["init", "--province", "Quảng Bình"],
    ] {
        // Who may write beside the file may at least read it.
        let reads = matches!(arguments, ["doctor"]);
        check(0o444, 0o777, arguments, Some("quyền").filter(|_| !reads));
        check(0o444, 0o755, arguments, Some("quyền"));
        check(0o666, 0o555, arguments, Some("quyền"));
        check(0o000, 0o755, arguments, Some("quyền"));
    }
    let _ = std::fs::remove_dir_all(folder.join("backup"));
}
