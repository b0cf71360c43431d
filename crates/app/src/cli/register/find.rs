//! `treem find`.

use super::{Around, At, finish};
use crate::act::register::find::{self, Found};
use crate::cli::DONE;
use clap::Args;
use std::fmt::Write as _;

/// `treem find`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem find \"ho thi m\"\n\nGhi từ chữ đầu của họ; có dấu hay không dấu, chữ hoa hay chữ thường đều được."
)]
pub struct FindArgs {
    /// Họ tên, hoặc phần đầu của họ tên.
    #[arg(value_name = "NAME")]
    name: String,
    #[command(flatten)]
    at: At,
}

fn text(found: &Found) -> String {
    if found.children.is_empty() {
        return "Không có trẻ nào trong sổ có họ tên bắt đầu như vậy.\n".to_owned();
    }
    let mut out = String::new();
    for one in &found.children {
        let _ = writeln!(
            out,
            "{}  {}  {}  {}  {}",
            one.child, one.name, one.birth, one.unit, one.carer
        );
    }
    if found.more {
        out.push_str("Còn nhiều trẻ nữa; hãy ghi họ tên đầy đủ hơn.\n");
    }
    out
}

/// Runs `treem find`.
pub fn run(args: &FindArgs, around: &Around) -> anyhow::Result<u8> {
    finish(
        find::run(&args.at.desk(around), &args.name),
        args.at.json,
        text,
        |_| DONE,
    )
}
