//! People who sign in, their roles over areas, and the one-time links by which they set a password.
//!
//! In: an [`Act`], hashes (never a secret). Out: [`Person`]s, [`Held`] roles. What changes people is an act of the book's chain.

use crate::act::Act;
use crate::error::Result;
use crate::sql;
use crate::store::{Tx, all, first, run};

/// A person who may sign in.
pub const ACTIVE: &str = "active";
/// A person who may not.
pub const LOCKED: &str = "locked";

/// A person.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Person {
    /// Its id.
    pub id: String,
    /// What they sign in with; one of a kind in the book.
    pub name: String,
    /// What others read.
    pub shown: String,
    /// The office; may be empty.
    pub office: String,
    /// Hash of the password; empty where none was set.
    pub password: String,
    /// Secret of the second factor, in base 32.
    pub totp: Option<String>,
    /// The last time step a code was taken of.
    pub totp_step: i64,
    /// [`ACTIVE`], [`LOCKED`].
    pub state: String,
    /// The password has to be set anew.
    pub must_change: bool,
    /// When the account was made.
    pub created_at: String,
}

/// Hashes and secrets never reach a log.
impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Person({}, {})", self.id, self.state)
    }
}

/// A role somebody holds over an area.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Held {
    /// Its id.
    pub id: String,
    /// A person or a token.
    pub holder: String,
    /// Code of the role.
    pub role: String,
    /// Edition of the unit; none: the whole book.
    pub edition: Option<String>,
    /// Code of the unit, with all below it.
    pub unit: Option<String>,
    /// Since when.
    pub given_at: String,
    /// By whom.
    pub given_by: String,
    /// Until when.
    pub ended_at: Option<String>,
}

impl Act {
    /// Adds a person without a password, who may sign in once a link was used. `false` where the name is taken.
    ///
    /// # Errors
    /// The database's.
    pub async fn add_person(
        &mut self,
        id: &str,
        name: &str,
        (shown, office): (&str, &str),
    ) -> Result<bool> {
        let doing = self.doing.clone();
        let (book, at) = (doing.register.as_str(), doing.at.as_str());
        Ok(run!(self.tx, sql::PERSON_ADD, book, id, name, shown, office, at)? > 0)
    }

    /// Locks or unlocks a person; `false` where nothing changed.
    ///
    /// # Errors
    /// The database's.
    pub async fn set_person_state(&mut self, id: &str, state: &str) -> Result<bool> {
        let book = self.doing.register.clone();
        Ok(run!(self.tx, sql::PERSON_STATE, book.as_str(), id, state)? > 0)
    }

    /// The name to be shown, and the office.
    ///
    /// # Errors
    /// The database's.
    pub async fn set_person_shown(&mut self, id: &str, shown: &str, office: &str) -> Result<()> {
        let book = self.doing.register.clone();
        run!(self.tx, sql::PERSON_SAYS, book.as_str(), id, shown, office)?;
        Ok(())
    }

    /// The hash of a new password.
    ///
    /// # Errors
    /// The database's.
    pub async fn set_password(&mut self, id: &str, hash: &str, must_change: bool) -> Result<()> {
        let book = self.doing.register.clone();
        run!(
            self.tx,
            sql::PERSON_PASSWORD,
            book.as_str(),
            id,
            hash,
            must_change
        )?;
        Ok(())
    }

    /// Turns the second factor on (its secret and the time step of the code that proved it) or off.
    ///
    /// # Errors
    /// The database's.
    pub async fn set_totp(&mut self, id: &str, secret: Option<&str>, step: i64) -> Result<()> {
        let book = self.doing.register.clone();
        run!(self.tx, sql::PERSON_TOTP, book.as_str(), id, secret, step)?;
        Ok(())
    }

    /// Gives a role over an area: a unit of an edition, or none for the whole book.
    ///
    /// # Errors
    /// The database's.
    pub async fn add_grant(
        &mut self,
        id: &str,
        holder: &str,
        role: &str,
        area: Option<(&str, &str)>,
    ) -> Result<()> {
        let doing = self.doing.clone();
        let (edition, unit) = (area.map(|area| area.0), area.map(|area| area.1));
        run!(
            self.tx,
            sql::GRANT_ADD,
            doing.register.as_str(),
            id,
            holder,
            role,
            edition,
            unit,
            doing.at.as_str(),
            doing.who.as_str(),
        )?;
        Ok(())
    }

    /// Takes a role away; `false` where it was taken away before.
    ///
    /// # Errors
    /// The database's.
    pub async fn end_grant(&mut self, id: &str) -> Result<bool> {
        let doing = self.doing.clone();
        let (book, at, who) = (
            doing.register.as_str(),
            doing.at.as_str(),
            doing.who.as_str(),
        );
        Ok(run!(self.tx, sql::GRANT_END, book, id, at, who)? > 0)
    }

    /// Makes a one-time link; those made before for this person can no longer be used.
    ///
    /// # Errors
    /// The database's.
    pub async fn add_link(&mut self, sha256: &str, person: &str, ends_at: &str) -> Result<()> {
        let doing = self.doing.clone();
        let (book, at) = (doing.register.as_str(), doing.at.as_str());
        run!(self.tx, sql::LINKS_SPENT, book, person, at)?;
        let who = doing.who.as_str();
        run!(
            self.tx,
            sql::LINK_ADD,
            book,
            sha256,
            person,
            at,
            who,
            ends_at
        )?;
        Ok(())
    }

    /// Uses a one-time link; `false` where it was used, or is too old.
    ///
    /// # Errors
    /// The database's.
    pub async fn use_link(&mut self, sha256: &str) -> Result<bool> {
        let doing = self.doing.clone();
        let (book, at) = (doing.register.as_str(), doing.at.as_str());
        Ok(run!(self.tx, sql::LINK_USE, book, sha256, at)? > 0)
    }
}

impl Tx {
    /// All people, by name.
    ///
    /// # Errors
    /// The database's.
    pub async fn persons(&mut self, book: &str) -> Result<Vec<Person>> {
        all!(self, Person, sql::PERSONS, book)
    }

    /// How many people the book has.
    ///
    /// # Errors
    /// The database's.
    pub async fn person_count(&mut self, book: &str) -> Result<i64> {
        let count: Option<(i64,)> = first!(self, (i64,), sql::PERSON_COUNT, book)?;
        Ok(count.map_or(0, |(count,)| count))
    }

    /// A person by id.
    ///
    /// # Errors
    /// The database's.
    pub async fn person(&mut self, book: &str, id: &str) -> Result<Option<Person>> {
        first!(self, Person, sql::PERSON, book, id)
    }

    /// A person by the name they sign in with.
    ///
    /// # Errors
    /// The database's.
    pub async fn person_named(&mut self, book: &str, name: &str) -> Result<Option<Person>> {
        first!(self, Person, sql::PERSON_NAMED, book, name)
    }

    /// Roles a person or a token holds.
    ///
    /// # Errors
    /// The database's.
    pub async fn grants_of(&mut self, book: &str, holder: &str) -> Result<Vec<Held>> {
        all!(self, Held, sql::GRANTS_OF, book, holder)
    }

    /// All roles that are held.
    ///
    /// # Errors
    /// The database's.
    pub async fn grants(&mut self, book: &str) -> Result<Vec<Held>> {
        all!(self, Held, sql::GRANTS, book)
    }

    /// Whose one-time link it is, where it can be used at this moment.
    ///
    /// # Errors
    /// The database's.
    pub async fn link_of(&mut self, book: &str, sha256: &str, now: &str) -> Result<Option<String>> {
        let found: Option<(String,)> = first!(self, (String,), sql::LINK_OF, book, sha256, now)?;
        Ok(found.map(|(person,)| person))
    }
}
