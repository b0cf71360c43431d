//! What one row of a returned file says of its child.
//!
//! In: the row as it was sent, its cells by what the columns hold. Out: [`Judged`]. Understood is only what can be meant in one way: an answer, what
//! belongs to it, and nothing that speaks against it.

use super::super::answer::{Answer, Difference, Kind};
use super::super::columns::Column;
use super::super::doubts::{Record, doubts, sentences};
use super::super::frozen::Frozen;
use super::alike;
use super::grid::{Line, Text};
use super::head::{Role, Table};
use super::values::{Given, day_in, differences, field_of, given, value_of};
use super::words::{Words, words};
use super::{Altered, Sent, Taken};
use crate::cell::{CellKind, Spread};
use crate::field::Field;
use crate::normalise::date::{DateValue, date};
use crate::normalise::number::Parts;
use crate::normalise::sex::is_tick;

/// A row of the file.
#[derive(Clone, Copy)]
pub(super) struct Cells<'c> {
    pub(super) line: &'c Line,
    pub(super) table: &'c Table,
}

impl Cells<'_> {
    fn first(&self, role: Role) -> Text {
        self.table
            .all(role)
            .filter_map(|column| self.line.own(column))
            .find(|cell| !cell.is_blank())
            .cloned()
            .unwrap_or_default()
    }
}

/// What a row says.
pub(super) struct Judged {
    pub(super) taken: Taken,
    pub(super) altered: Vec<Altered>,
    pub(super) note: String,
}

/// What stands in the columns of the police.
struct Said {
    kinds: Vec<Kind>,
    /// Answers that are not understood, or not for certain.
    unsure: Option<(String, Option<Kind>)>,
    /// What follows the answer in its cell.
    rest: String,
    /// The answer was copied from above by a merge.
    merged: bool,
    number: Given,
    /// The number stands in the column of the number that was sent.
    in_ours: bool,
    value: Text,
    note: String,
    /// The file has no column for the number, none for the value.
    no_number: bool,
    no_value: bool,
}

fn shown(text: &str) -> String {
    text.chars().take(60).collect()
}

fn said(cells: &Cells<'_>) -> Said {
    let mut out = Said {
        kinds: Vec::new(),
        unsure: None,
        rest: String::new(),
        merged: false,
        number: given(&cells.first(Role::Number)),
        in_ours: false,
        value: cells.first(Role::Value),
        note: cells.first(Role::Note).text,
        no_number: cells.table.one(Role::Number).is_none(),
        no_value: cells.table.one(Role::Value).is_none(),
    };
    let push = |out: &mut Said, kind: Kind| {
        if !out.kinds.contains(&kind) {
            out.kinds.push(kind);
        }
    };
    for (column, role) in &cells.table.columns {
        let Some(cell) = cells.line.own(*column).filter(|cell| !cell.text.is_empty()) else {
            continue;
        };
        match role {
            Role::Answer => {
                match words(&cell.text) {
                    Words::Blank => continue,
                    Words::Said(kind, rest) => {
                        push(&mut out, kind);
                        if out.rest.is_empty() {
                            rest.clone_into(&mut out.rest);
                        }
                    }
                    Words::Unsure(maybe) => out.unsure = Some((shown(&cell.text), maybe)),
                }
                out.merged |= cell.spread == Spread::FromAbove;
            }
            Role::Tick(kind) => {
                let no = cell.is_blank() && !cell.text.contains('*')
                    || matches!(cell.text.as_str(), "0" | "FALSE" | "False" | "false");
                if no {
                    continue;
                }
                let same = matches!(words(&cell.text), Words::Said(said, _) if said == *kind);
                if is_tick(&cell.text) || same {
                    push(&mut out, *kind);
                } else {
                    out.unsure = Some((shown(&cell.text), Some(*kind)));
                }
                out.merged |= cell.spread == Spread::FromAbove;
            }
            _ => {}
        }
    }
    let number = cells.first(Role::Number);
    out.merged |= number.spread == Spread::FromAbove;
    out
}

/// True where a row says anything for the police.
pub(super) fn says_anything(cells: &Cells<'_>) -> bool {
    let said = said(cells);
    !said.kinds.is_empty() || said.unsure.is_some() || said.number != Given::Blank
}

/// True where a row has something of a child: no total, no signature.
pub(super) fn has_fields(cells: &Cells<'_>) -> bool {
    let known = cells
        .table
        .columns
        .iter()
        .filter(|(_, role)| !matches!(role, Role::Ordinal));
    known
        .filter(|(column, _)| cells.line.own(*column).is_some_and(|cell| !cell.is_blank()))
        .count()
        > 1
}

/// The fields that came back other than they were sent; cells that were emptied are among them.
fn altered(row: &Frozen, sent: &Sent<'_>, cells: &Cells<'_>) -> Vec<Altered> {
    let mut out: Vec<Altered> = Vec::new();
    for (column, role) in &cells.table.columns {
        let Role::Sent(field) = role else { continue };
        let Some(came) = cells.line.own(*column) else {
            continue;
        };
        let ours = Column::Sent(*field).cell(row);
        let both_blank = came.is_blank() && crate::normalise::text::is_missing(&ours);
        if both_blank || alike::same(*field, &ours, came, sent.year) {
            continue;
        }
        out.push(Altered {
            field: *field,
            sent: ours,
            came: came.text.clone(),
        });
    }
    out
}

/// Judges a row.
pub(super) fn judge(row: &Frozen, sent: &Sent<'_>, cells: &Cells<'_>) -> Judged {
    let altered = altered(row, sent, cells);
    let mut said = said(cells);
    // The number typed where ours stands.
    let ours = altered
        .iter()
        .find(|one| one.field == Field::Number && !one.came.is_empty());
    if let (Given::Blank, Some(ours)) = (&said.number, ours) {
        said.number = given(&Text {
            text: ours.came.clone(),
            ..Text::default()
        });
        said.in_ours = said.number != Given::Blank;
    }
    let note = said.note.clone();
    let taken = decide(&Case {
        row,
        year: sent.year,
        said: &said,
        altered: &altered,
    });
    Judged {
        taken,
        altered,
        note,
    }
}

/// All that a decision looks at.
struct Case<'c> {
    row: &'c Frozen,
    year: i16,
    said: &'c Said,
    altered: &'c [Altered],
}

/// What belongs to the answer may have stood in a column that is gone.
const NO_VALUE: &str = "Tệp không còn cột “Giá trị theo CSDLQG” nên không biết ngày hoặc nơi ghi kèm. Ngày nào, nơi nào?";

fn ask(sentence: impl Into<String>, proposed: Option<Answer>) -> Taken {
    Taken::Question {
        sentence: sentence.into(),
        proposed,
    }
}

fn understood(answer: Answer) -> Taken {
    Taken::Understood {
        answer,
        remarks: Vec::new(),
    }
}

impl Case<'_> {
    /// The number that was given, where one can be read.
    fn number(&self) -> Option<&str> {
        match &self.said.number {
            Given::Twelve(number) | Given::Restored(number) => Some(number),
            Given::Blank | Given::Unusable(_) => None,
        }
    }

    /// What was sent as a number, where it is one.
    fn sent_number(&self) -> Option<&str> {
        Some(self.row.number.as_str()).filter(|number| Parts::of(number).is_some())
    }

    /// A number was given that is not the one that was sent.
    fn other_number(&self) -> Option<&str> {
        self.number()
            .filter(|number| Some(*number) != self.sent_number())
    }

    /// Fields that say who the child is and came back as something else.
    fn other_child(&self) -> Vec<Field> {
        let who = [
            Field::Name,
            Field::Birth,
            Field::Sex,
            Field::Mother,
            Field::Father,
        ];
        self.altered
            .iter()
            .filter(|one| who.contains(&one.field) && !one.came.is_empty())
            .map(|one| one.field)
            .collect()
    }

    /// The edited fields in words, before and after.
    fn edits(&self) -> String {
        let all: Vec<String> = self
            .altered
            .iter()
            .map(|one| {
                let came = if one.came.is_empty() {
                    "(trống)"
                } else {
                    &one.came
                };
                let sent = if one.sent.is_empty() {
                    "(trống)"
                } else {
                    &one.sent
                };
                format!(
                    "{}: gửi {}, nhận {}",
                    one.field.label(),
                    shown(sent),
                    shown(came)
                )
            })
            .collect();
        all.join("; ")
    }

    /// A kind with what would belong to it, as far as it is there: what a question proposes.
    fn proposal(&self, kind: Kind) -> Option<Answer> {
        Some(match kind {
            Kind::Agrees => Answer::Agrees,
            Kind::NumberGiven => Answer::NumberGiven {
                number: self.number()?.to_owned(),
            },
            Kind::Differs => Answer::Differs {
                fields: self.differences().ok().filter(|all| !all.is_empty())?,
            },
            Kind::NotFound => Answer::NotFound,
            Kind::NumberOnAnother => Answer::NumberOnAnother {
                number: self.other_number().map(str::to_owned),
            },
            Kind::MovedAway => Answer::MovedAway { to: self.beside() },
            Kind::Died => Answer::Died {
                day: self.day().unwrap_or_default(),
            },
            Kind::NotResident => Answer::NotResident,
            Kind::BirthNotRegistered => Answer::BirthNotRegistered,
            Kind::NumberChanged => Answer::NumberChanged {
                old: self.sent_number().unwrap_or("").to_owned(),
                new: self.other_number().map(str::to_owned),
            },
            Kind::NotCitizen => Answer::NotCitizen,
        })
    }

    /// What stands beside the answer: behind it in its cell, else as a value, else as a note.
    fn beside(&self) -> String {
        [&self.said.rest, &self.said.value.text, &self.said.note]
            .into_iter()
            .find(|text| !text.is_empty())
            .cloned()
            .unwrap_or_default()
    }

    /// The day beside the answer, as the record writes days.
    fn day(&self) -> Option<String> {
        if let Some(day) = self.said.value.day {
            return Some(day.to_string());
        }
        [&self.said.rest, &self.said.value.text, &self.said.note]
            .into_iter()
            .find_map(|text| day_in(text, self.year))
            .map(|day| day.to_string())
    }

    /// The fields that differ: as named beside the answer, as edited, as a number given. `Err`: the text that is not understood.
    fn differences(&self) -> Result<Vec<Difference>, String> {
        let said = self.said;
        let named = field_of(&said.rest);
        let mut out = Vec::new();
        if let Some((field, value)) = named {
            if !value.is_empty() {
                let value = value_of(field, value, self.year).ok_or(said.rest.clone())?;
                push(&mut out, field, &value)?;
            }
            for one in differences(&said.value.text, Some(field), self.year)? {
                push(&mut out, one.field, &one.value)?;
            }
        } else {
            let text = if said.value.is_blank() {
                said.rest.as_str()
            } else {
                said.value.text.as_str()
            };
            out.extend(differences(text, None, self.year)?);
        }
        if let Some(number) = self.other_number()
            && !said.in_ours
        {
            push(&mut out, Field::Number, number)?;
        }
        for one in self.altered.iter().filter(|one| !one.came.is_empty()) {
            let value = value_of(one.field, &one.came, self.year).ok_or(one.came.clone())?;
            push(&mut out, one.field, &value)?;
        }
        Ok(out)
    }

    /// What speaks against a number for this child.
    fn doubts(&self, number: &str) -> String {
        sentences(&doubts(number, &Record::of(self.row)))
    }
}

/// Adds a difference; one that contradicts another is not understood.
fn push(out: &mut Vec<Difference>, field: Field, value: &str) -> Result<(), String> {
    match out.iter().find(|known| known.field == field) {
        Some(known) if known.value != value => Err(value.to_owned()),
        Some(_) => Ok(()),
        None => {
            out.push(Difference {
                field,
                value: value.to_owned(),
            });
            Ok(())
        }
    }
}

fn decide(case: &Case<'_>) -> Taken {
    let said = case.said;
    if let Some((text, maybe)) = &said.unsure {
        let maybe = maybe.and_then(|kind| case.proposal(kind));
        return ask(
            format!(
                "Kết quả ghi “{text}” có thể hiểu nhiều cách. Chọn một trong mười một kết quả."
            ),
            maybe,
        );
    }
    match said.kinds.as_slice() {
        [] => without_answer(case),
        [kind] => {
            let who = case.other_child();
            // “Sai lệch” with nothing beside, and one cell edited: that cell is it.
            let bare = said.rest.is_empty() && said.value.is_blank();
            let edits_are_it = *kind == Kind::Differs && who.len() == 1 && bare;
            if !who.is_empty() && !edits_are_it {
                return ask(
                    format!(
                        "Họ tên, ngày sinh hoặc cha mẹ của dòng này không còn như khi gửi ({}). Kết quả này có đúng là của trẻ ấy không?",
                        case.edits()
                    ),
                    case.proposal(*kind),
                );
            }
            let taken = with_answer(case, *kind);
            if said.merged && matches!(taken, Taken::Understood { .. }) {
                return ask(
                    "Ô kết quả được gộp từ dòng trên xuống. Kết quả này có đúng là của cả trẻ này không?",
                    case.proposal(*kind),
                );
            }
            taken
        }
        several => {
            let all: Vec<&str> = several.iter().map(|kind| kind.label()).collect();
            ask(
                format!(
                    "Dòng này có nhiều kết quả cùng lúc: {}. Kết quả nào đúng?",
                    all.join(", ")
                ),
                None,
            )
        }
    }
}

/// No answer was chosen, but something may be written.
fn without_answer(case: &Case<'_>) -> Taken {
    let said = case.said;
    if let Given::Unusable(sentence) = &said.number {
        return Taken::Refused {
            sentence: sentence.clone(),
        };
    }
    if case.other_number().is_some() {
        let proposed = case.proposal(Kind::NumberGiven);
        let clear = case.sent_number().is_none()
            && case.altered.is_empty()
            && !said.merged
            && matches!(said.number, Given::Twelve(_))
            && said.value.is_blank()
            && said.note.is_empty()
            && case
                .number()
                .is_some_and(|number| case.doubts(number).is_empty());
        return match proposed {
            Some(answer) if clear => Taken::Understood {
                answer,
                remarks: vec![
                    "Có số mà không chọn kết quả: hiểu là đã cung cấp mã định danh.".to_owned(),
                ],
            },
            proposed => ask(
                "Có ghi số nhưng không chọn kết quả. Có phải đã cung cấp mã định danh?",
                proposed,
            ),
        };
    }
    if !said.value.is_blank() {
        return ask(
            "Có ghi giá trị theo CSDLQG nhưng không chọn kết quả. Có phải là sai lệch?",
            case.proposal(Kind::Differs),
        );
    }
    match words(&said.note) {
        Words::Said(kind, _) | Words::Unsure(Some(kind)) => {
            return ask(
                format!(
                    "Chưa chọn kết quả, nhưng ghi chú là “{}”. Đó có phải là kết quả không?",
                    shown(&said.note)
                ),
                case.proposal(kind),
            );
        }
        Words::Blank | Words::Unsure(None) => {}
    }
    if case.altered.iter().any(|one| !one.came.is_empty()) {
        return ask(
            format!(
                "Dòng này bị sửa ({}) nhưng không có kết quả. Có phải là sai lệch?",
                case.edits()
            ),
            case.proposal(Kind::Differs),
        );
    }
    Taken::Unanswered
}

/// One answer was chosen.
fn with_answer(case: &Case<'_>, kind: Kind) -> Taken {
    let said = case.said;
    let edited = case.altered.iter().any(|one| !one.came.is_empty());
    match kind {
        Kind::Agrees => agrees(case, edited),
        Kind::NumberGiven => number_given(case),
        Kind::Differs => differs(case),
        Kind::NumberOnAnother | Kind::NumberChanged => {
            if let Given::Unusable(sentence) = &said.number {
                return Taken::Refused {
                    sentence: sentence.clone(),
                };
            }
            let doubts = case
                .other_number()
                .map(|number| case.doubts(number))
                .unwrap_or_default();
            let restored = matches!(said.number, Given::Restored(_));
            if said.no_number && case.other_number().is_none() {
                return ask(
                    "Tệp không còn cột số định danh nên không biết có số mới hay không. Số mới là gì?",
                    case.proposal(kind),
                );
            }
            match case.proposal(kind) {
                Some(answer) if doubts.is_empty() && !restored && said.value.is_blank() => {
                    understood(answer)
                }
                proposed => ask(
                    format!("Kiểm tra lại số và giá trị ghi kèm kết quả. {doubts}")
                        .trim()
                        .to_owned(),
                    proposed,
                ),
            }
        }
        Kind::Died => died(case),
        Kind::MovedAway
        | Kind::NotFound
        | Kind::NotResident
        | Kind::BirthNotRegistered
        | Kind::NotCitizen => {
            let proposed = case.proposal(kind);
            if case.said.number != Given::Blank && case.number() != case.sent_number() {
                return ask(
                    format!(
                        "Kết quả là “{}” nhưng có ghi số định danh. Kết quả nào đúng?",
                        kind.label()
                    ),
                    proposed,
                );
            }
            if kind == Kind::MovedAway && said.no_value && case.beside().is_empty() {
                return ask(NO_VALUE, proposed);
            }
            let value = !said.value.is_blank() && kind != Kind::MovedAway;
            match proposed {
                Some(answer) if !value => understood(answer),
                proposed => ask(
                    format!(
                        "Kết quả là “{}” nhưng có ghi giá trị theo CSDLQG. Kết quả nào đúng?",
                        kind.label()
                    ),
                    proposed,
                ),
            }
        }
    }
}

fn agrees(case: &Case<'_>, edited: bool) -> Taken {
    let said = case.said;
    let sentence = if let Given::Unusable(sentence) = &said.number {
        return ask(format!("Kết quả là “Khớp” nhưng {sentence}"), None);
    } else if let Some(number) = case.other_number() {
        let doubts = case.doubts(number);
        return ask(
            format!("Kết quả là “Khớp” nhưng có ghi một số khác số đã gửi. Có phải đã cung cấp mã định danh? {doubts}").trim().to_owned(),
            case.proposal(Kind::NumberGiven),
        );
    } else if edited {
        format!(
            "Kết quả là “Khớp” nhưng dòng này bị sửa ({}).",
            case.edits()
        )
    } else if !said.value.is_blank() {
        "Kết quả là “Khớp” nhưng có ghi giá trị theo CSDLQG.".to_owned()
    } else if case.sent_number().is_none() {
        "Kết quả là “Khớp” nhưng danh sách chưa có số của trẻ và không ghi số nào.".to_owned()
    } else {
        return understood(Answer::Agrees);
    };
    ask(
        format!("{sentence} Kết quả nào đúng?"),
        case.proposal(Kind::Differs).or(Some(Answer::Agrees)),
    )
}

fn number_given(case: &Case<'_>) -> Taken {
    let said = case.said;
    // The number may stand behind the answer, or as the value.
    let beside = [&said.rest, &said.value.text].into_iter().find_map(|text| {
        let bare: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '.')
            .collect();
        Parts::of(&bare).map(|_| bare)
    });
    let number = match (&said.number, beside) {
        (Given::Unusable(sentence), _) => {
            return Taken::Refused {
                sentence: sentence.clone(),
            };
        }
        (Given::Blank, None) => {
            return ask(
                "Ghi đã cung cấp mã định danh nhưng không có số. Số là gì?",
                None,
            );
        }
        (Given::Blank, Some(beside)) => beside,
        (Given::Twelve(number) | Given::Restored(number), Some(beside)) if *number != beside => {
            return ask("Dòng này có hai số khác nhau. Số nào đúng?", None);
        }
        (Given::Twelve(number) | Given::Restored(number), _) => number.clone(),
    };
    let answer = Answer::NumberGiven {
        number: number.clone(),
    };
    let doubts = case.doubts(&number);
    if !doubts.is_empty() {
        return ask(format!("{doubts} Số hay hồ sơ sai?"), Some(answer));
    }
    if case.sent_number().is_some_and(|sent| sent != number) {
        return ask(
            "Số được cung cấp khác số đã gửi. Số đã gửi có phải bỏ không?",
            Some(answer),
        );
    }
    let edited = case
        .altered
        .iter()
        .any(|one| one.field != Field::Number && !one.came.is_empty());
    if edited {
        return ask(
            format!(
                "Có cung cấp số, nhưng dòng này bị sửa ({}). Có còn là trẻ ấy không?",
                case.edits()
            ),
            Some(answer),
        );
    }
    if matches!(said.number, Given::Restored(_)) {
        let known = !case.row.sex.is_empty() && case.row.birth.len() >= 4;
        if !known {
            return ask(
                "Số thiếu chữ số 0 ở đầu và hồ sơ không đủ giới tính, năm sinh để kiểm tra. Số đủ 12 chữ số là gì?",
                Some(answer),
            );
        }
        return Taken::Understood {
            answer,
            remarks: vec![
                "Số mất chữ số 0 ở đầu, đã bù lại; khớp giới tính và năm sinh.".to_owned(),
            ],
        };
    }
    understood(answer)
}

fn differs(case: &Case<'_>) -> Taken {
    let said = case.said;
    if let Given::Unusable(sentence) = &said.number {
        return Taken::Refused {
            sentence: sentence.clone(),
        };
    }
    // A day that a spreadsheet made of digits may have day and month swapped.
    if said
        .value
        .day
        .is_some_and(|day| day.day <= 12 && day.day != day.month)
    {
        return ask(
            format!(
                "Ngày {} do bảng tính tự đổi, có thể đảo ngày và tháng. Ngày đúng là ngày nào?",
                said.value.text
            ),
            case.proposal(Kind::Differs),
        );
    }
    if matches!(said.value.kind, CellKind::Number(_)) && said.value.text.len() < 8 {
        return ask(
            format!(
                "Giá trị “{}” là một con số, không rõ của trường nào.",
                said.value.text
            ),
            None,
        );
    }
    let fields = match case.differences() {
        Err(text) => {
            return ask(
                format!(
                    "Ghi sai lệch nhưng “{}” không rõ là trường nào, giá trị nào.",
                    shown(&text)
                ),
                None,
            );
        }
        Ok(fields) if fields.is_empty() => {
            return ask(
                "Ghi sai lệch nhưng không ghi trường và giá trị theo CSDLQG.",
                None,
            );
        }
        Ok(fields) => fields,
    };
    let equal = fields.iter().find(|one| {
        let ours = Column::Sent(one.field).cell(case.row);
        !ours.is_empty() && ours == one.value
    });
    if let Some(equal) = equal {
        return ask(
            format!(
                "Ghi sai lệch ở {} nhưng giá trị giống giá trị đã gửi.",
                equal.field.label()
            ),
            Some(Answer::Differs { fields }),
        );
    }
    let partial = fields.iter().any(|one| {
        one.field == Field::Birth
            && !matches!(date(&one.value, case.year), DateValue::Known(day) if day.is_full())
    });
    if partial {
        return ask(
            "Ngày sinh theo CSDLQG ghi không đủ ngày, tháng, năm. Ngày sinh đủ là ngày nào?",
            Some(Answer::Differs { fields }),
        );
    }
    let number = fields.iter().find(|one| one.field == Field::Number);
    let sex = fields.iter().find(|one| one.field == Field::Sex);
    let birth = fields.iter().find(|one| one.field == Field::Birth);
    if let Some(number) = number {
        // Against what they say the record should be.
        let birth = birth.map(|one| match date(&one.value, case.year) {
            DateValue::Known(day) => day.to_string(),
            _ => String::new(),
        });
        let record = Record {
            sex: sex.map_or(case.row.sex.as_str(), |one| one.value.as_str()),
            birth: birth.as_deref().unwrap_or(&case.row.birth),
            ..Record::of(case.row)
        };
        let doubts = sentences(&doubts(&number.value, &record));
        let restored = matches!(said.number, Given::Restored(_));
        if !doubts.is_empty() || restored {
            return ask(
                format!("Kiểm tra lại số định danh ghi kèm. {doubts}")
                    .trim()
                    .to_owned(),
                Some(Answer::Differs { fields }),
            );
        }
    }
    understood(Answer::Differs { fields })
}

fn died(case: &Case<'_>) -> Taken {
    let proposed = case.proposal(Kind::Died);
    if case.said.number != Given::Blank && case.number() != case.sent_number() {
        return ask(
            "Kết quả là “Đã chết” nhưng có ghi số định danh. Kết quả nào đúng?",
            proposed,
        );
    }
    let day = case.day();
    if day.is_none() && case.said.no_value && case.said.rest.is_empty() {
        return ask(NO_VALUE, proposed);
    }
    let wrote = !case.said.rest.is_empty() || !case.said.value.is_blank();
    if wrote && day.is_none() {
        return ask(
            format!(
                "Kết quả là “Đã chết” nhưng “{}” không đọc được là ngày nào.",
                shown(&case.beside())
            ),
            proposed,
        );
    }
    let swapped = case
        .said
        .value
        .day
        .is_some_and(|day| day.day <= 12 && day.day != day.month);
    let early = day.as_deref().is_some_and(|day| {
        let shorter = day.len().min(case.row.birth.len());
        day.get(..shorter) < case.row.birth.get(..shorter)
    });
    if swapped || early {
        return ask(
            "Ngày chết ghi trước ngày sinh, hoặc có thể đảo ngày và tháng. Ngày đúng là ngày nào?",
            proposed,
        );
    }
    proposed.map_or(Taken::Unanswered, understood)
}
