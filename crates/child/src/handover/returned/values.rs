//! What the population database says where it differs: fields by name with their values, a number, a day.
//!
//! In: texts of cells. Out: [`Difference`]s, days, [`Given`] numbers. A value that is none of its field's is no difference.

use super::super::answer::Difference;
use super::grid::Text;
use super::words::tokens;
use crate::cell::CellKind;
use crate::field::Field;
use crate::normalise::date::{DateValue, PartialDate, date};
use crate::normalise::number::{self, Number};
use crate::normalise::sex::{SexValue, sex};
use crate::normalise::syllable::ascii_fold;

/// What a cell says of a number that was given.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Given {
    /// Nothing.
    Blank,
    /// Twelve digits.
    Twelve(String),
    /// Ten or eleven digits with the zeros before them put back.
    Restored(String),
    /// Something that is no number: why, in one Vietnamese sentence.
    Unusable(String),
}

/// Reads the number of a cell.
pub(super) fn given(cell: &Text) -> Given {
    if cell.is_blank() {
        return Given::Blank;
    }
    let shown: String = cell.text.chars().take(40).collect();
    let power = |c: char| matches!(c, 'e' | 'E');
    if cell.text.contains(power)
        && cell.text.contains('+')
        && cell.text.chars().any(|c| c.is_ascii_digit())
    {
        return Given::Unusable(format!(
            "Số “{shown}” đã bị bảng tính rút gọn, mất các chữ số cuối; xem lại giấy tờ rồi gõ đủ 12 chữ số."
        ));
    }
    if matches!(cell.kind, CellKind::Error) {
        return Given::Unusable(format!("Ô số định danh báo lỗi “{shown}”; gõ lại số."));
    }
    match number::number(&cell.text) {
        Number::Missing | Number::NotRegistered => Given::Blank,
        Number::Twelve(text, _) => Given::Twelve(text.into_owned()),
        Number::Other(text) => match number::restore_zeros(&text) {
            Some((padded, _)) => Given::Restored(padded),
            None => Given::Unusable(format!(
                "“{shown}” không phải số định danh: cần đúng 12 chữ số, ở đây có {}.",
                text.chars().filter(char::is_ascii_digit).count()
            )),
        },
    }
}

/// Names of fields as people write them before a value, without marks; the longest that fits is taken.
const NAMES: &[(&str, Field)] = &[
    ("ho va ten", Field::Name),
    ("ho ten", Field::Name),
    ("ho ten tre", Field::Name),
    ("ten", Field::Name),
    ("ten tre", Field::Name),
    ("ngay sinh", Field::Birth),
    ("ngay thang nam sinh", Field::Birth),
    ("nam sinh", Field::Birth),
    ("sinh ngay", Field::Birth),
    ("ns", Field::Birth),
    ("gioi tinh", Field::Sex),
    ("gioi", Field::Sex),
    ("gt", Field::Sex),
    ("dan toc", Field::Ethnicity),
    ("quoc tich", Field::Nationality),
    ("noi dang ky khai sinh", Field::BirthRegistration),
    ("noi dkks", Field::BirthRegistration),
    ("dkks", Field::BirthRegistration),
    ("que quan", Field::HomePlace),
    ("que", Field::HomePlace),
    ("ho ten cha", Field::Father),
    ("ten cha", Field::Father),
    ("cha", Field::Father),
    ("bo", Field::Father),
    ("ho ten me", Field::Mother),
    ("ten me", Field::Mother),
    ("me", Field::Mother),
    ("nguoi giam ho", Field::Guardian),
    ("giam ho", Field::Guardian),
    ("so dinh danh", Field::Number),
    ("ma dinh danh", Field::Number),
    ("so dd", Field::Number),
    ("so", Field::Number),
    ("noi thuong tru", Field::Address),
    ("thuong tru", Field::Address),
];

/// The field a text begins with, and what follows.
pub(super) fn field_of(text: &str) -> Option<(Field, &str)> {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let words = tokens(text);
    let best = NAMES
        .iter()
        .filter_map(|(name, field)| {
            let parts: Vec<&str> = name.split(' ').collect();
            let fits = parts.len() <= words.len()
                && parts
                    .iter()
                    .zip(&words)
                    .all(|(part, word)| *part == word.folded);
            fits.then_some((parts.len(), *field))
        })
        .max_by_key(|(count, _)| *count)?;
    let end = words.get(best.0.checked_sub(1)?)?.end;
    let rest = text.get(end..).unwrap_or("");
    let rest = rest.trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, ':' | '=' | '-' | '–' | '>' | '→' | '.')
    });
    let rest = ["là ", "ghi ", "LÀ ", "đúng là "]
        .iter()
        .find_map(|word| rest.strip_prefix(word))
        .unwrap_or(rest);
    Some((best.1, rest.trim()))
}

/// A value as its field has it; `None` where it is none.
pub(super) fn value_of(field: Field, text: &str, year: i16) -> Option<String> {
    let text = text.trim().trim_end_matches(['.', ';', ',']);
    if text.is_empty() || text.contains('?') || text.chars().count() > 200 {
        return None;
    }
    match field {
        Field::Birth => match date(text, year) {
            DateValue::Known(day) => Some(day.display()),
            _ => None,
        },
        Field::Sex => match sex(text) {
            SexValue::Known(sex) => Some(sex.label().to_owned()),
            _ => None,
        },
        Field::Number => match number::number(text) {
            Number::Twelve(text, _) => Some(text.into_owned()),
            _ => None,
        },
        _ => Some(text.to_owned()),
    }
}

/// The field a bare value can only be of.
fn field_by_look(text: &str, year: i16) -> Option<Field> {
    [Field::Number, Field::Sex, Field::Birth]
        .into_iter()
        .find(|field| {
            let full = *field != Field::Birth
                || matches!(date(text, year), DateValue::Known(day) if day.is_full());
            full && value_of(*field, text, year).is_some()
        })
}

/// Reads differences: `ngày sinh: 12/03/2015; giới tính: Nữ`, or a value alone where its field is named elsewhere (`named`) or plain from
/// its look. `Err`: the text that is not understood.
pub(super) fn differences(
    text: &str,
    named: Option<Field>,
    year: i16,
) -> Result<Vec<Difference>, String> {
    let mut out: Vec<Difference> = Vec::new();
    let mut pieces: Vec<String> = Vec::new();
    for piece in text.split([';', '\n', '|']) {
        // A comma parts two differences where a field follows it; else it belongs to the value.
        let mut open = String::new();
        for part in piece.split(',') {
            let begins = field_of(part).is_some_and(|(_, rest)| !rest.is_empty());
            if begins && !open.trim().is_empty() {
                pieces.push(std::mem::take(&mut open));
            } else if !open.is_empty() {
                open.push(',');
            }
            open.push_str(part);
        }
        pieces.push(open);
    }
    let pieces: Vec<&str> = pieces
        .iter()
        .map(|piece| piece.trim())
        .filter(|piece| !piece.is_empty())
        .collect();
    for piece in &pieces {
        let found = match field_of(piece) {
            Some((field, rest)) if !rest.is_empty() => {
                value_of(field, rest, year).map(|value| (field, value))
            }
            _ if pieces.len() == 1 => named
                .or_else(|| field_by_look(piece, year))
                .and_then(|field| Some((field, value_of(field, piece, year)?))),
            _ => None,
        };
        let Some((field, value)) = found else {
            return Err((*piece).to_owned());
        };
        if out.iter().any(|known| known.field == field) {
            return Err((*piece).to_owned());
        }
        out.push(Difference { field, value });
    }
    Ok(out)
}

/// The day in a text ("ngày 12/3/2024", "năm 2023").
pub(super) fn day_in(text: &str, year: i16) -> Option<PartialDate> {
    let mut rest = text.trim();
    while let Some(word) = rest.split_whitespace().next() {
        let folded = ascii_fold(word);
        if !matches!(
            folded.trim_matches([':', ',', '.', '(']),
            "ngay" | "nam" | "thang" | "vao" | "luc" | "tu" | ""
        ) {
            break;
        }
        rest = rest.get(word.len()..).unwrap_or("").trim_start();
    }
    let rest = rest.trim_matches(['(', ')', '.', ',', ';', ' ']);
    match date(rest, year) {
        DateValue::Known(day) => Some(day),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, named: Option<Field>, expect: Option<&[(Field, &str)]>) {
        let found = differences(text, named, 2026).ok();
        let expect: Option<Vec<Difference>> = expect.map(|all| {
            let difference = |(field, value): &(Field, &str)| Difference {
                field: *field,
                value: (*value).to_owned(),
            };
            all.iter().map(difference).collect()
        });
        assert!(found == expect, "{text}");
    }

    #[test]
    fn what_differs() {
        use Field::{Birth, Father, HomePlace, Mother, Name, Number, Sex};
        for (text, named, expect) in [
            ("ngày sinh: 12/3/2015", None, &[(Birth, "12/03/2015")][..]),
            ("12.03.2015", None, &[(Birth, "12/03/2015")]),
            ("Nữ", None, &[(Sex, "Nữ")]),
            (
                "giới tính Nữ; Họ tên: Hồ Thị Mơ",
                None,
                &[(Sex, "Nữ"), (Name, "Hồ Thị Mơ")],
            ),
            (
                "Giới tính: nữ, mẹ: Hồ Thị Nga",
                None,
                &[(Sex, "Nữ"), (Mother, "Hồ Thị Nga")],
            ),
            (
                "Quê quán: Tà Rụt, Đakrông, Quảng Trị",
                None,
                &[(HomePlace, "Tà Rụt, Đakrông, Quảng Trị")],
            ),
            ("Hồ Thị Mơ", Some(Name), &[(Name, "Hồ Thị Mơ")]),
            ("045315001234", None, &[(Number, "045315001234")]),
            ("bố là Hồ Văn Khăm", None, &[(Father, "Hồ Văn Khăm")]),
        ] {
            check(text, named, Some(expect));
        }
        for (text, named) in [
            ("Hồ Thị Mơ", None),
            ("ngày sinh: 31/02/2015", None),
            ("giới tính: x", None),
            ("ngày sinh 12/3/2015; ngày sinh 13/3/2015", None),
            ("ngày sinh", None),
            ("số định danh 04531500123", None),
            ("ngày sinh: 12/3/2015?", None),
        ] {
            check(text, named, None);
        }
    }

    #[test]
    fn days() {
        for (text, expect) in [
            ("ngày 12/3/2024", Some("2024-03-12")),
            ("năm 2023", Some("2023")),
            ("(3/2024)", Some("2024-03")),
            ("tại bệnh viện", None),
        ] {
            let found = day_in(text, 2026).map(|day| day.to_string());
            assert_eq!(found.as_deref(), expect, "{text}");
        }
    }
}
