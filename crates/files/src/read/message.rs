//! The wording of reading errors: one clear sentence each — what it is, and what to do.
//!
//! In: [`ReadError`]. Out: Vietnamese.

use super::ReadError;
use std::io::ErrorKind;

impl ReadError {
    /// What happened and what to do, in Vietnamese, without the file's name and without its content.
    pub fn message(&self) -> String {
        match self {
            Self::Empty => "Tệp trống, không có dữ liệu nào; hãy kiểm tra lại hoặc đề nghị nơi gửi gửi lại tệp.".to_owned(),
            Self::Password => "Tệp được đặt mật khẩu nên không đọc được; hãy mở tệp bằng Excel hoặc Word, gỡ mật khẩu \
                (Tệp → Thông tin → Bảo vệ), lưu lại rồi thử lại."
                .to_owned(),
            Self::Bomb => "Tệp nén bất thường (khi giải nén lớn gấp rất nhiều lần dung lượng tệp) nên không được mở để bảo vệ \
                máy; hãy đề nghị nơi gửi lưu lại danh sách thành tệp mới."
                .to_owned(),
            Self::Damaged(_) => "Tệp bị hỏng hoặc chưa được chép đủ; hãy chép hoặc tải lại tệp, hoặc mở bằng Excel rồi lưu thành \
                tệp mới."
                .to_owned(),
            Self::NotAList(what) => format!("Đây là {what}."),
            Self::NoTable => "Tệp Word này không có bảng nào; danh sách phải nằm trong bảng (Chèn → Bảng), hãy kiểm tra lại tệp."
                .to_owned(),
            Self::TooLarge(what) => format!("Tệp quá lớn: {what}."),
            Self::Io(error) => match error.kind() {
                ErrorKind::NotFound => "Không tìm thấy tệp; hãy kiểm tra lại tên và thư mục.".to_owned(),
                ErrorKind::PermissionDenied => "Không có quyền đọc tệp; hãy đóng tệp trong chương trình khác hoặc xin quyền \
                    truy cập thư mục."
                    .to_owned(),
                ErrorKind::IsADirectory => "Đây là thư mục, không phải tệp.".to_owned(),
                _ => "Không đọc được tệp do lỗi ổ đĩa hoặc đường mạng; hãy chép tệp về máy rồi thử lại.".to_owned(),
            },
        }
    }
}
