//! Whose record is in the register, who is in special circumstances, whose record is unsound or incomplete.
//!
//! In: the people of a commune. Out: the same people with exactly as many of each kind as the plan says.

use super::super::dice::Dice;
use super::super::plan::{Commune, Entered, Plan};
use super::{Child, Household, Life, Means, People, Where};

/// Places every child.
pub(super) fn place(plan: &Plan, commune: &Commune, people: &mut People) {
    let mut dice = Dice::new(plan.seed, &[2, u64::from(commune.index)]);
    circumstances(plan, &mut dice, commune, people);
    let mut order = entering_order(plan, &mut dice, commune, people);
    order.truncate(commune.register as usize);
    for &at in &order {
        if let Some(child) = people.children.get_mut(at) {
            child.place = Where::Register;
        }
    }
    dice.shuffle(&mut order);
    let mut unsound = commune.unsound;
    let mut incomplete = commune.incomplete;
    for &at in &order {
        let Some(child) = people.children.get_mut(at) else {
            continue;
        };
        if unsound > 0 {
            unsound -= 1;
            child.place = Where::Unsound;
        } else if incomplete > 0 {
            incomplete -= 1;
            child.place = Where::Incomplete;
        }
    }
}

/// Whether a reason holds for the children of a household.
type Applies = Box<dyn Fn(&Household) -> bool>;

/// Children in special circumstances (Luật Trẻ em 2016 Đ.10) or at risk, until the commune has as many as planned: first those
/// whose family says so, then children of poor households, then others of whom a list says something.
fn circumstances(plan: &Plan, dice: &mut Dice, commune: &Commune, people: &mut People) {
    let mut left = commune.special;
    let households = &people.households;
    // Whom civil status does not know, nobody has counted either; so every child in special circumstances has a number.
    let mut order: Vec<usize> = people
        .children
        .iter()
        .enumerate()
        .filter(|(_, child)| child.number != 0)
        .map(|(at, _)| at)
        .collect();
    dice.shuffle(&mut order);
    let of_means = |means: Means| move |household: &Household| household.means == means;
    let dead =
        |adult: Option<&super::Adult>, life: Life| adult.is_none_or(|adult| adult.life == life);
    let passes: [(&'static str, Applies); 6] = [
        (
            "Mồ côi cả cha và mẹ",
            Box::new(move |household| {
                household.father.is_some()
                    && dead(household.father.as_ref(), Life::Dead)
                    && dead(household.mother.as_ref(), Life::Dead)
            }),
        ),
        (
            "Mồ côi cha hoặc mẹ",
            Box::new(|household| {
                [&household.father, &household.mother]
                    .into_iter()
                    .flatten()
                    .any(|adult| adult.life == Life::Dead)
            }),
        ),
        (
            "Cha mẹ đi làm ăn xa, sống với ông bà",
            Box::new(|household| household.guardian.is_some()),
        ),
        ("Trẻ em thuộc hộ nghèo", Box::new(of_means(Means::Poor))),
        (
            "Trẻ em thuộc hộ cận nghèo",
            Box::new(of_means(Means::NearPoor)),
        ),
        ("Trẻ em có nguy cơ khác", Box::new(|_| true)),
    ];
    // A few in every commune, whatever their family is like.
    let few: [(&str, u32, i16); 3] = [
        ("Trẻ em khuyết tật", 9, 0),
        ("Cha mẹ ly hôn hoặc ly thân", 16, 1),
        ("Trẻ em có nguy cơ bỏ học", 8, 11),
    ];
    for &at in &order {
        let Some(child) = people.children.get_mut(at) else {
            continue;
        };
        let age = plan.as_of.year() - child.birth.year();
        for (words, per_mille, from_age) in few {
            if left > 0
                && child.circumstance.is_empty()
                && age >= from_age
                && dice.chance(per_mille)
            {
                child.circumstance = words;
                left -= 1;
            }
        }
    }
    for (words, applies) in &passes {
        for &at in &order {
            let Some(child) = people.children.get_mut(at) else {
                continue;
            };
            if left == 0 {
                return;
            }
            let Some(household) = households.get(child.household) else {
                continue;
            };
            if child.circumstance.is_empty() && applies(household) {
                child.circumstance = words;
                left -= 1;
            }
        }
    }
}

/// Children in the order in which the commune entered them: those in special circumstances first; then family by family, the
/// newest children and those without a number last.
fn entering_order(plan: &Plan, dice: &mut Dice, commune: &Commune, people: &People) -> Vec<usize> {
    let left_out = super::super::ill::left_out(plan, commune, people);
    let families: Vec<u32> = people.households.iter().map(|_| dice.below(1000)).collect();
    let score = |at: usize, child: &Child, throw: u32| {
        let newest = plan.as_of.year() - child.birth.year() <= 1;
        let family = families.get(child.household).copied().unwrap_or(0);
        let special = !child.circumstance.is_empty();
        let late = if commune.entered == Entered::Special {
            u32::from(!special) * 10_000
        } else {
            u32::from(!special) * 300
        };
        (
            late + family
                + throw / 3
                + u32::from(newest) * 900
                + u32::from(child.number == 0) * 4_000
                + u32::from(left_out.get(at).copied().unwrap_or(false)) * 20_000,
            at,
        )
    };
    let mut order: Vec<(u32, usize)> = people
        .children
        .iter()
        .enumerate()
        .map(|(at, child)| score(at, child, dice.below(1000)))
        .collect();
    order.sort_unstable();
    order.into_iter().map(|(_, at)| at).collect()
}
