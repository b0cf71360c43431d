//! Turns a record and its findings into the lines of `children.csv` and `findings.csv` (contract: heads and order).
//!
//! In: [`Child`], [`Finding`]s. Out: bytes. New columns only at the end.

use crate::act::csv_line::{Fields, Line};
use std::borrow::Cow;
use std::fmt::Write as _;
use treem_child::check::rules::RuleSet;
use treem_child::finding::Finding;
use treem_child::normalise::sex::SexValue;
use treem_child::normalise::unit::Edition;
use treem_child::record::{Child, Ethnic, Person};
use treem_child::texts;

/// The head of `children.csv`.
pub const CHILDREN_HEAD: &str = "file,sheet,row,name,birth,sex,ethnicity,number,ethnicity_own,ethnicity_code_1979,ethnicity_code_2008,\
id,nationality,birth_certificate,birth_registration,birth_place,home_place,unit,edition,unit_name,hamlet,address,address_current,\
father,father_birth,father_number,father_phone,mother,mother_birth,mother_number,mother_phone,\
guardian,guardian_birth,guardian_number,guardian_phone,guardian_relation,phone,\
household,household_head,household_poor,school,insurance,circumstance,note,district,district_name\n";

/// The head of `findings.csv`.
pub const FINDINGS_HEAD: &str =
    "file,sheet,row,field,rule,group,severity,raw,suggestion,safe,message\n";

/// What follows the head of `children.csv` where the lines go into the register: [`super::written::Written`] as JSON, open and sensitive.
pub const WRITTEN_HEAD: &str = ",written,written_sensitive";

/// The head of `children.csv` as a run writes it.
pub fn children_head(written: bool) -> Cow<'static, str> {
    if written {
        Cow::Owned(format!("{}{WRITTEN_HEAD}\n", CHILDREN_HEAD.trim_end()))
    } else {
        Cow::Borrowed(CHILDREN_HEAD)
    }
}

/// Appends the line of a child; `written` are the last two fields, where the run keeps them.
pub fn child_line(
    buffer: &mut Vec<u8>,
    prefix: &[u8],
    row: u64,
    child: &Child<'_>,
    edition: &Edition,
    written: Option<(String, String)>,
) {
    let mut line = Line::after(buffer, prefix);
    line.number(row);
    child_fields(&mut line, child, edition);
    if let Some((open, sensitive)) = written {
        line.text(&open).text(&sensitive);
    }
    line.end();
}

/// The fields of a child from its name on, in the order of the head.
pub fn child_fields<F: Fields>(line: &mut F, child: &Child<'_>, edition: &Edition) {
    line.text(child.name_out());
    let mut iso = [0; 10];
    line.bare(
        child
            .birth_date()
            .map_or("", |date| date.write_iso(&mut iso)),
    );
    line.bare(match child.sex {
        SexValue::Known(sex) => sex.label(),
        SexValue::Missing | SexValue::Invalid => "",
    });
    let (group, own) = match &child.ethnic {
        Ethnic::Known { group, own, .. } => (Some(*group), own.as_ref()),
        _ => (None, ""),
    };
    line.bare(group.map_or("", |group| group.name))
        .bare(child.number_out())
        .text(own);
    line.bare(group.map_or("", |group| group.code_1979))
        .bare(group.map_or("", |group| group.code_2008));
    line.text(&child.id)
        .text(&child.nationality)
        .text(&child.birth_certificate)
        .text(&child.birth_registration);
    line.text(&child.birth_place).text(&child.home_place);
    let residence = &child.residence;
    match residence.unit {
        Some(unit) => line.bare(unit.code).bare(edition.from).text(unit.name),
        None => line.bare("").bare("").bare(""),
    };
    line.text(&residence.hamlet)
        .text(&residence.address)
        .text(&residence.current);
    for person in [&child.father, &child.mother, &child.guardian] {
        person_fields(line, person);
    }
    line.text(&child.guardian_relation)
        .text(&child.phone)
        .text(&child.household)
        .text(&child.household_head);
    line.text(&child.household_poor)
        .text(&child.school)
        .text(&child.insurance)
        .text(&child.circumstance)
        .text(&child.note);
    let district = residence
        .unit
        .map_or(residence.district, |unit| edition.district_of(unit));
    line.bare(district.map_or("", |unit| unit.code))
        .text(district.map_or("", |unit| unit.name));
}

fn person_fields<F: Fields>(line: &mut F, person: &Person<'_>) {
    line.text(&person.name)
        .bare(&person.birth)
        .text(&person.number)
        .text(&person.phone);
}

/// What a finding's line needs beside the finding.
pub struct Words<'r> {
    /// The rules in force.
    pub rules: &'r RuleSet,
}

impl Words<'_> {
    /// The code of a rule, local ones too.
    pub fn code(&self, finding: &Finding) -> &str {
        match finding.rule.local_index() {
            Some(index) => self.rules.local_code(index),
            None => finding.rule.code(),
        }
    }

    /// Appends the line of a finding.
    pub fn finding_line(&self, buffer: &mut Vec<u8>, prefix: &[u8], row: u64, finding: &Finding) {
        let mut line = Line::after(buffer, prefix);
        line.number(row)
            .bare(finding.field.code())
            .bare(self.code(finding));
        match self.rules.group(finding.rule) {
            Some(group) => line.number(u64::from(group.number())),
            None => line.bare(""),
        };
        line.bare(self.rules.severity(finding.rule).code())
            .text(&finding.raw)
            .text(finding.suggestion.as_deref().unwrap_or(""));
        line.bare(if finding.suggestion.is_none() {
            ""
        } else if finding.safe {
            "yes"
        } else {
            "no"
        });
        line.text(&self.message(finding));
        line.end();
    }

    /// The sentence of a finding.
    pub fn message(&self, finding: &Finding) -> Cow<'static, str> {
        match finding.rule.local_index() {
            Some(index) => Cow::Owned(texts::fill(self.rules.local_message(index), finding)),
            None => texts::message(finding),
        }
    }

    /// Sorts the findings of a row as the contract says: by code; two of one code by field.
    pub fn sort(&self, findings: &mut [Finding]) {
        if findings.len() < 2 {
            return;
        }
        findings.sort_by(|left, right| {
            self.code(left)
                .cmp(self.code(right))
                .then(left.field.cmp(&right.field))
        });
    }
}

/// The sentence's half that names other rows: "dòng 12, trang Thôn 1, tệp a.xlsx; dòng 40; và 3 dòng khác".
pub fn name_rows(rows: &[(u64, Option<(&str, &str)>)], others: usize) -> String {
    let mut out = String::new();
    for (index, (row, elsewhere)) in rows.iter().enumerate() {
        if index > 0 {
            out.push_str("; ");
        }
        let _ = write!(out, "dòng {row}");
        if let Some((file, sheet)) = elsewhere {
            if !sheet.is_empty() {
                let _ = write!(out, ", trang {sheet}");
            }
            let _ = write!(out, ", tệp {file}");
        }
    }
    let more = others.saturating_sub(rows.len());
    if more > 0 {
        let _ = write!(out, "; và {more} dòng khác");
    }
    out
}
