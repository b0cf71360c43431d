//! The register kept: copied to the other engine, backed up while others work, restored, and what the doctor says of all that.

use super::register::{Desk, wait};
use super::run::{Ran, TREEM, child, list};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use treem_store::Store;
use treem_store::rows::Digest;

/// A book with some children in it, some with a number another has too.
fn filled(postgres: bool, rows: u32) -> Desk {
    let desk = Desk::new(postgres);
    desk.json(&["init", "--edition", "2024-06-13"]);
    fill(&desk, rows);
    desk
}

fn fill(desk: &Desk, rows: u32) -> String {
    let path = desk.path("ds.csv");
    let mut lines: Vec<String> = (1..=rows).map(child).collect();
    let twin = lines[0]
        .replacen("Văn", "Hữu", 1)
        .replacen("01/2010", "05/2011", 1);
    lines.push(twin);
    list(&path, &lines);
    let told = desk.json(&["import", path.to_str().unwrap(), "--as-of", "2024-06-13"]);
    told["import"].as_str().unwrap().to_owned()
}

fn digests(data: &str) -> Vec<Digest> {
    wait(async {
        let store = Store::open(data).await.unwrap();
        let digests = store.digests().await.unwrap();
        store.close().await;
        digests
    })
}

/// Runs a command on another register than the desk's.
fn on(data: &str, arguments: &[&str]) -> Ran {
    let output = Command::new(TREEM)
        .args(arguments)
        .env("TREEM_DATA", data)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    Ran::of(output)
}

fn healthy(data: &str) -> Value {
    let ran = on(data, &["doctor", "--json"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    serde_json::from_str(&ran.out).unwrap()
}

/// Changes a file of SQLite behind the program's back.
fn behind(data: &str, statement: &str) {
    let done = Command::new("python3")
        .args(["-c", "import sqlite3,sys; c=sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit()"])
        .args([data, statement])
        .status()
        .unwrap();
    assert!(done.success(), "{statement}");
}

fn files(folder: &Path) -> Vec<String> {
    let mut out: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    out.sort();
    out
}

#[test]
fn copied_to_the_other_engine_and_back() {
    let (file, server) = (filled(false, 30), Desk::new(true));
    let want = digests(&file.data);
    let preview = file.json(&["copy", "--to", &server.data]);
    assert_eq!(
        (&preview["done"], &preview["tables"]["child"]),
        (&false.into(), &31.into())
    );
    let ran = server.treem(&["doctor"]);
    assert_eq!(ran.code, 2, "{}", ran.out);
    let told = file.json(&["copy", "--to", &server.data, "--yes"]);
    assert_eq!(
        (&told["done"], &told["books"], &told["troubles"]),
        (
            &true.into(),
            &serde_json::json!(["45"]),
            &Value::Array(vec![])
        )
    );
    assert!(!told.to_string().contains("localhost@"), "{told}");
    assert_eq!(digests(&server.data), want);
    assert_eq!(server.export(), file.export());
    assert_eq!(healthy(&server.data)["active"], 31);
    file.refused(
        &["copy", "--to", &server.data, "--yes"],
        "nơi nhận đã có sổ",
    );
    file.refused(&["copy", "--to", &server.data], "nơi nhận đã có sổ");
    file.refused(
        &["copy", "--to", &file.data, "--yes"],
        "chính là sổ đang dùng",
    );
    // To a database nobody has made.
    let nowhere = server.data.replace("/postgres?", "/khong_co?");
    file.refused(&["copy", "--to", &nowhere, "--yes"], "createdb");
    // Back into a new file, which is private and leaves nothing beside it.
    let back = file.path("ve/so.db");
    let back_text = back.to_str().unwrap();
    let ran = server.treem(&["copy", "--to", back_text, "--yes"]);
    assert_eq!(
        (ran.code, ran.out.contains("giống nhau")),
        (0, true),
        "{}",
        ran.err
    );
    assert_eq!(files(back.parent().unwrap()), ["so.db"]);
    assert_eq!(mode(&back), 0o600);
    assert_eq!(digests(back_text), want);
    assert_eq!(healthy(back_text)["active"], 31);
    // A file that holds no register is none of ours.
    let text = file.path("thu.txt");
    std::fs::write(&text, "không phải cơ sở dữ liệu, chỉ là một tệp văn bản dài hơn một trăm byte để thử xem sao vào đây có được hay không").unwrap();
    file.refused(
        &["copy", "--to", text.to_str().unwrap(), "--yes"],
        "không mở được",
    );
}

fn mode(path: &Path) -> u32 {
    std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(path).unwrap().permissions()) & 0o777
}

/// A backup into a folder of the desk; its file.
fn backup(desk: &Desk) -> PathBuf {
    let folder = desk.path("cat");
    std::fs::create_dir_all(&folder).unwrap();
    let told = desk.json(&["backup", "--to", folder.to_str().unwrap()]);
    assert_eq!(told["troubles"], Value::Array(vec![]));
    PathBuf::from(told["file"].as_str().unwrap())
}

#[test]
fn backed_up_and_restored() {
    for postgres in [false, true] {
        let desk = filled(postgres, 30);
        let before = digests(&desk.data);
        let advice = healthy(&desk.data)["advice"].to_string();
        assert!(advice.contains("chưa được sao lưu"), "{advice}");
        let file = backup(&desk);
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        assert_eq!(
            files(file.parent().unwrap()),
            [name.clone(), format!("{name}.sha256")]
        );
        assert_eq!(
            (mode(&file), name.len()),
            (0o600, "treem-20240613-080000.db".len())
        );
        // The system's own tool agrees about the hash.
        let sum = Command::new("sha256sum")
            .args(["--check", "--strict", &format!("{name}.sha256")])
            .current_dir(file.parent().unwrap())
            .output()
            .unwrap();
        assert!(sum.status.success(), "{sum:?}");
        assert_eq!(digests(file.to_str().unwrap()), before);
        let doctor = healthy(&desk.data);
        assert!(
            doctor["last_backup"]["sha256"].as_str().unwrap().len() == 64
                && doctor["last_restore"].is_null()
        );
        assert!(
            !doctor["advice"].to_string().contains("sao lưu"),
            "{doctor}"
        );
        // Looked at, drilled, restored elsewhere.
        let file_text = file.to_str().unwrap();
        let seen = desk.json(&["restore", file_text]);
        assert_eq!(
            (
                &seen["done"],
                &seen["sha256_agrees"],
                &seen["books"][0]["active"]
            ),
            (&false.into(), &true.into(), &31.into())
        );
        desk.json(&["restore", file_text, "--drill"]);
        assert!(!healthy(&desk.data)["last_restore"].is_null());
        let other = desk.path("khac/so.db");
        let other = other.to_str().unwrap();
        let told = desk.json(&["restore", file_text, "--to", other, "--yes"]);
        assert_eq!(
            (&told["done"], &told["before"]),
            (&true.into(), &Value::Null)
        );
        assert_eq!(healthy(other)["active"], 31);
        same_but_for_the_link(&digests(other), &before, 1);
        // In the way of a register: refused, then replaced, and what was there is kept.
        let import = desk.json(&["imports"])["imports"][0]["import"]
            .as_str()
            .unwrap()
            .to_owned();
        desk.json(&["undo", &import, "--yes"]);
        let undone = digests(&desk.data);
        desk.refused(&["restore", file_text, "--yes"], "--replace");
        assert_eq!(digests(&desk.data), undone);
        let output = Command::new(TREEM)
            .args(["restore", file_text, "--replace", "--yes", "--json"])
            .env("TREEM_DATA", &desk.data)
            .current_dir(desk.path(""))
            .output()
            .unwrap();
        let ran = Ran::of(output);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
        let told: Value = serde_json::from_str(&ran.out).unwrap();
        same_but_for_the_link(&digests(&desk.data), &before, 1);
        assert_eq!(healthy(&desk.data)["active"], 31);
        let kept = desk.path("").join(told["before"]["file"].as_str().unwrap());
        assert_eq!(digests(kept.to_str().unwrap()), undone);
    }
}

/// Everything as it was, but for so many links more in the chain and its head.
fn same_but_for_the_link(now: &[Digest], before: &[Digest], links: u64) {
    for (now, before) in now.iter().zip(before) {
        match now.table.as_str() {
            "register" => assert_eq!(now.rows, before.rows),
            "audit" => assert_eq!(now.rows, before.rows + links),
            _ => assert_eq!(now, before),
        }
    }
}

#[test]
fn what_is_no_backup_is_refused() {
    let desk = filled(false, 3);
    let file = backup(&desk);
    let check = |path: &Path, words: &str| {
        let to = desk.path("moi/so.db");
        for yes in [&["--yes"][..], &[]] {
            let arguments = [
                "restore",
                path.to_str().unwrap(),
                "--to",
                to.to_str().unwrap(),
            ];
            desk.refused(&[&arguments, yes].concat(), words);
            assert!(!to.exists());
        }
        if let Some(folder) = to.parent().filter(|folder| folder.exists()) {
            assert_eq!(files(folder).len(), 0);
        }
    };
    check(&desk.path("khong-co.db"), "không có tệp");
    let bytes = std::fs::read(&file).unwrap();
    // One bit, behind the back of its hash.
    let mut spoiled = bytes.clone();
    let middle = spoiled.len() / 2;
    spoiled[middle] ^= 1;
    std::fs::write(&file, &spoiled).unwrap();
    check(&file, "không khớp với SHA-256");
    // Cut off, and without its hash.
    let cut = desk.path("cut.db");
    std::fs::write(&cut, &bytes[..5000]).unwrap();
    check(&cut, "không phải bản sao lưu");
    std::fs::write(&cut, "Họ và tên,Ngày sinh\n").unwrap();
    check(&cut, "không phải bản sao lưu");
    // Whole, without its hash: it may be used, and that is said.
    std::fs::write(&cut, &bytes).unwrap();
    let ran = desk.treem(&["restore", cut.to_str().unwrap()]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.out.contains("Không có tệp .sha256") && ran.out.contains("nguyên vẹn"),
        "{}",
        ran.out
    );
    // A second backup of one name.
    desk.refused(&["backup", "--to", file.to_str().unwrap()], "đã có tệp");
}

#[test]
fn somebody_writes_while_it_is_backed_up() {
    for postgres in [false, true] {
        let desk = filled(postgres, 400);
        let import = desk.json(&["imports"])["imports"][0]["import"]
            .as_str()
            .unwrap()
            .to_owned();
        // Turned back and forth, again and again, while three backups are made.
        let stop = std::sync::atomic::AtomicBool::new(false);
        std::thread::scope(|scope| {
            let turns = scope.spawn(|| {
                let mut turns = 0;
                while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                    desk.json(&["undo", &import, "--yes"]);
                    desk.json(&["undo", &import, "--redo", "--yes"]);
                    turns += 2;
                }
                turns
            });
            for at in 0..3 {
                let file = desk.path(&format!("ban-{at}.db"));
                let told = desk.json(&["backup", "--to", file.to_str().unwrap()]);
                assert_eq!(told["troubles"], Value::Array(vec![]));
                let held = healthy(file.to_str().unwrap());
                let active = held["active"].as_u64().unwrap();
                assert!(active == 0 || active == 401, "{active}");
                assert_eq!(
                    held["active"].as_u64().unwrap() + held["withdrawn"].as_u64().unwrap(),
                    401
                );
            }
            stop.store(true, std::sync::atomic::Ordering::Relaxed);
            assert!(turns.join().unwrap() >= 2);
        });
        assert_eq!(healthy(&desk.data)["active"], 401);
    }
}

#[test]
fn the_doctor_finds_each_trouble() {
    let desk = filled(false, 20);
    let clean = std::fs::read(&desk.data).unwrap();
    assert_eq!(healthy(&desk.data)["mode"], "600");
    let check = |statement: &str, words: &str| {
        behind(&desk.data, statement);
        let ran = desk.treem(&["doctor"]);
        assert_eq!(ran.code, 3, "{statement}: {}", ran.out);
        let flat = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            flat.contains(words) && !flat.contains("Sổ nguyên vẹn"),
            "{statement}: {flat}"
        );
        assert!(flat.contains("Hãy "), "{flat}");
        // A backup of it is made all the same, and says so.
        let _ = std::fs::remove_file(format!("{}-wal", desk.data));
        std::fs::write(&desk.data, &clean).unwrap();
    };
    check(
        "update child set birth = '2001-01-01' where id = (select min(id) from child)",
        "1 hồ sơ không khớp với lịch sử",
    );
    check(
        "update child set version = 2 where id = (select min(id) from child)",
        "thiếu hoặc thừa lần ghi",
    );
    check(
        "delete from child_sensitive where child = (select min(child) from child_sensitive)",
        "thông tin nhạy cảm",
    );
    check(
        "update child_number set number = '045215999999' where child = (select min(child) from child_number)",
        "khác với số đang có hiệu lực",
    );
    check(
        "delete from number_claim where number = (select max(number) from number_claim)",
        "chưa được ghi là của ai",
    );
    check(
        "update number_claim set child = 'ai' where number = (select max(number) from number_claim)",
        "của một hồ sơ không mang số đó",
    );
    check(
        "update number_claim set disputed = 0",
        "không được ghi là có tranh chấp",
    );
    check(
        "update child set identified = 1, number = null where id = (select max(id) from child)",
        "không có số định danh hợp lệ",
    );
    check("update import set rows = 7", "1 lần nhập có số dòng khác");
    check(
        "update import_row set child = 'ai' where nth = 3",
        "1 dòng của các lần nhập",
    );
    check(
        "update child_event set import = 'nào' where seq = 1",
        "thuộc một lần nhập không có",
    );
    check(
        "delete from child where id = (select min(id) from child)",
        "trỏ tới bảng child",
    );
    check(
        "update tally set children = children + 1 where born = (select min(born) from tally)",
        "con số tiến độ theo tháng",
    );
    check(
        "update tally_unit set children = children + 1 where grain = 0",
        "con số tiến độ",
    );
    check(
        "update tally_child set bits = 15 - bits where child = (select min(child) from tally_child)",
        "1 trẻ được cộng vào số liệu tiến độ",
    );
    check(
        "update tally_day set identified = identified + 1",
        "số liệu từng ngày",
    );
    check("update audit set why = 'khác'", "đã bị sửa");
    let ran = desk.treem(&["doctor"]);
    assert_eq!(
        (ran.code, ran.out.contains("Sổ nguyên vẹn")),
        (0, true),
        "{}",
        ran.out
    );
    // Who else may read it.
    std::fs::set_permissions(
        &desk.data,
        std::os::unix::fs::PermissionsExt::from_mode(0o644),
    )
    .unwrap();
    let advice = healthy(&desk.data)["advice"].to_string();
    assert!(advice.contains("chmod 600"), "{advice}");
    // Half a file.
    std::fs::write(&desk.data, &clean[..clean.len() / 2]).unwrap();
    let ran = desk.treem(&["doctor"]);
    assert!(
        ran.code >= 2 && !ran.out.contains("Sổ nguyên vẹn"),
        "{ran:?}"
    );
    assert!(ran.err.contains("treem restore"), "{}", ran.err);
}

#[test]
fn several_books_are_looked_at_together() {
    let desk = filled(false, 3);
    desk.json(&[
        "init",
        "--province",
        "Quảng Bình",
        "--edition",
        "2024-06-13",
    ]);
    let all = healthy(&desk.data);
    assert_eq!(
        (&all["register"], &all["links"]),
        (&"44, 45".into(), &3.into())
    );
    assert_eq!(desk.json(&["doctor", "--register", "44"])["active"], 0);
    desk.refused(&["doctor", "--register", "99"], "không có sổ mang mã “99”");
    let file = backup(&desk);
    assert_eq!(healthy(file.to_str().unwrap())["register"], "44, 45");
    // Each book remembers it.
    assert!(!desk.json(&["doctor", "--register", "44"])["last_backup"].is_null());
}
