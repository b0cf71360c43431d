//! `treem mirror`: its arguments, and what is said at the end.

use super::super::bar::Bar;
use super::super::screen::{self, grouped, left as pad, right};
use super::super::{DONE, FAILED};
use super::{Around, At, finish, refuse};
use crate::act::check::Stop;
use crate::act::register::mirror::profile::{DEFAULT, Profile};
use crate::act::register::mirror::{self as act, Choice, Differs, Listed, Loaded, Todo};
use crate::act::units::shown;
use clap::{Args, Subcommand};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// `treem mirror`.
#[derive(Args)]
pub struct MirrorArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// In ra cách hiểu cột mặc định (TOML) để sửa cho đúng tệp thật.
    #[command(
        after_help = "Ví dụ:\n  treem mirror profile > phan-mem.toml\n  treem mirror load ket-xuat.xlsx --profile phan-mem.toml"
    )]
    Profile,
    /// Nạp tệp kết xuất từ phần mềm quản lý thông tin trẻ em, để riêng bên cạnh sổ.
    #[command(
        after_help = "Ví dụ:\n  treem mirror load ket-xuat.xlsx --day 2024-06-13\n  treem mirror load ket-xuat.xlsx --profile phan-mem.toml\n\nSổ không thay đổi. Lần nạp sau là một nguồn mới, các lần trước vẫn còn."
    )]
    Load {
        /// Tệp kết xuất (xlsx, xls, ods, csv, …).
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[command(flatten)]
        at: At,
        /// Cách hiểu cột (TOML); không ghi thì dùng mẫu mặc định, xem treem mirror profile.
        #[arg(long, value_name = "FILE")]
        profile: Option<PathBuf>,
        /// Ngày kết xuất, YYYY-MM-DD; không ghi thì lấy hôm nay.
        #[arg(long, value_name = "DATE")]
        day: Option<String>,
        /// Danh mục đơn vị hành chính của phần mềm; không ghi thì theo cách hiểu cột, rồi theo ngày kết xuất.
        #[arg(long, value_name = "DATE")]
        edition: Option<String>,
    },
    /// Xem các tệp kết xuất đã nạp.
    #[command(after_help = "Ví dụ:\n  treem mirror list")]
    List {
        #[command(flatten)]
        at: At,
    },
    /// Đối chiếu phần mềm với sổ: trẻ chỉ có ở một bên, trường nào khác nhau.
    #[command(
        after_help = "Ví dụ:\n  treem mirror diff\n  treem mirror diff --unit \"xã Tà Rụt\" --out khac-nhau.xlsx"
    )]
    Diff {
        #[command(flatten)]
        of: Chosen,
        /// Ghi từng chỗ khác nhau vào tệp này (.xlsx hoặc .csv).
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Ghi ra những gì phải nhập và phải sửa trên phần mềm, đúng cột và mã của phần mềm.
    #[command(
        after_help = "Ví dụ:\n  treem mirror out\n  treem mirror out --unit \"xã Tà Rụt\" --out ta-rut.xlsx\n\nTrẻ phải nhập mới vào tệp đã nêu; trẻ phải sửa vào tệp cùng tên thêm -sua."
    )]
    Out {
        #[command(flatten)]
        of: Chosen,
        /// Tệp ghi ra (.xlsx hoặc .csv).
        #[arg(long, value_name = "FILE", default_value = "nhap-phan-mem.xlsx")]
        out: PathBuf,
    },
}

#[derive(Args)]
struct Chosen {
    #[command(flatten)]
    at: At,
    /// Tệp kết xuất nào (mã, xem treem mirror list); không ghi thì tệp của ngày sau cùng.
    #[arg(long, value_name = "MIRROR")]
    mirror: Option<String>,
    /// Chỉ trong tỉnh, huyện hoặc xã này (mã hoặc tên, theo danh mục của tệp kết xuất).
    #[arg(long, value_name = "CODE|NAME")]
    unit: Option<String>,
    /// Ngày tính trẻ em dưới 16 tuổi; không ghi thì lấy hôm nay.
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
}

/// All mirrors, as one object.
#[derive(serde::Serialize)]
struct Mirrors {
    mirrors: Vec<Listed>,
}

/// Runs the command.
///
/// # Errors
/// The register broke.
pub fn run(args: &MirrorArgs, around: &Around) -> anyhow::Result<u8> {
    match &args.what {
        What::Profile => {
            screen::say(DEFAULT);
            Ok(DONE)
        }
        What::List { at } => {
            let listed = act::list(&at.desk(around)).map(|mirrors| Mirrors { mirrors });
            finish(listed, at.json, say_list, |_| DONE)
        }
        What::Load {
            file,
            at,
            profile,
            day,
            edition,
        } => {
            let asked = profile_of(profile.as_deref()).and_then(|profile| {
                let day = screen::day(day.as_deref(), around.today)?;
                let edition = edition
                    .as_deref()
                    .map(|text| screen::day(Some(text), around.today))
                    .transpose()?;
                Ok((profile, day, edition))
            });
            let (profile, day, edition) = match asked {
                Ok(asked) => asked,
                Err(sentence) => return Ok(refuse(&sentence)),
            };
            let (bar, stop) = watched(at.json);
            let desk = &mut at.desk(around);
            let done = act::load(desk, file, &profile, (day, edition), (&bar, &stop));
            bar.clear();
            if done.as_ref().is_ok_and(|told| told.stopped) {
                return Ok(was_stopped());
            }
            finish(done, at.json, say_loaded, |_| DONE)
        }
        What::Diff { of, out } => {
            let day = match screen::day(of.as_of.as_deref(), around.today) {
                Ok(day) => day.to_string(),
                Err(sentence) => return Ok(refuse(&sentence)),
            };
            let (bar, stop) = watched(of.at.json);
            let desk = of.at.desk(around);
            let done = act::differ(&desk, &of.choice(&day), out.as_deref(), (&bar, &stop));
            bar.clear();
            if done.as_ref().is_ok_and(|told| told.stopped) {
                return Ok(was_stopped());
            }
            finish(done, of.at.json, say_differs, |_| DONE)
        }
        What::Out { of, out } => {
            let day = match screen::day(of.as_of.as_deref(), around.today) {
                Ok(day) => day.to_string(),
                Err(sentence) => return Ok(refuse(&sentence)),
            };
            let (bar, stop) = watched(of.at.json);
            let desk = of.at.desk(around);
            let done = act::todo(&desk, &of.choice(&day), out, (&bar, &stop));
            bar.clear();
            if done.as_ref().is_ok_and(|told| told.stopped) {
                return Ok(was_stopped());
            }
            finish(done, of.at.json, say_todo, |_| DONE)
        }
    }
}

impl Chosen {
    fn choice<'c>(&'c self, day: &'c str) -> Choice<'c> {
        Choice {
            mirror: self.mirror.as_deref(),
            unit: self.unit.as_deref(),
            day,
        }
    }
}

fn watched(json: bool) -> (Bar, Arc<Stop>) {
    let stop = Arc::new(Stop::default());
    let bar = Bar::new(screen::is_watched() && !json);
    bar.stopped_by_ctrl_c(&stop);
    (bar, stop)
}

fn was_stopped() -> u8 {
    screen::complain("đã dừng theo yêu cầu; không có gì được ghi.");
    FAILED
}

fn profile_of(path: Option<&Path>) -> Result<Profile, String> {
    let Some(path) = path else {
        return Profile::read(DEFAULT);
    };
    let named = |sentence: &str| format!("{}: {sentence}", path.display());
    let bytes = std::fs::read(path).map_err(|_| named("không đọc được."))?;
    Profile::read(&String::from_utf8_lossy(&bytes)).map_err(|sentence| named(&sentence))
}

fn say_assumed(columns: usize, out: &mut String) {
    if columns > 0 {
        let _ = writeln!(
            out,
            "  {columns} cột được hiểu theo giả định; đối chiếu với tệp thật rồi sửa bằng treem mirror profile."
        );
    }
}

fn say_loaded(told: &Loaded) -> String {
    let mut out = format!(
        "Đã nạp {} dòng của phần mềm, số liệu ngày {}; {} dòng là trẻ trong sổ.\nMã tệp kết xuất: {}\n",
        grouped(told.rows as u64),
        shown(&told.day),
        grouped(told.linked as u64),
        told.mirror
    );
    for (columns, words) in [
        (&told.missing_columns, "Tệp không có các cột"),
        (&told.unknown_columns, "Cột chưa được hiểu, bỏ qua"),
    ] {
        if !columns.is_empty() {
            let _ = writeln!(out, "  {words}: {}.", columns.join(", "));
        }
    }
    say_assumed(told.assumed_columns, &mut out);
    for remark in &told.remarks {
        out.push_str(&screen::item(remark, 100));
    }
    out
}

fn say_list(told: &Mirrors) -> String {
    if told.mirrors.is_empty() {
        return "Chưa nạp tệp kết xuất nào của phần mềm.\n".to_owned();
    }
    let mut out = String::new();
    for one in &told.mirrors {
        let _ = writeln!(
            out,
            "{}  số liệu ngày {}  {} dòng  nạp {} ({})",
            one.mirror,
            shown(&one.day),
            grouped(one.rows.unsigned_abs()),
            super::words::when(&one.at),
            one.who
        );
    }
    out
}

fn say_differs(told: &Differs) -> String {
    let counts = &told.counts;
    let mut out = format!("Phần mềm, số liệu ngày {}, so với sổ:\n", shown(&told.day));
    for (count, words) in [
        (counts.same, "trẻ có ở cả hai, giống nhau"),
        (counts.different, "trẻ có ở cả hai, có trường khác nhau"),
        (counts.only_there, "dòng chỉ có trên phần mềm"),
        (counts.only_here, "trẻ chỉ có trong sổ"),
        (counts.perhaps, "dòng có thể là một trẻ trong sổ, cần xem"),
    ] {
        let _ = writeln!(out, "{} {words}", right(&grouped(count), 9));
    }
    if !told.fields.is_empty() {
        out.push_str(
            "\nTrường khác nhau                    phần mềm thiếu   sổ thiếu   khác nhau\n",
        );
        for one in &told.fields {
            let _ = writeln!(
                out,
                "{}{}{}{}",
                pad(one.label, 36),
                right(&grouped(one.counts.missing_there), 14),
                right(&grouped(one.counts.missing_here), 11),
                right(&grouped(one.counts.other), 12)
            );
        }
    }
    if told.units.len() > 1 {
        out.push_str("\nĐơn vị                              phần mềm có      sổ có   khác nhau\n");
        for one in &told.units {
            let counts = &one.counts;
            if counts.only_there + counts.only_here + counts.different + counts.perhaps == 0 {
                continue;
            }
            let name = if one.unit.is_empty() {
                "(chưa rõ đơn vị)".to_owned()
            } else {
                format!("{} {}", one.unit, one.name)
            };
            let _ = writeln!(
                out,
                "{}{}{}{}",
                pad(&name, 36),
                right(&grouped(counts.only_there), 11),
                right(&grouped(counts.only_here), 11),
                right(&grouped(counts.different), 12)
            );
        }
    }
    if !told.out.is_empty() {
        let _ = writeln!(
            out,
            "\nĐã ghi {} chỗ khác nhau vào {}. Tệp có dữ liệu cá nhân của trẻ em.",
            grouped(told.lines),
            told.out
        );
    }
    out
}

fn say_todo(told: &Todo) -> String {
    let written = &told.written;
    let mut out = format!(
        "Phải nhập mới trên phần mềm: {} trẻ → {}\nPhải sửa trên phần mềm: {} trẻ → {}\n",
        grouped(written.enter),
        written.enter_file,
        grouped(written.correct),
        written.correct_file
    );
    if told.perhaps > 0 {
        let _ = writeln!(
            out,
            "  {} dòng có thể là một trẻ trong sổ, chưa ghi vào tệp nào: xem treem mirror diff --out.",
            grouped(told.perhaps)
        );
    }
    say_assumed(told.assumed_columns, &mut out);
    out.push_str("Tệp có dữ liệu cá nhân của trẻ em, gồm cả dân tộc và hoàn cảnh: chỉ giao cho người nhập phần mềm.\n");
    out
}
