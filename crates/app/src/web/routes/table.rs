//! The addresses themselves, room by room. What stands here is the table people read to see what there is and who may come in.
//!
//! In: [`Routes`]. Out: the same, with every address declared.

use super::reports::{letter_routes, report_routes};
use super::{Door, Routes};
use crate::access::Deed;
use crate::web::{
    State, account, admin, api, assets, child, duplicates, entry, find, handover, help, import,
    list, missing, sign_in, tls, today,
};
use axum::Router;
use axum::routing::{get, post};
use std::sync::Arc;

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
        .at("/list/disputes", see, get(list::disputes::page))
        .at(
            "/list/cell/{child}/{field}",
            Door::May(Deed::Edit),
            get(list::cell::ask).post(list::cell::change),
        )
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

/// Who is missing.
fn missing_routes(routes: Routes) -> Routes {
    let (report, import) = (Door::May(Deed::Report), Door::May(Deed::Import));
    routes
        .at("/missing", report, get(missing::home))
        .at("/missing/link", import, post(missing::link))
        .at("/missing/link/run", import, get(missing::linking))
        .at("/missing/link/stop", import, post(missing::link_stop))
        .at(
            "/missing/refuse/{row}",
            Door::May(Deed::Decide),
            post(missing::refuse),
        )
        .at(
            "/missing/file/{edition}/{unit}",
            Door::May(Deed::Export),
            get(missing::file),
        )
        .at("/missing/{edition}/{unit}", report, get(missing::unit))
        .at(
            "/entry/found/{row}",
            Door::May(Deed::Add),
            get(entry::found),
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

/// The hand-over. Which list, and which step of it, the act asks itself.
fn handover_routes(routes: Routes) -> Routes {
    use handover::{answer, apply, back, draw, key, one, papers, sheet, tasks};
    let (see, edit) = (Door::May(Deed::See), Door::May(Deed::Edit));
    let (hand, answers) = (Door::May(Deed::HandOver), Door::May(Deed::Answer));
    routes
        .at("/handover", see, get(handover::home))
        .at("/handover/draw", hand, get(draw::ask).post(draw::enter))
        .at("/handover/tasks", see, get(tasks::page))
        .at("/handover/tasks/{task}", hand, post(tasks::finish))
        .at("/handover/sheet", edit, get(sheet::stack).post(sheet::find))
        .at(
            "/handover/sheet/{sheet}",
            edit,
            get(sheet::page).post(sheet::enter),
        )
        .at("/handover/list/{list}", Door::SignedIn, get(one::printed))
        .at("/handover/evidence/{id}", see, get(papers::see))
        .at("/handover/{list}", see, get(one::page))
        .at("/handover/{list}/step", see, post(one::take))
        .at("/handover/{list}/rows", hand, post(one::rows))
        .at("/handover/{list}/sheets", see, get(sheet::all))
        .at("/handover/{list}/paper/{paper}", see, get(papers::paper))
        .takes_files("/handover/{list}/evidence", see, post(papers::add))
        .at(
            "/handover/{list}/answer",
            answers,
            get(answer::page).post(answer::enter),
        )
        .at("/handover/{list}/check", answers, post(answer::check))
        .at(
            "/handover/{list}/key",
            hand,
            get(key::page).post(key::enter),
        )
        .takes_files("/handover/{list}/returned", see, post(back::send))
        .at("/handover/{list}/returned/{id}", see, post(back::enter))
        .at(
            "/handover/{list}/apply",
            hand,
            get(apply::page).post(apply::enter),
        )
        .at(
            "/handover/{list}/undo",
            hand,
            get(apply::undo_ask).post(apply::undo),
        )
}

impl Routes {
    /// Addresses below `/admin`.
    fn of_admin(self) -> Self {
        use admin::{accounts, audit, backup, headcounts, rules, second, units};
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
            .at("/admin/backup/run", may(Deed::Backup), get(backup::watched))
            .at("/admin/backup/stop", may(Deed::Backup), post(backup::stop))
            .at(
                "/admin/second",
                may(Deed::Approve),
                get(second::home).post(second::set),
            )
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
        .with(missing_routes)
        .with(handover_routes)
        .with(report_routes)
        .with(letter_routes)
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
            "/imports/{import}/run",
            Door::May(Deed::Undo),
            get(import::lists::run),
        )
        .at(
            "/imports/{import}/stop",
            Door::May(Deed::Undo),
            post(import::lists::stop),
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
