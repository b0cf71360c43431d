//! `treem report why`: its arguments and what it says.

use super::super::today::AreaArgs;
use super::super::{Around, At, DONE, finish, refuse};
use crate::act::register::report::why::{self, Why};
use clap::Args;

/// `treem report why`.
#[derive(Args)]
#[command(after_help = "Ví dụ:\n  treem report why --as-of 2024-06-13")]
pub struct WhyArgs {
    #[command(flatten)]
    at: At,
    #[command(flatten)]
    area: AreaArgs,
}

/// Runs the command.
pub fn run(args: &WhyArgs, around: &Around) -> anyhow::Result<u8> {
    let (_, as_of) = match args.area.read(around) {
        Ok(read) => read,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let told = why::run(&args.at.desk(around), &as_of.to_string());
    finish(told, args.at.json, said, |_| DONE)
}

fn said(told: &Why) -> String {
    format!("Số liệu ngày {}.\n", told.as_of)
}
