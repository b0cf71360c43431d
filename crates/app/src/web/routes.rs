//! Every address of the pages, with what a person must be allowed to do to come in. An act asks again, for the child or unit it is about.
//!
//! In: the shared state. Out: [`router`]. A route cannot be added without saying who may come in ([`Door`]).

mod reports;
mod table;

pub use table::routes;

use super::api::{self, Application};
use super::{Answer, Person, State, sign_in};
use crate::access::Deed;
use crate::limits;
use axum::Router;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request};
use axum::http::{Extensions, HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use axum::routing::MethodRouter;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;

/// Who may come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// Anyone.
    Anyone,
    /// Whichever program has a token.
    Token,
    /// Whoever has signed in.
    SignedIn,
    /// Whoever may do this somewhere.
    May(Deed),
}

/// Routes as they are declared.
pub struct Routes {
    router: Router<Arc<State>>,
    state: Arc<State>,
    /// Address and door of each, for those who want to know.
    pub declared: Vec<(&'static str, Door)>,
}

impl Routes {
    /// Adds an address.
    #[must_use]
    pub fn at(mut self, path: &'static str, door: Door, answers: MethodRouter<Arc<State>>) -> Self {
        let state = Arc::clone(&self.state);
        let guarded =
            answers.route_layer(middleware::from_fn(move |request: Request, next: Next| {
                come_in(Arc::clone(&state), door, request, next)
            }));
        self.router = self.router.route(path, guarded);
        self.declared.push((path, door));
        self
    }

    /// Adds the addresses of a step.
    #[must_use]
    pub fn with(self, add: fn(Self) -> Self) -> Self {
        add(self)
    }

    /// Adds an address that takes files.
    #[must_use]
    pub fn takes_files(
        self,
        path: &'static str,
        door: Door,
        answers: MethodRouter<Arc<State>>,
    ) -> Self {
        self.at(
            path,
            door,
            answers.layer(DefaultBodyLimit::max(limits::UPLOAD_BYTES)),
        )
    }
}

/// Everything that answers requests.
pub fn router(state: Arc<State>) -> Router {
    let outer = Arc::clone(&state);
    routes(Arc::clone(&state))
        .router
        .fallback(|person: Option<Person>| async move { Answer::not_found(person.as_ref()) })
        .layer(CompressionLayer::new())
        .layer(CsrfLayer::new().with_rejection_response(|_| {
            Answer::page(
                StatusCode::FORBIDDEN,
                None,
                "Yêu cầu này đến từ một trang khác nên không được nhận.",
                "Hãy mở lại trang của treem và làm lại từ đó.",
            )
            .into_response()
        }))
        .layer(DefaultBodyLimit::max(limits::FORM_BYTES))
        .layer(middleware::from_fn(move |request: Request, next: Next| {
            guard(Arc::clone(&outer), request, next)
        }))
        .with_state(state)
}

/// Asks at the door.
async fn come_in(state: Arc<State>, door: Door, mut request: Request, next: Next) -> Response {
    match door {
        Door::Anyone => return next.run(request).await,
        Door::Token => {
            return match Application::of(&state, request.headers()).await {
                Ok(Some(app)) => {
                    request.extensions_mut().insert(app);
                    next.run(request).await
                }
                Ok(None) => api::unknown().into_response(),
                Err(failed) => api::No::of(failed).into_response(),
            };
        }
        Door::SignedIn | Door::May(_) => {}
    }
    let person = match Person::of(&state, request.headers()).await {
        Ok(Some(person)) => person,
        Ok(None) => return sign_in::first(),
        Err(failed) => return Answer::of(failed, None).into_response(),
    };
    if let Some(answer) = person.must_first(request.uri().path()) {
        return answer;
    }
    if let Door::May(deed) = door
        && !person.may(deed)
    {
        return person.turned_away(&state, deed).await.into_response();
    }
    request.extensions_mut().insert(person);
    next.run(request).await
}

/// The address a request comes from.
pub fn asker(state: &State, extensions: &Extensions, headers: &HeaderMap) -> IpAddr {
    let direct = extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::from([127, 0, 0, 1]), |info| info.0.ip());
    if state.behind_proxy {
        return forwarded(headers).unwrap_or(direct);
    }
    direct
}

/// The last address a proxy has added: those before it are what the client says of itself.
fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let said = headers.get_all("x-forwarded-for").iter().next_back()?;
    said.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}

const HEADERS: [(HeaderName, &str); 6] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'self'; img-src 'self' blob: data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(self), microphone=(), geolocation=()",
    ),
];

/// Around everything: how often one address may ask, and what a browser must not do.
async fn guard(state: Arc<State>, request: Request, next: Next) -> Response {
    let now = (state.outside.clock)().as_millisecond();
    let address = asker(&state, request.extensions(), request.headers());
    let mut response = if state.rate.allows(address, now) {
        next.run(request).await
    } else {
        let mut slower = Answer::page(
            StatusCode::TOO_MANY_REQUESTS,
            None,
            "Máy này gửi quá nhiều yêu cầu trong một lúc.",
            "Hãy chờ vài giây rồi thử lại.",
        )
        .into_response();
        slower
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        slower
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if state.secure {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000"),
        );
    }
    response
}
