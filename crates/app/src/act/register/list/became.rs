//! What became of the children who were on a list.
//!
//! In: the list of then and that of now. Out: [`Since`] for all and by commune, [`Became`] for each child.

use super::super::{Done, unit_name};
use super::{Asked, Listed, UnitCount, counts, place};
use crate::limits;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;
use treem_store::Tx;
use treem_store::child::{ACTIVE, Child};

/// What became of the children who were on a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Since {
    /// On the list then.
    pub then: u64,
    /// The record was put right.
    pub fixed: u64,
    /// Still on the list.
    pub open: u64,
    /// 16 by now.
    pub aged_out: u64,
    /// Went into another record.
    pub merged: u64,
    /// Lives outside the book now.
    pub moved: u64,
    /// Died.
    pub died: u64,
    /// Entered by mistake.
    pub mistake: u64,
    /// The import was undone.
    pub withdrawn: u64,
    /// On the list now and not then (counted at the commune of now).
    pub new: u64,
}

/// A child of a comparison.
pub struct Became {
    /// The record.
    pub child: String,
    /// Name.
    pub name: String,
    /// Birth date as far as it is known.
    pub birth: String,
    /// Name of the unit.
    pub unit_name: String,
    /// One of the counts of [`Since`] is 1.
    pub fate: Since,
}

impl Became {
    fn of(child: &Child, fate: Since) -> Self {
        let record: serde_json::Value = serde_json::from_str(&child.now.record).unwrap_or_default();
        let name = record.get("name").and_then(serde_json::Value::as_str);
        Self {
            child: child.id.clone(),
            name: name.unwrap_or("").to_owned(),
            birth: child.now.birth.clone(),
            unit_name: unit_name(&child.now.edition, child.now.unit.as_deref().unwrap_or("")),
            fate,
        }
    }
}

/// What became of those who were on the list.
pub(super) async fn compare(
    tx: &mut Tx,
    book: &str,
    asked: &Asked,
    (before, now): (&[Listed], &[Listed]),
    (units, became): (&mut BTreeMap<String, UnitCount>, &mut Vec<Became>),
) -> Done<Since> {
    let mut name = |child: &Child, fate: Since| {
        if became.len() < limits::LIST_NAMED {
            became.push(Became::of(child, fate));
        }
    };
    let day = asked.as_of.to_string();
    let open: FxHashSet<&str> = now.iter().map(|one| one.child.id.as_str()).collect();
    let old: FxHashSet<&str> = before.iter().map(|one| one.child.id.as_str()).collect();
    let mut all = Since::default();
    for one in before {
        let mut fate = Since {
            then: 1,
            ..Since::default()
        };
        if open.contains(one.child.id.as_str()) {
            fate.open = 1;
        } else {
            let child = match &asked.moment {
                None => tx.child(book, &one.child.id).await?,
                Some(moment) => match tx.child_at(book, &one.child.id, moment).await? {
                    Some(event) => Child {
                        id: event.child,
                        version: event.seq,
                        now: event.then,
                    },
                    None => continue,
                },
            };
            let slot = match child.now.state.as_str() {
                ACTIVE if child.now.leaves_on <= day => &mut fate.aged_out,
                ACTIVE if !counts(&child, &day, asked.unit) => &mut fate.moved,
                ACTIVE => &mut fate.fixed,
                "merged" => &mut fate.merged,
                "moved" => &mut fate.moved,
                "died" => &mut fate.died,
                "mistake" => &mut fate.mistake,
                _ => &mut fate.withdrawn,
            };
            *slot = 1;
        }
        let unit = place(units, &one.child, true);
        unit.since = Some(unit.since.unwrap_or_default().plus(fate));
        all = all.plus(fate);
        name(&one.child, fate);
    }
    let fresh = Since {
        new: 1,
        ..Since::default()
    };
    for one in now
        .iter()
        .filter(|one| !old.contains(one.child.id.as_str()))
    {
        let unit = place(units, &one.child, true);
        unit.since = Some(unit.since.unwrap_or_default().plus(fresh));
        all = all.plus(fresh);
        name(&one.child, fresh);
    }
    Ok(all)
}

impl Since {
    fn plus(self, other: Self) -> Self {
        Self {
            then: self.then + other.then,
            fixed: self.fixed + other.fixed,
            open: self.open + other.open,
            aged_out: self.aged_out + other.aged_out,
            merged: self.merged + other.merged,
            moved: self.moved + other.moved,
            died: self.died + other.died,
            mistake: self.mistake + other.mistake,
            withdrawn: self.withdrawn + other.withdrawn,
            new: self.new + other.new,
        }
    }
}
