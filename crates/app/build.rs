//! Embeds what `make pages` built. Where it has not been built the program still builds, serves pages without styles, and says so.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs, io};

/// A folder cargo names while it builds.
fn folder(name: &str) -> io::Result<PathBuf> {
    env::var_os(name)
        .map(PathBuf::from)
        .ok_or_else(|| io::Error::other(format!("{name} is not set")))
}

fn main() -> io::Result<()> {
    let built = folder("CARGO_MANIFEST_DIR")?.join("pages/built");
    println!("cargo::rerun-if-changed={}", built.display());
    let mut files: Vec<PathBuf> = Vec::new();
    if let Ok(entries) = fs::read_dir(&built) {
        for entry in entries {
            files.push(entry?.path());
        }
    } else {
        println!("cargo::warning=the pages have no styles and no script: run `make pages` first");
    }
    files.sort();
    let mut text =
        String::from("/// Name and bytes of each file.\npub const FILES: &[(&str, &[u8])] = &[\n");
    for file in &files {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        writeln!(
            text,
            "    ({name:?}, include_bytes!({:?})),",
            file.display().to_string()
        )
        .map_err(io::Error::other)?;
    }
    text.push_str("];\n");
    fs::write(folder("OUT_DIR")?.join("pages.rs"), text)
}
