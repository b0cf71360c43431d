//! The Vietnamese words of the linkage: what is compared, and what its levels are called.
//!
//! In: comparisons and levels. Out: what a person reads in the waterfall.

use super::compare::What;
use super::meet::Meeting;

/// The machine's name of what is compared.
pub(super) fn code(what: What) -> &'static str {
    match what {
        What::Name => "name",
        What::Birth => "birth",
        What::Sex => "sex",
        What::Mother => "mother",
        What::Father => "father",
        What::Commune => "commune",
        What::Ethnicity => "ethnicity",
        What::Number => "number",
        What::Phone => "phone",
    }
}

/// What a person reads for the machine's name of a comparison.
pub fn label(code: &str) -> &'static str {
    match code {
        "name" => "Họ và tên",
        "birth" => "Ngày sinh",
        "sex" => "Giới tính",
        "mother" => "Họ tên mẹ",
        "father" => "Họ tên cha",
        "commune" => "Xã, phường",
        "ethnicity" => "Dân tộc",
        "number" => "Số định danh",
        "phone" => "Điện thoại",
        _ => "",
    }
}

const NAME_LEVELS: [&str; 9] = [
    "giống hệt",
    "giống, chỉ khác cách đặt dấu, i/y",
    "giống khi bỏ dấu, một bên không ghi dấu",
    "thiếu chữ đệm, hoặc đảo thứ tự",
    "gần giống: một chữ sai chính tả, phương ngữ",
    "tên gần giống nhưng là hai tên quen dùng",
    "chỉ giống tên",
    "giống họ và chữ đệm, khác tên",
    "khác",
];

/// What the levels of a comparison are called.
pub(super) fn levels(what: What) -> Vec<&'static str> {
    match what {
        What::Name => NAME_LEVELS.to_vec(),
        What::Mother | What::Father => NAME_LEVELS
            .iter()
            .copied()
            .chain(["cha và mẹ đổi chỗ"])
            .collect(),
        What::Birth => vec![
            "cùng ngày",
            "đảo ngày và tháng",
            "lệch một chữ số, một ngày",
            "cùng ngày, tháng, lệch năm",
            "một bên chỉ ghi năm hoặc tháng, khớp",
            "một bên ghi 01/01, cùng năm",
            "cách nhau dưới chín tháng",
            "khác xa",
            "một bên ghi thiếu, không khớp",
        ],
        What::Sex => vec!["giống", "khác"],
        What::Commune => vec!["cùng xã", "cùng huyện, khác xã", "khác"],
        What::Ethnicity => vec!["giống", "khác"],
        What::Number => vec![
            "cùng số",
            "cùng số, nhưng số trái với năm sinh hoặc giới tính",
            "lệch một chữ số",
            "khác số",
            "khác số, một số trái với năm sinh hoặc giới tính",
        ],
        What::Phone => vec!["giống", "khác"],
    }
}

/// The name of a blocking key.
pub(super) fn meeting(meeting: Meeting) -> &'static str {
    match meeting {
        Meeting::Number => "number",
        Meeting::BirthGiven => "birth + given",
        Meeting::Parents => "father + mother",
        Meeting::BirthMother => "birth + mother",
        Meeting::BirthFather => "birth + father",
        Meeting::BirthCommune => "birth + commune",
        Meeting::MotherCommune => "mother + commune",
        Meeting::FatherCommune => "father + commune",
        Meeting::NameCommune => "name + commune",
        Meeting::MotherGiven => "year + mother + given",
        Meeting::YearCommuneGiven => "year + commune + sound of given",
        Meeting::FatherGiven => "year + father + given",
        Meeting::PhoneYear => "phone + year",
    }
}
