//! People and their access: signing in, sessions, accounts, roles over areas, tokens of applications, who looked.
//!
//! In: a [`Desk`](super::register::Desk); clock and chance are its own or parameters. Out: what each act came to. What changes people
//! is a link of the book's chain; secrets are kept as hashes and never in a detail.

pub mod account;
pub mod log;
pub mod look;
pub mod people;
pub mod places;
pub mod secret;
pub mod sign_in;
pub mod tokens;

use super::register::{Done, Failed, stamp};
use crate::access::{Area, Grant, Grants, Role};
use treem_store::Tx;

/// A moment some seconds after another (or before, where negative).
fn after(now: &str, seconds: i64) -> Done<String> {
    let moment = now.parse::<jiff::Timestamp>().ok();
    let moment = moment.and_then(|now| {
        now.checked_add(jiff::SignedDuration::from_secs(seconds))
            .ok()
    });
    moment
        .map(stamp)
        .ok_or_else(|| Failed::Broken(anyhow::anyhow!("giờ của máy không dùng được")))
}

/// Seconds from one moment to another.
fn seconds_between(from: &str, to: &str) -> i64 {
    let parsed = |text: &str| text.parse::<jiff::Timestamp>().ok();
    match (parsed(from), parsed(to)) {
        (Some(from), Some(to)) => to.as_second().saturating_sub(from.as_second()),
        _ => 0,
    }
}

/// The roles of a person or a token. What this program does not know counts for nothing.
async fn grants_of(tx: &mut Tx, book: &str, holder: &str) -> Done<Grants> {
    let held = tx.grants_of(book, holder).await?;
    let all = held.iter().filter_map(grant_of).collect();
    Ok(Grants::new(holder, all))
}

/// A role as it is written down.
fn grant_of(held: &treem_store::person::Held) -> Option<Grant> {
    let area = match (&held.edition, &held.unit) {
        (None, None) => Area::Whole,
        (Some(edition), Some(unit)) => Area::of(edition, unit)?,
        _ => return None,
    };
    Some(Grant {
        role: Role::from_code(&held.role)?,
        area,
    })
}

#[cfg(test)]
mod tests;
