//! How long a list may stay where it is before it is late: our days ([`Place::days`]), or what a unit has said.
//!
//! In: settings, a list's place and since when. Out: [`Due`]. The days of the nearest unit above count; the last said holds.

use super::super::today::days;
use super::super::{Desk, Done, Failed, begin, unit_name, wait};
use crate::access::Deed;
use jiff::Timestamp;
use treem_child::handover::state::Place;
use treem_child::normalise::unit::{self, Edition, Level, Unit};
use treem_store::Tx;
use treem_store::handover::Days;

/// Longest time that can be said.
const MOST: i64 = 365;

/// How a list stands to its time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Due {
    /// Whole days it has been where it is.
    pub days: i64,
    /// Days it may be there; none: as long as it likes.
    pub within: Option<i64>,
    /// Whole days by which it is late; none: it is not.
    pub late: Option<i64>,
}

/// What units have said.
pub struct Settings(Vec<Days>);

/// A setting as a person sees it.
#[derive(serde::Serialize)]
pub struct Setting {
    /// Edition of the unit; empty: what holds where nothing was said.
    pub edition: String,
    /// The unit.
    pub unit: String,
    /// Its name.
    pub unit_name: String,
    /// The place.
    pub place: String,
    /// In words.
    pub place_label: &'static str,
    /// Days; none: never late.
    pub days: Option<i64>,
}

impl Settings {
    /// As they are now.
    pub async fn of(tx: &mut Tx, book: &str) -> Done<Self> {
        Ok(Self(tx.handover_days(book).await?))
    }

    /// Days a list of a unit may be in a place.
    pub fn within(&self, place: Place, edition: &str, code: &str) -> Option<i64> {
        let known = unit::edition(edition);
        let own = known.by_code(code);
        let holds = |one: &&Days| {
            one.place == place.word()
                && one.edition == edition
                && (one.unit == code
                    || own
                        .zip(known.by_code(&one.unit))
                        .is_some_and(|(own, area)| known.is_in(own, area)))
        };
        // The nearest: a unit's own word before that of one above.
        let near = |one: &&Days| match known.by_code(&one.unit).map(Unit::level) {
            Some(Level::Commune) => 3,
            Some(Level::District) => 2,
            _ => 1,
        };
        let said = self
            .0
            .iter()
            .filter(holds)
            .max_by(|left, right| (near(left), &left.at).cmp(&(near(right), &right.at)));
        match said {
            Some(said) => Some(said.days).filter(|days| *days > 0),
            None => place.days().map(i64::from),
        }
    }

    /// How a list stands to its time.
    pub fn due(&self, place: Place, (edition, unit): (&str, &str), since: &str, now: &str) -> Due {
        let Ok(now) = now.parse::<Timestamp>() else {
            return Due::default();
        };
        let days = days(since, now).unwrap_or(0);
        let within = self.within(place, edition, unit);
        Due {
            days,
            within,
            late: within.map(|within| days - within).filter(|late| *late > 0),
        }
    }
}

/// Says how many days lists of a unit may be in a place; 0: never late.
///
/// # Errors
/// [`Failed::Refused`]: no such place; [`Failed::Denied`].
pub fn set(
    desk: &mut Desk,
    (edition, unit): (&'static Edition, &'static Unit),
    place: &str,
    days: i64,
) -> Done<Vec<Setting>> {
    let place = Place::from_word(place)
        .filter(|place| place.days().is_some())
        .ok_or_else(|| {
            let words: Vec<&str> = Place::ALL
                .iter()
                .filter(|place| place.days().is_some())
                .map(|place| place.word())
                .collect();
            Failed::Refused(format!(
                "“{place}” không phải trạng thái có thời hạn; chọn một trong: {}.",
                words.join(", ")
            ))
        })?;
    if !(0..=MOST).contains(&days) {
        return Err(Failed::Refused(format!(
            "Thời hạn là số ngày từ 0 (không hạn) đến {MOST}."
        )));
    }
    wait(async {
        let open = desk.open().await?;
        let book = open.book.register.clone();
        desk.must(Deed::CloseList, edition.from, Some(unit.code))?;
        let mut act = begin(&open.store, desk.doing(&book, "handover-days", "")).await?;
        act.add_units(edition.from, &super::super::init::kept(edition))
            .await?;
        act.add_handover_days((edition.from, unit.code), place.word(), days)
            .await?;
        let detail = serde_json::json!({"place": place.word(), "days": days});
        act.finish(unit.code, &detail.to_string()).await?;
        open.leave().await;
        Ok(())
    })?;
    settings(desk)
}

/// All settings: ours, then what units have said.
///
/// # Errors
/// The register cannot be used.
pub fn settings(desk: &Desk) -> Done<Vec<Setting>> {
    wait(async {
        let open = desk.open().await?;
        let said = open
            .store
            .read()
            .await?
            .handover_days(&open.book.register)
            .await?;
        let ours = Place::ALL
            .iter()
            .filter(|place| place.days().is_some())
            .map(|place| Setting {
                edition: String::new(),
                unit: String::new(),
                unit_name: String::new(),
                place: place.word().to_owned(),
                place_label: place.label(),
                days: place.days().map(i64::from),
            });
        let units = said.into_iter().map(|one| Setting {
            unit_name: unit_name(&one.edition, &one.unit),
            edition: one.edition,
            unit: one.unit,
            place_label: Place::from_word(&one.place).map_or("", Place::label),
            place: one.place,
            days: Some(one.days).filter(|days| *days > 0),
        });
        Ok(ours.chain(units).collect())
    })
}
