use super::*;
use crate::world::plan::{Entered, LETTER_CHILDREN, Plan};
use rustc_hash::FxHashSet;

fn plan(people: u32) -> Plan {
    Plan::new(people, jiff::civil::date(2024, 6, 13), 7).unwrap()
}

#[test]
fn a_commune_has_whom_the_plan_says() {
    let plan = plan(LETTER_CHILDREN);
    for commune in plan.communes.iter().step_by(9) {
        let people = People::of(&plan, commune);
        let count = |place: Where| {
            people
                .children
                .iter()
                .filter(|child| child.place == place)
                .count()
        };
        assert_eq!(people.children.len(), commune.children as usize);
        assert_eq!(
            count(Where::List),
            commune.missing() as usize,
            "{}",
            commune.unit.name
        );
        assert_eq!(count(Where::Unsound), commune.unsound as usize);
        assert_eq!(count(Where::Incomplete), commune.incomplete as usize);
        let special = people
            .children
            .iter()
            .filter(|child| !child.circumstance.is_empty())
            .count();
        assert_eq!(special, commune.special as usize, "{}", commune.unit.name);
        for child in &people.children {
            assert!(child.birth <= plan.as_of && child.birth > jiff::civil::date(2008, 6, 13));
            if child.place != Where::List {
                assert!(child.number != 0, "a record without a number is not sound");
                assert!(commune.entered != Entered::Special || !child.circumstance.is_empty());
            }
        }
    }
}

#[test]
fn no_number_is_given_twice_and_each_says_who_it_is_of() {
    let plan = plan(400_000);
    let mut seen: FxHashSet<u64> = FxHashSet::default();
    let mut people_seen = 0;
    for commune in plan
        .communes
        .iter()
        .step_by(7)
        .chain(plan.communes.iter().take(12))
    {
        let people = People::of(&plan, commune);
        let again = people_seen > 0 && commune.index < 12 && commune.index % 7 == 0;
        if again {
            continue;
        }
        people_seen += 1;
        for child in people.children.iter().filter(|child| child.number != 0) {
            assert!(seen.insert(child.number), "{} twice", child.number);
            let digits = format!("{:012}", child.number);
            let century = if child.sex == Sex::Male { "2" } else { "3" };
            assert_eq!(&digits[3..4], century);
            assert_eq!(
                digits[4..6].parse::<i16>().unwrap(),
                child.birth.year() % 100
            );
        }
        for household in &people.households {
            let adults = [
                household.father.as_ref(),
                household.mother.as_ref(),
                household.guardian.as_ref().map(|(adult, _)| adult),
            ];
            for adult in adults
                .into_iter()
                .flatten()
                .filter(|adult| adult.number != 0)
            {
                assert!(seen.insert(adult.number), "{} twice", adult.number);
                assert_eq!(
                    adult.number / 1_000_000 % 100,
                    u64::from(adult.year.unsigned_abs() % 100)
                );
            }
        }
    }
}

#[test]
fn the_same_commune_twice() {
    let plan = plan(LETTER_CHILDREN);
    let commune = &plan.communes[40];
    let names = |people: &People| {
        people
            .children
            .iter()
            .map(|child| (child.name.clone(), child.number))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        names(&People::of(&plan, commune)),
        names(&People::of(&plan, commune))
    );
}

#[test]
fn families_look_like_families() {
    let plan = plan(LETTER_CHILDREN);
    let share = |of: usize, all: usize| of * 1000 / all;
    let (mut children, mut boys, mut twins, mut hill, mut ho) = (0, 0, 0, 0, 0);
    for commune in plan.communes.iter().step_by(3) {
        let people = People::of(&plan, commune);
        children += people.children.len();
        boys += people
            .children
            .iter()
            .filter(|child| child.sex == Sex::Male)
            .count();
        twins += people
            .children
            .windows(2)
            .filter(|pair| pair[0].household == pair[1].household && pair[0].birth == pair[1].birth)
            .count();
        for child in &people.children {
            let household = people.household(child).unwrap();
            if household.group.name == "Bru - Vân Kiều" {
                hill += 1;
                ho += usize::from(child.name.starts_with("Hồ "));
            }
            let Some(mother) = household.mother.as_ref() else {
                continue;
            };
            assert_ne!(child.name, mother.name);
            assert!(
                child.birth.year() - mother.year >= 15,
                "a mother of {}",
                child.birth.year() - mother.year
            );
            // A child without a known father bears the mother's surname.
            if household.father.is_none() && !household.group.is_hill() {
                assert_eq!(child.name.split(' ').next(), mother.name.split(' ').next());
            }
        }
    }
    assert!(
        (505..545).contains(&share(boys, children)),
        "{boys} boys of {children}"
    );
    assert!((5..25).contains(&share(twins, children)), "{twins} twins");
    assert!(share(ho, hill) > 900, "{ho} Hồ of {hill}");
}
