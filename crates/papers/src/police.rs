//! Danh sách đề nghị xác thực: the list that goes to the commune's police.
//!
//! In: a [`List`]: rows as they were frozen, the seal as printed, the address of its QR. Out: a [`Document`], A4 across: one line a child
//! in the order the police look it up, twelve boxes for the number, a box to tick for each answer; on every page the heading, the legend,
//! the number of rows, the seal and the page of all pages.

use treem_child::handover::answer::Kind;

use crate::{
    document::{Block, Boxes, Cell, Document, Piece, Row, Running, Section, Span, Table, Ticks},
    error::Refusal,
    limits,
    parts::{self, Office, Signer, cell, cell_centred, left, quiet},
    text::Words,
};

/// A list to be printed.
#[derive(Clone, Default)]
pub struct List {
    /// Who asks.
    pub office: Office,
    /// Whom it asks ("Công an xã Tà Rụt").
    pub to: String,
    /// Which children these are ("Thôn A Đăng, xã Tà Rụt, huyện Đakrông").
    pub about: String,
    /// Day of the figures, as printed.
    pub as_of: String,
    /// The list's code, as printed.
    pub code: String,
    /// SHA-256 of the frozen rows, in groups of four.
    pub seal: String,
    /// What the QR carries: address of the list, with the seal if the caller wants.
    pub link: String,
    /// Who drew the list up.
    pub drawn_by: Signer,
    /// Who signs for the commune.
    pub leader: Signer,
    /// Who signs for the police.
    pub police: Signer,
    /// The children.
    pub rows: Vec<Child>,
}

/// One child, as frozen: everything is printed text; empty is not known.
#[derive(Clone, Default)]
pub struct Child {
    /// The row's code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Day of birth, as far as it is known.
    pub birth: String,
    /// Sex.
    pub sex: String,
    /// Ethnicity, own name first.
    pub ethnicity: String,
    /// Nationality.
    pub nationality: String,
    /// Number as it is known, right or wrong.
    pub number: String,
    /// Where the birth was registered.
    pub birth_registration: String,
    /// Quê quán.
    pub home_place: String,
    /// Where the child lives permanently.
    pub residence: String,
    /// Father.
    pub father: String,
    /// Mother.
    pub mother: String,
    /// Guardian.
    pub guardian: String,
    /// Telephone.
    pub phone: String,
    /// Why the child is on the list.
    pub why: String,
}

quiet!(List, Child);

/// Widths of the columns, millimetres: together the room of A4 across.
const COLUMNS_MM: [f32; 10] = [18.5, 26.0, 17.5, 8.5, 15.0, 24.5, 24.5, 25.0, 26.5, 66.0];
/// Headings of the columns.
const HEADINGS: [&str; 10] = [
    "TT, mã dòng",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Dân tộc, quốc tịch",
    "Số định danh hiện có; lý do",
    "Nơi đăng ký khai sinh; quê quán",
    "Nơi thường trú; điện thoại",
    "Cha; mẹ; người giám hộ",
    "Công an ghi: số định danh cá nhân; đánh dấu X vào ô của kết quả",
];
/// Size of the letters in the table, points.
const SIZE_PT: f32 = 9.0;

impl List {
    /// The document. Refused when the list is longer than [`limits::ROWS`].
    pub fn document(&self) -> Result<Document, Refusal> {
        if self.rows.len() > limits::ROWS {
            return Err(Refusal::Rows(self.rows.len()));
        }
        let mut section = Section {
            across: true,
            running: self.running(),
            blocks: Vec::new(),
        };
        let room = section.room_mm().0;
        let under = [
            Span::plain(format!("Kính gửi: {}", self.to)),
            Span::plain(self.about.as_str()),
            Span::italic(format!(
                "Danh sách {} · {} trẻ em · số liệu tính đến {}",
                self.code,
                self.rows.len(),
                self.as_of
            )),
        ];
        section.blocks.push(parts::head(&self.office, "", room));
        section.blocks.extend(parts::title(
            "Danh sách đề nghị xác thực, cung cấp mã định danh trẻ em",
            &under,
        ));
        section.blocks.push(Block::Piece(Piece::Space(2.0)));
        section.blocks.push(Block::Table(Table {
            columns_mm: COLUMNS_MM.to_vec(),
            heading: heading(),
            rows: self
                .rows
                .iter()
                .enumerate()
                .map(|(at, child)| child.row(at + 1))
                .collect(),
            bare: false,
            counted: Some("trẻ em".into()),
        }));
        let answered = format!(
            "Công an ghi: đã đối chiếu{0}/{1} trẻ em, trong đó khớp{0}, đã cung cấp số{0}, kết quả khác{0}, chưa trả lời{0}.",
            ".".repeat(10),
            self.rows.len()
        );
        section.blocks.push(Block::Piece(Piece::Space(2.0)));
        section
            .blocks
            .push(Block::Piece(left(vec![Span::plain(answered)], 11.0)));
        section.blocks.push(Block::Piece(Piece::Space(2.0)));
        let how = "(Ký, ghi rõ họ tên)";
        let sealed = "(Ký tên, đóng dấu)";
        section.blocks.push(parts::signatures(
            &[
                (&self.drawn_by, how),
                (&self.leader, sealed),
                (&self.police, sealed),
            ],
            18.0,
            room,
        ));
        Ok(Document {
            title: format!("Danh sách đề nghị xác thực {}", self.code).into(),
            keywords: parts::keywords(&self.seal),
            sections: vec![section],
        })
    }

    /// What stands on every page.
    fn running(&self) -> Running {
        Running {
            foot: vec![
                Words::new(&format!(
                    "Danh sách {} · {} trẻ em · chốt theo mã SHA-256 dưới đây; trang nào khác mã là không thuộc danh sách này.",
                    self.code,
                    self.rows.len()
                )),
                Words::new(&format!("SHA-256: {}", self.seal)),
            ],
            pages: true,
            code: (!self.link.is_empty()).then(|| self.link.clone()),
            number_above: false,
        }
    }
}

/// Heading of every page: legend, names of the columns, their numbers.
fn heading() -> Vec<Row> {
    let legend: Vec<String> = Kind::ALL
        .iter()
        .map(|kind| format!("{} {}", kind.key(), kind.label()))
        .collect();
    let legend = left(
        vec![
            Span::bold("Kết quả: "),
            Span::plain(legend.join("; ").as_str()),
        ],
        9.0,
    );
    let names = HEADINGS
        .iter()
        .map(|name| cell_centred(Span::bold(*name), SIZE_PT).grey());
    let numbers =
        (1..=HEADINGS.len()).map(|number| cell_centred(Span::italic(format!("({number})")), 7.0));
    vec![
        Row {
            cells: vec![Cell::of(vec![legend]).over(HEADINGS.len())],
            height_mm: 0.0,
        },
        Row {
            cells: names.collect(),
            height_mm: 0.0,
        },
        Row {
            cells: numbers.collect(),
            height_mm: 0.0,
        },
    ]
}

impl Child {
    /// The child's line, `number` from 1.
    fn row(&self, number: usize) -> Row {
        let marks = Kind::ALL
            .iter()
            .map(|kind| kind.key().to_string().into())
            .collect();
        let result = Cell::of(vec![
            Piece::Boxes(Boxes {
                groups: vec![3, 3, 3, 3],
                side_mm: 4.9,
            }),
            Piece::Ticks(Ticks {
                labels: marks,
                inside: true,
                side_mm: 5.3,
                size_pt: 7.0,
            }),
            Piece::Write("Ghi rõ:".into(), 8.0),
        ]);
        let cells = vec![
            Cell::of(vec![
                parts::centred(vec![Span::plain(number.to_string())], SIZE_PT),
                parts::centred(vec![Span::bold(self.code.as_str())], 8.0),
            ]),
            cell(value(&self.name, true), SIZE_PT),
            Cell::of(vec![parts::centred(
                vec![value(&self.birth, false)],
                SIZE_PT,
            )]),
            Cell::of(vec![parts::centred(vec![value(&self.sex, false)], SIZE_PT)]),
            several(&[("", &self.ethnicity), ("", &self.nationality)]),
            several(&[("", &self.number), ("", &self.why)]),
            several(&[("", &self.birth_registration), ("Quê: ", &self.home_place)]),
            several(&[("", &self.residence), ("ĐT: ", &self.phone)]),
            several(&[
                ("Cha: ", &self.father),
                ("Mẹ: ", &self.mother),
                ("GH: ", &self.guardian),
            ]),
            result,
        ];
        Row {
            cells,
            height_mm: 0.0,
        }
    }
}

/// A value, or a dash where nothing is known.
fn value(text: &str, bold: bool) -> Span {
    let words = Words::value(text);
    if words.is_empty() {
        Span::plain("—")
    } else {
        Span {
            words,
            bold,
            ..Span::default()
        }
    }
}

/// Several values under each other, each behind its word; those not known are left out, and a dash stands where all are.
fn several(values: &[(&str, &String)]) -> Cell {
    let known = values
        .iter()
        .map(|(word, text)| (*word, Words::value(text)))
        .filter(|(_, words)| !words.is_empty());
    let pieces: Vec<Piece> = known
        .map(|(word, words)| {
            let mut spans = vec![Span {
                words,
                ..Span::default()
            }];
            if !word.is_empty() {
                spans.insert(0, Span::italic(word));
            }
            left(spans, SIZE_PT)
        })
        .collect();
    if pieces.is_empty() {
        cell(Span::plain("—"), SIZE_PT)
    } else {
        Cell::of(pieces)
    }
}
