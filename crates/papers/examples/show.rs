//! Writes every kind of document with invented people: `cargo run -p treem-papers --example show --features pdf -- FOLDER [ROWS]`. With
//! ROWS also a police list of that many rows, with the time it takes.

#[path = "show/invented.rs"]
mod invented;

use std::{error::Error, fs, path::Path, time::Instant};

use treem_papers::{document::Document, docx, household};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("FOLDER [ROWS]")?;
    let folder = Path::new(&folder);
    fs::create_dir_all(folder)?;
    let rows = arguments
        .next()
        .map(|rows| rows.parse::<usize>())
        .transpose()?;
    let documents = match rows {
        Some(rows) => vec![(format!("police-{rows}"), invented::police(rows).document()?)],
        None => vec![
            (
                "household".to_owned(),
                household::document(&invented::sheets(4))?,
            ),
            ("police".to_owned(), invented::police(42).document()?),
            (
                "minutes-out".to_owned(),
                invented::minutes(false).document(),
            ),
            (
                "minutes-back".to_owned(),
                invented::minutes(true).document(),
            ),
            ("letter".to_owned(), invented::letter().document()?),
            ("annex".to_owned(), invented::annex(90).document()?),
        ],
    };
    for (name, document) in &documents {
        let begun = Instant::now();
        let bytes = docx::write(document)?;
        println!(
            "{name}.docx: {} bytes, {:.2} s",
            bytes.len(),
            begun.elapsed().as_secs_f32()
        );
        fs::write(folder.join(format!("{name}.docx")), bytes)?;
        pdf(folder, name, document)?;
    }
    Ok(())
}

#[cfg(feature = "pdf")]
fn pdf(folder: &Path, name: &str, document: &Document) -> Result<(), Box<dyn Error>> {
    let begun = Instant::now();
    let laid = treem_papers::pdf::lay_out(document, invented::MADE)?;
    let layout = begun.elapsed().as_secs_f32();
    let begun = Instant::now();
    let bytes = laid.export()?;
    let export = begun.elapsed().as_secs_f32();
    println!(
        "{name}.pdf: {} pages, {} bytes; layout {layout:.2} s, export {export:.2} s",
        laid.pages(),
        bytes.len()
    );
    Ok(fs::write(folder.join(format!("{name}.pdf")), bytes)?)
}

#[cfg(not(feature = "pdf"))]
#[expect(clippy::unnecessary_wraps, reason = "the same as with PDF")]
fn pdf(_: &Path, _: &str, _: &Document) -> Result<(), Box<dyn Error>> {
    Ok(())
}
