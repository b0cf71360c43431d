//! Lists of other sectors: who stands in the household book, the school roll, the vaccination book, the health insurance, the civil status.
//!
//! In: a commune and its people. Out: for each [`Sector`] the children it names, written in its own columns. A list reaches children by age
//! and place, misses the households that are hard to reach more than others, and two lists hang together: pupils are insured through their
//! school. The shares are estimates, made to be believed; none is a statistic.

use super::dice::Dice;
use super::people::{NoNumber, People};
use super::plan::{Commune, Plan};
use super::repeat::again;
use super::written::{Birth, Written};
use treem_files::write::book::{Cell, Sheet, Workbook};

/// Who keeps a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sector {
    /// Sổ A0: households, kept by the population collaborators.
    HouseholdBook,
    /// School rolls, kindergarten included.
    School,
    /// Vaccination, under 7.
    Vaccination,
    /// Health insurance cards.
    Insurance,
    /// Birth registrations that have been digitised.
    CivilStatus,
}

/// A column of a sector's list.
#[derive(Clone, Copy)]
enum Column {
    Order,
    Household,
    Head,
    Name,
    Birth,
    Sex,
    Ethnicity,
    Number,
    Father,
    Mother,
    Phone,
    Hamlet,
    /// The sector's own number of a child.
    Code,
    Class,
    RegisteredAt,
}

impl Sector {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::HouseholdBook,
        Self::School,
        Self::Vaccination,
        Self::Insurance,
        Self::CivilStatus,
    ];

    /// The word of folders and of the command.
    pub fn word(self) -> &'static str {
        match self {
            Self::HouseholdBook => "a0",
            Self::School => "school",
            Self::Vaccination => "vaccination",
            Self::Insurance => "insurance",
            Self::CivilStatus => "civil",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::HouseholdBook => "SỔ GHI CHÉP BAN ĐẦU VỀ DÂN SỐ (SỔ A0) – TRẺ EM DƯỚI 16 TUỔI",
            Self::School => "DANH SÁCH HỌC SINH",
            Self::Vaccination => "SỔ TIÊM CHỦNG TRẺ EM",
            Self::Insurance => "DANH SÁCH TRẺ EM ĐƯỢC CẤP THẺ BẢO HIỂM Y TẾ",
            Self::CivilStatus => "DANH SÁCH ĐĂNG KÝ KHAI SINH",
        }
    }

    fn columns(self) -> &'static [(&'static str, Column)] {
        match self {
            Self::HouseholdBook => &[
                ("STT", Column::Order),
                ("Mã hộ", Column::Household),
                ("Họ tên chủ hộ", Column::Head),
                ("Họ và tên", Column::Name),
                ("Ngày sinh", Column::Birth),
                ("Giới tính", Column::Sex),
                ("Dân tộc", Column::Ethnicity),
                ("Họ tên cha", Column::Father),
                ("Họ tên mẹ", Column::Mother),
                ("Thôn", Column::Hamlet),
            ],
            Self::School => &[
                ("STT", Column::Order),
                ("Mã học sinh", Column::Code),
                ("Họ và tên", Column::Name),
                ("Ngày sinh", Column::Birth),
                ("Giới tính", Column::Sex),
                ("Dân tộc", Column::Ethnicity),
                ("Lớp", Column::Class),
                ("Họ tên cha", Column::Father),
                ("Họ tên mẹ", Column::Mother),
                ("Thôn", Column::Hamlet),
                ("Số định danh cá nhân", Column::Number),
            ],
            Self::Vaccination => &[
                ("STT", Column::Order),
                ("Họ và tên trẻ", Column::Name),
                ("Ngày sinh", Column::Birth),
                ("Giới tính", Column::Sex),
                ("Họ tên mẹ", Column::Mother),
                ("Số điện thoại", Column::Phone),
                ("Thôn", Column::Hamlet),
            ],
            Self::Insurance => &[
                ("STT", Column::Order),
                ("Mã số BHXH", Column::Code),
                ("Họ và tên", Column::Name),
                ("Ngày sinh", Column::Birth),
                ("Giới tính", Column::Sex),
                ("Số định danh cá nhân", Column::Number),
                ("Thôn", Column::Hamlet),
            ],
            Self::CivilStatus => &[
                ("STT", Column::Order),
                ("Họ và tên", Column::Name),
                ("Ngày sinh", Column::Birth),
                ("Giới tính", Column::Sex),
                ("Dân tộc", Column::Ethnicity),
                ("Số định danh cá nhân", Column::Number),
                ("Họ tên cha", Column::Father),
                ("Họ tên mẹ", Column::Mother),
                ("Nơi đăng ký khai sinh", Column::RegisteredAt),
            ],
        }
    }

    /// In a thousand: how many children of an age (whole years) the list names where nothing is against it.
    fn reach(self, age: i16, insured_by_school: bool) -> u32 {
        match (self, age) {
            (Self::HouseholdBook, ..=0) => 520,
            (Self::HouseholdBook, _) => 760,
            (Self::School, ..=2) => 0,
            (Self::School, 3..=5) => 640,
            (Self::School, 6..=10) => 900,
            (Self::School, 11..=14) => 830,
            (Self::School, _) => 620,
            (Self::Vaccination, ..=6) => 780,
            (Self::Vaccination, _) => 0,
            (Self::Insurance, ..=5) => 720,
            (Self::Insurance, _) if insured_by_school => 820,
            (Self::Insurance, _) => 330,
            (Self::CivilStatus, ..=8) => 660,
            (Self::CivilStatus, _) => 380,
        }
    }
}

/// The list of one sector in one commune.
#[derive(Debug)]
pub struct SectorList<'a> {
    /// Whose.
    pub sector: Sector,
    /// Its rows, with the place of the child among the commune's.
    pub rows: Vec<(usize, Written<'a>)>,
}

/// What stands against a list where a household is hard to reach: of a thousand it names so many less.
const HARD: u32 = 500;
/// Rows, in a thousand, that somebody wrote in another way than the register would.
const OTHERWISE: u32 = 160;

/// The lists of all sectors.
pub fn lists<'a>(plan: &Plan, commune: &'a Commune, people: &'a People) -> Vec<SectorList<'a>> {
    let mut dice = Dice::new(plan.seed, &[42, u64::from(commune.index)]);
    // In the hills every third household is hard to reach, in the plains every seventh.
    let hard: Vec<bool> = people
        .households
        .iter()
        .map(|household| dice.chance(if household.group.is_hill() { 330 } else { 140 }))
        .collect();
    let mut out: Vec<SectorList<'a>> = Sector::ALL
        .into_iter()
        .map(|sector| SectorList {
            sector,
            rows: Vec::new(),
        })
        .collect();
    for (at, child) in people.children.iter().enumerate() {
        let age = age(plan.as_of, child.birth);
        let against = if hard.get(child.household) == Some(&true) {
            HARD
        } else {
            0
        };
        let mut pupil = false;
        for list in &mut out {
            let sector = list.sector;
            let reach = sector.reach(age, pupil) * (1000 - against) / 1000;
            let unknown =
                sector == Sector::CivilStatus && child.no_number == Some(NoNumber::Unregistered);
            // Every child takes its throws, so that one sector's shares do not move another's.
            let (named, otherwise) = (dice.chance(reach), dice.chance(OTHERWISE));
            let mut spelling = Dice::new(dice.bits(), &[]);
            if !named || unknown {
                continue;
            }
            pupil |= sector == Sector::School;
            if let Some(mut written) = Written::of(people, commune, at) {
                if otherwise {
                    again(&mut spelling, &mut written);
                }
                list.rows.push((at, written));
            }
        }
    }
    out
}

fn age(today: jiff::civil::Date, birth: jiff::civil::Date) -> i16 {
    let before = (today.month(), today.day()) < (birth.month(), birth.day());
    today.year() - birth.year() - i16::from(before)
}

/// Row of the first child in a sector's sheet, as Excel counts.
pub const FIRST_ROW: u64 = 5;

/// Puts a list on a sheet: title, commune, headings, children. As text (`bare`) only headings and children: a file of records has no title.
pub fn book(list: &SectorList<'_>, commune: &Commune, bare: bool) -> Workbook {
    let columns = list.sector.columns();
    let mut rows: Vec<Vec<Cell>> = Vec::with_capacity(list.rows.len() + 4);
    if !bare {
        rows.push(vec![Cell::text(list.sector.title()).in_bold()]);
        rows.push(vec![Cell::text(commune.full_name())]);
        rows.push(Vec::new());
    }
    let mut headings: Vec<Cell> = columns
        .iter()
        .map(|(heading, _)| Cell::text(*heading).in_bold())
        .collect();
    if bare {
        headings.push(Cell::text("Xã").in_bold());
    }
    rows.push(headings);
    for (order, (_, written)) in list.rows.iter().enumerate() {
        let mut row: Vec<Cell> = columns
            .iter()
            .map(|(_, column)| Cell::text(cell(*column, order, written)))
            .collect();
        if bare {
            row.push(Cell::text(commune.unit.name));
        }
        rows.push(row);
    }
    Workbook {
        sheets: vec![Sheet {
            name: "Danh sách".to_owned(),
            rows,
            ..Sheet::default()
        }],
        date1904: false,
    }
}

fn cell(column: Column, order: usize, row: &Written<'_>) -> String {
    let year = row.birth.year().unwrap_or(2014);
    match column {
        Column::Order => (order + 1).to_string(),
        Column::Household => row.household.clone(),
        Column::Head => row.head.to_string(),
        Column::Name => row.name.to_string(),
        Column::Birth => match &row.birth {
            Birth::Day(day) | Birth::Swapped(day) | Birth::Turned(day, _) => {
                format!("{:02}/{:02}/{}", day.day(), day.month(), day.year())
            }
            Birth::Partial(text, _) | Birth::Invalid(text) | Birth::Missing(text) => {
                text.to_string()
            }
        },
        Column::Sex => row.sex.text.to_string(),
        Column::Ethnicity => row.ethnicity.text.to_string(),
        Column::Number => row.number.to_string(),
        Column::Father => row.father.name.to_string(),
        Column::Mother => row.mother.name.to_string(),
        Column::Phone => row.phone.to_string(),
        Column::Hamlet => row.hamlet.text.to_string(),
        Column::Code => format!("{:010}", 4_500_000_000 + row.child),
        Column::Class => match 2023 - year {
            ..=5 => "Mầm non".to_owned(),
            grade => (grade - 5).to_string(),
        },
        Column::RegisteredAt => row.registered_at.to_string(),
    }
}

#[cfg(test)]
mod tests;
