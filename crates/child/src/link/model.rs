//! The child model: comparisons, kinds of pairs, keys.
//!
//! In: [`Children`]. Out: a [`Model`] to run over them. Two records are the same child, siblings, two children of one
//! people, or any two children. Siblings are a kind of their own because father, mother and commune agree together:
//! weighed one by one they would make every brother the same child.

use super::Children;
use super::compare::{Compared, What};
use super::meet::{Meeting, MeetingKey};
use super::words;
use treem_link::comparison::{Comparison, Key, Level};
use treem_link::model::{Grouping, Kind, Model};

/// What is compared, in the order of the waterfall, and the comparison it is looked at together with.
const COMPARED: [(What, Option<What>); 9] = [
    (What::Name, None),
    (What::Birth, None),
    (What::Sex, Some(What::Name)),
    (What::Mother, None),
    (What::Father, Some(What::Name)),
    (What::Commune, None),
    (What::Ethnicity, Some(What::Commune)),
    (What::Number, None),
    (What::Phone, None),
];

/// Levels whose value's rarity counts, from 1.
fn rare(what: What) -> &'static [usize] {
    match what {
        What::Name | What::Mother | What::Father => &[1, 2, 3, 4, 5, 7],
        What::Birth | What::Commune | What::Ethnicity => &[1],
        What::Sex | What::Number | What::Phone => &[],
    }
}

/// By level of a name: how rare agreement by chance is at least, as a share of chance agreement on the same name. Near names are many
/// (Thu and Thi, Thanh and Khánh without marks), and no sample of pairs shows how many.
const LEAST: [f64; 6] = [1.0, 0.003, 0.02, 0.2, 0.3, 0.3];

/// Starting values by kind: how often its pairs reach each level. The data overrules them.
struct Starts {
    name: &'static [f64],
    birth: &'static [f64],
    sex: &'static [f64],
    parent: &'static [f64],
    commune: &'static [f64],
    ethnicity: &'static [f64],
    number: &'static [f64],
    phone: &'static [f64],
}

/// The same child.
const CHILD: Starts = Starts {
    name: &[0.93, 0.03, 0.01, 0.005, 0.02, 0.001, 0.002, 0.001, 0.001],
    birth: &[0.97, 0.005, 0.01, 0.003, 0.005, 0.003, 0.002, 0.001, 0.001],
    sex: &[0.995, 0.005],
    parent: &[
        0.93, 0.02, 0.01, 0.02, 0.015, 0.001, 0.001, 0.0005, 0.002, 0.0005,
    ],
    commune: &[0.94, 0.03, 0.03],
    ethnicity: &[0.99, 0.01],
    number: &[0.97, 0.005, 0.015, 0.008, 0.002],
    phone: &[0.8, 0.2],
};

/// Brothers and sisters.
const SIBLINGS: Starts = Starts {
    name: &[
        0.0003, 0.0001, 0.0002, 0.003, 0.003, 0.01, 0.03, 0.3, 0.6534,
    ],
    birth: &[
        0.015, 0.0005, 0.001, 0.002, 0.0005, 0.001, 0.003, 0.96, 0.017,
    ],
    sex: &[0.5, 0.5],
    parent: &[
        0.86, 0.03, 0.03, 0.03, 0.03, 0.003, 0.002, 0.001, 0.01, 0.004,
    ],
    commune: &[0.93, 0.03, 0.04],
    ethnicity: &[0.98, 0.02],
    number: &[0.0005, 0.006, 0.0005, 0.973, 0.02],
    phone: &[0.7, 0.3],
};

impl Starts {
    fn of(&self, what: What) -> Vec<f64> {
        match what {
            What::Name => self.name,
            What::Birth => self.birth,
            What::Sex => self.sex,
            What::Mother | What::Father => self.parent,
            What::Commune => self.commune,
            What::Ethnicity => self.ethnicity,
            What::Number => self.number,
            What::Phone => self.phone,
        }
        .to_vec()
    }
}

/// What learning thinks wrong of the same child, by comparison and level, in bits: that its birth dates are far apart, its parents different
/// (some homonyms and brothers get in among the same), that a number of another sex stands on both records (in fact one record's sex is
/// wrong more often than a brother's number was pasted). The likeliest over the made-up provinces, which agreed on them.
struct Corrections {
    name: [f64; 9],
    birth: [f64; 9],
    sex: [f64; 2],
    mother: [f64; 10],
    father: [f64; 10],
    commune: [f64; 3],
    ethnicity: [f64; 2],
    number: [f64; 5],
}

const CORRECTIONS: Corrections = Corrections {
    name: [1.9, -0.3, 0.3, 0.5, 1.8, 1.1, -0.6, -1.8, -2.3],
    birth: [3.0, 1.7, 1.3, 0.6, 1.3, 0.9, -1.3, -4.7, -1.6],
    sex: [0.2, -0.7],
    mother: [1.7, 1.6, 0.1, 1.0, 1.6, 0.6, -0.2, -1.5, -1.8, -0.6],
    father: [1.0, 0.0, 0.2, 0.1, 0.9, 0.6, -2.1, -0.9, -0.1, 0.0],
    commune: [1.2, -0.6, -0.6],
    ethnicity: [0.4, -0.6],
    number: [0.6, 3.0, 0.4, -3.0, -1.1],
};

/// The same for one list.
const CORRECTIONS_OF_DOUBLES: Corrections = Corrections {
    name: [2.2, 0.1, 0.0, -0.1, 1.5, 1.0, 0.1, -0.1, -1.1],
    birth: [1.2, -0.1, -0.8, 1.3, 0.3, 0.3, -1.4, -0.9, -0.4],
    sex: [0.0, 0.3],
    mother: [0.7, 0.7, 0.0, 0.0, 0.5, 0.1, 0.4, -0.8, -1.9, -0.7],
    father: [0.1, -0.1, 0.0, 0.0, 0.4, -0.3, -1.8, -1.0, 0.6, 0.0],
    commune: [0.9, 0.0, -0.9],
    ethnicity: [-1.1, -0.5],
    number: [-1.4, 3.0, 0.4, -3.0, -0.8],
};

fn corrections(two_lists: bool) -> Vec<Vec<f64>> {
    let of = if two_lists {
        CORRECTIONS
    } else {
        CORRECTIONS_OF_DOUBLES
    };
    COMPARED
        .iter()
        .map(|(what, _)| match what {
            What::Name => of.name.to_vec(),
            What::Birth => of.birth.to_vec(),
            What::Sex => of.sex.to_vec(),
            What::Mother => of.mother.to_vec(),
            What::Father => of.father.to_vec(),
            What::Commune => of.commune.to_vec(),
            What::Ethnicity => of.ethnicity.to_vec(),
            What::Number => of.number.to_vec(),
            What::Phone => Vec::new(),
        })
        .collect()
}

/// What evidence is worth in the end: names, parents and place of one record are often wrong together, so sums of bits promise too
/// much. By situation: a number is known of both records, or is not. The likeliest rising lines over fourteen made-up provinces of two
/// lists by four recipes (`bench/link/calibrate.py`), held against others that were not looked at.
const CALIBRATION: [[(f64, f64); 9]; 2] = [
    [
        (-8.0, -8.3),
        (-5.0, -6.7),
        (-2.5, -4.8),
        (0.0, -2.9),
        (2.5, -0.3),
        (5.0, 1.6),
        (8.0, 3.2),
        (12.0, 4.3),
        (20.0, 9.9),
    ],
    [
        (-8.0, -9.0),
        (-5.0, -6.6),
        (-2.5, -4.6),
        (0.0, -2.7),
        (2.5, -1.1),
        (5.0, 0.3),
        (8.0, 2.6),
        (12.0, 5.6),
        (20.0, 12.1),
    ],
];

/// The same for one list that is searched for doubles: a million children six times, by three recipes.
const CALIBRATION_OF_DOUBLES: [[(f64, f64); 9]; 2] = [
    [
        (-8.0, -6.1),
        (-5.0, -4.3),
        (-2.5, -2.0),
        (0.0, 0.6),
        (2.5, 2.0),
        (5.0, 3.1),
        (8.0, 3.7),
        (12.0, 5.2),
        (20.0, 11.0),
    ],
    [
        (-8.0, -4.9),
        (-5.0, -2.5),
        (-2.5, -0.5),
        (0.0, 1.8),
        (2.5, 3.5),
        (5.0, 4.7),
        (8.0, 6.1),
        (12.0, 10.4),
        (20.0, 14.2),
    ],
];

/// The model for these children; [`Children::count`] must have been called. One list is searched for doubles; of two, a child of
/// one is at most one child of the other.
pub fn model(children: &Children) -> Model<'_> {
    let grouping = if children.first_list().is_some() {
        Grouping::OneToOne
    } else {
        Grouping::Clusters
    };
    let comparisons = COMPARED.iter().map(|(what, _)| -> Box<dyn Comparison> {
        let named = words::levels(*what).into_iter().enumerate();
        let levels = named.map(|(at, label)| {
            if rare(*what).contains(&(at + 1)) {
                Level::rare(label)
            } else {
                Level::new(label)
            }
        });
        Box::new(Compared {
            children,
            what: *what,
            levels: levels.collect(),
        })
    });
    let place = |what: What| COMPARED.iter().position(|(other, _)| *other == what);
    let keys = Meeting::ALL.iter().map(|meeting| -> Box<dyn Key> {
        Box::new(MeetingKey {
            children,
            meeting: *meeting,
        })
    });
    Model {
        comparisons: comparisons.collect(),
        beside: COMPARED
            .iter()
            .map(|(_, beside)| beside.and_then(place))
            .collect(),
        kinds: kinds(children),
        keys: keys.collect(),
        grouping,
        apart: place(What::Number),
        corrections: corrections(children.first_list().is_some()),
        calibration: if children.first_list().is_some() {
            CALIBRATION.map(Vec::from)
        } else {
            CALIBRATION_OF_DOUBLES.map(Vec::from)
        },
    }
}

fn kinds(children: &Children) -> Vec<Kind> {
    let records = children.len().max(2) as f64;
    let first = children
        .first_list()
        .map_or(records, |first| first.max(1) as f64);
    let all = if children.first_list().is_some() {
        first * (records - first).max(1.0)
    } else {
        records * records / 2.0
    };
    let smaller = if children.first_list().is_some() {
        first.min(records - first)
    } else {
        records
    };
    let starts = |starts: &Starts| {
        COMPARED
            .iter()
            .map(|(what, _)| starts.of(*what))
            .collect::<Vec<_>>()
    };
    let only = |some: &dyn Fn(What) -> Option<Vec<f64>>| {
        COMPARED
            .iter()
            .map(|(what, _)| some(*what).unwrap_or_default())
            .collect::<Vec<_>>()
    };
    let set = |those: &[What]| {
        COMPARED
            .iter()
            .map(|(what, _)| those.contains(what))
            .collect::<Vec<_>>()
    };
    let number = |what: What| (what == What::Number).then(|| vec![1e-7, 1e-7, 1e-6, 0.99, 0.01]);
    let alike = |what: What| (what == What::Ethnicity).then(|| vec![0.99, 0.01]);
    let least = || {
        COMPARED
            .iter()
            .map(|(what, _)| {
                if matches!(what, What::Name | What::Mother | What::Father) {
                    LEAST.to_vec()
                } else {
                    Vec::new()
                }
            })
            .collect::<Vec<_>>()
    };
    let kind = |name: &str, pairs: f64| Kind {
        name: name.to_owned(),
        same: false,
        share: (pairs / all).clamp(1e-12, 0.99),
        shares: vec![true; COMPARED.len()],
        starts: Vec::new(),
        strength: 40.0,
        fixed: Vec::new(),
        least: Vec::new(),
        outside: false,
    };
    vec![
        Kind {
            same: true,
            starts: starts(&CHILD),
            ..kind("same child", smaller * 0.18)
        },
        Kind {
            shares: set(&[
                What::Mother,
                What::Father,
                What::Commune,
                What::Ethnicity,
                What::Phone,
            ]),
            starts: starts(&SIBLINGS),
            ..kind("siblings", smaller * 0.8)
        },
        Kind {
            shares: set(&[What::Ethnicity]),
            starts: only(&|what| number(what).or_else(|| alike(what))),
            outside: true,
            least: least(),
            ..kind("one people", all * 0.1)
        },
        Kind {
            shares: set(&[]),
            starts: only(&number),
            strength: 1.0,
            outside: true,
            least: least(),
            ..kind("any", all)
        },
    ]
}
