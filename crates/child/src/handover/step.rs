//! What is done to a list as a whole: the steps, by whom, on which ground, with how many rows after it.
//!
//! In: what a person does. Out: [`Step`], kept word by word with its [`Stamp`] and [`Tally`] as an [`Event`]; from its events alone a list's
//! state is known ([`super::state::State::replay`]).

use super::code;
use super::seal::Digest;
use serde::{Deserialize, Serialize};

/// Who did something, in which role and office, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// UTC, `2026-11-23T18:04:05.123456Z`.
    pub at: String,
    /// Who.
    pub who: String,
    /// In which role.
    pub role: String,
    /// Of which office.
    pub office: String,
}

/// On which ground a step is written down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// The person did it with an account of their own.
    Account,
    /// It was done on paper, and an officer writes it down: who signed, in which office, on which day, where the paper lies.
    Paper(String),
}

/// On which way a list goes to the police.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// Printed. Their database machine takes no stick and has no Internet.
    Paper,
    /// As a workbook.
    Workbook,
    /// In the pages of the program.
    Portal,
}

impl Way {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Paper, Self::Workbook, Self::Portal];
    /// The machine's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Paper => "paper",
            Self::Workbook => "workbook",
            Self::Portal => "portal",
        }
    }
    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Paper => "bản giấy",
            Self::Workbook => "bảng tính",
            Self::Portal => "trên phần mềm",
        }
    }
    /// The one of a machine's word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.word() == word)
    }
}

/// Part of a list that was split.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The new list.
    pub list: code::List,
    /// Rows that went there.
    pub rows: u32,
}

/// What is done to a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum Step {
    /// It is drawn up; always the first, and only that.
    Draw {
        /// With so many rows.
        rows: u32,
        /// The list it is a part of, where one was split.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        part_of: Option<code::List>,
    },
    /// It goes to the households.
    Review,
    /// Rows are added (children nobody knew of), or struck out with a reason. A struck row stays and is counted as struck.
    Rows {
        /// Added.
        added: u32,
        /// Struck out.
        struck: u32,
        /// Why.
        why: String,
    },
    /// It is laid before the commune's leader.
    Submit,
    /// The leader gives it back.
    SendBack {
        /// Why.
        why: String,
    },
    /// The leader approves: the rows are frozen and sealed.
    Close {
        /// By account, or a signed paper that is written down.
        basis: Basis,
        /// The day.
        closed_on: String,
        /// The seal.
        seal: Digest,
    },
    /// It goes to the police.
    Send {
        /// On which way.
        way: Way,
    },
    /// The police have it.
    Receive {
        /// Said by them, or written down from their receipt.
        basis: Basis,
    },
    /// The police are done with it; so many rows have an answer.
    Answer {
        /// Rows with an answer.
        answered: u32,
    },
    /// The police signed.
    Sign {
        /// With an account, or what was signed and where it lies.
        basis: Basis,
        /// SHA-256 of the signed file or scan that is kept as evidence.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        evidence: Option<String>,
    },
    /// It is back with the commune.
    Return {
        /// Said by one of the two, or written down from the minutes.
        basis: Basis,
    },
    /// The answers went into the register.
    Apply,
    /// What was applied is taken back.
    TakeBack {
        /// Why.
        why: String,
    },
    /// The national software's export shows it.
    See,
    /// It ends without answers; its rows are free for the next list.
    Withdraw {
        /// Why.
        why: String,
    },
    /// It ends, its rows go on in several lists.
    Split {
        /// Which.
        into: Vec<Part>,
        /// Why.
        why: String,
    },
    /// Before answers came: back to the households, the seal is void. After: back to the police, the answers stay and may be changed.
    Reopen {
        /// Why.
        why: String,
    },
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $word:literal, $side:ident, $label:literal, $cannot:literal;)*) => {
        /// A step without what it says beside.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind { $($(#[$doc])* $name,)* }
        impl Kind {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];
            /// The machine's word; the command's name where there is a command.
            pub fn word(self) -> &'static str { match self { $(Self::$name => $word,)* } }
            /// What is done, in words.
            pub fn label(self) -> &'static str { match self { $(Self::$name => $label,)* } }
            /// As in “chưa … được”.
            pub fn verb(self) -> &'static str { match self { $(Self::$name => $cannot,)* } }
            /// Whose step it is.
            pub fn side(self) -> Side { match self { $(Self::$name => Side::$side,)* } }
            /// The kind of a machine's word.
            pub fn from_word(word: &str) -> Option<Self> { match word { $($word => Some(Self::$name),)* _ => None } }
        }
        impl Step {
            /// Which it is.
            pub fn kind(&self) -> Kind { match self { $(Self::$name { .. } => Kind::$name,)* } }
        }
    };
}

/// Whose step it is; an officer may write the others' down from paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The commune's officer.
    Commune,
    /// The commune's leader.
    Leader,
    /// The police.
    Police,
}

kinds! {
    /// See [`Step::Draw`].
    Draw = "draw", Commune, "Lập danh sách", "lập";
    /// See [`Step::Review`].
    Review = "review", Commune, "Rà soát tại hộ", "đưa đi rà soát";
    /// See [`Step::Rows`].
    Rows = "rows", Commune, "Bổ sung, loại dòng", "bổ sung hoặc loại dòng";
    /// See [`Step::Submit`].
    Submit = "submit", Commune, "Trình lãnh đạo", "trình lãnh đạo";
    /// See [`Step::SendBack`].
    SendBack = "send-back", Leader, "Trả lại để rà soát", "trả lại để rà soát";
    /// See [`Step::Close`].
    Close = "approve", Leader, "Duyệt, chốt", "duyệt";
    /// See [`Step::Send`].
    Send = "send", Commune, "Chuyển Công an", "chuyển Công an";
    /// See [`Step::Receive`].
    Receive = "receive", Police, "Công an tiếp nhận", "ghi tiếp nhận";
    /// See [`Step::Answer`].
    Answer = "answer", Police, "Đối chiếu xong", "ghi đối chiếu xong";
    /// See [`Step::Sign`].
    Sign = "sign", Police, "Công an ký", "ký";
    /// See [`Step::Return`].
    Return = "return", Police, "Bàn giao lại", "bàn giao lại";
    /// See [`Step::Apply`].
    Apply = "apply", Commune, "Cập nhật vào sổ", "cập nhật vào sổ";
    /// See [`Step::TakeBack`].
    TakeBack = "take-back", Commune, "Hủy cập nhật", "hủy cập nhật";
    /// See [`Step::See`].
    See = "see", Commune, "Thấy trên phần mềm quốc gia", "ghi đã có trên phần mềm quốc gia";
    /// See [`Step::Withdraw`].
    Withdraw = "withdraw", Commune, "Thu hồi", "thu hồi";
    /// See [`Step::Split`].
    Split = "split", Commune, "Tách danh sách", "tách";
    /// See [`Step::Reopen`].
    Reopen = "reopen", Commune, "Mở lại", "mở lại";
}

/// Where the rows of a list stand: each row ever drawn is in exactly one of the five.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// All rows ever drawn.
    pub rows: u32,
    /// On the list, in effect.
    pub open: u32,
    /// Struck out in review.
    pub struck: u32,
    /// Answered, and the answer is in the register.
    pub done: u32,
    /// The list ended, or was applied, without an answer to it: free for the next list.
    pub left: u32,
    /// Went on in a part of the list.
    pub moved: u32,
    /// Of the open and done ones: those with an answer.
    pub answered: u32,
}

impl Tally {
    /// No row is lost and none is counted twice.
    pub fn is_whole(&self) -> bool {
        [self.open, self.struck, self.done, self.left, self.moved]
            .iter()
            .try_fold(0_u32, |sum, part| sum.checked_add(*part))
            == Some(self.rows)
    }
}

/// A step with who took it and how the rows stood after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Who and when.
    pub by: Stamp,
    /// What.
    pub step: Step,
    /// The rows after it.
    pub tally: Tally,
}
