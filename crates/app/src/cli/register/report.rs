//! `treem report`: its commands.
//!
//! In: arguments. Out: each act's answer on the screen or as JSON.

mod recount;
mod show;
mod when;
mod why;

use super::Around;
use clap::{Args, Subcommand};

/// `treem report`.
#[derive(Args)]
pub struct ReportArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Bảng tiến độ theo đơn vị: đã nhập, chuẩn hóa, xác thực, còn phải nhập, còn phải làm sạch.
    Show(Box<show::ShowArgs>),
    /// Vì sao: đơn vị nào khác thường so với các đơn vị lân cận, với chứng cứ.
    Why(why::WhyArgs),
    /// Khi nào xong: nhịp làm, dự báo, mỗi tuần cần bao nhiêu.
    When(when::WhenArgs),
    /// Đếm lại số liệu tiến độ từ đầu, khi treem doctor báo sai.
    Recount(recount::RecountArgs),
}

/// Runs `treem report`.
pub fn run(args: &ReportArgs, around: &Around) -> anyhow::Result<u8> {
    match &args.what {
        What::Show(args) => show::run(args, around),
        What::Why(args) => why::run(args, around),
        What::When(args) => when::run(args, around),
        What::Recount(args) => recount::run(args, around),
    }
}
