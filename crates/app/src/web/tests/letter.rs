//! *Văn bản*: what each page shows to whom, and what somebody would try.

use super::*;
use crate::act::access::look;

/// What Tà Rụt says it has.
fn with_headcount(pages: &Pages) {
    let path = pages.folder.path().join("so-tre.csv");
    fs::write(
        &path,
        "unit,headcount,date,source\n19588,9,2024-06-03,BC 1\n",
    )
    .unwrap();
    let defaults = crate::act::coverage::headcounts::Defaults {
        day: EDITION.to_owned(),
        source: String::new(),
        signed_by: String::new(),
    };
    pages.act(|desk| {
        crate::act::register::headcount::load(desk, &path, edition(EDITION), &defaults)
    });
}

#[test]
fn a_letter_is_of_ones_own_area() {
    let pages = Pages::new();
    with_headcount(&pages);
    let officer = pages.officer();
    let text = pages.get(&officer, "/letter?day=13/6/2024").must(200).text;
    for words in [
        "Bản xem trước",
        "Tà Rụt",
        "Kính gửi:",
        "Bước 1:",
        "/letter/file/docx?",
        "Phụ lục",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("Húc Nghì"), "{text}");
    let day = edition(EDITION).from;
    let forged = |code: &str| format!("?unit={day}%2F{code}&day=13/6/2024");
    let unit = |name: &str| Pages::area(name).unit().unwrap().1;
    for name in ["Xã Húc Nghì", "Huyện Đakrông", "Tỉnh Quảng Trị"] {
        pages
            .get(&officer, &format!("/letter{}", forged(unit(name))))
            .must(403);
        pages
            .get(
                &officer,
                &format!("/letter/file/docx{}", forged(unit(name))),
            )
            .must(403);
    }
    let lead = pages.person("tinh", Role::Province, Area::Whole);
    let text = pages
        .get(&lead, "/letter?day=13/6/2024&kind=commune")
        .must(200)
        .text;
    assert!(
        text.contains("BẢNG VIỆC") && text.contains("xã Húc Nghì"),
        "{text}"
    );
    for (ending, kind) in [("docx", "wordprocessingml"), ("xlsx", "spreadsheetml")] {
        let got = pages
            .get(
                &lead,
                &format!("/letter/file/{ending}{}", forged(unit("Huyện Đakrông"))),
            )
            .must(200);
        assert!(got.text.starts_with("PK"));
        let header = |name| got.headers.get(name).unwrap().to_str().unwrap().to_owned();
        assert!(header(header::CONTENT_TYPE).contains(kind));
        assert_eq!(
            header(header::CONTENT_DISPOSITION),
            format!("attachment; filename=\"cong-van-2024-06-13.{ending}\"")
        );
    }
    pages.get(&lead, "/letter/file/exe").must(404);
    pages.get(&lead, "/letter?day=hôm%20qua").must(422);
    // Nobody without figures to read comes in.
    let police = pages.person("congan", Role::Police, Pages::area("Xã Tà Rụt"));
    for path in [
        "/letter",
        "/letter/templates",
        "/letter/targets",
        "/letter/compare",
    ] {
        pages.get(&police, path).must(403);
    }
    pages
        .post(&police, "/letter/annex", &[("what", "unidentified")])
        .must(403);
}

#[test]
fn a_template_is_text_and_nothing_else() {
    let pages = Pages::new();
    let lead = pages.person("tinh", Role::Province, Area::Whole);
    let officer = pages.officer();
    let send = |who: &Who, text: &str, act: &str| {
        pages.post(
            who,
            "/letter/templates/edit",
            &[
                ("name", "letter"),
                ("kind", "letter"),
                ("text", text),
                ("act", act),
            ],
        )
    };
    let page = pages
        .get(&lead, "/letter/templates/edit?name=letter")
        .must(200)
        .text;
    assert!(
        page.contains("Lưu mẫu") && page.contains("{bảng tiến độ}") && page.contains("trích yếu:"),
        "{page}"
    );
    let page = send(&lead, "---\nCòn {số trẻ chưa nhâp} trẻ", "check")
        .must(422)
        .text;
    assert!(
        page.contains("Dòng 2: không có ô {số trẻ chưa nhâp}; có phải {số trẻ chưa nhập} không?"),
        "{page}"
    );
    send(&lead, "---\nCòn {số trẻ chưa nhâp} trẻ", "keep").must(422);
    let text = "cơ quan ban hành: <b>Sở</b>\n---\nỞ {địa bàn} <script>alert(1)</script> có {số trong sổ} trẻ";
    let page = send(&lead, text, "check").must(200).text;
    assert!(
        page.contains("Bản xem thử") && !page.contains("<script>alert") && !page.contains("<b>S"),
        "{page}"
    );
    // Only who keeps templates may.
    send(&officer, text, "keep").must(403);
    assert!(
        !pages
            .get(&officer, "/letter/templates/edit?name=letter")
            .must(200)
            .text
            .contains("Lưu mẫu")
    );
    assert_eq!(
        send(&lead, text, "keep").must(303).to(),
        "/letter/templates?told=kept"
    );
    let page = pages.get(&officer, "/letter").must(200).text;
    assert!(
        page.contains("có 5 trẻ") && !page.contains("<script>alert"),
        "{page}"
    );
    let got = send(&lead, text, "take").must(200);
    assert_eq!(got.text, text);
    send(&lead, text, "withdraw").must(303);
    assert!(
        pages
            .get(&officer, "/letter")
            .must(200)
            .text
            .contains("Bước 1:")
    );
}

#[test]
fn a_printed_table_is_held_against_itself_and_the_register() {
    let pages = Pages::new();
    with_headcount(&pages);
    let lead = pages.person("tinh", Role::Province, Area::Whole);
    let send = |who: &Who, text: &str| {
        let body = format!(
            "--x\r\ncontent-disposition: form-data; name=\"text\"\r\n\r\n{text}\r\n--x\r\ncontent-disposition: form-data; name=\"day\"\r\n\r\n13/6/2024\r\n--x--\r\n"
        );
        pages.ask(Pages::request(
            Some(who),
            Method::POST,
            "/letter/compare",
            "multipart/form-data; boundary=x",
            body,
        ))
    };
    pages.get(&lead, "/letter/compare").must(200);
    let letter = include_str!("../../../../../samples/letter-table.csv");
    let page = send(&lead, letter).must(200).text;
    for words in [
        "6 ô không khớp với chính bảng",
        "bảng: 10.197",
        "bảng: 62,02",
        "Sửa thế nào",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let markdown = "| Đơn vị | Số trẻ em hiện có | Số trẻ em đã nhập | Tỷ lệ (%) | Còn thiếu |\n|---|---|---|---|---|\n| Tà Rụt | 9 | 4 <sup>1</sup> | 44,44 | 5 |\n| Húc Nghì | 8 | 2 | 25,00 | 6 |\n| **Tổng cộng** | 17 | 6 | 35,29 | 11 |\n";
    let page = send(&lead, markdown).must(200).text;
    assert!(
        page.contains("Bảng khớp với chính nó") && page.contains("đã nhập</div>"),
        "{page}"
    );
    for (text, words) in [("", "dán bảng vào ô"), ("xin chào", "Không tìm thấy bảng")] {
        let page = send(&lead, text).must(422).text;
        assert!(page.contains(words), "{words}: {page}");
    }
}

#[test]
fn lists_that_are_followed_and_annexes_are_of_ones_own_area() {
    let pages = Pages::new();
    let lead = pages.person("tinh", Role::Province, Area::Whole);
    let officer = pages.officer();
    let saved = pages
        .post(
            &lead,
            "/letter/cohorts",
            &[("name", "chưa có số"), ("what", "1")],
        )
        .must(303);
    let path = saved.to().to_owned();
    let page = pages.get(&lead, &path).must(200).text;
    assert!(page.contains("Nhung") && page.contains("Gia Bảo"), "{page}");
    // The officer sees those of Tà Rụt.
    let page = pages.get(&officer, &path).must(200).text;
    assert!(
        page.contains("Nhung") && !page.contains("Gia Bảo"),
        "{page}"
    );
    let page = pages
        .post(
            &lead,
            "/letter/cohorts",
            &[("name", "chưa có số"), ("what", "1")],
        )
        .must(422)
        .text;
    assert!(page.contains("Đã có danh sách theo dõi"), "{page}");
    pages.get(&lead, "/letter/cohorts/khong-co").must(422);
    let got = pages
        .post(&officer, "/letter/annex", &[("what", "1")])
        .must(200);
    assert!(got.text.starts_with("PK"));
    let looks = pages.act(|desk| look::looks(desk, &look::Asked::default(), ""));
    let annexes = looks.looks.iter().filter(|one| one.subject == "annex");
    assert_eq!(annexes.count(), 1);
    let targets = pages.get(&lead, "/letter/targets").must(200).text;
    assert!(targets.contains("Chưa có chỉ tiêu nào"));
    assert!(
        !pages
            .get(&officer, "/letter/targets")
            .must(200)
            .text
            .contains("type=\"file\"")
    );
}
