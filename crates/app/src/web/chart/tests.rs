use super::*;
use jiff::civil::date;

/// Every number of a chart is one and lies on its surface; every row has as many cells as the heading.
fn sound(chart: &Chart) {
    let inside = |value: f64, most: f64| (-2.0..=most + 2.0).contains(&value);
    for shape in &chart.shapes {
        match shape {
            Shape::Box { x, y, w, h, .. } => {
                assert!(*w >= 0.0 && *h > 0.0, "{shape:?}");
                assert!(
                    inside(*x, chart.width) && inside(x + w, chart.width),
                    "{shape:?}"
                );
                assert!(
                    inside(*y, chart.height) && inside(y + h, chart.height),
                    "{shape:?}"
                );
            }
            Shape::Text { x, y, .. } => {
                assert!(
                    inside(*x, chart.width) && inside(*y, chart.height),
                    "{shape:?}"
                );
            }
            Shape::Way { d, .. } => {
                assert!(
                    d.starts_with('M') && !d.contains("NaN") && !d.contains("inf"),
                    "{d}"
                );
            }
        }
    }
    for row in &chart.rows {
        assert_eq!(row.len(), chart.head.len(), "{row:?}");
    }
    assert!(chart.height > 0.0);
}

/// Widths of the boxes with a fill.
fn widths(chart: &Chart, which: Fill) -> Vec<f64> {
    let boxes = chart.shapes.iter().filter_map(|shape| match shape {
        Shape::Box { w, fill, .. } if *fill == which => Some(*w),
        _ => None,
    });
    boxes.collect()
}

fn bar(headcount: Option<i64>, entered: i64, identified: i64) -> Bar {
    Bar {
        name: "Xã Mẫu".to_owned(),
        href: "/report".to_owned(),
        headcount,
        entered,
        identified,
    }
}

#[test]
fn bars_are_as_long_as_their_shares() {
    let chart = coverage(&[
        bar(Some(1_000), 500, 400),
        bar(Some(200), 150, 150),
        // More than were counted, none counted, none at all.
        bar(Some(100), 140, 140),
        bar(Some(0), 10, 10),
        bar(None, 10, 10),
    ]);
    sound(&chart);
    let (whole, done, begun) = (
        widths(&chart, Fill::Empty),
        widths(&chart, Fill::Solid),
        widths(&chart, Fill::Hatch),
    );
    assert_eq!(whole.len(), 3);
    for (at, want_done, want_begun) in [(0, 0.4, 0.1), (1, 0.75, 0.0), (2, 1.0, 0.0)] {
        assert!((done[at] / whole[at] - want_done).abs() < 1e-9, "{at}");
        assert!((begun[at] / whole[at] - want_begun).abs() < 1e-9, "{at}");
    }
    assert_eq!(
        chart.rows[0][1..],
        ["1.000", "500", "50,0%", "400", "40,0%"]
    );
    assert_eq!(chart.rows[4][1..], ["–", "10", "–", "10", "–"]);
}

#[test]
fn any_number_of_units() {
    for many in [0, 1, 200] {
        let units: Vec<Bar> = (0..many).map(|at| bar(Some(at * 3), at * 2, at)).collect();
        let chart = coverage(&units);
        sound(&chart);
        assert_eq!(chart.rows.len(), units.len());
        assert_eq!(chart.is_empty(), many == 0);
        let lines: Vec<Line> = (0..many)
            .map(|at| Line {
                name: "Xã có cái tên dài hơn chỗ để viết nó ra".to_owned(),
                entered: at,
                cells: (0..10)
                    .map(|rule| Cell {
                        children: at * rule / 9,
                        href: String::new(),
                    })
                    .collect(),
            })
            .collect();
        let rules: Vec<String> = (0..10).map(|rule| format!("Lỗi {rule}")).collect();
        sound(&heat(&rules, &lines));
        sound(&heat(&[], &lines));
    }
}

#[test]
fn a_funnel_narrows_as_children_do() {
    let step = |name, children| Step {
        name,
        children,
        href: String::new(),
    };
    let chart = funnel(&[
        step("Hiện có", 1_000),
        step("Đã nhập", 800),
        step("Sạch", 400),
        step("Xác thực", 0),
    ]);
    sound(&chart);
    let done = widths(&chart, Fill::Solid);
    assert!((done[0] / widths(&chart, Fill::Empty)[0] - 0.8).abs() < 1e-9);
    assert!((done[1] * 2.0 - done[0]).abs() < 1e-9);
    assert!(done[2].abs() < 1e-9);
    assert_eq!(chart.rows[2][1..], ["400", "40,0%", "400"]);
    for steps in [&[][..], &[step("Hiện có", 0)]] {
        sound(&funnel(steps));
    }
}

#[test]
fn shades_go_by_the_share() {
    let cells = |counts: &[i64]| {
        counts
            .iter()
            .map(|children| Cell {
                children: *children,
                href: String::new(),
            })
            .collect()
    };
    let rules: Vec<String> = (0..5).map(|rule| format!("Lỗi {rule}")).collect();
    let chart = heat(
        &rules,
        &[Line {
            name: "Xã".to_owned(),
            entered: 1_000,
            cells: cells(&[0, 5, 20, 50, 300]),
        }],
    );
    sound(&chart);
    for (step, many) in (0..5).zip([1, 1, 1, 1, 1]) {
        assert_eq!(widths(&chart, Fill::Heat(step)).len(), many, "{step}");
    }
    assert_eq!(
        chart.rows[0][1..],
        ["0", "5 (0,5%)", "20 (2,0%)", "50 (5,0%)", "300 (30,0%)"]
    );
}

#[test]
fn a_pyramid_has_two_sides_in_one_scale() {
    let year = |year, entered, expected| Years {
        year,
        entered,
        expected,
    };
    let chart = pyramid(&[
        year(2020, [50, 25], Some([100.0, 100.0])),
        year(2019, [100, 100], Some([f64::NAN, f64::INFINITY])),
        year(2018, [0, 0], None),
    ]);
    sound(&chart);
    let (boys, girls) = (widths(&chart, Fill::Solid), widths(&chart, Fill::Hatch));
    // The oldest first.
    assert!(boys[0].abs() < 1e-9 && (boys[1] - 2.0 * boys[2]).abs() < 1e-9);
    assert!((girls[1] - 4.0 * girls[2]).abs() < 1e-9 && (boys[1] - girls[1]).abs() < 1e-9);
    sound(&pyramid(&[]));
}

#[test]
fn a_line_goes_where_the_days_and_counts_are() {
    let point = |day, children, band| Point {
        day,
        children,
        band,
    };
    let told = Progress {
        past: vec![
            point(date(2024, 1, 1), 0, None),
            point(date(2024, 1, 11), 50, None),
        ],
        future: vec![point(date(2024, 1, 21), 100, Some((80, 120)))],
        goal: Some(100),
        deadline: Some(date(2024, 1, 21)),
    };
    let chart = progress(&told);
    sound(&chart);
    let way = |class: &str| {
        let found = chart.shapes.iter().find_map(|shape| match shape {
            Shape::Way { d, class: is } if *is == class => Some(d.clone()),
            _ => None,
        });
        found.unwrap()
    };
    // From the corner to the middle of the surface, and on to its upper corner.
    assert_eq!(way("line"), "M64 250L344 135");
    assert_eq!(way("dashed"), "M344 135L624 20");
    assert!(way("band").ends_with('Z'));
    assert_eq!(chart.rows[2][1..], ["100", "từ 80 đến 120"]);
    sound(&progress(&Progress::default()));
    sound(&progress(&Progress {
        past: told.past[..1].to_vec(),
        ..Progress::default()
    }));
}

#[test]
fn figures_of_an_axis() {
    for (value, want) in [
        (0.0, 1.0),
        (1.0, 1.0),
        (3.0, 5.0),
        (120.0, 200.0),
        (221.0, 250.0),
        (137_502.0, 200_000.0),
        (f64::NAN, 1.0),
    ] {
        assert!((round_up(value) - want).abs() < 1e-6, "{value}");
    }
    for (value, want) in [
        (1.0, "1"),
        (1.25, "1.2"),
        (f64::NAN, "0"),
        (f64::INFINITY, "0"),
    ] {
        assert_eq!(number(&value), want);
    }
    assert_eq!(percent(137_502, 187_288), "73,4%");
}
