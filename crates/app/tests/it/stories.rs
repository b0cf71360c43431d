//! The browser stories of `e2e/`, one test each: the real program, a real Chromium, from sign-in to what the person came for.
//!
//! In: `e2e/stories/*.mjs`. Out: a test passes where its story does. `make test` has installed Chromium, Node.js and the packages.

use std::path::{Path, PathBuf};
use std::process::Command;

fn e2e() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../e2e")
}

fn tell(story: &str) {
    let run = Command::new("node")
        .arg("run.mjs")
        .args([
            "--treem",
            env!("CARGO_BIN_EXE_treem"),
            "--only",
            &format!("{story}.mjs"),
        ])
        .current_dir(e2e())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stdout);
    print!("{said}");
    assert!(
        run.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&run.stderr)
    );
}

macro_rules! stories {
    ($($story:ident),* $(,)?) => {
        const STORIES: &[&str] = &[$(stringify!($story)),*];
        $(#[test] fn $story() { tell(stringify!($story)); })*
    };
}

stories! {
    account,
    admin,
    child,
    duplicates,
    entry,
    find,
    handover,
    handover_circle,
    handover_paper,
    handover_police,
    import,
    letter,
    list,
    many,
    missing,
    province,
    queues,
    report,
    report_why,
    sign_in,
}

#[test]
fn no_story_is_forgotten() {
    let mut there: Vec<String> = std::fs::read_dir(e2e().join("stories"))
        .unwrap()
        .map(|entry| {
            entry
                .unwrap()
                .file_name()
                .to_string_lossy()
                .replace(".mjs", "")
        })
        .collect();
    there.sort();
    let mut told: Vec<&str> = STORIES.to_vec();
    told.sort_unstable();
    assert_eq!(there, told);
}
