//! `treem coverage`: computes a table of coverage from the register or a checked folder, or recomputes a table of coverage and says where the printed figures disagree.

use super::register::{Around, At, moment};
use super::{DENIED, DONE, PARTLY, screen};
use crate::act::coverage::{of_checked, of_file};
use crate::act::register::{Failed, coverage as of_register};
use crate::act::units as act_units;
use std::path::{Path, PathBuf};
use treem_child::report::coverage::Coverage;

/// Arguments of `treem coverage`.
#[derive(clap::Args)]
#[command(
    after_help = "Ví dụ:\n  treem coverage samples/letter-table.csv\n  treem coverage bao-cao.xlsx --json --deny error\n  treem coverage treem-out --headcounts headcounts.csv --printed cong-van.csv\n  treem coverage --as-of 2024-06-13 --printed cong-van.csv   (từ sổ)"
)]
pub struct CoverageArgs {
    /// Tệp có bảng: đơn vị, số trẻ em hiện có, số đã nhập, tỷ lệ, số còn thiếu (csv, xlsx, docx, …).
    /// Hoặc thư mục kết quả của treem check: bảng được lập từ từng trẻ, cần thêm --headcounts.
    /// Không ghi thì lập bảng từ sổ và số trẻ em báo cáo đã nạp vào sổ.
    #[arg(value_name = "FILE|DIR")]
    file: Option<PathBuf>,
    #[command(flatten)]
    at: At,
    /// Ngày tính số liệu khi lập bảng từ sổ; không ghi thì lấy hôm nay.
    #[arg(long, value_name = "DATE", conflicts_with = "file")]
    as_of: Option<String>,
    /// Danh mục đơn vị hành chính có hiệu lực vào ngày này, khi lập bảng từ sổ; không ghi thì lấy ngày tính số liệu.
    #[arg(long, value_name = "DATE", conflicts_with = "file")]
    edition: Option<String>,
    /// Sổ như vào thời điểm này (UTC, ví dụ 2024-06-13T08:00:00Z); không ghi thì như bây giờ.
    #[arg(long, value_name = "TIME", conflicts_with = "file")]
    register_as_of: Option<String>,
    /// Số trẻ em hiện có theo báo cáo của các xã hoặc huyện: tệp có cột unit (mã đơn vị) và headcount (số trẻ).
    #[arg(long, value_name = "FILE")]
    headcounts: Option<PathBuf>,
    /// Bảng đã in, để đối chiếu tỷ lệ và số còn thiếu với bảng lập từ từng trẻ.
    #[arg(long, value_name = "FILE")]
    printed: Option<PathBuf>,
    /// Trả mã thoát 1 khi có số in không khớp.
    #[arg(long, value_name = "LEVEL", value_parser = ["error"])]
    deny: Option<String>,
}

/// Runs the command: 0 done, 1 slips where `--deny error` asked, 2 the file or the register cannot be used.
pub fn run(args: &CoverageArgs, around: &Around) -> anyhow::Result<u8> {
    let report = match &args.file {
        Some(file) => from_file(args, file),
        None => match from_register(args, around) {
            Ok(report) => Ok(report),
            Err(Failed::Refused(sentence) | Failed::Denied(sentence)) => Err(sentence),
            Err(Failed::Broken(error)) => return Err(error),
        },
    };
    let report = match report {
        Ok(report) => report,
        Err(sentence) => {
            screen::complain(&sentence);
            return Ok(PARTLY);
        }
    };
    if args.at.json {
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

fn from_file(args: &CoverageArgs, file: &Path) -> Result<Coverage, String> {
    let named = |sentence: &str| format!("{}: {sentence}", file.display());
    match (&args.headcounts, file.is_dir()) {
        (Some(headcounts), true) => of_checked(file, headcounts, args.printed.as_deref()),
        (Some(_), false) => Err(named(
            "--headcounts đi với thư mục kết quả của treem check, không đi với một tệp.",
        )),
        (None, true) => Err(named(
            "đây là một thư mục; hãy thêm --headcounts TỆP để lập bảng từ từng trẻ.",
        )),
        (None, false) if args.printed.is_some() => Err(named(
            "--printed đi với bảng lập từ từng trẻ: thư mục và --headcounts, hoặc sổ.",
        )),
        (None, false) => of_file(file).map_err(|sentence| named(&sentence)),
    }
}

fn from_register(args: &CoverageArgs, around: &Around) -> Result<Coverage, Failed> {
    if args.headcounts.is_some() {
        return Err(Failed::Refused(
            "--headcounts đi với thư mục kết quả của treem check; với sổ thì nạp bằng treem headcount load.".to_owned(),
        ));
    }
    let day = |text: Option<&str>| screen::day(text, around.today).map_err(Failed::Refused);
    let as_of = day(args.as_of.as_deref())?;
    let edition = match &args.edition {
        Some(text) => day(Some(text))?,
        None => as_of,
    };
    let at = args
        .register_as_of
        .as_deref()
        .map(moment)
        .transpose()
        .map_err(Failed::Refused)?;
    of_register::run(
        &args.at.desk(around),
        act_units::on(edition),
        (&as_of.to_string(), at.as_deref()),
        args.printed.as_deref(),
    )
}
