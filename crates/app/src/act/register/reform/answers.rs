//! What became of units: by the tables of successions, or by a file that names units and, where one was divided, its hamlets.
//!
//! In: a day, or a file with the columns `from_edition`, `from_unit`, `hamlet`, `to_edition`, `to_unit`. Out: [`Answers`]. Nothing is
//! guessed: a unit that was divided has an answer for the hamlets the file names, and for no other child.

use crate::act::coverage::grid_of;
use crate::act::units::{quoted, shown};
use crate::limits;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::syllable::ascii_fold;
use treem_child::normalise::unit::{self, Edition, Level, Share, Unit, hamlet_keys};
use treem_files::read::Book;

/// A hamlet of a divided unit, and where it went.
#[derive(Clone)]
pub struct Hamlet {
    /// As the file writes it.
    pub written: String,
    whole: String,
    bare: String,
    plain: String,
    /// Code of the new unit.
    pub to: &'static str,
}

impl Hamlet {
    /// A hamlet under its keys; `None` where the text says nothing.
    pub fn of(written: &str, to: &'static str) -> Option<Self> {
        let (whole, bare) = hamlet_keys(written)?;
        Some(Self {
            written: written.to_owned(),
            plain: plain(&bare),
            whole,
            bare,
            to,
        })
    }
}

/// A key without marks: its syllables carry their tone as a digit at the end.
fn plain(key: &str) -> String {
    let word = |word: &str| {
        let bare = word.trim_end_matches(|c: char| c.is_ascii_digit());
        let toned = bare.ends_with(char::is_alphabetic);
        ascii_fold(if toned { bare } else { word })
    };
    key.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// What became of one unit.
#[derive(Clone)]
pub enum Answer {
    /// All of it went into one unit.
    Whole(&'static str),
    /// It was divided: hamlets with where they went, and the unit of all other hamlets where the file names one.
    Divided(Vec<Hamlet>, Option<&'static str>),
    /// Not known, or divided nobody says how: the units it may have gone into.
    Open(Vec<&'static str>),
}

/// The unit that a hamlet's name leads to. A name that agrees but for the kind counts where one of the two has none; a name that agrees
/// but for its marks leads nowhere, and neither to the rest of the unit.
pub fn by_hamlet(
    hamlets: &[Hamlet],
    rest: Option<&'static str>,
    text: &str,
) -> Option<&'static str> {
    let own = Hamlet::of(text, "")?;
    let one = |matches: &dyn Fn(&&Hamlet) -> bool| {
        let found: BTreeSet<&str> = hamlets
            .iter()
            .filter(matches)
            .map(|hamlet| hamlet.to)
            .collect();
        match found.first() {
            Some(to) if found.len() == 1 => Ok(*to),
            _ => Err(found.is_empty()),
        }
    };
    match one(&|hamlet| hamlet.whole == own.whole) {
        Ok(to) => return Some(to),
        Err(false) => return None,
        Err(true) => {}
    }
    let without = |hamlet: &Hamlet| hamlet.whole == hamlet.bare;
    match one(&|hamlet| hamlet.bare == own.bare && (without(hamlet) || without(&own))) {
        Ok(to) => return Some(to),
        Err(false) => return None,
        Err(true) => {}
    }
    rest.filter(|_| hamlets.iter().all(|hamlet| hamlet.plain != own.plain))
}

/// What became of units, and the edition they went into.
pub struct Answers {
    /// The edition.
    pub edition: &'static Edition,
    /// By edition and code of the old unit; empty where the tables of successions answer.
    pub written: Option<BTreeMap<(&'static str, &'static str), Answer>>,
}

impl Answers {
    /// The answer for a unit of an edition; `None` where it is not asked about: it is of this edition or a later one, or no line of the
    /// file names it.
    pub fn of(&self, from: &str, code: &str) -> Option<Answer> {
        let old = unit::edition(from);
        if old.from >= self.edition.from {
            return None;
        }
        match &self.written {
            Some(written) => {
                let code = old.by_code(code)?.code;
                written.get(&(old.from, code)).cloned()
            }
            None => Some(by_tables(code, old.from, self.edition.from)),
        }
    }
}

fn by_tables(code: &str, from: &str, to: &str) -> Answer {
    let kin = unit::successors(code, from, to);
    match kin.as_slice() {
        [one] if one.share == Share::Whole => Answer::Whole(one.unit.code),
        several => Answer::Open(several.iter().map(|kin| kin.unit.code).collect()),
    }
}

const FROM_EDITION: [&str; 2] = ["from_edition", "danh mục cũ"];
const FROM_UNIT: [&str; 3] = ["from_unit", "mã đơn vị cũ", "mã cũ"];
const HAMLET: [&str; 3] = ["hamlet", "thôn", "thôn, bản, khu phố"];
const TO_EDITION: [&str; 2] = ["to_edition", "danh mục mới"];
const TO_UNIT: [&str; 3] = ["to_unit", "mã đơn vị mới", "mã mới"];

/// Where the columns stand.
struct Columns {
    from_edition: usize,
    from_unit: usize,
    hamlet: Option<usize>,
    to_edition: usize,
    to_unit: usize,
}

impl Columns {
    fn of(row: &[String]) -> Option<Self> {
        let find = |words: &[&str]| {
            row.iter()
                .position(|cell| words.contains(&cell.trim().to_lowercase().as_str()))
        };
        Some(Self {
            from_edition: find(&FROM_EDITION)?,
            from_unit: find(&FROM_UNIT)?,
            hamlet: find(&HAMLET),
            to_edition: find(&TO_EDITION)?,
            to_unit: find(&TO_UNIT)?,
        })
    }
}

/// What the lines say of one unit, while they are read.
#[derive(Default)]
struct Lines {
    /// Where the unit, or what no line names of it, went.
    whole: BTreeSet<&'static str>,
    hamlets: Vec<Hamlet>,
}

/// Reads a file; it is taken whole or not at all. The error is one Vietnamese sentence.
pub fn read(path: &Path) -> Result<Answers, String> {
    let book = Book::open(path).map_err(|error| error.message())?;
    let rows = grid_of(&book, 0, limits::REFORM_LINES + 1).map_err(|error| error.message())?;
    if rows.len() > limits::REFORM_LINES {
        return Err(format!(
            "có hơn {} dòng; hãy chia tệp theo từng huyện.",
            treem_child::texts::grouped(limits::REFORM_LINES as u64)
        ));
    }
    let head = rows
        .iter()
        .enumerate()
        .find_map(|(at, row)| Some((at, Columns::of(row)?)));
    let Some((at, columns)) = head else {
        return Err("không thấy đủ các cột from_edition (danh mục cũ), from_unit (mã cũ), to_edition (danh mục mới), to_unit (mã mới).".to_owned());
    };
    let mut edition: Option<&'static Edition> = None;
    let mut units: BTreeMap<(&'static str, &'static str), Lines> = BTreeMap::new();
    for (number, row) in rows.iter().enumerate().skip(at + 1) {
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let cell = |column: usize| row.get(column).map_or("", |text| text.trim());
        let told = |sentence: String| format!("dòng {}: {sentence}", number + 1);
        let old = day(cell(columns.from_edition)).map_err(told)?;
        let new = day(cell(columns.to_edition)).map_err(told)?;
        if old.from >= new.from {
            return Err(told(format!(
                "danh mục mới ({}) phải có hiệu lực sau danh mục cũ ({}).",
                shown(new.from),
                shown(old.from)
            )));
        }
        if **edition.get_or_insert(new) != *new {
            return Err(told(
                "một tệp chỉ ghi một danh mục mới; hãy chia thành hai tệp.".to_owned(),
            ));
        }
        let from = place(old, cell(columns.from_unit)).map_err(told)?;
        let to = place(new, cell(columns.to_unit)).map_err(told)?;
        let lines = units.entry((old.from, from.code)).or_default();
        let hamlet = columns.hamlet.map_or("", cell);
        if hamlet.is_empty() {
            lines.whole.insert(to.code);
            continue;
        }
        let hamlet = Hamlet::of(hamlet, to.code)
            .ok_or_else(|| told(format!("“{}” không phải tên thôn.", quoted(hamlet))))?;
        let other = lines.hamlets.iter().find(|one| one.whole == hamlet.whole);
        if let Some(other) = other.filter(|one| one.to != hamlet.to) {
            return Err(told(format!(
                "{} của {} đã được ghi về {} ở một dòng trên.",
                other.written, from.name, other.to
            )));
        }
        if other.is_none() {
            lines.hamlets.push(hamlet);
        }
    }
    let Some(edition) = edition else {
        return Err("không có dòng nào dưới hàng tiêu đề.".to_owned());
    };
    let written = units
        .into_iter()
        .map(|(key, lines)| {
            let one = (lines.whole.len() == 1)
                .then(|| lines.whole.first().copied())
                .flatten();
            let answer = match (one, lines.hamlets.is_empty()) {
                (Some(to), true) => Answer::Whole(to),
                (None, true) => Answer::Open(lines.whole.into_iter().collect()),
                (rest, false) => Answer::Divided(lines.hamlets, rest),
            };
            (key, answer)
        })
        .collect();
    Ok(Answers {
        edition,
        written: Some(written),
    })
}

fn day(text: &str) -> Result<&'static Edition, String> {
    PartialDate::from_iso(text)
        .filter(|day| day.is_full())
        .map(|day| unit::edition(&day.to_string()))
        .ok_or_else(|| {
            format!(
                "ngày của danh mục “{}” không dùng được: viết năm-tháng-ngày, ví dụ 2025-07-01.",
                quoted(text)
            )
        })
}

fn place(edition: &'static Edition, code: &str) -> Result<&'static Unit, String> {
    let unit = edition.by_code(code).ok_or_else(|| {
        format!(
            "mã đơn vị “{}” không có trong danh mục có hiệu lực từ {}.",
            quoted(code),
            shown(edition.from)
        )
    })?;
    if unit.level() == Level::Province {
        return Err(format!(
            "“{code}” là mã của {}; ghi mã huyện hoặc mã xã.",
            unit.name
        ));
    }
    Ok(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hamlets_lead_to_units_and_never_by_a_guess() {
        let hamlets: Vec<Hamlet> = [
            ("Thôn Vực Leng", "19588"),
            ("Bản 3", "19588"),
            ("Thôn 3", "19594"),
            ("Ka Hẹp", "19594"),
        ]
        .iter()
        .filter_map(|(name, to)| Hamlet::of(name, to))
        .collect();
        let check = |text: &str, rest: Option<&'static str>, expect: &str| {
            assert_eq!(
                by_hamlet(&hamlets, rest, text).unwrap_or("-"),
                expect,
                "{text}"
            );
        };
        check("thôn vực leng", None, "19588");
        check("Vực Leng", None, "19588");
        check("Bản Vực Leng", None, "-");
        check("Thôn 3", None, "19594");
        check("3", None, "-");
        check("Bản Ka Hẹp", None, "19594");
        check("Ka Hep", None, "-");
        check("Ka Hep", Some("19585"), "-");
        check("Thôn A Đang", None, "-");
        check("Thôn A Đang", Some("19585"), "19585");
        check("", Some("19585"), "-");
        check("chưa có", Some("19585"), "-");
    }
}
