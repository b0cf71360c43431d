//! Rows of children who are in the book: held against their records; and numbers that come to stand on two children.
//!
//! In: rows that gathered. Out: changes of records, rows whose differing fields wait.

use super::{Done, Entry, Fate, Filler, Finding, Imported, Row, Said};
use crate::access::Deed;
use treem_store::child::Child;

impl Filler<'_> {
    /// Rows of children of the book: what is missing is filled in, what differs waits.
    pub(super) async fn same(
        &mut self,
        place: u32,
        rows: Vec<(u32, Entry, Row)>,
        out: &mut Imported,
    ) -> Done<()> {
        let Some(id) = self.there.ids.get(place as usize).cloned() else {
            return Ok(());
        };
        let found = self.act.reading().children_of(self.book, &[&id]).await?;
        let Some(child) = found.into_iter().next() else {
            return Ok(());
        };
        let mut have = Said::of(&child.now);
        let filled = self.put_together(&mut have, &rows, &id, out);
        if !filled.is_empty() {
            self.fill(place, (child, have), &filled, out).await?;
        }
        Ok(())
    }

    async fn fill(
        &mut self,
        place: u32,
        (child, have): (Child, Said),
        filled: &[&str],
        out: &mut Imported,
    ) -> Done<()> {
        let (edition, unit) = (&child.now.edition, child.now.unit.as_deref());
        self.desk.must(Deed::Import, edition, unit)?;
        let findings = self
            .act
            .reading()
            .findings_of(self.book, &[&child.id])
            .await?
            .remove(&child.id)
            .unwrap_or_default();
        let before = Entry {
            id: child.id,
            source: "import".to_owned(),
            import: Some(out.import.clone()),
            state: child.now,
            findings,
        };
        let mut after = self.judged(before, have, filled);
        self.dispute(&mut after);
        self.changed.insert(place);
        out.filled += 1;
        self.changes.push((child.version, after));
        Ok(())
    }

    /// Holds the gathered rows of children of the book against their records.
    pub(super) async fn flush_known(&mut self, out: &mut Imported) -> Done<()> {
        let known = std::mem::take(&mut self.known);
        if known.is_empty() {
            return Ok(());
        }
        let of = |nth: u32| match self.told.fates.get(nth as usize) {
            Some(Fate::Same(place)) => Some(*place),
            _ => None,
        };
        let ids: Vec<&str> = known
            .iter()
            .filter_map(|(nth, _, _)| self.there.ids.get(of(*nth)? as usize))
            .map(String::as_str)
            .collect();
        let children = self.act.reading().children_of(self.book, &ids).await?;
        for one in known {
            let Some(place) = of(one.0) else { continue };
            let Some(id) = self.there.ids.get(place as usize) else {
                continue;
            };
            let Ok(at) = children.binary_search_by(|child| child.id.cmp(id)) else {
                continue;
            };
            let Some(child) = children.get(at) else {
                continue;
            };
            let mut have = Said::of(&child.now);
            let filled = self.put_together(&mut have, std::slice::from_ref(&one), id, out);
            if !filled.is_empty() {
                self.fill(place, (child.clone(), have), &filled, out)
                    .await?;
            }
        }
        Ok(())
    }

    /// Children of the book whose number now stands on another child, too: a finding on both sides.
    pub(super) async fn disputes(&mut self, import: &str) -> Done<()> {
        if self.told.shared.is_empty() {
            return Ok(());
        }
        let ids: Vec<&str> = (0_u32..)
            .zip(&self.there.numbers)
            .filter(|(place, number)| {
                **number != 0 && self.told.shared.contains(number) && !self.changed.contains(place)
            })
            .filter_map(|(place, _)| self.there.ids.get(place as usize))
            .map(String::as_str)
            .collect();
        let reading = self.act.reading();
        let children = reading.children_of(self.book, &ids).await?;
        let mut findings = reading.findings_of(self.book, &ids).await?;
        for child in children {
            let of: Vec<Finding> = findings.remove(&child.id).unwrap_or_default();
            let mut one = Entry {
                id: child.id,
                source: "import".to_owned(),
                import: Some(import.to_owned()),
                state: child.now,
                findings: of,
            };
            if self.dispute(&mut one) {
                self.changes.push((child.version, one));
            }
        }
        Ok(())
    }
}
