//! One worker: rows of a chunk → lines, keys and counts.
//!
//! In: a chunk's rows and the [`Walker`] that arrives there. Out: [`Output`]. Workers share nothing but the
//! communes they have found; the order is put right by who collects.

mod number;

use super::keys::RowFlags;
use super::places::Places;
use super::records::{self, Words};
use super::summary::Counts;
use super::written::Written;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use treem_child::cell::{Row, Rows};
use treem_child::check::across::{Location, RowKey};
use treem_child::check::rules::RuleSet;
use treem_child::check::{Measures, check};
use treem_child::field::Field;
use treem_child::finding::{Finding, Severity};
use treem_child::link::{Batch, Entry};
use treem_child::normalise::date::DateValue;
use treem_child::normalise::row::{Around, Communes, Context, RowReader};
use treem_child::normalise::unit::{Edition, Found, Level, Named, Unit};
use treem_child::rule::RuleId;
use treem_files::table::{RowKind, Table, Walker};

pub use number::{unit_number, unit_of};

/// What holds for all rows of one sheet.
pub struct Sheet {
    /// Number of the sheet in the run.
    pub number: u32,
    /// `file,sheet`, escaped.
    pub prefix: Vec<u8>,
    /// Commune named by sheet, file name or option.
    pub unit: Option<&'static Unit>,
    /// District named by sheet or file name.
    pub district: Option<&'static Unit>,
    /// Province named by sheet or file name, where it is not the home province.
    pub province: Option<&'static Unit>,
    /// The names of the sheet and of the file.
    pub texts: Vec<String>,
    /// Hamlet named by the sheet.
    pub hamlet: Option<String>,
    /// What the titles of each table (its first data row) name; a table without a word of its own has those of the one above it.
    pub titled: Mutex<BTreeMap<u64, Named>>,
}

impl Sheet {
    /// Reads the titles of a table that begins.
    pub fn begin(&self, table: &Table, edition: &'static Edition) {
        let Ok(mut titled) = self.titled.lock() else {
            return;
        };
        let mut named = Named::default();
        // The nearest title line wins.
        for title in table.titles.iter().rev() {
            let found = edition.in_title(title);
            if !named.is_somewhere() {
                named.elsewhere = found.elsewhere;
            }
            named = Named {
                commune: named.commune.or(found.commune),
                district: named.district.or(found.district),
                hamlet: named.hamlet.or(found.hamlet),
                ..named
            };
        }
        if named.commune.is_none()
            && let Some((_, above)) = titled.range(..table.first_data_row).next_back()
        {
            if !named.is_somewhere() {
                named.elsewhere = above.elsewhere;
            }
            named.commune = above.commune;
            named.district = named.district.or(above.district);
        }
        titled.insert(table.first_data_row, named);
    }

    fn titled(&self, table: &Table) -> Named {
        self.titled
            .lock()
            .ok()
            .and_then(|titled| titled.get(&table.first_data_row).cloned())
            .unwrap_or_default()
    }
}

/// What holds for the run.
pub struct Run {
    /// As-of date and edition.
    pub context: Context,
    /// The communes that its rows name.
    pub communes: Arc<Communes>,
    /// The rules in force.
    pub rules: RuleSet,
    /// Doubles are searched for by the linkage engine.
    pub duplicates: bool,
    /// The lines say what the register must keep beside the fields.
    pub written: bool,
    /// The rows are read to be linked, not checked.
    pub link: Option<ForLink>,
}

/// What *link* wants of the rows.
pub struct ForLink {
    /// The heading of the column with the list's own key, which is never compared.
    pub id: Option<String>,
}

/// What a chunk gives.
#[derive(Default)]
pub struct Output {
    /// Lines of `children.csv`.
    pub children: Vec<u8>,
    /// Lines of `findings.csv`.
    pub findings: Vec<u8>,
    /// Keys for the rules over many rows.
    pub keys: Vec<(RowKey, Location, RowFlags)>,
    /// Counts by unit.
    pub units: FxHashMap<u32, Counts>,
    /// Findings by rule.
    pub rules: FxHashMap<RuleId, u64>,
    /// Rows whose own commune is a unit, and texts that are none.
    pub places: Places,
    /// Rows that are no child, by why.
    pub skipped: BTreeMap<&'static str, u64>,
    /// Rows hidden in the file.
    pub hidden_rows: u64,
    /// Rows that are children.
    pub rows: u64,
    /// The same by table (its first data row).
    pub tables: BTreeMap<u64, u64>,
    /// Birthdays on 1 January, and where.
    pub first_of_january: Vec<Location>,
    /// Full birth dates.
    pub full_dates: u64,
    /// The measures of each child, in order.
    pub measures: Vec<Measures>,
    /// For *link*: the children.
    pub batch: Batch,
    /// For doubles by the engine: where the children of the batch stand.
    pub linked_rows: Vec<(Location, RowFlags)>,
    /// For *link*: their keys, and where each ends.
    pub ids: (String, Vec<usize>),
    /// For *link*: children of a table without the key's column.
    pub without_id: u64,
}

impl Output {
    /// With room for the lines of a chunk of so many bytes.
    pub fn with_room(bytes: usize) -> Self {
        Self {
            children: Vec::with_capacity(bytes + bytes / 2),
            ..Self::default()
        }
    }
}

/// A worker with its memories.
pub struct Worker<'r> {
    run: &'r Run,
    sheet: &'r Sheet,
    slots: Vec<Slot>,
    findings: Vec<Finding>,
}

/// A table at hand: its reader, and what stands around the present row.
struct Slot {
    table: Arc<Table>,
    reader: RowReader,
    around: Around,
    stale: bool,
    /// For *link*: the column of the list's own key.
    id: Option<usize>,
    /// Children since the walk began.
    rows: u64,
}

/// Tables side by side that are kept at hand.
const TABLES_AT_ONCE: usize = 8;

/// Where a chunk's walk ended.
pub enum Ended {
    /// At the end of the rows.
    All,
    /// At a row with a new heading: its index.
    NewHead(usize),
}

impl<'r> Worker<'r> {
    /// A worker for a sheet.
    pub fn new(run: &'r Run, sheet: &'r Sheet) -> Self {
        Self {
            run,
            sheet,
            slots: Vec::new(),
            findings: Vec::new(),
        }
    }

    /// Walks rows from an index on. Stops at a new heading.
    pub fn walk(
        &mut self,
        rows: &Rows<'_>,
        from: usize,
        walker: &mut Walker,
        output: &mut Output,
    ) -> Ended {
        for slot in &mut self.slots {
            slot.stale = true;
        }
        for index in from..rows.len() {
            let Some(row) = rows.get(index) else { break };
            match walker.row(&row) {
                RowKind::Data => self.child(&row, walker, output),
                RowKind::NewHead => {
                    self.tally(output);
                    return Ended::NewHead(index);
                }
                kind => self.pass(&kind, Some(&mut *output)),
            }
            for beside in walker.beside() {
                match beside.row(&row) {
                    RowKind::Data => self.child(&row, beside, output),
                    kind => self.pass(&kind, None),
                }
            }
        }
        self.tally(output);
        Ended::All
    }

    /// Hands over the counts of the tables at hand.
    fn tally(&mut self, output: &mut Output) {
        for slot in &mut self.slots {
            *output.tables.entry(slot.table.first_data_row).or_default() +=
                std::mem::take(&mut slot.rows);
        }
    }

    fn pass(&mut self, kind: &RowKind, output: Option<&mut Output>) {
        if !matches!(kind, RowKind::Blank) {
            for slot in &mut self.slots {
                slot.stale = true;
            }
        }
        if let Some(output) = output {
            *output.skipped.entry(kind.reason()).or_default() += 1;
        }
    }

    /// The slot of the walker's table, with the walker's headings taken over.
    fn settle(&mut self, walker: &Walker, output: &mut Output) -> Option<usize> {
        let table = walker.table()?;
        let known = self
            .slots
            .iter()
            .position(|slot| Arc::ptr_eq(&slot.table, table));
        if let Some(index) = known
            && self.slots.get(index).is_some_and(|slot| !slot.stale)
        {
            return Some(index);
        }
        let around = self.around(walker, table);
        if let Some(index) = known {
            let slot = self.slots.get_mut(index)?;
            slot.around = around;
            slot.stale = false;
            Some(index)
        } else {
            if self.slots.len() >= TABLES_AT_ONCE {
                self.tally(output);
                self.slots.clear();
            }
            let mut plan = table.plan.clone();
            let id = self
                .run
                .link
                .as_ref()
                .and_then(|link| id_column(table, link));
            if let Some(column) = id.and_then(|id| plan.columns.get_mut(id)) {
                column.field = None;
            }
            let found = Arc::clone(&self.run.communes);
            let reader = RowReader::beside(plan, self.run.context, found);
            self.slots.push(Slot {
                table: Arc::clone(table),
                reader,
                around,
                stale: false,
                id,
                rows: 0,
            });
            Some(self.slots.len() - 1)
        }
    }

    fn around(&self, walker: &Walker, table: &Table) -> Around {
        let edition = self.run.context.edition;
        let mut around = Around {
            hamlet: None,
            heading_unit: None,
            unit: self.sheet.unit,
            district: self.sheet.district,
            province: self.sheet.province,
        };
        // A title speaks louder than the sheet's or the file's name.
        let titled = self.sheet.titled(table);
        if titled.is_somewhere() {
            around.province = titled.elsewhere;
        }
        around.unit = titled.commune.or(around.unit);
        around.district = titled.district.or(around.district);
        around.hamlet = titled.hamlet;
        if let Some(heading) = walker.unit() {
            let elsewhere = edition.in_title(heading).elsewhere;
            around.province = elsewhere.or(around.province);
            let edition = around.province.map_or(edition, |unit| edition.at(unit));
            let within = around.district.filter(|unit| edition.is_at_home(unit));
            if let Found::One(unit, _) = edition.find(heading, Level::Commune, within) {
                around.heading_unit = Some(unit);
            }
        }
        if let Some(heading) = walker.hamlet() {
            around.hamlet = Some(heading.to_owned());
        } else if around.hamlet.is_none() {
            around.hamlet.clone_from(&self.sheet.hamlet);
        }
        around
    }

    fn child(&mut self, row: &Row<'_, '_>, walker: &Walker, output: &mut Output) {
        let words = Words {
            rules: &self.run.rules,
        };
        let Some(index) = self.settle(walker, output) else {
            return;
        };
        let Some(Slot {
            reader,
            around,
            rows,
            id,
            ..
        }) = self.slots.get_mut(index)
        else {
            return;
        };
        *rows += 1;
        let findings = &mut self.findings;
        findings.clear();
        let child = reader.read(row, around, findings);
        if let Some(link) = &self.run.link {
            let written = if child.residence.unit.is_none() {
                reader.raw(row, Field::Commune)
            } else {
                String::new()
            };
            output
                .batch
                .push(&Entry::of(&child, self.run.context.edition, &written));
            let (text, ends) = &mut output.ids;
            match (&link.id, id.and_then(|id| row.cell(id))) {
                (Some(_), Some(cell)) => text.push_str(cell.text.trim()),
                (Some(_), None) => output.without_id += 1,
                (None, _) => text.push_str(&row.number.to_string()),
            }
            ends.push(text.len());
            output.rows += 1;
            return;
        }
        if self.run.duplicates {
            let written = if child.residence.unit.is_none() {
                reader.raw(row, Field::Commune)
            } else {
                String::new()
            };
            output
                .batch
                .push(&Entry::of(&child, self.run.context.edition, &written));
        }
        let raw = |field| reader.raw(row, field);
        let notes = if self.run.written {
            findings.clone()
        } else {
            Vec::new()
        };
        output.places.note(&child.residence, &|| {
            raw(treem_child::field::Field::Commune)
        });
        let measures = check(&child, &raw, self.run.context, &self.run.rules, findings);
        let at = Location::new(self.sheet.number, row.number);
        output.measures.push(measures);
        let written = self.run.written.then(|| {
            let text = |field| reader.decoded_text(row, field).into_owned();
            Written::of(&child, &notes, findings, &raw, &text).into_json()
        });
        records::child_line(
            &mut output.children,
            &self.sheet.prefix,
            row.number,
            &child,
            self.run.context.edition,
            written,
        );
        output.rows += 1;
        output.hidden_rows += u64::from(row.hidden);
        if let DateValue::Known(date) = child.birth
            && date.is_full()
        {
            output.full_dates += 1;
            if (date.month, date.day) == (1, 1) {
                output.first_of_january.push(at);
            }
        }
        let unit = child.residence.unit.or(child.residence.district);
        let groups = write_findings(findings, row.number, &words, &self.sheet.prefix, output);
        let unit = unit_number(unit);
        if self.run.duplicates {
            let flags = RowFlags {
                unit,
                identified: measures.identified,
                groups,
            };
            output.linked_rows.push((at, flags));
        }
        let counts = output.units.entry(unit).or_default();
        count(counts, measures, groups);
        let key = RowKey::of(&child);
        if key.number != 0 || key.person != 0 {
            let flags = RowFlags {
                unit,
                identified: measures.identified,
                groups,
            };
            output.keys.push((key, at, flags));
        }
    }
}

/// The column whose heading is the one asked for.
fn id_column(table: &Table, link: &ForLink) -> Option<usize> {
    let wanted = link.id.as_ref()?.trim().to_lowercase();
    let found = table
        .columns
        .iter()
        .find(|column| column.heading.trim().to_lowercase() == wanted);
    found.map(|column| column.column)
}

/// Writes the row's findings in order; gives the set of groups with an error (bit 0 = group 1).
fn write_findings(
    findings: &mut [Finding],
    row: u64,
    words: &Words<'_>,
    prefix: &[u8],
    output: &mut Output,
) -> u8 {
    if findings.is_empty() {
        return 0;
    }
    words.sort(findings);
    let mut groups = 0;
    for finding in findings.iter() {
        words.finding_line(&mut output.findings, prefix, row, finding);
        *output.rules.entry(finding.rule).or_default() += 1;
        if words.rules.severity(finding.rule) == Severity::Error {
            groups |= words
                .rules
                .group(finding.rule)
                .map_or(ERROR_WITHOUT_GROUP, |group| 1 << (group.number() - 1));
        }
    }
    groups
}

/// An error of a local rule without a group: the child is not clean, and in no list.
const ERROR_WITHOUT_GROUP: u8 = 1 << 7;

fn count(counts: &mut Counts, measures: Measures, groups: u8) {
    counts.children += 1;
    counts.identified += u64::from(measures.identified);
    counts.complete += u64::from(measures.complete);
    counts.clean += u64::from(groups == 0);
    for (index, slot) in counts.groups.iter_mut().enumerate() {
        *slot += u64::from(groups >> index & 1);
    }
}
