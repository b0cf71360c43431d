//! What is said of signatures, in Vietnamese.
//!
//! In: a [`Verdict`]. Out: one sentence: by whom, when, given by whom; or what is wrong and what to do.

use super::{Finding, Verdict};
use treem_child::texts::spoken;

/// No signer in it.
pub(super) const NOBODY: &str = "tệp không có chữ ký nào";
/// Too large.
pub(super) const TOO_LARGE: &str = "tệp lớn quá mức của một chữ ký hoặc một văn bản ký";
/// Not readable as CMS.
pub(super) const NO_CMS: &str = "tệp không phải chữ ký CMS (.p7s), hoặc bị hỏng, thiếu";
/// Something behind the signature.
pub(super) const MORE_BEHIND: &str = "sau chữ ký còn dữ liệu lạ";
/// The signer's certificate is not in it.
pub(super) const NO_CERTIFICATE: &str =
    "chữ ký không kèm chứng thư của người ký; hãy ký lại và chọn kèm chứng thư";
/// The key is none.
pub(super) const NO_KEY: &str = "khóa trong chứng thư không đọc được";
/// Hash and signature do not go together.
pub(super) const TWO_HASHES: &str = "chữ ký ghi hai thuật toán băm khác nhau";
/// The attributes name another certificate.
pub(super) const OTHER_CERTIFICATE: &str = "chữ ký được ký kèm một chứng thư khác";
/// No signature in the PDF.
pub(super) const PDF_NONE: &str = "tệp PDF không có chữ ký số nào";
/// Not a PDF.
pub(super) const PDF_NO: &str = "tệp không phải PDF";
/// The signed range does not surround the signature.
pub(super) const PDF_RANGE: &str = "phần được ký (ByteRange) không ôm khít chữ ký trong tệp PDF";
/// A time stamp.
pub(super) const PDF_STAMP: &str = "đây là dấu thời gian, không phải chữ ký của người";
/// Too many signatures or too broken.
pub(super) const PDF_LIMIT: &str = "tệp PDF có quá nhiều chữ ký hoặc hỏng nặng";

/// The name in the certificate, with the office.
fn who(verdict: &Verdict) -> String {
    let Some(signer) = &verdict.signer else {
        return "không rõ người ký".to_owned();
    };
    if signer.office.is_empty() || signer.office == signer.name {
        signer.name.clone()
    } else {
        format!("{} ({})", signer.name, signer.office)
    }
}

fn when(verdict: &Verdict) -> String {
    match verdict.signed {
        Some(at) => format!(", ký lúc {} theo đồng hồ máy ký", spoken(at)),
        None => ", không ghi thời điểm ký".to_owned(),
    }
}

fn list(verdict: &Verdict) -> String {
    match verdict.list {
        None => {
            "Chưa có danh sách thu hồi của nơi cấp nên chưa biết chứng thư có bị thu hồi hay không."
                .to_owned()
        }
        Some((made, true)) => format!(
            "Danh sách thu hồi đang có lập lúc {}, đã quá hạn; hãy lấy bản mới.",
            spoken(made)
        ),
        Some((made, false)) => format!(
            "Chứng thư không bị thu hồi theo danh sách lập lúc {}.",
            spoken(made)
        ),
    }
}

/// Said of the signer where that is not certain.
fn said(verdict: &Verdict) -> String {
    match &verdict.signer {
        Some(_) => format!(" Chứng thư kèm theo ghi tên {}.", who(verdict)),
        None => String::new(),
    }
}

/// The sentence of a verdict.
pub(super) fn sentence(verdict: &Verdict) -> String {
    let authority = verdict
        .signer
        .as_ref()
        .map(|signer| signer.authority.as_str())
        .unwrap_or_default();
    match &verdict.finding {
        Finding::Valid => format!(
            "Chữ ký hợp lệ: {}{}; chứng thư do {authority} cấp. {}",
            who(verdict),
            when(verdict),
            list(verdict)
        ),
        Finding::AddedAfter(bytes) => format!(
            "Đã thêm nội dung sau khi ký: {} chỉ ký phần đầu của tệp, {bytes} byte phía sau không có chữ ký hợp lệ nào phủ. Hãy lấy lại bản ngay sau khi ký.",
            who(verdict)
        ),
        Finding::Tampered => format!(
            "Nội dung không đúng với nội dung đã ký, hoặc chữ ký không do khóa của chứng thư tạo ra: tệp đã bị sửa, hoặc ký nhầm tệp.{}",
            said(verdict)
        ),
        Finding::WrongList(name) => format!(
            "Chữ ký này ký cho danh sách khác: {name}. Hãy nộp vào đúng danh sách, hoặc ký lại.{}",
            said(verdict)
        ),
        Finding::Expired {
            whose,
            on,
            later: true,
        } => format!(
            "Chứng thư của {whose} đã hết hạn lúc {}. Chữ ký ghi là ký trước đó{}, nhưng thời điểm này do máy ký tự ghi nên không làm chứng được. Hãy ký lại bằng chứng thư còn hạn.",
            spoken(*on),
            when(verdict)
        ),
        Finding::Expired {
            whose,
            on,
            later: false,
        } => format!(
            "Ký bằng chứng thư đã hết hạn: chứng thư của {whose} hết hạn lúc {}{}. Hãy ký lại bằng chứng thư còn hạn.",
            spoken(*on),
            when(verdict)
        ),
        Finding::NotYetValid { whose, from } => format!(
            "Chưa đến lúc có hiệu lực: {whose}, hiệu lực từ {}{}. Hãy xem lại ngày giờ của máy ký.",
            spoken(*from),
            when(verdict)
        ),
        Finding::Revoked { whose, on, later } => format!(
            "Chứng thư của {whose} đã bị thu hồi lúc {}{}. Hãy ký lại bằng chứng thư còn hiệu lực.",
            spoken(*on),
            if *later {
                format!(
                    "; chữ ký ghi là ký trước khi bị thu hồi{}, nhưng thời điểm này do máy ký tự ghi",
                    when(verdict)
                )
            } else {
                format!(
                    "{}, tức là sau khi bị thu hồi hoặc không rõ trước sau",
                    when(verdict)
                )
            }
        ),
        Finding::UnknownAuthority(name) => format!(
            "Không nhận ra nơi cấp chứng thư: {}. Nếu đúng là nơi cấp của cơ quan, quản trị đặt chứng thư gốc của nơi đó vào thư mục authorities.{}",
            if name.is_empty() {
                "không ghi tên"
            } else {
                name
            },
            said(verdict)
        ),
        Finding::WeakAlgorithm(name) => format!(
            "Thuật toán ký quá yếu, có thể bị giả mạo: {name}. Hãy ký lại bằng SHA-256 trở lên và khóa RSA từ 2048 bit.{}",
            said(verdict)
        ),
        Finding::UnknownAlgorithm(name) => format!(
            "Chương trình chưa biết thuật toán ký này: {name}. Hãy ký lại bằng RSA hoặc ECDSA (P-256, P-384) với SHA-256, SHA-384 hoặc SHA-512.{}",
            said(verdict)
        ),
        Finding::NotASignature(why) => format!("Không phải chữ ký kiểm tra được: {why}."),
        Finding::BrokenChain(why) => format!(
            "Chuỗi chứng thư bị đứt: {why}. Hãy xuất lại chứng thư từ thiết bị ký, kèm đủ chứng thư cấp trên.{}",
            said(verdict)
        ),
        Finding::NotForSigning(why) => format!(
            "Chứng thư này không dùng để ký văn bản: {why}. Hãy ký bằng chứng thư ký số của cán bộ hoặc cơ quan.{}",
            said(verdict)
        ),
    }
}
