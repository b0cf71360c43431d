//! `treem units find`: the units a text means on a day, and those it meant before.
//!
//! In: a text, an edition, perhaps an area. Out: [`Found`].

use super::{Found, Gone, Hit, Placed, area, is_code, is_readable, listed, quoted, related, shown};
use treem_child::normalise::unit::{self, Edition, Former, Found as Meaning, How, Level, Unit};

/// The area that is looked in, with the edition that has it: the one asked for, or an earlier one.
#[derive(Clone, Copy, Debug)]
pub struct Within {
    edition: &'static Edition,
    /// The area.
    pub unit: &'static Unit,
}

/// The area that `--in` names: as [`area`], or a district or a province that is no more. The error is one Vietnamese sentence.
pub fn within(edition: &'static Edition, text: &str) -> Result<Within, String> {
    let refused = match area(edition, text) {
        Ok(unit) => return Ok(Within { edition, unit }),
        Err(sentence) if !is_readable(text) => return Err(sentence),
        Err(sentence) => sentence,
    };
    let former = |home: &'static Edition| {
        home.former_district(text)
            .or_else(|| home.former_province(text))
    };
    let formers: Vec<Former> = former(edition).map_or_else(
        || others(edition).filter_map(former).collect(),
        |former| vec![former],
    );
    match formers.as_slice() {
        [] => Err(refused),
        [former] => Ok(Within {
            edition: former.edition,
            unit: former.unit,
        }),
        _ => {
            let names = formers.iter().map(|former| {
                format!(
                    "{} {} (đến {})",
                    former.unit.code,
                    former.edition.full_name(former.unit),
                    shown(former.edition.until)
                )
            });
            Err(format!(
                "“{}” là tên cũ của nhiều đơn vị: {}. Ghi mã.",
                quoted(text),
                listed(names)
            ))
        }
    }
}

/// The same edition as seen from the other provinces.
fn others(edition: &'static Edition) -> impl Iterator<Item = &'static Edition> {
    edition
        .provinces()
        .map(|province| edition.at(province))
        .filter(move |there| *there != edition)
}

/// Signs between the parts of an address.
const SEPARATORS: [char; 4] = [',', ';', '(', ')'];

/// True for an address: its smallest unit is meant.
fn is_address(text: &str) -> bool {
    text.contains(SEPARATORS) || text.contains(" - ")
}

/// True where the last part of an address names the home province: nothing is looked up elsewhere then.
fn names_home(edition: &Edition, text: &str) -> bool {
    is_address(text)
        && text
            .split(SEPARATORS)
            .flat_map(|part| part.split(" - "))
            .map(str::trim)
            .filter(|part| {
                !part.is_empty() && !["việt nam", "vn"].contains(&part.to_lowercase().as_str())
            })
            .last()
            .and_then(|part| edition.province_named(part))
            .is_some_and(|province| edition.is_at_home(province))
}

/// The edition as seen from where a text stands: the area's province, the one that the text names, or home.
fn home_of(
    edition: &'static Edition,
    text: &str,
    within: Option<&'static Unit>,
) -> &'static Edition {
    within
        .or_else(|| edition.place(text, None).elsewhere)
        .map_or(edition, |unit| edition.at(unit))
}

/// The units of the edition that a text means.
pub(super) fn hits(
    edition: &'static Edition,
    text: &str,
    within: Option<&'static Unit>,
) -> Vec<Hit> {
    let mut out = Vec::new();
    let home = home_of(edition, text, within);
    look_in(home, text, within, true, &mut out);
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
    if within.is_none() && home == edition && !names_home(edition, text) {
        for there in others(edition) {
            look_in(there, text, None, false, &mut out);
        }
    }
    out.extend(written.filter(|written| !out.iter().any(|hit| hit.unit.code == written.unit.code)));
    out
}

fn look_in(
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
            if let Some(placed) = Placed::of(edition, unit).filter(|_| inside) {
                out.push(Hit {
                    unit: placed,
                    how: how_word(text, unit, how),
                    home,
                });
            }
        };
        match edition.find(text, level, within) {
            Meaning::One(unit, how) => add(unit, how),
            Meaning::Several(units) => {
                for unit in units {
                    add(unit, edition.how(text, unit));
                }
            }
            Meaning::None | Meaning::Missing => {}
        }
        if out.len() > before && is_address(text) {
            return;
        }
    }
}

fn how_word(text: &str, unit: &Unit, how: How) -> &'static str {
    match how {
        How::Code => "code",
        // `phuong 1`: only the word of kind lacks its marks.
        How::Exact if !unit.short.is_empty() && lacks_marks_of_kind(text, unit) => "marks",
        How::Exact => "name",
        How::Alias => "spelling",
        How::WithoutDiacritics => "marks",
    }
}

/// True where the word of the unit's kind stands in a text with its marks left out.
fn lacks_marks_of_kind(text: &str, unit: &Unit) -> bool {
    let plain = match unit.kind.label() {
        "Xã" => "xa",
        "Phường" => "phuong",
        "Thị trấn" => "thi tran",
        "Huyện" => "huyen",
        "Quận" => "quan",
        "Thị xã" => "thi xa",
        "Thành phố" => "thanh pho",
        "Tỉnh" => "tinh",
        "Đặc khu" => "dac khu",
        _ => return false,
    };
    text.is_ascii()
        && text
            .split(SEPARATORS)
            .flat_map(|part| part.split(" - "))
            .map(|part| part.trim().to_lowercase())
            .any(|part| {
                part.strip_prefix(plain)
                    .and_then(|rest| rest.trim().strip_prefix(&*unit.short.to_lowercase()))
                    .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
            })
}

/// What a text means on a day. Without an area it is looked up at home first, then in the whole country; an address whose
/// smallest unit is none of that day's is looked for in the days before.
pub fn find(edition: &'static Edition, text: &str, within: Option<Within>) -> Found {
    if let Some(area) = within.filter(|area| area.edition.from != edition.from) {
        return find_in_former(edition, text, area);
    }
    if !is_readable(text) {
        return Found {
            text: text.to_owned(),
            from: edition.from,
            until: edition.until,
            units: Vec::new(),
            former: Vec::new(),
        };
    }
    let area = within.map(|within| within.unit);
    let mut units = hits(edition, text, area);
    let mut former = Vec::new();
    // A merged province is known by its name, but it is one that is no more.
    if let Some(gone) = merged_province(edition, text, &units) {
        let now: Vec<&str> = gone.now.iter().map(|now| now.unit.code).collect();
        units.retain(|hit| !now.contains(&hit.unit.code));
        former.push(gone);
    }
    let home = home_of(edition, text, area);
    let around = only_around(home, text, &units);
    if former.is_empty() && (around.is_some() || !units.iter().any(|hit| hit.home)) {
        former.extend(gone(home, text, around));
        former.retain(|gone| area.is_none_or(|area| was_in(edition, gone, area)));
        if units.is_empty() && former.is_empty() && area.is_none() {
            former.extend(others(home).flat_map(|there| gone(there, text, None)));
        }
    }
    if around.is_some() && !former.is_empty() {
        units.retain(|hit| !hit.home);
    } else if around.is_some() {
        for hit in units.iter_mut().filter(|hit| hit.home) {
            hit.how = "above";
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

/// The level of what was found at home, where that is only what lies around the unit that an address names.
fn only_around(home: &'static Edition, text: &str, hits: &[Hit]) -> Option<Level> {
    if !is_address(text) {
        return None;
    }
    let hit = hits.iter().find(|hit| hit.home)?;
    let level = home.by_code(hit.unit.code)?.level();
    let place = home.place(text, None);
    (level != Level::Commune && (!place.inside || place.commune == Meaning::None)).then_some(level)
}

/// True where a unit that is no more lay in an area of an edition, or went there.
fn was_in(edition: &Edition, gone: &Gone, area: &Unit) -> bool {
    gone.now.iter().any(|now| {
        edition
            .by_code(now.unit.code)
            .is_some_and(|unit| edition.is_in(unit, area))
    }) || of_last_day(gone.until).is_some_and(|then| {
        then.by_code(gone.unit.code)
            .is_some_and(|unit| then.is_in(unit, area))
    })
}

/// The edition that a day is the last of.
fn of_last_day(until: &str) -> Option<&'static Edition> {
    unit::editions().find(|edition| edition.until == until)
}

/// What a text means in an area that is no more: the units of that time, and what they are now.
fn find_in_former(edition: &'static Edition, text: &str, area: Within) -> Found {
    let then = find(area.edition, text, Some(area));
    let now =
        |code: &str, from: &str| related(edition, &unit::successors(code, from, edition.from));
    let were = then.units.into_iter().map(|hit| Gone {
        now: now(hit.unit.code, area.edition.from),
        unit: hit.unit,
        until: area.edition.until,
    });
    let before = then.former.into_iter().map(|gone| Gone {
        now: of_last_day(gone.until).map_or_else(Vec::new, |then| now(gone.unit.code, then.from)),
        ..gone
    });
    Found {
        text: then.text,
        from: edition.from,
        until: edition.until,
        units: Vec::new(),
        former: were.chain(before).collect(),
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
    (old.short != now.short && !is_code(text)).then_some(())?;
    Some(Gone {
        unit: Placed::of(before, old)?,
        until: before.until,
        now: related(
            edition,
            &unit::successors(old.code, before.from, edition.from),
        ),
    })
}

/// The units of earlier editions that a text means. `around`: the level of the unit of this edition around them that is known.
fn gone(edition: &'static Edition, text: &str, around: Option<Level>) -> Vec<Gone> {
    let mut formers: Vec<Former> = edition.formers(text, "");
    // A district that is known is not one that is no more.
    if formers.is_empty() && around != Some(Level::District) {
        formers.extend(edition.former_district(text));
    }
    if formers.is_empty() && around.is_none() {
        formers.extend(edition.former_province(text));
    }
    formers
        .into_iter()
        .filter_map(|former| {
            let now = former.successors();
            Some(Gone {
                unit: Placed::of(former.edition, former.unit)?,
                until: former.edition.until,
                now: related(edition, &now),
            })
        })
        .collect()
}
