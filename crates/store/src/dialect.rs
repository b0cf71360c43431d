//! One text for two engines: PostgreSQL's words, four of them replaced for SQLite (docs/decisions/0012-one-sql-text.md).
//!
//! In: a migration. Out: its statements in the words of an engine.

use crate::store::Engine;

/// Words of PostgreSQL and what SQLite calls them.
pub const WORDS: [(&str, &str); 4] = [
    ("bigint", "integer"),
    ("boolean", "integer"),
    ("bytea", "blob"),
    ("double precision", "real"),
];

/// The statements of a migration, without comments, in the words of an engine.
pub fn statements(text: &str, engine: Engine) -> Vec<String> {
    let bare: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("--"))
        .collect();
    bare.join("\n")
        .split(';')
        .map(str::trim)
        .filter(|statement| !statement.is_empty())
        .map(|statement| in_words_of(statement, engine))
        .collect()
}

fn in_words_of(statement: &str, engine: Engine) -> String {
    let mut out = statement.to_owned();
    if engine == Engine::Sqlite {
        for (theirs, ours) in WORDS {
            out = out.replace(&format!(" {theirs}"), &format!(" {ours}"));
        }
        if out.starts_with("create table") {
            out.push_str(" strict");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_replaced() {
        let text = "-- why; not\ncreate table a (\n  b bigint not null,\n  c boolean\n);\ncreate index d on a (b);";
        let check = |engine, want: [&str; 2]| assert_eq!(statements(text, engine), want);
        check(
            Engine::Sqlite,
            [
                "create table a (\n  b integer not null,\n  c integer\n) strict",
                "create index d on a (b)",
            ],
        );
        check(
            Engine::Postgres,
            [
                "create table a (\n  b bigint not null,\n  c boolean\n)",
                "create index d on a (b)",
            ],
        );
    }
}
