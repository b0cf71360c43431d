//! How many children of each year of birth and sex a unit should have: its headcount shared out as ages are where nearly all are entered.
//!
//! In: [`Births`] of units. Out: a [`Shape`], and the expected [`Births`] of a unit. No age is known of a headcount: the shape is that of the
//! units of the same province that have entered at least [`WELL`] of theirs; of all units where these have too few children.

use super::insight::share::{float, ratio};
use std::collections::BTreeMap;

/// Share of its headcount from which a unit's ages are taken for those of its children.
pub const WELL: f64 = 0.85;
/// Children it takes for a shape.
pub const LEAST: u64 = 500;

/// Children by year of birth: boys, girls, of unknown sex.
pub type Births = BTreeMap<i16, [u64; 3]>;

/// How children are spread over years of birth and sexes; all shares together are 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shape {
    /// Boys and girls of each year.
    pub shares: BTreeMap<i16, [f64; 2]>,
    /// From how many children.
    pub children: u64,
    /// Units that have entered nearly all; 0: the shape is that of all units.
    pub units: usize,
}

/// A unit for a shape.
pub struct Counted<'b> {
    /// Children it says it has.
    pub headcount: Option<u64>,
    /// Those in the register.
    pub births: &'b Births,
}

fn sum(births: &Births) -> u64 {
    births.values().flatten().sum()
}

/// The shape of ages; none of too few children.
pub fn shape(units: &[Counted<'_>]) -> Option<Shape> {
    let well: Vec<&Counted<'_>> = units
        .iter()
        .filter(|unit| {
            let all = unit.headcount.filter(|all| *all > 0);
            all.is_some_and(|all| ratio(sum(unit.births), all) >= WELL)
        })
        .collect();
    let entered: u64 = well.iter().map(|unit| sum(unit.births)).sum();
    let (from, count) = if entered >= LEAST {
        let count = well.len();
        (well, count)
    } else {
        (units.iter().collect(), 0)
    };
    let mut years: BTreeMap<i16, [u64; 2]> = BTreeMap::new();
    for (year, [boys, girls, _]) in from.iter().flat_map(|unit| unit.births) {
        let of = years.entry(*year).or_default();
        of[0] += boys;
        of[1] += girls;
    }
    let children: u64 = years.values().flatten().sum();
    (children >= LEAST).then(|| Shape {
        shares: years
            .into_iter()
            .map(|(year, [boys, girls])| (year, [ratio(boys, children), ratio(girls, children)]))
            .collect(),
        children,
        units: count,
    })
}

impl Shape {
    /// How many of so many children are of each year and sex.
    pub fn of(&self, children: u64) -> BTreeMap<i16, [f64; 2]> {
        let all = float(children);
        self.shares
            .iter()
            .map(|(year, [boys, girls])| (*year, [boys * all, girls * all]))
            .collect()
    }

    /// On what it rests, in a sentence.
    pub fn ground(&self) -> String {
        let children = crate::texts::grouped(self.children);
        if self.units > 0 {
            format!(
                "Số dự kiến: số trẻ em đơn vị báo cáo, chia theo tuổi và giới tính của {children} trẻ ở {} đơn vị đã nhập từ 85% trở lên.",
                self.units
            )
        } else {
            format!(
                "Số dự kiến: số trẻ em đơn vị báo cáo, chia theo tuổi và giới tính của cả {children} trẻ trong sổ; chưa đủ đơn vị nhập gần hết để so, nên nhóm tuổi mà nơi nào cũng thiếu thì ở đây không thấy được."
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn births(years: &[(i16, u64)]) -> Births {
        years
            .iter()
            .map(|(year, each)| (*year, [*each, *each, 0]))
            .collect()
    }

    #[test]
    fn the_shape_is_of_those_who_are_done() {
        let (whole, half) = (
            births(&[(2010, 200), (2011, 200)]),
            births(&[(2010, 200), (2011, 0)]),
        );
        let unit = |headcount, births| Counted { headcount, births };
        let told = shape(&[unit(Some(800), &whole), unit(Some(800), &half)]).unwrap();
        assert_eq!((told.units, told.children), (1, 800));
        let expected = told.of(400)[&2011];
        assert!(expected.iter().all(|each| (each - 100.0).abs() < 1e-9));
        // Nobody is done: all together.
        let told = shape(&[unit(Some(9_000), &whole), unit(None, &half)]).unwrap();
        assert_eq!((told.units, told.children), (0, 1_200));
        let all: f64 = told.shares.values().flatten().sum();
        assert!((all - 1.0).abs() < 1e-9);
        assert_eq!(shape(&[unit(Some(10), &births(&[(2010, 5)]))]), None);
        assert_eq!(shape(&[]), None);
    }
}
