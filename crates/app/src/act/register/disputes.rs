//! `treem disputes`: numbers that more than one child has, with the children who have them. Numbers are masked.
//!
//! In: a book. Out: [`Disputed`] numbers. What is given up by an edit, a closing or a merge leaves the queue by itself.

use super::dossier::decoded;
use super::import::same::Said;
use super::texts::masked;
use super::{Desk, Done, beyond, unit_name, wait};
use crate::access::{Cut, Deed};
use crate::act::access::look::Seen;
use crate::limits;
use treem_child::normalise::date::PartialDate;
use treem_store::Tx;
use treem_store::merges::Dispute;

/// A number in dispute.
#[derive(serde::Serialize)]
pub struct Disputed {
    /// The number, its middle hidden.
    pub number: String,
    /// Who has it, the first first.
    pub children: Vec<Claimant>,
    /// The book and the record that had it first, where that is another book.
    pub elsewhere: Option<(String, String)>,
}

/// A child who has the number.
#[derive(serde::Serialize)]
pub struct Claimant {
    /// Its id.
    pub child: String,
    /// Its state.
    pub state: String,
    /// Edition of its unit.
    #[serde(skip)]
    pub edition: String,
    /// Code of its unit.
    pub unit: Option<String>,
    /// Name of its unit.
    pub unit_name: String,
    /// Since when it has the number.
    pub since: String,
    /// From where: `import`, a person, another source.
    pub source: String,
    /// The file and row, where a list brought it.
    pub origin: Option<(String, i64)>,
}

/// All numbers in dispute.
#[derive(serde::Serialize)]
pub struct Queue {
    /// By number.
    pub disputes: Vec<Disputed>,
    /// Children who got the finding of a number that a child of another book has.
    pub settled: usize,
}

/// The queue. `settle`: children whose number a child of another book has, and who do not say so, get the finding first.
///
/// # Errors
/// The register cannot be used.
pub fn run(desk: &mut Desk, settle: Option<PartialDate>) -> Done<Queue> {
    wait(async {
        let open = desk.open().await?;
        let mut settled = 0;
        if let Some(as_of) = settle {
            desk.must_whole(Deed::Edit)?;
            settled = beyond::mend(desk, &open, as_of).await?;
        }
        let mut tx = open.store.read().await?;
        let mut disputes = of_book(&mut tx, &open.book.register).await?;
        let cut = desk.area(Deed::See);
        disputes.retain_mut(|one| {
            // Who lives elsewhere is a claim without a name: which child it is, its own unit knows.
            let here = one
                .children
                .iter()
                .filter(|child| cut.holds(&child.edition, child.unit.as_deref()));
            let any = here.count() > 0;
            for child in &mut one.children {
                if !cut.holds(&child.edition, child.unit.as_deref()) {
                    child.child.clear();
                    child.origin = None;
                }
            }
            any
        });
        Ok(Queue { disputes, settled })
    })
}

async fn of_book(tx: &mut Tx, book: &str) -> Done<Vec<Disputed>> {
    let mut out: Vec<Disputed> = Vec::new();
    let mut number = String::new();
    for one in tx.disputes(book).await? {
        if number != one.number {
            number.clone_from(&one.number);
            let elsewhere = Some((one.claimed_in, one.claimed_by));
            out.push(Disputed {
                number: masked(&one.number),
                children: Vec::new(),
                elsewhere: elsewhere.filter(|(of, _)| of != book),
            });
        }
        let origin = tx.origins(book, &one.child).await?.into_iter().next();
        if let Some(last) = out.last_mut() {
            last.children.push(Claimant {
                unit_name: unit_name(&one.edition, one.unit.as_deref().unwrap_or("")),
                child: one.child,
                edition: one.edition,
                state: one.state,
                unit: one.unit,
                since: one.since,
                source: one.source,
                origin: origin.map(|origin| (origin.file, origin.row_number)),
            });
        }
    }
    Ok(out)
}

/// A child who has a number that others have, as a page shows it; of another area nothing but where it lives.
pub struct Holder {
    /// The record; empty where it is not of the person's area.
    pub child: String,
    /// Name.
    pub name: String,
    /// Birth date as far as it is known.
    pub birth: String,
    /// `Nam`, `Nữ` or empty.
    pub sex: String,
    /// The mother's name, else the father's, else the guardian's.
    pub carer: String,
    /// Name of the unit.
    pub unit_name: String,
    /// Since when it has the number.
    pub since: String,
    /// From where: a file and row, or a word.
    pub origin: Option<(String, i64)>,
    /// This person may change it.
    pub may_edit: bool,
}

/// A number with those who have it.
pub struct Shared {
    /// The number, its middle hidden.
    pub number: String,
    /// What it says, in words.
    pub says: Vec<String>,
    /// Who has it, the first first.
    pub holders: Vec<Holder>,
    /// The two records as a pair that waits in the queue.
    pub pair: Option<String>,
    /// The book in which it was had first, where that is another one.
    pub elsewhere: Option<String>,
}

/// A page of them.
#[derive(Default)]
pub struct Page {
    /// In order of the numbers.
    pub numbers: Vec<Shared>,
    /// How many there are in the person's area.
    pub total: usize,
    /// Where the next page begins: a child of the last number; none on the last page.
    pub next: Option<String>,
}

/// A page of the numbers in dispute of a person's area, after the number a child has.
///
/// # Errors
/// [`super::Failed::Denied`]; the register cannot be used.
pub fn page(desk: &mut Desk, after: Option<&str>) -> Done<Page> {
    wait(async {
        desk.must_somewhere(Deed::See)?;
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let cut = desk.area(Deed::See);
        let mut groups: Vec<Vec<Dispute>> = Vec::new();
        for one in tx.disputes(book).await? {
            match groups.last_mut() {
                Some(group) if group.iter().any(|other| other.number == one.number) => {
                    group.push(one);
                }
                _ => groups.push(vec![one]),
            }
        }
        let sees = |one: &Dispute| cut.holds(&one.edition, one.unit.as_deref());
        groups.retain(|group| group.iter().any(sees));
        let mut out = Page {
            total: groups.len(),
            ..Page::default()
        };
        let from = after.and_then(|after| {
            let has = |group: &Vec<Dispute>| group.iter().any(|one| one.child == after);
            groups.iter().position(has)
        });
        groups.drain(..from.map_or(0, |at| at + 1));
        let more = groups.len() > limits::DISPUTES_PAGE;
        groups.truncate(limits::DISPUTES_PAGE);
        let last = groups
            .last()
            .and_then(|group| group.iter().find(|one| sees(one)));
        out.next = last.map(|one| one.child.clone()).filter(|_| more);
        let mut shown = 0;
        for group in groups {
            let told = shared(desk, &mut tx, (book, &cut), group).await?;
            shown += told
                .holders
                .iter()
                .filter(|one| !one.child.is_empty())
                .count();
            out.numbers.push(told);
        }
        drop(tx);
        if shown > 0 {
            let seen = Seen::Children(shown as u64);
            desk.looks(&open, (Deed::See, "disputes"), seen).await?;
        }
        Ok(out)
    })
}

async fn shared(
    desk: &Desk,
    tx: &mut Tx,
    (book, cut): (&str, &Cut),
    group: Vec<Dispute>,
) -> Done<Shared> {
    let number = group
        .first()
        .map_or("", |one| one.number.as_str())
        .to_owned();
    let elsewhere = group
        .first()
        .map(|one| one.claimed_in.clone())
        .filter(|of| of != book);
    let mut holders = Vec::new();
    for one in group {
        let sees = cut.holds(&one.edition, one.unit.as_deref());
        let mut holder = Holder {
            child: String::new(),
            name: String::new(),
            birth: String::new(),
            sex: String::new(),
            carer: String::new(),
            unit_name: unit_name(&one.edition, one.unit.as_deref().unwrap_or("")),
            since: one.since,
            origin: None,
            may_edit: false,
        };
        if sees {
            let child = tx.child(book, &one.child).await?;
            let said = Said::of(&child.now);
            let carers = ["mother", "father", "guardian"].map(|field| said.get(field));
            let carer = carers.into_iter().find(|name| !name.is_empty());
            carer.unwrap_or("").clone_into(&mut holder.carer);
            said.get("name").clone_into(&mut holder.name);
            said.get("sex").clone_into(&mut holder.sex);
            child.now.birth.clone_into(&mut holder.birth);
            let origins = tx.origins(book, &one.child).await?;
            let first = origins.into_iter().next();
            holder.origin = first.map(|origin| (origin.file, origin.row_number));
            holder.may_edit = desk.may(Deed::Edit, &one.edition, one.unit.as_deref());
            holder.child = one.child;
        }
        holders.push(holder);
    }
    let mut pair = None;
    if let [one, two] = holders.as_slice() {
        let (first, second) = (
            one.child.as_str().min(&two.child),
            one.child.as_str().max(&two.child),
        );
        if !first.is_empty() && tx.pair(book, first, second).await?.is_some() {
            pair = Some(format!("{first}~{second}"));
        }
    }
    Ok(Shared {
        says: decoded(&number),
        number: masked(&number),
        holders,
        pair,
        elsewhere,
    })
}
