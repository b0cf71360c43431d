//! Who gives roles to whom, tokens of applications, and what the chain says of people.

use super::*;

#[test]
fn roles_are_given_inside_ones_own_area_and_never_to_oneself() {
    let mut place = Place::new();
    let district = place.person("quantri.dakrong", Role::Administrator, commune("Đa Krông"));
    let officer = place.person("bich.taru", Role::Officer, commune("Tà Rụt"));
    let far = place.person("vinh.linh", Role::Officer, commune("Vĩnh Linh"));
    let token = place.enter("quantri.dakrong").token;
    let grants = place.who(&token).unwrap().grants;
    let desk = &mut place.desk(Some(grants.clone()));
    let seen = ok(people::list(desk));
    let names: Vec<&str> = seen.people.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["bich.taru", "quantri.dakrong"]);
    ok(people::give(
        desk,
        "bich.taru",
        Role::Officer,
        &commune("A Ngo"),
    ));
    refused(
        people::give(desk, "bich.taru", Role::Officer, &commune("A Ngo")),
        "đã có vai trò",
    );
    denied(people::give(
        desk,
        "bich.taru",
        Role::Officer,
        &commune("Vĩnh Linh"),
    ));
    denied(people::give(
        desk,
        "bich.taru",
        Role::Province,
        &Area::Whole,
    ));
    denied(people::lock(desk, &far, true));
    denied(people::link(desk, &far, [1; 32]));
    refused(
        people::give(desk, &district, Role::Officer, &commune("Tà Rụt")),
        "chính mình",
    );
    denied(tokens::make(
        desk,
        "trường học",
        (Role::Officer, &commune("Tà Rụt")),
        10,
        [1; 32],
    ));
    assert!(!desk.refused.take().is_empty());
    // An officer keeps no accounts at all.
    let token = place.enter("bich.taru").token;
    let grants = place.who(&token).unwrap().grants;
    assert_eq!(grants.all().len(), 2);
    let desk = &mut place.desk(Some(grants));
    denied(people::list(desk));
    denied(people::give(desk, &officer, Role::Auditor, &Area::Whole));
    // What was refused stands in the log, which an auditor reads and an officer does not.
    ok(look::refusals(desk));
    denied(look::looks(desk, &look::Asked::default(), ""));
    let all = ok(look::looks(&place.desk(None), &look::Asked::default(), ""));
    let refusals: Vec<&str> = all
        .looks
        .iter()
        .filter(|one| !one.allowed)
        .map(|one| one.deed.as_str())
        .collect();
    assert_eq!(refusals, ["accounts", "accounts"]);
    assert_eq!(
        all.looks
            .iter()
            .filter(|one| one.deed == look::SIGN_IN)
            .count(),
        2
    );
    // The last administrator of the book cannot be taken away.
    let whole = place.add("quantri2", Role::Administrator, Area::Whole);
    let held = ok(people::list(&place.desk(None)));
    let grant = held
        .people
        .iter()
        .find(|one| one.person == whole.person)
        .unwrap()
        .grants[0]
        .grant
        .clone();
    refused(people::take(&mut place.desk(None), &grant), "cuối cùng");
}

#[test]
fn a_token_acts_in_its_area_until_it_ends() {
    let mut place = Place::new();
    let chance = place.secret();
    let area = commune("Tà Rụt");
    let made = ok(tokens::make(
        &mut place.desk(None),
        "Phần mềm trường học",
        (Role::Officer, &area),
        10,
        chance,
    ));
    let (name, grants) = ok(tokens::who(&place.desk(None), &made.token)).unwrap();
    assert_eq!(name, "Phần mềm trường học");
    let unit = |area: Area| area.unit().unwrap().1;
    assert!(
        grants
            .may(Deed::See, EDITION, Some(unit(commune("Tà Rụt"))))
            .is_ok()
    );
    assert!(
        grants
            .may(Deed::See, EDITION, Some(unit(commune("A Ngo"))))
            .is_err()
    );
    assert!(ok(tokens::who(&place.desk(None), "treem_00")).is_none());
    assert_eq!(ok(tokens::list(&place.desk(None))).tokens.len(), 1);
    ok(tokens::end(&mut place.desk(None), &made.id));
    assert!(ok(tokens::who(&place.desk(None), &made.token)).is_none());
    let chance = place.secret();
    let made = ok(tokens::make(
        &mut place.desk(None),
        "Y tế",
        (Role::Officer, &area),
        10,
        chance,
    ));
    place.now += 10 * 86_400;
    assert!(ok(tokens::who(&place.desk(None), &made.token)).is_none());
    refused(
        tokens::make(
            &mut place.desk(None),
            "x",
            (Role::Officer, &area),
            3_650,
            chance,
        ),
        "thời hạn",
    );
}

#[test]
fn the_chain_says_who_changed_people_and_holds_no_secret() {
    let mut place = Place::new();
    let made = place.add("bich.taru", Role::Officer, commune("Tà Rụt"));
    let salt = place.secret();
    ok(account::use_link(
        &mut place.desk(None),
        &made.link,
        PASSWORD,
        (salt, CHEAP),
    ));
    ok(people::lock(&mut place.desk(None), "bich.taru", true));
    ok(people::lock(&mut place.desk(None), "bich.taru", false));
    let all = ok(look::chain(
        &place.desk(None),
        &look::Asked::default(),
        None,
    ));
    let acts: Vec<&str> = all.links.iter().map(|link| link.act.as_str()).collect();
    assert_eq!(
        acts,
        [
            "person-unlocked",
            "person-locked",
            "link-used",
            "person-added",
            "init"
        ]
    );
    assert_eq!(all.links[2].who, "bich.taru");
    for link in &all.links {
        assert!(
            !link.detail.contains(&made.link) && !link.detail.contains(&secret::kept(&made.link))
        );
        assert!(!link.detail.contains(PASSWORD) && !link.detail.contains("argon2"));
    }
    let of_act = look::Asked {
        deed: "person-locked".to_owned(),
        from: Some("2024-06-13".parse().unwrap()),
        to: Some("2024-06-13".parse().unwrap()),
        ..look::Asked::default()
    };
    assert_eq!(
        ok(look::chain(&place.desk(None), &of_act, None))
            .links
            .len(),
        1
    );
    let other_day = look::Asked {
        from: Some("2024-06-14".parse().unwrap()),
        to: None,
        ..of_act
    };
    assert_eq!(
        ok(look::chain(&place.desk(None), &other_day, None))
            .links
            .len(),
        0
    );
}
