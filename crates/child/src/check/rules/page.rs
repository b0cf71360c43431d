//! The page of the rules (docs/rules.md), written from the table of rules: never by hand.
//!
//! In: [`RULES`]. Out: Markdown.

use crate::field::Field;
use crate::rule::{BASE, Example, RULES, RuleInfo};
use crate::texts;
use std::fmt::Write as _;

const HEAD: &str = "# Rules of check

Written from `crates/child/src/rule.rs` by a test that fails when this page is stale (`TREEM_WRITE_DOCS=1 cargo test -p treem-child
--test it rules` writes it anew). How to switch rules and add local ones: [rules-file.md](rules-file.md).

A code is `field.problem`. Groups: 1 Chưa có mã định danh, 2 Sai định dạng số, 3 Thiếu hoặc sai thông tin cá nhân cơ bản (the
letter's three lists), 4 Số mâu thuẫn với thông tin, 5 Nghi trùng. An example is a row that differs from the base row in what it names.
";

/// The page.
pub fn rules_markdown() -> String {
    let mut out = String::from(HEAD);
    let base = BASE
        .iter()
        .map(|(field, value)| format!("{} `{value}`", field.code()))
        .collect::<Vec<_>>()
        .join(", ");
    let _ = write!(
        out,
        "\nBase row: {base}. Judged on 13/6/2024.\n\n| code | group | severity | looks for |\n|---|---|---|---|\n"
    );
    for rule in RULES {
        let _ = writeln!(
            out,
            "| [{0}](#{1}) | {2} | {3} | {4} |",
            rule.code,
            rule.code.replace('.', ""),
            group(rule),
            rule.severity.code(),
            rule.title
        );
    }
    for rule in RULES {
        one(rule, &mut out);
    }
    out
}

fn group(rule: &RuleInfo) -> String {
    rule.group
        .map_or_else(|| "–".to_owned(), |group| group.number().to_string())
}

fn one(rule: &RuleInfo, out: &mut String) {
    let _ = write!(
        out,
        "\n## {}\n\n{}. Group {}, {}, at `{}`.\n\n",
        rule.code,
        rule.title,
        group(rule),
        rule.severity.code(),
        rule.field.code()
    );
    let _ = write!(
        out,
        "- Says: {}\n- Source: {}\n",
        texts::wording(rule.code)
            .replace('{', "`{")
            .replace('}', "}`"),
        rule.source
    );
    if is_over_rows(rule.code) {
        let _ = write!(
            out,
            "- Silent on the rows: {}\n- Fires on the rows: {}\n",
            examples(rule.good, "; "),
            examples(rule.bad, "; ")
        );
    } else {
        let _ = writeln!(out, "- Silent on: {}", examples(rule.good, " · "));
        if !rule.bad.is_empty() {
            let _ = writeln!(out, "- Fires on: {}", examples(rule.bad, " · "));
        }
    }
}

/// True where the examples of a rule are the rows of one list, not each a list of its own.
pub fn is_over_rows(code: &str) -> bool {
    matches!(code, "child.duplicate" | "id.shared" | "birth.heaped")
}

fn examples(examples: &[Example], between: &str) -> String {
    examples
        .iter()
        .map(|example| row(example))
        .collect::<Vec<_>>()
        .join(between)
}

fn row(example: &[(Field, &str)]) -> String {
    if example.is_empty() {
        return "the base row".to_owned();
    }
    let visible = |value: &str| {
        value
            .chars()
            .map(|c| {
                if c == '\u{200b}' || c == '\u{323}' {
                    format!("\\u{:04X}", u32::from(c))
                } else {
                    c.to_string()
                }
            })
            .collect::<String>()
    };
    example
        .iter()
        .map(|(field, value)| {
            if value.is_empty() {
                format!("no {}", field.code())
            } else {
                format!("{} `{}`", field.code(), visible(value))
            }
        })
        .collect::<Vec<_>>()
        .join(", ")
}
