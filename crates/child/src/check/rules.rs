//! Which rules are on, how much each weighs, which carer suffices: the built-in set, as a rule file may have changed it.
//!
//! In: a rule file ([`crate::check::local`] reads it) or nothing. Out: [`RuleSet`].

pub mod page;

use super::local::file::{self, RuleFileError};
use super::local::{Local, Locals};
use crate::field::Field;
use crate::finding::{Finding, Group, Severity};
use crate::normalise::date::PartialDate;
use crate::normalise::row::Context;
use crate::record::Child;
use crate::rule::{RULES, RuleId};
use std::sync::Arc;

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
        Self {
            father: true,
            mother: true,
            guardian: true,
        }
    }
}

/// The day of the examples where the rule file names none: that of the built-in rules' examples.
pub const EXAMPLES_AS_OF: PartialDate = PartialDate {
    year: 2024,
    month: 6,
    day: 13,
};

/// The rules in force. A clone shares the local rules, and the count of rows on which they could not be evaluated.
#[derive(Clone, Debug)]
pub struct RuleSet {
    /// Which carers suffice.
    pub carer: Carer,
    /// The day on which the examples of the rule file are judged: ages would drift otherwise.
    pub examples_as_of: PartialDate,
    severities: Vec<Option<Severity>>,
    changed: bool,
    locals: Arc<Locals>,
}

impl Default for RuleSet {
    fn default() -> Self {
        Self {
            carer: Carer::default(),
            examples_as_of: EXAMPLES_AS_OF,
            severities: RULES.iter().map(|rule| Some(rule.severity)).collect(),
            changed: false,
            locals: Arc::default(),
        }
    }
}

impl RuleSet {
    /// The rules as a rule file (TOML) has them.
    ///
    /// # Errors
    /// The first thing wrong with the file: one sentence with its line. At most [`crate::limits::LOCAL_RULES`] local rules.
    pub fn from_toml(text: &str) -> Result<Self, RuleFileError> {
        file::read(text)
    }
    pub(super) fn take_locals(&mut self, locals: Locals, on: &[bool]) {
        self.severities.truncate(RULES.len());
        self.severities.extend(
            locals
                .rules
                .iter()
                .zip(on)
                .map(|(local, on)| on.then_some(local.severity)),
        );
        self.locals = Arc::new(locals);
    }
    /// Switches a rule off (`None`) or changes what it weighs.
    pub fn set(&mut self, rule: RuleId, severity: Option<Severity>) {
        if let Some(slot) = self.severities.get_mut(usize::from(rule.0)) {
            *slot = severity;
            self.changed = true;
        }
    }
    /// Whether the rule is on.
    pub fn is_on(&self, rule: RuleId) -> bool {
        self.severities
            .get(usize::from(rule.0))
            .is_none_or(Option::is_some)
    }
    /// What the rule weighs; for one that is off, what it would weigh.
    pub fn severity(&self, rule: RuleId) -> Severity {
        let own = || match (rule.info(), rule.local_index()) {
            (Some(info), _) => info.severity,
            (None, Some(index)) => self
                .locals
                .rules
                .get(index)
                .map_or(Severity::Warning, |local| local.severity),
            (None, None) => Severity::Warning,
        };
        self.severities
            .get(usize::from(rule.0))
            .copied()
            .flatten()
            .unwrap_or_else(own)
    }
    /// The group of a rule, local ones too.
    pub fn group(&self, rule: RuleId) -> Option<Group> {
        match rule.local_index() {
            Some(index) => self.locals.rules.get(index).and_then(|local| local.group),
            None => rule.info().and_then(|info| info.group),
        }
    }
    /// True where a rule file switched a rule or changed what it weighs.
    pub fn changes_any(&self) -> bool {
        self.changed
    }
    /// True where the rule is local, or does not weigh what it weighs without a rule file.
    pub fn is_changed(&self, rule: RuleId) -> bool {
        match rule.info() {
            Some(info) => self
                .severities
                .get(usize::from(rule.0))
                .is_some_and(|now| *now != Some(info.severity)),
            None => true,
        }
    }
    /// Takes out the findings of rules that are off, from an index on.
    pub fn apply(&self, findings: &mut Vec<Finding>, from: usize) {
        let mut index = 0;
        findings.retain(|finding| {
            index += 1;
            index <= from || self.is_on(finding.rule)
        });
    }
    /// Every rule, the local ones last.
    pub fn ids(&self) -> impl Iterator<Item = RuleId> + use<> {
        let all = RULES.len() + self.locals.rules.len();
        (0..all).filter_map(|index| u16::try_from(index).ok().map(RuleId))
    }
    /// The code of a rule, local ones too.
    pub fn code(&self, rule: RuleId) -> &str {
        rule.local_index()
            .map_or_else(|| rule.code(), |index| self.local_code(index))
    }
    /// The local rules, in the order of the rule file, those for required fields first.
    pub fn locals(&self) -> &[Local] {
        &self.locals.rules
    }
    /// True where there are local rules.
    pub fn has_locals(&self) -> bool {
        !self.locals.rules.is_empty()
    }
    /// The code of the n-th local rule; empty past the end.
    pub fn local_code(&self, index: usize) -> &str {
        self.locals.rules.get(index).map_or("", |local| &local.code)
    }
    /// The sentence of the n-th local rule, with its places to fill; empty past the end.
    pub fn local_message(&self, index: usize) -> &str {
        self.locals
            .rules
            .get(index)
            .map_or("", |local| &local.message)
    }
    /// The local rule of a code.
    pub fn rule_of_local(&self, code: &str) -> Option<RuleId> {
        self.locals
            .rules
            .iter()
            .position(|local| local.code == code)
            .map(RuleId::local)
    }
    /// Runs the local rules on a row; `findings` are those of the row so far, which expressions may ask for.
    pub fn check_locals(
        &self,
        child: &Child<'_>,
        raw: &dyn Fn(Field) -> String,
        context: Context,
        findings: &mut Vec<Finding>,
    ) {
        self.locals.check(
            child,
            raw,
            context,
            &|index| self.is_on(RuleId::local(index)),
            findings,
        );
    }
    /// One sentence for each local rule that could not be evaluated on some rows, to be said at the end of a run.
    pub fn complaints(&self) -> Vec<String> {
        self.locals.complaints()
    }
}

#[cfg(test)]
mod tests;
