//! The yardstick of `bench/pages.sh`: an axum server that answers one address with one page of fixed bytes, and does nothing else.
//!
//! usage: bare_page PORT BYTES

use axum::Router;
use axum::response::Html;
use axum::routing::get;

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let port = arguments.next().unwrap_or_else(|| "9099".to_owned());
    let bytes = arguments
        .next()
        .and_then(|bytes| bytes.parse().ok())
        .unwrap_or(20_000);
    let page: &'static str = Box::leak("x".repeat(bytes).into_boxed_str());
    let router = Router::new().route("/", get(move || async move { Html(page) }));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await?;
        axum::serve(listener, router).await?;
        Ok(())
    })
}
