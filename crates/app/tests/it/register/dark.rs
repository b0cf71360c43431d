//! A planner in the dark: told that all tables are empty, and kept from looking while the acts fill them. That is how a server stands that
//! comes to look at the wrong moment; a statement that then walks all children for each child takes hours at a province's size, and nobody
//! sees why. Counted in rows read, not in time. What an act does page by page, for each of a page's children among those of the page, is
//! bounded by the page and not held against the square: the acts are run, and what reads the whole book is counted.

use super::{Desk, Server, generate, samples, wait};
use serde_json::Value;

const CHILDREN: u64 = 6_000;
const DAY: [&str; 2] = ["--as-of", "2024-06-13"];

/// Nobody may look at the tables of the register.
const DARK: &str = "begin;
    do $$ declare t text; begin
      for t in select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace loop
        execute format('lock table %I in share update exclusive mode', t);
      end loop;
    end $$;
    prepare transaction 'dark'";

/// Rows and entries of indexes read so far, of all tables.
const READ: &str = "select coalesce(sum(t.seq_tup_read), 0) + coalesce(sum((select sum(i.idx_tup_read) from pg_stat_user_indexes i where i.relid = t.relid)), 0)
    from pg_stat_user_tables t";

/// The tables of which most was read since, and through what.
const WORST: &str = "select string_agg(relname || ': ' || n, ', ') from
    (select relname, n from (select relname::text, seq_tup_read n from pg_stat_user_tables
     union all select indexrelname::text, idx_tup_read from pg_stat_user_indexes) both_kinds order by n desc limit 4) worst";

#[test]
fn nothing_walks_all_children_for_each() {
    let server = wait(Server::start_with(
        &[],
        &["autovacuum=off", "max_prepared_transactions=1"],
        5432,
    ));
    let desk = Desk::with(Some(server));
    let province = desk.path("tinh");
    generate(&province, &["--people", &CHILDREN.to_string()]);
    let path = |name: &str| province.join(name).to_str().unwrap().to_owned();
    desk.json(&["init", "--edition", "2024-06-13"]);
    desk.ask("analyze");
    desk.ask(DARK);
    let mut over = Vec::new();
    let mut run = |arguments: &[&str]| {
        desk.ask("select pg_stat_reset()");
        let told = desk.json(arguments);
        let read: u64 = desk.ask(READ).parse().unwrap();
        eprintln!("{read:>10} {arguments:?} {}", desk.ask(WORST));
        let by_pages = matches!(
            arguments,
            ["import" | "undo" | "rules", ..] | ["units", "reform", "2025-07-01", ..]
        );
        if !by_pages && read > CHILDREN * CHILDREN / 8 {
            over.push(format!("{arguments:?}: {read}: {}", desk.ask(WORST)));
        }
        told
    };
    let told = run(&[&["import", &path("register.csv")], &DAY[..]].concat());
    let children = told["new"].as_u64().unwrap();
    assert!(children > CHILDREN / 2, "{children}");
    let import = told["import"].as_str().unwrap();
    run(&[
        "headcount",
        "load",
        &path("headcounts.csv"),
        "--edition",
        "2024-06-13",
    ]);
    let figures = [
        &["coverage"][..],
        &["report", "show"],
        &["report", "why"],
        &["report", "when"],
        &["letter", "write"],
        &["letter", "write", "--edition", "2025-07-01"],
        &["list", "unidentified"],
        &[
            "list",
            "unidentified",
            "--register-as-of",
            "2999-01-01T00:00:00Z",
        ],
        &["movements"],
    ];
    for arguments in figures {
        let dated = !matches!(arguments, ["movements", ..]);
        run(&[arguments, if dated { &DAY[..] } else { &[] }].concat());
    }
    run(&["duplicates", "--save"]);
    let rules = samples("rules.toml");
    run(&["rules", "publish", rules.to_str().unwrap(), "--yes"]);
    run(&["today"]);
    let sound = |told: Value| assert_eq!(told["troubles"], Value::Array(vec![]));
    sound(run(&["doctor"]));
    run(&["undo", import, "--yes"]);
    sound(run(&["doctor"]));
    run(&["undo", import, "--redo", "--yes"]);
    sound(run(&["doctor"]));
    let told = run(&["units", "reform", "2025-07-01", "--yes"]);
    let reform = told["reform"].as_str().unwrap();
    run(&[&["coverage"], &DAY[..]].concat());
    run(&["units", "reform", "--left"]);
    run(&["units", "reform", "--undo", reform, "--yes"]);
    sound(run(&["doctor"]));
    assert_eq!(desk.ask("select sum(reltuples) from pg_class where relname in ('number_claim', 'tally_child', 'child_home')"), "0", "it was not dark");
    assert!(over.is_empty(), "{over:#?}");
}
