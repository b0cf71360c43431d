//! `/admin/rules`: the rules in force; a rule file tried on the book, then published; the files before it.
//!
//! In: the person, a rule file as text. Out: the page. Between trying and publishing, the text stands in the form itself.

use super::super::answer::{capital, show};
use super::super::sent::Sent;
use super::super::{Answer, Page, Person, State};
use super::page;
use crate::act::check::{Silent, Stop};
use crate::act::register::publish::{self, Asked, Published, RuleChange, Text};
use crate::act::register::{Desk, Done, Failed, rules as register_rules};
use crate::act::rules::{self, Listed, Tested};
use crate::shown::{date_of, spoken};
use askama::Template;
use axum::Form;
use axum::extract::{Multipart, Path, State as Of};
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::Query;
use serde::Deserialize;
use std::sync::Arc;
use treem_child::check::rules::RuleSet;
use treem_child::normalise::date::PartialDate;

#[derive(Template)]
#[template(path = "admin_rules.html")]
struct Home {
    page: Page,
    rules: Vec<Listed>,
    on: usize,
    number: i64,
    at: String,
    who: String,
    former: Vec<(i64, String, String)>,
    text: String,
    wrong: String,
}

#[derive(Template)]
#[template(path = "admin_rules_preview.html")]
struct Preview {
    page: Page,
    children: String,
    measures: Vec<(&'static str, String, String)>,
    rules: Vec<Change>,
    tested: Tested,
    failed: usize,
    text: String,
    former: Option<i64>,
}

/// A rule whose count changes.
struct Change {
    rule: String,
    title: String,
    before: String,
    after: String,
    worse: bool,
    units: Vec<(String, String, String)>,
    more: usize,
}

#[derive(Template)]
#[template(path = "admin_rules_file.html")]
struct File {
    page: Page,
    number: i64,
    at: String,
    who: String,
    content: String,
}

/// Units of a rule that are shown.
const UNITS: usize = 5;

/// What was done.
#[derive(Deserialize)]
pub struct Said {
    #[serde(default)]
    published: String,
}

/// The page.
pub async fn home(
    Of(state): Of<Arc<State>>,
    person: Person,
    Query(said): Query<Said>,
) -> Result<Response, Answer> {
    let said = match said.published.parse::<u64>() {
        Ok(number) => format!("Đã ban hành tệp quy tắc số {number}."),
        Err(_) => String::new(),
    };
    with(&state, &person, said, String::new(), String::new()).await
}

async fn with(
    state: &Arc<State>,
    person: &Person,
    said: String,
    text: String,
    wrong: String,
) -> Result<Response, Answer> {
    let (set, shown) = state
        .act(person, |desk| {
            Ok((register_rules::of_desk(desk)?, publish::show(desk, None)?))
        })
        .await?;
    let listed = rules::list(&set);
    let mut page = page("Quy tắc kiểm tra", person, &said);
    page.wrong = !wrong.is_empty();
    let shown = Home {
        page,
        on: listed.iter().filter(|one| one.on).count(),
        rules: listed,
        number: shown.number,
        at: spoken(&shown.at),
        who: shown.who,
        former: shown
            .former
            .into_iter()
            .rev()
            .map(|(number, at, who)| (number, spoken(&at), who))
            .collect(),
        text,
        wrong,
    };
    Ok((shown.page.status(), show(&shown)).into_response())
}

/// One of the published files.
pub async fn file(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(number): Path<i64>,
) -> Result<Response, Answer> {
    let shown = state
        .act(&person, move |desk| publish::show(desk, Some(number)))
        .await?;
    let title = format!("Tệp quy tắc số {}", shown.number);
    Ok(show(&File {
        page: Page::new(&title, "/admin", Some(&person)).back("/admin/rules", "Quy tắc kiểm tra"),
        number: shown.number,
        at: spoken(&shown.at),
        who: shown.who,
        content: shown.content,
    }))
}

/// What is to be published: a text, or a former file.
#[derive(Clone, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    text: String,
    /// Number of a former file; 0: the built-in rules.
    #[serde(default)]
    former: String,
}

fn run(desk: &mut Desk, wanted: &Wanted, yes: bool) -> Done<Published> {
    let as_of = date_of(&desk.now)
        .and_then(|today| PartialDate::from_iso(&today.to_string()))
        .ok_or_else(|| Failed::Broken(anyhow::anyhow!("giờ của máy không dùng được")))?;
    let asked = Asked {
        text: match wanted.former.parse() {
            Ok(number) => Text::Former(number),
            // Browsers send lines as lines of paper; the file has those of a file.
            Err(_) => Text::New(wanted.text.replace("\r\n", "\n")),
        },
        as_of,
        why: String::new(),
        yes,
    };
    publish::run(desk, &asked, (&Silent, &Stop::default()))
}

/// Tries a file that was sent or a text that was typed.
pub async fn preview(
    Of(state): Of<Arc<State>>,
    person: Person,
    form: Multipart,
) -> Result<Response, Answer> {
    let sent = Sent::read(form, &person).await?;
    let text = match &sent.file {
        None => Some(sent.get("text")),
        Some((_, bytes)) => std::str::from_utf8(bytes).ok(),
    };
    let Some(text) = text else {
        let wrong = "Tệp quy tắc phải là văn bản UTF-8 (TOML).".to_owned();
        return with(&state, &person, String::new(), String::new(), wrong).await;
    };
    let wanted = Wanted {
        former: sent.get("former").to_owned(),
        text: text.trim_start_matches('\u{feff}').to_owned(),
    };
    if wanted.former.is_empty() && wanted.text.trim().is_empty() {
        let wrong = "Hãy chọn một tệp quy tắc, hoặc dán nội dung vào ô.".to_owned();
        return with(&state, &person, String::new(), String::new(), wrong).await;
    }
    let asked = wanted.clone();
    let told = state
        .try_act(Some(&person), move |desk| run(desk, &asked, false))
        .await;
    let told = match told {
        Ok(told) => told,
        Err(Failed::Refused(sentence)) => {
            let wrong = capital(&sentence);
            return with(&state, &person, String::new(), wanted.text, wrong).await;
        }
        Err(failed) => return Err(Answer::of(failed, Some(&person))),
    };
    Ok(show(&previewed(&person, &told, wanted)))
}

fn previewed(person: &Person, told: &Published, wanted: Wanted) -> Preview {
    let grouped = treem_child::texts::grouped;
    let set = RuleSet::from_toml(&wanted.text).unwrap_or_default();
    let titles = rules::list(&set);
    let tested = rules::test(&set);
    let change = |one: &RuleChange| {
        let mut units = one.units.clone();
        units.sort_by_key(|unit| std::cmp::Reverse(unit.2.abs_diff(unit.3)));
        Change {
            title: titles
                .iter()
                .find(|title| title.rule == one.rule)
                .map_or_else(String::new, |title| title.title.clone()),
            rule: one.rule.clone(),
            before: grouped(one.before),
            after: grouped(one.after),
            worse: one.after > one.before,
            more: units.len().saturating_sub(UNITS),
            units: units
                .into_iter()
                .take(UNITS)
                .map(|(_, name, before, after)| (name, grouped(before), grouped(after)))
                .collect(),
        }
    };
    Preview {
        page: Page::new("Xem trước khi ban hành quy tắc", "/admin", Some(person))
            .back("/admin/rules", "Quy tắc kiểm tra"),
        children: grouped(told.children),
        measures: [
            ("Đã chuẩn hóa", told.identified),
            ("Đủ thông tin cơ bản", told.complete),
        ]
        .into_iter()
        .map(|(name, (before, after))| (name, grouped(before), grouped(after)))
        .collect(),
        rules: told.rules.iter().map(change).collect(),
        failed: tested.examples.iter().filter(|one| !one.passed).count(),
        tested,
        former: wanted.former.parse().ok(),
        text: wanted.text,
    }
}

/// Publishes.
pub async fn publish_now(
    Of(state): Of<Arc<State>>,
    person: Person,
    Form(wanted): Form<Wanted>,
) -> Result<Response, Answer> {
    let told = state
        .act(&person, move |desk| run(desk, &wanted, true))
        .await?;
    Ok(Answer::to(&format!(
        "/admin/rules?published={}",
        told.number
    )))
}
