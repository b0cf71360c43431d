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
use std::cell::{Cell, RefCell};
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

/// How far the first half has come, and where it ends: known as soon as the second one has looked for the middle.
#[derive(Default)]
struct Halves {
    read: RefCell<String>,
    middle: RefCell<Option<String>>,
}

impl Halves {
    /// Says where the middle is, or where the first half is by now if that is beyond; the second one begins there.
    fn meet(&self, middle: String) -> String {
        let middle = middle.max(self.read.borrow().clone());
        *self.middle.borrow_mut() = Some(middle.clone());
        middle
    }

    /// What of a page of the first half is before the middle; whether the half ends with it.
    fn first(&self, page: &mut Vec<Child>) -> bool {
        let middle = self.middle.borrow();
        let within = middle.as_ref().map_or(page.len(), |middle| {
            page.partition_point(|child| child.id <= *middle)
        });
        let ends = within < page.len();
        page.truncate(within);
        if let Some(last) = page.last() {
            self.read.borrow_mut().clone_from(&last.id);
        }
        ends
    }
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
        let (told, halves) = (Cell::new(0), Halves::default());
        let first = self.read_part(tx, (0, String::new()), Some(&halves), (jobs, &told));
        let Some(twin) = twin else {
            return first.await;
        };
        let second = async {
            let Some(middle) = twin.middle_child(self.book).await? else {
                return Ok(0);
            };
            let part = (1, halves.meet(middle));
            self.read_part(twin, part, None, (jobs, &told)).await
        };
        let (one, other) = try_join(first, second).await?;
        Ok(one + other)
    }

    /// Hands out the pages of a part, after an id; gives how many.
    async fn read_part(
        &self,
        tx: &mut Tx,
        (nth, mut last): (usize, String),
        halves: Option<&Halves>,
        (jobs, told): (&mpsc::SyncSender<Page>, &Cell<u64>),
    ) -> Done<usize> {
        let (progress, stop) = self.watch;
        let (mut pages, mut ended) = (0, false);
        while !ended {
            let mut page = match self.moment {
                None => tx.children_after(self.book, &last).await?,
                Some(moment) => tx.children_at_after(self.book, moment, &last).await?,
            };
            ended = halves.is_some_and(|halves| halves.first(&mut page));
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
            if jobs.send(((nth, pages), page, findings)).is_err() {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn page(ids: &[&str]) -> Vec<Child> {
        ids.iter()
            .map(|id| Child {
                id: (*id).to_owned(),
                version: 1,
                now: treem_store::child::State::default(),
            })
            .collect()
    }

    fn ids(page: &[Child]) -> Vec<&str> {
        page.iter().map(|child| child.id.as_str()).collect()
    }

    #[test]
    fn the_first_half_ends_where_the_second_begins() {
        let halves = Halves::default();
        let mut one = page(&["a", "b"]);
        assert!(!halves.first(&mut one));
        assert_eq!(halves.meet("d".to_owned()), "d");
        let mut two = page(&["c", "d", "e"]);
        assert!(halves.first(&mut two));
        assert_eq!(ids(&two), ["c", "d"]);
    }

    #[test]
    fn where_the_first_half_was_faster_the_second_begins_behind_it() {
        let halves = Halves::default();
        let mut one = page(&["a", "b", "c"]);
        assert!(!halves.first(&mut one));
        assert_eq!(ids(&one), ["a", "b", "c"]);
        assert_eq!(halves.meet("b".to_owned()), "c");
        let mut two = page(&["d", "e"]);
        assert!(halves.first(&mut two));
        assert!(two.is_empty());
    }

    #[test]
    fn a_page_that_ends_at_the_middle_is_followed_by_an_empty_one() {
        let halves = Halves::default();
        assert_eq!(halves.meet("b".to_owned()), "b");
        let mut one = page(&["a", "b"]);
        assert!(!halves.first(&mut one));
        let mut two = page(&["c"]);
        assert!(halves.first(&mut two));
        assert!(two.is_empty());
    }
}
