//! `treem report why`: its arguments and what it says.

use super::super::area::AreaArgs;
use super::super::{Around, At, DONE, finish, refuse};
use crate::act::register::report::portrait::Portraits;
use crate::act::register::report::why::{self, Why};
use crate::cli::screen::grouped;
use crate::shown;
use clap::Args;
use std::fmt::Write as _;
use treem_child::report::insight::{FALSE_SHARE, percent};

/// `treem report why`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem report why --as-of 2024-06-13\n  treem report why --unit \"Huyện Vĩnh Linh\" --json"
)]
pub struct WhyArgs {
    #[command(flatten)]
    at: At,
    #[command(flatten)]
    area: AreaArgs,
}

/// Runs the command.
pub fn run(args: &WhyArgs, around: &Around) -> anyhow::Result<u8> {
    let (area, as_of) = match args.area.read(around) {
        Ok(read) => read,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let told = why::run(&args.at.desk(around), area, as_of, &Portraits::default());
    finish(told, args.at.json, said, |_| DONE)
}

fn said(told: &Why) -> String {
    let mut out = format!(
        "Số liệu ngày {}; so {} xã với nhau.\n",
        shown::day(&told.as_of),
        grouped(told.communes as u64)
    );
    if told.insights.is_empty() {
        out.push_str("Không có đơn vị nào khác thường rõ rệt so với các đơn vị bên cạnh.\n");
    }
    let mut last = "";
    for one in &told.insights {
        if one.title != last {
            let _ = writeln!(out, "\n{}", one.title);
            last = one.title;
        }
        let _ = writeln!(out, "- {}", one.sentence);
        if !one.chance.is_empty() {
            let _ = writeln!(out, "  ({}: {})", one.surely, one.chance);
        }
        let _ = writeln!(out, "  {}", one.advice);
    }
    if told.unplaced > 0 {
        let _ = writeln!(
            out,
            "\n{} trẻ chưa rõ xã theo danh mục này, không nằm trong phép so.",
            grouped(told.unplaced)
        );
    }
    let _ = writeln!(
        out,
        "\nTrong những điều được nêu, dự kiến không quá {} là do ngẫu nhiên.",
        percent(FALSE_SHARE)
    );
    out
}
