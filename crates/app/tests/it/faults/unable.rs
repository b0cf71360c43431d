//! The server fallen, the disk full, nothing to be written.

use super::{CHILDREN, Hurt, digests, rounds, start};
use crate::run::{Ran, TREEM};
use std::path::Path;
use std::process::{Command, Stdio};

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
    let (time, _) = hurt.measured(&import);
    let before = digests(&hurt.desk.data);
    let mut said = 0;
    for round in 0..rounds().div_ceil(2) {
        let running = start(&hurt.desk, &import);
        std::thread::sleep(hurt.dice.up_to(time * 5 / 4));
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
