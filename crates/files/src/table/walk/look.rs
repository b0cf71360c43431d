//! One row against its table: which cells are filled, and whether it is a child beyond doubt.
//!
//! In: a row and the columns of its table. Out: [`Filled`], [`is_plain_child`] without allocation, [`like_child`].

use crate::table::text::{Folded, base};
use crate::table::{ColumnMap, Field, Table, content};
use treem_child::cell::{Cell, CellKind, Row, Spread};
use treem_child::normalise::encoding::{Verdict, decode_cell};

/// What a column means for telling rows apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Role {
    /// No column of the table.
    #[default]
    Beside,
    /// STT.
    Ordinal,
    /// Where the child lives, nationality, the list's own key: may be filled in ahead of any child.
    Place,
    /// Part of the child's name.
    Name,
    /// Birth, identity number, sex, ethnic group …: the child itself.
    Core,
    /// Parents, carers, telephone.
    Family,
    /// Note, unknown headings.
    Other,
}

/// The columns that tell a child at one look.
#[derive(Clone, Debug, Default)]
pub(in crate::table) struct Keys {
    pub(super) name: Option<usize>,
    pub(super) birth: [Option<usize>; 3],
    pub(super) number: Option<usize>,
    pub(super) sex: Option<usize>,
    pub(super) ordinal: Option<usize>,
    pub(super) roles: Vec<Role>,
    /// Names are in Unicode: their first word can be looked at as it stands.
    pub(super) plain: bool,
}

impl Keys {
    pub(super) fn of(columns: &[ColumnMap]) -> Self {
        let at = |field: Field| {
            columns
                .iter()
                .find(|column| column.field == Some(field))
                .map(|column| column.column)
        };
        let name = at(Field::Name)
            .or_else(|| at(Field::NameFamily))
            .or_else(|| at(Field::NameGiven));
        let mut roles = vec![Role::Beside; columns.last().map_or(0, |last| last.column + 1)];
        for column in columns {
            if let Some(role) = roles.get_mut(column.column) {
                *role = match column.field {
                    Some(Field::Ordinal) => Role::Ordinal,
                    Some(
                        Field::Province
                        | Field::District
                        | Field::Commune
                        | Field::Hamlet
                        | Field::Address
                        | Field::AddressCurrent
                        | Field::Nationality
                        | Field::HomePlace
                        | Field::BirthPlace
                        | Field::BirthRegistration,
                    ) => Role::Place,
                    Some(
                        Field::Name | Field::NameFamily | Field::NameMiddle | Field::NameGiven,
                    ) => Role::Name,
                    Some(
                        Field::Note
                        | Field::Ignored
                        | Field::School
                        | Field::HouseholdPoor
                        | Field::Circumstance,
                    )
                    | None => Role::Other,
                    Some(
                        Field::Father
                        | Field::FatherBirth
                        | Field::FatherNumber
                        | Field::FatherPhone
                        | Field::Mother
                        | Field::MotherBirth
                        | Field::MotherNumber
                        | Field::MotherPhone
                        | Field::Guardian
                        | Field::GuardianBirth
                        | Field::GuardianNumber
                        | Field::GuardianPhone
                        | Field::GuardianRelation
                        | Field::Parents
                        | Field::Phone
                        | Field::HouseholdHead,
                    ) => Role::Family,
                    Some(_) => Role::Core,
                };
            }
        }
        let plain = name.is_none_or(|name| {
            columns
                .iter()
                .any(|column| column.column == name && column.verdict == Verdict::Unicode)
        });
        let born = at(Field::Birth).or_else(|| at(Field::BirthYear));
        Self {
            name,
            birth: [born, at(Field::SexMale), at(Field::SexFemale)],
            number: at(Field::Number),
            sex: at(Field::Sex),
            ordinal: at(Field::Ordinal),
            roles,
            plain,
        }
    }
}

/// A row's cells in a table's columns, counted.
#[derive(Default)]
pub(super) struct Filled {
    pub(super) own: usize,
    pub(super) ordinal: bool,
    pub(super) place: usize,
    pub(super) name: bool,
    pub(super) core: usize,
    pub(super) family: usize,
    pub(super) other: usize,
    pub(super) beside: usize,
    /// Cells that copy their left neighbour.
    pub(super) wide: usize,
    /// The name is copied from the row above.
    pub(super) name_hangs: bool,
    pub(super) birth: bool,
    pub(super) number: bool,
}

/// Counts a row's cells by what their columns mean.
pub(super) fn fill(row: &Row<'_, '_>, table: &Table) -> Filled {
    let keys = &table.keys;
    let mut filled = Filled::default();
    let (from, to) = table.span;
    for (column, cell) in row.cells.iter().enumerate().take(to).skip(from) {
        if cell.is_blank() {
            continue;
        }
        if cell.spread == Spread::FromLeft {
            filled.wide += 1;
            continue;
        }
        let role = keys.roles.get(column).copied().unwrap_or_default();
        if cell.spread == Spread::FromAbove {
            filled.name_hangs |= role == Role::Name;
            if role == Role::Name {
                continue;
            }
        } else {
            filled.own += 1;
        }
        match role {
            Role::Beside => filled.beside += 1,
            Role::Ordinal => filled.ordinal |= cell.text.bytes().any(|byte| byte.is_ascii_digit()),
            Role::Place => filled.place += 1,
            Role::Name => filled.name = true,
            Role::Core => filled.core += 1,
            Role::Family => filled.family += 1,
            Role::Other => filled.other += 1,
        }
    }
    let cell = |column: Option<usize>| {
        column
            .and_then(|column| row.cell(column))
            .filter(|cell| cell.spread == Spread::Own && !cell.is_blank())
    };
    filled.birth = keys.birth.iter().any(|column| {
        cell(*column).is_some_and(|cell| matches!(cell.kind, CellKind::Date(_)) || is_born(cell))
    });
    filled.number = cell(keys.number)
        .is_some_and(|cell| cell.text.bytes().filter(u8::is_ascii_digit).count() >= 9);
    filled
}

/// A date, or a year of a child.
fn is_born(cell: &Cell<'_>) -> bool {
    content::written_date(&cell.text).is_some()
        || content::digits(&cell.text).is_some_and(|digits| {
            digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
        })
}

/// Words that begin a row, or a heading, that is no child; looked up without allocation. Names that begin so take the slow way.
#[inline]
fn begins_no_name(word: &[u8]) -> bool {
    matches!(
        word,
        b"tong"
            | b"cong"
            | b"thon"
            | b"ban"
            | b"khu"
            | b"kp"
            | b"to"
            | b"xom"
            | b"doi"
            | b"tieu"
            | b"khom"
            | b"ap"
            | b"buon"
            | b"lang"
            | b"khoi"
            | b"xa"
            | b"phuong"
            | b"thi"
            | b"huyen"
            | b"tinh"
            | b"toan"
            | b"nguoi"
            | b"ngay"
            | b"danh"
            | b"lop"
            | b"truong"
            | b"cum"
            | b"ten"
            | b"ho"
            | b"full"
            | b"name"
            | b"tdp"
            | b"tt"
            | b"tp"
            | b"luy"
            | b"total"
            | b"tm"
            | b"kt"
            | b"gioi"
            | b"dan"
            | b"so"
            | b"nam"
            | b"nu"
            | b"ma"
            | b"dia"
            | b"noi"
            | b"que"
            | b"cha"
            | b"me"
            | b"bo"
            | b"stt"
            | b"dob"
            | b"date"
            | b"birth"
            | b"gender"
            | b"sex"
            | b"first"
            | b"last"
            | b"given"
            | b"family"
            | b"chu"
            | b"tre"
            | b"con"
            | b"ghi"
            | b"quoc"
            | b"trinh"
            | b"ubnd"
            | b"uy"
            | b"can"
            | b"thang"
            | b"xac"
            | b"cccd"
            | b"ntns"
            | b"child"
            | b"tc"
            | b"i"
            | b"ii"
            | b"iii"
            | b"iv"
            | b"v"
            | b"vi"
    )
}

/// A child beyond doubt: a name that begins like no heading, and a written or real date or a long number in its column, or
/// a sex, or a running number among four cells. Fast.
#[inline]
pub(super) fn is_plain_child(row: &Row<'_, '_>, keys: &Keys) -> bool {
    let Some(name) = keys.name.and_then(|column| row.cells.get(column)) else {
        return false;
    };
    if name.spread != Spread::Own || name.text.len() < 2 {
        return false;
    }
    let digit_first =
        |cell: &Cell<'_>| cell.text.as_bytes().first().is_some_and(u8::is_ascii_digit);
    // "1) Thôn A Đăng" merged over the whole row begins with a digit in every column.
    let at = |column: Option<usize>| {
        column
            .and_then(|column| row.cells.get(column))
            .filter(|cell| !cell.text.is_empty() && cell.spread != Spread::FromLeft)
    };
    let dated = |column: Option<usize>| {
        at(column).is_some_and(|cell| match cell.kind {
            CellKind::Date(_) => true,
            CellKind::Text => cell.text.len() >= 8 && digit_first(cell),
            _ => false,
        })
    };
    let numbered = || {
        at(keys.number)
            .is_some_and(|cell| cell.text.len() >= 9 && cell.text.len() <= 16 && digit_first(cell))
    };
    let sexed = || {
        at(keys.sex).is_some_and(|cell| {
            matches!(
                cell.text.as_ref(),
                "Nam" | "Nữ" | "NAM" | "NỮ" | "nam" | "nữ" | "Nu" | "NU"
            )
        }) && name.text.contains(' ')
    };
    let counted = || {
        at(keys.ordinal).is_some_and(digit_first)
            && row
                .cells
                .iter()
                .filter(|cell| !cell.text.is_empty() && cell.spread == Spread::Own)
                .count()
                >= 4
    };
    let born = dated(keys.birth.first().copied().flatten());
    // A date and a number beside a name: no total, heading or footer has both, whatever its first word.
    if born && numbered() {
        return true;
    }
    // In a legacy code a first word says nothing before it is decoded.
    if !keys.plain {
        return false;
    }
    (born
        || numbered()
        || sexed()
        || keys.birth.iter().skip(1).any(|column| dated(*column))
        || counted())
        && starts_like_name(&name.text)
}

/// True where a text's first word is none of [`begins_no_name`]; `Hồ` and `Tô` are names all the same, as their marks show.
#[inline]
fn starts_like_name(text: &str) -> bool {
    let mut word = [0u8; 7];
    let mut length = 0;
    for c in text.chars() {
        match base(c) {
            Some(letter) => match word.get_mut(length) {
                Some(slot) => {
                    *slot = letter;
                    length += 1;
                }
                None => return true,
            },
            None if length == 0 && c.is_whitespace() => {}
            None if length == 0 => return false,
            None => break,
        }
    }
    let word = word.get(..length).unwrap_or_default();
    match word {
        b"" => false,
        // The surname Hồ fills whole communes: "Họ", "Hộ" and "Tổ" have other marks.
        b"ho" | b"to" => {
            let vowel = text.trim_start().chars().nth(1);
            matches!(vowel, Some('ồ' | 'Ồ')) || word == b"to" && matches!(vowel, Some('ô' | 'Ô'))
        }
        word => !begins_no_name(word),
    }
}

/// A row that looks like a child on its own: a name beside a date, a year, a number, a sex.
pub(super) fn like_child(row: &Row<'_, '_>, verdicts: &[Verdict]) -> bool {
    let mut name = false;
    let mut proof = false;
    for (column, cell) in row
        .cells
        .iter()
        .enumerate()
        .filter(|(_, cell)| cell.spread == Spread::Own && !cell.is_blank())
    {
        if matches!(cell.kind, CellKind::Date(_)) || is_born(cell) {
            proof = true;
            continue;
        }
        let text = decode_cell(cell, verdicts.get(column).copied().unwrap_or_default()).text;
        if let Some(digits) = content::digits(&text) {
            proof |= digits.len() >= 9;
            continue;
        }
        let folded = Folded::of(&text);
        proof |= matches!(folded.key.as_str(), "nam" | "nu" | "trai" | "gai");
        name |= content::person_like(&folded, text.trim()) && content::has_surname(&folded);
    }
    name && proof
}

/// A table of people: it names them, or at least two things that only people have.
pub(super) fn is_people(table: &Table) -> bool {
    let sure = |fields: &[Field], least: f32| {
        table
            .columns
            .iter()
            .filter(|column| {
                column.field.is_some_and(|field| fields.contains(&field))
                    && column.certainty >= least
            })
            .count()
    };
    let names = sure(&[Field::Name, Field::NameFamily, Field::NameGiven], 0.4);
    let others = sure(
        &[
            Field::Birth,
            Field::BirthDay,
            Field::Number,
            Field::Father,
            Field::Mother,
            Field::Guardian,
            Field::Parents,
        ],
        0.5,
    );
    names > 0 || others >= 2
}
