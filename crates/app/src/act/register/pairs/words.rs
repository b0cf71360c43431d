//! The words of the queue: fields, how sure it is, why, what will happen.
//!
//! In: codes and figures. Out: Vietnamese.

use super::super::decide::list::Why;
use super::super::kept::field_of;
use super::super::texts::UNIT;
use std::borrow::Borrow;

/// What a field is called.
pub fn label(field: &str) -> &'static str {
    match field {
        UNIT | "unit_name" => "Xã, phường",
        "birth" => "Ngày sinh",
        "number" => "Số định danh",
        field => field_of(field).map_or("", treem_child::field::Field::label),
    }
}

/// A probability as a person says it: never quite certain.
pub fn percent(probability: impl Borrow<f64>) -> String {
    format!(
        "{:.0} %",
        (probability.borrow() * 100.0).floor().clamp(1.0, 99.0)
    )
}

/// The last part of a file's name: folders are nobody's business on a page.
pub fn file_name(file: &str) -> &str {
    file.rsplit(['/', '\\']).next().unwrap_or(file)
}

/// How sure it is, in words.
pub fn sure(probability: f64) -> &'static str {
    match probability {
        p if p >= 0.98 => "gần như chắc chắn là cùng một trẻ",
        p if p >= 0.9 => "rất có thể là cùng một trẻ",
        p if p >= 0.7 => "có thể là cùng một trẻ",
        _ => "chưa rõ có phải cùng một trẻ không",
    }
}

/// What one comparison adds: "Họ và tên +9,1".
pub fn bits(bits: impl Borrow<f64>) -> String {
    let bits = *bits.borrow();
    let sign = if bits < 0.0 { "−" } else { "+" };
    format!("{sign}{:.1}", bits.abs()).replace('.', ",")
}

/// Why, the weightiest first; what hardly weighs is left out.
pub fn in_order(mut why: Vec<Why>) -> Vec<Why> {
    why.retain(|one| one.bits.abs() >= 0.05);
    why.sort_by(|one, other| other.bits.abs().total_cmp(&one.bits.abs()));
    why
}

/// Labels as part of a sentence: "họ và tên, ngày sinh".
pub fn list(fields: &[&str]) -> String {
    let names: Vec<String> = fields
        .iter()
        .map(|field| {
            let label = label(field);
            // An abbreviation keeps its capitals.
            let mut chars = label.chars();
            match (chars.next(), chars.next()) {
                (Some(first), Some(second)) if !second.is_uppercase() => {
                    let rest: String = label.chars().skip(1).collect();
                    first.to_lowercase().chain(rest.chars()).collect()
                }
                _ => label.to_owned(),
            }
        })
        .collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_a_person_says_it() {
        assert_eq!(percent(0.9999), "99 %");
        assert_eq!(percent(0.0), "1 %");
        assert_eq!(bits(9.14), "+9,1");
        assert_eq!(bits(-3.0), "−3,0");
        assert_eq!(file_name("thôn 1/ds.csv"), "ds.csv");
        assert_eq!(
            list(&["name", "birth", "unit"]),
            "họ và tên, ngày sinh, xã, phường"
        );
        for field in super::super::super::texts::KNOWN {
            assert!(!label(field).is_empty(), "{field}");
        }
    }
}
