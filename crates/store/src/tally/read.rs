//! The sums, asked for: by unit, by hamlet, by day; and the children behind a figure.
//!
//! In: a [`Tx`], a day. Out: [`Tallied`], [`Day`], pages of ids.

use super::{COMPLETE, ERRORS, IDENTIFIED, VERIFIED, month};
use crate::error::Result;
use crate::store::{Tx, all, first};
use crate::{packed, sql};

/// How many children a unit has on a day, and how far they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// In the register.
    pub children: i64,
    /// Of whom *identified*.
    pub identified: i64,
    /// Of whom *complete*.
    pub complete: i64,
    /// Of whom the police gave or verified the number.
    pub verified: i64,
    /// Whose record has an error.
    pub errors: i64,
}

impl Sums {
    /// Adds others.
    pub fn add(&mut self, other: Self) {
        self.children += other.children;
        self.identified += other.identified;
        self.complete += other.complete;
        self.verified += other.verified;
        self.errors += other.errors;
    }

    /// The sums, in the order in which they stand.
    pub const fn each(self) -> [i64; 5] {
        [
            self.children,
            self.identified,
            self.complete,
            self.verified,
            self.errors,
        ]
    }

    /// Of so many children who are so.
    pub fn of_bits(bits: i64, children: i64) -> Self {
        let those = |bit: i64| if bits & bit == 0 { 0 } else { children };
        Self {
            children,
            identified: those(IDENTIFIED),
            complete: those(COMPLETE),
            verified: those(VERIFIED),
            errors: those(ERRORS),
        }
    }
}

/// The sums of the children of a unit who came to it by one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tallied {
    /// Edition of the unit.
    pub edition: String,
    /// Code of the unit; empty where unknown.
    pub unit: String,
    /// Where they stood before; for [`stood`].
    pub way: String,
    /// The sums.
    pub sums: Sums,
}

impl Tallied {
    /// What the sums are of: edition, unit, way.
    fn place(&self) -> (&str, &str, &str) {
        (&self.edition, &self.unit, &self.way)
    }
}

/// What a person's acts of a day added to a unit.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Day {
    /// The day, in the country.
    pub day: String,
    /// Edition of the unit.
    pub edition: String,
    /// Code of the unit; empty where unknown.
    pub unit: String,
    /// Who.
    pub who: String,
    /// Children who came into the book.
    pub came: i64,
    /// Children who went: closed, merged, withdrawn.
    pub went: i64,
    /// Children who came from another unit of the book, or whose unit got another code.
    pub moved_in: i64,
    /// Children who went to another unit of the book.
    pub moved_out: i64,
    /// Children whose last error was put right.
    pub cleaned: i64,
    /// More (or fewer) *identified*.
    pub identified: i64,
    /// More (or fewer) *complete*.
    pub complete: i64,
    /// More (or fewer) verified.
    pub verified: i64,
    /// More (or fewer) with an error.
    pub errors: i64,
}

/// Which children a page is of.
#[derive(Clone, Copy, Debug)]
pub struct Which<'a> {
    /// The day on which they are children.
    pub day: &'a str,
    /// The marks that are looked at.
    pub mask: i64,
    /// What they are to be.
    pub bits: i64,
    /// Edition and code of a unit; empty code: unknown. `None`: the whole book.
    pub unit: Option<(&'a str, &'a str)>,
    /// A hamlet of the unit; empty: those without one.
    pub hamlet: Option<&'a str>,
}

/// A child on a page.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Paged {
    /// Its id.
    pub child: String,
    /// Edition of its unit.
    pub edition: String,
    /// Code of its unit; empty where unknown.
    pub unit: String,
    /// Its way ([`stood`]).
    pub way: String,
    /// Its hamlet as its record says; empty where it does not.
    pub hamlet: String,
}

/// Edition, unit, way.
pub(super) type Place = (String, String, String);

/// The units of a way, each with its edition, in the order in which the children left them: `(edition, code)`.
pub fn stood(way: &str) -> impl Iterator<Item = (&str, &str)> {
    way.split(';').filter_map(|one| one.split_once(' '))
}

impl Tx {
    /// The children of a day by unit and way, in the order of these.
    ///
    /// # Errors
    /// The database's.
    pub async fn tally(&mut self, book: &str, day: &str) -> Result<Vec<Tallied>> {
        let this = month(day);
        let (year, from, to, sign) = leaving(this);
        let (year, from, to) = (year.as_str(), from.as_str(), to.as_str());
        let next = next_month(this);
        let found = first!(
            self,
            (String,),
            sql::TALLY_UNITS,
            book,
            this,
            year,
            from,
            to,
            sign,
            day,
            next.as_str()
        )?;
        let mut out = Vec::new();
        for mut row in packed::rows(&found.unwrap_or_default().0) {
            out.push(Tallied {
                edition: row.text()?,
                unit: row.text()?,
                way: row.text()?,
                sums: Sums {
                    children: row.number()?,
                    identified: row.number()?,
                    complete: row.number()?,
                    verified: row.number()?,
                    errors: row.number()?,
                },
            });
        }
        // Not by the statement: the engines may put texts in another order than the program.
        out.sort_by(|one, other| one.place().cmp(&other.place()));
        Ok(out)
    }

    /// The children of a unit on a day by hamlet (empty: those without) and way, in the order of these.
    ///
    /// # Errors
    /// The database's.
    pub async fn tally_hamlets(
        &mut self,
        book: &str,
        day: &str,
        (edition, unit): (&str, &str),
    ) -> Result<Vec<(String, String, Sums)>> {
        type Of = (String, String, i64, i64);
        let rows: Vec<Of> = all!(self, Of, sql::TALLY_HAMLETS, book, edition, unit, day)?;
        let mut out: Vec<(String, String, Sums)> = Vec::new();
        for (hamlet, way, bits, children) in rows {
            let sums = Sums::of_bits(bits, children);
            match out.last_mut() {
                Some((last, by, of)) if *last == hamlet && *by == way => of.add(sums),
                _ => out.push((hamlet, way, sums)),
            }
        }
        Ok(out)
    }

    /// A page of the children behind a figure, after one, at most so many.
    ///
    /// # Errors
    /// The database's.
    pub async fn tally_page(
        &mut self,
        book: &str,
        which: Which<'_>,
        after: &str,
        most: i64,
    ) -> Result<Vec<Paged>> {
        let Which {
            day, mask, bits, ..
        } = which;
        match which.unit {
            None => all!(
                self,
                Paged,
                sql::TALLY_PAGE,
                book,
                after,
                day,
                mask,
                bits,
                most
            ),
            Some((edition, unit)) => all!(
                self,
                Paged,
                sql::TALLY_PAGE_OF_UNIT,
                book,
                after,
                day,
                mask,
                bits,
                most,
                edition,
                unit,
                which.hamlet.unwrap_or("*")
            ),
        }
    }

    /// What the acts of some days added, by day, unit and person.
    ///
    /// # Errors
    /// The database's.
    pub async fn tally_days(&mut self, book: &str, from: &str, to: &str) -> Result<Vec<Day>> {
        all!(self, Day, sql::TALLY_DAYS, book, from, to)
    }
}

/// How those who leave until a month, it among them, are taken away with the fewest sums: those of the years before one, and of the months after
/// one and up to another with a sign. In the second half of a year the whole year is taken away and the rest of it given back.
fn leaving(this: &str) -> (String, String, String, i64) {
    let (year, month) = this.split_once('-').unwrap_or((this, "12"));
    let end = format!("{year}-99");
    match (year.parse::<u32>(), month.parse::<u32>()) {
        (Ok(number), Ok(7..)) => {
            let after = format!("{:04}", number.saturating_add(1));
            (after, this.to_owned(), end, 1)
        }
        _ => (year.to_owned(), year.to_owned(), this.to_owned(), -1),
    }
}

/// The month after one.
fn next_month(this: &str) -> String {
    let (year, month) = this.split_once('-').unwrap_or((this, "12"));
    match (year.parse::<u32>(), month.parse::<u32>()) {
        (Ok(year), Ok(month)) if month < 12 => format!("{year:04}-{:02}", month + 1),
        (Ok(year), _) => format!("{:04}-01", year.saturating_add(1)),
        _ => this.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::leaving;

    #[test]
    fn who_has_left_is_taken_away_once() {
        // Every month of leaving is taken away once where it is not after the month of the day, and else not at all.
        for this in [
            "2023-12", "2024-01", "2024-06", "2024-07", "2024-12", "2025-01",
        ] {
            let (year, from, to, sign) = leaving(this);
            for leaves in [
                "2023-11", "2023-12", "2024-01", "2024-06", "2024-07", "2024-12", "2025-01",
                "9999-12",
            ] {
                let years = i64::from(leaves[..4] < *year);
                let months = if leaves > from.as_str() && leaves <= to.as_str() {
                    sign
                } else {
                    0
                };
                assert_eq!(
                    months - years,
                    -i64::from(leaves <= this),
                    "{this} {leaves}"
                );
            }
        }
    }
}
