//! All children of a book, now or as they were at a moment, each looked at by a thread of its own while the next page is read;
//! where there are two transactions, by both.
//!
//! In: the book, a moment, what to do with a child. Out: what came of it, in the order of the children. Memory: what is kept of each.

use super::again::Again;
use super::{Done, Failed};
use crate::act::check::{Progress, Stop};
use crate::limits;
use anyhow::anyhow;
use futures_util::future::try_join;
use std::cell::Cell;
use std::sync::{Arc, Mutex, mpsc};
use treem_child::check::rules::RuleSet;
use treem_child::normalise::date::PartialDate;
use treem_store::Tx;
use treem_store::child::{Child, Finding};

/// What is done with a child and the findings it has now (none where a moment was asked for).
pub type Look<T> = dyn Fn(&mut Again, Child, Vec<Finding>) -> Option<T> + Send + Sync;

/// Which children, and by what they are judged.
pub struct Census<'c> {
    /// The book.
    pub book: &'c str,
    /// As they were then; as they are where there is none.
    pub moment: Option<&'c str>,
    /// The rules.
    pub rules: RuleSet,
    /// The day on which age is judged.
    pub as_of: PartialDate,
    /// Who is told how far it is, and who may stop it.
    pub watch: (&'c dyn Progress, &'c Stop),
}

/// A page's place: which part of the book, and which page of it.
type Place = (usize, usize);
type Page = (Place, Vec<Child>, Vec<(String, Finding)>);

/// Children by their ids: those after one, up to another.
struct Part {
    nth: usize,
    after: String,
    to: Option<String>,
}

impl Census<'_> {
    /// Looks at every child, whatever its state. `twin` sees what `tx` sees and reads the second half at the same time.
    ///
    /// # Errors
    /// The database's; [`Failed::Refused`] where it was stopped.
    pub async fn take<T: Send + 'static>(
        &self,
        tx: &mut Tx,
        twin: Option<&mut Tx>,
        look: Arc<Look<T>>,
    ) -> Done<Vec<T>> {
        let (jobs, out) = mpsc::sync_channel::<Page>(limits::PAGES_AHEAD);
        let out = Arc::new(Mutex::new(out));
        let (answers_in, answers) = mpsc::channel::<(Place, Vec<T>)>();
        let workers = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        for _ in 0..workers.min(limits::CENSUS_THREADS) {
            let (out, answers_in, look) = (Arc::clone(&out), answers_in.clone(), Arc::clone(&look));
            let mut again = Again::new(self.rules.clone(), self.as_of);
            std::thread::spawn(move || {
                loop {
                    let Ok(page) = out
                        .lock()
                        .map_err(drop)
                        .and_then(|jobs| jobs.recv().map_err(drop))
                    else {
                        return;
                    };
                    let (place, children, findings) = page;
                    let seen = look_at(&mut again, children, findings, &*look);
                    if answers_in.send((place, seen)).is_err() {
                        return;
                    }
                }
            });
        }
        drop((answers_in, out));
        let pages = self.read(tx, twin, &jobs).await?;
        drop(jobs);
        let mut seen: Vec<(Place, Vec<T>)> = answers.iter().collect();
        if seen.len() != pages {
            return Err(anyhow!("một luồng xử lý bị dừng bất thường").into());
        }
        seen.sort_unstable_by_key(|(place, _)| *place);
        Ok(seen.into_iter().flat_map(|(_, seen)| seen).collect())
    }

    /// Hands out all pages; gives how many.
    async fn read(
        &self,
        tx: &mut Tx,
        twin: Option<&mut Tx>,
        jobs: &mpsc::SyncSender<Page>,
    ) -> Done<usize> {
        let told = Cell::new(0);
        let whole = Part {
            nth: 0,
            after: String::new(),
            to: None,
        };
        let Some(twin) = twin else {
            return self.read_part(tx, whole, (jobs, &told)).await;
        };
        let Some(middle) = tx.middle_child(self.book).await? else {
            return Ok(0);
        };
        let first = Part {
            to: Some(middle.clone()),
            ..whole
        };
        let second = Part {
            nth: 1,
            after: middle,
            to: None,
        };
        let (one, other) = try_join(
            self.read_part(tx, first, (jobs, &told)),
            self.read_part(twin, second, (jobs, &told)),
        )
        .await?;
        Ok(one + other)
    }

    /// Hands out the pages of a part; gives how many.
    async fn read_part(
        &self,
        tx: &mut Tx,
        part: Part,
        (jobs, told): (&mpsc::SyncSender<Page>, &Cell<u64>),
    ) -> Done<usize> {
        let (progress, stop) = self.watch;
        let (mut last, mut pages, mut ended) = (part.after, 0, false);
        while !ended {
            let mut page = match self.moment {
                None => tx.children_after(self.book, &last).await?,
                Some(moment) => tx.children_at_after(self.book, moment, &last).await?,
            };
            if let Some(to) = &part.to {
                let within = page.partition_point(|child| child.id <= *to);
                ended = within < page.len();
                page.truncate(within);
            }
            let Some(end) = page.last().map(|child| child.id.clone()) else {
                break;
            };
            let findings = match self.moment {
                None => tx.findings_between(self.book, (&last, &end)).await?,
                Some(_) => Vec::new(),
            };
            last = end;
            told.set(told.get() + page.len() as u64);
            if stop.is_asked() {
                return Err(Failed::Refused(
                    "đã dừng theo yêu cầu; không có gì được ghi vào sổ.".to_owned(),
                ));
            }
            progress.step("đọc sổ", told.get(), 0);
            if jobs.send(((part.nth, pages), page, findings)).is_err() {
                return Err(anyhow!("một luồng xử lý bị dừng bất thường").into());
            }
            pages += 1;
        }
        Ok(pages)
    }
}

fn look_at<T>(
    again: &mut Again,
    children: Vec<Child>,
    findings: Vec<(String, Finding)>,
    look: &Look<T>,
) -> Vec<T> {
    let mut findings = findings.into_iter().peekable();
    children
        .into_iter()
        .filter_map(|child| {
            let mut own = Vec::new();
            while let Some((_, finding)) = findings.next_if(|(of, _)| *of <= child.id) {
                own.push(finding);
            }
            look(again, child, own)
        })
        .collect()
}
