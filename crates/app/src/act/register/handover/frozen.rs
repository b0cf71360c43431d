//! Rows of a list as they go to the police: as sealed where a seal stands over them, else as the records say now.
//!
//! In: a list. Out: [`Frozen`] rows, [`Paper`]: everything a printed list needs.

use super::super::again::said::{Columns, Said};
use super::super::{Desk, Done, Failed, unit_name, wait};
use super::held::{Held, row_code};
use crate::access::Deed;
use crate::act::access::look::Seen;
use treem_child::field::Field;
use treem_child::handover::code;
use treem_child::handover::frozen::{Carer, Frozen, Home};
use treem_child::handover::seal::{self, Digest, Heading};
use treem_store::Tx;
use treem_store::child::{ACTIVE, Child, Finding};
use treem_store::handover::{OPEN, Row};

/// A list with all that is printed of it.
pub struct Paper {
    /// The list and its state.
    pub held: Held,
    /// What stands above the rows; of a list that is not closed, `closed_on` is empty.
    pub heading: Heading,
    /// The rows.
    pub rows: Vec<Frozen>,
    /// The seal, where one stands over them.
    pub seal: Option<Digest>,
}

/// The canonical bytes of a closed list, over which the seal stands and a detached signature is made.
#[derive(serde::Serialize)]
pub struct Canonical {
    /// The list.
    pub list: code::List,
    /// Rows.
    pub rows: usize,
    /// The seal.
    pub seal: String,
    /// The bytes.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

/// A record as a row of a list.
pub fn freeze(
    columns: &Columns,
    code: code::Row,
    (child, findings): (&Child, &[Finding]),
    why: &[String],
) -> Frozen {
    let said = Said::of(columns, &child.now, findings);
    let words = |field: Field| said.words(columns, field);
    let column = |name: &str| said.column(columns.heads.at(name)).to_owned();
    let or_written = |value: String, field: Field| {
        if value.is_empty() {
            words(field)
        } else {
            value
        }
    };
    let carer = |field: Field| Carer {
        name: words(field),
        nationality: String::new(),
    };
    let unit = child.now.unit.clone().unwrap_or_default();
    let group = column("ethnicity");
    let own = words(Field::Ethnicity);
    let mut why = why.to_vec();
    why.sort();
    why.dedup();
    Frozen {
        code,
        name: words(Field::Name),
        birth: or_written(child.now.birth.clone(), Field::Birth),
        sex: or_written(column("sex"), Field::Sex),
        ethnicity_own: if own == group { String::new() } else { own },
        ethnicity: group,
        number: or_written(child.now.number.clone().unwrap_or_default(), Field::Number),
        birth_registration: words(Field::BirthRegistration),
        home_place: words(Field::HomePlace),
        nationality: words(Field::Nationality),
        home: Home {
            hamlet: words(Field::Hamlet),
            address: words(Field::Address),
            commune: unit_name(&child.now.edition, &unit),
            unit,
            edition: child.now.edition.clone(),
        },
        father: carer(Field::Father),
        mother: carer(Field::Mother),
        guardian: carer(Field::Guardian),
        phone: words(Field::Phone),
        why,
    }
}

/// The reasons of a row.
pub fn reasons(row: &Row) -> Vec<String> {
    row.why
        .split('|')
        .filter(|code| !code.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The open rows of a list as the records say now, and how many of their children do not count any more.
pub(in crate::act) async fn now(tx: &mut Tx, book: &str, rows: &[Row]) -> Done<(Vec<Frozen>, u32)> {
    let columns = Columns::new();
    let (mut out, mut gone) = (Vec::with_capacity(rows.len()), 0_u32);
    for row in rows.iter().filter(|row| row.state == OPEN) {
        let Some(code) = row_code(row) else { continue };
        let child = tx.child(book, &row.child).await?;
        if child.now.state != ACTIVE {
            gone = gone.saturating_add(1);
        }
        let findings = tx.findings(book, &row.child).await?;
        out.push(freeze(&columns, code, (&child, &findings), &reasons(row)));
    }
    Ok((out, gone))
}

/// What stands above the rows of a list that is closed on a day.
pub(in crate::act) fn heading(book: &str, held: &Held, closed_on: &str) -> Heading {
    Heading {
        register: book.to_owned(),
        list: held.code,
        title: held.list.title.clone(),
        unit: held.list.unit.clone(),
        edition: held.list.edition.clone(),
        unit_name: unit_name(&held.list.edition, &held.list.unit),
        closed_on: closed_on.to_owned(),
    }
}

/// The rows of a list as they were sealed at its last closing; empty before.
///
/// # Errors
/// [`Failed::Refused`] where they cannot be read.
pub(in crate::act) async fn sealed(tx: &mut Tx, book: &str, held: &Held) -> Done<Vec<Frozen>> {
    let rows = tx
        .handover_frozen(book, held.list.number, held.list.closing)
        .await?;
    rows.iter().map(|row| read(held, row)).collect()
}

/// A row as it was sealed, from the text that is kept.
///
/// # Errors
/// [`Failed::Refused`] where it cannot be read.
pub(super) fn read(held: &Held, row: &str) -> Done<Frozen> {
    serde_json::from_str(row).map_err(|_| {
        Failed::Refused(format!(
            "Không đọc được một dòng đã chốt của danh sách {}. Chạy treem doctor để kiểm tra sổ.",
            held.code
        ))
    })
}

/// A list with its rows: as sealed, and the seal then stands over exactly these; or, while it is not closed, as the records say now.
///
/// # Errors
/// [`Failed::Refused`]: the seal does not stand over the rows.
pub(in crate::act) async fn paper_of(tx: &mut Tx, book: &str, held: Held) -> Done<Paper> {
    let closed = held.course.state.closed();
    let seal = closed.map(|closed| closed.seal);
    let closed_on = closed.map_or("", |closed| closed.closed_on.as_str());
    let heading = heading(book, &held, closed_on);
    let rows = if seal.is_some() {
        sealed(tx, book, &held).await?
    } else {
        let rows = tx.handover_rows(book, held.list.number).await?;
        now(tx, book, &rows).await?.0
    };
    if seal.is_some_and(|seal| seal != seal::digest(&heading, &rows)) {
        return Err(Failed::Refused(format!(
            "Nội dung danh sách {} không khớp với mã SHA-256 khi chốt. Không in, không gửi; chạy treem doctor để kiểm tra sổ.",
            held.code
        )));
    }
    Ok(Paper {
        held,
        heading,
        rows,
        seal,
    })
}

/// A list to be printed, sent or answered. It is written down that its children were seen.
///
/// # Errors
/// [`Failed::Refused`]: no such list.
pub fn paper(desk: &mut Desk, list: &str) -> Done<Paper> {
    wait(async {
        let code = super::list_of(list)?;
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let held = Held::of(&mut tx, book, code).await?;
        let (edition, unit) = held.unit();
        let (edition, unit) = (edition.to_owned(), unit.to_owned());
        // The police see what they are to answer, sensitive fields too: that is what the list is for.
        if !desk.may(Deed::Answer, &edition, Some(&unit)) {
            desk.must(Deed::HandOver, &edition, Some(&unit))?;
        }
        let paper = paper_of(&mut tx, book, held).await?;
        drop(tx);
        let seen = Seen::Children(paper.rows.len() as u64);
        desk.looks(&open, (Deed::HandOver, "list"), seen).await?;
        open.leave().await;
        Ok(paper)
    })
}

/// The bytes of a closed list.
///
/// # Errors
/// [`Failed::Refused`]: no such list, it is not closed, the seal does not stand over the rows.
pub fn canonical(desk: &mut Desk, list: &str) -> Done<Canonical> {
    let paper = paper(desk, list)?;
    let Some(seal) = paper.seal else {
        return Err(Failed::Refused(format!(
            "Danh sách {} chưa chốt nên chưa có nội dung để ký. Lãnh đạo duyệt trước đã.",
            paper.held.code
        )));
    };
    Ok(Canonical {
        list: paper.held.code,
        rows: paper.rows.len(),
        seal: seal.hex(),
        bytes: seal::bytes(&paper.heading, &paper.rows),
    })
}
