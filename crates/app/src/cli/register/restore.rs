//! `treem restore`: its arguments, and what is said at the end.

use super::super::bar::Bar;
use super::super::screen;
use super::super::{DONE, FAILED};
use super::backup::said;
use super::words::{count, when};
use super::{Around, At, finish};
use crate::act::check::Stop;
use crate::act::register::restore::{self, Options, Restored};
use clap::Args;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

/// `treem restore`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem restore treem-20260613-080000.db  (chỉ xem trong đó có gì)\n  treem restore treem-20260613-080000.db --drill  (khôi phục thử, ghi vào nhật ký là đã thử)\n  treem restore treem-20260613-080000.db --to so/moi.db --yes\n  treem restore treem-20260613-080000.db --replace --yes  (sổ đang có được sao lưu trước)"
)]
pub struct RestoreArgs {
    /// Tệp sao lưu.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    at: At,
    /// Khôi phục vào đây: đường dẫn một tệp, hoặc postgres://máy/cơ-sở-dữ-liệu; không ghi thì vào sổ đang dùng.
    #[arg(long, value_name = "DATA")]
    to: Option<String>,
    /// Thay sổ đang có ở đó; sổ ấy được sao lưu trước.
    #[arg(long)]
    replace: bool,
    /// Chỉ khôi phục thử và kiểm tra, rồi ghi vào nhật ký của sổ đang dùng.
    #[arg(long, conflicts_with_all = ["to", "replace", "yes"])]
    drill: bool,
    /// Làm thật; không ghi thì chỉ cho xem trong đó có gì.
    #[arg(long)]
    yes: bool,
}

/// Runs `treem restore`.
pub fn run(args: &RestoreArgs, around: &Around) -> anyhow::Result<u8> {
    let stop = Arc::new(Stop::default());
    let bar = Bar::new(screen::is_watched() && !args.at.json);
    bar.stopped_by_ctrl_c(&stop);
    let options = Options {
        file: args.file.clone(),
        to: args.to.clone(),
        replace: args.replace,
        drill: args.drill,
        yes: args.yes,
    };
    let done = restore::run(&mut args.at.desk(around), &options, &bar, &stop);
    bar.clear();
    finish(done, args.at.json, words, |told| {
        if told.troubles.is_empty() {
            DONE
        } else {
            FAILED
        }
    })
}

fn words(told: &Restored) -> String {
    let mut out = String::from("Trong bản sao lưu có:\n");
    for book in &told.books {
        let _ = writeln!(
            out,
            "  {} ({}): {} trẻ đang theo dõi; việc cuối cùng lúc {}",
            book.name,
            book.register,
            count(book.active),
            when(&book.last)
        );
    }
    if told.sha256_agrees.is_none() {
        out.push_str(
            "Không có tệp .sha256 bên cạnh, nên không biết tệp có còn như lúc sao lưu không.\n",
        );
    }
    for trouble in &told.troubles {
        out.push_str(&screen::item(trouble, 100));
    }
    if told.troubles.is_empty() {
        out.push_str("Bản sao lưu nguyên vẹn.\n");
    }
    if let Some(before) = &told.before {
        out.push_str(&said(before));
    }
    if told.done {
        let _ = writeln!(out, "Đã khôi phục sổ vào {}.", told.to);
    } else if told.drill {
        out.push_str("Đã khôi phục thử và ghi vào nhật ký.\n");
    } else {
        out.push_str("Chưa làm gì; thêm --yes để làm thật.\n");
    }
    out
}
