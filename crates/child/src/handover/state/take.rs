//! The steps themselves: from one state to the next, and how the rows stand after each.
//!
//! In: a [`Course`] and an [`Event`]. Out: the next course, or a [`Refusal`]. The whole at a glance is [`TABLE`].

use super::super::code;
use super::super::step::{Basis, Event, Kind, Stamp, Step, Tally};
use super::{
    Answered, Applied, Awaiting, Closed, Course, Divided, Drawn, Head, InReview, Place, Received,
    Refusal, Returned, Seen, Sent, Signed, State, Withdrawn,
};

/// A step that can be taken: from where, which, to where.
pub type Arrow = (Place, Kind, Place);

/// Every step that can be taken.
pub const TABLE: &[Arrow] = &[
    (Place::Drawn, Kind::Rows, Place::Drawn),
    (Place::Drawn, Kind::Review, Place::InReview),
    (Place::Drawn, Kind::Submit, Place::Awaiting),
    (Place::InReview, Kind::Rows, Place::InReview),
    (Place::InReview, Kind::Submit, Place::Awaiting),
    (Place::Awaiting, Kind::SendBack, Place::InReview),
    (Place::Awaiting, Kind::Close, Place::Closed),
    (Place::Closed, Kind::Send, Place::Sent),
    (Place::Sent, Kind::Receive, Place::Received),
    (Place::Received, Kind::Answer, Place::Answered),
    (Place::Answered, Kind::Sign, Place::Signed),
    (Place::Signed, Kind::Return, Place::Returned),
    (Place::Returned, Kind::Apply, Place::Applied),
    (Place::Applied, Kind::See, Place::Seen),
    (Place::Applied, Kind::TakeBack, Place::Returned),
    (Place::Seen, Kind::TakeBack, Place::Returned),
    (Place::Drawn, Kind::Withdraw, Place::Withdrawn),
    (Place::InReview, Kind::Withdraw, Place::Withdrawn),
    (Place::Awaiting, Kind::Withdraw, Place::Withdrawn),
    (Place::Closed, Kind::Withdraw, Place::Withdrawn),
    (Place::Sent, Kind::Withdraw, Place::Withdrawn),
    (Place::Received, Kind::Withdraw, Place::Withdrawn),
    (Place::Drawn, Kind::Split, Place::Divided),
    (Place::InReview, Kind::Split, Place::Divided),
    (Place::Awaiting, Kind::Split, Place::Divided),
    (Place::Closed, Kind::Split, Place::Divided),
    (Place::Closed, Kind::Reopen, Place::InReview),
    (Place::Sent, Kind::Reopen, Place::InReview),
    (Place::Received, Kind::Reopen, Place::InReview),
    (Place::Answered, Kind::Reopen, Place::Received),
    (Place::Signed, Kind::Reopen, Place::Received),
    (Place::Returned, Kind::Reopen, Place::Received),
];

impl Place {
    /// The steps that can be taken from here, with where they lead.
    pub fn steps(self) -> impl Iterator<Item = (Kind, Place)> {
        TABLE
            .iter()
            .filter(move |(from, _, _)| *from == self)
            .map(|(_, step, to)| (*step, *to))
    }
}

fn said(why: &str, kind: Kind) -> Result<String, Refusal> {
    let why = why.trim();
    if why.is_empty() {
        return Err(Refusal::WhyMissing(kind));
    }
    Ok(why.to_owned())
}

fn grounded(basis: &Basis, kind: Kind) -> Result<Basis, Refusal> {
    match basis {
        Basis::Paper(text) if text.trim().is_empty() => Err(Refusal::PaperMissing(kind)),
        basis => Ok(basis.clone()),
    }
}

impl Course {
    /// A list is drawn up: its first event.
    ///
    /// # Errors
    /// [`Refusal::NoBeginning`] for another step, [`Refusal::Empty`], [`Refusal::TooMany`].
    pub fn begin(list: code::List, event: &Event) -> Result<Self, Refusal> {
        let Step::Draw { rows, part_of } = &event.step else {
            return Err(Refusal::NoBeginning);
        };
        if *rows == 0 {
            return Err(Refusal::Empty);
        }
        if *rows > code::LAST_ROW {
            return Err(Refusal::TooMany(*rows));
        }
        Ok(Self {
            head: Head {
                list,
                rows: *rows,
                struck: 0,
                left: 0,
                part_of: *part_of,
                drawn: event.by.clone(),
                since: event.by.clone(),
            },
            state: State::Drawn(Drawn),
        })
    }

    /// Takes a step.
    ///
    /// # Errors
    /// A [`Refusal`]; the course is then as it was before.
    pub fn take(self, event: &Event) -> Result<Self, Refusal> {
        let (mut head, by) = (self.head, &event.by);
        let state = match (self.state, &event.step) {
            (State::Drawn(drawn), step) => drawn.take(&mut head, step, by)?,
            (State::InReview(review), step) => review.take(&mut head, step, by)?,
            (State::Awaiting(awaiting), step) => awaiting.take(&mut head, step, by)?,
            (State::Closed(closed), step) => closed.take(&mut head, step, by)?,
            (State::Sent(sent), step) => sent.take(&mut head, step, by)?,
            (State::Received(received), step) => {
                received.take(&mut head, step, (by, event.tally.answered))?
            }
            (State::Answered(answered), step) => answered.take(step, by)?,
            (State::Signed(signed), step) => signed.take(step, by)?,
            (State::Returned(returned), step) => returned.take(&mut head, step, by)?,
            (State::Applied(applied), step) => applied.take(step, by)?,
            (State::Seen(seen), step) => seen.applied.take_back(step, Place::Seen)?,
            (state @ (State::Withdrawn(_) | State::Divided(_)), step) => {
                return Err(Refusal::NotFrom(step.kind(), state.place()));
            }
        };
        // Rows may come and go without the list being anywhere else.
        if event.step.kind() != Kind::Rows {
            head.since = by.clone();
        }
        Ok(Self { head, state })
    }

    /// From everything that happened to a list, where it is; after each event the rows must be as they have to be.
    ///
    /// # Errors
    /// The first [`Refusal`]: then the events do not explain the list.
    pub fn replay(list: code::List, events: &[Event]) -> Result<Self, Refusal> {
        let (first, rest) = events.split_first().ok_or(Refusal::NoBeginning)?;
        let mut course = Self::begin(list, first)?;
        course.agrees(&first.tally)?;
        for event in rest {
            course = course.take(event)?;
            course.agrees(&event.tally)?;
        }
        Ok(course)
    }

    /// How the rows have to stand. While answers come in, how many there are is not the list's to say: `answered` is then what was counted.
    pub fn expects(&self, counted_answered: u32) -> Tally {
        let head = &self.head;
        let (rows, struck, left, open) = (head.rows, head.struck, head.left, head.open());
        let mut tally = Tally {
            rows,
            open,
            struck,
            left,
            ..Tally::default()
        };
        match &self.state {
            State::Drawn(_)
            | State::InReview(_)
            | State::Awaiting(_)
            | State::Closed(_)
            | State::Sent(_) => {}
            State::Received(_) => tally.answered = counted_answered.min(open),
            State::Answered(answered) => tally.answered = answered.answered,
            State::Signed(signed) => tally.answered = signed.answered.answered,
            State::Returned(returned) => tally.answered = returned.signed.answered.answered,
            State::Applied(applied) | State::Seen(Seen { applied, .. }) => {
                let answered = applied.returned.signed.answered.answered;
                // `open` of the head are those that had an answer and those that had none.
                tally.answered = answered;
                tally.done = answered;
                tally.left = rows.saturating_sub(struck).saturating_sub(answered);
                tally.open = 0;
            }
            State::Withdrawn(_) => {
                tally.left = left.saturating_add(open);
                tally.open = 0;
            }
            State::Divided(_) => {
                tally.moved = open;
                tally.open = 0;
            }
        }
        tally
    }

    /// Whether the rows counted are those there have to be.
    ///
    /// # Errors
    /// [`Refusal::RowsDiffer`].
    pub fn agrees(&self, counted: &Tally) -> Result<(), Refusal> {
        let expected = self.expects(counted.answered);
        if *counted == expected && counted.is_whole() {
            return Ok(());
        }
        let both = Box::new((*counted, expected));
        Err(Refusal::RowsDiffer(self.place(), both))
    }
}

/// Rows come and go.
fn change_rows(head: &mut Head, (added, struck): (u32, u32), why: &str) -> Result<(), Refusal> {
    said(why, Kind::Rows)?;
    let rows = head.rows.saturating_add(added);
    if rows > code::LAST_ROW {
        return Err(Refusal::TooMany(rows));
    }
    let gone = head.struck.saturating_add(struck);
    if gone.saturating_add(head.left) >= rows {
        return Err(Refusal::Empty);
    }
    (head.rows, head.struck) = (rows, gone);
    Ok(())
}

/// The ends a list may come to before answers came.
fn end(head: &Head, from: Place, step: &Step, by: &Stamp) -> Result<State, Refusal> {
    match step {
        Step::Withdraw { why } => Ok(State::Withdrawn(Withdrawn {
            from,
            by: by.clone(),
            why: said(why, Kind::Withdraw)?,
        })),
        Step::Split { into, why } if from <= Place::Closed => {
            let parts = into
                .iter()
                .fold(0_u32, |sum, part| sum.saturating_add(part.rows));
            let empty = into.iter().any(|part| part.rows == 0);
            if into.len() < 2 || empty || parts != head.open() {
                return Err(Refusal::PartsDiffer(head.open(), parts, into.len()));
            }
            Ok(State::Divided(Divided {
                from,
                by: by.clone(),
                why: said(why, Kind::Split)?,
                into: into.clone(),
            }))
        }
        step => Err(Refusal::NotFrom(step.kind(), from)),
    }
}

fn awaiting(by: &Stamp) -> State {
    State::Awaiting(Awaiting {
        submitted: by.clone(),
    })
}

impl Drawn {
    fn take(self, head: &mut Head, step: &Step, by: &Stamp) -> Result<State, Refusal> {
        match step {
            Step::Rows { added, struck, why } => {
                change_rows(head, (*added, *struck), why)?;
                Ok(State::Drawn(self))
            }
            Step::Review => Ok(State::InReview(InReview { back: None })),
            Step::Submit => Ok(awaiting(by)),
            step => end(head, Place::Drawn, step, by),
        }
    }
}

impl InReview {
    fn take(self, head: &mut Head, step: &Step, by: &Stamp) -> Result<State, Refusal> {
        match step {
            Step::Rows { added, struck, why } => {
                change_rows(head, (*added, *struck), why)?;
                Ok(State::InReview(self))
            }
            Step::Submit => Ok(awaiting(by)),
            step => end(head, Place::InReview, step, by),
        }
    }
}

impl Awaiting {
    fn take(self, head: &mut Head, step: &Step, by: &Stamp) -> Result<State, Refusal> {
        match step {
            Step::SendBack { why } => Ok(State::InReview(InReview {
                back: Some(said(why, Kind::SendBack)?),
            })),
            Step::Close {
                basis,
                closed_on,
                seal,
            } => Ok(State::Closed(Closed {
                submitted: self.submitted,
                by: by.clone(),
                basis: grounded(basis, Kind::Close)?,
                closed_on: closed_on.clone(),
                seal: *seal,
            })),
            step => end(head, Place::Awaiting, step, by),
        }
    }
}

/// Back to the households; the seal is void.
fn reopened(why: &str) -> Result<State, Refusal> {
    Ok(State::InReview(InReview {
        back: Some(said(why, Kind::Reopen)?),
    }))
}

impl Closed {
    fn take(self, head: &mut Head, step: &Step, by: &Stamp) -> Result<State, Refusal> {
        match step {
            Step::Send { way } => Ok(State::Sent(Sent {
                closed: self,
                by: by.clone(),
                way: *way,
            })),
            Step::Reopen { why } => reopened(why),
            step => end(head, Place::Closed, step, by),
        }
    }
}

impl Sent {
    fn take(self, head: &mut Head, step: &Step, by: &Stamp) -> Result<State, Refusal> {
        match step {
            Step::Receive { basis } => Ok(State::Received(Received {
                sent: self,
                by: by.clone(),
                basis: grounded(basis, Kind::Receive)?,
                again: None,
            })),
            Step::Reopen { why } => reopened(why),
            step => end(head, Place::Sent, step, by),
        }
    }
}

impl Received {
    fn take(
        self,
        head: &mut Head,
        step: &Step,
        (by, counted): (&Stamp, u32),
    ) -> Result<State, Refusal> {
        match step {
            Step::Answer { answered: 0 } => Err(Refusal::NoAnswers),
            Step::Answer { answered } if *answered > head.open() => {
                Err(Refusal::TooManyAnswers(*answered, head.open()))
            }
            Step::Answer { answered } => Ok(State::Answered(Answered {
                received: self,
                by: by.clone(),
                answered: *answered,
            })),
            Step::Withdraw { .. } | Step::Reopen { .. } if counted > 0 => {
                Err(Refusal::HasAnswers(step.kind(), counted))
            }
            Step::Reopen { why } => reopened(why),
            step => end(head, Place::Received, step, by),
        }
    }

    /// The answers that came are to be looked at again.
    fn again(self, why: &str) -> Result<State, Refusal> {
        Ok(State::Received(Self {
            again: Some(said(why, Kind::Reopen)?),
            ..self
        }))
    }
}

impl Answered {
    fn take(self, step: &Step, by: &Stamp) -> Result<State, Refusal> {
        match step {
            Step::Sign { basis, evidence } => Ok(State::Signed(Signed {
                answered: self,
                by: by.clone(),
                basis: grounded(basis, Kind::Sign)?,
                evidence: evidence.clone(),
            })),
            Step::Reopen { why } => self.received.again(why),
            step => Err(Refusal::NotFrom(step.kind(), Place::Answered)),
        }
    }
}

impl Signed {
    fn take(self, step: &Step, by: &Stamp) -> Result<State, Refusal> {
        match step {
            Step::Return { basis } => Ok(State::Returned(Returned {
                signed: self,
                by: by.clone(),
                basis: grounded(basis, Kind::Return)?,
                back: None,
            })),
            Step::Reopen { why } => self.answered.received.again(why),
            step => Err(Refusal::NotFrom(step.kind(), Place::Signed)),
        }
    }
}

impl Returned {
    fn take(self, head: &mut Head, step: &Step, by: &Stamp) -> Result<State, Refusal> {
        match step {
            Step::Apply => {
                // What has no answer is free for the next list from now on, also should this be taken back.
                head.left = head
                    .rows
                    .saturating_sub(head.struck)
                    .saturating_sub(self.signed.answered.answered);
                Ok(State::Applied(Applied {
                    returned: self,
                    by: by.clone(),
                }))
            }
            Step::Reopen { why } => self.signed.answered.received.again(why),
            step => Err(Refusal::NotFrom(step.kind(), Place::Returned)),
        }
    }
}

impl Applied {
    fn take(self, step: &Step, by: &Stamp) -> Result<State, Refusal> {
        match step {
            Step::See => Ok(State::Seen(Seen {
                applied: self,
                by: by.clone(),
            })),
            step => self.take_back(step, Place::Applied),
        }
    }

    fn take_back(self, step: &Step, from: Place) -> Result<State, Refusal> {
        match step {
            Step::TakeBack { why } => Ok(State::Returned(Returned {
                back: Some(said(why, Kind::TakeBack)?),
                ..self.returned
            })),
            step => Err(Refusal::NotFrom(step.kind(), from)),
        }
    }
}
