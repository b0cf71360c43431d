//! *Đã chuyển đi*: where the place the police name is a commune of the register, a move there is proposed; else the record ends with the reason.
//!
//! In: a child, the place in words, what the answer changes. Out: the same with the move in it; the move written down; or taken back.

use super::super::super::init::kept;
use super::super::super::{Done, unit_name};
use treem_child::handover::code;
use treem_child::handover::effect::{Destination, Effect, End};
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit;
use treem_child::report::movements::Life;
use treem_child::transfer::{Place, Proposal, Transfer};
use treem_store::child::Child;
use treem_store::moves::{Move, PROPOSED, WITHDRAWN};
use treem_store::{Act, Tx};

/// The commune that a place in words is, where it is one of the register and not the child's own.
fn destination(child: &Child, to: &str) -> Option<Destination> {
    let edition = unit::edition(&child.now.edition);
    let own = child
        .now
        .unit
        .as_deref()
        .and_then(|code| edition.by_code(code));
    let place = edition.place(to, own);
    let commune = place.commune.unit()?;
    if !place.inside || place.elsewhere.is_some() || own.is_some_and(|own| own.code == commune.code)
    {
        return None;
    }
    Some(Destination {
        to: to.to_owned(),
        edition: edition.from.to_owned(),
        unit: commune.code.to_owned(),
        unit_name: unit_name(edition.from, commune.code),
        hamlet: place.hamlet.unwrap_or_default(),
        address: place.rest,
        r#move: String::new(),
    })
}

fn proposal(child: &Child, to: &Destination) -> Proposal {
    Proposal {
        from: Place {
            edition: child.now.edition.clone(),
            unit: child.now.unit.clone().unwrap_or_default(),
        },
        to: Place {
            edition: to.edition.clone(),
            unit: to.unit.clone(),
        },
        to_register: None,
    }
}

/// Turns the end of a record into a proposed move, where it can be one.
pub(super) async fn plan(tx: &mut Tx, book: &str, child: &Child, effect: &mut Effect) -> Done<()> {
    let Some(End::Moved { to }) = &effect.end else {
        return Ok(());
    };
    let Some(to) = destination(child, to) else {
        return Ok(());
    };
    if Transfer::propose(Life::of(&child.now.state), proposal(child, &to)).is_err() {
        return Ok(());
    }
    let moves = tx.moves_of(book, &child.id).await?;
    match moves.iter().find(|one| one.state == PROPOSED) {
        None => effect.proposes(to),
        Some(one) => {
            let same = one.to_register.is_none()
                && (&one.to_edition, &one.to_unit) == (&to.edition, &to.unit);
            let name = unit_name(&one.to_edition, &one.to_unit);
            effect.is_proposed(&name, same);
        }
    }
    Ok(())
}

/// Whether any of these effects proposes a move; then the units are to be known in the register.
pub(super) async fn know<'e>(act: &mut Act, effects: impl Iterator<Item = &'e Effect>) -> Done<()> {
    let editions: std::collections::BTreeSet<&str> = effects
        .filter_map(|effect| match &effect.end {
            Some(End::Proposed(to)) => Some(to.edition.as_str()),
            _ => None,
        })
        .collect();
    for edition in editions {
        let edition = unit::edition(edition);
        act.add_units(edition.from, &kept(edition)).await?;
    }
    Ok(())
}

/// Writes a proposed move down; gives the effect with its id in it.
pub(super) async fn propose(
    act: &mut Act,
    (child, row): (&Child, code::Row),
    (effect, to): (&Effect, &Destination),
    (id, as_of): (String, PartialDate),
) -> Done<Effect> {
    act.add_move(&Move {
        id: id.clone(),
        child: child.id.clone(),
        version: child.version,
        from_edition: child.now.edition.clone(),
        from_unit: child.now.unit.clone(),
        to_edition: to.edition.clone(),
        to_unit: to.unit.clone(),
        hamlet: to.hamlet.clone(),
        address: to.address.clone(),
        day: as_of.to_string(),
        state: PROPOSED.to_owned(),
        why: format!("Công an báo đã chuyển đến {} (dòng {row})", to.to),
        ..Move::default()
    })
    .await?;
    Ok(Effect {
        end: Some(End::Proposed(Destination {
            r#move: id,
            ..to.clone()
        })),
        ..effect.clone()
    })
}

/// What became of a move that an effect, as it was written down, had proposed.
pub(in super::super) enum Stands {
    /// The effect proposed none, or it was refused or withdrawn.
    No,
    /// It waits for its answer.
    Waits(String),
    /// The other commune has confirmed it: its name.
    Gone(String),
}

/// The move of an effect as it was written down.
pub(in super::super) async fn stands(tx: &mut Tx, book: &str, effect: &str) -> Done<Stands> {
    let effect: serde_json::Value = serde_json::from_str(effect).unwrap_or_default();
    let id = effect
        .pointer("/end/move")
        .and_then(serde_json::Value::as_str);
    let Some(one) = tx.child_move(book, id.unwrap_or_default()).await? else {
        return Ok(Stands::No);
    };
    Ok(match one.state.as_str() {
        PROPOSED => Stands::Waits(one.id),
        treem_store::moves::CONFIRMED => Stands::Gone(unit_name(&one.to_edition, &one.to_unit)),
        _ => Stands::No,
    })
}

/// A proposed move is taken back.
pub(in super::super) async fn withdraw(act: &mut Act, id: &str) -> Done<()> {
    act.answer_move(id, WITHDRAWN, None).await?;
    Ok(())
}
