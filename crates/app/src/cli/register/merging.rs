//! `treem merge`, `treem unmerge`: the arguments, and what is said.
//!
//! In: arguments. Out: what was done, or would be.

use super::super::DONE;
use super::super::screen;
use super::{Around, At, finish, refuse};
use crate::act::register::merge::undo::{self, Unmerged};
use crate::act::register::merge::{self, Asked, Merged};
use clap::Args;
use std::fmt::Write as _;

/// `treem merge`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem merge 0190b2… 0190b3…  (chỉ xem sẽ thế nào)\n  treem merge 0190b2… 0190b3… --take mother=B --take phone=A --yes\n\nA là hồ sơ ghi trước, B là hồ sơ ghi sau. Trường nào hồ sơ được giữ để trống thì lấy của hồ sơ kia.\nTách lại: treem unmerge."
)]
pub struct MergeArgs {
    /// Hai hồ sơ: mã hồ sơ, hoặc số định danh.
    #[arg(value_name = "CHILD", num_args = 2, required = true)]
    children: Vec<String>,
    #[command(flatten)]
    at: At,
    /// Hồ sơ được giữ; không ghi thì giữ hồ sơ thứ nhất.
    #[arg(long, value_name = "CHILD")]
    keep: Option<String>,
    /// Lấy trường này của hồ sơ A hay B (ghi được nhiều lần).
    #[arg(long, value_name = "FIELD=A|B")]
    take: Vec<String>,
    /// Vì sao.
    #[arg(long, value_name = "TEXT", default_value = "")]
    why: String,
    /// Làm thật; không ghi thì chỉ cho xem sẽ thế nào.
    #[arg(long)]
    yes: bool,
    /// Ngày tính tuổi khi xem lại hồ sơ; không ghi thì lấy hôm nay.
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
}

/// `treem unmerge`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem unmerge 0190b2…  (chỉ xem sẽ thế nào)\n  treem unmerge 0190b2… --yes\n\nHai hồ sơ trở lại như trước khi gộp; trường đã sửa sau khi gộp thì giữ nguyên và được liệt kê."
)]
pub struct UnmergeArgs {
    /// Mã lần gộp, hoặc mã một trong hai hồ sơ.
    #[arg(value_name = "MERGE|CHILD")]
    merge: String,
    #[command(flatten)]
    at: At,
    /// Vì sao.
    #[arg(long, value_name = "TEXT", default_value = "")]
    why: String,
    /// Làm thật; không ghi thì chỉ cho xem sẽ thế nào.
    #[arg(long)]
    yes: bool,
    /// Ngày tính tuổi khi xem lại hồ sơ; không ghi thì lấy hôm nay.
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
}

/// Runs `treem merge`.
pub fn merge(args: &MergeArgs, around: &Around) -> anyhow::Result<u8> {
    let [one, other] = args.children.as_slice() else {
        return Ok(refuse("hãy ghi hai hồ sơ."));
    };
    let mut take = Vec::new();
    for text in &args.take {
        match text.split_once('=') {
            Some((field, "A" | "a")) => take.push((field.to_owned(), 0)),
            Some((field, "B" | "b")) => take.push((field.to_owned(), 1)),
            _ => {
                return Ok(refuse(&format!(
                    "--take “{text}” không dùng được: viết TRƯỜNG=A hoặc TRƯỜNG=B, ví dụ mother=B."
                )));
            }
        }
    }
    let as_of = match screen::day(args.as_of.as_deref(), around.today) {
        Ok(day) => day,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let asked = Asked {
        children: [one.clone(), other.clone()],
        keep: args.keep.clone(),
        take,
        seen: Vec::new(),
        why: args.why.clone(),
        yes: args.yes,
        as_of,
    };
    let done = merge::merge(&mut args.at.desk(around), &asked);
    finish(done, args.at.json, merged, |_| DONE)
}

fn merged(told: &Merged) -> String {
    let (goes, verb) = if told.done {
        (format!("Đã gộp (mã lần gộp {})", told.merge), "Đã")
    } else {
        ("Sẽ gộp".to_owned(), "Sẽ")
    };
    let mut out = format!(
        "{goes}: giữ hồ sơ {}, nhập vào đó hồ sơ {}.\n",
        told.survivor, told.loser
    );
    for one in &told.fields {
        let blank = |text: &str| if text.is_empty() { "–" } else { text }.to_owned();
        let both = if one.a.is_empty() && one.b.is_empty() {
            "khác nhau (thông tin nhạy cảm, không hiện)".to_owned()
        } else {
            format!("A: {} | B: {}", blank(&one.a), blank(&one.b))
        };
        let _ = writeln!(
            out,
            "  {} {both} → lấy {}",
            screen::left(&one.field, 20),
            one.from
        );
    }
    if !told.gone.is_empty() {
        let _ = writeln!(out, "  {verb} hết: {}", told.gone.join(", "));
    }
    if !told.new.is_empty() {
        let _ = writeln!(out, "  {verb} có thêm: {}", told.new.join(", "));
    }
    settled(&told.settled, &mut out);
    if !told.done {
        out.push_str("Chưa làm gì; thêm --yes để làm thật.\n");
    }
    out
}

fn settled(children: &[String], out: &mut String) {
    if !children.is_empty() {
        let _ = writeln!(
            out,
            "  Đã xem lại số định danh ở hồ sơ: {}",
            children.join(", ")
        );
    }
}

/// Runs `treem unmerge`.
pub fn unmerge(args: &UnmergeArgs, around: &Around) -> anyhow::Result<u8> {
    let as_of = match screen::day(args.as_of.as_deref(), around.today) {
        Ok(day) => day,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let done = undo::unmerge(
        &mut args.at.desk(around),
        &args.merge,
        &args.why,
        args.yes,
        as_of,
    );
    finish(done, args.at.json, unmerged, |_| DONE)
}

fn unmerged(told: &Unmerged) -> String {
    let verb = if told.done {
        "Đã tách"
    } else {
        "Sẽ tách"
    };
    let mut out = format!("{verb}: hồ sơ {} và hồ sơ {}.\n", told.survivor, told.loser);
    if !told.kept.is_empty() {
        let _ = writeln!(
            out,
            "  Giữ nguyên ở hồ sơ {} những trường đã sửa sau khi gộp: {}",
            told.survivor,
            told.kept.join(", ")
        );
    }
    settled(&told.settled, &mut out);
    if !told.done {
        out.push_str("Chưa làm gì; thêm --yes để làm thật.\n");
    }
    out
}
