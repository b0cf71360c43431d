//! Drafts: households that are being typed, kept as typed, so that a power cut or another machine loses nothing.
//!
//! In: what is typed, from which version. Out: [`Listed`], [`Opened`]. A draft belongs to one person; what is in it is not in the book.

use super::super::{Desk, Done, Failed, unit_name, wait};
use super::Household;
use super::papers::{Paper, paper};
use treem_store::entry::{Draft, OPEN};

/// A draft as a list shows it.
#[derive(serde::Serialize)]
pub struct Listed {
    /// Its id.
    pub draft: String,
    /// How often it was saved.
    pub version: i64,
    /// When it was saved last.
    pub updated_at: String,
    /// Name of the commune.
    pub unit_name: String,
    /// Who cares for the children, the mother first.
    pub carer: String,
    /// Names of the children.
    pub children: Vec<String>,
    /// Rows that say something.
    pub rows: usize,
}

impl Listed {
    /// When it was saved last, as a person in Vietnam reads it (UTC+7): `26/11/2026, 08:05`.
    pub fn local_time(&self) -> String {
        crate::shown::moment(&self.updated_at)
    }
}

/// All drafts of a person.
#[derive(serde::Serialize)]
pub struct Drafts {
    /// The latest first.
    pub drafts: Vec<Listed>,
}

/// A draft that is gone on with.
pub struct Opened {
    /// Its id.
    pub draft: String,
    /// Its version.
    pub version: i64,
    /// What was typed.
    pub household: Household,
    /// Photos and scans beside it.
    pub papers: Vec<Paper>,
}

fn text(household: &Household, field: &str) -> String {
    let text = household.household.get(field).map_or("", String::as_str);
    text.trim().to_owned()
}

fn listed(draft: &Draft) -> Listed {
    let household: Household = serde_json::from_str(&draft.content).unwrap_or_default();
    let names: Vec<String> = household
        .children
        .iter()
        .filter_map(|row| row.fields.get("name"))
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect();
    let carers = ["mother", "father", "guardian"].map(|field| text(&household, field));
    let says = |row: &&super::Row| row.fields.values().any(|text| !text.trim().is_empty());
    Listed {
        draft: draft.id.clone(),
        version: draft.version,
        updated_at: draft.updated_at.clone(),
        unit_name: unit_name(&draft.edition, draft.unit.as_deref().unwrap_or("")),
        carer: carers
            .into_iter()
            .find(|carer| !carer.is_empty())
            .unwrap_or_default(),
        rows: household.children.iter().filter(says).count(),
        children: names,
    }
}

/// The open drafts of the person at the desk, the latest first.
///
/// # Errors
/// The register cannot be used.
pub fn list(desk: &Desk) -> Done<Drafts> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let drafts = tx.drafts_of(&open.book.register, &desk.who).await?;
        Ok(Drafts {
            drafts: drafts.iter().map(listed).collect(),
        })
    })
}

/// Goes on with a draft.
///
/// # Errors
/// [`Failed::Refused`]: it is not there, not open, or another person's.
pub fn open(desk: &Desk, draft: &str) -> Done<Opened> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let found = tx.draft(book, draft).await?;
        let found = found.filter(|found| found.person == desk.who && found.state == OPEN);
        let Some(found) = found else {
            return Err(treem_store::Error::DraftGone.into());
        };
        let papers = tx.attachments_of_draft(book, draft).await?;
        Ok(Opened {
            household: serde_json::from_str(&found.content).unwrap_or_default(),
            draft: found.id,
            version: found.version,
            papers: papers.into_iter().map(paper).collect(),
        })
    })
}

/// Keeps what is typed by now; gives the new version. `seen`: the version this began from, 0 for a draft that is new.
///
/// # Errors
/// [`Failed::Refused`]: it went on at another machine, is saved or thrown away, is too long, or there are too many.
pub fn keep(
    desk: &Desk,
    (draft, seen): (&str, i64),
    edition: &str,
    typed: &Household,
) -> Done<i64> {
    if !is_id(draft) {
        return Err(Failed::Refused(
            "mã của bản gõ dở không dùng được.".to_owned(),
        ));
    }
    wait(async {
        let open = desk.open().await?;
        let content = serde_json::to_string(typed).map_err(anyhow::Error::from)?;
        let unit = text(typed, "commune");
        let draft = Draft {
            id: draft.to_owned(),
            person: desk.who.clone(),
            edition: edition.to_owned(),
            unit: Some(unit).filter(|unit| unit.len() <= 10 && !unit.is_empty()),
            updated_at: desk.now.clone(),
            content,
            ..Draft::default()
        };
        let book = open.book.register.as_str();
        Ok(open.store.save_draft(book, seen, &draft).await?)
    })
}

/// Keeps what is typed by now, whatever was kept before; gives the new version.
///
/// # Errors
/// As [`keep`], but that it went on elsewhere.
pub fn take_over(desk: &Desk, draft: &str, edition: &str, typed: &Household) -> Done<i64> {
    let seen = wait(async {
        let (open, mut tx) = desk.read().await?;
        let found = tx.draft(&open.book.register, draft).await?;
        Ok(found.map_or(0, |found| found.version))
    })?;
    keep(desk, (draft, seen), edition, typed)
}

/// Throws a draft away, with its papers.
///
/// # Errors
/// [`Failed::Refused`]: it is not there, not open, or another person's.
pub fn throw(desk: &Desk, draft: &str) -> Done<()> {
    wait(async {
        let open = desk.open().await?;
        let book = open.book.register.as_str();
        let store = &open.store;
        Ok(store.throw_draft(book, draft, &desk.who, &desk.now).await?)
    })
}

/// Ids come from browsers: letters, digits and hyphens, 8 to 64 of them.
pub fn is_id(text: &str) -> bool {
    (8..=64).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
