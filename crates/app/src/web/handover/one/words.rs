//! What a step that was taken, and how a row stands, is called.
//!
//! In: words of the register. Out: Vietnamese.

/// What a step that was taken is called once it is done.
pub fn told(word: &str) -> Option<String> {
    let said = match word {
        "draw" => "Đã lập danh sách.",
        "review" => "Danh sách đang được rà soát tại hộ. Hãy in phiếu cho cộng tác viên.",
        "submit" => "Đã trình lãnh đạo UBND xã.",
        "send-back" => "Đã trả lại để rà soát.",
        "approve" => "Đã duyệt và chốt danh sách. Từ đây nội dung không đổi nữa.",
        "send" => "Đã ghi là chuyển Công an.",
        "receive" => "Đã ghi là Công an tiếp nhận.",
        "answered" => "Đã ghi là đối chiếu xong.",
        "sign" => "Đã ghi là Công an ký.",
        "return" => "Đã ghi là bàn giao lại.",
        "withdraw" => "Đã thu hồi danh sách. Các trẻ chưa xong được đưa vào danh sách sau.",
        "reopen" => "Đã mở lại danh sách.",
        "split" => "Đã tách danh sách.",
        "rows" => "Đã ghi các dòng.",
        "kept" => "Đã giữ tệp làm chứng cứ.",
        "again" => "Tệp này đã có từ trước.",
        "read" => "Đã ghi kết quả từ bảng tính.",
        "applied" => "Đã cập nhật vào sổ.",
        "see" => "Mọi thay đổi của danh sách đã có trên phần mềm quốc gia.",
        "undone" => "Đã hủy cập nhật: hồ sơ trở lại như trước.",
        _ => return None,
    };
    Some(said.to_owned())
}

/// How a row stands.
pub fn state(word: &str) -> &'static str {
    match word {
        "open" => "còn hiệu lực",
        "struck" => "đã loại",
        "done" => "đã cập nhật",
        "left" => "chưa có kết quả, chờ danh sách sau",
        "moved" => "sang danh sách tách ra",
        _ => "",
    }
}
