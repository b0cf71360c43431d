//! `/sign-in`, `/sign-out`, `/welcome`: in by name and password and, where it is on, the code of the second factor; the first time by a
//! link that works once.
//!
//! In: what was typed. Out: a cookie with the session's token, or the form again with what is wrong.

use super::answer::{capital, show};
use super::person::{Asker, cookie_name, token};
use super::{Answer, Page, Person, State};
use crate::act::access::account;
use crate::act::access::secret::Cost;
use crate::act::access::sign_in::{self, SignedIn};
use crate::act::register::Failed;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State as Of};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignIn {
    page: Page,
    name: String,
    wrong: String,
}

#[derive(Template)]
#[template(path = "sign_in_code.html")]
struct Code {
    page: Page,
    wrong: String,
}

#[derive(Template)]
#[template(path = "welcome.html")]
struct Welcome {
    page: Page,
    /// What the person will sign in with; empty where the link is worth nothing.
    name: String,
    shown: String,
    wrong: String,
}

/// Name and password.
#[derive(Deserialize)]
pub struct Typed {
    name: String,
    password: String,
}

/// A code.
#[derive(Deserialize)]
pub struct TypedCode {
    code: String,
}

/// A new password, twice.
#[derive(Deserialize)]
pub struct NewPassword {
    password: String,
    again: String,
}

/// Where who has not signed in is sent. A request that would have changed something is not kept: it is said that nothing was done.
pub fn first() -> Response {
    Answer::to("/sign-in")
}

/// The form.
pub async fn ask(person: Option<Person>) -> Response {
    if person.is_some() {
        return Answer::to("/today");
    }
    form(String::new(), String::new())
}

fn form(name: String, wrong: String) -> Response {
    let mut page = Page::new("Đăng nhập", "", None);
    page.wrong = !wrong.is_empty();
    let status = page.status();
    (status, show(&SignIn { page, name, wrong })).into_response()
}

/// Signs in.
pub async fn enter(
    Of(state): Of<Arc<State>>,
    Asker(address): Asker,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Result<Response, Answer> {
    let agent = headers
        .get(header::USER_AGENT)
        .and_then(|agent| agent.to_str().ok())
        .unwrap_or("")
        .to_owned();
    let chance = (state.outside.chance)();
    let name = typed.name.clone();
    let done = state
        .try_act(None, move |desk| {
            let asked = sign_in::Asked {
                name: &typed.name,
                password: &typed.password,
                address,
                agent: &agent,
            };
            sign_in::sign_in(desk, &asked, chance, Cost::USUAL)
        })
        .await;
    match done {
        Ok(signed) => Ok(let_in(&state, &signed)),
        Err(Failed::Refused(sentence)) => Ok(form(name, capital(&sentence))),
        Err(failed) => Err(Answer::of(failed, None)),
    }
}

/// With the cookie, on to the first page.
fn let_in(state: &State, signed: &SignedIn) -> Response {
    let to = if signed.needs_code {
        "/sign-in/code"
    } else if signed.must_change {
        "/account/password"
    } else {
        "/today"
    };
    with_cookie(state, Answer::to(to), &signed.token)
}

/// Sets the cookie: for this host, not for scripts, not sent by other sites; an empty token takes it away.
fn with_cookie(state: &State, mut response: Response, token: &str) -> Response {
    let name = cookie_name(state);
    let secure = if state.secure { "; Secure" } else { "" };
    let age = if token.is_empty() { "; Max-Age=0" } else { "" };
    let cookie = format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax{secure}{age}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// The form of the code.
pub async fn ask_code(person: Person) -> Response {
    if !person.needs_code {
        return Answer::to("/today");
    }
    code_form(String::new())
}

fn code_form(wrong: String) -> Response {
    let mut page = Page::new("Mã xác thực", "", None);
    page.wrong = !wrong.is_empty();
    let status = page.status();
    (status, show(&Code { page, wrong })).into_response()
}

/// Takes the code.
pub async fn enter_code(
    Of(state): Of<Arc<State>>,
    Asker(address): Asker,
    headers: HeaderMap,
    Form(typed): Form<TypedCode>,
) -> Result<Response, Answer> {
    let held = token(&state, &headers).unwrap_or_default();
    let chance = (state.outside.chance)();
    let done = state
        .try_act(None, move |desk| {
            sign_in::code(desk, &held, &typed.code, address, chance)
        })
        .await;
    match done {
        Ok(signed) => Ok(let_in(&state, &signed)),
        Err(Failed::Refused(sentence)) => Ok(code_form(capital(&sentence))),
        Err(failed) => Err(Answer::of(failed, None)),
    }
}

/// Signs out.
pub async fn leave(Of(state): Of<Arc<State>>, headers: HeaderMap) -> Result<Response, Answer> {
    if let Some(held) = token(&state, &headers) {
        state
            .try_act(None, move |desk| sign_in::sign_out(desk, &held))
            .await
            .map_err(|failed| Answer::of(failed, None))?;
    }
    Ok(with_cookie(&state, Answer::to("/sign-in"), ""))
}

/// What a one-time link opens.
pub async fn welcome(
    Of(state): Of<Arc<State>>,
    Path(link): Path<String>,
) -> Result<Response, Answer> {
    welcome_form(&state, link, String::new()).await
}

async fn welcome_form(state: &Arc<State>, link: String, wrong: String) -> Result<Response, Answer> {
    let whose = state
        .try_act(None, move |desk| account::whose_link(desk, &link))
        .await
        .map_err(|failed| Answer::of(failed, None))?;
    let mut page = Page::new("Đặt mật khẩu", "", None);
    page.wrong = !wrong.is_empty() || whose.is_none();
    let status = match (&whose, wrong.is_empty()) {
        (None, _) => StatusCode::GONE,
        (_, false) => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::OK,
    };
    let (name, shown) = whose.unwrap_or_default();
    Ok((
        status,
        show(&Welcome {
            page,
            name,
            shown,
            wrong,
        }),
    )
        .into_response())
}

/// Sets the first password and signs in with it.
pub async fn begin(
    Of(state): Of<Arc<State>>,
    Path(link): Path<String>,
    asker: Asker,
    headers: HeaderMap,
    Form(typed): Form<NewPassword>,
) -> Result<Response, Answer> {
    if typed.password != typed.again {
        return welcome_form(&state, link, "Hai lần gõ không giống nhau.".to_owned()).await;
    }
    let salt = (state.outside.chance)();
    let (used, password) = (link.clone(), typed.password.clone());
    let done = state
        .try_act(None, move |desk| {
            account::use_link(desk, &used, &password, (salt, Cost::USUAL))
        })
        .await;
    match done {
        Ok(name) => {
            let typed = Typed {
                name,
                password: typed.password,
            };
            enter(Of(state), asker, headers, Form(typed)).await
        }
        Err(Failed::Refused(sentence)) => welcome_form(&state, link, capital(&sentence)).await,
        Err(failed) => Err(Answer::of(failed, None)),
    }
}
