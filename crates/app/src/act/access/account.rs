//! What a person does with their own account: password, second factor, sessions; and a one-time link.
//!
//! In: a desk at which the person sits, their id. Out: the account as it is. Guesses of the present password are counted as those of
//! signing in.

use super::super::register::{Book, Desk, Done, Failed, begin, wait};
use super::secret::{self, Cost};
use super::{after, sign_in};
use crate::limits;
use treem_store::person::{ACTIVE, Person};
use treem_store::session::Now;

/// A session of one's own.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Mine {
    /// Its id.
    pub session: String,
    /// Since when.
    pub created_at: String,
    /// Last seen.
    pub seen_at: String,
    /// The browser.
    pub agent: String,
}

/// A second factor that is offered; it is on once a code of it was typed ([`second_on`]).
pub struct Offered {
    /// The secret, in base 32, for typing.
    pub secret: String,
    /// What the QR code says.
    pub address: String,
}

async fn person_of(open: &Book, id: &str) -> Done<Person> {
    let found = open
        .store
        .read()
        .await?
        .person(&open.book.register, id)
        .await?;
    found
        .filter(|person| person.state == ACTIVE)
        .ok_or_else(|| Failed::Refused("không có tài khoản này.".to_owned()))
}

/// Sessions of a person, the latest first.
///
/// # Errors
/// The register's.
pub fn sessions(desk: &Desk, person: &str) -> Done<Vec<Mine>> {
    wait(async {
        let open = desk.open().await?;
        let idle = after(&desk.now, -limits::SESSION_IDLE_MINUTES.saturating_mul(60))?;
        let now = Now {
            at: &desk.now,
            idle: &idle,
        };
        let mut tx = open.store.read().await?;
        let held = tx.sessions_of(&open.book.register, person, now).await?;
        Ok(held
            .into_iter()
            .map(|one| Mine {
                session: one.id,
                created_at: one.created_at,
                seen_at: one.seen_at,
                agent: one.agent,
            })
            .collect())
    })
}

/// Ends one session of a person.
///
/// # Errors
/// [`Failed::Refused`]: it has ended, or is not theirs.
pub fn end_session(desk: &Desk, person: &str, session: &str) -> Done<()> {
    wait(async {
        let open = desk.open().await?;
        let of = (session, person);
        let ended = open
            .store
            .end_session(&open.book.register, of, &desk.now)
            .await?;
        if ended {
            Ok(())
        } else {
            Err(Failed::Refused(
                "phiên làm việc này đã kết thúc.".to_owned(),
            ))
        }
    })
}

/// Changes the password; all other sessions of the person end.
///
/// # Errors
/// [`Failed::Refused`]: the present one is wrong, the new one is poor or the same.
pub fn change_password(
    desk: &mut Desk,
    (person, session): (&str, &str),
    (old, new): (&str, &str),
    (salt, cost): ([u8; 32], Cost),
) -> Done<()> {
    wait(async {
        let open = desk.open().await?;
        let person = person_of(&open, person).await?;
        if let Some(sentence) = secret::refused(new, &person.name) {
            return Err(Failed::Refused(sentence));
        }
        if old == new {
            return Err(Failed::Refused(
                "mật khẩu mới phải khác mật khẩu hiện nay.".to_owned(),
            ));
        }
        sign_in::check(&open, desk, &person, old, cost).await?;
        set_password(desk, &open, &person, (new, salt, cost), "password-changed").await?;
        let book = &open.book.register;
        open.store
            .end_sessions(book, &person.id, session, &desk.now)
            .await?;
        Ok(())
    })
}

async fn set_password(
    desk: &mut Desk,
    open: &Book,
    person: &Person,
    (new, salt, cost): (&str, [u8; 32], Cost),
    word: &str,
) -> Done<()> {
    let hash = hashed(new, &salt, cost)?;
    let doing = desk.doing(&open.book.register, word, "");
    let mut act = begin(&open.store, doing).await?;
    act.set_password(&person.id, &hash, false).await?;
    act.finish(&person.id, "{}").await?;
    Ok(())
}

fn hashed(password: &str, salt: &[u8; 32], cost: Cost) -> Done<String> {
    secret::hash(password, salt, cost)
        .ok_or_else(|| Failed::Broken(anyhow::anyhow!("không tính được mã băm của mật khẩu")))
}

/// Offers a second factor made of chance.
pub fn second(name: &str, chance: &[u8; 32]) -> Offered {
    offered(name, &secret::second(chance))
}

/// The same offer again, by its secret.
pub fn offered(name: &str, secret: &str) -> Offered {
    Offered {
        address: secret::second_address(secret, name),
        secret: secret.to_owned(),
    }
}

/// Turns the second factor on: the person has typed a code of the offered secret, and the password.
///
/// # Errors
/// [`Failed::Refused`]: the code or the password is wrong.
pub fn second_on(
    desk: &mut Desk,
    (person, session): (&str, &str),
    (offered, code, password): (&str, &str, &str),
    cost: Cost,
) -> Done<()> {
    wait(async {
        let open = desk.open().await?;
        let person = person_of(&open, person).await?;
        let Some(step) = secret::step_of(offered, code, &desk.now) else {
            return Err(Failed::Refused(
                "mã không đúng; hãy xem lại giờ của điện thoại rồi nhập mã 6 số đang hiện."
                    .to_owned(),
            ));
        };
        sign_in::check(&open, desk, &person, password, cost).await?;
        let doing = desk.doing(&open.book.register, "totp-on", "");
        let mut act = begin(&open.store, doing).await?;
        act.set_totp(&person.id, Some(offered), step).await?;
        act.finish(&person.id, "{}").await?;
        let book = &open.book.register;
        open.store
            .end_sessions(book, &person.id, session, &desk.now)
            .await?;
        Ok(())
    })
}

/// Turns the second factor off, against the password.
///
/// # Errors
/// [`Failed::Refused`]: the password is wrong, or it was not on.
pub fn second_off(desk: &mut Desk, person: &str, password: &str, cost: Cost) -> Done<()> {
    wait(async {
        let open = desk.open().await?;
        let person = person_of(&open, person).await?;
        if person.totp.is_none() {
            return Err(Failed::Refused("lớp bảo vệ thứ hai đang tắt.".to_owned()));
        }
        sign_in::check(&open, desk, &person, password, cost).await?;
        let doing = desk.doing(&open.book.register, "totp-off", "");
        let mut act = begin(&open.store, doing).await?;
        act.set_totp(&person.id, None, 0).await?;
        act.finish(&person.id, "{}").await?;
        Ok(())
    })
}

/// Whose one-time link it is: sign-in name and shown name; `None` where it was used or is too old.
///
/// # Errors
/// The register's.
pub fn whose_link(desk: &Desk, link: &str) -> Done<Option<(String, String)>> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let Some(id) = tx.link_of(book, &secret::kept(link), &desk.now).await? else {
            return Ok(None);
        };
        let person = tx.person(book, &id).await?;
        Ok(person
            .filter(|person| person.state == ACTIVE)
            .map(|person| (person.name, person.shown)))
    })
}

/// Sets a password by a one-time link. All sessions of the person end; the second factor stays as it is. Gives the sign-in name.
///
/// # Errors
/// [`Failed::Refused`]: the link was used or is too old, the password is poor.
pub fn use_link(
    desk: &mut Desk,
    link: &str,
    new: &str,
    (salt, cost): ([u8; 32], Cost),
) -> Done<String> {
    wait(async {
        let open = desk.open().await?;
        let book = open.book.register.clone();
        let spent = || {
            Failed::Refused(
                "liên kết này đã được dùng hoặc đã hết hạn; hãy đề nghị người quản trị gửi liên kết mới."
                    .to_owned(),
            )
        };
        let kept = secret::kept(link);
        let id = open
            .store
            .read()
            .await?
            .link_of(&book, &kept, &desk.now)
            .await?;
        let person = person_of(&open, &id.ok_or_else(spent)?).await?;
        if let Some(sentence) = secret::refused(new, &person.name) {
            return Err(Failed::Refused(sentence));
        }
        let hash = hashed(new, &salt, cost)?;
        person.name.clone_into(&mut desk.who);
        person.office.clone_into(&mut desk.office);
        let mut act = begin(&open.store, desk.doing(&book, "link-used", "")).await?;
        if !act.use_link(&kept).await? {
            return Err(spent());
        }
        act.set_password(&person.id, &hash, false).await?;
        act.finish(&person.id, "{}").await?;
        open.store
            .end_sessions(&book, &person.id, "", &desk.now)
            .await?;
        open.leave().await;
        Ok(person.name)
    })
}
