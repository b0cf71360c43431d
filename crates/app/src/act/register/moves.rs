//! `treem child move`, `treem moves`: a move is proposed by one side and confirmed or refused by the other; until then the child counts
//! once, where it was. Into another book it closes here and opens there in one act.
//!
//! In: a child and where it goes, or a move and its answer. Out: [`Moved`], [`Moves`].

use super::across::{Others, settle};
use super::again::{Again, Typed};
use super::init::kept;
use super::show::find;
use super::texts::typed_unit;
use super::{Desk, Done, Failed, begin, rules, unit_name, wait};
use crate::access::Deed;
use treem_child::field::Field;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit::{self, Edition, Level, Unit};
use treem_child::report::movements::Life;
use treem_child::transfer::{Place, Proposal, Refusal, Transfer};
use treem_store::child::{Child, Entry, MOVED};
use treem_store::moves::{Move, PROPOSED};
use treem_store::{Act, Begun};

/// What is proposed.
pub struct Asked {
    /// The child: an id or a number.
    pub child: String,
    /// Where it goes.
    pub to: (&'static Edition, &'static Unit),
    /// The other book.
    pub to_register: Option<String>,
    /// Hamlet there.
    pub hamlet: String,
    /// Address there.
    pub address: String,
    /// The day of the move.
    pub day: String,
    /// Why.
    pub why: String,
}

/// The answer to a proposed move.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// The child lives there.
    Confirm,
    /// The child is not known there.
    Refuse,
    /// It was a mistake.
    Withdraw,
}

/// A move as a person sees it.
#[derive(serde::Serialize)]
pub struct Moved {
    /// Its id.
    pub r#move: String,
    /// `proposed`, `confirmed`, `refused`, `withdrawn`.
    pub state: String,
    /// The child.
    pub child: String,
    /// Code of the unit it comes from.
    pub from: String,
    /// Its name.
    pub from_name: String,
    /// Code of the unit it goes to.
    pub to: String,
    /// Its name.
    pub to_name: String,
    /// Edition of that unit.
    pub to_edition: String,
    /// The other book.
    pub to_register: Option<String>,
    /// The record there.
    pub to_child: Option<String>,
    /// The day of the move.
    pub day: String,
    /// Why.
    pub why: String,
    /// When it was proposed.
    pub proposed_at: String,
    /// By whom.
    pub proposed_by: String,
    /// When it was answered.
    pub answered_at: Option<String>,
    /// By whom.
    pub answered_by: Option<String>,
    /// What was said with the answer.
    pub answer: Option<String>,
}

/// All moves.
#[derive(serde::Serialize)]
pub struct Moves {
    /// In the order they were proposed.
    pub moves: Vec<Moved>,
}

impl From<Move> for Moved {
    fn from(one: Move) -> Self {
        let from = one.from_unit.unwrap_or_default();
        Self {
            r#move: one.id,
            state: one.state,
            child: one.child,
            from_name: unit_name(&one.from_edition, &from),
            from,
            to_name: unit_name(&one.to_edition, &one.to_unit),
            to: one.to_unit,
            to_edition: one.to_edition,
            to_register: one.to_register,
            to_child: one.to_child,
            day: one.day,
            why: one.why,
            proposed_at: one.proposed_at,
            proposed_by: one.proposed_by,
            answered_at: one.answered_at,
            answered_by: one.answered_by,
            answer: one.answer,
        }
    }
}

fn refused(refusal: Refusal) -> Failed {
    Failed::Refused(refusal.sentence())
}

/// Where a child stands.
fn place(child: &Child) -> Place {
    Place {
        edition: child.now.edition.clone(),
        unit: child.now.unit.clone().unwrap_or_default(),
    }
}

fn proposal(one: &Move) -> Proposal {
    Proposal {
        from: Place {
            edition: one.from_edition.clone(),
            unit: one.from_unit.clone().unwrap_or_default(),
        },
        to: Place {
            edition: one.to_edition.clone(),
            unit: one.to_unit.clone(),
        },
        to_register: one.to_register.clone(),
    }
}

/// Proposes a move.
///
/// # Errors
/// [`Failed::Refused`]: no such child, it does not count, it is there already, another proposal waits, no such book.
pub fn propose(desk: &mut Desk, asked: &Asked) -> Done<Moved> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.clone();
        let id = find(&mut tx, &book, &asked.child).await?;
        if let Some(key) = &asked.to_register {
            let known = tx.registers().await?;
            if *key == book || !known.iter().any(|known| known.register == *key) {
                return Err(Failed::Refused(format!(
                    "--to-register “{key}” phải là một sổ khác ở cùng nơi lưu này."
                )));
            }
        }
        drop(tx);
        let (edition, unit) = asked.to;
        if unit.level() == Level::Province {
            return Err(Failed::Refused(format!(
                "“{}” là một tỉnh; hãy ghi xã, phường nơi trẻ chuyển đến.",
                unit.name
            )));
        }
        let mut act = begin(&open.store, desk.doing(&book, "move", &asked.why)).await?;
        act.add_units(edition.from, &kept(edition)).await?;
        let child = act.reading().child(&book, &id).await?;
        desk.must(Deed::Move, &child.now.edition, child.now.unit.as_deref())?;
        let mut one = Move {
            id: desk.ids.next_id(),
            child: id.clone(),
            version: child.version,
            from_edition: child.now.edition.clone(),
            from_unit: child.now.unit.clone(),
            to_register: asked.to_register.clone(),
            to_edition: edition.from.to_owned(),
            to_unit: unit.code.to_owned(),
            hamlet: asked.hamlet.clone(),
            address: asked.address.clone(),
            day: asked.day.clone(),
            state: PROPOSED.to_owned(),
            why: asked.why.clone(),
            ..Move::default()
        };
        Transfer::propose(Life::of(&child.now.state), proposal(&one)).map_err(refused)?;
        let waiting = act.reading().moves_of(&book, &id).await?;
        if let Some(other) = waiting.iter().find(|other| other.state == PROPOSED) {
            return Err(Failed::Refused(format!(
                "trẻ này đã có một đề nghị chuyển chưa trả lời ({}).",
                other.id
            )));
        }
        act.add_move(&one).await?;
        let detail = serde_json::json!({"move": one.id, "state": PROPOSED, "from": one.from_unit, "to": one.to_unit, "to_register": one.to_register});
        act.finish(&id, &detail.to_string()).await?;
        open.leave().await;
        one.proposed_at.clone_from(&desk.now);
        one.proposed_by.clone_from(&desk.who);
        Ok(one.into())
    })
}

/// Answers a proposed move.
///
/// # Errors
/// [`Failed::Refused`]: no such move, it has been answered, the child stands elsewhere by now.
pub fn answer(
    desk: &mut Desk,
    id: &str,
    answer: Answer,
    why: &str,
    as_of: PartialDate,
) -> Done<Moved> {
    wait(async {
        let open = desk.open().await?;
        let book = open.book.register.clone();
        let none = || {
            Failed::Refused(format!(
                "không có đề nghị chuyển “{id}”; xem bằng treem moves."
            ))
        };
        let one = open.store.read().await?.child_move(&book, id).await?;
        let one = one.ok_or_else(none)?;
        let other = one
            .to_register
            .clone()
            .filter(|_| answer == Answer::Confirm);
        let doing = desk.doing(&book, "move", why);
        let begun = match &other {
            Some(other) => open.store.begin_over(doing, other).await?,
            None => open.store.begin(doing).await?,
        };
        let Begun::Act(mut act) = begun else {
            return Err(Failed::Refused("việc này đã được ghi rồi.".to_owned()));
        };
        // Read again under the lock.
        let one = act
            .reading()
            .child_move(&book, id)
            .await?
            .ok_or_else(none)?;
        let child = act.reading().child(&book, &one.child).await?;
        let state = Transfer::of(&one.state, proposal(&one)).ok_or_else(none)?;
        // Who receives the child answers; who proposed may withdraw.
        match answer {
            Answer::Withdraw => {
                desk.must(Deed::Move, &one.from_edition, one.from_unit.as_deref())?;
            }
            _ => desk.must(Deed::Move, &one.to_edition, Some(&one.to_unit))?,
        }
        let life = Life::of(&child.now.state);
        let next = match answer {
            Answer::Confirm => state.confirm(life, &place(&child)),
            Answer::Refuse => state.refuse(),
            Answer::Withdraw => state.withdraw(),
        }
        .map_err(refused)?;
        let to_child = other.as_ref().map(|_| desk.ids.next_id());
        act.answer_move(id, next.word(), to_child.as_deref())
            .await?;
        let detail = serde_json::json!({"move": id, "state": next.word(), "to_register": other, "to_child": to_child});
        if let (Some(other), Some(to_child)) = (&other, &to_child) {
            let there = treem_store::Doing {
                register: other.clone(),
                ..act.doing().clone()
            };
            act = over(act, as_of, (&one, &child), (there, to_child)).await?;
            let detail =
                serde_json::json!({"move": id, "from_register": book, "from_child": one.child});
            act.finish(to_child, &detail.to_string()).await?;
        } else {
            if answer == Answer::Confirm {
                within(&mut act, as_of, (&one, &child)).await?;
            }
            act.finish(&one.child, &detail.to_string()).await?;
        }
        let answered = open.store.read().await?.child_move(&book, id).await?;
        open.leave().await;
        Ok(answered.ok_or_else(none)?.into())
    })
}

/// What the record says once the child lives there.
fn there(
    again: &mut Again,
    one: &Move,
    child: &Child,
    findings: &[treem_store::child::Finding],
) -> Done<Entry> {
    let edition = unit::edition(&one.to_edition);
    let unit = edition
        .by_code(&one.to_unit)
        .ok_or_else(|| Failed::Refused("đơn vị chuyển đến không có trong danh mục.".to_owned()))?;
    let mut state = child.now.clone();
    state.edition.clone_from(&one.to_edition);
    let mut typed: Vec<Typed> = typed_unit(edition, unit);
    typed.push((Field::Hamlet, one.hamlet.clone()));
    typed.push((Field::Address, one.address.clone()));
    typed.push((Field::AddressCurrent, String::new()));
    let entry = again.entry(&state, findings, &typed);
    if entry.state.unit.as_deref() != Some(one.to_unit.as_str()) {
        return Err(anyhow::anyhow!("không đọc lại được đơn vị chuyển đến {}", one.to_unit).into());
    }
    Ok(Entry {
        id: child.id.clone(),
        source: "move".to_owned(),
        ..entry
    })
}

/// The re-check by the rules of the act's book.
async fn judge(act: &mut Act, as_of: PartialDate) -> Done<Again> {
    let book = act.doing().register.clone();
    Ok(Again::new(
        rules::in_force(act.reading(), &book).await?,
        as_of,
    ))
}

/// Within the book.
async fn within(act: &mut Act, as_of: PartialDate, (one, child): (&Move, &Child)) -> Done<()> {
    let mut again = judge(act, as_of).await?;
    let book = act.doing().register.clone();
    let findings = act.reading().findings(&book, &child.id).await?;
    let entry = there(&mut again, one, child, &findings)?;
    act.change_child("moved", child.version, &entry).await?;
    Ok(())
}

/// Into another book: closed here, opened there. Gives the act in the other book.
async fn over(
    mut act: Act,
    as_of: PartialDate,
    (one, child): (&Move, &Child),
    (doing, to_child): (treem_store::Doing, &str),
) -> Done<Act> {
    let mut again = judge(&mut act, as_of).await?;
    let book = act.doing().register.clone();
    let mut closed = Entry {
        id: child.id.clone(),
        source: "move".to_owned(),
        import: None,
        state: child.now.clone(),
        findings: act.reading().findings(&book, &child.id).await?,
    };
    MOVED.clone_into(&mut closed.state.state);
    let left = Others::of(act.reading(), &mut again, &book, (&child.id, &child.now)).await?;
    act.change_child("moved", child.version, &closed).await?;
    act.give_up_claim(&child.id).await?;
    settle(&mut act, &mut again, &book, (&child.id, vec![left])).await?;
    let detail =
        serde_json::json!({"move": one.id, "to_register": one.to_register, "to_child": to_child});
    let there_book = doing.register.clone();
    let Begun::Act(mut act) = act.go_on(&child.id, &detail.to_string(), doing).await? else {
        return Err(Failed::Refused("việc này đã được ghi rồi.".to_owned()));
    };
    let mut again = judge(&mut act, as_of).await?;
    let mut opened = there(&mut again, one, child, &[])?;
    let met = Others::of(
        act.reading(),
        &mut again,
        &there_book,
        (to_child, &opened.state),
    )
    .await?;
    let findings = met.findings(again.rules(), &opened.state, &opened.findings);
    opened = again.entry(&opened.state, &findings, &[]);
    to_child.clone_into(&mut opened.id);
    opened.source = format!("register:{book}");
    act.add_moved(&opened, (&book, &child.id)).await?;
    settle(&mut act, &mut again, &there_book, (to_child, vec![met])).await?;
    act.lost_claims().await?;
    Ok(act)
}

/// All moves, in the order they were proposed; of a unit (from or to), in a state.
///
/// # Errors
/// The register cannot be used.
pub fn list(
    desk: &Desk,
    area: Option<(&'static Edition, &'static Unit)>,
    state: Option<&str>,
) -> Done<Moves> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let (mut moves, mut last) = (Vec::new(), String::new());
        let cut = desk.area(Deed::See);
        let is_in = |edition: &str, code: &str| {
            area.is_none_or(|(of, area)| {
                of.from == edition && of.by_code(code).is_some_and(|unit| of.is_in(unit, area))
            })
        };
        loop {
            let page = tx.moves_after(&open.book.register, &last).await?;
            let Some(end) = page.last() else { break };
            last.clone_from(&end.id);
            moves.extend(
                page.into_iter()
                    .filter(|one| state.is_none_or(|state| one.state == state))
                    .filter(|one| {
                        cut.holds(&one.from_edition, one.from_unit.as_deref())
                            || cut.holds(&one.to_edition, Some(&one.to_unit))
                    })
                    .filter(|one| {
                        is_in(&one.from_edition, one.from_unit.as_deref().unwrap_or(""))
                            || is_in(&one.to_edition, &one.to_unit)
                    })
                    .map(Moved::from),
            );
        }
        Ok(Moves { moves })
    })
}
