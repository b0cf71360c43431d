//! The rules of a book, and checking all of it again: rule files with their history, findings and measures of many children at once,
//! children as they were at a moment, children with one number.
//!
//! In: an [`Act`] that writes, a [`Tx`] that reads. Out: [`RuleFile`], pages of [`Child`]ren and [`Finding`]s.

use crate::act::Act;
use crate::child::{ACTIVE, Child, Event, Finding, State, Text, text};
use crate::error::{Error, Result};
use crate::store::{Tx, all, first, run};
use crate::work::Found as Touched;
use crate::{limits, sql};

/// A rule file that a book is, or was, checked by.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct RuleFile {
    /// From 1; the last is in force.
    pub nth: i64,
    /// The act that published it.
    pub audit_seq: i64,
    /// When.
    pub at: String,
    /// Who.
    pub who: String,
    /// The day on which age was judged.
    pub as_of: String,
    /// SHA-256 of the text.
    pub sha256: String,
    /// The text (TOML); empty: the built-in rules alone.
    pub content: String,
}

/// A child whose measures are to change.
pub struct Remeasured {
    /// As it is.
    pub before: Child,
    /// Đã chuẩn hóa, from now on.
    pub identified: bool,
    /// Đủ thông tin cơ bản, from now on.
    pub complete: bool,
}

/// A finding with its child, as the database gives it.
struct Found {
    child: String,
    finding: Finding,
}

/// By the places of [`sql::FINDINGS_PAGE`].
impl<'r, R> sqlx::FromRow<'r, R> for Found
where
    R: sqlx::Row,
    usize: sqlx::ColumnIndex<R>,
    &'r [u8]: Text<'r, R::Database>,
    Option<i64>: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,
    bool: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,
{
    fn from_row(row: &'r R) -> sqlx::Result<Self> {
        Ok(Self {
            child: text(row, 0)?,
            finding: Finding {
                rule: text(row, 1)?,
                field: text(row, 2)?,
                list: row.try_get(3)?,
                severity: text(row, 4)?,
                raw: text(row, 5)?,
                suggestion: text(row, 6)?,
                safe: row.try_get(7)?,
            },
        })
    }
}

/// Where a child first stood.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Sheet {
    /// The child.
    pub child: String,
    /// The import.
    pub import: String,
    /// The file.
    pub file: String,
    /// The sheet.
    pub sheet: String,
}

impl Act {
    /// Publishes a rule file; gives its number.
    ///
    /// # Errors
    /// The database's.
    pub async fn add_rule_file(&mut self, as_of: &str, sha256: &str, content: &str) -> Result<i64> {
        let book = self.doing.register.clone();
        let last = self
            .tx
            .rule_files(&book)
            .await?
            .last()
            .map_or(0, |file| file.nth);
        let nth = last.saturating_add(1);
        run!(
            self.tx,
            sql::RULE_FILE_ADD,
            book.as_str(),
            nth,
            self.seq,
            self.doing.at.as_str(),
            self.doing.who.as_str(),
            as_of,
            sha256,
            content
        )?;
        Ok(nth)
    }

    /// Puts findings in the place of all findings of the book: child, nth from 1, finding.
    ///
    /// # Errors
    /// The database's.
    pub async fn replace_findings(&mut self, findings: &[(&str, i64, &Finding)]) -> Result<()> {
        let book = self.doing.register.clone();
        run!(self.tx, sql::FINDINGS_DROP_ALL, book.as_str())?;
        self.found = Touched::All;
        self.add_findings(findings).await
    }

    /// Puts findings in the place of those of one child. Its record stays as it is, so nothing has happened to it.
    ///
    /// # Errors
    /// The database's.
    pub async fn set_findings(&mut self, child: &str, findings: &[Finding]) -> Result<()> {
        let book = self.doing.register.clone();
        run!(self.tx, sql::FINDINGS_DROP, book.as_str(), child)?;
        self.found.add(child);
        let findings: Vec<(&str, i64, &Finding)> = (1_i64..)
            .zip(findings)
            .map(|(nth, finding)| (child, nth, finding))
            .collect();
        self.add_findings(&findings).await
    }

    /// Says anew of many children whether they are *identified* and *complete*, with an event each. Nobody has edited them: where an import
    /// had the last word, it still has, and undoing it takes them along.
    ///
    /// # Errors
    /// [`Error::Conflict`] where one has changed meanwhile, the database's.
    pub async fn remeasure(&mut self, children: &[Remeasured], source: &str) -> Result<()> {
        let book = self.doing.register.clone();
        let mut events = Vec::with_capacity(children.len());
        for one in children {
            let (id, seen) = (one.before.id.as_str(), one.before.version);
            let changed = run!(
                self.tx,
                sql::CHILD_MEASURES_SET,
                book.as_str(),
                id,
                seen,
                one.identified,
                one.complete
            )?;
            if changed == 0 {
                let now = self.tx.child(&book, id).await?.version;
                return Err(Error::Conflict { seen, now });
            }
            events.push(Event {
                child: id.to_owned(),
                seq: seen.saturating_add(1),
                request: self.doing.request.clone(),
                audit_seq: self.seq,
                kind: "changed".to_owned(),
                at: self.doing.at.clone(),
                who: self.doing.who.clone(),
                role: self.doing.role.clone(),
                office: self.doing.office.clone(),
                why: self.doing.why.clone(),
                source: source.to_owned(),
                import: self.tx.import_of(&book, id, seen).await?,
                then: State {
                    identified: one.identified,
                    complete: one.complete,
                    ..one.before.now.clone()
                },
            });
        }
        self.add_events(&events).await
    }
}

impl Tx {
    /// The rule files of a book, the oldest first; none: the built-in rules.
    ///
    /// # Errors
    /// The database's.
    pub async fn rule_files(&mut self, book: &str) -> Result<Vec<RuleFile>> {
        all!(self, RuleFile, sql::RULE_FILES, book)
    }

    /// The findings of the children after one id and up to another, in order of the children.
    ///
    /// # Errors
    /// The database's.
    pub async fn findings_between(
        &mut self,
        book: &str,
        (after, to): (&str, &str),
    ) -> Result<Vec<(String, Finding)>> {
        let found = all!(self, Found, sql::FINDINGS_PAGE, book, after, to)?;
        Ok(found
            .into_iter()
            .map(|found| (found.child, found.finding))
            .collect())
    }

    /// A page of children as they were at a moment, in order of their ids, after one.
    ///
    /// # Errors
    /// The database's.
    pub async fn children_at_after(
        &mut self,
        book: &str,
        moment: &str,
        id: &str,
    ) -> Result<Vec<Child>> {
        let mut last = id.to_owned();
        while let Some(end) = self.end_of_page(book, &last).await? {
            let (after, to) = (last.as_str(), end.as_str());
            let page = all!(
                self,
                Child,
                sql::CHILDREN_AT_BETWEEN,
                book,
                after,
                moment,
                to
            )?;
            // Nobody of the page was there yet.
            if !page.is_empty() {
                return Ok(page);
            }
            last = end;
        }
        Ok(Vec::new())
    }

    /// The import that brought a version of a child, where one did.
    ///
    /// # Errors
    /// The database's.
    pub async fn import_of(
        &mut self,
        book: &str,
        child: &str,
        version: i64,
    ) -> Result<Option<String>> {
        type Row = (Option<String>,);
        let found: Option<Row> = first!(self, Row, sql::IMPORT_OF_VERSION, book, child, version)?;
        Ok(found.and_then(|(import,)| import))
    }

    /// Children who hold a number.
    ///
    /// # Errors
    /// The database's.
    pub async fn holders(&mut self, book: &str, number: &str) -> Result<Vec<Child>> {
        all!(self, Child, sql::CHILDREN_HOLDING, book, number)
    }

    /// A page of the sheets on which children first stood (rows decided `new`), in order of the children, after one.
    ///
    /// # Errors
    /// The database's.
    pub async fn sheets_after(&mut self, book: &str, child: &str) -> Result<Vec<Sheet>> {
        all!(
            self,
            Sheet,
            sql::SHEETS_OF_CHILDREN,
            book,
            "new",
            child,
            limits::PAGE
        )
    }

    /// Ids of the children who have a finding of a rule now, in order.
    ///
    /// # Errors
    /// The database's.
    pub async fn with_rule(&mut self, book: &str, rule: &str) -> Result<Vec<String>> {
        let found: Vec<(String,)> = all!(self, (String,), sql::CHILDREN_WITH_RULE, book, rule)?;
        Ok(found.into_iter().map(|(id,)| id).collect())
    }

    /// Ids of the children who count and are not *identified*, or not *complete*, in order.
    ///
    /// # Errors
    /// The database's.
    pub async fn without_measure(&mut self, book: &str, identified: bool) -> Result<Vec<String>> {
        let sql = if identified {
            sql::CHILDREN_NOT_IDENTIFIED
        } else {
            sql::CHILDREN_NOT_COMPLETE
        };
        let found: Vec<(String,)> = all!(self, (String,), sql, book, ACTIVE)?;
        Ok(found.into_iter().map(|(id,)| id).collect())
    }

    /// Ids of the children who have an error of a group (1–5) now, in order.
    ///
    /// # Errors
    /// The database's.
    pub async fn with_group(&mut self, book: &str, group: i64) -> Result<Vec<String>> {
        let found: Vec<(String,)> = all!(
            self,
            (String,),
            sql::CHILDREN_WITH_GROUP,
            book,
            group,
            "error"
        )?;
        Ok(found.into_iter().map(|(id,)| id).collect())
    }
}
