//! From a line of `children.csv` with its findings to an entry of the register.
//!
//! In: the fields of the line, its findings, its measures. Out: [`Entry`]. What the law calls sensitive goes into a record of its own, the
//! words of its cells too.

use crate::act::check::records::{CHILDREN_HEAD, FINDINGS_HEAD, WRITTEN_HEAD};
use std::borrow::Cow;
use treem_child::check::Measures;
use treem_child::limits::AGE_LIMIT_YEARS;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::syllable::ascii_fold;
use treem_child::rule::RuleId;
use treem_store::child::{ACTIVE, Entry, Finding, State};

/// Sensitive fields (NĐ 356/2025/NĐ-CP Đ.4): ethnic group, health, circumstances, and the note, which may speak of any of them.
pub const SENSITIVE: [&str; 7] = [
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
/// What the record keeps beside its fields ([`crate::act::check::written`]).
pub const WRITTEN: &str = "written";
/// The last day there is: a child whose birth date is unknown never leaves by itself.
const NEVER: &str = "9999-12-31";

/// The heads of `children.csv` and `findings.csv`, to find fields by name.
pub struct Heads {
    /// The columns of a child, `file` first.
    pub children: Vec<&'static str>,
    findings: Vec<&'static str>,
    /// Columns of the record in the order of their names, and those of the sensitive record.
    order: [Vec<usize>; 2],
    written: [usize; 2],
}

impl Heads {
    /// As an import's run of `treem check` writes them.
    pub fn new() -> Self {
        let split = |head: &'static str| head.trim_end().split(',');
        let children: Vec<&'static str> = split(CHILDREN_HEAD)
            .chain(split(WRITTEN_HEAD).skip(1))
            .collect();
        let own = children.len() - 2;
        let in_order = |sensitive: bool| {
            let mut columns: Vec<usize> = (0..own)
                .filter(|at| {
                    let head = children.get(*at).copied().unwrap_or("");
                    SENSITIVE.contains(&head) == sensitive && !APART.contains(&head)
                })
                .collect();
            columns.sort_unstable_by_key(|at| children.get(*at).copied());
            columns
        };
        Self {
            order: [in_order(false), in_order(true)],
            written: [own, own + 1],
            children,
            findings: split(FINDINGS_HEAD).collect(),
        }
    }

    /// The place of a column of a child.
    pub fn at(&self, name: &str) -> usize {
        self.children
            .iter()
            .position(|head| *head == name)
            .unwrap_or(usize::MAX)
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

/// Members of a record that are no columns: their names in order, and their values as JSON.
pub type More<'m> = &'m [(Cow<'m, str>, String)];

/// What the register says of a child, from its columns.
///
/// `column` gives the n-th of [`Heads::children`]; `more` are the other members of the record and of its sensitive part; `shared`: the
/// number stands on another child too.
pub fn state<'f>(
    heads: &Heads,
    column: impl Fn(usize) -> &'f str,
    more: [More<'_>; 2],
    (measures, shared): (Measures, bool),
    edition: &str,
) -> State {
    let field = |name: &str| column(heads.at(name));
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let birth = field("birth");
    let [open, apart] = &heads.order;
    let [written, written_apart] = heads.written;
    State {
        state: ACTIVE.to_owned(),
        name_key: ascii_fold(field("name")),
        birth: birth.to_owned(),
        leaves_on: leaves_on(birth),
        edition: edition.to_owned(),
        unit: some(field("unit")).or_else(|| some(field("district"))),
        number: some(field("number")),
        identified: measures.identified && !shared,
        complete: measures.complete,
        record: json(heads, open, &column, column(written), more[0]),
        sensitive: json(heads, apart, &column, column(written_apart), more[1]),
    }
}

/// An object of the columns that hold something, its members in the order of their names, as `serde_json` writes it.
fn json<'f>(
    heads: &Heads,
    order: &[usize],
    column: &impl Fn(usize) -> &'f str,
    written: &str,
    more: More<'_>,
) -> String {
    let mut out: Vec<u8> = Vec::with_capacity(1_024);
    let mut rest = more.iter().peekable();
    let mut put = |name: &str, value: &dyn Fn(&mut Vec<u8>)| {
        out.push(if out.is_empty() { b'{' } else { b',' });
        text(&mut out, name);
        out.push(b':');
        value(&mut out);
    };
    let names = order
        .iter()
        .filter_map(|at| Some((*heads.children.get(*at)?, *at)))
        .chain([(WRITTEN, usize::MAX)]);
    // `written` is not the last name there is, but the last of ours.
    for (name, at) in names {
        while let Some((theirs, value)) = rest.next_if(|(theirs, _)| **theirs < *name) {
            put(theirs, &|out| out.extend_from_slice(value.as_bytes()));
        }
        let value = if at == usize::MAX {
            written
        } else {
            column(at)
        };
        if value.is_empty() {
            continue;
        }
        if at == usize::MAX {
            put(name, &|out| out.extend_from_slice(value.as_bytes()));
        } else {
            put(name, &|out| text(out, value));
        }
    }
    for (theirs, value) in rest {
        put(theirs, &|out| out.extend_from_slice(value.as_bytes()));
    }
    if out.is_empty() {
        out.push(b'{');
    }
    out.push(b'}');
    String::from_utf8(out).unwrap_or_default()
}

/// A text in JSON.
fn text(out: &mut Vec<u8>, text: &str) {
    if text
        .bytes()
        .any(|byte| byte < 0x20 || matches!(byte, b'"' | b'\\'))
    {
        // Writing into a Vec cannot fail.
        let _ = serde_json::to_writer(out, text);
    } else {
        out.push(b'"');
        out.extend_from_slice(text.as_bytes());
        out.push(b'"');
    }
}

/// What the register keeps of a finding: nothing of what a sensitive field says.
pub fn finding(
    (rule, field, group): (&str, &str, Option<i64>),
    severity: &str,
    (raw, suggestion, safe): (&str, &str, bool),
) -> Finding {
    let open = |text: &str| {
        if SENSITIVE.contains(&field) {
            String::new()
        } else {
            text.to_owned()
        }
    };
    Finding {
        rule: rule.to_owned(),
        field: field.to_owned(),
        list: group,
        severity: severity.to_owned(),
        raw: open(raw),
        suggestion: open(suggestion),
        safe,
    }
}

/// The entry of a child.
pub fn entry(
    heads: &Heads,
    fields: &[String],
    findings: &[Vec<String>],
    measures: Measures,
    edition: &str,
) -> Entry {
    let kept: Vec<Finding> = findings
        .iter()
        .map(|cells| {
            let cell = |name: &str| of(&heads.findings, cells, name);
            finding(
                (cell("rule"), cell("field"), cell("group").parse().ok()),
                cell("severity"),
                (cell("raw"), cell("suggestion"), cell("safe") == "yes"),
            )
        })
        .collect();
    let shared = kept.iter().any(|one| one.rule == RuleId::ID_SHARED.code());
    let column = |at: usize| fields.get(at).map_or("", String::as_str);
    Entry {
        id: String::new(),
        source: "import".to_owned(),
        import: None,
        state: state(heads, column, [&[], &[]], (measures, shared), edition),
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
                "written" => "{\"raw\":{\"name\":\"Bé\"}}".to_owned(),
                "written_sensitive" => "{\"raw\":{\"ethnicity\":\"Thiểu số\"}}".to_owned(),
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
                && !entry.state.record.contains("Thiểu số")
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
        for text in [&entry.state.record, &entry.state.sensitive] {
            let value: serde_json::Value = serde_json::from_str(text).unwrap();
            assert_eq!(value.to_string(), *text);
        }
        assert_eq!(entry.state.unit.as_deref(), Some("=unit"));
    }
}
