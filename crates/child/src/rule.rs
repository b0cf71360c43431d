//! The rules.
/// A rule, by its place in the table (or a local one).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(pub u16);
impl RuleId {
    /// The code.
    pub fn code(self) -> &'static str { "" }
}
