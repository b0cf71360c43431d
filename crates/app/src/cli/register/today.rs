//! `treem today`: its arguments and what it says.

use super::super::screen::{self, grouped};
use super::area::AreaArgs;
use super::{Around, At, DONE, finish, refuse};
use crate::act::register::today::{self, Today};
use crate::act::units as act_units;
use clap::Args;
use std::fmt::Write as _;

/// `treem today`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem today\n  treem today --unit \"Xã Tà Rụt\" --as-of 2024-06-13"
)]
pub struct TodayArgs {
    #[command(flatten)]
    at: At,
    #[command(flatten)]
    area: AreaArgs,
}

/// Runs `treem today`.
pub fn run(args: &TodayArgs, around: &Around) -> anyhow::Result<u8> {
    let (area, as_of) = match args.area.read(around) {
        Ok(read) => read,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let told = today::run(&args.at.desk(around), area, as_of);
    finish(told, args.at.json, said, |_| DONE)
}

/// How long something has waited.
fn age(days: Option<i64>) -> String {
    match days {
        None => String::new(),
        Some(0) => "cũ nhất: hôm nay".to_owned(),
        Some(days) => format!("cũ nhất: {days} ngày"),
    }
}

fn said(told: &Today) -> String {
    let mut out = String::new();
    for queue in &told.queues {
        let _ = writeln!(
            out,
            "{} {} {} {}",
            screen::left(queue.title, 40),
            screen::right(&grouped(queue.count.unsigned_abs()), 8),
            screen::left(queue.of, 8),
            age(queue.days)
        );
    }
    let _ = write!(
        out,
        "Đã xong tuần này {} · còn {} trẻ có lỗi",
        grouped(told.done.unsigned_abs()),
        grouped(told.left.unsigned_abs())
    );
    if let Some(day) = &told.ends_on {
        let _ = write!(out, " · với nhịp này xong ngày {}", act_units::shown(day));
    }
    out.push_str(".\n");
    out
}
