//! The evidence in Vietnamese words, with its figures.
//!
//! In: a [`Unit`] and its [`Insight`]. Out: sentences.

use super::share::ratio;
use super::{Insight, Kind, Unit};
use crate::texts::grouped;

impl Kind {
    /// What it is called on a page.
    pub fn title(self) -> &'static str {
        match self {
            Self::Special => "Chỉ nhập trẻ có hoàn cảnh đặc biệt",
            Self::Ages => "Thiếu hẳn một nhóm tuổi",
            Self::NewYear => "Ngày sinh dồn vào 01/01",
            Self::Families => "Gia đình mới nhập một phần số con",
            Self::Beyond => "Trẻ nghi trùng với xã khác",
            Self::Back => "Lỗi đã sửa lại xuất hiện",
        }
    }

    /// What is to be done about it.
    pub fn advice(self) -> &'static str {
        match self {
            Self::Special => {
                "Lập danh sách trẻ của mọi gia đình, không chỉ trẻ có hoàn cảnh đặc biệt: lấy từ sổ A0, trường học, tiêm chủng, rồi nhập."
            }
            Self::Ages => {
                "Hỏi nơi giữ danh sách của nhóm tuổi này (hộ tịch và trạm y tế: dưới 3 tuổi; trường mầm non, tiểu học, trung học cơ sở), rồi nhập."
            }
            Self::NewYear => {
                "Xem giấy khai sinh của từng trẻ trong danh sách và sửa ngày sinh thật."
            }
            Self::Families => {
                "Rà lại từng gia đình chỉ có một trẻ: còn anh, chị, em nào chưa nhập."
            }
            Self::Beyond => "Hai xã cùng xem từng cặp và trả lời: một trẻ hay hai trẻ, đang ở đâu.",
            Self::Back => "Sửa ở nơi lỗi sinh ra: tệp hoặc phần mềm đã nhập lại các giá trị cũ.",
        }
    }
}

/// `98%`, `4,2%`, `0,3%`.
pub fn percent(share: f64) -> String {
    let value = share * 100.0;
    if value >= 9.95 || value.abs() < f64::EPSILON {
        return format!("{value:.0}%");
    }
    format!("{value:.1}%").replace('.', ",")
}

/// A figure that was reckoned, in whole children.
pub fn about(value: f64) -> String {
    format!("{:.0}", value.max(0.0))
        .parse::<u64>()
        .map_or_else(|_| String::new(), grouped)
}

/// “dưới 1 phần triệu”.
pub fn chance(p: f64) -> String {
    if p < 1e-6 {
        "dưới 1 phần triệu".to_owned()
    } else if p < 1e-3 {
        format!("khoảng {} phần triệu", about((p * 1e6).max(1.0)))
    } else {
        format!("khoảng {} phần nghìn", about((p * 1e3).max(1.0)))
    }
}

fn years(years: Option<(i16, i16)>) -> String {
    match years {
        Some((from, to)) if from == to => format!("sinh năm {from}"),
        Some((from, to)) => format!("sinh các năm {from}–{to}"),
        None => String::new(),
    }
}

/// The sentence of a unit.
pub(super) fn sentence(unit: &Unit, insight: &Insight) -> String {
    let (name, found, of) = (&unit.name, grouped(insight.found), grouped(insight.of));
    let share = percent(ratio(insight.found, insight.of));
    let usual = percent(insight.usual);
    match insight.kind {
        Kind::Special => {
            let missing = unit
                .headcount
                .and_then(|all| {
                    Some((all, all.checked_sub(unit.entered).filter(|left| *left > 0)?))
                })
                .map_or_else(String::new, |(all, left)| {
                    format!(
                        " Đơn vị báo có {} trẻ: {} trẻ còn lại chưa có trong sổ.",
                        grouped(all),
                        grouped(left)
                    )
                });
            format!(
                "{name}: {found} trong {of} trẻ đã nhập ({share}) có hoàn cảnh đặc biệt hoặc có nguy cơ; ở các đơn vị bên cạnh thường là {usual}.{missing}"
            )
        }
        Kind::Ages => format!(
            "{name}: chỉ có {found} trẻ {}; theo cơ cấu tuổi của các đơn vị bên cạnh, trong {of} trẻ đã nhập phải có khoảng {}.",
            years(insight.years),
            about(insight.expected)
        ),
        Kind::NewYear => format!(
            "{name}: {found} trong {of} trẻ có đủ ngày sinh ({share}) ghi sinh ngày 01/01; ở các đơn vị bên cạnh thường là {usual}."
        ),
        Kind::Families => format!(
            "{name}: {found} trong {of} gia đình ({share}) chỉ có một trẻ trong sổ; ở các đơn vị bên cạnh thường là {usual}."
        ),
        Kind::Beyond => format!(
            "{name}: {found} trong {of} trẻ ({share}) nghi trùng với một trẻ của xã khác; ở các đơn vị bên cạnh thường là {usual}."
        ),
        Kind::Back => format!(
            "{name}: {found} trong {of} lỗi đã sửa ({share}) lại xuất hiện; ở các đơn vị bên cạnh thường là {usual}."
        ),
    }
}

/// The sentence of all units together.
pub(super) fn of_all(insight: &Insight) -> String {
    format!(
        "Tất cả các đơn vị cộng lại: chỉ có {} trẻ {}, trong khi số trẻ của các năm sinh khác ở mức khoảng {}.",
        grouped(insight.found),
        years(insight.years),
        about(insight.expected)
    )
}
