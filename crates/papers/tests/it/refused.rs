//! What is too much is refused in words.

use super::invented;
use treem_papers::{annex::Annex, error::Refusal, household, police::List};

fn check<T>(result: Result<T, Refusal>, sentence: &str) {
    assert_eq!(
        result.err().map(|refusal| refusal.to_string()).as_deref(),
        Some(sentence)
    );
}

#[test]
fn what_is_too_much() {
    let many = |rows| List {
        rows: vec![treem_papers::police::Child::default(); rows],
        ..List::default()
    };
    check(
        many(10_001).document(),
        "Danh sách có 10001 dòng; một văn bản in được nhiều nhất 10000 dòng. Hãy tách danh sách theo thôn rồi in từng phần.",
    );
    many(10_000).document().unwrap();
    let sheets = vec![household::Sheet::default(); 2_001];
    check(
        household::document(&sheets),
        "Có 2001 phiếu; một tệp chứa nhiều nhất 2000 phiếu. Hãy in từng thôn.",
    );
    let crowded = household::Sheet {
        code: "9000001-4".into(),
        children: vec![household::Child::default(); 61],
        ..household::Sheet::default()
    };
    check(
        household::document(&[crowded]),
        "Phiếu 9000001-4 có 61 trẻ; một phiếu ghi được nhiều nhất 60 trẻ. Hãy kiểm tra lại cách ghép hộ.",
    );
    check(
        Annex::default().document(),
        "Bảng có 0 cột; một bảng có từ 1 đến 30 cột.",
    );
    let mut uneven = invented::annex(3);
    uneven.rows[1].pop();
    check(uneven.document(), "Dòng 2 của bảng có 4 ô, bảng có 5 cột.");
    let mut far = invented::police(1);
    far.link = "x".repeat(200);
    check(
        treem_papers::docx::write(&far.document().unwrap()),
        "Mã QR chứa được 180 byte, địa chỉ dài 200 byte. Hãy đặt địa chỉ máy chủ ngắn hơn.",
    );
}

#[test]
fn nothing_of_a_child_is_in_debug() {
    let mut shown = format!(
        "{:?} {:?} {:?}",
        invented::police(2),
        invented::sheets(2),
        invented::minutes(false)
    );
    shown += &format!(
        "{:?} {:?}",
        invented::police(2).rows,
        invented::sheets(1)[0].children
    );
    shown += &format!(
        "{:?} {:?}",
        invented::police(2).document(),
        household::document(&invented::sheets(2))
    );
    for word in ["Hồ", "Khăm", "045", "Tà Rụt", "A Đăng", "12345-0001"] {
        assert!(!shown.contains(word), "{word}");
    }
}
