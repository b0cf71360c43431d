//! *Nhập từ tệp*: files in, columns looked at, what would happen, and the import; each step a page that can be gone back to.
//!
//! In: what a person sends and chooses. Out: pages; the work itself runs as a job ([`crate::jobs`]) that the page watches. The intake's id
//! is all that stands in an address.

mod columns;
pub mod lists;
mod preview;
mod run;

pub use columns::{change as change_columns, show_page as columns};
pub use preview::show_page as preview;
pub use run::{begin as begin_import, discard, result, show_page as run, stop};

use super::answer::{capital, show};
use super::{Answer, Page, Person, State, shown};
use crate::access::Deed;
use crate::act::access::look;
use crate::act::register::intake::receive::{self, About};
use crate::act::register::intake::{self, Intake, steps};
use crate::act::register::{Desk, Done, Failed};
use crate::limits;
use askama::Template;
use axum::extract::{Multipart, State as Of};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use std::sync::Arc;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit::{self, Level};

/// A commune rows may be of.
struct Commune {
    code: &'static str,
    name: String,
}

/// Something under way.
struct UnderWay {
    id: String,
    files: String,
    at: String,
    state: &'static str,
}

#[derive(Template)]
#[template(path = "import.html")]
struct Import {
    page: Page,
    wrong: String,
    as_of: String,
    communes: Vec<Commune>,
    /// The commune all rows without one are taken for.
    own: Option<Commune>,
    mine: Vec<UnderWay>,
    most_files: usize,
    most_megabytes: u64,
}

/// What the first page needs of the register.
struct Ready {
    communes: Vec<Commune>,
    own: Option<Commune>,
    mine: Vec<Intake>,
    today: PartialDate,
}

fn ready(desk: &Desk) -> Ready {
    let today = shown::today(&desk.now);
    let area = desk.area(Deed::Import);
    let own = match area.areas() {
        [area] => area.unit().and_then(|(edition, code)| {
            let unit = unit::edition(edition).by_code(code)?;
            (unit.level() == Level::Commune).then(|| Commune {
                code: unit.code,
                name: unit::in_running_text(unit.name),
            })
        }),
        _ => None,
    };
    let edition = unit::edition(&today.to_string());
    let mut communes = Vec::new();
    if own.is_none() {
        let units = area.units(edition).unwrap_or_default();
        let of = units
            .into_iter()
            .filter(|unit| unit.level() == Level::Commune);
        communes.extend(of.map(|unit| Commune {
            code: unit.code,
            name: unit.name.to_owned(),
        }));
    }
    if communes.len() > limits::COMMUNES_CHOSEN {
        communes.clear();
    }
    Ready {
        communes,
        own,
        mine: intake::mine(desk),
        today,
    }
}

/// The first step.
pub async fn show_page(Of(state): Of<Arc<State>>, person: Person) -> Result<Response, Answer> {
    first(&state, &person, String::new()).await
}

async fn first(state: &Arc<State>, person: &Person, wrong: String) -> Result<Response, Answer> {
    let ready = state.act(person, |desk| Ok(ready(desk))).await?;
    let mut page = Page::new("Nhập từ tệp", "/import", Some(person));
    page.wrong = !wrong.is_empty();
    let status = page.status();
    let shown = show(&Import {
        page,
        wrong,
        as_of: shown::day(&ready.today.to_string()),
        communes: ready.communes,
        own: ready.own,
        mine: ready.mine.iter().map(under_way).collect(),
        most_files: limits::INTAKE_FILES,
        most_megabytes: limits::INTAKE_BYTES >> 20,
    });
    Ok((status, shown).into_response())
}

fn under_way(one: &Intake) -> UnderWay {
    UnderWay {
        files: names(one),
        at: shown::moment(&one.at),
        state: match (&one.imported, &one.tried, one.is_read) {
            (Some(_), _, _) => "đã nhập",
            (None, Some(_), _) => "đã xem trước, chưa nhập",
            (None, None, true) => "đã đọc, chưa nhập",
            _ => "chưa đọc xong",
        },
        id: one.id.clone(),
    }
}

/// The files of an intake, as a heading.
fn names(one: &Intake) -> String {
    match one.files.as_slice() {
        [] => String::new(),
        [file] => file.name.clone(),
        [first, rest @ ..] => format!("{} và {} tệp khác", first.name, rest.len()),
    }
}

/// What was typed beside the files.
#[derive(Default)]
pub struct Typed {
    /// The day on which age is judged.
    pub as_of: String,
    /// Code of the commune of rows that name none.
    pub unit: String,
}

/// Receives files, then reads them.
pub async fn send(
    Of(state): Of<Arc<State>>,
    person: Person,
    mut parts: Multipart,
) -> Result<Response, Answer> {
    let begun = state.try_act(Some(&person), |desk| {
        desk.must_somewhere(Deed::Import)?;
        receive::begin(desk)
    });
    let received = match begun.await {
        Ok(mut receiving) => match take(&mut receiving, &mut parts).await {
            Ok(typed) => finish(&state, &person, receiving, typed).await,
            Err(failed) => Err(failed),
        },
        Err(failed) => Err(failed),
    };
    match received {
        Ok(intake) => {
            let at = intake.id.clone();
            read(&state, &person, intake);
            Ok(Answer::to(&format!("/import/{at}/run")))
        }
        Err(Failed::Refused(sentence)) => first(&state, &person, capital(&sentence)).await,
        Err(failed) => Err(Answer::of(failed, Some(&person))),
    }
}

/// Takes the parts of the form as they come.
pub async fn take(receiving: &mut receive::Receiving, parts: &mut Multipart) -> Done<Typed> {
    let broken = |error: axum::extract::multipart::MultipartError| {
        if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
            return Failed::Refused(format!(
                "tệp quá lớn: mỗi lượt nhận tối đa {} MB; hãy chia tệp ra.",
                limits::INTAKE_BYTES >> 20
            ));
        }
        Failed::Refused("tệp chưa tải lên trọn vẹn; hãy chọn tệp và tải lại.".to_owned())
    };
    let mut typed = Typed::default();
    while let Some(mut part) = parts.next_field().await.map_err(broken)? {
        let name = part.name().unwrap_or("").to_owned();
        if name != "files" {
            let text: String = part
                .text()
                .await
                .map_err(broken)?
                .chars()
                .take(40)
                .collect();
            match name.as_str() {
                "as_of" => typed.as_of = text,
                "unit" => typed.unit = text,
                _ => {}
            }
            continue;
        }
        let sent = part.file_name().unwrap_or("").to_owned();
        let mut is_begun = false;
        while let Some(piece) = part.chunk().await.map_err(broken)? {
            // A browser sends an empty part where no file was chosen.
            if !is_begun && (!sent.is_empty() || !piece.is_empty()) {
                receiving.file(&sent)?;
                is_begun = true;
            }
            receiving.piece(&piece)?;
        }
    }
    Ok(typed)
}

async fn finish(
    state: &Arc<State>,
    person: &Person,
    receiving: receive::Receiving,
    typed: Typed,
) -> Done<Intake> {
    state
        .try_act(Some(person), move |desk| {
            let today = shown::today(&desk.now);
            let as_of = if typed.as_of.trim().is_empty() {
                today
            } else {
                shown::read_day(&typed.as_of).ok_or_else(|| {
                    Failed::Refused(format!(
                        "ngày tính số liệu “{}” không dùng được: viết ngày/tháng/năm, ví dụ 13/6/2024.",
                        typed.as_of
                    ))
                })?
            };
            let day = as_of.to_string();
            let (edition, area) = (unit::edition(&day), desk.area(Deed::Import));
            let own = ready(desk).own.map(|own| own.code.to_owned());
            let unit = own.or(Some(typed.unit)).filter(|code| {
                edition.by_code(code).is_some() && area.holds(edition.from, Some(code))
            });
            receiving.finish(
                desk,
                About {
                    edition: day.clone(),
                    as_of: day,
                    unit,
                },
            )
        })
        .await
}

/// Reads the files, as a job.
fn read(state: &Arc<State>, person: &Person, intake: Intake) {
    work(
        state,
        person,
        intake,
        "Đọc tệp",
        |desk, intake, around| steps::read(desk, intake, around),
    );
}

/// How far and how to stop.
type Around<'a> = (
    &'a dyn crate::act::check::Progress,
    &'a crate::act::check::Stop,
);

/// Begins a work on an intake; gives whether it was begun.
fn work(
    state: &Arc<State>,
    person: &Person,
    intake: Intake,
    what: &str,
    does: impl FnOnce(&mut Desk, &mut Intake, Around<'_>) -> Done<bool> + Send + 'static,
) -> bool {
    let mut desk = state.desk(Some(person));
    let (key, mut intake) = (intake.id.clone(), intake);
    state.jobs.start(
        &key,
        &person.sign_in,
        what,
        Box::new(move |progress, stop| {
            let done = does(&mut desk, &mut intake, (progress, stop));
            look::refusals(&mut desk)?;
            done
        }),
    )
}

/// The intake of an address; for anybody but its owner there is none.
async fn load(state: &Arc<State>, person: &Person, id: String) -> Result<Intake, Answer> {
    let found = state
        .try_act(Some(person), move |desk| intake::load(desk, &id))
        .await;
    found.map_err(|failed| match failed {
        Failed::Refused(sentence) => Answer::page(
            StatusCode::NOT_FOUND,
            Some(person),
            &sentence,
            "Mở trang Nhập từ tệp để tải tệp lên.",
        ),
        failed => Answer::of(failed, Some(person)),
    })
}

#[cfg(test)]
mod tests;
