//! Kinh names: surname, middle, given.
//!
//! In: dice, sex, birth year, surname. Out: names whose middle and given parts are as common as they look.

mod lists;

use super::super::dice::Dice;
use super::{Region, Sex};
use lists::{
    BOY_GIVEN, BOY_MIDDLE, GIRL_GIVEN, GIRL_MIDDLE, MAN_GIVEN, MAN_MIDDLE, MIDDLE, NORTH, SOUTH,
    WOMAN_GIVEN, WOMAN_MIDDLE,
};

/// A surname of the region.
pub(super) fn surname(dice: &mut Dice, region: Region) -> &'static str {
    dice.pick(match region {
        Region::North => NORTH,
        Region::Middle => MIDDLE,
        Region::South => SOUTH,
    })
}

/// A word of a list that is none of those before it.
fn another(dice: &mut Dice, list: &[(&'static str, u32)], before: &[&str]) -> &'static str {
    for _ in 0..20 {
        let word = dice.pick(list);
        if !before.contains(&word) {
            return word;
        }
    }
    list.iter()
        .map(|(word, _)| *word)
        .find(|word| !before.contains(word))
        .unwrap_or("")
}

/// A child's name. `Văn` and `Thị` grow rare with the years; two middle names and the mother's surname grow frequent.
pub(super) fn child(
    dice: &mut Dice,
    sex: Sex,
    year: i16,
    surname: &str,
    second_surname: &str,
) -> String {
    let late = u32::try_from((i32::from(year) - 2008).clamp(0, 16)).unwrap_or(0);
    let (middles, givens, old, often) = match sex {
        Sex::Male => (BOY_MIDDLE, BOY_GIVEN, "Văn", 230 - 9 * late),
        Sex::Female => (GIRL_MIDDLE, GIRL_GIVEN, "Thị", 420 - 16 * late),
    };
    let last = surname.rsplit(' ').next().unwrap_or(surname);
    let mut words = vec![surname];
    if !second_surname.is_empty() && second_surname != surname && dice.chance(45 + 3 * late) {
        words.push(second_surname);
    } else if dice.chance(often) {
        words.push(old);
    }
    let before = words.last().copied().unwrap_or(last);
    // "Nguyễn Văn An", "Nguyễn Gia Bảo", "Nguyễn Ngọc Bảo An"
    let middles_wanted = if words.len() == 1 {
        1
    } else {
        u32::from(dice.chance(450))
    };
    let mut middle = "";
    if middles_wanted == 1 {
        middle = another(dice, middles, &[before, last]);
        words.push(middle);
        if words.len() == 2 && dice.chance(70 + 6 * late) {
            let more = another(dice, middles, &[middle, before, last]);
            words.push(more);
            middle = more;
        }
    }
    let first_middle = words.get(1).copied().unwrap_or("");
    words.push(another(dice, givens, &[middle, before, first_middle, last]));
    words.join(" ")
}

/// A grown-up's name.
pub(super) fn adult(dice: &mut Dice, sex: Sex, year: i16, surname: &str) -> String {
    let last = surname.rsplit(' ').next().unwrap_or(surname);
    match sex {
        Sex::Male => {
            let middle = another(dice, MAN_MIDDLE, &[last]);
            let given = another(dice, MAN_GIVEN, &[middle, last]);
            format!("{surname} {middle} {given}")
        }
        Sex::Female => {
            let with_thi = if year < 1985 { 940 } else { 860 };
            let mut words = vec![surname];
            if dice.chance(with_thi) {
                words.push("Thị");
            }
            if words.len() == 1 || dice.chance(if year < 1975 { 60 } else { 330 }) {
                words.push(another(dice, WOMAN_MIDDLE, &[last]));
            }
            let before = words.last().copied().unwrap_or(last);
            words.push(another(dice, WOMAN_GIVEN, &[before, last]));
            words.join(" ")
        }
    }
}
