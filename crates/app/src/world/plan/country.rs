//! Who lives in which commune: Quảng Trị from its own table, the other provinces by their share of the country.
//!
//! In: `data/world/*.tsv` (estimates, not statistics). Out: weights, ethnic groups, how far a commune has come.

use super::super::dice::Dice;
use super::super::names::{Custom, Region};
use super::super::people::Group;
use super::apportion::apportion;
use super::{Counts, Entered, Plan};
use treem_child::normalise::unit::{Unit, UnitKind};

const QUANG_TRI: &str = include_str!("../../../data/world/quang-tri.tsv");
const PROVINCES: &str = include_str!("../../../data/world/provinces.tsv");

/// What is known of a commune.
pub(super) struct Local {
    pub(super) weight: u32,
    /// Children of minorities, percent.
    pub(super) hill: u32,
    pub(super) entered: Entered,
    pub(super) groups: Vec<(Group, u32)>,
}

fn lines(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .skip(1)
        .map(|line| line.split('\t').collect())
}

fn number(text: Option<&&str>) -> u32 {
    text.and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// A commune of Quảng Trị; one of no weight where the table does not name it.
pub(super) fn quang_tri(code: &str) -> Local {
    let Some(cells) = lines(QUANG_TRI).find(|cells| cells.first() == Some(&code)) else {
        return Local {
            weight: 0,
            hill: 0,
            entered: Entered::Most,
            groups: vec![(Group::kinh(Region::Middle), 1)],
        };
    };
    let (bru, paco) = (number(cells.get(2)), number(cells.get(3)));
    let hill = bru + paco;
    let mut groups = vec![
        (Group::kinh(Region::Middle), 1000 - 10 * hill.min(99)),
        (Group::new("Bru - Vân Kiều", Custom::Truong), 10 * bru),
        (Group::new("Tà Ôi", Custom::Truong), 10 * paco),
    ];
    // A family here and there that moved in.
    groups.extend([
        (Group::new("Hoa", Custom::Kinh(Region::Middle)), 1),
        (Group::new("Tày", Custom::Tay), 1),
        (Group::new("Mường", Custom::Muong), 1),
        (Group::new("Thái", Custom::Thai), 1),
    ]);
    Local {
        weight: number(cells.get(1)),
        hill,
        entered: match cells.get(4) {
            Some(&"all") => Entered::All,
            Some(&"special") => Entered::Special,
            _ => Entered::Most,
        },
        groups,
    }
}

/// Children in special circumstances or at risk, of so many: a ninth in the plains, more than half in the hills (poor
/// households).
pub(super) fn special(children: u32, hill: u32) -> u32 {
    let per_mille = u64::from(105 + 43 * hill / 10);
    u32::try_from((u64::from(children) * per_mille + 500) / 1000).unwrap_or(0)
}

fn custom(name: &str) -> Custom {
    match name {
        "Bru - Vân Kiều" | "Tà Ôi" | "Cơ-tu" => Custom::Truong,
        "Tày" | "Nùng" | "Sán Chay" | "Sán Dìu" | "Giáy" => Custom::Tay,
        "Thái" | "Khơ-mú" => Custom::Thai,
        "Mường" => Custom::Muong,
        "Hmông" => Custom::Hmong,
        "Dao" => Custom::Dao,
        "Khơ-me" => Custom::Khmer,
        "Ê-đê" | "Gia-rai" => Custom::Ede,
        "Chăm" | "Ra-glai" => Custom::Cham,
        "Hoa" => Custom::Kinh(Region::South),
        _ => Custom::Highland,
    }
}

/// Adds `people` children in the provinces that are not Quảng Trị.
pub(super) fn add(plan: &mut Plan, people: u32) {
    let known: Vec<(&'static Unit, Vec<&'static str>)> = lines(PROVINCES)
        .filter(|cells| cells.first() != Some(&"45"))
        .filter_map(|cells| {
            let code = *cells.first()?;
            let unit = plan.edition.provinces().find(|unit| unit.code == code)?;
            Some((unit, cells))
        })
        .collect();
    let weights: Vec<u64> = known
        .iter()
        .map(|(_, cells)| u64::from(number(cells.get(1))))
        .collect();
    for ((province, cells), children) in known.iter().zip(apportion(people, &weights)) {
        add_province(plan, province, cells, children);
    }
}

fn add_province(plan: &mut Plan, province: &'static Unit, cells: &[&'static str], children: u32) {
    let region = match cells.get(2) {
        Some(&"north") => Region::North,
        Some(&"south") => Region::South,
        _ => Region::Middle,
    };
    let minorities: Vec<(&'static str, u32)> = cells
        .get(3)
        .copied()
        .unwrap_or("")
        .split(',')
        .filter_map(|pair| pair.split_once(':'))
        .map(|(name, share)| (name, share.parse().unwrap_or(0)))
        .collect();
    let mut dice = Dice::new(plan.seed, &[40, u64::from(number(cells.first()))]);
    let communes: Vec<&'static Unit> = plan.edition.communes_of(province).collect();
    let weights: Vec<u64> = communes
        .iter()
        .map(|unit| {
            let size = match unit.kind {
                UnitKind::Ward => 150,
                UnitKind::Township => 110,
                _ => 75,
            };
            let bent = u64::from(dice.below(100)) + 60;
            size * bent
        })
        .collect();
    let counts = apportion(children, &weights);
    for (unit, count) in communes.into_iter().zip(counts) {
        let Some(district) = plan.edition.by_code(unit.parent) else {
            continue;
        };
        // Minorities live together: a commune has more of them or fewer than its province.
        let bend = dice.below(200);
        let groups: Vec<(Group, u32)> = minorities
            .iter()
            .map(|(name, share)| {
                let share = (share * 10 * bend / 100)
                    .min(900 / u32::try_from(minorities.len()).unwrap_or(1).max(1));
                (Group::new(name, custom(name)), share)
            })
            .collect();
        let hill = groups.iter().map(|(_, share)| share).sum::<u32>() / 10;
        let entered = match dice.below(100) {
            0..12 => Entered::Special,
            12..45 => Entered::All,
            _ => Entered::Most,
        };
        let special = special(count, hill / 2);
        let full = match entered {
            Entered::Special => u64::from(special),
            Entered::All => u64::from(count) * 995 / 1000,
            Entered::Most => u64::from(count) * u64::from(600 + dice.below(380)) / 1000,
        };
        let register = u32::try_from(full)
            .unwrap_or(count)
            .min(count.saturating_sub(1));
        let few = |dice: &mut Dice, per_100_000: u32| {
            let wanted =
                u64::from(register) * u64::from(per_100_000) + u64::from(dice.below(100_000));
            u32::try_from(wanted / 100_000).unwrap_or(0)
        };
        let unsound = few(&mut dice, 165);
        let incomplete = few(&mut dice, 1_200).min(register - unsound);
        let kinh = 1000_u32
            .saturating_sub(groups.iter().map(|(_, share)| share).sum())
            .max(20);
        let mut all = vec![(Group::kinh(region), kinh)];
        all.extend(groups);
        plan.push(Counts {
            unit,
            district,
            province,
            children: count,
            entered,
            special,
            register,
            unsound,
            incomplete,
            groups: all,
        });
    }
}
