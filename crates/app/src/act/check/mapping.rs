//! Keeps `mapping.toml`: how the columns of each shape of table were understood, for a person to correct.
//!
//! In: mappings. Out: the file; and, from a file that a person has edited since, the mappings to use again. The file carries a
//! mark over its own text: a file that still agrees with its mark was written by the program and teaches nothing new.

use anyhow::Context as _;
use std::hash::Hasher as _;
use std::path::Path;
use treem_files::table::Mappings;

const NAME: &str = "mapping.toml";
const HEAD: &str = "# Cách hiểu các cột của từng loại bảng. Sửa mã trường ở dòng field: lần chạy sau với cùng thư mục kết quả sẽ theo bản đã sửa,\n\
                    # hoặc dùng ở nơi khác bằng --map mapping.toml. Mã trường: xem docs/check.md; để trống field nếu không dùng cột đó.\n";
const MARK: &str = "# dấu kiểm: ";

fn mark(body: &str) -> String {
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(body.as_bytes());
    format!("{:016x}", hasher.finish())
}

/// Reads a mapping file that a person gave or corrected; the error is one Vietnamese sentence.
pub fn read(path: &Path) -> Result<Mappings, String> {
    let text =
        std::fs::read(path).map_err(|_| format!("không đọc được tệp {}.", path.display()))?;
    let mappings = understood(path, &String::from_utf8_lossy(&text))?;
    if mappings.tables.is_empty() {
        return Err(format!(
            "tệp {} không có mục [[table]] nào: đây không phải mapping.toml của treem.",
            path.display()
        ));
    }
    Ok(mappings)
}

fn understood(path: &Path, text: &str) -> Result<Mappings, String> {
    // Notepad puts a mark at the head of what it saves.
    let mappings: Mappings =
        toml::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            let line = text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
            format!(
                "tệp {} không đúng dạng ở dòng {line}: kiểm tra dấu ngoặc kép, dấu = và tên mục.",
                path.display()
            )
        })?;
    let unknown: Vec<&str> = mappings
        .tables
        .iter()
        .flat_map(treem_files::table::Mapping::unknown_fields)
        .collect();
    if unknown.is_empty() {
        Ok(mappings)
    } else {
        Err(format!(
            "tệp {}: không có trường {}. Xem mã trường trong docs/check.md.",
            path.display(),
            unknown.join(", ")
        ))
    }
}

/// The mappings of an earlier run's file in an output folder, where a person has edited it; nothing otherwise. The error is one
/// Vietnamese sentence: what a person wrote is neither passed over nor written over.
pub fn edited(out: &Path) -> Result<Mappings, String> {
    let path = out.join(NAME);
    let Ok(text) = std::fs::read(&path) else {
        return Ok(Mappings::default());
    };
    let text = String::from_utf8_lossy(&text);
    let (marked, body) = split(&text);
    if marked.is_some_and(|marked| marked == mark(body)) {
        return Ok(Mappings::default());
    }
    understood(&path, &text).map_err(|sentence| {
        format!("{sentence} Sửa lại, hoặc xóa tệp này để chương trình tự nhận các cột.")
    })
}

fn split(text: &str) -> (Option<&str>, &str) {
    match text
        .split_once(MARK)
        .and_then(|(_, rest)| rest.split_once('\n'))
    {
        Some((mark, body)) => (Some(mark.trim()), body),
        None => (None, text),
    }
}

/// Writes the file. The mappings that came from an edited file are kept in it, and stay marked as edited.
pub fn write(out: &Path, mappings: &Mappings, edited: &Mappings) -> anyhow::Result<()> {
    let body = toml::to_string_pretty(mappings).context("không ghi được mapping.toml")?;
    let mark = if edited.tables.is_empty() {
        mark(&body)
    } else {
        "đã sửa bằng tay".to_owned()
    };
    super::write_whole(out, NAME, &format!("{HEAD}{MARK}{mark}\n{body}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use treem_files::table::{Mapping, MappingColumn};

    #[test]
    fn only_what_a_person_changed_is_used_again() {
        let folder = tempfile::tempdir().unwrap();
        let column = MappingColumn {
            column: "A".to_owned(),
            heading: "Tên".to_owned(),
            field: "name".to_owned(),
        };
        let mappings = Mappings {
            tables: vec![Mapping {
                shape: "1f".to_owned(),
                columns: vec![column],
            }],
        };
        let none = Mappings::default();
        write(folder.path(), &mappings, &none).unwrap();
        assert_eq!(edited(folder.path()), Ok(none));
        let path = folder.path().join(NAME);
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, text.replace("\"name\"", "\"father\"")).unwrap();
        let his = edited(folder.path()).unwrap();
        assert_eq!(his.tables[0].columns[0].field, "father");
        write(folder.path(), &his, &his).unwrap();
        assert_eq!(
            edited(folder.path()),
            Ok(his),
            "still his after another run"
        );
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, format!("\u{feff}{}", text.replace('\n', "\r\n"))).unwrap();
        assert_eq!(
            edited(folder.path()).unwrap().tables[0].columns[0].field,
            "father",
            "as Notepad saves it"
        );
        std::fs::write(&path, text.replace("\"father\"", "\"father")).unwrap();
        assert!(edited(folder.path()).unwrap_err().contains("dòng "));
        std::fs::write(&path, text.replace("\"father\"", "\"bố\"")).unwrap();
        assert!(
            edited(folder.path())
                .unwrap_err()
                .contains("không có trường bố")
        );
    }
}
