//! Every sentence of the hand-over's pure part, in Vietnamese, in one place to be proof-read.
//!
//! In: a [`Refusal`]. Out: one sentence: what is wrong, and what to do.

use super::code::LAST_ROW;
use super::frozen::Frozen;
use super::state::{Place, Refusal};
use super::step::Kind;
use crate::field::Field;
use crate::texts::grouped;

impl Refusal {
    /// In one Vietnamese sentence.
    pub fn sentence(&self) -> String {
        match self {
            Self::NotFrom(kind, place) => not_from(*kind, *place),
            Self::Empty => {
                "Danh sách không còn trẻ nào. Nếu không cần nữa thì thu hồi danh sách.".to_owned()
            }
            Self::TooMany(rows) => format!(
                "Danh sách có {} trẻ, nhiều nhất là {}. Chia nhỏ theo thôn hoặc theo lý do.",
                grouped(rows),
                grouped(LAST_ROW)
            ),
            Self::WhyMissing(kind) => format!("Ghi rõ lý do {} danh sách.", kind.verb()),
            Self::PaperMissing(kind) => format!(
                "Ghi rõ giấy tờ làm căn cứ {}: ai ký, cơ quan nào, ngày nào, bản giấy lưu ở đâu.",
                kind.verb()
            ),
            Self::HasAnswers(kind, answered) => format!(
                "Công an đã trả lời {} trẻ trong danh sách này nên không {} được: kết quả sẽ mất. Hãy nhận kết quả, trẻ chưa được trả lời sẽ vào danh sách sau.",
                grouped(answered),
                kind.verb()
            ),
            Self::NoAnswers => {
                "Chưa có trẻ nào được trả lời. Gõ kết quả đối chiếu trước, hoặc thu hồi danh sách."
                    .to_owned()
            }
            Self::TooManyAnswers(answered, rows) => format!(
                "Số trẻ được trả lời ({}) nhiều hơn số trẻ trong danh sách ({}). Kiểm tra lại kết quả.",
                grouped(answered),
                grouped(rows)
            ),
            Self::PartsDiffer(_, _, 0 | 1) => {
                "Tách danh sách thì phải thành ít nhất hai phần, phần nào cũng có trẻ.".to_owned()
            }
            Self::PartsDiffer(rows, parts, _) => format!(
                "Các phần có {} trẻ, danh sách có {} trẻ. Mỗi trẻ phải ở đúng một phần, phần nào cũng có trẻ.",
                grouped(parts),
                grouped(rows)
            ),
            Self::RowsDiffer(place, both) => {
                let (counted, expected) = both.as_ref();
                format!(
                    "Số dòng không khớp ở trạng thái “{}”: đếm được {} dòng đang mở trên {} dòng, phải là {} trên {}. Không ghi gì cả; chạy treem doctor để kiểm tra sổ.",
                    place.label(),
                    grouped(counted.open),
                    grouped(counted.rows),
                    grouped(expected.open),
                    grouped(expected.rows)
                )
            }
            Self::NoBeginning => {
                "Không thấy việc lập danh sách này trong nhật ký. Chạy treem doctor để kiểm tra sổ."
                    .to_owned()
            }
        }
    }
}

fn not_from(kind: Kind, place: Place) -> String {
    let mut next: Vec<&str> = Vec::new();
    for (step, _) in place.steps() {
        if !next.contains(&step.label()) {
            next.push(step.label());
        }
    }
    let next = if next.is_empty() {
        "Danh sách này đã kết thúc.".to_owned()
    } else {
        format!("Bây giờ có thể: {}.", next.join("; "))
    };
    format!(
        "Danh sách đang ở trạng thái “{}” nên chưa {} được. {next}",
        place.label(),
        kind.verb()
    )
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.sentence())
    }
}

impl std::error::Error for Refusal {}

/// The fields a household is asked for: what a list needs and is empty, and what findings stand at; in the order of the record, each once.
/// One parent or guardian is enough.
pub fn missing_of(known: &Frozen, found: impl Iterator<Item = Field>) -> Vec<Field> {
    let has_carer = [&known.father, &known.mother, &known.guardian]
        .iter()
        .any(|carer| !carer.name.is_empty());
    let empty = [
        (Field::Name, &known.name),
        (Field::Birth, &known.birth),
        (Field::Sex, &known.sex),
        (Field::Ethnicity, &known.ethnicity),
        (Field::Number, &known.number),
        (Field::BirthRegistration, &known.birth_registration),
        (Field::HomePlace, &known.home_place),
        (Field::Hamlet, &known.home.hamlet),
    ];
    let mut out: Vec<Field> = empty
        .into_iter()
        .filter(|(_, value)| value.is_empty())
        .map(|(field, _)| field)
        .chain(found)
        .collect();
    if !has_carer {
        out.extend([Field::Mother, Field::Father]);
    }
    out.sort_unstable();
    out.dedup();
    out
}
