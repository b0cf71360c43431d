//! Links lists under a model file: the columns are those of the heading line, compared as they are written.
//!
//! In: [`Options`] with a model. Out: the files of the contract.

use super::wrong::sentence;
use super::{Explained, Ids, Options, Summary, engine, finish, found, refused, stopped};
use crate::act::check::{Progress, Stop};
use std::path::Path;
use treem_child::cell::Rows;
use treem_files::read::Book;
use treem_link::condition::Functions;
use treem_link::explain::explain;
use treem_link::file;
use treem_link::report::report;
use treem_link::table::Table;

/// Links.
pub fn run(
    options: &Options,
    model: &Path,
    progress: &dyn Progress,
    stop: &Stop,
) -> anyhow::Result<Summary> {
    let Ok(text) = std::fs::read_to_string(model) else {
        return Ok(refused(format!("không đọc được tệp {}.", model.display())));
    };
    let mut columns = Columns::default();
    let lists: Vec<&Path> = std::iter::once(options.left.as_path())
        .chain(options.right.as_deref())
        .collect();
    for (at, list) in lists.iter().enumerate() {
        if let Err(sentence) = columns.read(list, at, options.id.as_deref(), progress, stop) {
            return Ok(refused(format!("{}: {sentence}", list.display())));
        }
        if stop.is_asked() {
            return Ok(stopped());
        }
    }
    let (table, ids) = (columns.table, columns.ids);
    let model_of = match file::read(&text, &table, &Functions::default()) {
        Ok(model) => model,
        Err(error) => {
            return Ok(refused(format!(
                "tệp {}: {}",
                model.display(),
                sentence(&error)
            )));
        }
    };
    let Some(linked) = engine(&model_of, table.len(), table.first_list(), progress, stop)? else {
        return Ok(stopped());
    };
    let lists = (table.first_list(), table.len());
    let mut summary = finish(
        options,
        &ids,
        lists,
        &linked,
        &report(&model_of, &linked),
        &|_, _, _| None,
    )?;
    if let Some((left, right)) = found(options, &ids, lists, &mut summary) {
        summary.explained = Some(Explained {
            left: ids.get(left).to_owned(),
            right: ids.get(right).to_owned(),
            band: None,
            values: Vec::new(),
            waterfall: explain(&model_of, &linked, left, right),
        });
    }
    Ok(summary)
}

#[derive(Default)]
struct Columns {
    table: Table,
    ids: Ids,
}

impl Columns {
    /// Reads the first sheet of a file: its first row that is not blank names the columns. The error is a sentence.
    fn read(
        &mut self,
        path: &Path,
        at: usize,
        id: Option<&str>,
        progress: &dyn Progress,
        stop: &Stop,
    ) -> Result<(), String> {
        let book = Book::open(path).map_err(|error| error.message())?;
        let mut source = book.source(0).map_err(|error| error.message())?;
        let parser = source.parser();
        let mut head: Option<Vec<Option<usize>>> = None;
        let mut own = None;
        let mut record: Vec<String> = Vec::new();
        while let Some(chunk) = source.next_chunk().map_err(|error| error.message())? {
            let mut rows = Rows::default();
            parser.parse(&chunk, &mut rows);
            for row in rows.iter() {
                if row.is_blank() {
                    continue;
                }
                let Some(places) = &head else {
                    let names: Vec<String> = row
                        .cells
                        .iter()
                        .map(|cell| cell.text.trim().to_owned())
                        .collect();
                    own = id
                        .map(|id| {
                            names
                                .iter()
                                .position(|name| name == id)
                                .ok_or_else(|| format!("không có cột “{id}” mà --id nêu."))
                        })
                        .transpose()?;
                    let columns: Vec<&String> = names
                        .iter()
                        .enumerate()
                        .filter(|(column, name)| Some(*column) != own && !name.is_empty())
                        .map(|(_, name)| name)
                        .collect();
                    if at == 0 {
                        self.table = Table::new(columns.iter().map(|name| (*name).clone()));
                    } else {
                        self.table.end_first_list();
                    }
                    let known = |name: &String| self.table.column(name);
                    head = Some(
                        names
                            .iter()
                            .enumerate()
                            .map(|(column, name)| {
                                if Some(column) == own {
                                    None
                                } else {
                                    known(name)
                                }
                            })
                            .collect(),
                    );
                    record = vec![String::new(); self.table.names().len()];
                    continue;
                };
                for cell in &mut record {
                    cell.clear();
                }
                for (cell, place) in row.cells.iter().zip(places) {
                    if let Some(slot) = place.and_then(|place| record.get_mut(place)) {
                        slot.push_str(cell.text.trim());
                    }
                }
                self.table.push(record.iter().map(String::as_str));
                match own.map(|own| row.cell(own)) {
                    Some(cell) => self.ids.push(cell.map_or("", |cell| cell.text.trim())),
                    None => self.ids.push(&row.number.to_string()),
                }
            }
            let (done, of) = source.progress();
            progress.step("đọc", done, of);
            if stop.is_asked() {
                return Ok(());
            }
        }
        if head.is_none() {
            return Err("tệp không có dòng nào.".to_owned());
        }
        Ok(())
    }
}
