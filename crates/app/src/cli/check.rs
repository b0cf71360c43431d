//! `treem check`: arguments, the progress bar, and the short table a person wants to read.

use super::screen::{grouped, left, right};
use super::{DENIED, DONE, FAILED, PARTLY, screen};
use crate::act::check::summary::{Counts, Summary};
use crate::act::check::{Options, Progress, Stop, run as act};
use indicatif::{ProgressBar, ProgressStyle};
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use treem_child::check::rules::RuleSet;
use treem_child::finding::Group;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit::{self, Found, Level, Unit};
use treem_files::table::Mappings;

/// Arguments of `treem check`.
#[derive(clap::Args)]
#[command(
    after_help = "Ví dụ:\n  treem check danh-sach/ --as-of 2024-06-13\n  treem check \"Ta Rut.xlsx\" --unit \"Xã Tà Rụt\" --out ket-qua\n\nKết quả: children.csv, findings.csv, summary.json, mapping.toml và lists/*.xlsx trong thư mục --out."
)]
pub struct CheckArgs {
    /// Tệp danh sách (xlsx, xlsb, xls, ods, docx, csv, tsv, txt) hoặc thư mục chứa chúng.
    #[arg(value_name = "FILE|DIR", required = true)]
    inputs: Vec<PathBuf>,
    /// Thư mục ghi kết quả.
    #[arg(long, value_name = "DIR", default_value = "treem-out")]
    out: PathBuf,
    /// Ngày tính số liệu (tuổi, “sau ngày”), YYYY-MM-DD; mặc định hôm nay.
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// Đơn vị hành chính có hiệu lực vào ngày này; mặc định là ngày tính số liệu.
    #[arg(long, value_name = "DATE")]
    edition: Option<String>,
    /// Xã, phường, thị trấn (mã hoặc tên) của những dòng không ghi.
    #[arg(long, value_name = "CODE|NAME")]
    unit: Option<String>,
    /// Tệp cách hiểu cột (mapping.toml của một lần chạy trước, có thể đã sửa).
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// Tệp quy tắc của địa phương (TOML).
    #[arg(long, value_name = "FILE")]
    rules: Option<PathBuf>,
    /// Kết thúc với mã 1 nếu có phát hiện từ mức này trở lên.
    #[arg(long, value_name = "LEVEL", value_parser = ["error", "warning"])]
    deny: Option<String>,
    /// Không ghi lists/*.xlsx.
    #[arg(long)]
    no_lists: bool,
    /// In một đối tượng JSON (nội dung summary.json) ra đầu ra chuẩn, không in gì khác ở đó.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// What stops the run: the output cannot be written.
pub fn run(args: &CheckArgs, today: jiff::civil::Date) -> anyhow::Result<u8> {
    let options = match options(args, today) {
        Ok(options) => options,
        Err(sentence) => {
            screen::complain(&sentence);
            return Ok(PARTLY);
        }
    };
    let stop = Arc::new(Stop::default());
    let asked = Arc::clone(&stop);
    // A second handler cannot be set (tests run several commands in one process): the first one serves.
    let _ = ctrlc::set_handler(move || asked.ask());
    let bar = Bar::new(screen::is_watched() && !args.json);
    let started = Instant::now();
    let summary = act(options, &bar, &stop)?;
    bar.clear();
    if summary.stopped {
        screen::complain("đã dừng theo yêu cầu; không ghi kết quả dở dang nào.");
        return Ok(FAILED);
    }
    for file in summary.files.iter().filter(|file| file.error.is_some()) {
        screen::complain(&format!(
            "{}: {}",
            file.file,
            file.error.as_deref().unwrap_or("")
        ));
    }
    if args.json {
        screen::say(&format!("{}\n", serde_json::to_string(&summary)?));
    } else {
        screen::say(&table(&summary, started.elapsed()));
    }
    let errors = summary.findings("error");
    let denied = match args.deny.as_deref() {
        Some("error") => errors > 0,
        Some(_) => errors + summary.findings("warning") > 0,
        None => false,
    };
    Ok(if summary.failed_files() > 0 {
        PARTLY
    } else if denied {
        DENIED
    } else {
        DONE
    })
}

fn options(args: &CheckArgs, today: jiff::civil::Date) -> Result<Options, String> {
    let day = |text: &Option<String>, default: String| -> Result<PartialDate, String> {
        let text = text.clone().unwrap_or(default);
        PartialDate::from_iso(&text)
            .ok_or_else(|| format!("ngày “{text}” không đúng dạng YYYY-MM-DD."))
    };
    let as_of = day(&args.as_of, today.to_string())?;
    let edition = day(&args.edition, as_of.to_string())?;
    let unit = args
        .unit
        .as_deref()
        .map(|text| commune(text, edition))
        .transpose()?;
    let mappings = args
        .map
        .as_deref()
        .map(read_mappings)
        .transpose()?
        .unwrap_or_default();
    let rules = args
        .rules
        .as_deref()
        .map(super::rules::read)
        .transpose()?
        .unwrap_or_else(RuleSet::default);
    Ok(Options {
        inputs: args.inputs.clone(),
        out: args.out.clone(),
        as_of,
        edition,
        unit,
        mappings,
        rules,
        lists: !args.no_lists,
    })
}

fn commune(text: &str, edition: PartialDate) -> Result<&'static Unit, String> {
    let units = unit::edition(&edition.to_string());
    match units.find(text, Level::Commune, None) {
        Found::One(unit, _) => Ok(unit),
        Found::Several(found) => {
            let names: Vec<String> = found
                .iter()
                .map(|unit| format!("{} {}", unit.code, unit.name))
                .collect();
            Err(format!(
                "--unit “{text}” là tên của nhiều đơn vị: {}. Ghi mã.",
                names.join("; ")
            ))
        }
        Found::None | Found::Missing => match units.place(text, None).commune {
            Found::One(unit, _) => Ok(unit),
            _ => Err(format!(
                "--unit “{text}” không phải xã, phường, thị trấn nào của danh mục có hiệu lực từ {}.",
                units.from
            )),
        },
    }
}

fn read_mappings(path: &std::path::Path) -> Result<Mappings, String> {
    let text = std::fs::read_to_string(path)
        .map_err(|_| format!("không đọc được tệp {}.", path.display()))?;
    let mappings: Mappings = toml::from_str(&text).map_err(|error| {
        format!(
            "tệp {} không đúng dạng: {}",
            path.display(),
            error.message()
        )
    })?;
    let unknown: Vec<&str> = mappings
        .tables
        .iter()
        .flat_map(treem_files::table::Mapping::unknown_fields)
        .collect();
    if unknown.is_empty() {
        Ok(mappings)
    } else {
        Err(format!(
            "tệp {}: không có trường {}. Xem mã trường trong docs/check.md.",
            path.display(),
            unknown.join(", ")
        ))
    }
}

/// The progress bar: files, bytes of the present one, children so far.
struct Bar {
    bar: ProgressBar,
    rows: AtomicU64,
}

impl Bar {
    fn new(shown: bool) -> Self {
        let bar = if shown {
            ProgressBar::new(0)
        } else {
            ProgressBar::hidden()
        };
        if let Ok(style) =
            ProgressStyle::with_template("{bar:30} {percent:>3}%  {msg}  {elapsed} / còn {eta}")
        {
            bar.set_style(style.progress_chars("█▌ "));
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        Self {
            bar,
            rows: AtomicU64::new(0),
        }
    }
    fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

impl Progress for Bar {
    fn file(&self, number: usize, of: usize, _name: &str) {
        if of > 1 {
            self.bar.set_length(of as u64);
            self.bar.set_position(number.saturating_sub(1) as u64);
        }
        self.bar.set_message(format!("tệp {number}/{of}"));
    }
    fn within(&self, done: u64, total: u64, rows: u64) {
        let rows = self.rows.fetch_add(rows, Ordering::Relaxed) + rows;
        if self
            .bar
            .length()
            .is_none_or(|length| length > 1_000_000 || length == 0)
        {
            self.bar.set_length(total);
            self.bar.set_position(done);
        }
        self.bar.set_message(format!("{} trẻ", grouped(rows)));
    }
    fn step(&self, what: &str) {
        self.bar.set_message(what.to_owned());
    }
}

fn percent(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    let hundredths = (part.saturating_mul(20_000) / whole).div_ceil(2);
    format!("{},{:02}%", hundredths / 100, hundredths % 100)
}

/// The table of a run.
fn table(summary: &Summary, took: Duration) -> String {
    let mut out = String::new();
    let counts = &summary.counts;
    let read = summary.files.len() - summary.failed_files();
    let _ = writeln!(
        out,
        "Đã đọc {} tệp, {} trẻ. Số liệu tính đến {}.",
        grouped(read as u64),
        grouped(counts.children),
        day(&summary.as_of)
    );
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
    rules(summary, &mut out);
    units(summary, &mut out);
    let remarks: Vec<&String> = summary
        .files
        .iter()
        .flat_map(|file| {
            file.remarks
                .iter()
                .chain(file.sheets.iter().flat_map(|sheet| &sheet.remarks))
        })
        .chain(&summary.remarks)
        .collect();
    if !remarks.is_empty() {
        let _ = writeln!(
            out,
            "\nĐiều cần biết khi đọc tệp: {} (xem summary.json), chẳng hạn:",
            grouped(remarks.len() as u64)
        );
        for remark in remarks.iter().take(3) {
            let _ = writeln!(out, "  • {remark}");
        }
    }
    let failed = summary.failed_files();
    if failed > 0 {
        let _ = writeln!(
            out,
            "\n{failed} tệp không dùng được hoặc chỉ dùng được một phần (đã nêu ở trên)."
        );
    }
    let lists = if summary.lists > 0 {
        format!(
            ", {} danh sách theo xã trong lists/",
            grouped(summary.lists)
        )
    } else {
        String::new()
    };
    let _ = writeln!(
        out,
        "\nKết quả trong {}: children.csv, findings.csv, summary.json, mapping.toml{lists}. Hết {:.1} giây.",
        summary.out,
        took.as_secs_f64()
    );
    out
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
        } else {
            format!("{}, {}", unit.name, unit.district)
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
