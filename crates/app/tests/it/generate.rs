//! The made-up province: the letter's figures counted by other means, the checker against its truth, the same bytes twice.

use super::run::{Ran, TREEM, all_files, check, samples, table, treem};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn generate(out: &Path, more: &[&str]) -> Ran {
    let mut arguments = vec!["generate", "--out", out.to_str().unwrap()];
    arguments.extend(more);
    treem(&arguments)
}

/// District, headcount, entered and standardised, and how many the lists hold: the letter's table, and design's difference.
const LETTER: [(&str, u64, u64, u64); 9] = [
    ("Huyện Vĩnh Linh", 26_847, 16_650, 10_197),
    ("Huyện Triệu Phong", 22_389, 22_289, 100),
    ("Huyện Gio Linh", 21_181, 12_453, 8_728),
    ("Huyện Hướng Hóa", 38_857, 17_919, 20_938),
    ("Huyện Cam Lộ", 14_821, 10_013, 4_808),
    ("Thành phố Đông Hà", 24_268, 20_131, 4_137),
    ("Huyện Hải Lăng", 18_863, 18_788, 75),
    ("Huyện Đa Krông", 13_538, 13_493, 45),
    ("Thị xã Quảng Trị", 6_524, 5_539, 985),
];

/// The counts of `samples/letter_by_sql.py`, which knows nothing of the program.
fn by_sql(province: &Path) -> serde_json::Value {
    let output = Command::new("python3")
        .arg(samples("letter_by_sql.py"))
        .arg(province)
        .output()
        .unwrap();
    let ran = Ran::of(output);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    serde_json::from_str(&ran.out).unwrap()
}

#[test]
fn the_letter_counted_by_sql() {
    let folder = tempfile::tempdir().unwrap();
    for (seed, format, register) in [
        ("1", "csv", "register.csv"),
        ("20240613", "xlsx", "register.xlsx"),
    ] {
        let out = folder.path().join(format);
        let ran = generate(&out, &["--seed", seed, "--format", format]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        assert!(out.join(register).is_file());
        let counted = by_sql(&out);
        let mut bad = 0;
        for (district, headcount, sound, missing) in LETTER {
            let count = |key: &str| counted["districts"][district][key].as_u64().unwrap();
            assert_eq!(
                (count("headcount"), count("sound")),
                (headcount, sound),
                "{district}"
            );
            // What the letter calls missing: who is on no record, and whose record is not sound.
            let unsound = count("records") - sound;
            assert_eq!(count("listed") + unsound, missing, "{district}");
            let incomplete = if district == "Huyện Vĩnh Linh" {
                1_751
            } else {
                0
            };
            assert_eq!(count("incomplete"), incomplete, "{district}");
            bad += unsound;
        }
        assert_eq!(bad, 227);
        assert_eq!(
            (
                &counted["children"],
                &counted["numbers_twice"],
                &counted["not_children"]
            ),
            (&187_288.into(), &0.into(), &0.into())
        );
        assert!(counted["special_communes"].as_u64().unwrap() >= 20);
    }
}

/// A place as the truth writes it.
type Place = (String, String, String);

fn place(row: &BTreeMap<String, String>) -> Place {
    (
        row["file"].clone(),
        row["sheet"].clone(),
        row["row"].clone(),
    )
}

#[test]
fn check_agrees_with_the_truth() {
    let folder = tempfile::tempdir().unwrap();
    let (province, out) = (folder.path().join("tinh"), folder.path().join("out"));
    assert_eq!(generate(&province, &["--seed", "5"]).code, 0);
    // The whole folder: its truth is passed over, and files are named as in the truth.
    let ran = check(&[&province], &out, &["--no-lists"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let mut found: BTreeMap<Place, BTreeSet<String>> = BTreeMap::new();
    for row in table(&out.join("findings.csv")) {
        let rule = &row["rule"];
        if !rule.starts_with("text.") {
            found.entry(place(&row)).or_default().insert(rule.clone());
        }
    }
    let mut read: BTreeSet<Place> = table(&out.join("children.csv")).iter().map(place).collect();
    let mut layouts: BTreeMap<String, (u32, u32, BTreeSet<String>)> = BTreeMap::new();
    let (mut rows, mut exact, mut shown) = (0_u32, 0_u32, BTreeSet::new());
    for row in table(&province.join("truth.csv")) {
        let at = place(&row);
        assert!(read.remove(&at), "{at:?} was not read");
        let must: BTreeSet<String> = row["rules"]
            .split('|')
            .filter(|rule| !rule.is_empty())
            .map(str::to_owned)
            .collect();
        let layout = layouts.entry(row["layout"].clone()).or_default();
        let right = u32::from(found.get(&at).cloned().unwrap_or_default() == must);
        (rows, exact) = (rows + 1, exact + right);
        (layout.0, layout.1) = (layout.0 + 1, layout.1 + right);
        layout.2.insert(at.0);
        shown.extend(must);
    }
    assert!(read.is_empty(), "no child stands at {read:?}");
    assert!(
        u64::from(exact) * 1000 >= u64::from(rows) * 995,
        "{exact} of {rows} rows have exactly their rules"
    );
    for (layout, (rows, exact, _)) in &layouts {
        assert!(exact * 100 >= rows * 98, "{layout}: {exact} of {rows}");
    }
    // Every layout, most of them in several files; every rule of the contract but those that a list alone cannot show.
    assert!(layouts.len() >= 50, "{} layouts", layouts.len());
    let several = layouts
        .values()
        .filter(|(_, _, files)| files.len() > 1)
        .count();
    assert!(
        several * 2 > layouts.len(),
        "{several} of {} layouts in several files",
        layouts.len()
    );
    for rule in treem_child::rule::RULES
        .iter()
        .map(|info| info.code)
        // A slip of typing by hand (Telex, VNI); the lists of the sample province have none.
        .filter(|code| !code.starts_with("text.") && *code != "name.keys")
    {
        assert!(shown.contains(rule), "no row shows {rule}");
    }
    // The letter's table, from the same children.
    let register = folder.path().join("so");
    assert_eq!(
        check(
            &[&province.join("register.xlsx")],
            &register,
            &["--no-lists"]
        )
        .code,
        0
    );
    let letter = samples("letter-table.csv");
    let headcounts = province.join("headcounts.csv");
    let ran = treem(&[
        "coverage",
        register.to_str().unwrap(),
        "--headcounts",
        headcounts.to_str().unwrap(),
        "--printed",
        letter.to_str().unwrap(),
        "--json",
    ]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let table: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let alone: serde_json::Value =
        serde_json::from_str(&treem(&["coverage", letter.to_str().unwrap(), "--json"]).out)
            .unwrap();
    assert_eq!(
        (&table["rows"], &table["total"], &table["slips"]),
        (&alone["rows"], &alone["total"], &alone["slips"])
    );
    let notes = table["notes"].to_string();
    assert!(
        notes.contains("137.502")
            && notes.contains("227")
            && notes.contains("49.786")
            && notes.contains("1.751"),
        "{notes}"
    );
}

/// Every file of a folder with its bytes.
fn bytes(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    all_files(folder)
        .into_iter()
        .map(|path| {
            (
                path.strip_prefix(folder).unwrap().to_owned(),
                std::fs::read(&path).unwrap(),
            )
        })
        .collect()
}

#[test]
fn one_seed_one_province() {
    let folder = tempfile::tempdir().unwrap();
    let small = |name: &str, seed: &str, format: &str| {
        let out = folder.path().join(name);
        let ran = generate(
            &out,
            &["--seed", seed, "--people", "20000", "--format", format],
        );
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        let mut bytes = bytes(&out);
        // The manifest names the folder.
        let manifest = bytes.remove(Path::new("generate.json")).unwrap();
        assert!(
            String::from_utf8(manifest)
                .unwrap()
                .contains("\"children\": 20000")
        );
        bytes
    };
    let first = small("a", "7", "xlsx");
    assert!(
        first == small("b", "7", "xlsx"),
        "two runs with one seed differ"
    );
    assert!(
        first == small("a", "7", "xlsx"),
        "a sample in place of itself differs"
    );
    assert!(first[Path::new("truth.csv")] != small("c", "8", "xlsx")[Path::new("truth.csv")]);
    let text = small("d", "7", "csv");
    let endings: BTreeSet<&str> = text
        .keys()
        .map(|path| path.extension().unwrap().to_str().unwrap())
        .collect();
    assert_eq!(
        endings,
        BTreeSet::from(["csv", "tsv", "txt"])
            .intersection(&endings)
            .copied()
            .collect()
    );
    // A sample of another format leaves nothing of the one it takes the place of.
    small("a", "7", "csv");
    assert!(!folder.path().join("a/register.xlsx").exists());
    let heads = |file: &str| {
        String::from_utf8(text[Path::new(file)].clone())
            .unwrap()
            .lines()
            .next()
            .unwrap()
            .to_owned()
    };
    assert!(heads("truth.csv").starts_with("file,sheet,row,child,rules,same_as"));
    assert!(heads("truth-children.csv").starts_with("child,name,birth,sex,ethnicity,number"));
    assert!(heads("headcounts.csv").contains("headcount,source,signed_by"));
}

#[test]
fn other_provinces_by_their_share() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("nuoc");
    assert_eq!(
        generate(&out, &["--people", "260000", "--format", "csv"]).code,
        0
    );
    let mut provinces: BTreeMap<String, u64> = BTreeMap::new();
    for row in table(&out.join("headcounts.csv")) {
        *provinces.entry(row["province"].clone()).or_default() +=
            row["headcount"].parse::<u64>().unwrap();
    }
    assert_eq!(provinces.len(), 63);
    assert_eq!(provinces["Tỉnh Quảng Trị"], 187_288);
    assert_eq!(provinces.values().sum::<u64>(), 260_000);
    let share = |name: &str| {
        provinces
            .iter()
            .find(|(province, _)| province.ends_with(name))
            .map(|(_, count)| *count)
            .unwrap()
    };
    assert!(share("Hồ Chí Minh") > share("Nghệ An") && share("Nghệ An") > share("Bắc Kạn"));
}

#[test]
fn refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let theirs = folder.path().join("khac");
    std::fs::create_dir(&theirs).unwrap();
    std::fs::write(theirs.join("thu.txt"), "của tôi").unwrap();
    let out = folder.path().join("mau");
    let check = |ran: Ran, code: i32, words: &str| {
        assert_eq!((ran.code, ran.out.as_str()), (code, ""), "{}", ran.err);
        assert!(
            ran.sentences().len() == 1 && ran.err.contains(words),
            "{}",
            ran.err
        );
    };
    check(generate(&theirs, &[]), 2, "đã có tệp khác");
    assert_eq!(std::fs::read_dir(&theirs).unwrap().count(), 1);
    check(generate(&out, &["--people", "10"]), 2, "ít nhất 5000 trẻ");
    check(
        generate(&out, &["--people", "90000000"]),
        2,
        "nhiều nhất là 30000000 trẻ",
    );
    check(
        generate(&out, &["--people", "9000000", "--format", "xlsx"]),
        2,
        "--format csv",
    );
    check(generate(&out, &["--as-of", "13/6/2024"]), 2, "2024-06-13");
    check(
        generate(&out, &["--as-of", "1990-01-01"]),
        2,
        "đến 2024-12-31",
    );
    check(generate(Path::new("/proc/mau"), &[]), 3, "không tạo được");
    assert!(!out.exists());
    // Coverage of a folder that is none of a check, of headcounts that are none.
    let coverage = |folder: &Path, heads: &Path| {
        treem(&[
            "coverage",
            folder.to_str().unwrap(),
            "--headcounts",
            heads.to_str().unwrap(),
        ])
    };
    check(
        coverage(&theirs, &theirs.join("thu.txt")),
        2,
        "thư mục kết quả của treem check",
    );
    check(
        treem(&["coverage", theirs.to_str().unwrap()]),
        2,
        "--headcounts",
    );
    let (list, checked) = (folder.path().join("ds.csv"), folder.path().join("kq"));
    super::run::list(&list, &[super::run::child(3)]);
    assert_eq!(super::run::check(&[&list], &checked, &[]).code, 0);
    check(coverage(&checked, &theirs.join("thu.txt")), 2, "headcount");
    let heads = folder.path().join("so-tre.csv");
    std::fs::write(&heads, "unit,headcount\n99999,10\n").unwrap();
    check(
        coverage(&checked, &heads),
        2,
        "“99999” không có trong danh mục",
    );
    std::fs::write(&heads, "unit,headcount\n19588,mười\n").unwrap();
    check(coverage(&checked, &heads), 2, "“mười” không phải số");
}

#[test]
fn a_stopped_run_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("mau");
    let child = Command::new(TREEM)
        .args([
            "generate", "--people", "3000000", "--format", "csv", "--out",
        ])
        .arg(&out)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    while !out.join("generate.part/truth.csv").exists() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let asked = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(asked.success());
    let ran = Ran::of(child.wait_with_output().unwrap());
    assert_eq!((ran.code, ran.out.as_str()), (3, ""));
    assert!(
        ran.err.contains("không để lại kết quả dở dang"),
        "{}",
        ran.err
    );
    assert!(all_files(&out).is_empty(), "{:?}", all_files(&out));
}

#[test]
fn nothing_of_anybody_is_taken_away() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("mau");
    let small = ["--people", "6000"];
    let list = |out: &Path| {
        all_files(&out.join("lists"))
            .into_iter()
            .find(|path| path.extension().is_some_and(|ending| ending == "xlsx"))
            .unwrap()
    };
    let refused = |ran: Ran, words: &str| {
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{}", ran.err);
        assert!(ran.err.contains(words), "{}", ran.err);
    };
    // Somebody has put a file beside the lists, or worked in one.
    assert_eq!(generate(&out, &small).code, 0);
    std::fs::write(out.join("lists/ghi-chu.txt"), "của tôi").unwrap();
    refused(generate(&out, &small), "ghi-chu.txt");
    assert!(out.join("lists/ghi-chu.txt").exists());
    std::fs::remove_file(out.join("lists/ghi-chu.txt")).unwrap();
    assert_eq!(generate(&out, &small).code, 0, "untouched again");
    let worked_in = list(&out);
    std::thread::sleep(std::time::Duration::from_millis(20));
    std::fs::write(&worked_in, "sửa").unwrap();
    refused(generate(&out, &small), "mẫu đã tạo trước đó");
    assert_eq!(std::fs::read_to_string(&worked_in).unwrap(), "sửa");
    // A manifest of something else makes no sample.
    let other = folder.path().join("khac");
    std::fs::create_dir_all(other.join("lists")).unwrap();
    std::fs::write(other.join("generate.json"), "{}").unwrap();
    std::fs::write(other.join("lists/that.csv"), "quý").unwrap();
    refused(generate(&other, &small), "đã có tệp khác");
    assert!(other.join("lists/that.csv").exists());
}

#[test]
fn two_at_once_are_kept_apart() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("mau");
    let start = |seed: &str| {
        Command::new(TREEM)
            .args(["generate", "--people", "60000", "--seed", seed, "--out"])
            .arg(&out)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let runs: Vec<Ran> = [start("1"), start("2"), start("3")]
        .map(|child| Ran::of(child.wait_with_output().unwrap()))
        .into();
    let done = runs.iter().filter(|ran| ran.code == 0).count();
    assert!(done >= 1, "{runs:?}");
    for ran in runs.iter().filter(|ran| ran.code != 0) {
        assert_eq!((ran.code, ran.sentences().len()), (2, 1), "{}", ran.err);
    }
    for name in [
        "register.xlsx",
        "headcounts.csv",
        "truth.csv",
        "truth-children.csv",
        "generate.json",
    ] {
        assert!(out.join(name).is_file(), "{name} is missing");
    }
    let lists = all_files(&out.join("lists")).len();
    assert!(
        lists >= 100 && !out.join("generate.part").exists(),
        "{lists} lists"
    );
}
