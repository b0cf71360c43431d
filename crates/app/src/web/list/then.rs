//! A list as it was at the end of a day, and what became of those who were on it.
//!
//! In: a group, a rule or a measure, and a day. Out: by unit how many were on it, are still, were put right, moved, merged, left.

use super::super::answer::show;
use super::super::{Answer, Page, Person, State, shown};
use crate::act::check::{Progress, Stop};
use crate::act::register::evening;
use crate::act::register::facets::GROUPS;
use crate::act::register::list::{self, List, Since, What};
use crate::act::register::proposal::title;
use askama::Template;
use axum::extract::State as Of;
use axum::response::Response;
use axum_extra::extract::Query;
use serde::Deserialize;
use std::sync::Arc;
use treem_child::check::rules::RuleSet;
use treem_child::normalise::date::PartialDate;
use treem_child::rule::RULES;

/// Which list, at the end of which day.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    what: String,
    day: String,
}

#[derive(Template)]
#[template(path = "list_then.html")]
struct Then {
    page: Page,
    whats: Vec<(String, String, bool)>,
    day: String,
    error: &'static str,
    heading: String,
    heads: Vec<&'static str>,
    lines: Vec<(String, Vec<(&'static str, String)>)>,
    /// By what became of them: children, each with id, name, birth date, unit.
    named: Vec<(&'static str, Vec<[String; 4]>)>,
    /// Not all are named.
    more: bool,
}

struct Quiet;
impl Progress for Quiet {
    fn begin(&self, _: usize, _: u64) {}
    fn file(&self, _: u64) {}
    fn within(&self, _: u64, _: u64) {}
    fn step(&self, _: &str, _: u64, _: u64) {}
}

/// The lists there are, for choosing one: code, label, whether it is chosen.
pub fn whats(chosen: &str) -> Vec<(String, String, bool)> {
    let mut out: Vec<(String, String)> = vec![
        ("unidentified".to_owned(), "Chưa chuẩn hóa".to_owned()),
        (
            "incomplete".to_owned(),
            "Chưa đủ thông tin cơ bản".to_owned(),
        ),
    ];
    out.extend(
        (1..)
            .zip(GROUPS)
            .map(|(group, label)| (group.to_string(), label.to_owned())),
    );
    let set = RuleSet::default();
    let rules = RULES.iter().filter(|rule| !rule.code.starts_with("text."));
    out.extend(rules.map(|rule| (rule.code.to_owned(), title(&set, rule.code))));
    out.into_iter()
        .map(|(code, label)| {
            let is = code == chosen;
            (code, label, is)
        })
        .collect()
}

/// The list of a code.
pub fn what(text: &str) -> What {
    match (text, text.parse::<i64>()) {
        (_, Ok(group @ 1..=5)) => What::Group(group),
        ("incomplete", _) => What::Incomplete,
        ("" | "unidentified", _) => What::Unidentified,
        (rule, _) => What::Rule(rule.to_owned()),
    }
}

/// The page.
pub async fn page(
    Of(state): Of<Arc<State>>,
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<Response, Answer> {
    let typed = asked.day.trim();
    let day = shown::read_day(typed);
    let mut out = Then {
        page: Page::new("Danh sách vào một ngày", "/list", Some(&person))
            .back("/list", "Về danh sách"),
        whats: whats(&asked.what),
        day: typed.to_owned(),
        error: if typed.is_empty() || day.is_some() {
            ""
        } else {
            "Ngày này không đọc được: viết ngày/tháng/năm, ví dụ 13/6/2024."
        },
        heading: String::new(),
        heads: Vec::new(),
        lines: Vec::new(),
        named: Vec::new(),
        more: false,
    };
    out.page.wrong = !out.error.is_empty();
    let Some(day) = day else {
        return Ok(show(&out));
    };
    let wanted = what(&asked.what);
    let list = state
        .act(&person, move |desk| {
            let asked = list::Asked {
                what: wanted,
                unit: None,
                as_of: shown::today(&desk.now),
                moment: None,
                compare: Some((evening(day), day)),
            };
            let list = list::run(desk, &asked, (&Quiet, &Stop::default()))?;
            list::names_shown(desk, &list)?;
            Ok(list)
        })
        .await?;
    fill(&mut out, &list, day);
    Ok(show(&out))
}

/// What became of a list, with the words over the columns.
pub fn figures(since: Since, now: u64) -> Vec<(&'static str, u64)> {
    vec![
        ("Ngày ấy", since.then),
        ("Đã sửa xong", since.fixed),
        ("Còn", since.open),
        ("Đã gộp", since.merged),
        ("Đã chuyển", since.moved),
        ("Đủ 16 tuổi", since.aged_out),
        ("Đã mất", since.died),
        (
            "Nhập nhầm, rút",
            since.mistake.saturating_add(since.withdrawn),
        ),
        ("Mới thêm", since.new),
        ("Nay", now),
    ]
}

fn fill(out: &mut Then, list: &List, day: PartialDate) {
    let label = out.whats.iter().find(|(code, ..)| *code == list.what);
    out.heading = format!(
        "{}: cuối ngày {} so với nay",
        label.map_or("", |(_, label, _)| label.as_str()),
        shown::day(&day.to_string())
    );
    out.heads = figures(Since::default(), 0)
        .into_iter()
        .map(|(head, _)| head)
        .collect();
    let line = |name: &str, since: Since, now: u64| {
        let cells = figures(since, now).into_iter();
        let cells = cells.map(|(head, count)| (head, treem_child::texts::grouped(count)));
        (name.to_owned(), cells.collect())
    };
    out.lines = list
        .units
        .iter()
        .map(|unit| {
            let name = if unit.name.is_empty() {
                "Chưa rõ xã"
            } else {
                &unit.name
            };
            line(name, unit.since.unwrap_or_default(), unit.children)
        })
        .collect();
    out.named = named(&list.became);
    out.more = list.became.len() >= crate::limits::LIST_NAMED;
    out.lines.push(line(
        "Tổng cộng",
        list.since.unwrap_or_default(),
        list.children,
    ));
}

/// The children of a comparison by what became of them: id, name, birth date, unit.
pub fn named(became: &[list::Became]) -> Vec<(&'static str, Vec<[String; 4]>)> {
    let mut out = Vec::new();
    // Each child has one fate; "then" and "now" are sums.
    for (at, (head, _)) in figures(Since::default(), 0).into_iter().enumerate() {
        let of = |one: &&list::Became| {
            let fates = figures(one.fate, 0);
            head != "Ngày ấy" && fates.get(at).is_some_and(|(_, count)| *count > 0)
        };
        let children: Vec<[String; 4]> = became
            .iter()
            .filter(of)
            .map(|one| {
                let birth = shown::birth(&one.birth);
                [
                    one.child.clone(),
                    one.name.clone(),
                    birth,
                    one.unit_name.clone(),
                ]
            })
            .collect();
        if !children.is_empty() {
            out.push((head, children));
        }
    }
    out
}
