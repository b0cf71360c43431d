//! `treem report when`: its arguments and what it says.

use super::super::area::AreaArgs;
use super::super::{Around, At, DONE, finish, refuse};
use crate::act::register::report::portrait::Portraits;
use crate::act::register::report::when::{self, Asked, Series, When};
use crate::cli::screen::{self, grouped};
use crate::shown;
use clap::Args;
use std::fmt::Write as _;
use treem_child::report::forecast::tenths;
use treem_child::report::insight::percent;

/// `treem report when`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem report when --as-of 2024-06-13\n  treem report when --deadline 2024-12-31 --unit \"Huyện Hướng Hóa\""
)]
pub struct WhenArgs {
    #[command(flatten)]
    at: At,
    #[command(flatten)]
    area: AreaArgs,
    /// Ngày phải xong: nói mỗi tuần cần bao nhiêu, khả năng kịp, và hạn của từng cấp.
    #[arg(long, value_name = "DAY")]
    deadline: Option<String>,
}

/// Communes shown on a screen; all of them in JSON.
const COMMUNES: usize = 15;

/// Runs the command.
pub fn run(args: &WhenArgs, around: &Around) -> anyhow::Result<u8> {
    let read = args.area.read(around).and_then(|(area, as_of)| {
        let deadline = args.deadline.as_deref();
        let deadline = deadline
            .map(|text| screen::day(Some(text), around.today))
            .transpose()?;
        Ok(Asked {
            area,
            as_of,
            deadline: deadline.and_then(|day| day.to_string().parse().ok()),
        })
    });
    let asked = match read {
        Ok(read) => read,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let told = when::run(&args.at.desk(around), asked, &Portraits::default());
    finish(told, args.at.json, said, |_| DONE)
}

fn series(out: &mut String, name: &str, one: &Series) {
    let _ = write!(out, "{name}: ");
    if let Some(left) = one.left {
        let _ = write!(out, "còn {} trẻ. ", grouped(left.unsigned_abs()));
    }
    if let Some(likely) = &one.likely {
        let late = one.late.as_deref().map_or_else(
            || "sau hơn mười năm".to_owned(),
            |day| format!("đến {}", shown::day(day)),
        );
        let early = one.early.as_deref().unwrap_or(likely);
        let _ = write!(
            out,
            "Dự báo xong khoảng {} (từ {} {late}). ",
            shown::day(likely),
            shown::day(early)
        );
    }
    out.push_str(&one.sentence);
    if let Some(needed) = one.needed {
        let _ = write!(
            out,
            " Để xong ngày {}: mỗi tuần cần {} trẻ",
            shown::day(&one.deadline),
            tenths(needed)
        );
        if let Some(chance) = one.chance {
            let _ = write!(out, ", khả năng kịp {}", percent(chance));
        }
        out.push('.');
    }
    out.push('\n');
}

fn said(told: &When) -> String {
    let mut out = format!("Số liệu ngày {}.\n", shown::day(&told.as_of));
    series(&mut out, "Nhập", &told.entering);
    series(&mut out, "Làm sạch", &told.cleaning);
    for step in &told.ladder {
        let past = if step.is_past { " (đã qua)" } else { "" };
        let _ = writeln!(out, "Hạn {}: {}{past}", step.name, shown::day(&step.day));
    }
    for one in told.communes.iter().take(COMMUNES) {
        let left = one.entering.left.unwrap_or(0).unsigned_abs();
        let likely = one.entering.likely.as_deref().map(shown::day);
        let _ = writeln!(
            out,
            "{} {} {}",
            screen::left(&one.name, 28),
            screen::right(&grouped(left), 8),
            likely.unwrap_or_else(|| one.entering.sentence.clone())
        );
    }
    if told.communes.len() > COMMUNES {
        let _ = writeln!(
            out,
            "… và {} xã khác (xem tất cả: --json).",
            told.communes.len() - COMMUNES
        );
    }
    for note in &told.notes {
        let _ = writeln!(out, "{note}");
    }
    out
}
