//! The unit that a title line, a sheet name or a file name speaks of.
//!
//! In: `DANH SÁCH TRẺ EM XÃ TÀ RỤT, HUYỆN ĐAKRÔNG NĂM 2024`, `ta_rut`, `Phuong 1 - Dong Ha`. Out: [`Named`].
//!
//! After a word of kind a name is taken wherever it stands. Without one it is taken only where the rest of the text is what
//! titles are made of, or its district follows: many communes are called like people (Hải Sơn, Thanh An).

use super::find::choose;
use super::word::{self, Kind, ends_name};
use super::{Edition, Found, How, Level, Unit};
use crate::normalise::fold::{Gap, Words};

/// What a title names.
#[derive(Clone, Debug, Default)]
pub struct Named {
    /// The commune, where exactly one is named.
    pub commune: Option<&'static Unit>,
    /// The district: named, or that of the commune.
    pub district: Option<&'static Unit>,
    /// The province: named, or that of the district.
    pub province: Option<&'static Unit>,
    /// The province, where it is another one than the edition's home: it governs what the title stands above.
    pub elsewhere: Option<&'static Unit>,
    /// The hamlet as written.
    pub hamlet: Option<String>,
    /// The commune is named with its kind or its code.
    pub with_kind: bool,
}

/// One name in the text.
struct Hit {
    from: usize,
    to: usize,
    level: Level,
    found: Found,
    with_kind: bool,
}

/// Words that titles and file names are made of, without marks, each word for itself.
const FILLER: &[&str] = &[
    "ban",
    "bang",
    "bao",
    "bc",
    "bieu",
    "bo",
    "bs",
    "bvcs",
    "cac",
    "cap",
    "cau",
    "chinh",
    "cho",
    "chua",
    "chuan",
    "co",
    "copy",
    "csdl",
    "csv",
    "cu",
    "cua",
    "cuoi",
    "da",
    "dan",
    "danh",
    "dau",
    "day",
    "den",
    "di",
    "dia",
    "dieu",
    "doc",
    "docx",
    "dot",
    "ds",
    "duoi",
    "duyet",
    "em",
    "excel",
    "file",
    "final",
    "gia",
    "giao",
    "goc",
    "gui",
    "h",
    "hien",
    "hop",
    "hs",
    "huyen",
    "i",
    "ii",
    "iii",
    "iv",
    "kem",
    "ket",
    "khai",
    "khong",
    "lai",
    "lan",
    "lieu",
    "list",
    "mau",
    "moi",
    "mot",
    "nam",
    "nay",
    "new",
    "ngay",
    "nguoi",
    "nhan",
    "nhap",
    "nop",
    "ok",
    "phat",
    "phu",
    "pl",
    "qua",
    "quy",
    "ra",
    "ro",
    "sach",
    "sai",
    "sau",
    "sheet",
    "sinh",
    "so",
    "soat",
    "sua",
    "sv",
    "t",
    "tai",
    "te",
    "thang",
    "theo",
    "thieu",
    "thong",
    "thuc",
    "tin",
    "tinh",
    "toan",
    "tong",
    "tp",
    "tra",
    "tre",
    "tren",
    "treem",
    "tt",
    "tu",
    "tuoi",
    "tx",
    "ubnd",
    "ung",
    "v",
    "va",
    "ver",
    "version",
    "x",
    "xa",
    "xac",
    "xls",
    "xlsx",
    "yeu",
    "dstreem",
    "danhsach",
    "danhsachtreem",
    "dstre",
];

impl Named {
    /// True where a place is named, so that what stands further away says nothing of the province.
    pub fn is_somewhere(&self) -> bool {
        self.commune.is_some() || self.district.is_some() || self.elsewhere.is_some()
    }
}

impl Edition {
    /// As [`Edition::in_title`], of the home province alone.
    pub(super) fn in_title_at_home(&'static self, text: &str) -> Named {
        let words = Words::new(text);
        let length = words.len();
        let mut named = Named::default();
        if length == 0 {
            return named;
        }
        let (hamlet, hamlet_at) = title_hamlet(&words);
        named.hamlet = hamlet;
        let dated = (0..length).any(|at| words.plain(at, at + 1) == "ngay")
            && (0..length).any(|at| words.plain(at, at + 1) == "thang");
        let (hits, filled) = self.hits(&words, hamlet_at);

        let sure = |hit: &&Hit| hit.with_kind || filled || followed_by_district(&hits, hit);
        let one = |level: Level| {
            single(
                hits.iter()
                    .filter(|hit| hit.level == level)
                    .filter(sure)
                    .filter_map(|hit| hit.found.unit()),
            )
        };
        named.province = one(Level::Province);
        named.district = one(Level::District).filter(|_| {
            !dated
                || hits
                    .iter()
                    .any(|hit| hit.level == Level::District && hit.with_kind)
        });
        let communes: Vec<&Hit> = hits
            .iter()
            .filter(|hit| hit.level == Level::Commune)
            .collect();
        let with_kind = communes.iter().any(|hit| hit.with_kind);
        let candidates = communes
            .into_iter()
            .filter(|hit| hit.with_kind == with_kind)
            .filter(|hit| sure(hit))
            .filter_map(|hit| match &hit.found {
                Found::One(unit, _) => Some(*unit),
                Found::Several(units) => single(units.iter().copied().filter(|unit| {
                    named
                        .district
                        .is_some_and(|district| self.is_in(unit, district))
                })),
                Found::None | Found::Missing => None,
            });
        named.commune = single(candidates);
        named.with_kind = named.commune.is_some() && with_kind;
        if named.commune.is_none() && hits.iter().all(|hit| hit.level != Level::Commune) {
            named.commune = single(
                (0..length)
                    .filter(|&at| words.is_number(at) && words.written(at, at + 1).len() == 5)
                    .filter_map(|at| self.by_code(words.written(at, at + 1)))
                    .filter(|unit| self.is_at_home(unit)),
            );
            named.with_kind = named.commune.is_some();
        }
        if let Some(commune) = named.commune {
            // A title's district may be where the list goes, the commune's own is certain.
            named.district = self.district_of(commune);
            named.province = self.province_of(commune);
        }
        named.province = named
            .province
            .or_else(|| named.district.and_then(|district| self.parent_of(district)));
        named
    }

    /// The names in the text, left to right, and whether all other words are filler.
    fn hits(&'static self, words: &Words<'_>, skip: (usize, usize)) -> (Vec<Hit>, bool) {
        let length = words.len();
        let mut hits = Vec::new();
        let mut filled = true;
        let mut at = 0;
        while at < length {
            if at == skip.0 && skip.1 > skip.0 {
                at = skip.1;
                continue;
            }
            let end = if skip.0 > at && skip.1 > skip.0 {
                skip.0
            } else {
                length
            };
            if let Some(hit) = self
                .hit_with_kind(words, at, end)
                .or_else(|| self.hit_bare(words, at, end))
            {
                at = hit.to;
                hits.push(hit);
                continue;
            }
            filled &= words.is_number(at) || FILLER.contains(&words.plain(at, at + 1));
            at += 1;
        }
        (hits, filled)
    }

    fn hit_with_kind(&'static self, words: &Words<'_>, at: usize, end: usize) -> Option<Hit> {
        let kind = word::kind(words, at)?;
        // A lone letter is a kind only with its stop, or before a figure.
        if words.plain(at, at + kind.words).len() == 1 && !kind.sure {
            return None;
        }
        let start = at + kind.words;
        for to in (start + 1..=end.min(start + 5)).rev() {
            if !words.is_whole(start, to) {
                continue;
            }
            let found = self.after_kind(words, start, to, kind.unit, None);
            let as_written = to - start > 1
                || words.is_marked()
                || words.is_number(start)
                || words.plain(start, to).len() >= 5
                || words.gap(to) >= Gap::Hyphen
                || words.is_number(to);
            if found != Found::None && ends_name(words, start, to) && as_written {
                return Some(Hit {
                    from: at,
                    to,
                    level: kind.unit.level(),
                    found,
                    with_kind: true,
                });
            }
        }
        None
    }

    fn hit_bare(&'static self, words: &Words<'_>, at: usize, end: usize) -> Option<Hit> {
        for to in (at + 1..=end.min(at + 4)).rev() {
            if !words.is_whole(at, to) || words.is_number(at) {
                continue;
            }
            // District before commune: `Gio Linh` alone is the district.
            for level in [Level::Province, Level::District, Level::Commune] {
                let units = self.lookup(words, at, to, level, None);
                if units.is_empty() {
                    continue;
                }
                let exact = units.iter().any(|(_, how)| *how <= How::Exact);
                let alone = at == 0 && to == words.len();
                let long = to - at > 1 || words.plain(at, to).len() >= 5;
                let syllable =
                    to - at == 1 && units.iter().all(|(unit, _)| !unit.short.contains(' '));
                if (syllable && !(alone && exact)) || !(long || alone) {
                    continue;
                }
                return Some(Hit {
                    from: at,
                    to,
                    level,
                    found: choose(units, None),
                    with_kind: false,
                });
            }
        }
        None
    }
}

/// The name is right before the name of its district.
fn followed_by_district(hits: &[Hit], hit: &Hit) -> bool {
    let Found::One(unit, _) = &hit.found else {
        return false;
    };
    hit.level == Level::Commune
        && hits.iter().any(|next| {
            next.level == Level::District
                && next.from == hit.to
                && next
                    .found
                    .unit()
                    .is_some_and(|district| district.code == unit.parent)
        })
        || hit.level == Level::District
            && hits.iter().any(|before| {
                before.level == Level::Commune
                    && before.to == hit.from
                    && before
                        .found
                        .unit()
                        .is_some_and(|commune| commune.parent == unit.code)
            })
}

/// The one unit that all of them are.
fn single(mut units: impl Iterator<Item = &'static Unit>) -> Option<&'static Unit> {
    let first = units.next()?;
    units.all(|unit| unit.code == first.code).then_some(first)
}

/// The hamlet of a title, and its words.
fn title_hamlet(words: &Words<'_>) -> (Option<String>, (usize, usize)) {
    let length = words.len();
    for at in 0..length {
        let Some(kind) = Kind::hamlet(words, at) else {
            continue;
        };
        let plain = words.plain(at, at + kind);
        let opens = at == 0
            || words.gap(at) == Gap::Cut
            || (1..=at.min(5)).any(|back| back == at && words.is_number(0));
        // In running text only words that are nothing else.
        let plainly = matches!(
            plain,
            "thon" | "khupho" | "kp" | "tdp" | "todanpho" | "tieukhu" | "khom"
        );
        let start = at + kind;
        // "Thôn: A Đăng" as a form writes it.
        let after_colon = words
            .written(at, start + 1)
            .strip_prefix(words.written(at, start))
            .is_some_and(|rest| rest.trim_start().starts_with(':'));
        if start >= length
            || words.gap(start) == Gap::Cut && !after_colon
            || !(plainly || opens)
            || (words.plain(at, at + 1) == "t" && !opens)
        {
            continue;
        }
        let mut to = start;
        while to < length
            && (to == start || words.gap(to) < Gap::Cut)
            && word::kind(words, to)
                .is_none_or(|kind| !kind.sure || words.plain(to, to + kind.words).len() < 2)
            && Kind::hamlet(words, to).is_none_or(|_| to > start + 1)
            && (!matches!(
                words.plain(to, to + 1),
                "nam" | "thang" | "quy" | "dot" | "tinh" | "ngay" | "duoi"
            ) || (words.is_marked() && words.toned(to, to + 1) == "nam"))
        {
            to += 1;
        }
        let name_words = to - start;
        // Where the text has marks, "Cổ" is not "có".
        let sentence = (!words.is_marked()
            || matches!(
                words.toned(start, start + 1),
                "chưc2"
                    | "sao"
                    | "tin"
                    | "va1"
                    | "trong"
                    | "trên"
                    | "cua3"
                    | "co2"
                    | "cac2"
                    | "hơp5"
                    | "công"
                    | "công5"
                    | "trương3"
                    | "trương1"
                    | "câp2"
                    | "câp5"
                    | "quan3"
                    | "quân"
                    | "giam2"
                    | "giam3"
                    | "điêu1"
                    | "điêu2"
                    | "chưa"
            ))
            && matches!(
                words.plain(start, start + 1),
                "chuc"
                    | "sao"
                    | "tin"
                    | "va"
                    | "trong"
                    | "tren"
                    | "cua"
                    | "co"
                    | "cac"
                    | "hop"
                    | "cong"
                    | "truong"
                    | "cap"
                    | "quan"
                    | "giam"
                    | "dieu"
                    | "chua"
            );
        // A line of nothing else names the hamlet, whatever its first word: "(Thôn Của)".
        let whole = plainly && at == 0 && to == length && words.is_marked();
        if name_words == 0 || name_words > 6 || sentence && !whole {
            continue;
        }
        let written = words.written(at, to);
        let hamlet = if after_colon {
            super::hamlet(&written.replacen(':', " ", 1))
        } else {
            super::hamlet(written)
        };
        return (hamlet, (at, to));
    }
    (None, (0, 0))
}
