//! *Danh sách*: facets on the left, children with what is wrong and what is proposed on the right.
//!
//! In: the filter as the address has it; names, numbers and searches never are in one. Out: the page. A person who is filtered by stands in
//! the address as a short hash, the cursor is an id.

pub mod cell;
pub mod disputes;
pub mod fix;
pub mod fixes;
pub mod moves;
pub mod then;

use super::answer::show;
use super::{Answer, Page, Person, State, shown};
use crate::access::Deed;
use crate::act::access::secret::hex;
use crate::act::register::facets::rows::{self, Row};
use crate::act::register::facets::{self, Count, Facets, Filter};
use crate::act::register::mass::OWN;
use crate::act::register::{Desk, Done, fields};
use askama::Template;
use axum::extract::State as Of;
use axum::response::Response;
use axum_extra::extract::{Form, Query};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use std::sync::Arc;
use treem_child::field::Field;
use treem_child::normalise::unit::in_running_text;

/// The filter as the address or a form has it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    rule: String,
    group: String,
    severity: String,
    /// Edition and code with a stroke between.
    unit: String,
    hamlet: Option<String>,
    /// A person's hash.
    who: String,
    /// The last child of the page before.
    after: String,
}

/// What a person is called in an address.
fn hash(name: &str) -> String {
    let digest = Sha256::digest(name.as_bytes());
    hex(digest.get(..6).unwrap_or_default())
}

impl Asked {
    /// As the act takes it.
    pub fn filter(&self, desk: &Desk) -> Done<Filter> {
        let some = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        let mut filter = Filter::all(None, shown::today(&desk.now));
        filter.rule = some(&self.rule);
        filter.group = self
            .group
            .parse()
            .ok()
            .filter(|group| (1..=5).contains(group));
        filter.severity = some(&self.severity);
        filter.unit = self
            .unit
            .split_once('/')
            .map(|(edition, unit)| (edition.to_owned(), unit.to_owned()));
        filter.hamlet = self.hamlet.clone().filter(|_| filter.unit.is_some());
        if !self.who.is_empty() {
            let people = facets::run(desk, &filter)?.people;
            let found = people.into_iter().find(|one| hash(&one.key) == self.who);
            // Who is not there has nothing.
            filter.who = Some(found.map_or_else(|| "\u{0}".to_owned(), |one| one.key));
        }
        Ok(filter)
    }

    /// Its parts that are filled in, without the cursor.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut out = vec![
            ("rule", self.rule.clone()),
            ("group", self.group.clone()),
            ("severity", self.severity.clone()),
            ("unit", self.unit.clone()),
            ("who", self.who.clone()),
        ];
        out.retain(|(_, value)| !value.is_empty());
        out.extend(self.hamlet.clone().map(|hamlet| ("hamlet", hamlet)));
        out
    }

    /// The address of the list.
    pub fn href(&self) -> String {
        href("/list", &self.pairs())
    }

    fn with(&self, kind: &str, key: &str) -> String {
        let mut other = Self {
            after: String::new(),
            ..self.clone()
        };
        let mut put = |slot: fn(&mut Self) -> &mut String| {
            let slot = slot(&mut other);
            if slot == key {
                slot.clear();
            } else {
                key.clone_into(slot);
            }
        };
        match kind {
            "rule" => {
                put(|asked| &mut asked.rule);
                other.group.clear();
                other.severity.clear();
            }
            "group" => {
                put(|asked| &mut asked.group);
                other.rule.clear();
                other.severity.clear();
            }
            "severity" => {
                put(|asked| &mut asked.severity);
                other.rule.clear();
                other.group.clear();
            }
            "unit" => {
                put(|asked| &mut asked.unit);
                other.hamlet = None;
            }
            "hamlet" => {
                let same = other.hamlet.as_deref() == Some(key);
                other.hamlet = (!same).then(|| key.to_owned());
            }
            _ => put(|asked| &mut asked.who),
        }
        other.href()
    }
}

/// An address with its parts.
fn href(path: &str, pairs: &[(&'static str, String)]) -> String {
    let parts: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{name}={}", shown::encoded(value)))
        .collect();
    if parts.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", parts.join("&"))
    }
}

/// A facet.
struct Facet {
    title: &'static str,
    choices: Vec<Choice>,
}

struct Choice {
    label: String,
    shown: String,
    href: String,
    chosen: bool,
}

/// A child as the list shows it.
pub struct Line {
    child: String,
    name: String,
    birth: String,
    sex: String,
    ethnicity: String,
    number: String,
    place: String,
    carer: String,
    /// The field that is edited in the row: that of the first finding, else the name.
    edits: &'static str,
    findings: Vec<Told>,
}

/// A finding as a page shows it.
#[derive(Clone)]
pub struct Told {
    /// Code of the rule.
    pub rule: String,
    /// What the rule looks for.
    pub title: String,
    /// The value as written.
    pub raw: String,
    /// An error, not a warning.
    pub is_error: bool,
    /// What is proposed; empty without.
    pub value: String,
    /// The field that is to say it.
    pub into: &'static str,
    /// What the button is called.
    pub verb: String,
    /// What speaks for what is proposed.
    pub evidence: String,
}

impl From<rows::Found> for Told {
    fn from(found: rows::Found) -> Self {
        let (value, into, verb) = match found.proposal {
            None => (String::new(), "", String::new()),
            Some(one) => {
                let verb = match (one.field.code() == found.field, found.raw.is_empty()) {
                    (true, true) => "Điền".to_owned(),
                    (true, false) => "Sửa thành".to_owned(),
                    (false, _) => format!("Sửa {} thành", in_running_text(one.label)),
                };
                (one.value, one.field.code(), verb)
            }
        };
        Self {
            rule: found.rule,
            title: found.title,
            raw: found.raw,
            is_error: found.severity == "error",
            value,
            into,
            verb,
            evidence: found.evidence,
        }
    }
}

impl From<Row> for Line {
    fn from(row: Row) -> Self {
        let place = [row.hamlet.as_str(), row.unit_name.as_str()];
        let place: Vec<&str> = place.into_iter().filter(|part| !part.is_empty()).collect();
        let field = row
            .findings
            .iter()
            .find_map(|found| fields::by_name(&found.field));
        Self {
            edits: field.unwrap_or(Field::Name).code(),
            birth: shown::birth(&row.birth),
            place: place.join(", "),
            ethnicity: row.ethnicity.unwrap_or_default(),
            findings: row.findings.into_iter().map(Told::from).collect(),
            child: row.child,
            name: row.name,
            sex: row.sex,
            number: row.number,
            carer: row.carer,
        }
    }
}

#[derive(Template)]
#[template(path = "list.html")]
struct List {
    page: Page,
    is_filtered: bool,
    facets: Vec<Facet>,
    heading: String,
    empty: &'static str,
    rows: Vec<Line>,
    hidden: Vec<(&'static str, String)>,
    sensitive: bool,
    may_sensitive: bool,
    may_fix: bool,
    may_draw: bool,
    can_bulk: bool,
    count: String,
    fields: Vec<(&'static str, &'static str)>,
    next: String,
    then: String,
}

/// Fields one value may be written into for many, in the order of the record.
pub fn bulk_fields() -> Vec<(&'static str, &'static str)> {
    Field::ALL
        .iter()
        .filter(|field| !OWN.contains(field) && fields::by_name(field.code()) == Some(**field))
        .map(|field| (field.code(), field.label()))
        .collect()
}

/// The list.
pub async fn show_page(
    Of(state): Of<Arc<State>>,
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<Response, Answer> {
    page(&state, &person, asked, false).await
}

/// The list with the ethnic groups, which is written down.
pub async fn with_ethnicity(
    Of(state): Of<Arc<State>>,
    person: Person,
    Form(asked): Form<Asked>,
) -> Result<Response, Answer> {
    page(&state, &person, asked, true).await
}

async fn page(
    state: &Arc<State>,
    person: &Person,
    asked: Asked,
    sensitive: bool,
) -> Result<Response, Answer> {
    let own = asked.clone();
    let (counts, page) = state
        .act(person, move |desk| {
            let filter = own.filter(desk)?;
            let counts = facets::run(desk, &filter)?;
            let after = Some(own.after.as_str()).filter(|after| !after.is_empty());
            Ok((counts, rows::page(desk, &filter, after, sensitive)?))
        })
        .await?;
    let next = page.next.map_or_else(String::new, |next| {
        let mut pairs = asked.pairs();
        pairs.push(("after", next));
        href("/list", &pairs)
    });
    let may_fix = person.may(Deed::MassFix);
    let safe = |row: &Row| {
        let mut of = row.findings.iter().filter(|found| found.rule == asked.rule);
        of.any(|found| found.proposal.as_ref().is_some_and(|one| one.safe))
    };
    let can_bulk = may_fix && page.rows.iter().any(safe);
    let then = if asked.rule.is_empty() {
        &asked.group
    } else {
        &asked.rule
    };
    Ok(show(&List {
        page: Page::new("Danh sách", "/list", Some(person)),
        is_filtered: !asked.pairs().is_empty(),
        heading: heading(&asked, &counts),
        empty: if asked.pairs().is_empty() {
            "Mọi hồ sơ trong địa bàn của bạn đủ thông tin, không có lỗi và cảnh báo nào."
        } else {
            "Không có hồ sơ nào theo các bộ lọc này: đã sửa xong, hoặc bộ lọc quá hẹp."
        },
        hidden: asked.pairs(),
        sensitive,
        may_sensitive: person.may(Deed::SeeSensitive),
        may_fix,
        may_draw: person.may(Deed::HandOver),
        can_bulk,
        count: shown::count(counts.children),
        fields: bulk_fields(),
        next,
        then: href("/list/then", &[("what", then.clone())]),
        rows: page.rows.into_iter().map(Line::from).collect(),
        facets: all_facets(&asked, counts),
    }))
}

fn all_facets(asked: &Asked, counts: Facets) -> Vec<Facet> {
    let facet = |title: &'static str, kind: &str, counts: Vec<Count>, chosen: &str| Facet {
        title,
        choices: counts
            .into_iter()
            .map(|one| {
                let key = if kind == "who" {
                    hash(&one.key)
                } else {
                    one.key
                };
                Choice {
                    href: asked.with(kind, &key),
                    chosen: !chosen.is_empty() && key == chosen
                        || kind == "hamlet" && asked.hamlet.as_deref() == Some(key.as_str()),
                    shown: shown::count(one.children),
                    label: one.label,
                }
            })
            .collect(),
    };
    vec![
        facet("Lỗi và cảnh báo", "rule", counts.rules, &asked.rule),
        facet("Nhóm", "group", counts.groups, &asked.group),
        facet("Mức", "severity", counts.severities, &asked.severity),
        facet("Đơn vị", "unit", counts.units, &asked.unit),
        facet("Thôn, bản", "hamlet", counts.hamlets, ""),
        facet(
            "Người nhập, người sửa cuối",
            "who",
            counts.people,
            &asked.who,
        ),
    ]
}

/// `312 trẻ · Thiếu dân tộc · Xã Tà Rụt`.
fn heading(asked: &Asked, counts: &Facets) -> String {
    let label = |all: &[Count], key: &str| {
        all.iter()
            .find(|one| one.key == key)
            .map(|one| one.label.clone())
    };
    let mut parts = vec![format!("{} trẻ", shown::count(counts.children))];
    parts.extend(label(&counts.rules, &asked.rule));
    parts.extend(label(&counts.groups, &asked.group));
    parts.extend(label(&counts.severities, &asked.severity));
    parts.extend(label(&counts.units, &asked.unit));
    parts.extend(asked.hamlet.as_ref().map(|hamlet| {
        if hamlet.is_empty() {
            "chưa rõ thôn".to_owned()
        } else {
            hamlet.clone()
        }
    }));
    parts.join(" · ")
}
