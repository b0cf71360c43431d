//! `treem coverage FILE`: recomputes a table of coverage and says where the printed figures disagree.

use super::{DENIED, DONE, PARTLY, screen};
use crate::act::coverage::{of_checked, of_file};
use std::path::PathBuf;

/// Arguments of `treem coverage`.
#[derive(clap::Args)]
#[command(
    after_help = "Ví dụ:\n  treem coverage samples/letter-table.csv\n  treem coverage bao-cao.xlsx --json --deny error\n  treem coverage treem-out --headcounts headcounts.csv --printed cong-van.csv"
)]
pub struct CoverageArgs {
    /// Tệp có bảng: đơn vị, số trẻ em hiện có, số đã nhập, tỷ lệ, số còn thiếu (csv, xlsx, docx, …).
    /// Hoặc thư mục kết quả của treem check: bảng được lập từ từng trẻ, cần thêm --headcounts.
    #[arg(value_name = "FILE|DIR")]
    file: PathBuf,
    /// Số trẻ em hiện có theo báo cáo của các xã hoặc huyện: tệp có cột unit (mã đơn vị) và headcount (số trẻ).
    #[arg(long, value_name = "FILE")]
    headcounts: Option<PathBuf>,
    /// Bảng đã in, để đối chiếu tỷ lệ và số còn thiếu với bảng lập từ từng trẻ.
    #[arg(long, value_name = "FILE", requires = "headcounts")]
    printed: Option<PathBuf>,
    /// In một đối tượng JSON.
    #[arg(long)]
    json: bool,
    /// Trả mã thoát 1 khi có số in không khớp.
    #[arg(long, value_name = "LEVEL", value_parser = ["error"])]
    deny: Option<String>,
}

/// Runs the command: 0 done, 1 slips where `--deny error` asked, 2 the file cannot be used.
pub fn run(args: &CoverageArgs) -> anyhow::Result<u8> {
    let named = |sentence: &str| format!("{}: {sentence}", args.file.display());
    let report = match (&args.headcounts, args.file.is_dir()) {
        (Some(headcounts), true) => of_checked(&args.file, headcounts, args.printed.as_deref()),
        (Some(_), false) => Err(named(
            "--headcounts đi với thư mục kết quả của treem check, không đi với một tệp.",
        )),
        (None, true) => Err(named(
            "đây là một thư mục; hãy thêm --headcounts TỆP để lập bảng từ từng trẻ.",
        )),
        (None, false) => of_file(&args.file).map_err(|sentence| named(&sentence)),
    };
    let report = match report {
        Ok(report) => report,
        Err(sentence) => {
            screen::complain(&sentence);
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
