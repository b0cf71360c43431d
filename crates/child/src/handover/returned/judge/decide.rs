//! What a row comes to: understood only where it can be meant in one way and nothing speaks against it.
//!
//! In: a [`Case`]. Out: [`Taken`].

use super::super::super::answer::{Answer, Kind};
use super::super::super::columns::Column;
use super::super::super::doubts::{Record, doubts, sentences};
use super::super::Taken;
use super::super::values::Given;
use super::super::words::{Words, words};
use super::case::{Case, NO_VALUE, ask, understood};
use super::shown;
use crate::cell::CellKind;
use crate::field::Field;
use crate::normalise::date::{DateValue, date};
use crate::normalise::number::Parts;

/// What became of a row.
pub(super) fn decide(case: &Case<'_>) -> Taken {
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
