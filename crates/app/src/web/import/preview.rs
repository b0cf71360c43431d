//! `/import/{id}/preview`: what the import would come to, exactly, and every cell that was repaired.
//!
//! In: which page of the repairs. Out: the page.

use super::{load, names};
use crate::act::register::import::Imported;
use crate::act::register::intake::repairs::{self, Repair};
use crate::act::register::intake::seen::Seen;
use crate::act::register::intake::steps;
use crate::limits;
use crate::web::answer::show;
use crate::web::{Answer, Page, Person, State};
use askama::Template;
use axum::extract::{Path, State as Of};
use axum::response::Response;
use axum_extra::extract::Query;
use serde::Deserialize;
use std::sync::Arc;
use treem_child::field::Field;
use treem_child::rule::RuleId;
use treem_child::texts::grouped;

/// Which page of the repairs.
#[derive(Deserialize)]
pub struct Asked {
    page: Option<u64>,
}

/// A repaired cell as it is shown.
struct Shown {
    place: String,
    field: String,
    what: String,
    before: String,
    after: String,
}

#[derive(Template)]
#[template(path = "import_preview.html")]
struct Preview {
    page: Page,
    id: String,
    names: String,
    tried: Imported,
    seen: Seen,
    repairs: Vec<Shown>,
    at: u64,
    pages: u64,
}

impl Preview {
    /// Rows of children who are known and of whom the row says nothing new.
    fn unchanged(&self) -> u64 {
        self.tried.same.saturating_sub(self.tried.changes)
    }
    /// Rows that go into the book.
    fn is_any(&self) -> bool {
        self.tried.rows > 0
    }
}

/// The page.
pub async fn show_page(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Answer> {
    let intake = load(&state, &person, id).await?;
    if state.jobs.is_on(&intake.id) {
        return Ok(Answer::to(&format!("/import/{}/run", intake.id)));
    }
    let Some(tried) = intake.tried.clone() else {
        return Ok(Answer::to(&format!("/import/{}/columns", intake.id)));
    };
    let at = asked.page.unwrap_or(1).max(1);
    let kept = intake.clone();
    let (seen, found) = state
        .act(&person, move |desk| {
            Ok((steps::seen(desk, &kept)?, repairs::page(desk, &kept, at)?))
        })
        .await?;
    let columns = format!("/import/{}/columns", intake.id);
    let page =
        Page::new("Xem trước khi nhập", "/import", Some(&person)).back(&columns, "Các cột của tệp");
    Ok(show(&Preview {
        page,
        names: names(&intake),
        id: intake.id,
        tried,
        pages: seen.repairs.div_ceil(limits::REPAIRS_PAGE),
        seen,
        repairs: found.into_iter().map(shown).collect(),
        at,
    }))
}

fn shown(one: Repair) -> Shown {
    let sheet = if one.sheet.is_empty() {
        String::new()
    } else {
        format!(", trang {}", one.sheet)
    };
    let label = Field::from_code(&one.field).map(Field::label);
    let rule = RuleId::from_code(&one.rule).and_then(RuleId::info);
    Shown {
        place: format!("{}{sheet}, dòng {}", one.file, one.row),
        field: label.map_or(one.field, str::to_owned),
        what: rule.map_or(one.rule, |rule| rule.title.to_owned()),
        before: one.before,
        after: one.after,
    }
}
