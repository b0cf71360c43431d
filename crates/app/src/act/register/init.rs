//! Makes a book: its file or tables, its units, its first link of the audit chain.
//!
//! In: a province and the day of its units; perhaps a role of the server that is to work with it. Out: [`Made`].

use super::{Desk, Done, begin, wait};
use treem_child::normalise::unit::{Edition, Level, Unit};
use treem_store::register::{Register, Unit as Kept};
use treem_store::{Error, Store};

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
    /// It was made now; else it was there, and the role alone was given its rights.
    pub new: bool,
    /// The role of the server that may work with it.
    pub app_role: Option<String>,
    /// Tables the role may read and add to, and not change.
    pub unchangeable: usize,
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

/// Makes the book of a province. `app_role`: a role of the server, which is given what it needs to work with the register and no more; with
/// it, a book that is there already stays as it is.
///
/// # Errors
/// The book is there already; the place cannot be used; there is no such role.
pub fn run(
    desk: &mut Desk,
    edition: &'static Edition,
    province: &'static Unit,
    app_role: Option<&str>,
) -> Done<Made> {
    wait(async {
        if app_role.is_some() && !desk.data.contains("://") {
            return Err(Error::NoRoles.into());
        }
        let store = Store::create(&desk.data).await?;
        let key = desk
            .register
            .clone()
            .unwrap_or_else(|| province.code.to_owned());
        let mut made = Made {
            name: format!("Sổ theo dõi trẻ em {}", province.name),
            province: province.code.to_owned(),
            edition: edition.from.to_owned(),
            units: 0,
            new: true,
            app_role: app_role.map(str::to_owned),
            unchangeable: 0,
            register: key.clone(),
        };
        let books = store.read().await?.registers().await?;
        match books.into_iter().find(|book| book.register == key) {
            Some(there) if app_role.is_some() => {
                made.new = false;
                (made.name, made.province, made.edition) =
                    (there.name, there.province, there.edition);
            }
            _ => {
                let units = kept(edition);
                store.add_units(edition.from, &units).await?;
                store
                    .add_register(&Register {
                        register: key.clone(),
                        name: made.name.clone(),
                        province: made.province.clone(),
                        edition: made.edition.clone(),
                        created_at: desk.now.clone(),
                        audit_seq: 0,
                        audit_hash: String::new(),
                    })
                    .await?;
                let act = begin(&store, desk.doing(&key, "init", "")).await?;
                let detail =
                    serde_json::json!({"province": made.province, "edition": made.edition});
                act.finish(&key, &detail.to_string()).await?;
                made.units = units.len();
            }
        }
        if let Some(role) = app_role {
            made.unchangeable = store.grant(role).await?;
        }
        store.close().await;
        Ok(made)
    })
}
