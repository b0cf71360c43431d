//! A page of a list as the police answer it: rows by their position, or some of them by number, each with its answer; counted by statements, so that
//! a list of thousands costs no more than its page.
//!
//! In: a list, which rows. Out: [`Page`]. The seal is not computed here: it stands over all rows, and whatever is printed, sent or signed is held
//! against it ([`super::super::frozen::paper`]).

use super::super::super::{Desk, Done, Failed, wait};
use super::super::frozen;
use super::super::held::{Held, stored};
use super::super::list_of;
use super::shown::{Shown, of_row};
use crate::access::Deed;
use crate::act::access::look::Seen;
use treem_child::handover::frozen::Frozen;

/// Which rows of a list.
pub enum Which {
    /// From a position on, counted from 0; perhaps only those without an answer.
    From {
        /// The first.
        from: usize,
        /// Only those without an answer.
        open: bool,
    },
    /// These, by their numbers.
    These(Vec<u32>),
}

/// Rows of a list with their answers.
pub struct Page {
    /// The list.
    pub held: Held,
    /// All rows of the list.
    pub count: usize,
    /// Those with an answer.
    pub answered: usize,
    /// Rows that `which` asks for, on all pages.
    pub wanted: usize,
    /// Position of the first that is given.
    pub from: usize,
    /// The rows.
    pub rows: Vec<(Frozen, Shown)>,
}

/// A page of at most `rows` rows, for who answers. It is written down that its children were seen.
///
/// # Errors
/// [`Failed::Refused`]: no such list, it has not gone to the police; [`Failed::Denied`].
pub fn page(desk: &mut Desk, list: &str, (which, rows): (&Which, usize)) -> Done<Page> {
    wait(async {
        let code = list_of(list)?;
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let held = Held::of(&mut tx, book, code).await?;
        let (edition, unit) = held.unit();
        desk.must(Deed::Answer, edition, Some(unit))?;
        let place = held.place();
        if !place.is_sealed() {
            return Err(Failed::Refused(format!(
                "danh sách {code} chưa chuyển đến Công an: đang ở bước “{}”.",
                place.label()
            )));
        }
        let (number, closing) = (held.list.number, held.list.closing);
        let (answered, without) = tx.handover_frozen_count(book, (number, closing)).await?;
        let size = |count: i64| usize::try_from(count).unwrap_or(0);
        let (answered, without) = (size(answered), size(without));
        let count = answered.saturating_add(without);
        let (mut texts, mut first, mut wanted) = (Vec::new(), 0, count);
        match which {
            Which::From { from, open } => {
                wanted = if *open { without } else { count };
                let pages = (*from).min(wanted.saturating_sub(1)) / rows.max(1);
                first = pages.saturating_mul(rows);
                let at = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
                let these = (number, closing, *open);
                texts = tx
                    .handover_frozen_page(book, these, (at(first), at(rows)))
                    .await?;
            }
            Which::These(numbers) => {
                for one in numbers.iter().take(rows) {
                    let row = (number, closing, stored(*one));
                    texts.extend(tx.handover_frozen_row(book, row).await?);
                }
            }
        }
        let mut out = Vec::with_capacity(texts.len());
        for text in texts {
            let row = frozen::read(&held, &text)?;
            let answers = tx
                .answers_of(book, number, stored(row.code.number()))
                .await?;
            let shown = of_row(row.code, &answers);
            out.push((row, shown));
        }
        drop(tx);
        let seen = Seen::Children(out.len() as u64);
        desk.looks(&open, (Deed::HandOver, "list"), seen).await?;
        open.leave().await;
        Ok(Page {
            held,
            count,
            answered,
            wanted,
            from: first,
            rows: out,
        })
    })
}
