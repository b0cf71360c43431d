//! `treem rules`: the rules as a table; a rule file's examples; what a rule file would change for real lists.
//!
//! In: a [`RuleSet`], for the last also files. Out: plain data, with the field names of `--json`.

use crate::act::check::{self, Options, Progress, Stop};
use anyhow::Context as _;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::PathBuf;
use treem_child::check::local::example;
use treem_child::check::rules::RuleSet;
use treem_child::normalise::date::PartialDate;
use treem_child::rule::RuleId;
use treem_files::table::Mappings;

/// A rule, as it is in force.
#[derive(Clone, Debug, Serialize)]
pub struct Listed {
    /// Its code.
    pub rule: String,
    /// 1 to 5.
    pub group: Option<u8>,
    /// error, warning, note.
    pub severity: &'static str,
    /// Whether it is on.
    pub on: bool,
    /// Local, or not as without a rule file.
    pub changed: bool,
    /// The field it stands at.
    pub field: &'static str,
    /// What it looks for.
    pub title: String,
    /// What it rests on.
    pub source: String,
}

/// Every rule, built-in ones first, each part in the order of the output.
pub fn list(rules: &RuleSet) -> Vec<Listed> {
    let one = |rule: RuleId| {
        let local = rule
            .local_index()
            .and_then(|index| rules.locals().get(index));
        let (field, title, source) = match (rule.info(), local) {
            (Some(info), _) => (info.field, info.title, info.source),
            (None, Some(local)) => (local.field, local.title.as_str(), local.source.as_str()),
            (None, None) => return None,
        };
        Some(Listed {
            rule: rules.code(rule).to_owned(),
            group: rules.group(rule).map(treem_child::finding::Group::number),
            severity: rules.severity(rule).code(),
            on: rules.is_on(rule),
            changed: rules.is_changed(rule),
            field: field.code(),
            title: title.to_owned(),
            source: source.to_owned(),
        })
    };
    rules.ids().filter_map(one).collect()
}

/// An example of a local rule.
#[derive(Clone, Debug, Serialize)]
pub struct Example {
    /// The rule's code.
    pub rule: String,
    /// good, bad.
    pub kind: &'static str,
    /// Which of them, from 1.
    pub number: usize,
    /// It shows what it should.
    pub passed: bool,
}

/// What the test of a rule file gives.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Tested {
    /// The examples.
    pub examples: Vec<Example>,
    /// Local rules without a good or without a bad example.
    pub without_examples: Vec<String>,
    /// What would change for real lists, where some were given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effect: Option<Effect>,
}

/// Runs the examples of a rule file.
pub fn test(rules: &RuleSet) -> Tested {
    let examples = example::run(rules)
        .into_iter()
        .map(|outcome| Example {
            rule: rules.local_code(outcome.rule).to_owned(),
            kind: if outcome.is_bad { "bad" } else { "good" },
            number: outcome.number,
            passed: outcome.passed,
        })
        .collect();
    let without = rules
        .locals()
        .iter()
        .filter(|local| !local.when.is_empty() && (local.good.is_empty() || local.bad.is_empty()));
    Tested {
        examples,
        without_examples: without.map(|local| local.code.clone()).collect(),
        effect: None,
    }
}

/// Findings by rule on real lists, without and with a rule file.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Effect {
    /// Children in the lists.
    pub children: u64,
    /// Children with no error, without and with the rule file.
    pub clean: (u64, u64),
    /// Each local or changed rule, and each whose count changes.
    pub rules: Vec<RuleEffect>,
    /// Files that could not be used, with why.
    pub failed: Vec<(String, String)>,
    /// Rules that could not be evaluated on some rows, in words.
    pub complaints: Vec<String>,
    /// Stopped before its end.
    pub stopped: bool,
}

/// A rule's findings without and with the rule file.
#[derive(Clone, Debug, Serialize)]
pub struct RuleEffect {
    /// The rule's code.
    pub rule: String,
    /// What it weighs with the rule file; `off` where it is switched off.
    pub severity: &'static str,
    /// Findings without the rule file.
    pub before: u64,
    /// Findings with it.
    pub after: u64,
}

/// What was found in files under some rules.
#[derive(Clone, Debug, Default)]
pub struct Counted {
    /// Children.
    pub children: u64,
    /// Children with no error.
    pub clean: u64,
    /// Findings by rule.
    pub rules: BTreeMap<String, u64>,
    /// Files that could not be used, with why.
    pub failed: Vec<(String, String)>,
    /// Stopped before its end.
    pub stopped: bool,
}

/// Checks files under some rules and counts. What `treem check` writes goes to a folder of its own that only this user can
/// read, and is gone afterwards.
///
/// # Errors
/// What stops a check: no folder for passing files, the disk is full.
pub fn count_on(
    files: &[PathBuf],
    rules: &RuleSet,
    as_of: PartialDate,
    progress: &dyn Progress,
    stop: &Stop,
) -> anyhow::Result<Counted> {
    let folder = tempfile::Builder::new()
        .prefix("treem-rules-")
        .tempdir()
        .context("không tạo được thư mục tạm")?;
    let options = Options {
        inputs: files.to_vec(),
        out: folder.path().to_owned(),
        as_of,
        edition: as_of,
        unit: None,
        home: None,
        mappings: Mappings::default(),
        edited: Mappings::default(),
        rules: rules.clone(),
        lists: false,
        duplicates: false,
        keep_measures: false,
    };
    let summary = check::run(options, progress, stop)?;
    Ok(Counted {
        children: summary.counts.children,
        clean: summary.counts.clean,
        rules: summary
            .rules
            .iter()
            .map(|(code, rule)| (code.clone(), rule.count))
            .collect(),
        failed: summary
            .files
            .iter()
            .filter_map(|file| Some((file.file.clone(), file.error.clone()?)))
            .collect(),
        stopped: summary.stopped,
    })
}

/// What a rule file would change for some lists: they are checked twice.
///
/// # Errors
/// As [`count_on`].
pub fn effect(
    files: &[PathBuf],
    rules: &RuleSet,
    as_of: PartialDate,
    progress: &dyn Progress,
    stop: &Stop,
) -> anyhow::Result<Effect> {
    let before = count_on(files, &RuleSet::default(), as_of, progress, stop)?;
    if before.stopped {
        return Ok(Effect {
            stopped: true,
            ..Effect::default()
        });
    }
    let after = count_on(files, rules, as_of, progress, stop)?;
    let count = |counted: &Counted, code: &str| counted.rules.get(code).copied().unwrap_or(0);
    let told = list(rules).into_iter().filter_map(|rule| {
        let (before, after) = (count(&before, &rule.rule), count(&after, &rule.rule));
        (rule.changed || before != after).then_some(RuleEffect {
            rule: rule.rule,
            severity: if rule.on { rule.severity } else { "off" },
            before,
            after,
        })
    });
    let rules_told = told.collect();
    Ok(Effect {
        children: after.children,
        clean: (before.clean, after.clean),
        rules: rules_told,
        failed: after.failed,
        complaints: rules.complaints(),
        stopped: after.stopped,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::act::check::Silent;

    const RULES: &str = "required = [\"phone\"]\n[rules.\"place.hamlet\"]\nenabled = false\n[[local]]\ncode = \"local.nam\"\nfield = \"sex\"\nmessage = \"Câu.\"\n\
                         when = 'child.sex == \"Nam\"'\ngood = { sex = \"Nữ\" }\nbad = { sex = \"Nữ\" }\n";

    #[test]
    fn lists_and_tests() {
        let rules = RuleSet::from_toml(RULES).unwrap();
        let listed = list(&rules);
        let one = |code: &str| {
            listed
                .iter()
                .find(|rule| rule.rule == code)
                .map(|rule| (rule.group, rule.severity, rule.on, rule.changed))
        };
        assert_eq!(one("place.hamlet"), Some((Some(3), "warning", false, true)));
        assert_eq!(one("id.length"), Some((Some(2), "error", true, false)));
        assert_eq!(one("phone.missing"), Some((None, "error", true, true)));
        assert_eq!(one("local.nam"), Some((None, "warning", true, true)));
        let tested = test(&rules);
        assert_eq!(
            tested
                .examples
                .iter()
                .map(|example| (example.rule.as_str(), example.kind, example.passed))
                .collect::<Vec<_>>(),
            [
                ("phone.missing", "bad", true),
                ("local.nam", "good", true),
                ("local.nam", "bad", false)
            ]
        );
    }

    #[test]
    fn counts_on_real_lists() {
        let folder = tempfile::tempdir().unwrap();
        let list = folder.path().join("danh-sach.csv");
        let head = "Họ và tên,Ngày sinh,Giới tính,Dân tộc,Số định danh cá nhân,Họ tên mẹ,Xã,Huyện,Thôn,Số điện thoại\n";
        let rows = "Hồ Thị Mơ,12/03/2015,Nữ,Pa Cô,045315118217,Hồ Thị Thoan,Tà Rụt,Đakrông,,\nHồ Văn Khăm,12/03/2014,Nam,Kinh,045214118217,Hồ Thị Lứt,Tà Rụt,Đakrông,A Đăng,0912345678\n";
        std::fs::write(&list, format!("{head}{rows}")).unwrap();
        let rules = RuleSet::from_toml(RULES).unwrap();
        let as_of = PartialDate {
            year: 2024,
            month: 6,
            day: 13,
        };
        let effect = effect(
            &[list, folder.path().join("missing.csv")],
            &rules,
            as_of,
            &Silent,
            &Stop::default(),
        )
        .unwrap();
        let told: Vec<_> = effect
            .rules
            .iter()
            .map(|rule| (rule.rule.as_str(), rule.severity, rule.before, rule.after))
            .collect();
        assert_eq!(
            told,
            [
                ("place.hamlet", "off", 1, 0),
                ("phone.missing", "error", 0, 1),
                ("local.nam", "warning", 0, 1)
            ]
        );
        assert_eq!(
            (effect.children, effect.clean, effect.failed.len()),
            (2, (2, 1), 1)
        );
    }
}
