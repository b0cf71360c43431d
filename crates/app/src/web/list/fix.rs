//! A fix of many records: first every row before and after, then done.
//!
//! In: the list's form: one proposal, those ticked, or all alike. Out: the preview; once done, the page of the fix.

use super::super::answer::show;
use super::super::{Answer, Page, Person, State};
use super::{Asked, shown};
use crate::act::register::mass::{self, Fixed, Left, Row, What};
use crate::act::register::{Desk, Done, Failed, fields};
use askama::Template;
use axum::extract::State as Of;
use axum::response::Response;
use axum_extra::extract::Form;
use std::sync::Arc;

/// Rows that are shown before and after; of more, these many.
const SHOWN: usize = 300;

/// What a form asks for.
#[derive(Clone)]
struct Wanted {
    asked: Asked,
    /// The rule; empty where one value is written.
    rule: String,
    field: String,
    text: String,
    these: Option<Vec<String>>,
    seen: Option<i64>,
    why: String,
}

/// Name and value of each part of a form, as often as they stand in it.
pub type Parts = Vec<(String, String)>;

pub fn one<'p>(parts: &'p [(String, String)], name: &str) -> &'p str {
    let found = parts.iter().find(|(known, _)| known == name);
    found.map_or("", |(_, value)| value.as_str())
}

impl Wanted {
    fn of(parts: &[(String, String)]) -> Self {
        let text = |name: &str| one(parts, name).to_owned();
        let hamlet = parts.iter().any(|(name, _)| name == "hamlet");
        let asked = Asked {
            rule: text("rule"),
            group: text("group"),
            severity: text("severity"),
            unit: text("unit"),
            hamlet: hamlet.then(|| text("hamlet")),
            who: text("who"),
            after: String::new(),
        };
        let ticked = || {
            let children = parts.iter().filter(|(name, _)| name == "child");
            Some(children.map(|(_, id)| id.clone()).collect::<Vec<String>>())
        };
        let mut out = Self {
            rule: text("fix"),
            field: text("field"),
            text: text("text"),
            these: ticked().filter(|ids| !ids.is_empty()),
            seen: one(parts, "seen").parse().ok(),
            why: text("why"),
            asked,
        };
        if let Some((child, rule)) = one(parts, "one").split_once(' ') {
            rule.clone_into(&mut out.rule);
            out.these = Some(vec![child.to_owned()]);
            return out;
        }
        match one(parts, "do") {
            "chosen" => {
                out.rule.clone_from(&out.asked.rule);
                out.these = ticked();
            }
            "all" => {
                out.rule.clone_from(&out.asked.rule);
                out.these = None;
            }
            "value-chosen" => out.these = ticked(),
            "value-all" => out.these = None,
            _ => {}
        }
        out
    }

    fn act(&self, desk: &Desk, yes: bool) -> Done<mass::Asked> {
        if self.these.as_ref().is_some_and(Vec::is_empty) {
            return Err(Failed::Refused(
                "chưa chọn hồ sơ nào: đánh dấu ở đầu dòng các hồ sơ cần sửa, hoặc chọn cả danh sách."
                    .to_owned(),
            ));
        }
        let what = if self.rule.is_empty() {
            let field = fields::by_name(&self.field)
                .ok_or_else(|| Failed::Refused("hãy chọn trường cần điền.".to_owned()))?;
            if self.text.trim().is_empty() {
                return Err(Failed::Refused("hãy ghi giá trị cần điền.".to_owned()));
            }
            What::Value {
                field,
                text: self.text.trim().to_owned(),
            }
        } else {
            What::Rule {
                rule: self.rule.clone(),
                value: None,
            }
        };
        Ok(mass::Asked {
            what,
            filter: self.asked.filter(desk)?,
            these: self.these.clone(),
            why: self.why.clone(),
            seen: self.seen,
            yes,
        })
    }

    fn hidden(&self, seen: i64) -> Vec<(&'static str, String)> {
        let mut out = self.asked.pairs();
        out.push(("seen", seen.to_string()));
        if self.rule.is_empty() {
            out.push(("field", self.field.clone()));
            out.push(("text", self.text.clone()));
        } else {
            out.push(("fix", self.rule.clone()));
        }
        let these = self.these.iter().flatten();
        out.extend(these.map(|id| ("child", id.clone())));
        out
    }
}

#[derive(Template)]
#[template(path = "list_fix.html")]
struct Preview {
    page: Page,
    back: String,
    heading: String,
    second: &'static str,
    count: String,
    rows: Vec<Row>,
    more: usize,
    left: Vec<Left>,
    hidden: Vec<(&'static str, String)>,
}

/// What a second check is called.
pub fn second(kind: Option<&str>) -> &'static str {
    let known = crate::act::register::second::KINDS;
    let found = known.iter().find(|(code, _)| Some(*code) == kind);
    found.map_or("", |(_, words)| words)
}

/// Every row before and after.
pub async fn preview(
    Of(state): Of<Arc<State>>,
    person: Person,
    Form(parts): Form<Parts>,
) -> Result<Response, Answer> {
    let wanted = Wanted::of(&parts);
    let own = wanted.clone();
    let told = state
        .act(&person, move |desk| {
            let asked = own.act(desk, false)?;
            mass::run(desk, &asked)
        })
        .await?;
    Ok(show(&of(&person, &wanted, told)))
}

fn of(person: &Person, wanted: &Wanted, told: Fixed) -> Preview {
    let back = wanted.asked.href();
    let count = told.rows.len();
    let mut rows = told.rows;
    rows.truncate(SHOWN);
    Preview {
        page: Page::new("Xem trước việc sửa", "/list", Some(person)).back(&back, "Về danh sách"),
        heading: if count == 0 {
            "Không có gì để sửa".to_owned()
        } else {
            format!("Xem trước: {count} hồ sơ sẽ đổi")
        },
        second: second(told.waits.as_deref()),
        count: shown::count(i64::try_from(count).unwrap_or(i64::MAX)),
        more: count.saturating_sub(rows.len()),
        hidden: wanted.hidden(told.seen),
        left: told.left,
        rows,
        back,
    }
}

/// Does it.
pub async fn carry_out(
    Of(state): Of<Arc<State>>,
    person: Person,
    Form(parts): Form<Parts>,
) -> Result<Response, Answer> {
    let wanted = Wanted::of(&parts);
    let told = state
        .act(&person, move |desk| {
            let asked = wanted.act(desk, true)?;
            mass::run(desk, &asked)
        })
        .await?;
    let fix = told.fix.unwrap_or_default();
    let word = if told.done { "done" } else { "waits" };
    Ok(Answer::to(&format!(
        "/list/fixes/{fix}?told={word}&left={}",
        told.left.len()
    )))
}
