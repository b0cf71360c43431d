//! Movements: how a unit came from the children of one evening to those of another.
//!
//! In: what the book said of each child on both evenings, and what kind of events lie between. Out: [`Lines`]: by unit the opening,
//! what came, what went, the closing. A child is in at most one column of what came and one of what went, of the unit where it is
//! counted; so opening + came − went = closing, always and exactly.

use std::collections::BTreeMap;

/// Life of a record in the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    /// Counts.
    Active,
    /// Its import was undone.
    Withdrawn,
    /// Merged into another record.
    Merged,
    /// Goes on in another book.
    Moved,
    /// Died.
    Died,
    /// Entered by mistake.
    Mistake,
    /// A word this program does not know.
    Unknown,
}

impl Life {
    /// From the register's word.
    pub fn of(word: &str) -> Self {
        match word {
            "active" => Self::Active,
            "withdrawn" => Self::Withdrawn,
            "merged" => Self::Merged,
            "moved" => Self::Moved,
            "died" => Self::Died,
            "mistake" => Self::Mistake,
            _ => Self::Unknown,
        }
    }
}

/// What the book said of a child on an evening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen<U> {
    /// Life in the register.
    pub life: Life,
    /// Birth date `YYYY-MM-DD`, `YYYY-MM`, `YYYY` or empty.
    pub birth: String,
    /// The first day on which the child is 16.
    pub leaves_on: String,
    /// Where it is counted.
    pub unit: U,
}

impl<U> Seen<U> {
    /// Counts on a day: active, born by then, under 16 still. The same as coverage counts.
    pub fn counts(&self, day: &str) -> bool {
        self.life == Life::Active && self.birth.as_str() <= day && self.leaves_on.as_str() > day
    }
}

/// What lies between the two evenings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Between {
    /// The child moved.
    pub moved: bool,
    /// Its unit was re-assigned by a reform.
    pub reassigned: bool,
}

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// Children on the first evening.
    Opening,
    /// Born since.
    Born,
    /// Born before, entered since.
    EnteredLate,
    /// Came from another unit or book.
    MovedIn,
    /// Taken back into the book: an import redone, a merge undone, a closing undone.
    Restored,
    /// Counts here since a birth date or a unit was corrected.
    CorrectedIn,
    /// Re-assigned to this unit by a reform.
    ReassignedIn,
    /// Went to another unit or book.
    MovedOut,
    /// Died.
    Died,
    /// Turned 16.
    Turned16,
    /// Merged into another record.
    Merged,
    /// Had been entered by mistake.
    Mistake,
    /// Withdrawn with its import.
    Withdrawn,
    /// Does not count here any more since a birth date or a unit was corrected.
    CorrectedOut,
    /// Re-assigned from this unit by a reform.
    ReassignedOut,
    /// Children on the last evening.
    Closing,
}

use Column::{
    Born, Closing, CorrectedIn, CorrectedOut, Died, EnteredLate, Merged, Mistake, MovedIn,
    MovedOut, Opening, ReassignedIn, ReassignedOut, Restored, Turned16, Withdrawn,
};

/// All columns in the order of the table.
pub const COLUMNS: [Column; 16] = [
    Opening,
    Born,
    EnteredLate,
    MovedIn,
    Restored,
    CorrectedIn,
    ReassignedIn,
    MovedOut,
    Died,
    Turned16,
    Merged,
    Mistake,
    Withdrawn,
    CorrectedOut,
    ReassignedOut,
    Closing,
];

impl Column {
    /// The machine's name.
    pub fn code(self) -> &'static str {
        match self {
            Opening => "opening",
            Born => "born",
            EnteredLate => "entered_late",
            MovedIn => "moved_in",
            Restored => "restored",
            CorrectedIn => "corrected_in",
            ReassignedIn => "reassigned_in",
            MovedOut => "moved_out",
            Died => "died",
            Turned16 => "turned_16",
            Merged => "merged",
            Mistake => "mistake",
            Withdrawn => "withdrawn",
            CorrectedOut => "corrected_out",
            ReassignedOut => "reassigned_out",
            Closing => "closing",
        }
    }

    /// The heading a person reads.
    pub fn label(self) -> &'static str {
        match self {
            Opening => "Đầu kỳ",
            Born => "Mới sinh",
            EnteredLate => "Nhập bổ sung",
            MovedIn => "Chuyển đến",
            Restored => "Đưa lại vào sổ",
            CorrectedIn => "Tăng do sửa",
            ReassignedIn => "Tăng do sắp xếp đơn vị",
            MovedOut => "Chuyển đi",
            Died => "Chết",
            Turned16 => "Đủ 16 tuổi",
            Merged => "Gộp hồ sơ trùng",
            Mistake => "Ghi nhầm",
            Withdrawn => "Rút do hủy lượt nhập",
            CorrectedOut => "Giảm do sửa",
            ReassignedOut => "Giảm do sắp xếp đơn vị",
            Closing => "Cuối kỳ",
        }
    }

    /// +1 for what came, −1 for what went, 0 for the two ends.
    pub fn sign(self) -> i64 {
        match self {
            Opening | Closing => 0,
            Born | EnteredLate | MovedIn | Restored | CorrectedIn | ReassignedIn => 1,
            MovedOut | Died | Turned16 | Merged | Mistake | Withdrawn | CorrectedOut
            | ReassignedOut => -1,
        }
    }

    /// Shown only where something stands in it.
    pub fn is_rare(self) -> bool {
        !matches!(
            self,
            Opening | Born | MovedIn | MovedOut | Died | Turned16 | Closing
        )
    }
}

/// The figures of a unit, in the order of [`COLUMNS`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Line([i64; COLUMNS.len()]);

impl Line {
    /// A figure.
    pub fn of(&self, column: Column) -> i64 {
        self.0.get(column as usize).copied().unwrap_or(0)
    }
    fn add(&mut self, column: Column, count: i64) {
        if let Some(figure) = self.0.get_mut(column as usize) {
            *figure = figure.saturating_add(count);
        }
    }
    /// Adds another line.
    pub fn take(&mut self, other: &Self) {
        for column in COLUMNS {
            self.add(column, other.of(column));
        }
    }
    /// Opening + came − went = closing.
    pub fn adds_up(&self) -> bool {
        let moved: i64 = COLUMNS
            .iter()
            .map(|column| column.sign() * self.of(*column))
            .sum();
        self.of(Opening) + moved == self.of(Closing)
    }
    /// Nothing stands in any column.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|figure| *figure == 0)
    }
}

/// The table by unit, filled child by child.
#[derive(Clone, Debug)]
pub struct Lines<U> {
    opening_day: String,
    closing_day: String,
    by_unit: BTreeMap<U, Line>,
}

impl<U: Ord + Clone> Lines<U> {
    /// A table from one evening to another (`YYYY-MM-DD`, the first one before the last).
    pub fn new(opening_day: &str, closing_day: &str) -> Self {
        Self {
            opening_day: opening_day.to_owned(),
            closing_day: closing_day.to_owned(),
            by_unit: BTreeMap::new(),
        }
    }

    /// Takes a child: as the book had it on the first evening (`None`: not there yet) and on the last.
    pub fn take(&mut self, before: Option<&Seen<U>>, after: &Seen<U>, between: Between) {
        let from = before.filter(|seen| seen.counts(&self.opening_day));
        let to = Some(after).filter(|seen| seen.counts(&self.closing_day));
        if let Some(seen) = from {
            self.line(&seen.unit).add(Opening, 1);
        }
        if let Some(seen) = to {
            self.line(&seen.unit).add(Closing, 1);
        }
        match (from, to) {
            (None, None) => {}
            (Some(from), Some(to)) => {
                if from.unit != to.unit {
                    let (out, into) = if between.moved {
                        (MovedOut, MovedIn)
                    } else if between.reassigned {
                        (ReassignedOut, ReassignedIn)
                    } else {
                        (CorrectedOut, CorrectedIn)
                    };
                    self.line(&from.unit).add(out, 1);
                    self.line(&to.unit).add(into, 1);
                }
            }
            (Some(from), None) => {
                let why = self.went(from, after);
                self.line(&from.unit).add(why, 1);
            }
            (None, Some(to)) => {
                let why = self.came(before, to, between);
                self.line(&to.unit).add(why, 1);
            }
        }
    }

    /// Why a child who counted does so no more.
    fn went(&self, from: &Seen<U>, after: &Seen<U>) -> Column {
        match after.life {
            Life::Died => Died,
            Life::Moved => MovedOut,
            Life::Merged => Merged,
            Life::Mistake => Mistake,
            Life::Withdrawn => Withdrawn,
            // The birthday came, also where the birth date was corrected on the way.
            Life::Active if from.leaves_on <= self.closing_day => Turned16,
            Life::Active | Life::Unknown => CorrectedOut,
        }
    }

    /// Why a child who did not count does so now.
    fn came(&self, before: Option<&Seen<U>>, to: &Seen<U>, between: Between) -> Column {
        let born = to.birth > self.opening_day;
        match before {
            None if between.moved => MovedIn,
            None if born => Born,
            None => EnteredLate,
            Some(before) if before.life == Life::Active && born => Born,
            Some(before) if before.life == Life::Active => CorrectedIn,
            Some(_) => Restored,
        }
    }

    fn line(&mut self, unit: &U) -> &mut Line {
        self.by_unit.entry(unit.clone()).or_default()
    }

    /// By unit, in order.
    pub fn lines(&self) -> impl Iterator<Item = (&U, &Line)> {
        self.by_unit.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(life: Life, birth: &str, leaves_on: &str, unit: &'static str) -> Seen<&'static str> {
        Seen {
            life,
            birth: birth.to_owned(),
            leaves_on: leaves_on.to_owned(),
            unit,
        }
    }

    /// What a child did between 2024-05-31 and 2024-06-30: column by unit, the ends left out.
    fn check(
        before: Option<&Seen<&'static str>>,
        after: &Seen<&'static str>,
        between: Between,
        want: &[(&str, Column)],
    ) {
        let mut lines = Lines::new("2024-05-31", "2024-06-30");
        lines.take(before, after, between);
        let mut found = Vec::new();
        for (unit, line) in lines.lines() {
            assert!(line.adds_up(), "{before:?} {after:?}");
            found.extend(
                COLUMNS
                    .into_iter()
                    .filter(|column| column.sign() != 0 && line.of(*column) != 0)
                    .map(|column| (*unit, column)),
            );
        }
        assert_eq!(found, want, "{before:?} {after:?}");
    }

    #[test]
    fn why_children_come_and_go() {
        let here = |life| seen(life, "2015-03-12", "2031-03-12", "A");
        let there = seen(Life::Active, "2015-03-12", "2031-03-12", "B");
        let (none, moved) = (
            Between::default(),
            Between {
                moved: true,
                reassigned: true,
            },
        );
        let reassigned = Between {
            moved: false,
            reassigned: true,
        };
        let active = here(Life::Active);
        let old = |leaves: &str| seen(Life::Active, "2008-06-15", leaves, "A");
        let baby = |birth: &str| seen(Life::Active, birth, "2040-06-15", "A");
        check(Some(&active), &active, none, &[]);
        for (life, column) in [
            (Life::Died, Died),
            (Life::Moved, MovedOut),
            (Life::Merged, Merged),
            (Life::Mistake, Mistake),
            (Life::Withdrawn, Withdrawn),
            (Life::Unknown, CorrectedOut),
        ] {
            check(Some(&active), &here(life), none, &[("A", column)]);
            // And back.
            let back = [("A", Restored)];
            check(Some(&here(life)), &active, none, &back);
            // Who was not counted at either end is nowhere.
            check(Some(&here(life)), &here(life), none, &[]);
            check(None, &here(life), none, &[]);
        }
        for (between, columns) in [
            (moved, (MovedOut, MovedIn)),
            (reassigned, (ReassignedOut, ReassignedIn)),
            (none, (CorrectedOut, CorrectedIn)),
        ] {
            let want = [("A", columns.0), ("B", columns.1)];
            check(Some(&active), &there, between, &want);
        }
        check(None, &active, none, &[("A", EnteredLate)]);
        check(None, &active, moved, &[("A", MovedIn)]);
        check(None, &baby("2024-06-15"), none, &[("A", Born)]);
        check(None, &baby("2024-05-31"), none, &[("A", EnteredLate)]);
        check(None, &baby("2024"), none, &[("A", EnteredLate)]);
        check(None, &baby("2024-06"), none, &[("A", Born)]);
        check(None, &baby("2024-07-01"), none, &[]);
        // Entered before the birth that was expected.
        check(
            Some(&baby("2024-06-15")),
            &baby("2024-06-15"),
            none,
            &[("A", Born)],
        );
        let turned = [("A", Turned16)];
        check(Some(&old("2024-06-15")), &old("2024-06-15"), none, &turned);
        check(Some(&old("2024-06-30")), &old("2024-06-30"), none, &turned);
        check(Some(&old("2024-07-01")), &old("2024-07-01"), none, &[]);
        // The birth date was corrected.
        let corrected = [("A", CorrectedOut)];
        check(
            Some(&old("2024-08-01")),
            &old("2024-06-01"),
            none,
            &corrected,
        );
        check(
            Some(&old("2024-05-01")),
            &old("2024-08-01"),
            none,
            &[("A", CorrectedIn)],
        );
    }
}
