//! *Hồ sơ trẻ em*: the record with what is wrong beside each field, family, lists, moves, history.
//!
//! In: the id of a record; no number is ever in an address. Out: the page. What is guarded is hidden until it is asked for, by a form, and
//! that is written down.

pub mod edit;
pub mod life;

use super::answer::show;
use super::list::Told;
use super::list::fix::{Parts, one};
use super::{Answer, Page, Person, State, shown};
use crate::access::Deed;
use crate::act::register::dossier::history::Happened;
use crate::act::register::dossier::{self, Dossier, Eyes};
use crate::act::register::entry::papers::{self, Paper};
use crate::act::register::{Failed, fields};
use askama::Template;
use axum::extract::{Path, State as Of};
use axum::response::Response;
use axum_extra::extract::{Form, Query};
use serde::Deserialize;
use std::sync::Arc;
use treem_child::field::Field;
use treem_child::normalise::unit::in_running_text;

/// What was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    told: String,
}

/// Fields that belong together.
pub struct Section {
    title: &'static str,
    /// The fields.
    pub rows: Vec<Row>,
    /// Some of it is hidden by law.
    sealed: bool,
    /// What nothing is written of and nothing is asked for, named in one line.
    blank: String,
}

/// A field.
pub struct Row {
    /// Its code.
    pub code: &'static str,
    label: &'static str,
    /// What it says, as people write it.
    pub value: String,
    /// There, and hidden by law.
    pub secret: bool,
    /// There, and masked.
    pub masked: bool,
    is_number: bool,
    can_edit: bool,
    /// Digits are typed.
    pub digits: bool,
    has_error: bool,
    findings: Vec<Told>,
}

struct Move {
    id: String,
    from_name: String,
    to_name: String,
    day: String,
    state: &'static str,
    why: String,
    open: bool,
    /// This person answers for the unit it goes to.
    comes: bool,
}

struct Relative {
    child: String,
    name: String,
    birth: String,
    shares: &'static str,
    unit_name: String,
}

struct Event {
    what: &'static str,
    who: String,
    office: String,
    at: String,
    version: i64,
    why: String,
    source: String,
    changes: Vec<String>,
}

#[derive(Template)]
#[template(path = "child.html")]
struct Record {
    page: Page,
    child: String,
    version: i64,
    name: String,
    active: bool,
    may_edit: bool,
    may_move: bool,
    state: &'static str,
    place: String,
    identified: bool,
    complete: bool,
    waiting: Vec<String>,
    loose: Vec<Told>,
    decoded: Vec<String>,
    sections: Vec<Section>,
    family: Vec<Relative>,
    disputed: Vec<Relative>,
    kin: Vec<(String, String)>,
    origins: Vec<String>,
    moves: Vec<Move>,
    history: Vec<Event>,
    papers: Vec<Paper>,
    may_sensitive: bool,
}

/// True for an id of this program; a number or a name never leads anywhere.
fn is_id(text: &str) -> bool {
    text.len() == 36
        && text
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

/// The record, or that there is no such page: a record of another area looks like none.
pub async fn read(
    state: &Arc<State>,
    person: &Person,
    child: &str,
    eyes: Eyes,
) -> Result<Dossier, Answer> {
    if !is_id(child) {
        return Err(Answer::not_found(Some(person)));
    }
    let id = child.to_owned();
    let read = state
        .try_act(Some(person), move |desk| dossier::run(desk, &id, eyes))
        .await;
    read.map_err(|failed| match failed {
        Failed::Denied(sentence) if eyes.number || eyes.sensitive => {
            Answer::of(Failed::Denied(sentence), Some(person))
        }
        Failed::Denied(_) | Failed::Refused(_) => Answer::not_found(Some(person)),
        broken @ Failed::Broken(_) => Answer::of(broken, Some(person)),
    })
}

/// Papers of the child, as far as the record was read.
async fn papers_of(state: &Arc<State>, person: &Person, child: &str) -> Result<Vec<Paper>, Answer> {
    let id = child.to_owned();
    state
        .act(person, move |desk| papers::of_child(desk, &id))
        .await
}

/// The page.
pub async fn page(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(child): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Answer> {
    let said = match asked.told.as_str() {
        "saved" => "Đã ghi những gì sửa.",
        "closed" => "Đã đóng hồ sơ.",
        "reopened" => "Đã mở lại hồ sơ.",
        "proposed" => "Đã ghi đề nghị chuyển; nơi đến trả lời thì trẻ mới được tính ở đó.",
        "answered" => "Đã trả lời đề nghị chuyển.",
        _ => "",
    };
    let said = Some(said.to_owned()).filter(|said| !said.is_empty());
    let read = read(&state, &person, &child, Eyes::default()).await?;
    let papers = papers_of(&state, &person, &read.child).await?;
    Ok(show(&of(&person, (read, papers), said)))
}

/// The page with what was asked to be seen.
pub async fn see(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(child): Path<String>,
    Form(parts): Form<Parts>,
) -> Result<Response, Answer> {
    let sensitive = one(&parts, "what") == "sensitive";
    let eyes = Eyes {
        number: !sensitive,
        sensitive,
    };
    let read = read(&state, &person, &child, eyes).await?;
    let papers = papers_of(&state, &person, &read.child).await?;
    Ok(show(&of(&person, (read, papers), None)))
}

/// What a state of life is called.
pub fn life(state: &str) -> &'static str {
    match state {
        "active" => "Đang theo dõi",
        "moved" => "Đã chuyển đi",
        "died" => "Đã mất",
        "merged" => "Đã gộp vào hồ sơ khác",
        "mistake" => "Nhập nhầm",
        "withdrawn" => "Đã rút: lần nhập bị hủy",
        _ => "Không rõ",
    }
}

/// Dates are shown as people write them.
fn value(field: Field, value: &str) -> String {
    let is_date = matches!(
        field,
        Field::Birth | Field::FatherBirth | Field::MotherBirth | Field::GuardianBirth
    );
    let iso = value
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'-');
    if is_date && iso {
        shown::birth(value)
    } else {
        value.to_owned()
    }
}

/// The sections of a record as pages show them.
pub fn sections(read: &Dossier) -> Vec<Section> {
    let number = [
        Field::Number,
        Field::FatherNumber,
        Field::MotherNumber,
        Field::GuardianNumber,
    ];
    let section = |section: &dossier::Section| {
        let rows: Vec<Row> = section
            .rows
            .iter()
            .map(|row| {
                let findings: Vec<Told> = row.findings.iter().cloned().map(Told::from).collect();
                Row {
                    code: row.field.code(),
                    label: row.field.label(),
                    secret: row.hidden && row.value.is_empty(),
                    masked: row.hidden && !row.value.is_empty(),
                    value: value(row.field, &row.value),
                    is_number: row.field == Field::Number,
                    can_edit: fields::by_name(row.field.code()) == Some(row.field),
                    digits: number.contains(&row.field),
                    has_error: findings.iter().any(|found| found.is_error),
                    findings,
                }
            })
            .collect();
        Section {
            title: section.title,
            sealed: rows.iter().any(|row| row.secret),
            blank: String::new(),
            rows,
        }
    };
    read.sections.iter().map(section).collect()
}

/// Fields that are shown even where nothing is written.
const ALWAYS: [Field; 9] = [
    Field::Name,
    Field::Birth,
    Field::Sex,
    Field::Ethnicity,
    Field::Number,
    Field::Commune,
    Field::Hamlet,
    Field::Mother,
    Field::Father,
];

/// Fields of which nothing is written go into one line: the record is read many times a day.
fn gather_blank(section: &mut Section) {
    let is_blank = |row: &Row| {
        let always = ALWAYS.iter().any(|field| field.code() == row.code);
        row.value.is_empty() && !row.secret && row.findings.is_empty() && !always
    };
    let blank = section.rows.iter().filter(|row| is_blank(row));
    let blank: Vec<String> = blank.map(|row| in_running_text(row.label)).collect();
    section.blank = blank.join(", ");
    section.rows.retain(|row| !is_blank(row));
}

fn relatives(all: Vec<dossier::family::Relative>) -> Vec<Relative> {
    let relative = |one: dossier::family::Relative| Relative {
        child: one.child,
        name: one.name,
        birth: shown::birth(&one.birth),
        shares: one.shares,
        unit_name: one.unit_name,
    };
    all.into_iter().map(relative).collect()
}

/// What changed, one line a field.
pub fn changes(one: &Happened) -> Vec<String> {
    let text = |text: &str| if text.is_empty() { "(trống)" } else { text }.to_owned();
    let mut out: Vec<String> = one
        .changes
        .iter()
        .map(|change| {
            let field = Field::from_code(change.field);
            let read =
                |text: &str| field.map_or_else(|| text.to_owned(), |field| value(field, text));
            match change.before.as_deref() {
                None => format!("{}: đã đổi (không hiện)", change.label),
                Some(before) => format!(
                    "{}: {} → {}",
                    change.label,
                    text(&read(before)),
                    text(&read(&change.after))
                ),
            }
        })
        .collect();
    if let Some((before, after)) = &one.units {
        out.push(format!("Đơn vị: {} → {}", text(before), text(after)));
    }
    if let Some((before, after)) = &one.states {
        out.push(format!("{} → {}", life(before), life(after)));
    }
    if one.other.is_some() {
        out.push("Ở hồ sơ đã gộp vào hồ sơ này".to_owned());
    }
    if let Some((_, after)) = one.identified {
        out.push(
            if after {
                "Đã chuẩn hóa"
            } else {
                "Không còn đã chuẩn hóa"
            }
            .to_owned(),
        );
    }
    out
}

/// Where a record stood: the file without the folders it lay in.
fn origin((file, sheet, row): &(String, String, i64)) -> String {
    let file = file.rsplit(['/', '\\']).next().unwrap_or(file);
    match sheet.as_str() {
        "" => format!("{file}, dòng {row}"),
        sheet => format!("{file}, trang {sheet}, dòng {row}"),
    }
}

fn kin(read: &Dossier) -> Vec<(String, String)> {
    let mut out = Vec::new();
    if let Some(into) = &read.kin.merged_into {
        out.push(("Đã gộp vào hồ sơ này".to_owned(), format!("/child/{into}")));
    }
    for one in &read.kin.merged {
        out.push(("Hồ sơ đã gộp vào đây".to_owned(), format!("/child/{one}")));
    }
    if let Some((book, _)) = &read.kin.moved_from {
        out.push((format!("Tiếp từ hồ sơ ở sổ {book}"), String::new()));
    }
    if let Some((book, _)) = &read.kin.moved_to {
        out.push((format!("Tiếp ở sổ {book}"), String::new()));
    }
    out
}

fn of(person: &Person, (read, papers): (Dossier, Vec<Paper>), said: Option<String>) -> Record {
    let mut sections = sections(&read);
    sections.iter_mut().for_each(gather_blank);
    let kin = kin(&read);
    let origins: Vec<String> = read.origins.iter().map(origin).collect();
    let state = |word: &str| match word {
        "proposed" => "chờ trả lời",
        "confirmed" => "đã xác nhận",
        "refused" => "không được nhận",
        _ => "đã rút",
    };
    let title = if read.name.is_empty() {
        "Hồ sơ chưa có tên"
    } else {
        "Hồ sơ trẻ em"
    };
    Record {
        page: Page::new(title, "/list", Some(person))
            .back("/list", "Về danh sách")
            .said(said),
        active: read.state == "active",
        state: life(&read.state),
        moves: read
            .moves
            .into_iter()
            .map(|one| Move {
                open: one.state == "proposed",
                comes: person
                    .grants
                    .may(Deed::Move, &one.to_edition, Some(&one.to))
                    .is_ok(),
                state: state(&one.state),
                id: one.r#move,
                from_name: one.from_name,
                to_name: one.to_name,
                day: shown::day(&one.day),
                why: one.why,
            })
            .collect(),
        history: read
            .history
            .into_iter()
            .map(|one| Event {
                changes: changes(&one),
                what: one.what,
                at: shown::moment(&one.at),
                who: one.who,
                office: one.office,
                version: one.version,
                why: one.why,
                source: match (one.import.is_some(), origins.as_slice()) {
                    (true, [one]) => one.clone(),
                    (true, _) => "lần nhập từ tệp".to_owned(),
                    _ => one.source,
                },
            })
            .collect(),
        origins,
        loose: read.loose.into_iter().map(Told::from).collect(),
        family: relatives(read.family),
        disputed: relatives(read.disputed_with),
        kin,
        sections,
        papers,
        may_sensitive: person.may(Deed::SeeSensitive),
        child: read.child,
        version: read.version,
        name: read.name,
        may_edit: read.may_edit,
        may_move: read.may_move,
        place: read.place,
        identified: read.identified,
        complete: read.complete,
        waiting: read.waiting,
        decoded: read.decoded,
    }
}
