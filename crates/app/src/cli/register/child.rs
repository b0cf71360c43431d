//! `treem child edit|close|reopen`: their arguments and what they say.

use super::super::screen;
use super::words::state;
use super::{Around, At, DONE, finish, refuse};
use crate::act::register::edit::{self, Edited};
use crate::act::register::fields;
use crate::act::register::life::{self, Turned};
use clap::Args;
use std::fmt::Write as _;
use treem_store::child::{ACTIVE, DIED, MISTAKE, MOVED};

/// `treem child edit`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem child edit 045215000012 \"ngày sinh=12/03/2015\"  (chỉ xem sẽ thế nào)\n  treem child edit 0190b2… number=045215000012 --why \"Công an xã cung cấp\" --yes\n\nTrường ghi bằng tên cột của children.csv (name, birth, mother_number…)\nhoặc bằng tiếng Việt (họ tên, ngày sinh, xã…)."
)]
pub struct EditArgs {
    /// Mã hồ sơ, hoặc số định danh.
    #[arg(value_name = "CHILD")]
    child: String,
    /// Trường và giá trị mới; để trống sau dấu = là xóa giá trị.
    #[arg(value_name = "FIELD=VALUE", required = true)]
    fields: Vec<String>,
    #[command(flatten)]
    at: At,
    /// Vì sao sửa, ghi vào lịch sử.
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    why: String,
    /// Chỉ sửa nếu hồ sơ còn ở bản này.
    #[arg(long, value_name = "N")]
    version: Option<i64>,
    /// Ngày tính số liệu (để xét tuổi); không ghi thì lấy hôm nay.
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// Sửa thật; không ghi thì chỉ cho xem sẽ thế nào.
    #[arg(long)]
    yes: bool,
}

/// `treem child close`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem child close 045215000012 --died 2024-05-02 --why \"giấy báo tử\"\n  treem child close 045215000012 --left 2024-06-01\n  treem child close 0190b2… --mistake --why \"ghi nhầm người lớn\""
)]
pub struct CloseArgs {
    /// Mã hồ sơ, hoặc số định danh.
    #[arg(value_name = "CHILD")]
    child: String,
    #[command(flatten)]
    at: At,
    /// Trẻ mất ngày này.
    #[arg(long, value_name = "DATE", group = "how")]
    died: Option<String>,
    /// Trẻ đã chuyển đi nơi khác, ngoài sổ này, từ ngày này.
    #[arg(long, value_name = "DATE", group = "how")]
    left: Option<String>,
    /// Hồ sơ bị nhập nhầm.
    #[arg(long, group = "how")]
    mistake: bool,
    /// Vì sao, ghi vào lịch sử.
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    why: String,
    /// Chỉ đóng nếu hồ sơ còn ở bản này.
    #[arg(long, value_name = "N")]
    version: Option<i64>,
}

/// `treem child reopen`.
#[derive(Args)]
#[command(after_help = "Ví dụ:\n  treem child reopen 045215000012 --why \"báo nhầm\"")]
pub struct ReopenArgs {
    /// Mã hồ sơ, hoặc số định danh.
    #[arg(value_name = "CHILD")]
    child: String,
    #[command(flatten)]
    at: At,
    /// Vì sao, ghi vào lịch sử.
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    why: String,
    /// Ngày tính số liệu (để xét tuổi); không ghi thì lấy hôm nay.
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
}

/// Runs `treem child edit`.
pub fn edit(args: &EditArgs, around: &Around) -> anyhow::Result<u8> {
    let typed: Result<Vec<_>, String> =
        args.fields.iter().map(|text| fields::typed(text)).collect();
    let day = screen::day(args.as_of.as_deref(), around.today);
    let (typed, as_of) = match typed.and_then(|typed| Ok((typed, day?))) {
        Ok(both) => both,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let asked = edit::Asked {
        child: args.child.clone(),
        typed,
        why: args.why.clone(),
        version: args.version,
        as_of,
        yes: args.yes,
    };
    let done = edit::run(&mut args.at.desk(around), &asked);
    finish(done, args.at.json, edited, |_| DONE)
}

/// Runs `treem child close`.
pub fn close(args: &CloseArgs, around: &Around) -> anyhow::Result<u8> {
    let (state, day) = match (&args.died, &args.left, args.mistake) {
        (Some(day), _, _) => (DIED, Some(day)),
        (_, Some(day), _) => (MOVED, Some(day)),
        (_, _, true) => (MISTAKE, None),
        _ => {
            return Ok(refuse(
                "hãy ghi trẻ mất (--died NGÀY), đã chuyển đi (--left NGÀY) hay hồ sơ bị nhập nhầm (--mistake).",
            ));
        }
    };
    let read = |day: Option<&str>| screen::day(day, around.today);
    let days = day
        .map(|day| read(Some(day)))
        .transpose()
        .and_then(|day| Ok((day.map(|day| day.to_string()), read(None)?)));
    let (day, as_of) = match days {
        Ok(days) => days,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    if day
        .as_ref()
        .is_some_and(|day| *day > around.today.to_string())
    {
        return Ok(refuse("ngày này chưa đến; hãy xem lại năm."));
    }
    let asked = life::Asked {
        child: args.child.clone(),
        state,
        day,
        why: args.why.clone(),
        version: args.version,
        as_of,
    };
    let done = life::run(&mut args.at.desk(around), &asked);
    finish(done, args.at.json, turned, |_| DONE)
}

/// Runs `treem child reopen`.
pub fn reopen(args: &ReopenArgs, around: &Around) -> anyhow::Result<u8> {
    let as_of = match screen::day(args.as_of.as_deref(), around.today) {
        Ok(day) => day,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let asked = life::Asked {
        child: args.child.clone(),
        state: ACTIVE,
        day: None,
        why: args.why.clone(),
        version: None,
        as_of,
    };
    let done = life::run(&mut args.at.desk(around), &asked);
    finish(done, args.at.json, turned, |_| DONE)
}

fn edited(told: &Edited) -> String {
    let mut out = if told.done {
        format!("Đã sửa hồ sơ {} (bản {}).\n", told.child, told.version)
    } else {
        format!(
            "Hồ sơ {} (bản {}) sẽ được sửa như sau.\n",
            told.child, told.version
        )
    };
    for change in &told.changes {
        let before = match change.before.as_deref() {
            None => "(không hiện)",
            Some("") => "(trống)",
            Some(text) => text,
        };
        let after = if change.after.is_empty() {
            "(trống)"
        } else {
            &change.after
        };
        let _ = writeln!(
            out,
            "  {} {before} → {after}",
            screen::left(change.label, 26)
        );
    }
    for (rule, _) in &told.gone {
        let _ = writeln!(out, "  hết: {rule}");
    }
    for (rule, _, raw, suggestion) in &told.come {
        let _ = write!(out, "  thêm: {rule}");
        if !raw.is_empty() {
            let _ = write!(out, ": “{raw}”");
        }
        if !suggestion.is_empty() {
            let _ = write!(out, " → {suggestion}");
        }
        out.push('\n');
    }
    for (label, (before, after)) in [
        ("Đã chuẩn hóa", told.identified),
        ("Đủ thông tin cơ bản", told.complete),
    ] {
        let yes = |truth: bool| if truth { "có" } else { "chưa" };
        if before != after {
            let _ = writeln!(out, "  {label}: {} → {}", yes(before), yes(after));
        }
    }
    if !told.disputed_with.is_empty() {
        let _ = writeln!(
            out,
            "  Số này còn đứng tên hồ sơ: {}. Hai bên đều bị ghi “id.shared” đến khi một bên có số đúng.",
            told.disputed_with.join(", ")
        );
    }
    others(&mut out, &told.others);
    if let Some(fix) = &told.waits {
        let _ = writeln!(
            out,
            "Đơn vị này kiểm tra lần hai: đã ghi thành đề nghị {fix}, hồ sơ chưa đổi; xem treem fix list."
        );
    } else if !told.done {
        out.push_str("Chưa sửa gì; thêm --yes để sửa thật.\n");
    }
    out
}

fn turned(told: &Turned) -> String {
    let day = told
        .day
        .as_ref()
        .map_or(String::new(), |day| format!(" từ ngày {day}"));
    let mut out = format!(
        "Hồ sơ {} (bản {}): {} → {}{day}.\n",
        told.child,
        told.version,
        state(&told.before),
        state(&told.state)
    );
    others(&mut out, &told.others);
    out
}

fn others(out: &mut String, others: &[String]) {
    if !others.is_empty() {
        let _ = writeln!(
            out,
            "  Phát hiện của hồ sơ khác cũng đổi theo: {}.",
            others.join(", ")
        );
    }
}
