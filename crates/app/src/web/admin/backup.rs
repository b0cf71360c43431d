//! `/admin/backup`: the backups there are, one taken now, one restored as a drill.
//!
//! In: the person. Out: the page. A backup is named by its file's name, which is looked for among those that are there.

use super::super::answer::{capital, show};
use super::super::{Answer, Page, Person, State};
use super::{page, status};
use crate::act::check::{Silent, Stop};
use crate::act::register::Failed;
use crate::act::register::backup::{self, BackedUp, Kept};
use crate::act::register::restore::{self, Options, Restored};
use crate::shown::{size, spoken};
use askama::Template;
use axum::Form;
use axum::extract::State as Of;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "admin_backup.html")]
struct Backup {
    page: Page,
    folder: String,
    files: Vec<File>,
    last: Option<String>,
    tried: Option<String>,
    tried_sha256: String,
    made: Option<BackedUp>,
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

/// What a drill came to.
struct Drill {
    name: String,
    told: Restored,
    agrees: &'static str,
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

async fn with(
    state: &Arc<State>,
    person: &Person,
    said: &str,
    (made, drill): (Option<BackedUp>, Option<Drill>),
    wrong: String,
) -> Result<Response, Answer> {
    let kept = state.act(person, |desk| backup::kept(desk)).await?;
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
    Ok((status(&shown.page), show(&shown)).into_response())
}

/// The page.
pub async fn home(Of(state): Of<Arc<State>>, person: Person) -> Result<Response, Answer> {
    with(&state, &person, "", (None, None), String::new()).await
}

/// Takes a backup now.
pub async fn take(Of(state): Of<Arc<State>>, person: Person) -> Result<Response, Answer> {
    let made = state
        .try_act(Some(&person), |desk| {
            backup::run(desk, None, &Silent, &Stop::default())
        })
        .await;
    match made {
        Ok(made) => {
            let said = "Đã sao lưu; bản sao đã được khôi phục thử và so sánh từng dòng.";
            with(&state, &person, said, (Some(made), None), String::new()).await
        }
        Err(Failed::Refused(sentence)) => {
            with(&state, &person, "", (None, None), capital(&sentence)).await
        }
        Err(failed) => Err(Answer::of(failed, Some(&person))),
    }
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
    let name = named.name.clone();
    let told = state
        .try_act(Some(&person), move |desk| {
            let options = Options {
                file: backup::named(desk, &named.name)?,
                to: None,
                replace: false,
                drill: true,
                yes: false,
            };
            restore::run(desk, &options, &Silent, &Stop::default())
        })
        .await;
    match told {
        Ok(mut told) => {
            let said = if told.troubles.is_empty() {
                "Đã khôi phục thử: bản sao lưu dùng được."
            } else {
                ""
            };
            for book in &mut told.books {
                book.last = spoken(&book.last);
            }
            let agrees = match told.sha256_agrees {
                Some(true) => "khớp với SHA-256 ghi bên cạnh",
                Some(false) => "không khớp với SHA-256 ghi bên cạnh",
                None => "không có tệp SHA-256 bên cạnh để so",
            };
            let drill = Drill { name, told, agrees };
            with(&state, &person, said, (None, Some(drill)), String::new()).await
        }
        Err(Failed::Refused(sentence)) => {
            with(&state, &person, "", (None, None), capital(&sentence)).await
        }
        Err(failed) => Err(Answer::of(failed, Some(&person))),
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
