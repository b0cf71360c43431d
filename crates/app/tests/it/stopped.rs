//! Runs that cannot end: no space, no right to write, Ctrl-C, two at once. One sentence, exit code 3, nothing half-written.

use super::run::{
    AS_OF, Ran, TREEM, all_files, assert_tidy, check, child, children, findings, list, table,
};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A list with something wrong in every tenth row and some children twice.
fn long_list(path: &Path, rows: u32) {
    let lines: Vec<String> = (0..rows)
        .map(|number| match number % 50 {
            7 => child(number).replacen("Kinh", "", 1),
            9 => child(number - 1),
            _ => child(number),
        })
        .collect();
    list(path, &lines);
}

#[test]
fn no_space_left() {
    let folder = tempfile::tempdir().unwrap();
    let (file, out) = (folder.path().join("ds.csv"), folder.path().join("out"));
    long_list(&file, 6_000);
    assert_eq!(check(&[&file], &out, &[]).code, 0);
    let (whole, found) = (children(&out), findings(&out));
    let mut codes = Vec::new();
    // So many KiB may each file have: it ends in the children, in the findings, in the lists, nowhere.
    for most in [1, 40, 100, 200, 800, 4000] {
        std::fs::remove_dir_all(&out).unwrap();
        let output = Command::new("bash")
            .args([
                "-c",
                &format!("trap '' XFSZ; ulimit -f {most}; exec \"$@\""),
                "bash",
                TREEM,
                "check",
            ])
            .arg(&file)
            .args(["--as-of", AS_OF, "--out"])
            .arg(&out)
            .output()
            .unwrap();
        let ran = Ran::of(output);
        codes.push(ran.code);
        assert_tidy(&out);
        if ran.code == 0 {
            assert_eq!(children(&out), whole);
            continue;
        }
        assert_eq!(
            (ran.code, ran.out.as_str(), ran.err.lines().count()),
            (3, "", 1),
            "{most}: {}",
            ran.err
        );
        let said = ran.err.to_lowercase();
        assert!(
            said.contains("ổ đĩa đã đầy") && !said.contains("os error"),
            "{most}: {}",
            ran.err
        );
        // What has its name is whole.
        if out.join("children.csv").exists() {
            assert_eq!(
                (children(&out), findings(&out)),
                (whole.clone(), found.clone()),
                "{most}"
            );
        }
    }
    assert_eq!(
        (codes.first(), codes.last()),
        (Some(&3), Some(&0)),
        "{codes:?}"
    );
}

#[test]
fn a_failed_run_leaves_the_earlier_results() {
    let folder = tempfile::tempdir().unwrap();
    let (file, out) = (folder.path().join("ds.csv"), folder.path().join("out"));
    list(&file, &[child(1)]);
    assert_eq!(check(&[&file], &out, &[]).code, 0);
    let before: Vec<_> = all_files(&out)
        .into_iter()
        .map(|path| (std::fs::read(&path).unwrap(), path))
        .collect();
    long_list(&file, 6_000);
    let output = Command::new("bash")
        .args([
            "-c",
            "trap '' XFSZ; ulimit -f 40; exec \"$@\"",
            "bash",
            TREEM,
            "check",
        ])
        .arg(&file)
        .args(["--as-of", AS_OF, "--out"])
        .arg(&out)
        .output()
        .unwrap();
    assert_eq!(Ran::of(output).code, 3);
    let after: Vec<_> = all_files(&out)
        .into_iter()
        .map(|path| (std::fs::read(&path).unwrap(), path))
        .collect();
    assert!(before == after);
}

/// As somebody who may not write there; the super-user may write everywhere, so it becomes nobody.
#[cfg(unix)]
#[test]
fn a_folder_one_may_not_write_to() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;
    let folder = tempfile::tempdir().unwrap();
    let allow = |path: &Path, mode: u32| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    let (file, out, program) = (
        folder.path().join("ds.csv"),
        folder.path().join("out"),
        folder.path().join("treem"),
    );
    list(&file, &[child(1)]);
    std::fs::create_dir(&out).unwrap();
    std::fs::copy(TREEM, &program).unwrap();
    allow(folder.path(), 0o755);
    allow(&file, 0o644);
    allow(&program, 0o755);
    allow(&out, 0o555);
    let is_root = Command::new("id").arg("-u").output().unwrap().stdout == b"0\n";
    for out in [out.clone(), out.join("mới")] {
        let mut command = Command::new(&program);
        command
            .arg("check")
            .arg(&file)
            .args(["--as-of", AS_OF, "--out"])
            .arg(&out);
        if is_root {
            command.uid(65_534).gid(65_534);
        }
        let ran = Ran::of(command.output().unwrap());
        assert_eq!((ran.code, ran.err.lines().count()), (3, 1), "{}", ran.err);
        assert!(ran.err.contains("không có quyền ghi"), "{}", ran.err);
    }
    allow(&out, 0o755);
    assert_eq!(all_files(&out).len(), 0);
}

#[test]
fn ctrl_c() {
    let folder = tempfile::tempdir().unwrap();
    let (file, out) = (folder.path().join("ds.csv"), folder.path().join("out"));
    long_list(&file, 150_000);
    let running = Command::new(TREEM)
        .arg("check")
        .arg(&file)
        .args(["--as-of", AS_OF, "--out"])
        .arg(&out)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let started = Instant::now();
    while !out.join("children.csv.part").exists() {
        assert!(started.elapsed() < Duration::from_secs(20));
        std::thread::sleep(Duration::from_millis(2));
    }
    let asked = Command::new("bash")
        .args(["-c", &format!("kill -INT {}", running.id())])
        .status()
        .unwrap();
    assert!(asked.success());
    let ran = Ran::of(running.wait_with_output().unwrap());
    assert_eq!((ran.code, ran.out.as_str()), (3, ""), "{}", ran.err);
    assert!(ran.err.contains("đã dừng theo yêu cầu"), "{}", ran.err);
    assert_eq!(all_files(&out).len(), 0, "{:?}", all_files(&out));
}

#[test]
fn two_runs_in_one_folder() {
    let folder = tempfile::tempdir().unwrap();
    let (file, out) = (folder.path().join("ds.csv"), folder.path().join("out"));
    list(&file, &[child(1)]);
    std::fs::create_dir(&out).unwrap();
    let part = out.join("children.csv.part");
    std::fs::write(&part, "half").unwrap();
    let held = std::fs::File::options().write(true).open(&part).unwrap();
    held.lock().unwrap();
    let ran = check(&[&file], &out, &[]);
    assert_eq!(
        (ran.code, ran.err.contains("một lần chạy khác")),
        (3, true),
        "{}",
        ran.err
    );
    assert_eq!(
        std::fs::read_to_string(&part).unwrap(),
        "half",
        "the other run's file"
    );
    drop(held);
    // What a run that was killed left behind is in nobody's way.
    assert_eq!(check(&[&file], &out, &[]).code, 0);
    assert_tidy(&out);
    assert_eq!(table(&out.join("children.csv")).len(), 1);
}
