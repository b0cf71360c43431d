//! Who asks: the cookie of a session, read anew for every request, so that a session that was ended ends at once.
//!
//! In: the headers of a request. Out: [`Person`], or nobody.

use super::page::{Me, Way};
use super::{Answer, State, routes};
use crate::access::{Deed, Grants, Role};
use crate::act::access::{look, sign_in};
use crate::act::register::{Done, Failed};
use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use std::convert::Infallible;
use std::sync::Arc;
use treem_child::normalise::unit::{self, Edition};

/// Who sits here.
#[derive(Clone, Debug)]
pub struct Person {
    /// Id of the person; no secret.
    pub id: String,
    /// Id of the session; no secret.
    pub session: String,
    /// What they sign in with.
    pub sign_in: String,
    /// What they are called.
    pub shown: String,
    /// Their office.
    pub office: String,
    /// Code of their first role.
    pub role: String,
    /// What they may do where.
    pub grants: Grants,
    /// The code of the second factor is still asked for.
    pub needs_code: bool,
    /// The password must be changed first.
    pub must_change: bool,
    /// The second factor is on.
    pub second: bool,
}

/// The pages in the order of the work, and what one must be allowed to do to have work there.
const WAYS: [(&str, &str, &[Deed]); 10] = [
    ("/today", "Việc hôm nay", &[]),
    ("/list", "Danh sách", &[Deed::See]),
    ("/import", "Nhập từ tệp", &[Deed::Import]),
    ("/entry", "Nhập mới trẻ em phát sinh", &[Deed::Add]),
    (
        "/duplicates",
        "Xử lý nghi trùng",
        &[Deed::Merge, Deed::Decide],
    ),
    ("/missing", "Ai còn thiếu", &[Deed::Report]),
    (
        "/handover",
        "Xác thực với Công an",
        &[Deed::HandOver, Deed::CloseList, Deed::Answer, Deed::Edit],
    ),
    ("/report", "Tiến độ", &[Deed::Report]),
    ("/letter", "Văn bản", &[Deed::Report]),
    (
        "/admin",
        "Quản trị hệ thống",
        &[
            Deed::Accounts,
            Deed::Units,
            Deed::Rules,
            Deed::Audit,
            Deed::Backup,
            Deed::Headcounts,
            Deed::Approve,
        ],
    ),
];

impl Person {
    /// The edition of the units a person's first area is named by, where the children they see stand; of the whole book that of the day.
    pub fn edition(&self, day: &str) -> &'static Edition {
        let mut areas = self
            .grants
            .all()
            .iter()
            .filter_map(|grant| grant.area.unit());
        unit::edition(areas.next().map_or(day, |(edition, _)| edition))
    }

    /// Who a request comes from.
    ///
    /// # Errors
    /// The register's.
    pub async fn of(state: &Arc<State>, headers: &HeaderMap) -> Done<Option<Self>> {
        let Some(token) = token(state, headers) else {
            return Ok(None);
        };
        let who = state
            .try_act(None, move |desk| sign_in::who(desk, &token))
            .await?;
        Ok(who.map(|who| Self {
            id: who.person,
            session: who.session,
            sign_in: who.name,
            shown: who.shown,
            office: who.office,
            role: who.role,
            grants: who.grants,
            needs_code: who.needs_code,
            must_change: who.must_change,
            second: who.second,
        }))
    }

    /// True where a deed is allowed anywhere: for ways and buttons; the act decides.
    pub fn may(&self, deed: Deed) -> bool {
        self.grants.may_somewhere(deed)
    }

    /// As the frame of a page shows them.
    pub fn shown(&self) -> Me {
        let grants = self.grants.all();
        let day = grants
            .iter()
            .find_map(|grant| grant.area.unit())
            .map_or("", |(edition, _)| edition);
        let role =
            Role::from_code(&self.role).map_or("Chưa được giao việc", |role| role.name(day));
        let mut areas: Vec<String> = grants.iter().map(|grant| grant.area.name()).collect();
        areas.dedup();
        Me {
            name: self.shown.clone(),
            role: role.to_owned(),
            area: areas.join("; "),
            may_search: self.may(Deed::Search),
            ways: WAYS
                .iter()
                .filter(|(_, _, deeds)| {
                    deeds.is_empty() || deeds.iter().any(|deed| self.may(*deed))
                })
                .map(|(href, name, _)| Way { href, name })
                .collect(),
        }
    }

    /// What has to be done before anything else: the code of the second factor, a password of one's own.
    pub fn must_first(&self, path: &str) -> Option<Response> {
        if self.needs_code && path != "/sign-in/code" && path != "/sign-out" {
            return Some(Answer::to("/sign-in/code"));
        }
        if !self.needs_code
            && self.must_change
            && !path.starts_with("/account")
            && path != "/sign-out"
        {
            return Some(Answer::to("/account/password"));
        }
        None
    }

    /// Turned away at a door; that is written down for the auditor.
    pub async fn turned_away(&self, state: &Arc<State>, deed: Deed) -> Answer {
        let said = state
            .try_act(Some(self), move |desk| look::turned_away(desk, deed))
            .await;
        match said {
            Ok(sentence) => Answer::of(Failed::Denied(sentence), Some(self)),
            Err(failed) => Answer::of(failed, Some(self)),
        }
    }
}

/// The name of the cookie: by HTTPS one that no other host or path can set.
pub fn cookie_name(state: &State) -> &'static str {
    if state.secure {
        "__Host-treem"
    } else {
        "treem"
    }
}

/// The session's token.
pub fn token(state: &State, headers: &HeaderMap) -> Option<String> {
    let name = cookie_name(state);
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|cookies| cookies.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(known, _)| *known == name)
        .map(|(_, token)| token.to_owned())
}

/// Behind a door that asks for it, there is always a person.
impl FromRequestParts<Arc<State>> for Person {
    type Rejection = Answer;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<State>) -> Result<Self, Answer> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(|| Answer::page(StatusCode::UNAUTHORIZED, None, "Hãy đăng nhập.", ""))
    }
}

/// On pages anyone may see, there may be one.
impl OptionalFromRequestParts<Arc<State>> for Person {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        state: &Arc<State>,
    ) -> Result<Option<Self>, Infallible> {
        if let Some(person) = parts.extensions.get::<Self>() {
            return Ok(Some(person.clone()));
        }
        let found = Self::of(state, &parts.headers).await.ok().flatten();
        Ok(found.filter(|person| !person.needs_code))
    }
}

/// The address a request comes from, for handlers.
pub struct Asker(pub std::net::IpAddr);

impl FromRequestParts<Arc<State>> for Asker {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &Arc<State>) -> Result<Self, Infallible> {
        Ok(Self(routes::asker(
            state,
            &parts.extensions,
            &parts.headers,
        )))
    }
}
