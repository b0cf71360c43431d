//! `treem units reform`: its arguments, and what is said at the end.

use super::super::bar::Bar;
use super::super::screen::{self, grouped, left as pad};
use super::super::{DONE, FAILED};
use super::{Around, At, finish, refuse};
use crate::act::check::Stop;
use crate::act::register::reform::{
    self as act, Left, Line, Listed, Named, Reformed, Source, Undone,
};
use crate::act::units::{on, shown};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;
use treem_child::normalise::date::PartialDate;

/// `treem units reform`.
#[derive(clap::Args)]
pub struct ReformArgs {
    /// Ngày danh mục mới có hiệu lực (YYYY-MM-DD), hoặc tệp ghi đơn vị cũ nào (thôn nào) về đơn vị mới nào.
    #[arg(value_name = "FILE|DATE", required_unless_present_any = ["undo", "left", "list"])]
    what: Option<String>,
    #[command(flatten)]
    at: At,
    /// Chỉ xem sẽ thế nào; đây là mặc định khi không ghi --yes.
    #[arg(long, conflicts_with = "yes")]
    preview: bool,
    /// Làm thật.
    #[arg(long)]
    yes: bool,
    /// Căn cứ, ghi vào nhật ký và lịch sử từng hồ sơ.
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    why: String,
    /// Hủy một lần sắp xếp: đưa trẻ về đơn vị cũ; hồ sơ đã sửa sau đó thì giữ nguyên và được liệt kê.
    #[arg(long, value_name = "REFORM", conflicts_with = "what")]
    undo: Option<String>,
    /// Xem trẻ chưa xác định đơn vị mới, theo đơn vị cũ và thôn.
    #[arg(long, conflicts_with_all = ["what", "undo"])]
    left: bool,
    /// Xem các lần sắp xếp.
    #[arg(long, conflicts_with_all = ["what", "undo", "left"])]
    list: bool,
}

/// All reforms, as one object.
#[derive(serde::Serialize)]
struct Reforms {
    reforms: Vec<Listed>,
}

/// The queue, as one object.
#[derive(serde::Serialize)]
struct Queue {
    children: i64,
    left: Vec<Left>,
}

/// Runs the command.
///
/// # Errors
/// The register broke.
pub fn run(args: &ReformArgs, around: &Around) -> anyhow::Result<u8> {
    let mut desk = args.at.desk(around);
    let json = args.at.json;
    if args.list {
        let listed = act::list(&desk).map(|reforms| Reforms { reforms });
        return finish(listed, json, say_list, |_| DONE);
    }
    if args.left {
        let left = act::left(&desk).map(|left| Queue {
            children: left.iter().map(|one| one.children).sum(),
            left,
        });
        return finish(left, json, say_left, |_| DONE);
    }
    if let Some(reform) = &args.undo {
        let done = act::undo(&mut desk, reform, &args.why, !args.yes);
        return finish(done, json, say_undone, |_| DONE);
    }
    let what = args.what.as_deref().unwrap_or("");
    let source = match source(what) {
        Ok(source) => source,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let stop = Arc::new(Stop::default());
    let bar = Bar::new(screen::is_watched() && !json);
    bar.stopped_by_ctrl_c(&stop);
    let done = act::run(&mut desk, &source, &args.why, !args.yes, (&bar, &stop));
    bar.clear();
    if done.as_ref().is_ok_and(|told| told.stopped) {
        screen::complain("đã dừng theo yêu cầu; không có gì được ghi vào sổ.");
        return Ok(FAILED);
    }
    finish(done, json, say, |_| DONE)
}

/// A day, or a file.
fn source(what: &str) -> Result<Source, String> {
    if let Some(day) = PartialDate::from_iso(what).filter(|day| day.is_full()) {
        return Ok(Source::Day(on(day)));
    }
    let path = PathBuf::from(what);
    if path.is_file() {
        Ok(Source::File(path))
    } else {
        Err(format!(
            "“{}” không phải một ngày (năm-tháng-ngày, ví dụ 2025-07-01) và cũng không phải một tệp đọc được.",
            crate::act::units::quoted(what)
        ))
    }
}

fn count(count: i64) -> String {
    grouped(count.unsigned_abs())
}

fn say(told: &Reformed) -> String {
    let day = shown(told.edition);
    let mut out = if told.done {
        format!(
            "Đã gán lại {} trẻ sang đơn vị của danh mục có hiệu lực từ {day}.\nMã lần sắp xếp: {}\n",
            count(told.moved),
            told.reform
        )
    } else if told.moved == 0 {
        format!("Không có trẻ nào phải gán lại sang danh mục có hiệu lực từ {day}.\n")
    } else {
        format!(
            "Sẽ gán lại {} trẻ sang đơn vị của danh mục có hiệu lực từ {day}. Thêm --yes để làm.\n",
            count(told.moved)
        )
    };
    for (children, words) in [
        (
            told.undecided,
            "trẻ chưa xác định đơn vị mới, ở lại đơn vị cũ (xem treem units reform --left)",
        ),
        (
            told.unnamed,
            "trẻ ở đơn vị mà tệp không nói đến, giữ nguyên",
        ),
        (told.without_unit, "trẻ chưa biết đơn vị, giữ nguyên"),
        (told.there, "trẻ đã ở đơn vị của danh mục này"),
    ] {
        if children > 0 {
            let _ = writeln!(out, "  {} {words}.", count(children));
        }
    }
    if !told.done {
        say_lines(told, &mut out);
    }
    out
}

/// Old units under each new one, then those who stay.
fn say_lines(told: &Reformed, out: &mut String) {
    let mut by_new: BTreeMap<Option<&str>, Vec<&Line>> = BTreeMap::new();
    for line in &told.lines {
        by_new.entry(line.to_unit).or_default().push(line);
    }
    let width = told
        .lines
        .iter()
        .map(|line| screen::width(line.from_name))
        .max()
        .unwrap_or(0)
        .min(40);
    // Those who stay come last.
    let (stay, go): (Vec<_>, Vec<_>) = by_new.iter().partition(|(to, _)| to.is_none());
    for (to, lines) in go.into_iter().chain(stay) {
        let sum: i64 = lines.iter().map(|line| line.children).sum();
        let heads: Option<i64> = lines.iter().map(|line| line.headcount).sum();
        let _ = match (to, lines.first()) {
            (Some(code), Some(line)) => writeln!(
                out,
                "\n{code} {}: {} trẻ{}",
                line.to_name.unwrap_or(""),
                count(sum),
                reported(heads)
            ),
            _ => writeln!(out, "\nChưa xác định đơn vị mới: {} trẻ", count(sum)),
        };
        for line in lines {
            let may_be = if line.may_be.is_empty() {
                String::new()
            } else {
                format!("  (có thể về {})", line.may_be.join(", "))
            };
            let _ = writeln!(
                out,
                "  {} {} {} trẻ{}{may_be}",
                line.from_unit,
                pad(line.from_name, width),
                screen::right(&count(line.children), 7),
                reported(line.headcount),
            );
        }
    }
}

fn reported(headcount: Option<i64>) -> String {
    headcount.map_or_else(String::new, |headcount| {
        format!(", báo cáo {}", count(headcount))
    })
}

fn say_list(told: &Reforms) -> String {
    if told.reforms.is_empty() {
        return "Chưa có lần sắp xếp đơn vị hành chính nào trong sổ.\n".to_owned();
    }
    let mut out = String::new();
    for one in &told.reforms {
        let _ = writeln!(
            out,
            "{}  {}  {}  danh mục {}  {}",
            one.reform,
            super::words::when(&one.at),
            one.who,
            shown(&one.edition),
            super::words::state(&one.state)
        );
    }
    out
}

fn say_left(told: &Queue) -> String {
    if told.left.is_empty() {
        return "Không có trẻ nào chưa xác định đơn vị mới.\n".to_owned();
    }
    let mut out = format!(
        "Chưa xác định đơn vị mới: {} trẻ, còn ở đơn vị cũ. Ghi thôn nào về đơn vị nào vào một tệp, rồi chạy treem units reform TỆP.\n",
        count(told.children)
    );
    let mut before = "";
    for one in &told.left {
        if one.unit != before {
            let may_be = if one.may_be.is_empty() {
                String::new()
            } else {
                format!(", có thể về {}", one.may_be.join(", "))
            };
            let _ = writeln!(
                out,
                "\n{} {} (danh mục {}){may_be}",
                one.unit,
                one.name,
                shown(&one.edition)
            );
        }
        before = &one.unit;
        let hamlet = if one.hamlet.is_empty() {
            "(không rõ thôn)"
        } else {
            &one.hamlet
        };
        let _ = writeln!(out, "  {}  {} trẻ", pad(hamlet, 28), count(one.children));
    }
    out
}

fn say_undone(told: &Undone) -> String {
    let mut out = if told.done {
        format!("Đã đưa {} trẻ về đơn vị cũ.\n", count(told.turned))
    } else {
        format!(
            "Sẽ đưa {} trẻ về đơn vị cũ. Thêm --yes để làm.\n",
            count(told.turned)
        )
    };
    let mut named = |children: u64, words: &str, some: &[Named]| {
        if children == 0 {
            return;
        }
        let _ = writeln!(out, "{} {words}:", grouped(children));
        for one in some {
            let _ = writeln!(
                out,
                "  {}  {} {}",
                one.child,
                one.unit.as_deref().unwrap_or(""),
                one.name
            );
        }
        if children > some.len() as u64 {
            out.push_str("  …\n");
        }
    };
    named(
        told.kept,
        "hồ sơ đã thay đổi sau lần sắp xếp, giữ nguyên ở đơn vị mới",
        &told.kept_children,
    );
    named(
        told.newcomers,
        "trẻ vào đơn vị mới sau lần sắp xếp, giữ nguyên ở đơn vị mới",
        &told.newcomer_children,
    );
    out
}
