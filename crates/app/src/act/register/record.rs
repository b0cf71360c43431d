//! From a line of `children.csv` with its findings to an entry of the register.
//!
//! In: the fields of the line, its findings, its measures. Out: [`Entry`]. What the law calls sensitive goes into a record of its own, the
//! words of its cells too.

use serde_json::{Map, Value};
use treem_child::check::Measures;
use treem_child::limits::AGE_LIMIT_YEARS;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::syllable::ascii_fold;
use treem_child::rule::RuleId;
use treem_store::child::{ACTIVE, Entry, Finding, State};

/// Sensitive fields (NĐ 356/2025/NĐ-CP Đ.4): ethnic group, health, circumstances, and the note, which may speak of any of them.
const SENSITIVE: [&str; 7] = [
    "ethnicity",
    "ethnicity_own",
    "ethnicity_code_1979",
    "ethnicity_code_2008",
    "insurance",
    "circumstance",
    "note",
];
/// What has a column of its own in the register.
const APART: [&str; 5] = ["file", "sheet", "row", "unit", "edition"];
/// The last day there is: a child whose birth date is unknown never leaves by itself.
const NEVER: &str = "9999-12-31";

/// The heads of `children.csv` and `findings.csv`, to find fields by name.
pub struct Heads {
    children: Vec<&'static str>,
    findings: Vec<&'static str>,
}

impl Heads {
    /// As `treem check` writes them.
    pub fn new() -> Self {
        let split = |head: &'static str| head.trim_end().split(',').collect();
        Self {
            children: split(crate::act::check::records::CHILDREN_HEAD),
            findings: split(crate::act::check::records::FINDINGS_HEAD),
        }
    }
}

fn of<'f>(heads: &[&str], fields: &'f [String], name: &str) -> &'f str {
    heads
        .iter()
        .position(|head| *head == name)
        .and_then(|at| fields.get(at))
        .map_or("", String::as_str)
}

/// A field of a line of `children.csv`.
pub fn child_field<'f>(heads: &Heads, fields: &'f [String], name: &str) -> &'f str {
    of(&heads.children, fields, name)
}

/// A field of a line of `findings.csv`.
pub fn finding_field<'f>(heads: &Heads, fields: &'f [String], name: &str) -> &'f str {
    of(&heads.findings, fields, name)
}

/// The entry of a child.
pub fn entry(
    heads: &Heads,
    fields: &[String],
    findings: &[Vec<String>],
    measures: Measures,
    edition: &str,
) -> Entry {
    let field = |name: &str| of(&heads.children, fields, name);
    let (mut record, mut sensitive) = (Map::new(), Map::new());
    for (head, value) in heads.children.iter().zip(fields) {
        if value.is_empty() || APART.contains(head) {
            continue;
        }
        let into = if SENSITIVE.contains(head) {
            &mut sensitive
        } else {
            &mut record
        };
        into.insert((*head).to_owned(), Value::String(value.clone()));
    }
    let (mut kept, mut raws) = (Vec::new(), Map::new());
    let mut shared = false;
    for finding in findings {
        let cell = |name: &str| of(&heads.findings, finding, name).to_owned();
        let hidden = SENSITIVE.contains(&cell("field").as_str());
        shared |= cell("rule") == RuleId::ID_SHARED.code();
        if hidden && !cell("raw").is_empty() {
            raws.insert(cell("field"), Value::String(cell("raw")));
        }
        let open = |text: String| if hidden { String::new() } else { text };
        kept.push(Finding {
            rule: cell("rule"),
            field: cell("field"),
            list: cell("group").parse().ok(),
            severity: cell("severity"),
            raw: open(cell("raw")),
            suggestion: open(cell("suggestion")),
            safe: cell("safe") == "yes",
        });
    }
    if !raws.is_empty() {
        sensitive.insert("raw".to_owned(), Value::Object(raws));
    }
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let birth = field("birth");
    Entry {
        id: String::new(),
        source: "import".to_owned(),
        import: None,
        state: State {
            state: ACTIVE.to_owned(),
            name_key: ascii_fold(field("name")),
            birth: birth.to_owned(),
            leaves_on: leaves_on(birth),
            edition: edition.to_owned(),
            unit: some(field("unit")).or_else(|| some(field("district"))),
            number: some(field("number")),
            identified: measures.identified && !shared,
            complete: measures.complete,
            record: Value::Object(record).to_string(),
            sensitive: Value::Object(sensitive).to_string(),
        },
        findings: kept,
    }
}

/// The first day on which a child is 16 for certain: the birthday, or, where only a month or a year is known, the day after its end.
fn leaves_on(birth: &str) -> String {
    let years = AGE_LIMIT_YEARS;
    if let Some(date) = PartialDate::from_iso(birth) {
        let (year, month, day) = date.anniversary(years);
        return format!("{year:04}-{month:02}-{day:02}");
    }
    let mut parts = birth.split('-').map(str::parse::<i16>);
    match (parts.next(), parts.next()) {
        (Some(Ok(year)), None) => format!("{:04}-01-01", year.saturating_add(years + 1)),
        (Some(Ok(year)), Some(Ok(12))) => format!("{:04}-01-01", year.saturating_add(years + 1)),
        (Some(Ok(year)), Some(Ok(month))) => {
            format!(
                "{:04}-{:02}-01",
                year.saturating_add(years),
                month.saturating_add(1)
            )
        }
        _ => NEVER.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_a_child_is_sixteen() {
        for (birth, day) in [
            ("2008-06-13", "2024-06-13"),
            ("2008-02-29", "2024-02-29"),
            ("2012-02-29", "2028-02-29"),
            ("2008-05", "2024-06-01"),
            ("2008-12", "2025-01-01"),
            ("2008", "2025-01-01"),
            ("", "9999-12-31"),
        ] {
            assert_eq!(leaves_on(birth), day, "{birth}");
        }
    }

    #[test]
    fn what_is_sensitive_stands_apart() {
        let heads = Heads::new();
        let line: Vec<String> = heads
            .children
            .iter()
            .map(|head| match *head {
                "birth" => "2015-03-12".to_owned(),
                "row" => "7".to_owned(),
                other => format!("={other}"),
            })
            .collect();
        let finding = |rule: &str, field: &str, raw: &str| {
            let cells = [
                ("rule", rule),
                ("field", field),
                ("raw", raw),
                ("group", "3"),
                ("severity", "error"),
                ("safe", "no"),
                ("suggestion", raw),
            ];
            heads
                .findings
                .iter()
                .map(|head| {
                    cells
                        .iter()
                        .find(|(name, _)| name == head)
                        .map_or(String::new(), |(_, cell)| (*cell).to_owned())
                })
                .collect::<Vec<String>>()
        };
        let findings = [
            finding("ethnicity.unknown", "ethnicity", "Thiểu số"),
            finding("id.shared", "number", "045215000012"),
        ];
        let measures = Measures {
            identified: true,
            complete: true,
        };
        let entry = entry(&heads, &line, &findings, measures, "2020-01-01");
        for word in SENSITIVE {
            assert!(
                !entry.state.record.contains(&format!("\"={word}\"")),
                "{word}"
            );
            assert!(
                entry.state.sensitive.contains(&format!("\"={word}\"")),
                "{word}"
            );
        }
        assert!(
            entry.state.sensitive.contains("Thiểu số")
                && entry.findings[0].raw.is_empty()
                && entry.findings[0].suggestion.is_empty()
        );
        assert_eq!(
            (entry.findings[1].raw.as_str(), entry.findings[1].list),
            ("045215000012", Some(3))
        );
        // A number that stands on another child too does not identify.
        assert!(!entry.state.identified && entry.state.complete);
        assert!(
            entry.state.record.contains("\"name\":\"=name\"")
                && !entry.state.record.contains("\"row\"")
        );
        assert_eq!(entry.state.unit.as_deref(), Some("=unit"));
    }
}
