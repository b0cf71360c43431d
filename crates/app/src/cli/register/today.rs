//! `treem today`: its arguments and what it says.

use super::super::screen::{self, grouped};
use super::{Around, At, DONE, finish, refuse};
use crate::act::register::today::{self, Today};
use crate::act::units as act_units;
use clap::Args;
use std::fmt::Write as _;
use treem_child::normalise::unit::{Edition, Unit};

/// `treem today`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem today\n  treem today --unit \"Xã Tà Rụt\" --as-of 2024-06-13"
)]
pub struct TodayArgs {
    #[command(flatten)]
    at: At,
    #[command(flatten)]
    area: AreaArgs,
}

/// An area and a day.
#[derive(Args)]
pub struct AreaArgs {
    /// Chỉ một xã, huyện hoặc tỉnh (mã hoặc tên).
    #[arg(long, value_name = "CODE|NAME")]
    pub unit: Option<String>,
    /// Ngày tính số liệu; không ghi thì lấy hôm nay.
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Danh mục đơn vị hành chính để hiểu --unit; không ghi thì lấy ngày tính số liệu.
    #[arg(long, value_name = "DATE")]
    pub edition: Option<String>,
}

/// A unit with its edition.
pub type Area = Option<(&'static Edition, &'static Unit)>;

impl AreaArgs {
    /// The area and the day; the error is one Vietnamese sentence.
    pub fn read(
        &self,
        around: &Around,
    ) -> Result<(Area, treem_child::normalise::date::PartialDate), String> {
        let as_of = screen::day(self.as_of.as_deref(), around.today)?;
        let day = match &self.edition {
            Some(day) => screen::day(Some(day), around.today)?,
            None => as_of,
        };
        let edition = act_units::on(day);
        let unit = self.unit.as_deref();
        let area = unit.map(|text| Ok::<_, String>((edition, act_units::area(edition, text)?)));
        Ok((area.transpose()?, as_of))
    }
}

/// Runs `treem today`.
pub fn run(args: &TodayArgs, around: &Around) -> anyhow::Result<u8> {
    let (area, as_of) = match args.area.read(around) {
        Ok(read) => read,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let told = today::run(&args.at.desk(around), area, as_of);
    finish(told, args.at.json, said, |_| DONE)
}

/// How long something has waited.
fn age(days: Option<i64>) -> String {
    match days {
        None => String::new(),
        Some(0) => "cũ nhất: hôm nay".to_owned(),
        Some(days) => format!("cũ nhất: {days} ngày"),
    }
}

fn said(told: &Today) -> String {
    let mut out = String::new();
    for queue in &told.queues {
        let _ = writeln!(
            out,
            "{} {} {} {}",
            screen::left(queue.title, 40),
            screen::right(&grouped(queue.count.unsigned_abs()), 8),
            screen::left(queue.of, 8),
            age(queue.days)
        );
    }
    let _ = write!(
        out,
        "Đã xong tuần này {} · còn {} trẻ có lỗi",
        grouped(told.done.unsigned_abs()),
        grouped(told.left.unsigned_abs())
    );
    if let Some(day) = &told.ends_on {
        let _ = write!(out, " · với nhịp này xong ngày {}", act_units::shown(day));
    }
    out.push_str(".\n");
    out
}
