//! *Nhập mới trẻ em phát sinh*: a household typed by hand, checked while it is typed, shown once more before it is saved; drafts; photos and
//! scans beside it.
//!
//! In: fields of a form, as typed. Out: the form with what will be written and what is wrong beside each field, the check page, the next
//! household. The script only adds comfort: every step is a form.

mod form;
mod paper;
mod shown;

use super::answer::{capital, show};
use super::{Answer, Page, Person, State};
use crate::access::{Area, Deed};
use crate::act::register::Failed;
use crate::act::register::entry::drafts::{self, Drafts, Opened};
use crate::act::register::entry::{self, Asked, Household, Told};
use crate::act::register::missing;
use crate::act::units;
use askama::Template;
use axum::Json;
use axum::extract::{Form, Path, State as Of};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
pub use form::Typed;
pub use paper::{add as add_paper, drop as drop_paper, see as see_paper};
use shown::{Draft, Shape};
use std::sync::Arc;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit::{self, Edition, Level, Unit};

/// Fields of a form as they come.
type Pairs = Vec<(String, String)>;

#[derive(Template)]
#[template(path = "entry.html")]
struct Entry {
    page: Page,
    form: Shape,
}

#[derive(Template)]
#[template(path = "entry_form.html")]
struct Fragment {
    form: Shape,
}

#[derive(Template)]
#[template(path = "entry_check.html")]
struct Check {
    page: Page,
    form: Shape,
    told: Told,
}

#[derive(Template)]
#[template(path = "entry_drafts.html")]
struct List {
    page: Page,
    drafts: Drafts,
}

/// What holds for a person on a day: the edition of their area and its communes.
struct Around {
    as_of: PartialDate,
    edition: &'static Edition,
    communes: Vec<&'static Unit>,
}

impl Around {
    fn of(state: &State, person: &Person) -> Self {
        let as_of = state.today();
        let cut = person.grants.cut(Deed::Add);
        let day = cut.areas().iter().find_map(Area::unit);
        let edition = day.map_or_else(|| units::on(as_of), |(day, _)| unit::edition(day));
        let all = cut
            .units(edition)
            .unwrap_or_else(|| edition.own_units().iter().collect());
        Self {
            as_of,
            edition,
            communes: all
                .into_iter()
                .filter(|unit| unit.level() == Level::Commune)
                .collect(),
        }
    }
}

/// What is asked for, of what was typed.
fn asked(around: &Around, typed: &Typed, yes: bool) -> Asked {
    Asked {
        household: typed.household.clone(),
        request: Some(typed.draft.clone()),
        draft: Some(typed.draft.clone()),
        as_of: around.as_of,
        edition: around.edition,
        yes,
    }
}

/// The hamlets of the household's commune.
async fn hamlets(
    state: &Arc<State>,
    person: &Person,
    around: &Around,
    household: &Household,
) -> Result<Vec<String>, Answer> {
    let commune = household.household.get("commune").cloned();
    let edition = around.edition.from;
    match commune.filter(|code| around.communes.iter().any(|unit| unit.code == code)) {
        Some(code) => {
            state
                .act(person, move |desk| entry::hamlets(desk, edition, &code))
                .await
        }
        None => Ok(Vec::new()),
    }
}

/// A draft that is not kept anywhere yet; with one commune alone, that is chosen.
fn fresh(state: &State, person: &Person, around: &Around, carry: entry::Texts) -> Typed {
    let mut household = Household {
        household: carry,
        children: vec![entry::Row::default()],
        ..Household::default()
    };
    if let [only] = around.communes.as_slice() {
        let commune = household.household.entry("commune".to_owned());
        commune.or_insert_with(|| only.code.to_owned());
    }
    Typed {
        draft: state.desk(Some(person)).ids.next_id(),
        household,
        ..Typed::default()
    }
}

/// The form.
async fn form_page(
    (state, person, around): (&Arc<State>, &Person, &Around),
    (typed, told): (Typed, Option<&Told>),
    (said, done, papers): (Option<String>, String, Vec<entry::papers::Paper>),
) -> Result<Response, Answer> {
    let hamlets = hamlets(state, person, around, &typed.household).await?;
    let mut page = Page::new("Nhập mới trẻ em phát sinh", "/entry", Some(person));
    let mut form = Shape::new(&typed, told, (&around.communes, around.edition, hamlets));
    page.wrong = !form.errors.is_empty();
    form.person.clone_from(&person.id);
    form.done = done;
    form.said = said.unwrap_or_default();
    form.papers = papers;
    let status = page.status();
    Ok((status, show(&Entry { page, form })).into_response())
}

/// The form with something in it already: what is wrong with it is said, nothing is asked yet.
async fn filled(
    (state, person, around): (&Arc<State>, &Person, &Around),
    typed: Typed,
    (said, papers): (Option<String>, Vec<entry::papers::Paper>),
) -> Result<Response, Answer> {
    let asked = asked(around, &typed, false);
    let mut told = state
        .act(person, move |desk| entry::run(desk, &asked))
        .await?;
    told.asks.clear();
    form_page(
        (state, person, around),
        (typed, Some(&told)),
        (said, String::new(), papers),
    )
    .await
}

/// An empty household.
pub async fn begin(Of(state): Of<Arc<State>>, person: Person) -> Result<Response, Answer> {
    let around = Around::of(&state, &person);
    let typed = fresh(&state, &person, &around, entry::Texts::new());
    form_page(
        (&state, &person, &around),
        (typed, None),
        (None, String::new(), Vec::new()),
    )
    .await
}

/// A child that was found in the list of another sector: the form filled in with what the lists say.
pub async fn found(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(row): Path<String>,
) -> Result<Response, Answer> {
    let around = Around::of(&state, &person);
    let edition = around.edition;
    let begun = state
        .act(&person, move |desk| {
            missing::decide::begun(desk, missing::key(&row)?, edition)
        })
        .await?;
    let typed = Typed {
        draft: state.desk(Some(&person)).ids.next_id(),
        household: begun.household,
        ..Typed::default()
    };
    let said = format!("Đã điền những gì {} ghi.", begun.listed.found_in);
    let place = (&state, &person, &around);
    filled(place, typed, (Some(said), Vec::new())).await
}

/// A draft that is gone on with.
pub async fn resume(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(draft): Path<String>,
) -> Result<Response, Answer> {
    let around = Around::of(&state, &person);
    let Opened {
        draft,
        version,
        household,
        papers,
        ..
    } = state
        .act(&person, move |desk| drafts::open(desk, &draft))
        .await?;
    let typed = Typed {
        draft,
        version,
        household,
        ..Typed::default()
    };
    filled((&state, &person, &around), typed, (None, papers)).await
}

/// A step of the form: another row, a look at everything, back, save.
pub async fn enter(
    Of(state): Of<Arc<State>>,
    person: Person,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Answer> {
    let around = Around::of(&state, &person);
    let mut typed = Typed::of(pairs);
    let place = (&state, &person, &around);
    if !drafts::is_id(&typed.draft) {
        typed.draft = state.desk(Some(&person)).ids.next_id();
    }
    let step = std::mem::take(&mut typed.step);
    if step == "save" {
        return save(place, typed).await;
    }
    keep_quietly(place, &mut typed).await;
    let papers = papers(&state, &person, &typed.draft).await;
    if step == "row" {
        typed.household.children.push(entry::Row::default());
    }
    if let Some(row) = step
        .strip_prefix("drop ")
        .and_then(|row| row.parse::<usize>().ok())
    {
        if let Some(at) = row
            .checked_sub(1)
            .filter(|at| *at < typed.household.children.len())
        {
            typed.household.children.remove(at);
            // The first row is the child of the list.
            if at == 0 {
                typed.household.missing.clear();
            }
        }
        if typed.household.children.is_empty() {
            typed.household.children.push(entry::Row::default());
        }
    }
    let asked = asked(&around, &typed, false);
    let mut told = state
        .act(&person, move |desk| entry::run(desk, &asked))
        .await?;
    if step == "check" && told.asks.is_empty() {
        let form = Shape::new(
            &typed,
            Some(&told),
            (&around.communes, around.edition, Vec::new()),
        );
        let page = Page::new("Xem lại trước khi lưu", "/entry", Some(&person));
        return Ok(show(&Check { page, form, told }));
    }
    if step != "check" {
        told.asks.clear();
    }
    form_page(place, (typed, Some(&told)), (None, String::new(), papers)).await
}

/// Papers of a draft that may not be kept yet.
async fn papers(state: &Arc<State>, person: &Person, draft: &str) -> Vec<entry::papers::Paper> {
    let draft = draft.to_owned();
    let opened = state
        .try_act(Some(person), move |desk| drafts::open(desk, &draft))
        .await;
    opened.map(|opened| opened.papers).unwrap_or_default()
}

/// Keeps what is typed so far, also without scripts: who sends the whole form means this one. Where that cannot be, it goes on all the same.
async fn keep_quietly((state, person, around): (&Arc<State>, &Person, &Around), typed: &mut Typed) {
    let draft = typed.draft.clone();
    let (household, edition) = (typed.household.clone(), around.edition.from);
    let kept = state
        .try_act(Some(person), move |desk| {
            drafts::take_over(desk, &draft, edition, &household)
        })
        .await;
    if let Ok(version) = kept {
        typed.version = version;
    }
}

/// Saves, and goes on with the next household.
async fn save(place: (&Arc<State>, &Person, &Around), typed: Typed) -> Result<Response, Answer> {
    let (state, person, around) = place;
    let asked = asked(around, &typed, true);
    let told = state
        .act(person, move |desk| entry::run(desk, &asked))
        .await?;
    if !told.done {
        let papers = papers(state, person, &typed.draft).await;
        return form_page(place, (typed, Some(&told)), (None, String::new(), papers)).await;
    }
    if !typed.household.missing.is_empty() {
        // On to the next one of the commune.
        return Ok(Answer::to(&format!(
            "/missing/{}/{}?said=entered",
            told.edition, told.unit
        )));
    }
    let done = typed.draft.clone();
    let next = fresh(state, person, around, told.carry.clone());
    form_page(
        place,
        (next, None),
        (Some(shown::saved(&told)), done, Vec::new()),
    )
    .await
}

/// The form again with what will be written and what is wrong, for the script.
pub async fn look(
    Of(state): Of<Arc<State>>,
    person: Person,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Answer> {
    let around = Around::of(&state, &person);
    let typed = Typed::of(pairs);
    let hamlets = if typed.step == "hamlets" {
        hamlets(&state, &person, &around, &typed.household).await?
    } else {
        Vec::new()
    };
    let asked = asked(&around, &typed, false);
    let mut told = state
        .act(&person, move |desk| entry::run(desk, &asked))
        .await?;
    told.asks.clear();
    let form = Shape::new(
        &typed,
        Some(&told),
        (&around.communes, around.edition, hamlets),
    );
    Ok(show(&Fragment { form }))
}

/// What became of keeping a draft.
#[derive(serde::Serialize)]
pub struct Kept {
    version: i64,
    sentence: String,
}

/// Keeps what is typed, for the script.
pub async fn keep(
    Of(state): Of<Arc<State>>,
    person: Person,
    Form(pairs): Form<Pairs>,
) -> Result<(StatusCode, Json<Kept>), Answer> {
    let edition = Around::of(&state, &person).edition.from;
    let typed = Typed::of(pairs);
    let kept = state
        .try_act(Some(&person), move |desk| {
            drafts::keep(
                desk,
                (&typed.draft, typed.version),
                edition,
                &typed.household,
            )
        })
        .await;
    match kept {
        Ok(version) => Ok((
            StatusCode::OK,
            Json(Kept {
                version,
                sentence: String::new(),
            }),
        )),
        Err(Failed::Refused(sentence)) => Ok((
            StatusCode::CONFLICT,
            Json(Kept {
                version: 0,
                sentence: capital(&sentence),
            }),
        )),
        Err(failed) => Err(Answer::of(failed, Some(&person))),
    }
}

/// The drafts of a person.
pub async fn list(Of(state): Of<Arc<State>>, person: Person) -> Result<Response, Answer> {
    let drafts = state.act(&person, |desk| drafts::list(desk)).await?;
    let page = Page::new("Hộ đang gõ dở", "/entry", Some(&person))
        .back("/entry", "Nhập mới trẻ em phát sinh");
    Ok(show(&List { page, drafts }))
}

/// Which draft.
#[derive(serde::Deserialize)]
pub struct Which {
    draft: Draft,
}

/// Throws a draft away.
pub async fn throw(
    Of(state): Of<Arc<State>>,
    person: Person,
    Form(which): Form<Which>,
) -> Result<Response, Answer> {
    state
        .act(&person, move |desk| drafts::throw(desk, &which.draft))
        .await?;
    Ok(Answer::to("/entry/drafts"))
}
