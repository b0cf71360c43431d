//! `treem duplicates`, `treem apart`, `treem disputes`: the arguments, and what is said.
//!
//! In: arguments. Out: queues on the screen or as JSON.

use super::super::bar::Bar;
use super::super::screen::{self, grouped};
use super::super::{DONE, FAILED};
use super::area;
use super::{Around, At, Failed, finish, refuse, words};
use crate::act::check::Stop;
use crate::act::register::apart::{self, Apart};
use crate::act::register::disputes::{self, Queue as Disputes};
use crate::act::register::duplicates::{self, Asked, Queue as Duplicates, Side};
use crate::act::register::pairs::look::{self, Saved};
use crate::act::units as act_units;
use clap::Args;
use std::fmt::Write as _;
use std::sync::Arc;

/// `treem duplicates`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem duplicates --unit \"Tà Rụt\" --edition 2024-06-13\n\nCùng một trẻ: treem merge. Hai trẻ khác nhau: treem apart, lần sau không hỏi lại."
)]
pub struct DuplicatesArgs {
    #[command(flatten)]
    at: At,
    /// Chỉ những cặp có hồ sơ thuộc địa bàn này.
    #[arg(long, value_name = "CODE|NAME")]
    unit: Option<String>,
    /// Danh mục đơn vị hành chính của địa bàn ở --unit; không ghi thì lấy hôm nay.
    #[arg(long, value_name = "DATE")]
    edition: Option<String>,
    /// Số cặp được liệt kê.
    #[arg(long, value_name = "NUMBER", default_value_t = 100)]
    most: usize,
    /// Giữ các cặp tìm được làm hàng chờ (treem pairs) thay cho việc liệt kê.
    #[arg(long, conflicts_with_all = ["unit", "edition"])]
    save: bool,
}

/// `treem apart`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem apart 0190b2… 0190b3… --why \"sinh đôi\"\n  treem apart 0190b2… 0190b3… --lift"
)]
pub struct ApartArgs {
    /// Hai hồ sơ: mã hồ sơ, hoặc số định danh.
    #[arg(value_name = "CHILD", num_args = 2, required = true)]
    children: Vec<String>,
    #[command(flatten)]
    at: At,
    /// Vì sao.
    #[arg(long, value_name = "TEXT", default_value = "")]
    why: String,
    /// Bỏ điều đã ghi: hai hồ sơ có thể lại được hỏi.
    #[arg(long)]
    lift: bool,
}

/// `treem disputes`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem disputes\n  treem disputes --settle\n\nMột số rời khỏi danh sách này khi chỉ còn một trẻ mang nó: sửa, đóng hoặc gộp hồ sơ."
)]
pub struct DisputesArgs {
    #[command(flatten)]
    at: At,
    /// Ghi cho trẻ có số trùng với trẻ ở sổ khác mà hồ sơ chưa nói điều đó.
    #[arg(long)]
    settle: bool,
}

/// Runs `treem duplicates`.
pub fn duplicates(args: &DuplicatesArgs, around: &Around) -> anyhow::Result<u8> {
    if args.save {
        return save(args, around);
    }
    let area = area::area(args.unit.as_deref(), args.edition.as_deref(), around);
    let asked = match area {
        Ok(area) => Asked {
            area,
            most: args.most,
        },
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let stop = Arc::new(Stop::default());
    let bar = Bar::new(screen::is_watched() && !args.at.json);
    bar.stopped_by_ctrl_c(&stop);
    let found = duplicates::run(&args.at.desk(around), &asked, &bar, &stop);
    bar.clear();
    if found.as_ref().is_ok_and(|queue| queue.stopped) {
        screen::complain("đã dừng theo yêu cầu.");
        return Ok(FAILED);
    }
    finish(found, args.at.json, duplicates_text, |_| DONE)
}

fn save(args: &DuplicatesArgs, around: &Around) -> anyhow::Result<u8> {
    let stop = Arc::new(Stop::default());
    let bar = Bar::new(screen::is_watched() && !args.at.json);
    bar.stopped_by_ctrl_c(&stop);
    let saved = look::save(&mut args.at.desk(around), (&bar, &stop));
    bar.clear();
    if saved.as_ref().is_ok_and(|saved| saved.stopped) {
        screen::complain("đã dừng theo yêu cầu; hàng chờ như trước.");
        return Ok(FAILED);
    }
    finish(saved, args.at.json, saved_text, |_| DONE)
}

fn saved_text(saved: &Saved) -> String {
    let mut out = format!(
        "Đã xem {} hồ sơ: {} cặp nghi là một trẻ đã vào hàng chờ (treem pairs).\n",
        grouped(saved.children as u64),
        grouped(saved.found as u64)
    );
    if saved.gone > 0 {
        let _ = writeln!(
            out,
            "  {} cặp trước đây không còn đáng nghi nữa.",
            grouped(saved.gone)
        );
    }
    out
}

fn duplicates_text(queue: &Duplicates) -> String {
    let mut out = format!(
        "Đã xem {} hồ sơ: {} cặp nghi là một trẻ",
        grouped(queue.children as u64),
        grouped(queue.found as u64)
    );
    if queue.apart > 0 {
        let _ = write!(
            out,
            ", không kể {} cặp đã được ghi là hai trẻ khác nhau",
            grouped(queue.apart as u64)
        );
    }
    out.push_str(".\n");
    let side = |side: &Side| {
        format!(
            "{}  {}  {}  {}",
            side.child,
            side.name,
            act_units::shown(&side.birth),
            side.unit_name
        )
    };
    for pair in &queue.pairs {
        // Nothing is certain.
        let percent = (pair.probability * 100.0).floor().min(99.0);
        let _ = writeln!(
            out,
            "\n{percent:.0}%\n  {}\n  {}",
            side(&pair.left),
            side(&pair.right)
        );
        if !pair.speaks_for.is_empty() {
            out.push_str(&screen::item(
                &format!("thuận: {}", pair.speaks_for.join("; ")),
                98,
            ));
        }
        if !pair.against.is_empty() {
            out.push_str(&screen::item(
                &format!("nghịch: {}", pair.against.join("; ")),
                98,
            ));
        }
    }
    if queue.pairs.len() < queue.found {
        let _ = writeln!(
            out,
            "\n… và {} cặp nữa (--most).",
            grouped((queue.found - queue.pairs.len()) as u64)
        );
    }
    out
}

/// Runs `treem apart`.
pub fn apart(args: &ApartArgs, around: &Around) -> anyhow::Result<u8> {
    let [one, other] = args.children.as_slice() else {
        return Ok(refuse("hãy ghi hai hồ sơ."));
    };
    let done = apart::run(
        &mut args.at.desk(around),
        [one, other],
        &args.why,
        args.lift,
    );
    finish(done, args.at.json, apart_text, |_| DONE)
}

fn apart_text(done: &Apart) -> String {
    let [one, other] = &done.children;
    if done.apart {
        format!(
            "Đã ghi: {one} và {other} là hai trẻ khác nhau; hai hồ sơ này không được hỏi lại nữa.\n"
        )
    } else {
        format!("Đã bỏ điều đã ghi về {one} và {other}.\n")
    }
}

/// Runs `treem disputes`.
pub fn disputes(args: &DisputesArgs, around: &Around) -> anyhow::Result<u8> {
    let day = if args.settle {
        screen::day(None, around.today).map(Some)
    } else {
        Ok(None)
    };
    let queue = day
        .map_err(Failed::Refused)
        .and_then(|day| disputes::run(&mut args.at.desk(around), day));
    finish(queue, args.at.json, disputes_text, |_| DONE)
}

fn disputes_text(queue: &Disputes) -> String {
    let mut out = String::new();
    if queue.settled > 0 {
        let _ = writeln!(
            out,
            "Đã ghi cho {} trẻ rằng số của trẻ trùng với trẻ khác.",
            grouped(queue.settled as u64)
        );
    }
    if queue.disputes.is_empty() {
        out.push_str("Không có số nào đang tranh chấp.\n");
        return out;
    }
    let _ = writeln!(
        out,
        "{} số đang tranh chấp.",
        grouped(queue.disputes.len() as u64)
    );
    for one in &queue.disputes {
        let _ = writeln!(out, "\nSố {}", one.number);
        for child in &one.children {
            let _ = write!(
                out,
                "  {}  {}  {}  từ {}",
                child.child,
                child.unit_name,
                words::state(&child.state),
                words::when(&child.since)
            );
            match &child.origin {
                Some((file, row)) => {
                    let _ = writeln!(out, ", tệp {file}, dòng {row}");
                }
                None => {
                    let _ = writeln!(out, ", {}", child.source);
                }
            }
        }
        if let Some((book, child)) = &one.elsewhere {
            let _ = writeln!(out, "  {child} ở sổ {book} có số này trước");
        }
    }
    out
}
