//! What each row of a sheet is: the sequential state machine over the rows.
//!
//! In: rows in order. Out: [`RowKind`]s, and the table, hamlet and unit that a data row belongs to. A plain data row is
//! told by one look at its name and its birth date or number, without allocation.

mod all;
mod look;

pub use all::{Walked, walk_all};
pub(super) use all::walk_rows;
pub(super) use look::Keys;

use super::content;
use super::head::{self, Block};
use super::text::Folded;
use super::{Absence, ColumnMap, Field, Hints, RowKind, Table, columns, lines};
use look::{Filled, Role, fill, is_people, is_plain_child, like_child};
use std::sync::Arc;
use treem_child::cell::{Cell, CellKind, Row, Spread};
use treem_child::normalise::encoding::{Verdict, decode_cell};
use treem_child::normalise::{Plan, PlanColumn};

/// Where we are on a sheet. Cheap to clone; equal walkers say the same of the rows to come.
#[derive(Clone, Debug)]
pub struct Walker {
    hints: Arc<Hints>,
    table: Option<Arc<Table>>,
    /// Walkers of the tables beside the first.
    beside: Vec<Walker>,
    hamlet: Option<Arc<str>>,
    unit: Option<Arc<str>>,
    /// The hamlet, the unit was named since the last child: it is that of the next table.
    fresh: bool,
    /// Below the list (or between lists): a row has to prove that it is data.
    outside: bool,
    /// The last row was a child.
    after_data: bool,
    /// Title lines since the last child.
    pending: Vec<(u64, String)>,
    /// A heading that [`Walker::begin`] has refused.
    refused: u64,
    tables: usize,
    absence: Option<Absence>,
}

impl PartialEq for Walker {
    fn eq(&self, other: &Self) -> bool {
        let same = match (&self.table, &other.table) {
            (None, None) => true,
            (Some(left), Some(right)) => Arc::ptr_eq(left, right),
            _ => false,
        };
        same && self.hamlet == other.hamlet
            && self.unit == other.unit
            && self.fresh == other.fresh
            && self.outside == other.outside
            && self.after_data == other.after_data
            && self.pending == other.pending
            && self.refused == other.refused
            && self.tables == other.tables
            && self.beside == other.beside
    }
}

impl Walker {
    /// A walker at the top of a sheet.
    pub fn new(hints: Hints) -> Self {
        Self { hints: Arc::new(hints), table: None, beside: Vec::new(), hamlet: None, unit: None, fresh: false, outside: false, after_data: false, pending: Vec::new(), refused: 0, tables: 0, absence: None }
    }

    /// The present table.
    pub fn table(&self) -> Option<&Arc<Table>> {
        self.table.as_ref()
    }
    /// How many tables have begun so far (without those beside).
    pub fn tables(&self) -> usize {
        self.tables
    }
    /// The hamlet named by the last heading row.
    pub fn hamlet(&self) -> Option<&str> {
        self.hamlet.as_deref()
    }
    /// The unit named by the last heading row.
    pub fn unit(&self) -> Option<&str> {
        self.unit.as_deref()
    }
    /// Why there is no table, once `begin` has found none.
    pub fn absence(&self) -> Option<Absence> {
        self.absence
    }
    /// Walkers of the tables that stand beside the first, each to be given every row too (their `NewHead` means nothing).
    pub fn beside(&mut self) -> &mut [Walker] {
        &mut self.beside
    }

    /// Looks for the next table in a sample of rows (the first of the sheet, or those from a [`RowKind::NewHead`] on) and
    /// makes it the present one. `None`: there is none here; at a `NewHead` the present table stays.
    pub fn begin(&mut self, sample: &[Row<'_, '_>]) -> Option<Arc<Table>> {
        let at_once = self.table.is_some();
        let width = sample.iter().filter_map(|row| row.cells.iter().rposition(|cell| !cell.is_blank())).max().map_or(0, |last| last + 1);
        let (_, pooled) = columns::verdicts(sample, width);
        let mut from = 0;
        let mut absence = if width == 0 { Absence::Blank } else { Absence::NoHeading };
        loop {
            let found = head::find(sample, from, at_once, pooled, &self.hints);
            // A list may begin without a heading, on the first page, or altogether.
            if !at_once && from == 0 {
                let before = found.as_ref().map_or(sample.len(), |block| block.rows.0);
                if let Some(tables) = self.headless(sample.get(..before).unwrap_or_default(), width, found.is_some()) {
                    return Some(self.enter(tables));
                }
            }
            let Some(block) = found else { break };
            let tables = self.tables_of(sample, &block, width, pooled);
            if tables.first().is_some_and(is_people) {
                return Some(self.enter(tables));
            }
            absence = Absence::NotPeople;
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
        let blank = Self { hints: Arc::clone(&self.hints), tables: 1, hamlet: self.hamlet.clone(), unit: self.unit.clone(), ..Self::new(Hints::default()) };
        self.beside = tables.map(|table| Self { table: Some(table), ..blank.clone() }).collect();
        first
    }

    /// The tables under a heading: one, or several side by side.
    fn tables_of(&self, sample: &[Row<'_, '_>], block: &Block, width: usize, pooled: Verdict) -> Vec<Table> {
        let below = sample.get(block.rows.1..).unwrap_or_default();
        // The cells of the next table are not this one's.
        let end = below.iter().position(|row| head::score(row, None, pooled, &self.hints).heading() && !repeats(row, &block.lines, pooled, (0, usize::MAX))).unwrap_or(below.len());
        let below = below.get(..end).unwrap_or_default();
        let (verdicts, _) = columns::verdicts(below, width.max(block.paths.len()));
        let blank = |column: usize| below.iter().filter(|row| row.cell(column).is_some_and(|cell| !cell.is_blank())).count() * 20 <= below.len();
        let above = sample.get(..block.rows.0).unwrap_or_default();
        let head_rows: Vec<u64> = sample.get(block.rows.0..block.rows.1).unwrap_or_default().iter().map(|row| row.number).collect();
        let mut titles: Vec<String> = self.pending.iter().map(|(_, title)| title.clone()).collect();
        let mut title_rows: Vec<u64> = self.pending.iter().map(|(row, _)| *row).collect();
        for row in above.iter().filter(|row| !row.is_blank()) {
            title_rows.push(row.number);
            titles.extend(row_lines(row, pooled));
        }
        title_rows.dedup();
        head::spans(&block.paths, blank)
            .into_iter()
            .map(|span| {
                let columns = columns::map(&block.paths, below, span, &verdicts, &self.hints, false);
                let table = Table {
                    first_data_row: head_rows.last().map_or(0, |row| row + 1),
                    head_rows: head_rows.clone(),
                    titles: titles.clone(),
                    title_rows: title_rows.clone(),
                    lines: block.lines.iter().map(|line| line.iter().filter(|(column, _)| (span.0..span.1).contains(column)).cloned().collect()).collect(),
                    span,
                    sheet_verdict: pooled,
                    ..Table::default()
                };
                self.complete(table, columns)
            })
            .collect()
    }

    /// A list without a heading: most of its first rows look like children.
    fn headless(&self, rows: &[Row<'_, '_>], width: usize, heading_follows: bool) -> Option<Vec<Table>> {
        let (verdicts, pooled) = columns::verdicts(rows, width);
        let looks: Vec<(usize, bool)> = rows.iter().enumerate().filter(|(_, row)| !row.is_blank()).take(200).map(|(index, row)| (index, like_child(row, &verdicts))).collect();
        let children = looks.iter().filter(|(_, child)| *child).count();
        let (first, _) = *looks.iter().find(|(_, child)| *child)?;
        let after = looks.iter().filter(|(index, _)| *index >= first).count();
        if children * 10 < after * 6 || heading_follows && children < 2 {
            return None;
        }
        let columns = columns::map(&[], rows.get(first..)?, (0, usize::MAX), &verdicts, &self.hints, true);
        let titles_above = rows.get(..first)?.iter().filter(|row| !row.is_blank());
        let table = Table {
            first_data_row: rows.get(first)?.number,
            titles: titles_above.clone().flat_map(|row| row_lines(row, pooled)).collect(),
            title_rows: titles_above.map(|row| row.number).collect(),
            span: (0, usize::MAX),
            sheet_verdict: pooled,
            remarks: vec!["Bảng không có dòng tiêu đề cột: các cột được nhận ra theo nội dung, cần xem lại.".into()],
            ..Table::default()
        };
        let table = self.complete(table, columns);
        is_people(&table).then(|| vec![table])
    }

    fn complete(&self, mut table: Table, columns: Vec<ColumnMap>) -> Table {
        let headings: Vec<(usize, String)> = columns.iter().map(|column| (column.column, column.heading.clone())).collect();
        table.shape = columns::shape(&headings);
        let mut plan = Plan { columns: vec![PlanColumn::default(); columns.last().map_or(0, |last| last.column + 1)], date1904: self.hints.date1904 };
        for column in &columns {
            if let Some(slot) = plan.columns.get_mut(column.column) {
                *slot = PlanColumn { field: column.field.filter(|field| *field != Field::Ignored), verdict: column.verdict, dates_swapped: column.dates_swapped, ..PlanColumn::default() };
            }
        }
        table.keys = Keys::of(&columns);
        table.plan = plan;
        table.columns = columns;
        if !table.has_name() {
            let seen: Vec<&str> = table.columns.iter().map(|column| column.heading.as_str()).filter(|heading| !heading.is_empty()).collect();
            table.remarks.push(format!("Không có cột họ và tên của trẻ. Các tiêu đề cột đã thấy: {}.", seen.join("; ")));
        }
        for column in table.columns.iter().filter(|column| column.dates_swapped) {
            table.remarks.push(format!("Cột «{}»: Excel đã đổi chỗ ngày và tháng ở các ô kiểu ngày.", column.heading));
        }
        table
    }

    /// What a row is. Give every row, in order.
    pub fn row(&mut self, row: &Row<'_, '_>) -> RowKind {
        let Some(table) = self.table.as_ref() else { return self.without_table(row) };
        if row.number >= table.first_data_row && is_plain_child(row, &table.keys) {
            self.child();
            return RowKind::Data;
        }
        let table = Arc::clone(table);
        self.special(row, &table)
    }

    /// A data row: what was waiting is settled.
    #[inline]
    fn child(&mut self) {
        self.outside = false;
        self.after_data = true;
        self.fresh = false;
        if !self.pending.is_empty() {
            self.pending.clear();
        }
    }

    fn without_table(&mut self, row: &Row<'_, '_>) -> RowKind {
        if row.is_blank() {
            return RowKind::Blank;
        }
        // `begin` has seen the sample that starts at the refused row; a heading far below it is still found here.
        let score = head::score(row, None, Verdict::Unicode, &self.hints);
        if score.heading() && row.number > self.refused.saturating_add(crate::limits::SAMPLE_ROWS as u64 / 2) {
            return RowKind::NewHead;
        }
        RowKind::Outside
    }

    fn special(&mut self, row: &Row<'_, '_>, table: &Table) -> RowKind {
        let (from, to) = table.span;
        if row.number < table.first_data_row {
            return match table.head_rows.iter().position(|head| *head == row.number) {
                Some(_) if head::is_numbering(row, Some(table.span)) => RowKind::Numbering,
                Some(_) => RowKind::Head,
                None if row.is_blank() => RowKind::Blank,
                None => RowKind::Title,
            };
        }
        let own = |cell: &&Cell<'_>| cell.spread == Spread::Own && !cell.is_blank();
        let cells: Vec<(usize, &Cell<'_>)> = row.cells.iter().enumerate().take(to).skip(from).filter(|(_, cell)| own(cell)).collect();
        let filled = fill(row, table);
        if filled.own == 0 && !filled.name_hangs && filled.core + filled.family == 0 {
            return RowKind::Blank;
        }
        let after_data = std::mem::replace(&mut self.after_data, false);
        if filled.name_hangs && after_data {
            // Cells merged downwards: a second line of the child above.
            self.after_data = true;
            return RowKind::Continuation;
        }
        let decode = |column: usize, cell: &Cell<'_>| {
            let verdict = table.plan.columns.get(column).map_or(table.sheet_verdict, |plan| if plan.verdict == Verdict::Unicode { table.sheet_verdict } else { plan.verdict });
            head::tidy(&decode_cell(cell, verdict).text)
        };
        if repeats(row, &table.lines, table.sheet_verdict, table.span) {
            // The same heading under a new title is a new table; after a page break it is not.
            let new_title = |title: &String| {
                let folded = Folded::of(title);
                lines::is_title(&folded) && !folded.starts_with("trang") && !folded.starts_with("page") && !table.titles.contains(title)
            };
            let titled = self.pending.iter().any(|(_, title)| new_title(title)) && !head::is_numbering(row, Some(table.span));
            if titled && self.refused != row.number && from == 0 {
                return RowKind::NewHead;
            }
            self.outside = false;
            return if head::is_numbering(row, Some(table.span)) { RowKind::Numbering } else { RowKind::Head };
        }
        if self.refused != row.number && from == 0 {
            let score = head::score(row, None, table.sheet_verdict, &self.hints);
            if score.heading() || score.perhaps() {
                return RowKind::NewHead;
            }
        }
        let proven = (filled.name || filled.core > 1) && (filled.birth || filled.number);
        if !proven && head::is_numbering(row, Some(table.span)) && !filled.birth {
            return RowKind::Numbering;
        }
        // Texts that are no bare number: what the row says.
        let texts: Vec<(usize, String, Folded)> = cells
            .iter()
            .filter(|(_, cell)| !matches!(cell.kind, CellKind::Number(_) | CellKind::Date(_)))
            .map(|(column, cell)| {
                let text = decode(*column, cell);
                let folded = Folded::of(&text);
                (*column, text, folded)
            })
            .filter(|(_, text, folded)| content::digits(text).is_none() && !(folded.len() == 1 && lines::is_enumerator(folded.word(0))))
            .collect();
        let enumerator = cells.iter().find_map(|(column, cell)| {
            let folded = Folded::of(&decode(*column, cell));
            (folded.len() == 1 && lines::is_enumerator(folded.word(0))).then(|| folded.word(0).bytes().all(|byte| byte.is_ascii_digit()))
        });
        if !proven && let Some(kind) = self.line(row, table, &filled, &texts, enumerator) {
            return kind;
        }
        if self.outside && !proven && !(filled.name && filled.ordinal && filled.own > 2) && filled.core + filled.family < 3 {
            return RowKind::Footer;
        }
        if !filled.name && filled.core == 0 && !filled.birth {
            if filled.family == 0 && filled.other == 0 && (filled.ordinal || filled.place > 0) {
                return RowKind::Prefilled;
            }
            if filled.family > 0 && !filled.ordinal && after_data && table.keys.ordinal.is_some() {
                self.after_data = true;
                return RowKind::Continuation;
            }
            if filled.family == 0 && filled.place == 0 && !filled.ordinal {
                return RowKind::Stray;
            }
            if filled.family == 0 {
                return RowKind::Prefilled;
            }
        }
        self.child();
        RowKind::Data
    }

    /// Rows that speak: hamlets, units, sums, titles, footers, sections.
    fn line(&mut self, row: &Row<'_, '_>, table: &Table, filled: &Filled, texts: &[(usize, String, Folded)], enumerator: Option<bool>) -> Option<RowKind> {
        let (column, text, folded) = texts.first()?;
        let role = table.keys.roles.get(*column).copied().unwrap_or_default();
        let alone = texts.len() == 1;
        // A place in its own column is a value, not a heading.
        let in_place = role == Role::Place && filled.wide == 0;
        let second_counts = texts.len() == 2 && texts.get(1).is_some_and(|(_, text, folded)| text.bytes().any(|byte| byte.is_ascii_digit()) && folded.len() <= 4 && (folded.contains("tre") || folded.contains("chau") || folded.contains("ho")));
        if texts.iter().take(3).any(|(_, _, folded)| lines::is_total(folded)) && texts.len() <= 4 && !filled.birth {
            self.pending.clear();
            return Some(RowKind::Subtotal);
        }
        if (alone || second_counts) && !in_place {
            if lines::is_hamlet(folded) {
                self.hamlet = Some(clean_heading(text).into());
                self.fresh = true;
                self.outside = false;
                return Some(RowKind::HamletHeading(clean_heading(text)));
            }
            if lines::is_unit(folded) {
                self.unit = Some(clean_heading(text).into());
                self.hamlet = None;
                self.fresh = true;
                self.outside = false;
                return Some(RowKind::UnitHeading(clean_heading(text)));
            }
        }
        let data_cells = filled.core + usize::from(filled.number) + usize::from(filled.ordinal && enumerator == Some(true));
        let says = |is: fn(&Folded) -> bool| texts.iter().any(|(column, text, folded)| is(folded) && !(table.keys.name == Some(*column) && content::person_like(folded, text) && content::has_surname(folded) && data_cells > 0));
        if texts.len() <= 4 && data_cells <= usize::from(texts.len() > 1) + 1 && !(filled.ordinal && enumerator == Some(true)) {
            let title = says(lines::is_title) && !folded.starts_with("danh sach nay") && !folded.starts_with("danh sach co") && !folded.starts_with("danh sach gom");
            // An office stands above a list on a fresh page and below it where it signs.
            let office = says(|folded| folded.starts_with("ubnd") || folded.starts_with("uy ban nhan dan") || folded.starts_with("cong an"));
            if title && (!office || self.outside || says(|folded| folded.starts_with("cong hoa xa hoi"))) {
                self.outside = true;
                self.pending.extend(row_lines(row, table.sheet_verdict).into_iter().map(|line| (row.number, line)));
                return Some(RowKind::Title);
            }
            if says(lines::is_footer) && !(filled.name && data_cells > 0) {
                self.outside = true;
                return Some(RowKind::Footer);
            }
        }
        // A text merged over several columns, or numbered like a chapter, is a section and no child.
        let person = content::person_like(folded, text) && content::has_surname(folded);
        let chapter = enumerator == Some(false) || lines::numbering_words(folded) > 0 && !folded.word(0).bytes().all(|byte| byte.is_ascii_digit());
        if alone && (filled.wide >= 2 || chapter && !person) && !(filled.ordinal && enumerator == Some(true) && person) && filled.core <= 1 {
            if self.outside && !chapter {
                return Some(RowKind::Footer);
            }
            self.pending.push((row.number, text.clone()));
            return Some(RowKind::Section(text.clone()));
        }
        // "Lớp 3A", "Trường Mầm non …" alone in the row.
        if alone && filled.own == 1 && role != Role::Place && ["lop", "truong", "nhom", "diem truong"].iter().any(|word| folded.starts_with(word)) && folded.len() >= 2 && !content::has_surname(folded) {
            return Some(RowKind::Section(text.clone()));
        }
        None
    }
}

/// A heading without its numbering, colon and count: `I. Thôn A Đăng: (25 trẻ)` → `Thôn A Đăng`.
fn clean_heading(text: &str) -> String {
    let mut text = text.trim();
    if let Some(at) = text.find(['(', ':', ';']).filter(|at| *at > 3) {
        text = text.get(..at).unwrap_or(text);
    }
    let folded = Folded::of(text);
    for _ in 0..lines::numbering_words(&folded) {
        let after = text.trim_start_matches(|c: char| !c.is_alphanumeric()).trim_start_matches(char::is_alphanumeric);
        text = after;
    }
    text.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// The lines of a title row: each different cell, cut at line breaks.
fn row_lines(row: &Row<'_, '_>, verdict: Verdict) -> Vec<String> {
    let own = row.cells.iter().filter(|cell| cell.spread == Spread::Own && !cell.is_blank());
    own.flat_map(|cell| decode_cell(cell, verdict).text.split(['\n', '\r']).map(head::tidy).collect::<Vec<_>>()).filter(|line| !line.is_empty()).collect()
}

/// True where a row repeats one of the heading rows (in a table's columns).
fn repeats(row: &Row<'_, '_>, heads: &[Vec<(usize, String)>], verdict: Verdict, (from, to): (usize, usize)) -> bool {
    let Some(first) = row.cells.iter().enumerate().take(to).skip(from).find(|(_, cell)| cell.spread == Spread::Own && !cell.is_blank()) else { return false };
    // One look at the first cell settles it for nearly every row.
    let text = super::headings::comparable(&head::heading_text(first.1, verdict));
    heads.iter().any(|head| {
        if !head.iter().any(|(column, heading)| *column == first.0 && *heading == text) || head.len() < 2 {
            return false;
        }
        let line = head::comparable(row, verdict);
        let line: Vec<&(usize, String)> = line.iter().filter(|(column, _)| (from..to).contains(column)).collect();
        let same = line.iter().filter(|cell| head.contains(cell)).count();
        same >= 2 && same * 10 >= line.len() * 7 && same * 2 >= head.len()
    })
}
