//! Texts that name another province than the home of the edition.
//!
//! In: [`Words`] of an address or a title. Out: the province named. Only then is anything looked up there: a slip in a name at
//! home must not lead to another province.

use super::{Edition, Level, Named, Unit, UnitKind, word};
use crate::normalise::fold::{Gap, Words};

impl Edition {
    /// The other province that words `from..to` name.
    fn other_province(
        &'static self,
        words: &Words<'_>,
        from: usize,
        to: usize,
    ) -> Option<&'static Unit> {
        let list = self.list;
        list.province_named(words.plain(from, to))
            .filter(|number| *number != self.province)
            .and_then(|number| list.provinces.get(number))
            .and_then(|province| list.units.get(province.start))
    }

    /// Another province at the end: with its kind, or as the last of several parts and no unit of the home province.
    pub(super) fn elsewhere(&'static self, words: &Words<'_>, end: usize) -> Option<&'static Unit> {
        for length in (1..=end.min(4)).rev() {
            let start = end - length;
            if !words.is_whole(start, end) {
                continue;
            }
            let Some(unit) = self.other_province(words, start, end) else {
                continue;
            };
            let named = word::kind_before(words, start).is_some_and(|kind| {
                kind.sure && matches!(kind.unit, UnitKind::Province | UnitKind::City)
            }) || (start > 0
                && words.gap(start) == Gap::Cut
                && !self.is_own(words, start, end));
            return named.then_some(unit);
        }
        None
    }

    fn is_own(&'static self, words: &Words<'_>, from: usize, to: usize) -> bool {
        [Level::District, Level::Commune]
            .iter()
            .any(|level| !self.lookup(words, from, to, *level, None).is_empty())
    }

    /// The one other province that a title names: after its word of kind anywhere, as the whole text, or as its last part.
    fn elsewhere_in_title(&'static self, words: &Words<'_>) -> Option<&'static Unit> {
        let length = words.len();
        let mut found: Option<&'static Unit> = None;
        for at in 0..length {
            let Some(kind) = word::kind(words, at).filter(|kind| {
                kind.sure && matches!(kind.unit, UnitKind::Province | UnitKind::City)
            }) else {
                continue;
            };
            let start = at + kind.words;
            let unit = (start + 1..=length.min(start + 4))
                .rev()
                .find_map(|to| self.other_province(words, start, to));
            match (unit, found) {
                (Some(unit), Some(known)) if unit.code != known.code => return None,
                (Some(unit), _) => found = Some(unit),
                (None, _) => {}
            }
        }
        found
            .or_else(|| {
                self.other_province(words, 0, length)
                    .filter(|_| length <= 4 && !self.is_own(words, 0, length))
            })
            .or_else(|| self.elsewhere(words, length))
    }

    /// Reads the unit and the hamlet named in a title line, a sheet name or a file name. Nothing certain: nothing. Where another
    /// province is named beyond doubt, the rest is read as standing there.
    pub fn in_title(&'static self, text: &str) -> Named {
        let here = self.in_title_at_home(text);
        let words = Words::new(text);
        // `Hà Nội, ngày …` is where somebody signed.
        let is = |word: &str| (0..words.len()).any(|at| words.plain(at, at + 1) == word);
        if is("ngay") && is("thang") {
            return here;
        }
        let Some(province) = self.elsewhere_in_title(&words) else {
            return here;
        };
        let there = self.at(province).in_title_at_home(text);
        if there.commune.is_some() || there.district.is_some() {
            Named {
                elsewhere: Some(province),
                ..there
            }
        } else if here.commune.is_none() && here.district.is_none() {
            Named {
                province: Some(province),
                elsewhere: Some(province),
                ..here
            }
        } else {
            here
        }
    }
}
