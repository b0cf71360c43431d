//! Papers of a list: the list for the police, households' sheets, the minutes of handing over, as PDF and DOCX.
//!
//! In: a list, which papers, a folder. Out: files there, and [`Printed`]. What is printed is what [`frozen::paper`] and [`sheets::sheets`]
//! give; who looked at it is written down by them. A file is never written over another.

use super::super::part::{self, Part, sha256};
use super::super::{Desk, Done, Failed};
use super::frozen::{self, Paper};
use super::list_of;
use super::sheets::{self, Household, Of, Sheets};
use crate::shown;
use std::path::{Path, PathBuf};
use treem_child::field::Field;
use treem_child::handover::answer::Kind;
use treem_child::handover::frozen::{Carer, Frozen};
use treem_papers::document::Document;
use treem_papers::error::Refusal;
use treem_papers::household::{self, Fact, Sheet};
use treem_papers::minutes::{Minutes, Party};
use treem_papers::parts::{Office, Signer};
use treem_papers::{docx, police};

impl From<Refusal> for Failed {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal.to_string())
    }
}

/// A paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Danh sách đề nghị xác thực.
    List,
    /// Phiếu rà soát hộ gia đình.
    Sheets,
    /// Biên bản bàn giao, on the way to the police.
    Out,
    /// Biên bản bàn giao, on the way back.
    Back,
}

impl What {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::List, Self::Sheets, Self::Out, Self::Back];

    /// Its word on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Sheets => "sheets",
            Self::Out => "minutes-out",
            Self::Back => "minutes-back",
        }
    }

    /// The paper of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.word() == word)
    }

    /// Beginning of the name of its file. No name of a person.
    fn file(self) -> &'static str {
        match self {
            Self::List => "danh-sach-de-nghi-xac-thuc",
            Self::Sheets => "phieu-ra-soat-ho",
            Self::Out => "bien-ban-ban-giao",
            Self::Back => "bien-ban-nhan-lai",
        }
    }
}

/// What is asked for.
pub struct Asked {
    /// The list.
    pub list: String,
    /// Which papers.
    pub what: Vec<What>,
    /// Where to.
    pub folder: PathBuf,
    /// As PDF.
    pub pdf: bool,
    /// As DOCX.
    pub docx: bool,
    /// Address of the pages, for the QR codes; where it is empty they carry the printed code alone, which a scanner types.
    pub address: String,
    /// Who draws up, as printed under the signature; empty is left to be written.
    pub drawn_by: String,
}

/// A file that was written.
#[derive(serde::Serialize)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// Its SHA-256.
    pub sha256: String,
}

/// What was printed.
#[derive(serde::Serialize)]
pub struct Printed {
    /// The list.
    pub list: String,
    /// Children on it.
    pub rows: usize,
    /// A seal stands over it; else the papers are drafts and say so.
    pub sealed: bool,
    /// The files.
    pub files: Vec<File>,
}

/// Whether this program can make PDF.
pub const fn makes_pdf() -> bool {
    cfg!(feature = "papers")
}

/// Prints papers of a list into a folder.
///
/// # Errors
/// [`Failed::Refused`]: no such list, no PDF in this program, a file of that name is there already, too much for one document.
pub fn run(desk: &mut Desk, asked: &Asked) -> Done<Printed> {
    if asked.pdf && !makes_pdf() {
        return Err(Failed::Refused(
            "Bản treem này không có phần in PDF. In bằng --docx, hoặc dùng bản phát hành đầy đủ."
                .to_owned(),
        ));
    }
    let code = list_of(&asked.list)?;
    let paper = frozen::paper(desk, &asked.list)?;
    let mut made = Vec::new();
    for what in &asked.what {
        let document = match what {
            What::List => police_list(&paper, asked, &desk.now).document()?,
            What::Sheets => {
                let sheets = sheets::sheets(desk, &Of::List(asked.list.clone()))?;
                household::document(&household_sheets(&paper, &sheets, asked, &desk.now))?
            }
            What::Out => minutes(&paper, asked, false).document(),
            What::Back => minutes(&paper, asked, true).document(),
        };
        made.push((format!("{}-{code}", what.file()), document));
    }
    let mut files = Vec::new();
    for (name, document) in &made {
        if asked.docx {
            files.push(written(
                &asked.folder,
                &format!("{name}.docx"),
                &docx::write(document)?,
            )?);
        }
        if asked.pdf {
            files.push(written(
                &asked.folder,
                &format!("{name}.pdf"),
                &pdf(document, &desk.now)?,
            )?);
        }
    }
    Ok(Printed {
        list: code.to_string(),
        rows: paper.rows.len(),
        sealed: paper.seal.is_some(),
        files,
    })
}

#[cfg(feature = "papers")]
fn pdf(document: &Document, now: &str) -> Done<Vec<u8>> {
    Ok(treem_papers::pdf::write(document, shown::today(now))?)
}

#[cfg(not(feature = "papers"))]
fn pdf(_: &Document, _: &str) -> Done<Vec<u8>> {
    Err(Failed::Broken(anyhow::anyhow!("no PDF in this program")))
}

/// Writes one file whole, or not at all.
fn written(folder: &Path, name: &str, bytes: &[u8]) -> Done<File> {
    let whole = folder.join(name);
    let part = Part::begin(&whole)?;
    std::fs::write(part.path(), bytes)
        .map_err(|error| Failed::Broken(part::said(part.path(), &error)))?;
    let (sha256, bytes) = sha256(part.path())?;
    part.keep(&whole)?;
    Ok(File {
        name: name.to_owned(),
        bytes,
        sha256,
    })
}

/// "Xã Tà Rụt" within a sentence: "xã Tà Rụt".
fn within(unit: &str) -> String {
    let mut letters = unit.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

/// "Xã Tà Rụt" without its kind: "Tà Rụt", the place before a date.
fn place(unit: &str) -> String {
    ["Xã ", "Phường ", "Thị trấn ", "Đặc khu "]
        .iter()
        .find_map(|kind| unit.strip_prefix(kind))
        .unwrap_or(unit)
        .to_owned()
}

/// The commune's office.
fn office(unit: &str, mark: &str) -> Office {
    Office {
        above: String::new(),
        name: format!("Ủy ban nhân dân {}", within(unit)),
        mark: mark.to_owned(),
        place: place(unit),
    }
}

/// What a QR carries: the page of a code, or the code alone.
fn link(asked: &Asked, page: &str, code: &str, seal: &str) -> String {
    if asked.address.is_empty() {
        return code.to_owned();
    }
    let seal = if seal.is_empty() {
        String::new()
    } else {
        format!("#{seal}")
    };
    format!(
        "{}/handover/{page}/{code}{seal}",
        asked.address.trim_end_matches('/')
    )
}

fn signer(office: &[&str], name: &str) -> Signer {
    Signer {
        office: office.iter().map(|line| (*line).to_owned()).collect(),
        name: name.to_owned(),
    }
}

/// The day of the figures: the day of closing, or today.
fn as_of(paper: &Paper, now: &str) -> String {
    if paper.heading.closed_on.is_empty() {
        shown::today(now).display()
    } else {
        shown::day(&paper.heading.closed_on)
    }
}

/// A list as it goes to the police.
pub fn police_list(paper: &Paper, asked: &Asked, now: &str) -> police::List {
    let unit = &paper.heading.unit_name;
    let code = paper.heading.list.to_string();
    let hex = paper
        .seal
        .map_or_else(String::new, treem_child::handover::seal::Digest::hex);
    let draft = if paper.seal.is_some() {
        ""
    } else {
        " · DỰ THẢO, CHƯA CHỐT"
    };
    police::List {
        office: office(unit, "/DS-UBND"),
        to: format!("Công an {}", within(unit)),
        about: format!("{}, {}{draft}", paper.heading.title, within(unit)),
        as_of: as_of(paper, now),
        seal: paper.seal.map_or_else(
            || "chưa có (dự thảo)".to_owned(),
            treem_child::handover::seal::Digest::grouped,
        ),
        link: link(asked, "list", &code, &hex),
        code,
        drawn_by: signer(&["Người lập danh sách"], &asked.drawn_by),
        leader: signer(&["TM. Ủy ban nhân dân", "Chủ tịch"], ""),
        police: signer(
            &[&format!("Công an {}", within(unit)), "Trưởng Công an"],
            "",
        ),
        rows: paper.rows.iter().map(police_row).collect(),
    }
}

/// A frozen row as printed.
fn police_row(row: &Frozen) -> police::Child {
    police::Child {
        code: row.code.to_string(),
        name: row.name.clone(),
        birth: row.birth_shown(),
        sex: row.sex.clone(),
        ethnicity: row.ethnicity_shown(),
        nationality: row.nationality.clone(),
        number: row.number.clone(),
        birth_registration: row.birth_registration.clone(),
        home_place: row.home_place.clone(),
        residence: row.home_shown(),
        father: carer(&row.father),
        mother: carer(&row.mother),
        guardian: carer(&row.guardian),
        phone: row.phone.clone(),
        why: row.why_shown().join("; "),
    }
}

/// A carer as printed: the nationality behind, where it is known.
fn carer(carer: &Carer) -> String {
    if carer.nationality.is_empty() || carer.name.is_empty() {
        carer.name.clone()
    } else {
        format!("{} ({})", carer.name, carer.nationality)
    }
}

/// The sheets of a list's households.
pub fn household_sheets(paper: &Paper, sheets: &Sheets, asked: &Asked, now: &str) -> Vec<Sheet> {
    let unit = &paper.heading.unit_name;
    let one = |(at, house): (usize, &Household)| {
        let code = house.sheet.to_string();
        let hamlet = if house.hamlet.is_empty() {
            String::new()
        } else {
            format!("{}, ", house.hamlet)
        };
        let asked_for = |field| {
            house
                .children
                .iter()
                .any(|child| child.missing.contains(&field))
        };
        let parent = |field, of: fn(&Frozen) -> &Carer| {
            let names = house.children.iter().map(|child| of(&child.known));
            let have = names.map(carer).find(|name| !name.is_empty());
            fact(have.as_deref().unwrap_or_default(), asked_for(field))
        };
        Sheet {
            office: format!("Ủy ban nhân dân {}", within(unit)),
            place: format!("{hamlet}{}", within(unit)),
            turn: at + 1,
            as_of: as_of(paper, now),
            link: link(asked, "sheet", &code, ""),
            code,
            head: fact(&house.head, false),
            address: fact(&house.address, asked_for(Field::Address)),
            phone: fact(&house.phone, asked_for(Field::Phone)),
            father: parent(Field::Father, |row| &row.father),
            mother: parent(Field::Mother, |row| &row.mother),
            guardian: parent(Field::Guardian, |row| &row.guardian),
            children: house.children.iter().map(household_child).collect(),
            collaborator: String::new(),
        }
    };
    sheets.households.iter().enumerate().map(one).collect()
}

/// What is known of one thing, and whether it has to be asked.
fn fact(have: &str, wanting: bool) -> Fact {
    let doubted = wanting && !have.is_empty();
    Fact {
        have: have.to_owned(),
        wanting,
        remark: if doubted { "nghi sai" } else { "" }.to_owned(),
    }
}

/// A child of a sheet as printed.
fn household_child(child: &sheets::SheetChild) -> household::Child {
    let known = &child.known;
    let asked_for = |field, have: &str| fact(have, child.missing.contains(&field));
    household::Child {
        code: child.row.map_or_else(String::new, |row| row.to_string()),
        name: asked_for(Field::Name, &known.name),
        birth: asked_for(Field::Birth, &known.birth_shown()),
        sex: asked_for(Field::Sex, &known.sex),
        ethnicity: asked_for(Field::Ethnicity, &known.ethnicity_shown()),
        number: asked_for(Field::Number, &known.number),
        birth_registration: asked_for(Field::BirthRegistration, &known.birth_registration),
        home_place: asked_for(Field::HomePlace, &known.home_place),
    }
}

/// The minutes of a hand-over.
fn minutes(paper: &Paper, asked: &Asked, back: bool) -> Minutes {
    let unit = &paper.heading.unit_name;
    let code = paper.heading.list.to_string();
    let commune = Party {
        office: format!("Ủy ban nhân dân {}", within(unit)),
        person: asked.drawn_by.clone(),
        title: String::new(),
    };
    let police = Party {
        office: format!("Công an {}", within(unit)),
        ..Party::default()
    };
    let (giver, receiver) = if back {
        (police, commune)
    } else {
        (commune, police)
    };
    let mut answers = Vec::new();
    if back {
        answers.extend(Kind::ALL.iter().map(|kind| (kind.label().to_owned(), None)));
        answers.push(("Chưa trả lời (chuyển sang danh sách sau)".to_owned(), None));
    }
    let things = if back {
        [
            "Danh sách đã đối chiếu, bản giấy có chữ ký",
            "Tệp kết quả (nếu có)",
        ]
    } else {
        [
            "Danh sách đề nghị xác thực, bản giấy",
            "Tệp danh sách (nếu có)",
        ]
    };
    Minutes {
        back,
        office: office(unit, "/BB-UBND"),
        at: String::new(),
        about: format!("{}, {}", paper.heading.title, within(unit)),
        rows: paper.rows.len(),
        seal: paper.seal.map_or_else(
            || "chưa có (dự thảo)".to_owned(),
            treem_child::handover::seal::Digest::grouped,
        ),
        link: link(asked, "list", &code, ""),
        code,
        giver,
        receiver,
        things: things
            .map(|thing| (thing.to_owned(), String::new(), String::new()))
            .to_vec(),
        answers,
    }
}
