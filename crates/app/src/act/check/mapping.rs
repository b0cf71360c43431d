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

/// The mappings of an earlier run's file that a person has edited; nothing otherwise, nor where the file cannot be understood.
pub fn edited(out: &Path) -> Mappings {
    let Ok(text) = std::fs::read_to_string(out.join(NAME)) else {
        return Mappings::default();
    };
    let (marked, body) = split(&text);
    if marked.is_some_and(|marked| marked == mark(body)) {
        return Mappings::default();
    }
    toml::from_str(&text).unwrap_or_default()
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
pub fn write(out: &Path, mappings: &Mappings) -> anyhow::Result<()> {
    let before = edited(out);
    let body = toml::to_string_pretty(mappings).context("không ghi được mapping.toml")?;
    let mark = if before.tables.is_empty() {
        mark(&body)
    } else {
        "đã sửa bằng tay".to_owned()
    };
    std::fs::write(out.join(NAME), format!("{HEAD}{MARK}{mark}\n{body}"))
        .context("không ghi được mapping.toml (ổ đĩa đầy?)")
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
        write(folder.path(), &mappings).unwrap();
        assert_eq!(edited(folder.path()), Mappings::default());
        let path = folder.path().join(NAME);
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, text.replace("\"name\"", "\"father\"")).unwrap();
        assert_eq!(edited(folder.path()).tables[0].columns[0].field, "father");
        write(folder.path(), &edited(folder.path())).unwrap();
        assert_eq!(
            edited(folder.path()).tables[0].columns[0].field,
            "father",
            "still his after another run"
        );
    }
}
