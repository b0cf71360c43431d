//! Every sentence that a finding says, in Vietnamese, in one place to be proof-read.
//!
//! In: a [`Finding`]. Out: one sentence: what is wrong, and what to do. `{raw}` is the cell, `{fix}` the suggestion, `{0}`, `{1}`
//! … the details in order. Addressed to a commune officer; no word of English, no code.

use crate::finding::Finding;
use crate::rule::RULES;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};
use std::borrow::Cow;
use std::sync::LazyLock;

/// The third detail of a `child.duplicate` that the linkage found: its sentence names a probability instead of a parent.
pub const LINKED: &str = "linked";

const LINKED_WORDING: &str = "Có thể là cùng một trẻ với {1} (khả năng khoảng {0}%). Xác định có phải cùng một trẻ hay không; nếu cùng một trẻ thì chỉ giữ một dòng.";

/// A text with a capital: sentences are kept small where they may stand behind a name.
pub fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// A whole number, not below zero, as Vietnamese writes it: 187.288.
pub fn grouped(value: impl std::fmt::Display) -> String {
    let digits = value.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

/// A moment by the clock of the country: UTC+7, without summer time. The moment itself at the end of all days.
pub fn local(at: Timestamp) -> DateTime {
    let ahead = SignedDuration::from_hours(7);
    Offset::UTC.to_datetime(at.checked_add(ahead).unwrap_or(at))
}

/// A moment within a sentence: `08:05 ngày 13/6/2024`.
pub fn spoken(at: Timestamp) -> String {
    let at = local(at);
    format!(
        "{:02}:{:02} ngày {}/{}/{}",
        at.hour(),
        at.minute(),
        at.day(),
        at.month(),
        at.year()
    )
}

/// The wording of a rule.
pub fn wording(code: &str) -> &'static str {
    match code {
        "birth.future" => {
            "Ngày sinh {0} ở sau ngày tính số liệu ({1}). Kiểm tra lại năm sinh theo giấy khai sinh."
        }
        "birth.heaped" => {
            "{0} trong {1} trẻ của danh sách ghi sinh ngày 01/01: có thể ngày này được ghi thay khi không rõ. Hỏi lại gia đình ngày sinh thật."
        }
        "birth.invalid" => {
            "Ngày sinh “{raw}” không đọc được hoặc không có trong lịch. Ghi lại theo dạng ngày/tháng/năm đúng giấy khai sinh."
        }
        "birth.missing" => "Chưa có ngày sinh. Bổ sung ngày, tháng, năm sinh theo giấy khai sinh.",
        "birth.over-age" => {
            "Sinh {0}: đã đủ 16 tuổi vào ngày {1}, không còn thuộc diện trẻ em. Kiểm tra năm sinh; nếu đúng thì đưa ra khỏi danh sách."
        }
        "birth.partial" => {
            "Ngày sinh “{raw}” chỉ có {0}. Bổ sung cho đủ ngày, tháng, năm theo giấy khai sinh."
        }
        "birth.swapped" => {
            "Ngày sinh “{raw}” có vẻ bị đảo ngày và tháng. Nếu đúng là {fix} thì ghi lại theo thứ tự ngày/tháng/năm."
        }
        "carer.missing" => "Chưa có họ tên cha, mẹ hoặc người giám hộ. Bổ sung ít nhất một người.",
        "child.duplicate" => {
            "Trùng họ tên, ngày sinh và {0} với {1}. Xác định có phải cùng một trẻ hay không; nếu cùng một trẻ thì chỉ giữ một dòng."
        }
        "ethnicity.ambiguous" => {
            "Dân tộc “{raw}” có thể là {0}. Hỏi lại gia đình và ghi tên theo danh mục."
        }
        "ethnicity.missing" => "Chưa có dân tộc. Bổ sung theo giấy khai sinh.",
        "ethnicity.unknown" => {
            "“{raw}” không phải tên một dân tộc trong danh mục 54 dân tộc. Ghi lại tên dân tộc theo giấy khai sinh."
        }
        "id.abroad" => {
            "Ba chữ số đầu của số {raw} là mã nước ngoài ({0}): đăng ký khai sinh ở nước ngoài, chưa đối chiếu được. Kiểm tra với giấy khai sinh."
        }
        "id.century" => {
            "Chữ số thứ 4 của số {raw} là {0}: số của người sinh {1}, thường là số của cha hoặc mẹ ghi nhầm. Tra lại số của trẻ."
        }
        "id.length" => {
            "“{raw}” không phải số định danh: cần đúng 12 chữ số, ở đây có {0}. Ghi lại theo giấy khai sinh hoặc thông báo số định danh."
        }
        "id.missing" => "Chưa có số định danh cá nhân. Lập danh sách đề nghị Công an xã cung cấp.",
        "id.not-yet" => {
            "Chưa thể có số định danh: {0}. Không đưa vào danh sách gửi Công an; chuyển tư pháp – hộ tịch."
        }
        "id.parent" => "Số {raw} là số của {0}. Tra lại số của trẻ.",
        "id.place" => {
            "Ba chữ số đầu “{0}” của số {raw} không phải mã của tỉnh nào. Kiểm tra lại từng chữ số."
        }
        "id.sex" => {
            "Chữ số thứ 4 của số {raw} là {0}: {1}. Hồ sơ ghi giới tính {2}. Một trong hai sai: kiểm tra số và giới tính."
        }
        "id.shared" => "Số {raw} cũng được ghi cho trẻ khác: {0}. Đối chiếu số của từng trẻ.",
        "id.year" => {
            "Chữ số thứ 5, 6 của số {raw} là {0}: sinh năm {1}. Hồ sơ ghi năm sinh {2}. Một trong hai sai: kiểm tra số và ngày sinh."
        }
        "id.zero-lost" => "Số {raw} thiếu chữ số 0 ở đầu ({0}). Sửa thành {fix}.",
        "name.invalid" => {
            "“{raw}” không phải họ tên theo giấy khai sinh ({0}). Ghi đầy đủ họ, chữ đệm và tên."
        }
        "name.keys" => {
            "Họ tên “{raw}” có vẻ được gõ khi bộ gõ chưa bật. Nếu đúng là {fix} thì sửa lại theo giấy khai sinh."
        }
        "name.missing" => "Chưa có họ tên. Ghi đầy đủ họ, chữ đệm và tên theo giấy khai sinh.",
        "name.sex" => "Họ tên có chữ đệm “{0}” nhưng giới tính ghi {1}. Kiểm tra lại giới tính.",
        "name.short" => {
            "Họ tên “{raw}” chỉ có một tiếng. Kiểm tra còn thiếu họ hoặc chữ đệm hay không."
        }
        "place.hamlet" => "Chưa có thôn, bản hoặc khu phố. Bổ sung nơi ở.",
        "place.missing" => {
            "Không có tên xã, phường, thị trấn ở dòng, tên trang, tiêu đề hay tên tệp. Bổ sung, hoặc chạy lại với --unit."
        }
        "place.unknown" => "“{raw}” {0}. Ghi lại tên xã, phường, thị trấn theo danh mục.",
        "sex.invalid" => {
            "“{raw}” không phải giới tính. Ghi Nam hoặc Nữ; nếu có hai cột thì chỉ đánh dấu một cột."
        }
        "sex.missing" => "Chưa có giới tính. Ghi Nam hoặc Nữ.",
        "text.ambiguous" => {
            "“{raw}” có thể đọc theo hai bảng mã; giữ nguyên. Kiểm tra lại bằng mắt."
        }
        "text.case" => "Đã sửa chữ hoa, chữ thường: “{raw}” thành “{fix}”.",
        "text.decomposed" => "Đã ghép chữ Unicode tổ hợp thành chữ dựng sẵn: “{fix}”.",
        "text.encoding" => "Đã chuyển từ bảng mã {0} sang Unicode: “{raw}” thành “{fix}”.",
        "text.invisible" => "Đã bỏ ký tự không nhìn thấy trong “{fix}”.",
        "text.letters" => "Đã thay chữ chỉ giống chữ Việt: “{raw}” thành “{fix}”.",
        "text.spaces" => "Đã bỏ dấu cách hoặc xuống dòng thừa: “{fix}”.",
        _ => "",
    }
}

/// Wordings by rule: a list with a finding in every row asks for them a million times.
static WORDINGS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| RULES.iter().map(|rule| wording(rule.code)).collect());

/// The sentence of a finding of a built-in rule.
pub fn message(finding: &Finding) -> Cow<'static, str> {
    if finding.details.len() == 3 && finding.details.iter().any(|detail| detail == LINKED) {
        return Cow::Owned(fill(LINKED_WORDING, finding));
    }
    let wording = WORDINGS
        .get(usize::from(finding.rule.0))
        .copied()
        .unwrap_or("");
    if wording.contains('{') {
        Cow::Owned(fill(wording, finding))
    } else {
        Cow::Borrowed(wording)
    }
}

/// Fills a wording's places. A cell longer than 80 characters is shortened: the whole stands in the column `raw`.
pub fn fill(wording: &str, finding: &Finding) -> String {
    let mut out = String::with_capacity(wording.len() + 32);
    let mut rest = wording;
    while let Some(open) = rest.find('{') {
        let (before, tail) = rest.split_at(open);
        out.push_str(before);
        let Some(close) = tail.find('}') else {
            rest = tail;
            break;
        };
        let name = tail.get(1..close).unwrap_or("");
        match name {
            "raw" => shorten(&finding.raw, &mut out),
            "fix" => shorten(finding.suggestion.as_deref().unwrap_or(""), &mut out),
            digits => {
                if let Some(detail) = digits
                    .parse::<usize>()
                    .ok()
                    .and_then(|index| finding.details.get(index))
                {
                    out.push_str(detail);
                }
            }
        }
        rest = tail.get(close + 1..).unwrap_or("");
    }
    out.push_str(rest);
    out
}

fn shorten(text: &str, out: &mut String) {
    const LONGEST: usize = 80;
    for (index, c) in text.chars().enumerate() {
        if index == LONGEST {
            out.push('…');
            return;
        }
        out.push(if c.is_control() { ' ' } else { c });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_speaks() {
        for rule in RULES {
            assert!(wording(rule.code).chars().count() > 20, "{}", rule.code);
        }
    }
}
