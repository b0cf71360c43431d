//! A finding: what a rule says of one field of one row. Data, never an error.
//!
//! In: nothing. Out: [`Finding`], [`Severity`], [`Group`].

use crate::field::Field;
use crate::rule::RuleId;
use serde::{Deserialize, Serialize};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something was repaired or is worth knowing; nothing to do.
    Note,
    /// Worth a look; does not spoil *identified*.
    Warning,
    /// Has to be put right.
    Error,
}

impl Severity {
    /// As in `findings.csv`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// The five groups: the letter's three lists (Bước 1) and the two we add.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Group {
    /// 1 Chưa có mã định danh.
    NoNumber,
    /// 2 Sai định dạng số.
    BadNumber,
    /// 3 Thiếu hoặc sai thông tin cá nhân cơ bản.
    BasicInformation,
    /// 4 Số mâu thuẫn với thông tin.
    Contradiction,
    /// 5 Nghi trùng.
    Duplicate,
}

impl Group {
    /// All five, in order.
    pub const ALL: [Self; 5] = [
        Self::NoNumber,
        Self::BadNumber,
        Self::BasicInformation,
        Self::Contradiction,
        Self::Duplicate,
    ];
    /// 1 to 5.
    pub fn number(self) -> u8 {
        match self {
            Self::NoNumber => 1,
            Self::BadNumber => 2,
            Self::BasicInformation => 3,
            Self::Contradiction => 4,
            Self::Duplicate => 5,
        }
    }
    /// The words on the screen and on paper.
    pub fn label(self) -> &'static str {
        match self {
            Self::NoNumber => "Chưa có mã định danh",
            Self::BadNumber => "Sai định dạng số",
            Self::BasicInformation => "Thiếu hoặc sai thông tin cá nhân cơ bản",
            Self::Contradiction => "Số mâu thuẫn với thông tin",
            Self::Duplicate => "Nghi trùng",
        }
    }
}

/// What a rule says of one field of one row.
#[derive(Clone, PartialEq, Eq)]
pub struct Finding {
    /// The field the finding stands at.
    pub field: Field,
    /// Which rule fired.
    pub rule: RuleId,
    /// The cell as it stood in the file.
    pub raw: String,
    /// What should stand there instead, where the rule can say.
    pub suggestion: Option<String>,
    /// Whether the suggestion may be applied in bulk without looking at each row.
    pub safe: bool,
    /// What the wording needs beside `raw`: other field's value, other row, … in the order the wording names them.
    pub details: Vec<String>,
}

impl Finding {
    /// A finding without suggestion or details.
    pub fn new(rule: RuleId, field: Field, raw: impl Into<String>) -> Self {
        Self {
            field,
            rule,
            raw: raw.into(),
            suggestion: None,
            safe: false,
            details: Vec::new(),
        }
    }
    /// Adds a suggestion that a person has to confirm.
    #[must_use]
    pub fn suggest(mut self, value: impl Into<String>) -> Self {
        self.suggestion = Some(value.into());
        self
    }
    /// Adds a suggestion that is safe in bulk.
    #[must_use]
    pub fn suggest_safe(mut self, value: impl Into<String>) -> Self {
        self.suggestion = Some(value.into());
        self.safe = true;
        self
    }
    /// Adds what the wording needs.
    #[must_use]
    pub fn detail(mut self, value: impl Into<String>) -> Self {
        self.details.push(value.into());
        self
    }
}

/// Children's data never reaches a log: shows rule and field only.
impl std::fmt::Debug for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Finding({}, {})", self.rule.code(), self.field.code())
    }
}
