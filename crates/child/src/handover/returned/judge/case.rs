//! All that a decision about a row looks at, and what can be said of it.
//!
//! In: the row as it was sent, what stands in the columns of the police, what was edited. Out: numbers, days, differences, the answer a question
//! proposes.

use super::super::super::answer::{Answer, Difference, Kind};
use super::super::super::doubts::{Record, doubts, sentences};
use super::super::super::frozen::Frozen;
use super::super::values::{Given, day_in, differences, field_of, value_of};
use super::super::{Altered, Taken};
use super::{Said, shown};
use crate::field::Field;
use crate::normalise::number::Parts;

/// All that a decision looks at.
pub(super) struct Case<'c> {
    pub(super) row: &'c Frozen,
    pub(super) year: i16,
    pub(super) said: &'c Said,
    pub(super) altered: &'c [Altered],
}

/// What belongs to the answer may have stood in a column that is gone.
pub(super) const NO_VALUE: &str = "Tệp không còn cột “Giá trị theo CSDLQG” nên không biết ngày hoặc nơi ghi kèm. Ngày nào, nơi nào?";

pub(super) fn ask(sentence: impl Into<String>, proposed: Option<Answer>) -> Taken {
    Taken::Question {
        sentence: sentence.into(),
        proposed,
    }
}

pub(super) fn understood(answer: Answer) -> Taken {
    Taken::Understood {
        answer,
        remarks: Vec::new(),
    }
}

impl Case<'_> {
    /// The number that was given, where one can be read.
    pub(super) fn number(&self) -> Option<&str> {
        match &self.said.number {
            Given::Twelve(number) | Given::Restored(number) => Some(number),
            Given::Blank | Given::Unusable(_) => None,
        }
    }

    /// What was sent as a number, where it is one.
    pub(super) fn sent_number(&self) -> Option<&str> {
        Some(self.row.number.as_str()).filter(|number| Parts::of(number).is_some())
    }

    /// A number was given that is not the one that was sent.
    pub(super) fn other_number(&self) -> Option<&str> {
        self.number()
            .filter(|number| Some(*number) != self.sent_number())
    }

    /// Fields that say who the child is and came back as something else.
    pub(super) fn other_child(&self) -> Vec<Field> {
        let who = [
            Field::Name,
            Field::Birth,
            Field::Sex,
            Field::Mother,
            Field::Father,
        ];
        self.altered
            .iter()
            .filter(|one| who.contains(&one.field) && !one.came.is_empty())
            .map(|one| one.field)
            .collect()
    }

    /// The edited fields in words, before and after.
    pub(super) fn edits(&self) -> String {
        let all: Vec<String> = self
            .altered
            .iter()
            .map(|one| {
                let came = if one.came.is_empty() {
                    "(trống)"
                } else {
                    &one.came
                };
                let sent = if one.sent.is_empty() {
                    "(trống)"
                } else {
                    &one.sent
                };
                format!(
                    "{}: gửi {}, nhận {}",
                    one.field.label(),
                    shown(sent),
                    shown(came)
                )
            })
            .collect();
        all.join("; ")
    }

    /// A kind with what would belong to it, as far as it is there: what a question proposes.
    pub(super) fn proposal(&self, kind: Kind) -> Option<Answer> {
        Some(match kind {
            Kind::Agrees => Answer::Agrees,
            Kind::NumberGiven => Answer::NumberGiven {
                number: self.number()?.to_owned(),
            },
            Kind::Differs => Answer::Differs {
                fields: self.differences().ok().filter(|all| !all.is_empty())?,
            },
            Kind::NotFound => Answer::NotFound,
            Kind::NumberOnAnother => Answer::NumberOnAnother {
                number: self.other_number().map(str::to_owned),
            },
            Kind::MovedAway => Answer::MovedAway { to: self.beside() },
            Kind::Died => Answer::Died {
                day: self.day().unwrap_or_default(),
            },
            Kind::NotResident => Answer::NotResident,
            Kind::BirthNotRegistered => Answer::BirthNotRegistered,
            Kind::NumberChanged => Answer::NumberChanged {
                old: self.sent_number().unwrap_or("").to_owned(),
                new: self.other_number().map(str::to_owned),
            },
            Kind::NotCitizen => Answer::NotCitizen,
        })
    }

    /// What stands beside the answer: behind it in its cell, else as a value, else as a note.
    pub(super) fn beside(&self) -> String {
        [&self.said.rest, &self.said.value.text, &self.said.note]
            .into_iter()
            .find(|text| !text.is_empty())
            .cloned()
            .unwrap_or_default()
    }

    /// The day beside the answer, as the record writes days.
    pub(super) fn day(&self) -> Option<String> {
        if let Some(day) = self.said.value.day {
            return Some(day.to_string());
        }
        [&self.said.rest, &self.said.value.text, &self.said.note]
            .into_iter()
            .find_map(|text| day_in(text, self.year))
            .map(|day| day.to_string())
    }

    /// The fields that differ: as named beside the answer, as edited, as a number given. `Err`: the text that is not understood.
    pub(super) fn differences(&self) -> Result<Vec<Difference>, String> {
        let said = self.said;
        let named = field_of(&said.rest);
        let mut out = Vec::new();
        if let Some((field, value)) = named {
            if !value.is_empty() {
                let value = value_of(field, value, self.year).ok_or(said.rest.clone())?;
                push(&mut out, field, &value)?;
            }
            for one in differences(&said.value.text, Some(field), self.year)? {
                push(&mut out, one.field, &one.value)?;
            }
        } else {
            let text = if said.value.is_blank() {
                said.rest.as_str()
            } else {
                said.value.text.as_str()
            };
            out.extend(differences(text, None, self.year)?);
        }
        if let Some(number) = self.other_number()
            && !said.in_ours
        {
            push(&mut out, Field::Number, number)?;
        }
        for one in self.altered.iter().filter(|one| !one.came.is_empty()) {
            let value = value_of(one.field, &one.came, self.year).ok_or(one.came.clone())?;
            push(&mut out, one.field, &value)?;
        }
        Ok(out)
    }

    /// What speaks against a number for this child.
    pub(super) fn doubts(&self, number: &str) -> String {
        sentences(&doubts(number, &Record::of(self.row)))
    }
}

/// Adds a difference; one that contradicts another is not understood.
fn push(out: &mut Vec<Difference>, field: Field, value: &str) -> Result<(), String> {
    match out.iter().find(|known| known.field == field) {
        Some(known) if known.value != value => Err(value.to_owned()),
        Some(_) => Ok(()),
        None => {
            out.push(Difference {
                field,
                value: value.to_owned(),
            });
            Ok(())
        }
    }
}
