//! Every act of a book, killed with `kill -9` at moments within it, about its end and after it.

use super::{CHILDREN, Came, Hurt, digests, rounds};
use crate::register::{Desk, wait};
use crate::run::child;
use std::path::{Path, PathBuf};
use std::time::Duration;
use treem_store::Store;
use treem_store::rows::Digest;

/// The children and everything about them, without the chain that says who did what.
fn without_chain(all: &[Digest]) -> Vec<&Digest> {
    all.iter()
        .filter(|one| !matches!(one.table.as_str(), "audit" | "register"))
        .collect()
}

/// Every act of a book, killed.
fn killed(postgres: bool) {
    let mut hurt = Hurt::new(postgres, 0x7ee7 + u64::from(postgres));
    let list = hurt.list.to_str().unwrap().to_owned();
    let import = ["import", &list, "--as-of", "2024-06-13"];
    hurt.kill("import", &import);
    hurt.desk.json(&import);
    let id = hurt.last_import();
    copied(&mut hurt, postgres);
    let (undo, redo) = (["undo", &id, "--yes"], ["undo", &id, "--redo", "--yes"]);
    hurt.kill("undo", &undo);
    hurt.desk.json(&undo);
    hurt.kill("redo", &redo);
    restored(&mut hurt, &redo);
}

/// A list of children of the book and of others: some say more than the book does, some otherwise, some may be one or another.
fn second(hurt: &Hurt) -> PathBuf {
    let path = hurt.desk.path("xa.csv");
    let lines: Vec<String> = (CHILDREN - 300..CHILDREN + 300)
        .map(|number| {
            let line = child(number);
            match number % 4 {
                0 => line.replace("Thôn A Đăng", "Thôn Vực Leng"),
                1 => line.replace("Thôn A Đăng", "Thôn A Đăng, tổ 3"),
                2 => {
                    let mut cells: Vec<&str> = line.split(',').collect();
                    cells[4..7].fill("");
                    cells.join(",")
                }
                _ => line,
            }
        })
        .collect();
    super::list(&path, &lines);
    path
}

/// A list for a book that has children; a reform, and its undoing.
fn killed_later(postgres: bool) {
    let mut hurt = Hurt::new(postgres, 0x5ee5 + u64::from(postgres));
    let list = hurt.list.to_str().unwrap().to_owned();
    hurt.desk.json(&["import", &list, "--as-of", "2024-06-13"]);
    let second = second(&hurt).to_str().unwrap().to_owned();
    let import = ["import", &second, "--as-of", "2024-06-13"];
    hurt.kill("import into a book that has children", &import);
    let told = hurt.desk.json(&import);
    for counter in ["new", "same", "changes", "perhaps"] {
        assert!(told[counter].as_u64().unwrap() > 20, "{counter}: {told}");
    }
    handed_over(&mut hurt);
    let reform = ["units", "reform", "2025-07-01", "--yes"];
    hurt.kill("reform", &reform);
    let told = hurt.desk.json(&reform);
    let id = told["reform"].as_str().unwrap();
    hurt.kill(
        "undo of a reform",
        &["units", "reform", "--undo", id, "--yes"],
    );
}

/// A list of all children of the commune, killed while it is drawn up and while it is closed over its frozen rows.
fn handed_over(hurt: &mut Hurt) {
    let draw = [
        "handover",
        "draw",
        "--unit",
        "Xã Tà Rụt",
        "--as-of",
        "2024-06-13",
        "--yes",
    ];
    hurt.kill("a list is drawn up", &draw);
    let told = hurt.desk.json(&draw);
    let list = told["lists"][0]["list"].as_str().unwrap();
    hurt.desk.json(&["handover", "submit", list]);
    let approve = ["handover", "approve", list];
    hurt.kill("a list is closed", &approve);
    assert_eq!(hurt.desk.json(&approve)["place"], "closed");
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
    let (time, _) = hurt.measured(&copy);
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
    let (time, _) = hurt.measured(&backup);
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
    let (time, _) = hurt.measured(&restore);
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
fn on_a_file() {
    killed(false);
}

#[test]
fn on_a_server() {
    killed(true);
}

#[test]
fn later_on_a_file() {
    killed_later(false);
}

#[test]
fn later_on_a_server() {
    killed_later(true);
}
