//! Imports: one act each, with what became of every row, and undone as one.
//!
//! In: an [`Act`], rows and decisions. Out: [`Import`]s, [`Touched`] children. Undoing asks of each child whether anything happened to it
//! after the import: then it is kept and told, not turned back.

use crate::act::Act;
use crate::child::{ACTIVE, WITHDRAWN};
use crate::error::Result;
use crate::store::{Tx, add_many, all, first, run};
use crate::{limits, sql};

/// The state of an import whose rows hold.
pub const APPLIED: &str = "applied";
/// The state of an import that was undone.
pub const UNDONE: &str = "undone";

/// An import.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Import {
    /// Its id.
    pub id: String,
    /// Number of its act in the audit chain.
    pub audit_seq: i64,
    /// When.
    pub at: String,
    /// Who.
    pub who: String,
    /// The day on which age was judged.
    pub as_of: String,
    /// Edition of the area units.
    pub edition: String,
    /// The files as JSON.
    pub files: String,
    /// Rows read.
    pub rows: i64,
    /// [`APPLIED`] or [`UNDONE`].
    pub state: String,
}

/// A row of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number in the import, from 1.
    pub nth: i64,
    /// File.
    pub file: String,
    /// Sheet.
    pub sheet: String,
    /// Row as a person sees it.
    pub row: i64,
    /// `new`, `same`, `perhaps`.
    pub decision: String,
    /// The child it became, or is.
    pub child: Option<String>,
}

/// Where a child stood in a list.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Origin {
    /// The import.
    pub import: String,
    /// File.
    pub file: String,
    /// Sheet.
    pub sheet: String,
    /// Row.
    pub row_number: i64,
    /// Decision.
    pub decision: String,
}

/// A child an import touched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touched {
    /// The child.
    pub child: String,
    /// Its version now.
    pub version: i64,
    /// Its state now.
    pub state: String,
    /// Its version after the import's last event; smaller than `version` where something happened later.
    pub seq: i64,
}

impl Act {
    /// Writes down an import; `number` of its act is this act's.
    ///
    /// # Errors
    /// The database's.
    pub async fn add_import(&mut self, import: &Import) -> Result<()> {
        run!(
            self.tx,
            sql::IMPORT_ADD,
            self.doing.register.as_str(),
            import.id.as_str(),
            self.seq,
            import.at.as_str(),
            import.who.as_str(),
            import.as_of.as_str(),
            import.edition.as_str(),
            import.files.as_str(),
            import.rows,
            import.state.as_str(),
        )?;
        Ok(())
    }

    /// Writes down what became of rows.
    ///
    /// # Errors
    /// The database's.
    pub async fn add_import_rows(&mut self, import: &str, rows: &[Row]) -> Result<()> {
        let book = self.doing.register.clone();
        add_many!(self.tx, sql::IMPORT_ROWS_ADD, rows, row => [
            book.as_str(), import, row.nth, row.file.as_str(), row.sheet.as_str(), row.row, row.decision.as_str(),
            row.child.as_deref(),
        ])?;
        Ok(())
    }

    /// Sets the state of an import; `false` where it had that state already.
    ///
    /// # Errors
    /// The database's.
    pub async fn set_import_state(&mut self, import: &str, state: &str) -> Result<bool> {
        let book = self.doing.register.as_str();
        Ok(run!(self.tx, sql::IMPORT_STATE_SET, book, import, state)? > 0)
    }

    /// Turns an import back (`withdrawn`), or forth again: every child whose last event is the import's, and who is in the other state,
    /// goes into `state`, with an event. Children something happened to later stay as they are.
    ///
    /// Gives how many children it turned.
    ///
    /// # Errors
    /// The database's.
    pub async fn turn_import(&mut self, import: &str, state: &str) -> Result<u64> {
        let doing = self.doing.clone();
        let book = doing.register.as_str();
        let (from, kind) = if state == WITHDRAWN {
            (ACTIVE, "withdrawn")
        } else {
            (WITHDRAWN, "restored")
        };
        let turned = run!(
            self.tx,
            sql::TURN_EVENTS,
            book,
            import,
            from,
            doing.request.as_str(),
            self.seq,
            kind,
            doing.at.as_str(),
            doing.who.as_str(),
            doing.role.as_str(),
            doing.office.as_str(),
            doing.why.as_str(),
            doing.act.as_str(),
            state,
        )?;
        run!(self.tx, sql::TURN_EVENTS_SENSITIVE, book, self.seq)?;
        run!(self.tx, sql::TURN_CHILDREN, book, self.seq, state)?;
        let at = doing.at.as_str();
        if state == WITHDRAWN {
            run!(self.tx, sql::TURN_NUMBERS_END, book, self.seq, at)?;
            run!(self.tx, sql::TURN_CLAIMS_DROP, book, self.seq)?;
        } else {
            run!(self.tx, sql::TURN_NUMBERS_ADD, book, self.seq)?;
        }
        run!(self.tx, sql::CLAIMS_FILL, book, at)?;
        run!(self.tx, sql::TURN_CLAIMS_SETTLE, book, self.seq)?;
        let mut last = String::new();
        loop {
            let page = self.tx.events_of_act(book, self.seq, &last).await?;
            let Some(end) = page.last() else { break };
            last.clone_from(&end.child);
            for event in &page {
                self.events.push(&event.child, event.seq, event.hash());
            }
        }
        Ok(turned)
    }

    /// What this act sees: for reading what is to be changed, under its lock.
    pub fn reading(&mut self) -> &mut Tx {
        &mut self.tx
    }
}

impl Tx {
    /// All imports, the oldest first.
    ///
    /// # Errors
    /// The database's.
    pub async fn imports(&mut self, book: &str) -> Result<Vec<Import>> {
        all!(self, Import, sql::IMPORTS, book)
    }

    /// An import.
    ///
    /// # Errors
    /// The database's.
    pub async fn import(&mut self, book: &str, id: &str) -> Result<Option<Import>> {
        first!(self, Import, sql::IMPORT, book, id)
    }

    /// Decisions of an import, counted.
    ///
    /// # Errors
    /// The database's.
    pub async fn import_decisions(&mut self, book: &str, id: &str) -> Result<Vec<(String, i64)>> {
        all!(self, (String, i64), sql::IMPORT_DECISIONS, book, id)
    }

    /// A page of the children an import touched, after one.
    ///
    /// # Errors
    /// The database's.
    pub async fn import_children(
        &mut self,
        book: &str,
        id: &str,
        after: &str,
    ) -> Result<Vec<Touched>> {
        type Of = (String, i64, String, i64);
        let rows: Vec<Of> = all!(
            self,
            Of,
            sql::IMPORT_CHILDREN,
            book,
            id,
            after,
            limits::PAGE
        )?;
        Ok(rows
            .into_iter()
            .map(|(child, version, state, seq)| Touched {
                child,
                version,
                state,
                seq,
            })
            .collect())
    }

    /// Where a child stood in lists.
    ///
    /// # Errors
    /// The database's.
    pub async fn origins(&mut self, book: &str, child: &str) -> Result<Vec<Origin>> {
        all!(self, Origin, sql::IMPORT_ROWS_OF_CHILD, book, child)
    }
}
