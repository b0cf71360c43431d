//! *Xác thực với Công an*: the lists of the person's area by state, who holds each and since when, what is late; and every page of a list.
//!
//! In: the code of a list. Out: pages. What may be done when is decided by the act; a page shows what this person may do next.

pub mod answer;
pub mod apply;
pub mod back;
pub mod draw;
pub mod key;
pub mod one;
pub mod papers;
pub mod sheet;
pub mod tasks;

use super::answer::show;
use super::list::fix::Parts;
use super::{Answer, Page, Person, State, shown};
use crate::access::Deed;
use crate::act::register::Desk;
use crate::act::register::handover::show::{self as act, Line};
use askama::Template;
use axum::extract::State as Of;
use axum::response::Response;
use axum_extra::extract::Query;
use serde::Deserialize;
use std::sync::Arc;
use treem_child::handover::answer::Kind;
use treem_child::handover::state::{Holder, Place};

/// The way these pages belong to.
pub const WAY: &str = "/handover";
/// Its name.
pub const NAME: &str = "Xác thực với Công an";

/// What a person may do with lists of a unit: for buttons; the act decides.
#[derive(Clone, Copy, Debug, Default)]
pub struct Can {
    /// Hands over.
    pub hands: bool,
    /// Approves.
    pub closes: bool,
    /// Answers for the police.
    pub answers: bool,
    /// Changes records.
    pub edits: bool,
}

impl Can {
    /// Of a unit.
    pub fn of(desk: &Desk, edition: &str, unit: &str) -> Self {
        let may = |deed| desk.may(deed, edition, Some(unit));
        Self {
            hands: may(Deed::HandOver),
            closes: may(Deed::CloseList),
            answers: may(Deed::Answer),
            edits: may(Deed::Edit),
        }
    }
}

/// Which lists.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    holder: String,
    late: String,
    ended: String,
    waits: String,
}

/// A list in the table.
struct Row {
    code: String,
    title: String,
    place: String,
    holder: &'static str,
    since: String,
    due: String,
    is_late: bool,
    open: u32,
    gone: u32,
    waits: String,
    action: &'static str,
}

/// A page about one list, with the way back to it.
fn of_list(title: &str, person: &Person, list: &str) -> Page {
    Page::new(title, WAY, Some(person)).back(&format!("{WAY}/{list}"), &format!("Danh sách {list}"))
}

/// The keys of the answers, and what each says.
fn keys() -> Vec<(String, &'static str)> {
    Kind::ALL
        .iter()
        .map(|kind| (kind.key().to_string(), kind.label()))
        .collect()
}

/// Lists in one state.
struct Group {
    label: &'static str,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "handover.html")]
struct Home {
    page: Page,
    groups: Vec<Group>,
    heading: String,
    late: usize,
    filters: Vec<(&'static str, &'static str, bool)>,
    is_filtered: bool,
    may_draw: bool,
    may_answer: bool,
    may_review: bool,
}

/// How a list stands to its time, in words.
pub fn due(line: &Line) -> (String, bool) {
    match (line.due.late, line.due.within) {
        (Some(late), Some(within)) => (format!("chậm {late} ngày (hạn {within} ngày)"), true),
        (None, Some(within)) if line.due.days < within => {
            (format!("còn {} ngày", within - line.due.days), false)
        }
        (None, Some(_)) => ("hết hạn hôm nay".to_owned(), false),
        _ => (String::new(), false),
    }
}

/// Since when, in words: the moment, and how many days that is.
pub fn since(line: &Line) -> String {
    match line.due.days {
        0 => shown::moment(&line.since),
        days => format!("{} ({days} ngày)", shown::moment(&line.since)),
    }
}

/// What a person does with a list in a state, in two words.
fn action(place: Place, can: Can) -> &'static str {
    match place {
        Place::Drawn | Place::InReview if can.hands => "Rà soát, trình",
        Place::InReview if can.edits => "Gõ phiếu",
        Place::Awaiting if can.closes => "Xem và duyệt",
        Place::Closed if can.hands => "Chuyển Công an",
        Place::Sent if can.answers => "Tiếp nhận",
        Place::Received if can.answers => "Đối chiếu",
        Place::Answered if can.answers => "Ký",
        Place::Signed if can.answers => "Bàn giao lại",
        Place::Sent | Place::Received | Place::Answered | Place::Signed if can.hands => {
            "Ghi kết quả"
        }
        Place::Returned if can.hands => "Xem và cập nhật",
        _ => "Xem",
    }
}

impl Row {
    fn of(line: &Line, can: Can) -> Self {
        let (due, is_late) = due(line);
        let place = [line.hamlet.as_str(), line.unit_name.as_str()];
        let place: Vec<&str> = place.into_iter().filter(|part| !part.is_empty()).collect();
        Self {
            code: line.list.to_string(),
            title: line.title.clone(),
            place: place.join(", "),
            holder: line.holder_label,
            since: since(line),
            due,
            is_late,
            open: line.open,
            gone: line.rows.saturating_sub(line.open),
            waits: line.waits.words().join("; "),
            action: Place::from_word(line.place).map_or("Xem", |place| action(place, can)),
        }
    }
}

/// The lists.
pub async fn home(
    Of(state): Of<Arc<State>>,
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<Response, Answer> {
    let holder = [
        Holder::Officer,
        Holder::Households,
        Holder::Leader,
        Holder::Police,
    ]
    .into_iter()
    .find(|one| one.word() == asked.holder);
    let (late, ended) = (!asked.late.is_empty(), !asked.ended.is_empty());
    let waits = !asked.waits.is_empty();
    let lines = state
        .act(&person, move |desk| {
            let lists = act::list(
                desk,
                &act::Asked {
                    holder,
                    late,
                    waits,
                    ended,
                    ..act::Asked::default()
                },
            )?;
            let cans: Vec<Can> = lists
                .lists
                .iter()
                .map(|line| Can::of(desk, &line.edition, &line.unit))
                .collect();
            Ok((lists, cans))
        })
        .await?;
    let (lists, cans) = lines;
    let mut groups: Vec<Group> = Vec::new();
    for place in Place::ALL {
        let rows: Vec<Row> = lists
            .lists
            .iter()
            .zip(&cans)
            .filter(|(line, _)| line.place == place.word())
            .map(|(line, can)| Row::of(line, *can))
            .collect();
        if !rows.is_empty() {
            groups.push(Group {
                label: place.label(),
                rows,
            });
        }
    }
    let filters = vec![
        (
            "/handover",
            "Chưa xong",
            holder.is_none() && !late && !ended && !waits,
        ),
        ("/handover?late=1", "Chậm", late),
        ("/handover?waits=1", "Có dòng chờ xác nhận", waits),
        (
            "/handover?holder=officer",
            "Cán bộ giữ",
            holder == Some(Holder::Officer),
        ),
        (
            "/handover?holder=households",
            "Đang ở các hộ",
            holder == Some(Holder::Households),
        ),
        (
            "/handover?holder=leader",
            "Chờ lãnh đạo",
            holder == Some(Holder::Leader),
        ),
        (
            "/handover?holder=police",
            "Công an giữ",
            holder == Some(Holder::Police),
        ),
        ("/handover?ended=1", "Cả danh sách đã xong", ended),
    ];
    Ok(show(&Home {
        page: Page::new(NAME, WAY, Some(&person)),
        heading: format!(
            "{} danh sách · {} trẻ",
            lists.lists.len(),
            shown::count(i64::try_from(lists.open).unwrap_or(0))
        ),
        late: lists.late,
        is_filtered: holder.is_some() || late || ended || waits,
        filters,
        groups,
        may_draw: person.may(Deed::HandOver),
        may_answer: person.may(Deed::Answer),
        may_review: person.may(Deed::Edit),
    }))
}

/// A sentence of an act on a page: commands are named by what the page calls them.
pub fn on_page(sentence: &str) -> String {
    let mut out = super::answer::capital(sentence);
    // What a command line would be told to type stands in brackets or behind a full stop; a page has buttons for it.
    while let Some(at) = out.find(" (treem handover") {
        let Some(end) = out.get(at..).and_then(|rest| rest.find(')')) else {
            break;
        };
        out.replace_range(at..=at + end, "");
    }
    for (typed, button) in [(" (--why)", ""), (" (--result)", "")] {
        out = out.replace(typed, button);
    }
    out
}
