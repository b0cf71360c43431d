//! `treem list`: its arguments and what it says.

use super::super::bar::Bar;
use super::super::screen::{self, grouped};
use super::area::AreaArgs;
use super::{Around, At, DONE, finish, moment, refuse};
use crate::act::check::Stop;
use crate::act::register::Failed;
use crate::act::register::facets::{self, Facets, Filter};
use crate::act::register::list::{self, Asked, List, Since, What, write};
use clap::Args;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

/// `treem list`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem list 1 --as-of 2024-06-13\n  treem list id.shared --unit \"Huyện Đakrông\" --out trung-so.xlsx\n  treem list unidentified --compare 2024-06-13T08:00:00Z  (trẻ trong danh sách ấy nay thế nào)\n  treem list --facets --unit \"Xã Tà Rụt\"  (đếm theo quy tắc, thôn, người nhập)\n\nNhóm: 1 chưa có mã định danh, 2 sai định dạng số, 3 thiếu hoặc sai thông tin cơ bản,\n4 số mâu thuẫn, 5 nghi trùng. Tên trẻ chỉ có trong tệp --out."
)]
pub struct ListArgs {
    /// Số nhóm (1–5), mã quy tắc (xem treem rules list), unidentified (chưa chuẩn hóa) hoặc incomplete (chưa đủ thông tin cơ bản).
    #[arg(value_name = "GROUP|RULE", required_unless_present = "facets")]
    what: Option<String>,
    #[command(flatten)]
    at: At,
    #[command(flatten)]
    area: AreaArgs,
    /// Như trong sổ vào thời điểm này (UTC, ví dụ 2024-06-13T08:00:00Z).
    #[arg(long, value_name = "TIME")]
    register_as_of: Option<String>,
    /// So với danh sách vào thời điểm này: bao nhiêu trẻ đã sửa xong, còn lại, đã chuyển đi…
    #[arg(long, value_name = "TIME")]
    compare: Option<String>,
    /// Ngày tính số liệu của danh sách đem so; không ghi thì lấy ngày của thời điểm ấy.
    #[arg(long, value_name = "DATE", requires = "compare")]
    compare_as_of: Option<String>,
    /// Ghi danh sách có tên trẻ ra tệp này (.xlsx hoặc .csv).
    #[arg(long, value_name = "FILE", conflicts_with = "facets")]
    out: Option<PathBuf>,
    /// Đếm số trẻ có chỗ phải sửa theo quy tắc, nhóm, đơn vị, thôn và người nhập.
    #[arg(long, conflicts_with_all = ["register_as_of", "compare"])]
    facets: bool,
}

/// What a list is of.
pub(super) fn what(text: &str) -> Result<What, String> {
    Ok(match (text.trim(), text.trim().parse::<i64>()) {
        (_, Ok(group @ 1..=5)) => What::Group(group),
        (_, Ok(_)) => return Err(format!("không có nhóm {text}; nhóm là số từ 1 đến 5.")),
        ("unidentified", _) => What::Unidentified,
        ("incomplete", _) => What::Incomplete,
        (rule, _) => What::Rule(rule.to_owned()),
    })
}

/// Runs `treem list --facets`.
fn counted(args: &ListArgs, around: &Around) -> anyhow::Result<u8> {
    let what = args.what.as_deref().map(what).transpose();
    let (area, as_of, what) = match args
        .area
        .read(around)
        .and_then(|(area, day)| Ok((area, day, what?)))
    {
        Ok(read) => read,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let mut filter = Filter::all(area, as_of);
    match what {
        None => {}
        Some(What::Group(group)) => filter.group = Some(group),
        Some(What::Rule(rule)) => filter.rule = Some(rule),
        Some(What::Unidentified | What::Incomplete) => {
            return Ok(refuse("--facets chỉ đi với số nhóm hoặc mã quy tắc."));
        }
    }
    let told = facets::run(&args.at.desk(around), &filter);
    finish(told, args.at.json, facets_said, |_| DONE)
}

fn facets_said(told: &Facets) -> String {
    let mut out = String::new();
    for (heading, counts) in [
        ("Quy tắc", &told.rules),
        ("Nhóm", &told.groups),
        ("Mức", &told.severities),
        ("Đơn vị", &told.units),
        ("Thôn", &told.hamlets),
        ("Người nhập", &told.people),
    ] {
        for (nth, one) in counts.iter().enumerate() {
            let _ = writeln!(
                out,
                "{} {} {}",
                screen::left(if nth == 0 { heading } else { "" }, 10),
                screen::right(&grouped(one.children.unsigned_abs()), 8),
                one.label
            );
        }
    }
    let _ = writeln!(out, "{} trẻ.", grouped(told.children.unsigned_abs()));
    out
}

fn asked(args: &ListArgs, around: &Around) -> Result<Asked, String> {
    let what = what(args.what.as_deref().unwrap_or(""))?;
    let place = args.area.place(around)?;
    let compare = match &args.compare {
        Some(text) => {
            let moment = moment(text)?;
            let day = args.compare_as_of.as_deref().or(moment.get(..10));
            Some((moment.clone(), screen::day(day, around.today)?))
        }
        None => None,
    };
    if let Some(path) = &args.out
        && !is_csv(path)
        && path
            .extension()
            .is_none_or(|ext| !ext.eq_ignore_ascii_case("xlsx"))
    {
        return Err(format!(
            "{}: chỉ ghi được tệp .xlsx hoặc .csv.",
            path.display()
        ));
    }
    Ok(Asked {
        what,
        unit: place.unit,
        as_of: place.as_of,
        moment: args.register_as_of.as_deref().map(moment).transpose()?,
        compare,
    })
}

fn is_csv(path: &std::path::Path) -> bool {
    path.extension()
        .is_some_and(|ext| ext.eq_ignore_ascii_case("csv"))
}

/// Runs `treem list`.
pub fn run(args: &ListArgs, around: &Around) -> anyhow::Result<u8> {
    if args.facets {
        return counted(args, around);
    }
    let asked = match asked(args, around) {
        Ok(asked) => asked,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let stop = Arc::new(Stop::default());
    let bar = Bar::new(screen::is_watched() && !args.at.json);
    bar.stopped_by_ctrl_c(&stop);
    let made = list::run(&args.at.desk(around), &asked, (&bar, &stop));
    bar.clear();
    let made = made.and_then(|list| {
        if let Some(path) = &args.out {
            if is_csv(path) {
                write::csv(&list, path)?;
            } else {
                let groups = write::groups_of(&list, &asked.what);
                if groups.is_empty() {
                    return Err(Failed::Refused(format!(
                        "quy tắc {} không thuộc nhóm nào nên không có mẫu danh sách; hãy ghi ra tệp .csv.",
                        list.what
                    )));
                }
                write::workbook(&list, &groups, path)?;
            }
        }
        Ok(list)
    });
    finish(made, args.at.json, said, |_| DONE)
}

fn said(told: &List) -> String {
    let mut out = String::new();
    for unit in &told.units {
        let _ = writeln!(
            out,
            "{} {} {}{}",
            screen::left(&unit.unit, 6),
            screen::left(
                if unit.name.is_empty() {
                    "(chưa rõ xã)"
                } else {
                    &unit.name
                },
                28
            ),
            screen::right(&grouped(unit.children), 8),
            unit.since
                .map_or(String::new(), |since| format!("   {}", fate(since)))
        );
    }
    let _ = writeln!(
        out,
        "{} {}",
        screen::left("Tổng cộng", 35),
        screen::right(&grouped(told.children), 8)
    );
    if let Some(since) = told.since {
        let _ = writeln!(
            out,
            "Trong {} trẻ của danh sách đem so: {}.",
            grouped(since.then),
            fate(since)
        );
    }
    out
}

/// What became of a list, in words.
pub(super) fn fate(since: Since) -> String {
    let parts = [
        ("còn lại", since.open),
        ("đã sửa xong", since.fixed),
        ("đã gộp", since.merged),
        ("đã chuyển đi", since.moved),
        ("đủ 16 tuổi", since.aged_out),
        ("đã mất", since.died),
        ("nhập nhầm", since.mistake),
        ("rút khỏi sổ", since.withdrawn),
        ("mới thêm", since.new),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(label, count)| format!("{label} {}", grouped(*count)))
        .collect();
    if parts.is_empty() {
        "không đổi".to_owned()
    } else {
        parts.join(", ")
    }
}
