//! Where children live within a unit: the hamlet each record names, so that those of a unit are told by one statement. Every act ends by putting
//! it right for the children it touched; nothing else writes it.
//!
//! In: an [`Act`] that ends. Out: the table `child_home`, and [`Tx::hamlets`].

use crate::act::Act;
use crate::child::{ACTIVE, Child};
use crate::error::Result;
use crate::store::{Tx, add_many, all, run};
use crate::{limits, sql};

/// A child with where it lives, and where it is written down to live.
#[derive(sqlx::FromRow)]
struct Lives {
    child: String,
    state: String,
    edition: String,
    unit: String,
    record: String,
    had_edition: String,
    had_unit: String,
    had_hamlet: String,
}

/// The one member of a record that is asked for.
#[derive(serde::Deserialize)]
struct Place {
    #[serde(default)]
    hamlet: String,
}

impl Lives {
    /// A child of whom nothing is written down yet.
    fn of(child: Child) -> Self {
        Self {
            child: child.id,
            state: child.now.state,
            edition: child.now.edition,
            unit: child.now.unit.unwrap_or_default(),
            record: child.now.record,
            had_edition: String::new(),
            had_unit: String::new(),
            had_hamlet: String::new(),
        }
    }

    /// The hamlet to be written down; `None` where there is nothing to write.
    fn hamlet(&self) -> Option<String> {
        if self.state != ACTIVE || self.unit.is_empty() {
            return None;
        }
        let place: Option<Place> = serde_json::from_str(&self.record).ok();
        place
            .map(|place| place.hamlet)
            .filter(|hamlet| !hamlet.is_empty())
    }

    /// What is written down is what should be.
    fn stands(&self, hamlet: Option<&str>) -> bool {
        match hamlet {
            None => self.had_hamlet.is_empty(),
            Some(hamlet) => {
                (hamlet, &self.edition, &self.unit)
                    == (&self.had_hamlet, &self.had_edition, &self.had_unit)
            }
        }
    }
}

impl Act {
    /// Puts right where the children of this act's events live.
    pub(crate) async fn settle_homes(&mut self) -> Result<()> {
        if self.events.count() == 0 {
            return Ok(());
        }
        let (book, seq) = (self.doing.register.clone(), self.seq);
        let mut last = String::new();
        loop {
            let page = all!(
                self.tx,
                Lives,
                sql::HOMES_OF_ACT,
                book.as_str(),
                seq,
                last.as_str(),
                limits::PAGE
            )?;
            let Some(end) = page.last().map(|one| one.child.clone()) else {
                return Ok(());
            };
            put(&mut self.tx, &book, (seq, &last, &end), &page).await?;
            last = end;
        }
    }
}

/// Writes a page of the children of an act, where anything of it differs.
async fn put(
    tx: &mut Tx,
    book: &str,
    (seq, after, to): (i64, &str, &str),
    page: &[Lives],
) -> Result<()> {
    let wanted: Vec<(&Lives, Option<String>)> =
        page.iter().map(|one| (one, one.hamlet())).collect();
    if wanted
        .iter()
        .all(|(one, hamlet)| one.stands(hamlet.as_deref()))
    {
        return Ok(());
    }
    run!(tx, sql::HOMES_DROP, book, seq, after, to)?;
    add(tx, book, &wanted).await
}

async fn add(tx: &mut Tx, book: &str, wanted: &[(&Lives, Option<String>)]) -> Result<()> {
    let rows: Vec<(&Lives, &str)> = wanted
        .iter()
        .filter_map(|(one, hamlet)| Some((*one, hamlet.as_deref()?)))
        .collect();
    add_many!(tx, sql::HOMES_ADD, rows, (one, hamlet) => [
        book, one.child.as_str(), one.edition.as_str(), one.unit.as_str(), *hamlet,
    ])?;
    Ok(())
}

/// Writes down where all children of all books live.
pub(crate) async fn fill(tx: &mut Tx) -> Result<()> {
    for book in tx.registers().await? {
        let book = book.register.as_str();
        let mut last = String::new();
        loop {
            let page = tx.children_after(book, &last).await?;
            let Some(end) = page.last().map(|one| one.id.clone()) else {
                break;
            };
            let lives: Vec<Lives> = page.into_iter().map(Lives::of).collect();
            let wanted: Vec<(&Lives, Option<String>)> =
                lives.iter().map(|one| (one, one.hamlet())).collect();
            add(tx, book, &wanted).await?;
            last = end;
        }
    }
    Ok(())
}

impl Tx {
    /// Hamlets of the children of a unit who count, those of most children first, at most so many.
    ///
    /// # Errors
    /// The database's.
    pub async fn hamlets(
        &mut self,
        book: &str,
        (edition, unit): (&str, &str),
        most: i64,
    ) -> Result<Vec<String>> {
        let found: Vec<(String,)> = all!(self, (String,), sql::HAMLETS, book, edition, unit, most)?;
        Ok(found.into_iter().map(|(hamlet,)| hamlet).collect())
    }
}
