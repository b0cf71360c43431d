//! Where a table begins: heading, columns, plan; or a list without a heading.
//!
//! In: a sample of rows. Out: [`Table`]s, entered into the walker.

use super::Walker;
use super::look::{Keys, is_people, like_child};
use super::speak::{repeats, row_lines};
use crate::table::head::{self, Block};
use crate::table::{Absence, ColumnMap, Field, Hints, Table, columns};
use std::sync::Arc;
use treem_child::cell::Row;
use treem_child::normalise::encoding::Verdict;
use treem_child::normalise::{Plan, PlanColumn};

impl Walker {
    /// Looks for the next table in a sample of rows (the first of the sheet, or those from a [`RowKind::NewHead`] on) and
    /// makes it the present one. `None`: there is none here; at a `NewHead` the present table stays.
    pub fn begin(&mut self, sample: &[Row<'_, '_>]) -> Option<Arc<Table>> {
        let at_once = self.table.is_some();
        let width = sample
            .iter()
            .filter_map(|row| row.cells.iter().rposition(|cell| !cell.is_blank()))
            .max()
            .map_or(0, |last| last + 1);
        let (_, pooled) = columns::verdicts(sample, width);
        let mut from = 0;
        let mut absence = if width == 0 {
            Absence::Blank
        } else {
            Absence::NoHeading
        };
        loop {
            let found = head::find(sample, from, at_once, pooled, &self.hints);
            // A list may begin without a heading, on the first page, or altogether.
            if !at_once && from == 0 {
                let before = found.as_ref().map_or(sample.len(), |block| block.rows.0);
                if let Some(tables) = self.headless(
                    sample.get(..before).unwrap_or_default(),
                    width,
                    found.is_some(),
                ) {
                    return Some(self.enter(tables));
                }
            }
            let Some(block) = found else { break };
            let tables = self.tables_of(sample, &block, width, pooled);
            if tables.first().is_some_and(is_people) {
                return Some(self.enter(tables));
            }
            absence = Absence::NotPeople;
            self.seen = tables
                .iter()
                .flat_map(|table| &table.columns)
                .map(|column| column.heading.as_str())
                .filter(|heading| !heading.is_empty())
                .collect::<Vec<_>>()
                .join("; ");
            from = block.rows.1.max(block.rows.0 + 1);
            if at_once {
                break;
            }
        }
        self.refused = sample.first().map_or(self.refused, |row| row.number);
        if self.table.is_none() {
            self.absence = Some(absence);
        }
        None
    }

    fn enter(&mut self, tables: Vec<Table>) -> Arc<Table> {
        let mut tables = tables.into_iter().map(Arc::new);
        let first = tables.next().unwrap_or_default();
        if !self.fresh {
            self.hamlet = None;
            self.unit = None;
        }
        self.absence = None;
        self.outside = false;
        self.after_data = false;
        self.pending.clear();
        self.tables += 1;
        self.table = Some(Arc::clone(&first));
        let blank = Self {
            hints: Arc::clone(&self.hints),
            tables: 1,
            hamlet: self.hamlet.clone(),
            unit: self.unit.clone(),
            ..Self::new(Hints::default())
        };
        self.beside = tables
            .map(|table| Self {
                table: Some(table),
                ..blank.clone()
            })
            .collect();
        first
    }

    /// The tables under a heading: one, or several side by side.
    fn tables_of(
        &self,
        sample: &[Row<'_, '_>],
        block: &Block,
        width: usize,
        pooled: Verdict,
    ) -> Vec<Table> {
        let below = sample.get(block.rows.1..).unwrap_or_default();
        // The cells of the next table are not this one's.
        let end = below
            .iter()
            .position(|row| {
                head::score(row, None, pooled, &self.hints).heading()
                    && !repeats(row, &block.lines, pooled, (0, usize::MAX))
            })
            .unwrap_or(below.len());
        let below = below.get(..end).unwrap_or_default();
        let (verdicts, _) = columns::verdicts(below, width.max(block.paths.len()));
        let blank = |column: usize| {
            below
                .iter()
                .filter(|row| row.cell(column).is_some_and(|cell| !cell.is_blank()))
                .count()
                * 20
                <= below.len()
        };
        let above = sample.get(..block.rows.0).unwrap_or_default();
        let head_rows: Vec<u64> = sample
            .get(block.rows.0..block.rows.1)
            .unwrap_or_default()
            .iter()
            .map(|row| row.number)
            .collect();
        let mut titles: Vec<String> = self
            .pending
            .iter()
            .map(|(_, title)| title.clone())
            .collect();
        let mut title_rows: Vec<u64> = self.pending.iter().map(|(row, _)| *row).collect();
        for row in above.iter().filter(|row| !row.is_blank()) {
            title_rows.push(row.number);
            titles.extend(row_lines(row, pooled));
        }
        title_rows.dedup();
        head::spans(&block.paths, blank)
            .into_iter()
            .map(|span| {
                let columns =
                    columns::map(&block.paths, below, span, &verdicts, &self.hints, false);
                let table = Table {
                    first_data_row: head_rows.last().map_or(0, |row| row + 1),
                    head_rows: head_rows.clone(),
                    titles: titles.clone(),
                    title_rows: title_rows.clone(),
                    lines: block
                        .lines
                        .iter()
                        .map(|line| {
                            line.iter()
                                .filter(|(column, _)| (span.0..span.1).contains(column))
                                .cloned()
                                .collect()
                        })
                        .collect(),
                    span,
                    sheet_verdict: pooled,
                    ..Table::default()
                };
                self.complete(table, columns)
            })
            .collect()
    }

    /// A list without a heading: most of its first rows look like children.
    fn headless(
        &self,
        rows: &[Row<'_, '_>],
        width: usize,
        heading_follows: bool,
    ) -> Option<Vec<Table>> {
        let (verdicts, pooled) = columns::verdicts(rows, width);
        let looks: Vec<(usize, bool)> = rows
            .iter()
            .enumerate()
            .filter(|(_, row)| !row.is_blank())
            .take(200)
            .map(|(index, row)| (index, like_child(row, &verdicts)))
            .collect();
        let children = looks.iter().filter(|(_, child)| *child).count();
        let (first, _) = *looks.iter().find(|(_, child)| *child)?;
        let after = looks.iter().filter(|(index, _)| *index >= first).count();
        if children * 10 < after * 6 || heading_follows && children < 2 {
            return None;
        }
        let columns = columns::map(
            &[],
            rows.get(first..)?,
            (0, usize::MAX),
            &verdicts,
            &self.hints,
            true,
        );
        let titles_above = rows.get(..first)?.iter().filter(|row| !row.is_blank());
        let table = Table {
            first_data_row: rows.get(first)?.number,
            titles: titles_above
                .clone()
                .flat_map(|row| row_lines(row, pooled))
                .collect(),
            title_rows: titles_above.map(|row| row.number).collect(),
            span: (0, usize::MAX),
            sheet_verdict: pooled,
            remarks: vec![
                "Bảng không có dòng tiêu đề cột: các cột được nhận ra theo nội dung, cần xem lại."
                    .into(),
            ],
            ..Table::default()
        };
        let table = self.complete(table, columns);
        is_people(&table).then(|| vec![table])
    }

    fn complete(&self, mut table: Table, columns: Vec<ColumnMap>) -> Table {
        let headings: Vec<(usize, String)> = columns
            .iter()
            .map(|column| (column.column, column.heading.clone()))
            .collect();
        table.shape = columns::shape(&headings);
        let mut plan = Plan {
            columns: vec![PlanColumn::default(); columns.last().map_or(0, |last| last.column + 1)],
            date1904: self.hints.date1904,
        };
        for column in &columns {
            if let Some(slot) = plan.columns.get_mut(column.column) {
                *slot = PlanColumn {
                    field: column.field.filter(|field| *field != Field::Ignored),
                    verdict: column.verdict,
                    dates_swapped: column.dates_swapped,
                    ..PlanColumn::default()
                };
            }
        }
        table.keys = Keys::of(&columns);
        table.plan = plan;
        table.columns = columns;
        if !table.has_name() {
            let seen: Vec<&str> = table
                .columns
                .iter()
                .map(|column| column.heading.as_str())
                .filter(|heading| !heading.is_empty())
                .collect();
            table.remarks.push(format!(
                "Không có cột họ và tên của trẻ. Các tiêu đề cột đã thấy: {}.",
                seen.join("; ")
            ));
        }
        for column in table.columns.iter().filter(|column| column.dates_swapped) {
            table.remarks.push(format!(
                "Cột «{}»: Excel đã đổi chỗ ngày và tháng ở các ô kiểu ngày.",
                column.heading
            ));
        }
        table
    }
}
