//! Accounts: made, locked, unlocked; roles over areas given and taken; one-time links.
//!
//! In: a desk of somebody who keeps accounts. Out: what it came to. Whoever keeps the accounts of an area gives roles inside it alone, and
//! none to themselves.

use super::super::register::{Book, Desk, Done, Failed, begin, wait};
use super::{after, grant_of, secret, sign_in};
use crate::access::{Area, Deed, Role};
use crate::limits;
use treem_store::person::{ACTIVE, Held, LOCKED, Person};

/// A new person.
pub struct New<'a> {
    /// Sign-in name.
    pub name: &'a str,
    /// Shown name.
    pub shown: &'a str,
    /// Office.
    pub office: &'a str,
    /// The first role.
    pub role: Role,
    /// Its area.
    pub area: Area,
}

/// What it came to.
#[derive(Debug, serde::Serialize)]
pub struct Made {
    /// Id of the person.
    pub person: String,
    /// Sign-in name.
    pub name: String,
    /// Secret of the one-time link: shown once, to whoever made it.
    pub link: String,
    /// Until when it can be used.
    pub until: String,
}

/// A role of a person.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Given {
    /// Its id.
    pub grant: String,
    /// Code of the role.
    pub role: String,
    /// Name of the role.
    pub role_name: String,
    /// Edition of the unit; none: the whole book.
    pub edition: Option<String>,
    /// Code of the unit.
    pub unit: Option<String>,
    /// What people read.
    pub area: String,
    /// Since when.
    pub since: String,
    /// By whom.
    pub by: String,
}

/// A person in the list.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Listed {
    /// Id.
    pub person: String,
    /// Sign-in name.
    pub name: String,
    /// Shown name.
    pub shown: String,
    /// Office.
    pub office: String,
    /// May not sign in.
    pub locked: bool,
    /// A password was set.
    pub ready: bool,
    /// The second factor is on.
    pub second: bool,
    /// Roles.
    pub grants: Vec<Given>,
}

/// People, by sign-in name.
#[derive(Debug, serde::Serialize)]
pub struct People {
    /// The people.
    pub people: Vec<Listed>,
}

/// Sign-in name of the first administrator.
pub const FIRST: &str = "quantri";

/// A role as it is shown. `day`: by which edition the role is named.
pub(super) fn given(held: &Held, day: &str) -> Given {
    let known = grant_of(held);
    let role_name = Role::from_code(&held.role).map_or("không rõ", |role| role.name(day));
    Given {
        grant: held.id.clone(),
        role: held.role.clone(),
        role_name: role_name.to_owned(),
        edition: held.edition.clone(),
        unit: held.unit.clone(),
        area: known.map_or_else(String::new, |grant| grant.area.name()),
        since: held.given_at.clone(),
        by: held.given_by.clone(),
    }
}

/// Everybody; those who keep an area's accounts see whoever has a role in it.
///
/// # Errors
/// [`Failed::Denied`]: keeps no accounts.
pub fn list(desk: &Desk) -> Done<People> {
    wait(async {
        let cut = desk.area(Deed::Accounts);
        desk.must_somewhere(Deed::Accounts)?;
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let (persons, held) = (tx.persons(book).await?, tx.grants(book).await?);
        let day = desk.now.get(..10).unwrap_or_default();
        let mut people = Vec::new();
        for person in persons {
            let own = held.iter().filter(|held| held.holder == person.id);
            let inside = |held: &&Held| {
                let unit = held.edition.as_deref().zip(held.unit.as_deref());
                unit.map_or(cut.is_whole(), |(edition, unit)| {
                    cut.holds(edition, Some(unit))
                })
            };
            if cut.is_whole() || own.clone().any(|held| inside(&held)) {
                people.push(Listed {
                    grants: own.map(|held| given(held, day)).collect(),
                    locked: person.state != ACTIVE,
                    ready: !person.password.is_empty(),
                    second: person.totp.is_some(),
                    person: person.id,
                    name: person.name,
                    shown: person.shown,
                    office: person.office,
                });
            }
        }
        Ok(People { people })
    })
}

/// One of them, by id.
///
/// # Errors
/// As [`list`]; [`Failed::Refused`]: nobody of that id whom this desk may see.
pub fn one(desk: &Desk, id: &str) -> Done<Listed> {
    let found = list(desk)?.people.into_iter().find(|one| one.person == id);
    found.ok_or_else(|| Failed::Refused("không có tài khoản này.".to_owned()))
}

/// Whether this desk may give or take a role over an area.
fn must_over(desk: &Desk, area: &Area) -> Done<()> {
    match area.unit() {
        None => desk.must_whole(Deed::Accounts),
        Some((edition, unit)) => desk.must(Deed::Accounts, edition, Some(unit)),
    }
}

/// Whether this desk may change a person: over all their roles, and it is not themselves.
async fn must_person(desk: &Desk, open: &Book, person: &Person) -> Done<()> {
    let Some(grants) = &desk.grants else {
        return Ok(());
    };
    if grants.holder == person.id {
        return Err(Failed::Refused(
            "không tự thay đổi tài khoản, quyền của chính mình được; hãy đề nghị một người quản trị khác."
                .to_owned(),
        ));
    }
    let book = open.book.register.as_str();
    let held = open.store.read().await?.grants_of(book, &person.id).await?;
    if held.is_empty() {
        return desk.must_whole(Deed::Accounts);
    }
    for one in &held {
        let area = grant_of(one).map_or(Area::Whole, |grant| grant.area);
        must_over(desk, &area)?;
    }
    Ok(())
}

/// The person of an id or a sign-in name.
async fn find(open: &Book, who: &str) -> Done<Person> {
    let book = open.book.register.as_str();
    let mut tx = open.store.read().await?;
    if let Some(person) = tx.person(book, who).await? {
        return Ok(person);
    }
    tx.person_named(book, &sign_in::name_key(who))
        .await?
        .ok_or_else(|| {
            Failed::Refused(format!(
                "không có tài khoản “{}”.",
                who.chars()
                    .take(limits::ACCOUNT_LETTERS)
                    .collect::<String>()
            ))
        })
}

/// What is wrong with a sign-in name.
fn poor_name(name: &str) -> Option<&'static str> {
    let letters = name.chars().count();
    let fits =
        |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_');
    if !(3..=40).contains(&letters) || !name.chars().all(fits) {
        return Some(
            "tên đăng nhập gồm 3 đến 40 chữ cái không dấu, chữ số, dấu chấm, gạch nối, ví dụ hothibich.taru.",
        );
    }
    None
}

fn poor_text(text: &str, what: &str) -> Done<()> {
    if text.chars().count() > limits::ACCOUNT_LETTERS || text.chars().any(char::is_control) {
        return Err(Failed::Refused(format!(
            "{what} dài quá {} chữ hoặc có ký tự lạ.",
            limits::ACCOUNT_LETTERS
        )));
    }
    Ok(())
}

/// Makes an account with its first role and a one-time link.
///
/// # Errors
/// [`Failed::Denied`]: no accounts of that area; [`Failed::Refused`]: the name is taken or none.
pub fn add(desk: &mut Desk, new: &New<'_>, chance: [u8; 32]) -> Done<Made> {
    wait(async {
        must_over(desk, &new.area)?;
        let name = sign_in::name_key(new.name);
        if let Some(sentence) = poor_name(&name) {
            return Err(Failed::Refused(sentence.to_owned()));
        }
        if new.shown.trim().is_empty() {
            return Err(Failed::Refused(
                "hãy ghi họ tên để người khác biết ai làm việc.".to_owned(),
            ));
        }
        poor_text(new.shown, "họ tên")?;
        poor_text(new.office, "cơ quan")?;
        let open = desk.open().await?;
        let made = make(desk, &open, new, &name, chance).await?;
        open.leave().await;
        Ok(made)
    })
}

async fn make(
    desk: &mut Desk,
    open: &Book,
    new: &New<'_>,
    name: &str,
    chance: [u8; 32],
) -> Done<Made> {
    let id = desk.ids.next_id();
    let grant = desk.ids.next_id();
    let doing = desk.doing(&open.book.register, "person-added", "");
    let mut act = begin(&open.store, doing).await?;
    let says = (new.shown.trim(), new.office.trim());
    if !act.add_person(&id, name, says).await? {
        return Err(Failed::Refused(format!(
            "đã có tài khoản “{name}”; hãy chọn tên khác."
        )));
    }
    let unit = new.area.unit();
    act.add_grant(&grant, &id, new.role.code(), unit).await?;
    let (link, until) = link_of(desk, &chance)?;
    act.add_link(&secret::kept(&link), &id, &until).await?;
    let detail = serde_json::json!({"name": name, "role": new.role.code(), "edition": unit.map(|of| of.0), "unit": unit.map(|of| of.1)});
    act.finish(&id, &detail.to_string()).await?;
    Ok(Made {
        person: id,
        name: name.to_owned(),
        link,
        until,
    })
}

/// A link's secret, and until when it can be used.
fn link_of(desk: &Desk, chance: &[u8; 32]) -> Done<(String, String)> {
    let until = after(&desk.now, limits::LINK_HOURS.saturating_mul(3_600))?;
    Ok((secret::hex(chance), until))
}

/// The one-time link of the first administrator, where nobody has set a password yet; made anew at each start until somebody has.
///
/// # Errors
/// The register's.
pub fn first_link(desk: &mut Desk, chance: [u8; 32]) -> Done<Option<String>> {
    wait(async {
        let open = desk.open().await?;
        let book = open.book.register.clone();
        let persons = open.store.read().await?.persons(&book).await?;
        if persons.iter().any(|person| !person.password.is_empty()) {
            return Ok(None);
        }
        if let Some(person) = persons.iter().find(|person| person.name == FIRST) {
            return Ok(Some(anew(desk, &open, person, chance).await?.link));
        }
        let new = New {
            name: FIRST,
            shown: "Quản trị hệ thống",
            office: "",
            role: Role::Administrator,
            area: Area::Whole,
        };
        Ok(Some(make(desk, &open, &new, FIRST, chance).await?.link))
    })
}

async fn anew(desk: &mut Desk, open: &Book, person: &Person, chance: [u8; 32]) -> Done<Made> {
    let (link, until) = link_of(desk, &chance)?;
    let doing = desk.doing(&open.book.register, "link-made", "");
    let mut act = begin(&open.store, doing).await?;
    act.add_link(&secret::kept(&link), &person.id, &until)
        .await?;
    act.finish(&person.id, "{}").await?;
    Ok(Made {
        person: person.id.clone(),
        name: person.name.clone(),
        link,
        until,
    })
}

/// A new one-time link for a person who cannot sign in; earlier links are spent.
///
/// # Errors
/// [`Failed::Denied`], [`Failed::Refused`].
pub fn link(desk: &mut Desk, who: &str, chance: [u8; 32]) -> Done<Made> {
    wait(async {
        let open = desk.open().await?;
        let person = find(&open, who).await?;
        must_person(desk, &open, &person).await?;
        let made = anew(desk, &open, &person, chance).await?;
        open.leave().await;
        Ok(made)
    })
}

/// Gives a role over an area.
///
/// # Errors
/// [`Failed::Denied`]: no accounts of that area; [`Failed::Refused`]: they have it.
pub fn give(desk: &mut Desk, who: &str, role: Role, area: &Area) -> Done<Given> {
    wait(async {
        must_over(desk, area)?;
        let open = desk.open().await?;
        let book = open.book.register.clone();
        let person = find(&open, who).await?;
        must_person(desk, &open, &person).await?;
        let held = open
            .store
            .read()
            .await?
            .grants_of(&book, &person.id)
            .await?;
        let same = held
            .iter()
            .filter_map(grant_of)
            .any(|grant| grant.role == role && grant.area == *area);
        if same {
            return Err(Failed::Refused(
                "người này đã có vai trò ấy ở địa bàn ấy.".to_owned(),
            ));
        }
        let id = desk.ids.next_id();
        let unit = area.unit();
        let mut act = begin(&open.store, desk.doing(&book, "grant-given", "")).await?;
        act.add_grant(&id, &person.id, role.code(), unit).await?;
        let detail = serde_json::json!({"grant": id, "role": role.code(), "edition": unit.map(|of| of.0), "unit": unit.map(|of| of.1)});
        act.finish(&person.id, &detail.to_string()).await?;
        let day = desk.now.get(..10).unwrap_or_default();
        let made = Given {
            role: role.code().to_owned(),
            role_name: role.name(day).to_owned(),
            edition: unit.map(|of| of.0.to_owned()),
            unit: unit.map(|of| of.1.to_owned()),
            area: area.name(),
            since: desk.now.clone(),
            by: desk.who.clone(),
            grant: id,
        };
        open.leave().await;
        Ok(made)
    })
}

/// Takes a role away, by its id.
///
/// # Errors
/// [`Failed::Denied`]; [`Failed::Refused`]: no such role, or the last administrator of the book would go.
pub fn take(desk: &mut Desk, grant: &str) -> Done<()> {
    wait(async {
        let open = desk.open().await?;
        let book = open.book.register.clone();
        let all = open.store.read().await?.grants(&book).await?;
        let Some(held) = all.iter().find(|held| held.id == grant) else {
            return Err(Failed::Refused("vai trò này đã được thu lại.".to_owned()));
        };
        let person = find(&open, &held.holder).await?;
        must_person(desk, &open, &person).await?;
        let keeps = |held: &&Held| held.role == Role::Administrator.code() && held.unit.is_none();
        if keeps(&held) && !all.iter().any(|other| other.id != held.id && keeps(&other)) {
            return Err(Failed::Refused(
                "đây là người quản trị toàn sổ cuối cùng; hãy giao quyền cho người khác trước."
                    .to_owned(),
            ));
        }
        let mut act = begin(&open.store, desk.doing(&book, "grant-ended", "")).await?;
        act.end_grant(grant).await?;
        let detail = serde_json::json!({"grant": grant, "role": held.role, "edition": held.edition, "unit": held.unit});
        act.finish(&person.id, &detail.to_string()).await?;
        open.leave().await;
        Ok(())
    })
}

/// Turns off the second factor of somebody who lost their telephone; all their sessions end.
///
/// # Errors
/// [`Failed::Denied`]; [`Failed::Refused`]: it is off.
pub fn second_off(desk: &mut Desk, who: &str) -> Done<()> {
    wait(async {
        let open = desk.open().await?;
        let book = open.book.register.clone();
        let person = find(&open, who).await?;
        must_person(desk, &open, &person).await?;
        if person.totp.is_none() {
            return Err(Failed::Refused(
                "mã xác thực của người này đang tắt.".to_owned(),
            ));
        }
        let mut act = begin(&open.store, desk.doing(&book, "totp-off", "")).await?;
        act.set_totp(&person.id, None, 0).await?;
        act.finish(&person.id, "{}").await?;
        open.store
            .end_sessions(&book, &person.id, "", &desk.now)
            .await?;
        open.leave().await;
        Ok(())
    })
}

/// Locks a person: no more signing in, all sessions end; or unlocks.
///
/// # Errors
/// [`Failed::Denied`]; [`Failed::Refused`]: it is so already.
pub fn lock(desk: &mut Desk, who: &str, locked: bool) -> Done<()> {
    wait(async {
        let open = desk.open().await?;
        let book = open.book.register.clone();
        let person = find(&open, who).await?;
        must_person(desk, &open, &person).await?;
        let (word, state) = if locked {
            ("person-locked", LOCKED)
        } else {
            ("person-unlocked", ACTIVE)
        };
        let mut act = begin(&open.store, desk.doing(&book, word, "")).await?;
        if !act.set_person_state(&person.id, state).await? {
            return Err(Failed::Refused(
                if locked {
                    "tài khoản này đã bị khóa."
                } else {
                    "tài khoản này không bị khóa."
                }
                .to_owned(),
            ));
        }
        act.finish(&person.id, "{}").await?;
        if locked {
            open.store
                .end_sessions(&book, &person.id, "", &desk.now)
                .await?;
        }
        open.leave().await;
        Ok(())
    })
}
