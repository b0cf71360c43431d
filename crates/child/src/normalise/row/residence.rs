//! Where a child lives: commune and hamlet from the row's own columns, its address, or what stands around it.
//!
//! In: cells, [`Around`]. Out: [`Residence`]. Methods of [`RowReader`], apart for reading.

use super::{Around, RowReader, remember};
use crate::cell::Row;
use crate::field::Field;
use crate::finding::Finding;
use crate::limits;
use crate::normalise::encoding;
use crate::normalise::text;
use crate::normalise::unit::{self, Edition, Found, Level, Unit, Unknown};
use crate::record::{PlaceSource, Residence};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::Mutex;

/// What the cells of commune and district mean: the unit, or why there is none.
pub(super) type Commune = (Option<&'static Unit>, Option<Unknown>);

/// Communes that the readers of a run have found, so that each text is looked for once and not once a reader. All readers that share it
/// have the same [`Context`](super::Context).
#[derive(Default)]
pub struct Communes(Mutex<FxHashMap<String, Commune>>);

impl Communes {
    fn get(&self, key: &str) -> Option<Commune> {
        self.0.lock().ok()?.get(key).copied()
    }
    fn keep(&self, key: String, found: Commune) {
        if let Ok(mut known) = self.0.lock() {
            remember(&mut known, key, found);
        }
    }
}

#[derive(Clone, Default)]
pub(super) struct AddressParts {
    hamlet: Option<String>,
    unit: Option<&'static Unit>,
    unknown: Option<Unknown>,
}

impl RowReader {
    pub(super) fn residence<'r>(
        &mut self,
        row: &Row<'r, '_>,
        around: &'r Around,
        findings: &mut Vec<Finding>,
    ) -> Residence<'r> {
        let edition = self.edition_of(row, around);
        let remembered = self.remembered_commune(row, edition, around);
        let commune = if remembered.is_some() {
            Cow::Borrowed("")
        } else {
            self.text(row, Field::Commune, findings)
        };
        let district = if remembered.is_some() {
            Cow::Borrowed("")
        } else {
            self.text(row, Field::District, findings)
        };
        let address = self.text(row, Field::Address, findings);
        let current = self.text(row, Field::AddressCurrent, findings);
        let mut out = Residence {
            address,
            current,
            ..Residence::default()
        };
        let hamlet = self.text(row, Field::Hamlet, findings);
        if !text::is_missing(&hamlet) {
            out.hamlet = hamlet;
        }
        if let Some((unit, unknown)) = remembered {
            out.unit = unit;
            out.unknown = unknown;
            out.source = PlaceSource::Row;
        } else if !text::is_missing(&commune) {
            let (unit, unknown) = self.commune(&commune, &district, edition, around);
            out.unit = unit;
            out.unknown = unknown;
            out.source = PlaceSource::Row;
        }
        if out.source == PlaceSource::None || out.hamlet.is_empty() {
            for text in [out.address.clone(), out.current.clone()] {
                if text::is_missing(&text) {
                    continue;
                }
                let parts = self.address(&text, &district, edition, around);
                if out.source == PlaceSource::None
                    && (parts.unit.is_some() || parts.unknown.is_some())
                {
                    out.unit = parts.unit;
                    out.unknown = parts.unknown;
                    out.source = PlaceSource::Address;
                }
                if out.hamlet.is_empty()
                    && let Some(hamlet) = parts.hamlet
                {
                    out.hamlet = Cow::Owned(hamlet);
                }
            }
        }
        if out.source == PlaceSource::None {
            if let Some(unit) = around.heading_unit {
                out.unit = Some(unit);
                out.source = PlaceSource::Heading;
            } else if let Some(unit) = around.unit {
                out.unit = Some(unit);
                out.source = PlaceSource::Context;
            }
        }
        if out.hamlet.is_empty()
            && let Some(hamlet) = &around.hamlet
        {
            out.hamlet = Cow::Borrowed(hamlet);
        }
        if out.unit.is_none() {
            let district = self.text(row, Field::District, &mut Vec::new());
            out.district = Self::within(edition, &district, around)
                .filter(|unit| unit.level() == Level::District);
        }
        out
    }

    /// The edition as seen from the province that governs the row: its own column, what stands around it, home. The column is
    /// mostly the same in every row, so the last one is remembered.
    fn edition_of(&mut self, row: &Row<'_, '_>, around: &Around) -> &'static Edition {
        let home = self.context.edition;
        let own = self.cell(row, Field::Province);
        let own = own.and_then(|cell| {
            if self.province.0 != cell.text.as_ref() {
                let decoded = encoding::decode_cell(cell, self.verdict(Field::Province));
                let (text, _) = text::clean(&decoded.text);
                let short = text.chars().count() <= limits::CELL_CHARS;
                let named = short.then(|| home.province_named(&text)).flatten();
                self.province.0.clear();
                self.province.0.push_str(cell.text.as_ref());
                self.province.1 = named.map(|province| home.at(province));
            }
            self.province.1
        });
        own.or_else(|| around.province.map(|province| home.at(province)))
            .unwrap_or(home)
    }

    pub(super) fn within(
        edition: &'static Edition,
        district: &str,
        around: &Around,
    ) -> Option<&'static Unit> {
        if !text::is_missing(district)
            && let Found::One(unit, _) = edition.find(district, Level::District, None)
        {
            return Some(unit);
        }
        let known = around.district.or_else(|| {
            around
                .unit
                .or(around.heading_unit)
                .and_then(|unit| edition.district_of(unit))
        });
        // What stands around the row may speak of another province than its own column.
        known.filter(|unit| edition.is_at_home(unit))
    }

    /// Makes the key under which a commune's cells or an address are remembered: what is written, the province where it is not home, and
    /// all that stands around it and is asked.
    fn remember_as(&mut self, edition: &'static Edition, cells: [&str; 2], around: &Around) {
        self.key.clear();
        let home = edition == self.context.edition;
        let province = (!home).then(|| edition.home()).flatten();
        let asked = [province, around.heading_unit, around.district, around.unit];
        let codes = asked.map(|unit| unit.map_or("", |unit| unit.code));
        for part in cells.into_iter().chain(codes) {
            self.key.push_str(part);
            self.key.push('\0');
        }
    }

    /// The commune of a row whose cells have been seen before, as they stand. Only plain text is remembered, so what is
    /// remembered needs no second look.
    pub(super) fn remembered_commune(
        &mut self,
        row: &Row<'_, '_>,
        edition: &'static Edition,
        around: &Around,
    ) -> Option<Commune> {
        let commune = self.bare(row, Field::Commune)?;
        let district = if self.cell(row, Field::District).is_some() {
            self.bare(row, Field::District)?
        } else {
            ""
        };
        self.remember_as(edition, [commune, district], around);
        self.communes.get(self.key.as_str()).copied()
    }

    pub(super) fn commune(
        &mut self,
        commune: &str,
        district: &str,
        edition: &'static Edition,
        around: &Around,
    ) -> Commune {
        self.remember_as(edition, [commune, district], around);
        if let Some(found) = self.communes.get(self.key.as_str()) {
            return *found;
        }
        let within = Self::within(edition, district, around);
        // Only plain text is remembered: what is remembered needs no second look.
        if !(text::is_plain(commune) && text::is_plain(district)) {
            return Self::look_for(edition, (commune, district), within, around);
        }
        let known = self.found.get(&self.key);
        let answer =
            known.unwrap_or_else(|| Self::look_for(edition, (commune, district), within, around));
        remember(&mut self.communes, self.key.clone(), answer);
        if known.is_none() {
            self.found.keep(self.key.clone(), answer);
        }
        answer
    }

    fn look_for(
        edition: &'static Edition,
        (commune, district): (&str, &str),
        within: Option<&'static Unit>,
        around: &Around,
    ) -> Commune {
        let mut found = edition.find(commune, Level::Commune, within);
        if matches!(found, Found::None) && within.is_some() && text::is_missing(district) {
            // The title's district is a hint, not a fence.
            found = edition.find(commune, Level::Commune, None);
        }
        match found {
            Found::One(unit, _) => under_old_district(edition, unit, commune, district),
            Found::Several(units) => match units
                .iter()
                .find(|unit| around.unit.is_some_and(|known| known.code == unit.code))
            {
                Some(unit) => (Some(*unit), None),
                None => (None, Some(Unknown::Several)),
            },
            Found::None => {
                // "Thôn A Đăng, xã Tà Rụt" in the column of the commune
                let parts = address_parts(edition, commune, within);
                match (parts.unit, parts.unknown) {
                    (Some(unit), _) => (Some(unit), None),
                    (None, Some(unknown @ Unknown::Former(_))) => (None, Some(unknown)),
                    // The same question was just answered.
                    (None, Some(Unknown::NotInList)) if text::is_missing(district) => {
                        (None, Some(Unknown::NotInList))
                    }
                    _ => (None, Some(gone(edition, commune, district))),
                }
            }
            Found::Missing => (None, None),
        }
    }

    pub(super) fn address(
        &mut self,
        text: &str,
        district: &str,
        edition: &'static Edition,
        around: &Around,
    ) -> AddressParts {
        self.remember_as(edition, [text, district], around);
        if let Some(known) = self.addresses.get(self.key.as_str()) {
            return known.clone();
        }
        let parts = address_parts(edition, text, Self::within(edition, district, around));
        remember(&mut self.addresses, self.key.clone(), parts.clone());
        parts
    }
}

/// A text that is no unit of the edition: a former one, or nothing.
fn gone(edition: &'static Edition, text: &str, district: &str) -> Unknown {
    edition
        .former(text, district)
        .map_or(Unknown::NotInList, Unknown::Former)
}

/// A commune beside the name of a district, where there are no districts any more, is one of that time: Tân Thành of Hướng Hóa
/// is no longer Xã Tân Thành.
fn under_old_district(
    edition: &'static Edition,
    unit: &'static Unit,
    text: &str,
    district: &str,
) -> (Option<&'static Unit>, Option<Unknown>) {
    if edition.has_districts() || text::is_missing(district) {
        return (Some(unit), None);
    }
    match edition.former(text, district) {
        Some(former) if former.successors().iter().all(|kin| kin.unit != unit) => {
            (None, Some(Unknown::Former(former)))
        }
        _ => (Some(unit), None),
    }
}

fn address_parts(
    edition: &'static Edition,
    text: &str,
    within: Option<&'static Unit>,
) -> AddressParts {
    if text.chars().count() > limits::CELL_CHARS {
        return AddressParts::default();
    }
    let mut place = edition.place(text, within);
    let mut edition = edition;
    if let Some(province) = place.elsewhere {
        edition = edition.at(province);
        place = edition.place(text, None);
    }
    let (unit, unknown) = match place.commune {
        Found::One(unit, _) => (Some(unit), None),
        Found::Several(_) => (None, Some(Unknown::Several)),
        Found::None => match gone(edition, text, "") {
            // `xã Tà Rụt, huyện Đakrông`: the district is no more, the commune goes on.
            Unknown::Former(former) if former.goes_on().is_some() => (former.goes_on(), None),
            unknown => (None, Some(unknown)),
        },
        Found::Missing => (None, None),
    };
    AddressParts {
        hamlet: place.hamlet.and_then(|hamlet| unit::hamlet(&hamlet)),
        unit,
        unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::Cell;
    use crate::normalise::date::PartialDate;
    use crate::normalise::row::Context;
    use crate::normalise::{Plan, PlanColumn};
    use std::sync::Arc;

    /// Two communes of one name and kind, in two districts of the home province.
    fn namesakes(edition: &'static Edition) -> [&'static Unit; 2] {
        let communes: Vec<&Unit> = edition
            .own_units()
            .iter()
            .filter(|unit| unit.level() == Level::Commune)
            .collect();
        let same = communes.iter().find_map(|one| {
            let other = communes
                .iter()
                .find(|other| other.name == one.name && other.parent != one.parent)?;
            Some([*one, *other])
        });
        same.expect("two communes of one name")
    }

    fn read(reader: &mut RowReader, cells: [&str; 3], around: &Around) -> Option<&'static str> {
        let cells = cells.map(Cell::text);
        let row = Row {
            number: 1,
            hidden: false,
            cells: &cells,
        };
        let child = reader.read(&row, around, &mut Vec::new());
        child.residence.unit.map(|unit| unit.code)
    }

    fn reader(edition: &'static Edition, found: &Arc<Communes>) -> RowReader {
        let fields = [Field::Commune, Field::District, Field::Address];
        let columns = fields.map(|field| PlanColumn {
            field: Some(field),
            ..PlanColumn::default()
        });
        let plan = Plan {
            columns: columns.into(),
            ..Plan::default()
        };
        let as_of = PartialDate::from_iso("2024-06-13").unwrap();
        RowReader::beside(plan, Context { as_of, edition }, Arc::clone(found))
    }

    #[test]
    fn what_is_remembered_knows_its_heading_and_its_district() {
        let edition = unit::edition("2024-06-13");
        let pair = namesakes(edition);
        let found = Arc::default();
        let mut reader = reader(edition, &found);
        // Twice: the second time everything is remembered.
        for unit in [pair, pair].concat() {
            let district = edition.district_of(unit).unwrap();
            // Another commune of the district stands in the heading.
            let around = Around {
                heading_unit: edition.communes_of(district).find(|other| *other != unit),
                ..Around::default()
            };
            assert_eq!(
                read(&mut reader, [unit.name, "", ""], &around),
                Some(unit.code)
            );
            let address = format!("Thôn 1, {}", unit.name);
            let cells = ["", district.name, address.as_str()];
            assert_eq!(
                read(&mut reader, cells, &Around::default()),
                Some(unit.code)
            );
            assert_eq!(
                read(&mut reader, ["", "", &address], &around),
                Some(unit.code)
            );
        }
    }

    #[test]
    fn what_is_shared_knows_the_sheet() {
        let edition = unit::edition("2024-06-13");
        let found = Arc::default();
        // A reader a sheet: its name says the district, or the commune itself.
        for unit in namesakes(edition) {
            let around = Around {
                district: edition.district_of(unit),
                ..Around::default()
            };
            let cells = [unit.name, "", ""];
            assert_eq!(
                read(&mut reader(edition, &found), cells, &around),
                Some(unit.code)
            );
            let around = Around {
                unit: Some(unit),
                ..Around::default()
            };
            assert_eq!(
                read(&mut reader(edition, &found), cells, &around),
                Some(unit.code)
            );
            assert_eq!(
                read(&mut reader(edition, &found), cells, &Around::default()),
                None
            );
        }
    }
}
