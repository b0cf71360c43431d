//! Biên bản bàn giao: the list goes to the police, and comes back.
//!
//! In: [`Minutes`]. Out: a [`Document`] of one or two pages, hour and day left blank, with what was handed over, the seal and both
//! signatures.

use crate::{
    document::{Block, Cell, Document, Piece, Row, Running, Section, Span, Table},
    parts::{self, Office, Signer, blank, cell_centred, left, paragraph, quiet},
    text::Words,
};

/// One hand-over, one way.
#[derive(Clone, Default)]
pub struct Minutes {
    /// The list comes back answered, instead of going out.
    pub back: bool,
    /// The office of whom hands over.
    pub office: Office,
    /// Where it happens ("trụ sở Công an xã Tà Rụt").
    pub at: String,
    /// The list's code, as printed.
    pub code: String,
    /// Which children these are.
    pub about: String,
    /// Rows of the list.
    pub rows: usize,
    /// SHA-256 of the frozen rows, in groups of four.
    pub seal: String,
    /// What the QR at the foot carries, or nothing.
    pub link: String,
    /// Who hands over.
    pub giver: Party,
    /// Who receives.
    pub receiver: Party,
    /// What is handed over: thing, how many, remark.
    pub things: Vec<(String, String, String)>,
    /// On the way back: answers and how many rows have each, those without an answer too, so that the sum is [`Minutes::rows`]; `None` is
    /// left to be written.
    pub answers: Vec<(String, Option<usize>)>,
}

/// One side of a hand-over.
#[derive(Clone, Default)]
pub struct Party {
    /// Its office ("Ủy ban nhân dân xã Tà Rụt").
    pub office: String,
    /// Who acts for it; empty is left to be written.
    pub person: String,
    /// What that person is.
    pub title: String,
}

quiet!(Minutes, Party);

impl Minutes {
    /// The document.
    pub fn document(&self) -> Document {
        let code = (!self.link.is_empty()).then(|| self.link.clone());
        let foot = vec![
            Words::new(&format!("Biên bản bàn giao danh sách {}", self.code)),
            Words::new(&format!("SHA-256: {}", self.seal)),
        ];
        let mut section = Section {
            across: false,
            running: Running {
                foot,
                pages: true,
                code,
                number_above: false,
            },
            blocks: Vec::new(),
        };
        let room = section.room_mm().0;
        let what = if self.back {
            "danh sách trẻ em đã đối chiếu, xác thực"
        } else {
            "danh sách trẻ em đề nghị xác thực"
        };
        let blocks = &mut section.blocks;
        blocks.push(parts::head(&self.office, "", room));
        blocks.extend(parts::title(
            "Biên bản",
            &[Span::bold(format!("Bàn giao {what}"))],
        ));
        let hour = format!(
            "Hôm nay, vào hồi{0}giờ{0}phút, {1}, tại {2}, chúng tôi gồm:",
            blank(6),
            parts::open_date(),
            written(&self.at, 40)
        );
        blocks.push(Block::Piece(parts::open_paragraph(vec![Span::plain(hour)])));
        blocks.extend(self.giver.lines("Bên giao"));
        blocks.extend(self.receiver.lines("Bên nhận"));
        let subject = format!(
            "cùng bàn giao danh sách số {} ({}), gồm {} trẻ em, như sau:",
            self.code, self.about, self.rows
        );
        blocks.push(Block::Piece(paragraph(vec![Span::plain(subject)])));
        blocks.push(Block::Piece(Piece::Space(2.0)));
        blocks.push(self.things());
        if self.back {
            blocks.push(Block::Piece(paragraph(vec![Span::plain(format!(
                "Kết quả đối chiếu {} trẻ em trong danh sách:",
                self.rows
            ))])));
            blocks.push(Block::Piece(Piece::Space(2.0)));
            blocks.push(self.answers());
        }
        let seal = format!(
            "Mã SHA-256 của danh sách: {}. Hai bên đã so mã này với mã in ở chân mỗi trang.",
            self.seal
        );
        blocks.push(Block::Piece(paragraph(vec![Span::plain(seal)])));
        blocks.push(Block::Piece(Piece::Write(
            "Ý kiến của hai bên:".into(),
            13.0,
        )));
        let end = "Biên bản được lập thành 02 bản có giá trị như nhau, mỗi bên giữ 01 bản./.";
        blocks.push(Block::Piece(paragraph(vec![Span::plain(end)])));
        blocks.push(Block::Piece(Piece::Space(3.0)));
        let giver = Signer {
            office: vec!["Bên giao".into()],
            name: self.giver.person.clone(),
        };
        let receiver = Signer {
            office: vec!["Bên nhận".into()],
            name: self.receiver.person.clone(),
        };
        let how = "(Ký, ghi rõ họ tên)";
        blocks.push(parts::signatures(
            &[(&giver, how), (&receiver, how)],
            18.0,
            room,
        ));
        Document {
            title: format!("Biên bản bàn giao danh sách {}", self.code).into(),
            keywords: parts::keywords(&self.seal),
            sections: vec![section],
        }
    }

    /// The table of what is handed over.
    fn things(&self) -> Block {
        let rows = self
            .things
            .iter()
            .enumerate()
            .map(|(at, (thing, many, remark))| {
                vec![
                    (at + 1).to_string(),
                    thing.clone(),
                    many.clone(),
                    remark.clone(),
                ]
            });
        table(
            &[
                ("TT", 10.0),
                ("Tài liệu", 80.0),
                ("Số lượng", 35.0),
                ("Ghi chú", 40.0),
            ],
            rows.collect(),
        )
    }

    /// The table of answers, with its sum.
    fn answers(&self) -> Block {
        let figure = |rows: Option<usize>| rows.map_or_else(String::new, |rows| rows.to_string());
        let sum = self
            .answers
            .iter()
            .map(|(_, rows)| *rows)
            .sum::<Option<usize>>();
        // Two beside each other, so that all stand on one page with the signatures.
        let half = self.answers.len().div_ceil(2);
        let one = |at: usize| {
            let (answer, rows) = self.answers.get(at)?;
            Some([(at + 1).to_string(), answer.clone(), figure(*rows)])
        };
        let mut rows: Vec<Vec<String>> = (0..half)
            .map(|at| {
                [one(at), one(at + half)]
                    .into_iter()
                    .flat_map(Option::unwrap_or_default)
                    .collect()
            })
            .collect();
        let sum = [String::new(), "Cộng".to_owned(), figure(sum)];
        rows.push([Default::default(), sum].concat());
        let columns = [("TT", 9.0), ("Kết quả", 55.5), ("Số trẻ", 18.0)];
        table(&[columns, columns].concat(), rows)
    }
}

impl Party {
    /// Who stands on one side.
    fn lines(&self, side: &str) -> Vec<Block> {
        let person = format!(
            "Đại diện: {}; chức vụ: {}",
            written(&self.person, 40),
            written(&self.title, 30)
        );
        vec![
            Block::Piece(paragraph(vec![
                Span::bold(format!("{side}: ")),
                Span::plain(self.office.as_str()),
            ])),
            Block::Piece(paragraph(vec![Span::plain(person)])),
        ]
    }
}

/// `text`, or dots to write on.
fn written(text: &str, dots: usize) -> String {
    if text.trim().is_empty() {
        ".".repeat(dots)
    } else {
        text.to_owned()
    }
}

/// A small table: headings with their widths; figures in the middle, the last row bold when its first cell is empty.
fn table(columns: &[(&str, f32)], rows: Vec<Vec<String>>) -> Block {
    let rows = rows.into_iter().map(|texts| {
        let sum = texts.first().is_some_and(String::is_empty);
        let cells = texts.iter().enumerate().map(|(at, text)| {
            let span = Span {
                words: Words::value(text),
                bold: sum,
                ..Span::default()
            };
            if at == 1 || at == 3 && texts.len() == 4 || at == 4 {
                Cell::of(vec![left(vec![span], 12.0)]).middle()
            } else {
                cell_centred(span, 12.0)
            }
        });
        Row {
            cells: cells.collect(),
            height_mm: 6.0,
        }
    });
    let heading = columns
        .iter()
        .map(|(name, _)| cell_centred(Span::bold(*name), 12.0).grey())
        .collect();
    Block::Table(Table {
        columns_mm: columns.iter().map(|(_, width)| *width).collect(),
        heading: vec![Row {
            cells: heading,
            height_mm: 6.0,
        }],
        rows: rows.collect(),
        ..Table::default()
    })
}
