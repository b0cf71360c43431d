//! The pages without a network: requests go straight to the router, on a real register in a temporary folder.
//!
//! In: [`Pages`] with children of two communes, people by role. Out: status, headers and text of each answer.

mod acts;
mod api;
mod doors;
mod entry;
mod handover;
mod letter;
mod lists;
mod missing;
mod report;
mod site;

use super::rate::Rate;
use super::{Outside, State, router};
use crate::access::{Area, Role};
use crate::act::access::secret::Cost;
use crate::act::access::sign_in::{Asked, sign_in};
use crate::act::access::{account, people, tokens};
use crate::act::check::{Options, Silent, Stop};
use crate::act::register::{Desk, Done, import, init};
use crate::jobs::Jobs;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::runtime::Runtime;
use tower::ServiceExt as _;
use treem_child::check::rules::RuleSet;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit::edition;
use treem_files::table::Mappings;
use treem_store::Store;

/// The edition of the children and areas.
pub const EDITION: &str = "2024-06-13";
/// Everybody's password.
pub const PASSWORD: &str = "con trâu đi trước";
const CHEAP: Cost = Cost {
    memory: 8,
    passes: 1,
};

/// Two communes of Đakrông: five children in Tà Rụt, two in Húc Nghì.
pub const CHILDREN: &str = "Họ và tên,Ngày sinh,Giới tính,Dân tộc,Số định danh,Họ tên cha,Họ tên mẹ,Xã,Thôn\n\
Hồ Thị Mơ,12/03/2015,Nữ,,045315000217,Hồ Văn Khăm,Hồ Thị Lia,Xã Tà Rụt,A Đăng\n\
Hồ Văn Khương,05/07/2016,Nam,Pa Cô,45216118220,Hồ Văn Khăm,Hồ Thị Lia,Xã Tà Rụt,A Đăng\n\
Hồ Thị Nhung,01/01/2018,Nữ,Pa Cô,,Hồ Văn Bốn,Hồ Thị Xa,Xã Tà Rụt,A Pun\n\
Hồ Văn Đức,2017,Nam,Pa Cô,045217000318,,,Xã Tà Rụt,A Pun\n\
Kăn Thị Hoa,20/10/2014,Nam,Pa Cô,045314000419,Hồ Văn Sáu,Kăn Thị Lý,Xã Tà Rụt,A Vương\n\
Nguyễn Thị Bình An,15/08/2019,Nữ,Kinh,045319000520,Nguyễn Văn Hải,Trần Thị Thu,Xã Húc Nghì,Cựp\n\
Nguyễn Văn Gia Bảo,09/02/2020,Nam,Kinh,,Nguyễn Văn Hải,Trần Thị Thu,Xã Húc Nghì,Cựp\n";

/// A clock that stands still: 13/6/2024, 08:05:09 in the country.
fn still() -> jiff::Timestamp {
    jiff::Timestamp::from_microsecond(1_718_240_709_000_000).unwrap()
}

static CLOCK: AtomicU64 = AtomicU64::new(1_718_236_800_000_000);
static CHANCE: AtomicU64 = AtomicU64::new(1);

/// Every look at the clock is a little later.
fn clock() -> jiff::Timestamp {
    let micros = CLOCK.fetch_add(1_000, Ordering::Relaxed);
    jiff::Timestamp::from_microsecond(i64::try_from(micros).unwrap()).unwrap()
}

fn chance() -> [u8; 32] {
    let next = CHANCE.fetch_add(1, Ordering::Relaxed);
    let mut bytes = [7; 32];
    bytes[..8].copy_from_slice(&next.to_le_bytes());
    bytes[8..16].copy_from_slice(&next.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_le_bytes());
    bytes
}

/// An answer.
pub struct Got {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub text: String,
}

impl Got {
    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.text).unwrap()
    }

    /// Where it sends the browser.
    pub fn to(&self) -> &str {
        self.headers
            .get(header::LOCATION)
            .map_or("", |to| to.to_str().unwrap())
    }

    /// The session it begins.
    pub fn cookie(&self) -> Who {
        let set = self.headers.get(header::SET_COOKIE);
        let set = set.map_or("", |set| set.to_str().unwrap());
        Who::cookie(set.split(';').next().unwrap_or(""))
    }

    /// It has this status and says this.
    #[track_caller]
    pub fn says(&self, status: u16, words: &str) -> &Self {
        assert_eq!(self.status.as_u16(), status, "{words}: {}", self.text);
        assert!(self.text.contains(words), "{words}: {}", self.text);
        self
    }

    /// It leads there.
    #[track_caller]
    pub fn leads(&self, to: &str) {
        assert_eq!(
            (self.status.as_u16(), self.to()),
            (303, to),
            "{}",
            self.text
        );
    }

    /// What stands between two texts.
    #[track_caller]
    pub fn between(&self, from: &str, to: &str) -> String {
        let rest = self
            .text
            .split_once(from)
            .unwrap_or_else(|| panic!("no {from}: {}", self.text))
            .1;
        rest.split_once(to).unwrap().0.to_owned()
    }

    /// The address, with the status it must have.
    #[track_caller]
    pub fn must(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self
    }
}

/// Somebody at the pages: a cookie, or a token of a program.
#[derive(Clone)]
pub struct Who {
    name: &'static str,
    value: String,
}

impl Who {
    /// Who has this cookie.
    pub fn cookie(value: &str) -> Self {
        Self {
            name: "cookie",
            value: value.to_owned(),
        }
    }
}

/// The pages over a register of their own.
pub struct Pages {
    runtime: Runtime,
    /// What the pages share.
    pub state: Arc<State>,
    /// Where the register is; thrown away at the end.
    pub folder: tempfile::TempDir,
}

/// How a list is imported, with the units of a day.
fn options(list: &Path, day: &str) -> Options {
    let as_of = PartialDate::from_iso(day).unwrap();
    Options {
        inputs: vec![list.to_owned()],
        out: PathBuf::new(),
        duplicates: false,
        as_of,
        edition: as_of,
        unit: None,
        home: None,
        mappings: Mappings::default(),
        edited: Mappings::default(),
        rules: RuleSet::default(),
        lists: false,
        keep_measures: true,
    }
}

impl Pages {
    /// With [`CHILDREN`].
    pub fn new() -> Self {
        Self::with(CHILDREN)
    }

    /// Without children, at a moment that stands still.
    pub fn still() -> Self {
        Self::at(still, "")
    }

    /// With other children; none where the text is empty.
    pub fn with(children: &str) -> Self {
        Self::at(clock, children)
    }

    fn at(clock: fn() -> jiff::Timestamp, children: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("so.db").to_str().unwrap().to_owned();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        let store = runtime.block_on(Store::create(&data)).unwrap();
        let jobs = {
            let _lent = runtime.enter();
            Jobs::new(2)
        };
        let state = Arc::new(State {
            store,
            data,
            register: None,
            outside: Outside { clock, chance },
            secure: false,
            behind_proxy: false,
            authority: None,
            rate: Rate::new(1_000_000),
            jobs,
            portraits: Arc::default(),
            evenings: Arc::default(),
            acts: Arc::default(),
            log: Arc::default(),
        });
        let pages = Self {
            runtime,
            state,
            folder,
        };
        let day = edition(EDITION);
        pages.act(|desk| init::run(desk, day, day.home().unwrap(), None));
        if !children.is_empty() {
            pages.import(EDITION, children);
        }
        pages
    }

    /// Imports a list, with the units of a day.
    pub fn import(&self, day: &str, children: &str) {
        let list = self.folder.path().join(format!("danh-sach-{day}.csv"));
        fs::write(&list, children).unwrap();
        let options = options(&list, day);
        let stop = Stop::default();
        let how = import::How::default();
        self.act(|desk| import::run(desk, options, how, (&Silent, &stop)));
    }

    /// An act as the command line does it: everything is allowed.
    #[track_caller]
    pub fn act<T>(&self, work: impl FnOnce(&mut Desk) -> Done<T>) -> T {
        let _lent = self.runtime.enter();
        let mut desk = self.state.desk(None);
        desk.grants = None;
        "thử".clone_into(&mut desk.who);
        match work(&mut desk) {
            Ok(done) => done,
            Err(failed) => panic!("{}", super::Answer::said(&failed)),
        }
    }

    /// The area of a commune by its name.
    pub fn area(name: &str) -> Area {
        let day = edition(EDITION);
        let unit = crate::act::units::area(day, name).unwrap();
        Area::of(day.from, unit.code).unwrap()
    }

    /// Somebody with a role over an area, signed in.
    pub fn person(&self, name: &str, role: Role, area: Area) -> Who {
        let new = people::New {
            name,
            shown: name,
            office: "UBND xã Tà Rụt",
            role,
            area,
        };
        let made = self.act(|desk| people::add(desk, &new, chance()));
        self.act(|desk| account::use_link(desk, &made.link, PASSWORD, (chance(), CHEAP)));
        let asked = Asked {
            name,
            password: PASSWORD,
            address: [10, 0, 0, 1].into(),
            agent: "Chromium 109",
        };
        let signed = self.act(|desk| sign_in(desk, &asked, chance(), CHEAP));
        Who::cookie(&format!("treem={}", signed.token))
    }

    /// The officer of Tà Rụt.
    pub fn officer(&self) -> Who {
        self.person("canbo.taru", Role::Officer, Self::area("Xã Tà Rụt"))
    }

    /// A program with a role over an area.
    pub fn program(&self, role: Role, area: &Area) -> Who {
        let made =
            self.act(|desk| tokens::make(desk, "phần mềm trường học", (role, area), 30, chance()));
        Who {
            name: "authorization",
            value: format!("Bearer {}", made.token),
        }
    }

    /// Asks.
    pub fn ask(&self, request: Request<Body>) -> Got {
        self.runtime.block_on(async {
            let answer = router(Arc::clone(&self.state))
                .oneshot(request)
                .await
                .unwrap();
            let (parts, body) = answer.into_parts();
            let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
            Got {
                status: parts.status,
                headers: parts.headers,
                text: String::from_utf8_lossy(&bytes).into_owned(),
            }
        })
    }

    /// A request of somebody.
    pub fn request(
        who: Option<&Who>,
        method: Method,
        path: &str,
        kind: &str,
        body: impl Into<Body>,
    ) -> Request<Body> {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "treem.test")
            .header("sec-fetch-site", "same-origin");
        if !kind.is_empty() {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        if let Some(who) = who {
            request = request.header(who.name, &who.value);
        }
        request.body(body.into()).unwrap()
    }

    /// Opens a page.
    pub fn get<'w>(&self, who: impl Into<Option<&'w Who>>, path: &str) -> Got {
        self.ask(Self::request(who.into(), Method::GET, path, "", ""))
    }

    /// Opens a page without having signed in.
    pub fn get_as_nobody(&self, path: &str) -> Got {
        self.get(None, path)
    }

    /// Sends a form. `fields`: names and values as they were typed.
    pub fn post<'w>(
        &self,
        who: impl Into<Option<&'w Who>>,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Got {
        self.ask(Self::form(who.into(), path, fields))
    }

    /// Sends a form with fields, and perhaps a file of a name.
    pub fn upload(
        &self,
        who: &Who,
        path: &str,
        fields: &[(&str, &str)],
        file: Option<(&str, &[u8])>,
    ) -> Got {
        const LINE: &str = "----treem-test";
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(
                format!(
                    "--{LINE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
                )
                .bytes(),
            );
        }
        if let Some((name, bytes)) = file {
            body.extend(
                format!("--{LINE}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                    .bytes(),
            );
            body.extend(bytes);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{LINE}--\r\n").bytes());
        let kind = format!("multipart/form-data; boundary={LINE}");
        self.ask(Self::request(Some(who), Method::POST, path, &kind, body))
    }

    /// A form of somebody.
    pub fn form(who: Option<&Who>, path: &str, fields: &[(&str, &str)]) -> Request<Body> {
        let typed = |text: &str| -> String {
            text.bytes()
                .map(|byte| {
                    if byte.is_ascii_alphanumeric() {
                        char::from(byte).to_string()
                    } else {
                        format!("%{byte:02X}")
                    }
                })
                .collect()
        };
        let body: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{}={}", typed(name), typed(value)))
            .collect();
        Self::request(
            who,
            Method::POST,
            path,
            "application/x-www-form-urlencoded",
            body.join("&"),
        )
    }

    /// Sends JSON.
    pub fn send(&self, who: &Who, path: &str, body: &serde_json::Value) -> Got {
        self.ask(Self::request(
            Some(who),
            Method::POST,
            path,
            "application/json",
            body.to_string(),
        ))
    }

    /// The id of the child of a name.
    pub fn child(&self, name: &str) -> String {
        let found = self.act(|desk| crate::act::register::find::run(desk, name));
        assert_eq!(found.children.len(), 1, "{name}");
        found.children[0].child.clone()
    }
}
