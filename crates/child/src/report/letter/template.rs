//! Reads a template: a head of `name: value` lines, a line `---`, then paragraphs.
//!
//! In: text. Out: [`Template`], or every mistake with its line, what it is and what is meant ([`Wrong`]). The text knows `## heading`,
//! `- dash`, `**bold**`, `*italic*`, `[^1]` with its `[^1]: text`, `{field}`, `{nếu có field}` before a paragraph, `\` before a sign that is
//! meant as itself, `%%` before a remark. Nothing else; nothing is executed.

mod line;

use super::field::{Field, Kind};
use crate::limits;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization as _;

/// A mistake of a template.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Wrong {
    /// Line, from 1.
    pub line: usize,
    /// What it is and what is meant, in one sentence.
    pub sentence: String,
}

/// A line of the head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Head {
    /// The office above.
    Above,
    /// The office that writes.
    Office,
    /// What stands behind the number.
    Mark,
    /// The place before the date.
    Place,
    /// Its summary, behind V/v.
    About,
    /// Its title, where it is no letter.
    Title,
    /// To whom; may stand several times.
    To,
    /// Nơi nhận; may stand several times.
    Copies,
    /// The signer's office; may stand several times.
    SignerOffice,
    /// Who signs.
    Signer,
}

impl Head {
    const ALL: [(Self, &'static str); 10] = [
        (Self::Above, "cơ quan chủ quản"),
        (Self::Office, "cơ quan ban hành"),
        (Self::Mark, "ký hiệu"),
        (Self::Place, "địa danh"),
        (Self::About, "trích yếu"),
        (Self::Title, "tên văn bản"),
        (Self::To, "kính gửi"),
        (Self::Copies, "nơi nhận"),
        (Self::SignerOffice, "chức vụ"),
        (Self::Signer, "người ký"),
    ];

    /// True where it may stand several times, and holds lines.
    fn is_many(self) -> bool {
        matches!(self, Self::To | Self::Copies | Self::SignerOffice)
    }
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Bit {
    /// Words.
    Words(String),
    /// A field.
    Field(Field),
    /// The footnote of this name.
    Note(String),
}

/// A piece with its look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) bit: Bit,
    pub(super) bold: bool,
    pub(super) italic: bool,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Heading,
    Paragraph,
    Dash,
    /// A field alone on its line: a table, or lines.
    Field(Field),
}

/// A block of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) shape: Shape,
    /// Left out where nothing is known for this field, or it is 0.
    pub(super) only_with: Option<Field>,
    pub(super) pieces: Vec<Piece>,
}

/// A template, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    pub(super) head: Vec<(Head, Vec<Piece>)>,
    pub(super) blocks: Vec<Block>,
    pub(super) notes: BTreeMap<String, Vec<Piece>>,
}

impl Template {
    /// The fields it names, each once.
    pub fn fields(&self) -> Vec<Field> {
        let pieces = self.head.iter().flat_map(|(_, pieces)| pieces);
        let pieces = pieces
            .chain(self.blocks.iter().flat_map(|block| &block.pieces))
            .chain(self.notes.values().flatten());
        let mut out: Vec<Field> = pieces
            .filter_map(|piece| match piece.bit {
                Bit::Field(field) => Some(field),
                _ => None,
            })
            .chain(self.blocks.iter().filter_map(|block| match block.shape {
                Shape::Field(field) => Some(field),
                _ => block.only_with,
            }))
            .collect();
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// Reads a template.
///
/// # Errors
/// All mistakes, in order of their lines.
pub fn read(text: &str) -> Result<Template, Vec<Wrong>> {
    let mut reader = Reader::default();
    if text.len() > limits::TEMPLATE_BYTES {
        reader.wrong(
            1,
            format!(
                "mẫu dài quá {} KB; một văn bản không cần dài thế.",
                limits::TEMPLATE_BYTES >> 10
            ),
        );
        return Err(reader.wrong);
    }
    let text: String = text
        .trim_start_matches('\u{feff}')
        .nfc()
        .collect::<String>();
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    if lines.len() > limits::TEMPLATE_LINES {
        reader.wrong(
            limits::TEMPLATE_LINES,
            format!("mẫu dài quá {} dòng.", limits::TEMPLATE_LINES),
        );
        return Err(reader.wrong);
    }
    let mut numbered = (1..).zip(lines).filter(|(_, line)| !line.starts_with("%%"));
    let mut cut = false;
    for (number, line) in numbered.by_ref() {
        if line.trim() == "---" {
            cut = true;
            break;
        }
        reader.head(number, line);
    }
    if !cut {
        reader.wrong(
            1,
            "thiếu dòng --- giữa phần đầu văn bản (cơ quan, trích yếu, kính gửi …) và phần nội dung."
                .to_owned(),
        );
    }
    reader.body(numbered);
    reader.finish()
}

#[derive(Default)]
struct Reader {
    out: Template,
    wrong: Vec<Wrong>,
    /// Footnotes named in the text, with the line.
    called: Vec<(String, usize)>,
    /// Footnotes given, with the line.
    given: BTreeMap<String, usize>,
    fields: usize,
}

impl Reader {
    fn wrong(&mut self, line: usize, sentence: String) {
        if self.wrong.len() < limits::TEMPLATE_WRONG {
            self.wrong.push(Wrong { line, sentence });
        }
    }

    fn head(&mut self, number: usize, line: &str) {
        if line.trim().is_empty() {
            return;
        }
        let names = || Head::ALL.map(|(_, name)| name).join(", ");
        let Some((name, value)) = line.split_once(':') else {
            self.wrong(
                number,
                format!("phần đầu gồm các dòng “tên: nội dung” với tên là {}; hết phần đầu là dòng ---.", names()),
            );
            return;
        };
        let name = name.trim().to_lowercase();
        let Some((head, _)) = Head::ALL.into_iter().find(|(_, known)| *known == name) else {
            self.wrong(
                number,
                format!(
                    "phần đầu không có dòng “{}”; các dòng có thể viết: {}.",
                    said(&name),
                    names()
                ),
            );
            return;
        };
        if !head.is_many() && self.out.head.iter().any(|(known, _)| *known == head) {
            self.wrong(number, format!("dòng “{name}” viết hai lần; chỉ giữ một."));
            return;
        }
        let pieces = self.pieces(number, value.trim());
        for piece in &pieces {
            match &piece.bit {
                Bit::Field(field) if field.kind() == Kind::Table => self.wrong(
                    number,
                    format!("{{{}}} là bảng, chỉ đặt được ở phần nội dung.", field.name()),
                ),
                Bit::Field(field) if field.kind() == Kind::Lines && (!head.is_many() || pieces.len() > 1) => self.wrong(
                    number,
                    format!(
                        "{{{}}} gồm nhiều dòng: đặt một mình ở một dòng kính gửi, nơi nhận hoặc chức vụ.",
                        field.name()
                    ),
                ),
                Bit::Note(_) => self.wrong(number, "phần đầu không đặt được chú thích.".to_owned()),
                _ => {}
            }
        }
        self.out.head.push((head, pieces));
    }

    fn body<'t>(&mut self, lines: impl Iterator<Item = (usize, &'t str)>) {
        // A paragraph goes on over lines until an empty one.
        let mut open: Option<(usize, String)> = None;
        for (number, line) in lines {
            let begins = line.starts_with("## ")
                || line.starts_with("- ")
                || line.starts_with("[^") && line.contains("]:");
            if (line.trim().is_empty() || begins)
                && let Some((at, text)) = open.take()
            {
                self.block(at, &text);
            }
            if line.trim().is_empty() {
                continue;
            }
            match &mut open {
                Some((_, text)) => {
                    text.push(' ');
                    text.push_str(line.trim());
                }
                None => open = Some((number, line.trim().to_owned())),
            }
        }
        if let Some((at, text)) = open {
            self.block(at, &text);
        }
    }

    fn block(&mut self, number: usize, text: &str) {
        if let Some(rest) = text.strip_prefix("[^")
            && let Some((name, rest)) = rest.split_once("]:")
        {
            let pieces = self.pieces(number, rest.trim());
            self.plain_only(number, &pieces, true);
            let name = name.trim().to_owned();
            if self.given.insert(name.clone(), number).is_some() {
                self.wrong(
                    number,
                    format!("chú thích [^{}] viết hai lần.", said(&name)),
                );
            }
            self.out.notes.insert(name, pieces);
            return;
        }
        let (mut shape, mut rest) = match (text.strip_prefix("## "), text.strip_prefix("- ")) {
            (Some(rest), _) => (Shape::Heading, rest.trim_start()),
            (_, Some(rest)) => (Shape::Dash, rest.trim_start()),
            _ => (Shape::Paragraph, text),
        };
        let mut only_with = None;
        if let Some(after) = rest.strip_prefix("{nếu có ")
            && let Some((name, after)) = after.split_once('}')
        {
            only_with = self.field(number, name);
            rest = after.trim_start();
        }
        let pieces = self.pieces(number, rest);
        if let [
            Piece {
                bit: Bit::Field(field),
                ..
            },
        ] = pieces.as_slice()
            && field.kind() != Kind::Text
            && shape == Shape::Paragraph
        {
            shape = Shape::Field(*field);
        } else {
            self.plain_only(number, &pieces, false);
        }
        if pieces.is_empty() {
            self.wrong(
                number,
                "sau {nếu có …} phải là nội dung của đoạn ấy.".to_owned(),
            );
        }
        self.out.blocks.push(Block {
            shape,
            only_with,
            pieces,
        });
    }

    /// Tables and lines stand alone; footnotes have none of their own.
    fn plain_only(&mut self, number: usize, pieces: &[Piece], note: bool) {
        for piece in pieces {
            match &piece.bit {
                Bit::Field(field) if field.kind() != Kind::Text => self.wrong(
                    number,
                    format!(
                        "{{{}}} phải đứng một mình trên một dòng, trên và dưới là dòng trống.",
                        field.name()
                    ),
                ),
                Bit::Note(name) if note => self.wrong(
                    number,
                    format!(
                        "trong chú thích không đặt được chú thích [^{}].",
                        said(name)
                    ),
                ),
                _ => {}
            }
        }
    }

    fn field(&mut self, number: usize, name: &str) -> Option<Field> {
        self.fields += 1;
        if self.fields > limits::TEMPLATE_FIELDS {
            self.wrong(number, format!("mẫu có quá {} ô.", limits::TEMPLATE_FIELDS));
            return None;
        }
        let found = Field::named(name);
        if found.is_none() {
            let meant = match Field::near(name) {
                Some(near) => format!("có phải {{{}}} không?", near.name()),
                None => "xem các ô bằng treem letter template list.".to_owned(),
            };
            self.wrong(number, format!("không có ô {{{}}}; {meant}", said(name)));
        }
        found
    }

    fn finish(mut self) -> Result<Template, Vec<Wrong>> {
        for (name, line) in std::mem::take(&mut self.called) {
            if self.given.remove(&name).is_none() && !self.out.notes.contains_key(&name) {
                self.wrong(
                    line,
                    format!(
                        "chú thích [^{0}] chưa có nội dung; thêm một dòng “[^{0}]: …”.",
                        said(&name)
                    ),
                );
            }
        }
        for (name, line) in std::mem::take(&mut self.given) {
            self.wrong(
                line,
                format!(
                    "chú thích [^{}] không được nhắc đến trong nội dung.",
                    said(&name)
                ),
            );
        }
        if self.out.blocks.is_empty() && self.wrong.is_empty() {
            self.wrong(1, "mẫu chưa có nội dung sau dòng ---.".to_owned());
        }
        if self.wrong.is_empty() {
            return Ok(self.out);
        }
        self.wrong.sort_by_key(|wrong| wrong.line);
        Err(self.wrong)
    }
}

/// What is written, as far as a sentence holds it.
fn said(text: &str) -> String {
    let mut out: String = text.trim().chars().take(40).collect();
    if text.trim().chars().count() > 40 {
        out.push('…');
    }
    out
}
