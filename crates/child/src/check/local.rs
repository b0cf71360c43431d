//! Local rules: what a province or commune asks for beyond the built-in rules, written in its rule file.
//!
//! In: a rule file's text ([`file`]); at run time a [`Child`], its raw cells and what has fired so far. Out: more
//! [`Finding`]s. A rule that cannot be evaluated on a row stays silent there, is counted, and is said once at the end.

pub mod example;
pub mod expression;
pub mod file;
pub mod values;

use crate::field::Field;
use crate::finding::{Finding, Group, Severity};
use crate::normalise::row::Context;
use crate::normalise::text;
use crate::record::Child;
use crate::rule::RuleId;
use cel::common::types::{CelList, CelString};
use cel::common::value::Val;
use expression::Expression;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use values::Values;

/// What a rule tests.
enum Test {
    /// The field is filled.
    Filled,
    /// The rule fires where the expression is true; the second gives what should stand there instead.
    Fires(Expression, Option<Expression>),
}

/// A made row by field, as the rule file gives it.
pub type ExampleRow = Vec<(Field, String)>;

/// A rule of a rule file.
pub struct Local {
    /// `local.…`, or `<field>.missing` for a field that the file asks to be filled.
    pub code: String,
    /// The field its findings stand at.
    pub field: Field,
    /// What it weighs before anything else changes it.
    pub severity: Severity,
    /// Its group, if it has one.
    pub group: Option<Group>,
    /// What it looks for, in one line.
    pub title: String,
    /// The sentence of a finding, with `{raw}` and `{fix}`.
    pub message: String,
    /// What it rests on; empty where the file does not say.
    pub source: String,
    /// The expression as written; empty for a field that has to be filled.
    pub when: String,
    /// Rows on which it must stay silent.
    pub good: Vec<ExampleRow>,
    /// Rows that must show it.
    pub bad: Vec<ExampleRow>,
    test: Test,
    failures: Failures,
}

/// Shows the code only: examples are people's data, if invented.
impl fmt::Debug for Local {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Local({})", self.code)
    }
}

/// How often a rule could not be evaluated, and why the first time.
#[derive(Default)]
struct Failures {
    rows: AtomicU64,
    why: OnceLock<String>,
}

impl Failures {
    fn count(&self, error: &cel::ExecutionError) {
        self.rows.fetch_add(1, Ordering::Relaxed);
        self.why
            .get_or_init(|| expression::reason(error).to_owned());
    }
}

/// All local rules of a rule file. Shared between workers.
#[derive(Default)]
pub(super) struct Locals {
    pub(super) rules: Vec<Local>,
    env: Option<Arc<cel::Env>>,
    raw_fields: Vec<Field>,
    wants_findings: bool,
}

impl fmt::Debug for Locals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.rules).finish()
    }
}

impl Locals {
    pub(super) fn new(rules: Vec<Local>, env: Arc<cel::Env>) -> Self {
        let mut out = Self {
            rules,
            env: Some(env),
            ..Self::default()
        };
        for rule in &out.rules {
            let Test::Fires(when, fix) = &rule.test else {
                continue;
            };
            for expression in std::iter::once(when).chain(fix) {
                out.wants_findings |= expression.uses_findings;
                for field in &expression.raw_fields {
                    if !out.raw_fields.contains(field) {
                        out.raw_fields.push(*field);
                    }
                }
            }
        }
        out
    }

    pub(super) fn check(
        &self,
        child: &Child<'_>,
        raw: &dyn Fn(Field) -> String,
        context: Context,
        is_on: &dyn Fn(usize) -> bool,
        findings: &mut Vec<Finding>,
    ) {
        let Some(env) = &self.env else { return };
        let fired = if self.wants_findings {
            self.codes(findings)
        } else {
            Vec::new()
        };
        let cells = self
            .raw_fields
            .iter()
            .map(|field| (*field, raw(*field)))
            .collect();
        let values = Values::new(child, context, cells, CelList::from(fired));
        let mut scope = cel::Context::with_env(Arc::clone(env));
        scope.set_variable_resolver(&values);
        for (index, rule) in self.rules.iter().enumerate() {
            if !is_on(index) {
                continue;
            }
            let suggestion = match &rule.test {
                Test::Filled if text::is_missing(child.plain(rule.field).unwrap_or("")) => None,
                Test::Filled => continue,
                Test::Fires(when, fix) => match when.truth(&scope) {
                    Ok(true) => fix
                        .as_ref()
                        .and_then(|fix| {
                            fix.text(&scope)
                                .inspect_err(|error| rule.failures.count(error))
                                .ok()
                        })
                        .filter(|fix| !fix.is_empty()),
                    Ok(false) => continue,
                    Err(error) => {
                        rule.failures.count(&error);
                        continue;
                    }
                },
            };
            let mut finding = Finding::new(RuleId::local(index), rule.field, raw(rule.field));
            finding.suggestion = suggestion;
            findings.push(finding);
        }
    }

    /// The codes that have fired in the row, as the expressions see them.
    fn codes<'a>(&'a self, findings: &[Finding]) -> Vec<Box<dyn Val + 'a>> {
        findings
            .iter()
            .map(|finding| {
                let code = match finding.rule.local_index() {
                    Some(index) => self.rules.get(index).map_or("", |rule| rule.code.as_str()),
                    None => finding.rule.code(),
                };
                Box::new(CelString::from(code)) as Box<dyn Val + 'a>
            })
            .collect()
    }

    /// One sentence for each rule that could not be evaluated on some rows.
    pub(super) fn complaints(&self) -> Vec<String> {
        let mut out = Vec::new();
        for rule in &self.rules {
            let rows = rule.failures.rows.load(Ordering::Relaxed);
            if rows > 0 {
                let why = rule.failures.why.get().map_or("", String::as_str);
                out.push(format!("Quy tắc “{}” không tính được ở {rows} dòng ({why}); các dòng đó coi như không vi phạm.", rule.code));
            }
        }
        out
    }
}
