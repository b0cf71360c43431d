//! `treem cohort`: saved lists that are followed.
//!
//! In: arguments. Out: what was saved, or what became of it.

use super::super::screen::{self, grouped};
use super::area::AreaArgs;
use super::list::{fate, what};
use super::{Around, At, DONE, finish, moment, refuse};
use crate::act::check::{Progress, Silent, Stop};
use crate::act::register::letter::cohort::{self, Cohorts, Followed, Saved};
use crate::act::register::list;
use crate::shown;
use clap::{Args, Subcommand};
use std::fmt::Write as _;

/// `treem cohort`.
#[derive(Args)]
pub struct CohortArgs {
    #[command(subcommand)]
    what: CohortWhat,
}

#[derive(Subcommand)]
enum CohortWhat {
    /// Lưu một danh sách để theo dõi về sau.
    #[command(
        after_help = "Ví dụ:\n  treem cohort save \"227 trẻ 13/6/2024\" unidentified --as-of 2024-06-13\n  treem cohort save \"thiếu dân tộc Tà Rụt\" ethnicity.missing --unit \"Xã Tà Rụt\""
    )]
    Save {
        /// Tên để gọi lại; không ghi tên hay số của trẻ.
        #[arg(value_name = "NAME")]
        name: String,
        /// Số nhóm (1–5), mã quy tắc, unidentified hoặc incomplete.
        #[arg(value_name = "GROUP|RULE")]
        list: String,
        #[command(flatten)]
        at: At,
        #[command(flatten)]
        area: AreaArgs,
        /// Sổ như vào thời điểm này (UTC, ví dụ 2024-06-13T08:00:00Z).
        #[arg(long, value_name = "TIME")]
        register_as_of: Option<String>,
    },
    /// Trẻ của danh sách đã lưu nay thế nào, theo xã.
    #[command(after_help = "Ví dụ:\n  treem cohort show \"227 trẻ 13/6/2024\"")]
    Show {
        /// Tên danh sách.
        #[arg(value_name = "NAME")]
        name: String,
        #[command(flatten)]
        at: At,
        /// Ngày tính số liệu; không ghi thì lấy hôm nay.
        #[arg(long, value_name = "DATE")]
        as_of: Option<String>,
    },
    /// Các danh sách đã lưu.
    #[command(after_help = "Ví dụ:\n  treem cohort list")]
    List {
        #[command(flatten)]
        at: At,
    },
}

/// Runs `treem cohort`.
pub fn run(args: &CohortArgs, around: &Around) -> anyhow::Result<u8> {
    match &args.what {
        CohortWhat::Save {
            name,
            list,
            at,
            area,
            register_as_of,
        } => {
            let asked = (|| {
                let place = area.place(around)?;
                let asked = list::Asked {
                    what: what(list)?,
                    unit: place.unit,
                    as_of: place.as_of,
                    moment: register_as_of.as_deref().map(moment).transpose()?,
                    compare: None,
                };
                Ok::<_, String>((asked, place.edition))
            })();
            match asked {
                Ok((asked, edition)) => {
                    let mut desk = at.desk(around);
                    let watch: (&dyn Progress, &Stop) = (&Silent, &Stop::default());
                    let done = cohort::save(&mut desk, name, (&asked, edition), watch);
                    finish(done, at.json, saved, |_| DONE)
                }
                Err(sentence) => Ok(refuse(&sentence)),
            }
        }
        CohortWhat::Show { name, at, as_of } => match screen::day(as_of.as_deref(), around.today) {
            Ok(day) => {
                let watch: (&dyn Progress, &Stop) = (&Silent, &Stop::default());
                let done = cohort::show(&at.desk(around), name, day, watch);
                finish(done, at.json, followed, |_| DONE)
            }
            Err(sentence) => Ok(refuse(&sentence)),
        },
        CohortWhat::List { at } => finish(cohort::all(&at.desk(around)), at.json, listed, |_| DONE),
    }
}

fn saved(told: &Saved) -> String {
    format!(
        "Đã lưu danh sách “{}”: {} trẻ.\n",
        told.name,
        grouped(told.children.unsigned_abs())
    )
}

fn followed(told: &Followed) -> String {
    let mut out = String::new();
    for unit in &told.now.units {
        let name = if unit.name.is_empty() {
            "(chưa rõ xã)"
        } else {
            &unit.name
        };
        let since = unit.since.unwrap_or_default();
        let _ = writeln!(
            out,
            "{} {} {}   {}",
            screen::left(&unit.unit, 6),
            screen::left(name, 28),
            screen::right(&grouped(since.then), 8),
            fate(since)
        );
    }
    let since = told.now.since.unwrap_or_default();
    let _ = writeln!(
        out,
        "“{}”, lập ngày {}: {} trẻ; {}.",
        told.cohort.name,
        shown::day(&told.cohort.day),
        grouped(since.then),
        fate(since)
    );
    out
}

fn listed(told: &Cohorts) -> String {
    let mut out = String::new();
    for one in &told.cohorts {
        let _ = writeln!(
            out,
            "{} {} trẻ  {} {}",
            screen::left(&one.name, 40),
            screen::right(&grouped(one.children.unsigned_abs()), 8),
            shown::day(&one.day),
            one.what
        );
    }
    if told.cohorts.is_empty() {
        out.push_str("Chưa lưu danh sách nào; lưu bằng treem cohort save.\n");
    }
    out
}
