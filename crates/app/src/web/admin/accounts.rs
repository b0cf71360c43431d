//! `/admin/accounts`: who may come in, and do what where; one-time links; tokens of applications.
//!
//! In: the person, what was typed. Out: lists and forms. A link or a token is shown once, on the answer to the form that made it.

mod tokens;

use super::super::answer::{capital, show};
use super::super::person::cookie_name;
use super::super::{Answer, Page, Person, State};
use super::page;
use crate::access::{Area, Role};
use crate::act::access::people::{self, Listed, New};
use crate::act::access::places;
use crate::act::register::{Desk, Done, Failed};
use crate::shown::spoken;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State as Of};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::Query;
use serde::Deserialize;
use std::sync::Arc;
pub use tokens::{token_add, token_end, token_list};

#[derive(Template)]
#[template(path = "admin_accounts.html")]
struct Accounts {
    page: Page,
    people: Vec<Listed>,
    all: bool,
}

#[derive(Template)]
#[template(path = "admin_accounts_new.html")]
struct NewPerson {
    page: Page,
    name: String,
    shown: String,
    office: String,
    over: Choice,
    wrong: String,
    at: &'static str,
}

#[derive(Template)]
#[template(path = "admin_accounts_link.html")]
struct Link {
    page: Page,
    name: String,
    address: String,
    until: String,
    person: String,
}

#[derive(Template)]
#[template(path = "admin_accounts_one.html")]
struct One {
    page: Page,
    person: Listed,
    over: Choice,
    me: bool,
    wrong: String,
    at: &'static str,
}

/// What a role can be given over: for the two selects of a form.
pub(super) struct Choice {
    roles: Vec<Choosable>,
    groups: Vec<Group>,
    whole: bool,
    whole_chosen: bool,
}

/// An option.
struct Choosable {
    value: String,
    name: String,
    chosen: bool,
}

/// Units of an edition.
struct Group {
    name: String,
    units: Vec<Choosable>,
}

/// A role and an area as a form sends them.
#[derive(Clone, Default, Deserialize)]
pub struct Over {
    #[serde(default)]
    role: String,
    #[serde(default)]
    area: String,
}

impl Over {
    /// `whole`, or an edition and a code.
    fn of(&self) -> Done<(Role, Area)> {
        let role = Role::from_code(&self.role)
            .ok_or_else(|| Failed::Refused("hãy chọn vai trò.".to_owned()))?;
        let area = match self.area.split_once('/') {
            _ if self.area == "whole" => Some(Area::Whole),
            Some((edition, code)) => Area::of(edition, code),
            None => None,
        };
        let area = area.ok_or_else(|| Failed::Refused("hãy chọn địa bàn.".to_owned()))?;
        Ok((role, area))
    }
}

/// What can be chosen at this desk.
fn choice(desk: &Desk, over: &Over) -> Done<Choice> {
    let places = places::places(desk, crate::access::Deed::Accounts)?;
    let latest = places.first().map_or("", |places| places.edition);
    let unit = |edition: &str, (depth, code, name): (usize, &str, &str)| {
        let value = format!("{edition}/{code}");
        Choosable {
            chosen: value == over.area,
            // Spaces are folded in a list of options; these are not.
            name: format!("{}{name}", "\u{a0}\u{a0}\u{a0}".repeat(depth)),
            value,
        }
    };
    Ok(Choice {
        roles: Role::ALL
            .iter()
            .map(|role| Choosable {
                value: role.code().to_owned(),
                name: role.name(latest).to_owned(),
                chosen: role.code() == over.role,
            })
            .collect(),
        groups: places
            .into_iter()
            .filter(|places| !places.units.is_empty())
            .map(|places| Group {
                name: format!(
                    "Đơn vị theo danh mục từ {}",
                    crate::act::units::shown(places.edition)
                ),
                units: places
                    .units
                    .into_iter()
                    .map(|of| unit(places.edition, of))
                    .collect(),
            })
            .collect(),
        whole: desk.may(crate::access::Deed::Accounts, "", None),
        whole_chosen: over.area == "whole",
    })
}

/// Everybody.
pub async fn list(Of(state): Of<Arc<State>>, person: Person) -> Result<Response, Answer> {
    let all = person
        .grants
        .may(crate::access::Deed::Accounts, "", None)
        .is_ok();
    let people = state.act(&person, |desk| people::list(desk)).await?.people;
    Ok(show(&Accounts {
        page: page("Tài khoản", &person, ""),
        people,
        all,
    }))
}

/// A new person, as typed.
#[derive(Default, Deserialize)]
pub struct Typed {
    name: String,
    shown: String,
    #[serde(default)]
    office: String,
    #[serde(flatten)]
    over: Over,
}

/// The field that a refusal is about.
fn place(wrong: &str) -> &'static str {
    let words = [
        ("chọn vai trò", "role"),
        ("đã có vai trò", "role"),
        ("chọn địa bàn", "area"),
        ("ghi họ tên", "shown"),
        ("Họ tên dài", "shown"),
        ("Cơ quan dài", "office"),
        ("hời hạn", "days"),
    ];
    let found = words.iter().find(|(word, _)| wrong.contains(word));
    found.map_or("name", |(_, at)| at)
}

/// The form of a new person.
pub async fn ask(Of(state): Of<Arc<State>>, person: Person) -> Result<Response, Answer> {
    form(&state, &person, Typed::default(), String::new()).await
}

async fn form(
    state: &Arc<State>,
    person: &Person,
    typed: Typed,
    wrong: String,
) -> Result<Response, Answer> {
    let over = typed.over.clone();
    let over = state.act(person, move |desk| choice(desk, &over)).await?;
    let mut page =
        Page::new("Lập tài khoản", "/admin", Some(person)).back("/admin/accounts", "Tài khoản");
    page.wrong = !wrong.is_empty();
    let shown = NewPerson {
        name: typed.name,
        shown: typed.shown,
        office: typed.office,
        at: place(&wrong),
        page,
        over,
        wrong,
    };
    Ok((shown.page.status(), show(&shown)).into_response())
}

/// Makes an account.
pub async fn add(
    Of(state): Of<Arc<State>>,
    person: Person,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Result<Response, Answer> {
    let chance = (state.outside.chance)();
    let (name, shown) = (typed.name.clone(), typed.shown.clone());
    let (office, over) = (typed.office.clone(), typed.over.clone());
    let made = state
        .try_act(Some(&person), move |desk| {
            let (role, area) = over.of()?;
            let new = New {
                name: &name,
                shown: &shown,
                office: &office,
                role,
                area,
            };
            people::add(desk, &new, chance)
        })
        .await;
    match made {
        Ok(made) => Ok(link_page(
            &state,
            &person,
            &headers,
            made,
            "Đã lập tài khoản.",
        )),
        Err(Failed::Refused(sentence)) => form(&state, &person, typed, capital(&sentence)).await,
        Err(failed) => Err(Answer::of(failed, Some(&person))),
    }
}

/// The link, shown once.
fn link_page(
    state: &State,
    person: &Person,
    headers: &HeaderMap,
    made: people::Made,
    said: &str,
) -> Response {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or("");
    // The same as decides about the cookie decides how people come.
    let scheme = if cookie_name(state).starts_with("__Host") {
        "https"
    } else {
        "http"
    };
    let page = Page::new("Liên kết dùng một lần", "/admin", Some(person))
        .back("/admin/accounts", "Tài khoản")
        .said(Some(said.to_owned()));
    show(&Link {
        page,
        address: format!("{scheme}://{host}/welcome/{}", made.link),
        until: spoken(&made.until),
        name: made.name,
        person: made.person,
    })
}

/// What was just done.
#[derive(Deserialize)]
pub struct Said {
    #[serde(default)]
    done: String,
}

/// One person.
pub async fn one(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(id): Path<String>,
    Query(said): Query<Said>,
) -> Result<Response, Answer> {
    let said = match said.done.as_str() {
        "given" => "Đã giao vai trò.",
        "taken" => "Đã thu lại vai trò.",
        "locked" => "Đã khóa tài khoản; các phiên đang mở đã kết thúc.",
        "unlocked" => "Đã mở khóa tài khoản.",
        "second" => "Đã tắt mã xác thực của người này.",
        _ => "",
    };
    one_page(&state, &person, (id, said), Over::default(), String::new()).await
}

async fn one_page(
    state: &Arc<State>,
    person: &Person,
    (id, said): (String, &str),
    over: Over,
    wrong: String,
) -> Result<Response, Answer> {
    let (one, over) = state
        .act(person, move |desk| {
            Ok((people::one(desk, &id)?, choice(desk, &over)?))
        })
        .await?;
    let mut page = Page::new(&one.shown, "/admin", Some(person))
        .back("/admin/accounts", "Tài khoản")
        .said((!said.is_empty()).then(|| said.to_owned()));
    page.wrong = !wrong.is_empty();
    let shown = One {
        at: place(&wrong),
        me: one.person == person.id,
        person: one,
        page,
        over,
        wrong,
    };
    Ok((shown.page.status(), show(&shown)).into_response())
}

/// Gives a role.
pub async fn give(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(id): Path<String>,
    Form(over): Form<Over>,
) -> Result<Response, Answer> {
    let (who, asked) = (id.clone(), over.clone());
    let done = state
        .try_act(Some(&person), move |desk| {
            let (role, area) = asked.of()?;
            people::give(desk, &who, role, &area)
        })
        .await;
    changed(&state, &person, (id, "given"), over, done.map(|_| ())).await
}

/// A role to be taken.
#[derive(Deserialize)]
pub struct Take {
    grant: String,
}

/// Takes a role.
pub async fn take(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(id): Path<String>,
    Form(take): Form<Take>,
) -> Result<Response, Answer> {
    let done = state
        .try_act(Some(&person), move |desk| people::take(desk, &take.grant))
        .await;
    changed(&state, &person, (id, "taken"), Over::default(), done).await
}

/// Locks.
pub async fn lock(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Answer> {
    let who = id.clone();
    let done = state
        .try_act(Some(&person), move |desk| people::lock(desk, &who, true))
        .await;
    changed(&state, &person, (id, "locked"), Over::default(), done).await
}

/// Unlocks.
pub async fn unlock(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Answer> {
    let who = id.clone();
    let done = state
        .try_act(Some(&person), move |desk| people::lock(desk, &who, false))
        .await;
    changed(&state, &person, (id, "unlocked"), Over::default(), done).await
}

async fn changed(
    state: &Arc<State>,
    person: &Person,
    (id, word): (String, &str),
    over: Over,
    done: Done<()>,
) -> Result<Response, Answer> {
    match done {
        Ok(()) => Ok(Answer::to(&format!("/admin/accounts/{id}?done={word}"))),
        Err(Failed::Refused(sentence)) => {
            one_page(state, person, (id, ""), over, capital(&sentence)).await
        }
        Err(failed) => Err(Answer::of(failed, Some(person))),
    }
}

/// Turns somebody's second factor off.
pub async fn second_off(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Answer> {
    let who = id.clone();
    let done = state
        .try_act(Some(&person), move |desk| people::second_off(desk, &who))
        .await;
    changed(&state, &person, (id, "second"), Over::default(), done).await
}

/// A new link.
pub async fn link(
    Of(state): Of<Arc<State>>,
    person: Person,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Answer> {
    let chance = (state.outside.chance)();
    let who = id.clone();
    let made = state
        .try_act(Some(&person), move |desk| people::link(desk, &who, chance))
        .await;
    match made {
        Ok(made) => {
            let said = "Đã lập liên kết mới; liên kết trước không dùng được nữa.";
            Ok(link_page(&state, &person, &headers, made, said))
        }
        Err(failed) => changed(&state, &person, (id, ""), Over::default(), Err(failed)).await,
    }
}
