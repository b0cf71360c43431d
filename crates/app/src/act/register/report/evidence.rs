//! The children behind what stands out in a commune.
//!
//! In: the commune, what stands out. Out: [`Evidence`], which is written down as a look. Who is in special circumstances is guarded by law: the
//! list of those asks for that deed, and is an act of the chain.

use super::portrait::{children, family, is_special, new_year};
use super::why::{home_of, since};
use crate::access::Deed;
use crate::act::access::look::Seen;
use crate::act::register::{Desk, Done, Failed, begin, unit_name, wait};
use crate::limits;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use treem_child::normalise::date::PartialDate;
use treem_child::report::insight::Kind;
use treem_store::portrait::Trait;

/// Children behind an evidence.
#[derive(Debug, serde::Serialize)]
pub struct Evidence {
    /// What stands out.
    pub title: &'static str,
    /// What is to be done.
    pub advice: &'static str,
    /// Name of the commune.
    pub name: String,
    /// The day on which children are children.
    pub as_of: String,
    /// How many there are.
    pub children: usize,
    /// The first of them, by hamlet and name.
    pub rows: Vec<Row>,
}

/// A child.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Row {
    /// Hamlet.
    pub hamlet: String,
    /// Name.
    pub name: String,
    /// Birth date as far as it is known.
    pub birth: String,
    /// `Nam`, `Nữ` or empty.
    pub sex: String,
    /// The mother's name, else the father's, else the guardian's.
    pub carer: String,
    /// Id of the record.
    pub child: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Open {
    name: String,
    sex: String,
    hamlet: String,
    mother: String,
    father: String,
    guardian: String,
}

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What stands out; pairs of communes ([`Kind::Beyond`]) are worked off elsewhere.
    pub kind: Kind,
    /// Edition and code of the commune.
    pub unit: (String, String),
    /// Of ages: years of birth, from and to.
    pub years: Option<(i16, i16)>,
    /// The day on which children are children.
    pub as_of: PartialDate,
}

/// Lists the children.
///
/// # Errors
/// [`Failed::Denied`]: the person may not see children there; [`Failed::Refused`]: no such list.
pub fn run(desk: &mut Desk, asked: &Asked) -> Done<Evidence> {
    wait(async {
        let (edition, unit) = (asked.unit.0.as_str(), asked.unit.1.as_str());
        desk.must(Deed::See, edition, Some(unit))?;
        let sensitive = asked.kind == Kind::Special;
        if sensitive {
            desk.must(Deed::SeeSensitive, edition, Some(unit))?;
        }
        if asked.kind == Kind::Beyond {
            return Err(Failed::Refused(
                "các cặp nghi trùng giữa các xã được xem và trả lời ở trang Xử lý nghi trùng."
                    .to_owned(),
            ));
        }
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let day = asked.as_of.to_string();
        // What stands out was counted with the children who still stand in the units the commune was made of.
        let in_force = treem_child::normalise::unit::edition(edition);
        let mut places = tx.units_of_children(book).await?;
        places.retain(|(of, code)| {
            home_of(in_force, (of, code)).is_some_and(|home| home.code == unit)
        });
        let after = since(&desk.now, limits::BACK_DAYS);
        let most = i64::try_from(limits::EVIDENCE_ROWS).unwrap_or(i64::MAX);
        let mut all: Vec<Trait> = Vec::new();
        for (of, code) in &places {
            let place = (of.as_str(), code.as_str());
            let back = if asked.kind == Kind::Back {
                tx.children_back(book, &after, place, most).await?
            } else {
                Vec::new()
            };
            let (mut some, mut families) = (Vec::new(), FxHashMap::<String, u32>::default());
            children(&mut tx, book, place, &day, |child| {
                if child.birth > day {
                    return;
                }
                if asked.kind == Kind::Families
                    && let Some(family) = family(&child.record)
                {
                    *families.entry(family).or_default() += 1;
                    some.push(child);
                } else if takes(asked, &back, &child) {
                    some.push(child);
                }
            })
            .await?;
            if asked.kind == Kind::Families {
                some.retain(|child: &Trait| {
                    let family = family(&child.record);
                    family.is_some_and(|family| families.get(&family) == Some(&1))
                });
            }
            all.extend(some);
        }
        drop(tx);
        let mut rows: Vec<Row> = all.iter().map(row).collect();
        let count = rows.len();
        rows.sort();
        rows.truncate(limits::EVIDENCE_ROWS);
        let deed = if sensitive {
            Deed::SeeSensitive
        } else {
            Deed::See
        };
        let seen = Seen::Children(rows.len() as u64);
        desk.looks(&open, (deed, "report"), seen).await?;
        if sensitive && !rows.is_empty() {
            let act = begin(&open.store, desk.doing(book, "look", "")).await?;
            let detail = serde_json::json!({"report": rows.len(), "sensitive": true});
            act.finish("", &detail.to_string()).await?;
        }
        Ok(Evidence {
            title: asked.kind.title(),
            advice: asked.kind.advice(),
            name: unit_name(edition, unit),
            as_of: day,
            children: count,
            rows,
        })
    })
}

fn takes(asked: &Asked, back: &[String], child: &Trait) -> bool {
    match asked.kind {
        Kind::Special => is_special(&child.sensitive),
        Kind::NewYear => new_year(&child.birth).1,
        Kind::Ages => {
            let year: Option<i16> = child.birth.get(..4).and_then(|year| year.parse().ok());
            asked
                .years
                .zip(year)
                .is_some_and(|((from, to), year)| (from..=to).contains(&year))
        }
        Kind::Back => back.binary_search(&child.id).is_ok(),
        Kind::Families | Kind::Beyond => false,
    }
}

fn row(child: &Trait) -> Row {
    let open: Open = serde_json::from_str(&child.record).unwrap_or_default();
    let carers = [open.mother, open.father, open.guardian];
    Row {
        hamlet: open.hamlet,
        name: open.name,
        birth: child.birth.clone(),
        sex: open.sex,
        carer: carers
            .into_iter()
            .find(|carer| !carer.is_empty())
            .unwrap_or_default(),
        child: child.id.clone(),
    }
}
