//! Person × deed × area, as properties.

use super::{Area, Cut, Deed, Grant, Grants, Role};
use proptest::prelude::*;
use treem_child::normalise::unit::{Edition, Unit, edition, editions};

fn any_edition() -> impl Strategy<Value = &'static Edition> {
    (0..editions().count()).prop_map(|nth| editions().nth(nth).unwrap())
}

/// A unit of the home province, of any level.
fn unit_of(edition: &'static Edition) -> impl Strategy<Value = &'static Unit> {
    (0..edition.own_units().len()).prop_map(move |nth| &edition.own_units()[nth])
}

fn any_unit() -> impl Strategy<Value = (&'static Edition, &'static Unit)> {
    any_edition().prop_flat_map(|edition| unit_of(edition).prop_map(move |unit| (edition, unit)))
}

fn area_of((edition, unit): (&'static Edition, &'static Unit)) -> Area {
    Area::of(edition.from, unit.code).unwrap()
}

fn any_grant() -> impl Strategy<Value = Grant> {
    let role = (0..Role::ALL.len()).prop_map(|nth| Role::ALL[nth]);
    let area = prop_oneof![1 => Just(Area::Whole), 9 => any_unit().prop_map(area_of)];
    (role, area).prop_map(|(role, area)| Grant { role, area })
}

fn any_deed() -> impl Strategy<Value = Deed> {
    (0..Deed::ALL.len()).prop_map(|nth| Deed::ALL[nth])
}

/// In words of its own: every unit above, up to the top.
fn lies_in(edition: &Edition, unit: &Unit, area: &str) -> bool {
    unit.code == area
        || (!unit.parent.is_empty()
            && edition
                .by_code(unit.parent)
                .is_some_and(|parent| lies_in(edition, parent, area)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn allowed_means_a_role_with_the_deed_over_the_unit(
        grants in prop::collection::vec(any_grant(), 0..4), deed in any_deed(), (edition, unit) in any_unit(),
    ) {
        let all = Grants::new("p", grants.clone());
        let may = all.may(deed, edition.from, Some(unit.code)).is_ok();
        let wanted = grants.iter().any(|grant| grant.role.deeds().contains(&deed) && grant.area.holds(edition.from, Some(unit.code)));
        prop_assert_eq!(may, wanted);
        prop_assert_eq!(all.cut(deed).holds(edition.from, Some(unit.code)), may);
        prop_assert!(!may || all.may_somewhere(deed));
        // Within one edition it is the tree and nothing else.
        for grant in &grants {
            if let Some((own, code)) = grant.area.unit().filter(|(own, _)| *own == edition.from) {
                prop_assert_eq!(grant.area.holds(own, Some(unit.code)), lies_in(edition, unit, code));
            }
        }
        // A child without a unit belongs to those who have the whole book.
        let whole = grants.iter().any(|grant| grant.role.may(deed) && grant.area == Area::Whole);
        prop_assert_eq!(all.may(deed, edition.from, None).is_ok(), whole);
    }

    #[test]
    fn what_lies_below_is_in(area in any_unit(), role in (0..Role::ALL.len()).prop_map(|nth| Role::ALL[nth])) {
        let grants = Grants::new("p", vec![Grant { role, area: area_of(area) }]);
        for below in area.0.own_units().iter().filter(|unit| unit.parent == area.1.code) {
            for deed in role.deeds() {
                prop_assert!(grants.may(*deed, area.0.from, Some(below.code)).is_ok());
            }
        }
        // What lies beside and above is not.
        for other in area.0.own_units() {
            if !lies_in(area.0, other, area.1.code) {
                for deed in Deed::ALL {
                    prop_assert!(grants.may(*deed, area.0.from, Some(other.code)).is_err());
                }
            }
        }
    }

    #[test]
    fn a_unit_of_another_edition_is_in_where_all_of_it_is(area in any_unit(), other in any_unit()) {
        prop_assume!(area.0.from != other.0.from);
        let holds = area_of(area).holds(other.0.from, Some(other.1.code));
        let (first, last) = if area.0.from < other.0.from { (area, other) } else { (other, area) };
        // The old unit in terms of the new edition, and the new one in terms of the old.
        let old_in_new = treem_child::normalise::unit::successors(first.1.code, first.0.from, last.0.from);
        let touches = old_in_new.iter().any(|kin| lies_in(last.0, kin.unit, last.1.code) || lies_in(last.0, last.1, kin.unit.code));
        // Nothing is in that has no ground with the area.
        prop_assert!(!holds || touches, "{} {} / {} {}", area.0.from, area.1.name, other.0.from, other.1.name);
    }

    #[test]
    fn without_a_grant_nothing(deed in any_deed(), (edition, unit) in any_unit()) {
        let none = Grants::new("p", Vec::new());
        prop_assert!(none.may(deed, edition.from, Some(unit.code)).is_err());
        prop_assert!(none.may(deed, edition.from, None).is_err());
        prop_assert!(none.cut(deed).is_empty());
    }
}

#[test]
fn the_auditor_never_changes_and_the_administrator_sees_nobody() {
    for deed in Role::Auditor.deeds() {
        assert!(!deed.changes(), "{deed:?}");
    }
    for deed in [
        Deed::See,
        Deed::SeeNumber,
        Deed::SeeSensitive,
        Deed::Search,
        Deed::Export,
    ] {
        assert!(!Role::Administrator.may(deed), "{deed:?}");
    }
    for deed in Deed::ALL {
        assert!(Role::ALL.iter().any(|role| role.may(*deed)), "{deed:?}");
    }
}

#[test]
fn after_the_reform_an_area_holds_what_became_of_it() {
    let check = |area: (&str, &str), unit: (&str, &str), want: bool| {
        let area = Area::of(area.0, area.1).unwrap();
        assert_eq!(
            area.holds(unit.0, Some(unit.1)),
            want,
            "{} {unit:?}",
            area.name()
        );
    };
    let old = edition("2024-06-13");
    let new = edition("2025-07-01");
    let old_province = old.home().unwrap();
    let new_province = new.home().unwrap();
    // All of the old province is in the new one, not the other way round: it was merged with another.
    for unit in old.own_units() {
        check((new.from, new_province.code), (old.from, unit.code), true);
    }
    let back = new.own_units().iter();
    let in_old = |unit: &&Unit| {
        Area::of(old.from, old_province.code)
            .unwrap()
            .holds(new.from, Some(unit.code))
    };
    let held = back.clone().filter(in_old).count();
    assert!(held > 20 && held < back.count() / 2 + 20, "{held}");
    check(
        (old.from, old_province.code),
        (new.from, new_province.code),
        false,
    );
    // A commune of a country without districts lies in its province.
    let commune = new
        .own_units()
        .iter()
        .find(|unit| unit.parent == new_province.code)
        .unwrap();
    check(
        (new.from, new_province.code),
        (new.from, commune.code),
        true,
    );
    check(
        (new.from, commune.code),
        (new.from, new_province.code),
        false,
    );
}

#[test]
fn a_list_is_cut_to_its_units() {
    let day = edition("2024-06-13");
    let district = day
        .own_units()
        .iter()
        .find(|unit| unit.short == "Đa Krông")
        .unwrap();
    let cut = Cut::to(vec![Area::of(day.from, district.code).unwrap()]);
    let units = cut.units(day).unwrap();
    assert_eq!(units.len(), 1 + day.communes_of(district).count());
    assert!(Cut::whole().units(day).is_none() && Cut::whole().holds(day.from, None));
    // Of every edition they are those that going through the whole country finds, in that order.
    for (from, names) in [
        ("2024-06-13", ["Quảng Trị", "Đa Krông", "Tà Rụt"]),
        ("2025-07-01", ["Quảng Trị", "Tà Rụt", "Hướng Hiệp"]),
    ] {
        let from = edition(from);
        let known = |name: &&str| from.own_units().iter().find(|unit| unit.short == *name);
        let codes: Vec<&str> = names.iter().filter_map(known).map(|one| one.code).collect();
        assert_eq!(codes.len(), 3);
        let areas: Vec<Area> = codes
            .into_iter()
            .map(|code| Area::of(from.from, code).unwrap())
            .collect();
        let cuts = areas.iter().map(|area| vec![area.clone()]);
        for areas in cuts.chain([areas.clone()]) {
            let cut = Cut::to(areas);
            for other in treem_child::normalise::unit::editions() {
                let all = other.units().iter();
                let want: Vec<&str> = all
                    .filter(|unit| cut.holds(other.from, Some(unit.code)))
                    .map(|unit| unit.code)
                    .collect();
                let got = cut.units(other).unwrap();
                let got: Vec<&str> = got.into_iter().map(|unit| unit.code).collect();
                assert_eq!(got, want, "{:?} {}", cut.areas(), other.from);
            }
        }
    }
}
