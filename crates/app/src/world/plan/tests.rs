use super::*;

fn plan(people: u32) -> Plan {
    Plan::new(people, jiff::civil::date(2024, 6, 13), 7).unwrap()
}

#[test]
fn the_letter_adds_up() {
    let sum = |count: fn(&District) -> u32| LETTER.iter().map(count).sum::<u32>();
    assert_eq!(sum(|line| line.headcount), LETTER_CHILDREN);
    assert_eq!(
        (
            sum(|line| line.sound),
            sum(|line| line.unsound),
            sum(|line| line.incomplete)
        ),
        (137_275, 227, 1_751)
    );
}

#[test]
fn communes_add_up_to_the_letter() {
    let plan = plan(LETTER_CHILDREN);
    assert_eq!(plan.communes.len(), 125);
    assert_eq!((plan.children(), plan.register_rows()), (187_288, 137_502));
    for line in LETTER {
        let mine: Vec<&Commune> = plan
            .communes
            .iter()
            .filter(|commune| commune.district.code == line.code)
            .collect();
        let sum =
            |count: fn(&Commune) -> u32| mine.iter().map(|commune| count(commune)).sum::<u32>();
        assert_eq!(
            sum(|commune| commune.children),
            line.headcount,
            "{}",
            line.code
        );
        assert_eq!(
            sum(|commune| commune.register),
            line.sound + line.unsound,
            "{}",
            line.code
        );
        assert_eq!(
            sum(|commune| commune.unsound),
            line.unsound,
            "{}",
            line.code
        );
        assert_eq!(
            sum(|commune| commune.incomplete),
            line.incomplete,
            "{}",
            line.code
        );
        for commune in &mine {
            assert!(
                commune.missing() >= 1,
                "{} has nobody to list",
                commune.unit.name
            );
            assert!(commune.unsound + commune.incomplete <= commune.register);
            if commune.entered == Entered::Special {
                assert_eq!(commune.register, commune.special, "{}", commune.unit.name);
            }
        }
    }
    let repeats: u32 = plan
        .communes
        .iter()
        .map(|commune| commune.repeats.list + commune.repeats.register + commune.repeats.neighbour)
        .sum();
    assert!(
        (900..1_100).contains(&repeats),
        "{repeats} rows repeat a child"
    );
}

#[test]
fn rings_of_neighbours_close() {
    let plan = plan(LETTER_CHILDREN);
    for commune in &plan.communes {
        let before = plan.neighbour(commune).unwrap();
        assert_eq!(before.district.code, commune.district.code);
        assert_eq!(
            plan.follower(before).unwrap().index,
            commune.index,
            "{}",
            commune.unit.name
        );
    }
}

#[test]
fn the_small_province_keeps_its_shape() {
    let plan = plan(6_000);
    assert_eq!(plan.children(), 6_000);
    assert!(!plan.is_letter);
    assert_eq!(
        Plan::new(100, jiff::civil::date(2024, 6, 13), 1).err(),
        Some(Refused::TooFew(FEWEST))
    );
    assert_eq!(
        Plan::new(40_000_000, jiff::civil::date(2024, 6, 13), 1).err(),
        Some(Refused::TooMany(MOST))
    );
}
