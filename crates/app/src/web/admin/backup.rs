//! `/admin/backup`: the backups there are, one taken now, one restored as a drill; both are works that are watched.
//!
//! In: the person. Out: the page. A backup is named by its file's name, which is looked for among those that are there.

use super::super::answer::{capital, show};
use super::super::long::Long;
use super::super::{Answer, Page, Person, State};
use super::page;
use crate::act::register::backup::{self, Kept};
use crate::act::register::restore::{self, InBackup, Options, Restored};
use crate::act::register::{Done, Failed};
use crate::shown::{size, spoken};
use askama::Template;
use axum::Form;
use axum::extract::State as Of;
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use treem_child::texts::grouped;

#[derive(Template)]
#[template(path = "admin_backup.html")]
struct Backup {
    page: Page,
    folder: String,
    files: Vec<File>,
    last: Option<String>,
    tried: Option<String>,
    tried_sha256: String,
    made: Option<Made>,
    drill: Option<Drill>,
    wrong: String,
}

/// A backup as it is shown.
struct File {
    name: String,
    at: String,
    size: String,
    hashed: bool,
}

/// What a backup came to.
#[derive(Serialize, Deserialize)]
struct Made {
    bytes: u64,
    rows: u64,
    sha256: String,
    troubles: Vec<String>,
}

/// What a drill came to.
#[derive(Serialize, Deserialize)]
struct Drill {
    name: String,
    agrees: String,
    books: Vec<String>,
    troubles: Vec<String>,
}

/// How a work ended.
#[derive(Serialize, Deserialize)]
enum Ended {
    Made(Made),
    Tried(Drill),
    Refused(String),
}

/// When a backup was made, by its name (`treem-20240613-010509.db`, UTC).
fn made_at(name: &str) -> String {
    let digits: String = name.chars().filter(char::is_ascii_digit).collect();
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or("");
    spoken(&format!(
        "{}-{}-{}T{}:{}:{}Z",
        part(0, 4),
        part(4, 6),
        part(6, 8),
        part(8, 10),
        part(10, 12),
        part(12, 14)
    ))
}

fn long() -> Long {
    Long {
        key: "backup".to_owned(),
        at: "/admin/backup".to_owned(),
        way: ("/admin/backup", "Sao lưu"),
        back_again: "Xong thì kết quả hiện ở trang Sao lưu.",
        broke: "Máy chủ gặp trục trặc; chưa có bản sao lưu nào được giữ lại, sổ đang dùng không bị động đến.",
    }
}

async fn with(
    state: &Arc<State>,
    person: &Person,
    ended: Option<Ended>,
) -> Result<Response, Answer> {
    let kept = state.act(person, |desk| backup::kept(desk)).await?;
    let (said, made, drill, wrong) = match ended {
        None => ("", None, None, String::new()),
        Some(Ended::Made(made)) => (
            "Đã sao lưu; bản sao đã được khôi phục thử và so sánh từng dòng.",
            Some(made),
            None,
            String::new(),
        ),
        Some(Ended::Tried(drill)) if drill.troubles.is_empty() => (
            "Đã khôi phục thử: bản sao lưu dùng được.",
            None,
            Some(drill),
            String::new(),
        ),
        Some(Ended::Tried(drill)) => ("", None, Some(drill), String::new()),
        Some(Ended::Refused(sentence)) => ("", None, None, sentence),
    };
    let mut page = page("Sao lưu", person, said);
    page.wrong = !wrong.is_empty();
    let shown = Backup {
        page,
        folder: kept.folder,
        files: kept
            .files
            .into_iter()
            .map(
                |Kept {
                     name,
                     bytes,
                     hashed,
                 }| File {
                    at: made_at(&name),
                    size: size(bytes),
                    name,
                    hashed,
                },
            )
            .collect(),
        last: kept.last.as_deref().map(spoken),
        tried: kept.tried.as_deref().map(spoken),
        tried_sha256: kept.tried_sha256.chars().take(12).collect(),
        made,
        drill,
        wrong,
    };
    Ok((shown.page.status(), show(&shown)).into_response())
}

/// The page.
pub async fn home(Of(state): Of<Arc<State>>, person: Person) -> Result<Response, Answer> {
    with(&state, &person, None).await
}

/// How far a backup or a drill is; once it is over, the page with what it came to.
pub async fn watched(
    Of(state): Of<Arc<State>>,
    person: Person,
    headers: HeaderMap,
) -> Result<Response, Answer> {
    let told = long().told(&state, &person, &headers)?;
    let ended = told.and_then(|told| serde_json::from_str(&told).ok());
    with(&state, &person, ended).await
}

/// Asks it to stop.
pub async fn stop(Of(state): Of<Arc<State>>, person: Person) -> Response {
    long().stop(&state, &person)
}

/// What a work tells, as its page reads it.
fn told(ended: &Ended) -> Done<String> {
    Ok(serde_json::to_string(ended).map_err(anyhow::Error::from)?)
}

/// Takes a backup now.
pub async fn take(Of(state): Of<Arc<State>>, person: Person) -> Response {
    long().begin(&state, &person, "Sao lưu", |desk, (progress, stop)| {
        let ended = match backup::run(desk, None, progress, stop) {
            Ok(made) => Ended::Made(Made {
                bytes: made.bytes,
                rows: made.rows,
                sha256: made.sha256,
                troubles: made.troubles,
            }),
            Err(_) if stop.is_asked() => return Ok((false, String::new())),
            Err(Failed::Refused(sentence)) => Ended::Refused(capital(&sentence)),
            Err(failed) => return Err(failed),
        };
        Ok((true, told(&ended)?))
    })
}

/// Which backup.
#[derive(Deserialize)]
pub struct Named {
    name: String,
}

/// Restores a backup into a scratch copy, looks it through, and writes that down.
pub async fn drill(
    Of(state): Of<Arc<State>>,
    person: Person,
    Form(named): Form<Named>,
) -> Result<Response, Answer> {
    // A name that leads nowhere is said at once.
    let name = named.name.clone();
    let found = state
        .try_act(Some(&person), move |desk| backup::named(desk, &name))
        .await;
    let file = match found {
        Ok(file) => file,
        Err(Failed::Refused(sentence)) => {
            return with(&state, &person, Some(Ended::Refused(capital(&sentence)))).await;
        }
        Err(failed) => return Err(Answer::of(failed, Some(&person))),
    };
    let what = "Khôi phục thử";
    Ok(
        long().begin(&state, &person, what, move |desk, (progress, stop)| {
            let options = Options {
                file,
                to: None,
                replace: false,
                drill: true,
                yes: false,
            };
            let ended = match restore::run(desk, &options, progress, stop) {
                Ok(told) => Ended::Tried(tried(named.name, told)),
                Err(Failed::Refused(sentence)) => Ended::Refused(capital(&sentence)),
                Err(failed) => return Err(failed),
            };
            Ok((true, told(&ended)?))
        }),
    )
}

fn tried(name: String, told: Restored) -> Drill {
    let agrees = match told.sha256_agrees {
        Some(true) => "khớp với SHA-256 ghi bên cạnh",
        Some(false) => "không khớp với SHA-256 ghi bên cạnh",
        None => "không có tệp SHA-256 bên cạnh để so",
    };
    let book = |book: InBackup| {
        format!(
            "{}: {} hồ sơ đang theo dõi, việc cuối lúc {}.",
            book.name,
            grouped(book.active.unsigned_abs()),
            spoken(&book.last)
        )
    };
    Drill {
        name,
        agrees: agrees.to_owned(),
        books: told.books.into_iter().map(book).collect(),
        troubles: told.troubles,
    }
}

#[cfg(test)]
mod tests {
    use super::made_at;

    #[test]
    fn a_name_says_when() {
        assert_eq!(made_at("treem-20240613-010509.db"), "08:05 ngày 13/6/2024");
    }
}
