//! The register as a person uses it, on both engines: made, filled from the sample province, counted, undone, verified.

mod mirror;
mod missing;
mod reform;
mod report;
#[path = "../../../store/tests/it/server.rs"]
pub mod server;

mod answers;
mod dark;
mod doubles;
mod edit;
mod entry;
mod fix;
mod handover;
mod headcounts;
mod import;
mod letter;
mod list;
mod movements;
mod moving;
mod pairs;
mod safe;
mod signing;
mod undoing;

use super::run::{Ran, TREEM, samples, treem};
use serde_json::Value;
use server::Server;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use treem_store::child::{ACTIVE, Entry, State};
use treem_store::{Begun, Doing, Store};

/// A register and how it is called.
pub struct Desk {
    pub data: String,
    server: Option<Server>,
    folder: tempfile::TempDir,
}

pub fn wait<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(work)
}

impl Desk {
    pub fn new(postgres: bool) -> Self {
        Self::with(postgres.then(|| wait(Server::start())))
    }

    /// On a server of one's own; without one in a file.
    pub fn with(server: Option<Server>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = server.as_ref().map_or_else(
            || folder.path().join("so/tre.db").to_str().unwrap().to_owned(),
            Server::address,
        );
        Self {
            data,
            server,
            folder,
        }
    }

    /// Sessions of the program on the server; none without a server.
    pub fn sessions(&self) -> u32 {
        let asked = "select count(*) from pg_stat_activity where application_name = 'treem'";
        self.server
            .as_ref()
            .map_or(0, |server| server.ask(asked).parse().unwrap())
    }

    /// Asks the server's own client; its answer.
    pub fn ask(&self, statement: &str) -> String {
        self.server.as_ref().unwrap().ask(statement)
    }

    /// Lets the server fall and start again.
    pub fn fall(&mut self) {
        wait(self.server.as_mut().unwrap().fall());
    }

    pub fn treem(&self, arguments: &[&str]) -> Ran {
        let output = Command::new(TREEM)
            .args(arguments)
            .env("TREEM_DATA", &self.data)
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        Ran::of(output)
    }

    /// Runs a command that must do, and gives its JSON.
    pub fn json(&self, arguments: &[&str]) -> Value {
        let ran = self.treem(&[arguments, &["--json"]].concat());
        assert_eq!(
            (ran.code, ran.err.as_str()),
            (0, ""),
            "{arguments:?}: {}",
            ran.out
        );
        serde_json::from_str(&ran.out).unwrap()
    }

    /// Runs a command that must be refused in one sentence.
    pub fn refused(&self, arguments: &[&str], words: &str) {
        let ran = self.treem(arguments);
        assert_eq!(
            (ran.code, ran.out.as_str()),
            (2, ""),
            "{arguments:?}: {}",
            ran.err
        );
        assert!(
            ran.sentences().len() == 1 && ran.err.contains(words),
            "{arguments:?}: {}",
            ran.err
        );
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Every child who counts, as the book has it, in one text.
    pub fn export(&self) -> String {
        wait(async {
            let store = Store::open(&self.data).await.unwrap();
            let mut tx = store.read().await.unwrap();
            let (mut out, mut last) = (String::new(), String::new());
            loop {
                let page = tx.children_after("45", &last).await.unwrap();
                let Some(end) = page.last() else { break };
                last.clone_from(&end.id);
                for child in page.iter().filter(|child| child.now.state == ACTIVE) {
                    let numbers = tx.numbers("45", &child.id).await.unwrap();
                    let held = numbers.iter().find(|one| one.ended_at.is_none());
                    assert_eq!(held.map(|one| one.number.clone()), child.now.number);
                    let State {
                        birth,
                        leaves_on,
                        unit,
                        identified,
                        complete,
                        record,
                        sensitive,
                        ..
                    } = &child.now;
                    let findings = tx.findings("45", &child.id).await.unwrap().len();
                    out.push_str(&format!(
                        "{} {birth} {leaves_on} {unit:?} {identified} {complete} {record} {sensitive} {findings}\n",
                        child.id
                    ));
                }
            }
            out
        })
    }

    /// Somebody corrects a child, as a later part of the program will.
    fn correct(&self, id: &str) {
        wait(async {
            let store = Store::open(&self.data).await.unwrap();
            let before = store.read().await.unwrap().child("45", id).await.unwrap();
            let doing = Doing {
                register: "45".to_owned(),
                act: "correct".to_owned(),
                who: "Hồ Thị Bích".to_owned(),
                role: String::new(),
                office: String::new(),
                why: "gia đình sửa".to_owned(),
                request: format!("sua-{id}"),
                at: "2024-06-14T01:00:00.000000Z".to_owned(),
            };
            let Begun::Act(mut act) = store.begin(doing).await.unwrap() else {
                panic!("done before");
            };
            let entry = Entry {
                id: id.to_owned(),
                source: "hộ gia đình".to_owned(),
                state: before.now.clone(),
                ..Entry::default()
            };
            act.change_child("changed", before.version, &entry)
                .await
                .unwrap();
            act.finish(id, "{}").await.unwrap();
        });
    }

    /// A child of the book 45 has no findings any more, as an earlier version may have left it.
    fn untell(&self, id: &str) {
        wait(async {
            let store = Store::open(&self.data).await.unwrap();
            let doing = Doing {
                register: "45".to_owned(),
                act: "untell".to_owned(),
                who: "Hồ Thị Bích".to_owned(),
                role: String::new(),
                office: String::new(),
                why: String::new(),
                request: format!("quen-{id}"),
                at: "2099-06-14T01:00:00.000000Z".to_owned(),
            };
            let Begun::Act(mut act) = store.begin(doing).await.unwrap() else {
                panic!("done before");
            };
            act.set_findings(id, &[]).await.unwrap();
            act.finish(id, "{}").await.unwrap();
            store.close().await;
        });
    }
}

fn generate(out: &Path, more: &[&str]) {
    let mut arguments = vec![
        "generate",
        "--out",
        out.to_str().unwrap(),
        "--seed",
        "3",
        "--format",
        "csv",
    ];
    arguments.extend(more);
    assert_eq!(treem(&arguments).code, 0);
}

/// The whole province: its register gives the letter's table, and an import can be turned back and forth.
fn the_letter(postgres: bool) {
    let desk = Desk::new(postgres);
    let province = desk.path("tinh");
    generate(&province, &[]);
    let path = |name: &str| province.join(name).to_str().unwrap().to_owned();
    desk.json(&["init", "--edition", "2024-06-13"]);
    let told = desk.json(&[
        "import",
        &path("register.csv"),
        "--as-of",
        "2024-06-13",
        "--as",
        "Hồ Thị Bích",
    ]);
    let counts = |key: &str| told[key].as_u64().unwrap();
    assert_eq!(
        (counts("new"), counts("new") - counts("identified")),
        (137_502, 227)
    );
    desk.json(&[
        "headcount",
        "load",
        &path("headcounts.csv"),
        "--edition",
        "2024-06-13",
    ]);
    let letter = samples("letter-table.csv");
    let letter = letter.to_str().unwrap();
    let table = |more: &[&str]| {
        let arguments = ["coverage", "--as-of", "2024-06-13", "--printed", letter];
        desk.json(&[&arguments, more].concat())
    };
    let printed: Value = serde_json::from_str(&treem(&["coverage", letter, "--json"]).out).unwrap();
    let same = |table: &Value| {
        for part in ["rows", "total", "slips"] {
            assert_eq!(table[part], printed[part], "{part}");
        }
    };
    let first = table(&[]);
    same(&first);
    let notes = first["notes"].to_string();
    for words in ["137.502", "227", "49.786", "1.751"] {
        assert!(notes.contains(words), "{words}: {notes}");
    }
    // The 227, as a list; now, and out of the records of a moment.
    let listed = |more: &[&str]| {
        let arguments = ["list", "unidentified", "--as-of", "2024-06-13"];
        desk.json(&[&arguments, more].concat())
    };
    let list = listed(&[]);
    assert_eq!(
        (&list["children"], list["ids"].as_array().unwrap().len()),
        (&227.into(), 227)
    );
    assert_eq!(listed(&["--register-as-of", "2999-01-01T00:00:00Z"]), list);
    letter::of_the_province(&desk, &first, letter);
    // A day later in life fewer are under 16; the book is the same.
    let later = desk.json(&[
        "coverage",
        "--as-of",
        "2026-06-13",
        "--edition",
        "2024-06-13",
    ]);
    assert!(
        later["total"]["entered"].as_u64().unwrap() < 130_000,
        "{}",
        later["total"]
    );
    let report = desk.json(&["doctor"]);
    assert_eq!(
        (&report["active"], &report["events"], &report["troubles"]),
        (&137_502.into(), &137_502.into(), &Value::Array(vec![]))
    );
    let import = told["import"].as_str().unwrap();
    let undone = desk.json(&["undo", import, "--yes"]);
    assert_eq!(
        (&undone["turned"], &undone["kept"], &undone["done"]),
        (&137_502.into(), &0.into(), &true.into())
    );
    assert_eq!(table(&[])["total"]["entered"], 0);
    letter::the_227(&desk, "withdrawn");
    let events = desk.json(&["doctor"]);
    assert_eq!(
        (&events["events"], &events["troubles"]),
        (&275_004.into(), &Value::Array(vec![]))
    );
    desk.json(&["undo", import, "--redo", "--yes"]);
    assert_eq!(table(&[]), first);
    letter::the_227(&desk, "open");
    reform::the_letter_and_the_reform(&desk, &table, &path("headcounts.csv"));
}

#[test]
fn what_happens_to_a_book() {
    for postgres in [false, true] {
        let desk = Desk::new(postgres);
        desk.refused(&["doctor"], "treem init");
        desk.refused(&["init", "--province", "Tà Rụt"], "không phải một tỉnh");
        let made = desk.json(&["init", "--edition", "2024-06-13"]);
        assert_eq!(
            (&made["register"], &made["edition"]),
            (&"45".into(), &"2020-01-01".into())
        );
        desk.refused(
            &["init", "--edition", "2024-06-13"],
            "đã có sổ mang mã “45”",
        );
        desk.refused(&["coverage", "--as-of", "2024-06-13"], "headcount load");
        let list = desk.path("ds.csv");
        let rows: Vec<String> = (1..=40).map(super::run::child).collect();
        super::run::list(&list, &rows);
        let list = list.to_str().unwrap();
        let empty = desk.export();
        // A file that is none costs only itself.
        let bad = desk.path("hong.xlsx");
        std::fs::write(&bad, "không phải").unwrap();
        let ran = desk.treem(&[
            "import",
            list,
            bad.to_str().unwrap(),
            "--as-of",
            "2024-06-13",
            "--json",
        ]);
        assert_eq!((ran.code, ran.sentences().len()), (2, 1), "{}", ran.err);
        let told: Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(
            (&told["new"], &told["refused"][0][0]),
            (&40.into(), &bad.to_str().unwrap().into())
        );
        // Numbers 22 to 32 are called Hồ Ngọc Chi.
        for (name, count) in [
            ("hồ ngọc chi", 11),
            ("  HO  ngoc c", 11),
            ("ho", 40),
            ("ngoc", 0),
        ] {
            let found = desk.json(&["find", name]);
            assert_eq!(found["children"].as_array().unwrap().len(), count, "{name}");
            assert_eq!(found["more"], false);
        }
        let found = desk.json(&["find", "Hồ Ngọc Chi"]);
        assert_eq!(
            (&found["children"][0]["name"], &found["children"][0]["unit"]),
            (&"Hồ Ngọc Chi".into(), &"Xã Tà Rụt".into())
        );
        desk.refused(&["find", "12 %"], "hãy ghi họ tên");
        let import = told["import"].as_str().unwrap();
        let listed = desk.json(&["imports"]);
        let one = &listed["imports"][0];
        assert_eq!(
            (
                &one["import"],
                &one["rows"],
                &one["decisions"]["new"],
                &one["state"]
            ),
            (&import.into(), &40.into(), &40.into(), &"applied".into())
        );
        assert_eq!(one["files"][0]["sha256"].as_str().unwrap().len(), 64);
        // One record.
        let full = desk.export();
        assert_eq!(full.lines().count(), 40);
        let id = full.split(' ').next().unwrap().to_owned();
        let shown = desk.json(&["child", "show", &id]);
        assert_eq!(
            (&shown["version"], &shown["state"], &shown["origins"][0][2]),
            (&1.into(), &"active".into(), &2.into())
        );
        let number = shown["numbers"][0][0].as_str().unwrap();
        assert_eq!(
            desk.json(&["child", "show", number])["child"],
            shown["child"]
        );
        assert!(
            !shown.to_string().contains("Kinh"),
            "a sensitive field is shown: {shown}"
        );
        desk.refused(&["child", "show", "045299999999"], "không có hồ sơ nào");
        desk.refused(&["child", "show", "ai đó"], "không có hồ sơ này");
        desk.refused(
            &[
                "child",
                "show",
                &id,
                "--register-as-of",
                "2020-01-01T00:00:00Z",
            ],
            "chưa có trong sổ",
        );
        desk.refused(
            &["child", "show", &id, "--register-as-of", "hôm qua"],
            "thời điểm",
        );
        // Edited later: kept and listed; the rest goes and comes back byte by byte.
        desk.correct(&id);
        let full = desk.export();
        let preview = desk.json(&["undo", import]);
        assert_eq!(
            (&preview["turned"], &preview["kept_ids"], &preview["done"]),
            (&39.into(), &serde_json::json!([id]), &false.into())
        );
        assert_eq!(desk.export(), full);
        desk.refused(&["undo", "khong-co"], "không có lần nhập");
        desk.refused(&["undo", import, "--redo"], "chưa bị hủy");
        assert_eq!(desk.json(&["undo", import, "--yes"])["turned"], 39);
        desk.refused(&["undo", import, "--yes"], "đã được hủy");
        let kept = desk.export();
        assert_eq!(kept.lines().count(), 1);
        assert!(kept.starts_with(&id) && full.contains(&kept));
        assert_eq!(
            desk.json(&["undo", import, "--redo", "--yes"])["turned"],
            39
        );
        assert_eq!(desk.export(), full);
        let history = desk.json(&["child", "history", &full.lines().nth(1).unwrap()[..36]]);
        let kinds: Vec<&str> = history["events"]
            .as_array()
            .unwrap()
            .iter()
            .map(|event| event["kind"].as_str().unwrap())
            .collect();
        assert_eq!(kinds, ["added", "withdrawn", "restored"]);
        let report = desk.json(&["doctor"]);
        assert_eq!(
            (&report["events"], &report["links"], &report["troubles"]),
            (&119.into(), &5.into(), &Value::Array(vec![]))
        );
        assert_eq!(
            report["engine"],
            if postgres { "postgres" } else { "sqlite" }
        );
        assert!(!report.to_string().contains("localhost@"), "{report}");
        // An import that was never edited, undone: the book is as before.
        let other = Desk::new(postgres);
        other.json(&["init", "--edition", "2024-06-13"]);
        let told = other.json(&["import", list, "--as-of", "2024-06-13"]);
        other.json(&["undo", told["import"].as_str().unwrap(), "--yes"]);
        assert_eq!(other.export(), empty);
        // The list again, as another import: the first comes back beside it, but nobody is written twice.
        let again = other.json(&["import", list, "--as-of", "2024-06-13"]);
        assert_eq!((&again["new"], &again["disputed"]), (&40.into(), &0.into()));
        let first = told["import"].as_str().unwrap();
        let back = other.json(&["undo", first, "--redo", "--yes"]);
        assert_eq!((&back["turned"], &back["asked"]), (&0.into(), &40.into()));
        assert_eq!(other.json(&["doctor"])["active"], 40);
        // And what was changed behind the program's back is told.
        if !postgres {
            let raw = Command::new("python3")
                .args(["-c", "import sqlite3,sys; c=sqlite3.connect(sys.argv[1]); c.execute(\"update child_event set birth='2001-01-01' where seq=1\"); c.commit()"])
                .arg(&other.data)
                .status()
                .unwrap();
            assert!(raw.success());
            let ran = other.treem(&["doctor"]);
            assert_eq!(ran.code, 3);
            assert!(
                ran.out.contains("Lịch sử hồ sơ") && !ran.out.contains("nguyên vẹn"),
                "{}",
                ran.out
            );
        }
    }
}
