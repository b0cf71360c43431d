//! `treem check`: its arguments, what they mean, and what is said at the end.

mod table;

use super::bar::Bar;
use super::{DENIED, DONE, FAILED, PARTLY, screen};
use crate::act::check::{Options, Stop, mapping, run as act};
use crate::act::units as act_units;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;
use treem_child::check::rules::RuleSet;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit::{Edition, Found, How, Level, Unit};

/// Arguments of `treem check`.
#[derive(clap::Args)]
#[command(
    after_help = "Ví dụ:\n  treem check danh-sach/ --as-of 2024-06-13\n  treem check \"Ta Rut.xlsx\" --unit \"Xã Tà Rụt\" --out ket-qua\n\nKết quả trong thư mục --out: children.csv, findings.csv, summary.json, mapping.toml, lists/*.xlsx.\nMã thoát: 0 xong; 1 có điều --deny tìm; 2 có tệp hoặc tham số không dùng được; 3 hỏng hoặc bị dừng."
)]
pub struct CheckArgs {
    /// Tệp danh sách (xlsx, xlsb, xls, ods, docx, csv, tsv, txt) hoặc thư mục chứa chúng.
    #[arg(value_name = "FILE|DIR", required = true)]
    inputs: Vec<PathBuf>,
    /// Thư mục ghi kết quả.
    #[arg(long, value_name = "DIR", default_value = "treem-out")]
    out: PathBuf,
    /// Ngày tính số liệu, YYYY-MM-DD: tuổi và “ngày sinh sau ngày tính số liệu” xét theo ngày này; không ghi thì lấy hôm nay.
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// Dùng danh mục đơn vị hành chính có hiệu lực vào ngày này; không ghi thì lấy ngày tính số liệu.
    #[arg(long, value_name = "DATE")]
    edition: Option<String>,
    /// Xã, phường, thị trấn (mã hoặc tên) của những dòng không ghi; hoặc tỉnh của danh sách, nếu không phải Quảng Trị.
    #[arg(long, value_name = "CODE|NAME")]
    unit: Option<String>,
    /// Tệp cách hiểu cột (mapping.toml của một lần chạy trước, có thể đã sửa).
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// Tệp quy tắc của địa phương (TOML).
    #[arg(long, value_name = "FILE")]
    rules: Option<PathBuf>,
    /// Mã thoát là 1 nếu có lỗi (error), hoặc có lỗi hay cảnh báo (warning).
    #[arg(long, value_name = "LEVEL", value_parser = ["error", "warning"])]
    deny: Option<String>,
    /// Tìm trẻ trùng bằng bộ máy đối chiếu: cả khi tên, ngày sinh ghi khác nhau (chậm hơn, cần thêm bộ nhớ).
    #[arg(long)]
    duplicates: bool,
    /// Không ghi danh sách theo xã (lists/*.xlsx).
    #[arg(long)]
    no_lists: bool,
    /// In một đối tượng JSON (nội dung summary.json) ra đầu ra chuẩn, không in gì khác ở đó.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// What stops the run: the output cannot be written.
pub fn run(args: &CheckArgs, today: jiff::civil::Date) -> anyhow::Result<u8> {
    let options = match options(args, today) {
        Ok(options) => options,
        Err(sentence) => {
            screen::complain(&sentence);
            return Ok(PARTLY);
        }
    };
    let stop = Arc::new(Stop::default());
    let bar = Bar::new(screen::is_watched() && !args.json);
    bar.stopped_by_ctrl_c(&stop);
    let started = Instant::now();
    let summary = act(options, &bar, &stop);
    bar.clear();
    let summary = summary?;
    if summary.stopped {
        screen::complain(if summary.counts.children == 0 {
            "đã dừng theo yêu cầu; không để lại kết quả dở dang nào."
        } else {
            "đã dừng theo yêu cầu khi đang ghi danh sách theo xã: children.csv, findings.csv và summary.json đã đủ, thư mục lists còn thiếu."
        });
        return Ok(FAILED);
    }
    for file in summary.files.iter().filter(|file| file.error.is_some()) {
        screen::complain(&format!(
            "{}: {}",
            file.file,
            file.error.as_deref().unwrap_or("")
        ));
    }
    if args.json {
        screen::say(&format!("{}\n", serde_json::to_string(&summary)?));
    } else {
        screen::say(&table::of(&summary, started.elapsed()));
    }
    let errors = summary.findings("error");
    let denied = match args.deny.as_deref() {
        Some("error") => errors > 0,
        Some(_) => errors + summary.findings("warning") > 0,
        None => false,
    };
    Ok(if summary.failed_files() > 0 {
        PARTLY
    } else if denied {
        DENIED
    } else {
        DONE
    })
}

fn options(args: &CheckArgs, today: jiff::civil::Date) -> Result<Options, String> {
    let as_of = screen::day(args.as_of.as_deref(), today)?;
    let edition = match &args.edition {
        Some(day) => screen::day(Some(day), today)?,
        None => as_of,
    };
    let given = args
        .unit
        .as_deref()
        .map(|text| given(text, edition))
        .transpose()?;
    let mappings = args
        .map
        .as_deref()
        .map(mapping::read)
        .transpose()?
        .unwrap_or_default();
    let rules = args
        .rules
        .as_deref()
        .map(super::rules::read)
        .transpose()?
        .unwrap_or_else(RuleSet::default);
    Ok(Options {
        inputs: args.inputs.clone(),
        out: args.out.clone(),
        as_of,
        edition,
        unit: given.and_then(|(commune, _)| commune),
        home: given.map(|(_, unit)| unit),
        mappings,
        edited: mapping::edited(&args.out)?,
        rules,
        lists: !args.no_lists,
        duplicates: args.duplicates,
        keep_measures: false,
    })
}

/// The commune that `--unit` means, or only the province where it names one.
type Given = (Option<&'static Unit>, &'static Unit);

fn given(text: &str, edition: PartialDate) -> Result<Given, String> {
    let units = act_units::on(edition);
    let commune = |unit: &'static Unit| (Some(unit), unit);
    let code = text.trim();
    if !code.is_empty()
        && code.bytes().all(|byte| byte.is_ascii_digit())
        && let Some(unit) = units.by_code(code)
    {
        return match unit.level() {
            Level::Commune => Ok(commune(unit)),
            Level::Province => Ok((None, unit)),
            Level::District => Err(no_commune(text, units)),
        };
    }
    let province = units.province_named(text);
    match (units.find(text, Level::Commune, None), province) {
        // `Quảng Trị` is the province and, since 1/7/2025, one of its wards.
        (Found::One(unit, how), Some(province))
            if units.is_at_home(province) && how != How::Code && unit.short == code =>
        {
            Err(format!(
                "--unit “{text}” là tên của nhiều đơn vị: {} {}; {} {}. Ghi mã.",
                unit.code, unit.name, province.code, province.name
            ))
        }
        (Found::One(unit, _), _) => Ok(commune(unit)),
        (Found::Several(found), _) => {
            let names: Vec<String> = found
                .iter()
                .map(|unit| format!("{} {}", unit.code, unit.name))
                .collect();
            Err(format!(
                "--unit “{text}” là tên của nhiều đơn vị: {}. Ghi mã.",
                names.join("; ")
            ))
        }
        (Found::None | Found::Missing, Some(province)) => Ok((None, province)),
        (Found::None | Found::Missing, None) => {
            let place = units.place(text, None);
            let there = place.elsewhere.map_or(place.commune, |unit| {
                units.at(unit).place(text, None).commune
            });
            there
                .unit()
                .map(commune)
                .ok_or_else(|| no_commune(text, units))
        }
    }
}

fn no_commune(text: &str, units: &'static Edition) -> String {
    let mut sentence = format!(
        "--unit “{text}” không phải xã, phường, thị trấn nào của danh mục có hiệu lực từ {}",
        units.from
    );
    let found = act_units::find(units, text, None);
    if let Some(gone) = found.former.first() {
        let now: Vec<String> = gone
            .now
            .iter()
            .map(|now| format!("{} {}", now.unit.code, now.unit.name))
            .collect();
        let _ = write!(
            sentence,
            "; đây là tên cũ, dùng đến {}, nay là {}",
            act_units::shown(gone.until),
            now.join("; ")
        );
    }
    let elsewhere: Vec<String> = found
        .units
        .iter()
        .filter(|hit| !hit.home)
        .take(3)
        .map(|hit| format!("{} {}", hit.unit.code, hit.unit.full()))
        .collect();
    if !elsewhere.is_empty() {
        let _ = write!(
            sentence,
            "; ở tỉnh khác có {}: ghi mã",
            elsewhere.join("; ")
        );
    }
    sentence.push('.');
    sentence
}
