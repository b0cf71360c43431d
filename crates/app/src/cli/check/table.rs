//! The short table a person wants to read at the end of `treem check`.

use crate::act::check::summary::{Counts, Summary};
use crate::cli::screen::{grouped, item, left, right};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;
use treem_child::finding::Group;
use treem_child::normalise::date::PartialDate;

/// Widest line.
const WIDTH: usize = 80;
/// Remarks that are shown; the others are in `summary.json`.
const REMARKS: usize = 5;
/// Districts that are shown; the others can be added up from `summary.json`.
const DISTRICTS: usize = 12;

/// The table of a run.
pub fn of(summary: &Summary, took: Duration) -> String {
    let mut out = String::new();
    let counts = &summary.counts;
    // A file that was read in part is read.
    let read = summary
        .files
        .iter()
        .filter(|file| file.error.is_none() || file.counts.children > 0)
        .count();
    let _ = writeln!(
        out,
        "Đã đọc {} tệp, {} trẻ. Số liệu tính đến {}.",
        grouped(read as u64),
        grouped(counts.children),
        day(&summary.as_of)
    );
    if counts.children > 0 {
        figures(summary, &mut out);
    }
    remarks(summary, &mut out);
    let failed = summary.failed_files();
    if failed > 0 {
        let _ = writeln!(
            out,
            "\n{} tệp không dùng được hoặc chỉ dùng được một phần (đã nêu ở trên).",
            grouped(failed as u64)
        );
    }
    let _ = writeln!(
        out,
        "\nKết quả trong {}: children.csv, findings.csv, summary.json, mapping.toml",
        summary.out
    );
    if summary.lists > 0 {
        let _ = writeln!(
            out,
            "Danh sách theo xã để in và rà soát: {} tệp trong {}",
            grouped(summary.lists),
            std::path::Path::new(&summary.out).join("lists").display()
        );
    }
    let tenths = took.as_millis() / 100;
    let _ = writeln!(out, "Hết {},{} giây.", tenths / 10, tenths % 10);
    out
}

/// The figures: children by group, by measure, the most frequent findings, the communes with the most to do.
fn figures(summary: &Summary, out: &mut String) {
    let counts = &summary.counts;
    let _ = writeln!(out);
    for (index, group) in Group::ALL.iter().enumerate() {
        let count = counts.groups.get(index).copied().unwrap_or(0);
        let _ = writeln!(
            out,
            "  {} {} {:>10}  {:>8}",
            group.number(),
            left(group.label(), 48),
            grouped(count),
            percent(count, counts.children)
        );
    }
    let _ = writeln!(out);
    for (label, count) in [
        ("Đã chuẩn hóa (có mã định danh)", counts.identified),
        ("Đủ thông tin cơ bản", counts.complete),
        ("Không có lỗi nào", counts.clean),
    ] {
        let _ = writeln!(
            out,
            "    {} {:>10}  {:>8}",
            left(label, 48),
            grouped(count),
            percent(count, counts.children)
        );
    }
    rules(summary, out);
    districts(summary, out);
    units(summary, out);
}

/// Children with an error of each group, by district, where the run is over several.
fn districts(summary: &Summary, out: &mut String) {
    let mut counts: BTreeMap<&str, Counts> = BTreeMap::new();
    for unit in &summary.units {
        counts.entry(unit.district).or_default().add(&unit.counts);
    }
    if counts
        .keys()
        .filter(|district| !district.is_empty())
        .count()
        < 2
    {
        return;
    }
    let _ = writeln!(out, "\nTrẻ có lỗi theo huyện và nhóm (số nhóm như trên):");
    let line = |out: &mut String, name: &str, cells: [String; 6]| {
        let [children, groups @ ..] = cells;
        let groups: String = groups.iter().map(|cell| right(cell, 8)).collect();
        let _ = writeln!(
            out,
            "    {}{}{groups}",
            left(name, 24),
            right(&children, 10)
        );
    };
    line(
        out,
        "",
        ["Số trẻ", "1", "2", "3", "4", "5"].map(str::to_owned),
    );
    let mut districts: Vec<(&str, Counts)> = counts.into_iter().collect();
    let errors = |counts: &Counts| counts.children - counts.clean;
    districts.sort_by_key(|(name, counts)| (std::cmp::Reverse(errors(counts)), *name));
    for (name, counts) in districts.iter().take(DISTRICTS) {
        let name = if name.is_empty() {
            "Chưa biết huyện"
        } else {
            name
        };
        let [one, two, three, four, five] = counts.groups.map(grouped);
        line(
            out,
            name,
            [grouped(counts.children), one, two, three, four, five],
        );
    }
    if districts.len() > DISTRICTS {
        let _ = writeln!(
            out,
            "    … và {} huyện nữa trong summary.json",
            districts.len() - DISTRICTS
        );
    }
}

fn tell<'s>(told: &mut Vec<(&'s str, Vec<String>)>, sentence: &'s str, place: String) {
    match told.iter_mut().find(|one| one.0 == sentence) {
        Some(one) => one.1.push(place),
        None => told.push((sentence, vec![place])),
    }
}

/// What a person should know of the files: each sentence once, with where it is true.
fn remarks(summary: &Summary, out: &mut String) {
    let mut told: Vec<(&str, Vec<String>)> = Vec::new();
    for remark in &summary.remarks {
        tell(&mut told, remark, String::new());
    }
    for file in &summary.files {
        for remark in &file.remarks {
            tell(&mut told, remark, file.file.clone());
        }
        for sheet in &file.sheets {
            let place = if sheet.sheet.is_empty() {
                file.file.clone()
            } else {
                format!("{}, trang {}", file.file, sheet.sheet)
            };
            for remark in &sheet.remarks {
                // The sentence of a refused file was said already.
                if file.error.as_deref() != Some(remark) {
                    tell(&mut told, remark, place.clone());
                }
            }
        }
    }
    if told.is_empty() {
        return;
    }
    let _ = writeln!(out, "\nĐiều cần biết:");
    for (sentence, places) in told.iter().take(REMARKS) {
        let text = match places.as_slice() {
            [place] if place.is_empty() => (*sentence).to_owned(),
            [place] => format!("{place}: {sentence}"),
            [place, others @ ..] => {
                format!("{place} và {} nơi khác: {sentence}", others.len())
            }
            [] => continue,
        };
        out.push_str(&item(&text, WIDTH));
    }
    if told.len() > REMARKS {
        let _ = writeln!(
            out,
            "  … và {} điều khác, xem summary.json.",
            grouped((told.len() - REMARKS) as u64)
        );
    }
}

fn day(iso: &str) -> String {
    PartialDate::from_iso(iso).map_or_else(|| iso.to_owned(), PartialDate::display)
}

fn rules(summary: &Summary, out: &mut String) {
    let mut all: Vec<_> = summary
        .rules
        .iter()
        .filter(|(_, rule)| rule.severity != "note")
        .collect();
    all.sort_by(|left, right| right.1.count.cmp(&left.1.count).then(left.0.cmp(right.0)));
    if all.is_empty() {
        return;
    }
    let _ = writeln!(out, "\nLỗi và cảnh báo nhiều nhất:");
    for (code, rule) in all.iter().take(8) {
        let title = if rule.title.is_empty() {
            code.as_str()
        } else {
            rule.title.as_str()
        };
        let mark = if rule.severity == "warning" {
            " (cảnh báo)"
        } else {
            ""
        };
        let _ = writeln!(
            out,
            "    {} {:>10}",
            left(&format!("{title}{mark}"), 60),
            grouped(rule.count)
        );
    }
}

fn units(summary: &Summary, out: &mut String) {
    let errors = |counts: &Counts| counts.children - counts.clean;
    let worst: Vec<_> = summary
        .units
        .iter()
        .filter(|unit| errors(&unit.counts) > 0)
        .take(5)
        .collect();
    if worst.is_empty() || summary.units.len() < 2 {
        return;
    }
    let _ = writeln!(out, "\nXã, phường có nhiều trẻ phải rà soát nhất:");
    let _ = writeln!(
        out,
        "    {} {} {}",
        left("", 44),
        right("Số trẻ", 9),
        right("Có lỗi", 9)
    );
    for unit in worst {
        let name = if unit.unit.is_empty() {
            "Chưa biết xã, phường".to_owned()
        } else if unit.name == unit.district {
            format!("Chưa biết xã, phường, {}", unit.district)
        } else {
            [unit.name, unit.district]
                .into_iter()
                .filter(|name| !name.is_empty())
                .collect::<Vec<_>>()
                .join(", ")
        };
        let _ = writeln!(
            out,
            "    {} {:>9} {:>9}",
            left(&name, 44),
            grouped(unit.counts.children),
            grouped(errors(&unit.counts))
        );
    }
}

fn percent(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    let hundredths = (part.saturating_mul(20_000) / whole).div_ceil(2);
    format!("{},{:02}%", hundredths / 100, hundredths % 100)
}
