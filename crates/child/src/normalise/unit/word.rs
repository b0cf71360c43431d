//! The words before a name that say what it names: xã, P., TT., thôn, KP.
//!
//! In: [`Words`] and an index. Out: the kind and how many words it takes.

use super::UnitKind;
use crate::normalise::fold::{Gap, Words};

/// A word of kind before a unit's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kind {
    pub(super) unit: UnitKind,
    /// How many words it takes.
    pub(super) words: usize,
    /// Certain without looking at the name after it: a whole word with its marks, or without in a text that has none.
    pub(super) sure: bool,
}

/// The kind named at an index, the longest first (`thị xã` before `xã`). A name has to follow.
pub(super) fn kind(words: &Words<'_>, at: usize) -> Option<Kind> {
    let two = words
        .is_whole(at, at + 2)
        .then(|| words.plain(at, at + 2))
        .and_then(|plain| {
            let kind = match plain {
                "thitran" => UnitKind::Township,
                "thixa" => UnitKind::Town,
                "thanhpho" => UnitKind::City,
                "dackhu" => UnitKind::SpecialZone,
                _ => return None,
            };
            Some(Kind {
                unit: kind,
                words: 2,
                sure: true,
            })
        });
    let found = two.or_else(|| {
        let (kind, toned) = match words.plain(at, at + 1) {
            "xa" => (UnitKind::Commune, "xa4"),
            "phuong" => (UnitKind::Ward, "phương1"),
            "huyen" => (UnitKind::District, "huyên5"),
            "tinh" => (UnitKind::Province, "tinh3"),
            "thitran" => (UnitKind::Township, ""),
            "thixa" => (UnitKind::Town, ""),
            "thanhpho" => (UnitKind::City, ""),
            "tt" => (UnitKind::Township, ""),
            "tx" => (UnitKind::Town, ""),
            "tp" => (UnitKind::City, ""),
            "x" => (UnitKind::Commune, "."),
            "quan" => (UnitKind::UrbanDistrict, "quân5"),
            "p" | "f" => (UnitKind::Ward, "."),
            "h" => (UnitKind::District, "."),
            "t" => (UnitKind::Province, "."),
            _ => return None,
        };
        let sure = match toned {
            "" => true,
            "." => {
                words.gap(at + 1) == Gap::Dot || (kind == UnitKind::Ward && words.is_number(at + 1))
            }
            // `Cơ quan`, `co quan`: too common a word without its marks.
            "quân5" => words.toned(at, at + 1) == "quân5",
            toned => words.toned(at, at + 1) == toned || !words.is_marked(),
        };
        Some(Kind {
            unit: kind,
            words: 1,
            sure,
        })
    })?;
    (at + found.words < words.len() && words.gap(at + found.words) < Gap::Cut).then_some(found)
}

/// The kind that ends right before an index.
pub(super) fn kind_before(words: &Words<'_>, at: usize) -> Option<Kind> {
    [2, 1].into_iter().find_map(|length| {
        at.checked_sub(length)
            .and_then(|start| kind(words, start))
            .filter(|kind| kind.words == length)
    })
}

impl Kind {
    /// How many words say "hamlet" at an index (`thôn`, `khu phố`, `KP`, `tổ dân phố`, `bản`).
    pub(super) fn hamlet(words: &Words<'_>, at: usize) -> Option<usize> {
        const THREE: [&str; 5] = ["todanpho", "khudancu", "cumdancu", "todancu", "diemdancu"];
        const TWO: [&str; 5] = ["khupho", "tieukhu", "khuvuc", "khoipho", "khuvuon"];
        const ONE: [&str; 22] = [
            "thon", "ban", "lang", "xom", "ap", "buon", "khom", "kp", "tdp", "tk", "khu", "to",
            "doi", "kv", "khoi", "cum", "khupho", "todanpho", "tieukhu", "soc", "plei", "kf",
        ];
        let is = |length: usize, set: &[&str]| {
            words.is_whole(at, at + length) && set.contains(&words.plain(at, at + length))
        };
        if is(3, &THREE) {
            Some(3)
        } else if is(2, &TWO) {
            Some(2)
        } else if is(1, &ONE) {
            // `Bạn`, `Tô`, `Lăng` are other words.
            let toned = words.toned(at, at + 1);
            let right = !words.is_marked()
                || !matches!(
                    words.plain(at, at + 1),
                    "ban" | "to" | "lang" | "doi" | "ap" | "khoi" | "thon"
                )
                || matches!(
                    toned,
                    "ban3" | "tô3" | "lang1" | "đôi5" | "âp2" | "khôi2" | "thôn"
                );
            right.then_some(1)
        } else if words.plain(at, at + 1) == "t" && at == 0 && words.gap(1) == Gap::Dot {
            Some(1)
        } else {
            None
        }
    }
}

/// True for a word that opens a street address: number, road, lane.
pub(super) fn is_street(words: &Words<'_>, at: usize) -> bool {
    words.is_number(at)
        || matches!(
            words.plain(at, at + 1),
            "so" | "sn"
                | "duong"
                | "hem"
                | "kiet"
                | "ngo"
                | "ngach"
                | "quoclo"
                | "ql"
                | "tinhlo"
                | "lo"
        )
}

/// A ward's figure in another writing.
pub(super) fn figure(toned: &str) -> Option<&'static str> {
    let figure = match toned {
        "i" | "môt5" | "mot" => "1",
        "ii" | "hai" => "2",
        "iii" | "ba" => "3",
        "iv" | "bôn2" | "bon" => "4",
        "v" | "năm" | "nam" => "5",
        _ => return None,
    };
    Some(figure)
}

/// True where the word right before is a hamlet's kind (`thôn Tân Hợp`).
pub(super) fn after_hamlet_word(words: &Words<'_>, start: usize) -> bool {
    words.gap(start) < Gap::Hyphen
        && (1..=3).any(|length| {
            start
                .checked_sub(length)
                .is_some_and(|at| Kind::hamlet(words, at) == Some(length))
        })
}

/// True where words up to an end name a quarter of a town.
pub(super) fn urban_hamlet(words: &Words<'_>, end: usize) -> bool {
    (0..end).any(|at| {
        matches!(words.plain(at, at + 1), "kp" | "tdp" | "khom" | "tk")
            || matches!(words.plain(at, at + 2), "khupho" | "tieukhu")
            || words.plain(at, at + 3) == "todanpho"
    })
}

/// A name of one syllable ends only at a cut, before a figure or before another word of kind.
pub(super) fn ends_name(words: &Words<'_>, start: usize, to: usize) -> bool {
    to - start > 1
        || words.gap(to) >= Gap::Hyphen
        || words.is_number(to)
        || words.is_number(start)
        || kind(words, to).is_some()
        || Kind::hamlet(words, to).is_some()
        || matches!(
            words.plain(to, to + 1),
            "nam"
                | "thang"
                | "quy"
                | "dot"
                | "den"
                | "tinh"
                | "huyen"
                | "ngay"
                | "co"
                | "gom"
                | "duoi"
                | "moi"
                | "cu"
                | "tu"
                | "lan"
                | "ban"
                | "final"
                | "ok"
                | "sua"
                | "da"
                | "chua"
        )
}

/// Where the part that ends at `end` begins.
pub(super) fn part_start(words: &Words<'_>, end: usize) -> usize {
    (0..end)
        .rev()
        .find(|&at| words.gap(at) == Gap::Cut)
        .unwrap_or(0)
}

/// Where the part that begins at `start` ends.
pub(super) fn part_end(words: &Words<'_>, start: usize, end: usize) -> usize {
    (start + 1..end)
        .find(|&at| words.gap(at) == Gap::Cut)
        .unwrap_or(end)
}
