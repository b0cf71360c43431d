use super::*;

/// A commune of 1,000 children of whom 800 are entered, a little unlike the others by its place.
fn usual(at: u64) -> Unit {
    let bent = (at * 7) % 11;
    Unit {
        code: format!("{at:05}"),
        name: format!("Xã {at}"),
        among: format!("{}", at / 8),
        headcount: Some(1_000),
        entered: 800,
        special: 120 + 5 * bent,
        births: (2008..2024)
            .map(|year: i16| (year, 44 + (at + u64::from(year.unsigned_abs())) % 13))
            .collect(),
        dated: 790,
        new_year: 1 + bent / 3,
        families: 500,
        alone: 250 + 2 * bent,
        beyond: bent / 4,
        fixed: 200,
        back: bent / 2,
    }
}

/// What is told of a province of 24 communes, of which one is spoilt.
fn told(spoil: impl Fn(&mut Unit)) -> Vec<Insight> {
    let mut units: Vec<Unit> = (0..24).map(usual).collect();
    spoil(&mut units[10]);
    run(&units).insights
}

fn check(spoil: impl Fn(&mut Unit), want: &[(Kind, &str)]) {
    let got = told(spoil);
    let got: Vec<(Kind, &str)> = got
        .iter()
        .map(|one| {
            assert_eq!(one.unit, "00010");
            assert!(one.adjusted <= FALSE_SHARE && one.chance <= one.adjusted);
            (one.kind, one.sentence.as_str())
        })
        .collect();
    assert_eq!(got, want);
}

#[test]
fn nothing_is_told_where_nothing_is_wrong() {
    check(|_| (), &[]);
    let report = run(&(0..24).map(usual).collect::<Vec<Unit>>());
    let kinds: Vec<Kind> = report.tested.iter().map(|tested| tested.kind).collect();
    assert_eq!(kinds, Kind::ALL);
    assert!(run(&[]).insights.is_empty() && run(&[]).tested.is_empty());
    // One unit has no neighbours.
    assert!(run(&[usual(1)]).tested.is_empty());
}

#[test]
fn what_stands_out_is_told() {
    check(
        |unit| (unit.entered, unit.special, unit.births) = (150, 149, BTreeMap::new()),
        &[(
            Kind::Special,
            "Xã 10: 149 trong 150 trẻ đã nhập (99%) có hoàn cảnh đặc biệt hoặc có nguy cơ; ở các đơn vị bên cạnh thường là 19%. Đơn vị báo có 1.000 trẻ: 850 trẻ còn lại chưa có trong sổ.",
        )],
    );
    // Nearly all are entered: then they are all there are.
    check(
        |unit| (unit.special, unit.headcount) = (790, Some(810)),
        &[],
    );
    check(
        |unit| {
            for year in 2014..=2016 {
                unit.births.insert(year, 2);
            }
        },
        &[(
            Kind::Ages,
            "Xã 10: chỉ có 6 trẻ sinh các năm 2014–2016; theo cơ cấu tuổi của các đơn vị bên cạnh, trong 638 trẻ đã nhập phải có khoảng 121.",
        )],
    );
    check(
        |unit| unit.new_year = 120,
        &[(
            Kind::NewYear,
            "Xã 10: 120 trong 790 trẻ có đủ ngày sinh (15%) ghi sinh ngày 01/01; ở các đơn vị bên cạnh thường là 0,3%.",
        )],
    );
    check(
        |unit| unit.alone = 430,
        &[(
            Kind::Families,
            "Xã 10: 430 trong 500 gia đình (86%) chỉ có một trẻ trong sổ; ở các đơn vị bên cạnh thường là 52%.",
        )],
    );
    check(
        |unit| unit.beyond = 60,
        &[(
            Kind::Beyond,
            "Xã 10: 60 trong 800 trẻ (7,5%) nghi trùng với một trẻ của xã khác; ở các đơn vị bên cạnh thường là 0,2%.",
        )],
    );
    check(
        |unit| unit.back = 90,
        &[(
            Kind::Back,
            "Xã 10: 90 trong 200 lỗi đã sửa (45%) lại xuất hiện; ở các đơn vị bên cạnh thường là 1,0%.",
        )],
    );
}

#[test]
fn what_is_small_is_not_told() {
    for spoil in [
        (|unit| unit.special = 400) as fn(&mut Unit),
        |unit| unit.alone = 310,
        |unit| unit.new_year = 12,
        |unit| unit.beyond = 4,
        |unit| unit.back = 4,
        // Too few to say anything.
        |unit| (unit.entered, unit.special) = (20, 20),
        |unit| (unit.families, unit.alone) = (20, 20),
    ] {
        check(spoil, &[]);
    }
}

#[test]
fn many_odd_neighbours_do_not_hide_each_other() {
    let mut units: Vec<Unit> = (0..24).map(usual).collect();
    for unit in units.iter_mut().skip(8).take(5) {
        (unit.entered, unit.special) = (150, 150);
        unit.births.clear();
    }
    let told: Vec<String> = run(&units)
        .insights
        .into_iter()
        .map(|one| one.unit)
        .collect();
    assert_eq!(told.len(), 5, "{told:?}");
}

#[test]
fn a_year_that_all_lack_is_told_of_all() {
    let mut units: Vec<Unit> = (0..24).map(usual).collect();
    for unit in &mut units {
        unit.births.insert(2021, 3);
        unit.births.insert(2022, 4);
    }
    let told = run(&units).insights;
    assert_eq!(told.len(), 1);
    assert_eq!(
        (told[0].unit.as_str(), told[0].years),
        ("", Some((2021, 2022)))
    );
    assert_eq!(
        told[0].sentence,
        "Tất cả các đơn vị cộng lại: chỉ có 168 trẻ sinh các năm 2021–2022, trong khi số trẻ của các năm sinh khác ở mức khoảng 2.396."
    );
}
