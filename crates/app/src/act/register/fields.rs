//! The fields of a record by the names people give them: codes of `children.csv`, codes of the rules, Vietnamese words with or without
//! marks.
//!
//! In: a name. Out: the [`Field`] a person may type.

use treem_child::field::Field;
use treem_child::normalise::syllable::ascii_fold;

/// Fields a person may type, with words beside their code and label (folded: small letters, no marks).
const NAMES: &[(Field, &[&str])] = &[
    (Field::Name, &["ho ten", "ho va ten khai sinh", "ten"]),
    (Field::Birth, &["ngay sinh", "sinh"]),
    (Field::Sex, &["gioi", "nam nu"]),
    (Field::Ethnicity, &["ethnicity own"]),
    (Field::Nationality, &[]),
    (
        Field::Number,
        &["so dinh danh", "ma dinh danh", "so ddcn", "cccd"],
    ),
    (Field::BirthCertificate, &["giay khai sinh"]),
    (Field::BirthRegistration, &["dang ky khai sinh"]),
    (Field::BirthPlace, &[]),
    (Field::HomePlace, &[]),
    (Field::Province, &["tinh", "thanh pho"]),
    (Field::District, &["huyen", "thi xa", "district name"]),
    (
        Field::Commune,
        &["xa", "phuong", "thi tran", "unit", "unit name", "don vi"],
    ),
    (Field::Hamlet, &["thon", "ban", "khu pho", "to dan pho"]),
    (Field::Address, &["dia chi", "thuong tru"]),
    (Field::AddressCurrent, &["noi o", "noi o hien nay"]),
    (Field::Father, &["cha", "bo", "ten cha"]),
    (Field::FatherBirth, &["nam sinh cha"]),
    (Field::FatherNumber, &["so dinh danh cha"]),
    (Field::FatherPhone, &["dien thoai cha"]),
    (Field::Mother, &["me", "ten me"]),
    (Field::MotherBirth, &["nam sinh me"]),
    (Field::MotherNumber, &["so dinh danh me"]),
    (Field::MotherPhone, &["dien thoai me"]),
    (
        Field::Guardian,
        &[
            "nguoi giam ho",
            "giam ho",
            "nguoi nuoi duong",
            "nguoi cham soc",
        ],
    ),
    (Field::GuardianBirth, &["nam sinh nguoi giam ho"]),
    (Field::GuardianNumber, &["so dinh danh nguoi giam ho"]),
    (Field::GuardianPhone, &["dien thoai nguoi giam ho"]),
    (Field::GuardianRelation, &["quan he"]),
    (Field::Phone, &["dien thoai"]),
    (Field::Household, &[]),
    (Field::HouseholdHead, &[]),
    (Field::HouseholdPoor, &["ho ngheo"]),
    (Field::School, &["truong", "lop"]),
    (Field::Insurance, &["the bhyt", "bhyt"]),
    (Field::Circumstance, &[]),
    (Field::Note, &[]),
];

fn folded(text: &str) -> String {
    let folded = ascii_fold(text).to_lowercase();
    folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The field of a name.
pub fn by_name(name: &str) -> Option<Field> {
    let name = folded(name);
    NAMES
        .iter()
        .find(|(field, words)| {
            folded(field.code()) == name
                || folded(field.label()) == name
                || words.contains(&name.as_str())
        })
        .map(|(field, _)| *field)
}

/// `FIELD=VALUE`; the error is one Vietnamese sentence.
///
/// # Errors
/// No equals sign, or a name that no field has.
pub fn typed(text: &str) -> Result<(Field, String), String> {
    let Some((name, value)) = text.split_once('=') else {
        return Err(format!(
            "“{text}” không dùng được: viết TRƯỜNG=GIÁ TRỊ, ví dụ \"họ tên=Hồ Thị Mơ\"."
        ));
    };
    if let Some(field) = by_name(name.trim()) {
        return Ok((field, value.trim().to_owned()));
    }
    let known: Vec<&str> = NAMES.iter().map(|(field, _)| field.code()).collect();
    Err(format!(
        "không có trường “{}”; các trường: {}.",
        name.trim(),
        known.join(", ")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::act::check::records::CHILDREN_HEAD;

    #[test]
    fn names() {
        for (name, field) in [
            ("họ tên", Some(Field::Name)),
            ("Họ và tên", Some(Field::Name)),
            ("name", Some(Field::Name)),
            ("mother_number", Some(Field::MotherNumber)),
            ("mother.number", Some(Field::MotherNumber)),
            ("Số định danh của mẹ", Some(Field::MotherNumber)),
            ("số định danh", Some(Field::Number)),
            ("xã", Some(Field::Commune)),
            ("unit_name", Some(Field::Commune)),
            ("ghi chú", Some(Field::Note)),
            ("row", None),
            ("tuổi", None),
            ("", None),
        ] {
            assert_eq!(by_name(name), field, "{name}");
        }
        // Every column of a record that a person fills in can be named by its head.
        let own = [
            "file",
            "sheet",
            "row",
            "id",
            "edition",
            "ethnicity_code_1979",
            "ethnicity_code_2008",
        ];
        for head in CHILDREN_HEAD.trim_end().split(',') {
            assert_eq!(by_name(head).is_none(), own.contains(&head), "{head}");
        }
    }

    #[test]
    fn every_name_means_one_field() {
        let mut seen = std::collections::BTreeMap::new();
        for (field, words) in NAMES {
            let mut all: Vec<String> = words.iter().map(|word| folded(word)).collect();
            all.extend([folded(field.code()), folded(field.label())]);
            for name in all {
                let before = seen.insert(name.clone(), *field);
                assert!(before.is_none_or(|before| before == *field), "{name}");
            }
        }
    }
}
