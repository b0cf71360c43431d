//! `treem fix`: its arguments and what it says.

use super::super::screen::{self, grouped};
use super::area::AreaArgs;
use super::{Around, At, DONE, finish, refuse};
use crate::act::register::facets::Filter;
use crate::act::register::fields;
use crate::act::register::mass::undo::{self, Undone};
use crate::act::register::mass::{self, Asked, Fixed, Left, What};
use crate::act::register::second::{self, KINDS, Setting, Waiting};
use crate::act::units as act_units;
use clap::{Args, Subcommand};
use std::fmt::Write as _;

/// Rows that are shown where nobody asked for all.
const SHOWN: usize = 20;

/// `treem fix`.
#[derive(Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Ví dụ:\n  treem fix id.zero-lost --unit \"Xã Tà Rụt\"  (chỉ xem sẽ sửa những gì)\n  treem fix id.zero-lost --unit \"Xã Tà Rụt\" --yes\n  treem fix ethnicity.missing --set \"dân tộc=Pa Cô\" --unit \"Xã Tà Rụt\" --hamlet \"Thôn A Đăng\" --yes\n  treem fix --undo 0190b2… --yes\n\nChỉ đề nghị chắc chắn mới được sửa hàng loạt; chỗ đã ghi và không có lỗi thì không ghi đè.\nNơi đặt kiểm tra lần hai (treem fix check) thì lượt sửa chờ: treem fix list, approve, key."
)]
pub struct FixArgs {
    #[command(subcommand)]
    what: Option<FixWhat>,
    /// Mã quy tắc (xem treem rules list).
    #[arg(value_name = "RULE")]
    rule: Option<String>,
    #[command(flatten)]
    at: At,
    #[command(flatten)]
    area: AreaArgs,
    /// Chỉ một thôn, bản.
    #[arg(long, value_name = "NAME")]
    hamlet: Option<String>,
    /// Chỉ hồ sơ này; ghi được nhiều lần.
    #[arg(long = "child", value_name = "CHILD")]
    children: Vec<String>,
    /// Ghi giá trị này, thay cho điều quy tắc đề nghị.
    #[arg(long, value_name = "FIELD=VALUE")]
    set: Option<String>,
    /// Chỉ những hồ sơ có đúng đề nghị này.
    #[arg(long, value_name = "TEXT", conflicts_with = "set")]
    value: Option<String>,
    /// Vì sao sửa, ghi vào lịch sử.
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    why: String,
    /// Bắt đầu từ lần xem trước này (số “seen” trong JSON): hồ sơ bị người khác sửa từ đó thì bỏ qua.
    #[arg(long, value_name = "N")]
    seen: Option<i64>,
    /// Hoàn tác một lượt sửa (mã lượt sửa, hoặc số của việc trong nhật ký).
    #[arg(long, value_name = "FIX", conflicts_with_all = ["rule", "set", "value"])]
    undo: Option<String>,
    /// Làm thật; không ghi thì chỉ cho xem sẽ thế nào.
    #[arg(long)]
    yes: bool,
}

#[derive(Subcommand)]
enum FixWhat {
    /// Các lượt sửa: đang chờ kiểm tra lần hai, đã sửa, đã hoàn tác.
    #[command(after_help = "Ví dụ:\n  treem fix list --state waits")]
    List {
        #[command(flatten)]
        at: At,
        /// Chỉ những lượt: waits (đang chờ), done (đã sửa), undone (đã hoàn tác), refused (đã từ chối).
        #[arg(long, value_name = "STATE")]
        state: Option<String>,
    },
    /// Xem một lượt đang chờ, duyệt hoặc từ chối.
    #[command(
        after_help = "Ví dụ:\n  treem fix approve 0190b2…  (chỉ xem)\n  treem fix approve 0190b2… --yes --as \"Hồ Văn Lâm\"\n  treem fix approve 0190b2… --refuse --why \"chưa có giấy khai sinh\""
    )]
    Approve {
        /// Mã lượt sửa.
        #[arg(value_name = "FIX")]
        fix: String,
        #[command(flatten)]
        at: At,
        /// Từ chối.
        #[arg(long, conflicts_with = "yes")]
        refuse: bool,
        /// Vì sao, ghi vào lịch sử.
        #[arg(
            long,
            value_name = "TEXT",
            default_value = "",
            hide_default_value = true
        )]
        why: String,
        /// Duyệt thật; không ghi thì chỉ cho xem.
        #[arg(long)]
        yes: bool,
    },
    /// Nhập lại lần hai một lượt đang chờ; giống lần đầu thì lượt ấy được sửa.
    #[command(
        after_help = "Ví dụ:\n  treem fix key 0190b2… \"số định danh=045216118220\" --child 0190a1…"
    )]
    Key {
        /// Mã lượt sửa.
        #[arg(value_name = "FIX")]
        fix: String,
        /// Trường và giá trị, nhập lại từ giấy tờ.
        #[arg(value_name = "FIELD=VALUE", required = true)]
        fields: Vec<String>,
        #[command(flatten)]
        at: At,
        /// Hồ sơ; không ghi là mọi hồ sơ của lượt.
        #[arg(long, value_name = "CHILD")]
        child: Option<String>,
    },
    /// Đặt hoặc xem đơn vị nào cần kiểm tra lần hai.
    #[command(
        after_help = "Ví dụ:\n  treem fix check\n  treem fix check \"Xã Tà Rụt\" keyed\n\nnone: không kiểm tra lần hai; above: người ở cấp trên duyệt;\nkeyed: nhập lại lần hai, không thấy lần đầu."
    )]
    Check {
        /// Xã, huyện hoặc tỉnh (mã hoặc tên).
        #[arg(value_name = "CODE|NAME", requires = "kind")]
        unit: Option<String>,
        /// none, above hoặc keyed.
        #[arg(value_name = "CHECK")]
        kind: Option<String>,
        #[command(flatten)]
        at: At,
        /// Danh mục đơn vị hành chính để hiểu tên đơn vị; không ghi thì lấy hôm nay.
        #[arg(long, value_name = "DATE")]
        edition: Option<String>,
    },
}

/// Runs `treem fix`.
pub fn run(args: &FixArgs, around: &Around) -> anyhow::Result<u8> {
    if let Some(what) = &args.what {
        return below(what, around);
    }
    if let Some(fix) = &args.undo {
        let done = undo::undo(&mut args.at.desk(around), fix, &args.why, args.yes);
        return finish(done, args.at.json, undone, |_| DONE);
    }
    match asked(args, around) {
        Ok(asked) => {
            let done = mass::run(&mut args.at.desk(around), &asked);
            finish(done, args.at.json, fixed, |_| DONE)
        }
        Err(sentence) => Ok(refuse(&sentence)),
    }
}

fn asked(args: &FixArgs, around: &Around) -> Result<Asked, String> {
    let (area, as_of) = args.area.read(around)?;
    let what = match (&args.set, &args.rule) {
        (Some(text), _) => {
            let (field, text) = fields::typed(text)?;
            What::Value { field, text }
        }
        (None, Some(rule)) => What::Rule {
            rule: rule.clone(),
            value: args.value.clone(),
        },
        (None, None) => {
            return Err(
                "hãy ghi mã quy tắc cần sửa, ví dụ treem fix id.zero-lost, hoặc --set TRƯỜNG=GIÁ_TRỊ."
                    .to_owned(),
            );
        }
    };
    let mut filter = Filter::all(area, as_of);
    filter.rule.clone_from(&args.rule);
    if let Some(hamlet) = &args.hamlet {
        let Some((edition, unit)) = area else {
            return Err("muốn chọn một thôn thì ghi cả xã bằng --unit.".to_owned());
        };
        filter.unit = Some((edition.from.to_owned(), unit.code.to_owned()));
        filter.hamlet = Some(hamlet.clone());
    }
    Ok(Asked {
        what,
        filter,
        these: Some(args.children.clone()).filter(|children| !children.is_empty()),
        why: args.why.clone(),
        seen: args.seen,
        yes: args.yes,
    })
}

fn below(what: &FixWhat, around: &Around) -> anyhow::Result<u8> {
    match what {
        FixWhat::List { at, state } => {
            let list = second::list(&at.desk(around), state.as_deref());
            finish(list, at.json, |told| listed(told), |_| DONE)
        }
        FixWhat::Approve {
            fix,
            at,
            refuse,
            why,
            yes,
        } => {
            let desk = &mut at.desk(around);
            let done = if *yes || *refuse {
                second::answer(desk, fix, *yes, why)
            } else {
                second::look(desk, fix)
            };
            finish(done, at.json, fixed, |_| DONE)
        }
        FixWhat::Key {
            fix,
            fields: texts,
            at,
            child,
        } => {
            let typed: Result<Vec<_>, String> =
                texts.iter().map(|text| fields::typed(text)).collect();
            match typed {
                Ok(typed) => {
                    let done = second::key(&mut at.desk(around), fix, child.as_deref(), &typed);
                    finish(done, at.json, fixed, |_| DONE)
                }
                Err(sentence) => Ok(refuse(&sentence)),
            }
        }
        FixWhat::Check {
            unit,
            kind,
            at,
            edition,
        } => match (unit, kind) {
            (Some(unit), Some(kind)) => {
                let chosen = screen::day(edition.as_deref(), around.today).and_then(|day| {
                    let edition = act_units::on(day);
                    let known = KINDS.iter().any(|(known, _)| known == kind);
                    let word = "kiểm tra lần hai chỉ có none, above hoặc keyed.".to_owned();
                    let unit = act_units::area(edition, unit)?;
                    known.then_some((edition, unit)).ok_or(word)
                });
                match chosen {
                    Ok(unit) => {
                        let done = second::set(&mut at.desk(around), unit, kind);
                        finish(done, at.json, setting, |_| DONE)
                    }
                    Err(sentence) => Ok(refuse(&sentence)),
                }
            }
            _ => finish(
                second::settings(&at.desk(around)),
                at.json,
                |all| all.iter().map(setting).collect(),
                |_| DONE,
            ),
        },
    }
}

fn setting(told: &Setting) -> String {
    let words = KINDS.iter().find(|(kind, _)| *kind == told.kind);
    format!(
        "{}: {}.\n",
        told.unit_name,
        words.map_or("", |(_, words)| words)
    )
}

fn listed(told: &[Waiting]) -> String {
    let mut out = String::new();
    for one in told {
        let _ = writeln!(
            out,
            "{}  {}  {}  {}  {} hồ sơ  {}",
            one.fix,
            screen::left(second::state(&one.state), 12),
            one.at.get(..10).unwrap_or(""),
            one.who,
            one.rows,
            one.title
        );
    }
    if told.is_empty() {
        out.push_str("Không có lượt sửa nào.\n");
    }
    out
}

fn fixed(told: &Fixed) -> String {
    let mut out = String::new();
    for row in told.rows.iter().take(SHOWN) {
        let changes: Vec<String> = row
            .changes
            .iter()
            .map(|change| {
                let before = match change.before.as_deref() {
                    None => "(không hiện)",
                    Some("") => "(trống)",
                    Some(text) => text,
                };
                format!("{}: {before} → {}", change.label, change.after)
            })
            .collect();
        let _ = writeln!(out, "{}  {}  {}", row.child, row.name, changes.join("; "));
    }
    if told.rows.len() > SHOWN {
        let _ = writeln!(out, "… và {} hồ sơ nữa.", told.rows.len() - SHOWN);
    }
    left(&mut out, &told.left);
    let count = grouped(told.rows.len() as u64);
    let fix = told.fix.as_deref().unwrap_or("");
    let words = match (told.done, told.waits.as_deref(), fix) {
        (true, _, fix) => format!("Đã sửa {count} hồ sơ. Hoàn tác: treem fix --undo {fix} --yes."),
        (false, Some("above"), "") => format!(
            "Sẽ đề nghị sửa {count} hồ sơ, chờ người ở cấp trên duyệt. Chưa ghi gì; thêm --yes để đề nghị."
        ),
        (false, Some(_), "") => format!(
            "Sẽ đề nghị sửa {count} hồ sơ, chờ nhập lại lần hai. Chưa ghi gì; thêm --yes để đề nghị."
        ),
        (false, Some(_), fix) => format!("Lượt sửa {fix} đang chờ kiểm tra lần hai."),
        (false, None, "") => {
            format!("Sẽ sửa {count} hồ sơ. Chưa sửa gì; thêm --yes để sửa thật.")
        }
        (false, None, fix) => format!("Đã từ chối lượt sửa {fix}."),
    };
    let _ = writeln!(out, "{words}");
    out
}

fn left(out: &mut String, left: &[Left]) {
    for one in left.iter().take(SHOWN) {
        let _ = writeln!(out, "Bỏ qua {} {}: {}", one.child, one.name, one.why);
    }
    if left.len() > SHOWN {
        let _ = writeln!(out, "… và bỏ qua {} hồ sơ nữa.", left.len() - SHOWN);
    }
}

fn undone(told: &Undone) -> String {
    let mut out = String::new();
    left(&mut out, &told.kept);
    let turned = grouped(told.turned);
    let _ = if told.done {
        writeln!(out, "Đã hoàn tác: {turned} hồ sơ trở lại như trước.")
    } else {
        writeln!(
            out,
            "Sẽ hoàn tác: {turned} hồ sơ trở lại như trước. Chưa làm gì; thêm --yes để hoàn tác thật."
        )
    };
    out
}
