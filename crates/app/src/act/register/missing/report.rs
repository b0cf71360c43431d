//! `treem missing estimate|headcounts`: how many children a unit really has, what is missing by name and in figures, and which headcounts cannot be.
//!
//! In: an area, a level, a day. Out: [`Report`]: a line for each unit. Two figures are never one: the *net* difference is headcount minus the
//! children of the book; the *gross* missing are children who live there and are not in the book, whatever the headcount says. Beside them, whom
//! of those the lists name. [`headcount_notes`] is what letters and other reports carry beside a unit. Figures alone, no names.

use super::super::geography::{Asked as Placing, Counts, Headcounts, groups, place};
use super::super::{Desk, Done, wait};
pub use super::range::Range;
use super::range::{gross, is_off, off, range};
use super::sources::{self, Sources};
use super::{ALL_AGES, BANDS, BOOK, Kind};
use crate::access::Deed;
use std::collections::BTreeMap;
use treem_child::normalise::unit::{self, Edition, Level, Unit};
use treem_child::report::estimate::{Estimate, Ground};
use treem_child::report::headcounts::{self, Against};
use treem_store::Tx;
use treem_store::register::Register;
use treem_store::sector::{FETCHED, Figure, OPEN, REFUSED};

/// What is asked for.
pub struct Asked {
    /// Only this area, with what lies in it.
    pub area: Option<(&'static Edition, &'static Unit)>,
    /// Only units of this level.
    pub level: Option<Level>,
    /// The day.
    pub day: String,
    /// The edition of the units.
    pub edition: &'static Edition,
}

/// Figures of an age band.
#[derive(Clone, Debug, serde::Serialize, utoipa::ToSchema)]
pub struct OfBand {
    /// Its word.
    pub band: &'static str,
    /// What people read.
    #[serde(skip)]
    pub label: &'static str,
    /// Children that lists of other sectors name.
    pub seen: i64,
    /// Of those, not in the book.
    pub found: i64,
    /// Children of the book, on the day of the comparison.
    pub entered: i64,
    /// How many there are.
    pub estimate: Option<Range>,
    /// Why nothing can be said; empty where it is.
    pub why: String,
}

/// A unit.
#[derive(Clone, Debug, serde::Serialize, utoipa::ToSchema)]
pub struct Line {
    /// Code.
    pub unit: String,
    /// Name.
    pub name: &'static str,
    /// `commune`, `district`, `province`.
    pub level: &'static str,
    /// Code of the unit it lies in.
    pub parent: String,
    /// What the unit says it has.
    pub headcount: Option<i64>,
    /// Children of the book who count.
    pub entered: i64,
    /// Headcount minus the book: the net difference, which may be below zero.
    pub net: Option<i64>,
    /// Found elsewhere and surely not in the book, open.
    pub found: i64,
    /// Perhaps in the book, open.
    pub perhaps: i64,
    /// Found, and entered since.
    pub fetched: i64,
    /// Found, and not missing.
    pub refused: i64,
    /// How many children there are.
    pub estimate: Option<Range>,
    /// Children who live there and are not in the book: those the lists name, and those no list names.
    pub gross: Option<Range>,
    /// The kinds of lists the estimate rests on, in words.
    pub rests_on: String,
    /// Why nothing can be said; empty where it is.
    pub why: String,
    /// The headcount lies outside the range, or stands out against the people: sentences.
    pub doubts: Vec<String>,
    /// By age band.
    pub bands: Vec<OfBand>,
}

/// The report.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
pub struct Report {
    /// The day.
    pub day: String,
    /// Edition of the units.
    pub edition: &'static str,
    /// The lists.
    #[serde(flatten)]
    pub sources: Sources,
    /// The units: the province, then each district with its communes.
    pub units: Vec<Line>,
    /// What has to be believed with the estimates.
    pub assumptions: Vec<&'static str>,
    /// What else a person should know.
    pub notes: Vec<String>,
}

fn level(unit: &Unit) -> &'static str {
    match unit.level() {
        Level::Province => "province",
        Level::District => "district",
        Level::Commune => "commune",
    }
}

/// What is known of a book: figures, headcounts, people, children.
struct Known<'h> {
    figures: BTreeMap<(String, String), Figure>,
    headcounts: &'h Headcounts,
    people: BTreeMap<String, (i64, String)>,
    /// Children of the book by unit, districts and the province being sums.
    entered: BTreeMap<&'static str, i64>,
}

impl<'h> Known<'h> {
    /// `band`: only its figures; `children`: by unit of the edition, on the day.
    async fn of(
        tx: &mut Tx,
        book: &Register,
        (edition, day, band): (&'static Edition, &str, Option<&str>),
        (children, headcounts): (&BTreeMap<String, Counts>, &'h Headcounts),
    ) -> Done<Self> {
        let register = book.register.as_str();
        let figures = tx
            .figures(register, edition.from, band)
            .await?
            .into_iter()
            .map(|one| ((one.unit.clone(), one.band.clone()), one))
            .collect();
        let people = tx
            .populations(register, day)
            .await?
            .into_iter()
            .filter(|one| one.edition == edition.from)
            .map(|one| (one.unit, (one.people, one.day)))
            .collect();
        let mut entered: BTreeMap<&'static str, i64> = BTreeMap::new();
        for (code, [children, ..]) in children {
            let mut at = edition.by_code(code);
            while let Some(unit) = at {
                *entered.entry(unit.code).or_default() += children;
                at = edition.parent_of(unit);
            }
        }
        Ok(Self {
            figures,
            headcounts,
            people,
            entered,
        })
    }

    fn figure(&self, unit: &str, band: &str) -> Option<&Figure> {
        self.figures.get(&(unit.to_owned(), band.to_owned()))
    }

    /// What stands against the headcounts of units, by unit: an estimate, then the people.
    fn doubts(
        &self,
        edition: &'static Edition,
        units: &[&'static Unit],
    ) -> BTreeMap<&'static str, Vec<String>> {
        let mut out: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
        let mut held = Vec::new();
        for unit in units {
            let Some(headcount) = self.headcounts.of(unit) else {
                continue;
            };
            let estimate = self.figure(unit.code, ALL_AGES).and_then(range);
            if let Some(estimate) = estimate.filter(|estimate| is_off(headcount, *estimate)) {
                out.entry(unit.code)
                    .or_default()
                    .push(off(unit.name, headcount, estimate));
            }
            held.push(headcounts::Unit {
                code: unit.code.to_owned(),
                name: unit.name.to_owned(),
                among: format!("{} {}", level(unit), unit.parent),
                headcount,
                people: self.people.get(unit.code).cloned(),
                former: None,
                entered: 0,
            });
        }
        for doubt in headcounts::doubts(&held) {
            if doubt.against == Against::People
                && let Some(unit) = edition.by_code(&doubt.unit)
            {
                out.entry(unit.code).or_default().push(doubt.sentence);
            }
        }
        out
    }
}

/// All units of the province of a book, as they stand in each other.
fn units_of(book: &Register, edition: &'static Edition) -> Vec<&'static Unit> {
    let own = unit::edition(&book.edition);
    let province = own
        .by_code(&book.province)
        .and_then(|province| edition.province_named(province.name));
    let Some(province) = province else {
        return Vec::new();
    };
    let mut out = vec![province];
    if edition.has_districts() {
        for district in edition.districts_of(province) {
            out.push(district);
            out.extend(edition.communes_of(district));
        }
    } else {
        out.extend(edition.communes_of(province));
    }
    out
}

/// Tells how many there are, who is missing, and which headcounts cannot be.
///
/// # Errors
/// [`super::Failed::Denied`]; the database's.
pub fn run(desk: &Desk, asked: &Asked) -> Done<Report> {
    let sources = sources::list(desk)?;
    wait(async {
        desk.must_somewhere(Deed::Report)?;
        let (open, mut tx) = desk.read().await?;
        let edition = asked.edition;
        let register = open.book.register.as_str();
        let counted = groups(&mut tx, register, (&asked.day, None)).await?;
        let placing = Placing {
            edition,
            day: &asked.day,
            moment: None,
        };
        let placed = place(&mut tx, register, placing, &counted).await?;
        let on = (edition, asked.day.as_str(), None);
        let headcounts = Headcounts::read(&mut tx, register, (edition, &asked.day)).await?;
        let counted = (&placed.children, &headcounts);
        let known = Known::of(&mut tx, &open.book, on, counted).await?;
        let all = units_of(&open.book, edition);
        let doubts = known.doubts(edition, &all);
        let counts = tx.found_counts(&open.book.register).await?;
        drop(tx);
        let mut found: BTreeMap<&'static str, [i64; 4]> = BTreeMap::new();
        for (of, code, state, sure, count) in counts {
            let code = if of == edition.from {
                edition.by_code(&code).map(|unit| unit.code)
            } else {
                super::super::mirror::unit_in(edition, &of, &code)
            };
            let slot = match (state.as_str(), sure) {
                (OPEN, true) => 0,
                (OPEN, false) => 1,
                (FETCHED, _) => 2,
                (REFUSED, _) => 3,
                _ => continue,
            };
            let mut at = code.and_then(|code| edition.by_code(code));
            while let Some(unit) = at {
                if let Some(one) = found.entry(unit.code).or_default().get_mut(slot) {
                    *one += count;
                }
                at = edition.parent_of(unit);
            }
        }
        let area = desk.area(Deed::Report);
        let mut units = Vec::new();
        let mut log_linear = 0;
        for unit in all {
            let in_area = asked
                .area
                .is_none_or(|(of, area)| of.from == edition.from && edition.is_in(unit, area));
            let of_level = asked.level.is_none_or(|level| level == unit.level());
            if !in_area || !of_level || !area.holds(edition.from, Some(unit.code)) {
                continue;
            }
            let line = line(&known, unit, (&found, &doubts));
            log_linear += i32::from(!line.rests_on.contains("Trong sổ") && line.estimate.is_some());
            units.push(line);
        }
        let mut notes = if area.is_whole() {
            placed.notes
        } else {
            Vec::new()
        };
        if sources.sources.is_empty() {
            notes.push(
                "Chưa nạp danh sách nào của ngành khác, nên chưa biết ai còn thiếu.".to_owned(),
            );
        } else if sources.day.is_empty() {
            notes.push("Các danh sách chưa được đối chiếu với sổ.".to_owned());
        } else if sources.is_stale() {
            notes.push(format!(
                "Có danh sách được nạp hoặc hủy sau lần đối chiếu ngày {}; số liệu dưới đây chưa kể đến.",
                crate::shown::day(&sources.day)
            ));
        }
        Ok(Report {
            day: asked.day.clone(),
            edition: edition.from,
            sources,
            assumptions: assumptions(log_linear > 0),
            units,
            notes,
        })
    })
}

/// What has to be believed with the estimates.
fn assumptions(log_linear: bool) -> Vec<&'static str> {
    let ground = if log_linear {
        Ground::LogLinear {
            lists: 3,
            models: 0,
            pairs: Vec::new(),
            unlike: false,
        }
    } else {
        Ground::Chapman
    };
    let of = Estimate {
        seen: 0,
        total: 0.0,
        low: 0.0,
        high: 0.0,
        at_least: None,
        ground,
    };
    let mut out = of.assumptions();
    out.push("Khi có từ ba loại danh sách của ngành khác trở lên, sổ không được dùng để ước tính, vì sổ còn có trẻ đã chuyển đi hoặc ghi hai lần; khi ít hơn, sổ được dùng và số ước tính có thể cao lên.");
    out.push("Số thiếu thực được tính từ trẻ có tên ở danh sách khác mà không có trong sổ, cộng phần không danh sách nào ghi, coi như phần ấy cũng thiếu trong sổ với tỷ lệ như thế; đầu trên của khoảng coi như cả phần ấy đều thiếu.");
    out
}

/// By code of the unit.
type ByUnit<T> = BTreeMap<&'static str, T>;

fn line(
    known: &Known<'_>,
    unit: &'static Unit,
    (found, doubts): (&ByUnit<[i64; 4]>, &ByUnit<Vec<String>>),
) -> Line {
    let entered = known.entered.get(unit.code).copied().unwrap_or(0);
    let headcount = known.headcounts.of(unit);
    let figure = known.figure(unit.code, ALL_AGES);
    let estimate = figure.and_then(range);
    let [open, perhaps, fetched, refused] = found.get(unit.code).copied().unwrap_or_default();
    let bands = BANDS
        .iter()
        .filter_map(|band| {
            let figure = known.figure(unit.code, band.code)?;
            let estimate = range(figure);
            Some(OfBand {
                band: band.code,
                label: band.label,
                seen: figure.seen,
                found: figure.found,
                entered: figure.entered,
                why: if estimate.is_none() {
                    figure.ground.clone()
                } else {
                    String::new()
                },
                estimate,
            })
        })
        .collect();
    let lists = figure.map_or(0, |figure| figure.lists);
    let mut rests_on = Kind::labels(lists);
    if lists & BOOK != 0 {
        rests_on = format!("Trong sổ, {rests_on}");
    }
    Line {
        unit: unit.code.to_owned(),
        name: unit.name,
        level: level(unit),
        parent: unit.parent.to_owned(),
        headcount,
        entered,
        net: headcount.map(|headcount| headcount.saturating_sub(entered)),
        found: open,
        perhaps,
        fetched,
        refused,
        estimate,
        gross: figure.and_then(|figure| gross(figure, perhaps)),
        rests_on,
        why: match (estimate, figure) {
            (Some(_), _) => String::new(),
            (None, Some(figure)) => figure.ground.clone(),
            (None, None) => "Chưa có danh sách nào của đơn vị này được đối chiếu.".to_owned(),
        },
        doubts: doubts.get(unit.code).cloned().unwrap_or_default(),
        bands,
    }
}

/// Notes that stand beside a unit wherever its headcount does: the headcount lies outside what the lists say, or stands out against its people.
/// Code of the unit, and one sentence; by unit. For letters and reports, within a transaction of their own; `counted`: children of the book
/// by unit of the edition, and headcounts, on the day.
///
/// # Errors
/// The database's.
pub async fn headcount_notes(
    tx: &mut Tx,
    book: &Register,
    (edition, day): (&'static Edition, &str),
    counted: (&BTreeMap<String, Counts>, &Headcounts),
) -> Done<Vec<(String, String)>> {
    let known = Known::of(tx, book, (edition, day, Some(ALL_AGES)), counted).await?;
    let all = units_of(book, edition);
    let doubts = known.doubts(edition, &all);
    Ok(doubts
        .into_iter()
        .flat_map(|(unit, sentences)| {
            sentences
                .into_iter()
                .map(move |sentence| (unit.to_owned(), sentence))
        })
        .collect())
}
