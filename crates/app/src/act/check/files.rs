//! Which files a run is about: those given, and all lists in the folders given, in order of their names.
//!
//! In: paths. Out: [`Found`], and those that cannot be used with the reason. Limits: depth and number; what they leave out is said.

use super::summary::FileSummary;
use crate::limits;
use rustc_hash::{FxHashMap, FxHashSet};
use std::path::{Path, PathBuf};

/// A file to be read.
pub struct Found {
    /// Where it lies.
    pub path: PathBuf,
    /// Its name in the results: as given, or relative to a given folder.
    pub name: String,
    /// Its size; 0 where the system does not say.
    pub bytes: u64,
}

/// What a run is about.
#[derive(Default)]
pub struct Collected {
    /// The files to be read, in order.
    pub found: Vec<Found>,
    /// What cannot be read, with why.
    pub refused: Vec<FileSummary>,
    /// What a person should know.
    pub remarks: Vec<String>,
}

/// Endings of lists; other files of a folder are passed over and said.
const ENDINGS: [&str; 10] = [
    "xlsx", "xlsm", "xlsb", "xls", "ods", "docx", "csv", "tsv", "txt", "xltx",
];
/// Endings that never hold a list and are not worth a word.
const SILENT: [&str; 6] = ["md", "json", "toml", "part", "lnk", "ini"];
/// What stands beside the lists of a sample (`treem generate`) and is none, and what says that a folder is one.
const SAMPLE: [&str; 3] = ["truth.csv", "truth-children.csv", "headcounts.csv"];
const SAMPLE_MANIFEST: &str = "generate.json";
/// What lies in every folder of results.
const RESULTS: [&str; 3] = ["children.csv", "findings.csv", "summary.json"];

/// Collects the files. Results of an earlier run, below `out` or anywhere else in a folder, are not taken for lists.
pub fn collect(inputs: &[PathBuf], out: &Path) -> Collected {
    collect_some(inputs, out, limits::FILES)
}

fn collect_some(inputs: &[PathBuf], out: &Path, most: usize) -> Collected {
    let mut walk = Walk {
        out: out.canonicalize().ok(),
        most,
        over: false,
        seen: FxHashSet::default(),
        all: Collected::default(),
        names: Vec::new(),
    };
    for input in inputs {
        walk.input(input);
    }
    walk.names_apart();
    walk.all
}

struct Walk {
    out: Option<PathBuf>,
    most: usize,
    over: bool,
    seen: FxHashSet<PathBuf>,
    all: Collected,
    /// For each file found the path as given, folder and all.
    names: Vec<String>,
}

impl Walk {
    fn input(&mut self, input: &Path) {
        if input.is_dir() {
            if self.is_out(input) {
                self.refuse(input, "Đây là thư mục kết quả (--out): chọn thư mục kết quả khác với thư mục chứa danh sách.");
                return;
            }
            let before = (self.all.found.len(), self.all.remarks.len());
            self.folder(input, input, 0);
            if before == (self.all.found.len(), self.all.remarks.len()) && !self.is_full() {
                self.refuse(input, "Thư mục không có danh sách nào (xlsx, xls, xlsb, ods, docx, csv, tsv, txt). Chép các tệp danh sách vào rồi chạy lại.");
            }
        } else if input.exists() {
            self.file(input.to_owned(), input.display().to_string(), input);
        } else {
            self.refuse(
                input,
                "Không có tệp hoặc thư mục này. Kiểm tra lại đường dẫn.",
            );
        }
    }

    fn is_full(&self) -> bool {
        self.all.found.len() >= self.most
    }

    fn is_out(&self, folder: &Path) -> bool {
        self.out.is_some() && folder.canonicalize().ok() == self.out
    }

    fn refuse(&mut self, path: &Path, why: &str) {
        self.all.refused.push(FileSummary {
            file: path.display().to_string(),
            error: Some(why.to_owned()),
            ..FileSummary::default()
        });
    }

    /// Takes a file, once: the same file given twice would make every child its own double.
    fn file(&mut self, path: PathBuf, name: String, given: &Path) {
        let real = path.canonicalize().unwrap_or_else(|_| path.clone());
        if !self.seen.insert(real) {
            self.all.remarks.push(format!(
                "{}: tệp được đưa vào hai lần, chỉ đọc một lần.",
                given.display()
            ));
            return;
        }
        if self.is_full() {
            if !std::mem::replace(&mut self.over, true) {
                let why = format!(
                    "Quá nhiều tệp: chỉ đọc {} tệp đầu, bỏ từ tệp này trở đi; chia ra nhiều thư mục rồi chạy từng thư mục.",
                    self.most
                );
                self.refuse(Path::new(&name), &why);
            }
            return;
        }
        let bytes = path.metadata().map_or(0, |meta| meta.len());
        self.names.push(given.display().to_string());
        self.all.found.push(Found { path, name, bytes });
    }

    fn folder(&mut self, root: &Path, folder: &Path, depth: usize) {
        if self.is_out(folder) {
            return;
        }
        if depth > limits::FOLDER_DEPTH {
            let why = format!(
                "Thư mục nằm sâu quá {} cấp nên không được đọc; chuyển lên cấp trên rồi chạy lại.",
                limits::FOLDER_DEPTH
            );
            self.refuse(folder, &why);
            return;
        }
        if depth > 0 && RESULTS.iter().all(|name| folder.join(name).is_file()) {
            self.all.remarks.push(format!(
                "{}: thư mục kết quả của một lần chạy trước, không đọc.",
                folder.display()
            ));
            return;
        }
        let Ok(entries) = std::fs::read_dir(folder) else {
            self.refuse(folder, "Không mở được thư mục. Kiểm tra quyền đọc.");
            return;
        };
        let mut paths: Vec<PathBuf> = entries
            .filter_map(Result::ok)
            .map(|entry| entry.path())
            .collect();
        paths.sort();
        let is_sample = folder.join(SAMPLE_MANIFEST).is_file();
        for path in paths {
            let name = path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default();
            // "~$" marks the lock file of an open document.
            if name.starts_with('.') || name.starts_with("~$") {
                continue;
            }
            if is_sample && SAMPLE.contains(&name.as_str()) {
                continue;
            }
            if path.is_dir() {
                if !path.is_symlink() {
                    self.folder(root, &path, depth + 1);
                }
                continue;
            }
            let ending = path
                .extension()
                .map(|ending| ending.to_string_lossy().to_lowercase())
                .unwrap_or_default();
            let shown = path
                .strip_prefix(root)
                .unwrap_or(&path)
                .display()
                .to_string();
            if ENDINGS.contains(&ending.as_str()) {
                let given = path.clone();
                self.file(path, shown, &given);
            } else if !SILENT.contains(&ending.as_str()) {
                self.refuse(Path::new(&shown), &not_a_list(&ending));
            }
        }
    }

    /// Two files of one name, from two folders: each gets its folder before it, or nobody could tell their rows apart.
    fn names_apart(&mut self) {
        let mut times: FxHashMap<String, usize> = FxHashMap::default();
        for file in &self.all.found {
            *times.entry(file.name.clone()).or_default() += 1;
        }
        for (file, given) in self.all.found.iter_mut().zip(&self.names) {
            if times.get(&file.name).is_some_and(|times| *times > 1) {
                file.name.clone_from(given);
            }
        }
    }
}

fn not_a_list(ending: &str) -> String {
    match ending {
        "doc" | "rtf" => {
            "Tệp Word kiểu cũ: mở bằng Word hoặc LibreOffice, lưu lại dạng .docx rồi chạy lại."
                .to_owned()
        }
        "pdf" => {
            "Tệp PDF không đọc được thành bảng: xin tệp Excel hoặc Word gốc của nơi lập.".to_owned()
        }
        "png" | "jpg" | "jpeg" | "gif" | "bmp" | "tif" | "tiff" | "heic" | "webp" => {
            "Ảnh chụp không đọc được thành bảng: nhập tay ở trang Nhập mới trẻ em phát sinh (đặt ảnh cạnh ô gõ), nhập lại vào Excel, hoặc xin tệp gốc.".to_owned()
        }
        "zip" | "rar" | "7z" => {
            "Tệp nén: giải nén rồi chạy lại với thư mục đã giải nén.".to_owned()
        }
        _ => "Không phải danh sách (xlsx, xls, xlsb, ods, docx, csv, tsv, txt); đã bỏ qua."
            .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(collected: &Collected) -> Vec<&str> {
        collected
            .found
            .iter()
            .map(|file| file.name.as_str())
            .collect()
    }

    fn folder_of(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        }
        folder
    }

    #[test]
    fn every_file_once_and_apart() {
        let folder = folder_of(&[
            "xã A/một.csv",
            "xã B/một.csv",
            "xã B/hai.csv",
            "cũ/children.csv",
            "cũ/findings.csv",
            "cũ/summary.json",
            "~$khóa.xlsx",
        ]);
        let at = |name: &str| folder.path().join(name);
        let out = at("ra");
        let one = collect(&[folder.path().to_owned(), at("xã A/một.csv")], &out);
        assert_eq!(
            names(&one),
            ["xã A/một.csv", "xã B/hai.csv", "xã B/một.csv"]
        );
        assert_eq!(one.remarks.len(), 2, "{:?}", one.remarks);
        let two = collect(&[at("xã A"), at("xã B")], &out);
        let (a, b) = (at("xã A/một.csv"), at("xã B/một.csv"));
        assert_eq!(
            names(&two),
            [
                &a.display().to_string(),
                "hai.csv",
                &b.display().to_string()
            ]
        );
    }

    #[test]
    fn what_limits_leave_out_is_said() {
        let deep = format!("{}cuối.csv", "sâu/".repeat(limits::FOLDER_DEPTH + 1));
        let folder = folder_of(&["a.csv", "b.csv", "c.csv", &deep]);
        let told = |most| {
            let all = collect_some(&[folder.path().to_owned()], Path::new("/không có"), most);
            let whys: Vec<String> = all
                .refused
                .iter()
                .filter_map(|one| one.error.clone())
                .collect();
            (all.found.len(), whys)
        };
        let (found, whys) = told(10);
        assert_eq!((found, whys.len()), (3, 1), "{whys:?}");
        assert!(whys[0].contains("sâu quá 16 cấp"), "{whys:?}");
        let (found, whys) = told(2);
        assert_eq!((found, whys.len()), (2, 2), "{whys:?}");
        assert!(whys[0].starts_with("Quá nhiều tệp: chỉ đọc 2"), "{whys:?}");
    }

    #[test]
    fn the_folder_of_results_is_no_input() {
        let folder = folder_of(&["a.csv"]);
        let all = collect(&[folder.path().to_owned()], folder.path());
        assert!(all.found.is_empty() && all.refused[0].error.as_deref().unwrap().contains("--out"));
    }
}
