//! How a record ends and begins again, and moves: proposed, answered.
//!
//! In: the forms of the record's page. Out: the record again, or the sentence of what is wrong.

use super::super::list::fix::{Parts, one};
use super::super::{Answer, Person, State, shown};
use crate::access::Deed;
use crate::act::register::life::{self, Asked};
use crate::act::register::moves;
use crate::act::register::{Desk, Done, Failed};
use crate::act::units;
use axum::extract::{Path, State as Of};
use axum::response::Response;
use axum_extra::extract::Form;
use std::sync::Arc;
use treem_child::normalise::date::PartialDate;
use treem_store::child::{ACTIVE, DIED, MISTAKE, MOVED};

/// A day as typed, not after today.
fn day(desk: &Desk, text: &str) -> Done<PartialDate> {
    let day = shown::read_day(text).ok_or_else(|| {
        Failed::Refused(
            "ngày chưa ghi hoặc không đọc được: viết ngày/tháng/năm, ví dụ 13/6/2024.".to_owned(),
        )
    })?;
    if day.to_string() > shown::today(&desk.now).to_string() {
        return Err(Failed::Refused(
            "ngày này chưa đến; hãy xem lại năm.".to_owned(),
        ));
    }
    Ok(day)
}

/// Closes a record.
pub async fn close(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(child): Path<String>,
    Form(parts): Form<Parts>,
) -> Result<Response, Answer> {
    let id = child.clone();
    state
        .act(&person, move |desk| {
            let state = match one(&parts, "how") {
                "left" => MOVED,
                "died" => DIED,
                "mistake" => MISTAKE,
                _ => {
                    return Err(Failed::Refused(
                        "hãy chọn vì sao đóng hồ sơ: đã chuyển đi, đã mất, hay nhập nhầm."
                            .to_owned(),
                    ));
                }
            };
            let on = (state != MISTAKE)
                .then(|| day(desk, one(&parts, "day")))
                .transpose()?;
            let asked = Asked {
                child: id,
                state,
                day: on.map(|day| day.to_string()),
                why: one(&parts, "why").to_owned(),
                version: one(&parts, "version").parse().ok(),
                as_of: shown::today(&desk.now),
            };
            life::run(desk, &asked)
        })
        .await?;
    Ok(Answer::to(&format!("/child/{child}?told=closed")))
}

/// Opens it again.
pub async fn reopen(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(child): Path<String>,
    Form(parts): Form<Parts>,
) -> Result<Response, Answer> {
    let id = child.clone();
    state
        .act(&person, move |desk| {
            let asked = Asked {
                child: id,
                state: ACTIVE,
                day: None,
                why: one(&parts, "why").to_owned(),
                version: None,
                as_of: shown::today(&desk.now),
            };
            life::run(desk, &asked)
        })
        .await?;
    Ok(Answer::to(&format!("/child/{child}?told=reopened")))
}

/// Proposes a move.
pub async fn propose(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(child): Path<String>,
    Form(parts): Form<Parts>,
) -> Result<Response, Answer> {
    let id = child.clone();
    state
        .act(&person, move |desk| {
            let on = day(desk, one(&parts, "day"))?;
            let edition = units::on(on);
            let to = one(&parts, "to");
            if to.trim().is_empty() {
                return Err(Failed::Refused(
                    "hãy ghi xã, phường nơi trẻ chuyển đến.".to_owned(),
                ));
            }
            let unit = units::area(edition, to).map_err(Failed::Refused)?;
            let asked = moves::Asked {
                child: id,
                to: (edition, unit),
                to_register: None,
                hamlet: one(&parts, "hamlet").trim().to_owned(),
                address: String::new(),
                day: on.to_string(),
                why: one(&parts, "why").to_owned(),
            };
            moves::propose(desk, &asked)
        })
        .await?;
    Ok(Answer::to(&format!("/child/{child}?told=proposed")))
}

/// Answers a move.
pub async fn answer(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path((child, id)): Path<(String, String)>,
    Form(parts): Form<Parts>,
) -> Result<Response, Answer> {
    let told = state
        .act(&person, move |desk| {
            let answer = match one(&parts, "answer") {
                "confirm" => moves::Answer::Confirm,
                "refuse" => moves::Answer::Refuse,
                _ => moves::Answer::Withdraw,
            };
            let day = shown::today(&desk.now);
            moves::answer(desk, &id, answer, one(&parts, "why"), day)
        })
        .await?;
    // The record may be, or still be, in the other's area: then the way leads back to what waits.
    let (edition, unit) = if told.state == "confirmed" {
        (told.to_edition.as_str(), told.to.as_str())
    } else {
        ("", "")
    };
    let here = person.grants.may(Deed::See, edition, Some(unit)).is_ok();
    Ok(Answer::to(&if here {
        format!("/child/{child}?told=answered")
    } else {
        "/list/moves".to_owned()
    }))
}
