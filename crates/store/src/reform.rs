//! Reforms of area units: every child assigned from the units of earlier editions to those of another, as one act, and back; and children
//! counted in the units of an edition that is not the one they stand in.
//!
//! In: an [`Act`], what became of each unit. Out: [`Reform`]s, [`Standing`], [`Led`] children. A child whose unit has no answer stays
//! where it is; taking a reform back asks of each child whether anything happened to it since: then it is kept and told.

use crate::act::{Act, run_as};
use crate::child::ACTIVE;
use crate::error::Result;
use crate::store::{Tx, add_many, all, first, run};
use crate::{limits, sql};

/// The state of a reform that holds.
pub const APPLIED: &str = "applied";
/// The state of a reform that was taken back.
pub const UNDONE: &str = "undone";
/// The kind of the event by which a child goes into another unit of a reform, or back.
pub const REASSIGNED: &str = "reassigned";
/// A reform.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Reform {
    /// Its id.
    pub id: String,
    /// Number of its act in the audit chain.
    pub audit_seq: i64,
    /// When.
    pub at: String,
    /// Who.
    pub who: String,
    /// The edition children went into.
    pub edition: String,
    /// What said so, as JSON.
    pub source: String,
    /// [`APPLIED`] or [`UNDONE`].
    pub state: String,
    /// The act that took it back.
    pub undone_seq: Option<i64>,
}

/// What became of a unit, or of one of its hamlets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Became {
    /// Edition of the old unit.
    pub edition: String,
    /// Its code.
    pub from_unit: String,
    /// The hamlet as written; empty for the unit itself.
    pub hamlet: String,
    /// Code of the new unit; nothing where its children stay.
    pub to_unit: Option<String>,
}

/// What a reform said of a unit, with the reform and its edition.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Said {
    /// The reform.
    pub reform: String,
    /// Edition of the old unit.
    pub edition: String,
    /// Its code.
    pub from_unit: String,
    /// The hamlet as written; empty for the unit itself.
    pub hamlet: String,
    /// Code of the new unit.
    pub to_unit: Option<String>,
    /// Edition of the new unit.
    pub to_edition: String,
}

/// A child and the unit it stands in.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Standing {
    /// The child.
    pub id: String,
    /// Edition of its unit.
    pub edition: String,
    /// Code of its unit.
    pub unit: Option<String>,
}

/// Children of one unit whom a later reform led to another, counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Led {
    /// Edition and code of the unit they stood in, a space between them.
    stood: String,
    /// Code of the unit they were led to.
    pub led: String,
    /// Children.
    pub children: i64,
    /// Of whom *identified*.
    pub identified: i64,
    /// Of whom *complete*.
    pub complete: i64,
}

impl Led {
    /// Edition and code of the unit they stood in.
    pub fn stood(&self) -> (&str, &str) {
        self.stood.split_once(' ').unwrap_or_default()
    }
}

/// A child whose hamlet may tell: *identified*, *complete*, the marks it has today ([`crate::tally`]), its record.
pub type ByHamlet = (bool, bool, i64, String);

impl Act {
    /// Writes down a reform; the number of its act is this act's.
    ///
    /// # Errors
    /// The database's.
    pub async fn add_reform(&mut self, id: &str, edition: &str, source: &str) -> Result<()> {
        let doing = self.doing.clone();
        run!(
            self.tx,
            sql::REFORM_ADD,
            doing.register.as_str(),
            id,
            self.seq,
            doing.at.as_str(),
            doing.who.as_str(),
            edition,
            source,
            APPLIED,
        )?;
        Ok(())
    }

    /// Writes down what became of units. Every unit has a row with an empty hamlet.
    ///
    /// # Errors
    /// The database's.
    pub async fn add_reform_units(&mut self, id: &str, units: &[Became]) -> Result<()> {
        let book = self.doing.register.clone();
        add_many!(self.tx, sql::REFORM_UNITS_ADD, units, one => [
            book.as_str(), id, one.edition.as_str(), one.from_unit.as_str(), one.hamlet.as_str(), one.to_unit.as_deref(),
        ])?;
        Ok(())
    }

    /// Writes down children of divided units with the unit their hamlet gives them.
    ///
    /// # Errors
    /// The database's.
    pub async fn add_reform_children(
        &mut self,
        id: &str,
        children: &[(String, String)],
    ) -> Result<()> {
        let book = self.doing.register.clone();
        add_many!(self.tx, sql::REFORM_CHILDREN_ADD, children, (child, unit) => [
            book.as_str(), id, child.as_str(), unit.as_str(),
        ])?;
        Ok(())
    }

    /// Assigns every child who counts and for whose unit, or for whom, the reform has an answer. Gives how many.
    ///
    /// # Errors
    /// The database's.
    pub async fn reassign(&mut self, id: &str, edition: &str) -> Result<u64> {
        let book = self.doing.register.clone();
        let moved = run_as!(
            self,
            sql::REASSIGN_EVENTS,
            [book.as_str(), id, ACTIVE],
            edition
        )?;
        self.follow_events().await?;
        Ok(moved)
    }

    /// Takes the assignments of an act back, but for children to whom something happened since. Gives how many.
    ///
    /// # Errors
    /// The database's.
    pub async fn unassign(&mut self, audit_seq: i64) -> Result<u64> {
        let book = self.doing.register.clone();
        let moved = run_as!(self, sql::UNASSIGN_EVENTS, [book.as_str(), audit_seq])?;
        self.follow_events().await?;
        Ok(moved)
    }

    /// The sensitive part of this act's events, the children themselves, and the events' hashes.
    async fn follow_events(&mut self) -> Result<()> {
        let book = self.doing.register.clone();
        let book = book.as_str();
        run!(
            self.tx,
            sql::TURN_EVENTS_SENSITIVE,
            book,
            self.seq,
            "reassigned"
        )?;
        run!(self.tx, sql::ASSIGN_CHILDREN, book, self.seq)?;
        self.hash_events().await
    }

    /// Marks a reform as taken back by this act; `false` where it was already.
    ///
    /// # Errors
    /// The database's.
    pub async fn set_reform_undone(&mut self, id: &str) -> Result<bool> {
        let book = self.doing.register.as_str();
        Ok(run!(self.tx, sql::REFORM_STATE_SET, book, id, UNDONE, self.seq)? > 0)
    }
}

impl Tx {
    /// All reforms, the oldest first.
    ///
    /// # Errors
    /// The database's.
    pub async fn reforms(&mut self, book: &str) -> Result<Vec<Reform>> {
        all!(self, Reform, sql::REFORMS, book)
    }

    /// What the reforms that hold said of units, the oldest reform first.
    ///
    /// # Errors
    /// The database's.
    pub async fn reform_units(&mut self, book: &str) -> Result<Vec<Said>> {
        all!(self, Said, sql::REFORM_UNITS, book, APPLIED)
    }

    /// Where the children who count stand: edition, unit (empty where unknown), how many.
    ///
    /// # Errors
    /// The database's.
    pub async fn standing(&mut self, book: &str) -> Result<Vec<(String, String, i64)>> {
        all!(self, (String, String, i64), sql::STANDING, book, ACTIVE)
    }

    /// A page of the children who count in a unit, with their records, after one.
    ///
    /// # Errors
    /// The database's.
    pub async fn records_of_unit(
        &mut self,
        book: &str,
        (edition, unit): (&str, &str),
        after: &str,
    ) -> Result<Vec<(String, String)>> {
        all!(
            self,
            (String, String),
            sql::RECORDS_OF_UNIT,
            book,
            ACTIVE,
            edition,
            unit,
            after,
            limits::PAGE
        )
    }

    /// How many children an act assigned to whom nothing happened since.
    ///
    /// # Errors
    /// The database's.
    pub async fn untouched(&mut self, book: &str, audit_seq: i64) -> Result<i64> {
        let count: Option<(i64,)> =
            first!(self, (i64,), sql::REASSIGNED_UNTOUCHED, book, audit_seq)?;
        Ok(count.map_or(0, |(count,)| count))
    }

    /// A page of the children an act assigned to whom something happened since, after one.
    ///
    /// # Errors
    /// The database's.
    pub async fn touched(
        &mut self,
        book: &str,
        audit_seq: i64,
        after: &str,
    ) -> Result<Vec<Standing>> {
        all!(
            self,
            Standing,
            sql::REASSIGNED_TOUCHED,
            book,
            audit_seq,
            after,
            limits::PAGE
        )
    }

    /// A page of the children who count and came into a reform's edition after it by other ways, after one.
    ///
    /// # Errors
    /// The database's.
    pub async fn newcomers(
        &mut self,
        book: &str,
        reform: &Reform,
        after: &str,
    ) -> Result<Vec<Standing>> {
        all!(
            self,
            Standing,
            sql::REFORM_NEWCOMERS,
            book,
            ACTIVE,
            reform.edition.as_str(),
            reform.audit_seq,
            after,
            limits::PAGE
        )
    }

    /// Children on a day whom a reform that came after a moment led from the unit they stood in then to one of `edition`, each by itself: as their hamlet
    /// says, or, of a reform that was taken back, who was kept where it put them.
    ///
    /// # Errors
    /// The database's.
    pub async fn led(
        &mut self,
        book: &str,
        day: &str,
        edition: &str,
        at: &str,
    ) -> Result<Vec<Led>> {
        all!(self, Led, sql::COVERAGE_LED, book, ACTIVE, day, edition, at)
    }

    /// Children on a day who, as the book was at a moment, were in a unit of a later edition and had never stood in one of `edition` or an older one.
    ///
    /// # Errors
    /// The database's.
    pub async fn without_past(
        &mut self,
        book: &str,
        day: &str,
        (unit, of): (&str, &str),
        edition: &str,
        at: &str,
    ) -> Result<Vec<ByHamlet>> {
        all!(
            self,
            ByHamlet,
            sql::COVERAGE_RECORDS,
            book,
            ACTIVE,
            day,
            at,
            of,
            unit,
            edition
        )
    }
}
