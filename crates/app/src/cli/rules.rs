//! `treem rules list|test`: the rules in force; a rule file tried before it is published.

use super::bar::Bar;
use super::register::{self, Around};
use super::screen::{folded, grouped, item, left, right};
use super::{DENIED, DONE, FAILED, PARTLY, screen};
use crate::act::check::Stop;
use crate::act::rules::{self as act, Effect, Listed, Tested};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use treem_child::check::rules::RuleSet;
use treem_child::finding::Group;

/// Arguments of `treem rules`.
#[derive(clap::Args)]
#[command(
    after_help = "Ví dụ:\n  treem rules list\n  treem rules test quy-tac.toml --on danh-sach/\n\nCách viết tệp quy tắc: docs/rules-file.md; mẫu: samples/rules.toml."
)]
pub struct RulesArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// In mọi quy tắc: mã, nhóm, mức, đang bật hay tắt, tìm gì, căn cứ.
    #[command(after_help = "Ví dụ:\n  treem rules list --rules quy-tac.toml")]
    List(ListArgs),
    /// Thử tệp quy tắc: chạy các ví dụ; với --on, đếm số trẻ bị báo trước và sau khi áp dụng.
    #[command(
        after_help = "Ví dụ:\n  treem rules test quy-tac.toml\n  treem rules test quy-tac.toml --on danh-sach/ --as-of 2024-06-13"
    )]
    Test(TestArgs),
    /// Công bố tệp quy tắc cho sổ: kiểm tra lại mọi hồ sơ, cho xem thay đổi gì trước.
    Publish(register::rules::PublishArgs),
    /// Xem tệp quy tắc đang có hiệu lực trong sổ.
    Show(register::rules::ShowArgs),
}

#[derive(clap::Args)]
struct ListArgs {
    /// Tệp quy tắc của địa phương (TOML).
    #[arg(long, value_name = "FILE")]
    rules: Option<PathBuf>,
    /// In một đối tượng JSON.
    #[arg(long)]
    json: bool,
}

#[derive(clap::Args)]
struct TestArgs {
    /// Tệp quy tắc của địa phương (TOML).
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Danh sách trẻ em (tệp hoặc thư mục) để thử.
    #[arg(long, value_name = "FILE|DIR", num_args = 1..)]
    on: Vec<PathBuf>,
    /// Ngày tính số liệu của các danh sách thử, YYYY-MM-DD; mặc định hôm nay.
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// In một đối tượng JSON.
    #[arg(long)]
    json: bool,
}

/// Reads a rule file; the error is one Vietnamese sentence with file and line.
pub fn read(path: &Path) -> Result<RuleSet, String> {
    let shown = path.display();
    let bytes = std::fs::read(path).map_err(|_| format!("không đọc được tệp quy tắc {shown}."))?;
    let text = String::from_utf8(bytes).map_err(|_| {
        format!("tệp quy tắc {shown} không phải văn bản UTF-8; lưu lại với bảng mã UTF-8.")
    })?;
    RuleSet::from_toml(&text).map_err(|error| format!("tệp quy tắc {shown}, {error}"))
}

/// Runs the command: 0 done, 1 an example fails, 2 the rule file or a list cannot be used.
///
/// # Errors
/// What stops a check of the lists: the disk is full.
pub fn run(args: &RulesArgs, around: &Around) -> anyhow::Result<u8> {
    let today = around.today;
    let (file, json) = match &args.what {
        What::List(list) => (list.rules.as_deref(), list.json),
        What::Test(test) => (Some(test.file.as_path()), test.json),
        What::Publish(args) => return register::rules::publish(args, around),
        What::Show(args) => return register::rules::show(args, around),
    };
    let rules = match file.map(read).transpose() {
        Ok(rules) => rules.unwrap_or_default(),
        Err(sentence) => {
            screen::complain(&sentence);
            return Ok(PARTLY);
        }
    };
    match &args.what {
        What::List(_) => {
            let listed = act::list(&rules);
            let text = if json {
                format!("{}\n", serde_json::json!({ "rules": listed }))
            } else {
                table(&listed)
            };
            screen::say(&text);
            Ok(DONE)
        }
        What::Test(args) => test(args, &rules, today),
        What::Publish(_) | What::Show(_) => Ok(DONE),
    }
}

fn test(args: &TestArgs, rules: &RuleSet, today: jiff::civil::Date) -> anyhow::Result<u8> {
    let as_of = match screen::day(args.as_of.as_deref(), today) {
        Ok(as_of) => as_of,
        Err(sentence) => {
            screen::complain(&sentence);
            return Ok(PARTLY);
        }
    };
    let mut tested = act::test(rules);
    if !args.on.is_empty() {
        let stop = Arc::new(Stop::default());
        let bar = Bar::new(screen::is_watched() && !args.json);
        // The passing files hold children's data: an interrupted run takes them away too.
        bar.stopped_by_ctrl_c(&stop);
        let effect = act::effect(&args.on, rules, as_of, &bar, &stop);
        bar.clear();
        let effect = effect?;
        if effect.stopped {
            screen::complain("đã dừng theo yêu cầu.");
            return Ok(FAILED);
        }
        tested.effect = Some(effect);
    }
    let failed_files = tested
        .effect
        .as_ref()
        .map_or(&[][..], |effect| &effect.failed);
    for (file, why) in failed_files {
        screen::complain(&format!("{file}: {why}"));
    }
    if args.json {
        screen::say(&format!("{}\n", serde_json::to_string(&tested)?));
    } else {
        screen::say(&report(&tested));
    }
    Ok(if !failed_files.is_empty() {
        PARTLY
    } else if tested.examples.iter().any(|example| !example.passed) {
        DENIED
    } else {
        DONE
    })
}

fn severity(code: &str) -> &'static str {
    match code {
        "error" => "lỗi",
        "warning" => "cảnh báo",
        "off" => "tắt",
        _ => "ghi chú",
    }
}

/// Widest line.
const WIDTH: usize = 100;

/// Two lines a rule: what it looks for, and below it where that comes from.
fn table(rules: &[Listed]) -> String {
    let code_width = rules
        .iter()
        .map(|rule| screen::width(&rule.rule))
        .max()
        .unwrap_or(0)
        .clamp(2, 40);
    let indent = " ".repeat(code_width + 18);
    let mut out = format!(
        "{}  Nhóm  Mức       Tìm gì và căn cứ\n",
        left("Mã", code_width)
    );
    for rule in rules {
        let group = rule
            .group
            .map_or_else(|| "–".to_owned(), |group| group.to_string());
        let weight = if rule.on {
            severity(rule.severity)
        } else {
            "tắt"
        };
        let mut text = folded(&rule.title, WIDTH - indent.len());
        if !rule.source.is_empty() {
            text.push('\n');
            text.push_str(&folded(&format!("({})", rule.source), WIDTH - indent.len()));
        }
        let _ = writeln!(
            out,
            "{}  {}  {}  {}",
            left(&rule.rule, code_width),
            left(&group, 4),
            left(weight, 8),
            text.replace('\n', &format!("\n{indent}"))
        );
    }
    let changed = rules.iter().filter(|rule| rule.changed).count();
    let _ = write!(out, "\n{} quy tắc", rules.len());
    if changed > 0 {
        let _ = write!(
            out,
            ", {changed} quy tắc của địa phương hoặc đã đổi theo tệp quy tắc"
        );
    }
    out.push_str(".\n\nNhóm:\n");
    for group in Group::ALL {
        let _ = writeln!(out, "  {} {}", group.number(), group.label());
    }
    out
}

fn report(tested: &Tested) -> String {
    let mut out = String::new();
    let failed: Vec<_> = tested
        .examples
        .iter()
        .filter(|example| !example.passed)
        .collect();
    let _ = writeln!(
        out,
        "Ví dụ: {} đúng như ghi, {} không.",
        grouped((tested.examples.len() - failed.len()) as u64),
        grouped(failed.len() as u64)
    );
    for example in failed {
        let what = if example.kind == "bad" {
            "phải bị báo mà không bị báo"
        } else {
            "không được báo mà lại bị báo"
        };
        let _ = writeln!(
            out,
            "  {}: ví dụ {} thứ {} {what}.",
            example.rule, example.kind, example.number
        );
    }
    if !tested.without_examples.is_empty() {
        let _ = writeln!(
            out,
            "Chưa đủ ví dụ good và bad: {}.",
            tested.without_examples.join(", ")
        );
    }
    if let Some(effect) = &tested.effect {
        say_effect(effect, &mut out);
    }
    out
}

fn say_effect(effect: &Effect, out: &mut String) {
    let _ = writeln!(
        out,
        "\nTrên {} trẻ của danh sách thử:",
        grouped(effect.children)
    );
    if effect.rules.is_empty() {
        let _ = writeln!(out, "  Tệp quy tắc không làm thay đổi gì.");
    } else {
        let width = effect
            .rules
            .iter()
            .map(|rule| screen::width(&rule.rule))
            .max()
            .unwrap_or(0)
            .max(16);
        let _ = writeln!(
            out,
            "  {}  {}  {}  {}",
            left("Quy tắc", width),
            left("Mức", 8),
            right("Trước", 10),
            right("Sau", 10)
        );
        for rule in &effect.rules {
            let _ = writeln!(
                out,
                "  {}  {}  {}  {}",
                left(&rule.rule, width),
                left(severity(rule.severity), 8),
                right(&grouped(rule.before), 10),
                right(&grouped(rule.after), 10)
            );
        }
        let _ = writeln!(
            out,
            "  {}  {}  {}  {}",
            left("Trẻ không có lỗi", width),
            left("", 8),
            right(&grouped(effect.clean.0), 10),
            right(&grouped(effect.clean.1), 10)
        );
    }
    for complaint in &effect.complaints {
        out.push_str(&item(complaint, WIDTH));
    }
}
