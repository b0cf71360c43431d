//! The machine of the states, the seal and the words, each as a whole.

use super::answer::{Answer, Difference, Kind as AnswerKind};
mod sealing;

use super::code::{FIRST_LIST, LAST_ROW, List};
use super::page;
use super::seal::Digest;
use super::state::{Course, Place, Refusal, TABLE};
use super::step::{Basis, Event, Kind, Part, Stamp, Step, Tally, Way};
use crate::field::Field;
use proptest::prelude::*;

fn list(number: u32) -> List {
    List::new(FIRST_LIST + number).unwrap()
}

fn by(who: &str) -> Stamp {
    Stamp {
        at: "2026-11-27T03:00:00.000000Z".to_owned(),
        who: who.to_owned(),
        ..Stamp::default()
    }
}

fn event(step: Step) -> Event {
    Event {
        by: by("Hồ Thị Bích"),
        step,
        tally: Tally::default(),
    }
}

fn drawn(rows: u32) -> Course {
    let draw = Step::Draw {
        rows,
        part_of: None,
    };
    Course::begin(list(0), &event(draw)).unwrap()
}

fn why() -> String {
    "lập nhầm".to_owned()
}

/// A step of a kind that would be good where it can be taken: the list has five rows.
fn good(kind: Kind) -> Step {
    match kind {
        Kind::Draw => Step::Draw {
            rows: 5,
            part_of: None,
        },
        Kind::Review => Step::Review,
        Kind::Rows => Step::Rows {
            added: 0,
            struck: 0,
            why: why(),
        },
        Kind::Submit => Step::Submit,
        Kind::SendBack => Step::SendBack { why: why() },
        Kind::Close => Step::Close {
            basis: Basis::Account,
            closed_on: "2026-11-27".to_owned(),
            seal: Digest([7; 32]),
        },
        Kind::Send => Step::Send { way: Way::Paper },
        Kind::Receive => Step::Receive {
            basis: Basis::Account,
        },
        Kind::Answer => Step::Answer { answered: 3 },
        Kind::Sign => Step::Sign {
            basis: Basis::Paper("Trung tá ký ngày 27/11/2026".to_owned()),
            evidence: None,
        },
        Kind::Return => Step::Return {
            basis: Basis::Account,
        },
        Kind::Apply => Step::Apply,
        Kind::TakeBack => Step::TakeBack { why: why() },
        Kind::See => Step::See,
        Kind::Withdraw => Step::Withdraw { why: why() },
        Kind::Split => Step::Split {
            into: vec![
                Part {
                    list: list(1),
                    rows: 2,
                },
                Part {
                    list: list(2),
                    rows: 3,
                },
            ],
            why: why(),
        },
        Kind::Reopen => Step::Reopen { why: why() },
    }
}

/// A list of five rows in a place, by the shortest way through the table.
fn at(place: Place) -> Course {
    let mut ways = vec![(Place::Drawn, drawn(5))];
    let mut nth = 0;
    while let Some((here, course)) = ways.get(nth).cloned() {
        if here == place {
            return course;
        }
        for (step, to) in here.steps() {
            if ways.iter().all(|(there, _)| *there != to) {
                ways.push((to, course.clone().take(&event(good(step))).unwrap()));
            }
        }
        nth += 1;
    }
    unreachable!("no way leads to {place:?}")
}

#[test]
fn every_step_from_every_state_is_an_arrow_of_the_table_or_refused() {
    for place in Place::ALL {
        assert_eq!(at(*place).place(), *place);
        for kind in Kind::ALL {
            let arrow = TABLE
                .iter()
                .find(|(from, step, _)| (from, step) == (place, kind))
                .map(|(_, _, to)| *to);
            let taken = at(*place).take(&event(good(*kind)));
            match (arrow, taken) {
                (Some(to), Ok(course)) => assert_eq!(course.place(), to, "{place:?} {kind:?}"),
                (None, Err(refusal)) => {
                    assert_eq!(refusal, Refusal::NotFrom(*kind, *place));
                    assert!(refusal.sentence().contains(place.label()));
                }
                (arrow, taken) => panic!("{place:?} {kind:?}: {arrow:?}, {taken:?}"),
            }
        }
        assert_eq!(Place::from_word(place.word()), Some(*place));
        assert_eq!(
            place.is_open(),
            !matches!(
                place,
                Place::Applied | Place::Seen | Place::Withdrawn | Place::Divided
            )
        );
        assert_eq!(
            place.is_sealed(),
            at(*place).state.closed().is_some(),
            "{place:?}"
        );
        assert_eq!(
            place.is_loose(),
            place.steps().any(|(step, _)| step == Kind::Rows)
        );
    }
    for kind in Kind::ALL {
        assert_eq!(Kind::from_word(kind.word()), Some(*kind));
        assert_eq!(good(*kind).kind(), *kind);
    }
}

#[test]
fn why_a_step_is_not_taken() {
    let check = |place: Place, step: Step, answered: u32, wrong: Refusal| {
        let mut event = event(step);
        event.tally.answered = answered;
        let refusal = at(place).take(&event).unwrap_err();
        assert_eq!(refusal, wrong);
        assert!(refusal.sentence().ends_with('.'), "{}", refusal.sentence());
    };
    let empty = || String::from("  ");
    check(
        Place::Drawn,
        Step::Withdraw { why: empty() },
        0,
        Refusal::WhyMissing(Kind::Withdraw),
    );
    check(
        Place::Awaiting,
        Step::SendBack { why: empty() },
        0,
        Refusal::WhyMissing(Kind::SendBack),
    );
    check(
        Place::Sent,
        Step::Reopen { why: empty() },
        0,
        Refusal::WhyMissing(Kind::Reopen),
    );
    check(
        Place::Signed,
        Step::Reopen { why: empty() },
        0,
        Refusal::WhyMissing(Kind::Reopen),
    );
    check(
        Place::Applied,
        Step::TakeBack { why: empty() },
        0,
        Refusal::WhyMissing(Kind::TakeBack),
    );
    check(
        Place::Received,
        Step::Reopen { why: why() },
        2,
        Refusal::HasAnswers(Kind::Reopen, 2),
    );
    check(
        Place::Received,
        Step::Withdraw { why: why() },
        1,
        Refusal::HasAnswers(Kind::Withdraw, 1),
    );
    check(
        Place::Received,
        Step::Answer { answered: 0 },
        0,
        Refusal::NoAnswers,
    );
    check(
        Place::Received,
        Step::Answer { answered: 6 },
        6,
        Refusal::TooManyAnswers(6, 5),
    );
    let paper = || Basis::Paper(empty());
    check(
        Place::Sent,
        Step::Receive { basis: paper() },
        0,
        Refusal::PaperMissing(Kind::Receive),
    );
    check(
        Place::Signed,
        Step::Return { basis: paper() },
        0,
        Refusal::PaperMissing(Kind::Return),
    );
    let sign = Step::Sign {
        basis: paper(),
        evidence: None,
    };
    check(Place::Answered, sign, 0, Refusal::PaperMissing(Kind::Sign));
    let close = Step::Close {
        basis: paper(),
        closed_on: String::new(),
        seal: Digest([0; 32]),
    };
    check(
        Place::Awaiting,
        close,
        0,
        Refusal::PaperMissing(Kind::Close),
    );
    let rows = |added, struck| Step::Rows {
        added,
        struck,
        why: why(),
    };
    check(Place::InReview, rows(0, 5), 0, Refusal::Empty);
    check(
        Place::Drawn,
        rows(LAST_ROW, 0),
        0,
        Refusal::TooMany(LAST_ROW + 5),
    );
    let parts = |rows: &[u32]| Step::Split {
        into: rows
            .iter()
            .map(|rows| Part {
                list: list(1),
                rows: *rows,
            })
            .collect(),
        why: why(),
    };
    check(Place::Drawn, parts(&[5]), 0, Refusal::PartsDiffer(5, 5, 1));
    check(
        Place::Drawn,
        parts(&[2, 2]),
        0,
        Refusal::PartsDiffer(5, 4, 2),
    );
    check(
        Place::Drawn,
        parts(&[5, 0]),
        0,
        Refusal::PartsDiffer(5, 5, 2),
    );
    check(
        Place::Drawn,
        parts(&[u32::MAX, 2]),
        0,
        Refusal::PartsDiffer(5, u32::MAX, 2),
    );
    let begin = |rows| {
        let draw = Step::Draw {
            rows,
            part_of: None,
        };
        Course::begin(list(0), &event(draw)).unwrap_err()
    };
    assert_eq!(begin(0), Refusal::Empty);
    assert_eq!(begin(LAST_ROW + 1), Refusal::TooMany(LAST_ROW + 1));
    assert_eq!(
        Course::begin(list(0), &event(Step::Review)),
        Err(Refusal::NoBeginning)
    );
    assert_eq!(Course::replay(list(0), &[]), Err(Refusal::NoBeginning));
}

#[test]
fn rows_that_have_no_answer_are_free_after_applying_and_stay_so() {
    let applied = at(Place::Applied);
    let tally = |course: &Course| course.expects(0);
    let after = tally(&applied);
    assert_eq!(
        (after.done, after.left, after.open, after.answered),
        (3, 2, 0, 3)
    );
    let back = applied.take(&event(good(Kind::TakeBack))).unwrap();
    let after = tally(&back);
    assert_eq!(
        (after.done, after.left, after.open, after.answered),
        (0, 2, 3, 3)
    );
    let again = back.take(&event(Step::Apply)).unwrap();
    assert_eq!(tally(&again).left, 2);
    let withdrawn = tally(&at(Place::Withdrawn));
    assert_eq!((withdrawn.left, withdrawn.open), (5, 0));
    let split = tally(&at(Place::Divided));
    assert_eq!((split.moved, split.open), (5, 0));
    for place in Place::ALL {
        assert!(tally(&at(*place)).is_whole(), "{place:?}");
    }
}

fn any_step() -> impl Strategy<Value = Step> {
    let rows = (0_u32..4, 0_u32..4).prop_map(|(added, struck)| Step::Rows {
        added,
        struck,
        why: why(),
    });
    let answer = (0_u32..8).prop_map(|answered| Step::Answer { answered });
    let split = (1_u32..6).prop_map(|rows| Step::Split {
        into: vec![
            Part {
                list: list(1),
                rows,
            },
            Part {
                list: list(2),
                rows: 1,
            },
        ],
        why: why(),
    });
    prop_oneof![
        2 => rows,
        2 => answer,
        1 => split,
        12 => prop::sample::select(Kind::ALL).prop_map(good),
    ]
}

proptest! {
    /// Whatever is tried: no row is lost, and the events alone give the state.
    #[test]
    fn events_explain_the_state(rows in 1_u32..8, steps in prop::collection::vec(any_step(), 0..60), spoil in 0_usize..60) {
        let draw = event(Step::Draw { rows, part_of: None });
        let mut course = Course::begin(list(0), &draw).unwrap();
        let mut events = vec![Event { tally: course.expects(0), ..draw }];
        for step in steps {
            if let Ok(next) = course.clone().take(&event(step.clone())) {
                let tally = next.expects(0);
                prop_assert!(tally.is_whole(), "{:?} {:?}", tally, next);
                prop_assert_eq!(next.agrees(&tally), Ok(()));
                events.push(Event { tally, ..event(step) });
                course = next;
            }
        }
        prop_assert_eq!(Course::replay(list(0), &events), Ok(course));
        for event in &events {
            let text = toml::to_string(event).unwrap();
            prop_assert_eq!(&toml::from_str::<Event>(&text).unwrap(), event);
        }
        // A row that vanishes from any of them is noticed.
        let at = spoil % events.len();
        events[at].tally.rows -= 1;
        prop_assert!(matches!(Course::replay(list(0), &events), Err(Refusal::RowsDiffer(..))));
    }
}

#[test]
fn answers_have_one_word_one_key_and_survive_being_written_down() {
    let answers = [
        Answer::Agrees,
        Answer::NumberGiven {
            number: "045315118217".to_owned(),
        },
        Answer::Differs {
            fields: vec![Difference {
                field: Field::Birth,
                value: "12/03/2015".to_owned(),
            }],
        },
        Answer::NotFound,
        Answer::NumberOnAnother { number: None },
        Answer::MovedAway {
            to: "Xã A Ngo".to_owned(),
        },
        Answer::Died { day: String::new() },
        Answer::NotResident,
        Answer::BirthNotRegistered,
        Answer::NumberChanged {
            old: String::new(),
            new: Some("045315118217".to_owned()),
        },
        Answer::NotCitizen,
    ];
    for answer in &answers {
        let text = toml::to_string(answer).unwrap();
        assert!(
            text.starts_with(&format!("answer = \"{}\"", answer.kind().word())),
            "{text}"
        );
        assert_eq!(&toml::from_str::<Answer>(&text).unwrap(), answer);
    }
    let kinds: Vec<AnswerKind> = answers.iter().map(Answer::kind).collect();
    assert_eq!(kinds, AnswerKind::ALL);
    for kind in AnswerKind::ALL {
        assert_eq!(AnswerKind::from_word(kind.word()), Some(*kind));
        assert_eq!(AnswerKind::from_key(kind.key()), Some(*kind));
    }
    let numbers = answers.iter().filter(|answer| answer.number().is_some());
    assert_eq!(numbers.count(), 2);
}

#[test]
fn the_diagram_in_the_docs_is_fresh() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/handover.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let fresh =
        page::with_diagram(&page).expect("docs/handover.md has lost the marks of its diagram");
    if std::env::var_os("TREEM_WRITE_DOCS").is_some() {
        std::fs::write(&path, &fresh).unwrap();
        return;
    }
    assert!(
        page == fresh,
        "docs/handover.md is stale: TREEM_WRITE_DOCS=1 cargo test -p treem-child handover"
    );
}
