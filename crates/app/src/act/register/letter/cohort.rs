//! Saved lists that are followed over time: the 227 of 13/6/2024, and what became of each.
//!
//! In: a group or a rule, a day, perhaps a moment of the book. Out: the saved list; later, by commune, who was put right, moved, merged, aged
//! out, died, and who is still open. Who was on the list is kept by ids, so that it stays the same list whatever happens to the children.

use super::super::list::{self, List, What};
use super::super::{Desk, Done, Failed, begin, wait};
use crate::access::{Area, Deed};
use crate::act::check::{Progress, Stop};
use crate::act::units::quoted;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit::{self, Edition};
use treem_store::letter::Cohort;

/// Lists that are followed at most.
const COHORTS: usize = 500;

/// A saved list.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Saved {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is of.
    pub what: String,
    /// The day on which age was judged.
    pub day: String,
    /// The moment of the book.
    pub moment: String,
    /// The unit it was cut to; empty where it was not.
    pub unit_name: String,
    /// Children on it.
    pub children: i64,
    /// When it was saved.
    pub at: String,
    /// Who saved it.
    pub who: String,
}

impl std::convert::From<Cohort> for Saved {
    fn from(cohort: Cohort) -> Self {
        Self {
            unit_name: super::super::unit_name(&cohort.edition, &cohort.unit),
            id: cohort.id,
            name: cohort.name,
            what: cohort.what,
            day: cohort.day,
            moment: cohort.moment,
            children: cohort.children,
            at: cohort.at,
            who: cohort.who,
        }
    }
}

/// All saved lists.
#[derive(serde::Serialize)]
pub struct Cohorts {
    /// The latest first.
    pub cohorts: Vec<Saved>,
}

/// A saved list and what became of it.
#[derive(serde::Serialize)]
pub struct Followed {
    /// The list.
    pub cohort: Saved,
    /// Now, and by commune; `since` says what became of those of the saved list.
    #[serde(flatten)]
    pub now: List,
}

/// Saves a list under a name.
///
/// # Errors
/// [`Failed::Refused`]: a name that cannot be one or is taken, nobody on the list.
pub fn save(
    desk: &mut Desk,
    name: &str,
    (asked, edition): (&list::Asked, &'static Edition),
    watch: (&dyn Progress, &Stop),
) -> Done<Saved> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 80 || name.chars().any(char::is_control) {
        return Err(Failed::Refused(
            "tên danh sách theo dõi phải có từ 1 đến 80 chữ.".to_owned(),
        ));
    }
    // The name goes into the register and the log: no number of a child, no phone.
    let mut run = 0;
    if name.chars().any(|sign| {
        run = if sign.is_ascii_digit() { run + 1 } else { 0 };
        run >= 9
    }) {
        return Err(Failed::Refused(
            "tên danh sách theo dõi không được chứa số định danh hoặc số điện thoại.".to_owned(),
        ));
    }
    desk.must_somewhere(Deed::Report)?;
    let list = list::run(desk, asked, watch)?;
    if list.ids.is_empty() {
        return Err(Failed::Refused(
            "danh sách này không có trẻ nào, không có gì để theo dõi.".to_owned(),
        ));
    }
    // Of a person with one unit, a list of all they see is a list of that unit.
    let cut = desk.area(Deed::See);
    let of = match (asked.unit, cut.areas()) {
        (Some(unit), _) => (edition.from, unit.code),
        (None, [only]) => only.unit().unwrap_or((edition.from, "")),
        (None, _) => (edition.from, ""),
    };
    let of = (of.0.to_owned(), of.1.to_owned());
    wait(async {
        let open = desk.open().await?;
        let book = open.book.register.clone();
        let held = open.store.read().await?.cohorts(&book).await?;
        if held.len() >= COHORTS {
            return Err(Failed::Refused(format!(
                "đã có {COHORTS} danh sách theo dõi; không thêm được nữa."
            )));
        }
        if held.iter().any(|one| one.name == name) {
            return Err(Failed::Refused(format!(
                "đã có danh sách theo dõi tên “{}”; hãy chọn tên khác.",
                quoted(name)
            )));
        }
        let mut act = begin(&open.store, desk.doing(&book, "cohort", "")).await?;
        let cohort = Cohort {
            id: desk.ids.next_id(),
            name: name.to_owned(),
            what: list.what.clone(),
            day: asked.as_of.to_string(),
            moment: asked.moment.clone().unwrap_or_else(|| desk.now.clone()),
            edition: of.0,
            unit: of.1,
            children: i64::try_from(list.ids.len()).unwrap_or(i64::MAX),
            at: desk.now.clone(),
            who: desk.who.clone(),
        };
        act.add_cohort(&cohort, &list.ids).await?;
        let detail = serde_json::json!({"children": cohort.children, "what": cohort.what});
        act.finish(&cohort.id, &detail.to_string()).await?;
        open.leave().await;
        Ok(cohort.into())
    })
}

/// Whether a saved list is of somebody's business: their own, of a unit they are in, or of one in which theirs is.
fn concerns(desk: &Desk, cohort: &Cohort) -> bool {
    let Some(of) = Area::of(&cohort.edition, &cohort.unit) else {
        return true;
    };
    let cut = desk.area(Deed::Report);
    let lies_in = |own: &Area| {
        let unit = own.unit();
        unit.is_none_or(|(edition, code)| of.holds(edition, Some(code)))
    };
    cohort.who == desk.who
        || cut.holds(&cohort.edition, Some(&cohort.unit))
        || cut.areas().iter().any(lies_in)
}

/// The saved lists of a person's units, those they lie in among them; who is on one is cut to the area.
///
/// # Errors
/// [`Failed::Denied`]; the register's.
pub fn all(desk: &Desk) -> Done<Cohorts> {
    wait(async {
        desk.must_somewhere(Deed::Report)?;
        let open = desk.open().await?;
        let held = open
            .store
            .read()
            .await?
            .cohorts(&open.book.register)
            .await?;
        Ok(Cohorts {
            cohorts: held
                .into_iter()
                .filter(|one| concerns(desk, one))
                .map(Saved::from)
                .collect(),
        })
    })
}

/// What became of a saved list, by its name or id.
///
/// # Errors
/// [`Failed::Refused`]: no such list; [`Failed::Denied`].
pub fn show(
    desk: &Desk,
    name: &str,
    as_of: PartialDate,
    watch: (&dyn Progress, &Stop),
) -> Done<Followed> {
    wait(async {
        desk.must_somewhere(Deed::Report)?;
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let cohorts = tx.cohorts(book).await?;
        let found = cohorts
            .into_iter()
            .find(|one| (one.name == name || one.id == name) && concerns(desk, one));
        let Some(cohort) = found else {
            return Err(Failed::Refused(format!(
                "không có danh sách theo dõi “{}”; xem treem cohort list.",
                quoted(name)
            )));
        };
        let asked = list::Asked {
            what: what(&cohort.what),
            unit: unit::edition(&cohort.edition).by_code(&cohort.unit),
            as_of,
            moment: None,
            compare: None,
        };
        let saved = (cohort.id.as_str(), cohort.moment.as_str());
        let now = list::followed(desk, &open, &mut tx, (&asked, saved), watch).await?;
        Ok(Followed {
            cohort: cohort.into(),
            now,
        })
    })
}

/// What a list is of, as it was saved.
pub fn what(text: &str) -> What {
    match (text, text.parse::<i64>()) {
        (_, Ok(group @ 1..=5)) => What::Group(group),
        ("incomplete", _) => What::Incomplete,
        ("unidentified", _) => What::Unidentified,
        (rule, _) => What::Rule(rule.to_owned()),
    }
}
