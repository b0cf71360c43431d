//! Runs the program and reads what it wrote.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The program under test.
pub const TREEM: &str = env!("CARGO_BIN_EXE_treem");
/// The day all tests stand on.
pub const AS_OF: &str = "2024-06-13";

/// What a run gave.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    pub fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
    /// The sentences on standard error, without the program's name.
    pub fn sentences(&self) -> Vec<&str> {
        self.err
            .lines()
            .map(|line| line.strip_prefix("treem: ").unwrap_or(line))
            .collect()
    }
}

/// Runs the program with nothing on standard input.
pub fn treem<A: AsRef<std::ffi::OsStr>>(arguments: &[A]) -> Ran {
    let output = Command::new(TREEM)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    Ran::of(output)
}

/// `treem check` of some inputs into a folder.
pub fn check(inputs: &[&Path], out: &Path, more: &[&str]) -> Ran {
    let mut arguments: Vec<&str> = vec!["check"];
    arguments.extend(inputs.iter().map(|path| path.to_str().unwrap()));
    arguments.extend(["--as-of", AS_OF, "--out", out.to_str().unwrap()]);
    arguments.extend(more);
    treem(&arguments)
}

/// A folder of the samples.
pub fn samples(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../samples")
        .join(name)
        .canonicalize()
        .unwrap()
}

/// A row of a csv file by its heads.
pub type Record = BTreeMap<String, String>;

/// The records of a csv text, quotes and line breaks inside them understood.
pub fn csv(text: &str) -> Vec<Vec<String>> {
    let (mut out, mut record, mut field) = (Vec::new(), Vec::new(), String::new());
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => field.push(chars.next().unwrap()),
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(std::mem::take(&mut field)),
            '\r' if !quoted && chars.peek() == Some(&'\n') => {}
            '\n' if !quoted => {
                record.push(std::mem::take(&mut field));
                out.push(std::mem::take(&mut record));
            }
            c => field.push(c),
        }
    }
    if !field.is_empty() || !record.is_empty() {
        record.push(field);
        out.push(record);
    }
    assert!(!quoted, "an open quote");
    out
}

/// A csv file with its heads.
pub fn table(path: &Path) -> Vec<Record> {
    let mut records = csv(&std::fs::read_to_string(path).unwrap()).into_iter();
    let heads = records.next().unwrap();
    records
        .map(|record| {
            assert_eq!(record.len(), heads.len(), "{record:?}");
            heads.iter().cloned().zip(record).collect()
        })
        .collect()
}

pub fn children(out: &Path) -> Vec<Record> {
    table(&out.join("children.csv"))
}

pub fn findings(out: &Path) -> Vec<Record> {
    table(&out.join("findings.csv"))
}

/// `file`, `sheet` and `row` of a record.
pub fn place(record: &Record) -> (String, String, u64) {
    (
        record["file"].clone(),
        record["sheet"].clone(),
        record["row"].parse().unwrap(),
    )
}

pub fn summary(out: &Path) -> serde_json::Value {
    serde_json::from_str(&std::fs::read_to_string(out.join("summary.json")).unwrap()).unwrap()
}

/// Every file below a folder, in order.
pub fn all_files(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                out.push(path);
            }
        }
    }
    out.sort();
    out
}

/// No unfinished and no temporary file is left in a folder of results.
pub fn assert_tidy(out: &Path) {
    for path in all_files(out) {
        let name = path.file_name().unwrap().to_str().unwrap();
        let known = [
            "children.csv",
            "findings.csv",
            "summary.json",
            "mapping.toml",
            ".treem",
        ];
        let is_list = path.parent().unwrap().ends_with("lists")
            && !name.starts_with('.')
            && Path::new(name)
                .extension()
                .is_some_and(|ending| ending == "xlsx");
        assert!(known.contains(&name) || is_list, "{name} is left behind");
    }
}

/// The heads of the lists made here.
pub const HEADS: &str =
    "Họ và tên,Ngày sinh,Giới tính,Dân tộc,Số định danh cá nhân,Họ tên cha,Họ tên mẹ,Thôn,Xã,Huyện";

/// A clean child of Tà Rụt, another one for each number.
pub fn child(number: u32) -> String {
    let names = [
        "An", "Bình", "Chi", "Dũng", "Giang", "Hương", "Khánh", "Linh", "Phúc", "Tâm",
    ];
    let middles = ["Ngọc", "Minh", "Gia", "Bảo", "Hoài", "Khánh", "Thanh"];
    let families = [
        "Hồ", "Nguyễn", "Trần", "Lê", "Võ", "Hoàng", "Đinh", "Phạm", "Lý", "Bùi", "Đỗ",
    ];
    let pick = |list: &[&'static str], by: u32| list[by as usize % list.len()];
    let (day, month, year) = (
        number % 28 + 1,
        number / 28 % 12 + 1,
        2010 + number / 336 % 13,
    );
    let girl = number % 2;
    format!(
        "{} {} {},{day:02}/{month:02}/{year},{},Kinh,0452{:02}{number:06},{} Văn {},{} Thị {},Thôn A Đăng,Xã Tà Rụt,Huyện Đakrông",
        pick(&families, number / 770),
        pick(&middles, number / 110),
        pick(&names, number / 11),
        ["Nam", "Nữ"][girl as usize],
        year - 2000,
        pick(&families, number / 770),
        pick(&names, number),
        pick(&families, number + 3),
        pick(&names, number / 7 + 1),
    )
    .replacen(",0452", &format!(",045{}", 2 + girl), 1)
}

/// A csv file of a heading and some lines.
pub fn list(path: &Path, lines: &[String]) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, format!("{HEADS}\n{}\n", lines.join("\n"))).unwrap();
}
