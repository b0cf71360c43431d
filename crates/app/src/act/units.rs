//! `treem units`: what a name or a code means on a day, what it was and what it became.
//!
//! In: text and days. Out: [`Found`], [`Shown`], [`Mapped`], ready to be printed or to become JSON. Reads no file.

mod find;
mod show;

use serde::Serialize;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit::{self, Edition, Kin, Level, Share, Unit};

pub use find::{find, within};
pub use show::{Inside, Period, show};

/// A unit with where it lies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Placed {
    /// Code.
    pub code: &'static str,
    /// Whole name.
    pub name: &'static str,
    /// The district it lies in; empty for a district, a province, and from 1/7/2025 on.
    pub district: &'static str,
    /// The province it lies in; empty for a province.
    pub province: &'static str,
}

impl Placed {
    fn of(edition: &Edition, unit: &Unit) -> Option<Self> {
        let unit = edition.by_code(unit.code)?;
        let other = |found: Option<&'static Unit>| {
            found
                .filter(|found| found.code != unit.code)
                .map_or("", |found| found.name)
        };
        Some(Self {
            code: unit.code,
            name: unit.name,
            district: other(edition.district_of(unit)),
            province: other(edition.province_of(unit)),
        })
    }

    /// `Xã Tà Rụt, huyện Đa Krông, tỉnh Quảng Trị`.
    pub fn full(&self) -> String {
        let mut out = self.name.to_owned();
        for above in [self.district, self.province] {
            if !above.is_empty() {
                out.push_str(", ");
                out.push_str(&unit::in_running_text(above));
            }
        }
        out
    }
}

/// A unit of another edition.
#[derive(Clone, Debug, Serialize)]
pub struct Related {
    /// The unit there.
    #[serde(flatten)]
    pub unit: Placed,
    /// `whole` or `part`: how much of the older unit is in the newer one.
    pub share: &'static str,
    /// True where no source states it and it was concluded from codes and former names.
    pub derived: bool,
}

fn related(edition: &Edition, kin: &[Kin]) -> Vec<Related> {
    kin.iter()
        .filter_map(|kin| {
            Some(Related {
                unit: Placed::of(edition, kin.unit)?,
                share: share(kin),
                derived: kin.derived,
            })
        })
        .collect()
}

fn share(kin: &Kin) -> &'static str {
    match kin.share {
        Share::Whole => "whole",
        Share::Part => "part",
    }
}

/// One unit a text may mean.
#[derive(Clone, Debug, Serialize)]
pub struct Hit {
    /// The unit.
    #[serde(flatten)]
    pub unit: Placed,
    /// `code`, `name`, `spelling` or `marks`: by what it was found; `above` where an address names a smaller unit that no edition
    /// has, and this is the one around it.
    pub how: &'static str,
    /// True where it lies in the home province, or in the area that was asked for.
    pub home: bool,
}

/// A unit that is no more.
#[derive(Clone, Debug, Serialize)]
pub struct Gone {
    /// The unit as it was.
    #[serde(flatten)]
    pub unit: Placed,
    /// Its last day.
    pub until: &'static str,
    /// What it is on the day that was asked for.
    pub now: Vec<Related>,
}

/// What one text means.
#[derive(Debug, Serialize)]
pub struct Found {
    /// The text.
    pub text: String,
    /// First day of the edition that was asked.
    pub from: &'static str,
    /// Its last day; `9999-12-31`, and no key in JSON, for the one still in force.
    #[serde(skip_serializing_if = "is_open")]
    pub until: &'static str,
    /// Units of that day: those at home first.
    pub units: Vec<Hit>,
    /// A unit of an earlier day, where the text means none at home.
    pub former: Vec<Gone>,
}

/// True for the last day of what is still in force.
pub fn is_open(until: &&'static str) -> bool {
    until.starts_with("9999")
}

/// The edition of a day.
pub fn on(day: PartialDate) -> &'static Edition {
    unit::edition(&day.to_string())
}

/// The area that `--in` or `--unit` names: a code, a province, a district, or a commune. The error is one Vietnamese sentence.
pub fn area(edition: &'static Edition, text: &str) -> Result<&'static Unit, String> {
    let none = || no_such(edition, text, &find(edition, text, None).former);
    if is_code(text) {
        return edition.by_code(text.trim()).ok_or_else(none);
    }
    if let Some(province) = edition.province_named(text) {
        return Ok(province);
    }
    let mut hits = find::hits(edition, text, None);
    if hits.iter().any(|hit| hit.home) {
        hits.retain(|hit| hit.home);
    }
    let codes: Vec<&str> = hits.iter().map(|hit| hit.unit.code).collect();
    match (codes.as_slice(), hits.as_slice()) {
        ([code], _) => edition.by_code(code).ok_or_else(none),
        (_, []) => Err(none()),
        _ => Err(several(text, &hits)),
    }
}

/// The sentence for a text that is no unit of an edition; with the units it was, where there are such.
fn no_such(edition: &Edition, text: &str, former: &[Gone]) -> String {
    if text.trim().is_empty() {
        return NOTHING_WRITTEN.to_owned();
    }
    let mut sentence = format!(
        "“{}” không phải đơn vị nào của danh mục có hiệu lực từ {}",
        quoted(text),
        shown(edition.from)
    );
    if !former.is_empty() {
        let names = former.iter().map(|gone| {
            format!(
                "{} {} (đến {})",
                gone.unit.code,
                gone.unit.full(),
                shown(gone.until)
            )
        });
        sentence.push_str("; đó là tên hoặc mã cũ của ");
        sentence.push_str(&listed(names));
        sentence.push_str(". Ghi mã, hoặc chọn một ngày khi đơn vị còn đó");
    }
    sentence.push('.');
    sentence
}

/// What is said of an empty text.
pub const NOTHING_WRITTEN: &str =
    "chưa ghi đơn vị nào. Ghi tên, mã hoặc địa chỉ trong ngoặc kép, ví dụ “xã Tà Rụt” hoặc 19588.";

/// Characters of a text that are repeated in a sentence.
const QUOTED: usize = 80;

/// A text as it is repeated to the reader: on one line, without control characters, shortened.
pub fn quoted(text: &str) -> String {
    let mut out = String::new();
    for (count, c) in text.trim().chars().enumerate() {
        if count == QUOTED {
            out.truncate(out.trim_end().len());
            out.push('…');
            break;
        }
        let c = if c.is_control() { ' ' } else { c };
        if !(c.is_whitespace() && out.ends_with(' ')) {
            out.push(if c.is_whitespace() { ' ' } else { c });
        }
    }
    out
}

/// A day as it is written in Vietnamese.
pub fn shown(day: &str) -> String {
    PartialDate::from_iso(day).map_or_else(|| day.to_owned(), PartialDate::display)
}

/// Names in one sentence beyond which they are only counted.
const NAMED: usize = 5;

/// The first names, and how many more there are.
fn listed(names: impl ExactSizeIterator<Item = String>) -> String {
    let more = names.len().saturating_sub(NAMED);
    let mut names: Vec<String> = names.take(NAMED).collect();
    if more > 0 {
        names.push(format!("và {more} đơn vị khác"));
    }
    names.join("; ")
}

fn several(text: &str, hits: &[Hit]) -> String {
    let names = hits
        .iter()
        .map(|hit| format!("{} {}", hit.unit.code, hit.unit.full()));
    format!(
        "“{}” là tên của nhiều đơn vị: {}. Ghi mã.",
        quoted(text),
        listed(names)
    )
}

/// True for digits only.
fn is_code(text: &str) -> bool {
    let code = text.trim();
    !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit())
}

/// One line of a succession: the unit of `--from`, and one of those of `--to`.
#[derive(Debug, Serialize)]
pub struct Line {
    /// The unit on the day of `--from`.
    pub from: Placed,
    /// A unit on the day of `--to`; nothing where that is not known.
    pub to: Option<Placed>,
    /// How much of the older of the two is in the newer one.
    pub share: &'static str,
    /// True where no source states it.
    pub derived: bool,
}

/// A succession, or that of a whole area.
#[derive(Debug, Serialize)]
pub struct Mapped {
    /// First day of the edition of `--from`.
    pub from: &'static str,
    /// First day of the edition of `--to`.
    pub to: &'static str,
    /// The lines.
    pub units: Vec<Line>,
}

/// From one day to another, forward or back, for a unit or for all communes in it.
pub fn map(
    text: &str,
    all: bool,
    (from, to): (PartialDate, PartialDate),
) -> Result<Mapped, String> {
    let (old, new) = (on(from), on(to));
    let unit = area(old, text)?;
    let units: Vec<&'static Unit> = if all && unit.level() != Level::Commune {
        let mut units: Vec<_> = old.communes_of(unit).collect();
        // An island district without communes stands for itself.
        units.extend(
            old.units()
                .iter()
                .filter(|district| district.level() == Level::District)
                .filter(|district| old.is_in(district, unit))
                .filter(|district| old.communes_of(district).next().is_none()),
        );
        units
    } else {
        vec![unit]
    };
    let mut lines = Vec::new();
    for unit in units {
        let kin = if old.from <= new.from {
            unit::successors(unit.code, old.from, new.from)
        } else {
            unit::predecessors(unit.code, old.from, new.from)
        };
        let Some(from) = Placed::of(old, unit) else {
            continue;
        };
        if kin.is_empty() {
            lines.push(Line {
                from: from.clone(),
                to: None,
                share: "unknown",
                derived: false,
            });
        }
        for kin in kin {
            lines.push(Line {
                from: from.clone(),
                to: Placed::of(new, kin.unit),
                share: share(&kin),
                derived: kin.derived,
            });
        }
    }
    Ok(Mapped {
        from: old.from,
        to: new.from,
        units: lines,
    })
}
