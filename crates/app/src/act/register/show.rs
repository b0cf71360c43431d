//! `treem child show|history`: one record, and everything that happened to it. Sensitive fields are shown only where they are asked for,
//! and that is written into the audit chain.
//!
//! In: an id or a number. Out: [`Shown`], [`Happened`].

use super::kin::{self, Kin, kin};
use super::texts::masked;
use super::{Desk, Done, Failed, begin, wait};
use crate::access::Deed;
use crate::act::access::look::Seen;
use treem_store::Tx;

/// A record as a person sees it.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct Shown {
    /// Its id.
    pub child: String,
    /// Its version.
    pub version: i64,
    /// Life in the register.
    pub state: String,
    /// Code of the unit.
    pub unit: Option<String>,
    /// Its edition.
    pub edition: String,
    /// Đã chuẩn hóa.
    pub identified: bool,
    /// Đủ thông tin cơ bản.
    pub complete: bool,
    /// The fields.
    pub record: serde_json::Value,
    /// The sensitive fields, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sensitive: Option<serde_json::Value>,
    /// Other children who hold the number.
    pub disputed_with: Vec<String>,
    /// Numbers, the oldest first: number, since when, until when.
    pub numbers: Vec<(String, String, Option<String>)>,
    /// What is wrong: rule, field, raw value, suggestion.
    pub findings: Vec<(String, String, String, String)>,
    /// Where it stood: file, sheet, row.
    pub origins: Vec<(String, String, i64)>,
    /// The other records of the child.
    #[serde(flatten)]
    pub kin: Kin,
}

impl Shown {
    /// Hides the middle of identity numbers.
    fn mask(&mut self) {
        mask(&mut self.record);
        for (number, ..) in &mut self.numbers {
            *number = masked(number);
        }
        for (_, field, raw, suggestion) in &mut self.findings {
            if is_number(field) {
                for text in [raw, suggestion]
                    .into_iter()
                    .filter(|text| !text.is_empty())
                {
                    *text = masked(text);
                }
            }
        }
    }
}

/// True for a field, or a member of a record, that holds an identity number.
fn is_number(name: &str) -> bool {
    name.ends_with("number")
}

/// Hides the middle of the identity numbers of a record, wherever in it they stand.
fn mask(record: &mut serde_json::Value) {
    match record {
        serde_json::Value::Object(members) => {
            for (name, value) in members {
                match value {
                    serde_json::Value::String(text) if is_number(name) => *text = masked(text),
                    other => mask(other),
                }
            }
        }
        serde_json::Value::Array(values) => values.iter_mut().for_each(mask),
        _ => {}
    }
}

/// Something that happened.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct Happened {
    /// The book.
    pub register: String,
    /// The record.
    pub child: String,
    /// The version after it.
    pub version: i64,
    /// When.
    pub at: String,
    /// `added`, `changed`, `withdrawn`, `restored`, `moved`, `merged`, `unmerged`, …
    pub kind: String,
    /// Who.
    pub who: String,
    /// Why.
    pub why: String,
    /// Where the values came from.
    pub source: String,
    /// The import.
    pub import: Option<String>,
    /// The state from then on.
    pub state: String,
    /// The fields from then on.
    pub record: serde_json::Value,
}

/// The record; with a moment, as it was then. `sensitive`: with its sensitive fields, as an act (`look`) of its own.
///
/// # Errors
/// [`Failed::Refused`]: nobody, or several children of that number.
pub fn show(desk: &mut Desk, who: &str, moment: Option<&str>, sensitive: bool) -> Done<Shown> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let id = find(&mut tx, book, who).await?;
        // By the unit the child has now, whatever the moment.
        let unit = tx.child(book, &id).await?.now;
        desk.must(Deed::See, &unit.edition, unit.unit.as_deref())?;
        if sensitive {
            desk.must(Deed::SeeSensitive, &unit.edition, unit.unit.as_deref())?;
        }
        let whole = desk.may(Deed::SeeNumber, &unit.edition, unit.unit.as_deref());
        let (version, state) = match moment {
            None => {
                let child = tx.child(book, &id).await?;
                (child.version, child.now)
            }
            Some(moment) => {
                let event = tx.child_at(book, &id, moment).await?;
                let event = event.ok_or_else(|| {
                    Failed::Refused(format!("lúc {moment} hồ sơ này chưa có trong sổ."))
                })?;
                (event.seq, event.then)
            }
        };
        let findings = tx.findings(book, &id).await?;
        let kin = kin(&mut tx, book, &id).await?;
        let (mut numbers, mut origins) = (Vec::new(), Vec::new());
        for record in std::iter::once(&id).chain(&kin.merged) {
            numbers.extend(tx.numbers(book, record).await?);
            origins.extend(tx.origins(book, record).await?);
        }
        let mut disputed_with = Vec::new();
        if let Some(number) = state.number.as_deref().filter(|_| moment.is_none()) {
            let holders = tx.holders(book, number).await?;
            disputed_with.extend(holders.into_iter().map(|other| other.id));
            disputed_with.retain(|other| *other != id);
        }
        drop(tx);
        let seen = Seen::Child(&id, &unit.edition, unit.unit.as_deref());
        let deed = if sensitive {
            Deed::SeeSensitive
        } else {
            Deed::See
        };
        desk.looks(&open, (deed, ""), seen).await?;
        if sensitive {
            // Before anything is shown: who cannot be written down does not see.
            let act = begin(&open.store, desk.doing(book, "look", "")).await?;
            let detail = serde_json::json!({"version": version, "sensitive": true});
            act.finish(&id, &detail.to_string()).await?;
        }
        let mut shown = Shown {
            sensitive: sensitive
                .then(|| serde_json::from_str(&state.sensitive).unwrap_or_default()),
            disputed_with,
            child: id,
            version,
            state: state.state,
            unit: state.unit,
            edition: state.edition,
            identified: state.identified,
            complete: state.complete,
            record: serde_json::from_str(&state.record).unwrap_or_default(),
            numbers: numbers
                .into_iter()
                .map(|one| (one.number, one.since, one.ended_at))
                .collect(),
            findings: findings
                .into_iter()
                .map(|one| (one.rule, one.field, one.raw, one.suggestion))
                .collect(),
            origins: origins
                .into_iter()
                .map(|one| (one.file, one.sheet, one.row_number))
                .collect(),
            kin,
        };
        if !whole {
            shown.mask();
        }
        Ok(shown)
    })
}

/// Everything that happened to a child, the oldest first: also to the records merged into this one, and in the other book it goes on
/// from or in.
///
/// # Errors
/// As [`show`].
pub fn history(desk: &mut Desk, who: &str) -> Done<Vec<Happened>> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let id = find(&mut tx, book, who).await?;
        let unit = tx.child(book, &id).await?.now;
        desk.must(Deed::See, &unit.edition, unit.unit.as_deref())?;
        let whole = desk.may(Deed::SeeNumber, &unit.edition, unit.unit.as_deref());
        let events = kin::history(&mut tx, book, &id).await?;
        drop(tx);
        let seen = Seen::Child(&id, &unit.edition, unit.unit.as_deref());
        desk.looks(&open, (Deed::See, "history"), seen).await?;
        let mut happened: Vec<Happened> = events
            .into_iter()
            .map(|(register, event)| Happened {
                register,
                child: event.child,
                version: event.seq,
                at: event.at,
                kind: event.kind,
                who: event.who,
                why: event.why,
                source: event.source,
                import: event.import,
                state: event.then.state,
                record: serde_json::from_str(&event.then.record).unwrap_or_default(),
            })
            .collect();
        if !whole {
            for one in &mut happened {
                mask(&mut one.record);
            }
        }
        Ok(happened)
    })
}

/// The id that an id or a number means.
pub(super) async fn find(tx: &mut Tx, book: &str, who: &str) -> Done<String> {
    let is_number = who.len() == 12 && who.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number {
        return Ok(tx.child(book, who).await?.id);
    }
    // Who holds the number now is meant before those who once had it.
    if let [holder] = tx.holders(book, who).await?.as_slice() {
        return Ok(holder.id.clone());
    }
    let mut ids = tx.children_of_number(book, who).await?;
    if ids.len() > 1 {
        ids = kin::meant(tx, book, &ids).await?;
    }
    match ids.as_slice() {
        [] => Err(Failed::Refused(
            "không có hồ sơ nào mang số này trong sổ.".to_owned(),
        )),
        [id] => Ok(id.clone()),
        several => Err(Failed::Refused(format!(
            "có {} hồ sơ mang số này; hãy ghi mã hồ sơ: {}.",
            several.len(),
            several.join(", ")
        ))),
    }
}
