//! Which rules are on, how much each weighs, which carer suffices: the built-in set, as a rule file may have changed it.
//!
//! In: a rule file ([`crate::check::local`] reads it) or nothing. Out: [`RuleSet`].

use crate::finding::{Finding, Group, Severity};
use crate::rule::{RULES, RuleId};

/// Which carers suffice (design §4: a setting, any one by default).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Carer {
    /// The father alone suffices.
    pub father: bool,
    /// The mother alone suffices.
    pub mother: bool,
    /// A guardian alone suffices.
    pub guardian: bool,
}

impl Default for Carer {
    fn default() -> Self {
        Self { father: true, mother: true, guardian: true }
    }
}

/// The rules in force.
#[derive(Clone, Debug)]
pub struct RuleSet {
    /// Which carers suffice.
    pub carer: Carer,
    severities: Vec<Option<Severity>>,
    changed: bool,
}

impl Default for RuleSet {
    fn default() -> Self {
        Self { carer: Carer::default(), severities: RULES.iter().map(|rule| Some(rule.severity)).collect(), changed: false }
    }
}

impl RuleSet {
    /// Switches a rule off (`None`) or changes what it weighs.
    pub fn set(&mut self, rule: RuleId, severity: Option<Severity>) {
        if let Some(slot) = self.severities.get_mut(usize::from(rule.0)) {
            *slot = severity;
            self.changed = true;
        }
    }
    /// Whether the rule is on.
    pub fn is_on(&self, rule: RuleId) -> bool {
        self.severities.get(usize::from(rule.0)).is_none_or(Option::is_some)
    }
    /// What the rule weighs; a local rule's weight is its own.
    pub fn severity(&self, rule: RuleId) -> Severity {
        self.severities.get(usize::from(rule.0)).copied().flatten().unwrap_or(Severity::Warning)
    }
    /// The group of a rule.
    pub fn group(rule: RuleId) -> Option<Group> {
        rule.info().and_then(|info| info.group)
    }
    /// True where a rule file changed anything.
    pub fn changes_any(&self) -> bool {
        self.changed
    }
    /// Takes out the findings of rules that are off, from an index on.
    pub fn apply(&self, findings: &mut Vec<Finding>, from: usize) {
        let mut index = from;
        while let Some(finding) = findings.get(index) {
            if self.is_on(finding.rule) {
                index += 1;
            } else {
                findings.remove(index);
            }
        }
    }
}
