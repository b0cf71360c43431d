//! *Văn bản*: the urging letter and the sheets of communes, written by the register: template + offices of the day + figures.
//!
//! In: [`Asked`]: a day, an edition, an area, a kind, a template. Out: [`Made`]: what stands on the paper, with what a reader of the draft
//! should know. The figures are those of `treem coverage`; no cell is typed, so none can slip. Nothing here shows a child.

pub mod annex;
pub mod cohort;
pub mod compare;
mod gather;
pub mod paper;
pub mod target;
pub mod template;

use super::{Desk, Done, Failed, wait};
use crate::access::Deed;
use gather::{Area, figures, province_in};
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit::{Edition, Unit, in_running_text};
use treem_child::report::coverage::Coverage;
use treem_child::report::letter::figures::{Figures, Standing};
use treem_child::report::letter::offices::{Names, Offices, choose};
use treem_child::report::letter::{Facts, Written, fill};

/// Sheets of communes written at once.
const SHEETS: usize = 400;

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The urging letter.
    Letter,
    /// What each commune has to do, a sheet each.
    Commune,
}

impl Kind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Letter, Self::Commune];

    /// The word on the command line and in the register.
    pub fn code(self) -> &'static str {
        match self {
            Self::Letter => "letter",
            Self::Commune => "commune",
        }
    }

    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Letter => "Công văn đôn đốc",
            Self::Commune => "Bảng việc của từng xã",
        }
    }

    /// By its word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Which template.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum From {
    /// The province's own under the usual name, else the built-in one.
    #[default]
    Usual,
    /// One of the register by its name.
    Named(String),
    /// A text that is not in the register.
    Text(String),
}

/// What is asked for.
pub struct Asked {
    /// What is written.
    pub kind: Kind,
    /// The day of the figures.
    pub day: PartialDate,
    /// The edition of the units.
    pub edition: &'static Edition,
    /// The day by which the offices are chosen, `YYYY-MM-DD`.
    pub offices_on: String,
    /// The area; none is the province of the book.
    pub unit: Option<&'static Unit>,
    /// The book as it was then.
    pub moment: Option<String>,
    /// The template.
    pub template: From,
}

/// What was written.
#[derive(serde::Serialize)]
pub struct Made {
    /// The papers; one, or one a commune.
    pub written: Vec<Written>,
    /// The figures behind them.
    pub figures: Figures,
    /// How far the units are from their targets.
    pub standings: Vec<Standing>,
    /// Which template: its name, and whether it is built in.
    pub template: String,
    /// What the writer should know before sending; does not stand on the paper.
    pub warnings: Vec<String>,
    /// What a printed table says otherwise than the register.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub printed: Option<Coverage>,
}

/// Writes.
///
/// # Errors
/// [`Failed::Refused`]: a template with mistakes, an edition without the province; [`Failed::Denied`].
pub fn make(desk: &Desk, asked: &Asked) -> Done<Made> {
    wait(async {
        let open = desk.open().await?;
        let book = &open.book;
        let province = province_in(book, asked.edition)?;
        let unit = asked.unit.unwrap_or(province);
        desk.must(Deed::Report, asked.edition.from, Some(unit.code))?;
        let mut tx = open.store.read().await?;
        let held = tx.templates(&book.register).await?;
        let (template, name) = template::chosen(&held, asked.kind.code(), &asked.template)?;
        let offices = template::offices(&held)?;
        let by_commune = asked.kind == Kind::Commune;
        let area = Area { unit, by_commune };
        let all = figures(&mut tx, book, asked, area).await?;
        let office = |unit: &Unit| -> Done<Offices> {
            choose(&offices, &asked.offices_on, unit.level()).ok_or_else(|| {
                Failed::Refused(format!(
                    "chưa khai cơ quan ra văn bản cho cấp này vào ngày {}; thêm vào tệp cơ quan (treem letter template out offices).",
                    asked.offices_on
                ))
            })
        };
        let mut written = Vec::new();
        let pages: Vec<(&Unit, Figures)> = if by_commune {
            gather::each(asked.edition, &all)
        } else {
            vec![(unit, all.clone())]
        };
        if pages.len() > SHEETS {
            return Err(Failed::Refused(format!(
                "có {} xã, một lần chỉ lập {SHEETS}; chọn địa bàn hẹp hơn.",
                pages.len()
            )));
        }
        if pages.is_empty() {
            return Err(Failed::Refused(
                "địa bàn này chưa có trẻ nào trong sổ và chưa có số trẻ em báo cáo.".to_owned(),
            ));
        }
        for (unit, figures) in &pages {
            let mut facts = Facts::default();
            let office = office(unit)?;
            let names = Names {
                province: in_running_text(province.name),
                province_short: province.short.to_owned(),
                unit: in_running_text(unit.name),
                unit_short: unit.short.to_owned(),
            };
            office.tell(&names, &mut facts);
            let police = office.police.replace("{đơn vị}", &names.unit);
            figures.tell((&office.officer, &police), &mut facts);
            written.push(fill(&template, &facts));
        }
        Ok(Made {
            warnings: warnings(&written, &all),
            standings: all.standings(),
            written,
            figures: all,
            template: name,
            printed: None,
        })
    })
}

/// What the writer should know.
fn warnings(written: &[Written], figures: &Figures) -> Vec<String> {
    let mut out = Vec::new();
    let mut open: Vec<&str> = written
        .iter()
        .flat_map(|one| one.open.iter().map(String::as_str))
        .collect();
    open.sort_unstable();
    open.dedup();
    if !open.is_empty() {
        out.push(format!(
            "Chưa biết nội dung của các ô: {}; trên văn bản để “…”.",
            open.join(", ")
        ));
    }
    if figures.total().headcount.is_none() {
        out.push(
            "Chưa đủ số trẻ em hiện có của các đơn vị: chưa tính được số cần nhập mới của toàn địa bàn."
                .to_owned(),
        );
    }
    let doubted = figures
        .units
        .iter()
        .filter(|unit| !unit.doubts.is_empty())
        .count();
    if doubted > 0 {
        out.push(format!(
            "Số trẻ báo cáo của {doubted} đơn vị cần xem lại; lưu ý ấy đi cùng số trên văn bản."
        ));
    }
    out
}
