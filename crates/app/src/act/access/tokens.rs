//! Tokens of applications: made with a role over an area, ended; who a token means.
//!
//! In: a desk of somebody who keeps accounts. Out: the token, once; afterwards only that it exists.

use super::super::register::{Desk, Done, Failed, begin, wait};
use super::people::{Given, given};
use super::{after, grants_of, secret};
use crate::access::{Area, Deed, Grants, Role};
use crate::limits;

/// What tokens begin with, so that one is known for what it is wherever it turns up.
const PREFIX: &str = "treem_";

/// A token that was made.
#[derive(Debug, serde::Serialize)]
pub struct Made {
    /// Its id.
    pub id: String,
    /// The token itself: shown once.
    pub token: String,
    /// Until when.
    pub until: String,
}

/// A token in the list.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Listed {
    /// Its id.
    pub id: String,
    /// The application.
    pub name: String,
    /// Since when.
    pub made_at: String,
    /// By whom.
    pub made_by: String,
    /// Until when.
    pub until: String,
    /// When it was ended.
    pub ended_at: Option<String>,
    /// Its roles.
    pub grants: Vec<Given>,
}

/// All tokens.
#[derive(Debug, serde::Serialize)]
pub struct Tokens {
    /// The oldest first.
    pub tokens: Vec<Listed>,
}

/// Makes a token.
///
/// # Errors
/// [`Failed::Denied`]: does not keep all accounts; [`Failed::Refused`]: no name, too long a time.
pub fn make(
    desk: &mut Desk,
    name: &str,
    (role, area): (Role, &Area),
    days: i64,
    chance: [u8; 32],
) -> Done<Made> {
    wait(async {
        desk.must_whole(Deed::Accounts)?;
        let name = name.trim();
        if name.is_empty() || name.chars().count() > limits::ACCOUNT_LETTERS {
            return Err(Failed::Refused(format!(
                "hãy ghi tên ứng dụng, không quá {} chữ.",
                limits::ACCOUNT_LETTERS
            )));
        }
        if !(1..=limits::TOKEN_DAYS).contains(&days) {
            return Err(Failed::Refused(format!(
                "thời hạn từ 1 đến {} ngày.",
                limits::TOKEN_DAYS
            )));
        }
        let open = desk.open().await?;
        let until = after(&desk.now, days.saturating_mul(86_400))?;
        let token = format!("{PREFIX}{}", secret::hex(&chance));
        let (id, grant) = (desk.ids.next_id(), desk.ids.next_id());
        let doing = desk.doing(&open.book.register, "token-made", "");
        let mut act = begin(&open.store, doing).await?;
        act.add_token(&id, &secret::kept(&token), name, &until)
            .await?;
        let unit = area.unit();
        act.add_grant(&grant, &id, role.code(), unit).await?;
        let detail = serde_json::json!({"name": name, "role": role.code(), "edition": unit.map(|of| of.0), "unit": unit.map(|of| of.1)});
        act.finish(&id, &detail.to_string()).await?;
        open.leave().await;
        Ok(Made { id, token, until })
    })
}

/// Ends a token.
///
/// # Errors
/// [`Failed::Denied`]; [`Failed::Refused`]: it has ended.
pub fn end(desk: &mut Desk, id: &str) -> Done<()> {
    wait(async {
        desk.must_whole(Deed::Accounts)?;
        let open = desk.open().await?;
        let doing = desk.doing(&open.book.register, "token-ended", "");
        let mut act = begin(&open.store, doing).await?;
        if !act.end_token(id).await? {
            return Err(Failed::Refused(
                "không có mã ứng dụng này, hoặc nó đã được thu lại.".to_owned(),
            ));
        }
        act.finish(id, "{}").await?;
        open.leave().await;
        Ok(())
    })
}

/// All tokens with their roles.
///
/// # Errors
/// [`Failed::Denied`].
pub fn list(desk: &Desk) -> Done<Tokens> {
    wait(async {
        desk.must_whole(Deed::Accounts)?;
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let (tokens, held) = (tx.tokens(book).await?, tx.grants(book).await?);
        let day = desk.now.get(..10).unwrap_or_default();
        let tokens = tokens.into_iter().map(|one| Listed {
            grants: held
                .iter()
                .filter(|held| held.holder == one.id)
                .map(|held| given(held, day))
                .collect(),
            id: one.id,
            name: one.name,
            made_at: one.made_at,
            made_by: one.made_by,
            until: one.ends_at,
            ended_at: one.ended_at,
        });
        Ok(Tokens {
            tokens: tokens.collect(),
        })
    })
}

/// The application of a token and what it may do where; `None`: no such token, or it has ended.
///
/// # Errors
/// The register's.
pub fn who(desk: &Desk, token: &str) -> Done<Option<(String, Grants)>> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let Some(one) = tx.token_of(book, &secret::kept(token), &desk.now).await? else {
            return Ok(None);
        };
        let grants = grants_of(&mut tx, book, &one.id).await?;
        Ok(Some((one.name, grants)))
    })
}
