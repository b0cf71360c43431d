//! `treem doctor`: whether the register is whole: the file, the audit chain, every event, the counts.
//!
//! In: the register. Out: [`Report`].

use super::{Desk, Done, wait};
use treem_store::child::{ACTIVE, WITHDRAWN};
use treem_store::store::{Engine, shown};

/// What was found.
#[derive(serde::Serialize)]
pub struct Report {
    /// Where the register is.
    pub data: String,
    /// `sqlite` or `postgres`.
    pub engine: &'static str,
    /// The book.
    pub register: String,
    /// Children who count.
    pub active: i64,
    /// Records of undone imports.
    pub withdrawn: i64,
    /// Imports.
    pub imports: usize,
    /// Numbers that more than one child has.
    pub disputed: usize,
    /// Links of the audit chain.
    pub links: i64,
    /// Events.
    pub events: i64,
    /// What is wrong, one Vietnamese sentence each.
    pub troubles: Vec<String>,
}

/// Looks at everything.
///
/// # Errors
/// The register cannot be used.
pub fn run(desk: &Desk) -> Done<Report> {
    wait(async {
        let open = desk.open().await?;
        let book = open.book.register.as_str();
        let mut troubles: Vec<String> = open
            .store
            .damage()
            .await?
            .into_iter()
            .map(|line| format!("Tệp sổ bị hỏng: {line}. Hãy khôi phục từ bản sao lưu."))
            .collect();
        let mut tx = open.store.read().await?;
        let verified = tx.verify(book).await?;
        troubles.extend(
            verified
                .broken
                .iter()
                .map(treem_store::audit::Broken::sentence),
        );
        let astray = tx.children_astray(book).await?;
        if astray > 0 {
            troubles.push(format!("{astray} hồ sơ không khớp với lịch sử của mình."));
        }
        Ok(Report {
            data: shown(&desk.data).to_owned(),
            engine: match open.store.engine() {
                Engine::Sqlite => "sqlite",
                Engine::Postgres => "postgres",
            },
            register: book.to_owned(),
            active: tx.children_in_state(book, ACTIVE).await?,
            withdrawn: tx.children_in_state(book, WITHDRAWN).await?,
            imports: tx.imports(book).await?.len(),
            disputed: tx.disputed(book).await?.len(),
            links: verified.links,
            events: verified.events,
            troubles,
        })
    })
}
