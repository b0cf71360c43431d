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

static TABLE: LazyLock<Table> =
    LazyLock::new(|| Table::parse(include_str!("../../data/ethnic-groups.tsv")));

impl Table {
    fn parse(text: &'static str) -> Self {
        let mut table = Self {
            groups: Vec::with_capacity(54),
            plain: FxHashMap::default(),
        };
        for line in text.lines().filter(|line| !line.starts_with('#')).skip(1) {
            let mut columns = line.split('\t');
            let mut next = || columns.next().unwrap_or("");
            let (code_1979, code_2008, order_cema, name, official, others, spellings) =
                (next(), next(), next(), next(), next(), next(), next());
            let index = table.groups.len();
            table.enter(name, index, Role::Official);
            table.enter(official, index, Role::Official);
            for spelling in spellings.split('|') {
                table.enter(spelling, index, Role::Official);
            }
            let mut other_names = Vec::new();
            for other in others.split('|').filter(|other| !other.is_empty()) {
                let bare = other.trim_end_matches('?');
                table.enter(
                    bare,
                    index,
                    if bare == other {
                        Role::Other
                    } else {
                        Role::Weak
                    },
                );
                other_names.push(bare);
            }
            table.groups.push(Group {
                name,
                official,
                code_1979,
                code_2008,
                order_cema,
                other_names,
            });
        }
        table
    }

    fn enter(&mut self, name: &str, group: usize, role: Role) {
        let (toned, plain) = keys(name);
        if plain.is_empty() {
            return;
        }
        let entries = self.plain.entry(plain).or_default();
        if !entries
            .iter()
            .any(|entry| entry.group == group && entry.toned == toned)
        {
            entries.push(Entry { group, role, toned });
        }
    }

    /// What words `from..to` mean as a whole.
    fn look_up(&'static self, words: &Words<'_>, from: usize, to: usize) -> Option<Meaning> {
        let (toned, plain) = (words.toned(from, to), words.plain(from, to));
        let entries = self.plain.get(plain)?;
        let exact: Vec<&Entry> = entries
            .iter()
            .filter(|entry| entry.toned == toned)
            .collect();
        let loose = |role: Role| {
            entries.iter().filter(move |entry| {
                entry.role == role && entry.toned != toned && lacks_marks_only(toned, &entry.toned)
            })
        };
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
        let official = found
            .iter()
            .find(|entry| entry.role == Role::Official)
            .map(|entry| entry.group);
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
                let begins = group
                    .other_names
                    .iter()
                    .any(|name| keys(name.split(' ').next().unwrap_or(name)).0 == toned);
                if begins && !groups.contains(&index) {
                    groups.push(index);
                }
            }
        }
        Some(Meaning {
            official,
            groups,
            weak,
        })
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
        "chuaco" | "khongco" | "null" | "na" | "trong" | "chuacapnhat" => {
            return Ethnicity::Missing;
        }
        "nuocngoai" | "nguoinuocngoai" | "ngoaiquoc" | "nguoingoaiquoc" | "foreigner"
        | "foreign" => return Ethnicity::Foreign,
        "khac" | "dantockhac" | "khongro" | "khongxacdinh" | "chuaro" | "chuaxacdinh" => {
            return Ethnicity::Unknown;
        }
        _ => {}
    }
    if words.is_number(0) {
        if to == 1 || (to == 2 && words.plain(1, 2) == "0") {
            return list.map_or(Ethnicity::Unknown, |list| by_code(words.plain(0, 1), list));
        }
        from = 1;
    }
    for prefix in [
        ("dantoc", 2),
        ("dantoc", 1),
        ("dtoc", 2),
        ("dtoc", 1),
        ("dt", 1),
        ("nguoi", 1),
        ("nhom", 1),
    ] {
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
            closed
                .then(|| table.look_up(words, start, end))
                .flatten()
                .map(|meaning| (end, meaning))
        }) else {
            return Ethnicity::Unknown;
        };
        parts.push((meaning, start, end));
        start = end;
    }
    let decided: Vec<Option<usize>> = parts
        .iter()
        .map(|(meaning, ..)| meaning.decided())
        .collect();
    let Some(first) = decided.iter().flatten().next().copied() else {
        return several(
            table,
            parts
                .iter()
                .flat_map(|(meaning, ..)| meaning.groups.iter().copied()),
        );
    };
    if parts
        .iter()
        .any(|(meaning, ..)| !meaning.groups.contains(&first))
    {
        return several(
            table,
            parts.iter().flat_map(|(meaning, ..)| {
                meaning
                    .decided()
                    .map_or_else(|| meaning.groups.clone(), |group| vec![group])
            }),
        );
    }
    let own = parts
        .iter()
        .find(|(meaning, ..)| meaning.official != Some(first));
    let own = own.and_then(|(_, start, end)| tidy(words.written(*start, *end)));
    match table.groups.get(first) {
        Some(group) => Ethnicity::Known {
            group,
            own,
            ambiguous: false,
        },
        None => Ethnicity::Unknown,
    }
}

fn answer(table: &'static Table, meaning: &Meaning, written: &str) -> Ethnicity {
    match meaning.decided().and_then(|group| table.groups.get(group)) {
        Some(group) => {
            let own = if meaning.official.is_some() {
                None
            } else {
                tidy(written)
            };
            Ethnicity::Known {
                group,
                own,
                ambiguous: meaning.groups.len() > 1,
            }
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
    let shouted = joined.chars().filter(|c| c.is_alphabetic()).count() > 2
        && !joined.chars().any(char::is_lowercase);
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
    let of = |group: &Group| {
        if list == 1979 {
            group.code_1979
        } else {
            group.code_2008
        }
    };
    if !matches!(list, 1979 | 2008) {
        return Ethnicity::Unknown;
    }
    if let Some(group) = groups()
        .iter()
        .find(|group| of(group).trim_start_matches('0') == code)
    {
        return Ethnicity::Known {
            group,
            own: None,
            ambiguous: false,
        };
    }
    if code == "55" {
        Ethnicity::Foreign
    } else {
        Ethnicity::Unknown
    }
}

#[cfg(test)]
mod tests;
