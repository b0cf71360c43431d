//! Children: as they are, everything that happened to them, as they were at any moment.
//!
//! In: an [`Act`] that writes, a [`Tx`] that reads. Out: [`Child`], [`Event`], [`Number`], [`Finding`]. Each change writes the child, its
//! event, its number's history and its findings together; a change begins from a version, and where that has passed, it is refused.

mod record;

pub use record::*;

use crate::act::Act;
use crate::error::{Error, Result};
use crate::store::{Tx, add_many, all, first, run};
use crate::{limits, sql};

impl Act {
    pub(crate) fn event(&self, kind: &str, entry: &Entry, seq: i64) -> Event {
        Event {
            child: entry.id.clone(),
            seq,
            request: self.doing.request.clone(),
            audit_seq: self.seq,
            kind: kind.to_owned(),
            at: self.doing.at.clone(),
            who: self.doing.who.clone(),
            role: self.doing.role.clone(),
            office: self.doing.office.clone(),
            why: self.doing.why.clone(),
            source: entry.source.clone(),
            import: entry.import.clone(),
            then: entry.state.clone(),
        }
    }

    /// Adds children. A number that somebody has already is written down all the same; [`Act::lost_claims`] tells who came second.
    ///
    /// # Errors
    /// [`Error::TooLong`], the database's.
    pub async fn add_children(&mut self, entries: &[Entry]) -> Result<()> {
        self.add_children_as("added", entries).await
    }

    /// The same under another kind of event.
    pub(crate) async fn add_children_as(&mut self, kind: &str, entries: &[Entry]) -> Result<()> {
        let long = |entry: &Entry| entry.state.record.len() + entry.state.sensitive.len();
        if let Some(entry) = entries
            .iter()
            .find(|entry| long(entry) > limits::RECORD_BYTES)
        {
            return Err(Error::TooLong(long(entry)));
        }
        let book = self.doing.register.clone();
        add_many!(self.tx, sql::CHILDREN_ADD, entries, entry => [
            book.as_str(), entry.id.as_str(), 1_i64, entry.state.state.as_str(), entry.state.name_key.as_str(),
            entry.state.birth.as_str(), entry.state.leaves_on.as_str(), entry.state.edition.as_str(),
            entry.state.unit.as_deref(), entry.state.number.as_deref(), entry.state.identified, entry.state.complete,
            entry.state.record.as_str(),
        ])?;
        add_many!(self.tx, sql::CHILDREN_SENSITIVE_ADD, entries, entry => [
            book.as_str(), entry.id.as_str(), entry.state.sensitive.as_str(),
        ])?;
        let events: Vec<Event> = entries
            .iter()
            .map(|entry| self.event(kind, entry, 1))
            .collect();
        self.add_events(&events).await?;
        let numbers: Vec<(&str, &str, &str)> = entries
            .iter()
            .filter_map(|entry| {
                Some((
                    entry.id.as_str(),
                    entry.state.number.as_deref()?,
                    entry.source.as_str(),
                ))
            })
            .collect();
        self.add_numbers(&numbers, 1).await?;
        let findings: Vec<(&str, i64, &Finding)> = entries
            .iter()
            .flat_map(|entry| {
                (1_i64..)
                    .zip(&entry.findings)
                    .map(|(nth, finding)| (entry.id.as_str(), nth, finding))
            })
            .collect();
        self.add_findings(&findings).await
    }

    /// Changes a child: what it shall say from now on, begun from a version.
    ///
    /// Gives the new version.
    ///
    /// # Errors
    /// [`Error::Conflict`] where somebody was faster, [`Error::NoChild`], [`Error::TooLong`], the database's.
    pub async fn change_child(&mut self, kind: &str, seen: i64, entry: &Entry) -> Result<i64> {
        let state = &entry.state;
        let long = state.record.len() + state.sensitive.len();
        if long > limits::RECORD_BYTES {
            return Err(Error::TooLong(long));
        }
        let (book, id) = (self.doing.register.clone(), entry.id.as_str());
        let before: Option<Child> = first!(self.tx, Child, sql::CHILD, book.as_str(), id)?;
        let Some(before) = before else {
            return Err(Error::NoChild);
        };
        let changed = run!(
            self.tx,
            sql::CHILD_SET,
            book.as_str(),
            id,
            seen,
            state.state.as_str(),
            state.name_key.as_str(),
            state.birth.as_str(),
            state.leaves_on.as_str(),
            state.edition.as_str(),
            state.unit.as_deref(),
            state.number.as_deref(),
            state.identified,
            state.complete,
            state.record.as_str(),
        )?;
        if changed == 0 {
            let now: Option<(i64,)> =
                first!(self.tx, (i64,), sql::CHILD_VERSION, book.as_str(), id)?;
            return Err(now.map_or(Error::NoChild, |(now,)| Error::Conflict { seen, now }));
        }
        let seq = seen.saturating_add(1);
        run!(
            self.tx,
            sql::CHILD_SENSITIVE_SET,
            book.as_str(),
            id,
            state.sensitive.as_str()
        )?;
        let event = self.event(kind, entry, seq);
        self.add_events(std::slice::from_ref(&event)).await?;
        // A record that does not count claims nothing.
        let held = |state: &State| state.number.clone().filter(|_| holds_number(&state.state));
        let (had, has) = (held(&before.now), held(state));
        if had != has {
            let at = self.doing.at.clone();
            run!(self.tx, sql::NUMBER_END, book.as_str(), id, at.as_str())?;
            run!(self.tx, sql::CLAIM_DROP, book.as_str(), id)?;
            if let Some(number) = &had {
                run!(
                    self.tx,
                    sql::CLAIM_PASS,
                    book.as_str(),
                    number.as_str(),
                    id,
                    at.as_str()
                )?;
                run!(self.tx, sql::CLAIM_SETTLE, book.as_str(), number.as_str())?;
            }
            if let Some(number) = &has {
                self.add_numbers(&[(id, number, &entry.source)], seq)
                    .await?;
            }
        }
        run!(self.tx, sql::FINDINGS_DROP, book.as_str(), id)?;
        let findings: Vec<(&str, i64, &Finding)> = (1_i64..)
            .zip(&entry.findings)
            .map(|(nth, finding)| (id, nth, finding))
            .collect();
        self.add_findings(&findings).await?;
        Ok(seq)
    }

    /// Children this act gave a number that another child claimed before; the claim is a dispute from now on.
    ///
    /// # Errors
    /// The database's.
    pub async fn lost_claims(&mut self) -> Result<Vec<(String, String)>> {
        let lost: Vec<(String, String)> = all!(
            self.tx,
            (String, String),
            sql::CLAIMS_LOST,
            self.doing.register.as_str(),
            self.seq
        )?;
        for (child, number) in &lost {
            run!(self.tx, sql::CLAIM_DISPUTE, number.as_str(), child.as_str())?;
        }
        Ok(lost)
    }

    pub(crate) async fn add_events(&mut self, events: &[Event]) -> Result<()> {
        let book = self.doing.register.clone();
        add_many!(self.tx, sql::EVENTS_ADD, events, event => [
            book.as_str(), event.child.as_str(), event.seq, event.request.as_str(), event.audit_seq, event.kind.as_str(),
            event.at.as_str(), event.who.as_str(), event.role.as_str(), event.office.as_str(), event.why.as_str(),
            event.source.as_str(), event.import.as_deref(), event.then.state.as_str(), event.then.name_key.as_str(),
            event.then.birth.as_str(), event.then.leaves_on.as_str(), event.then.edition.as_str(),
            event.then.unit.as_deref(), event.then.number.as_deref(), event.then.identified, event.then.complete,
            event.then.record.as_str(),
        ])?;
        add_many!(self.tx, sql::EVENTS_SENSITIVE_ADD, events, event => [
            book.as_str(), event.child.as_str(), event.seq, event.then.sensitive.as_str(),
        ])?;
        for event in events {
            self.events.push(&event.child, event.seq, event.hash());
        }
        Ok(())
    }

    async fn add_numbers(&mut self, numbers: &[(&str, &str, &str)], seq: i64) -> Result<()> {
        let (book, at) = (self.doing.register.clone(), self.doing.at.clone());
        add_many!(self.tx, sql::NUMBERS_ADD, numbers, (child, number, source) => [
            book.as_str(), *child, seq, *number, *source, "written", at.as_str(),
        ])?;
        add_many!(self.tx, sql::CLAIMS_ADD, numbers, (child, number, _) => [
            *number, book.as_str(), *child, at.as_str(), false,
        ])?;
        Ok(())
    }

    pub(crate) async fn add_findings(&mut self, findings: &[(&str, i64, &Finding)]) -> Result<()> {
        let book = self.doing.register.clone();
        add_many!(self.tx, sql::FINDINGS_ADD, findings, (child, nth, finding) => [
            book.as_str(), *child, *nth, finding.rule.as_str(), finding.field.as_str(), finding.list,
            finding.severity.as_str(), finding.raw.as_str(), finding.suggestion.as_str(), finding.safe,
        ])?;
        Ok(())
    }
}

/// Gives each child of a page its sensitive part; both in order of their ids. A child without one, which only a damaged book has, is not on the
/// page, as it is on no other list: the doctor names it.
fn join(page: &mut Vec<Child>, parts: Vec<(String, String)>) {
    let mut parts = parts.into_iter().peekable();
    page.retain_mut(|child| {
        while parts.next_if(|(of, _)| *of < child.id).is_some() {}
        let Some((_, own)) = parts.next_if(|(of, _)| *of == child.id) else {
            return false;
        };
        child.now.sensitive = own;
        true
    });
}

impl Tx {
    /// A child.
    ///
    /// # Errors
    /// [`Error::NoChild`], the database's.
    pub async fn child(&mut self, book: &str, id: &str) -> Result<Child> {
        first!(self, Child, sql::CHILD, book, id)?.ok_or(Error::NoChild)
    }

    /// A page of children in order of their ids, after one.
    ///
    /// # Errors
    /// The database's.
    pub async fn children_after(&mut self, book: &str, id: &str) -> Result<Vec<Child>> {
        let mut page = all!(self, Child, sql::CHILDREN_PAGE, book, id, limits::PAGE)?;
        let Some(to) = page.last().map(|child| child.id.clone()) else {
            return Ok(page);
        };
        type Part = (String, String);
        let parts = all!(self, Part, sql::SENSITIVE_BETWEEN, book, id, to.as_str())?;
        join(&mut page, parts);
        Ok(page)
    }

    /// The last id of the next page of children, after one; `None` where there are no more.
    pub(crate) async fn end_of_page(&mut self, book: &str, after: &str) -> Result<Option<String>> {
        type End = (Option<String>,);
        let end: Option<End> = first!(self, End, sql::PAGE_END, book, after, limits::PAGE)?;
        Ok(end.and_then(|(end,)| end))
    }

    /// The id in the middle of a book's children; `None` without children.
    ///
    /// # Errors
    /// The database's.
    pub async fn middle_child(&mut self, book: &str) -> Result<Option<String>> {
        let found: Option<(String,)> = first!(self, (String,), sql::CHILD_IN_THE_MIDDLE, book)?;
        Ok(found.map(|(id,)| id))
    }

    /// Ids of the children who have, or had, a number; at most a page.
    ///
    /// # Errors
    /// The database's.
    pub async fn children_of_number(&mut self, book: &str, number: &str) -> Result<Vec<String>> {
        let found: Vec<(String,)> = all!(
            self,
            (String,),
            sql::CHILDREN_OF_NUMBER,
            book,
            number,
            limits::PAGE
        )?;
        Ok(found.into_iter().map(|(id,)| id).collect())
    }

    /// Everything that happened to a child, the oldest first.
    ///
    /// # Errors
    /// The database's.
    pub async fn events(&mut self, book: &str, child: &str) -> Result<Vec<Event>> {
        all!(self, Event, sql::EVENTS, book, child)
    }

    /// A child as it was at a moment; `None` before it was there.
    ///
    /// # Errors
    /// The database's.
    pub async fn child_at(&mut self, book: &str, child: &str, at: &str) -> Result<Option<Event>> {
        first!(self, Event, sql::EVENT_AT, book, child, at)
    }

    /// Numbers of a child, the oldest first.
    ///
    /// # Errors
    /// The database's.
    pub async fn numbers(&mut self, book: &str, child: &str) -> Result<Vec<Number>> {
        all!(self, Number, sql::NUMBERS, book, child)
    }

    /// What is wrong with a child.
    ///
    /// # Errors
    /// The database's.
    pub async fn findings(&mut self, book: &str, child: &str) -> Result<Vec<Finding>> {
        all!(self, Finding, sql::FINDINGS, book, child)
    }

    /// How often each rule fires among the children who count.
    ///
    /// # Errors
    /// The database's.
    pub async fn findings_count(&mut self, book: &str) -> Result<Vec<(String, i64)>> {
        all!(self, (String, i64), sql::FINDINGS_COUNT, book, ACTIVE)
    }

    /// How many children are in a state.
    ///
    /// # Errors
    /// The database's.
    pub async fn children_in_state(&mut self, book: &str, state: &str) -> Result<i64> {
        let count: Option<(i64,)> = first!(self, (i64,), sql::CHILDREN_IN_STATE, book, state)?;
        Ok(count.map_or(0, |(count,)| count))
    }

    /// Children whose row and history do not agree on the version: 0 in a sound book.
    ///
    /// # Errors
    /// The database's.
    pub async fn children_astray(&mut self, book: &str) -> Result<i64> {
        let count: Option<(i64,)> = first!(self, (i64,), sql::CHILDREN_ASTRAY, book)?;
        Ok(count.map_or(0, |(count,)| count))
    }

    /// Numbers that more than one child claims, with the child who was first.
    ///
    /// # Errors
    /// The database's.
    pub async fn disputed(&mut self, book: &str) -> Result<Vec<(String, String)>> {
        all!(self, (String, String), sql::CLAIMS_DISPUTED, book)
    }
}
