//! `treem disputes`: numbers that more than one child has, with the children who have them. Numbers are masked.
//!
//! In: a book. Out: [`Disputed`] numbers. What is given up by an edit, a closing or a merge leaves the queue by itself.

use super::texts::masked;
use super::{Desk, Done, beyond, unit_name, wait};
use crate::access::Deed;
use treem_child::normalise::date::PartialDate;
use treem_store::Tx;

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
