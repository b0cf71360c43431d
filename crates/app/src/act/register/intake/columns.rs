//! What a person says of columns, and what the office has said of such columns before.
//!
//! In: shape of table, letters of the column, code of the field. Out: the intake's own mapping, which the next reading follows; the same
//! for the next file with these headings, for everybody of the office.

use super::super::{Desk, Done, Failed, wait};
use super::seen::Seen;
use super::{Intake, steps};
use std::collections::BTreeMap;
use treem_files::table::{Field, Mapping, MappingColumn, Mappings};

/// A column as a person says it is: shape of the table, letters, code of the field (empty: not used).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Shape of the table.
    pub shape: String,
    /// Letters of the column.
    pub letters: String,
    /// Code of the field.
    pub field: String,
}

/// Whose columns these are: the office's, or of a person without one.
fn office(desk: &Desk) -> String {
    if desk.office.is_empty() {
        format!("@{}", desk.who)
    } else {
        desk.office.clone()
    }
}

/// Takes what a person says of columns; the files have to be read again. Gives whether anything is new.
///
/// # Errors
/// [`Failed::Refused`]: a field no record has, or one that two columns of a table would hold; the import was done.
pub fn set(desk: &Desk, intake: &mut Intake, said: &[Said]) -> Done<bool> {
    if intake.imported.is_some() {
        return Err(Failed::Refused(
            "lượt này đã nhập xong nên không đổi cột được nữa; hủy lượt nhập rồi tải tệp lên lại."
                .to_owned(),
        ));
    }
    let seen = steps::seen(desk, intake)?;
    let before = seen.mappings();
    let mut after = before.clone();
    for one in said {
        if !one.field.is_empty() && Field::from_code(&one.field).is_none() {
            return Err(Failed::Refused(format!("không có trường “{}”.", one.field)));
        }
        let column = after
            .tables
            .iter_mut()
            .filter(|table| table.shape == one.shape)
            .flat_map(|table| &mut table.columns)
            .find(|column| column.column == one.letters);
        if let Some(column) = column {
            column.field.clone_from(&one.field);
        }
    }
    if after == before {
        return Ok(false);
    }
    for table in &after.tables {
        once(table)?;
    }
    let changed: Vec<&Mapping> = after
        .tables
        .iter()
        .filter(|table| !before.tables.contains(table))
        .collect();
    keep(desk, &changed)?;
    intake.edited = after;
    intake.is_read = false;
    intake.tried = None;
    intake.save(desk)?;
    Ok(true)
}

/// A field stands in one column of a table.
fn once(table: &Mapping) -> Done<()> {
    let mut known: BTreeMap<&str, &MappingColumn> = BTreeMap::new();
    for column in table.columns.iter().filter(|one| !one.field.is_empty()) {
        let Some(first) = known.insert(&column.field, column) else {
            continue;
        };
        // What is written beside may stand in several columns, and so may marks that are read past.
        if [Field::Note.code(), Field::Ordinal.code()].contains(&column.field.as_str()) {
            continue;
        }
        let label = Field::from_code(&column.field).map_or("", Field::label);
        return Err(Failed::Refused(format!(
            "hai cột {} và {} cùng được chọn là “{label}”: hãy để một cột, cột kia chọn trường khác hoặc “không dùng”.",
            first.column, column.column
        )));
    }
    Ok(())
}

/// Remembers them for the office.
fn keep(desk: &Desk, tables: &[&Mapping]) -> Done<()> {
    wait(async {
        let open = desk.open().await?;
        let book = open.book.register.clone();
        for table in tables {
            let columns = serde_json::to_string(&table.columns).unwrap_or_default();
            open.store
                .keep_columns(
                    &book,
                    &office(desk),
                    (&table.shape, &columns),
                    (&desk.now, &desk.who),
                )
                .await?;
        }
        open.leave().await;
        Ok(())
    })
}

/// What the office has said of tables of these shapes; all shapes that were seen are in it where one is, so that none is taken for another.
pub(super) fn known(desk: &Desk, seen: &Seen) -> Done<Mappings> {
    let rows = wait(async {
        let (open, mut tx) = desk.read().await?;
        let rows = tx.columns_of(&open.book.register, &office(desk)).await?;
        drop(tx);
        open.leave().await;
        Ok(rows)
    })?;
    let mut out = seen.mappings();
    let mut any = false;
    for table in &mut out.tables {
        let said = rows.iter().rfind(|(shape, _)| *shape == table.shape);
        let columns: Option<Vec<MappingColumn>> =
            said.and_then(|(_, columns)| serde_json::from_str(columns).ok());
        if let Some(columns) = columns.filter(|columns| *columns != table.columns) {
            table.columns = columns;
            any = true;
        }
    }
    Ok(if any { out } else { Mappings::default() })
}
