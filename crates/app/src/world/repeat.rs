//! The same child written once more, in another way.
//!
//! In: a row that stands somewhere already, dice. Out: the row as somebody else wrote it, and whether name, birth date and a
//! parent still agree to the letter (the rule `child.duplicate` asks for that) or only linkage can tell.

use super::dice::Dice;
use super::written::{Birth, Carer, Text, Written};
use jiff::ToSpan;
use treem_child::normalise::syllable::strip_diacritics;

/// What still agrees with the row that is repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agrees {
    /// The name, but for tone-mark style, i and y.
    pub name: bool,
    /// The father's name.
    pub father: bool,
    /// The mother's name.
    pub mother: bool,
}

/// Writes a row again.
pub fn again(dice: &mut Dice, row: &mut Written<'_>) -> Agrees {
    let mut agrees = Agrees {
        name: true,
        father: true,
        mother: true,
    };
    if !dice.chance(450) {
        row.number = Text::Borrowed("");
    }
    if row.guardian.named && dice.chance(500) {
        row.phone = Text::Borrowed("");
    }
    match dice.below(100) {
        0..38 => {}
        38..46 => row.name = other_tone_style(&row.name).into(),
        46..54 => {
            // "Phan Minh Anh" has none.
            let plain = without_marks(&row.name);
            agrees.name = plain == row.name;
            row.name = plain.into();
        }
        54..64 => {
            if let Some(name) = other_spelling(dice, &row.name) {
                row.name = name.into();
                agrees.name = false;
            }
        }
        64..72 => {
            if let Birth::Day(born) = row.birth {
                let turned = born.with().day(born.month()).month(born.day()).build();
                let day = match turned {
                    Ok(turned) if turned != born && dice.chance(500) => turned,
                    _ => born.saturating_add(dice.between(1, 9).days()),
                };
                row.birth = Birth::Day(day);
            }
        }
        72..84 => {
            if let Some(mother) = without_thi(&row.mother.name) {
                row.mother.name = mother.into();
                agrees.mother = false;
            }
            if dice.chance(700) {
                row.father = Carer::default();
                agrees.father = false;
            }
        }
        84..92 => {
            if let Some(name) = without_a_middle(&row.name) {
                row.name = name.into();
                agrees.name = false;
            }
        }
        _ => {
            if row.mother.named {
                // The list has the grandmother.
                row.guardian = Carer {
                    number: Text::Borrowed(""),
                    ..row.mother.clone()
                };
                row.relation = "Người nuôi dưỡng";
                row.father = Carer::default();
                row.mother = Carer::default();
                (agrees.father, agrees.mother) = (false, false);
            }
        }
    }
    agrees
}

/// "Hòa" ↔ "Hoà", "Thúy" ↔ "Thuý".
fn other_tone_style(name: &str) -> String {
    const PAIRS: [(&str, &str); 15] = [
        ("òa", "oà"),
        ("óa", "oá"),
        ("ỏa", "oả"),
        ("õa", "oã"),
        ("ọa", "oạ"),
        ("òe", "oè"),
        ("óe", "oé"),
        ("ỏe", "oẻ"),
        ("õe", "oẽ"),
        ("ọe", "oẹ"),
        ("ùy", "uỳ"),
        ("úy", "uý"),
        ("ủy", "uỷ"),
        ("ũy", "uỹ"),
        ("ụy", "uỵ"),
    ];
    let words: Vec<String> = name
        .split(' ')
        .map(|word| {
            let pair = PAIRS
                .iter()
                .find(|(old, _)| word.ends_with(old) && !word.to_lowercase().starts_with('q'));
            pair.map_or_else(|| word.to_owned(), |(old, new)| word.replace(old, new))
        })
        .collect();
    words.join(" ")
}

/// "Nguyễn Thị Mơ" → "Nguyen Thi Mo".
fn without_marks(name: &str) -> String {
    strip_diacritics(name).into_owned()
}

/// One syllable as it sounds in the middle provinces: n and ng, hỏi and ngã, d and gi.
fn other_spelling(dice: &mut Dice, name: &str) -> Option<String> {
    const PAIRS: [(&str, &str); 21] = [
        ("Mỹ", "Mỷ"),
        ("Vũ", "Vủ"),
        ("Nguyễn", "Nguyển"),
        ("Lan", "Lang"),
        ("Tiến", "Tiếng"),
        ("Việt", "Việc"),
        ("Đạt", "Đạc"),
        ("Xuân", "Xuâng"),
        ("Dương", "Giương"),
        ("Hưng", "Hương"),
        ("Ngân", "Ngâng"),
        ("Hân", "Hâng"),
        ("Thư", "Thơ"),
        ("Quân", "Quâng"),
        ("Thịnh", "Thiện"),
        ("Khang", "Khan"),
        ("Sơn", "Xơn"),
        ("Trân", "Trâng"),
        ("Hải", "Hãi"),
        ("Bảo", "Bão"),
        ("Thảo", "Thão"),
    ];
    let mut words: Vec<&str> = name.split(' ').collect();
    let from = dice.below(u32::try_from(words.len()).unwrap_or(1)) as usize;
    let places = (from..words.len()).chain(0..from);
    for place in places {
        let word = words.get_mut(place)?;
        if let Some((_, other)) = PAIRS.iter().find(|(one, _)| one == word) {
            *word = other;
            return Some(words.join(" "));
        }
    }
    None
}

/// "Hồ Thị Thoan" → "Hồ Thoan".
fn without_thi(name: &str) -> Option<String> {
    name.contains(" Thị ")
        .then(|| name.replacen(" Thị ", " ", 1))
}

/// "Nguyễn Thị Ngọc Mai" → "Nguyễn Ngọc Mai": the second syllable of four.
fn without_a_middle(name: &str) -> Option<String> {
    let words: Vec<&str> = name.split(' ').collect();
    let [surname, _, rest @ ..] = words.as_slice() else {
        return None;
    };
    (rest.len() >= 2).then(|| format!("{surname} {}", rest.join(" ")))
}
