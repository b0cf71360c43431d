//! What each column holds: heading first, then where it stands, then what its cells look like; a saved mapping over all.
//!
//! In: the paths of headings and a sample of the rows below. Out: [`ColumnMap`]s, each field once, each with its reason.

mod together;

use super::content::{Profile, share};
use super::headings::{self, Meaning, Person, Sense, combine};
use super::{ColumnMap, Field, Hints, Mapping, Reason, Tier, head, saved};
use together::{births, lone_sex, lone_words, names, neighbours};
use treem_child::cell::{Row, Spread};
use treem_child::normalise::encoding::{Verdict, Vote, decode_cell};

/// A column while it is being decided.
struct Draft {
    column: usize,
    heading: String,
    meaning: Option<Meaning>,
    field: Option<Field>,
    reason: Reason,
    certainty: f32,
    notes: Vec<String>,
    profile: Profile,
    samples: Vec<String>,
    verdict: Verdict,
}

impl Draft {
    fn person(&self) -> Option<Person> {
        self.meaning.and_then(|meaning| meaning.person)
    }
    fn childs(&self) -> bool {
        self.person().is_none_or(|person| person == Person::Child)
    }
    fn sense(&self) -> Option<Sense> {
        self.meaning.and_then(|meaning| meaning.sense)
    }
    fn set(&mut self, field: Field, reason: Reason, certainty: f32, note: impl Into<String>) {
        self.field = Some(field);
        self.reason = reason;
        self.certainty = certainty;
        let note = note.into();
        if !note.is_empty() {
            self.notes.push(note);
        }
    }
}

/// Columns with fewer cells outside ASCII than this do not decide their code alone.
const VOTERS: usize = 8;

/// The verdicts of a sample's columns, and of the sheet as a whole.
pub(super) fn verdicts(rows: &[Row<'_, '_>], width: usize) -> (Vec<Verdict>, Verdict) {
    let mut votes: Vec<(Vote, usize)> = (0..width).map(|_| (Vote::default(), 0)).collect();
    let mut pool = Vote::default();
    for row in rows {
        for (cell, (vote, voters)) in row.cells.iter().zip(&mut votes) {
            if cell.text.is_ascii() || cell.spread != Spread::Own {
                continue;
            }
            vote.add(&cell.text, cell.font);
            pool.add(&cell.text, cell.font);
            *voters += 1;
        }
    }
    let pooled = pool.verdict();
    let columns = votes
        .iter()
        .map(|(vote, voters)| match vote.verdict() {
            Verdict::Unicode if *voters > 0 && *voters < VOTERS => pooled,
            verdict => verdict,
        })
        .collect();
    (columns, pooled)
}

/// Decides the columns of a span. `headless`: the list has no headings.
pub(super) fn map(
    paths: &[Vec<String>],
    rows: &[Row<'_, '_>],
    (from, to): (usize, usize),
    verdicts: &[Verdict],
    hints: &Hints,
    headless: bool,
) -> Vec<ColumnMap> {
    let width = verdicts.len().min(to);
    // Sums and signatures below the list are no samples of its columns: they fill few cells where a child fills many.
    let filled = |row: &Row<'_, '_>| {
        row.cells
            .iter()
            .take(to)
            .skip(from)
            .filter(|cell| cell.spread == Spread::Own && !cell.is_blank())
            .count()
    };
    let mut counts: Vec<usize> = rows.iter().map(filled).filter(|count| *count > 0).collect();
    counts.sort_unstable();
    let most = counts
        .get(counts.len().saturating_sub(2))
        .copied()
        .unwrap_or(0);
    let least = if most >= 6 { 3 } else { 1 };
    let rows: Vec<&Row<'_, '_>> = rows.iter().filter(|row| filled(row) >= least).collect();
    let mut drafts: Vec<Draft> = (from..width)
        .map(|column| {
            let path = paths.get(column).map_or(&[][..], Vec::as_slice);
            let verdict = verdicts.get(column).copied().unwrap_or_default();
            let mut draft = Draft {
                column,
                heading: path.join(" / "),
                meaning: headings::path(path),
                field: None,
                reason: Reason::Nothing,
                certainty: 0.0,
                notes: Vec::new(),
                profile: Profile::default(),
                samples: Vec::new(),
                verdict,
            };
            for row in &rows {
                if let Some(cell) = row
                    .cell(column)
                    .filter(|cell| cell.spread != Spread::FromLeft && !cell.is_blank())
                {
                    draft
                        .profile
                        .add(cell, &decode_cell(cell, verdict).text, hints.date1904);
                    if draft.samples.len() < 3 {
                        draft.samples.push(cell.text.to_string());
                    }
                }
            }
            draft
        })
        .collect();
    drafts.retain(|draft| !draft.heading.is_empty() || draft.profile.filled > 0);
    by_heading(&mut drafts);
    lone_words(&mut drafts);
    lone_sex(&mut drafts);
    births(&mut drafts);
    names(&mut drafts);
    neighbours(&mut drafts);
    strayed(&mut drafts);
    confirm(&mut drafts);
    by_content(&mut drafts, headless);
    unique(&mut drafts);
    let found: Vec<(usize, String)> = drafts
        .iter()
        .map(|draft| (draft.column, draft.heading.clone()))
        .collect();
    let shape = shape(&found);
    if let Some(mapping) = hints
        .given
        .best(shape, &found)
        .or_else(|| hints.saved.of_shape(shape))
    {
        by_mapping(&mut drafts, mapping, &found);
    }
    drafts.into_iter().map(finish).collect()
}

/// The hash of headings (their columns count only where there are none).
pub(super) fn shape(found: &[(usize, String)]) -> u64 {
    use super::text::{HASH_START, hash};
    let named = found.iter().filter(|(_, heading)| !heading.is_empty());
    let mut state = named.fold(HASH_START, |state, (_, heading)| {
        hash(hash(state, headings::comparable(heading).as_bytes()), b"|")
    });
    if found.iter().all(|(_, heading)| heading.is_empty()) {
        state = hash(
            state,
            found
                .iter()
                .map(|(column, _)| saved::letters(*column))
                .collect::<Vec<_>>()
                .join(",")
                .as_bytes(),
        );
    }
    state
}

fn by_heading(drafts: &mut [Draft]) {
    for draft in drafts {
        let Some(meaning) = draft.meaning else {
            continue;
        };
        let field = match (meaning.sense, meaning.person) {
            (Some(Sense::Is(field)), person) => combine(person, field),
            (None, Some(person)) => combine(Some(person), Field::Name),
            _ => continue,
        };
        let reason = Reason::Heading(meaning.tier);
        draft.set(field, reason, meaning.certainty, "");
    }
}

/// Numbers or birth dates of children under a heading that names a parent, in a list where the child has none: the merge of
/// the group was lost, and it seems to reach further than it does.
fn strayed(drafts: &mut [Draft]) {
    let has = |drafts: &[Draft], fields: &[Field]| {
        drafts
            .iter()
            .any(|draft| draft.field.is_some_and(|field| fields.contains(&field)))
    };
    if !has(drafts, &[Field::Number])
        && let Some(draft) = drafts.iter_mut().find(|draft| {
            matches!(
                draft.field,
                Some(Field::FatherNumber | Field::MotherNumber | Field::GuardianNumber)
            ) && draft.heading.contains(" / ")
                && draft.profile.number_young >= 2
                && draft.profile.number_young * 10 >= draft.profile.filled * 6
                && draft.profile.number_young > draft.profile.number_grown * 4
        })
    {
        draft.set(
            Field::Number,
            Reason::Content,
            0.6,
            "các ô là số của người sinh từ năm 2000, và trẻ không có cột số nào khác",
        );
    }
}

/// What the cells look like speaks for the heading or against it.
fn confirm(drafts: &mut [Draft]) {
    let number = drafts
        .iter()
        .any(|draft| draft.field == Some(Field::Number));
    for draft in drafts {
        let Some(field) = draft.field else { continue };
        let filled = draft.profile.filled;
        if field == Field::Ethnicity && draft.profile.phone * 2 > filled {
            draft.set(Field::Phone, Reason::Content, 0.8, "các ô là số điện thoại");
        } else if field == Field::Id
            && !number
            && draft.profile.number_young * 10 >= filled * 6
            && filled > 0
        {
            draft.set(
                Field::Number,
                Reason::Content,
                0.7,
                "các ô là số định danh 12 chữ số",
            );
        } else if field == Field::Guardian && draft.profile.pair * 10 >= filled * 3 && filled > 0 {
            draft.set(
                Field::Parents,
                Reason::Content,
                0.8,
                "các ô ghi tên hai người",
            );
        } else if let Some(fit) = draft.profile.fit(field) {
            if fit < 0.35 {
                draft.certainty *= 0.4;
                draft
                    .notes
                    .push(format!("nhưng phần lớn các ô là {}", draft.profile.look()));
            } else if fit < 0.6 {
                draft.certainty *= 0.8;
            }
        }
    }
}

/// Columns without a known heading, by what their cells look like.
fn by_content(drafts: &mut [Draft], headless: bool) {
    let has = |drafts: &[Draft], fields: &[Field]| {
        drafts
            .iter()
            .any(|draft| draft.field.is_some_and(|field| fields.contains(&field)))
    };
    let mut near: Option<Person> = None;
    let certainty = if headless { 0.7 } else { 0.55 };
    for at in 0..drafts.len() {
        let Some(draft) = drafts.get(at) else {
            continue;
        };
        if draft.field.is_some() {
            near = draft.person();
            continue;
        }
        let profile = &draft.profile;
        // "Ngày cấp …", half known: left alone; only unknown headings are filled in.
        if profile.filled == 0 || draft.sense().is_some() {
            continue;
        }
        let part = |count: usize| share(count, profile.filled);
        let grown = profile.grown > profile.young * 2;
        let is_name = part(profile.person) >= 0.6 && part(profile.surname) >= 0.4;
        let found = if part(profile.sequence) >= 0.6
            && part(profile.year) < 0.5
            && at < 2
            && !has(drafts, &[Field::Ordinal])
        {
            Some((Field::Ordinal, "số thứ tự"))
        } else if part(profile.sex) >= 0.6
            && profile.sex_sure > 0
            && !has(drafts, &[Field::Sex, Field::SexMale, Field::SexFemale])
        {
            Some((Field::Sex, "chữ Nam, Nữ"))
        } else if part(profile.ethnicity) >= 0.6 && !has(drafts, &[Field::Ethnicity]) {
            Some((Field::Ethnicity, "tên dân tộc"))
        } else if headless && near.is_some() && grown && part(profile.date + profile.year) >= 0.6 {
            Some((combine(near, Field::Birth), "năm sinh của người lớn"))
        } else if headless
            && near.is_some()
            && part(profile.number) >= 0.5
            && profile.number_grown > profile.number_young
        {
            Some((combine(near, Field::Number), "số định danh của người lớn"))
        } else if part(profile.number) >= 0.5
            && profile.number_young >= profile.number_grown
            && !has(drafts, &[Field::Number])
        {
            Some((Field::Number, "số định danh"))
        } else if part(profile.date + profile.year) >= 0.6
            && !grown
            && !has(drafts, &[Field::Birth, Field::BirthDay, Field::BirthYear])
            // "Nam" and "Nữ" may hold the birth dates.
            && !drafts.iter().any(|draft| {
                matches!(draft.field, Some(Field::SexMale | Field::SexFemale))
                    && draft.profile.date > 0
            })
        {
            Some((Field::Birth, "ngày tháng năm"))
        } else if part(profile.phone) >= 0.6 && !has(drafts, &[Field::Phone]) {
            Some((Field::Phone, "số điện thoại"))
        } else if part(profile.hamlet) >= 0.6 && !has(drafts, &[Field::Hamlet, Field::Address]) {
            Some((Field::Hamlet, "tên thôn, bản, khu phố"))
        } else if part(profile.unit) >= 0.6 && !has(drafts, &[Field::Commune, Field::Address]) {
            Some((Field::Commune, "tên xã, phường"))
        } else if is_name && !has(drafts, &[Field::Name, Field::NameFamily, Field::NameGiven]) {
            Some((Field::Name, "họ tên người"))
        } else if headless && is_name && profile.thi > profile.van && !has(drafts, &[Field::Mother])
        {
            Some((Field::Mother, "họ tên phụ nữ"))
        } else if headless
            && is_name
            && profile.thi <= profile.van
            && !has(drafts, &[Field::Father])
        {
            Some((Field::Father, "họ tên nam giới"))
        } else {
            None
        };
        near = match found {
            Some((Field::Father, _)) => Some(Person::Father),
            Some((Field::Mother, _)) => Some(Person::Mother),
            Some((
                Field::FatherBirth | Field::FatherNumber | Field::MotherBirth | Field::MotherNumber,
                _,
            )) => near,
            _ => None,
        };
        if let (Some((field, words)), Some(draft)) = (found, drafts.get_mut(at)) {
            draft.set(
                field,
                Reason::Content,
                certainty,
                format!("các ô là {words}"),
            );
        }
    }
}

/// Each field once: the surest column keeps it, then the fuller, then the left one.
fn unique(drafts: &mut [Draft]) {
    for &field in Field::ALL.iter().filter(|field| **field != Field::Ignored) {
        let mut claims: Vec<usize> = (0..drafts.len())
            .filter(|&at| {
                drafts
                    .get(at)
                    .is_some_and(|draft| draft.field == Some(field))
            })
            .collect();
        if claims.len() < 2 {
            continue;
        }
        let rank = |at: usize| {
            drafts
                .get(at)
                .map_or((0.0, 0), |draft| (draft.certainty, draft.profile.filled))
        };
        claims.sort_by(|&left, &right| {
            rank(right)
                .0
                .total_cmp(&rank(left).0)
                .then(rank(right).1.cmp(&rank(left).1))
                .then(left.cmp(&right))
        });
        let winner = claims
            .first()
            .and_then(|&at| drafts.get(at))
            .map(|draft| draft.column)
            .unwrap_or_default();
        for &at in claims.iter().skip(1) {
            if let Some(draft) = drafts.get_mut(at) {
                draft.field = None;
                draft.certainty = 0.3;
                draft.notes.push(format!(
                    "«{}» đã lấy từ cột {}",
                    field.label(),
                    saved::letters(winner)
                ));
            }
        }
    }
    // A year column beside a whole birth date says nothing new.
    if drafts.iter().any(|draft| {
        draft.field == Some(Field::Birth) && share(draft.profile.date, draft.profile.filled) > 0.3
    }) && let Some(draft) = drafts
        .iter_mut()
        .find(|draft| draft.field == Some(Field::BirthYear))
    {
        draft.set(
            Field::Ignored,
            draft.reason,
            0.6,
            "đã có cột ngày, tháng, năm sinh",
        );
    }
}

fn by_mapping(drafts: &mut [Draft], mapping: &Mapping, found: &[(usize, String)]) {
    let said = mapping.apply(found);
    for (draft, said) in drafts.iter_mut().zip(&said) {
        if let Some(field) = said {
            draft.notes.clear();
            draft.field = *field;
            draft.reason = Reason::Saved;
            draft.certainty = 1.0;
        }
    }
    // What the person said a column is, no other column may be.
    let taken: Vec<Field> = said
        .iter()
        .flatten()
        .flatten()
        .copied()
        .filter(|field| *field != Field::Ignored)
        .collect();
    for draft in drafts
        .iter_mut()
        .filter(|draft| draft.reason != Reason::Saved)
    {
        if draft.field.is_some_and(|field| taken.contains(&field)) {
            draft.field = None;
        }
    }
}

fn finish(draft: Draft) -> ColumnMap {
    let what = draft.field.map_or("không dùng", Field::label);
    let why = match draft.reason {
        Reason::Heading(Tier::Exact) => "theo tiêu đề cột",
        Reason::Heading(Tier::Words) => "theo các từ trong tiêu đề cột",
        Reason::Heading(Tier::Fuzzy) => "theo tiêu đề cột viết gần đúng",
        Reason::Content => "theo nội dung các ô",
        Reason::Saved => "theo bảng ghép cột đã lưu",
        Reason::Position => "theo vị trí của cột",
        Reason::Nothing => "không nhận ra tiêu đề và nội dung",
    };
    let mut sentence = format!("{what}: {why}");
    for note in &draft.notes {
        sentence.push_str("; ");
        sentence.push_str(note);
    }
    sentence.push('.');
    ColumnMap {
        column: draft.column,
        heading: head::tidy(&draft.heading),
        field: draft.field,
        reason: draft.reason,
        sentence,
        certainty: draft.certainty,
        samples: draft.samples,
        verdict: draft.verdict,
        dates_swapped: draft.profile.swapped(),
    }
}
