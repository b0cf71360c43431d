//! Imports: one act each, with what became of every row, and undone as one.
//!
//! In: an [`Act`], rows and decisions. Out: [`Import`]s, [`Touched`] children. Undoing asks of each child whether anything happened to it
//! after the import: then it is kept and told, not turned back.

use crate::act::{Act, run_as};
use crate::child::{ACTIVE, WITHDRAWN};
use crate::error::Result;
use crate::queue::{GONE, NEW, OPEN, SAME};
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
    /// The kind of that event.
    pub kind: String,
    /// The number of its act.
    pub act: i64,
    /// It was there before, or others had a hand in it; a reform is nobody's hand.
    pub others: bool,
    /// How often reforms put it elsewhere after that event.
    pub reassigned: i64,
}

/// What turning an import came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Turned {
    /// Children it added: withdrawn, or there again.
    pub added: u64,
    /// Children it changed: as before, or changed again.
    pub changed: u64,
    /// Rows that wait: gone, or back in the queue.
    pub waiting: u64,
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

    /// Turns an import back: children it added are withdrawn, children it changed say what they said before, with their findings;
    /// rows that wait are gone. Children something happened to after the import stay as they are; where a reform put them is no such thing.
    ///
    /// # Errors
    /// The database's.
    pub async fn turn_back(&mut self, import: &str) -> Result<Turned> {
        let book = self.doing.register.clone();
        let book = book.as_str();
        let mut turned = Turned::default();
        for (text, count) in [
            (sql::TURN_WITHDRAW, &mut turned.added),
            (sql::TURN_REVERT, &mut turned.changed),
        ] {
            *count = run_as!(self, text, [book, import])?;
        }
        run!(
            self.tx,
            sql::TURN_EVENTS_SENSITIVE,
            book,
            self.seq,
            "withdrawn"
        )?;
        run!(
            self.tx,
            sql::TURN_CHILDREN,
            book,
            self.seq,
            WITHDRAWN,
            "withdrawn"
        )?;
        if turned.changed > 0 {
            run!(self.tx, sql::TURN_REVERT_SENSITIVE, book, self.seq, import)?;
            self.exchange_findings("reverted", import, "before").await?;
            self.change_all_children("reverted").await?;
        }
        self.change_all_numbers().await?;
        turned.waiting = self.turn_waiting(import, OPEN, GONE).await?;
        self.hash_events().await?;
        Ok(turned)
    }

    /// Turns an import forth again: what turning back withdrew or reverted, and nothing changed later, is as the import left it. Children
    /// who wait under [`crate::queue::AGAIN`] stay withdrawn.
    ///
    /// # Errors
    /// The database's.
    pub async fn turn_again(&mut self, import: &str) -> Result<Turned> {
        let book = self.doing.register.clone();
        let book = book.as_str();
        let undone = self.tx.last_undone(book, import).await?;
        let mut turned = Turned {
            waiting: self.turn_waiting(import, GONE, OPEN).await?,
            ..Turned::default()
        };
        for (kind, from, count) in [
            ("restored", "withdrawn", &mut turned.added),
            ("changed", "reverted", &mut turned.changed),
        ] {
            *count = run_as!(self, sql::TURN_AGAIN, [book, import], kind, from, undone)?;
        }
        run!(
            self.tx,
            sql::TURN_EVENTS_SENSITIVE,
            book,
            self.seq,
            "restored"
        )?;
        run!(
            self.tx,
            sql::TURN_CHILDREN,
            book,
            self.seq,
            ACTIVE,
            "restored"
        )?;
        if turned.changed > 0 {
            run!(
                self.tx,
                sql::TURN_AGAIN_SENSITIVE,
                book,
                self.seq,
                "changed",
                undone
            )?;
            self.exchange_findings("changed", import, "after").await?;
            self.change_all_children("changed").await?;
        }
        self.change_all_numbers().await?;
        self.hash_events().await?;
        Ok(turned)
    }

    /// Takes the events this act wrote by statements of their own into its hash.
    pub(crate) async fn hash_events(&mut self) -> Result<()> {
        let book = self.doing.register.clone();
        let mut last = String::new();
        loop {
            let page = self.tx.events_of_act(&book, self.seq, &last).await?;
            let Some(end) = page.last() else { break };
            last.clone_from(&end.child);
            for event in &page {
                self.events.push(&event.child, event.seq, event.hash());
            }
        }
        Ok(())
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
        type End = (Option<String>,);
        let end: Option<End> = first!(
            self,
            End,
            sql::IMPORT_CHILDREN_END,
            book,
            id,
            after,
            limits::PAGE
        )?;
        let Some(end) = end.and_then(|(end,)| end) else {
            return Ok(Vec::new());
        };
        type Of = (String, i64, String, i64, String, i64, i64, i64, i64);
        let end = end.as_str();
        let rows: Vec<Of> = all!(self, Of, sql::IMPORT_CHILDREN, book, id, after, end)?;
        Ok(rows
            .into_iter()
            .map(|row| {
                let (child, version, state, seq, kind, act, others, moved, reassigned) = row;
                Touched {
                    child,
                    version,
                    state,
                    seq,
                    kind,
                    act,
                    others: others > moved,
                    reassigned,
                }
            })
            .collect())
    }

    /// The number of the act that last undid an import; 0 without.
    ///
    /// # Errors
    /// The database's.
    pub async fn last_undone(&mut self, book: &str, import: &str) -> Result<i64> {
        let undone: Option<(Option<i64>,)> =
            first!(self, (Option<i64>,), sql::LAST_UNDONE, book, import)?;
        Ok(undone.and_then(|(undone,)| undone).unwrap_or(0))
    }

    /// How many children came into the book after an import was undone, by others than it.
    ///
    /// # Errors
    /// The database's.
    pub async fn came_after_undo(&mut self, book: &str, import: &str) -> Result<i64> {
        let undone = self.last_undone(book, import).await?;
        let count: Option<(i64,)> = first!(self, (i64,), sql::CAME_AFTER, book, import, undone)?;
        Ok(count.map_or(0, |(count,)| count))
    }

    /// The row of an import by its number.
    ///
    /// # Errors
    /// The database's.
    pub async fn import_row(
        &mut self,
        book: &str,
        import: &str,
        nth: i64,
    ) -> Result<Option<Origin>> {
        first!(self, Origin, sql::IMPORT_ROW, book, import, nth)
    }

    /// A page of the rows of an import, after one: each with what became of it until now.
    ///
    /// # Errors
    /// The database's.
    pub async fn import_rows(&mut self, book: &str, import: &str, after: i64) -> Result<Vec<Row>> {
        type Of = (
            i64,
            String,
            String,
            i64,
            String,
            Option<String>,
            Option<String>,
            Option<String>,
        );
        let rows: Vec<Of> = all!(
            self,
            Of,
            sql::IMPORT_ROWS_PAGE,
            book,
            import,
            after,
            limits::PAGE
        )?;
        Ok(rows
            .into_iter()
            .map(|(nth, file, sheet, row, decision, child, state, later)| {
                let waits = state.as_deref() == Some(OPEN);
                let decided = state.filter(|state| matches!(state.as_str(), SAME | NEW));
                Row {
                    nth,
                    file,
                    sheet,
                    row,
                    child: if waits { None } else { later.or(child) },
                    decision: if waits {
                        "perhaps".to_owned()
                    } else {
                        decided.unwrap_or(decision)
                    },
                }
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
