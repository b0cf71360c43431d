//! Fields in which the population database says otherwise.
//!
//! In: the record, the [`Difference`]s. Out: changes of the [`Effect`], and requests. Sex, birth year and the place of registration stand in the
//! number: where the number follows the record's value, and no other number is given, the number has to be cancelled and established anew by
//! the police (TT 59/2021/TT-BCA Điều 6), and the record waits for that. Where it follows theirs, the record was wrong.

use super::super::answer::Difference;
use super::super::columns::Column;
use super::super::doubts::{Doubt, Record, doubts};
use super::{Change, Effect, Now, Request, Standing};
use crate::field::Field;
use crate::normalise::date::{DateValue, date};
use crate::normalise::number::Parts;

/// Years beyond which no child is born: the pivot of two-digit years is no question in what was read back, which has four digits.
const YEAR: i16 = 2100;

/// A birth date as the record writes it.
fn iso(text: &str) -> Option<String> {
    match date(text, YEAR) {
        DateValue::Known(day) => Some(day.to_string()),
        _ => None,
    }
}

pub(super) fn differs(now: &Now<'_>, fields: &[Difference], out: &mut Effect) {
    if fields.is_empty() {
        out.refused = Some("Sai lệch nhưng không ghi trường nào.".to_owned());
        return;
    }
    let value = |field: Field| {
        fields
            .iter()
            .find(|one| one.field == field)
            .map(|one| one.value.as_str())
    };
    let mut becomes = now.row.clone();
    if let Some(sex) = value(Field::Sex) {
        sex.clone_into(&mut becomes.sex);
    }
    if let Some(birth) = value(Field::Birth) {
        let Some(birth) = iso(birth) else {
            out.refused = Some(
                "Ngày sinh theo CSDLQG không đọc được; ghi lại theo dạng ngày/tháng/năm."
                    .to_owned(),
            );
            return;
        };
        becomes.birth = birth;
    }
    if let Some(place) = value(Field::BirthRegistration) {
        place.clone_into(&mut becomes.birth_registration);
    }
    let given = value(Field::Number);
    let record = Record {
        adults: now.adults,
        holders: now.holders,
        ..Record::of(&becomes)
    };
    if let Some(number) = given {
        super::hold(number, &record, out);
    }
    // The number the record has, where nothing spoke against it before.
    let kept = Some(now.row.number.as_str()).filter(|number| {
        given.is_none()
            && Parts::of(number).is_some_and(Parts::is_sound_child)
            && doubts(number, &Record::of(now.row)).is_empty()
    });
    let against: Vec<Doubt> = kept.map_or_else(Vec::new, |number| doubts(number, &record));
    let needs = |field: Field| {
        against.iter().any(|doubt| {
            matches!(
                (field, doubt),
                (Field::Sex, Doubt::Sex(_))
                    | (Field::Birth, Doubt::Year(..))
                    | (Field::BirthRegistration, Doubt::Registered(..))
            )
        })
    };
    for one in fields {
        if one.field == Field::Number {
            continue;
        }
        let before = Column::Sent(one.field).cell(now.row);
        if before == one.value {
            out.says.push(format!(
                "{}: hồ sơ đã ghi đúng như CSDLQG.",
                one.field.label()
            ));
            continue;
        }
        if needs(one.field) {
            out.stays_open = true;
            out.requests.push(Request {
                field: one.field,
                ours: before,
                theirs: one.value.clone(),
            });
            continue;
        }
        if one.field == Field::Address {
            out.asks.push(
                "Nơi thường trú theo CSDLQG khác hồ sơ; sửa nơi ở có thể đưa trẻ sang xã khác."
                    .to_owned(),
            );
        }
        out.changes.push(Change {
            field: one.field,
            before,
            after: one.value.clone(),
        });
    }
    if let Some(number) = given {
        if now.row.number != number && Parts::of(&now.row.number).is_some() {
            out.asks
                .push("Hồ sơ đang ghi một số định danh khác; số ấy sẽ được thay.".to_owned());
        }
        super::write_number(now, number, out);
    } else if Parts::of(&now.row.number).is_none() {
        out.stays_open = true;
        out.says
            .push("Hồ sơ chưa có số định danh: vào danh sách lần sau.".to_owned());
    } else if out.requests.is_empty() && kept.is_some() {
        // They found the child by the record's number, and that is right.
        out.number = Some(Standing::Verified);
    }
}
