//! The form as a template shows it: each field with its value, what will be written, what is wrong with it.
//!
//! In: what was typed, what the act said of it. Out: [`Shape`]. Pure.

use super::Typed;
use crate::act::register::entry::guard::MayBe;
use crate::act::register::entry::papers::Paper;
use crate::act::register::entry::{self, Answer, Household, Said, Told};
use treem_child::normalise::unit::{Edition, Unit};
use treem_child::rule::RuleId;

/// Id of a draft.
pub type Draft = String;

/// A field.
#[derive(Clone, Default)]
pub struct Field {
    /// Its name in the form.
    pub name: String,
    /// Its id on the page.
    pub id: String,
    /// What a person reads.
    pub label: &'static str,
    /// As typed.
    pub value: String,
    /// As it will be written, in a field that may be formatted once it is left.
    pub formatted: String,
    /// What will be written, where that is not what was typed.
    pub will: String,
    /// What stands in the empty field.
    pub placeholder: String,
    /// Which letters are typed: `numeric` shows digits on a phone.
    pub mode: &'static str,
    /// What is wrong.
    pub findings: Vec<Said>,
    /// It must be put right before saving.
    pub wrong: String,
}

/// A child of the book that a row may be.
pub struct Guess {
    /// Whom.
    pub one: MayBe,
    /// Name of the answer in the form.
    pub name: String,
    /// Id of the answer on the page.
    pub id: String,
    /// Said to be the same.
    pub same: bool,
    /// Said to be another.
    pub different: bool,
}

impl Guess {
    /// How sure, in words.
    pub fn how(&self) -> &'static str {
        if self.one.band == "same" {
            "Gần như chắc chắn đã có trong sổ"
        } else if self.one.probability >= 0.5 {
            "Có thể đã có trong sổ"
        } else {
            "Giống một trẻ trong sổ"
        }
    }
}

/// A row.
pub struct Row {
    /// Its number from 1.
    pub nth: usize,
    /// Name, birth date, sex, ethnic group, number, registration.
    pub fields: Vec<Field>,
    /// Whom it may be.
    pub guesses: Vec<Guess>,
    /// Whom it may be must be said first.
    pub wrong: String,
}

/// A person who cares.
pub struct Carer {
    /// `father`, `mother`, `guardian`.
    pub who: &'static str,
    /// What a person reads.
    pub label: &'static str,
    /// Name, birth year, number, telephone, and the guardian's relation.
    pub fields: Vec<Field>,
    /// The chosen state.
    pub state: String,
}

/// The form.
pub struct Shape {
    /// The draft.
    pub draft: String,
    /// Its version.
    pub version: i64,
    /// Whose it is: an opaque id, so that the copy in the browser is offered to nobody else.
    pub person: String,
    /// The draft that was saved just now; empty without.
    pub done: String,
    /// What was saved, in one sentence: one line, because this page is seen hundreds of times a day.
    pub said: String,
    /// Code and name of the communes, and whether it is chosen.
    pub communes: Vec<(&'static str, String, bool)>,
    /// Why the commune must be chosen.
    pub commune_wrong: String,
    /// Known hamlets.
    pub hamlets: Vec<String>,
    /// Hamlet, address, telephone, ethnic group of the household.
    pub home: Vec<Field>,
    /// Father, mother.
    pub parents: Vec<Carer>,
    /// The guardian.
    pub guardian: Carer,
    /// The guardian has been typed.
    pub guarded: bool,
    /// The children.
    pub rows: Vec<Row>,
    /// What must be settled: the id of the field, and a sentence.
    pub errors: Vec<(String, String)>,
    /// Papers.
    pub papers: Vec<Paper>,
    /// The found child the first row is; empty where it is none.
    pub missing: String,
    /// All that was typed, as hidden fields.
    pub hidden: Vec<(String, String)>,
}

const HOME: [(&str, &str, &str); 4] = [
    ("hamlet", "Thôn, bản, khu phố", ""),
    ("address", "Số nhà, đường, tổ", ""),
    ("phone", "Điện thoại của hộ", "tel"),
    ("ethnicity", "Dân tộc của hộ", ""),
];
const CARER: [(&str, &str, &str); 4] = [
    ("", "Họ và tên", ""),
    ("_birth", "Năm sinh", "numeric"),
    ("_number", "Số định danh", "numeric"),
    ("_phone", "Điện thoại", "tel"),
];
const CHILD: [(&str, &str, &str); 6] = [
    ("name", "Họ và tên", ""),
    ("birth", "Ngày sinh", "numeric"),
    ("sex", "Giới tính", ""),
    ("ethnicity", "Dân tộc", ""),
    ("number", "Số định danh", "numeric"),
    ("birth_registration", "Nơi đăng ký khai sinh", ""),
];

/// The code of a rule's field for a name of the form.
fn code(name: &str) -> String {
    name.replace('_', ".")
}

/// Fields whose value may be put into its usual form once the field is left.
fn is_formatted(name: &str) -> bool {
    matches!(name, "birth" | "sex")
}

fn field(
    (whose, name, label, mode): (&str, &str, &'static str, &'static str),
    value: &str,
    told: Option<&entry::Shown>,
) -> Field {
    let mut out = Field {
        name: format!("{whose}.{name}"),
        id: format!("{whose}-{name}"),
        label,
        value: value.to_owned(),
        mode,
        ..Field::default()
    };
    let Some(told) = told else { return out };
    let typed = value.trim();
    // While a field is empty its absence is no news; the check before saving says it.
    out.findings = told
        .findings
        .iter()
        // Whom the child may be stands under its row, with the question.
        .filter(|said| said.severity != "note" && said.rule != RuleId::CHILD_DUPLICATE.code())
        .filter(|_| !typed.is_empty())
        .cloned()
        .collect();
    if typed.is_empty() {
        if name == "ethnicity" && whose != "h" && !told.display.is_empty() {
            out.placeholder = format!("{} (như hộ)", told.display);
        }
    } else if is_formatted(name) && !told.written.is_empty() {
        out.formatted.clone_from(&told.display);
    } else if told.display != typed && !told.display.is_empty() {
        out.will.clone_from(&told.display);
    }
    out
}

impl Shape {
    /// Of what was typed and what the act said of it.
    pub fn new(
        typed: &Typed,
        told: Option<&Told>,
        (communes, edition, hamlets): (&[&'static Unit], &'static Edition, Vec<String>),
    ) -> Self {
        let household = &typed.household;
        let text = |name: &str| household.household.get(name).map_or("", String::as_str);
        let said = |name: &str| {
            let code = code(name);
            told.and_then(|told| told.household.iter().find(|shown| shown.field == code))
        };
        let of_household = |(name, label, mode): (&str, &'static str, &'static str)| {
            field(("h", name, label, mode), text(name), said(name))
        };
        let carer = |who: &'static str, label: &'static str| Carer {
            who,
            label,
            fields: CARER
                .iter()
                .map(|(part, label, mode)| {
                    let name = format!("{who}{part}");
                    let mut field = of_household((&name, label, mode));
                    if part.is_empty() && !text(&format!("{who}_state")).is_empty() {
                        // The state is chosen beside it; the words of the record hold both.
                        field.will.clear();
                    }
                    field
                })
                .collect(),
            state: text(&format!("{who}_state")).to_owned(),
        };
        let mut guardian = carer("guardian", "Người giám hộ, nuôi dưỡng");
        guardian
            .fields
            .push(of_household(("guardian_relation", "Quan hệ với trẻ", "")));
        let several = communes.windows(2).any(|pair| {
            edition.parent_of(pair[0]).map(|unit| unit.code)
                != edition.parent_of(pair[1]).map(|unit| unit.code)
        });
        let mut out = Self {
            draft: typed.draft.clone(),
            version: typed.version,
            person: String::new(),
            done: String::new(),
            said: String::new(),
            communes: communes
                .iter()
                .map(|unit| {
                    let within = edition.parent_of(unit).filter(|_| several);
                    let name = within.map_or_else(
                        || unit.name.to_owned(),
                        |within| format!("{} – {}", unit.name, within.name),
                    );
                    (unit.code, name, text("commune") == unit.code)
                })
                .collect(),
            commune_wrong: String::new(),
            hamlets,
            home: HOME.iter().map(|one| of_household(*one)).collect(),
            parents: vec![carer("father", "Cha"), carer("mother", "Mẹ")],
            guarded: household
                .household
                .iter()
                .any(|(name, text)| name.starts_with("guardian") && !text.trim().is_empty()),
            guardian,
            rows: rows(household, told),
            errors: Vec::new(),
            papers: Vec::new(),
            missing: typed.household.missing.clone(),
            hidden: hidden(typed),
        };
        for ask in told.iter().flat_map(|told| &told.asks) {
            out.ask(ask);
        }
        out
    }

    /// Puts what must be settled beside its field, and into the summary.
    fn ask(&mut self, ask: &entry::Ask) {
        let Some(number) = ask.row else {
            self.commune_wrong.clone_from(&ask.sentence);
            self.errors
                .push(("h-commune".to_owned(), ask.sentence.clone()));
            return;
        };
        let Some(row) = self.rows.iter_mut().find(|row| row.nth == number) else {
            return;
        };
        let field = row
            .fields
            .iter_mut()
            .find(|field| field.id.ends_with(&format!("-{}", ask.field)));
        if let Some(field) = field.filter(|_| !ask.field.is_empty()) {
            field.wrong.clone_from(&ask.sentence);
            self.errors.push((field.id.clone(), ask.sentence.clone()));
        } else {
            row.wrong.clone_from(&ask.sentence);
            let id = row
                .guesses
                .first()
                .map_or(String::new(), |guess| guess.id.clone());
            self.errors.push((id, ask.sentence.clone()));
        }
    }
}

fn rows(household: &Household, told: Option<&Told>) -> Vec<Row> {
    (1..)
        .zip(&household.children)
        .map(|(number, typed)| {
            let told = told.and_then(|told| told.children.iter().find(|one| one.row == number));
            let whose = format!("c{number}");
            let fields = CHILD
                .iter()
                .map(|(name, label, mode)| {
                    let code = code(name);
                    let said =
                        told.and_then(|told| told.fields.iter().find(|one| one.field == code));
                    let text = typed.fields.get(*name).map_or("", String::as_str);
                    let mut field = field((&whose, name, label, mode), text, said);
                    let common = household
                        .household
                        .get(*name)
                        .map_or("", |text| text.trim());
                    if field.placeholder.is_empty() && text.trim().is_empty() && !common.is_empty()
                    {
                        field.placeholder = format!("{common} (như hộ)");
                    }
                    field
                })
                .collect();
            let guesses = told.map_or_else(Vec::new, |told| {
                told.may_be
                    .iter()
                    .map(|one| Guess {
                        name: format!("a{number}.{}", one.child),
                        id: format!("a{number}-{}", one.child),
                        same: one.answer == Some(Answer::Same),
                        different: one.answer == Some(Answer::Different),
                        one: one.clone(),
                    })
                    .collect()
            });
            Row {
                nth: number,
                fields,
                guesses,
                wrong: String::new(),
            }
        })
        .collect()
}

/// Everything that was typed, by the names of the form.
fn hidden(typed: &Typed) -> Vec<(String, String)> {
    let mut out = vec![
        ("draft".to_owned(), typed.draft.clone()),
        ("version".to_owned(), typed.version.to_string()),
        ("missing".to_owned(), typed.household.missing.clone()),
    ];
    for (name, text) in &typed.household.household {
        out.push((format!("h.{name}"), text.clone()));
    }
    for (number, row) in (1..).zip(&typed.household.children) {
        for (name, text) in &row.fields {
            out.push((format!("c{number}.{name}"), text.clone()));
        }
        for (child, answer) in &row.answers {
            let word = match answer {
                Answer::Same => "same",
                Answer::Different => "different",
            };
            out.push((format!("a{number}.{child}"), word.to_owned()));
        }
    }
    out
}

/// What was saved, in one sentence.
pub fn saved(told: &Told) -> String {
    if told.already {
        return "Hộ này đã được lưu từ trước; không ghi thêm lần nữa.".to_owned();
    }
    let count = |what: &str| told.children.iter().filter(|one| one.what == what).count();
    let (new, filled, same) = (count("new"), count("filled"), count("same"));
    let mut parts = Vec::new();
    if new > 0 {
        let names: Vec<&str> = told
            .children
            .iter()
            .filter(|one| one.what == "new")
            .filter_map(|one| one.fields.iter().find(|shown| shown.field == "name"))
            .map(|shown| shown.display.as_str())
            .collect();
        parts.push(format!("thêm {new} trẻ ({})", names.join(", ")));
    }
    if filled > 0 {
        parts.push(format!("bổ sung {filled} hồ sơ đã có"));
    }
    if same > 0 {
        parts.push(format!("{same} trẻ đã có, không có gì phải bổ sung"));
    }
    format!(
        "Đã lưu vào sổ, {}: {}. Mời nhập hộ tiếp theo.",
        told.unit_name,
        parts.join("; ")
    )
}
