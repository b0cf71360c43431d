//! Counted tables are cut where pages end, and every row is counted once.

use super::invented;
use treem_papers::{
    document::{Block, Document, Piece, Span},
    pages,
};

/// Rows of each page of a list, and the line that closes it.
fn cut(document: &Document) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for block in &pages::cut(document).unwrap().sections[0].blocks {
        match block {
            Block::Table(table) if !table.bare => found.push((table.rows.len(), String::new())),
            Block::Piece(Piece::Text(text)) => {
                let words: String = text
                    .spans
                    .iter()
                    .map(|span: &Span| span.words.as_str())
                    .collect();
                if let (true, Some(last)) = (words.starts_with("Cộng trang"), found.last_mut()) {
                    last.1 = words;
                }
            }
            _ => {}
        }
    }
    found
}

#[test]
fn every_row_is_counted_once() {
    for rows in [0, 1, 2, 3, 4, 5, 9, 10, 11, 12, 13, 42, 500] {
        let pages = cut(&invented::police(rows).document().unwrap());
        assert_eq!(pages.iter().map(|(rows, _)| rows).sum::<usize>(), rows);
        let mut from = 0;
        for (at, (on_page, words)) in pages.iter().enumerate() {
            let place = if *on_page > 0 {
                format!(" (số thứ tự {} đến {}).", from + 1, from + on_page)
            } else {
                String::new()
            };
            from += on_page;
            let sum = if at + 1 == pages.len() {
                format!(" Tổng cộng: {rows} trẻ em.")
            } else {
                format!(" Cộng dồn: {from}/{rows}.")
            };
            assert_eq!(words, &format!("Cộng trang: {on_page} trẻ em{place}{sum}"));
            assert!(*on_page > 0 || rows == 0, "an empty page of {rows} rows");
        }
    }
}

#[test]
fn signatures_do_not_stand_alone() {
    for rows in 1..60 {
        let document = pages::cut(&invented::police(rows).document().unwrap()).unwrap();
        let section = &document.sections[0];
        let (width, height) = section.room_mm();
        let behind = section
            .blocks
            .iter()
            .rposition(|block| matches!(block, Block::Break))
            .map_or(0, |at| at + 1);
        let last = &section.blocks[behind..];
        assert!(
            last.iter()
                .map(|block| pages::block_mm(block, width))
                .sum::<f32>()
                <= height,
            "{rows} rows"
        );
        let on_last = last.iter().any(
            |block| matches!(block, Block::Table(table) if !table.bare && !table.rows.is_empty()),
        );
        assert!(on_last, "{rows} rows");
    }
}
