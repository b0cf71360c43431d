//! What must hold whatever was tried.
//!
//! In: a world. Out: [`Counts`]; it panics where something does not hold.

use super::super::super::{Book, wait};
use super::super::{held, sound};
use super::world::{BOOK, World};
use std::collections::{BTreeMap, BTreeSet};
use treem_store::handover::{LEFT, MOVED, OPEN};

/// How often what was seen.
#[derive(Debug, Default)]
pub struct Counts {
    /// Lists by place.
    pub places: BTreeMap<String, usize>,
    /// Rows by state.
    pub rows: BTreeMap<String, usize>,
    /// Answers by way.
    pub answers: BTreeMap<String, usize>,
}

impl World {
    /// Every list with its steps, place and rows.
    pub fn picture(&self) -> Vec<String> {
        wait(async {
            let open = self.desk.open().await?;
            let mut tx = open.store.read().await?;
            let mut out = Vec::new();
            for list in tx.handovers_after(BOOK, 0).await? {
                let rows = tx.handover_rows(BOOK, list.number).await?;
                out.push(format!("{list:?} {rows:?}"));
            }
            Ok(out)
        })
        .ok()
        .unwrap()
    }

    /// What must hold whatever was tried.
    pub fn holds(&self) -> Counts {
        wait(async {
            let open: Book = self.desk.open().await?;
            let mut tx = open.store.read().await?;
            assert_eq!(sound::troubles(&mut tx, BOOK).await?, Vec::<String>::new());
            assert_eq!(tx.astray(BOOK).await?, []);
            assert_eq!(tx.verify(BOOK).await?.broken, []);
            let (mut counts, mut open_on) = (Counts::default(), BTreeSet::new());
            let mut latest: BTreeMap<String, (i64, String)> = BTreeMap::new();
            let mut earlier: BTreeSet<String> = BTreeSet::new();
            let mut moved = Vec::new();
            for list in tx.handovers_after(BOOK, 0).await? {
                *counts.places.entry(list.place.clone()).or_default() += 1;
                let rows = tx.handover_rows(BOOK, list.number).await?;
                for answer in tx.answers(BOOK, list.number).await? {
                    *counts.answers.entry(answer.way).or_default() += 1;
                }
                // The numbers of the rows have no gap: none was ever taken away.
                let numbers: Vec<i64> = rows.iter().map(|row| row.row_number).collect();
                assert_eq!(numbers, (1..=list.rows).collect::<Vec<i64>>());
                for row in rows {
                    *counts.rows.entry(row.state.clone()).or_default() += 1;
                    if row.state == OPEN {
                        assert!(
                            open_on.insert(row.child.clone()),
                            "{} stands twice",
                            row.child
                        );
                    }
                    earlier.insert(row.earlier.clone());
                    let code = held::row_code(&row).unwrap().to_string();
                    if row.state == MOVED {
                        moved.push(code);
                    }
                    latest.insert(row.child, (row.list, row.state));
                }
            }
            // What went on in a part is there.
            for code in moved {
                assert!(earlier.contains(&code), "{code} went nowhere");
            }
            // What has no answer is what the next list begins with.
            let left: BTreeSet<String> = tx
                .handover_rows_left(BOOK)
                .await?
                .into_iter()
                .map(|row| row.child)
                .collect();
            let wanted: BTreeSet<String> = latest
                .into_iter()
                .filter(|(_, (_, state))| state == LEFT)
                .map(|(child, _)| child)
                .collect();
            assert_eq!(left, wanted);
            // A number that two children hold is disputed.
            let disputed: BTreeSet<String> = tx
                .disputed(BOOK)
                .await?
                .into_iter()
                .map(|(number, _)| number)
                .collect();
            let mut holders: BTreeMap<String, usize> = BTreeMap::new();
            for child in &self.children {
                let now = tx.child(BOOK, child).await?.now;
                if treem_store::child::holds_number(&now.state)
                    && let Some(number) = now.number
                {
                    *holders.entry(number).or_default() += 1;
                }
            }
            for (number, count) in holders {
                assert_eq!(disputed.contains(&number), count > 1, "{count} children");
            }
            Ok(counts)
        })
        .ok()
        .unwrap()
    }
}
