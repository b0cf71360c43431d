//! `treem coverage FILE`: recomputes a table of coverage and says where the printed figures disagree.

use super::{DENIED, DONE, PARTLY, screen};
use crate::act::coverage::of_file;
use std::path::PathBuf;

/// Arguments of `treem coverage`.
#[derive(clap::Args)]
#[command(
    after_help = "Ví dụ:\n  treem coverage samples/letter-table.csv\n  treem coverage bao-cao.xlsx --json --deny error"
)]
pub struct CoverageArgs {
    /// Tệp có bảng: đơn vị, số trẻ em hiện có, số đã nhập, tỷ lệ, số còn thiếu (csv, xlsx, docx, …).
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// In một đối tượng JSON.
    #[arg(long)]
    json: bool,
    /// Trả mã thoát 1 khi có số in không khớp.
    #[arg(long, value_name = "LEVEL", value_parser = ["error"])]
    deny: Option<String>,
}

/// Runs the command: 0 done, 1 slips where `--deny error` asked, 2 the file cannot be used.
pub fn run(args: &CoverageArgs) -> anyhow::Result<u8> {
    let report = match of_file(&args.file) {
        Ok(report) => report,
        Err(sentence) => {
            screen::complain(&format!("{}: {sentence}", args.file.display()));
            return Ok(PARTLY);
        }
    };
    if args.json {
        screen::say(&format!("{}\n", serde_json::to_string(&report)?));
    } else {
        screen::say(&report.text());
    }
    Ok(if args.deny.is_some() && !report.slips.is_empty() {
        DENIED
    } else {
        DONE
    })
}
