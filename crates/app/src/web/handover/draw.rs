//! *Lập danh sách*: from whom, seen before it is drawn: how many, by reason, who is left out and why.
//!
//! In: a group, a rule, a hamlet, or children ticked on *Danh sách*. Out: the preview; once drawn, the page of the list.

use super::super::answer::show;
use super::super::list::fix::one as part;
use super::{Parts, WAY, on_page, shown};
use crate::access::Deed;
use crate::act::check::{Silent, Stop};
use crate::act::register::facets::GROUPS;
use crate::act::register::handover::draw::{self, Drawn, From};
use crate::act::register::handover::visit;
use crate::act::register::list::What;
use crate::act::register::{Desk, Done, Failed};
use crate::web::{Answer, Page, Person, State};
use askama::Template;
use axum::extract::State as Of;
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::{Form, Query};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use treem_child::normalise::unit::{self, Edition, Level, Unit, in_running_text};
use treem_child::rule::RULES;

/// Children left out that are named.
const NAMED: usize = 200;

/// What a form asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Typed {
    /// `group:N`, `rule:CODE`, `unidentified`, `incomplete`, `all`, `children`.
    what: String,
    /// Edition and code with a stroke between.
    unit: String,
    hamlet: String,
    title: String,
    earlier: bool,
    children: Vec<String>,
    request: String,
}

impl Typed {
    fn of(parts: &[(String, String)]) -> Self {
        let text = |name: &str| part(parts, name).trim().to_owned();
        let children: Vec<String> = parts
            .iter()
            .filter(|(name, _)| name == "child")
            .map(|(_, id)| id.clone())
            .collect();
        let mut out = Self {
            what: text("what"),
            unit: text("unit"),
            hamlet: text("hamlet"),
            title: text("title"),
            // The form of the list has no such box.
            earlier: part(parts, "from") != "form" || !text("earlier").is_empty(),
            request: text("request"),
            children,
        };
        if !out.children.is_empty() {
            "children".clone_into(&mut out.what);
        } else if out.what.is_empty() {
            let (rule, group) = (text("rule"), text("group"));
            out.what = match (rule.as_str(), group.as_str()) {
                ("", "") => String::new(),
                ("", group) => format!("group:{group}"),
                (rule, _) => format!("rule:{rule}"),
            };
        }
        out
    }

    fn hidden(&self) -> Vec<(&'static str, String)> {
        let mut out = vec![
            ("from", "form".to_owned()),
            ("what", self.what.clone()),
            ("unit", self.unit.clone()),
            ("hamlet", self.hamlet.clone()),
            ("title", self.title.clone()),
        ];
        if self.earlier {
            out.push(("earlier", "1".to_owned()));
        }
        out.extend(self.children.iter().map(|id| ("child", id.clone())));
        out
    }

    /// As the act takes it.
    fn asked(&self, desk: &Desk, yes: bool) -> Done<draw::Asked> {
        let from = match self.what.split_once(':') {
            Some(("group", group)) => group
                .parse()
                .ok()
                .filter(|group| (1..=5).contains(group))
                .map(|group| From::What(What::Group(group))),
            Some(("rule", rule)) => Some(From::What(What::Rule(rule.to_owned()))),
            _ => match self.what.as_str() {
                "unidentified" => Some(From::What(What::Unidentified)),
                "incomplete" => Some(From::What(What::Incomplete)),
                "all" => Some(From::All),
                "children" => Some(From::Children(self.children.clone())),
                _ => None,
            },
        };
        let from =
            from.ok_or_else(|| Failed::Refused("hãy chọn lập danh sách từ đâu.".to_owned()))?;
        let unit = self.unit.split_once('/').and_then(|(edition, code)| {
            let edition = unit::edition(edition);
            Some((edition, edition.by_code(code)?))
        });
        Ok(draw::Asked {
            // An area of one commune needs no choice.
            unit: unit.or_else(|| match (&from, communes(desk).as_slice()) {
                (From::Children(_), _) => None,
                (_, [only]) => Some(*only),
                _ => None,
            }),
            from,
            hamlet: self.hamlet.clone(),
            as_of: shown::today(&desk.now),
            title: self.title.clone(),
            earlier: self.earlier,
            yes,
        })
    }
}

/// The communes a person may draw lists of.
fn communes(desk: &Desk) -> Vec<(&'static Edition, &'static Unit)> {
    let area = desk.area(Deed::HandOver);
    let day = area.areas().iter().find_map(crate::access::Area::unit);
    let today = shown::today(&desk.now).to_string();
    let edition = unit::edition(day.map_or(today.as_str(), |(day, _)| day));
    let all = area
        .units(edition)
        .unwrap_or_else(|| edition.own_units().iter().collect());
    all.into_iter()
        .filter(|unit| unit.level() == Level::Commune)
        .map(|unit| (edition, unit))
        .collect()
}

struct Choice {
    value: String,
    label: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "handover_draw.html")]
struct Ask {
    page: Page,
    wrong: String,
    whats: Vec<Choice>,
    units: Vec<Choice>,
    hamlet: String,
    hamlets: Vec<String>,
    title: String,
    earlier: bool,
    children: Vec<String>,
}

#[derive(Template)]
#[template(path = "handover_will.html")]
struct Will {
    page: Page,
    lists: Vec<Sketched>,
    rows: usize,
    left: Vec<(String, String, String)>,
    more: usize,
    left_count: usize,
    hidden: Vec<(&'static str, String)>,
    request: String,
    back: String,
}

struct Sketched {
    title: String,
    unit: String,
    rows: usize,
    earlier: usize,
    why: Vec<(String, usize)>,
}

/// What an address may say.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Said {
    rule: String,
    group: String,
    unit: String,
    hamlet: String,
}

/// The form.
pub async fn ask(
    Of(state): Of<Arc<State>>,
    person: Person,
    Query(said): Query<Said>,
) -> Result<Response, Answer> {
    let what = match (said.rule.as_str(), said.group.as_str()) {
        ("", "") => "group:1".to_owned(),
        ("", group) => format!("group:{group}"),
        (rule, _) => format!("rule:{rule}"),
    };
    let typed = Typed {
        what,
        unit: said.unit,
        hamlet: said.hamlet,
        earlier: true,
        ..Typed::default()
    };
    form(&state, &person, typed, String::new()).await
}

async fn form(
    state: &Arc<State>,
    person: &Person,
    typed: Typed,
    wrong: String,
) -> Result<Response, Answer> {
    let (units, hamlets) = state
        .act(person, |desk| {
            let units = communes(desk);
            let hamlets = match units.as_slice() {
                [(edition, only)] => {
                    crate::act::register::entry::hamlets(desk, edition.from, only.code)
                        .unwrap_or_default()
                }
                _ => Vec::new(),
            };
            Ok((units, hamlets))
        })
        .await?;
    let mut whats: Vec<(String, String)> = (1..)
        .zip(GROUPS)
        .map(|(group, label)| (format!("group:{group}"), label.to_owned()))
        .collect();
    whats.extend([
        (
            "unidentified".to_owned(),
            "Mọi trẻ chưa chuẩn hóa (chưa có số định danh đúng)".to_owned(),
        ),
        (
            "incomplete".to_owned(),
            "Mọi trẻ chưa đủ thông tin cơ bản".to_owned(),
        ),
        (
            "all".to_owned(),
            "Mọi trẻ của thôn, xã (rà soát toàn bộ)".to_owned(),
        ),
    ]);
    if let Some(rule) = typed.what.strip_prefix("rule:") {
        let title = RULES.iter().find(|one| one.code == rule);
        let title = title.map_or(rule, |rule| rule.title);
        whats.insert(0, (typed.what.clone(), format!("Lỗi: {title}")));
    }
    if typed.what == "children" {
        let label = format!("{} hồ sơ đã chọn", typed.children.len());
        whats.insert(0, ("children".to_owned(), label));
    }
    let mut page = Page::new("Lập danh sách", WAY, Some(person)).back(WAY, super::NAME);
    page.wrong = !wrong.is_empty();
    let status = page.status();
    let shown = show(&Ask {
        page,
        wrong,
        whats: whats
            .into_iter()
            .map(|(value, label)| Choice {
                chosen: value == typed.what,
                value,
                label,
            })
            .collect(),
        units: units
            .iter()
            .map(|(edition, unit)| {
                let value = format!("{}/{}", edition.from, unit.code);
                Choice {
                    chosen: value == typed.unit || units.len() == 1,
                    label: unit.name.to_owned(),
                    value,
                }
            })
            .collect(),
        hamlet: typed.hamlet,
        hamlets,
        title: typed.title,
        earlier: typed.earlier,
        children: typed.children,
    });
    Ok((status, shown).into_response())
}

/// A step of the form: what would be, or it is done.
pub async fn enter(
    Of(state): Of<Arc<State>>,
    person: Person,
    Form(parts): Form<Parts>,
) -> Result<Response, Answer> {
    let typed = Typed::of(&parts);
    let step = part(&parts, "do");
    if typed.what.is_empty() || step == "change" {
        return form(&state, &person, typed, String::new()).await;
    }
    let yes = step == "draw";
    let own = typed.clone();
    let done = state
        .try_act(Some(&person), move |desk| {
            let asked = own.asked(desk, yes)?;
            if yes && !own.request.is_empty() {
                desk.request = Some(own.request.clone());
            }
            let drawn = draw::run(desk, &asked, (&Silent, &Stop::default()))?;
            let unit = drawn
                .lists
                .first()
                .map(|list| (list.edition.clone(), list.unit.clone()));
            let ids: Vec<String> = drawn
                .left_out
                .iter()
                .take(NAMED)
                .map(|one| one.child.clone())
                .collect();
            let names = match &unit {
                Some((edition, unit)) if !yes && !ids.is_empty() => {
                    visit::names(desk, (edition, unit), &ids)?
                }
                _ => BTreeMap::new(),
            };
            Ok((drawn, names, desk.ids.next_id()))
        })
        .await;
    match done {
        Ok((drawn, _, _)) if drawn.done => Ok(match drawn.lists.as_slice() {
            [only] => {
                let code = only.list.map(|list| list.to_string()).unwrap_or_default();
                Answer::to(&format!("{WAY}/{code}?told=draw"))
            }
            _ => Answer::to(WAY),
        }),
        Ok((drawn, names, request)) => Ok(will(&person, &typed, (drawn, &names, request))),
        Err(Failed::Refused(sentence)) => form(&state, &person, typed, on_page(&sentence)).await,
        Err(failed) => Err(Answer::of(failed, Some(&person))),
    }
}

fn will(
    person: &Person,
    typed: &Typed,
    (drawn, names, request): (Drawn, &BTreeMap<String, visit::Named>, String),
) -> Response {
    let title = |code: &str| {
        let rule = RULES.iter().find(|rule| rule.code == code);
        rule.map_or_else(|| code.to_owned(), |rule| rule.title.to_owned())
    };
    show(&Will {
        page: Page::new("Xem trước danh sách", WAY, Some(person)).back(WAY, super::NAME),
        rows: drawn.lists.iter().map(|list| list.rows).sum(),
        lists: drawn
            .lists
            .into_iter()
            .map(|list| Sketched {
                unit: in_running_text(&list.unit_name),
                rows: list.rows,
                earlier: list.earlier,
                why: {
                    let mut why: Vec<(String, usize)> = list
                        .why
                        .iter()
                        .map(|(code, count)| (title(code), *count))
                        .collect();
                    why.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
                    why
                },
                title: list.title,
            })
            .collect(),
        left_count: drawn.left_out.len(),
        more: drawn.left_out.len().saturating_sub(NAMED),
        left: drawn
            .left_out
            .into_iter()
            .take(NAMED)
            .map(|one| {
                let name = names.get(&one.child).map(|named| named.name.clone());
                (one.child, name.unwrap_or_default(), one.why)
            })
            .collect(),
        hidden: typed.hidden(),
        request,
        back: WAY.to_owned(),
    })
}
