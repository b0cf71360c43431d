//! Faults as people make them, one at most in a row, each with its share.
//!
//! In: a row as a careful officer would fill it, dice. Out: the row with its fault. Shares are estimates after what is known of
//! such lists (`docs/generate.md`); what a fault must show is not said here but follows from the states (`truth`).

use super::dice::Dice;
use super::names::Sex;
use super::truth::sound;
use super::written::{Birth, Carer, Is, NameIs, Said, Text, Written};
use jiff::ToSpan;
use jiff::civil::Date;

/// What may be wrong with a row of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    ParentsNumber,
    StrangersNumber,
    WrongSex,
    WrongYear,
    WrongLength,
    NoSuchPlace,
    Abroad,
    ZeroLost,
    Placeholder,
    NoName,
    ShortName,
    NoBirth,
    NoSuchDay,
    PartialBirth,
    SwappedBirth,
    FutureBirth,
    OverAge,
    NoSex,
    StrangeSex,
    NoGroup,
    StrangeGroup,
    OldGroup,
    NoCarer,
    StrangeCommune,
    NoHamlet,
}

/// Faults with their share per 100,000 rows, in the plains and in the hills.
const SHARES: [(Fault, u32, u32); 25] = [
    (Fault::ParentsNumber, 500, 700),
    (Fault::StrangersNumber, 120, 150),
    (Fault::WrongSex, 300, 400),
    (Fault::WrongYear, 300, 450),
    (Fault::WrongLength, 700, 800),
    (Fault::NoSuchPlace, 200, 200),
    (Fault::Abroad, 40, 350),
    (Fault::ZeroLost, 300, 300),
    (Fault::Placeholder, 220, 500),
    (Fault::NoName, 60, 90),
    (Fault::ShortName, 40, 350),
    (Fault::NoBirth, 250, 400),
    (Fault::NoSuchDay, 220, 260),
    (Fault::PartialBirth, 450, 1_400),
    (Fault::SwappedBirth, 150, 150),
    (Fault::FutureBirth, 90, 90),
    (Fault::OverAge, 150, 150),
    (Fault::NoSex, 350, 450),
    (Fault::StrangeSex, 110, 110),
    (Fault::NoGroup, 900, 500),
    (Fault::StrangeGroup, 80, 900),
    (Fault::OldGroup, 10, 90),
    (Fault::NoCarer, 1_100, 1_800),
    (Fault::StrangeCommune, 1_500, 1_500),
    (Fault::NoHamlet, 700, 700),
];

/// What a list is like, as far as faults depend on it.
#[derive(Clone, Copy, Debug)]
pub struct Habits {
    /// A commune of the hills.
    pub hill: bool,
    /// Children without a number, per mille.
    pub numberless: u32,
    /// The list writes the commune in every row.
    pub communes: bool,
    /// The day of the letter.
    pub as_of: Date,
}

/// Plants a fault in a row of a list, or none. True where one was planted.
pub fn plant(
    dice: &mut Dice,
    row: &mut Written<'_>,
    habits: Habits,
    old_communes: &[&'static str],
) -> bool {
    if row.number.is_empty() {
        // Who has no number: some lists say why.
        if !row.foreign && dice.chance(600) {
            row.number = Text::Borrowed(dice.word(&[
                "chưa khai sinh",
                "Chưa đăng ký khai sinh",
                "chưa làm khai sinh",
            ]));
        }
        return true;
    }
    if dice.chance(habits.numberless) {
        row.number = Text::Borrowed(dice.pick(&[
            ("", 80),
            ("chưa có", 9),
            ("-", 4),
            ("không có", 4),
            ("0", 3),
        ]));
    }
    let mut throw = dice.below(100_000);
    for (fault, plain, hill) in SHARES {
        match throw.checked_sub(if habits.hill { hill } else { plain }) {
            Some(rest) => throw = rest,
            None => return spoil(dice, row, fault, habits, old_communes),
        }
    }
    false
}

/// Spoils a row; false where the fault does not fit it (a wrong sex needs a number that says so).
fn spoil(
    dice: &mut Dice,
    row: &mut Written<'_>,
    fault: Fault,
    habits: Habits,
    old_communes: &[&'static str],
) -> bool {
    let has_number = sound(&row.number).is_some();
    let Birth::Day(born) = row.birth else {
        return false;
    };
    match fault {
        Fault::ParentsNumber => return parents_number(dice, row),
        Fault::StrangersNumber => row.number = strangers(dice),
        Fault::WrongSex if has_number => turn_sex(row),
        Fault::WrongYear if has_number => return wrong_year(dice, row, born, habits.as_of),
        Fault::WrongLength => row.number = wrong_length(dice, &row.number),
        Fault::NoSuchPlace if has_number => {
            replace_place(row, dice.word(&["003", "005", "097", "099", "098", "000"]));
        }
        Fault::Abroad if has_number => replace_place(row, dice.word(&["193", "193", "199", "128"])),
        Fault::ZeroLost if has_number => {
            row.number = row.number.trim_start_matches('0').to_owned().into();
        }
        Fault::Placeholder => placeholder(dice, row),
        Fault::NoName => {
            row.name = Text::Borrowed(dice.word(&["", "-", "…"]));
            row.name_is = NameIs::Missing;
        }
        Fault::ShortName => {
            let given = row.name.rsplit(' ').next().unwrap_or("").to_owned();
            // "Nam" alone may be the sex in the wrong column, and is said to be no name.
            if given == "Nam" {
                return false;
            }
            row.name = given.into();
            row.name_is = NameIs::Short;
        }
        Fault::NoBirth => {
            row.birth = Birth::Missing(Text::Borrowed(dice.word(&["", "", "-", "…"])));
        }
        Fault::NoSuchDay => row.birth = no_such_day(dice, born),
        Fault::PartialBirth => row.birth = partial(dice, born),
        Fault::SwappedBirth if born.day() > 12 => row.birth = Birth::Swapped(born),
        Fault::FutureBirth => {
            row.birth = Birth::Day(habits.as_of.saturating_add(dice.between(20, 500).days()));
        }
        Fault::OverAge => return over_age(row, born, habits.as_of),
        Fault::NoSex => row.sex = Said::missing(Text::Borrowed(dice.word(&["", "", "-"]))),
        Fault::StrangeSex => {
            row.sex = Said {
                text: Text::Borrowed(dice.word(&["?", "3", "Không rõ", "Khác"])),
                is: Is::Unknown,
            };
        }
        Fault::NoGroup => row.ethnicity = Said::missing(Text::Borrowed(dice.word(&["", "", "-"]))),
        Fault::StrangeGroup => {
            row.ethnicity = Said {
                text: Text::Borrowed(dice.word(&["DTTS", "Thiểu số", "Dân tộc", "Người dân tộc"])),
                is: Is::Unknown,
            };
        }
        Fault::OldGroup => {
            row.ethnicity = Said {
                text: Text::Borrowed(dice.word(&["Xá Lá Vàng", "Hạ"])),
                is: Is::Ambiguous,
            };
        }
        Fault::NoCarer => no_carer(row),
        Fault::StrangeCommune if habits.communes => {
            row.commune = Said {
                text: Text::Borrowed(
                    dice.one_of(old_communes)
                        .copied()
                        .unwrap_or("Xã Tân Phú Thượng"),
                ),
                is: Is::Unknown,
            };
        }
        Fault::NoHamlet => row.hamlet = Said::missing(""),
        _ => return false,
    }
    true
}

fn parents_number(dice: &mut Dice, row: &mut Written<'_>) -> bool {
    let number = if dice.chance(650) {
        &row.mother.number
    } else {
        &row.father.number
    };
    if number.len() != 12 {
        return false;
    }
    row.number = number.clone();
    true
}

/// The number of a grown-up who is nowhere in the row.
fn strangers(dice: &mut Dice) -> Text<'static> {
    format!(
        "045{}{:02}{:06}",
        dice.below(2),
        dice.between(55, 99),
        dice.below(1_000_000)
    )
    .into()
}

/// The other sex is written.
pub fn turn_sex(row: &mut Written<'_>) {
    row.sex_meant = match row.sex_meant {
        Sex::Male => Sex::Female,
        Sex::Female => Sex::Male,
    };
    row.sex = Said::known(row.sex_meant.label());
}

fn wrong_year(dice: &mut Dice, row: &mut Written<'_>, born: Date, as_of: Date) -> bool {
    for other in [dice.between(1, 2), -1, 1, -2, 2] {
        let day = born.saturating_add(other.years());
        if day <= as_of && day.saturating_add(16.years()) > as_of && day.day() == born.day() {
            row.birth = Birth::Day(day);
            return true;
        }
    }
    false
}

fn wrong_length(dice: &mut Dice, number: &str) -> Text<'static> {
    let cut = number.get(..number.len().saturating_sub(1)).unwrap_or("");
    match dice.below(10) {
        0..5 => format!("19{}{:06}", dice.between(1, 7), dice.below(1_000_000)).into(),
        5..7 if number.len() == 12 => cut.to_owned().into(),
        7 if number.len() == 12 => format!("{number}{}", dice.below(10)).into(),
        8 if number.len() == 12 => number.replacen('0', "O", 1).into(),
        9 => Text::Borrowed("4,52E+10"),
        _ => format!("{:08}", dice.below(100_000_000)).into(),
    }
}

fn replace_place(row: &mut Written<'_>, place: &str) {
    let rest = row.number.get(3..).unwrap_or("").to_owned();
    row.number = format!("{place}{rest}").into();
}

fn placeholder(dice: &mut Dice, row: &mut Written<'_>) {
    let mother = row.mother.name.rsplit(' ').next().unwrap_or("").to_owned();
    row.name = match dice.below(7) {
        0 => Text::Borrowed("Bé"),
        1 => Text::Borrowed("Chưa đặt tên"),
        2 => Text::Borrowed("Bé trai"),
        3 => Text::Borrowed("Bé gái"),
        4 if !mother.is_empty() && mother.chars().all(char::is_alphabetic) => {
            format!("Con bà {mother}").into()
        }
        5 => format!("{} 2", row.name).into(),
        _ => Text::Borrowed("Cháu bé"),
    };
    row.name_is = NameIs::Invalid;
}

fn no_such_day(dice: &mut Dice, born: Date) -> Birth<'static> {
    let year = born.year();
    Birth::Invalid(
        match dice.below(5) {
            0 => format!("31/02/{year}"),
            1 => format!("30/02/{year}"),
            2 => format!("31/{:02}/{year}", dice.word(&["04", "06", "09", "11"])),
            3 => format!("{:02}/{:02}/0{:03}", born.day(), born.month(), year % 1000),
            _ => format!("{} tuổi", dice.between(1, 15)),
        }
        .into(),
    )
}

fn partial(dice: &mut Dice, born: Date) -> Birth<'static> {
    let (year, month) = (born.year(), born.month());
    Birth::Partial(
        match dice.below(8) {
            0..4 => format!("{year}"),
            4 => format!("{month}/{year}"),
            5 => format!("{month:02}-{year}"),
            6 => format!("tháng {month}/{year}"),
            _ => format!("00/00/{year}"),
        }
        .into(),
        year,
    )
}

fn over_age(row: &mut Written<'_>, born: Date, as_of: Date) -> bool {
    let ten = born.saturating_sub(10.years());
    let day = if ten.saturating_add(16.years()) <= as_of {
        ten
    } else {
        born.saturating_sub(100.years())
    };
    if day.day() != born.day() {
        return false;
    }
    row.birth = Birth::Day(day);
    true
}

/// Nobody who cares is written down.
pub fn no_carer(row: &mut Written<'_>) {
    row.father = Carer::default();
    row.mother = Carer::default();
    row.guardian = Carer::default();
    row.relation = "";
}

/// Makes a record of the register unsound: no number, or a bad one.
pub fn unsound(dice: &mut Dice, row: &mut Written<'_>, as_of: Date) {
    let missing = |row: &mut Written<'_>| row.number = Text::Borrowed("");
    let Birth::Day(born) = row.birth else {
        return missing(row);
    };
    match dice.weighted(&[450, 130, 150, 50, 60, 60, 60, 40]) {
        1 => row.number = wrong_length(dice, &row.number),
        2 => row.number = row.number.trim_start_matches('0').to_owned().into(),
        3 => replace_place(row, dice.word(&["003", "005", "097", "099"])),
        4 => row.number = strangers(dice),
        5 => turn_sex(row),
        6 => {
            if !wrong_year(dice, row, born, as_of) {
                missing(row);
            }
        }
        7 => {
            if !parents_number(dice, row) {
                missing(row);
            }
        }
        _ => missing(row),
    }
}
