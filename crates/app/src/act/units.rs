//! `treem units`: what a name or a code means on a day, what it was and what it became.
//!
//! In: text and days. Out: [`Found`], [`Shown`], [`Mapped`], ready to be printed or to become JSON. Reads no file.

mod show;

use serde::Serialize;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit::{
    self, Edition, Former, Found as Meaning, How, Kin, Level, Share, Unit,
};

pub use show::{Period, show};

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
    /// `code`, `name`, `spelling` or `marks`: by what it was found.
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
    /// First and last day of the edition that was asked.
    pub from: &'static str,
    /// Its last day; `9999-12-31` for the last one.
    pub until: &'static str,
    /// Units of that day: those at home first.
    pub units: Vec<Hit>,
    /// A unit of an earlier day, where the text means none at home.
    pub former: Vec<Gone>,
}

/// The edition of a day.
pub fn on(day: PartialDate) -> &'static Edition {
    unit::edition(&day.to_string())
}

/// The area that `--in` or `--unit` names: a code, a province, a district, or a commune. The error is one Vietnamese sentence.
pub fn area(edition: &'static Edition, text: &str) -> Result<&'static Unit, String> {
    let code = text.trim();
    if !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit()) {
        return edition.by_code(code).ok_or_else(|| no_such(edition, text));
    }
    if let Some(province) = edition.province_named(text) {
        return Ok(province);
    }
    let mut hits = hits(edition, text, None);
    if hits.iter().any(|hit| hit.home) {
        hits.retain(|hit| hit.home);
    }
    let codes: Vec<&str> = hits.iter().map(|hit| hit.unit.code).collect();
    match (codes.as_slice(), hits.as_slice()) {
        ([code], _) => edition.by_code(code).ok_or_else(|| no_such(edition, text)),
        (_, []) => Err(no_such(edition, text)),
        _ => Err(several(text, &hits)),
    }
}

fn no_such(edition: &Edition, text: &str) -> String {
    format!(
        "“{text}” không phải đơn vị nào của danh mục có hiệu lực từ {}.",
        shown(edition.from)
    )
}

/// A day as it is written in Vietnamese.
pub fn shown(day: &str) -> String {
    PartialDate::from_iso(day).map_or_else(|| day.to_owned(), PartialDate::display)
}

/// Names in one sentence beyond which they are only counted.
const NAMED: usize = 5;

fn several(text: &str, hits: &[Hit]) -> String {
    let mut names: Vec<String> = hits
        .iter()
        .take(NAMED)
        .map(|hit| format!("{} {}", hit.unit.code, hit.unit.full()))
        .collect();
    if hits.len() > NAMED {
        names.push(format!("và {} đơn vị khác", hits.len() - NAMED));
    }
    format!(
        "“{text}” là tên của nhiều đơn vị: {}. Ghi mã.",
        names.join("; ")
    )
}

/// True for an address: its smallest unit is meant.
fn is_address(text: &str) -> bool {
    text.contains([',', ';', '(']) || text.contains(" - ")
}

fn hits(edition: &'static Edition, text: &str, within: Option<&'static Unit>) -> Vec<Hit> {
    let mut out = Vec::new();
    let elsewhere = edition.place(text, within).elsewhere;
    let home = match within.or(elsewhere) {
        Some(unit) => edition.at(unit),
        None => edition,
    };
    at_home(home, text, within, true, &mut out);
    // `TPHCM`: a name that no list writes.
    let province = edition
        .province_named(text)
        .filter(|province| within.is_none_or(|unit| unit.code == province.code));
    let written = province.and_then(|unit| {
        Some(Hit {
            unit: Placed::of(edition, unit)?,
            how: "spelling",
            home: within.is_some() || edition.is_at_home(unit),
        })
    });
    if within.is_none() && elsewhere.is_none() {
        for province in edition.provinces() {
            let there = edition.at(province);
            if there != edition {
                at_home(there, text, None, false, &mut out);
            }
        }
    }
    out.extend(written.filter(|written| !out.iter().any(|hit| hit.unit.code == written.unit.code)));
    out
}

fn at_home(
    edition: &'static Edition,
    text: &str,
    within: Option<&'static Unit>,
    home: bool,
    out: &mut Vec<Hit>,
) {
    for level in [Level::Commune, Level::District, Level::Province] {
        let before = out.len();
        let mut add = |unit: &Unit, how| {
            let inside = within.is_none_or(|within| edition.is_in(unit, within));
            if let Some(unit) = Placed::of(edition, unit).filter(|_| inside) {
                out.push(Hit { unit, how, home });
            }
        };
        match edition.find(text, level, within) {
            Meaning::One(unit, how) => add(unit, how_word(how)),
            Meaning::Several(units) => {
                for unit in units {
                    add(unit, "name");
                }
            }
            Meaning::None | Meaning::Missing => {}
        }
        if out.len() > before && is_address(text) {
            return;
        }
    }
}

fn how_word(how: How) -> &'static str {
    match how {
        How::Code => "code",
        How::Exact => "name",
        How::Alias => "spelling",
        How::WithoutDiacritics => "marks",
    }
}

/// What a text means on a day. Without an area it is looked up at home first, then in the whole country.
pub fn find(edition: &'static Edition, text: &str, within: Option<&'static Unit>) -> Found {
    let mut units = hits(edition, text, within);
    let mut former = Vec::new();
    // A merged province is known by its name, but it is one that is no more.
    if let Some(gone) = merged_province(edition, text, &units) {
        let now: Vec<&str> = gone.now.iter().map(|now| now.unit.code).collect();
        units.retain(|hit| !now.contains(&hit.unit.code));
        former.push(gone);
    }
    if former.is_empty() && !units.iter().any(|hit| hit.home) {
        let home = within.map_or(edition, |unit| edition.at(unit));
        former.extend(gone(home, text));
        if units.is_empty() && former.is_empty() && within.is_none() {
            former.extend(
                edition
                    .provinces()
                    .map(|province| edition.at(province))
                    .filter(|there| *there != home)
                    .flat_map(|there| gone(there, text)),
            );
        }
    }
    Found {
        text: text.to_owned(),
        from: edition.from,
        until: edition.until,
        units,
        former,
    }
}

fn merged_province(edition: &'static Edition, text: &str, hits: &[Hit]) -> Option<Gone> {
    let now = edition.province_named(text)?;
    let its_name = |hit: &Hit| hit.unit.code == now.code && hit.how != "spelling";
    if hits.iter().any(its_name) {
        return None;
    }
    let before = unit::editions().rfind(|before| before.from < edition.from)?;
    let old = before.province_named(text)?;
    let is_code = text.trim().bytes().all(|byte| byte.is_ascii_digit());
    (old.short != now.short && !is_code).then_some(())?;
    Some(Gone {
        unit: Placed::of(before, old)?,
        until: before.until,
        now: related(
            edition,
            &unit::successors(old.code, before.from, edition.from),
        ),
    })
}

fn gone(edition: &'static Edition, text: &str) -> Vec<Gone> {
    let mut formers: Vec<Former> = edition.formers(text, "");
    if formers.is_empty() {
        formers.extend(edition.former_district(text));
    }
    formers
        .into_iter()
        .filter_map(|former| {
            Some(Gone {
                unit: Placed::of(former.edition, former.unit)?,
                until: former.edition.until,
                now: related(edition, &former.successors()),
            })
        })
        .collect()
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
