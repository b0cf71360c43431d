//! From what was typed to entries of the book, as a row of a list becomes one.
//!
//! In: a [`Household`]. Out: [`Made`]: each child's entry with its findings in words, whom it may be, and what must be settled first.

mod told;

use super::super::across::Others;
use super::super::again::{Again, Typed};
use super::super::import::columns::Places;
use super::super::{Done, Failed, fields};
use super::guard::{self, MayBe};
use super::{Answer, Asked, Household, Row, Texts};
use crate::act::units;
use crate::limits;
use crate::shown::birth;
use std::collections::BTreeMap;
use treem_child::check::rules::RuleSet;
use treem_child::field::Field;
use treem_child::finding::Finding;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit::{Edition, Level, Unit};
use treem_child::rule::RuleId;
use treem_store::Tx;
use treem_store::child::{ACTIVE, Entry, State};

/// Fields of a child's row, in the order in which they are typed.
pub const OF_CHILD: [Field; 6] = [
    Field::Name,
    Field::Birth,
    Field::Sex,
    Field::Ethnicity,
    Field::Number,
    Field::BirthRegistration,
];
/// The cares of a household: the state of a parent, and whose it is.
const STATES: [(&str, Field); 3] = [
    ("father_state", Field::Father),
    ("mother_state", Field::Mother),
    ("guardian_state", Field::Guardian),
];
/// Where the household lives: chosen, not read.
const PLACES: [Field; 3] = [Field::Province, Field::District, Field::Commune];

/// What was typed, field by field.
pub struct Typing {
    /// The commune, where it is known.
    pub(super) unit: Option<&'static Unit>,
    /// Why it is not, in one sentence.
    no_unit: String,
    /// What holds for all children.
    common: Vec<Typed>,
    /// The rows that say something, each with its number from 1.
    rows: Vec<One>,
}

/// A row.
struct One {
    row: usize,
    own: Vec<Typed>,
    answers: BTreeMap<String, Answer>,
}

fn field(name: &str) -> Done<Field> {
    fields::by_name(name).ok_or_else(|| {
        Failed::Refused(format!(
            "không có trường “{}”; xem tên các trường trong docs/entry.md.",
            units::quoted(name)
        ))
    })
}

fn read(texts: &Texts) -> Done<Vec<Typed>> {
    let mut out: Vec<Typed> = Vec::new();
    for (name, text) in texts {
        if STATES.iter().any(|(state, _)| state == name) {
            continue;
        }
        if text.len() > limits::TYPED_BYTES {
            return Err(Failed::Refused(format!(
                "trường “{}” dài quá {} ký tự; hãy ghi ngắn lại.",
                units::quoted(name),
                limits::TYPED_BYTES
            )));
        }
        let (field, text) = (field(name)?, text.trim());
        if !text.is_empty() && field != Field::Id {
            out.push((field, text.to_owned()));
        }
    }
    Ok(out)
}

/// Sex by one key.
fn by_one_key(field: Field, text: &str) -> &str {
    match (field, text) {
        (Field::Sex, "1" | "m" | "M") => "Nam",
        (Field::Sex, "2" | "n" | "N") => "Nữ",
        _ => text,
    }
}

/// A parent's words with the state that was chosen, as a list writes it.
fn with_state(state: &str, name: &str) -> Option<String> {
    match (state, name.is_empty()) {
        ("unknown", _) => Some("Không rõ".to_owned()),
        ("dead", false) => Some(format!("{name} (đã mất)")),
        ("away", false) => Some(format!("{name} (bỏ đi)")),
        _ => None,
    }
}

/// Reads the names of fields and the commune.
///
/// # Errors
/// A sentence: a field nobody knows, or too much.
pub fn typing(household: &Household, edition: &'static Edition) -> Done<Typing> {
    if household.children.len() > limits::HOUSEHOLD {
        return Err(Failed::Refused(format!(
            "một hộ có {} dòng trẻ; mỗi lần chỉ nhập được {} dòng.",
            household.children.len(),
            limits::HOUSEHOLD
        )));
    }
    let mut common = read(&household.household)?;
    for (name, whose) in STATES {
        let state = household.household.get(name).map_or("", String::as_str);
        let place = common.iter().position(|(field, _)| *field == whose);
        let name = place
            .and_then(|at| common.get(at))
            .map_or("", |(_, text)| text.as_str());
        if let Some(words) = with_state(state, name) {
            common.retain(|(field, _)| *field != whose);
            common.push((whose, words));
        }
    }
    let commune = common
        .iter()
        .find(|(field, _)| *field == Field::Commune)
        .map_or("", |(_, text)| text.as_str());
    let found = if commune.is_empty() {
        Err("Chưa chọn xã, phường nơi hộ ở.".to_owned())
    } else {
        units::area(edition, commune).and_then(|unit| {
            if unit.level() == Level::Commune {
                Ok(unit)
            } else {
                Err(format!("{} không phải một xã, phường.", unit.name))
            }
        })
    };
    common.retain(|(field, _)| !PLACES.contains(field));
    let mut rows = Vec::new();
    for (row, Row { answers, fields }) in (1..).zip(&household.children) {
        let mut own = read(fields)?;
        own.retain(|(field, _)| !PLACES.contains(field));
        if !own.is_empty() {
            rows.push(One {
                row,
                own,
                answers: answers.clone(),
            });
        }
    }
    let no_unit = found.as_ref().err().cloned().unwrap_or_default();
    Ok(Typing {
        unit: found.ok(),
        no_unit,
        common,
        rows,
    })
}

/// By what is judged.
pub struct By {
    rules: RuleSet,
    as_of: PartialDate,
    pub(super) edition: &'static Edition,
}

/// A household as it will be.
pub struct Made {
    pub(super) unit: Option<&'static Unit>,
    no_unit: String,
    common: Vec<Typed>,
    pub(super) rows: Vec<Making>,
}

/// A child as it will be.
pub struct Making {
    pub(super) row: usize,
    own: Vec<Typed>,
    /// All that is typed of it.
    pub(super) typed: Vec<Typed>,
    /// Its entry, without an id.
    pub(super) entry: Entry,
    found: Vec<Finding>,
    pub(super) may_be: Vec<MayBe>,
}

impl By {
    /// The rules of the book, on the asked day.
    pub fn new(rules: RuleSet, asked: &Asked) -> Self {
        Self {
            rules,
            as_of: asked.as_of,
            edition: asked.edition,
        }
    }

    /// Checks records of these rules again.
    pub fn again(&self) -> Again {
        Again::new(self.rules.clone(), self.as_of)
    }

    /// Makes the entries of a household.
    pub async fn make(&self, tx: &mut Tx, book: &str, typing: &Typing) -> Done<Made> {
        let mut again = self.again();
        let mut places = Places::new(self.edition);
        let empty = State {
            state: ACTIVE.to_owned(),
            edition: self.edition.from.to_owned(),
            unit: typing.unit.map(|unit| unit.code.to_owned()),
            record: "{}".to_owned(),
            sensitive: "{}".to_owned(),
            ..State::default()
        };
        let mut rows = Vec::new();
        for one in &typing.rows {
            let typed = merged(&typing.common, &one.own);
            let (entry, mut found) = again.entry_said(&empty, &[], &typed);
            let others = Others::of(tx, &mut again, book, ("", &entry.state)).await?;
            let kept = others.findings(&self.rules, &entry.state, &entry.findings);
            let (mut entry, _) = again.entry_said(&empty, &kept, &typed);
            found.extend(shared(&entry, &others));
            "entry".clone_into(&mut entry.source);
            let mut may_be = guard::may_be(tx, &mut again, (book, &mut places), &entry).await?;
            for candidate in &mut may_be {
                candidate.answer = one.answers.get(&candidate.child).copied();
            }
            rows.push(Making {
                row: one.row,
                own: one.own.clone(),
                typed,
                entry,
                found,
                may_be,
            });
        }
        Ok(Made {
            unit: typing.unit,
            no_unit: typing.no_unit.clone(),
            common: typing.common.clone(),
            rows,
        })
    }
}

/// What is typed of a child: its own, and what the household says where the child says nothing.
fn merged(common: &[Typed], own: &[Typed]) -> Vec<Typed> {
    let says = |field: Field| own.iter().any(|(known, _)| *known == field);
    own.iter()
        .chain(common.iter().filter(|(field, _)| !says(*field)))
        .map(|(field, text)| (*field, by_one_key(*field, text).to_owned()))
        .collect()
}

/// The findings over many rows, in words: with whom of the book.
fn shared(entry: &Entry, others: &Others) -> Vec<Finding> {
    let names = |children: &[treem_store::child::Child]| {
        let names: Vec<String> = children
            .iter()
            .take(3)
            .map(|child| {
                let record: serde_json::Value =
                    serde_json::from_str(&child.now.record).unwrap_or_default();
                let name = record.get("name").and_then(serde_json::Value::as_str);
                format!("{}, sinh {}", name.unwrap_or(""), birth(&child.now.birth))
            })
            .collect();
        names.join("; ")
    };
    entry
        .findings
        .iter()
        .filter_map(|kept| match RuleId::from_code(&kept.rule)? {
            rule if rule == RuleId::ID_SHARED => Some(
                Finding::new(rule, Field::Number, kept.raw.as_str()).detail(names(&others.holders)),
            ),
            rule if rule == RuleId::CHILD_DUPLICATE => Some(
                Finding::new(rule, Field::Name, "")
                    .detail("cha hoặc mẹ")
                    .detail(names(&others.twins)),
            ),
            _ => None,
        })
        .collect()
}
