//! Invented people and offices for the documents that are shown and tested.

#[cfg(feature = "pdf")]
use treem_child::normalise::date::PartialDate;
use treem_papers::{
    annex::Annex,
    document::Span,
    household::{self, Fact, Sheet},
    letter::{Grid, Letter, Part},
    minutes::{Minutes, Party},
    parts::{Office, Signer},
    police::{self, List},
};

/// The day a PDF is made.
#[cfg(feature = "pdf")]
pub const MADE: PartialDate = PartialDate {
    year: 2024,
    month: 6,
    day: 14,
};

/// A seal as it is printed.
pub const SEAL: &str =
    "9f86 d081 884c 7d65 9a2f eaa0 c55a d015 a3bf 4f1b 2b0b 822c d15d 6c15 b0f0 0a08";

const NAMES: [(&str, &str); 8] = [
    ("Hồ Thị Mơ", "Nữ"),
    ("Hồ Văn Khăm Phone", "Nam"),
    ("Nguyễn Hoàng Bảo Ngọc", "Nữ"),
    ("Hồ Gia Bảo", "Nam"),
    ("Trương Thị Quỳnh Như", "Nữ"),
    ("Lê Đình Quốc Khánh", "Nam"),
    ("Hồ Thị Ngọc Ánh", "Nữ"),
    ("Pả Thưởng", "Nam"),
];
const HAMLETS: [&str; 4] = ["A Đăng", "A Pun", "Ka Hẹp", "Vực Leng"];
const WHY: [&str; 4] = [
    "Chưa có số định danh",
    "Số thiếu chữ số 0 ở đầu",
    "Thiếu dân tộc",
    "Số mâu thuẫn với giới tính",
];

fn commune() -> Office {
    Office {
        above: String::new(),
        name: "Ủy ban nhân dân xã Tà Rụt".into(),
        mark: "/DS-UBND".into(),
        place: "Tà Rụt".into(),
    }
}

fn signer(office: &[&str], name: &str) -> Signer {
    Signer {
        office: office.iter().map(|line| (*line).to_owned()).collect(),
        name: name.into(),
    }
}

/// A list of `rows` children.
pub fn police(rows: usize) -> List {
    List {
        office: commune(),
        to: "Công an xã Tà Rụt".into(),
        about: "Thôn A Đăng, A Pun, Ka Hẹp, Vực Leng, xã Tà Rụt, huyện Đakrông, tỉnh Quảng Trị"
            .into(),
        as_of: "13/6/2024".into(),
        code: "12345-6".into(),
        seal: SEAL.into(),
        link: format!(
            "https://treem.tarut.example/h/123456#{}",
            SEAL.replace(' ', "")
        ),
        drawn_by: signer(&["Người lập danh sách"], "Hồ Thị Thoan"),
        leader: signer(
            &["TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch"],
            "Nguyễn Văn Lâm Sơn",
        ),
        police: signer(&["Công an xã", "Trưởng Công an xã"], ""),
        rows: (0..rows).map(child).collect(),
    }
}

fn child(at: usize) -> police::Child {
    let (name, sex) = NAMES[at % NAMES.len()];
    let year = 2009 + at % 15;
    let known = !at.is_multiple_of(3);
    let text = |some: bool, text: String| if some { text } else { String::new() };
    police::Child {
        code: format!("12345-{:04}-{}", at + 1, at % 10),
        name: name.into(),
        birth: text(
            at % 11 != 5,
            format!("{:02}/{:02}/{year}", 1 + at % 28, 1 + at % 12),
        ),
        sex: sex.into(),
        ethnicity: ["Bru - Vân Kiều", "Pa Cô (Tà Ôi)", "Kinh", ""][at % 4].into(),
        nationality: "Việt Nam".into(),
        number: text(known, format!("0453{:02}{:06}", year % 100, 118_200 + at)),
        birth_registration: text(at % 5 != 2, "UBND xã Tà Rụt, huyện Đakrông".into()),
        home_place: text(at.is_multiple_of(2), "Xã Tà Rụt, Đakrông, Quảng Trị".into()),
        residence: format!("Thôn {}, xã Tà Rụt", HAMLETS[at % HAMLETS.len()]),
        father: text(at % 7 != 3, "Hồ Văn Thoan".into()),
        mother: text(at % 6 != 4, "Hồ Thị Nghin (Lào)".into()),
        guardian: text(at.is_multiple_of(9), "Hồ Thị Ray (bà)".into()),
        phone: text(at % 4 == 1, "0912 345 678".into()),
        why: WHY[at % WHY.len()].into(),
    }
}

fn fact(have: &str) -> Fact {
    Fact {
        have: have.into(),
        ..Fact::default()
    }
}

fn wanting(have: &str, remark: &str) -> Fact {
    Fact {
        have: have.into(),
        wanting: true,
        remark: remark.into(),
    }
}

/// Sheets of `households` households, with one to four children.
pub fn sheets(households: usize) -> Vec<Sheet> {
    (0..households)
        .map(|at| Sheet {
            office: "Ủy ban nhân dân xã Tà Rụt".into(),
            place: format!(
                "Thôn {}, xã Tà Rụt, huyện Đakrông",
                HAMLETS[at / 8 % HAMLETS.len()]
            ),
            turn: at + 1,
            as_of: "13/6/2024".into(),
            code: format!("{}-{}", 9_000_001 + at, at % 10),
            link: format!("https://treem.tarut.example/p/{}", 9_000_001 + at),
            head: fact("Hồ Văn Thoan"),
            address: if at % 3 == 1 {
                wanting("", "")
            } else {
                fact("Số nhà 12, cạnh trường tiểu học")
            },
            phone: wanting("091234567", "thiếu một chữ số"),
            father: fact("Hồ Văn Thoan"),
            mother: if at % 2 == 0 {
                wanting("", "")
            } else {
                fact("Hồ Thị Nghin")
            },
            guardian: fact(""),
            children: (0..[2, 1, 3, 4][at % 4])
                .map(|nth| known_child(at * 4 + nth))
                .collect(),
            collaborator: "Hồ Thị Xa".into(),
        })
        .collect()
}

fn known_child(at: usize) -> household::Child {
    let child = child(at);
    let or_missing = |text: &str| {
        if text.is_empty() {
            wanting("", "")
        } else {
            fact(text)
        }
    };
    household::Child {
        code: child.code.clone(),
        name: fact(&child.name),
        birth: or_missing(&child.birth),
        sex: fact(&child.sex),
        ethnicity: or_missing(&child.ethnicity),
        number: if at % 4 == 1 {
            wanting("45315118217", "thiếu số 0 ở đầu")
        } else {
            or_missing(&child.number)
        },
        birth_registration: or_missing(&child.birth_registration),
        home_place: fact(&child.home_place),
    }
}

/// The minutes, out or back.
pub fn minutes(back: bool) -> Minutes {
    let commune_side = Party {
        office: "Ủy ban nhân dân xã Tà Rụt".into(),
        person: "Hồ Thị Thoan".into(),
        title: "công chức Văn hóa – Xã hội".into(),
    };
    let police_side = Party {
        office: "Công an xã Tà Rụt".into(),
        ..Party::default()
    };
    let (giver, receiver) = if back {
        (police_side, commune_side)
    } else {
        (commune_side, police_side)
    };
    let counted = [31, 4, 2, 1, 0, 1, 0, 0, 1, 0, 0];
    let mut answers: Vec<(String, Option<usize>)> = treem_child::handover::answer::Kind::ALL
        .iter()
        .zip(counted)
        .map(|(kind, rows)| (kind.label().to_owned(), Some(rows)))
        .collect();
    answers.push(("Chưa trả lời (chuyển sang danh sách sau)".into(), Some(2)));
    let thing = |thing: &str, many: &str| (thing.to_owned(), many.to_owned(), String::new());
    Minutes {
        back,
        office: Office {
            mark: "/BB-UBND".into(),
            ..commune()
        },
        at: if back {
            String::new()
        } else {
            "trụ sở Công an xã Tà Rụt".into()
        },
        code: "12345-6".into(),
        about: "bốn thôn của xã Tà Rụt".into(),
        rows: 42,
        seal: SEAL.into(),
        link: "https://treem.tarut.example/h/123456".into(),
        giver,
        receiver,
        things: vec![
            thing("Danh sách đề nghị xác thực, bản giấy", "01 bản, 7 trang"),
            thing("Danh sách đề nghị xác thực, tệp xlsx", "01 tệp"),
        ],
        answers: if back { answers } else { Vec::new() },
    }
}

/// A letter to the districts with a table and footnotes.
pub fn letter() -> Letter {
    let row = |bold: bool, cells: [&str; 5]| {
        cells
            .map(|cell| Span {
                bold,
                ..Span::plain(cell)
            })
            .to_vec()
    };
    let mut rows = vec![
        row(false, ["Vĩnh Linh", "26.847", "16.650", "62,02", "10.197"]),
        row(false, ["Gio Linh", "21.181", "12.453", "58,79", "8.728"]),
        row(false, ["Hướng Hóa", "38.857", "17.919", "46,12", "20.938"]),
    ];
    rows[0][2] = Span::plain("16.650").noted(
        "Có 1.751/16.650 trường hợp còn thiếu họ và tên cha, mẹ, người nuôi dưỡng hoặc địa chỉ.",
    );
    rows.push(row(
        true,
        ["Tổng cộng", "86.885", "47.022", "54,12", "39.863"],
    ));
    let columns = [
        ("Đơn vị", 2.6),
        ("Số trẻ em hiện có tại địa phương", 2.2),
        ("Đã có trên phần mềm", 2.0),
        ("Tỷ lệ (%)", 1.4),
        ("Cần nhập mới", 1.8),
    ];
    Letter {
        office: Office {
            above: "UBND tỉnh Quảng Trị".into(),
            name: "Sở Lao động - Thương binh và Xã hội".into(),
            mark: "/SLĐTBXH-BTXHTE".into(),
            place: "Quảng Trị".into(),
        },
        about: "khẩn trương chuẩn hóa, làm sạch và nhập mới dữ liệu trẻ em thực hiện mục tiêu của Đề án 06".into(),
        title: String::new(),
        to: vec!["UBND các huyện: Vĩnh Linh, Gio Linh, Hướng Hóa".into(), "Công an các huyện: Vĩnh Linh, Gio Linh, Hướng Hóa".into()],
        parts: vec![
            Part::Paragraph(vec![Span::plain(
                "Thời gian qua các địa phương đã tập trung chỉ đạo và thực hiện việc nhập mới, chuẩn hóa, làm sạch dữ liệu trẻ em trên hệ thống \
                 phần mềm, song hiệu quả chưa cao so với kế hoạch đề ra. Sở Lao động - Thương binh và Xã hội đề nghị UBND các huyện chỉ đạo UBND \
                 các xã, thị trấn thực hiện các nội dung sau:",
            )]),
            Part::Heading(vec![
                Span::bold("1. Rà soát, chuẩn hóa và làm sạch dữ liệu trẻ em").noted("Đến ngày 13/6/2024 còn 227 dữ liệu trẻ em chưa được chuẩn hóa, làm sạch."),
            ]),
            Part::Dash(vec![Span::bold("Bước 1: "), Span::plain("kết xuất danh sách trẻ em chưa có số định danh, sai định dạng số, thiếu hoặc sai thông tin cá nhân cơ bản;")]),
            Part::Dash(vec![Span::bold("Bước 2: "), Span::plain("rà soát, bổ sung, điều chỉnh tại hộ gia đình, chuyển Công an xã xác thực và cung cấp mã định danh;")]),
            Part::Heading(vec![Span::bold("2. Nhập mới trẻ em phát sinh vào phần mềm")]),
            Part::Paragraph(vec![Span::plain("Số liệu cụ thể của các huyện như sau:")]),
            Part::Table(Grid {
                columns: columns.map(|(name, share)| (name.to_owned(), share)).to_vec(),
                rows,
                size_pt: 12.0,
                words: Vec::new(),
            }),
            Part::Paragraph(vec![Span::plain("Đề nghị UBND các huyện chỉ đạo thực hiện và báo cáo kết quả trước ngày 14 tháng 7 năm 2024./.")]),
        ],
        copies: vec!["Như kính gửi;".into(), "BCĐ Đề án 06 tỉnh;".into(), "Giám đốc, PGĐ phụ trách;".into(), "Lưu: VT, BTXH-TE.".into()],
        signer: signer(&["KT. Giám đốc", "Phó Giám đốc"], "Lê Thị Cẩm Vân"),
    }
}

/// An annex of `rows` rows.
pub fn annex(rows: usize) -> Annex {
    let columns = [
        ("TT", 1.0),
        ("Đơn vị", 5.0),
        ("Số trẻ em hiện có", 2.5),
        ("Đã chuẩn hóa", 2.5),
        ("Tỷ lệ (%)", 2.0),
    ];
    Annex {
        number: "Phụ lục I".into(),
        title: "Tiến độ chuẩn hóa dữ liệu trẻ em theo thôn".into(),
        with: format!(
            "(Kèm theo Công văn số{0}/UBND-VX ngày{0}tháng{0}năm{0}của UBND xã Tà Rụt)",
            treem_papers::parts::blank(6)
        ),
        columns: columns
            .map(|(name, share)| (name.to_owned(), share))
            .to_vec(),
        rows: (0..rows)
            .map(|at| {
                let row = [
                    (at + 1).to_string(),
                    format!("Thôn {}", HAMLETS[at % HAMLETS.len()]),
                    (40 + at % 97).to_string(),
                    (30 + at % 10).to_string(),
                    "75,00".into(),
                ];
                row.to_vec()
            })
            .collect(),
        counted: "thôn".into(),
        foot: "Số liệu tính đến 13/6/2024".into(),
        ..Annex::default()
    }
}
