//! Signing in and out, and who a session's token means.
//!
//! In: what was typed, from which address, chance for the token. Out: [`SignedIn`], [`Who`]. An attempt is counted before it is looked at,
//! so that many at once cannot pass together; the count stands in the register and survives a restart. An unknown name costs the same work
//! and is told the same sentence as a wrong password.

use super::super::register::{Book, Desk, Done, Failed, wait};
use super::secret::{self, Cost};
use super::{after, grants_of, look, seconds_between};
use crate::access::Grants;
use crate::limits;
use std::net::IpAddr;
use treem_store::Tx;
use treem_store::person::{ACTIVE, Person};
use treem_store::session::{CODE, Counted, Now, Session, WHOLE};

/// What was typed.
pub struct Asked<'a> {
    /// Sign-in name.
    pub name: &'a str,
    /// Password.
    pub password: &'a str,
    /// The address it comes from.
    pub address: IpAddr,
    /// What the browser calls itself.
    pub agent: &'a str,
}

/// A session that has begun.
#[derive(Debug)]
pub struct SignedIn {
    /// The token of the session, for the cookie. It is kept nowhere else.
    pub token: String,
    /// The code of the second factor is still asked for ([`code`]); until then the session allows nothing else.
    pub needs_code: bool,
    /// The password has to be changed first.
    pub must_change: bool,
}

/// Who a token means.
#[derive(Clone, Debug)]
pub struct Who {
    /// Id of the person.
    pub person: String,
    /// Id of the session; no secret.
    pub session: String,
    /// Sign-in name.
    pub name: String,
    /// Shown name.
    pub shown: String,
    /// Office.
    pub office: String,
    /// Code of the first role; `none` without any.
    pub role: String,
    /// What the person may do where; nothing while a code is asked for.
    pub grants: Grants,
    /// The code of the second factor is still asked for.
    pub needs_code: bool,
    /// The password has to be changed first.
    pub must_change: bool,
    /// The second factor is on.
    pub second: bool,
}

/// One sentence for all that went wrong with name and password.
const WRONG: &str =
    "tên đăng nhập hoặc mật khẩu không đúng; hãy xem lại chữ hoa, chữ thường và bộ gõ tiếng Việt.";

/// A sign-in name as it is kept: small letters, without spaces around it.
pub fn name_key(name: &str) -> String {
    name.trim().to_lowercase()
}

/// The failures that are counted together.
struct Counts([(&'static str, String); 2]);

impl Counts {
    fn of(name: &str, address: IpAddr) -> Self {
        // One household or office has a whole /64 of the new addresses.
        let place = match address {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => match address.to_ipv4_mapped() {
                Some(address) => address.to_string(),
                None => format!("{:016x}", address.to_bits() >> 64),
            },
        };
        Self([
            ("name", secret::kept(&name_key(name))),
            ("address", secret::kept(&place)),
        ])
    }

    fn all(&self) -> [Counted<'_>; 2] {
        let [name, address] = &self.0;
        [name, address].map(|(kind, what)| Counted { kind, what })
    }

    fn name(&self) -> [Counted<'_>; 1] {
        let [name, _] = &self.0;
        [Counted {
            kind: name.0,
            what: &name.1,
        }]
    }
}

/// Seconds to wait after so many failures: none at first, then doubling, up to the longest.
fn wait_after(kind: &str, failures: i64) -> i64 {
    let free = if kind == "name" {
        limits::SIGN_IN_NAME
    } else {
        limits::SIGN_IN_ADDRESS
    };
    let beyond = failures.saturating_sub(free);
    if beyond < 0 {
        return 0;
    }
    let doubled = u32::try_from(beyond)
        .ok()
        .and_then(|times| limits::SIGN_IN_WAIT.checked_shl(times.min(20)));
    doubled.map_or(limits::SIGN_IN_LONGEST, |seconds| {
        seconds.min(limits::SIGN_IN_LONGEST)
    })
}

/// Counts an attempt, or says how long to wait.
async fn charge(open: &Book, desk: &Desk, counts: &[Counted<'_>]) -> Done<()> {
    let now = desk.now.clone();
    let next = move |kind: &str, failures: i64| match wait_after(kind, failures) {
        0 => now.clone(),
        seconds => after(&now, seconds).unwrap_or_else(|_| now.clone()),
    };
    let book = &open.book.register;
    match open.store.charge(book, counts, &desk.now, &next).await? {
        None => Ok(()),
        Some(until) => {
            let minutes = seconds_between(&desk.now, &until).max(1).saturating_add(59) / 60;
            Err(Failed::Refused(format!(
                "đã sai nhiều lần liên tiếp; hãy thử lại sau {minutes} phút. Quên mật khẩu thì đề nghị người quản trị gửi liên kết đặt lại."
            )))
        }
    }
}

/// Checks the password of somebody who is signed in, with the same counting.
pub(super) async fn check(
    open: &Book,
    desk: &Desk,
    person: &Person,
    password: &str,
    cost: Cost,
) -> Done<()> {
    let counts = Counts::of(&person.name, IpAddr::from([0, 0, 0, 0]));
    charge(open, desk, &counts.name()).await?;
    if !fits(password) || !secret::agrees(password, &person.password, cost) {
        return Err(Failed::Refused("mật khẩu hiện nay không đúng.".to_owned()));
    }
    open.store
        .forgive(&open.book.register, &counts.name())
        .await?;
    Ok(())
}

fn fits(password: &str) -> bool {
    password.len() <= limits::PASSWORD_BYTES
}

/// Signs in. `chance` becomes the token; `cost` is that of a hash for a name that is not known.
///
/// # Errors
/// [`Failed::Refused`]: wrong, locked, to wait.
pub fn sign_in(desk: &mut Desk, asked: &Asked<'_>, chance: [u8; 32], cost: Cost) -> Done<SignedIn> {
    wait(async {
        let open = desk.open().await?;
        let book = open.book.register.clone();
        let counts = Counts::of(asked.name, asked.address);
        charge(&open, desk, &counts.all()).await?;
        let mut tx = open.store.read().await?;
        let person = tx.person_named(&book, &name_key(asked.name)).await?;
        drop(tx);
        let kept = person
            .as_ref()
            .map_or("", |person| person.password.as_str());
        // The work is done in any case.
        let right = secret::agrees(
            if fits(asked.password) {
                asked.password
            } else {
                ""
            },
            kept,
            cost,
        ) && fits(asked.password);
        let Some(person) = person.filter(|_| right) else {
            return Err(Failed::Refused(WRONG.to_owned()));
        };
        if person.state != ACTIVE {
            look::sign_in(desk, &open, &person, false).await?;
            return Err(Failed::Refused(
                "tài khoản này đang bị khóa; hãy liên hệ người quản trị.".to_owned(),
            ));
        }
        let needs_code = person.totp.is_some();
        if !needs_code {
            open.store.forgive(&book, &counts.all()).await?;
        }
        let before = after(&desk.now, -limits::ATTEMPT_DAYS.saturating_mul(86_400))?;
        open.store.forget(&book, &before).await?;
        let begun = begin(desk, &open, &person, (asked.agent, needs_code), chance).await?;
        look::sign_in(desk, &open, &person, true).await?;
        Ok(begun)
    })
}

/// Begins a session.
async fn begin(
    desk: &mut Desk,
    open: &Book,
    person: &Person,
    (agent, needs_code): (&str, bool),
    chance: [u8; 32],
) -> Done<SignedIn> {
    let token = secret::hex(&chance);
    let seconds = if needs_code {
        limits::CODE_MINUTES.saturating_mul(60)
    } else {
        limits::SESSION_HOURS.saturating_mul(3_600)
    };
    let session = Session {
        id: desk.ids.next_id(),
        person: person.id.clone(),
        step: if needs_code { CODE } else { WHOLE }.to_owned(),
        created_at: desk.now.clone(),
        seen_at: desk.now.clone(),
        ends_at: after(&desk.now, seconds)?,
        agent: agent.chars().take(limits::ACCOUNT_LETTERS).collect(),
    };
    let kept = secret::kept(&token);
    open.store
        .add_session(&open.book.register, &kept, &session)
        .await?;
    Ok(SignedIn {
        token,
        needs_code,
        must_change: person.must_change,
    })
}

/// Takes the code of the second factor; the session goes on under a new token. A code is taken once.
///
/// # Errors
/// [`Failed::Refused`]: wrong, used, too late, to wait.
pub fn code(
    desk: &mut Desk,
    token: &str,
    typed: &str,
    address: IpAddr,
    chance: [u8; 32],
) -> Done<SignedIn> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.clone();
        let found = session(&mut tx, desk, &book, token).await?;
        drop(tx);
        let Some((held, person)) = found.filter(|(held, _)| held.step == CODE) else {
            return Err(Failed::Refused(
                "đã quá giờ nhập mã; hãy đăng nhập lại.".to_owned(),
            ));
        };
        let counts = Counts::of(&person.name, address);
        charge(&open, desk, &counts.all()).await?;
        let step = person
            .totp
            .as_deref()
            .and_then(|secret| secret::step_of(secret, typed, &desk.now));
        let taken = match step {
            Some(step) => open.store.take_step(&book, &person.id, step).await?,
            None => false,
        };
        if !taken {
            return Err(Failed::Refused(
                "mã không đúng hoặc đã dùng; hãy nhập mã 6 số đang hiện trên điện thoại."
                    .to_owned(),
            ));
        }
        open.store.forgive(&book, &counts.all()).await?;
        let ended = (held.id.as_str(), person.id.as_str());
        open.store.end_session(&book, ended, &desk.now).await?;
        begin(desk, &open, &person, (&held.agent, false), chance).await
    })
}

/// The session of a token and its person, where both go on.
async fn session(
    tx: &mut Tx,
    desk: &Desk,
    book: &str,
    token: &str,
) -> Done<Option<(Session, Person)>> {
    let idle = after(&desk.now, -limits::SESSION_IDLE_MINUTES.saturating_mul(60))?;
    let now = Now {
        at: &desk.now,
        idle: &idle,
    };
    let Some(held) = tx.session_of(book, &secret::kept(token), now).await? else {
        return Ok(None);
    };
    let person = tx.person(book, &held.person).await?;
    Ok(person
        .filter(|person| person.state == ACTIVE)
        .map(|person| (held, person)))
}

/// Who a token means; `None`: nobody (ended, expired, unused too long, locked).
///
/// # Errors
/// The register's.
pub fn who(desk: &Desk, token: &str) -> Done<Option<Who>> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let Some((held, person)) = session(&mut tx, desk, book, token).await? else {
            return Ok(None);
        };
        let needs_code = held.step == CODE;
        let grants = if needs_code {
            Grants::default()
        } else {
            grants_of(&mut tx, book, &person.id).await?
        };
        drop(tx);
        if seconds_between(&held.seen_at, &desk.now) >= limits::SESSION_SEEN_SECONDS {
            let seen = (held.id.as_str(), desk.now.as_str());
            desk.log.seen(&open.store, book, seen).await?;
        }
        let first = grants.all().first();
        Ok(Some(Who {
            role: first.map_or("none", |grant| grant.role.code()).to_owned(),
            person: person.id,
            session: held.id,
            name: person.name,
            shown: person.shown,
            office: person.office,
            grants,
            needs_code,
            must_change: person.must_change,
            second: person.totp.is_some(),
        }))
    })
}

/// Signs out: the token is worth nothing from now on.
///
/// # Errors
/// The register's.
pub fn sign_out(desk: &Desk, token: &str) -> Done<()> {
    wait(async {
        let open = desk.open().await?;
        let book = open.book.register.as_str();
        let found = session(&mut open.store.read().await?, desk, book, token).await?;
        if let Some((held, person)) = found {
            let of = (held.id.as_str(), person.id.as_str());
            open.store.end_session(book, of, &desk.now).await?;
        }
        Ok(())
    })
}
