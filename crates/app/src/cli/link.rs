//! `treem link`: its arguments, what they mean, and what is said at the end.

mod waterfall;

use super::bar::Bar;
use super::{DONE, FAILED, PARTLY, screen};
use crate::act::check::{Stop, mapping};
use crate::act::link::{Options, Summary, run as act};
use screen::grouped;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Arguments of `treem link`.
#[derive(clap::Args)]
#[command(
    after_help = "Ví dụ:\n  treem link truong-hoc.xlsx so-tre-em.csv --out doi-chieu\n  treem link so-tre-em.csv --id rec_id\n  treem link danh-sach/ so-tre-em.csv --as-of 2024-06-13\n  treem link a.csv b.csv --id rec_id --explain a17,b204\n\nKết quả trong thư mục --out: pairs.csv, model.json; decisions.csv nếu có hai danh sách, clusters.csv\nnếu chỉ có một.\nMã thoát: 0 xong; 2 có tệp hoặc tham số không dùng được; 3 hỏng hoặc bị dừng."
)]
pub struct LinkArgs {
    /// Danh sách cần đối chiếu: một tệp, hoặc thư mục các tệp.
    #[arg(value_name = "A")]
    left: PathBuf,
    /// Danh sách để đối chiếu với (sổ trẻ em); không ghi thì tìm trẻ bị ghi hai lần trong danh sách A.
    #[arg(value_name = "B")]
    right: Option<PathBuf>,
    /// Mô hình: child (trẻ em), hoặc tệp TOML cho danh sách khác.
    #[arg(long, value_name = "child|FILE", default_value = "child")]
    model: String,
    /// Cột mã của danh sách: dùng để gọi tên dòng, không bao giờ đem so sánh; không ghi thì lấy số dòng (thư mục: tệp:trang:dòng).
    #[arg(long, value_name = "COLUMN")]
    id: Option<String>,
    /// Không ghi cặp có xác suất nhỏ hơn mức này.
    #[arg(long, value_name = "P", default_value_t = 0.01)]
    threshold: f64,
    /// Tệp cách hiểu cột (mapping.toml của treem check, có thể đã sửa).
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// Thư mục ghi kết quả.
    #[arg(long, value_name = "DIR", default_value = "treem-out")]
    out: PathBuf,
    /// Giải thích một cặp: mã bên A và mã bên B (hai mã của A nếu chỉ có một danh sách), cách nhau bằng dấu phẩy.
    #[arg(long, value_name = "ID,ID")]
    explain: Option<String>,
    /// Ngày tính tuổi, ví dụ 2024-06-13 (mặc định: hôm nay).
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// Danh mục đơn vị hành chính có hiệu lực vào ngày này (mặc định: ngày tính tuổi).
    #[arg(long, value_name = "DATE")]
    edition: Option<String>,
    /// In một đối tượng JSON ra đầu ra chuẩn, không in gì khác ở đó.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// What stops the run: the output cannot be written.
pub fn run(args: &LinkArgs, today: jiff::civil::Date) -> anyhow::Result<u8> {
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
    let summary = act(&options, &bar, &stop);
    bar.clear();
    let summary = summary?;
    if summary.stopped {
        screen::complain("đã dừng theo yêu cầu; không để lại kết quả dở dang nào.");
        return Ok(FAILED);
    }
    if let Some(refused) = &summary.refused {
        screen::complain(refused);
        return Ok(PARTLY);
    }
    if args.json {
        screen::say(&format!("{}\n", serde_json::to_string(&summary)?));
    } else {
        screen::say(&text(&summary, started.elapsed()));
    }
    let unexplained = options.explain.is_some() && summary.explained.is_none();
    Ok(if unexplained { PARTLY } else { DONE })
}

fn options(args: &LinkArgs, today: jiff::civil::Date) -> Result<Options, String> {
    if !(0.0..=1.0).contains(&args.threshold) {
        return Err("--threshold là xác suất: ghi một số từ 0 đến 1, ví dụ 0.01.".to_owned());
    }
    let explain = args.explain.as_ref().map(|pair| {
        pair.split_once(',')
            .map(|(left, right)| (left.trim().to_owned(), right.trim().to_owned()))
            .filter(|(left, right)| !left.is_empty() && !right.is_empty())
            .ok_or_else(|| format!("--explain “{pair}” không dùng được: ghi hai mã cách nhau bằng dấu phẩy, ví dụ a17,b204."))
    });
    let as_of = screen::day(args.as_of.as_deref(), today)?;
    let edition = match &args.edition {
        Some(day) => screen::day(Some(day), today)?,
        None => as_of,
    };
    Ok(Options {
        left: args.left.clone(),
        right: args.right.clone(),
        model: (args.model != "child").then(|| PathBuf::from(&args.model)),
        id: args.id.clone(),
        threshold: args.threshold,
        mappings: args
            .map
            .as_deref()
            .map(mapping::read)
            .transpose()?
            .unwrap_or_default(),
        out: args.out.clone(),
        explain: explain.transpose()?,
        as_of,
        edition,
    })
}

fn text(summary: &Summary, took: Duration) -> String {
    let mut out = String::new();
    if let Some(explained) = &summary.explained {
        out.push_str(&waterfall::text(explained));
        out.push('\n');
    }
    if let (Some(right), Some(decisions)) = (summary.right, summary.decisions) {
        let _ = writeln!(
            out,
            "Đã đối chiếu {} dòng với {} dòng trong {}.",
            grouped(summary.left),
            grouped(right),
            screen::clock(took)
        );
        let _ = writeln!(out, "  đã có:        {:>10}", grouped(decisions.same));
        let _ = writeln!(out, "  cần xem lại:  {:>10}", grouped(decisions.perhaps));
        let _ = writeln!(out, "  mới:          {:>10}", grouped(decisions.new));
    } else {
        let _ = writeln!(
            out,
            "Đã đối chiếu {} dòng với nhau trong {}.",
            grouped(summary.left),
            screen::clock(took)
        );
        let _ = writeln!(
            out,
            "  nhóm dòng cùng một người: {}, gồm {} dòng",
            grouped(summary.clusters.unwrap_or(0)),
            grouped(summary.clustered.unwrap_or(0))
        );
    }
    if let (Some(same), Some(perhaps)) = (summary.same, summary.perhaps) {
        let _ = writeln!(
            out,
            "  cặp chắc chắn: {}; cặp cần xem lại: {}",
            grouped(same),
            grouped(perhaps)
        );
    }
    for remark in &summary.remarks {
        let _ = writeln!(out, "Lưu ý: {remark}");
    }
    let _ = writeln!(out, "Kết quả: {}", summary.out);
    out
}
