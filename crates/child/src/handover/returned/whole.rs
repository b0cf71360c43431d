//! What only the file as a whole tells: a row that stands there twice, columns that slipped, one number for two.
//!
//! In: rows of the file, judged; the lines of the list. Out: one state a row. What was understood of one row alone becomes a question here.

use super::super::code;
use super::{Altered, Found, Line, Sent, Taken};
use crate::field::Field;
use std::collections::{BTreeMap, BTreeSet};

/// One state for a row that stands in the file once, several times or not at all.
pub(super) fn merged(code: code::Row, found: Vec<Found>) -> Line {
    let mut line = Line {
        code,
        places: Vec::new(),
        taken: Taken::Unanswered,
        altered: Vec::new(),
        note: String::new(),
    };
    let mut answers: Vec<(u64, Taken)> = Vec::new();
    for one in found {
        for altered in one.altered {
            if !line.altered.contains(&altered) {
                line.altered.push(altered);
            }
        }
        if line.note.is_empty() {
            line.note = one.note;
        }
        if one.taken != Taken::Unanswered {
            answers.push((one.place.row, one.taken));
        }
        line.places.push(one.place);
    }
    let same = |left: &Taken, right: &Taken| match (left, right) {
        (Taken::Understood { answer: left, .. }, Taken::Understood { answer: right, .. }) => {
            left == right
        }
        (left, right) => left == right,
    };
    let Some((_, first)) = answers.first() else {
        return line;
    };
    line.taken = if answers.iter().all(|(_, taken)| same(taken, first)) {
        first.clone()
    } else {
        let rows: Vec<String> = answers.iter().map(|(row, _)| row.to_string()).collect();
        Taken::Question {
            sentence: format!(
                "Mã này có ở các dòng {} của tệp với kết quả khác nhau. Kết quả nào đúng?",
                rows.join(", ")
            ),
            proposed: None,
        }
    };
    let count = answers.len();
    if count > 1
        && let Taken::Understood { remarks, .. } = &mut line.taken
    {
        remarks.push(format!(
            "Dòng này có {count} lần trong tệp, kết quả như nhau."
        ));
    }
    line
}

/// Fields of who a child is, other than sent in many rows, are columns that slipped: what was read from them is asked about.
pub(super) fn edited_alike(lines: &mut [Line]) {
    let is_who =
        |one: &Altered| matches!(one.field, Field::Name | Field::Birth) && !one.came.is_empty();
    let present = lines.iter().filter(|line| !line.places.is_empty()).count();
    let slipped = lines
        .iter()
        .filter(|line| line.altered.iter().any(is_who))
        .count();
    if slipped < 3 || slipped.saturating_mul(5) < present {
        return;
    }
    for line in lines
        .iter_mut()
        .filter(|line| line.altered.iter().any(is_who))
    {
        if let Taken::Understood { answer, .. } = &line.taken {
            line.taken = Taken::Question {
                sentence: "Nhiều dòng của tệp có họ tên hoặc ngày sinh khác khi gửi, có thể các cột bị lệch dòng. Kết quả này có đúng là của trẻ này không?".to_owned(),
                proposed: Some(answer.clone()),
            };
        }
    }
}

/// A number that is given to two rows, or that another row was sent with, is asked about.
pub(super) fn same_number(lines: &mut [Line], sent: &Sent<'_>) {
    let mut given: BTreeMap<String, BTreeSet<code::Row>> = BTreeMap::new();
    for row in sent.rows {
        if crate::normalise::number::Parts::of(&row.number).is_some() {
            given
                .entry(row.number.clone())
                .or_default()
                .insert(row.code);
        }
    }
    for line in lines.iter() {
        if let Taken::Understood { answer, .. } = &line.taken
            && let Some(number) = answer.number()
        {
            given
                .entry(number.to_owned())
                .or_default()
                .insert(line.code);
        }
    }
    for line in lines {
        let Taken::Understood { answer, .. } = &line.taken else {
            continue;
        };
        let Some(others) = answer.number().and_then(|number| given.get(number)) else {
            continue;
        };
        let others: Vec<String> = others
            .iter()
            .filter(|code| **code != line.code)
            .map(ToString::to_string)
            .collect();
        if !others.is_empty() {
            line.taken = Taken::Question {
                sentence: format!(
                    "Số này cũng là số của dòng {} trong cùng danh sách. Số nào đúng?",
                    others.join(", ")
                ),
                proposed: Some(answer.clone()),
            };
        }
    }
}
