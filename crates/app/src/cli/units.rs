//! `treem units find|show|map`: what a name or a code of an area unit means on a day.

use super::screen::{folded, grouped, left};
use super::{DONE, PARTLY, screen};
use crate::act::units::{
    self as act, Found, Gone, Hit, Inside, Line, Mapped, Period, Placed, Related,
};
use std::fmt::Write as _;
use treem_child::normalise::date::PartialDate;

/// Arguments of `treem units`.
#[derive(clap::Args)]
#[command(
    after_help = "Ví dụ:\n  treem units find \"xã Đakrông\" 19588\n  treem units show 19567\n  treem units map 19567 --from 2024-06-13 --to 2025-07-01\n  treem units reform 2025-07-01 --preview\n\nDanh mục cả nước có hiệu lực từ 1/1/2020, 1/1/2025, 1/7/2025 và danh mục trước đó: docs/units.md."
)]
pub struct UnitsArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// Một tên, mã hoặc địa chỉ là đơn vị nào; tìm ở tỉnh nhà trước, rồi cả nước.
    #[command(
        after_help = "Ví dụ:\n  treem units find \"Hải Lăng\" --on 2024-06-13\n  treem units find \"Tân Thành\" --in \"Quảng Trị\"\n  treem units find \"xã Hải Thọ\" 19402"
    )]
    Find(FindArgs),
    /// Một đơn vị: thuộc đâu, từ ngày nào đến ngày nào, trước, sau là gì, gồm những đơn vị nào.
    #[command(
        after_help = "Ví dụ:\n  treem units show 19681\n  treem units show \"huyện Hướng Hóa\" --on 2024-06-13"
    )]
    Show(ShowArgs),
    /// Đơn vị của một ngày là đơn vị nào của ngày khác, toàn bộ hay một phần.
    #[command(
        after_help = "Ví dụ:\n  treem units map \"xã Triệu Nguyên\" --from 2024-06-13 --to 2025-07-01\n  treem units map 19567 --from 2025-07-01 --to 2024-06-13\n  treem units map --all --in \"Quảng Trị\" --from 2024-06-13 --to 2025-07-01"
    )]
    Map(MapArgs),
    /// Sau sắp xếp đơn vị hành chính: gán lại từng trẻ trong sổ sang đơn vị mới; xem trước, hủy.
    #[command(
        after_help = "Ví dụ:\n  treem units reform 2025-07-01 --preview\n  treem units reform 2025-07-01 --yes --why \"NQ 1680/NQ-UBTVQH15\"\n  treem units reform chia-xa.csv --yes\n  treem units reform --left\n  treem units reform --list\n  treem units reform --undo 0190b2… --yes\n\nTệp có các cột from_edition, from_unit, hamlet (thôn), to_edition, to_unit: docs/units.md."
    )]
    Reform(super::register::reform::ReformArgs),
}

#[derive(clap::Args)]
struct FindArgs {
    /// Tên, mã hoặc địa chỉ; ghi được nhiều, mỗi tên trong ngoặc kép.
    #[arg(value_name = "TEXT", required = true)]
    texts: Vec<String>,
    /// Theo danh mục có hiệu lực vào ngày này, YYYY-MM-DD; không ghi thì lấy hôm nay.
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    /// Chỉ tìm trong tỉnh hoặc huyện này (mã hoặc tên).
    #[arg(long = "in", value_name = "AREA")]
    within: Option<String>,
    /// In một đối tượng JSON.
    #[arg(long)]
    json: bool,
}

#[derive(clap::Args)]
struct ShowArgs {
    /// Mã hoặc tên đơn vị.
    #[arg(value_name = "CODE|NAME")]
    unit: String,
    /// Theo danh mục có hiệu lực vào ngày này, YYYY-MM-DD; không ghi thì với mã là mọi danh mục, với tên là hôm nay.
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    /// In một đối tượng JSON.
    #[arg(long)]
    json: bool,
}

#[derive(clap::Args)]
struct MapArgs {
    /// Mã hoặc tên đơn vị vào ngày --from.
    #[arg(value_name = "CODE|NAME", required_unless_present = "all")]
    unit: Option<String>,
    /// Mọi xã, phường, thị trấn của địa bàn ghi sau --in.
    #[arg(long, requires = "within", conflicts_with = "unit")]
    all: bool,
    /// Địa bàn (mã hoặc tên tỉnh, huyện).
    #[arg(long = "in", value_name = "AREA", requires = "all")]
    within: Option<String>,
    /// Ngày của đơn vị đã biết, YYYY-MM-DD.
    #[arg(long, value_name = "DATE")]
    from: String,
    /// Ngày của đơn vị cần tìm, YYYY-MM-DD; không ghi thì lấy hôm nay.
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    /// In một đối tượng JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the command: 0 done, 2 a text means nothing or too much.
///
/// # Errors
/// A reform that broke.
pub fn run(args: &UnitsArgs, around: &super::Around) -> anyhow::Result<u8> {
    let today = around.today;
    let told = match &args.what {
        What::Reform(args) => return super::register::reform::run(args, around),
        What::Find(args) => find(args, today),
        What::Show(args) => show(args, today),
        What::Map(args) => map(args, today),
    };
    Ok(match told {
        Ok((text, code)) => {
            screen::say(&text);
            code
        }
        Err(sentence) => {
            screen::complain(&sentence);
            PARTLY
        }
    })
}

type Told = Result<(String, u8), String>;

/// Widest line.
const WIDTH: usize = 100;

fn json(value: &impl serde::Serialize) -> Result<String, String> {
    serde_json::to_string(value)
        .map(|text| format!("{text}\n"))
        .map_err(|_| "không ghi được JSON.".to_owned())
}

fn find(args: &FindArgs, today: jiff::civil::Date) -> Told {
    let edition = act::on(screen::day(args.on.as_deref(), today)?);
    let within = args
        .within
        .as_deref()
        .map(|text| act::within(edition, text))
        .transpose()?;
    let found: Vec<Found> = args
        .texts
        .iter()
        .map(|text| act::find(edition, text, within))
        .collect();
    let nothing = |found: &Found| found.units.is_empty() && found.former.is_empty();
    let code = if found.iter().any(nothing) {
        PARTLY
    } else {
        DONE
    };
    for found in found.iter().filter(|found| nothing(found)) {
        if found.text.trim().is_empty() {
            screen::complain(act::NOTHING_WRITTEN);
            continue;
        }
        screen::complain(&format!(
            "“{}” không phải đơn vị hành chính nào{} theo danh mục có hiệu lực từ {}, cũng không phải tên cũ. Xem lại cách viết, ngày (--on) và địa bàn (--in).",
            act::quoted(&found.text),
            within.map_or(String::new(), |within| format!(
                " trong {}",
                within.unit.name
            )),
            act::shown(found.from)
        ));
    }
    if args.json {
        return Ok((json(&serde_json::json!({ "found": found }))?, code));
    }
    let mut out = String::new();
    for found in found.iter().filter(|found| !nothing(found)) {
        say_found(found, within.is_some(), &mut out);
    }
    Ok((out, code))
}

/// Units of other provinces, and former units, that are shown; `--json` gives all.
const SHOWN: usize = 20;

fn say_found(found: &Found, within: bool, out: &mut String) {
    if !out.is_empty() {
        out.push('\n');
    }
    let _ = writeln!(
        out,
        "“{}” {}:",
        act::quoted(&found.text),
        period(found.from, found.until)
    );
    let (home, elsewhere): (Vec<&Hit>, Vec<&Hit>) = found.units.iter().partition(|hit| hit.home);
    for hit in &home {
        line(out, &hit.unit, how(hit.how));
    }
    for gone in found.former.iter().take(SHOWN) {
        say_gone(gone, out);
    }
    if found.former.len() > SHOWN {
        let _ = writeln!(
            out,
            "  … và {} đơn vị cũ nữa; thu hẹp bằng --in, hoặc xem hết bằng --json.",
            grouped((found.former.len() - SHOWN) as u64)
        );
    }
    if !elsewhere.is_empty() {
        if home.is_empty() && found.former.is_empty() && !within {
            out.push_str("  Tỉnh nhà không có. ");
        } else {
            out.push_str("  ");
        }
        let _ = writeln!(out, "Ở tỉnh khác ({}):", grouped(elsewhere.len() as u64));
        for hit in elsewhere.iter().take(SHOWN) {
            line(out, &hit.unit, how(hit.how));
        }
        if elsewhere.len() > SHOWN {
            let _ = writeln!(
                out,
                "  … và {} đơn vị nữa; thu hẹp bằng --in, hoặc xem hết bằng --json.",
                grouped((elsewhere.len() - SHOWN) as u64)
            );
        }
    }
}

fn line(out: &mut String, unit: &Placed, remark: &str) {
    let text = if remark.is_empty() {
        unit.full()
    } else {
        format!("{} ({remark})", unit.full())
    };
    let indent = " ".repeat(9);
    let _ = writeln!(
        out,
        "  {}  {}",
        left(unit.code, 5),
        folded(&text, WIDTH - 9).replace('\n', &format!("\n{indent}"))
    );
}

fn say_gone(gone: &Gone, out: &mut String) {
    line(out, &gone.unit, &format!("đến {}", act::shown(gone.until)));
    out.push_str(if gone.now.is_empty() {
        "         nay là đơn vị nào: các nguồn không cho biết\n"
    } else {
        "         nay là:\n"
    });
    for now in &gone.now {
        line(out, &now.unit, &share(now));
    }
}

fn how(code: &str) -> &'static str {
    match code {
        "code" => "theo mã",
        "name" => "đúng tên",
        "spelling" => "cách viết khác",
        "above" => "đơn vị nhỏ hơn trong địa chỉ này không có trong danh mục nào",
        _ => "thiếu dấu",
    }
}

fn share(related: &Related) -> String {
    share_words(related.share, related.derived)
}

fn share_words(share: &str, derived: bool) -> String {
    let words = match share {
        "whole" => "toàn bộ",
        "part" => "một phần",
        _ => "không rõ",
    };
    if derived {
        format!("{words}, suy ra")
    } else {
        words.to_owned()
    }
}

/// `từ 1/1/2020 đến 31/12/2024`.
fn period(from: &str, until: &str) -> String {
    if until.starts_with("9999") {
        format!("từ {}", act::shown(from))
    } else {
        format!("từ {} đến {}", act::shown(from), act::shown(until))
    }
}

fn show(args: &ShowArgs, today: jiff::civil::Date) -> Told {
    let now = screen::day(None, today)?;
    let day: Option<PartialDate> = args
        .on
        .as_deref()
        .map(|day| screen::day(Some(day), today))
        .transpose()?;
    let periods = act::show(&args.unit, day, now)?;
    if args.json {
        return Ok((json(&serde_json::json!({ "meanings": periods }))?, DONE));
    }
    let mut out = String::new();
    if periods.len() > 1 {
        let _ = writeln!(
            out,
            "Mã {} có {} nghĩa theo thời gian:\n",
            args.unit.trim(),
            periods.len()
        );
    }
    for (index, period) in periods.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        say_period(period, &mut out);
    }
    Ok((out, DONE))
}

fn say_period(shown: &Period, out: &mut String) {
    let _ = writeln!(out, "{} {}", shown.unit.code, shown.unit.full());
    let until = if shown.until.starts_with("9999") {
        "đến nay".to_owned()
    } else {
        format!("đến {}", act::shown(shown.until))
    };
    if shown.older {
        let _ = writeln!(
            out,
            "  Hiệu lực: {until} (có trong danh mục cũ nhất, {})",
            act::shown(shown.from)
        );
    } else {
        let _ = writeln!(out, "  Hiệu lực: từ {} {until}", act::shown(shown.from));
    }
    for (title, list) in [("Trước đó", &shown.former), ("Sau đó", &shown.successors)] {
        if !list.is_empty() {
            let _ = writeln!(out, "  {title}:");
            for related in list {
                line(out, &related.unit, &share(related));
            }
        }
    }
    if shown.contents.is_empty() {
        say_inside(&shown.inside, "", true, out);
    }
    let mut before: Option<&Inside> = None;
    for contents in &shown.contents {
        let when = format!(" {}", period(contents.from, contents.until));
        let changed = before.is_none_or(|before| before.children != contents.inside.children);
        say_inside(&contents.inside, &when, changed, out);
        before = Some(&contents.inside);
    }
}

/// What lies in a unit; the names only where they are other ones than before.
fn say_inside(inside: &Inside, when: &str, names: bool, out: &mut String) {
    if inside.children.is_empty() {
        return;
    }
    let _ = writeln!(
        out,
        "  Gồm {} đơn vị trực thuộc, {} xã, phường, thị trấn, đặc khu{when}{}",
        grouped(inside.children.len() as u64),
        grouped(inside.communes as u64),
        if names {
            ":"
        } else {
            "; vẫn các đơn vị trực thuộc trên."
        }
    );
    for child in inside.children.iter().filter(|_| names) {
        let _ = writeln!(out, "  {}  {}", left(child.code, 5), child.name);
    }
}

fn map(args: &MapArgs, today: jiff::civil::Date) -> Told {
    let from = screen::day(Some(&args.from), today)?;
    let to = screen::day(args.to.as_deref(), today)?;
    let text = args
        .within
        .as_deref()
        .or(args.unit.as_deref())
        .unwrap_or("");
    let mapped = act::map(text, args.all, (from, to))?;
    if args.json {
        return Ok((json(&mapped)?, DONE));
    }
    Ok((say_map(&mapped), DONE))
}

fn say_map(mapped: &Mapped) -> String {
    let mut out = format!(
        "Danh mục {} → danh mục {}\n",
        act::shown(mapped.from),
        act::shown(mapped.to)
    );
    if mapped.from > mapped.to {
        out.push_str("(toàn bộ, một phần: của đơn vị cũ, ở bên phải)\n");
    }
    let name = |unit: &Placed| {
        let above = if unit.district.is_empty() {
            unit.province
        } else {
            unit.district
        };
        format!("{} {} ({})", unit.code, unit.name, above)
    };
    let width = mapped
        .units
        .iter()
        .map(|line| screen::width(&name(&line.from)))
        .max()
        .unwrap_or(0)
        .min(46);
    let mut before = "";
    for line in &mapped.units {
        let Line {
            from, to, derived, ..
        } = line;
        let old = if from.code == before {
            String::new()
        } else {
            name(from)
        };
        before = from.code;
        let new = to
            .as_ref()
            .map_or_else(|| "các nguồn không cho biết".to_owned(), name);
        let share = match to {
            Some(_) if *derived => format!("  {} (suy ra)", share_words(line.share, false)),
            Some(_) => format!("  {}", share_words(line.share, false)),
            None => String::new(),
        };
        let _ = writeln!(out, "{} → {new}{share}", left(&old, width));
    }
    out
}
