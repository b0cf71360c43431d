//! An address taken apart: hamlet, commune, district, province.
//!
//! In: a line such as `Thôn A Đăng, xã Tà Rụt, huyện Đakrông`, with or without kinds, separators and marks. Out: [`Place`].
//!
//! Read from the right, large to small, because a hamlet may bear the name of a commune; where that leads nowhere, by the
//! words of kind wherever they stand, then from the left.

use super::find::choose;
use super::word::{self, Kind, after_hamlet_word, ends_name, part_end, part_start, urban_hamlet};
use super::{Edition, Found, How, Level, Unit, UnitKind};
use crate::normalise::fold::{Gap, Words};

/// An address in its parts.
#[derive(Clone, Debug)]
pub struct Place {
    /// Hamlet as written (`Thôn A Đăng`, `KP3`).
    pub hamlet: Option<String>,
    /// Commune: `Missing` where the address names none, `None` where it names one that the edition does not have.
    pub commune: Found,
    /// District: as written, else that of the commune.
    pub district: Option<&'static Unit>,
    /// Province: as written, else that of the commune or district.
    pub province: Option<&'static Unit>,
    /// What is left: house number, road, team.
    pub rest: String,
    /// False where the address names another province or a district that the home province does not have.
    pub inside: bool,
    /// The other province that the address names. Its commune is then not looked up here: [`Edition::at`] that province can.
    pub elsewhere: Option<&'static Unit>,
}

impl Place {
    fn new() -> Self {
        Self {
            hamlet: None,
            commune: Found::Missing,
            district: None,
            province: None,
            rest: String::new(),
            inside: true,
            elsewhere: None,
        }
    }
}

/// A name found at the end of some words.
struct Tail {
    /// Where the name begins, its kind's words included.
    start: usize,
    units: Vec<(&'static Unit, How)>,
    kind: Option<UnitKind>,
}

impl Edition {
    /// Takes an address apart. `within`, a district (or a commune of it), is a hint: its communes are preferred where the address
    /// names no district. A commune outside the district that is written is `Found::None`.
    pub fn place(&'static self, address: &str, within: Option<&Unit>) -> Place {
        if let Some(unit) = within
            && self.at(unit) != self
        {
            return self.at(unit).place(address, within);
        }
        let fence = within.and_then(|unit| {
            if unit.level() == Level::Commune {
                self.by_code(unit.parent)
            } else {
                Some(unit)
            }
        });
        let mut place = self.place_in(&Words::new(address), fence);
        if let Found::One(commune, _) = place.commune {
            place.district = place.district.or_else(|| self.district_of(commune));
            place.province = place.province.or_else(|| self.province_of(commune));
        }
        place.province = place
            .province
            .or_else(|| place.district.and_then(|district| self.parent_of(district)));
        place
    }

    /// As [`Edition::place`], without what follows from the commune.
    pub(super) fn place_in(&'static self, words: &Words<'_>, hint: Option<&Unit>) -> Place {
        let mut end = words.len();
        if end == 0 {
            return Place::new();
        }
        // Remarks after it: `Tà Rụt (mới)`, `… - tạm trú`.
        loop {
            let start = part_start(words, end);
            if start == 0
                || !matches!(
                    words.plain(start, end),
                    "moi" | "cu" | "tamtru" | "thuongtru" | "xacu" | "hientai" | "xamoi"
                )
            {
                break;
            }
            end = start;
        }
        if end > 2 && matches!(words.plain(end - 2, end), "vietnam" | "nuocvietnam") {
            end -= 2;
        } else if end > 1 && matches!(words.plain(end - 1, end), "vietnam" | "vn") {
            end -= 1;
        }
        let mut place = self.read_from_right(words, end, hint);
        if matches!(place.commune, Found::Missing | Found::None) && place.inside {
            if let Some(better) = self.by_kind(words, end, &place, hint) {
                place = better;
            } else if let Some(better) = self.read_from_left(words, end, hint) {
                place = better;
            }
        }
        place
    }

    fn read_from_right(
        &'static self,
        words: &Words<'_>,
        length: usize,
        hint: Option<&Unit>,
    ) -> Place {
        let mut place = Place::new();
        let mut end = length;
        if let Some(tail) = self.tail(words, end, Level::Province, None) {
            place.province = tail.units.first().map(|(unit, _)| *unit);
            end = tail.start;
        } else if let Some(elsewhere) = self.elsewhere(words, end) {
            place.inside = false;
            place.elsewhere = Some(elsewhere);
            place.commune = Found::None;
            words.written(0, length).clone_into(&mut place.rest);
            return place;
        }
        // `Quảng Trị` at the end may have been the town: then nothing speaks for the province.
        let before_district = end;
        let mut doubtful = None;
        if let Some(tail) = self.tail(words, end, Level::District, None) {
            if tail.kind.is_none() {
                let same = self.tail(words, end, Level::Commune, None);
                doubtful = same.filter(|same| same.kind.is_none() && same.start == tail.start);
            }
            place.district = tail.units.first().map(|(unit, _)| *unit);
            end = tail.start;
        } else if let Some(start) = outside_district(words, end) {
            place.inside = false;
            place.commune = Found::None;
            words.written(start, length).clone_into(&mut place.rest);
            end = start;
            place.hamlet = hamlet_of(words, end, false, &mut place.rest);
            return place;
        }
        let fence = place.district;
        if let Some(tail) = self.tail(words, end, Level::Commune, fence) {
            end = tail.start;
            place.commune = settle(self, tail.units, tail.kind, hint);
        } else if let Some(doubtful) = doubtful {
            // `KP 2, Gio Linh`: streets and quarters are in the township; `Thôn Klu, Đakrông` may be either.
            let urban = urban_hamlet(words, doubtful.start);
            let township = doubtful
                .units
                .iter()
                .any(|(unit, _)| unit.kind == UnitKind::Township);
            if urban && township {
                place.commune = choose(doubtful.units, None);
            }
        }
        if place.commune == Found::Missing && end > 0 {
            place.commune = Self::unread(
                words,
                end,
                before_district < length || place.district.is_some(),
            );
        }
        let known =
            place.commune != Found::Missing || place.district.is_some() || place.province.is_some();
        place.hamlet = hamlet_of(words, end, known, &mut place.rest);
        place
    }

    /// A name of the level that ends at `end`, with the kind before it. A name without its kind has to open a part of the
    /// address; inside one only longer names are taken, after a hamlet's figure or before a district.
    fn tail(
        &'static self,
        words: &Words<'_>,
        end: usize,
        level: Level,
        fence: Option<&Unit>,
    ) -> Option<Tail> {
        for length in (1..=end.min(5)).rev() {
            let start = end - length;
            if !words.is_whole(start, end) {
                continue;
            }
            let kind = word::kind_before(words, start).filter(|_| words.gap(start) < Gap::Cut);
            if let Some(kind) = kind {
                if kind.unit.level() == level {
                    let mut units = self.lookup_kind(words, start, end, kind.unit, fence);
                    if units.is_empty()
                        && length == 1
                        && let Some(figure) = word::figure(words.toned(start, end))
                    {
                        units = self.entries(figure, figure, true, level, fence);
                    }
                    if units.is_empty() {
                        continue;
                    }
                    return Some(Tail {
                        start: start - kind.words,
                        units,
                        kind: Some(kind.unit),
                    });
                }
                if level == Level::Province && kind.unit == UnitKind::City {
                    let mut units = self.lookup(words, start, end, level, fence);
                    units.retain(|(unit, _)| unit.kind == UnitKind::Municipality);
                    if !units.is_empty() {
                        return Some(Tail {
                            start: start - kind.words,
                            units,
                            kind: Some(UnitKind::Municipality),
                        });
                    }
                }
                // `xã Đakrông` is no district; `Xa` in `Xa Ry` is no kind.
                if kind.sure {
                    continue;
                }
            }
            if words.is_number(start) && length == 1 {
                continue;
            }
            let long =
                words.plain(start, end).len() >= 5 && (length >= 2 || level == Level::District);
            let opens = words.gap(start) >= Gap::Hyphen;
            let follows = long
                && (fence.is_some()
                    || level != Level::Commune
                    || start
                        .checked_sub(1)
                        .is_some_and(|before| words.is_number(before)));
            if !(opens || follows) || after_hamlet_word(words, start) {
                continue;
            }
            let units = self.lookup(words, start, end, level, fence);
            // One syllable is taken only as the list writes it.
            let sure = length > 1
                || long
                || units.iter().any(|(_, how)| *how <= best_for(level))
                || words.plain(start, end).len() >= 5;
            if !units.is_empty() && sure {
                return Some(Tail {
                    start,
                    units,
                    kind: None,
                });
            }
        }
        None
    }

    /// What the part before the district is, where it is no known commune: an unknown commune, or only a hamlet.
    fn unread(words: &Words<'_>, end: usize, anchored: bool) -> Found {
        let start = part_start(words, end);
        for at in start..end {
            if word::kind(words, at).is_some_and(|kind| {
                kind.sure && kind.unit.level() == Level::Commune && at + kind.words < end
            }) {
                return Found::None;
            }
        }
        let hamlet = (start..end)
            .any(|at| Kind::hamlet(words, at).is_some() && (at == start || !words.is_number(at)));
        let several = start > 0 && !hamlet && !word::is_street(words, start);
        let first_is_hamlet = Kind::hamlet(words, 0).is_some();
        if several && (anchored || first_is_hamlet) {
            Found::None
        } else {
            Found::Missing
        }
    }

    /// A commune by its word of kind, wherever it stands (`Xã Tà Rụt, thôn A Đăng`).
    fn by_kind(
        &'static self,
        words: &Words<'_>,
        end: usize,
        place: &Place,
        hint: Option<&Unit>,
    ) -> Option<Place> {
        let district = place.district.or_else(|| {
            self.kinds(words, 0, end, Level::District, None)
                .and_then(|(tail, _)| tail.units.first().map(|(unit, _)| *unit))
        });
        let (tail, after) = self.kinds(words, 0, end, Level::Commune, district)?;
        let mut out = Place {
            district,
            province: place.province,
            commune: settle(self, tail.units, tail.kind, hint),
            ..Place::new()
        };
        let outside = |at: &usize| *at < tail.start || *at >= after;
        let mut rest = String::new();
        if let Some(at) = (0..end)
            .filter(outside)
            .find(|&at| Kind::hamlet(words, at).is_some())
        {
            let to = part_end(words, at, if at < tail.start { tail.start } else { end });
            out.hamlet = super::hamlet(words.written(at, to));
        } else if tail.start > 0 && word::kind(words, 0).is_none_or(|kind| !kind.sure) {
            out.hamlet = hamlet_of(words, tail.start, true, &mut rest);
        }
        out.rest = rest;
        Some(out)
    }

    /// The first word of kind of a level that has a known name after it, and where the name ends.
    fn kinds(
        &'static self,
        words: &Words<'_>,
        from: usize,
        end: usize,
        level: Level,
        fence: Option<&Unit>,
    ) -> Option<(Tail, usize)> {
        for at in from..end {
            let Some(kind) = word::kind(words, at).filter(|kind| kind.unit.level() == level) else {
                continue;
            };
            let start = at + kind.words;
            for to in (start + 1..=end.min(start + 5)).rev() {
                if !words.is_whole(start, to) {
                    continue;
                }
                let units = self.lookup_kind(words, start, to, kind.unit, fence);
                if units.is_empty() || !ends_name(words, start, to) {
                    continue;
                }
                return Some((
                    Tail {
                        start: at,
                        units,
                        kind: Some(kind.unit),
                    },
                    to,
                ));
            }
        }
        None
    }

    /// `Quảng Trị - Đakrông - Tà Rụt - A Đăng`: whole parts, large to small.
    fn read_from_left(
        &'static self,
        words: &Words<'_>,
        end: usize,
        hint: Option<&Unit>,
    ) -> Option<Place> {
        let mut place = Place::new();
        let mut at = 0;
        let whole = |at: &mut usize, level: Level, fence: Option<&Unit>| {
            let to = part_end(words, *at, end);
            let skip = word::kind(words, *at)
                .filter(|kind| kind.unit.level() == level)
                .map_or(0, |kind| kind.words);
            let units = self.lookup(words, *at + skip, to, level, fence);
            let alone = to == end;
            let found = !units.is_empty();
            if found && (!alone || *at > 0) {
                *at = to;
            }
            if alone && *at == 0 { Vec::new() } else { units }
        };
        place.province = choose(whole(&mut at, Level::Province, None), None).unit();
        place.district = choose(whole(&mut at, Level::District, None), None).unit();
        if at == 0 {
            return None;
        }
        let fence = place.district;
        place.commune = settle(self, whole(&mut at, Level::Commune, fence), None, hint);
        if matches!(place.commune, Found::None) {
            return None;
        }
        if at < end {
            let to = part_end(words, at, end);
            place.hamlet = super::hamlet(words.written(at, to));
            words.written(to, end).clone_into(&mut place.rest);
        }
        Some(place)
    }
}

/// How a short name has to be found: a district or province may be abbreviated (`QT`).
fn best_for(level: Level) -> How {
    if level == Level::Commune {
        How::Exact
    } else {
        How::Alias
    }
}

/// What communes found under a kind mean; of several, the one in the hinted district.
fn settle(
    edition: &'static Edition,
    mut units: Vec<(&'static Unit, How)>,
    kind: Option<UnitKind>,
    hint: Option<&Unit>,
) -> Found {
    let found = choose(units.clone(), kind);
    let (Found::Several(among), Some(hint)) = (&found, hint) else {
        return found;
    };
    let mut inside = among.iter().filter(|unit| edition.is_in(unit, hint));
    match (inside.next(), inside.next()) {
        (Some(one), None) => {
            units.retain(|(unit, _)| unit.code == one.code);
            choose(units, kind)
        }
        _ => found,
    }
}

/// A district of kind and name that the edition does not have, at the end: where it begins.
fn outside_district(words: &Words<'_>, end: usize) -> Option<usize> {
    let start = part_start(words, end);
    let kind = word::kind(words, start)
        .filter(|kind| kind.sure && kind.unit.level() == Level::District)?;
    (start + kind.words < end).then_some(start)
}

/// The hamlet among words `0..end`: the last part that says so, else the last part that is no street. What is left goes to
/// `rest`.
fn hamlet_of(words: &Words<'_>, end: usize, anchored: bool, rest: &mut String) -> Option<String> {
    let mut parts = Vec::new();
    let mut to = end;
    while to > 0 {
        let start = part_start(words, to);
        parts.push((start, to));
        to = start;
    }
    let said = parts.iter().find_map(|&(start, to)| {
        (start..to)
            .find(|&at| Kind::hamlet(words, at).is_some_and(|length| at + length < to))
            .map(|at| (at, to))
    });
    let plausible = |start: usize, to: usize| {
        !word::is_street(words, start)
            && word::kind(words, start).is_none_or(|kind| !kind.sure)
            && (anchored || parts.len() > 1 || to - start <= 5)
            && !(to - start == 1 && words.plain(start, to).len() < 2)
    };
    // Without a word of kind the first part is the smallest.
    let chosen = said.or_else(|| {
        parts
            .iter()
            .rev()
            .copied()
            .find(|&(start, to)| plausible(start, to))
    });
    let hamlet = chosen.and_then(|(start, to)| super::hamlet(words.written(start, to)));
    for &(start, to) in parts.iter().rev() {
        let to = match (chosen, &hamlet) {
            (Some((at, chosen_to)), Some(_)) if chosen_to == to => at,
            _ => to,
        };
        if start < to {
            if !rest.is_empty() {
                rest.push_str(", ");
            }
            rest.push_str(words.written(start, to));
        }
    }
    hamlet
}
