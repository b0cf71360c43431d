//! The table of progress: headcount, in the register, identified, complete, verified, still to enter, still to clean, by unit.
//!
//! In: a day, an edition, an area, a level, perhaps a day to compare with. Out: [`Shown`]. To enter and to clean are two queues: who is on
//! no record, and whose record has an error; they are never added up.

mod area;
mod notes;

use self::area::{View, below, one_unit, ours, province, units as units_of};
use self::notes::notes;
use super::evenings::{Evening, Evenings};
use super::figures::{self, Figures};
use crate::access::{Cut, Deed};
use crate::act::register::geography::{Counts, units_meant};
use crate::act::register::{Book, Desk, Done, Failed, evening, wait};
use std::collections::BTreeMap;
use treem_child::normalise::unit::{Edition, Level, Unit};
use treem_store::Tx;
use treem_store::headcount::Headcount;
use treem_store::tally::Sums;

/// The level of the lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// The province.
    Province,
    /// Districts; from 1/7/2025 on communes.
    District,
    /// Communes.
    Commune,
    /// Hamlets of a commune.
    Hamlet,
}

impl Lines {
    /// Its code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::District => "district",
            Self::Commune => "commune",
            Self::Hamlet => "hamlet",
        }
    }

    /// The level of a code.
    pub fn of(code: &str) -> Option<Self> {
        let all = [Self::Province, Self::District, Self::Commune, Self::Hamlet];
        all.into_iter().find(|one| one.code() == code)
    }
}

/// What is asked for.
#[derive(Clone)]
pub struct Asked {
    /// The day on which children are children, `YYYY-MM-DD`.
    pub as_of: String,
    /// The edition of the units.
    pub edition: &'static Edition,
    /// Only this unit; of the edition.
    pub unit: Option<&'static Unit>,
    /// The level of the lines; `None`: that below the area.
    pub level: Option<Lines>,
    /// Compared with the evening of this day.
    pub compare: Option<String>,
}

/// The table.
#[derive(Debug, serde::Serialize)]
pub struct Shown {
    /// The day on which children are children.
    pub as_of: String,
    /// First day of the edition of the units.
    pub edition: String,
    /// The area; empty: all a person may see.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// Code of the level of the lines.
    pub level: &'static str,
    /// The day that is compared with.
    pub compare: Option<String>,
    /// By unit.
    pub lines: Vec<Line>,
    /// All together.
    pub total: Line,
    /// What a person should know.
    pub notes: Vec<String>,
}

/// A line.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Line {
    /// Code of the unit; empty for a hamlet, for children of whom no unit of the level is known, and for all a person may see.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// Of a hamlet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hamlet: Option<String>,
    /// How many children the unit says it has; `None` where it, or one of its units, does not say.
    pub headcount: Option<i64>,
    /// Where that was written down.
    pub records: Vec<Record>,
    /// In the register.
    pub registered: i64,
    /// *identified*.
    pub identified: i64,
    /// *complete*.
    pub complete: i64,
    /// The police gave or verified the number.
    pub verified: Option<i64>,
    /// On no record, net: headcount less register; below 0 where the register has more.
    pub to_enter: Option<i64>,
    /// With an error.
    pub to_clean: Option<i64>,
    /// How much more (or less) than on the other day.
    pub change: Option<Change>,
    /// Whether the children behind the figures can be listed.
    pub listed: bool,
}

impl Line {
    /// The figures in the order of the table: headcount, in the register, identified, complete, verified, still to enter, still to clean.
    pub fn figures(&self) -> [Option<i64>; 7] {
        [
            self.headcount,
            Some(self.registered),
            Some(self.identified),
            Some(self.complete),
            self.verified,
            self.to_enter,
            self.to_clean,
        ]
    }

    /// Nobody is there and nobody says how many there are: an island without a commune, or a place nobody has begun with.
    fn is_silent(&self) -> bool {
        self.unit.is_empty() || (self.headcount.is_none() && self.registered == 0)
    }
}

/// A headcount as it was written down.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Record {
    /// Code of the unit.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// First day of its edition.
    pub edition: String,
    /// The day it speaks of.
    pub day: String,
    /// Where it comes from.
    pub source: String,
    /// Who signed.
    pub signed_by: String,
    /// Children.
    pub children: i64,
}

impl From<&Headcount> for Record {
    fn from(one: &Headcount) -> Self {
        Self {
            unit: one.unit.clone(),
            name: crate::act::register::unit_name(&one.edition, &one.unit),
            edition: one.edition.clone(),
            day: one.day.clone(),
            source: one.source.clone(),
            signed_by: one.signed_by.clone(),
            children: one.children,
        }
    }
}

/// What a line has more than on another day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Change {
    /// The unit says so many more children.
    pub headcount: Option<i64>,
    /// In the register.
    pub registered: i64,
    /// *identified*.
    pub identified: i64,
    /// *complete*.
    pub complete: i64,
    /// Verified.
    pub verified: Option<i64>,
    /// Still to enter.
    pub to_enter: Option<i64>,
}

/// Computes the table; `kept`: what past evenings were.
///
/// # Errors
/// [`Failed::Denied`]; [`Failed::Refused`]: hamlets of no commune.
pub fn run(desk: &Desk, asked: &Asked, kept: &Evenings) -> Done<Shown> {
    wait(async {
        desk.must_somewhere(Deed::Report)?;
        if let Some(unit) = asked.unit {
            desk.must(Deed::Report, asked.edition.from, Some(unit.code))?;
        }
        let (open, mut tx) = desk.read().await?;
        let cut = desk.area(Deed::Report);
        make(&mut tx, (&open, &desk.now), &cut, (asked, kept)).await
    })
}

async fn make(
    tx: &mut Tx,
    (open, now): (&Book, &str),
    cut: &Cut,
    (asked, kept): (&Asked, &Evenings),
) -> Done<Shown> {
    let edition = asked.edition;
    let book = open.book.register.as_str();
    let area = asked.unit.or_else(|| one_unit(edition, cut));
    let province = province(open, edition);
    let view = View {
        cut,
        edition,
        area: area.or(province),
        ours: ours(open, edition, province),
    };
    let figures = figures::of(tx, book, (edition, &asked.as_of)).await?;
    let before = match &asked.compare {
        Some(day) => {
            let then = Evening {
                book: book.to_owned(),
                day: day.clone(),
                moment: evening(day),
            };
            let mark = open.book.mark();
            Some(figures::of_evening(tx, (edition, then), (&mark, now), kept).await?)
        }
        None => None,
    };
    let both = Both {
        now: &figures,
        before: before.as_ref(),
    };
    let level = asked.level.unwrap_or_else(|| below(edition, view.area));
    let mut lines = Vec::new();
    if level == Lines::Hamlet {
        let Some(unit) = view.area.filter(|unit| unit.level() == Level::Commune) else {
            return Err(Failed::Refused(
                "bảng theo thôn là của một xã: hãy chọn xã bằng --unit.".to_owned(),
            ));
        };
        lines.extend(hamlets(tx, (book, &asked.as_of), &figures, (unit, view.cut)).await?);
    } else {
        let units = units_of(&view, level);
        let mut own: Vec<&Unit> = units;
        own.retain(|unit| view.sees(unit.code));
        if level != Lines::Commune && !cut.is_whole() {
            // Communes of a person who holds no more of their district.
            let mut apart = units_of(&view, Lines::Commune);
            apart.retain(|commune| {
                view.sees(commune.code) && !own.iter().any(|unit| edition.is_in(commune, unit))
            });
            own.extend(apart);
        }
        lines.extend(own.into_iter().map(|unit| both.line(unit, &view)));
    }
    let total = both.total(&view, area, &lines);
    let mut shown = Shown {
        as_of: asked.as_of.clone(),
        edition: edition.from.to_owned(),
        unit: area.map_or_else(String::new, |unit| unit.code.to_owned()),
        name: total.name.clone(),
        level: level.code(),
        compare: asked.compare.clone(),
        lines,
        total,
        notes: Vec::new(),
    };
    rest(&mut shown, level);
    notes(&mut shown, &figures, cut);
    Ok(shown)
}

/// Today's figures beside those of another day.
struct Both<'a> {
    now: &'a Figures,
    before: Option<&'a Figures>,
}

impl Both<'_> {
    fn line(&self, unit: &'static Unit, view: &View<'_>) -> Line {
        let headcount = |figures: &Figures| figures.headcounts.of(unit);
        let counts = |figures: &Figures| figures.sum(Some(unit), |code| view.sees(code));
        Line {
            unit: unit.code.to_owned(),
            name: unit.name.to_owned(),
            records: self
                .now
                .headcounts
                .records(unit)
                .into_iter()
                .map(Record::from)
                .collect(),
            listed: self.now.is_listed(Some(unit), view.cut),
            ..self.measured(&headcount, &counts)
        }
    }

    /// All together: the area; of a person with several units, those.
    fn total(&self, view: &View<'_>, area: Option<&'static Unit>, lines: &[Line]) -> Line {
        let whole = view.cut.is_whole();
        let everything = whole && area.is_none();
        let area_of = view.area.filter(|unit| view.sees(unit.code));
        let counts = |figures: &Figures| {
            let within = if everything { None } else { view.area };
            figures.sum(within, |code| view.sees(code))
        };
        let own = |figures: &Figures| -> Option<i64> {
            match area_of {
                Some(unit) if unit.level() != Level::Province => figures.headcounts.of(unit),
                // Of a province, what its lines say: it may be part of a larger one.
                _ => {
                    let units = lines.iter().filter(|line| !line.is_silent());
                    let mut units = units.peekable();
                    units.peek()?;
                    units
                        .map(|line| figures.headcounts.of(view.edition.by_code(&line.unit)?))
                        .sum()
                }
            }
        };
        Line {
            unit: area.map_or_else(String::new, |unit| unit.code.to_owned()),
            name: match (area, whole) {
                (Some(unit), _) => unit.name.to_owned(),
                (None, true) => view
                    .area
                    .map_or_else(|| "Toàn sổ".to_owned(), |unit| unit.name.to_owned()),
                (None, false) => "Địa bàn được giao".to_owned(),
            },
            records: match area_of {
                Some(unit) => self
                    .now
                    .headcounts
                    .records(unit)
                    .into_iter()
                    .map(Record::from)
                    .collect(),
                None => Vec::new(),
            },
            listed: self
                .now
                .is_listed(view.area.filter(|_| !everything), view.cut)
                && (everything || area.is_some()),
            ..self.measured(&own, &counts)
        }
    }

    fn measured(
        &self,
        headcount: &dyn Fn(&Figures) -> Option<i64>,
        counts: &dyn Fn(&Figures) -> Counts,
    ) -> Line {
        let now = counts(self.now);
        let said = headcount(self.now);
        let change = self.before.map(|before| {
            let [registered, identified, complete, verified, _] = counts(before);
            let then = headcount(before);
            let difference = |now: Option<i64>, then: Option<i64>| Some(now? - then?);
            Change {
                headcount: difference(said, then),
                registered: now[0] - registered,
                identified: now[1] - identified,
                complete: now[2] - complete,
                verified: before.knows_verified.then(|| now[3] - verified),
                to_enter: difference(
                    said.map(|said| said - now[0]),
                    then.map(|then| then - registered),
                ),
            }
        });
        Line {
            change,
            ..plain(now, said)
        }
    }
}

/// A line with its figures alone.
fn plain([registered, identified, complete, verified, errors]: Counts, said: Option<i64>) -> Line {
    Line {
        unit: String::new(),
        name: String::new(),
        hamlet: None,
        headcount: said,
        records: Vec::new(),
        registered,
        identified,
        complete,
        verified: Some(verified),
        to_enter: said.map(|said| said - registered),
        to_clean: Some(errors),
        change: None,
        listed: false,
    }
}

/// Lines of the hamlets of a commune.
async fn hamlets(
    tx: &mut Tx,
    (book, day): (&str, &str),
    figures: &Figures,
    (unit, cut): (&Unit, &Cut),
) -> Done<Vec<Line>> {
    let mut sums: BTreeMap<String, Sums> = BTreeMap::new();
    let groups = figures.placed.whole.get(unit.code);
    let groups = groups.cloned().unwrap_or_default();
    for ((edition, unit), meant) in units_meant(groups) {
        let of = (edition.as_str(), unit.as_str());
        for (hamlet, way, one) in tx.tally_hamlets(book, day, of).await? {
            if meant.holds(&way, &hamlet) {
                sums.entry(hamlet).or_default().add(one);
            }
        }
    }
    let listed = figures.is_listed(Some(unit), cut);
    Ok(sums
        .into_iter()
        .map(|(hamlet, one)| Line {
            name: if hamlet.is_empty() {
                "Chưa ghi thôn".to_owned()
            } else {
                hamlet.clone()
            },
            hamlet: Some(hamlet),
            listed,
            ..plain(one.each(), None)
        })
        .collect())
}

/// What is in the total and in no line: children of whom no unit of the level is known.
fn rest(shown: &mut Shown, level: Lines) {
    let sum = |of: fn(&Line) -> i64| of(&shown.total) - shown.lines.iter().map(of).sum::<i64>();
    let counts = [
        sum(|line| line.registered),
        sum(|line| line.identified),
        sum(|line| line.complete),
        sum(|line| line.verified.unwrap_or(0)),
        sum(|line| line.to_clean.unwrap_or(0)),
    ];
    if counts == Counts::default() {
        return;
    }
    shown.lines.push(Line {
        name: match level {
            Lines::Hamlet => "Chưa xác định được thôn",
            Lines::Commune => "Chưa xác định được xã",
            _ => "Chưa xác định được đơn vị",
        }
        .to_owned(),
        ..plain(counts, None)
    });
}
