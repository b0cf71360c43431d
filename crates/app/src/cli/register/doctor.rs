//! `treem doctor`: its arguments, and what is said at the end.

use super::super::screen::{self, grouped};
use super::super::{DONE, FAILED};
use super::words::{count, when};
use super::{Around, At, finish};
use crate::act::register::doctor::{self, Last, Report};
use clap::Args;
use std::fmt::Write as _;

/// `treem doctor`.
#[derive(Args)]
#[command(after_help = "Ví dụ:\n  treem doctor\n\nMã thoát: 0 sổ nguyên vẹn; 3 có điều không ổn.")]
pub struct DoctorArgs {
    #[command(flatten)]
    at: At,
}

/// Runs `treem doctor`.
pub fn run(args: &DoctorArgs, around: &Around) -> anyhow::Result<u8> {
    let report = doctor::run(&args.at.desk(around));
    finish(report, args.at.json, words, |report| {
        if report.troubles.is_empty() {
            DONE
        } else {
            FAILED
        }
    })
}

fn last(last: Option<&Last>) -> String {
    last.map_or_else(|| "chưa lần nào".to_owned(), |last| when(&last.at))
}

fn words(told: &Report) -> String {
    let (counts, keeping) = (&told.counts, &told.keeping);
    let mut out = format!(
        "Sổ {} ở {} ({}).\n  {} trẻ đang theo dõi, {} hồ sơ đã rút, {} lần nhập, {} số có tranh chấp.\n  Nhật ký: {} mục; lịch sử hồ sơ: {} mục.\n",
        told.register,
        told.data,
        keeping.server.as_ref().map_or_else(
            || told.engine.to_owned(),
            |version| format!("PostgreSQL {version}")
        ),
        count(counts.active),
        count(counts.withdrawn),
        counts.imports,
        counts.disputed,
        count(counts.links),
        count(counts.events)
    );
    if let Some(bytes) = keeping.bytes {
        let megabytes = |bytes: u64| grouped(bytes.div_ceil(1 << 20));
        let _ = write!(out, "  Tệp {} MB", megabytes(bytes));
        if let Some(mode) = &keeping.mode {
            let _ = write!(out, ", quyền {mode}");
        }
        if let Some(free) = keeping.free {
            let _ = write!(out, ", ổ đĩa còn {} MB", megabytes(free));
        }
        out.push_str(".\n");
    }
    let steps: Vec<String> = keeping.steps.iter().map(ToString::to_string).collect();
    let _ = writeln!(
        out,
        "  Cấu trúc: bước {}. Sao lưu gần nhất: {}; khôi phục gần nhất: {}.",
        steps.join(", "),
        last(keeping.last_backup.as_ref()),
        last(keeping.last_restore.as_ref())
    );
    if told.troubles.is_empty() {
        out.push_str("Sổ nguyên vẹn.\n");
    }
    for trouble in &told.troubles {
        out.push_str(&screen::item(trouble, 100));
    }
    if !told.advice.is_empty() {
        out.push_str("Nên làm:\n");
    }
    for advice in &told.advice {
        out.push_str(&screen::item(advice, 100));
    }
    out
}
