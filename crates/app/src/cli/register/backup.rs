//! `treem backup`: its arguments, and what is said at the end.

use super::super::bar::Bar;
use super::super::screen::{self, grouped};
use super::super::{DONE, FAILED};
use super::{Around, At, finish};
use crate::act::check::Stop;
use crate::act::register::backup::{self, BackedUp};
use clap::Args;
use std::path::PathBuf;
use std::sync::Arc;

/// `treem backup`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem backup\n  treem backup --to /media/usb\n\nBản sao lưu được khôi phục thử và so sánh từng dòng trước khi ghi nhận. Trong đó có dữ liệu cá nhân của trẻ em: hãy cất ở nơi an toàn."
)]
pub struct BackupArgs {
    #[command(flatten)]
    at: At,
    /// Tệp sao lưu, hoặc thư mục chứa; không ghi thì đặt vào thư mục backup bên cạnh sổ.
    #[arg(long, value_name = "FILE|DIR")]
    to: Option<PathBuf>,
}

/// Runs `treem backup`.
pub fn run(args: &BackupArgs, around: &Around) -> anyhow::Result<u8> {
    let stop = Arc::new(Stop::default());
    let bar = Bar::new(screen::is_watched() && !args.at.json);
    bar.stopped_by_ctrl_c(&stop);
    let done = backup::run(&mut args.at.desk(around), args.to.as_deref(), &bar, &stop);
    bar.clear();
    finish(done, args.at.json, words, |told| {
        if told.troubles.is_empty() {
            DONE
        } else {
            FAILED
        }
    })
}

fn words(told: &BackedUp) -> String {
    let mut out = said(told);
    out.push_str(
        "Đã khôi phục thử và so sánh từng dòng: giống nhau. Hãy cất tệp ở nơi khác, an toàn.\n",
    );
    for trouble in &told.troubles {
        out.push_str(&screen::item(trouble, 100));
    }
    out
}

/// What file was made.
pub(super) fn said(told: &BackedUp) -> String {
    format!(
        "Đã sao lưu sổ {} ({} dòng) vào {} ({} KB).\nSHA-256: {}\n",
        told.books.join(", "),
        grouped(told.rows),
        told.file,
        grouped(told.bytes.div_ceil(1 << 10)),
        told.sha256
    )
}
