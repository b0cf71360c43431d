//! A PostgreSQL of the test's own: `initdb` in a temporary folder, a Unix socket only, nothing synced; gone with the test.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;
use treem_store::Store;

/// What the tests need, in one sentence.
const NEEDED: &str = "these tests need PostgreSQL 15 or newer: run scripts/tools.sh test, or apt-get install postgresql";

/// The port that names its socket; nothing listens there.
const PORT: u16 = 5432;

/// A running server.
pub struct Server {
    process: Child,
    folder: tempfile::TempDir,
    settings: Vec<String>,
    port: u16,
}

fn program(name: &str) -> PathBuf {
    let mut found: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin").join(name)))
        })
        .filter(|(version, path)| *version >= 15 && path.is_file())
        .collect();
    found.sort();
    found
        .pop()
        .map_or_else(|| PathBuf::from(name), |(_, path)| path)
}

fn ask(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    output.map_or_else(
        |_| String::new(),
        |output| String::from_utf8_lossy(&output.stdout).trim().to_owned(),
    )
}

/// PostgreSQL refuses root: then everything runs as its own user.
fn as_postgres(path: &Path) -> Command {
    if ask("id", &["-u"]) == "0" {
        let mut command = Command::new("setpriv");
        command
            .args([
                "--reuid=postgres",
                "--regid=postgres",
                "--clear-groups",
                "--",
            ])
            .arg(path);
        command
    } else {
        Command::new(path)
    }
}

fn must(output: std::io::Result<Output>) {
    let output = output.expect(NEEDED);
    assert!(
        output.status.success(),
        "{NEEDED}\n{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

impl Server {
    /// Starts one.
    pub async fn start() -> Self {
        Self::start_with(&[], &[], PORT).await
    }

    /// Starts one with files beside its data, which only it may read, and settings of its own.
    pub async fn start_with(files: &[(&str, &str)], settings: &[&str], port: u16) -> Self {
        let folder = tempfile::Builder::new().prefix("pg").tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            let only_it = std::os::unix::fs::PermissionsExt::from_mode(0o600);
            std::fs::set_permissions(&path, only_it).unwrap();
        }
        if ask("id", &["-u"]) == "0" {
            must(
                Command::new("chown")
                    .args(["-R", "postgres:postgres"])
                    .arg(folder.path())
                    .output(),
            );
        }
        let data = folder.path().join("data");
        must(
            as_postgres(&program("initdb"))
                .args([
                    "--auth=trust",
                    "--username=treem",
                    "--encoding=UTF8",
                    "--no-sync",
                    "--no-instructions",
                ])
                .arg("--locale=C.UTF-8")
                .arg("--pgdata")
                .arg(&data)
                .current_dir(folder.path())
                .output(),
        );
        let settings: Vec<String> = settings.iter().map(|one| (*one).to_owned()).collect();
        let process = Self::run(folder.path(), &settings, port);
        let server = Self {
            process,
            folder,
            settings,
            port,
        };
        server.answers().await;
        server
    }

    /// Runs the server. It keeps nothing for a power cut, but what was committed outlives the server itself.
    fn run(folder: &Path, settings: &[String], port: u16) -> Child {
        as_postgres(&program("postgres"))
            .arg("-D")
            .arg(folder.join("data"))
            .arg("-k")
            .arg(folder)
            .args([
                "-c",
                "listen_addresses=",
                "-c",
                "fsync=off",
                "-c",
                "full_page_writes=off",
            ])
            .args(["-c", "max_connections=40"])
            .args(["-p", &port.to_string()])
            .args(settings.iter().flat_map(|one| ["-c", one.as_str()]))
            .current_dir(folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect(NEEDED)
    }

    async fn answers(&self) {
        for _ in 0..600 {
            if Store::create(&self.address()).await.is_ok() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("PostgreSQL did not start in half a minute");
    }

    /// Lets it fall, as if killed («immediate»), and starts it again.
    pub async fn fall(&mut self) {
        self.stop();
        self.process = Self::run(self.folder.path(), &self.settings, self.port);
        self.answers().await;
    }

    /// Asks the server's own client; its answer in one word.
    pub fn ask(&self, statement: &str) -> String {
        let output = Command::new(program("psql"))
            .arg("--host")
            .arg(self.folder.path())
            .args(["--username=treem", "--dbname=postgres", "--no-psqlrc"])
            .arg(format!("--port={}", self.port))
            .args([
                "--tuples-only",
                "--no-align",
                "--quiet",
                "--command",
                statement,
            ])
            .output()
            .expect(NEEDED);
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    fn stop(&mut self) {
        let asked = Command::new("bash")
            .args(["-c", &format!("kill -QUIT {}", self.process.id())])
            .status();
        if !asked.is_ok_and(|status| status.success()) {
            let _ = self.process.kill();
        }
        let _ = self.process.wait();
    }

    /// Where it is.
    pub fn address(&self) -> String {
        format!(
            "postgres://treem@localhost/postgres?host={}&port={}",
            self.folder.path().to_str().unwrap().replace('/', "%2F"),
            self.port
        )
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}
