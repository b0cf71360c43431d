//! The children of past evenings: what the book was at a moment does not change any more, so it is worked out once and then kept.
//!
//! In: a book, a day, a moment ([`Evening`]). Out: children by unit. Kept are the last [`MOST`] asked for, and only of moments more than a day ago:
//! an act that began before a moment and ends after it writes down that it was done before.

use super::why::since;
use crate::act::register::geography::Group;
use std::sync::{Arc, Mutex};
use treem_store::Tx;
use treem_store::register::Mark;

/// Evenings that are kept; one of a whole country takes a megabyte or two.
const MOST: usize = 16;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evening {
    /// Key of the book.
    pub book: String,
    /// Day on which children are children.
    pub day: String,
    /// Moment of the book: UTC, fixed width.
    pub moment: String,
}

struct Kept {
    evening: Evening,
    /// Where the book was when it was worked out. A book that did not come by it is another one: it was restored.
    mark: Mark,
    groups: Arc<Vec<Group>>,
}

/// Evenings between questions.
#[derive(Default)]
pub struct Evenings(Mutex<Vec<Kept>>);

impl Evenings {
    /// What is kept of an evening of a book that is at `mark` by now.
    ///
    /// # Errors
    /// The database's.
    pub async fn of(
        &self,
        tx: &mut Tx,
        evening: &Evening,
        mark: &Mark,
    ) -> treem_store::Result<Option<Arc<Vec<Group>>>> {
        let Some((then, groups)) = self.get(evening) else {
            return Ok(None);
        };
        let holds = tx.came_by(&evening.book, mark, &then).await?;
        Ok(holds.then_some(groups))
    }

    /// What is kept of an evening, and where the book was then.
    fn get(&self, evening: &Evening) -> Option<(Mark, Arc<Vec<Group>>)> {
        let mut all = self.0.lock().ok()?;
        let at = all.iter().position(|one| one.evening == *evening)?;
        // Asked for last, it is given up last.
        let found = all.remove(at);
        let out = (found.mark.clone(), Arc::clone(&found.groups));
        all.push(found);
        Some(out)
    }

    /// Keeps an evening, where nothing can happen to it any more. `now`: UTC, fixed width.
    pub fn keep(&self, evening: Evening, (mark, now): (&Mark, &str), groups: &Arc<Vec<Group>>) {
        let over = evening.moment < since(now, 1);
        if let Ok(mut all) = self.0.lock()
            && over
        {
            all.retain(|one| one.evening != evening);
            if all.len() >= MOST {
                all.remove(0);
            }
            all.push(Kept {
                evening,
                mark: mark.clone(),
                groups: Arc::clone(groups),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "2024-06-13T08:00:00.000000Z";

    fn evening(moment: &str) -> Evening {
        Evening {
            book: "45".to_owned(),
            day: "2024-06-11".to_owned(),
            moment: moment.to_owned(),
        }
    }

    fn groups(count: i64) -> Arc<Vec<Group>> {
        Arc::new(vec![Group {
            edition: "2020-01-01".to_owned(),
            unit: "19588".to_owned(),
            way: String::new(),
            counts: [count, 0, 0, 0, 0],
        }])
    }

    fn mark(seq: i64) -> Mark {
        Mark {
            seq,
            hash: String::new(),
        }
    }

    #[test]
    fn what_can_still_change_is_not_kept() {
        let kept = Evenings::default();
        for (moment, is_kept) in [
            ("2024-06-11T16:59:59.999999Z", true),
            ("2024-06-12T07:59:59.999999Z", true),
            ("2024-06-12T08:00:00.000000Z", false),
            ("2024-06-12T16:59:59.999999Z", false),
            ("2024-06-13T16:59:59.999999Z", false),
        ] {
            kept.keep(evening(moment), (&mark(7), NOW), &groups(1));
            assert_eq!(kept.get(&evening(moment)).is_some(), is_kept, "{moment}");
        }
    }

    #[test]
    fn worked_out_again_it_takes_the_place_of_what_was_kept() {
        let kept = Evenings::default();
        let one = evening("2024-06-11T16:59:59.999999Z");
        for seq in [7, 6] {
            kept.keep(one.clone(), (&mark(seq), NOW), &groups(seq));
            let (of, groups) = kept.get(&one).unwrap();
            assert_eq!((of, groups[0].counts[0]), (mark(seq), seq));
        }
        let other = Evening {
            book: "79".to_owned(),
            ..one
        };
        assert!(kept.get(&other).is_none());
    }

    #[test]
    fn only_so_many_are_kept_and_who_was_not_asked_for_goes_first() {
        let kept = Evenings::default();
        let of = |nth: usize| evening(&format!("2024-05-{nth:02}T16:59:59.999999Z"));
        for nth in 1..=MOST {
            kept.keep(of(nth), (&mark(1), NOW), &groups(1));
        }
        assert!(kept.get(&of(1)).is_some());
        kept.keep(of(MOST + 1), (&mark(1), NOW), &groups(1));
        assert!(kept.get(&of(1)).is_some() && kept.get(&of(2)).is_none());
    }
}
