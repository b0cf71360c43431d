//! `treem report when`: its arguments and what it says.

use super::super::today::AreaArgs;
use super::super::{Around, At, DONE, finish, refuse};
use crate::act::register::report::when::{self, When};
use clap::Args;

/// `treem report when`.
#[derive(Args)]
#[command(after_help = "Ví dụ:\n  treem report when --as-of 2024-06-13")]
pub struct WhenArgs {
    #[command(flatten)]
    at: At,
    #[command(flatten)]
    area: AreaArgs,
}

/// Runs the command.
pub fn run(args: &WhenArgs, around: &Around) -> anyhow::Result<u8> {
    let (_, as_of) = match args.area.read(around) {
        Ok(read) => read,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let told = when::run(&args.at.desk(around), &as_of.to_string());
    finish(told, args.at.json, said, |_| DONE)
}

fn said(told: &When) -> String {
    format!("Số liệu ngày {}.\n", told.as_of)
}
