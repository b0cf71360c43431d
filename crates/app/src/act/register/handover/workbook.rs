//! The police's workbook out, and back: read whatever became of it, understood by code, shown row by row before anything is written down.
//!
//! In: a list and a place for the file; a list and the file that came. Out: the file; [`Read`].

use super::super::{Desk, Done, Failed, unit_name, wait};
use super::frozen::paper_of;
use super::held::Held;
use super::keying::{self, Against, Given, Kept, must_answer};
use super::{list_of, row_of};
use crate::access::Deed;
use crate::act::access::look::Seen;
use crate::limits;
use std::collections::BTreeMap;
use std::path::Path;
use treem_child::handover::answer::Answer;
use treem_child::handover::code;
use treem_child::handover::frozen::birth_shown;
use treem_child::handover::returned::{Altered, Page, Returned, Taken, understand};
use treem_child::handover::step::Way;
use treem_child::normalise::unit;
use treem_files::read::Book as File;
use treem_files::write::lists::ListHead;
use treem_files::write::lists::police::{PoliceList, write_police};

/// A workbook that was written.
#[derive(serde::Serialize)]
pub struct Wrote {
    /// The list.
    pub list: code::List,
    /// Where the file is.
    pub file: String,
    /// Its rows.
    pub rows: usize,
    /// The seal.
    pub seal: String,
}

/// Writes the workbook of a closed list.
///
/// # Errors
/// [`Failed::Refused`]: no such list, it is not closed, or the place cannot be written.
pub fn write(desk: &mut Desk, list: &str, place: &Path) -> Done<Wrote> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let held = Held::of(&mut tx, book, list_of(list)?).await?;
        let paper = paper_of(&mut tx, book, held).await?;
        drop(tx);
        must_answer(desk, &paper.held)?;
        let Some(seal) = paper.seal else {
            return Err(Failed::Refused(format!(
                "Danh sách {} chưa chốt nên chưa gửi Công an được.",
                paper.held.code
            )));
        };
        let head = head(&paper.heading);
        let code = paper.held.code.to_string();
        let told = PoliceList {
            head: &head,
            code: &code,
            digest: seal,
            rows: &paper.rows,
        };
        let seen = Seen::Children(paper.rows.len() as u64);
        desk.looks(&open, (Deed::Export, "list"), seen).await?;
        write_police(place, &told)
            .map_err(|error| Failed::Refused(error.message().into_owned()))?;
        open.leave().await;
        Ok(Wrote {
            list: paper.held.code,
            file: place.display().to_string(),
            rows: paper.rows.len(),
            seal: seal.hex(),
        })
    })
}

/// The office and the day of a list.
fn head(heading: &treem_child::handover::seal::Heading) -> ListHead {
    let edition = unit::edition(&heading.edition);
    let commune = edition.by_code(&heading.unit);
    let above = |unit: Option<&treem_child::normalise::unit::Unit>| {
        unit.map_or_else(String::new, |unit| unit.name.to_owned())
    };
    ListHead {
        commune: unit_name(&heading.edition, &heading.unit),
        district: above(commune.and_then(|unit| edition.district_of(unit))),
        province: above(commune.and_then(|unit| edition.province_of(unit))),
        as_of: birth_shown(&heading.closed_on),
        ..ListHead::default()
    }
}

/// A row of a returned file as a person sees it.
#[derive(serde::Serialize)]
pub struct ReadRow {
    /// The row.
    pub row: code::Row,
    /// The child's name as it was sent.
    pub name: String,
    /// `understood`, `question`, `refused`, `unanswered`.
    pub state: &'static str,
    /// The answer, or what it most likely is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
    /// In words.
    pub label: &'static str,
    /// What is asked or remarked.
    pub sentence: String,
    /// Where it stands in the file.
    pub places: Vec<String>,
    /// Fields that were edited: what we sent, what came.
    pub altered: Vec<Altered>,
    /// The note beside it.
    pub note: String,
}

/// A returned file, read.
#[derive(serde::Serialize)]
pub struct Read {
    /// The list.
    pub list: code::List,
    /// Why the file as a whole cannot be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
    /// What is to be said of the file.
    pub notes: Vec<String>,
    /// Every row of the list.
    pub rows: Vec<ReadRow>,
    /// Understood, asked, refused, without an answer.
    pub counts: [usize; 4],
    /// What was written down; none where it was only looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kept: Option<Kept>,
}

/// Reads a returned file; with `yes` what is understood is written down, and of what is asked the rows that are accepted with why.
///
/// # Errors
/// [`Failed::Refused`]: no such list, the file cannot be read, a row that is accepted has no answer to accept.
pub fn read(
    desk: &mut Desk,
    list: &str,
    file: &Path,
    (accepted, yes): (&[(String, String)], bool),
) -> Done<Read> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let against = Against::for_answers(desk, &mut tx, &open.book.register, list).await?;
        drop(tx);
        let code = against.held.code;
        let mut accept: BTreeMap<code::Row, String> = BTreeMap::new();
        for (row, why) in accepted {
            if why.trim().is_empty() {
                return Err(Failed::Refused(format!(
                    "Hãy ghi lý do nhận kết quả của dòng {row}."
                )));
            }
            accept.insert(row_of(code, row)?, why.clone());
        }
        let returned = understood(&against, file);
        let counts = returned.counts();
        let mut given = Vec::new();
        for line in &returned.lines {
            let why = accept.remove(&line.code);
            let answer = match (&line.taken, &why) {
                (Taken::Understood { answer, .. }, _) => Some(answer.clone()),
                (Taken::Question { proposed, .. }, Some(_)) => proposed.clone(),
                _ => None,
            };
            match (answer, why) {
                (Some(answer), why) => given.push(Given {
                    row: line.code,
                    answer: Some(answer),
                    note: line.note.clone(),
                    why: why.unwrap_or_default(),
                }),
                (None, Some(_)) => {
                    return Err(Failed::Refused(format!(
                        "Dòng {} không có kết quả nào để nhận; hãy gõ kết quả bằng treem handover answer.",
                        line.code
                    )));
                }
                (None, None) => {}
            }
        }
        let kept = if yes && !given.is_empty() {
            Some(keying::write(desk, &open, (list, Way::Workbook, ""), &given).await?)
        } else {
            None
        };
        open.leave().await;
        Ok(told(&against, returned, counts, kept))
    })
}

/// The file understood, or refused in words.
fn understood(against: &Against, file: &Path) -> Returned {
    let opened = File::open(file).and_then(|book| {
        let whole = book.whole(limits::RETURNED_ROWS)?;
        Ok((book, whole))
    });
    let (book, (sheets, whole)) = match opened {
        Ok(opened) => opened,
        Err(error) => return Returned::refused(error.message()),
    };
    if !whole {
        return Returned::refused(format!(
            "Tệp có hơn {} dòng, không phải danh sách đã gửi Công an.",
            treem_child::texts::grouped(limits::RETURNED_ROWS)
        ));
    }
    let pages: Vec<Page<'_>> = sheets
        .iter()
        .map(|sheet| Page {
            name: &sheet.meta.name,
            hidden: sheet.meta.hidden,
            date1904: book.date1904,
            rows: &sheet.rows,
        })
        .collect();
    understand(&against.sent(), &pages)
}

fn told(against: &Against, returned: Returned, counts: [usize; 4], kept: Option<Kept>) -> Read {
    let rows = returned
        .lines
        .into_iter()
        .map(|line| {
            let (state, answer, sentence) = match line.taken {
                Taken::Understood { answer, remarks } => {
                    ("understood", Some(answer), remarks.join(" "))
                }
                Taken::Question { sentence, proposed } => ("question", proposed, sentence),
                Taken::Refused { sentence } => ("refused", None, sentence),
                Taken::Unanswered => ("unanswered", None, String::new()),
            };
            ReadRow {
                row: line.code,
                name: against
                    .frozen
                    .get(&line.code)
                    .map_or_else(String::new, |row| row.name.clone()),
                state,
                label: answer.as_ref().map_or("", |answer| answer.kind().label()),
                answer,
                sentence,
                places: line
                    .places
                    .iter()
                    .map(|place| format!("{} {}", place.sheet, place.row).trim().to_owned())
                    .collect(),
                altered: line.altered,
                note: line.note,
            }
        })
        .collect();
    Read {
        list: against.held.code,
        refused: returned.refused,
        notes: returned.notes,
        rows,
        counts,
        kept,
    }
}
