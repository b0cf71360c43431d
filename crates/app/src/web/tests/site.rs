//! Accounts, administration and areas through the router: children of any commune, people with a password, what a form of text says of a file.

mod account;
mod accounts;
mod admin;
mod area;

use super::{CHEAP, Got, PASSWORD, Pages, Who, chance};
use crate::access::{Area, Grant, Grants, Role};
use crate::act::access::secret;
use crate::act::register::{Desk, Failed, init};
use treem_child::normalise::unit::edition;
use treem_store::Begun;
use treem_store::child::{ACTIVE, Entry, State as ChildState};

/// The edition of the children's units.
const EDITION: &str = "2020-01-01";

impl Pages {
    /// Somebody who may do what a desk of the command line may, or what grants say.
    pub fn desk(&self, grants: Option<Grants>) -> Desk {
        let mut desk = self.state.desk(None);
        desk.grants = grants;
        "thử".clone_into(&mut desk.who);
        desk
    }

    /// Acts as the pages run them.
    fn lent<T>(&self, work: impl FnOnce() -> T) -> T {
        let _lent = self.runtime.enter();
        work()
    }

    /// The page of a long work once it is over.
    fn over(&self, who: &Who, path: &str) -> Got {
        loop {
            let got = self.get(who, path);
            if !got.text.contains("hx-trigger") {
                return got;
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    }

    /// An account with a password, made without the pages; gives the id.
    fn account(&self, name: &str, shown: &str, role: Role, area: &Area) -> String {
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
        let hash = secret::hash(PASSWORD, &chance(), CHEAP).unwrap();
        let (id, grant) = (format!("p-{name}"), format!("g-{name}"));
        self.runtime.block_on(async {
            let Begun::Act(mut act) = self.state.store.begin(doing).await.unwrap() else {
                panic!("{name} is there");
            };
            assert!(act.add_person(&id, name, (shown, "UBND xã")).await.unwrap());
            act.set_password(&id, &hash, false).await.unwrap();
            act.add_grant(&grant, &id, role.code(), area.unit())
                .await
                .unwrap();
            act.finish(&id, "{}").await.unwrap();
        });
        id
    }

    /// A person who has signed in by the page.
    fn signed_in(&self, name: &str, role: Role, area: &Area) -> Who {
        self.account(name, "Hồ Thị Bích", role, area);
        self.enter(name)
    }

    fn enter(&self, name: &str) -> Who {
        let form = [("name", name), ("password", PASSWORD)];
        let got = self.post(None, "/sign-in", &form);
        got.leads("/today");
        got.cookie()
    }

    /// A form with fields, and perhaps a file of text.
    fn upload_text(
        &self,
        who: &Who,
        path: &str,
        form: &[(&str, &str)],
        file: Option<(&str, &str)>,
    ) -> Got {
        let file = file.map(|(name, text)| (name, text.as_bytes()));
        self.upload(who, path, form, file)
    }

    /// Children of the communes of these names (empty: of none); gives their ids.
    fn children(&self, communes: &[&str]) -> Vec<String> {
        let day = edition(EDITION);
        let units = init::kept(day);
        self.runtime
            .block_on(self.state.store.add_units(day.from, &units))
            .unwrap();
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
        self.runtime.block_on(async {
            let Begun::Act(mut act) = self.state.store.begin(doing).await.unwrap() else {
                panic!("done before");
            };
            act.add_children(&entries).await.unwrap();
            act.finish("", "{}").await.unwrap();
        });
        entries.into_iter().map(|entry| entry.id).collect()
    }
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
