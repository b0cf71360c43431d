//! What each answer changes, one line a case.

use super::*;
use crate::handover::answer::Difference;
use crate::handover::code;

fn row() -> Frozen {
    let list = code::List::new(code::FIRST_LIST).unwrap();
    Frozen {
        name: "Hồ Thị Mơ".into(),
        birth: "2015-03-12".into(),
        sex: "Nữ".into(),
        birth_registration: "UBND xã Tà Rụt, Đakrông, Quảng Trị".into(),
        ..Frozen::empty(code::Row::new(list, 1).unwrap())
    }
}

fn with_number(number: &str) -> Frozen {
    Frozen {
        number: number.into(),
        ..row()
    }
}

fn at(sealed: &Frozen, now: &Frozen, answer: &Answer) -> Effect {
    let now = Now {
        row: now,
        state: ACTIVE,
        adults: &[],
        holders: &[],
    };
    effect(sealed, &now, answer)
}

/// Changes as `field=after`, standing, what else: `civil`, `request:field`, `end`, `open`, `asks:n`, `refused`.
fn told(effect: &Effect) -> String {
    let mut out: Vec<String> = effect
        .changes
        .iter()
        .map(|one| format!("{}={}", one.field.code(), one.after))
        .collect();
    out.extend(effect.number.map(|standing| standing.word().to_owned()));
    if effect.civil {
        out.push("civil".into());
    }
    let request = |one: &Request| format!("request:{}", one.field.code());
    out.extend(effect.requests.iter().map(request));
    if effect.end.is_some() {
        out.push("end".into());
    }
    if effect.stays_open {
        out.push("open".into());
    }
    if !effect.asks.is_empty() {
        out.push(format!("asks:{}", effect.asks.len()));
    }
    if effect.refused.is_some() {
        out.push("refused".into());
    }
    out.join(" ")
}

fn check(row: &Frozen, answer: &Answer, expect: &str) {
    assert_eq!(told(&at(row, row, answer)), expect, "{answer:?}");
}

fn given(number: &str) -> Answer {
    Answer::NumberGiven {
        number: number.into(),
    }
}

fn differs(fields: &[(Field, &str)]) -> Answer {
    let difference = |(field, value): &(Field, &str)| Difference {
        field: *field,
        value: (*value).into(),
    };
    Answer::Differs {
        fields: fields.iter().map(difference).collect(),
    }
}

const GOOD: &str = "045315001234";

#[test]
fn each_answer() {
    let (bare, numbered) = (row(), with_number(GOOD));
    check(&bare, &Answer::Agrees, "open");
    check(&numbered, &Answer::Agrees, "verified");
    check(&bare, &given(GOOD), "number=045315001234 given");
    check(&numbered, &given(GOOD), "given");
    // Another number than the record has is asked about; so is one that contradicts it; what is no number is refused.
    check(
        &numbered,
        &given("045315009999"),
        "number=045315009999 given asks:1",
    );
    check(
        &bare,
        &given("045215001234"),
        "number=045215001234 given asks:1",
    );
    check(
        &bare,
        &given("045192001234"),
        "number=045192001234 given asks:1",
    );
    check(&bare, &given("04531500123"), "open refused");
    check(&numbered, &Answer::NotFound, "open");
    check(&numbered, &Answer::NotResident, "open");
    check(&bare, &Answer::NotCitizen, "");
    check(&bare, &Answer::BirthNotRegistered, "civil open");
    let died = Answer::Died {
        day: "2024-02-03".into(),
    };
    check(&numbered, &died, "end asks:1");
    check(
        &numbered,
        &Answer::MovedAway { to: String::new() },
        "end asks:1",
    );
    check(
        &numbered,
        &Answer::NumberOnAnother { number: None },
        "number= open asks:1",
    );
    let right = Answer::NumberOnAnother {
        number: Some("045315009999".into()),
    };
    check(&numbered, &right, "number=045315009999 given");
    let cancelled = Answer::NumberChanged {
        old: GOOD.into(),
        new: None,
    };
    check(&numbered, &cancelled, "number= cancelled open asks:1");
    let renewed = Answer::NumberChanged {
        old: String::new(),
        new: Some("045315009999".into()),
    };
    check(&numbered, &renewed, "number=045315009999 given");
}

#[test]
fn what_differs() {
    let (bare, numbered) = (row(), with_number(GOOD));
    check(
        &bare,
        &differs(&[(Field::Name, "Hồ Thị Mở")]),
        "name=Hồ Thị Mở open",
    );
    check(
        &numbered,
        &differs(&[(Field::Name, "Hồ Thị Mở")]),
        "name=Hồ Thị Mở verified",
    );
    check(
        &numbered,
        &differs(&[(Field::Birth, "21/03/2015")]),
        "birth=21/03/2015 verified",
    );
    // The number follows the record: it has to be established anew, and nothing is edited.
    check(
        &numbered,
        &differs(&[(Field::Birth, "12/03/2016")]),
        "request:birth open",
    );
    check(
        &numbered,
        &differs(&[(Field::Sex, "Nam")]),
        "request:sex open",
    );
    check(
        &numbered,
        &differs(&[(Field::BirthRegistration, "Huế, tỉnh Thừa Thiên Huế")]),
        "request:birth.registration open",
    );
    // With a new number that follows them, both are written.
    let both = differs(&[(Field::Sex, "Nam"), (Field::Number, "045215009999")]);
    check(&numbered, &both, "sex=Nam number=045215009999 given asks:1");
    // The number follows theirs: the record was wrong.
    let boy = with_number("045215001234");
    check(&boy, &differs(&[(Field::Sex, "Nam")]), "sex=Nam");
    check(
        &numbered,
        &differs(&[(Field::Name, "Hồ Thị Mơ")]),
        "verified",
    );
    check(
        &numbered,
        &differs(&[(Field::Birth, "không rõ")]),
        "open refused",
    );
    check(&numbered, &differs(&[]), "open refused");
}

#[test]
fn the_record_changed_since() {
    let sealed = row();
    let mut now = row();
    now.hamlet_is("Thôn A Pun");
    assert_eq!(
        told(&at(&sealed, &now, &given(GOOD))),
        "number=045315001234 given"
    );
    now.name = "Hồ Thị Mở".into();
    assert_eq!(changed_since(&sealed, &now), ["name", "hamlet"]);
    assert_eq!(
        told(&at(&sealed, &now, &given(GOOD))),
        "number=045315001234 given asks:1"
    );
    // The number came by another way in the meantime: nothing is left to do but to say so.
    assert_eq!(told(&at(&row(), &with_number(GOOD), &given(GOOD))), "given");
    // What was found right is no more what the record says.
    assert_eq!(
        told(&at(&with_number(GOOD), &row(), &Answer::Agrees)),
        "open asks:1 refused"
    );
    let closed = Now {
        row: &row(),
        state: "died",
        adults: &[],
        holders: &[],
    };
    assert_eq!(
        told(&effect(&sealed, &closed, &given(GOOD))),
        "open refused"
    );
}

#[test]
fn who_else_has_it() {
    let adults = [("mẹ", GOOD.to_owned())];
    let holders = ["Hồ Văn Khăm".to_owned()];
    let now = Now {
        row: &row(),
        state: ACTIVE,
        adults: &adults,
        holders: &holders,
    };
    let effect = effect(&row(), &now, &given(GOOD));
    assert_eq!(told(&effect), "number=045315001234 given asks:2");
}

impl Frozen {
    fn hamlet_is(&mut self, hamlet: &str) {
        self.home.hamlet = hamlet.into();
    }
}
