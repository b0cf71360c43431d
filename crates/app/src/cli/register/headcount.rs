//! `treem headcount`: the arguments, and what is said.
//!
//! In: arguments. Out: what was loaded or holds, on the screen or as JSON.

use super::super::DONE;
use super::super::screen;
use super::{Around, At, finish, refuse, words};
use crate::act::coverage::headcounts::Defaults;
use crate::act::register::headcount;
use crate::act::units as act_units;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// `treem headcount`.
#[derive(Args)]
pub struct HeadcountArgs {
    #[command(subcommand)]
    what: HeadcountWhat,
}

#[derive(Subcommand)]
enum HeadcountWhat {
    /// Nạp số trẻ em báo cáo của các đơn vị: cột unit, headcount; có thể thêm date, source, signed_by.
    #[command(
        after_help = "Ví dụ:\n  treem headcount load headcounts.csv --edition 2024-06-13\n  treem headcount load bao-cao.xlsx --day 2024-06-03 --signed-by \"UBND xã Tà Rụt\"\n\nCó thêm cột population (dân số), population_date (ngày) thì số trẻ được so với số dân."
    )]
    Load {
        /// Tệp số trẻ.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[command(flatten)]
        at: At,
        /// Danh mục đơn vị hành chính có hiệu lực vào ngày này; không ghi thì lấy hôm nay.
        #[arg(long, value_name = "DATE")]
        edition: Option<String>,
        /// Ngày của số liệu, nếu tệp không ghi; không ghi thì lấy hôm nay.
        #[arg(long, value_name = "DATE")]
        day: Option<String>,
        /// Nguồn, nếu tệp không ghi.
        #[arg(long, value_name = "TEXT", default_value = "")]
        source: String,
        /// Người hoặc cơ quan ký, nếu tệp không ghi.
        #[arg(long, value_name = "TEXT", default_value = "")]
        signed_by: String,
    },
    /// Xem số trẻ em báo cáo có hiệu lực vào một ngày.
    #[command(after_help = "Ví dụ:\n  treem headcount show --as-of 2024-06-13")]
    Show {
        #[command(flatten)]
        at: At,
        /// Ngày; không ghi thì lấy hôm nay.
        #[arg(long, value_name = "DATE")]
        as_of: Option<String>,
    },
}

/// Runs `treem headcount`.
pub fn run(args: &HeadcountArgs, around: &Around) -> anyhow::Result<u8> {
    match &args.what {
        HeadcountWhat::Load {
            file,
            at,
            edition,
            day,
            source,
            signed_by,
        } => {
            let days = screen::day(edition.as_deref(), around.today)
                .and_then(|edition| Ok((edition, screen::day(day.as_deref(), around.today)?)));
            let (edition, day) = match days {
                Ok(days) => days,
                Err(sentence) => return Ok(refuse(&sentence)),
            };
            let defaults = Defaults {
                day: day.to_string(),
                source: source.clone(),
                signed_by: signed_by.clone(),
            };
            let done = headcount::load(
                &mut at.desk(around),
                file,
                act_units::on(edition),
                &defaults,
            );
            finish(done, at.json, words::loaded, |_| DONE)
        }
        HeadcountWhat::Show { at, as_of } => match screen::day(as_of.as_deref(), around.today) {
            Ok(day) => {
                let held = headcount::show(&at.desk(around), &day.to_string());
                finish(held, at.json, words::headcounts, |_| DONE)
            }
            Err(sentence) => Ok(refuse(&sentence)),
        },
    }
}
