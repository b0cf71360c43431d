//! A row of a list as it is when the list is closed: what the police look up a child by, and nothing else.
//!
//! In: fields of the record as the register keeps them. Out: [`Frozen`]. The fields are those by which a number is established and looked up
//! (NĐ 137/2015/NĐ-CP Đ.14 khoản 1; TT 59/2021/TT-BCA Đ.5), with where to find the family, and why the child is on the list.

use super::code;
use crate::normalise::date::PartialDate;
use crate::rule::RULES;
use serde::{Deserialize, Serialize};

/// Father, mother or guardian on a list.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carer {
    /// Name as the record has it; empty where it is not known.
    pub name: String,
    /// Nationality; empty where it is not known, as in nearly every record.
    pub nationality: String,
}

/// Where a child lives.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    /// Hamlet (thôn, bản, khu phố).
    pub hamlet: String,
    /// Address as written.
    pub address: String,
    /// Name of the commune.
    pub commune: String,
    /// Its code.
    pub unit: String,
    /// The edition of the code: without it a code means nothing.
    pub edition: String,
}

/// A row of a closed list. Texts are empty where nothing is known; [`super::seal`] puts them into NFC.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frozen {
    /// Code of the row.
    pub code: code::Row,
    /// Name as the record has it.
    pub name: String,
    /// Birth date with the precision that is known: `2015-03-12`, `2015-03`, `2015`, or empty.
    pub birth: String,
    /// `Nam`, `Nữ` or empty.
    pub sex: String,
    /// The official ethnic group.
    pub ethnicity: String,
    /// The own name where it differs ("Pa Cô").
    pub ethnicity_own: String,
    /// The number as it is known: twelve digits, or what stands in its place ("45315118217").
    pub number: String,
    /// Where the birth was registered.
    pub birth_registration: String,
    /// Home place (quê quán).
    pub home_place: String,
    /// Nationality.
    pub nationality: String,
    /// Where the child lives.
    pub home: Home,
    /// Father.
    pub father: Carer,
    /// Mother.
    pub mother: Carer,
    /// Guardian.
    pub guardian: Carer,
    /// Telephone of the household.
    pub phone: String,
    /// Why the child is on the list: codes of rules, sorted, each once.
    pub why: Vec<String>,
}

/// Children's data never reaches a log.
impl std::fmt::Debug for Frozen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Frozen({})", self.code)
    }
}

/// As a child's.
impl std::fmt::Debug for Carer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Carer(***)")
    }
}

/// As a child's.
impl std::fmt::Debug for Home {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Home({}, {})", self.unit, self.edition)
    }
}

impl Frozen {
    /// A row of which nothing is known yet but its code.
    pub fn empty(code: code::Row) -> Self {
        Self {
            code,
            name: String::new(),
            birth: String::new(),
            sex: String::new(),
            ethnicity: String::new(),
            ethnicity_own: String::new(),
            number: String::new(),
            birth_registration: String::new(),
            home_place: String::new(),
            nationality: String::new(),
            home: Home::default(),
            father: Carer::default(),
            mother: Carer::default(),
            guardian: Carer::default(),
            phone: String::new(),
            why: Vec::new(),
        }
    }

    /// The birth date as people write it: `12/03/2015`, `03/2015`, `2015`; empty where unknown.
    pub fn birth_shown(&self) -> String {
        birth_shown(&self.birth)
    }

    /// The ethnic group as people read it: the own name first, the official group behind ("Pa Cô (Tà Ôi)").
    pub fn ethnicity_shown(&self) -> String {
        match (self.ethnicity_own.as_str(), self.ethnicity.as_str()) {
            ("", group) => group.to_owned(),
            (own, "") => own.to_owned(),
            (own, group) if own == group => group.to_owned(),
            (own, group) => format!("{own} ({group})"),
        }
    }

    /// Where the child lives, from the smallest to the largest: "Thôn A Đăng, Xã Tà Rụt". The address as written where it names the hamlet
    /// already.
    pub fn home_shown(&self) -> String {
        let home = &self.home;
        let address_has_hamlet = !home.hamlet.is_empty() && home.address.contains(&home.hamlet);
        let mut parts: Vec<&str> = Vec::with_capacity(3);
        for part in [
            home.address.as_str(),
            home.hamlet.as_str(),
            home.commune.as_str(),
        ] {
            let said = part == home.hamlet && address_has_hamlet;
            let named = part == home.commune && home.address.contains(part);
            if !part.is_empty() && !said && !named {
                parts.push(part);
            }
        }
        parts.join(", ")
    }

    /// Why the child is on the list, in the words of the rules; a rule of the province's own file is named by its code.
    pub fn why_shown(&self) -> Vec<&str> {
        self.why
            .iter()
            .map(|code| {
                RULES
                    .iter()
                    .find(|rule| rule.code == code)
                    .map_or(code.as_str(), |rule| rule.title)
            })
            .collect()
    }

    /// The fields in the order in which the police look up, code first: the machine's name (a column of `children.csv` where there is
    /// one) and the value. Exactly these stand in the seal.
    pub fn fields(&self) -> [(&'static str, &str); 22] {
        [
            ("number", &self.number),
            ("name", &self.name),
            ("birth", &self.birth),
            ("sex", &self.sex),
            ("ethnicity", &self.ethnicity),
            ("ethnicity_own", &self.ethnicity_own),
            ("nationality", &self.nationality),
            ("birth_registration", &self.birth_registration),
            ("home_place", &self.home_place),
            ("hamlet", &self.home.hamlet),
            ("address", &self.home.address),
            ("unit_name", &self.home.commune),
            ("unit", &self.home.unit),
            ("edition", &self.home.edition),
            ("father", &self.father.name),
            ("father_nationality", &self.father.nationality),
            ("mother", &self.mother.name),
            ("mother_nationality", &self.mother.nationality),
            ("guardian", &self.guardian.name),
            ("guardian_nationality", &self.guardian.nationality),
            ("phone", &self.phone),
            ("why", ""),
        ]
    }
}

/// A birth date of a record as people write it; what is no date stays as it is.
pub fn birth_shown(birth: &str) -> String {
    let number = |text: Option<&str>| text.and_then(|text| text.parse::<u8>().ok());
    let mut parts = birth.splitn(3, '-');
    let Some(year) = parts.next().and_then(|year| year.parse::<i16>().ok()) else {
        return birth.to_owned();
    };
    PartialDate {
        year,
        month: number(parts.next()).unwrap_or(0),
        day: number(parts.next()).unwrap_or(0),
    }
    .display()
}
