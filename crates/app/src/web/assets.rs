//! Styles, script and fonts: built by `make pages`, embedded, served under a name that changes with their content.
//!
//! In: a name. Out: bytes that a browser may keep for a year.

use super::State;
use axum::extract::{Path, State as Of};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::sync::{Arc, LazyLock};

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/pages.rs"));
}

/// What distinguishes this set of files from any other: part of their address.
pub static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut hash = Sha256::new();
    for (name, bytes) in embedded::FILES {
        hash.update(name.as_bytes());
        hash.update(bytes);
    }
    let mut version = String::new();
    for byte in hash.finalize().iter().take(8) {
        let _ = write!(version, "{byte:02x}");
    }
    version
});

/// Whether styles and script are in this program.
pub fn are_built() -> bool {
    !embedded::FILES.is_empty()
}

/// One file.
pub async fn file(Path((_, name)): Path<(String, String)>, Of(_): Of<Arc<State>>) -> Response {
    let Some((_, bytes)) = embedded::FILES.iter().find(|(known, _)| *known == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kind = match name.rsplit_once('.').map(|(_, kind)| kind) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("woff2") => "font/woff2",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    (
        [
            (header::CONTENT_TYPE, kind),
            (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        ],
        *bytes,
    )
        .into_response()
}
