//! Writes an import into the book: every row becomes what the linkage said it is.
//!
//! In: the lines again, and [`Told`]. Out: children, changes, rows that wait, what became of each row. A record is worked out whole before
//! it is written: rows of one child are put together first, so that an act writes one event a child.

mod book;

use super::super::again::Again;
use super::super::kept::{self, field_of};
use super::super::record::{child_field, entry};
use super::columns::Places;
use super::known::{Book, Rows, number_of};
use super::lines::{Line, Lines};
use super::linked::{Fate, Told, Whom};
use super::same::{Said, compare, said, take};
use super::{Desk, Done, Failed, Imported};
use crate::access::Deed;
use crate::act::check::summary::Summary;
use crate::act::check::{Progress, Stop};
use crate::limits;
use rustc_hash::{FxHashMap, FxHashSet};
use std::path::Path;
use treem_child::check::Measures;
use treem_child::check::rules::RuleSet;
use treem_child::field::Field;
use treem_child::normalise::date::PartialDate;
use treem_child::rule::RuleId;
use treem_store::Act;
use treem_store::child::{Entry, Finding};
use treem_store::import::Row;
use treem_store::queue::{CHANGES, Candidate, OPEN, PERHAPS, Waiting};

/// Writes rows.
pub struct Filler<'a> {
    act: &'a mut Act,
    desk: &'a mut Desk,
    book: &'a str,
    there: &'a Book,
    list: &'a Rows,
    told: &'a Told,
    places: &'a mut Places,
    edition: &'static str,
    rules: &'a RuleSet,
    again: Again,
    around: (&'a dyn Progress, &'a Stop),
    /// Rows that are put together before they are written, by the first row of the child, or the child of the book.
    held: FxHashMap<Whom, Vec<(u32, Entry, Row)>>,
    /// New children by their first row.
    made: FxHashMap<u32, String>,
    /// Children of the book that this act changed.
    changed: FxHashSet<u32>,
    entries: Vec<Entry>,
    rows: Vec<Row>,
    known: Vec<(u32, Entry, Row)>,
    changes: Vec<(i64, Entry)>,
    waiting: Vec<Waiting>,
    candidates: Vec<Candidate>,
}

impl<'a> Filler<'a> {
    /// For an act, a book as the linkage saw it, what it said, and what holds for the rows.
    pub fn new(
        (act, desk, book): (&'a mut Act, &'a mut Desk, &'a str),
        (there, list, told, places): (&'a Book, &'a Rows, &'a Told, &'a mut Places),
        (edition, rules, as_of): (&'static str, &'a RuleSet, PartialDate),
        around: (&'a dyn Progress, &'a Stop),
    ) -> Self {
        Self {
            act,
            desk,
            book,
            there,
            list,
            told,
            places,
            edition,
            rules,
            again: Again::new(rules.clone(), as_of),
            around,
            held: FxHashMap::default(),
            made: FxHashMap::default(),
            changed: FxHashSet::default(),
            entries: Vec::new(),
            rows: Vec::new(),
            known: Vec::new(),
            changes: Vec::new(),
            waiting: Vec::new(),
            candidates: Vec::new(),
        }
    }

    /// Writes everything; sets `stopped` where it was asked to stop.
    pub async fn all(
        &mut self,
        mut lines: Lines,
        folder: &Path,
        checked: &Summary,
        out: &mut Imported,
    ) -> Done<()> {
        let several = self.several();
        if !several.is_empty() {
            self.hold(&several, folder, checked, &out.import)?;
        }
        let mut measures = checked.measures.iter().copied();
        let mut nth = 0_u32;
        while let Some(line) = lines.next()? {
            let of = measures.next().unwrap_or_default();
            if several.contains(&self.whom(nth)) {
                self.together(nth, out).await?;
            } else {
                let (one, row) = self.read(&lines, &line, of, nth, &out.import);
                self.may(&one, &row)?;
                self.single(nth, one, row, out);
            }
            nth += 1;
            out.rows = u64::from(nth);
            if self.rows.len() + self.known.len() >= limits::IMPORT_ROWS {
                self.flush(out).await?;
                self.tell(out, checked.counts.children);
                if self.around.1.is_asked() {
                    out.stopped = true;
                    return Ok(());
                }
            }
        }
        self.flush(out).await?;
        self.disputes(&out.import).await?;
        self.change(0, &out.import).await?;
        self.tell(out, checked.counts.children);
        Ok(())
    }

    fn tell(&self, out: &Imported, of: u64) {
        self.around.0.counted(&out.counters());
        let what = if out.dry {
            "tính thử"
        } else {
            "ghi vào sổ"
        };
        self.around.0.step(what, out.rows, of);
    }

    /// Whose row it is: of a child of the book, or of the first row of its child.
    fn whom(&self, nth: u32) -> Whom {
        match self.told.fates.get(nth as usize) {
            Some(Fate::Same(place)) => Whom::Child(*place),
            _ => Whom::Row(self.leader(nth)),
        }
    }

    fn leader(&self, nth: u32) -> u32 {
        self.told.leaders.get(nth as usize).copied().unwrap_or(nth)
    }

    /// Children of whom several rows speak; rows that wait are written one by one.
    fn several(&self) -> FxHashSet<Whom> {
        let mut seen: FxHashSet<Whom> = FxHashSet::default();
        let mut out = FxHashSet::default();
        for (nth, fate) in (0_u32..).zip(&self.told.fates) {
            if *fate != Fate::Perhaps {
                let whom = self.whom(nth);
                if !seen.insert(whom) {
                    out.insert(whom);
                }
            }
        }
        out
    }

    /// Reads the rows that are put together.
    fn hold(
        &mut self,
        several: &FxHashSet<Whom>,
        folder: &Path,
        checked: &Summary,
        import: &str,
    ) -> Done<()> {
        let mut lines = Lines::open(folder)?;
        let mut measures = checked.measures.iter().copied();
        let mut nth = 0_u32;
        while let Some(line) = lines.next()? {
            let of = measures.next().unwrap_or_default();
            let whom = self.whom(nth);
            if several.contains(&whom) {
                let (one, row) = self.read(&lines, &line, of, nth, import);
                self.may(&one, &row)?;
                self.held.entry(whom).or_default().push((nth, one, row));
            }
            nth += 1;
        }
        Ok(())
    }

    /// The row lies in the area; otherwise nothing of the lists is imported.
    fn may(&self, one: &Entry, row: &Row) -> Done<()> {
        let allowed = self
            .desk
            .must(Deed::Import, &one.state.edition, one.state.unit.as_deref());
        allowed.map_err(|failed| match failed {
            Failed::Denied(sentence) => Failed::Denied(format!(
                "{}, dòng {}: {sentence} Chưa có gì được nhập.",
                row.file, row.row
            )),
            other => other,
        })
    }

    /// A row as an entry without an id, and what is kept of where it stood.
    fn read(
        &self,
        lines: &Lines,
        (line, findings): &Line,
        measures: Measures,
        nth: u32,
        import: &str,
    ) -> (Entry, Row) {
        let mut one = entry(&lines.heads, line, findings, measures, self.edition);
        one.import = Some(import.to_owned());
        let field = |name: &str| child_field(&lines.heads, line, name).to_owned();
        let row = Row {
            nth: i64::from(nth) + 1,
            file: field("file"),
            sheet: field("sheet"),
            row: field("row").parse().unwrap_or(0),
            decision: "new".to_owned(),
            child: None,
        };
        (one, row)
    }

    /// A child of whom one row speaks, or a row that waits.
    fn single(&mut self, nth: u32, one: Entry, row: Row, out: &mut Imported) {
        match self.told.fates.get(nth as usize) {
            Some(Fate::Same(_)) => self.known.push((nth, one, row)),
            Some(Fate::Perhaps) => self.wait(nth, &one, row, out),
            Some(Fate::New) | None => {
                let id = self.desk.ids.next_id();
                self.add(nth, one, row, id, out);
            }
        }
    }

    /// All rows of a child, when its first one comes.
    async fn together(&mut self, nth: u32, out: &mut Imported) -> Done<()> {
        let whom = self.whom(nth);
        let Some(rows) = self.held.remove(&whom) else {
            return Ok(());
        };
        match whom {
            Whom::Child(place) => self.same(place, rows, out).await,
            Whom::Row(_) => {
                let mut rows = rows.into_iter();
                let Some((nth, mut one, row)) = rows.next() else {
                    return Ok(());
                };
                let id = self.desk.ids.next_id();
                let rest: Vec<(u32, Entry, Row)> = rows.collect();
                let mut have = said(&one);
                let filled = self.put_together(&mut have, &rest, &id, out);
                if !filled.is_empty() {
                    one = self.judged(one, have, &filled);
                }
                self.add(nth, one, row, id, out);
                Ok(())
            }
        }
    }

    fn add(&mut self, nth: u32, mut one: Entry, mut row: Row, id: String, out: &mut Imported) {
        self.dispute(&mut one);
        out.new += 1;
        out.identified += u64::from(one.state.identified);
        out.complete += u64::from(one.state.complete);
        one.id.clone_from(&id);
        row.child = Some(id.clone());
        if !self.told.fates.is_empty() {
            self.made.insert(nth, id);
        }
        self.entries.push(one);
        self.rows.push(row);
    }

    /// Rows of a child fill what its record lacks, the first one first; what differs waits. Gives the fields filled.
    fn put_together(
        &mut self,
        have: &mut Said,
        rows: &[(u32, Entry, Row)],
        id: &str,
        out: &mut Imported,
    ) -> Vec<&'static str> {
        let mut filled = Vec::new();
        for (nth, one, row) in rows {
            let says = said(one);
            let places = &mut *self.places;
            let compared = compare(have, &says, &mut |one, other| places.are_one(one, other));
            take(have, &says, &compared.fills);
            out.same += 1;
            out.changes += u64::from(compared != super::same::Compared::default());
            let mut row = row.clone();
            "same".clone_into(&mut row.decision);
            row.child = Some(id.to_owned());
            if !compared.differs.is_empty() {
                out.differing += 1;
                let mut waiting = self.waiting_of(*nth, one, &row);
                CHANGES.clone_into(&mut waiting.kind);
                waiting.fields = compared.differs.join(",");
                waiting.child = Some(id.to_owned());
                self.waiting.push(waiting);
            }
            filled.extend(compared.fills);
            self.rows.push(row);
        }
        filled
    }

    /// The record with fields filled in, checked again.
    fn judged(&mut self, before: Entry, have: Said, filled: &[&str]) -> Entry {
        let typed: Vec<(Field, String)> = filled
            .iter()
            .filter_map(|name| Some((field_of(name)?, have.words(name).to_owned())))
            .collect();
        let state = have.into_state(&before.state);
        let mut after = self.again.entry(&state, &before.findings, &typed);
        after.id = before.id;
        after.source = before.source;
        after.import = before.import;
        after
    }

    /// A number that comes to stand on two children: a finding, and the child is not identified by it.
    fn dispute(&self, one: &mut Entry) -> bool {
        let number = one.state.number.as_deref().unwrap_or("");
        if !self.told.shared.contains(&number_of(Some(number)))
            || !self.rules.is_on(RuleId::ID_SHARED)
            || one
                .findings
                .iter()
                .any(|finding| finding.rule == RuleId::ID_SHARED.code())
        {
            return false;
        }
        one.findings.push(kept::shared(self.rules, number));
        kept::sort(&mut one.findings);
        one.state.identified = false;
        true
    }

    /// What a row that waits keeps.
    fn waiting_of(&self, nth: u32, one: &Entry, row: &Row) -> Waiting {
        Waiting {
            import: one.import.clone().unwrap_or_default(),
            nth: row.nth,
            version: 1,
            kind: PERHAPS.to_owned(),
            state: OPEN.to_owned(),
            print: self
                .list
                .prints
                .get(nth as usize)
                .cloned()
                .unwrap_or_default(),
            edition: one.state.edition.clone(),
            unit: one.state.unit.clone(),
            number: one.state.number.clone(),
            record: one.state.record.clone(),
            findings: kept::to_json(&one.findings),
            sensitive: one.state.sensitive.clone(),
            ..Waiting::default()
        }
    }

    fn wait(&mut self, nth: u32, one: &Entry, mut row: Row, out: &mut Imported) {
        out.perhaps += 1;
        "perhaps".clone_into(&mut row.decision);
        let mut waiting = self.waiting_of(nth, one, &row);
        if let Some((candidates, note)) = self.told.waiting.get(&nth) {
            (*note).clone_into(&mut waiting.note);
            for (place, candidate) in (1_i64..).zip(candidates) {
                let (child, other) = match candidate.whom {
                    Whom::Child(place) => (self.there.ids.get(place as usize).cloned(), None),
                    Whom::Row(first) => match self.made.get(&first) {
                        Some(id) => (Some(id.clone()), None),
                        None => (None, Some(i64::from(first) + 1)),
                    },
                };
                self.candidates.push(Candidate {
                    nth: row.nth,
                    place,
                    child,
                    other,
                    millionths: super::linked::millionths(candidate.probability),
                    why: candidate.why.clone(),
                });
            }
        }
        self.waiting.push(waiting);
        self.rows.push(row);
    }

    /// Writes what has gathered.
    async fn flush(&mut self, out: &mut Imported) -> Done<()> {
        self.flush_known(out).await?;
        let (entries, rows) = (
            std::mem::take(&mut self.entries),
            std::mem::take(&mut self.rows),
        );
        self.act.add_children(&entries).await?;
        self.act.add_import_rows(&out.import, &rows).await?;
        let (waiting, candidates) = (
            std::mem::take(&mut self.waiting),
            std::mem::take(&mut self.candidates),
        );
        if !waiting.is_empty() {
            self.act.add_waiting(&waiting).await?;
            self.act.add_candidates(&out.import, &candidates).await?;
        }
        self.change(limits::IMPORT_CHANGES, &out.import).await
    }

    /// Writes the changes that have gathered, if there are so many.
    async fn change(&mut self, least: usize, import: &str) -> Done<()> {
        if self.changes.len() >= least {
            let changes = std::mem::take(&mut self.changes);
            self.act
                .change_children("changed", &changes, Some(import))
                .await?;
        }
        Ok(())
    }
}
