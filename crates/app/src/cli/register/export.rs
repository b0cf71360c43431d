//! `treem export`: its arguments and what it says.

use super::{At, finish, moment, refuse};
use crate::act::register::export::{self, Exported};
use crate::cli::screen::grouped;
use crate::cli::{DONE, register::Around};
use clap::Args;
use std::path::PathBuf;

/// `treem export`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem export --out xuat-so\n  treem export --out so-hom-qua --register-as-of 2024-06-12T17:00:00Z\n\nHai sổ như nhau cho hai bản xuất giống nhau từng byte."
)]
pub struct ExportArgs {
    #[command(flatten)]
    at: At,
    /// Thư mục ghi children.csv (hồ sơ), findings.csv (phát hiện) và rows.csv (mỗi dòng đã nhập thành hồ sơ nào).
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Như trong sổ vào thời điểm này (UTC, ví dụ 2024-06-13T08:00:00Z); khi đó chỉ có children.csv.
    #[arg(long, value_name = "TIME")]
    register_as_of: Option<String>,
    /// Kể cả dữ liệu nhạy cảm (dân tộc, sức khỏe, hoàn cảnh, ghi chú); việc này được ghi vào nhật ký.
    #[arg(long)]
    sensitive: bool,
}

/// Runs `treem export`.
pub fn run(args: &ExportArgs, around: &Around) -> anyhow::Result<u8> {
    let at = match args.register_as_of.as_deref().map(moment).transpose() {
        Ok(at) => at,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let done = export::run(
        &mut args.at.desk(around),
        &args.out,
        at.as_deref(),
        args.sensitive,
    );
    finish(done, args.at.json, exported, |_| DONE)
}

fn exported(told: &Exported) -> String {
    let children = grouped(told.children);
    match told.findings {
        Some(findings) => format!(
            "Đã xuất {children} hồ sơ và {} phát hiện vào {}.\n",
            grouped(findings),
            told.out
        ),
        None => format!(
            "Đã xuất {children} hồ sơ vào {}; phát hiện của thời điểm cũ không được giữ lại.\n",
            told.out
        ),
    }
}
