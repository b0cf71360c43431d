//! What a record says, its states, what happened to it, the numbers it has had, what is wrong with it.
//!
//! In: nothing. Out: [`State`], [`Child`], [`Event`], [`Number`], [`Finding`], [`Entry`].

use crate::chain;

/// The state of a child who counts.
pub const ACTIVE: &str = "active";
/// The state of a record whose import was undone.
pub const WITHDRAWN: &str = "withdrawn";

/// The state of a record that went into another one.
pub const MERGED: &str = "merged";
/// The state of a child who lives elsewhere now.
pub const MOVED: &str = "moved";
/// The state of a child who died.
pub const DIED: &str = "died";
/// The state of a record that was entered by mistake.
pub const MISTAKE: &str = "mistake";

/// True for states in which a record holds its number: nobody else can have it.
pub fn holds_number(state: &str) -> bool {
    matches!(state, ACTIVE | MOVED | DIED)
}

/// What a record says at one moment.
#[derive(Clone, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct State {
    /// Life in the register: [`ACTIVE`], [`WITHDRAWN`], [`MERGED`], [`MOVED`], [`DIED`], [`MISTAKE`]. Turning 16 is none: `leaves_on`.
    pub state: String,
    /// The name, lower case without marks: for searching.
    pub name_key: String,
    /// Birth date `YYYY-MM-DD`, `YYYY-MM`, `YYYY` or empty.
    pub birth: String,
    /// The day the child is 16 for certain; `9999-12-31` where that is not known.
    pub leaves_on: String,
    /// Edition of the unit.
    pub edition: String,
    /// Code of the commune, or of the district where that is all that is known.
    pub unit: Option<String>,
    /// Sound identity number.
    pub number: Option<String>,
    /// Đã chuẩn hóa.
    pub identified: bool,
    /// Đủ thông tin cơ bản.
    pub complete: bool,
    /// The fields as JSON, without the sensitive ones.
    pub record: String,
    /// The sensitive fields as JSON.
    pub sensitive: String,
}

/// Children's data never reaches a log.
impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("State(***)")
    }
}

/// A child as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Child {
    /// Its id.
    pub id: String,
    /// Its version: the number of its last event.
    pub version: i64,
    /// What the record says.
    pub now: State,
}

/// By place, not by name: a book is read by hundreds of thousands of rows.
impl<'r, R> sqlx::FromRow<'r, R> for Child
where
    R: sqlx::Row,
    usize: sqlx::ColumnIndex<R>,
    &'r [u8]: Text<'r, R::Database>,
    i64: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,
    bool: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,
{
    fn from_row(row: &'r R) -> sqlx::Result<Self> {
        Ok(Self {
            id: text(row, 0)?,
            version: row.try_get(1)?,
            now: State {
                state: text(row, 2)?,
                name_key: text(row, 3)?,
                birth: text(row, 4)?,
                leaves_on: text(row, 5)?,
                edition: text(row, 6)?,
                unit: text_or_none(row, 7)?,
                number: text_or_none(row, 8)?,
                identified: row.try_get(9)?,
                complete: row.try_get(10)?,
                record: text(row, 11)?,
                sensitive: text(row, 12)?,
            },
        })
    }
}

/// The bytes of a text as the database gives them.
pub(crate) trait Text<'r, D: sqlx::Database>: sqlx::Decode<'r, D> + sqlx::Type<D> {}
impl<'r, D: sqlx::Database> Text<'r, D> for &'r [u8] where
    &'r [u8]: sqlx::Decode<'r, D> + sqlx::Type<D>
{
}

/// A text column by its place. Its bytes are checked to be UTF-8 here, by a quicker check than the driver's.
///
/// # Errors
/// No such column, no text, null.
pub(crate) fn text<'r, R>(row: &'r R, at: usize) -> sqlx::Result<String>
where
    R: sqlx::Row,
    usize: sqlx::ColumnIndex<R>,
    &'r [u8]: Text<'r, R::Database>,
{
    let found = text_or_none(row, at)?;
    found.ok_or_else(|| unreadable(at, sqlx::error::UnexpectedNullError.into()))
}

/// A text column by its place, which may be null.
///
/// # Errors
/// No such column, no text.
pub(crate) fn text_or_none<'r, R>(row: &'r R, at: usize) -> sqlx::Result<Option<String>>
where
    R: sqlx::Row,
    usize: sqlx::ColumnIndex<R>,
    &'r [u8]: Text<'r, R::Database>,
{
    let bytes: Option<&[u8]> = row.try_get_unchecked(at)?;
    let read = |bytes| simdutf8::basic::from_utf8(bytes).map(str::to_owned);
    let text = bytes.map(read).transpose();
    text.map_err(|error| unreadable(at, error.into()))
}

fn unreadable(at: usize, source: sqlx::error::BoxDynError) -> sqlx::Error {
    let index = at.to_string();
    sqlx::Error::ColumnDecode { index, source }
}

/// One thing that happened to a child.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Event {
    /// The child.
    pub child: String,
    /// The child's version after it.
    pub seq: i64,
    /// The client's request.
    pub request: String,
    /// The act's number in the audit chain.
    pub audit_seq: i64,
    /// `added`, `changed`, `withdrawn`, `restored`, `closed`, …
    pub kind: String,
    /// When.
    pub at: String,
    /// Who.
    pub who: String,
    /// In which role.
    pub role: String,
    /// Of which office.
    pub office: String,
    /// Why.
    pub why: String,
    /// Where the values came from.
    pub source: String,
    /// The import, where one brought them.
    pub import: Option<String>,
    /// What the record said from then on.
    #[sqlx(flatten)]
    pub then: State,
}

impl Event {
    pub(crate) fn hash(&self) -> [u8; 32] {
        let yes = |truth: bool| if truth { "1" } else { "0" };
        let then = &self.then;
        chain::of(&[
            &self.child,
            &self.seq.to_string(),
            &self.request,
            &self.audit_seq.to_string(),
            &self.kind,
            &self.at,
            &self.who,
            &self.role,
            &self.office,
            &self.why,
            &self.source,
            self.import.as_deref().unwrap_or("\u{0}"),
            &then.state,
            &then.name_key,
            &then.birth,
            &then.leaves_on,
            &then.edition,
            then.unit.as_deref().unwrap_or("\u{0}"),
            then.number.as_deref().unwrap_or("\u{0}"),
            yes(then.identified),
            yes(then.complete),
            &then.record,
            &then.sensitive,
        ])
    }
}

/// A number a child has, or had.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Number {
    /// Twelve digits.
    pub number: String,
    /// Where it came from.
    pub source: String,
    /// `written`, `verified`, …
    pub status: String,
    /// From when.
    pub since: String,
    /// Until when; `None` while it holds.
    pub ended_at: Option<String>,
}

/// Children's data never reaches a log.
impl std::fmt::Debug for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Number(***)")
    }
}

/// Something wrong with a child.
#[derive(Clone, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Finding {
    /// Code of the rule.
    pub rule: String,
    /// Code of the field.
    pub field: String,
    /// The group 1–5, where it has one.
    pub list: Option<i64>,
    /// `error`, `warning`, `note`.
    pub severity: String,
    /// The value as written; empty for sensitive fields.
    pub raw: String,
    /// What it should be; empty without.
    pub suggestion: String,
    /// The suggestion may be applied to many at once.
    pub safe: bool,
}

/// Children's data never reaches a log.
impl std::fmt::Debug for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Finding({})", self.rule)
    }
}

/// A child that is new to the book, or what a child shall say from now on.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// The child's id.
    pub id: String,
    /// Where the values come from.
    pub source: String,
    /// The import that brings them.
    pub import: Option<String>,
    /// What the record says.
    pub state: State,
    /// What is wrong with it.
    pub findings: Vec<Finding>,
}

#[cfg(test)]
mod tests {
    use crate::sql;

    /// What the columns of a statement are called.
    fn columns(statement: &str) -> Option<Vec<&str>> {
        let mut deep = 0_i32;
        let (mut out, mut rest) = (Vec::new(), statement.strip_prefix("select ")?);
        let mut at = 0;
        while let Some(letter) = rest.get(at..)?.chars().next() {
            deep += i32::from(letter == '(') - i32::from(letter == ')');
            let ends = deep == 0 && rest.get(at..)?.trim_start().starts_with("from ");
            if deep == 0 && (letter == ',' || ends) {
                let one = rest.get(..at)?.trim();
                out.push(one.rsplit([' ', '.']).next()?);
                rest = rest.get(at + 1..)?;
                at = 0;
            } else {
                at += letter.len_utf8();
            }
            if ends {
                return Some(out);
            }
        }
        None
    }

    #[test]
    fn every_statement_of_children_gives_the_columns_in_their_places() {
        let places = [
            "id",
            "version",
            "state",
            "name_key",
            "birth",
            "leaves_on",
            "edition",
            "unit",
            "number",
            "identified",
            "complete",
            "record",
            "sensitive",
        ];
        let found: Vec<&str> = sql::all()
            .filter_map(|(name, statement)| Some((*name, columns(statement)?)))
            .filter(|(_, columns)| {
                columns.starts_with(&["id", "version"]) && columns.contains(&"sensitive")
            })
            .map(|(name, columns)| {
                assert_eq!(columns, places, "{name}");
                name
            })
            .collect();
        for name in [
            "CHILD",
            "CHILDREN_PAGE",
            "CHILDREN_AT_BETWEEN",
            "CHILDREN_OF",
            "CHILDREN_OF_UNIT",
            "CHILDREN_CALLED",
            "CHILDREN_SAYING",
            "CHILDREN_HOLDING_TEXT",
            "CHILDREN_HOLDING",
        ] {
            assert!(found.contains(&name), "{name}");
        }
    }
}
