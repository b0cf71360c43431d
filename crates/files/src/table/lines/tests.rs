use super::*;

fn kinds(text: &str) -> String {
    let folded = Folded::of(text);
    [
        ("hamlet", is_hamlet(&folded)),
        ("unit", is_unit(&folded)),
        ("total", is_total(&folded)),
        ("footer", is_footer(&folded)),
        ("title", is_title(&folded)),
    ]
    .iter()
    .filter(|(_, is)| *is)
    .map(|(name, _)| *name)
    .collect::<Vec<_>>()
    .join(" ")
}

#[test]
fn known_lines() {
    for (text, expect) in [
        ("Thôn A Đăng", "hamlet"),
        ("I. Thôn 1", "hamlet"),
        ("BẢN CU PUA:", "hamlet"),
        ("Khu phố 3", "hamlet"),
        ("KP 3", "hamlet"),
        ("KP3", "hamlet"),
        ("Tổ dân phố số 5", "hamlet"),
        ("Tổ 7", "hamlet"),
        ("Xóm Đình (12 trẻ)", "hamlet"),
        ("Làng Cát", "hamlet"),
        ("thon 4", "hamlet"),
        ("Đội 3", "hamlet"),
        ("Tiểu khu 2", "hamlet"),
        ("Xã Tà Rụt", "unit"),
        ("TT. Lao Bảo", "unit"),
        ("Phường 1", "unit"),
        ("Cộng", "total"),
        ("Tổng cộng", "total"),
        ("TỔNG CỘNG: 25", "total"),
        ("Tổng số trẻ: 25", "total"),
        ("Cộng thôn 1", "total"),
        ("Tong cong", "total"),
        ("Người lập biểu", "footer"),
        ("Tà Rụt, ngày 13 tháng 6 năm 2024", "footer"),
        ("Ngày … tháng … năm 2024", "footer"),
        ("Xác nhận của UBND xã", "footer"),
        ("TM. UBND XÃ", "footer"),
        ("Danh sách này có 25 trẻ", "footer title"),
        ("DANH SÁCH TRẺ EM", "title"),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "title"),
        ("UBND XÃ TÀ RỤT", "footer title"),
        // People.
        ("Tống Văn Thành", ""),
        ("Công Tằng Tôn Nữ Lan", ""),
        ("Tô Thị Hoa", ""),
        ("Hồ Văn Bản", ""),
        ("Lăng Thị Hoa", ""),
        ("Phương Thị Mai", ""),
        ("Hồ Thị Thôn", ""),
        ("Nguyễn Văn Ngày", ""),
    ] {
        assert_eq!(kinds(text), expect, "{text}");
    }
}

#[test]
fn numbering_cells() {
    for (text, expect) in [
        ("(3)", Some(3)),
        ("3", Some(3)),
        ("A", Some(1_000)),
        ("(5)=(3)+(4)", Some(5)),
        ("Nam", None),
        ("2015", None),
    ] {
        assert_eq!(numbering(text), expect, "{text}");
    }
}
