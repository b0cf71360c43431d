//! `treem copy`: its arguments, and what is said at the end.

use super::super::bar::Bar;
use super::super::screen::{self, grouped};
use super::super::{DONE, FAILED};
use super::{Around, At, finish};
use crate::act::check::Stop;
use crate::act::register::copy::{self, Copied};
use clap::Args;
use std::fmt::Write as _;
use std::sync::Arc;

/// `treem copy`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem copy --to postgres:///treem?host=/var/run/postgresql  (chỉ xem sẽ sao những gì)\n  treem copy --to postgres:///treem?host=/var/run/postgresql --yes\n  treem copy --data postgres://máy/treem --to so/quang-tri.db --yes\n\nNơi nhận phải còn trống. Từng dòng được so sánh hai bên trước khi ghi nhận."
)]
pub struct CopyArgs {
    /// Nơi nhận: đường dẫn một tệp, hoặc postgres://máy/cơ-sở-dữ-liệu.
    #[arg(long, value_name = "URL")]
    to: String,
    #[command(flatten)]
    at: At,
    /// Làm thật; không ghi thì chỉ cho xem sẽ thế nào.
    #[arg(long)]
    yes: bool,
}

/// Runs `treem copy`.
pub fn run(args: &CopyArgs, around: &Around) -> anyhow::Result<u8> {
    let stop = Arc::new(Stop::default());
    let bar = Bar::new(screen::is_watched() && !args.at.json);
    bar.stopped_by_ctrl_c(&stop);
    let done = copy::run(&args.at.desk(around), &args.to, !args.yes, &bar, &stop);
    bar.clear();
    finish(done, args.at.json, words, |told| {
        if told.troubles.is_empty() {
            DONE
        } else {
            FAILED
        }
    })
}

fn words(told: &Copied) -> String {
    let mut out = format!(
        "{} {} dòng của {} bảng (sổ {}) từ {} sang {}.\n",
        if told.done { "Đã sao" } else { "Sẽ sao" },
        grouped(told.rows),
        told.tables.len(),
        told.books.join(", "),
        told.from,
        told.to
    );
    if told.done {
        out.push_str("Đã so sánh từng dòng hai bên: giống nhau.\n");
        if told.troubles.is_empty() {
            out.push_str("Nhật ký nguyên vẹn.\n");
        }
    }
    for (table, rows) in &told.tables {
        let _ = writeln!(
            out,
            "  {} {}",
            screen::left(table, 24),
            screen::right(&grouped(*rows), 12)
        );
    }
    for trouble in &told.troubles {
        out.push_str(&screen::item(trouble, 100));
    }
    if !told.done {
        out.push_str("Chưa làm gì; thêm --yes để làm thật.\n");
    }
    out
}
