//! `/account`: one's own password, second factor, and where one is signed in.
//!
//! In: the person, what was typed. Out: the page; a refusal stands above the form it is about.

use super::answer::{capital, show};
use super::{Answer, Page, Person, State, shown};
use crate::act::access::account::{self, Mine};
use crate::act::access::secret::Cost;
use crate::act::register::Failed;
use askama::Template;
use axum::Form;
use axum::extract::State as Of;
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::Query;
use qrcodegen::{QrCode, QrCodeEcc};
use serde::Deserialize;
use std::fmt::Write as _;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "account.html")]
struct Account {
    page: Page,
    person: Person,
    roles: Vec<(String, String)>,
    sessions: Vec<Session>,
    wrong: String,
    at: &'static str,
}

/// A session as it is shown.
struct Session {
    id: String,
    agent: String,
    since: String,
    seen: String,
    here: bool,
}

#[derive(Template)]
#[template(path = "account_password.html")]
struct Password {
    page: Page,
    wrong: String,
    at: &'static str,
}

#[derive(Template)]
#[template(path = "account_second.html")]
struct Second {
    page: Page,
    secret: String,
    spaced: String,
    /// Side of the code in modules, and its path.
    side: i32,
    path: String,
    wrong: String,
    at: &'static str,
}

/// What was just done.
#[derive(Deserialize)]
pub struct Done {
    #[serde(default)]
    done: String,
}

/// A password and the new one, twice.
#[derive(Deserialize)]
pub struct NewPassword {
    old: String,
    password: String,
    again: String,
}

/// A session to be ended.
#[derive(Deserialize)]
pub struct End {
    session: String,
}

/// The second factor is proved.
#[derive(Deserialize)]
pub struct Proof {
    secret: String,
    code: String,
    password: String,
}

/// The second factor shall be off.
#[derive(Deserialize)]
pub struct Off {
    password: String,
}

/// The page.
pub async fn home(
    Of(state): Of<Arc<State>>,
    person: Person,
    Query(done): Query<Done>,
) -> Result<Response, Answer> {
    let said = match done.done.as_str() {
        "password" => "Mật khẩu đã đổi; các máy khác đã được đăng xuất.",
        "on" => "Mã xác thực đã bật; lần đăng nhập sau sẽ hỏi thêm 6 chữ số.",
        "off" => "Mã xác thực đã tắt.",
        "session" => "Đã đăng xuất máy ấy.",
        _ => "",
    };
    with(&state, person, said, String::new()).await
}

async fn with(
    state: &Arc<State>,
    person: Person,
    said: &str,
    wrong: String,
) -> Result<Response, Answer> {
    let id = person.id.clone();
    let held = state
        .act(&person, move |desk| account::sessions(desk, &id))
        .await?;
    let one = |one: Mine| Session {
        here: one.session == person.session,
        agent: browser(&one.agent),
        since: shown::spoken(&one.created_at),
        seen: shown::spoken(&one.seen_at),
        id: one.session,
    };
    let day = crate::act::register::stamp((state.outside.clock)());
    let roles = person.grants.all().iter().map(|grant| {
        let day = grant
            .area
            .unit()
            .map_or(day.as_str(), |(edition, _)| edition);
        (grant.role.name(day).to_owned(), grant.area.name())
    });
    let mut page = Page::new("Tài khoản của tôi", "/account", Some(&person))
        .said((!said.is_empty()).then(|| said.to_owned()));
    page.wrong = !wrong.is_empty();
    let shown = Account {
        page,
        roles: roles.collect(),
        sessions: held.into_iter().map(one).collect(),
        at: "password",
        person,
        wrong,
    };
    Ok((shown.page.status(), show(&shown)).into_response())
}

/// The browser and the system, in words; the text itself, cut, where they are unknown.
fn browser(agent: &str) -> String {
    let name = [
        ("Edg/", "Edge"),
        ("CocCoc", "Cốc Cốc"),
        ("coc_coc", "Cốc Cốc"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    let system = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ];
    let find = |table: &[(&str, &'static str)]| {
        table
            .iter()
            .find(|(mark, _)| agent.contains(mark))
            .map(|(_, name)| *name)
    };
    match (find(&name), find(&system)) {
        (Some(name), Some(system)) => format!("{name} trên {system}"),
        (Some(name), None) => name.to_owned(),
        _ if agent.is_empty() => "Không rõ trình duyệt".to_owned(),
        _ => agent.chars().take(60).collect(),
    }
}

/// The form of a new password.
pub async fn ask_password(person: Person) -> Response {
    password_form(&person, String::new(), "old")
}

fn password_form(person: &Person, wrong: String, at: &'static str) -> Response {
    let mut page =
        Page::new("Đổi mật khẩu", "/account", Some(person)).back("/account", "Tài khoản của tôi");
    page.wrong = !wrong.is_empty();
    (page.status(), show(&Password { page, wrong, at })).into_response()
}

/// Changes the password.
pub async fn password(
    Of(state): Of<Arc<State>>,
    person: Person,
    Form(typed): Form<NewPassword>,
) -> Result<Response, Answer> {
    if typed.password != typed.again {
        let wrong = "Hai lần gõ mật khẩu mới không giống nhau.".to_owned();
        return Ok(password_form(&person, wrong, "again"));
    }
    let salt = (state.outside.chance)();
    let (id, session) = (person.id.clone(), person.session.clone());
    let done = state
        .try_act(Some(&person), move |desk| {
            let of = (id.as_str(), session.as_str());
            let change = (typed.old.as_str(), typed.password.as_str());
            account::change_password(desk, of, change, (salt, Cost::USUAL))
        })
        .await;
    match done {
        Ok(()) => Ok(Answer::to("/account?done=password")),
        Err(Failed::Refused(sentence)) => {
            let at = if sentence.contains("hiện nay không") {
                "old"
            } else {
                "password"
            };
            Ok(password_form(&person, capital(&sentence), at))
        }
        Err(failed) => Err(Answer::of(failed, Some(&person))),
    }
}

/// Ends a session of one's own.
pub async fn end(
    Of(state): Of<Arc<State>>,
    person: Person,
    Form(typed): Form<End>,
) -> Result<Response, Answer> {
    let id = person.id.clone();
    state
        .act(&person, move |desk| {
            account::end_session(desk, &id, &typed.session)
        })
        .await?;
    Ok(Answer::to("/account?done=session"))
}

/// Offers a second factor.
pub async fn ask_second(Of(state): Of<Arc<State>>, person: Person) -> Response {
    let offered = account::second(&person.sign_in, &(state.outside.chance)());
    second_form(&person, &offered.secret, String::new(), "code")
}

fn second_form(person: &Person, secret: &str, wrong: String, at: &'static str) -> Response {
    let mut page = Page::new("Bật mã xác thực", "/account", Some(person))
        .back("/account", "Tài khoản của tôi");
    page.wrong = !wrong.is_empty();
    let address = account::offered(&person.sign_in, secret).address;
    let (side, path) = modules(&address);
    let letters: Vec<char> = secret.chars().collect();
    let spaced: Vec<String> = letters
        .chunks(4)
        .map(|four| four.iter().collect())
        .collect();
    let shown = Second {
        page,
        secret: secret.to_owned(),
        spaced: spaced.join(" "),
        side,
        path,
        wrong,
        at,
    };
    (shown.page.status(), show(&shown)).into_response()
}

/// A QR code as the path of a picture: its side in modules with the quiet zone of four, and a square for each dark one.
fn modules(text: &str) -> (i32, String) {
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) else {
        return (0, String::new());
    };
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            let _ = write!(path, "M{} {}h1v1h-1z", x + 4, y + 4);
        }
    }
    (code.size() + 8, path)
}

/// Turns the second factor on.
pub async fn second_on(
    Of(state): Of<Arc<State>>,
    person: Person,
    Form(typed): Form<Proof>,
) -> Result<Response, Answer> {
    let (id, session) = (person.id.clone(), person.session.clone());
    let secret = typed.secret.clone();
    let done = state
        .try_act(Some(&person), move |desk| {
            let of = (id.as_str(), session.as_str());
            let proof = (
                typed.secret.as_str(),
                typed.code.as_str(),
                typed.password.as_str(),
            );
            account::second_on(desk, of, proof, Cost::USUAL)
        })
        .await;
    match done {
        Ok(()) => Ok(Answer::to("/account?done=on")),
        Err(Failed::Refused(sentence)) => {
            let at = if sentence.starts_with("mã") {
                "code"
            } else {
                "password"
            };
            Ok(second_form(&person, &secret, capital(&sentence), at))
        }
        Err(failed) => Err(Answer::of(failed, Some(&person))),
    }
}

/// Turns it off.
pub async fn second_off(
    Of(state): Of<Arc<State>>,
    person: Person,
    Form(typed): Form<Off>,
) -> Result<Response, Answer> {
    let id = person.id.clone();
    let done = state
        .try_act(Some(&person), move |desk| {
            account::second_off(desk, &id, &typed.password, Cost::USUAL)
        })
        .await;
    match done {
        Ok(()) => Ok(Answer::to("/account?done=off")),
        Err(Failed::Refused(sentence)) => with(&state, person, "", capital(&sentence)).await,
        Err(failed) => Err(Answer::of(failed, Some(&person))),
    }
}

#[cfg(test)]
mod tests {
    use super::{browser, modules};

    #[test]
    fn a_browser_is_named() {
        for (agent, want) in [
            (
                "Mozilla/5.0 (Windows NT 6.1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/109.0.0.0 Safari/537.36",
                "Chrome trên Windows",
            ),
            (
                "Mozilla/5.0 (Linux; Android 9) Chrome/100 Mobile Safari/537.36",
                "Chrome trên Android",
            ),
            ("curl/8", "curl/8"),
            ("", "Không rõ trình duyệt"),
        ] {
            assert_eq!(browser(agent), want);
        }
    }

    #[test]
    fn a_code_has_its_three_corners() {
        let (side, path) = modules("otpauth://totp/treem:bich?secret=ABC&issuer=treem");
        assert!(side > 29 && (side - 8 - 17) % 4 == 0, "{side}");
        for corner in [(4, 4), (side - 5, 4), (4, side - 5)] {
            assert!(path.contains(&format!("M{} {}h1", corner.0, corner.1)));
        }
    }
}
