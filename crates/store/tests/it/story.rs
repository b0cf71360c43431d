//! Invented children, acts with fixed times and ids, and a register on each engine.

use super::server::Server;
use treem_store::child::{ACTIVE, Entry, Finding, State};
use treem_store::id::Ids;
use treem_store::register::{Register, Unit};
use treem_store::store::Engine;
use treem_store::{Act, Begun, Doing, Store};

/// The book of the tests.
pub const BOOK: &str = "45";
/// The edition of its units.
pub const EDITION: &str = "2020-01-01";

/// A register on one engine, with what keeps it alive.
pub struct Place {
    pub store: Store,
    pub address: String,
    pub server: Option<Server>,
    _folder: tempfile::TempDir,
}

/// A new register with a book and three units.
pub async fn place(engine: Engine) -> Place {
    let folder = tempfile::tempdir().unwrap();
    let server = match engine {
        Engine::Sqlite => None,
        Engine::Postgres => Some(Server::start().await),
    };
    let address = server.as_ref().map_or_else(
        || {
            folder
                .path()
                .join("data/register.db")
                .to_str()
                .unwrap()
                .to_owned()
        },
        Server::address,
    );
    let store = register(&address).await;
    Place {
        store,
        address,
        server,
        _folder: folder,
    }
}

/// A new register at an address, with a book and three units.
pub async fn register(address: &str) -> Store {
    let store = Store::create(address).await.unwrap();
    let units = [
        Unit {
            code: "45",
            name: "Tỉnh Quảng Trị",
            level: "province",
            parent: None,
        },
        Unit {
            code: "469",
            name: "Huyện Đa Krông",
            level: "district",
            parent: Some("45"),
        },
        Unit {
            code: "19588",
            name: "Xã Tà Rụt",
            level: "commune",
            parent: Some("469"),
        },
    ];
    store.add_units(EDITION, &units).await.unwrap();
    store.add_register(&book(BOOK)).await.unwrap();
    store
}

/// Runs a test on both engines.
pub async fn on_both<F: AsyncFn(Place)>(test: F) {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        test(place(engine).await).await;
    }
}

pub fn book(key: &str) -> Register {
    Register {
        register: key.to_owned(),
        name: "Sổ tỉnh Quảng Trị".to_owned(),
        province: "45".to_owned(),
        edition: EDITION.to_owned(),
        created_at: at(0),
        audit_seq: 0,
        audit_hash: String::new(),
    }
}

/// A moment: so many minutes after midnight.
pub fn at(minute: u32) -> String {
    format!(
        "2024-06-13T{:02}:{:02}:00.000000Z",
        minute / 60,
        minute % 60
    )
}

/// An act; the request and the time are the minute.
pub fn doing(act: &str, minute: u32) -> Doing {
    Doing {
        register: BOOK.to_owned(),
        act: act.to_owned(),
        who: "Hồ Thị Bích".to_owned(),
        role: "cán bộ xã".to_owned(),
        office: "UBND xã Tà Rụt".to_owned(),
        why: "thử".to_owned(),
        request: format!("{act}-{minute}"),
        at: at(minute),
    }
}

/// An act that has not been done yet.
pub async fn begin(store: &Store, doing: Doing) -> Act {
    match store.begin(doing).await.unwrap() {
        Begun::Act(act) => act,
        Begun::Done(link) => panic!("{} was done", link.act),
    }
}

/// Ids that are the same on every run.
pub fn ids(from: u32) -> Vec<String> {
    let mut ids = Ids::new(1_718_236_800_000, u128::from(from) << 20);
    (0..10).map(|_| ids.next_id()).collect()
}

/// A child of Tà Rụt.
pub fn child(id: &str, name: &str, birth: &str, number: Option<&str>) -> Entry {
    Entry {
        id: id.to_owned(),
        source: "ds.csv:2".to_owned(),
        import: None,
        state: State {
            state: ACTIVE.to_owned(),
            name_key: folded(name),
            birth: birth.to_owned(),
            leaves_on: birth.get(..4).filter(|_| birth.len() == 10).map_or_else(
                || "9999-12-31".to_owned(),
                |year| format!("{}{}", year.parse::<u32>().unwrap() + 16, &birth[4..]),
            ),
            edition: EDITION.to_owned(),
            unit: Some("19588".to_owned()),
            number: number.map(str::to_owned),
            identified: number.is_some(),
            complete: true,
            record: format!("{{\"name\":\"{name}\"}}"),
            sensitive: "{\"ethnicity\":\"Bru - Vân Kiều\"}".to_owned(),
        },
        findings: if number.is_some() {
            Vec::new()
        } else {
            vec![Finding {
                rule: "id.missing".to_owned(),
                field: "number".to_owned(),
                list: Some(1),
                severity: "error".to_owned(),
                ..Finding::default()
            }]
        },
    }
}

/// The name as the program folds it, for the letters of these tests.
fn folded(name: &str) -> String {
    const LETTERS: [(char, char); 8] = [
        ('ồ', 'o'),
        ('ă', 'a'),
        ('ì', 'i'),
        ('ơ', 'o'),
        ('ị', 'i'),
        ('ô', 'o'),
        ('đ', 'd'),
        ('ù', 'u'),
    ];
    let plain = |letter| {
        LETTERS
            .iter()
            .find(|(marked, _)| *marked == letter)
            .map_or(letter, |(_, plain)| *plain)
    };
    name.to_lowercase().chars().map(plain).collect()
}
