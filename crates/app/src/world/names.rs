//! Names of invented people, by ethnic group, region, sex and generation.
//!
//! In: dice and who the person is. Out: a whole name. Proportions of Kinh surnames after published national counts, weighted
//! for the region (Hoàng and Võ in the middle, Huỳnh in the south, Vũ in the north); Bru - Vân Kiều and Tà Ôi mostly bear the
//! surname Hồ, older people with one short given name. Who is given which name is made up.

mod kinh;
mod others;

use super::dice::Dice;

pub use treem_child::normalise::sex::Sex;

/// Whose customs a name follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Custom {
    /// Kinh, Hoa and all who name alike; with the region.
    Kinh(Region),
    /// Bru - Vân Kiều, Tà Ôi, Cơ-tu: surname Hồ above all.
    Truong,
    /// Lao nationals at the border.
    Lao,
    /// Tày, Nùng, Sán Chay.
    Tay,
    /// Thái.
    Thai,
    /// Mường, Thổ.
    Muong,
    /// Hmông.
    Hmong,
    /// Dao.
    Dao,
    /// Khơ-me.
    Khmer,
    /// Ê-đê, Gia-rai: Y and H' before the name, the clan behind it.
    Ede,
    /// Ba-na, Xơ-đăng, Gié-Triêng, Cơ-ho, Mnông and others of the southern highlands.
    Highland,
    /// Chăm, Ra-glai.
    Cham,
}

/// The three regions of Kinh surnames.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Region {
    /// North.
    North,
    /// Middle.
    Middle,
    /// South.
    South,
}

/// The surname of a family.
pub fn surname(dice: &mut Dice, custom: Custom) -> &'static str {
    match custom {
        Custom::Kinh(region) => kinh::surname(dice, region),
        _ => others::surname(dice, custom),
    }
}

/// What stands before and behind the surname of a child born in a year: middle and given name.
pub fn child(
    dice: &mut Dice,
    custom: Custom,
    sex: Sex,
    year: i16,
    surname: &str,
    second_surname: &str,
) -> String {
    // Fashion reaches everybody: each later year more children of the hills are named as on television.
    let modern = u32::try_from((i32::from(year) - 2000).clamp(4, 30)).unwrap_or(4) * 22;
    match custom {
        Custom::Kinh(_) => kinh::child(dice, sex, year, surname, second_surname),
        Custom::Ede | Custom::Highland | Custom::Lao => others::whole(dice, custom, sex, surname),
        _ if dice.chance(modern) => kinh::child(dice, sex, year, surname, ""),
        _ => others::whole(dice, custom, sex, surname),
    }
}

/// The whole name of a grown-up of a generation.
pub fn adult(dice: &mut Dice, custom: Custom, sex: Sex, year: i16, surname: &str) -> String {
    match custom {
        Custom::Kinh(_) => kinh::adult(dice, sex, year, surname),
        // Some of the younger grown-ups went to school with Kinh names.
        Custom::Truong | Custom::Tay | Custom::Muong | Custom::Thai
            if year >= 1985 && dice.chance(300) =>
        {
            kinh::adult(dice, sex, year, surname)
        }
        _ => others::whole(dice, custom, sex, surname),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_custom_names_everybody() {
        let customs = [
            Custom::Kinh(Region::North),
            Custom::Kinh(Region::Middle),
            Custom::Kinh(Region::South),
            Custom::Truong,
            Custom::Lao,
            Custom::Tay,
            Custom::Thai,
            Custom::Muong,
            Custom::Hmong,
            Custom::Dao,
            Custom::Khmer,
            Custom::Ede,
            Custom::Highland,
            Custom::Cham,
        ];
        let mut dice = Dice::new(3, &[]);
        for custom in customs {
            for sex in [Sex::Male, Sex::Female] {
                for year in [1950, 1980, 2008, 2024] {
                    for _ in 0..200 {
                        let family = surname(&mut dice, custom);
                        let name = if year < 2000 {
                            adult(&mut dice, custom, sex, year, family)
                        } else {
                            child(&mut dice, custom, sex, year, family, "Trần")
                        };
                        let words: Vec<&str> = name.split(' ').collect();
                        assert!((2..=5).contains(&words.len()), "{custom:?} {name}");
                        assert!(words.windows(2).all(|pair| pair[0] != pair[1]), "{name}");
                        assert!(words.iter().all(|word| !word.is_empty()), "{name}");
                        let wrong = if sex == Sex::Male { "Thị" } else { "Văn" };
                        assert!(
                            !words[1..words.len() - 1].contains(&wrong),
                            "{name} {sex:?}"
                        );
                    }
                }
            }
        }
    }
}
