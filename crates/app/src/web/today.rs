//! *Việc hôm nay*: where everybody begins: the queues of the person's area, with true counts.
//!
//! In: the person. Out: the page; without a person, the way to sign in.

use super::answer::show;
use super::{Answer, Page, Person, State, shown};
use crate::access::Deed;
use crate::act::register::today::{self, Queue};
use askama::Template;
use axum::extract::State as Of;
use axum::response::Response;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "today.html")]
struct Today {
    page: Page,
    day: String,
    place: String,
    is_idle: bool,
    queues: Vec<Line>,
    done: String,
    left: String,
    ends_on: String,
    may_add: bool,
    may_import: bool,
}

struct Line {
    title: &'static str,
    shown: String,
    count: i64,
    of: &'static str,
    age: String,
    href: &'static str,
    action: &'static str,
    empty: &'static str,
    /// Where a list for the police is drawn from it; empty where none is.
    draw: String,
}

/// The first address: on to the day's work, or to the door.
pub async fn home(person: Option<Person>) -> Response {
    Answer::to(if person.is_some() {
        "/today"
    } else {
        "/sign-in"
    })
}

/// Where a queue is worked off, what that is called, what an empty one means.
fn way(key: &str) -> (&'static str, &'static str, &'static str) {
    match key {
        "1" => (
            "/list?group=1",
            "Xem tên, bổ sung số",
            "Trẻ nào cũng có số.",
        ),
        "2" => ("/list?group=2", "Xem và sửa", "Không có số sai định dạng."),
        "3" => ("/list?group=3", "Xem và bổ sung", "Không thiếu thông tin."),
        "4" => (
            "/list?group=4",
            "Xem và đối chiếu",
            "Không có số mâu thuẫn.",
        ),
        "5" => ("/duplicates", "Xử lý", "Không có trẻ nghi trùng."),
        "disputes" => ("/list/disputes", "Xem hai bên", "Không có số tranh chấp."),
        "rows" => ("/duplicates", "Xử lý", "Không có dòng nào chờ."),
        "moves-in" => (
            "/list/moves?side=in",
            "Trả lời",
            "Không có đề nghị chuyển đến.",
        ),
        "missing" => (
            "/missing",
            "Xem tên và nhập",
            "Không có trẻ nào tìm thấy ở danh sách khác.",
        ),
        "drafts" => ("/entry/drafts", "Gõ tiếp", "Không có hộ nào gõ dở."),
        "moves-out" => ("/list/moves?side=out", "Xem", "Không có đề nghị chuyển đi."),
        "lists-officer" => (
            "/handover?holder=officer",
            "Xem danh sách",
            "Không có danh sách nào chờ cán bộ.",
        ),
        "lists-households" => (
            "/handover?holder=households",
            "Gõ phiếu",
            "Không có danh sách nào đang ở các hộ.",
        ),
        "lists-leader" => (
            "/handover?holder=leader",
            "Xem và duyệt",
            "Không có danh sách nào chờ lãnh đạo.",
        ),
        "lists-police" => (
            "/handover?holder=police",
            "Đối chiếu",
            "Không có danh sách nào ở Công an.",
        ),
        "lists-late" => (
            "/handover?late=1",
            "Xem danh sách chậm",
            "Không có danh sách nào chậm.",
        ),
        "tasks-civil" => (
            "/handover/tasks?kind=civil",
            "Ghi kết quả",
            "Không có trẻ nào chờ đăng ký khai sinh.",
        ),
        "tasks-request" => (
            "/handover/tasks?kind=request",
            "Ghi kết quả",
            "Không có đề nghị nào chờ Công an.",
        ),
        _ => (
            "/list/fixes?state=waits",
            "Kiểm tra",
            "Không có đề nghị chờ.",
        ),
    }
}

fn line(queue: &Queue, may_draw: bool) -> Line {
    let (href, action, empty) = way(queue.key);
    Line {
        title: queue.title,
        shown: shown::count(queue.count),
        count: queue.count,
        of: queue.of,
        age: match (queue.count, queue.days) {
            (0, _) | (_, None) => String::new(),
            (_, Some(0)) => "hôm nay".to_owned(),
            (_, Some(days)) => format!("{days} ngày"),
        },
        href,
        action,
        empty,
        draw: if may_draw && matches!(queue.key, "1" | "2" | "3" | "4") {
            format!("/handover/draw?group={}", queue.key)
        } else {
            String::new()
        },
    }
}

/// The page.
pub async fn show_page(Of(state): Of<Arc<State>>, person: Person) -> Result<Response, Answer> {
    let told = state
        .act(&person, |desk| {
            let day = shown::today(&desk.now);
            today::run(desk, None, day)
        })
        .await?;
    let may_draw = person.may(Deed::HandOver);
    let page = Page::new("Việc hôm nay", "/today", Some(&person));
    Ok(show(&Today {
        day: shown::day(&told.as_of),
        place: page
            .me
            .as_ref()
            .map_or_else(String::new, |me| me.area.clone()),
        is_idle: told.queues.iter().all(|queue| queue.count == 0),
        queues: told
            .queues
            .iter()
            .map(|queue| line(queue, may_draw))
            .collect(),
        done: shown::count(told.done),
        left: shown::count(told.left),
        ends_on: told.ends_on.as_deref().map(shown::day).unwrap_or_default(),
        may_add: person.may(Deed::Add),
        may_import: person.may(Deed::Import),
        page,
    }))
}
