//! `treem serve`: the register in the browser.
//!
//! In: which register, where to listen, by which way. Out: what was opened, in one line that other programs can read with `--json`.

use super::register::{Around, At};
use super::{DONE, PARTLY, screen};
use crate::act::access;
use crate::act::register::Failed;
use crate::jobs::Jobs;
use crate::limits;
use crate::web::serve::{Way, until_stopped};
use crate::web::under_way::UnderWay;
use crate::web::{Outside, State, assets_are_built, rate::Rate, tls};
use anyhow::Context as _;
use clap::Args;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use treem_store::Store;

/// Where pages are served where nobody says otherwise: this machine alone.
const LISTEN: &str = "127.0.0.1:8080";
/// How long acts, and then long works, are waited for once nobody is answered any more: longer than a writer waits for another one.
const LAST_ACTS: Duration = Duration::from_secs(30);

/// `treem serve`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem serve  (chỉ máy này: http://127.0.0.1:8080)\n  treem serve --listen 0.0.0.0:8443 --https --name may-chu.xa --name 192.168.1.10  (mạng nội bộ)\n  treem serve --listen 127.0.0.1:8080 --behind-proxy  (sau nginx, đã có HTTPS)\n\nLần đầu, chương trình in ra một liên kết dùng một lần để lập tài khoản quản trị;\nkhông có mật khẩu sẵn.\nMáy chủ trung gian đứng trước phải chuyển nguyên Host và Origin, và ghi X-Forwarded-For."
)]
pub struct ServeArgs {
    #[command(flatten)]
    at: At,
    /// Địa chỉ và cổng mở trang.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = LISTEN)]
    listen: SocketAddr,
    /// HTTPS bằng chứng thư do chương trình tự lập (mạng nội bộ); các máy cần tin tệp ca.pem một lần.
    #[arg(long)]
    https: bool,
    /// Tên hoặc địa chỉ mà người dùng gõ để vào (dùng với --https; ghi được nhiều lần).
    #[arg(long = "name", value_name = "HOST")]
    names: Vec<String>,
    /// Thư mục giữ chứng thư; không ghi thì là thư mục tls cạnh sổ.
    #[arg(long, value_name = "DIR")]
    tls: Option<PathBuf>,
    /// Đứng sau một máy chủ trung gian có HTTPS: tin X-Forwarded-For của nó.
    #[arg(long, conflicts_with = "https")]
    behind_proxy: bool,
    /// Số yêu cầu mỗi giây mà một địa chỉ được gửi.
    #[arg(long, value_name = "N", default_value_t = limits::REQUESTS_A_SECOND)]
    rate: u32,
}

/// Runs `treem serve`.
pub fn run(args: &ServeArgs, around: &Around) -> anyhow::Result<u8> {
    if !args.listen.ip().is_loopback() && !args.https && !args.behind_proxy {
        screen::complain(
            "mở cho máy khác mà không có HTTPS thì mật khẩu và hồ sơ đi qua mạng không che; hãy thêm --https, hoặc --behind-proxy nếu phía trước đã có HTTPS.",
        );
        return Ok(PARTLY);
    }
    if !assets_are_built() {
        screen::complain(
            "bản này được dựng chưa kèm giao diện (make pages); trang vẫn chạy nhưng không có kiểu trình bày.",
        );
    }
    let mut desk = args.at.desk(around);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("không chuẩn bị được máy chủ")?;
    let opened = runtime.block_on(async {
        let store = Store::open(&desk.data).await?;
        Ok::<_, treem_store::Error>(store)
    });
    let store = match opened {
        Ok(store) => store,
        Err(error) => {
            return match Failed::from(error) {
                Failed::Broken(error) => Err(error),
                Failed::Refused(sentence) | Failed::Denied(sentence) => {
                    screen::complain(&sentence);
                    Ok(PARTLY)
                }
            };
        }
    };
    desk.store = Some(store.clone());
    let scheme = if args.https { "https" } else { "http" };
    let way = if args.https {
        let folder = args.tls.clone().unwrap_or_else(|| beside(&desk.data));
        Way::Secure(tls::Own::of(&folder, &names(args), around.today)?)
    } else {
        Way::Plain
    };
    if let Way::Secure(own) = &way {
        screen::complain(&format!(
            "các máy trong mạng cần tin chứng thư này một lần: {} (cũng tải được ở {scheme}://…/ca.pem).",
            own.authority.display()
        ));
    }
    let authority = match &way {
        Way::Secure(own) => std::fs::read(&own.authority).ok(),
        Way::Plain => None,
    };
    let first = {
        let _lent = runtime.enter();
        access::people::first_link(&mut desk, around.secret())
    };
    let first = match first {
        Ok(first) => first,
        Err(Failed::Broken(error)) => return Err(error),
        Err(Failed::Refused(sentence) | Failed::Denied(sentence)) => {
            screen::complain(&sentence);
            return Ok(PARTLY);
        }
    };
    let json = args.at.json;
    let jobs = {
        let _lent = runtime.enter();
        Jobs::new(limits::JOBS)
    };
    let working = jobs.clone();
    let acts = Arc::<UnderWay>::default();
    let state = Arc::new(State {
        store,
        data: desk.data.clone(),
        register: desk.register.clone(),
        outside: Outside {
            clock: around.clock,
            chance: around.secrets,
        },
        secure: args.https || args.behind_proxy,
        behind_proxy: args.behind_proxy,
        authority,
        rate: Rate::new(args.rate),
        jobs,
        portraits: Arc::default(),
        evenings: Arc::default(),
        acts: Arc::clone(&acts),
        log: Arc::default(),
    });
    let (first_look, day) = (Arc::clone(&state), state.today().to_string());
    runtime.spawn(async move {
        first_look.portraits.prepare(&first_look.store, &day).await;
    });
    runtime.block_on(until_stopped(state, args.listen, way, |taken| {
        let home = format!("{scheme}://{}", host(args, taken));
        let link = first.map(|link| format!("{home}/welcome/{link}"));
        if json {
            let told = serde_json::json!({"address": home, "first_link": link});
            screen::say(&format!("{told}\n"));
            return;
        }
        screen::say(&format!("Trang của treem: {home}  (dừng bằng Ctrl-C)\n"));
        if let Some(link) = link {
            screen::say(&format!(
                "Chưa có tài khoản nào. Lập tài khoản quản trị bằng liên kết dùng một lần này:\n  {link}\n"
            ));
        }
    }))?;
    // What is being done ends before the runtime it waits on does; a work that is stopped has written nothing.
    working.stop_all();
    if acts.wait(LAST_ACTS) && working.wait(LAST_ACTS) {
        return Ok(DONE);
    }
    screen::complain(
        "có việc chưa xong sau một phút chờ nên bị bỏ; việc đó chưa ghi gì vào sổ, hãy làm lại khi mở máy chủ.",
    );
    // It is left to the end of the process: what stands in a transaction that is not kept is not in the book.
    std::mem::forget(runtime);
    Ok(DONE)
}

/// The names of the certificate.
fn names(args: &ServeArgs) -> Vec<String> {
    if !args.names.is_empty() {
        return args.names.clone();
    }
    let mut names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
    if !args.listen.ip().is_unspecified() && !args.listen.ip().is_loopback() {
        names.insert(0, args.listen.ip().to_string());
    }
    names
}

/// What people type to come here.
fn host(args: &ServeArgs, taken: SocketAddr) -> String {
    match args.names.first() {
        Some(name) => format!("{name}:{}", taken.port()),
        None if taken.ip().is_unspecified() => format!("localhost:{}", taken.port()),
        None => taken.to_string(),
    }
}

/// The folder of certificates beside the register.
fn beside(data: &str) -> PathBuf {
    if data.contains("://") {
        return PathBuf::from("treem-data/tls");
    }
    Path::new(data)
        .parent()
        .unwrap_or(Path::new(""))
        .join("tls")
}
