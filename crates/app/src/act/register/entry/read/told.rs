//! What a person is shown of what was made of a household: each field as typed and as it will be written, what is wrong with it, what must be
//! settled before saving.
//!
//! In: [`Made`]. Out: [`Told`].

use super::{By, Made, Making, OF_CHILD};
use crate::access::Deed;
use crate::act::check::records::Words;
use crate::act::register::Desk;
use crate::act::register::again::said::{Columns, Said as Spoken};
use crate::act::register::entry::guard::MayBe;
use crate::act::register::entry::{Answer, Ask, Asked, Child, Said, Shown, Texts, Told};
use crate::shown::birth;
use treem_child::field::Field;

impl Made {
    /// Of children outside the person's area no more is shown than what was typed.
    pub fn cut(&mut self, desk: &Desk) {
        for one in self.rows.iter_mut().flat_map(|making| &mut making.may_be) {
            let unit = Some(one.unit.as_str()).filter(|unit| !unit.is_empty());
            one.mine = desk.may(Deed::Edit, &one.edition, unit);
            if !desk.may(Deed::See, &one.edition, unit) {
                one.hamlet.clear();
                one.father.clear();
                one.mother.clear();
            }
        }
    }

    /// What a person is shown of it.
    pub fn told(&self, by: &By, asked: &Asked) -> Told {
        let columns = Columns::new();
        let mut told = Told {
            request: asked.request.clone().unwrap_or_default(),
            edition: by.edition.from,
            unit: self.unit.map_or("", |unit| unit.code),
            unit_name: self.unit.map_or("", |unit| unit.name),
            asks: self.asks(),
            carry: self.carry(asked),
            ..Told::default()
        };
        for making in &self.rows {
            let spoken = Spoken::of(&columns, &making.entry.state, &making.entry.findings);
            let typed = |field: Field| {
                let own = making.own.iter().find(|(known, _)| *known == field);
                own.map_or(String::new(), |(_, text)| text.clone())
            };
            let of_child = |field: Field| {
                OF_CHILD.contains(&field) || making.own.iter().any(|(own, _)| *own == field)
            };
            let fields = Field::ALL
                .iter()
                .filter(|field| of_child(**field))
                .map(|field| by.shown(&columns, (&spoken, making), *field, typed(*field)))
                .collect();
            told.children.push(Child {
                row: making.row,
                what: "new",
                id: None,
                fields,
                identified: making.entry.state.identified,
                complete: making.entry.state.complete,
                may_be: making.may_be.clone(),
                ..Child::default()
            });
        }
        told.household = self.household(by, &columns);
        told
    }

    /// What holds for all children, as the first of them shows it.
    fn household(&self, by: &By, columns: &Columns) -> Vec<Shown> {
        let Some(first) = self.rows.first() else {
            return Vec::new();
        };
        let spoken = Spoken::of(columns, &first.entry.state, &first.entry.findings);
        let typed = |field: Field| {
            let text = self.common.iter().find(|(known, _)| *known == field);
            text.map_or(String::new(), |(_, text)| text.clone())
        };
        let own = |field: Field| first.own.iter().any(|(own, _)| *own == field);
        Field::ALL
            .iter()
            .filter(|field| !OF_CHILD.contains(field) && !own(**field))
            .map(|field| by.shown(columns, (&spoken, first), *field, typed(*field)))
            .filter(|shown| !shown.typed.is_empty() || !shown.findings.is_empty())
            .collect()
    }

    /// What must be settled before saving.
    fn asks(&self) -> Vec<Ask> {
        let mut out = Vec::new();
        let mut ask = |row: Option<usize>, field: &'static str, sentence: String| {
            out.push(Ask {
                row,
                field,
                sentence,
            });
        };
        if self.unit.is_none() {
            ask(None, Field::Commune.code(), self.no_unit.clone());
        }
        if self.rows.is_empty() {
            ask(
                Some(1),
                Field::Name.code(),
                "Chưa ghi trẻ nào của hộ.".to_owned(),
            );
        }
        for (at, making) in self.rows.iter().enumerate() {
            let row = making.row;
            if !making.typed.iter().any(|(field, _)| *field == Field::Name) {
                ask(
                    Some(row),
                    Field::Name.code(),
                    format!(
                        "Dòng {row} chưa có họ tên. Ghi họ tên theo giấy khai sinh, hoặc xóa cả dòng."
                    ),
                );
            }
            let state = &making.entry.state;
            let twice = self.rows.iter().take(at).find(|before| {
                let before = &before.entry.state;
                !state.name_key.is_empty()
                    && (&before.name_key, &before.birth) == (&state.name_key, &state.birth)
            });
            if let Some(twice) = twice {
                ask(
                    Some(row),
                    Field::Name.code(),
                    format!(
                        "Dòng {} và dòng {row} ghi cùng họ tên và ngày sinh. Xóa một dòng, hoặc sửa lại cho đúng.",
                        twice.row
                    ),
                );
            }
            if let Some(sentence) = unanswered(making) {
                ask(Some(row), "", sentence);
            }
        }
        out
    }

    /// What the next household begins with.
    fn carry(&self, asked: &Asked) -> Texts {
        let mut out = Texts::new();
        if let Some(unit) = self.unit {
            out.insert("commune".to_owned(), unit.code.to_owned());
        }
        for (name, field) in [("hamlet", Field::Hamlet), ("ethnicity", Field::Ethnicity)] {
            let own = self.rows.iter().rev().flat_map(|making| &making.own);
            let text = self
                .common
                .iter()
                .chain(own)
                .find(|(known, _)| *known == field);
            if let Some((_, text)) = text {
                out.insert(name.to_owned(), text.clone());
            }
        }
        // A household may have said nothing of its own; what it was given then goes on.
        if let Some(text) = asked.household.household.get("ethnicity") {
            out.entry("ethnicity".to_owned()).or_insert(text.clone());
        }
        out.retain(|_, text| !text.is_empty());
        out
    }
}

/// What a person has not said of a child yet, or what is not possible.
fn unanswered(making: &Making) -> Option<String> {
    let row = making.row;
    let same: Vec<&MayBe> = making
        .may_be
        .iter()
        .filter(|one| one.answer == Some(Answer::Same))
        .collect();
    match same.as_slice() {
        [] => {
            let open = making.may_be.iter().find(|one| one.answer.is_none())?;
            Some(format!(
                "Dòng {row} có thể là trẻ đã có trong sổ: {}, sinh {}. Chọn: cùng một trẻ, hoặc hai trẻ khác nhau.",
                open.name,
                if open.birth.is_empty() {
                    "không rõ ngày"
                } else {
                    &open.birth
                }
            ))
        }
        [one] if one.active && one.mine => None,
        [one] if one.active => Some(format!(
            "Hồ sơ của {} ở {}, ngoài địa bàn của bạn nên bạn không bổ sung được. Đề nghị xã ấy bổ sung, hoặc đề nghị chuyển trẻ đến.",
            one.name, one.unit_name
        )),
        [one] => Some(format!(
            "Hồ sơ của {} không còn được theo dõi nên chưa bổ sung được. Mở lại hồ sơ ấy trước, rồi bổ sung.",
            one.name
        )),
        _ => Some(format!(
            "Dòng {row} được chọn là cùng một trẻ với nhiều hồ sơ. Chỉ chọn một hồ sơ."
        )),
    }
}

impl By {
    fn shown(
        &self,
        columns: &Columns,
        (spoken, making): (&Spoken<'_>, &Making),
        field: Field,
        typed: String,
    ) -> Shown {
        let words = Words { rules: &self.rules };
        let written = spoken.words(columns, field);
        let is_date = matches!(
            field,
            Field::Birth | Field::FatherBirth | Field::MotherBirth | Field::GuardianBirth
        );
        Shown {
            field: field.code(),
            label: field.label(),
            typed,
            display: if is_date {
                birth(&written)
            } else {
                written.clone()
            },
            written,
            findings: making
                .found
                .iter()
                .filter(|finding| finding.field == field)
                .map(|finding| Said {
                    rule: words.code(finding).to_owned(),
                    severity: self.rules.severity(finding.rule).code(),
                    sentence: words.message(finding).into_owned(),
                    suggestion: finding.suggestion.clone().unwrap_or_default(),
                })
                .collect(),
        }
    }
}
