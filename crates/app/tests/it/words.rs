//! What a person reads: help, refusals, the table; Vietnamese, and no wider than a screen.

use super::run::{check, samples, treem};

#[test]
fn help_and_refusals() {
    for (arguments, code) in [
        ("", 2),
        ("--help", 0),
        ("check --help", 0),
        ("coverage --help", 0),
        ("normalise --help", 0),
        ("rules --help", 0),
        ("rules list --help", 0),
        ("rules test --help", 0),
        ("units --help", 0),
        ("init --help", 0),
        ("import --help", 0),
        ("imports --help", 0),
        ("undo --help", 0),
        ("child --help", 0),
        ("child show --help", 0),
        ("child history --help", 0),
        ("entry --help", 0),
        ("entry drafts --help", 0),
        ("entry", 2),
        ("find --help", 0),
        ("headcount --help", 0),
        ("headcount load --help", 0),
        ("headcount show --help", 0),
        ("doctor --help", 0),
        ("movements --help", 0),
        ("duplicates --help", 0),
        ("apart --help", 0),
        ("pairs --help", 0),
        ("pairs x", 2),
        ("apart a", 2),
        ("disputes --help", 0),
        ("people --help", 0),
        ("people", 2),
        ("people add --help", 0),
        ("people add a", 2),
        ("people list --help", 0),
        ("people grant --help", 0),
        ("people revoke --help", 0),
        ("people lock --help", 0),
        ("people unlock --help", 0),
        ("people link --help", 0),
        ("people token --help", 0),
        ("people token add --help", 0),
        ("people token list --help", 0),
        ("people token end --help", 0),
        ("today --help", 0),
        ("fix --help", 0),
        ("fix list --help", 0),
        ("fix approve --help", 0),
        ("fix key --help", 0),
        ("fix check --help", 0),
        ("child move --help", 0),
        ("child move", 2),
        ("moves --help", 0),
        ("handover --help", 0),
        ("handover", 2),
        ("handover draw --help", 0),
        ("handover show --help", 0),
        ("handover list --help", 0),
        ("handover review --help", 0),
        ("handover rows --help", 0),
        ("handover submit --help", 0),
        ("handover send-back --help", 0),
        ("handover approve --help", 0),
        ("handover send --help", 0),
        ("handover receive --help", 0),
        ("handover answered --help", 0),
        ("handover sign --help", 0),
        ("handover return --help", 0),
        ("handover withdraw --help", 0),
        ("handover split --help", 0),
        ("handover reopen --help", 0),
        ("handover sheets --help", 0),
        ("handover sheet --help", 0),
        ("handover seal --help", 0),
        ("handover days --help", 0),
        ("handover show", 2),
        ("handover split 1", 2),
        ("merge --help", 0),
        ("merge a", 2),
        ("unmerge --help", 0),
        ("unmerge", 2),
        ("units find --help", 0),
        ("units show --help", 0),
        ("units map --help", 0),
        ("--version", 0),
        ("rules", 2),
        ("units", 2),
        ("import", 2),
        ("undo", 2),
        ("child", 2),
        ("find", 2),
        ("headcount", 2),
        ("units find", 2),
        ("check", 2),
        ("chek", 2),
        ("check a --foo", 2),
        ("check a --out", 2),
    ] {
        let ran = treem(&arguments.split_whitespace().collect::<Vec<_>>());
        assert_eq!(ran.code, code, "{arguments}");
        let text = format!("{}{}", ran.out, ran.err);
        assert_eq!(code == 0, ran.err.is_empty(), "{arguments}");
        for word in [
            "Usage", "Options", "Print", "error:", "tip:", "required", "For more",
        ] {
            assert!(!text.contains(word), "{arguments}: {text}");
        }
        assert!(
            text.lines().all(|line| line.chars().count() <= 102),
            "{arguments}: {text}"
        );
    }
}

#[test]
fn the_table_fits_a_screen() {
    let out = tempfile::tempdir().unwrap();
    let ran = check(&[&samples("lists"), &samples("broken")], out.path(), &[]);
    for line in ran.out.lines() {
        assert!(
            line.chars().count() <= 100 || line.contains(out.path().to_str().unwrap()),
            "{line}"
        );
    }
    for words in [
        "Đã đọc 40 tệp, 860 trẻ.",
        "1 Chưa có mã định danh",
        "5 Nghi trùng",
        "Đã chuẩn hóa",
        "12 tệp không dùng được",
        "children.csv",
        "lists",
    ] {
        assert!(ran.out.contains(words), "{words}: {}", ran.out);
    }
    let listed = treem(&["rules", "list"]);
    assert!(
        listed.out.lines().all(|line| line.chars().count() <= 100),
        "{}",
        listed.out
    );
    let coverage = treem(&["coverage", samples("letter-table.csv").to_str().unwrap()]);
    assert!(
        coverage.out.lines().all(|line| line.chars().count() <= 100),
        "{}",
        coverage.out
    );
}
