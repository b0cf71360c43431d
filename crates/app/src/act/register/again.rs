//! Checks a stored record again, as it stands or with fields as a person typed them, and says what an import of such a row would say.
//!
//! In: what a record says ([`State`]), its findings, typed fields; rules and the as-of day. Out: [`Judged`], or the [`Entry`]. A record with
//! the rules decides its findings; only those of many rows ([`said::ACROSS`]) are taken over from before.

pub mod said;

use super::record;
use crate::act::check::records::{Words, child_fields};
use crate::act::check::written::Written;
use crate::act::csv_line::Gathered;
use rustc_hash::FxHashMap;
use said::{Columns, Said, is_across};
use std::borrow::Cow;
use treem_child::cell::{Cell, Row};
use treem_child::check::across::RowKey;
use treem_child::check::rules::RuleSet;
use treem_child::check::{Measures, check};
use treem_child::field::Field;
use treem_child::finding::Finding;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::row::{Around, Context, RowReader};
use treem_child::normalise::unit::{self, Edition, Level, Unit, Unknown};
use treem_child::normalise::{Plan, PlanColumn};
use treem_child::record::{Child, PLAIN, PlaceSource, Residence};
use treem_child::rule::RuleId;
use treem_store::child::{Entry, Finding as Kept, State};

/// Fields of a record that are read as values, not as text.
const READ: [Field; 9] = [
    Field::Name,
    Field::Birth,
    Field::Sex,
    Field::Ethnicity,
    Field::Number,
    Field::Province,
    Field::District,
    Field::Commune,
    Field::Hamlet,
];

/// Fields that a person may type.
pub const FIELDS: usize = READ.len() + PLAIN.len();

/// The columns of the row that is made of a record: what is read, and what is text.
const ROW: [Field; FIELDS] = {
    let mut row = [Field::Ignored; FIELDS];
    let mut at = 0;
    while at < FIELDS {
        row[at] = if at < READ.len() {
            READ[at]
        } else {
            PLAIN[at - READ.len()]
        };
        at += 1;
    }
    row
};
/// Fields that say where a child lives; typed ones are read, the others are as they are.
const PLACE: [Field; 6] = [
    Field::Province,
    Field::District,
    Field::Commune,
    Field::Hamlet,
    Field::Address,
    Field::AddressCurrent,
];
/// Fields whose cell is read where the record's field holds nothing: it may have been no value.
const READ_RAW: [Field; 5] = [
    Field::Name,
    Field::Birth,
    Field::Sex,
    Field::Ethnicity,
    Field::Number,
];

/// A field as a person typed it.
pub type Typed = (Field, String);

/// What the rules say of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// *identified* knows of other records with the number.
    pub measures: Measures,
    /// In the order of `findings.csv`.
    pub findings: Vec<Kept>,
}

/// Checks records again. One per thread: it remembers what its readers have read.
pub struct Again {
    rules: RuleSet,
    as_of: PartialDate,
    columns: Columns,
    /// The place of each column of the row among the columns of the record.
    places: [Option<usize>; FIELDS],
    /// The place of the ethnic group's own name.
    own: usize,
    /// By the day their edition is in force from.
    readers: FxHashMap<&'static str, RowReader>,
    line: Gathered,
    findings: Vec<Finding>,
}

impl Again {
    /// By these rules, on this day.
    pub fn new(rules: RuleSet, as_of: PartialDate) -> Self {
        let columns = Columns::new();
        let places = ROW.map(|field| {
            let known = columns.fields().iter().find(|(known, _)| *known == field);
            known.map(|(_, at)| *at)
        });
        Self {
            rules,
            as_of,
            own: columns.heads.at("ethnicity_own"),
            columns,
            places,
            readers: FxHashMap::default(),
            line: Gathered::default(),
            findings: Vec::new(),
        }
    }

    /// The rules.
    pub fn rules(&self) -> &RuleSet {
        &self.rules
    }

    /// By what a record is compared with others in the rules over many rows.
    pub fn key(&mut self, state: &State) -> RowKey {
        self.read((state, &[]), &[], false, |made, _| RowKey::of(made.child))
    }

    /// What the rules say of a record as it stands, and by what it is compared with others.
    pub fn judge_with_key(&mut self, state: &State, findings: &[Kept]) -> (Judged, RowKey) {
        self.read((state, findings), &[], false, |made, judged| {
            (judged, RowKey::of(made.child))
        })
    }

    /// What the rules say of a record as it stands. `findings`: those it has now, for the rules over many rows.
    pub fn judge(&mut self, state: &State, findings: &[Kept]) -> Judged {
        self.read((state, findings), &[], false, |_, judged| judged)
    }

    /// The record with fields as a person typed them; without, as an import of its row would give it. The life of the record
    /// (`state.state`) stays; id, source and import are for the caller to say.
    pub fn entry(&mut self, state: &State, findings: &[Kept], typed: &[Typed]) -> Entry {
        self.entry_said(state, findings, typed).0
    }

    /// The same, with the findings of its one row as the rules gave them, from which the sentences are made.
    pub fn entry_said(
        &mut self,
        state: &State,
        findings: &[Kept],
        typed: &[Typed],
    ) -> (Entry, Vec<Finding>) {
        self.read((state, findings), typed, true, |made, judged| {
            let (open, apart) = made.written.clone().into_json();
            made.line.clear();
            child_fields(made.line, made.child, made.edition);
            let heads = &made.columns.heads;
            let own = heads.children.len() - 2;
            let line = &*made.line;
            let column = |at: usize| match at {
                at if at == own => open.as_str(),
                at if at == own + 1 => apart.as_str(),
                at => at.checked_sub(FIRST).map_or("", |at| line.get(at)),
            };
            let more = [made.said.more[0].as_slice(), made.said.more[1].as_slice()];
            // `identified` knows already of others with the number.
            let measures = (judged.measures, false);
            let mut now = record::state(heads, column, more, measures, &state.edition);
            now.state.clone_from(&state.state);
            let entry = Entry {
                state: now,
                findings: judged.findings,
                ..Entry::default()
            };
            (entry, made.found.to_vec())
        })
    }

    /// Reads the record as a row and checks it. `whole`: what the record keeps beside its fields is asked for too.
    fn read<T>(
        &mut self,
        (state, findings): (&State, &[Kept]),
        typed: &[Typed],
        whole: bool,
        done: impl FnOnce(Made<'_, '_>, Judged) -> T,
    ) -> T {
        let mut said = Said::of(&self.columns, state, findings);
        for (field, _) in typed {
            said.written.forget(*field);
        }
        let edition = unit::edition(&state.edition);
        let context = Context {
            as_of: self.as_of,
            edition,
        };
        let reader = self
            .readers
            .entry(edition.from)
            .or_insert_with(|| RowReader::new(plan(), context));
        let home = Place::of(state, edition);
        let moves = home.is_read_anew(typed);
        if moves {
            said.written.place = None;
        }
        let cells: [Cell<'_>; FIELDS] = std::array::from_fn(|column| {
            let field = ROW.get(column).copied().unwrap_or(Field::Ignored);
            let place = self.places.get(column).copied().flatten();
            Cell::text(cell_of(field, (place, self.own), &said, (typed, moves)))
        });
        let row = Row {
            number: 1,
            hidden: false,
            cells: &cells,
        };
        let around = home.around(edition);
        let found = &mut self.findings;
        found.clear();
        let mut child = reader.read(&row, &around, found);
        let is_typed = |field: Field| typed.iter().any(|(typed, _)| *typed == field);
        // What has been repaired once needs no second repair; what was repaired then is known.
        found.retain(|finding| is_typed(finding.field));
        found.extend(said.written.notes.iter().filter_map(|note| {
            let mut finding = Finding::new(RuleId::from_code(&note.0)?, note.1, note.2.clone());
            finding.suggestion.clone_from(&note.3);
            Some(finding)
        }));
        if !moves {
            let read = std::mem::take(&mut child.residence);
            child.residence = home.residence(&self.columns, &said, read, &is_typed);
        }
        let notes = if whole { found.clone() } else { Vec::new() };
        let cell = |field: Field| {
            typed.iter().find(|(typed, _)| *typed == field).map_or_else(
                || said.written.cell(&child, field),
                |(_, text)| text.clone(),
            )
        };
        let measures = check(&child, &cell, context, &self.rules, found);
        if let Some(place) = said.written.place.clone()
            && let Some(finding) = found
                .iter_mut()
                .find(|finding| finding.rule == RuleId::PLACE_UNKNOWN)
        {
            finding.suggestion = Some(place).filter(|place| !place.is_empty());
        }
        let mut written = Written::default();
        if whole {
            let text = |field: Field| reader.decoded_text(&row, field).into_owned();
            written = Written::of(&child, &notes, found, &cell, &text);
            if said.written.place.is_some() {
                written.place.clone_from(&said.written.place);
            }
        }
        let judged = judged(&self.rules, measures, found, findings);
        let made = Made {
            child: &child,
            said: &said,
            written,
            found,
            line: &mut self.line,
            columns: &self.columns,
            edition,
        };
        done(made, judged)
    }
}

/// What reading a record again gives.
struct Made<'m, 'r> {
    child: &'m Child<'r>,
    said: &'m Said<'m>,
    written: Written,
    found: &'m [Finding],
    line: &'m mut Gathered,
    columns: &'m Columns,
    edition: &'static Edition,
}

/// The first column of a record after file, sheet and row.
const FIRST: usize = 3;

fn plan() -> Plan {
    Plan {
        columns: ROW
            .iter()
            .map(|field| PlanColumn {
                field: Some(*field),
                ..PlanColumn::default()
            })
            .collect(),
        date1904: false,
    }
}

/// What is to be read for a field; `place` is its column's, `own` that of the ethnic group's own name.
fn cell_of<'s>(
    field: Field,
    (place, own): (Option<usize>, usize),
    said: &'s Said<'_>,
    (typed, moves): (&'s [Typed], bool),
) -> &'s str {
    if let Some((_, text)) = typed.iter().find(|(typed, _)| *typed == field) {
        return text;
    }
    let column = place.map_or("", |at| said.column(at));
    let raw = || said.written.kept(field).unwrap_or("");
    if PLACE.contains(&field) {
        let is_typed = |field: Field| typed.iter().any(|(typed, _)| *typed == field);
        return match field {
            _ if !moves => "",
            Field::Province => "",
            Field::District if is_typed(Field::Commune) || is_typed(Field::Province) => "",
            Field::Commune if column.is_empty() => raw(),
            _ => column,
        };
    }
    if let Some(text) = said.written.text.get(&field) {
        return text;
    }
    let column = match field {
        Field::Ethnicity if !said.column(own).is_empty() => said.column(own),
        _ => column,
    };
    if column.is_empty() && READ_RAW.contains(&field) {
        raw()
    } else {
        column
    }
}

/// Where a record says the child lives.
struct Place {
    commune: Option<&'static Unit>,
    district: Option<&'static Unit>,
}

impl Place {
    fn of(state: &State, edition: &'static Edition) -> Self {
        let unit = state.unit.as_deref().and_then(|code| edition.by_code(code));
        let commune = unit.filter(|unit| unit.level() == Level::Commune);
        Self {
            commune,
            district: match commune {
                Some(commune) => edition.district_of(commune),
                None => unit.filter(|unit| unit.level() == Level::District),
            },
        }
    }

    /// True where what was typed says another commune, or may say one where none is known.
    fn is_read_anew(&self, typed: &[Typed]) -> bool {
        typed.iter().any(|(field, _)| match field {
            Field::Province | Field::District | Field::Commune => true,
            Field::Address | Field::AddressCurrent => self.commune.is_none(),
            _ => false,
        })
    }

    /// The present district and province, for a commune that is typed alone.
    fn around(&self, edition: &'static Edition) -> Around {
        let province = self
            .commune
            .or(self.district)
            .and_then(|unit| edition.province_of(unit))
            .filter(|province| edition.home() != Some(*province));
        Around {
            district: self.district,
            province,
            ..Around::default()
        }
    }

    /// The residence as the record has it, but for what was typed.
    fn residence<'r>(
        &self,
        columns: &Columns,
        said: &'r Said<'_>,
        read: Residence<'r>,
        is_typed: &dyn Fn(Field) -> bool,
    ) -> Residence<'r> {
        let as_it_was = |field: Field, typed: Cow<'r, str>| {
            if is_typed(field) {
                typed
            } else {
                Cow::Borrowed(said.column(columns.place(field)))
            }
        };
        let unknown = said.written.place.as_ref().map(|_| Unknown::NotInList);
        Residence {
            unit: self.commune,
            source: PlaceSource::Row,
            unknown: unknown.filter(|_| self.commune.is_none()),
            district: self.district.filter(|_| self.commune.is_none()),
            hamlet: as_it_was(Field::Hamlet, read.hamlet),
            address: as_it_was(Field::Address, read.address),
            current: as_it_was(Field::AddressCurrent, read.current),
        }
    }
}

/// The findings as the register keeps them, with those of many rows that the record had before.
fn judged(
    rules: &RuleSet,
    mut measures: Measures,
    found: &mut [Finding],
    before: &[Kept],
) -> Judged {
    let words = Words { rules };
    words.sort(found);
    let mut findings: Vec<Kept> = found
        .iter()
        .map(|finding| {
            let suggestion = finding.suggestion.as_deref();
            let group = rules.group(finding.rule);
            record::finding(
                (
                    words.code(finding),
                    finding.field.code(),
                    group.map(|group| i64::from(group.number())),
                ),
                rules.severity(finding.rule).code(),
                (
                    &finding.raw,
                    suggestion.unwrap_or(""),
                    finding.safe && suggestion.is_some(),
                ),
            )
        })
        .collect();
    let own = findings.len();
    for kept in before.iter().filter(|kept| is_across(&kept.rule)) {
        let Some(rule) = RuleId::from_code(&kept.rule).filter(|rule| rules.is_on(*rule)) else {
            continue;
        };
        if rule == RuleId::ID_SHARED {
            measures.identified = false;
        }
        findings.push(Kept {
            list: rules.group(rule).map(|group| i64::from(group.number())),
            severity: rules.severity(rule).code().to_owned(),
            ..kept.clone()
        });
    }
    if findings.len() > own {
        findings.sort_by(|left, right| left.rule.cmp(&right.rule));
    }
    Judged { measures, findings }
}

#[cfg(test)]
mod tests;
