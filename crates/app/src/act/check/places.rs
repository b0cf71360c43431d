//! A list whose communes are those of another province, or of another day: said once for a sheet.
//!
//! In: the residence of every row. Out: [`Places`], and one sentence where most communes are unknown for one reason. And [`of_path`]: what the
//! names of a file and of its folders say.

use crate::limits;
use rustc_hash::FxHashMap;
use std::path::Path;
use treem_child::normalise::unit::{Edition, Found, Level, Named, Unknown};
use treem_child::record::{PlaceSource, Residence};

/// Counts of rows by what is known of their commune.
#[derive(Default)]
pub struct Places {
    known: u64,
    unknown: u64,
    /// Rows for which nothing names a commune.
    nowhere: u64,
    /// Rows with units of an earlier edition, by its last day.
    former: FxHashMap<&'static str, u64>,
    /// Some of the texts that are no unit of any day.
    texts: FxHashMap<String, u64>,
}

impl Places {
    /// Counts a row; `raw` is its commune as written.
    pub fn note(&mut self, residence: &Residence<'_>, raw: &dyn Fn() -> String) {
        if !matches!(residence.source, PlaceSource::Row | PlaceSource::Address) {
            self.nowhere += u64::from(residence.unit.is_none());
            self.known += u64::from(residence.unit.is_some());
            return;
        }
        match residence.unknown {
            None | Some(Unknown::Several) => self.known += 1,
            Some(Unknown::Former(former)) => {
                self.unknown += 1;
                *self.former.entry(former.edition.until).or_default() += 1;
            }
            Some(Unknown::NotInList) => {
                self.unknown += 1;
                self.add(raw(), 1);
            }
        }
    }

    fn add(&mut self, text: String, count: u64) {
        if self.texts.len() < limits::UNKNOWN_PLACES {
            *self.texts.entry(text).or_default() += count;
        } else if let Some(known) = self.texts.get_mut(&text) {
            *known += count;
        }
    }

    /// Adds the counts of another part of the sheet.
    pub fn join(&mut self, other: Self) {
        self.known += other.known;
        self.unknown += other.unknown;
        self.nowhere += other.nowhere;
        for (until, count) in other.former {
            *self.former.entry(until).or_default() += count;
        }
        for (text, count) in other.texts {
            self.add(text, count);
        }
    }

    /// What is to be said of the sheet, if anything. `titles` are the texts around it, the nearest first.
    pub fn remark<'t>(
        &self,
        home: &'static Edition,
        mut titles: impl Iterator<Item = &'t str>,
    ) -> Option<String> {
        if self.nowhere > self.known + self.unknown {
            let (title, former) =
                titles.find_map(|title| Some((title, home.former_in_title(title)?)))?;
            let now: Vec<&str> = former
                .successors()
                .iter()
                .map(|kin| kin.unit.name)
                .collect();
            let now = if now.is_empty() {
                String::new()
            } else {
                format!(", nay là {}", now.join(", "))
            };
            return Some(format!(
                "“{title}”: {} là đơn vị cũ, dùng đến {}{now}. Nếu danh sách lập khi đó, chạy lại với --edition {}.",
                former.unit.name,
                former.until(),
                former.edition.until
            ));
        }
        if self.unknown <= self.known {
            return None;
        }
        let mut former: Vec<_> = self.former.iter().collect();
        former.sort_unstable_by_key(|(until, count)| (std::cmp::Reverse(**count), **until));
        if let Some((until, count)) = former.first()
            && **count * 2 > self.unknown
        {
            return Some(format!(
                "Phần lớn xã, phường của danh sách là đơn vị cũ, dùng đến {}. Nếu danh sách lập khi đó, chạy lại với --edition {until}.",
                super::super::units::shown(until)
            ));
        }
        self.elsewhere(home)
    }

    /// The one province that has most of the names.
    fn elsewhere(&self, home: &'static Edition) -> Option<String> {
        let all = self.texts.len();
        if all < 2 {
            return None;
        }
        let mut best: Option<(usize, &'static Edition)> = None;
        let mut second = 0;
        for province in home.provinces() {
            let there = home.at(province);
            if there == home {
                continue;
            }
            let has = |text: &String| {
                matches!(
                    there.find(text, Level::Commune, None),
                    Found::One(..) | Found::Several(_)
                )
            };
            let count = self.texts.keys().filter(|text| has(text)).count();
            match best {
                Some((most, _)) if count <= most => second = second.max(count),
                _ => {
                    second = best.map_or(0, |(most, _)| most);
                    best = Some((count, there));
                }
            }
        }
        let (count, there) = best?;
        // Four names in five, and no other province half as many: names like Tân Thành are everywhere.
        if count * 5 < all * 4 || second * 2 > count {
            return None;
        }
        let name = |edition: &Edition| edition.home().map_or("", |unit| unit.name);
        Some(format!(
            "Phần lớn xã, phường của danh sách không có ở {} mà có ở {} ({count} trong {all} tên). Nếu là danh sách của nơi đó, chạy lại với --unit \"{}\".",
            name(home),
            name(there),
            name(there)
        ))
    }
}

/// What the name of a file says, and the names of the folders it lies in, the nearest first. `Thị xã Quảng Trị/Phường 1.xlsx` is the Phường 1 of
/// that town, though two towns have one. Of a file given by its whole path the folders say nothing: they are the machine's.
pub fn of_path(edition: &'static Edition, file: &str) -> Named {
    let path = Path::new(file);
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let mut named = edition.in_title(&stem);
    if path.is_absolute() {
        return named;
    }
    let mut words = stem.into_owned();
    for folder in path.ancestors().skip(1).filter_map(Path::file_name) {
        if named.is_somewhere() {
            break;
        }
        let folder = folder.to_string_lossy();
        words = format!("{words}, {folder}");
        let together = edition.in_title(&words);
        let of_folder = edition.in_title(&folder);
        if together.commune.is_some() {
            named = together;
        } else if of_folder.is_somewhere() {
            named = Named {
                hamlet: named.hamlet.take(),
                ..of_folder
            };
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;
    use treem_child::normalise::unit::edition;

    #[test]
    fn folders_say_where_a_file_is_of() {
        let edition = edition("2024-06-13");
        for (file, commune, district) in [
            ("Phường 1.csv", None, None),
            ("Thị xã Quảng Trị/Phường 1.csv", Some("19357"), Some("462")),
            ("Thành phố Đông Hà/Phường 1.csv", Some("19333"), Some("461")),
            (
                "a0/Thành phố Đông Hà/Phường 1/ds.xlsx",
                Some("19333"),
                Some("461"),
            ),
            ("Huyện Đa Krông/Xã Tà Rụt.xlsx", Some("19588"), Some("467")),
            ("Huyện Hải Lăng/danh sách.xlsx", None, Some("470")),
            ("/nha/Thị xã Quảng Trị/Phường 1.csv", None, None),
            ("mới/danh sách.xlsx", None, None),
        ] {
            let named = of_path(edition, file);
            assert_eq!(
                (
                    named.commune.map(|unit| unit.code),
                    named.district.map(|unit| unit.code)
                ),
                (commune, district),
                "{file}"
            );
        }
    }
}
