//! `treem handover draw`: which children go on a list, one list a commune. What earlier lists left without an answer goes first, with where it
//! was; a child that stands on an open list is left out, and that is said.
//!
//! In: a group, a rule, a hamlet, or children; a day. Out: [`Drawn`]: what each list would hold, or holds.

use super::super::list::{self, What};
use super::super::show::find;
use super::super::{Desk, Done, Failed, begin, unit_name, wait};
use super::held::{Held, row_code};
use super::order::{Piece, natural};
use crate::access::Deed;
use crate::act::check::{Progress, Stop};
use std::collections::{BTreeMap, BTreeSet};
use treem_child::finding::Group;
use treem_child::handover::code;
use treem_child::handover::state::Refusal;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::syllable::ascii_fold;
use treem_child::normalise::unit::{self, Edition, Unit};
use treem_child::rule::RULES;
use treem_store::Tx;
use treem_store::child::{ACTIVE, Child, State};
use treem_store::handover::{List, Row};

/// Whom a list is drawn from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum From {
    /// Children with findings.
    What(What),
    /// All children of a commune or hamlet.
    All,
    /// These: ids or numbers.
    Children(Vec<String>),
}

/// What is asked for.
pub struct Asked {
    /// Whom.
    pub from: From,
    /// A commune, or a district: one list a commune.
    pub unit: Option<(&'static Edition, &'static Unit)>,
    /// Only this hamlet; empty: all.
    pub hamlet: String,
    /// Children count from birth to the day before the 16th birthday.
    pub as_of: PartialDate,
    /// What the list is called; empty: after whom it is drawn from.
    pub title: String,
    /// With what earlier lists of the unit left without an answer.
    pub earlier: bool,
    /// Do it; else only say what would be.
    pub yes: bool,
}

/// A list that would be, or was drawn.
#[derive(serde::Serialize)]
pub struct Sketch {
    /// Its code, once it is drawn.
    pub list: Option<code::List>,
    /// What it is called.
    pub title: String,
    /// Edition of the unit.
    pub edition: String,
    /// The commune.
    pub unit: String,
    /// Its name.
    pub unit_name: String,
    /// Children on it.
    pub rows: usize,
    /// Of whom an earlier list left so many without an answer.
    pub earlier: usize,
    /// How many by reason: code of the rule.
    pub why: BTreeMap<String, usize>,
    /// The children, in order: id, and the row of an earlier list.
    pub children: Vec<(String, String)>,
}

/// A child that is left out.
#[derive(serde::Serialize)]
pub struct LeftOut {
    /// The child.
    pub child: String,
    /// One Vietnamese sentence.
    pub why: String,
}

/// What drawing came to or would come to.
#[derive(serde::Serialize)]
pub struct Drawn {
    /// It was done.
    pub done: bool,
    /// One list a commune.
    pub lists: Vec<Sketch>,
    /// Who is left out.
    pub left_out: Vec<LeftOut>,
}

/// A child that may go on a list.
struct Candidate {
    child: Child,
    why: Vec<String>,
    earlier: String,
}

/// Candidates by edition and unit, and who is left out.
type Gathered = (BTreeMap<(String, String), Vec<Candidate>>, Vec<LeftOut>);

/// Draws lists up, or says what they would hold.
///
/// # Errors
/// [`Failed::Refused`]: no such rule, no such child, nobody to put on a list, more than a list can have.
pub fn run(desk: &mut Desk, asked: &Asked, watch: (&dyn Progress, &Stop)) -> Done<Drawn> {
    let listed: Option<Vec<(Child, Vec<String>)>> = match &asked.from {
        From::What(what) => {
            let listed = list::run(
                desk,
                &list::Asked {
                    what: what.clone(),
                    unit: asked.unit.map(|(_, unit)| unit),
                    as_of: asked.as_of,
                    moment: None,
                    compare: None,
                },
                watch,
            )?
            .listed;
            let mut out = Vec::with_capacity(listed.len());
            for one in listed {
                let why = one.findings.into_iter().map(|finding| finding.rule);
                out.push((one.child, why.collect()));
            }
            Some(out)
        }
        _ => None,
    };
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.clone();
        let from = match listed {
            Some(listed) => listed,
            None => chosen(desk, &mut tx, &book, asked).await?,
        };
        if !asked.yes {
            let (by_unit, left_out) = gather(&mut tx, &book, asked, from).await?;
            let lists = sketch(desk, asked, &by_unit)?;
            return Ok(Drawn {
                done: false,
                lists,
                left_out,
            });
        }
        drop(tx);
        let mut act = begin(&open.store, desk.doing(&book, "handover", "")).await?;
        // Under the lock: nobody else draws the same child meanwhile.
        let (by_unit, left_out) = gather(act.reading(), &book, asked, from).await?;
        let mut lists = sketch(desk, asked, &by_unit)?;
        let mut drawn: Vec<code::List> = Vec::new();
        let mut rows = 0_usize;
        for (one, candidates) in lists.iter_mut().zip(by_unit.into_values()) {
            let list = List {
                title: one.title.clone(),
                source: source(asked),
                edition: one.edition.clone(),
                unit: one.unit.clone(),
                hamlet: asked.hamlet.clone(),
                ..List::default()
            };
            rows = rows.saturating_add(candidates.len());
            let held =
                Held::draw(&mut act, list, candidates.into_iter().map(row).collect()).await?;
            one.list = Some(held.code);
            drawn.push(held.code);
        }
        let detail = serde_json::json!({"step": "draw", "lists": drawn, "rows": rows});
        let subject = drawn.first().map(ToString::to_string).unwrap_or_default();
        act.finish(&subject, &detail.to_string()).await?;
        open.leave().await;
        Ok(Drawn {
            done: true,
            lists,
            left_out,
        })
    })
}

fn row(one: Candidate) -> Row {
    Row {
        child: one.child.id,
        version: one.child.version,
        why: one.why.join("|"),
        earlier: one.earlier,
        ..Row::default()
    }
}

/// True where a child is one on a day.
pub(super) fn counts(now: &State, day: &str) -> bool {
    now.state == ACTIVE && now.birth.as_str() <= day && now.leaves_on.as_str() > day
}

fn lies_in(now: &State, area: Option<(&'static Edition, &'static Unit)>) -> bool {
    area.is_none_or(|(_, area)| {
        let edition = unit::edition(&now.edition);
        let own = now.unit.as_deref().and_then(|code| edition.by_code(code));
        own.is_some_and(|own| {
            own.code == area.code && own.level() == area.level() || edition.is_in(own, area)
        })
    })
}

/// The one member of a record that is asked for.
#[derive(serde::Deserialize, Default)]
struct Place {
    #[serde(default)]
    hamlet: String,
    #[serde(default)]
    address: String,
}

fn place(now: &State) -> Place {
    serde_json::from_str(&now.record).unwrap_or_default()
}

fn of_hamlet(now: &State, hamlet: &str) -> bool {
    hamlet.is_empty() || ascii_fold(place(now).hamlet.trim()) == ascii_fold(hamlet.trim())
}

/// Codes of what is wrong with a child, notes left out.
pub(super) async fn wrong(tx: &mut Tx, book: &str, child: &str) -> Done<Vec<String>> {
    let findings = tx.findings(book, child).await?;
    let wrong = findings
        .into_iter()
        .filter(|finding| finding.severity != "note");
    Ok(wrong.map(|finding| finding.rule).collect())
}

/// Children that were named, or all of a commune.
async fn chosen(
    desk: &Desk,
    tx: &mut Tx,
    book: &str,
    asked: &Asked,
) -> Done<Vec<(Child, Vec<String>)>> {
    let mut out: Vec<(Child, Vec<String>)> = Vec::new();
    if let From::Children(names) = &asked.from {
        let mut seen = BTreeSet::new();
        for name in names {
            let id = find(tx, book, name).await?;
            desk.must_child(Deed::HandOver, tx, (book, &id)).await?;
            if seen.insert(id.clone()) {
                let why = wrong(tx, book, &id).await?;
                out.push((tx.child(book, &id).await?, why));
            }
        }
        return Ok(out);
    }
    let Some((edition, area)) = asked.unit else {
        return Err(Failed::Refused(
            "Chọn xã bằng --unit, có thể thêm thôn bằng --hamlet; hoặc ghi nhóm, quy tắc, mã hồ sơ.".to_owned(),
        ));
    };
    let mut communes: Vec<&Unit> = edition.communes_of(area).collect();
    if communes.is_empty() {
        communes.push(area);
    }
    for commune in communes {
        let mut last = String::new();
        loop {
            let at = (edition.from, commune.code);
            let page = tx.children_of_unit(book, at, &last).await?;
            let Some(end) = page.last() else { break };
            last.clone_from(&end.id);
            for child in page {
                if of_hamlet(&child.now, &asked.hamlet) {
                    let why = wrong(tx, book, &child.id).await?;
                    out.push((child, why));
                }
            }
        }
    }
    Ok(out)
}

/// Who goes on which list, in the order in which one walks; what earlier lists left goes first.
async fn gather(
    tx: &mut Tx,
    book: &str,
    asked: &Asked,
    from: Vec<(Child, Vec<String>)>,
) -> Done<Gathered> {
    let day = asked.as_of.to_string();
    let mut left_out: Vec<LeftOut> = Vec::new();
    let mut out: BTreeMap<(String, String), Vec<Candidate>> = BTreeMap::new();
    let open = tx.handover_rows_open(book).await?;
    let open: BTreeMap<&str, &Row> = open.iter().map(|row| (row.child.as_str(), row)).collect();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut all: Vec<Candidate> = Vec::new();
    if asked.earlier && !matches!(asked.from, From::Children(_)) {
        for row in tx.handover_rows_left(book).await? {
            let child = tx.child(book, &row.child).await?;
            if counts(&child.now, &day)
                && lies_in(&child.now, asked.unit)
                && of_hamlet(&child.now, &asked.hamlet)
            {
                all.push(Candidate {
                    child,
                    why: super::frozen::reasons(&row),
                    earlier: row_code(&row).map_or_else(String::new, |code| code.to_string()),
                });
            }
        }
    }
    let left: BTreeMap<String, String> = tx
        .handover_rows_left(book)
        .await?
        .iter()
        .filter_map(|row| Some((row.child.clone(), row_code(row)?.to_string())))
        .collect();
    for (child, why) in from {
        let earlier = left.get(&child.id).cloned().unwrap_or_default();
        all.push(Candidate {
            child,
            why,
            earlier,
        });
    }
    for mut one in all {
        let id = one.child.id.clone();
        if !taken.insert(id.clone()) {
            continue;
        }
        let mut leave = |why: String| {
            left_out.push(LeftOut {
                child: id.clone(),
                why,
            });
        };
        if let Some(code) = open.get(id.as_str()).and_then(|row| row_code(row)) {
            leave(format!(
                "Đang ở danh sách {} (dòng {code}), danh sách ấy chưa xong.",
                code.list()
            ));
            continue;
        }
        if !counts(&one.child.now, &day) {
            leave("Hồ sơ không còn được theo dõi trong sổ, hoặc đã đủ 16 tuổi.".to_owned());
            continue;
        }
        if !of_hamlet(&one.child.now, &asked.hamlet) || !lies_in(&one.child.now, asked.unit) {
            // Of a list of findings all others are simply not asked for.
            if matches!(asked.from, From::Children(_)) {
                leave("Không thuộc xã, thôn đã chọn.".to_owned());
            }
            continue;
        }
        if matches!(asked.from, From::What(_)) && one.why.iter().any(|rule| rule == "id.not-yet") {
            leave("Chưa thể có số định danh (chưa đăng ký khai sinh, hoặc không có quốc tịch Việt Nam): chuyển tư pháp – hộ tịch.".to_owned());
            continue;
        }
        let edition = unit::edition(&one.child.now.edition);
        let commune = one
            .child
            .now
            .unit
            .as_deref()
            .and_then(|code| edition.by_code(code));
        let Some(commune) = commune.filter(|unit| unit.level() == unit::Level::Commune) else {
            leave("Chưa rõ trẻ ở xã nào: bổ sung nơi ở trước.".to_owned());
            continue;
        };
        one.why.sort();
        one.why.dedup();
        let key = (one.child.now.edition.clone(), commune.code.to_owned());
        out.entry(key).or_default().push(one);
    }
    for rows in out.values_mut() {
        rows.sort_by_cached_key(walk);
        let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        if count > code::LAST_ROW {
            return Err(Refusal::TooMany(count).into());
        }
    }
    Ok((out, left_out))
}

/// What earlier lists left first, then hamlet, address, name.
fn walk(one: &Candidate) -> (bool, Vec<Piece>, Vec<Piece>, String, String) {
    let place = place(&one.child.now);
    (
        one.earlier.is_empty(),
        natural(&place.hamlet),
        natural(&place.address),
        one.child.now.name_key.clone(),
        one.child.id.clone(),
    )
}

/// What the lists would hold. Every one of them must be this person's to draw up.
fn sketch(
    desk: &Desk,
    asked: &Asked,
    by_unit: &BTreeMap<(String, String), Vec<Candidate>>,
) -> Done<Vec<Sketch>> {
    if by_unit.is_empty() {
        return Err(Failed::Refused(
            "Không có trẻ nào để đưa vào danh sách: không ai thuộc diện đã chọn, hoặc tất cả đang ở danh sách khác chưa xong.".to_owned(),
        ));
    }
    let mut out = Vec::with_capacity(by_unit.len());
    for ((edition, unit), rows) in by_unit {
        desk.must(Deed::HandOver, edition, Some(unit))?;
        let mut why: BTreeMap<String, usize> = BTreeMap::new();
        for code in rows.iter().flat_map(|row| &row.why) {
            *why.entry(code.clone()).or_default() += 1;
        }
        out.push(Sketch {
            list: None,
            title: title(asked),
            edition: edition.clone(),
            unit: unit.clone(),
            unit_name: unit_name(edition, unit),
            rows: rows.len(),
            earlier: rows.iter().filter(|row| !row.earlier.is_empty()).count(),
            why,
            children: rows
                .iter()
                .map(|row| (row.child.id.clone(), row.earlier.clone()))
                .collect(),
        });
    }
    Ok(out)
}

fn title(asked: &Asked) -> String {
    let what = match (&asked.from, asked.title.trim()) {
        (_, title) if !title.is_empty() => return title.to_owned(),
        (From::What(What::Group(group)), _) => Group::ALL
            .into_iter()
            .find(|one| i64::from(one.number()) == *group)
            .map_or("", Group::label)
            .to_owned(),
        (From::What(What::Rule(code)), _) => RULES
            .iter()
            .find(|rule| rule.code == code)
            .map_or(code.as_str(), |rule| rule.title)
            .to_owned(),
        (From::What(What::Unidentified), _) => "Chưa chuẩn hóa".to_owned(),
        (From::What(What::Incomplete), _) => "Chưa đủ thông tin cơ bản".to_owned(),
        (From::All, _) => "Rà soát toàn bộ trẻ em".to_owned(),
        (From::Children(_), _) => "Trẻ em đề nghị xác thực".to_owned(),
    };
    if asked.hamlet.is_empty() {
        what
    } else {
        format!("{what} – {}", asked.hamlet.trim())
    }
}

fn source(asked: &Asked) -> String {
    let from = match &asked.from {
        From::What(What::Group(group)) => serde_json::json!({"group": group}),
        From::What(What::Rule(rule)) => serde_json::json!({"rule": rule}),
        From::What(What::Unidentified) => serde_json::json!({"list": "unidentified"}),
        From::What(What::Incomplete) => serde_json::json!({"list": "incomplete"}),
        From::All => serde_json::json!({"list": "all"}),
        From::Children(children) => serde_json::json!({"children": children.len()}),
    };
    serde_json::json!({"from": from, "as_of": asked.as_of.to_string(), "earlier": asked.earlier})
        .to_string()
}
