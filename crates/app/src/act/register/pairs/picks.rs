//! What will happen, said before the click: which field comes from which side, what else follows.
//!
//! In: a [`Key`], the candidate, the sides a person has picked. Out: [`Will`]. Nothing is written.

use super::super::import::same::Said;
use super::super::merge::{self, Merged};
use super::super::texts::masked;
use super::super::{Desk, Done, wait};
use super::item::{gone, waiting};
use super::lines::{Sides, row_sides};
use super::words::{file_name, list};
use super::{Key, item};
use treem_child::normalise::date::PartialDate;
use treem_child::rule::RuleId;
use treem_store::queue::{CHANGES, Waiting};

/// By field: 0 for the first side, 1 for the second.
pub type Picks = Vec<(String, usize)>;

/// What each answer would do, in sentences.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Will {
    /// They are one child, or the choices hold.
    pub same: Vec<String>,
    /// They are not.
    pub apart: String,
    /// Another day.
    pub later: String,
}

const LATER: &str = "Việc này xuống cuối hàng chờ; không có gì thay đổi.";

/// What would happen. `with`: which candidate of a row.
///
/// # Errors
/// [`super::super::Failed::Refused`]: it does not wait any more, or the two cannot become one.
pub fn will(desk: &mut Desk, key: &Key, with: usize, picks: &Picks) -> Done<Will> {
    match key {
        Key::Row(import, nth) => {
            let item = item::unseen(desk, key, with)?;
            let [first, _] = &item.parties;
            let (row, have) = sides_of(desk, (import, *nth), first.child.as_deref())?;
            let sides = row_sides(&row, have);
            Ok(of_row(&row, &sides, picks, &item))
        }
        Key::Pair(child, other) => {
            let asked = asked(desk, (child, other), picks);
            let told = merge::merge(desk, &asked)?;
            Ok(of_pair(&told))
        }
    }
}

/// The merge of a pair: the record that was there first stays.
pub(super) fn asked(desk: &Desk, (child, other): (&str, &str), picks: &Picks) -> merge::Asked {
    let today = desk.now.get(..10).and_then(PartialDate::from_iso);
    merge::Asked {
        children: [child.to_owned(), other.to_owned()],
        keep: None,
        take: picks.clone(),
        seen: Vec::new(),
        why: String::new(),
        yes: false,
        as_of: today.unwrap_or_else(|| PartialDate::of_year(1000)),
    }
}

fn sides_of(desk: &Desk, row: (&str, i64), child: Option<&str>) -> Done<(Waiting, Said)> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let row = waiting(&mut tx, book, row).await?;
        let have = match child {
            Some(id) => Said::of(&tx.child(book, id).await?.now),
            None => Said::default(),
        };
        drop(tx);
        open.leave().await;
        Ok((row, have))
    })
}

/// Fields with the side that holds: those of the second side, and those of the first.
fn split<'f>(differs: &'f [String], picks: &Picks) -> (Vec<&'f str>, Vec<&'f str>) {
    let second = |field: &&str| picks.iter().any(|(name, side)| name == field && *side == 1);
    differs.iter().map(String::as_str).partition(second)
}

fn of_row(row: &Waiting, sides: &Sides, picks: &Picks, item: &item::Item) -> Will {
    let (taken, kept) = split(&sides.differs, picks);
    let fills: Vec<&str> = sides.fills.iter().map(String::as_str).collect();
    let mut same = Vec::new();
    let file = file_name(&row.file);
    if row.kind == CHANGES {
        if taken.is_empty() {
            same.push("Hồ sơ giữ nguyên như đang ghi; dòng này không hỏi lại.".to_owned());
        }
    } else {
        same.push(format!(
            "Dòng {} của tệp {file} được nhập vào hồ sơ (1), không thêm trẻ mới.",
            row.row_number
        ));
    }
    told(
        &mut same,
        [
            ("Bổ sung vào hồ sơ", &fills),
            ("Sửa hồ sơ theo dòng này", &taken),
            ("Giữ như hồ sơ", &kept),
        ],
    );
    if fills.contains(&"number") || taken.contains(&"number") {
        let [_, says] = &sides.said;
        same.push(format!(
            "Số định danh của hồ sơ sẽ là {}.",
            masked(says.get("number"))
        ));
    }
    same.push("Lấy lại được ở mục Đã xử lý, chừng nào hồ sơ chưa được sửa thêm.".to_owned());
    let apart = match (row.kind.as_str(), item.candidates.len()) {
        (CHANGES, _) => String::new(),
        (_, 0 | 1) => format!(
            "Dòng {} thành hồ sơ của một trẻ mới; danh sách sau có dòng y như vậy thì không hỏi lại.",
            row.row_number
        ),
        (_, several) => format!(
            "Dòng {} không phải trẻ nào trong {several} trẻ nêu trên: thành hồ sơ của một trẻ mới.",
            row.row_number
        ),
    };
    Will {
        same,
        apart,
        later: LATER.to_owned(),
    }
}

fn told<const N: usize>(out: &mut Vec<String>, parts: [(&str, &[&str]); N]) {
    for (what, fields) in parts {
        if !fields.is_empty() {
            out.push(format!("{what}: {}.", list(fields)));
        }
    }
}

fn of_pair(told_of: &Merged) -> Will {
    let mut same = vec![
        "Giữ hồ sơ (1); hồ sơ (2) được gộp vào đó và không còn đếm là một trẻ riêng.".to_owned(),
    ];
    let of = |keep: &dyn Fn(&merge::Differs) -> bool| -> Vec<&str> {
        let fields = told_of.fields.iter().filter(|one| keep(one));
        fields.map(|one| one.field.as_str()).collect()
    };
    let fills = of(&|one| one.from == "B" && one.a.is_empty());
    let taken = of(&|one| one.from == "B" && !one.a.is_empty());
    let kept = of(&|one| one.from == "A" && !one.b.is_empty());
    told(
        &mut same,
        [
            ("Bổ sung từ hồ sơ (2)", &fills),
            ("Lấy theo hồ sơ (2)", &taken),
            ("Giữ theo hồ sơ (1)", &kept),
        ],
    );
    for (what, rules) in [
        ("Lỗi không còn nữa", &told_of.gone),
        ("Lỗi có thêm", &told_of.new),
    ] {
        let titles: Vec<String> = rules.iter().map(|code| title(code)).collect();
        if !titles.is_empty() {
            same.push(format!("{what}: {}.", titles.join("; ")));
        }
    }
    same.push("Tách lại được bất cứ lúc nào ở mục Đã xử lý.".to_owned());
    Will {
        same,
        apart: "Hai hồ sơ giữ nguyên là hai trẻ; cặp này không hỏi lại nữa.".to_owned(),
        later: LATER.to_owned(),
    }
}

/// What a rule is called.
fn title(code: &str) -> String {
    RuleId::from_code(code)
        .and_then(RuleId::info)
        .map_or_else(|| code.to_owned(), |info| info.title.to_owned())
}

/// The child that a candidate of a row is.
pub(super) fn child_of(item: &item::Item) -> Done<String> {
    let [first, _] = &item.parties;
    first.child.clone().ok_or_else(gone)
}
