//! `treem serve` stops: acts that wait for the database end before what they wait on does.

use super::run::TREEM;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::time::Duration;
use treem_store::{Begun, Doing, Store};

#[cfg(unix)]
#[test]
fn an_act_that_waits_is_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("so.db");
    let data = data.to_str().unwrap();
    let treem = |args: &[&str]| {
        let mut command = Command::new(TREEM);
        command.args(args).env("TREEM_DATA", data);
        command
    };
    let made = treem(&["init", "--edition", "2024-06-13"])
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    let mut server = treem(&["serve", "--listen", "127.0.0.1:0", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut out = BufReader::new(server.stdout.take().unwrap());
    out.read_line(&mut line).unwrap();
    let told: serde_json::Value = serde_json::from_str(&line).unwrap();
    let address = told["address"].as_str().unwrap();
    let host = address.strip_prefix("http://").unwrap().to_owned();

    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let store = runtime.block_on(Store::open(data)).unwrap();
    let doing = Doing {
        register: "45".to_owned(),
        act: "thử".to_owned(),
        who: "thử".to_owned(),
        role: String::new(),
        office: String::new(),
        why: String::new(),
        request: "thử-1".to_owned(),
        at: "2024-06-13T00:00:00.000000Z".to_owned(),
    };
    let Ok(Begun::Act(held)) = runtime.block_on(store.begin(doing)) else {
        panic!("the write lock is not free");
    };
    // Several want to write: one waits for the file, the others for the one connection that writes. Nobody waits for their answers.
    for _ in 0..4 {
        let mut asks = TcpStream::connect(&host).unwrap();
        let form = "name=quantri&password=khong+phai+mat+khau";
        write!(
            asks,
            "POST /sign-in HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            form.len()
        )
        .unwrap();
        // The server has read it all by the time it answers nothing for a while.
        std::thread::sleep(Duration::from_millis(150));
    }
    let stopped = Command::new("bash")
        .args(["-c", &format!("kill -TERM {}", server.id())])
        .status()
        .unwrap();
    assert!(stopped.success());
    std::thread::sleep(Duration::from_millis(700));
    assert!(
        server.try_wait().unwrap().is_none(),
        "it ended while an act waited"
    );
    runtime.block_on(async { drop(held) });
    runtime.block_on(store.close());
    let ended = server.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success(), "{said}");
    assert!(!said.contains("panicked"), "{said}");
}
