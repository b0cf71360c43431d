//! `treem target`: targets of units, and how far they are.
//!
//! In: arguments. Out: what was set or holds.

use super::super::screen;
use super::{Around, At, DONE, finish, refuse};
use crate::act::register::letter::target::{self, Loaded, Shown};
use crate::act::units as act_units;
use clap::{Args, Subcommand};
use std::fmt::Write as _;
use std::path::PathBuf;
use treem_child::report::letter::figures::{shown_count, shown_day};
use treem_child::report::letter::table::{amount, state};

/// `treem target`.
#[derive(Args)]
pub struct TargetArgs {
    #[command(subcommand)]
    what: TargetWhat,
}

#[derive(Subcommand)]
enum TargetWhat {
    /// Nạp chỉ tiêu: cột mã đơn vị, chỉ tiêu, mức, ngày, văn bản.
    #[command(
        after_help = "Ví dụ:\n  treem target load chi-tieu.csv --edition 2024-06-13\n\nmeasure: entered (đã nhập), identified (đã chuẩn hóa), \n  complete (đủ thông tin cơ bản), verified (đã xác thực).\namount: 95% hoặc 1.250 (trẻ); “bỏ” để rút chỉ tiêu đã nạp."
    )]
    Load {
        /// Tệp chỉ tiêu (csv, xlsx, …).
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[command(flatten)]
        at: At,
        /// Danh mục đơn vị có hiệu lực vào ngày này; không ghi thì lấy hôm nay.
        #[arg(long, value_name = "DATE")]
        edition: Option<String>,
    },
    /// Xem chỉ tiêu và mức đạt được.
    #[command(after_help = "Ví dụ:\n  treem target show --as-of 2024-06-13")]
    Show {
        #[command(flatten)]
        at: At,
        /// Ngày tính số liệu; không ghi thì lấy hôm nay.
        #[arg(long, value_name = "DATE")]
        as_of: Option<String>,
        /// Danh mục đơn vị; không ghi thì lấy ngày tính số liệu.
        #[arg(long, value_name = "DATE")]
        edition: Option<String>,
    },
}

/// Runs `treem target`.
pub fn run(args: &TargetArgs, around: &Around) -> anyhow::Result<u8> {
    match &args.what {
        TargetWhat::Load { file, at, edition } => {
            match screen::day(edition.as_deref(), around.today) {
                Ok(day) => {
                    let done = target::load(&mut at.desk(around), file, act_units::on(day));
                    finish(done, at.json, loaded, |_| DONE)
                }
                Err(sentence) => Ok(refuse(&sentence)),
            }
        }
        TargetWhat::Show { at, as_of, edition } => {
            let days = screen::day(as_of.as_deref(), around.today).and_then(|day| {
                let edition = match edition {
                    Some(text) => screen::day(Some(text), around.today)?,
                    None => day,
                };
                Ok((day, edition))
            });
            match days {
                Ok((day, edition)) => {
                    let done = target::show(&at.desk(around), day, act_units::on(edition));
                    finish(done, at.json, shown, |_| DONE)
                }
                Err(sentence) => Ok(refuse(&sentence)),
            }
        }
    }
}

fn loaded(told: &Loaded) -> String {
    format!(
        "Đã nạp {} chỉ tiêu, rút {} chỉ tiêu.\n",
        told.set, told.withdrawn
    )
}

fn shown(told: &Shown) -> String {
    let mut out = String::new();
    for one in &told.standings {
        let _ = writeln!(
            out,
            "{} {} {} {} {} {}",
            screen::left(&one.name, 26),
            screen::left(one.target.measure.label(), 20),
            screen::right(&amount(one.target.amount), 12),
            screen::left(&format!("đến {}", shown_day(&one.target.day)), 15),
            screen::right(&one.now.map_or_else(|| "–".to_owned(), amount), 12),
            state(one)
        );
        if one.behind() {
            let needs = one.needs.map_or_else(|| "–".to_owned(), shown_count);
            let _ = writeln!(out, "    còn thiếu {needs} trẻ");
            for doubt in &one.doubts {
                let _ = writeln!(out, "    lưu ý: {doubt}");
            }
        }
    }
    if told.standings.is_empty() {
        out.push_str("Chưa có chỉ tiêu nào; nạp bằng treem target load.\n");
    }
    out
}
