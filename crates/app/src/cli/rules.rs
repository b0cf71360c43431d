//! `treem rules list|test`: the rules in force; a rule file tried before it is published.

use super::screen::{grouped, left, right};
use super::{DENIED, DONE, FAILED, PARTLY, screen};
use crate::act::check::{Progress, Stop};
use crate::act::rules::{self as act, Effect, Listed, Tested};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use treem_child::check::rules::RuleSet;
use treem_child::normalise::date::PartialDate;

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
    /// Chạy các ví dụ đúng, sai trong tệp quy tắc; với --on thì cho biết số trẻ bị báo trước và sau khi áp dụng.
    #[command(
        after_help = "Ví dụ:\n  treem rules test quy-tac.toml\n  treem rules test quy-tac.toml --on danh-sach/ --as-of 2024-06-13"
    )]
    Test(TestArgs),
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
pub fn run(args: &RulesArgs, today: jiff::civil::Date) -> anyhow::Result<u8> {
    let (file, json) = match &args.what {
        What::List(list) => (list.rules.as_deref(), list.json),
        What::Test(test) => (Some(test.file.as_path()), test.json),
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
    }
}

fn test(args: &TestArgs, rules: &RuleSet, today: jiff::civil::Date) -> anyhow::Result<u8> {
    let day = args.as_of.clone().unwrap_or_else(|| today.to_string());
    let Some(as_of) = PartialDate::from_iso(&day) else {
        screen::complain(&format!("ngày “{day}” không đúng dạng YYYY-MM-DD."));
        return Ok(PARTLY);
    };
    let mut tested = act::test(rules);
    if !args.on.is_empty() {
        let stop = Arc::new(Stop::default());
        let asked = Arc::clone(&stop);
        // The passing files hold children's data: an interrupted run takes them away too.
        let _ = ctrlc::set_handler(move || asked.ask());
        let effect = act::effect(&args.on, rules, as_of, &Quiet, &stop)?;
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

struct Quiet;

impl Progress for Quiet {
    fn file(&self, _number: usize, _of: usize, _name: &str) {}
    fn within(&self, _done: u64, _total: u64, _rows: u64) {}
    fn step(&self, _what: &str) {}
}

fn severity(code: &str) -> &'static str {
    match code {
        "error" => "lỗi",
        "warning" => "cảnh báo",
        "off" => "tắt",
        _ => "ghi chú",
    }
}

fn table(rules: &[Listed]) -> String {
    let code_width = rules
        .iter()
        .map(|rule| screen::width(&rule.rule))
        .max()
        .unwrap_or(0)
        .max(2);
    let title_width = rules
        .iter()
        .map(|rule| screen::width(&rule.title))
        .max()
        .unwrap_or(0)
        .min(72);
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{}  Nhóm  {}  {}  {}  Căn cứ",
        left("Mã", code_width),
        left("Mức", 8),
        left("Bật", 3),
        left("Tìm gì", title_width)
    );
    for rule in rules {
        let group = rule
            .group
            .map_or_else(|| "–".to_owned(), |group| group.to_string());
        let on = if rule.on { "có" } else { "tắt" };
        let title = left(&rule.title, title_width);
        let _ = writeln!(
            out,
            "{}  {}  {}  {}  {title}  {}",
            left(&rule.rule, code_width),
            left(&group, 4),
            left(severity(rule.severity), 8),
            left(on, 3),
            rule.source
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
    out.push_str(".\nNhóm: 1 Chưa có mã định danh, 2 Sai định dạng số, 3 Thiếu hoặc sai thông tin cá nhân cơ bản, 4 Số mâu thuẫn với thông tin, 5 Nghi trùng.\n");
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
        let _ = writeln!(out, "  {complaint}");
    }
}
