//! Ethnic groups: the 54 official ones with their codes, and the other names people write.
//!
//! In: a cleaned text. Out: [`Ethnicity`]. The own name is kept as written ("Pa Cô") beside the official group ("Tà Ôi"); an old
//! name of several groups is never mapped by itself. Source: QĐ 121-TCTK/PPCĐ (1979), QĐ 1019/QĐ-TCTK (2008) — two lists that number
//! 37 of the 54 groups differently, so a bare code means nothing without its list.

use super::{name, syllable, text};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// One of the 54 groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Official name without brackets: `Kinh`, `Hmông`, `Tà Ôi`.
    pub name: &'static str,
    /// Official name as printed: `Kinh (Việt)`.
    pub official: &'static str,
    /// Code of the 1979 list.
    pub code_1979: &'static str,
    /// Code of the 2008 list (censuses of 2009 and 2019, QCVN 109).
    pub code_2008: &'static str,
    /// Place in the order of Uỷ ban Dân tộc.
    pub code_cema: &'static str,
    /// Other names.
    pub other_names: Vec<&'static str>,
}

/// What a text says of the ethnic group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ethnicity {
    /// A group.
    Known {
        /// The official group.
        group: &'static Group,
        /// The name as written, in proper case, where it is not the official one.
        own: Option<String>,
        /// The official name is also an old name of others (Thổ).
        ambiguous: bool,
    },
    /// An old name of several groups.
    Ambiguous {
        /// The groups it may mean.
        candidates: Vec<&'static Group>,
    },
    /// "Người nước ngoài".
    Foreign,
    /// Something else.
    Unknown,
    /// Nothing.
    Missing,
}

/// Names that occur under several groups, or are no more than a word for upland people: never mapped by themselves.
const NEVER_ALONE: [&str; 6] = ["xá", "mọi", "xálávàng", "khùa", "trại", "hạ"];

struct Index {
    groups: Vec<Group>,
    /// Key with marks → places of groups; official names and other names apart.
    official: FxHashMap<String, usize>,
    others: FxHashMap<String, Vec<usize>>,
    official_plain: FxHashMap<String, Vec<usize>>,
    others_plain: FxHashMap<String, Vec<usize>>,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let mut groups = Vec::new();
    for line in include_str!("../../data/ethnic-groups.tsv").lines().skip(2) {
        let mut columns = line.split('\t');
        let mut next = || columns.next().unwrap_or("");
        let (code_1979, code_2008, code_cema, name, official) = (next(), next(), next(), next(), next());
        let other_names = next().split(';').filter(|other| !other.is_empty()).collect();
        groups.push(Group { name, official, code_1979, code_2008, code_cema, other_names });
    }
    let mut index = Index { groups: Vec::new(), official: FxHashMap::default(), others: FxHashMap::default(), official_plain: FxHashMap::default(), others_plain: FxHashMap::default() };
    for (place, group) in groups.iter().enumerate() {
        for name in [group.name, group.official] {
            index.official.insert(key(name), place);
            add(&mut index.official_plain, plain(name), place);
        }
        for other in &group.other_names {
            add(&mut index.others, key(other), place);
            add(&mut index.others_plain, plain(other), place);
        }
    }
    index.groups = groups;
    index
});

fn add(map: &mut FxHashMap<String, Vec<usize>>, key: String, place: usize) {
    let places = map.entry(key).or_default();
    if !places.contains(&place) {
        places.push(place);
    }
}

/// Letters only, lower case, marks kept, tone-mark style forgotten.
fn key(text: &str) -> String {
    let lower = text.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).map(syllable::fold_syllable).collect()
}

fn plain(text: &str) -> String {
    syllable::ascii_fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// All groups in the order of the 1979 list.
pub fn groups() -> &'static [Group] {
    &INDEX.groups
}

/// Reads a text. A code of two digits is understood only where the file declares its list (`Some(1979)`, `Some(2008)`).
pub fn ethnicity(text: &str, list: Option<u16>) -> Ethnicity {
    if text::is_missing(text) {
        return Ethnicity::Missing;
    }
    if text.len() > 200 {
        return Ethnicity::Unknown;
    }
    let trimmed = text.trim().trim_end_matches(['.', ',', ';']);
    if trimmed.bytes().all(|byte| byte.is_ascii_digit()) {
        return by_code(trimmed, list);
    }
    let bare = strip_word(trimmed);
    if matches!(plain(bare).as_str(), "nguoinuocngoai" | "nuocngoai" | "ngoaiquoc") {
        return Ethnicity::Foreign;
    }
    let found = look_up(bare);
    if found != Ethnicity::Unknown {
        return found;
    }
    // "Bru Vân Kiều (Vân Kiều)", "Pa Cô (Tà Ôi)": both halves name one group; the first is the written name.
    if let Some((outer, inner)) = bare.split_once(['(', '/', '[']) {
        let inner = inner.trim_end_matches([')', ']', ' ']);
        if let (Ethnicity::Known { group: left, .. }, Ethnicity::Known { group: right, .. }) = (look_up(outer.trim()), look_up(inner))
            && left == right
        {
            let own = if key(outer) == key(left.name) { inner } else { outer.trim() };
            return Ethnicity::Known { group: left, own: own_name(own, left), ambiguous: false };
        }
    }
    Ethnicity::Unknown
}

fn strip_word(text: &str) -> &str {
    for word in ["dân tộc ", "người ", "dt ", "dt. ", "dt: "] {
        if text.get(..word.len()).is_some_and(|start| start.to_lowercase() == word) {
            return text.get(word.len()..).unwrap_or(text).trim();
        }
    }
    text
}

fn by_code(digits: &str, list: Option<u16>) -> Ethnicity {
    let code = format!("{digits:0>2}");
    let found = INDEX.groups.iter().find(|group| match list {
        Some(1979) => group.code_1979 == code,
        Some(2008) => group.code_2008 == code,
        _ => false,
    });
    match found {
        Some(group) => Ethnicity::Known { group, own: None, ambiguous: false },
        None if list == Some(2008) && code == "55" => Ethnicity::Foreign,
        None => Ethnicity::Unknown,
    }
}

fn look_up(text: &str) -> Ethnicity {
    let index = &*INDEX;
    let exact = key(text);
    let group = |place: &usize| index.groups.get(*place);
    let several = |places: &[usize]| Ethnicity::Ambiguous { candidates: places.iter().filter_map(group).collect() };
    if let Some(group) = index.official.get(&exact).and_then(group) {
        let ambiguous = index.others.get(&exact).is_some_and(|places| places.iter().filter_map(|place| index.groups.get(*place)).any(|other| other != group));
        return Ethnicity::Known { group, own: None, ambiguous };
    }
    let has_marks = !text.is_ascii();
    // "Lao", "Tho" typed without marks: the official group is meant before an odd name that has none.
    if !has_marks
        && let Some([place]) = index.official_plain.get(&plain(text)).map(Vec::as_slice)
        && let Some(group) = group(place)
    {
        let ambiguous = index.others.get(&key(group.name)).is_some_and(|places| !places.is_empty());
        return Ethnicity::Known { group, own: None, ambiguous };
    }
    if let Some(places) = index.others.get(&exact) {
        return match places.as_slice() {
            [place] if !NEVER_ALONE.contains(&exact.as_str()) => known(*place, text),
            places => several(places),
        };
    }
    for map in [&index.official_plain, &index.others_plain] {
        match map.get(&plain(text)).map(Vec::as_slice) {
            Some([place]) if !NEVER_ALONE.iter().any(|word| plain(word) == plain(text)) => return known(*place, text),
            Some(places) => return several(places),
            None => {}
        }
    }
    Ethnicity::Unknown
}

fn known(place: usize, text: &str) -> Ethnicity {
    match INDEX.groups.get(place) {
        Some(group) => Ethnicity::Known { group, own: own_name(text, group), ambiguous: false },
        None => Ethnicity::Unknown,
    }
}

/// The written name, where it says more than the official one.
fn own_name(text: &str, group: &Group) -> Option<String> {
    let same = plain(text) == plain(group.name) || plain(text) == plain(group.official);
    (!same).then(|| name::proper_case(text.trim()).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, expect: &str) {
        let found = match ethnicity(input, None) {
            Ethnicity::Known { group, own, ambiguous } => format!("{}{}{}", group.name, own.map_or(String::new(), |own| format!(" [{own}]")), if ambiguous { " ?" } else { "" }),
            Ethnicity::Ambiguous { candidates } => format!("ambiguous {}", candidates.len()),
            Ethnicity::Foreign => "foreign".to_owned(),
            Ethnicity::Unknown => "unknown".to_owned(),
            Ethnicity::Missing => "missing".to_owned(),
        };
        assert_eq!(found, expect, "{input:?}");
    }

    #[test]
    fn names() {
        for (input, expect) in [
            ("Kinh", "Kinh"), ("KINH", "Kinh"), ("kinh", "Kinh"), ("Kinh (Việt)", "Kinh"), ("Việt", "Kinh [Việt]"), ("Dân tộc Kinh", "Kinh"), ("Hoa", "Hoa"), ("Hmông", "Hmông"),
            ("H'Mông", "Hmông"), ("Mông", "Hmông [Mông]"), ("Bru - Vân Kiều", "Bru - Vân Kiều"), ("Bru-Vân Kiều", "Bru - Vân Kiều"), ("Bru Vân Kiều", "Bru - Vân Kiều"),
            ("Vân Kiều", "Bru - Vân Kiều [Vân Kiều]"), ("VÂN KIỀU", "Bru - Vân Kiều [Vân Kiều]"), ("Van Kieu", "Bru - Vân Kiều [Van Kieu]"), ("Bru", "Bru - Vân Kiều [Bru]"), ("Bru-VK", "Bru - Vân Kiều [Bru-VK]"),
            ("Bru Vân Kiều (Vân Kiều)", "Bru - Vân Kiều [Vân Kiều]"), ("Pa Cô", "Tà Ôi [Pa Cô]"), ("PA CÔ", "Tà Ôi [Pa Cô]"), ("pa cô", "Tà Ôi [Pa Cô]"), ("Pacô", "Tà Ôi [Pacô]"), ("Pa Kô", "Tà Ôi [Pa Kô]"),
            ("Pa Kôh", "Tà Ôi [Pa Kôh]"), ("Pacoh", "Tà Ôi [Pacoh]"), ("Pa Co", "Tà Ôi [Pa Co]"), ("Tà Ôi (Pa-co)", "Tà Ôi [Tà Ôi (Pa-Co)]"), ("Pa Cô (Tà Ôi)", "Tà Ôi [Pa Cô]"), ("Tà Ôi", "Tà Ôi"), ("Ta Ôi", "Tà Ôi"),
            ("Khmer", "Khơ-me [Khmer]"), ("Gia Rai", "Gia-rai"), ("Ê Đê", "Ê-đê"), ("Ê-đê", "Ê-đê"), ("Thổ", "Thổ ?"), ("Xá Lá Vàng", "ambiguous 4"), ("DTTS", "unknown"), ("Thiểu số", "unknown"), ("khác", "unknown"),
            ("1", "unknown"), ("", "missing"), ("-", "missing"), ("Người nước ngoài", "foreign"), ("Lào", "Lào"), ("Lao", "Lào"), ("Cơ Tu", "Cơ-tu"), ("Cơ-tu", "Cơ-tu"), ("Muong", "Mường"), ("Tày", "Tày"), ("Tay", "Tày"),
        ] {
            check(input, expect);
        }
    }

    #[test]
    fn all_the_names_in_use() {
        let names = "Kinh|Tày|Thái|Mường|Khmer|Nùng|Hmông|Dao|Gia Rai|Hoa|Ê Đê|Ba Na|Sán Chay|Chăm|Cơ Ho|Sán Dìu|Hrê|Raglay|Xơ Đăng|Stiêng|Mnông|Thổ|Khơ Mú|Bru - Vân Kiều|Bru-Vân Kiều|Cơ Tu|Giáy|Tà Ôi|Mạ|Giẻ Triêng|Co|Chơ Ro|Xinh Mun|Hà Nhì|Chu Ru|Lào|La Chí|La Ha|Phù Lá|La Hủ|Lự|Lô Lô|Chứt|Mảng|Pà Thẻn|Cơ Lao|Cống|Bố Y|Si La|Pu Péo|Brâu|Ơ Đu|Rơ Măm|Kháng|Ngái";
        let mut seen = std::collections::BTreeSet::new();
        for name in names.split('|') {
            match ethnicity(name, None) {
                Ethnicity::Known { group, .. } => seen.insert(group.name),
                other => panic!("{name}: {other:?}"),
            };
        }
        assert_eq!(seen.len(), 54);
        for group in groups() {
            assert!(matches!(ethnicity(group.official, None), Ethnicity::Known { group: found, .. } if found == group), "{}", group.official);
        }
    }

    #[test]
    fn codes_mean_nothing_without_their_list() {
        let of = |code: &str, list| match ethnicity(code, list) {
            Ethnicity::Known { group, .. } => group.name,
            _ => "",
        };
        assert_eq!([of("23", Some(1979)), of("23", Some(2008)), of("24", Some(2008)), of("23", None)], ["Bru - Vân Kiều", "Khơ-mú", "Bru - Vân Kiều", ""]);
        assert_eq!(groups().len(), 54);
        assert_eq!(groups().iter().filter(|group| group.code_1979 != group.code_2008).count(), 37);
    }
}
