//! Ethnic groups: the official group that a written name means.
//!
//! In: a cell as it stands. Out: [`Ethnicity`]. The 54 groups of QĐ 121-TCTK/PPCĐ (1979) and QĐ 1019/QĐ-TCTK (2008), whose two-digit
//! codes differ for 37 of them: a code is read only where the list is declared, and exchange goes by name. The own name (Pa Cô) is
//! kept beside the group (Tà Ôi), never replaced by it.

use super::fold::{Words, keys, lacks_marks_only};
use super::text;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// One of the 54.
#[derive(Debug, PartialEq, Eq)]
pub struct Group {
    /// Official name without brackets (`Hmông`).
    pub name: &'static str,
    /// Official name with brackets (`Hmông (Mèo)`).
    pub official: &'static str,
    /// Two digits of QĐ 121-TCTK/PPCĐ (1979).
    pub code_1979: &'static str,
    /// Two digits of QĐ 1019/QĐ-TCTK (2008), annex E of QCVN 109, census 2009 and 2019.
    pub code_2008: &'static str,
    /// Order in the list of the Committee for Ethnic Minority Affairs.
    pub order_cema: &'static str,
    /// Other names and subgroups.
    pub other_names: Vec<&'static str>,
}

/// What a cell says of the ethnic group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ethnicity {
    /// One of the 54.
    Known {
        /// The group.
        group: &'static Group,
        /// The own name as written, where it is not the official one or a spelling of it.
        own: Option<String>,
        /// The written name is official, and also an old name of other groups (`Thổ`).
        ambiguous: bool,
    },
    /// A name of several groups, and the official one of none.
    Ambiguous {
        /// The groups.
        candidates: Vec<&'static Group>,
    },
    /// A foreigner.
    Foreign,
    /// No name known here.
    Unknown,
    /// Nothing is written.
    Missing,
}

/// How a name belongs to a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// The official name or a spelling of it.
    Official,
    /// Another name.
    Other,
    /// Another name that never decides.
    Weak,
}

struct Table {
    groups: Vec<Group>,
    plain: FxHashMap<String, Vec<Entry>>,
}

struct Entry {
    group: usize,
    role: Role,
    toned: String,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("../../data/ethnic-groups.tsv")));

impl Table {
    fn parse(text: &'static str) -> Self {
        let mut table = Self { groups: Vec::with_capacity(54), plain: FxHashMap::default() };
        for line in text.lines().filter(|line| !line.starts_with('#')).skip(1) {
            let mut columns = line.split('\t');
            let mut next = || columns.next().unwrap_or("");
            let (code_1979, code_2008, order_cema, name, official, others, spellings) = (next(), next(), next(), next(), next(), next(), next());
            let index = table.groups.len();
            table.enter(name, index, Role::Official);
            table.enter(official, index, Role::Official);
            for spelling in spellings.split('|') {
                table.enter(spelling, index, Role::Official);
            }
            let mut other_names = Vec::new();
            for other in others.split('|').filter(|other| !other.is_empty()) {
                let bare = other.trim_end_matches('?');
                table.enter(bare, index, if bare == other { Role::Other } else { Role::Weak });
                other_names.push(bare);
            }
            table.groups.push(Group { name, official, code_1979, code_2008, order_cema, other_names });
        }
        table
    }

    fn enter(&mut self, name: &str, group: usize, role: Role) {
        let (toned, plain) = keys(name);
        if plain.is_empty() {
            return;
        }
        let entries = self.plain.entry(plain).or_default();
        if !entries.iter().any(|entry| entry.group == group && entry.toned == toned) {
            entries.push(Entry { group, role, toned });
        }
    }

    /// What words `from..to` mean as a whole.
    fn look_up(&'static self, words: &Words<'_>, from: usize, to: usize) -> Option<Meaning> {
        let (toned, plain) = (words.toned(from, to), words.plain(from, to));
        let entries = self.plain.get(plain)?;
        let exact: Vec<&Entry> = entries.iter().filter(|entry| entry.toned == toned).collect();
        let loose = |role: Role| entries.iter().filter(move |entry| entry.role == role && entry.toned != toned && lacks_marks_only(toned, &entry.toned));
        let mut found = exact;
        // A text without any mark may be the official name of another group: `Lao` is an old name of La Hủ, and Lào.
        if found.is_empty() || !words.is_marked() {
            found.extend(loose(Role::Official));
        }
        let official_found = found.iter().any(|entry| entry.role == Role::Official);
        if (found.is_empty() && plain.len() > 3) || (official_found && !words.is_marked()) {
            found.extend(loose(Role::Other));
        }
        if found.is_empty() {
            return None;
        }
        let official = found.iter().find(|entry| entry.role == Role::Official).map(|entry| entry.group);
        let weak = found.iter().any(|entry| entry.role == Role::Weak);
        let mut groups: Vec<usize> = Vec::new();
        for entry in &found {
            if !groups.contains(&entry.group) {
                groups.push(entry.group);
            }
        }
        if weak {
            // Every group with a name that begins so.
            for (index, group) in self.groups.iter().enumerate() {
                let begins = group.other_names.iter().any(|name| keys(name.split(' ').next().unwrap_or(name)).0 == toned);
                if begins && !groups.contains(&index) {
                    groups.push(index);
                }
            }
        }
        Some(Meaning { official, groups, weak })
    }
}

struct Meaning {
    official: Option<usize>,
    groups: Vec<usize>,
    weak: bool,
}

impl Meaning {
    /// The one group it decides for.
    fn decided(&self) -> Option<usize> {
        self.official.or(match self.groups.as_slice() {
            [group] if !self.weak => Some(*group),
            _ => None,
        })
    }
}

/// All 54, by their codes of 1979.
pub fn groups() -> &'static [Group] {
    &TABLE.groups
}

/// Reads a cell. `list` is the list whose two-digit codes the file declares (1979 or 2008); without one a code says nothing.
/// Case, spaces, hyphens, apostrophes and missing marks do not matter; "dân tộc" before the name is passed over.
pub fn ethnicity(text: &str, list: Option<u16>) -> Ethnicity {
    if text::is_missing(text) {
        return Ethnicity::Missing;
    }
    let words = Words::new(text);
    let (mut from, mut to) = (0, words.len());
    match words.plain(from, to) {
        "chuaco" | "khongco" | "null" | "na" | "trong" | "chuacapnhat" => return Ethnicity::Missing,
        "nuocngoai" | "nguoinuocngoai" | "ngoaiquoc" | "nguoingoaiquoc" | "foreigner" | "foreign" => return Ethnicity::Foreign,
        "khac" | "dantockhac" | "khongro" | "khongxacdinh" | "chuaro" | "chuaxacdinh" => return Ethnicity::Unknown,
        _ => {}
    }
    if words.is_number(0) {
        if to == 1 || (to == 2 && words.plain(1, 2) == "0") {
            return list.map_or(Ethnicity::Unknown, |list| by_code(words.plain(0, 1), list));
        }
        from = 1;
    }
    for prefix in [("dantoc", 2), ("dantoc", 1), ("dtoc", 2), ("dtoc", 1), ("dt", 1), ("nguoi", 1), ("nhom", 1)] {
        if from + prefix.1 < to && words.plain(from, from + prefix.1) == prefix.0 {
            from += prefix.1;
        }
    }
    // A code after the name.
    if to > from + 1 && words.is_number(to - 1) {
        to -= 1;
    }
    read(&words, from, to)
}

fn read(words: &Words<'_>, from: usize, to: usize) -> Ethnicity {
    let table = &*TABLE;
    if from >= to {
        return Ethnicity::Unknown;
    }
    if let Some(meaning) = table.look_up(words, from, to) {
        return answer(table, &meaning, words.written(from, to));
    }
    // `Tà Ôi (Pa-co)`, `Vân Kiều/Pa Cô`, `Bru - Vân Kiều, Pa Cô`: parts that agree, or not.
    let mut parts: Vec<(Meaning, usize, usize)> = Vec::new();
    let mut start = from;
    while start < to {
        let Some((end, meaning)) = (start + 1..=to.min(start + 6)).rev().find_map(|end| {
            let closed = end == to || words.gap(end) >= super::fold::Gap::Hyphen;
            closed.then(|| table.look_up(words, start, end)).flatten().map(|meaning| (end, meaning))
        }) else {
            return Ethnicity::Unknown;
        };
        parts.push((meaning, start, end));
        start = end;
    }
    let decided: Vec<Option<usize>> = parts.iter().map(|(meaning, ..)| meaning.decided()).collect();
    let Some(first) = decided.iter().flatten().next().copied() else { return several(table, parts.iter().flat_map(|(meaning, ..)| meaning.groups.iter().copied())) };
    if parts.iter().any(|(meaning, ..)| !meaning.groups.contains(&first)) {
        return several(table, parts.iter().flat_map(|(meaning, ..)| meaning.decided().map_or_else(|| meaning.groups.clone(), |group| vec![group])));
    }
    let own = parts.iter().find(|(meaning, ..)| meaning.official != Some(first));
    let own = own.and_then(|(_, start, end)| tidy(words.written(*start, *end)));
    match table.groups.get(first) {
        Some(group) => Ethnicity::Known { group, own, ambiguous: false },
        None => Ethnicity::Unknown,
    }
}

fn answer(table: &'static Table, meaning: &Meaning, written: &str) -> Ethnicity {
    match meaning.decided().and_then(|group| table.groups.get(group)) {
        Some(group) => {
            let own = if meaning.official.is_some() { None } else { tidy(written) };
            Ethnicity::Known { group, own, ambiguous: meaning.groups.len() > 1 }
        }
        None => several(table, meaning.groups.iter().copied()),
    }
}

fn several(table: &'static Table, groups: impl Iterator<Item = usize>) -> Ethnicity {
    let mut candidates: Vec<&'static Group> = Vec::new();
    for group in groups.filter_map(|index| table.groups.get(index)) {
        if !candidates.contains(&group) {
            candidates.push(group);
        }
    }
    Ethnicity::Ambiguous { candidates }
}

/// The name as written, with single spaces; capitals throughout become a capital at each word.
fn tidy(written: &str) -> Option<String> {
    let joined = written.split_whitespace().collect::<Vec<_>>().join(" ");
    if joined.is_empty() {
        return None;
    }
    let shouted = joined.chars().filter(|c| c.is_alphabetic()).count() > 2 && !joined.chars().any(char::is_lowercase);
    let whispered = !joined.chars().any(char::is_uppercase);
    if !shouted && !whispered {
        return Some(joined);
    }
    let mut out = String::with_capacity(joined.len());
    let mut first = true;
    for c in joined.chars() {
        if first {
            out.extend(c.to_uppercase());
        } else {
            out.extend(c.to_lowercase());
        }
        first = c == ' ';
    }
    Some(out)
}

/// A code of a declared list; 55 and 99 are of the list of 2008.
fn by_code(code: &str, list: u16) -> Ethnicity {
    let of = |group: &Group| if list == 1979 { group.code_1979 } else { group.code_2008 };
    if !matches!(list, 1979 | 2008) {
        return Ethnicity::Unknown;
    }
    if let Some(group) = groups().iter().find(|group| of(group).trim_start_matches('0') == code) {
        return Ethnicity::Known { group, own: None, ambiguous: false };
    }
    if code == "55" { Ethnicity::Foreign } else { Ethnicity::Unknown }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `name`, `name|own`, `name?` (ambiguous), `a/b` (several), `foreign`, `unknown`, `missing`.
    fn show(found: &Ethnicity) -> String {
        match found {
            Ethnicity::Known { group, own, ambiguous } => {
                let own = own.as_ref().map_or(String::new(), |own| format!("|{own}"));
                format!("{}{own}{}", group.name, if *ambiguous { "?" } else { "" })
            }
            Ethnicity::Ambiguous { candidates } => candidates.iter().map(|group| group.name).collect::<Vec<_>>().join("/"),
            Ethnicity::Foreign => "foreign".into(),
            Ethnicity::Unknown => "unknown".into(),
            Ethnicity::Missing => "missing".into(),
        }
    }

    fn check(text: &str, expect: &str) {
        assert_eq!(show(&ethnicity(text, None)), expect, "{text}");
    }

    #[test]
    fn the_table_is_whole() {
        assert_eq!(groups().len(), 54);
        let distinct = |of: fn(&Group) -> &str| groups().iter().map(of).collect::<std::collections::BTreeSet<_>>().len();
        assert_eq!((distinct(|g| g.code_1979), distinct(|g| g.code_2008), distinct(|g| g.order_cema), distinct(|g| g.name)), (54, 54, 54, 54));
        assert_eq!(groups().iter().filter(|group| group.code_1979 != group.code_2008).count(), 37, "domain: 37 of 54 codes differ");
        let bru = groups().iter().find(|group| group.name == "Bru - Vân Kiều").unwrap();
        assert_eq!((bru.code_1979, bru.code_2008, bru.order_cema), ("23", "24", "24"));
    }

    #[test]
    fn every_official_name_in_every_spelling() {
        for group in groups() {
            let doubtful = if group.name == "Thổ" { "?" } else { "" };
            let plain = super::super::syllable::strip_diacritics(group.name).into_owned();
            for text in [group.name, group.official, &group.name.to_uppercase(), &group.name.to_lowercase(), &group.name.replace('-', " "), &group.name.replace(' ', "-"), &format!("Dân tộc {}", group.name)] {
                check(text, &format!("{}{doubtful}", group.name));
            }
            let found = ethnicity(&plain, None);
            assert!(matches!(&found, Ethnicity::Known { group: known, .. } if known.name == group.name), "{plain}: {}", show(&found));
        }
    }

    #[test]
    fn names_of_other_lists() {
        for text in "Kinh|Tày|Thái|Mường|Khmer|Nùng|Hmông|Dao|Gia Rai|Hoa|Ê Đê|Ba Na|Sán Chay|Chăm|Cơ Ho|Sán Dìu|Hrê|Raglay|Xơ Đăng|Stiêng|Mnông|Thổ|Khơ Mú|Bru - Vân Kiều|Bru-Vân Kiều|Cơ Tu|Giáy|Tà Ôi|Mạ|Giẻ Triêng|Co|Chơ Ro|Xinh Mun|Hà Nhì|Chu Ru|Lào|La Chí|La Ha|Phù Lá|La Hủ|Lự|Lô Lô|Chứt|Mảng|Pà Thẻn|Cơ Lao|Cống|Bố Y|Si La|Pu Péo|Brâu|Ơ Đu|Rơ Măm|Kháng|Ngái".split('|') {
            let found = ethnicity(text, None);
            assert!(matches!(found, Ethnicity::Known { own: None, .. }), "{text}: {}", show(&found));
        }
    }

    #[test]
    fn bru_van_kieu() {
        for text in ["Bru - Vân Kiều", "BRU-VÂN KIỀU", "Bru Vân Kiều", "bru van kieu", "Bru-VK", "Bru–Vân Kiều", "dân tộc Bru - Vân Kiều", "Dân tộc: Bru-Vân Kiều", "24 - Bru - Vân Kiều"] {
            check(text, "Bru - Vân Kiều");
        }
        check("Vân Kiều", "Bru - Vân Kiều|Vân Kiều");
        check("VÂN KIỀU", "Bru - Vân Kiều|Vân Kiều");
        check("van kieu", "Bru - Vân Kiều|Van Kieu");
        check("Bru", "Bru - Vân Kiều|Bru");
        check("Bru Vân Kiều (Vân Kiều)", "Bru - Vân Kiều|Vân Kiều");
        check("Bru - Vân Kiều (Măng Coong)", "Bru - Vân Kiều|Măng Coong");
        check("Bru Vân Kiều (Tri Khùa)", "Bru - Vân Kiều|Tri Khùa");
    }

    #[test]
    fn ta_oi_keeps_the_own_name() {
        for (text, own) in [
            ("Pa Cô", "Pa Cô"), ("Pacô", "Pacô"), ("Pa Kô", "Pa Kô"), ("Pa Kôh", "Pa Kôh"), ("Pacoh", "Pacoh"), ("PA CÔ", "Pa Cô"), ("pa cô", "Pa Cô"), ("Pa-cô", "Pa-cô"),
            ("Pa Co", "Pa Co"), ("Pa ko", "Pa ko"), ("Tà Ôi (Pa-co)", "Pa-co"), ("Pa Hi", "Pa Hi"), ("Pa Hy", "Pa Hy"), ("Tà Ôi - Pa Cô", "Pa Cô"), ("Pa Cô (Tà Ôi)", "Pa Cô"),
        ] {
            check(text, &format!("Tà Ôi|{own}"));
        }
        for text in ["Tà Ôi", "Tà Ôi (Ta-ôi)", "Ta Ôi", "Tà-ôi", "TÀ ÔI", "ta oi", "Tà Oi", "TaÔi"] {
            check(text, "Tà Ôi");
        }
    }

    #[test]
    fn kinh_and_others() {
        for text in ["Kinh", "KINH", "kinh", "Kinh (Việt)", "dân tộc Kinh", "DT Kinh", "người Kinh", "Kinh.", "01 - Kinh", "Kinh (01)"] {
            check(text, "Kinh");
        }
        check("Việt", "Kinh|Việt");
        for text in ["Hmông", "H'Mông", "H’mông", "HMông", "Mông", "Hmông (Mèo)", "hmong", "Mong", "H Mông"] {
            check(text, "Hmông");
        }
        check("Mèo", "Hmông|Mèo");
        check("Cao Lan", "Sán Chay|Cao Lan");
        check("Sán Chay (Cao Lan - Sán Chỉ)", "Sán Chay");
        check("Khơ Me", "Khơ-me");
        check("Ra Glai", "Ra-glai");
        check("M'Nông", "Mnông");
        check("K'Ho", "Cơ-ho");
        check("Ty\u{300}", "unknown");
        check("Ta\u{300}y", "Tày");
        check("Ê Ðê", "Ê-đê");
        check("Lao", "Lào?");
        check("Lào", "Lào");
    }

    #[test]
    fn ambiguous_names() {
        check("Thổ", "Thổ?");
        check("Tho", "Thổ?");
        check("Tày (Thổ)", "Tày|Thổ");
        check("Xá Lá Vàng", "Thổ/Chứt/Mảng");
        check("Hạ", "Hoa/Cơ-tu");
        check("Mọi", "Mường");
        assert!(matches!(ethnicity("Mọi", None), Ethnicity::Ambiguous { .. }));
        assert!(matches!(ethnicity("Khùa", None), Ethnicity::Ambiguous { .. }));
        assert!(matches!(ethnicity("Xá", None), Ethnicity::Ambiguous { candidates } if candidates.len() > 4));
        check("Vân Kiều/Pa Cô", "Bru - Vân Kiều/Tà Ôi");
        check("Kinh, Bru", "Kinh/Bru - Vân Kiều");
    }

    #[test]
    fn no_name() {
        for text in ["DTTS", "Thiểu số", "Dân tộc thiểu số", "khác", "Khác", "1", "01", "24", "Nguyễn", "Nam", "Tây", "Giấy", "?", "Kinh tế", "x", "dân tộc", "Kinh Tày abc"] {
            check(text, "unknown");
        }
        for text in ["", "-", "…", "chưa có", "  ", "Null"] {
            check(text, "missing");
        }
        for text in ["Người nước ngoài", "nước ngoài", "NƯỚC NGOÀI"] {
            check(text, "foreign");
        }
    }

    #[test]
    fn codes_of_a_declared_list() {
        let code = |text: &str, list: u16| show(&ethnicity(text, Some(list)));
        assert_eq!((code("23", 1979), code("24", 2008)), ("Bru - Vân Kiều".into(), "Bru - Vân Kiều".into()));
        assert_eq!((code("24", 1979), code("31", 1979), code("27", 2008)), ("Thổ".into(), "Tà Ôi".into(), "Tà Ôi".into()));
        assert_eq!((code("1", 1979), code("01", 2008), code("1.0", 2008)), ("Kinh".into(), "Kinh".into(), "Kinh".into()));
        assert_eq!((code("55", 2008), code("99", 2008), code("55", 1979), code("60", 1979)), ("foreign".into(), "unknown".into(), "foreign".into(), "unknown".into()));
    }

    proptest::proptest! {
        #[test]
        fn any_text(text in "\\PC{0,40}|[A-Za-zĐđôơÔƠ()/, -]{0,30}") {
            for list in [None, Some(1979), Some(2008), Some(7)] {
                let _ = ethnicity(&text, list);
            }
        }
    }
}
