//! The rules of the schema and of the statements, read from the catalogue and the texts themselves.

use super::story::{Place, on_both};
use std::collections::BTreeMap;
use treem_store::migrate::STEPS;
use treem_store::{Store, sql};

/// Tables that are not of one book: units, the books themselves, the program's own, and who claimed a number first in any book.
const SHARED: [&str; 4] = ["unit", "register", "migration", "number_claim"];
/// Tables nothing is ever changed in.
const APPEND_ONLY: [&str; 29] = [
    "letter_template",
    "target",
    "cohort",
    "cohort_child",
    "sector_link",
    "handover_setting",
    "handover_evidence",
    "handover_evidence_content",
    "handover_step",
    "handover_frozen",
    "handover_sheet",
    "handover_sheet_child",
    "handover_days",
    "work_done",
    "second_check",
    "look",
    "mirror",
    "mirror_row",
    "mirror_row_sensitive",
    "mirror_link",
    "reform_unit",
    "reform_child",
    "population",
    "audit",
    "child_event",
    "child_event_sensitive",
    "headcount",
    "import_decision",
    "import_row",
];

/// Unique keys by table: the columns of each, in order.
type Keys = BTreeMap<String, Vec<Vec<String>>>;

/// Three texts of a row.
type Three = (String, String, String);

async fn keys(place: &Place) -> (Keys, Vec<Three>) {
    let mut out = Keys::new();
    let (rows, foreign): (Vec<Three>, Vec<Three>) = match &place.store {
        Store::Lite { read, .. } => (
            sqlx::query_as(
                "select m.name, i.name, c.name from sqlite_master m join pragma_index_list(m.name) i join pragma_index_info(i.name) c
                 where m.type = 'table' and i.\"unique\" = 1 order by m.name, i.name, c.seqno",
            )
            .fetch_all(read)
            .await
            .unwrap(),
            sqlx::query_as(
                "select m.name, f.\"table\", f.\"from\" from sqlite_master m join pragma_foreign_key_list(m.name) f
                 where m.type = 'table' and f.seq = 0 order by m.name",
            )
            .fetch_all(read)
            .await
            .unwrap(),
        ),
        Store::Pg(pool) => (
            sqlx::query_as(
                "select t.relname::text, i.relname::text, a.attname::text
                 from pg_index x join pg_class t on t.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
                 join pg_namespace n on n.oid = t.relnamespace and n.nspname = 'public'
                 join generate_series(0, 9) k on k < x.indnkeyatts
                 join pg_attribute a on a.attrelid = t.oid and a.attnum = x.indkey[k]
                 where x.indisunique order by 1, 2, k",
            )
            .fetch_all(pool)
            .await
            .unwrap(),
            sqlx::query_as(
                "select t.relname::text, r.relname::text, a.attname::text
                 from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_class r on r.oid = c.confrelid
                 join pg_attribute a on a.attrelid = t.oid and a.attnum = c.conkey[1] where c.contype = 'f' order by 1, 2",
            )
            .fetch_all(pool)
            .await
            .unwrap(),
        ),
    };
    let mut index = String::new();
    for (table, name, column) in rows {
        let keys = out.entry(table).or_default();
        if index != name {
            keys.push(Vec::new());
            index = name;
        }
        keys.last_mut().unwrap().push(column);
    }
    (out, foreign)
}

/// How many tables the steps leave behind.
pub fn tables_made() -> usize {
    let count = |word: &str| {
        let texts = STEPS.iter().map(|(_, text)| text.matches(word).count());
        texts.sum::<usize>()
    };
    count("create table ") - count("drop table ")
}

#[tokio::test]
async fn register_comes_first_in_every_key() {
    on_both(async |place| {
        let (mut keys, foreign) = keys(&place).await;
        // A key of one whole number is no index of its own on SQLite.
        keys.remove("migration");
        let made = tables_made();
        assert_eq!(keys.len(), made, "{:?}", keys.keys());
        for (table, keys) in &keys {
            for key in keys {
                let shared = SHARED.contains(&table.as_str()) && table != "register";
                assert_eq!(key[0] == "register", !shared, "{table}: {key:?}");
            }
        }
        assert_eq!(keys["child"], [["register", "id"]]);
        assert!(keys["child_event"].contains(&vec![
            "register".to_owned(),
            "child".to_owned(),
            "request".to_owned()
        ]));
        // Foreign keys go along the register, or to the units.
        assert!(foreign.len() >= 12, "{foreign:?}");
        for (table, to, column) in &foreign {
            assert!(
                column == "register" || to == "unit",
                "{table} → {to} by {column}"
            );
        }
    })
    .await;
}

#[test]
fn the_migrations_are_portable() {
    let texts: Vec<&str> = STEPS.iter().map(|(_, text)| *text).collect();
    let bare: String = texts
        .join("\n")
        .lines()
        .filter(|line| !line.trim_start().starts_with("--"))
        .collect::<Vec<_>>()
        .join("\n");
    let mut columns = 0;
    for line in bare.lines().filter(|line| line.starts_with("  ")) {
        let words: Vec<&str> = line.split_whitespace().collect();
        if matches!(words[0], "primary" | "foreign") {
            continue;
        }
        columns += 1;
        let kind = words[1].trim_end_matches(',');
        assert!(
            matches!(kind, "text" | "bigint" | "boolean" | "bytea"),
            "{line}"
        );
    }
    assert!(columns > 100);
    for word in [
        "default",
        "trigger",
        "serial",
        "generated",
        "now()",
        "random()",
        "json",
        "uuid",
        "timestamp",
        "integer",
        " cascade",
        "autoincrement",
    ] {
        assert!(!bare.contains(word), "{word}");
    }
}

#[test]
fn the_statements_keep_the_rules() {
    let all = || {
        sql::all()
            .map(|(name, text)| (*name, *text))
            .chain(sql::all_many().map(|(name, many)| (*name, many.into)))
    };
    let mut last = String::new();
    for (name, text) in all() {
        let words: Vec<String> = text
            .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .map(str::to_lowercase)
            .collect();
        let has = |word: &str| words.iter().any(|known| known == word);
        // Portable: none of these is the same on both.
        for word in [
            "ilike",
            "regexp",
            "unaccent",
            "array",
            "any",
            "now",
            "random",
            "recursive",
            "skip",
            "returning",
            "replace",
            "rowid",
            "integer",
            "nulls",
            "rollup",
            "cube",
            "truncate",
            "trigger",
            "json",
        ] {
            assert!(!has(word), "{name}: {word}");
        }
        // Nothing is taken back.
        for table in APPEND_ONLY {
            assert!(
                !text.contains(&format!("update {table} "))
                    && !text.contains(&format!("delete from {table} ")),
                "{name}: {table}"
            );
        }
        // The key of a book is written once, and is part of every statement about children.
        assert!(!text.contains("set register"), "{name}");
        let of_one_book = [
            "child",
            "child_sensitive",
            "child_event",
            "child_event_sensitive",
            "child_number",
            "finding",
            "import",
            "import_row",
            "headcount",
            "audit",
            "import_waiting",
            "import_waiting_sensitive",
            "import_candidate",
            "import_decision",
            "import_finding",
            "apart",
            "child_move",
            "child_origin",
            "child_merge",
            "population",
            "reform",
            "reform_unit",
            "reform_child",
            "mirror",
            "mirror_row",
            "mirror_row_sensitive",
            "mirror_link",
            "sector_source",
            "sector_row",
            "sector_row_sensitive",
            "sector_match",
            "sector_found",
            "sector_state",
            "sector_link",
            "sector_estimate",
            "child_home",
            "tally_child",
            "tally",
            "tally_unit",
            "tally_day",
            "tally_move",
            "work",
            "work_done",
            "fix",
            "fix_row",
            "fix_row_sensitive",
            "second_check",
            "handover_list",
            "handover_row",
            "handover_step",
            "handover_frozen",
            "handover_sheet",
            "handover_sheet_child",
            "handover_days",
            "handover_answer",
            "handover_effect",
            "number_standing",
            "handover_task",
            "handover_setting",
            "handover_evidence",
            "handover_evidence_content",
            "entry_draft",
            "attachment",
            "attachment_content",
            "attachment_child",
            "person",
            "area_grant",
            "person_link",
            "session",
            "attempt",
            "token",
            "look",
        ];
        if of_one_book.iter().any(|table| {
            words.windows(2).any(|pair| {
                matches!(pair[0].as_str(), "from" | "join" | "into" | "update") && pair[1] == *table
            })
        }) {
            assert!(
                text.contains("register = $1") || text.contains("(register,"),
                "{name}"
            );
        }
        // Parameters are used without a gap, or one would silently be NULL.
        if let Some((_, statement)) = sql::all().find(|(known, _)| *known == name) {
            let count = (1..40)
                .take_while(|n| statement.contains(&format!("${n}")))
                .count();
            assert!(
                !(count + 1..40).any(|n| statement.contains(&format!("${n}"))),
                "{name}"
            );
        }
        assert_ne!(last, name);
        name.clone_into(&mut last);
    }
    for (name, many) in sql::all_many() {
        let columns = many
            .into
            .split_once('(')
            .unwrap()
            .1
            .split_once(')')
            .unwrap()
            .0
            .split(',')
            .count();
        assert_eq!(columns, many.columns, "{name}");
        assert!(many.most() * many.columns <= 32_766, "{name}");
    }
}
