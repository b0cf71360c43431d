//! Which files a run is about: those given, and all lists in the folders given, in order of their names.
//!
//! In: paths. Out: [`Found`], and those that cannot be used with the reason. Limits: depth and number.

use super::summary::FileSummary;
use crate::limits;
use std::path::{Path, PathBuf};

/// A file to be read.
pub struct Found {
    /// Where it lies.
    pub path: PathBuf,
    /// Its name in the results: as given, or relative to a given folder.
    pub name: String,
}

/// Endings of lists; other files of a folder are passed over and said.
const ENDINGS: [&str; 10] = [
    "xlsx", "xlsm", "xlsb", "xls", "ods", "docx", "csv", "tsv", "txt", "xltx",
];
/// Endings that never hold a list and are not worth a word.
const SILENT: [&str; 6] = ["md", "json", "toml", "part", "lnk", "ini"];

/// Collects the files. Results of an earlier run below `out` are not taken for lists.
pub fn collect(inputs: &[PathBuf], out: &Path) -> (Vec<Found>, Vec<FileSummary>) {
    let mut found = Vec::new();
    let mut refused = Vec::new();
    let out = out.canonicalize().ok();
    for input in inputs {
        if input.is_dir() {
            let before = found.len();
            walk(input, input, 0, out.as_deref(), &mut found, &mut refused);
            if found.len() == before {
                refused.push(refusal(input, "Thư mục không có danh sách nào (xlsx, xls, xlsb, ods, docx, csv, tsv, txt). Chép các tệp danh sách vào rồi chạy lại."));
            }
        } else if input.exists() {
            found.push(Found {
                path: input.clone(),
                name: input.display().to_string(),
            });
        } else {
            refused.push(refusal(
                input,
                "Không có tệp hoặc thư mục này. Kiểm tra lại đường dẫn.",
            ));
        }
    }
    found.truncate(limits::FILES);
    (found, refused)
}

fn refusal(path: &Path, why: &str) -> FileSummary {
    FileSummary {
        file: path.display().to_string(),
        error: Some(why.to_owned()),
        ..FileSummary::default()
    }
}

fn walk(
    root: &Path,
    folder: &Path,
    depth: usize,
    out: Option<&Path>,
    found: &mut Vec<Found>,
    refused: &mut Vec<FileSummary>,
) {
    if depth > limits::FOLDER_DEPTH
        || found.len() >= limits::FILES
        || (out.is_some() && folder.canonicalize().ok().as_deref() == out)
    {
        return;
    }
    let Ok(entries) = std::fs::read_dir(folder) else {
        refused.push(refusal(
            folder,
            "Không mở được thư mục. Kiểm tra quyền đọc.",
        ));
        return;
    };
    let mut paths: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .collect();
    paths.sort();
    for path in paths {
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        // "~$" marks the lock file of an open document.
        if name.starts_with('.') || name.starts_with("~$") {
            continue;
        }
        let is_link = path
            .symlink_metadata()
            .is_ok_and(|meta| meta.file_type().is_symlink());
        if path.is_dir() {
            if !is_link {
                walk(root, &path, depth + 1, out, found, refused);
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
            found.push(Found { path, name: shown });
        } else if !SILENT.contains(&ending.as_str()) {
            refused.push(FileSummary {
                file: shown,
                error: Some(super::files::not_a_list(&ending)),
                ..FileSummary::default()
            });
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
            "Ảnh chụp không đọc được thành bảng: nhập lại vào Excel, hoặc xin tệp gốc.".to_owned()
        }
        "zip" | "rar" | "7z" => {
            "Tệp nén: giải nén rồi chạy lại với thư mục đã giải nén.".to_owned()
        }
        _ => "Không phải danh sách (xlsx, xls, xlsb, ods, docx, csv, tsv, txt); đã bỏ qua."
            .to_owned(),
    }
}
