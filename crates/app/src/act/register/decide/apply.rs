//! Decisions done: rows become children, fill or change records, wait again.
//!
//! In: rows that wait, and choices. Out: the children, events and decisions of one act. What is decided of several rows of one child is
//! put together, so that the act changes each child once.

use super::super::again::Again;
use super::super::import::columns::Places;
use super::super::import::same::{Said, compare, take};
use super::super::kept::{self, field_of};
use super::super::show::find;
use super::{By, Choice, Desk, Done, Failed, Outcome};
use crate::access::Deed;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use treem_child::check::rules::RuleSet;
use treem_child::field::Field;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit;
use treem_child::rule::RuleId;
use treem_store::Act;
use treem_store::child::{ACTIVE, Child, Entry, Finding, State, WITHDRAWN};
use treem_store::import::Import;
use treem_store::queue::{AGAIN, Decided, KEPT, NEW, OPEN, SAME, TAKEN, Waiting};

/// A record in the making.
struct Making {
    /// The version it begins from; 0 for a child who is new.
    seen: i64,
    kind: &'static str,
    entry: Entry,
    /// Something of it changed.
    changed: bool,
}

/// Does decisions.
pub struct Applier<'a> {
    act: &'a mut Act,
    desk: &'a mut Desk,
    book: &'a str,
    import: &'a Import,
    rules: &'a RuleSet,
    again: Again,
    places: Places,
    making: BTreeMap<String, Making>,
    /// Numbers that came or went.
    numbers: BTreeSet<String>,
    decided: Vec<(Waiting, Decided)>,
    /// By number of a row of the import: the child it was decided to be.
    became: FxHashMap<i64, String>,
    out: Outcome,
}

impl<'a> Applier<'a> {
    /// For an act and an import.
    pub fn new(
        (act, desk, book): (&'a mut Act, &'a mut Desk, &'a str),
        import: &'a Import,
        by: &'a By,
    ) -> Self {
        // An import always has a day; the first of all is only for a damaged one.
        let as_of = by
            .as_of
            .or_else(|| PartialDate::from_iso(&import.as_of))
            .unwrap_or_else(|| PartialDate::of_year(1000));
        Self {
            act,
            desk,
            book,
            import,
            rules: &by.rules,
            again: Again::new(by.rules.clone(), as_of),
            places: Places::new(unit::edition(&import.edition)),
            making: BTreeMap::new(),
            numbers: BTreeSet::new(),
            decided: Vec::new(),
            became: FxHashMap::default(),
            out: Outcome {
                import: import.id.clone(),
                ..Outcome::default()
            },
        }
    }

    /// Decides a row.
    ///
    /// # Errors
    /// [`Failed::Refused`]: no such child.
    pub async fn decide(&mut self, row: Waiting, choice: &Choice) -> Done<()> {
        self.may(&row)?;
        match choice {
            Choice::Same(who, fields) => {
                let id = find(self.act.reading(), self.book, who).await?;
                let nth = row.nth;
                self.same(row, &id, fields, SAME).await?;
                self.became.insert(nth, id);
            }
            Choice::New => {
                let nth = row.nth;
                let id = self.add(row).await?;
                self.became.insert(nth, id);
            }
            Choice::Take(fields) => {
                let id = row.child.clone().unwrap_or_default();
                self.same(row, &id, fields, TAKEN).await?;
            }
            Choice::Keep => {
                let child = row.child.clone();
                self.note(row, KEPT, child, None, "", String::new());
            }
            Choice::Later => {
                self.out.later += 1;
                let child = row.child.clone();
                self.note(row, OPEN, child, None, "", String::new());
            }
            Choice::Undo => {}
        }
        Ok(())
    }

    /// The row lies in the area.
    fn may(&self, row: &Waiting) -> Done<()> {
        self.desk
            .must(Deed::Decide, &row.edition, row.unit.as_deref())
    }

    fn note(
        &mut self,
        row: Waiting,
        decision: &str,
        child: Option<String>,
        child_version: Option<i64>,
        fields: &str,
        before: String,
    ) {
        self.out.rows += 1;
        if child.is_some() {
            self.out.child.clone_from(&child);
        }
        let decision = Decided {
            decision: decision.to_owned(),
            child,
            child_version,
            fields: fields.to_owned(),
            before,
            ..Decided::default()
        };
        self.decided.push((row, decision));
    }

    /// The record of a child, as far as this act has made it.
    async fn making(&mut self, id: &str) -> Done<()> {
        if self.making.contains_key(id) {
            return Ok(());
        }
        let child = self.act.reading().child(self.book, id).await?;
        let (edition, unit) = (&child.now.edition, child.now.unit.as_deref());
        self.desk.must(Deed::Decide, edition, unit)?;
        let findings = self.act.reading().findings(self.book, id).await?;
        let making = Making {
            seen: child.version,
            kind: "changed",
            entry: self.entry(child, findings),
            changed: false,
        };
        self.making.insert(id.to_owned(), making);
        Ok(())
    }

    fn entry(&self, child: Child, findings: Vec<Finding>) -> Entry {
        Entry {
            id: child.id,
            source: "decide".to_owned(),
            import: Some(self.import.id.clone()),
            state: child.now,
            findings,
        }
    }

    /// The row is a child of the book: what is missing is filled in, what the person chose is taken.
    async fn same(&mut self, row: Waiting, id: &str, fields: &[String], word: &str) -> Done<()> {
        self.making(id).await?;
        let Some(making) = self.making.get_mut(id) else {
            return Ok(());
        };
        if making.entry.state.state == WITHDRAWN {
            return Err(Failed::Refused(
                "hồ sơ này đã rút khỏi sổ, không nhận thêm dòng nào.".to_owned(),
            ));
        }
        let before = kept::to_json(&making.entry.findings);
        let mut have = Said::of(&making.entry.state);
        let says = Said::new(
            &row.record,
            &row.sensitive,
            row.unit.as_deref(),
            &row.edition,
        );
        let places = &mut self.places;
        let compared = compare(&have, &says, &mut |one, other| places.are_one(one, other));
        let mut wanted: Vec<&str> = if word == SAME {
            compared.fills.clone()
        } else {
            Vec::new()
        };
        wanted.extend(fields.iter().map(String::as_str));
        let mut version = None;
        if !wanted.is_empty() {
            take(&mut have, &says, &wanted);
            let typed: Vec<(Field, String)> = wanted
                .iter()
                .filter_map(|name| Some((field_of(name)?, have.words(name).to_owned())))
                .collect();
            let state = have.into_state(&making.entry.state);
            let after = self.again.entry(&state, &making.entry.findings, &typed);
            if after.state.number != making.entry.state.number {
                let numbers = [&after.state.number, &making.entry.state.number];
                self.numbers.extend(numbers.into_iter().flatten().cloned());
            }
            (making.entry.state, making.entry.findings) = (after.state, after.findings);
            making.changed = true;
            version = Some(making.seen.saturating_add(1));
        }
        self.out.same += 1;
        self.note(
            row,
            word,
            Some(id.to_owned()),
            version,
            &fields.join(","),
            before,
        );
        Ok(())
    }

    /// The row is a child of its own; one whose import was done again comes back.
    async fn add(&mut self, row: Waiting) -> Done<String> {
        self.out.new += 1;
        if row.kind == AGAIN
            && let Some(id) = row.child.clone()
        {
            self.making(&id).await?;
            if let Some(making) = self.making.get_mut(&id) {
                ACTIVE.clone_into(&mut making.entry.state.state);
                making.kind = "restored";
                making.changed = true;
                self.numbers.extend(making.entry.state.number.clone());
                let version = Some(making.seen.saturating_add(1));
                self.note(row, NEW, Some(id.clone()), version, "", String::new());
            }
            return Ok(id);
        }
        let state = State {
            state: ACTIVE.to_owned(),
            edition: row.edition.clone(),
            unit: row.unit.clone(),
            number: row.number.clone(),
            record: row.record.clone(),
            sensitive: row.sensitive.clone(),
            ..State::default()
        };
        let mut entry = self
            .again
            .entry(&state, &kept::from_json(&row.findings), &[]);
        entry.id = self.desk.ids.next_id();
        "import".clone_into(&mut entry.source);
        entry.import = Some(self.import.id.clone());
        self.numbers.extend(entry.state.number.clone());
        let id = entry.id.clone();
        let making = Making {
            seen: 0,
            kind: "added",
            entry,
            changed: true,
        };
        self.making.insert(id.clone(), making);
        self.note(row, NEW, Some(id.clone()), Some(1), "", String::new());
        Ok(id)
    }

    /// Takes back what was decided of a row last.
    ///
    /// # Errors
    /// [`Failed::Refused`]: nothing was decided, or the child was changed after it.
    pub async fn take_back(&mut self, row: Waiting) -> Done<()> {
        self.may(&row)?;
        let last = self
            .act
            .reading()
            .last_decision(self.book, &row.import, row.nth)
            .await?
            .filter(|_| row.state != OPEN);
        let Some(last) = last else {
            return Err(Failed::Refused(
                "chưa có quyết định nào về dòng này để lấy lại.".to_owned(),
            ));
        };
        if let (Some(id), Some(version)) = (&last.child, last.child_version) {
            self.making(id).await?;
            let events = self.act.reading().events(self.book, id).await?;
            let Some(making) = self.making.get_mut(id) else {
                return Ok(());
            };
            if making.seen != version {
                return Err(Failed::Refused(format!(
                    "hồ sơ {id} đã được sửa sau quyết định này nên được giữ nguyên; hãy sửa bằng treem child edit."
                )));
            }
            self.numbers.extend(making.entry.state.number.clone());
            let was = events
                .iter()
                .find(|event| event.seq == version.saturating_sub(1))
                .filter(|_| last.decision != NEW);
            if let Some(event) = was {
                making.entry.state = event.then.clone();
                making.entry.findings = kept::from_json(&last.before);
                making.kind = "reverted";
                self.numbers.extend(event.then.number.clone());
            } else {
                WITHDRAWN.clone_into(&mut making.entry.state.state);
                making.kind = "withdrawn";
            }
            making.changed = true;
        }
        let keeps = row.kind != super::PERHAPS;
        let child = last.child.filter(|_| keeps);
        self.out.back += 1;
        self.note(row, OPEN, child, None, "", String::new());
        Ok(())
    }

    /// Rows that stood for the same child as a decided one follow it.
    async fn follow(&mut self) -> Done<()> {
        if self.became.is_empty() {
            return Ok(());
        }
        let mut last = 0;
        loop {
            let reading = self.act.reading();
            let page = reading
                .waiting(self.book, &self.import.id, OPEN, last)
                .await?;
            let (Some(first), Some(end)) = (page.first().map(|row| row.nth), page.last()) else {
                return Ok(());
            };
            last = end.nth;
            let candidates = reading
                .candidates(self.book, &self.import.id, (first, last))
                .await?;
            for row in page.into_iter().filter(|row| row.note == "follows") {
                let at = candidates.partition_point(|one| one.nth < row.nth);
                let other = candidates
                    .get(at)
                    .filter(|one| one.nth == row.nth)
                    .and_then(|one| one.other);
                let became = other.and_then(|other| self.became.get(&other).cloned());
                let known = self.decided.iter().any(|(known, _)| known.nth == row.nth);
                if let (Some(id), false) = (became, known) {
                    self.same(row, &id, &[], SAME).await?;
                }
            }
        }
    }

    /// Writes everything.
    ///
    /// # Errors
    /// The database's.
    pub async fn write(mut self) -> Done<Outcome> {
        self.follow().await?;
        self.settle_numbers().await?;
        let making = std::mem::take(&mut self.making);
        let mut added = Vec::new();
        let mut changed: BTreeMap<&'static str, Vec<(i64, Entry)>> = BTreeMap::new();
        for (_, one) in making {
            if one.seen == 0 {
                added.push(one.entry);
            } else if one.changed {
                self.out.changed += u64::from(matches!(one.kind, "changed" | "reverted"));
                changed
                    .entry(one.kind)
                    .or_default()
                    .push((one.seen, one.entry));
            }
        }
        self.act.add_children(&added).await?;
        for (kind, entries) in &changed {
            self.act
                .change_children(kind, entries, Some(&self.import.id))
                .await?;
        }
        self.act.lost_claims().await?;
        self.act.decide(&self.decided).await?;
        Ok(self.out)
    }

    /// Where a number came or went: it is a dispute of all who have it, or of nobody.
    async fn settle_numbers(&mut self) -> Done<()> {
        for number in std::mem::take(&mut self.numbers) {
            let ids = self
                .act
                .reading()
                .children_of_number(self.book, &number)
                .await?;
            for id in &ids {
                self.making(id).await?;
            }
            let holders: Vec<String> = self
                .making
                .iter()
                .filter(|(_, one)| {
                    one.entry.state.number.as_deref() == Some(number.as_str())
                        && matches!(one.entry.state.state.as_str(), "active" | "moved" | "died")
                })
                .map(|(id, _)| id.clone())
                .collect();
            let shared = holders.len() > 1 && self.rules.is_on(RuleId::ID_SHARED);
            for id in holders {
                let Some(one) = self.making.get_mut(&id) else {
                    continue;
                };
                let code = RuleId::ID_SHARED.code();
                let has = one.entry.findings.iter().any(|known| known.rule == code);
                if has == shared {
                    continue;
                }
                if shared {
                    one.entry.findings.push(kept::shared(self.rules, &number));
                } else {
                    one.entry.findings.retain(|known| known.rule != code);
                }
                let again = self.again.entry(&one.entry.state, &one.entry.findings, &[]);
                one.entry.state.identified = again.state.identified && !shared;
                kept::sort(&mut one.entry.findings);
                one.changed = true;
            }
        }
        Ok(())
    }
}
