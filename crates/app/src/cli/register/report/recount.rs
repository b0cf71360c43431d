//! `treem report recount`: its arguments and what it says.

use super::super::super::screen::grouped;
use super::super::{Around, At, DONE, finish};
use crate::act::register::report::recount::{self, Recounted};
use clap::Args;

/// `treem report recount`.
#[derive(Args)]
#[command(after_help = "Ví dụ:\n  treem report recount")]
pub struct RecountArgs {
    #[command(flatten)]
    at: At,
}

/// Runs the command.
pub fn run(args: &RecountArgs, around: &Around) -> anyhow::Result<u8> {
    let told = recount::run(&mut args.at.desk(around));
    finish(told, args.at.json, said, |_| DONE)
}

fn said(told: &Recounted) -> String {
    format!(
        "Đã đếm lại: {} trẻ.\n",
        grouped(told.children.unsigned_abs())
    )
}
