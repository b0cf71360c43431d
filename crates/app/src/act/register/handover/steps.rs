//! `treem handover submit|approve|send|receive|sign|return|withdraw|reopen …`: one step of one list, as one act.
//!
//! In: the list, the step. Out: the list as it is then ([`Shown`]). Approving closes it: the rows are frozen and sealed in the same act.

use super::super::{Desk, Done, Failed, begin, wait};
use super::frozen::{self, heading};
use super::held::Held;
use super::show::{Shown, shown_of};
use super::{list_of, must, review};
use treem_child::handover::seal;
use treem_child::handover::step::{Basis, Step, Way};
use treem_store::Act;
use treem_store::handover::OPEN;

/// A step as a person asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// To the households.
    Review,
    /// To the commune's leader. Children who do not count any more are struck out first.
    Submit,
    /// Back from the leader.
    SendBack {
        /// Why.
        why: String,
    },
    /// Approved: closed and sealed on a day.
    Approve {
        /// By account, or a signed paper.
        basis: Basis,
        /// The day, `YYYY-MM-DD`.
        day: String,
    },
    /// To the police.
    Send {
        /// On which way.
        way: Way,
    },
    /// The police have it.
    Receive {
        /// Said by them, or their receipt.
        basis: Basis,
    },
    /// The police are done.
    Answered,
    /// The police signed.
    Sign {
        /// With an account, or what was signed.
        basis: Basis,
        /// SHA-256 of the evidence that is kept.
        evidence: Option<String>,
    },
    /// It is back.
    Return {
        /// Said by one of the two, or the minutes.
        basis: Basis,
    },
    /// It ends without answers.
    Withdraw {
        /// Why.
        why: String,
    },
    /// Back to the households, or to the police.
    Reopen {
        /// Why.
        why: String,
    },
}

impl Asked {
    fn why(&self) -> &str {
        match self {
            Self::SendBack { why } | Self::Withdraw { why } | Self::Reopen { why } => why,
            _ => "",
        }
    }
}

/// Takes a step with a list.
///
/// # Errors
/// [`Failed::Refused`]: no such list, the step cannot be taken from where it is; [`Failed::Denied`].
pub fn run(desk: &mut Desk, list: &str, asked: &Asked) -> Done<Shown> {
    let code = list_of(list)?;
    wait(async {
        let open = desk.open().await?;
        let book = open.book.register.clone();
        let doing = desk.doing(&book, "handover", asked.why());
        let mut act = begin(&open.store, doing).await?;
        let mut held = Held::of(act.reading(), &book, code).await?;
        take(desk, &mut act, &mut held, asked).await?;
        act.finish(&code.to_string(), &held.detail()).await?;
        let shown = shown_of(desk, &mut open.store.read().await?, &book, &held).await?;
        open.leave().await;
        Ok(shown)
    })
}

/// Takes a step within an act of somebody who may.
pub(in crate::act) async fn take(
    desk: &Desk,
    act: &mut Act,
    held: &mut Held,
    asked: &Asked,
) -> Done<()> {
    let step = match asked.clone() {
        Asked::Review => Step::Review,
        Asked::Submit => Step::Submit,
        Asked::SendBack { why } => Step::SendBack { why },
        Asked::Approve { basis, day } => {
            let refused = held.course.clone();
            // Said before the rows are read: a list that cannot be closed needs no seal.
            let trial = Step::Close {
                basis: basis.clone(),
                closed_on: day.clone(),
                seal: seal::of_bytes(b""),
            };
            must(desk, &trial, held.unit())?;
            super::held::try_step(refused, act, &trial)?;
            close(act, held, basis, day).await?
        }
        Asked::Send { way } => Step::Send { way },
        Asked::Receive { basis } => Step::Receive { basis },
        Asked::Answered => {
            let book = act_book(act);
            let rows = super::held::tally(act.reading(), &book, held.list.number).await?;
            Step::Answer {
                answered: rows.answered,
            }
        }
        Asked::Sign { basis, evidence } => {
            if let Some(sha256) = &evidence {
                super::evidence::is_there(act, held.list.number, sha256).await?;
            }
            Step::Sign { basis, evidence }
        }
        Asked::Return { basis } => Step::Return { basis },
        Asked::Withdraw { why } => Step::Withdraw { why },
        Asked::Reopen { why } => Step::Reopen { why },
    };
    must(desk, &step, held.unit())?;
    if step == Step::Submit && held.place().is_loose() {
        review::strike_gone(act, held).await?;
    }
    held.take(act, step).await
}

fn act_book(act: &Act) -> String {
    act.doing().register.clone()
}

/// Freezes the rows; the step that closes the list over them.
async fn close(act: &mut Act, held: &Held, basis: Basis, day: String) -> Done<Step> {
    let book = act_book(act);
    let rows = act.reading().handover_rows(&book, held.list.number).await?;
    let (frozen, gone) = frozen::now(act.reading(), &book, &rows).await?;
    if gone > 0 {
        return Err(Failed::Refused(format!(
            "{gone} trẻ trong danh sách không còn được theo dõi trong sổ (đã chết, chuyển đi, gộp hồ sơ hoặc nhập nhầm). Trả lại để rà soát, rồi trình lại: những dòng ấy được loại khi trình."
        )));
    }
    let heading = heading(&book, held, &day);
    let digest = seal::digest(&heading, &frozen);
    let mut kept = Vec::with_capacity(frozen.len());
    for row in &frozen {
        let text = serde_json::to_string(row).map_err(anyhow::Error::from)?;
        kept.push((i64::from(row.code.number()), text));
    }
    debug_assert_eq!(
        kept.len(),
        rows.iter().filter(|row| row.state == OPEN).count()
    );
    let closing = held.list.closing.saturating_add(1);
    act.freeze_handover(held.list.number, closing, &kept)
        .await?;
    Ok(Step::Close {
        basis,
        closed_on: day,
        seal: digest,
    })
}
