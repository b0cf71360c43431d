//! A small book in two communes, and people who sit down at it by chance.
//!
//! In: a seed. Out: [`World`].

use super::super::super::{Desk, Refused, begin, init, wait};
use crate::access::{Area, Grant, Grants, Role};
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit::{self, Edition, Unit};
use treem_store::Store;
use treem_store::child::{ACTIVE, Entry, Finding, State};
use treem_store::id::Ids;

pub const BOOK: &str = "45";
pub const DAY: &str = "2024-06-13";
pub const COMMUNES: [&str; 2] = ["Xã Tà Rụt", "Xã A Ngo"];
const CHILDREN: usize = 24;

/// Chance that is the same on every run (Knuth's constants, The Art of Computer Programming 2, 3.3.4).
pub struct Dice(u64);

impl Dice {
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let high = usize::try_from(self.0 >> 33).unwrap();
        high % sides
    }
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.roll(of.len())]
    }
}

pub fn edition() -> &'static Edition {
    unit::edition(DAY)
}

pub fn commune(name: &str) -> &'static Unit {
    crate::act::units::area(edition(), name).unwrap()
}

pub fn day() -> PartialDate {
    PartialDate::from_iso(DAY).unwrap()
}

pub struct World {
    pub desk: Desk,
    pub dice: Dice,
    minute: u32,
    pub children: Vec<String>,
    pub folder: tempfile::TempDir,
}

impl World {
    /// `server`: the address of a PostgreSQL; without one the book is a file.
    pub fn new(seed: u64, server: Option<String>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("so.db").to_str().unwrap().to_owned();
        let data = server.unwrap_or(file);
        let mut desk = Desk {
            data,
            store: None,
            register: None,
            who: "Hồ Thị Bích".to_owned(),
            role: "cli".to_owned(),
            office: String::new(),
            grants: None,
            request: None,
            refused: Refused::default(),
            log: std::sync::Arc::default(),
            now: "2024-06-13T00:00:00.000000Z".to_owned(),
            ids: Ids::new(1_718_236_800_000, u128::from(seed) << 40),
        };
        let province = crate::act::units::area(edition(), "Quảng Trị").unwrap();
        init::run(&mut desk, edition(), province, None)
            .ok()
            .unwrap();
        let store = wait(async { Ok(Store::open(&desk.data).await?) })
            .ok()
            .unwrap();
        desk.store = Some(store);
        let mut world = Self {
            desk,
            dice: Dice(seed),
            minute: 0,
            children: Vec::new(),
            folder,
        };
        world.fill();
        world
    }

    fn fill(&mut self) {
        let entries: Vec<Entry> = (0..CHILDREN)
            .map(|nth| {
                let unit = commune(COMMUNES[nth % 2]);
                let hamlet = format!("Thôn {}", nth % 3 + 1);
                Entry {
                    id: self.desk.ids.next_id(),
                    source: "import".to_owned(),
                    import: None,
                    state: State {
                        state: ACTIVE.to_owned(),
                        name_key: format!("ho thi {nth}"),
                        birth: "2015-03-12".to_owned(),
                        leaves_on: "2031-03-12".to_owned(),
                        edition: edition().from.to_owned(),
                        unit: Some(unit.code.to_owned()),
                        record: serde_json::json!({
                            "name": "Hồ Thị Mơ", "birth": "2015-03-12", "sex": "Nữ", "hamlet": hamlet, "mother": format!("Hồ Thị {}", nth % 5),
                            "unit_name": unit.name,
                        })
                        .to_string(),
                        sensitive: "{\"ethnicity\":\"Tà Ôi\",\"ethnicity_own\":\"Pa Cô\"}".to_owned(),
                        ..State::default()
                    },
                    findings: vec![Finding {
                        rule: "id.missing".to_owned(),
                        field: "number".to_owned(),
                        list: Some(1),
                        severity: "error".to_owned(),
                        ..Finding::default()
                    }],
                }
            })
            .collect();
        self.children = entries.iter().map(|entry| entry.id.clone()).collect();
        wait(async {
            let open = self.desk.open().await?;
            let mut act = begin(&open.store, self.desk.doing(BOOK, "add", "")).await?;
            act.add_children(&entries).await?;
            act.finish("", "{}").await?;
            Ok(())
        })
        .ok()
        .unwrap();
    }

    /// Somebody sits down: a person with a role over a commune or the district, or the command line.
    pub fn somebody(&mut self) {
        self.minute += 37;
        let (days, minutes) = (self.minute / 1_440, self.minute % 1_440);
        self.desk.now = format!(
            "2024-{:02}-{:02}T{:02}:{:02}:00.000000Z",
            7 + days / 28 % 6,
            days % 28 + 1,
            minutes / 60,
            minutes % 60
        );
        let roles = [
            Role::Officer,
            Role::Officer,
            Role::Leader,
            Role::Police,
            Role::Collaborator,
            Role::District,
        ];
        let role = *self.dice.pick(&roles);
        let area = match role {
            Role::District => Area::of(edition().from, commune("Huyện Đakrông").code),
            _ => Area::of(edition().from, commune(COMMUNES[self.dice.roll(2)]).code),
        };
        self.desk.role = role.code().to_owned();
        self.desk.grants = (self.dice.roll(2) > 0).then(|| {
            Grants::new(
                "p",
                vec![Grant {
                    role,
                    area: area.unwrap(),
                }],
            )
        });
    }
}
