//! Finds the heading rows of a table: one row or several, merged or with blanks, and the (1)(2)(3) row below.
//!
//! In: a sample of rows. Out: [`Block`], where the heading stands and the path of headings above each column.

mod paths;
mod spans;

pub(super) use spans::spans;

use self::paths::paths;
use super::content;
use super::headings::{self, Sense};
use super::text::Folded;
use super::{Field, Hints, Tier, lines};
use std::borrow::Cow;
use treem_child::cell::{Cell, CellKind, Row, Spread};
use treem_child::normalise::encoding::{Encoding, Verdict, decode, decode_cell};

/// Heading rows of one table.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    /// First heading row and the one after the last, as indices into the sample.
    pub(super) rows: (usize, usize),
    /// The headings above each column, top first, from the first column of the sheet.
    pub(super) paths: Vec<Vec<String>>,
    /// The cells of each heading row as they are compared with a repeated heading.
    pub(super) lines: Vec<Vec<(usize, String)>>,
}

/// Rows of a heading at most.
const DEEPEST: usize = 5;

/// What speaks for a row being a heading row.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Score {
    /// Cells with a text of their own.
    own: usize,
    /// Cells the dictionary knows well and lists do not hold as values.
    strong: usize,
    /// Cells the dictionary knows at all.
    hits: usize,
    /// Numbers and dates.
    data: usize,
    /// A cell that names the child's name.
    names: bool,
    /// Names of people.
    people: usize,
}

impl Score {
    /// Clearly a heading row.
    pub(super) fn heading(self) -> bool {
        self.data == 0
            && self.strong >= 2
            && (self.strong >= 3 || self.strong * 2 >= self.own || self.hits * 3 >= self.own * 2)
    }
    /// Nothing but headings, one perhaps.
    fn only_headings(self) -> bool {
        self.data == 0 && self.own > 0 && self.strong == self.own
    }
    /// May be a line of a heading of several rows.
    pub(super) fn perhaps(self) -> bool {
        self.data == 0 && self.hits >= 2 && self.hits * 2 >= self.own && self.people == 0
    }
}

/// True where a text can only be understood as a legacy code, if at all: letters of the Western code page and none of
/// Vietnamese Unicode.
fn may_be_legacy(text: &str) -> bool {
    !text.is_ascii() && !text.chars().any(|c| matches!(c, 'ă' | 'Ă' | 'đ' | 'Đ' | 'ơ' | 'Ơ' | 'ư' | 'Ư' | '\u{1ea0}'..='\u{1ef9}' | '\u{300}'..='\u{323}'))
}

/// A heading's text, decoded by the verdict of the sheet; where the dictionary does not know that, by the first code whose
/// reading it knows.
pub(super) fn heading_text(cell: &Cell<'_>, verdict: Verdict) -> String {
    let decoded = decode_cell(cell, verdict).text;
    let sure = |text: &str| {
        headings::known(text)
            .is_some_and(|meaning| meaning.tier == Tier::Exact && meaning.certainty >= 0.9)
    };
    if may_be_legacy(&cell.text) && cell.text.len() < 300 && !sure(&decoded) {
        for from in [
            Encoding::Tcvn3,
            Encoding::Tcvn3Caps,
            Encoding::Vni,
            Encoding::Utf8Twice,
            Encoding::Vps,
            Encoding::Viscii,
            Encoding::Cp1258,
        ] {
            let other = decode(&cell.text, from);
            if other != cell.text && sure(&other) {
                return tidy(&other);
            }
        }
    }
    tidy(&decoded)
}

/// One line, single spaces.
pub(super) fn tidy(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}'))
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A number, a date, digits: what stands in data and not in headings.
fn is_data(cell: &Cell<'_>) -> bool {
    match cell.kind {
        CellKind::Number(_) | CellKind::Date(_) | CellKind::Bool => true,
        CellKind::Empty => false,
        _ => {
            let text = cell.text.trim();
            text.bytes().any(|byte| byte.is_ascii_digit())
                && !text.starts_with('(')
                && (content::digits(text).is_some() || content::written_date(text).is_some())
        }
    }
}

/// Scores a row. Rows with numbers or dates are not looked at further.
pub(super) fn score(
    row: &Row<'_, '_>,
    span: Option<(usize, usize)>,
    verdict: Verdict,
    hints: &Hints,
) -> Score {
    let mut score = Score::default();
    let (from, to) = span.unwrap_or((0, usize::MAX));
    let cells = || {
        row.cells
            .iter()
            .take(to)
            .skip(from)
            .filter(|cell| cell.spread == Spread::Own && !cell.is_blank())
    };
    score.data = cells().filter(|cell| is_data(cell)).count();
    if score.data > 0 {
        return score;
    }
    for cell in cells() {
        score.own += 1;
        if cell.text.len() > 300 {
            continue;
        }
        let text = heading_text(cell, verdict);
        // "Thôn: A Đăng", "Xã:": a line of a form.
        if text.contains(':') {
            continue;
        }
        let given = hints
            .given
            .tables
            .iter()
            .chain(&hints.saved.tables)
            .any(|mapping| mapping.knows(&text));
        match headings::known(&text) {
            _ if given => {
                score.strong += 1;
                score.hits += 1;
            }
            // "(Ký, ghi rõ họ tên)" holds "họ tên" and stands where somebody signs.
            Some(meaning)
                if meaning.tier != Tier::Exact && lines::is_footer(&Folded::of(&text)) => {}
            Some(meaning) => {
                score.hits += 1;
                // "Người lập biểu", "Cán bộ" stand in footers too.
                let passed_over = meaning.sense == Some(Sense::Is(Field::Ignored))
                    || meaning.person == Some(headings::Person::Other);
                score.strong +=
                    usize::from(!meaning.weak && !passed_over && meaning.certainty >= 0.6);
                score.names |= meaning.sense == Some(Sense::Is(Field::Name))
                    && meaning.certainty >= 0.8
                    && !meaning.weak;
            }
            None => {
                let folded = Folded::of(&text);
                score.people += usize::from(
                    content::person_like(&folded, &text) && content::has_surname(&folded),
                );
            }
        }
    }
    score
}

/// True for the (1)(2)(3) or A B 1 2 row below a heading.
pub(super) fn is_numbering(row: &Row<'_, '_>, span: Option<(usize, usize)>) -> bool {
    let (from, to) = span.unwrap_or((0, usize::MAX));
    let mut count = 0;
    let mut steps = 0;
    let mut bracketed = 0;
    let mut last: Option<u32> = None;
    for cell in row
        .cells
        .iter()
        .take(to)
        .skip(from)
        .filter(|cell| cell.spread == Spread::Own && !cell.is_blank())
    {
        let Some(value) = lines::numbering(&cell.text) else {
            return false;
        };
        if last.is_some_and(|last| value <= last && last < 1_000) {
            return false;
        }
        steps += usize::from(last.is_none_or(|last| value == last + 1 || last >= 1_000));
        bracketed += usize::from(cell.text.trim_start().starts_with(['(', '[']));
        last = Some(value);
        count += 1;
    }
    (count >= 3 || (count == 2 && bracketed == 2)) && steps * 3 >= count * 2
}

/// Text that stands in a row at a column.
fn text_at<'r>(row: &'r Row<'_, '_>, column: usize) -> &'r str {
    row.cell(column).map_or("", |cell| cell.text.as_ref())
}

/// True where a cell of `lower` continues the cell above it (a vertical merge with text).
fn hangs(upper: &Row<'_, '_>, lower: &Row<'_, '_>) -> bool {
    lower.cells.iter().enumerate().any(|(column, cell)| {
        cell.spread == Spread::FromAbove && !cell.is_blank() && cell.text == text_at(upper, column)
    })
}

/// The first heading in a sample from an index on; `at_once`: only one that begins right there.
pub(super) fn find(
    sample: &[Row<'_, '_>],
    from: usize,
    at_once: bool,
    verdict: Verdict,
    hints: &Hints,
) -> Option<Block> {
    let end = if at_once {
        sample.len().min(from + DEEPEST)
    } else {
        sample.len()
    };
    let mut lone_name = None;
    for index in from..end {
        let row = sample.get(index)?;
        let score = score(row, None, verdict, hints);
        if score.heading() {
            let block = block(sample, from, index, verdict, hints);
            if at_once && block.rows.0 != from {
                return None;
            }
            return Some(block);
        }
        if score.names
            && score.data == 0
            && score.own <= 3
            && lone_name.is_none()
            && names_follow(sample, index)
        {
            lone_name = Some(index);
        }
        if at_once && !score.perhaps() && lone_name.is_none() {
            return None;
        }
    }
    let index = lone_name?;
    (!at_once || index == from).then(|| block(sample, from, index, verdict, hints))
}

/// True where most cells below a lone "Họ và tên" are names.
fn names_follow(sample: &[Row<'_, '_>], index: usize) -> bool {
    let Some(row) = sample.get(index) else {
        return false;
    };
    let column = row.cells.iter().position(|cell| {
        headings::known(&tidy(&cell.text))
            .is_some_and(|meaning| meaning.sense == Some(Sense::Is(Field::Name)))
    });
    let Some(column) = column else { return false };
    let below: Vec<Cow<'_, str>> = sample
        .iter()
        .skip(index + 1)
        .take(30)
        .filter_map(|row| row.cell(column))
        .filter(|cell| !cell.is_blank())
        .map(|cell| decode_cell(cell, Verdict::Unicode).text)
        .collect();
    let people = below
        .iter()
        .filter(|text| content::person_like(&Folded::of(text), text.trim()))
        .count();
    people > 0 && people * 2 >= below.len()
}

/// The whole heading around its clearest row.
fn block(
    sample: &[Row<'_, '_>],
    floor: usize,
    base: usize,
    verdict: Verdict,
    hints: &Hints,
) -> Block {
    let mut top = base;
    while top > floor && base - top < DEEPEST - 1 {
        let (Some(upper), Some(lower)) = (sample.get(top - 1), sample.get(top)) else {
            break;
        };
        if names_groups(upper, lower, verdict) {
            top -= 1;
            continue;
        }
        if upper.is_blank() || is_title_row(upper, verdict) {
            break;
        }
        let above = score(upper, None, verdict, hints);
        if !(hangs(upper, lower) && above.data == 0 || above.perhaps()) {
            break;
        }
        top -= 1;
    }
    let mut end = base + 1;
    while end - top < DEEPEST {
        let (Some(upper), Some(lower)) = (sample.get(end - 1), sample.get(end)) else {
            break;
        };
        if lower.is_blank() || is_numbering(lower, None) {
            break;
        }
        let below = score(lower, None, verdict, hints);
        let same_again = repeats(upper, lower);
        if same_again
            || !(hangs(upper, lower) && below.data == 0 && below.people == 0
                || (below.perhaps() || below.only_headings())
                    && fills_gaps(sample, (top, end), lower, verdict, below.perhaps()))
        {
            break;
        }
        end += 1;
    }
    let heading_end = end;
    if sample.get(end).is_some_and(|row| is_numbering(row, None)) {
        end += 1;
    }
    let rows = sample.get(top..heading_end).unwrap_or_default();
    Block {
        rows: (top, end),
        paths: paths(rows, verdict),
        lines: sample
            .get(top..end)
            .unwrap_or_default()
            .iter()
            .map(|row| comparable(row, verdict))
            .collect(),
    }
}

/// True for a row of groups only ("Cha", "Mẹ", "Ngày sinh"), each over a heading of the row below and one beside it: the merge
/// was lost, and a lone one must not be taken for a title.
fn names_groups(upper: &Row<'_, '_>, lower: &Row<'_, '_>, verdict: Verdict) -> bool {
    let own = |cell: &Cell<'_>| cell.spread == Spread::Own && !cell.is_blank();
    let mut groups = upper
        .cells
        .iter()
        .enumerate()
        .filter(|(_, cell)| own(cell))
        .peekable();
    groups.peek().is_some()
        && groups.all(|(column, cell)| {
            let group = headings::known(&heading_text(cell, verdict)).is_some_and(|meaning| {
                meaning.tier == Tier::Exact
                    && match meaning.sense {
                        None => meaning.person.is_some(),
                        Some(Sense::Is(
                            Field::Birth | Field::BirthYear | Field::Sex | Field::Parents,
                        )) => lower.cell(column + 1).is_some_and(own),
                        _ => false,
                    }
            });
            group && lower.cell(column).is_some_and(own)
        })
}

/// The cells of a row, folded, for comparing with a repeated heading.
pub(super) fn comparable(row: &Row<'_, '_>, verdict: Verdict) -> Vec<(usize, String)> {
    row.cells
        .iter()
        .enumerate()
        .filter(|(_, cell)| cell.spread == Spread::Own && !cell.is_blank())
        .map(|(column, cell)| (column, headings::comparable(&heading_text(cell, verdict))))
        .collect()
}

fn repeats(upper: &Row<'_, '_>, lower: &Row<'_, '_>) -> bool {
    let same = lower
        .cells
        .iter()
        .enumerate()
        .filter(|(column, cell)| {
            cell.spread == Spread::Own && !cell.is_blank() && cell.text == text_at(upper, *column)
        })
        .count();
    let own = lower
        .cells
        .iter()
        .filter(|cell| cell.spread == Spread::Own && !cell.is_blank())
        .count();
    same >= 2 && same >= own
}

/// True where the cells of a lower heading row stand below groups: under blanks, merged cells, or a heading that has
/// a blank or merged neighbour; a second list's heading or a row of words does not.
fn fills_gaps(
    sample: &[Row<'_, '_>],
    (top, end): (usize, usize),
    lower: &Row<'_, '_>,
    verdict: Verdict,
    several: bool,
) -> bool {
    let Some(upper) = sample.get(end - 1).filter(|_| end > top) else {
        return false;
    };
    let blank_or_merged = |column: usize| {
        upper
            .cell(column)
            .is_none_or(|cell| cell.is_blank() || cell.spread != Spread::Own)
    };
    let own: Vec<usize> = lower
        .cells
        .iter()
        .enumerate()
        .filter(|(_, cell)| cell.spread == Spread::Own && !cell.is_blank())
        .map(|(column, _)| column)
        .collect();
    // "Cha" over "Họ và tên", one column each: the lower line says what.
    let whose = |column: usize| {
        upper.cell(column).is_some_and(|cell| {
            headings::known(&heading_text(cell, verdict))
                .is_some_and(|meaning| meaning.sense.is_none() && meaning.person.is_some())
        })
    };
    // A lone heading has to stand below a person.
    if !several {
        return own.iter().all(|&column| whose(column));
    }
    let below = |column: usize| blank_or_merged(column) || whose(column);
    own.iter().any(|&column| below(column))
        && own.iter().all(|&column| {
            below(column)
                || blank_or_merged(column + 1)
                || own.contains(&(column + 1))
                || column > 0 && own.contains(&(column - 1))
        })
}

/// A line of the title: one text over the whole width, or the official heading in two.
pub(super) fn is_title_row(row: &Row<'_, '_>, verdict: Verdict) -> bool {
    let own: Vec<&Cell<'_>> = row
        .cells
        .iter()
        .filter(|cell| cell.spread == Spread::Own && !cell.is_blank())
        .collect();
    match own.as_slice() {
        [] => false,
        // One text alone, merged over everything or over nothing, is a title; merged over some columns it may be a group.
        [only] => {
            let spread = row
                .cells
                .iter()
                .filter(|cell| cell.spread == Spread::FromLeft)
                .count();
            lines::is_title(&Folded::of(&heading_text(only, verdict)))
                || spread == 0
                || spread + 1 >= row.cells.len()
        }
        several => {
            several.len() <= 3
                && several
                    .iter()
                    .any(|cell| lines::is_title(&Folded::of(&heading_text(cell, verdict))))
        }
    }
}
