//! Moves of children: proposed by one side, answered by the other. Until it is confirmed the child counts once, where it was.
//!
//! In: a [`Transfer`], and where the child stands now. Out: the next state, or [`Refusal`]: why there is none.

use crate::report::movements::Life;

/// A unit of an edition; the code is empty where the unit is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Edition.
    pub edition: String,
    /// Code.
    pub unit: String,
}

/// What a proposed move holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Where the child was.
    pub from: Place,
    /// Where it goes.
    pub to: Place,
    /// The book it goes to, where that is another one.
    pub to_register: Option<String>,
}

/// A move in one of its states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Transfer {
    /// Waits for the other side.
    Proposed(Proposal),
    /// The child lives there now.
    Confirmed(Proposal),
    /// The other side said no; nothing changed.
    Refused(Proposal),
    /// Its own side took it back; nothing changed.
    Withdrawn(Proposal),
}

/// Why a move does not come about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It has been answered.
    Answered(&'static str),
    /// The child does not count in the book.
    NotActive,
    /// The child is no longer where the proposal says.
    Elsewhere,
    /// The child is there already.
    Already,
}

impl Refusal {
    /// In one Vietnamese sentence.
    pub fn sentence(self) -> String {
        match self {
            Self::Answered(state) => format!("đề nghị chuyển này {state} rồi."),
            Self::NotActive => "hồ sơ này không còn được theo dõi trong sổ nên không chuyển được.".to_owned(),
            Self::Elsewhere => "trẻ không còn ở đơn vị ghi trong đề nghị; hãy rút đề nghị này (--withdraw) rồi lập đề nghị mới.".to_owned(),
            Self::Already => "trẻ đang ở đơn vị này rồi.".to_owned(),
        }
    }
}

impl Transfer {
    /// Proposes a move of a child who stands at `from`.
    ///
    /// # Errors
    /// [`Refusal::NotActive`], [`Refusal::Already`].
    pub fn propose(life: Life, proposal: Proposal) -> Result<Self, Refusal> {
        if life != Life::Active {
            return Err(Refusal::NotActive);
        }
        if proposal.to_register.is_none() && proposal.from == proposal.to {
            return Err(Refusal::Already);
        }
        Ok(Self::Proposed(proposal))
    }

    /// From the register's word; `None` for a word this program does not know.
    pub fn of(word: &str, proposal: Proposal) -> Option<Self> {
        Some(match word {
            "proposed" => Self::Proposed(proposal),
            "confirmed" => Self::Confirmed(proposal),
            "refused" => Self::Refused(proposal),
            "withdrawn" => Self::Withdrawn(proposal),
            _ => return None,
        })
    }

    /// The register's word.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Proposed(_) => "proposed",
            Self::Confirmed(_) => "confirmed",
            Self::Refused(_) => "refused",
            Self::Withdrawn(_) => "withdrawn",
        }
    }

    fn open(self) -> Result<Proposal, Refusal> {
        match self {
            Self::Proposed(proposal) => Ok(proposal),
            Self::Confirmed(_) => Err(Refusal::Answered("đã được xác nhận")),
            Self::Refused(_) => Err(Refusal::Answered("đã bị từ chối")),
            Self::Withdrawn(_) => Err(Refusal::Answered("đã được rút")),
        }
    }

    /// The other side takes the child in, who stands like this now.
    ///
    /// # Errors
    /// [`Refusal::Answered`], [`Refusal::NotActive`], [`Refusal::Elsewhere`].
    pub fn confirm(self, life: Life, now: &Place) -> Result<Self, Refusal> {
        let proposal = self.open()?;
        if life != Life::Active {
            return Err(Refusal::NotActive);
        }
        if proposal.from != *now {
            return Err(Refusal::Elsewhere);
        }
        Ok(Self::Confirmed(proposal))
    }

    /// The other side does not know the child.
    ///
    /// # Errors
    /// [`Refusal::Answered`].
    pub fn refuse(self) -> Result<Self, Refusal> {
        self.open().map(Self::Refused)
    }

    /// The side that proposed it takes it back.
    ///
    /// # Errors
    /// [`Refusal::Answered`].
    pub fn withdraw(self) -> Result<Self, Refusal> {
        self.open().map(Self::Withdrawn)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(unit: &str) -> Place {
        Place {
            edition: "2020-01-01".to_owned(),
            unit: unit.to_owned(),
        }
    }

    fn proposal(to: &str, register: Option<&str>) -> Proposal {
        Proposal {
            from: place("A"),
            to: place(to),
            to_register: register.map(str::to_owned),
        }
    }

    #[test]
    fn every_step_from_every_state() {
        let begin = |word| Transfer::of(word, proposal("B", None)).unwrap();
        for word in ["proposed", "confirmed", "refused", "withdrawn"] {
            let steps = [
                ("confirmed", begin(word).confirm(Life::Active, &place("A"))),
                ("refused", begin(word).refuse()),
                ("withdrawn", begin(word).withdraw()),
            ];
            for (next, step) in steps {
                if word == "proposed" {
                    assert_eq!(step.unwrap().word(), next);
                } else {
                    assert!(matches!(step, Err(Refusal::Answered(_))), "{word} {next}");
                }
            }
        }
        assert_eq!(Transfer::of("lost", proposal("B", None)), None);
        let check = |life, unit: &str| begin("proposed").confirm(life, &place(unit));
        assert_eq!(check(Life::Died, "A"), Err(Refusal::NotActive));
        assert_eq!(check(Life::Active, "C"), Err(Refusal::Elsewhere));
    }

    #[test]
    fn what_can_be_proposed() {
        let propose = |life, to, register| Transfer::propose(life, proposal(to, register));
        assert!(propose(Life::Active, "B", None).is_ok());
        assert!(propose(Life::Active, "A", Some("44")).is_ok());
        assert_eq!(propose(Life::Active, "A", None), Err(Refusal::Already));
        assert_eq!(propose(Life::Merged, "B", None), Err(Refusal::NotActive));
        for refusal in [
            Refusal::Answered("đã được rút"),
            Refusal::NotActive,
            Refusal::Elsewhere,
            Refusal::Already,
        ] {
            assert!(refusal.sentence().ends_with('.'));
        }
    }
}
