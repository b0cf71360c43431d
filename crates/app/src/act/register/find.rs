//! `treem find`: children by the beginning of their name, typed with or without marks, in any case; by their number; by a telephone.
//!
//! In: what was typed. Out: [`Found`]: of whom the person may see at most [`crate::limits::FOUND`] children who count, in order of their names.

use super::facets::scope::Scope;
use super::{Desk, Done, Failed, wait};
use crate::access::Deed;
use crate::limits;
use treem_child::normalise::syllable::ascii_fold;
use treem_child::normalise::unit;
use treem_store::Tx;
use treem_store::search::Named;

/// Who was found.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct Found {
    /// In order of their names.
    pub children: Vec<One>,
    /// There are more than these.
    pub more: bool,
}

/// One of them: enough to choose by, no number.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct One {
    /// Id of the record.
    pub child: String,
    /// Name.
    pub name: String,
    /// Birth date as far as it is known.
    pub birth: String,
    /// Name of the unit; empty where unknown.
    pub unit: String,
    /// The mother's name, else the father's, else the guardian's.
    pub carer: String,
}

/// What was typed to look for.
enum Sought {
    /// The beginning of a name, folded.
    Name(String),
    /// A number of twelve digits.
    Number(String),
    /// A telephone.
    Phone(String),
}

impl Sought {
    fn of(text: &str) -> Option<Self> {
        let bare: String = text.chars().filter(|c| !" .-+()".contains(*c)).collect();
        if !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit()) {
            return match bare.len() {
                12 => Some(Self::Number(bare)),
                9..=11 => Some(Self::Phone(bare)),
                _ => None,
            };
        }
        let begins = ascii_fold(&text.split_whitespace().collect::<Vec<_>>().join(" "));
        begins
            .chars()
            .any(char::is_alphabetic)
            .then_some(Self::Name(begins))
    }
}

/// Finds children by the beginning of a name, by a number or a telephone.
///
/// # Errors
/// [`Failed::Refused`]: it is none of these.
pub fn run(desk: &Desk, text: &str) -> Done<Found> {
    let sought = Sought::of(text).ok_or_else(|| {
        Failed::Refused(
            "hãy ghi họ tên cần tìm, từ chữ đầu, có dấu hay không dấu đều được, ví dụ treem find \"ho thi m\"; hoặc số định danh 12 chữ số, số điện thoại.".to_owned(),
        )
    })?;
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let cut = desk.area(Deed::Search);
        desk.must_somewhere(Deed::Search)?;
        // Of a part of the book more are looked at: those of others are not shown.
        let most = if cut.is_whole() {
            limits::FOUND.saturating_add(1)
        } else {
            limits::FOUND_AROUND
        };
        let scope = Scope::of(&open.book, None, &cut);
        let mut found = match &sought {
            Sought::Name(begins) => named(&mut tx, book, &scope, begins).await?,
            Sought::Number(number) => {
                let holders = tx.holders(book, number).await?;
                holders.into_iter().map(Named::from).collect()
            }
            Sought::Phone(phone) => {
                // Telephones are kept as digits; the prefix of the country may be written or not.
                let end = phone.get(phone.len().saturating_sub(9)..).unwrap_or(phone);
                let mut all = tx.children_saying(book, end, i64::from(most)).await?;
                all.retain(|child| says(&child.now.record, phone));
                all.sort_by(|one, other| one.now.name_key.cmp(&other.now.name_key));
                all.into_iter().map(Named::from).collect()
            }
        };
        found.retain(|child| cut.holds(&child.edition, child.unit.as_deref()));
        let shown = usize::try_from(limits::FOUND).unwrap_or(usize::MAX);
        Ok(Found {
            more: found.len() > shown,
            children: found.into_iter().take(shown).map(One::of).collect(),
        })
    })
}

/// Children whose name begins so whom a person may see, in order of their names: one more than are shown, or as many as there are. Of a few units
/// each is asked for; of more the book is, and further where most of whom it gives are others'.
async fn named(tx: &mut Tx, book: &str, scope: &Scope, begins: &str) -> Done<Vec<Named>> {
    let enough = limits::FOUND.saturating_add(1);
    let mut out = Vec::new();
    if !scope.is_whole() {
        for unit in scope.questions() {
            out.extend(tx.children_named(book, unit, begins, enough).await?);
        }
        out.sort_by(|one, other| (&one.name_key, &one.id).cmp(&(&other.name_key, &other.id)));
        return Ok(out);
    }
    let few = match scope {
        Scope::Book => enough,
        _ => enough.saturating_mul(4),
    };
    for most in [few, limits::FOUND_AROUND] {
        out = tx.children_named(book, None, begins, most).await?;
        let all = out.len() < usize::try_from(most).unwrap_or(usize::MAX);
        out.retain(|child| scope.holds(&child.edition, child.unit.as_deref().unwrap_or_default()));
        if all || out.len() >= usize::try_from(enough).unwrap_or(usize::MAX) {
            break;
        }
    }
    Ok(out)
}

/// True where a telephone of a record ends as the one that is looked for, whatever its prefix.
fn says(record: &str, phone: &str) -> bool {
    let end = phone.get(phone.len().saturating_sub(9)..).unwrap_or(phone);
    let record: serde_json::Value = serde_json::from_str(record).unwrap_or_default();
    ["phone", "mother_phone", "father_phone", "guardian_phone"]
        .iter()
        .filter_map(|name| record.get(name)?.as_str())
        .any(|text| {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            digits.contains(end)
        })
}

impl One {
    fn of(child: Named) -> Self {
        let record: serde_json::Value = serde_json::from_str(&child.record).unwrap_or_default();
        let field = |name: &str| {
            let text = record.get(name).and_then(serde_json::Value::as_str);
            text.unwrap_or("").to_owned()
        };
        let carers = ["mother", "father", "guardian"].map(field);
        let code = child.unit.unwrap_or_default();
        Self {
            child: child.id,
            name: field("name"),
            birth: child.birth,
            unit: unit::edition(&child.edition)
                .by_code(&code)
                .map_or_else(String::new, |unit| unit.name.to_owned()),
            carer: carers
                .into_iter()
                .find(|carer| !carer.is_empty())
                .unwrap_or_default(),
        }
    }
}
