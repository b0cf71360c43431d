//! Makes a book: its file or tables, its units, its first link of the audit chain.
//!
//! In: a province and the day of its units. Out: [`Made`].

use super::{Desk, Done, begin, wait};
use treem_child::normalise::unit::{Edition, Level, Unit};
use treem_store::Store;
use treem_store::register::{Register, Unit as Kept};

/// What was made.
#[derive(serde::Serialize)]
pub struct Made {
    /// Key of the book.
    pub register: String,
    /// Its name.
    pub name: String,
    /// Code of the province.
    pub province: String,
    /// Edition of the units.
    pub edition: String,
    /// Units written down.
    pub units: usize,
}

/// The units of an edition as the register keeps them.
pub fn kept(edition: &'static Edition) -> Vec<Kept<'static>> {
    edition
        .units()
        .iter()
        .map(|unit| Kept {
            code: unit.code,
            name: unit.name,
            level: match unit.level() {
                Level::Province => "province",
                Level::District => "district",
                Level::Commune => "commune",
            },
            parent: Some(unit.parent).filter(|parent| !parent.is_empty()),
        })
        .collect()
}

/// Makes the book of a province.
///
/// # Errors
/// The book is there already; the place cannot be used.
pub fn run(desk: &mut Desk, edition: &'static Edition, province: &'static Unit) -> Done<Made> {
    wait(async {
        let store = Store::create(&desk.data).await?;
        let units = kept(edition);
        store.add_units(edition.from, &units).await?;
        let key = desk
            .register
            .clone()
            .unwrap_or_else(|| province.code.to_owned());
        let name = format!("Sổ theo dõi trẻ em {}", province.name);
        store
            .add_register(&Register {
                register: key.clone(),
                name: name.clone(),
                province: province.code.to_owned(),
                edition: edition.from.to_owned(),
                created_at: desk.now.clone(),
                audit_seq: 0,
                audit_hash: String::new(),
            })
            .await?;
        let act = begin(&store, desk.doing(&key, "init", "")).await?;
        let detail =
            serde_json::json!({"province": province.code, "edition": edition.from}).to_string();
        act.finish(&key, &detail).await?;
        store.close().await;
        Ok(Made {
            register: key,
            name,
            province: province.code.to_owned(),
            edition: edition.from.to_owned(),
            units: units.len(),
        })
    })
}
