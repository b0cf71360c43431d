//! `treem pairs`: the queue of what may be one child, one item of it, and an answer.
//!
//! In: arguments. Out: the queue, an item with what each answer would do, or what was done.

use super::super::DONE;
use super::super::screen::{self, grouped};
use super::area;
use super::{Around, At, finish, refuse, words};
use crate::act::register::pairs::answer::{self, Answer, Answered};
use crate::act::register::pairs::item::{self, How, Item, Party};
use crate::act::register::pairs::picks::{self, Picks, Will};
use crate::act::register::pairs::words::{bits, percent, sure};
use crate::act::register::pairs::{self, Asked, Key, Order, Queue};
use clap::{Args, ValueEnum};
use std::fmt::Write as _;
use treem_child::differ::Span;

/// An answer as it is typed.
#[derive(Clone, Copy, ValueEnum)]
enum Said {
    /// Cùng một trẻ.
    Same,
    /// Hai trẻ khác nhau.
    Apart,
    /// Hai trẻ sinh đôi.
    Twins,
    /// Để sau.
    Later,
}

/// `treem pairs`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem pairs --unit \"Tà Rụt\" --edition 2024-06-13\n  treem pairs 0190b2…:41  (xem một việc, và mỗi câu trả lời sẽ làm gì)\n  treem pairs 0190b2…:41 --answer same --take name=2\n\nTìm lại các cặp trong cả sổ: treem duplicates --save."
)]
pub struct PairsArgs {
    /// Một việc trong hàng chờ.
    #[arg(value_name = "PAIR")]
    key: Option<String>,
    #[command(flatten)]
    at: At,
    /// Chỉ những việc có dòng hoặc hồ sơ thuộc địa bàn này.
    #[arg(long, value_name = "CODE|NAME")]
    unit: Option<String>,
    /// Danh mục đơn vị hành chính của địa bàn ở --unit; không ghi thì lấy hôm nay.
    #[arg(long, value_name = "DATE")]
    edition: Option<String>,
    /// Việc chờ lâu nhất lên trước; không ghi thì việc dễ là cùng một trẻ nhất lên trước.
    #[arg(long)]
    oldest: bool,
    /// Số việc được liệt kê.
    #[arg(long, value_name = "NUMBER", default_value_t = 100)]
    most: usize,
    /// Trả lời: same cùng một trẻ, apart hai trẻ khác nhau, twins sinh đôi, later để sau.
    #[arg(long, value_name = "ANSWER", requires = "key")]
    answer: Option<Said>,
    /// Trường khác nhau thì lấy theo bên (1) hay bên (2) (ghi được nhiều lần); không ghi thì theo bên (1).
    #[arg(long, value_name = "FIELD=1|2", requires = "key")]
    take: Vec<String>,
    /// So với trẻ thứ mấy trong những trẻ có thể là dòng này.
    #[arg(long, value_name = "NUMBER", default_value_t = 1, requires = "key")]
    with: usize,
}

/// An item with what each answer would do.
#[derive(serde::Serialize)]
struct Shown {
    #[serde(flatten)]
    item: Item,
    will: Will,
}

/// Runs `treem pairs`.
pub fn run(args: &PairsArgs, around: &Around) -> anyhow::Result<u8> {
    let Some(key) = &args.key else {
        return queue(args, around);
    };
    let Some(key) = Key::parse(key) else {
        return Ok(refuse(
            "mã việc không đúng: chép nguyên mã mà treem pairs in ra.",
        ));
    };
    let take = match picked(&args.take) {
        Ok(take) => take,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let with = args.with.saturating_sub(1);
    let mut desk = args.at.desk(around);
    if let Some(said) = args.answer {
        let said = match said {
            Said::Same => Answer::Same(take),
            Said::Apart => Answer::Apart,
            Said::Twins => Answer::Twins,
            Said::Later => Answer::Later,
        };
        let done = answer::answer(&mut desk, &key, ("", with), &said);
        return finish(done, args.at.json, answered, |_| DONE);
    }
    let shown = item::item(&mut desk, &key, with).and_then(|item| {
        let will = picks::will(&mut desk, &key, with, &take)?;
        Ok(Shown { item, will })
    });
    finish(shown, args.at.json, shown_text, |_| DONE)
}

fn picked(take: &[String]) -> Result<Picks, String> {
    take.iter()
        .map(|text| match text.split_once('=') {
            Some((field, "1")) => Ok((field.to_owned(), 0)),
            Some((field, "2")) => Ok((field.to_owned(), 1)),
            _ => Err(format!(
                "--take “{text}” không dùng được: viết TRƯỜNG=1 hoặc TRƯỜNG=2, ví dụ name=2."
            )),
        })
        .collect()
}

fn queue(args: &PairsArgs, around: &Around) -> anyhow::Result<u8> {
    let area = area::area(args.unit.as_deref(), args.edition.as_deref(), around);
    let area = match area {
        Ok(area) => area,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let within = area.map(|(edition, area)| {
        move |from: &str, code: &str| {
            from == edition.from
                && edition
                    .by_code(code)
                    .is_some_and(|unit| edition.is_in(unit, area))
        }
    });
    let asked = Asked {
        within: within.as_ref().map(|within| within as _),
        order: if args.oldest {
            Order::Oldest
        } else {
            Order::Likeliest
        },
    };
    let queue = pairs::queue(&args.at.desk(around), asked, args.most);
    finish(queue, args.at.json, queue_text, |_| DONE)
}

fn queue_text(queue: &Queue) -> String {
    if queue.total == 0 {
        return "Không có việc nào chờ. Tìm các cặp nghi trùng trong cả sổ: treem duplicates --save.\n"
            .to_owned();
    }
    let count = |count: usize| grouped(count as u64);
    let mut out = format!(
        "{} việc chờ: {} dòng chưa rõ là trẻ nào, {} cặp hồ sơ nghi là một trẻ, {} dòng ghi khác hồ sơ; {} việc để sau.\n",
        count(queue.total),
        count(queue.rows),
        count(queue.pairs),
        count(queue.changes),
        count(queue.later)
    );
    for one in &queue.items {
        let what = match one.kind.as_str() {
            pairs::PAIR => "cặp hồ sơ",
            "changes" => "khác hồ sơ",
            _ => "dòng chưa rõ",
        };
        let _ = writeln!(
            out,
            "{}  {}  {}  {}{}",
            one.key,
            screen::left(what, 12),
            screen::left(&percent(one.probability), 5),
            one.unit_name,
            if one.later { "  (để sau)" } else { "" }
        );
    }
    if queue.items.len() < queue.total {
        let _ = writeln!(
            out,
            "… và {} việc nữa (--most).",
            count(queue.total - queue.items.len())
        );
    }
    out
}

fn party(party: &Party) -> String {
    match (&party.child, &party.origin) {
        (Some(child), _) => format!("hồ sơ {child}, {}", words::state(&party.state)),
        (None, Some((file, _, row))) => format!("tệp {file}, dòng {row}"),
        (None, None) => "–".to_owned(),
    }
}

/// A side of a field, what differs in brackets.
fn marked(spans: &[Span]) -> String {
    let mut out = String::new();
    for span in spans {
        if span.differs {
            let _ = write!(out, "[{}]", span.text);
        } else {
            out.push_str(&span.text);
        }
    }
    if out.is_empty() {
        "–".to_owned()
    } else {
        out
    }
}

fn shown_text(shown: &Shown) -> String {
    let item = &shown.item;
    let [first, second] = &item.parties;
    let mut out = format!(
        "{}: {} ({})\n  (1) {}\n  (2) {}\n",
        item.key,
        sure(item.probability),
        percent(item.probability),
        party(first),
        party(second)
    );
    if !item.why.is_empty() {
        let why: Vec<String> = item
            .why
            .iter()
            .map(|one| format!("{} {}", one.what.to_lowercase(), bits(one.bits)))
            .collect();
        out.push_str(&screen::item(
            &format!("vì sao nghi: {}", why.join(" · ")),
            98,
        ));
    }
    for line in &item.lines {
        let [one, two] = &line.sides;
        if line.hidden {
            let _ = writeln!(
                out,
                "  {} khác nhau (thông tin nhạy cảm, không hiện)",
                screen::left(line.field, 20)
            );
        } else if line.how != How::Same {
            let _ = writeln!(
                out,
                "  {} {} | {}",
                screen::left(line.field, 20),
                marked(one),
                marked(two)
            );
        }
    }
    for sentence in &shown.will.same {
        out.push_str(&screen::item(&format!("same: {sentence}"), 98));
    }
    if !shown.will.apart.is_empty() {
        out.push_str(&screen::item(&format!("apart: {}", shown.will.apart), 98));
    }
    out
}

fn answered(done: &Answered) -> String {
    format!("{}\n", done.sentence)
}
