//! Reads a list of a folder that `bench/link/worlds.py` made.
//!
//! In: its path. Out: its children and their keys, added to what is there.

use std::error::Error;
use std::path::Path;
use treem_child::link::{Children, Entry};
use treem_child::normalise::date::{DateValue, date};
use treem_child::normalise::name::{NameReader, NameState};
use treem_child::normalise::number::{Parts, number};
use treem_child::normalise::sex::{Sex, SexValue, sex};
use treem_child::normalise::unit::{Level, edition};

pub fn read(
    path: &Path,
    children: &mut Children,
    ids: &mut Vec<String>,
) -> Result<(), Box<dyn Error>> {
    let text = std::fs::read_to_string(path)?;
    let mut names = NameReader::default();
    for line in text.lines().skip(1) {
        let mut cells: Vec<String> = vec![String::new()];
        let mut quoted = false;
        for c in line.chars() {
            match c {
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(String::new()),
                c => {
                    if let Some(cell) = cells.last_mut() {
                        cell.push(c);
                    }
                }
            }
        }
        let cell = |at: usize| cells.get(at).map_or("", String::as_str);
        let mut name = |at: usize| {
            let named = names.name(cell(at));
            if matches!(named.state, NameState::Good | NameState::Short) {
                named.text.into_owned()
            } else {
                String::new()
            }
        };
        let (child, father, mother) = (name(1), name(5), name(6));
        let edition = edition("2024-06-13");
        let unit = edition.find(cell(7), Level::Commune, None).unit();
        let district = unit.and_then(|unit| edition.district_of(unit));
        let digits = number(cell(8)).padded().map(|value| format!("{value:012}"));
        children.push(&Entry {
            name: &child,
            birth: match date(cell(2), 2024) {
                DateValue::Known(date) => Some(date),
                _ => None,
            },
            sex: match sex(cell(3)) {
                SexValue::Known(sex) => Some(sex),
                _ => None::<Sex>,
            },
            ethnicity: cell(4),
            father: &father,
            mother: &mother,
            unit: unit.map_or("", |unit| unit.code),
            district: district.map_or("", |district| district.code),
            commune: cell(7),
            number: digits
                .and_then(|digits| Parts::of(&digits))
                .filter(|parts| parts.is_sound_child()),
            ..Entry::default()
        });
        ids.push(cell(0).to_owned());
    }
    Ok(())
}
