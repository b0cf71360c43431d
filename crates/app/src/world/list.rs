//! The list of a commune: the children whom the register has not, with their faults, and rows that repeat somebody.
//!
//! In: the plan and a commune. Out: [`List`]: rows in the state in which the list holds them, the truth of each, the layout.

mod many;

use super::dice::Dice;
use super::fault::{Habits, plant};
use super::layout::{Layout, of, project};
use super::people::{People, Where};
use super::plan::{Commune, Plan};
use super::repeat::{Agrees, again};
use super::truth::{Rules, of_row, sound};
use super::written::{Birth, Is, NameIs, Repeat, Said, Text, Written};
pub(super) use many::together;
use many::{heaped, shared};
use treem_child::normalise::unit::predecessors;

/// A row of a list.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// What it says.
    pub written: Written<'a>,
    /// What it must show.
    pub rules: Rules,
    /// True where something was spoilt: such a row is not repeated.
    spoilt: bool,
}

/// A repeated row, seen from the row it repeats.
#[derive(Clone, Debug)]
pub struct Echo<'a> {
    /// Which row.
    pub of: Repeat,
    /// The row again, as the other list holds it.
    row: Written<'a>,
    agrees: Agrees,
}

/// A list.
#[derive(Debug)]
pub struct List<'a> {
    /// How it looks.
    pub layout: &'static Layout,
    /// Its rows.
    pub rows: Vec<Row<'a>>,
}

/// Settings of all lists.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Only text files.
    pub text: bool,
}

/// The layout of a commune's list.
pub fn layout_of(commune: &Commune, options: Options) -> &'static Layout {
    of(commune.slot, options.text)
}

fn is_hill(commune: &Commune) -> bool {
    let all: u32 = commune.groups.iter().map(|(_, share)| share).sum();
    let hill: u32 = commune
        .groups
        .iter()
        .filter(|(group, _)| group.is_hill())
        .map(|(_, share)| share)
        .sum();
    hill * 2 > all
}

/// The rows of the children whom only the list has, before anything is repeated.
fn base<'a>(
    plan: &Plan,
    commune: &'a Commune,
    people: &'a People,
    options: Options,
) -> Vec<Row<'a>> {
    let mut dice = Dice::new(plan.seed, &[3, u64::from(commune.index)]);
    let layout = layout_of(commune, options);
    let habits = Habits {
        hill: is_hill(commune),
        numberless: 200 + dice.below(200),
        communes: layout.has(super::layout::Extra::Commune),
        as_of: plan.as_of,
    };
    let columns = layout.columns();
    let old_names = former_names(plan, commune);
    let heaps = habits.hill && commune.index % 4 == 2;
    let mut rows: Vec<Row<'a>> = Vec::with_capacity(commune.missing() as usize);
    let mut before: Option<(usize, Text<'a>)> = None;
    for (at, child) in people.children.iter().enumerate() {
        if child.place != Where::List {
            continue;
        }
        let Some(mut written) = Written::of(people, commune, at) else {
            continue;
        };
        let has_number = !written.number.is_empty();
        let mut spoilt = plant(&mut dice, &mut written, habits, &old_names);
        // Who does not know the day writes the first of January, in some communes more than elsewhere.
        if heaps
            && !spoilt
            && dice.chance(50)
            && let Birth::Day(born) = written.birth
            && born.year() > plan.as_of.year() - 16
            && let Ok(first) = born.with().month(1).day(1).build()
        {
            written.birth = Birth::Day(first);
            spoilt = true;
        }
        // The number of a brother or sister pasted down.
        if let Some((household, number)) = &before
            && *household == child.household
            && has_number
            && !spoilt
            && dice.chance(if habits.hill { 25 } else { 12 })
        {
            written.number.clone_from(number);
            spoilt = true;
            if let Some(source) = rows.last_mut() {
                source.spoilt = true;
            }
        }
        before = sound(&written.number).map(|_| (child.household, written.number.clone()));
        project(layout, &mut written);
        rows.push(Row {
            rules: of_row(&written, columns, plan.as_of),
            spoilt,
            written,
        });
    }
    rows
}

/// Names of communes that were merged into this one and that no commune of the country bears today in its district: people go
/// on writing them.
fn former_names(plan: &Plan, commune: &Commune) -> Vec<&'static str> {
    let mut names: Vec<&'static str> = predecessors(commune.unit.code, plan.edition.from, BEFORE)
        .into_iter()
        .filter(|kin| kin.unit.short != commune.unit.short)
        .map(|kin| kin.unit.name)
        .collect();
    let living = |name: &&'static str| {
        plan.edition
            .communes_of(commune.district)
            .any(|unit| unit.name == *name || name.ends_with(unit.short))
    };
    names.retain(|name| !living(name));
    names.dedup();
    names
}

/// A day of the edition before that of the letter.
const BEFORE: &str = "2019-12-31";

impl<'a> List<'a> {
    /// The list of a commune. `neighbour` is the commune before it with its people, where the plan says that its children are
    /// repeated here.
    pub fn of(
        plan: &Plan,
        commune: &'a Commune,
        people: &'a People,
        neighbour: Option<(&'a Commune, &'a People)>,
        options: Options,
    ) -> Self {
        let layout = layout_of(commune, options);
        let mut rows = base(plan, commune, people, options);
        let mut echoes = echoes(plan, commune, &rows, people, options);
        let theirs = neighbour.map_or_else(Vec::new, |(other, others)| {
            base(plan, other, others, options)
        });
        if let Some((other, _)) = neighbour {
            echoes.extend(neighbour_echoes(plan, other, commune, &theirs, options));
        }
        let mut dice = Dice::new(plan.seed, &[4, u64::from(commune.index)]);
        let columns = layout.columns();
        let their_columns =
            neighbour.map_or(columns, |(other, _)| layout_of(other, options).columns());
        for echo in echoes {
            let mut written = echo.row;
            if matches!(echo.of, Repeat::Neighbour(_)) {
                let place = written.hamlet_place % people.hamlets.len().max(1);
                written.hamlet_place = place;
                written.hamlet = Said::known(people.hamlets.get(place).map_or("", String::as_str));
                project(layout, &mut written);
            }
            let mut row = Row {
                rules: of_row(&written, columns, plan.as_of),
                spoilt: true,
                written,
            };
            match echo.of {
                Repeat::List(at) => {
                    if let Some(first) = rows.get_mut(at) {
                        together(
                            &mut first.rules,
                            &first.written,
                            &mut row.rules,
                            &row.written,
                            (echo.agrees, columns),
                        );
                    }
                }
                Repeat::Register(at) => {
                    if let Some(first) = Written::of(people, commune, at) {
                        together(
                            &mut Rules::default(),
                            &first,
                            &mut row.rules,
                            &row.written,
                            (echo.agrees, columns),
                        );
                    }
                }
                Repeat::Neighbour(at) => {
                    if let Some(first) = theirs.get(at) {
                        together(
                            &mut Rules::default(),
                            &first.written,
                            &mut row.rules,
                            &row.written,
                            (echo.agrees, columns.and(their_columns)),
                        );
                    }
                }
            }
            // Rows that are repeated keep their places: what is new stands behind them, somewhere.
            rows.push(row);
        }
        let from = commune.missing() as usize;
        // Repeats of children of the list stay behind; their order is chance.
        if let Some(tail) = rows.get_mut(from..) {
            dice.shuffle(tail);
        }
        // Our children whom the next commune's list repeats.
        if let Some(follower) = plan
            .follower(commune)
            .filter(|follower| follower.repeats.neighbour > 0)
        {
            for echo in neighbour_echoes(
                plan,
                commune,
                follower,
                rows.get(..from).unwrap_or(&[]),
                options,
            ) {
                if let Repeat::Neighbour(at) = echo.of
                    && let Some(first) = rows.get_mut(at)
                {
                    together(
                        &mut first.rules,
                        &first.written,
                        &mut Rules::default(),
                        &echo.row,
                        (
                            echo.agrees,
                            columns.and(layout_of(follower, options).columns()),
                        ),
                    );
                }
            }
        }
        shared(rows.iter_mut().map(|row| (&row.written, &mut row.rules)));
        heaped(&mut rows, layout);
        Self { layout, rows }
    }
}

/// Rows that this list repeats of its own children, and of children whom the register has.
fn echoes<'a>(
    plan: &Plan,
    commune: &'a Commune,
    rows: &[Row<'a>],
    people: &'a People,
    options: Options,
) -> Vec<Echo<'a>> {
    let mut dice = Dice::new(plan.seed, &[5, u64::from(commune.index)]);
    let layout = layout_of(commune, options);
    let mut out = Vec::new();
    for at in pick(&mut dice, rows.len(), commune.repeats.list, |at| {
        rows.get(at).is_some_and(can_be_repeated)
    }) {
        if let Some(row) = rows.get(at) {
            let mut again = row.written.clone();
            let agrees = write_again(&mut dice, &mut again, layout, people);
            again.repeats = Some(Repeat::List(at));
            out.push(Echo {
                of: Repeat::List(at),
                row: again,
                agrees,
            });
        }
    }
    let in_register = |at: usize| {
        people
            .children
            .get(at)
            .is_some_and(|child| child.place == Where::Register)
    };
    for at in pick(
        &mut dice,
        people.children.len(),
        commune.repeats.register,
        in_register,
    ) {
        if let Some(mut again) = Written::of(people, commune, at) {
            let agrees = write_again(&mut dice, &mut again, layout, people);
            again.repeats = Some(Repeat::Register(at));
            out.push(Echo {
                of: Repeat::Register(at),
                row: again,
                agrees,
            });
        }
    }
    out
}

/// What the list repeats of children whom the register has: both rows show it, where both are checked in one run.
pub fn register_echoes<'a>(
    plan: &Plan,
    commune: &'a Commune,
    people: &'a People,
    options: Options,
    records: &mut [super::register::Row<'a>],
) {
    if commune.repeats.register == 0 && commune.repeats.list == 0 {
        shared(
            records
                .iter_mut()
                .map(|record| (&record.written, &mut record.rules)),
        );
        return;
    }
    let rows = base(plan, commune, people, options);
    for echo in echoes(plan, commune, &rows, people, options) {
        if let Repeat::Register(at) = echo.of
            && let Ok(place) = records.binary_search_by_key(&at, |record| record.at)
            && let Some(record) = records.get_mut(place)
        {
            together(
                &mut record.rules,
                &record.written,
                &mut Rules::default(),
                &echo.row,
                (echo.agrees, layout_of(commune, options).columns()),
            );
        }
    }
    shared(
        records
            .iter_mut()
            .map(|record| (&record.written, &mut record.rules)),
    );
}

/// Rows of `commune` that the list of `into` repeats: the family has moved.
fn neighbour_echoes<'a>(
    plan: &Plan,
    commune: &'a Commune,
    into: &'a Commune,
    rows: &[Row<'a>],
    options: Options,
) -> Vec<Echo<'a>> {
    let mut dice = Dice::new(plan.seed, &[6, u64::from(into.index)]);
    let layout = layout_of(into, options);
    let mut out = Vec::new();
    let own: Vec<usize> = {
        // Whom the list of the commune itself repeats is not taken twice.
        let mut dice = Dice::new(plan.seed, &[5, u64::from(commune.index)]);
        pick(&mut dice, rows.len(), commune.repeats.list, |at| {
            rows.get(at).is_some_and(can_be_repeated)
        })
    };
    let free = |at: usize| rows.get(at).is_some_and(can_be_repeated) && !own.contains(&at);
    for at in pick(&mut dice, rows.len(), into.repeats.neighbour, free) {
        if let Some(row) = rows.get(at) {
            let mut again = row.written.clone();
            again.commune = Said::known(into.unit.name);
            again.street = Text::Borrowed("");
            again.household = format!("{}-{:04}", into.unit.code, 9_000 + out.len());
            let hamlets = (into.children / 190).clamp(2, 14);
            again.hamlet_place = dice.below(hamlets) as usize;
            again.hamlet = Said::known("");
            let agrees = write_again(&mut dice, &mut again, layout, &EMPTY);
            again.repeats = Some(Repeat::Neighbour(at));
            out.push(Echo {
                of: Repeat::Neighbour(at),
                row: again,
                agrees,
            });
        }
    }
    out
}

static EMPTY: People = People {
    hamlets: Vec::new(),
    households: Vec::new(),
    children: Vec::new(),
};

/// Writes a row again and puts it into the state of its list.
fn write_again(dice: &mut Dice, row: &mut Written<'_>, layout: &Layout, people: &People) -> Agrees {
    let agrees = again(dice, row);
    if !people.hamlets.is_empty() && dice.chance(300) {
        // In another hamlet than the first time.
        let place = dice.below(u32::try_from(people.hamlets.len()).unwrap_or(1)) as usize;
        row.hamlet_place = place;
        row.hamlet = Said::known(people.hamlets.get(place).cloned().unwrap_or_default());
    }
    project(layout, row);
    agrees
}

/// `count` different places of `0..len` that will do, in chance order of being found.
fn pick(dice: &mut Dice, len: usize, count: u32, will_do: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut out: Vec<usize> = Vec::new();
    let below = u32::try_from(len).unwrap_or(u32::MAX);
    for _ in 0..count.saturating_mul(60) {
        if out.len() == count as usize {
            break;
        }
        let at = dice.below(below) as usize;
        if will_do(at) && !out.contains(&at) {
            out.push(at);
        }
    }
    out
}

fn can_be_repeated(row: &Row<'_>) -> bool {
    let row_is_whole = row.written.name_is == NameIs::Good
        && matches!(row.written.birth, Birth::Day(_) | Birth::Turned(..))
        && row.written.sex.is == Is::Known;
    !row.spoilt && row_is_whole && row.written.mother.named
}
