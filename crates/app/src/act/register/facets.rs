//! *Danh sách*: how many children have what to be put right, by rule, group, weight, unit, hamlet and person, and the children page by page.
//!
//! In: a [`Filter`]. Out: [`Facets`], [`Page`]. A count of one kind is under the filters of all other kinds, so that each figure is what a
//! click on it shows. Pages go by name and id; the cursor is the last child's id alone.

pub mod rows;
pub mod scope;

use super::proposal::title;
use super::{Desk, Done, rules, unit_name, wait};
use crate::access::Deed;
use scope::Scope;
use std::collections::BTreeMap;
use treem_child::check::rules::RuleSet;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit::{Edition, Unit};
use treem_store::Tx;
use treem_store::work::{Counts, Whole};

/// Which children.
#[derive(Clone)]
pub struct Filter {
    /// A unit with all below it.
    pub area: Option<(&'static Edition, &'static Unit)>,
    /// One unit of it: edition and code.
    pub unit: Option<(String, String)>,
    /// A rule, by its code.
    pub rule: Option<String>,
    /// Errors of a group, 1 to 5.
    pub group: Option<i64>,
    /// `error` or `warning`.
    pub severity: Option<String>,
    /// A hamlet of the unit; empty: where none is known.
    pub hamlet: Option<String>,
    /// Who brought the record or changed it last.
    pub who: Option<String>,
    /// Children count from birth to the day before the 16th birthday.
    pub as_of: PartialDate,
}

impl Filter {
    /// All children of an area with something to be put right.
    pub fn all(area: Option<(&'static Edition, &'static Unit)>, as_of: PartialDate) -> Self {
        Self {
            area,
            unit: None,
            rule: None,
            group: None,
            severity: None,
            hamlet: None,
            who: None,
            as_of,
        }
    }
}

/// A count of a kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Count {
    /// Code of the rule, number of the group, `error` or `warning`, the hamlet, the person; of a unit edition and code with a stroke
    /// between.
    pub key: String,
    /// What a person reads.
    pub label: String,
    /// Children.
    pub children: i64,
}

/// How many children have what to be put right.
#[derive(Debug, Default, serde::Serialize)]
pub struct Facets {
    /// Children under all filters.
    pub children: i64,
    /// By rule, the most first.
    pub rules: Vec<Count>,
    /// By group of the letter, 1 to 5.
    pub groups: Vec<Count>,
    /// By weight.
    pub severities: Vec<Count>,
    /// By unit, in the order of the codes.
    pub units: Vec<Count>,
    /// By hamlet, where one unit is looked at.
    pub hamlets: Vec<Count>,
    /// By who brought the record or changed it last, the most first.
    pub people: Vec<Count>,
}

/// Counts.
///
/// # Errors
/// The register cannot be used.
pub fn run(desk: &Desk, filter: &Filter) -> Done<Facets> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let set = rules::in_force(&mut tx, &open.book.register).await?;
        desk.must_somewhere(Deed::See)?;
        let scope = Scope::of(&open.book, filter.area, &desk.area(Deed::See));
        let all = Figures::of(&mut tx, &open.book.register, &scope, filter).await?;
        let own = match &filter.unit {
            Some((edition, unit)) if scope.is_whole() && scope.holds(edition, unit) => {
                let one = Scope::Units(vec![(edition.clone(), unit.clone())]);
                Some(Figures::of(&mut tx, &open.book.register, &one, filter).await?)
            }
            _ => None,
        };
        Ok(facets(filter, &set, &all, own.as_ref().unwrap_or(&all)))
    })
}

/// What the store counts.
struct Figures {
    /// Of the whole book: no hamlets.
    is_book: bool,
    counts: Vec<Counts>,
    whole: Vec<Whole>,
}

impl Figures {
    async fn of(tx: &mut Tx, book: &str, scope: &Scope, filter: &Filter) -> Done<Self> {
        let day = filter.as_of.to_string();
        let mut out = Self {
            is_book: scope.is_whole(),
            counts: Vec::new(),
            whole: Vec::new(),
        };
        for unit in scope.questions() {
            let counted = tx.work_counts(book, &day, unit).await?;
            out.counts.extend(counted.rules);
            out.whole.extend(counted.whole);
        }
        out.counts
            .retain(|one| scope.holds(&one.edition, &one.unit));
        out.whole.retain(|one| scope.holds(&one.edition, &one.unit));
        Ok(out)
    }
}

/// Where and by whom a count is.
struct At<'a> {
    edition: &'a str,
    unit: &'a str,
    hamlet: &'a str,
    who: &'a str,
}

/// A filter that is left out while its own kind is counted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum But {
    Nothing,
    Unit,
    Hamlet,
    Who,
}

impl Filter {
    fn takes(&self, at: &At<'_>, but: But) -> bool {
        let unit = self
            .unit
            .as_ref()
            .is_none_or(|(edition, unit)| edition == at.edition && unit == at.unit);
        (but == But::Unit || unit)
            && (matches!(but, But::Unit | But::Hamlet)
                || self.hamlet.as_ref().is_none_or(|one| one == at.hamlet))
            && (but == But::Who || self.who.as_ref().is_none_or(|one| one == at.who))
    }

    /// Children under the rule, group or weight that is asked for, at each place.
    fn chosen<'f>(&self, figures: &'f Figures) -> Vec<(At<'f>, i64)> {
        if let Some(rule) = &self.rule {
            let of = figures.counts.iter().filter(|one| one.rule == *rule);
            return of.map(|one| (of_counts(one), one.children)).collect();
        }
        let count = |one: &Whole| match (self.group, self.severity.as_deref()) {
            (Some(group), _) => one.of_group(group),
            (None, Some("error")) => one.errors(),
            (None, Some("warning")) => one.warnings(),
            _ => one.children,
        };
        let whole = figures.whole.iter();
        whole.map(|one| (of_whole(one), count(one))).collect()
    }
}

fn of_counts(one: &Counts) -> At<'_> {
    At {
        edition: &one.edition,
        unit: &one.unit,
        hamlet: &one.hamlet,
        who: &one.who,
    }
}

fn of_whole(one: &Whole) -> At<'_> {
    At {
        edition: &one.edition,
        unit: &one.unit,
        hamlet: &one.hamlet,
        who: &one.who,
    }
}

/// What the groups are called.
pub const GROUPS: [&str; 5] = [
    "Chưa có mã định danh",
    "Sai định dạng số",
    "Thiếu hoặc sai thông tin cơ bản",
    "Số mâu thuẫn với thông tin",
    "Nghi trùng",
];

/// `all`: of the whole area, for the units; `own`: of the unit that is looked at.
fn facets(filter: &Filter, set: &RuleSet, all: &Figures, own: &Figures) -> Facets {
    let mut rules: BTreeMap<&str, i64> = BTreeMap::new();
    for one in &own.counts {
        if filter.takes(&of_counts(one), But::Nothing) {
            *rules.entry(&one.rule).or_default() += one.children;
        }
    }
    let taken = || {
        let whole = own.whole.iter();
        whole.filter(|one| filter.takes(&of_whole(one), But::Nothing))
    };
    let groups = (1_i64..).zip(GROUPS).map(|(group, label)| Count {
        key: group.to_string(),
        label: label.to_owned(),
        children: taken().map(|one| one.of_group(group)).sum(),
    });
    let weight = |key: &str, label: &str, children: i64| Count {
        key: key.to_owned(),
        label: label.to_owned(),
        children,
    };
    let by = |figures: &Figures, but: But, key: &dyn Fn(&At<'_>) -> (String, String)| {
        let mut out: BTreeMap<(String, String), i64> = BTreeMap::new();
        for (at, children) in filter.chosen(figures) {
            if filter.takes(&at, but) && children > 0 {
                *out.entry(key(&at)).or_default() += children;
            }
        }
        out.into_iter()
            .map(|((key, label), children)| Count {
                key,
                label,
                children,
            })
            .collect::<Vec<Count>>()
    };
    let named = |text: &str, none: &str| {
        let label = if text.is_empty() { none } else { text };
        (text.to_owned(), label.to_owned())
    };
    let chosen = filter.chosen(own);
    let here = chosen
        .iter()
        .filter(|(at, _)| filter.takes(at, But::Nothing));
    let is_one = filter.unit.is_some()
        || all
            .whole
            .first()
            .is_some_and(|first| !all.is_book && all.whole.iter().all(|one| is_at(one, first)));
    Facets {
        children: here.map(|(_, children)| children).sum(),
        rules: most_first(
            rules
                .into_iter()
                .map(|(rule, children)| Count {
                    key: rule.to_owned(),
                    label: title(set, rule),
                    children,
                })
                .collect(),
        ),
        groups: groups.filter(|one| one.children > 0).collect(),
        severities: [
            weight("error", "Lỗi", taken().map(Whole::errors).sum()),
            weight("warning", "Cảnh báo", taken().map(Whole::warnings).sum()),
        ]
        .into_iter()
        .filter(|one| one.children > 0)
        .collect(),
        units: by(all, But::Unit, &|at| {
            let name = unit_name(at.edition, at.unit);
            let label = if name.is_empty() {
                "Chưa rõ xã".to_owned()
            } else {
                name
            };
            (format!("{}/{}", at.edition, at.unit), label)
        }),
        hamlets: if is_one {
            by(own, But::Hamlet, &|at| named(at.hamlet, "Chưa rõ thôn"))
        } else {
            Vec::new()
        },
        people: most_first(by(own, But::Who, &|at| named(at.who, "Không rõ"))),
    }
}

fn is_at(one: &Whole, other: &Whole) -> bool {
    one.edition == other.edition && one.unit == other.unit
}

fn most_first(mut counts: Vec<Count>) -> Vec<Count> {
    counts.sort_by(|one, other| (other.children, &one.label).cmp(&(one.children, &other.label)));
    counts
}
