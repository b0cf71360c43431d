//! Arguments that name an area: a unit, and the edition and day it is understood by.
//!
//! In: arguments. Out: the unit with its edition, and the day; or why not, in one Vietnamese sentence.

use super::Around;
use crate::act::units as act_units;
use crate::cli::screen;
use clap::Args;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit::{Edition, Unit};

/// An area and a day.
#[derive(Args)]
pub struct AreaArgs {
    /// Chỉ một xã, huyện hoặc tỉnh (mã hoặc tên).
    #[arg(long, value_name = "CODE|NAME")]
    pub unit: Option<String>,
    /// Ngày tính số liệu; không ghi thì lấy hôm nay.
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Danh mục đơn vị hành chính để hiểu --unit; không ghi thì lấy ngày tính số liệu.
    #[arg(long, value_name = "DATE")]
    pub edition: Option<String>,
}

/// A unit with its edition.
pub type Area = Option<(&'static Edition, &'static Unit)>;

/// What [`AreaArgs`] come to.
pub struct Place {
    /// Day whose edition it is.
    pub on: PartialDate,
    /// Edition of units.
    pub edition: &'static Edition,
    /// Unit of it; `None`: all.
    pub unit: Option<&'static Unit>,
    /// Day of the figures.
    pub as_of: PartialDate,
}

impl AreaArgs {
    /// The area with its edition, and the day.
    pub fn place(&self, around: &Around) -> Result<Place, String> {
        let (unit, edition) = (self.unit.as_deref(), self.edition.as_deref());
        place((unit, self.as_of.as_deref(), edition), around)
    }

    /// The area and the day.
    pub fn read(&self, around: &Around) -> Result<(Area, PartialDate), String> {
        let place = self.place(around)?;
        Ok((place.unit.map(|unit| (place.edition, unit)), place.as_of))
    }
}

/// A unit, a day and an edition as they were written; without an edition that of the day.
pub fn place(
    (unit, as_of, edition): (Option<&str>, Option<&str>, Option<&str>),
    around: &Around,
) -> Result<Place, String> {
    let as_of = screen::day(as_of, around.today)?;
    let on = match edition {
        Some(day) => screen::day(Some(day), around.today)?,
        None => as_of,
    };
    let edition = act_units::on(on);
    let unit = unit
        .map(|text| act_units::area(edition, text))
        .transpose()?;
    Ok(Place {
        on,
        edition,
        unit,
        as_of,
    })
}

/// A unit as it was written, understood by an edition; without one by that of today.
pub fn area(unit: Option<&str>, edition: Option<&str>, around: &Around) -> Result<Area, String> {
    let Some(unit) = unit else {
        return Ok(None);
    };
    let edition = act_units::on(screen::day(edition, around.today)?);
    Ok(Some((edition, act_units::area(edition, unit)?)))
}
