//! `treem movements`: the arguments, and the table for a person.
//!
//! In: arguments. Out: the table on the screen, as JSON, or in a file.

use super::super::screen::{self, grouped};
use super::super::{DONE, PARTLY};
use super::{Around, At, finish, refuse};
use crate::act::register::Failed;
use crate::act::register::movements::{self, Asked, Table};
use crate::act::units as act_units;
use anyhow::Context as _;
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use std::fmt::Write as _;
use std::path::PathBuf;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit::Level;
use treem_child::report::movements::{COLUMNS, Column, Line};

/// The level of a line.
#[derive(Clone, Copy, ValueEnum)]
enum Lines {
    /// Tỉnh.
    Province,
    /// Huyện (từ 1/7/2025: xã).
    District,
    /// Xã.
    Commune,
}

/// `treem movements`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem movements --month 2024-06\n  treem movements --from 2024-01-01 --to 2024-06-30 --level district --out bien-dong.xlsx\n\nĐầu kỳ + mới sinh + chuyển đến + … − chuyển đi − chết − đủ 16 tuổi − … = cuối kỳ, ở mọi đơn vị.\nCuối kỳ của một tháng là đầu kỳ của tháng sau."
)]
pub struct MovementsArgs {
    #[command(flatten)]
    at: At,
    /// Tháng; không ghi tháng và ngày thì lấy tháng này.
    #[arg(long, value_name = "MONTH", conflicts_with_all = ["from", "to"])]
    month: Option<String>,
    /// Ngày đầu kỳ.
    #[arg(long, value_name = "DATE", requires = "to")]
    from: Option<String>,
    /// Ngày cuối kỳ.
    #[arg(long, value_name = "DATE", requires = "from")]
    to: Option<String>,
    /// Chỉ các đơn vị thuộc địa bàn này.
    #[arg(long, value_name = "CODE|NAME")]
    unit: Option<String>,
    /// Danh mục đơn vị hành chính của địa bàn ở --unit; không ghi thì lấy danh mục của ngày cuối kỳ.
    #[arg(long, value_name = "DATE")]
    edition: Option<String>,
    /// Mỗi dòng là một tỉnh (province), huyện (district) hay xã (commune).
    #[arg(long, value_name = "LEVEL", default_value = "commune")]
    level: Lines,
    /// Ghi bảng ra tệp này (.xlsx hoặc .csv).
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Runs the command.
pub fn run(args: &MovementsArgs, around: &Around) -> anyhow::Result<u8> {
    // A day ends when it ends in Việt Nam, wherever the machine stands.
    let today = jiff::tz::offset(7).to_datetime(around.now).date();
    let asked = match asked(args, today) {
        Ok(asked) => asked,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let ending = args.out.as_deref().map(|path| {
        let ending = path.extension().and_then(std::ffi::OsStr::to_str);
        ending.unwrap_or("").to_lowercase()
    });
    if ending
        .as_deref()
        .is_some_and(|ending| !matches!(ending, "xlsx" | "csv"))
    {
        return Ok(refuse("--out phải là một tệp .xlsx hoặc .csv."));
    }
    let table = movements::run(&args.at.desk(around), &asked);
    if let (Some(path), Ok(table)) = (&args.out, &table) {
        let bytes = if ending.as_deref() == Some("csv") {
            movements::csv(table)
        } else {
            movements::xlsx(table)?
        };
        std::fs::write(path, bytes)
            .with_context(|| format!("không ghi được {}", path.display()))?;
    }
    if let Err(Failed::Refused(sentence)) = &table {
        screen::complain(sentence);
        return Ok(PARTLY);
    }
    finish(table, args.at.json, text, |_| DONE)
}

fn asked(args: &MovementsArgs, today: Date) -> Result<Asked, String> {
    let (from, to) = days(args, today)?;
    if from > to {
        return Err(format!("ngày đầu kỳ {from} sau ngày cuối kỳ {to}."));
    }
    if from > today {
        return Err(format!("kỳ bắt đầu ngày {from} chưa tới."));
    }
    let before = from
        .yesterday()
        .map_err(|_| format!("ngày “{from}” không dùng được."))?;
    let edition_day = match &args.edition {
        Some(day) => screen::day(Some(day), today)?,
        None => screen::day(Some(&to.to_string()), today)?,
    };
    let edition = act_units::on(edition_day);
    let area = match &args.unit {
        Some(unit) => Some((edition, act_units::area(edition, unit)?)),
        None => None,
    };
    let level = match args.level {
        Lines::Province => Level::Province,
        Lines::District => Level::District,
        Lines::Commune => Level::Commune,
    };
    Ok(Asked {
        from: from.to_string(),
        before: before.to_string(),
        to: to.to_string(),
        // A table of one district has no line above it.
        level: match (area.map(|(_, unit)| unit.level()), level) {
            (Some(Level::Commune), _) => Level::Commune,
            (Some(Level::District), Level::Province) => Level::District,
            _ => level,
        },
        area,
    })
}

/// First and last day; what has not come yet is left out.
fn days(args: &MovementsArgs, today: Date) -> Result<(Date, Date), String> {
    let date = |day: PartialDate| -> Result<Date, String> {
        day.to_string()
            .parse()
            .map_err(|_| format!("ngày “{day}” không dùng được."))
    };
    if let (Some(from), Some(to)) = (&args.from, &args.to) {
        let from = date(screen::day(Some(from), today)?)?;
        let to = date(screen::day(Some(to), today)?)?;
        return Ok((from, to.min(today).max(from.min(to))));
    }
    let first = match &args.month {
        Some(month) => format!("{month}-01")
            .parse::<Date>()
            .ok()
            .filter(|_| month.len() == 7)
            .ok_or_else(|| {
                format!("tháng “{month}” không dùng được: viết năm-tháng, ví dụ 2024-06.")
            })?,
        None => today.first_of_month(),
    };
    Ok((first, first.last_of_month().min(today).max(first)))
}

/// What is shown beside the usual columns, together.
fn others(line: &Line, sign: i64) -> i64 {
    COLUMNS
        .iter()
        .filter(|column| column.is_rare() && column.sign() == sign)
        .map(|column| line.of(*column))
        .sum()
}

fn text(table: &Table) -> String {
    let day = act_units::shown;
    let mut out = format!(
        "Biến động từ ngày {} đến hết ngày {}\n",
        day(&table.from),
        day(&table.to)
    );
    let count = |count: i64| screen::right(&grouped(count.unsigned_abs()), 8);
    let heads = [
        "Đầu kỳ",
        "Sinh",
        "Đến",
        "Khác +",
        "Đi",
        "Chết",
        "16 tuổi",
        "Khác −",
        "Cuối kỳ",
    ];
    out.push_str(&screen::left("Đơn vị", 26));
    for head in heads {
        out.push_str(&screen::right(head, 8));
    }
    out.push('\n');
    let mut row = |name: &str, line: &Line| {
        out.push_str(&screen::left(name, 26));
        for figure in [
            line.of(Column::Opening),
            line.of(Column::Born),
            line.of(Column::MovedIn),
            others(line, 1),
            line.of(Column::MovedOut),
            line.of(Column::Died),
            line.of(Column::Turned16),
            others(line, -1),
            line.of(Column::Closing),
        ] {
            out.push_str(&count(figure));
        }
        out.push('\n');
    };
    for one in &table.lines {
        let name = if one.name.is_empty() {
            "Chưa rõ đơn vị"
        } else {
            &one.name
        };
        row(name, &one.line);
    }
    row("Tổng cộng", &table.total);
    let rare: Vec<String> = COLUMNS
        .iter()
        .filter(|column| column.is_rare() && table.total.of(**column) > 0)
        .map(|column| {
            format!(
                "{} {}",
                column.label().to_lowercase(),
                grouped(table.total.of(*column).unsigned_abs())
            )
        })
        .collect();
    if !rare.is_empty() {
        let _ = writeln!(
            out,
            "{}",
            screen::folded(&format!("Khác gồm: {}.", rare.join("; ")), 98)
        );
    }
    out
}
