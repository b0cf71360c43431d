//! `/admin/units`: what a name or a code means on a day; reforms: what would be, done, taken back.
//!
//! In: the person, a text, a day or a file. Out: the page. Between looking and doing, the file stands in the form itself.

use super::super::answer::{capital, show};
use super::super::sent::{Sent, ending};
use super::super::{Answer, Page, Person, State};
use super::page;
use crate::act::access::secret::{hex, unhex};
use crate::act::check::{Silent, Stop};
use crate::act::register::reform::{self, Reformed, Source, Undone};
use crate::act::register::{Desk, Done, Failed};
use crate::act::units::{self, Found};
use crate::limits;
use crate::shown::spoken;
use anyhow::Context as _;
use askama::Template;
use axum::Form;
use axum::extract::{Multipart, State as Of};
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::Query;
use serde::Deserialize;
use std::io::Write as _;
use std::sync::Arc;
use treem_child::normalise::unit;

#[derive(Template)]
#[template(path = "admin_units.html")]
struct Units {
    page: Page,
    editions: Vec<Edition>,
    reforms: Vec<Reform>,
    left: usize,
    left_children: String,
    asked: Asked,
    found: Option<Found>,
    wrong: String,
    at: &'static str,
}

/// An edition as it is shown.
struct Edition {
    from: &'static str,
    shown: String,
    until: String,
    districts: bool,
    units: String,
}

/// A reform in the list.
struct Reform {
    id: String,
    at: String,
    who: String,
    edition: String,
    applied: bool,
}

#[derive(Template)]
#[template(path = "admin_units_reform.html")]
struct Preview {
    page: Page,
    told: Reformed,
    edition: String,
    moved: String,
    lines: Vec<Line>,
    more: usize,
    day: String,
    name: String,
    file: String,
}

/// A unit of a reform.
struct Line {
    from: &'static str,
    to: Option<&'static str>,
    may_be: String,
    children: String,
}

#[derive(Template)]
#[template(path = "admin_units_undo.html")]
struct UndoPreview {
    page: Page,
    told: Undone,
    turned: String,
}

/// What is looked up, and what was done.
#[derive(Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    what: String,
    #[serde(default)]
    day: String,
    #[serde(default)]
    done: String,
    #[serde(default)]
    children: String,
}

/// Lines of a preview that are shown.
const SHOWN: usize = 200;

/// The page.
pub async fn home(
    Of(state): Of<Arc<State>>,
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<Response, Answer> {
    let count = asked
        .children
        .parse::<u64>()
        .map(treem_child::texts::grouped);
    let said = match (asked.done.as_str(), count) {
        ("reform", Ok(children)) => format!("Đã chuyển {children} trẻ sang đơn vị mới."),
        ("undo", Ok(children)) => format!("Đã hoàn tác; {children} trẻ trở về đơn vị cũ."),
        _ => String::new(),
    };
    with(&state, &person, said, asked, (String::new(), "what")).await
}

async fn with(
    state: &Arc<State>,
    person: &Person,
    said: String,
    asked: Asked,
    (wrong, at): (String, &'static str),
) -> Result<Response, Answer> {
    let (reforms, left) = state
        .act(person, |desk| {
            Ok((reform::list(desk)?, reform::left(desk)?))
        })
        .await?;
    let found = (!asked.what.trim().is_empty()).then(|| {
        let last = unit::editions().next_back();
        let day = if asked.day.is_empty() {
            last.map_or("", |edition| edition.from)
        } else {
            asked.day.as_str()
        };
        units::find(unit::edition(day), asked.what.trim(), None)
    });
    let children: i64 = left.iter().map(|one| one.children).sum();
    let mut page = page("Đơn vị hành chính", person, &said);
    page.wrong = !wrong.is_empty();
    let shown = Units {
        page,
        editions: unit::editions()
            .rev()
            .map(|edition| Edition {
                from: edition.from,
                shown: units::shown(edition.from),
                until: if units::is_open(&edition.until) {
                    "nay".to_owned()
                } else {
                    units::shown(edition.until)
                },
                districts: edition.has_districts(),
                units: treem_child::texts::grouped(edition.units().len() as u64),
            })
            .collect(),
        reforms: reforms
            .into_iter()
            .rev()
            .map(|one| Reform {
                at: spoken(&one.at),
                edition: units::shown(&one.edition),
                applied: one.state == "applied",
                id: one.reform,
                who: one.who,
            })
            .collect(),
        left: left.len(),
        left_children: treem_child::texts::grouped(children.unsigned_abs()),
        asked,
        found,
        wrong,
        at,
    };
    Ok((shown.page.status(), show(&shown)).into_response())
}

/// What a reform is made from, as the form holds it.
#[derive(Clone, Default, Deserialize)]
pub struct Plan {
    /// First day of the edition; empty where a file says it.
    #[serde(default)]
    day: String,
    /// Name of the file.
    #[serde(default)]
    name: String,
    /// Its bytes, in hexadecimal digits.
    #[serde(default)]
    file: String,
}

/// Runs a reform, or says what would be.
fn run(desk: &mut Desk, plan: &Plan, only_show: bool) -> Done<Reformed> {
    let around = (
        &Silent as &dyn crate::act::check::Progress,
        &Stop::default(),
    );
    if plan.file.is_empty() {
        let known = unit::editions().find(|edition| edition.from == plan.day);
        let edition = known.ok_or_else(|| {
            Failed::Refused("hãy chọn danh mục mới, hoặc chọn một tệp.".to_owned())
        })?;
        return reform::run(desk, &Source::Day(edition), "", only_show, around);
    }
    let bytes = unhex(&plan.file)
        .ok_or_else(|| Failed::Refused("tệp không trọn vẹn; hãy chọn lại.".to_owned()))?;
    let mut file = tempfile::Builder::new()
        .prefix("treem-import-")
        .suffix(&ending(&plan.name))
        .tempfile()
        .context("không tạo được tệp tạm")?;
    file.write_all(&bytes).context("không ghi được tệp tạm")?;
    let source = Source::File(file.path().to_owned());
    reform::run(desk, &source, "", only_show, around).map_err(|failed| match failed {
        Failed::Refused(sentence) => {
            let ours = file.path().display().to_string();
            let theirs = format!("tệp {}", units::quoted(&plan.name));
            Failed::Refused(sentence.replace(&ours, &theirs))
        }
        other => other,
    })
}

/// Says what a reform would do.
pub async fn preview(
    Of(state): Of<Arc<State>>,
    person: Person,
    form: Multipart,
) -> Result<Response, Answer> {
    let sent = Sent::read(form, &person).await?;
    let mut plan = Plan {
        day: sent.get("day").to_owned(),
        ..Plan::default()
    };
    if let Some((name, bytes)) = sent.file {
        if bytes.len() > limits::REFORM_FILE_BYTES {
            let wrong = "Tệp lớn quá 400 KB; hãy chia theo từng huyện.".to_owned();
            return with(
                &state,
                &person,
                String::new(),
                Asked::default(),
                (wrong, "file"),
            )
            .await;
        }
        plan.file = hex(&bytes);
        plan.name = name;
    }
    let asked = plan.clone();
    let told = state
        .try_act(Some(&person), move |desk| run(desk, &asked, true))
        .await;
    let told = match told {
        Ok(told) => told,
        Err(Failed::Refused(sentence)) => {
            let at = if plan.file.is_empty() { "day" } else { "file" };
            let wrong = (capital(&sentence), at);
            return with(&state, &person, String::new(), Asked::default(), wrong).await;
        }
        Err(failed) => return Err(Answer::of(failed, Some(&person))),
    };
    let grouped = |count: i64| treem_child::texts::grouped(count.unsigned_abs());
    let page = Page::new("Xem trước khi sắp xếp đơn vị", "/admin", Some(&person))
        .back("/admin/units", "Đơn vị hành chính");
    Ok(show(&Preview {
        page,
        edition: units::shown(told.edition),
        moved: grouped(told.moved),
        more: told.lines.len().saturating_sub(SHOWN),
        lines: told
            .lines
            .iter()
            .take(SHOWN)
            .map(|line| Line {
                from: line.from_name,
                to: line.to_name,
                may_be: names(told.edition, &line.may_be),
                children: grouped(line.children),
            })
            .collect(),
        told,
        day: plan.day,
        name: plan.name,
        file: plan.file,
    }))
}

fn names(edition: &str, codes: &[&str]) -> String {
    let edition = unit::edition(edition);
    let names = codes.iter().filter_map(|code| edition.by_code(code));
    names.map(|unit| unit.name).collect::<Vec<_>>().join(", ")
}

/// Carries a reform out.
pub async fn go(
    Of(state): Of<Arc<State>>,
    person: Person,
    Form(plan): Form<Plan>,
) -> Result<Response, Answer> {
    let told = state
        .act(&person, move |desk| run(desk, &plan, false))
        .await?;
    Ok(Answer::to(&format!(
        "/admin/units?done=reform&children={}",
        told.moved
    )))
}

/// Which reform.
#[derive(Deserialize)]
pub struct Which {
    reform: String,
    #[serde(default)]
    yes: String,
}

/// Says what taking a reform back would do, or does it.
pub async fn undo(
    Of(state): Of<Arc<State>>,
    person: Person,
    Form(which): Form<Which>,
) -> Result<Response, Answer> {
    let only_show = which.yes.is_empty();
    let told = state
        .act(&person, move |desk| {
            reform::undo(desk, &which.reform, "", only_show)
        })
        .await?;
    if told.done {
        let to = format!("/admin/units?done=undo&children={}", told.turned);
        return Ok(Answer::to(&to));
    }
    Ok(show(&UndoPreview {
        page: Page::new("Xem trước khi hoàn tác", "/admin", Some(&person))
            .back("/admin/units", "Đơn vị hành chính"),
        turned: treem_child::texts::grouped(told.turned.unsigned_abs()),
        told,
    }))
}
