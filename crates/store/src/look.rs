//! Who looked at whom, who took an export away, who was refused; and the chain read from its end.
//!
//! In: a [`Store`]. Out: [`Look`]s. Nothing here is ever changed.

use crate::audit::Link;
use crate::error::Result;
use crate::sql;
use crate::store::{Store, Tx, add_many, all, run};

/// A look.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Look {
    /// Its id; ids grow with time.
    pub id: String,
    /// When.
    pub at: String,
    /// Id of the person or token.
    pub holder: String,
    /// The name they had.
    pub who: String,
    /// What for: code of the deed.
    pub deed: String,
    /// `false`: it was refused.
    pub allowed: bool,
    /// The child.
    pub child: Option<String>,
    /// What else it was about: an export, an import; never personal data.
    pub subject: String,
    /// Edition of the unit.
    pub edition: Option<String>,
    /// The unit.
    pub unit: Option<String>,
    /// How many children.
    pub children: i64,
}

/// Which looks, or links; an empty text means any.
#[derive(Clone, Copy, Debug)]
pub struct Which<'a> {
    /// Of looks the id of the holder, of links the name of who did it.
    pub who: &'a str,
    /// The child; of links, any subject.
    pub child: &'a str,
    /// The deed; of links the act.
    pub deed: &'a str,
    /// From this moment on.
    pub from: &'a str,
    /// Before this one.
    pub to: &'a str,
}

impl Store {
    /// Writes looks down.
    ///
    /// # Errors
    /// The database's.
    pub async fn add_looks(&self, book: &str, looks: &[Look]) -> Result<()> {
        let looks: Vec<&Look> = looks.iter().collect();
        self.write_down(book, &looks, &[]).await
    }

    /// Writes down looks, and which sessions were seen when, in one transaction.
    ///
    /// # Errors
    /// The database's.
    pub async fn write_down(
        &self,
        book: &str,
        looks: &[&Look],
        seen: &[(&str, &str)],
    ) -> Result<()> {
        let mut tx = self.write().await?;
        for (session, at) in seen {
            run!(tx, sql::SESSION_SEEN, book, *session, *at)?;
        }
        add_many!(tx, sql::LOOKS_ADD, looks, look => [
            book, look.id.as_str(), look.at.as_str(), look.holder.as_str(), look.who.as_str(), look.deed.as_str(), look.allowed,
            look.child.as_deref(), look.subject.as_str(), look.edition.as_deref(), look.unit.as_deref(), look.children,
        ])?;
        tx.commit().await
    }
}

impl Tx {
    /// A page of looks, the latest first, before an id (`"~"`: from the end).
    ///
    /// # Errors
    /// The database's.
    pub async fn looks(
        &mut self,
        book: &str,
        before: &str,
        which: Which<'_>,
        most: i64,
    ) -> Result<Vec<Look>> {
        let Which {
            who,
            child,
            deed,
            from,
            to,
        } = which;
        all!(
            self,
            Look,
            sql::LOOKS,
            book,
            before,
            who,
            child,
            deed,
            from,
            to,
            most
        )
    }

    /// A page of the chain, the latest first, before a number.
    ///
    /// # Errors
    /// The database's.
    pub async fn links_back(
        &mut self,
        book: &str,
        before: i64,
        which: Which<'_>,
        most: i64,
    ) -> Result<Vec<Link>> {
        let Which {
            who,
            child,
            deed,
            from,
            to,
        } = which;
        all!(
            self,
            Link,
            sql::AUDIT_BACK,
            book,
            before,
            who,
            child,
            deed,
            from,
            to,
            most
        )
    }
}
