//! What an answer of the police changes: fields and number of the record, a task for civil status, a request back to the police, the end of the
//! record, or nothing yet.
//!
//! In: the row as it was sealed, the record as it is now ([`Now`]), the [`Answer`]. Out: [`Effect`]. Nothing is done here. What a person must
//! confirm first says so ([`Effect::asks`]); a record that changed since the list was closed is among that.

mod differs;

use super::answer::Answer;
use super::doubts::{Record, doubts};
use super::frozen::Frozen;
use crate::field::Field;
use crate::normalise::number::Parts;

/// Days within which civil status registers a birth the police did not find registered. Luật Hộ tịch 2014, Điều 15 khoản 1, gives parents 60 days
/// from the birth; we give the office as long from the answer. A setting.
pub const CIVIL_DAYS: i64 = 60;

/// The state of a record that counts, as the register writes it.
pub const ACTIVE: &str = "active";

/// The record as it is now.
#[derive(Clone, Copy)]
pub struct Now<'n> {
    /// In the fields of a row.
    pub row: &'n Frozen,
    /// Life in the register: `active`, `moved`, `died`, …
    pub state: &'n str,
    /// Numbers of adults of the household, and who.
    pub adults: &'n [(&'static str, String)],
    /// Other children of the book who have the number the answer gives: their names.
    pub holders: &'n [String],
}

/// What the record's number is from now on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// The police gave it (Công an cung cấp).
    Given,
    /// The police found it right (đã xác thực).
    Verified,
    /// It is cancelled, and there is none yet.
    Cancelled,
}

impl Standing {
    /// The word in the register.
    pub fn word(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Verified => "verified",
            Self::Cancelled => "cancelled",
        }
    }

    /// What a person reads.
    pub fn label(self) -> &'static str {
        match self {
            Self::Given => "Công an cung cấp",
            Self::Verified => "Đã xác thực",
            Self::Cancelled => "Đã hủy",
        }
    }
}

/// A field that changes.
#[derive(Clone, PartialEq, Eq, serde::Serialize)]
pub struct Change {
    /// The field.
    pub field: Field,
    /// What stands there; empty where nothing does.
    pub before: String,
    /// What shall stand there; empty where it is emptied.
    pub after: String,
}

/// Children's data never reaches a log.
impl std::fmt::Debug for Change {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Change({})", self.field.code())
    }
}

/// How a record ends.
#[derive(Clone, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "end", rename_all = "kebab-case")]
pub enum End {
    /// The child died.
    Died {
        /// When; empty where it is not known.
        day: String,
    },
    /// The child lives elsewhere.
    Moved {
        /// Where; empty where it is not known.
        to: String,
    },
    /// The child lives in another commune of the register: a move is proposed, that commune answers, and until then nothing ends.
    Proposed(Destination),
}

/// A commune of the register to which a child has gone.
#[derive(Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Destination {
    /// What the police wrote.
    pub to: String,
    /// Edition of the commune.
    pub edition: String,
    /// Its code.
    pub unit: String,
    /// Its name.
    pub unit_name: String,
    /// Hamlet there; empty where none is written.
    pub hamlet: String,
    /// Address there; empty where none is written.
    pub address: String,
    /// The proposed move; empty before it is made.
    pub r#move: String,
}

/// Children's data never reaches a log.
impl std::fmt::Debug for End {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Died { .. } => "Died",
            Self::Moved { .. } => "Moved",
            Self::Proposed(_) => "Proposed",
        })
    }
}

/// A correction that the police must make first: the number was made from what is wrong.
#[derive(Clone, PartialEq, Eq, serde::Serialize)]
pub struct Request {
    /// The field from which the number was made: sex, birth date, place of registration.
    pub field: Field,
    /// What the record says.
    pub ours: String,
    /// What the population database says.
    pub theirs: String,
}

/// Children's data never reaches a log.
impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Request({})", self.field.code())
    }
}

impl Request {
    /// What is asked of the police, with where that is laid down.
    pub fn sentence(&self) -> String {
        format!(
            "{}: hồ sơ ghi {}, CSDLQG ghi {}; số định danh được lập theo giá trị của hồ sơ. Đề nghị Công an hủy và xác lập lại số (Thông tư 59/2021/TT-BCA, Điều 6).",
            self.field.label(),
            if self.ours.is_empty() {
                "(trống)"
            } else {
                &self.ours
            },
            self.theirs
        )
    }
}

/// What an answer changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Effect {
    /// Fields of the record, the number among them.
    pub changes: Vec<Change>,
    /// What the record's number is from then on.
    pub number: Option<Standing>,
    /// Civil status is to register the birth.
    pub civil: bool,
    /// Corrections the police must make first.
    pub requests: Vec<Request>,
    /// The record ends; only a person's word does that.
    pub end: Option<End>,
    /// The row is not settled: it goes into the next list.
    pub stays_open: bool,
    /// What a person must confirm, with why, before any of it is done.
    pub asks: Vec<String>,
    /// Why nothing can be done at all.
    pub refused: Option<String>,
    /// What is good to know.
    pub says: Vec<String>,
}

impl Effect {
    /// True where it would do something.
    pub fn does_anything(&self) -> bool {
        !self.changes.is_empty()
            || self.number.is_some()
            || self.civil
            || !self.requests.is_empty()
            || self.end.is_some()
    }

    /// A move waits for its answer already: to the same commune, then nothing is left to be done; or to another one, then that is settled first.
    pub fn is_proposed(&mut self, unit_name: &str, same: bool) {
        self.asks.retain(|ask| ask != MOVED_AWAY);
        self.end = None;
        if same {
            self.says.push(format!(
                "Đã có đề nghị chuyển đến {unit_name}, chưa trả lời."
            ));
        } else {
            self.refused = Some(format!(
                "Hồ sơ đã có đề nghị chuyển đến {unit_name}, chưa trả lời; trả lời hoặc rút đề nghị ấy trước."
            ));
            self.stays_open = true;
        }
    }

    /// The place a child has gone to is a commune of the register: a move there is proposed instead of the record's end. That needs no word of a
    /// person: it is the other commune that confirms.
    pub fn proposes(&mut self, destination: Destination) {
        self.asks.retain(|ask| ask != MOVED_AWAY);
        self.says.push(format!(
            "Đề nghị chuyển đến {}; trẻ vẫn tính ở đây cho đến khi nơi đến xác nhận.",
            destination.unit_name
        ));
        self.end = Some(End::Proposed(destination));
    }
}

/// What is asked before a record ends because the child lives elsewhere.
const MOVED_AWAY: &str = "Công an báo trẻ đã chuyển đi; hồ sơ sẽ được đóng ở đây. Nếu biết nơi đến thì nên lập đề nghị chuyển (treem child move).";

/// Fields that say who a child is; a change of them since the closing is asked about, others are said.
const WHO: [&str; 4] = ["number", "name", "birth", "sex"];

/// The fields that changed since the list was closed, by the machine's name. A reform of units and the reasons are none.
pub fn changed_since(sealed: &Frozen, now: &Frozen) -> Vec<&'static str> {
    let beside = ["why", "unit", "edition", "unit_name"];
    sealed
        .fields()
        .into_iter()
        .zip(now.fields())
        .filter(|((name, was), (_, is))| !beside.contains(name) && was != is)
        .map(|((name, _), _)| name)
        .collect()
}

/// The name of a frozen field as a person reads it.
fn label(name: &str) -> &str {
    let field = match name {
        "number" => Field::Number,
        "name" => Field::Name,
        "birth" => Field::Birth,
        "sex" => Field::Sex,
        "ethnicity" | "ethnicity_own" => Field::Ethnicity,
        "nationality" => Field::Nationality,
        "birth_registration" => Field::BirthRegistration,
        "home_place" => Field::HomePlace,
        "hamlet" => Field::Hamlet,
        "address" => Field::Address,
        "father" => Field::Father,
        "mother" => Field::Mother,
        "guardian" => Field::Guardian,
        "phone" => Field::Phone,
        _ => return name,
    };
    field.label()
}

/// What an answer changes.
pub fn effect(sealed: &Frozen, now: &Now<'_>, answer: &Answer) -> Effect {
    let mut out = Effect::default();
    if now.state != ACTIVE {
        out.refused = Some(
            "Hồ sơ không còn được theo dõi (đã đóng, đã gộp hoặc đã hủy sau khi chốt danh sách); xem lịch sử hồ sơ."
                .to_owned(),
        );
        out.stays_open = true;
        return out;
    }
    let changed = changed_since(sealed, now.row);
    let labels = |who: bool| {
        let all: Vec<&str> = changed
            .iter()
            .filter(|name| WHO.contains(name) == who)
            .map(|name| label(name))
            .collect();
        all.join(", ")
    };
    let (who, others) = (labels(true), labels(false));
    if !who.is_empty() && !is_done_already(now, answer) {
        out.asks.push(format!(
            "Hồ sơ đã sửa {who} sau khi chốt danh sách; kết quả của Công an là cho bản cũ."
        ));
    }
    if !others.is_empty() {
        out.says
            .push(format!("Hồ sơ đã sửa {others} sau khi chốt danh sách."));
    }
    match answer {
        Answer::Agrees => agrees(sealed, now, &mut out),
        Answer::NumberGiven { number } => give(now, number, &mut out),
        Answer::Differs { fields } => differs::differs(now, fields, &mut out),
        Answer::NotFound => {
            out.stays_open = true;
            out.says
                .push("Không tìm thấy trong CSDLQG về dân cư: vào danh sách lần sau.".to_owned());
        }
        Answer::NumberOnAnother { number } => on_another(now, number.as_deref(), &mut out),
        Answer::MovedAway { to } => end(End::Moved { to: to.clone() }, &mut out),
        Answer::Died { day } => end(End::Died { day: day.clone() }, &mut out),
        Answer::NotResident => {
            out.stays_open = true;
            out.says.push(
                "Công an báo không cư trú tại địa bàn: xác minh lại nơi ở của trẻ.".to_owned(),
            );
        }
        Answer::BirthNotRegistered => {
            out.civil = true;
            out.stays_open = true;
        }
        Answer::NumberChanged { old, new } => renew(now, (old, new.as_deref()), &mut out),
        Answer::NotCitizen => {
            out.says.push(
                "Không thuộc diện cấp số định danh: ghi quốc tịch vào hồ sơ; trẻ không vào danh sách gửi Công an nữa."
                    .to_owned(),
            );
        }
    }
    if out.refused.is_some() {
        out.changes.clear();
        out.number = None;
        out.stays_open = true;
    }
    out
}

/// True where the record says already what the answer brings.
fn is_done_already(now: &Now<'_>, answer: &Answer) -> bool {
    match answer {
        Answer::NumberGiven { number } => now.row.number == *number,
        Answer::NumberChanged { new: Some(new), .. } => now.row.number == *new,
        _ => false,
    }
}

fn agrees(sealed: &Frozen, now: &Now<'_>, out: &mut Effect) {
    if Parts::of(&sealed.number).is_none() {
        out.stays_open = true;
        out.says
            .push("Khớp, nhưng hồ sơ chưa có số định danh: vào danh sách lần sau.".to_owned());
        return;
    }
    if now.row.number != sealed.number {
        out.refused = Some(
            "Số đã khớp là số khi chốt danh sách, nay hồ sơ ghi số khác hoặc không ghi số; đối chiếu lại."
                .to_owned(),
        );
        return;
    }
    out.number = Some(Standing::Verified);
}

/// What speaks against a number, as questions; a number that is none is refused.
fn hold(number: &str, record: &Record<'_>, out: &mut Effect) {
    for doubt in doubts(number, record) {
        if doubt.is_final() {
            out.refused = Some(doubt.sentence());
        } else {
            out.asks.push(doubt.sentence());
        }
    }
}

fn record<'r>(now: &'r Now<'_>) -> Record<'r> {
    Record {
        adults: now.adults,
        holders: now.holders,
        ..Record::of(now.row)
    }
}

/// A number is written into the record.
fn write_number(now: &Now<'_>, number: &str, out: &mut Effect) {
    if now.row.number != number {
        out.changes.push(Change {
            field: Field::Number,
            before: now.row.number.clone(),
            after: number.to_owned(),
        });
    }
    out.number = Some(Standing::Given);
}

fn give(now: &Now<'_>, number: &str, out: &mut Effect) {
    hold(number, &record(now), out);
    if now.row.number != number && Parts::of(&now.row.number).is_some() {
        out.asks
            .push("Hồ sơ đang ghi một số định danh khác; số ấy sẽ được thay.".to_owned());
    }
    write_number(now, number, out);
}

fn on_another(now: &Now<'_>, right: Option<&str>, out: &mut Effect) {
    if let Some(number) = right {
        hold(number, &record(now), out);
        write_number(now, number, out);
        return;
    }
    out.stays_open = true;
    if now.row.number.is_empty() {
        out.says
            .push("Công an báo trùng số; hồ sơ không còn ghi số ấy.".to_owned());
        return;
    }
    out.asks.push(
        "Công an báo số này là của trẻ khác; số sẽ được bỏ khỏi hồ sơ, trẻ vào danh sách lần sau."
            .to_owned(),
    );
    out.changes.push(Change {
        field: Field::Number,
        before: now.row.number.clone(),
        after: String::new(),
    });
}

fn renew(now: &Now<'_>, (old, new): (&str, Option<&str>), out: &mut Effect) {
    let other = !old.is_empty() && !now.row.number.is_empty() && old != now.row.number;
    if other && new != Some(now.row.number.as_str()) {
        out.asks
            .push("Số bị hủy theo Công an không phải số hồ sơ đang ghi.".to_owned());
    }
    if let Some(new) = new {
        hold(new, &record(now), out);
        write_number(now, new, out);
        return;
    }
    out.stays_open = true;
    if now.row.number.is_empty() {
        return;
    }
    out.asks.push(
        "Số đã bị hủy, chưa có số mới; số sẽ được bỏ khỏi hồ sơ, trẻ vào danh sách lần sau."
            .to_owned(),
    );
    out.changes.push(Change {
        field: Field::Number,
        before: now.row.number.clone(),
        after: String::new(),
    });
    out.number = Some(Standing::Cancelled);
}

fn end(end: End, out: &mut Effect) {
    out.asks.push(match &end {
        End::Died { .. } => "Công an báo trẻ đã chết; hồ sơ sẽ được đóng. Xác nhận với gia đình hoặc giấy báo tử trước.",
        End::Moved { .. } | End::Proposed(_) => MOVED_AWAY,
    }.to_owned());
    out.end = Some(end);
}

#[cfg(test)]
mod tests;
