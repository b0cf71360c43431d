//! The states of a list: each owns what is known in it; a step consumes one and gives the next, or says why not.
//!
//! In: the [`super::step::Event`]s of a list. Out: its [`Course`] with the [`State`] it is in, or a [`Refusal`] in a Vietnamese sentence. Each state after
//! closing owns the one before, so nothing that was said on the way is lost. [`TABLE`] is the whole machine; a test takes every step from
//! every state and finds exactly its arrows, and docs/handover.md shows it ([`super::page`]). Rows equal rows: after every step the rows
//! counted must be those that the course expects ([`Course::agrees`]).

mod take;

use super::code;
use super::seal::Digest;
use super::step::{Basis, Kind, Part, Stamp, Tally, Way};

pub use take::{Arrow, TABLE};

macro_rules! places {
    ($($(#[$doc:meta])* $name:ident = $word:literal, $label:literal, $holder:ident, $days:expr;)*) => {
        /// A state without its data: where a list is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Place { $($(#[$doc])* $name,)* }
        impl Place {
            /// All of them, in the order of the way.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];
            /// The register's word.
            pub fn word(self) -> &'static str { match self { $(Self::$name => $word,)* } }
            /// The words on the screen and on paper.
            pub fn label(self) -> &'static str { match self { $(Self::$name => $label,)* } }
            /// Who holds a list that is there.
            pub fn holder(self) -> Holder { match self { $(Self::$name => Holder::$holder,)* } }
            /// Days it may stay there before it is late, where nothing else is set; our choice, no rule says so.
            pub fn days(self) -> Option<u16> { match self { $(Self::$name => $days,)* } }
            /// The place of a register's word.
            pub fn from_word(word: &str) -> Option<Self> { match word { $($word => Some(Self::$name),)* _ => None } }
        }
    };
}

places! {
    /// See [`Drawn`].
    Drawn = "drawn", "Mới lập", Officer, Some(7);
    /// See [`InReview`].
    InReview = "in-review", "Đang rà soát tại hộ", Households, Some(14);
    /// See [`Awaiting`].
    Awaiting = "awaiting", "Chờ lãnh đạo UBND xã duyệt", Leader, Some(3);
    /// See [`Closed`].
    Closed = "closed", "Đã chốt danh sách", Officer, Some(3);
    /// See [`Sent`].
    Sent = "sent", "Đã chuyển Công an", Police, Some(3);
    /// See [`Received`].
    Received = "received", "Công an đã tiếp nhận", Police, Some(15);
    /// See [`Answered`].
    Answered = "answered", "Đã đối chiếu", Police, Some(3);
    /// See [`Signed`].
    Signed = "signed", "Công an đã ký", Police, Some(3);
    /// See [`Returned`].
    Returned = "returned", "Đã bàn giao lại", Officer, Some(5);
    /// See [`Applied`].
    Applied = "applied", "Đã cập nhật", Officer, None;
    /// See [`Seen`].
    Seen = "seen", "Đã có trên phần mềm quốc gia", Nobody, None;
    /// See [`Withdrawn`].
    Withdrawn = "withdrawn", "Thu hồi", Nobody, None;
    /// See [`Divided`].
    Divided = "split", "Tách danh sách", Nobody, None;
}

impl Place {
    /// True while children of the list may stand in no other: from drawing up until it is applied, withdrawn or split.
    pub fn is_open(self) -> bool {
        self < Self::Applied
    }
    /// True while the rows may still change.
    pub fn is_loose(self) -> bool {
        matches!(self, Self::Drawn | Self::InReview)
    }
    /// True while answers may be written down: from the police's receipt on, so that no answer comes to a list that may still be called back as
    /// it was sent.
    pub fn is_with_police(self) -> bool {
        self == Self::Received
    }
    /// True from closing on: the rows are frozen and a seal stands over them.
    pub fn is_sealed(self) -> bool {
        self >= Self::Closed && self <= Self::Seen
    }
}

/// Who has a list in hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holder {
    /// The commune's officer for children.
    Officer,
    /// Collaborators, at the households.
    Households,
    /// The commune's leader.
    Leader,
    /// The commune's police.
    Police,
    /// It is done with.
    Nobody,
}

impl Holder {
    /// The machine's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Officer => "officer",
            Self::Households => "households",
            Self::Leader => "leader",
            Self::Police => "police",
            Self::Nobody => "nobody",
        }
    }
    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Officer => "Cán bộ phụ trách trẻ em",
            Self::Households => "Cộng tác viên, tại các hộ",
            Self::Leader => "Lãnh đạo UBND xã",
            Self::Police => "Công an xã",
            Self::Nobody => "Không ai: danh sách đã kết thúc",
        }
    }
}

/// What is known of a list whatever its state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The list.
    pub list: code::List,
    /// Rows ever drawn.
    pub rows: u32,
    /// Rows struck out in review.
    pub struck: u32,
    /// Rows that were left without an answer when it was applied, before that was taken back.
    pub left: u32,
    /// The list it is a part of.
    pub part_of: Option<code::List>,
    /// Who drew it up.
    pub drawn: Stamp,
    /// Who brought it where it is now, and when.
    pub since: Stamp,
}

impl Head {
    /// Rows in effect.
    pub fn open(&self) -> u32 {
        self.rows
            .saturating_sub(self.struck)
            .saturating_sub(self.left)
    }
}

/// Drawn up; rows may be added and struck out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn;

/// At the households; rows may be added and struck out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InReview {
    /// Why it came back here: the leader sent it back, or it was reopened.
    pub back: Option<String>,
}

/// Laid before the commune's leader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Awaiting {
    /// Who submitted it.
    pub submitted: Stamp,
}

/// Approved, frozen, sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closed {
    /// Who submitted it.
    pub submitted: Stamp,
    /// Who approved, or wrote the approval down.
    pub by: Stamp,
    /// On which ground.
    pub basis: Basis,
    /// The day.
    pub closed_on: String,
    /// The seal.
    pub seal: Digest,
}

/// On its way to the police.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The state before.
    pub closed: Closed,
    /// Who sent it.
    pub by: Stamp,
    /// On which way.
    pub way: Way,
}

/// The police have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// The state before.
    pub sent: Sent,
    /// Who received it, or wrote it down.
    pub by: Stamp,
    /// On which ground.
    pub basis: Basis,
    /// Why they have it once more, where answers came and were to be looked at again.
    pub again: Option<String>,
}

/// The police are done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The state before.
    pub received: Received,
    /// Who said so.
    pub by: Stamp,
    /// Rows with an answer.
    pub answered: u32,
}

/// The police signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The state before.
    pub answered: Answered,
    /// Who signed, or wrote it down.
    pub by: Stamp,
    /// On which ground.
    pub basis: Basis,
    /// SHA-256 of the evidence.
    pub evidence: Option<String>,
}

/// Back with the commune.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    /// The state before.
    pub signed: Signed,
    /// Who gave it back, or wrote it down.
    pub by: Stamp,
    /// On which ground.
    pub basis: Basis,
    /// Why what had been applied was taken back.
    pub back: Option<String>,
}

/// In the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The state before.
    pub returned: Returned,
    /// Who applied it.
    pub by: Stamp,
}

/// In the national software too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The state before.
    pub applied: Applied,
    /// Who saw it.
    pub by: Stamp,
}

/// Ended without answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawn {
    /// Where it was.
    pub from: Place,
    /// Who withdrew it.
    pub by: Stamp,
    /// Why.
    pub why: String,
}

/// Ended, its rows go on in its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Divided {
    /// Where it was.
    pub from: Place,
    /// Who split it.
    pub by: Stamp,
    /// Why.
    pub why: String,
    /// The parts.
    pub into: Vec<Part>,
}

/// A list in one of its states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Mới lập.
    Drawn(Drawn),
    /// Đang rà soát tại hộ.
    InReview(InReview),
    /// Chờ lãnh đạo UBND xã duyệt.
    Awaiting(Awaiting),
    /// Đã chốt danh sách.
    Closed(Closed),
    /// Đã chuyển Công an.
    Sent(Sent),
    /// Công an đã tiếp nhận.
    Received(Received),
    /// Đã đối chiếu.
    Answered(Answered),
    /// Công an đã ký.
    Signed(Signed),
    /// Đã bàn giao lại.
    Returned(Returned),
    /// Đã cập nhật.
    Applied(Applied),
    /// Đã có trên phần mềm quốc gia.
    Seen(Seen),
    /// Thu hồi.
    Withdrawn(Withdrawn),
    /// Tách danh sách.
    Divided(Divided),
}

/// Why a step is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not from where the list is.
    NotFrom(Kind, Place),
    /// No row would be left on it.
    Empty,
    /// More rows than a list can have.
    TooMany(u32),
    /// The step must say why.
    WhyMissing(Kind),
    /// It must be said which paper it is.
    PaperMissing(Kind),
    /// So many rows have an answer: they would be lost.
    HasAnswers(Kind, u32),
    /// No row has an answer.
    NoAnswers,
    /// More answers than rows: answered, rows.
    TooManyAnswers(u32, u32),
    /// The parts do not make up the list: its rows, those of the parts, how many parts.
    PartsDiffer(u32, u32, usize),
    /// The rows counted are not those the step must leave: the place, counted, expected.
    RowsDiffer(Place, Box<(Tally, Tally)>),
    /// The events of a list do not begin with its drawing up, or there are none.
    NoBeginning,
}

/// A list: what is known of it whatever its state, and the state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// Whatever the state.
    pub head: Head,
    /// The state.
    pub state: State,
}

impl Course {
    /// Where it is.
    pub fn place(&self) -> Place {
        self.state.place()
    }
}

impl State {
    /// Where it is.
    pub fn place(&self) -> Place {
        match self {
            Self::Drawn(_) => Place::Drawn,
            Self::InReview(_) => Place::InReview,
            Self::Awaiting(_) => Place::Awaiting,
            Self::Closed(_) => Place::Closed,
            Self::Sent(_) => Place::Sent,
            Self::Received(_) => Place::Received,
            Self::Answered(_) => Place::Answered,
            Self::Signed(_) => Place::Signed,
            Self::Returned(_) => Place::Returned,
            Self::Applied(_) => Place::Applied,
            Self::Seen(_) => Place::Seen,
            Self::Withdrawn(_) => Place::Withdrawn,
            Self::Divided(_) => Place::Divided,
        }
    }

    /// The closing, from closing on.
    pub fn closed(&self) -> Option<&Closed> {
        let sent = match self {
            Self::Closed(closed) => return Some(closed),
            Self::Sent(sent) => sent,
            _ => &self.received()?.sent,
        };
        Some(&sent.closed)
    }

    /// That the police have it, from then on.
    pub fn received(&self) -> Option<&Received> {
        match self {
            Self::Received(received) => Some(received),
            _ => self.answered().map(|answered| &answered.received),
        }
    }

    /// That the police are done, from then on.
    pub fn answered(&self) -> Option<&Answered> {
        match self {
            Self::Answered(answered) => Some(answered),
            _ => self.signed().map(|signed| &signed.answered),
        }
    }

    /// That the police signed, from then on.
    pub fn signed(&self) -> Option<&Signed> {
        match self {
            Self::Signed(signed) => Some(signed),
            _ => self.returned().map(|returned| &returned.signed),
        }
    }

    /// That it came back, from then on.
    pub fn returned(&self) -> Option<&Returned> {
        match self {
            Self::Returned(returned) => Some(returned),
            Self::Applied(applied) => Some(&applied.returned),
            Self::Seen(seen) => Some(&seen.applied.returned),
            _ => None,
        }
    }
}
