//! People and access from the first link to what an attacker would try. Hashes are cheap here: their cost is a parameter.

use super::super::register::{Desk, Failed, Refused, init};
use super::secret::{self, Cost};
use super::sign_in::{Asked, SignedIn, code, sign_in, sign_out, who};
use super::{account, look, people, tokens};
use crate::access::{Area, Deed, Grants, Role};
use std::net::IpAddr;
use tokio::runtime::{EnterGuard, Runtime};
use treem_child::normalise::unit::edition;
use treem_store::Store;
use treem_store::id::Ids;

const CHEAP: Cost = Cost {
    memory: 8,
    passes: 1,
};
const PASSWORD: &str = "con trâu đi trước";
const EDITION: &str = "2020-01-01";

/// A register whose clock and chance the test holds.
struct Place {
    _folder: tempfile::TempDir,
    data: String,
    /// Open for all desks, as the pages have it.
    store: Option<Store>,
    runtime: &'static Runtime,
    _lent: EnterGuard<'static>,
    /// Seconds since the beginning.
    now: i64,
    chance: u8,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("so.db").to_str().unwrap().to_owned();
        let runtime: &'static Runtime = Box::leak(Box::new(
            tokio::runtime::Builder::new_multi_thread()
                .worker_threads(1)
                .enable_all()
                .build()
                .unwrap(),
        ));
        let mut place = Self {
            _folder: folder,
            data,
            store: None,
            runtime,
            _lent: runtime.enter(),
            now: 0,
            chance: 0,
        };
        let edition = edition("2024-06-13");
        let province = edition.home().unwrap();
        init::run(&mut place.desk(None), edition, province, None)
            .ok()
            .unwrap();
        place.store = Some(runtime.block_on(Store::open(&place.data)).unwrap());
        place
    }

    /// A desk of the command line, or of somebody with grants.
    fn desk(&mut self, grants: Option<Grants>) -> Desk {
        self.chance = self.chance.wrapping_add(1);
        let second = 1_718_236_800 + self.now;
        let now = jiff::Timestamp::from_second(second).unwrap();
        Desk {
            data: self.data.clone(),
            store: self.store.clone(),
            register: None,
            who: "thử".to_owned(),
            role: "cli".to_owned(),
            office: String::new(),
            grants,
            refused: Refused::default(),
            log: std::sync::Arc::default(),
            request: None,
            now: super::stamp(now),
            ids: Ids::new(
                u64::try_from(second).unwrap() * 1_000,
                u128::from(self.chance) << 64,
            ),
        }
    }

    fn secret(&mut self) -> [u8; 32] {
        self.chance = self.chance.wrapping_add(1);
        [self.chance; 32]
    }

    fn add(&mut self, name: &str, role: Role, area: Area) -> people::Made {
        let new = people::New {
            name,
            shown: "Hồ Thị Bích",
            office: "UBND xã Tà Rụt",
            role,
            area,
        };
        let chance = self.secret();
        ok(people::add(&mut self.desk(None), &new, chance))
    }

    /// Somebody with a password.
    fn person(&mut self, name: &str, role: Role, area: Area) -> String {
        let made = self.add(name, role, area);
        let salt = self.secret();
        let desk = &mut self.desk(None);
        ok(account::use_link(desk, &made.link, PASSWORD, (salt, CHEAP)));
        made.person
    }

    fn try_in(&mut self, name: &str, password: &str, address: &str) -> Result<SignedIn, Failed> {
        let chance = self.secret();
        let asked = Asked {
            name,
            password,
            address: address.parse().unwrap(),
            agent: "Chromium 109",
        };
        sign_in(&mut self.desk(None), &asked, chance, CHEAP)
    }

    fn enter(&mut self, name: &str) -> SignedIn {
        ok(self.try_in(name, PASSWORD, "10.0.0.1"))
    }

    fn who(&mut self, token: &str) -> Option<super::sign_in::Who> {
        ok(who(&self.desk(None), token))
    }
}

fn ok<T>(done: Result<T, Failed>) -> T {
    match done {
        Ok(done) => done,
        Err(Failed::Refused(sentence) | Failed::Denied(sentence)) => panic!("{sentence}"),
        Err(Failed::Broken(error)) => panic!("{error:#}"),
    }
}

fn refused<T>(done: Result<T, Failed>, words: &str) {
    match done {
        Err(Failed::Refused(sentence)) => assert!(sentence.contains(words), "{sentence}"),
        Err(Failed::Denied(sentence)) => panic!("denied: {sentence}"),
        Err(Failed::Broken(error)) => panic!("{error:#}"),
        Ok(_) => panic!("not refused: {words}"),
    }
}

fn denied<T>(done: Result<T, Failed>) {
    assert!(done.is_err_and(|failed| matches!(failed, Failed::Denied(_))));
}

fn commune(name: &str) -> Area {
    let edition = edition("2024-06-13");
    let unit = edition
        .own_units()
        .iter()
        .find(|unit| unit.short == name)
        .unwrap();
    Area::of(edition.from, unit.code).unwrap()
}

#[test]
fn the_first_start_makes_an_administrator_by_a_link_and_no_password() {
    let mut place = Place::new();
    let chance = place.secret();
    let first = ok(people::first_link(&mut place.desk(None), chance)).unwrap();
    // A second start before anybody came: a new link, the old one is spent.
    let chance = place.secret();
    let second = ok(people::first_link(&mut place.desk(None), chance)).unwrap();
    assert_ne!(first, second);
    assert_eq!(ok(account::whose_link(&place.desk(None), &first)), None);
    refused(place.try_in("quantri", "", "10.0.0.1"), "không đúng");
    let desk = &mut place.desk(None);
    refused(
        account::use_link(desk, &second, "ngắn", ([9; 32], CHEAP)),
        "ít nhất 12",
    );
    let name = ok(account::use_link(desk, &second, PASSWORD, ([9; 32], CHEAP)));
    assert_eq!(name, "quantri");
    let chance = place.secret();
    assert_eq!(ok(people::first_link(&mut place.desk(None), chance)), None);
    let token = place.enter("quantri").token;
    let who = place.who(&token).unwrap();
    assert_eq!(
        (who.role.as_str(), who.must_change),
        ("administrator", false)
    );
    assert!(who.grants.may(Deed::Accounts, "", None).is_ok());
    assert!(who.grants.may(Deed::See, "", None).is_err());
}

#[test]
fn a_link_is_used_once_and_not_too_late() {
    let mut place = Place::new();
    let made = place.add("bich.taru", Role::Officer, commune("Tà Rụt"));
    let desk = &mut place.desk(None);
    ok(account::use_link(
        desk,
        &made.link,
        PASSWORD,
        ([1; 32], CHEAP),
    ));
    refused(
        account::use_link(desk, &made.link, "một mật khẩu khác", ([2; 32], CHEAP)),
        "đã được dùng",
    );
    assert!(place.try_in("bich.taru", PASSWORD, "10.0.0.1").is_ok());
    let chance = place.secret();
    let late = ok(people::link(&mut place.desk(None), "bich.taru", chance));
    place.now += crate::limits::LINK_HOURS * 3_600;
    let desk = &mut place.desk(None);
    refused(
        account::use_link(desk, &late.link, PASSWORD, ([3; 32], CHEAP)),
        "hết hạn",
    );
    refused(
        account::use_link(desk, "00", PASSWORD, ([3; 32], CHEAP)),
        "hết hạn",
    );
}

#[test]
fn a_session_ends_by_signing_out_by_time_and_by_hand() {
    let mut place = Place::new();
    let person = place.person("bich.taru", Role::Officer, commune("Tà Rụt"));
    let token = place.enter("Bich.TaRu ").token;
    assert_eq!(place.who(&token).unwrap().person, person);
    ok(sign_out(&place.desk(None), &token));
    assert!(place.who(&token).is_none());
    // Unused too long.
    let token = place.enter("bich.taru").token;
    place.now += crate::limits::SESSION_IDLE_MINUTES * 60 - 1;
    assert!(place.who(&token).is_some());
    place.now += crate::limits::SESSION_IDLE_MINUTES * 60 - 1;
    assert!(place.who(&token).is_some(), "it was seen in between");
    place.now += crate::limits::SESSION_IDLE_MINUTES * 60;
    assert!(place.who(&token).is_none());
    // In use, but too long.
    let token = place.enter("bich.taru").token;
    let end = place.now + crate::limits::SESSION_HOURS * 3_600;
    while place.now + 1_800 < end {
        place.now += 1_800;
        assert!(place.who(&token).is_some());
    }
    place.now = end;
    assert!(place.who(&token).is_none());
    // One of two by hand; a stranger's session is not mine to end.
    let (one, two) = (
        place.enter("bich.taru").token,
        place.enter("bich.taru").token,
    );
    let mine = ok(account::sessions(&place.desk(None), &person));
    assert_eq!(mine.len(), 2);
    let first = place.who(&one).unwrap().session;
    refused(
        account::end_session(&place.desk(None), "ai khác", &first),
        "đã kết thúc",
    );
    ok(account::end_session(&place.desk(None), &person, &first));
    assert!(place.who(&one).is_none() && place.who(&two).is_some());
    // A new password ends the others.
    let three = place.enter("bich.taru").token;
    let session = place.who(&three).unwrap().session;
    let desk = &mut place.desk(None);
    let of = (person.as_str(), session.as_str());
    refused(
        account::change_password(
            desk,
            of,
            ("sai bét nhè rồi", "một mật khẩu mới"),
            ([4; 32], CHEAP),
        ),
        "hiện nay không đúng",
    );
    ok(account::change_password(
        desk,
        of,
        (PASSWORD, "một mật khẩu mới"),
        ([4; 32], CHEAP),
    ));
    assert!(place.who(&two).is_none() && place.who(&three).is_some());
    refused(
        place.try_in("bich.taru", PASSWORD, "10.0.0.1"),
        "không đúng",
    );
    // Locked: out at once.
    ok(people::lock(&mut place.desk(None), "bich.taru", true));
    assert!(place.who(&three).is_none());
    refused(
        place.try_in("bich.taru", "một mật khẩu mới", "10.0.0.1"),
        "đang bị khóa",
    );
}

#[test]
fn ten_thousand_guesses_are_not_looked_at() {
    let mut place = Place::new();
    place.person("bich.taru", Role::Officer, commune("Tà Rụt"));
    let (mut looked_at, mut turned_away) = (0, 0);
    // A guess a second, from ever other addresses, for nearly three hours; the right one among them, late.
    for guess in 0..10_000_u32 {
        place.now += 1;
        let address = format!("10.1.{}.{}", guess / 250 % 250, guess % 250);
        let password = if guess % 1_000 == 999 {
            PASSWORD.to_owned()
        } else {
            format!("đoán lần thứ {guess}")
        };
        match place.try_in("bich.taru", &password, &address) {
            Err(Failed::Refused(sentence)) if sentence.contains("thử lại sau") => {
                turned_away += 1;
            }
            Err(Failed::Refused(_)) => looked_at += 1,
            _ => panic!("guess {guess} came in"),
        }
    }
    assert_eq!(looked_at + turned_away, 10_000);
    // Five, then one at each end of a wait that doubles from half a minute to an hour.
    assert!((5..20).contains(&looked_at), "{looked_at}");
    // The right one comes in once the wait is over, and then the count is gone.
    place.now += crate::limits::SIGN_IN_LONGEST;
    assert!(place.try_in("bich.taru", PASSWORD, "10.0.0.9").is_ok());
    refused(place.try_in("bich.taru", "sai", "10.0.0.9"), "không đúng");
}

#[test]
fn one_address_cannot_try_many_names_and_unknown_names_look_like_known_ones() {
    let mut place = Place::new();
    place.person("bich.taru", Role::Officer, commune("Tà Rụt"));
    let mut sentences = std::collections::BTreeSet::new();
    for name in ["bich.taru", "khong.co"] {
        for guess in 0..12 {
            if let Err(Failed::Refused(sentence)) = place.try_in(name, "sai", "10.0.0.7") {
                sentences.insert((guess, sentence));
            }
        }
    }
    // Each of the twelve guesses was told the same of both names.
    assert_eq!(sentences.len(), 12);
    let mut turned_away = 0;
    for nth in 0..200 {
        let done = place.try_in(&format!("ten{nth}"), "sai", "2001:db8:1:2::9");
        turned_away += i32::from(
            matches!(done, Err(Failed::Refused(sentence)) if sentence.contains("thử lại sau")),
        );
    }
    assert_eq!(turned_away, 200 - 30);
    // Another place of the same household's addresses is the same; another household is not.
    refused(
        place.try_in("ai.do", "sai", "2001:db8:1:2::77"),
        "thử lại sau",
    );
    refused(
        place.try_in("ai.do", "sai", "2001:db8:1:3::77"),
        "không đúng",
    );
}

#[test]
fn many_guesses_at_once_are_each_counted() {
    let mut place = Place::new();
    place.person("bich.taru", Role::Officer, commune("Tà Rụt"));
    let desks: Vec<Desk> = (0..24).map(|_| place.desk(None)).collect();
    let runtime = place.runtime;
    let looked_at: usize = std::thread::scope(|scope| {
        let tries: Vec<_> = desks
            .into_iter()
            .enumerate()
            .map(|(nth, mut desk)| {
                scope.spawn(move || {
                    let _lent = runtime.enter();
                    let asked = Asked {
                        name: "bich.taru",
                        password: "sai",
                        address: IpAddr::from([10, 0, 1, u8::try_from(nth).unwrap()]),
                        agent: "",
                    };
                    match sign_in(&mut desk, &asked, [0; 32], CHEAP) {
                        Err(Failed::Refused(sentence)) => {
                            usize::from(!sentence.contains("thử lại sau"))
                        }
                        _ => panic!("came in, or broke"),
                    }
                })
            })
            .collect();
        tries.into_iter().map(|one| one.join().unwrap()).sum()
    });
    assert_eq!(looked_at, 5);
}

#[test]
fn the_second_factor_is_asked_for_and_a_code_is_taken_once() {
    let mut place = Place::new();
    let person = place.person("bich.taru", Role::Officer, commune("Tà Rụt"));
    let token = place.enter("bich.taru").token;
    let session = place.who(&token).unwrap().session;
    let offered = account::second("bich.taru", &[5; 32]);
    assert!(
        offered
            .address
            .starts_with("otpauth://totp/treem:bich.taru?secret=")
    );
    let desk = &mut place.desk(None);
    let of = (person.as_str(), session.as_str());
    let now = desk.now.clone();
    let typed = secret::code_at(&offered.secret, &now);
    refused(
        account::second_on(desk, of, (&offered.secret, "123", PASSWORD), CHEAP),
        "mã không đúng",
    );
    refused(
        account::second_on(desk, of, (&offered.secret, &typed, "sai"), CHEAP),
        "hiện nay không đúng",
    );
    ok(account::second_on(
        desk,
        of,
        (&offered.secret, &typed, PASSWORD),
        CHEAP,
    ));
    let begun = place.enter("bich.taru");
    assert!(begun.needs_code);
    let half = place.who(&begun.token).unwrap();
    assert!(half.needs_code && half.grants.all().is_empty());
    let address = IpAddr::from([10, 0, 0, 1]);
    // The code that turned it on is spent.
    refused(
        code(
            &mut place.desk(None),
            &begun.token,
            &typed,
            address,
            [6; 32],
        ),
        "đã dùng",
    );
    place.now += 60;
    let typed = secret::code_at(&offered.secret, &place.desk(None).now);
    let whole = ok(code(
        &mut place.desk(None),
        &begun.token,
        &typed,
        address,
        [7; 32],
    ));
    assert!(!place.who(&whole.token).unwrap().needs_code);
    assert!(
        place.who(&begun.token).is_none(),
        "the half session has ended"
    );
    // Guessing codes is counted, too.
    let begun = place.enter("bich.taru");
    let waits = (0..40).filter(|nth| {
        let typed = format!("{nth:06}");
        let done = code(
            &mut place.desk(None),
            &begun.token,
            &typed,
            address,
            [8; 32],
        );
        matches!(done, Err(Failed::Refused(sentence)) if sentence.contains("thử lại sau"))
    });
    assert!(waits.count() >= 34);
    ok(
        account::second_off(&mut place.desk(None), &person, PASSWORD, CHEAP).or_else(|failed| {
            match failed {
                // The guesses have locked the name: after the wait it goes.
                Failed::Refused(_) => {
                    place.now += crate::limits::SIGN_IN_LONGEST;
                    account::second_off(&mut place.desk(None), &person, PASSWORD, CHEAP)
                }
                other => Err(other),
            }
        }),
    );
    assert!(!place.enter("bich.taru").needs_code);
}

mod people_and_tokens;
