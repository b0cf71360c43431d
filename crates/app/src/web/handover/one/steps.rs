//! Steps of a list, rows that are added and struck out.
//!
//! In: forms of the list's page. Out: the page again, with what was done or what was refused.

use super::super::super::list::fix::one as part;
use super::super::{Parts, WAY, on_page, shown};
use super::{Sought, with};
use crate::act::check::{Silent, Stop};
use crate::act::register::handover::split::{self, By};
use crate::act::register::handover::steps::{self, Asked as Step};
use crate::act::register::handover::{review, seen};
use crate::act::register::{Done, Failed, find};
use crate::web::{Answer, Person, State};
use axum::extract::{Path, State as Of};
use axum::response::Response;
use axum_extra::extract::Form;
use std::sync::Arc;
use treem_child::handover::step::{Basis, Way};

/// The step a form asks for.
fn step(parts: &[(String, String)], today: &str) -> Done<Step> {
    let text = |name: &str| part(parts, name).trim().to_owned();
    let basis = || match text("paper") {
        paper if paper.is_empty() && part(parts, "by") != "paper" => Basis::Account,
        paper => Basis::Paper(paper),
    };
    let why = || text("why");
    Ok(match part(parts, "step") {
        "review" => Step::Review,
        "submit" => Step::Submit,
        "send-back" => Step::SendBack { why: why() },
        "approve" => Step::Approve {
            basis: basis(),
            day: match text("day") {
                day if day.is_empty() => today.to_owned(),
                day => shown::read_day(&day)
                    .ok_or_else(|| {
                        Failed::Refused(format!(
                            "ngày chốt “{day}” không dùng được: viết ngày/tháng/năm, ví dụ 13/6/2024."
                        ))
                    })?
                    .to_string(),
            },
        },
        "send" => Step::Send {
            way: Way::from_word(part(parts, "way"))
                .ok_or_else(|| Failed::Refused("hãy chọn chuyển bằng cách nào.".to_owned()))?,
        },
        "receive" => Step::Receive { basis: basis() },
        "answered" => Step::Answered,
        "sign" => Step::Sign {
            basis: basis(),
            evidence: None,
        },
        "return" => Step::Return { basis: basis() },
        "withdraw" => Step::Withdraw { why: why() },
        "reopen" => Step::Reopen { why: why() },
        _ => return Err(Failed::Refused("không có bước này.".to_owned())),
    })
}

/// Takes a step.
pub async fn take(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(list): Path<String>,
    Form(parts): Form<Parts>,
) -> Result<Response, Answer> {
    let word = part(&parts, "step").to_owned();
    let own = list.clone();
    let done = state
        .try_act(Some(&person), move |desk| {
            let today = shown::today(&desk.now).to_string();
            if part(&parts, "step") == "split" {
                let why = part(&parts, "why").trim().to_owned();
                return split::run(desk, &own, &By::Hamlet, &why).map(|_| ());
            }
            if part(&parts, "step") == "see" {
                let told = seen::run(desk, (&own, &today, true), (&Silent, &Stop::default()))?;
                if told.done {
                    return Ok(());
                }
                return Err(Failed::Refused(format!(
                    "bản xuất của phần mềm quốc gia ngày {} đã có {} trẻ, còn {} trẻ chưa thấy thay đổi: nhập trên phần mềm quốc gia rồi nạp bản xuất mới.",
                    shown::day(&told.day),
                    told.shown,
                    told.missing.len()
                )));
            }
            let step = step(&parts, &today)?;
            steps::run(desk, &own, &step).map(|_| ())
        })
        .await;
    match done {
        Ok(()) if word == "receive" && person.may(crate::access::Deed::Answer) => {
            Ok(Answer::to(&format!("{WAY}/{list}/answer")))
        }
        Ok(()) => Ok(Answer::to(&format!("{WAY}/{list}?told={word}"))),
        Err(Failed::Refused(sentence)) => {
            with(
                &state,
                &person,
                list,
                (None, on_page(&sentence), Sought::default()),
            )
            .await
        }
        Err(failed) => Err(Answer::of(failed, Some(&person))),
    }
}

/// Adds a child, or strikes rows out.
pub async fn rows(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(list): Path<String>,
    Form(parts): Form<Parts>,
) -> Result<Response, Answer> {
    let own = list.clone();
    let asked = parts.clone();
    let done = state
        .try_act(Some(&person), move |desk| {
            let why = part(&asked, "why").trim().to_owned();
            let many = |name: &str| -> Vec<String> {
                asked
                    .iter()
                    .filter(|(known, value)| known == name && !value.is_empty())
                    .map(|(_, value)| value.clone())
                    .collect()
            };
            let (mut add, strike) = (many("child"), many("row"));
            let what = part(&asked, "what").trim().to_owned();
            if add.is_empty() && !what.is_empty() {
                let mut found = find::run(desk, &what)?.children;
                match found.as_slice() {
                    [] => {
                        return Err(Failed::Refused(format!(
                            "không tìm thấy trẻ nào tên hoặc số là “{what}” trong địa bàn của bạn."
                        )));
                    }
                    [only] => add.push(only.child.clone()),
                    _ => {
                        for one in &mut found {
                            one.birth = shown::birth(&one.birth);
                        }
                        return Ok(Some(Sought { what, why, found }));
                    }
                }
            }
            if add.is_empty() && strike.is_empty() {
                return Err(Failed::Refused(
                    "chưa chọn dòng nào: đánh dấu các dòng cần loại, hoặc ghi tên trẻ cần thêm."
                        .to_owned(),
                ));
            }
            review::rows(desk, &own, (&add, &strike), &why).map(|_| None)
        })
        .await;
    match done {
        Ok(None) => Ok(Answer::to(&format!("{WAY}/{list}?told=rows"))),
        Ok(Some(sought)) => with(&state, &person, list, (None, String::new(), sought)).await,
        Err(Failed::Refused(sentence)) => {
            let kept = Sought {
                what: part(&parts, "what").to_owned(),
                why: part(&parts, "why").to_owned(),
                found: Vec::new(),
            };
            with(&state, &person, list, (None, on_page(&sentence), kept)).await
        }
        Err(failed) => Err(Answer::of(failed, Some(&person))),
    }
}
