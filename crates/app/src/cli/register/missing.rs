//! `treem missing`: its arguments.

mod said;

use super::super::bar::Bar;
use super::super::screen;
use super::super::{DONE, FAILED, PARTLY};
use super::area::{self, AreaArgs};
use super::{Around, At, finish, refuse};
use crate::act::check::Stop;
use crate::act::register::missing::report::{self, Asked as Reporting};
use crate::act::register::missing::{Kind, decide, found, key, link, load, sources, write};
use crate::act::units as act_units;
use crate::limits;
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;
use std::sync::Arc;
use treem_child::normalise::unit::Level;
use treem_files::table::Mappings;

/// `treem missing`.
#[derive(Args)]
pub struct MissingArgs {
    #[command(subcommand)]
    what: What,
}

/// A kind of list.
#[derive(Clone, Copy, ValueEnum)]
enum KindArg {
    /// Sổ A0 của cộng tác viên dân số.
    A0,
    /// Danh sách học sinh, trẻ mầm non.
    School,
    /// Sổ tiêm chủng.
    Vaccination,
    /// Danh sách thẻ bảo hiểm y tế.
    Insurance,
    /// Đăng ký khai sinh.
    Civil,
}

impl KindArg {
    fn kind(self) -> Kind {
        match self {
            Self::A0 => Kind::HouseholdBook,
            Self::School => Kind::School,
            Self::Vaccination => Kind::Vaccination,
            Self::Insurance => Kind::Insurance,
            Self::Civil => Kind::Civil,
        }
    }
}

/// A level of units.
#[derive(Clone, Copy, ValueEnum)]
enum LevelArg {
    /// Xã, phường, thị trấn, đặc khu.
    Commune,
    /// Huyện, thị xã, thành phố thuộc tỉnh.
    District,
    /// Tỉnh.
    Province,
}

/// Why a found child is not missing.
#[derive(Clone, Copy, ValueEnum)]
enum WhyArg {
    /// Đã chuyển đi nơi khác.
    Moved,
    /// Đã mất.
    Dead,
    /// Trùng với trẻ đã có trong sổ.
    Double,
    /// Không phải trẻ của địa bàn.
    NotOurs,
}

impl WhyArg {
    fn code(self) -> &'static str {
        match self {
            Self::Moved => "moved",
            Self::Dead => "dead",
            Self::Double => "double",
            Self::NotOurs => "not-ours",
        }
    }
}

#[derive(Subcommand)]
enum What {
    /// Nạp một danh sách của ngành khác, để riêng ngoài sổ.
    #[command(
        after_help = "Ví dụ:\n  treem missing load so-a0 --kind a0 --day 2024-06-01 \\\n    --purpose \"Rà soát trẻ em chưa có trong sổ năm 2024\" \\\n    --basis \"Kế hoạch số 12/KH-UBND ngày 03/6/2024\"\n\nSổ không thay đổi. Xong việc thì hủy danh sách: treem missing drop SỐ."
    )]
    Load {
        /// Tệp danh sách (xlsx, xls, ods, docx, csv, …) hoặc thư mục chứa chúng.
        #[arg(value_name = "FILE|DIR")]
        path: PathBuf,
        #[command(flatten)]
        at: At,
        /// Loại danh sách.
        #[arg(long, value_name = "KIND")]
        kind: KindArg,
        /// Mục đích dùng danh sách; không ghi thì không nạp.
        #[arg(
            long,
            value_name = "TEXT",
            default_value = "",
            hide_default_value = true
        )]
        purpose: String,
        /// Căn cứ pháp lý: văn bản nào cho phép dùng; không ghi thì không nạp.
        #[arg(
            long,
            value_name = "TEXT",
            default_value = "",
            hide_default_value = true
        )]
        basis: String,
        /// Ngày của danh sách, YYYY-MM-DD; không ghi thì lấy hôm nay.
        #[arg(long, value_name = "DATE")]
        day: Option<String>,
        /// Danh mục đơn vị hành chính; không ghi thì theo ngày của danh sách.
        #[arg(long, value_name = "DATE")]
        edition: Option<String>,
        /// Xã của những dòng không ghi xã (mã hoặc tên).
        #[arg(long, value_name = "CODE|NAME")]
        unit: Option<String>,
    },
    /// Đối chiếu mọi danh sách với sổ và với nhau: ai chưa có trong sổ, có tất cả bao nhiêu trẻ.
    #[command(
        after_help = "Ví dụ:\n  treem missing link --as-of 2024-06-13\n\nLàm lại được bất cứ lúc nào; điều người dùng đã ghi về từng trẻ được giữ nguyên."
    )]
    Link {
        #[command(flatten)]
        at: At,
        /// Ngày tính trẻ em dưới 16 tuổi; không ghi thì lấy hôm nay.
        #[arg(long, value_name = "DATE")]
        as_of: Option<String>,
    },
    /// Trẻ tìm thấy ở danh sách khác mà chưa có trong sổ, theo tên.
    #[command(
        after_help = "Ví dụ:\n  treem missing list --unit \"Xã Tà Rụt\" --edition 2024-06-13\n  treem missing list --out con-thieu.xlsx"
    )]
    List {
        #[command(flatten)]
        at: At,
        #[command(flatten)]
        area: AreaArgs,
        /// Đã nhập (fetched) hoặc đã ghi là không thiếu (refused); không ghi thì trẻ còn chờ.
        #[arg(long, value_name = "STATE", default_value = "open", value_parser = ["open", "fetched", "refused"])]
        state: String,
        /// Số trẻ in ra nhiều nhất; --out luôn ghi đủ.
        #[arg(long, value_name = "N", default_value_t = 50)]
        most: usize,
        /// Ghi danh sách ra tệp này (.xlsx hoặc .csv).
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Nhập một trẻ tìm thấy vào sổ, với những gì các danh sách đã biết; xem trước sẽ thế nào.
    #[command(
        after_help = "Ví dụ:\n  treem missing enter 3-125\n  treem missing enter 3-125 --yes\n  treem missing enter 3-125 --different --yes  (đã xem, không phải trẻ có trong sổ)"
    )]
    Enter {
        /// Mã dòng (xem treem missing list).
        #[arg(value_name = "ROW")]
        row: String,
        #[command(flatten)]
        at: At,
        /// Ngày tính tuổi; không ghi thì lấy hôm nay.
        #[arg(long, value_name = "DATE")]
        as_of: Option<String>,
        /// Danh mục đơn vị hành chính; không ghi thì theo ngày tính tuổi.
        #[arg(long, value_name = "DATE")]
        edition: Option<String>,
        /// Những trẻ trong sổ giống trẻ này đều là trẻ khác.
        #[arg(long)]
        different: bool,
        /// Ghi thật; không ghi thì chỉ cho xem.
        #[arg(long)]
        yes: bool,
    },
    /// Ghi rằng một trẻ tìm thấy không phải trẻ còn thiếu, và vì sao.
    #[command(
        after_help = "Ví dụ:\n  treem missing refuse 3-125 --why moved --note \"theo cha mẹ vào Đồng Nai\""
    )]
    Refuse {
        /// Mã dòng (xem treem missing list).
        #[arg(value_name = "ROW")]
        row: String,
        #[command(flatten)]
        at: At,
        /// Vì sao.
        #[arg(long, value_name = "WHY")]
        why: WhyArg,
        /// Ghi thêm.
        #[arg(
            long,
            value_name = "TEXT",
            default_value = "",
            hide_default_value = true
        )]
        note: String,
    },
    /// Ước tính số trẻ em thực có của từng đơn vị, với khoảng tin cậy và các giả định.
    #[command(
        after_help = "Ví dụ:\n  treem missing estimate --level district --as-of 2024-06-13\n  treem missing estimate --unit \"Huyện Đakrông\" --json"
    )]
    Estimate {
        #[command(flatten)]
        at: At,
        #[command(flatten)]
        area: AreaArgs,
        /// Chỉ một cấp.
        #[arg(long, value_name = "LEVEL")]
        level: Option<LevelArg>,
    },
    /// Số trẻ em báo cáo không thể đúng: ngoài khoảng ước tính, hoặc lệch hẳn so với dân số.
    #[command(after_help = "Ví dụ:\n  treem missing headcounts --as-of 2024-06-13")]
    Headcounts {
        #[command(flatten)]
        at: At,
        #[command(flatten)]
        area: AreaArgs,
    },
    /// Các danh sách đã nạp: mục đích, căn cứ, ngày, ai nạp.
    #[command(after_help = "Ví dụ:\n  treem missing sources")]
    Sources {
        #[command(flatten)]
        at: At,
    },
    /// Hủy một danh sách khi xong việc: xóa mọi dòng, chỉ giữ số đếm và nhật ký.
    #[command(after_help = "Ví dụ:\n  treem missing drop 3\n  treem missing drop 3 --yes")]
    Drop {
        /// Số của danh sách (xem treem missing sources).
        #[arg(value_name = "SOURCE")]
        source: i64,
        #[command(flatten)]
        at: At,
        /// Hủy thật; không ghi thì chỉ cho xem.
        #[arg(long)]
        yes: bool,
    },
}

/// What was stopped has written nothing.
fn stopped() -> u8 {
    screen::complain("đã dừng theo yêu cầu; không có gì được ghi.");
    FAILED
}

fn loading(what: &What, around: &Around) -> Result<load::Asked, String> {
    let What::Load {
        path,
        kind,
        purpose,
        basis,
        day,
        edition,
        unit,
        ..
    } = what
    else {
        return Err(String::new());
    };
    let written = (unit.as_deref(), day.as_deref(), edition.as_deref());
    let place = area::place(written, around)?;
    Ok(load::Asked {
        path: path.clone(),
        kind: kind.kind(),
        purpose: purpose.clone(),
        basis: basis.clone(),
        day: place.as_of,
        edition: place.edition,
        unit: place.unit,
        mappings: Mappings::default(),
    })
}

fn reporting(
    area: &AreaArgs,
    level: Option<LevelArg>,
    around: &Around,
) -> Result<Reporting, String> {
    let place = area.place(around)?;
    Ok(Reporting {
        area: place.unit.map(|unit| (place.edition, unit)),
        level: level.map(|level| match level {
            LevelArg::Commune => Level::Commune,
            LevelArg::District => Level::District,
            LevelArg::Province => Level::Province,
        }),
        day: place.as_of.to_string(),
        edition: place.edition,
    })
}

/// Runs the command.
///
/// # Errors
/// The register broke.
pub fn run(args: &MissingArgs, around: &Around) -> anyhow::Result<u8> {
    let stop = Arc::new(Stop::default());
    let bar = |at: &At| {
        let bar = Bar::new(screen::is_watched() && !at.json);
        bar.stopped_by_ctrl_c(&stop);
        bar
    };
    match &args.what {
        What::Load { at, .. } => {
            let asked = match loading(&args.what, around) {
                Ok(asked) => asked,
                Err(sentence) => return Ok(refuse(&sentence)),
            };
            let bar = bar(at);
            let done = load::run(&mut at.desk(around), &asked, (&bar, &stop));
            bar.clear();
            if let Ok(told) = &done {
                for (file, why) in &told.refused {
                    screen::complain(&format!("{file}: {why}"));
                }
                if told.stopped {
                    return Ok(stopped());
                }
            }
            finish(done, at.json, said::loaded, |told| {
                if told.refused.is_empty() {
                    DONE
                } else {
                    PARTLY
                }
            })
        }
        What::Link { at, as_of } => {
            let day = match screen::day(as_of.as_deref(), around.today) {
                Ok(day) => day,
                Err(sentence) => return Ok(refuse(&sentence)),
            };
            let bar = bar(at);
            let done = link::run(&mut at.desk(around), day, (&bar, &stop));
            bar.clear();
            if done.as_ref().is_ok_and(|told| told.stopped) {
                return Ok(stopped());
            }
            finish(done, at.json, said::linked, |_| DONE)
        }
        What::List {
            at,
            area,
            state,
            most,
            out,
        } => {
            let (area, _) = match area.read(around) {
                Ok(read) => read,
                Err(sentence) => return Ok(refuse(&sentence)),
            };
            let asked = found::Asked {
                area,
                state: ["open", "fetched", "refused"]
                    .into_iter()
                    .find(|known| known == state)
                    .unwrap_or("open"),
                most: if out.is_some() {
                    limits::FOUND_FILE
                } else {
                    *most
                },
            };
            let mut desk = at.desk(around);
            let Some(out) = out else {
                return finish(found::run(&mut desk, &asked), at.json, said::listed, |_| {
                    DONE
                });
            };
            let mut done = found::export(&mut desk, &asked);
            if let Ok(list) = &mut done {
                write::file(list, out)?;
                list.children.clear();
            }
            finish(done, at.json, said::listed, |_| DONE)
        }
        What::Enter {
            row,
            at,
            as_of,
            edition,
            different,
            yes,
        } => {
            let days = screen::day(as_of.as_deref(), around.today).and_then(|as_of| {
                let edition = match edition {
                    Some(day) => screen::day(Some(day), around.today)?,
                    None => as_of,
                };
                Ok((as_of, act_units::on(edition)))
            });
            let (as_of, edition) = match days {
                Ok(days) => days,
                Err(sentence) => return Ok(refuse(&sentence)),
            };
            let done = key(row).and_then(|key| {
                let asked = decide::Entering {
                    key,
                    different: *different,
                    as_of,
                    edition,
                    yes: *yes,
                };
                decide::enter(&mut at.desk(around), &asked)
            });
            finish(done, at.json, said::entered, |told| {
                if *yes && !told.told.done {
                    PARTLY
                } else {
                    DONE
                }
            })
        }
        What::Refuse { row, at, why, note } => {
            let done = key(row)
                .and_then(|key| decide::refuse(&mut at.desk(around), key, why.code(), note));
            finish(done, at.json, said::refused, |_| DONE)
        }
        What::Estimate { at, area, level } => match reporting(area, *level, around) {
            Ok(asked) => {
                let told = report::run(&at.desk(around), &asked);
                finish(told, at.json, said::estimated, |_| DONE)
            }
            Err(sentence) => Ok(refuse(&sentence)),
        },
        What::Headcounts { at, area } => match reporting(area, None, around) {
            Ok(asked) => {
                let told = report::run(&at.desk(around), &asked);
                finish(told, at.json, said::headcounts, |_| DONE)
            }
            Err(sentence) => Ok(refuse(&sentence)),
        },
        What::Sources { at } => {
            let told = sources::list(&at.desk(around));
            finish(told, at.json, said::sources, |_| DONE)
        }
        What::Drop { source, at, yes } => {
            let bar = bar(at);
            let done = sources::drop_one(&mut at.desk(around), *source, *yes, (&bar, &stop));
            bar.clear();
            finish(done, at.json, said::dropped, |_| DONE)
        }
    }
}
