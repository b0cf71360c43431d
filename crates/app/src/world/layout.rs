//! How lists look: every layout that `check` claims to read, as people send them.
//!
//! In: a commune and how many rows its list has. Out: a [`Layout`]: file format, script, heading, where commune and hamlet stand,
//! how birth, sex, name, parents and number are written. [`render`] puts rows on its sheets.

mod cells;
mod columns;
mod page;
mod project;
mod table;

pub use page::render;
pub use project::project;
pub use table::{LONG_SLOTS, is_long, of};

use super::truth::Columns;

/// The file format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// Excel.
    Xlsx,
    /// Excel with macros, by its name.
    Xlsm,
    /// An Excel template, by its name.
    Xltx,
    /// Excel binary.
    Xlsb,
    /// Excel 97 to 2003.
    Xls,
    /// Excel 5 and 95.
    XlsOld,
    /// LibreOffice.
    Ods,
    /// Word.
    Docx,
    /// A web page named .xls.
    WebPage,
    /// An XML table named .xls.
    XmlTable,
    /// Text: the delimiter and the ending of the file's name.
    Text(u8, &'static str),
}

impl Container {
    /// The ending of the file's name.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Xlsm => "xlsm",
            Self::Xltx => "xltx",
            Self::Xlsb => "xlsb",
            Self::Xls | Self::XlsOld | Self::WebPage | Self::XmlTable => "xls",
            Self::Ods => "ods",
            Self::Docx => "docx",
            Self::Text(_, ending) => ending,
        }
    }

    /// True where titles stand before the table, not in its rows.
    pub fn has_paragraphs(self) -> bool {
        matches!(self, Self::Docx)
    }
}

/// The code and font of the letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    /// Unicode as it should be.
    Unicode,
    /// Unicode, base letters and marks apart.
    Decomposed,
    /// Unicode with Ð for Đ.
    Eth,
    /// TCVN3 in `.VnTime`.
    Tcvn3,
    /// TCVN3, names in `.VnTimeH`, whose small letters look like capitals.
    Tcvn3Capitals,
    /// Names in `.VnTime`, the rest Unicode.
    Tcvn3Names,
    /// VNI in `VNI-Times`.
    Vni,
    /// VPS in `VPS Times`.
    Vps,
    /// VISCII in `VI Times`.
    Viscii,
    /// Unicode with spaces too many and characters nobody sees.
    Untidy,
    /// Text files: with a mark at the head.
    Utf8Bom,
    /// Text files: UTF-16.
    Utf16,
    /// Text files: UTF-16, high byte first.
    Utf16Be,
    /// Text files: Windows-1258.
    Windows1258,
    /// Text files: one byte a letter, TCVN3.
    Tcvn3Bytes,
    /// Text files: VNI.
    VniBytes,
    /// Text files: UTF-8 taken for Windows-1252 and saved again.
    Utf8Twice,
}

/// What stands above the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Head {
    /// The two blocks of an official paper, then the title.
    Official,
    /// The title.
    Title,
    /// The heading row at once.
    Bare,
    /// No heading row at all.
    None,
}

/// Where the hamlet stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hamlets {
    /// A column.
    Column,
    /// A row above the hamlet's children.
    Rows,
    /// A sheet for each.
    Sheets,
    /// In the address.
    Address,
    /// Nowhere.
    Nowhere,
}

/// How the birth date is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BirthForm {
    /// A date of the spreadsheet.
    Date,
    /// dd/mm/yyyy as text.
    Text,
    /// As text in every way, from row to row.
    Ways,
    /// yyyy-mm-dd.
    Iso,
    /// Day, month, year in three columns.
    Three,
    /// In the column of the child's sex.
    BySex,
    /// The number that a spreadsheet keeps for a day, shown as such.
    Serial,
    /// A spreadsheet of another country has read day/month as month/day where it could.
    Turned,
}

/// How sex is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SexForm {
    /// Nam, Nữ.
    Words,
    /// nam, nữ, Trai, Gái, from row to row.
    Ways,
    /// M, F.
    Letters,
    /// A tick in one of two columns.
    Ticks,
    /// The birth date in one of two columns.
    BySex,
}

/// How the name is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameForm {
    /// In one column.
    One,
    /// In capitals.
    Capitals,
    /// Family and middle name, given name.
    Two,
    /// Surname, middle name, given name.
    Three,
}

/// How the parents are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParentForm {
    /// Two columns.
    Two,
    /// With birth years.
    Years,
    /// With birth years and numbers, under two headings.
    Numbers,
    /// In one cell.
    Together,
    /// The mother alone.
    Mother,
}

/// How numbers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberForm {
    /// Twelve digits as text.
    Text,
    /// With spaces, dots, an apostrophe, from row to row.
    Ways,
    /// As a number: the zero in front is lost.
    Lost,
    /// As Excel shows a long number: 4,5315E+10.
    Scientific,
    /// No column.
    None,
}

/// Further columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extra {
    /// Người giám hộ.
    Guardian,
    /// Số điện thoại.
    Phone,
    /// Ghi chú.
    Note,
    /// Quốc tịch.
    Nationality,
    /// Nơi đăng ký khai sinh.
    Registration,
    /// Xã, huyện.
    Commune,
    /// Tỉnh.
    Province,
    /// Mã hộ, chủ hộ.
    Household,
    /// Hoàn cảnh.
    Circumstance,
    /// Lớp.
    Class,
    /// Mũi tiêm.
    Vaccines,
    /// Giấy khai sinh, nơi sinh, quê quán, nơi ở hiện tại, thẻ bảo hiểm, and more of parents and guardian.
    Record,
}

/// Peculiarities of the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quirk {
    /// The row (1) (2) (3).
    Numbering,
    /// Sums under each hamlet.
    Totals,
    /// An empty row now and then.
    Blanks,
    /// The heading again every forty rows.
    HeadAgain,
    /// Hidden rows and a hidden column.
    Hidden,
    /// Two tables one below the other, the columns in another order.
    TwoTables,
    /// Days counted from 1904.
    Epoch1904,
    /// Signatures below.
    Footer,
    /// English headings.
    English,
    /// Cells quoted all, `sep=` first.
    Quoted,
    /// Rows made ready below, with an ordinal and nothing else.
    Prepared,
    /// A code list on a second sheet.
    CodeSheet,
    /// The last sheet is hidden.
    HiddenSheet,
    /// A text file says its delimiter in the first line.
    SepLine,
    /// Ordinals are formulas, and some have lost what they point to.
    Formulas,
    /// The commune's name in a row of its own below the heading.
    UnitRow,
}

/// A layout.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// Its name, for the report by layout.
    pub name: &'static str,
    /// The file format.
    pub container: Container,
    /// The letters.
    pub script: Script,
    /// Above the table.
    pub head: Head,
    /// The hamlet.
    pub hamlets: Hamlets,
    /// The birth date.
    pub birth: BirthForm,
    /// The sex.
    pub sex: SexForm,
    /// The name.
    pub names: NameForm,
    /// The parents.
    pub parents: ParentForm,
    /// The number.
    pub number: NumberForm,
    /// Further columns.
    pub extras: &'static [Extra],
    /// Peculiarities.
    pub quirks: &'static [Quirk],
}

impl Layout {
    /// True where it has a column.
    pub fn has(&self, extra: Extra) -> bool {
        self.extras.contains(&extra)
    }
    /// True where it has a peculiarity.
    pub fn does(&self, quirk: Quirk) -> bool {
        self.quirks.contains(&quirk)
    }
    /// What rules ask of the columns.
    pub fn columns(&self) -> Columns {
        Columns {
            parents: true,
            mother_only: self.parents == ParentForm::Mother,
            guardian: self.has(Extra::Guardian),
            parents_numbers: self.parents == ParentForm::Numbers,
            nationality: self.has(Extra::Nationality),
        }
    }
}
