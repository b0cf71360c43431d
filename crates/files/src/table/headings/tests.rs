use super::*;

/// The field a path of headings means, as its code with whose it is already in it; `?` for a lone word, `-` for nothing.
fn field(path_of: &str) -> String {
    let levels: Vec<String> = path_of.split(" > ").map(str::to_owned).collect();
    match path(&levels) {
        None => "-".into(),
        Some(Meaning {
            sense: Some(Sense::Is(field)),
            person,
            ..
        }) => combine(person, field).code().into(),
        Some(Meaning {
            sense: Some(sense), ..
        }) => format!("?{sense:?}"),
        Some(Meaning {
            sense: None,
            person: Some(person),
            ..
        }) => combine(Some(person), Field::Name).code().into(),
        Some(_) => "-".into(),
    }
}

fn check(cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(text, code)| field(text) != *code)
        .map(|(text, code)| format!("{text:?}: {} not {code}", field(text)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_child() {
    check(&[
        ("STT", "ordinal"),
        ("TT", "ordinal"),
        ("Số TT", "ordinal"),
        ("Họ và tên", "name"),
        ("HỌ VÀ TÊN TRẺ EM", "name"),
        ("Họ, chữ đệm, tên", "name"),
        ("Họ tên trẻ", "name"),
        ("Họ và\ntên", "name"),
        ("Ho va ten", "name"),
        ("HOTEN", "name"),
        ("Họ và tên (chữ in hoa)", "name"),
        ("1. Họ và tên", "name"),
        ("Họ và tên khai sinh (viết hoa có dấu)", "name"),
        ("Trẻ em", "name"),
        ("Họ và chữ đệm", "name.family"),
        ("Họ", "name.family"),
        ("Tên", "name.given"),
        ("Tên đệm", "name.middle"),
        ("Ngày sinh", "birth"),
        ("Ngày, tháng, năm sinh", "birth"),
        ("Ngày/tháng/năm sinh (dd/mm/yyyy)", "birth"),
        ("NTNS", "birth"),
        ("Sinh ngày", "birth"),
        ("Ngày tháng năm sinh của trẻ", "birth"),
        ("Năm sinh", "birth.year"),
        ("Ngày sinh > Ngày", "birth.day"),
        ("Ngày sinh > Tháng", "birth.month"),
        ("Ngày sinh > Năm", "birth.year"),
        ("Ngày tháng năm sinh > Nam", "sex.male"),
        ("Năm sinh > Nữ", "sex.female"),
        ("Giới tính", "sex"),
        ("GT", "sex"),
        ("Phái", "sex"),
        ("Giới tính (Nam/Nữ)", "sex"),
        ("Giới tính > Nam", "sex.male"),
        ("Giới tính > Nữ", "sex.female"),
        ("Nam/Nữ", "sex"),
        ("Nữ", "sex.female"),
        ("NỮ (x)", "sex.female"),
        ("Nam", "?MaleOrYear"),
        ("Năm", "?Year"),
        ("Dân tộc", "ethnicity"),
        ("DT", "ethnicity"),
        ("Quốc tịch", "nationality"),
        ("Quê quán", "home.place"),
        ("Nơi sinh", "birth.place"),
        ("Nơi ĐKKS", "birth.registration"),
        ("Số giấy khai sinh", "birth.certificate"),
        ("Giấy khai sinh > Số", "birth.certificate"),
        ("Giấy khai sinh > Nơi đăng ký", "birth.certificate"),
    ]);
}

#[test]
fn numbers_of_the_child_and_what_is_none() {
    check(&[
        ("Số định danh", "number"),
        ("Mã định danh", "number"),
        ("Số định danh cá nhân", "number"),
        ("Số ĐDCN", "number"),
        ("SĐDCN", "number"),
        ("CCCD", "number"),
        ("Số CCCD/CMND", "number"),
        ("Số CCCD/ĐDCN", "number"),
        ("CMT", "number"),
        ("CC", "number"),
        ("Mã định danh cá nhân của trẻ", "number"),
        ("Số định danh cá nhân (CCCD)", "number"),
        ("Mã định danh Bộ GD&ĐT", "id"),
        ("Mã học sinh", "id"),
        ("Mã trẻ em", "id"),
        ("Mã số BHXH", "insurance"),
        ("Số thẻ BHYT", "insurance"),
        ("Mã hộ", "household"),
        ("Ngày cấp", "ignored"),
        ("Nơi cấp", "ignored"),
        ("Nơi cấp CCCD", "ignored"),
        ("Tuổi", "ignored"),
        ("Kết quả đối chiếu của CA", "ignored"),
        ("Ngày đăng ký khai sinh", "ignored"),
    ]);
}

#[test]
fn parents_and_carers() {
    check(&[
        ("Họ tên cha", "father"),
        ("Họ và tên bố", "father"),
        ("Bố", "father"),
        ("Cha", "father"),
        ("HỌ TÊN BA", "father"),
        ("Họ và tên cha (hoặc người giám hộ)", "father"),
        ("Cha > Họ và tên", "father"),
        ("Họ và tên > Cha", "father"),
        ("Thông tin về cha > Năm sinh", "father.birth"),
        ("Năm sinh > Mẹ", "mother.birth"),
        ("Năm sinh cha", "father.birth"),
        ("Ngày, tháng, năm sinh của mẹ", "mother.birth"),
        ("Mẹ > CCCD", "mother.number"),
        ("CCCD của mẹ", "mother.number"),
        ("Số CMND/CCCD của cha", "father.number"),
        ("SĐT mẹ", "mother.phone"),
        ("Mẹ > Dân tộc", "ignored"),
        ("Dân tộc cha", "ignored"),
        ("Nghề nghiệp mẹ", "ignored"),
        ("Họ tên mẹ", "mother"),
        ("Họ tên (mẹ)", "mother"),
        ("HOTENCHA", "father"),
        ("Họ tên cha, mẹ", "parents"),
        ("Cha/mẹ/người nuôi dưỡng", "parents"),
        ("Họ tên bố mẹ", "parents"),
        ("Ba mẹ", "parents"),
        ("Họ tên cha (mẹ)", "parents"),
        ("Cha mẹ > Cha", "father"),
        ("Họ tên cha, mẹ > Mẹ", "mother"),
        ("Người giám hộ", "guardian"),
        ("Họ và tên người nuôi dưỡng, chăm sóc", "guardian"),
        ("Người giám hộ > Số CCCD", "guardian.number"),
        ("Số CCCD người giám hộ", "guardian.number"),
        ("Năm sinh người giám hộ", "guardian.birth"),
        ("Người giám hộ > Quan hệ với trẻ", "guardian.relation"),
        ("Quan hệ với trẻ", "guardian.relation"),
        ("Quan hệ với chủ hộ", "ignored"),
        ("Chủ hộ", "household.head"),
        ("Họ và tên chủ hộ", "household.head"),
        ("Thông tin trẻ > Họ và tên", "name"),
        ("Thông tin trẻ > Số định danh", "number"),
    ]);
}

#[test]
fn places_and_the_rest() {
    check(&[
        ("Thôn/bản", "hamlet"),
        ("Khu phố", "hamlet"),
        ("Thôn (bản, khu phố)", "hamlet"),
        ("Thôn/xã", "address"),
        ("Thôn (bản), xã (phường)", "address"),
        ("Xã/phường", "commune"),
        ("Xã, phường, thị trấn", "commune"),
        ("Huyện", "district"),
        ("Tỉnh", "province"),
        ("Địa chỉ", "address"),
        ("Nơi thường trú", "address"),
        ("HKTT", "address"),
        ("Nơi đăng ký hộ khẩu thường trú", "address"),
        ("Nơi thường trú > Thôn", "hamlet"),
        ("Nơi thường trú > Xã", "commune"),
        ("Quê quán > Xã", "home.place"),
        ("Nơi sinh > Tỉnh", "birth.place"),
        ("Nơi ở hiện tại", "address.current"),
        ("Chỗ ở hiện nay", "address.current"),
        ("Số ĐT", "phone"),
        ("SĐT", "phone"),
        ("ĐT", "phone"),
        ("Điện thoại liên hệ", "phone"),
        ("Hộ nghèo", "household.poor"),
        ("Trường", "school"),
        ("Lớp", "school"),
        ("Hoàn cảnh đặc biệt", "circumstance"),
        ("Trẻ em có hoàn cảnh đặc biệt", "circumstance"),
        ("Ghi chú", "note"),
    ]);
}

#[test]
fn english() {
    check(&[
        ("rec_id", "id"),
        ("id", "id"),
        ("full_name", "name"),
        ("name", "name"),
        ("first_name", "name.given"),
        ("last name", "name.family"),
        ("dob", "birth"),
        ("date_of_birth", "birth"),
        ("birth_date", "birth"),
        ("gender", "sex"),
        ("ethnicity", "ethnicity"),
        ("father", "father"),
        ("father_name", "father"),
        ("mother", "mother"),
        ("mother_phone", "mother.phone"),
        ("guardian", "guardian"),
        ("commune", "commune"),
        ("ward", "commune"),
        ("village", "hamlet"),
        ("district", "district"),
        ("province", "province"),
        ("address", "address"),
        ("phone", "phone"),
        ("personal_id", "number"),
        ("id_number", "number"),
        ("citizen_id", "number"),
        ("nationality", "nationality"),
        ("household_id", "household"),
        ("school", "school"),
        ("note", "note"),
        ("nksHoTen", "name"),
        ("meHoTen", "mother"),
        ("chaNgaySinh", "father.birth"),
    ]);
}

#[test]
fn slips_and_strangers() {
    check(&[
        ("Họ và tênn", "name"),
        ("Ngày sihn", "birth"),
        ("Gioi tinhh", "sex"),
        ("Số định dnah cá nhân", "number"),
        ("Diện tích đất", "-"),
        ("Nguyễn Văn An", "-"),
        ("12/3/2015", "-"),
    ]);
    // A title may speak of anything: it must not look like a heading.
    for title in [
        "DANH SÁCH TRẺ EM CHƯA CÓ MÃ ĐỊNH DANH CÁ NHÂN THÔN A ĐĂNG",
        "Xã Tà Rụt",
        "Thôn: A Đăng",
        "Huyện:",
    ] {
        assert!(
            meaning(title).is_none_or(|meaning| meaning.certainty < 0.6 || meaning.weak),
            "{title}"
        );
    }
}
