//! *Hồ sơ trẻ em*: one record as a person works on it: its fields in the order of the birth certificate, each with what is wrong beside it
//! and what is proposed; the number in words; brothers and sisters; where it stood in lists; its moves; everything that happened.
//!
//! In: an id, and what is to be shown of what is guarded ([`Eyes`]). Out: [`Dossier`]. The number is masked and what the law calls
//! sensitive is hidden until it is asked for, and that is an act (`look`) of the audit chain, written before anything is shown.

mod ethnicity;
pub mod family;
pub mod history;

use super::again::said::{Columns, Said};
use super::facets::rows::Found;
use super::kin::{Kin, kin};
use super::moves::Moved;
use super::show::find;
use super::texts::{NUMBERS, masked};
use super::{Book, Desk, Done, begin, rules, wait};
use crate::access::Deed;
use crate::act::access::look::Seen;
use crate::act::check::written::SENSITIVE;
use family::Relative;
use history::Happened;
use treem_child::field::Field;
use treem_child::normalise::number::{PROVINCES, Parts, Place};
use treem_child::normalise::unit;
use treem_store::Tx;
use treem_store::child::{Child, Finding};

/// What a person asks to see of what is guarded.
#[derive(Clone, Copy, Default)]
pub struct Eyes {
    /// The identity number whole, and the parents'.
    pub number: bool,
    /// What the law calls sensitive.
    pub sensitive: bool,
}

/// A record as a person works on it.
pub struct Dossier {
    /// Its id.
    pub child: String,
    /// Its version.
    pub version: i64,
    /// Name; empty where none is known.
    pub name: String,
    /// Life in the register.
    pub state: String,
    /// The unit with the units it lies in.
    pub place: String,
    /// Đã chuẩn hóa.
    pub identified: bool,
    /// Đủ thông tin cơ bản.
    pub complete: bool,
    /// What the number says, in words; empty without one.
    pub decoded: Vec<String>,
    /// The fields.
    pub sections: Vec<Section>,
    /// What is wrong and stands at no field that is shown.
    pub loose: Vec<Found>,
    /// Other children who hold the number: id, name, unit.
    pub disputed_with: Vec<Relative>,
    /// Brothers and sisters.
    pub family: Vec<Relative>,
    /// Where it stood: file, sheet, row.
    pub origins: Vec<(String, String, i64)>,
    /// Its moves, the newest first.
    pub moves: Vec<Moved>,
    /// Fixes of it that wait for a second check.
    pub waiting: Vec<String>,
    /// This person may change the record.
    pub may_edit: bool,
    /// This person may propose moves of the child.
    pub may_move: bool,
    /// The other records of the child.
    pub kin: Kin,
    /// Everything that happened, the newest first.
    pub history: Vec<Happened>,
}

/// Fields that belong together.
pub struct Section {
    /// What they are.
    pub title: &'static str,
    /// In the order of the birth certificate.
    pub rows: Vec<Row>,
}

/// A field with what is wrong with it.
pub struct Row {
    /// The field.
    pub field: Field,
    /// What it says; of what is guarded nothing, or masked.
    pub value: String,
    /// It is there and not shown.
    pub hidden: bool,
    /// What is wrong, notes left out.
    pub findings: Vec<Found>,
}

/// The order of the birth certificate (TT 04/2020/TT-BTP, mẫu Giấy khai sinh), then what the register adds.
const SECTIONS: [(&str, &[Field]); 5] = [
    (
        "Trẻ em",
        &[
            Field::Name,
            Field::Birth,
            Field::Sex,
            Field::Ethnicity,
            Field::Nationality,
            Field::BirthPlace,
            Field::HomePlace,
            Field::Number,
            Field::BirthCertificate,
            Field::BirthRegistration,
        ],
    ),
    (
        "Nơi ở",
        &[
            Field::Commune,
            Field::Hamlet,
            Field::Address,
            Field::AddressCurrent,
        ],
    ),
    (
        "Cha, mẹ, người giám hộ",
        &[
            Field::Mother,
            Field::MotherBirth,
            Field::MotherNumber,
            Field::MotherPhone,
            Field::Father,
            Field::FatherBirth,
            Field::FatherNumber,
            Field::FatherPhone,
            Field::Guardian,
            Field::GuardianRelation,
            Field::GuardianBirth,
            Field::GuardianNumber,
            Field::GuardianPhone,
        ],
    ),
    (
        "Hộ gia đình, trường lớp",
        &[
            Field::Phone,
            Field::Household,
            Field::HouseholdHead,
            Field::HouseholdPoor,
            Field::School,
        ],
    ),
    (
        "Sức khỏe, hoàn cảnh",
        &[Field::Insurance, Field::Circumstance, Field::Note],
    ),
];

/// The record of an id or a number.
///
/// # Errors
/// [`super::Failed::Refused`]: there is none, or several have the number.
pub fn run(desk: &mut Desk, who: &str, eyes: Eyes) -> Done<Dossier> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let id = find(&mut tx, book, who).await?;
        let unit = tx.child(book, &id).await?.now;
        let at = (unit.edition.as_str(), unit.unit.as_deref());
        let mut deed = Deed::See;
        desk.must(deed, at.0, at.1)?;
        if eyes.number {
            deed = Deed::SeeNumber;
            desk.must(deed, at.0, at.1)?;
        }
        if eyes.sensitive {
            deed = Deed::SeeSensitive;
            desk.must(deed, at.0, at.1)?;
        }
        let mut out = gather(&mut tx, &open, &id, eyes).await?;
        let sees = |edition: &str, unit: Option<&str>| desk.may(Deed::See, edition, unit);
        out.family
            .retain(|one| sees(&one.edition, one.unit.as_deref()));
        let mut also = Vec::new();
        if eyes.sensitive {
            // Their ethnic group is as guarded as this child's.
            let may =
                |one: &&Relative| desk.may(Deed::SeeSensitive, &one.edition, one.unit.as_deref());
            let asked: Vec<Relative> = out.family.iter().filter(may).cloned().collect();
            also = ethnicity::propose(&mut tx, book, &asked, &mut out.sections).await?;
        }
        drop(tx);
        out.disputed_with
            .retain(|one| sees(&one.edition, one.unit.as_deref()));
        out.may_edit = desk.may(Deed::Edit, at.0, at.1);
        out.may_move = desk.may(Deed::Move, at.0, at.1);
        desk.looks(&open, (deed, ""), Seen::Child(&id, at.0, at.1))
            .await?;
        for one in &also {
            let seen = Seen::Child(&one.child, &one.edition, one.unit.as_deref());
            desk.looks(&open, (deed, "sibling"), seen).await?;
        }
        if eyes.number || eyes.sensitive {
            // Before anything is shown: who cannot be written down does not see.
            let act = begin(&open.store, desk.doing(book, "look", "")).await?;
            let detail = serde_json::json!({"version": out.version, "number": eyes.number, "sensitive": eyes.sensitive});
            act.finish(&id, &detail.to_string()).await?;
        }
        open.leave().await;
        Ok(out)
    })
}

async fn gather(tx: &mut Tx, open: &Book, id: &str, eyes: Eyes) -> Done<Dossier> {
    let book = open.book.register.as_str();
    let child = tx.child(book, id).await?;
    let findings = tx.findings(book, id).await?;
    let set = rules::in_force(tx, book).await?;
    let columns = Columns::new();
    let said = Said::of(&columns, &child.now, &findings);
    let found = |finding: &Finding| {
        let mut found = Found::of(&set, finding);
        if SENSITIVE.iter().any(|field| field.code() == found.field) && !eyes.sensitive {
            found.raw.clear();
        }
        found
    };
    let shown: Vec<&Finding> = findings
        .iter()
        .filter(|one| one.severity != "note")
        .collect();
    let mut sections = Vec::new();
    for (title, fields) in SECTIONS {
        let rows = fields.iter().map(|field| {
            let value = said.words(&columns, *field);
            let (value, hidden) = guarded(*field, value, eyes);
            let own = shown.iter().filter(|one| one.field == field.code());
            Row {
                field: *field,
                value,
                hidden,
                findings: own.map(|one| found(one)).collect(),
            }
        });
        sections.push(Section {
            title,
            rows: rows.collect(),
        });
    }
    let placed = |code: &str| {
        let mut all = SECTIONS.iter().flat_map(|(_, fields)| fields.iter());
        all.any(|field| field.code() == code)
    };
    let loose = shown.iter().filter(|one| !placed(&one.field));
    let loose = loose.map(|one| found(one)).collect();
    let number = child.now.number.clone().unwrap_or_default();
    let kin = kin(tx, book, id).await?;
    let mut moves: Vec<Moved> = tx
        .moves_of(book, id)
        .await?
        .into_iter()
        .map(Moved::from)
        .collect();
    moves.reverse();
    let origins = tx.origins(book, id).await?;
    Ok(Dossier {
        name: said.words(&columns, Field::Name),
        place: place(&child),
        decoded: decoded(&number),
        sections,
        loose,
        disputed_with: family::holders(tx, book, &child).await?,
        family: family::siblings(tx, book, &child).await?,
        origins: origins
            .into_iter()
            .map(|one| (one.file, one.sheet, one.row_number))
            .collect(),
        moves,
        waiting: tx.fixes_of(book, id).await?,
        may_edit: false,
        may_move: false,
        kin,
        history: history::of(tx, book, id, eyes).await?,
        version: child.version,
        state: child.now.state,
        identified: child.now.identified,
        complete: child.now.complete,
        child: child.id,
    })
}

/// The unit of a child with those it lies in.
fn place(child: &Child) -> String {
    let edition = unit::edition(&child.now.edition);
    let unit = child
        .now
        .unit
        .as_deref()
        .and_then(|code| edition.by_code(code));
    unit.map_or_else(String::new, |unit| edition.full_name(unit))
}

/// A value as these eyes may see it, and whether it is there and hidden.
pub(super) fn guarded(field: Field, value: String, eyes: Eyes) -> (String, bool) {
    if value.is_empty() {
        (value, false)
    } else if SENSITIVE.contains(&field) && !eyes.sensitive {
        (String::new(), true)
    } else if NUMBERS.contains(&field) && !eyes.number && is_whole(&value) {
        (masked(&value), true)
    } else {
        (value, false)
    }
}

/// True for twelve digits: what is malformed identifies nobody and has to be seen to be mended.
fn is_whole(value: &str) -> bool {
    value.len() == 12 && value.bytes().all(|byte| byte.is_ascii_digit())
}

/// What a number says, in words.
pub fn decoded(number: &str) -> Vec<String> {
    let Some(parts) = Parts::of(number) else {
        return Vec::new();
    };
    let place = match parts.place() {
        Place::Province => PROVINCES
            .iter()
            .find(|(code, _)| *code == parts.place_code())
            .map_or_else(String::new, |(_, name)| {
                format!("đăng ký khai sinh ở {name}")
            }),
        Place::Abroad => "mã nước ngoài".to_owned(),
        Place::Unknown => "không phải mã tỉnh nào".to_owned(),
    };
    let sex = if parts.century_digit().is_multiple_of(2) {
        "nam"
    } else {
        "nữ"
    };
    let century = 1900 + i32::from(parts.century_digit() / 2) * 100;
    vec![
        format!("{}: {place}", number.get(..3).unwrap_or("")),
        format!(
            "{}: {sex}, sinh từ năm {century} đến {}",
            parts.century_digit(),
            century + 99
        ),
        format!(
            "{:02}: sinh năm {}",
            parts.year_digits(),
            parts.birth_year()
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_number_says() {
        let told = decoded("045315118217");
        assert_eq!(
            told,
            [
                "045: đăng ký khai sinh ở Quảng Trị",
                "3: nữ, sinh từ năm 2000 đến 2099",
                "15: sinh năm 2015"
            ]
        );
        assert!(decoded("45315118217").is_empty());
        assert_eq!(decoded("097185118217")[0], "097: không phải mã tỉnh nào");
        assert_eq!(
            decoded("097185118217")[1],
            "1: nữ, sinh từ năm 1900 đến 1999"
        );
    }

    #[test]
    fn what_is_guarded_is_hidden() {
        let all = Eyes {
            number: true,
            sensitive: true,
        };
        for (field, value, shown) in [
            (Field::Number, "045315118217", "045…217"),
            (Field::MotherNumber, "045185001234", "045…234"),
            (Field::Number, "45315118217", "45315118217"),
            (Field::Ethnicity, "Pa Cô", ""),
            (Field::Note, "mồ côi", ""),
            (Field::Name, "Hồ Thị Mơ", "Hồ Thị Mơ"),
        ] {
            let told = guarded(field, value.to_owned(), Eyes::default());
            assert_eq!(told, (shown.to_owned(), shown != value), "{value}");
            assert_eq!(guarded(field, value.to_owned(), all).0, value);
        }
        let nothing = guarded(Field::Note, String::new(), Eyes::default());
        assert_eq!(nothing, (String::new(), false));
    }
}
