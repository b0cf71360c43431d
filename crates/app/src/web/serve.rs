//! `treem serve`: the pages on a port, by HTTP behind a proxy or on this machine, by HTTPS on a local network.
//!
//! In: where to listen and what to serve. Out: nothing until it is stopped (Ctrl-C, SIGTERM); what was asked before that is answered.

use super::{State, router, tls};
use anyhow::Context as _;
use axum_server::Handle;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

/// How long those who are being answered are waited for.
const LAST_ANSWERS: Duration = Duration::from_secs(20);

/// By which way people come.
pub enum Way {
    /// HTTP.
    Plain,
    /// HTTPS with the certificate of this program's own authority.
    Secure(tls::Own),
}

/// Serves until it is stopped. `ready` is told the port that was taken.
///
/// # Errors
/// The port cannot be taken.
pub async fn until_stopped(
    state: Arc<State>,
    listen: SocketAddr,
    way: Way,
    ready: impl FnOnce(SocketAddr),
) -> anyhow::Result<()> {
    let listener = std::net::TcpListener::bind(listen).with_context(|| {
        format!("không mở được cổng {listen}; cổng có thể đang được chương trình khác dùng")
    })?;
    listener
        .set_nonblocking(true)
        .context("không mở được cổng")?;
    let taken = listener.local_addr().context("không mở được cổng")?;
    let pages = router(state).into_make_service_with_connect_info::<SocketAddr>();
    let handle: Handle<SocketAddr> = Handle::new();
    tokio::spawn(stop_when_told(handle.clone()));
    ready(taken);
    match way {
        Way::Plain => {
            axum_server::from_tcp(listener)
                .context("không mở được cổng")?
                .handle(handle)
                .serve(pages)
                .await
        }
        Way::Secure(own) => {
            axum_server::tls_rustls::from_tcp_rustls(listener, own.config()?)
                .context("không mở được cổng")?
                .handle(handle)
                .serve(pages)
                .await
        }
    }
    .context("máy chủ dừng vì lỗi mạng")
}

/// Waits for Ctrl-C or SIGTERM.
async fn stop_when_told(handle: Handle<SocketAddr>) {
    let ctrl_c = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut term) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = ctrl_c => {}
                _ = term.recv() => {}
            }
        } else {
            let _ = ctrl_c.await;
        }
    }
    #[cfg(not(unix))]
    let _ = ctrl_c.await;
    handle.graceful_shutdown(Some(LAST_ANSWERS));
}
