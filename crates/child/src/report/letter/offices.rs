//! Who writes to whom, by which law: data with dates, which a province may replace.
//!
//! In: a TOML text with `[[offices]]`, a day, a level. Out: the [`Offices`] of that day, and their fields.

use super::field::Field;
use super::fill::Facts;
use super::{OFFICES, Span};
use crate::limits;
use crate::normalise::date::PartialDate;
use crate::normalise::unit::Level;
use serde::Deserialize;

/// Offices of a level from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offices {
    /// First day, `YYYY-MM-DD`.
    pub from: String,
    /// Level of the area that is written about: `province`, `district`, `commune`.
    pub level: String,
    /// The office above.
    #[serde(default)]
    pub above: String,
    /// The office.
    pub name: String,
    /// The office within a sentence.
    pub within: String,
    /// What stands behind the number.
    #[serde(default)]
    pub mark: String,
    /// The place before the date.
    pub place: String,
    /// To whom.
    pub to: Vec<String>,
    /// The same within a sentence.
    pub receivers: String,
    /// What they are to tell whom; may be empty.
    #[serde(default)]
    pub instruct: String,
    /// Who reported the headcounts.
    pub reporters: String,
    /// Who does the work in a commune.
    pub officer: String,
    /// The police of a commune.
    pub police: String,
    /// The boards of Đề án 06 below.
    pub board: String,
    /// Address of the national software.
    pub software: String,
    /// By which law.
    pub legal: String,
    /// Nơi nhận.
    pub copies: Vec<String>,
    /// Lines of the signer's office.
    pub signer: Vec<String>,
    /// Who signs; empty to be written by hand.
    #[serde(default)]
    pub signer_name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    offices: Vec<Offices>,
}

/// Names that stand in the texts of offices.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// `tỉnh Quảng Trị`.
    pub province: String,
    /// `Quảng Trị`.
    pub province_short: String,
    /// `huyện Đakrông`.
    pub unit: String,
    /// `Đakrông`.
    pub unit_short: String,
}

/// Reads a file of offices.
///
/// # Errors
/// One sentence with the line and what is meant.
pub fn read(text: &str) -> Result<Vec<Offices>, String> {
    if text.len() > limits::TEMPLATE_BYTES {
        return Err(format!(
            "tệp cơ quan dài quá {} KB.",
            limits::TEMPLATE_BYTES >> 10
        ));
    }
    let file: File = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let line = text.get(..at).unwrap_or("").matches('\n').count() + 1;
        let what = error.message();
        let known = |sign: &str| what.split(sign).nth(1).map(str::to_owned);
        match (what, known("`")) {
            (what, Some(name)) if what.contains("missing field") => {
                format!("dòng {line}: mục [[offices]] thiếu “{name}”.")
            }
            (what, Some(name)) if what.contains("unknown field") => {
                format!("dòng {line}: không có mục nào tên “{name}”; xem mẫu có sẵn bằng treem letter template out offices.")
            }
            _ => format!("dòng {line}: không đọc được theo dạng TOML; so với mẫu có sẵn (treem letter template out offices)."),
        }
    })?;
    if file.offices.is_empty() || file.offices.len() > limits::OFFICES {
        return Err(format!(
            "tệp cơ quan phải có từ 1 đến {} mục [[offices]].",
            limits::OFFICES
        ));
    }
    for one in &file.offices {
        let is_day = PartialDate::from_iso(&one.from).is_some_and(PartialDate::is_full);
        if !is_day {
            return Err(format!(
                "ngày from = “{}” không dùng được: viết năm-tháng-ngày, ví dụ 2025-07-01.",
                one.from
            ));
        }
        if !matches!(one.level.as_str(), "province" | "district" | "commune") {
            return Err(format!(
                "level = “{}” phải là province, district hoặc commune.",
                one.level
            ));
        }
    }
    Ok(file.offices)
}

/// The offices of a day and level: of the latest first day up to it; of the built-in ones where the file has none.
pub fn choose(file: &[Offices], day: &str, level: Level) -> Option<Offices> {
    let word = match level {
        Level::Province => "province",
        Level::District => "district",
        Level::Commune => "commune",
    };
    let of = |all: &[Offices]| {
        all.iter()
            .filter(|one| one.level == word && one.from.as_str() <= day)
            .max_by(|one, other| one.from.cmp(&other.from))
            .cloned()
    };
    of(file).or_else(|| of(&read(OFFICES).ok()?))
}

impl Offices {
    /// Fills its fields in.
    pub fn tell(&self, names: &Names, facts: &mut Facts) {
        let named = |text: &str| {
            text.replace("{tỉnh}", &names.province)
                .replace("{tên tỉnh}", &names.province_short)
                .replace("{đơn vị}", &names.unit)
                .replace("{tên đơn vị}", &names.unit_short)
        };
        for (field, text) in [
            (Field::Above, &self.above),
            (Field::Office, &self.name),
            (Field::OfficeWithin, &self.within),
            (Field::Mark, &self.mark),
            (Field::Place, &self.place),
            (Field::Receivers, &self.receivers),
            (Field::Instruct, &self.instruct),
            (Field::Reporters, &self.reporters),
            (Field::Officer, &self.officer),
            (Field::Police, &self.police),
            (Field::Board, &self.board),
            (Field::Software, &self.software),
            (Field::Legal, &self.legal),
            (Field::Signer, &self.signer_name),
        ] {
            facts.text(field, named(text));
        }
        for (field, lines) in [
            (Field::To, &self.to),
            (Field::Copies, &self.copies),
            (Field::SignerOffice, &self.signer),
        ] {
            let lines = lines.iter().map(|line| Span::plain(named(line)));
            facts.lines(field, lines.collect());
        }
        facts.text(Field::Province, names.province.clone());
        facts.text(Field::Area, names.unit.clone());
    }
}
