//! The addresses of figures and letters.
//!
//! In: [`Routes`]. Out: the same, with every address declared.

use super::{Door, Routes};
use crate::access::Deed;
use crate::web::{letter, report};
use axum::routing::{get, post};

/// How far everything is.
pub(super) fn report_routes(routes: Routes) -> Routes {
    let door = Door::May(Deed::Report);
    routes
        .at("/report", door, get(report::show_page))
        .at(
            "/report/children",
            Door::May(Deed::See),
            get(report::children::show_page),
        )
        .at("/report/headcount", door, get(report::headcount::show_page))
        .at("/report/why", door, get(report::why::show_page))
        .at(
            "/report/why/list",
            Door::May(Deed::See),
            get(report::why::list),
        )
        .at("/report/when", door, get(report::when::show_page))
}

/// Letters, targets, lists that are followed. Figures alone, but for the annex and the lists.
pub(super) fn letter_routes(routes: Routes) -> Routes {
    use letter::{annex, cohorts, compare, targets, templates};
    let report = Door::May(Deed::Report);
    routes
        .at("/letter", report, get(letter::home))
        .at("/letter/file/{ending}", report, get(letter::download))
        .at("/letter/templates", report, get(templates::all))
        .at(
            "/letter/templates/edit",
            report,
            get(templates::one).post(templates::change),
        )
        .at("/letter/targets", report, get(targets::page))
        .takes_files(
            "/letter/targets/load",
            Door::May(Deed::Letters),
            post(targets::load),
        )
        .at(
            "/letter/cohorts",
            report,
            get(cohorts::page).post(cohorts::save),
        )
        .at("/letter/cohorts/{id}", report, get(cohorts::one))
        .takes_files(
            "/letter/compare",
            report,
            get(compare::page).post(compare::compare),
        )
        .at("/letter/annex", Door::May(Deed::Export), post(annex::make))
}
