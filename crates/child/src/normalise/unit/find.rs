//! Looking a code or a name up among the units of an edition's home province.
//!
//! In: text, or [`Words`] of it; a level; a fence. Out: [`Found`], or the candidates with [`How`] each was found.

use super::{Edition, Found, How, Level, Unit, UnitKind, says_nothing, word};
use crate::normalise::fold::{Gap, Words, lacks_marks_only};
use crate::normalise::text;

/// Words of the longest name of a unit.
const NAME_WORDS: usize = 6;

impl Edition {
    /// The unit that a cell of a column of that level means: a name with or without its kind, abbreviated or not, in any case,
    /// with marks or without; a code (`19588`, `19588.0`); or an address in which the level stands. `within` is a fence: only
    /// units of that district (or of the district of that commune) are found, or of that province, which need not be the home
    /// province.
    pub fn find(&'static self, text: &str, level: Level, within: Option<&Unit>) -> Found {
        if text::is_missing(text) {
            return Found::Missing;
        }
        if let Some(unit) = within
            && self.at(unit) != self
        {
            return self.at(unit).find(text, level, within);
        }
        let fence = within.and_then(|unit| {
            if unit.level() == Level::Commune {
                self.by_code(unit.parent)
            } else {
                Some(unit)
            }
        });
        let words = Words::new(text);
        let length = words.len();
        if says_nothing(words.plain(0, length)) {
            return Found::Missing;
        }
        if let Some(unit) = self.coded(&words, level) {
            return if fence.is_none_or(|fence| self.is_in(unit, fence)) {
                Found::One(unit, How::Code)
            } else {
                Found::None
            };
        }
        // A bare figure is a ward only where the district is known.
        if length == 1 && words.is_number(0) && fence.is_none() {
            return Found::None;
        }
        if words.is_whole(0, length) {
            let bare = choose(self.lookup(&words, 0, length, level, fence), None);
            if bare != Found::None {
                return bare;
            }
            if let Some(kind) = word::kind(&words, 0) {
                let named = self.after_kind(&words, kind.words, length, kind.unit, fence);
                if kind.unit.level() == level && named != Found::None {
                    return named;
                }
                if level == Level::Province && kind.unit == UnitKind::City {
                    let mut named = self.lookup(&words, kind.words, length, level, fence);
                    named.retain(|(unit, _)| unit.kind == UnitKind::Municipality);
                    return choose(named, None);
                }
            }
        }
        // `Phan Rang - Tháp Chàm`: the name itself has what otherwise parts an address.
        if !words.is_whole(0, length) {
            let skip = word::kind(&words, 0).map_or(0, |kind| kind.words);
            let mut found = self.lookup(&words, skip, length, level, fence);
            found.retain(|(unit, _)| unit.short.contains(" - "));
            let found = choose(found, None);
            if found != Found::None {
                return found;
            }
        }
        let place = self.place_in(&words, fence);
        let found = match level {
            Level::Commune => place.commune,
            Level::District => place
                .district
                .map_or(Found::None, |unit| Found::One(unit, self.how(text, unit))),
            Level::Province => place
                .province
                .map_or(Found::None, |unit| Found::One(unit, self.how(text, unit))),
        };
        match found {
            Found::One(unit, _) if fence.is_some_and(|fence| !self.is_in(unit, fence)) => {
                Found::None
            }
            Found::Missing | Found::None => {
                // `XÃ TÀ RỤT 25 trẻ`: by its word of kind only.
                let named =
                    (level == Level::Commune && place.inside).then(|| self.in_title_at_home(text));
                let unit = named
                    .filter(|named| named.with_kind)
                    .and_then(|named| named.commune);
                match unit.filter(|unit| fence.is_none_or(|fence| self.is_in(unit, fence))) {
                    Some(unit) => Found::One(unit, How::Alias),
                    None => Found::None,
                }
            }
            found => found,
        }
    }

    /// How a text bears the name of a unit of this edition that it was found to mean, alone or as one of several: by the longest
    /// run of its words that is a name of the unit. [`How::Alias`] where the name is written in no way of the list.
    pub fn how(&'static self, text: &str, unit: &Unit) -> How {
        let there = self.at(unit);
        let words = Words::new(text);
        let length = words.len();
        let run = |start: usize, end: usize| {
            let (_, how) = there
                .lookup(&words, start, end, unit.level(), None)
                .into_iter()
                .find(|(found, _)| found.code == unit.code)?;
            let other_kind = word::kind_before(&words, start)
                .is_some_and(|kind| kind.sure && kind.unit != unit.kind);
            Some(if other_kind { how.max(How::Alias) } else { how })
        };
        (1..=length.min(NAME_WORDS))
            .rev()
            .find_map(|count| {
                (0..=length - count)
                    .filter_map(|start| run(start, start + count))
                    .min()
            })
            .unwrap_or(How::Alias)
    }

    /// A code, perhaps with `.0` after it or the name beside it.
    fn coded(&'static self, words: &Words<'_>, level: Level) -> Option<&'static Unit> {
        let at = (0..words.len())
            .find(|&at| words.is_number(at) && words.written(at, at + 1).len() >= 2)?;
        let written = words.written(at, at + 1);
        // A slip in a code must not lead to another province.
        let unit = self
            .by_code(written)
            .filter(|unit| unit.level() == level && self.is_at_home(unit))?;
        let rest = words.len() - 1;
        let only = rest == 0
            || (rest == 1 && at == 0 && words.gap(1) == Gap::Dot && words.plain(1, 2) == "0");
        let beside = |from: usize, to: usize| {
            let skip = word::kind(words, from).map_or(0, |kind| kind.words);
            [from, from + skip].iter().any(|&from| {
                self.lookup(words, from, to, level, None)
                    .iter()
                    .any(|(found, _)| found.code == unit.code)
            })
        };
        (only || (at == 0 && beside(1, words.len())) || (at == rest && beside(0, at)))
            .then_some(unit)
    }

    /// What words `from..to` mean after a word of kind; `I`, `01` and `một` are figures there.
    pub(super) fn after_kind(
        &'static self,
        words: &Words<'_>,
        from: usize,
        to: usize,
        kind: UnitKind,
        fence: Option<&Unit>,
    ) -> Found {
        let mut found = self.lookup_kind(words, from, to, kind, fence);
        if found.is_empty()
            && to == from + 1
            && let Some(figure) = word::figure(words.toned(from, to))
        {
            found = self.entries(figure, figure, true, kind.level(), fence);
        }
        choose(found, Some(kind))
    }

    /// Units whose name words `from..to` are after a word of that kind.
    pub(super) fn lookup_kind(
        &'static self,
        words: &Words<'_>,
        from: usize,
        to: usize,
        kind: UnitKind,
        fence: Option<&Unit>,
    ) -> Vec<(&'static Unit, How)> {
        let mut found = self.lookup(words, from, to, kind.level(), fence);
        if kind == UnitKind::Township {
            found.retain(|(unit, _)| self.may_be_called_township(unit));
        }
        found
    }

    /// Units of a level whose name words `from..to` are.
    pub(super) fn lookup(
        &'static self,
        words: &Words<'_>,
        from: usize,
        to: usize,
        level: Level,
        fence: Option<&Unit>,
    ) -> Vec<(&'static Unit, How)> {
        if from >= to || to > words.len() {
            return Vec::new();
        }
        self.entries(
            words.toned(from, to),
            words.plain(from, to),
            words.is_marked(),
            level,
            fence,
        )
    }

    pub(super) fn entries(
        &'static self,
        toned: &str,
        plain: &str,
        marked: bool,
        level: Level,
        fence: Option<&Unit>,
    ) -> Vec<(&'static Unit, How)> {
        let Some(candidates) = self.plain.get(plain) else {
            return Vec::new();
        };
        let fits = |index: usize| {
            self.list.units.get(index).filter(|unit| {
                unit.level() == level && fence.is_none_or(|fence| self.is_in(unit, fence))
            })
        };
        let mut found: Vec<(&'static Unit, How)> = Vec::new();
        for (index, alias) in self.toned.get(toned).into_iter().flatten() {
            found.extend(
                fits(*index).map(|unit| (unit, if *alias { How::Alias } else { How::Exact })),
            );
        }
        let known = self.toned.contains_key(toned);
        if found.is_empty() && (known || !marked || !self.is_former(toned)) {
            for ((index, _), _) in candidates
                .iter()
                .filter(|(_, known)| lacks_marks_only(toned, known))
            {
                found.extend(fits(*index).map(|unit| (unit, How::WithoutDiacritics)));
            }
        }
        found.dedup_by_key(|(unit, _)| unit.code);
        found
    }
}

/// The answer among candidates: those of the written kind first, then those found by the better way.
pub(super) fn choose(mut found: Vec<(&'static Unit, How)>, kind: Option<UnitKind>) -> Found {
    if let Some(kind) = kind {
        if found.iter().any(|(unit, _)| unit.kind == kind) {
            found.retain(|(unit, _)| unit.kind == kind);
        } else {
            for (_, how) in &mut found {
                *how = (*how).max(How::Alias);
            }
        }
    }
    if let Some(best) = found.iter().map(|(_, how)| *how).min() {
        found.retain(|(_, how)| *how == best);
    }
    match found.as_slice() {
        [] => Found::None,
        [(unit, how)] => Found::One(unit, *how),
        _ => Found::Several(found.into_iter().map(|(unit, _)| unit).collect()),
    }
}
