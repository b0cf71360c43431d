//! The layouts, and which commune sends which.
//!
//! In: a commune's place in the plan, the rows of its list. Out: its [`Layout`].

use super::Container::{Docx, Ods, Text, WebPage, Xls, XlsOld, Xlsb, Xlsm, Xlsx, Xltx, XmlTable};
use super::Extra::{
    Circumstance, Class, Commune, Guardian, Household, Nationality, Note, Phone, Province, Record,
    Registration, Vaccines,
};
use super::Quirk::{
    Blanks, CodeSheet, English, Epoch1904, Footer, Formulas, HeadAgain, Hidden, HiddenSheet,
    Numbering, Prepared, Quoted, SepLine, Totals, TwoTables, UnitRow,
};
use super::{BirthForm, Hamlets, Head, Layout, NameForm, NumberForm, ParentForm, Script, SexForm};

/// The commonest list: what the others change.
const PLAIN: Layout = Layout {
    name: "danh sách thường",
    container: Xlsx,
    script: Script::Unicode,
    head: Head::Title,
    hamlets: Hamlets::Column,
    birth: BirthForm::Text,
    sex: SexForm::Words,
    names: NameForm::One,
    parents: ParentForm::Two,
    number: NumberForm::Text,
    extras: &[],
    quirks: &[],
};

const fn csv(name: &'static str, script: Script, delimiter: u8, ending: &'static str) -> Layout {
    Layout {
        name,
        container: Text(delimiter, ending),
        script,
        ..PLAIN
    }
}

/// Every layout.
pub const LAYOUTS: [Layout; 46] = [
    PLAIN,
    Layout {
        name: "công văn kèm danh sách",
        head: Head::Official,
        extras: &[Guardian, Note],
        quirks: &[Numbering, Footer],
        ..PLAIN
    },
    Layout {
        name: "ngày kiểu Excel",
        birth: BirthForm::Date,
        extras: &[Phone],
        ..PLAIN
    },
    Layout {
        name: "Excel 97",
        container: Xls,
        head: Head::Official,
        quirks: &[Footer],
        ..PLAIN
    },
    Layout {
        name: "văn bản Word",
        container: Docx,
        head: Head::Official,
        extras: &[Guardian],
        ..PLAIN
    },
    Layout {
        name: "LibreOffice",
        container: Ods,
        birth: BirthForm::Date,
        ..PLAIN
    },
    Layout {
        name: "xuất từ phần mềm (csv)",
        head: Head::Bare,
        birth: BirthForm::Iso,
        extras: &[Commune, Guardian, Nationality, Phone],
        ..csv("", Script::Utf8Bom, b',', "csv")
    },
    Layout {
        name: "trang web đuôi xls",
        container: WebPage,
        ..PLAIN
    },
    // Sheets with a life of their own.
    Layout {
        name: "dòng tên thôn, cộng thôn",
        head: Head::Official,
        hamlets: Hamlets::Rows,
        quirks: &[Numbering, Totals, Footer],
        ..PLAIN
    },
    Layout {
        name: "mỗi thôn một trang",
        hamlets: Hamlets::Sheets,
        birth: BirthForm::Date,
        ..PLAIN
    },
    Layout {
        name: "hai bảng một trang",
        quirks: &[TwoTables],
        extras: &[Guardian],
        ..PLAIN
    },
    Layout {
        name: "dòng ẩn, cột ẩn",
        quirks: &[Hidden, Blanks],
        extras: &[Phone, Note],
        ..PLAIN
    },
    Layout {
        name: "lặp dòng tiêu đề",
        head: Head::Official,
        quirks: &[HeadAgain, Numbering, Footer],
        birth: BirthForm::Date,
        ..PLAIN
    },
    Layout {
        name: "dòng kẻ sẵn",
        quirks: &[Prepared, Blanks],
        ..PLAIN
    },
    Layout {
        name: "tệp xlsm",
        container: Xlsm,
        birth: BirthForm::Date,
        extras: &[Guardian, Phone],
        ..PLAIN
    },
    // Letters.
    Layout {
        name: "phông .VnTime",
        script: Script::Tcvn3,
        head: Head::Official,
        extras: &[Guardian],
        ..PLAIN
    },
    Layout {
        name: "phông .VnTime, dòng tên thôn",
        script: Script::Tcvn3,
        hamlets: Hamlets::Rows,
        quirks: &[Totals],
        ..PLAIN
    },
    Layout {
        name: "phông .VnTimeH",
        script: Script::Tcvn3Capitals,
        ..PLAIN
    },
    Layout {
        name: "họ tên phông .VnTime, còn lại Unicode",
        script: Script::Tcvn3Names,
        birth: BirthForm::Date,
        ..PLAIN
    },
    Layout {
        name: "phông VNI-Times",
        script: Script::Vni,
        extras: &[Guardian],
        ..PLAIN
    },
    Layout {
        name: "Unicode tổ hợp",
        script: Script::Decomposed,
        extras: &[Phone],
        ..PLAIN
    },
    Layout {
        name: "chữ Ð thay Đ, HỌ TÊN CHỮ HOA",
        script: Script::Eth,
        names: NameForm::Capitals,
        ..PLAIN
    },
    // Values.
    Layout {
        name: "ngày sinh đủ cách ghi",
        birth: BirthForm::Ways,
        ..PLAIN
    },
    Layout {
        name: "ngày, tháng, năm ba cột",
        birth: BirthForm::Three,
        ..PLAIN
    },
    Layout {
        name: "ngày sinh ghi ở cột Nam, Nữ",
        birth: BirthForm::BySex,
        sex: SexForm::BySex,
        hamlets: Hamlets::Rows,
        ..PLAIN
    },
    Layout {
        name: "đánh dấu cột Nam, Nữ",
        sex: SexForm::Ticks,
        ..PLAIN
    },
    Layout {
        name: "ngày sinh là số của Excel",
        birth: BirthForm::Serial,
        ..PLAIN
    },
    Layout {
        name: "ngày tháng bị đảo",
        birth: BirthForm::Turned,
        ..PLAIN
    },
    Layout {
        name: "ngày tính từ 1904",
        birth: BirthForm::Date,
        quirks: &[Epoch1904],
        ..PLAIN
    },
    Layout {
        name: "họ đệm và tên hai cột, cha mẹ một ô",
        names: NameForm::Two,
        parents: ParentForm::Together,
        ..PLAIN
    },
    Layout {
        name: "họ, chữ đệm, tên ba cột",
        names: NameForm::Three,
        sex: SexForm::Ways,
        ..PLAIN
    },
    Layout {
        name: "cha mẹ có năm sinh, số",
        head: Head::Official,
        parents: ParentForm::Numbers,
        quirks: &[Numbering, Footer],
        ..PLAIN
    },
    Layout {
        name: "số bị mất số 0",
        number: NumberForm::Lost,
        birth: BirthForm::Date,
        ..PLAIN
    },
    Layout {
        name: "số viết nhiều cách",
        number: NumberForm::Ways,
        sex: SexForm::Ways,
        ..PLAIN
    },
    Layout {
        name: "địa chỉ một ô",
        hamlets: Hamlets::Address,
        extras: &[Phone],
        ..PLAIN
    },
    // Other people's lists.
    Layout {
        name: "sổ tiêm chủng",
        number: NumberForm::None,
        parents: ParentForm::Mother,
        extras: &[Vaccines],
        ..PLAIN
    },
    Layout {
        name: "mẫu trường học",
        head: Head::Bare,
        parents: ParentForm::Years,
        extras: &[Class, Nationality, Province, Commune],
        quirks: &[CodeSheet],
        ..PLAIN
    },
    Layout {
        name: "sổ hộ gia đình",
        extras: &[Household, Circumstance, Registration, Guardian],
        ..PLAIN
    },
    // Other formats.
    Layout {
        name: "Excel 97 phông .VnTime, từ 1904",
        container: Xls,
        script: Script::Tcvn3,
        birth: BirthForm::Date,
        hamlets: Hamlets::Rows,
        quirks: &[Totals, Epoch1904],
        ..PLAIN
    },
    Layout {
        name: "Excel 95",
        container: XlsOld,
        script: Script::Tcvn3,
        ..PLAIN
    },
    Layout {
        name: "Excel nhị phân, mỗi thôn một trang",
        container: Xlsb,
        hamlets: Hamlets::Sheets,
        birth: BirthForm::Date,
        ..PLAIN
    },
    Layout {
        name: "Word phông .VnTime, dòng tên thôn",
        container: Docx,
        script: Script::Tcvn3Names,
        hamlets: Hamlets::Rows,
        ..PLAIN
    },
    Layout {
        name: "bảng XML 2003",
        container: XmlTable,
        head: Head::Official,
        extras: &[Guardian],
        ..PLAIN
    },
    Layout {
        name: "csv chấm phẩy, tiếng Anh",
        head: Head::Bare,
        birth: BirthForm::Iso,
        sex: SexForm::Letters,
        quirks: &[English, Quoted],
        extras: &[Phone, Commune],
        ..csv("", Script::Unicode, b';', "csv")
    },
    csv("văn bản UTF-16 cách tab", Script::Utf16, b'\t', "txt"),
    Layout {
        name: "csv Windows-1258",
        extras: &[Guardian],
        ..csv("", Script::Windows1258, b',', "csv")
    },
];

/// More layouts.
pub const MORE: [Layout; 16] = [
    csv("csv TCVN3 một byte", Script::Tcvn3Bytes, b',', "csv"),
    csv("văn bản VNI cách tab", Script::VniBytes, b'\t', "txt"),
    Layout {
        name: "csv UTF-8 mã hóa hai lần",
        extras: &[Phone],
        ..csv("", Script::Utf8Twice, b',', "csv")
    },
    Layout {
        name: "csv không có tiêu đề cột",
        head: Head::None,
        ..csv("", Script::Unicode, b',', "csv")
    },
    Layout {
        name: "csv số dạng 4,53E+10",
        number: NumberForm::Scientific,
        ..csv("", Script::Unicode, b';', "csv")
    },
    Layout {
        name: "tsv gạch đứng",
        ..csv("", Script::Unicode, b'|', "txt")
    },
    csv(
        "văn bản UTF-16, byte cao trước",
        Script::Utf16Be,
        b'\t',
        "txt",
    ),
    Layout {
        name: "csv có dòng sep=",
        quirks: &[SepLine],
        ..csv("", Script::Utf8Bom, b';', "csv")
    },
    Layout {
        name: "tsv",
        birth: BirthForm::Iso,
        ..csv("", Script::Unicode, b'\t', "tsv")
    },
    Layout {
        name: "mẫu Excel (xltx)",
        container: Xltx,
        birth: BirthForm::Date,
        ..PLAIN
    },
    Layout {
        name: "phông VPS",
        script: Script::Vps,
        ..PLAIN
    },
    Layout {
        name: "phông VISCII",
        script: Script::Viscii,
        ..PLAIN
    },
    Layout {
        name: "dấu cách thừa, ký tự không nhìn thấy",
        script: Script::Untidy,
        ..PLAIN
    },
    Layout {
        name: "trang ẩn, mỗi thôn một trang",
        hamlets: Hamlets::Sheets,
        quirks: &[HiddenSheet],
        ..PLAIN
    },
    Layout {
        name: "công thức, ô #REF!",
        extras: &[Note],
        quirks: &[Formulas, UnitRow],
        ..PLAIN
    },
    Layout {
        name: "phiếu đủ thông tin",
        extras: &[Record, Guardian, Registration, Household],
        ..PLAIN
    },
];

/// In a shorter list no column can show a habit.
const SHORT: u32 = 25;

/// True where a list of a handful of rows can be understood: code and meaning of a column do not rest on many cells of it.
fn suits_short(layout: &Layout) -> bool {
    layout.birth != BirthForm::Turned
        && layout.head != Head::None
        && !matches!(
            layout.script,
            Script::Tcvn3Bytes | Script::VniBytes | Script::Utf8Twice
        )
}

/// Places in turn that only a long list may take: each layout that a short one does not suit comes up twice.
pub const LONG_SLOTS: u32 = 10;

/// The layout of a list by its place in turn (see `Plan`): first those that need a long list, then every other one again and
/// again. `text`: only text files.
pub fn of(slot: u32, text: bool) -> &'static Layout {
    let all = || {
        LAYOUTS
            .iter()
            .chain(&MORE)
            .filter(|layout| !text || matches!(layout.container, Text(..)))
    };
    let nth =
        |list: Vec<&'static Layout>, at: u32| list.get(at as usize % list.len().max(1)).copied();
    let long_only = || all().filter(|layout| !suits_short(layout)).collect();
    let others = all().filter(|layout| suits_short(layout)).collect();
    match slot.checked_sub(LONG_SLOTS) {
        None => nth(long_only(), slot / 2),
        Some(slot) => nth(others, slot),
    }
    .unwrap_or(&PLAIN)
}

/// True where a list is so long that its columns show their habits.
pub fn is_long(rows: u32) -> bool {
    rows >= SHORT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_layout_comes_up() {
        let long_only = LAYOUTS
            .iter()
            .chain(&MORE)
            .filter(|layout| !suits_short(layout));
        assert_eq!(long_only.count() * 2, LONG_SLOTS as usize);
        let all = LAYOUTS.len() + MORE.len();
        let mut seen: Vec<&str> = (0..LONG_SLOTS + u32::try_from(all).unwrap())
            .map(|slot| of(slot, false).name)
            .collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(
            seen.len(),
            all,
            "names are told apart, and all of them come up"
        );
        assert!((0..100).all(|slot| matches!(of(slot, true).container, Text(..))));
    }
}
