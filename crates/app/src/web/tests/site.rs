//! Accounts, administration and areas through the router: children of any commune, people with a password, forms, files.

mod account;
mod accounts;
mod admin;
mod area;

use super::super::{Outside, State, router};
use crate::access::{Area, Grant, Grants, Role};
use crate::act::access::secret::{self, Cost};
use crate::act::register::{Desk, Failed, init};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tower::ServiceExt as _;
use treem_child::normalise::unit::edition;
use treem_store::child::{ACTIVE, Entry, State as ChildState};
use treem_store::{Begun, Store};

const PASSWORD: &str = "con trâu đi trước";
/// The edition of the children's units.
const EDITION: &str = "2020-01-01";

static CHANCE: AtomicU64 = AtomicU64::new(1);

fn clock() -> jiff::Timestamp {
    "2024-06-13T01:05:09Z".parse().unwrap()
}

fn chance() -> [u8; 32] {
    Sha256::digest(CHANCE.fetch_add(1, Ordering::Relaxed).to_be_bytes()).into()
}

/// Runs a test on a runtime as the pages have it.
fn run(test: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    runtime.unwrap().block_on(test);
}

/// What came back.
struct Got {
    status: StatusCode,
    to: String,
    cookie: String,
    text: String,
}

impl Got {
    /// It has this status and says this.
    #[track_caller]
    fn says(&self, status: u16, words: &str) -> &Self {
        assert_eq!(self.status.as_u16(), status, "{words}: {}", self.text);
        assert!(self.text.contains(words), "{words}: {}", self.text);
        self
    }

    /// It leads there.
    #[track_caller]
    fn leads(&self, to: &str) {
        assert_eq!(
            (self.status.as_u16(), self.to.as_str()),
            (303, to),
            "{}",
            self.text
        );
    }

    /// What stands between two texts.
    #[track_caller]
    fn between(&self, from: &str, to: &str) -> String {
        let rest = self
            .text
            .split_once(from)
            .unwrap_or_else(|| panic!("no {from}: {}", self.text))
            .1;
        rest.split_once(to).unwrap().0.to_owned()
    }
}

/// The pages of a register of Quảng Trị as it was in 2024.
struct Site {
    folder: tempfile::TempDir,
    state: Arc<State>,
    router: Router,
}

impl Site {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("so.db").to_str().unwrap().to_owned();
        let place = data.clone();
        let made = tokio::task::spawn_blocking(move || {
            let edition = edition("2024-06-13");
            let province = edition.home().unwrap();
            init::run(&mut blank(&place, None), edition, province, None).is_ok()
        });
        assert!(made.await.unwrap());
        let state = Arc::new(State {
            store: Store::open(&data).await.unwrap(),
            data,
            register: None,
            outside: Outside { clock, chance },
            secure: false,
            behind_proxy: false,
            authority: None,
            rate: super::super::rate::Rate::new(1_000_000),
            jobs: crate::jobs::Jobs::new(2),
            portraits: Arc::default(),
            acts: Arc::default(),
            log: Arc::default(),
        });
        let router = router(Arc::clone(&state));
        Self {
            folder,
            state,
            router,
        }
    }

    /// Somebody who may do what a desk of the command line may, or what grants say.
    fn desk(&self, grants: Option<Grants>) -> Desk {
        let mut desk = self.state.desk(None);
        desk.grants = grants;
        "thử".clone_into(&mut desk.who);
        desk
    }

    /// The page of a long work once it is over.
    async fn over(&self, path: &str, cookie: &str) -> Got {
        loop {
            let got = self.get(path, cookie).await;
            if !got.text.contains("hx-trigger") {
                return got;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }

    /// A person with a password; gives the id.
    async fn person(&self, name: &str, shown: &str, role: Role, area: Area) -> String {
        let desk = self.desk(None);
        let doing = treem_store::Doing {
            register: "45".to_owned(),
            act: "person-added".to_owned(),
            who: "thử".to_owned(),
            role: "cli".to_owned(),
            office: String::new(),
            why: String::new(),
            request: format!("person-{name}"),
            at: desk.now.clone(),
        };
        let Begun::Act(mut act) = self.state.store.begin(doing).await.unwrap() else {
            panic!("{name} is there");
        };
        let cheap = Cost {
            memory: 8,
            passes: 1,
        };
        let hash = secret::hash(PASSWORD, &chance(), cheap).unwrap();
        let id = format!("p-{name}");
        assert!(act.add_person(&id, name, (shown, "UBND xã")).await.unwrap());
        act.set_password(&id, &hash, false).await.unwrap();
        let grant = format!("g-{name}");
        act.add_grant(&grant, &id, role.code(), area.unit())
            .await
            .unwrap();
        act.finish(&id, "{}").await.unwrap();
        id
    }

    /// A person who has signed in; gives the cookie.
    async fn signed_in(&self, name: &str, role: Role, area: Area) -> String {
        self.person(name, "Hồ Thị Bích", role, area).await;
        self.enter(name).await
    }

    async fn enter(&self, name: &str) -> String {
        let form = [("name", name), ("password", PASSWORD)];
        let got = self.post("/sign-in", "", &form).await;
        got.leads("/today");
        got.cookie
    }

    async fn send(&self, request: Request<Body>) -> Got {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let text = |name| {
            let value = response.headers().get(name);
            value.map_or_else(String::new, |value| value.to_str().unwrap().to_owned())
        };
        let (to, cookie) = (text(header::LOCATION), text(header::SET_COOKIE));
        let status = response.status();
        let bytes = axum::body::to_bytes(response.into_body(), 1 << 24)
            .await
            .unwrap();
        Got {
            status,
            to,
            cookie: cookie.split(';').next().unwrap_or("").to_owned(),
            text: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }

    async fn get(&self, path: &str, cookie: &str) -> Got {
        let request = Request::get(path).header(header::COOKIE, cookie);
        self.send(request.body(Body::empty()).unwrap()).await
    }

    async fn post(&self, path: &str, cookie: &str, form: &[(&str, &str)]) -> Got {
        let fields: Vec<String> = form
            .iter()
            .map(|(name, value)| format!("{name}={}", encoded(value)))
            .collect();
        let request = Request::post(path)
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(fields.join("&"))).unwrap())
            .await
    }

    /// A form with fields, and perhaps a file of a name.
    async fn upload(
        &self,
        path: &str,
        cookie: &str,
        form: &[(&str, &str)],
        file: Option<(&str, &str)>,
    ) -> Got {
        use std::fmt::Write as _;
        let mut body = String::new();
        for (name, value) in form {
            write!(
                body,
                "--X\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            )
            .unwrap();
        }
        if let Some((name, text)) = file {
            write!(body, "--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n{text}\r\n").unwrap();
        }
        body.push_str("--X--\r\n");
        let request = Request::post(path)
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=X");
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// Children of the communes of these names (empty: of none); gives their ids.
    async fn children(&self, communes: &[&str]) -> Vec<String> {
        let day = edition(EDITION);
        let units = init::kept(day);
        self.state.store.add_units(day.from, &units).await.unwrap();
        let mut desk = self.desk(None);
        let entries: Vec<Entry> = communes
            .iter()
            .enumerate()
            .map(|(nth, name)| Entry {
                id: desk.ids.next_id(),
                source: "import".to_owned(),
                import: None,
                state: ChildState {
                    state: ACTIVE.to_owned(),
                    name_key: "ho thi mo".to_owned(),
                    birth: "2015-03-12".to_owned(),
                    leaves_on: "2031-03-12".to_owned(),
                    edition: day.from.to_owned(),
                    unit: (!name.is_empty()).then(|| commune(name).unit().unwrap().1.to_owned()),
                    number: Some(format!("04531500001{nth}")),
                    identified: true,
                    complete: false,
                    record: format!("{{\"name\":\"Hồ Thị Mơ\",\"number\":\"04531500001{nth}\",\"mother_number\":\"045185000123\"}}"),
                    sensitive: "{}".to_owned(),
                },
                findings: Vec::new(),
            })
            .collect();
        let doing = treem_store::Doing {
            register: "45".to_owned(),
            act: "add".to_owned(),
            who: "thử".to_owned(),
            role: "cli".to_owned(),
            office: String::new(),
            why: String::new(),
            request: desk.ids.next_id(),
            at: desk.now.clone(),
        };
        let Begun::Act(mut act) = self.state.store.begin(doing).await.unwrap() else {
            panic!("done before");
        };
        act.add_children(&entries).await.unwrap();
        act.finish("", "{}").await.unwrap();
        entries.into_iter().map(|entry| entry.id).collect()
    }
}

/// A desk of the command line before there is a register.
fn blank(data: &str, store: Option<Store>) -> Desk {
    Desk {
        data: data.to_owned(),
        store,
        register: None,
        who: "thử".to_owned(),
        role: "cli".to_owned(),
        office: String::new(),
        grants: None,
        request: None,
        refused: crate::act::register::Refused::default(),
        log: std::sync::Arc::default(),
        now: crate::act::register::stamp(clock()),
        ids: treem_store::id::Ids::new(
            1_718_240_709_000,
            u128::from(CHANCE.fetch_add(1, Ordering::Relaxed)) << 64,
        ),
    }
}

fn encoded(value: &str) -> String {
    use std::fmt::Write as _;
    value.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").unwrap();
        }
        out
    })
}

/// The area of a unit of 2024 by its short name.
fn commune(name: &str) -> Area {
    let edition = edition(EDITION);
    let unit = edition.own_units().iter().find(|unit| unit.short == name);
    Area::of(edition.from, unit.unwrap().code).unwrap()
}

/// The value of an option of a form for an area.
fn value(area: &Area) -> String {
    area.unit().map_or("whole".to_owned(), |(edition, code)| {
        format!("{edition}/{code}")
    })
}

fn grants(role: Role, area: Area) -> Grants {
    Grants::new("p-thu", vec![Grant { role, area }])
}

fn is_denied<T>(done: Result<T, Failed>) -> bool {
    done.is_err_and(|failed| matches!(failed, Failed::Denied(_)))
}
