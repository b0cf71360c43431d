//! Embeds what `make pages` built. Where it has not been built the program still builds, serves pages without styles, and says so.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let built =
        Path::new(&env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?).join("pages/built");
    println!("cargo::rerun-if-changed={}", built.display());
    let mut files: Vec<PathBuf> = match fs::read_dir(&built) {
        Ok(entries) => entries
            .map(|entry| Ok(entry?.path()))
            .collect::<io::Result<_>>()?,
        Err(_) => {
            println!(
                "cargo::warning=the pages have no styles and no script: run `make pages` first"
            );
            Vec::new()
        }
    };
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
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    fs::write(out.join("pages.rs"), text)
}
