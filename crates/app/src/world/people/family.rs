//! Families: when parents were born and children came, who died or went away, what everybody is called.
//!
//! In: a commune of the plan. Out: its households and exactly as many children as the plan says.

use super::super::dice::Dice;
use super::super::names::{self, Custom, Sex};
use super::super::plan::{Commune, Plan};
use super::number::Numbers;
use super::{Adult, Child, Group, Household, Life, Means, NoNumber, People, Where, home};
use jiff::ToSpan;
use jiff::civil::Date;

/// Children are under this age.
const AGE_LIMIT: i16 = 16;
/// Births of a year beside those of 2012 (year of the dragon), per mille, from 2007 on.
const BIRTHS: [u32; 18] = [
    880, 890, 910, 935, 925, 1000, 930, 960, 945, 930, 925, 915, 905, 890, 845, 830, 810, 800,
];

struct Maker<'p> {
    plan: &'p Plan,
    commune: &'p Commune,
    dice: Dice,
    numbers: Numbers,
    home: u16,
    first_day: Date,
    /// Children without a number that may still come: no more than the list has room for, since a record without a number is
    /// no sound one.
    numberless: u32,
    people: People,
}

/// The households of a commune with their children; nobody's record is placed yet.
pub(super) fn make(plan: &Plan, commune: &Commune) -> People {
    let mut dice = Dice::new(plan.seed, &[1, u64::from(commune.index)]);
    let minorities: u32 = commune
        .groups
        .iter()
        .filter(|(group, _)| group.is_hill())
        .map(|(_, share)| share)
        .sum();
    let all: u32 = commune.groups.iter().map(|(_, share)| share).sum();
    let hill = minorities * 2 > all;
    let hamlets = home::hamlets(&mut dice, commune, &plan.names_of_units, hill);
    let limit = plan.as_of.saturating_sub(AGE_LIMIT.years());
    let mut maker = Maker {
        plan,
        commune,
        dice,
        numbers: Numbers::new(plan.seed, commune),
        home: commune.province.code.parse().unwrap_or(45),
        first_day: limit.saturating_add(1.day()),
        numberless: commune.missing() / 2,
        people: People {
            hamlets,
            households: Vec::with_capacity(commune.children as usize / 2 + 8),
            children: Vec::with_capacity(commune.children as usize),
        },
    };
    while maker.people.children.len() < commune.children as usize {
        maker.household();
    }
    maker.people
}

impl Maker<'_> {
    fn household(&mut self) {
        let weights: Vec<u32> = self
            .commune
            .groups
            .iter()
            .map(|(_, share)| *share)
            .collect();
        let at = self.dice.weighted(&weights);
        let Some((group, _)) = self.commune.groups.get(at).copied() else {
            return;
        };
        let hill = group.is_hill();
        let births = self.births(hill);
        if births.is_empty() {
            return;
        }
        let first = births.first().map_or(2016, |birth| birth.year());
        let alone = self.dice.chance(if hill { 85 } else { 40 });
        let mother_year = first
            - i16::try_from(if hill {
                self.dice.between(17, 31)
            } else {
                self.dice.between(20, 36)
            })
            .unwrap_or(25);
        let father_year = mother_year - i16::try_from(self.dice.between(-2, 8)).unwrap_or(2);
        let family = names::surname(&mut self.dice, group.custom);
        let maiden = names::surname(&mut self.dice, group.custom);
        let at_border = hill && self.dice.chance(12);
        let mut mother = self.adult(group.custom, Sex::Female, mother_year, maiden);
        if at_border {
            mother = Adult {
                name: names::adult(&mut self.dice, Custom::Lao, Sex::Female, mother_year, ""),
                year: mother_year,
                number: 0,
                life: Life::Home,
            };
        }
        let mut father = (!alone).then(|| self.adult(group.custom, Sex::Male, father_year, family));
        let mut guardian = None;
        match self.dice.below(1000) {
            0..18 => set_life(&mut father, Life::Dead),
            18..25 => mother.life = Life::Dead,
            25..27 => {
                set_life(&mut father, Life::Dead);
                mother.life = Life::Dead;
            }
            27..75 => {
                set_life(&mut father, Life::Away);
                mother.life = Life::Away;
            }
            75..90 => mother.life = Life::Away,
            _ => {}
        }
        let cared = father
            .as_ref()
            .is_some_and(|father| father.life == Life::Home)
            || mother.life == Life::Home;
        if !cared {
            guardian = Some(self.carer(group.custom, mother_year, family, maiden));
        }
        let own = home::own_name(&mut self.dice, group);
        let hamlet = self.hamlet();
        let (street, phone) = (
            home::street(&mut self.dice, self.commune),
            home::phone(&mut self.dice, hill),
        );
        let means = match self.dice.below(1000) {
            throw if throw < if hill { 420 } else { 40 } => Means::Poor,
            throw if throw < if hill { 590 } else { 85 } => Means::NearPoor,
            _ => Means::Enough,
        };
        let place = self.people.households.len();
        let (child_surname, second) = if father.is_some() {
            (family, maiden)
        } else {
            (maiden, "")
        };
        let mut taken: Vec<String> = [father.as_ref(), Some(&mother)]
            .into_iter()
            .flatten()
            .map(|adult| adult.name.clone())
            .collect();
        let motherless = father
            .as_ref()
            .is_some_and(|father| father.life == Life::Home)
            && self.dice.chance(6);
        let foreign = at_border && self.dice.chance(250);
        for birth in births {
            if self.people.children.len() == self.commune.children as usize {
                break;
            }
            if let Some(child) = self.child(
                group,
                place,
                birth,
                child_surname,
                second,
                foreign,
                &mut taken,
            ) {
                self.people.children.push(child);
            }
        }
        self.people.households.push(Household {
            number: u32::try_from(place + 1).unwrap_or(u32::MAX),
            hamlet,
            street,
            group,
            own,
            father,
            // A few grow up with their father alone, and nobody writes the mother down.
            mother: Some(mother).filter(|_| !motherless),
            guardian,
            phone,
            means,
        });
    }

    /// The days on which the family's children were born who are children still, in order; twins share one.
    fn births(&mut self, hill: bool) -> Vec<Date> {
        let sizes: [u32; 6] = if hill {
            [100, 220, 270, 215, 125, 70]
        } else {
            [130, 440, 300, 105, 25, 0]
        };
        let size = self.dice.weighted(&sizes) + 1;
        let gap = if hill { (500, 2_100) } else { (550, 2_400) };
        // The first birth lies so far back that later ones fill every year alike.
        let span = i32::from(AGE_LIMIT) * 365
            + (i32::try_from(size).unwrap_or(1) - 1) * (gap.0 + gap.1) / 2;
        let mut day = self
            .plan
            .as_of
            .saturating_sub(self.dice.between(0, span).days());
        let mut births = Vec::new();
        for order in 0..size {
            if order > 0 {
                day = day.saturating_add(self.dice.between(gap.0, gap.1).days());
            }
            if day > self.plan.as_of {
                break;
            }
            if day < self.first_day {
                continue;
            }
            let year = usize::try_from(day.year() - 2007).ok();
            let many = year
                .and_then(|year| BIRTHS.get(year))
                .copied()
                .unwrap_or(900);
            if !self.dice.chance(many) {
                continue;
            }
            // In the hills the first of January stands for "some day of that year" now and then.
            let written = if hill && self.dice.chance(14) {
                Some(day.with().month(1).day(1).build().unwrap_or(day))
                    .filter(|first| *first >= self.first_day)
                    .unwrap_or(day)
            } else {
                day
            };
            births.push(written);
            if self.dice.chance(11) {
                births.push(written);
            }
        }
        births
    }

    fn adult(&mut self, custom: Custom, sex: Sex, year: i16, surname: &str) -> Adult {
        let name = names::adult(&mut self.dice, custom, sex, year, surname);
        for other in [0, 1, -1, 2, -2, 3, -3, 4, -4] {
            if let Some(given) = self.numbers.give(self.home, self.home, sex, year + other) {
                // The birth year follows the number where the year's numbers were used up.
                return Adult {
                    name,
                    year: year + other,
                    number: given,
                    life: Life::Home,
                };
            }
        }
        Adult {
            name,
            year,
            number: 0,
            life: Life::Home,
        }
    }

    fn carer(
        &mut self,
        custom: Custom,
        mother_year: i16,
        family: &str,
        maiden: &'static str,
    ) -> (Adult, &'static str) {
        let (sex, relation, surname, older) = match self.dice.below(10) {
            0..4 => (
                Sex::Female,
                "Bà nội",
                names::surname(&mut self.dice, custom),
                24,
            ),
            4..6 => (Sex::Male, "Ông nội", family, 27),
            6..9 => (
                Sex::Female,
                "Bà ngoại",
                names::surname(&mut self.dice, custom),
                23,
            ),
            _ => (Sex::Female, "Dì ruột", maiden, 2),
        };
        let year = mother_year - older - i16::try_from(self.dice.below(6)).unwrap_or(0);
        (self.adult(custom, sex, year, surname), relation)
    }

    fn hamlet(&mut self) -> usize {
        self.dice
            .below(u32::try_from(self.people.hamlets.len()).unwrap_or(1)) as usize
    }

    #[expect(clippy::too_many_arguments, reason = "what a child is made of")]
    fn child(
        &mut self,
        group: Group,
        household: usize,
        birth: Date,
        surname: &str,
        second: &str,
        foreign: bool,
        taken: &mut Vec<String>,
    ) -> Option<Child> {
        let hill = group.is_hill();
        let mut sex = if self.dice.chance(524) {
            Sex::Male
        } else {
            Sex::Female
        };
        let mut name = String::new();
        // Brothers and sisters bear different given names.
        for _ in 0..30 {
            name = names::child(
                &mut self.dice,
                group.custom,
                sex,
                birth.year(),
                surname,
                second,
            );
            let given = name.rsplit(' ').next().unwrap_or("").to_owned();
            // Nor are they namesakes of their parents.
            if !taken.contains(&given) && !taken.contains(&name) {
                taken.push(given);
                break;
            }
        }
        let days = self
            .plan
            .as_of
            .since(birth)
            .map_or(0, |span| span.get_days());
        let unregistered = match (hill, days) {
            (true, ..=365) => 120,
            (true, ..=1_825) => 25,
            (true, _) => 4,
            (false, ..=60) => 220,
            (false, _) => 1,
        };
        let no_number = if foreign {
            Some(NoNumber::Foreign)
        } else {
            self.dice
                .chance(unregistered)
                .then_some(NoNumber::Unregistered)
        }
        .filter(|_| self.numberless > 0);
        self.numberless -= u32::from(no_number.is_some());
        let (place, registered_at) = self.registered();
        let mut number = 0;
        if no_number.is_none() {
            let other = if sex == Sex::Male {
                Sex::Female
            } else {
                Sex::Male
            };
            number = self
                .numbers
                .give(place, self.home, sex, birth.year())
                .or_else(|| self.numbers.give(self.home, self.home, sex, birth.year()))
                .or_else(|| {
                    // A commune whose boys (or girls) of a year are numbered through takes a girl (or boy).
                    sex = other;
                    name = names::child(
                        &mut self.dice,
                        group.custom,
                        sex,
                        birth.year(),
                        surname,
                        second,
                    );
                    self.numbers.give(self.home, self.home, sex, birth.year())
                })?;
        }
        Some(Child {
            household,
            name,
            birth,
            sex,
            number,
            no_number,
            circumstance: "",
            registered_at,
            place: Where::List,
        })
    }

    /// Where the birth is registered: mostly in the commune, sometimes in another province.
    fn registered(&mut self) -> (u16, String) {
        if self.dice.chance(930) {
            return (
                self.home,
                format!("UBND {}", lower_first(self.commune.unit.name)),
            );
        }
        let (code, name) = self
            .dice
            .one_of(&[
                (79, "Thành phố Hồ Chí Minh"),
                (46, "Thừa Thiên Huế"),
                (44, "Quảng Bình"),
                (48, "Đà Nẵng"),
                (74, "Bình Dương"),
                (75, "Đồng Nai"),
                (1, "Hà Nội"),
                (45, "Quảng Trị"),
                (66, "Đắk Lắk"),
            ])
            .copied()
            .unwrap_or((48, "Đà Nẵng"));
        (code, name.to_owned())
    }
}

fn set_life(adult: &mut Option<Adult>, life: Life) {
    if let Some(adult) = adult {
        adult.life = life;
    }
}

/// "Xã Tà Rụt" → "xã Tà Rụt".
fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}
