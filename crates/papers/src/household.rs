//! Phiếu rà soát hộ gia đình: the sheet a collaborator takes to a household.
//!
//! In: one [`Sheet`] a household, in the order of the walk. Out: a [`Document`], each household on pages of its own: what is known, what
//! is missing as an empty box to fill in, room for children nobody knew of, signatures, and a QR that opens the household on a phone.

use crate::{
    document::{Block, Boxes, Cell, Document, Piece, Row, Running, Section, Span, Table, Ticks},
    error::Refusal,
    limits,
    parts::{self, Signer, blank, cell, cell_centred, left, quiet},
    text::Words,
};

/// One household.
#[derive(Clone, Default)]
pub struct Sheet {
    /// Whose sheet it is ("ỦY BAN NHÂN DÂN XÃ TÀ RỤT").
    pub office: String,
    /// Where the household lives ("Thôn A Đăng, xã Tà Rụt").
    pub place: String,
    /// Its turn in the walk, from 1; 0 is none.
    pub turn: usize,
    /// Day of the figures, as printed.
    pub as_of: String,
    /// The sheet's code, as printed.
    pub code: String,
    /// What the QR carries.
    pub link: String,
    /// Head of the household.
    pub head: Fact,
    /// Address within the hamlet.
    pub address: Fact,
    /// Telephone.
    pub phone: Fact,
    /// Father.
    pub father: Fact,
    /// Mother.
    pub mother: Fact,
    /// Guardian.
    pub guardian: Fact,
    /// The children known.
    pub children: Vec<Child>,
    /// Who goes there.
    pub collaborator: String,
}

/// What is known of one thing.
#[derive(Clone, Default)]
pub struct Fact {
    /// What stands in the register, as printed; empty is not known.
    pub have: String,
    /// It has to be asked: missing, or not to be believed.
    pub wanting: bool,
    /// Why, in a few words ("thiếu số 0 đầu").
    pub remark: String,
}

/// One child of the household.
#[derive(Clone, Default)]
pub struct Child {
    /// The row's code, where the child stands on a list.
    pub code: String,
    /// Name.
    pub name: Fact,
    /// Day of birth.
    pub birth: Fact,
    /// Sex.
    pub sex: Fact,
    /// Ethnicity.
    pub ethnicity: Fact,
    /// Number.
    pub number: Fact,
    /// Where the birth was registered.
    pub birth_registration: Fact,
    /// Quê quán.
    pub home_place: Fact,
}

quiet!(Sheet, Fact, Child);

/// Widths of the columns: what it is, what is known, and two to write in.
const COLUMNS_MM: [f32; 4] = [31.0, 50.0, 47.0, 37.0];
/// Least height of a line, millimetres.
const LINE_MM: f32 = 6.2;
/// Size of the letters in the table, points.
const SIZE_PT: f32 = 10.0;
/// Side of a box for a digit, millimetres.
const BOX_MM: f32 = 5.0;
/// Children nobody knew of, for whom there is room.
const NEW_CHILDREN: usize = 3;
/// What can have become of a child.
const NOW: [&str; 5] = [
    "Ở hộ",
    "Đã chuyển đi",
    "Đã chết",
    "Chưa khai sinh",
    "Không có trẻ này",
];

/// The sheets of `households`, in their order. Refused when they are more than [`limits::SHEETS`], or a household has more children than
/// [`limits::CHILDREN`].
pub fn document(households: &[Sheet]) -> Result<Document, Refusal> {
    if households.len() > limits::SHEETS {
        return Err(Refusal::Sheets(households.len()));
    }
    if let Some(sheet) = households
        .iter()
        .find(|sheet| sheet.children.len() > limits::CHILDREN)
    {
        return Err(Refusal::Children(sheet.code.clone(), sheet.children.len()));
    }
    Ok(Document {
        title: "Phiếu rà soát hộ gia đình".into(),
        sections: households.iter().map(Sheet::section).collect(),
        ..Document::default()
    })
}

impl Sheet {
    /// The pages of one household.
    fn section(&self) -> Section {
        let running = Running {
            foot: vec![Words::new(&format!("Phiếu {}", self.code))],
            pages: true,
            ..Running::default()
        };
        let mut section = Section {
            across: false,
            running,
            blocks: Vec::new(),
        };
        let room = section.room_mm().0;
        section.blocks.push(self.head(room));
        section
            .blocks
            .push(table([self.heading(), self.household()].concat()));
        section.blocks.extend(
            self.children
                .iter()
                .enumerate()
                .flat_map(|(at, child)| [gap(), table(child.rows(at + 1))]),
        );
        section.blocks.push(gap());
        section.blocks.push(newcomers());
        section.blocks.push(gap());
        section.blocks.push(self.signed(room));
        section
    }

    /// Title on the left, QR with the code on the right.
    fn head(&self, room: f32) -> Block {
        let turn = if self.turn > 0 {
            format!(" · thứ tự đi {}", self.turn)
        } else {
            String::new()
        };
        let words = vec![
            left(vec![Span::bold(self.office.to_uppercase())], 11.0),
            Piece::Space(1.5),
            left(vec![Span::bold("PHIẾU RÀ SOÁT HỘ GIA ĐÌNH")], 15.0),
            left(vec![Span::plain(format!("{}{turn}", self.place))], 12.0),
            left(
                vec![Span::italic(format!(
                    "Số liệu tính đến {}. Chỗ khung đậm là còn thiếu hoặc nghi sai: hỏi và ghi; chỗ khác chỉ ghi khi sai.",
                    self.as_of
                ))],
                9.5,
            ),
        ];
        let code = Piece::Code(self.link.clone(), 20.0, vec![Words::new(&self.code)]);
        parts::beside(
            vec![room - 32.0, 32.0],
            vec![Cell::of(words).middle(), Cell::of(vec![code])],
        )
    }

    /// Names of the columns.
    fn heading(&self) -> Vec<Row> {
        let have = format!("Đang có ({} trẻ em)", self.children.len());
        let cells = vec![
            cell_centred(Span::bold("Hộ gia đình"), SIZE_PT).grey(),
            cell_centred(Span::bold(have), SIZE_PT).grey(),
            cell_centred(Span::bold("Sửa lại hoặc bổ sung"), SIZE_PT)
                .grey()
                .over(2),
        ];
        vec![Row {
            cells,
            height_mm: LINE_MM,
        }]
    }

    /// What is known of the household.
    fn household(&self) -> Vec<Row> {
        [
            ("Chủ hộ", &self.head),
            ("Địa chỉ", &self.address),
            ("Điện thoại", &self.phone),
            ("Cha", &self.father),
            ("Mẹ", &self.mother),
            ("Người giám hộ", &self.guardian),
        ]
        .into_iter()
        .map(|(what, fact)| line(what, fact, Vec::new()))
        .collect()
    }

    /// Who was there.
    fn signed(&self, room: f32) -> Block {
        let at_home = Signer {
            office: vec!["Chủ hộ hoặc người cung cấp tin".to_owned()],
            name: String::new(),
        };
        let there = Signer {
            office: vec!["Cộng tác viên".to_owned()],
            name: self.collaborator.clone(),
        };
        let day = format!("(Ngày{0}tháng{0}năm{0}; ký, ghi rõ họ tên)", blank(6));
        parts::signatures(
            &[
                (&at_home, "(Ký hoặc điểm chỉ, ghi rõ họ tên)"),
                (&there, &day),
            ],
            14.0,
            room,
        )
    }
}

impl Child {
    /// The lines of one child, `number` from 1.
    fn rows(&self, number: usize) -> Vec<Row> {
        let what = if self.code.is_empty() {
            format!("Trẻ {number}")
        } else {
            format!("{number} · {}", self.code)
        };
        let mut first = line(&what, &self.name, Vec::new());
        for piece in first
            .cells
            .iter_mut()
            .skip(1)
            .flat_map(|cell| &mut cell.pieces)
        {
            if let Piece::Text(text) = piece {
                text.spans.iter_mut().for_each(|span| span.bold = true);
            }
        }
        let born = Fact {
            have: [&self.birth.have, &self.sex.have]
                .into_iter()
                .filter(|text| !text.is_empty())
                .cloned()
                .collect::<Vec<_>>()
                .join(", "),
            wanting: self.birth.wanting || self.sex.wanting,
            remark: [&self.birth.remark, &self.sex.remark]
                .into_iter()
                .filter(|text| !text.is_empty())
                .cloned()
                .collect::<Vec<_>>()
                .join("; "),
        };
        let mut birth = line("Ngày sinh, giới", &born, Vec::new());
        birth.cells.truncate(2);
        birth.cells.push(Cell {
            thick: self.birth.wanting,
            ..Cell::of(vec![boxes(&[2, 2, 4])]).middle()
        });
        birth.cells.push(Cell {
            thick: self.sex.wanting,
            ..Cell::of(vec![ticks(&["Nam", "Nữ"])]).middle()
        });
        vec![
            first,
            birth,
            line("Dân tộc", &self.ethnicity, Vec::new()),
            line("Số định danh", &self.number, vec![boxes(&[3, 3, 3, 3])]),
            line("Nơi khai sinh", &self.birth_registration, Vec::new()),
            line("Quê quán", &self.home_place, Vec::new()),
            Row {
                cells: vec![
                    cell(Span::bold("Hiện nay"), SIZE_PT).middle(),
                    Cell::of(vec![ticks(&NOW)]).middle().over(3),
                ],
                height_mm: LINE_MM,
            },
        ]
    }
}

/// Room for children nobody knew of.
fn newcomers() -> Block {
    let columns_mm = vec![8.0, 73.0, 47.0, 37.0];
    let mut rows = Vec::new();
    for number in 1..=NEW_CHILDREN {
        let first = vec![
            cell_centred(Span::bold(number.to_string()), SIZE_PT),
            Cell::of(vec![Piece::Write("Họ tên:".into(), SIZE_PT)]),
            Cell::of(vec![boxes(&[2, 2, 4])]).middle(),
            Cell::of(vec![ticks(&["Nam", "Nữ"])]).middle(),
        ];
        let second = vec![
            Cell::default(),
            Cell::of(vec![boxes(&[3, 3, 3, 3])]).middle(),
            Cell::of(vec![Piece::Write("Dân tộc:".into(), SIZE_PT)]),
            Cell::of(vec![ticks(&["Chưa có khai sinh"])]).middle(),
        ];
        rows.extend([first, second].map(|cells| Row {
            cells,
            height_mm: LINE_MM,
        }));
    }
    let heading = Cell::of(vec![left(
        vec![
            Span::bold("Trẻ em dưới 16 tuổi khác trong hộ, chưa có trên phiếu "),
            Span::plain("(họ tên, ngày sinh, giới tính, số định danh, dân tộc)"),
        ],
        SIZE_PT,
    )]);
    Block::Table(Table {
        columns_mm,
        heading: vec![Row {
            cells: vec![heading.grey().over(4)],
            height_mm: LINE_MM,
        }],
        rows,
        ..Table::default()
    })
}

/// One line: what it is, what is known, where to write.
fn line(what: &str, fact: &Fact, write: Vec<Piece>) -> Row {
    let have = Words::value(&fact.have);
    let mut known = match (have.is_empty(), fact.wanting) {
        (true, true) => vec![Span::bold("CÒN THIẾU")],
        (true, false) => vec![Span::plain("—")],
        (false, _) => vec![Span {
            words: have,
            ..Span::default()
        }],
    };
    let remark = Words::value(&fact.remark);
    if !remark.is_empty() {
        known.push(Span::italic(format!(" ({})", remark.as_str())));
    }
    let cells = vec![
        cell(Span::bold(what), SIZE_PT).middle(),
        Cell::of(vec![left(known, SIZE_PT)]).middle(),
        Cell {
            thick: fact.wanting,
            ..Cell::of(write).middle().over(2)
        },
    ];
    // Where something is asked for there is room to write in large letters.
    Row {
        cells,
        height_mm: if fact.wanting { LINE_MM + 1.0 } else { LINE_MM },
    }
}

/// A table of this sheet's columns.
fn table(rows: Vec<Row>) -> Block {
    Block::Table(Table {
        columns_mm: COLUMNS_MM.to_vec(),
        rows,
        ..Table::default()
    })
}

/// Empty boxes for digits.
fn boxes(groups: &[usize]) -> Piece {
    Piece::Boxes(Boxes {
        groups: groups.to_vec(),
        side_mm: BOX_MM,
    })
}

/// Boxes to tick with words behind.
fn ticks(labels: &[&str]) -> Piece {
    Piece::Ticks(Ticks {
        labels: labels.iter().map(|label| Words::new(label)).collect(),
        side_mm: 3.4,
        size_pt: SIZE_PT,
        ..Ticks::default()
    })
}

/// A little room between tables.
fn gap() -> Block {
    Block::Piece(Piece::Space(1.2))
}
