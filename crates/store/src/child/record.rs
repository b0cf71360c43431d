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
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Child {
    /// Its id.
    pub id: String,
    /// Its version: the number of its last event.
    pub version: i64,
    /// What the record says.
    #[sqlx(flatten)]
    pub now: State,
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
