//! `treem report show`: its arguments and what it says.

use super::super::super::screen::{self, grouped};
use super::super::area::AreaArgs;
use super::super::{Around, At, DONE, finish, refuse};
use crate::act::register::report::evenings::Evenings;
use crate::act::register::report::show::{self, Asked, Line, Lines, Shown};
use crate::act::register::report::table;
use crate::act::units as act_units;
use anyhow::Context as _;
use clap::Args;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::path::PathBuf;

/// `treem report show`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem report show --as-of 2024-06-13\n  treem report show --unit \"Huyện Đakrông\" --compare 2024-05-31 --out tien-do.xlsx\n  treem report show --unit \"Xã Tà Rụt\"  (theo thôn)\n\nCòn phải nhập = số trẻ em hiện có − đã có trên phần mềm (số thuần). Còn phải làm sạch = hồ sơ còn lỗi.\nHai việc khác nhau, không cộng vào nhau."
)]
pub struct ShowArgs {
    #[command(flatten)]
    at: At,
    #[command(flatten)]
    area: AreaArgs,
    /// Mỗi dòng là một tỉnh (province), huyện (district), xã (commune) hay thôn (hamlet); không ghi thì lấy cấp dưới.
    #[arg(long, value_name = "LEVEL", value_parser = ["province", "district", "commune", "hamlet"])]
    level: Option<String>,
    /// So với cuối ngày này.
    #[arg(long, value_name = "DATE")]
    compare: Option<String>,
    /// Ghi bảng ra tệp này (.xlsx hoặc .csv).
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

fn asked(args: &ShowArgs, around: &Around) -> Result<Asked, String> {
    let place = args.area.place(around)?;
    let compare = args.compare.as_deref();
    let compare = compare.map(|text| screen::day(Some(text), around.today));
    if let Some(path) = &args.out
        && !matches!(ending(path).as_deref(), Some("xlsx" | "csv"))
    {
        return Err("--out phải là một tệp .xlsx hoặc .csv.".to_owned());
    }
    Ok(Asked {
        as_of: place.as_of.to_string(),
        edition: place.edition,
        unit: place.unit,
        level: args.level.as_deref().and_then(Lines::of),
        compare: compare.transpose()?.map(|day| day.to_string()),
    })
}

fn ending(path: &std::path::Path) -> Option<String> {
    Some(path.extension().and_then(OsStr::to_str)?.to_lowercase())
}

/// Runs the command.
pub fn run(args: &ShowArgs, around: &Around) -> anyhow::Result<u8> {
    let asked = match asked(args, around) {
        Ok(asked) => asked,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let told = show::run(&args.at.desk(around), &asked, &Evenings::default());
    if let (Some(path), Ok(told)) = (&args.out, &told) {
        let bytes = if ending(path).as_deref() == Some("csv") {
            table::csv(told)
        } else {
            table::xlsx(told)?
        };
        std::fs::write(path, bytes)
            .with_context(|| format!("không ghi được {}", path.display()))?;
    }
    finish(told, args.at.json, said, |_| DONE)
}

fn said(told: &Shown) -> String {
    let day = act_units::shown;
    let mut out = format!(
        "Tiến độ: {}, số liệu ngày {}{}\n",
        told.name,
        day(&told.as_of),
        told.compare
            .as_deref()
            .map_or_else(String::new, |other| format!(
                "; +/− so với cuối ngày {}",
                day(other)
            ))
    );
    out.push_str(&screen::left("Đơn vị", 24));
    for head in [
        "Hiện có",
        "Phần mềm",
        "C.hóa",
        "Đủ t.tin",
        "Xác thực",
        "Phải nhập",
        "Làm sạch",
    ] {
        out.push_str(&screen::right(head, 10));
    }
    out.push('\n');
    let figure = |figure: Option<i64>| figure.map_or_else(|| "–".to_owned(), signed);
    let mut row = |name: &str, line: &Line| {
        out.push_str(&screen::left(name, 24));
        for count in line.figures() {
            out.push_str(&screen::right(&figure(count), 10));
        }
        out.push('\n');
        if let Some(change) = line.change {
            out.push_str(&screen::left("", 24));
            for count in [
                change.headcount,
                Some(change.registered),
                Some(change.identified),
                Some(change.complete),
                change.verified,
                change.to_enter,
                None,
            ] {
                let text = match count {
                    None => String::new(),
                    Some(count) if count > 0 => format!("+{}", signed(count)),
                    Some(count) => signed(count),
                };
                out.push_str(&screen::right(&text, 10));
            }
            out.push('\n');
        }
    };
    for line in &told.lines {
        row(&line.name, line);
    }
    row("Tổng cộng", &told.total);
    for note in &told.notes {
        let _ = writeln!(out, "{}", screen::folded(note, 98));
    }
    out
}

fn signed(count: i64) -> String {
    let text = grouped(count.unsigned_abs());
    if count < 0 {
        format!("−{text}")
    } else {
        text
    }
}
