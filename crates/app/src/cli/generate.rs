//! `treem generate`: makes a province nobody lives in, with its register, lists and truth.

use super::bar::Bar;
use super::screen::{self, grouped};
use super::{DONE, FAILED, PARTLY};
use crate::act::check::Stop;
use crate::act::generate::{Failed, Format, Options, Scenario, Summary, run as act};
use crate::world::ill::Illness;
use crate::world::plan::LETTER_CHILDREN;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

/// Arguments of `treem generate`.
#[derive(clap::Args)]
#[command(
    after_help = "Ví dụ:\n  treem generate --out mau\n  treem generate --out ca-nuoc --people 1000000 --format csv --seed 7\n\nKết quả: register.xlsx (hoặc .csv), headcounts.csv, lists/<huyện>/<xã>.*, truth.csv,\ntruth-children.csv, generate.json.\nMọi người trong mẫu đều được bịa ra."
)]
pub struct GenerateArgs {
    /// Thư mục ghi mẫu: chưa có, còn trống, hoặc là mẫu đã tạo trước đó (sẽ được thay).
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Tỉnh của mẫu.
    #[arg(long, value_name = "NAME", default_value = "quang-tri", value_parser = ["quang-tri"])]
    province: String,
    /// Ngày tính số liệu của công văn, YYYY-MM-DD.
    #[arg(long, value_name = "DATE", default_value = "2024-06-13")]
    as_of: String,
    /// Số gieo: cùng số gieo thì cùng kết quả, đến từng byte.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Số trẻ; nhiều hơn 187288 thì thêm trẻ ở các tỉnh khác theo tỷ lệ của cả nước, ít hơn thì là tỉnh thu nhỏ.
    #[arg(long, value_name = "N", default_value_t = LETTER_CHILDREN)]
    people: u32,
    /// Dạng tệp: xlsx (danh sách ở mọi dạng tệp), csv (chỉ tệp văn bản); không ghi thì xlsx, hoặc csv khi quá một triệu dòng.
    #[arg(long, value_name = "FORMAT", value_parser = ["xlsx", "csv"])]
    format: Option<String>,
    /// Kịch bản: letter (đúng số liệu của công văn), real (sổ đang dùng: có trẻ đã quá tuổi, đã chuyển đi, ghi hai lần; một huyện báo cáo thừa; có danh sách của các ngành khác).
    #[arg(long, value_name = "NAME", default_value = "letter", value_parser = ["letter", "real"])]
    scenario: String,
    /// Kịch bản real: các xã chậm vì một lý do, do số gieo chọn: special:2 (chỉ nhập trẻ có hoàn cảnh đặc biệt), ages:1 (bỏ sót bốn năm sinh), new-year:1 (ngày sinh 01/01), families:1 (mỗi gia đình một nửa số con); none: không có xã nào như vậy. Xã nào: generate.json.
    #[arg(long, value_name = "KINDS")]
    ill: Option<String>,
    /// In một đối tượng JSON.
    #[arg(long)]
    json: bool,
}

/// Rows up to which a sample is written for Excel where nobody says otherwise.
const XLSX_PEOPLE: u32 = 1_000_000;

/// Runs the command: 0 done, 2 an argument cannot be used, 3 failed or stopped.
pub fn run(args: &GenerateArgs, today: jiff::civil::Date) -> anyhow::Result<u8> {
    let as_of =
        match screen::day(Some(&args.as_of), today).and_then(|day| calendar(&day.to_string())) {
            Ok(day) => day,
            Err(sentence) => {
                screen::complain(&sentence);
                return Ok(PARTLY);
            }
        };
    let ill = match args.ill.as_deref().map(Illness::parse).transpose() {
        Ok(ill) => ill,
        Err(sentence) => {
            screen::complain(&sentence);
            return Ok(PARTLY);
        }
    };
    let options = Options {
        ill,
        out: args.out.clone(),
        as_of,
        seed: args.seed,
        people: args.people,
        format: match args.format.as_deref() {
            Some("csv") => Format::Csv,
            Some(_) => Format::Xlsx,
            None if args.people > XLSX_PEOPLE => Format::Csv,
            None => Format::Xlsx,
        },
        scenario: if args.scenario == "real" {
            Scenario::Real
        } else {
            Scenario::Letter
        },
    };
    let stop = Arc::new(Stop::default());
    let bar = Bar::new(screen::is_watched() && !args.json);
    bar.stopped_by_ctrl_c(&stop);
    let started = Instant::now();
    let done = act(&options, &bar, &stop);
    bar.clear();
    let summary = match done {
        Ok(summary) => summary,
        Err(Failed::Refused(sentence)) => {
            screen::complain(&sentence);
            return Ok(PARTLY);
        }
        Err(Failed::Broken(error)) => return Err(error),
    };
    if summary.stopped {
        screen::complain("đã dừng theo yêu cầu; không để lại kết quả dở dang nào.");
        return Ok(FAILED);
    }
    if args.json {
        screen::say(&format!("{}\n", serde_json::to_string(&summary)?));
    } else {
        screen::say(&text(&summary, started.elapsed()));
    }
    Ok(DONE)
}

fn calendar(day: &str) -> Result<jiff::civil::Date, String> {
    day.parse::<jiff::civil::Date>()
        .ok()
        .filter(|day| (2020..=2024).contains(&day.year()))
        .ok_or_else(|| {
            format!(
                "--as-of {day}: mẫu dùng các xã của danh mục 01/01/2020, nên chỉ làm được cho các ngày từ 2020-01-01 đến 2024-12-31."
            )
        })
}

fn text(summary: &Summary, time: std::time::Duration) -> String {
    let mut out = format!(
        "Đã tạo mẫu trong {}: {} trẻ ở {} xã, phường ({}).\n",
        summary.out,
        grouped(summary.children),
        grouped(summary.communes),
        screen::clock(time)
    );
    let mut rows = vec![
        ("Trong sổ", summary.register),
        ("  chưa có số hoặc số sai", summary.unsound),
        ("  thiếu cha mẹ hoặc địa chỉ", summary.incomplete),
        ("Danh sách của xã", summary.lists),
        ("  dòng", summary.list_rows),
        ("  dòng nhắc lại một trẻ", summary.repeats),
    ];
    let is_real = summary.sector_lists > 0;
    if is_real {
        rows.extend([
            ("Trong sổ: trẻ không còn hoặc ghi lại", summary.extra),
            ("Danh sách của ngành khác", summary.sector_lists),
            ("  dòng", summary.sector_rows),
        ]);
    }
    for (words, count) in rows {
        let pad = 30_usize.saturating_sub(words.chars().count());
        let _ = writeln!(out, "  {words}{}{:>12}", " ".repeat(pad), grouped(count));
    }
    if is_real {
        out.push_str("  Kịch bản real: các con số không phải số liệu của công văn; sự thật ở truth-register.csv, truth-sectors.csv.\n");
    } else if !summary.is_letter {
        out.push_str("  Tỉnh thu nhỏ: các con số không phải số liệu của công văn.\n");
    }
    out
}
