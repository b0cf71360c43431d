//! Small things between lists, records and the queue: findings as JSON, the finding of a shared number, names of fields.
//!
//! In: findings, names. Out: the same in another form.

use super::again::said::column_of;
use super::record::{self, Heads};
use crate::act::check::records::FINDINGS_HEAD;
use serde_json::{Value, json};
use treem_child::check::rules::RuleSet;
use treem_child::field::Field;
use treem_child::rule::RuleId;
use treem_store::child::Finding;

/// A field of a line of `findings.csv`.
pub fn finding_field<'f>(fields: &'f [String], name: &str) -> &'f str {
    FINDINGS_HEAD
        .trim_end()
        .split(',')
        .position(|head| head == name)
        .and_then(|at| fields.get(at))
        .map_or("", String::as_str)
}

/// The field of a column of `children.csv`.
pub fn field_of(column: &str) -> Option<Field> {
    Field::ALL
        .iter()
        .find(|field| column_of(**field) == Some(column))
        .copied()
}

/// Columns of `children.csv` that say something of a child.
pub fn columns() -> Vec<&'static str> {
    Heads::new()
        .children
        .into_iter()
        .filter(|head| {
            !matches!(*head, "file" | "sheet" | "row") && !head.starts_with(record::WRITTEN)
        })
        .collect()
}

/// The finding of a number that stands on two children.
pub fn shared(rules: &RuleSet, number: &str) -> Finding {
    let rule = RuleId::ID_SHARED;
    record::finding(
        (
            rule.code(),
            Field::Number.code(),
            rules.group(rule).map(|group| i64::from(group.number())),
        ),
        rules.severity(rule).code(),
        (number, "", false),
    )
}

/// Sorts findings as `findings.csv` has them.
pub fn sort(findings: &mut [Finding]) {
    findings.sort_by(|left, right| (&left.rule, &left.field).cmp(&(&right.rule, &right.field)));
}

/// Findings as JSON.
pub fn to_json(findings: &[Finding]) -> String {
    let all: Vec<Value> = findings
        .iter()
        .map(|one| {
            json!([
                one.rule,
                one.field,
                one.list,
                one.severity,
                one.raw,
                one.suggestion,
                one.safe
            ])
        })
        .collect();
    Value::Array(all).to_string()
}

/// A finding as JSON has it.
type Packed = (String, String, Option<i64>, String, String, String, bool);

/// Findings from JSON; none where it is none.
pub fn from_json(text: &str) -> Vec<Finding> {
    let all: Vec<Packed> = serde_json::from_str(text).unwrap_or_default();
    all.into_iter()
        .map(
            |(rule, field, list, severity, raw, suggestion, safe)| Finding {
                rule,
                field,
                list,
                severity,
                raw,
                suggestion,
                safe,
            },
        )
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_come_back_from_json() {
        let one = shared(&RuleSet::default(), "045215000012");
        assert_eq!((one.list, one.severity.as_str()), (Some(4), "error"));
        let all = vec![one, Finding::default()];
        assert_eq!(from_json(&to_json(&all)), all);
        assert!(from_json("").is_empty());
    }

    #[test]
    fn every_field_a_list_may_fill_is_known() {
        for (column, field) in [
            ("name", Field::Name),
            ("father_birth", Field::FatherBirth),
            ("note", Field::Note),
        ] {
            assert_eq!(field_of(column), Some(field), "{column}");
        }
        assert_eq!(field_of("edition"), None);
    }
}
