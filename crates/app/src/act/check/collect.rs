//! Collects what the workers give, in order: writes the two files, keeps the keys and the counts, and at the end puts in the
//! findings over many rows.
//!
//! In: [`Output`]s in order of the rows. Out: `children.csv`, `findings.csv`, counts. Memory: [`super::keys`] states it.

use super::duplicates::Duplicates;
use super::keys::{Entry, Keys, RowFlags};
use super::merge::{self, Late, Segment};
use super::records::{self, Words};
use super::sink::Sink;
use super::summary::Counts;
use super::worker::{Output, Run};
use super::{Progress, Stop};
use crate::act::csv_line;
use crate::limits;
use anyhow::Context as _;
use rustc_hash::FxHashMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use treem_child::check::Measures;
use treem_child::check::across::{self, Clusters, Location, Shared};
use treem_child::field::Field;
use treem_child::finding::Finding;
use treem_child::rule::RuleId;

const FULL: &str = "không ghi được kết quả";

/// A sheet of the run, as the findings name it.
struct Place {
    file: String,
    file_number: usize,
    sheet: String,
    prefix: Vec<u8>,
    findings_start: u64,
    full_dates: u64,
    first_of_january: Vec<Location>,
}

/// Collects a run.
pub struct Collector {
    folder: PathBuf,
    children: BufWriter<File>,
    findings: BufWriter<File>,
    findings_bytes: u64,
    keys: Keys,
    duplicates: Option<Duplicates>,
    places: Vec<Place>,
    /// Counts by unit (its code as a number, 0: not known) of the whole run.
    pub units: FxHashMap<u32, Counts>,
    /// Counts by file that has ended.
    pub files: Vec<Counts>,
    file_units: FxHashMap<u32, Counts>,
    /// Findings by rule.
    pub rules: FxHashMap<RuleId, u64>,
    /// Children so far.
    pub rows: u64,
    /// Keep the measures.
    pub keep_measures: bool,
    /// The measures of each child, in order, where they are kept; what other rows say is not in them yet.
    pub measures: Vec<Measures>,
    /// Rows that share their number or person with too many others to be compared with them.
    pub not_compared: u64,
}

/// Names of the files while they are being written.
const CHILDREN_PART: &str = "children.csv.part";
const FINDINGS_PART: &str = "findings.csv.part";
const MERGED_PART: &str = "findings.csv.merged.part";

impl Sink for Collector {
    fn begin_sheet(&mut self, file: &str, sheet: &str) -> (u32, Vec<u8>) {
        let prefix = csv_line::prefix(file, sheet);
        let number = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        self.places.push(Place {
            file: file.to_owned(),
            file_number: self.files.len(),
            sheet: sheet.to_owned(),
            prefix: prefix.clone(),
            findings_start: self.findings_bytes,
            full_dates: 0,
            first_of_january: Vec::new(),
        });
        (number, prefix)
    }

    fn take(&mut self, output: Output) -> anyhow::Result<()> {
        self.children.write_all(&output.children).context(FULL)?;
        self.findings.write_all(&output.findings).context(FULL)?;
        self.findings_bytes += output.findings.len() as u64;
        self.rows += output.rows;
        if let Some(duplicates) = &mut self.duplicates {
            duplicates.take(&output);
        }
        if self.keep_measures {
            self.measures.extend(output.measures);
        }
        for (key, at, flags) in output.keys {
            self.keys.add(key, at, flags)?;
        }
        for (unit, counts) in &output.units {
            self.file_units.entry(*unit).or_default().add(counts);
        }
        for (rule, count) in output.rules {
            *self.rules.entry(rule).or_default() += count;
        }
        if let Some(place) = self.places.last_mut() {
            place.full_dates += output.full_dates;
            if place.first_of_january.len() < limits::ACROSS_FINDINGS {
                place.first_of_january.extend(output.first_of_january);
            }
        }
        Ok(())
    }

    fn end_file(&mut self) {
        let mut all = Counts::default();
        for (unit, counts) in self.file_units.drain() {
            all.add(&counts);
            self.units.entry(unit).or_default().add(&counts);
        }
        self.files.push(all);
    }
}

impl Collector {
    /// Begins the two files in a folder that exists.
    pub fn new(folder: &Path, duplicates: bool, keep_measures: bool) -> anyhow::Result<Self> {
        let begin = |name: &str, head: &str| -> anyhow::Result<BufWriter<File>> {
            let file = File::options()
                .write(true)
                .create(true)
                .truncate(false)
                .open(folder.join(name))
                .with_context(|| format!("không ghi được vào thư mục {}", folder.display()))?;
            // Two runs in one folder would write over each other. Where the file system knows no locks, nobody can tell.
            if let Err(std::fs::TryLockError::WouldBlock) = file.try_lock() {
                anyhow::bail!(
                    "một lần chạy khác đang ghi vào thư mục {}; chờ nó xong, hoặc chọn thư mục khác bằng --out",
                    folder.display()
                );
            }
            file.set_len(0).context(FULL)?;
            let mut out = BufWriter::with_capacity(1 << 20, file);
            out.write_all(head.as_bytes()).context(FULL)?;
            Ok(out)
        };
        let children = begin(CHILDREN_PART, &records::children_head(keep_measures))?;
        let findings = begin(FINDINGS_PART, records::FINDINGS_HEAD).inspect_err(|_| {
            let _ = std::fs::remove_file(folder.join(CHILDREN_PART));
        })?;
        Ok(Self {
            folder: folder.to_owned(),
            children,
            findings,
            findings_bytes: records::FINDINGS_HEAD.len() as u64,
            keys: Keys::new(folder),
            duplicates: duplicates.then(Duplicates::default),
            places: Vec::new(),
            units: FxHashMap::default(),
            files: Vec::new(),
            file_units: FxHashMap::default(),
            rules: FxHashMap::default(),
            rows: 0,
            keep_measures,
            measures: Vec::new(),
            not_compared: 0,
        })
    }

    /// Takes the unfinished files away.
    pub fn abandon(self) {
        let folder = self.folder.clone();
        drop(self);
        for name in [CHILDREN_PART, FINDINGS_PART, MERGED_PART] {
            let _ = std::fs::remove_file(folder.join(name));
        }
    }

    /// Finds what stands on several rows, puts it in, gives the files their names. Gives how many findings were left out where
    /// there were more than [`limits::ACROSS_FINDINGS`]; nothing where it was stopped on its way.
    pub fn finish(
        &mut self,
        run: &Run,
        progress: &dyn Progress,
        stop: &Stop,
    ) -> anyhow::Result<Option<u64>> {
        self.children.flush().context(FULL)?;
        self.findings.flush().context(FULL)?;
        let mut keys = std::mem::replace(&mut self.keys, Keys::new(&self.folder));
        keys.settle();
        let mut clusters = Clusters::default();
        let mut shared: Vec<(RuleId, Shared)> = Vec::new();
        let mut left_out = 0;
        let mut engine_left_out = 0;
        let mut flags: FxHashMap<Location, RowFlags> = FxHashMap::default();
        let mut keep = |rule: RuleId,
                        found: Vec<Shared>,
                        group: &[Entry],
                        shared: &mut Vec<(RuleId, Shared)>,
                        flags: &mut FxHashMap<Location, RowFlags>| {
            if !run.rules.is_on(rule) || found.is_empty() {
                return;
            }
            let of: FxHashMap<Location, RowFlags> = group
                .iter()
                .map(|entry| (entry.at, entry.flags()))
                .collect();
            for one in found {
                if shared.len() >= limits::ACROSS_FINDINGS {
                    left_out += 1;
                    continue;
                }
                if let Some(known) = of.get(&one.at) {
                    flags.entry(one.at).or_insert(*known);
                }
                shared.push((rule, one));
            }
        };
        let engine = self.duplicates.take();
        let by_engine = engine.is_some();
        if let Some(duplicates) = engine {
            let Some(found) = duplicates.find(&mut clusters, progress, stop)? else {
                return Ok(None);
            };
            if run.rules.is_on(RuleId::CHILD_DUPLICATE) {
                let room = limits::ACROSS_FINDINGS;
                engine_left_out = found.len().saturating_sub(room) as u64;
                for (one, known) in found.into_iter().take(room) {
                    flags.insert(one.at, known);
                    shared.push((RuleId::CHILD_DUPLICATE, one));
                }
            }
        }
        self.not_compared = keys.persons.groups(|group| {
            if stop.is_asked() || by_engine {
                return;
            }
            let rows: Vec<(Location, u32, u32)> = group
                .iter()
                .map(|entry| (entry.at, entry.father, entry.mother))
                .collect();
            let mut found = Vec::new();
            across::duplicates(&rows, &mut clusters, &mut found);
            keep(
                RuleId::CHILD_DUPLICATE,
                found,
                group,
                &mut shared,
                &mut flags,
            );
        })?;
        let mut numbers: FxHashMap<Location, u64> = FxHashMap::default();
        self.not_compared += keys.numbers.groups(|group| {
            if stop.is_asked() {
                return;
            }
            let rows: Vec<Location> = group.iter().map(|entry| entry.at).collect();
            let mut found = Vec::new();
            across::shared_numbers(&rows, &clusters, &mut found);
            if let Some(first) = group.first() {
                for one in &found {
                    numbers.insert(one.at, first.key);
                }
            }
            keep(RuleId::ID_SHARED, found, group, &mut shared, &mut flags);
        })?;
        let mut late: Vec<Late> = Vec::new();
        for (rule, one) in &shared {
            self.count(*rule, one.at, &mut flags);
            late.push(self.late(run, *rule, one, numbers.get(&one.at).copied()));
        }
        self.heaped(run, &mut late);
        late.sort_unstable_by(|left, right| (left.at, left.code).cmp(&(right.at, right.code)));
        Ok(self
            .place(&late, stop)?
            .then_some(left_out + engine_left_out))
    }

    /// Corrects the counts of a row that a later finding hit.
    fn count(&mut self, rule: RuleId, at: Location, flags: &mut FxHashMap<Location, RowFlags>) {
        *self.rules.entry(rule).or_default() += 1;
        let Some(known) = flags.get_mut(&at) else {
            return;
        };
        let bit = if rule == RuleId::ID_SHARED { 3 } else { 4 };
        let correct = |counts: &mut Counts| {
            if known.groups >> bit & 1 == 0
                && let Some(slot) = counts.groups.get_mut(bit)
            {
                *slot += 1;
            }
            if known.groups == 0 {
                counts.clean = counts.clean.saturating_sub(1);
            }
            if bit == 3 && known.identified {
                counts.identified = counts.identified.saturating_sub(1);
            }
        };
        let file = self
            .places
            .get(at.sheet() as usize)
            .map(|place| place.file_number);
        if let Some(counts) = file.and_then(|file| self.files.get_mut(file)) {
            correct(counts);
        }
        if let Some(counts) = self.units.get_mut(&known.unit) {
            correct(counts);
        }
        known.groups |= 1 << bit;
        known.identified &= bit != 3;
    }

    fn late(&self, run: &Run, rule: RuleId, one: &Shared, number: Option<u64>) -> Late {
        let home = one.at.sheet();
        let rows: Vec<(u64, Option<(&str, &str)>)> = one
            .with
            .iter()
            .map(|other| {
                let elsewhere = (other.sheet() != home)
                    .then(|| self.places.get(other.sheet() as usize))
                    .flatten();
                (
                    other.row(),
                    elsewhere.map(|place| (place.file.as_str(), place.sheet.as_str())),
                )
            })
            .collect();
        let named = records::name_rows(&rows, one.others);
        let finding = match number {
            Some(number) => {
                Finding::new(rule, Field::Number, format!("{number:012}")).detail(named)
            }
            None => match one.percent {
                Some(percent) => Finding::new(rule, Field::Name, "")
                    .detail(percent.to_string())
                    .detail(named)
                    .detail(treem_child::texts::LINKED),
                None => Finding::new(rule, Field::Name, "")
                    .detail(one.parent.map_or("", |parent| parent.label()))
                    .detail(named),
            },
        };
        self.late_line(run, one.at, &finding)
    }

    fn late_line(&self, run: &Run, at: Location, finding: &Finding) -> Late {
        let mut line = Vec::new();
        let prefix = self
            .places
            .get(at.sheet() as usize)
            .map_or(&[][..], |place| &place.prefix);
        Words { rules: &run.rules }.finding_line(&mut line, prefix, at.row(), finding);
        Late {
            at,
            code: finding.rule.code(),
            line,
        }
    }

    /// Birthdays on 1 January, where a list has more than chance gives.
    fn heaped(&mut self, run: &Run, late: &mut Vec<Late>) {
        if !run.rules.is_on(RuleId::BIRTH_HEAPED) {
            return;
        }
        let mut found = 0;
        for place in &self.places {
            let (heap, all) = (place.first_of_january.len() as u64, place.full_dates);
            if across::is_heaped(heap, all) {
                for at in &place.first_of_january {
                    let finding = Finding::new(RuleId::BIRTH_HEAPED, Field::Birth, "01/01")
                        .detail(heap.to_string())
                        .detail(all.to_string());
                    late.push(self.late_line(run, *at, &finding));
                    found += 1;
                }
            }
        }
        if found > 0 {
            self.rules.insert(RuleId::BIRTH_HEAPED, found);
        }
    }

    /// Gives the files their names, both at once: a run that fails or is stopped before leaves an earlier pair as it was.
    fn place(&self, late: &[Late], stop: &Stop) -> anyhow::Result<bool> {
        let path = |name: &str| self.folder.join(name);
        let mut findings = FINDINGS_PART;
        if !late.is_empty() {
            let segments: Vec<Segment> = self
                .places
                .iter()
                .enumerate()
                .map(|(number, place)| Segment {
                    sheet: u32::try_from(number).unwrap_or(u32::MAX),
                    start: place.findings_start,
                    prefix: place.prefix.clone(),
                })
                .collect();
            findings = MERGED_PART;
            merge::merge(
                &path(FINDINGS_PART),
                &path(MERGED_PART),
                records::FINDINGS_HEAD.as_bytes(),
                &segments,
                late,
                stop,
            )?;
        }
        if stop.is_asked() {
            return Ok(false);
        }
        for file in [self.children.get_ref(), self.findings.get_ref()] {
            let _ = file.unlock();
        }
        for (from, to) in [(CHILDREN_PART, "children.csv"), (findings, "findings.csv")] {
            std::fs::rename(path(from), path(to))
                .with_context(|| format!("không đặt được tên {to}"))?;
        }
        if findings == MERGED_PART {
            std::fs::remove_file(path(FINDINGS_PART)).context("không xóa được tệp tạm")?;
        }
        Ok(true)
    }
}
