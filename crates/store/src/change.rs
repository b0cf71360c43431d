//! Many children changed at once, by an import or a decision about its rows.
//!
//! In: an [`Act`], entries with the version each begins from. Out: their events, the children as the events say, their numbers, claims
//! and findings; what the findings were before is kept, so that undoing brings them back. All by a few statements over the children of
//! the act, however many they are.

use crate::act::Act;
use crate::child::{Child, Entry, Finding};
use crate::error::{Error, Result};
use crate::store::{Tx, all, run};
use crate::{limits, sql};
use std::collections::HashMap;

/// Children of one statement that asks for some.
pub(crate) const SOME: usize = 50;

/// The last id there is.
const LAST: &str = "~";

/// What the linkage looks at of a child.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Linkable {
    /// Its id.
    pub id: String,
    /// Its state.
    pub state: String,
    /// Edition of the unit.
    pub edition: String,
    /// Unit.
    pub unit: Option<String>,
    /// Sound number.
    pub number: Option<String>,
    /// The fields as JSON, without the sensitive ones.
    pub record: String,
    /// The sensitive fields as JSON.
    pub sensitive: String,
}

/// Children's data never reaches a log.
impl std::fmt::Debug for Linkable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Linkable(***)")
    }
}

/// A finding and whose it is.
#[derive(sqlx::FromRow)]
struct Of {
    child: String,
    #[sqlx(flatten)]
    finding: Finding,
}

/// The ids, the last as often as is needed to be as many as the statement asks for.
pub(crate) fn padded<'a>(ids: &[&'a str]) -> [&'a str; SOME] {
    let last = ids.last().copied().unwrap_or("");
    std::array::from_fn(|at| ids.get(at).copied().unwrap_or(last))
}

/// All rows of a statement that asks for so many ids.
macro_rules! some {
    ($tx:expr, $row:ty, $sql:expr, $book:expr, $ids:expr) => {
        match &mut $tx.0 {
            $crate::store::Inner::Lite(transaction) => {
                $crate::watch::note($crate::store::Engine::Sqlite, $sql);
                let query = sqlx::query_as::<_, $row>($sql).bind($book);
                $ids.iter()
                    .fold(query, |query, id| query.bind(*id))
                    .fetch_all(&mut **transaction)
                    .await
            }
            $crate::store::Inner::Pg(transaction) => {
                $crate::watch::note($crate::store::Engine::Postgres, $sql);
                let query = sqlx::query_as::<_, $row>($sql).bind($book);
                $ids.iter()
                    .fold(query, |query, id| query.bind(*id))
                    .fetch_all(&mut **transaction)
                    .await
            }
        }
        .map_err($crate::error::Error::from)
    };
}

pub(crate) use some;

impl Act {
    /// Changes children: what each shall say from now on, and the version it begins from. An act changes a child once.
    ///
    /// `import`: where the entries name an import, the findings as they were before it are kept for its undoing.
    ///
    /// # Errors
    /// [`Error::TooLong`]; [`Error::Database`] where a child has another version (read them within this act); the database's.
    pub async fn change_children(
        &mut self,
        kind: &str,
        changes: &[(i64, Entry)],
        import: Option<&str>,
    ) -> Result<()> {
        let long = |entry: &Entry| entry.state.record.len() + entry.state.sensitive.len();
        if let Some((_, entry)) = changes
            .iter()
            .find(|(_, entry)| long(entry) > limits::RECORD_BYTES)
        {
            return Err(Error::TooLong(long(entry)));
        }
        let (Some(first), Some(last)) = (
            changes.iter().map(|(_, entry)| entry.id.as_str()).min(),
            changes.iter().map(|(_, entry)| entry.id.as_str()).max(),
        ) else {
            return Ok(());
        };
        let events: Vec<_> = changes
            .iter()
            .map(|(seen, entry)| self.event(kind, entry, seen.saturating_add(1)))
            .collect();
        self.add_events(&events).await?;
        let (book, seq) = (self.doing.register.clone(), self.seq);
        let book = book.as_str();
        if let Some(import) = import {
            for text in [sql::BEFORE_DROP, sql::BEFORE_KEEP] {
                run!(self.tx, text, book, seq, kind, first, last, import)?;
            }
        }
        // Findings first: it is by their version that children not yet changed are known.
        for text in [
            sql::CHANGE_FINDINGS_DROP,
            sql::CHANGE_CHILDREN,
            sql::CHANGE_CHILDREN_SENSITIVE,
        ] {
            run!(self.tx, text, book, seq, kind, first, last)?;
        }
        self.change_numbers(first, last).await?;
        let findings: Vec<(&str, i64, &Finding)> = changes
            .iter()
            .flat_map(|(_, entry)| {
                (1_i64..)
                    .zip(&entry.findings)
                    .map(|(nth, finding)| (entry.id.as_str(), nth, finding))
            })
            .collect();
        self.add_findings(&findings).await
    }

    /// Numbers and claims of children between two ids as the act's events have them.
    pub(crate) async fn change_numbers(&mut self, first: &str, last: &str) -> Result<()> {
        let (book, seq, at) = (self.doing.register.clone(), self.seq, self.doing.at.clone());
        let (book, at) = (book.as_str(), at.as_str());
        let mut changed = run!(self.tx, sql::CHANGE_NUMBERS_END, book, seq, at, first, last)?;
        for text in [sql::CHANGE_CLAIMS_DROP, sql::CHANGE_NUMBERS_ADD] {
            changed = changed.saturating_add(run!(self.tx, text, book, seq, first, last)?);
        }
        if changed > 0 {
            run!(self.tx, sql::CHANGE_CLAIMS_FILL, book, seq, at)?;
            run!(self.tx, sql::CHANGE_CLAIMS_SETTLE, book, seq)?;
        }
        Ok(())
    }

    /// The same for all children of the act.
    pub(crate) async fn change_all_numbers(&mut self) -> Result<()> {
        self.change_numbers("", LAST).await
    }

    /// Children of the act's events of a kind say what the events say.
    pub(crate) async fn change_all_children(&mut self, kind: &str) -> Result<()> {
        let (book, seq) = (self.doing.register.clone(), self.seq);
        for text in [sql::CHANGE_CHILDREN, sql::CHANGE_CHILDREN_SENSITIVE] {
            run!(self.tx, text, book.as_str(), seq, kind, "", LAST)?;
        }
        Ok(())
    }

    /// Findings of the act's children of a kind are exchanged for those kept on a side of an import. Those they have are kept on the
    /// other side where that is `after`.
    pub(crate) async fn exchange_findings(
        &mut self,
        kind: &str,
        import: &str,
        side: &str,
    ) -> Result<()> {
        let (book, seq) = (self.doing.register.clone(), self.seq);
        let book = book.as_str();
        if side == "before" {
            for text in [sql::AFTER_DROP, sql::AFTER_KEEP] {
                run!(self.tx, text, book, seq, kind, import)?;
            }
        }
        run!(
            self.tx,
            sql::CHANGE_FINDINGS_DROP,
            book,
            seq,
            kind,
            "",
            LAST
        )?;
        run!(self.tx, sql::FINDINGS_BACK, book, seq, kind, import, side)?;
        Ok(())
    }
}

impl Tx {
    /// A page of the children a list may speak of, after one: all but those withdrawn, merged or entered by mistake.
    ///
    /// # Errors
    /// The database's.
    pub async fn linkable(&mut self, book: &str, after: &str) -> Result<Vec<Linkable>> {
        all!(
            self,
            Linkable,
            sql::CHILDREN_LINKABLE,
            book,
            after,
            limits::PAGE
        )
    }

    /// Some children, in order of their ids.
    ///
    /// # Errors
    /// The database's.
    pub async fn children_of(&mut self, book: &str, ids: &[&str]) -> Result<Vec<Child>> {
        let mut out = Vec::with_capacity(ids.len());
        for chunk in ids.chunks(SOME) {
            let ids = padded(chunk);
            out.extend(some!(self, Child, sql::CHILDREN_OF, book, ids)?);
        }
        out.sort_by(|one: &Child, other| one.id.cmp(&other.id));
        Ok(out)
    }

    /// Those of some numbers that a child of another book has.
    ///
    /// # Errors
    /// The database's.
    pub async fn numbers_elsewhere(&mut self, book: &str, numbers: &[&str]) -> Result<Vec<String>> {
        let held = self.holders_elsewhere(book, numbers).await?;
        let mut out: Vec<String> = held.into_iter().map(|(number, ..)| number).collect();
        out.sort_unstable();
        out.dedup();
        Ok(out)
    }

    /// The children of other books who have one of some numbers: number, book, id. A child who went on from a book into another is found in the
    /// last.
    ///
    /// # Errors
    /// The database's.
    pub async fn holders_elsewhere(
        &mut self,
        book: &str,
        numbers: &[&str],
    ) -> Result<Vec<(String, String, String)>> {
        let mut out = Vec::new();
        for other in self.registers().await? {
            if other.register == book {
                continue;
            }
            for chunk in numbers.chunks(SOME) {
                let numbers = padded(chunk);
                let of = other.register.as_str();
                let found: Vec<(String, String)> =
                    some!(self, (String, String), sql::HOLDERS_OF, of, numbers)?;
                let found = found.into_iter();
                out.extend(found.map(|(number, id)| (number, other.register.clone(), id)));
            }
        }
        Ok(out)
    }

    /// A page of the numbers that children got or lost by acts after one, after a number.
    ///
    /// # Errors
    /// The database's.
    pub async fn numbers_turned(
        &mut self,
        book: &str,
        audit_seq: i64,
        after: &str,
    ) -> Result<Vec<String>> {
        let found: Vec<(String,)> = all!(
            self,
            (String,),
            sql::NUMBERS_TURNED,
            book,
            audit_seq,
            after,
            limits::PAGE
        )?;
        Ok(found.into_iter().map(|(number,)| number).collect())
    }

    /// A page of the children who count, share their number with a child of another book, and have no finding that says so; after one.
    ///
    /// # Errors
    /// The database's.
    pub async fn numbers_untold(&mut self, book: &str, after: &str) -> Result<Vec<String>> {
        let found: Vec<(String,)> = all!(
            self,
            (String,),
            sql::NUMBERS_UNTOLD,
            book,
            after,
            limits::PAGE
        )?;
        Ok(found.into_iter().map(|(id,)| id).collect())
    }

    /// Findings of some children, by child.
    ///
    /// # Errors
    /// The database's.
    pub async fn findings_of(
        &mut self,
        book: &str,
        ids: &[&str],
    ) -> Result<HashMap<String, Vec<Finding>>> {
        let mut out: HashMap<String, Vec<Finding>> = HashMap::new();
        for chunk in ids.chunks(SOME) {
            let ids = padded(chunk);
            let found: Vec<Of> = some!(self, Of, sql::FINDINGS_OF, book, ids)?;
            for one in found {
                out.entry(one.child).or_default().push(one.finding);
            }
        }
        Ok(out)
    }

    /// A page of the children whom undoing an import withdrew, after one.
    ///
    /// # Errors
    /// The database's.
    pub async fn withdrawn_of(
        &mut self,
        book: &str,
        import: &str,
        after: &str,
    ) -> Result<Vec<Linkable>> {
        let undone = self.last_undone(book, import).await?;
        all!(
            self,
            Linkable,
            sql::CHILDREN_WITHDRAWN,
            book,
            import,
            after,
            limits::PAGE,
            undone
        )
    }

    /// What a rule suggests for the children of a book: child and suggestion, by child.
    ///
    /// # Errors
    /// The database's.
    pub async fn suggestions(&mut self, book: &str, rule: &str) -> Result<Vec<(String, String)>> {
        all!(self, (String, String), sql::SUGGESTIONS, book, rule)
    }
}
