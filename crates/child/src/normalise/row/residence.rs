//! Where a child lives: commune and hamlet from the row's own columns, its address, or what stands around it.
//!
//! In: cells, [`Around`]. Out: [`Residence`]. Methods of [`RowReader`], apart for reading.

use super::{Around, RowReader};
use crate::cell::Row;
use crate::field::Field;
use crate::finding::Finding;
use crate::limits;
use crate::normalise::text;
use crate::normalise::unit::{self, Edition, Found, Level, Unit};
use crate::record::{PlaceSource, Residence};
use std::borrow::Cow;

#[derive(Clone, Default)]
pub(super) struct AddressParts {
    hamlet: Option<String>,
    unit: Option<&'static Unit>,
    unknown: Option<&'static str>,
}

const NOT_IN_LIST: &str = "không có trong danh mục đơn vị hành chính đang có hiệu lực";
const SEVERAL: &str = "là tên của nhiều xã, phường; cần ghi rõ huyện";

impl RowReader {
    pub(super) fn residence<'r>(
        &mut self,
        row: &Row<'r, '_>,
        around: &'r Around,
        findings: &mut Vec<Finding>,
    ) -> Residence<'r> {
        let remembered = self.remembered_commune(row);
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
            let (unit, unknown) = self.commune(&commune, &district, around);
            out.unit = unit;
            out.unknown = unknown;
            out.source = PlaceSource::Row;
        }
        if out.source == PlaceSource::None || out.hamlet.is_empty() {
            for text in [out.address.clone(), out.current.clone()] {
                if text::is_missing(&text) {
                    continue;
                }
                let parts = self.address(&text, &district, around);
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
        out
    }

    pub(super) fn within(&self, district: &str, around: &Around) -> Option<&'static Unit> {
        if !text::is_missing(district)
            && let Found::One(unit, _) = self.context.edition.find(district, Level::District, None)
        {
            return Some(unit);
        }
        around.district.or_else(|| {
            around
                .unit
                .or(around.heading_unit)
                .and_then(|unit| self.context.edition.district_of(unit))
        })
    }

    /// The commune of a row whose cells have been seen before, as they stand. Only plain text is remembered, so what is
    /// remembered needs no second look.
    pub(super) fn remembered_commune(
        &mut self,
        row: &Row<'_, '_>,
    ) -> Option<(Option<&'static Unit>, Option<&'static str>)> {
        let commune = self.bare(row, Field::Commune)?;
        let district = if self.cell(row, Field::District).is_some() {
            self.bare(row, Field::District)?
        } else {
            ""
        };
        self.key.clear();
        self.key.push_str(commune);
        self.key.push('\0');
        self.key.push_str(district);
        self.communes.get(self.key.as_str()).copied()
    }

    pub(super) fn commune(
        &mut self,
        commune: &str,
        district: &str,
        around: &Around,
    ) -> (Option<&'static Unit>, Option<&'static str>) {
        self.key.clear();
        self.key.push_str(commune);
        self.key.push('\0');
        self.key.push_str(district);
        if let Some(found) = self.communes.get(self.key.as_str()) {
            return *found;
        }
        let edition = self.context.edition;
        let within = self.within(district, around);
        let mut found = edition.find(commune, Level::Commune, within);
        if matches!(found, Found::None) && within.is_some() && text::is_missing(district) {
            // The title's district is a hint, not a fence.
            found = edition.find(commune, Level::Commune, None);
        }
        let answer = match found {
            Found::One(unit, _) => (Some(unit), None),
            Found::Several(units) => match units
                .iter()
                .find(|unit| around.unit.is_some_and(|known| known.code == unit.code))
            {
                Some(unit) => (Some(*unit), None),
                None => (None, Some(SEVERAL)),
            },
            Found::None => {
                // "Thôn A Đăng, xã Tà Rụt" in the column of the commune
                let parts = address_parts(edition, commune, within);
                if parts.unit.is_some() {
                    (parts.unit, None)
                } else {
                    (None, Some(NOT_IN_LIST))
                }
            }
            Found::Missing => (None, None),
        };
        if text::is_plain(commune) && text::is_plain(district) {
            if self.communes.len() >= limits::VALUE_CACHE {
                self.communes.clear();
            }
            self.communes.insert(self.key.clone(), answer);
        }
        answer
    }

    pub(super) fn address(&mut self, text: &str, district: &str, around: &Around) -> AddressParts {
        if let Some(known) = self.addresses.get(text) {
            return known.clone();
        }
        let parts = address_parts(self.context.edition, text, self.within(district, around));
        if self.addresses.len() >= limits::VALUE_CACHE {
            self.addresses.clear();
        }
        self.addresses.insert(text.to_owned(), parts.clone());
        parts
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
    let place = edition.place(text, within);
    let (unit, unknown) = match place.commune {
        Found::One(unit, _) => (Some(unit), None),
        Found::Several(_) => (None, Some(SEVERAL)),
        Found::None => (None, Some(NOT_IN_LIST)),
        Found::Missing => (None, None),
    };
    AddressParts {
        hamlet: place.hamlet.and_then(|hamlet| unit::hamlet(&hamlet)),
        unit,
        unknown,
    }
}
