//! What a person says of an item, done: by the acts that are there already ([`decide`], [`merge`], [`apart`]), so that it is told and taken
//! back as they are.
//!
//! In: a [`Key`], what the person has seen, an [`Answer`]. Out: [`Answered`].

use super::super::decide::{self, By, Choice};
use super::super::{Desk, Done, Failed, apart, begin, merge, rules, wait};
use super::Key;
use super::item::{self, gone, records, seen as seen_of};
use super::picks::{Picks, asked, child_of};
use crate::access::Deed;
use treem_store::pairs::LATER;
use treem_store::queue::CHANGES;

/// What is written where two are twins.
pub const TWINS: &str = "sinh đôi";

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// One child; these fields are taken from these sides.
    Same(Picks),
    /// Two children.
    Apart,
    /// Two children, and twins.
    Twins,
    /// Another day.
    Later,
}

/// What it came to.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Answered {
    /// The item.
    pub key: String,
    /// `same`, `apart`, `twins`, `later`.
    pub answer: &'static str,
    /// The record that stands for it now.
    pub child: Option<String>,
    /// The merge, where two records became one.
    pub merge: Option<String>,
    /// What was done, in a sentence.
    pub sentence: String,
}

/// Answers. `seen`: as the item had it; empty where nobody has looked. `with`: which candidate of a row.
///
/// # Errors
/// [`Failed::Refused`]: it does not wait any more, it has changed since it was seen, or the answer does not fit it.
pub fn answer(
    desk: &mut Desk,
    key: &Key,
    (seen, with): (&str, usize),
    answer: &Answer,
) -> Done<Answered> {
    let mut out = match key {
        Key::Row(import, nth) => row(desk, (import, *nth), (seen, with), answer)?,
        Key::Pair(child, other) => pair(desk, (child, other), seen, answer)?,
    };
    out.key = key.to_string();
    out.answer = match answer {
        Answer::Same(_) => "same",
        Answer::Apart => "apart",
        Answer::Twins => "twins",
        Answer::Later => "later",
    };
    Ok(out)
}

fn changed() -> Failed {
    Failed::Refused(
        "hồ sơ hoặc dòng này đã thay đổi từ lúc mở trang; hãy xem lại rồi trả lời.".to_owned(),
    )
}

fn row(
    desk: &mut Desk,
    (import, nth): (&str, i64),
    (seen, with): (&str, usize),
    answer: &Answer,
) -> Done<Answered> {
    let item = item::unseen(desk, &Key::Row(import.to_owned(), nth), with)?;
    if !item.may.apart && matches!(answer, Answer::Apart | Answer::Twins) && item.hidden > 0 {
        return Err(Failed::Refused(
            "dòng này giống một trẻ ngoài địa bàn được giao: hãy để cấp trên xác định.".to_owned(),
        ));
    }
    if !seen.is_empty() && item.seen != seen {
        return Err(changed());
    }
    let is_change = item.kind == CHANGES;
    let choice = match answer {
        Answer::Same(picks) => {
            let fields: Vec<String> = picks
                .iter()
                .filter(|(field, side)| {
                    *side == 1 && item.choices().any(|line| line.field == field)
                })
                .map(|(field, _)| field.clone())
                .collect();
            match (is_change, fields.is_empty()) {
                (true, true) => Choice::Keep,
                (true, false) => Choice::Take(fields),
                (false, _) => Choice::Same(child_of(&item)?, fields),
            }
        }
        Answer::Apart | Answer::Twins => Choice::New,
        Answer::Later => Choice::Later,
    };
    let by = By {
        rules: rules::of_desk(desk)?,
        as_of: None,
    };
    let done = decide::one(desk, (import, nth), &choice, &by)?;
    let [first, _] = &item.parties;
    if let (Answer::Twins, Some(new), Some(known)) = (answer, &done.child, &first.child) {
        apart::run(desk, [new, known], TWINS, false)?;
    }
    let sentence = match (&choice, answer) {
        (Choice::Same(..), _) => "Đã nhập dòng này vào hồ sơ có sẵn.",
        (Choice::Keep, _) => "Hồ sơ giữ nguyên.",
        (Choice::Take(_), _) => "Đã sửa hồ sơ theo dòng này.",
        (Choice::New, Answer::Twins) => "Đã thêm trẻ mới, ghi là sinh đôi với hồ sơ (1).",
        (Choice::New, _) => "Đã thêm trẻ mới.",
        _ => "Đã để lại, xem sau.",
    };
    Ok(Answered {
        child: done.child,
        sentence: sentence.to_owned(),
        ..Answered::default()
    })
}

fn pair(
    desk: &mut Desk,
    (child, other): (&str, &str),
    seen: &str,
    answer: &Answer,
) -> Done<Answered> {
    let versions = wait(async {
        let (open, mut tx) = desk.read().await?;
        let both = records(&mut tx, &open.book.register, [child, other]).await;
        for child in both.iter().flatten() {
            desk.must(Deed::Merge, &child.now.edition, child.now.unit.as_deref())?;
        }
        drop(tx);
        open.leave().await;
        Ok(both?.map(|child| child.version))
    })?;
    let [one, two] = versions;
    if !seen.is_empty() && seen != seen_of(one, two) {
        return Err(changed());
    }
    match answer {
        Answer::Same(picks) => {
            let mut asked = asked(desk, (child, other), picks);
            asked.seen = vec![(child.to_owned(), one), (other.to_owned(), two)];
            asked.yes = true;
            let told = merge::merge(desk, &asked)?;
            Ok(Answered {
                child: Some(told.survivor),
                merge: Some(told.merge),
                sentence: "Đã gộp hai hồ sơ.".to_owned(),
                ..Answered::default()
            })
        }
        Answer::Apart | Answer::Twins => {
            let twins = *answer == Answer::Twins;
            apart::run(desk, [child, other], if twins { TWINS } else { "" }, false)?;
            let sentence = if twins {
                "Đã ghi là hai trẻ sinh đôi; không hỏi lại nữa."
            } else {
                "Đã ghi là hai trẻ khác nhau; không hỏi lại nữa."
            };
            Ok(Answered {
                sentence: sentence.to_owned(),
                ..Answered::default()
            })
        }
        Answer::Later => later(desk, (child, other)),
    }
}

/// A pair is put off, as an act of its own.
fn later(desk: &mut Desk, (child, other): (&str, &str)) -> Done<Answered> {
    wait(async {
        let open = desk.open().await?;
        let book = open.book.register.clone();
        let mut act = begin(&open.store, desk.doing(&book, "later", "")).await?;
        let pair = act.reading().pair(&book, child, other).await?;
        let pair = pair.ok_or_else(gone)?;
        act.set_pair(&pair, LATER).await?;
        let detail = serde_json::json!({"other": other});
        act.finish(child, &detail.to_string()).await?;
        open.leave().await;
        Ok(Answered {
            sentence: "Đã để lại, xem sau.".to_owned(),
            ..Answered::default()
        })
    })
}

/// Takes back what was decided of a row.
///
/// # Errors
/// [`Failed::Refused`]: nothing was decided, or the record was edited since.
pub fn take_back(desk: &mut Desk, (import, nth): (&str, i64)) -> Done<()> {
    let by = By {
        rules: rules::of_desk(desk)?,
        as_of: None,
    };
    decide::one(desk, (import, nth), &Choice::Undo, &by)?;
    Ok(())
}
