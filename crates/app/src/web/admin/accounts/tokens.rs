//! `/admin/accounts/tokens`: tokens of applications, each shown once.
//!
//! In: the person, what was typed. Out: the page.

use super::{Choice, Over, Said, choice, place};
use crate::act::access::tokens;
use crate::act::register::Failed;
use crate::web::answer::{capital, show};
use crate::web::{Answer, Page, Person, State};
use askama::Template;
use axum::Form;
use axum::extract::State as Of;
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::Query;
use serde::Deserialize;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "admin_accounts_tokens.html")]
struct Applications {
    page: Page,
    tokens: Vec<tokens::Listed>,
    over: Choice,
    name: String,
    days: String,
    made: Option<tokens::Made>,
    wrong: String,
    at: &'static str,
}

/// A token, as typed.
#[derive(Deserialize)]
pub struct TypedToken {
    name: String,
    days: String,
    #[serde(flatten)]
    over: Over,
}

/// Tokens of applications.
pub async fn token_list(
    Of(state): Of<Arc<State>>,
    person: Person,
    Query(said): Query<Said>,
) -> Result<Response, Answer> {
    let said = match said.done.as_str() {
        "ended" => "Đã thu lại mã của ứng dụng.",
        _ => "",
    };
    let typed = TypedToken {
        name: String::new(),
        days: "365".to_owned(),
        over: Over::default(),
    };
    token_page(&state, &person, typed, (said, None), String::new()).await
}

async fn token_page(
    state: &Arc<State>,
    person: &Person,
    typed: TypedToken,
    (said, made): (&str, Option<tokens::Made>),
    wrong: String,
) -> Result<Response, Answer> {
    let over = typed.over;
    let (listed, over) = state
        .act(person, move |desk| {
            Ok((tokens::list(desk)?, choice(desk, &over)?))
        })
        .await?;
    let mut page = Page::new("Mã của ứng dụng", "/admin", Some(person))
        .back("/admin/accounts", "Tài khoản")
        .said((!said.is_empty()).then(|| said.to_owned()));
    page.wrong = !wrong.is_empty();
    let shown = Applications {
        page,
        tokens: listed.tokens,
        over,
        name: typed.name,
        days: typed.days,
        at: place(&wrong),
        made,
        wrong,
    };
    Ok((shown.page.status(), show(&shown)).into_response())
}

/// Makes a token.
pub async fn token_add(
    Of(state): Of<Arc<State>>,
    person: Person,
    Form(typed): Form<TypedToken>,
) -> Result<Response, Answer> {
    let chance = (state.outside.chance)();
    let (name, over, days) = (typed.name.clone(), typed.over.clone(), typed.days.clone());
    let made = state
        .try_act(Some(&person), move |desk| {
            let (role, area) = over.of()?;
            let days = days.trim().parse().unwrap_or(0);
            tokens::make(desk, &name, (role, &area), days, chance)
        })
        .await;
    match made {
        Ok(made) => {
            let typed = TypedToken {
                name: String::new(),
                ..typed
            };
            token_page(
                &state,
                &person,
                typed,
                ("Đã lập mã.", Some(made)),
                String::new(),
            )
            .await
        }
        Err(Failed::Refused(sentence)) => {
            token_page(&state, &person, typed, ("", None), capital(&sentence)).await
        }
        Err(failed) => Err(Answer::of(failed, Some(&person))),
    }
}

/// A token to be ended.
#[derive(Deserialize)]
pub struct EndToken {
    token: String,
}

/// Ends a token.
pub async fn token_end(
    Of(state): Of<Arc<State>>,
    person: Person,
    Form(end): Form<EndToken>,
) -> Result<Response, Answer> {
    state
        .act(&person, move |desk| tokens::end(desk, &end.token))
        .await?;
    Ok(Answer::to("/admin/accounts/tokens?done=ended"))
}
