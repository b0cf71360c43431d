//! The rule file (TOML): which rules are on, what they weigh, which fields must be filled, and local rules.
//!
//! In: its text. Out: a [`RuleSet`], or the first thing wrong with it: one Vietnamese sentence with its line
//! ([`RuleFileError`]). A rule file is refused as a whole: half a rule file would count wrongly without anybody seeing it.

use super::expression::{self, Expression, Kind};
use super::{ExampleRow, Failures, Local, Locals, Test};
use crate::check::rules::{Carer, RuleSet};
use crate::field::Field;
use crate::finding::{Group, Severity};
use crate::limits;
use crate::normalise::date::PartialDate;
use crate::record::PLAIN;
use crate::rule::{RULES, RuleId};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;
use toml::Spanned;

/// Longest rule file.
pub const RULE_FILE_BYTES: usize = 1 << 20;
/// Longest code, title, message or source in a rule file, in characters.
const SENTENCE_CHARS: usize = 500;

/// What is wrong with a rule file, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct RuleFileError {
    /// The line, from 1; 0 where the whole file is meant.
    pub line: usize,
    /// What is wrong and what to do, in Vietnamese, without a full stop at the end.
    pub sentence: String,
}

impl fmt::Display for RuleFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 0 {
            write!(f, "{}.", self.sentence)
        } else {
            write!(f, "dòng {}: {}.", self.line, self.sentence)
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    examples_as_of: Option<Spanned<String>>,
    carer: Option<Spanned<Vec<Spanned<String>>>>,
    #[serde(default)]
    required: Vec<Spanned<String>>,
    #[serde(default)]
    rules: BTreeMap<Spanned<String>, Change>,
    #[serde(default)]
    local: Vec<Spanned<LocalEntry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    enabled: Option<bool>,
    severity: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LocalEntry {
    code: Spanned<String>,
    field: Spanned<String>,
    severity: Option<Spanned<String>>,
    group: Option<Spanned<i64>>,
    enabled: Option<bool>,
    when: Spanned<String>,
    fix: Option<Spanned<String>>,
    title: Option<Spanned<String>>,
    message: Spanned<String>,
    source: Option<Spanned<String>>,
    good: Option<Spanned<Examples>>,
    bad: Option<Spanned<Examples>>,
}

type ExampleEntry = BTreeMap<String, String>;

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "ví dụ (good, bad) phải là một bảng { \"mã trường\" = \"giá trị\" }, mọi giá trị để trong ngoặc kép, hoặc danh sách các bảng như thế"
)]
enum Examples {
    One(ExampleEntry),
    Many(Vec<ExampleEntry>),
}

/// Reads a rule file.
pub(in crate::check) fn read(text: &str) -> Result<RuleSet, RuleFileError> {
    if text.len() > RULE_FILE_BYTES {
        return Err(RuleFileError {
            line: 0,
            sentence: format!(
                "tệp quy tắc lớn quá {} KB; đây có phải tệp quy tắc không",
                RULE_FILE_BYTES >> 10
            ),
        });
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let reader = Reader { text };
    let file: RuleFile = toml::from_str(text).map_err(|error| reader.broken(&error))?;
    let mut set = RuleSet::default();
    if let Some(day) = &file.examples_as_of {
        let date = PartialDate::from_iso(day.get_ref()).filter(|date| date.is_full());
        set.examples_as_of = date.ok_or_else(|| {
            reader.error(
                &day.span(),
                format!("ngày “{}” không đúng dạng YYYY-MM-DD", short(day.get_ref())),
            )
        })?;
    }
    if let Some(carer) = &file.carer {
        set.carer = reader.carer(carer)?;
    }
    let env = Arc::new(expression::environment());
    let mut locals = Vec::new();
    let mut raised = Vec::new();
    for field in &file.required {
        match reader.required(field)? {
            Required::Known(rule) => raised.push(rule),
            Required::New(local) => locals.push((field.span(), *local, true)),
        }
    }
    for entry in &file.local {
        let local = reader.local(entry.get_ref(), &env)?;
        locals.push((
            entry.get_ref().code.span(),
            local,
            entry.get_ref().enabled != Some(false),
        ));
    }
    if let Some((span, ..)) = locals.get(limits::LOCAL_RULES) {
        return Err(reader.error(
            span,
            format!(
                "có {} quy tắc địa phương, tối đa {}",
                locals.len(),
                limits::LOCAL_RULES
            ),
        ));
    }
    for (index, (span, local, _)) in locals.iter().enumerate() {
        if locals
            .iter()
            .take(index)
            .any(|other| other.1.code == local.code)
        {
            return Err(reader.error(
                span,
                format!("mã “{}” đã dùng ở trên; mỗi quy tắc một mã", local.code),
            ));
        }
    }
    let on: Vec<bool> = locals.iter().map(|local| local.2).collect();
    if !locals.is_empty() {
        set.take_locals(
            Locals::new(locals.into_iter().map(|local| local.1).collect(), env),
            &on,
        );
    }
    for rule in raised {
        set.set(rule, Some(Severity::Error));
    }
    for (code, change) in &file.rules {
        let rule = reader.known_rule(code, &set)?;
        let severity = match &change.severity {
            Some(severity) => reader.severity(severity)?,
            None => set.severity(rule),
        };
        set.set(rule, (change.enabled != Some(false)).then_some(severity));
    }
    Ok(set)
}

enum Required {
    /// A built-in rule asks for it already: it becomes an error.
    Known(RuleId),
    New(Box<Local>),
}

struct Reader<'t> {
    text: &'t str,
}

impl Reader<'_> {
    fn error(&self, span: &Range<usize>, sentence: String) -> RuleFileError {
        let before = self.text.get(..span.start).unwrap_or("");
        RuleFileError {
            line: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
            sentence,
        }
    }

    /// What the TOML reader says, in Vietnamese.
    fn broken(&self, error: &toml::de::Error) -> RuleFileError {
        let message = error.message();
        let named = |number: usize| message.split('`').nth(number * 2 + 1).unwrap_or("");
        let choices = || {
            message
                .split('`')
                .skip(3)
                .step_by(2)
                .collect::<Vec<_>>()
                .join(", ")
        };
        let sentence = if message.starts_with("unknown field") {
            let choices = choices();
            if choices == "enabled, severity" {
                format!(
                    "không có mục “{}” ở đây; chỉ có {choices}; mã quy tắc phải để trong ngoặc kép, như [rules.\"place.hamlet\"]",
                    named(0)
                )
            } else {
                format!("không có mục “{}” ở đây; chỉ có {choices}", named(0))
            }
        } else if message.starts_with("missing field") {
            format!("thiếu mục “{}”", named(0))
        } else if message.starts_with("duplicate") {
            "một mục được ghi hai lần".to_owned()
        } else if message.starts_with("invalid type")
            || message.starts_with("invalid value")
            || message.starts_with("wanted")
        {
            "giá trị sai kiểu: chữ phải để trong ngoặc kép, số thì không, danh sách trong [ ]"
                .to_owned()
        } else if message.starts_with("ví dụ") {
            message.to_owned()
        } else {
            "không đúng cú pháp TOML".to_owned()
        };
        match error.span() {
            Some(span) => self.error(&span, sentence),
            None => RuleFileError { line: 0, sentence },
        }
    }

    fn carer(&self, names: &Spanned<Vec<Spanned<String>>>) -> Result<Carer, RuleFileError> {
        let mut carer = Carer {
            father: false,
            mother: false,
            guardian: false,
        };
        for name in names.get_ref() {
            match name.get_ref().as_str() {
                "father" => carer.father = true,
                "mother" => carer.mother = true,
                "guardian" => carer.guardian = true,
                other => {
                    return Err(self.error(
                        &name.span(),
                        format!("người chăm sóc “{other}” không có; dùng father, mother, guardian"),
                    ));
                }
            }
        }
        if names.get_ref().is_empty() {
            return Err(self.error(&names.span(), "carer để trống; ghi ít nhất một trong father, mother, guardian, hoặc tắt quy tắc \"carer.missing\"".to_owned()));
        }
        Ok(carer)
    }

    fn severity(&self, severity: &Spanned<String>) -> Result<Severity, RuleFileError> {
        match severity.get_ref().as_str() {
            "error" => Ok(Severity::Error),
            "warning" => Ok(Severity::Warning),
            "note" => Ok(Severity::Note),
            other => Err(self.error(
                &severity.span(),
                format!("mức “{other}” không có; dùng \"error\", \"warning\" hoặc \"note\""),
            )),
        }
    }

    fn known_rule(&self, code: &Spanned<String>, set: &RuleSet) -> Result<RuleId, RuleFileError> {
        let name = code.get_ref().as_str();
        if let Some(rule) = RuleId::from_code(name).or_else(|| set.rule_of_local(name)) {
            return Ok(rule);
        }
        let stem = name.split('.').next().unwrap_or("");
        let near: Vec<&str> = RULES
            .iter()
            .map(|rule| rule.code)
            .filter(|code| code.split('.').next() == Some(stem))
            .collect();
        let hint = if near.is_empty() {
            "xem `treem rules list`".to_owned()
        } else {
            format!("có lẽ là {}", near.join(", "))
        };
        Err(self.error(&code.span(), format!("không có quy tắc “{name}”; {hint}")))
    }

    fn field(&self, code: &Spanned<String>) -> Result<Field, RuleFileError> {
        self.field_of(code.get_ref(), &code.span())
    }

    fn field_of(&self, code: &str, span: &Range<usize>) -> Result<Field, RuleFileError> {
        match Field::from_code(code) {
            Some(field) if !matches!(field, Field::Ordinal | Field::Ignored) => Ok(field),
            _ => Err(self.error(
                span,
                format!(
                    "không có trường “{}”; mã trường xem ở docs/rules-file.md",
                    short(code)
                ),
            )),
        }
    }

    fn required(&self, code: &Spanned<String>) -> Result<Required, RuleFileError> {
        let field = self.field(code)?;
        let known = match field {
            Field::Name => Some(RuleId::NAME_MISSING),
            Field::Birth => Some(RuleId::BIRTH_MISSING),
            Field::Sex => Some(RuleId::SEX_MISSING),
            Field::Ethnicity => Some(RuleId::ETHNICITY_MISSING),
            Field::Number => Some(RuleId::ID_MISSING),
            Field::Commune => Some(RuleId::PLACE_MISSING),
            Field::Hamlet => Some(RuleId::PLACE_HAMLET),
            _ => None,
        };
        if let Some(rule) = known {
            return Ok(Required::Known(rule));
        }
        if !PLAIN.contains(&field) {
            return Err(self.error(&code.span(), format!("trường “{}” không đòi riêng được; hãy đòi trường chung, ví dụ name, birth, father, mother", field.code())));
        }
        // The letter's basic information (group 3): parents or carer, and address.
        let group = matches!(
            field,
            Field::Father | Field::Mother | Field::Guardian | Field::Address
        )
        .then_some(Group::BasicInformation);
        Ok(Required::New(Box::new(Local {
            code: format!("{}.missing", field.code()),
            field,
            severity: Severity::Error,
            group,
            title: format!("Thiếu mục “{}”", field.label()),
            message: format!(
                "Chưa có mục “{}”, là mục bắt buộc theo tệp quy tắc. Bổ sung.",
                field.label()
            ),
            source: "Tệp quy tắc: mục bắt buộc".to_owned(),
            when: String::new(),
            good: Vec::new(),
            bad: vec![vec![(field, String::new())]],
            test: Test::Filled,
            failures: Failures::default(),
        })))
    }

    fn local(&self, entry: &LocalEntry, env: &cel::Env) -> Result<Local, RuleFileError> {
        let code = entry.code.get_ref();
        let tail = code.strip_prefix("local.").unwrap_or("");
        if tail.is_empty()
            || code.len() > 60
            || !tail
                .bytes()
                .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.'))
        {
            return Err(self.error(&entry.code.span(), format!("mã “{}” không dùng được; mã phải bắt đầu bằng “local.”, rồi chữ thường không dấu, chữ số, gạch nối", short(code))));
        }
        let field = self.field(&entry.field)?;
        let severity = match &entry.severity {
            Some(severity) => self.severity(severity)?,
            None => Severity::Warning,
        };
        let group = match &entry.group {
            None => None,
            Some(number) => match Group::ALL
                .into_iter()
                .find(|group| i64::from(group.number()) == *number.get_ref())
            {
                Some(group) => Some(group),
                None => {
                    return Err(self.error(
                        &number.span(),
                        format!(
                            "không có nhóm {}; dùng 1 đến 5, hoặc bỏ mục group",
                            number.get_ref()
                        ),
                    ));
                }
            },
        };
        let when = self.compile(&entry.when, Kind::Truth, env, code)?;
        let fix = match &entry.fix {
            Some(fix) => Some(self.compile(fix, Kind::Text, env, code)?),
            None => None,
        };
        let message = self.sentence(&entry.message, code)?;
        for piece in message.split('{').skip(1) {
            let name = piece.split('}').next().unwrap_or("");
            if !piece.contains('}') || !(name == "raw" || name == "fix" && fix.is_some()) {
                return Err(self.error(&entry.message.span(), format!("câu của “{code}” có chỗ trống {{{}}} không điền được; chỉ có {{raw}}, và {{fix}} khi có mục fix", short(name))));
            }
        }
        let title = match &entry.title {
            Some(title) => self.sentence(title, code)?,
            None => message.clone(),
        };
        let source = match &entry.source {
            Some(source) => self.sentence(source, code)?,
            None => String::new(),
        };
        Ok(Local {
            code: code.clone(),
            field,
            severity,
            group,
            title,
            message,
            source,
            when: entry.when.get_ref().clone(),
            good: self.examples(entry.good.as_ref())?,
            bad: self.examples(entry.bad.as_ref())?,
            test: Test::Fires(when, fix),
            failures: Failures::default(),
        })
    }

    fn compile(
        &self,
        source: &Spanned<String>,
        want: Kind,
        env: &cel::Env,
        code: &str,
    ) -> Result<Expression, RuleFileError> {
        Expression::compile(source.get_ref(), want, env)
            .map_err(|why| self.error(&source.span(), format!("biểu thức của “{code}” {why}")))
    }

    fn sentence(&self, text: &Spanned<String>, code: &str) -> Result<String, RuleFileError> {
        let trimmed = text.get_ref().trim();
        if trimmed.is_empty() {
            return Err(self.error(&text.span(), format!("câu của “{code}” để trống")));
        }
        if trimmed.chars().count() > SENTENCE_CHARS {
            return Err(self.error(
                &text.span(),
                format!("câu của “{code}” dài quá {SENTENCE_CHARS} ký tự"),
            ));
        }
        Ok(trimmed.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    fn examples(
        &self,
        examples: Option<&Spanned<Examples>>,
    ) -> Result<Vec<ExampleRow>, RuleFileError> {
        let Some(examples) = examples else {
            return Ok(Vec::new());
        };
        let entries = match examples.get_ref() {
            Examples::One(entry) => std::slice::from_ref(entry),
            Examples::Many(entries) => entries.as_slice(),
        };
        let value = |(code, value): (&String, &String)| {
            Ok((self.field_of(code, &examples.span())?, value.clone()))
        };
        entries
            .iter()
            .map(|entry| entry.iter().map(value).collect())
            .collect()
    }
}

fn short(text: &str) -> String {
    text.chars().take(60).collect()
}
