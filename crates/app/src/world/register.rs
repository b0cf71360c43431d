//! The register of the province as the national software would export it: one row a child, clean but for the 227 and the 1,751.
//!
//! In: a commune and its people. Out: rows with their truth, and the cells of each.

use super::dice::Dice;
use super::fault::{no_carer, unsound};
use super::list::{self, Options};
use super::people::{People, Where};
use super::plan::{Commune, Plan};
use super::truth::{Columns, Rules, of_row};
use super::written::{Birth, Said, Text, Written};
use std::borrow::Cow;

/// The name of the sheet.
pub const SHEET: &str = "Trẻ em";

/// The headings.
pub const HEADINGS: [&str; 26] = [
    "Mã trẻ",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Dân tộc",
    "Quốc tịch",
    "Số định danh cá nhân",
    "Nơi đăng ký khai sinh",
    "Tỉnh",
    "Huyện",
    "Xã",
    "Thôn",
    "Địa chỉ",
    "Họ tên cha",
    "Năm sinh cha",
    "Số CCCD cha",
    "Họ tên mẹ",
    "Năm sinh mẹ",
    "Số CCCD mẹ",
    "Người giám hộ",
    "Quan hệ với trẻ",
    "Số điện thoại",
    "Mã hộ",
    "Họ tên chủ hộ",
    "Hộ nghèo",
    "Hoàn cảnh",
];

/// Widths of the columns in characters.
pub const WIDTHS: [f64; 26] = [
    12.0, 24.0, 12.0, 9.0, 16.0, 11.0, 15.0, 22.0, 16.0, 18.0, 20.0, 18.0, 18.0, 24.0, 9.0, 15.0,
    24.0, 9.0, 15.0, 24.0, 16.0, 13.0, 13.0, 24.0, 13.0, 28.0,
];

/// Every column is there.
pub(super) const COLUMNS: Columns = Columns {
    parents: true,
    mother_only: false,
    guardian: true,
    parents_numbers: true,
    nationality: true,
};

/// A record of the register.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// What it says.
    pub written: Written<'a>,
    /// The child, by place among the commune's.
    pub at: usize,
    /// What it must show.
    pub rules: Rules,
}

/// The records of a commune, in the order of its children. The truth holds for one run over register and lists together:
/// a child that the commune's list repeats shows it here too.
pub fn rows<'a>(
    plan: &Plan,
    commune: &'a Commune,
    people: &'a People,
    options: Options,
) -> Vec<Row<'a>> {
    let mut dice = Dice::new(plan.seed, &[7, u64::from(commune.index)]);
    let mut rows: Vec<Row<'a>> = Vec::with_capacity(commune.register as usize);
    let mut pasted: Option<(usize, Text<'a>)> = None;
    for (at, child) in people.children.iter().enumerate() {
        if child.place == Where::List {
            continue;
        }
        let Some(mut written) = Written::of(people, commune, at) else {
            continue;
        };
        match child.place {
            Where::Unsound => match &pasted {
                // Two of one household bear one number.
                Some((household, number)) if *household == child.household => {
                    written.number.clone_from(number);
                }
                _ => {
                    let sibling = people.children.get(at + 1).is_some_and(|next| {
                        next.household == child.household && next.place == Where::Unsound
                    });
                    if sibling {
                        pasted = Some((child.household, written.number.clone()));
                    } else {
                        unsound(&mut dice, &mut written, plan.as_of);
                    }
                }
            },
            Where::Incomplete => incomplete(&mut dice, &mut written),
            Where::Register | Where::List => {}
        }
        rows.push(Row {
            rules: of_row(&written, COLUMNS, plan.as_of),
            written,
            at,
        });
    }
    super::ill::spoil(plan, commune, &mut rows);
    list::register_echoes(plan, commune, people, options, &mut rows);
    rows
}

/// Footnote 2 of the letter: names of parents or carers, or the address, are missing.
fn incomplete(dice: &mut Dice, row: &mut Written<'_>) {
    let what = dice.below(100);
    if what < 80 {
        no_carer(row);
    }
    if what >= 70 {
        row.commune = Said::missing("");
        row.hamlet = Said::missing("");
        row.street = Text::Borrowed("");
    }
}

/// The cells of a record, in the order of [`HEADINGS`].
pub fn cells<'r>(commune: &Commune, row: &'r Written<'_>) -> [Cow<'r, str>; 26] {
    fn text<'r>(text: &'r Text<'_>) -> Cow<'r, str> {
        Cow::Borrowed(text.as_ref())
    }
    let year = |year: i16| {
        if year == 0 {
            Cow::Borrowed("")
        } else {
            Cow::Owned(year.to_string())
        }
    };
    let birth = match &row.birth {
        Birth::Day(day) | Birth::Swapped(day) | Birth::Turned(day, _) => Cow::Owned(format!(
            "{:02}/{:02}/{}",
            day.day(),
            day.month(),
            day.year()
        )),
        Birth::Partial(written, _) | Birth::Invalid(written) | Birth::Missing(written) => {
            text(written)
        }
    };
    [
        Cow::Owned(code(row.child)),
        text(&row.name),
        birth,
        text(&row.sex.text),
        text(&row.ethnicity.text),
        text(&row.nationality),
        text(&row.number),
        text(&row.registered_at),
        Cow::Borrowed(commune.province.name),
        Cow::Borrowed(commune.district.name),
        text(&row.commune.text),
        text(&row.hamlet.text),
        text(&row.street),
        text(&row.father.name),
        year(row.father.year),
        text(&row.father.number),
        text(&row.mother.name),
        year(row.mother.year),
        text(&row.mother.number),
        text(&row.guardian.name),
        Cow::Borrowed(row.relation),
        text(&row.phone),
        Cow::Borrowed(&row.household),
        text(&row.head),
        Cow::Borrowed(row.means),
        Cow::Borrowed(row.circumstance),
    ]
}

/// A child's code in the truth and in the software: `TE` and eight digits.
pub fn code(child: u64) -> String {
    format!("TE{:08}", child + 1)
}
