//! `treem rules publish|show`: their arguments and what they say.

use super::super::bar::Bar;
use super::super::rules::read;
use super::super::screen::{self, grouped};
use super::words::when;
use super::{Around, At, DONE, finish, refuse};
use crate::act::check::Stop;
use crate::act::register::publish::{self, Asked, InForce, Published, Text};
use clap::Args;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

/// Units of a rule that are printed.
const UNITS_SHOWN: usize = 10;

/// `treem rules publish`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem rules publish quy-tac.toml  (chỉ xem sẽ thay đổi gì)\n  treem rules publish quy-tac.toml --yes\n  treem rules publish --former 1 --yes  (trở lại tệp số 1; số 0 là bộ quy tắc có sẵn)"
)]
pub struct PublishArgs {
    /// Tệp quy tắc (TOML).
    #[arg(value_name = "FILE", required_unless_present = "former")]
    file: Option<PathBuf>,
    #[command(flatten)]
    at: At,
    /// Công bố lại tệp mang số này của sổ (xem treem rules show); 0 là bộ quy tắc có sẵn.
    #[arg(long, value_name = "N", conflicts_with = "file")]
    former: Option<i64>,
    /// Ngày tính số liệu (để xét tuổi); không ghi thì lấy hôm nay.
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// Vì sao, ghi vào nhật ký.
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    why: String,
    /// Công bố thật; không ghi thì chỉ cho xem sẽ thay đổi gì.
    #[arg(long)]
    yes: bool,
}

/// `treem rules show`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem rules show\n  treem rules show --number 1 > quy-tac-cu.toml"
)]
pub struct ShowArgs {
    #[command(flatten)]
    at: At,
    /// Xem tệp mang số này; không ghi thì xem tệp đang có hiệu lực.
    #[arg(long, value_name = "N")]
    number: Option<i64>,
}

/// Runs `treem rules publish`.
pub fn publish(args: &PublishArgs, around: &Around) -> anyhow::Result<u8> {
    let text = match (&args.file, args.former) {
        (Some(path), _) => read(path).map(|_| ()).and_then(|()| {
            let text = std::fs::read_to_string(path);
            text.map(Text::New)
                .map_err(|_| format!("không đọc được tệp quy tắc {}.", path.display()))
        }),
        (None, number) => Ok(Text::Former(number.unwrap_or(0))),
    };
    let day = screen::day(args.as_of.as_deref(), around.today);
    let (text, as_of) = match text.and_then(|text| Ok((text, day?))) {
        Ok(both) => both,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let asked = Asked {
        text,
        as_of,
        why: args.why.clone(),
        yes: args.yes,
    };
    let stop = Arc::new(Stop::default());
    let bar = Bar::new(screen::is_watched() && !args.at.json);
    bar.stopped_by_ctrl_c(&stop);
    let done = publish::run(&mut args.at.desk(around), &asked, (&bar, &stop));
    bar.clear();
    finish(done, args.at.json, published, |_| DONE)
}

/// Runs `treem rules show`.
pub fn show(args: &ShowArgs, around: &Around) -> anyhow::Result<u8> {
    let shown = publish::show(&args.at.desk(around), args.number);
    finish(shown, args.at.json, in_force, |_| DONE)
}

fn published(told: &Published) -> String {
    let mut out = if told.done {
        format!(
            "Đã công bố tệp quy tắc số {}; đã kiểm tra lại {} trẻ.\n",
            told.number,
            grouped(told.children)
        )
    } else {
        format!(
            "Nếu công bố, {} trẻ được kiểm tra lại và thay đổi như sau.\n",
            grouped(told.children)
        )
    };
    for (label, (before, after)) in [
        ("Đã chuẩn hóa", told.identified),
        ("Đủ thông tin cơ bản", told.complete),
    ] {
        line(&mut out, label, before, after);
    }
    for rule in &told.rules {
        line(&mut out, &rule.rule, rule.before, rule.after);
        let mut units: Vec<_> = rule.units.iter().collect();
        units.sort_by_key(|unit| std::cmp::Reverse(unit.2.abs_diff(unit.3)));
        for (code, name, before, after) in units.iter().take(UNITS_SHOWN) {
            line(&mut out, &format!("    {code} {name}"), *before, *after);
        }
        if units.len() > UNITS_SHOWN {
            let _ = writeln!(out, "      … và {} đơn vị khác", units.len() - UNITS_SHOWN);
        }
    }
    if told.rules.is_empty() {
        out.push_str("  Không phát hiện nào thay đổi số lượng.\n");
    }
    if !told.done {
        out.push_str("Chưa công bố; thêm --yes để công bố thật.\n");
    }
    out
}

fn line(out: &mut String, label: &str, before: u64, after: u64) {
    let _ = writeln!(
        out,
        "  {} {} → {}",
        screen::left(label, 34),
        screen::right(&grouped(before), 9),
        grouped(after)
    );
}

fn in_force(told: &InForce) -> String {
    let mut out = String::new();
    if told.number == 0 {
        out.push_str("# Bộ quy tắc có sẵn; sổ chưa công bố tệp quy tắc nào.\n");
    } else {
        let _ = writeln!(
            out,
            "# Tệp quy tắc số {}, {} công bố lúc {}.",
            told.number,
            told.who,
            when(&told.at)
        );
    }
    for (number, at, who) in &told.former {
        let _ = writeln!(out, "#   số {number}: {who}, {}", when(at));
    }
    out.push_str(&told.content);
    if !told.content.ends_with('\n') && !told.content.is_empty() {
        out.push('\n');
    }
    out
}
