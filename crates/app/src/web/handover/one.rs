//! One list: its code, count, where it is as a track, who holds it, its rows, what this person does next, papers, evidence, history.
//!
//! In: the code of a list; a step, rows to add or to strike out. Out: the page.

mod steps;
mod words;

pub use steps::{rows, take};

use super::super::answer::show;
use super::{Can, NAME, WAY, due, shown, since};
use crate::act::register::find::One;
use crate::act::register::handover::show::{self as act, Shown, Taken};
use crate::act::register::handover::{evidence, review, visit};
use crate::act::register::{Desk, Done};
use crate::web::{Answer, Page, Person, State};
use askama::Template;
use axum::extract::{Path, State as Of};
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::Query;
use serde::Deserialize;
use std::sync::Arc;
use treem_child::handover::state::Place;
use treem_child::handover::step::Kind;
use treem_child::rule::RULES;
use words::{state, told};

/// Rows of a page.
const ROWS: usize = 100;

/// Part of a list, and what was just done.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The first row shown.
    from: usize,
    told: String,
}

/// A station of the track.
struct Station {
    label: &'static str,
    /// `done`, `here`, `todo`; `skipped`: the list went past it.
    state: &'static str,
}

struct Row {
    number: u32,
    code: String,
    child: String,
    name: String,
    birth: String,
    hamlet: String,
    why: Vec<String>,
    state: &'static str,
    is_open: bool,
    note: String,
    earlier: String,
}

struct Piece {
    id: String,
    side: &'static str,
    what: &'static str,
    name: String,
    sentence: String,
    good: bool,
    signer: String,
    at: String,
    sha256: String,
    current: bool,
}

struct Event {
    label: &'static str,
    at: String,
    who: String,
    office: String,
    why: String,
    paper: String,
    tally: String,
}

/// What this person may do now: one is the next, the others stand beside it.
#[derive(Default)]
struct Next {
    review: bool,
    submit: bool,
    approve: bool,
    approve_paper: bool,
    send: bool,
    receive: bool,
    receive_paper: bool,
    answer: bool,
    key: bool,
    returned: bool,
    answered: bool,
    sign: bool,
    sign_upload: bool,
    evidence: bool,
    hand_back: bool,
    hand_back_paper: bool,
    apply: bool,
    see: bool,
    rows: bool,
    sheets: bool,
    withdraw: bool,
    split: bool,
    reopen: bool,
}

impl Next {
    fn of(place: Place, can: Can, tally_answered: u32) -> Self {
        let loose = place.is_loose();
        let with_police = place.is_with_police();
        // Who hands over writes down what others did on paper; who has the account of the police does not need to.
        let by_paper = can.hands;
        Self {
            review: can.hands && place == Place::Drawn,
            submit: can.hands && loose,
            approve: can.closes && place == Place::Awaiting,
            approve_paper: by_paper && !can.closes && place == Place::Awaiting,
            send: can.hands && place == Place::Closed,
            receive: can.answers && place == Place::Sent,
            receive_paper: by_paper && !can.answers && place == Place::Sent,
            answer: can.answers && place == Place::Received,
            key: by_paper && matches!(place, Place::Sent | Place::Received),
            returned: (by_paper || can.answers) && with_police,
            answered: (by_paper || can.answers) && place == Place::Received && tally_answered > 0,
            sign: can.answers && place == Place::Answered,
            sign_upload: (by_paper || can.answers) && place == Place::Answered,
            evidence: (by_paper || can.answers) && place.is_sealed(),
            hand_back: can.answers && place == Place::Signed,
            hand_back_paper: by_paper && !can.answers && place == Place::Signed,
            apply: can.hands && matches!(place, Place::Returned | Place::Applied | Place::Seen),
            see: can.hands && place == Place::Applied,
            rows: can.hands && loose,
            sheets: (can.hands || can.edits) && (loose || place == Place::Awaiting),
            withdraw: can.hands && place.steps().any(|(step, _)| step == Kind::Withdraw),
            split: can.hands && place.steps().any(|(step, _)| step == Kind::Split),
            reopen: can.hands && place.steps().any(|(step, _)| step == Kind::Reopen),
        }
    }
}

#[derive(Template)]
#[template(path = "handover_one.html")]
struct OnePage {
    page: Page,
    wrong: String,
    code: String,
    title: String,
    place: String,
    place_label: &'static str,
    holder: &'static str,
    since: String,
    due: String,
    is_late: bool,
    tally: String,
    answered: u32,
    open: u32,
    seal: String,
    closed_on: String,
    part_of: String,
    parts: Vec<String>,
    track: Vec<Station>,
    off_track: bool,
    next: Next,
    waits_for: String,
    rows: Vec<Row>,
    before: String,
    after: String,
    range: String,
    pieces: Vec<Piece>,
    is_sealed: bool,
    may_print: bool,
    makes_pdf: bool,
    events: Vec<Event>,
    today: String,
    /// Children a search for a row to add has found.
    found: Vec<One>,
    sought: String,
    add_why: String,
}

/// The stations. Only the review at the households can be gone past.
fn track(place: Place, reviewed: bool) -> Vec<Station> {
    Place::ALL
        .iter()
        .filter(|one| **one <= Place::Seen)
        .map(|one| Station {
            label: one.label(),
            state: match (*one).cmp(&place) {
                std::cmp::Ordering::Less if *one == Place::InReview && !reviewed => "skipped",
                std::cmp::Ordering::Less => "done",
                std::cmp::Ordering::Equal => "here",
                std::cmp::Ordering::Greater => "todo",
            },
        })
        .collect()
}

fn event(taken: &Taken) -> Event {
    let tally = taken.tally;
    let mut parts = vec![format!("{} dòng", tally.rows)];
    for (count, words) in [
        (tally.open, "còn hiệu lực"),
        (tally.answered, "có kết quả"),
        (tally.struck, "đã loại"),
        (tally.done, "đã cập nhật"),
        (tally.left, "chờ danh sách sau"),
        (tally.moved, "tách đi"),
    ] {
        if count > 0 {
            parts.push(format!("{count} {words}"));
        }
    }
    Event {
        label: taken.label,
        at: shown::moment(&taken.at),
        who: taken.who.clone(),
        office: taken.office.clone(),
        why: taken.why.clone(),
        paper: taken.paper.clone(),
        tally: parts.join(" · "),
    }
}

fn piece(one: evidence::Piece) -> Piece {
    let side = evidence::Side::from_word(&one.side).map_or("", evidence::Side::label);
    Piece {
        id: one.evidence,
        side,
        what: match one.kind.as_str() {
            "p7s" => "chữ ký số rời (.p7s)",
            "signed-pdf" => "bản PDF đã ký số",
            _ => "bản quét chữ ký tay",
        },
        name: one.name,
        good: one.verdict.is_empty() || one.verdict == "valid",
        sentence: if one.verdict.is_empty() {
            "Bản quét: giữ làm chứng cứ, phần mềm không kiểm tra được chữ ký tay.".to_owned()
        } else {
            one.sentence
        },
        signer: one.signer,
        at: shown::moment(&one.at),
        sha256: one.sha256,
        current: one.current,
    }
}

/// What a page of a list needs.
struct Read {
    shown: Shown,
    can: Can,
    names: std::collections::BTreeMap<String, visit::Named>,
    pieces: Vec<evidence::Piece>,
    today: String,
    from: usize,
}

fn read(desk: &mut Desk, list: &str, from: usize) -> Done<Read> {
    let shown = act::show(desk, list)?;
    let unit = (shown.line.edition.clone(), shown.line.unit.clone());
    let can = Can::of(desk, &unit.0, &unit.1);
    let from = from.min(shown.lines.len().saturating_sub(1)) / ROWS * ROWS;
    let ids: Vec<String> = shown
        .lines
        .iter()
        .skip(from)
        .take(ROWS)
        .map(|row| row.child.clone())
        .collect();
    let names = visit::names(desk, (&unit.0, &unit.1), &ids)?;
    let pieces = if can.hands || can.answers {
        evidence::of(desk, list)?
    } else {
        Vec::new()
    };
    Ok(Read {
        shown,
        can,
        names,
        pieces,
        today: shown::day(&shown::today(&desk.now).to_string()),
        from,
    })
}

/// Children found for a row to be added.
#[derive(Default)]
pub struct Sought {
    what: String,
    why: String,
    found: Vec<One>,
}

fn page_of(
    person: &Person,
    read: Read,
    (said, wrong, sought): (Option<String>, String, Sought),
) -> Response {
    let shown = read.shown;
    let line = &shown.line;
    let place = Place::from_word(line.place).unwrap_or(Place::Drawn);
    let code = line.list.to_string();
    let (due, is_late) = due(line);
    let tally = shown.tally;
    let mut counts = vec![match tally.open {
        0 => format!("{} dòng", tally.rows),
        open => format!("{open} trẻ"),
    }];
    for (count, words) in [
        (tally.struck, "đã loại"),
        (tally.done, "đã cập nhật"),
        (tally.left, "chờ danh sách sau"),
        (tally.moved, "tách đi"),
    ] {
        if count > 0 {
            counts.push(format!("{count} {words}"));
        }
    }
    counts.extend(line.waits.words());
    let title = |code: &str| {
        let rule = RULES.iter().find(|rule| rule.code == code);
        rule.map_or_else(|| code.to_owned(), |rule| rule.title.to_owned())
    };
    let count = shown.lines.len();
    let rows: Vec<Row> = shown
        .lines
        .iter()
        .skip(read.from)
        .take(ROWS)
        .map(|row| {
            let named = read.names.get(&row.child).cloned().unwrap_or_default();
            let is_open = row.state == "open";
            Row {
                number: row.row.number(),
                code: row.row.to_string(),
                child: row.child.clone(),
                name: named.name,
                birth: shown::birth(&named.birth),
                hamlet: named.hamlet,
                why: row.why.iter().map(|code| title(code)).collect(),
                state: match (row.state.as_str(), row.answered, row.review.as_str()) {
                    ("open", true, _) => "có kết quả",
                    ("open", false, review::SAME) if !place.is_sealed() => "đã rà soát, đúng",
                    ("open", false, review::CHANGED) if !place.is_sealed() => "đã rà soát, có sửa",
                    ("open", false, _) if place == Place::InReview => "chưa rà soát",
                    ("open", false, _) if place >= Place::Sent => "chưa có kết quả",
                    (word, ..) => state(word),
                },
                is_open,
                note: row.note.clone(),
                earlier: row.earlier.clone(),
            }
        })
        .collect();
    let href = |from: usize| format!("{WAY}/{code}?from={from}");
    let next = Next::of(place, read.can, tally.answered);
    let mut page = Page::new(&format!("Danh sách {code}"), WAY, Some(person))
        .back(WAY, NAME)
        .said(said);
    page.wrong = !wrong.is_empty();
    let status = page.status();
    let end = read.from.saturating_add(rows.len());
    let unit_place = [line.hamlet.as_str(), line.unit_name.as_str()];
    let unit_place: Vec<&str> = unit_place
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    let shown_page = show(&OnePage {
        wrong,
        title: line.title.clone(),
        place: unit_place.join(", "),
        place_label: line.place_label,
        holder: line.holder_label,
        since: since(line),
        due,
        is_late,
        tally: counts.join(" · "),
        answered: tally.answered,
        open: tally.open,
        seal: shown.seal_grouped.clone().unwrap_or_default(),
        closed_on: shown
            .closed_on
            .as_deref()
            .map(shown::day)
            .unwrap_or_default(),
        part_of: shown
            .part_of
            .map(|list| list.to_string())
            .unwrap_or_default(),
        parts: shown.parts.iter().map(ToString::to_string).collect(),
        track: track(
            place,
            shown
                .steps
                .iter()
                .any(|taken| matches!(taken.step, "review" | "send-back")),
        ),
        off_track: place > Place::Seen,
        waits_for: if line.holder == "nobody" {
            String::new()
        } else {
            line.holder_label.to_owned()
        },
        next,
        before: if read.from > 0 {
            href(read.from.saturating_sub(ROWS))
        } else {
            String::new()
        },
        after: if end < count {
            href(end)
        } else {
            String::new()
        },
        range: if count > ROWS {
            format!("dòng {}–{end} trong {count}", read.from.saturating_add(1))
        } else {
            String::new()
        },
        rows,
        pieces: read.pieces.into_iter().map(piece).collect(),
        is_sealed: place.is_sealed(),
        may_print: read.can.hands || read.can.answers,
        makes_pdf: crate::act::register::handover::papers::makes_pdf(),
        events: shown.steps.iter().rev().map(event).collect(),
        today: read.today,
        found: sought.found,
        sought: sought.what,
        add_why: sought.why,
        code,
        page,
    });
    (status, shown_page).into_response()
}

/// The page with something to be said on it.
pub async fn with(
    state: &Arc<State>,
    person: &Person,
    list: String,
    (said, wrong, sought): (Option<String>, String, Sought),
) -> Result<Response, Answer> {
    let read = state.act(person, move |desk| read(desk, &list, 0)).await?;
    Ok(page_of(person, read, (said, wrong, sought)))
}

/// The page.
pub async fn page(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(list): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Answer> {
    let said = told(&asked.told);
    let read = state
        .act(&person, move |desk| read(desk, &list, asked.from))
        .await?;
    Ok(page_of(
        &person,
        read,
        (said, String::new(), Sought::default()),
    ))
}

/// The address in a printed QR code.
pub async fn printed(Path(list): Path<String>) -> Response {
    let plain: String = list
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '-')
        .take(20)
        .collect();
    Answer::to(&format!("{WAY}/{plain}"))
}
