//! What each try asks for.

use super::*;
use crate::act::register::report::{evidence, show};
use treem_child::report::insight::Kind;

pub(super) fn day() -> PartialDate {
    PartialDate::from_iso(EDITION).unwrap()
}

pub(super) fn by(desk: &Desk) -> Done<By> {
    Ok(By {
        rules: rules::of_desk(desk)?,
        as_of: None,
    })
}

/// The table of all a person may see, or of Tà Rụt.
pub(super) fn table(of_unit: bool) -> show::Asked {
    let edition = edition(EDITION);
    let area = Pages::area("Xã Tà Rụt");
    let (_, code) = area.unit().unwrap();
    show::Asked {
        as_of: EDITION.to_owned(),
        edition,
        unit: edition.by_code(code).filter(|_| of_unit),
        level: None,
        compare: None,
    }
}

/// What stands out in Tà Rụt.
pub(super) fn behind(kind: Kind) -> evidence::Asked {
    let area = Pages::area("Xã Tà Rụt");
    let (edition, unit) = area.unit().unwrap();
    evidence::Asked {
        kind,
        unit: (edition.to_owned(), unit.to_owned()),
        years: None,
        as_of: day(),
    }
}

pub fn school(path: PathBuf) -> missing::load::Asked {
    missing::load::Asked {
        path,
        kind: missing::Kind::School,
        purpose: "rà soát trẻ em".to_owned(),
        basis: "Kế hoạch số 12/KH-UBND".to_owned(),
        day: day(),
        edition: edition(EDITION),
        unit: None,
        mappings: Mappings::default(),
    }
}

pub(super) fn typed(child: &str, field: Field, value: &str) -> edit::Asked {
    edit::Asked {
        child: child.to_owned(),
        typed: vec![(field, value.to_owned())],
        why: String::new(),
        version: None,
        as_of: day(),
        yes: true,
    }
}

pub(super) fn closing(child: &str, state: &'static str) -> life::Asked {
    life::Asked {
        child: child.to_owned(),
        state,
        day: Some("2024-06-01".to_owned()),
        why: String::new(),
        version: None,
        as_of: day(),
    }
}

pub(super) fn going(child: &str) -> moves::Asked {
    let edition = edition(EDITION);
    let area = Pages::area("Xã Húc Nghì");
    let (_, code) = area.unit().unwrap();
    moves::Asked {
        child: child.to_owned(),
        to: (edition, edition.by_code(code).unwrap()),
        to_register: None,
        hamlet: String::new(),
        address: String::new(),
        day: "2024-06-01".to_owned(),
        why: String::new(),
    }
}

pub(super) fn fixing(these: Option<Vec<String>>) -> mass::Asked {
    mass::Asked {
        what: What::Value {
            field: Field::Address,
            text: "Đội 1".to_owned(),
        },
        filter: Filter::all(None, day()),
        these,
        why: String::new(),
        seen: None,
        yes: true,
    }
}

pub(super) fn merging([one, other]: &[String; 2], yes: bool) -> merge::Asked {
    merge::Asked {
        children: [one.clone(), other.clone()],
        keep: None,
        take: Vec::new(),
        seen: Vec::new(),
        why: String::new(),
        yes,
        as_of: day(),
    }
}

pub(super) fn quiet() -> (&'static Silent, Stop) {
    (&Silent, Stop::default())
}

/// A letter about Tà Rụt.
pub(super) fn writing(kind: letter::Kind) -> letter::Asked {
    let area = Pages::area("Xã Tà Rụt");
    let code = area.unit().map_or("", |(_, code)| code);
    letter::Asked {
        kind,
        day: day(),
        edition: edition(EDITION),
        offices_on: EDITION.to_owned(),
        unit: edition(EDITION).by_code(code),
        moment: None,
        template: letter::From::Usual,
    }
}

/// Children without a sound number.
pub(super) fn unnumbered() -> crate::act::register::list::Asked {
    crate::act::register::list::Asked {
        what: crate::act::register::list::What::Unidentified,
        unit: None,
        as_of: day(),
        moment: None,
        compare: None,
    }
}
