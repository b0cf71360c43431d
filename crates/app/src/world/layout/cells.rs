//! What stands in the cells of a layout.
//!
//! In: a layout, a row, what a column holds. Out: a cell.

use super::super::names::Sex;
use super::super::plan::Commune;
use super::super::written::{Birth, Carer, Is, Written};
use super::columns::Holds;
use super::{BirthForm, Layout, NameForm, NumberForm, Quirk, SexForm};
use jiff::civil::Date;
use treem_child::normalise::unit::in_running_text;
use treem_files::write::book::{Cell, Value};

fn text(text: impl Into<String>) -> Cell {
    Cell::text(text)
}

fn number(value: i16) -> Cell {
    if value == 0 {
        Cell::default()
    } else {
        Cell::new(Value::Number(f64::from(value)))
    }
}

/// The n-th syllables of a name: all but the last, the first, the middle ones, the last.
fn part(name: &str, holds: Holds) -> String {
    let words: Vec<&str> = name.split(' ').collect();
    match (holds, words.as_slice()) {
        (Holds::FamilyAndMiddle, [before @ .., _]) => before.join(" "),
        (Holds::Surname, [first, _, ..]) => (*first).to_owned(),
        (Holds::Middle, [_, middle @ .., _]) => middle.join(" "),
        (Holds::Given, [.., last]) => (*last).to_owned(),
        _ => String::new(),
    }
}

/// What a list writes of a row in one column; `ordinal` counts from 1.
pub(super) fn cell(
    layout: &Layout,
    commune: &Commune,
    row: &Written<'_>,
    holds: Holds,
    ordinal: usize,
) -> Cell {
    let known_sex = (row.sex.is == Is::Known).then_some(row.sex_meant);
    let ticked = |sex: Sex| {
        let both = matches!(row.sex.is, Is::Unknown | Is::Ambiguous);
        text(if both || known_sex == Some(sex) {
            "x"
        } else {
            ""
        })
    };
    match holds {
        Holds::Ordinal => {
            let value = Value::Number(f64::from(u32::try_from(ordinal).unwrap_or(0)));
            Cell::new(if layout.does(Quirk::Formulas) {
                Value::Formula {
                    formula: "ROW()-4".to_owned(),
                    value: Box::new(value),
                }
            } else {
                value
            })
        }
        Holds::Name if layout.names == NameForm::Capitals => text(row.name.to_uppercase()),
        Holds::Name => text(row.name.as_ref()),
        Holds::FamilyAndMiddle | Holds::Surname | Holds::Middle | Holds::Given => {
            text(part(&row.name, holds))
        }
        Holds::Birth => birth(layout, row, ordinal),
        Holds::Day | Holds::Month | Holds::Year => birth_part(row, holds),
        Holds::BoyBorn | Holds::GirlBorn => {
            let sex = if holds == Holds::BoyBorn {
                Sex::Male
            } else {
                Sex::Female
            };
            if known_sex == Some(sex) {
                birth(layout, row, ordinal)
            } else {
                Cell::default()
            }
        }
        Holds::Sex => text(sex(layout, row, ordinal)),
        Holds::BoyTick => ticked(Sex::Male),
        Holds::GirlTick => ticked(Sex::Female),
        Holds::Ethnicity => text(row.ethnicity.text.as_ref()),
        Holds::Nationality => text(row.nationality.as_ref()),
        Holds::Number => identity(layout, &row.number, ordinal),
        Holds::Father => text(row.father.name.as_ref()),
        Holds::FatherYear => number(row.father.year),
        Holds::FatherNumber => identity(layout, &row.father.number, ordinal),
        Holds::Mother => text(row.mother.name.as_ref()),
        Holds::MotherYear => number(row.mother.year),
        Holds::MotherNumber => identity(layout, &row.mother.number, ordinal),
        Holds::Parents => text(together(&row.father, &row.mother, ordinal)),
        Holds::Guardian => text(row.guardian.name.as_ref()),
        Holds::Hamlet => text(row.hamlet.text.as_ref()),
        Holds::Address => text(address(commune, row)),
        Holds::Commune => text(row.commune.text.as_ref()),
        Holds::District => text(commune.district.name),
        Holds::Province => text(commune.province.name),
        Holds::Phone => text(row.phone.as_ref()),
        Holds::Note if layout.does(Quirk::Formulas) && ordinal % 13 == 5 => {
            Cell::new(Value::Error("#REF!"))
        }
        Holds::Note => text(if ordinal % 17 == 3 {
            "mới chuyển đến"
        } else {
            ""
        }),
        Holds::Registration => text(row.registered_at.as_ref()),
        Holds::Household => text(row.household.as_str()),
        Holds::Head => text(row.head.as_ref()),
        Holds::Circumstance => text(row.circumstance),
        Holds::Class => text(class(row, ordinal)),
        Holds::Vaccine => text("x"),
        Holds::GuardianYear => number(row.guardian.year),
        Holds::GuardianNumber => identity(layout, &row.guardian.number, ordinal),
        Holds::FatherPhone if row.father.named => text(row.phone.as_ref()),
        Holds::FatherPhone => Cell::default(),
        Holds::MotherPhone => text(mothers_phone(row)),
        Holds::Certificate => text(format!("{:03}/{}", row.child % 400 + 1, year_of(row))),
        Holds::BirthPlace => text(if row.child.is_multiple_of(4) {
            format!("Trạm Y tế {}", in_running_text(commune.unit.name))
        } else {
            format!(
                "Bệnh viện Đa khoa {}",
                in_running_text(commune.district.name)
            )
        }),
        Holds::HomePlace => text(commune.district.name),
        Holds::CurrentAddress => text(address(commune, row)),
        Holds::Insurance => text(format!(
            "TE1{}{:010}",
            commune.province.code,
            row.child * 7_919 % 10_000_000_000
        )),
        Holds::VaccineDay => text(format!("{:02}/05/2024", ordinal % 28 + 1)),
    }
}

fn day_cell(day: Date) -> Cell {
    Value::day(
        i32::from(day.year()),
        u32::from(day.month().unsigned_abs()),
        u32::from(day.day().unsigned_abs()),
    )
    .map_or_else(|| text(written(day)), Cell::new)
}

/// dd/mm/yyyy.
fn written(day: Date) -> String {
    format!("{:02}/{:02}/{}", day.day(), day.month(), day.year())
}

fn in_some_way(day: Date, ordinal: usize) -> Cell {
    let (d, m, y) = (day.day(), day.month(), day.year());
    text(match ordinal % 15 {
        0 => format!("{d}/{m}/{y}"),
        1 => format!("{d:02}-{m:02}-{y}"),
        2 => format!("{d:02}.{m:02}.{y}"),
        // Two digits of a year before 2000 would mean another century.
        3 if y >= 2000 => format!("{d:02}-{m:02}-{:02}", y % 100),
        4 => format!("ngày {d:02} tháng {m:02} năm {y}"),
        5 => format!("{d} tháng {m} năm {y}"),
        6 => format!("{d:02} / {m:02} / {y}"),
        7 => format!("{y}-{m:02}-{d:02}"),
        8 => format!("{d:02}\\{m:02}\\{y}"),
        9 => format!("{d:02},{m:02},{y}"),
        10 => format!(" {d:02}/{m:02}/{y} "),
        11 => format!("'{d:02}/{m:02}/{y}"),
        12 => format!("{d:02} {m:02} {y}"),
        13 => format!("{d:02}/{m:02}/{y} 00:00:00"),
        _ => format!("{d:02}/{m:02}/{y}"),
    })
}

fn birth(layout: &Layout, row: &Written<'_>, ordinal: usize) -> Cell {
    match &row.birth {
        Birth::Day(day) => match layout.birth {
            BirthForm::Date => day_cell(*day),
            BirthForm::Ways => in_some_way(*day, ordinal),
            BirthForm::Iso => text(day.to_string()),
            // A day before 1950 would be a small number, which nobody can tell from an age.
            BirthForm::Serial if day.year() >= 1950 => match day_cell(*day).value {
                Value::Date(serial) => Cell::new(Value::Number(f64::from(serial))),
                other => Cell::new(other),
            },
            // What could be turned round is a date now, and what could not is text.
            BirthForm::Turned if day.day() <= 12 => day_cell(*day),
            _ => text(written(*day)),
        },
        Birth::Turned(day, _) => day_cell(*day),
        Birth::Swapped(day) => text(format!("{}/{}/{}", day.month(), day.day(), day.year())),
        Birth::Partial(written, year) => match written.parse::<i16>() {
            Ok(_) if layout.birth == BirthForm::Date => number(*year),
            _ => text(written.as_ref()),
        },
        Birth::Invalid(written) | Birth::Missing(written) => text(written.as_ref()),
    }
}

/// One of three cells for day, month, year.
fn birth_part(row: &Written<'_>, holds: Holds) -> Cell {
    let at = match holds {
        Holds::Day => 0,
        Holds::Month => 1,
        _ => 2,
    };
    match &row.birth {
        Birth::Day(day) | Birth::Turned(day, _) => number(
            [i16::from(day.day()), i16::from(day.month()), day.year()]
                .get(at)
                .copied()
                .unwrap_or(0),
        ),
        Birth::Swapped(day) => number(
            [i16::from(day.month()), i16::from(day.day()), day.year()]
                .get(at)
                .copied()
                .unwrap_or(0),
        ),
        Birth::Partial(written, year) => {
            let month: i16 = written
                .split(['/', '-'])
                .rev()
                .nth(1)
                .and_then(|part| part.trim_start_matches("tháng ").parse().ok())
                .unwrap_or(0);
            number([0, month, *year].get(at).copied().unwrap_or(0))
        }
        Birth::Invalid(written) => {
            let parts: Vec<&str> = written.split('/').collect();
            if parts.len() == 3 {
                text(parts.get(at).copied().unwrap_or(""))
            } else {
                text(if at == 2 { written.as_ref() } else { "" })
            }
        }
        Birth::Missing(_) => Cell::default(),
    }
}

fn sex(layout: &Layout, row: &Written<'_>, ordinal: usize) -> String {
    if row.sex.is != Is::Known {
        return row.sex.text.clone().into_owned();
    }
    let male = row.sex_meant == Sex::Male;
    let (boy, girl) = match (layout.sex, ordinal % 5) {
        (SexForm::Letters, _) => ("M", "F"),
        (SexForm::Ways, 0) => ("nam", "nữ"),
        (SexForm::Ways, 1) => ("Trai", "Gái"),
        (SexForm::Ways, 2) => ("NAM", "NỮ"),
        (SexForm::Ways, 3) => ("Nam", "Nu"),
        _ => ("Nam", "Nữ"),
    };
    (if male { boy } else { girl }).to_owned()
}

/// An identity number as the layout writes numbers.
fn identity(layout: &Layout, written: &str, ordinal: usize) -> Cell {
    let is_digits = !written.is_empty() && written.bytes().all(|byte| byte.is_ascii_digit());
    match layout.number {
        NumberForm::Lost if is_digits && written.len() > 8 => written
            .parse()
            .map_or_else(|_| text(written), |value| Cell::new(Value::Number(value))),
        NumberForm::Ways if is_digits && written.len() == 12 => {
            let piece = |at: usize| written.get(at * 3..at * 3 + 3).unwrap_or("");
            let (a, b, c, d) = (piece(0), piece(1), piece(2), piece(3));
            text(match ordinal % 9 {
                7 => format!("{written}.0"),
                8 => written.chars().map(full_width).collect(),
                0 => format!("{a} {b} {c} {d}"),
                1 => format!("{a}.{b}.{c}.{d}"),
                2 => format!("'{written}"),
                3 => format!("{a}-{b}-{c}-{d}"),
                4 => format!(" {written} "),
                5 => format!("\u{a0}{written}"),
                _ => written.to_owned(),
            })
        }
        _ => text(written),
    }
}

/// Father and mother in one cell, in one of several ways.
fn together(father: &Carer<'_>, mother: &Carer<'_>, ordinal: usize) -> String {
    match (father.name.is_empty(), mother.name.is_empty()) {
        (true, true) => String::new(),
        (true, false) => format!("Mẹ: {}", mother.name),
        (false, true) => format!("Cha: {}", father.name),
        (false, false) => match ordinal % 4 {
            0 => format!("{}\n{}", father.name, mother.name),
            1 => format!("Cha: {}; Mẹ: {}", father.name, mother.name),
            2 => format!("{} - {}", father.name, mother.name),
            _ => format!("{}, {}", father.name, mother.name),
        },
    }
}

/// "12 Lê Lợi, Khu phố 3, Phường 1, Thành phố Đông Hà".
fn address(commune: &Commune, row: &Written<'_>) -> String {
    let parts = [
        row.street.as_ref(),
        row.hamlet.text.as_ref(),
        commune.unit.name,
        commune.district.name,
    ];
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

/// The year that a certificate would bear; that of the letter where the row says none.
fn year_of(row: &Written<'_>) -> i16 {
    row.birth.year().unwrap_or(2024)
}

/// The class of a child in the school year of 2023: by age, now and then a year behind; a nursery before.
fn class(row: &Written<'_>, ordinal: usize) -> String {
    let behind = i16::from(ordinal % 23 == 7);
    let group = if ordinal.is_multiple_of(2) { "A" } else { "B" };
    match 2018 - year_of(row) - behind {
        grade @ 1..=10 => format!("{grade}{group}"),
        -2..=0 => format!("Mẫu giáo {}", year_of(row) - 2015),
        _ => String::new(),
    }
}

/// The mother's telephone: another one than the household's, where the mother is at home.
fn mothers_phone(row: &Written<'_>) -> String {
    if row.mother.named && row.child.is_multiple_of(3) {
        format!("03{:08}", row.child * 104_729 % 100_000_000)
    } else {
        String::new()
    }
}

/// A digit as wide as an East Asian letter.
fn full_width(digit: char) -> char {
    digit
        .to_digit(10)
        .and_then(|value| char::from_u32(0xFF10 + value))
        .unwrap_or(digit)
}
