//! Every address of the pages, with what a person must be allowed to do to come in. An act asks again, for the child or unit it is about.
//!
//! In: the shared state. Out: [`router`]. A route cannot be added without saying who may come in ([`Door`]).

use super::api::{self, Application};
use super::{
    Answer, Person, State, account, admin, assets, child, duplicates, entry, find, help, import,
    list, sign_in, tls, today,
};
use crate::access::Deed;
use crate::limits;
use axum::Router;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request};
use axum::http::{Extensions, HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodRouter, get, post};
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

/// Lists and fixes of many.
fn list_routes(routes: Routes) -> Routes {
    let see = Door::May(Deed::See);
    routes
        .at("/list", see, get(list::show_page))
        .at(
            "/list/ethnicity",
            Door::May(Deed::SeeSensitive),
            post(list::with_ethnicity),
        )
        .at("/list/then", see, get(list::then::page))
        .at("/list/moves", see, get(list::moves::page))
        .at(
            "/list/fix",
            Door::May(Deed::MassFix),
            post(list::fix::preview),
        )
        .at(
            "/list/fix/do",
            Door::May(Deed::MassFix),
            post(list::fix::carry_out),
        )
        .at("/list/fixes", see, get(list::fixes::all))
        .at("/list/fixes/{fix}", see, get(list::fixes::page))
        .at(
            "/list/fixes/{fix}/undo",
            Door::May(Deed::MassFix),
            post(list::fixes::take_back),
        )
        .at(
            "/list/fixes/{fix}/approve",
            Door::May(Deed::Approve),
            post(list::fixes::approve),
        )
        .at(
            "/list/fixes/{fix}/refuse",
            Door::May(Deed::Edit),
            post(list::fixes::refuse),
        )
        .at(
            "/list/fixes/{fix}/key",
            Door::May(Deed::Edit),
            post(list::fixes::key),
        )
}

/// One record.
fn child_routes(routes: Routes) -> Routes {
    let (see, edit) = (Door::May(Deed::See), Door::May(Deed::Edit));
    routes
        .at("/child/{child}", see, get(child::page))
        .at("/child/{child}/see", see, post(child::see))
        .at(
            "/child/{child}/edit",
            edit,
            get(child::edit::ask).post(child::edit::preview),
        )
        .at("/child/{child}/save", edit, post(child::edit::save))
        .at("/child/{child}/close", edit, post(child::life::close))
        .at("/child/{child}/reopen", edit, post(child::life::reopen))
        .at(
            "/child/{child}/move",
            Door::May(Deed::Move),
            post(child::life::propose),
        )
        .at(
            "/child/{child}/move/{move}",
            Door::May(Deed::Move),
            post(child::life::answer),
        )
}

/// Children typed by hand.
fn entry_routes(routes: Routes) -> Routes {
    routes
        .at(
            "/entry",
            Door::May(Deed::Add),
            get(entry::begin).post(entry::enter),
        )
        .at("/entry/look", Door::May(Deed::Add), post(entry::look))
        .at("/entry/keep", Door::May(Deed::Add), post(entry::keep))
        .at("/entry/drafts", Door::May(Deed::Add), get(entry::list))
        .at("/entry/throw", Door::May(Deed::Add), post(entry::throw))
        .at(
            "/entry/draft/{id}",
            Door::May(Deed::Add),
            get(entry::resume),
        )
        .takes_files("/entry/paper", Door::May(Deed::Add), post(entry::add_paper))
        .at(
            "/entry/paper/drop",
            Door::May(Deed::Add),
            post(entry::drop_paper),
        )
        .at("/entry/paper/{id}", Door::SignedIn, get(entry::see_paper))
}

impl Routes {
    /// Addresses below `/admin`.
    fn of_admin(self) -> Self {
        use admin::{accounts, audit, backup, headcounts, rules, units};
        let may = Door::May;
        self.at("/admin/accounts", may(Deed::Accounts), get(accounts::list))
            .at(
                "/admin/accounts/new",
                may(Deed::Accounts),
                get(accounts::ask).post(accounts::add),
            )
            .at(
                "/admin/accounts/tokens",
                may(Deed::Accounts),
                get(accounts::token_list).post(accounts::token_add),
            )
            .at(
                "/admin/accounts/tokens/end",
                may(Deed::Accounts),
                post(accounts::token_end),
            )
            .at(
                "/admin/accounts/{id}",
                may(Deed::Accounts),
                get(accounts::one),
            )
            .at(
                "/admin/accounts/{id}/give",
                may(Deed::Accounts),
                post(accounts::give),
            )
            .at(
                "/admin/accounts/{id}/take",
                may(Deed::Accounts),
                post(accounts::take),
            )
            .at(
                "/admin/accounts/{id}/lock",
                may(Deed::Accounts),
                post(accounts::lock),
            )
            .at(
                "/admin/accounts/{id}/unlock",
                may(Deed::Accounts),
                post(accounts::unlock),
            )
            .at(
                "/admin/accounts/{id}/second-off",
                may(Deed::Accounts),
                post(accounts::second_off),
            )
            .at(
                "/admin/accounts/{id}/link",
                may(Deed::Accounts),
                post(accounts::link),
            )
            .at("/admin/audit", may(Deed::Audit), get(audit::home))
            .at("/admin/audit/check", may(Deed::Audit), post(audit::check))
            .at(
                "/admin/headcounts",
                may(Deed::Headcounts),
                get(headcounts::home),
            )
            .takes_files(
                "/admin/headcounts/load",
                may(Deed::Headcounts),
                post(headcounts::load),
            )
            .at(
                "/admin/headcounts/add",
                may(Deed::Headcounts),
                post(headcounts::add),
            )
            .at("/admin/backup", may(Deed::Backup), get(backup::home))
            .at("/admin/backup/take", may(Deed::Backup), post(backup::take))
            .at(
                "/admin/backup/drill",
                may(Deed::Backup),
                post(backup::drill),
            )
            .at("/admin/units", may(Deed::Units), get(units::home))
            .takes_files(
                "/admin/units/preview",
                may(Deed::Units),
                post(units::preview),
            )
            .at("/admin/units/reform", may(Deed::Units), post(units::go))
            .at("/admin/units/undo", may(Deed::Units), post(units::undo))
            .at("/admin/rules", may(Deed::Rules), get(rules::home))
            .at("/admin/rules/{number}", may(Deed::Rules), get(rules::file))
            .takes_files(
                "/admin/rules/preview",
                may(Deed::Rules),
                post(rules::preview),
            )
            .at(
                "/admin/rules/publish",
                may(Deed::Rules),
                post(rules::publish_now),
            )
    }
}

/// All addresses.
pub fn routes(state: Arc<State>) -> Routes {
    let routes = Routes {
        router: Router::new(),
        state,
        declared: Vec::new(),
    };
    let routes = api::routes(routes);
    routes
        .at("/assets/{version}/{name}", Door::Anyone, get(assets::file))
        .at("/ca.pem", Door::Anyone, get(tls::authority))
        .at("/alive", Door::Anyone, get(|| async { "ok" }))
        .at("/", Door::Anyone, get(today::home))
        .at(
            "/sign-in",
            Door::Anyone,
            get(sign_in::ask).post(sign_in::enter),
        )
        .at(
            "/sign-in/code",
            Door::SignedIn,
            get(sign_in::ask_code).post(sign_in::enter_code),
        )
        .at("/sign-out", Door::SignedIn, post(sign_in::leave))
        .at(
            "/welcome/{link}",
            Door::Anyone,
            get(sign_in::welcome).post(sign_in::begin),
        )
        .at("/help", Door::Anyone, get(help::index))
        .at("/help/{word}", Door::Anyone, get(help::page))
        .at("/today", Door::SignedIn, get(today::show_page))
        .at(
            "/find",
            Door::May(Deed::Search),
            get(find::ask).post(find::find),
        )
        .with(list_routes)
        .with(child_routes)
        .with(entry_routes)
        .at("/account", Door::SignedIn, get(account::home))
        .at(
            "/account/password",
            Door::SignedIn,
            get(account::ask_password).post(account::password),
        )
        .at("/account/session", Door::SignedIn, post(account::end))
        .at(
            "/account/second",
            Door::SignedIn,
            get(account::ask_second).post(account::second_on),
        )
        .at(
            "/account/second/off",
            Door::SignedIn,
            post(account::second_off),
        )
        .at("/admin", Door::SignedIn, get(admin::home))
        .of_admin()
        .takes_files(
            "/import",
            Door::May(Deed::Import),
            get(import::show_page).post(import::send),
        )
        .at("/import/{id}", Door::May(Deed::Import), get(import::result))
        .at(
            "/import/{id}/columns",
            Door::May(Deed::Import),
            get(import::columns).post(import::change_columns),
        )
        .at(
            "/import/{id}/preview",
            Door::May(Deed::Import),
            get(import::preview),
        )
        .at(
            "/import/{id}/run",
            Door::May(Deed::Import),
            get(import::run).post(import::begin_import),
        )
        .at(
            "/import/{id}/stop",
            Door::May(Deed::Import),
            post(import::stop),
        )
        .at(
            "/import/{id}/discard",
            Door::May(Deed::Import),
            post(import::discard),
        )
        .at(
            "/imports",
            Door::May(Deed::Import),
            get(import::lists::show_page),
        )
        .at(
            "/imports/{import}/undo",
            Door::May(Deed::Undo),
            get(import::lists::ask).post(import::lists::undo),
        )
        .at(
            "/imports/{import}/again",
            Door::May(Deed::Undo),
            post(import::lists::again),
        )
        .at(
            "/duplicates",
            Door::May(Deed::Decide),
            get(duplicates::show_page),
        )
        .at(
            "/duplicates/done",
            Door::May(Deed::Decide),
            get(duplicates::done),
        )
        .at(
            "/duplicates/look",
            Door::May(Deed::Merge),
            post(duplicates::look),
        )
        .at(
            "/duplicates/look/run",
            Door::May(Deed::Merge),
            get(duplicates::looking),
        )
        .at(
            "/duplicates/look/stop",
            Door::May(Deed::Merge),
            post(duplicates::look_stop),
        )
        .at(
            "/duplicates/unmerge/{merge}",
            Door::May(Deed::Merge),
            get(duplicates::unmerge_ask).post(duplicates::unmerge),
        )
        .at(
            "/duplicates/back/{key}",
            Door::May(Deed::Decide),
            post(duplicates::back),
        )
        .at(
            "/duplicates/{key}",
            Door::May(Deed::Decide),
            get(duplicates::one).post(duplicates::take),
        )
        .at(
            "/duplicates/{key}/will",
            Door::May(Deed::Decide),
            post(duplicates::consequence),
        )
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
