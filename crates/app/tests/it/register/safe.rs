//! A server that others use too: the role of every day can work and cannot rewrite what happened; the way there is encrypted, and a stranger
//! is not trusted.

use super::server::Server;
use super::{Desk, Value, wait};
use crate::run;
use std::net::TcpListener;

const DAY: &str = "2024-06-13";

#[test]
fn the_role_of_every_day() {
    let mut desk = Desk::new(true);
    let owner = desk.data.clone();
    let daily = owner.replace("postgres://treem@", "postgres://lam_viec@");
    let init = ["init", "--edition", DAY, "--app-role", "lam_viec"];
    desk.refused(&init, "chưa có vai trò “lam_viec”");
    desk.ask("create role lam_viec login");
    let made = desk.json(&init);
    assert_eq!(
        (&made["new"], &made["app_role"]),
        (&false.into(), &"lam_viec".into())
    );
    assert!(made["unchangeable"].as_u64().unwrap() >= 10, "{made}");
    assert!(
        desk.json(&["doctor"])["advice"]
            .to_string()
            .contains("--app-role")
    );

    // A day's work.
    desk.data.clone_from(&daily);
    let list = |name: &str, from: u32| {
        let path = desk.path(name);
        let lines: Vec<String> = (from..from + 20).map(|nth| run::child(nth * 37)).collect();
        run::list(&path, &lines);
        path.to_str().unwrap().to_owned()
    };
    let (first, second) = (list("mot.csv", 1), list("hai.csv", 15));
    desk.json(&["import", &first, "--as-of", DAY]);
    let told = desk.json(&["import", &second, "--as-of", DAY]);
    let import = told["import"].as_str().unwrap();
    desk.json(&["undo", import, "--yes"]);
    desk.json(&["undo", import, "--redo", "--yes"]);
    let text = desk.export();
    let ids: Vec<&str> = text.lines().filter_map(|line| line.get(..36)).collect();
    desk.json(&["child", "edit", ids[0], "hamlet=Thôn Vực Leng", "--yes"]);
    let merged = desk.json(&["merge", ids[1], ids[2], "--yes"]);
    desk.json(&["unmerge", merged["merge"].as_str().unwrap(), "--yes"]);
    desk.json(&["child", "close", ids[3], "--mistake"]);
    desk.json(&["duplicates", "--save"]);
    let reform = desk.json(&["units", "reform", "2025-07-01", "--yes"]);
    desk.json(&[
        "units",
        "reform",
        "--undo",
        reform["reform"].as_str().unwrap(),
        "--yes",
    ]);
    desk.json(&["backup", "--to", desk.path("ban.db").to_str().unwrap()]);
    let report = desk.json(&["doctor"]);
    assert_eq!(report["troubles"], Value::Array(vec![]));
    assert!(
        !report["advice"].to_string().contains("--app-role"),
        "{report}"
    );

    // What happened it may neither change nor delete, nor the structure.
    for statement in [
        "update child_event set why = ''",
        "delete from child_event",
        "update child_event_sensitive set record = ''",
        "update audit set who = ''",
        "delete from audit",
        "truncate audit",
        "drop table finding",
        "alter table child add column more text",
        "delete from child",
    ] {
        let tried = format!(
            "do $$ begin set local role lam_viec; {statement}; raise exception 'allowed'; exception when insufficient_privilege then null; end $$"
        );
        desk.ask(&tried);
    }
    let restore = desk.treem(&[
        "restore",
        desk.path("ban.db").to_str().unwrap(),
        "--replace",
        "--yes",
    ]);
    assert!(
        restore.code != 0 && restore.err.contains("vai trò chủ sở hữu"),
        "{}",
        restore.err
    );
    // A structure that is not up to date is the owner's to bring up to date.
    desk.ask("create table kept as select * from migration where number = 11");
    desk.ask("delete from migration where number = 11");
    let early = desk.treem(&["imports"]);
    assert!(
        early.code != 0 && early.err.contains("vai trò chủ sở hữu"),
        "{}",
        early.err
    );
    desk.ask("insert into migration select * from kept");
    assert_eq!(
        desk.json(&["imports"])["imports"].as_array().unwrap().len(),
        2
    );
}

#[test]
fn a_file_has_no_roles() {
    let desk = Desk::new(false);
    desk.refused(&["init", "--app-role", "lam_viec"], "không có vai trò");
    desk.refused(&["imports"], "chưa có sổ");
}

/// A certificate of one's own making with its key, as PEM.
fn certificate(of: &str) -> (String, String) {
    let made = rcgen::generate_simple_self_signed(vec![of.to_owned()]).unwrap();
    (made.cert.pem(), made.signing_key.serialize_pem())
}

#[test]
fn the_way_to_the_server_is_encrypted() {
    let (cert, key) = certificate("localhost");
    let (other, _) = certificate("localhost");
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let who = "local all all trust\nhostssl all all 127.0.0.1/32 trust\n";
    let files = [
        ("may-chu.crt", cert.as_str()),
        ("may-chu.key", &key),
        ("hba.conf", who),
    ];
    let settings = [
        "listen_addresses=127.0.0.1",
        "ssl=on",
        "ssl_cert_file=../may-chu.crt",
        "ssl_key_file=../may-chu.key",
        // Unlike the others, from the folder it is started in.
        "hba_file=hba.conf",
    ];
    let server = wait(Server::start_with(&files, &settings, port));
    let mut desk = Desk::new(false);
    let kept = |name: &str, text: &str| {
        let path = desk.path(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (known, stranger) = (kept("biet.crt", &cert), kept("la.crt", &other));
    let at = |host: &str, more: &str| format!("postgres://treem@{host}:{port}/postgres?{more}");
    desk.data = at("localhost", "sslmode=require");
    desk.json(&["init", "--edition", DAY]);
    let untrusted = "TLS";
    for (host, more, refused) in [
        // Without encryption the server lets nobody in.
        (
            "localhost",
            "sslmode=disable".to_owned(),
            "không mở được sổ",
        ),
        ("localhost", "sslmode=require".to_owned(), ""),
        ("localhost", "sslmode=prefer".to_owned(), ""),
        // Nobody has said that this server is to be trusted.
        ("localhost", "sslmode=verify-ca".to_owned(), untrusted),
        ("localhost", "sslmode=verify-full".to_owned(), untrusted),
        (
            "localhost",
            format!("sslmode=verify-full&sslrootcert={known}"),
            "",
        ),
        (
            "localhost",
            format!("sslmode=verify-full&sslrootcert={stranger}"),
            untrusted,
        ),
        // It is trusted, under another name.
        (
            "127.0.0.1",
            format!("sslmode=verify-full&sslrootcert={known}"),
            untrusted,
        ),
        (
            "127.0.0.1",
            format!("sslmode=verify-ca&sslrootcert={known}"),
            "",
        ),
    ] {
        desk.data = at(host, &more);
        if refused.is_empty() {
            desk.json(&["imports"]);
        } else {
            desk.refused(&["imports"], refused);
        }
    }
    drop(server);
}
