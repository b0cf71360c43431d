//! The commands of the register: their arguments, and what is said at the end.

pub mod area;
pub mod backup;
mod child;
pub mod cohort;
pub mod copy;
pub mod decide;
pub mod doctor;
pub mod doubles;
pub mod entry;
pub mod export;
pub mod find;
pub mod fix;
pub mod handover;
pub mod headcount;
pub mod letter;
pub mod list;
pub mod merging;
pub mod mirror;
pub mod missing;
pub mod movements;
pub mod moving;
pub mod pairs;
pub mod people;
pub mod reform;
pub mod report;
pub mod restore;
pub mod rules;
pub mod target;
pub mod today;
mod words;

use super::bar::{Bar, JsonLines};
use super::screen;
use super::{DONE, FAILED, PARTLY};
use crate::act::check::{Options, Progress, Stop};
use crate::act::register as act_register;
use crate::act::register::rules as act_rules;
use crate::act::register::{Desk, Done, Failed, import, init, show, undo};
use crate::act::units as act_units;
use clap::{Args, Subcommand};
use std::path::PathBuf;
use std::sync::Arc;
use treem_child::check::rules::RuleSet;
use treem_child::normalise::unit::Level;
use treem_store::id::Ids;

/// What `main` reads from outside: the clock, chance, the environment.
pub struct Around {
    /// Today.
    pub today: jiff::civil::Date,
    /// Now.
    pub now: jiff::Timestamp,
    /// 128 bits of chance.
    pub chance: u128,
    /// 32 bytes nobody can guess, each time others.
    pub secrets: fn() -> [u8; 32],
    /// The clock, for what runs long.
    pub clock: fn() -> jiff::Timestamp,
    /// `TREEM_DATA`.
    pub data: Option<String>,
}

impl Around {
    /// 32 bytes nobody can guess.
    pub fn secret(&self) -> [u8; 32] {
        (self.secrets)()
    }
}

/// Where the register is where nobody says otherwise.
const DATA: &str = "treem-data/register.db";

/// Which register, and who.
#[derive(Args)]
pub struct At {
    /// Sổ: đường dẫn một tệp, hoặc postgres://máy/cơ-sở-dữ-liệu; không ghi thì lấy biến TREEM_DATA, rồi treem-data/register.db.
    #[arg(long, value_name = "DATA")]
    data: Option<String>,
    /// Mã của sổ, khi ở đó có nhiều sổ.
    #[arg(long, value_name = "KEY")]
    register: Option<String>,
    /// Người làm, ghi vào nhật ký.
    #[arg(long = "as", value_name = "USER", default_value = "dòng lệnh")]
    who: String,
    /// In một đối tượng JSON.
    #[arg(long)]
    pub json: bool,
}

impl At {
    /// The desk of a command.
    pub fn desk(&self, around: &Around) -> Desk {
        let micros = around.now.as_microsecond();
        Desk {
            data: self
                .data
                .clone()
                .or_else(|| around.data.clone())
                .unwrap_or_else(|| DATA.to_owned()),
            store: None,
            register: self.register.clone(),
            who: self.who.clone(),
            role: "cli".to_owned(),
            office: String::new(),
            now: act_register::stamp(around.now),
            grants: None,
            refused: act_register::Refused::default(),
            log: std::sync::Arc::default(),
            request: None,
            ids: Ids::new(u64::try_from(micros / 1_000).unwrap_or(0), around.chance),
        }
    }
}

/// `treem init`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem init\n  treem init --province \"Quảng Trị\" --edition 2024-06-13 --data so/quang-tri.db"
)]
pub struct InitArgs {
    #[command(flatten)]
    at: At,
    /// Tỉnh của sổ (mã hoặc tên).
    #[arg(long, value_name = "CODE|NAME", default_value = "Quảng Trị")]
    province: String,
    /// Danh mục đơn vị hành chính có hiệu lực vào ngày này; không ghi thì lấy hôm nay.
    #[arg(long, value_name = "DATE")]
    edition: Option<String>,
    /// Vai trò ở máy chủ PostgreSQL mà treem dùng hằng ngày: được cấp đúng các quyền cần có, không
    /// sửa, xóa được lịch sử. Sổ đã có thì giữ nguyên, chỉ cấp quyền.
    #[arg(long, value_name = "NAME")]
    app_role: Option<String>,
}

/// `treem import`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem import register.xlsx --as-of 2024-06-13 --as \"Hồ Thị Bích\"\n  treem import danh-sach-cac-xa --as-of 2024-06-13\n\nKhi sổ đã có trẻ, mỗi dòng được đối chiếu với sổ: trẻ mới thì thêm, trẻ đã có thì bổ sung\nchỗ còn trống, chỗ chưa rõ thì chờ người quyết định (treem decide).\nMột lần nhập hủy được trọn vẹn: treem imports, treem undo."
)]
pub struct ImportArgs {
    /// Tệp danh sách (xlsx, xlsb, xls, ods, docx, csv, tsv, txt) hoặc thư mục chứa chúng.
    #[arg(value_name = "FILE|DIR", required = true)]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    at: At,
    /// Ngày tính số liệu, YYYY-MM-DD; không ghi thì lấy hôm nay.
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// Dùng danh mục đơn vị hành chính có hiệu lực vào ngày này; không ghi thì lấy ngày tính số liệu.
    #[arg(long, value_name = "DATE")]
    edition: Option<String>,
    /// Tệp cách hiểu cột (mapping.toml).
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// Tệp quy tắc của địa phương (TOML); không ghi thì theo tệp quy tắc đang có hiệu lực trong sổ.
    #[arg(long, value_name = "FILE")]
    rules: Option<PathBuf>,
    /// Đối chiếu các dòng với nhau cả khi sổ còn trống; không ghi thì danh sách đầu tiên vào sổ nguyên như đã ghi.
    #[arg(long)]
    link: bool,
    /// In tiến độ ra đầu ra lỗi, mỗi dòng một đối tượng JSON: new, same, changes, perhaps.
    #[arg(long)]
    progress: bool,
}

/// `treem imports`.
#[derive(Args)]
#[command(after_help = "Ví dụ:\n  treem imports")]
pub struct ImportsArgs {
    #[command(flatten)]
    at: At,
}

/// `treem undo`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem undo 0190b2…  (chỉ xem sẽ thế nào)\n  treem undo 0190b2… --yes\n  treem undo 0190b2… --redo --yes\n\nTrẻ do lần nhập thêm vào được rút khỏi sổ, hồ sơ nó đã sửa trở lại như trước, dòng còn chờ\nra khỏi hàng chờ. Hồ sơ đã được sửa sau lần nhập thì giữ nguyên và được liệt kê."
)]
pub struct UndoArgs {
    /// Mã lần nhập (xem treem imports).
    #[arg(value_name = "IMPORT")]
    import: String,
    #[command(flatten)]
    at: At,
    /// Làm thật; không ghi thì chỉ cho xem sẽ thế nào.
    #[arg(long)]
    yes: bool,
    /// Nhập lại lần nhập đã hủy.
    #[arg(long)]
    redo: bool,
}

/// `treem child`.
#[derive(Args)]
pub struct ChildArgs {
    #[command(subcommand)]
    what: ChildWhat,
}

#[derive(Subcommand)]
enum ChildWhat {
    /// Xem một hồ sơ, nay hoặc vào một thời điểm.
    #[command(
        after_help = "Ví dụ:\n  treem child show 045215000012\n  treem child show 045215000012 --sensitive  (cả dân tộc, sức khỏe, hoàn cảnh; được ghi vào nhật ký)"
    )]
    Show {
        /// Mã hồ sơ, hoặc số định danh.
        #[arg(value_name = "CHILD")]
        child: String,
        #[command(flatten)]
        at: At,
        /// Như trong sổ vào thời điểm này (UTC, ví dụ 2024-06-13T08:00:00Z).
        #[arg(long, value_name = "TIME")]
        register_as_of: Option<String>,
        /// Xem cả thông tin nhạy cảm; lần xem được ghi vào nhật ký.
        #[arg(long)]
        sensitive: bool,
    },
    /// Sửa các trường của một hồ sơ; xem trước sẽ thế nào.
    Edit(child::EditArgs),
    /// Đóng một hồ sơ: trẻ mất, đã chuyển đi, hoặc hồ sơ nhập nhầm.
    Close(child::CloseArgs),
    /// Mở lại một hồ sơ đã đóng.
    Reopen(child::ReopenArgs),
    /// Xem mọi việc đã xảy ra với một hồ sơ.
    #[command(after_help = "Ví dụ:\n  treem child history 045215000012")]
    History {
        /// Mã hồ sơ, hoặc số định danh.
        #[arg(value_name = "CHILD")]
        child: String,
        #[command(flatten)]
        at: At,
    },
    /// Đề nghị chuyển trẻ đến nơi khác; xác nhận, từ chối, rút đề nghị.
    Move(Box<moving::MoveArgs>),
}

/// Says what an act came to; gives the exit code.
pub(super) fn finish<T: serde::Serialize>(
    done: Done<T>,
    json: bool,
    text: impl Fn(&T) -> String,
    code: impl Fn(&T) -> u8,
) -> anyhow::Result<u8> {
    match done {
        Ok(told) => {
            if json {
                screen::say(&format!("{}\n", serde_json::to_string(&told)?));
            } else {
                screen::say(&text(&told));
            }
            Ok(code(&told))
        }
        Err(Failed::Refused(sentence) | Failed::Denied(sentence)) => {
            screen::complain(&sentence);
            Ok(PARTLY)
        }
        Err(Failed::Broken(error)) => Err(error),
    }
}

/// Runs `treem init`.
pub fn init(args: &InitArgs, around: &Around) -> anyhow::Result<u8> {
    let chosen = screen::day(args.edition.as_deref(), around.today).and_then(|day| {
        let edition = act_units::on(day);
        let unit = act_units::area(edition, &args.province)?;
        if unit.level() == Level::Province {
            Ok((edition, unit))
        } else {
            Err(format!(
                "--province “{}” không phải một tỉnh.",
                args.province
            ))
        }
    });
    let (edition, province) = match chosen {
        Ok(chosen) => chosen,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let role = args.app_role.as_deref();
    let made = init::run(&mut args.at.desk(around), edition, province, role);
    finish(made, args.at.json, words::made, |_| DONE)
}

pub(super) fn refuse(sentence: &str) -> u8 {
    screen::complain(sentence);
    PARTLY
}

/// Runs `treem import`.
pub fn import(args: &ImportArgs, around: &Around) -> anyhow::Result<u8> {
    let mut options = match import_options(args, around) {
        Ok(options) => options,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    if args.rules.is_none() {
        match act_rules::of_desk(&args.at.desk(around)) {
            Ok(set) => options.rules = set,
            Err(failed) => {
                return finish(Err::<(), _>(failed), false, |()| String::new(), |()| DONE);
            }
        }
    }
    let stop = Arc::new(Stop::default());
    let bar = Bar::new(screen::is_watched() && !args.at.json && !args.progress);
    bar.stopped_by_ctrl_c(&stop);
    let lines = JsonLines::new();
    let progress: &dyn Progress = if args.progress { &lines } else { &bar };
    let desk = &mut args.at.desk(around);
    let how = import::How {
        link: args.link,
        ..import::How::default()
    };
    let done = import::run(desk, options, how, (progress, &stop));
    bar.clear();
    if let Ok(told) = &done {
        if told.stopped {
            screen::complain("đã dừng theo yêu cầu; không có gì được ghi vào sổ.");
            return Ok(FAILED);
        }
        for (file, why) in &told.refused {
            screen::complain(&format!("{file}: {why}"));
        }
        if told.import.is_empty() {
            screen::complain(
                "không có trẻ em nào trong các tệp đã cho; không có gì được ghi vào sổ.",
            );
            return Ok(PARTLY);
        }
    }
    finish(done, args.at.json, words::imported, |told| {
        if told.refused.is_empty() {
            DONE
        } else {
            PARTLY
        }
    })
}

fn import_options(args: &ImportArgs, around: &Around) -> Result<Options, String> {
    let as_of = screen::day(args.as_of.as_deref(), around.today)?;
    let edition = match &args.edition {
        Some(day) => screen::day(Some(day), around.today)?,
        None => as_of,
    };
    Ok(Options {
        inputs: args.inputs.clone(),
        out: PathBuf::new(),
        duplicates: false,
        as_of,
        edition,
        unit: None,
        home: None,
        mappings: args
            .map
            .as_deref()
            .map(crate::act::check::mapping::read)
            .transpose()?
            .unwrap_or_default(),
        edited: treem_files::table::Mappings::default(),
        rules: args
            .rules
            .as_deref()
            .map(super::rules::read)
            .transpose()?
            .unwrap_or_else(RuleSet::default),
        lists: false,
        keep_measures: true,
    })
}

/// Runs `treem imports`.
pub fn imports(args: &ImportsArgs, around: &Around) -> anyhow::Result<u8> {
    let listed = undo::list(&args.at.desk(around)).map(|imports| words::Imports { imports });
    finish(listed, args.at.json, words::imports, |_| DONE)
}

/// Runs `treem undo`.
pub fn undo(args: &UndoArgs, around: &Around) -> anyhow::Result<u8> {
    let stop = Arc::new(Stop::default());
    let bar = Bar::new(screen::is_watched() && !args.at.json);
    bar.stopped_by_ctrl_c(&stop);
    let done = undo::run(
        &mut args.at.desk(around),
        &args.import,
        (args.redo, !args.yes),
        (&bar, &stop),
    );
    bar.clear();
    if done.as_ref().is_ok_and(|told| told.stopped) {
        screen::complain("đã dừng theo yêu cầu; không có gì được ghi vào sổ.");
        return Ok(FAILED);
    }
    finish(done, args.at.json, words::undone, |_| DONE)
}

/// Runs `treem child`.
pub fn child(args: &ChildArgs, around: &Around) -> anyhow::Result<u8> {
    match &args.what {
        ChildWhat::Show {
            child,
            at,
            register_as_of,
            sensitive,
        } => {
            let moment = match register_as_of.as_deref().map(moment).transpose() {
                Ok(moment) => moment,
                Err(sentence) => return Ok(refuse(&sentence)),
            };
            let mut desk = at.desk(around);
            let shown = show::show(&mut desk, child, moment.as_deref(), *sensitive);
            finish(shown, at.json, words::shown, |_| DONE)
        }
        ChildWhat::Edit(args) => child::edit(args, around),
        ChildWhat::Close(args) => child::close(args, around),
        ChildWhat::Reopen(args) => child::reopen(args, around),
        ChildWhat::History { child, at } => {
            let events = show::history(&mut at.desk(around), child);
            let events = events.map(|events| words::History { events });
            finish(events, at.json, words::history, |_| DONE)
        }
        ChildWhat::Move(args) => moving::child_move(args, around),
    }
}

/// A moment of the command line, at fixed width.
pub(super) fn moment(text: &str) -> Result<String, String> {
    text.parse::<jiff::Timestamp>()
        .map(act_register::stamp)
        .map_err(|_| {
            format!(
                "thời điểm “{text}” không dùng được: viết theo giờ UTC, ví dụ 2024-06-13T08:00:00Z."
            )
        })
}
