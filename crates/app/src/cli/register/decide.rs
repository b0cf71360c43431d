//! `treem decide`: its arguments, and the queue in words.

use super::words::{count, state, when};
use super::{At, finish, refuse};
use crate::act::register::decide::list::{self, Maybe, Page, Queue, Row};
use crate::act::register::decide::{self, By, Choice, Many, Outcome, row_of};
use crate::cli::register::Around;
use crate::cli::screen::{self, grouped};
use crate::cli::{DONE, rules};
use clap::Args;
use std::fmt::Write as _;
use std::path::PathBuf;
use treem_child::check::rules::RuleSet;

/// `treem decide`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem decide --list                        (mỗi lần nhập còn bao nhiêu dòng chờ)\n  treem decide --list 0190b2…                 (từng dòng, bên cạnh các trẻ có thể là trẻ ấy)\n  treem decide 0190b2…:17 --same 045215000012\n  treem decide 0190b2…:17 --new\n  treem decide 0190b2…:23 --take phone,hamlet\n  treem decide 0190b2…:23 --keep\n  treem decide --undo 0190b2…:17\n  treem decide --all-new 0190b2… --below 0.3  (chỉ xem; thêm --yes để làm thật)\n\nMã lần nhập viết đủ, hoặc vài chữ đầu hay cuối nếu không lẫn với lần khác."
)]
pub struct DecideArgs {
    /// Lần nhập, hoặc một dòng của nó (LẦN_NHẬP:DÒNG).
    #[arg(value_name = "IMPORT|ROW")]
    target: Option<String>,
    #[command(flatten)]
    at: At,
    /// Xem hàng chờ.
    #[arg(long)]
    list: bool,
    /// Dòng này là trẻ này trong sổ (mã hồ sơ hoặc số định danh): chỗ trống của hồ sơ được bổ sung.
    #[arg(long, value_name = "CHILD", conflicts_with_all = ["new", "later", "keep", "undo", "list"])]
    same: Option<String>,
    /// Dòng này là một trẻ chưa có trong sổ.
    #[arg(long, conflicts_with_all = ["later", "keep", "undo", "list", "take"])]
    new: bool,
    /// Để sau.
    #[arg(long, conflicts_with_all = ["keep", "undo", "list", "take"])]
    later: bool,
    /// Lấy các trường này của dòng thay cho của hồ sơ.
    #[arg(long, value_name = "FIELD,…", value_delimiter = ',', conflicts_with_all = ["keep", "undo", "list"])]
    take: Vec<String>,
    /// Không lấy trường nào của dòng.
    #[arg(long, conflicts_with_all = ["undo", "list"])]
    keep: bool,
    /// Lấy lại quyết định về dòng này.
    #[arg(long, conflicts_with = "list")]
    undo: bool,
    /// Mọi dòng chưa rõ của lần nhập là trẻ mới.
    #[arg(long, conflicts_with_all = ["all_same", "same", "new", "later", "take", "keep", "undo", "list"])]
    all_new: bool,
    /// Mọi dòng chưa rõ của lần nhập là trẻ giống nhất trong sổ.
    #[arg(long, requires = "from", conflicts_with_all = ["same", "new", "later", "take", "keep", "undo", "list"])]
    all_same: bool,
    /// Với --all-new: chỉ những dòng mà trẻ giống nhất có xác suất dưới mức này.
    #[arg(long, value_name = "P", requires = "all_new")]
    below: Option<f64>,
    /// Với --all-same: chỉ những dòng mà trẻ giống nhất có xác suất từ mức này.
    #[arg(long, value_name = "P", requires = "all_same")]
    from: Option<f64>,
    /// Với --all-new, --all-same: làm thật; không ghi thì chỉ cho xem có bao nhiêu dòng.
    #[arg(long)]
    yes: bool,
    /// Với --list: xem từ sau dòng này.
    #[arg(long, value_name = "N", default_value_t = 0)]
    after: i64,
    /// Với --list: xem nhiều nhất từng này dòng.
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// Ngày tính số liệu, YYYY-MM-DD; không ghi thì lấy ngày của lần nhập.
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// Tệp quy tắc của địa phương (TOML).
    #[arg(long, value_name = "FILE")]
    rules: Option<PathBuf>,
}

/// What a person chose, or nothing.
fn choice(args: &DecideArgs) -> Option<Choice> {
    if args.undo {
        Some(Choice::Undo)
    } else if let Some(child) = &args.same {
        Some(Choice::Same(child.clone(), args.take.clone()))
    } else if args.new {
        Some(Choice::New)
    } else if args.later {
        Some(Choice::Later)
    } else if args.keep {
        Some(Choice::Keep)
    } else if args.take.is_empty() {
        None
    } else {
        Some(Choice::Take(args.take.clone()))
    }
}

/// Runs `treem decide`.
pub fn run(args: &DecideArgs, around: &Around) -> anyhow::Result<u8> {
    let json = args.at.json;
    let by = match by(args, around) {
        Ok(by) => by,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let desk = &mut args.at.desk(around);
    if let Some(wrong) = [args.below, args.from]
        .into_iter()
        .flatten()
        .find(|p| !(0.0..=1.0).contains(p))
    {
        return Ok(refuse(&format!("xác suất {wrong} phải từ 0 đến 1.")));
    }
    let Some(target) = args.target.as_deref() else {
        if choice(args).is_some() || args.all_new || args.all_same {
            return Ok(refuse(
                "cần ghi lần nhập hoặc dòng cần quyết định; xem bằng treem decide --list.",
            ));
        }
        return finish(list::sizes(desk), json, queue, |_| DONE);
    };
    let row = row_of(target);
    if args.all_new || args.all_same {
        let which = match args.from {
            Some(from) => Many::SameFrom(from),
            None => Many::NewBelow(args.below.unwrap_or(f64::INFINITY)),
        };
        if row.is_some() {
            return Ok(refuse(
                "--all-new và --all-same dùng cho cả lần nhập, không cho một dòng.",
            ));
        }
        let done = decide::many(desk, target, which, !args.yes, &by);
        return finish(done, json, decided, |_| DONE);
    }
    match (choice(args), row) {
        (Some(choice), Some(row)) => {
            let done = decide::one(desk, row, &choice, &by);
            finish(done, json, decided, |_| DONE)
        }
        (Some(_), None) => Ok(refuse(
            "cần ghi dòng cần quyết định (LẦN_NHẬP:DÒNG); xem bằng treem decide --list.",
        )),
        (None, row) => {
            let (import, only) = row.map_or((target, None), |(import, nth)| (import, Some(nth)));
            let found = list::page(desk, import, only, (args.after, args.limit.max(1)));
            finish(found, json, page, |_| DONE)
        }
    }
}

fn by(args: &DecideArgs, around: &Around) -> Result<By, String> {
    Ok(By {
        rules: args
            .rules
            .as_deref()
            .map(rules::read)
            .transpose()?
            .unwrap_or_else(RuleSet::default),
        as_of: args
            .as_of
            .as_deref()
            .map(|day| screen::day(Some(day), around.today))
            .transpose()?,
    })
}

fn queue(told: &Queue) -> String {
    if told.imports.is_empty() {
        return "Không có dòng nào chờ quyết định.\n".to_owned();
    }
    let mut out = String::new();
    for import in &told.imports {
        let _ = writeln!(
            out,
            "{}  {}  {}: {} dòng chưa rõ là trẻ nào, {} dòng ghi khác hồ sơ, {} đã quyết định{}",
            import.import,
            when(&import.at),
            import.who,
            count(import.perhaps),
            count(import.changes),
            count(import.decided),
            if import.gone > 0 {
                format!(", {} bỏ (lần nhập đã hủy)", count(import.gone))
            } else {
                String::new()
            }
        );
    }
    out
}

/// What a field is called.
fn field(name: &str) -> &str {
    match name {
        "name" => "Họ và tên",
        "birth" => "Ngày sinh",
        "sex" => "Giới tính",
        "number" => "Số định danh",
        "father" => "Cha",
        "mother" => "Mẹ",
        "guardian" => "Người chăm sóc",
        "phone" => "Điện thoại",
        "unit" | "unit_name" => "Xã, phường",
        "hamlet" => "Thôn, tổ",
        "address" => "Địa chỉ",
        "ethnicity" => "Dân tộc",
        other => other,
    }
}

fn page(told: &Page) -> String {
    if told.rows.is_empty() {
        return "Lần nhập này không còn dòng nào chờ quyết định.\n".to_owned();
    }
    let mut out = String::new();
    for row in &told.rows {
        one_row(&mut out, row);
    }
    if told.more
        && let Some((_, nth)) = told.rows.last().and_then(|row| row_of(&row.name))
    {
        let _ = writeln!(
            out,
            "Còn nữa: treem decide --list {} --after {nth}",
            told.import
        );
    }
    out
}

fn one_row(out: &mut String, row: &Row) {
    let (file, sheet, number) = &row.origin;
    let sheet = if sheet.is_empty() {
        String::new()
    } else {
        format!(", trang {sheet}")
    };
    let _ = writeln!(
        out,
        "Dòng {}\n  từ tệp {file}{sheet}, dòng {number}",
        row.name
    );
    says(out, &row.says, "  ");
    if !row.note.is_empty() {
        let _ = writeln!(out, "  Cần quyết định vì {}.", row.note);
    }
    if let Some(child) = &row.child {
        let _ = writeln!(out, "  Hồ sơ trong sổ: {child}");
    }
    for (name, have, here) in &row.differs {
        let shown = |value: &str| {
            if have.is_empty() && here.is_empty() {
                "(dữ liệu nhạy cảm, không hiện)".to_owned()
            } else if value.is_empty() {
                "–".to_owned()
            } else {
                value.to_owned()
            }
        };
        let _ = writeln!(
            out,
            "    {} ({name}): trong sổ {}, dòng này {}",
            field(name),
            shown(have),
            shown(here)
        );
    }
    for (place, one) in row.candidates.iter().enumerate() {
        maybe(out, place + 1, one);
    }
    out.push('\n');
}

fn maybe(out: &mut String, place: usize, one: &Maybe) {
    let who = match (&one.child, &one.row) {
        (Some(child), _) => format!("hồ sơ {child} ({})", state(&one.state)),
        (None, Some(row)) => format!("dòng {row}"),
        (None, None) => String::new(),
    };
    let _ = writeln!(
        out,
        "  Có thể là ({place}) {who}: xác suất {:.0} %",
        (one.probability * 100.0).round()
    );
    says(out, &one.says, "    ");
    for why in &one.why {
        let _ = writeln!(
            out,
            "      {} {:>+7.2} bit  {}",
            screen::left(&why.what, 16),
            why.bits,
            why.how
        );
    }
}

fn says(out: &mut String, says: &[(&'static str, String)], indent: &str) {
    let said: Vec<String> = says
        .iter()
        .map(|(name, value)| format!("{}: {value}", field(name)))
        .collect();
    let text = screen::folded(&said.join("; "), 100 - indent.len());
    let _ = writeln!(
        out,
        "{indent}{}",
        text.replace('\n', &format!("\n{indent}"))
    );
}

fn decided(told: &Outcome) -> String {
    let will = if told.done { "Đã" } else { "Sẽ" };
    let mut out = format!("{will} quyết định {} dòng", grouped(told.rows));
    let mut parts = Vec::new();
    for (count, what) in [
        (told.new, "trẻ mới"),
        (told.same, "là trẻ đã có"),
        (told.changed, "hồ sơ thay đổi"),
        (told.later, "để sau"),
        (told.back, "chờ lại"),
    ] {
        if count > 0 {
            parts.push(format!("{} {what}", grouped(count)));
        }
    }
    if !parts.is_empty() {
        let _ = write!(out, ": {}", parts.join(", "));
    }
    let _ = writeln!(out, ".");
    if let Some(child) = &told.child {
        let _ = writeln!(out, "Hồ sơ: {child}");
    }
    let _ = writeln!(out, "Lần nhập này còn {} dòng chờ.", grouped(told.left));
    if !told.done {
        out.push_str("Chưa làm gì; thêm --yes để làm thật.\n");
    }
    out
}
