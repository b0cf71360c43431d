//! `treem handover apply|seen|tasks|task|civil-days`: what the answers change, done or taken back; what others have to do.
//!
//! In: arguments. Out: what each answer changes.

use super::super::super::DONE;
use super::super::super::bar::Bar;
use super::super::super::screen;
use super::super::{Around, At, finish, refuse};
use super::answers::pair;
use crate::act::check::Stop;
use crate::act::register::handover::apply::{self, Applied, AppliedRow};
use crate::act::register::handover::back::{self, Undone};
use crate::act::register::handover::seen::{self, Seen};
use crate::act::register::handover::tasks::{self, Shown};
use clap::Args;
use std::fmt::Write as _;
use std::sync::Arc;
use treem_child::field::Field;
use treem_child::handover::effect::{End, Request};

/// Rows that are shown where nobody asked for all.
const SHOWN: usize = 60;

/// `treem handover apply`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem handover apply 10001-4  (chỉ xem từng kết quả sẽ đổi những gì)\n  treem handover apply 10001-4 --yes\n  treem handover apply 10001-4 --confirm \"12=đã có giấy báo tử\" --yes\n  treem handover apply 10001-4 --undo --why \"nhập nhầm danh sách\" --yes\n\nĐiều phải có người xác nhận (đóng hồ sơ, thay số, số trái với hồ sơ,\nhồ sơ đã sửa sau khi chốt) thì chờ;\nxác nhận sau bằng cùng lệnh này. Dòng chưa có kết quả vào danh sách sau."
)]
pub struct ApplyArgs {
    /// Mã danh sách.
    #[arg(value_name = "LIST")]
    list: String,
    #[command(flatten)]
    at: At,
    /// Xác nhận một dòng, kèm lý do; ghi nhiều lần được.
    #[arg(long, value_name = "ROW=WHY")]
    confirm: Vec<String>,
    /// Tính tuổi và thời hạn vào ngày này; không ghi thì hôm nay.
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// Vì sao, ghi vào lịch sử.
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    why: String,
    /// Hủy việc cập nhật: mọi hồ sơ trở lại như trước.
    #[arg(long, conflicts_with = "confirm")]
    undo: bool,
    /// Làm thật; không ghi thì chỉ cho xem.
    #[arg(long)]
    yes: bool,
}

/// `treem handover seen`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem mirror load ket-xuat.xlsx --day 2024-07-15\n  treem handover seen 10001-4\n  treem handover seen 10001-4 --yes\n\nDòng nào phần mềm quốc gia chưa có thì được liệt kê; tệp để nhập: treem mirror out."
)]
pub struct SeenArgs {
    /// Mã danh sách.
    #[arg(value_name = "LIST")]
    list: String,
    #[command(flatten)]
    at: At,
    /// Tính tuổi vào ngày này; không ghi thì hôm nay.
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// Không còn dòng nào thiếu thì ghi danh sách là đã có trên phần mềm quốc gia.
    #[arg(long)]
    yes: bool,
}

/// `treem handover tasks`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem handover tasks  (việc đang chờ)\n  treem handover tasks --kind civil  (khai sinh chưa đăng ký, kèm thời hạn)\n  treem handover tasks --state done"
)]
pub struct TasksArgs {
    #[command(flatten)]
    at: At,
    /// civil: đăng ký khai sinh; request: đề nghị Công an hủy, xác lập lại số.
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// open (đang chờ), done (đã xong), withdrawn (đã thôi), all.
    #[arg(long, value_name = "STATE", default_value = "open")]
    state: String,
}

/// `treem handover task`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem handover task 0190b2… --result \"đã đăng ký khai sinh số 12, ngày 3/7/2024\"\n  treem handover task 0190b2… --withdraw --result \"gia đình đã chuyển đi\""
)]
pub struct TaskArgs {
    /// Mã việc (xem treem handover tasks).
    #[arg(value_name = "TASK")]
    task: String,
    #[command(flatten)]
    at: At,
    /// Kết quả.
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    result: String,
    /// Thôi việc này, không phải đã xong.
    #[arg(long)]
    withdraw: bool,
}

/// `treem handover civil-days`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem handover civil-days\n  treem handover civil-days 30\n\nKhông đặt thì 60 ngày, như thời hạn đăng ký khai sinh ở Luật Hộ tịch 2014, Điều 15."
)]
pub struct CivilDaysArgs {
    /// Số ngày tư pháp – hộ tịch có để đăng ký khai sinh, tính từ ngày cập nhật.
    #[arg(value_name = "DAYS")]
    days: Option<i64>,
    #[command(flatten)]
    at: At,
}

/// Runs `treem handover apply`.
pub fn apply(args: &ApplyArgs, around: &Around) -> anyhow::Result<u8> {
    let confirmed: Result<Vec<_>, String> = args.confirm.iter().map(|text| pair(text)).collect();
    let day = screen::day(args.as_of.as_deref(), around.today);
    let (confirmed, as_of) = match confirmed.and_then(|all| Ok((all, day?))) {
        Ok(both) => both,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let mut desk = args.at.desk(around);
    if args.undo {
        let told = back::undo(&mut desk, &args.list, (&args.why, as_of, args.yes));
        return finish(told, args.at.json, undone, |_| DONE);
    }
    let asked = apply::Asked {
        list: args.list.clone(),
        confirmed,
        as_of,
        why: args.why.clone(),
        yes: args.yes,
    };
    finish(apply::run(&mut desk, &asked), args.at.json, applied, |_| {
        DONE
    })
}

fn row(out: &mut String, one: &AppliedRow) {
    let effect = &one.effect;
    let mut parts: Vec<String> = effect
        .changes
        .iter()
        .map(|change| {
            let shown = |text: &str| {
                if text.is_empty() {
                    "(trống)".to_owned()
                } else {
                    text.to_owned()
                }
            };
            format!(
                "{}: {} → {}",
                change.field.label(),
                shown(&change.before),
                shown(&change.after)
            )
        })
        .collect();
    parts.extend(
        effect
            .number
            .map(|standing| format!("số: {}", standing.label())),
    );
    if effect.civil {
        parts.push("chuyển tư pháp – hộ tịch".to_owned());
    }
    parts.extend(effect.requests.iter().map(Request::sentence));
    match &effect.end {
        Some(End::Proposed(to)) => parts.push(format!("đề nghị chuyển đến {}", to.unit_name)),
        Some(End::Died { .. } | End::Moved { .. }) => parts.push("đóng hồ sơ".to_owned()),
        None => {}
    }
    parts.extend(effect.says.iter().cloned());
    let _ = writeln!(
        out,
        "{}  {}  {}  {}",
        one.row,
        one.name,
        one.label,
        parts.join("; ")
    );
    for ask in effect.asks.iter().chain(&effect.refused) {
        let head = match one.state {
            "waits" => "chờ xác nhận",
            "refused" => "không làm được",
            _ => "đã xác nhận",
        };
        let _ = writeln!(out, "    {head}: {ask}");
    }
}

fn applied(told: &Applied) -> String {
    let mut out = String::new();
    for one in told.rows.iter().take(SHOWN) {
        row(&mut out, one);
    }
    if told.rows.len() > SHOWN {
        let _ = writeln!(out, "… và {} dòng nữa.", told.rows.len() - SHOWN);
    }
    let count = |state: &str| told.rows.iter().filter(|one| one.state == state).count();
    let verb = if told.done { "Đã" } else { "Sẽ" };
    let _ = writeln!(
        out,
        "{verb} cập nhật {} dòng; {} dòng chờ xác nhận, {} dòng không làm được, {} dòng không có gì để đổi, {} dòng chưa có kết quả.",
        count("does"),
        count("waits"),
        count("refused"),
        count("nothing"),
        told.unanswered
    );
    if !told.done {
        out.push_str("Chưa ghi gì; thêm --yes để cập nhật thật.\n");
    }
    out
}

fn undone(told: &Undone) -> String {
    let mut out = String::new();
    for one in &told.kept {
        let _ = writeln!(out, "Giữ nguyên {} {}: {}", one.child, one.name, one.why);
    }
    let _ = if told.done {
        writeln!(
            out,
            "Đã hủy cập nhật danh sách {}: {} hồ sơ trở lại như trước, {} việc đang chờ được thôi, {} đề nghị chuyển đi được rút.",
            told.list, told.turned, told.tasks, told.moves
        )
    } else {
        writeln!(
            out,
            "Sẽ hủy cập nhật danh sách {}: {} hồ sơ trở lại như trước. Chưa làm gì; thêm --yes để làm thật.",
            told.list, told.turned
        )
    };
    out
}

/// Runs `treem handover seen`.
pub fn seen(args: &SeenArgs, around: &Around) -> anyhow::Result<u8> {
    let day = match screen::day(args.as_of.as_deref(), around.today) {
        Ok(day) => day.to_string(),
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let stop = Arc::new(Stop::default());
    let bar = Bar::new(screen::is_watched() && !args.at.json);
    bar.stopped_by_ctrl_c(&stop);
    let asked = (args.list.as_str(), day.as_str(), args.yes);
    let told = seen::run(&mut args.at.desk(around), asked, (&bar, &stop));
    bar.clear();
    finish(told, args.at.json, seen_words, |_| DONE)
}

fn seen_words(told: &Seen) -> String {
    let mut out = String::new();
    for one in told.missing.iter().take(SHOWN) {
        let what = if one.fields.is_empty() {
            "chưa có trên phần mềm".to_owned()
        } else {
            let labels = one.fields.iter().filter_map(|code| Field::from_code(code));
            let labels: Vec<&str> = labels.map(Field::label).collect();
            format!("phần mềm ghi khác: {}", labels.join(", "))
        };
        let _ = writeln!(out, "{}  {}  {what}", one.row, one.child);
    }
    let _ = writeln!(
        out,
        "Kết xuất ngày {}: có {} dòng, còn {} dòng phải nhập trên phần mềm quốc gia (treem mirror out).",
        told.day,
        told.shown,
        told.missing.len()
    );
    if told.done {
        let _ = writeln!(out, "Danh sách {} đã có trên phần mềm quốc gia.", told.list);
    }
    out
}

/// Runs `treem handover tasks`.
pub fn tasks(args: &TasksArgs, around: &Around) -> anyhow::Result<u8> {
    let state = Some(args.state.as_str()).filter(|state| *state != "all");
    let asked = (args.kind.as_deref(), state);
    let told = tasks::list(&args.at.desk(around), asked, around.today);
    finish(told, args.at.json, |told| listed(told), |_| DONE)
}

fn listed(told: &[Shown]) -> String {
    let mut out = String::new();
    for one in told {
        out.push_str(&task_words(one));
    }
    if told.is_empty() {
        out.push_str("Không có việc nào.\n");
    }
    out
}

fn task_words(one: &Shown) -> String {
    let due = match (&one.due, one.late) {
        (Some(due), true) => format!(", hạn {due}, đã quá hạn"),
        (Some(due), false) => format!(", hạn {due}"),
        (None, _) => String::new(),
    };
    let result = if one.result.is_empty() {
        String::new()
    } else {
        format!(" Kết quả: {}.", one.result)
    };
    format!(
        "{}  {}  {}{due}\n    {}{result}\n",
        one.task, one.name, one.unit_name, one.sentence
    )
}

/// Runs `treem handover task`.
pub fn task(args: &TaskArgs, around: &Around) -> anyhow::Result<u8> {
    let asked = (args.task.as_str(), args.result.as_str(), args.withdraw);
    let told = tasks::finish(&mut args.at.desk(around), asked, around.today);
    finish(told, args.at.json, task_words, |_| DONE)
}

/// Runs `treem handover civil-days`.
pub fn civil_days(args: &CivilDaysArgs, around: &Around) -> anyhow::Result<u8> {
    let told = tasks::days(&mut args.at.desk(around), args.days);
    finish(
        told,
        args.at.json,
        |days| format!("Tư pháp – hộ tịch có {days} ngày để đăng ký khai sinh.\n"),
        |_| DONE,
    )
}
