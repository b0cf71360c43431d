//! The figures of a letter from the register: those of `treem coverage`, with what speaks against headcounts, targets, and what the police
//! verified.
//!
//! In: a book, a day, an edition, an area. Out: [`Figures`] by district or commune.

use super::super::coverage::{Gathered, gather};
use super::super::geography::{Asked as Geography, Headcounts, groups};
use super::super::headcount::{Doubt, doubts_on};
use super::super::missing::report::headcount_notes;
use super::super::{Done, Failed};
use super::Asked;
use crate::act::coverage::{Line, lines, short};
use std::collections::BTreeMap;
use treem_child::normalise::unit::{self, Edition, Level, Share, Unit, predecessors, successors};
use treem_child::report::headcounts::Against;
use treem_child::report::letter::figures::{Amount, Figures, Measure, Target, Unit as Counted};
use treem_store::Tx;
use treem_store::register::Register;

/// Doubts of communes of one district that are said.
const DOUBTS: usize = 3;

/// What a letter is about.
#[derive(Clone, Copy)]
pub(super) struct Area {
    pub(super) unit: &'static Unit,
    /// A line a commune even where there are districts.
    pub(super) by_commune: bool,
}

/// The province of a book in an edition.
pub(super) fn province_in(book: &Register, edition: &'static Edition) -> Done<&'static Unit> {
    let from = unit::edition(&book.edition).from;
    let kin = if edition.from < from {
        predecessors(&book.province, from, edition.from)
    } else {
        successors(&book.province, from, edition.from)
    };
    kin.first().map(|kin| kin.unit).ok_or_else(|| {
        Failed::Refused(format!(
            "danh mục đơn vị có hiệu lực từ {} không có tỉnh của sổ này.",
            crate::shown::day(edition.from)
        ))
    })
}

/// The one unit of an edition that a unit of another edition is, where it is one.
pub(super) fn carried(
    (from, code): (&str, &str),
    edition: &'static Edition,
) -> Option<&'static Unit> {
    if from == edition.from {
        return edition.by_code(code);
    }
    let kin = if edition.from < from {
        predecessors(code, from, edition.from)
    } else {
        successors(code, from, edition.from)
    };
    match kin.as_slice() {
        [one] if one.share == Share::Whole => Some(one.unit),
        _ => None,
    }
}

/// The units of another edition that lie in a unit, as far as they are doubted.
fn doubts_of(edition: &'static Edition, line: &Unit, doubts: &[Doubt]) -> Vec<String> {
    let inside = |doubt: &&Doubt| {
        let from = doubt.edition.as_str();
        if from == edition.from {
            let unit = edition.by_code(&doubt.unit);
            return unit.is_some_and(|unit| edition.is_in(unit, line));
        }
        let kin = if edition.from < from {
            predecessors(&doubt.unit, from, edition.from)
        } else {
            successors(&doubt.unit, from, edition.from)
        };
        kin.iter().any(|kin| edition.is_in(kin.unit, line))
    };
    let all: Vec<&Doubt> = doubts.iter().filter(inside).collect();
    let mut out: Vec<String> = all
        .iter()
        .take(DOUBTS)
        .map(|doubt| doubt.sentence.clone())
        .collect();
    if all.len() > DOUBTS {
        out.push(format!(
            "Còn {} lưu ý khác về số trẻ báo cáo trong đơn vị này.",
            all.len() - DOUBTS
        ));
    }
    out
}

/// What the lists of other sectors say against headcounts, by unit; beside the doubts that are said already. Of the past it is not known.
async fn notes(
    tx: &mut Tx,
    register: &Register,
    asked: &Asked,
    (gathered, said): (&Gathered, &[Doubt]),
) -> Done<BTreeMap<String, Vec<String>>> {
    let mut out: BTreeMap<String, Vec<String>> = BTreeMap::new();
    if asked.moment.is_some() || tx.compared(&register.register).await?.is_none() {
        return Ok(out);
    }
    let day = asked.day.to_string();
    for (unit, sentence) in headcount_notes(
        tx,
        register,
        (asked.edition, &day),
        (&gathered.placed.children, &gathered.headcounts),
    )
    .await?
    {
        if !said.iter().any(|doubt| doubt.sentence == sentence) {
            out.entry(unit).or_default().push(sentence);
        }
    }
    Ok(out)
}

/// Which line of the table a unit is counted in.
fn line_of(edition: &Edition, unit: &'static Unit, by_commune: bool) -> &'static Unit {
    if by_commune || unit.level() != Level::Commune {
        unit
    } else {
        edition.district_of(unit).unwrap_or(unit)
    }
}

/// Children whom the police verified, by line; not known as of a moment.
fn verified(
    gathered: &Gathered,
    asked: &Asked,
    by_commune: bool,
) -> Option<BTreeMap<&'static str, i64>> {
    if asked.moment.is_some() {
        return None;
    }
    let mut out = BTreeMap::new();
    for (code, [.., verified, _]) in &gathered.placed.children {
        if let Some(unit) = asked.edition.by_code(code) {
            let line = line_of(asked.edition, unit, by_commune);
            let slot: &mut i64 = out.entry(line.code).or_default();
            *slot = slot.saturating_add(*verified);
        }
    }
    Some(out)
}

/// Targets of the units of an edition.
pub(super) async fn targets(
    tx: &mut Tx,
    book: &str,
    edition: &'static Edition,
) -> Done<Vec<Target>> {
    let held = tx.targets(book).await?;
    Ok(held
        .into_iter()
        .filter_map(|one| {
            Some(Target {
                unit: carried((&one.edition, &one.unit), edition)?.code.to_owned(),
                measure: Measure::named(&one.measure)?,
                amount: if one.kind == "percent" {
                    Amount::Percent(one.amount)
                } else {
                    Amount::Number(one.amount)
                },
                day: one.day,
                decided_by: one.decided_by,
            })
        })
        .collect())
}

/// First and last day of the headcounts a unit's figure is made of.
fn days(headcounts: &Headcounts, unit: &Unit) -> Option<(String, String)> {
    let records = headcounts.records(unit);
    let days = records.iter().map(|one| one.day.as_str());
    Some((days.clone().min()?.to_owned(), days.max()?.to_owned()))
}

/// The figures of an area.
pub(super) async fn figures(
    tx: &mut Tx,
    register: &Register,
    asked: &Asked,
    area: Area,
) -> Done<Figures> {
    let book = register.register.as_str();
    let (edition, day) = (asked.edition, asked.day.to_string());
    let whole = area.unit.level() == Level::Province;
    let by_commune = area.by_commune || !whole || !edition.has_districts();
    let geography = Geography {
        edition,
        day: &day,
        moment: asked.moment.as_deref(),
    };
    let gathered = gather(tx, book, geography).await?;
    let (mut lines, unplaced) =
        lines(edition, &gathered.figures(), by_commune).map_err(Failed::Refused)?;
    if !whole {
        lines.retain(|line| edition.is_in(line.unit, area.unit));
    }
    // Doubts are those of today's book, also of a letter as it would have been.
    let held = gathered.headcounts.held();
    let mut doubts = if asked.moment.is_none() {
        doubts_on(tx, book, (&day, &gathered.groups, held)).await?
    } else {
        let now = groups(tx, book, (&day, None)).await?;
        doubts_on(tx, book, (&day, &now, held)).await?
    };
    // That little of a headcount is entered is what the letter itself says; it is no doubt about the headcount.
    doubts.retain(|doubt| doubt.against != Against::Register.code());
    let noted = notes(tx, register, asked, (&gathered, &doubts)).await?;
    let known = verified(&gathered, asked, by_commune);
    let units = lines.iter().map(|line: &Line| Counted {
        code: line.unit.code.to_owned(),
        name: short(line.unit),
        headcount: line.headcount,
        headcount_day: days(&gathered.headcounts, line.unit)
            .filter(|(first, last)| first == last)
            .map_or_else(String::new, |(day, _)| day),
        children: line.children,
        identified: line.identified,
        complete: line.complete,
        verified: known
            .as_ref()
            .map(|known| known.get(line.unit.code).copied().unwrap_or(0)),
        doubts: {
            let mut all = doubts_of(edition, line.unit, &doubts);
            all.extend(noted.get(line.unit.code).into_iter().flatten().cloned());
            all
        },
    });
    let units: Vec<Counted> = units.collect();
    let mut remarks = Vec::new();
    if whole {
        remarks.extend(gathered.placed.notes.iter().cloned());
    }
    if gathered.headcounts.carried > 0 {
        remarks.push(
            "Số trẻ em hiện có được cộng từ số báo cáo theo danh mục đơn vị của ngày khác."
                .to_owned(),
        );
    }
    Ok(Figures {
        units,
        unplaced: if whole { unplaced } else { 0 },
        headcount_days: lines
            .iter()
            .filter_map(|line| days(&gathered.headcounts, line.unit))
            .reduce(|one, other| (one.0.min(other.0), one.1.max(other.1))),
        targets: targets(tx, book, edition).await?,
        area: (area.unit.code.to_owned(), area.unit.name.to_owned()),
        remarks,
        day,
    })
}

/// Each unit's own figures.
pub(super) fn each(edition: &'static Edition, all: &Figures) -> Vec<(&'static Unit, Figures)> {
    all.units
        .iter()
        .filter_map(|unit| {
            let of = edition.by_code(&unit.code)?;
            let day = &unit.headcount_day;
            let own = Figures {
                day: all.day.clone(),
                units: vec![unit.clone()],
                unplaced: 0,
                headcount_days: if day.is_empty() {
                    all.headcount_days
                        .clone()
                        .filter(|_| unit.headcount.is_some())
                } else {
                    Some((day.clone(), day.clone()))
                },
                targets: all.targets.clone(),
                area: (unit.code.clone(), of.name.to_owned()),
                // The doubts stand as a footnote beside the headcount elsewhere; a commune's sheet has no such table.
                remarks: unit.doubts.clone(),
            };
            Some((of, own))
        })
        .collect()
}
