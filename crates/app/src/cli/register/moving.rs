//! `treem child move`, `treem moves`: the arguments, and what is said.
//!
//! In: arguments. Out: a move, or the list of them.

use super::super::DONE;
use super::super::screen;
use super::area;
use super::{Around, At, finish, refuse, words};
use crate::act::register::moves::{self, Answer, Asked, Moved, Moves};
use crate::act::units as act_units;
use clap::{Args, ValueEnum};
use std::fmt::Write as _;

/// `treem child move`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem child move 045215000012 --to \"Tà Rụt\" --hamlet \"A Đăng\" --day 2024-06-10\n  treem child move --confirm 0190b2…\n  treem child move --refuse 0190b2… --why \"không có ở địa bàn\"\n\nĐến khi nơi đến xác nhận, trẻ vẫn được tính ở nơi cũ. Xem các đề nghị: treem moves."
)]
pub struct MoveArgs {
    /// Mã hồ sơ, hoặc số định danh.
    #[arg(value_name = "CHILD", required_unless_present_any = ["confirm", "refuse", "withdraw"], conflicts_with_all = ["confirm", "refuse", "withdraw"])]
    child: Option<String>,
    #[command(flatten)]
    at: At,
    /// Xã, phường nơi đến.
    #[arg(long, value_name = "CODE|NAME", requires = "child")]
    to: Option<String>,
    /// Sổ nơi đến, khi là sổ khác ở cùng nơi lưu.
    #[arg(long, value_name = "KEY", requires = "child")]
    to_register: Option<String>,
    /// Danh mục đơn vị hành chính của nơi đến có hiệu lực vào ngày này; không ghi thì lấy hôm nay.
    #[arg(long, value_name = "DATE")]
    edition: Option<String>,
    /// Thôn nơi đến.
    #[arg(long, value_name = "TEXT", default_value = "")]
    hamlet: String,
    /// Địa chỉ nơi đến.
    #[arg(long, value_name = "TEXT", default_value = "")]
    address: String,
    /// Ngày chuyển; không ghi thì lấy hôm nay.
    #[arg(long, value_name = "DATE")]
    day: Option<String>,
    /// Vì sao.
    #[arg(long, value_name = "TEXT", default_value = "")]
    why: String,
    /// Xác nhận đề nghị này: trẻ nay ở nơi đến.
    #[arg(long, value_name = "MOVE", conflicts_with_all = ["refuse", "withdraw"])]
    confirm: Option<String>,
    /// Từ chối đề nghị này.
    #[arg(long, value_name = "MOVE", conflicts_with = "withdraw")]
    refuse: Option<String>,
    /// Rút đề nghị này.
    #[arg(long, value_name = "MOVE")]
    withdraw: Option<String>,
    /// Ngày tính tuổi khi xem lại hồ sơ; không ghi thì lấy hôm nay.
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
}

/// The state of a move.
#[derive(Clone, Copy, ValueEnum)]
enum State {
    /// Chờ trả lời.
    Proposed,
    /// Đã xác nhận.
    Confirmed,
    /// Đã từ chối.
    Refused,
    /// Đã rút.
    Withdrawn,
}

/// `treem moves`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem moves --state proposed\n  treem moves --unit \"Tà Rụt\" --edition 2024-06-13"
)]
pub struct MovesArgs {
    #[command(flatten)]
    at: At,
    /// Chỉ những đề nghị chuyển đi hoặc đến địa bàn này.
    #[arg(long, value_name = "CODE|NAME")]
    unit: Option<String>,
    /// Danh mục đơn vị hành chính của địa bàn ở --unit; không ghi thì lấy hôm nay.
    #[arg(long, value_name = "DATE")]
    edition: Option<String>,
    /// Chỉ những đề nghị ở trạng thái này: chờ trả lời (proposed), đã xác nhận (confirmed), đã từ chối (refused), đã rút (withdrawn).
    #[arg(long, value_name = "STATE")]
    state: Option<State>,
}

/// Runs `treem child move`.
pub fn child_move(args: &MoveArgs, around: &Around) -> anyhow::Result<u8> {
    let mut desk = args.at.desk(around);
    let answered = [
        (&args.confirm, Answer::Confirm),
        (&args.refuse, Answer::Refuse),
        (&args.withdraw, Answer::Withdraw),
    ]
    .into_iter()
    .find_map(|(id, answer)| Some((id.as_deref()?, answer)));
    let done = if let Some((id, answer)) = answered {
        let as_of = match screen::day(args.as_of.as_deref(), around.today) {
            Ok(day) => day,
            Err(sentence) => return Ok(refuse(&sentence)),
        };
        moves::answer(&mut desk, id, answer, &args.why, as_of)
    } else {
        match asked(args, around) {
            Ok(asked) => moves::propose(&mut desk, &asked),
            Err(sentence) => return Ok(refuse(&sentence)),
        }
    };
    finish(done, args.at.json, moved, |_| DONE)
}

fn asked(args: &MoveArgs, around: &Around) -> Result<Asked, String> {
    let edition = act_units::on(screen::day(args.edition.as_deref(), around.today)?);
    let to = args
        .to
        .as_deref()
        .ok_or_else(|| "hãy ghi nơi đến bằng --to.".to_owned())?;
    Ok(Asked {
        child: args.child.clone().unwrap_or_default(),
        to: (edition, act_units::area(edition, to)?),
        to_register: args.to_register.clone(),
        hamlet: args.hamlet.clone(),
        address: args.address.clone(),
        day: screen::day(args.day.as_deref(), around.today)?.to_string(),
        why: args.why.clone(),
    })
}

/// Runs `treem moves`.
pub fn list(args: &MovesArgs, around: &Around) -> anyhow::Result<u8> {
    let area = area::area(args.unit.as_deref(), args.edition.as_deref(), around);
    let area = match area {
        Ok(area) => area,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let state = args.state.map(|state| match state {
        State::Proposed => "proposed",
        State::Confirmed => "confirmed",
        State::Refused => "refused",
        State::Withdrawn => "withdrawn",
    });
    let told = moves::list(&args.at.desk(around), area, state);
    finish(told, args.at.json, all, |_| DONE)
}

fn state(word: &str) -> &str {
    match word {
        "proposed" => "chờ nơi đến trả lời",
        "confirmed" => "đã xác nhận",
        "refused" => "đã từ chối",
        "withdrawn" => "đã rút",
        other => other,
    }
}

fn line(one: &Moved) -> String {
    let mut out = format!(
        "{}  {}\n  hồ sơ {}: {} → {}",
        one.r#move,
        state(&one.state),
        one.child,
        one.from_name,
        one.to_name
    );
    if let Some(book) = &one.to_register {
        let _ = write!(out, " (sổ {book})");
    }
    let _ = writeln!(
        out,
        ", ngày {}\n  {} đề nghị {}{}",
        act_units::shown(&one.day),
        one.proposed_by,
        words::when(&one.proposed_at),
        because(&one.why)
    );
    if let (Some(at), Some(who)) = (&one.answered_at, &one.answered_by) {
        let _ = writeln!(
            out,
            "  {who} trả lời {}{}",
            words::when(at),
            because(one.answer.as_deref().unwrap_or(""))
        );
    }
    if let Some(child) = &one.to_child {
        let _ = writeln!(out, "  hồ sơ ở sổ mới: {child}");
    }
    out
}

fn because(why: &str) -> String {
    if why.is_empty() {
        String::new()
    } else {
        format!(": {why}")
    }
}

fn moved(one: &Moved) -> String {
    let mut out = line(one);
    if one.state == "proposed" {
        out.push_str("Trẻ vẫn được tính ở nơi cũ cho đến khi nơi đến xác nhận.\n");
    }
    out
}

fn all(told: &Moves) -> String {
    if told.moves.is_empty() {
        return "Không có đề nghị chuyển nào.\n".to_owned();
    }
    told.moves.iter().map(line).collect()
}
