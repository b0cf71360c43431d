//! Papers of a list to be taken away, and what was signed and comes back: evidence with its verdict.
//!
//! In: the code of a list and the name of a paper; a file with a signature. Out: files; the page of the list with what was found.

use super::super::answer::capital;
use super::one::{self, Sought};
use super::{WAY, on_page};
use crate::act::register::handover::evidence::{self, Side};
use crate::act::register::handover::papers::{self, What};
use crate::act::register::handover::{authorities, came, frozen, list_of, workbook};
use crate::act::register::{Desk, Done, Failed};
use crate::web::sent::Sent;
use crate::web::{Answer, Person, State};
use anyhow::Context as _;
use axum::extract::{Multipart, Path, State as Of};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use std::sync::Arc;

/// What a file is to a browser.
fn media(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "pdf" => "application/pdf",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// A file to be saved, never to be run in the browser.
fn file(name: &str, kind: &str, bytes: Vec<u8>) -> Response {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    if let Ok(kind) = HeaderValue::from_str(kind) {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    let plain: String = name
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
        .collect();
    if let Ok(named) = HeaderValue::from_str(&format!("attachment; filename=\"{plain}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, named);
    }
    response
}

/// Makes one paper: its name and bytes.
fn make(desk: &mut Desk, list: &str, (paper, address): (&str, &str)) -> Done<(String, Vec<u8>)> {
    let code = list_of(list)?;
    if paper == "seal.txt" {
        let bytes = frozen::canonical(desk, list)?.bytes;
        return Ok((format!("noi-dung-da-chot-{code}.txt"), bytes));
    }
    let none = || Failed::Refused("không có giấy này.".to_owned());
    let (word, ending) = paper.rsplit_once('.').ok_or_else(none)?;
    let folder = came::room(desk)?;
    let made = (|| {
        if (word, ending) == ("list", "xlsx") {
            let name = format!("danh-sach-de-nghi-xac-thuc-{code}.xlsx");
            workbook::write(desk, list, &folder.join(&name))?;
            return Ok(name);
        }
        let what = What::from_word(word).ok_or_else(none)?;
        if !matches!(ending, "pdf" | "docx") {
            return Err(none());
        }
        let asked = papers::Asked {
            list: list.to_owned(),
            what: vec![what],
            folder: folder.clone(),
            pdf: ending == "pdf",
            docx: ending == "docx",
            address: address.to_owned(),
            drawn_by: String::new(),
        };
        let printed = papers::run(desk, &asked)?;
        printed
            .files
            .into_iter()
            .next()
            .map(|file| file.name)
            .ok_or_else(none)
    })();
    let read = made.and_then(|name| {
        let bytes = std::fs::read(folder.join(&name)).context("không đọc được giấy vừa lập")?;
        Ok((name, bytes))
    });
    let _ = std::fs::remove_dir_all(&folder);
    read
}

/// A paper of a list.
pub async fn paper(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path((list, paper)): Path<(String, String)>,
    headers: axum::http::HeaderMap,
) -> Result<Response, Answer> {
    // What a QR code opens: these pages as the person who prints has opened them.
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .filter(|host| {
            host.len() <= 100
                && host
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte))
        });
    let scheme = if state.secure { "https" } else { "http" };
    let address = host.map_or_else(String::new, |host| format!("{scheme}://{host}"));
    let own = list.clone();
    let made = state
        .try_act(Some(&person), move |desk| {
            make(desk, &own, (&paper, &address))
        })
        .await;
    match made {
        Ok((name, bytes)) => Ok(file(&name, media(&name), bytes)),
        Err(Failed::Refused(sentence)) => {
            let wrong = on_page(&sentence);
            one::with(&state, &person, list, (None, wrong, Sought::default())).await
        }
        Err(failed) => Err(Answer::of(failed, Some(&person))),
    }
}

/// Takes a file with a signature: looked at, kept where it is good.
pub async fn add(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(list): Path<String>,
    form: Multipart,
) -> Result<Response, Answer> {
    let sent = Sent::read(form, &person).await?;
    let own = list.clone();
    let done = state
        .try_act(Some(&person), move |desk| {
            let side = Side::from_word(sent.get("side"))
                .ok_or_else(|| Failed::Refused("hãy chọn chữ ký của bên nào.".to_owned()))?;
            let Some((name, bytes)) = sent.file else {
                return Err(Failed::Refused(
                    "chưa chọn tệp đã ký: .p7s, PDF đã ký số, hoặc ảnh quét.".to_owned(),
                ));
            };
            let authorities = authorities::folder(&desk.data);
            evidence::add(
                desk,
                &evidence::Asked {
                    list: own,
                    side,
                    name,
                    content: bytes.to_vec(),
                    over: None,
                    authorities,
                    keep: false,
                },
            )
        })
        .await;
    match done {
        Ok(told) if told.again => Ok(Answer::to(&format!("{WAY}/{list}?told=again"))),
        Ok(told) if told.accepted => {
            let what = if told.step { "sign" } else { "kept" };
            Ok(Answer::to(&format!("{WAY}/{list}?told={what}")))
        }
        Ok(told) => {
            let said: Vec<String> = told
                .signatures
                .iter()
                .filter(|one| one.verdict != "valid")
                .map(|one| capital(&one.sentence))
                .collect();
            let wrong = format!(
                "Chữ ký không dùng được, tệp không được giữ: {}",
                said.join(" ")
            );
            one::with(&state, &person, list, (None, wrong, Sought::default())).await
        }
        Err(Failed::Refused(sentence)) => {
            let wrong = on_page(&sentence);
            one::with(&state, &person, list, (None, wrong, Sought::default())).await
        }
        Err(failed) => Err(Answer::of(failed, Some(&person))),
    }
}

/// A piece of evidence.
pub async fn see(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(evidence): Path<String>,
) -> Result<Response, Answer> {
    let (kept, content) = state
        .act(&person, move |desk| evidence::look(desk, &evidence))
        .await?;
    let name = match kept.media.as_str() {
        "image/png" => "chung-cu.png",
        "image/jpeg" => "chung-cu.jpg",
        "application/pdf" => "chung-cu.pdf",
        _ => "chu-ky.p7s",
    };
    Ok(file(name, &kept.media, content))
}
