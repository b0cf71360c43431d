//! `treem entry`: new children typed by hand, household first: where they live and who cares for them once, children as rows.
//!
//! In: a [`Household`] as typed. Out: [`Told`]: what will be written and what the rules say of it beside each field, whom of the book each child may
//! be, what must be settled before saving; saved, it is one act (`entry`) with an event `added` for each child. A typed row goes the way of a
//! row of a list ([`super::again`]): there is no second rule. A request that is sent twice adds once.

pub mod drafts;
pub mod guard;
pub mod papers;
mod read;
mod save;

pub use read::OF_CHILD;

use super::{Desk, Done, rules, wait};
use crate::access::Deed;
use crate::limits;
use guard::MayBe;
use std::collections::BTreeMap;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit::Edition;
use treem_store::Tx;

/// Fields as typed, by the names people give them ([`super::fields::by_name`]).
pub type Texts = BTreeMap<String, String>;

/// A household as typed.
#[expect(
    clippy::struct_field_names,
    reason = "what holds for the household, in the file's words"
)]
#[derive(Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Household {
    /// What holds for all its children, the commune among it (a code or a name). What a child's row leaves empty is taken from here.
    /// `father_state`, `mother_state`, `guardian_state`: `dead`, `away` or `unknown`.
    pub household: Texts,
    /// The children.
    pub children: Vec<Row>,
    /// The found child the first row is, by its row in the list of another sector (`3-125`); empty where it is none. Saved, it is no longer missing.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub missing: String,
}

/// A child as typed.
#[derive(Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Row {
    /// What the person said of children of the book it may be, by their ids.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, Answer>,
    /// Its fields.
    #[serde(flatten)]
    pub fields: Texts,
}

/// What is typed never reaches a log.
impl std::fmt::Debug for Household {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Household({} children)", self.children.len())
    }
}

/// Whether a typed child is one of the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// It is; what the record lacks is filled in.
    Same,
    /// They are two.
    Different,
}

impl Answer {
    /// True where it is the same child.
    pub fn is_same(self) -> bool {
        self == Self::Same
    }
}

/// What is asked for.
pub struct Asked {
    /// What was typed.
    pub household: Household,
    /// The client's id of this request; without one, one is made.
    pub request: Option<String>,
    /// The draft it was typed into, which is done with once it is saved.
    pub draft: Option<String>,
    /// The day on which age is judged.
    pub as_of: PartialDate,
    /// The units in force.
    pub edition: &'static Edition,
    /// Save it; else only say what would be.
    pub yes: bool,
}

/// What a finding says beside a field.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Said {
    /// Code of the rule.
    pub rule: String,
    /// `error`, `warning`, `note`.
    pub severity: &'static str,
    /// One Vietnamese sentence.
    pub sentence: String,
    /// What should stand there; empty without.
    pub suggestion: String,
}

/// A field as typed and as it will be written.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Shown {
    /// Its code.
    pub field: &'static str,
    /// What a person reads.
    pub label: &'static str,
    /// As typed; empty where it is taken from the household.
    pub typed: String,
    /// As the record has it.
    pub written: String,
    /// The same as people write it.
    #[serde(rename = "shown")]
    pub display: String,
    /// What is wrong with it.
    pub findings: Vec<Said>,
}

/// A child of the household.
#[derive(Debug, Default, serde::Serialize)]
pub struct Child {
    /// Its row, from 1.
    pub row: usize,
    /// `new`; `same`: of the book; `filled`: of the book, and something missing was filled in.
    pub what: &'static str,
    /// Its id, once it is saved.
    #[serde(rename = "child", skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its fields.
    pub fields: Vec<Shown>,
    /// Đã chuẩn hóa.
    pub identified: bool,
    /// Đủ thông tin cơ bản.
    pub complete: bool,
    /// Children of the book it may be, the likeliest first.
    pub may_be: Vec<MayBe>,
    /// Of a child of the book: fields that were missing there.
    pub filled: Vec<&'static str>,
    /// Of a child of the book: fields that say something else there, and stay.
    pub differs: Vec<&'static str>,
}

/// Something to be settled before saving.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Ask {
    /// The child's row, from 1; none for the household.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<usize>,
    /// Code of the field; empty where it is about whom the child may be.
    pub field: &'static str,
    /// One Vietnamese sentence.
    pub sentence: String,
}

/// What it came to, or would come to.
#[derive(Debug, Default, serde::Serialize)]
pub struct Told {
    /// It is in the book.
    pub done: bool,
    /// It was there before: this request had been sent already.
    pub already: bool,
    /// The request.
    pub request: String,
    /// Edition of the units.
    pub edition: &'static str,
    /// Code of the commune; empty where it is not known.
    pub unit: &'static str,
    /// Its name.
    pub unit_name: &'static str,
    /// What holds for all children.
    pub household: Vec<Shown>,
    /// The children; empty rows are left out.
    pub children: Vec<Child>,
    /// What must be settled before saving.
    pub asks: Vec<Ask>,
    /// Other children whose findings changed with it.
    pub others: Vec<String>,
    /// What the next household begins with: commune, hamlet, ethnic group.
    pub carry: Texts,
}

/// Says what a household would be in the book, or saves it.
///
/// # Errors
/// [`super::Failed::Refused`]: a field nobody knows, too much of it, the draft is gone. What is wrong with the values is no error.
pub fn run(desk: &mut Desk, asked: &Asked) -> Done<Told> {
    wait(async {
        let open = desk.open().await?;
        let book = open.book.register.clone();
        let typing = read::typing(&asked.household, asked.edition)?;
        match typing.unit {
            Some(unit) => desk.must(Deed::Add, asked.edition.from, Some(unit.code))?,
            None => desk.must_somewhere(Deed::Add)?,
        }
        let mut tx = open.store.read().await?;
        let by = read::By::new(rules::in_force(&mut tx, &book).await?, asked);
        let mut made = by.make(&mut tx, &book, &typing).await?;
        made.cut(desk);
        let mut told = made.told(&by, asked);
        if let (true, Some(request)) = (asked.yes, &asked.request)
            && let Some(link) = tx.act_of_request(&book, request).await?
        {
            save::already(&link, &mut told)?;
            return Ok(told);
        }
        drop(tx);
        if asked.yes && told.asks.is_empty() {
            save::save(desk, &open, asked, (&by, &typing), (&mut made, &mut told)).await?;
        }
        open.leave().await;
        Ok(told)
    })
}

/// Hamlets that are known in a commune, in order of their names: those of its children.
///
/// # Errors
/// The database's.
pub fn hamlets(desk: &Desk, edition: &str, unit: &str) -> Done<Vec<String>> {
    wait(async {
        desk.must(Deed::See, edition, Some(unit))?;
        let (open, mut tx) = desk.read().await?;
        hamlets_of(&mut tx, &open.book.register, (edition, unit)).await
    })
}

async fn hamlets_of(tx: &mut Tx, book: &str, unit: (&str, &str)) -> Done<Vec<String>> {
    // Slips of single rows are many; what stands there often is a hamlet.
    let mut out = tx.hamlets(book, unit, limits::HAMLETS).await?;
    out.sort_unstable();
    Ok(out)
}
