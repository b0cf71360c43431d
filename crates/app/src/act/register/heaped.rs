//! The rule `birth.heaped` in a book: children born on 1 January, of sheets on which too many are.
//!
//! In: children with their birth dates. Out: which of them. A child belongs to the sheet on which it first stood.

use super::Done;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use treem_child::check::across::is_heaped;
use treem_store::Tx;

/// The places of those who are heaped; `births`: place, id and birth date as the register writes it.
pub async fn heaped<'c>(
    tx: &mut Tx,
    book: &str,
    births: impl Iterator<Item = (usize, &'c str, &'c str)>,
) -> Done<Vec<usize>> {
    let known: FxHashMap<&str, (usize, bool)> = births
        .filter(|(.., birth)| birth.len() == 10)
        .map(|(place, id, birth)| (id, (place, birth.ends_with("-01-01"))))
        .collect();
    let mut sheets: BTreeMap<[String; 3], (u64, Vec<usize>)> = BTreeMap::new();
    let mut last = String::new();
    loop {
        let page = tx.sheets_after(book, &last).await?;
        let Some(end) = page.last() else { break };
        last.clone_from(&end.child);
        for row in page {
            let Some((place, first)) = known.get(row.child.as_str()) else {
                continue;
            };
            let sheet = sheets.entry([row.import, row.file, row.sheet]).or_default();
            sheet.0 += 1;
            if *first {
                sheet.1.push(*place);
            }
        }
    }
    Ok(sheets
        .into_values()
        .filter(|(dates, heap)| is_heaped(heap.len() as u64, *dates))
        .flat_map(|(_, heap)| heap)
        .collect())
}
