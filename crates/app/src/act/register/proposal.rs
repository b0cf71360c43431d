//! What a finding proposes: which field is to say what, in words that can be typed; and what a rule is called.
//!
//! In: a stored finding. Out: [`Proposal`]. A suggestion may name another field than the one it stands at (“Giới tính: Nữ” at the number).

use super::again::said::column_of;
use treem_child::check::rules::RuleSet;
use treem_child::field::Field;
use treem_child::rule::RuleId;
use treem_store::child::Finding;

/// What a finding proposes.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Proposal {
    /// The field to change.
    #[serde(serialize_with = "code")]
    pub field: Field,
    /// What a person reads.
    pub label: &'static str,
    /// What it shall say.
    pub value: String,
    /// It may be done to many at once.
    pub safe: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
fn code<S: serde::Serializer>(field: &Field, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_str(field.code())
}

/// What a finding proposes; nothing where it has no suggestion, or one that is no value of a field.
pub fn of(finding: &Finding) -> Option<Proposal> {
    let text = finding.suggestion.trim();
    if text.is_empty() || finding.severity == "note" {
        return None;
    }
    let named = text.split_once(": ").and_then(|(label, value)| {
        let field = Field::ALL.iter().find(|field| field.label() == label)?;
        Some((*field, value))
    });
    let (field, value) = match named {
        Some(named) => named,
        None => (Field::from_code(&finding.field)?, text),
    };
    column_of(field)?;
    Some(Proposal {
        field,
        label: field.label(),
        value: value.to_owned(),
        safe: finding.safe,
    })
}

/// What a rule looks for, in one line; a local rule's own sentence, the code where nobody knows the rule any more.
pub fn title(rules: &RuleSet, code: &str) -> String {
    if let Some(info) = RuleId::from_code(code).and_then(RuleId::info) {
        return info.title.to_owned();
    }
    let local = rules.locals().iter().position(|local| local.code == code);
    local.map_or_else(
        || code.to_owned(),
        |index| rules.local_message(index).to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_proposed() {
        let check = |field: &str, suggestion: &str, want: Option<(Field, &str)>| {
            let finding = Finding {
                field: field.to_owned(),
                suggestion: suggestion.to_owned(),
                severity: "error".to_owned(),
                ..Finding::default()
            };
            let told = of(&finding);
            let told = told.as_ref().map(|one| (one.field, one.value.as_str()));
            assert_eq!(told, want, "{suggestion}");
        };
        check(
            "number",
            "045216118220",
            Some((Field::Number, "045216118220")),
        );
        check("number", "Giới tính: Nữ", Some((Field::Sex, "Nữ")));
        check("commune", "Xã Tà Rụt", Some((Field::Commune, "Xã Tà Rụt")));
        check("number", "", None);
        check("ordinal", "1", None);
        check("không có", "1", None);
    }
}
