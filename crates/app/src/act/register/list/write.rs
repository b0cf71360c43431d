//! A list as a file with names: a workbook people print and work with, or csv.
//!
//! In: [`List`], a path. Out: the file, whole or not at all. What is sensitive is in neither.

use super::{List, Listed, What};
use crate::act::csv_line::Line;
use anyhow::Context as _;
use std::io::Write as _;
use std::path::Path;
use treem_child::finding::Group;
use treem_child::normalise::unit;
use treem_child::rule::RuleId;
use treem_files::write::lists::{ListHead, ListRow, ListSheet, write_list};
use treem_store::child::Finding;

/// The head of the csv.
pub const HEAD: &str = "child,unit,unit_name,hamlet,name,birth,sex,number,father,mother,guardian,phone,rule,field,raw,suggestion\n";

/// The groups on whose sheets a list is written; none for a rule of no group.
pub fn groups_of(list: &List, what: &What) -> Vec<Group> {
    match what {
        What::Group(number) => Group::ALL
            .into_iter()
            .filter(|group| i64::from(group.number()) == *number)
            .collect(),
        What::Rule(rule) => RuleId::from_code(rule)
            .or_else(|| list.rules.rule_of_local(rule))
            .and_then(|rule| list.rules.group(rule))
            .into_iter()
            .collect(),
        What::Unidentified => vec![Group::NoNumber, Group::BadNumber, Group::Contradiction],
        What::Incomplete => vec![Group::BasicInformation],
    }
}

/// Writes the list as a workbook, a sheet a group.
///
/// # Errors
/// The file cannot be written.
pub fn workbook(list: &List, groups: &[Group], path: &Path) -> anyhow::Result<()> {
    let day = list.as_of.split('-').rev();
    let head = ListHead {
        as_of: day
            .map(|part| part.trim_start_matches('0'))
            .collect::<Vec<_>>()
            .join("/"),
        province: list.province.clone(),
        ..ListHead::default()
    };
    let sheets = groups.iter().map(|group| {
        let number = i64::from(group.number());
        let on = move |one: &&Listed| one.findings.iter().any(|found| found.list == Some(number));
        let rows = (1..).zip(list.listed.iter().filter(on));
        ListSheet {
            group: *group,
            rows: Box::new(rows.map(|(nth, one)| row(list, nth, one))),
        }
    });
    write_list(path, &head, sheets.collect())
        .with_context(|| format!("không ghi được {}", path.display()))?;
    Ok(())
}

/// Writes the list as csv: a line for each finding.
///
/// # Errors
/// The file cannot be written.
pub fn csv(list: &List, path: &Path) -> anyhow::Result<()> {
    let mut buffer = HEAD.as_bytes().to_vec();
    for one in &list.listed {
        let text = fields(one);
        let unit = one.child.now.unit.as_deref().unwrap_or("");
        let none = [Finding::default()];
        let findings = if one.findings.is_empty() {
            &none[..]
        } else {
            &one.findings
        };
        for finding in findings {
            let mut line = Line::after(&mut buffer, b"");
            line.text(&one.child.id).text(unit);
            for name in [
                "unit_name",
                "hamlet",
                "name",
                "birth",
                "sex",
                "number",
                "father",
                "mother",
                "guardian",
                "phone",
            ] {
                line.guarded(&text(name));
            }
            line.text(&finding.rule)
                .text(&finding.field)
                .guarded(&finding.raw)
                .guarded(&finding.suggestion);
            line.end();
        }
    }
    let failed = || format!("không ghi được {}", path.display());
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).with_context(failed)?;
    file.write_all(&buffer).with_context(failed)?;
    file.persist(path).with_context(failed)?;
    Ok(())
}

/// The fields of a record by their names.
fn fields(one: &Listed) -> impl Fn(&str) -> String {
    let record: serde_json::Value = serde_json::from_str(&one.child.now.record).unwrap_or_default();
    move |name: &str| {
        record
            .get(name)
            .and_then(serde_json::Value::as_str)
            .unwrap_or("")
            .to_owned()
    }
}

fn row(list: &List, ordinal: u64, one: &Listed) -> ListRow {
    let text = fields(one);
    // What could not be read is shown as it was written.
    let or_raw = |name: &str| {
        let value = text(name);
        let raw = one.findings.iter().find(|finding| finding.field == name);
        if value.is_empty() {
            raw.map_or(value, |finding| finding.raw.clone())
        } else {
            value
        }
    };
    let birth = or_raw("birth");
    let place: Vec<String> = [text("hamlet"), unit_name(one)]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    ListRow {
        ordinal,
        name: or_raw("name"),
        birth: if birth.len() == 10 && birth.contains('-') {
            birth.split('-').rev().collect::<Vec<_>>().join("/")
        } else {
            birth
        },
        sex: or_raw("sex"),
        number: or_raw("number"),
        birth_registration: text("birth_registration"),
        address: place.join(", "),
        father: text("father"),
        mother: text("mother"),
        guardian: text("guardian"),
        phone: text("phone"),
        reasons: one
            .findings
            .iter()
            .map(|finding| reason(list, finding))
            .collect(),
        fixes: one
            .findings
            .iter()
            .map(|finding| finding.suggestion.clone())
            .filter(|fix| !fix.is_empty())
            .collect(),
        source: one.child.id.clone(),
        ..ListRow::default()
    }
}

fn unit_name(one: &Listed) -> String {
    let now = &one.child.now;
    let unit = now
        .unit
        .as_deref()
        .and_then(|code| unit::edition(&now.edition).by_code(code));
    unit.map_or_else(String::new, |unit| unit.name.to_owned())
}

/// Why a child is on the list: the rule's title, and what was written.
fn reason(list: &List, finding: &Finding) -> String {
    let own = RuleId::from_code(&finding.rule)
        .and_then(RuleId::info)
        .map(|info| info.title);
    let local = || {
        let local = list
            .rules
            .locals()
            .iter()
            .find(|local| local.code == finding.rule);
        local.map_or(finding.rule.as_str(), |local| local.message.as_str())
    };
    let title = own.unwrap_or_else(local);
    if finding.raw.is_empty() {
        title.to_owned()
    } else {
        format!("{title}: “{}”", finding.raw)
    }
}
